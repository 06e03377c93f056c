//! The region around an option that holds a stated share of its draws.

use super::central_95;

/// The share of draws that a region holds.
const HELD: f64 = 0.95;

/// How much the 95 % limits of two samples must be stretched away from a centre, (operational, commercial), until the
/// quarter-ellipses through them hold [`HELD`] of the pairs: the share is counted, no distribution is assumed. 0 where
/// nothing varies; `None` where the centre lies past its limits, so that no such region is there, or without draws.
pub fn stretch(operational: &[f64], commercial: &[f64], centre: [f64; 2]) -> Option<f64> {
    let limits = [central_95(operational.to_vec()), central_95(commercial.to_vec())];
    let along = |side: usize, value: f64| {
        let away = value - centre[side];
        let (low, high) = limits[side];
        let reach = if away >= 0.0 { high - centre[side] } else { centre[side] - low };
        // Sums in another order differ in their last digits.
        if away.abs() <= 1e-9 { 0.0 } else { away / reach.max(0.0) }
    };
    let mut radii: Vec<f64> =
        operational.iter().zip(commercial).map(|(&op, &com)| along(0, op).hypot(along(1, com))).collect();
    radii.sort_unstable_by(f64::total_cmp);
    let held = libm::ceil(HELD * radii.len() as f64) as usize;
    radii.get(held.checked_sub(1)?).copied().filter(|radius| radius.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::random::{Purpose, Stream};

    /// Two independent uniform variables on −1 to 1: the limits are ±0.95, and the disc that holds 95 % of the square has
    /// the radius at which 4√(r² − 1) + r²(π − 4·arccos(1/r)) = 3.8, which bisection puts at 1.19811.
    #[test]
    fn the_region_holds_the_share_it_states() {
        let mut stream = Stream::new(7, Purpose::ScoresAlone, 0);
        let draws = 40_000;
        let op: Vec<f64> = (0..draws).map(|_| 2.0 * stream.uniform() - 1.0).collect();
        let com: Vec<f64> = (0..draws).map(|_| 2.0 * stream.uniform() - 1.0).collect();
        let found = stretch(&op, &com, [0.0, 0.0]).unwrap() * 0.95;
        assert!((found - 1.198_11).abs() < 0.01, "{found}");
    }

    #[test]
    fn without_spread_or_draws_there_is_no_stretch() {
        assert_eq!(stretch(&[3.0; 8], &[4.0; 8], [3.0, 4.0]), Some(0.0));
        assert_eq!(stretch(&[3.0; 8], &[4.0; 8], [2.0, 4.0]).map(|s| s > 0.0), Some(true));
        assert_eq!(stretch(&[], &[], [0.0, 0.0]), None);
    }
}
