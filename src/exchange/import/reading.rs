//! What is to be imported, read from files or from the clipboard.

use std::path::{Path, PathBuf};

use super::Incoming;
use crate::exchange::{
    TableKind, TableProblem,
    handout::ballot_file::{self, ENDING},
    open_table, read_table,
};

/// The most ballot files that are read at once.
const MOST_FILES: usize = 5_000;
/// The largest file that is read as a ballot, in bytes, and a little more, so that too large a one shows itself.
const ENOUGH: u64 = 128 << 10;

/// Reads one table, or any number of ballot files: those named, and those in a folder that is named.
///
/// # Errors
/// Says why it cannot be read, and every problem with the columns of a table.
pub fn read_files(paths: &[PathBuf], kind: TableKind) -> Result<Incoming, Vec<TableProblem>> {
    let one =
        |path: &Path, expected: String| vec![TableProblem::of_file(&path.display().to_string(), expected)];
    let mut files = Vec::new();
    let mut folders = 0;
    for path in paths {
        if path.is_dir() {
            folders += 1;
            let found = ballots_in(path).map_err(|error| one(path, format!("cannot be read: {error}")))?;
            if found.is_empty() {
                let words = format!("no ballot is in this folder; ballots are files that end in {ENDING}");
                return Err(one(path, words));
            }
            files.extend(found);
        } else {
            files.push(path.clone());
        }
    }
    match files.as_slice() {
        [] => Err(vec![TableProblem::of_file("Import", "name a file or a folder")]),
        [table] if folders == 0 && !(kind == TableKind::Ballots && is_ballot(table)) => {
            incoming(open_table(table, kind)?)
        }
        files if kind == TableKind::Ballots => ballots(files, paths),
        [_, second, ..] => Err(one(second, "import one table at a time".to_owned())),
        [table] => incoming(open_table(table, kind)?),
    }
}

/// Reads what was copied: cells of a spreadsheet, comma-separated text, or a ballot file.
///
/// # Errors
/// As [`read_files`].
pub fn read_pasted(text: &str, kind: TableKind) -> Result<Incoming, Vec<TableProblem>> {
    const SOURCE: &str = "the clipboard";
    if kind == TableKind::Ballots && ballot_file::looks_like_one(text) {
        let one = std::iter::once((SOURCE, text.as_bytes()));
        return Ok(Incoming::Ballots(ballot_file::read_all(SOURCE, one)));
    }
    incoming(read_table(SOURCE, kind, text.as_bytes())?)
}

fn incoming(table: crate::exchange::Table) -> Result<Incoming, Vec<TableProblem>> {
    let (source, kind) = (table.source.clone(), table.kind);
    if table.rows.is_empty() {
        return Err(vec![TableProblem::of_file(&source, "there is no row below the names of the columns")]);
    }
    Incoming::of(table).ok_or_else(|| {
        vec![TableProblem::of_file(&source, format!("tables of {} cannot be imported here", kind.name()))]
    })
}

/// Whether a file is a ballot by its name, or by what stands in it.
fn is_ballot(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    if name.ends_with(ENDING) {
        return true;
    }
    name.ends_with(".txt")
        && read_start(path).is_ok_and(|bytes| ballot_file::looks_like_one(&String::from_utf8_lossy(&bytes)))
}

fn read_start(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(ENOUGH).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The ballot files of a folder, by name.
fn ballots_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if name.ends_with(ENDING) && entry.path().is_file() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn ballots(files: &[PathBuf], named: &[PathBuf]) -> Result<Incoming, Vec<TableProblem>> {
    let name = |path: &Path| {
        path.file_name()
            .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
    };
    let source = match named {
        [one] => name(one),
        many => format!("{} files", many.len()),
    };
    if files.len() > MOST_FILES {
        let most = crate::model::wording::thousands(MOST_FILES as u64);
        return Err(vec![TableProblem::of_file(
            &source,
            format!("more than {most} files; import fewer at once"),
        )]);
    }
    let mut read = Vec::with_capacity(files.len());
    let mut problems = Vec::new();
    for file in files {
        if !is_ballot(file) {
            let words = "this is not a ballot file; a table is imported on its own";
            problems.push(TableProblem::of_file(&name(file), words));
            continue;
        }
        match read_start(file) {
            Ok(bytes) => read.push((name(file), bytes)),
            Err(error) => {
                problems.push(TableProblem::of_file(&name(file), format!("cannot be read: {error}")));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let texts = read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    Ok(Incoming::Ballots(ballot_file::read_all(&source, texts)))
}
