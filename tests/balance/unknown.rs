//! What is said while scores are not known, and of ties: on the command line, in the results and in the standing line alike.

use evenhand::{
    analysis::{
        Analysis,
        balance::{
            certainty::Certainty,
            robustness::{self, Draws},
        },
        course::Course,
        standing,
    },
    cli,
    exchange::{TableKind, read_table, results::Results, workspace_from},
    model::{Room, Workspace},
};
use serde_json::Value;

fn of(scores: &str) -> Workspace {
    workspace_from(&[read_table("scores.csv", TableKind::Scores, scores.as_bytes()).unwrap()]).unwrap()
}

fn words(workspace: &Workspace) -> String {
    cli::answer::answer_in_words(workspace).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn standing_line(workspace: &Workspace) -> Vec<String> {
    let analysis = Analysis::of(workspace);
    let draws = Draws { iterations: 4_000, ..Draws::asked_for(workspace) };
    let run = robustness::run(workspace, draws, &Course::default()).ok().flatten();
    standing::standing(workspace, &analysis, run.as_ref()).iter().map(standing::Clause::text).collect()
}

fn json(workspace: &Workspace) -> Value {
    let analysis = Analysis::of(workspace);
    let draws = Draws { iterations: 100, ..Draws::asked_for(workspace) };
    let run = robustness::run(workspace, draws, &Course::default()).map(Option::unwrap);
    let results = Results {
        workspace,
        revision: 0,
        analysis: &analysis,
        robustness: run.as_ref().map_err(|undefined| *undefined),
        by_weights: None,
        better_information: None,
    };
    results.as_json(&[Room::Balance])["balance"].clone()
}

/// Nobody has scored C. A has 100 and 30, 65 in all, B 50 and 40, 45 in all; C may have anything from 0 to 100.
const NOBODY_SCORED_C: &str = "factor,side,worst,best,swing,A,B,C\n\
    Q,operational,0,10,50,10,5,?\n\
    R,commercial,0,10,50,3,4,?\n";

#[test]
fn a_lead_that_unknown_scores_could_change_is_never_told_as_a_fact() {
    let workspace = of(NOBODY_SCORED_C);
    assert_eq!(standing_line(&workspace), ["A leads, if unknown scores are half way, with 65"]);
    let text = words(&workspace);
    assert!(text.contains("A leads, if unknown scores are half way, with 65."), "{text}");
    for line in [
        "(1) A A 65",
        "(2) C C 0–100",
        "(3) B B 45",
        "In brackets: the place if unknown scores are half way.",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // A falls from 100 to 30 along the dial and meets the 50 that C is taken at on 5/7 of the way.
    assert!(
        text.contains("past 71 % C. This is provisional: scores that are not known count as half way."),
        "{text}"
    );
}

#[test]
fn results_have_no_place_and_no_frontier_where_unknown_scores_could_change_them() {
    let balance = json(&of(NOBODY_SCORED_C));
    assert!(balance["provisional"].as_str().unwrap().contains("half way"));
    for (at, half_way) in [(0, 1), (1, 3), (2, 2)] {
        let option = &balance["options"][at];
        assert_eq!((option["rank"].is_null(), &option["rank_half_way"]), (true, &Value::from(half_way)));
        assert_eq!(option["rank_reason"], "scores that are not known could change it");
        assert_eq!(option["on_frontier"], Value::Null);
        assert_eq!(option["on_frontier_reason"], "scores that are not known could change it");
    }
    let tip = &balance["tipping_points"][0];
    assert!((tip["commercial_share"].as_f64().unwrap() - 5.0 / 7.0).abs() < 1e-12);
    assert!(tip["provisional"].is_string(), "{tip}");
    for list in ["weight_reversals", "score_break_evens"] {
        let list = balance[list].as_array().unwrap();
        assert!(!list.is_empty() && list.iter().all(|entry| entry["provisional"].is_string()));
    }
}

/// C has 0 on Q and its R is not known: at best 50 in all, which neither A (65) nor B (56) can be passed by.
#[test]
fn what_unknown_scores_cannot_change_is_told_as_certain() {
    let workspace = of("factor,side,worst,best,swing,A,B,C\n\
        Q,operational,0,10,50,10,7,0\n\
        R,commercial,0,10,50,3,4.2,?\n");
    let analysis = Analysis::of(&workspace);
    assert_eq!(analysis.balance.certainty(), Certainty::Certain);
    let line = standing_line(&workspace);
    assert_eq!(line[0], "A leads with 65");
    let balance = json(&workspace);
    assert_eq!(balance.get("provisional"), None);
    let ranks: Vec<&Value> = (0..3).map(|o| &balance["options"][o]["rank"]).collect();
    assert_eq!(ranks, [&Value::from(1), &Value::from(2), &Value::from(3)]);
    // Where all the weight is commercial C may lead.
    let tips = balance["tipping_points"].as_array().unwrap();
    assert!(tips.last().unwrap()["provisional"].is_string(), "{tips:?}");
}

#[test]
fn where_next_to_nothing_is_known_nobody_leads_anywhere() {
    for cells in ["?,\nR,commercial,,0,10,2,?,?", "?,\nR,commercial,,0,10,2,7,?"] {
        let workspace =
            of(&format!("factor,side,scale,worst,best,swing,A,B\nQ,operational,,0,10,1,{cells}\n"));
        assert_eq!(standing_line(&workspace), ["Score two options to see an answer"]);
        let text = words(&workspace);
        assert!(
            !text.contains("leads at") && !text.contains("leads already") && !text.contains("tie"),
            "{text}"
        );
        let balance = json(&workspace);
        for name in ["tipping_points", "weight_reversals", "score_break_evens", "robustness"] {
            assert!(balance[name].is_null() && balance[&format!("{name}_reason")].is_string(), "{name}");
        }
        for option in balance["options"].as_array().unwrap() {
            assert!(option["rank"].is_null() && option["on_frontier"].is_null());
        }
        assert_eq!(balance["warnings"][0]["rule"], "too-few-scored");
    }
}

/// 60 and 40 against 40 and 60 at even weights.
const TIE: &str = "factor,side,worst,best,swing,A,B,C\n\
    Q,operational,0,100,50,60,40,10\n\
    R,commercial,0,100,50,40,60,10\n";

#[test]
fn a_tie_holds_until_nothing_and_is_robust_in_nothing() {
    let workspace = of(TIE);
    assert_eq!(standing_line(&workspace), ["A and B tie at 50"]);
    let text = words(&workspace);
    assert!(text.contains("B ties for the lead as it is."), "{text}");
    assert!(
        !text.contains("robust in") && !text.contains("holds") && !text.contains("leads already"),
        "{text}"
    );
    assert!(text.contains("Q 50 % or any less B leads"), "{text}");
}

#[test]
fn in_a_tie_every_cell_of_those_that_tie_breaks_even_as_it_is_and_every_weight_at_once() {
    let balance = json(&of(TIE));
    let told: Vec<(String, String, f64, String)> = (balance["score_break_evens"].as_array().unwrap().iter())
        .map(|b| {
            let id = |name: &str| b[name].as_str().unwrap().chars().take(1).collect();
            (id("option"), id("factor"), b["score_at_reversal"].as_f64().unwrap(), id("to"))
        })
        .collect();
    let expected = [
        ("a", "q", 60.0, "b"),
        ("a", "r", 40.0, "b"),
        ("b", "q", 40.0, "b"),
        ("b", "r", 60.0, "b"),
        // C has 10 and 10 and would need 90 on either to have 50.
        ("c", "q", 90.0, "c"),
        ("c", "r", 90.0, "c"),
    ];
    assert_eq!(told, expected.map(|(o, f, x, to)| (o.to_owned(), f.to_owned(), x, to.to_owned())));
    for reversal in balance["weight_reversals"].as_array().unwrap() {
        assert_eq!(reversal["weight_at_reversal"], reversal["weight_now"]);
    }
    assert_eq!(balance["weight_reversals"].as_array().unwrap().len(), 2);
}

/// A and B are level on Q, which carries everything; B is better on R, which weighs nothing.
#[test]
fn with_all_the_weight_on_one_side_a_tie_is_parted_by_the_least_weight_on_the_other() {
    let workspace =
        of("factor,side,worst,best,swing,A,B\nQ,operational,0,10,1,5,5\nR,commercial,0,10,0,3,4\n");
    let balance = json(&workspace);
    let [reversal] = &balance["weight_reversals"].as_array().unwrap()[..] else { panic!("one reversal") };
    assert!(reversal["factor"].as_str().unwrap().starts_with('r'), "{reversal}");
    assert!(reversal["to"].as_str().unwrap().starts_with('b'), "{reversal}");
    assert_eq!(
        (&reversal["weight_now"], &reversal["weight_at_reversal"]),
        (&Value::from(0.0), &Value::from(0.0))
    );
    let text = words(&workspace);
    assert!(text.contains("there is no dial; A and B tie."), "{text}");
    assert!(!text.contains("A leads") && !text.contains("robust"), "{text}");
    assert_eq!(standing_line(&workspace), ["A and B tie at 50"]);
}

/// On the prices A is worth 30, B 20 and C 100. C leads from a weight of price of 70/150 on, which is 53 % of all weights,
/// and B up to there; it leads today with 47.5.
#[test]
fn a_leader_that_is_seldom_first_is_first_in_only_so_many() {
    let workspace = of("factor,side,scale,worst,best,swing,A,B,C\n\
        Price,commercial,lowest-price,,,45,100,150,30\n\
        Quality,operational,direct,,,55,60,70,0\n");
    let line = standing_line(&workspace);
    let robust = line.iter().find(|clause| clause.contains("% of all weights")).unwrap();
    assert!(robust.starts_with("first in only 4") && robust.contains("; C in 5"), "{line:?}");
}
