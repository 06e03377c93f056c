//! Reach: what each payment design makes it pay to do, and whom it would leave out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Object, Results, changing_risk, finite};
use crate::{
    analysis::{
        Figure, Undefined,
        reach::{
            GroupReach, OptionReach,
            comparison::{self, JudgedCohort},
        },
    },
    model::{
        ids::NeedGroupId,
        question::{NeedGroup, ServiceOption},
        reach::Terms,
    },
};

const MISSING: &str = "figures are missing";
const NOT_SAID: &str = "nobody has said";
const NOTHING_SAID: &str = "nobody has said what share is passed on";

pub(super) fn object(results: &Results<'_>) -> Object {
    let options = results.workspace.question.options.iter().zip(&results.analysis.reach.options).enumerate();
    let mut object = Object::default();
    let options =
        options.map(|(at, (option, reach))| of_option(results, at, option, reach)).collect::<Value>();
    object.put("options", options);
    object.put_or_reason("changing_risk", changing_risk::people(results));
    object
}

fn of_option(results: &Results<'_>, at: usize, option: &ServiceOption, reach: &Option<OptionReach>) -> Value {
    let mut object = Object::default();
    object.put("id", option.id.as_str());
    object.put("name", option.name.as_str());
    let Some(reach) = reach else {
        return without_design(object).into();
    };
    object.put("verdict", reach.verdict.words());
    object.put("rules", rules(reach));
    let groups = results.workspace.question.need_groups.iter().zip(&reach.groups);
    let terms = results.workspace.terms(&option.id);
    object.put("groups", groups.map(|(group, reach)| of_group(group, terms, reach)).collect::<Value>());
    object.figure("deadweight_share", reach.deadweight_share);
    object.figure("income_at_risk_share", reach.income_at_risk_share);
    object.figure("incentive_gap", reach.incentive_gap);
    object.figure("left_out_per_year", reach.left_out_per_year);
    object.put_or_reason("reaches_delivery", passed_on(reach.reaches_delivery));
    object.put_or_reason("threshold", threshold(results, option, reach));
    object.put_or_reason("bill", changing_risk::bill(results, at));
    object.put("assumptions", reach.assumed.clone());
    object.into()
}

/// The same fields for an option about whose payment nothing is said.
fn without_design(mut object: Object) -> Object {
    const NONE: &str = "it has no terms and no payments, or there are no need groups";
    object.put_or_reason("verdict", Err(NONE));
    object.put("rules", Vec::<Value>::new());
    object.put("groups", Vec::<Value>::new());
    for figure in [
        "deadweight_share",
        "income_at_risk_share",
        "incentive_gap",
        "left_out_per_year",
        "reaches_delivery",
        "threshold",
        "bill",
    ] {
        object.put_or_reason(figure, Err(NONE));
    }
    object.put("assumptions", Vec::<Value>::new());
    object
}

/// The chance of payment behind a binary threshold, and the true outcome rate that gives it, both keyed by what would
/// happen: `without` a service, everybody `parked`, as `predicted`, everybody `supported`, a rate at the `threshold`.
fn threshold(
    results: &Results<'_>,
    option: &ServiceOption,
    reach: &OptionReach,
) -> Result<Value, &'static str> {
    if reach.chances_of_payment.is_empty() {
        let threshold = results.workspace.terms(&option.id).map(|terms| terms.threshold);
        return Err(match threshold {
            Some(threshold) if threshold.is_all_or_nothing() => {
                "the number of people behind the threshold is not known"
            }
            _ => "there is no binary threshold",
        });
    }
    let (mut paid, mut rates) = (Object::default(), Object::default());
    for chance in &reach.chances_of_payment {
        paid.put(chance.case, finite(chance.probability));
        rates.put(chance.case, finite(chance.true_rate));
    }
    let mut threshold = Object::default();
    threshold.put("probability_paid_at", paid);
    threshold.put("true_rate", rates);
    let judged = results.workspace.terms(&option.id).map(comparison::judged).unwrap_or_default();
    if !judged.is_empty() {
        threshold.put("measured", judged.iter().map(measured).collect::<Value>());
    }
    Ok(threshold.into())
}

/// What was measured of a cohort against its comparison group, and whether it is paid for.
fn measured(cohort: &JudgedCohort) -> Value {
    let mut object = Object::default();
    object.put("cohort", cohort.name.as_str());
    object.put("together", cohort.together);
    object.figure("reduction", cohort.reduction);
    object.figure("reduction_low", cohort.limits.map(|limits| limits.low));
    object.figure("reduction_high", cohort.limits.map(|limits| limits.high));
    object.figure("needed", cohort.needed);
    object.put_or_reason("paid", cohort.paid().map(Value::from).map_err(|why| why.0));
    object.into()
}

fn rules(reach: &OptionReach) -> Value {
    let rules = reach.rules.iter().map(|rule| {
        let mut object = Object::default();
        object.put("rule", rule.rule.as_str());
        object.put_or_reason("met", rule.met.map(Value::from).ok_or(MISSING));
        object.put("figures", rule.figures.as_str());
        Value::from(object)
    });
    rules.collect()
}

fn of_group(group: &NeedGroup, terms: Option<&Terms>, reach: &GroupReach) -> Value {
    let mut object = Object::default();
    object.put("group", group.id.as_str());
    object.put("name", group.name.as_str());
    object.figure("margin_supported", reach.margin_supported);
    object.figure("margin_parked", reach.margin_parked);
    object.figure("gain", reach.gain);
    object.put_or_reason("parked", reach.parked.map(Value::from).ok_or(MISSING));
    object.put_or_reason("refused", reach.refused.map(Value::from).ok_or(MISSING));
    let shares = reach.share_supported_at.iter().map(|share| share.map(finite).map_err(|u| u.0));
    object.keyed("share_supported_at", ["0", "0.5", "1"].into_iter().zip(shares));
    object.figure("left_out_per_year", reach.left_out_per_year);
    object.figure("equal_margin_price", reach.equal_margin_price);
    object.figure("park_proof_price", reach.park_proof_price);
    object.figure("outcome_rate_at_which_it_pays_to_park", reach.outcome_rate_at_which_it_pays_to_park);
    let by_group = |rates: fn(&Terms) -> &BTreeMap<NeedGroupId, f64>| {
        terms.and_then(|terms| rates(terms).get(&group.id)).copied()
    };
    for (key, rate) in [
        ("outcome_rate_forecast", group.outcome_supported),
        ("outcome_rate_bid", by_group(|terms| &terms.rate_bid)),
        ("outcome_rate_observed", by_group(|terms| &terms.rate_observed)),
    ] {
        object.put_or_reason(key, rate.map(finite).ok_or(NOT_SAID));
    }
    object.put_or_reason("gain_passed_on", passed_on(reach.gain_passed_on));
    object.into()
}

/// A figure of those who deliver.
fn passed_on(figure: Option<Figure>) -> Result<Value, &'static str> {
    figure.unwrap_or(Err(Undefined(NOTHING_SAID))).map(finite).map_err(|why| why.0)
}
