//! A lock beside an open workspace that tells a second person who has it open. It advises; it forbids nothing.

use std::path::Path;

use jiff::Timestamp;

/// The lock of an open workspace; given back when dropped.
#[derive(Debug)]
pub struct Lock {}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Acquired {
    /// Ours until it is dropped.
    Locked(Lock),
    /// Somebody has the workspace open.
    HeldBy {
        /// `None` when the lock does not say.
        name: Option<String>,
        since: Option<Timestamp>,
    },
    /// No lock can be made there (a read-only folder, say): others will not be told. The reason in plain words.
    Unavailable { reason: String },
}

impl Lock {
    /// Asks for the lock of a workspace file.
    #[must_use]
    pub fn acquire(path: &Path, who: &str, now: Timestamp) -> Acquired {
        let _ = (path, who, now);
        Acquired::Unavailable { reason: "not asked yet".to_owned() }
    }
}
