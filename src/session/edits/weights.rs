//! Swing points given, taken over from the ballots, and kept for a range that has changed.

use crate::{
    analysis::voices::combined_swings,
    model::{
        Workspace,
        balance::{Factor, WeightsFrom},
        ids::FactorId,
    },
};

/// Gives a factor swing points, noting the ends that they are for. Where the ballots were in force their median is
/// taken over first, so that only this factor's weight changes.
pub fn set_swing(workspace: &mut Workspace, id: &FactorId, points: f64) {
    if workspace.balance.weights_from == WeightsFrom::Ballots {
        take_ballots(workspace);
    }
    if let Some(factor) = workspace.factor_mut(id) {
        give(factor, Some(points));
    }
}

/// Takes over what the ballots combine to as the stated points, and lets these count. Without ballots only the latter.
pub fn take_ballots(workspace: &mut Workspace) {
    if let Some(combined) = combined_swings(workspace) {
        for (factor, points) in workspace.balance.factors.iter_mut().zip(combined) {
            give(factor, points);
        }
    }
    workspace.balance.weights_from = WeightsFrom::Swings;
}

/// Keeps the points of a factor for the ends that its scale has now.
pub fn keep_for_new_ends(workspace: &mut Workspace, id: &FactorId) {
    if let Some(factor) = workspace.factor_mut(id) {
        factor.swing_range = factor.scale.ends();
    }
}

fn give(factor: &mut Factor, points: Option<f64>) {
    factor.swing = points;
    factor.swing_range = points.and(factor.scale.ends());
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
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    factors
        .iter()
        .enumerate()
        .filter_map(|(f, factor)| {
            let (points, was, is) = (factor.swing?, factor.swing_range?, factor.scale.ends()?);
            if same(was.0, is.0) && same(was.1, is.1) {
                return None;
            }
            let in_proportion = points * (is.1 - is.0).abs() / (was.1 - was.0).abs();
            let in_proportion = in_proportion.is_finite().then(|| libm::round(in_proportion));
            Some(ChangedRange { factor: f, points, in_proportion })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::balance::{Scale, Side};

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
}
