//! A saver or a keeper that breaks off in the middle of its work: on a disk that panics.

use std::sync::atomic::{AtomicIsize, Ordering};

use super::*;

/// A disk that panics once, at one of the operations on its part: the journals, or everything else.
#[derive(Debug)]
struct BreaksOff {
    journals: bool,
    /// How many operations go well before that.
    left: AtomicIsize,
}

impl BreaksOff {
    fn step(&self, path: &Path) -> &Disk {
        let is_journal = path.components().any(|part| part.as_os_str() == "journals");
        if is_journal == self.journals && self.left.fetch_sub(1, Ordering::SeqCst) == 0 {
            panic!("a fault that a test put in");
        }
        &Disk
    }

    fn new(journals: bool) -> Arc<Self> {
        Arc::new(Self { journals, left: AtomicIsize::new(isize::MAX) })
    }

    /// Panics after so many operations from now on.
    fn arm(&self, before: isize) {
        self.left.store(before, Ordering::SeqCst);
    }

    fn has_broken_off(&self) -> bool {
        self.left.load(Ordering::SeqCst) < 0
    }
}

impl Storage for BreaksOff {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.step(path).resolve(path)
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        self.step(path).status(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.step(path).read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(path).write_new(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(path).append(path, bytes)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(from).copy_permissions(from, to)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step(path).sync(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step(path).sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(from).rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(path).remove(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step(path).create_folder(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.step(folder).list(folder)
    }

    fn now(&self) -> Timestamp {
        Disk.now()
    }
}

/// A workspace saved as "Begun" with a journal, on a disk that panics from then on.
fn begun(disk: &Arc<BreaksOff>) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::new(Workspace::default(), 0, Arc::new(|| ()));
    retitle(&mut session, "Begun");
    session.save_as(&folder.path().join("plan.evenhand.ron"));
    session.finish_jobs();
    let disk: Arc<dyn Storage> = Arc::clone(disk) as Arc<dyn Storage>;
    session.keep_on(disk);
    session.begin_journal(&folder.path().join("journals"));
    (folder, session)
}

fn is_told(words: &str) -> bool {
    words.contains("a part of Evenhand broke off in the middle of it")
}

#[test]
fn a_save_that_breaks_off_is_told_leaves_the_file_whole_and_the_next_works() {
    let mut reached = 0;
    for before in 0.. {
        let disk = BreaksOff::new(false);
        let (folder, mut session) = begun(&disk);
        session.flush_journal();
        disk.arm(before);
        let path = folder.path().join("plan.evenhand.ron");
        retitle(&mut session, "First");
        session.save();
        session.finish_jobs();
        if !disk.has_broken_off() {
            assert!(matches!(session.save_state(), SaveState::Saved(_)));
            break;
        }
        reached += 1;
        let state = session.save_state();
        let SaveState::Failed(error) = &state else { panic!("operation {before}: {state:?}") };
        assert!(is_told(&error.to_string()), "operation {before}: {error}");
        let held = title_in(&path);
        assert!(["Begun", "First"].contains(&held.as_str()), "operation {before}: {held}");
        assert_eq!(titles_of_a_kill(folder.path()), ["First"], "operation {before}");

        retitle(&mut session, "Second");
        session.save();
        session.finish_jobs();
        let state = session.save_state();
        assert!(matches!(state, SaveState::Saved(_)), "operation {before}: {state:?}");
        assert_eq!(title_in(&path), "Second", "operation {before}");
    }
    assert!(reached > 8, "{reached} operations");
}

/// The last titles that a kill would leave to be recovered.
fn titles_of_a_kill(folder: &Path) -> Vec<String> {
    left_by_a_kill(folder).into_iter().filter_map(|(_, titles)| titles.last().cloned()).collect()
}

#[test]
fn a_journal_that_breaks_off_is_told_and_goes_on_and_the_save_works() {
    let mut reached = 0;
    for before in 0.. {
        let disk = BreaksOff::new(true);
        disk.arm(before);
        let (folder, mut session) = begun(&disk);
        retitle(&mut session, "First");
        session.flush_journal();
        if !disk.has_broken_off() {
            break;
        }
        reached += 1;
        session.poll();
        let told = session.take_notices();
        assert!(told.iter().any(|words| is_told(words)), "operation {before}: {told:?}");
        assert!(session.journal_failure().is_some(), "operation {before}: and stays said");

        retitle(&mut session, "Second");
        session.flush_journal();
        session.poll();
        if session.journal_failure().is_none() {
            assert_eq!(titles_of_a_kill(folder.path()), ["Second"], "operation {before}");
        }
        session.save();
        session.finish_jobs();
        assert!(matches!(session.save_state(), SaveState::Saved(_)), "operation {before}");
        assert_eq!(title_in(&folder.path().join("plan.evenhand.ron")), "Second");
    }
    assert!(reached > 3, "{reached} operations");
}
