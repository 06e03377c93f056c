//! Payment by how many fewer events there are than in a comparison group: what was measured, and the chance to be paid
//! (methods, section 3; rule and figures of the Peterborough social impact bond, Ministry of Justice 2010 and 2014).

use super::threshold::{Reduction, probability_past_threshold, relative_reduction};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        reach::{FewerEvents, MeasuredCohort, Terms, Threshold},
        wording::percent_to_tenth,
    },
};

/// The name of the line that adds up what was counted of single cohorts.
pub const ALL_TOGETHER: &str = "All cohorts together";

/// What the rule makes of a cohort that was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedCohort {
    pub name: String,
    pub together: bool,
    /// The relative reduction, negative where there were more events, with what chance leaves open: the standard error
    /// and limits are undefined where only the reduction itself was published.
    pub reduction: Figure,
    pub limits: Result<Reduction, Undefined>,
    /// The reduction at which the rule pays; undefined where there is none for such a cohort.
    pub needed: Figure,
}

impl JudgedCohort {
    /// Whether the rule pays.
    ///
    /// # Errors
    /// Says which figure is missing.
    pub fn paid(&self) -> Result<bool, Undefined> {
        // A reduction that meets what is needed but for the last bits of a binary fraction meets it.
        Ok(self.reduction? >= self.needed? - 1e-9)
    }

    /// Whether the reduction needed is inside the limits that hold 95 %, so that chance may have decided.
    ///
    /// # Errors
    /// Says which figure is missing.
    pub fn chance_may_have_decided(&self) -> Result<bool, Undefined> {
        let (limits, needed) = (self.limits?, self.needed?);
        Ok(limits.low < needed && needed < limits.high)
    }

    /// What was measured and whether it is paid for, in a sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        let reduction = match self.reduction {
            Ok(reduction) => reduction,
            Err(why) => return format!("{}: {}.", self.name, why.0),
        };
        let more = if reduction < 0.0 { "more" } else { "fewer" };
        let mut words = format!("{}: {} {more} events", self.name, percent_to_tenth(libm::fabs(reduction)));
        if let Ok(limits) = self.limits {
            let (low, high) = (percent_to_tenth(limits.low), percent_to_tenth(limits.high));
            words.push_str(&format!(" ({low} to {high} at 95 %)"));
        }
        match (self.needed, self.paid()) {
            (Ok(needed), Ok(paid)) => {
                let paid = if paid { "paid" } else { "nothing is paid" };
                words.push_str(&format!("; {} is needed: {paid}.", percent_to_tenth(needed)));
            }
            (Err(why), _) | (_, Err(why)) => words.push_str(&format!("; {}.", why.0)),
        }
        if self.chance_may_have_decided() == Ok(true) {
            words.push_str(" Chance alone may have decided that.");
        }
        words
    }
}

/// Every measured cohort of an option under its rule, and all together where two or more were counted and nobody has
/// entered them. Empty where the option does not pay by fewer events.
#[must_use]
pub fn judged(terms: &Terms) -> Vec<JudgedCohort> {
    let Threshold::Fewer(fewer) = terms.threshold else { return Vec::new() };
    let mut judged: Vec<JudgedCohort> = terms.measured.iter().map(|cohort| judge(cohort, fewer)).collect();
    if let (Some(added), Some(_)) = (added_up(&terms.measured), fewer.together) {
        judged.push(judge(&added, fewer));
    }
    judged
}

fn judge(cohort: &MeasuredCohort, fewer: FewerEvents) -> JudgedCohort {
    let limits = limits(cohort);
    let counts = [cohort.people, cohort.events, cohort.compared_people, cohort.compared_events];
    let nothing = Undefined("nothing was measured of it yet");
    let published = |why| cohort.published_reduction.ok_or(if counts == [None; 4] { nothing } else { why });
    let no_second_look = Undefined("cohorts are not paid for together");
    JudgedCohort {
        name: cohort.name.clone(),
        together: cohort.together,
        reduction: counted(cohort).map(|[treated, compared]| 1.0 - treated / compared).or_else(published),
        limits,
        needed: if cohort.together { fewer.together.ok_or(no_second_look) } else { Ok(fewer.alone) },
    }
}

/// Events a person among those served and those compared.
fn counted(cohort: &MeasuredCohort) -> Result<[f64; 2], Undefined> {
    let rate = |events: Option<f64>, people: Option<f64>| {
        let people = people.filter(|people| *people > 0.0);
        let each = events.zip(people).map(|(events, people)| events / people);
        each.ok_or(Undefined("its events and people are not stated"))
    };
    let treated = rate(cohort.events, cohort.people)?;
    let compared = rate(cohort.compared_events, cohort.compared_people)?;
    if compared > 0.0 {
        Ok([treated, compared])
    } else {
        Err(Undefined("there were no events to compare with"))
    }
}

fn limits(cohort: &MeasuredCohort) -> Result<Reduction, Undefined> {
    counted(cohort)?;
    let [events, people, compared_events, compared_people] =
        [cohort.events, cohort.people, cohort.compared_events, cohort.compared_people]
            .map(Option::unwrap_or_default);
    relative_reduction(events, people, compared_events, compared_people)
}

/// The sums over all single cohorts; `None` under two of them, where one is not counted, or where somebody has entered a
/// line of all together.
fn added_up(cohorts: &[MeasuredCohort]) -> Option<MeasuredCohort> {
    let single: Vec<&MeasuredCohort> = cohorts.iter().filter(|cohort| !cohort.together).collect();
    if single.len() < 2 || single.len() < cohorts.len() || single.iter().any(|c| counted(c).is_err()) {
        return None;
    }
    let sum = |of: fn(&MeasuredCohort) -> Option<f64>| single.iter().map(|cohort| of(cohort)).sum();
    Some(MeasuredCohort {
        name: ALL_TOGETHER.to_owned(),
        together: true,
        people: sum(|cohort| cohort.people),
        events: sum(|cohort| cohort.events),
        compared_people: sum(|cohort| cohort.compared_people),
        compared_events: sum(|cohort| cohort.compared_events),
        ..MeasuredCohort::default()
    })
}

/// P(a cohort by itself is paid for | true outcome rate), where `without` is the outcome rate of the comparison group.
/// Events fall in proportion to failures; with x events expected of n people and y of those compared, the standard
/// error of the reduction is ratio·√(1/x + 1/y), counts taken as Poisson.
///
/// # Errors
/// Undefined where nobody fails without a service, or nobody would here, or there are no people.
pub fn probability_paid_for_fewer(fewer: FewerEvents, rate: f64, without: f64, people: f64) -> Figure {
    if !(0.0..=1.0).contains(&rate) || !(0.0..=1.0).contains(&without) {
        return Err(Undefined("the outcome rate is not between 0 and 100 %"));
    }
    let events = fewer.events_per_person.unwrap_or(1.0 - without);
    let ratio = (1.0 - rate) / (1.0 - without);
    let compared = people * fewer.compared_per_person * events;
    if without >= 1.0 || compared <= 0.0 {
        return Err(Undefined("nobody fails without a service, so there are no fewer events to measure"));
    }
    if ratio <= 0.0 {
        return Ok(f64::from(u8::from(fewer.alone <= 1.0)));
    }
    let error = ratio * libm::sqrt(1.0 / (people * events * ratio) + 1.0 / compared);
    probability_past_threshold(fewer.alone, 1.0 - ratio, error)
}

/// The outcome rate at which a cohort has just as many fewer events as the rule needs.
#[must_use]
pub fn rate_needed(fewer: FewerEvents, without: f64) -> f64 {
    1.0 - (1.0 - fewer.alone) * (1.0 - without)
}
