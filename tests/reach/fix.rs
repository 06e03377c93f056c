//! Ways to fix a payment design: prices, the cheapest of them, and what the response makes of each.

use std::sync::Arc;

use evenhand::{
    analysis::reach::{
        self, DesignCopy, Effect, FORMS, FormKind, LeastCost, Obstacle, PriceLimits, WayKind, least_cost,
        ways,
    },
    model::{
        Room, Workspace,
        balance::ScoreLevel,
        ids::FactorId,
        money::Pence,
        question::NeedGroup,
        reach::{ReachMeasure, Threshold},
    },
    session::{
        Session,
        edits::{designs, scores::change_score},
    },
};
use proptest::prelude::*;

use crate::designs::{analysed, assert_near, one_option, only, plain_group, room_for_all, with_gains};
use crate::westmere::{data, list, number, text};
use crate::westmere_people::{need_group, payment, pounds, westmere_with_people};

fn found(workspace: &Workspace, limits: &PriceLimits) -> reach::CheapestPrices {
    match least_cost(workspace, &workspace.question.options[0].id, limits) {
        LeastCost::Found(found) => *found,
        other => panic!("{other:?}"),
    }
}

fn obstacle(workspace: &Workspace, limits: &PriceLimits) -> Obstacle {
    match least_cost(workspace, &workspace.question.options[0].id, limits) {
        LeastCost::Impossible(obstacle) => obstacle,
        other => panic!("{other:?}"),
    }
}

fn way(workspace: &Workspace, kind: WayKind) -> reach::Way {
    let option = workspace.question.options[0].id.clone();
    ways(workspace, &option, &PriceLimits::default()).into_iter().find(|way| way.kind == kind).unwrap()
}

/// The case of equal margins at its flat price, everybody supported.
fn case_22() -> (serde_json::Value, Workspace) {
    let case = data("cases/22_equal_margin_tariff.json");
    let groups = list(&case["inputs"]["segments"]).iter().map(|given| NeedGroup {
        people_per_year: Some(number(&given["n"])),
        cost_supported: Some(pounds(number(&given["c_serve"]))),
        cost_parked: Some(pounds(number(&given["c_park"]))),
        outcome_without: Some(number(&given["p_park"])),
        outcome_parked: Some(number(&given["p_park"])),
        outcome_supported: Some(number(&given["p_serve"])),
        ..need_group(&text(&given["name"]))
    });
    let mut workspace = one_option(groups.collect(), |terms| {
        terms.attachment_fee = Some(pounds(number(&case["inputs"]["attachment"])));
        terms.floor = Some(1.0);
    });
    let flat = number(&case["inputs"]["flat_outcome_tariff"]);
    workspace.reach.payments.push(payment(&only(), None, "Outcome", flat));
    (case, workspace)
}

#[test]
fn the_three_price_tables_of_the_published_case_cost_what_they_cost() {
    let (case, workspace) = case_22();
    let expected = &case["expected"];
    let spend = |kind| way(&workspace, kind).effect.unwrap().cost_at_equal_share.unwrap();
    // Prices of the fix are in steps of £50, so the cheapest prices carry the exact ones.
    let cheapest = found(&workspace, &PriceLimits::default());
    assert!((cheapest.cost_at_equal_share - number(&expected["spend_park_proof"])).abs() < 10.0);
    for (group, price) in workspace.question.need_groups.iter().zip(&cheapest.copy.payments) {
        let tariff = number(&expected["park_proof_tariff"][group.name.as_str()]);
        assert!((price.price.pounds() - tariff).abs() < 0.011, "{price:?}");
    }
    assert_eq!(cheapest.at_target, [0, 1, 2]);
    let even = way(&workspace, WayKind::EqualMargins).effect.unwrap();
    assert_eq!(even.parked(), list(&expected["parked_at_equal_margin"]).len());
    let above = spend(WayKind::AboveBaseline);
    assert!(above < spend(WayKind::ParkProof));
    // The case pays only for the uplift; the fix rounds each price up by less than £50.
    let published = number(&expected["spend_if_paid_only_above_baseline_cohort"]);
    assert!(above >= published && above < published + 50.0 * 1000.0 * 0.2);
}

#[test]
fn westmere_a_made_fair_parks_nobody_and_the_cheapest_prices_cost_no_more() {
    let workspace = westmere_with_people();
    let fair = way(&workspace, WayKind::ParkProof).effect.unwrap();
    assert_eq!(fair.parked(), 0);
    let cheapest = way(&workspace, WayKind::LeastCost).effect.unwrap();
    assert_eq!(cheapest.parked(), 0);
    assert!(cheapest.cost_at_equal_share.unwrap() <= fair.cost_at_equal_share.unwrap());
    assert_eq!(way(&workspace, WayKind::EqualMargins).effect.unwrap().parked(), 6);
    // With a floor of the equal share nobody is left out, whatever it pays to do.
    let reserved = way(&workspace, WayKind::ReservedPlaces).effect.unwrap();
    assert_near(reserved.reach.left_out_per_year.unwrap(), 0.0, 1e-9);
    // No threshold, no slope to put in its place.
    assert!(way(&workspace, WayKind::Slope).copy.is_err());
}

#[test]
fn a_standard_for_everybody_shrinks_the_gain_and_turns_nothing() {
    let mut workspace = with_gains(&[400.0, -300.0], room_for_all);
    let before = analysed(&workspace);
    workspace.reach.terms[0].contact_standard = Some(0.25);
    let after = analysed(&workspace);
    for (before, after) in before.groups.iter().zip(&after.groups) {
        assert_near(after.gain.unwrap(), 0.75 * before.gain.unwrap(), 1e-12);
        assert_eq!(after.parked, before.parked);
        let rate = before.outcome_rate_at_which_it_pays_to_park.unwrap();
        assert_near(after.outcome_rate_at_which_it_pays_to_park.unwrap(), rate, 1e-12);
    }
}

#[test]
fn a_provider_that_may_not_refuse_refuses_nobody_whoever_refers() {
    let mut workspace = with_gains(&[-900.0], |terms| {
        room_for_all(terms);
        terms.referral = Some(evenhand::model::reach::Referral::Provider);
    });
    assert_eq!(analysed(&workspace).groups[0].refused, Some(true));
    workspace.reach.terms[0].may_refuse = Some(false);
    assert_eq!(analysed(&workspace).groups[0].refused, Some(false));
    workspace.reach.terms[0].referral = None;
    workspace.reach.terms[0].may_refuse = Some(true);
    assert_eq!(analysed(&workspace).groups[0].refused, Some(true));
}

#[test]
fn what_stands_in_the_way_of_fair_prices_is_named() {
    let mut workspace = with_gains(&[0.0, 0.0, 0.0], room_for_all);
    workspace.question.need_groups[1].cost_supported = Some(pounds(2000.0));
    // A gain of £50 takes (50 + 1,000)/0.4 = £2,625 for the first and (50 + 2,000)/0.4 = £5,125 for the second.
    let limits = PriceLimits { highest: vec![None, Some(5000.0)], ..PriceLimits::default() };
    match obstacle(&workspace, &limits) {
        Obstacle::Highest { group: 1, needed, highest } => {
            assert_near(needed.unwrap(), 5125.0, 1e-9);
            assert_near(highest, 5000.0, 0.0);
        }
        other => panic!("{other:?}"),
    }
    let alike =
        PriceLimits { alike: vec![Some(0), Some(0)], highest: vec![Some(5000.0)], ..PriceLimits::default() };
    assert_eq!(obstacle(&workspace, &alike), Obstacle::PaidAlike { groups: vec![0, 1] });
    let free = found(&workspace, &PriceLimits::default());
    let budget = PriceLimits { budget: Some(free.cost_at_equal_share - 1.0), ..PriceLimits::default() };
    match obstacle(&workspace, &budget) {
        Obstacle::Budget { least, .. } => assert!((least - free.cost_at_equal_share).abs() < 5.0),
        other => panic!("{other:?}"),
    }
    workspace.question.need_groups[2].outcome_supported = Some(0.1);
    assert_eq!(obstacle(&workspace, &PriceLimits::default()), Obstacle::NoUplift { group: 2 });
}

#[test]
fn groups_paid_alike_are_paid_what_the_dearest_needs() {
    let mut workspace = with_gains(&[0.0, 0.0], room_for_all);
    workspace.question.need_groups[1].cost_supported = Some(pounds(2000.0));
    let limits = PriceLimits { alike: vec![Some(3), Some(3)], ..PriceLimits::default() };
    let prices: Vec<f64> =
        found(&workspace, &limits).copy.payments.iter().map(|p| p.price.pounds()).collect();
    assert_eq!(prices, [5125.0, 5125.0]);
}

/// With two milestones the programme pays for the one that support moves most for the money.
#[test]
fn the_cheapest_prices_pay_for_what_support_changes() {
    let mut workspace = one_option(vec![plain_group("one")], room_for_all);
    for (name, parked, supported) in [("Job", 0.4, 0.6), ("Lasting job", 0.05, 0.45)] {
        let mut paid = payment(&only(), None, name, 1000.0);
        (paid.probability_parked, paid.probability_supported) = (Some(parked), Some(supported));
        workspace.reach.payments.push(paid);
    }
    let cheapest = found(&workspace, &PriceLimits::default());
    let price = |name: &str| cheapest.copy.payments.iter().find(|p| p.milestone == name).unwrap().price;
    // £1,050 over an uplift of 0.4, and a hundred people of whom 45 in 100 reach it.
    assert_eq!((price("Job"), price("Lasting job")), (Pence(0), pounds(2625.0)));
    assert_near(cheapest.cost_at_equal_share, 100.0 * 0.45 * 2625.0, 1e-9);
}

#[test]
fn every_form_fills_a_sound_design_or_says_what_is_missing() {
    let workspace = westmere_with_people();
    let option = workspace.question.options[0].id.clone();
    for form in FORMS {
        let copy = form.fill(&workspace, &option).unwrap();
        let effect = Effect::of(&workspace, &copy).unwrap();
        assert!(effect.cost_at_equal_share.unwrap() > 0.0, "{}", form.name);
        assert!(!copy.terms.source.is_empty());
        match form.kind {
            FormKind::Flat => {
                assert!(
                    copy.pays_like(&DesignCopy::of(&workspace, &option), &workspace.question.need_groups),
                    "A is a flat tariff"
                );
                assert_eq!(effect.parked(), 5);
            }
            FormKind::EqualMargins => assert_eq!(effect.parked(), 6),
            FormKind::ParkProof | FormKind::OnCompletion | FormKind::PersonalBudget => {
                assert_eq!(effect.parked(), 0, "{}", form.name);
            }
            FormKind::SocialInvestor => assert!(matches!(copy.terms.threshold, Threshold::Binary(_))),
            FormKind::Block => assert!(copy.payments.is_empty()),
            FormKind::TwoTariffs | FormKind::Mixed => {}
        }
    }
    let mut bare = workspace;
    bare.question.need_groups[0].cost_supported = None;
    assert!(FORMS.iter().all(|form| form.kind == FormKind::Flat
        || form.fill(&bare, &option).is_err()
        || form.kind == FormKind::SocialInvestor));
}

#[test]
fn contract_years_scale_fees_and_prices() {
    let mut workspace = with_gains(&[400.0], |terms| {
        room_for_all(terms);
        terms.attachment_fee = Some(pounds(300.0));
        terms.fee_by_year = vec![1.0, 0.5, 0.0];
        terms.price_by_year = vec![1.0, 0.5];
    });
    let years = reach::by_contract_year(&workspace, &only());
    assert_eq!(years.len(), 3);
    // A price of £3,500 × 0.4 less £1,000; half of it leaves −£300, and keeps doing so.
    for (year, (gain, income)) in years.iter().zip([(400.0, 2050.0), (-300.0, 1025.0), (-300.0, 875.0)]) {
        assert_near(year.reach.groups[0].gain.unwrap(), gain, 1e-9);
        assert_near(year.reach.groups[0].income_supported.unwrap(), income, 1e-9);
    }
    workspace.reach.terms[0].fee_by_year.clear();
    workspace.reach.terms[0].price_by_year.clear();
    assert!(reach::by_contract_year(&workspace, &only()).is_empty());
}

/// Helping costs £1,000 more: of a start fee of £300 and £200 at attachment, which everybody reaches, that is half.
#[test]
fn what_is_paid_whatever_the_result_counts_milestones_that_everybody_reaches() {
    let mut workspace = with_gains(&[400.0], |terms| {
        room_for_all(terms);
        terms.attachment_fee = Some(pounds(300.0));
    });
    assert_near(analysed(&workspace).certain_share_of_extra_cost.unwrap(), 0.3, 1e-12);
    let mut attachment = payment(&only(), None, "Attachment", 200.0);
    (attachment.probability_parked, attachment.probability_supported) = (Some(1.0), Some(1.0));
    workspace.reach.payments.push(attachment);
    assert_near(analysed(&workspace).certain_share_of_extra_cost.unwrap(), 0.5, 1e-12);
}

#[test]
fn the_curve_runs_through_the_prediction_and_spans_what_was_drawn() {
    let workspace = westmere_with_people();
    let curve = reach::curve(&workspace, 0).unwrap();
    let (fewest, most) = curve.left_out_range().unwrap();
    // The figures at £6,000 and at £50 that the example's own sums give.
    assert_eq!((fewest.round(), most.round()), (259.0, 513.0));
    let own = reach::analyse(&workspace).options[0].as_ref().unwrap().groups[0].share_supported_at[1];
    let near = curve.scales.iter().position(|&s| s > 600.0).unwrap();
    let around = (curve.shares[0][near - 1].unwrap(), curve.shares[0][near].unwrap());
    assert!(around.0 <= own.unwrap() && own.unwrap() <= around.1);
}

#[test]
fn a_what_if_threshold_is_held_against_a_comparison_group() {
    let workspace = westmere_with_people();
    let all = reach::analyse(&workspace).options;
    let cliff = reach::cliff(&workspace, 0, &all, 3.0).unwrap();
    assert!(!cliff.is_term);
    // 1 − Φ(3/SE) and 1 − Φ(0.2/SE) with SE = 100·√(2·b(1 − b)/1,305) and b = 0.5029 (scipy 1.17.1: 6.26 %, 45.9 %).
    let b = cliff.without;
    let error = 100.0 * (2.0 * b * (1.0 - b) / 1305.0_f64).sqrt();
    let past = |effect| reach::threshold::probability_past_threshold(3.0, effect, error).unwrap();
    assert_near(cliff.chance(0.0).unwrap(), past(0.0), 1e-12);
    assert!(
        (cliff.chance(0.0).unwrap() - 0.06).abs() < 0.005
            && (cliff.chance(2.8).unwrap() - 0.46).abs() < 0.005
    );
    let own = cliff.options.iter().find(|point| point.option == 0).unwrap();
    assert_near(cliff.slope(0, own.effect).unwrap(), own.chance, 1e-12);
    assert_eq!(cliff.slope(0, -1.0), Some(0.0));
    assert!(cliff.worth_of_one_more(3.0).unwrap() > cliff.worth_of_one_more(0.0).unwrap());
}

/// A must on the verdict strikes the option whose risk is high, at once and until it is mended.
#[test]
fn a_must_that_no_verdict_is_high_strikes_the_option_at_risk() {
    let mut session = Session::new(westmere_with_people(), 0, Arc::new(|| ()));
    let factor = FactorId::from("cherry-picking-f999");
    let add = |w: &mut Workspace| designs::add_linked_factor(w, &factor, ReachMeasure::Verdict, true);
    session.edit("Link the verdict", Room::Reach, None, add).unwrap();
    let level = |session: &Session, option: usize| {
        let id = &session.workspace().question.options[option].id;
        session.workspace().score(&factor, id).unwrap().level.clone()
    };
    assert_eq!(level(&session, 0), ScoreLevel::Level("High".to_owned()));
    assert_eq!(level(&session, 1), ScoreLevel::Level("Low".to_owned()));
    let struck = |session: &Session| !session.analysis().balance.options[0].struck_by.is_empty();
    assert!(struck(&session));
    // Nobody types what is computed: such an edit leaves no step.
    let option = session.workspace().question.options[0].id.clone();
    let signed = session.signature();
    let steps = session.revision();
    let put = |w: &mut Workspace| {
        change_score(w, &factor, &option, &signed, |score| score.level = ScoreLevel::Level("Low".to_owned()));
    };
    session.edit("Type over it", Room::Balance, None, put).unwrap();
    assert_eq!((level(&session, 0), session.revision()), (ScoreLevel::Level("High".to_owned()), steps));
    let copy = way(session.workspace(), WayKind::ParkProof).copy.unwrap();
    let tails: Vec<u32> = (0..copy.payments.len() as u32).collect();
    session.edit("Make it fair", Room::Reach, None, |w| designs::put_design(w, &copy, &tails)).unwrap();
    assert_ne!(level(&session, 0), ScoreLevel::Level("High".to_owned()));
    assert!(!struck(&session));
}

fn groups() -> impl Strategy<Value = Vec<(f64, f64, f64, f64)>> {
    // Extra cost, q, uplift, price.
    prop::collection::vec((50.0..4000.0, 0.0..0.6, 0.02..0.4, 0.0..8000.0), 1..6)
}

fn workspace_of(groups: &[(f64, f64, f64, f64)], floor: f64) -> Workspace {
    let made = groups.iter().enumerate().map(|(g, (cost, q, uplift, _))| NeedGroup {
        people_per_year: Some(100.0 + 10.0 * g as f64),
        cost_supported: Some(pounds(cost + 100.0)),
        cost_parked: Some(pounds(100.0)),
        outcome_without: Some(*q),
        outcome_parked: Some(*q),
        outcome_supported: Some(q + uplift),
        ..plain_group(&format!("group-{g}"))
    });
    let mut workspace = one_option(made.collect(), |terms| {
        room_for_all(terms);
        terms.floor = Some(floor);
    });
    for (group, given) in workspace.question.need_groups.clone().iter().zip(groups) {
        workspace.reach.payments.push(payment(&only(), Some(&group.id), "Outcome", given.3));
    }
    workspace
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_cheapest_prices_reach_the_target_and_are_never_dearer_than_the_table(given in groups()) {
        let workspace = workspace_of(&given, 0.0);
        let cheapest = found(&workspace, &PriceLimits::default());
        let after = cheapest.copy.reach(&workspace).unwrap();
        for (g, group) in after.groups.iter().enumerate() {
            // The target, and no more than the penny that prices are rounded up by.
            prop_assert!((49.994..50.011).contains(&group.gain.unwrap()), "{g}: {:?}", group.gain);
        }
        let table = way(&workspace, WayKind::ParkProof).effect.unwrap();
        prop_assert!(cheapest.cost_at_equal_share <= table.cost_at_equal_share.unwrap() + 1e-6);
    }

    #[test]
    fn shares_stay_between_floor_and_uptake_and_move_one_way_along_the_scale(
        given in groups(), floor in 0.0..0.5_f64,
    ) {
        let workspace = workspace_of(&given, floor);
        let curve = reach::curve(&workspace, 0).unwrap();
        let gains: Vec<f64> = analysed(&workspace).groups.iter().map(|g| g.gain.unwrap()).collect();
        for (shares, gain) in curve.shares.iter().zip(gains) {
            let shares: Vec<f64> = shares.iter().map(|s| s.unwrap()).collect();
            prop_assert!(shares.iter().all(|s| (floor - 1e-12..=1.0 + 1e-12).contains(s)));
            // With room for all, a group that it pays to park rises towards the middle and one that pays falls to it.
            for pair in shares.windows(2) {
                let rise = if gain < 0.0 { pair[1] - pair[0] } else { pair[0] - pair[1] };
                prop_assert!(rise >= -1e-12);
            }
        }
    }

    #[test]
    fn each_way_is_a_design_of_its_own_option(given in groups()) {
        let workspace = workspace_of(&given, 0.1);
        for way in ways(&workspace, &only(), &PriceLimits::default()) {
            if let Ok(copy) = way.copy {
                prop_assert!(copy.payments.iter().all(|p| p.option == only() && p.price >= Pence(0)));
                prop_assert!(way.effect.is_some());
            }
        }
    }
}
