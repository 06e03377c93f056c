//! What about the weighing deserves a second look is said, and nothing else is.

use evenhand::{
    analysis::balance,
    model::{
        Workspace,
        balance::{Better, Factor, Must, NamedLevel, Scale, ScoreLevel, Side, WeightsFrom},
        challenge::Evidence,
        ids::EvidenceId,
        question::Entitlement,
    },
};
use westmere::factor;

use crate::westmere;

fn rules(workspace: &Workspace) -> Vec<&'static str> {
    balance::analyse(workspace).warnings().iter().map(|warning| warning.rule).collect()
}

#[track_caller]
fn text(workspace: &Workspace, rule: &str) -> String {
    let warnings = balance::analyse(workspace).warnings().to_vec();
    let found = warnings.iter().find(|warning| warning.rule == rule);
    found.unwrap_or_else(|| panic!("{rule} not among {warnings:?}")).text.clone()
}

/// Three options on two factors with fixed ends; nothing about it deserves a warning.
fn sound() -> Workspace {
    let mut factors = vec![
        factor(0, "Quality", Side::Operational, Scale::Direct, Some(100.0)),
        factor(1, "Cost", Side::Commercial, Scale::Linear { worst: 20.0, best: 10.0 }, Some(60.0)),
    ];
    factors[1].swing_range = Some((20.0, 10.0));
    westmere::workspace(
        &["North", "South", "East"],
        factors,
        &[vec![80.0, 60.0, 20.0], vec![18.0, 12.0, 11.0]],
    )
}

fn with_factor(change: impl FnOnce(&mut Factor)) -> Workspace {
    let mut workspace = sound();
    change(&mut workspace.balance.factors[1]);
    workspace
}

fn with_score(place: usize, level: ScoreLevel) -> Workspace {
    let mut workspace = sound();
    workspace.balance.scores[place].level = level;
    workspace
}

#[test]
fn a_sound_weighing_has_no_warning() {
    assert_eq!(rules(&sound()), Vec::<&str>::new());
    assert_eq!(rules(&Workspace::default()), Vec::<&str>::new());
}

#[test]
fn westmere_has_only_the_warnings_that_it_deserves() {
    let found = balance::analyse(&westmere::westmere()).warnings().to_vec();
    let deserved = ["close-swings", "correlated-factors"];
    assert!(found.iter().all(|warning| deserved.contains(&warning.rule)), "{found:?}");
    assert!(
        found.iter().any(|warning| warning.text.starts_with("Through-the-gate continuity and Partnership"))
    );
}

#[test]
fn weights_that_nobody_gave_are_said_to_be_even() {
    let mut workspace = sound();
    for factor in &mut workspace.balance.factors {
        factor.swing = None;
    }
    assert!(text(&workspace, "even-weights").contains("every factor counts alike"));
    workspace.balance.weights_from = WeightsFrom::Ballots;
    assert!(text(&workspace, "even-weights").starts_with("No ballot"));
}

#[test]
fn a_swing_that_is_missing_or_nought_everywhere_is_said() {
    let workspace = with_factor(|cost| cost.swing = None);
    assert_eq!(text(&workspace, "swing-missing"), "Cost has no swing and counts for nothing.");
    assert!(text(&workspace, "one-sided-weight").contains("operational"));
    let mut workspace = sound();
    for factor in &mut workspace.balance.factors {
        factor.swing = Some(0.0);
    }
    assert!(rules(&workspace).contains(&"no-weight"));
    let result = balance::analyse(&workspace);
    assert!(result.ranking.is_empty() && result.bands.is_empty() && result.commercial_share.is_none());
    assert!(result.options.iter().all(|o| o.value.is_none() && o.rank.is_none()));
}

#[test]
fn a_range_changed_since_its_swing_was_given_is_said_with_both_ranges() {
    let workspace = with_factor(|cost| {
        cost.unit = "£m, 5 years".to_owned();
        cost.swing_range = Some((25.0, 10.0));
    });
    let text = text(&workspace, "range-changed");
    assert!(text.contains("£25m to £10m") && text.contains("£20m to £10m"), "{text}");
    assert!(rules(&with_factor(|cost| cost.swing_range = Some((20.0, 10.0)))).is_empty());
}

#[test]
fn an_unknown_score_makes_totals_provisional_and_says_whether_the_leader_could_change() {
    let open = with_score(2, ScoreLevel::Unknown);
    assert!(text(&open, "provisional").contains("could still change"));
    let closed = with_score(4, ScoreLevel::Unknown);
    let closed_result = balance::analyse(&closed);
    assert!(text(&closed, "provisional").starts_with("The total of South"), "{closed_result:?}");
    assert_eq!(closed_result.options[1].value, None);
    assert!((closed_result.options[1].value_high - closed_result.options[1].value_low - 37.5).abs() < 1e-9);
}

#[test]
fn a_score_that_the_scale_cannot_use_is_named() {
    let level = with_score(3, ScoreLevel::Level("good".to_owned()));
    assert!(text(&level, "unusable-score").starts_with("Cost of North names a level"));
    let mut price = with_factor(|cost| cost.scale = Scale::LowestPrice);
    price.balance.scores[4].level = ScoreLevel::Point(0.0);
    assert!(text(&price, "unusable-score").contains("price of nought"));
    let disorder = with_score(3, ScoreLevel::Range { low: 3.0, likely: 2.0, high: 4.0 });
    assert!(text(&disorder, "unusable-score").contains("out of order"));
}

#[test]
fn a_score_outside_the_ends_is_named() {
    let text = text(&with_score(3, ScoreLevel::Point(25.0)), "outside-ends");
    assert_eq!(
        text,
        "Cost of North lies outside the scale, 10 to 20: it is worth no more and no less than the end."
    );
}

#[test]
fn a_factor_without_spread_is_said() {
    let same = with_factor(|cost| cost.scale = Scale::Linear { worst: 40.0, best: 30.0 });
    assert!(rules(&same).contains(&"no-spread"));
    let none = with_factor(|cost| cost.scale = Scale::Linear { worst: 10.0, best: 10.0 });
    assert!(text(&none, "no-spread").contains("has no range"));
}

#[test]
fn local_ends_are_pointed_out() {
    let local = with_factor(|cost| cost.scale = Scale::Local { better: Better::Lower });
    assert!(text(&local, "local-anchors").starts_with("Cost is measured against the worst and the best"));
}

#[test]
fn the_bidder_who_turns_the_leader_is_named() {
    let factors = vec![
        factor(0, "Quality", Side::Operational, Scale::Direct, Some(50.0)),
        factor(1, "Price", Side::Commercial, Scale::LowestPrice, Some(50.0)),
    ];
    let scores = [vec![80.0, 60.0, 20.0], vec![100_000.0, 75_000.0, 50_000.0]];
    let workspace = westmere::workspace(&["A", "B", "C"], factors, &scores);
    assert!(text(&workspace, "irrelevant-option").starts_with("Without C, B would lead instead of A"));
}

#[test]
fn swings_close_together_are_questioned() {
    let mut workspace = sound();
    workspace.balance.factors[1].swing = Some(90.0);
    let third = factor(2, "Fit", Side::Operational, Scale::Direct, Some(95.0));
    for (option, x) in workspace.question.options.iter().zip([10.0, 90.0, 50.0]) {
        workspace.balance.scores.push(westmere::score(&third.id, &option.id, ScoreLevel::Point(x)));
    }
    workspace.balance.factors.push(third);
    assert!(text(&workspace, "close-swings").contains("from 90 to 100 points"));
    workspace.balance.factors.iter_mut().for_each(|factor| factor.swing = Some(60.0));
    let said = text(&workspace, "close-swings");
    assert!(
        said.starts_with("The swings are all 60 points. Does every swing matter just as much?"),
        "{said}"
    );
}

#[test]
fn points_given_before_there_was_a_range_are_said() {
    let early = with_factor(|cost| cost.swing_range = None);
    assert!(
        text(&early, "weighed-before-range").starts_with("Cost: the points were not given for its range.")
    );
}

/// 60 points for a range of 10 are 120 for one of 20, after which South, cheaper than North, leads.
#[test]
fn a_changed_range_is_said_with_the_points_in_proportion_and_their_effect() {
    let wider = with_factor(|cost| cost.scale = Scale::Linear { worst: 30.0, best: 10.0 });
    let found = text(&wider, "range-changed");
    // Totals at 100 and 120 points: North 80 and 60 of 100, South 60 and 90.
    assert!(found.contains("In proportion, 60 would be 120, and South would lead by 7.3."), "{found}");
}

#[test]
fn factors_that_rank_alike_are_said_with_the_effect_of_dropping_either() {
    let factors = vec![
        factor(0, "Fit", Side::Operational, Scale::Direct, Some(40.0)),
        factor(1, "Trust", Side::Operational, Scale::Direct, Some(40.0)),
        factor(2, "Cost", Side::Commercial, Scale::Direct, Some(60.0)),
    ];
    let scores = [vec![90.0, 60.0, 50.0, 40.0], vec![80.0, 70.0, 30.0, 20.0], vec![10.0, 90.0, 50.0, 60.0]];
    let mut workspace = westmere::workspace(&["A", "B", "C", "D"], factors, &scores);
    let found = text(&workspace, "correlated-factors");
    assert!(found.starts_with("Fit and Trust rank the options almost alike and may"), "{found}");
    assert!(found.contains("Without Fit") && found.contains("Without Trust"), "{found}");
    workspace.question.options.pop();
    assert!(!rules(&workspace).contains(&"correlated-factors"));
}

#[test]
fn factors_that_share_evidence_are_said() {
    let mut workspace = sound();
    let item = EvidenceId::from("survey-a222");
    workspace.challenge.evidence.push(Evidence {
        id: item.clone(),
        title: "User survey".to_owned(),
        source: String::new(),
        grade: None,
        says: String::new(),
        assumed: false,
    });
    for place in [0, 4] {
        workspace.balance.scores[place].evidence.push(item.clone());
    }
    let found = text(&workspace, "shared-evidence");
    assert!(found.starts_with("Quality and Cost rest on the same evidence (User survey)"), "{found}");
}

#[test]
fn musts_and_entitlements_strike_with_a_sentence() {
    let mut workspace = with_factor(|cost| {
        cost.unit = "£m".to_owned();
        cost.must = Some(Must::AtMost(15.0));
    });
    let third = workspace.question.options[2].id.clone();
    workspace.question.entitlements.push(Entitlement {
        id: "met-at-gate".into(),
        text: "Met at the gate".to_owned(),
        answers: String::new(),
        met_by: [(third, false)].into(),
    });
    let result = balance::analyse(&workspace);
    assert_eq!(result.options[0].struck_by, ["Cost: £18m is above the maximum of £15m."]);
    assert_eq!(result.options[2].struck_by, ["Does not meet the entitlement “Met at the gate”."]);
    assert_eq!(result.ranking, [1]);
    assert_eq!((result.options[0].rank, result.options[1].rank), (None, Some(1)));
    assert_eq!(result.bands.iter().map(|band| band.leader).collect::<Vec<_>>(), [1]);
    workspace.balance.scores[4].level = ScoreLevel::Unknown;
    assert!(text(&workspace, "must-not-known").contains("South"));
    workspace.balance.scores[4].level = ScoreLevel::Point(16.0);
    assert!(rules(&workspace).contains(&"all-struck"));
}

#[test]
fn a_level_is_worth_what_its_scale_says() {
    let levels = [("none", 0.0), ("some", 40.0), ("full", 100.0)];
    let mut workspace = with_factor(|cost| {
        cost.scale = Scale::Levels(
            levels
                .iter()
                .map(|(name, value)| NamedLevel { name: (*name).to_owned(), value: *value })
                .collect(),
        );
    });
    for (place, name) in ["some", "full", "lots"].into_iter().enumerate() {
        workspace.balance.scores[3 + place].level = ScoreLevel::Level(name.to_owned());
    }
    let result = balance::analyse(&workspace);
    let values: Vec<Option<f64>> = result.cells()[1].iter().map(|cell| cell.value).collect();
    assert_eq!(values, [Some(40.0), Some(100.0), None]);
    assert!(text(&workspace, "unusable-score").contains("names a level that the scale does not have"));
    let on_levels = result.score_break_evens().iter().filter(|found| found.factor == 1 && found.option != 2);
    assert!(on_levels.clone().all(|found| [0.0, 40.0, 100.0].contains(&found.score_at_reversal)));
}
