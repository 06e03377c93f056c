//! The irrelevant-bidder test: would the leader change if another option had not been there?

use super::{Grounds, Warning};
use crate::{
    analysis::balance::{
        matrix::{PerformanceMatrix, Weighed, ranked},
        value::{UNKNOWN_VALUE, ValueFunction},
        weights,
    },
    model::{
        Workspace,
        balance::{Factor, Scale},
    },
};

/// What one option's absence would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The option left out, and who would lead then, by index.
    pub option: usize,
    pub leader: usize,
    /// The weighted factors whose scale would move; where there are none, nothing can.
    pub moved: Vec<usize>,
}

/// Leaves out each option but the leader in turn, measures the factors with local ends or the lowest price anew, and
/// says who would lead (the test of independence of irrelevant alternatives, applied to bid scoring). In the order of
/// the ranking; empty when nobody leads.
#[must_use]
pub fn irrelevant_option_test(workspace: &Workspace) -> Vec<Dropped> {
    let matrix = PerformanceMatrix::of(workspace);
    let weighed = matrix.weigh(&weights::in_force(workspace).swings);
    dropped_in_turn(&workspace.balance.factors, &matrix, &weighed)
}

fn dropped_in_turn(factors: &[Factor], matrix: &PerformanceMatrix, weighed: &Weighed) -> Vec<Dropped> {
    let ranking = &weighed.ranking;
    let Some(&leader) = ranking.first() else { return Vec::new() };
    let drop = |removed: usize| {
        let moved = factors_moved_by(factors, matrix, weighed, removed);
        let mut totals = weighed.totals.clone();
        for (f, function) in &moved {
            for &o in ranking {
                let value = matrix.reading(*f, o).likely().and_then(|score| function.value(score));
                let value = value.unwrap_or(UNKNOWN_VALUE);
                totals[o] += weighed.weights[*f] * (value - matrix.middle(*f, o));
            }
        }
        let leader = if moved.is_empty() {
            leader
        } else {
            let others = ranking.iter().copied().filter(|&o| o != removed).collect();
            ranked(others, &totals).first().copied().unwrap_or(leader)
        };
        Dropped { option: removed, leader, moved: moved.into_iter().map(|(f, _)| f).collect() }
    };
    ranking[1..].iter().map(|&removed| drop(removed)).collect()
}

/// Says where somebody else would lead.
pub fn leader_hangs_on_another(grounds: Grounds<'_>) -> Vec<Warning> {
    let Some(&leader) = grounds.weighed.ranking.first() else { return Vec::new() };
    let factors = &grounds.workspace.balance.factors;
    let tests = dropped_in_turn(factors, &grounds.performance.matrix, grounds.weighed);
    let flips = tests.into_iter().filter(|test| test.leader != leader);
    flips
        .map(|test| {
            let text = format!(
                "Without {}, {} would lead instead of {}: the scale of {} hangs on who is in the list.",
                grounds.option_name(test.option),
                grounds.option_name(test.leader),
                grounds.option_name(leader),
                grounds.factor_names(&test.moved)
            );
            Warning { rule: "irrelevant-option", text }
        })
        .collect()
}

/// The weighted factors whose scale would move without an option, with the scale that they would have.
fn factors_moved_by(
    factors: &[Factor],
    matrix: &PerformanceMatrix,
    weighed: &Weighed,
    removed: usize,
) -> Vec<(usize, ValueFunction)> {
    factors
        .iter()
        .enumerate()
        .filter(|(f, factor)| {
            matches!(factor.scale, Scale::Local { .. } | Scale::LowestPrice) && weighed.weights[*f] > 0.0
        })
        .map(|(f, factor)| (f, matrix.function(f, &factor.scale, Some(removed))))
        .filter(|(f, function)| *function != matrix.functions[*f])
        .collect()
}
