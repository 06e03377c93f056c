//! What a score is worth: value functions from a score to 0–100 (Keeney & Raiffa 1976; von Winterfeldt & Edwards 1986).

use crate::model::balance::{Better, NamedLevel, Scale};

/// The worst and the best value there are.
pub const WORST_VALUE: f64 = 0.0;
pub const BEST_VALUE: f64 = 100.0;
/// What an unknown cell counts as where a single figure is needed: the middle of 0–100.
pub const UNKNOWN_VALUE: f64 = 50.0;

/// A scale with everything settled that it takes to turn a score into a value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueFunction {
    /// Straight lines between points of (score, value), scores strictly rising; flat beyond the ends.
    Curve(Vec<(f64, f64)>),
    /// Named levels with a value each.
    Levels(Vec<NamedLevel>),
    /// Lowest price over this price, times 100 and at the most 100 (the relative price scoring of UK procurement).
    LowestPrice { lowest: f64 },
    /// The ends are the same, so the step from worst to best is a step of nothing: everything is worth 0, and the
    /// factor adds nothing to any total.
    NoSpread,
}

/// One straight piece of a value curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueStep {
    /// The scores that it leads from and to, rising.
    pub from: f64,
    pub to: f64,
    /// The points of value that it adds; below 0 where more is worth less.
    pub adds: f64,
}

impl ValueFunction {
    /// Settles a scale. `present` are the likely scores of the options that local ends and the lowest price are taken
    /// from. A scale whose ends coincide, or whose points are not in rising order, has no spread.
    #[must_use]
    pub fn of(scale: &Scale, present: impl Iterator<Item = f64>) -> Self {
        match scale {
            Scale::Linear { worst, best } => Self::between(*worst, *best),
            Scale::Local { better } => {
                let (low, high) = ends(present);
                match better {
                    Better::Higher => Self::between(low, high),
                    Better::Lower => Self::between(high, low),
                }
            }
            Scale::Points(points) => {
                let rising = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
                let known = points.iter().all(|(x, v)| x.is_finite() && v.is_finite());
                if points.is_empty() || !rising || !known {
                    return Self::NoSpread;
                }
                Self::Curve(points.iter().map(|&(x, v)| (x, v.clamp(WORST_VALUE, BEST_VALUE))).collect())
            }
            Scale::Levels(levels) => Self::Levels(levels.clone()),
            Scale::Direct => Self::between(WORST_VALUE, BEST_VALUE),
            Scale::LowestPrice => {
                let (lowest, _) = ends(present.filter(|price| *price > 0.0));
                if lowest.is_finite() { Self::LowestPrice { lowest } } else { Self::NoSpread }
            }
        }
    }

    /// A straight line from `worst` (worth 0) to `best` (worth 100).
    fn between(worst: f64, best: f64) -> Self {
        if !worst.is_finite() || !best.is_finite() {
            return Self::NoSpread;
        }
        if worst < best {
            Self::Curve(vec![(worst, WORST_VALUE), (best, BEST_VALUE)])
        } else if worst > best {
            Self::Curve(vec![(best, BEST_VALUE), (worst, WORST_VALUE)])
        } else {
            Self::NoSpread
        }
    }

    /// The value of a score, 0–100; scores beyond the ends are worth what the end is worth. `None` for a price that is
    /// not above nought, and for a number on a scale of levels.
    #[must_use]
    pub fn value(&self, score: f64) -> Option<f64> {
        match self {
            Self::Curve(points) => Some(on_curve(points, score)),
            Self::LowestPrice { lowest } => (score > 0.0).then(|| (lowest / score * 100.0).min(BEST_VALUE)),
            Self::NoSpread => Some(WORST_VALUE),
            Self::Levels(_) => None,
        }
    }

    /// The least and the greatest value over scores from `low` to `high`.
    #[must_use]
    pub fn over(&self, low: f64, high: f64) -> (f64, f64) {
        match self {
            Self::Curve(points) => {
                let at_ends = [on_curve(points, low), on_curve(points, high)];
                let inside = points.iter().filter(|(x, _)| low < *x && *x < high).map(|(_, v)| *v);
                ends(at_ends.into_iter().chain(inside))
            }
            // A price at or under nought is as good as any: the limit of ever lower prices.
            Self::LowestPrice { .. } => {
                let worth = |price: f64| self.value(price).unwrap_or(BEST_VALUE);
                (worth(high), worth(low))
            }
            Self::NoSpread => (WORST_VALUE, WORST_VALUE),
            Self::Levels(_) => (WORST_VALUE, BEST_VALUE),
        }
    }

    /// The score nearest to `from` that is worth `target`; `None` when no score is, or the scale has only levels.
    #[must_use]
    pub fn score_worth(&self, target: f64, from: f64) -> Option<f64> {
        match self {
            Self::Curve(points) => points
                .windows(2)
                .filter_map(|pair| nearest_on_piece(pair[0], pair[1], target, from))
                .min_by(|a, b| (a - from).abs().total_cmp(&(b - from).abs())),
            Self::LowestPrice { lowest } => (target > 0.0 && target <= BEST_VALUE)
                .then(|| lowest * (BEST_VALUE / target))
                .filter(|price| price.is_finite()),
            Self::NoSpread | Self::Levels(_) => None,
        }
    }

    /// What each straight piece of the curve adds. Empty for levels and prices, and where nothing has spread.
    #[must_use]
    pub fn steps(&self) -> Vec<ValueStep> {
        match self {
            Self::Curve(points) => points
                .windows(2)
                .map(|pair| ValueStep { from: pair[0].0, to: pair[1].0, adds: pair[1].1 - pair[0].1 })
                .collect(),
            Self::Levels(_) | Self::LowestPrice { .. } | Self::NoSpread => Vec::new(),
        }
    }

    /// The scores between which the curve is not flat; `None` where there are no ends.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        match self {
            Self::Curve(points) => Some((points.first()?.0, points.last()?.0)),
            Self::LowestPrice { .. } | Self::NoSpread | Self::Levels(_) => None,
        }
    }
}

/// The least and the greatest of some figures; (∞, −∞) of none.
fn ends(figures: impl Iterator<Item = f64>) -> (f64, f64) {
    figures.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

fn on_curve(points: &[(f64, f64)], score: f64) -> f64 {
    let above = points.partition_point(|(x, _)| *x <= score);
    match (above.checked_sub(1).map(|i| points[i]), points.get(above)) {
        (Some((x0, v0)), Some(&(x1, v1))) => v0 + (v1 - v0) * share_of_way(x0, x1, score),
        (Some((_, v)), None) | (None, Some(&(_, v))) => v,
        (None, None) => WORST_VALUE,
    }
}

/// How far `x` lies on the way from `x0` to `x1`, 0 to 1, also where their distance is too large to be written.
fn share_of_way(x0: f64, x1: f64, x: f64) -> f64 {
    let way = x1 - x0;
    if way.is_finite() { (x - x0) / way } else { (x / 4.0 - x0 / 4.0) / (x1 / 4.0 - x0 / 4.0) }
}

fn nearest_on_piece((x0, v0): (f64, f64), (x1, v1): (f64, f64), target: f64, from: f64) -> Option<f64> {
    if target < v0.min(v1) || target > v0.max(v1) {
        return None;
    }
    let rise = v1 - v0;
    if rise.abs() < f64::EPSILON {
        return Some(from.clamp(x0, x1));
    }
    Some((x0 + (x1 - x0) * ((target - v0) / rise)).clamp(x0, x1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn less_is_better_when_worst_lies_above_best() {
        let cost = ValueFunction::of(&Scale::Linear { worst: 13.0, best: 6.0 }, [].into_iter());
        assert_eq!(cost.value(6.0), Some(100.0));
        assert_eq!(cost.value(13.0), Some(0.0));
        assert_eq!(cost.value(9.5), Some(50.0));
        assert_eq!(cost.value(20.0), Some(0.0));
    }

    #[test]
    fn a_humped_scale_has_its_best_inside_the_range() {
        let size = Scale::Points(vec![(0.0, 0.0), (10.0, 100.0), (20.0, 40.0)]);
        let size = ValueFunction::of(&size, [].into_iter());
        assert_eq!(size.over(5.0, 20.0), (40.0, 100.0));
        assert_eq!(size.score_worth(70.0, 12.0), Some(15.0));
        assert_eq!(size.score_worth(70.0, 9.0), Some(7.0));
        assert_eq!(size.score_worth(20.0, 18.0), Some(2.0));
        assert_eq!(size.score_worth(101.0, 9.0), None);
    }

    #[test]
    fn local_ends_are_the_worst_and_best_present() {
        let scale = Scale::Local { better: Better::Lower };
        let local = ValueFunction::of(&scale, [30.0, 10.0, 15.0].into_iter());
        assert_eq!(local.value(10.0), Some(100.0));
        assert_eq!(local.value(15.0), Some(75.0));
        assert_eq!(local.value(30.0), Some(0.0));
        let same = ValueFunction::of(&scale, [7.0, 7.0].into_iter());
        assert_eq!(same, ValueFunction::NoSpread);
        assert_eq!(same.value(7.0), Some(0.0));
    }

    #[test]
    fn a_price_that_is_not_above_nought_has_no_value() {
        let price = ValueFunction::of(&Scale::LowestPrice, [10.0, 0.0].into_iter());
        assert_eq!(price.value(0.0), None);
        assert_eq!(price.value(-1.0), None);
        assert_eq!(price.value(40.0), Some(25.0));
        assert_eq!(price.score_worth(50.0, 40.0), Some(20.0));
    }

    #[test]
    fn ends_too_far_apart_for_their_distance_still_give_values() {
        let wide = ValueFunction::of(&Scale::Linear { worst: -1e308, best: 1e308 }, [].into_iter());
        assert_eq!(wide.value(0.0), Some(50.0));
        assert_eq!(wide.value(f64::MAX), Some(100.0));
    }

    #[test]
    fn points_out_of_order_have_no_spread() {
        let scale = Scale::Points(vec![(2.0, 0.0), (1.0, 100.0)]);
        assert_eq!(ValueFunction::of(&scale, [].into_iter()), ValueFunction::NoSpread);
    }

    #[test]
    fn the_steps_of_a_curve_add_up_to_the_whole_of_it() {
        let reach = Scale::Points(vec![(30.0, 0.0), (50.0, 26.0), (70.0, 72.0), (90.0, 100.0)]);
        let steps = ValueFunction::of(&reach, [].into_iter()).steps();
        assert_eq!(steps.iter().map(|step| step.adds).collect::<Vec<_>>(), [26.0, 46.0, 28.0]);
        assert_eq!((steps[1].from, steps[1].to), (50.0, 70.0));
        assert_eq!(ValueFunction::NoSpread.steps(), []);
    }

    /// Points at scores that rise by whole tenths, with whole values: humps and flat pieces among them.
    fn curve() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((1_u16..200, 0_u8..=100), 2..9).prop_map(|steps| {
            let mut score = -500;
            let point = |(rise, value): (u16, u8)| {
                score += i32::from(rise);
                (f64::from(score) / 10.0, f64::from(value))
            };
            steps.into_iter().map(point).collect()
        })
    }

    proptest! {
        #[test]
        fn between_two_points_the_value_goes_one_way(points in curve(), at in 0.0_f64..1.0, on in 0.0_f64..1.0) {
            let function = ValueFunction::of(&Scale::Points(points.clone()), [].into_iter());
            for pair in points.windows(2) {
                let (x0, x1) = (pair[0].0, pair[1].0);
                let first = x0 + (x1 - x0) * at;
                let second = first + (x1 - first) * on;
                let (a, b) = (function.value(first).unwrap(), function.value(second).unwrap());
                let rise = pair[1].1 - pair[0].1;
                prop_assert!((b - a) * rise >= -1e-6, "{pair:?}: {a} {b}");
                let (low, high) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
                prop_assert!(low - 1e-9 <= a && a <= high + 1e-9);
            }
        }

        #[test]
        fn the_score_worth_a_value_is_worth_it(points in curve(), from in -60.0_f64..200.0, target in 0.0_f64..100.0) {
            let function = ValueFunction::of(&Scale::Points(points.clone()), [].into_iter());
            let (low, high) = function.over(points[0].0, points[points.len() - 1].0);
            match function.score_worth(target, from) {
                Some(score) => prop_assert!((function.value(score).unwrap() - target).abs() < 1e-9),
                None => prop_assert!(target < low || target > high),
            }
        }

        #[test]
        fn no_score_between_two_is_worth_more_than_what_lies_over_them(
            points in curve(), a in -60.0_f64..200.0, b in -60.0_f64..200.0, share in 0.0_f64..=1.0,
        ) {
            let function = ValueFunction::of(&Scale::Points(points), [].into_iter());
            let (low, high) = function.over(a.min(b), a.max(b));
            let value = function.value(a + (b - a) * share).unwrap();
            prop_assert!(low - 1e-9 <= value && value <= high + 1e-9);
        }

        #[test]
        fn twice_the_lowest_price_is_worth_half(lowest in 0.01_f64..1e6, times in 1.0_f64..100.0) {
            let price = ValueFunction::of(&Scale::LowestPrice, [lowest, lowest * 3.0].into_iter());
            let value = price.value(lowest * times).unwrap();
            prop_assert!((value - 100.0 / times).abs() < 1e-9 * 100.0);
            prop_assert!((price.score_worth(value, lowest).unwrap() - lowest * times).abs() <= 1e-9 * lowest * times);
        }
    }
}
