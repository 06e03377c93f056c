//! How sure an answer is while scores are not known (methods, section 1): the total of an option is then no figure but an
//! interval over the values 0 to 100 of the cells that nobody knows.
//!
//! This is the one place that decides it: window, command line and results say what is found here.

use super::{
    Band,
    dial::Line,
    matrix::{PerformanceMatrix, TIE},
    value::{BEST_VALUE, UNKNOWN_VALUE, WORST_VALUE},
};

/// How sure it is who leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certainty {
    /// Whatever the scores that are not known turn out to be.
    Certain,
    /// If the scores that are not known are half way; what they turn out to be may change it.
    Provisional,
    /// Too little is known to name a leader.
    #[default]
    Unknown,
}

impl Certainty {
    /// How a clause about the lead ends; see [`half_way`].
    #[must_use]
    pub fn half_way(self) -> &'static str {
        half_way(self != Self::Provisional)
    }
}

/// How a clause ends that speaks of what is so with unknown scores half way; nothing for what is certain.
#[must_use]
pub fn half_way(is_certain: bool) -> &'static str {
    if is_certain { "" } else { ", if unknown scores are half way" }
}

/// The sentence beside an answer that is worked out with every unknown score half way, as most answers of other weights
/// than today's are; with a space before it. Empty where every score is known.
#[must_use]
pub fn note(matrix: &PerformanceMatrix) -> &'static str {
    if matrix.has_unknown { " Scores not known count as half way." } else { "" }
}

/// The least and the greatest that a total may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// Whether it rests on scores that are not known.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.high - self.low > TIE
    }

    /// Whether it cannot be said which of the two is ahead. Cells are independent of each other, so the one stays ahead
    /// just where its least total is above the greatest of the other; two totals that are known are as they are.
    fn may_change_places(self, with: Self) -> bool {
        (self.is_open() || with.is_open()) && self.low - TIE <= with.high && with.low - TIE <= self.high
    }
}

/// How sure it is that `leaders` lead, who do with unknown scores half way, over the others of `ranking`. Several tie for
/// certain only where all their totals are known.
#[must_use]
pub fn of_lead(leaders: &[usize], ranking: &[usize], total: impl Fn(usize) -> Interval) -> Certainty {
    if leaders.is_empty() {
        return Certainty::Unknown;
    }
    let in_doubt = leaders
        .iter()
        .any(|&leader| ranking.iter().any(|&o| o != leader && total(leader).may_change_places(total(o))));
    if in_doubt { Certainty::Provisional } else { Certainty::Certain }
}

/// Whether the place of an option in the ranking is the same whatever the scores that are not known turn out to be.
#[must_use]
pub fn is_place_certain(option: usize, ranking: &[usize], total: impl Fn(usize) -> Interval) -> bool {
    ranking.iter().all(|&o| o == option || !total(option).may_change_places(total(o)))
}

/// The totals of the options of the ranking as one share of the weight grows from nothing to all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fan {
    /// With unknown scores half way, in the order of the options.
    pub middle: Vec<Line>,
    /// With all of them at 0 and all at 100, in the same order; empty where every score of the ranking is known.
    limits: Vec<[Line; 2]>,
}

impl Fan {
    /// The lines of `line`, which is given an option and what an unknown score counts as; `None` where one has none.
    pub fn of(matrix: &PerformanceMatrix, line: impl Fn(usize, f64) -> Option<Line>) -> Option<Self> {
        let middle = matrix.in_ranking().map(|o| line(o, UNKNOWN_VALUE)).collect::<Option<_>>()?;
        let limits = |o| Some([line(o, WORST_VALUE)?, line(o, BEST_VALUE)?]);
        let limits = if matrix.has_unknown {
            matrix.in_ranking().map(limits).collect::<Option<_>>()?
        } else {
            Vec::new()
        };
        Some(Self { middle, limits })
    }

    /// Whether every score of the ranking is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.limits.is_empty()
    }

    /// What the total of the option at a place of [`Fan::middle`] may be at `t`, 0 to 1.
    fn interval(&self, place: usize, t: f64) -> Interval {
        match self.limits.get(place) {
            Some([low, high]) => Interval { low: low.at(t), high: high.at(t) },
            None => {
                let total = self.middle.get(place).map_or(0.0, |line| line.at(t));
                Interval { low: total, high: total }
            }
        }
    }

    /// How sure it is that these lead at `t`, who do with unknown scores half way.
    #[must_use]
    pub fn certainty(&self, t: f64, leaders: &[usize]) -> Certainty {
        let place = |option: usize| self.middle.iter().position(|line| line.option == option);
        let leaders: Vec<usize> = leaders.iter().filter_map(|&o| place(o)).collect();
        let all: Vec<usize> = (0..self.middle.len()).collect();
        of_lead(&leaders, &all, |place| self.interval(place, t))
    }

    /// Whether the leader of a band leads throughout it for certain. Totals are straight lines, so the ends decide.
    #[must_use]
    pub fn is_certain(&self, band: &Band) -> bool {
        let at = |t| self.certainty(t, &[band.leader]) == Certainty::Certain;
        self.limits.is_empty() || (at(band.from) && at(band.to))
    }

    /// Whether an option leads throughout a band: it is its leader, or ties with that one everywhere in it.
    #[must_use]
    pub fn leads_in(&self, option: usize, band: &Band) -> bool {
        let line = |option: usize| self.middle.iter().find(|line| line.option == option);
        option == band.leader
            || line(option).zip(line(band.leader)).is_some_and(|(own, leader)| {
                [band.from, band.to].iter().all(|&t| (own.at(t) - leader.at(t)).abs() <= TIE)
            })
    }

    /// The options that lead throughout a band: its leader and those that tie with it everywhere in it.
    #[must_use]
    pub fn leaders_in(&self, band: &Band) -> Vec<usize> {
        let leaders =
            self.middle.iter().map(|line| line.option).filter(|&option| self.leads_in(option, band));
        if self.middle.is_empty() { vec![band.leader] } else { leaders.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn sure(total: f64) -> Interval {
        Interval { low: total, high: total }
    }

    const fn from(low: f64, high: f64) -> Interval {
        Interval { low, high }
    }

    fn lead(leaders: &[usize], totals: &[Interval]) -> Certainty {
        let ranking: Vec<usize> = (0..totals.len()).collect();
        of_lead(leaders, &ranking, |o| totals[o])
    }

    #[test]
    fn a_lead_is_certain_where_the_least_total_is_above_every_greatest() {
        assert_eq!(lead(&[0], &[from(60.0, 80.0), sure(59.0), from(10.0, 59.5)]), Certainty::Certain);
        assert_eq!(lead(&[0], &[from(60.0, 80.0), sure(61.0)]), Certainty::Provisional);
        assert_eq!(lead(&[0], &[sure(60.0), from(10.0, 60.0)]), Certainty::Provisional);
        assert_eq!(lead(&[], &[sure(60.0)]), Certainty::Unknown);
    }

    #[test]
    fn a_tie_is_certain_only_where_all_is_known() {
        assert_eq!(lead(&[0, 1], &[sure(50.0), sure(50.0), from(10.0, 40.0)]), Certainty::Certain);
        assert_eq!(lead(&[0, 1], &[sure(50.0), from(40.0, 60.0)]), Certainty::Provisional);
    }

    #[test]
    fn a_place_is_certain_where_nobody_may_pass() {
        let totals = [sure(70.0), from(30.0, 50.0), sure(40.0)];
        let certain = |o| is_place_certain(o, &[0, 1, 2], |o| totals[o]);
        assert!(certain(0) && !certain(1) && !certain(2));
    }

    #[test]
    fn a_band_is_certain_where_its_leader_leads_at_both_ends() {
        let line = |option, at_0, at_1| Line { option, at_0, at_1 };
        let middle = vec![line(0, 80.0, 40.0), line(1, 30.0, 50.0)];
        let limits = vec![[middle[0], middle[0]], [line(1, 20.0, 30.0), line(1, 40.0, 70.0)]];
        let fan = Fan { middle, limits };
        // Level at 4/7 where B has all of what is not known.
        assert!(fan.is_certain(&Band { leader: 0, from: 0.0, to: 0.57 }));
        assert!(!fan.is_certain(&Band { leader: 0, from: 0.0, to: 0.572 }));
    }
}
