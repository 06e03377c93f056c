//! The caseload check beside published figures, and at the ends: nobody, one group, separation, a huge caseload.

use evenhand::{
    analysis::reach::caseload::{
        assess,
        gates::{Passage, wilson},
        providers::{Level, Observed, ratio_limits},
    },
    model::{
        Workspace,
        reach::caseload::{Counted, CountedGroup, CountedPlace, Counts, Statistic, Tripwire},
    },
};
use serde_json::Value;

fn case() -> Value {
    serde_json::from_str(include_str!("../data/cases/09_indirect_standardisation_phe.json"))
        .expect("the case is JSON")
}

#[track_caller]
fn near(found: f64, expected: &Value, what: &str) {
    let Some(expected) = expected.as_f64() else { return };
    assert!((found - expected).abs() <= 1e-6 * expected.abs().max(1e-3), "{what}: {found} beside {expected}");
}

#[test]
fn observed_over_expected_and_its_limits_are_the_published_ones() {
    let case = case();
    for row in case["expected"]["isratio"].as_array().unwrap() {
        let observed = Observed {
            observed: row["observed"].as_u64().unwrap(),
            expected: row["expected"].as_f64().unwrap(),
            variance: row["expected"].as_f64().unwrap(),
        };
        let times = if row["statistic"].as_str().unwrap().ends_with("100") { 100.0 } else { 1.0 };
        let what = row["area"].as_str().unwrap();
        near(times * observed.observed as f64 / observed.expected, &row["value"], what);
        let inner = ratio_limits(observed, Level::Inner95).unwrap();
        let outer = ratio_limits(observed, Level::Outer998).unwrap();
        near(times * inner.low, &row["lower95_0cl"], what);
        near(times * inner.high, &row["upper95_0cl"], what);
        near(times * outer.low, &row["lower99_8cl"], what);
        near(times * outer.high, &row["upper99_8cl"], what);
    }
}

#[test]
fn expected_counts_are_people_times_the_reference_rate() {
    let case = case();
    let rows = case["inputs"]["by_area_band"].as_array().unwrap();
    let expected: f64 = rows
        .iter()
        .filter(|row| row["area"] == "testdata_big")
        .map(|row| {
            row["pop"].as_f64().unwrap() * row["refcount"].as_f64().unwrap() / row["refpop"].as_f64().unwrap()
        })
        .sum();
    near(expected, &case["expected"]["isratio"][0]["expected"], "expected");
}

#[test]
fn byar_and_wilson_limits_are_the_published_ones() {
    let case = case();
    for row in case["expected"]["byar_wilson"].as_array().unwrap() {
        let (x, at_95) = (row["x"].as_f64().unwrap(), row["confidence"] == "95%");
        if x.fract() != 0.0 {
            continue;
        }
        let limits = match row["n"].as_f64() {
            None if x >= 10.0 => {
                let level = if at_95 { Level::Inner95 } else { Level::Outer998 };
                ratio_limits(Observed { observed: x as u64, expected: 1.0, variance: 1.0 }, level).unwrap()
            }
            Some(n) if at_95 => wilson(Passage { eligible: n as u64, passed: x as u64 }).unwrap(),
            _ => continue,
        };
        near(limits.low, &row["lowercl"], "low");
        near(limits.high, &row["uppercl"], "high");
    }
}

fn counts(people: u64, passed: &[u64]) -> Counts {
    Counts { people, passed: passed.to_vec(), ..Counts::default() }
}

fn caseload(groups: &[(u64, &[u64])], providers: &[&[(u64, &[u64])]]) -> Counted {
    let gates = groups.first().map_or(0, |(_, passed)| passed.len());
    Counted {
        source: "t.csv".to_owned(),
        counted_on: None,
        hidden_under: 5,
        gates: (0..gates).map(|gate| format!("gate {gate}")).collect(),
        groups: groups
            .iter()
            .enumerate()
            .map(|(g, (people, passed))| CountedGroup {
                name: format!("Group {g}"),
                need_group: Some(format!("group-g{g}").as_str().into()),
                counts: counts(*people, passed),
            })
            .collect(),
        providers: providers
            .iter()
            .enumerate()
            .map(|(p, groups)| CountedPlace {
                name: format!("Provider {p}"),
                groups: groups.iter().map(|(people, passed)| counts(*people, passed)).collect(),
            })
            .collect(),
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    }
}

#[test]
fn nobody_one_group_and_all_alike_find_nothing() {
    for counted in [
        caseload(&[(0, &[0, 0]), (0, &[0, 0])], &[&[(0, &[0, 0]), (0, &[0, 0])]]),
        caseload(&[(300, &[200, 100])], &[]),
        caseload(&[(300, &[300]), (50, &[50])], &[]),
        caseload(&[], &[]),
    ] {
        let found = assess(&counted, &Workspace::default());
        assert!(found.findings.is_empty() && found.parting.is_empty());
        assert_eq!(found.shuts_out, None);
    }
}

#[test]
fn a_huge_caseload_has_finite_figures() {
    let huge = 4_000_000_000_000;
    let counted = caseload(
        &[(huge, &[huge / 10 * 9]), (huge, &[huge / 10 * 8])],
        &[
            &[(huge / 2, &[huge / 20 * 9]), (huge / 2, &[huge / 20 * 8])],
            &[(huge / 2, &[huge / 20 * 9]), (huge / 2, &[huge / 20 * 8])],
        ],
    );
    let found = assess(&counted, &Workspace::default());
    assert_eq!(found.findings.len(), 2);
    assert!(found.findings.iter().all(|f| f.is_firm() && f.fewer.is_finite()));
    assert!(found.gates[0].within_providers[0].odds_ratio.unwrap() > 1.0);
}

/// Simpson: each provider treats both groups alike, and one provider, who has most of a group, accepts few.
#[test]
fn a_difference_between_places_goes_when_places_are_compared() {
    let counted = caseload(
        &[(1_000, &[740]), (1_000, &[260])],
        &[&[(900, &[720]), (100, &[80])], &[(100, &[20]), (900, &[180])]],
    );
    let found = assess(&counted, &Workspace::default());
    let within = &found.gates[0].within_providers[0];
    assert!(within.crude_odds_ratio.unwrap() > 5.0);
    assert!((within.odds_ratio.unwrap() - 1.0).abs() < 1e-12);
    let parts = found.decomposition[0].unwrap();
    assert!((parts.mix + parts.effect - parts.difference).abs() < 1e-12 && parts.effect > 0.5);
}

#[test]
fn tripwires_trip_at_their_limit_and_say_what_cannot_be_tried() {
    let counted = caseload(&[(100, &[60]), (400, &[340])], &[]);
    let wire = |id: &str, group: Option<&str>, gate: &str, statistic, limit| Tripwire {
        id: id.into(),
        group: group.map(Into::into),
        gate: gate.to_owned(),
        statistic,
        limit,
        response: "Say why.".to_owned(),
        agreed: None,
        agreed_by: String::new(),
    };
    let mut workspace = Workspace::default();
    workspace.reach.caseload.tripwires = vec![
        wire("a-t222", Some("group-g0"), "GATE 0", Statistic::ImpactRatio, 0.8),
        wire("b-t222", None, "gate 0", Statistic::TurnedAway, 0.4),
        wire("c-t222", Some("group-g0"), "gate 9", Statistic::Rate, 0.5),
        wire("d-t222", Some("nobody-g999"), "gate 0", Statistic::Rate, 0.5),
    ];
    let tried = assess(&counted, &workspace).tripwires;
    let tripped: Vec<Option<bool>> = tried.iter().map(|t| t.tripped.ok()).collect();
    // 60/100 over 340/400 is 0.71; exactly 40 % turned away is still within the limit.
    assert_eq!(tripped, [Some(true), Some(false), Some(false), None, None]);
    assert_eq!(tried[0].beyond_chance, Ok(true));
}
