//! Every operation fails while a sealed workspace or a merge is saved.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use evenhand::{
    file::{
        format::Document,
        save::{self, Fingerprint, SaveError, Saved},
        seal::{Key, SecretString},
        sealed::Sealed,
        storage::Storage,
    },
    model::merge::Merge,
};

use crate::{
    file_support::{
        attack::{Struck, attack},
        memory_disk::MemoryDisk,
        of_lines,
    },
    promises::{kept, thousands},
};

const FOLDER: &str = "/plans";
/// Stands in every title here, and nowhere on the disk in plain.
const MARK: &str = "Quillfeather";

fn key() -> Key {
    Key::with_work(SecretString::from("three plain words".to_owned()), 1)
}

fn titled(title: &str) -> Document {
    of_lines(&format!("{MARK} {title}"), 1)
}

fn on(disk: &MemoryDisk, key: &Key) -> Sealed {
    Sealed::new(Arc::new(disk.clone()), key.clone())
}

/// The title that a file holds, whoever reads it from the very bytes of the disk.
fn title(storage: &dyn Storage, path: &Path) -> Option<String> {
    save::open_from(storage, path).ok().map(|opened| opened.document.workspace.title)
}

/// What must be true of a save of one title over another.
fn judge(
    struck: &Struck<'_>,
    (there, old, new): (Option<String>, &str, &str),
    answer: &Result<Saved, SaveError>,
) {
    let there = there.unwrap_or_else(|| panic!("{struck}: the file does not open"));
    assert!(there == old || there == new, "{struck}: a third state");
    match answer {
        Ok(_) => assert_eq!(there, new, "{struck}: said to be saved, and is not"),
        Err(SaveError::Unknown { .. }) => {}
        Err(error) => assert_eq!(there, old, "{struck}: “{error}”, and it is saved"),
    }
    assert!(!struck.clean || answer.is_ok(), "a run without a fault works");
}

#[test]
fn a_sealed_save() {
    let key = key();
    let path: PathBuf = Path::new(FOLDER).join("plan.evenhand.ron.age");
    let shared = Arc::new(MemoryDisk::with_folder(Path::new(FOLDER)));
    let storage = Sealed::new(Arc::clone(&shared) as Arc<dyn Storage>, key.clone());
    let mut expected: Option<Fingerprint> = None;
    for number in 0..3 {
        let saved = save::save_to(&storage, &path, &titled(&number.to_string()), expected).unwrap();
        expected = Some(saved.fingerprint);
    }
    let (old, new) = (format!("{MARK} 2"), titled("new"));
    let failed = attack(
        &shared,
        |disk| save::save_to(&Sealed::new(Arc::clone(disk), key.clone()), &path, &new, expected),
        |struck, answer| {
            let there = title(&on(struck.disk, &key), &path);
            judge(struck, (there, &old, &new.workspace.title), &answer);
            for name in struck.disk.names() {
                let bytes = struck.disk.content(&name).unwrap();
                let in_plain = bytes.windows(MARK.len()).any(|window| window == MARK.as_bytes());
                assert!(!in_plain, "{struck}: {} holds it in plain", name.display());
            }
        },
    );
    kept(
        "file_attack::sealed_and_merged::a_sealed_save",
        &format!("{} operations failed", thousands(failed)),
    );
}

#[test]
fn the_save_of_a_merge() {
    let path: PathBuf = Path::new(FOLDER).join("plan.evenhand.ron");
    let disk = MemoryDisk::with_folder(Path::new(FOLDER));
    let base = titled("base");
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.workspace.decision.headline = "Ours".to_owned();
    theirs.workspace.title = format!("{MARK} theirs");
    theirs.workspace.question.place = "Theirs".to_owned();
    let expected = save::save_to(&disk, &path, &theirs, None).unwrap().fingerprint;
    let merge = Merge::of(&base.workspace, &ours.workspace, &theirs.workspace);
    assert!(merge.conflicts().is_empty());
    let workspace = merge.merged(&[], "").unwrap();
    let merged = Document { revision: 9, workspace, ..Document::default() };
    let failed = attack(
        &disk,
        |disk| save::save_to(&**disk, &path, &merged, Some(expected)),
        |struck, answer| {
            let there = save::open_from(struck.disk, &path).expect("the file opens").document;
            assert!(there == theirs || there == merged, "{struck}: a third state");
            assert!(answer.is_err() || there == merged, "{struck}: said to be saved, and is not");
            assert!(!struck.clean || answer.is_ok());
            let is_known = matches!(answer, Ok(_) | Err(SaveError::Unknown { .. }));
            assert!(is_known || there == theirs, "{struck}: refused, and it is saved");
            // On a sound disk the same merge is saved over whatever of the two is there.
            let now = Fingerprint::of(&struck.disk.content(&path).unwrap());
            save::save_to(struck.disk, &path, &merged, Some(now)).unwrap();
        },
    );
    kept(
        "file_attack::sealed_and_merged::the_save_of_a_merge",
        &format!("{} operations failed", thousands(failed)),
    );
}
