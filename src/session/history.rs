//! What was done, step by step, so that it can be undone.

use std::{collections::VecDeque, sync::Arc};

use super::trail::Recorded;
use crate::{
    file::journal::Mark,
    model::{Room, Workspace},
};

/// How many steps are kept.
pub const KEPT: usize = 200;

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
    /// What it does to the steps of the trail.
    marks: Vec<Mark>,
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
    /// What it does to the steps of the trail.
    pub marks: Vec<Mark>,
}

/// A step that is taken back or done again: its name and room, the state that it leads to, and what it does to the trail.
type Taken = (String, Room, Arc<Workspace>, Vec<Mark>);

/// What taking a step back does to the trail.
pub(super) fn taken_back(marks: &[Mark]) -> Vec<Mark> {
    marks.iter().rev().map(|(step, is_undone)| (step.clone(), !is_undone)).collect()
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

    /// Records an edit; answers whether it began a new step or went on with the last. A run of edits that ends where it
    /// began leaves no step.
    pub(super) fn record(
        &mut self,
        label: String,
        room: Room,
        merge: Option<&str>,
        before: &Arc<Workspace>,
        after: &Arc<Workspace>,
    ) -> Recorded {
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
                return Recorded::Vanished;
            }
            return Recorded::WentOn;
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
            marks: Vec::new(),
        });
        Recorded::Began
    }

    /// The history of work that is recovered: from the state it began with through these steps, the later ones undone.
    pub(super) fn recovered(
        mut before: Arc<Workspace>,
        steps: Vec<RecoveredStep>,
        later: Vec<RecoveredStep>,
    ) -> Self {
        let mut chained = |steps: Vec<RecoveredStep>| -> Vec<Step> {
            let chain = steps.into_iter().map(|RecoveredStep { label, room, at, after, marks }| {
                let before = std::mem::replace(&mut before, Arc::clone(&after));
                Step { label, room, at, before, after, merge: None, marks }
            });
            chain.collect()
        };
        let mut done = VecDeque::from(chained(steps));
        done.drain(..done.len().saturating_sub(KEPT));
        let mut undone = chained(later);
        undone.reverse();
        Self { done, undone }
    }

    /// Says what the last step does to the trail.
    pub(super) fn mark_last(&mut self, marks: &[Mark]) {
        if let Some(last) = self.done.back_mut() {
            last.marks.extend_from_slice(marks);
        }
    }

    pub(super) fn settle(&mut self) {
        if let Some(last) = self.done.back_mut() {
            last.merge = None;
        }
    }

    pub(super) fn undo(&mut self) -> Option<Taken> {
        let mut step = self.done.pop_back()?;
        step.merge = None;
        let found = (step.label.clone(), step.room, Arc::clone(&step.before), step.marks.clone());
        self.undone.push(step);
        Some(found)
    }

    pub(super) fn redo(&mut self) -> Option<Taken> {
        let step = self.undone.pop()?;
        let found = (step.label.clone(), step.room, Arc::clone(&step.after), step.marks.clone());
        self.done.push_back(step);
        Some(found)
    }
}
