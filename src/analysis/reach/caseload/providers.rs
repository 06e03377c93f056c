//! Providers beside what their people would lead one to expect: observed over expected, funnel, overdispersion.

use super::{assessment::InFunnel, gates::Limits};
use crate::analysis::{
    Undefined,
    distributions::{Z_95, Z_998, poisson_at_most},
};

/// Counts under this take exact Poisson limits in place of Byar's.
pub const EXACT_UNDER: u64 = 10;

/// The share of the most extreme providers, at either end, whose z is drawn in before the spread is estimated
/// (Spiegelhalter 2005).
pub const WINSORISED: f64 = 0.1;

/// What a provider did and what was to be expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    pub observed: u64,
    /// Above nought: people of each group times the rate of that group over all providers.
    pub expected: f64,
    /// How far chance spreads the count: Σ p·(1 − p) over the people, or as much as is expected where it is a count of
    /// events (Poisson). Chances near 0 spread as events do; chances near 1 leave chance next to no room.
    pub variance: f64,
}

impl Observed {
    /// The expected count of events that chance would spread as little: expected²/variance. The further right in a
    /// funnel, the less room there is for chance.
    #[must_use]
    pub fn weight(self) -> f64 {
        self.expected * self.expected / self.variance
    }
}

/// How sure a funnel or a pair of limits is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Inner95,
    Outer998,
}

impl Level {
    fn z(self) -> f64 {
        match self {
            Self::Inner95 => Z_95,
            Self::Outer998 => Z_998,
        }
    }

    /// What is left out in one tail.
    fn tail(self) -> f64 {
        match self {
            Self::Inner95 => 0.025,
            Self::Outer998 => 0.001,
        }
    }
}

/// The limits of observed over expected: Byar's approximation (Breslow & Day 1987), exact Poisson under
/// [`EXACT_UNDER`].
///
/// # Errors
/// Undefined where nothing was expected.
pub fn ratio_limits(provider: Observed, level: Level) -> Result<Limits, Undefined> {
    if provider.expected <= 0.0 {
        return Err(Undefined("nothing was expected of this provider"));
    }
    let Limits { low, high } = count_limits(provider.observed, level);
    Ok(Limits { low: low / provider.expected, high: high / provider.expected })
}

/// The limits of the mean of a count.
fn count_limits(count: u64, level: Level) -> Limits {
    if count < EXACT_UNDER {
        let at_least = |mean: f64| if count == 0 { 1.0 } else { 1.0 - poisson_at_most(count - 1, mean) };
        let low = if count == 0 { 0.0 } else { crossing(|mean| at_least(mean) - level.tail()) };
        return Limits { low, high: crossing(|mean| level.tail() - poisson_at_most(count, mean)) };
    }
    let byar = |of: f64, z: f64| {
        let root = 1.0 - 1.0 / (9.0 * of) + z / (3.0 * libm::sqrt(of));
        of * root * root * root
    };
    Limits { low: byar(count as f64, -level.z()), high: byar(count as f64 + 1.0, level.z()) }
}

/// Where a rising function of a mean between 0 and 100 crosses nought, by halving until the bits are used up.
fn crossing(rises: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 100.0);
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if rises(middle) < 0.0 { low = middle } else { high = middle }
    }
}

/// Under so many providers the spread of all is that of the one that is unlike the others as well, and would hide it: then
/// each is set against the others alone.
pub const FEWEST_FOR_SPREAD: usize = 8;

/// A φ over this is said in words: providers spread far more than chance would spread them.
const FAR_OVER: f64 = 2.0;

/// Where a provider lies beside what all the others would lead one to expect of its people: what is expected of it times
/// the observed over expected of the others together, chance having room in its own count and in theirs, widened by the τ²
/// of the others alone where there are two of them or more (leave-one-out; Jones & Spiegelhalter 2011).
///
/// # Errors
/// Undefined where there is no other provider.
pub fn against_others(provider: Observed, others: &[Observed]) -> Result<InFunnel, Undefined> {
    let sum = |of: fn(&Observed) -> f64| others.iter().map(of).sum::<f64>();
    let (passed, expected) = (sum(|o| o.observed as f64), sum(|o| o.expected));
    if expected <= 0.0 {
        return Err(Undefined("there is no other provider to set it against"));
    }
    let like_others = passed / expected;
    let centred: Vec<Observed> =
        others.iter().map(|o| Observed { expected: o.expected * like_others, ..*o }).collect();
    let tau_squared = overdispersion(&centred).map_or(0.0, |spread| spread.tau_squared);
    let of_it = provider.expected * like_others;
    let share = provider.expected / expected;
    let by_chance = provider.variance + share * share * sum(|o| o.variance);
    // τ² is on the square root of the ratio, so four times as much on the ratio.
    let half = libm::sqrt(by_chance + 4.0 * tau_squared * of_it * of_it);
    let limits = |level: Level| Limits { low: of_it - level.z() * half, high: of_it + level.z() * half };
    Ok(InFunnel::of(provider.observed as f64, limits(Level::Inner95), limits(Level::Outer998)))
}

/// How far providers spread beyond chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Overdispersion {
    /// Mean of the winsorised z²: 1 is what chance alone does.
    pub phi: f64,
    /// Variance between providers beyond chance, on the square root of the ratio; 0 where phi is no more than chance.
    pub tau_squared: f64,
    /// Each provider's z before winsorising.
    pub z: Vec<f64>,
}

impl Overdispersion {
    /// How many providers it is of.
    #[must_use]
    pub fn providers(&self) -> usize {
        self.z.len()
    }

    /// The τ² that the limits of a funnel are widened by: none under [`FEWEST_FOR_SPREAD`] providers.
    #[must_use]
    pub fn widening(&self) -> f64 {
        if self.providers() < FEWEST_FOR_SPREAD { 0.0 } else { self.tau_squared }
    }

    /// "Providers spread far more than chance would spread them: φ 79.0, where chance alone gives 1."
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        (self.phi > FAR_OVER).then(|| {
            format!(
                "Providers spread far more than chance would spread them: φ {}, where chance alone gives about 1.",
                crate::model::wording::number(self.phi, 1)
            )
        })
    }
}

/// The spread of providers beyond chance: z = 2(√O − √E)·√(E/variance), winsorised at [`WINSORISED`] by interpolated quantiles; φ
/// multiplicative, τ² additive by DerSimonian & Laird (Spiegelhalter 2005).
///
/// # Errors
/// Undefined with fewer than two providers of whom something is expected that chance can change.
pub fn overdispersion(providers: &[Observed]) -> Result<Overdispersion, Undefined> {
    let judged: Vec<Observed> =
        providers.iter().copied().filter(|p| p.expected > 0.0 && p.variance > 0.0).collect();
    if judged.len() < 2 {
        return Err(Undefined("a spread needs two providers"));
    }
    let z_of = |p: &Observed| {
        let off = libm::sqrt(p.observed as f64) - libm::sqrt(p.expected);
        2.0 * off * libm::sqrt(p.weight() / p.expected)
    };
    let z: Vec<f64> = judged.iter().map(z_of).collect();
    let mut sorted = z.clone();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (quantile(&sorted, WINSORISED), quantile(&sorted, 1.0 - WINSORISED));
    let n = z.len() as f64;
    let phi = z.iter().map(|z| z.clamp(low, high)).map(|z| z * z).sum::<f64>() / n;
    let (weights, squares) = judged.iter().fold((0.0, 0.0), |(sum, squares), p| {
        let weight = 4.0 * p.weight();
        (sum + weight, squares + weight * weight)
    });
    let tau_squared = ((n * phi - (n - 1.0)) / (weights - squares / weights)).max(0.0);
    Ok(Overdispersion { phi, tau_squared, z })
}

/// A quantile of sorted figures by linear interpolation (type 7 of Hyndman & Fan 1996).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = libm::floor(at);
    let next = sorted[(below as usize + 1).min(sorted.len() - 1)];
    sorted[below as usize] + (at - below) * (next - sorted[below as usize])
}

/// The prediction limits of a ratio at this [`Observed::weight`], W: (1 ± z·√(1/(4W) + τ²))², on the square root as the z of
/// [`overdispersion`].
#[must_use]
pub fn funnel(weight: f64, tau_squared: f64, level: Level) -> Limits {
    let half = level.z() * libm::sqrt(1.0 / (4.0 * weight) + tau_squared);
    let square = |x: f64| x * x;
    Limits { low: square((1.0 - half).max(0.0)), high: square(1.0 + half) }
}
