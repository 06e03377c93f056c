//! Work that comes out of a journal: which file it belongs to, the steps that led to it, and the journal it goes on with.

use std::{path::Path, sync::Arc};

use super::{
    Session,
    history::{History, RecoveredStep, taken_back},
};
use crate::{
    file::{
        journal::{Journal, JournalStep, Mark, Typing},
        save::Fingerprint,
    },
    model::Workspace,
};

impl Session {
    /// Says that what is open is a newer state of this file, found in a journal, and not saved in it yet.
    pub fn belongs_to(&mut self, path: &Path, saved: Option<Fingerprint>, who: &str) {
        self.keeping.belongs_to(path, saved);
        self.keeping.lock(who);
    }

    /// Says what its file held when the work that is open began; a merge with what others saved meanwhile rests on it.
    pub fn began_from(&mut self, workspace: Workspace) {
        self.keeping.began_from(Arc::new(workspace));
    }

    /// Says that there is work here that no file holds, as after a recovery, and waits until it has been put into the
    /// journal; whether it is there.
    pub fn mark_unsaved(&mut self, label: &str) -> bool {
        self.unsaved_from_start = true;
        let step = JournalStep {
            time: jiff::Timestamp::now(),
            label: label.to_owned(),
            room: None,
            marks: Vec::new(),
        };
        self.keeping.record(self.state(), vec![step]);
        self.keeping.flush()
    }

    /// Goes on with the journal that the work comes from, so that it is as safe as it was; no file holds it. Where it was
    /// recovered up to a moment before the last, `gone_back` is the name of that step, put down behind the later ones.
    pub fn go_on(&mut self, folder: Option<&Path>, journal: Journal, gone_back: Option<String>) {
        self.unsaved_from_start = true;
        self.keeping.go_on(folder, journal);
        if let Some(label) = gone_back {
            let step = JournalStep { time: jiff::Timestamp::now(), label, room: None, marks: Vec::new() };
            self.keeping.record(self.state(), vec![step]);
            self.keeping.hasten();
        }
    }

    /// Why what is not saved could not be recovered after a crash, in a sentence, if it could not.
    #[must_use]
    pub fn journal_failure(&self) -> Option<&str> {
        self.keeping.unkept()
    }

    /// Whether it is only looked at.
    #[must_use]
    pub fn is_only_looked_at(&self) -> bool {
        self.only_looked_at
    }

    /// Puts what is being typed in a field, and not entered yet, into the journal.
    pub fn note_typing(&mut self, typing: Option<Typing>) {
        self.keeping.note_typing((&self.workspace, &self.trail), self.revision, typing);
    }

    /// Gives work that is recovered the steps that led to it from this state, so that they can be undone, and those that
    /// came after it, so that they can be done again. `given_up` is what steps did to the trail that came later still.
    pub fn recall(
        &mut self,
        before: Arc<Workspace>,
        (steps, later): (Vec<RecoveredStep>, Vec<RecoveredStep>),
        given_up: &[Mark],
    ) {
        self.trail.mark(&taken_back(given_up));
        for step in later.iter().rev() {
            self.trail.mark(&taken_back(&step.marks));
        }
        self.history = History::recovered(before, steps, later);
    }
}
