//! Tables from comma-separated text and from the clipboard, which parts cells by tabs.

use super::{
    kind::TableKind,
    table::{Table, TableProblem},
};

/// The most cells that a table may have, blank ones included.
pub const MOST_CELLS: usize = 1_000_000;

/// The line put behind the last, so that a quotation mark that is never closed shows itself by swallowing it.
const SENTINEL: &str = "\u{1}end of table";

/// Reads comma-separated text as UTF-8, with or without a byte-order mark. Text whose first line holds more tabs than
/// commas is taken as tab-separated.
///
/// # Errors
/// Says where the text is not UTF-8, where a quotation mark is left open, and what is wrong with the columns.
pub(super) fn from_text(source: &str, kind: TableKind, bytes: &[u8]) -> Result<Table, Vec<TableProblem>> {
    let one = |expected: String| vec![TableProblem::of_file(source, expected)];
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(one("this is UTF-16 text; save the sheet as “CSV UTF-8”".to_owned()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let row = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
        one(format!("line {row} is not UTF-8 text; save the sheet as “CSV UTF-8”"))
    })?;
    if text.contains('\0') {
        return Err(one("this is not a text file; expected comma-separated text".to_owned()));
    }
    let first_line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let delimiter =
        if first_line.matches('\t').count() > first_line.matches(',').count() { b'\t' } else { b',' };
    if delimiter == b',' && first_line.contains(';') && !first_line.contains(',') {
        return Err(one(
            "the cells are parted by semicolons; save the sheet with commas between cells".to_owned()
        ));
    }
    let rows = rows(text, delimiter).map_err(|problem| one(problem.in_words()))?;
    Table::from_rows(source, kind, rows)
}

/// Cuts what a spreadsheet puts on the clipboard into rows of cells: tabs between cells, blank rows kept.
///
/// # Errors
/// Says why it cannot be cut: a quotation mark left open, or far too many cells.
pub fn block(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut block: Vec<Vec<String>> = Vec::new();
    for (number, cells) in rows(text, b'\t').map_err(|problem| problem.in_words())? {
        // Rows that are blank altogether are not handed on, only numbered.
        block.resize(block.len().max(number.saturating_sub(1)), Vec::new());
        block.push(cells);
    }
    Ok(block)
}

/// Why text could not be cut into cells.
enum Uncut {
    OpenQuote { row: usize },
    TooManyCells,
}

impl Uncut {
    fn in_words(&self) -> String {
        match self {
            Self::OpenQuote { row } => {
                format!(
                    "a quotation mark opened in row {row} is never closed; close it, or double it to keep it as text"
                )
            }
            Self::TooManyCells => {
                format!("more than {} cells; these tables are small: is it the right file?", thousands())
            }
        }
    }
}

fn thousands() -> String {
    crate::model::wording::thousands(MOST_CELLS as u64)
}

/// Cuts text into rows of cells. Rows are numbered as a spreadsheet does: blank lines count, and lines inside a quoted
/// cell do not.
fn rows(text: &str, delimiter: u8) -> Result<Vec<(usize, Vec<String>)>, Uncut> {
    // One kind of line end, so that lines are counted alike whatever wrote the file.
    let closed = format!("{}\n{SENTINEL}\n", text.replace("\r\n", "\n").replace('\r', "\n"));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(closed.as_bytes());
    let (mut rows, mut cells, mut inner_lines) = (Vec::new(), 0, 0);
    let mut record = csv::StringRecord::new();
    let (mut ended, mut counted) = (false, 0);
    // An error is not possible in text that is UTF-8 with rows of any length.
    while !ended && reader.read_record(&mut record).unwrap_or(false) {
        inner_lines += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let next_line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        ended = record.len() == 1 && record.get(0) == Some(SENTINEL);
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(Uncut::TooManyCells);
        }
        if !ended {
            counted = next_line.saturating_sub(1 + inner_lines);
            rows.push((counted.max(1), record.iter().map(str::to_owned).collect::<Vec<_>>()));
        }
    }
    if !ended && !rows.is_empty() {
        // No line end follows the last row, so it was counted one too low.
        return Err(Uncut::OpenQuote { row: counted + 1 });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Table, String> {
        from_text("t.csv", TableKind::Settings, text.as_bytes())
            .and_then(Table::sound)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_block_from_the_clipboard_keeps_its_gaps() {
        let cells = |rows: &[&[&str]]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect()
        };
        assert_eq!(block("1\t2\r\n\r\n3\t\r\n"), Ok(cells(&[&["1", "2"], &[], &["3", ""]])));
        assert_eq!(block("\"two\nlines\"\tx"), Ok(cells(&[&["two\nlines", "x"]])));
        assert!(block("\"open\t1").unwrap_err().contains("never closed"));
    }

    #[test]
    fn a_quotation_mark_left_open_is_told_with_the_row_it_is_in() {
        for (text, row) in
            [("\"a,b\n1,2\n", 1), ("\"a,b", 1), ("a,b\n\"1,2\n3,4\n", 2), ("a,b\n\"1\nx\",2\n\n3,\"4", 4)]
        {
            let said = read(text).unwrap_err();
            assert!(said.contains(&format!("opened in row {row} is never closed")), "{text:?}: {said}");
        }
    }

    #[test]
    fn order_and_letter_case_of_columns_do_not_matter() {
        let table = read("\u{feff}VALUE,Setting\n1,title\n").unwrap();
        assert_eq!((table.column("value"), table.column("setting")), (Some(0), Some(1)));
    }

    #[test]
    fn rows_are_numbered_as_in_a_spreadsheet() {
        let table = read("setting,value\n\na,\"two\nlines\"\n\nb,1\r\n").unwrap();
        let numbers: Vec<usize> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 5]);
    }

    #[test]
    fn tabs_from_the_clipboard_are_read_the_same_way() {
        let table = read("setting\tvalue\ntitle\tA, B\n").unwrap();
        assert_eq!(table.rows[0].cells, ["title", "A, B"]);
        let scores = b"factor\tside\tHere, now\nCost\tcommercial\t1\n";
        let table = from_text("clipboard", TableKind::Scores, scores).unwrap();
        assert_eq!(table.further_columns().collect::<Vec<_>>(), [(2, "Here, now")]);
    }

    #[test]
    fn what_cannot_be_cut_into_cells_is_said() {
        assert!(read("setting,value\na,\"b\nc,d\n").unwrap_err().contains("opened in row 2 is never closed"));
        assert!(read("setting;value\n").unwrap_err().contains("semicolons"));
        assert!(read("").unwrap_err().contains("empty"));
        let latin = from_text("t.csv", TableKind::Settings, b"setting,value\na,\xa3\n").unwrap_err();
        assert!(latin[0].to_string().contains("line 2 is not UTF-8"));
        let utf16 = from_text("t.csv", TableKind::Settings, b"\xff\xfes\0").unwrap_err();
        assert!(utf16[0].to_string().contains("UTF-16"));
    }

    #[test]
    fn every_problem_of_columns_is_listed_at_once() {
        let problems = read("setting,Colour,setting,shape\na,b,c,d,e\n").unwrap_err();
        for part in [
            "“Colour”",
            "“shape”",
            "each column once; columns A and C",
            "column “value”: missing",
            "column “E”: found “e”",
        ] {
            assert!(problems.contains(part), "{part} in {problems}");
        }
    }
}
