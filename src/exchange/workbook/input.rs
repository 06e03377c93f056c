//! The tables of a workspace as sheets, each cell so that it is read back as it was.

use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::{look::Look, text::note_if_cut};
use crate::exchange::{TableKind, handout::harmless, write::WrittenTable};

/// A table as rows of texts; the first names the columns.
pub(super) struct Grid {
    pub kind: TableKind,
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// The cells of a table. What no cell can hold is cut, and said.
    pub fn of(table: &WrittenTable, notes: &mut Vec<String>) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.text.as_bytes());
        let mut rows: Vec<Vec<String>> = Vec::new();
        for record in reader.records().flatten() {
            let row = record.iter().map(harmless::seen).collect();
            rows.push(row);
        }
        for (at, row) in (1..).zip(&mut rows) {
            for text in row {
                let place = || format!("The sheet {}, row {at},", table.kind.name());
                note_if_cut(text, place, notes);
            }
        }
        Self { kind: table.kind, rows }
    }

    /// The number in a cell, where it is one that a spreadsheet reads back to the last figure.
    pub fn number(&self, row: usize, column: usize) -> Option<f64> {
        number(self.rows.get(row)?.get(column)?)
    }

    pub fn write(&self, look: &Look, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (row, cells) in (0_u32..).zip(&self.rows) {
            for (column, text) in (0_u16..).zip(cells) {
                if text.is_empty() {
                    continue;
                }
                if row == 0 {
                    sheet.write_string_with_format(row, column, text, &look.head)?;
                } else if let Some(date) = self.date(column, text) {
                    sheet.write_datetime_with_format(row, column, &date, &look.date)?;
                } else if let Some(number) = number(text) {
                    let is_money = self.is_money(column);
                    if is_money {
                        sheet.write_number_with_format(row, column, number, &look.money)?;
                    } else {
                        sheet.write_number(row, column, number)?;
                    }
                } else {
                    sheet.write_string(row, column, text)?;
                }
            }
        }
        for (column, head) in (0_u16..).zip(self.rows.first().into_iter().flatten()) {
            let longest = self.rows.iter().filter_map(|row| row.get(usize::from(column)));
            let longest = longest.map(|text| text.chars().count()).max().unwrap_or(0);
            let least = if column == 0 { 18.0 } else { 8.0 };
            let width = (longest.max(head.len().min(14)) as f64 + 2.0).clamp(least, 48.0);
            sheet.set_column_width(column, width)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        Ok(())
    }

    fn column_is(&self, column: u16, names: &[&str]) -> bool {
        let head = self.rows.first().and_then(|row| row.get(usize::from(column)));
        head.is_some_and(|head| names.contains(&head.as_str()))
    }

    fn is_money(&self, column: u16) -> bool {
        const SUMS: [&str; 7] = [
            "cost_supported",
            "cost_parked",
            "price",
            "block_fee",
            "attachment_fee",
            "cap",
            "capacity_money",
        ];
        self.column_is(column, &SUMS)
    }

    /// A day, where the column is one of days.
    fn date(&self, column: u16, text: &str) -> Option<ExcelDateTime> {
        if self.kind != TableKind::Statements || !self.column_is(column, &["date"]) {
            return None;
        }
        let day: jiff::civil::Date = text.parse().ok()?;
        let year = u16::try_from(day.year()).ok()?;
        ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
    }
}

/// A text that is a plain number of no more figures than a spreadsheet keeps.
fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    let kept: f64 = format!("{number:.14e}").parse().ok()?;
    (kept == number && crate::exchange::figure::written(number) == *text).then_some(number)
}
