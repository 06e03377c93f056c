//! Joining two workspaces that were made of the same one, by stable id.
//!
//! What each side changed is found by the one [`diff`](super::diff). Changes to different places are all made; the same
//! change on both sides is made once; where the sides do not agree there is a [`Conflict`], and nothing is chosen before
//! somebody chooses. Three-way merging as in S. Khanna, K. Kunal and B. C. Pierce, "A formal investigation of diff3"
//! (FSTTCS 2007), over a tree whose things are known by id instead of over lines.
//!
//! Three things are told apart that a merge of lines cannot tell:
//!
//! - a thing that one side removed and the other changed or used is one conflict with all that went with the removal;
//! - changes that are sound alone and unsound together are one conflict;
//! - what is only kept for show follows what it belongs to: who last edited a score goes with the score, and a score that
//!   Reach computes is computed anew.

mod compose;
mod groups;
mod kinship;
mod mentions;
mod row;
mod told;

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use serde_json::Value;

pub use kinship::{Party, are_unlike, unlike_in_words};
pub use told::Told;

use super::{
    Workspace,
    check::{self, Problem, Severity},
    diff::{ApplyError, Change, Index, Place, changes, value_of},
};
use compose::{Forgotten, Part, compose};

/// Two workspaces beside the one that both were made of.
#[derive(Clone, Debug)]
pub struct Merge {
    base: Workspace,
    ours: Workspace,
    theirs: Workspace,
    /// The three of them as the file would hold them.
    values: [Value; 3],
    has_base: bool,
    fitting: Vec<Fitting>,
    conflicts: Vec<Conflict>,
    /// Two that do not look like versions of one workspace.
    strangers: Option<[Party; 2]>,
    /// Where the things of the three stand, once somebody has asked for their names.
    index: OnceLock<Arc<[Index; 3]>>,
}

/// Whose change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    Ours,
    Theirs,
}

/// A change that goes together with all that the other side did.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitting {
    pub of: Whose,
    pub change: Change,
}

/// Who made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whose {
    Ours,
    Theirs,
    /// Both made the very same change.
    Both,
}

/// Where the two sides do not agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Where, as narrowly as can be said.
    pub place: Place,
    pub reason: Reason,
    /// What each side did; nothing for a side that left it as it was.
    ours: Vec<Change>,
    theirs: Vec<Change>,
    /// Where the other side has come to speak of a thing that one side removed.
    uses: Vec<Change>,
}

/// Why there is a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Both changed it, not alike.
    BothChanged,
    /// Each added it, not alike.
    BothAdded,
    /// One removed it, the other changed it or has come to speak of it.
    Removed(Side),
    /// Each side is sound, and both together are not; why, in a sentence.
    DoNotFit(String),
    /// It differs, and nobody knows who changed it.
    Differs,
}

/// What is chosen where the two sides do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    Ours,
    Theirs,
    /// Both texts, one after the other; see [`Conflict::can_keep_both`].
    Both,
}

/// Why choices do not make a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// What they make would not be sound.
    Unsound(Problem),
    /// They do not fit together.
    Apart(ApplyError),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // What the problem itself advises is for whoever edits a workspace.
            Self::Unsound(problem) => write!(
                f,
                "These choices do not go together: {} Choose otherwise there, or all of one side.",
                problem.what
            ),
            Self::Apart(error) => {
                write!(f, "These choices do not go together: {error} Choose all of one side.")
            }
        }
    }
}

impl std::error::Error for Unfit {}

impl Merge {
    /// Compares two sound workspaces with the sound one that both were made of.
    #[must_use]
    pub fn of(base: &Workspace, ours: &Workspace, theirs: &Workspace) -> Self {
        let sides = [done(base, ours), done(base, theirs)];
        Self::begin(true, [base, ours, theirs], sides)
    }

    /// Compares two sound workspaces of which nobody has what they were made of: everything that differs is a conflict.
    #[must_use]
    pub fn without_base(ours: &Workspace, theirs: &Workspace) -> Self {
        Self::begin(false, [ours, ours, theirs], [Vec::new(), done(ours, theirs)])
    }

    fn begin(has_base: bool, three: [&Workspace; 3], sides: [Vec<Change>; 2]) -> Self {
        let [base, ours, theirs] = three.map(Workspace::clone);
        let values = [value_of(&base), value_of(&ours), value_of(&theirs)];
        let mut merge = Self {
            base,
            ours,
            theirs,
            values,
            has_base,
            fitting: Vec::new(),
            conflicts: Vec::new(),
            index: OnceLock::new(),
            strangers: None,
        };
        merge.strangers = merge.find_strangers();
        groups::sort(&mut merge, sides);
        merge
    }

    /// Whether it is known what both were made of.
    #[must_use]
    pub fn has_base(&self) -> bool {
        self.has_base
    }

    /// Where the two do not agree, in the order of the file.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// What goes together and is made whatever is chosen, in the order of the file.
    #[must_use]
    pub fn fitting(&self) -> &[Fitting] {
        &self.fitting
    }

    /// What the merge comes to when this is chosen at each conflict, in order. `mark` says whose words come second where
    /// both texts are kept, such as "yours, 14:02".
    ///
    /// # Errors
    /// The choices together are not a sound workspace. All of one side always are.
    ///
    /// # Panics
    /// Never; conflicts for which nothing is given keep ours.
    pub fn merged(&self, picks: &[Pick], mark: &str) -> Result<Workspace, Unfit> {
        let merged = self.composed(picks, mark).map_err(Unfit::Apart)?;
        match check::broken(&merged) {
            Some(problem) => Err(Unfit::Unsound(problem)),
            None => Ok(merged),
        }
    }

    /// The same, not checked.
    fn composed(&self, picks: &[Pick], mark: &str) -> Result<Workspace, ApplyError> {
        let chosen = |at: usize| picks.get(at).copied().unwrap_or(Pick::Ours);
        let mut parts = [Part::of(&self.values[1], Side::Ours), Part::of(&self.values[2], Side::Theirs)];
        for fitting in &self.fitting {
            parts[usize::from(fitting.of == Whose::Theirs)].changes.push(fitting.change.clone());
        }
        for (at, conflict) in self.conflicts.iter().enumerate() {
            match chosen(at) {
                Pick::Both if conflict.can_keep_both() => parts[1].changes.push(conflict.both(mark)),
                Pick::Ours | Pick::Both => parts[0].changes.extend_from_slice(&conflict.ours),
                Pick::Theirs => parts[1].changes.extend_from_slice(&conflict.theirs),
            }
        }
        let mut merged = compose(&self.values[0], &parts)?;
        for thing in parts.iter().flat_map(|part| &part.changes).filter_map(Forgotten::by) {
            thing.forget(&mut merged, &self.base);
        }
        merged.settle_workshop();
        Ok(merged)
    }

    /// The first thing that makes the merge with one side chosen throughout unsound.
    fn broken_with(&self, pick: Pick) -> Option<Problem> {
        let picks = vec![pick; self.conflicts.len()];
        match self.composed(&picks, "") {
            Ok(merged) => check::broken(&merged),
            Err(error) => Some(Problem {
                severity: Severity::Broken,
                kind: check::ProblemKind::Misfit,
                room: None,
                place: match &error {
                    ApplyError::StandsDifferently(place) | ApplyError::NotThere(place) => place.to_string(),
                    ApplyError::DoesNotFit(_) => String::new(),
                },
                what: error.to_string(),
                remedy: String::new(),
            }),
        }
    }
}

/// What one side did: what it removed, and what it did besides. What only goes with a thing that is removed is not told:
/// it goes again when the thing does, and stays when the thing stays.
fn done(base: &Workspace, side: &Workspace) -> Vec<Change> {
    let all = changes(base, side);
    let (gone, rest): (Vec<Change>, Vec<Change>) =
        all.into_iter().partition(|change| Forgotten::by(change).is_some());
    if gone.is_empty() {
        return rest;
    }
    let mut without = base.clone();
    for thing in gone.iter().filter_map(Forgotten::by) {
        thing.forget(&mut without, base);
    }
    without.settle_workshop();
    gone.into_iter().chain(changes(&without, side)).collect()
}

/// Fields that hold words in sentences, of which two can stand one after the other.
const PROSE: [&str; 15] = [
    "text",
    "answer",
    "how",
    "learned",
    "summary",
    "note",
    "notes",
    "headline",
    "why_not_the_leader",
    "why_unanswered",
    "response",
    "about",
    "says",
    "source",
    "illustrative",
];

impl Conflict {
    /// What a side did; nothing where it left everything as it was.
    #[must_use]
    pub fn changes(&self, side: Side) -> &[Change] {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// Whether it is about a text in sentences of which both can be kept.
    #[must_use]
    pub fn can_keep_both(&self) -> bool {
        let is_prose = self.place.0.last().is_some_and(|field| PROSE.contains(&field.as_str()));
        is_prose && self.texts().is_some_and(|texts| texts.iter().all(|text| !text.trim().is_empty()))
    }

    /// The two texts, where there is one on each side.
    fn texts(&self) -> Option<[&str; 2]> {
        let before = |change: &Change| change.before.clone();
        let text = |changes: &'_ [Change]| match changes {
            [only] if only.place == self.place => Some(()),
            _ => None,
        };
        match (text(&self.ours), text(&self.theirs)) {
            (Some(()), Some(())) => {
                let after =
                    |changes: &'_ [Change]| changes[0].after.as_ref().and_then(Value::as_str).is_some();
                (after(&self.ours) && after(&self.theirs) && before(&self.ours[0]) == before(&self.theirs[0]))
                    .then(|| {
                        [&self.ours, &self.theirs].map(|changes| {
                            changes[0].after.as_ref().and_then(Value::as_str).unwrap_or_default()
                        })
                    })
            }
            // Nobody knows what was there before: ours is what theirs would replace.
            (None, Some(())) if self.reason == Reason::Differs => {
                let change = &self.theirs[0];
                Some([change.before.as_ref()?.as_str()?, change.after.as_ref()?.as_str()?])
            }
            _ => None,
        }
    }

    /// Theirs, and behind it ours with the mark.
    fn both(&self, mark: &str) -> Change {
        let change = self.theirs[0].clone();
        let [ours, theirs] = self.texts().unwrap_or_default();
        let between = if ours.contains('\n') || theirs.contains('\n') { "\n\n" } else { " / " };
        let (ours, theirs) = (ours.trim_end(), theirs.trim_end());
        Change { after: Some(format!("{theirs}{between}{ours} ({mark})").into()), ..change }
    }
}

#[cfg(test)]
mod tests;
