mod snapshots;
mod voices;
mod workshop;

use super::*;
use crate::model::{
    balance::{Must, NamedLevel, Scale, ScoreLevel, WeightDraws, WeightsFrom},
    reach::{Terms, Threshold},
    sample,
};

/// One way to spoil the sample, and what must be said about it.
struct Case {
    spoil: fn(&mut Workspace),
    severity: Severity,
    place: &'static str,
    /// A part of the sentence that says what is wrong.
    what: &'static str,
}

const fn broken_by(spoil: fn(&mut Workspace), place: &'static str, what: &'static str) -> Case {
    Case { spoil, severity: Severity::Broken, place, what }
}

const fn doubtful_by(spoil: fn(&mut Workspace), place: &'static str, what: &'static str) -> Case {
    Case { spoil, severity: Severity::Doubtful, place, what }
}

/// Every case yields its problem, and the fast path agrees on whether the workspace is broken.
fn check(cases: &[Case]) {
    for case in cases {
        let before = sample::workspace();
        let mut workspace = before.clone();
        (case.spoil)(&mut workspace);
        assert_eq!(broken_by_edit(&before, &workspace), broken(&workspace), "at {}", case.place);
        let found = problems(&workspace);
        let problem = found.iter().find(|p| p.place == case.place && p.what.contains(case.what));
        let Some(problem) = problem else {
            panic!("“{}” at {} is not among {found:#?}", case.what, case.place);
        };
        assert_eq!(problem.severity, case.severity, "{problem}");
        assert!(!problem.remedy.is_empty() && problem.remedy.ends_with('.'), "{problem}");
        let room = case.place.split('/').next().unwrap_or("");
        assert_eq!(
            problem.room,
            Room::ALL.into_iter().find(|r| r.name().eq_ignore_ascii_case(room)),
            "{problem}"
        );
        let first = found.iter().find(|p| p.severity == Severity::Broken);
        assert_eq!(broken(&workspace).as_ref(), first, "the fast path after “{}”", case.what);
    }
}

#[test]
fn a_sound_workspace_has_no_problem() {
    assert_eq!(problems(&sample::workspace()), []);
    assert_eq!(broken(&sample::workspace()), None);
}

#[test]
fn an_empty_workspace_is_doubtful_but_not_broken() {
    let found = problems(&Workspace::default());
    assert!(found.iter().all(|p| p.severity == Severity::Doubtful), "{found:#?}");
    assert_eq!(found.iter().map(|p| p.place.as_str()).collect::<Vec<_>>(), ["title", "question/text"]);
}

#[test]
fn ids_are_well_formed_and_stand_once() {
    check(&[
        broken_by(
            |w| w.question.options[1].id = "Big one".into(),
            "question/options/Big one",
            "cannot be the id",
        ),
        broken_by(
            |w| w.question.options[1].id = "caterer-o222".into(),
            "question/options/caterer-o222",
            "stands twice",
        ),
        broken_by(
            |w| w.question.need_groups[1].id = "widowed-g222".into(),
            "question/need_groups/widowed-g222",
            "stands twice",
        ),
        broken_by(
            |w| {
                let again = w.question.entitlements[0].clone();
                w.question.entitlements.push(again);
            },
            "question/entitlements/allergens-t222",
            "stands twice",
        ),
        broken_by(
            |w| {
                let again = w.question.trade_offs[0].clone();
                w.question.trade_offs.push(again);
            },
            "question/trade_offs/near-far-x222",
            "stands twice",
        ),
        broken_by(
            |w| w.voices.sectors[1].id = "guests-s222".into(),
            "voices/sectors/guests-s222",
            "stands twice",
        ),
        broken_by(
            |w| w.voices.stakeholders[1].id = "ida-p222".into(),
            "voices/stakeholders/ida-p222",
            "stands twice",
        ),
        broken_by(|w| w.voices.ballots[1].id = "ida-b222".into(), "voices/ballots/ida-b222", "stands twice"),
        broken_by(
            |w| w.balance.factors[1].id = "meals-f222".into(),
            "balance/factors/meals-f222",
            "stands twice",
        ),
        broken_by(
            |w| {
                let again = w.reach.payments[0].clone();
                w.reach.payments.push(again);
            },
            "reach/payments/tenth-supper-y222",
            "stands twice",
        ),
        broken_by(
            |w| {
                let again = w.challenge.evidence[0].clone();
                w.challenge.evidence.push(again);
            },
            "challenge/evidence/kitchen-trial-e222",
            "stands twice",
        ),
        broken_by(
            |w| w.decision.triggers[0].id = w.decision.reasons[0].id.clone(),
            "decision/triggers/returns-n222",
            "stands twice",
        ),
    ]);
}

#[test]
fn nothing_stands_twice_that_can_stand_only_once() {
    check(&[
        broken_by(
            |w| w.balance.scores[1].option = "caterer-o222".into(),
            "balance/scores/meals-f222/caterer-o222",
            "“Town caterer” has two scores on “Meals”",
        ),
        broken_by(
            |w| w.reach.terms.push(Terms::unknown("caterer-o222".into())),
            "reach/terms/caterer-o222",
            "two sets of terms",
        ),
        broken_by(
            |w| w.question.options[1].badge = "A".to_owned(),
            "question/options/kitchens-o333/badge",
            "belongs to another option",
        ),
        broken_by(
            |w| w.question.options[1].badge.clear(),
            "question/options/kitchens-o333/badge",
            "no badge",
        ),
    ]);
}

#[test]
fn every_reference_leads_somewhere() {
    let nowhere = "names the";
    check(&[
        broken_by(
            |w| _ = w.question.entitlements[0].met_by.insert("gone".into(), true),
            "question/entitlements/allergens-t222/met_by/gone",
            nowhere,
        ),
        broken_by(
            |w| w.voices.stakeholders[0].sector = "gone".into(),
            "voices/stakeholders/ida-p222/sector",
            nowhere,
        ),
        broken_by(
            |w| w.voices.stakeholders[0].speaks_for.push("gone".into()),
            "voices/stakeholders/ida-p222/speaks_for/gone",
            nowhere,
        ),
        broken_by(
            |w| w.voices.statements[0].stakeholder = Some("gone".into()),
            "voices/statements/cold-m222/stakeholder",
            nowhere,
        ),
        broken_by(
            |w| w.voices.ballots[0].stakeholder = Some("gone".into()),
            "voices/ballots/ida-b222/stakeholder",
            nowhere,
        ),
        broken_by(|w| w.voices.ballots[0].sector = "gone".into(), "voices/ballots/ida-b222/sector", nowhere),
        broken_by(
            |w| _ = w.voices.ballots[0].swings.insert("gone".into(), 1.0),
            "voices/ballots/ida-b222/swings/gone",
            nowhere,
        ),
        broken_by(
            |w| w.balance.scores[0].factor = "gone".into(),
            "balance/scores/gone/caterer-o222",
            nowhere,
        ),
        broken_by(|w| w.balance.scores[0].option = "gone".into(), "balance/scores/meals-f222/gone", nowhere),
        broken_by(
            |w| w.balance.scores[0].evidence.push("gone".into()),
            "balance/scores/meals-f222/caterer-o222/evidence",
            nowhere,
        ),
        broken_by(|w| w.reach.terms[0].option = "gone".into(), "reach/terms/gone", nowhere),
        broken_by(
            |w| _ = w.reach.terms[0].uptake.insert("gone".into(), 0.5),
            "reach/terms/caterer-o222/uptake/gone",
            nowhere,
        ),
        broken_by(
            |w| w.reach.payments[0].option = "gone".into(),
            "reach/payments/tenth-supper-y222/option",
            nowhere,
        ),
        broken_by(
            |w| w.reach.payments[0].group = Some("gone".into()),
            "reach/payments/tenth-supper-y222/group",
            nowhere,
        ),
        broken_by(|w| w.decision.recommendation = Some("gone".into()), "decision/recommendation", nowhere),
        broken_by(
            |w| w.decision.dissent[0].stakeholder = Some("gone".into()),
            "decision/dissent/cost-n333/stakeholder",
            nowhere,
        ),
    ]);
}

#[test]
fn figures_stay_within_what_they_can_mean() {
    check(&[
        broken_by(
            |w| w.question.need_groups[0].people_per_year = Some(-1.0),
            "question/need_groups/widowed-g222/people_per_year",
            "is −1",
        ),
        broken_by(
            |w| w.question.need_groups[0].hours_supported = Some(f64::NAN),
            "question/need_groups/widowed-g222/hours_supported",
            "not a number",
        ),
        broken_by(
            |w| w.question.need_groups[0].outcome_parked = Some(1.01),
            "question/need_groups/widowed-g222/outcome_parked",
            "is 1.01",
        ),
        broken_by(
            |w| w.question.need_groups[0].cost_parked = Some(Pence(-5_050)),
            "question/need_groups/widowed-g222/cost_parked",
            "is −£50.50",
        ),
        broken_by(
            |w| w.voices.stakeholders[0].influence = Some(10.5),
            "voices/stakeholders/ida-p222/influence",
            "is 10.5",
        ),
        broken_by(
            |w| w.voices.stakeholders[0].interest = Some(-0.5),
            "voices/stakeholders/ida-p222/interest",
            "is −0.5",
        ),
        broken_by(|w| w.voices.statements[0].stance = Some(3), "voices/statements/cold-m222/stance", "is 3"),
        broken_by(|w| w.voices.ballots[0].round = 0, "voices/ballots/ida-b222/round", "round 0"),
        broken_by(
            |w| _ = w.voices.ballots[0].swings.insert("meals-f222".into(), 1e300),
            "voices/ballots/ida-b222/swings/meals-f222",
            "too large",
        ),
        broken_by(|w| w.balance.factors[0].swing = Some(-0.1), "balance/factors/meals-f222/swing", "is −0.1"),
        broken_by(
            |w| w.balance.factors[0].swing_range = Some((0.0, f64::NAN)),
            "balance/factors/meals-f222/swing_range",
            "not a number",
        ),
        broken_by(
            |w| w.balance.factors[0].must = Some(Must::AtMost(f64::NEG_INFINITY)),
            "balance/factors/meals-f222/must",
            "not a number",
        ),
        broken_by(|w| w.balance.robustness.iterations = 0, "balance/robustness/iterations", "0 draws"),
        broken_by(
            |w| w.balance.robustness.iterations = 10_000_001,
            "balance/robustness/iterations",
            "10,000,001 draws",
        ),
        broken_by(
            |w| w.balance.scores[0].grade = Some(6),
            "balance/scores/meals-f222/caterer-o222/grade",
            "“Town caterer” on “Meals” is 6",
        ),
        broken_by(
            |w| w.challenge.evidence[0].grade = Some(0),
            "challenge/evidence/kitchen-trial-e222/grade",
            "is 0",
        ),
        broken_by(|w| w.reach.response_scale = Pence(0), "reach/response_scale", "not above £0"),
        broken_by(
            |w| w.reach.terms[0].block_fee = Some(Pence(Pence::LARGEST.0 + 1)),
            "reach/terms/caterer-o222/block_fee",
            "£10,000,000,000,000.01",
        ),
        broken_by(
            |w| w.reach.terms[0].capacity_hours = Some(-3.0),
            "reach/terms/caterer-o222/capacity_hours",
            "is −3",
        ),
        broken_by(|w| w.reach.terms[0].floor = Some(2.0), "reach/terms/caterer-o222/floor", "is 2"),
        broken_by(
            |w| w.reach.terms[0].threshold = Threshold::Above(-0.1),
            "reach/terms/caterer-o222/threshold",
            "is −0.1",
        ),
        broken_by(
            |w| _ = w.reach.terms[0].uptake.insert("widowed-g222".into(), 1.5),
            "reach/terms/caterer-o222/uptake/widowed-g222",
            "is 1.5",
        ),
        broken_by(
            |w| w.reach.payments[0].price = Pence(-1),
            "reach/payments/tenth-supper-y222/price",
            "is −£0.01",
        ),
        broken_by(
            |w| w.reach.payments[0].probability_parked = Some(7.0),
            "reach/payments/tenth-supper-y222/probability_parked",
            "is 7",
        ),
    ]);
}

#[test]
fn scales_can_be_used() {
    fn levels(w: &mut Workspace, of: &[(&str, f64)]) {
        w.balance.factors[4].scale = Scale::Levels(
            of.iter().map(|&(name, value)| NamedLevel { name: name.to_owned(), value }).collect(),
        );
    }
    fn points(w: &mut Workspace, of: &[(f64, f64)]) {
        w.balance.factors[3].scale = Scale::Points(of.to_vec());
    }
    check(&[
        broken_by(
            |w| w.balance.factors[0].scale = Scale::Linear { worst: 4.0, best: 4.0 },
            "balance/factors/meals-f222/scale",
            "both 4",
        ),
        broken_by(
            |w| w.balance.factors[0].scale = Scale::Linear { worst: f64::NAN, best: 4.0 },
            "balance/factors/meals-f222/scale/worst",
            "The worst end of “Meals” is not a number",
        ),
        broken_by(|w| points(w, &[]), "balance/factors/table-f555/scale", "with none"),
        broken_by(|w| points(w, &[(4.0, 20.0)]), "balance/factors/table-f555/scale", "only one"),
        broken_by(
            |w| points(w, &[(4.0, 20.0), (4.0, 30.0)]),
            "balance/factors/table-f555/scale/2",
            "not above the point before",
        ),
        broken_by(
            |w| points(w, &[(4.0, 20.0), (5.0, 101.0)]),
            "balance/factors/table-f555/scale/2",
            "is 101",
        ),
        broken_by(|w| levels(w, &[]), "balance/factors/cook-f666/scale", "without a level"),
        broken_by(
            |w| levels(w, &[("stays", 0.0), ("stays", 100.0)]),
            "balance/factors/cook-f666/scale/stays",
            "Two levels",
        ),
        broken_by(
            |w| levels(w, &[("stays", -1.0)]),
            "balance/factors/cook-f666/scale/stays",
            "The value of the level “stays” of “Cook” is −1",
        ),
    ]);
}

#[test]
fn scores_fit_their_scale() {
    let cell = "balance/scores/meals-f222/caterer-o222/level";
    check(&[
        broken_by(
            |w| w.balance.scores[0].level = ScoreLevel::Range { low: 3.0, likely: 2.0, high: 4.0 },
            cell,
            "do not rise: 3, 2, 4",
        ),
        broken_by(
            |w| w.balance.scores[0].level = ScoreLevel::Range { low: 1.0, likely: f64::NAN, high: 4.0 },
            cell,
            "not a number",
        ),
        broken_by(
            |w| w.balance.scores[0].level = ScoreLevel::Normal { mean: 1.0, sd: -1.0 },
            cell,
            "standard deviation of “Town caterer” on “Meals” is −1",
        ),
        broken_by(|w| w.balance.scores[0].level = ScoreLevel::Point(f64::INFINITY), cell, "not a number"),
        broken_by(
            |w| w.balance.scores[0].level = ScoreLevel::Level("stays".to_owned()),
            cell,
            "which takes numbers",
        ),
        broken_by(
            |w| w.balance.scores[2].level = ScoreLevel::Point(100.5),
            "balance/scores/price-f333/caterer-o222/level",
            "is 100.5",
        ),
        broken_by(
            |w| w.balance.scores[8].level = ScoreLevel::Point(3.0),
            "balance/scores/cook-f666/caterer-o222/level",
            "scored by named levels",
        ),
        broken_by(
            |w| w.balance.scores[8].level = ScoreLevel::Level("leaves".to_owned()),
            "balance/scores/cook-f666/caterer-o222/level",
            "no such level",
        ),
        broken_by(
            |w| w.balance.scores[10].level = ScoreLevel::Point(-1.0),
            "balance/scores/cost-f777/caterer-o222/level",
            "is −1",
        ),
        doubtful_by(
            |w| w.balance.scores[10].level = ScoreLevel::Point(0.0),
            "balance/scores/cost-f777/caterer-o222/level",
            "a price of 0",
        ),
    ]);
}

#[test]
fn a_wrong_level_is_answered_with_the_right_ones() {
    let mut workspace = sample::workspace();
    workspace.balance.scores[8].level = ScoreLevel::Level("leaves".to_owned());
    let problem = broken(&workspace).unwrap();
    assert_eq!(problem.remedy, "Choose one of its levels: changes and stays.");
}

#[test]
fn what_is_only_odd_is_told_and_allowed() {
    check(&[
        doubtful_by(|w| w.title = "  ".to_owned(), "title", "no title"),
        doubtful_by(|w| w.question.text.clear(), "question/text", "is empty"),
        doubtful_by(|w| w.question.horizon_years = Some(0), "question/horizon_years", "0 years"),
        doubtful_by(
            |w| w.question.options[1].name.clear(),
            "question/options/kitchens-o333/name",
            "has no name",
        ),
        doubtful_by(
            |w| w.balance.factors[1].name = "meals".to_owned(),
            "balance/factors/price-f333/name",
            "A second factor is called “meals”",
        ),
        doubtful_by(
            |w| w.question.need_groups[0].outcome_parked = Some(0.05),
            "question/need_groups/widowed-g222/outcome_parked",
            "less often with minimal contact (5 %) than without service (10 %)",
        ),
        doubtful_by(
            |w| w.question.need_groups[0].outcome_supported = Some(0.15),
            "question/need_groups/widowed-g222/outcome_supported",
            "less often with support (15 %) than with minimal contact (20 %)",
        ),
        doubtful_by(
            |w| {
                w.question.need_groups[0].outcome_parked = None;
                w.question.need_groups[0].outcome_supported = Some(0.05);
            },
            "question/need_groups/widowed-g222/outcome_supported",
            "than without service",
        ),
        doubtful_by(
            |w| w.question.need_groups[0].cost_supported = Some(Pence(100)),
            "question/need_groups/widowed-g222/cost_supported",
            "costs less than minimal contact (£100)",
        ),
        doubtful_by(
            |w| w.voices.ballots[0].sector = "council-s333".into(),
            "voices/ballots/ida-b222/sector",
            "another sector",
        ),
        doubtful_by(
            |w| {
                w.voices.ballots[1].stakeholder = Some("ida-p222".into());
                w.voices.ballots[1].sector = "guests-s222".into();
            },
            "voices/ballots/officer-b333",
            "second ballot in round 1",
        ),
        doubtful_by(
            |w| w.voices.ballots[0].swings.clear(),
            "voices/ballots/ida-b222/swings",
            "does not say what matters",
        ),
        doubtful_by(
            |w| w.voices.stakeholders[0].speaks_for.push("widowed-g222".into()),
            "voices/stakeholders/ida-p222/speaks_for/widowed-g222",
            "“Widowed” twice",
        ),
        doubtful_by(
            |w| w.balance.scores.retain(|s| s.option.as_str() != "kitchens-o333"),
            "balance/scores/kitchens-o333",
            "no scores",
        ),
        doubtful_by(
            |w| w.balance.scores.retain(|s| s.factor.as_str() != "walk-f444"),
            "balance/scores/walk-f444",
            "No option has a score on “Walk”",
        ),
        doubtful_by(
            |w| w.balance.factors[0].swing = None,
            "balance/factors/meals-f222/swing",
            "no swing points",
        ),
        doubtful_by(
            |w| {
                w.balance.weights_from = WeightsFrom::Ballots;
                w.voices.ballots.clear();
            },
            "balance/weights_from",
            "there are none",
        ),
        doubtful_by(
            |w| {
                w.balance.robustness.weights = Some(WeightDraws::Ballots);
                w.voices.ballots.clear();
            },
            "balance/robustness/weights",
            "from the ballots",
        ),
        doubtful_by(
            |w| w.reach.terms[0].floor = Some(0.9),
            "reach/terms/caterer-o222/uptake/widowed-g222",
            "less than its floor of 90 %",
        ),
        doubtful_by(
            |w| w.reach.payments[0].probability_parked = Some(0.7),
            "reach/payments/tenth-supper-y222/probability_supported",
            "more often by parked people",
        ),
        doubtful_by(
            |w| {
                let mut again = w.reach.payments[0].clone();
                again.id = "again-y333".into();
                w.reach.payments.push(again);
            },
            "reach/payments/again-y333",
            "pays twice",
        ),
        doubtful_by(|w| w.decision.reasons[0].text.clear(), "decision/reasons/returns-n222/text", "is empty"),
    ]);
}

#[test]
fn an_exchange_between_nothing_is_doubtful() {
    check(&[
        doubtful_by(
            |w| w.balance.exchange_answers[0].points = (0.0, 0.0),
            "balance/exchange_answers/meals-f222/table-f555/points",
            "neither had any points",
        ),
        doubtful_by(
            |w| w.balance.exchange_answers[0].ends.1 = (3.0, 3.0),
            "balance/exchange_answers/meals-f222/table-f555/ends",
            "both ends of",
        ),
    ]);
}
