//! The few things that keeping a workspace asks of a disk, so that tests can let any one of them fail.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

/// A disk, or something that behaves like one.
pub trait Storage: fmt::Debug + Send + Sync {
    /// The file that a path means after following links; the path itself where there is no link. The file need not exist.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// What is known of a file without reading it; `None` when nothing is there.
    fn status(&self, path: &Path) -> io::Result<Option<Status>>;
    /// The whole content, refused past `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;
    /// Makes a file that must not be there yet, with this content.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Adds to the end of a file, making it where it is not there.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives `to` the permissions of `from`.
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Returns when the file's content is on the disk.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Returns when the folder's names are on the disk, where the system can promise that.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Moves a file in one step, replacing what has the new name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder and those it is in; all is well when it is there already.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// The files in a folder, in no order; none when there is no such folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    pub is_folder: bool,
    /// In bytes.
    pub length: u64,
    /// Whether its permissions forbid writing.
    pub read_only: bool,
    /// When its content last changed, where the system says.
    pub changed: Option<Timestamp>,
    /// How many names it has (hard links); 1 where the system does not say.
    pub names: u64,
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;
