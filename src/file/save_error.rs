//! Why a file could not be opened or saved, in words for whoever works on it.

use std::{
    fmt,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{
    read_error::ReadError,
    save::Fingerprint,
    storage::{folder_of, reason},
};

/// Why a file could not be opened.
#[derive(Clone, Debug)]
pub enum OpenError {
    /// No file of that name.
    Missing { path: PathBuf },
    /// The system would not let it be read; its reason in plain words.
    Refused { path: PathBuf, reason: String },
    /// It is sealed, and was not opened with its passphrase.
    Sealed { path: PathBuf },
    /// Read, but not a sound workspace; `backups` says how many backups lie beside it.
    Unreadable { error: Box<ReadError>, backups: usize },
}

/// Why a workspace was not saved. The file is as it was, [`SaveError::Unknown`] aside.
#[derive(Clone, Debug)]
pub enum SaveError {
    /// Somebody changed the file since it was opened or saved here. `theirs` is what it holds now.
    ChangedOutside { path: PathBuf, theirs: Fingerprint },
    /// The file is in a format of a newer Evenhand, which this one would not keep whole.
    Newer { path: PathBuf },
    /// The file may not be written.
    ReadOnly { path: PathBuf },
    /// The folder is not there any more.
    FolderGone { folder: PathBuf },
    /// No room on the disk.
    DiskFull { path: PathBuf },
    /// The new file stands beside the old one but could not take its place.
    NotReplaced { path: PathBuf, waiting: PathBuf, reason: String },
    /// The drive or share stopped answering while the new file took the old one's place: it is wholly the one or wholly
    /// the other, and nobody can say which before it answers again.
    Unknown { path: PathBuf, waiting: PathBuf, reason: String },
    /// The workspace would not read back as it is, so it was not written.
    WouldNotReadBack { error: Option<ReadError> },
    /// Anything else that the system refused.
    Refused { path: PathBuf, reason: String },
}

impl SaveError {
    /// Why in a few words, to stand behind "Not saved".
    #[must_use]
    pub fn in_brief(&self) -> &'static str {
        match self {
            Self::ChangedOutside { .. } => "changed by somebody else",
            Self::Newer { .. } => "of a newer Evenhand",
            Self::ReadOnly { .. } => "read-only",
            Self::FolderGone { .. } => "folder not there",
            Self::DiskFull { .. } => "disk full",
            Self::NotReplaced { .. } => "could not be replaced",
            Self::Unknown { .. } => "the disk does not answer",
            Self::WouldNotReadBack { .. } => "would not read back",
            Self::Refused { .. } => "refused",
        }
    }

    /// What it means that the system would not let a file be written.
    #[must_use]
    pub fn of(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::NotFound | ErrorKind::StaleNetworkFileHandle => {
                Self::FolderGone { folder: folder_of(&path) }
            }
            _ => Self::Refused { path, reason: reason(error) },
        }
    }
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
            Self::Sealed { path } => {
                write!(f, "{} is sealed. It opens with its passphrase only.", path.display())
            }
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
            Self::Newer { path } => write!(
                f,
                "{} was saved by a newer Evenhand and is left as it is. Save under another name, or save with the newer \
                 one.",
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
            Self::Unknown { path, waiting, reason } => write!(
                f,
                "Whether {} was replaced could not be found out: {reason} It is wholly the old file or wholly the new one; \
                 if it is the old one, your work stands beside it as {}. Save again when the disk answers.",
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
