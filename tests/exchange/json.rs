//! The JSON object: its shape, its units, and null with a reason for what is not defined.

use evenhand::{
    analysis::{
        Analysis,
        balance::robustness::{self, Draws},
        course::Course,
    },
    exchange::{TableKind, examples, read_table, results::Results, workspace_from},
    file::format,
    model::{Room, Workspace},
};
use serde_json::Value;

const ROOMS: [Room; 3] = [Room::Balance, Room::Voices, Room::Reach];

fn json(workspace: &Workspace, rooms: &[Room]) -> Value {
    let analysis = Analysis::of(workspace);
    let draws = Draws { iterations: 500, ..Draws::asked_for(workspace) };
    let run = robustness::run(workspace, draws, &Course::default());
    let run = run.map(|run| run.expect("nobody cancels"));
    Results {
        workspace,
        revision: 3,
        analysis: &analysis,
        robustness: run.as_ref().map_err(|u| *u),
        by_weights: None,
        better_information: None,
    }
    .as_json(rooms)
}

fn westmere() -> Workspace {
    let example = examples::find("westmere").expect("the example");
    format::from_text(example.text, example.name).expect("sound").workspace
}

fn from_scores(scores: &str) -> Workspace {
    workspace_from(&[read_table("scores.csv", TableKind::Scores, scores.as_bytes()).unwrap()]).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Every null that has no reason beside it, by path; an object of reasons covers the nulls of the object it is named for.
fn unexplained(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let reasons = fields.get(&format!("{name}_reason"));
                if field.is_null() && !reasons.is_some_and(Value::is_string) {
                    found.push(format!("{path}/{name}"));
                } else if let Some(Value::Object(reasons)) = reasons {
                    let entries = field.as_object().into_iter().flatten();
                    found.extend(
                        entries
                            .filter(|(k, v)| v.is_null() && !reasons.contains_key(*k))
                            .map(|(k, _)| format!("{path}/{name}/{k}")),
                    );
                } else {
                    unexplained(field, &format!("{path}/{name}"), found);
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                unexplained(item, &format!("{path}/{at}"), found);
            }
        }
        _ => {}
    }
}

fn every_null_has_a_reason(value: &Value) {
    let mut found = Vec::new();
    unexplained(value, "", &mut found);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_object_has_the_fields_that_are_promised() {
    let object = json(&westmere(), &ROOMS);
    assert_eq!(keys(&object), ["evenhand", "workspace", "balance", "voices", "reach"]);
    assert_eq!(keys(&object["workspace"]), ["title", "revision"]);
    assert_eq!(object["workspace"]["revision"], 3);
    let balance = &object["balance"];
    assert_eq!(
        keys(balance),
        [
            "commercial_share",
            "options",
            "factors",
            "tipping_points",
            "weight_reversals",
            "score_break_evens",
            "robustness",
            "warnings"
        ]
    );
    assert_eq!(
        keys(&balance["options"][0]),
        [
            "id",
            "name",
            "rank",
            "value",
            "value_low",
            "value_high",
            "operational",
            "commercial",
            "eligible",
            "contributions",
            "dominated_by",
            "potentially_optimal",
            "on_frontier"
        ]
    );
    assert_eq!(keys(&balance["factors"][0]), ["id", "name", "side", "weight", "partial_values"]);
    assert_eq!(keys(&balance["tipping_points"][0]), ["commercial_share", "from", "to"]);
    let robustness = keys(&balance["robustness"]);
    for field in [
        "iterations",
        "seed",
        "weights",
        "rank_acceptability",
        "standard_error",
        "central_weights",
        "confidence_factor",
        "pairwise_winning",
        "choice_entropy_bits",
    ] {
        assert!(robustness.contains(&field), "{field}");
    }
    assert_eq!(balance["robustness"]["weights"], "between-ballots");
    assert_eq!(
        keys(&object["voices"]),
        [
            "by_sector",
            "combined",
            "kendalls_w",
            "disagreement",
            "leave_out",
            "coverage",
            "ballots_in_force",
            "rounds",
            "together",
            "by_vote",
            "leave_one_out",
            "marginal",
            "sectors_at",
            "fairness",
            "agreement",
            "movement",
            "movement_reason",
            "gut_feel",
            "own_rankings",
            "local",
            "statements",
            "personal_data"
        ]
    );
    every_null_has_a_reason(&object);
}

#[test]
fn westmere_gives_the_published_figures() {
    let expected: Value =
        serde_json::from_str(include_str!("../data/westmere_expected.json")).expect("the figures");
    let balance = &json(&westmere(), &[Room::Balance])["balance"];
    let close = |a: &Value, b: &Value, step: f64| {
        let (a, b) = (a.as_f64().expect("a number"), b.as_f64().expect("a number"));
        assert!((a - b).abs() <= step / 2.0 + 1e-9, "{a} is not {b}");
    };
    close(&balance["commercial_share"], &expected["weights"]["commercial_share"], 1e-4);
    for (at, letter) in ["A", "B", "C", "D", "E"].into_iter().enumerate() {
        let (option, expected) = (&balance["options"][at], &expected["options"][letter]);
        close(&option["value"], &expected["total"], 0.01);
        close(&option["commercial"], &expected["x"], 0.01);
        close(&option["operational"], &expected["y"], 0.01);
        let points: f64 =
            option["contributions"].as_object().unwrap().values().filter_map(Value::as_f64).sum();
        assert!((points - option["value"].as_f64().unwrap()).abs() < 1e-9);
    }
    let tips = balance["tipping_points"].as_array().unwrap();
    assert_eq!(tips.len(), 2);
    close(&tips[0]["commercial_share"], &expected["bands"][0]["to"], 1e-4);
    close(&tips[1]["commercial_share"], &expected["bands"][1]["to"], 1e-4);
    assert_eq!(tips[0]["from"], balance["options"][1]["id"]);
    assert_eq!(tips[1]["to"], balance["options"][0]["id"]);
}

#[test]
fn reach_says_what_each_design_makes_it_pay_to_do() {
    let object = json(&westmere(), &[Room::Reach]);
    assert_eq!(keys(&object), ["evenhand", "workspace", "reach"]);
    let option = &object["reach"]["options"][0];
    for field in [
        "id",
        "verdict",
        "rules",
        "groups",
        "deadweight_share",
        "income_at_risk_share",
        "incentive_gap",
        "left_out_per_year",
        "threshold",
    ] {
        assert!(keys(option).contains(&field), "{field}");
    }
    assert_eq!(option["verdict"], "high");
    let group = &option["groups"][0];
    for field in [
        "group",
        "margin_supported",
        "margin_parked",
        "gain",
        "parked",
        "refused",
        "share_supported_at",
        "left_out_per_year",
        "equal_margin_price",
        "park_proof_price",
        "outcome_rate_at_which_it_pays_to_park",
    ] {
        assert!(keys(group).contains(&field), "{field}");
    }
    assert_eq!(keys(&group["share_supported_at"]), ["0", "0.5", "1"]);
}

#[test]
fn only_rooms_asked_for_and_filled_in_appear() {
    assert_eq!(keys(&json(&westmere(), &[Room::Balance])), ["evenhand", "workspace", "balance"]);
    let scores_only = from_scores("factor,side,A,B\nCost,commercial,1,2\n");
    assert_eq!(keys(&json(&scores_only, &ROOMS)), ["evenhand", "workspace", "balance"]);
    assert_eq!(keys(&json(&Workspace::default(), &ROOMS)), ["evenhand", "workspace"]);
}

#[test]
fn what_is_not_defined_is_null_with_its_reason() {
    let workspace = from_scores(
        "factor,side,worst,best,swing,must,A,B,C\n\
         Cost,commercial,10,0,50,<= 8,2,?,9\n\
         Spare,commercial,10,0,0,,2,3,4\n",
    );
    let balance = &json(&workspace, &[Room::Balance])["balance"];
    every_null_has_a_reason(balance);
    let unknown = &balance["options"][1];
    assert_eq!(unknown["value"], Value::Null);
    assert_eq!(unknown["value_reason"], "a score that carries weight is not known");
    assert_eq!((&unknown["value_low"], &unknown["value_high"]), (&Value::from(0.0), &Value::from(100.0)));
    assert_eq!(balance["options"][0]["operational_reason"], "no operational factor has any weight");
    let struck = &balance["options"][2];
    assert_eq!((&struck["eligible"], &struck["rank"]), (&Value::from(false), &Value::Null));
    assert!(struck["rank_reason"].is_string());
}

#[test]
fn degenerate_workspaces_still_give_an_object() {
    for scores in [
        "factor,side,A\nCost,commercial,1\n",
        "factor,side,swing,A,B\nCost,commercial,0,1,2\n",
        "factor,side,A,B\nCost,commercial,,\n",
        "factor,side,A,B\nCost,commercial,5,5\n",
    ] {
        every_null_has_a_reason(&json(&from_scores(scores), &ROOMS));
    }
}

#[test]
fn a_group_heard_as_the_rule_asks_has_no_flag_and_says_so() {
    let coverage = &json(&westmere(), &[Room::Voices])["voices"]["coverage"];
    let heard =
        coverage.as_array().unwrap().iter().find(|group| group["flag"].is_null()).expect("a group heard");
    assert_eq!(heard["flag_reason"], "heard as the rule asks");
}

#[test]
fn whose_voice_decides_is_given_as_the_example_states_it() {
    let voices = &json(&westmere(), &[Room::Voices])["voices"];
    let tenths = |figure: &Value| (figure.as_f64().expect("a number") * 10.0).round() / 10.0;
    assert_eq!(tenths(&voices["by_vote"]["one_person"]["lead"]), 9.2);
    assert_eq!(tenths(&voices["by_vote"]["one_sector"]["lead"]), 8.5);
    assert_eq!(tenths(&voices["leave_one_out"]["lowest_lead"]), 8.5);
    assert_eq!(tenths(&voices["leave_one_out"]["highest_lead"]), 10.0);
    let marginal = ["nought", "once", "double"].map(|at| tenths(&voices["marginal"][at]["lead"]));
    assert_eq!(marginal, [8.4, 9.2, 10.8]);
    assert_eq!(voices["ballots_in_force"], 14);
    let round = &voices["rounds"][1];
    assert_eq!((&round["open"], &round["ballots"]), (&Value::from(true), &Value::from(11)));
    assert_eq!(voices["movement"], Value::Null);
    assert_eq!(voices["statements"]["open"], 1);
    assert_eq!((&voices["local"]["said"], &voices["local"]["ward_or_smaller"]), (&24.into(), &0.5.into()));
    assert_eq!(voices["personal_data"]["pseudonyms"], 4);
    let agreement = &voices["agreement"]["factors"];
    assert_eq!((&agreement["rankings"], &agreement["items"]), (&14.into(), &12.into()));
    assert!(agreement["p_value"].as_f64().unwrap() < 0.001);
}

#[test]
fn a_struck_option_is_not_called_never_first() {
    let workspace = from_scores("factor,side,worst,best,swing,must,A,B\nCost,commercial,10,0,50,<= 8,2,9\n");
    let robustness = &json(&workspace, &[Room::Balance])["balance"]["robustness"];
    let struck = workspace.question.options[1].id.as_str();
    for field in ["central_weights_reason", "confidence_factor_reason"] {
        assert_eq!(robustness[field][struck], "it is struck by a must");
    }
}

/// A struck option has no shares, and no one has shares against it; √(p(1 − p)/n) stands beside every share that there is.
#[test]
fn every_share_has_its_error_and_struck_options_have_neither() {
    let workspace = from_scores(
        "factor,side,worst,best,swing,must,A,B,C\nCost,commercial,10,0,50,<= 8,2..3..6,9,1..3..7\nReach,operational,0,100,50,,30,80,50\n",
    );
    let [a, b, c] = [0, 1, 2].map(|o| workspace.question.options[o].id.as_str());
    let robustness = &json(&workspace, &[Room::Balance])["balance"]["robustness"];
    every_null_has_a_reason(robustness);
    let struck = "it is struck by a must";
    for name in [
        "rank_acceptability",
        "standard_error",
        "central_weights",
        "confidence_factor",
        "confidence_standard_error",
        "pairwise_winning",
        "pairwise_standard_error",
    ] {
        assert!(robustness[name][b].is_null() && !robustness[name][a].is_null(), "{name}");
        assert_eq!(robustness[format!("{name}_reason")][b], struck, "{name}");
    }
    for name in ["pairwise_winning", "pairwise_standard_error"] {
        assert!(robustness[name][a][b].is_null(), "{name}");
        assert_eq!(robustness[format!("{name}_reason")][a][b], struck, "{name}");
    }
    assert!(robustness["convergence"][0]["first"][b].is_null());
    assert_eq!(robustness["confidence_draws"], 8_192);
    let error = |share: &Value, draws: f64| {
        let p = share.as_f64().unwrap();
        (p * (1.0 - p) / draws).sqrt()
    };
    let wins = &robustness["pairwise_winning"][a][c];
    assert!(wins.as_f64().is_some_and(|share| share > 0.01 && share < 0.99), "{wins}");
    let of_wins = robustness["pairwise_standard_error"][a][c].as_f64().unwrap();
    assert!((of_wins - error(wins, 500.0)).abs() < 1e-12);
    let confidence = &robustness["confidence_factor"][a];
    let of_confidence = robustness["confidence_standard_error"][a].as_f64().unwrap();
    assert!((of_confidence - error(confidence, 8_192.0)).abs() < 1e-12);
}

#[test]
fn ballots_that_abstain_say_why_their_factors_cannot_be_compared() {
    let mut workspace = westmere();
    for ballot in &mut workspace.voices.ballots {
        ballot.swings.pop_first();
    }
    let agreement = &json(&workspace, &[Room::Voices])["voices"]["kendalls_w"];
    assert_eq!(agreement["factors_reason"], "fewer than three ballots name every factor");
}

#[test]
fn an_option_without_terms_has_the_same_keys_with_reasons() {
    let mut workspace = westmere();
    let last = workspace.question.options[4].id.clone();
    workspace.reach.terms.retain(|terms| terms.option != last);
    workspace.reach.payments.retain(|payment| payment.option != last);
    let options = &json(&workspace, &[Room::Reach])["reach"]["options"];
    for key in keys(&options[0]).into_iter().filter(|key| !key.ends_with("_reason")) {
        assert!(keys(&options[4]).contains(&key), "{key}");
    }
    assert_eq!(options[4]["groups"], Value::Array(Vec::new()));
    assert!(options[4]["left_out_per_year_reason"].is_string());
    every_null_has_a_reason(options);
}

#[test]
fn chances_of_payment_are_named_by_what_would_happen() {
    let mut workspace = westmere();
    workspace.reach.terms[0].threshold = evenhand::model::reach::Threshold::Binary(0.3);
    let option = &json(&workspace, &[Room::Reach])["reach"]["options"][0];
    let named = ["without", "parked", "predicted", "supported", "threshold"];
    assert_eq!(keys(&option["threshold"]["probability_paid_at"]), named);
    assert_eq!(keys(&option["threshold"]["true_rate"]), named);
    assert_eq!(option["threshold"]["true_rate"]["threshold"], 0.3);
    let assumptions = option["assumptions"].as_array().expect("a list");
    assert!(assumptions.iter().any(|a| a.as_str().unwrap().contains("in which the threshold is passed")));
}

/// Every key of the object that is no id.
fn all_keys(value: &Value, ids: &[&str], found: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if !ids.contains(&name.as_str()) {
                    found.insert(name.clone());
                }
                all_keys(field, ids, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| all_keys(item, ids, found)),
        _ => {}
    }
}

#[test]
fn every_key_is_in_the_documentation() {
    let part_of_a_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let documented: Vec<&str> = include_str!("../../docs/json.md").split(|c| !part_of_a_key(c)).collect();
    let mut workspace = westmere();
    workspace.balance.factors[0].must = Some(evenhand::model::balance::Must::AtLeast(40.0));
    let options = workspace.question.options.iter().map(|option| option.id.as_str());
    let factors = workspace.balance.factors.iter().map(|factor| factor.id.as_str());
    let sectors = workspace.voices.sectors.iter().map(|sector| sector.id.as_str());
    let risk = workspace.reach.changing_risk.iter();
    let bands = risk.flat_map(|risk| &risk.bands).map(|band| band.id.as_str());
    let ids: Vec<&str> = options.chain(factors).chain(sectors).chain(bands).collect();
    let mut found = std::collections::BTreeSet::new();
    all_keys(&json(&workspace, &ROOMS), &ids, &mut found);
    assert!(found.contains("eligible_reason") && found.contains("assumptions"), "{found:?}");
    for name in found {
        let stem = name.strip_suffix("_reason").unwrap_or(&name);
        let told = name.contains('.') || documented.contains(&name.as_str()) || documented.contains(&stem);
        assert!(told, "`{name}` is not in docs/json.md");
    }
}

#[test]
fn why_there_is_no_threshold_is_said_as_it_is() {
    let mut workspace = westmere();
    let reason = |workspace: &Workspace| {
        json(workspace, &[Room::Reach])["reach"]["options"][0]["threshold_reason"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(reason(&workspace), "there is no binary threshold");
    workspace.reach.terms[0].threshold = evenhand::model::reach::Threshold::Binary(0.3);
    workspace.question.need_groups[0].people_per_year = None;
    assert_eq!(reason(&workspace), "the number of people behind the threshold is not known");
}

#[test]
fn a_frozen_copy_tells_the_record_as_it_was() {
    let mut workspace = westmere();
    let mut session = evenhand::session::Session::new(workspace.clone(), 0, std::sync::Arc::new(|| ()));
    session.finish_jobs();
    let copy = session.freeze("For Cabinet", "Ann Cook", jiff::civil::date(2026, 3, 9).at(14, 0, 0, 0));
    workspace.decision.frozen.push(copy);
    let then = workspace.decision.clone();
    workspace.decision.conditions.clear();
    workspace.decision.duties.clear();
    let told = json(&workspace, &[Room::Decision]);
    let record = &told["decision"]["frozen"][0]["record"];
    assert_eq!(record["conditions"][0]["owner"], then.conditions[0].owner.as_str(), "{record}");
    assert!(record["conditions"][0]["due"].is_string(), "{record}");
    assert_eq!(record["duties"].as_array().map(Vec::len), Some(then.duties.len()));
    assert_eq!(record["duties"][0]["how"], then.duties[0].how.as_str());
}
