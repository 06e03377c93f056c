//! Opening, saving and backups: the file is always wholly the old one or wholly the new one, and nothing is lost.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use evenhand::{
    file::{
        backups,
        format::{self, Document, LARGEST_FILE},
        read_error::ReadErrorKind,
        save::{self, Fingerprint, OpenError, SaveError},
        storage::Storage,
    },
    model::Workspace,
};
use tempfile::TempDir;

use crate::file_support::{Fault, FaultyDisk, document, retitled};

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("plan.evenhand.ron");
    (folder, path)
}

/// A folder with a saved workspace in it.
fn saved() -> (TempDir, PathBuf, Fingerprint) {
    let (folder, path) = folder();
    let saved = save::save(&path, &document(), None).expect("a first save");
    (folder, path, saved.fingerprint)
}

fn title_on_disk(path: &Path) -> String {
    save::open(path).expect("what stands on the disk opens").document.workspace.title
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_saved_opens_again_and_saving_it_once_more_changes_nothing() {
    let (folder, path, fingerprint) = saved();
    let bytes = fs::read(&path).expect("it is there");
    let opened = save::open(&path).expect("it opens");
    assert_eq!(opened.document, document());
    assert_eq!(opened.fingerprint, fingerprint);
    assert_eq!(opened.path, path);
    assert!(!opened.read_only);
    assert_eq!((opened.notices, opened.unfinished), (vec![], vec![]));
    let again = save::save(&path, &opened.document, Some(fingerprint)).expect("it saves");
    assert_eq!((again.fingerprint, again.warning), (fingerprint, None));
    assert_eq!(fs::read(&path).expect("it is there"), bytes);
    assert_eq!(names(folder.path()), ["plan.evenhand.ron"], "an unchanged file needs no backup");
}

#[test]
fn the_version_before_is_kept_as_a_backup() {
    let (folder, path, fingerprint) = saved();
    save::save(&path, &retitled("Second"), Some(fingerprint)).expect("it saves");
    assert_eq!(names(folder.path()), ["plan.evenhand.ron", "plan.evenhand.ron.backups"]);
    let backups = backups::list(&path);
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].document, document());
    let age = jiff::Timestamp::now().duration_since(backups[0].saved);
    assert!(age.as_secs().abs() < 120, "dated {}", backups[0].saved);
}

#[test]
fn twenty_backups_are_kept_and_the_oldest_go_first() {
    let (_folder, path, mut fingerprint) = saved();
    for number in 1..=25 {
        let saved =
            save::save(&path, &retitled(&format!("Version {number}")), Some(fingerprint)).expect("it saves");
        assert_eq!(saved.warning, None);
        fingerprint = saved.fingerprint;
    }
    let titles: Vec<String> = backups::list(&path).into_iter().map(|b| b.document.workspace.title).collect();
    let expected: Vec<String> = (5..=24).rev().map(|number| format!("Version {number}")).collect();
    assert_eq!(titles, expected, "the newest twenty, newest first, none missing between");
}

#[test]
fn other_files_among_the_backups_are_left_alone_and_damaged_backups_are_not_offered() {
    let (_folder, path, mut fingerprint) = saved();
    fingerprint = save::save(&path, &retitled("Second"), Some(fingerprint)).expect("it saves").fingerprint;
    let folder = backups::folder_of(&path);
    fs::write(folder.join("notes.txt"), "mine").expect("written");
    fs::write(folder.join("0007-2026-01-01T000000Z.evenhand.ron"), "damaged").expect("written");
    for number in 1..=30 {
        fingerprint =
            save::save(&path, &retitled(&format!("{number}")), Some(fingerprint)).expect("saves").fingerprint;
    }
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).expect("still there"), "mine");
    assert_eq!(backups::list(&path).len(), backups::KEPT);
    let last = backups::list(&path)[0].path.clone();
    fs::write(&last, "(format: 1").expect("damaged");
    assert_eq!(backups::list(&path).len(), backups::KEPT - 1);
}

#[test]
fn a_backup_that_cannot_be_made_is_said_and_the_save_goes_on() {
    let (_folder, path, fingerprint) = saved();
    fs::write(backups::folder_of(&path), "a file in the way").expect("written");
    let saved = save::save(&path, &retitled("Second"), Some(fingerprint)).expect("it saves all the same");
    let warning = saved.warning.expect("the user is told");
    assert!(warning.starts_with("No backup of the version before could be put into "), "{warning}");
    assert_eq!(title_on_disk(&path), "Second");
}

#[test]
fn a_change_from_outside_is_noticed_and_each_way_out_keeps_what_it_promises() {
    let (folder, path, fingerprint) = saved();
    let theirs = format::to_text(&retitled("Theirs"));
    fs::write(&path, &theirs).expect("somebody else saves");
    let mine = retitled("Mine");
    let error = save::save(&path, &mine, Some(fingerprint)).expect_err("it was changed");
    assert!(
        matches!(&error, SaveError::ChangedOutside { path: p, theirs: t } if *p == path && *t == Fingerprint::of(theirs.as_bytes()))
    );
    assert!(error.to_string().ends_with("Keep yours, take theirs, or keep both."), "{error}");
    assert_eq!(fs::read_to_string(&path).expect("there"), theirs, "theirs is untouched");
    assert_eq!(names(folder.path()), ["plan.evenhand.ron"], "nothing is left lying about");

    let (beside, _) = save::save_beside(&path, &mine).expect("both are kept");
    let (second, _) = save::save_beside(&path, &mine).expect("there is a name for another");
    assert!(is_marked(&beside, "plan") && is_marked(&second, "plan"), "{beside:?} {second:?}");
    assert_ne!(beside, second);
    assert_eq!((title_on_disk(&beside), title_on_disk(&path)), ("Mine".to_owned(), "Theirs".to_owned()));

    save::save(&path, &mine, None).expect("mine is kept");
    assert_eq!(title_on_disk(&path), "Mine");
    assert_eq!(backups::list(&path)[0].document.workspace.title, "Theirs", "theirs can still be had");
}

/// Whether a file is called "plan (yours, 14:02)", perhaps with a number behind the time.
fn is_marked(file: &Path, stem: &str) -> bool {
    let name = file.file_name().expect("a name").to_string_lossy();
    let mark = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix(" (yours, "));
    let Some((time, number)) = mark
        .and_then(|mark| mark.strip_suffix(").evenhand.ron"))
        .map(|mark| mark.split_once(", ").unwrap_or((mark, "2")))
    else {
        return false;
    };
    let colon = if cfg!(windows) { '.' } else { ':' };
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let clock = time.split_once(colon).is_some_and(|(hour, minute)| digits(hour, 2) && digits(minute, 2));
    clock && number.parse::<u32>().is_ok()
}

#[cfg(unix)]
#[test]
fn a_copy_of_a_file_with_the_longest_of_names_has_a_name_that_fits() {
    let folder = tempfile::tempdir().expect("a folder");
    for letter in ["a", "\u{e9}", "\u{1f600}"] {
        let stem = letter.repeat((255 - ".evenhand.ron".len()) / letter.len());
        let path = folder.path().join(format!("{stem}.evenhand.ron"));
        fs::write(&path, format::to_text(&retitled("Theirs"))).expect("a name that the disk takes");
        for _ in 0..2 {
            let (beside, saved) = save::save_beside(&path, &retitled("Mine")).expect("both are kept");
            let name = beside.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(is_marked(&beside, name.split(" (").next().expect("a stem")), "{name}");
            assert!(name.len() < 255 && stem.starts_with(name.split(" (").next().expect("a stem")));
            assert_eq!((title_on_disk(&beside), saved.warning), ("Mine".to_owned(), None));
            // It can be saved again, with a backup.
            let again =
                save::save(&beside, &retitled("Mine again"), Some(saved.fingerprint)).expect("it saves");
            assert_eq!(again.warning, None);
        }
        assert_eq!(title_on_disk(&path), "Theirs");
    }
}

#[test]
fn a_file_that_was_deleted_outside_is_written_anew_and_said_so() {
    let (_folder, path, fingerprint) = saved();
    fs::remove_file(&path).expect("deleted");
    let saved = save::save(&path, &retitled("Again"), Some(fingerprint)).expect("it saves");
    assert_eq!(saved.warning.as_deref(), Some("The file had been moved or deleted; it is written anew."));
    assert_eq!(title_on_disk(&path), "Again");
}

#[test]
fn a_folder_that_has_gone_is_named() {
    let (folder, path, fingerprint) = saved();
    fs::remove_dir_all(folder.path()).expect("gone");
    let error = save::save(&path, &document(), Some(fingerprint)).expect_err("there is no folder");
    assert!(matches!(&error, SaveError::FolderGone { folder: f } if f == folder.path()), "{error:?}");
    assert!(error.to_string().ends_with("Connect the drive or share again, or save somewhere else."));
}

#[test]
fn a_read_only_file_opens_as_such_and_is_not_written() {
    let (_folder, path, fingerprint) = saved();
    let mut permissions = fs::metadata(&path).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("allowed");
    assert!(save::open(&path).expect("it opens").read_only);
    let error = save::save(&path, &retitled("Second"), Some(fingerprint)).expect_err("it is read-only");
    assert!(matches!(&error, SaveError::ReadOnly { .. }), "{error:?}");
    assert!(error.to_string().ends_with("Save under another name or in another folder."), "{error}");
    assert_eq!(title_on_disk(&path), "Supper clubs");
}

#[test]
fn a_folder_in_the_place_of_the_file_is_named() {
    let (folder, _) = folder();
    let error = save::save(folder.path(), &document(), None).expect_err("that is a folder");
    assert!(error.to_string().ends_with("could not be saved: it is a folder."), "{error}");
    let error = save::open(folder.path()).expect_err("that is a folder");
    assert!(error.to_string().ends_with("cannot be read: it is a folder."), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_target_is_written() {
    let (folder, path, fingerprint) = saved();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let link = elsewhere.path().join("link.evenhand.ron");
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    assert_eq!(save::open(&link).expect("through the link").fingerprint, fingerprint);
    save::save(&link, &retitled("Through the link"), Some(fingerprint)).expect("it saves");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(title_on_disk(&path), "Through the link");
    assert_eq!(names(elsewhere.path()), ["link.evenhand.ron"]);
    assert_eq!(names(folder.path()), ["plan.evenhand.ron", "plan.evenhand.ron.backups"]);
    assert_eq!(backups::list(&link).len(), 1, "backups are found through the link too");

    let dangling = elsewhere.path().join("new.evenhand.ron");
    std::os::unix::fs::symlink(folder.path().join("made.evenhand.ron"), &dangling).expect("a link");
    save::save(&dangling, &document(), None).expect("the target is made");
    assert_eq!(title_on_disk(&folder.path().join("made.evenhand.ron")), "Supper clubs");

    let circle = elsewhere.path().join("circle");
    std::os::unix::fs::symlink(&circle, &circle).expect("a link");
    let error = save::save(&circle, &document(), None).expect_err("that leads nowhere");
    assert!(error.to_string().contains("its links go round in a circle"), "{error}");
}

#[cfg(unix)]
#[test]
fn who_may_read_the_file_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path, fingerprint) = saved();
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    for wanted in [0o600, 0o640, 0o664] {
        fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).expect("allowed");
        save::save(&path, &retitled(&format!("{wanted}")), None).expect("it saves");
        assert_eq!(mode(&path), wanted);
        assert_eq!(mode(&backups::list(&path)[0].path), wanted, "and so may the backup");
    }
    assert!(fingerprint.length > 0);
}

#[cfg(unix)]
#[test]
fn a_second_name_of_the_file_is_mentioned() {
    let (folder, path, fingerprint) = saved();
    fs::hard_link(&path, folder.path().join("other.ron")).expect("a hard link");
    let saved = save::save(&path, &retitled("Second"), Some(fingerprint)).expect("it saves");
    assert!(saved.warning.expect("told").contains("second name"));
}

#[test]
fn a_workspace_that_would_not_read_back_is_not_written() {
    let (_folder, path, fingerprint) = saved();
    let before = fs::read(&path).expect("there");
    let mut broken = document();
    broken.workspace.balance.factors[0].swing = Some(f64::NAN);
    let error = save::save(&path, &broken, Some(fingerprint)).expect_err("NaN cannot be kept");
    assert!(
        matches!(&error, SaveError::WouldNotReadBack { error: Some(e) } if e.kind == ReadErrorKind::NotANumber),
        "{error:?}"
    );
    assert_eq!(fs::read(&path).expect("there"), before);
}

#[test]
fn opening_what_cannot_be_read_says_why_counts_backups_and_leaves_the_file_alone() {
    let (_folder, path, fingerprint) = saved();
    save::save(&path, &retitled("Second"), Some(fingerprint)).expect("it saves");
    for spoilt in [&b"(format: 2)"[..], b"", b"\xff\xfe", b"(format: 1, workspace: (", b"[[[["] {
        fs::write(&path, spoilt).expect("spoilt");
        let error = save::open(&path).expect_err("it is spoilt");
        let OpenError::Unreadable { error: read, backups } = &error else { panic!("{error:?}") };
        assert_eq!((read.file.as_str(), *backups), ("plan.evenhand.ron", 1));
        assert!(error.to_string().ends_with("Beside it is 1 backup."), "{error}");
        assert_eq!(fs::read(&path).expect("there"), spoilt);
    }
    let missing = path.with_file_name("gone.evenhand.ron");
    assert!(matches!(save::open(&missing), Err(OpenError::Missing { path: p }) if p == missing));
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let (_folder, path) = folder();
    let file = fs::File::create(&path).expect("made");
    // A file of holes: it takes no room, but would take a while to read.
    file.set_len(LARGEST_FILE * 1000).expect("made long");
    let Err(OpenError::Unreadable { error, .. }) = save::open(&path) else { panic!("it is too large") };
    assert_eq!(error.kind, ReadErrorKind::TooLarge);
    assert_eq!(error.what, "The file is 64,000 MB; a workspace of more than 64 MB is not read.");
    let error = save::save(&path, &document(), None).expect_err("it is hardly a workspace that stands there");
    assert!(error.to_string().ends_with("could not be saved: it is too large."), "{error}");
    assert_eq!(fs::metadata(&path).expect("there").len(), LARGEST_FILE * 1000);
}

/// As if it had been written to five minutes ago.
fn make_old(file: &Path) {
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(300);
    fs::File::options().append(true).open(file).unwrap().set_modified(then).unwrap();
}

#[test]
fn what_somebody_else_is_saving_right_now_is_no_left_over_of_a_failed_save() {
    let (folder, path) = folder();
    save::save(&path, &document(), None).unwrap();
    let theirs = folder.path().join("plan.unsaved-1.evenhand.ron");
    fs::write(&theirs, "( half of wha").unwrap();
    assert_eq!(save::open(&path).unwrap().notices, Vec::<String>::new());
    let saved = save::save(&path, &retitled("Mine"), None).unwrap();
    assert_eq!(saved.warning, None);
    assert!(theirs.exists(), "it is theirs");
    make_old(&theirs);
    let saved = save::save(&path, &retitled("Again"), None).unwrap();
    assert!(saved.warning.unwrap().starts_with("plan.unsaved-1.evenhand.ron beside it is from a save"));
}

#[test]
fn comments_put_in_by_hand_and_unfinished_saves_are_mentioned() {
    let (folder, path) = folder();
    fs::write(&path, format::to_text(&document()).replacen("(\n", "( // mine\n", 1)).expect("written");
    fs::write(folder.path().join("plan.unsaved-1.evenhand.ron"), "x").expect("written");
    make_old(&folder.path().join("plan.unsaved-1.evenhand.ron"));
    fs::write(folder.path().join("planning.evenhand.ron"), "x").expect("written");
    let opened = save::open(&path).expect("it opens");
    assert_eq!(opened.unfinished, [folder.path().join("plan.unsaved-1.evenhand.ron")]);
    assert_eq!(opened.notices.len(), 2);
    assert_eq!(opened.notices[0], "The file holds 1 comment, put in by hand; saving does not keep them.");
    assert!(opened.notices[1].starts_with("plan.unsaved-1.evenhand.ron beside it"), "{}", opened.notices[1]);
}

/// Operation after operation fails, once or for ever, until none is left to fail.
fn with_every_fault(kind: io::ErrorKind, mut check: impl FnMut(&FaultyDisk, usize, Fault) -> bool) {
    for fault in [Fault::Once, Fault::ForEver] {
        let mut at = 0;
        loop {
            let disk = FaultyDisk::failing(at, fault, kind);
            let saved = check(&disk, at, fault);
            if disk.operations() <= at {
                assert!(saved, "a save without a fault works");
                break;
            }
            at += 1;
            assert!(at < 1000, "a save takes a bounded number of operations");
        }
        assert!(at >= 8, "there were operations to fail");
    }
}

#[test]
fn whatever_operation_fails_the_file_is_wholly_old_or_wholly_new() {
    let (old, new) = (document(), retitled("New"));
    with_every_fault(io::ErrorKind::StorageFull, |disk, at, fault| {
        let (_folder, path, fingerprint) = saved();
        let mut before = fingerprint;
        for number in 0..2 {
            before =
                save::save(&path, &retitled(&format!("{number}")), Some(before)).expect("saves").fingerprint;
        }
        let before = save::save(&path, &old, Some(before)).expect("saves").fingerprint;
        let backups_before: Vec<Document> = backups::list(&path).into_iter().map(|b| b.document).collect();
        assert_eq!(backups_before.len(), 3);

        let result = save::save_to(disk, &path, &new, Some(before));
        let there = fs::read(&path).expect("the file is always there");
        let opened = save::open(&path).unwrap_or_else(|e| panic!("{fault:?} at {at}: {e}"));
        let backups_after: Vec<Document> = backups::list(&path).into_iter().map(|b| b.document).collect();
        assert!(backups_after.ends_with(&backups_before), "{fault:?} at {at}: no backup is lost");
        match &result {
            Ok(saved) => {
                assert_eq!(opened.document, new, "{fault:?} at {at}");
                assert_eq!(saved.fingerprint, Fingerprint::of(&there));
            }
            Err(error) => {
                assert_eq!(opened.document, old, "{fault:?} at {at}: {error}");
                assert_eq!(Fingerprint::of(&there), before);
                assert!(error.to_string().len() > 40, "the user is told: {error}");
            }
        }
        if let Err(SaveError::NotReplaced { waiting, .. }) = &result {
            assert_eq!(save::open(waiting).expect("the waiting file opens").document, new);
            let name = waiting.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(result.as_ref().expect_err("it failed").to_string().contains(&name));
            assert!(opened.unfinished.contains(waiting));
        }
        // And the next save on a sound disk works.
        let next = save::save(&path, &new, Some(Fingerprint::of(&there))).expect("the disk is sound again");
        assert_eq!(save::open(&path).expect("opens").document, new);
        assert_eq!(next.fingerprint, Fingerprint::of(&fs::read(&path).expect("there")));
        result.is_ok()
    });
}

#[test]
fn whatever_operation_fails_a_first_save_leaves_nothing_or_the_whole_file() {
    with_every_fault(io::ErrorKind::StorageFull, |disk, at, fault| {
        let (_folder, path) = folder();
        let result = save::save_to(disk, &path, &document(), None);
        match &result {
            Ok(_) => assert_eq!(save::open(&path).expect("opens").document, document()),
            Err(error) => assert!(!path.exists(), "{fault:?} at {at}: {error}"),
        }
        result.is_ok()
    });
}

#[test]
fn a_full_disk_and_a_refused_rename_have_messages_of_their_own() {
    let (_folder, path, fingerprint) = saved();
    let mut seen = Vec::new();
    for at in 0.. {
        let disk = FaultyDisk::failing(at, Fault::Once, io::ErrorKind::StorageFull);
        match save::save_to(&disk, &path, &retitled("New"), Some(fingerprint)) {
            Ok(_) => break,
            Err(error) => seen.push(error),
        }
    }
    assert!(seen.iter().any(|e| matches!(e, SaveError::DiskFull { .. })
        && e.to_string().ends_with("Make room on the disk, or save somewhere else.")));
    let (_folder, path, fingerprint) = saved();
    let refused = FaultyRename;
    let error = save::save_to(&refused, &path, &retitled("New"), Some(fingerprint)).expect_err("no rename");
    let SaveError::NotReplaced { waiting, .. } = &error else { panic!("{error:?}") };
    assert!(
        error
            .to_string()
            .contains("could not be replaced: another program is using it. Your work stands beside it")
    );
    assert_eq!(title_on_disk(waiting), "New");
    assert_eq!(title_on_disk(&path), "Supper clubs");
}

/// A disk on which no file that is there can be replaced, as in a folder that a synchroniser holds.
#[derive(Debug)]
struct FaultyRename;

/// Somebody else saves while our new file is being written.
#[derive(Debug)]
struct Meddled {
    path: PathBuf,
    theirs: Workspace,
}

macro_rules! passed_on {
    ($disk:ty) => {
        fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
            evenhand::file::storage::Disk.resolve(path)
        }
        fn status(&self, path: &Path) -> io::Result<Option<evenhand::file::storage::Status>> {
            evenhand::file::storage::Disk.status(path)
        }
        fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
            evenhand::file::storage::Disk.read(path, limit)
        }
        fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            evenhand::file::storage::Disk.write_new(path, bytes)
        }
        fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            evenhand::file::storage::Disk.append(path, bytes)
        }
        fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
            evenhand::file::storage::Disk.copy_permissions(from, to)
        }
        fn sync_folder(&self, _: &Path) -> io::Result<()> {
            Ok(())
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            evenhand::file::storage::Disk.remove(path)
        }
        fn create_folder(&self, path: &Path) -> io::Result<()> {
            evenhand::file::storage::Disk.create_folder(path)
        }
        fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
            evenhand::file::storage::Disk.list(folder)
        }
        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }
    };
}

impl Storage for FaultyRename {
    passed_on!(FaultyRename);

    fn sync(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if to.exists() {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        evenhand::file::storage::Disk.rename(from, to)
    }
}

impl Storage for Meddled {
    passed_on!(Meddled);

    fn sync(&self, _: &Path) -> io::Result<()> {
        let theirs = Document { revision: 1, workspace: self.theirs.clone(), ..Document::default() };
        fs::write(&self.path, format::to_text(&theirs))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        evenhand::file::storage::Disk.rename(from, to)
    }
}

#[test]
fn a_save_by_somebody_else_in_the_same_moment_is_noticed_too() {
    let (folder, path, fingerprint) = saved();
    let disk = Meddled { path: path.clone(), theirs: retitled("Theirs").workspace };
    let error =
        save::save_to(&disk, &path, &retitled("Mine"), Some(fingerprint)).expect_err("theirs came first");
    assert!(matches!(error, SaveError::ChangedOutside { .. }), "{error:?}");
    assert_eq!(title_on_disk(&path), "Theirs");
    assert!(!names(folder.path()).iter().any(|name| name.contains("unsaved")));
}

#[test]
fn left_overs_that_hold_nothing_else_go_at_the_next_save_and_the_others_are_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let [file, same, torn] = ["plan", "plan.unsaved-1", "plan.unsaved-2"]
        .map(|name| folder.path().join(format!("{name}.evenhand.ron")));
    let document = Document { revision: 3, ..Document::default() };
    save::save(&same, &document, None).unwrap();
    fs::write(&torn, "(").unwrap();
    make_old(&torn);
    let saved = save::save(&file, &Document { revision: 4, ..document }, None).unwrap();
    assert!(!same.exists() && torn.exists());
    assert!(saved.warning.unwrap().starts_with("plan.unsaved-2.evenhand.ron beside it"));
}
