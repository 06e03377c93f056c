//! What would change the leader: the smallest change of one weight, and the score at which each cell would tip it.

mod least_change;

pub use least_change::{NoWeightChange, WeightChange, least_weight_change};

use super::{
    ScoreBreakEven, WeightReversal,
    matrix::{PerformanceMatrix, TIE, Weighed},
    value::{BEST_VALUE, ValueFunction, WORST_VALUE},
};
use crate::model::balance::{Factor, Scale};

/// For every factor the nearest weight, either way, at which another option leads, while the other weights keep their
/// proportions: w_k = t, others × (1 − t)/(1 − w_k). Exact; smallest change first. A factor that carries all the weight
/// has none (the others have no proportions), nor has one that cannot change the leader.
#[must_use]
pub fn weight_reversals(matrix: &PerformanceMatrix, weighed: &Weighed) -> Vec<WeightReversal> {
    let Some(&leader) = weighed.ranking.first() else { return Vec::new() };
    let mut reversals: Vec<WeightReversal> =
        (0..matrix.factors).filter_map(|factor| reversal(matrix, weighed, factor, leader)).collect();
    let change = |r: &WeightReversal| (r.weight_at_reversal - r.weight_now).abs();
    reversals.sort_by(|a, b| change(a).total_cmp(&change(b)).then(a.factor.cmp(&b.factor)));
    reversals
}

fn reversal(
    matrix: &PerformanceMatrix,
    weighed: &Weighed,
    factor: usize,
    leader: usize,
) -> Option<WeightReversal> {
    let now = weighed.weights[factor];
    let others = 1.0 - now;
    if others <= TIE {
        return None;
    }
    // What an option is worth on the other factors alone: its line at t = 0; at t = 1 stands the value on this factor.
    let line = |o: usize| {
        let value = matrix.middle(factor, o);
        ((weighed.totals[o] - now * value) / others, value)
    };
    let (leader_at_0, leader_at_1) = line(leader);
    let mut nearest: Option<Crossing> = None;
    for &rival in weighed.ranking.iter().filter(|&&rival| rival != leader) {
        let (at_0, at_1) = line(rival);
        let (lead_at_0, lead_at_1) = (leader_at_0 - at_0, leader_at_1 - at_1);
        // The lead falls to nought on the way up when it is lost at 1, on the way down when it is lost at 0.
        if lead_at_0.min(lead_at_1) >= -TIE {
            continue;
        }
        let weight = (lead_at_0 / (lead_at_0 - lead_at_1)).clamp(0.0, 1.0);
        let crossing = Crossing {
            weight,
            change: (weight - now).abs(),
            steepness: (lead_at_1 - lead_at_0).abs(),
            rival,
        };
        if nearest.is_none_or(|best| crossing.comes_before(&best)) {
            nearest = Some(crossing);
        }
    }
    nearest.map(|crossing| WeightReversal {
        factor,
        weight_now: now,
        weight_at_reversal: crossing.weight,
        from: leader,
        to: crossing.rival,
    })
}

/// Where a rival draws level with the leader.
#[derive(Clone, Copy)]
struct Crossing {
    weight: f64,
    change: f64,
    /// How fast the lead is lost there: of rivals that cross at one place the fastest leads beyond it.
    steepness: f64,
    rival: usize,
}

impl Crossing {
    fn comes_before(&self, other: &Self) -> bool {
        let nearer = other.change - self.change;
        nearer > TIE || (nearer >= -TIE && self.steepness > other.steepness + TIE)
    }
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
