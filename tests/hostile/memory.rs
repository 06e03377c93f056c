//! A workbook of 1 MB takes at most 64 MB of memory, whatever is in it.

#![cfg(target_os = "linux")]

use std::{
    fmt::Write as _,
    fs,
    path::PathBuf,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use evenhand::exchange::TableKind;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    books::{Book, texts},
    promises::kept,
    reading::{caseload, table},
};

const MOST: u64 = 64 << 20;

/// The file that a process of its own is to read, and as what.
const FILE: &str = "EVENHAND_TO_READ";
const AS: &str = "EVENHAND_TO_READ_AS";

/// How much memory this process holds now, and has held at the most, in bytes.
fn held(what: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

/// What the other test starts in a process of its own; here it has nothing to do.
#[test]
fn a_process_that_reads_one_workbook() {
    let Some(file) = std::env::var_os(FILE).map(PathBuf::from) else { return };
    // What the reading itself needs once is there before.
    let small = Book::sound().zipped();
    table("w.xlsx", TableKind::Scores, &small);
    caseload("c.xlsx", &small);
    let before = held("VmRSS");
    let bytes = fs::read(&file).unwrap();
    let kind = std::env::var(AS).unwrap();
    let answer = match TableKind::ALL.into_iter().find(|known| known.name() == kind) {
        Some(kind) => table("w.xlsx", kind, &bytes),
        None => caseload("c.xlsx", &bytes),
    };
    println!("\nmore {}", held("VmHWM").saturating_sub(before));
    println!("answer {}", format!("{answer:?}").chars().take(200).collect::<String>());
}

fn memory_taken(bytes: &[u8], kind: &str) -> (u64, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("w.xlsx");
    fs::write(&file, bytes).unwrap();
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "memory::a_process_that_reads_one_workbook", "--nocapture"]);
    let done = program.env(FILE, &file).env(AS, kind).env("RAYON_NUM_THREADS", "2").output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let find = |word: &str| said.lines().find_map(|line| line.strip_prefix(word)).map(str::to_owned);
    let more =
        find("more ").unwrap_or_else(|| panic!("{kind}: {said}{}", String::from_utf8_lossy(&done.stderr)));
    (more.parse().unwrap(), find("answer ").unwrap_or_default())
}

fn fold(number: usize, mut add: impl FnMut(&mut String, usize)) -> String {
    let mut text = String::new();
    for at in 0..number {
        add(&mut text, at);
    }
    text
}

/// A sheet of so many rows, each made from its number.
fn rows(number: usize, row: impl Fn(usize) -> String) -> String {
    fold(number, |all, at| {
        let _ = write!(all, "<row r=\"{}\">{}</row>", at + 1, row(at));
    })
}

fn text_cell(text: &str) -> String {
    format!("<c t=\"str\"><v>{text}</v></c>")
}

/// A table of ballots with a cell in each of 40 columns.
fn ballots(number: usize, cell: impl Fn(usize) -> String) -> Book {
    let head = "sector".to_owned();
    let names = (1..40).map(|column| format!("Factor {column}"));
    let head: String = std::iter::once(head).chain(names).map(|name| text_cell(&name)).collect();
    Book::sound().with_rows(&rows(number, |row| {
        if row == 0 {
            return head.clone();
        }
        text_cell("Public") + &(1..40).map(|column| cell(row * 40 + column)).collect::<String>()
    }))
}

/// The middle of a part that consists of many things alike.
fn within(part: &str, before: &str, number: usize, thing: impl Fn(usize) -> String) -> Book {
    let things = fold(number, |all, at| all.push_str(&thing(at)));
    Book::sound().bent(part, before, &format!("{things}{before}"))
}

/// Books that come as near to their limits as they can, each with noise that makes it a megabyte.
fn books() -> Vec<(&'static str, Book)> {
    let mut chance = ChaCha8Rng::seed_from_u64(1);
    let noise: Vec<String> = (0..50_000).map(|_| format!("{:x}", chance.random::<u32>())).collect();
    let noise: Vec<&str> = noise.iter().map(String::as_str).collect();
    let shared = "<c><f t=\"shared\" si=\"0\"/></c>".to_owned();
    let long = format!("<c><f t=\"shared\" si=\"0\" ref=\"A1:A9\">{}</f></c>", "A1+".repeat(100_000));
    let texts_of = |items: String| Book::sound().with("xl/sharedStrings.xml", format!("<sst>{items}</sst>"));
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{}\"/></numFmts><cellXfs>{}</cellXfs></styleSheet>",
        "0".repeat(200),
        "<xf numFmtId=\"164\"/>".repeat(24_000)
    );
    let relations = "xl/_rels/workbook.xml.rels";
    vec![
        (
            "ballots, nothing wrong with them",
            ballots(1_000, |at| format!("<c><v>{}.5</v></c>", at * 7_919 % 100)),
        ),
        (
            "ballots, everything wrong with them",
            ballots(1_000, |at| text_cell(&format!("x{}", at * 7_919 % 1_000))),
        ),
        ("nothing but texts", Book::sound().with("xl/sharedStrings.xml", texts(&noise))),
        ("empty texts", texts_of("<si/>".repeat(370_000))),
        (
            "one long text again and again",
            texts_of(format!("<si><t>{}</t></si>", "long ".repeat(5_000)))
                .with_rows(&rows(6_000, |_| "<c t=\"s\"><v>0</v></c>".to_owned())),
        ),
        ("cells with nothing in them", Book::sound().with_rows(&rows(3_000, |_| "<c/>".repeat(100)))),
        (
            "formulas without a value",
            Book::sound().with_rows(&rows(15_000, |at| format!("<c><f>{at}+1</f></c>"))),
        ),
        (
            "a long shared formula again and again",
            Book::sound().with_rows(&rows(10_000, |at| if at == 0 { long.clone() } else { shared.clone() })),
        ),
        ("errors", Book::sound().with_rows(&rows(10_000, |_| "<c t=\"e\"><v>#N/A</v></c>".repeat(2)))),
        ("styles", Book::sound().with("xl/styles.xml", styles)),
        (
            "sheets",
            within("xl/workbook.xml", "</sheets>", 20_000, |at| {
                format!("<sheet name=\"{at}\" r:id=\"rId1\"/>")
            }),
        ),
        (
            "relations",
            within(relations, "</Relationships>", 20_000, |at| {
                format!("<Relationship Id=\"x{at}\" Type=\"y\" Target=\"z\"/>")
            }),
        ),
        (
            "names",
            within("xl/workbook.xml", "</workbook>", 20_000, |at| {
                format!("<definedName name=\"n{at}\">A1</definedName>")
            }),
        ),
        (
            "1,000 parts",
            (0..1_000).fold(Book::sound(), |mut book, at| {
                book.parts.push((format!("xl/media/{at}.png"), vec![0; 10]));
                book
            }),
        ),
        (
            "rows that reach far",
            Book::sound().with_rows(&rows(3_000, |at| format!("<c r=\"ALL{}\"><v>1</v></c>", at + 1))),
        ),
    ]
}

/// What each way of reading a workbook takes, and what is answered.
fn measured(book: &Book) -> Vec<(&'static str, u64, String)> {
    let bytes = book.of_size(1_000_000);
    assert!(bytes.len() < 1_400_000, "{}", bytes.len());
    let read = |kind| {
        let (more, answer) = memory_taken(&bytes, kind);
        (kind, more, answer)
    };
    ["ballots", "caseload"].map(read).to_vec()
}

#[test]
fn a_workbook_of_a_megabyte_takes_at_most_64() {
    let books = books();
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((name, book)) = books.get(next.fetch_add(1, Ordering::SeqCst)) {
                    for (kind, more, answer) in measured(book) {
                        let words = format!("{name} as {kind}: {} MB: {answer}", more >> 20);
                        if std::env::var_os("EVENHAND_SHOW").is_some() {
                            println!("{words}");
                        }
                        if more > MOST {
                            failed.lock().unwrap().push(words);
                        }
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    kept(
        "hostile::memory::a_workbook_of_a_megabyte_takes_at_most_64",
        &format!("{} workbooks, read in two ways", books.len()),
    );
}
