//! Opening and saving: on the disk the file is always wholly the old one or wholly the new one.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::{format::Document, read_error::ReadError};

/// What a file held: two files with the same fingerprint hold the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// In bytes.
    pub length: u64,
    pub hash: [u8; 32],
}

/// A workspace file that has been read.
#[derive(Clone, Debug)]
pub struct Opened {
    pub document: Document,
    /// What the file held; give it to [`save`].
    pub fingerprint: Fingerprint,
    /// The file as it was asked for.
    pub path: PathBuf,
    /// Whether saving to it will be refused.
    pub read_only: bool,
    /// Left-overs of saves that could not be finished, beside the file.
    pub unfinished: Vec<PathBuf>,
    /// What the user should know, in sentences; most often nothing.
    pub notices: Vec<String>,
}

/// Why a file could not be opened.
#[derive(Clone, Debug)]
pub enum OpenError {
    /// No file of that name.
    Missing { path: PathBuf },
    /// The system would not let it be read; its reason in plain words.
    Refused { path: PathBuf, reason: String },
    /// Read, but not a sound workspace; `backups` says how many backups lie beside it.
    Unreadable { error: ReadError, backups: usize },
}

/// What a save did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What the file holds now.
    pub fingerprint: Fingerprint,
    /// What the user should know although the save worked, such as that no backup could be made.
    pub warning: Option<String>,
}

/// Why a workspace was not saved. The file is as it was.
#[derive(Clone, Debug)]
pub enum SaveError {
    /// Somebody changed the file since it was opened or saved here. `theirs` is what it holds now.
    ChangedOutside { path: PathBuf, theirs: Fingerprint },
    /// The file may not be written.
    ReadOnly { path: PathBuf },
    /// The folder is not there any more.
    FolderGone { folder: PathBuf },
    /// No room on the disk.
    DiskFull { path: PathBuf },
    /// The new file stands beside the old one but could not take its place.
    NotReplaced { path: PathBuf, waiting: PathBuf, reason: String },
    /// The workspace would not read back as it is, so it was not written.
    WouldNotReadBack { error: Option<ReadError> },
    /// Anything else that the system refused.
    Refused { path: PathBuf, reason: String },
}

/// Opens a workspace file.
///
/// # Errors
/// See [`OpenError`].
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    Err(OpenError::Missing { path: path.to_owned() })
}

/// Saves a workspace. `expected` is the fingerprint from opening or from the last save; `None` replaces whatever is
/// there (a new file, or "keep mine").
///
/// # Errors
/// See [`SaveError`]; the file is as it was.
pub fn save(path: &Path, document: &Document, expected: Option<Fingerprint>) -> Result<Saved, SaveError> {
    let _ = (document, expected);
    Err(SaveError::ReadOnly { path: path.to_owned() })
}

/// Saves a workspace under a new name beside `path` ("keep both"), and says where.
///
/// # Errors
/// See [`SaveError`].
pub fn save_beside(path: &Path, document: &Document) -> Result<(PathBuf, Saved), SaveError> {
    let _ = document;
    Err(SaveError::ReadOnly { path: path.to_owned() })
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path } => {
                write!(
                    f,
                    "There is no file {}. Check the name, or look where it has been moved to.",
                    path.display()
                )
            }
            Self::Refused { path, reason } => write!(f, "{} cannot be read: {reason}", path.display()),
            Self::Unreadable { error, backups: 0 } => write!(f, "{error}"),
            Self::Unreadable { error, backups } => {
                write!(
                    f,
                    "{error}\nBeside it {}.",
                    if *backups == 1 { "is 1 backup".to_owned() } else { format!("are {backups} backups") }
                )
            }
        }
    }
}

impl std::error::Error for OpenError {}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChangedOutside { path, .. } => write!(
                f,
                "{} was changed by somebody else since it was opened here. Keep yours, take theirs, or keep both.",
                path.display()
            ),
            Self::ReadOnly { path } => {
                write!(
                    f,
                    "{} may not be written to. Save under another name or in another folder.",
                    path.display()
                )
            }
            Self::FolderGone { folder } => write!(
                f,
                "The folder {} is not there. Connect the drive or share again, or save somewhere else.",
                folder.display()
            ),
            Self::DiskFull { path } => {
                write!(
                    f,
                    "There is no room for {}. Make room on the disk, or save somewhere else.",
                    path.display()
                )
            }
            Self::NotReplaced { path, waiting, reason } => write!(
                f,
                "{} could not be replaced: {reason} Your work stands beside it as {}; it is not saved under its own name yet.",
                path.display(),
                waiting.display()
            ),
            Self::WouldNotReadBack { error: Some(error) } => {
                write!(f, "The workspace was not saved, because it could not be opened again: {error}")
            }
            Self::WouldNotReadBack { error: None } => write!(
                f,
                "The workspace was not saved, because it would read back differently. Undo the last steps and save again."
            ),
            Self::Refused { path, reason } => write!(f, "{} could not be saved: {reason}", path.display()),
        }
    }
}

impl std::error::Error for SaveError {}
