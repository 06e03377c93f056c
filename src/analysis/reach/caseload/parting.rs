//! Measures that part: a group or a provider that does better than the rest by one measure and worse by another. One
//! national reform cut the share of people who reoffend while reoffences rose, because it was judged by the share alone.

use super::gates::{Passage, gate};
use crate::model::reach::caseload::{Counted, Counts};

/// A p-value under this, corrected for how many are compared, is beyond chance.
const BEYOND_CHANCE: f64 = 0.05;

/// One yes-or-no measure of everybody in the caseload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Passed every gate.
    Served,
    Outcome,
    Paid,
}

impl Measure {
    const ALL: [Self; 3] = [Self::Served, Self::Outcome, Self::Paid];

    /// What is said of people who are counted by it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Served => "passed every gate",
            Self::Outcome => "reached the outcome",
            Self::Paid => "were paid for",
        }
    }

    pub(super) fn of(self, counts: &Counts) -> Option<Passage> {
        let passed = match self {
            Self::Served => counts.passed.last().copied(),
            Self::Outcome => counts.outcome,
            Self::Paid => counts.paid,
        };
        Some(Passage { eligible: counts.people, passed: passed? })
    }
}

/// Who is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// By place in the lists of the counted caseload.
    Group(usize),
    Provider(usize),
}

/// A measure that stands above the rest and one that stands below it, each beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parting {
    pub whose: Whose,
    pub above: (Measure, f64),
    /// With the share of everybody else.
    pub below: (Measure, f64),
    pub others_above: f64,
    pub others_below: f64,
}

/// Every group and provider whose measures part.
#[must_use]
pub fn parting(counted: &Counted) -> Vec<Parting> {
    let groups: Vec<Counts> = counted.groups.iter().map(|group| group.counts.clone()).collect();
    let providers: Vec<Counts> = counted.providers.iter().map(|place| summed(&place.groups)).collect();
    let mut found = parted(&groups, Whose::Group);
    found.extend(parted(&providers, Whose::Provider));
    found
}

/// One measure of one of the judged: its share, that of everybody else, and whether it is above; `None` within chance.
type Stands = Option<(f64, f64, bool)>;

fn parted(counts: &[Counts], whose: impl Fn(usize) -> Whose) -> Vec<Parting> {
    let stands: Vec<(Measure, Vec<Stands>)> =
        Measure::ALL.into_iter().filter_map(|measure| Some((measure, standing(counts, measure)?))).collect();
    let mut found = Vec::new();
    for at in 0..counts.len() {
        for (above, ups) in &stands {
            for (below, downs) in &stands {
                if let (Some((high, others_above, true)), Some((low, others_below, false))) =
                    (ups[at], downs[at])
                {
                    found.push(Parting {
                        whose: whose(at),
                        above: (*above, high),
                        below: (*below, low),
                        others_above,
                        others_below,
                    });
                }
            }
        }
    }
    found
}

fn standing(counts: &[Counts], measure: Measure) -> Option<Vec<Stands>> {
    let passages: Vec<Passage> = counts.iter().map(|counts| measure.of(counts)).collect::<Option<_>>()?;
    let result = gate(&passages);
    let stands = result.groups.iter().map(|group| {
        let beyond = group.p_holm.is_ok_and(|p| p < BEYOND_CHANCE);
        let rate = group.rate.ok().filter(|_| beyond)?;
        let others = result.all.without(group.passage).rate().ok()?;
        Some((rate, others, rate > others))
    });
    Some(stands.collect())
}

/// All people of a provider; what one group does not say is not said of all.
#[must_use]
pub fn summed(groups: &[Counts]) -> Counts {
    let gates = groups.iter().map(|counts| counts.passed.len()).max().unwrap_or(0);
    let all = |of: fn(&Counts) -> Option<u64>| groups.iter().map(of).sum::<Option<u64>>();
    Counts {
        people: groups.iter().map(|counts| counts.people).sum(),
        passed: (0..gates).map(|gate| groups.iter().map(|counts| counts.passed(gate)).sum()).collect(),
        hours: groups.iter().map(|counts| counts.hours).sum::<Option<f64>>(),
        outcome: all(|counts| counts.outcome),
        paid: all(|counts| counts.paid),
    }
}
