//! Small numbers hidden so that nothing that is shown gives them back: the counts themselves, and the differences between
//! stages and between a part and its total.
//!
//! A count is small from 1 up to but not including the threshold; nought is told, for it is about nobody. A line with a
//! small count or difference is hidden as a whole, and with it whole lines of others that are as large there, until each
//! small number stands beside one of at least the threshold in the same column. Which lines these are hangs on what stands
//! in the lines and never on their names or their order. So whoever knows this rule, and solves all that is shown, cannot
//! tell which of the hidden lines is whose: the same is shown of the caseload in which the names of the hidden lines are
//! dealt otherwise, and in one of those dealings any given number is not small. What is hidden, and not only what is shown,
//! can give a small number away (the minimality attack; Wong, Fu, Wang & Pei 2007); here it cannot.

use crate::model::reach::caseload::Counted;

/// A count as it may leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Count(u64),
    Hidden,
}

impl Shown {
    /// The count, where it is shown.
    #[must_use]
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Hidden => None,
        }
    }

    /// "171" or "hidden": a word of its own for the small ones would part them from those that are hidden with them, and
    /// give them back where both add up to a count that is told.
    #[must_use]
    pub fn words(self) -> String {
        self.count().map_or_else(|| "hidden".to_owned(), crate::model::wording::thousands)
    }

    pub(super) fn of(count: u64, hidden: bool) -> Self {
        if hidden { Self::Hidden } else { Self::Count(count) }
    }
}

pub(super) fn is_small(count: u64, threshold: u64) -> bool {
    (1..threshold).contains(&count)
}

/// What may be shown of a caseload: for each group, provider and referrer how many there are and how many passed each
/// gate, and for all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    pub groups: Vec<Vec<Shown>>,
    pub providers: Vec<Vec<Shown>>,
    pub referrers: Vec<Vec<Shown>>,
    pub total: Vec<Shown>,
}

impl Released {
    /// What may be shown of these counts, at their own threshold.
    #[must_use]
    pub fn of(counted: &Counted) -> Self {
        let stages = |people: u64, passed: &[u64]| -> Vec<u64> {
            std::iter::once(people).chain(passed.iter().copied()).collect()
        };
        let of_places = |places: &[crate::model::reach::caseload::CountedPlace]| -> Vec<Vec<u64>> {
            let summed = places.iter().map(|place| super::parting::summed(&place.groups));
            summed.map(|counts| stages(counts.people, &counts.passed)).collect()
        };
        let groups: Vec<Vec<u64>> =
            counted.groups.iter().map(|g| stages(g.counts.people, &g.counts.passed)).collect();
        let families = [groups, of_places(&counted.providers), of_places(&counted.referrers)];
        let [groups, providers, referrers, mut total] = released(&families, u64::from(counted.hidden_under));
        Self { groups, providers, referrers, total: total.pop().unwrap_or_default() }
    }
}

/// The same for any stages: families of rows that each add up to the same people, every row a count at each stage that
/// never rises. The last entry holds one row: the total.
#[must_use]
pub fn released(families: &[Vec<Vec<u64>>; 3], threshold: u64) -> [Vec<Vec<Shown>>; 4] {
    let stages = families[0].first().map_or(0, Vec::len);
    let total: Vec<u64> = (0..stages).map(|k| families[0].iter().map(|row| row[k]).sum()).collect();
    let small_total = intervals(stages).any(|of| is_small(difference(&total, of), threshold));
    let hidden: Option<Vec<Vec<bool>>> = if small_total {
        None
    } else {
        families.iter().map(|rows| hidden_lines(rows, &total, threshold)).collect()
    };
    let shown = |rows: &[Vec<u64>], hidden: Option<&Vec<bool>>| -> Vec<Vec<Shown>> {
        let line = |(at, row): (usize, &Vec<u64>)| {
            let hidden = hidden.is_none_or(|hidden| hidden[at]);
            row.iter().map(|count| Shown::of(*count, hidden)).collect()
        };
        rows.iter().enumerate().map(line).collect()
    };
    let of = |family: usize| shown(&families[family], hidden.as_ref().map(|hidden| &hidden[family]));
    let total = shown(&[total], hidden.is_some().then_some(&vec![false]));
    [of(0), of(1), of(2), total]
}

/// Those who left exactly behind a stage.
pub(super) fn exactly(row: &[u64], stage: usize) -> u64 {
    row[stage] - row.get(stage + 1).copied().unwrap_or(0)
}

/// Every way to take one stage, or nothing, from another.
fn intervals(stages: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..stages).flat_map(move |from| (from + 1..=stages).map(move |to| (from, to)))
}

fn difference(row: &[u64], (from, to): (usize, usize)) -> u64 {
    row[from] - row.get(to).copied().unwrap_or(0)
}

/// Which lines are hidden; `None` where even all of them together would give a small number back.
fn hidden_lines(rows: &[Vec<u64>], total: &[u64], threshold: u64) -> Option<Vec<bool>> {
    let has_small = |row: &Vec<u64>| intervals(row.len()).any(|of| is_small(difference(row, of), threshold));
    let mut hidden: Vec<bool> = rows.iter().map(has_small).collect();
    let of_small = hidden.clone();
    let mut by_size: Vec<usize> = (0..rows.len()).filter(|row| !hidden[*row]).collect();
    by_size.sort_by(|a, b| rows[*a].cmp(&rows[*b]));
    for of in intervals(total.len()) {
        let count = |row: usize| difference(&rows[row], of);
        if !(0..rows.len()).any(|row| of_small[row] && is_small(count(row), threshold)) {
            continue;
        }
        loop {
            let together = (0..rows.len()).filter(|row| hidden[*row]).map(count);
            let (sum, most) = together.fold((0, 0), |(sum, most), n| (sum + n, n.max(most)));
            if most >= threshold && sum >= 2 * threshold {
                break;
            }
            let Some(next) = by_size.iter().find(|row| !hidden[**row] && count(**row) >= threshold) else {
                return can_hide_all(rows.len(), total, threshold).then(|| vec![true; rows.len()]);
            };
            // Lines that are alike go together: one taken by its place would tell them apart.
            let next = rows[*next].clone();
            hidden
                .iter_mut()
                .zip(rows)
                .filter(|(_, row)| **row == next)
                .for_each(|(hidden, _)| *hidden = true);
        }
    }
    Some(hidden)
}

/// Whether lines of which only the totals are told can be dealt so that any one of them is not small while all are hidden
/// still: one holds nearly everybody, and each of the others, or one of them where there are too few people for a whole
/// line, holds one.
fn can_hide_all(lines: usize, total: &[u64], threshold: u64) -> bool {
    intervals(total.len()).all(|of| {
        let count = difference(total, of);
        let enough = threshold + lines as u64 - 1;
        count == 0 || (count > threshold && (count < 2 * threshold || count >= enough))
    })
}
