//! Where the weights come from: swing points, the ballots, or nobody yet.

use super::WeightBasis;
use crate::{
    analysis::voices,
    model::{
        Workspace,
        balance::{Side, WeightsFrom},
    },
};

/// The swing points in force.
#[derive(Clone, Debug, PartialEq)]
pub struct SwingsInForce {
    pub basis: WeightBasis,
    /// One a factor, 0 upwards and finite; one that nobody gave is 0.
    pub swings: Vec<f64>,
    /// The factors whose swing nobody gave, while others have one.
    pub missing: Vec<usize>,
    /// The factors whose swing is negative or not a number, and counts as 0.
    pub unusable: Vec<usize>,
}

/// The swing points in force: those on the factors or those of the ballots, as the workspace says; when nobody has
/// given any, every factor counts alike.
#[must_use]
pub fn in_force(workspace: &Workspace) -> SwingsInForce {
    in_force_by(workspace, || voices::combined_swings(workspace))
}

/// The same where what the ballots combine to may be at hand already.
#[must_use]
pub(in crate::analysis) fn in_force_by(
    workspace: &Workspace,
    combined: impl FnOnce() -> Option<voices::SwingRow>,
) -> SwingsInForce {
    let factors = &workspace.balance.factors;
    let (basis, given) = match workspace.balance.weights_from {
        WeightsFrom::Swings => (WeightBasis::Swings, factors.iter().map(|f| f.swing).collect()),
        WeightsFrom::Ballots => (WeightBasis::Ballots, combined().unwrap_or_default()),
    };
    if given.iter().all(Option::is_none) {
        return SwingsInForce {
            basis: WeightBasis::Even,
            swings: vec![100.0; factors.len()],
            missing: Vec::new(),
            unusable: Vec::new(),
        };
    }
    let places_where = |test: fn(&Option<f64>) -> bool| {
        given.iter().enumerate().filter(|(_, swing)| test(swing)).map(|(f, _)| f).collect()
    };
    SwingsInForce {
        basis,
        swings: given.iter().map(|swing| counted(swing.unwrap_or(0.0))).collect(),
        missing: places_where(Option::is_none),
        unusable: places_where(|swing| swing.is_some_and(|s| !s.is_finite() || s < 0.0)),
    }
}

/// A swing as it counts: what is negative or not a number is 0.
#[must_use]
pub fn counted(swing: f64) -> f64 {
    if swing.is_finite() { swing.max(0.0) } else { 0.0 }
}

/// wⱼ = sⱼ / Σs: weights from 0 to 1 that sum to 1; all 0 when no swing is above 0.
#[must_use]
pub fn normalised(swings: &[f64]) -> Vec<f64> {
    // Dividing by the largest first keeps the sum finite.
    let largest = swings.iter().copied().map(counted).fold(0.0, f64::max);
    if largest <= 0.0 {
        return vec![0.0; swings.len()];
    }
    let sum: f64 = swings.iter().map(|&s| counted(s) / largest).sum();
    swings.iter().map(|&s| counted(s) / largest / sum).collect()
}

/// λ: the commercial share of all swing points, 0 to 1; `None` when no swing is above 0.
#[must_use]
pub fn commercial_share(swings: &[f64], sides: &[Side]) -> Option<f64> {
    let largest = swings.iter().copied().map(counted).fold(0.0, f64::max);
    if largest <= 0.0 {
        return None;
    }
    let (mut commercial, mut operational) = (0.0, 0.0);
    for (&swing, side) in swings.iter().zip(sides) {
        match side {
            Side::Commercial => commercial += counted(swing) / largest,
            Side::Operational => operational += counted(swing) / largest,
        }
    }
    Some(commercial / (commercial + operational))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_shares_of_the_swing_points() {
        assert_eq!(normalised(&[100.0, 60.0, 40.0]), vec![0.5, 0.3, 0.2]);
        assert_eq!(normalised(&[0.0, 0.0]), vec![0.0, 0.0]);
        assert_eq!(normalised(&[]), Vec::<f64>::new());
        assert_eq!(normalised(&[f64::MAX, f64::MAX]), vec![0.5, 0.5]);
    }

    #[test]
    fn the_commercial_share_is_undefined_without_any_weight() {
        let sides = [Side::Operational, Side::Commercial];
        assert_eq!(commercial_share(&[30.0, 10.0], &sides), Some(0.25));
        assert_eq!(commercial_share(&[0.0, 0.0], &sides), None);
        assert_eq!(commercial_share(&[], &[]), None);
    }
}
