//! The life of the format: what was written once is read for ever, what is newer is refused and left alone, and nothing
//! about the format changes unnoticed.
//!
//! `tests/data/formats/` holds a folder for each format: files in it, and `grammar.txt`, which is every type that a file
//! is made of as the source has it. Format 1 is not released yet: `EVENHAND_WRITE_EXAMPLES=1 cargo test --test file_attack
//! life` records it anew. Once a format is in [`RELEASED`] its folder is never written again; what then differs needs a
//! new format, with frozen structs for the old one and a step from it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use evenhand::{
    exchange::examples::EXAMPLES,
    file::{
        backups,
        format::{self, Document, FORMAT},
        read_error::ReadErrorKind,
        save::{self, OpenError, SaveError},
        storage::Disk,
    },
};

use crate::{
    file_support::{
        document,
        formats::{SECOND, original_of},
        retitled,
    },
    promises::kept,
};

/// The formats that have been released.
const RELEASED: &[u32] = &[];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder(format: u32) -> PathBuf {
    root().join(format!("tests/data/formats/{format}"))
}

fn is_to_be_written(format: u32) -> bool {
    std::env::var_os("EVENHAND_WRITE_EXAMPLES").is_some() && !RELEASED.contains(&format)
}

/// The files of the corpus: the examples, a workspace with something in every list, and one with nothing.
fn to_keep() -> Vec<(String, String)> {
    let examples = EXAMPLES.iter().map(|example| (example.file_name(), example.text.to_owned()));
    let further = [("everything", document()), ("nothing", Document::default())]
        .map(|(name, document)| (format!("{name}{}", format::ENDING), format::to_text(&document)));
    examples.chain(further).collect()
}

#[test]
fn every_file_of_every_format_is_read_for_ever() {
    if is_to_be_written(FORMAT) {
        fs::create_dir_all(folder(FORMAT)).unwrap();
        for (name, text) in to_keep() {
            fs::write(folder(FORMAT).join(name), text).unwrap();
        }
    }
    let mut files = 0;
    for number in 1..=FORMAT {
        for entry in fs::read_dir(folder(number)).unwrap() {
            let path = entry.unwrap().path();
            if !path.to_string_lossy().ends_with(format::ENDING) {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            assert_eq!(format::number_of(&bytes), Some(number), "{}", path.display());
            let opened = save::open(&path).unwrap_or_else(|error| {
                panic!("{error}\nA field that is new in an unreleased format: EVENHAND_WRITE_EXAMPLES=1 records it anew.")
            });
            assert_eq!(opened.format, number);
            let again = format::to_text(&opened.document);
            assert!(format::from_text(&again, "w").unwrap() == opened.document, "{}", path.display());
            files += 1;
        }
    }
    assert!(files >= EXAMPLES.len() + 2);
    kept("file_attack::life::every_file_of_every_format_is_read_for_ever", &format!("{files} files"));
}

/// Every type that a file is made of, as the source has it, without its comments, by name.
fn grammar() -> String {
    let mut items: Vec<String> = Vec::new();
    for path in sources(&root().join("src/model")) {
        let source = fs::read_to_string(path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines: Vec<&str> = source.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
        let mut at = 0;
        while at < lines.len() {
            let derives = lines[at].starts_with("#[derive(") && lines[at].contains("Serialize");
            let writes = lines[at].starts_with("impl")
                && (lines[at].contains("Serialize for") || lines[at].contains("Deserialize<'de> for"));
            if derives || writes {
                let end = end_of_item(&lines, at);
                let words: Vec<&str> =
                    lines[at..end].iter().flat_map(|line| line.split_whitespace()).collect();
                items.push(words.join(" "));
                at = end;
            } else {
                at += 1;
            }
        }
    }
    items.sort_by_key(|item| item.split(" pub ").nth(1).unwrap_or(item).to_owned());
    items.iter().fold(String::new(), |mut text, item| {
        let _ = writeln!(text, "{item}");
        text
    })
}

/// Behind the line where an item ends that begins in this one.
fn end_of_item(lines: &[&str], begins: usize) -> usize {
    let mut depth = 0_i32;
    for (at, line) in lines.iter().enumerate().skip(begins) {
        let attribute = line.starts_with("#[");
        if !attribute {
            depth += line.matches(['{', '(']).count() as i32 - line.matches(['}', ')']).count() as i32;
        }
        if !attribute && depth == 0 && line.ends_with(['}', ';']) {
            return at + 1;
        }
    }
    lines.len()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("sample.rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn the_format_does_not_change_unnoticed() {
    let record = folder(FORMAT).join("grammar.txt");
    let grammar = grammar();
    assert!(grammar.contains("pub struct Workspace") && grammar.contains("pub struct Factor {"), "{grammar}");
    if is_to_be_written(FORMAT) {
        fs::create_dir_all(folder(FORMAT)).unwrap();
        fs::write(&record, &grammar).unwrap();
    }
    let recorded = fs::read_to_string(&record).unwrap();
    let changed = grammar.lines().find(|line| !recorded.lines().any(|known| known == *line));
    let gone = recorded.lines().find(|line| !grammar.lines().any(|known| known == *line));
    let what_to_do = if RELEASED.contains(&FORMAT) {
        "It is released: what is read and written must become a new format, with a step from this one."
    } else {
        "It is not released yet: EVENHAND_WRITE_EXAMPLES=1 cargo test --test examples --test file_attack records it anew."
    };
    assert!(
        changed.is_none() && gone.is_none(),
        "Format {FORMAT} has changed.\nnew: {changed:?}\nold: {gone:?}\n{what_to_do}"
    );
    let types = grammar.lines().count();
    kept("file_attack::life::the_format_does_not_change_unnoticed", &format!("{types} types recorded"));
}

#[test]
fn a_file_of_a_newer_format_is_refused_and_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    save::save_as(&Disk, &path, &document(), None, &SECOND).unwrap();
    let newer = fs::read(&path).unwrap();
    assert_eq!(format::number_of(&newer), Some(2));
    let Err(OpenError::Unreadable { error, .. }) = save::open(&path) else { panic!("it is newer") };
    assert_eq!(error.kind, ReadErrorKind::Newer);
    assert_eq!(
        error.what,
        "The file was made by a newer Evenhand 0.2.0: it has format 2, and this one reads format 1."
    );
    for expected in [None, Some(save::Fingerprint::of(&newer))] {
        let error = save::save(&path, &retitled("Mine"), expected).unwrap_err();
        assert!(matches!(error, SaveError::Newer { .. }), "{error:?}");
        let words = error.to_string();
        assert!(words.contains("was saved by a newer Evenhand and is left as it is."), "{words}");
        assert_eq!(fs::read(&path).unwrap(), newer);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    for far in ["(format: 99999999999999999999, x", "// hello\n(format:3)"] {
        fs::write(&path, far).unwrap();
        assert!(matches!(save::save(&path, &document(), None), Err(SaveError::Newer { .. })), "{far}");
    }
    kept("file_attack::life::a_file_of_a_newer_format_is_refused_and_never_replaced", "4 ways to save");
}

#[test]
fn a_file_of_an_older_format_is_read_step_by_step_and_kept_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = 0;
    for (name, text) in to_keep() {
        let path = folder.path().join(name);
        fs::write(&path, &text).unwrap();
        let opened = save::open_as(&Disk, &path, &SECOND).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((opened.format, opened.notices.len()), (1, 1), "{:?}", opened.notices);
        assert!(
            opened.notices[0].contains("in format 1 of an older Evenhand. Saving brings it to format 2;")
        );
        assert!(opened.document == format::from_text(&text, "w").unwrap(), "nothing is lost on the way");
        let mut saved = Some(opened.fingerprint);
        for revision in 1..25 {
            let document = Document { revision, ..opened.document.clone() };
            let done = save::save_as(&Disk, &path, &document, saved, &SECOND).unwrap();
            assert_eq!(done.warning, None);
            saved = Some(done.fingerprint);
            if text.len() > 20_000 {
                break;
            }
        }
        let back = save::open_as(&Disk, &path, &SECOND).unwrap();
        assert_eq!((back.format, back.notices.len()), (2, 0));
        assert!(back.document.workspace == opened.document.workspace);
        assert_eq!(fs::read_to_string(original_of(&path)).unwrap(), text, "the original");
        files += 1;
    }
    kept(
        "file_attack::life::a_file_of_an_older_format_is_read_step_by_step_and_kept_as_it_was",
        &format!("{files} files"),
    );
}

#[test]
fn an_older_file_put_back_is_kept_beside_the_first_original() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    for title in ["First", "Second", "Second"] {
        fs::write(&path, format::to_text(&retitled(title))).unwrap();
        save::save_as(&Disk, &path, &document(), None, &SECOND).unwrap();
    }
    let kept = |name: &str| {
        let bytes = fs::read(backups::folder_of(&path).join(name)).unwrap();
        format::from_bytes(&bytes, name).unwrap().workspace.title
    };
    assert_eq!([kept("format-1.evenhand.ron"), kept("format-1-2.evenhand.ron")], ["First", "Second"]);
    assert!(!backups::folder_of(&path).join("format-1-3.evenhand.ron").exists());
}
