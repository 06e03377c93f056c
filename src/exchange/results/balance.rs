//! Balance: values, weights, what would change the leader, and the draws.

use serde_json::Value;

use super::{Object, Results, finite};
use crate::{
    analysis::balance::{
        OptionValue,
        robustness::{
            Robustness,
            better_information::{BetterInformation, Estimate},
            by_weights::{ByWeights, FirstShares},
        },
    },
    model::balance::Side,
};

const NO_WEIGHT: &str = "no factor has any weight";
const UNKNOWN_SCORE: &str = "a score that carries weight is not known";
const TOO_FEW_DRAWS: &str = "too few draws to tell it";
const NEVER_FIRST: &str = "it is never first";
const STRUCK: &str = "it is struck by a must";

pub(super) fn object(results: &Results<'_>) -> Object {
    let balance = &results.analysis.balance;
    let mut object = Object::default();
    object.known("commercial_share", balance.commercial_share, NO_WEIGHT);
    let optimal = balance.performance.potentially_optimal();
    let options = optimal.into_iter().enumerate().map(|(o, optimal)| option(results, o, optimal));
    object.put("options", options.collect::<Value>());
    object.put("factors", (0..balance.weights.len()).map(|f| factor(results, f)).collect::<Value>());
    object.put("tipping_points", tipping_points(results));
    object.put("weight_reversals", weight_reversals(results));
    object.put("score_break_evens", score_break_evens(results));
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
    let warnings = balance.warnings.iter().map(|warning| {
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
    let unranked = if value.struck_by.is_empty() { NO_WEIGHT } else { struck.as_str() };
    object.put_or_reason("rank", value.rank.map(Value::from).ok_or(unranked));
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
    let unplaced = [(Side::Operational, value.operational), (Side::Commercial, value.commercial)]
        .into_iter()
        .find_map(|(side, mean)| mean.is_none().then(|| side_reason(results, side)));
    let on_frontier = match unplaced {
        Some(reason) if value.struck_by.is_empty() => Err(reason),
        _ => Ok(Value::from(value.on_frontier)),
    };
    object.put_or_reason("on_frontier", on_frontier);
    object.into()
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
            Value::from(object)
        })
        .collect()
}

fn weight_reversals(results: &Results<'_>) -> Value {
    let reversals = results.analysis.balance.weight_reversals.iter();
    reversals
        .map(|reversal| {
            let mut object = Object::default();
            object.put("factor", results.factor_id(reversal.factor));
            object.put("weight_now", finite(reversal.weight_now));
            object.put("weight_at_reversal", finite(reversal.weight_at_reversal));
            object.put("from", results.option_id(reversal.from));
            object.put("to", results.option_id(reversal.to));
            Value::from(object)
        })
        .collect()
}

fn score_break_evens(results: &Results<'_>) -> Value {
    let break_evens = results.analysis.balance.score_break_evens.iter();
    break_evens
        .map(|break_even| {
            let mut object = Object::default();
            object.put("option", results.option_id(break_even.option));
            object.put("factor", results.factor_id(break_even.factor));
            object.known("score_now", break_even.score_now, "the score is not known");
            object.put("score_at_reversal", finite(break_even.score_at_reversal));
            object.put("by_must", break_even.by_must);
            object.put("to", results.option_id(break_even.to));
            Value::from(object)
        })
        .collect()
}

fn robustness(results: &Results<'_>, run: &Robustness) -> Object {
    let shares = |rows: &[Vec<f64>]| -> Vec<Value> {
        rows.iter().map(|row| row.iter().map(|&share| finite(share)).collect()).collect()
    };
    let mut object = Object::default();
    object.put("iterations", run.draws.iterations);
    object.put("seed", run.draws.seed);
    object.put("weights", run.draws.weights.name());
    object.keyed(
        "rank_acceptability",
        results.option_keys().zip(shares(&run.rank_acceptability).into_iter().map(Ok)),
    );
    let errors = shares(&run.standard_error).into_iter();
    let told = |error| if run.draws.iterations > 1 { Ok(error) } else { Err(TOO_FEW_DRAWS) };
    object.keyed("standard_error", results.option_keys().zip(errors.map(told)));
    let options = &results.analysis.balance.options;
    let not_first = |o: usize| {
        let is_struck = options.get(o).is_some_and(|option| !option.struck_by.is_empty());
        if is_struck { STRUCK } else { NEVER_FIRST }
    };
    let central = run.central_weights.iter().enumerate().map(|(o, weights)| {
        weights.as_ref().map(|weights| results.by_factor(weights)).ok_or_else(|| not_first(o))
    });
    object.keyed("central_weights", results.option_keys().zip(central));
    let confidence = run.confidence_factor.iter().enumerate();
    let confidence = confidence.map(|(o, factor)| factor.map(finite).ok_or_else(|| not_first(o)));
    object.keyed("confidence_factor", results.option_keys().zip(confidence));
    let winning = run.pairwise_winning.iter().enumerate().map(|(a, row)| {
        let mut others = Object::default();
        for (b, (id, &share)) in results.option_keys().zip(row).enumerate() {
            if a != b {
                others.put(id, finite(share));
            }
        }
        Ok(Value::from(others))
    });
    object.keyed("pairwise_winning", results.option_keys().zip(winning));
    object.put("choice_entropy_bits", finite(run.choice_entropy_bits));
    object.put("scores", run.draws.scores.name());
    object.put("concentration", finite(run.draws.concentration));
    object.put("weak_evidence_as_weak", run.draws.weak_as_weak);
    object.put("convergence", convergence(results, run));
    object
}

fn convergence(results: &Results<'_>, run: &Robustness) -> Value {
    let points = run.convergence.points.iter();
    points
        .map(|point| {
            let (mut shares, mut errors) = (Object::default(), Object::default());
            for (o, (id, &share)) in results.option_keys().zip(&point.first).enumerate() {
                shares.put(id, finite(share));
                let error = if point.draws > 1 { finite(point.standard_error(o)) } else { Value::Null };
                errors.put(id, error);
            }
            let mut object = Object::default();
            object.put("draws", point.draws);
            object.put("first", shares);
            object.put("standard_error", errors);
            if point.draws < 2 {
                object.put("standard_error_reason", TOO_FEW_DRAWS);
            }
            Value::from(object)
        })
        .collect()
}

/// Share of first places by option id under each kind of weights, and with evidence taken either way.
fn by_weights(results: &Results<'_>, kinds: &ByWeights) -> Object {
    let shares = |shares: &FirstShares| match shares {
        Ok(shares) => {
            let mut object = Object::default();
            for (id, &share) in results.option_keys().zip(shares) {
                object.put(id, finite(share));
            }
            Ok(Value::from(object))
        }
        Err(reason) => Err(reason.0),
    };
    let mut object = Object::default();
    object.put("iterations", kinds.iterations);
    for (kind, of_kind) in &kinds.kinds {
        object.put_or_reason(kind.name(), shares(of_kind));
    }
    object.put_or_reason("evidence_as_given", shares(&kinds.as_given));
    object.put_or_reason("weak_evidence_as_weak", shares(&kinds.as_weak));
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
