//! What the ballots come to without each of them, from order statistics: leaving each of two hundred out costs little more
//! than combining them once.

use super::{
    SwingRow, as_counted,
    combine::{combine, members_by_sector},
};
use crate::model::{
    Workspace,
    voices::{CombineRule, Vote},
};

/// What the ballots in force come to without each of them, parallel to the ballots of the workspace; `None` for a ballot
/// that is not in force, and where nothing is left.
pub(super) fn without_each_ballot(
    workspace: &Workspace,
    rows: &[SwingRow],
    in_force: &[usize],
) -> Vec<Option<SwingRow>> {
    let mut without = vec![None; rows.len()];
    let said = |row: SwingRow| row.iter().any(Option::is_some).then_some(row);
    let (rule, factors) = (workspace.voices.combine, workspace.balance.factors.len());
    match workspace.voices.vote {
        Vote::OnePerson => {
            let all = Columns::of(rule, in_force.iter().map(|&i| &rows[i]), factors);
            for (place, &i) in in_force.iter().enumerate() {
                without[i] = said(all.without(place));
            }
        }
        Vote::OneSector => {
            let members = members_by_sector(workspace, in_force);
            let members: Vec<Vec<usize>> = members.into_iter().filter(|of| !of.is_empty()).collect();
            let within: Vec<Columns> =
                members.iter().map(|of| Columns::of(rule, of.iter().map(|&i| &rows[i]), factors)).collect();
            let sectors: Vec<SwingRow> =
                members.iter().map(|of| combine(rule, of.iter().map(|&i| &rows[i]), factors)).collect();
            let all = Columns::of(rule, &sectors, factors);
            for (s, of) in members.iter().enumerate() {
                for (place, &i) in of.iter().enumerate() {
                    // A sector of one ballot falls away with it.
                    without[i] = if of.len() == 1 {
                        said(all.without(s))
                    } else {
                        let changed = within[s].without(place);
                        let others = sectors.iter().enumerate();
                        let rows = others.map(|(at, row)| if at == s { &changed } else { row });
                        said(combine(rule, rows, factors))
                    };
                }
            }
        }
    }
    without
}

/// Ballots on the footing on which they count, each factor's points in order.
struct Columns {
    rule: CombineRule,
    /// The points of each ballot; `None` for a ballot that says nothing.
    counted: Vec<Option<SwingRow>>,
    /// Per factor the points in rising order, or as they come where their mean is taken.
    points: Vec<Vec<f64>>,
    sums: Vec<f64>,
}

impl Columns {
    fn of<'a>(rule: CombineRule, rows: impl IntoIterator<Item = &'a SwingRow>, factors: usize) -> Self {
        let counted: Vec<Option<SwingRow>> = rows.into_iter().map(|row| as_counted(rule, row)).collect();
        let column = |f: usize| {
            let mut column: Vec<f64> = counted.iter().flatten().filter_map(|row| row[f]).collect();
            column.sort_by(f64::total_cmp);
            column
        };
        let points: Vec<Vec<f64>> = (0..factors).map(column).collect();
        let sums = points.iter().map(|column| column.iter().sum()).collect();
        Self { rule, counted, points, sums }
    }

    /// What is left without the ballot in this place.
    fn without(&self, place: usize) -> SwingRow {
        let left_out = self.counted[place].as_ref();
        (0..self.points.len())
            .map(|f| {
                let given = left_out.and_then(|row| row[f]);
                match self.rule {
                    CombineRule::MedianLargest100 | CombineRule::MedianAsGiven => {
                        median_without(&self.points[f], given)
                    }
                    CombineRule::MeanWeights => self.mean_without(f, given),
                }
            })
            .collect()
    }

    fn mean_without(&self, f: usize, given: Option<f64>) -> Option<f64> {
        let left = self.points[f].len() - usize::from(given.is_some());
        // A sum of shares of 100, so that what is taken off leaves no more than rounding behind.
        (left > 0).then(|| ((self.sums[f] - given.unwrap_or(0.0)) / left as f64).max(0.0))
    }
}

/// The median of sorted values, with one value taken out if one is given.
fn median_without(sorted: &[f64], given: Option<f64>) -> Option<f64> {
    let gone = given.map(|given| sorted.partition_point(|&value| value < given));
    let left = sorted.len() - usize::from(gone.is_some());
    if left == 0 {
        return None;
    }
    let at = |place: usize| sorted[place + usize::from(gone.is_some_and(|gone| gone <= place))];
    let middle = left / 2;
    Some(if left % 2 == 1 { at(middle) } else { f64::midpoint(at(middle - 1), at(middle)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_without_one_value_is_that_of_the_rest() {
        let sorted = [10.0, 20.0, 20.0, 50.0];
        assert_eq!(median_without(&sorted, None), Some(20.0));
        assert_eq!(median_without(&sorted, Some(10.0)), Some(20.0));
        assert_eq!(median_without(&sorted[..3], Some(20.0)), Some(15.0));
        assert_eq!(median_without(&sorted[..1], Some(10.0)), None);
        assert_eq!(median_without(&[], None), None);
    }
}
