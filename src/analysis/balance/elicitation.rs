//! How swing weights are asked for: ranks first, then points, then exchanges that the points imply.

use crate::model::balance::{ExchangeAnswer, Factor};

/// The mean of all weights that keep a ranking of so many swings, the largest first: wₖ = (1/n) Σᵢ₌ₖⁿ 1/i, the
/// rank-order centroid (Barron & Barrett 1996). Empty for no ranks.
#[must_use]
pub fn rank_order_centroid(ranks: usize) -> Vec<f64> {
    let mut tail = 0.0;
    let mut weights: Vec<f64> = (1..=ranks)
        .rev()
        .map(|i| {
            tail += 1.0 / i as f64;
            tail / ranks as f64
        })
        .collect();
    weights.reverse();
    weights
}

/// Points to begin with when only ranks are known: the rank-order centroid with the largest at 100, as whole points of
/// at least 1.
#[must_use]
pub fn points_of_ranks(ranks: usize) -> Vec<f64> {
    let weights = rank_order_centroid(ranks);
    let largest = weights.first().copied().unwrap_or(1.0);
    weights.iter().map(|weight| libm::round(weight / largest * 100.0).max(1.0)).collect()
}

/// An amount of a factor with the range of its scale, both in its own unit and above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    pub amount: f64,
    pub range: f64,
}

/// How much of a second factor is worth `amount` of a first, when points are worth s and s′ over ranges r and r′:
/// amount′ = amount · (s ÷ r) ÷ (s′ ÷ r′), the ratio of slopes of two straight value functions (Keeney & Raiffa 1976).
/// `None` where either has no points or no range.
#[must_use]
pub fn worth(first: Part, points: f64, second_range: f64, second_points: f64) -> Option<f64> {
    let worth = first.amount * (points / first.range) / (second_points / second_range);
    (worth.is_finite() && worth > 0.0).then_some(worth)
}

/// The points of a first factor under which so much of it is worth so much of a second: the inverse of [`worth`].
/// Whole from 10 up, else with one decimal. `None` where that is not a number above 0.
#[must_use]
pub fn points_for_exchange(first: Part, second: Part, second_points: f64) -> Option<f64> {
    let points = second_points * (second.amount / second.range) / (first.amount / first.range);
    let scale = if points >= 10.0 { 1.0 } else { 10.0 };
    let rounded = libm::round(points * scale) / scale;
    (rounded.is_finite() && rounded > 0.0).then_some(rounded)
}

/// Why an answer on an exchange wants to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// The points of the two factors stand in another proportion.
    Points,
    /// An end of a scale has moved.
    Ends,
}

/// Whether an answer still speaks of what stands: its points up to a common factor, and the ends of both scales.
#[must_use]
pub fn staleness(
    answer: &ExchangeAnswer,
    points: (f64, f64),
    ends: ((f64, f64), (f64, f64)),
) -> Option<Stale> {
    let then = answer.led_to.unwrap_or(answer.points);
    let (was, is) = (answer.ends, ends);
    let moved =
        !(same(was.0.0, is.0.0) && same(was.0.1, is.0.1) && same(was.1.0, is.1.0) && same(was.1.1, is.1.1));
    if moved {
        Some(Stale::Ends)
    } else if same(then.0 * points.1, then.1 * points.0) {
        None
    } else {
        Some(Stale::Points)
    }
}

/// Whether two figures are the same but for rounding.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// A factor whose ends have changed since its points were given.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedRange {
    pub factor: usize,
    pub points: f64,
    /// The points that give each unit of the score the weight it had: points × new range ÷ old range.
    pub in_proportion: Option<f64>,
}

/// The factors whose ends have changed since their points were given, in their order.
#[must_use]
pub fn changed_ranges(factors: &[Factor]) -> Vec<ChangedRange> {
    let changed = |(f, factor): (usize, &Factor)| {
        let (points, was, is) = (factor.swing?, factor.swing_range?, factor.scale.ends()?);
        if same(was.0, is.0) && same(was.1, is.1) {
            return None;
        }
        let in_proportion = points * (is.1 - is.0).abs() / (was.1 - was.0).abs();
        let in_proportion = in_proportion.is_finite().then(|| libm::round(in_proportion));
        Some(ChangedRange { factor: f, points, in_proportion })
    };
    factors.iter().enumerate().filter_map(changed).collect()
}

/// The factors that have points and two ends, of which nobody said that the points were given for these ends.
#[must_use]
pub fn weighed_before_range(factors: &[Factor]) -> Vec<usize> {
    let before = |factor: &Factor| {
        factor.swing.is_some_and(|points| points > 0.0)
            && factor.swing_range.is_none()
            && factor.scale.ends().is_some()
    };
    factors.iter().enumerate().filter(|(_, factor)| before(factor)).map(|(f, _)| f).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::balance::{ExchangeVerdict, Scale, Side};
    use proptest::prelude::*;

    fn cost(worst: f64, then: f64) -> Factor {
        Factor {
            id: "cost".into(),
            name: "Whole-life cost".into(),
            short: String::new(),
            side: Side::Commercial,
            group: String::new(),
            unit: "£m".into(),
            scale: Scale::Linear { worst, best: 6.0 },
            swing: Some(80.0),
            swing_range: Some((then, 6.0)),
            weight_limits: None,
            must: None,
        }
    }

    #[test]
    fn a_wider_range_asks_for_more_points() {
        let changed = changed_ranges(&[cost(13.0, 12.0)]);
        assert_eq!(changed, [ChangedRange { factor: 0, points: 80.0, in_proportion: Some(93.0) }]);
        assert_eq!(changed_ranges(&[cost(12.0, 12.0)]), []);
    }

    #[test]
    fn a_range_that_was_nothing_has_no_proportion() {
        assert_eq!(changed_ranges(&[cost(13.0, 6.0)])[0].in_proportion, None);
    }

    #[test]
    fn points_without_the_ends_they_were_given_for_are_named() {
        let mut early = cost(13.0, 12.0);
        early.swing_range = None;
        assert_eq!(weighed_before_range(&[cost(13.0, 13.0), early.clone()]), [1]);
        early.swing = Some(0.0);
        assert_eq!(weighed_before_range(&[early]), Vec::<usize>::new());
    }

    /// Barron & Barrett (1996), table 1: three and four ranks.
    #[test]
    fn the_rank_order_centroid_is_that_of_barron_and_barrett() {
        let close = |found: Vec<f64>, expected: &[f64]| {
            assert_eq!(found.len(), expected.len());
            for (a, b) in found.iter().zip(expected) {
                assert!((a - b).abs() < 5e-4, "{found:?}");
            }
        };
        close(rank_order_centroid(3), &[0.6111, 0.2778, 0.1111]);
        close(rank_order_centroid(4), &[0.5208, 0.2708, 0.1458, 0.0625]);
        assert_eq!(rank_order_centroid(1), [1.0]);
        assert_eq!(rank_order_centroid(0), Vec::<f64>::new());
        assert_eq!(points_of_ranks(3), [100.0, 45.0, 18.0]);
        assert_eq!(points_of_ranks(0), Vec::<f64>::new());
    }

    #[test]
    fn an_exchange_is_the_ratio_of_slopes() {
        // 80 points over £7m against 90 over 7 points: £1m is worth 8/9 of a point.
        let pound = Part { amount: 1.0, range: 7.0 };
        let found = worth(pound, 80.0, 7.0, 90.0).unwrap();
        assert!((found - 8.0 / 9.0).abs() < 1e-12);
        assert_eq!(worth(pound, 80.0, 7.0, 0.0), None);
        // To be worth 1.1 points it would need 99.
        let points = points_for_exchange(pound, Part { amount: 1.1, range: 7.0 }, 90.0);
        assert_eq!(points, Some(99.0));
        assert_eq!(points_for_exchange(pound, Part { amount: 0.0, range: 7.0 }, 90.0), None);
    }

    fn answer(points: (f64, f64), led_to: Option<(f64, f64)>) -> ExchangeAnswer {
        ExchangeAnswer {
            factor: "cost".into(),
            against: "reach".into(),
            answer: ExchangeVerdict::Right,
            points,
            ends: ((13.0, 6.0), (30.0, 90.0)),
            led_to,
        }
    }

    #[test]
    fn an_answer_is_stale_once_points_or_ends_differ() {
        let ends = ((13.0, 6.0), (30.0, 90.0));
        let given = answer((80.0, 90.0), None);
        assert_eq!(staleness(&given, (80.0, 90.0), ends), None);
        assert_eq!(staleness(&given, (40.0, 45.0), ends), None, "only the proportion counts");
        assert_eq!(staleness(&given, (81.0, 90.0), ends), Some(Stale::Points));
        assert_eq!(staleness(&given, (80.0, 90.0), ((12.0, 6.0), (30.0, 90.0))), Some(Stale::Ends));
        let taken = answer((80.0, 90.0), Some((99.0, 90.0)));
        assert_eq!(staleness(&taken, (99.0, 90.0), ends), None);
        assert_eq!(staleness(&taken, (80.0, 90.0), ends), Some(Stale::Points));
    }

    proptest! {
        #[test]
        fn centroids_sum_to_one_and_fall(ranks in 1_usize..60) {
            let weights = rank_order_centroid(ranks);
            prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(weights.windows(2).all(|pair| pair[0] > pair[1]));
            prop_assert!(points_of_ranks(ranks).iter().all(|p| (1.0..=100.0).contains(p)));
        }

        #[test]
        fn an_exchange_there_and_back_is_the_same(
            amount in 0.01..1e3_f64, range in 0.01..1e3_f64, other in 0.01..1e3_f64,
            points in 20.0..100.0_f64, others in 1.0..100.0_f64,
        ) {
            let first = Part { amount, range };
            let worth = worth(first, points, other, others).unwrap();
            let back = points_for_exchange(first, Part { amount: worth, range: other }, others).unwrap();
            prop_assert!((back - points).abs() <= 0.5 + 1e-6);
        }
    }
}
