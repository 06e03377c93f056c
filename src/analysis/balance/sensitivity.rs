//! What would change the leader: the smallest change of one weight, and the score at which each cell would tip it.

mod break_even;
mod least_change;
mod one_factor;
pub mod to_win;
mod tornado;
mod two_factors;

pub use break_even::{WrittenBreakEven, break_even_words, failing_words, score_break_evens};
pub use least_change::{NoWeightChange, WeightChange, least_weight_change};
pub use one_factor::{FactorReading, OneFactor, Reversal, every_factor, one_factor};
pub use tornado::{Tornado, TornadoBar, least_score_change, tornado};
pub use two_factors::{Border, Place, Region, TwoFactors, two_factors};

use super::{BalanceResult, WeightReversal, matrix::TIE};

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
            falls: one.below() == Some(nearest),
            from: one.leader(),
            to: nearest.to,
            is_certain: one.is_certain(),
        })
    };
    factors.iter().filter_map(reversal).collect()
}

/// Who leads past a weight, all of those who tie there. Totals are straight lines in one weight, so two that are level
/// where the lead changes hands and at the end of the scale are level all the way.
#[must_use]
pub fn leads_past(balance: &BalanceResult, reversal: &WeightReversal) -> Vec<usize> {
    let rest = 1.0 - reversal.weight_now;
    if rest <= 0.0 {
        return vec![reversal.to];
    }
    let totals_at = |weight: f64| {
        let scaled = balance.weights.iter().map(|own| own * (1.0 - weight) / rest);
        let mut weights: Vec<f64> = scaled.collect();
        weights[reversal.factor] = weight;
        balance.performance.matrix.weigh(&weights).totals
    };
    let ends = [reversal.weight_at_reversal, if reversal.falls { 0.0 } else { 1.0 }].map(totals_at);
    let level = |&o: &usize| ends.iter().all(|totals| (totals[o] - totals[reversal.to]).abs() <= TIE);
    balance.ranking.iter().copied().filter(level).collect()
}
