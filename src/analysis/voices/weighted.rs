//! Ballots that count for more or less than one another.

use super::{SwingRow, as_counted, combine::members_by_sector};
use crate::model::{
    Workspace,
    voices::{CombineRule, Vote},
};

/// How far a sum of weights may lie from the half and still be the half.
const ROUNDING: f64 = 1e-9;

/// The weighted median: the value at which the weights of the values up to it reach half of all weight; where they reach
/// exactly half, the middle between it and the next value (Edgeworth 1888). With equal weights it is the median, and a
/// weight of 2 is the same as the value given twice. What weighs nothing is passed over; `None` when nothing is left.
///
/// Takes values with their weights of 0 or more, and reorders them.
#[must_use]
pub fn weighted_median(values: &mut [(f64, f64)]) -> Option<f64> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut reached = 0.0;
    let mut heavy = values.iter().filter(|(_, weight)| *weight > 0.0).peekable();
    while let Some((value, weight)) = heavy.next() {
        reached += weight;
        if (reached - half).abs() <= ROUNDING * half {
            return Some(heavy.peek().map_or(*value, |(next, _)| f64::midpoint(*value, *next)));
        }
        if reached > half || heavy.peek().is_none() {
            return Some(*value);
        }
    }
    None
}

/// Combines ballots of unlike weight by a rule, factor by factor: the weighted median, or the weighted mean of weights.
/// An abstention leaves a ballot out of that factor; a factor that nobody of any weight scores is `None`.
#[must_use]
pub fn combine_weighted<'a>(
    rule: CombineRule,
    ballots: impl IntoIterator<Item = (&'a SwingRow, f64)>,
    factors: usize,
) -> SwingRow {
    let counted: Vec<(SwingRow, f64)> = ballots
        .into_iter()
        .filter(|(_, weight)| *weight > 0.0)
        .filter_map(|(row, weight)| Some((as_counted(rule, row)?, weight)))
        .collect();
    let mut column = Vec::with_capacity(counted.len());
    (0..factors)
        .map(|factor| {
            column.clear();
            column.extend(counted.iter().filter_map(|(row, weight)| Some((row[factor]?, *weight))));
            match rule {
                CombineRule::MedianLargest100 | CombineRule::MedianAsGiven => weighted_median(&mut column),
                CombineRule::MeanWeights => weighted_mean(&column),
            }
        })
        .collect()
}

fn weighted_mean(values: &[(f64, f64)]) -> Option<f64> {
    let whole: f64 = values.iter().map(|(_, weight)| weight).sum();
    (whole > 0.0).then(|| values.iter().map(|(value, weight)| value * weight).sum::<f64>() / whole)
}

/// Some ballots of the workspace, each by index with its weight, combined by its rule and vote. With one sector one vote a
/// sector's vote weighs the mean of the weights of its ballots, so that a sector of which every ballot counts double
/// counts double. `None` when nothing is said.
pub(super) fn combined_weighted(
    workspace: &Workspace,
    rows: &[SwingRow],
    members: &[usize],
    weight: impl Fn(usize) -> f64,
) -> Option<SwingRow> {
    let voices = &workspace.voices;
    let factors = workspace.balance.factors.len();
    let of = |members: &[usize]| {
        combine_weighted(voices.combine, members.iter().map(|&i| (&rows[i], weight(i))), factors)
    };
    let combined = match voices.vote {
        Vote::OnePerson => of(members),
        Vote::OneSector => {
            let sectors: Vec<(SwingRow, f64)> = members_by_sector(workspace, members)
                .iter()
                .filter(|of_sector| !of_sector.is_empty())
                .map(|of_sector| {
                    let whole: f64 = of_sector.iter().map(|&i| weight(i)).sum();
                    (of(of_sector), whole / of_sector.len() as f64)
                })
                .collect();
            combine_weighted(voices.combine, sectors.iter().map(|(row, weight)| (row, *weight)), factors)
        }
    };
    combined.iter().any(Option::is_some).then_some(combined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_half_of_the_weight_is_where_the_median_lies() {
        assert_eq!(weighted_median(&mut [(10.0, 1.0), (30.0, 1.0), (20.0, 1.0)]), Some(20.0));
        assert_eq!(weighted_median(&mut [(10.0, 1.0), (20.0, 1.0)]), Some(15.0));
        assert_eq!(weighted_median(&mut [(10.0, 1.0), (20.0, 2.0)]), Some(20.0));
        assert_eq!(weighted_median(&mut [(10.0, 3.0), (20.0, 2.0), (90.0, 1.0)]), Some(15.0));
        assert_eq!(weighted_median(&mut [(10.0, 0.0), (20.0, 1.0)]), Some(20.0));
        assert_eq!(weighted_median(&mut [(10.0, 1.0), (20.0, 0.0)]), Some(10.0));
    }

    #[test]
    fn without_weight_there_is_no_median() {
        assert_eq!(weighted_median(&mut []), None);
        assert_eq!(weighted_median(&mut [(10.0, 0.0)]), None);
    }

    #[test]
    fn a_weighted_mean_is_that_of_the_weights_of_ballots() {
        let ballots: [SwingRow; 2] = [vec![Some(100.0), Some(0.0)], vec![Some(20.0), Some(20.0)]];
        let by =
            |weights: [f64; 2]| combine_weighted(CombineRule::MeanWeights, ballots.iter().zip(weights), 2);
        assert_eq!(by([1.0, 1.0]), [Some(75.0), Some(25.0)]);
        assert_eq!(by([0.0, 2.0]), [Some(50.0), Some(50.0)]);
        assert_eq!(by([0.0, 0.0]), [None, None]);
    }
}
