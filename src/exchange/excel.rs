//! Tables from Excel workbooks. What a workbook unpacks to is measured before it is read, and its cells are taken one by
//! one, so that a small file cannot ask for much memory.

use std::{
    collections::{BTreeMap, HashSet},
    io::Cursor,
};

use calamine::{DataRef, Reader, Xlsx, XlsxFormulaMetadata};

use super::{
    delimited::MOST_CELLS,
    kind::TableKind,
    table::{MOST_COLUMNS, Table, TableProblem, letter, listed, shortened},
    workbook_size::{allowance, look_through},
};
use crate::file::characters::is_unseen;

/// The most bytes that a workbook of any size may unpack to.
const MOST_UNPACKED: u64 = 64 << 20;

/// Whether these bytes begin as an Excel workbook does, of today's kind or of the old one.
#[must_use]
pub fn looks_like_a_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&OLD_WORKBOOK)
}

const OLD_WORKBOOK: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// Reads one sheet: the one named like the table, or the only one there is.
///
/// # Errors
/// Says why the workbook cannot be read, names the sheets when none is meant for this table, and lists cells that hold
/// an Excel error.
pub(super) fn from_workbook(source: &str, kind: TableKind, bytes: &[u8]) -> Result<Table, Vec<TableProblem>> {
    let one = |expected: String| vec![TableProblem::of_file(source, expected)];
    if bytes.starts_with(&OLD_WORKBOOK) {
        return Err(one(
            "this is an old or a protected workbook; save it as .xlsx without password, or as CSV".to_owned(),
        ));
    }
    let held = look_through(bytes, MOST_UNPACKED).map_err(one)?;
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|error: calamine::XlsxError| one(unreadable(&error)))?;
    let sheet = choose_sheet(&workbook.sheet_names(), kind).map_err(one)?;
    let room = allowance(bytes.len(), MOST_UNPACKED).saturating_sub(held);
    let rows = cells(&mut workbook, &sheet, room).map_err(|fault| match fault {
        Fault::Workbook(text) => one(text),
        Fault::Cells(found) => found
            .into_iter()
            .map(|(row, column, text)| TableProblem {
                file: source.to_owned(),
                row: Some(row),
                column: Some(column),
                found: Some(text),
                expected:
                    "a value; the formula of this cell gives none: mend it, or save the workbook in Excel"
                        .to_owned(),
            })
            .collect(),
    })?;
    Table::from_rows(source, kind, rows)
}

/// The most bytes that a workbook with a caseload may unpack to, and that its sheet may have as text.
const MOST_OF_A_CASELOAD: u64 = 1 << 30;

/// One sheet as tab-separated text, row under row with the numbers they have in the sheet: the one of this name, else the
/// first.
///
/// # Errors
/// Says why the workbook cannot be read, and names the first cell without a value.
pub(super) fn sheet_as_text(bytes: &[u8], name: &str) -> Result<Vec<u8>, String> {
    if bytes.starts_with(&OLD_WORKBOOK) {
        return Err(
            "this is an old or a protected workbook; save it as .xlsx without password, or as CSV".to_owned()
        );
    }
    let held = look_through(bytes, MOST_OF_A_CASELOAD)?;
    let room = allowance(bytes.len(), MOST_OF_A_CASELOAD).saturating_sub(held);
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|error: calamine::XlsxError| unreadable(&error))?;
    let sheets = workbook.sheet_names();
    let sheet = sheets.iter().find(|sheet| sheet.trim().eq_ignore_ascii_case(name)).or(sheets.first());
    let sheet = sheet.cloned().ok_or("the workbook has no sheet")?;
    let mut reader = workbook.worksheet_cells_reader(&sheet).map_err(|e| unreadable(&e))?;
    let mut text = Vec::new();
    let (mut row, mut column) = (0, 0);
    while let Some(cell) = reader.next_cell().map_err(|e| unreadable(&e))? {
        let (at_row, at_column) = cell.get_position();
        if let DataRef::Error(error) = cell.get_value() {
            let place = format!("{}{}", letter(at_column as usize), u64::from(at_row) + 1);
            return Err(format!("cell {place} holds {error} in place of a value; mend its formula"));
        }
        let value = text_of(cell.get_value(), false);
        if value.is_empty() {
            continue;
        }
        if at_column as usize >= MOST_COLUMNS {
            return Err("the sheet reaches over too many columns; delete what is not the table".to_owned());
        }
        // What is to be added, at the most: line ends, tabs, and the value with its quotation marks doubled.
        let more = at_row.saturating_sub(row) as usize + at_column as usize + 2 * value.len() + 3;
        if (text.len() + more) as u64 > room {
            return Err("the sheet is too large; save it as CSV".to_owned());
        }
        grow(&mut text, more);
        if at_row > row {
            text.resize(text.len() + (at_row - row) as usize, b'\n');
            column = 0;
        }
        text.resize(text.len() + at_column.saturating_sub(column) as usize, b'\t');
        (row, column) = (at_row, at_column);
        push_guarded(&mut text, &value);
    }
    text.push(b'\n');
    Ok(text)
}

/// Makes room for so many bytes more, growing by a quarter and not twofold.
fn grow(text: &mut Vec<u8>, more: usize) {
    if text.capacity() < text.len() + more {
        text.reserve_exact(more.max(text.len() / 4).max(1 << 16));
    }
}

/// A cell of tab-separated text, in quotation marks where it would not be read as one cell.
fn push_guarded(text: &mut Vec<u8>, value: &str) {
    if value.contains(['\t', '\n', '\r', '"']) {
        text.push(b'"');
        text.extend_from_slice(value.replace('"', "\"\"").as_bytes());
        text.push(b'"');
    } else {
        text.extend_from_slice(value.as_bytes());
    }
}

/// The tables that a workbook has sheets for; none where these bytes are no workbook that can be read.
pub(super) fn tables_in(bytes: &[u8]) -> Vec<TableKind> {
    if !bytes.starts_with(b"PK\x03\x04") || look_through(bytes, MOST_UNPACKED).is_err() {
        return Vec::new();
    }
    let workbook: Result<Xlsx<_>, _> = calamine::open_workbook_from_rs(Cursor::new(bytes));
    let sheets = workbook.map(|workbook| workbook.sheet_names()).unwrap_or_default();
    let has = |kind: &TableKind| sheets.iter().any(|sheet| sheet.trim().eq_ignore_ascii_case(kind.name()));
    TableKind::ALL.into_iter().filter(has).collect()
}

fn unreadable(error: &calamine::XlsxError) -> String {
    // What the reader quotes comes out of the file.
    let error: String = error.to_string().chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    format!("the workbook cannot be read ({error}); open it in Excel and save it again, or save it as CSV")
}

fn choose_sheet(sheets: &[String], kind: TableKind) -> Result<String, String> {
    let named = sheets.iter().find(|sheet| sheet.trim().eq_ignore_ascii_case(kind.name()));
    match (named, sheets) {
        (Some(sheet), _) | (None, [sheet]) => Ok(sheet.clone()),
        (None, []) => Err("the workbook has no sheet".to_owned()),
        (None, _) => Err(format!(
            "the workbook has the sheets {}; name the one that is meant “{}”",
            listed(sheets.iter().map(String::as_str)),
            kind.name()
        )),
    }
}

enum Fault {
    Workbook(String),
    /// Cells without a value that could be read: row, column and text.
    Cells(Vec<(usize, String, String)>),
}

fn unread(error: &calamine::XlsxError) -> Fault {
    Fault::Workbook(unreadable(error))
}

fn too_many() -> Fault {
    Fault::Workbook("the sheet reaches over too many cells; delete what is not the table".to_owned())
}

/// The cells of a sheet that hold something, row by row.
#[derive(Default)]
struct Cells {
    rows: BTreeMap<usize, Vec<String>>,
    /// Cells that stand in the sheet with nothing in them.
    blank: HashSet<(u32, u32)>,
    faults: Vec<(usize, String, String)>,
    /// How many cells there are, and how many bytes they take.
    held: usize,
    bytes: u64,
    /// How many bytes they may take.
    room: u64,
}

/// What a cell takes beside its text, and a row beside its cells, in bytes.
const CELL: u64 = 56;
const ROW: u64 = 64;

/// The most cells that are named for having no value.
const MOST_FAULTS: usize = 200;

impl Cells {
    fn fault(&mut self, row: u32, column: u32, found: String) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push((row as usize + 1, letter(column as usize), found));
        }
    }

    fn hold(&mut self, row: usize, column: usize, text: String) -> Result<(), Fault> {
        if column >= MOST_COLUMNS {
            return Err(too_many());
        }
        let cells = self.rows.entry(row).or_default();
        let new = (column + 1).saturating_sub(cells.len());
        self.held += new;
        self.bytes += text.len() as u64 + CELL * new as u64 + if cells.is_empty() { ROW } else { 0 };
        if self.held > MOST_CELLS || self.bytes > self.room {
            return Err(too_many());
        }
        if cells.len() <= column {
            cells.reserve_exact(new);
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        Ok(())
    }
}

fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    room: u64,
) -> Result<Vec<(usize, Vec<String>)>, Fault> {
    let mut cells = Cells { room, ..Cells::default() };
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|e| unread(&e))?;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e| unread(&e))? {
        let style = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let in_per_cent = style.is_some_and(|format| format.format_code.contains('%'));
        let (row, column) = cell.get_position();
        match cell.get_value() {
            DataRef::Empty => {
                // A set takes about twice what is in it.
                cells.bytes += 32;
                if cells.bytes > room {
                    return Err(too_many());
                }
                cells.blank.insert((row, column));
            }
            DataRef::Error(error) => cells.fault(row, column, error.to_string()),
            value => match text_of(value, in_per_cent) {
                text if text.is_empty() => {}
                text => cells.hold(row as usize + 1, column as usize, text)?,
            },
        }
    }
    drop(reader);
    name_formulas_without_value(workbook, sheet, &mut cells)?;
    if cells.faults.is_empty() {
        Ok(cells.rows.into_iter().collect())
    } else {
        Err(Fault::Cells(cells.faults))
    }
}

/// A formula that no spreadsheet program has worked out yet must not pass for an empty cell.
fn name_formulas_without_value(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    cells: &mut Cells,
) -> Result<(), Fault> {
    if cells.blank.is_empty() {
        return Ok(());
    }
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|e| unread(&e))?;
    // The formulas as they stand: those that are shared are not written out for each cell, which can take for ever.
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|e| unread(&e))? {
        let Some(formula) = cell.formula.filter(|_| cells.blank.contains(&cell.pos)) else { continue };
        let formula = match &formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
                shortened(formula)
            }
            _ => "…".to_owned(),
        };
        if !formula.is_empty() {
            cells.fault(cell.pos.0, cell.pos.1, format!("={formula}"));
        }
    }
    Ok(())
}

/// The text that a cell shows, numbers with all their figures.
fn text_of(value: &DataRef<'_>, in_per_cent: bool) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if in_per_cent => format!("{}%", as_shown(number * 100.0)),
        DataRef::Float(number) => as_shown(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        // A day before 1900 or after 9999 is none; the number says so to whoever expects one.
        DataRef::DateTime(moment) if !(1.0..2_958_466.0).contains(&moment.as_f64()) => {
            as_shown(moment.as_f64())
        }
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// A number to the 15 figures that Excel shows, so that 0.1 + 0.2 reads 0.3.
fn as_shown(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    super::figure::written(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_excel_shows_them() {
        assert_eq!(text_of(&DataRef::Float(0.1 + 0.2), false), "0.3");
        assert_eq!(text_of(&DataRef::Float(0.07), true), "7%");
        assert_eq!(text_of(&DataRef::Float(2900.0), false), "2900");
        assert_eq!(text_of(&DataRef::Bool(true), false), "yes");
    }

    #[test]
    fn a_sheet_is_never_guessed() {
        let sheets = ["Notes".to_owned(), "SCORES".to_owned()];
        assert_eq!(choose_sheet(&sheets, TableKind::Scores).unwrap(), "SCORES");
        assert!(choose_sheet(&sheets, TableKind::Ballots).unwrap_err().contains("Notes, SCORES"));
        assert_eq!(choose_sheet(&sheets[..1], TableKind::Ballots).unwrap(), "Notes");
    }
}
