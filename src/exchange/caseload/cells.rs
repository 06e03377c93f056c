//! Rows and cells of delimited text, cut byte by byte: the reader that other tables use keeps neither blank lines nor the
//! place of a quotation mark that is never closed, and makes a copy of every cell.

use std::borrow::Cow;

/// Where a reader stands in text whose cells may be in quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    CellStart,
    Plain,
    Quoted,
    /// Behind a quotation mark inside a quoted cell: its end, or the first of two.
    QuoteSeen,
}

/// What is wrong with quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuoteFault {
    /// Something stands behind the mark that closes a cell.
    BehindClosing,
    /// A cell goes on for longer than any cell should: its mark is not closed.
    NeverClosed,
}

/// The longest cell in quotation marks, in bytes.
pub(super) const LONGEST_CELL: usize = 64 << 10;

/// The length of the whole rows that bytes begin with, their line ends included; 0 where no row ends.
pub(super) fn whole_rows(bytes: &[u8], delimiter: u8) -> usize {
    if !bytes.contains(&b'"') {
        return bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    }
    let mut state = State::CellStart;
    let mut end = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        state = next(state, byte, delimiter);
        if byte == b'\n' && state == State::CellStart {
            end = at + 1;
        }
    }
    end
}

/// The state behind a byte. A mark inside a plain cell is a letter like any other; a row ends at a line feed outside marks.
fn next(state: State, byte: u8, delimiter: u8) -> State {
    match (state, byte) {
        (State::Quoted, b'"') => State::QuoteSeen,
        (State::Quoted, _) => State::Quoted,
        (State::QuoteSeen, b'"') => State::Quoted,
        (State::CellStart, b'"') => State::Quoted,
        (_, b'\n') => State::CellStart,
        (_, byte) if byte == delimiter => State::CellStart,
        (State::QuoteSeen, b'\r') => State::QuoteSeen,
        _ => State::Plain,
    }
}

/// The rows of a chunk, one after the other, blank ones too, without their line ends.
pub(super) struct Rows<'c> {
    left: &'c [u8],
    delimiter: u8,
    quoted: bool,
}

impl<'c> Rows<'c> {
    pub fn of(chunk: &'c [u8], delimiter: u8) -> Self {
        Self { left: chunk, delimiter, quoted: chunk.contains(&b'"') }
    }

    /// The place of the line feed that ends the first row.
    fn end(&self) -> usize {
        if !self.quoted {
            return self.left.iter().position(|byte| *byte == b'\n').unwrap_or(self.left.len());
        }
        let mut state = State::CellStart;
        for (at, &byte) in self.left.iter().enumerate() {
            state = next(state, byte, self.delimiter);
            if byte == b'\n' && state == State::CellStart {
                return at;
            }
        }
        self.left.len()
    }
}

impl<'c> Iterator for Rows<'c> {
    type Item = &'c [u8];

    #[inline]
    fn next(&mut self) -> Option<&'c [u8]> {
        if self.left.is_empty() {
            return None;
        }
        let end = self.end();
        let row = &self.left[..end];
        self.left = self.left.get(end + 1..).unwrap_or(&[]);
        Some(row.strip_suffix(b"\r").unwrap_or(row))
    }
}

/// How many bytes of `text`, which begins with this row, the row takes with its line end.
pub(super) fn row_bytes(text: &[u8], row: &[u8]) -> usize {
    let behind = text.get(row.len()..).unwrap_or(&[]);
    let line_end = if behind.starts_with(b"\r\n") { 2 } else { usize::from(!behind.is_empty()) };
    row.len() + line_end
}

/// Whether a row holds nothing but blanks.
pub(super) fn is_blank(row: &[u8]) -> bool {
    row.iter().all(u8::is_ascii_whitespace)
}

/// Hands on the cells of a row, without blanks at their ends, and returns how many there are.
///
/// # Errors
/// Says what is wrong with a quotation mark.
#[inline]
pub(super) fn split<'r>(
    row: &'r [u8],
    delimiter: u8,
    mut each: impl FnMut(usize, Cow<'r, [u8]>),
) -> Result<usize, QuoteFault> {
    if row.contains(&b'"') {
        return split_quoted(row, delimiter, each);
    }
    let mut cells = 0;
    let mut from = 0;
    for (at, &byte) in row.iter().enumerate() {
        if byte == delimiter {
            each(cells, Cow::Borrowed(trimmed(&row[from..at])));
            cells += 1;
            from = at + 1;
        }
    }
    each(cells, Cow::Borrowed(trimmed(&row[from..])));
    Ok(cells + 1)
}

fn split_quoted<'r>(
    row: &'r [u8],
    delimiter: u8,
    mut each: impl FnMut(usize, Cow<'r, [u8]>),
) -> Result<usize, QuoteFault> {
    let (mut cells, mut at) = (0, 0);
    loop {
        let (cell, end) = match row.get(at) {
            Some(b'"') => quoted(row, at + 1, delimiter)?,
            _ => {
                let end = row[at..].iter().position(|b| *b == delimiter).map_or(row.len(), |n| at + n);
                (Cow::Borrowed(trimmed(&row[at..end])), end)
            }
        };
        each(cells, cell);
        cells += 1;
        if end >= row.len() {
            return Ok(cells);
        }
        at = end + 1;
    }
}

/// The text of a cell in quotation marks that opens before `from`, and the place of the delimiter behind it.
fn quoted(row: &[u8], from: usize, delimiter: u8) -> Result<(Cow<'_, [u8]>, usize), QuoteFault> {
    let mut text = Vec::new();
    let mut at = from;
    loop {
        match row.get(at) {
            None => return Err(QuoteFault::NeverClosed),
            Some(b'"') if row.get(at + 1) == Some(&b'"') => {
                text.push(b'"');
                at += 2;
            }
            Some(b'"') => break,
            Some(byte) => {
                text.push(*byte);
                at += 1;
            }
        }
    }
    if text.len() > LONGEST_CELL {
        return Err(QuoteFault::NeverClosed);
    }
    match row.get(at + 1) {
        None => {}
        Some(byte) if *byte == delimiter => {}
        Some(_) => return Err(QuoteFault::BehindClosing),
    }
    let cell = trimmed(&text).to_vec();
    Ok((Cow::Owned(cell), at + 1))
}

#[inline]
fn trimmed(cell: &[u8]) -> &[u8] {
    match cell {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim_ascii(),
    }
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// A day, counted from 1 March of the year 0.
    Day(i32),
    /// A day that is one only with day and month the other way round.
    Swapped,
    /// It looks like a day and is none.
    NoSuchDay,
    Neither,
}

/// Reads yes, no or a date: 1, true, yes, y; 0, false, no, n, or empty; 4/3/2025 and 2025-03-04.
#[inline]
pub(super) fn answer(cell: &[u8], month_first: bool) -> Answer {
    match cell {
        [] | b"0" | b"n" | b"N" | b"no" | b"No" | b"NO" => Answer::No,
        b"1" | b"y" | b"Y" | b"yes" | b"Yes" | b"YES" => Answer::Yes,
        _ if cell.eq_ignore_ascii_case(b"true") || cell.eq_ignore_ascii_case(b"yes") => Answer::Yes,
        _ if cell.eq_ignore_ascii_case(b"false") || cell.eq_ignore_ascii_case(b"no") => Answer::No,
        [b'0'..=b'9', ..] => date(cell, month_first),
        _ => Answer::Neither,
    }
}

/// Words by which a decision says no.
pub(super) fn is_refusal(cell: &[u8]) -> bool {
    [&b"refused"[..], b"declined", b"rejected", b"not accepted"]
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word))
}

/// Reads a day; a time of day behind it is left aside.
fn date(cell: &[u8], month_first: bool) -> Answer {
    let day = match cell.iter().position(|byte| matches!(byte, b' ' | b'T')) {
        Some(end) => &cell[..end],
        None => cell,
    };
    let mut parts = [0_u32; 3];
    let mut widths = [0_usize; 3];
    let mut part = 0;
    let mut mark = 0;
    for &byte in day {
        match byte {
            b'0'..=b'9' if widths[part] < 4 => {
                parts[part] = parts[part] * 10 + u32::from(byte - b'0');
                widths[part] += 1;
            }
            b'/' | b'-' | b'.' if part < 2 && (mark == 0 || mark == byte) => {
                mark = byte;
                part += 1;
            }
            _ => return Answer::Neither,
        }
    }
    if part != 2 || widths.contains(&0) {
        return Answer::Neither;
    }
    let (year, month, day) = match (widths[0], month_first) {
        (4, _) => (parts[0], parts[1], parts[2]),
        _ if widths[2] == 3 || widths[2] == 1 => return Answer::NoSuchDay,
        (_, false) => (parts[2], parts[1], parts[0]),
        (_, true) => (parts[2], parts[0], parts[1]),
    };
    let year = if widths[0] != 4 && widths[2] == 2 { year + 2_000 } else { year };
    match day_number(year, month, day) {
        Some(number) => Answer::Day(number),
        None if widths[0] != 4 && day_number(year, day, month).is_some() => Answer::Swapped,
        None => Answer::NoSuchDay,
    }
}

/// Whether a day written with slashes can be read one way only.
pub(super) fn is_one_way(cell: &[u8]) -> bool {
    if cell.get(4) == Some(&b'-') {
        return false;
    }
    let mut parts = cell.split(|byte| matches!(byte, b'/' | b'-' | b'.'));
    let number = |part: Option<&[u8]>| part.and_then(|p| std::str::from_utf8(p).ok()?.parse::<u32>().ok());
    match (number(parts.next()), number(parts.next())) {
        (Some(first), Some(second)) => first <= 31 && (first > 12 || second > 12),
        _ => false,
    }
}

/// The number of a day of the Gregorian calendar (Richards 2013), for years from 1900 to 2199.
fn day_number(year: u32, month: u32, day: u32) -> Option<i32> {
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get(month.checked_sub(1)? as usize)?;
    if !(1_900..2_200).contains(&year) || day == 0 || day > length {
        return None;
    }
    let (years, months) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let number = 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 1;
    i32::try_from(number).ok()
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// A number from 0 in thousandths; `None` for anything else, numbers past a thousand million among them.
pub(super) fn thousandths(cell: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(cell).ok()?;
    let number = crate::exchange::figure::number(text)?;
    let fits = !number.percent && (0.0..=1e9).contains(&number.value);
    fits.then(|| libm::round(number.value * 1_000.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Result<Vec<String>, QuoteFault> {
        let mut found = Vec::new();
        split(row.as_bytes(), b',', |_, cell| found.push(String::from_utf8_lossy(&cell).into_owned()))?;
        Ok(found)
    }

    #[test]
    fn rows_are_cut_into_cells() {
        assert_eq!(cells("a, b ,,c").unwrap(), ["a", "b", "", "c"]);
        assert_eq!(cells("\"a,b\",\"say \"\"no\"\"\",c").unwrap(), ["a,b", "say \"no\"", "c"]);
        assert_eq!(cells("5\" pipe,x").unwrap(), ["5\" pipe", "x"]);
        assert_eq!(cells("\"a\"b,c"), Err(QuoteFault::BehindClosing));
        assert_eq!(cells("\"a,b"), Err(QuoteFault::NeverClosed));
    }

    #[test]
    fn a_line_end_in_quotation_marks_ends_no_row() {
        let text = b"a,\"b\nc\"\r\n\nd,e\nf,\"g";
        let rows: Vec<&[u8]> = Rows::of(text, b',').collect();
        assert_eq!(rows, [&b"a,\"b\nc\""[..], b"", b"d,e", b"f,\"g"]);
        assert_eq!(whole_rows(text, b','), text.len() - 4);
        assert_eq!(whole_rows(b"a,b", b','), 0);
    }

    #[test]
    fn yes_no_and_dates_are_read_the_british_way() {
        for (cell, expected) in
            [("", Answer::No), ("Y", Answer::Yes), ("TRUE", Answer::Yes), ("false", Answer::No)]
        {
            assert_eq!(answer(cell.as_bytes(), false), expected, "{cell}");
        }
        let day = |text: &str| answer(text.as_bytes(), false);
        assert_eq!(day("04/03/2025"), day("2025-03-04"));
        assert_eq!(day("4/3/25"), day("2025-03-04 09:30"));
        assert_eq!(answer(b"03/04/2025", true), day("2025-03-04"));
        assert_eq!(day("04/13/2025"), Answer::Swapped);
        assert_eq!(day("31/2/2025"), Answer::NoSuchDay);
        assert_eq!(day("29/2/2024"), day("2024-02-29"));
        assert_eq!(day("maybe"), Answer::Neither);
        let (Answer::Day(one), Answer::Day(other)) = (day("1/3/2025"), day("28/2/2025")) else { panic!() };
        assert_eq!(one - other, 1);
        assert!(is_one_way(b"13/4/2025") && is_one_way(b"4/13/2025") && !is_one_way(b"4/3/2025"));
    }
}
