//! What holds whatever the weights: the performance matrix and what follows from it alone. A drag of a weight leaves it
//! as it is, so it is kept from edit to edit until something that it rests on changes.

use super::{
    dominance,
    matrix::{PerformanceMatrix, TIE},
};
use crate::model::{Workspace, balance::Factor};

/// Rank correlations from here on are alike enough to be pointed out.
const ALIKE: f64 = 0.9;
/// With fewer options a high rank correlation is no sign of anything.
const FEWEST_OPTIONS: usize = 4;

/// The performance matrix with the comparisons of options and of factors that need no weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Performance {
    pub matrix: PerformanceMatrix,
    /// For every option the others that dominate it; see [`dominance::dominated_by`].
    pub dominated_by: Vec<Vec<usize>>,
    /// Pairs of factors that rank the options almost alike or almost the opposite way: |ρ| of at least 0.9 over at least
    /// four options, in the order of the factors.
    pub alike: Vec<AlikeFactors>,
}

/// Two factors with the rank correlation (Spearman's ρ) of what the options in the ranking are worth on them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlikeFactors {
    pub a: usize,
    pub b: usize,
    /// −1 to 1.
    pub rho: f64,
}

impl Performance {
    /// Reads the scores of a workspace and compares them.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let matrix = PerformanceMatrix::of(workspace);
        Self { dominated_by: dominance::dominated_by(&matrix), alike: alike_factors(&matrix), matrix }
    }

    /// Whether the performance of one workspace is that of the other too, because nothing that it rests on differs.
    #[must_use]
    pub fn is_shared(before: &Workspace, after: &Workspace) -> bool {
        let (old, new) = (&before.question, &after.question);
        old.options.len() == new.options.len()
            && old.options.iter().zip(&new.options).all(|(old, new)| old.id == new.id)
            && old.entitlements == new.entitlements
            && before.balance.factors.len() == after.balance.factors.len()
            && before
                .balance
                .factors
                .iter()
                .zip(&after.balance.factors)
                .all(|(old, new)| same_scale(old, new))
            && before.balance.scores == after.balance.scores
    }

    /// Which options lead with some weights; see [`dominance::potentially_optimal`]. Linear programmes: too dear for every
    /// edit.
    #[must_use]
    pub fn potentially_optimal(&self) -> Vec<bool> {
        dominance::potentially_optimal(&self.matrix, &self.dominated_by)
    }
}

/// Whether two states of a factor measure alike: all but its weight, its place among the groups and its short name.
fn same_scale(before: &Factor, after: &Factor) -> bool {
    // Every field is named, so that one that is added to the model cannot be forgotten here.
    let Factor {
        id,
        name,
        short: _,
        side,
        group: _,
        unit,
        scale,
        swing: _,
        swing_range: _,
        must,
        weight_limits: _,
    } = before;
    *id == after.id
        && *name == after.name
        && *side == after.side
        && *unit == after.unit
        && *scale == after.scale
        && *must == after.must
}

/// The options in the ranking count whose values are known on both factors.
fn alike_factors(matrix: &PerformanceMatrix) -> Vec<AlikeFactors> {
    let ranking: Vec<usize> = matrix.in_ranking().collect();
    if ranking.len() < FEWEST_OPTIONS {
        return Vec::new();
    }
    let values: Vec<Vec<Option<f64>>> =
        matrix.cells.iter().map(|row| ranking.iter().map(|&o| row[o].value).collect()).collect();
    let whole_ranks: Vec<Option<Vec<f64>>> = values
        .iter()
        .map(|row| row.iter().copied().collect::<Option<Vec<f64>>>().map(|row| ranks(&row)))
        .collect();
    let mut pairs = Vec::new();
    for a in 0..values.len() {
        for b in a + 1..values.len() {
            let rho = match (&whole_ranks[a], &whole_ranks[b]) {
                (Some(of_a), Some(of_b)) => correlation(of_a, of_b),
                _ => on_known(&values[a], &values[b]),
            };
            if let Some(rho) = rho.filter(|rho| rho.abs() >= ALIKE - TIE) {
                pairs.push(AlikeFactors { a, b, rho });
            }
        }
    }
    pairs
}

fn on_known(a: &[Option<f64>], b: &[Option<f64>]) -> Option<f64> {
    let (a, b): (Vec<f64>, Vec<f64>) = a.iter().zip(b).filter_map(|(a, b)| (*a).zip(*b)).unzip();
    if a.len() < FEWEST_OPTIONS { None } else { correlation(&ranks(&a), &ranks(&b)) }
}

/// Ranks from 1, ties sharing the mean of their places.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut begun = 0;
    for tied in order.chunk_by(|&a, &b| (values[a] - values[b]).abs() <= TIE) {
        let shared = begun as f64 + (tied.len() as f64 + 1.0) / 2.0;
        for &place in tied {
            ranks[place] = shared;
        }
        begun += tied.len();
    }
    ranks
}

/// Pearson's correlation of ranks, which is Spearman's ρ; `None` when either has no spread.
fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let middle = (a.len() as f64 + 1.0) / 2.0;
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        ab += (x - middle) * (y - middle);
        aa += (x - middle) * (x - middle);
        bb += (y - middle) * (y - middle);
    }
    (aa > 0.0 && bb > 0.0).then(|| (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures from scipy 1.17.1 (`scipy.stats.spearmanr`).
    #[test]
    fn rank_correlation_agrees_with_scipy() {
        let rho = |a: &[f64], b: &[f64]| correlation(&ranks(a), &ranks(b));
        let found = rho(&[1.0, 2.0, 2.0, 4.0, 5.0], &[3.0, 1.0, 4.0, 4.0, 9.0]).unwrap();
        assert!((found - 0.763_157_894_736_842_1).abs() < 1e-12, "{found}");
        let found = rho(&[10.0, 20.0, 30.0, 40.0], &[9.0, 7.0, 3.0, 1.0]).unwrap();
        assert!((found + 1.0).abs() < 1e-12);
        assert_eq!(rho(&[1.0, 1.0, 1.0, 1.0], &[1.0, 2.0, 3.0, 4.0]), None);
    }
}
