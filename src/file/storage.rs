//! The few things that keeping a workspace asks of a disk, so that tests can let any one of them fail.

use std::{
    fmt, fs,
    io::{self, ErrorKind, Read, Write},
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
    /// Adds to the end of a file, making it, for this user alone, where it is not there.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives `to` the permissions of `from`.
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes from others what `path` lets them do and `like` does not; what its owner may do stays. All is well where the
    /// disk knows nothing of the kind.
    fn narrow_permissions(&self, _path: &Path, _like: &Path) -> io::Result<()> {
        Ok(())
    }
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
    /// A file of bytes, not a folder, pipe or device.
    pub is_file: bool,
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

/// How many links in a row are followed before they are taken to go round in a circle.
const MOST_LINKS: usize = 40;

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Storage for Disk {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            match fs::symlink_metadata(&path) {
                Ok(known) if known.is_symlink() => {
                    let target = fs::read_link(&path)?;
                    path = folder_of(&path).join(target);
                }
                Ok(_) => return Ok(path),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(path),
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("its links go round in a circle"))
    }

    fn status(&self, path: &Path) -> io::Result<Option<Status>> {
        match fs::metadata(path) {
            Ok(known) => Ok(Some(Status {
                is_file: known.is_file(),
                is_folder: known.is_dir(),
                length: known.len(),
                read_only: known.permissions().readonly(),
                changed: known.modified().ok().and_then(|t| Timestamp::try_from(t).ok()),
                names: names(&known),
            })),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::File::create_new(path)?.write_all(bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(bytes)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    #[cfg(unix)]
    fn narrow_permissions(&self, path: &Path, like: &Path) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        const OTHERS: u32 = 0o077;
        let [mut permissions, wanted] =
            [fs::metadata(path)?.permissions(), fs::metadata(like)?.permissions()];
        let narrow = permissions.mode() & (wanted.mode() | !OTHERS);
        if narrow == permissions.mode() {
            return Ok(());
        }
        permissions.set_mode(narrow);
        fs::set_permissions(path, permissions)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // Windows flushes only what is open for writing.
        fs::OpenOptions::new().read(true).write(cfg!(windows)).open(path)?.sync_all()
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        if cfg!(windows) {
            return Ok(());
        }
        match fs::File::open(path)?.sync_all() {
            // Some shares know no such thing.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            result => result,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        // On Windows a virus scanner or a synchroniser holds a new file for a moment.
        let tries = if cfg!(windows) { 6 } else { 1 };
        for _ in 1..tries {
            match fs::rename(from, to) {
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                }
                result => return result,
            }
        }
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                files.push(entry.path());
            }
        }
        Ok(files)
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The folder that a file is in; the present one for a bare name.
#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Makes a folder and those it is in, and returns when their names are on the disk: what is put into a folder that a power
/// cut takes away was put nowhere. Gives the reason why the disk does not promise to keep the names, if it does not.
///
/// # Errors
/// When it cannot be made.
pub(super) fn make_lasting_folder(storage: &dyn Storage, folder: &Path) -> io::Result<Option<io::Error>> {
    let mut made = Vec::new();
    let mut above = folder.to_owned();
    while storage.status(&above)?.is_none() {
        let outer = folder_of(&above);
        let is_top = outer == above;
        made.push(outer.clone());
        above = outer;
        if is_top {
            break;
        }
    }
    // Also where it is there already: a file of that name is refused.
    storage.create_folder(folder)?;
    Ok(made.iter().rev().try_for_each(|outer| storage.sync_folder(outer)).err())
}

/// Makes a file that must not be there yet, and returns when it is on the disk and reads back as it was meant.
///
/// # Errors
/// When the disk refuses, or holds something else than it was given. What was begun may be left.
pub(super) fn write_whole(storage: &dyn Storage, path: &Path, bytes: &[u8]) -> io::Result<()> {
    storage.write_new(path, bytes)?;
    storage.sync(path)?;
    if storage.read(path, bytes.len() as u64).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    Err(io::Error::other("what was written does not read back as it was written"))
}

/// Moves a file in one step. A share may do so and then lose its answer: what it holds says whether it was done.
///
/// # Errors
/// When it was not done, or nobody knows; see [`Moved`].
pub(super) fn rename_whole(storage: &dyn Storage, from: &Path, to: &Path, bytes: &[u8]) -> Result<(), Moved> {
    let Err(error) = storage.rename(from, to) else { return Ok(()) };
    match storage.read(to, bytes.len() as u64) {
        Ok(there) if there == bytes => Ok(()),
        // Larger than what was to be moved there is not that either.
        Ok(_) => Err(Moved::Not(error)),
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::FileTooLarge) => {
            Err(Moved::Not(error))
        }
        Err(_) => Err(Moved::Unknown(error)),
    }
}

/// Why a file was not moved, as far as is known.
#[derive(Debug)]
pub(super) enum Moved {
    /// It was not.
    Not(io::Error),
    /// The disk does not answer any more.
    Unknown(io::Error),
}

/// Why the system refused, in plain words: the end of a sentence, with its full stop.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "it is not there.",
        ErrorKind::PermissionDenied => "you are not allowed to.",
        ErrorKind::AlreadyExists => "something of that name is there already.",
        ErrorKind::StorageFull => "the disk is full.",
        ErrorKind::QuotaExceeded => "your share of the disk is used up.",
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read.",
        ErrorKind::FileTooLarge => "it is too large.",
        // Elsewhere than on Windows it says only that.
        ErrorKind::InvalidFilename if !cfg!(windows) => {
            "its name, or that of a folder it is in, is too long. Give it a shorter one."
        }
        ErrorKind::InvalidFilename => {
            "its name cannot be used there: it is too long, or has one of < > : \" / | ? * in it. Give it another one."
        }
        ErrorKind::NotADirectory => "part of its path is not a folder.",
        ErrorKind::IsADirectory => "it is a folder.",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => {
            "another program is using it."
        }
        ErrorKind::TimedOut
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::NotConnected
        | ErrorKind::ConnectionReset
        | ErrorKind::StaleNetworkFileHandle => "the drive or share does not answer.",
        _ => {
            let said = error.to_string();
            // The number of the error says nothing to whoever reads this.
            let said = said.split(" (os error ").next().unwrap_or_default();
            return format!("the system says “{said}”.");
        }
    };
    words.to_owned()
}

#[cfg(unix)]
fn names(known: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(known)
}

#[cfg(not(unix))]
fn names(_: &fs::Metadata) -> u64 {
    1
}
