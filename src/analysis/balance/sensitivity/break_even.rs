//! The score at which each cell would tip the lead, a must on its factor included.

mod crossing;
mod written;

use super::super::{
    ScoreBreakEven,
    certainty::{self, Certainty, Interval},
    matrix::{PerformanceMatrix, TIE, Weighed, fails, ranked},
    value::{BEST_VALUE, UNKNOWN_VALUE, ValueFunction, WORST_VALUE},
};
use crossing::{Lost, Moving};
use written::Moved;
pub use written::WrittenBreakEven;

use crate::model::balance::{Factor, Must, Scale};

/// For each cell of an option of the ranking, best first, the score nearest to today's past which the leader would no
/// longer lead, and who would then: where the totals are level, where a scale whose ends move with the scores changes what
/// all are worth, or where the leader fails a must and is struck. A rival's score counts only where it passes its must. On
/// levels the nearest level that does it. A score that is not known stands at the middle of its interval. Where several
/// tie for the lead any score of theirs decides, so theirs are those of today. Left out: cells without weight, and cells
/// that no score on the scale could tip; below nought nothing is tried on a factor all of whose scores are above it.
#[must_use]
pub fn score_break_evens(
    matrix: &PerformanceMatrix,
    factors: &[Factor],
    weighed: &Weighed,
) -> Vec<ScoreBreakEven> {
    let [leader, runner_up, ..] = weighed.ranking[..] else { return Vec::new() };
    let heir = if factors.iter().any(|factor| factor.must.is_some()) {
        leader_without(matrix, factors, weighed, leader).unwrap_or(runner_up)
    } else {
        runner_up
    };
    let doubt = Doubt::of(matrix, weighed);
    let leaders = weighed.leaders();
    let mut break_evens = Vec::new();
    for &option in &weighed.ranking {
        for (f, factor) in factors.iter().enumerate().filter(|(f, _)| weighed.weights[*f] > 0.0) {
            let cell = Cell { matrix, weighed, leaders: &leaders, factor, f, option };
            let by_value = cell.nearest_loss().map(|lost| (lost.score, false, lost.to));
            let leads = option == leader;
            let by_must = cell.nearest_failing().filter(|_| leads).map(|score| (score, true, heir));
            let away = |score: f64| (score - cell.stands_at()).abs();
            let nearest = match (by_value, by_must) {
                (Some(value), Some(must)) if away(must.0) < away(value.0) => Some(must),
                (value, must) => value.or(must),
            };
            if let Some((score_at_reversal, by_must, to)) = nearest {
                let score_now = matrix.reading(f, option).likely();
                let is_certain = doubt
                    .as_ref()
                    .is_none_or(|doubt| doubt.is_certain(&cell, score_at_reversal, by_must, to));
                let found = ScoreBreakEven {
                    option,
                    factor: f,
                    score_now,
                    score_at_reversal,
                    by_must,
                    to,
                    is_certain,
                };
                break_evens.push(found);
            }
        }
    }
    break_evens
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
    weighed: &'a Weighed,
    leaders: &'a [usize],
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
                let (low, high) = self.function().ends().unwrap_or_else(|| self.scores_present());
                let from = f64::midpoint(low, high);
                self.function().score_worth(UNKNOWN_VALUE, from).unwrap_or(from)
            }
        })
    }

    /// The least and the greatest score of the ranking; nought where none is known.
    fn scores_present(&self) -> (f64, f64) {
        let present = || self.matrix.in_ranking().filter_map(|o| self.matrix.reading(self.f, o).likely());
        present().reduce(f64::min).zip(present().reduce(f64::max)).unwrap_or_default()
    }

    /// The nearest score that takes the lead away and, of a rival, passes the must.
    fn nearest_loss(&self) -> Option<Lost> {
        let (leader, runner_up) = (self.weighed.ranking[0], self.weighed.ranking[1]);
        let leads = self.option == leader;
        let to = if leads { runner_up } else { self.option };
        if self.leaders.len() > 1 && self.leaders.contains(&self.option) {
            let moves = *self.function() != ValueFunction::NoSpread || self.scale_moves();
            return moves.then(|| Lost { score: self.stands_at(), to });
        }
        if let Scale::Levels(_) = self.factor.scale {
            let lead = self.weighed.totals[leader] - self.weighed.totals[to];
            let change = if leads { -lead } else { lead };
            let target = self.matrix.middle(self.f, self.option) + change / self.weighed.weights[self.f];
            let enough = |value: f64| if leads { value <= target + TIE } else { value >= target - TIE };
            let does_it = |value: f64| enough(value) && (leads || self.passes(value));
            return self.nearest_level(does_it).map(|score| Lost { score, to });
        }
        let Self { matrix, weighed, factor, f, option, .. } = *self;
        // Past its must the leader is out anyway, and a rival is.
        let domain = match factor.must {
            None => (f64::NEG_INFINITY, f64::INFINITY),
            Some(Must::AtLeast(limit)) => (limit, f64::INFINITY),
            Some(Must::AtMost(limit)) => (f64::NEG_INFINITY, limit),
        };
        Moving { matrix, weighed, scale: &factor.scale, f, option }.nearest_loss(self.stands_at(), domain)
    }

    /// Whether the scores of the options move the ends of the scale.
    fn scale_moves(&self) -> bool {
        matches!(self.factor.scale, Scale::Local { .. } | Scale::LowestPrice)
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
}

/// What scores that are not known leave open: the totals with all of them at 0, and all at 100.
struct Doubt {
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Doubt {
    /// `None` where every score of the ranking is known.
    fn of(matrix: &PerformanceMatrix, weighed: &Weighed) -> Option<Self> {
        let totals = |unknown| matrix.totals(&weighed.weights, unknown);
        matrix.has_unknown.then(|| Self { low: totals(WORST_VALUE), high: totals(BEST_VALUE) })
    }

    /// Whether with the score of the cell there the leader and who would lead then are ahead of all others for certain, and
    /// the totals of both known.
    fn is_certain(&self, cell: &Cell<'_>, score: f64, by_must: bool, to: usize) -> bool {
        let Cell { matrix, weighed, factor, f, option, .. } = *cell;
        let leader = weighed.ranking[0];
        if by_must {
            let others = &weighed.ranking[1..];
            let total = |o: usize| Interval { low: self.low[o], high: self.high[o] };
            return certainty::of_lead(&[to], others, total) == Certainty::Certain;
        }
        let there = Moved::of(matrix, factor, (f, option), score);
        let total = |o: usize| {
            let (was, then, weight) = (matrix.cells[f][o].value, there.value(o), weighed.weights[f]);
            let moved = |unknown: f64| weight * (then.unwrap_or(unknown) - was.unwrap_or(unknown));
            Interval { low: self.low[o] + moved(WORST_VALUE), high: self.high[o] + moved(BEST_VALUE) }
        };
        certainty::of_lead(&[leader, to], &weighed.ranking, total) == Certainty::Certain
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
