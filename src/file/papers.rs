//! Papers that are handed out, put into a folder: each whole or not at all, and none in the place of another unless that
//! is asked for.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::storage::{Disk, Storage, reason};

/// Why papers could not be put into a folder.
#[derive(Debug)]
pub enum PaperError {
    /// What is named as the folder is a file.
    NotAFolder(PathBuf),
    /// These are there already.
    Taken(Vec<String>),
    Refused {
        path: PathBuf,
        error: io::Error,
    },
}

impl std::fmt::Display for PaperError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAFolder(path) => {
                write!(
                    f,
                    "{} is a file, and these go into a folder. Give the name of a folder.",
                    path.display()
                )
            }
            Self::Taken(names) => {
                let shown = names.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
                let more = names.len().saturating_sub(3);
                let (more, are) = match (more, names.len()) {
                    (0, 1) => (String::new(), "is"),
                    (0, _) => (String::new(), "are"),
                    (more, _) => (format!(" and {more} more"), "are"),
                };
                write!(f, "{shown}{more} {are} there already. Choose another folder, or have them replaced.")
            }
            Self::Refused { path, error } => {
                write!(f, "{} could not be written: {}", path.display(), reason(error))
            }
        }
    }
}

/// Writes these papers, each by its name, into a folder that is made when it is not there.
///
/// # Errors
/// Before anything is written: the folder is a file, or papers of these names are there and may not be replaced. While
/// writing: the first that could not be; those before it are there and whole.
pub fn write(folder: &Path, papers: &[(&str, &[u8])], replace: bool) -> Result<(), PaperError> {
    let refused = |path: &Path, error| PaperError::Refused { path: path.to_owned(), error };
    let status = |path: &Path| Disk.status(path).map_err(|error| refused(path, error));
    if status(folder)?.is_some_and(|status| !status.is_folder) {
        return Err(PaperError::NotAFolder(folder.to_owned()));
    }
    Disk.create_folder(folder).map_err(|error| refused(folder, error))?;
    let mut taken = Vec::new();
    for (name, _) in papers {
        if !replace && status(&folder.join(name))?.is_some() {
            taken.push((*name).to_owned());
        }
    }
    if !taken.is_empty() {
        return Err(PaperError::Taken(taken));
    }
    for (name, bytes) in papers {
        let path = folder.join(name);
        put(&path, bytes).map_err(|error| refused(&path, error))?;
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.part"));
    // What an earlier write left behind when it broke off.
    if Disk.status(&beside)?.is_some() {
        Disk.remove(&beside)?;
    }
    let written = Disk
        .write_new(&beside, bytes)
        .and_then(|()| Disk.sync(&beside))
        .and_then(|()| Disk.rename(&beside, path));
    if written.is_err() {
        // The first error is the one to be told.
        let _ = Disk.remove(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_written_whole_and_none_is_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("forms");
        write(&inside, &[("a.txt", b"one"), ("b.txt", b"two")], false).unwrap();
        assert_eq!(std::fs::read(inside.join("b.txt")).unwrap(), b"two");
        let refused = write(&inside, &[("c.txt", b"new"), ("a.txt", b"new")], false).unwrap_err();
        assert!(refused.to_string().starts_with("a.txt is there already."), "{refused}");
        assert!(!inside.join("c.txt").exists(), "nothing is written");
        write(&inside, &[("a.txt", b"new")], true).unwrap();
        assert_eq!(std::fs::read(inside.join("a.txt")).unwrap(), b"new");
        let left: Vec<_> = std::fs::read_dir(&inside).unwrap().collect();
        assert_eq!(left.len(), 2);
        let file = inside.join("a.txt");
        assert!(matches!(write(&file, &[], false), Err(PaperError::NotAFolder(_))));
    }
}
