//! One score at a time: how far each score's own range moves the lead of one option over another, the widest first: the
//! tornado diagram of decision analysis (Clemen, *Making Hard Decisions*).

use crate::analysis::balance::{
    ScoreBreakEven,
    matrix::{PerformanceMatrix, TIE, Weighed},
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
        self.bars.iter().filter(|bar| self.lead > TIE && bar.least <= TIE)
    }
}

/// The tornado of the lead of `leader` over `rival`. The value of a cell goes from the least to the greatest that its scale
/// gives between low and high, the scale itself standing still; cells without weight and scores without a range have no
/// bar. Cells of one width stand in the order of option, then factor.
#[must_use]
pub fn tornado(matrix: &PerformanceMatrix, weighed: &Weighed, leader: usize, rival: usize) -> Tornado {
    let lead = weighed.totals[leader] - weighed.totals[rival];
    let mut bars: Vec<TornadoBar> = Vec::new();
    for (option, sign) in [(leader, 1.0), (rival, -1.0)] {
        for (factor, weight) in weighed.weights.iter().enumerate() {
            let (cell, middle) = (matrix.cells[factor][option], matrix.middle(factor, option));
            let at = |value: f64| lead + sign * weight * (value - middle);
            let (a, b) = (at(cell.low), at(cell.high));
            let is_unknown = cell.value.is_none();
            let bar = TornadoBar { option, factor, least: a.min(b), greatest: a.max(b), is_unknown };
            if bar.width() > TIE {
                bars.push(bar);
            }
        }
    }
    let all_at_worst = lead + bars.iter().map(|bar| bar.least - lead).sum::<f64>();
    // A stable sort keeps the order of cells that are equally wide but for rounding.
    bars.sort_by(|a, b| libm::round(b.width() / TIE).total_cmp(&libm::round(a.width() / TIE)));
    Tornado { leader, rival, lead, bars, all_at_worst }
}

/// The smallest change of a single score after which `option` leads: that which moves the cell's value least, and of those
/// that move it alike the one that ends the least far outside the cell's own low to high. `None` when no single score on its
/// scale does it.
#[must_use]
pub fn least_score_change(
    matrix: &PerformanceMatrix,
    weighed: &Weighed,
    break_evens: &[ScoreBreakEven],
    option: usize,
) -> Option<ScoreBreakEven> {
    // Each closes the same gap between the totals, so the cell that weighs most moves its value least.
    let before = |a: &ScoreBreakEven, b: &ScoreBreakEven| {
        let heavier = weighed.weights[a.factor] - weighed.weights[b.factor];
        heavier > TIE || (heavier >= -TIE && widths_outside(matrix, a) < widths_outside(matrix, b))
    };
    let to_it = break_evens.iter().filter(|it| it.to == option);
    to_it.copied().reduce(|best, next| if before(&next, &best) { next } else { best })
}

/// How far outside the cell's low to high the score at reversal lies, in widths of that range; 0 inside it.
fn widths_outside(matrix: &PerformanceMatrix, it: &ScoreBreakEven) -> f64 {
    let (low, high) = matrix.reading(it.factor, it.option).limits().unwrap_or((it.score_now, it.score_now));
    let outside = (low - it.score_at_reversal).max(it.score_at_reversal - high).max(0.0);
    if outside <= 0.0 { 0.0 } else { outside / (high - low) }
}
