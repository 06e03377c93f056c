//! Which option leads, and what would change that (methods, section 1).
//!
//! Vectors run parallel to `workspace.question.options` (index `o`) and `workspace.balance.factors` (index `f`).

pub mod robustness;

use crate::model::Workspace;

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
    /// Values per factor and option: `cells[f][o]`.
    pub cells: Vec<Vec<CellValue>>,
    pub options: Vec<OptionValue>,
    /// Options in the ranking, best first; those struck by a must are not in it.
    pub ranking: Vec<usize>,
    /// The leader in each interval of the commercial share, from 0 to 1, exact.
    pub bands: Vec<Band>,
    /// Vertices of the efficient frontier in the (commercial, operational) plane from the most operational to the most
    /// commercial: Pareto members, those on the convex hull marked in [`OptionValue::on_hull`].
    pub frontier: Vec<usize>,
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
#[derive(Clone, Debug, Default)]
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
    /// Whether some weights make it lead (by linear programme).
    pub potentially_optimal: bool,
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
    pub score_now: f64,
    pub score_at_reversal: f64,
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

    /// V(a, λ) = λ·Com(a) + (1 − λ)·Op(a): the total of an option with the dial at λ.
    #[must_use]
    pub fn total_at(&self, option: usize, commercial_share: f64) -> Option<f64> {
        let option = self.options.get(option)?;
        match (option.operational, option.commercial) {
            (Some(op), Some(com)) => Some(commercial_share * com + (1.0 - commercial_share) * op),
            (Some(op), None) if commercial_share == 0.0 => Some(op),
            (None, Some(com)) if commercial_share == 1.0 => Some(com),
            _ => None,
        }
    }
}

/// Computes all of it.
#[must_use]
pub fn analyse(workspace: &Workspace) -> BalanceResult {
    let _ = workspace;
    BalanceResult::default()
}
