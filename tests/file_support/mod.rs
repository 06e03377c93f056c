//! A workspace to keep, and a disk on which any one operation can fail.
#![allow(dead_code)]

use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use evenhand::{
    file::{
        format::Document,
        storage::{Disk, Status, Storage},
    },
    model::Workspace,
};
use jiff::Timestamp;

pub mod attack;
pub mod formats;
pub mod memory_disk;
mod model;

/// A small sound workspace in which every list has something in it.
pub fn document() -> Document {
    Document { revision: 12, workspace: model::sample::workspace() }
}

/// The same under another title and with one revision more.
pub fn retitled(title: &str) -> Document {
    let Document { revision, workspace } = document();
    Document { revision: revision + 1, workspace: Workspace { title: title.to_owned(), ..workspace } }
}

/// A workspace with this title and so many lines of text, each bearing it, so that no block of one is a block of another.
pub fn of_lines(title: &str, lines: usize) -> Document {
    let illustrative = (0..lines).map(|line| format!("{title}, line {line}: what was said.\n")).collect();
    let workspace = Workspace { title: title.to_owned(), illustrative, ..Workspace::default() };
    Document { revision: 1, workspace }
}

/// How a fault shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The operation fails once; the next one works.
    Once,
    /// Every operation from that one on fails, as when the power or the share goes.
    ForEver,
}

/// A disk whose operation number `at` (from 0) fails. A write that fails has put down half of its bytes.
#[derive(Debug)]
pub struct FaultyDisk {
    at: usize,
    fault: Fault,
    kind: io::ErrorKind,
    done: AtomicUsize,
}

impl FaultyDisk {
    pub fn failing(at: usize, fault: Fault, kind: io::ErrorKind) -> Self {
        Self { at, fault, kind, done: AtomicUsize::new(0) }
    }

    /// How many operations were asked for.
    pub fn operations(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    fn fails(&self) -> bool {
        let number = self.done.fetch_add(1, Ordering::SeqCst);
        number == self.at || (self.fault == Fault::ForEver && number > self.at)
    }

    fn pass(&self) -> io::Result<()> {
        if self.fails() { Err(self.kind.into()) } else { Ok(()) }
    }
}

impl Storage for FaultyDisk {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.pass()?;
        Disk.resolve(path)
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        self.pass()?;
        Disk.status(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.pass()?;
        Disk.read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.fails() {
            Disk.write_new(path, &bytes[..bytes.len() / 2])?;
            return Err(self.kind.into());
        }
        Disk.write_new(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.fails() {
            Disk.append(path, &bytes[..bytes.len() / 2])?;
            return Err(self.kind.into());
        }
        Disk.append(path, bytes)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass()?;
        Disk.copy_permissions(from, to)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.pass().and_then(|()| if path.exists() { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) })
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.pass()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass()?;
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.pass()?;
        Disk.remove(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.pass()?;
        Disk.create_folder(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.pass()?;
        Disk.list(folder)
    }

    fn now(&self) -> Timestamp {
        "2026-11-22T14:30:05Z".parse().expect("a moment")
    }
}
