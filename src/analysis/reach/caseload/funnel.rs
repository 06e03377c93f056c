//! Each provider's people of each group among the rest: who passed from one gate to another, against how many there were.

use super::{
    assessment::InFunnel,
    findings::BEYOND_CHANCE,
    gates::{Limits, Passage, holm},
};
use crate::{
    analysis::{
        Undefined,
        distributions::{Z_95, Z_998, log_choose, standard_normal},
    },
    model::{
        reach::caseload::{Counted, Counts},
        wording::{count, thousands},
    },
};

/// Fewer people than this are drawn and never judged.
pub const FEWEST: u64 = 10;

/// Points of providers and groups around the share of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The gate that people had passed, and the one they were to pass.
    pub from: usize,
    pub to: usize,
    /// The equal share: that of everybody, 0 to 1.
    pub share: f64,
    /// Provider by provider, group by group; nobody left out.
    pub points: Vec<Point>,
}

/// The people of one group at one provider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub provider: usize,
    pub group: usize,
    pub passage: Passage,
    /// Where its share lies; `None` where there are too few people to judge.
    pub place: Option<InFunnel>,
    /// How many more would have passed at the equal share; negative where fewer would.
    pub fewer: f64,
    /// Whether so few pass by more than chance when every caseload that is judged is allowed for: twice the binomial chance of
    /// as few at the equal share, corrected by Holm (1979), under 5 %.
    pub beyond_chance: bool,
}

/// The prediction limits of a share when so many people have the equal share: share ± z·√(share·(1 − share)/n), within 0 to
/// 1 (Spiegelhalter 2005).
#[must_use]
pub fn limits(share: f64, people: f64) -> [Limits; 2] {
    let half = |z: f64| z * libm::sqrt(share * (1.0 - share) / people);
    [Z_95, Z_998].map(|z| Limits { low: (share - half(z)).max(0.0), high: (share + half(z)).min(1.0) })
}

impl Funnel {
    /// Those who passed the gate `from`, against those of them who passed `to` and all gates between.
    ///
    /// # Errors
    /// Undefined without providers or without people.
    pub fn of(counted: &Counted, from: usize, to: usize) -> Result<Self, Undefined> {
        if counted.providers.is_empty() {
            return Err(Undefined("the table says no providers"));
        }
        let passage = |counts: &Counts| {
            let eligible = if from == to { counts.came_to(from) } else { counts.passed(from) };
            Passage { eligible, passed: counts.passed(to) }
        };
        let all: Passage = counted.groups.iter().map(|group| passage(&group.counts)).sum();
        let share = all.rate()?;
        let mut points = Vec::new();
        for (provider, place) in counted.providers.iter().enumerate() {
            for (group, counts) in place.groups.iter().enumerate() {
                let passage = passage(counts);
                let Ok(rate) = passage.rate() else { continue };
                let people = passage.eligible as f64;
                let place = (passage.eligible >= FEWEST && share > 0.0 && share < 1.0).then(|| {
                    let [inner, outer] = limits(share, people);
                    InFunnel::of(rate, inner, outer)
                });
                let fewer = people * share - passage.passed as f64;
                points.push(Point { provider, group, passage, place, fewer, beyond_chance: false });
            }
        }
        let judged: Vec<usize> = (0..points.len()).filter(|at| points[*at].place.is_some()).collect();
        let p_values: Vec<f64> =
            judged.iter().map(|at| (2.0 * as_few(points[*at].passage, share)).min(1.0)).collect();
        for (at, p) in judged.into_iter().zip(holm(&p_values)) {
            points[at].beyond_chance = p < BEYOND_CHANCE;
        }
        Ok(Self { from, to, share, points })
    }

    /// The points under the inner limit, the one with most people missing first.
    #[must_use]
    pub fn falling_short(&self) -> Vec<Point> {
        let mut short: Vec<Point> =
            self.points.iter().copied().filter(|p| p.place.is_some_and(InFunnel::is_below)).collect();
        short.sort_by(|a, b| b.fewer.total_cmp(&a.fewer));
        short
    }

    /// Those of them that fall short by more than chance when every caseload is allowed for.
    #[must_use]
    pub fn short_beyond_chance(&self) -> Vec<Point> {
        self.falling_short().into_iter().filter(|point| point.beyond_chance).collect()
    }

    /// "6 of 100 caseloads lie under the 95 in 100 line; chance alone puts about 1 in 40 there."
    #[must_use]
    pub fn under_the_line(&self) -> String {
        let judged = self.points.iter().filter(|point| point.place.is_some()).count();
        let short = self.falling_short().len();
        let verb = if short == 1 { "lies" } else { "lie" };
        format!(
            "{} of {} {verb} under the 95 in 100 line; chance alone puts about 1 in 40 there.",
            thousands(short as u64),
            count(judged, "caseload", "caseloads")
        )
    }
}

/// Over so many people the sum of the binomial has too many terms for what it adds to the normal curve.
const MOST_SUMMED: u64 = 5_000;

/// How likely so few pass, or fewer, when each does with the equal share: binomial, over [`MOST_SUMMED`] people by the
/// normal curve with the correction for continuity (Feller 1968, chapter VII).
fn as_few(passage: Passage, share: f64) -> f64 {
    let Passage { eligible, passed } = passage;
    if share <= 0.0 || share >= 1.0 {
        return f64::from(u8::from(share <= 0.0 || passed >= eligible));
    }
    let (people, variance) = (eligible as f64, eligible as f64 * share * (1.0 - share));
    if eligible > MOST_SUMMED {
        return standard_normal((passed as f64 + 0.5 - people * share) / variance.sqrt());
    }
    let (log_pass, log_not) = (libm::log(share), libm::log1p(-share));
    let of =
        |n: u64| libm::exp(log_choose(eligible, n) + n as f64 * log_pass + (eligible - n) as f64 * log_not);
    (0..=passed).map(of).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures from scipy 1.17.1 (`scipy.stats.binom.cdf`), which agrees to the rounding of the normal curve.
    #[test]
    fn few_who_pass_are_as_likely_as_the_binomial_has_it() {
        let near = |eligible, passed, expected: f64, within: f64| {
            let found = as_few(Passage { eligible, passed }, 0.7);
            assert!((found - expected).abs() < within, "{found} for {expected}");
        };
        near(50, 30, 0.084_802_598_553_825_64, 1e-12);
        near(20_000, 13_900, 0.062_522_367_710_914_96, 1e-3);
        let huge = 4_000_000_000_000;
        assert!(as_few(Passage { eligible: huge, passed: huge / 10 * 7 }, 0.7) > 0.49);
        assert_eq!(as_few(Passage { eligible: 9, passed: 9 }, 1.0), 1.0);
        assert_eq!(as_few(Passage { eligible: 9, passed: 3 }, 0.0), 1.0);
    }
}
