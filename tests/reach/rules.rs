//! Who would be left out under small payment designs: each rule of the verdict met and not met, the provider's response
//! along its dial, capacity, prices and fixes.

use evenhand::{
    analysis::reach::{self, DIAL_IN_THE_MIDDLE, FixSettings, OptionReach, Response, Verdict},
    model::{
        Workspace,
        reach::{Payment, Referral, Threshold},
    },
};

use crate::designs::{analysed, assert_near, one_option, only, plain_group, room_for_all, with_gains};
use crate::westmere::option;
use crate::westmere_people::{payment, pounds, westmere_with_people};

fn rule_met(reach: &OptionReach, rule: &str) -> Option<bool> {
    reach.rules.iter().find(|r| r.rule == rule).unwrap_or_else(|| panic!("no rule {rule}")).met
}

#[test]
fn a_parked_group_under_half_its_equal_share_is_high() {
    let with = |gain, floor| {
        let reach = analysed(&with_gains(&[gain, 3000.0], |terms| {
            room_for_all(terms);
            terms.floor = Some(floor);
        }));
        (rule_met(&reach, "parked-under-half").unwrap(), reach.verdict)
    };
    // 1/(1 + e^(1/600)) = 49.96 % of everybody; with a floor of a hundredth, 50.5 %.
    assert_eq!(with(-1.0, 0.0), (true, Verdict::High));
    assert_eq!(with(-1.0, 0.01), (false, Verdict::Moderate));
    assert_eq!(with(1.0, 0.0), (false, Verdict::Moderate));
}

/// What plain groups get anyway: their outcomes are alike while most income hangs on them.
const OTHERWISE: Verdict = Verdict::Moderate;

#[test]
fn refusing_more_than_one_in_twenty_is_high() {
    let with = |refused_people: f64, referral| {
        let mut workspace = with_gains(&[3000.0, 3000.0], |terms| {
            room_for_all(terms);
            terms.floor = Some(0.95);
            terms.referral = referral;
        });
        let groups = &mut workspace.question.need_groups;
        groups[0].people_per_year = Some(refused_people);
        groups[1].people_per_year = Some(100.0 - refused_people);
        // Supporting costs more than ever comes in, though parking costs nearly as much, so that it would not pay to park.
        groups[0].cost_supported = Some(pounds(9000.0));
        groups[0].cost_parked = Some(pounds(8990.0));
        let reach = analysed(&workspace);
        (rule_met(&reach, "refused"), reach.groups[0].refused, reach.verdict)
    };
    assert_eq!(with(6.0, Some(Referral::Provider)), (Some(true), Some(true), Verdict::High));
    assert_eq!(with(5.0, Some(Referral::Provider)), (Some(false), Some(true), OTHERWISE));
    assert_eq!(with(6.0, Some(Referral::Court)), (Some(false), Some(false), OTHERWISE));
    assert_eq!(with(6.0, None), (None, None, Verdict::CannotBeJudged));
    // Even if all of them could be refused, they are too few.
    assert_eq!(with(5.0, None), (Some(false), None, OTHERWISE));
}

#[test]
fn a_group_under_four_fifths_of_its_equal_share_is_moderate() {
    let with = |uptake| {
        let reach = analysed(&with_gains(&[20_000.0, 20_000.0], |terms| {
            room_for_all(terms);
            terms.attachment_fee = Some(pounds(100_000.0));
            terms.uptake.insert(plain_group("group-0").id, uptake);
        }));
        (rule_met(&reach, "under-four-fifths").unwrap(), reach.verdict)
    };
    assert_eq!(with(0.79), (true, Verdict::Moderate));
    assert_eq!(with(0.81), (false, Verdict::Low));
}

#[test]
fn income_behind_a_threshold_is_moderate() {
    let with = |fee, threshold| {
        // Everybody is supported: £2,000 × 0.5 = £1,000 a person hangs on the outcome.
        let mut workspace = with_gains(&[-200.0], |terms| {
            terms.floor = Some(1.0);
            terms.attachment_fee = Some(pounds(fee));
            terms.threshold = threshold;
        });
        workspace.question.need_groups[0].outcome_supported = Some(0.5);
        let reach = analysed(&workspace);
        (reach.income_at_risk_share.unwrap(), rule_met(&reach, "behind-a-threshold").unwrap())
    };
    assert_eq!(with(999.0, Threshold::Binary(0.3)), (1000.0 / 1999.0, true));
    assert_eq!(with(1001.0, Threshold::Binary(0.3)), (1000.0 / 2001.0, false));
    assert_eq!(with(999.0, Threshold::None), (1000.0 / 1999.0, false));
    // Above 30 % only 0.2 of an outcome a person is paid: £400.
    assert_eq!(with(399.0, Threshold::Above(0.3)), (400.0 / 799.0, true));
    assert_eq!(with(401.0, Threshold::Above(0.3)), (400.0 / 801.0, false));
}

#[test]
fn coarse_groups_with_much_at_risk_are_moderate() {
    let with = |apart: f64, fee| {
        let mut workspace = with_gains(&[3000.0, 3000.0], |terms| {
            room_for_all(terms);
            terms.floor = Some(1.0);
            terms.attachment_fee = Some(pounds(fee));
        });
        workspace.question.need_groups[0].outcome_supported = Some(0.5 - apart);
        workspace.question.need_groups[1].outcome_supported = Some(0.5 + apart);
        let reach = analysed(&workspace);
        let met = rule_met(&reach, "groups-too-coarse").unwrap();
        (reach.between_group_variance.unwrap(), met, reach.verdict)
    };
    // η² = apart² / 0.25; £10,000 × 0.5 of £5,000 + fee hangs on the outcome.
    let (low, met, verdict) = with(0.12, 4999.0);
    assert_near(low, 0.0576, 1e-12);
    assert_eq!((met, verdict), (true, Verdict::Moderate));
    let (high, met, verdict) = with(0.13, 4999.0);
    assert_near(high, 0.0676, 1e-12);
    assert_eq!((met, verdict), (false, Verdict::Low));
    assert!(!with(0.12, 5001.0).1);
}

#[test]
fn a_rule_says_its_threshold_and_what_it_found() {
    let reach = reach::analyse(&westmere_with_people()).options.remove(0).unwrap();
    let rule = &reach.rules[0];
    assert_eq!(rule.text, "A group that it pays to park gets under 50 % of its equal share.");
    assert_eq!(rule.groups, [0, 1, 2, 5]);
    let found = "Short-sentence prolific: gain −£2,192, 20 % of its equal share";
    assert!(rule.figures.starts_with(found), "{}", rule.figures);
    assert!(!rule.source.is_empty());
}

#[test]
fn missing_figures_matter_only_where_they_could_change_the_verdict() {
    let mut workspace = with_gains(&[-2000.0, 3000.0], room_for_all);
    workspace.question.need_groups[1].cost_supported = None;
    let reach = analysed(&workspace);
    // The first group is parked far under half of its share, whatever the second costs.
    assert_eq!(reach.verdict, Verdict::High);
    assert_eq!(reach.groups[1].gain.unwrap_err().0, "the cost of supporting one person is not stated");
    assert!(reach.groups[1].share_supported_at[1].is_err());
    assert!(reach.incentive_gap.is_err());

    let mut workspace = with_gains(&[3000.0, 3000.0], room_for_all);
    workspace.question.need_groups[1].outcome_supported = None;
    let reach = analysed(&workspace);
    assert_eq!(reach.verdict, Verdict::CannotBeJudged);
    let rule = &reach.rules[0];
    assert_eq!(rule.met, None);
    assert_eq!(rule.figures, "not known for group-1: the outcome rate with support is not stated");
}

#[test]
fn the_gain_does_not_need_the_fees() {
    let mut workspace = with_gains(&[500.0], room_for_all);
    workspace.reach.terms[0].attachment_fee = None;
    workspace.reach.terms[0].block_fee = None;
    let reach = analysed(&workspace);
    assert_near(reach.groups[0].gain.unwrap(), 500.0, 1e-12);
    assert!(reach.assumed.iter().any(|a| a.contains("attachment fee")));
    assert!(reach.assumed.iter().any(|a| a.contains("block fee")));
}

#[test]
fn without_a_design_or_groups_there_is_no_prediction() {
    let mut workspace = Workspace::default();
    assert!(reach::analyse(&workspace).options.is_empty());
    workspace.question.options = vec![option(0, "A")];
    workspace.question.need_groups = vec![plain_group("g")];
    assert!(reach::analyse(&workspace).options[0].is_none());
    assert!(reach::shares_at(&workspace, 0, 0.5).is_empty());
    assert!(reach::fix(&workspace, 0, FixSettings::default()).is_none());
    workspace.reach.payments = vec![payment(&only(), None, "Outcome", 100.0)];
    assert!(reach::analyse(&workspace).options[0].is_some());
    workspace.question.need_groups.clear();
    assert!(reach::analyse(&workspace).options[0].is_none());
}

#[test]
fn a_group_of_nobody_gives_reasons_and_no_strange_numbers() {
    let mut workspace = with_gains(&[500.0], |_| ());
    workspace.question.need_groups[0].people_per_year = Some(0.0);
    let reach = analysed(&workspace);
    assert!(reach.share_supported.is_err());
    assert!(reach.equal_share.is_err());
    assert!(reach.between_group_variance.is_err());
    assert_eq!(reach.cost_per_year, Ok(0.0));
    assert!(reach.income_at_risk_share.is_err());
    assert_near(reach.groups[0].gain.unwrap(), 500.0, 1e-12);
}

#[test]
fn a_group_of_nobody_meets_no_rule_and_is_not_counted() {
    // It pays to park the first group, and it gets under half of its equal share.
    let mut workspace = with_gains(&[-1.0, 3000.0], |terms| {
        room_for_all(terms);
        terms.floor = Some(0.0);
    });
    let of_people = analysed(&workspace);
    assert_eq!((rule_met(&of_people, "parked-under-half"), of_people.parked()), (Some(true), (1, 2)));
    workspace.question.need_groups[0].people_per_year = Some(0.0);
    let of_nobody = analysed(&workspace);
    assert_eq!((rule_met(&of_nobody, "parked-under-half"), of_nobody.parked()), (Some(false), (0, 1)));
    assert!(of_nobody.rules.iter().all(|rule| !rule.groups.contains(&0)), "{:?}", of_nobody.rules);
}

fn shares(workspace: &Workspace, dial: f64) -> Vec<f64> {
    reach::shares_at(workspace, 0, dial).into_iter().map(|s| s.unwrap()).collect()
}

#[test]
fn the_dial_goes_from_following_the_money_to_not_telling_groups_apart() {
    let workspace = with_gains(&[600.0, 0.0, -600.0], |terms| terms.floor = Some(0.2));
    for (share, expected) in shares(&workspace, 0.0).iter().zip([1.0, 0.6, 0.2]) {
        assert_near(*share, expected, 1e-12);
    }
    // s is £600 in the middle: 1/(1 + e^∓1).
    for (share, pull) in
        shares(&workspace, DIAL_IN_THE_MIDDLE).iter().zip([0.731_058_578_6, 0.5, 0.268_941_421_4])
    {
        assert_near(*share, 0.2 + 0.8 * pull, 1e-10);
    }
    // At three quarters s is thrice as large: 1/(1 + e^(−1/3)).
    assert_near(shares(&workspace, 0.75)[0], 0.2 + 0.8 * 0.582_570_206_5, 1e-9);
    for share in shares(&workspace, 1.0) {
        assert_near(share, 0.6, 1e-12);
    }
    assert!(reach::shares_at(&workspace, 0, 1.1).iter().all(Result::is_err));
    assert!(reach::shares_at(&workspace, 0, f64::NAN).iter().all(Result::is_err));
}

#[test]
fn capacity_shrinks_what_is_above_the_floor_by_one_factor() {
    // Both would be supported nearly whole: 2,000 hours wanted, 1,100 to be had, 200 of them for the floors.
    let workspace = with_gains(&[60_000.0, 60_000.0], |terms| {
        terms.floor = Some(0.1);
        terms.capacity_hours = Some(1100.0);
        terms.uptake.insert(plain_group("group-1").id, 0.55);
    });
    let shares = shares(&workspace, 0.5);
    let factor = 900.0 / (900.0 + 450.0);
    assert_near(shares[0], 0.1 + factor * 0.9, 1e-12);
    assert_near(shares[1], 0.1 + factor * 0.45, 1e-12);
    let reach = analysed(&workspace);
    assert_near(reach.equal_share.unwrap(), 0.55, 1e-12);
    let hours: f64 = shares.iter().map(|s| s * 1000.0).sum();
    assert_near(hours, 1100.0, 1e-12);
}

#[test]
fn the_tighter_of_two_capacities_binds() {
    let workspace = with_gains(&[60_000.0, 60_000.0], |terms| {
        terms.capacity_hours = Some(1500.0);
        terms.capacity_money = Some(pounds(50_000.0));
    });
    assert_near(analysed(&workspace).equal_share.unwrap(), 0.25, 1e-12);
    assert_near(shares(&workspace, 0.5)[0], 0.25, 1e-9);
}

#[test]
fn where_money_is_followed_the_best_gain_per_hour_comes_first() {
    let mut workspace = with_gains(&[500.0, 900.0, 500.0, -5.0], |terms| terms.capacity_hours = Some(3500.0));
    // £900 for 30 hours is less by the hour than £500 for 10.
    workspace.question.need_groups[1].hours_supported = Some(30.0);
    assert_eq!(shares(&workspace, 0.0), [1.0, 0.5, 1.0, 0.0]);
    // Groups that gain alike share alike.
    workspace.reach.terms[0].capacity_hours = Some(500.0);
    assert_eq!(shares(&workspace, 0.0), [0.25, 0.0, 0.25, 0.0]);
}

#[test]
fn capacity_that_cannot_be_shared_out_is_said() {
    let mut workspace = with_gains(&[500.0, 500.0], |terms| terms.capacity_hours = Some(500.0));
    workspace.question.need_groups[1].hours_supported = None;
    assert!(reach::shares_at(&workspace, 0, 0.5).iter().all(Result::is_err));
    assert_eq!(analysed(&workspace).verdict, Verdict::CannotBeJudged);
    // A group of unknown gain leaves the other's share known as long as there is room for both.
    workspace.question.need_groups[1].hours_supported = Some(10.0);
    workspace.question.need_groups[1].cost_supported = None;
    workspace.reach.terms[0].capacity_hours = Some(5000.0);
    let shares = reach::shares_at(&workspace, 0, 0.5);
    assert!(shares[0].is_ok() && shares[1].is_err());
}

#[test]
fn without_capacity_the_equal_share_is_the_support_predicted() {
    let mut workspace = with_gains(&[20_000.0, -20_000.0], |_| ());
    workspace.question.need_groups[1].people_per_year = Some(300.0);
    let reach = analysed(&workspace);
    assert_near(reach.equal_share.unwrap(), 0.25, 1e-9);
    assert_near(reach.left_out_per_year.unwrap(), 75.0, 1e-9);
    let response = Response::of(&workspace, 0).unwrap();
    assert_near(response.left_out_at(1.0).unwrap(), 0.0, 1e-9);
}

#[test]
fn a_group_that_it_pays_to_refuse_gets_its_floor_and_never_starts() {
    let mut workspace = with_gains(&[500.0], |terms| {
        terms.floor = Some(0.2);
        terms.referral = Some(Referral::Provider);
        terms.attachment_fee = Some(pounds(10.0));
    });
    workspace.question.need_groups[0].cost_supported = Some(pounds(3000.0));
    for dial in [0.0, 0.5, 1.0] {
        assert_eq!(shares(&workspace, dial), [0.2]);
    }
    // Twenty people start: £10 each, and half of them bring £3,750.
    assert_near(analysed(&workspace).cost_per_year.unwrap(), 200.0 + 37_500.0, 1e-12);
}

#[test]
fn a_cap_bounds_what_is_paid() {
    let mut workspace = with_gains(&[500.0], |terms| {
        terms.floor = Some(1.0);
        terms.block_fee = Some(pounds(1_000.0));
    });
    let uncapped = analysed(&workspace).cost_per_year.unwrap();
    assert_near(uncapped, 1_000.0 + 50.0 * 3750.0, 1e-12);
    workspace.reach.terms[0].cap = Some(pounds(100_000.0));
    assert_near(analysed(&workspace).cost_per_year.unwrap(), 100_000.0, 1e-12);
}

#[test]
fn a_price_of_its_own_takes_the_place_of_the_price_for_all() {
    let mut workspace = one_option(vec![plain_group("own"), plain_group("other")], |_| ());
    let own = workspace.question.need_groups[0].id.clone();
    workspace.reach.payments = vec![
        payment(&only(), None, "Outcome", 1000.0),
        payment(&only(), Some(&own), "Outcome", 5000.0),
        payment(&only(), None, "Bonus", 100.0),
    ];
    let reach = analysed(&workspace);
    assert_near(reach.groups[0].income_supported.unwrap(), 2550.0, 1e-12);
    assert_near(reach.groups[1].income_supported.unwrap(), 550.0, 1e-12);
}

#[test]
fn prices_say_under_which_outcome_rate_it_pays_to_park() {
    let reach = analysed(&with_gains(&[0.0, 1000.0, -900.0], |_| ()));
    let rate = |g: usize| reach.groups[g].outcome_rate_at_which_it_pays_to_park;
    assert_near(rate(0).unwrap(), 0.5, 1e-12);
    assert_near(rate(1).unwrap(), 0.3, 1e-12);
    // £250 an outcome pays for £1,000 of help at no rate.
    assert!(rate(2).is_err());
    assert_near(reach.groups[2].price_at_which_it_pays_to_park.unwrap(), 2500.0, 1e-12);
    assert_near(reach.groups[2].park_proof_price.unwrap(), 2625.0, 1e-12);
}

#[test]
fn milestones_that_pay_only_above_a_rate_begin_to_pay_one_after_the_other() {
    let mut workspace = one_option(vec![plain_group("g")], |terms| terms.threshold = Threshold::Above(0.3));
    let milestone = |name: &str, supported| Payment {
        probability_parked: Some(0.0),
        probability_supported: Some(supported),
        ..payment(&only(), None, name, 10_000.0)
    };
    workspace.reach.payments = vec![milestone("Started", 0.8), milestone("Lasting", 0.4)];
    let group = &analysed(&workspace).groups[0];
    // £10,000 × (0.8 − 0.3) + £10,000 × (0.4 − 0.3).
    assert_near(group.income_supported.unwrap(), 6000.0, 1e-12);
    assert_near(group.gain.unwrap(), 5000.0, 1e-12);
    // The first milestone alone brings the £1,000 of help once it is reached by 0.4, when the group's rate is half of its
    // 0.5 and the second is not yet reached by 0.3.
    assert_near(group.outcome_rate_at_which_it_pays_to_park.unwrap(), 0.25, 1e-12);
}

#[test]
fn no_price_makes_up_for_support_that_changes_nothing() {
    let mut workspace = with_gains(&[500.0], |_| ());
    workspace.question.need_groups[0].outcome_supported = Some(0.1);
    let reach = analysed(&workspace);
    assert!(reach.groups[0].park_proof_price.is_err());
    assert!(reach.groups[0].equal_margin_price.is_ok());
    let fix = reach::fix(&workspace, 0, FixSettings::default()).unwrap();
    assert!(fix.groups[0].price.is_err());
    assert!(fix.cost_per_year.is_err());
}

#[test]
fn a_fix_prices_the_outcome_where_only_a_block_fee_was_paid() {
    let workspace = one_option(vec![plain_group("g")], |terms| terms.block_fee = Some(pounds(5000.0)));
    let before = analysed(&workspace);
    assert_eq!(before.groups[0].parked, Some(true));
    assert_eq!(before.groups[0].outcome_price, 0.0);
    let fix = reach::fix(&workspace, 0, FixSettings::default()).unwrap();
    assert_eq!(fix.groups[0].price, Ok(2650.0));
    assert_eq!(fix.groups[0].payments[0].milestone, reach::ADDED_MILESTONE);
}

#[test]
fn a_binary_threshold_shows_the_chance_of_payment_at_rates_worth_knowing() {
    let workspace = with_gains(&[600.0], |terms| terms.threshold = Threshold::Binary(0.3));
    let reach = analysed(&workspace);
    // Nothing and parking 10 %, the prediction 10 % + 0.731 × 40 %, the threshold, everybody 50 %.
    let rates: Vec<f64> = reach.probability_paid_at.iter().map(|(rate, _)| *rate).collect();
    for (rate, expected) in rates.iter().zip([0.1, 0.3, 0.392_423_431_4, 0.5]) {
        assert_near(*rate, expected, 1e-9);
    }
    assert_eq!(rates.len(), 4);
    assert!(reach.probability_paid_at.is_sorted_by(|a, b| a.1 <= b.1));
    assert!(analysed(&with_gains(&[600.0], |_| ())).probability_paid_at.is_empty());
}

#[test]
fn signs_in_the_design_are_judged_and_what_nobody_said_stays_open() {
    let reach = reach::analyse(&westmere_with_people()).options.remove(0).unwrap();
    let sign = |words: &str| {
        let item = reach.checklist.iter().find(|c| c.text.contains(words));
        item.unwrap_or_else(|| panic!("no sign {words}")).present
    };
    assert_eq!(sign("decides who is referred"), Some(false));
    assert_eq!(sign("the same price"), Some(true));
    assert_eq!(sign("all or nothing"), Some(false));
    assert_eq!(sign("investor"), None);
    assert_eq!(sign("pilot"), None);
    assert_eq!(reach.checklist.len(), 9);
}
