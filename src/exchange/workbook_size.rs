//! What a workbook unpacks to, looked through before it is read: how much memory it will ask for, and the few figures in it
//! that the reader takes at their word. A small file must not take much memory, whatever it says of itself.

use std::io::{Cursor, Read};

/// What a workbook may take beside a share of its own size, and that share. Zipped sheets unpack to about ten times their
/// size, and take about as much again when they are held.
const AT_LEAST: u64 = 20 << 20;
const TIMES: u64 = 16;

/// The most bytes between two marks, of one mark, and of one cell or shared text: Excel's own limit is 32,767 characters.
const LONGEST: usize = 1 << 20;
/// The longest name of a font and the longest number format, in bytes; Excel's own limits are 31 and 255 characters.
const LONGEST_STYLE: usize = 4 << 10;
/// Excel's own limits.
const ROWS: u64 = 1 << 20;
const COLUMNS: u64 = 1 << 14;
/// The most groups of shared formulas in a sheet.
const FORMULAS: u64 = 1 << 16;

/// How much memory a workbook of so many bytes may take, never more than `most`.
pub(super) fn allowance(length: usize, most: u64) -> u64 {
    most.min(AT_LEAST + TIMES * length as u64)
}

/// Looks through everything that a workbook unpacks to; the sizes that it states are not believed. Gives how many bytes
/// reading it takes before its cells.
///
/// # Errors
/// Says why it is not read: it unpacks to too much, or says of itself what no workbook can.
pub(super) fn look_through(bytes: &[u8], most: u64) -> Result<u64, String> {
    let damaged = |error: &dyn std::fmt::Display| {
        format!("the workbook is damaged ({error}); open it in Excel and save it again, or save it as CSV")
    };
    let allowed = allowance(bytes.len(), most);
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    let mut unpacked = 0;
    let mut held = 0;
    let mut buffer = vec![0; 1 << 16];
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).map_err(|e| damaged(&e))?;
        let mut scan = Scan::default();
        loop {
            let read = part.read(&mut buffer).map_err(|e| damaged(&e))?;
            unpacked += read as u64;
            if unpacked > allowed {
                return Err(too_much());
            }
            // What is no markup, such as a picture, is never read.
            if scan.begins(&buffer[..read]) {
                scan.take(&buffer[..read]).map_err(|what| damaged(&what))?;
            }
            if held + scan.held > allowed {
                return Err(too_much());
            }
            if read == 0 {
                break;
            }
        }
        scan.finish().map_err(|what| damaged(&what))?;
        held += scan.held;
    }
    Ok(held)
}

fn too_much() -> String {
    "the workbook unpacks to far more than one of its size does: save the one sheet as CSV".to_owned()
}

/// A part of a workbook, read mark by mark.
#[derive(Default)]
struct Scan {
    state: State,
    /// The mark that is being read, without `<`.
    mark: Vec<u8>,
    /// How many bytes the present text or comment has.
    length: usize,
    /// How many bytes the cell or shared text has that is open, if one is.
    open: Option<usize>,
    is_markup: Option<bool>,
    /// What reading the part will take, in bytes.
    held: u64,
    longest_style: usize,
    texts: u64,
    /// How many texts the part says that it has.
    texts_stated: u64,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    Mark {
        quote: Option<u8>,
    },
    /// Between `<!--` and `-->`.
    Comment,
    /// Between `<![CDATA[` and `]]>`.
    Raw,
}

type What = &'static str;

const TOO_LONG: What = "a text in it is far longer than a cell can be";

impl Scan {
    /// Whether what is read is markup, which its first bytes say.
    fn begins(&mut self, bytes: &[u8]) -> bool {
        if self.is_markup.is_none() {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
            self.is_markup = first.map(|byte| *byte == b'<');
        }
        self.is_markup == Some(true)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), What> {
        for &byte in bytes {
            self.length += 1;
            match self.state {
                State::Text if byte == b'<' => {
                    self.state = State::Mark { quote: None };
                    self.mark.clear();
                    self.length = 0;
                }
                State::Text => {}
                State::Mark { quote } => self.take_mark(byte, quote)?,
                State::Comment | State::Raw => {
                    self.mark.push(byte);
                    let end: &[u8] = if self.state == State::Raw { b"]]>" } else { b"-->" };
                    if self.mark.ends_with(end) {
                        self.state = State::Text;
                    }
                }
            }
            if self.length > LONGEST {
                return Err(TOO_LONG);
            }
            if let Some(open) = &mut self.open {
                *open += 1;
                if *open > LONGEST {
                    return Err(TOO_LONG);
                }
            }
        }
        Ok(())
    }

    fn take_mark(&mut self, byte: u8, quote: Option<u8>) -> Result<(), What> {
        self.mark.push(byte);
        if self.mark[0] == b'!' {
            return self.take_other();
        }
        let quote = match quote {
            Some(open) if byte == open => None,
            Some(open) => Some(open),
            // In a declaration and an end no quotation marks open.
            None if matches!(byte, b'"' | b'\'') && !matches!(self.mark[0], b'?' | b'/') => Some(byte),
            None if byte == b'>' && (self.mark[0] != b'?' || self.mark.ends_with(b"?>")) => {
                self.state = State::Text;
                self.length = 0;
                self.mark.pop();
                let mark = std::mem::take(&mut self.mark);
                let result = self.end_mark(&mark);
                self.mark = mark;
                return result;
            }
            None => None,
        };
        self.state = State::Mark { quote };
        Ok(())
    }

    /// Comments and raw text are read past, up to an end of their own.
    fn take_other(&mut self) -> Result<(), What> {
        self.state = match &*self.mark {
            b"!--" => State::Comment,
            b"![CDATA[" => State::Raw,
            part if b"!--".starts_with(part) || b"![CDATA[".starts_with(part) => return Ok(()),
            _ => return Err("it holds a declaration that no workbook has"),
        };
        // Their end does not share its bytes with their beginning.
        self.mark.clear();
        self.mark.push(b'!');
        Ok(())
    }

    fn end_mark(&mut self, mark: &[u8]) -> Result<(), What> {
        let closed = mark.ends_with(b"/");
        let ends = mark.first() == Some(&b'/');
        let name = mark.strip_prefix(b"/").unwrap_or(mark);
        let name = name.split(|b| b.is_ascii_whitespace() || *b == b'/').next().unwrap_or_default();
        let local = name.rsplit(|b| *b == b':').next().unwrap_or_default();
        match local {
            b"si" | b"c" | b"definedName" => {
                let text = self.open.take().unwrap_or(0) as u64;
                if !ends {
                    self.open = (!closed).then_some(0);
                    self.texts += u64::from(local == b"si");
                }
                // A text is held with what it is pushed into, grown by half.
                self.held += if local == b"c" { 0 } else { 96 * u64::from(!ends) + text * 3 / 2 };
            }
            _ if ends => {}
            _ => self.begin(local, mark)?,
        }
        if local == b"c" && !ends {
            check_place(attribute(mark, b"r"))?;
        }
        Ok(())
    }

    fn begin(&mut self, local: &[u8], mark: &[u8]) -> Result<(), What> {
        match local {
            b"row" => check_place(attribute(mark, b"r"))?,
            b"sst" => {
                let stated = attribute(mark, b"uniqueCount").map(number);
                self.texts_stated = self.texts_stated.max(stated.unwrap_or(0));
            }
            b"dimension" | b"f" => {
                check_range(attribute(mark, b"ref"))?;
                if attribute(mark, b"si").is_some_and(|group| number(group) > FORMULAS) {
                    return Err("a formula in it belongs to a group that no sheet has");
                }
            }
            b"numFmt" | b"name" | b"rFont" => {
                if mark.len() > LONGEST_STYLE {
                    return Err("a style in it has a name that is far too long");
                }
                self.longest_style = self.longest_style.max(mark.len());
                self.held += 200;
            }
            // What is known of a style is copied into each that is made with it.
            b"xf" => self.held += 1000 + 2 * self.longest_style as u64,
            b"sheet" | b"Relationship" => self.held += 200 + 2 * mark.len() as u64,
            b"font" | b"fill" | b"border" => self.held += 400,
            _ => {}
        }
        Ok(())
    }

    /// What can only be said at the end.
    fn finish(&self) -> Result<(), What> {
        // A list that has grown since it was counted is nothing unusual; room for thousands of millions is.
        if self.texts_stated > 2 * self.texts + 1000 {
            return Err("it says that it has far more texts than it has");
        }
        Ok(())
    }
}

/// The value of an attribute, without its quotation marks; of a name with a prefix the rest counts.
fn attribute<'m>(mark: &'m [u8], wanted: &[u8]) -> Option<&'m [u8]> {
    let mut rest = mark;
    while let Some(equals) = rest.iter().position(|byte| *byte == b'=') {
        let name = rest[..equals].trim_ascii();
        let name =
            name.rsplit(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'')).next().unwrap_or_default();
        let value = rest[equals + 1..].trim_ascii_start();
        let quote = *value.first()?;
        let inner = value.get(1..)?;
        let end = inner.iter().position(|byte| *byte == quote)?;
        if name == wanted {
            return Some(&inner[..end]);
        }
        rest = &inner[end + 1..];
    }
    None
}

/// A whole number; the largest there is for what is larger, and for what is none.
fn number(digits: &[u8]) -> u64 {
    let digits = std::str::from_utf8(digits).unwrap_or_default().trim();
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}

const OUTSIDE: What = "it has a cell that lies outside of every sheet";

/// A cell as `B12`, or a row as `12`; other words are left to the reader, which refuses them.
fn check_place(place: Option<&[u8]>) -> Result<(), What> {
    let Some(place) = place else { return Ok(()) };
    let letters = place.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let digits = &place[letters..];
    if letters > 3 || digits.len() > 7 {
        return Err(OUTSIDE);
    }
    let column = place[..letters]
        .iter()
        .fold(0, |column, letter| column * 26 + u64::from(letter.to_ascii_uppercase() - b'A') + 1);
    if column > COLUMNS || number(digits) > ROWS && digits.iter().all(u8::is_ascii_digit) {
        return Err(OUTSIDE);
    }
    Ok(())
}

/// A range as `A1:C7`.
fn check_range(range: Option<&[u8]>) -> Result<(), What> {
    let Some(range) = range else { return Ok(()) };
    let mut corners = range.split(|byte| *byte == b':').map(|corner| {
        check_place(Some(corner))?;
        let letters = corner.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let column =
            corner[..letters].iter().fold(0, |c, l| c * 26 + u64::from(l.to_ascii_uppercase() - b'A') + 1);
        Ok::<_, What>((column, number(&corner[letters..])))
    });
    let (Some(first), last) = (corners.next().transpose()?, corners.next().transpose()?) else {
        return Ok(());
    };
    let last = last.unwrap_or(first);
    if last.0 < first.0 || last.1 < first.1 {
        return Err("a range in it ends before it begins");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> Result<u64, What> {
        let mut scan = Scan::default();
        assert!(scan.begins(text.as_bytes()));
        // Marks may be cut anywhere between two reads.
        for byte in text.as_bytes() {
            scan.take(&[*byte])?;
        }
        scan.finish()?;
        Ok(scan.held)
    }

    #[test]
    fn what_workbooks_hold_passes() {
        for text in [
            "<?xml version='1.0'?><worksheet><dimension ref=\"A1:C7\"/><c r='XFD1048576' t=\"s\"><v>1</v></c></worksheet>",
            "<a b=\"x > y\"><!-- < ' \" --><![CDATA[ < ]]></a><x:c x:r=\"B2\"/>",
            "<sst count=\"9\" uniqueCount=\"2\"><si><t>it's</t></si><si/></sst>",
            "<row r=\"7\"><c><f t=\"shared\" si=\"3\" ref=\"B2:B9\">1</f></c></row>",
        ] {
            assert!(scanned(text).is_ok(), "{text}: {:?}", scanned(text));
        }
    }

    #[test]
    fn what_no_workbook_holds_is_refused() {
        for (text, what) in [
            ("<c r=\"AAAAAAAA1\"/>", OUTSIDE),
            ("<c r=\"XFE1\"/>", OUTSIDE),
            ("<row r=\"4294967297\"/>", OUTSIDE),
            ("<row r=\"1048577\"/>", OUTSIDE),
            ("<dimension ref=\"B2:A1\"/>", "a range in it ends before it begins"),
            ("<sst uniqueCount=\"4000000000\"/>", "it says that it has far more texts than it has"),
            (
                "<sst uniqueCount=\"99999999999999999999999\"/>",
                "it says that it has far more texts than it has",
            ),
            ("<f t=\"shared\" si=\"4000000000\"/>", "a formula in it belongs to a group that no sheet has"),
            ("<!DOCTYPE x [<!ENTITY y \"z\">]><a/>", "it holds a declaration that no workbook has"),
        ] {
            assert_eq!(scanned(text), Err(what), "{text}");
        }
        assert_eq!(scanned(&format!("<t>{}</t>", "x".repeat(LONGEST + 1))), Err(TOO_LONG));
        assert_eq!(scanned(&format!("<si>{}</si>", "<r/>".repeat(LONGEST / 4 + 1))), Err(TOO_LONG));
    }

    #[test]
    fn what_is_held_is_counted() {
        let one = scanned("<si><t>text</t></si>").unwrap();
        assert!((96..200).contains(&one), "{one}");
        let styles =
            scanned(&format!("<numFmt formatCode=\"{}\"/>{}", "0".repeat(2000), "<xf/>".repeat(10))).unwrap();
        assert!(styles > 10 * 4000, "{styles}");
    }
}
