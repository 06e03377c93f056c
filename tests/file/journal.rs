//! The recovery journal and the lock: what a crash leaves behind can be had again, up to its last whole step.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use evenhand::{
    file::{
        format::Document,
        journal::{self, Base, Journal, JournalStep, Recoverable},
        lock::{Acquired, Lock},
        save::Fingerprint,
        storage::{Disk, Storage},
    },
    model::{Room, Workspace},
};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::file_support::{Fault, FaultyDisk, document, retitled};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn base() -> Base {
    let saved = Fingerprint::of(b"as it was saved");
    Base { document: document(), path: Some(PathBuf::from("/plans/plan.evenhand.ron")), saved: Some(saved) }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).expect("a moment")
}

fn step(label: &str, second: i64) -> JournalStep {
    JournalStep { time: at(second), label: label.to_owned(), room: Some(Room::Balance), marks: Vec::new() }
}

/// A journal with three steps, dropped as a crash drops it.
fn crashed(folder: &Path) {
    let journal = Journal::begin(folder, base()).expect("it begins");
    for (number, title) in ["One", "Two", "Three"].into_iter().enumerate() {
        let number = i64::try_from(number).expect("small");
        journal.record(&retitled(title), &[step(title, number)]).expect("it is put down");
    }
}

fn only(folder: &Path) -> Recoverable {
    let mut found = journal::recoverable(folder);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).expect("there").count()
}

#[test]
fn after_a_crash_every_step_can_be_returned_to() {
    let folder = folder();
    crashed(folder.path());
    let found = only(folder.path());
    assert_eq!(found.title, "Three");
    assert_eq!(found.path, base().path);
    assert_eq!(found.saved, base().saved);
    assert_eq!(found.when, at(2));
    assert_eq!(found.damage, None);
    assert_eq!(found.base().expect("opens"), document());
    let labels: Vec<&str> = found.moments.iter().map(|m| m.steps[0].label.as_str()).collect();
    assert_eq!(labels, ["One", "Two", "Three"]);
    assert_eq!(found.moments[1].steps, [step("Two", 1)]);
    for (number, title) in ["One", "Two", "Three"].into_iter().enumerate() {
        assert_eq!(found.document(number).expect("opens"), retitled(title));
    }
    assert_eq!(found.document(usize::MAX).expect("opens"), retitled("Three"));
}

#[test]
fn what_has_been_recovered_and_discarded_is_not_offered_again() {
    let folder = folder();
    crashed(folder.path());
    only(folder.path()).discard().expect("it goes");
    assert!(journal::recoverable(folder.path()).is_empty());
    assert_eq!(files(folder.path()), 0);
}

#[test]
fn what_is_put_off_is_offered_at_the_next_start() {
    let folder = folder();
    crashed(folder.path());
    drop(only(folder.path()));
    assert_eq!(only(folder.path()).title, "Three");
}

#[test]
fn a_journal_of_a_program_that_runs_is_not_offered() {
    let folder = folder();
    let journal = Journal::begin(folder.path(), base()).expect("it begins");
    journal.record(&retitled("One"), &[step("One", 0)]).expect("put down");
    assert!(journal::recoverable(folder.path()).is_empty());
    drop(journal);
    let first = only(folder.path());
    assert!(journal::recoverable(folder.path()).is_empty(), "one window at a time is offered it");
    drop(first);
    only(folder.path());
}

#[test]
fn a_clean_close_leaves_nothing_behind() {
    let folder = folder();
    let journal = Journal::begin(folder.path(), base()).expect("it begins");
    journal.record(&retitled("One"), &[step("One", 0)]).expect("put down");
    journal.clear().expect("cleared");
    drop(journal);
    assert_eq!(files(folder.path()), 0);
    drop(Journal::begin(folder.path(), base()).expect("it begins"));
    assert_eq!(files(folder.path()), 0, "nor does a workspace that was only looked at");
}

#[test]
fn a_save_begins_the_journal_anew() {
    let folder = folder();
    let journal = Journal::begin(folder.path(), base()).expect("it begins");
    journal.record(&retitled("One"), &[step("One", 0)]).expect("put down");
    let fingerprint = Fingerprint::of(b"the new file");
    let saved = Base { document: retitled("One"), path: None, saved: Some(fingerprint) };
    journal.saved(saved).expect("begun anew");
    journal.record(&retitled("Two"), &[step("Two", 9)]).expect("put down");
    drop(journal);
    let found = only(folder.path());
    assert_eq!((found.saved, found.moments.len()), (Some(fingerprint), 1));
    assert_eq!(found.base().expect("opens"), retitled("One"));
    assert_eq!(found.document(0).expect("opens"), retitled("Two"));
}

#[test]
fn a_step_that_goes_on_replaces_its_document_and_steps_may_come_together() {
    let folder = folder();
    let journal = Journal::begin(folder.path(), base()).expect("it begins");
    journal.record(&retitled("T"), &[step("Type", 0)]).expect("put down");
    journal.record(&retitled("Ti"), &[]).expect("put down");
    journal.record(&retitled("Title"), &[]).expect("put down");
    journal.record(&retitled("Last"), &[step("Second", 1), step("Third", 2)]).expect("put down");
    drop(journal);
    let found = only(folder.path());
    assert_eq!(found.moments.len(), 2);
    assert_eq!(found.document(0).expect("opens"), retitled("Title"));
    assert_eq!(found.document(1).expect("opens"), retitled("Last"));
    assert_eq!(found.moments[1].steps.len(), 2);
}

#[test]
fn journals_of_several_workspaces_are_offered_newest_first() {
    let folder = folder();
    for (title, second) in [("Old", 10), ("New", 30), ("Middle", 20)] {
        let journal = Journal::begin(folder.path(), base()).expect("it begins");
        journal.record(&retitled(title), &[step(title, second)]).expect("put down");
    }
    let titles: Vec<String> = journal::recoverable(folder.path()).into_iter().map(|r| r.title).collect();
    assert_eq!(titles, ["New", "Middle", "Old"]);
}

#[test]
fn a_journal_torn_at_any_byte_is_recovered_up_to_its_last_whole_step() {
    let whole = folder();
    // A workspace with nothing in it keeps the number of bytes down.
    let small = |title: &str| Document {
        revision: 1,
        workspace: Workspace { title: title.to_owned(), ..Workspace::default() },
        ..Document::default()
    };
    let journal =
        Journal::begin(whole.path(), Base { document: small(""), path: None, saved: None }).expect("begins");
    let mut ends = Vec::new();
    let mut file = PathBuf::new();
    for title in ["One", "Two", "Three"] {
        journal.record(&small(title), &[step(title, 0)]).expect("put down");
        let journals = Disk.list(whole.path()).expect("listed");
        file = journals.into_iter().find(|f| f.extension().is_some_and(|e| e == "journal")).expect("there");
        ends.push(fs::metadata(&file).expect("there").len());
    }
    let bytes = fs::read(&file).expect("there");
    let torn = folder();
    let copy = torn.path().join("torn.journal");
    for length in 0..bytes.len() {
        fs::write(&copy, &bytes[..length]).expect("written");
        let steps = ends.iter().filter(|end| **end <= length as u64).count();
        let found = journal::recoverable(torn.path());
        assert_eq!(found.len(), usize::from(steps > 0), "torn at {length}");
        if let Some(found) = found.first() {
            assert_eq!(found.moments.len(), steps, "torn at {length}");
            let at_an_end = ends.contains(&(length as u64));
            assert_eq!(found.damage.is_none(), at_an_end, "torn at {length}");
            let title = ["One", "Two", "Three"][steps - 1];
            assert_eq!(found.document(steps - 1).expect("opens"), small(title));
        }
    }
    for place in (0..bytes.len()).step_by(3) {
        let mut flipped = bytes.clone();
        flipped[place] ^= 0x11;
        fs::write(&copy, &flipped).expect("written");
        let steps = ends.iter().filter(|end| **end <= place as u64).count();
        let found = journal::recoverable(torn.path());
        assert_eq!(found.first().map_or(0, |f| f.moments.len()), steps, "flipped at {place}");
        if let Some(found) = found.first() {
            let damage = found.damage.as_deref().expect("the user is told");
            assert_eq!(
                damage,
                "The end of the recovery journal is damaged; edits after the last one named here are lost."
            );
        }
    }
}

#[test]
fn whatever_operation_fails_the_journal_holds_every_step_that_was_put_down() {
    for fault in [Fault::Once, Fault::ForEver] {
        for at in 0.. {
            let folder = folder();
            let disk = Arc::new(FaultyDisk::failing(at, fault, io::ErrorKind::StorageFull));
            let mut put_down = None;
            if let Ok(journal) =
                Journal::begin_on(Arc::clone(&disk) as Arc<dyn Storage>, folder.path(), base())
            {
                for title in ["One", "Two", "Three"] {
                    if journal.record(&retitled(title), &[step(title, 0)]).is_ok() {
                        put_down = Some(title);
                    }
                }
            }
            let found = journal::recoverable(folder.path());
            if let Some(title) = put_down {
                let found =
                    found.first().unwrap_or_else(|| panic!("{fault:?} at {at}: {title} was put down"));
                let last = found.document(usize::MAX).expect("opens");
                assert!(
                    last == retitled(title) || put_down_later(&last, title),
                    "{fault:?} at {at}: {}",
                    last.workspace.title
                );
                if title == "Three" {
                    let labels: Vec<&str> =
                        found.moments.iter().flat_map(|m| &m.steps).map(|s| s.label.as_str()).collect();
                    assert_eq!(labels, ["One", "Two", "Three"], "{fault:?} at {at}");
                }
            }
            if disk.operations() <= at {
                assert_eq!(put_down, Some("Three"));
                break;
            }
        }
    }
}

/// A step whose record reached the disk although the program was told that it had not.
fn put_down_later(last: &Document, title: &str) -> bool {
    let order = ["One", "Two", "Three"];
    let place = |t: &str| order.iter().position(|o| *o == t);
    place(&last.workspace.title) > place(title)
}

#[test]
fn a_journal_takes_little_room_for_each_step() {
    let folder = folder();
    let journal = Journal::begin(folder.path(), base()).expect("it begins");
    journal.record(&retitled("0"), &[step("0", 0)]).expect("put down");
    let length = |folder: &Path| -> u64 {
        Disk.list(folder).expect("listed").iter().map(|f| fs::metadata(f).expect("there").len()).sum()
    };
    let before = length(folder.path());
    for number in 1..=100 {
        let mut document = retitled("0");
        document.revision = number;
        document.workspace.balance.factors[0].swing = Some(number as f64);
        journal.record(&document, &[step("Raise weight", 1)]).expect("put down");
    }
    let each = (length(folder.path()) - before) / 100;
    assert!(each < 400, "{each} bytes a step");
    drop(journal);
    let found = only(folder.path());
    let last = found.document(100).expect("opens");
    assert_eq!((last.revision, last.workspace.balance.factors[0].swing), (100, Some(100.0)));
}

#[test]
fn strange_files_among_the_journals_are_no_trouble() {
    let folder = folder();
    fs::write(folder.path().join("a.journal"), "not a journal").expect("written");
    fs::write(folder.path().join("b.journal"), "").expect("written");
    fs::write(folder.path().join("c.txt"), "x").expect("written");
    fs::write(folder.path().join("d.journal-lock"), "").expect("written");
    crashed(folder.path());
    assert_eq!(only(folder.path()).title, "Three");
    assert!(journal::recoverable(&folder.path().join("nowhere")).is_empty());
    assert!(folder.path().join("a.journal").exists(), "what is not understood is not removed");
    assert!(!folder.path().join("d.journal-lock").exists(), "an old lock of nothing goes");
}

#[test]
fn a_second_person_is_told_who_has_the_workspace_open_and_since_when() {
    let folder = folder();
    let path = folder.path().join("plan.evenhand.ron");
    let first = Lock::acquire(&path, "Ann\nExample", at(0));
    assert!(matches!(first, Acquired::Locked(_)), "{first:?}");
    let Acquired::HeldBy { name, since } = Lock::acquire(&path, "Ben", at(5)) else { panic!("Ann has it") };
    assert_eq!((name.as_deref(), since), (Some("Ann Example"), Some(at(0))));
    drop(first);
    assert_eq!(files(folder.path()), 0, "nothing is left beside the workspace");
    assert!(matches!(Lock::acquire(&path, "Ben", at(6)), Acquired::Locked(_)));
}

#[test]
fn a_lock_file_left_by_a_crash_locks_nothing() {
    let folder = folder();
    let path = folder.path().join("plan.evenhand.ron");
    fs::write(folder.path().join(".plan.evenhand.ron.lock"), "").expect("written");
    fs::write(folder.path().join(".plan.evenhand.ron.lock-name"), "Ann\n2026-01-01T00:00:00Z\n")
        .expect("written");
    assert!(matches!(Lock::acquire(&path, "Ben", at(0)), Acquired::Locked(_)));
}

#[test]
fn where_no_lock_can_be_made_the_reason_is_given() {
    let folder = folder();
    let Acquired::Unavailable { reason, .. } =
        Lock::acquire(&folder.path().join("gone/plan.ron"), "Ann", at(0))
    else {
        panic!("there is no such folder")
    };
    assert_eq!(reason, "it is not there.");
}

#[cfg(unix)]
#[test]
fn two_names_of_one_file_share_its_lock() {
    let folder = folder();
    let path = folder.path().join("plan.evenhand.ron");
    fs::write(&path, "").expect("written");
    let link = folder.path().join("link.evenhand.ron");
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    let _held = Lock::acquire(&path, "Ann", at(0));
    assert!(matches!(Lock::acquire(&link, "Ben", at(1)), Acquired::HeldBy { .. }));
}
