//! What some ballots, weighed in some way, would have the answer be: who leads, by how much.

use super::{Said, Undefined};
use crate::analysis::balance::{
    matrix::{PerformanceMatrix, TIE},
    weights,
};

/// The answer by some ballots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    pub leader: usize,
    /// Points by which it leads the next; `None` with one option.
    pub lead: Option<f64>,
    /// The commercial share of the weight, 0 to 1.
    pub commercial_share: f64,
    /// Whether another option leads than by all ballots in force together, combined as the workspace says.
    pub changes_leader: bool,
}

/// The answer by some ballots at other weights than the rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtWeights {
    /// As if they were not there.
    pub nought: Option<Outcome>,
    /// As they are.
    pub once: Option<Outcome>,
    /// As if each had been given twice.
    pub double: Option<Outcome>,
    /// As if there were no others.
    pub alone: Option<Outcome>,
}

/// The same as swing points that are still to be weighed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SwingsAtWeights {
    pub nought: Option<Vec<f64>>,
    pub double: Option<Vec<f64>>,
    pub alone: Option<Vec<f64>>,
}

/// The answer by one person one vote and by one sector one vote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByVote {
    pub one_person: Option<Outcome>,
    pub one_sector: Option<Outcome>,
}

/// How far the lead goes when each ballot in force is left out in turn.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadWithoutOne {
    /// The smallest and the largest lead of today's leader, in points, over the ballots without which it still leads;
    /// `None` where there is no such ballot.
    pub range: Option<(f64, f64)>,
    /// The ballots, by index, without which another option leads.
    pub changes: Vec<usize>,
}

/// Weighs one set of swing points after another, against the leader by all ballots together.
pub(super) struct Scales<'a> {
    matrix: &'a PerformanceMatrix,
    in_ranking: Vec<usize>,
    pub together: Option<Outcome>,
}

impl<'a> Scales<'a> {
    pub(super) fn new(matrix: &'a PerformanceMatrix, said: &Said) -> Self {
        let mut scales = Self { matrix, in_ranking: matrix.in_ranking().collect(), together: None };
        let together = said.combined_swings.as_ref().map(|row| super::combine::counted_swings(row));
        scales.together = scales.outcome(&together);
        scales
    }

    /// Who leads by these swing points, and by how much; nobody where too little is scored to rank options by. Of options
    /// that tie it is today's leader, else the first in order, as in a ranking.
    pub(super) fn outcome(&self, swings: &Option<Vec<f64>>) -> Option<Outcome> {
        let swings = swings.as_ref()?;
        let commercial_share = weights::commercial_share(swings, &self.matrix.sides)?;
        if self.matrix.too_few_scored(swings) {
            return None;
        }
        let totals = self.totals(swings);
        let leader = first(&totals, self.in_ranking.iter().copied())?;
        // Who leads today and ties for the lead still leads.
        let today = self.together.map(|together| together.leader);
        let leader = today.filter(|&today| totals[leader] - totals[today] <= TIE).unwrap_or(leader);
        let next = first(&totals, self.in_ranking.iter().copied().filter(|&o| o != leader));
        Some(Outcome {
            leader,
            lead: next.map(|next| totals[leader] - totals[next]),
            commercial_share,
            changes_leader: today.is_some_and(|today| today != leader),
        })
    }

    pub(super) fn outcomes(&self, swings: &[Option<Vec<f64>>]) -> Vec<Option<Outcome>> {
        swings.iter().map(|swings| self.outcome(swings)).collect()
    }

    pub(super) fn at_weights(&self, swings: &SwingsAtWeights) -> AtWeights {
        AtWeights {
            nought: self.outcome(&swings.nought),
            once: self.together,
            double: self.outcome(&swings.double),
            alone: self.outcome(&swings.alone),
        }
    }

    fn totals(&self, swings: &[f64]) -> Vec<f64> {
        let mut totals = vec![0.0; self.matrix.options];
        let rows = self.matrix.middles.chunks_exact(self.matrix.options.max(1));
        for (weight, row) in weights::normalised(swings).into_iter().zip(rows) {
            for (total, value) in totals.iter_mut().zip(row) {
                *total += weight * value;
            }
        }
        totals
    }
}

/// The first of some options by their totals: of those that tie with the best the first in order.
fn first(totals: &[f64], options: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    let best = options.clone().map(|o| totals[o]).fold(f64::NEG_INFINITY, f64::max);
    let mut options = options;
    options.find(|&o| best - totals[o] <= TIE)
}

/// How far the lead goes over the ballots left out; undefined without ballots that can be left out.
pub(super) fn lead_without_one(
    together: Option<Outcome>,
    without: &[Option<Outcome>],
) -> Result<LeadWithoutOne, Undefined> {
    if together.is_none() {
        return Err(Undefined("no ballots"));
    }
    if without.iter().all(Option::is_none) {
        return Err(Undefined("there is one ballot, and nothing without it"));
    }
    let changes = without.iter().enumerate();
    let changes = changes.filter(|(_, o)| o.is_some_and(|o| o.changes_leader)).map(|(i, _)| i).collect();
    let leads = without.iter().flatten().filter(|o| !o.changes_leader).filter_map(|o| o.lead);
    let range = leads.fold(None, |range: Option<(f64, f64)>, lead| {
        Some(range.map_or((lead, lead), |(low, high)| (low.min(lead), high.max(lead))))
    });
    Ok(LeadWithoutOne { range, changes })
}
