//! The recovery journal: every edit is on the disk within two seconds, so that a crash loses next to nothing.
//!
//! One file for each open workspace: a line that says what it is, then records, each with its length and hash. The first
//! record holds the workspace as it was opened or last saved, each later one what changed in its text. A file that was
//! being written when the power went has a torn end; it is read up to its last whole record. A lock beside it, held as
//! long as the program lives, keeps the journal of a running program from being offered for recovery.

mod found;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::found::{
    Moment, Recoverable, States, is_journal_name, recoverable, recoverable_on, recoverable_sealed, sealed_in,
    set_aside_in, usual_folder,
};
pub use super::journal_error::{JournalError, Task};
use super::{
    format::{self, Document},
    journal_record::{self, Change, Entry, FIRST_LINE, Texts},
    kept_path::KeptPath,
    lock::Held,
    save::Fingerprint,
    storage::{Disk, Storage, folder_of, make_lasting_folder, reason},
};
use crate::model::{Room, ids::StepId, trail::Trail};

/// One edit, as history names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalStep {
    pub time: Timestamp,
    /// Such as "Raise weight of Price certainty".
    pub label: String,
    pub room: Option<Room>,
    /// What it did to the trail.
    #[serde(default)]
    pub marks: Vec<Mark>,
}

/// What was being typed in a field and not entered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typing {
    pub time: Timestamp,
    /// What the field is called.
    pub field: String,
    /// Of what it is, where its name alone does not say that; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    pub text: String,
    pub room: Option<Room>,
    /// The page of the room.
    pub page: String,
    /// Which field of that name it was, as the window tells them apart.
    pub place: u64,
    /// Which workspace it was that had been opened, counted from the start of the program.
    pub opened: u64,
}

impl Typing {
    /// Where it stands: "Likely, price certainty of A".
    #[must_use]
    pub fn place_in_words(&self) -> String {
        if self.of.is_empty() { self.field.clone() } else { format!("{}, {}", self.field, self.of) }
    }
}

/// A step of the trail, and whether it is taken back from now on.
pub type Mark = (StepId, bool);

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
    /// What the journal ends with; `None` when what is on the disk must be written anew before anything is
    /// added to it.
    texts: Option<Texts>,
    /// Steps that could not be put down yet.
    waiting: Vec<JournalStep>,
    /// How many bytes of the file are known to be whole and to belong to the present base.
    length: usize,
    /// What the work rests on, where the base holds something of somebody else's that was undone.
    rests_on: Option<Fingerprint>,
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
            let state = State { base, texts: None, waiting: Vec::new(), length: 0, rests_on: None };
            return Ok(Self { storage, file, held: Some(held), state: Mutex::new(state) });
        }
    }

    /// Where it is.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Puts the document and the steps that led to it on the disk. Without steps, the last step has gone on (a drag, a run
    /// of typing) and its document is replaced.
    ///
    /// # Errors
    /// When the disk refuses; the next call puts these steps down as well.
    pub fn record(&self, document: &Document, steps: &[JournalStep]) -> Result<(), JournalError> {
        let mut state = self.state();
        state.waiting.extend_from_slice(steps);
        let texts = texts_of(document);
        let done = match state.texts.take() {
            Some(before) if state.length < LONGEST => {
                self.add(&mut state, &before, &texts, document.revision)
            }
            Some(_) => self.write_anew(&mut state, None, &texts, document.revision),
            None => {
                let whole = self.whole_part(state.length);
                self.write_anew(&mut state, whole, &texts, document.revision)
            }
        };
        done.map_err(|error| JournalError {
            path: self.file.clone(),
            task: Task::Keep,
            reason: reason(&error),
        })?;
        state.waiting.clear();
        state.texts = Some(texts);
        Ok(())
    }

    /// Puts down what is being typed in a field, or that nothing is any more. The next edit takes its place.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn record_typing(&self, document: &Document, typing: Option<&Typing>) -> Result<(), JournalError> {
        if self.state().texts.is_none() {
            self.record(document, &[])?;
        }
        let mut state = self.state();
        self.append_entry(&mut state, &Entry::Typing(typing.cloned())).map_err(|error| {
            // What was put down of it, if anything, must go before something is added.
            state.texts = None;
            JournalError { path: self.file.clone(), task: Task::Keep, reason: reason(&error) }
        })
    }

    /// Says that something of somebody else's, which this file holds, was undone here: whatever is recovered rests on what
    /// the file held before, so that the next save asks. Nothing where the journal is of another file.
    ///
    /// # Errors
    /// When the disk refuses; the next call of [`Journal::record`] puts it down as well.
    pub fn rests_on(&self, path: &Path, before: Fingerprint) -> Result<(), JournalError> {
        let mut state = self.state();
        if state.base.path.as_deref() != Some(path) || state.base.saved == Some(before) {
            return Ok(());
        }
        state.rests_on = Some(before);
        if state.length == 0 {
            // It is put down with the base, once there is something to recover.
            return Ok(());
        }
        self.append_entry(&mut state, &Entry::Undone { rests_on: before }).map_err(|error| {
            // What was put down of it, if anything, must go before something is added.
            state.texts = None;
            JournalError { path: self.file.clone(), task: Task::Keep, reason: reason(&error) }
        })
    }

    /// Begins anew after a save: nothing before it needs recovering.
    ///
    /// # Errors
    /// When the old journal cannot be removed.
    pub fn saved(&self, base: Base) -> Result<(), JournalError> {
        let mut state = self.state();
        (state.base, state.rests_on) = (base, None);
        drop(state);
        self.clear()
    }

    /// Begins anew after a save behind which there are steps already, each with the state that it led to, and what is being
    /// typed over the last of them. What is on the disk stays until all of that is there.
    ///
    /// # Errors
    /// When the disk refuses; the journal then holds what it held before.
    pub fn saved_before(
        &self,
        base: Base,
        after: impl Iterator<Item = (Document, Vec<JournalStep>)>,
        typing: Option<Typing>,
    ) -> Result<(), JournalError> {
        let mut state = self.state();
        (state.base, state.rests_on) = (base, None);
        // Where this goes wrong, what is on the disk is looked at before anything is added to it.
        state.texts = None;
        self.begin_with(&mut state, after, typing).map_err(|error| JournalError {
            path: self.file.clone(),
            task: Task::Keep,
            reason: reason(&error),
        })
    }

    /// Forgets everything, after a clean close.
    ///
    /// # Errors
    /// When the journal cannot be removed.
    pub fn clear(&self) -> Result<(), JournalError> {
        let mut state = self.state();
        state.texts = None;
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

    fn add(&self, state: &mut State, before: &Texts, texts: &Texts, revision: u64) -> std::io::Result<()> {
        let steps = state.waiting.clone();
        self.append_entry(state, &Entry::Steps { revision, steps, change: Change::between(before, texts) })
    }

    fn append_entry(&self, state: &mut State, entry: &Entry) -> std::io::Result<()> {
        let bytes = journal_record::framed(entry)?;
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

    /// The part of the file that was put down before something went wrong, and what it ends with.
    fn whole_part(&self, length: usize) -> Option<(Vec<u8>, Texts)> {
        let mut bytes = self.storage.read(&self.file, MOST_READ).ok()?;
        if length == 0 || bytes.len() < length {
            return None;
        }
        bytes.truncate(length);
        let (entries, damaged) = journal_record::entries(&bytes);
        let texts = entries.into_iter().try_fold(Texts::default(), |texts, entry| match entry {
            Entry::Base { texts, .. } => Some(texts),
            Entry::Steps { change, .. } => change.applied_to(&texts),
            Entry::Typing(_) | Entry::Undone { .. } => Some(texts),
        })?;
        (!damaged).then_some((bytes, texts))
    }

    /// Writes what is known to be whole, or else the base, and the present state to a new file that takes the old one's
    /// place.
    fn write_anew(
        &self,
        state: &mut State,
        whole: Option<(Vec<u8>, Texts)>,
        texts: &Texts,
        revision: u64,
    ) -> std::io::Result<()> {
        let (mut bytes, before) = match (whole, state.rests_on) {
            (Some((mut bytes, before)), Some(rests_on)) => {
                // To put that down may be what went wrong.
                bytes.extend(journal_record::framed(&Entry::Undone { rests_on })?);
                (bytes, before)
            }
            (Some(whole), None) => whole,
            (None, _) => self.beginning(state)?,
        };
        let change = Change::between(&before, texts);
        bytes.extend(journal_record::framed(&Entry::Steps {
            revision,
            steps: state.waiting.clone(),
            change,
        })?);
        self.put_in_place(state, &bytes)
    }

    /// Writes the base and what came after it to a new file that takes the old one's place.
    fn begin_with(
        &self,
        state: &mut State,
        after: impl Iterator<Item = (Document, Vec<JournalStep>)>,
        typing: Option<Typing>,
    ) -> std::io::Result<()> {
        let (mut bytes, mut texts) = self.beginning(state)?;
        for (document, steps) in after {
            let next = texts_of(&document);
            let change = Change::between(&texts, &next);
            bytes.extend(journal_record::framed(&Entry::Steps {
                revision: document.revision,
                steps,
                change,
            })?);
            texts = next;
        }
        if typing.is_some() {
            bytes.extend(journal_record::framed(&Entry::Typing(typing))?);
        }
        self.put_in_place(state, &bytes)?;
        state.waiting.clear();
        state.texts = Some(texts);
        Ok(())
    }

    /// Makes these the bytes of the journal's file.
    fn put_in_place(&self, state: &mut State, bytes: &[u8]) -> std::io::Result<()> {
        let part = self.file.with_extension("part");
        remove(&*self.storage, &part).ok();
        let written = self
            .storage
            .append(&part, bytes)
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

    /// The first bytes of a journal, and its base.
    fn beginning(&self, State { base, rests_on, .. }: &State) -> std::io::Result<(Vec<u8>, Texts)> {
        let texts = texts_of(&base.document);
        let begins = Entry::Base {
            path: base.path.as_deref().map(KeptPath::from),
            saved: base.saved,
            begun: self.storage.now(),
            revision: base.document.revision,
            texts: texts.clone(),
        };
        let mut bytes = FIRST_LINE.as_bytes().to_vec();
        bytes.extend(journal_record::framed(&begins)?);
        if let Some(rests_on) = *rests_on {
            bytes.extend(journal_record::framed(&Entry::Undone { rests_on })?);
        }
        Ok((bytes, texts))
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

/// A document's texts without its revision, which would make every edit a change in one more place.
fn texts_of(document: &Document) -> Texts {
    Texts {
        workspace: format::text_of(0, &document.workspace, &Trail::default()),
        history: format::trail_text(&document.history),
    }
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
