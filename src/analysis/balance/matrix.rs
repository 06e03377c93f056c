//! The performance matrix: every score found, read, tried against the musts and turned into a value.

use std::collections::HashMap;

use super::{
    CellValue,
    value::{BEST_VALUE, UNKNOWN_VALUE, ValueFunction, WORST_VALUE},
    weights,
};
use crate::analysis::{Undefined, distributions::Z_95};
use crate::model::{
    Workspace,
    balance::{Factor, Must, Scale, Score, ScoreLevel, Side},
    wording,
};

/// Differences of value smaller than this are rounding, not a lead: such options tie.
pub const TIE: f64 = 1e-9;

/// The matrix of a workspace, ready to be weighed by any swings. Its cost does not depend on the weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PerformanceMatrix {
    /// How many options there are, and how many factors.
    pub options: usize,
    pub factors: usize,
    pub sides: Vec<Side>,
    /// What each cell holds, `readings[f * options + o]`.
    pub readings: Vec<Reading>,
    /// Evidence grade of each cell, 1 to 5, in the same places; `None` where nobody has graded it.
    pub grades: Vec<Option<u8>>,
    pub functions: Vec<ValueFunction>,
    /// Why an option is out, a sentence each; empty for the options in the ranking.
    pub struck_by: Vec<Vec<String>>,
    /// Values by factor and option.
    pub cells: Vec<Vec<CellValue>>,
    /// The value of each cell, an unknown one at the middle of 0–100: `middles[f * options + o]`.
    pub middles: Vec<f64>,
    /// Whether some score of an option in the ranking is not known.
    pub has_unknown: bool,
}

/// What is known of a cell once its scale has had its say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Nobody has said.
    Unknown,
    /// Something is there that the scale cannot use; it counts as unknown.
    Unusable(Fault),
    Exact(f64),
    Triangular {
        low: f64,
        likely: f64,
        high: f64,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
    /// A level, by its value.
    Level(f64),
}

/// Why a score cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    NotRising,
    NotANumber,
    NoSuchLevel,
    LevelWithoutLevels,
    NumberInsteadOfLevel,
    PriceNotAboveNought,
}

impl Fault {
    /// The fault as the end of a sentence that begins with the cell.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotRising => "has low, likely and high out of order",
            Self::NotANumber => "is not a number that can be used",
            Self::NoSuchLevel => "names a level that the scale does not have",
            Self::LevelWithoutLevels => "names a level, but the scale is in numbers",
            Self::NumberInsteadOfLevel => "is a number, but the scale has named levels",
            Self::PriceNotAboveNought => {
                "is a price of nought or less, and the lowest price cannot be divided by it"
            }
        }
    }
}

impl Reading {
    /// Reads a cell of a factor.
    #[must_use]
    pub(super) fn of(level: &ScoreLevel, scale: &Scale) -> Self {
        let reading = match level {
            ScoreLevel::Unknown => Self::Unknown,
            ScoreLevel::Level(name) => return Self::of_level(name, scale),
            ScoreLevel::Point(x) if x.is_finite() => Self::Exact(*x),
            ScoreLevel::Range { low, likely, high } => {
                if ![low, likely, high].iter().all(|x| x.is_finite()) {
                    Self::Unusable(Fault::NotANumber)
                } else if !(low <= likely && likely <= high) {
                    Self::Unusable(Fault::NotRising)
                } else if low < high {
                    Self::Triangular { low: *low, likely: *likely, high: *high }
                } else {
                    Self::Exact(*likely)
                }
            }
            ScoreLevel::Normal { mean, sd } if mean.is_finite() && sd.is_finite() && *sd >= 0.0 => {
                if *sd > 0.0 { Self::Normal { mean: *mean, sd: *sd } } else { Self::Exact(*mean) }
            }
            ScoreLevel::Point(_) | ScoreLevel::Normal { .. } => Self::Unusable(Fault::NotANumber),
        };
        match (scale, reading.likely()) {
            (Scale::Levels(_), Some(_)) => Self::Unusable(Fault::NumberInsteadOfLevel),
            (Scale::LowestPrice, Some(price)) if price <= 0.0 => Self::Unusable(Fault::PriceNotAboveNought),
            _ => reading,
        }
    }

    fn of_level(name: &str, scale: &Scale) -> Self {
        let Scale::Levels(levels) = scale else { return Self::Unusable(Fault::LevelWithoutLevels) };
        match levels.iter().find(|level| level.name == name) {
            Some(level) if level.value.is_finite() => Self::Level(level.value.clamp(WORST_VALUE, BEST_VALUE)),
            Some(_) => Self::Unusable(Fault::NotANumber),
            None => Self::Unusable(Fault::NoSuchLevel),
        }
    }

    /// The likely score: the point, the likely of a range, the mean, or the value of a level.
    #[must_use]
    pub fn likely(self) -> Option<f64> {
        match self {
            Self::Unknown | Self::Unusable(_) => None,
            Self::Exact(x) | Self::Level(x) => Some(x),
            Self::Triangular { likely, .. } => Some(likely),
            Self::Normal { mean, .. } => Some(mean),
        }
    }

    /// Low and high of the score: the ends of a range, the central 95 % of a normal one.
    #[must_use]
    pub fn limits(self) -> Option<(f64, f64)> {
        match self {
            Self::Unknown | Self::Unusable(_) => None,
            Self::Exact(x) | Self::Level(x) => Some((x, x)),
            Self::Triangular { low, high, .. } => Some((low, high)),
            Self::Normal { mean, sd } => Some((mean - Z_95 * sd, mean + Z_95 * sd)),
        }
    }

    /// What it is worth.
    pub(super) fn cell(self, function: &ValueFunction) -> CellValue {
        let unknown = CellValue { value: None, low: WORST_VALUE, high: BEST_VALUE };
        if let Self::Level(value) = self {
            return CellValue { value: Some(value), low: value, high: value };
        }
        let (Some(likely), Some((low, high))) = (self.likely(), self.limits()) else { return unknown };
        let Some(value) = function.value(likely) else { return unknown };
        let (low, high) = function.over(low, high);
        CellValue { value: Some(value), low, high }
    }
}

/// What weighing the matrix gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Normalised weights per factor; all 0 when no swing is above 0.
    pub weights: Vec<f64>,
    pub commercial_share: Option<f64>,
    /// V(a) of every option, unknown cells at the middle of 0–100.
    pub totals: Vec<f64>,
    /// Options that are not struck, best first, ties in the order of the options; empty without weights, and where several
    /// could be ranked and fewer than two have a score that carries weight.
    pub ranking: Vec<usize>,
}

impl Weighed {
    /// The options that lead: one, or all that tie for it; none without a ranking.
    #[must_use]
    pub fn leaders(&self) -> Vec<usize> {
        let Some(&first) = self.ranking.first() else { return Vec::new() };
        let level = |o: &&usize| self.totals[first] - self.totals[**o] <= TIE;
        self.ranking.iter().take_while(level).copied().collect()
    }
}

/// Why nothing is ranked, where nothing is.
#[must_use]
pub fn why_no_ranking(weighed: &Weighed) -> Undefined {
    Undefined(if weighed.commercial_share.is_none() {
        "no factor has any weight"
    } else {
        "no option is in the ranking, or fewer than two have a score that carries weight"
    })
}

impl PerformanceMatrix {
    /// Reads the matrix of a workspace.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let options = workspace.question.options.len();
        let factors = &workspace.balance.factors;
        let scores = found_scores(workspace);
        let readings: Vec<Reading> = scores
            .iter()
            .enumerate()
            .map(|(at, score)| match score {
                Some(score) => Reading::of(&score.level, &factors[at / options].scale),
                None => Reading::Unknown,
            })
            .collect();
        let struck_by = struck(workspace, &readings);
        let mut matrix = Self {
            options,
            factors: factors.len(),
            sides: factors.iter().map(|factor| factor.side).collect(),
            readings,
            grades: scores.iter().map(|score| score.and_then(|score| score.grade)).collect(),
            functions: Vec::new(),
            struck_by,
            cells: Vec::new(),
            middles: Vec::new(),
            has_unknown: false,
        };
        for (f, factor) in factors.iter().enumerate() {
            let function = matrix.function(f, &factor.scale, None);
            let row = &matrix.readings[f * options..(f + 1) * options];
            let cells: Vec<CellValue> = row.iter().map(|reading| reading.cell(&function)).collect();
            matrix.middles.extend(cells.iter().map(|cell| cell.value.unwrap_or(UNKNOWN_VALUE)));
            matrix.functions.push(function);
            matrix.cells.push(cells);
        }
        let has_unknown = matrix.in_ranking().any(|o| matrix.cells.iter().any(|row| row[o].value.is_none()));
        matrix.has_unknown = has_unknown;
        matrix
    }

    /// The value function of factor `f`. Local ends and the lowest price are taken from the options in the ranking
    /// (from all of them when all are struck), with one more left out if `without` says so.
    #[must_use]
    pub fn function(&self, f: usize, scale: &Scale, without: Option<usize>) -> ValueFunction {
        let all_struck = self.in_ranking().next().is_none();
        let present = (0..self.options)
            .filter(|&o| (all_struck || self.struck_by[o].is_empty()) && Some(o) != without)
            .filter_map(|o| self.reading(f, o).likely());
        ValueFunction::of(scale, present)
    }

    #[must_use]
    pub fn reading(&self, f: usize, o: usize) -> Reading {
        self.readings[f * self.options + o]
    }

    /// The value of a cell, an unknown one at the middle of 0–100.
    #[must_use]
    pub fn middle(&self, f: usize, o: usize) -> f64 {
        self.middles[f * self.options + o]
    }

    /// The options that no must strikes, in their order.
    pub fn in_ranking(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.options).filter(|&o| self.struck_by[o].is_empty())
    }

    /// Whether several options could be ranked, but fewer than two of them have a known score on a factor with weight, so
    /// that there is nothing to rank them by.
    #[must_use]
    pub fn too_few_scored(&self, weights: &[f64]) -> bool {
        if !self.has_unknown {
            return false;
        }
        let is_scored = |o: &usize| {
            let rows = self.cells.iter().zip(weights);
            rows.filter(|(_, weight)| **weight > 0.0).any(|(row, _)| row[*o].value.is_some())
        };
        self.in_ranking().nth(1).is_some() && self.in_ranking().filter(is_scored).nth(1).is_none()
    }

    /// V(a) of every option with unknown cells at `unknown`, 0–100.
    #[must_use]
    pub fn totals(&self, weights: &[f64], unknown: f64) -> Vec<f64> {
        let mut totals = vec![0.0; self.options];
        for (&weight, row) in weights.iter().zip(&self.cells) {
            for (total, cell) in totals.iter_mut().zip(row) {
                *total += weight * cell.value.unwrap_or(unknown);
            }
        }
        totals
    }

    /// Weighs every option by these swing points (one a factor; negative and undefined ones count as 0):
    /// V(a) = Σ wⱼ·vⱼ(a). An option with unknown cells is provisional and stands at the middle of its interval.
    #[must_use]
    pub fn weigh(&self, swings: &[f64]) -> Weighed {
        let weights = weights::normalised(swings);
        let commercial_share = weights::commercial_share(swings, &self.sides);
        let mut totals = vec![0.0; self.options];
        for (&weight, row) in weights.iter().zip(self.middles.chunks_exact(self.options.max(1))) {
            for (total, value) in totals.iter_mut().zip(row) {
                *total += weight * value;
            }
        }
        let ranking = if commercial_share.is_none() || self.too_few_scored(&weights) {
            Vec::new()
        } else {
            ranked(self.in_ranking().collect(), &totals)
        };
        Weighed { weights, commercial_share, totals, ranking }
    }
}

/// Sorts options by their totals, best first; those that tie stand in the order of the options.
#[must_use]
pub fn ranked(mut options: Vec<usize>, totals: &[f64]) -> Vec<usize> {
    options.sort_by(|&a, &b| totals[b].total_cmp(&totals[a]).then(a.cmp(&b)));
    let mut start = 0;
    for place in 1..=options.len() {
        if place == options.len() || totals[options[start]] - totals[options[place]] > TIE {
            options[start..place].sort_unstable();
            start = place;
        }
    }
    options
}

/// The scores by place, `f * options + o`; the first of two for one cell counts.
fn found_scores(workspace: &Workspace) -> Vec<Option<&Score>> {
    let options = &workspace.question.options;
    let factors = &workspace.balance.factors;
    let option_place: HashMap<&str, usize> =
        options.iter().enumerate().map(|(o, option)| (option.id.as_str(), o)).collect();
    let factor_place: HashMap<&str, usize> =
        factors.iter().enumerate().map(|(f, factor)| (factor.id.as_str(), f)).collect();
    let mut scores = vec![None; options.len() * factors.len()];
    for score in &workspace.balance.scores {
        let place = factor_place.get(score.factor.as_str()).zip(option_place.get(score.option.as_str()));
        if let Some((f, o)) = place {
            scores[f * options.len() + o].get_or_insert(score);
        }
    }
    scores
}

/// Why each option is struck: musts that its likely scores fail, and entitlements that it does not meet.
fn struck(workspace: &Workspace, readings: &[Reading]) -> Vec<Vec<String>> {
    let options = &workspace.question.options;
    let mut struck_by = vec![Vec::new(); options.len()];
    for (f, factor) in workspace.balance.factors.iter().enumerate() {
        let Some(must) = factor.must else { continue };
        for (o, sentences) in struck_by.iter_mut().enumerate() {
            if let Some(likely) = readings[f * options.len() + o].likely() {
                sentences.extend(failed_must(factor, must, likely));
            }
        }
    }
    for entitlement in &workspace.question.entitlements {
        for (option, sentences) in options.iter().zip(&mut struck_by) {
            if entitlement.met_by.get(&option.id) == Some(&false) {
                sentences
                    .push(format!("Does not meet the entitlement \u{201c}{}\u{201d}.", entitlement.text));
            }
        }
    }
    struck_by
}

/// Whether a likely score (for a level: its value) fails a must.
pub(super) fn fails(must: Must, likely: f64) -> bool {
    match must {
        Must::AtLeast(limit) => likely < limit,
        Must::AtMost(limit) => likely > limit,
    }
}

/// A sentence when a likely score (for a level: its value) fails a must.
fn failed_must(factor: &Factor, must: Must, likely: f64) -> Option<String> {
    let (limit, words) = match must {
        Must::AtLeast(limit) => (limit, "below the minimum of"),
        Must::AtMost(limit) => (limit, "above the maximum of"),
    };
    let figure = |x: f64| match factor.scale {
        Scale::Levels(_) => wording::number(x, wording::decimals_used(x)),
        _ => wording::with_unit(x, &factor.unit, wording::decimals_used(x)),
    };
    fails(must, likely).then(|| format!("{}: {} is {words} {}.", factor.name, figure(likely), figure(limit)))
}
