//! The Reach room reproduces published results and the Westmere example.

use evenhand::{
    analysis::{
        Figure,
        reach::{
            self, FixSettings, GroupReach, OptionReach, Verdict, income_neutral_price, income_neutral_rate,
            threshold::{probability_paid, probability_past_threshold, relative_reduction},
        },
    },
    model::{Workspace, question::NeedGroup, reach::Payment},
};
use serde_json::Value;

use crate::designs::{analysed, assert_near, one_option, only};
use crate::westmere::{data, list, number, text};
use crate::westmere_people::{need_group, payment, pounds, westmere_with_people};

/// Agreement to the last of so many decimals.
#[track_caller]
fn assert_shown(actual: Figure, expected: &Value, decimals: i32) {
    let (actual, expected) = (actual.unwrap(), number(expected));
    let half_a_step = 0.5 * 10_f64.powi(-decimals);
    assert!((actual - expected).abs() <= half_a_step + 1e-9, "{actual} is not {expected}");
}

#[test]
fn westmere_is_predicted_as_published() {
    let workspace = westmere_with_people();
    let expected = data("westmere_expected.json");
    let result = reach::analyse(&workspace);
    for (option, reach) in workspace.question.options.iter().zip(&result.options) {
        let (reach, expected) = (reach.as_ref().unwrap(), &expected["reach"][option.badge.as_str()]);
        let verdict = match reach.verdict {
            Verdict::High => "High",
            Verdict::Moderate => "Moderate",
            Verdict::Low => "Low",
            Verdict::CannotBeJudged => "cannot be judged",
        };
        assert_eq!(verdict, text(&expected["risk"]), "{}: {:#?}", option.badge, reach.rules);
        assert_shown(reach.share_supported, &expected["share"], 4);
        assert_shown(reach.left_out_per_year, &expected["left_out"], 1);
        assert_shown(reach.cost_per_year, &expected["annual_cost"], 0);
        assert_shown(reach.income_at_risk_share, &expected["results_share"], 4);
        assert_near(reach.people.unwrap(), 1305.0, 0.0);
        for (group, of_group) in workspace.question.need_groups.iter().zip(&reach.groups) {
            let expected = &expected["groups"][group.id.as_str()];
            assert_shown(of_group.margin_supported, &expected["served"], 0);
            assert_shown(of_group.margin_parked, &expected["parked"], 0);
            assert_shown(of_group.share_supported_at[1], &expected["share"], 4);
            assert_shown(of_group.left_out_per_year, &expected["left_out"], 1);
        }
    }
}

#[test]
fn westmere_a_is_fixed_as_published() {
    let workspace = westmere_with_people();
    let expected = &data("westmere_expected.json")["fix_A"];
    let fix = reach::fix(&workspace, 0, FixSettings::default()).unwrap();
    assert_eq!((fix.attachment_fee, fix.completion_fee), (pounds(150.0), pounds(300.0)));
    for (group, fixed) in workspace.question.need_groups.iter().zip(&fix.groups) {
        assert_shown(fixed.price, &expected["tariff"][group.id.as_str()], 0);
        assert_eq!(fixed.price_now, 1400.0);
    }
    let extra = fix.cost_per_year_at_equal_share.unwrap() - fix.cost_per_year_now.unwrap();
    assert_shown(Ok(extra), &expected["extra_a_year"], 0);
    // With every group better supported than parked, nobody falls under half of an equal share.
    assert!(fix.left_out_per_year.unwrap() < 433.0);
    assert!(fix.groups.iter().all(|g| g.share_supported.unwrap() > 0.35));
}

#[test]
fn a_fix_carried_out_gains_what_was_asked() {
    let mut workspace = westmere_with_people();
    let settings = FixSettings { held_back: 0.0, round_up_to: 0.0, ..FixSettings::default() };
    let fix = reach::fix(&workspace, 0, settings).unwrap();
    let option = workspace.question.options[0].id.clone();
    workspace.reach.payments.retain(|p| p.option != option || p.milestone != "Not reconvicted");
    for fixed in fix.groups.iter().flat_map(|g| &g.payments) {
        workspace.reach.payments.push(Payment {
            price: fixed.price,
            probability_parked: fixed.probability_parked,
            probability_supported: fixed.probability_supported,
            ..payment(&option, Some(&fixed.group), &fixed.milestone, 0.0)
        });
    }
    let after = analysed(&workspace);
    for group in &after.groups {
        assert!((50.0..50.011).contains(&group.gain.unwrap()), "{:?}", group.gain);
    }
    assert_near(after.cost_per_year.unwrap(), fix.cost_per_year.unwrap(), 1e-9);
}

/// The groups of the case of equal margins.
fn equal_margin_groups(case: &Value) -> Vec<NeedGroup> {
    let group = |given: &Value| NeedGroup {
        people_per_year: Some(number(&given["n"])),
        cost_supported: Some(pounds(number(&given["c_serve"]))),
        cost_parked: Some(pounds(number(&given["c_park"]))),
        outcome_without: Some(number(&given["p_park"])),
        outcome_parked: Some(number(&given["p_park"])),
        outcome_supported: Some(number(&given["p_serve"])),
        ..need_group(&text(&given["name"]))
    };
    list(&case["inputs"]["segments"]).iter().map(group).collect()
}

/// The case of equal margins with everybody supported, at these prices.
fn equal_margin_workspace(case: &Value, price: impl Fn(usize) -> f64) -> Workspace {
    let mut workspace = one_option(equal_margin_groups(case), |terms| {
        terms.attachment_fee = Some(pounds(number(&case["inputs"]["attachment"])));
        terms.floor = Some(1.0);
    });
    for (g, group) in workspace.question.need_groups.iter().enumerate() {
        workspace.reach.payments.push(payment(&only(), Some(&group.id), "Outcome", price(g)));
    }
    workspace
}

#[test]
fn equal_margins_do_not_stop_parking() {
    let case = data("cases/22_equal_margin_tariff.json");
    let (expected, tolerance) = (&case["expected"], number(&case["tolerance"]));
    let flat = analysed(&equal_margin_workspace(&case, |_| number(&case["inputs"]["flat_outcome_tariff"])));
    let names: Vec<String> = list(&case["inputs"]["segments"]).iter().map(|s| text(&s["name"])).collect();
    let each = |reach: &OptionReach, figure: fn(&GroupReach) -> Figure, of: &str, tolerance: f64| {
        for (name, group) in names.iter().zip(&reach.groups) {
            assert_near(figure(group).unwrap(), number(&expected[of][name]), tolerance);
        }
    };
    each(&flat, |g| g.margin_supported, "margin_flat", tolerance);
    each(&flat, |g| g.gain, "gain_flat", tolerance);
    each(&flat, |g| g.equal_margin_price, "equal_margin_tariff", tolerance);
    each(&flat, |g| g.park_proof_price, "park_proof_tariff", tolerance);
    each(&flat, |g| g.income_at_risk_share, "outcome_contingent_share_flat", tolerance);
    assert_eq!(parked(&flat, &names), texts(&expected["parked_flat"]));
    assert_eq!(names[flat.pays_to_cream.unwrap()], text(&expected["creamed_flat"]));
    assert_near(flat.incentive_gap.unwrap(), number(&expected["incentive_gap_flat"]), tolerance);
    let deadweight = &expected["deadweight_share_of_outcome_spend_flat"];
    assert_near(flat.deadweight_share.unwrap(), number(deadweight), tolerance);
    assert_near(flat.cost_per_year.unwrap(), number(&expected["spend_flat_all_served"]), tolerance);

    // Prices are whole pence, so the figures that follow from them agree to the penny a person.
    let penny = 0.01;
    let even = equal_margin_workspace(&case, |g| flat.groups[g].equal_margin_price.unwrap());
    let even = analysed(&even);
    for (name, group) in names.iter().zip(&even.groups) {
        let gain = number(&expected["gain_at_equal_margin"][name]);
        assert!((group.gain.unwrap() - gain).abs() < penny);
    }
    assert_eq!(parked(&even, &names), texts(&expected["parked_at_equal_margin"]));

    let mut proof = equal_margin_workspace(&case, |g| flat.groups[g].park_proof_price.unwrap());
    let all = analysed(&proof);
    for (name, group) in names.iter().zip(&all.groups) {
        let margin = number(&expected["margin_at_park_proof"][name]);
        assert!((group.margin_supported.unwrap() - margin).abs() < penny);
    }
    assert!((all.cost_per_year.unwrap() - number(&expected["spend_park_proof"])).abs() < 1.0);
    proof.reach.terms[0].paid_above_baseline = true;
    let above = analysed(&proof);
    let spend = number(&expected["spend_if_paid_only_above_baseline_cohort"]);
    assert!((above.cost_per_year.unwrap() - spend).abs() < 1.0);
    for (group, before) in above.groups.iter().zip(&all.groups) {
        assert_near(group.gain.unwrap(), before.gain.unwrap(), 1e-9);
    }
}

fn parked(reach: &OptionReach, names: &[String]) -> Vec<String> {
    let flagged = names.iter().zip(&reach.groups).filter(|(_, g)| g.parked == Some(true));
    flagged.map(|(name, _)| name.clone()).collect()
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(text).collect()
}

/// The Work Programme with one price for a lasting job, as its case adds the payments up.
fn work_programme(case: &Value, with_attachment: bool) -> (Vec<String>, Vec<OptionReach>) {
    let rates = &case["inputs"]["two_year_job_outcome_rate_to_dec2017"];
    let income = case["expected"]["income_per_attached_person_gbp"].as_object().unwrap();
    let names: Vec<String> = income.keys().cloned().collect();
    let groups =
        names.iter().map(|n| NeedGroup { outcome_supported: Some(number(&rates[n])), ..need_group(n) });
    let groups: Vec<NeedGroup> = groups.collect();
    // The attachment fee differs by group while terms have one, so each group is looked at under its own fee.
    let by_group = names.iter().map(|name| {
        let mut workspace = one_option(groups.clone(), |terms| {
            let fee = number(&case["inputs"]["tariffs_gbp"][name]["attachment_y1"]);
            terms.attachment_fee = Some(pounds(if with_attachment { fee } else { 0.0 }));
        });
        for group in &groups {
            let tariff = &case["inputs"]["tariffs_gbp"][group.name.as_str()];
            let group = Some(&group.id);
            workspace.reach.payments.push(payment(&only(), group, "Job", number(&tariff["job_outcome"])));
            workspace.reach.payments.push(payment(
                &only(),
                group,
                "Lasting",
                number(&tariff["max_sustainment"]),
            ));
        }
        analysed(&workspace)
    });
    let by_group = by_group.collect();
    (names, by_group)
}

#[test]
fn a_tariff_three_times_as_high_still_paid_less_a_person() {
    let case = data("cases/01_work_programme_tariffs.json");
    let tolerance = number(&case["tolerance"]);
    let expected = &case["expected"]["income_per_attached_person_gbp"];
    let (names, with_fee) = work_programme(&case, true);
    let (_, without_fee) = work_programme(&case, false);
    let reference = without_fee[0].groups[0].income_supported.unwrap();
    let mut ranked: Vec<(f64, String)> = Vec::new();
    let mut least_rewarded = Vec::new();
    for (g, name) in names.iter().enumerate() {
        let (expected, group) = (&expected[name], &without_fee[g].groups[g]);
        let income = group.income_supported.unwrap();
        let with_fee = with_fee[g].groups[g].income_supported.unwrap();
        assert_near(with_fee, number(&expected["with_attachment_full_sustain"]), tolerance);
        assert_near(income, number(&expected["no_attachment_full_sustain"]), tolerance);
        assert_near(group.outcome_price, number(&expected["tariff_actual"]), tolerance);
        let neutral = number(&expected["break_even_rate_to_equal_PG1_income_no_attachment"]);
        assert_near(group.income_neutral_rate.unwrap(), neutral, tolerance);
        assert_near(income_neutral_rate(reference, group.outcome_price).unwrap(), neutral, tolerance);
        let price = number(&expected["outcome_tariff_needed_to_equal_PG1_income"]);
        assert_near(group.income_neutral_price.unwrap(), price, tolerance);
        let rate = number(&case["inputs"]["two_year_job_outcome_rate_to_dec2017"][name]);
        assert_near(income_neutral_price(reference, rate).unwrap(), price, tolerance);
        assert_near(income / reference, number(&expected["shortfall_factor"]), tolerance);
        if rate < group.income_neutral_rate.unwrap() - tolerance {
            least_rewarded.push(name.clone());
        }
        ranked.push((income, name.clone()));
    }
    assert_eq!(least_rewarded, texts(&case["expected"]["flag_parked"]));
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let ranked: Vec<String> = ranked.into_iter().map(|(_, name)| name).collect();
    assert_eq!(ranked, texts(&case["expected"]["rank_by_income_no_attachment"]));
}

#[test]
fn peterborough_was_paid_by_where_the_threshold_stood() {
    let case = data("cases/03_peterborough_sib.json");
    let (inputs, expected, tolerance) = (&case["inputs"], &case["expected"], number(&case["tolerance"]));
    let (treated, compared) = (number(&inputs["cohort_n"]), number(&inputs["control_n"]));
    let measured = relative_reduction(
        number(&inputs["events_per_100_treated"]) / 100.0 * treated,
        treated,
        number(&inputs["events_per_100_control"]) / 100.0 * compared,
        compared,
    )
    .unwrap();
    assert_near(measured.reduction, number(&expected["cohort1_reduction"]), tolerance);
    assert_near(measured.standard_error, number(&expected["se_reduction_poisson"]), tolerance);
    assert_near(measured.low, number(&expected["reduction_poisson_95ci"][0]), tolerance);
    assert_near(measured.high, number(&expected["reduction_poisson_95ci"][1]), tolerance);
    let (alone, pooled) = (number(&inputs["threshold_cohort"]), number(&inputs["threshold_pooled"]));
    assert_eq!(Value::Bool(measured.reduction >= alone), expected["cohort1_paid"]);
    assert_eq!(Value::Bool(number(&inputs["pooled_reduction_published"]) >= pooled), expected["pooled_paid"]);
    for (effect, paid) in expected["P_paid_by_true_effect"].as_object().unwrap() {
        let effect: f64 = effect.parse().unwrap();
        let error = measured.standard_error;
        let of_one = probability_past_threshold(alone, effect, error).unwrap();
        assert_near(of_one, number(&paid["P_paid_10pct_single_cohort"]), tolerance);
        let of_two = probability_past_threshold(pooled, effect, error / 2.0_f64.sqrt()).unwrap();
        assert_near(of_two, number(&paid["P_paid_7_5pct_pooled_two_cohorts"]), tolerance);
    }
}

/// Figures of scipy 1.17.1: `scipy.stats.binom.sf(ceil(t * n) - 1, n, p)` under 200, else
/// `scipy.stats.norm.sf((t - p) / sqrt(p * (1 - p) / n))`.
#[test]
fn the_chance_of_payment_is_exact_for_small_cohorts() {
    for (threshold, rate, people, chance) in BINOMIAL_AND_NORMAL {
        assert_near(probability_paid(threshold, rate, people).unwrap(), chance, 1e-10);
    }
    assert!(probability_paid(0.5, 0.4, 0.0).is_err());
    assert!(probability_paid(0.5, 1.2, 100.0).is_err());
    assert_eq!(probability_paid(0.5, 1.0, 1000.0), Ok(1.0));
    assert_eq!(probability_paid(0.5, 0.0, 100.0), Ok(0.0));
    assert_eq!(probability_paid(0.0, 0.0, 100.0), Ok(1.0));
}

const BINOMIAL_AND_NORMAL: [(f64, f64, f64, f64); 7] = [
    (0.4, 0.35, 100.0, 0.172_415_004_251_249_03),
    (0.5, 0.5, 20.0, 0.588_098_526_000_976_6),
    (0.3, 0.25, 199.0, 0.057_347_129_780_195_11),
    (0.1, 0.3, 12.0, 0.914_974_950_051),
    (0.7, 0.2, 150.0, 8.726_339_419_680_264e-40),
    (0.4, 0.35, 200.0, 0.069_103_833_487_012_73),
    (0.6, 0.58, 1305.0, 0.071_617_453_762_334_67),
];

#[test]
fn only_the_uplift_over_doing_nothing_is_worth_paying_for() {
    let workspace = westmere_with_people();
    let reach = reach::analyse(&workspace).options.remove(0).unwrap();
    // Of 799.1 people who would do well with support, 648.6 would without.
    assert_near(reach.deadweight_share.unwrap(), 648.6 / 799.1, 1e-12);
}

#[test]
fn a_fix_of_what_is_fixed_holds_nothing_more_back() {
    let mut workspace = westmere_with_people();
    let first = reach::fix(&workspace, 0, FixSettings::default()).unwrap();
    assert!(!first.held_back_already);
    let option = workspace.question.options[0].id.clone();
    let terms = workspace.reach.terms.iter_mut().find(|t| t.option == option).unwrap();
    terms.attachment_fee = Some(first.attachment_fee);
    workspace.reach.payments.retain(|p| p.option != option || p.milestone != "Not reconvicted");
    for fixed in first.groups.iter().flat_map(|g| &g.payments) {
        workspace.reach.payments.push(Payment {
            price: fixed.price,
            probability_parked: fixed.probability_parked,
            probability_supported: fixed.probability_supported,
            ..payment(&option, Some(&fixed.group), &fixed.milestone, 0.0)
        });
    }
    workspace.reach.payments.push(Payment {
        price: first.completion_fee,
        probability_parked: Some(0.0),
        probability_supported: Some(1.0),
        ..payment(&option, None, reach::HELD_BACK_MILESTONE, 0.0)
    });
    let second = reach::fix(&workspace, 0, FixSettings::default()).unwrap();
    assert!(second.held_back_already);
    assert_eq!(second.attachment_fee, second.attachment_fee_now);
    assert_eq!((second.attachment_fee, second.completion_fee), (pounds(150.0), pounds(300.0)));
    for (before, after) in first.groups.iter().zip(&second.groups) {
        assert_eq!(after.price, before.price);
    }
    assert_near(second.cost_per_year.unwrap(), first.cost_per_year.unwrap(), 1e-6);
}
