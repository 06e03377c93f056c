//! All or nothing: the chance that a payment behind a threshold is made, by what is really achieved (methods, section 3).
//!
//! Far below a threshold effort stops, at it effort concentrates, and noise decides.

use super::{comparison, incentive::GroupDesign, response::Response};
use crate::{
    analysis::{
        Figure, Undefined,
        distributions::{Z_95, binomial_at_least, standard_normal},
    },
    model::reach::Threshold,
};

/// Cohorts smaller than this are reckoned with the exact binomial distribution.
pub const EXACT_UNDER: f64 = 200.0;

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
        return Ok(binomial_at_least(libm::ceil(threshold * people - 1e-9), people, true_rate));
    }
    let standard_error = libm::sqrt(true_rate * (1.0 - true_rate) / people);
    if standard_error > 0.0 {
        probability_past_threshold(threshold, true_rate, standard_error)
    } else {
        Ok(f64::from(u8::from(true_rate >= threshold)))
    }
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

/// The chance of payment behind a binary threshold if something were so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChanceOfPayment {
    /// What would be so: `without` a service, everybody `parked`, as `predicted`, everybody `supported`, or a true rate
    /// at the `threshold` itself.
    pub case: &'static str,
    /// The true outcome rate of the cohort then, 0 to 1.
    pub true_rate: f64,
    pub probability: f64,
}

impl ChanceOfPayment {
    /// What would be so, in words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self.case {
            "without" => "Nothing is achieved, as without a service",
            "parked" => "Everybody is parked with minimal contact",
            "predicted" => "As many are supported as predicted",
            "supported" => "Everybody is supported, as forecast",
            _ => "What is achieved lies just at the threshold",
        }
    }
}

/// People of a cohort who have one outcome rate between them.
#[derive(Clone, Copy)]
struct Alike {
    people: f64,
    rate: f64,
    /// What they would reach without a service.
    without: Figure,
}

/// P(paid) by what would happen. Empty without a threshold of all or nothing, or where people are not known; cases whose
/// rates are not known are left out. As predicted, people whom it pays to refuse never start and are no part of the
/// cohort. A comparison group reaches what the same people would without a service.
pub(super) fn chances_of_payment(response: &Response<'_>, shares: &[Figure]) -> Vec<ChanceOfPayment> {
    let threshold = response.design.threshold();
    let groups = &response.design.groups;
    let Ok(people) = response.people() else { return Vec::new() };
    if !threshold.is_all_or_nothing() {
        return Vec::new();
    }
    let without = everybody(groups, GroupDesign::rate_without);
    let at_threshold = match (threshold, &without) {
        (Threshold::Fewer(fewer), Ok(cohort)) => Ok(comparison::rate_needed(fewer, mean_rate(cohort))),
        (Threshold::Fewer(_), Err(why)) => Err(*why),
        (Threshold::Binary(rate) | Threshold::Above(rate), _) => Ok(rate),
        (Threshold::None, _) => Err(Undefined("there is no threshold")),
    };
    let left_alone = without.as_ref().map(|cohort| mean_rate(cohort)).map_err(|why| *why);
    let at_threshold = at_threshold.map(|rate| vec![Alike { people, rate, without: left_alone }]);
    let cases = [
        ("without", without),
        ("parked", everybody(groups, GroupDesign::rate_parked)),
        ("predicted", predicted(response, shares)),
        ("supported", everybody(groups, GroupDesign::rate_supported)),
        ("threshold", at_threshold),
    ];
    let chance = |(case, cohort): (&'static str, Result<Vec<Alike>, Undefined>)| {
        let cohort = cohort.ok()?;
        let probability = match threshold {
            Threshold::Fewer(fewer) => {
                let people = cohort.iter().map(|alike| alike.people).sum();
                let without = mean_without(&cohort).ok()?;
                comparison::probability_paid_for_fewer(fewer, mean_rate(&cohort), without, people)
            }
            Threshold::Binary(rate) => probability_paid_to(rate, &cohort),
            Threshold::None | Threshold::Above(_) => return None,
        };
        Some(ChanceOfPayment { case, true_rate: mean_rate(&cohort), probability: probability.ok()? })
    };
    cases.into_iter().filter_map(chance).collect()
}

/// All people, each group at one of its rates.
fn everybody<'a>(
    groups: &[GroupDesign<'a>],
    rate: fn(&GroupDesign<'a>) -> Figure,
) -> Result<Vec<Alike>, Undefined> {
    let alike = |group: &GroupDesign<'a>| {
        Ok(Alike { people: group.people()?, rate: rate(group)?, without: group.rate_without() })
    };
    groups.iter().map(alike).collect()
}

/// The chances as (true rate, probability), rates rising, each pair once.
pub(super) fn by_rising_rate(chances: &[ChanceOfPayment]) -> Vec<(f64, f64)> {
    let mut pairs: Vec<(f64, f64)> = chances.iter().map(|c| (c.true_rate, c.probability)).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    pairs.dedup();
    pairs
}

/// Those who start, supported and parked, by the predicted response.
fn predicted(response: &Response<'_>, shares: &[Figure]) -> Result<Vec<Alike>, Undefined> {
    let mut cohort = Vec::new();
    for (g, group) in response.design.groups.iter().enumerate() {
        let (people, share, without) = (group.people()?, shares[g]?, group.rate_without());
        let started = if response.incentives[g].refused == Some(true) { share } else { 1.0 };
        if share > 0.0 {
            cohort.push(Alike { people: people * share, rate: group.rate_supported()?, without });
        }
        if started > share {
            cohort.push(Alike { people: people * (started - share), rate: group.rate_parked()?, without });
        }
    }
    Ok(cohort)
}

/// [`probability_paid`] for people of several rates: where the normal distribution serves, with
/// SE = √(Σ n_g·p_g·(1 − p_g))/n. Under [`EXACT_UNDER`] people the exact binomial distribution at their mean rate, which
/// spreads a little wider than the mixture does.
fn probability_paid_to(threshold: f64, cohort: &[Alike]) -> Figure {
    let people: f64 = cohort.iter().map(|alike| alike.people).sum();
    let rate = mean_rate(cohort);
    let variance: f64 = cohort.iter().map(|a| a.people * a.rate * (1.0 - a.rate)).sum();
    if people < EXACT_UNDER {
        return probability_paid(threshold, rate, people);
    }
    if variance <= 0.0 {
        return Ok(f64::from(u8::from(rate >= threshold)));
    }
    probability_past_threshold(threshold, rate, libm::sqrt(variance) / people)
}

/// Σ n·rate / Σ n.
fn mean_rate(cohort: &[Alike]) -> f64 {
    let people: f64 = cohort.iter().map(|alike| alike.people).sum();
    cohort.iter().map(|alike| alike.people * alike.rate).sum::<f64>() / people
}

/// The same of what people would reach without a service.
fn mean_without(cohort: &[Alike]) -> Figure {
    let people: f64 = cohort.iter().map(|alike| alike.people).sum();
    let reached = cohort
        .iter()
        .try_fold(0.0, |sum, alike| Ok::<f64, Undefined>(sum + alike.people * alike.without?))?;
    Ok(reached / people)
}
