//! A lock beside an open workspace that tells a second person who has it open. It advises; it forbids nothing.
//!
//! The lock is the system's own, so it ends with the program that holds it however that ends: a lock file left behind by a
//! crash locks nothing. Who holds it stands in a second file, because on some systems a locked file cannot be read.

use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::storage::{Disk, Storage, reason};

/// The lock of an open workspace; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    held: Option<Held>,
    holder: PathBuf,
}

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
    /// No lock can be made there (a read-only folder, say). The workspace can be opened all the same; others will not be
    /// told, and changes from outside are still noticed before each save. The reason in plain words.
    Unavailable {
        reason: String,
        /// Whether files can be made there at all, as far as is known.
        may_write: bool,
    },
}

impl Lock {
    /// Asks for the lock of a workspace file, for the person called `who`. Names that lead to one file through links share
    /// its lock.
    #[must_use]
    pub fn acquire(path: &Path, who: &str, now: Timestamp) -> Acquired {
        let target = Disk.resolve(path).unwrap_or_else(|_| path.to_owned());
        let holder = beside(&target, ".lock-name");
        match Held::take(&beside(&target, ".lock")) {
            Ok(Some(held)) => {
                // The lock holds without a name too.
                let _ = fs::write(&holder, format!("{}\n{now}\n", one_line(who)));
                Acquired::Locked(Self { held: Some(held), holder })
            }
            Ok(None) => {
                let (name, since) = read_holder(&holder);
                Acquired::HeldBy { name, since }
            }
            Err(error) => {
                let refused = matches!(
                    error.kind(),
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
                );
                Acquired::Unavailable { reason: reason(&error), may_write: !refused }
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.holder);
        if let Some(held) = self.held.take() {
            held.give_back();
        }
    }
}

/// A file held under the system's lock until it is dropped.
#[derive(Debug)]
pub(super) struct Held {
    path: PathBuf,
    file: File,
}

impl Held {
    /// Takes the lock on a file, made when it is not there; `None` when another holds it.
    pub(super) fn take(path: &Path) -> io::Result<Option<Self>> {
        const TRIES: usize = 8;
        for _ in 0..TRIES {
            let file = match fs::OpenOptions::new().read(true).append(true).create(true).open(path) {
                // The file is another user's, who may be there still; what may only be read can be locked all the same.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    File::open(path).map_err(|_| error)?
                }
                opened => opened?,
            };
            match file.try_lock() {
                // Whoever held it before may have removed the file between the two steps: then the lock is on nothing.
                Ok(()) if is_still(&file, path) => return Ok(Some(Self { path: path.to_owned(), file })),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Removes the file, then lets go.
    pub(super) fn give_back(self) {
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => ours.ino() == there.ino() && ours.dev() == there.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A hidden file beside the workspace.
fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(ending);
    target.with_file_name(name)
}

fn read_holder(holder: &Path) -> (Option<String>, Option<Timestamp>) {
    const LONGEST: u64 = 1024;
    let bytes = Disk.read(holder, LONGEST).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    let name = lines.next().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let since = lines.next().and_then(|line| line.trim().parse().ok());
    (name, since)
}

fn one_line(who: &str) -> String {
    let line: String = who.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
    line.trim().to_owned()
}
