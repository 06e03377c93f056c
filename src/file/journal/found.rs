//! Journals that programs left behind, and what can be recovered from them.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use jiff::Timestamp;

use super::{
    Base, ENDING, Journal, JournalError, JournalStep, LOCK_ENDING, MOST_READ, State, Task, Typing, remove,
};
use crate::{
    file::{
        backups,
        format::{self, Document},
        journal_record::{self, Change, Entry, FIRST_LINE, Texts},
        lock::Held,
        read_error::ReadError,
        save::Fingerprint,
        seal::{Key, is_sealed_journal},
        sealed::{self, Sealed},
        storage::{Disk, Storage, folder_of, reason},
    },
    model::Workspace,
};

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
    /// What the work rests on, where that file held something of somebody else's that was taken in and then undone.
    pub rests_on: Option<Fingerprint>,
    /// When the last edit was made.
    pub when: Timestamp,
    /// The moments that can be returned to, oldest first; never empty.
    pub moments: Vec<Moment>,
    /// What the journal is sealed with, if it is.
    pub key: Option<Key>,
    /// What was being typed at the end and was not entered; it is the last of the moments.
    pub typing: Option<Typing>,
    /// What was lost of the journal, in a sentence, if anything was.
    pub damage: Option<String>,
    /// How many bytes of the journal are whole and lead to the last moment.
    length: usize,
    base_revision: u64,
    base: Texts,
    /// What led to each moment from the one before.
    changes: Vec<Vec<Change>>,
    storage: Arc<dyn Storage>,
    held: Held,
}

/// The states that a journal leads through, not read yet.
#[derive(Clone, Debug)]
pub struct States {
    name: String,
    base: Texts,
    changes: Vec<Vec<Change>>,
}

impl States {
    /// Reads the state before the first moment, and then that after each; ends early where one cannot be read.
    pub fn read(self) -> impl Iterator<Item = Workspace> {
        let Self { name, base, changes } = self;
        let mut texts = base;
        std::iter::once(Vec::new()).chain(changes).map_while(move |changes| {
            for change in &changes {
                texts = change.applied_to(&texts)?;
            }
            format::from_text(&texts.workspace, &name).ok().map(|document| document.workspace)
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
        let mut texts = self.base.clone();
        for change in self.changes[..=moment].iter().flatten() {
            // Each was tried when the journal was read.
            texts = change.applied_to(&texts).unwrap_or(texts);
        }
        document_of(&texts, self.moments[moment].revision, &self.name())
    }

    /// The document as it was before the first moment.
    ///
    /// # Errors
    /// When what the journal holds is not a sound workspace.
    pub fn base(&self) -> Result<Document, ReadError> {
        document_of(&self.base, self.base_revision, &self.name())
    }

    /// What it takes to read every state that the journal leads through, away from the window: that can take a while.
    #[must_use]
    pub fn states(&self) -> States {
        States { name: self.name(), base: self.base.clone(), changes: self.changes.clone() }
    }

    /// Goes on with the journal that this was found in: what is recorded from here on is put behind the last moment, and
    /// its base stays what the file held. Another kill, and another recovery, find every step as it was. A journal that
    /// was set aside comes back to this folder of journals.
    ///
    /// # Errors
    /// When what the journal begins with is not a sound workspace, or the folder cannot be written; gives everything back
    /// with the reason in a sentence.
    pub fn resumed(self, folder: Option<&Path>) -> Result<Journal, Box<(Self, String)>> {
        let base = match self.base() {
            Ok(document) => Base { document, path: self.path.clone(), saved: self.saved },
            Err(error) => return Err(Box::new((self, error.to_string()))),
        };
        if let Some(folder) = folder.filter(|folder| **folder != *folder_of(&self.journal)) {
            return match self.copied_to(folder, base) {
                Ok(journal) => {
                    // What is there twice is offered once: nobody looks for journals where this one is.
                    let _ = remove(&*self.storage, &self.journal);
                    self.held.give_back();
                    Ok(journal)
                }
                Err(error) => Err(Box::new((self, error.to_string()))),
            };
        }
        // What is behind the whole part goes when the next step is put down.
        let (length, rests_on) = (self.length, self.rests_on);
        let state = State { base, texts: None, waiting: Vec::new(), length, rests_on };
        let (storage, file, held) = (self.storage, self.journal, Some(self.held));
        Ok(Journal { storage, file, held, state: Mutex::new(state) })
    }

    /// A journal in this folder with everything that this one leads through.
    fn copied_to(&self, folder: &Path, base: Base) -> Result<Journal, JournalError> {
        let refused = |error: std::io::Error| JournalError {
            path: folder.to_owned(),
            task: Task::Keep,
            reason: reason(&error),
        };
        let mut bytes = self.storage.read(&self.journal, MOST_READ).map_err(refused)?;
        bytes.truncate(self.length);
        let journal = Journal::begin_on(Arc::clone(&self.storage), folder, base)?;
        self.storage.append(&journal.file, &bytes).map_err(refused)?;
        self.storage.sync(&journal.file).map_err(refused)?;
        self.storage.sync_folder(folder).map_err(refused)?;
        let mut state = journal.state();
        (state.length, state.rests_on) = (self.length, self.rests_on);
        drop(state);
        Ok(journal)
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

    /// Moves a journal that is not wanted to the backups of its workspace, or where there are none to a folder beside the
    /// journals; says where it is.
    ///
    /// # Errors
    /// When it cannot be moved; it is where it was.
    pub fn set_aside(self) -> Result<PathBuf, JournalError> {
        let failed = |error: std::io::Error| JournalError {
            path: self.journal.clone(),
            task: Task::SetAside,
            reason: reason(&error),
        };
        let bytes = self.storage.read(&self.journal, MOST_READ).map_err(failed)?;
        let into = |folder: &Path| backups::set_aside(&*self.storage, folder, &bytes);
        let file = self.path.as_deref().and_then(|path| self.storage.resolve(path).ok());
        // The backups of a drive that has gone are not made anew where it was.
        let beside = file.filter(|file| matches!(self.storage.status(&folder_of(file)), Ok(Some(_))));
        let kept = match beside.map(|file| into(&backups::folder_of(&file))) {
            Some(Ok(kept)) => kept,
            _ => into(&folder_of(&self.journal).join("discarded")).map_err(failed)?,
        };
        remove(&*self.storage, &self.journal)?;
        self.held.give_back();
        Ok(kept)
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

/// What a journal holds that was set aside; `None` when it is none, or sealed with another key.
#[must_use]
pub fn set_aside_in(file: &Path, key: Option<&Key>) -> Option<Recoverable> {
    let found = recover(&sealed::disk(key), file)?;
    Some(Recoverable { key: key.cloned(), ..found })
}

/// Whether a file is a journal by its name.
#[must_use]
pub fn is_journal_name(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == ENDING)
}

/// The sealed journals in a folder that no program holds.
#[must_use]
pub fn sealed_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Disk.list(folder).unwrap_or_default();
    files.retain(|file| {
        file.extension().is_some_and(|ending| ending == ENDING)
            && Disk.read(file, MOST_READ).is_ok_and(|bytes| is_sealed_journal(&bytes))
            && matches!(Held::take(&file.with_extension(LOCK_ENDING)), Ok(Some(_)))
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
    let Some(Entry::Base { path, saved, begun, revision, texts }) = entries.next() else { return None };
    let mut found = Recoverable {
        journal: file.to_owned(),
        title: String::new(),
        path: path.map(PathBuf::from),
        saved,
        rests_on: None,
        when: begun,
        moments: Vec::new(),
        key: None,
        typing: None,
        damage: None,
        length: 0,
        base_revision: revision,
        base: texts,
        changes: Vec::new(),
        storage: Arc::clone(storage),
        held,
    };
    torn |= !found.follow(&bytes, entries);
    found.read_title(&mut torn);
    found.add_typing();
    found.when = found.moments.iter().flat_map(|m| &m.steps).map(|s| s.time).max().unwrap_or(begun);
    found.damage = torn.then(|| {
        "The end of the recovery journal is damaged; edits after the last one named here are lost.".to_owned()
    });
    (!found.moments.is_empty()).then_some(found)
}

impl Recoverable {
    /// Follows the records behind the base; whether all of them fit.
    fn follow(&mut self, bytes: &[u8], entries: impl Iterator<Item = Entry>) -> bool {
        let mut texts = self.base.clone();
        let mut whole = journal_record::lengths(bytes);
        self.length = FIRST_LINE.len() + whole.next().unwrap_or_default();
        for (entry, length) in entries.zip(whole) {
            match entry {
                Entry::Base { .. } => return true,
                Entry::Typing(typing) => self.typing = typing,
                Entry::Undone { rests_on } => self.rests_on = Some(rests_on),
                Entry::Steps { revision, steps, change } => {
                    let Some(after) = change.applied_to(&texts) else { return false };
                    // A journal that begins with what is typed leads nowhere yet.
                    if !steps.is_empty() || after != texts {
                        self.add(steps, revision, change);
                        self.typing = None;
                    }
                    texts = after;
                }
            }
            self.length += length;
        }
        true
    }

    /// Reads the title at the end. A state that would not open is no state to return to.
    fn read_title(&mut self, torn: &mut bool) {
        loop {
            match self.document(usize::MAX) {
                Ok(document) => {
                    self.title = document.workspace.title;
                    return;
                }
                Err(_) if self.moments.pop().is_some() => {
                    *torn = true;
                    self.changes.pop();
                    self.typing = None;
                    // What led there is not gone on with.
                    self.length = 0;
                }
                Err(_) => return,
            }
        }
    }

    /// What was being typed at the end is the last moment.
    fn add_typing(&mut self) {
        let Some(typing) = &self.typing else { return };
        let label = format!("Typing in {}", typing.place_in_words());
        let step = JournalStep { time: typing.time, label, room: typing.room, marks: Vec::new() };
        let revision = self.moments.last().map_or(self.base_revision, |last| last.revision);
        self.moments.push(Moment { steps: vec![step], revision });
        self.changes.push(Vec::new());
    }

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

fn document_of(texts: &Texts, revision: u64, name: &str) -> Result<Document, ReadError> {
    let document = format::from_text(&texts.workspace, name)?;
    // Work is never refused for what is said of how it came about.
    let history = format::trail_of_text(&texts.history).unwrap_or_default();
    Ok(Document { revision, history, ..document })
}
