//! Where a caseload comes from, and the head of its table.

use std::{
    fs::File,
    io::{Cursor, ErrorKind, Read},
    path::PathBuf,
    sync::Arc,
};

use super::{
    cells::{self, Rows},
    findings::{Finding, Matter},
};
use crate::exchange::{
    excel,
    table::{MOST_COLUMNS, letter},
};

/// The largest file that is read, in bytes; text is read piece by piece, a workbook as a whole.
const LARGEST_TEXT: u64 = 16 << 30;
const LARGEST_WORKBOOK: u64 = 256 << 20;

/// How much of a table is looked at before it is counted, in bytes and in rows.
const HEAD: u64 = 256 << 10;
const SAMPLES: usize = 50;

/// Where a caseload is read from.
#[derive(Clone, Debug)]
pub enum Source {
    File(PathBuf),
    /// The clipboard, or what else is in memory.
    Text {
        name: String,
        text: Arc<[u8]>,
    },
}

impl Source {
    /// What was copied.
    #[must_use]
    pub fn clipboard(text: &str) -> Self {
        Self::Text { name: "the clipboard".to_owned(), text: text.as_bytes().into() }
    }

    /// Its name, without folders.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
            Self::Text { name, .. } => name.clone(),
        }
    }

    /// Opens it as delimited text.
    pub(super) fn open(&self) -> Result<Opened, Finding> {
        let mut opened = match self {
            Self::File(path) => open_file(path)?,
            Self::Text { text, .. } => Opened {
                length: text.len() as u64,
                text: Box::new(Cursor::new(Arc::clone(text))),
                tabs: false,
            },
        };
        if !opened.tabs {
            opened.take_head()?;
        }
        Ok(opened)
    }
}

/// A table opened for reading, as text.
pub(super) struct Opened {
    /// How many bytes there are about.
    pub length: u64,
    pub text: Box<dyn Read + Send>,
    /// Whether it was made from a sheet, with tabs between cells.
    tabs: bool,
}

impl Opened {
    /// Looks at the first bytes: a byte-order mark is left out, a workbook becomes text, UTF-16 is refused.
    fn take_head(&mut self) -> Result<(), Finding> {
        let mut head = Vec::new();
        let failed =
            |error: std::io::Error| Finding::of_table(Matter::File, format!("It cannot be read: {error}."));
        (&mut self.text).take(4).read_to_end(&mut head).map_err(failed)?;
        if excel::looks_like_a_workbook(&head) {
            if self.length > LARGEST_WORKBOOK {
                let most = LARGEST_WORKBOOK >> 20;
                return Err(Finding::of_table(
                    Matter::File,
                    format!("The workbook is larger than {most} MB; save the sheet as “CSV UTF-8”."),
                ));
            }
            (&mut self.text).take(LARGEST_WORKBOOK).read_to_end(&mut head).map_err(failed)?;
            let text = excel::sheet_as_text(&head, "caseload").map_err(|why| {
                Finding::of_table(Matter::File, format!("{}.", crate::model::wording::capital(&why)))
            })?;
            *self = Self { length: text.len() as u64, text: Box::new(Cursor::new(text)), tabs: true };
            return Ok(());
        }
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            let remedy = "This is UTF-16 text: save the sheet as “CSV UTF-8”.";
            return Err(Finding::of_table(Matter::Encoding, remedy));
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").map_or(head.clone(), <[u8]>::to_vec);
        let rest = std::mem::replace(&mut self.text, Box::new(std::io::empty()));
        self.text = Box::new(Cursor::new(head).chain(rest));
        Ok(())
    }
}

fn open_file(path: &std::path::Path) -> Result<Opened, Finding> {
    let refuse = |remedy: String| Finding::of_table(Matter::File, remedy);
    let name = path.display();
    let length = match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(refuse(format!("{name} is a folder; name a file."))),
        // A device or a pipe may never end.
        Ok(found) if !found.is_file() => return Err(refuse(format!("{name} is not a file; name a file."))),
        Ok(found) => found.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(refuse(format!("There is no file {name}; check the name.")));
        }
        Err(error) => return Err(refuse(format!("{name} cannot be read: {error}."))),
    };
    if length > LARGEST_TEXT {
        return Err(refuse(format!("{name} is larger than {} GB; count it in parts.", LARGEST_TEXT >> 30)));
    }
    let file = File::open(path).map_err(|error| refuse(format!("{name} cannot be read: {error}.")))?;
    Ok(Opened { length, text: Box::new(file), tabs: false })
}

/// The head of a table: the names of its columns, and its first rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The file's name, without folders.
    pub source: String,
    pub header: Vec<String>,
    pub rows: Vec<PreviewRow>,
    /// About how many rows there are, the first of columns left out; exact where the whole table has been looked at.
    pub about: u64,
    /// Whether [`Self::about`] is exact.
    pub whole: bool,
}

/// One of the first rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// As a spreadsheet shows it.
    pub number: u64,
    pub cells: Vec<String>,
}

impl Preview {
    /// The cells of the first rows.
    #[must_use]
    pub fn samples(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.cells.clone()).collect()
    }
}

/// What stands at the head of the text.
pub(super) struct Head {
    pub delimiter: u8,
    pub header: Vec<String>,
    /// How many lines the header and the blank lines before it take, and how many bytes.
    pub lines: u64,
    pub bytes: usize,
}

/// Finds the delimiter and the names of the columns in the first bytes of a table.
pub(super) fn head(bytes: &[u8]) -> Result<Head, Finding> {
    let refuse = |matter: Matter, remedy: &str| Err(Finding::of_table(matter, remedy));
    if bytes.contains(&0) {
        return refuse(Matter::File, "This is not text: name a CSV file or an Excel workbook.");
    }
    if bytes.contains(&b'\r') && !bytes.contains(&b'\n') {
        return refuse(Matter::File, "Its lines end as on an old Macintosh: save the sheet as “CSV UTF-8”.");
    }
    let mut lines = 0;
    let mut at = 0;
    // Which delimiter it is shows in the first line that is not blank.
    for line in bytes.split(|byte| *byte == b'\n') {
        if !cells::is_blank(line) {
            break;
        }
        lines += 1;
        at += line.len() + 1;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    let first = rest.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    let delimiter = sniffed(first);
    let Some(row) = Rows::of(rest, delimiter).next().filter(|row| !cells::is_blank(row)) else {
        return refuse(Matter::File, "The table is empty: its first row should name the columns.");
    };
    if std::str::from_utf8(row).is_err() {
        return refuse(
            Matter::Encoding,
            "The names of the columns are not UTF-8 text: save the sheet as “CSV UTF-8”.",
        );
    }
    let mut header = Vec::new();
    let cut =
        cells::split(row, delimiter, |_, cell| header.push(String::from_utf8_lossy(&cell).into_owned()));
    if cut.is_err() {
        return refuse(
            Matter::Quotes,
            "A quotation mark in the names of the columns is not closed: close it.",
        );
    }
    if header.len() > MOST_COLUMNS {
        return refuse(Matter::Columns, "There are more than 1,000 columns: is it the right file?");
    }
    for (at, name) in header.iter_mut().enumerate().filter(|(_, name)| name.is_empty()) {
        *name = format!("column {}", letter(at));
    }
    let bytes = at + cells::row_bytes(rest, row);
    Ok(Head { delimiter, header, lines: lines + 1, bytes })
}

/// The delimiter that a line is cut by, cells in quotation marks left aside: the most frequent of tab, semicolon and comma.
fn sniffed(line: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [0_usize; 3];
    const MARKS: [u8; 3] = [b',', b';', b'\t'];
    for byte in line {
        quoted ^= *byte == b'"';
        if let Some(mark) = MARKS.iter().position(|mark| !quoted && mark == byte) {
            counts[mark] += 1;
        }
    }
    let best = (0..3).rev().max_by_key(|mark| counts[*mark]).unwrap_or(0);
    MARKS[best]
}

/// Shows the head of a table.
///
/// # Errors
/// Says why it cannot be read.
pub fn look(source: &Source) -> Result<Preview, Finding> {
    let opened = source.open()?;
    let mut bytes = Vec::new();
    let failed =
        |error: std::io::Error| Finding::of_table(Matter::File, format!("It cannot be read: {error}."));
    opened.text.take(HEAD).read_to_end(&mut bytes).map_err(failed)?;
    let head = head(&bytes)?;
    let whole = (bytes.len() as u64) < HEAD;
    let body = bytes.get(head.bytes..).unwrap_or(&[]);
    let body = if whole { body } else { &body[..cells::whole_rows(body, head.delimiter)] };
    let mut rows = Vec::new();
    let (mut number, mut seen) = (head.lines, 0_u64);
    for row in Rows::of(body, head.delimiter) {
        number += 1;
        if cells::is_blank(row) {
            continue;
        }
        seen += 1;
        if rows.len() < SAMPLES {
            let mut cells = Vec::new();
            let _ = cells::split(row, head.delimiter, |_, cell| {
                cells.push(String::from_utf8_lossy(&cell).into_owned());
            });
            cells.resize(head.header.len(), String::new());
            rows.push(PreviewRow { number, cells });
        }
    }
    let about = if whole || body.is_empty() {
        seen
    } else {
        (seen as f64 * opened.length as f64 / body.len() as f64) as u64
    };
    Ok(Preview { source: source.name(), header: head.header, rows, about, whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(text: &str) -> Result<Preview, Finding> {
        look(&Source::clipboard(text))
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart() {
        for text in
            ["a,b;c,d\n1,2,3", "a;b;c,d\n1;2;3", "a\tb, c\td\n1\t2\t3", "\u{feff}\n\n\"a,;\",b,c\n1,2,3\n"]
        {
            let preview = looked(text).unwrap();
            assert_eq!(preview.header.len(), 3, "{text}: {:?}", preview.header);
            assert_eq!(
                (preview.rows[0].cells.as_slice(), preview.about),
                (&["1", "2", "3"].map(str::to_owned)[..], 1)
            );
        }
        assert_eq!(looked("\n\na,b\n\n1,2\n").unwrap().rows[0].number, 5);
    }

    #[test]
    fn what_is_no_table_is_said() {
        assert!(looked("").unwrap_err().remedy.contains("empty"));
        assert!(looked("a\rb\r").unwrap_err().remedy.contains("Macintosh"));
        let utf16 = Source::Text { name: "x".to_owned(), text: (*b"\xff\xfea\0,\0").into() };
        assert_eq!(look(&utf16).unwrap_err().matter, Matter::Encoding);
        assert_eq!(look(&Source::File("/no/such/file".into())).unwrap_err().matter, Matter::File);
    }
}
