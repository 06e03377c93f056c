//! What `evenhand caseload` tells gives no small number back, nor calls luck a finding.

use serde_json::Value;

const SMALL: &str = "hidden: small numbers";

/// Standard output, and the file of gates.
fn run(table: &str, options: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (path, gates) = (folder.path().join("t.csv"), folder.path().join("gates.csv"));
    std::fs::write(&path, table).unwrap();
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let fixed = ["evenhand", "caseload", path.to_str().unwrap(), "--group", "group", "--count", "n"];
    let all = fixed.into_iter().chain(["-o", gates.to_str().unwrap()]).chain(options.iter().copied());
    let status = evenhand::cli::run(all, |_| Err(String::new()), &mut out, &mut messages);
    assert_eq!(status, 0, "{}", String::from_utf8_lossy(&messages));
    (String::from_utf8(out).unwrap(), std::fs::read_to_string(gates).unwrap())
}

fn json(table: &str, options: &[&str]) -> Value {
    let options: Vec<&str> = options.iter().copied().chain(["--json"]).collect();
    serde_json::from_str::<Value>(&run(table, &options).0).unwrap()["caseload"].take()
}

const HOLM: &str =
    "group,n,accepted\nA,67,yes\nA,27,no\nB,37,yes\nB,10,no\nC,16,yes\nC,3,no\nD,33,yes\nD,18,no\n";

#[test]
fn corrections_are_over_the_tests_that_are_told() {
    let options = ["--gate", "accepted"];
    let told = json(HOLM, &options);
    let groups = told["gates"][0]["groups"].as_array().unwrap();
    let mut p_values: Vec<(f64, f64, f64)> = Vec::new();
    for group in groups {
        let number = |key: &str| group[key].as_f64();
        match number("p_value") {
            Some(p) => {
                p_values.push((p, number("p_value_holm").unwrap(), number("p_value_over_all").unwrap()))
            }
            None => {
                for key in ["test", "p_value_holm", "p_value_over_all", "rate_ratio"] {
                    assert!(group[key].is_null(), "{key}: {}", group[key]);
                    assert_eq!(group[format!("{key}_reason")], SMALL, "{key}");
                }
            }
        }
    }
    assert!((1..groups.len()).contains(&p_values.len()), "some groups are hidden and some are not");
    p_values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut highest = 0.0_f64;
    for (at, (p, holm, over_all)) in p_values.iter().enumerate() {
        highest = highest.max((p_values.len() - at) as f64 * p).min(1.0);
        assert!((holm - highest).abs() < 1e-12 && (over_all - highest).abs() < 1e-12, "{p} {holm} {highest}");
    }
    // The file of gates says the same.
    let gates = run(HOLM, &options).1;
    let mut written: Vec<f64> =
        gates.lines().skip(1).filter_map(|line| line.rsplit(',').next()?.parse().ok()).collect();
    written.sort_by(f64::total_cmp);
    let expected: Vec<f64> = p_values.iter().map(|(_, holm, _)| *holm).collect();
    assert_eq!(written, expected, "{gates}");
}

const PLACES: &str = "group,provider,n,eligible,accepted\nA,P,1,yes,yes\nA,P,2,yes,no\nA,Q,20,yes,yes\nA,Q,37,yes,no\n\
                      B,P,55,yes,yes\nB,P,7,yes,no\nB,Q,80,yes,yes\nB,Q,8,yes,no\n\
                      A,R,40,yes,yes\nA,R,30,yes,no\nB,R,200,yes,yes\nB,R,9,yes,no\n";

#[test]
fn people_by_group_and_provider_cannot_be_solved() {
    let told = json(PLACES, &["--provider", "provider", "--gate", "eligible", "--gate", "accepted"]);
    let gate = &told["gates"][1];
    for key in ["mantel_haenszel_odds_ratio", "mantel_haenszel_low", "mantel_haenszel_high"] {
        for group in ["A", "B"] {
            assert!(gate[key][group].is_null(), "{key} {group}: {}", gate[key]);
        }
    }
    let place = |name: &str| {
        let places = gate["providers"].as_array().unwrap();
        places.iter().find(|place| place["provider"] == name).unwrap().clone()
    };
    // P has three people of A; what is expected of it follows from all others, so that R, with the smallest rectangle, is
    // hidden with it.
    for name in ["P", "R"] {
        for key in ["expected", "ratio", "low", "high", "funnel"] {
            assert!(place(name)[key].is_null(), "{key}: {}", place(name)[key]);
            assert_eq!(place(name)[format!("{key}_reason")], SMALL, "{key}");
        }
    }
    assert_eq!(place("P")["observed"], 56);
    assert!(place("Q")["expected"].is_number(), "{}", place("Q"));
    assert!(gate["overdispersion"]["phi"].is_null());
}

#[test]
fn terms_of_traits_are_not_told() {
    let table = "group,n,accepted,religion\nA,60,yes,none\nA,40,no,none\nB,90,yes,none\nB,30,no,none\nA,22,yes,x\n\
                 A,18,no,x\nB,20,yes,x\nB,10,no,x\nA,1,yes,y\nA,2,no,y\n";
    let told = json(table, &["--trait", "religion", "--gate", "accepted"]);
    let terms = told["logistic"].as_array().unwrap();
    // Neither which values there are, for the one that is missing is the most frequent, nor anything of them.
    assert!(terms.len() == 1 && terms[0]["term"] == "A", "{terms:?}");
    assert_coarse(&told);
}

/// The odds ratio of the one term is told to two figures, and nothing finer.
fn assert_coarse(told: &Value) {
    let term = &told["logistic"][0];
    for key in ["odds_ratio", "low", "high"] {
        let told = term[key].as_f64().unwrap();
        assert!((told - format!("{told:.1e}").parse::<f64>().unwrap()).abs() < 1e-12, "{key}: {told}");
    }
    let why = "hidden: with traits only odds ratios are told, to two figures";
    for key in ["coefficient", "standard_error", "p_value"] {
        assert_eq!(term[format!("{key}_reason")], why, "{key}");
    }
    for of in [term, &told["logistic_fits"][0]] {
        assert_eq!(of["deviance_reason"], why);
    }
}

/// That it is told coarsely would say that few are alike: it is as coarse where hundreds are.
#[test]
fn a_regression_on_traits_is_as_coarse_where_nobody_is_few() {
    let table = "group,n,accepted,age\nA,600,yes,old\nA,400,no,old\nB,900,yes,old\nB,300,no,old\nA,220,yes,young\n\
                 A,180,no,young\nB,200,yes,young\nB,100,no,young\n";
    let told = json(table, &["--trait", "age", "--gate", "accepted"]);
    assert_coarse(&told);
}

/// A let in 49 of 50 and B 48 of 60: the one group that is not listed would be the larger at the second gate.
#[test]
fn a_regression_lists_no_group_where_one_is_hidden() {
    let table = "group,n,g1,g2,band\nA,1,no,no,old\nA,14,yes,no,old\nA,15,yes,no,young\nA,10,yes,yes,old\n\
                 A,10,yes,yes,young\nB,6,no,no,old\nB,6,no,no,young\nB,14,yes,no,old\nB,14,yes,no,young\n\
                 B,10,yes,yes,old\nB,10,yes,yes,young\n";
    let told = json(table, &["--trait", "band", "--gate", "g1", "--gate", "g2"]);
    assert_eq!(told["logistic"], Value::Array(Vec::new()));
    for fit in told["logistic_fits"].as_array().unwrap() {
        assert!(fit["against"].is_null(), "{fit}");
        assert_eq!(fit["reason"], SMALL);
    }
}

/// Two offices of three hundred, of whom one lets in 90 in 100 and the other 30; and one of four that is unlike the others.
#[test]
fn an_office_unlike_a_few_others_stands_out() {
    let table = |rates: &[u64]| {
        let mut table = "group,provider,n,accepted\n".to_owned();
        for (at, rate) in rates.iter().enumerate() {
            for group in ["A", "B"] {
                table +=
                    &format!("{group},P{at},{},yes\n{group},P{at},{},no\n", rate * 3 / 2, 150 - rate * 3 / 2);
            }
        }
        table
    };
    let options = ["--provider", "provider", "--gate", "accepted"];
    let places = |rates: &[u64]| -> Vec<String> {
        let told = json(&table(rates), &options);
        let places = told["gates"][0]["providers"].as_array().unwrap();
        places.iter().map(|place| place["funnel"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(places(&[90, 30]), ["above_998", "below_998"]);
    assert_eq!(places(&[86, 86, 86, 26]), ["within", "within", "within", "below_998"]);
    assert_eq!(places(&[86, 84, 86, 84]), ["within"; 4]);
    let words = run(&table(&[90, 30]), &options).0;
    assert!(words.contains("Providers spread far more than chance would spread them: φ "), "{words}");
    assert!(words.contains("No gate differs between groups by more than chance"), "{words}");
}

/// Another check could give back what this one hides, also where this one hides nothing.
#[test]
fn every_check_says_that_one_alone_may_be_published() {
    let table = "group,n,accepted\nA,600,yes\nA,400,no\nB,900,yes\nB,300,no\n";
    for (table, hides) in [(table, false), (HOLM, true)] {
        let words = run(table, &["--gate", "accepted"]).0;
        assert_eq!(words.contains("are hidden"), hides, "{words}");
        for word in ["Publish one check", "columns", "gates", "traits", "threshold", "--leave-out-doubtful"] {
            assert!(words.contains(word), "{word}: {words}");
        }
    }
}

#[test]
fn few_exits_bear_one_reason_whichever_side_they_are_few_on() {
    let table = |before: u64, after: u64| {
        format!(
            "group,n,accepted,paid,left\nA,60,yes,,\nA,40,no,,\nB,90,yes,,\nB,30,no,,\n\
             A,{before},yes,2027-03-10,2027-03-05\nB,{after},yes,2027-03-10,2027-03-15\n"
        )
    };
    let reason = |before, after| {
        let told = json(&table(before, after), &["--gate", "accepted", "--paid", "paid", "--left", "left"]);
        told["bunching"]["p_value_reason"].as_str().unwrap().to_owned()
    };
    assert_eq!(reason(12, 2), reason(3, 2));
    assert_eq!(reason(12, 2), "too few people left near payment to compare them, or to tell how many");
}

#[test]
fn a_regression_names_no_hidden_group() {
    let table = "group,n,accepted,age\nA,60,yes,old\nA,40,no,old\nB,90,yes,old\nB,30,no,old\nA,22,yes,young\n\
                 A,18,no,young\nB,20,yes,young\nB,10,no,young\nZebra,2,yes,old\nZebra,2,yes,young\n";
    let told = json(table, &["--trait", "age", "--gate", "accepted"]);
    let reason = told["logistic_fits"][0]["reason"].as_str().unwrap();
    assert!(!reason.contains("Zebra") && reason.contains(SMALL), "{reason}");
}

#[test]
fn a_tripwire_of_a_hidden_group_says_neither_that_it_tripped_nor_that_it_holds() {
    use evenhand::{
        analysis::reach::analyse,
        model::{
            Workspace,
            ids::EntryId,
            reach::caseload::{Counted, CountedGroup, Counts, Statistic, Tripwire},
        },
    };
    let group = |name: &str, people: u64, passed: u64| CountedGroup {
        name: name.to_owned(),
        need_group: None,
        counts: Counts { people, passed: vec![passed], ..Counts::default() },
    };
    let mut workspace = Workspace::default();
    workspace.reach.caseload.counted = Some(Counted {
        source: String::new(),
        counted_on: None,
        hidden_under: 5,
        gates: vec!["accepted".to_owned()],
        groups: vec![group("A", 94, 67), group("B", 47, 37), group("C", 80, 3), group("D", 51, 33)],
        providers: Vec::new(),
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    });
    workspace.reach.caseload.tripwires.push(Tripwire {
        id: EntryId::named("tripwire", 1),
        group: None,
        gate: "accepted".to_owned(),
        statistic: Statistic::Rate,
        limit: 0.5,
        response: String::new(),
        agreed: None,
        agreed_by: String::new(),
    });
    // The window shows this assessment.
    let found = analyse(&workspace).caseload.unwrap();
    let of = &found.tripwires[2];
    assert_eq!(of.tripped.map_err(|why| why.0), Err(SMALL));
    assert_eq!(of.beyond_chance.map_err(|why| why.0), Err(SMALL));
    assert!(found.findings.iter().all(|finding| finding.group != 2));
    let counted = workspace.reach.caseload.counted.as_ref().unwrap();
    let whole = evenhand::analysis::reach::caseload::assess(counted, &workspace);
    let object = evenhand::exchange::results::caseload::caseload(counted, &whole, &workspace);
    let tried = &object["caseload"]["tripwires"][2];
    for key in ["value", "tripped", "beyond_chance"] {
        assert!(tried[key].is_null(), "{tried}");
        assert_eq!(tried[format!("{key}_reason")], SMALL);
    }
}

/// A hundred caseloads of a hundred around one share: three at the line that chance alone passes once in forty times.
#[test]
fn luck_is_not_called_more_than_chance() {
    let table = |worst: u64| {
        let mut table = "group,provider,n,accepted\n".to_owned();
        for (at, (group, place)) in (0..10).flat_map(|g| (0..10).map(move |p| (g, p))).enumerate() {
            let passed =
                if at == 0 { worst } else { [69, 80, 81, 79, 80][at % 5].max(if at > 12 { 79 } else { 0 }) };
            table += &format!("G{group},P{place},{passed},yes\nG{group},P{place},{},no\n", 100 - passed);
        }
        table
    };
    let options = ["--provider", "provider", "--gate", "accepted"];
    let words = run(&table(69), &options).0;
    assert!(!words.contains("Fall short by more than chance"), "{words}");
    let line =
        "3 of 100 caseloads lie under the 95 in 100 line; chance alone puts about 1 in 40 there, or fewer.";
    assert!(words.contains(line), "{words}");
    let words = run(&table(30), &options).0;
    assert!(words.contains("Fall short by more than chance would explain: P0: G0."), "{words}");
}
