//! One factor's weight from 0 to 100 %: who leads where, exactly (Goodwin & Wright, *Decision Analysis for Management
//! Judgment*, on sensitivity analysis).

use crate::analysis::{
    Undefined,
    balance::{
        Band,
        dial::{self, Line},
        matrix::{PerformanceMatrix, TIE, Weighed},
    },
};

/// What becomes of every option as one factor weighs from nothing to everything, the other weights keeping their
/// proportions: w_k = t, others × (1 − t)/(1 − w_k).
#[derive(Clone, Debug, PartialEq)]
pub struct OneFactor {
    pub factor: usize,
    /// Today's weight, 0 to 1.
    pub weight_now: f64,
    /// The total of each option of the ranking over t from 0 to 1, in the order of the options.
    pub lines: Vec<Line>,
    /// The leader in each interval of t, from 0 to 1, exact.
    pub bands: Vec<Band>,
    /// The band that today's weight lies in.
    today: usize,
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
    /// Who leads today.
    #[must_use]
    pub fn leader(&self) -> usize {
        self.bands[self.today].leader
    }

    /// Where the leader of today loses the lead as the weight falls; `None` when it leads down to nought.
    #[must_use]
    pub fn below(&self) -> Option<Reversal> {
        let to = self.bands.get(self.today.checked_sub(1)?)?.leader;
        Some(Reversal { weight: self.bands[self.today].from, to })
    }

    /// Where the leader of today loses the lead as the weight rises; `None` when it leads up to the whole weight.
    #[must_use]
    pub fn above(&self) -> Option<Reversal> {
        let to = self.bands.get(self.today + 1)?.leader;
        Some(Reversal { weight: self.bands[self.today].to, to })
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
        self.lines.iter().find(|line| line.option == option).map(|line| line.at(t))
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
    let Some(&leader) = weighed.ranking.first() else {
        return Err(Undefined("no factor has any weight, or no option is in the ranking"));
    };
    let weight_now = weighed.weights[factor];
    let others = 1.0 - weight_now;
    if others <= TIE {
        return Err(Undefined("it carries all the weight, so the others have no proportions to keep"));
    }
    let line = |option: usize| {
        let value = matrix.middle(factor, option);
        Line { option, at_0: (weighed.totals[option] - weight_now * value) / others, at_1: value }
    };
    let lines: Vec<Line> = matrix.in_ranking().map(line).collect();
    let bands = dial::envelope(&lines);
    let today = band_of(&bands, weight_now, leader);
    Ok(OneFactor { factor, weight_now, lines, bands, today })
}

/// The band at a weight; of two that meet there, that of the leader.
fn band_of(bands: &[Band], weight: f64, leader: usize) -> usize {
    let here = |band: &Band| band.from <= weight + TIE && weight <= band.to + TIE;
    let of_leader = bands.iter().position(|band| here(band) && band.leader == leader);
    of_leader.or_else(|| bands.iter().position(here)).unwrap_or(0)
}

/// A factor, and its reading or why it has none.
pub type FactorReading = (usize, Result<OneFactor, Undefined>);

/// Every factor, the one first whose weight needs the smallest change for the lead to change hands; then those that
/// never change it, then those without a reading, each in the order of the factors.
#[must_use]
pub fn every_factor(matrix: &PerformanceMatrix, weighed: &Weighed) -> Vec<FactorReading> {
    let mut factors: Vec<FactorReading> =
        (0..matrix.factors).map(|factor| (factor, one_factor(matrix, weighed, factor))).collect();
    let change = |(_, reading): &FactorReading| match reading {
        Ok(one) => one.nearest().map_or(2.0, |nearest| one.change_to(nearest)),
        Err(_) => 3.0,
    };
    factors.sort_by(|a, b| change(a).total_cmp(&change(b)).then(a.0.cmp(&b.0)));
    factors
}
