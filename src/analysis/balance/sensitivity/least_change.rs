//! The least that the weights would have to change for an option to lead: the inverse of the weighted sum, in the sense of
//! Rios Insua and French (1991), by linear programme.

use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, microlp, variable};

use crate::analysis::balance::{
    CellValue, dominance,
    matrix::{PerformanceMatrix, TIE, Weighed},
};

/// Changes of a weight under this are rounding of the linear programme.
const LEAST_CHANGE: f64 = 1e-9;

/// The least total change of the normalised weights after which an option leads.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightChange {
    /// Who leads then, level with the leader of today: any further on the same way, and it leads alone.
    pub option: usize,
    /// The weights then, per factor, 0 to 1; they sum to 1.
    pub weights: Vec<f64>,
    /// What each weight changes by, −1 to 1; exactly 0 for those that stay. The changes sum to 0.
    pub changes: Vec<f64>,
    /// The share of all weight that moves from one factor to another, 0 to 1: half of the total change Σ|Δwⱼ|.
    pub moved: f64,
}

/// Why no change of the weights makes an option lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWeightChange {
    /// It leads already, alone.
    AlreadyLeads,
    /// It leads already, level with others: any weights that favour it put it ahead.
    TiesForTheLead,
    /// A must strikes it, whatever the weights.
    Struck,
    /// There is nothing to change: no factors, or none with any weight.
    NoWeights,
    /// Fewer than two options have a score that carries weight.
    TooFewScored,
    /// At all weights some other option does better.
    NeverLeads,
    /// The same, with scores that are not known at the middle; what they turn out to be may change it.
    NeverLeadsAtMiddle,
}

impl NoWeightChange {
    /// The reason as the end of a sentence that begins with the option.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AlreadyLeads => "leads already",
            Self::TiesForTheLead => "ties for the lead as it is",
            Self::Struck => "is struck by a must, and no weights bring it back",
            Self::TooFewScored => "cannot lead before two options have a score that carries weight",
            Self::NoWeights => "cannot lead before a factor has weight",
            Self::NeverLeads => "leads at no weights at all",
            Self::NeverLeadsAtMiddle => "leads at no weights at all with unknown scores at the middle",
        }
    }
}

impl WeightChange {
    /// The factors that gain weight and how much, 0 to 1, the largest gain first.
    #[must_use]
    pub fn gains(&self) -> Vec<(usize, f64)> {
        self.on_one_side(1.0)
    }

    /// The factors that give weight and how much, 0 to 1, the largest gift first.
    #[must_use]
    pub fn gifts(&self) -> Vec<(usize, f64)> {
        self.on_one_side(-1.0)
    }

    fn on_one_side(&self, sign: f64) -> Vec<(usize, f64)> {
        let changes = self.changes.iter().enumerate().map(|(f, change)| (f, sign * change));
        let mut side: Vec<(usize, f64)> = changes.filter(|(_, size)| *size > 0.0).collect();
        side.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        side
    }
}

/// What would have to be true of the weights for an option to lead: the weights nearest to today's by Σ|Δwⱼ| at which no
/// option of the ranking does better. Unknown cells stand at the middle of their interval, as in the ranking.
///
/// min Σⱼ (gⱼ + lⱼ) with Σⱼ (gⱼ − lⱼ) = 0, lⱼ ≤ wⱼ and Σⱼ (wⱼ + gⱼ − lⱼ)(v_aj − v_bj) ≥ 0 for every rival b.
///
/// # Errors
/// Why there is no such change; see [`NoWeightChange`].
pub fn least_weight_change(
    matrix: &PerformanceMatrix,
    weighed: &Weighed,
    option: usize,
) -> Result<WeightChange, NoWeightChange> {
    if weighed.ranking.is_empty() {
        let struck = matrix.struck_by.get(option).is_some_and(|reasons| !reasons.is_empty());
        return Err(if struck {
            NoWeightChange::Struck
        } else if matrix.too_few_scored(&weighed.weights) {
            NoWeightChange::TooFewScored
        } else {
            NoWeightChange::NoWeights
        });
    }
    if !weighed.ranking.contains(&option) {
        return Err(NoWeightChange::Struck);
    }
    let leaders = weighed.leaders();
    if leaders.contains(&option) {
        let alone = leaders.len() == 1;
        return Err(if alone { NoWeightChange::AlreadyLeads } else { NoWeightChange::TiesForTheLead });
    }
    let unknown = |row: &Vec<CellValue>| weighed.ranking.iter().any(|&o| row[o].value.is_none());
    let never = if matrix.cells.iter().any(unknown) {
        NoWeightChange::NeverLeadsAtMiddle
    } else {
        NoWeightChange::NeverLeads
    };
    let ahead = advantages(matrix, weighed, option);
    if !dominance::leads_somewhere(&ahead, matrix.factors) {
        return Err(never);
    }
    let changes = nearest(&ahead, &weighed.weights).ok_or(never)?;
    let weights = weighed.weights.iter().zip(&changes).map(|(w, change)| (w + change).max(0.0)).collect();
    let moved = changes.iter().map(|change| change.abs()).sum::<f64>() / 2.0;
    Ok(WeightChange { option, weights, changes, moved })
}

/// How far the option is ahead of each rival on each factor, as a share of the scale, a row a rival. Rivals with the same
/// values throughout are left out: they lead together.
fn advantages(matrix: &PerformanceMatrix, weighed: &Weighed, option: usize) -> Vec<Vec<f64>> {
    let row = |&rival: &usize| -> Vec<f64> {
        (0..matrix.factors).map(|f| (matrix.middle(f, option) - matrix.middle(f, rival)) / 100.0).collect()
    };
    let rivals = weighed.ranking.iter().filter(|&&rival| rival != option);
    rivals.map(row).filter(|row| row.iter().any(|x| x.abs() > TIE)).collect()
}

/// The least changes of the weights after which every row of `ahead` has a lead of nought or more.
///
/// Rivals are called in only when they would win: most never matter, and the programme stays small.
fn nearest(ahead: &[Vec<f64>], weights: &[f64]) -> Option<Vec<f64>> {
    let mut changes = vec![0.0; weights.len()];
    let mut called: Vec<&[f64]> = Vec::new();
    loop {
        let lead = |row: &[f64]| -> f64 {
            row.iter().zip(weights.iter().zip(&changes)).map(|(x, (w, change))| x * (w + change)).sum()
        };
        let worst = ahead
            .iter()
            .map(|row| (lead(row), row.as_slice()))
            .filter(|(lead, row)| *lead < -LEAST_CHANGE && !called.iter().any(|other| other == row))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, row)) = worst else { return Some(changes) };
        called.push(row);
        changes = programme(&called, weights)?;
    }
}

/// The linear programme for some of the rivals.
fn programme(rivals: &[&[f64]], weights: &[f64]) -> Option<Vec<f64>> {
    let mut variables = ProblemVariables::new();
    let gains: Vec<Variable> =
        weights.iter().map(|w| variables.add(variable().min(0.0).max(1.0 - w))).collect();
    let gifts: Vec<Variable> = weights.iter().map(|w| variables.add(variable().min(0.0).max(*w))).collect();
    let total: Expression = gains.iter().chain(&gifts).copied().sum();
    let mut programme = variables.minimise(total).using(microlp);
    let balance: Expression = gains.iter().zip(&gifts).map(|(gain, gift)| *gain - *gift).sum();
    programme.add_constraint(balance.eq(0.0));
    for row in rivals {
        let now: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        let change: Expression =
            gains.iter().zip(&gifts).zip(*row).map(|((gain, gift), x)| *x * *gain - *x * *gift).sum();
        programme.add_constraint(change.geq(-now));
    }
    let solution = programme.solve().ok()?;
    let change = |(gain, gift): (&Variable, &Variable)| solution.value(*gain) - solution.value(*gift);
    let tidied = |change: f64| if change.abs() < LEAST_CHANGE { 0.0 } else { change };
    Some(gains.iter().zip(&gifts).map(change).map(tidied).collect())
}
