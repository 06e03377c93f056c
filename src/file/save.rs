//! Opening and saving: on the disk the file is always wholly the old one or wholly the new one.

use std::{
    fs,
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

pub use super::save_error::{OpenError, SaveError};
use super::{
    backups::{self, Trouble},
    format::{self, Document, ENDING, Formats, LARGEST_FILE, RELEASED},
    seal::{SEALED_ENDING, is_locked, is_sealed, overhead},
    storage::{Disk, Moved, Storage, folder_of, reason, rename_whole, write_whole},
};
use crate::model::wording;

/// What a file held: two files with the same fingerprint hold the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint {
    /// In bytes.
    pub length: u64,
    pub hash: [u8; 32],
}

/// A workspace file that has been read.
#[derive(Clone, Debug)]
pub struct Opened {
    pub document: Document,
    /// What the file held; give it to [`save`].
    pub fingerprint: Fingerprint,
    /// The file as it was asked for.
    pub path: PathBuf,
    /// The format that the file is in.
    pub format: u32,
    /// Whether saving to it will be refused.
    pub read_only: bool,
    /// Files of saves that are not finished, beside the file: left over, or of somebody who is saving now.
    pub unfinished: Vec<PathBuf>,
    /// What the user should know, in sentences; most often nothing.
    pub notices: Vec<String>,
}

/// What a save did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What the file holds now.
    pub fingerprint: Fingerprint,
    /// What the user should know although the save worked, such as that no backup could be made.
    pub warning: Option<String>,
}

/// Opens a workspace file.
///
/// # Errors
/// See [`OpenError`].
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    open_from(&Disk, path)
}

/// The same as [`open`], from another disk.
///
/// # Errors
/// See [`OpenError`].
pub fn open_from(storage: &dyn Storage, path: &Path) -> Result<Opened, OpenError> {
    open_as(storage, path, &RELEASED)
}

/// The same as [`open_from`], by a program that knows these formats.
///
/// # Errors
/// See [`OpenError`].
pub fn open_as(storage: &dyn Storage, path: &Path, formats: &Formats) -> Result<Opened, OpenError> {
    let refused = |reason: String| OpenError::Refused { path: path.to_owned(), reason };
    let because = |error: io::Error| refused(reason(&error));
    let target = storage.resolve(path).map_err(because)?;
    let Some(status) = storage.status(&target).map_err(because)? else {
        return Err(OpenError::Missing { path: path.to_owned() });
    };
    if !status.is_file {
        return Err(refused(
            if status.is_folder { "it is a folder." } else { "it is not a file." }.to_owned(),
        ));
    }
    let name = name_of(path);
    let unreadable = |error| OpenError::Unreadable {
        error: Box::new(error),
        backups: backups::files(storage, &target).map_or(0, |b| b.len()),
    };
    if status.length > LARGEST_FILE + overhead(LARGEST_FILE) {
        return Err(unreadable(format::too_large(status.length, &name)));
    }
    let bytes = match storage.read(&target, LARGEST_FILE) {
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return Err(unreadable(format::too_large(status.length, &name)));
        }
        read => read.map_err(because)?,
    };
    if is_sealed(&bytes) {
        return Err(OpenError::Sealed { path: path.to_owned() });
    }
    let read = formats.read(&bytes, &name).map_err(unreadable)?;
    let folder = storage.status(&folder_of(&target)).ok().flatten();
    let unfinished = unfinished(storage, &target);
    let left: Vec<&PathBuf> = unfinished.iter().filter(|file| is_left_over(storage, file)).collect();
    let mut notices = notices(read.comments, &left);
    if read.format < formats.newest {
        notices.push(format!(
            "The file is in format {} of an older Evenhand. Saving brings it to format {}; before that a copy of it as it \
             is now is put into {}.",
            read.format,
            formats.newest,
            name_of(&backups::folder_of(&target))
        ));
    }
    Ok(Opened {
        document: read.document,
        fingerprint: Fingerprint::of(&bytes),
        path: path.to_owned(),
        format: read.format,
        read_only: status.read_only || folder.is_some_and(|f| f.read_only),
        notices,
        unfinished,
    })
}

/// Saves a workspace. `expected` is the fingerprint from opening or from the last save; `None` replaces whatever is
/// there (a new file, or "keep mine"). Through a link the file it leads to is written.
///
/// # Errors
/// See [`SaveError`]; the file is as it was.
pub fn save(path: &Path, document: &Document, expected: Option<Fingerprint>) -> Result<Saved, SaveError> {
    save_to(&Disk, path, document, expected)
}

/// The same as [`save`], to another disk.
///
/// # Errors
/// See [`SaveError`]; the file is as it was.
pub fn save_to(
    storage: &dyn Storage,
    path: &Path,
    document: &Document,
    expected: Option<Fingerprint>,
) -> Result<Saved, SaveError> {
    save_as(storage, path, document, expected, &RELEASED)
}

/// The same as [`save_to`], by a program that knows these formats: the newest of them is written.
///
/// # Errors
/// See [`SaveError`]; the file is as it was.
pub fn save_as(
    storage: &dyn Storage,
    path: &Path,
    document: &Document,
    expected: Option<Fingerprint>,
    formats: &Formats,
) -> Result<Saved, SaveError> {
    let text = text_that_reads_back(document, &name_of(path), formats)?;
    let target = storage
        .resolve(path)
        .map_err(|e| SaveError::Refused { path: path.to_owned(), reason: reason(&e) })?;
    Save { storage, formats, target, text: text.as_bytes(), warnings: Vec::new() }.run(expected)
}

/// Writes a workspace to what is no file, such as a terminal or a pipe: there is nothing there to keep or to replace.
///
/// # Errors
/// See [`SaveError`].
pub fn write_through(path: &Path, document: &Document) -> Result<(), SaveError> {
    let text = text_that_reads_back(document, &name_of(path), &RELEASED)?;
    let written = fs::OpenOptions::new().write(true).open(path).and_then(|mut device| {
        device.write_all(text.as_bytes())?;
        device.flush()
    });
    written.map_err(|error| SaveError::Refused { path: path.to_owned(), reason: reason(&error) })
}

/// Saves a workspace beside `path` ("keep both") as "plan (yours, 14:02)", or "plan (yours, 14:02, 2)" where that is there
/// already, and says where. Where names may have no colon it is "plan (yours, 14.02)".
///
/// # Errors
/// See [`SaveError`].
pub fn save_beside(path: &Path, document: &Document) -> Result<(PathBuf, Saved), SaveError> {
    save_beside_on(&Disk, path, document)
}

/// The same as [`save_beside`], on another disk.
///
/// # Errors
/// See [`SaveError`].
pub fn save_beside_on(
    storage: &dyn Storage,
    path: &Path,
    document: &Document,
) -> Result<(PathBuf, Saved), SaveError> {
    let target = storage
        .resolve(path)
        .map_err(|e| SaveError::Refused { path: path.to_owned(), reason: reason(&e) })?;
    let now = storage.now().to_zoned(TimeZone::system());
    // What is behind a colon is no name on Windows.
    if cfg!(windows) {
        return save_marked(storage, &target, &now.strftime("yours, %H.%M").to_string(), document);
    }
    match save_marked(storage, &target, &now.strftime("yours, %H:%M").to_string(), document) {
        // A disk made for Windows lets no name have one either.
        Err(refused @ SaveError::Refused { .. }) => {
            save_marked(storage, &target, &now.strftime("yours, %H.%M").to_string(), document)
                .or(Err(refused))
        }
        done => done,
    }
}

/// Saves under the first name with this mark that nothing has yet.
fn save_marked(
    storage: &dyn Storage,
    target: &Path,
    mark: &str,
    document: &Document,
) -> Result<(PathBuf, Saved), SaveError> {
    let refused = |reason: String| SaveError::Refused { path: target.to_owned(), reason };
    for number in 1..=MOST_NAMES {
        let number = if number == 1 { String::new() } else { format!(", {number}") };
        let beside = with_mark(target, &format!(" ({mark}{number})"));
        if storage.status(&beside).map_err(|e| refused(reason(&e)))?.is_none() {
            let saved = save_to(storage, &beside, document, None)?;
            return Ok((beside, saved));
        }
    }
    Err(refused("every name beside it is taken.".to_owned()))
}

impl Fingerprint {
    /// The fingerprint of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, hash: *blake3::hash(bytes).as_bytes() }
    }
}

/// How many numbered names are tried beside a file.
const MOST_NAMES: usize = 999;

/// One save under way.
struct Save<'a> {
    storage: &'a dyn Storage,
    formats: &'a Formats,
    /// The file itself, links followed.
    target: PathBuf,
    text: &'a [u8],
    warnings: Vec<String>,
}

impl Save<'_> {
    fn run(mut self, expected: Option<Fingerprint>) -> Result<Saved, SaveError> {
        let folder = folder_of(&self.target);
        match self.storage.status(&folder) {
            Ok(Some(status)) if status.is_folder => {}
            Ok(_) => return Err(SaveError::FolderGone { folder }),
            Err(error) => return Err(self.refusal(&error)),
        }
        let old = match self.present() {
            // Mine can be kept over what can be read and put among the backups.
            Err(SaveError::ChangedOutside { path, .. }) if expected.is_none() => {
                let reason =
                    "it is sealed with another passphrase now. Take theirs, merge, or keep both.".to_owned();
                return Err(SaveError::Refused { path, reason });
            }
            old => old?,
        };
        if old.as_ref().and_then(|old| format::number_of(&old.bytes)).is_some_and(|n| n > self.formats.newest)
        {
            return Err(SaveError::Newer { path: self.target });
        }
        self.check_expected(old.as_ref(), expected)?;
        if let Some(old) = &old
            && old.bytes == self.text
        {
            self.clear_unfinished();
            return Ok(self.done());
        }
        let waiting = self.write_waiting(old.is_some())?;
        let kept = old.as_ref().map_or(Ok(()), |old| self.keep_old(old));
        if let Err(error) = kept.and_then(|()| self.look_again(old.as_ref())) {
            self.forget(&waiting);
            return Err(error);
        }
        match rename_whole(self.storage, &waiting, &self.target, self.text) {
            Ok(()) => {}
            Err(Moved::Not(error)) => {
                return Err(SaveError::NotReplaced { path: self.target, waiting, reason: reason(&error) });
            }
            Err(Moved::Unknown(error)) => {
                return Err(SaveError::Unknown { path: self.target, waiting, reason: reason(&error) });
            }
        }
        if let Err(error) = self.storage.sync_folder(&folder) {
            self.warnings.push(format!(
                "The file is saved, but the system does not promise yet that it would survive a power cut: {}",
                reason(&error)
            ));
        }
        self.clear_unfinished();
        Ok(self.done())
    }

    /// Puts what the file holds among its backups; in an older format it is kept for good, or nothing is saved.
    fn keep_old(&mut self, old: &Present) -> Result<(), SaveError> {
        let older = format::number_of(&old.bytes).filter(|number| *number < self.formats.newest);
        if let Some(number) = older {
            match backups::keep_original(self.storage, &self.target, &old.bytes, number) {
                Ok(()) => {}
                Err(trouble @ Trouble::NotSettled(_)) => self.warnings.push(trouble.in_words(&self.target)),
                Err(trouble) => {
                    let reason = format!(
                        "it is in an older format, and must be kept as it is before it is saved in the new one. {}",
                        trouble.in_words(&self.target)
                    );
                    return Err(SaveError::Refused { path: self.target.clone(), reason });
                }
            }
        }
        if let Err(trouble) = backups::keep(self.storage, &self.target, &old.bytes, old.changed) {
            self.warnings.push(trouble.in_words(&self.target));
        }
        Ok(())
    }

    /// Left-overs of saves that could not be finished: what holds the very workspace that is saved now goes, of the others
    /// the user is told.
    fn clear_unfinished(&mut self) {
        let left = unfinished(self.storage, &self.target);
        if left.is_empty() {
            return;
        }
        let read = |bytes: &[u8]| self.formats.read(bytes, "").ok().map(|read| read.document.workspace);
        let saved = read(self.text);
        for file in left {
            let held = self.storage.read(&file, LARGEST_FILE).ok().and_then(|bytes| read(&bytes));
            if held.is_some() && held == saved {
                self.forget(&file);
            } else if is_left_over(self.storage, &file) {
                self.warnings.push(left_over(&file));
            }
        }
    }

    /// The last look before the old file goes: somebody may have saved while this one was writing.
    fn look_again(&self, old: Option<&Present>) -> Result<(), SaveError> {
        match (self.present()?, old) {
            (Some(now), Some(old)) if now.bytes == old.bytes => Ok(()),
            (Some(now), _) => {
                let theirs = Fingerprint::of(&now.bytes);
                Err(SaveError::ChangedOutside { path: self.target.clone(), theirs })
            }
            (None, _) => Ok(()),
        }
    }

    /// What the file holds now; `None` when there is none.
    fn present(&self) -> Result<Option<Present>, SaveError> {
        let Some(status) = self.storage.status(&self.target).map_err(|e| self.refusal(&e))? else {
            return Ok(None);
        };
        if !status.is_file {
            let reason = if status.is_folder { "it is a folder." } else { "it is not a file." }.to_owned();
            return Err(SaveError::Refused { path: self.target.clone(), reason });
        }
        if status.read_only {
            return Err(SaveError::ReadOnly { path: self.target.clone() });
        }
        let bytes = self.storage.read(&self.target, LARGEST_FILE).map_err(|error| {
            if is_locked(&error) {
                // Sealed with another passphrase since: what is in it cannot be told here.
                return SaveError::ChangedOutside { path: self.target.clone(), theirs: Fingerprint::of(&[]) };
            }
            self.refusal(&error)
        })?;
        Ok(Some(Present { bytes, changed: status.changed, names: status.names }))
    }

    fn check_expected(
        &mut self,
        old: Option<&Present>,
        expected: Option<Fingerprint>,
    ) -> Result<(), SaveError> {
        match (old, expected) {
            (Some(old), Some(expected)) if Fingerprint::of(&old.bytes) != expected => {
                let theirs = Fingerprint::of(&old.bytes);
                return Err(SaveError::ChangedOutside { path: self.target.clone(), theirs });
            }
            (None, Some(_)) => {
                self.warnings.push("The file had been moved or deleted; it is written anew.".to_owned());
            }
            _ => {}
        }
        if old.is_some_and(|o| o.names > 1) {
            self.warnings.push(
                "The file has a second name elsewhere (a hard link); what is under that name stays as it was."
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// Writes the new file beside the old one and returns when it is on the disk.
    fn write_waiting(&mut self, replaces: bool) -> Result<PathBuf, SaveError> {
        let waiting = self.new_file()?;
        if replaces && let Err(error) = self.storage.copy_permissions(&self.target, &waiting) {
            self.warnings
                .push(format!("Who may read the file could not be carried over: {}", reason(&error)));
        }
        Ok(waiting)
    }

    fn new_file(&self) -> Result<PathBuf, SaveError> {
        for number in 1..=MOST_NAMES {
            let waiting = with_mark(&self.target, &format!("{UNFINISHED}{number}"));
            match write_whole(self.storage, &waiting, self.text) {
                Ok(()) => return Ok(waiting),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => {
                    self.forget(&waiting);
                    return Err(self.refusal(&error));
                }
            }
        }
        Err(SaveError::Refused {
            path: self.target.clone(),
            reason: "too many unfinished saves lie beside it; remove them first.".to_owned(),
        })
    }

    /// Removes a file that is not needed any more; when that fails too it only lies about.
    fn forget(&self, waiting: &Path) {
        let _ = self.storage.remove(waiting);
    }

    fn done(self) -> Saved {
        let warning = (!self.warnings.is_empty()).then(|| self.warnings.join(" "));
        Saved { fingerprint: Fingerprint::of(self.text), warning }
    }

    fn refusal(&self, error: &io::Error) -> SaveError {
        SaveError::of(&self.target, error)
    }
}

/// What a file holds.
struct Present {
    bytes: Vec<u8>,
    changed: Option<Timestamp>,
    names: u64,
}

/// The text of a document, once it has been read back and found the same.
fn text_that_reads_back(document: &Document, name: &str, formats: &Formats) -> Result<String, SaveError> {
    let text = (formats.write)(document);
    match formats.read(text.as_bytes(), name) {
        Ok(back) if back.document == *document => Ok(text),
        Ok(_) => Err(SaveError::WouldNotReadBack { error: None }),
        Err(error) => Err(SaveError::WouldNotReadBack { error: Some(error) }),
    }
}

/// What stands between a file's name and the number of an unfinished save of it.
const UNFINISHED: &str = ".unsaved-";

/// The left-overs of saves that could not be finished.
pub(super) fn unfinished(storage: &dyn Storage, target: &Path) -> Vec<PathBuf> {
    let stem = format!("{}{UNFINISHED}", stem_of(target));
    let mut files = storage.list(&folder_of(target)).unwrap_or_default();
    files.retain(|file| {
        name_of(file).strip_prefix(&stem).is_some_and(|rest| rest.ends_with(ending_of(target)))
    });
    files.sort();
    files
}

/// How long ago a file beside the workspace was written to that no save is at any more. A save of the largest workspace to
/// a slow share takes less, and its file goes with it.
const STILL_SAVING: SignedDuration = SignedDuration::from_mins(2);

/// Whether a file is from a save that could not be finished, and not from one that somebody else is at right now.
fn is_left_over(storage: &dyn Storage, file: &Path) -> bool {
    match storage.status(file) {
        // By a clock that was set back since it seems to be of the future.
        Ok(Some(status)) => {
            status.changed.is_none_or(|at| storage.now().duration_since(at).abs() > STILL_SAVING)
        }
        Ok(None) => false,
        Err(_) => true,
    }
}

fn notices(comments: usize, unfinished: &[&PathBuf]) -> Vec<String> {
    let mut notices = Vec::new();
    if comments > 0 {
        notices.push(format!(
            "The file holds {}, put in by hand; saving does not keep them.",
            wording::count(comments, "comment", "comments")
        ));
    }
    for file in unfinished {
        notices.push(left_over(file));
    }
    notices
}

fn left_over(file: &Path) -> String {
    format!(
        "{} beside it is from a save that could not be finished. Look whether it holds something you need, then \
         remove it.",
        name_of(file)
    )
}

/// The name of a file as messages give it.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The name without its ending, cut so that a mark may follow it where names have at most 255 bytes.
fn stem_of(path: &Path) -> String {
    const LONGEST: usize = 200;
    let name = name_of(path);
    let stem = name.strip_suffix(ending_of(path)).or_else(|| name.strip_suffix(".ron")).unwrap_or(&name);
    let end = (0..=stem.len().min(LONGEST)).rev().find(|end| stem.is_char_boundary(*end)).unwrap_or(0);
    stem[..end].to_owned()
}

/// What the name of a file beside this one ends with.
pub(super) fn ending_of(path: &Path) -> &'static str {
    if name_of(path).ends_with(SEALED_ENDING) { SEALED_ENDING } else { ENDING }
}

/// The same file name with a mark before its ending, so that it still opens.
fn with_mark(path: &Path, mark: &str) -> PathBuf {
    path.with_file_name(format!("{}{mark}{}", stem_of(path), ending_of(path)))
}
