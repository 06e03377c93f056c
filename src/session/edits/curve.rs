//! The points of a value curve moved, added and taken away.

use crate::{
    analysis::balance::{bisection::rounded, value::ValueFunction},
    model::balance::Scale,
};

/// A score, and what it is worth, 0 to 100.
pub type Point = (f64, f64);

/// The points that a scale draws straight lines through, scores rising; `None` for scales that have none of their own.
#[must_use]
pub fn points_of(scale: &Scale) -> Option<Vec<Point>> {
    match scale {
        Scale::Points(points) => Some(points.clone()),
        Scale::Linear { worst, best } if worst < best => Some(vec![(*worst, 0.0), (*best, 100.0)]),
        Scale::Linear { worst, best } => Some(vec![(*best, 100.0), (*worst, 0.0)]),
        Scale::Local { .. } | Scale::Levels(_) | Scale::Direct | Scale::LowestPrice => None,
    }
}

/// The scale through these points. What was a straight line from 0 to 100 stays one as long as it can.
#[must_use]
pub fn scale_through(points: Vec<Point>, before: &Scale) -> Scale {
    let whole = |value: f64, end: f64| (value - end).abs() < 1e-9;
    match (before, points.as_slice()) {
        (Scale::Linear { .. }, &[low, high]) if whole(low.1, 0.0) && whole(high.1, 100.0) => {
            Scale::Linear { worst: low.0, best: high.0 }
        }
        (Scale::Linear { .. }, &[low, high]) if whole(low.1, 100.0) && whole(high.1, 0.0) => {
            Scale::Linear { worst: high.0, best: low.0 }
        }
        _ => Scale::Points(points),
    }
}

/// How fine a step on the axis of scores is: about a two-hundredth of its length, as a power of ten.
#[must_use]
pub fn fineness(points: &[Point]) -> f64 {
    match (points.first(), points.last()) {
        (Some(first), Some(last)) => (last.0 - first.0).abs() / 200.0,
        _ => 0.0,
    }
}

/// The points with one of them put elsewhere: between its neighbours, however far it is dragged, and from 0 to 100.
#[must_use]
pub fn moved(points: &[Point], index: usize, to: Point) -> Vec<Point> {
    let mut points = points.to_vec();
    if index >= points.len() {
        return points;
    }
    let fine = fineness(&points);
    let least = index.checked_sub(1).map_or(f64::NEG_INFINITY, |before| points[before].0 + fine);
    let most = points.get(index + 1).map_or(f64::INFINITY, |next| next.0 - fine);
    let Some(point) = points.get_mut(index) else { return points };
    let score = rounded(to.0, fine);
    if score.is_finite() && least < most {
        point.0 = score.clamp(least, most);
    }
    if to.1.is_finite() {
        point.1 = to.1.clamp(0.0, 100.0);
    }
    points
}

/// The points with one more; `None` when one stands at that score already.
#[must_use]
pub fn with_point(points: &[Point], point: Point) -> Option<Vec<Point>> {
    let at = points.partition_point(|(score, _)| *score < point.0);
    if !point.0.is_finite() || points.get(at).is_some_and(|next| next.0 <= point.0) {
        return None;
    }
    let mut points = points.to_vec();
    points.insert(at, (point.0, point.1.clamp(0.0, 100.0)));
    Some(points)
}

/// The points with one more in the middle of the longest step, on the line, so that nothing is worth anything else yet.
#[must_use]
pub fn with_middle_point(points: &[Point]) -> Option<Vec<Point>> {
    let longest = points.windows(2).max_by(|a, b| (a[1].0 - a[0].0).total_cmp(&(b[1].0 - b[0].0)))?;
    let score = rounded(f64::midpoint(longest[0].0, longest[1].0), fineness(points));
    let value = ValueFunction::Curve(points.to_vec()).value(score)?;
    with_point(points, (score, rounded(value, 0.1)))
}

/// The points less one; `None` when only two are left, which a curve needs.
#[must_use]
pub fn without_point(points: &[Point], index: usize) -> Option<Vec<Point>> {
    if points.len() <= 2 || index >= points.len() {
        return None;
    }
    let mut points = points.to_vec();
    points.remove(index);
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REACH: [Point; 4] = [(30.0, 0.0), (50.0, 26.0), (70.0, 72.0), (90.0, 100.0)];

    #[test]
    fn a_point_stays_between_its_neighbours() {
        assert_eq!(moved(&REACH, 1, (52.04, 31.0))[1], (52.0, 31.0));
        let far = moved(&REACH, 1, (99.0, 120.0))[1];
        assert!(far.0 < 70.0 && far.0 > 69.0, "{far:?}");
        assert_eq!(far.1, 100.0);
        assert_eq!(moved(&REACH, 9, (1.0, 1.0)), REACH);
    }

    #[test]
    fn a_straight_line_stays_one_while_only_its_ends_move() {
        let cost = Scale::Linear { worst: 13.0, best: 6.0 };
        let points = points_of(&cost).unwrap();
        assert_eq!(points, [(6.0, 100.0), (13.0, 0.0)]);
        let wider = moved(&points, 1, (14.0, 0.0));
        assert_eq!(scale_through(wider, &cost), Scale::Linear { worst: 14.0, best: 6.0 });
        let lower = moved(&points, 1, (13.0, 20.0));
        assert_eq!(scale_through(lower.clone(), &cost), Scale::Points(lower));
    }

    #[test]
    fn a_new_point_lies_on_the_line_and_the_last_two_stay() {
        let three = with_middle_point(&[(0.0, 0.0), (10.0, 100.0)]).unwrap();
        assert_eq!(three, [(0.0, 0.0), (5.0, 50.0), (10.0, 100.0)]);
        assert_eq!(with_point(&three, (5.0, 60.0)), None);
        let two = without_point(&three, 1).unwrap();
        assert_eq!(without_point(&two, 0), None);
    }

    proptest! {
        #[test]
        fn whatever_is_dragged_the_scores_rise(index in 0_usize..4, score in -1e4_f64..1e4, value in -50.0_f64..150.0) {
            let points = moved(&REACH, index, (score, value));
            prop_assert!(points.windows(2).all(|pair| pair[0].0 < pair[1].0), "{points:?}");
            prop_assert!(points.iter().all(|(_, v)| (0.0..=100.0).contains(v)));
        }
    }
}
