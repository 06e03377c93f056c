//! Whom a gate lets through: each group against everyone else (methods, section 3, caseload check).

use crate::analysis::{
    Figure, Undefined,
    distributions::{Z_95, chi_squared_tail, log_choose},
};

/// An impact ratio under this is flagged by the four-fifths rule (Uniform Guidelines on Employee Selection Procedures,
/// 1978, section 4D).
pub const FOUR_FIFTHS: f64 = 0.8;

/// An expected count under this makes a 2 × 2 table one for Fisher's exact test (Cochran 1954).
pub const FEWEST_EXPECTED: f64 = 5.0;

/// People who came to a gate, and those of them who passed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    pub eligible: u64,
    /// Never more than `eligible`.
    pub passed: u64,
}

impl Passage {
    /// The share that passed, 0 to 1.
    ///
    /// # Errors
    /// Undefined where nobody came.
    pub fn rate(self) -> Figure {
        if self.eligible == 0 {
            return Err(Undefined("nobody came to this gate"));
        }
        Ok(self.passed as f64 / self.eligible as f64)
    }

    /// Those who came and did not pass.
    #[must_use]
    pub fn turned_away(self) -> u64 {
        self.eligible - self.passed
    }

    /// Everyone counted here who is not in `part`; nobody where there is more of the part than of the whole.
    #[must_use]
    pub fn without(self, part: Self) -> Self {
        let eligible = self.eligible.saturating_sub(part.eligible);
        Self { eligible, passed: self.passed.saturating_sub(part.passed).min(eligible) }
    }
}

impl std::iter::Sum for Passage {
    fn sum<I: Iterator<Item = Self>>(each: I) -> Self {
        each.fold(Self::default(), |sum, one| Self {
            eligible: sum.eligible + one.eligible,
            passed: sum.passed + one.passed,
        })
    }
}

/// Limits around an estimate, `low` ≤ `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    pub low: f64,
    pub high: f64,
}

/// Which test says whether chance alone would do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestKind {
    /// Pearson's χ² without continuity correction.
    ChiSquared,
    /// Fisher's exact test, two-sided by probability.
    Fisher,
}

impl TestKind {
    /// The word that results use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ChiSquared => "chi_squared",
            Self::Fisher => "fisher",
        }
    }
}

/// What a gate does to one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupAtGate {
    pub passage: Passage,
    pub rate: Figure,
    /// Wilson's 95 % limits of the rate (Wilson 1927).
    pub wilson: Result<Limits, Undefined>,
    /// The rate over that of everyone else.
    pub rate_ratio: Figure,
    /// 95 % limits on the logarithm (Katz and others 1978).
    pub rate_ratio_limits: Result<Limits, Undefined>,
    /// The group's share of those who passed over its share of those who came.
    pub representation_ratio: Figure,
    /// The rate over that of the group with the highest; flagged under [`FOUR_FIFTHS`].
    pub impact_ratio: Figure,
    /// The group against everyone else.
    pub test: Result<Test, Undefined>,
    /// The test's p-value, corrected for one test a group (Holm 1979).
    pub p_holm: Figure,
    /// How many more would have passed at everyone else's rate; negative where fewer would.
    pub fewer_than_others: Figure,
}

/// What a test found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    pub kind: TestKind,
    pub p_value: f64,
}

/// What a gate does to every group.
#[derive(Clone, Debug, PartialEq)]
pub struct GateResult {
    pub all: Passage,
    /// In the order of the passages given.
    pub groups: Vec<GroupAtGate>,
    /// Pearson's χ² of groups × passed or not, groups that nobody of came left out.
    pub chi_squared: Figure,
    pub degrees_of_freedom: u32,
    pub p_value: Figure,
}

/// Compares every group with everyone else at one gate.
#[must_use]
pub fn gate(passages: &[Passage]) -> GateResult {
    let all: Passage = passages.iter().copied().sum();
    let best = passages.iter().filter_map(|p| p.rate().ok()).fold(0.0, f64::max);
    let mut groups: Vec<GroupAtGate> = passages.iter().map(|&p| against_others(p, all, best)).collect();
    let (tested, p_values): (Vec<usize>, Vec<f64>) = groups
        .iter()
        .enumerate()
        .filter_map(|(i, group)| group.test.as_ref().ok().map(|test| (i, test.p_value)))
        .unzip();
    for (i, p) in tested.into_iter().zip(holm(&p_values)) {
        groups[i].p_holm = Ok(p);
    }
    let (chi_squared, degrees_of_freedom) = pearson(passages, all);
    let p_value = chi_squared.map(|x| chi_squared_tail(x, degrees_of_freedom));
    GateResult { all, groups, chi_squared, degrees_of_freedom, p_value }
}

/// One group at a gate where the highest rate of any group is `best`.
fn against_others(passage: Passage, all: Passage, best: f64) -> GroupAtGate {
    let others = all.without(passage);
    let test = test(passage, others);
    GroupAtGate {
        passage,
        rate: passage.rate(),
        wilson: wilson(passage),
        rate_ratio: rate_ratio(passage, others),
        rate_ratio_limits: rate_ratio_limits(passage, others),
        representation_ratio: match (passage.rate(), all.rate()) {
            (Ok(rate), Ok(of_all)) if of_all > 0.0 => Ok(rate / of_all),
            (Ok(_), _) => Err(Undefined("nobody passed this gate")),
            (Err(why), _) => Err(why),
        },
        impact_ratio: passage.rate().and_then(|rate| {
            if best > 0.0 { Ok(rate / best) } else { Err(Undefined("nobody passed this gate")) }
        }),
        p_holm: test.map(|test| test.p_value),
        test,
        fewer_than_others: others
            .rate()
            .map(|rate| passage.eligible as f64 * rate - passage.passed as f64)
            .map_err(|_| Undefined("there is nobody else at this gate")),
    }
}

/// Wilson's score limits of a share, 95 % (Wilson 1927).
///
/// # Errors
/// Undefined where nobody came.
pub fn wilson(passage: Passage) -> Result<Limits, Undefined> {
    let rate = passage.rate()?;
    let n = passage.eligible as f64;
    let z2 = Z_95 * Z_95;
    let centre = (rate + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * libm::sqrt(rate * (1.0 - rate) / n + z2 / (4.0 * n * n));
    // At the ends the limit is the end itself, which rounding would miss.
    let low = if passage.passed == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if passage.turned_away() == 0 { 1.0 } else { (centre + half).min(1.0) };
    Ok(Limits { low, high })
}

fn rate_ratio(group: Passage, others: Passage) -> Figure {
    let rate = group.rate()?;
    match others.rate() {
        Ok(other) if other > 0.0 => Ok(rate / other),
        Ok(_) => Err(Undefined("nobody else passed this gate")),
        Err(_) => Err(Undefined("there is nobody else at this gate")),
    }
}

fn rate_ratio_limits(group: Passage, others: Passage) -> Result<Limits, Undefined> {
    let ratio = rate_ratio(group, others)?;
    if group.passed == 0 {
        return Err(Undefined("nobody of this group passed, so the ratio has no logarithm"));
    }
    let part = |p: Passage| 1.0 / p.passed as f64 - 1.0 / p.eligible as f64;
    let factor = libm::exp(Z_95 * libm::sqrt(part(group) + part(others)));
    Ok(Limits { low: ratio / factor, high: ratio * factor })
}

/// Whether chance alone would part a group from everyone else so far.
fn test(group: Passage, others: Passage) -> Result<Test, Undefined> {
    if group.eligible == 0 {
        return Err(Undefined("nobody came to this gate"));
    }
    if others.eligible == 0 {
        return Err(Undefined("there is nobody else at this gate"));
    }
    let all: Passage = [group, others].into_iter().sum();
    if all.passed == 0 || all.turned_away() == 0 {
        return Err(Undefined("everybody fared alike at this gate"));
    }
    let n = all.eligible as f64;
    let least = group.eligible.min(others.eligible) as f64 * all.passed.min(all.turned_away()) as f64 / n;
    if least < FEWEST_EXPECTED {
        return Ok(Test { kind: TestKind::Fisher, p_value: fisher(group, others) });
    }
    let (chi_squared, _) = pearson(&[group, others], all);
    chi_squared.map(|x| Test { kind: TestKind::ChiSquared, p_value: chi_squared_tail(x, 1) })
}

/// Pearson's χ² (1900) over groups × passed or not, with its degrees of freedom; groups without people are left out.
fn pearson(passages: &[Passage], all: Passage) -> (Figure, u32) {
    let peopled: Vec<Passage> = passages.iter().copied().filter(|p| p.eligible > 0).collect();
    let degrees_of_freedom = u32::try_from(peopled.len().saturating_sub(1)).unwrap_or(u32::MAX);
    if peopled.len() < 2 {
        return (Err(Undefined("a comparison needs two groups")), degrees_of_freedom);
    }
    if all.passed == 0 || all.turned_away() == 0 {
        return (Err(Undefined("everybody fared alike at this gate")), degrees_of_freedom);
    }
    let share = all.passed as f64 / all.eligible as f64;
    let part = |p: &Passage| {
        let n = p.eligible as f64;
        let off = p.passed as f64 - n * share;
        off * off / (n * share * (1.0 - share))
    };
    (Ok(peopled.iter().map(part).sum()), degrees_of_freedom)
}

/// Fisher's exact test of a group against others (Fisher 1935), two-sided: all tables with the same margins that are no
/// likelier than this one, within a relative 10⁻⁷ for the rounding of logarithms. 1 where every table is this one.
#[must_use]
pub fn fisher(group: Passage, others: Passage) -> f64 {
    let all: Passage = [group, others].into_iter().sum();
    let from = (all.passed + group.eligible).saturating_sub(all.eligible);
    let to = group.eligible.min(all.passed);
    let log_of = |passed: u64| {
        log_choose(group.eligible, passed) + log_choose(others.eligible, all.passed - passed)
            - log_choose(all.eligible, all.passed)
    };
    let here = log_of(group.passed) + libm::log1p(1e-7);
    let sum: f64 = (from..=to).map(log_of).filter(|&log| log <= here).map(libm::exp).sum();
    sum.min(1.0)
}

/// p-values corrected for being so many, in the order given (Holm 1979).
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut by_size: Vec<usize> = (0..p_values.len()).collect();
    by_size.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut corrected = vec![0.0; p_values.len()];
    let mut highest: f64 = 0.0;
    for (tested, &i) in by_size.iter().enumerate() {
        highest = highest.max((p_values.len() - tested) as f64 * p_values[i]).min(1.0);
        corrected[i] = highest;
    }
    corrected
}
