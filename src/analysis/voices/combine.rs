//! From many ballots to one set of swing points (methods, section 2).

use super::in_force::{self, ballots_in_force, swing_rows};
use crate::model::{
    Workspace,
    voices::{CombineRule, Sector, Vote},
};

/// Swing points of one ballot per factor, parallel to `workspace.balance.factors`; `None` is an abstention.
pub type SwingRow = Vec<Option<f64>>;

/// The swing points per factor that the ballots in force combine to, by the workspace's rule and vote.
///
/// `None` when no ballot says anything about any factor; `None` for a factor on which every ballot in force abstained.
/// Under [`CombineRule::MeanWeights`] the points are mean weights out of 100. Each ballot of
/// [`Vote::OneSector`] counts inside its sector first; the sectors then combine by the same rule as if each were a
/// ballot.
#[must_use]
pub fn combined_swings(workspace: &Workspace) -> Option<SwingRow> {
    let rows = swing_rows(workspace);
    let in_force = ballots_in_force(workspace);
    combined(workspace, &rows, &in_force)
}

/// The swing points of the ballots in force, each with its index, on the footing on which it counts; a ballot that says
/// nothing on that footing is left out. Each is put together only when it is asked for.
pub fn ballots_as_counted(workspace: &Workspace) -> impl Iterator<Item = (usize, SwingRow)> + '_ {
    in_force::rows_in_force(workspace)
        .filter_map(|(ballot, row)| Some((ballot, as_counted(workspace.voices.combine, &row)?)))
}

/// The swing points of the ballots in force, each with its index, as they were given, with what the same giver had said
/// before beneath them.
pub fn ballots_as_given(workspace: &Workspace) -> impl Iterator<Item = (usize, SwingRow)> + '_ {
    in_force::rows_in_force(workspace)
}

/// The swing points of one ballot, by index, with what the same giver had said before beneath it, on the footing on
/// which it counts; `None` when it says nothing.
#[must_use]
pub fn ballot_alone(workspace: &Workspace, ballot: usize) -> Option<SwingRow> {
    let row = in_force::row_of(workspace, ballot)?;
    as_counted(workspace.voices.combine, &row).filter(|row| row.iter().any(Option::is_some))
}

/// The swing points that the ballots in force of one sector, by index, combine to by themselves; `None` when they say
/// nothing.
#[must_use]
pub fn sector_alone(workspace: &Workspace, sector: usize) -> Option<SwingRow> {
    let rows = swing_rows(workspace);
    let members = members_by_sector(workspace, &ballots_in_force(workspace));
    let rows = members.get(sector)?.iter().map(|&i| &rows[i]);
    let combined = combine(workspace.voices.combine, rows, workspace.balance.factors.len());
    combined.iter().any(Option::is_some).then_some(combined)
}

/// Some ballots of the workspace, named by index, combined by its rule and vote.
pub(super) fn combined(workspace: &Workspace, rows: &[SwingRow], members: &[usize]) -> Option<SwingRow> {
    combined_by(workspace, rows, members, workspace.voices.vote)
}

/// The same by another vote than the workspace says.
pub(super) fn combined_by(
    workspace: &Workspace,
    rows: &[SwingRow],
    members: &[usize],
    vote: Vote,
) -> Option<SwingRow> {
    let voices = &workspace.voices;
    let factors = workspace.balance.factors.len();
    let combined = match vote {
        Vote::OnePerson => combine(voices.combine, members.iter().map(|&i| &rows[i]), factors),
        Vote::OneSector => {
            let by_sector: Vec<SwingRow> = members_by_sector(workspace, members)
                .iter()
                .filter(|of_sector| !of_sector.is_empty())
                .map(|of_sector| combine(voices.combine, of_sector.iter().map(|&i| &rows[i]), factors))
                .collect();
            combine(voices.combine, &by_sector, factors)
        }
    };
    combined.iter().any(Option::is_some).then_some(combined)
}

/// The given ballots of each sector, parallel to `workspace.voices.sectors`.
pub(super) fn members_by_sector(workspace: &Workspace, members: &[usize]) -> Vec<Vec<usize>> {
    let voices = &workspace.voices;
    let of_sector = |sector: &Sector| {
        members.iter().copied().filter(|&i| voices.ballots[i].sector == sector.id).collect()
    };
    voices.sectors.iter().map(of_sector).collect()
}

/// Combines ballots by a rule; a factor that no ballot scores is `None`.
///
/// A ballot that gives nought to everything has no largest swing and no weights, so it says nothing under
/// [`CombineRule::MedianLargest100`] and [`CombineRule::MeanWeights`]; as given, its noughts count.
#[must_use]
pub fn combine<'a>(
    rule: CombineRule,
    ballots: impl IntoIterator<Item = &'a SwingRow>,
    factors: usize,
) -> SwingRow {
    let counted: Vec<SwingRow> = ballots.into_iter().filter_map(|row| as_counted(rule, row)).collect();
    let mut column = Vec::with_capacity(counted.len());
    (0..factors)
        .map(|factor| {
            column.clear();
            column.extend(counted.iter().filter_map(|row| row[factor]));
            match rule {
                CombineRule::MedianLargest100 | CombineRule::MedianAsGiven => median(&mut column),
                CombineRule::MeanWeights => mean(&column),
            }
        })
        .collect()
}

/// A ballot on the footing on which the rule counts it: as given, its largest swing 100, or its weights out of 100.
#[must_use]
pub fn as_counted(rule: CombineRule, row: &SwingRow) -> Option<SwingRow> {
    let given = || row.iter().flatten().copied();
    let whole = match rule {
        CombineRule::MedianAsGiven => return Some(row.clone()),
        CombineRule::MedianLargest100 => given().fold(0.0, f64::max),
        CombineRule::MeanWeights => given().sum(),
    };
    (whole > 0.0).then(|| row.iter().map(|swing| swing.map(|s| s / whole * 100.0)).collect())
}

/// Swing points as weighing takes them: an abstention weighs nothing.
pub(super) fn counted_swings(row: &[Option<f64>]) -> Vec<f64> {
    row.iter().map(|swing| swing.unwrap_or(0.0)).collect()
}

/// The middle value, or the mean of the middle two; reorders the values.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let odd = values.len() % 2 == 1;
    let (below, &mut upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    if odd {
        return Some(upper);
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(f64::midpoint(lower, upper))
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(swings: [f64; 3]) -> SwingRow {
        swings.into_iter().map(|s| (s >= 0.0).then_some(s)).collect()
    }

    const ABSTAINS: f64 = -1.0;

    #[test]
    fn each_rule_counts_ballots_on_its_own_footing() {
        let ballots = [row([100.0, 50.0, 50.0]), row([20.0, 10.0, 20.0]), row([10.0, 40.0, 0.0])];
        let by = |rule| combine(rule, &ballots, 3);
        assert_eq!(by(CombineRule::MedianAsGiven), row([20.0, 40.0, 20.0]));
        assert_eq!(by(CombineRule::MedianLargest100), row([100.0, 50.0, 50.0]));
        // Weights 50/25/25, 40/20/40 and 20/80/0 of 100.
        let mean = by(CombineRule::MeanWeights);
        for (got, want) in mean.iter().zip([110.0 / 3.0, 125.0 / 3.0, 65.0 / 3.0]) {
            assert!((got.unwrap() - want).abs() < 1e-12);
        }
    }

    #[test]
    fn an_abstention_is_skipped_and_not_a_nought() {
        let ballots = [row([100.0, ABSTAINS, ABSTAINS]), row([60.0, 40.0, ABSTAINS])];
        assert_eq!(combine(CombineRule::MedianAsGiven, &ballots, 3), row([80.0, 40.0, ABSTAINS]));
    }

    #[test]
    fn a_ballot_of_noughts_says_nothing_where_shares_are_asked() {
        let ballots = [row([0.0, 0.0, 0.0]), row([50.0, 25.0, 25.0])];
        assert_eq!(combine(CombineRule::MedianLargest100, &ballots, 3), row([100.0, 50.0, 50.0]));
        assert_eq!(combine(CombineRule::MedianAsGiven, &ballots, 3), row([25.0, 12.5, 12.5]));
    }

    #[test]
    fn an_even_number_of_ballots_meets_in_the_middle() {
        let ballots =
            [row([10.0, 1.0, 4.0]), row([20.0, 2.0, 3.0]), row([40.0, 8.0, 2.0]), row([90.0, 9.0, 1.0])];
        assert_eq!(combine(CombineRule::MedianAsGiven, &ballots, 3), row([30.0, 5.0, 2.5]));
    }
}
