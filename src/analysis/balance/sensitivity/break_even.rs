//! The score at which each cell would tip the lead, a must on its factor included.

use super::super::{
    ScoreBreakEven,
    matrix::{PerformanceMatrix, TIE, Weighed, fails, ranked},
    value::{BEST_VALUE, UNKNOWN_VALUE, ValueFunction, WORST_VALUE},
};
use crate::model::balance::{Factor, Must, Scale};

/// For each cell of the leader, then of each rival in the order of the ranking, the score nearest to today's at which
/// the leader would no longer lead: where the totals are level, or where the leader fails a must and is struck. A rival's
/// score counts only where it passes its must. On levels the nearest level that does it. A score that is not known
/// stands at the middle of its interval. Left out: cells of options that tie with the leader as they are, and cells that
/// no score on the scale could tip; and on local ends or the lowest price those that would move the scale itself, because
/// then no single curve holds: see [`factors_not_tried`].
#[must_use]
pub fn score_break_evens(
    matrix: &PerformanceMatrix,
    factors: &[Factor],
    weighed: &Weighed,
) -> Vec<ScoreBreakEven> {
    let [leader, runner_up, ..] = weighed.ranking[..] else { return Vec::new() };
    let lead_over = |rival: usize| weighed.totals[leader] - weighed.totals[rival];
    let heir = if factors.iter().any(|factor| factor.must.is_some()) {
        leader_without(matrix, factors, weighed, leader).unwrap_or(runner_up)
    } else {
        runner_up
    };
    let mut break_evens = Vec::new();
    for &option in &weighed.ranking {
        let leads = option == leader;
        let (change, to) =
            if leads { (-lead_over(runner_up), runner_up) } else { (lead_over(option), option) };
        if change.abs() <= TIE {
            continue;
        }
        for (f, factor) in factors.iter().enumerate() {
            let cell = Cell { matrix, factor, f, option };
            let target = matrix.middle(f, option) + change / weighed.weights[f];
            let by_value = cell.nearest_worth(target, change > 0.0).map(|score| (score, false, to));
            let by_must = cell.nearest_failing().filter(|_| leads).map(|score| (score, true, heir));
            let away = |score: f64| (score - cell.stands_at()).abs();
            let nearest = match (by_value, by_must) {
                (Some(value), Some(must)) if away(must.0) < away(value.0) => Some(must),
                (value, must) => value.or(must),
            };
            if let Some((score_at_reversal, by_must, to)) = nearest {
                let score_now = matrix.reading(f, option).likely();
                let found = ScoreBreakEven { option, factor: f, score_now, score_at_reversal, by_must, to };
                break_evens.push(found);
            }
        }
    }
    break_evens
}

/// Factors with weight on which scores beyond the ends present were not tried, because they would move the scale itself.
#[must_use]
pub fn factors_not_tried(factors: &[Factor], weighed: &Weighed) -> Vec<usize> {
    let moves = |factor: &Factor| matches!(factor.scale, Scale::Local { .. } | Scale::LowestPrice);
    (0..factors.len()).filter(|&f| weighed.weights[f] > 0.0 && moves(&factors[f])).collect()
}

/// What would have to be true of the one score, as a sentence without its full stop: "A scores 25 % on reach, not 60 %".
/// `said` writes a score of the factor.
#[must_use]
pub fn break_even_words(
    it: &ScoreBreakEven,
    factor: &Factor,
    option_name: &str,
    factor_name: &str,
    said: impl Fn(f64) -> String,
) -> String {
    let level = |value: f64| match &factor.scale {
        Scale::Levels(levels) => levels
            .iter()
            .find(|level| (level.value.clamp(WORST_VALUE, BEST_VALUE) - value).abs() <= TIE)
            .map_or_else(|| said(value), |level| format!("\u{201c}{}\u{201d}", level.name)),
        _ => said(value),
    };
    let now = |known: &str, unknown: &str| {
        it.score_now.map_or_else(|| unknown.to_owned(), |score| format!("{known} {}", level(score)))
    };
    match factor.must.filter(|_| it.by_must) {
        Some(must) => format!(
            "{option_name} {} on {factor_name} and is struck; {}",
            failing_words(must, &said),
            now("it scores", "its score is not known")
        ),
        None => {
            let then = level(it.score_at_reversal);
            format!(
                "{option_name} scores {then} on {factor_name}, {}",
                now("not", "where its score is not known")
            )
        }
    }
}

/// "falls below the minimum of 40 %"
#[must_use]
pub fn failing_words(must: Must, said: impl Fn(f64) -> String) -> String {
    match must {
        Must::AtLeast(limit) => format!("falls below the minimum of {}", said(limit)),
        Must::AtMost(limit) => format!("rises above the maximum of {}", said(limit)),
    }
}

#[derive(Clone, Copy)]
struct Cell<'a> {
    matrix: &'a PerformanceMatrix,
    factor: &'a Factor,
    f: usize,
    option: usize,
}

impl Cell<'_> {
    fn function(&self) -> &ValueFunction {
        &self.matrix.functions[self.f]
    }

    fn passes(&self, score: f64) -> bool {
        self.factor.must.is_none_or(|must| !fails(must, score))
    }

    /// Today's score; for one that is not known that in the middle of the scale, for levels its value.
    fn stands_at(&self) -> f64 {
        self.matrix.reading(self.f, self.option).likely().unwrap_or_else(|| match &self.factor.scale {
            Scale::Levels(_) => UNKNOWN_VALUE,
            _ => {
                let (low, high) = self.function().ends().unwrap_or_default();
                let from = f64::midpoint(low, high);
                self.function().score_worth(UNKNOWN_VALUE, from).unwrap_or(from)
            }
        })
    }

    /// The nearest score that is worth the target and passes the must; on levels the nearest worth at least that, or
    /// at most that when the value is to fall.
    fn nearest_worth(&self, target: f64, to_rise: bool) -> Option<f64> {
        // A factor without weight has a target without bounds.
        if !(WORST_VALUE..=BEST_VALUE).contains(&target) {
            return None;
        }
        if let Scale::Levels(_) = self.factor.scale {
            let enough = |value: f64| if to_rise { value >= target - TIE } else { value <= target + TIE };
            return self.nearest_level(|value| enough(value) && self.passes(value));
        }
        let found = self.function().score_worth(target, self.stands_at());
        found.filter(|&score| self.passes(score) && self.scale_stays(score))
    }

    /// The limit of the must where scores past it lie on the scale; on levels the nearest that fails.
    fn nearest_failing(&self) -> Option<f64> {
        let must = self.factor.must?;
        if let Scale::Levels(_) = self.factor.scale {
            return self.nearest_level(|value| fails(must, value));
        }
        // A struck option holds no local end, so those scales give no bounds here.
        let ends = match self.factor.scale {
            Scale::Local { .. } | Scale::LowestPrice => None,
            _ => self.function().ends(),
        };
        let (low, high) = ends.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let limit = match must {
            Must::AtLeast(limit) => (limit > low).then_some(limit),
            Must::AtMost(limit) => (limit < high).then_some(limit),
        };
        limit.filter(|limit| limit.is_finite())
    }

    fn nearest_level(&self, does_it: impl Fn(f64) -> bool) -> Option<f64> {
        let Scale::Levels(levels) = &self.factor.scale else { return None };
        let values = levels.iter().filter(|level| level.value.is_finite());
        let away = |value: &f64| (value - self.stands_at()).abs();
        let values = values.map(|level| level.value.clamp(WORST_VALUE, BEST_VALUE));
        values.filter(|&value| does_it(value)).min_by(|a, b| away(a).total_cmp(&away(b)))
    }

    /// Whether moving the score to `then` leaves the scale where it is: always on fixed ends; on local ones when neither
    /// is an end that no other option holds.
    fn scale_stays(&self, then: f64) -> bool {
        let Self { matrix, factor, f, option } = *self;
        match factor.scale {
            Scale::Local { .. } | Scale::LowestPrice => {
                let before = matrix.function(f, &factor.scale, Some(option));
                let unmoved = before == matrix.functions[f];
                let now = matrix.reading(f, option).likely().unwrap_or(then);
                let inside = match &before {
                    ValueFunction::LowestPrice { lowest } => then >= *lowest && now >= *lowest,
                    curve => curve.ends().is_some_and(|(low, high)| low <= then && then <= high),
                };
                unmoved && inside
            }
            Scale::Linear { .. } | Scale::Points(_) | Scale::Levels(_) | Scale::Direct => true,
        }
    }
}

/// Who leads once an option is struck: scales with local ends or the lowest price are taken from the others.
fn leader_without(
    matrix: &PerformanceMatrix,
    factors: &[Factor],
    weighed: &Weighed,
    option: usize,
) -> Option<usize> {
    let mut totals = vec![0.0; matrix.options];
    for (f, factor) in factors.iter().enumerate() {
        let function = matrix.function(f, &factor.scale, Some(option));
        for &o in &weighed.ranking {
            let cell = matrix.reading(f, o).cell(&function);
            totals[o] += weighed.weights[f] * cell.value.unwrap_or(UNKNOWN_VALUE);
        }
    }
    let mut others: Vec<usize> = weighed.ranking.iter().copied().filter(|&o| o != option).collect();
    others.sort_unstable();
    ranked(others, &totals).first().copied()
}
