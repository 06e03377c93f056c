//! Where one score takes the lead away, exactly, also where it moves the ends of its own scale and with them what every
//! other option is worth there.
//!
//! Between two scores at which a scale bends, every value times a common divisor is a straight line in the score: the
//! divisor is 1 on fixed ends, best − worst on local ones, and the price itself where it is not the lowest. So is the
//! difference of any two totals times the divisor, and it has at most one root, which is found without a search.

use super::super::super::{
    matrix::{PerformanceMatrix, TIE, Weighed},
    value::{BEST_VALUE, UNKNOWN_VALUE, ValueFunction},
};
use crate::model::balance::{Better, Scale};

/// The score of one option on one factor, free to move while everything else stays.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moving<'a> {
    pub matrix: &'a PerformanceMatrix,
    pub weighed: &'a Weighed,
    pub scale: &'a Scale,
    pub f: usize,
    pub option: usize,
}

/// How the values on the factor hang on the score that moves.
enum Shape<'a> {
    /// Fixed ends: only the option's own value moves.
    Curve(&'a [(f64, f64)]),
    /// Between the least and the greatest score of the others.
    Local { better: Better, least: f64, greatest: f64 },
    /// Against the lowest price of the others.
    Price { lowest: f64 },
}

/// A stretch without a bend, from its end nearer to where the score stands.
#[derive(Clone, Copy)]
struct Stretch {
    near: f64,
    /// May be without end.
    far: f64,
}

/// A score at which a rival takes the lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lost {
    pub score: f64,
    pub to: usize,
}

impl Moving<'_> {
    /// The score nearest to `now`, within `domain`, past which (or at which) the leader no longer leads, and who does then.
    /// `None` where no score of the domain takes the lead away, and on levels.
    pub fn nearest_loss(&self, now: f64, domain: (f64, f64)) -> Option<Lost> {
        let shape = self.shape()?;
        let rivals = self.rivals(&shape);
        if rivals.is_empty() {
            return None;
        }
        let (low, high) = shape.domain(self.may_be_negative(now));
        let (low, high) = (low.max(domain.0), high.min(domain.1));
        if low > high {
            return None;
        }
        let start = now.clamp(low, high);
        let towards = |end: f64| self.first_loss(&shape, &rivals, start, end);
        let away = |lost: &Lost| (lost.score - now).abs();
        match (towards(low), towards(high)) {
            (Some(down), Some(up)) => Some(if away(&down) < away(&up) { down } else { up }),
            (down, up) => down.or(up),
        }
    }

    fn shape(&self) -> Option<Shape<'_>> {
        let others = || {
            let others = self.matrix.in_ranking().filter(|&o| o != self.option);
            others.filter_map(|o| self.matrix.reading(self.f, o).likely())
        };
        match (self.scale, &self.matrix.functions[self.f]) {
            (Scale::Local { better }, _) => {
                let (least, greatest) = (others().reduce(f64::min)?, others().reduce(f64::max)?);
                Some(Shape::Local { better: *better, least, greatest })
            }
            (Scale::LowestPrice, _) => Some(Shape::Price { lowest: others().reduce(f64::min)? }),
            (_, ValueFunction::Curve(points)) => Some(Shape::Curve(points)),
            _ => None,
        }
    }

    /// Below nought is tried only where some score is there already.
    fn may_be_negative(&self, now: f64) -> bool {
        now < 0.0
            || self
                .matrix
                .in_ranking()
                .filter_map(|o| self.matrix.reading(self.f, o).likely())
                .any(|x| x < 0.0)
    }

    fn leader(&self) -> usize {
        self.weighed.ranking[0]
    }

    /// Those who could take the lead: on fixed ends the runner-up from the leader, and the option itself.
    fn rivals(&self, shape: &Shape<'_>) -> Vec<usize> {
        let leads = self.option == self.leader();
        let weight = self.weighed.weights[self.f];
        let others = self.weighed.ranking[1..].iter().copied();
        // However the values move, the factor cannot make good more than its whole weight.
        let is_near = |&rival: &usize| self.lead_beside(rival) < weight * BEST_VALUE;
        match shape {
            Shape::Curve(_) if leads => others.take(1).filter(is_near).collect(),
            Shape::Curve(_) => others.filter(|&o| o == self.option).filter(is_near).collect(),
            _ => others.filter(is_near).collect(),
        }
    }

    /// The lead over a rival without this factor.
    fn lead_beside(&self, rival: usize) -> f64 {
        let on_it = self.matrix.middle(self.f, self.leader()) - self.matrix.middle(self.f, rival);
        self.weighed.totals[self.leader()] - self.weighed.totals[rival] - self.weighed.weights[self.f] * on_it
    }

    /// The first score on the way from `start` to `end` that takes the lead away.
    fn first_loss(&self, shape: &Shape<'_>, rivals: &[usize], start: f64, end: f64) -> Option<Lost> {
        for stretch in shape.stretches(start, end) {
            let losses = rivals.iter().filter_map(|&rival| self.loss_on(shape, stretch, rival));
            let nearest = losses.reduce(|best, next| {
                let nearer = (best.0 - stretch.near).abs() - (next.0 - stretch.near).abs();
                // Of rivals that draw level at one score the one that gains fastest leads beyond it.
                let alike = nearer.abs() <= TIE * (1.0 + best.0.abs());
                if (alike && next.2 < best.2) || (!alike && nearer > 0.0) { next } else { best }
            });
            if let Some((score, to, _)) = nearest {
                return Some(Lost { score, to });
            }
            if let Some(to) = self.loss_without_spread(shape, rivals, stretch) {
                return Some(Lost { score: stretch.far, to });
            }
        }
        None
    }

    /// Where the rival takes the lead on a stretch, the rival, and the difference of the totals well past it.
    fn loss_on(&self, shape: &Shape<'_>, stretch: Stretch, rival: usize) -> Option<(f64, usize, f64)> {
        let Stretch { near, far } = stretch;
        let way = far - near;
        // A straight line is known by any two of its points.
        let other = if way.is_finite() { far } else { near + way.signum() * shape.width() };
        let at = |score: f64| {
            let part = shape.inside(stretch);
            let divisor = shape.divisor(part, score);
            let value = |o: usize| self.value_times_divisor(shape, part, o, score);
            let on_it = value(self.leader()) - value(rival);
            (self.lead_beside(rival) * divisor + self.weighed.weights[self.f] * on_it, divisor)
        };
        let ((here, divisor_here), (there, divisor_there)) = (at(near), at(other));
        if here < -TIE * divisor_here {
            return Some((near, rival, here));
        }
        let here = here.max(0.0);
        let falls = here - there;
        let is_lost = if way.is_finite() {
            there < -TIE * divisor_there
        } else {
            falls > TIE * (divisor_there - divisor_here).abs().max(f64::MIN_POSITIVE)
        };
        let score = near + (other - near) * (here / falls);
        (is_lost && score.is_finite()).then_some((score, rival, there))
    }

    /// Who leads at the far end of a stretch where all scores are the same there, so that a local scale has no spread.
    fn loss_without_spread(&self, shape: &Shape<'_>, rivals: &[usize], stretch: Stretch) -> Option<usize> {
        let is_alike = |x: f64| {
            matches!(shape, Shape::Local { least, greatest, .. }
            if least.total_cmp(greatest).is_eq() && least.total_cmp(&x).is_eq())
        };
        if !is_alike(stretch.far) {
            return None;
        }
        let weight = self.weighed.weights[self.f];
        let value = |o: usize| {
            let known = o == self.option || self.matrix.reading(self.f, o).likely().is_some();
            if known { 0.0 } else { UNKNOWN_VALUE }
        };
        let lead = |&rival: &usize| {
            (self.lead_beside(rival) + weight * (value(self.leader()) - value(rival)), rival)
        };
        let least = rivals.iter().map(lead).min_by(|a, b| a.0.total_cmp(&b.0))?;
        (least.0 < -TIE).then_some(least.1)
    }

    /// The value of an option with the moving score at `score`, times the divisor of the stretch.
    fn value_times_divisor(&self, shape: &Shape<'_>, part: Part, o: usize, score: f64) -> f64 {
        let moves = o == self.option;
        let own = if moves { Some(score) } else { self.matrix.reading(self.f, o).likely() };
        let divisor = shape.divisor(part, score);
        let Some(own) = own else { return UNKNOWN_VALUE * divisor };
        match (shape, part) {
            (Shape::Curve(points), Part::Piece(at)) if moves => {
                let ((x0, v0), (x1, v1)) = (points[at], points[at + 1]);
                v0 + (v1 - v0) * ((score - x0) / (x1 - x0))
            }
            (Shape::Curve(_), _) => self.matrix.middle(self.f, o),
            (Shape::Local { better, least, greatest }, _) => {
                let (low, high) = part.ends(*least, *greatest, score);
                let over = match better {
                    Better::Higher => own - low,
                    Better::Lower => high - own,
                };
                BEST_VALUE * over
            }
            (Shape::Price { .. }, Part::Under) if moves => BEST_VALUE,
            (Shape::Price { .. }, Part::Under) => BEST_VALUE * (score / own),
            (Shape::Price { lowest }, _) if moves => BEST_VALUE * lowest,
            (Shape::Price { lowest }, _) => BEST_VALUE * (lowest / own) * score,
        }
    }
}

/// Which part of a scale a stretch lies in.
#[derive(Clone, Copy)]
enum Part {
    /// Under, between and over the scores of the others.
    Under,
    Between,
    Over,
    /// The piece of a curve from this point on.
    Piece(usize),
}

impl Part {
    /// The ends of a local scale with the moving score at `score`.
    fn ends(self, least: f64, greatest: f64, score: f64) -> (f64, f64) {
        match self {
            Self::Under => (score, greatest),
            Self::Over => (least, score),
            Self::Between | Self::Piece(_) => (least, greatest),
        }
    }
}

impl Shape<'_> {
    /// The scores that are tried.
    fn domain(&self, may_be_negative: bool) -> (f64, f64) {
        let least = if may_be_negative { f64::NEG_INFINITY } else { 0.0 };
        match self {
            Self::Curve(points) => (points.first().map_or(0.0, |p| p.0), points.last().map_or(0.0, |p| p.0)),
            Self::Local { .. } => (least, f64::INFINITY),
            Self::Price { .. } => (0.0, f64::INFINITY),
        }
    }

    /// A length of the size of the scale.
    fn width(&self) -> f64 {
        match self {
            Self::Curve(_) => 1.0,
            Self::Local { least, greatest, .. } => {
                let width = greatest - least;
                if width > 0.0 { width } else { least.abs().max(1.0) }
            }
            Self::Price { lowest } => *lowest,
        }
    }

    /// The stretches on the way from one score to another, in its order.
    fn stretches(&self, start: f64, end: f64) -> Vec<Stretch> {
        let bends: Vec<f64> = match self {
            Self::Curve(points) => points.iter().map(|point| point.0).collect(),
            Self::Local { least, greatest, .. } => vec![*least, *greatest],
            Self::Price { lowest } => vec![*lowest],
        };
        let (low, high) = (start.min(end), start.max(end));
        let mut marks = vec![low];
        marks.extend(bends.into_iter().filter(|x| low < *x && *x < high));
        marks.push(high);
        let mut stretches: Vec<Stretch> = (marks.windows(2).filter(|pair| pair[0] < pair[1]))
            .map(|pair| Stretch { near: pair[0], far: pair[1] })
            .collect();
        if end < start {
            stretches.reverse();
            for stretch in &mut stretches {
                *stretch = Stretch { near: stretch.far, far: stretch.near };
            }
        }
        stretches
    }

    fn inside(&self, stretch: Stretch) -> Part {
        let (low, high) = (stretch.near.min(stretch.far), stretch.near.max(stretch.far));
        match self {
            Self::Curve(points) => {
                let after = points.partition_point(|point| point.0 <= low);
                Part::Piece(after.saturating_sub(1).min(points.len().saturating_sub(2)))
            }
            Self::Local { least, .. } if high <= *least => Part::Under,
            Self::Local { greatest, .. } if low >= *greatest => Part::Over,
            Self::Price { lowest } if high <= *lowest => Part::Under,
            Self::Price { .. } => Part::Over,
            Self::Local { .. } => Part::Between,
        }
    }

    /// What every value of the stretch is divided by; nought only where a local scale has no spread.
    fn divisor(&self, part: Part, score: f64) -> f64 {
        match (self, part) {
            (Self::Curve(_), _) | (Self::Price { .. }, Part::Under) => 1.0,
            (Self::Price { .. }, _) => score,
            (Self::Local { least, greatest, .. }, part) => {
                let (low, high) = part.ends(*least, *greatest, score);
                high - low
            }
        }
    }
}
