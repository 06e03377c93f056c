//! Drawing the values of one cell, a block of draws at a time.

use crate::analysis::{
    balance::{
        matrix::{PerformanceMatrix, Reading},
        value::{BEST_VALUE, ValueFunction, WORST_VALUE},
    },
    distributions::Z_95,
    random::{Stream, normal_quantile},
};
use crate::model::balance::ScoreDraws;

/// How many draws are made side by side.
pub const LANES: usize = 64;

/// One figure for each draw of a block.
pub type Lanes = [f64; LANES];

/// How the value of a cell is drawn, with everything worked out beforehand that can be.
#[derive(Clone, Debug)]
pub enum CellDraw {
    /// The same in every draw.
    Sure(f64),
    /// A score on a straight piece of the value function: its value has a distribution of the same shape.
    Straight(Shape),
    /// A score over a bend, or past the ends: worth `start` at its low end, then piece by piece.
    Bent { score: Shape, start: f64, pieces: Vec<Piece> },
    /// Any other score, valued one draw at a time.
    Valued { score: Shape, function: ValueFunction },
}

/// How scores are drawn from what is known of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreSettings {
    pub draws: ScoreDraws,
    /// Whether each score is drawn wider the lower its evidence grade.
    pub widened: bool,
}

/// The scores that a normal distribution may give.
const ANY_SCORE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// The distribution of a score.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    Triangular(Triangle),
    Uniform { from: f64, width: f64 },
    Normal { mean: f64, sd: f64 },
}

impl Shape {
    /// Any value at all, each as likely as any other.
    const ANYTHING: Self = Self::Uniform { from: WORST_VALUE, width: BEST_VALUE - WORST_VALUE };

    /// The distribution between two ends by a likely figure.
    fn between(draws: ScoreDraws, low: f64, likely: f64, high: f64) -> Self {
        match draws {
            ScoreDraws::Triangular => Self::Triangular(Triangle::new(low, likely, high)),
            ScoreDraws::Uniform => Self::Uniform { from: low, width: high - low },
            ScoreDraws::Normal => {
                Self::Normal { mean: low + (high - low) / 2.0, sd: (high - low) / (2.0 * Z_95) }
            }
        }
    }

    /// Turns uniform figures into draws: the quantile function.
    #[inline(always)]
    fn shape(&self, lanes: &mut Lanes) {
        match *self {
            Self::Triangular(triangle) => triangle.shape(lanes),
            Self::Uniform { from, width } => lanes.iter_mut().for_each(|u| *u = from + width * *u),
            Self::Normal { mean, sd } => {
                lanes.iter_mut().for_each(|u| *u = mean + sd * normal_quantile(*u));
            }
        }
    }
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

    fn likely(&self) -> f64 {
        self.start + (self.end - self.start) * self.turn
    }

    #[inline(always)]
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
    pub fn of(matrix: &PerformanceMatrix, f: usize, o: usize, settings: ScoreSettings) -> Self {
        let function = &matrix.functions[f];
        let Some(value) = matrix.cells[f][o].value else { return Self::Straight(Shape::ANYTHING) };
        let reading = if settings.widened {
            match widened(matrix.reading(f, o), matrix.grades[f * matrix.options + o], function) {
                Some(reading) => reading,
                None => return Self::Straight(Shape::ANYTHING),
            }
        } else {
            matrix.reading(f, o)
        };
        match reading {
            Reading::Triangular { low, likely, high } => {
                let score = Shape::between(settings.draws, low, likely, high);
                let (low, high) = match score {
                    Shape::Normal { .. } => ANY_SCORE,
                    _ => (low, high),
                };
                ranged(score, low, high, function)
            }
            Reading::Normal { mean, sd } => {
                ranged(Shape::Normal { mean, sd }, ANY_SCORE.0, ANY_SCORE.1, function)
            }
            Reading::Unknown | Reading::Unusable(_) | Reading::Exact(_) | Reading::Level(_) => {
                Self::Sure(value)
            }
        }
    }

    /// Draws a block of values.
    #[inline(always)]
    pub fn fill(&self, stream: &mut Stream, lanes: &mut Lanes) {
        if let Self::Sure(value) = self {
            lanes.fill(*value);
        } else {
            stream.fill_uniform(lanes);
            self.shape(lanes);
        }
    }

    /// Turns uniform figures into values: the value of a score at each of these quantiles.
    #[inline(always)]
    pub fn shape(&self, lanes: &mut Lanes) {
        match self {
            Self::Sure(value) => lanes.fill(*value),
            Self::Straight(shape) => shape.shape(lanes),
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
                score.shape(lanes);
                // Only a price can have no value here, and one at or under nought is as good as any.
                lanes.iter_mut().for_each(|x| *x = function.value(*x).unwrap_or(BEST_VALUE));
            }
        }
    }
}

/// A score taken as widely as its evidence deserves (methods, section 5): low and high move away from the likely score by
/// 1.25 times at grade 4, 1.5 at grade 3, twice at grade 2, not past the ends of the scale; with grade 1 or none they are
/// those ends. `None`: it could be worth anything.
fn widened(reading: Reading, grade: Option<u8>, function: &ValueFunction) -> Option<Reading> {
    // A scale without a range is worth nothing, however weak the evidence.
    if *function == ValueFunction::NoSpread {
        return Some(reading);
    }
    let times = match grade {
        Some(5..) => return Some(reading),
        Some(4) => 1.25,
        Some(3) => 1.5,
        Some(2) => 2.0,
        Some(0 | 1) | None => f64::INFINITY,
    };
    let ends = function.ends();
    if times.is_infinite() {
        let ((low, high), likely) = (ends?, reading.likely()?);
        return match reading {
            Reading::Level(_) => None,
            _ if low < high => {
                Some(Reading::Triangular { low: low.min(likely), likely, high: high.max(likely) })
            }
            _ => Some(reading),
        };
    }
    Some(match reading {
        Reading::Triangular { low, likely, high } => {
            let (worst, best) = ends.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            Reading::Triangular {
                low: (likely - times * (likely - low)).max(worst.min(low)),
                likely,
                high: (likely + times * (high - likely)).min(best.max(high)),
            }
        }
        Reading::Normal { mean, sd } => Reading::Normal { mean, sd: sd * times },
        _ => reading,
    })
}

/// A score of this distribution from `low` to `high` through a value function.
fn ranged(score: Shape, low: f64, high: f64, function: &ValueFunction) -> CellDraw {
    let valued = || CellDraw::Valued { score, function: function.clone() };
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
    let spans = points.windows(2).all(|pair| (pair[1].0 - pair[0].0).is_finite());
    if !spans || !(high - low).is_finite() && !matches!(score, Shape::Normal { .. }) {
        return valued();
    }
    if !bends {
        return CellDraw::Straight(stretched(score, low, high, start, end));
    }
    let pieces = points
        .windows(2)
        .map(|pair| (pair[0].0.max(low), pair[1].0.min(high)))
        .filter(|(from, to)| from < to)
        .map(|(from, to)| Piece { from, width: to - from, rise: at(to) - at(from) })
        .collect();
    CellDraw::Bent { score, start, pieces }
}

/// The same distribution over other ends: straight lines keep its shape. One from `low` to `high` becomes one from `start`
/// to `end`, which may lie below.
fn stretched(score: Shape, low: f64, high: f64, start: f64, end: f64) -> Shape {
    let slope = (end - start) / (high - low);
    let over = |x: f64| start + (x - low) * slope;
    match score {
        Shape::Triangular(triangle) => Shape::Triangular(Triangle::new(start, over(triangle.likely()), end)),
        Shape::Uniform { .. } => Shape::Uniform { from: start, width: end - start },
        Shape::Normal { mean, sd } => Shape::Normal { mean: over(mean), sd: sd * slope },
    }
}
