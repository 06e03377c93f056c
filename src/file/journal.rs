//! The recovery journal: every edit is on the disk within two seconds, so that a crash loses next to nothing.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{format::Document, read_error::ReadError, save::Fingerprint};
use crate::model::Room;

/// One edit, as history names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalStep {
    pub time: Timestamp,
    /// Such as "Raise weight of Price certainty".
    pub label: String,
    pub room: Option<Room>,
}

/// What an open workspace was when its journal began.
#[derive(Clone, Debug)]
pub struct Base {
    pub document: Document,
    /// Where it is kept; `None` when it has not been saved yet.
    pub path: Option<PathBuf>,
    /// What the file held; `None` when it has not been saved yet.
    pub saved: Option<Fingerprint>,
}

/// The journal of one open workspace. Dropping it leaves it to be recovered; [`Journal::clear`] does not.
#[derive(Debug)]
pub struct Journal {}

impl Journal {
    /// Begins a journal in this folder. Nothing is written before the first edit, save a lock that shows this program is
    /// alive.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn begin(folder: &Path, base: Base) -> Result<Self, JournalError> {
        let _ = (folder, base);
        Ok(Self {})
    }

    /// Puts the document and the steps that led to it on the disk. Without steps, the last step has gone on (a drag, a run
    /// of typing) and its document is replaced.
    ///
    /// # Errors
    /// When the disk refuses; the next call tries to put down everything again.
    pub fn record(&self, document: &Document, steps: &[JournalStep]) -> Result<(), JournalError> {
        let _ = (document, steps);
        Ok(())
    }

    /// Begins anew after a save: nothing before it needs recovering.
    ///
    /// # Errors
    /// When the old journal cannot be removed.
    pub fn saved(&self, base: Base) -> Result<(), JournalError> {
        let _ = base;
        Ok(())
    }

    /// Forgets everything, after a clean close.
    ///
    /// # Errors
    /// When the journal cannot be removed.
    pub fn clear(&self) -> Result<(), JournalError> {
        Ok(())
    }
}

/// Why the journal could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalError {
    pub path: PathBuf,
    /// In plain words.
    pub reason: String,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The recovery journal {} could not be kept: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for JournalError {}

/// Work that was not saved when the program ended. While this is held, no other program is offered it.
#[derive(Debug)]
pub struct Recoverable {
    /// The journal's own file.
    pub journal: PathBuf,
    /// The workspace's title at the end.
    pub title: String,
    /// The workspace's file, if it had one, and what that held.
    pub path: Option<PathBuf>,
    pub saved: Option<Fingerprint>,
    /// When the last edit was made.
    pub when: Timestamp,
    /// The moments that can be returned to, oldest first; never empty.
    pub moments: Vec<Moment>,
    /// What was lost of the journal, in a sentence, if anything was.
    pub damage: Option<String>,
}

/// A state that can be returned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The steps that led to it from the moment before.
    pub steps: Vec<JournalStep>,
    pub revision: u64,
}

impl Recoverable {
    /// The document as it was after a moment.
    ///
    /// # Errors
    /// When what the journal holds is not a sound workspace.
    pub fn document(&self, moment: usize) -> Result<Document, ReadError> {
        let _ = moment;
        Ok(Document::default())
    }

    /// The document as it was before the first moment.
    ///
    /// # Errors
    /// When what the journal holds is not a sound workspace.
    pub fn base(&self) -> Result<Document, ReadError> {
        Ok(Document::default())
    }

    /// Removes the journal, when it has been recovered or is not wanted.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn discard(self) -> Result<(), JournalError> {
        Ok(())
    }
}

/// Everything in a folder of journals that can be recovered, newest first. Journals of programs that still run are not
/// offered.
#[must_use]
pub fn recoverable(folder: &Path) -> Vec<Recoverable> {
    let _ = folder;
    Vec::new()
}

/// The folder of journals in the user's data folder; `None` when the system names none.
#[must_use]
pub fn usual_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "Evenhand")?;
    Some(folders.data_local_dir().join("journals"))
}
