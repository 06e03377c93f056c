//! A disk that holds what is put on it sealed, and gives it back opened: so a sealed workspace is saved, backed up and
//! journaled by the very code that keeps any other, and none of it touches the disk in plain.

use std::{
    collections::HashMap,
    fmt, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;

use super::{
    backups,
    format::{Document, ENDING},
    journal::is_journal_name,
    save::{self, Fingerprint, OpenError, Opened, Saved},
    seal::{self, Key},
    storage::{Disk, Status, Storage},
};

/// Another disk, sealed.
pub struct Sealed {
    inner: Arc<dyn Storage>,
    key: Key,
    /// Journals that were added to here: how long each is on the disk, and what is in it.
    lengths: Mutex<HashMap<PathBuf, (u64, u64)>>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sealed").field(&self.inner).finish()
    }
}

impl Sealed {
    /// This disk, sealed with this key.
    pub fn new(inner: Arc<dyn Storage>, key: Key) -> Self {
        Self { inner, key, lengths: Mutex::default() }
    }

    fn lengths(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, (u64, u64)>> {
        self.lengths.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Storage for Sealed {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.inner.resolve(path)
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        let Some(mut status) = self.inner.status(path)? else { return Ok(None) };
        // Whoever asks knows how much was put in, not how much that is when it is sealed.
        if let Some((_, plain)) = self.lengths().get(path).filter(|(sealed, _)| *sealed == status.length) {
            status.length = *plain;
        }
        Ok(Some(status))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        // A journal is many small pieces, each with its overhead.
        let bytes = self.inner.read(path, limit.saturating_mul(2).saturating_add(seal::overhead(limit)))?;
        let plain = if seal::is_sealed(&bytes) {
            self.key.open(&bytes).map_err(io::Error::other)?
        } else if seal::is_sealed_journal(&bytes) {
            self.key.open_journal(&bytes).map_err(io::Error::other)?
        } else {
            bytes
        };
        if plain.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(plain) }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.inner.write_new(path, &self.key.seal(bytes)?)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let there = self.inner.status(path)?.map_or(0, |status| status.length);
        let mut sealed = if there == 0 { self.key.journal_head()? } else { Vec::new() };
        sealed.extend(self.key.journal_piece(bytes)?);
        self.inner.append(path, &sealed)?;
        let mut lengths = self.lengths();
        let known = if there == 0 { Some((0, 0)) } else { lengths.get(path).copied() };
        match known.filter(|(length, _)| *length == there) {
            Some((_, plain)) => {
                let length = there + sealed.len() as u64;
                lengths.insert(path.to_owned(), (length, plain + bytes.len() as u64));
            }
            None => drop(lengths.remove(path)),
        }
        Ok(())
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.inner.copy_permissions(from, to)
    }

    fn narrow_permissions(&self, path: &Path, like: &Path) -> io::Result<()> {
        self.inner.narrow_permissions(path, like)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.inner.sync(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.inner.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.inner.rename(from, to)?;
        let mut lengths = self.lengths();
        let moved = lengths.remove(from);
        lengths.remove(to);
        if let Some(moved) = moved {
            lengths.insert(to.to_owned(), moved);
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.lengths().remove(path);
        self.inner.remove(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.inner.create_folder(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.inner.list(folder)
    }

    fn now(&self) -> Timestamp {
        self.inner.now()
    }
}

/// Opens a workspace file with a key; one that is not sealed opens as it does without.
///
/// # Errors
/// See [`OpenError`].
pub fn open(path: &Path, key: &Key) -> Result<Opened, OpenError> {
    save::open_from(&Sealed::new(Arc::new(Disk), key.clone()), path)
}

/// Opens a workspace file with the one of these keys that is its own, which is given along; one that is not sealed opens
/// as it does without.
///
/// # Errors
/// See [`OpenError`]; [`OpenError::Sealed`] when it is the file of none of them, or what is sealed is damaged.
pub fn open_with_one_of(path: &Path, keys: &[Key]) -> Result<(Opened, Option<Key>), OpenError> {
    match save::open(path) {
        Err(sealed @ OpenError::Sealed { .. }) => {
            let own = keys.iter().find(|key| key.opens(path).is_ok()).ok_or(sealed)?;
            Ok((open(path, own)?, Some(own.clone())))
        }
        opened => opened.map(|opened| (opened, None)),
    }
}

/// The disk as what is kept with this key lies on it, or with none.
#[must_use]
pub fn disk(key: Option<&Key>) -> Arc<dyn Storage> {
    let disk: Arc<dyn Storage> = Arc::new(Disk);
    match key {
        Some(key) => Arc::new(Sealed::new(disk, key.clone())),
        None => disk,
    }
}

/// Saves a workspace sealed; see [`save::save`].
///
/// # Errors
/// See [`save::SaveError`]; the file is as it was.
pub fn save(
    path: &Path,
    document: &Document,
    expected: Option<Fingerprint>,
    key: &Key,
) -> Result<Saved, save::SaveError> {
    save::save_to(&Sealed::new(Arc::new(Disk), key.clone()), path, document, expected)
}

/// When a file was written to last, where it is there and that is known.
#[must_use]
pub fn written_at(path: &Path) -> Option<Timestamp> {
    Disk.status(path).ok().flatten().and_then(|status| status.changed)
}

/// Whether a file is there that was not written to last at this moment.
#[must_use]
pub fn is_written_since(path: &Path, before: Option<Timestamp>) -> bool {
    written_at(path).is_some_and(|at| Some(at) != before)
}

/// What still holds a workspace in plain once it is sealed: its file of before, the backups of that, what was discarded of it,
/// and what saves of it have left that were not finished.
#[must_use]
pub fn left_in_plain(path: &Path) -> Vec<PathBuf> {
    let mut files = Disk.list(&backups::folder_of(path)).unwrap_or_default();
    files.retain(|file| {
        let is_backup = file.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING));
        is_backup || is_journal_name(file)
    });
    files.extend(save::unfinished(&Disk, path));
    files.sort();
    if matches!(Disk.status(path), Ok(Some(status)) if status.is_file) {
        files.insert(0, path.to_owned());
    }
    files
}

/// Removes these files; answers with those that would not go.
#[must_use]
pub fn remove(files: &[PathBuf]) -> Vec<PathBuf> {
    files.iter().filter(|file| Disk.remove(file).is_err()).cloned().collect()
}
