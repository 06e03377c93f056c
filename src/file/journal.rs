//! The recovery journal: every edit is on the disk within two seconds, so that a crash loses next to nothing.
//!
//! One file for each open workspace: a line that says what it is, then records, each with its length and hash. The first
//! record holds the workspace as it was opened or last saved, each later one what changed in its text. A file that was
//! being written when the power went has a torn end; it is read up to its last whole record. A lock beside it, held as
//! long as the program lives, keeps the journal of a running program from being offered for recovery.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    format::{self, Document},
    journal_record::{self, Change, Entry, FIRST_LINE},
    lock::Held,
    read_error::ReadError,
    save::Fingerprint,
    seal::{Key, is_sealed_journal},
    sealed::Sealed,
    storage::{Disk, Storage, folder_of, make_lasting_folder, reason},
};
use crate::model::{Room, Workspace};

/// One edit, as history names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalStep {
    pub time: Timestamp,
    /// Such as "Raise weight of Price certainty".
    pub label: String,
    pub room: Option<Room>,
}

/// What an open workspace was when its journal began.
#[derive(Clone, Debug)]
pub struct Base {
    pub document: Document,
    /// Where it is kept; `None` when it has not been saved yet.
    pub path: Option<PathBuf>,
    /// What the file held; `None` when it has not been saved yet.
    pub saved: Option<Fingerprint>,
}

/// The journal of one open workspace. Dropping it leaves it to be recovered; [`Journal::clear`] does not.
#[derive(Debug)]
pub struct Journal {
    storage: Arc<dyn Storage>,
    file: PathBuf,
    held: Option<Held>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    base: Base,
    /// The text that the journal ends with; `None` when what is on the disk must be written anew before anything is
    /// added to it.
    text: Option<String>,
    /// Steps that could not be put down yet.
    waiting: Vec<JournalStep>,
    /// How many bytes of the file are known to be whole and to belong to the present base.
    length: usize,
}

/// A journal past this many bytes is begun anew with the present state; the moments before it are let go.
const LONGEST: usize = 32 * 1024 * 1024;

/// The most of a journal that is read.
const MOST_READ: u64 = 8 * LONGEST as u64;

const ENDING: &str = "journal";
const LOCK_ENDING: &str = "journal-lock";

impl Journal {
    /// Begins a journal in this folder. Nothing is written before the first edit, save a lock that shows this program is
    /// alive.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn begin(folder: &Path, base: Base) -> Result<Self, JournalError> {
        Self::begin_on(Arc::new(Disk), folder, base)
    }

    /// The same as [`Journal::begin`], on another disk.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn begin_on(storage: Arc<dyn Storage>, folder: &Path, base: Base) -> Result<Self, JournalError> {
        static BEGUN: AtomicU64 = AtomicU64::new(1);
        let refused = |error: std::io::Error| JournalError {
            path: folder.to_owned(),
            task: Task::Keep,
            reason: reason(&error),
        };
        // Where the disk does not promise to keep the folder's name a journal is better than none all the same.
        make_lasting_folder(&*storage, folder).map_err(refused)?;
        let date = storage.now().strftime("%Y-%m-%dT%H%M%SZ").to_string();
        loop {
            let number = BEGUN.fetch_add(1, Ordering::Relaxed);
            let file = folder.join(format!("{date}-{}-{number}.{ENDING}", std::process::id()));
            let Some(held) = Held::take(&file.with_extension(LOCK_ENDING)).map_err(refused)? else {
                continue;
            };
            if storage.status(&file).map_err(refused)?.is_some() {
                // A journal of an earlier program of the same number; it may still be wanted.
                continue;
            }
            let state = State { base, text: None, waiting: Vec::new(), length: 0 };
            return Ok(Self { storage, file, held: Some(held), state: Mutex::new(state) });
        }
    }

    /// Puts the document and the steps that led to it on the disk. Without steps, the last step has gone on (a drag, a run
    /// of typing) and its document is replaced.
    ///
    /// # Errors
    /// When the disk refuses; the next call puts these steps down as well.
    pub fn record(&self, document: &Document, steps: &[JournalStep]) -> Result<(), JournalError> {
        let mut state = self.state();
        state.waiting.extend_from_slice(steps);
        let text = text_of(document);
        let done = match state.text.take() {
            Some(before) if state.length < LONGEST => self.add(&mut state, &before, &text, document.revision),
            Some(_) => self.write_anew(&mut state, None, &text, document.revision),
            None => {
                let whole = self.whole_part(state.length);
                self.write_anew(&mut state, whole, &text, document.revision)
            }
        };
        done.map_err(|error| JournalError {
            path: self.file.clone(),
            task: Task::Keep,
            reason: reason(&error),
        })?;
        state.waiting.clear();
        state.text = Some(text);
        Ok(())
    }

    /// Begins anew after a save: nothing before it needs recovering.
    ///
    /// # Errors
    /// When the old journal cannot be removed.
    pub fn saved(&self, base: Base) -> Result<(), JournalError> {
        self.state().base = base;
        self.clear()
    }

    /// Forgets everything, after a clean close.
    ///
    /// # Errors
    /// When the journal cannot be removed.
    pub fn clear(&self) -> Result<(), JournalError> {
        let mut state = self.state();
        state.text = None;
        state.waiting.clear();
        state.length = 0;
        remove(&*self.storage, &self.file)?;
        // A power cut must not bring it back. Where the disk cannot promise that, what comes back is only offered.
        let _ = self.storage.sync_folder(&folder_of(&self.file));
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What a panic elsewhere left behind is only rewritten once more.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, state: &mut State, before: &str, text: &str, revision: u64) -> std::io::Result<()> {
        let steps = state.waiting.clone();
        let entry = Entry::Steps { revision, steps, change: Change::between(before, text) };
        let bytes = journal_record::framed(&entry)?;
        self.storage.append(&self.file, &bytes)?;
        self.storage.sync(&self.file)?;
        self.check_length(&self.file, state.length + bytes.len())?;
        state.length += bytes.len();
        Ok(())
    }

    /// What is added behind a record that was cut short in silence could never be read.
    fn check_length(&self, file: &Path, length: usize) -> std::io::Result<()> {
        if self.storage.status(file)?.is_some_and(|status| status.length == length as u64) {
            return Ok(());
        }
        Err(std::io::Error::other("what was written is not what is there"))
    }

    /// The part of the file that was put down before something went wrong, and the text that it ends with.
    fn whole_part(&self, length: usize) -> Option<(Vec<u8>, String)> {
        let mut bytes = self.storage.read(&self.file, MOST_READ).ok()?;
        if length == 0 || bytes.len() < length {
            return None;
        }
        bytes.truncate(length);
        let (entries, damaged) = journal_record::entries(&bytes);
        let text = entries.into_iter().try_fold(String::new(), |text, entry| match entry {
            Entry::Base { text, .. } => Some(text),
            Entry::Steps { change, .. } => change.applied_to(&text),
        })?;
        (!damaged).then_some((bytes, text))
    }

    /// Writes what is known to be whole, or else the base, and the present state to a new file that takes the old one's
    /// place.
    fn write_anew(
        &self,
        state: &mut State,
        whole: Option<(Vec<u8>, String)>,
        text: &str,
        revision: u64,
    ) -> std::io::Result<()> {
        let (mut bytes, before) = match whole {
            Some(whole) => whole,
            None => self.beginning(&state.base)?,
        };
        let change = Change::between(&before, text);
        bytes.extend(journal_record::framed(&Entry::Steps {
            revision,
            steps: state.waiting.clone(),
            change,
        })?);
        let part = self.file.with_extension("part");
        remove(&*self.storage, &part).ok();
        let written = self
            .storage
            .append(&part, &bytes)
            .and_then(|()| self.storage.sync(&part))
            .and_then(|()| self.check_length(&part, bytes.len()))
            .and_then(|()| self.storage.rename(&part, &self.file));
        if let Err(error) = written {
            remove(&*self.storage, &part).ok();
            return Err(error);
        }
        self.storage.sync_folder(&folder_of(&self.file))?;
        state.length = bytes.len();
        Ok(())
    }

    /// The first bytes of a journal, and the text of its base.
    fn beginning(&self, base: &Base) -> std::io::Result<(Vec<u8>, String)> {
        let text = text_of(&base.document);
        let begins = Entry::Base {
            path: base.path.as_ref().map(|p| p.to_string_lossy().into_owned()),
            saved: base.saved,
            begun: self.storage.now(),
            revision: base.document.revision,
            text: text.clone(),
        };
        let mut bytes = FIRST_LINE.as_bytes().to_vec();
        bytes.extend(journal_record::framed(&begins)?);
        Ok((bytes, text))
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // A journal that is left to be recovered leaves its lock file too; it locks nothing any more.
        if matches!(self.storage.status(&self.file), Ok(None))
            && let Some(held) = self.held.take()
        {
            held.give_back();
        }
    }
}

/// Why the journal could not be kept, or not be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalError {
    pub path: PathBuf,
    pub task: Task,
    /// In plain words.
    pub reason: String,
}

/// What was to be done with a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    Keep,
    Remove,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, task, reason } = self;
        let path = path.display();
        match task {
            Task::Keep => write!(f, "The recovery journal {path} could not be kept: {reason}"),
            Task::Remove => write!(
                f,
                "The recovery journal {path}, which is not needed any more, could not be removed: {reason} It may be \
                 offered again at the next start."
            ),
        }
    }
}

impl std::error::Error for JournalError {}

/// Work that was not saved when the program ended. While this is held, no other program is offered it.
#[derive(Debug)]
pub struct Recoverable {
    /// The journal's own file.
    pub journal: PathBuf,
    /// The workspace's title at the end.
    pub title: String,
    /// The workspace's file, if it had one, and what that held.
    pub path: Option<PathBuf>,
    pub saved: Option<Fingerprint>,
    /// When the last edit was made.
    pub when: Timestamp,
    /// The moments that can be returned to, oldest first; never empty.
    pub moments: Vec<Moment>,
    /// What the journal is sealed with, if it is.
    pub key: Option<Key>,
    /// What was lost of the journal, in a sentence, if anything was.
    pub damage: Option<String>,
    base_revision: u64,
    base_text: String,
    /// What led to each moment from the one before.
    changes: Vec<Vec<Change>>,
    storage: Arc<dyn Storage>,
    held: Held,
}

/// The states that a journal leads through, not read yet.
#[derive(Clone, Debug)]
pub struct States {
    name: String,
    base: String,
    changes: Vec<Vec<Change>>,
}

impl States {
    /// Reads the state before the first moment, and then that after each; ends early where one cannot be read.
    pub fn read(self) -> impl Iterator<Item = Workspace> {
        let Self { name, base, changes } = self;
        let mut text = base;
        std::iter::once(Vec::new()).chain(changes).map_while(move |changes| {
            for change in &changes {
                text = change.applied_to(&text)?;
            }
            format::from_text(&text, &name).ok().map(|document| document.workspace)
        })
    }
}

/// A state that can be returned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The steps that led to it from the moment before.
    pub steps: Vec<JournalStep>,
    pub revision: u64,
}

impl Recoverable {
    /// The document as it was after a moment; after the last one for any number past it.
    ///
    /// # Errors
    /// When what the journal holds is not a sound workspace.
    pub fn document(&self, moment: usize) -> Result<Document, ReadError> {
        let Some(last) = self.moments.len().checked_sub(1) else { return self.base() };
        let moment = moment.min(last);
        let mut text = self.base_text.clone();
        for change in self.changes[..=moment].iter().flatten() {
            // Each was tried when the journal was read.
            text = change.applied_to(&text).unwrap_or(text);
        }
        let document = format::from_text(&text, &self.name())?;
        Ok(Document { revision: self.moments[moment].revision, ..document })
    }

    /// The document as it was before the first moment.
    ///
    /// # Errors
    /// When what the journal holds is not a sound workspace.
    pub fn base(&self) -> Result<Document, ReadError> {
        let document = format::from_text(&self.base_text, &self.name())?;
        Ok(Document { revision: self.base_revision, ..document })
    }

    /// What it takes to read every state that the journal leads through, away from the window: that can take a while.
    #[must_use]
    pub fn states(&self) -> States {
        States { name: self.name(), base: self.base_text.clone(), changes: self.changes.clone() }
    }

    /// Removes the journal, when it has been recovered or is not wanted.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn discard(self) -> Result<(), JournalError> {
        remove(&*self.storage, &self.journal)?;
        self.held.give_back();
        Ok(())
    }

    fn name(&self) -> String {
        self.journal.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Everything in a folder of journals that can be recovered, newest first. Journals of programs that still run are not
/// offered.
#[must_use]
pub fn recoverable(folder: &Path) -> Vec<Recoverable> {
    recoverable_on(&(Arc::new(Disk) as Arc<dyn Storage>), folder)
}

/// The same as [`recoverable`], on another disk.
#[must_use]
pub fn recoverable_on(storage: &Arc<dyn Storage>, folder: &Path) -> Vec<Recoverable> {
    let files = storage.list(folder).unwrap_or_default();
    let has_ending = |file: &&PathBuf, ending: &str| file.extension().is_some_and(|e| e == ending);
    for lock in files.iter().filter(|f| has_ending(f, LOCK_ENDING)) {
        // Left behind by a program that ended before its first edit.
        if !files.contains(&lock.with_extension(ENDING))
            && let Ok(Some(held)) = Held::take(lock)
        {
            held.give_back();
        }
    }
    let journals = files.iter().filter(|f| has_ending(f, ENDING));
    let mut found: Vec<Recoverable> = journals.filter_map(|file| recover(storage, file)).collect();
    found.sort_by_key(|r| std::cmp::Reverse(r.when));
    found
}

/// The sealed journals in a folder that this key opens, newest first. Takes a second or more for each.
#[must_use]
pub fn recoverable_sealed(folder: &Path, key: &Key) -> Vec<Recoverable> {
    let sealed: Arc<dyn Storage> = Arc::new(Sealed::new(Arc::new(Disk), key.clone()));
    let found = sealed_in(folder).into_iter().filter_map(|file| recover(&sealed, &file));
    let mut found: Vec<Recoverable> =
        found.map(|found| Recoverable { key: Some(key.clone()), ..found }).collect();
    found.sort_by_key(|r| std::cmp::Reverse(r.when));
    found
}

/// The sealed journals in a folder, those of programs that still run among them.
#[must_use]
pub fn sealed_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Disk.list(folder).unwrap_or_default();
    files.retain(|file| {
        file.extension().is_some_and(|ending| ending == ENDING)
            && Disk.read(file, MOST_READ).is_ok_and(|bytes| is_sealed_journal(&bytes))
    });
    files
}

/// The folder of journals in the user's data folder; `None` when the system names none.
#[must_use]
pub fn usual_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "Evenhand")?;
    Some(folders.data_local_dir().join("journals"))
}

/// What one journal holds; `None` when its program still runs or nothing whole is in it.
fn recover(storage: &Arc<dyn Storage>, file: &Path) -> Option<Recoverable> {
    let held = Held::take(&file.with_extension(LOCK_ENDING)).ok()??;
    let bytes = storage.read(file, MOST_READ).ok()?;
    let (entries, mut torn) = journal_record::entries(&bytes);
    let mut entries = entries.into_iter();
    let Some(Entry::Base { path, saved, begun, revision, text }) = entries.next() else { return None };
    let mut found = Recoverable {
        journal: file.to_owned(),
        title: String::new(),
        path: path.map(PathBuf::from),
        saved,
        when: begun,
        moments: Vec::new(),
        key: None,
        damage: None,
        base_revision: revision,
        base_text: text,
        changes: Vec::new(),
        storage: Arc::clone(storage),
        held,
    };
    let mut text = found.base_text.clone();
    for entry in entries {
        let Entry::Steps { revision, steps, change } = entry else { break };
        let Some(after) = change.applied_to(&text) else {
            torn = true;
            break;
        };
        found.add(steps, revision, change);
        text = after;
    }
    // A state that would not open is no state to return to.
    while !found.moments.is_empty() {
        match found.document(usize::MAX) {
            Ok(document) => {
                found.title = document.workspace.title;
                break;
            }
            Err(_) => {
                torn = true;
                found.moments.pop();
                found.changes.pop();
            }
        }
    }
    found.when = found.moments.iter().flat_map(|m| &m.steps).map(|s| s.time).max().unwrap_or(begun);
    found.damage = torn.then(|| {
        "The end of the recovery journal is damaged; edits after the last one named here are lost.".to_owned()
    });
    (!found.moments.is_empty()).then_some(found)
}

impl Recoverable {
    /// Adds a moment; without steps the last one has gone on.
    fn add(&mut self, steps: Vec<JournalStep>, revision: u64, change: Change) {
        if steps.is_empty()
            && let (Some(moment), Some(last)) = (self.moments.last_mut(), self.changes.last_mut())
        {
            moment.revision = revision;
            last.push(change);
            return;
        }
        self.moments.push(Moment { steps, revision });
        self.changes.push(vec![change]);
    }
}

/// A document's text without its revision, which would make every edit a change in two places.
fn text_of(document: &Document) -> String {
    format::text_of(0, &document.workspace)
}

/// Removes a file; all is well when it is not there.
fn remove(storage: &dyn Storage, file: &Path) -> Result<(), JournalError> {
    match storage.remove(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(JournalError { path: file.to_owned(), task: Task::Remove, reason: reason(&error) })
        }
        _ => Ok(()),
    }
}
