//! Every prefix and every changed byte of three files: a workspace, a table of ballots, and a workbook.
//!
//! Each byte is changed twice: one bit of it is turned, and it becomes another sign of the file's own grammar.

use evenhand::{
    exchange::{TableKind, examples},
    file::format::{self, Document},
    model::Workspace,
};

use crate::{
    books::Book,
    file_support::document,
    promises::{kept, over},
    reading::{Answer, Watch, table, workspace},
};

/// Signs that mean something where they should not stand.
const SIGNS: &[u8] = b"\"(),:[]{}.-0xN\\/#\n\xff\0 ";

/// A workspace with the beginnings of most lists: one factor, one option, one of the people.
fn a_workspace() -> Document {
    let whole = document().workspace;
    let mut small = Workspace { title: "£ 100 «plan»".to_owned(), ..Workspace::default() };
    small.question.options = whole.question.options.iter().take(1).cloned().collect();
    small.question.need_groups = whole.question.need_groups.iter().take(1).cloned().collect();
    small.balance.factors = whole.balance.factors.iter().take(1).cloned().collect();
    small.voices.sectors = whole.voices.sectors.iter().take(1).cloned().collect();
    Document { revision: 12, workspace: small, ..Document::default() }
}

const BALLOTS: &str = "\u{feff}stakeholder,sector,marginal,round,Reach,\"Trust, at first\",Cost\r\n\
    Dee,Service users,,1,100,60,\r\nÅsa,\"Public \"\"body\"\"\",no,1,90%,40,80.5\r\n,Private,no,2,10,,1e2\r\n";

/// Everything that a file becomes when it is cut off anywhere or any byte of it is changed, with its name.
fn bent(bytes: &[u8]) -> impl Iterator<Item = (String, Vec<u8>)> {
    let cut = (0..bytes.len()).map(|end| (format!("cut at {end}"), bytes[..end].to_vec()));
    let changed = (0..bytes.len()).flat_map(move |at| {
        let turned = bytes[at] ^ (1 << (at % 8));
        let sign = SIGNS[at % SIGNS.len()];
        [turned, if sign == bytes[at] { b'?' } else { sign }].map(|new| {
            let mut bytes = bytes.to_vec();
            bytes[at] = new;
            (format!("byte {at} is {new:#04x}"), bytes)
        })
    });
    cut.chain(changed)
}

#[test]
fn every_prefix_and_every_changed_byte_of_a_workspace() {
    let watch = Watch::begin();
    let document = a_workspace();
    let text = format::to_text(&document);
    let (whole, mut files) = (text.trim_end().len(), 0);
    for (name, bytes) in bent(text.as_bytes()) {
        let answer = watch.over(&name, &bytes, || workspace(&bytes));
        if name.starts_with("cut") {
            assert_eq!(answer == Answer::Read, bytes.len() >= whole, "{name}: {answer:?}");
        } else if answer == Answer::Read {
            let read = format::from_bytes(&bytes, "w").unwrap();
            assert!(read != document || says_the_same(&text, &bytes), "{name} is overlooked");
        }
        files += 1;
    }
    kept(
        "hostile::bends::every_prefix_and_every_changed_byte_of_a_workspace",
        &format!("{} files", over(files)),
    );
}

/// Whether a changed byte changes nothing that a workspace holds: blanks, the version that wrote the file, or a nought more
/// or less at the end of a figure.
fn says_the_same(text: &str, bytes: &[u8]) -> bool {
    let bent = String::from_utf8_lossy(bytes);
    let said = |text: &str| -> Vec<String> {
        let behind = text.split_once("revision").map_or(text, |(_, rest)| rest);
        let words = behind.split([':', ',', '(', ')', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty());
        words
            .map(|word| {
                word.parse::<f64>().map_or_else(|_| word.to_owned(), |figure| (figure + 0.0).to_string())
            })
            .collect()
    };
    said(text) == said(&bent)
}

#[test]
fn every_prefix_and_every_changed_byte_of_a_table_of_ballots() {
    let watch = Watch::begin();
    let mut files = 0;
    for (name, bytes) in bent(BALLOTS.as_bytes()) {
        watch.over(&name, &bytes, || table("ballots.csv", TableKind::Ballots, &bytes));
        files += 1;
    }
    kept(
        "hostile::bends::every_prefix_and_every_changed_byte_of_a_table_of_ballots",
        &format!("{} files", over(files)),
    );
}

#[test]
fn every_prefix_and_every_changed_byte_of_a_workbook() {
    let watch = Watch::begin();
    let book = Book::sound();
    let mut files = 0;
    // Stored, so that a changed byte is one in a sheet and not only a wrong sum; and zipped, as they come.
    for bytes in [book.stored(), book.zipped()] {
        assert_eq!(table("w.xlsx", TableKind::Scores, &bytes), Answer::Read);
        for (name, bytes) in bent(&bytes) {
            let answer = watch.over(&name, &bytes, || table("w.xlsx", TableKind::Scores, &bytes));
            assert!(!name.starts_with("cut") || answer != Answer::Read, "{name}");
            files += 1;
        }
    }
    kept(
        "hostile::bends::every_prefix_and_every_changed_byte_of_a_workbook",
        &format!("{} files", over(files)),
    );
}

#[test]
fn an_example_is_refused_wherever_it_is_cut_off() {
    let watch = Watch::begin();
    let text = examples::find("westmere").unwrap().text.as_bytes();
    let (step, mut files) = (401, 0);
    for end in (0..text.trim_ascii_end().len()).step_by(step) {
        let answer = watch.over(&format!("westmere to {end}"), &text[..end], || workspace(&text[..end]));
        assert!(answer != Answer::Read, "cut at {end}");
        files += 1;
    }
    kept("hostile::bends::an_example_is_refused_wherever_it_is_cut_off", &format!("{} files", over(files)));
}
