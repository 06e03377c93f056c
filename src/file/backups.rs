//! Dated copies of what a file held before each save, in a folder beside it.

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    format::{self, Document, ENDING, LARGEST_FILE},
    save::ending_of,
    seal::{SEALED_ENDING, is_locked, is_sealed},
    storage::{self, Disk, Moved, Storage, make_lasting_folder, reason, rename_whole, write_whole},
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
    name.push(FOLDER_ENDING);
    path.with_file_name(name)
}

/// The workspace file that a file is a backup of, and when what is in it was saved, where its name says that it is one.
#[must_use]
pub fn of(path: &Path) -> Option<(PathBuf, Timestamp)> {
    let folder = path.parent()?;
    let name = folder.file_name()?.to_str()?.strip_suffix(FOLDER_ENDING)?;
    let kept = read_name(path.to_owned())?;
    Some((folder.with_file_name(name), kept.saved))
}

/// What the name of a folder of backups ends with.
const FOLDER_ENDING: &str = ".backups";

/// The backups of a workspace file that open, newest first.
#[must_use]
pub fn list(path: &Path) -> Vec<Backup> {
    list_on(&Disk, path)
}

/// The same as [`list`], on another disk.
#[must_use]
pub fn list_on(storage: &dyn Storage, path: &Path) -> Vec<Backup> {
    each_on(storage, path, |_| true).filter_map(Result::ok).collect()
}

/// Why a backup does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// It is sealed with a passphrase that is not known here.
    Locked,
    /// It could not be read as a workspace.
    Unreadable,
}

/// Those backups of a workspace file that are asked for, newest first, one by one as they are read.
pub fn each_on(
    storage: &dyn Storage,
    path: &Path,
    is_asked: impl Fn(&Path) -> bool,
) -> impl Iterator<Item = Result<Backup, Unopened>> {
    let target = storage.resolve(path).unwrap_or_else(|_| path.to_owned());
    let kept = files(storage, &target).unwrap_or_default().into_iter().rev();
    kept.filter(move |kept| is_asked(&kept.path)).map(|kept| {
        let bytes = storage
            .read(&kept.path, LARGEST_FILE)
            .map_err(|error| if is_locked(&error) { Unopened::Locked } else { Unopened::Unreadable })?;
        if is_sealed(&bytes) {
            return Err(Unopened::Locked);
        }
        let name = kept.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let document = format::from_bytes(&bytes, &name).map_err(|_| Unopened::Unreadable)?;
        Ok(Backup { path: kept.path, saved: kept.saved, document })
    })
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

/// What went wrong with a backup; backups made before are all still there.
#[derive(Debug)]
pub(super) enum Trouble {
    /// There is none.
    NotMade(io::Error),
    /// It is there, and the disk does not promise that it would survive a power cut.
    NotSettled(io::Error),
    /// It is there, and so are more old ones than are kept.
    OldStay(io::Error),
    /// The disk stopped answering while it was given its name.
    Unknown(io::Error),
}

impl Trouble {
    /// In a sentence, for the backups of a file.
    pub(super) fn in_words(&self, target: &Path) -> String {
        let folder = folder_of(target);
        let folder = folder.display();
        match self {
            Self::NotMade(error) => {
                format!("No backup of the version before could be put into {folder}: {}", reason(error))
            }
            Self::NotSettled(error) => format!(
                "The version before is in {folder}, but the system does not promise yet that it would survive a power \
                 cut: {}",
                reason(error)
            ),
            Self::OldStay(error) => format!(
                "The version before is in {folder}. More than {KEPT} may stay there, for the oldest would not be removed: \
                 {}",
                reason(error)
            ),
            Self::Unknown(error) => format!(
                "Whether a backup of the version before was put into {folder} could not be found out: {}",
                reason(error)
            ),
        }
    }
}

/// Puts `bytes`, which the file has held since `saved`, among its backups, then lets the oldest go.
///
/// # Errors
/// When the disk refuses.
pub(super) fn keep(
    storage: &dyn Storage,
    target: &Path,
    bytes: &[u8],
    saved: Option<Timestamp>,
) -> Result<(), Trouble> {
    let folder = folder_of(target);
    let unsettled = make_folder(storage, &folder).map_err(Trouble::NotMade)?;
    let mut kept = files(storage, target).map_err(Trouble::NotMade)?;
    let newest = kept.last();
    // A save that failed after its backup has put these very bytes there already.
    if !newest.is_some_and(|k| storage.read(&k.path, LARGEST_FILE).is_ok_and(|known| known == bytes)) {
        let number = newest.map_or(1, |k| k.number + 1);
        let saved = saved.unwrap_or_else(|| storage.now());
        let path = folder.join(name(number, saved, ending_of(target)));
        put(storage, target, &path, bytes)?;
        kept.push(Kept { path, number, saved });
    }
    let excess = kept.len().saturating_sub(KEPT);
    // The oldest go first, and when one will not go those after it stay.
    let remove = |old: &Kept| match storage.remove(&old.path) {
        // A share may do it and lose its answer.
        Err(_) if matches!(storage.status(&old.path), Ok(None)) => Ok(()),
        result => result,
    };
    kept[..excess].iter().try_for_each(remove).map_err(Trouble::OldStay)?;
    unsettled.map_or(Ok(()), |error| Err(Trouble::NotSettled(error)))
}

/// Keeps what a file of an older format holds, as it is, for ever: it goes before the first save in a newer format and no
/// number of backups drives it out.
///
/// # Errors
/// When the disk refuses or does not promise to keep it.
pub(super) fn keep_original(
    storage: &dyn Storage,
    target: &Path,
    bytes: &[u8],
    format: u32,
) -> Result<(), Trouble> {
    let folder = folder_of(target);
    let unsettled = make_folder(storage, &folder).map_err(Trouble::NotMade)?;
    let there = storage.list(&folder).map_err(Trouble::NotMade)?;
    for number in 1_u32.. {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("format-{format}{mark}{}", ending_of(target)));
        if !there.contains(&path) {
            put(storage, target, &path, bytes)?;
            break;
        }
        // The save before this one may have failed, or an old file was put back.
        if storage.read(&path, LARGEST_FILE).is_ok_and(|known| known == bytes) {
            storage.sync_folder(&folder).map_err(Trouble::NotSettled)?;
            break;
        }
    }
    unsettled.map_or(Ok(()), |error| Err(Trouble::NotSettled(error)))
}

/// Puts a journal that is not wanted any more into a folder, under the date at which that was; of those there the newest
/// are kept. Answers with its name.
///
/// # Errors
/// When the disk refuses.
pub(super) fn set_aside(storage: &dyn Storage, folder: &Path, journal: &[u8]) -> io::Result<PathBuf> {
    make_folder(storage, folder)?;
    let is_aside = |file: &PathBuf| {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(SET_ASIDE) && name.ends_with(JOURNAL_ENDING)
    };
    let mut there = storage.list(folder)?;
    there.retain(is_aside);
    there.sort();
    let date = storage.now().strftime("%Y-%m-%dT%H%M%SZ").to_string();
    let named = (1..=there.len() + 1).map(|number| {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        folder.join(format!("{SET_ASIDE}{date}{mark}{JOURNAL_ENDING}"))
    });
    // One name more is tried than there are.
    let path = named.into_iter().find(|path| !there.contains(path)).ok_or(io::ErrorKind::AlreadyExists)?;
    if let Err(error) = write_whole(storage, &path, journal) {
        let _ = storage.remove(&path);
        return Err(error);
    }
    // A disk that does not promise to keep it has it all the same.
    let _ = storage.sync_folder(folder);
    for old in &there[..(there.len() + 1).saturating_sub(KEPT)] {
        let _ = storage.remove(old);
    }
    Ok(path)
}

/// How the names of journals begin that were set aside, and end.
const SET_ASIDE: &str = "discarded-";
const JOURNAL_ENDING: &str = ".journal";

/// Puts a copy of a file into its folder of backups, whole or not at all.
fn put(storage: &dyn Storage, target: &Path, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let part = path.with_extension("part");
    // The left-over of a backup that was cut short.
    let _ = storage.remove(&part);
    let written = write_whole(storage, &part, bytes).map_err(Trouble::NotMade).and_then(|()| {
        // A backup must not be read by more people than the file.
        let _ = storage.copy_permissions(target, &part);
        rename_whole(storage, &part, path, bytes).map_err(|moved| match moved {
            Moved::Not(error) => Trouble::NotMade(error),
            Moved::Unknown(error) => Trouble::Unknown(error),
        })
    });
    if let Err(trouble) = written {
        let _ = storage.remove(&part);
        return Err(trouble);
    }
    storage.sync_folder(&storage::folder_of(path)).map_err(Trouble::NotSettled)
}

/// Makes the folder where it is not there yet, open to whom the folder is open that the workspace lies in: who saves there
/// second keeps backups in the folder of who saved first. One that is there and open to more is closed to those.
fn make_folder(storage: &dyn Storage, folder: &Path) -> io::Result<Option<io::Error>> {
    let is_new = storage.status(folder)?.is_none();
    let unsettled = make_lasting_folder(storage, folder)?;
    let outer = storage::folder_of(folder);
    // Where that cannot be, only the others have no backups, or those of somebody else stay as open as they were.
    let _ = if is_new {
        storage.copy_permissions(&outer, folder)
    } else {
        storage.narrow_permissions(folder, &outer)
    };
    Ok(unsettled)
}

/// The name of a backup: its number, and in universal time when its content was saved.
fn name(number: u64, saved: Timestamp, ending: &str) -> String {
    format!("{number:04}-{}{ending}", saved.strftime("%Y-%m-%dT%H%M%SZ"))
}

fn read_name(path: PathBuf) -> Option<Kept> {
    let name = path.file_name()?.to_str()?;
    // Those of a sealed workspace ended like those of any other once.
    let name = name.strip_suffix(SEALED_ENDING).or_else(|| name.strip_suffix(ENDING))?;
    let (number, date) = name.split_once('-')?;
    let number = number.parse().ok()?;
    let saved = jiff::civil::DateTime::strptime("%Y-%m-%dT%H%M%SZ", date).ok()?;
    let saved = saved.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(Kept { path, number, saved })
}
