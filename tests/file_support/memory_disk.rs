//! A disk in memory that remembers everything it was asked to do in order, so that it can be told what it would hold had
//! the power gone at any moment.
//!
//! What a real disk promises is little: a file's bytes are there for certain once the file was synced, and a folder's
//! names once the folder was. [`MemoryDisk::after_a_power_cut`] takes it at its word: whatever was not synced may be gone,
//! whole, in part or in blocks, later things may have survived earlier ones, and a file may have its length but not yet
//! its bytes.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use evenhand::file::storage::{Status, Storage, folder_of};
use jiff::{Timestamp, ToSpan};
use rand::{RngExt, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// One thing that the disk was asked to do.
#[derive(Clone, Debug)]
enum Step {
    Name { path: PathBuf, file: usize },
    Write { file: usize, at: usize, bytes: Arc<[u8]> },
    Sync(usize),
    Rename { from: PathBuf, to: PathBuf, file: usize },
    Remove(PathBuf),
    Folder(PathBuf),
    SyncFolder(PathBuf),
}

#[derive(Clone, Debug, Default)]
struct File {
    bytes: Vec<u8>,
    changed: i64,
    read_only: bool,
}

#[derive(Clone, Debug, Default)]
struct State {
    files: Vec<File>,
    names: BTreeMap<PathBuf, usize>,
    folders: BTreeSet<PathBuf>,
    log: Vec<Step>,
    /// What stood on the disk before the log begins.
    first: (Vec<Vec<u8>>, BTreeMap<PathBuf, usize>, BTreeSet<PathBuf>),
    /// Which folder was given the permissions of which.
    opened_like: Vec<(PathBuf, PathBuf)>,
    /// Seconds since the disk was made.
    clock: i64,
}

/// A disk in memory with one folder on it to begin with.
#[derive(Debug)]
pub struct MemoryDisk(Mutex<State>);

impl Clone for MemoryDisk {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.state().clone()))
    }
}

impl MemoryDisk {
    pub fn with_folder(folder: &Path) -> Self {
        let folders: BTreeSet<PathBuf> = folder.ancestors().map(Path::to_owned).collect();
        let first = (Vec::new(), BTreeMap::new(), folders.clone());
        Self(Mutex::new(State { folders, first, ..State::default() }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test goes on after a panic")
    }

    /// How much it has been asked to do.
    pub fn steps(&self) -> usize {
        self.state().log.len()
    }

    /// How much it had been asked to do each time that a name had just been changed: where most hangs on what was synced.
    pub fn steps_behind_renames(&self) -> Vec<usize> {
        let state = self.state();
        let steps = state.log.iter().zip(1..).filter(|(step, _)| matches!(step, Step::Rename { .. }));
        steps.map(|(_, begun)| begun).collect()
    }

    /// Takes everything that it holds as being on the disk for good.
    pub fn settle(&self) {
        let mut state = self.state();
        let bytes = state.files.iter().map(|file| file.bytes.clone()).collect();
        state.first = (bytes, state.names.clone(), state.folders.clone());
        state.log.clear();
    }

    /// What a file holds; `None` when it is not there.
    pub fn content(&self, path: &Path) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(path).map(|file| state.files[*file].bytes.clone())
    }

    /// Puts a file there as somebody else would.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        let _ = self.remove(path);
        self.write_new(path, bytes).expect("its folder is there");
    }

    pub fn make_read_only(&self, path: &Path) {
        let mut state = self.state();
        let file = state.names[path];
        state.files[file].read_only = true;
    }

    /// Each folder that was given the permissions of another, with that.
    pub fn folders_opened_like(&self) -> Vec<(PathBuf, PathBuf)> {
        self.state().opened_like.clone()
    }

    /// Every file on it, by name.
    pub fn names(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    /// The disk as it may be found after the power went when so many steps had been begun.
    pub fn after_a_power_cut(&self, steps: usize, chance: &mut ChaCha8Rng) -> Self {
        let state = self.state();
        let mut platter = Platter::of(&state.first);
        for step in &state.log[..steps] {
            platter.take(step);
        }
        let (files, names, folders) = platter.settled(chance);
        let files = files.into_iter().map(|bytes| File { bytes, ..File::default() }).collect();
        let found = State { files, names, folders, clock: state.clock, ..State::default() };
        let disk = Self(Mutex::new(found));
        disk.settle();
        disk
    }
}

/// A change of a folder that is not on the disk for certain.
#[derive(Clone, Debug)]
enum NameChange {
    Set(PathBuf, usize),
    Gone(PathBuf),
    Folder(PathBuf),
    /// The new name and the loss of the old one come together, or the new one first.
    Moved {
        from: PathBuf,
        to: PathBuf,
        file: usize,
    },
}

/// What is on the disk for certain, and what may be.
struct Platter {
    files: Vec<Vec<u8>>,
    names: BTreeMap<PathBuf, usize>,
    folders: BTreeSet<PathBuf>,
    writes: BTreeMap<usize, Vec<(usize, Arc<[u8]>)>>,
    changes: BTreeMap<PathBuf, Vec<NameChange>>,
}

impl Platter {
    fn of((files, names, folders): &(Vec<Vec<u8>>, BTreeMap<PathBuf, usize>, BTreeSet<PathBuf>)) -> Self {
        Self {
            files: files.clone(),
            names: names.clone(),
            folders: folders.clone(),
            writes: BTreeMap::new(),
            changes: BTreeMap::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        let mut change = |of: &Path, change: NameChange| {
            self.changes.entry(folder_of(of)).or_default().push(change);
        };
        match step {
            Step::Name { path, file } => change(path, NameChange::Set(path.clone(), *file)),
            Step::Remove(path) => change(path, NameChange::Gone(path.clone())),
            Step::Folder(path) => change(path, NameChange::Folder(path.clone())),
            Step::Rename { from, to, file } => {
                change(to, NameChange::Moved { from: from.clone(), to: to.clone(), file: *file });
            }
            Step::Write { file, at, bytes } => {
                self.writes.entry(*file).or_default().push((*at, Arc::clone(bytes)));
            }
            Step::Sync(file) => {
                for (at, bytes) in self.writes.remove(file).unwrap_or_default() {
                    put_at(self.bytes_of(*file), at, &bytes);
                }
            }
            Step::SyncFolder(folder) => {
                for change in self.changes.remove(folder).unwrap_or_default() {
                    self.change(change, true);
                }
            }
        }
    }

    fn bytes_of(&mut self, file: usize) -> &mut Vec<u8> {
        if self.files.len() <= file {
            self.files.resize(file + 1, Vec::new());
        }
        &mut self.files[file]
    }

    fn change(&mut self, change: NameChange, whole: bool) {
        match change {
            NameChange::Set(path, file) => drop(self.names.insert(path, file)),
            NameChange::Gone(path) => drop(self.names.remove(&path)),
            NameChange::Folder(path) => drop(self.folders.insert(path)),
            NameChange::Moved { from, to, file } => {
                self.names.insert(to, file);
                if whole && self.names.get(&from) == Some(&file) {
                    self.names.remove(&from);
                }
            }
        }
    }

    /// Lets chance decide what of the rest reached the disk.
    fn settled(
        mut self,
        chance: &mut ChaCha8Rng,
    ) -> (Vec<Vec<u8>>, BTreeMap<PathBuf, usize>, BTreeSet<PathBuf>) {
        for (_, mut changes) in std::mem::take(&mut self.changes) {
            let keep = [0.0, 1.0, 0.5, 0.8][chance.random_range(0..4)];
            changes.retain(|_| chance.random_bool(keep));
            if chance.random_bool(0.5) {
                changes.shuffle(chance);
            }
            for change in changes {
                let whole = chance.random_bool(0.7);
                self.change(change, whole);
            }
        }
        for (file, mut writes) in std::mem::take(&mut self.writes) {
            let keep = [0.0, 1.0, 0.5][chance.random_range(0..3)];
            if chance.random_bool(0.5) {
                writes.shuffle(chance);
            }
            for (at, bytes) in writes {
                if chance.random_bool(keep) {
                    reach(self.bytes_of(file), at, &bytes, chance);
                }
            }
        }
        let last = self.names.values().max().copied().unwrap_or(0);
        self.bytes_of(last);
        // What is in a folder that is not there is not there either.
        let folders = self.folders.clone();
        self.names.retain(|path, _| folders.contains(&folder_of(path)));
        self.folders.retain(|folder| folder.ancestors().all(|above| folders.contains(above)));
        (self.files, self.names, self.folders)
    }
}

fn put_at(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

/// How a write that was never synced may have reached the disk.
fn reach(file: &mut Vec<u8>, at: usize, bytes: &[u8], chance: &mut ChaCha8Rng) {
    match chance.random_range(0..5) {
        // Whole.
        0 => put_at(file, at, bytes),
        // Its first part.
        1 => put_at(file, at, &bytes[..chance.random_range(0..=bytes.len())]),
        // Its length without its bytes.
        2 => {
            let zeros = vec![0; bytes.len()];
            put_at(file, at, &zeros);
        }
        // Some of its blocks, the others as they were or as noughts.
        sort => {
            let block = if sort == 3 { 512 } else { 4096 };
            let end = at + bytes.len();
            if chance.random_bool(0.7) && file.len() < end {
                file.resize(end, 0);
            }
            let first = at / block * block;
            for from in (first..end).step_by(block) {
                if chance.random_bool(0.5) {
                    let (from, to) = (from.max(at), (from + block).min(end));
                    put_at(file, from, &bytes[from - at..to - at]);
                }
            }
        }
    }
}

impl Storage for MemoryDisk {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        let state = self.state();
        let status = |is_file: bool, file: &File| Status {
            is_file,
            is_folder: !is_file,
            length: file.bytes.len() as u64,
            read_only: file.read_only,
            changed: Timestamp::from_second(1_795_000_000 + file.changed).ok(),
            names: 1,
        };
        if state.folders.contains(path) {
            return Ok(Some(status(false, &File::default())));
        }
        Ok(state.names.get(path).map(|file| status(true, &state.files[*file])))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.content(path).ok_or(ErrorKind::NotFound)?;
        if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.state().names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        self.append(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        let state = &mut *state;
        if !state.folders.contains(&folder_of(path)) {
            return Err(ErrorKind::NotFound.into());
        }
        let file = *state.names.entry(path.to_owned()).or_insert_with(|| {
            state.files.push(File::default());
            let file = state.files.len() - 1;
            state.log.push(Step::Name { path: path.to_owned(), file });
            file
        });
        state.clock += 1;
        let at = state.files[file].bytes.len();
        state.files[file].bytes.extend_from_slice(bytes);
        state.files[file].changed = state.clock;
        state.log.push(Step::Write { file, at, bytes: bytes.into() });
        Ok(())
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        if state.folders.contains(from) && state.folders.contains(to) {
            state.opened_like.push((to.to_owned(), from.to_owned()));
            return Ok(());
        }
        let [from, to] = [from, to].map(|path| state.names.get(path).copied().ok_or(ErrorKind::NotFound));
        let (from, to) = (from?, to?);
        state.files[to].read_only = state.files[from].read_only;
        Ok(())
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        let file = *state.names.get(path).ok_or(ErrorKind::NotFound)?;
        state.log.push(Step::Sync(file));
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        if !state.folders.contains(path) {
            return Err(ErrorKind::NotFound.into());
        }
        state.log.push(Step::SyncFolder(path.to_owned()));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        let file = state.names.remove(from).ok_or(ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), file);
        state.log.push(Step::Rename { from: from.to_owned(), to: to.to_owned(), file });
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.names.remove(path).ok_or(ErrorKind::NotFound)?;
        state.log.push(Step::Remove(path.to_owned()));
        Ok(())
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        let missing: Vec<PathBuf> =
            path.ancestors().filter(|folder| !state.folders.contains(*folder)).map(Path::to_owned).collect();
        for folder in missing.into_iter().rev() {
            state.folders.insert(folder.clone());
            state.log.push(Step::Folder(folder));
        }
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.state().names.keys().filter(|path| folder_of(path) == folder).cloned().collect())
    }

    fn now(&self) -> Timestamp {
        let since: Timestamp = "2026-11-22T14:30:05Z".parse().expect("a moment");
        since.checked_add(self.state().clock.seconds()).expect("not far off")
    }
}
