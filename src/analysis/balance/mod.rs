//! Which option leads, and what would change that (methods, section 1).
//!
//! Vectors run parallel to `workspace.question.options` (index `o`) and `workspace.balance.factors` (index `f`).

pub mod bisection;
pub mod compare;
pub mod dial;
pub mod dominance;
pub mod elicitation;
pub mod matrix;
pub mod performance;
pub mod robustness;
pub mod sensitivity;
pub mod swing_words;
pub mod value;
mod warnings;
pub mod weight_tree;
pub mod weights;
pub mod what_if;

use std::sync::Arc;

use crate::model::{Workspace, balance::Side};

use dial::{Line, PlacedOption};
use matrix::{PerformanceMatrix, TIE, Weighed};
use performance::Performance;

pub use warnings::{Dropped, irrelevant_option_test};

/// Everything about the balance that is cheap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BalanceResult {
    pub weight_basis: WeightBasis,
    /// Swing points in force per factor: stated, from the ballots, or even. A swing not given counts as 0 and warns.
    pub swings: Vec<f64>,
    /// Normalised weights per factor; they sum to 1. Empty when there are no factors.
    pub weights: Vec<f64>,
    /// λ: the share of weight on the commercial side; `None` without factors or when all swings are 0.
    pub commercial_share: Option<f64>,
    /// What was weighed: it stays the same while only weights change.
    pub performance: Arc<Performance>,
    pub options: Vec<OptionValue>,
    /// Options in the ranking, best first; those struck by a must are not in it.
    pub ranking: Vec<usize>,
    /// The leader in each interval of the commercial share, from 0 to 1, exact.
    pub bands: Vec<Band>,
    /// Vertices of the efficient frontier in the (commercial, operational) plane from the most operational to the most
    /// commercial: Pareto members, those on the convex hull marked in [`OptionValue::on_hull`].
    pub frontier: Vec<usize>,
    /// Every factor alone: who leads over its weight, or why that cannot be said; the smallest change of weight that
    /// changes the leader first.
    pub factors_alone: Vec<sensitivity::FactorReading>,
    /// For every factor the smallest change of its weight that changes the leader, smallest change first.
    pub weight_reversals: Vec<WeightReversal>,
    /// Per cell of the leader and its rivals the score at which the leader would lose.
    pub score_break_evens: Vec<ScoreBreakEven>,
    pub warnings: Vec<Warning>,
}

/// What the weights rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeightBasis {
    Swings,
    Ballots,
    /// Nobody has given weights: every factor counts alike.
    #[default]
    Even,
}

/// What a cell is worth, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellValue {
    /// Value at the likely score; `None` when it is not known.
    pub value: Option<f64>,
    /// Values over the low–high of the score: the whole 0–100 when it is not known.
    pub low: f64,
    pub high: f64,
}

/// How one option does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionValue {
    /// V(a), 0–100; `None` while a weighted cell is not known.
    pub value: Option<f64>,
    /// The interval of the total over the values of the cells that are not known; equal to the value when all are known.
    pub value_low: f64,
    pub value_high: f64,
    /// Op(a) and Com(a), each side's own weighted mean, 0–100; `None` without weight on that side or with unknown cells.
    pub operational: Option<f64>,
    pub commercial: Option<f64>,
    /// Place in the ranking from 1, ties sharing the better; `None` when struck.
    pub rank: Option<usize>,
    /// Points of the total per factor: weight × value; `None` where the cell is not known.
    pub contributions: Vec<Option<f64>>,
    /// Why it is struck from the ranking, a sentence for each must that it fails.
    pub struck_by: Vec<String>,
    /// Options that do at least as well on every factor and better on one.
    pub dominated_by: Vec<usize>,
    pub on_frontier: bool,
    pub on_hull: bool,
}

/// An interval of the commercial share in which one option leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    pub leader: usize,
    pub from: f64,
    pub to: f64,
}

/// The smallest change of one factor's weight that changes the leader.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightReversal {
    pub factor: usize,
    pub weight_now: f64,
    pub weight_at_reversal: f64,
    pub from: usize,
    pub to: usize,
}

/// The score at which the leader would lose, all else as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreBreakEven {
    pub option: usize,
    pub factor: usize,
    /// `None` where it is not known: it stands at the middle then.
    pub score_now: Option<f64>,
    /// On levels the value of the level.
    pub score_at_reversal: f64,
    /// Whether a must strikes the leader there: the score is the limit of the must, and only past it is the leader out; on
    /// levels the level that fails.
    pub by_must: bool,
    /// Who would lead then.
    pub to: usize,
}

/// Something about the weighing that deserves a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The rule's short name, as JSON gives it.
    pub rule: &'static str,
    pub text: String,
}

impl BalanceResult {
    /// The leader at today's weights.
    #[must_use]
    pub fn leader(&self) -> Option<usize> {
        self.ranking.first().copied()
    }

    /// Values per factor and option: `cells()[f][o]`.
    #[must_use]
    pub fn cells(&self) -> &[Vec<CellValue>] {
        &self.performance.matrix.cells
    }

    /// V(a, λ) = λ·Com(a) + (1 − λ)·Op(a): the total of an option with the dial at λ.
    #[must_use]
    pub fn total_at(&self, option: usize, commercial_share: f64) -> Option<f64> {
        let option = self.options.get(option)?;
        match (option.operational, option.commercial) {
            (Some(op), Some(com)) => Some(commercial_share * com + (1.0 - commercial_share) * op),
            (Some(op), None) if commercial_share <= 0.0 => Some(op),
            (None, Some(com)) if commercial_share >= 1.0 => Some(com),
            _ => None,
        }
    }
}

/// Computes all of it.
///
/// Without options, factors or any weight above 0 there is no ranking and no band. An option with unknown cells is
/// provisional: its value is `None`, and in the ranking, the bands and the reversals it stands at the middle of its
/// interval, every unknown cell counting 50. When one side has no weight the dial cannot scale it; that side's means
/// are `None` and the leader has the only band.
#[must_use]
pub fn analyse(workspace: &Workspace) -> BalanceResult {
    weigh(workspace, Arc::new(Performance::of(workspace)))
}

/// The same with the performance of the workspace at hand already.
#[must_use]
pub fn weigh(workspace: &Workspace, performance: Arc<Performance>) -> BalanceResult {
    let matrix = &performance.matrix;
    let in_force = weights::in_force(workspace);
    let weighed = matrix.weigh(&in_force.swings);
    let mut options = option_values(&performance, &weighed);
    let places: Vec<PlacedOption> = matrix
        .in_ranking()
        .filter_map(|option| {
            let OptionValue { operational, commercial, .. } = options[option];
            Some(PlacedOption { option, commercial: commercial?, operational: operational? })
        })
        .collect();
    let frontier = dial::frontier(&places);
    for place in &frontier {
        options[place.option].on_frontier = true;
    }
    for option in dial::on_hull(&frontier) {
        options[option].on_hull = true;
    }
    let factors_alone = sensitivity::every_factor(matrix, &weighed);
    BalanceResult {
        weight_basis: in_force.basis,
        commercial_share: weighed.commercial_share,
        bands: bands(matrix, &weighed),
        frontier: frontier.iter().map(|place| place.option).collect(),
        weight_reversals: sensitivity::weight_reversals(&factors_alone),
        factors_alone,
        score_break_evens: sensitivity::score_break_evens(matrix, &workspace.balance.factors, &weighed),
        warnings: warnings::warnings(workspace, &performance, &in_force, &weighed, &options),
        swings: in_force.swings,
        options,
        weights: weighed.weights,
        ranking: weighed.ranking,
        performance,
    }
}

/// How each option does at these weights.
fn option_values(performance: &Performance, weighed: &Weighed) -> Vec<OptionValue> {
    let matrix = &performance.matrix;
    let mut options: Vec<OptionValue> = performance
        .dominated_by
        .iter()
        .cloned()
        .enumerate()
        .map(|(o, dominated_by)| OptionValue {
            struck_by: matrix.struck_by[o].clone(),
            dominated_by,
            operational: side_mean(matrix, &weighed.weights, o, Side::Operational, |cell| cell.value),
            commercial: side_mean(matrix, &weighed.weights, o, Side::Commercial, |cell| cell.value),
            ..total_of(matrix, weighed, o)
        })
        .collect();
    let mut rank = 1;
    for (place, &option) in weighed.ranking.iter().enumerate() {
        if place > 0 && weighed.totals[weighed.ranking[place - 1]] - weighed.totals[option] > TIE {
            rank = place + 1;
        }
        options[option].rank = Some(rank);
    }
    options
}

/// V(a) = Σ wⱼ·vⱼ with its points by factor, and its interval where weighted cells are not known.
fn total_of(matrix: &PerformanceMatrix, weighed: &Weighed, o: usize) -> OptionValue {
    let mut contributions = Vec::with_capacity(matrix.factors);
    let (mut low, mut high) = (0.0, 0.0);
    let mut known = weighed.commercial_share.is_some();
    for (row, &weight) in matrix.cells.iter().zip(&weighed.weights) {
        let cell = row[o];
        contributions.push(cell.value.map(|value| weight * value));
        known &= cell.value.is_some() || weight <= 0.0;
        low += weight * cell.value.unwrap_or(value::WORST_VALUE);
        high += weight * cell.value.unwrap_or(value::BEST_VALUE);
    }
    if weighed.commercial_share.is_none() {
        (low, high) = (value::WORST_VALUE, value::BEST_VALUE);
    }
    OptionValue {
        value: known.then_some(weighed.totals[o]),
        value_low: low,
        value_high: high,
        contributions,
        ..OptionValue::default()
    }
}

/// A side's own weighted mean; `None` without weight on the side or with a weighted cell that `of` does not know.
fn side_mean(
    matrix: &PerformanceMatrix,
    weights: &[f64],
    o: usize,
    side: Side,
    of: impl Fn(CellValue) -> Option<f64>,
) -> Option<f64> {
    let (mut sum, mut weight_of_side) = (0.0, 0.0);
    for (f, &weight) in weights.iter().enumerate() {
        if matrix.sides[f] == side && weight > 0.0 {
            sum += weight * of(matrix.cells[f][o])?;
            weight_of_side += weight;
        }
    }
    (weight_of_side > 0.0).then(|| sum / weight_of_side)
}

/// Who leads along the dial; a single band of the leader where one side has no weight.
fn bands(matrix: &PerformanceMatrix, weighed: &Weighed) -> Vec<Band> {
    let middle = |cell: CellValue| Some(cell.value.unwrap_or(value::UNKNOWN_VALUE));
    let mean = |o, side| side_mean(matrix, &weighed.weights, o, side, middle);
    let lines: Option<Vec<Line>> = matrix
        .in_ranking()
        .map(|option| {
            let at_0 = mean(option, Side::Operational)?;
            let at_1 = mean(option, Side::Commercial)?;
            Some(Line { option, at_0, at_1 })
        })
        .collect();
    match (lines, weighed.ranking.first()) {
        (Some(lines), Some(_)) => dial::envelope(&lines),
        (None, Some(&leader)) => vec![Band { leader, from: 0.0, to: 1.0 }],
        (_, None) => Vec::new(),
    }
}
