//! Everything that one look at two states asks for: what changed, who dominates whom, and what it would take each option
//! to lead.

use super::{Comparison, Standing, compare};
use crate::{
    analysis::{
        balance::{
            dominance::{self, AtLeastAsGood},
            sensitivity::{NoWeightChange, WeightChange, least_weight_change},
        },
        course::Course,
    },
    model::{
        Workspace,
        ids::{FrozenId, SnapshotId},
        shared::Shared,
        snapshot::BalanceState,
    },
};

/// A moment at which the balance can be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    Snapshot(SnapshotId),
    /// When a copy of the record was frozen.
    Frozen(FrozenId),
    Today,
}

impl Moment {
    /// The state at that moment; `None` of a snapshot or copy that is gone.
    #[must_use]
    pub fn state(&self, workspace: &Workspace) -> Option<Shared<BalanceState>> {
        match self {
            Self::Snapshot(id) => workspace.snapshot(id).map(|snapshot| snapshot.state.clone()),
            Self::Frozen(id) => {
                workspace.decision.frozen(id).map(|copy| BalanceState::of(&copy.state).into())
            }
            Self::Today => Some(BalanceState::of(workspace).into()),
        }
    }

    /// What it is called; empty of a snapshot or copy that is gone.
    #[must_use]
    pub fn name<'w>(&self, workspace: &'w Workspace) -> &'w str {
        match self {
            Self::Snapshot(id) => workspace.snapshot(id).map_or("", |snapshot| snapshot.name.as_str()),
            Self::Frozen(id) => workspace.decision.frozen(id).map_or("", |copy| copy.name.as_str()),
            Self::Today => "Today",
        }
    }
}

/// One state, and another before it where there is one to compare with. Vectors run parallel to the options of the later
/// state.
#[derive(Clone, Debug)]
pub struct SideBySide {
    pub comparison: Option<Comparison>,
    /// The later state.
    pub after: Standing,
    /// On how many factors an option (outer) is at least as good as another (inner).
    pub at_least_as_good: Vec<Vec<AtLeastAsGood>>,
    /// Whether some weights make an option lead, by linear programme.
    pub potentially_optimal: Vec<bool>,
    /// How the weights would have to move for an option to lead, or why they cannot.
    pub weight_to_move: Vec<Result<WeightChange, NoWeightChange>>,
}

/// Looks at a state, and at another before it; `None` when it was stopped.
pub fn side_by_side(
    before: Option<&BalanceState>,
    after: &BalanceState,
    course: &Course,
) -> Option<SideBySide> {
    let standing = Standing::of(after);
    let (matrix, weighed) = (&standing.matrix, &standing.weighed);
    course.will_take(matrix.options as u64 + 2);
    let comparison = before.map(|before| compare(before, after));
    course.advance(1);
    let mut weight_to_move = Vec::with_capacity(matrix.options);
    for option in 0..matrix.options {
        if course.is_stopped() {
            return None;
        }
        weight_to_move.push(least_weight_change(matrix, weighed, option));
        course.advance(1);
    }
    let potentially_optimal = dominance::potentially_optimal(matrix, &dominance::dominated_by(matrix));
    course.advance(1);
    let all = 0..matrix.options;
    let at_least_as_good = all
        .clone()
        .map(|a| all.clone().map(|b| dominance::at_least_as_good(matrix, a, b)).collect())
        .collect();
    Some(SideBySide { comparison, at_least_as_good, potentially_optimal, weight_to_move, after: standing })
}
