//! Which option leads, and what would change that (methods, section 1).
//!
//! Vectors run parallel to `workspace.question.options` (index `o`) and `workspace.balance.factors` (index `f`).

pub mod bisection;
pub mod certainty;
pub mod compare;
pub mod dial;
pub mod dominance;
pub mod elicitation;
pub mod matrix;
pub mod performance;
pub mod robustness;
pub mod sensitivity;
pub mod sentence;
pub mod swing_words;
pub mod value;
mod warnings;
pub mod weight_tree;
pub mod weights;
pub mod what_if;
mod when_asked;

use std::sync::Arc;

use crate::model::{Workspace, balance::Side};

use certainty::{Certainty, Fan, Interval};
use dial::{Line, PlacedOption};
use matrix::{PerformanceMatrix, TIE, Weighed};
use performance::Performance;

use when_asked::WhenAsked;

pub use warnings::{Dropped, irrelevant_option_test};

/// Everything about the balance that is cheap.
#[derive(Clone, Debug, Default)]
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
    /// The total of each option of the ranking over the commercial share; without lines where one side has no weight.
    pub dial: Fan,
    /// The leader in each interval of the commercial share, from 0 to 1, exact.
    pub bands: Vec<Band>,
    /// Vertices of the efficient frontier in the (commercial, operational) plane from the most operational to the most
    /// commercial, unknown scores half way: Pareto members, those on the convex hull marked in [`OptionValue::on_hull`].
    pub frontier: Vec<usize>,
    /// What is worked out only when somebody asks.
    pub(in crate::analysis) when_asked: WhenAsked,
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
    /// Whether no other option beats it on one side without losing on the other; `None` where a side has no weight, and
    /// where scores that are not known could change it.
    pub on_frontier: Option<bool>,
    /// Whether it is a corner of the convex hull of the frontier, unknown scores half way.
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
    /// Today's weight where several tie for the lead: the least change parts them.
    pub weight_at_reversal: f64,
    /// Whether the weight falls on the way there, and past it.
    pub falls: bool,
    pub from: usize,
    pub to: usize,
    /// Whether it is so whatever the scores that are not known turn out to be.
    pub is_certain: bool,
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
    /// Whether it is so whatever the other scores that are not known turn out to be.
    pub is_certain: bool,
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

    /// All who lead at today's weights: one, or those that tie; none without a ranking.
    #[must_use]
    pub fn leaders(&self) -> Vec<usize> {
        let leads = |o: &usize| self.options[*o].rank == Some(1);
        self.ranking.iter().copied().filter(leads).collect()
    }

    /// How sure it is that they lead.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        certainty::of_lead(&self.leaders(), &self.ranking, |o| self.options[o].total())
    }

    /// Whether the place of an option in the ranking is the same whatever the scores that are not known turn out to be.
    #[must_use]
    pub fn is_place_certain(&self, option: usize) -> bool {
        certainty::is_place_certain(option, &self.ranking, |o| self.options[o].total())
    }

    /// Whether several options could be ranked and have weight, but fewer than two have a score that carries weight.
    #[must_use]
    pub fn too_few_scored(&self) -> bool {
        self.commercial_share.is_some() && self.performance.matrix.too_few_scored(&self.weights)
    }

    /// Whether the leader of a band of the dial leads throughout it for certain.
    #[must_use]
    pub fn is_certain_in(&self, band: &Band) -> bool {
        if self.dial.middle.is_empty() {
            self.certainty() == Certainty::Certain
        } else {
            self.dial.is_certain(band)
        }
    }

    /// All who lead throughout a band of the dial: its leader, and those that tie with it everywhere in it.
    #[must_use]
    pub fn leaders_in(&self, band: &Band) -> Vec<usize> {
        if self.dial.middle.is_empty() { self.leaders() } else { self.dial.leaders_in(band) }
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

impl OptionValue {
    /// What its total may be.
    #[must_use]
    pub fn total(&self) -> Interval {
        Interval { low: self.value_low, high: self.value_high }
    }
}

/// Computes all of it.
///
/// Without options, factors or any weight above 0 there is no ranking and no band; nor where several options could be
/// ranked and fewer than two have a score that carries weight. An option with unknown cells is provisional: its value is
/// `None`, and in the ranking, the bands and the reversals it stands at the middle of its interval, every unknown cell
/// counting 50; how sure each of these is then, [`certainty`] says. When one side has no weight the dial cannot scale it; that side's means
/// are `None` and the leader has the only band.
#[must_use]
pub fn analyse(workspace: &Workspace) -> BalanceResult {
    weigh(workspace, Arc::new(Performance::of(workspace)), weights::in_force(workspace))
}

/// The same with the performance of the workspace and the swing points in force at hand already.
#[must_use]
pub fn weigh(
    workspace: &Workspace,
    performance: Arc<Performance>,
    in_force: weights::SwingsInForce,
) -> BalanceResult {
    let matrix = &performance.matrix;
    let weighed = matrix.weigh(&in_force.swings);
    let mut options = option_values(&performance, &weighed);
    let frontier = place_on_frontier(matrix, &weighed, &mut options);
    let dial = dial_lines(matrix, &weighed);
    BalanceResult {
        weight_basis: in_force.basis,
        commercial_share: weighed.commercial_share,
        bands: bands(dial.as_ref(), &weighed),
        dial: dial.unwrap_or_default(),
        frontier,
        swings: in_force.swings.clone(),
        options,
        weights: weighed.weights.clone(),
        ranking: weighed.ranking.clone(),
        when_asked: WhenAsked::new(workspace, in_force, weighed),
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

/// The totals over the commercial share; `None` where one side has no weight.
fn dial_lines(matrix: &PerformanceMatrix, weighed: &Weighed) -> Option<Fan> {
    if weighed.ranking.is_empty() {
        return None;
    }
    Fan::of(matrix, |option, unknown| {
        let mean = |side| {
            side_mean(matrix, &weighed.weights, option, side, |cell| Some(cell.value.unwrap_or(unknown)))
        };
        Some(Line { option, at_0: mean(Side::Operational)?, at_1: mean(Side::Commercial)? })
    })
}

/// Who leads along the dial; a single band of the leader where one side has no weight.
fn bands(dial: Option<&Fan>, weighed: &Weighed) -> Vec<Band> {
    match (dial, weighed.ranking.first()) {
        (Some(fan), Some(_)) => dial::envelope(&fan.middle),
        (None, Some(&leader)) => vec![Band { leader, from: 0.0, to: 1.0 }],
        (_, None) => Vec::new(),
    }
}

/// Marks who is on the efficient frontier; answers its members with unknown scores half way.
fn place_on_frontier(
    matrix: &PerformanceMatrix,
    weighed: &Weighed,
    options: &mut [OptionValue],
) -> Vec<usize> {
    if weighed.ranking.is_empty() {
        return Vec::new();
    }
    let placed = |unknown: f64| -> Option<Vec<PlacedOption>> {
        let mean = |o, side| {
            side_mean(matrix, &weighed.weights, o, side, |cell| Some(cell.value.unwrap_or(unknown)))
        };
        let place = |option| {
            let (commercial, operational) =
                (mean(option, Side::Commercial)?, mean(option, Side::Operational)?);
            Some(PlacedOption { option, commercial, operational })
        };
        matrix.in_ranking().map(place).collect()
    };
    let Some(half_way) = placed(value::UNKNOWN_VALUE) else { return Vec::new() };
    let (low, high) = if matrix.has_unknown {
        (placed(value::WORST_VALUE).unwrap_or_default(), placed(value::BEST_VALUE).unwrap_or_default())
    } else {
        (half_way.clone(), half_way.clone())
    };
    for (at_worst, at_best) in low.iter().zip(&high) {
        let others = |place: &&PlacedOption| place.option != at_worst.option;
        let surely_beaten = low.iter().filter(others).any(|other| other.beats(at_best));
        let may_be_beaten = high.iter().filter(others).any(|other| other.beats(at_worst));
        options[at_worst.option].on_frontier = match (surely_beaten, may_be_beaten) {
            (true, _) => Some(false),
            (false, false) => Some(true),
            (false, true) => None,
        };
    }
    let frontier = dial::frontier(&half_way);
    for option in dial::on_hull(&frontier) {
        options[option].on_hull = true;
    }
    frontier.iter().map(|place| place.option).collect()
}
