//! Counts of a caseload in the words in which they may be told: in full, as “under 5”, or as hidden.

use super::{
    gates::Passage,
    suppression::{Released, Shown, table},
};
use crate::model::{
    reach::caseload::{Counted, Counts},
    wording::thousands,
};

/// A count as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Count(u64),
    /// From 1 up to the threshold.
    Under,
    /// Hidden because it would give a small count back.
    Hidden,
}

impl Told {
    fn of(count: u64, is_shown: bool, threshold: u32) -> Self {
        match (is_shown, is_small(count, threshold)) {
            (_, true) => Self::Under,
            (true, false) => Self::Count(count),
            (false, false) => Self::Hidden,
        }
    }

    /// The count, where it is told.
    #[must_use]
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Under | Self::Hidden => None,
        }
    }

    /// "171", "under 5" or "hidden".
    #[must_use]
    pub fn words(self, threshold: u32) -> String {
        match self {
            Self::Count(count) => thousands(count),
            Self::Under => format!("under {threshold}"),
            Self::Hidden => "hidden".to_owned(),
        }
    }
}

/// A table with more cells than this is not told at all: to find what may be told of it takes too long.
const MOST_CELLS: usize = 5_000;

fn is_small(count: u64, threshold: u32) -> bool {
    (1..u64::from(threshold)).contains(&count)
}

/// The counts of groups at gates, and of all groups together, as they may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallNumbers {
    /// Counts from 1 up to but not including this are small.
    pub threshold: u32,
    /// Group by group: all people, then those who passed each gate.
    pub stages: Vec<Vec<Told>>,
    /// Group by group and gate by gate: those who came and did not pass.
    pub turned_away: Vec<Vec<Told>>,
    /// The same of all groups together.
    pub all_stages: Vec<Told>,
    pub all_turned_away: Vec<Told>,
    /// Provider by provider: all people, then those who passed each gate.
    pub providers: Vec<Vec<Told>>,
}

impl SmallNumbers {
    /// What may be told of a caseload.
    #[must_use]
    pub fn of(counted: &Counted) -> Self {
        let threshold = counted.hidden_under;
        let released = Released::of(counted);
        let row = |counts: &Counts, shown: &[Shown]| told_row(counts, shown, threshold);
        let groups = counted.groups.iter().zip(&released.groups);
        let (stages, turned_away) = groups.map(|(group, shown)| row(&group.counts, shown)).unzip();
        let all: Vec<Counts> = counted.groups.iter().map(|group| group.counts.clone()).collect();
        let (all_stages, all_turned_away) = row(&super::parting::summed(&all), &released.total);
        let of_places = counted.providers.iter().zip(&released.providers);
        let providers =
            of_places.map(|(place, shown)| row(&super::parting::summed(&place.groups), shown).0).collect();
        Self { threshold, stages, turned_away, all_stages, all_turned_away, providers }
    }

    /// Whether the share of a group that passes a gate may be told: who came is, and who passed.
    #[must_use]
    pub fn tells_rate(&self, group: usize, gate: usize) -> bool {
        self.stages.get(group).is_some_and(|stages| tells_rate(stages, gate))
    }

    /// The same of all groups together.
    #[must_use]
    pub fn tells_rate_of_all(&self, gate: usize) -> bool {
        tells_rate(&self.all_stages, gate)
    }

    /// Whether the share of a provider's people who pass a gate may be told.
    #[must_use]
    pub fn tells_rate_of_provider(&self, provider: usize, gate: usize) -> bool {
        self.providers.get(provider).is_some_and(|stages| tells_rate(stages, gate))
    }

    /// Those whom each provider turned away at a gate, group by group; nothing of a group whose sum is not told.
    #[must_use]
    pub fn turned_away_by_provider(&self, counted: &Counted, gate: usize) -> Vec<Vec<Told>> {
        let turned_away = |counts: &Counts| counts.came_to(gate) - counts.passed(gate);
        let mut cells = by_provider(counted, turned_away);
        for (row, all) in cells.iter_mut().zip(&self.turned_away) {
            if all.get(gate).is_none_or(|all| all.count().is_none()) {
                let counts = row.iter_mut().filter(|told| told.count().is_some_and(|count| count > 0));
                counts.for_each(|told| *told = Told::Hidden);
            }
        }
        cells
    }
}

fn tells_rate(stages: &[Told], gate: usize) -> bool {
    [gate, gate + 1].iter().all(|at| stages.get(*at).is_some_and(|told| told.count().is_some()))
}

fn told_row(counts: &Counts, shown: &[Shown], threshold: u32) -> (Vec<Told>, Vec<Told>) {
    let is_shown = |stage: usize| shown.get(stage).is_some_and(|shown| shown.count().is_some());
    let stages = (0..=counts.passed.len())
        .map(|stage| Told::of(counts.came_to(stage), is_shown(stage), threshold))
        .collect();
    let turned_away = (0..counts.passed.len())
        .map(|gate| {
            let count = counts.came_to(gate) - counts.passed(gate);
            Told::of(count, is_shown(gate) && is_shown(gate + 1), threshold)
        })
        .collect();
    (stages, turned_away)
}

/// People by group and provider, as they may be told beside their sums.
#[must_use]
pub fn by_provider(counted: &Counted, of: impl Fn(&Counts) -> u64) -> Vec<Vec<Told>> {
    let cells: Vec<Vec<u64>> = (0..counted.groups.len())
        .map(|group| {
            let places = counted.providers.iter();
            places.map(|place| place.groups.get(group).map_or(0, &of)).collect()
        })
        .collect();
    if cells.iter().map(Vec::len).sum::<usize>() > MOST_CELLS {
        return cells.iter().map(|row| vec![Told::Hidden; row.len()]).collect();
    }
    let safe = table(&cells, u64::from(counted.hidden_under));
    let told =
        |(count, shown): (&u64, &Shown)| Told::of(*count, shown.count().is_some(), counted.hidden_under);
    cells.iter().zip(&safe.cells).map(|(row, shown)| row.iter().zip(shown).map(told).collect()).collect()
}

/// Whether the share of a group at a provider that got from one gate past another may be told, group by group: both those
/// who did and those who did not are.
#[must_use]
pub fn tells_passages(counted: &Counted, passage: impl Fn(&Counts) -> Passage) -> Vec<Vec<bool>> {
    let passed = by_provider(counted, |counts| passage(counts).passed);
    let not = by_provider(counted, |counts| passage(counts).turned_away());
    let both = |(passed, not): (&Told, &Told)| passed.count().is_some() && not.count().is_some();
    passed.iter().zip(&not).map(|(passed, not)| passed.iter().zip(not).map(both).collect()).collect()
}

/// Whether a share may be told: nobody or enough people on either side of it.
#[must_use]
pub fn tells_share(passage: Passage, threshold: u32) -> bool {
    ![passage.eligible, passage.passed, passage.turned_away()].iter().any(|count| is_small(*count, threshold))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reach::caseload::{CountedGroup, CountedPlace};

    fn counts(people: u64, passed: [u64; 2]) -> Counts {
        Counts { people, passed: passed.to_vec(), ..Counts::default() }
    }

    fn counted(groups: &[(u64, [u64; 2])]) -> Counted {
        let of = |(at, (people, passed)): (usize, &(u64, [u64; 2]))| CountedGroup {
            name: format!("Group {at}"),
            need_group: None,
            counts: counts(*people, *passed),
        };
        let groups: Vec<CountedGroup> = groups.iter().enumerate().map(of).collect();
        let everybody = groups.iter().map(|group| group.counts.clone()).collect();
        Counted {
            source: String::new(),
            counted_on: None,
            hidden_under: 5,
            gates: vec!["accepted".to_owned(), "served".to_owned()],
            groups,
            providers: vec![CountedPlace { name: "Town".to_owned(), groups: everybody }],
            referrers: Vec::new(),
            exits_by_week: Vec::new(),
            adjusted: Vec::new(),
        }
    }

    #[test]
    fn a_small_difference_of_two_stages_is_not_told() {
        let counted = counted(&[(40, [23, 20]), (90, [60, 40]), (80, [50, 30])]);
        let small = SmallNumbers::of(&counted);
        let [accepted, served] = [small.stages[0][1], small.stages[0][2]];
        assert!(accepted.count().is_none() || served.count().is_none(), "23 and 20 would give 3 away");
        assert_eq!(small.turned_away[0][1], Told::Under);
        assert!(!small.tells_rate(0, 1));
        let refused = small.turned_away_by_provider(&counted, 1);
        assert_eq!(refused[0][0].count(), None, "one office is all there is");
    }

    #[test]
    fn large_counts_are_told_in_full() {
        let small = SmallNumbers::of(&counted(&[(400, [230, 200]), (900, [600, 400])]));
        assert_eq!(small.stages[1][1], Told::Count(600));
        assert_eq!((small.all_stages[0], small.all_turned_away[1]), (Told::Count(1300), Told::Count(230)));
        assert!(small.tells_rate(0, 0) && small.tells_rate_of_all(1));
        assert_eq!(Told::Under.words(5), "under 5");
    }
}
