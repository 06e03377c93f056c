//! Why a recovery journal could not be kept or removed, in words.

use std::{fmt, path::PathBuf};

/// Why the journal could not be kept, or not be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalError {
    pub path: PathBuf,
    pub task: Task,
    /// In plain words.
    pub reason: String,
}

/// What was to be done with a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    Keep,
    Remove,
    SetAside,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, task, reason } = self;
        let path = path.display();
        match task {
            Task::Keep => write!(f, "The recovery journal {path} could not be kept: {reason}"),
            Task::SetAside => {
                write!(
                    f,
                    "The recovery journal {path} could not be put among the backups: {reason} It is still there."
                )
            }
            Task::Remove => write!(
                f,
                "The recovery journal {path}, which is not needed any more, could not be removed: {reason} It may be \
                 offered again at the next start."
            ),
        }
    }
}

impl std::error::Error for JournalError {}
