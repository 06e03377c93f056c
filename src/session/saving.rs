//! Whether the work is safe in its file, what puts it there, and what is left behind by closing.

use std::{path::Path, sync::Arc, time::Duration};

use super::{
    Session,
    keeping::{Closing, SaveState},
};
use crate::{
    file::{journal::JournalStep, seal::Key, storage::Storage},
    model::Workspace,
};

/// A save that takes longer than this is spoken of: the disk or the share it goes to does not answer.
const SLOW: Duration = Duration::from_secs(3);

impl Session {
    /// For how long the save that is under way has been going on, where that is longer than it should take.
    #[must_use]
    pub fn slow_save(&self) -> Option<Duration> {
        self.keeping.saving_for().filter(|time| *time >= SLOW)
    }

    /// Seals everything that is kept of the workspace from now on with this key, or nothing with none. What is recorded in
    /// the journal begins anew with the state as it is; call it before a save, which writes the file.
    pub fn seal(&mut self, key: Option<Key>) {
        let unsaved = self.has_unsaved_work().then(|| {
            // The journal that held it goes.
            self.unsaved_from_start = true;
            let label = "Work that was not saved yet".to_owned();
            JournalStep { time: jiff::Timestamp::now(), label, room: None, marks: Vec::new() }
        });
        self.keeping.seal(key, self.state(), unsaved);
    }

    /// Keeps everything on this disk from now on, in place of that of the machine; a journal that has begun stays where it
    /// is.
    pub fn keep_on(&mut self, disk: Arc<dyn Storage>) {
        self.keeping.keep_on(disk);
    }

    /// Seals with another key and saves, so that the file is sealed anew although nothing else has changed.
    pub fn seal_anew(&mut self, key: Key) {
        self.revision = self.revision.saturating_add(1);
        self.seal(Some(key));
        self.save();
    }

    /// What everything that is kept of it is sealed with, if it is.
    #[must_use]
    pub fn key(&self) -> Option<&Key> {
        self.keeping.key()
    }

    /// What its file held when it was opened or saved here last, and since when, where that is known.
    #[must_use]
    pub fn last_held(&self) -> Option<(&Arc<Workspace>, Option<jiff::Timestamp>)> {
        self.keeping.last_held()
    }

    /// Who else has its file open, as far as is known.
    #[must_use]
    pub fn other(&self) -> Option<&str> {
        self.keeping.other()
    }

    /// The file it is kept in, if it has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.keeping.path()
    }

    /// Whether the work is safe in its file.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        self.keeping.state(&self.workspace, self.trail.touched())
    }

    /// Who else has the file open, in a sentence; `None` where nobody is known to. Asked again at each save.
    #[must_use]
    pub fn open_elsewhere(&self) -> Option<&str> {
        self.keeping.open_elsewhere()
    }

    /// Whether closing now would lose work.
    #[must_use]
    pub fn has_unsaved_work(&self) -> bool {
        match self.save_state() {
            SaveState::Saved(_) => false,
            SaveState::NoFile => {
                self.unsaved_from_start || self.history.undo_label().is_some() || self.trail.touched() > 0
            }
            SaveState::Unsaved | SaveState::Saving | SaveState::Failed(_) => true,
        }
    }

    /// Saves to its file, on a worker. Nothing happens without a file.
    pub fn save(&mut self) {
        self.keeping.save(self.state(), false);
    }

    /// Saves to its file whatever that holds now, a copy of which goes to the backups: "keep mine".
    pub fn save_over_theirs(&mut self) {
        self.keeping.save(self.state(), true);
    }

    /// Saves beside its file under a new name, which becomes its own: "keep both".
    pub fn save_beside(&mut self) {
        self.keeping.save_beside(self.state());
    }

    /// Saves to this file, which becomes its own.
    pub fn save_as(&mut self, path: &Path) {
        self.only_looked_at = false;
        self.keeping.save_as(path, self.state());
    }

    /// Takes what the keeping of the file has to tell the user, in sentences.
    pub fn take_notices(&mut self) -> Vec<String> {
        self.keeping.notices()
    }

    /// Says that the user wants none of what is not saved as it stands now; what is done after this is wanted again.
    pub fn let_go(&mut self) {
        self.let_go = Some((self.revision, self.trail.touched()));
    }

    /// Closes for good: nothing is left to be recovered of what is saved or let go. Work that is neither stays in the
    /// journal, as it does where a session is dropped instead. Waits for the saves under way.
    pub fn close(mut self) {
        self.forget_what_is_not_wanted();
    }

    /// The same without waiting for a save that is under way, which goes on. What comes of it decides whether its work
    /// stays in the journal.
    #[must_use]
    pub fn close_behind(mut self) -> Closing {
        self.forget_what_is_not_wanted();
        self.break_off()
    }

    /// Ends it as a program that breaks off does, without waiting for a save that is under way: whatever is in no file stays
    /// in the journal.
    #[must_use]
    pub fn break_off(self) -> Closing {
        self.keeping.close()
    }

    fn forget_what_is_not_wanted(&mut self) {
        if self.let_go == Some((self.revision, self.trail.touched())) || !self.has_unsaved_work() {
            self.keeping.forget();
        }
    }
}
