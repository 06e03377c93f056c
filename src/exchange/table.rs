//! One reader for every table that comes in, whatever it comes from: cells with their row and column, and problems that
//! name both.

use std::fmt;

use super::kind::TableKind;
use crate::{file::characters::is_unseen, model::wording};

/// A table as it was read: the names of its columns, and its rows with the numbers that a spreadsheet shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The file's name, or what else it was read from.
    pub source: String,
    pub kind: TableKind,
    /// The number of the row that names the columns.
    pub head: usize,
    pub columns: Vec<String>,
    /// The columns' names as they are compared.
    keys: Vec<String>,
    pub rows: Vec<Row>,
    /// What is wrong with its columns: it can be looked at for more, but not taken.
    pub(super) problems: Vec<TableProblem>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The row's number in the spreadsheet, where the names of the columns stand in row 1.
    pub number: usize,
    /// One text per column, without blanks at the ends; empty where nothing stands.
    pub cells: Vec<String>,
}

/// Something in a table that cannot be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableProblem {
    pub file: String,
    pub row: Option<usize>,
    pub column: Option<String>,
    /// The text that stands there; `None` when the problem is not about one cell.
    pub found: Option<String>,
    /// What was expected in its place.
    pub expected: String,
}

impl TableProblem {
    /// A problem with the whole of a file.
    #[must_use]
    pub fn of_file(file: &str, expected: impl Into<String>) -> Self {
        Self { file: file.to_owned(), row: None, column: None, found: None, expected: expected.into() }
    }
}

/// The most rows and columns that a table may have.
pub const MOST_ROWS: usize = 20_000;
pub const MOST_COLUMNS: usize = 1_000;

/// The most problems that are listed, about: a table of another sort has one in each of its cells.
pub(super) const MOST_PROBLEMS: usize = 1_000;

/// The most characters of a cell that a message repeats.
const SHOWN: usize = 60;

impl fmt::Display for TableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column “{}”", shortened(column))?;
        }
        match self.found.as_deref() {
            None => write!(f, ": {}", self.expected),
            Some("") => write!(f, ": empty; expected {}", self.expected),
            Some(text) => write!(f, ": found “{}”; expected {}", shortened(text), self.expected),
        }
    }
}

/// Problems as they are listed, with a word that there are more where they are not all.
pub(super) fn with_word_of_more(mut problems: Vec<TableProblem>) -> Vec<TableProblem> {
    if problems.len() >= MOST_PROBLEMS {
        let file = problems[0].file.clone();
        let expected = "more is wrong with it than is listed here; mend this first and read it again";
        problems.push(TableProblem::of_file(&file, expected));
    }
    problems
}

/// A text on one line and no longer than a message should repeat.
pub(super) fn shortened(text: &str) -> String {
    let seen = |c: char| if c.is_control() || is_unseen(c) { ' ' } else { c };
    let line: String = text.chars().map(seen).take(SHOWN + 1).collect();
    if line.chars().count() > SHOWN {
        format!("{}…", line.chars().take(SHOWN).collect::<String>())
    } else {
        line
    }
}

/// How names are compared: without regard to letter case or to how many blanks part the words.
#[must_use]
pub fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Table {
    /// Makes a table from rows of cells of which the first names the columns; each row comes with its number.
    ///
    /// Blank rows and blank columns are left out, apostrophes that keep a text from being taken for a formula are taken
    /// off, and blanks at the ends of cells are dropped.
    ///
    /// Every column that is unnamed, unknown, double or missing, and every cell outside the named columns, is kept as a
    /// problem of the table; see [`Self::sound`].
    ///
    /// # Errors
    /// When there is no first row, or far too much of everything.
    pub(super) fn from_rows(
        source: &str,
        kind: TableKind,
        rows: impl IntoIterator<Item = (usize, Vec<String>)>,
    ) -> Result<Self, Vec<TableProblem>> {
        let mut rows = rows
            .into_iter()
            .map(|(number, cells)| Row { number, cells: cells.iter().map(|c| read_text(c)).collect() })
            .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        let Some(head) = rows.next() else {
            let columns = kind.columns().join(", ");
            return Err(vec![TableProblem::of_file(
                source,
                format!("the table is empty; its first row should name the columns: {columns}"),
            )]);
        };
        let mut columns = head.cells;
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        let mut rows: Vec<Row> = rows.take(MOST_ROWS + 1).collect();
        if rows.len() > MOST_ROWS || columns.len() > MOST_COLUMNS {
            let expected = format!(
                "more than {} rows or {} columns; these tables are small: is it the right file?",
                wording::thousands(MOST_ROWS as u64),
                wording::thousands(MOST_COLUMNS as u64)
            );
            return Err(vec![TableProblem::of_file(source, expected)]);
        }
        let mut problems = Vec::new();
        for row in &mut rows {
            // Beside this row's; the others are as wrong when these are mended.
            let is_listed = problems.len() < MOST_PROBLEMS;
            for (at, cell) in row.cells.iter().enumerate() {
                if is_listed && !cell.is_empty() && columns.get(at).is_none_or(String::is_empty) {
                    problems.push(TableProblem {
                        file: source.to_owned(),
                        row: Some(row.number),
                        column: Some(letter(at)),
                        found: Some(cell.clone()),
                        expected: "nothing here, or a name for the column in the first row".to_owned(),
                    });
                }
            }
            row.cells.resize(columns.len(), String::new());
        }
        problems.extend(unseen_characters(source, head.number, &columns, &rows));
        let keys: Vec<String> = columns.iter().map(|column| key(column)).collect();
        problems.extend(kind.problems_of_columns(source, head.number, &columns, &keys));
        Ok(Self { source: source.to_owned(), kind, head: head.number, keys, columns, rows, problems })
    }

    /// The table, when nothing is wrong with its columns.
    ///
    /// # Errors
    /// Every problem with them.
    pub fn sound(self) -> Result<Self, Vec<TableProblem>> {
        if self.problems.is_empty() { Ok(self) } else { Err(with_word_of_more(self.problems)) }
    }

    /// Whether it has the columns without which its rows say nothing.
    pub(super) fn says_something(&self) -> bool {
        self.kind.needed().iter().all(|needed| self.keys.iter().any(|key| key == needed))
    }

    /// The place of a column, by name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.keys.iter().position(|key| key == name)
    }

    /// The columns that the kind of table does not fix: options in scores, factors in ballots.
    pub fn further_columns(&self) -> impl Iterator<Item = (usize, &str)> {
        let fixed = self.kind.columns();
        let further = move |key: &String| !key.is_empty() && !fixed.contains(&key.as_str());
        let places = self.keys.iter().enumerate().filter(move |(_, key)| further(key)).map(|(at, _)| at);
        places.map(|at| (at, self.columns[at].as_str()))
    }
}

/// Every cell that holds a character which nobody sees: no workspace may hold one, and none may be lost unsaid.
fn unseen_characters(source: &str, head: usize, columns: &[String], rows: &[Row]) -> Vec<TableProblem> {
    let cells_of_rows =
        rows.iter().flat_map(|row| row.cells.iter().enumerate().map(|cell| (row.number, cell)));
    let all = columns.iter().enumerate().map(|cell| (head, cell)).chain(cells_of_rows);
    all.filter_map(|(row, (at, cell))| {
        let unseen = cell.chars().find(|&character| is_unseen(character))?;
        let code = u32::from(unseen);
        Some(TableProblem {
            file: source.to_owned(),
            row: Some(row),
            column: Some(
                columns.get(at).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| letter(at)),
            ),
            found: Some(cell.clone()),
            expected: format!("no character that cannot be seen; this cell holds U+{code:04X}: type it anew"),
        })
    })
    .take(MOST_PROBLEMS)
    .collect()
}

/// The most names that a message lists.
const LISTED: usize = 12;

/// Names as a message lists them: all, or the first few and how many more.
#[must_use]
pub fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let more = names.len().saturating_sub(LISTED);
    let listed = names.take(LISTED).collect::<Vec<_>>().join(", ");
    if more == 0 { listed } else { format!("{listed} and {more} more") }
}

/// The letter of a column as a spreadsheet shows it: A to Z, then AA.
#[must_use]
pub fn letter(column: usize) -> String {
    let (mut left, mut letters) = (column + 1, String::new());
    while left > 0 {
        left -= 1;
        letters.insert(0, char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters
}

/// Whether a spreadsheet would take a text for a formula, apostrophes in front left aside.
fn begins_like_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text as it is written into a table: with an apostrophe in front where a spreadsheet would run it as a formula.
#[must_use]
pub fn guarded(text: &str) -> String {
    let text = text.trim();
    if begins_like_a_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// A text as it was before [`guarded`].
fn read_text(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest) => rest.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_guarded_and_comes_back() {
        for text in
            ["=SUM(A1)", "+1", "-3 to 5", "@home", "'=x", "''-y", "plain", "'quoted'", "Women’s centre"]
        {
            assert_eq!(read_text(&guarded(text)), text);
        }
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("'quoted'"), "'quoted'");
    }

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!(
            [letter(0), letter(25), letter(26), letter(701), letter(702)],
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn a_problem_says_where_it_is_and_what_was_expected() {
        let problem = TableProblem {
            file: "groups.csv".into(),
            row: Some(3),
            column: Some("people_per_year".into()),
            found: Some("many".into()),
            expected: "a number from 0".into(),
        };
        assert_eq!(
            problem.to_string(),
            "groups.csv, row 3, column “people_per_year”: found “many”; expected a number from 0"
        );
    }
}
