//! Workspaces in odd places and at odd times: strange names, long paths, links, things that are no files, a clock that goes
//! back, two windows on one file. Each either works or is refused in words, and nothing is lost.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use evenhand::{
    file::{
        backups,
        lock::{Acquired, Lock},
        save::{self, OpenError, SaveError},
    },
    session::{Session, keeping::SaveState},
};

use crate::file_support::{document, retitled};

fn title_of(path: &Path) -> String {
    save::open(path).expect("what stands on the disk opens").document.workspace.title
}

/// Saves, saves again with another title, and reads back: the file, its backup, nothing left over.
fn keeps_a_workspace(path: &Path) {
    let first = save::save(path, &document(), None).unwrap_or_else(|error| panic!("{error}"));
    let again = save::save(path, &retitled("Second"), Some(first.fingerprint));
    again.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(title_of(path), "Second");
    assert!(save::open(path).unwrap().unfinished.is_empty());
}

#[test]
fn a_path_far_over_three_hundred_characters_keeps_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let deep =
        (0..4).fold(folder.path().to_owned(), |deep, at| deep.join(format!("{at}{}", "a".repeat(150))));
    fs::create_dir_all(&deep).unwrap();
    let path = deep.join("plan.evenhand.ron");
    assert!(path.as_os_str().len() > 600);
    keeps_a_workspace(&path);
    assert_eq!(backups::list(&path).len(), 1);
}

#[test]
fn a_name_as_long_as_names_may_be_keeps_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    for letter in ["b", "ö", "字"] {
        let ending = ".evenhand.ron";
        let name = letter.repeat((255 - ending.len()) / letter.len());
        keeps_a_workspace(&folder.path().join(format!("{name}{ending}")));
    }
    let path = folder.path().join(format!("{}.evenhand.ron", "b".repeat(300)));
    let error = save::save(&path, &document(), None).unwrap_err();
    let words =
        "could not be saved: its name, or that of a folder it is in, is too long. Give it a shorter one.";
    assert!(error.to_string().ends_with(words), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_keeps_a_workspace() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"plan \xff\xfe.evenhand.ron"));
    keeps_a_workspace(&path);
    assert_eq!(backups::list(&path).len(), 1);
}

#[test]
fn backups_keep_their_order_when_the_clock_is_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    let mut fingerprint = save::save(&path, &retitled("Title 0"), None).unwrap().fingerprint;
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_000_000);
    for at in 1..=25_u32 {
        // Each save finds a file that seems to be a day older than the one before it.
        let then = noon - Duration::from_secs(86_400) * at;
        fs::File::options().append(true).open(&path).unwrap().set_modified(then).unwrap();
        fingerprint =
            save::save(&path, &retitled(&format!("Title {at}")), Some(fingerprint)).unwrap().fingerprint;
    }
    let titles: Vec<String> =
        backups::list(&path).into_iter().map(|kept| kept.document.workspace.title).collect();
    let wanted: Vec<String> = (5..25).rev().map(|at| format!("Title {at}")).collect();
    assert_eq!(titles, wanted, "the newest twenty, newest first");
}

#[cfg(unix)]
#[test]
fn links_that_go_round_or_nowhere_are_said_and_left_alone() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    symlink(at("two"), at("one")).unwrap();
    symlink(at("one"), at("two")).unwrap();
    let error = save::open(&at("one")).unwrap_err();
    assert!(error.to_string().contains("its links go round in a circle"), "{error}");
    let error = save::save(&at("one"), &document(), None).unwrap_err();
    assert!(error.to_string().contains("its links go round in a circle"), "{error}");

    // A link to a file that is not there yet makes that file; one into a folder that is not there is refused.
    symlink(at("new.evenhand.ron"), at("link.evenhand.ron")).unwrap();
    keeps_a_workspace(&at("link.evenhand.ron"));
    assert!(fs::symlink_metadata(at("link.evenhand.ron")).unwrap().is_symlink());
    assert_eq!(title_of(&at("new.evenhand.ron")), "Second");
    symlink(at("gone").join("x.evenhand.ron"), at("dangling.evenhand.ron")).unwrap();
    let error = save::save(&at("dangling.evenhand.ron"), &document(), None).unwrap_err();
    assert!(matches!(error, SaveError::FolderGone { .. }), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_neither_read_nor_waited_for() {
    for (path, words) in
        [("/dev/zero", "it is not a file."), ("/proc", "it is a folder."), ("/dev/null", "it is not a file.")]
    {
        match save::open(Path::new(path)).unwrap_err() {
            OpenError::Refused { reason, .. } => assert_eq!(reason, words, "{path}"),
            other => panic!("{path}: {other}"),
        }
    }
}

/// A disk image of a few kilobytes would need rights that a test has not; this one is full for everybody.
#[cfg(target_os = "linux")]
#[test]
fn a_device_that_is_always_full_is_said_to_be_full() {
    let error = save::save(Path::new("/dev/full"), &document(), None).unwrap_err();
    assert!(error.to_string().contains("/dev/full"), "{error}");
}

#[test]
fn of_two_windows_on_one_file_the_second_to_save_is_told_and_neither_loses_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("plan.evenhand.ron");
    let both = save::save(&path, &document(), None).unwrap().fingerprint;
    save::save(&path, &retitled("Ann's"), Some(both)).unwrap();
    let error = save::save(&path, &retitled("Ben's"), Some(both)).unwrap_err();
    let SaveError::ChangedOutside { theirs, .. } = error else { panic!("{error}") };
    assert_eq!(title_of(&path), "Ann's");
    let (beside, _) = save::save_beside(&path, &retitled("Ben's")).unwrap();
    assert_eq!((title_of(&path), title_of(&beside)), ("Ann's".to_owned(), "Ben's".to_owned()));
    save::save(&path, &retitled("Ben's"), Some(theirs)).unwrap();
    let kept: Vec<String> = backups::list(&path).into_iter().map(|b| b.document.workspace.title).collect();
    assert!(kept.contains(&"Ann's".to_owned()), "what was there is among the backups: {kept:?}");
}

/// Saves and waits for what comes of it.
fn save_to_its_end(session: &mut Session) -> SaveState {
    session.save();
    while matches!(session.save_state(), SaveState::Saving) {
        std::thread::sleep(Duration::from_millis(2));
        session.poll();
    }
    session.save_state()
}

#[test]
fn who_has_the_workspace_open_elsewhere_stays_in_view_until_they_have_closed_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    save::save(&path, &document(), None).unwrap();
    let since = "2026-11-22T09:05:00Z".parse().unwrap();
    let Acquired::Locked(ann) = Lock::acquire(&path, "Ann", since) else { panic!("nobody has it open") };
    let mut session = Session::open(save::open(&path).unwrap(), "Ben", std::sync::Arc::new(|| {}));
    let words = session.open_elsewhere().expect("Ann has it open").to_owned();
    assert!(words.starts_with("Ann has this workspace open since "), "{words}");
    save_to_its_end(&mut session);
    assert_eq!(session.open_elsewhere(), Some(words.as_str()));
    drop(ann);
    save_to_its_end(&mut session);
    assert_eq!(session.open_elsewhere(), None);
    assert!(matches!(Lock::acquire(&path, "Cat", since), Acquired::HeldBy { .. }), "Ben has it now");
}

/// The lock file of another user may be read and not written; as root everything may be written, so there is nothing to see.
#[cfg(unix)]
#[test]
fn a_lock_file_that_may_only_be_read_still_tells_who_has_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    let now = "2026-11-22T09:05:00Z".parse().unwrap();
    let Acquired::Locked(_ann) = Lock::acquire(&path, "Ann", now) else { panic!("nobody has it open") };
    let lock = folder.path().join(".plan.evenhand.ron.lock");
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o444)).unwrap();
    let Acquired::HeldBy { name, .. } = Lock::acquire(&path, "Ben", now) else { panic!("Ann has it open") };
    assert_eq!(name.as_deref(), Some("Ann"));
}

#[test]
fn saving_again_finds_out_that_the_file_has_gone_and_writes_it_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    save::save(&path, &document(), None).unwrap();
    let mut session = Session::open(save::open(&path).unwrap(), "Ben", std::sync::Arc::new(|| {}));
    fs::remove_file(&path).unwrap();
    assert!(matches!(save_to_its_end(&mut session), SaveState::Saved(_)));
    assert!(path.exists() && session.take_notices().join(" ").contains("written anew"));
    let away = folder.path().join("away");
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    save::save(&home.join("x.evenhand.ron"), &document(), None).unwrap();
    let mut session =
        Session::open(save::open(&home.join("x.evenhand.ron")).unwrap(), "Ben", std::sync::Arc::new(|| {}));
    fs::rename(&home, &away).unwrap();
    let SaveState::Failed(error) = save_to_its_end(&mut session) else { panic!("the folder has gone") };
    assert!(matches!(*error, SaveError::FolderGone { .. }), "{error}");
    fs::rename(&away, &home).unwrap();
    assert!(matches!(save_to_its_end(&mut session), SaveState::Saved(_)));
}
