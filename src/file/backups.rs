//! Dated copies of what a file held before each save, in a folder beside it.

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    format::{self, Document, ENDING, LARGEST_FILE},
    storage::{Disk, Storage},
};

/// How many backups are kept.
pub const KEPT: usize = 20;

/// A backup that opens.
#[derive(Clone, Debug)]
pub struct Backup {
    pub path: PathBuf,
    /// When the content was saved.
    pub saved: Timestamp,
    pub document: Document,
}

/// The folder of backups of a workspace file.
#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".backups");
    path.with_file_name(name)
}

/// The backups of a workspace file that open, newest first.
#[must_use]
pub fn list(path: &Path) -> Vec<Backup> {
    list_on(&Disk, path)
}

/// The same as [`list`], on another disk.
#[must_use]
pub fn list_on(storage: &dyn Storage, path: &Path) -> Vec<Backup> {
    let target = storage.resolve(path).unwrap_or_else(|_| path.to_owned());
    let opened = files(storage, &target).unwrap_or_default().into_iter().rev().filter_map(|kept| {
        let bytes = storage.read(&kept.path, LARGEST_FILE).ok()?;
        let name = kept.path.file_name()?.to_string_lossy().into_owned();
        let document = format::from_bytes(&bytes, &name).ok()?;
        Some(Backup { path: kept.path, saved: kept.saved, document })
    });
    opened.collect()
}

/// A file in the folder of backups, opened or not.
#[derive(Debug)]
pub(super) struct Kept {
    path: PathBuf,
    /// Counts up for ever: the order of backups is this and not the clock, which may be set back.
    number: u64,
    saved: Timestamp,
}

/// Every backup of a workspace file, oldest first. Other files in the folder are none of our business.
///
/// # Errors
/// When the folder is there and cannot be looked into.
pub(super) fn files(storage: &dyn Storage, target: &Path) -> io::Result<Vec<Kept>> {
    let paths = storage.list(&folder_of(target))?;
    let mut kept: Vec<Kept> = paths.into_iter().filter_map(read_name).collect();
    kept.sort_by_key(|k| k.number);
    Ok(kept)
}

/// Puts `bytes`, which the file has held since `saved`, among its backups, then lets the oldest go.
///
/// # Errors
/// When the disk refuses; backups made before are all still there.
pub(super) fn keep(
    storage: &dyn Storage,
    target: &Path,
    bytes: &[u8],
    saved: Option<Timestamp>,
) -> io::Result<()> {
    let folder = folder_of(target);
    storage.create_folder(&folder)?;
    let mut kept = files(storage, target)?;
    let newest = kept.last();
    // A save that failed after its backup has put these very bytes there already.
    if newest.is_some_and(|k| storage.read(&k.path, LARGEST_FILE).is_ok_and(|known| known == bytes)) {
        return Ok(());
    }
    let number = newest.map_or(1, |k| k.number + 1);
    let saved = saved.unwrap_or_else(|| storage.now());
    let path = folder.join(name(number, saved));
    let part = path.with_extension("part");
    // The left-over of a backup that was cut short.
    let _ = storage.remove(&part);
    let written = storage.write_new(&part, bytes).and_then(|()| {
        // A backup must not be read by more people than the file.
        let _ = storage.copy_permissions(target, &part);
        storage.sync(&part)?;
        storage.rename(&part, &path)
    });
    if let Err(error) = written {
        let _ = storage.remove(&part);
        return Err(error);
    }
    storage.sync_folder(&folder)?;
    kept.push(Kept { path, number, saved });
    let excess = kept.len().saturating_sub(KEPT);
    // The oldest go first, and when one will not go those after it stay.
    kept[..excess].iter().try_for_each(|old| storage.remove(&old.path))
}

/// The name of a backup: its number, and in universal time when its content was saved.
fn name(number: u64, saved: Timestamp) -> String {
    format!("{number:04}-{}{ENDING}", saved.strftime("%Y-%m-%dT%H%M%SZ"))
}

fn read_name(path: PathBuf) -> Option<Kept> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?;
    let (number, date) = name.split_once('-')?;
    let number = number.parse().ok()?;
    let saved = jiff::civil::DateTime::strptime("%Y-%m-%dT%H%M%SZ", date).ok()?;
    let saved = saved.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(Kept { path, number, saved })
}
