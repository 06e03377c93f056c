//! Files made by hand to be wrong in one way each, and the very words in which each is refused.
//!
//! The words stand in `tests/data/hostile/words.txt`; `EVENHAND_WRITE_HOSTILE=1` writes what is said now, to be read line
//! by line before it is kept.

use std::{fmt::Write as _, fs, path::PathBuf};

use evenhand::{exchange::TableKind, file::format};

use crate::{
    file_support::document,
    promises::kept,
    reading::{Answer, Watch, ballots, caseload, table},
    sheets, workspaces,
};

/// A file, and what it is given out to be.
pub struct Case {
    pub name: &'static str,
    pub given_as: GivenAs,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy)]
pub enum GivenAs {
    Workspace,
    Table(TableKind),
    /// Beside a table of scores that says what the factors are.
    Ballots,
    Workbook(TableKind),
    Caseload,
    CaseloadWorkbook,
}

/// The most problems of a file that are written down.
const SHOWN: usize = 4;

fn answer(case: &Case) -> Answer {
    match case.given_as {
        GivenAs::Workspace => match format::from_bytes(&case.bytes, "w") {
            Ok(_) => Answer::Read,
            Err(e) => {
                let (line, what) = (place(&case.bytes, e.line), without_line(&e.what));
                Answer::Refused(format!("{line}, column {}: {what} {}", e.column, e.remedy))
            }
        },
        GivenAs::Table(kind) => table(&format!("{}.csv", kind.name()), kind, &case.bytes),
        GivenAs::Ballots => ballots(&case.bytes),
        GivenAs::Workbook(kind) => table(&format!("{}.xlsx", kind.name()), kind, &case.bytes),
        GivenAs::Caseload => caseload("caseload.csv", &case.bytes),
        GivenAs::CaseloadWorkbook => caseload("caseload.xlsx", &case.bytes),
    }
}

/// The line of an error. In a file made from the sound one it is counted from the first line that differs, so that it stays
/// when the sound one changes before that.
fn place(bytes: &[u8], line: usize) -> String {
    let sound = format::to_text(&document());
    let bent = String::from_utf8_lossy(bytes);
    let same = sound.lines().zip(bent.lines()).take_while(|(one, other)| one == other).count();
    if same == 0 {
        format!("line {line}")
    } else {
        format!("changed line {:+}", line as isize - 1 - same as isize)
    }
}

/// The message with the number of another line taken out.
fn without_line(what: &str) -> String {
    match what.split_once(" line ") {
        Some((front, back)) => {
            format!("{front} line N{}", back.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        None => what.to_owned(),
    }
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/hostile/words.txt")
}

#[test]
fn every_file_made_by_hand_is_refused_in_its_own_words() {
    let watch = Watch::begin();
    let cases: Vec<Case> =
        workspaces::cases().into_iter().chain(sheets::tables()).chain(sheets::workbooks()).collect();
    let mut said = String::new();
    for case in &cases {
        let Answer::Refused(words) = watch.over(case.name, &case.bytes, || answer(case)) else {
            let _ = writeln!(said, "== {}\nnot refused", case.name);
            continue;
        };
        let lines: Vec<&str> = words.lines().collect();
        let _ = writeln!(said, "== {}\n{}", case.name, lines[..lines.len().min(SHOWN)].join("\n"));
        if lines.len() > SHOWN {
            let _ = writeln!(said, "… and {} more", lines.len() - SHOWN);
        }
    }
    if std::env::var_os("EVENHAND_WRITE_HOSTILE").is_some() {
        fs::write(file(), &said).unwrap();
    }
    assert!(!said.contains("\nnot refused\n"), "{said}");
    let known = fs::read_to_string(file()).unwrap();
    for (now, then) in said.split("== ").zip(known.split("== ")) {
        assert_eq!(now, then);
    }
    assert_eq!(said.len(), known.len());
    kept(
        "hostile::by_hand::every_file_made_by_hand_is_refused_in_its_own_words",
        &format!("{} files", cases.len()),
    );
}
