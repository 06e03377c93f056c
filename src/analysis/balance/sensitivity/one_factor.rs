//! One factor's weight from 0 to 100 %: who leads where, exactly (Goodwin & Wright, *Decision Analysis for Management
//! Judgment*, on sensitivity analysis).

use crate::analysis::{
    Undefined,
    balance::{
        Band,
        certainty::Fan,
        dial::{self, Line},
        matrix::{PerformanceMatrix, TIE, Weighed, why_no_ranking},
        value::{BEST_VALUE, WORST_VALUE},
    },
};

/// What becomes of every option as one factor weighs from nothing to everything, the other weights keeping their
/// proportions: w_k = t, others × (1 − t)/(1 − w_k).
#[derive(Clone, Debug, PartialEq)]
pub struct OneFactor {
    pub factor: usize,
    /// Today's weight, 0 to 1.
    pub weight_now: f64,
    /// The total of each option of the ranking over t from 0 to 1.
    pub lines: Fan,
    /// The leader in each interval of t, from 0 to 1, exact.
    pub bands: Vec<Band>,
    /// Who leads today: one, or all that tie for it.
    leaders: Vec<usize>,
}

/// A weight at which the lead changes hands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reversal {
    /// The weight at which the two are level, 0 to 1.
    pub weight: f64,
    /// Who leads beyond it.
    pub to: usize,
}

impl OneFactor {
    /// Who leads today: of several the first.
    #[must_use]
    pub fn leader(&self) -> usize {
        self.leaders[0]
    }

    /// Whether several tie for the lead today, so that a change of the weight may part them at once.
    #[must_use]
    pub fn is_tied(&self) -> bool {
        self.leaders.len() > 1
    }

    /// Where the leader of today loses the lead as the weight falls, today's weight itself where it ties; `None` when it
    /// leads down to nought.
    #[must_use]
    pub fn below(&self) -> Option<Reversal> {
        let band =
            self.bands.iter().rev().find(|band| band.from < self.weight_now - TIE && self.is_lost(band))?;
        Some(Reversal { weight: band.to.min(self.weight_now), to: band.leader })
    }

    /// Where the leader of today loses the lead as the weight rises, today's weight itself where it ties; `None` when it
    /// leads up to the whole weight.
    #[must_use]
    pub fn above(&self) -> Option<Reversal> {
        let band = self.bands.iter().find(|band| band.to > self.weight_now + TIE && self.is_lost(band))?;
        Some(Reversal { weight: band.from.max(self.weight_now), to: band.leader })
    }

    /// Whether the leader of today leads nowhere in a band, or only at its edge.
    fn is_lost(&self, band: &Band) -> bool {
        !self.lines.leads_in(self.leader(), band)
    }

    /// Whether the nearest reversal, or that there is none, is the same whatever the scores that are not known turn out
    /// to be: the leader leads for certain up to it, or over all weights.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        let leads_in = |band: &&Band| self.lines.leads_in(self.leader(), band);
        self.lines.is_known()
            || (!self.is_tied()
                && self.bands.iter().find(leads_in).is_some_and(|band| self.lines.is_certain(band)))
    }

    /// The nearer of the two, the upper one when they lie equally far; `None` when no weight of this factor changes the
    /// leader.
    #[must_use]
    pub fn nearest(&self) -> Option<Reversal> {
        match (self.below(), self.above()) {
            (Some(below), Some(above)) => {
                let is_nearer = self.change_to(below) < self.change_to(above) - TIE;
                Some(if is_nearer { below } else { above })
            }
            (below, above) => below.or(above),
        }
    }

    /// How far today's weight would have to move, 0 to 1.
    #[must_use]
    pub fn change_to(&self, reversal: Reversal) -> f64 {
        (reversal.weight - self.weight_now).abs()
    }

    /// The total of an option with the factor at weight `t`, 0 to 1; `None` for one that is not in the ranking.
    #[must_use]
    pub fn total_at(&self, option: usize, t: f64) -> Option<f64> {
        self.lines.middle.iter().find(|line| line.option == option).map(|line| line.at(t))
    }

    /// Who leads with the factor at weight `t`, 0 to 1: at a border the one that leads below it.
    #[must_use]
    pub fn leader_at(&self, t: f64) -> usize {
        let band = self.bands.iter().find(|band| t <= band.to).or(self.bands.last());
        band.map_or(self.leader(), |band| band.leader)
    }
}

/// The whole reading of one factor. Unknown cells stand at the middle of their interval, as in the ranking.
///
/// # Errors
/// When nothing is ranked, or the factor carries all the weight, so that the others have no proportions to keep.
pub fn one_factor(
    matrix: &PerformanceMatrix,
    weighed: &Weighed,
    factor: usize,
) -> Result<OneFactor, Undefined> {
    let leaders = weighed.leaders();
    if leaders.is_empty() {
        return Err(why_no_ranking(weighed));
    }
    let weight_now = weighed.weights[factor];
    let others = 1.0 - weight_now;
    if others <= TIE {
        return Err(Undefined("it carries all the weight, so the others have no proportions to keep"));
    }
    let limits = [WORST_VALUE, BEST_VALUE];
    let totals =
        limits.map(|at| if matrix.has_unknown { matrix.totals(&weighed.weights, at) } else { Vec::new() });
    let line = |option: usize, unknown: f64| {
        let totals = limits
            .iter()
            .position(|at| at.total_cmp(&unknown).is_eq())
            .map_or(&weighed.totals, |at| &totals[at]);
        let value = matrix.cells[factor][option].value.unwrap_or(unknown);
        Some(Line { option, at_0: (totals.get(option)? - weight_now * value) / others, at_1: value })
    };
    let lines = Fan::of(matrix, line).unwrap_or_default();
    let bands = dial::envelope(&lines.middle);
    Ok(OneFactor { factor, weight_now, lines, bands, leaders })
}

/// A factor, and its reading or why it has none.
pub type FactorReading = (usize, Result<OneFactor, Undefined>);

/// Every factor, the one first whose weight needs the smallest change for the lead to change hands; then those that
/// never change it, then those without a reading, each in the order of the factors.
#[must_use]
pub fn every_factor(matrix: &PerformanceMatrix, weighed: &Weighed) -> Vec<FactorReading> {
    let change = |reading: &Result<OneFactor, Undefined>| match reading {
        Ok(one) => one.nearest().map_or(2.0, |nearest| one.change_to(nearest)),
        Err(_) => 3.0,
    };
    let mut factors: Vec<(f64, FactorReading)> = (0..matrix.factors)
        .map(|factor| {
            let reading = one_factor(matrix, weighed, factor);
            (change(&reading), (factor, reading))
        })
        .collect();
    factors.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.0.cmp(&b.1.0)));
    factors.into_iter().map(|(_, reading)| reading).collect()
}
