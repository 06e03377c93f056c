//! What is paid, for whom and how surely: money to the penny, thresholds over those who start, payment above a baseline,
//! caps, and the chance of payment of a mixed cohort.

use evenhand::model::{
    Workspace,
    money::Pence,
    reach::{Referral, Threshold},
};

use crate::designs::{analysed, assert_near, one_option, only, plain_group, with_gains};
use crate::westmere_people::{payment, pounds};

/// One group at b = q = 40 %, p = 50 % and £1,000 to support, paid £10,000 for each outcome above its baseline.
fn paid_above_baseline() -> Workspace {
    let mut group = plain_group("all");
    (group.outcome_without, group.outcome_parked) = (Some(0.4), Some(0.4));
    let mut workspace = one_option(vec![group], |terms| {
        terms.paid_above_baseline = true;
        terms.referral = Some(Referral::Provider);
    });
    workspace.reach.payments.push(payment(&only(), None, "Outcome", 10_000.0));
    workspace
}

#[test]
fn a_margin_of_nought_but_for_rounding_is_neither_refused_nor_parked() {
    // 10,000 × (0.5 − 0.4) is a hair under 1,000 in binary fractions.
    let group = &analysed(&paid_above_baseline()).groups[0];
    assert_eq!((group.refused, group.parked), (Some(false), Some(false)));
    assert_eq!((group.margin_supported, group.gain), (Ok(0.0), Ok(0.0)));
    assert_eq!(group.share_supported_at[0], Ok(0.5));
}

#[test]
fn a_loss_of_a_penny_is_a_loss() {
    let mut workspace = paid_above_baseline();
    workspace.question.need_groups[0].cost_supported = Some(Pence(100_001));
    let group = &analysed(&workspace).groups[0];
    assert_eq!((group.refused, group.parked), (Some(true), Some(true)));
}

#[test]
fn the_predicted_chance_of_payment_leaves_out_those_who_never_start() {
    let mut easy = plain_group("easy");
    let mut hard = plain_group("hard");
    hard.people_per_year = Some(300.0);
    hard.cost_supported = Some(pounds(90_000.0));
    easy.outcome_parked = Some(0.5);
    hard.outcome_supported = Some(0.2);
    let mut workspace = one_option(vec![easy, hard], |terms| {
        terms.threshold = Threshold::Binary(0.45);
        terms.referral = Some(Referral::Provider);
    });
    workspace.reach.payments.push(payment(&only(), None, "Outcome", 4_000.0));
    let reach = analysed(&workspace);
    assert_eq!(reach.groups[1].refused, Some(true));
    // A hundred people start, each at 50 %: Σ C(100, k)/2¹⁰⁰ over k from 45, in whole numbers.
    let paid = reach.probability_paid_at.iter().find(|(rate, _)| (rate - 0.5).abs() < 1e-12).expect("50 %");
    assert_near(paid.1, 0.864_373_487_963_082_3, 1e-9);
}

#[test]
fn deadweight_counts_what_is_paid_and_not_what_is_reached() {
    // Parked people reach 40 % and so does nobody's baseline: nothing is paid for them.
    assert_eq!(analysed(&paid_above_baseline()).deadweight_share, Ok(0.0));
    let mut workspace = with_gains(&[600.0], |terms| terms.threshold = Threshold::Above(0.2));
    workspace.question.need_groups[0].outcome_parked = Some(0.3);
    // (0.3 − 0.2) / (0.5 − 0.2).
    assert_near(analysed(&workspace).deadweight_share.unwrap(), 1.0 / 3.0, 1e-12);
    workspace.reach.terms[0].threshold = Threshold::None;
    assert_near(analysed(&workspace).deadweight_share.unwrap(), 0.6, 1e-12);
}

#[test]
fn deadweight_of_results_that_nobody_is_paid_for_has_a_reason() {
    let workspace = with_gains(&[600.0], |terms| terms.threshold = Threshold::Above(0.6));
    let why = analysed(&workspace).deadweight_share.unwrap_err().0;
    assert_eq!(why, "no group passes the rate up to which nothing is paid");
}

#[test]
fn a_rate_that_does_not_exceed_its_baseline_says_so_instead_of_a_price() {
    let mut workspace = paid_above_baseline();
    let group = &mut workspace.question.need_groups[0];
    (group.outcome_without, group.outcome_parked) = (Some(0.5), Some(0.5));
    let why = analysed(&workspace).groups[0].equal_margin_price.unwrap_err().0;
    assert!(why.contains("does not exceed"), "{why}");
    workspace.question.need_groups[0].outcome_supported = Some(0.0);
    let why = analysed(&workspace).groups[0].equal_margin_price.unwrap_err().0;
    assert!(why.contains("nobody reaches"), "{why}");
}

#[test]
fn a_cap_cuts_the_income_that_hangs_on_results_and_says_what_it_leaves() {
    let mut workspace = with_gains(&[500.0], |terms| {
        terms.floor = Some(1.0);
        terms.block_fee = Some(pounds(40_000.0));
    });
    let uncapped = analysed(&workspace);
    assert!(!uncapped.assumed.iter().any(|sentence| sentence.contains("cap")));
    workspace.reach.terms[0].cap = Some(pounds(100_000.0));
    let capped = analysed(&workspace);
    // Of £100,000 the block fee is sure; £60,000 would go with the results.
    assert_near(capped.income_at_risk_share.unwrap(), 0.6, 1e-12);
    assert!(capped.assumed.iter().any(|s| s.contains("cap bounds the cost and not the incentives")));
    workspace.reach.terms[0].cap = Some(pounds(30_000.0));
    assert_eq!(analysed(&workspace).income_at_risk_share, Ok(0.0));
}

#[test]
fn a_mixed_cohort_varies_less_than_one_of_the_same_mean_rate() {
    let mut sure = plain_group("sure");
    let mut doubtful = plain_group("doubtful");
    for group in [&mut sure, &mut doubtful] {
        group.people_per_year = Some(500.0);
    }
    (sure.outcome_supported, doubtful.outcome_supported) = (Some(0.9), Some(0.1));
    let mut workspace = one_option(vec![sure, doubtful], |terms| terms.threshold = Threshold::Binary(0.51));
    workspace.reach.payments.push(payment(&only(), None, "Outcome", 4_000.0));
    // SE = √(1000 × 0.09)/1000; ½·erfc(0.01/(SE·√2)). One rate of 50 % would give 0.2635.
    let reach = analysed(&workspace);
    let paid = reach.probability_paid_at.iter().find(|(rate, _)| (rate - 0.5).abs() < 1e-12).expect("50 %");
    assert_near(paid.1, 0.145_920_272_571_89, 1e-9);
}

#[test]
fn the_scale_of_the_response_and_what_a_rate_is_held_against_are_said_among_the_assumptions() {
    let mut workspace = with_gains(&[500.0], |_| ());
    workspace.reach.response_scale = pounds(250.0);
    workspace.reach.terms[0].threshold = Threshold::Above(0.2);
    let assumed = analysed(&workspace).assumed;
    assert!(assumed.iter().any(|a| a.contains("begins to change at a gain of £250 a person")), "{assumed:?}");
    assert!(assumed.iter().any(|a| a.contains("not against that of the whole cohort")), "{assumed:?}");
}

/// A milestone that parked people do not reach has nothing that would have happened anyway: paying above the baseline
/// then pays for every success, and what is spent is the sum of what the groups bring in.
#[test]
fn nothing_is_taken_off_where_parked_people_are_not_counted() {
    let mut workspace = paid_above_baseline();
    workspace.reach.payments[0].probability_parked = Some(0.0);
    let above = analysed(&workspace);
    workspace.reach.terms[0].paid_above_baseline = false;
    let flat = analysed(&workspace);
    assert_eq!(above.groups[0].gain, flat.groups[0].gain);
    assert_eq!(above.cost_per_year, flat.cost_per_year);
    assert_eq!(above.income_at_risk_share, flat.income_at_risk_share);
}
