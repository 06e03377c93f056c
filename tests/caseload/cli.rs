//! `evenhand caseload` and the invented caseload, from the command line.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Exit status, standard output and messages.
fn run(arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("evenhand").chain(arguments.iter().copied());
    let status = evenhand::cli::run(arguments, |_| Err(String::new()), &mut out, &mut messages);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(messages).unwrap())
}

fn example(folder: &Path) -> PathBuf {
    let path = folder.join("invented.csv");
    let (status, _, messages) = run(&["example", "caseload", "-o", path.to_str().unwrap()]);
    assert_eq!(status, 0, "{messages}");
    assert!(messages.contains("invented"), "{messages}");
    path
}

fn json(arguments: &[&str]) -> Value {
    let (status, out, messages) = run(arguments);
    assert_eq!(status, 0, "{messages}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn the_invented_caseload_is_listed_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = example(folder.path());
    let (_, list, _) = run(&["example"]);
    assert!(list.contains("caseload") && list.contains("westmere"), "{list}");
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text.lines().count(), 1_432);
    assert!(text.lines().skip(1).all(|line| line.ends_with("Invented")));
}

/// Figures of the invented caseload: planted by its makers, tests by scipy 1.17.1 and statsmodels 0.15.0 (the set
/// “six_groups” of the reference figures).
#[test]
fn planted_selection_is_found_and_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = example(folder.path());
    let (status, out, messages) = run(&[
        "caseload",
        path.to_str().unwrap(),
        "--read-as",
        "Women with dependents=Women with dependants",
    ]);
    assert_eq!(status, 0, "{messages}");
    for words in [
        "Providers accept 71 % of Substance misuse, no home and 89 % of everyone else; chance alone would do that less \
         than once in 1,000 times.",
        "Providers accept 79 % of Short-sentence prolific and 88 % of everyone else",
        "184 of 1,305",
        "The gate that shuts people out is “accepted”.",
    ] {
        assert!(out.contains(words), "{words} in\n{out}");
    }
    for words in ["4 rows repeat a person", "9 passed a gate before an earlier one"] {
        assert!(messages.contains(words), "{words} in\n{messages}");
    }
}

#[test]
fn the_object_holds_what_it_says_and_hides_small_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = example(folder.path());
    let read_as = "Women with dependents=Women with dependants";
    let object = json(&["caseload", path.to_str().unwrap(), "--json", "--read-as", read_as]);
    let gates = object["caseload"]["gates"].as_array().unwrap();
    assert_eq!(gates.len(), 5);
    let accepted = &gates[2];
    assert_eq!(accepted["gate"], "accepted");
    let groups = accepted["groups"].as_array().unwrap();
    let group = groups.iter().find(|g| g["group"] == "Short-sentence prolific").unwrap();
    for (key, expected) in [
        ("eligible", 310.0),
        ("passed", 246.0),
        ("rate", 0.7935483870967742),
        ("wilson_low", 0.7450309162964541),
        ("wilson_high", 0.8348797197421751),
        ("rate_ratio", 0.9023778801843318),
        ("rate_ratio_low", 0.8487534125239747),
        ("rate_ratio_high", 0.9593903560569982),
        ("representation_ratio", 0.9238007539351386),
        ("impact_ratio", 0.816888045540797),
        ("p_value", 0.0001491721332318846),
        // Holm over the tests that are told: of those here it is the last but one.
        ("p_value_holm", 0.0002983442664637706),
    ] {
        let found = group[key].as_f64().unwrap_or_else(|| panic!("{key}: {}", group[key]));
        assert!((found - expected).abs() <= 1e-7 * expected, "{key}: {found} beside {expected}");
    }
    assert_eq!(group["test"], "chi_squared");
    // Of the long-sentence group 4 were not referred: 64 and 60 may not both be told, nor what gives them back.
    let long = |gate: usize| {
        let groups = gates[gate]["groups"].as_array().unwrap();
        groups.iter().find(|g| g["group"] == "Long-sentence high risk").unwrap().clone()
    };
    assert!(long(1)["eligible"].is_null() || long(1)["passed"].is_null());
    assert_eq!(long(1)["rate_reason"], "hidden: small numbers");
    for gate in gates {
        for key in
            ["chi_squared", "degrees_of_freedom", "mantel_haenszel_odds_ratio", "providers", "overdispersion"]
        {
            assert!(gate.get(key).is_some(), "{key}");
        }
        let provider = &gate["providers"][0];
        for key in ["observed", "expected", "ratio", "low", "high", "funnel"] {
            assert!(provider.get(key).is_some() || provider.get(format!("{key}_reason")).is_some(), "{key}");
        }
    }
    for key in ["logistic", "logistic_fits", "concentration_index", "decomposition"] {
        assert!(object["caseload"].get(key).is_some(), "{key}");
    }
    let keys =
        ["gate", "term", "coefficient", "standard_error", "odds_ratio", "low", "high", "p_value", "deviance"];
    for term in object["caseload"]["logistic"].as_array().unwrap() {
        for key in keys {
            assert!(term.get(key).is_some(), "{key}: {term}");
        }
    }
}

#[test]
fn no_pseudonym_and_no_count_of_traits_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = example(folder.path());
    for arguments in
        [vec!["caseload", path.to_str().unwrap()], vec!["caseload", path.to_str().unwrap(), "--json"]]
    {
        let (_, out, messages) = run(&arguments);
        assert!(!out.contains("w-0") && !messages.contains("w-0"));
    }
}

#[test]
fn columns_are_named_and_wrong_ones_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    let mut text = "who,kind,let in,came\n".to_owned();
    (0..200).for_each(|n| text.push_str(&format!("p{n},{},{},1\n", ["A", "B"][n % 2], u8::from(n % 4 != 0))));
    std::fs::write(&path, text).unwrap();
    let file = path.to_str().unwrap();
    let object = json(&["caseload", file, "--group", "kind", "--gate", "came", "--gate", "Let in", "--json"]);
    let gates = object["caseload"]["gates"].as_array().unwrap();
    assert_eq!((&gates[0]["gate"], &gates[1]["gate"]), (&"came".into(), &"let in".into()));
    assert_eq!(gates[1]["groups"][0]["passed"], 50);
    assert_eq!(gates[1]["groups"][1]["impact_ratio"], 1.0);
    let (status, _, messages) = run(&["caseload", file, "--group", "sort", "--gate", "came"]);
    assert_eq!(status, 1);
    assert!(messages.contains("no column “sort”") && messages.contains("kind"), "{messages}");
    assert_eq!(run(&["caseload", file, "--group", "kind"]).0, 2);
}

#[test]
fn bad_data_ends_with_every_problem_and_counts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, "group,accepted,hours\nA,perhaps,1\nA,1\nB,1,-2\n").unwrap();
    let (status, out, messages) = run(&["caseload", path.to_str().unwrap()]);
    assert_eq!((status, out.as_str()), (1, ""));
    for words in ["row 2", "row 3", "row 4", "3 problems; nothing was counted"] {
        assert!(messages.contains(words), "{words} in\n{messages}");
    }
}

#[test]
fn a_group_that_a_spreadsheet_would_run_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, "group,accepted\n'=1+1,1\n=1+1,1\nB,0\n").unwrap();
    let object = json(&["caseload", path.to_str().unwrap(), "--json"]);
    let names: Vec<&Value> =
        object["caseload"]["gates"][0]["groups"].as_array().unwrap().iter().map(|g| &g["group"]).collect();
    assert_eq!(names, ["=1+1", "B"]);
    let table = folder.path().join("gates.csv");
    let (status, _, messages) =
        run(&["caseload", path.to_str().unwrap(), "--threshold-small", "1", "-o", table.to_str().unwrap()]);
    assert_eq!(status, 0, "{messages}");
    let text = std::fs::read_to_string(table).unwrap();
    assert!(text.contains("accepted,'=1+1,2,2,1,"), "{text}");
}

#[test]
fn one_group_or_all_alike_gives_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    let rows: String = (0..40).map(|n| format!("A,{}\n", n % 2)).collect();
    std::fs::write(&path, format!("group,accepted\n{rows}")).unwrap();
    let object = json(&["caseload", path.to_str().unwrap(), "--json"]);
    let gate = &object["caseload"]["gates"][0];
    assert!(gate["groups"][0]["rate_ratio"].is_null());
    assert_eq!(gate["groups"][0]["rate_ratio_reason"], "there is nobody else at this gate");
    assert_eq!(object["caseload"]["logistic"], Value::Array(Vec::new()));
}
