//! Ten thousand mutants, drawn from seeds: words swapped and doubled, fields gone, ids twice, huge numbers, depth, length,
//! other line ends, bytes that are no text.

use std::sync::LazyLock;

use evenhand::{
    exchange::{TableKind, tables_of},
    file::format,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    books::{Book, ROWS, TEXTS},
    file_support::document,
    promises::{kept, thousands},
    reading::{Answer, Watch, caseload, table, times, workspace},
};

const WORKSPACES: usize = 2_500;
const TABLES: usize = 3_000;
const CASELOADS: usize = 2_000;
const WORKBOOKS: usize = 2_500;

/// What may come in the place of a word.
const STRANGE: &[&str] = &[
    "NaN",
    "inf",
    "-inf",
    "1e999",
    "-0.0",
    "1e-320",
    "99999999999999999999",
    "-1",
    "0.1.2",
    "0x7fffffff",
    "\"\"",
    "\"\\u{1b}\"",
    "\"\u{202e}\"",
    "()",
    "[]",
    "{}",
    "(((((((((((",
    "[[[[[[",
    "{1:{1:{1:",
    "None",
    "Some(Some(1))",
    "true",
    "r#\"x\"#",
    "b\"x\"",
    "'x'",
    "/*",
    "//",
    "\u{feff}",
    "£",
    "٣",
    "1_000",
    "31/2/2026",
    "2026-02-30",
    "=cmd|' /c x'!A0",
    "\"",
    "\"\"\"",
    ",,,,",
    ";",
    "\t",
    "\r",
    "\r\n\r\n",
    "@9",
    "~",
    "..",
    "%",
    "&#x0;",
    "&lt;",
    "<!--",
    "]]>",
    "<si>",
    "</c>",
    "\0",
];

/// A text cut into words, blanks and signs.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut begins = 0;
    let sort = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { 0 } else { 1 };
    let mut last = None;
    for (at, character) in text.char_indices() {
        let sort = sort(character);
        if at > begins && (sort == 1 || last != Some(sort)) {
            words.push(&text[begins..at]);
            begins = at;
        }
        last = Some(sort);
    }
    words.push(&text[begins..]);
    words
}

/// A mutant of a text: one to four changes.
fn mutant(text: &str, chance: &mut ChaCha8Rng) -> Vec<u8> {
    let mut words: Vec<String> = words(text).into_iter().map(str::to_owned).collect();
    for _ in 0..chance.random_range(1..=4) {
        let (at, other) = (chance.random_range(0..words.len()), chance.random_range(0..words.len()));
        match chance.random_range(0..9) {
            0 => words.swap(at, other),
            1 => words[at] = words[other].clone(),
            2 => words[at] = STRANGE[chance.random_range(0..STRANGE.len())].to_owned(),
            3 => words[at].clear(),
            4 => {
                // A stretch is gone, or stands twice.
                let end = (at + chance.random_range(1..30)).min(words.len());
                let stretch: Vec<String> = words[at..end].to_vec();
                if chance.random_bool(0.5) {
                    words[at..end].iter_mut().for_each(String::clear);
                } else {
                    words.splice(at..at, stretch);
                }
            }
            5 => words[at] = words[at].repeat(chance.random_range(2..2_000)),
            6 => {
                let depth = chance.random_range(1..100);
                words[at] = format!("{}{}{}", "(".repeat(depth), words[at], ")".repeat(depth));
            }
            7 => {
                // The same ids in both places.
                let word = words[at].clone();
                words
                    .iter_mut()
                    .filter(|known| known.len() == word.len())
                    .take(3)
                    .for_each(|known| *known = word.clone());
            }
            _ => words.insert(at, STRANGE[chance.random_range(0..STRANGE.len())].to_owned()),
        }
    }
    let mut bytes = words.concat().into_bytes();
    match chance.random_range(0..12) {
        0 => bytes.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
        1 => bytes = String::from_utf8_lossy(&bytes).replace('\n', "\r\n").into_bytes(),
        2 if !bytes.is_empty() => {
            let at = chance.random_range(0..bytes.len());
            bytes[at] = chance.random();
        }
        3 => bytes.truncate(chance.random_range(0..=bytes.len())),
        _ => {}
    }
    bytes
}

/// Reads so many mutants on two threads; how many of them were read and not refused.
fn read_mutants(
    what: &str,
    number: usize,
    first_seed: u64,
    make: impl Fn(&mut ChaCha8Rng) -> Vec<u8> + Sync,
    read: impl Fn(&[u8]) -> Answer + Sync,
) {
    let number = (number * times()) as u64;
    let run = |half: u64| {
        let watch = Watch::begin();
        let mut refused = 0;
        for seed in (first_seed + half..first_seed + number).step_by(2) {
            let bytes = make(&mut ChaCha8Rng::seed_from_u64(seed));
            let answer = watch.over(&format!("{what} of seed {seed}"), &bytes, || read(&bytes));
            refused += u64::from(answer != Answer::Read);
        }
        refused
    };
    let refused: u64 = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| scope.spawn(move || run(half)));
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    assert!(refused > number / 3, "{refused} of {number} are refused: the mutants are too tame");
}

/// The sample without what most of its length goes into, and the whole.
static WORKSPACE: LazyLock<[String; 2]> = LazyLock::new(|| {
    let whole = document();
    let mut small = whole.clone();
    small.workspace.reach = Default::default();
    small.workspace.voices.statements.clear();
    [format::to_text(&small), format::to_text(&whole)]
});

#[test]
fn mutants_of_workspaces() {
    let make = |chance: &mut ChaCha8Rng| mutant(&WORKSPACE[usize::from(chance.random_bool(0.1))], chance);
    read_mutants("a workspace", WORKSPACES, 0, make, workspace);
    kept("hostile::mutants::mutants_of_workspaces", &format!("{} mutants", thousands(WORKSPACES)));
}

#[test]
fn mutants_of_tables() {
    let written = tables_of(&document().workspace).unwrap();
    let texts: Vec<(TableKind, String)> = written.into_iter().map(|table| (table.kind, table.text)).collect();
    assert!(texts.len() > 6);
    let of = |chance: &mut ChaCha8Rng| chance.random_range(0..texts.len());
    // The kind is drawn first, from the same seed.
    read_mutants(
        "a table",
        TABLES,
        1_000_000,
        |chance| {
            let at = of(chance);
            let mut bytes = vec![at as u8];
            bytes.extend(mutant(&texts[at].1, chance));
            bytes
        },
        |bytes| table("t.csv", texts[bytes[0] as usize].0, &bytes[1..]),
    );
    kept("hostile::mutants::mutants_of_tables", &format!("{} mutants", thousands(TABLES)));
}

const CASELOAD: &str = "id,group,office,referred,accepted,started,contacts,left\n\
    p1,Prolific,Town,yes,2025-04-01,2025-04-09,3,\np2,Women,\"Quarry, north\",1,0,,0,2025-05-01\n\
    p3,Prolific,Town,TRUE,no,,1.5,\np4,Women,Town,y,12/4/2025,13/4/2025,7,1/6/2025\n";

#[test]
fn mutants_of_caseloads() {
    read_mutants(
        "a caseload",
        CASELOADS,
        2_000_000,
        |chance| mutant(CASELOAD, chance),
        |bytes| caseload("c.csv", bytes),
    );
    kept("hostile::mutants::mutants_of_caseloads", &format!("{} mutants", thousands(CASELOADS)));
}

#[test]
fn mutants_of_workbooks() {
    let further = "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>Trust</v></c><c r=\"B3\" t=\"inlineStr\"><is><r><t>oper</t></r><r><t>ational</t></r></is></c>\
        <c r=\"C3\" s=\"1\"><f t=\"shared\" si=\"0\" ref=\"C3:C4\">A1*2</f><v>0.5</v></c></row>\
        <row r=\"4\"><c r=\"C4\" s=\"2\"><v>46000</v></c><c r=\"D4\" t=\"b\"><v>1</v></c></row>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts><fonts><font><name val=\"X\"/></font></fonts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let sound = Book::sound().with_rows(&format!("{ROWS}{further}")).with("xl/styles.xml", styles);
    assert_eq!(TEXTS.len(), 5);
    read_mutants(
        "a workbook",
        WORKBOOKS,
        3_000_000,
        |chance| {
            let mut book = sound.clone();
            for _ in 0..chance.random_range(1..=2) {
                // The sheet most often; the list of types is not read.
                let at = if chance.random_bool(0.5) { 6 } else { chance.random_range(1..book.parts.len()) };
                let text = String::from_utf8_lossy(&book.parts[at].1).into_owned();
                book.parts[at].1 = mutant(&text, chance);
            }
            let mut bytes = book.zipped();
            if chance.random_bool(0.1) {
                let at = chance.random_range(0..bytes.len());
                bytes[at] = chance.random();
            }
            bytes
        },
        |bytes| {
            let _ = caseload("c.xlsx", bytes);
            table("w.xlsx", TableKind::Scores, bytes)
        },
    );
    kept("hostile::mutants::mutants_of_workbooks", &format!("{} mutants", thousands(WORKBOOKS)));
}
