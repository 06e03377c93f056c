//! Dated copies of what a file held before each save, in a folder beside it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::format::Document;

/// How many backups are kept.
pub const KEPT: usize = 20;

/// A backup that opens.
#[derive(Clone, Debug)]
pub struct Backup {
    pub path: PathBuf,
    /// When the content was saved.
    pub saved: Timestamp,
    pub document: Document,
}

/// The folder of backups of a workspace file.
#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".backups");
    path.with_file_name(name)
}

/// The backups of a workspace file that open, newest first.
#[must_use]
pub fn list(path: &Path) -> Vec<Backup> {
    let _ = path;
    Vec::new()
}
