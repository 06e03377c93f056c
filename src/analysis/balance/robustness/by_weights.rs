//! The answer under each kind of weights, and with weak evidence taken as weak.

use super::{Contest, Draws};
use crate::{
    analysis::{Undefined, course::Course},
    model::{Workspace, balance::WeightDraws},
};

/// Share of first places of each option, 0 to 1, or why there is none.
pub type FirstShares = Result<Vec<f64>, Undefined>;

/// How often each option comes first under each kind of weights.
#[derive(Clone, Debug, PartialEq)]
pub struct ByWeights {
    /// Draws behind each share: those asked for, and [`MOST_DRAWS`] at the most.
    pub iterations: u32,
    /// Each kind of weights with its shares, the scores drawn as the workspace says.
    pub kinds: Vec<(WeightDraws, FirstShares)>,
    /// With the weights that the workspace asks for, the evidence taken as it is given.
    pub as_given: FirstShares,
    /// The same with weak evidence taken as weak (methods, section 1, "Weak evidence").
    pub as_weak: FirstShares,
}

/// A whole per cent needs no more: its standard error is then a quarter of a point at the most.
pub const MOST_DRAWS: u32 = 40_000;

impl ByWeights {
    /// The shares under one kind of weights.
    #[must_use]
    pub fn of(&self, weights: WeightDraws) -> Option<&FirstShares> {
        self.kinds.iter().find(|(kind, _)| *kind == weights).map(|(_, shares)| shares)
    }
}

/// Draws once for each kind of weights, and for the weights asked for with evidence as given and taken as weak; `None` when
/// the course was stopped.
#[must_use]
pub fn by_weights(workspace: &Workspace, draws: Draws, course: &Course) -> Option<ByWeights> {
    let iterations = draws.iterations.min(MOST_DRAWS);
    let draws = Draws { iterations, ..draws };
    let mut kinds = Vec::with_capacity(WeightDraws::ALL.len());
    for weights in WeightDraws::ALL {
        kinds.push((weights, first_shares(workspace, Draws { weights, ..draws }, course)?));
    }
    let same = |weak_as_weak| {
        let done = kinds.iter().find(|(kind, _)| *kind == draws.weights);
        match done.filter(|_| weak_as_weak == draws.weak_as_weak) {
            Some((_, shares)) => Some(shares.clone()),
            None => first_shares(workspace, Draws { weak_as_weak, ..draws }, course),
        }
    };
    let (as_given, as_weak) = (same(false)?, same(true)?);
    Some(ByWeights { iterations, kinds, as_given, as_weak })
}

/// How often each option comes first with the evidence taken the other way than these draws take it: weak evidence as weak,
/// or all as it is given. The same figures as of [`by_weights`]; `None` when the course was stopped.
#[must_use]
pub fn with_evidence_otherwise(workspace: &Workspace, draws: Draws, course: &Course) -> Option<FirstShares> {
    let iterations = draws.iterations.min(MOST_DRAWS);
    first_shares(workspace, Draws { iterations, weak_as_weak: !draws.weak_as_weak, ..draws }, course)
}

fn first_shares(workspace: &Workspace, draws: Draws, course: &Course) -> Option<FirstShares> {
    let contest = match Contest::of(workspace, draws) {
        Ok(contest) => contest,
        Err(reason) => return Some(Err(reason)),
    };
    let (_, convergence) = contest.tally(course, &mut |_| ())?;
    Some(Ok(convergence.points.into_iter().next_back().map_or_else(Vec::new, |point| point.first)))
}
