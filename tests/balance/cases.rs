//! The Balance room reproduces published results and the Westmere example.

use evenhand::{
    analysis::balance::{self, BalanceResult, performance::Performance, value::ValueFunction},
    model::{
        Workspace,
        balance::{Better, Scale, Score, ScoreLevel, Side},
    },
};
use westmere::{data, factor, list, number, numbers, text};

use crate::westmere;

/// Agreement to the last of so many decimals.
#[track_caller]
fn assert_shown(actual: f64, expected: f64, decimals: i32) {
    let half_a_step = 0.5 * 10_f64.powi(-decimals);
    assert!((actual - expected).abs() <= half_a_step + 1e-9, "{actual} is not {expected}");
}

fn name(workspace: &Workspace, option: usize) -> &str {
    &workspace.question.options[option].name
}

fn named<'w>(workspace: &'w Workspace, options: &[usize]) -> Vec<&'w str> {
    options.iter().map(|&o| name(workspace, o)).collect()
}

fn badges(workspace: &Workspace, options: &[usize]) -> Vec<String> {
    options.iter().map(|&o| workspace.question.options[o].badge.clone()).collect()
}

#[test]
fn westmere_gives_the_values_that_were_published() {
    let workspace = westmere::westmere();
    let expected = data("westmere_expected.json");
    let result = balance::analyse(&workspace);
    assert_shown(result.commercial_share.unwrap(), number(&expected["weights"]["commercial_share"]), 4);
    for (factor, swing) in workspace.balance.factors.iter().zip(&result.swings) {
        assert_shown(*swing, number(&expected["weights"]["swing"][factor.id.as_str()]), 9);
    }
    for (option, value) in workspace.question.options.iter().zip(&result.options) {
        let expected = &expected["options"][option.badge.as_str()];
        assert_shown(value.value.unwrap(), number(&expected["total"]), 2);
        assert_shown(value.commercial.unwrap(), number(&expected["x"]), 2);
        assert_shown(value.operational.unwrap(), number(&expected["y"]), 2);
        let points: f64 = value.contributions.iter().map(|points| points.unwrap()).sum();
        assert_shown(points, value.value.unwrap(), 9);
    }
    let ranking: Vec<String> = list(&expected["ranking"]).iter().map(text).collect();
    assert_eq!(badges(&workspace, &result.ranking), ranking);
}

#[test]
fn westmere_changes_hands_where_it_was_published() {
    let workspace = westmere::westmere();
    let expected = data("westmere_expected.json");
    let result = balance::analyse(&workspace);
    assert_eq!(result.bands.len(), list(&expected["bands"]).len());
    for (band, expected) in result.bands.iter().zip(list(&expected["bands"])) {
        assert_eq!(workspace.question.options[band.leader].badge, text(&expected["lead"]));
        assert_shown(band.from, number(&expected["from"]), 4);
        assert_shown(band.to, number(&expected["to"]), 4);
    }
    assert_eq!(badges(&workspace, &result.frontier), ["B", "C", "A"]);
}

/// The figures on the published picture of the Sensitivity page: weight now, weight at reversal in per cent, who then.
#[test]
fn westmere_weights_turn_where_the_picture_says() {
    let workspace = westmere::westmere();
    let result = balance::analyse(&workspace);
    let found: Vec<(&str, f64, f64, String)> = result
        .weight_reversals()
        .iter()
        .map(|r| {
            let factor = workspace.balance.factors[r.factor].name.as_str();
            (factor, r.weight_now, r.weight_at_reversal, workspace.question.options[r.to].badge.clone())
        })
        .collect();
    let expected = [
        ("Risk transfer", 6.5, 17.6, "C"),
        ("Whole-life cost", 11.6, 28.7, "C"),
        ("Cost of change", 3.6, 34.8, "E"),
        ("Cashable savings", 10.1, 50.3, "C"),
        ("Market capacity", 4.3, 55.0, "D"),
        ("Price certainty", 5.8, 65.2, "A"),
    ];
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!((found.0, found.3.as_str()), (expected.0, expected.3));
        assert_shown(found.1 * 100.0, expected.1, 1);
        assert_shown(found.2 * 100.0, expected.2, 1);
    }
    assert!(result.weight_reversals().iter().all(|r| badges(&workspace, &[r.from]) == ["B"]));
}

/// "B cuts reoffending by 3.0 points, not 8.0" on the same picture.
#[test]
fn westmere_would_turn_on_one_score() {
    let workspace = westmere::westmere();
    let result = balance::analyse(&workspace);
    let reoffending = workspace.balance.factors.iter().position(|f| f.id.as_str() == "reoff").unwrap();
    let found = result.score_break_evens().iter().find(|b| b.option == 1 && b.factor == reoffending).unwrap();
    assert_shown(found.score_now.unwrap(), 8.0, 1);
    assert_shown(found.score_at_reversal, 3.0, 1);
    assert_eq!(badges(&workspace, &[found.to]), ["C"]);
}

/// Goodwin & Wright's office, with the rounded weights that the book adds up by.
fn office(rents: Option<&[f64]>) -> Workspace {
    let case = data("cases/01_gw_office_smart.json");
    let inputs = &case["inputs"];
    let names: Vec<String> = list(&inputs["alternatives"]).iter().map(text).collect();
    let mut factors = Vec::new();
    let mut scores = Vec::new();
    for (index, criterion) in list(&inputs["criteria"]).iter().map(text).enumerate() {
        let weight = number(&inputs["rounded_weights"][criterion.as_str()]);
        factors.push(factor(index, &criterion, Side::Operational, Scale::Direct, Some(weight)));
        scores.push(numbers(&inputs["values_0_100"][criterion.as_str()]));
    }
    if let Some(rents) = rents {
        let scale = Scale::Local { better: Better::Lower };
        factors.push(factor(factors.len(), "Rent", Side::Commercial, scale, Some(100.0)));
        scores.push(rents.to_vec());
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    westmere::workspace(&names, factors, &scores)
}

#[test]
fn the_office_case_gives_the_books_aggregate_benefits() {
    let case = data("cases/01_gw_office_smart.json");
    let workspace = office(None);
    let result = balance::analyse(&workspace);
    for (o, value) in result.options.iter().enumerate() {
        let expected = number(&case["expected"]["aggregate_with_rounded_weights"][name(&workspace, o)]);
        assert!((value.value.unwrap() - expected).abs() <= 0.05, "{} {value:?}", name(&workspace, o));
    }
    assert_eq!(named(&workspace, &result.ranking).first(), Some(&"Addison Square"));
    assert_eq!(named(&workspace, &result.ranking).last(), Some(&"Filton Village"));
}

#[test]
fn the_office_case_normalises_its_swings() {
    let case = data("cases/01_gw_office_smart.json");
    let mut workspace = office(None);
    for factor in &mut workspace.balance.factors {
        factor.swing = Some(number(&case["inputs"]["swing_points"][factor.name.as_str()]));
    }
    let result = balance::analyse(&workspace);
    let expected = numbers(&case["expected"]["normalised_unrounded_percent"]);
    for (weight, expected) in result.weights.iter().zip(expected) {
        assert_shown(weight * 100.0, expected, 6);
    }
}

#[test]
fn the_office_case_has_the_books_frontier_and_dominance() {
    let case = data("cases/03_gw_office_frontier.json");
    let rents: Vec<f64> = list(&data("cases/01_gw_office_smart.json")["inputs"]["alternatives"])
        .iter()
        .map(|office| number(&case["inputs"]["rent"][text(office).as_str()]))
        .collect();
    let workspace = office(Some(&rents));
    let result = balance::analyse(&workspace);
    let mut found = named(&workspace, &result.frontier);
    found.reverse();
    let expected: Vec<String> = list(&case["expected"]["frontier"]).iter().map(text).collect();
    assert_eq!(found, expected);
    // In the plane of cost and benefit each option off the frontier is beaten by the one that the book names.
    for (loser, winner) in case["expected"]["dominated_by"].as_object().unwrap() {
        let at = |wanted: &str| {
            let index = workspace.question.options.iter().position(|o| o.name == wanted).unwrap();
            let value = &result.options[index];
            (value.commercial.unwrap(), value.operational.unwrap())
        };
        let (winner, loser) = (at(winner.as_str().unwrap()), at(loser));
        assert!(winner.0 >= loser.0 && winner.1 > loser.1);
    }
    assert!(result.options.iter().all(|o| !o.on_hull || o.on_frontier == Some(true)));
}

#[test]
fn value_functions_agree_with_other_programs() {
    let cases = data("cases/11_value_functions.json");
    let mut tried = 0;
    for case in list(&cases["cases"]) {
        if text(&case["name"]).ends_with("extrapolate") {
            continue;
        }
        let points = numbers(&case["cutoffs"])
            .into_iter()
            .zip(numbers(&case["values"]))
            .map(|(x, v)| (x, v * 100.0))
            .collect();
        let function = ValueFunction::of(&Scale::Points(points), [].into_iter());
        for (x, v) in numbers(&case["x"]).into_iter().zip(numbers(&case["v"])) {
            let found = function.value(x).unwrap() / 100.0;
            assert!((found - v).abs() <= number(&cases["tolerance"]), "{} at {x}: {found}", case["name"]);
            tried += 1;
        }
    }
    assert_eq!(tried, 36);
}

fn bids(case: &serde_json::Value, who: &[&str], price_scale: Scale) -> BalanceResult {
    let bid = |name: &str, what: &str| number(&case["bids"][name][what]);
    let factors = vec![
        factor(0, "Quality", Side::Operational, Scale::Direct, Some(number(&case["weights"]["quality"]))),
        factor(1, "Price", Side::Commercial, price_scale, Some(number(&case["weights"]["price"]))),
    ];
    let scores =
        ["quality", "price"].map(|what| who.iter().map(|name| bid(name, what)).collect::<Vec<f64>>());
    balance::analyse(&westmere::workspace(who, factors, &scores))
}

#[test]
fn relative_price_scoring_agrees_with_the_published_numbers() {
    let cases = data("cases/20_uk_price_scoring.json");
    let [guidance, zero, _] = list(&cases["cases"]) else { panic!("three cases expected") };
    let priced = |prices: &[f64]| {
        let names = ["A", "B", "C"];
        let price = factor(0, "Price", Side::Commercial, Scale::LowestPrice, Some(1.0));
        balance::analyse(&westmere::workspace(&names[..prices.len()], vec![price], &[prices.to_vec()]))
    };
    let result = priced(&numbers(&guidance["prices"]));
    for (cell, expected) in result.cells()[0].iter().zip(numbers(&guidance["scores"])) {
        assert!((cell.value.unwrap() / 100.0 - expected).abs() <= number(&guidance["tolerance"]));
    }
    let result = priced(&numbers(&zero["prices"]));
    assert_eq!(result.cells()[0][1].value, None);
    assert_eq!(result.options[1].value, None);
}

#[test]
fn an_irrelevant_bidder_turns_relative_price_scoring_but_not_a_fixed_scale() {
    let cases = data("cases/20_uk_price_scoring.json");
    let case = &list(&cases["cases"])[2];
    let close = |result: &BalanceResult, expected: &[f64]| {
        for (option, expected) in result.options.iter().zip(expected) {
            assert!((option.value.unwrap() - expected).abs() < 1e-6, "{option:?}");
        }
    };
    let without = bids(case, &["A", "B"], Scale::LowestPrice);
    close(&without, &[number(&case["without_C"]["A"]), number(&case["without_C"]["B"])]);
    assert_eq!(without.leader(), Some(1));
    let with = bids(case, &["A", "B", "C"], Scale::LowestPrice);
    close(&with, &["A", "B", "C"].map(|name| number(&case["with_C"][name])));
    assert_eq!(with.leader(), Some(0));
    let fixed = bids(case, &["A", "B", "C"], Scale::Linear { worst: 120_000.0, best: 0.0 });
    close(&fixed, &[48.333_333_3, 48.75, 39.166_666_7]);
    assert_eq!(fixed.leader(), Some(1));
}

#[test]
fn potential_optimality_agrees_with_scipy() {
    let cases = data("potential_optimality.json");
    for case in list(&cases["cases"]) {
        let scores: Vec<Vec<f64>> = list(&case["values"]).iter().map(numbers).collect();
        let names: Vec<String> = (0..scores[0].len()).map(|o| format!("Option {o}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let factors = (0..scores.len())
            .map(|f| factor(f, &format!("Factor {f}"), Side::ALL[f % 2], Scale::Direct, Some(1.0)))
            .collect();
        let found = Performance::of(&westmere::workspace(&names, factors, &scores)).potentially_optimal();
        let expected: Vec<bool> =
            list(&case["potentially_optimal"]).iter().map(|yes| yes.as_bool().unwrap()).collect();
        assert_eq!(found, expected, "{}", case["values"]);
    }
}

#[test]
fn an_unknown_score_may_put_its_option_first_and_its_rivals_last() {
    let factors = || {
        (0..2).map(|f| factor(f, &format!("Factor {f}"), Side::ALL[f], Scale::Direct, Some(1.0))).collect()
    };
    let optimal = |workspace: &Workspace| Performance::of(workspace).potentially_optimal();
    let mut workspace = westmere::workspace(&["A", "B"], factors(), &[vec![60.0, 0.0], vec![70.0, 60.0]]);
    assert_eq!(optimal(&workspace), [true, false]);
    // B could be worth 100 on the first factor, and then leads where that counts for most.
    let unknown = |workspace: &mut Workspace, option: &str| {
        let of = |s: &&mut Score| s.factor.as_str() == "factor-0" && s.option.as_str() == option;
        workspace.balance.scores.iter_mut().find(of).unwrap().level = ScoreLevel::Unknown;
    };
    unknown(&mut workspace, "option-1");
    assert_eq!(optimal(&workspace), [true, true]);
    // A's own score unknown: B leads if it turns out at 0, although 50 would beat B's 40.
    let mut workspace = westmere::workspace(&["A", "B"], factors(), &[vec![0.0, 40.0], vec![70.0, 60.0]]);
    unknown(&mut workspace, "option-0");
    assert_eq!(optimal(&workspace), [true, true]);
}

#[test]
fn the_scores_at_which_options_that_tie_break_even_are_those_of_today() {
    let factors =
        (0..2).map(|f| factor(f, &format!("Factor {f}"), Side::ALL[f], Scale::Direct, Some(1.0))).collect();
    let workspace = westmere::workspace(&["A", "B"], factors, &[vec![60.0, 40.0], vec![40.0, 60.0]]);
    let result = balance::analyse(&workspace);
    let found = result.score_break_evens();
    let told: Vec<_> = found.iter().map(|b| (b.option, b.factor, b.score_at_reversal, b.to)).collect();
    assert_eq!(told, [(0, 0, 60.0, 1), (0, 1, 40.0, 1), (1, 0, 40.0, 1), (1, 1, 60.0, 1)]);
}
