//! Which tables lie in the files that somebody names: a table by the name of its file, the sheets of a workbook by
//! theirs, and everything of a folder.

use std::path::{Path, PathBuf};

use super::{
    LARGEST_FILE, excel,
    kind::TableKind,
    table::{TableProblem, listed},
};

/// What a table's file may end with.
const ENDINGS: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "xlsm"];

/// The tables in these files and folders. A file that is named like no table, and holds no sheet that is, is taken for
/// the scores.
///
/// # Errors
/// Names the folder that holds no table, and the tables of which there are two.
pub fn tables_in(paths: &[PathBuf]) -> Result<Vec<(TableKind, PathBuf)>, Vec<TableProblem>> {
    let mut found: Vec<(TableKind, PathBuf)> = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if path.is_dir() {
            let inside = in_folder(path);
            if inside.is_empty() {
                let names = TableKind::ALL.map(|kind| format!("{}.csv", kind.name()));
                let names = listed(names.iter().map(String::as_str));
                problems.push(TableProblem::of_file(
                    &path.display().to_string(),
                    format!("no table in this folder; expected files such as {names}"),
                ));
            }
            found.extend(inside);
        } else {
            found.extend(in_file(path));
        }
    }
    for kind in TableKind::ALL {
        let mut same = found.iter().filter(|(other, _)| *other == kind).skip(1);
        if let Some((_, second)) = same.next() {
            let words = format!("another table of {}; one of a kind is read, so leave one out", kind.name());
            problems.push(TableProblem::of_file(&second.display().to_string(), words));
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// The table that a file is named like.
fn named_like(path: &Path) -> Option<TableKind> {
    let stem = path.file_stem()?.to_string_lossy();
    TableKind::ALL.into_iter().find(|kind| stem.trim().eq_ignore_ascii_case(kind.name()))
}

fn in_folder(folder: &Path) -> Vec<(TableKind, PathBuf)> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_table = |path: &PathBuf| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        path.is_file() && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
    };
    let mut found: Vec<_> =
        files.filter(is_table).filter_map(|path| Some((named_like(&path)?, path))).collect();
    found.sort();
    found
}

fn in_file(path: &Path) -> Vec<(TableKind, PathBuf)> {
    let is_small = std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LARGEST_FILE);
    let bytes = if is_small { std::fs::read(path).unwrap_or_default() } else { Vec::new() };
    let sheets = excel::tables_in(&bytes);
    let named = named_like(path);
    // A file of one kind of rows is what its name says, whatever its only sheet is called.
    if sheets.len() < 2
        && let Some(kind) = named
    {
        return vec![(kind, path.to_owned())];
    }
    if sheets.is_empty() {
        // Whatever is wrong with it is said when it is read.
        return vec![(TableKind::Scores, path.to_owned())];
    }
    sheets.into_iter().map(|kind| (kind, path.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_go_by_the_names_of_their_files() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["Scores.csv", "groups.tsv", "notes.txt", "payments.pdf"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let whole = tables_in(&[folder.path().to_owned()]).unwrap();
        let kinds: Vec<TableKind> = whole.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [TableKind::Scores, TableKind::Groups]);
        let notes = folder.path().join("notes.txt");
        assert_eq!(tables_in(std::slice::from_ref(&notes)).unwrap(), [(TableKind::Scores, notes.clone())]);
        let twice = tables_in(&[folder.path().join("Scores.csv"), notes]).unwrap_err();
        assert!(twice[0].to_string().contains("another table of scores"));
    }

    #[test]
    fn a_folder_without_a_table_says_which_are_expected() {
        let folder = tempfile::tempdir().unwrap();
        let said = tables_in(&[folder.path().to_owned()]).unwrap_err();
        assert!(said[0].to_string().contains("scores.csv"));
    }
}
