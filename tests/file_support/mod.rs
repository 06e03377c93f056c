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
    model::{
        Room, Workspace,
        diff::{Place, Position},
        trail::{Back, Changed, Earlier, Effect, Lead, Moved, Step, Trail},
    },
};
use jiff::Timestamp;

pub mod attack;
pub mod formats;
pub mod memory_disk;
mod model;

/// A small sound workspace in which every list has something in it.
pub fn document() -> Document {
    Document { revision: 12, workspace: model::sample::workspace(), history: trail() }
}

/// A trail in which everything is there once.
fn trail() -> Trail {
    let at = |second: i64| jiff::Timestamp::from_second(1_790_000_000 + second).expect("in range");
    let place = Place(["balance", "scores", "price-k333/present-k333", "level"].map(str::to_owned).to_vec());
    let moved = Moved {
        option: "present-k333".into(),
        badge: "A".to_owned(),
        before: Some(66.5),
        after: Some(67.25),
    };
    let step = Step {
        id: "2026-11-22t140200-k333".into(),
        at: at(100),
        who: "Priya “P” \"Ö\"".to_owned(),
        room: Some(Room::Balance),
        label: "Score of Present mix\non price".to_owned(),
        changes: vec![Changed {
            place: place.clone(),
            what: "Score of Present mix on Price".to_owned(),
            before: "75 %".to_owned(),
            after: "80 %".to_owned(),
        }],
        more: 2,
        effect: Effect {
            totals: vec![moved.clone()],
            left_out: vec![Moved { before: None, ..moved }],
            lead: Some(Lead {
                before: None,
                after: Some("present-k333".into()),
                badge_before: String::new(),
                badge_after: "A".to_owned(),
            }),
        },
        back: Some(vec![Back {
            place,
            from: Some("{\"Point\":80.0}".to_owned()),
            to: None,
            position: Some(Position::Behind("a-k333/b-k333".to_owned())),
        }]),
        undone: true,
        note: "counted again".to_owned(),
        forgets: false,
    };
    Trail { earlier: Some(Earlier { steps: 3, from: at(0), to: at(50) }), steps: vec![step.into()] }
}

/// The same under another title and with one revision more.
pub fn retitled(title: &str) -> Document {
    let mut document = document();
    document.revision += 1;
    document.workspace.title = title.to_owned();
    document
}

/// A workspace with this title and so many lines of text, each bearing it, so that no block of one is a block of another.
pub fn of_lines(title: &str, lines: usize) -> Document {
    let illustrative = (0..lines).map(|line| format!("{title}, line {line}: what was said.\n")).collect();
    let workspace = Workspace { title: title.to_owned(), illustrative, ..Workspace::default() };
    Document { revision: 1, workspace, ..Document::default() }
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
