//! How a workspace is kept: RON, safe saving, backups, journal and lock.
//!
//! Nothing else in the program writes a workspace. Workspaces, backups and journals touch the disk through
//! [`storage::Storage`] alone, so that tests can let any one operation fail; only locks are the system's own.

pub mod backups;
pub mod characters;
pub mod format;
pub mod frozen;
mod grammar;
mod header;
pub mod journal;
mod journal_error;
mod journal_record;
mod kept_path;
pub mod layout;
pub mod lock;
pub mod merge;
mod outline;
pub mod papers;
mod plain_words;
pub mod preferences;
pub mod print;
pub mod read_error;
pub mod save;
mod save_error;
pub mod seal;
pub mod sealed;
pub mod storage;
