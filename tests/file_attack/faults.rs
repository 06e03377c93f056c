//! Every operation fails, once and for ever, in every way: the file is wholly the old one or wholly the new one, backups
//! and journal keep what they hold, and what the user is told is true.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use evenhand::file::{
    backups,
    format::{self, Document, Formats, RELEASED},
    journal::{self, Base, Journal, JournalError, JournalStep},
    save::{self, Fingerprint, SaveError, Saved},
    storage::Storage,
};
use evenhand::session::Session;

use crate::{
    file_support::{
        attack::{Ill, Struck, attack},
        formats::{SECOND, original_of},
        memory_disk::MemoryDisk,
        of_lines,
    },
    kills::without_new_processes,
    promises::{kept, thousands},
};

const FOLDER: &str = "/plans";

fn path() -> PathBuf {
    Path::new(FOLDER).join("plan.evenhand.ron")
}

fn small(title: &str) -> Document {
    of_lines(title, 1)
}

fn bytes(title: &str) -> Vec<u8> {
    format::to_text(&small(title)).into_bytes()
}

/// A disk with a file that has been saved so many times before, under the titles 0, 1, 2 …
fn saved(times: usize) -> MemoryDisk {
    let disk = MemoryDisk::with_folder(Path::new(FOLDER));
    let mut before = None;
    for number in 0..times {
        let title = number.to_string();
        before = save::save_to(&disk, &path(), &small(&title), before)
            .map(|saved| Some(saved.fingerprint))
            .unwrap();
    }
    disk
}

fn fingerprint(disk: &MemoryDisk) -> Option<Fingerprint> {
    disk.content(&path()).map(|bytes| Fingerprint::of(&bytes))
}

/// What the backups hold, oldest first, read from the files themselves.
fn backups_of(disk: &MemoryDisk) -> Vec<Vec<u8>> {
    let folder = backups::folder_of(&path());
    let is_backup = |name: &PathBuf| {
        let file = name.file_name().unwrap().to_string_lossy().into_owned();
        name.parent() == Some(&folder) && file.ends_with(".evenhand.ron") && !file.starts_with("format-")
    };
    disk.names().into_iter().filter(is_backup).map(|name| disk.content(&name).unwrap()).collect()
}

/// What must be true of a save of `new` over `old`, whatever it answered.
fn judge(struck: &Struck<'_>, old: Option<&[u8]>, new: &[u8], answer: &Result<Saved, SaveError>) {
    let there = struck.disk.content(&path());
    let there = there.as_deref();
    let waits = |waiting: &Path| struck.disk.content(waiting).as_deref() == Some(new);
    assert!(there == old || there == Some(new), "{struck}: a third state");
    match answer {
        Ok(saved) => {
            assert!(there == Some(new), "{struck}: said to be saved, and is not");
            assert_eq!(saved.fingerprint, Fingerprint::of(new));
        }
        Err(SaveError::NotReplaced { waiting, .. }) => {
            assert!(there == old, "{struck}: said not to be replaced, and is");
            assert!(waits(waiting), "{struck}: the work does not stand beside it");
        }
        Err(SaveError::Unknown { waiting, .. }) => {
            assert!(there == Some(new) || waits(waiting), "{struck}: the work is nowhere");
        }
        Err(error) => assert!(there == old, "{struck}: “{error}”, and it is saved"),
    }
    assert!(!struck.clean || answer.is_ok(), "a run without a fault works");
    if let Err(error) = answer {
        assert!(error.to_string().len() > 40, "the user is told: {error}");
    }
}

/// What must be true of the backups after a save over a file that had these, and what is said of them.
fn judge_backups(struck: &Struck<'_>, before: &[Vec<u8>], old: &[u8], answer: &Result<Saved, SaveError>) {
    let after = backups_of(struck.disk);
    let is_kept = after.last().is_some_and(|last| last == old);
    let gone: Vec<_> = before.iter().filter(|backup| !after.contains(backup)).collect();
    assert!(
        gone.is_empty() || (is_kept && gone == [&before[0]] && before.len() == backups::KEPT),
        "{struck}: {} backups are lost",
        gone.len()
    );
    for backup in &after {
        assert!(before.contains(backup) || backup == old, "{struck}: a backup that is none");
    }
    let Ok(saved) = answer else { return };
    let warning = saved.warning.as_deref().unwrap_or_default();
    if warning.contains("No backup of the version before") {
        assert!(!is_kept, "{struck}: “{warning}”, and there is one");
    } else if !warning.contains("could not be found out") {
        assert!(is_kept, "{struck}: no backup, and nothing is said: “{warning}”");
    }
    let is_told = warning.contains("More than 20 may stay there");
    // Where the new one is not settled the oldest is not let go for it.
    let may_be_more = is_told || warning.contains("does not promise yet") || !is_kept;
    assert!(may_be_more || after.len() <= backups::KEPT, "{struck}: {} backups, unsaid", after.len());
}

fn save_over(before: &MemoryDisk, new: &Document, formats: &'static Formats) -> usize {
    let old = before.content(&path());
    let text = (formats.write)(new).into_bytes();
    let expected = fingerprint(before);
    let backups = backups_of(before);
    attack(
        before,
        |disk| save::save_as(&**disk, &path(), new, expected, formats),
        |struck, answer| {
            judge(struck, old.as_deref(), &text, &answer);
            if let Some(old) = &old {
                judge_backups(struck, &backups, old, &answer);
            }
            // On a sound disk the next save works.
            let now = fingerprint(struck.disk);
            save::save_as(struck.disk, &path(), new, now, formats)
                .unwrap_or_else(|error| panic!("{struck}: {error}"));
            assert_eq!(struck.disk.content(&path()).as_deref(), Some(&*text));
        },
    )
}

#[test]
fn a_new_file() {
    let failed = save_over(&saved(0), &small("new"), &RELEASED);
    kept("file_attack::faults::a_new_file", &format!("{} operations failed", thousands(failed)));
}

#[test]
fn an_overwrite() {
    let failed =
        save_over(&saved(1), &small("new"), &RELEASED) + save_over(&saved(4), &small("new"), &RELEASED);
    kept("file_attack::faults::an_overwrite", &format!("{} operations failed", thousands(failed)));
}

#[test]
fn the_rotation_of_backups() {
    let full = saved(backups::KEPT + 4);
    assert_eq!(backups_of(&full).len(), backups::KEPT);
    let failed = save_over(&full, &small("new"), &RELEASED);
    kept("file_attack::faults::the_rotation_of_backups", &format!("{} operations failed", thousands(failed)));
}

/// Whether it is a copy of mine: "plan (yours, 14:02)", and no left-over of a save.
fn is_a_copy(file: &Path) -> bool {
    let name = file.file_name().unwrap().to_string_lossy();
    name.starts_with("plan (yours, ") && name.ends_with(").evenhand.ron")
}

#[test]
fn a_copy_beside_a_file_that_somebody_changed() {
    let before = saved(2);
    let (theirs, mine) = (before.content(&path()).unwrap(), bytes("mine"));
    let beside = |disk: &MemoryDisk| {
        let files = disk.list(Path::new(FOLDER)).unwrap();
        let copies: Vec<_> =
            files.into_iter().filter(|file| is_a_copy(file)).filter_map(|file| disk.content(&file)).collect();
        assert!(copies.len() < 2, "one copy is kept");
        copies.into_iter().next()
    };
    let failed = attack(
        &before,
        |disk| save::save_beside_on(&**disk, &path(), &small("mine")),
        |struck, answer| {
            assert_eq!(struck.disk.content(&path()).unwrap(), theirs, "{struck}: theirs is untouched");
            let there = beside(struck.disk);
            assert!(there.is_none() || there.as_deref() == Some(&*mine), "{struck}: a third state");
            assert!(answer.is_err() || there.is_some(), "{struck}: said to be saved, and is not");
            let unknown = matches!(answer, Err(SaveError::Unknown { .. }));
            assert!(answer.is_ok() || there.is_none() || unknown, "{struck}: {answer:?}, and it is there");
        },
    );
    kept(
        "file_attack::faults::a_copy_beside_a_file_that_somebody_changed",
        &format!("{} operations failed", thousands(failed)),
    );
}

#[test]
fn the_first_save_of_a_file_in_an_older_format() {
    let before = saved(backups::KEPT + 3);
    let original = before.content(&path()).unwrap();
    let new = small("new");
    let text = (SECOND.write)(&new).into_bytes();
    let expected = fingerprint(&before);
    let failed = attack(
        &before,
        |disk| save::save_as(&**disk, &path(), &new, expected, &SECOND),
        |struck, answer| {
            judge(struck, Some(&original), &text, &answer);
            let there = struck.disk.content(&path()).unwrap();
            let kept = struck.disk.content(&original_of(&path()));
            assert!(
                there == original || kept.as_deref() == Some(&*original),
                "{struck}: the original is lost"
            );
            assert!(kept.is_none_or(|kept| kept == original), "{struck}: the copy is not the original");
            // Twenty more saves do not drive it out.
            for number in 0..3 {
                save::save_as(struck.disk, &path(), &small(&number.to_string()), None, &SECOND).unwrap();
            }
            assert_eq!(struck.disk.content(&original_of(&path())).as_deref(), Some(&*original), "{struck}");
        },
    );
    kept(
        "file_attack::faults::the_first_save_of_a_file_in_an_older_format",
        &format!("{} operations failed", thousands(failed)),
    );
}

const TITLES: [&str; 3] = ["One", "Two", "Three"];

fn step(label: &str) -> JournalStep {
    JournalStep {
        time: "2026-11-22T14:30:05Z".parse().unwrap(),
        label: label.to_owned(),
        room: None,
        marks: Vec::new(),
    }
}

fn base() -> Base {
    let saved = Fingerprint::of(&bytes("0"));
    Base { document: small("0"), path: Some(path()), saved: Some(saved) }
}

/// A folder for the locks of journals, which are the system's own, and a disk with a file and that folder.
fn with_journals(times: usize) -> (tempfile::TempDir, MemoryDisk) {
    let folder = tempfile::tempdir().unwrap();
    let disk = saved(times);
    disk.create_folder(folder.path()).unwrap();
    (folder, disk)
}

/// The titles of what can be recovered, at the end of each journal.
fn recoverable(disk: &MemoryDisk, folder: &Path) -> Vec<String> {
    let _alone = without_new_processes();
    let disk: Arc<dyn Storage> = Arc::new(disk.clone());
    journal::recoverable_on(&disk, folder).into_iter().map(|found| found.title).collect()
}

#[test]
fn the_journal_of_edits() {
    let (folder, before) = with_journals(1);
    let failed = attack(
        &before,
        |disk| {
            let _alone = without_new_processes();
            let mut held = None;
            if let Ok(journal) = Journal::begin_on(Arc::clone(disk), folder.path(), base()) {
                for (place, title) in TITLES.into_iter().enumerate() {
                    if journal.record(&small(title), &[step(title)]).is_ok() {
                        held = Some(place);
                    }
                }
            }
            held
        },
        |struck, held| {
            let found = recoverable(struck.disk, folder.path());
            let place = |title: &String| TITLES.iter().position(|known| known == title);
            let found =
                found.first().map(|title| place(title).unwrap_or_else(|| panic!("{struck}: {title}")));
            assert!(found >= held, "{struck}: step {held:?} was put down, and {found:?} is there");
            assert!(!struck.clean || held == Some(2));
        },
    );
    kept("file_attack::faults::the_journal_of_edits", &format!("{} operations failed", thousands(failed)));
}

/// The first of three edits is saved; the second is made while that goes on, the third afterwards.
#[test]
fn the_edits_behind_a_save() {
    let (folder, before) = with_journals(1);
    let expected = fingerprint(&before);
    let place = |title: &str| TITLES.iter().position(|known| *known == title);
    let failed = attack(
        &before,
        |disk| {
            let _alone = without_new_processes();
            let journal = Journal::begin_on(Arc::clone(disk), folder.path(), base()).ok()?;
            let mut held = None;
            let mut record = |title: &str| {
                if journal.record(&small(title), &[step(title)]).is_ok() {
                    held = place(title);
                }
            };
            record("One");
            record("Two");
            if let Ok(saved) = save::save_to(&**disk, &path(), &small("One"), expected) {
                let saved = Some(saved.fingerprint);
                let base = Base { document: small("One"), path: Some(path()), saved };
                let after = vec![(small("Two"), vec![step("Two")])];
                // Where this fails the journal holds what it held.
                let _ = journal.saved_before(base, after.into_iter(), None);
            }
            record("Three");
            held
        },
        |struck, held| {
            let there = format::from_bytes(&struck.disk.content(&path()).unwrap(), "").unwrap();
            let found = recoverable(struck.disk, folder.path());
            let found =
                found.first().map(|title| place(title).unwrap_or_else(|| panic!("{struck}: {title}")));
            let best = found.max(place(&there.workspace.title));
            assert!(best >= held, "{struck}: step {held:?} was put down, and {best:?} is there");
            if struck.clean {
                let _alone = without_new_processes();
                let disk: Arc<dyn Storage> = Arc::new(struck.disk.clone());
                let found = journal::recoverable_on(&disk, folder.path()).remove(0);
                assert_eq!(found.base().unwrap().workspace.title, "One", "it rests on what was saved");
                assert_eq!(found.saved, fingerprint(struck.disk));
                let steps: Vec<&str> = found.moments.iter().map(|moment| &*moment.steps[0].label).collect();
                assert_eq!(steps, ["Two", "Three"]);
            }
        },
    );
    kept("file_attack::faults::the_edits_behind_a_save", &format!("{} operations failed", thousands(failed)));
}

/// A journal left behind by a program that ended, on the disk of [`with_journals`].
fn left_behind(folder: &Path, disk: &MemoryDisk) -> MemoryDisk {
    let _alone = without_new_processes();
    let shared: Arc<dyn Storage> = Arc::new(disk.clone());
    let journal = Journal::begin_on(Arc::clone(&shared), folder, base()).unwrap();
    for title in TITLES {
        journal.record(&small(title), &[step(title)]).unwrap();
    }
    drop(journal);
    let disk = disk.clone();
    for file in shared.list(folder).unwrap() {
        disk.put(&file, &shared.read(&file, u64::MAX).unwrap());
    }
    disk
}

#[test]
fn the_recovery_of_a_journal() {
    let (folder, before) = with_journals(1);
    let before = left_behind(folder.path(), &before);
    assert_eq!(recoverable(&before, folder.path()), ["Three"]);
    let failed = attack(
        &before,
        |disk| -> Result<(), JournalError> {
            let _alone = without_new_processes();
            // As the window does it: the journal that was found is gone on with.
            for found in journal::recoverable_on(disk, folder.path()) {
                let document = found.document(usize::MAX).unwrap();
                let journal = found.resumed(Some(folder.path())).map_err(|back| back.1).unwrap();
                journal.record(&document, &[step("Gone on")])?;
            }
            Ok(())
        },
        |struck, answer| {
            let found = recoverable(struck.disk, folder.path());
            assert!(found.iter().any(|title| title == "Three"), "{struck}: the work is lost; {answer:?}");
            if let Err(error) = answer {
                let words = error.to_string();
                assert!(
                    words.contains("could not be kept") || words.contains("could not be removed"),
                    "{words}"
                );
            }
        },
    );
    kept(
        "file_attack::faults::the_recovery_of_a_journal",
        &format!("{} operations failed", thousands(failed)),
    );
}

#[test]
fn the_save_of_recovered_work() {
    let (folder, before) = with_journals(2);
    let before = left_behind(folder.path(), &before);
    let expected = fingerprint(&before);
    let (old, new) = (before.content(&path()).unwrap(), bytes("Three"));
    let failed = attack(
        &before,
        |disk| {
            let _alone = without_new_processes();
            let found = journal::recoverable_on(disk, folder.path());
            let found = found.into_iter().next()?;
            let document = found.document(usize::MAX).unwrap();
            let result = save::save_to(&**disk, &path(), &document, expected);
            if result.is_ok() {
                // What cannot be removed is offered again.
                let _ = found.discard();
            }
            Some(result)
        },
        |struck, answer| {
            let there = struck.disk.content(&path()).unwrap();
            let found = recoverable(struck.disk, folder.path());
            assert!(there == old || there == new, "{struck}: a third state");
            assert!(there == new || found == ["Three"], "{struck}: the work is lost");
            if let Some(answer) = answer {
                judge(struck, Some(&old), &new, &answer);
            }
        },
    );
    kept(
        "file_attack::faults::the_save_of_recovered_work",
        &format!("{} operations failed", thousands(failed)),
    );
}

#[test]
fn the_return_to_a_backup() {
    let before = saved(4);
    let expected = fingerprint(&before);
    let (old, new) = (before.content(&path()).unwrap(), bytes("1"));
    let backups = backups_of(&before);
    let failed = attack(
        &before,
        |disk| {
            let found =
                backups::list_on(&**disk, &path()).into_iter().find(|b| b.document.workspace.title == "1")?;
            Some(save::save_to(&**disk, &path(), &found.document, expected))
        },
        |struck, answer| {
            let Some(answer) = answer else {
                assert!(!struck.clean, "the backup is there");
                return assert_eq!(struck.disk.content(&path()).unwrap(), old);
            };
            judge(struck, Some(&old), &new, &answer);
            judge_backups(struck, &backups, &old, &answer);
        },
    );
    kept("file_attack::faults::the_return_to_a_backup", &format!("{} operations failed", thousands(failed)));
}

#[test]
fn a_share_that_loses_its_answer_is_asked_what_it_did() {
    let (before, new) = (saved(2), small("new"));
    let expected = fingerprint(&before);
    let unknown = std::cell::Cell::new(0);
    attack(
        &before,
        |disk| save::save_to(&**disk, &path(), &new, expected),
        |struck, answer| {
            let is_new = struck.disk.content(&path()) == Some(bytes("new"));
            if struck.ill == Ill::AnswerLost && is_new && answer.is_err() {
                let Err(error @ SaveError::Unknown { .. }) = answer else { panic!("{struck}: {answer:?}") };
                let words = error.to_string();
                assert!(
                    words.contains("could not be found out: the drive or share does not answer."),
                    "{words}"
                );
                unknown.set(unknown.get() + 1);
            }
        },
    );
    assert_eq!(unknown.get(), 1, "only where the share is silent for good right after the last step");
}

#[test]
fn recovered_work_is_known_not_to_be_in_a_journal_that_cannot_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "").unwrap();
    for (journals, is_kept) in [(in_the_way, false), (folder.path().join("journals"), true)] {
        let mut session = Session::new(small("Three").workspace, 3, Arc::new(|| ()));
        session.begin_journal(&journals);
        assert_eq!(session.mark_unsaved("Recovered unsaved work"), is_kept, "{}", journals.display());
    }
}
