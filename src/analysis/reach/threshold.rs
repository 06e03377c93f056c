//! All or nothing: the chance that a payment behind a threshold is made, by what is really achieved (methods, section 3).
//!
//! Far below a threshold effort stops, at it effort concentrates, and noise decides.

use super::response::Response;
use crate::{
    analysis::{Figure, Undefined},
    model::reach::Threshold,
};

/// Cohorts smaller than this are reckoned with the exact binomial distribution.
pub const EXACT_UNDER: f64 = 200.0;

/// Φ(x), the standard normal distribution function.
#[must_use]
pub fn standard_normal(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// P(paid | true effect δ) = 1 − Φ((τ − δ)/SE) for a measure with normal error.
///
/// # Errors
/// Undefined when the standard error is not above nought.
pub fn probability_past_threshold(threshold: f64, true_effect: f64, standard_error: f64) -> Figure {
    if standard_error > 0.0 {
        Ok(standard_normal((true_effect - threshold) / standard_error))
    } else {
        Err(Undefined("the measure has no standard error"))
    }
}

/// P(the outcome rate of a cohort reaches a threshold | true rate): exact binomial under 200 people, else normal with
/// SE = √(rate·(1 − rate)/n).
///
/// # Errors
/// Undefined for a cohort of less than one person or a rate outside 0 to 1.
pub fn probability_paid(threshold: f64, true_rate: f64, people: f64) -> Figure {
    if people < 1.0 {
        return Err(Undefined("the cohort has no people"));
    }
    if !(0.0..=1.0).contains(&true_rate) {
        return Err(Undefined("the outcome rate is not between 0 and 100 %"));
    }
    if people < EXACT_UNDER {
        // A count that meets the threshold but for the last bits of a binary fraction meets it.
        let people = libm::round(people);
        return Ok(at_least(libm::ceil(threshold * people - 1e-9), people, true_rate));
    }
    let standard_error = libm::sqrt(true_rate * (1.0 - true_rate) / people);
    if standard_error > 0.0 {
        probability_past_threshold(threshold, true_rate, standard_error)
    } else {
        Ok(f64::from(u8::from(true_rate >= threshold)))
    }
}

/// P(X ≥ count) for X binomial with whole-numbered `trials`, summed from its logarithms.
fn at_least(count: f64, trials: f64, rate: f64) -> f64 {
    if count <= 0.0 {
        return 1.0;
    }
    if rate <= 0.0 || rate >= 1.0 {
        return f64::from(u8::from(rate >= 1.0 && count <= trials));
    }
    let (mut sum, mut successes) = (0.0, count);
    while successes <= trials {
        let ways = libm::lgamma(trials + 1.0)
            - libm::lgamma(successes + 1.0)
            - libm::lgamma(trials - successes + 1.0);
        sum += libm::exp(ways + successes * libm::log(rate) + (trials - successes) * libm::log1p(-rate));
        successes += 1.0;
    }
    sum.min(1.0)
}

/// A measured relative reduction in the frequency of events, with what chance leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reduction {
    /// 1 − events a person treated / events a person in the comparison group.
    pub reduction: f64,
    /// √(1/x + 1/y)·ratio, by the delta method for Poisson counts.
    pub standard_error: f64,
    /// Limits that hold 95 %, by the logarithm of the ratio.
    pub low: f64,
    pub high: f64,
}

/// The relative reduction in events against a comparison group, counts taken as Poisson without overdispersion, so that
/// the true uncertainty is rather larger.
///
/// # Errors
/// Undefined where there are no events or no people on either side.
pub fn relative_reduction(
    events_treated: f64,
    people_treated: f64,
    events_compared: f64,
    people_compared: f64,
) -> Result<Reduction, Undefined> {
    if !(events_treated > 0.0 && events_compared > 0.0 && people_treated > 0.0 && people_compared > 0.0) {
        return Err(Undefined("a reduction needs events and people on both sides"));
    }
    let ratio = (events_treated / people_treated) / (events_compared / people_compared);
    let error_of_log = libm::sqrt(1.0 / events_treated + 1.0 / events_compared);
    let factor = libm::exp(Z_95 * error_of_log);
    Ok(Reduction {
        reduction: 1.0 - ratio,
        standard_error: ratio * error_of_log,
        low: 1.0 - ratio * factor,
        high: 1.0 - ratio / factor,
    })
}

/// The standard normal quantile at 97.5 %.
const Z_95: f64 = 1.959_963_984_540_054;

/// P(paid) at true rates worth knowing, rising: no service at all, everybody parked, the predicted response, everybody
/// supported, and the threshold itself. Empty without a binary threshold, or where people or rates are not known.
pub(super) fn probability_paid_at(response: &Response<'_>, shares: &[Figure]) -> Vec<(f64, f64)> {
    let Threshold::Binary(threshold) = response.design.threshold() else { return Vec::new() };
    let groups = &response.design.groups;
    let Ok(people) = response.people() else { return Vec::new() };
    let mean = |rate: &dyn Fn(usize) -> Figure| -> Figure {
        let sum = groups
            .iter()
            .enumerate()
            .try_fold(0.0, |sum: f64, (g, group)| Ok::<f64, Undefined>(sum + group.people()? * rate(g)?))?;
        Ok(sum / people)
    };
    let predicted = |g: usize| {
        Ok(groups[g].rate_parked()? + shares[g]? * (groups[g].rate_supported()? - groups[g].rate_parked()?))
    };
    let rates = [
        mean(&|g| groups[g].rate_without()),
        mean(&|g| groups[g].rate_parked()),
        mean(&predicted),
        mean(&|g| groups[g].rate_supported()),
        Ok(threshold),
    ];
    let mut rates: Vec<f64> = rates.into_iter().flatten().filter(|r| r.is_finite()).collect();
    rates.sort_by(f64::total_cmp);
    rates.dedup();
    rates
        .into_iter()
        .filter_map(|rate| Some((rate, probability_paid(threshold, rate, people).ok()?)))
        .collect()
}
