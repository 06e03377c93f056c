//! One operation of the disk after another is let fail, in every way that a disk fails, until a run is clean.
//!
//! To put a new piece of work under attack, give [`attack`] three things: what stands on the disk before, the work itself
//! (it is handed the disk to work on), and what must be true after it. It gives the number of operations that were failed,
//! which belongs into the table of `docs/file-safety.md`; see `tests/promises`.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use evenhand::file::storage::{Status, Storage};
use jiff::Timestamp;

use super::memory_disk::MemoryDisk;

/// How long a fault lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasting {
    /// The operation fails once; the next one works.
    Once,
    /// Every operation from that one on fails, as when the power or the share goes.
    ForEver,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ill {
    /// There is no room; of a write the first half is there.
    DiskFull,
    /// It is forbidden; nothing is done.
    NotAllowed,
    /// The share does not answer; nothing is done.
    ShareGone,
    /// Only the first half of a write is there, and an error is given.
    Torn,
    /// The share does what it is asked and then loses its answer.
    AnswerLost,
    /// Only the first half of a write is there, and nothing is said. Other operations work.
    TornInSilence,
}

impl Ill {
    pub const ALL: [Self; 6] = [
        Self::DiskFull,
        Self::NotAllowed,
        Self::ShareGone,
        Self::Torn,
        Self::AnswerLost,
        Self::TornInSilence,
    ];

    fn error(self) -> io::Error {
        match self {
            Self::DiskFull => io::ErrorKind::StorageFull.into(),
            Self::NotAllowed => io::ErrorKind::PermissionDenied.into(),
            Self::ShareGone | Self::AnswerLost => io::ErrorKind::TimedOut.into(),
            Self::Torn | Self::TornInSilence => io::Error::other("input/output error"),
        }
    }
}

/// A disk in memory whose operation number `at` (from 0) fails.
#[derive(Debug)]
pub struct FailingDisk {
    pub disk: MemoryDisk,
    at: usize,
    lasting: Lasting,
    ill: Ill,
    done: AtomicUsize,
}

impl FailingDisk {
    fn new(disk: MemoryDisk, at: usize, lasting: Lasting, ill: Ill) -> Self {
        Self { disk, at, lasting, ill, done: AtomicUsize::new(0) }
    }

    fn fails(&self) -> bool {
        let number = self.done.fetch_add(1, Ordering::SeqCst);
        number == self.at || (self.lasting == Lasting::ForEver && number > self.at)
    }

    /// Reads and looks: there is nothing to be half done.
    fn look<T>(&self, work: impl FnOnce(&MemoryDisk) -> io::Result<T>) -> io::Result<T> {
        if self.fails() && self.ill != Ill::TornInSilence { Err(self.ill.error()) } else { work(&self.disk) }
    }

    /// Changes in one step.
    fn change(&self, work: impl FnOnce(&MemoryDisk) -> io::Result<()>) -> io::Result<()> {
        match (self.fails(), self.ill) {
            (false, _) | (true, Ill::TornInSilence) => work(&self.disk),
            (true, Ill::AnswerLost) => work(&self.disk).and(Err(self.ill.error())),
            (true, ill) => Err(ill.error()),
        }
    }

    fn write(&self, bytes: &[u8], put: impl Fn(&[u8]) -> io::Result<()>) -> io::Result<()> {
        if !self.fails() {
            return put(bytes);
        }
        let half = &bytes[..bytes.len() / 2];
        match self.ill {
            Ill::NotAllowed | Ill::ShareGone => Err(self.ill.error()),
            Ill::DiskFull | Ill::Torn => put(half).and(Err(self.ill.error())),
            Ill::AnswerLost => put(bytes).and(Err(self.ill.error())),
            Ill::TornInSilence => put(half),
        }
    }
}

impl Storage for FailingDisk {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.look(|disk| disk.resolve(path))
    }
    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        self.look(|disk| disk.status(path))
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.look(|disk| disk.read(path, limit))
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes, |bytes| self.disk.write_new(path, bytes))
    }
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes, |bytes| self.disk.append(path, bytes))
    }
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|disk| disk.copy_permissions(from, to))
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.change(|disk| disk.sync(path))
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.change(|disk| disk.sync_folder(path))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|disk| disk.rename(from, to))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(|disk| disk.remove(path))
    }
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.change(|disk| disk.create_folder(path))
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.look(|disk| disk.list(folder))
    }
    fn now(&self) -> Timestamp {
        self.disk.now()
    }
}

/// One failed run, for the judge.
pub struct Struck<'a> {
    /// What is on the disk now, to be read without faults.
    pub disk: &'a MemoryDisk,
    pub ill: Ill,
    pub lasting: Lasting,
    /// Which operation failed, and whether any did: the last run is clean.
    pub at: usize,
    pub clean: bool,
}

impl std::fmt::Display for Struck<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.clean {
            return write!(f, "without a fault");
        }
        write!(f, "{:?} {:?} at operation {}", self.ill, self.lasting, self.at)
    }
}

/// Fails operation 0, 1, 2 … once and for ever in every way, until a run is clean; gives how many operations were failed.
///
/// `before` is the disk that each run begins with, `work` is done on a failing copy of it, and `judge` says what must be
/// true of what is left on the disk and of what the work answered. It must hold of the clean runs too.
pub fn attack<A>(
    before: &MemoryDisk,
    work: impl Fn(&Arc<dyn Storage>) -> A,
    judge: impl Fn(&Struck<'_>, A),
) -> usize {
    let mut failed = 0;
    for ill in Ill::ALL {
        for lasting in [Lasting::Once, Lasting::ForEver] {
            for at in 0.. {
                let disk = Arc::new(FailingDisk::new(before.clone(), at, lasting, ill));
                let answer = work(&(Arc::clone(&disk) as Arc<dyn Storage>));
                let clean = disk.done.load(Ordering::SeqCst) <= at;
                judge(&Struck { disk: &disk.disk, ill, lasting, at, clean }, answer);
                if clean {
                    assert!(at > 0, "there were operations to fail");
                    break;
                }
                failed += 1;
                assert!(at < 2_000, "the work takes a bounded number of operations");
            }
        }
    }
    failed
}
