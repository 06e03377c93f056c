//! Which options are beaten whatever the weights: pairwise dominance and potential optimality (Hazen 1986).

use good_lp::{Expression, ProblemVariables, Solution, SolverModel, microlp, variable};

use super::{
    CellValue,
    matrix::{PerformanceMatrix, TIE},
};
use crate::model::balance::Side;

/// A smaller lead, as a share of the whole scale, than the linear programme can tell from none.
const LEAST_MARGIN: f64 = 1e-7;
/// Rounds of the quick search before the linear programme is asked.
const QUICK_ROUNDS: usize = 60;

/// For every option the others that do at least as well on every factor and better on one. Unknown cells count against
/// the one that would dominate: its own as 0, the other's as 100. Struck options take no part.
#[must_use]
pub fn dominated_by(matrix: &PerformanceMatrix) -> Vec<Vec<usize>> {
    let mut dominated = vec![Vec::new(); matrix.options];
    for a in matrix.in_ranking() {
        dominated[a] = matrix.in_ranking().filter(|&b| b != a && dominates(&matrix.cells, b, a)).collect();
    }
    dominated
}

/// On how many factors one option is at least as good as another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtLeastAsGood {
    pub operational: usize,
    pub commercial: usize,
    /// Whether it is so on every factor of the side, there being one.
    pub all_operational: bool,
    pub all_commercial: bool,
    /// Whether it is so on every factor, and better on one.
    pub dominates: bool,
}

impl AtLeastAsGood {
    /// On how many factors of both sides.
    #[must_use]
    pub fn factors(self) -> usize {
        self.operational + self.commercial
    }
}

/// On how many factors option `a` is at least as good as option `b`. A score that is not known is never at least as good
/// as another, and none but the best is at least as good as it.
#[must_use]
pub fn at_least_as_good(matrix: &PerformanceMatrix, a: usize, b: usize) -> AtLeastAsGood {
    let mut of_side = [0; 2];
    let mut as_good = [0; 2];
    for (row, side) in matrix.cells.iter().zip(&matrix.sides) {
        let place = usize::from(*side == Side::Commercial);
        of_side[place] += 1;
        as_good[place] += usize::from(at_least(row[a]) >= at_most(row[b]) - TIE);
    }
    let all = |place: usize| of_side[place] > 0 && as_good[place] == of_side[place];
    AtLeastAsGood {
        operational: as_good[0],
        commercial: as_good[1],
        all_operational: all(0),
        all_commercial: all(1),
        dominates: dominates(&matrix.cells, a, b),
    }
}

fn dominates(cells: &[Vec<CellValue>], better: usize, worse: usize) -> bool {
    let mut anywhere_better = false;
    for row in cells {
        let (least, most) = (at_least(row[better]), at_most(row[worse]));
        if least < most - TIE {
            return false;
        }
        anywhere_better |= least > most + TIE;
    }
    anywhere_better
}

/// Whether some weights, every factor having a little, put the option first, alone or with others, for some of the values
/// that unknown cells may turn out to have: the option's own count as 100, its rivals' as 0. Struck options never lead. A
/// lead that ties at an edge only, where factors with a difference have no weight at all, does not count.
#[must_use]
pub fn potentially_optimal(matrix: &PerformanceMatrix, dominated: &[Vec<usize>]) -> Vec<bool> {
    let mut optimal = vec![false; matrix.options];
    if matrix.factors == 0 {
        return optimal;
    }
    let rivals: Vec<usize> = matrix.in_ranking().filter(|&o| dominated[o].is_empty()).collect();
    for row in &matrix.cells {
        for &option in &rivals {
            optimal[option] |= is_sole_best(row, option, &rivals);
        }
    }
    for &option in &rivals {
        if !optimal[option] {
            let ahead = advantages(matrix, option, &rivals);
            optimal[option] = leads_somewhere(&ahead, matrix.factors);
        }
    }
    optimal
}

/// Whether some weights, every factor having a little, give each row of `ahead` a lead of nought or more. A row says how
/// far an option is ahead of one rival on each factor, as a share of the scale.
pub(super) fn leads_somewhere(ahead: &[Vec<f64>], factors: usize) -> bool {
    quick_answer(ahead, factors).unwrap_or_else(|| programme_answer(ahead, factors))
}

/// Whether an option can alone be best on a factor: with nearly all the weight there it leads.
fn is_sole_best(row: &[CellValue], option: usize, rivals: &[usize]) -> bool {
    let most = at_most(row[option]);
    rivals.iter().all(|&rival| rival == option || at_least(row[rival]) < most - TIE)
}

fn at_most(cell: CellValue) -> f64 {
    cell.value.unwrap_or(super::value::BEST_VALUE)
}

fn at_least(cell: CellValue) -> f64 {
    cell.value.unwrap_or(super::value::WORST_VALUE)
}

/// How far the option can be ahead of each rival on each factor, as a share of the scale: a row a rival. Rivals with the
/// same values throughout are left out.
fn advantages(matrix: &PerformanceMatrix, option: usize, rivals: &[usize]) -> Vec<Vec<f64>> {
    rivals
        .iter()
        .filter(|&&rival| rival != option)
        .map(|&rival| {
            (matrix.cells.iter())
                .map(|row| (at_most(row[option]) - at_least(row[rival])) / 100.0)
                .collect::<Vec<f64>>()
        })
        .filter(|row| row.iter().any(|x| x.abs() > TIE))
        .collect()
}

/// A certain answer where a short play of the game between weights and rivals gives one: weights at which the option
/// leads every rival, or a mix of rivals that beats it on every factor. Each round the weights lean towards the factors
/// on which the option does well against the rivals that beat it so far.
fn quick_answer(ahead: &[Vec<f64>], factors: usize) -> Option<bool> {
    let even = 1.0 / factors as f64;
    let mut weights = vec![even; factors];
    let mut against_mix = vec![0.0; factors];
    for round in 1..=QUICK_ROUNDS {
        let lead = |row: &[f64]| row.iter().zip(&weights).map(|(x, w)| x * w).sum::<f64>();
        let (least, hardest) = ahead.iter().map(|row| (lead(row), row)).min_by(|a, b| a.0.total_cmp(&b.0))?;
        if least > LEAST_MARGIN {
            return Some(true);
        }
        for (sum, x) in against_mix.iter_mut().zip(hardest) {
            *sum += x;
        }
        if against_mix.iter().all(|sum| *sum < -LEAST_MARGIN * round as f64) {
            return Some(false);
        }
        let lean = 4.0 / (round as f64).sqrt();
        let top = against_mix.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (weight, sum) in weights.iter_mut().zip(&against_mix) {
            *weight = libm::exp((sum - top) * lean);
        }
        let total: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= total);
    }
    None
}

/// The linear programme: the largest least weight ε at which the option still leads every rival,
/// max ε with w_j ≥ ε, Σw = 1 and Σⱼ w_j·(v_aj − v_bj) ≥ 0 for every rival b.
fn programme_answer(ahead: &[Vec<f64>], factors: usize) -> bool {
    let mut variables = ProblemVariables::new();
    let least = variables.add(variable().min(0.0).max(1.0));
    let above: Vec<_> = (0..factors).map(|_| variables.add(variable().min(0.0).max(1.0))).collect();
    let mut programme = variables.maximise(least).using(microlp);
    let sum: Expression = above.iter().copied().sum();
    programme.add_constraint((sum + factors as f64 * least).eq(1.0));
    for row in ahead {
        let beyond: Expression = above.iter().zip(row).map(|(w, x)| *x * *w).sum();
        programme.add_constraint((beyond + row.iter().sum::<f64>() * least).geq(0.0));
    }
    // A programme that cannot be met says that no weights put the option first.
    programme.solve().is_ok_and(|solution| solution.value(least) > LEAST_MARGIN)
}
