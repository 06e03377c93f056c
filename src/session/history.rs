//! What was done, step by step, so that it can be undone.

use std::{collections::VecDeque, sync::Arc};

use crate::model::{Room, Workspace};

/// How many steps are kept.
const KEPT: usize = 200;

/// One named step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What was done, such as "Raise weight of Price certainty".
    pub label: String,
    pub room: Room,
    /// When it was last added to.
    pub at: jiff::Timestamp,
    before: Arc<Workspace>,
    after: Arc<Workspace>,
    merge: Option<String>,
}

impl Step {
    /// The workspace as the step left it.
    #[must_use]
    pub fn after(&self) -> &Arc<Workspace> {
        &self.after
    }
}

/// A step of work that is recovered, and the workspace as it left it.
#[derive(Clone, Debug)]
pub struct RecoveredStep {
    pub label: String,
    pub room: Room,
    pub at: jiff::Timestamp,
    pub after: Arc<Workspace>,
}

/// Steps done and steps undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

impl History {
    /// The name of the step that undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.done.back().map(|s| s.label.as_str())
    }

    /// The name of the step that redo would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|s| s.label.as_str())
    }

    /// The steps done, oldest first.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.done.iter()
    }

    /// The workspace before the step that an edit of this key would go on with; `None` where it would be a new step.
    pub(super) fn before_step(&self, merge: &str) -> Option<&Arc<Workspace>> {
        self.done.back().filter(|last| last.merge.as_deref() == Some(merge)).map(|last| &last.before)
    }

    /// Records an edit; answers whether it began a new step rather than going on with the last. A run of edits that ends
    /// where it began leaves no step.
    pub(super) fn record(
        &mut self,
        label: String,
        room: Room,
        merge: Option<&str>,
        before: &Arc<Workspace>,
        after: &Arc<Workspace>,
    ) -> bool {
        self.undone.clear();
        let at = jiff::Timestamp::now();
        if let Some(last) = self.done.back_mut()
            && merge.is_some()
            && last.merge.as_deref() == merge
        {
            last.label = label;
            last.at = at;
            last.after = Arc::clone(after);
            if last.before == last.after {
                self.done.pop_back();
            }
            return false;
        }
        if self.done.len() == KEPT {
            self.done.pop_front();
        }
        self.done.push_back(Step {
            label,
            room,
            at,
            before: Arc::clone(before),
            after: Arc::clone(after),
            merge: merge.map(str::to_owned),
        });
        true
    }

    /// The history of work that is recovered: from the state it began with through these steps.
    pub(super) fn recovered(mut before: Arc<Workspace>, steps: Vec<RecoveredStep>) -> Self {
        let mut done = VecDeque::new();
        for RecoveredStep { label, room, at, after } in steps {
            if done.len() == KEPT {
                done.pop_front();
            }
            let next = Arc::clone(&after);
            done.push_back(Step { label, room, at, before, after, merge: None });
            before = next;
        }
        Self { done, undone: Vec::new() }
    }

    pub(super) fn settle(&mut self) {
        if let Some(last) = self.done.back_mut() {
            last.merge = None;
        }
    }

    pub(super) fn undo(&mut self) -> Option<(String, Room, Arc<Workspace>)> {
        let mut step = self.done.pop_back()?;
        step.merge = None;
        let found = (step.label.clone(), step.room, Arc::clone(&step.before));
        self.undone.push(step);
        Some(found)
    }

    pub(super) fn redo(&mut self) -> Option<(String, Room, Arc<Workspace>)> {
        let step = self.undone.pop()?;
        let found = (step.label.clone(), step.room, Arc::clone(&step.after));
        self.done.push_back(step);
        Some(found)
    }
}
