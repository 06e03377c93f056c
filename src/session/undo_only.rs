//! Taking back one step of the trail and nothing that came after it.

use super::{Rejected, Session, trail::Line};
use crate::model::{
    Room,
    diff::{ApplyError, Change, Place, apply},
    ids::StepId,
    trail::Back,
};

/// Why a step cannot be taken back alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It has been taken back already.
    IsUndone,
    /// What it changed is still being put in words.
    NotYet,
    /// What it changed is not kept: it was too much, or a round was covered, or somebody's name was taken out.
    NotKept,
    /// These later steps build on it, the first of them first.
    Later(Vec<StepId>),
    /// Something else stands there now; what, in a sentence.
    Changed(String),
}

impl Session {
    /// Why this step cannot be taken back alone, as far as the trail tells; `None` where nothing is in the way or there is
    /// no such step.
    #[must_use]
    pub fn obstacle_to_undo(&self, step: &StepId) -> Option<Obstacle> {
        let lines = self.trail().lines();
        let at = lines.iter().rposition(|line| line.id() == step)?;
        let line = &lines[at];
        if line.is_undone {
            return Some(Obstacle::IsUndone);
        }
        let Some(words) = line.words() else { return Some(Obstacle::NotYet) };
        let Some(back) = &words.told.back else { return Some(Obstacle::NotKept) };
        let later = lines[at + 1..].iter().filter(|later| !later.is_undone && builds_on(later, back));
        let later: Vec<StepId> = later.map(|line| line.id().clone()).collect();
        (!later.is_empty()).then_some(Obstacle::Later(later))
    }

    /// Takes back this step alone, as a step of its own.
    ///
    /// # Errors
    /// What is in the way; everything stays as it was.
    pub fn undo_only(&mut self, step: &StepId) -> Result<(), Obstacle> {
        if let Some(obstacle) = self.obstacle_to_undo(step) {
            return Err(obstacle);
        }
        let Some(line) = self.trail().line(step) else { return Err(Obstacle::NotKept) };
        let back = line.words().and_then(|words| words.told.back.as_ref());
        let changes: Option<Vec<Change>> = back.and_then(|back| back.iter().map(Back::change).collect());
        let (label, room) = (format!("Undo only: {}", line.label()), line.room().unwrap_or(Room::Question));
        let changed = apply(self.workspace(), &changes.ok_or(Obstacle::NotKept)?).map_err(in_the_way)?;
        let done = self.edit_and_mark(label, room, (step.clone(), true), |w| w.clone_from(&changed));
        done.map_err(|Rejected(problem)| Obstacle::Changed(problem.what))
    }
}

fn in_the_way(error: ApplyError) -> Obstacle {
    Obstacle::Changed(match error {
        ApplyError::StandsDifferently(_) => "Something else stands there now.".to_owned(),
        ApplyError::NotThere(_) => {
            "What it changed, or what stood beside it, is not there any more.".to_owned()
        }
        ApplyError::DoesNotFit(why) => format!("The rest does not fit it any more: {why}."),
    })
}

/// Whether a later step changed the same place, or speaks of a thing that the step added.
fn builds_on(later: &Line, back: &[Back]) -> bool {
    let Some(words) = later.words() else { return false };
    let kept = words.told.back.iter().flatten();
    let places = words.told.changes.iter().map(|change| &change.place).chain(kept.clone().map(|b| &b.place));
    let touches = |place: &Place| back.iter().any(|back| overlap(place, &back.place));
    if places.clone().any(touches) {
        return true;
    }
    back.iter().filter(|back| back.to.is_none() && back.from.is_some()).any(|added| {
        let Some(id) = added.place.0.last() else { return false };
        let needle = format!("\"{id}\"");
        let names = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains(&needle));
        places.clone().any(|place| place.0.iter().any(|part| part.split('/').any(|part| part == id)))
            || kept.clone().any(|back| names(&back.from) || names(&back.to))
    })
}

fn overlap(one: &Place, other: &Place) -> bool {
    one.0.starts_with(&other.0) || other.0.starts_with(&one.0)
}
