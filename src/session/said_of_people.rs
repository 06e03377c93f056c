//! What is done to the trail by itself: notes, clearing, and forgetting people.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Session, history::History};
use crate::{
    file::frozen::{intact, sealed},
    model::{
        Workspace,
        ids::{StakeholderId, StepId},
        trail::NeutralIds,
    },
};

impl Session {
    /// Writes a note at a step of the trail: why it was done. Nothing happens to what is only looked at.
    pub fn annotate(&mut self, step: &StepId, note: &str) {
        if !self.only_looked_at {
            self.trail.annotate(step, note);
            self.keep(None);
        }
    }

    /// Lets go of every step of the trail up to this moment; they are only counted from then on. Nothing happens to what is
    /// only looked at.
    pub fn clear_trail_up_to(&mut self, moment: Timestamp) {
        if !self.only_looked_at {
            self.settle();
            self.trail.change(|trail| trail.clear_up_to(moment));
            self.keep(None);
        }
    }

    /// How many steps of the trail say something of this person. It takes a few milliseconds where there are many.
    #[must_use]
    pub fn trail_says_of(&self, person: &StakeholderId, name: &str) -> usize {
        self.trail.written().says_of((person, name), &self.states())
    }

    /// People who were removed and of whom the trail still speaks, by the name that it knows them by. It takes a few
    /// milliseconds where there are many steps.
    #[must_use]
    pub fn removed_people(&self) -> Vec<(StakeholderId, String)> {
        self.trail.written().removed_people(&self.workspace)
    }

    /// Takes everything out of the trail that is said of this person, and their name out of every id that was made of it.
    /// Nothing that was done before can be undone then: it would bring the name back. Nothing happens to what is only
    /// looked at.
    pub fn forget_in_trail(&mut self, person: &StakeholderId, name: &str) {
        if self.only_looked_at {
            return;
        }
        self.settle();
        let mut trail = self.trail.clone();
        let neutral = trail.change(|trail| trail.forget((person, name), &self.states()));
        self.trail = trail;
        if let Some(renamed) = with_neutral_ids(&self.workspace, &neutral) {
            self.put(Arc::new(renamed));
        }
        self.history = History::default();
        self.keep(None);
    }

    /// The states in which it may be seen what was whose: the workspace as it stands first, and then those it comes from.
    fn states(&self) -> Vec<&Workspace> {
        let now: &Workspace = &self.workspace;
        let saved = self.last_held().map(|(workspace, _)| &**workspace);
        let steps = self.history.steps().map(|step| &**step.after());
        let frozen = now.decision.frozen.iter().map(|copy| &*copy.state);
        std::iter::once(now).chain(saved).chain(steps).chain(frozen).collect()
    }
}

/// The workspace with neutral ids, its frozen copies sealed again where they were as they were frozen; `None` where nothing
/// is to be renamed.
fn with_neutral_ids(workspace: &Workspace, neutral: &NeutralIds) -> Option<Workspace> {
    let mut renamed = neutral.in_workspace(workspace)?;
    let copies = renamed.decision.frozen.iter_mut().zip(&workspace.decision.frozen);
    for (copy, _) in copies.filter(|(copy, was)| copy != was && intact(was).is_ok()) {
        *copy = sealed(copy.clone());
    }
    Some(renamed)
}
