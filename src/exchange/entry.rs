//! One row of a table, asked for its cells by column and by what they should hold.

use super::{
    figure,
    table::{Row, Table, TableProblem, key},
};
use crate::model::money::Pence;

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t> {
    pub table: &'t Table,
    pub row: &'t Row,
}

/// What a cell held: nothing, what was asked for, or a problem.
pub type Held<T> = Result<Option<T>, TableProblem>;

impl<'t> Entry<'t> {
    /// The text of a cell; empty when the table has no such column.
    #[must_use]
    pub fn text(self, column: &str) -> &'t str {
        self.table.column(column).map_or("", |at| &self.row.cells[at])
    }

    /// A problem with the cell in a column of this name.
    #[must_use]
    pub fn problem(self, column: &str, expected: impl Into<String>) -> TableProblem {
        TableProblem {
            file: self.table.source.clone(),
            row: Some(self.row.number),
            column: Some(
                self.table.column(&key(column)).map_or(column, |at| &self.table.columns[at]).to_owned(),
            ),
            found: Some(self.text(&key(column)).to_owned()),
            expected: expected.into(),
        }
    }

    /// A text that must be there.
    pub fn needed(self, column: &str, expected: &str) -> Result<&'t str, TableProblem> {
        match self.text(column) {
            "" => Err(self.problem(column, expected)),
            text => Ok(text),
        }
    }

    /// A number from `least` to `most`; a % sign is no part of one.
    pub fn number(self, column: &str, least: f64, most: f64) -> Held<f64> {
        let allowed = |n: &figure::Number| !n.percent && (least..=most).contains(&n.value);
        self.read(column, &range_words(least, most), |text| {
            figure::number(text).filter(allowed).map(|n| n.value)
        })
    }

    /// A whole number from `least` to `most`.
    pub fn whole(self, column: &str, least: i32, most: i32) -> Held<i32> {
        self.read(column, &format!("a whole number from {least} to {most}"), |text| {
            let number = figure::number(text).filter(|n| !n.percent && n.value.fract().abs() == 0.0)?.value;
            (f64::from(least)..=f64::from(most)).contains(&number).then_some(number as i32)
        })
    }

    /// A sum of money, in pounds.
    pub fn money(self, column: &str) -> Held<Pence> {
        self.read(column, "a sum in pounds with two decimals at most, such as 2,900 or £0.35", Pence::parse)
    }

    /// A sum of money that is not below nought.
    pub fn cost(self, column: &str) -> Held<Pence> {
        let expected = "a sum in pounds from 0 with two decimals at most, such as 2,900 or £0.35";
        self.read(column, expected, |text| Pence::parse(text).filter(|pence| pence.0 >= 0))
    }

    /// A share or a probability of 0 to 1.
    pub fn share(self, column: &str) -> Held<f64> {
        self.read(column, "a share from 0 to 1, or from 0% to 100%", figure::share)
    }

    /// Yes or no.
    pub fn yes_or_no(self, column: &str) -> Held<bool> {
        self.read(column, "yes or no", figure::yes_or_no)
    }

    /// One of a few words.
    pub fn choice<T: Copy>(self, column: &str, choices: &[(&str, T)]) -> Held<T> {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        self.read(column, &format!("one of {}", words.join(", ")), |text| {
            choices.iter().find(|(word, _)| *word == key(text)).map(|(_, choice)| *choice)
        })
    }

    /// A day, written 2026-11-22 or 22/11/2026.
    pub fn date(self, column: &str) -> Held<jiff::civil::Date> {
        self.read(column, "a day written 2026-11-22 or 22/11/2026", figure::date)
    }

    fn read<T>(self, column: &str, expected: &str, read: impl FnOnce(&str) -> Option<T>) -> Held<T> {
        match self.text(column) {
            "" => Ok(None),
            text => read(text).map(Some).ok_or_else(|| self.problem(column, expected)),
        }
    }
}

fn range_words(least: f64, most: f64) -> String {
    match (least.is_finite(), most < 1e12) {
        (true, true) => format!("a number from {least} to {most}"),
        (true, false) => format!("a number from {least}"),
        _ => "a number".to_owned(),
    }
}
