//! A break-even as it is written: rounded towards where the leader loses, so that the figure on the page is enough.

use super::super::super::{
    ScoreBreakEven,
    matrix::{PerformanceMatrix, TIE, Weighed, fails},
    value::{UNKNOWN_VALUE, ValueFunction},
};
use crate::model::{
    balance::{Factor, Scale},
    wording::number,
};

/// Decimals that a figure may take on top of the usual ones, until it is enough and reads otherwise than that of today.
const MORE_DECIMALS: usize = 6;

/// A break-even with the digits that it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WrittenBreakEven {
    /// Its score at reversal is the one to be written.
    pub found: ScoreBreakEven,
    pub decimals: usize,
    /// Whether the totals are level just there; else the leader is behind.
    pub is_level: bool,
}

/// What the options are worth on a factor with one score of it moved; ends that are taken from the scores move with it.
pub(super) struct Moved<'a> {
    matrix: &'a PerformanceMatrix,
    f: usize,
    option: usize,
    function: ValueFunction,
    /// The value of the score that moved.
    value: Option<f64>,
}

impl<'a> Moved<'a> {
    pub fn of(
        matrix: &'a PerformanceMatrix,
        factor: &Factor,
        (f, option): (usize, usize),
        score: f64,
    ) -> Self {
        let others = matrix.in_ranking().filter(|&o| o != option);
        let present = others.filter_map(|o| matrix.reading(f, o).likely()).chain([score]);
        let function = ValueFunction::of(&factor.scale, present);
        let is_level = matches!(factor.scale, Scale::Levels(_));
        let value = if is_level { Some(score) } else { function.value(score) };
        Self { matrix, f, option, function, value }
    }

    /// `None` for a score that is not known.
    pub fn value(&self, o: usize) -> Option<f64> {
        if o == self.option { self.value } else { self.matrix.reading(self.f, o).cell(&self.function).value }
    }
}

impl ScoreBreakEven {
    /// The figure with so many decimals, or with more where it takes them, that the leader does lose at, and that reads
    /// otherwise than the score of today. A level has a name and no digits, and the limit of a must is written as it is.
    #[must_use]
    pub fn written(
        self,
        (matrix, weighed): (&PerformanceMatrix, &Weighed),
        factor: &Factor,
        usual: usize,
    ) -> WrittenBreakEven {
        let at = |score: f64, decimals: usize| WrittenBreakEven {
            found: Self { score_at_reversal: score, ..self },
            decimals,
            is_level: self.lead_at(matrix, weighed, factor, score).abs() <= TIE,
        };
        if self.by_must || matches!(factor.scale, Scale::Levels(_)) {
            return at(self.score_at_reversal, usual);
        }
        let away = |score: &f64| (score - self.score_at_reversal).abs();
        let is_enough = |score: &f64| {
            factor.must.is_none_or(|must| !fails(must, *score))
                && self.lead_at(matrix, weighed, factor, *score) <= TIE
        };
        // Where a scale loses its ends just there, the leader loses past the figure and not at it.
        let past = if is_enough(&self.score_at_reversal) { 0.0 } else { 1.0 };
        for decimals in usual..=usual + MORE_DECIMALS {
            let step = 10_f64.powi(i32::try_from(decimals).unwrap_or_default());
            let scaled = self.score_at_reversal * step;
            let (below, above) = (libm::floor(scaled) - past, libm::ceil(scaled) + past);
            let near = [libm::round(scaled), below, above].map(|x| x / step);
            let is_news = |score: &f64| {
                self.score_now.is_none_or(|now| number(*score, decimals) != number(now, decimals))
            };
            let fit = near.into_iter().filter(is_news).filter(is_enough);
            if let Some(score) = fit.min_by(|a, b| away(a).total_cmp(&away(b))) {
                return at(score, decimals);
            }
        }
        at(self.score_at_reversal, usual)
    }

    /// How far the leader is ahead of who would lead then, with the score there.
    fn lead_at(&self, matrix: &PerformanceMatrix, weighed: &Weighed, factor: &Factor, score: f64) -> f64 {
        let moved = Moved::of(matrix, factor, (self.factor, self.option), score);
        let total = |o: usize| {
            let change = moved.value(o).unwrap_or(UNKNOWN_VALUE) - matrix.middle(self.factor, o);
            weighed.totals[o] + weighed.weights[self.factor] * change
        };
        weighed.ranking.first().map_or(0.0, |&leader| total(leader) - total(self.to))
    }
}
