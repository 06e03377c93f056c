//! Each provider's people of each group among the rest: who passed from one gate to another, against how many there were.

use super::{
    assessment::InFunnel,
    findings::BEYOND_CHANCE,
    gates::{Limits, Passage, holm},
};
use crate::{
    analysis::{
        Undefined,
        distributions::{Z_95, Z_998, binomial_at_least, standard_normal},
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

/// Up to so many people on the rarer side, passed or not, the limits are those of the binomial itself.
const MOST_RARE: f64 = 100.0;

/// The prediction limits of a share when so many people have the equal share, within 0 to 1: exact binomial, drawn smoothly
/// between counts, or share ± z·√(share·(1 − share)/n) where more than [`MOST_RARE`] are on either side (Spiegelhalter
/// 2005, appendix A.1). A share lies outside where so few or so many are less likely than the level leaves in one tail.
#[must_use]
pub fn limits(share: f64, people: f64) -> [Limits; 2] {
    let rare = share.min(1.0 - share);
    if rare > 0.0 && people >= 1.0 && people * rare <= MOST_RARE {
        let people = people.round();
        let chances = rarer(people, rare);
        return [0.025, 0.001].map(|tail| {
            let Limits { low, high } = counts(&chances, tail);
            let (low, high) = ((low / people).clamp(0.0, 1.0), (high / people).clamp(0.0, 1.0));
            if rare < share { Limits { low: 1.0 - high, high: 1.0 - low } } else { Limits { low, high } }
        });
    }
    let half = |z: f64| z * libm::sqrt(share * (1.0 - share) / people);
    [Z_95, Z_998].map(|z| Limits { low: (share - half(z)).max(0.0), high: (share + half(z)).min(1.0) })
}

/// How likely each count from none upwards is, as far as it is likely at all.
fn rarer(people: f64, rate: f64) -> Vec<f64> {
    let mut chances = vec![libm::exp(people * libm::log1p(-rate))];
    let (mut sum, odds) = (chances[0], rate / (1.0 - rate));
    while sum < 1.0 - 1e-13 && (chances.len() as f64) <= people {
        let count = chances.len() as f64;
        let next = chances[chances.len() - 1] * odds * (people - count + 1.0) / count;
        sum += next;
        chances.push(next);
        if next < 1e-300 {
            break;
        }
    }
    chances
}

/// The counts between which all but so much of either tail lies, drawn smoothly between whole ones.
fn counts(chances: &[f64], tail: f64) -> Limits {
    let bound = |chances: &mut dyn Iterator<Item = (usize, f64)>, towards: f64| {
        let mut sum = 0.0;
        for (count, chance) in chances {
            sum += chance;
            if sum > tail {
                return count as f64 + towards * (sum - tail) / chance;
            }
        }
        0.0
    };
    let each = || chances.iter().copied().enumerate();
    Limits { low: bound(&mut each(), -1.0), high: bound(&mut each().rev(), 1.0) }
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
        let passage = |counts: &Counts| Passage {
            eligible: counts.came_to(Self::stage(from, to)),
            passed: counts.passed(to),
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
        let mut funnel = Self { from, to, share, points };
        funnel.correct();
        Ok(funnel)
    }

    /// The gates between which caseloads are compared: those who passed the second, or came to the first where there is no
    /// other, against those of them who passed the last.
    #[must_use]
    pub fn gates(last: usize) -> (usize, usize) {
        (last.min(1), last)
    }

    /// The stage at which those are counted who have passed a gate and are to pass another: 0 is everybody.
    #[must_use]
    pub fn stage(from: usize, to: usize) -> usize {
        if from == to { from } else { from + 1 }
    }

    /// Keeps the points that may be told, and corrects for those alone.
    pub(super) fn keep(&mut self, tells: impl Fn(usize, usize) -> bool) {
        self.points.retain(|point| tells(point.provider, point.group));
        self.correct();
    }

    /// Which points fall short by more than chance when every one that is judged is allowed for (Holm 1979).
    fn correct(&mut self) {
        let share = self.share;
        let judged: Vec<&mut Point> = self.points.iter_mut().filter(|point| point.place.is_some()).collect();
        let p_values: Vec<f64> =
            judged.iter().map(|point| (2.0 * as_few(point.passage, share)).min(1.0)).collect();
        for (point, p) in judged.into_iter().zip(holm(&p_values)) {
            point.beyond_chance = p < BEYOND_CHANCE;
        }
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

    /// "6 of 100 caseloads lie under the 95 in 100 line; chance alone puts about 1 in 40 there, or fewer."
    #[must_use]
    pub fn under_the_line(&self) -> String {
        let judged = self.points.iter().filter(|point| point.place.is_some()).count();
        let short = self.falling_short().len();
        let verb = if short == 1 { "lies" } else { "lie" };
        format!(
            "{} of {} {verb} under the 95 in 100 line; chance alone puts about 1 in 40 there, or fewer.",
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
    if eligible > MOST_SUMMED && share > 0.0 && share < 1.0 {
        let (people, variance) = (eligible as f64, eligible as f64 * share * (1.0 - share));
        return standard_normal((passed as f64 + 0.5 - people * share) / variance.sqrt());
    }
    binomial_at_least(passage.turned_away() as f64, eligible as f64, 1.0 - share)
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

    /// Where every count lies is what scipy 1.17.1 says of `scipy.stats.binom.cdf(x, 60, 0.97)` and `binom.sf`: 54 of 60 and
    /// fewer are less likely than 1 in 40, all 60 are not.
    #[test]
    fn near_every_one_the_limits_are_those_of_the_binomial() {
        let [inner, outer] = limits(0.97, 60.0);
        let place = |passed: f64| InFunnel::of(passed / 60.0, inner, outer);
        // cdf(52) = 0.000 417, cdf(53) = 0.002 098, cdf(54) = 0.009 144, cdf(55) = 0.033 996.
        assert_eq!(
            [52.0, 53.0, 54.0, 55.0, 60.0].map(place),
            [InFunnel::Below998, InFunnel::Below95, InFunnel::Below95, InFunnel::Within, InFunnel::Within,]
        );
        // Beyond so many on either side they are those of the normal curve, which follow on.
        let (exact, normal) = (limits(0.5, 200.0), limits(0.5, 202.0));
        for (exact, normal) in exact.iter().zip(&normal) {
            assert!((exact.low - normal.low).abs() < 0.01 && (exact.high - normal.high).abs() < 0.01);
        }
        assert!(limits(1.0, 30.0)[0].low == 1.0 && limits(0.0, 30.0)[1].high == 0.0);
    }
}
