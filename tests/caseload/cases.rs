//! The caseload check beside other programs: the data sets and figures of `tests/data/caseload`, which say what made
//! them, and published cases.

use evenhand::analysis::reach::caseload::{
    concentration::{Supported, concentration},
    decomposition::decomposition,
    gates::{GroupAtGate, Passage, TestKind, fisher, gate},
    logistic::{NoFit, Pattern, logistic},
    providers::{Level, Observed, overdispersion, ratio_limits},
    stratified::{Stratum, stratified},
};
use serde_json::Value;

fn sets(kind: &str) -> Vec<(String, Value)> {
    let text = include_str!("../data/caseload/caseload_reference.json");
    let all: Value = serde_json::from_str(text).expect("the reference figures are JSON");
    let sets = all["sets"].as_object().expect("sets by name");
    let of_kind: Vec<_> =
        sets.iter().filter(|(_, set)| set["kind"] == kind).map(|(n, s)| (n.clone(), s.clone())).collect();
    assert!(!of_kind.is_empty(), "no set of kind {kind}");
    of_kind
}

fn rows(set: &Value) -> Vec<Vec<Value>> {
    let rows = set["data"].as_array().expect("rows");
    rows.iter().map(|row| row.as_array().expect("a row").clone()).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a count")
}

/// Equal to a relative tolerance, or both next to nothing.
#[track_caller]
fn agree(found: f64, expected: &Value, tolerance: f64, what: &str) {
    let expected = number(expected);
    let off = (found - expected).abs();
    assert!(off <= tolerance * expected.abs() + 1e-300 || off < 1e-14, "{what}: {found} beside {expected}");
}

#[test]
fn gates_agree_with_scipy_and_statsmodels() {
    for (name, set) in sets("gate") {
        let rows = rows(&set);
        let passages: Vec<Passage> =
            rows.iter().map(|row| Passage { eligible: count(&row[1]), passed: count(&row[2]) }).collect();
        let found = gate(&passages);
        let groups = set["expected"]["groups"].as_array().expect("groups");
        for (group, expected) in found.groups.iter().zip(groups) {
            compare_group(&format!("{name} {}", expected["group"]), group, expected);
        }
        match set["expected"].get("chi_squared") {
            Some(expected) => {
                agree(found.chi_squared.expect("a statistic"), expected, 1e-9, &name);
                assert_eq!(
                    u64::from(found.degrees_of_freedom),
                    count(&set["expected"]["degrees_of_freedom"])
                );
                agree(found.p_value.expect("a p-value"), &set["expected"]["p_value"], 1e-7, &name);
            }
            None => assert!(found.chi_squared.is_err(), "{name}"),
        }
    }
}

#[track_caller]
fn compare_group(what: &str, group: &GroupAtGate, expected: &Value) {
    let (wilson, ratio) = (group.wilson, group.rate_ratio_limits);
    let test = group.test;
    let figures = [
        ("rate", group.rate),
        ("wilson_low", wilson.map(|l| l.low)),
        ("wilson_high", wilson.map(|l| l.high)),
        ("rate_ratio", group.rate_ratio),
        ("rate_ratio_low", ratio.map(|l| l.low)),
        ("rate_ratio_high", ratio.map(|l| l.high)),
        ("representation_ratio", group.representation_ratio),
        ("impact_ratio", group.impact_ratio),
        ("p_value", test.map(|t| t.p_value)),
        ("p_value_holm", group.p_holm),
    ];
    for (key, figure) in figures {
        match (figure, expected.get(key).filter(|value| !value.is_null())) {
            (Ok(found), Some(expected)) => agree(found, expected, 1e-7, &format!("{what}, {key}")),
            (Err(_), None) => {}
            (found, expected) => panic!("{what}, {key}: {found:?} beside {expected:?}"),
        }
    }
    if let Ok(test) = test {
        assert_eq!(test.kind.word(), expected["test"], "{what}");
    }
}

#[test]
fn strata_agree_with_statsmodels() {
    for (name, set) in sets("stratified") {
        let strata: Vec<Stratum> = rows(&set)
            .iter()
            .map(|table| {
                let row = |i: usize| {
                    let (passed, not) = (count(&table[i][0]), count(&table[i][1]));
                    Passage { eligible: passed + not, passed }
                };
                Stratum { group: row(0), others: row(1) }
            })
            .collect();
        let found = stratified(&strata);
        let expected = &set["expected"];
        agree(found.crude_odds_ratio.expect("crude"), &expected["crude_odds_ratio"], 1e-12, &name);
        agree(found.odds_ratio.expect("pooled"), &expected["mantel_haenszel_odds_ratio"], 1e-12, &name);
        let limits = found.limits.expect("limits");
        agree(limits.low, &expected["low"], 1e-9, &name);
        agree(limits.high, &expected["high"], 1e-9, &name);
        agree(found.statistic.expect("a statistic"), &expected["cochran_mantel_haenszel"], 1e-9, &name);
        agree(found.p_value.expect("a p-value"), &expected["p_value"], 1e-7, &name);
    }
}

fn patterns(set: &Value) -> Vec<Pattern> {
    let pattern = |row: &Vec<Value>| {
        let (terms, counts) = row.split_at(row.len() - 2);
        Pattern { terms: terms.iter().map(number).collect(), yes: count(&counts[0]), no: count(&counts[1]) }
    };
    rows(set).iter().map(pattern).collect()
}

#[test]
fn regressions_agree_with_statsmodels() {
    for (name, set) in sets("logistic") {
        let found = logistic(&patterns(&set)).expect("a fit");
        let expected = set["expected"]["terms"].as_array().expect("terms");
        let terms: Vec<_> = std::iter::once(&found.intercept).chain(&found.terms).collect();
        assert_eq!(terms.len(), expected.len(), "{name}");
        // The peer solves the normal equations of nearly equal columns, which leaves it fewer digits there.
        let tolerance = if name.contains("collinear") || name.contains("scaled") { 1e-4 } else { 1e-7 };
        for (term, expected) in terms.iter().zip(expected) {
            let what = format!("{name}, {}", expected["term"]);
            agree(term.coefficient, &expected["coefficient"], tolerance, &what);
            agree(term.standard_error, &expected["standard_error"], tolerance, &what);
            agree(term.odds_ratio, &expected["odds_ratio"], tolerance, &what);
            agree(term.limits.low, &expected["low"], tolerance * 10.0, &what);
            agree(term.limits.high, &expected["high"], tolerance * 10.0, &what);
            agree(term.p_value, &expected["p_value"], tolerance * 100.0, &what);
        }
        agree(-found.deviance / 2.0, &set["expected"]["log_likelihood_kernel"], 1e-10, &name);
        assert!(found.deviance <= found.null_deviance, "{name}");
    }
}

#[test]
fn separation_is_found_and_its_terms_are_named() {
    for (name, set) in sets("logistic_separated") {
        assert_eq!(logistic(&patterns(&set)), Err(NoFit::Separated(vec![0])), "{name}");
    }
}

#[test]
fn a_term_that_follows_from_others_is_named() {
    for (name, set) in sets("logistic_collinear") {
        assert_eq!(logistic(&patterns(&set)), Err(NoFit::Collinear(1)), "{name}");
    }
}

#[test]
fn providers_agree_with_scipy() {
    for (name, set) in sets("providers") {
        let rows = rows(&set);
        let providers: Vec<Observed> = rows
            .iter()
            .map(|row| Observed {
                observed: count(&row[1]),
                expected: number(&row[2]),
                variance: number(&row[2]),
            })
            .collect();
        for (&provider, expected) in
            providers.iter().zip(set["expected"]["providers"].as_array().expect("providers"))
        {
            let what = format!("{name}, {}", expected["provider"]);
            let inner = ratio_limits(provider, Level::Inner95).expect("limits");
            let outer = ratio_limits(provider, Level::Outer998).expect("limits");
            agree(inner.low, &expected["low"], 1e-9, &what);
            agree(inner.high, &expected["high"], 1e-9, &what);
            agree(outer.low, &expected["low_998"], 1e-9, &what);
            agree(outer.high, &expected["high_998"], 1e-9, &what);
        }
        let spread = overdispersion(&providers).expect("a spread");
        agree(spread.phi, &set["expected"]["phi"], 1e-10, &name);
        agree(spread.tau_squared, &set["expected"]["tau_squared"], 1e-10, &name);
    }
}

#[test]
fn concentration_agrees_with_numpy() {
    for (name, set) in sets("concentration") {
        let rows = rows(&set);
        let people: Vec<Supported> = rows
            .iter()
            .map(|row| Supported { need: number(&row[0]), support: number(&row[1]), people: count(&row[2]) })
            .collect();
        let found = concentration(&people);
        let expected = &set["expected"];
        agree(found.standard.expect("an index"), &expected["standard"], 1e-10, &name);
        agree(found.wagstaff.expect("an index"), &expected["wagstaff"], 1e-10, &name);
        agree(found.erreygers.expect("an index"), &expected["erreygers"], 1e-10, &name);
        agree(found.kakwani.expect("an index"), &expected["kakwani"], 1e-10, &name);
    }
}

#[test]
fn a_headline_is_split_as_numpy_splits_it() {
    for (name, set) in sets("kitagawa") {
        let rows = rows(&set);
        let side = |at: usize| -> Vec<Passage> {
            let passage =
                |row: &Vec<Value>| Passage { eligible: count(&row[at]), passed: count(&row[at + 1]) };
            rows.iter().map(passage).collect()
        };
        let found = decomposition(&side(1), &side(3)).expect("two parts");
        agree(found.difference, &set["expected"]["difference"], 1e-12, &name);
        agree(found.mix, &set["expected"]["mix"], 1e-12, &name);
        agree(found.effect, &set["expected"]["effect"], 1e-12, &name);
        assert!((found.mix + found.effect - found.difference).abs() < 1e-12);
    }
}

/// Fisher 1962 by way of R's help page, and the selection of the Uniform Guidelines.
#[test]
fn published_two_by_two_tables_come_out() {
    let case: Value =
        serde_json::from_str(include_str!("../data/cases/13_fisher_chisq_g.json")).expect("the case is JSON");
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let side = |row: &Value| Passage { eligible: count(&row[0]) + count(&row[1]), passed: count(&row[0]) };
    for table in ["twins", "tea"] {
        let p = fisher(side(&inputs[table][0]), side(&inputs[table][1]));
        agree(p, &expected[table]["p_two_sided"], 1e-8, table);
    }
    let of = |key: &str| {
        let row = &inputs["selection"][key];
        Passage { eligible: count(&row[1]), passed: count(&row[0]) }
    };
    let found = gate(&[of("A"), of("B")]);
    agree(found.groups[1].impact_ratio.expect("a ratio"), &expected["selection"]["impact_ratio"], 1e-12, "B");
    agree(fisher(of("A"), of("B")), &expected["selection"]["fisher_p"], 1e-8, "selection");
    assert_eq!(found.groups[0].test.expect("a test").kind, TestKind::ChiSquared);
}
