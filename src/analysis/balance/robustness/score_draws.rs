//! Drawing the values of one cell, a block of draws at a time.

use crate::analysis::{
    balance::{
        matrix::{PerformanceMatrix, Reading},
        value::{BEST_VALUE, ValueFunction, WORST_VALUE},
    },
    random::{Stream, normal_quantile},
};

/// How many draws are made side by side.
pub const LANES: usize = 64;

/// One figure for each draw of a block.
pub type Lanes = [f64; LANES];

/// How the value of a cell is drawn, with everything worked out beforehand that can be.
#[derive(Clone, Debug)]
pub enum CellDraw {
    /// The same in every draw.
    Sure(f64),
    /// Anything from 0 to 100: nobody knows.
    Anything,
    /// A triangular score on a straight piece of the value function: its value is triangular too.
    Straight(Triangle),
    /// A triangular score over a bend: worth `start` at its low end, then piece by piece.
    Bent { score: Triangle, start: f64, pieces: Vec<Piece> },
    /// Any other score, valued one draw at a time.
    Valued { score: Shape, function: ValueFunction },
}

/// The distribution of a score.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    Triangular(Triangle),
    Normal { mean: f64, sd: f64 },
}

/// A triangular distribution from its `start` to its `end` (which may lie below), by its quantiles: with u under `turn`
/// start ± √(u·rise), else end ∓ √((1 − u)·fall).
#[derive(Clone, Copy, Debug)]
pub struct Triangle {
    start: f64,
    end: f64,
    turn: f64,
    rise: f64,
    fall: f64,
    /// 1 when the end lies above the start, else −1.
    direction: f64,
}

impl Triangle {
    fn new(low: f64, likely: f64, high: f64) -> Self {
        let (width, below, above) = (high - low, likely - low, high - likely);
        Self {
            start: low,
            end: high,
            turn: below / width,
            rise: width * below,
            fall: width * above,
            direction: 1.0f64.copysign(width),
        }
    }

    /// The same distribution over other ends: straight lines keep a triangle a triangle.
    fn stretched(low: f64, likely: f64, high: f64, start: f64, end: f64) -> Self {
        let share = (likely - low) / (high - low);
        Self::new(start, start + (end - start) * share, end)
    }

    /// Turns uniform figures into draws.
    fn shape(&self, lanes: &mut Lanes) {
        let Self { start, end, turn, rise, fall, direction } = *self;
        for u in lanes {
            // Each choice between two plain figures, so that the loop has no branch.
            let early = *u < turn;
            let from = if early { start } else { end };
            let way = if early { direction } else { -direction };
            let square = if early { rise } else { fall };
            let share = if early { *u } else { 1.0 - *u };
            *u = from + way * (square * share).sqrt();
        }
    }
}

/// A straight piece of a value function.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    from: f64,
    width: f64,
    rise: f64,
}

impl CellDraw {
    /// How the cell of factor `f` and option `o` is drawn. Local ends and the lowest price stay those of the likely
    /// scores.
    #[must_use]
    pub fn of(matrix: &PerformanceMatrix, f: usize, o: usize) -> Self {
        let function = &matrix.functions[f];
        match (matrix.reading(f, o), matrix.cells[f][o].value) {
            (_, None) => Self::Anything,
            (Reading::Triangular { low, likely, high }, Some(_)) => triangular(low, likely, high, function),
            (Reading::Normal { mean, sd }, Some(_)) => {
                Self::Valued { score: Shape::Normal { mean, sd }, function: function.clone() }
            }
            (_, Some(value)) => Self::Sure(value),
        }
    }

    /// Draws a block of values.
    pub fn fill(&self, stream: &mut Stream, lanes: &mut Lanes) {
        if let Self::Sure(value) = self {
            lanes.fill(*value);
            return;
        }
        stream.fill_uniform(lanes);
        match self {
            Self::Sure(_) => {}
            Self::Anything => lanes.iter_mut().for_each(|u| *u *= BEST_VALUE),
            Self::Straight(triangle) => triangle.shape(lanes),
            Self::Bent { score, start, pieces } => {
                score.shape(lanes);
                let mut values = [*start; LANES];
                for piece in pieces {
                    for (value, x) in values.iter_mut().zip(lanes.iter()) {
                        let way = (x - piece.from).max(0.0).min(piece.width);
                        *value += piece.rise * (way / piece.width);
                    }
                }
                *lanes = values;
            }
            Self::Valued { score, function } => {
                match score {
                    Shape::Triangular(triangle) => triangle.shape(lanes),
                    Shape::Normal { mean, sd } => {
                        lanes.iter_mut().for_each(|u| *u = mean + sd * normal_quantile(*u));
                    }
                }
                // Only a price can have no value here, and one at or under nought is as good as any.
                lanes.iter_mut().for_each(|x| *x = function.value(*x).unwrap_or(BEST_VALUE));
            }
        }
    }
}

fn triangular(low: f64, likely: f64, high: f64, function: &ValueFunction) -> CellDraw {
    let valued = || CellDraw::Valued {
        score: Shape::Triangular(Triangle::new(low, likely, high)),
        function: function.clone(),
    };
    let points = match function {
        ValueFunction::Curve(points) => points,
        ValueFunction::NoSpread => return CellDraw::Sure(WORST_VALUE),
        ValueFunction::LowestPrice { .. } | ValueFunction::Levels(_) => return valued(),
    };
    let at = |score: f64| function.value(score).unwrap_or(WORST_VALUE);
    let (start, end) = (at(low), at(high));
    let bends = points.iter().any(|(x, _)| low < *x && *x < high);
    let steady =
        points.last().is_none_or(|(x, _)| *x <= low) || points.first().is_none_or(|(x, _)| *x >= high);
    if !bends && (steady || (end - start).abs() <= 0.0) {
        return CellDraw::Sure(start);
    }
    if !(high - low).is_finite() {
        return valued();
    }
    if !bends {
        return CellDraw::Straight(Triangle::stretched(low, likely, high, start, end));
    }
    let pieces = points
        .windows(2)
        .map(|pair| (pair[0].0.max(low), pair[1].0.min(high)))
        .filter(|(from, to)| from < to)
        .map(|(from, to)| Piece { from, width: to - from, rise: at(to) - at(from) })
        .collect();
    CellDraw::Bent { score: Triangle::new(low, likely, high), start, pieces }
}
