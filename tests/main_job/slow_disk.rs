//! A share that has gone to sleep: each save waits until the test says how it ends.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
};

use evenhand::file::storage::{Disk, Status, Storage};
use jiff::Timestamp;

use crate::window::Driven;

/// How the saves end that wait on a share, one after the other; those that are not told of it when this goes work.
pub struct Ends(Sender<bool>);

impl Ends {
    /// Lets the save that waits go on (`true`) or fail for want of room.
    pub fn tell(&self, works: bool) {
        self.0.send(works).unwrap();
    }
}

/// Lets what is open be saved to a share that sleeps, from now on.
pub fn put_to_sleep(window: &mut Driven) -> Ends {
    let (ends, told) = channel();
    window.state_mut().session().keep_on(Arc::new(SlowDisk(Mutex::new(told))));
    Ends(ends)
}

#[derive(Debug)]
struct SlowDisk(Mutex<Receiver<bool>>);

impl Storage for SlowDisk {
    fn sync(&self, path: &Path) -> io::Result<()> {
        let is_save = path.to_string_lossy().contains(".unsaved-");
        if is_save && !self.0.lock().unwrap().recv().unwrap_or(true) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Disk.sync(path)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.resolve(path)
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        Disk.status(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Disk.read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.write_new(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.append(path, bytes)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.copy_permissions(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        Disk.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        Disk.create_folder(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Disk.list(folder)
    }

    fn now(&self) -> Timestamp {
        Disk.now()
    }
}
