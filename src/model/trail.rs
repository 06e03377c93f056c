//! The trail: who changed what when, kept in the file beside the workspace.
//!
//! It is no part of the workspace, so undo takes nothing back from it: a step that is undone stays and is marked. It is
//! bounded, see [`MOST_STEPS`] and [`MOST_BYTES`]; what is older is summed up in [`Earlier`].

mod forget;
mod neutral_ids;
mod told;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use neutral_ids::NeutralIds;
pub use told::{Told, tell};

use super::{
    Room,
    diff::{Change, Place, Position},
    ids::{OptionId, StepId},
    shared::Shared,
};

/// How many steps are kept one by one.
pub const MOST_STEPS: usize = 2_000;

/// How much text the steps that are kept hold together, in bytes.
pub const MOST_BYTES: usize = 1_000_000;

/// Every step that is kept, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trail {
    /// Steps that are not told one by one any more.
    #[serde(default)]
    pub earlier: Option<Earlier>,
    pub steps: Vec<Shared<Step>>,
}

/// Steps that were let go, because there were too many or because somebody cleared them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// How many.
    pub steps: u64,
    /// When the first and the last of them were made.
    pub from: Timestamp,
    pub to: Timestamp,
}

/// One step: an edit, or a drag or a run of typing from its beginning to its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: StepId,
    /// When it was last added to.
    pub at: Timestamp,
    /// The name that whoever made it worked under; empty for none.
    pub who: String,
    pub room: Option<Room>,
    /// What was done, such as "Raise weight of Price certainty".
    pub label: String,
    /// What it changed, what was meant first and what followed from it last; the first of many.
    pub changes: Vec<Changed>,
    /// How many more changes there were.
    pub more: usize,
    pub effect: Effect,
    /// What it takes to take back this step alone; `None` where that would be too much to keep.
    #[serde(default)]
    pub back: Option<Vec<Back>>,
    /// Whether it has been taken back.
    pub undone: bool,
    /// Why it was done, in the words of whoever says so later; empty for none.
    pub note: String,
    /// Whether somebody's name has been taken out of it.
    pub forgets: bool,
}

/// One thing that a step changed, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    pub place: Place,
    /// What it is: "Weight of Price certainty".
    pub what: String,
    /// What it was: "40"; empty for a thing that was added or removed.
    pub before: String,
    /// What it became: "55"; or "added", "removed".
    pub after: String,
}

/// One difference that takes a step back: what the step left at a place, and what stood there before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    pub place: Place,
    /// What must stand there still, as JSON; `None` where nothing may stand.
    #[serde(default)]
    pub from: Option<String>,
    /// What is put there, as JSON; `None` where nothing is.
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub position: Option<Position>,
}

/// What a step did to the answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Totals of the options that moved and of those that lead, where any moved.
    pub totals: Vec<Moved>,
    /// People left out a year under the options where their number moved.
    pub left_out: Vec<Moved>,
    /// Which option led before and after, where that is not the same.
    #[serde(default)]
    pub lead: Option<Lead>,
}

/// A figure of an option before and after a step; `None` where it was not defined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    pub option: OptionId,
    pub badge: String,
    #[serde(default)]
    pub before: Option<f64>,
    #[serde(default)]
    pub after: Option<f64>,
}

/// Which option led; `None` where none did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    #[serde(default)]
    pub before: Option<OptionId>,
    #[serde(default)]
    pub after: Option<OptionId>,
    /// The badges that they bore; empty where none led.
    #[serde(default)]
    pub badge_before: String,
    #[serde(default)]
    pub badge_after: String,
}

impl Effect {
    /// Whether it moved any total, anybody left out or the lead.
    #[must_use]
    pub fn moved_the_answer(&self) -> bool {
        self.lead.is_some() || !self.totals.is_empty() || !self.left_out.is_empty()
    }
}

impl Moved {
    /// By how much; 0 where it is not defined on both sides.
    #[must_use]
    pub fn by(&self) -> f64 {
        self.before.zip(self.after).map_or(0.0, |(before, after)| after - before)
    }

    /// Whether it reads otherwise after than before, with this many decimals.
    #[must_use]
    pub fn reads_otherwise(&self, decimals: usize) -> bool {
        let read = |figure: Option<f64>| figure.map(|figure| super::wording::number(figure, decimals));
        read(self.before) != read(self.after)
    }
}

impl Back {
    /// As a difference that can be made to a workspace; `None` for what is no JSON.
    #[must_use]
    pub fn change(&self) -> Option<Change> {
        let read = |text: &Option<String>| text.as_deref().map(serde_json::from_str).transpose().ok();
        Some(Change {
            place: self.place.clone(),
            before: read(&self.from)?,
            after: read(&self.to)?,
            position: self.position.clone(),
        })
    }
}

impl Step {
    /// How many bytes of text it holds, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let place = |place: &Place| place.0.iter().map(|step| step.len() + 4).sum::<usize>();
        let changes =
            self.changes.iter().map(|c| place(&c.place) + c.what.len() + c.before.len() + c.after.len() + 60);
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let back = self.back.iter().flatten().map(|b| place(&b.place) + text(&b.from) + text(&b.to) + 60);
        let effect = 80 * (self.effect.totals.len() + self.effect.left_out.len());
        let own = self.label.len() + self.note.len() + self.who.len() + 200;
        own + effect + changes.sum::<usize>() + back.sum::<usize>()
    }
}

impl Trail {
    /// Whether nothing was ever written down.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.earlier.is_none() && self.steps.is_empty()
    }

    /// The step of this id.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id).map(|step| &**step)
    }

    /// An id that two steps share, which no sound trail has.
    #[must_use]
    pub fn double(&self) -> Option<&StepId> {
        let mut seen = HashSet::with_capacity(self.steps.len());
        self.steps.iter().map(|step| &step.id).find(|id| !seen.insert(*id))
    }

    /// Lets the oldest steps go until what is left is within the bounds.
    pub fn keep_within_bounds(&mut self) {
        let mut bytes = 0;
        let kept = self.steps.iter().rev().take(MOST_STEPS).take_while(|step| {
            bytes += step.bytes();
            bytes <= MOST_BYTES
        });
        let over = self.steps.len() - kept.count();
        self.let_go(over);
    }

    /// Lets go of every step up to this moment.
    pub fn clear_up_to(&mut self, moment: Timestamp) {
        // A clock that was ahead once, or was set back, leaves steps that are not in the order of their times.
        let (gone, kept) = std::mem::take(&mut self.steps).into_iter().partition(|step| step.at <= moment);
        self.steps = kept;
        self.count_as_gone(gone);
    }

    fn let_go(&mut self, count: usize) {
        let gone = self.steps.drain(..count).collect();
        self.count_as_gone(gone);
    }

    fn count_as_gone(&mut self, gone: Vec<Shared<Step>>) {
        for step in gone {
            let one = Earlier { steps: 1, from: step.at, to: step.at };
            self.earlier = Some(self.earlier.map_or(one, |earlier| earlier.and(one)));
        }
    }

    /// Both trails as one, by id. A step that only one side has and that lies in what the other let go of stays let go: it
    /// cannot be told from one that was cleared there. It is counted then, if perhaps as one of those.
    #[must_use]
    pub fn joined(&self, theirs: &Self) -> Self {
        let known: HashMap<&StepId, &Step> = theirs.steps.iter().map(|step| (&step.id, &**step)).collect();
        let own: HashSet<&StepId> = self.steps.iter().map(|step| &step.id).collect();
        let (mut steps, our_gone): (Vec<_>, Vec<_>) = self
            .steps
            .iter()
            .cloned()
            .partition(|step| known.contains_key(&step.id) || !lies_in(step, theirs.earlier));
        for step in &mut steps {
            if let Some(other) = known.get(&step.id).copied().filter(|other| **other != **step) {
                *step = step.with(other).into();
            }
        }
        let theirs_alone = theirs.steps.iter().filter(|step| !own.contains(&step.id)).cloned();
        let (their_gone, their_kept): (Vec<_>, Vec<_>) =
            theirs_alone.partition(|step| lies_in(step, self.earlier));
        steps.extend(their_kept);
        steps.sort_by_key(|step| step.at);
        let mut sides = [self, theirs].map(|side| Self { earlier: side.earlier, steps: Vec::new() });
        for (side, gone) in sides.iter_mut().zip([our_gone, their_gone]) {
            side.count_as_gone(gone);
        }
        let earlier = match sides.map(|side| side.earlier) {
            [Some(ours), Some(theirs)] => Some(ours.over(theirs)),
            [ours, theirs] => ours.or(theirs),
        };
        let mut joined = Self { earlier, steps };
        joined.keep_within_bounds();
        joined
    }
}

/// Whether a step is not younger than all that was let go.
fn lies_in(step: &Step, let_go: Option<Earlier>) -> bool {
    let_go.is_some_and(|earlier| step.at <= earlier.to)
}

impl Earlier {
    /// Both together, when they are different steps.
    fn and(self, other: Self) -> Self {
        Self { steps: self.steps.saturating_add(other.steps), ..self.over(other) }
    }

    /// Both together, when the steps of the one may be those of the other.
    fn over(self, other: Self) -> Self {
        Self {
            steps: self.steps.max(other.steps),
            from: self.from.min(other.from),
            to: self.to.max(other.to),
        }
    }
}

impl Step {
    /// One step out of two that were written down of the same one on two sides.
    fn with(&self, other: &Self) -> Self {
        let mut step = if other.forgets && !self.forgets { other.clone() } else { self.clone() };
        step.undone = self.undone || other.undone;
        if !step.forgets && self.note != other.note {
            step.note = match (self.note.is_empty(), other.note.is_empty()) {
                (true, _) => other.note.clone(),
                (_, true) => self.note.clone(),
                _ => format!("{}\n{}", self.note, other.note),
            };
        }
        step
    }
}

#[cfg(test)]
mod tests;
