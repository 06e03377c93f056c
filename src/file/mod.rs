//! How a workspace is kept: RON, safe saving, backups, journal and lock.
//!
//! Nothing else in the program writes a workspace. Every touch of the disk goes through [`storage::Storage`], so that
//! tests can let any one of them fail.

pub mod backups;
pub mod format;
mod grammar;
mod header;
pub mod journal;
mod journal_record;
pub mod layout;
pub mod lock;
mod outline;
mod plain_words;
pub mod preferences;
pub mod read_error;
pub mod save;
pub mod storage;
