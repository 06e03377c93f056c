//! Balance: values, weights, what would change the leader, and the draws.

use serde_json::Value;

use super::{Object, Results, finite};
use crate::{
    analysis::balance::{
        OptionValue,
        certainty::Certainty,
        robustness::{
            Robustness, SCORE_DRAWS,
            better_information::{BetterInformation, Estimate},
            by_weights::ByWeights,
            standard_error,
        },
    },
    model::balance::Side,
};

const NO_WEIGHT: &str = "no factor has any weight";
const UNKNOWN_SCORE: &str = "a score that carries weight is not known";
const TOO_FEW_DRAWS: &str = "too few draws to tell it";
const NEVER_FIRST: &str = "it is never first";
const TOO_FEW_SCORED: &str = "fewer than two options have a score that carries weight";
const COULD_CHANGE: &str = "scores that are not known could change it";
const HALF_WAY: &str =
    "it is so if scores that are not known are half way; what they turn out to be may change it";
const STRUCK: &str = "it is struck by a must";

pub(super) fn object(results: &Results<'_>) -> Object {
    let balance = &results.analysis.balance;
    let mut object = Object::default();
    object.known("commercial_share", balance.commercial_share, NO_WEIGHT);
    let optimal = balance.performance.potentially_optimal();
    let options = optimal.into_iter().enumerate().map(|(o, optimal)| option(results, o, optimal));
    object.put("options", options.collect::<Value>());
    object.put("factors", (0..balance.weights.len()).map(|f| factor(results, f)).collect::<Value>());
    if balance.certainty() == Certainty::Provisional {
        object.put("provisional", HALF_WAY);
    }
    let lists: [(&str, fn(&Results<'_>) -> Value); 3] = [
        ("tipping_points", tipping_points),
        ("weight_reversals", weight_reversals),
        ("score_break_evens", score_break_evens),
    ];
    for (name, list) in lists {
        let known = if balance.too_few_scored() { Err(TOO_FEW_SCORED) } else { Ok(list(results)) };
        object.put_or_reason(name, known);
    }
    match results.robustness {
        Ok(run) => object.put("robustness", robustness(results, run)),
        Err(undefined) => object.put_or_reason("robustness", Err(undefined.0)),
    }
    if let Some(kinds) = results.by_weights {
        object.put("first_by_weights", by_weights(results, kinds));
    }
    match results.better_information {
        Some(Ok(worth)) => object.put("better_information", better_information(results, worth)),
        Some(Err(undefined)) => object.put_or_reason("better_information", Err(undefined.0)),
        None => {}
    }
    let warnings = balance.warnings().iter().map(|warning| {
        let mut object = Object::default();
        object.put("rule", warning.rule);
        object.put("text", warning.text.as_str());
        Value::from(object)
    });
    object.put("warnings", warnings.collect::<Value>());
    object
}

fn option(results: &Results<'_>, o: usize, potentially_optimal: bool) -> Value {
    let balance = &results.analysis.balance;
    let (option, value) = (&results.workspace.question.options[o], &balance.options[o]);
    let weighed = balance.commercial_share.is_some();
    let mut object = Object::default();
    object.put("id", option.id.as_str());
    object.put("name", option.name.as_str());
    let struck = value.struck_by.join(" ");
    let unranked = match (value.struck_by.is_empty(), weighed) {
        (false, _) => struck.as_str(),
        (true, true) => TOO_FEW_SCORED,
        (true, false) => NO_WEIGHT,
    };
    let rank = value.rank.map(Value::from).ok_or(unranked);
    if rank.is_ok() && !balance.is_place_certain(o) {
        object.put_or_reason("rank", Err(COULD_CHANGE));
        object.put("rank_half_way", rank.unwrap_or(Value::Null));
    } else {
        object.put_or_reason("rank", rank);
    }
    object.known("value", value.value, if weighed { UNKNOWN_SCORE } else { NO_WEIGHT });
    object.put("value_low", finite(value.value_low));
    object.put("value_high", finite(value.value_high));
    object.known("operational", value.operational, side_reason(results, Side::Operational));
    object.known("commercial", value.commercial, side_reason(results, Side::Commercial));
    object.put("eligible", value.struck_by.is_empty());
    if !value.struck_by.is_empty() {
        object.put("eligible_reason", struck.as_str());
    }
    object.keyed("contributions", contributions(results, value));
    object.put("dominated_by", results.option_ids(&value.dominated_by));
    object.put("potentially_optimal", potentially_optimal);
    object.put_or_reason("on_frontier", on_frontier(results, value));
    object.into()
}

/// Whether an option is on the efficient frontier, or why that cannot be said; a struck one is not.
fn on_frontier(results: &Results<'_>, value: &OptionValue) -> Result<Value, &'static str> {
    if !value.struck_by.is_empty() {
        return Ok(Value::from(false));
    }
    value.on_frontier.map(Value::from).ok_or_else(|| {
        let without_weight = Side::ALL.into_iter().map(|side| side_reason(results, side));
        let without_weight = without_weight.into_iter().find(|reason| *reason != UNKNOWN_SCORE);
        let too_few = results.analysis.balance.too_few_scored().then_some(TOO_FEW_SCORED);
        without_weight.or(too_few).unwrap_or(COULD_CHANGE)
    })
}

/// Marks an entry that rests on scores that are not known.
fn mark_provisional(object: &mut Object, is_certain: bool) {
    if !is_certain {
        object.put("provisional", HALF_WAY);
    }
}

/// Why a side of an option has no value.
fn side_reason(results: &Results<'_>, side: Side) -> &'static str {
    let factors = results.workspace.balance.factors.iter();
    let weighs = factors
        .zip(&results.analysis.balance.weights)
        .any(|(factor, &weight)| factor.side == side && weight > 0.0);
    if weighs {
        UNKNOWN_SCORE
    } else {
        match side {
            Side::Operational => "no operational factor has any weight",
            Side::Commercial => "no commercial factor has any weight",
        }
    }
}

fn contributions<'r>(
    results: &Results<'r>,
    value: &'r OptionValue,
) -> impl Iterator<Item = (&'r str, Result<Value, &'r str>)> {
    let points = value.contributions.iter().map(|points| points.map(finite).ok_or("the score is not known"));
    results.workspace.balance.factors.iter().map(|factor| factor.id.as_str()).zip(points)
}

fn factor(results: &Results<'_>, f: usize) -> Value {
    let balance = &results.analysis.balance;
    let factor = &results.workspace.balance.factors[f];
    let mut object = Object::default();
    object.put("id", factor.id.as_str());
    object.put("name", factor.name.as_str());
    object.put("side", factor.side.words().to_lowercase());
    object.put("weight", finite(balance.weights[f]));
    let values = balance.cells()[f].iter().map(|cell| cell.value.map(finite).ok_or("the score is not known"));
    object.keyed("partial_values", results.option_keys().zip(values));
    object.into()
}

fn tipping_points(results: &Results<'_>) -> Value {
    let pairs = results.analysis.balance.bands.windows(2);
    pairs
        .map(|pair| {
            let mut object = Object::default();
            object.put("commercial_share", finite(pair[0].to));
            object.put("from", results.option_id(pair[0].leader));
            object.put("to", results.option_id(pair[1].leader));
            let both = [pair[0].leader, pair[1].leader];
            let balance = &results.analysis.balance;
            mark_provisional(&mut object, balance.dial.certainty(pair[0].to, &both) == Certainty::Certain);
            Value::from(object)
        })
        .collect()
}

fn weight_reversals(results: &Results<'_>) -> Value {
    let reversals = results.analysis.balance.weight_reversals().iter();
    reversals
        .map(|reversal| {
            let mut object = Object::default();
            object.put("factor", results.factor_id(reversal.factor));
            object.put("weight_now", finite(reversal.weight_now));
            object.put("weight_at_reversal", finite(reversal.weight_at_reversal));
            object.put("from", results.option_id(reversal.from));
            object.put("to", results.option_id(reversal.to));
            mark_provisional(&mut object, reversal.is_certain);
            Value::from(object)
        })
        .collect()
}

fn score_break_evens(results: &Results<'_>) -> Value {
    let break_evens = results.analysis.balance.score_break_evens().iter();
    break_evens
        .map(|break_even| {
            let mut object = Object::default();
            object.put("option", results.option_id(break_even.option));
            object.put("factor", results.factor_id(break_even.factor));
            object.known("score_now", break_even.score_now, "the score is not known");
            object.put("score_at_reversal", finite(break_even.score_at_reversal));
            object.put("by_must", break_even.by_must);
            object.put("to", results.option_id(break_even.to));
            mark_provisional(&mut object, break_even.is_certain);
            Value::from(object)
        })
        .collect()
}

fn robustness(results: &Results<'_>, run: &Robustness) -> Object {
    let mut object = Object::default();
    object.put("iterations", run.draws.iterations);
    object.put("seed", run.draws.seed);
    object.put("weights", run.draws.weights.name());
    let taking_part = |o: usize| if run.takes_part(o) { Ok(o) } else { Err(STRUCK) };
    let told = |o: usize| if run.draws.iterations > 1 { taking_part(o) } else { Err(TOO_FEW_DRAWS) };
    let row = |rows: &[Vec<f64>], o: usize| rows[o].iter().map(|&share| finite(share)).collect::<Value>();
    results.keyed_by_option(&mut object, "rank_acceptability", |o| {
        Ok(row(&run.rank_acceptability, taking_part(o)?))
    });
    results.keyed_by_option(&mut object, "standard_error", |o| Ok(row(&run.standard_error, told(o)?)));
    let first = |o: usize| taking_part(o).and(run.central_weights[o].as_ref().ok_or(NEVER_FIRST));
    results.keyed_by_option(&mut object, "central_weights", |o| Ok(results.by_factor(first(o)?)));
    results.keyed_by_option(&mut object, "confidence_factor", |o| {
        first(o).and(run.confidence_factor[o].map(finite).ok_or(NEVER_FIRST))
    });
    let winning = |o: usize, other: usize| finite(run.pairwise_winning[o][other]);
    against_others(results, &mut object, "pairwise_winning", taking_part, winning);
    object.put("choice_entropy_bits", finite(run.choice_entropy_bits));
    against_others(results, &mut object, "pairwise_standard_error", told, |o, other| {
        finite(run.pairwise_error(o, other))
    });
    object.put("confidence_draws", SCORE_DRAWS);
    results.keyed_by_option(&mut object, "confidence_standard_error", |o| {
        first(o).and(run.confidence_error(o).map(finite).ok_or(NEVER_FIRST))
    });
    object.put("scores", run.draws.scores.name());
    object.put("concentration", finite(run.draws.concentration));
    object.put("weak_evidence_as_weak", run.draws.weak_as_weak);
    object.put("convergence", convergence(results, run));
    object
}

/// An object of objects: a figure of each option against each other, those that are not told null; their reasons stand
/// beside in an object of the same keys.
fn against_others(
    results: &Results<'_>,
    object: &mut Object,
    name: &str,
    told: impl Fn(usize) -> Result<usize, &'static str>,
    figure: impl Fn(usize, usize) -> Value,
) {
    let (mut rows, mut reasons) = (Object::default(), Object::default());
    for (o, id) in results.option_keys().enumerate() {
        if let Err(reason) = told(o) {
            rows.put(id, Value::Null);
            reasons.put(id, reason);
            continue;
        }
        let (mut row, mut of_row) = (Object::default(), Object::default());
        for (other, id) in results.option_keys().enumerate().filter(|(other, _)| *other != o) {
            match told(other) {
                Ok(other) => row.put(id, figure(o, other)),
                Err(reason) => {
                    row.put(id, Value::Null);
                    of_row.put(id, reason);
                }
            }
        }
        rows.put(id, row);
        if !of_row.is_empty() {
            reasons.put(id, of_row);
        }
    }
    object.put(name, rows);
    if !reasons.is_empty() {
        object.put(&format!("{name}_reason"), reasons);
    }
}

fn convergence(results: &Results<'_>, run: &Robustness) -> Value {
    let points = run.convergence.points.iter();
    points
        .map(|point| {
            let mut object = Object::default();
            object.put("draws", point.draws);
            let share = |o: usize| point.first.get(o).filter(|_| run.takes_part(o)).copied();
            results.keyed_by_option(&mut object, "first", |o| share(o).map(finite).ok_or(STRUCK));
            results.keyed_by_option(&mut object, "standard_error", |o| match share(o) {
                None => Err(STRUCK),
                Some(_) if point.draws < 2 => Err(TOO_FEW_DRAWS),
                Some(_) => Ok(finite(point.standard_error(o))),
            });
            Value::from(object)
        })
        .collect()
}

/// Share of first places by option id under each kind of weights, and with evidence taken either way, with the standard
/// errors of all of them at the end.
fn by_weights(results: &Results<'_>, kinds: &ByWeights) -> Object {
    let options = &results.analysis.balance.options;
    let is_struck = |o: usize| options.get(o).is_some_and(|option| !option.struck_by.is_empty());
    let told = |shares: &[f64], o: usize, figure: &dyn Fn(f64) -> f64| {
        shares.get(o).filter(|_| !is_struck(o)).map(|&share| finite(figure(share))).ok_or(STRUCK)
    };
    let error = |share| standard_error(share, kinds.iterations);
    let (mut object, mut errors) = (Object::default(), Object::default());
    object.put("iterations", kinds.iterations);
    let evidence = [("evidence_as_given", &kinds.as_given), ("weak_evidence_as_weak", &kinds.as_weak)];
    let of_kinds = kinds.kinds.iter().map(|(kind, shares)| (kind.name(), shares));
    for (name, shares) in of_kinds.chain(evidence) {
        match shares {
            Ok(shares) => {
                results.keyed_by_option(&mut object, name, |o| told(shares, o, &|share| share));
                if kinds.iterations > 1 {
                    results.keyed_by_option(&mut errors, name, |o| told(shares, o, &error));
                } else {
                    errors.put_or_reason(name, Err(TOO_FEW_DRAWS));
                }
            }
            Err(reason) => {
                object.put_or_reason(name, Err(reason.0));
                errors.put_or_reason(name, Err(reason.0));
            }
        }
    }
    object.put("standard_error", errors);
    object
}

fn better_information(results: &Results<'_>, worth: &BetterInformation) -> Object {
    let estimate = |object: &mut Object, name: &str, estimate: Estimate| {
        object.put(name, finite(estimate.value));
        object.known(&format!("{name}_standard_error"), estimate.standard_error, TOO_FEW_DRAWS);
    };
    let mut object = Object::default();
    object.put("iterations", worth.draws.iterations);
    object.put("leader", results.option_id(worth.leader));
    object.put("second", results.option_id(worth.second));
    object.put("chosen", results.option_id(worth.chosen));
    object.put("lead_variance", finite(worth.lead_variance));
    object.figure("weights_variance_share", worth.weights_share);
    estimate(&mut object, "weights_gain", worth.weights_gain);
    estimate(&mut object, "everything_gain", worth.everything);
    let cells = worth.cells.iter().map(|cell| {
        let mut object = Object::default();
        object.put("option", results.option_id(cell.option));
        object.put("factor", results.factor_id(cell.factor));
        object.known("variance_share_at_weights", cell.share, "nothing is in doubt at the group's weights");
        estimate(&mut object, "gain", cell.gain);
        Value::from(object)
    });
    object.put("cells", cells.collect::<Value>());
    object
}
