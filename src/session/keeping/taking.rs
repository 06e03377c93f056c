//! What somebody else saved and was taken in here, and what it means for the next save that this is undone.
//!
//! With theirs taken in, the file may be written over: nothing of theirs is lost by it. Undone to before that, it may not
//! without asking, since the workspace holds nothing of theirs any more. So what is known of the file depends on how many
//! of the steps that took something in are in force: that is the level of a state, and of a save of it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{file::save::Fingerprint, model::Workspace};

/// What is known of a file at each level. A save at a level may write over what is known there, and over nothing else.
pub(super) struct Levels<T>(Vec<T>);

impl<T: Clone> Levels<T> {
    /// Of a file of which this is known, nothing being taken in yet.
    pub(super) fn new(known: T) -> Self {
        Self(vec![known])
    }

    pub(super) fn at(&self, level: usize) -> &T {
        // invariant: never empty, and each level has been reached by taking something in.
        &self.0[level.min(self.0.len() - 1)]
    }

    /// Theirs is taken in at this level, and known at the next one. The levels that were there before are undone for good.
    pub(super) fn takes_in(&mut self, level: usize, theirs: T) {
        self.0.truncate(level + 1);
        self.0.push(theirs);
    }

    /// The file was written at this level. Above it no more is lost by writing over that; below, what was taken in would be.
    pub(super) fn wrote(&mut self, level: usize, new: &T) {
        self.0.iter_mut().skip(level).for_each(|known| known.clone_from(new));
    }

    /// Another file was written, which becomes its own and has nothing of anybody else's.
    pub(super) fn moved(&mut self, new: &T) {
        self.wrote(0, new);
    }
}

/// What the window knows of the file.
#[derive(Clone, Default)]
pub(super) struct Known {
    pub fingerprint: Option<Fingerprint>,
    /// How often the trail had been touched by itself in what the file holds.
    pub trail: u64,
    /// What the file holds, if anything, and since when.
    pub saved: Option<(Arc<Workspace>, Timestamp)>,
}

/// What is known of the file, and the steps that took in what somebody else saved there.
pub(super) struct Takings {
    known: Levels<Known>,
    /// The state that each of these steps led to, the first first; those past the level are undone.
    steps: Vec<Arc<Workspace>>,
    level: usize,
}

/// How much of somebody else's a state holds.
#[derive(Clone)]
pub(super) struct Level {
    pub number: usize,
    /// The last step that took something in.
    step: Option<Arc<Workspace>>,
}

impl Takings {
    pub(super) fn new(known: Known) -> Self {
        Self { known: Levels::new(known), steps: Vec::new(), level: 0 }
    }

    /// What is known of the file as the workspace stands.
    pub(super) fn known(&self) -> &Known {
        self.known.at(self.level)
    }

    /// Says anew what is known of the file as the workspace stands.
    pub(super) fn know(&mut self, change: impl FnOnce(&mut Known)) {
        let mut known = self.known().clone();
        change(&mut known);
        self.known.0[self.level] = known;
    }

    pub(super) fn level(&self) -> Level {
        let step = self.level.checked_sub(1).and_then(|last| self.steps.get(last));
        Level { number: self.level, step: step.cloned() }
    }

    /// Whether a state of this level is still to be reached by undoing and doing again.
    fn has(&self, level: &Level) -> bool {
        let step = level.number.checked_sub(1).map(|last| self.steps.get(last));
        match (step, &level.step) {
            (None, None) => true,
            (Some(Some(here)), Some(step)) => Arc::ptr_eq(here, step),
            _ => false,
        }
    }

    /// Takes in what a save at this level wrote: to its own file, or to another that becomes its own.
    pub(super) fn wrote(&mut self, level: &Level, new: &Known, is_own: bool) {
        if !is_own {
            self.known.moved(new);
        } else if self.has(level) {
            self.known.wrote(level.number, new);
        }
    }

    /// Theirs is known to be in the file from now on, and the step to this state took it in; without a step what is here is
    /// as theirs. Answers with the level before.
    pub(super) fn takes_in(&mut self, step: Option<&Arc<Workspace>>, theirs: Known) -> usize {
        let level = self.level;
        if let Some(taken) = step {
            self.steps.truncate(level);
            self.steps.push(Arc::clone(taken));
            self.known.takes_in(level, theirs);
            self.level += 1;
        } else {
            self.known.wrote(level, &theirs);
        }
        level
    }

    /// The step to this state is undone, or done again; whether that was one that took something in.
    pub(super) fn goes_over(&mut self, step_to: &Arc<Workspace>, is_undone: bool) -> bool {
        let (place, level) = match self.level.checked_sub(1) {
            Some(before) if is_undone => (before, before),
            None if is_undone => return false,
            _ => (self.level, self.level + 1),
        };
        let is_it = self.steps.get(place).is_some_and(|step| Arc::ptr_eq(step, step_to));
        if is_it {
            self.level = level;
        }
        is_it
    }
}
