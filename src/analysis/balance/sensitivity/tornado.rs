//! One score at a time: how far each score's own range moves the lead of one option over another, the widest first: the
//! tornado diagram of decision analysis (Clemen, *Making Hard Decisions*).

use crate::{
    analysis::balance::{
        ScoreBreakEven,
        matrix::{PerformanceMatrix, TIE, Weighed, fails},
    },
    model::balance::{Factor, Must},
};

/// The lead of one option over another, and what single scores do to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    pub leader: usize,
    pub rival: usize,
    /// The lead today, in points of the total; below 0 when the rival is ahead.
    pub lead: f64,
    /// Cells of either option whose range moves the lead, the widest first.
    pub bars: Vec<TornadoBar>,
    /// The lead with every score of both options at its worst for the leader.
    pub all_at_worst: f64,
    /// Factors on which some score between the leader's low and high fails the must, so that it is struck at its worst;
    /// in their order. A score that is not known may be any.
    pub struck_at_worst: Vec<usize>,
}

/// What the range of one cell does to the lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TornadoBar {
    pub option: usize,
    pub factor: usize,
    /// The least and the greatest lead over the cell's low to high; over the whole scale when it is not known.
    pub least: f64,
    pub greatest: f64,
    pub is_unknown: bool,
    /// Whether some score of the range fails the must on the factor. Of a rival only the scores that pass count.
    pub fails_must: bool,
}

impl TornadoBar {
    /// How far the cell moves the lead, in points of the total.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.greatest - self.least
    }
}

impl Tornado {
    /// The cells whose range alone is wide enough to take the lead away.
    pub fn wide_enough(&self) -> impl Iterator<Item = &TornadoBar> {
        let takes = |bar: &&TornadoBar| bar.least <= TIE || (bar.fails_must && bar.option == self.leader);
        self.bars.iter().filter(move |bar| self.lead > TIE && takes(bar))
    }
}

/// The tornado of the lead of `leader` over `rival`. The value of a cell goes from the least to the greatest that its scale
/// gives between low and high, the scale itself standing still; cells without weight and scores without a range have no
/// bar. Cells of one width stand in the order of option, then factor.
#[must_use]
pub fn tornado(
    matrix: &PerformanceMatrix,
    factors: &[Factor],
    weighed: &Weighed,
    leader: usize,
    rival: usize,
) -> Tornado {
    let lead = weighed.totals[leader] - weighed.totals[rival];
    let mut bars: Vec<TornadoBar> = Vec::new();
    for (option, sign) in [(leader, 1.0), (rival, -1.0)] {
        for (factor, weight) in weighed.weights.iter().enumerate() {
            let fails_must = may_fail(matrix, &factors[factor], factor, option);
            let (cell, middle) = (matrix.cells[factor][option], matrix.middle(factor, option));
            let passing = if option == rival && fails_must {
                passing_values(matrix, factors[factor].must, factor, option)
            } else {
                None
            };
            let (low, high) = passing.unwrap_or((cell.low, cell.high));
            let at = |value: f64| lead + sign * weight * (value - middle);
            let (a, b) = (at(low), at(high));
            let is_unknown = cell.value.is_none();
            let (least, greatest) = (a.min(b), a.max(b));
            let bar = TornadoBar { option, factor, least, greatest, is_unknown, fails_must };
            if bar.width() > TIE {
                bars.push(bar);
            }
        }
    }
    let all_at_worst = lead + bars.iter().map(|bar| bar.least - lead).sum::<f64>();
    // A stable sort keeps the order of cells that are equally wide but for rounding.
    bars.sort_by(|a, b| libm::round(b.width() / TIE).total_cmp(&libm::round(a.width() / TIE)));
    let struck_at_worst = (0..factors.len()).filter(|&f| may_fail(matrix, &factors[f], f, leader)).collect();
    Tornado { leader, rival, lead, bars, all_at_worst, struck_at_worst }
}

/// Whether some score from low to high fails the must; one that is not known may.
fn may_fail(matrix: &PerformanceMatrix, factor: &Factor, f: usize, option: usize) -> bool {
    let Some(must) = factor.must else { return false };
    let limits = matrix.reading(f, option).limits();
    limits.is_none_or(|(low, high)| fails(must, low) || fails(must, high))
}

/// The values over the part of a score's range that passes the must; `None` for a score that is not known.
fn passing_values(
    matrix: &PerformanceMatrix,
    must: Option<Must>,
    f: usize,
    option: usize,
) -> Option<(f64, f64)> {
    let (low, high) = matrix.reading(f, option).limits()?;
    let (low, high) = match must? {
        Must::AtLeast(limit) => (low.max(limit), high),
        Must::AtMost(limit) => (low, high.min(limit)),
    };
    (low <= high).then(|| matrix.functions[f].over(low, high))
}

/// The smallest change of a single score after which `option` leads: that which moves the cell's value least, and of those
/// that move it alike the one that ends the least far outside the cell's own low to high. `None` when none was found.
#[must_use]
pub fn least_score_change(
    matrix: &PerformanceMatrix,
    break_evens: &[ScoreBreakEven],
    option: usize,
) -> Option<ScoreBreakEven> {
    let before = |a: &ScoreBreakEven, b: &ScoreBreakEven| {
        let nearer = value_moved(matrix, b) - value_moved(matrix, a);
        nearer > TIE || (nearer >= -TIE && widths_outside(matrix, a) < widths_outside(matrix, b))
    };
    let to_it = break_evens.iter().filter(|it| it.to == option);
    to_it.copied().reduce(|best, next| if before(&next, &best) { next } else { best })
}

/// How far the value of the cell moves, 0 to 100.
fn value_moved(matrix: &PerformanceMatrix, it: &ScoreBreakEven) -> f64 {
    // On levels the score is the value.
    let then = matrix.functions[it.factor].value(it.score_at_reversal).unwrap_or(it.score_at_reversal);
    (then - matrix.middle(it.factor, it.option)).abs()
}

/// How far outside the cell's low to high the score at reversal lies, in widths of that range; 0 inside it.
fn widths_outside(matrix: &PerformanceMatrix, it: &ScoreBreakEven) -> f64 {
    let Some((low, high)) = matrix.reading(it.factor, it.option).limits() else { return 0.0 };
    let outside = (low - it.score_at_reversal).max(it.score_at_reversal - high).max(0.0);
    if outside <= 0.0 { 0.0 } else { outside / (high - low) }
}
