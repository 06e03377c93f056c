//! What would change the leader: the smallest change of one weight, and the score at which each cell would tip it.

mod least_change;
mod one_factor;
mod tornado;
mod two_factors;

pub use least_change::{NoWeightChange, WeightChange, least_weight_change};
pub use one_factor::{FactorReading, OneFactor, Reversal, every_factor, one_factor};
pub use tornado::{Tornado, TornadoBar, least_score_change, tornado};
pub use two_factors::{Border, Place, Region, TwoFactors, two_factors};

use super::{
    ScoreBreakEven, WeightReversal,
    matrix::{PerformanceMatrix, TIE, Weighed},
    value::{BEST_VALUE, ValueFunction, WORST_VALUE},
};
use crate::model::balance::{Factor, Scale};

/// For every factor the nearest weight, either way, at which another option leads, while the other weights keep their
/// proportions: w_k = t, others × (1 − t)/(1 − w_k). Exact; in the order of [`every_factor`], the smallest change first. A
/// factor that carries all the weight has none (the others have no proportions), nor has one that cannot change the leader.
#[must_use]
pub fn weight_reversals(factors: &[FactorReading]) -> Vec<WeightReversal> {
    let reversal = |(factor, reading): &FactorReading| {
        let one = reading.as_ref().ok()?;
        let nearest = one.nearest()?;
        Some(WeightReversal {
            factor: *factor,
            weight_now: one.weight_now,
            weight_at_reversal: nearest.weight,
            from: one.leader(),
            to: nearest.to,
        })
    };
    factors.iter().filter_map(reversal).collect()
}

/// For each cell of the leader, then of each rival in the order of the ranking, the score nearest to today's at which
/// the leader would no longer lead. Left out: cells of options that tie with the leader as they are, cells without a known score, without weight, on levels, or that no score
/// on the scale could tip; and on local ends or the lowest price those that would move the scale itself, because then
/// no single curve holds.
#[must_use]
pub fn score_break_evens(
    matrix: &PerformanceMatrix,
    factors: &[Factor],
    weighed: &Weighed,
) -> Vec<ScoreBreakEven> {
    let [leader, runner_up, ..] = weighed.ranking[..] else { return Vec::new() };
    let lead_over = |rival: usize| weighed.totals[leader] - weighed.totals[rival];
    let mut break_evens = Vec::new();
    for &option in &weighed.ranking {
        let (change, to) =
            if option == leader { (-lead_over(runner_up), runner_up) } else { (lead_over(option), option) };
        if change.abs() <= TIE {
            continue;
        }
        for (f, factor) in factors.iter().enumerate() {
            let weight = weighed.weights[f];
            let (Some(score_now), true) = (matrix.reading(f, option).likely(), weight > 0.0) else {
                continue;
            };
            let target = matrix.middle(f, option) + change / weight;
            if !(WORST_VALUE..=BEST_VALUE).contains(&target) {
                continue;
            }
            let found = matrix.functions[f].score_worth(target, score_now);
            let stays = |score: &f64| scale_stays(matrix, f, option, &factor.scale, score_now, *score);
            if let Some(score_at_reversal) = found.filter(stays) {
                break_evens.push(ScoreBreakEven { option, factor: f, score_now, score_at_reversal, to });
            }
        }
    }
    break_evens
}

/// Whether moving one score from `now` to `then` leaves the scale where it is: always on fixed ends; on local ones when
/// neither is an end that no other option holds.
fn scale_stays(
    matrix: &PerformanceMatrix,
    f: usize,
    option: usize,
    scale: &Scale,
    now: f64,
    then: f64,
) -> bool {
    match scale {
        Scale::Local { .. } | Scale::LowestPrice => {
            let before = matrix.function(f, scale, Some(option));
            let unmoved = before == matrix.functions[f];
            let inside = match &before {
                ValueFunction::LowestPrice { lowest } => then >= *lowest && now >= *lowest,
                curve => curve.ends().is_some_and(|(low, high)| low <= then && then <= high),
            };
            unmoved && inside
        }
        Scale::Linear { .. } | Scale::Points(_) | Scale::Levels(_) | Scale::Direct => true,
    }
}
