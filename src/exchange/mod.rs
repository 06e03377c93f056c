//! How a workspace comes in and goes out: tables in, tables and JSON out.
//!
//! Tables are read from comma-separated text, Excel sheets and the clipboard by one reader ([`table`]), become a
//! workspace in [`assembly`], come into an open one by [`import`], and are written back by [`write`]. Forms and sheets
//! for people outside are made in [`handout`], the committee paper in [`report`]. Nothing here reads or writes a workspace file.

pub mod assembly;
pub mod caseload;
pub mod cell;
pub mod delimited;
mod design;
pub mod drawing;
pub mod entry;
pub mod examples;
pub mod excel;
pub mod figure;
mod gather;
pub mod handout;
pub mod import;
pub mod kind;
mod paying;
mod people;
pub mod report;
pub mod results;
mod rows;
pub mod scale;
mod scores;
mod settings;
mod soundness;
pub mod table;
pub mod workbook;
mod workbook_size;
pub mod write;

use std::path::Path;

pub use assembly::workspace_from;
pub use gather::tables_in;
pub use kind::TableKind;
pub use table::{Table, TableProblem};
pub use write::{left_behind, rows_of, tables_of};

use crate::model::Workspace;

/// The largest file that is read as a table, in bytes.
const LARGEST_FILE: u64 = 64 << 20;

/// Reads a table from a file: an Excel workbook or text, whatever its name ends with.
///
/// # Errors
/// Says why the file cannot be read, and every problem with its columns.
pub fn open_table(path: &Path, kind: TableKind) -> Result<Table, Vec<TableProblem>> {
    look_into(path, kind).and_then(Table::sound)
}

/// Makes a workspace from the tables in these files, one of a kind at most.
///
/// # Errors
/// Every problem in every file, of its columns and of its cells, file by file and row by row.
pub fn workspace_from_files(files: &[(TableKind, &Path)]) -> Result<Workspace, Vec<TableProblem>> {
    let (mut tables, mut unread, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (kind, path) in files {
        match look_into(path, *kind) {
            Ok(table) => tables.push(table),
            Err(found) => {
                unread.push(*kind);
                problems.extend(found);
            }
        }
    }
    let made = assembly::workspace_beside(&tables, &unread);
    if problems.is_empty() {
        return made;
    }
    problems.extend(made.err().unwrap_or_default());
    Err(problems)
}

/// The tables that a workbook has sheets for; none where it is no workbook.
///
/// # Errors
/// Why the file cannot be read.
pub fn sheets_in(path: &Path) -> Result<Vec<TableKind>, TableProblem> {
    bytes_of(path).map(|bytes| excel::tables_in(&bytes))
}

/// Reads a table with whatever is wrong with its columns.
fn look_into(path: &Path, kind: TableKind) -> Result<Table, Vec<TableProblem>> {
    let source =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    look_at(&source, kind, &bytes_of(path).map_err(|problem| vec![problem])?)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, TableProblem> {
    let one = |expected: String| TableProblem::of_file(&path.display().to_string(), expected);
    let length = match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(one("this is a folder; expected a table".to_owned())),
        // A device or a pipe may never end.
        Ok(found) if !found.is_file() => return Err(one("this is not a file; expected a table".to_owned())),
        Ok(found) => found.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(one("there is no such file; check the name".to_owned()));
        }
        Err(error) => return Err(one(format!("cannot be read: {error}"))),
    };
    if length > LARGEST_FILE {
        let most = LARGEST_FILE >> 20;
        return Err(one(format!("larger than {most} MB; these tables are small: is it the right file?")));
    }
    std::fs::read(path).map_err(|error| one(format!("cannot be read: {error}")))
}

/// Reads a table from the bytes of an Excel workbook or of a text; `source` is its name for messages.
///
/// # Errors
/// As [`open_table`].
pub fn read_table(source: &str, kind: TableKind, bytes: &[u8]) -> Result<Table, Vec<TableProblem>> {
    look_at(source, kind, bytes).and_then(Table::sound)
}

fn look_at(source: &str, kind: TableKind, bytes: &[u8]) -> Result<Table, Vec<TableProblem>> {
    if excel::looks_like_a_workbook(bytes) {
        excel::from_workbook(source, kind, bytes)
    } else {
        delimited::from_text(source, kind, bytes)
    }
}
