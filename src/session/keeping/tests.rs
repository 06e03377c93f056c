//! Saves that overlap, on a disk that waits to be told how each of them ends.

use std::{
    io,
    sync::{Mutex, mpsc},
};

#[cfg(test)]
mod broken_off;

use super::*;
use crate::{
    file::{
        journal::{recoverable, recoverable_sealed},
        save::open,
        storage::{Status, Storage},
    },
    model::Room,
    session::Session,
};

/// A disk on which each new version of a workspace waits to be let through (`true`) or refused.
#[derive(Debug)]
struct SlowDisk(Mutex<Receiver<bool>>);

impl Storage for SlowDisk {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.resolve(path)
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        Disk.status(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Disk.read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let is_save = path.to_string_lossy().contains(".unsaved-");
        if is_save && !self.0.lock().unwrap().recv().unwrap_or(true) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Disk.write_new(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.append(path, bytes)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.copy_permissions(from, to)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        Disk.sync(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        Disk.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        Disk.create_folder(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Disk.list(folder)
    }

    fn now(&self) -> Timestamp {
        Disk.now()
    }
}

/// A workspace saved as "Begun", on a slow disk from then on, with a journal.
struct Desk {
    /// Goes first, so that a test that fails waits for no save.
    ends: mpsc::Sender<bool>,
    session: Session,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Session::new(Workspace::default(), 0, Arc::new(|| ()));
        retitle(&mut session, "Begun");
        session.save_as(&folder.path().join("plan.evenhand.ron"));
        session.finish_jobs();
        let (ends, told) = channel();
        session.keep_on(Arc::new(SlowDisk(Mutex::new(told))));
        session.begin_journal(&folder.path().join("journals"));
        Self { ends, session, folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("plan.evenhand.ron")
    }

    /// Lets saves end, each as this says, and waits for them.
    fn end(&mut self, saves: &[bool]) {
        saves.iter().for_each(|works| self.ends.send(*works).unwrap());
        self.session.finish_jobs();
    }
}

fn retitle(session: &mut Session, title: &str) {
    session.edit("Retitle", Room::Question, None, |w| title.clone_into(&mut w.title)).unwrap();
}

fn title_in(path: &Path) -> String {
    open(path).unwrap().document.workspace.title
}

/// The titles that the journals in this folder would bring back.
fn titles_to_recover(folder: &Path) -> Vec<String> {
    let found = recoverable(&folder.join("journals"));
    let title = |found: &crate::file::journal::Recoverable| {
        found.document(found.moments.len() - 1).unwrap().workspace.title
    };
    found.iter().map(title).collect()
}

#[test]
fn a_save_behind_another_knows_what_that_one_wrote() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    retitle(&mut desk.session, "Second");
    desk.session.save();
    assert!(matches!(desk.session.save_state(), SaveState::Saving));
    desk.end(&[true, true]);
    assert!(matches!(desk.session.save_state(), SaveState::Saved(_)), "{:?}", desk.session.save_state());
    assert_eq!(title_in(&desk.path()), "Second");
}

#[test]
fn the_same_state_is_saved_once_however_often_that_is_asked() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    for _ in 0..20 {
        desk.session.save();
    }
    // With one answer for all of them there would be too few, and it would wait for ever.
    desk.end(&[true]);
    assert!(matches!(desk.session.save_state(), SaveState::Saved(_)), "{:?}", desk.session.save_state());
    assert!(desk.session.take_notices().is_empty());
}

#[test]
fn the_first_of_two_saves_says_nothing_of_the_second() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    retitle(&mut desk.session, "Second");
    desk.session.save();
    desk.ends.send(true).unwrap();
    while title_in(&desk.path()) != "First" {
        std::thread::yield_now();
    }
    for _ in 0..50 {
        desk.session.poll();
        assert!(!matches!(desk.session.save_state(), SaveState::Saved(_)));
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    desk.end(&[false]);
    assert!(matches!(desk.session.save_state(), SaveState::Failed(_)), "{:?}", desk.session.save_state());
    assert!(desk.session.has_unsaved_work());
}

#[test]
fn an_edit_behind_a_save_is_not_saved_with_it() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    retitle(&mut desk.session, "Second");
    desk.end(&[true]);
    assert!(matches!(desk.session.save_state(), SaveState::Unsaved), "{:?}", desk.session.save_state());
    let Desk { folder, session, .. } = desk;
    session.flush_journal();
    drop(session);
    assert_eq!(titles_to_recover(folder.path()), ["Second"]);
}

#[test]
fn closing_while_a_save_is_under_way_keeps_what_it_turns_out_not_to_hold() {
    for let_go in [false, true] {
        for works in [true, false] {
            let Desk { ends, mut session, folder } = Desk::new();
            retitle(&mut session, "First");
            session.save();
            if let_go {
                session.let_go();
            }
            ends.send(works).unwrap();
            session.close();
            let kept: &[&str] = if works { &[] } else { &["First"] };
            assert_eq!(titles_to_recover(folder.path()), kept, "let go {let_go}, works {works}");
        }
    }
}

#[test]
fn what_is_let_go_after_a_failure_that_was_told_is_gone() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    desk.end(&[false]);
    let Desk { folder, mut session, .. } = desk;
    session.let_go();
    session.close();
    assert!(titles_to_recover(folder.path()).is_empty());
}

#[test]
fn an_edit_after_letting_go_is_wanted_again() {
    let Desk { folder, mut session, .. } = Desk::new();
    retitle(&mut session, "First");
    session.let_go();
    retitle(&mut session, "Second");
    session.close();
    assert_eq!(titles_to_recover(folder.path()), ["Second"]);
}

#[test]
fn a_save_behind_one_to_another_file_goes_there_too() {
    let mut desk = Desk::new();
    let other = desk.folder.path().join("other.evenhand.ron");
    retitle(&mut desk.session, "First");
    desk.session.save_as(&other);
    retitle(&mut desk.session, "Second");
    desk.session.save();
    desk.end(&[true, true]);
    assert_eq!(desk.session.path(), Some(other.as_path()));
    assert_eq!((title_in(&desk.path()), title_in(&other)), ("Begun".to_owned(), "Second".to_owned()));
}

#[test]
fn a_failed_save_to_another_file_is_told_although_the_next_one_works() {
    let mut desk = Desk::new();
    let other = desk.folder.path().join("other.evenhand.ron");
    retitle(&mut desk.session, "First");
    desk.session.save_as(&other);
    desk.session.save();
    desk.end(&[false, true]);
    assert!(matches!(desk.session.save_state(), SaveState::Saved(_)));
    assert_eq!((desk.session.path(), title_in(&desk.path())), (Some(&*desk.path()), "First".to_owned()));
    let notices = desk.session.take_notices().join(" ");
    assert!(notices.contains("other.evenhand.ron"), "{notices}");
}

#[test]
fn a_journal_begun_anew_behind_a_save_rests_on_what_that_one_wrote() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    desk.session.begin_journal(&desk.folder.path().join("journals"));
    retitle(&mut desk.session, "Second");
    desk.end(&[true]);
    let Desk { folder, session, .. } = desk;
    let path = session.path().unwrap().to_owned();
    session.flush_journal();
    drop(session);
    let found = recoverable(&folder.path().join("journals"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].saved, Some(open(&path).unwrap().fingerprint));
}

/// What the journals in this folder would bring back if the program were killed now: what the base is called, and the
/// titles after each step.
fn left_by_a_kill(folder: &Path) -> Vec<(String, Vec<String>)> {
    let copy = tempfile::tempdir().unwrap();
    // The folder is made with the first journal.
    for file in std::fs::read_dir(folder.join("journals")).into_iter().flatten() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "journal") {
            // It may just have been removed.
            let _ = std::fs::copy(&file, copy.path().join(file.file_name().unwrap()));
        }
    }
    let found = recoverable(copy.path());
    let titles = |found: &crate::file::journal::Recoverable| {
        let title = |moment| found.document(moment).unwrap().workspace.title;
        (found.base().unwrap().workspace.title, (0..found.moments.len()).map(title).collect())
    };
    found.iter().map(titles).collect()
}

/// Waits for this to be left by a kill. The promise is two seconds; what is held here is that no save is waited for.
fn until_left(folder: &Path, base: &str, titles: &[&str]) {
    let begun = std::time::Instant::now();
    let wanted = vec![(base.to_owned(), titles.iter().map(|&title| title.to_owned()).collect())];
    while left_by_a_kill(folder) != wanted {
        let left = left_by_a_kill(folder);
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{left:?}, not {wanted:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn an_edit_while_a_save_hangs_is_in_the_journal() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    retitle(&mut desk.session, "Second");
    retitle(&mut desk.session, "Third");
    until_left(desk.folder.path(), "Begun", &["First", "Second", "Third"]);
    assert!(matches!(desk.session.save_state(), SaveState::Saving));
    desk.end(&[true]);
    let left = left_by_a_kill(desk.folder.path());
    assert_eq!(left, [("First".to_owned(), vec!["Second".to_owned(), "Third".to_owned()])]);
    let Desk { folder, session, .. } = desk;
    let file = session.path().unwrap().to_owned();
    drop(session);
    let found = recoverable(&folder.path().join("journals"));
    assert_eq!(found[0].saved, Some(open(&file).unwrap().fingerprint));
}

#[test]
fn a_save_that_hung_and_failed_takes_nothing_out_of_the_journal() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    retitle(&mut desk.session, "Second");
    desk.session.save();
    retitle(&mut desk.session, "Third");
    until_left(desk.folder.path(), "Begun", &["First", "Second", "Third"]);
    desk.end(&[true, false]);
    let left = left_by_a_kill(desk.folder.path());
    assert_eq!(left, [("First".to_owned(), vec!["Second".to_owned(), "Third".to_owned()])]);
    retitle(&mut desk.session, "Fourth");
    until_left(desk.folder.path(), "First", &["Second", "Third", "Fourth"]);
}

fn typing_in_place() -> Typing {
    Typing {
        time: Timestamp::UNIX_EPOCH,
        field: "Place".to_owned(),
        of: String::new(),
        text: "Westm".to_owned(),
        room: None,
        page: String::new(),
        place: 1,
        opened: 1,
    }
}

/// What the journals would put back into the fields.
fn typing_to_recover(folder: &Path) -> Vec<Option<Typing>> {
    recoverable(&folder.join("journals")).into_iter().map(|found| found.typing).collect()
}

#[test]
fn what_is_being_typed_stays_in_the_journal_over_a_save() {
    for is_typed_first in [true, false] {
        let mut desk = Desk::new();
        retitle(&mut desk.session, "First");
        if is_typed_first {
            desk.session.note_typing(Some(typing_in_place()));
        }
        desk.session.save();
        desk.session.note_typing(Some(typing_in_place()));
        desk.end(&[true]);
        let Desk { folder, session, .. } = desk;
        drop(session);
        assert_eq!(typing_to_recover(folder.path()), [Some(typing_in_place())], "first: {is_typed_first}");
    }
}

#[test]
fn what_is_typed_and_given_up_or_entered_while_a_save_hangs_is_not_left() {
    for is_entered in [true, false] {
        let mut desk = Desk::new();
        retitle(&mut desk.session, "First");
        desk.session.note_typing(Some(typing_in_place()));
        desk.session.save();
        if is_entered {
            retitle(&mut desk.session, "Second");
        }
        desk.session.note_typing(None);
        desk.end(&[true]);
        let Desk { folder, session, .. } = desk;
        drop(session);
        let left: &[Option<Typing>] = if is_entered { &[None] } else { &[] };
        assert_eq!(typing_to_recover(folder.path()), left, "entered: {is_entered}");
    }
}

#[test]
fn behind_a_save_to_another_file_the_journal_belongs_to_that_one() {
    for works in [true, false] {
        let mut desk = Desk::new();
        let other = desk.folder.path().join("other.evenhand.ron");
        retitle(&mut desk.session, "First");
        desk.session.save_as(&other);
        retitle(&mut desk.session, "Second");
        until_left(desk.folder.path(), "Begun", &["First", "Second"]);
        desk.end(&[works]);
        let Desk { folder, session, .. } = desk;
        let own = session.path().unwrap().to_owned();
        assert_eq!(own == other, works);
        drop(session);
        let found = recoverable(&folder.path().join("journals"));
        assert_eq!(found[0].path.as_deref(), Some(&*own));
        assert_eq!(found[0].saved, Some(open(&own).unwrap().fingerprint));
        assert_eq!(found[0].title, "Second");
    }
}

#[test]
fn sealing_while_a_save_hangs_keeps_the_work_in_a_sealed_journal_alone() {
    for works in [true, false] {
        let mut desk = Desk::new();
        retitle(&mut desk.session, "First");
        desk.session.save();
        retitle(&mut desk.session, "Second");
        until_left(desk.folder.path(), "Begun", &["First", "Second"]);
        let key = Key::with_work("three plain words".to_owned().into(), 1);
        desk.session.seal(Some(key.clone()));
        retitle(&mut desk.session, "Third");
        assert!(desk.session.keeping.flush(), "it does not wait for the save");
        assert!(left_by_a_kill(desk.folder.path()).is_empty(), "nothing is left in plain");
        desk.end(&[works]);
        assert!(left_by_a_kill(desk.folder.path()).is_empty(), "nor when the save has ended");
        let Desk { folder, session, .. } = desk;
        drop(session);
        let found = recoverable_sealed(&folder.path().join("journals"), &key);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title, "Third");
        let base = found[0].base().unwrap().workspace.title;
        assert_eq!(base, if works { "First" } else { "Begun" });
    }
}

#[test]
fn however_many_steps_come_behind_a_save_none_is_lost() {
    let mut desk = Desk::new();
    retitle(&mut desk.session, "First");
    desk.session.save();
    for number in 0..150 {
        retitle(&mut desk.session, &format!("Step {number}"));
    }
    desk.end(&[true]);
    let Desk { folder, session, .. } = desk;
    drop(session);
    let found = recoverable(&folder.path().join("journals"));
    assert_eq!(found[0].title, "Step 149");
    assert_eq!(found[0].moments.iter().map(|moment| moment.steps.len()).sum::<usize>(), 150);
    assert_eq!(found[0].document(0).unwrap().workspace.title, "Step 50", "the first of them go together");
}

#[test]
fn a_workspace_that_is_left_while_a_save_hangs_is_not_waited_for() {
    for works in [true, false] {
        let Desk { ends, mut session, folder } = Desk::new();
        let path = folder.path().join("plan.evenhand.ron");
        retitle(&mut session, "First");
        session.save();
        session.let_go();
        let closing = session.close_behind();
        assert!(!closing.is_done());
        assert!(matches!(Lock::acquire(&path, "", Timestamp::now()), Acquired::HeldBy { .. }));
        ends.send(works).unwrap();
        assert!(closing.wait(std::time::Duration::from_secs(60)));
        assert!(matches!(Lock::acquire(&path, "", Timestamp::now()), Acquired::Locked(_)));
        let kept: &[&str] = if works { &[] } else { &["First"] };
        assert_eq!(titles_to_recover(folder.path()), kept, "works {works}");
        assert_eq!(title_in(&path), if works { "First" } else { "Begun" });
    }
}

#[test]
fn a_workspace_that_is_left_with_nothing_under_way_leaves_nothing_behind() {
    let Desk { mut session, folder, .. } = Desk::new();
    retitle(&mut session, "First");
    session.let_go();
    assert!(session.close_behind().is_done());
    assert!(titles_to_recover(folder.path()).is_empty());
}

#[test]
fn what_is_let_go_while_a_save_hangs_is_forgotten_only_once_that_has_worked() {
    for works in [true, false] {
        let Desk { ends, mut session, folder } = Desk::new();
        retitle(&mut session, "First");
        session.save();
        retitle(&mut session, "Second");
        session.let_go();
        let closing = std::thread::spawn(move || session.close());
        until_left(folder.path(), "Begun", &["First", "Second"]);
        ends.send(works).unwrap();
        closing.join().unwrap();
        let kept: &[&str] = if works { &[] } else { &["Second"] };
        assert_eq!(titles_to_recover(folder.path()), kept, "works {works}");
    }
}

#[test]
fn what_is_taken_in_and_undone_while_its_save_hangs_is_asked_about_at_the_next() {
    let mut desk = Desk::new();
    let mut theirs = open(&desk.path()).unwrap();
    theirs.document.workspace.title = "Theirs".to_owned();
    crate::file::save::save(&desk.path(), &theirs.document, None).unwrap();
    let theirs = open(&desk.path()).unwrap();
    retitle(&mut desk.session, "Mine");
    let merged = theirs.document.workspace.clone();
    desk.session.take_merge("Merge".to_owned(), &merged, &theirs).unwrap();
    desk.session.save();
    desk.session.undo();
    desk.session.save();
    desk.end(&[true]);
    assert!(matches!(desk.session.save_state(), SaveState::Failed(_)), "{:?}", desk.session.save_state());
    assert_eq!(title_in(&desk.path()), "Theirs");
    desk.session.redo();
    desk.session.save();
    desk.end(&[true]);
    assert!(matches!(desk.session.save_state(), SaveState::Saved(_)), "{:?}", desk.session.save_state());
}
