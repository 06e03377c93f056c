//! What may be told of a counted caseload: counts of groups, providers and all together, and of groups by provider.

use super::{
    cells::{Asked, Cells},
    suppression::{Released, Shown},
};
use crate::model::reach::caseload::Counted;

/// Every count of a caseload as it may be told: in full or as hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallNumbers {
    /// Counts from 1 up to but not including this are small.
    pub threshold: u32,
    /// Group by group: all people, then those who passed each gate.
    pub stages: Vec<Vec<Shown>>,
    /// Group by group and gate by gate: those who came and did not pass.
    pub turned_away: Vec<Vec<Shown>>,
    /// The same of all groups together.
    pub all_stages: Vec<Shown>,
    pub all_turned_away: Vec<Shown>,
    /// Provider by provider: all people, then those who passed each gate.
    pub providers: Vec<Vec<Shown>>,
    /// The gate at which refusals are counted: the one that is named for acceptance, else the one that turns most away of
    /// those whose numbers are told.
    pub refusals: Option<usize>,
    /// Groups by provider.
    pub cells: Cells,
}

impl SmallNumbers {
    /// What may be told of a caseload; the funnel is of those at a stage who are to pass a gate.
    #[must_use]
    pub fn of(counted: &Counted, funnel: Option<(usize, usize)>) -> Self {
        let released = Released::of(counted);
        let all_turned_away = turned_away(&released.total);
        let refusals = refusal_gate(counted, &all_turned_away);
        let cells = Cells::of(counted, &released, Asked { refusals, funnel });
        Self {
            threshold: counted.hidden_under,
            turned_away: released.groups.iter().map(|row| turned_away(row)).collect(),
            all_turned_away,
            stages: released.groups,
            all_stages: released.total,
            providers: released.providers,
            refusals,
            cells,
        }
    }

    /// Whether the share of a group that passes a gate may be told: who came is, and who passed.
    #[must_use]
    pub fn tells_rate(&self, group: usize, gate: usize) -> bool {
        self.stages.get(group).is_some_and(|stages| tells(stages, gate))
    }

    /// The same of all groups together.
    #[must_use]
    pub fn tells_rate_of_all(&self, gate: usize) -> bool {
        tells(&self.all_stages, gate)
    }

    /// Whether a group may be set against everyone else at a gate.
    #[must_use]
    pub fn compares(&self, group: usize, gate: usize) -> bool {
        self.tells_rate(group, gate) && self.tells_rate_of_all(gate)
    }

    /// Whether every group and all together are told at a gate.
    #[must_use]
    pub fn tells_every_rate(&self, gate: usize) -> bool {
        self.tells_rate_of_all(gate) && (0..self.stages.len()).all(|group| self.tells_rate(group, gate))
    }

    /// Whether of every group all people are told and those who passed the last gate.
    #[must_use]
    pub fn tells_ends(&self) -> bool {
        let ends = |row: &Vec<Shown>| [row.first(), row.last()].into_iter().flatten().all(is_told);
        self.stages.iter().chain([&self.all_stages]).all(ends)
    }

    /// Whether the share of a provider's people who pass a gate may be told.
    #[must_use]
    pub fn tells_rate_of_provider(&self, provider: usize, gate: usize) -> bool {
        self.providers.get(provider).is_some_and(|stages| tells(stages, gate))
    }

    /// Whether the share of a caseload that the funnel shows may be told.
    #[must_use]
    pub fn tells_caseload(&self, provider: usize, group: usize) -> bool {
        self.cells.served.get(group).and_then(|row| row.get(provider)).copied().unwrap_or(false)
    }

    /// Whether anything is hidden.
    #[must_use]
    pub fn hides_anything(&self) -> bool {
        let rows = self.stages.iter().chain(&self.providers).chain([&self.all_stages]);
        !rows.flatten().all(is_told) || !self.cells.tells_all() || !self.cells.whole_referrers
    }
}

fn is_told(shown: &Shown) -> bool {
    *shown != Shown::Hidden
}

fn tells(stages: &[Shown], gate: usize) -> bool {
    [gate, gate + 1].iter().all(|at| stages.get(*at).is_some_and(is_told))
}

/// Those who came and did not pass, where both are told.
fn turned_away(stages: &[Shown]) -> Vec<Shown> {
    let away = |pair: &[Shown]| match (pair[0], pair[1]) {
        (Shown::Count(came), Shown::Count(passed)) => Shown::Count(came - passed),
        _ => Shown::Hidden,
    };
    stages.windows(2).map(away).collect()
}

fn refusal_gate(counted: &Counted, turned_away: &[Shown]) -> Option<usize> {
    let named = counted.gates.iter().position(|name| {
        let name = name.to_lowercase();
        ["accept", "decision", "refus"].iter().any(|word| name.contains(word))
    });
    let most = turned_away.iter().filter_map(|away| away.count()).max().filter(|most| *most > 0);
    named.or_else(|| turned_away.iter().position(|away| away.count().is_some() && away.count() == most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reach::caseload::{CountedGroup, CountedPlace, Counts};

    fn counts(people: u64, passed: [u64; 2]) -> Counts {
        Counts { people, passed: passed.to_vec(), ..Counts::default() }
    }

    fn told(groups: &[(u64, [u64; 2])]) -> SmallNumbers {
        let of = |(at, (people, passed)): (usize, &(u64, [u64; 2]))| CountedGroup {
            name: format!("Group {at}"),
            need_group: None,
            counts: counts(*people, *passed),
        };
        let groups: Vec<CountedGroup> = groups.iter().enumerate().map(of).collect();
        let everybody = groups.iter().map(|group| group.counts.clone()).collect();
        let counted = Counted {
            source: String::new(),
            counted_on: None,
            hidden_under: 5,
            gates: vec!["accepted".to_owned(), "served".to_owned()],
            groups,
            providers: vec![CountedPlace { name: "Town".to_owned(), groups: everybody }],
            referrers: Vec::new(),
            exits_by_week: Vec::new(),
            adjusted: Vec::new(),
            by_need: None,
        };
        SmallNumbers::of(&counted, Some((1, 1)))
    }

    #[test]
    fn a_small_difference_of_two_stages_is_not_told() {
        let small = told(&[(40, [23, 20]), (90, [60, 40]), (80, [50, 30])]);
        let [accepted, served] = [small.stages[0][1], small.stages[0][2]];
        assert!(accepted == Shown::Hidden || served == Shown::Hidden, "23 and 20 would give 3 away");
        assert_eq!(small.turned_away[0][1], Shown::Hidden);
        assert!(!small.tells_rate(0, 1));
        assert!(!small.tells_caseload(0, 0), "one office is all there is");
    }

    #[test]
    fn large_counts_are_told_in_full() {
        let small = told(&[(400, [230, 200]), (900, [600, 400])]);
        assert_eq!(small.stages[1][1], Shown::Count(600));
        assert_eq!((small.all_stages[0], small.all_turned_away[1]), (Shown::Count(1300), Shown::Count(230)));
        assert!(small.tells_rate(0, 0) && small.tells_rate_of_all(1) && !small.hides_anything());
    }
}
