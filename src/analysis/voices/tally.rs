//! Ballots ready to be combined at any weights: sorted once, so that asking again and again who decides stays cheap.

use std::collections::HashMap;

use super::{SwingRow, as_counted};
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
    middle(values.iter().copied())
}

/// The weighted median of values in rising order.
fn middle(rising: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let half = rising.clone().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut reached = 0.0;
    let mut heavy = rising.filter(|(_, weight)| *weight > 0.0).peekable();
    while let Some((value, weight)) = heavy.next() {
        reached += weight;
        if (reached - half).abs() <= ROUNDING * half {
            return Some(heavy.peek().map_or(value, |(next, _)| f64::midpoint(value, *next)));
        }
        if reached > half || heavy.peek().is_none() {
            return Some(value);
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
    let (rows, weights): (Vec<&SwingRow>, Vec<f64>) = ballots.into_iter().unzip();
    Tally::of(rule, rows, factors).combined(|place| weights[place])
}

/// Ballots on the footing on which they count, by their places among those given.
struct Tally {
    rule: CombineRule,
    /// `None` for a ballot that says nothing.
    counted: Vec<Option<SwingRow>>,
    /// Per factor the points given to it in rising order, each with the place of its ballot.
    rising: Vec<Vec<(f64, usize)>>,
}

impl Tally {
    fn of<'a>(rule: CombineRule, rows: impl IntoIterator<Item = &'a SwingRow>, factors: usize) -> Self {
        let counted: Vec<Option<SwingRow>> = rows.into_iter().map(|row| as_counted(rule, row)).collect();
        let column = |f: usize| {
            let given =
                counted.iter().enumerate().filter_map(|(place, row)| Some((row.as_ref()?[f]?, place)));
            let mut column: Vec<(f64, usize)> = given.collect();
            column.sort_by(|a, b| a.0.total_cmp(&b.0));
            column
        };
        let rising = (0..factors).map(column).collect();
        Self { rule, counted, rising }
    }

    /// The ballots combined, each at its weight of 0 or more.
    fn combined(&self, weight: impl Fn(usize) -> f64) -> SwingRow {
        (0..self.rising.len())
            .map(|f| match self.rule {
                CombineRule::MedianLargest100 | CombineRule::MedianAsGiven => {
                    middle(self.rising[f].iter().map(|&(points, place)| (points, weight(place))))
                }
                CombineRule::MeanWeights => self.mean(f, &weight),
            })
            .collect()
    }

    /// In the order in which the ballots were given, so that a sum is the same to the last bit however they are sorted.
    fn mean(&self, f: usize, weight: &impl Fn(usize) -> f64) -> Option<f64> {
        let (mut sum, mut whole) = (0.0, 0.0);
        for (place, row) in self.counted.iter().enumerate() {
            if let Some(points) = row.as_ref().and_then(|row| row[f]) {
                sum += points * weight(place);
                whole += weight(place);
            }
        }
        (whole > 0.0).then(|| sum / whole)
    }

    /// What is left without the ballot in this place, from order statistics.
    fn without(&self, place: usize) -> SwingRow {
        let left_out = self.counted[place].as_ref();
        (0..self.rising.len())
            .map(|f| match self.rule {
                CombineRule::MedianLargest100 | CombineRule::MedianAsGiven => {
                    median_without(&self.rising[f], left_out.and_then(|row| row[f]))
                }
                CombineRule::MeanWeights => self.mean(f, &|of| if of == place { 0.0 } else { 1.0 }),
            })
            .collect()
    }
}

/// The median of values in rising order, with one value taken out if one is given.
fn median_without(rising: &[(f64, usize)], given: Option<f64>) -> Option<f64> {
    let gone = given.map(|given| rising.partition_point(|(points, _)| *points < given));
    let left = rising.len() - usize::from(gone.is_some());
    if left == 0 {
        return None;
    }
    let at = |place: usize| rising[place + usize::from(gone.is_some_and(|gone| gone <= place))].0;
    let middle = left / 2;
    Some(if left % 2 == 1 { at(middle) } else { f64::midpoint(at(middle - 1), at(middle)) })
}

/// The ballots that count, as people and as sectors.
pub(super) struct Electorate {
    rule: CombineRule,
    vote: Vote,
    factors: usize,
    people: Tally,
    /// The sectors that gave any of the ballots, in the order of the workspace.
    sectors: Vec<SectorTally>,
    by_sector: Tally,
}

/// The ballots of one sector.
struct SectorTally {
    /// Its place in the workspace.
    sector: usize,
    /// The places of its ballots.
    members: Vec<usize>,
    tally: Tally,
    /// What they combine to.
    row: SwingRow,
}

impl Electorate {
    /// The ballots of these indexes; places run as these do.
    pub(super) fn of(workspace: &Workspace, rows: &[SwingRow], ballots: &[usize]) -> Self {
        let voices = &workspace.voices;
        let (rule, factors) = (voices.combine, workspace.balance.factors.len());
        let sectors = voices.sectors.iter().enumerate();
        let places: HashMap<&str, usize> = sectors.map(|(s, sector)| (sector.id.as_str(), s)).collect();
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); voices.sectors.len()];
        for (place, &i) in ballots.iter().enumerate() {
            if let Some(&sector) = places.get(voices.ballots[i].sector.as_str()) {
                members[sector].push(place);
            }
        }
        let tally = |(sector, members): (usize, Vec<usize>)| {
            let tally = Tally::of(rule, members.iter().map(|&place| &rows[ballots[place]]), factors);
            let row = tally.combined(|_| 1.0);
            SectorTally { sector, members, tally, row }
        };
        let members = members.into_iter().enumerate().filter(|(_, members)| !members.is_empty());
        let sectors: Vec<SectorTally> = members.map(tally).collect();
        Self {
            rule,
            vote: voices.vote,
            factors,
            people: Tally::of(rule, ballots.iter().map(|&i| &rows[i]), factors),
            by_sector: Tally::of(rule, sectors.iter().map(|of| &of.row), factors),
            sectors,
        }
    }

    /// Each ballot on the footing on which it counts; `None` for one that says nothing.
    pub(super) fn counted(&self) -> &[Option<SwingRow>] {
        &self.people.counted
    }

    /// The sectors that gave any ballot, by their places in the workspace, with the places of their ballots and what
    /// these combine to.
    pub(super) fn sectors(&self) -> impl Iterator<Item = (usize, &[usize], &SwingRow)> {
        self.sectors.iter().map(|of| (of.sector, of.members.as_slice(), &of.row))
    }

    /// All of them combined as the workspace says; `None` when nothing is said.
    pub(super) fn together(&self) -> Option<SwingRow> {
        self.combined(self.vote, |_| 1.0)
    }

    /// The ballots combined by a vote, each at its weight of 0 or more. With one sector one vote a sector's vote weighs the
    /// mean of the weights of its ballots, so that a sector of which every ballot counts double counts double; a ballot at
    /// nought is as good as not there, and leaves the vote of its sector to the others.
    pub(super) fn combined(&self, vote: Vote, weight: impl Fn(usize) -> f64) -> Option<SwingRow> {
        if vote == Vote::OnePerson {
            return said(self.people.combined(weight));
        }
        let of_sector = |of: &SectorTally| {
            let (mut whole, mut heavy) = (0.0, 0.0);
            for weight in of.members.iter().map(|&place| weight(place)).filter(|weight| *weight > 0.0) {
                whole += weight;
                heavy += 1.0;
            }
            if heavy > 0.0 { whole / heavy } else { 0.0 }
        };
        let weights: Vec<f64> = self.sectors.iter().map(of_sector).collect();
        let is_even = |of: &SectorTally| {
            let first = of.members.first().map(|&place| weight(place));
            of.members.iter().all(|&place| Some(weight(place)) == first)
        };
        if self.sectors.iter().all(is_even) {
            return said(self.by_sector.combined(|s| weights[s]));
        }
        let changed = |of: &SectorTally| of.tally.combined(|member| weight(of.members[member]));
        let rows: Vec<SwingRow> = self.sectors.iter().map(changed).collect();
        said(Tally::of(self.rule, &rows, self.factors).combined(|s| weights[s]))
    }

    /// What is left without each ballot, by its place; `None` where nothing is. Costs little more than combining once.
    pub(super) fn without_each(&self) -> Vec<Option<SwingRow>> {
        let mut without = vec![None; self.people.counted.len()];
        if self.vote == Vote::OnePerson {
            for (place, row) in without.iter_mut().enumerate() {
                *row = said(self.people.without(place));
            }
            return without;
        }
        for (s, of) in self.sectors.iter().enumerate() {
            for (member, &place) in of.members.iter().enumerate() {
                // A sector of one ballot falls away with it.
                without[place] = if of.members.len() == 1 {
                    said(self.by_sector.without(s))
                } else {
                    let changed = of.tally.without(member);
                    let others = self.sectors.iter().enumerate();
                    let rows = others.map(|(at, other)| if at == s { &changed } else { &other.row });
                    said(super::combine(self.rule, rows, self.factors))
                };
            }
        }
        without
    }
}

fn said(row: SwingRow) -> Option<SwingRow> {
    row.iter().any(Option::is_some).then_some(row)
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

    #[test]
    fn the_median_without_one_value_is_that_of_the_rest() {
        let rising = [(10.0, 0), (20.0, 2), (20.0, 1), (50.0, 3)];
        assert_eq!(median_without(&rising, None), Some(20.0));
        assert_eq!(median_without(&rising, Some(10.0)), Some(20.0));
        assert_eq!(median_without(&rising[..3], Some(20.0)), Some(15.0));
        assert_eq!(median_without(&rising[..1], Some(10.0)), None);
        assert_eq!(median_without(&[], None), None);
    }
}
