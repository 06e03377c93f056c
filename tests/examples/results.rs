//! What the worked examples give when they are opened, against the figures that their inputs must give.

use std::collections::BTreeMap;

use evenhand::{
    analysis::{
        Analysis,
        balance::robustness::{self, Draws},
        course::Course,
        reach::{OptionReach, Verdict, comparison},
    },
    model::Workspace,
};
use serde::Deserialize;

use super::{opened, peterborough, work_programme};

#[derive(Deserialize)]
struct Expected {
    weights: Weights,
    options: BTreeMap<String, Totals>,
    ranking: Vec<String>,
    bands: Vec<Band>,
    ballots: Vec<Ranked>,
    sectors: BTreeMap<String, Ranked>,
    reach: BTreeMap<String, Reach>,
    voices_missing: Vec<String>,
}

#[derive(Deserialize)]
struct Weights {
    swing: BTreeMap<String, f64>,
    commercial_share: f64,
}

#[derive(Deserialize)]
struct Totals {
    x: f64,
    y: f64,
    total: f64,
    first_share: f64,
    total_95: (f64, f64),
    x_95: (f64, f64),
    y_95: (f64, f64),
}

#[derive(Deserialize)]
struct Band {
    lead: String,
    from: f64,
    to: f64,
}

#[derive(Deserialize)]
struct Ranked {
    commercial_share: f64,
    rank: String,
}

#[derive(Deserialize)]
struct Reach {
    risk: String,
    share: f64,
    left_out: f64,
    annual_cost: f64,
    results_share: f64,
    groups: BTreeMap<String, Group>,
}

#[derive(Deserialize)]
struct Group {
    served: f64,
    parked: f64,
    share: f64,
    left_out: f64,
}

/// The keys of the inputs in the order of the workspace.
const FACTORS: [&str; 12] =
    ["reach", "reoff", "cont", "partn", "surv", "fit", "wlc", "cash", "cert", "risk", "mkt", "chg"];
const GROUPS: [&str; 6] = ["prolific", "substance", "women", "young", "lowrisk", "longhigh"];
const SECTORS: [&str; 7] = ["public", "private", "vcs", "users", "victims", "elected", "citizens"];

fn westmere() -> (Workspace, Analysis, Expected) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/westmere_expected.json");
    let expected = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let workspace = opened("westmere");
    let analysis = Analysis::of(&workspace);
    (workspace, analysis, expected)
}

/// Whether a figure agrees with one that is given with so many decimals.
#[track_caller]
fn agrees(figure: f64, given: f64, decimals: i32, what: &str) {
    let half = 0.5 * 10_f64.powi(-decimals) + 1e-9;
    assert!((figure - given).abs() <= half, "{what}: {figure} is not {given}");
}

fn badges(workspace: &Workspace, options: &[usize]) -> String {
    options.iter().map(|&o| workspace.question.options[o].badge.as_str()).collect()
}

#[test]
fn westmere_gives_its_weights_values_and_tipping_points() {
    let (workspace, analysis, expected) = westmere();
    let balance = &analysis.balance;
    for (f, key) in FACTORS.iter().enumerate() {
        agrees(balance.swings[f], expected.weights.swing[*key], 9, key);
    }
    agrees(balance.commercial_share.unwrap(), expected.weights.commercial_share, 4, "commercial share");
    for (option, result) in workspace.question.options.iter().zip(&balance.options) {
        let given = &expected.options[&option.badge];
        agrees(result.value.unwrap(), given.total, 2, &option.badge);
        agrees(result.commercial.unwrap(), given.x, 2, &option.badge);
        agrees(result.operational.unwrap(), given.y, 2, &option.badge);
    }
    assert_eq!(badges(&workspace, &balance.ranking), expected.ranking.concat());
    assert_eq!(balance.bands.len(), expected.bands.len());
    for (band, given) in balance.bands.iter().zip(&expected.bands) {
        assert_eq!(workspace.question.options[band.leader].badge, given.lead);
        agrees(band.from, given.from, 4, &given.lead);
        agrees(band.to, given.to, 4, &given.lead);
    }
}

#[test]
fn westmere_holds_its_lead_in_as_many_draws_as_it_should() {
    let (workspace, _, expected) = westmere();
    let draws = Draws::asked_for(&workspace);
    let run = robustness::run(&workspace, draws, &Course::default()).unwrap().unwrap();
    for (o, option) in workspace.question.options.iter().enumerate() {
        let given = &expected.options[&option.badge];
        let point = |figure: f64, given: f64, by: f64| {
            assert!((figure - given).abs() <= by, "{}: {figure} is not {given}", option.badge);
        };
        point(run.rank_acceptability[o][0], given.first_share, 0.01);
        let spread = run.spread[o].unwrap();
        for (figure, given) in [
            (spread.total, given.total_95),
            (spread.commercial.unwrap(), given.x_95),
            (spread.operational.unwrap(), given.y_95),
        ] {
            point(figure.0, given.0, 1.0);
            point(figure.1, given.1, 1.0);
        }
    }
}

#[test]
fn westmere_ballots_and_sectors_rank_the_options_as_given() {
    let (workspace, analysis, expected) = westmere();
    // The second round is open, so that the first counts.
    let in_force = analysis.voices.in_force.iter().map(|&i| &analysis.voices.ballots[i]);
    assert_eq!(in_force.len(), expected.ballots.len());
    for (result, given) in in_force.zip(&expected.ballots) {
        agrees(result.commercial_share.unwrap(), given.commercial_share, 4, "ballot");
        assert_eq!(badges(&workspace, &result.ranking), given.rank);
    }
    assert_eq!(analysis.voices.by_sector.len(), SECTORS.len());
    for (result, key) in analysis.voices.by_sector.iter().zip(SECTORS) {
        let (result, given) = (result.as_ref().unwrap(), &expected.sectors[key]);
        agrees(result.commercial_share.unwrap(), given.commercial_share, 4, key);
        assert_eq!(badges(&workspace, &result.ranking), given.rank, "{key}");
    }
}

#[test]
fn westmere_misses_the_voices_of_two_groups() {
    let (_, analysis, expected) = westmere();
    let missing: Vec<&str> = GROUPS
        .into_iter()
        .zip(&analysis.voices.coverage)
        .filter(|(_, c)| c.missing)
        .map(|(g, _)| g)
        .collect();
    assert_eq!(missing, expected.voices_missing);
}

#[test]
fn westmere_payment_designs_leave_out_whom_they_should() {
    let (workspace, analysis, expected) = westmere();
    assert_eq!(analysis.reach.options.len(), 5);
    for (option, result) in workspace.question.options.iter().zip(&analysis.reach.options) {
        let (result, given) = (result.as_ref().unwrap(), &expected.reach[&option.badge]);
        let badge = option.badge.as_str();
        assert_eq!(result.verdict.words(), given.risk.to_lowercase(), "{badge}: {:#?}", result.rules);
        agrees(result.share_supported.unwrap(), given.share, 4, badge);
        agrees(result.left_out_per_year.unwrap(), given.left_out, 1, badge);
        agrees(result.cost_per_year.unwrap(), given.annual_cost, 0, badge);
        agrees(result.income_at_risk_share.unwrap(), given.results_share, 4, badge);
        assert_eq!(result.groups.len(), GROUPS.len());
        for (group, key) in result.groups.iter().zip(GROUPS) {
            let (given, what) = (&given.groups[key], format!("{badge} {key}"));
            agrees(group.margin_supported.unwrap(), given.served, 0, &what);
            agrees(group.margin_parked.unwrap(), given.parked, 0, &what);
            agrees(group.share_supported_at[1].unwrap(), given.share, 4, &what);
            agrees(group.left_out_per_year.unwrap(), given.left_out, 1, &what);
        }
    }
}

/// The Work Programme's results by option, with what the case gives for each group in the order of the workspace.
fn work_programme_results() -> (Vec<OptionReach>, work_programme::Expected) {
    let workspace = opened("work-programme");
    let results = Analysis::of(&workspace).reach.options.clone();
    assert_eq!(results.len(), work_programme::OPTIONS.len());
    (results.into_iter().map(Option::unwrap).collect(), work_programme::Case::read().expected)
}

#[test]
fn work_programme_incomes_are_the_published_ones() {
    let (options, expected) = work_programme_results();
    let [with_fee, without_fee] = options.as_slice() else { panic!("two options") };
    for (g, (key, ..)) in work_programme::GROUPS.iter().enumerate() {
        let given = &expected.income_per_attached_person_gbp[*key];
        agrees(with_fee.groups[g].income_supported.unwrap(), given.with_attachment_full_sustain, 6, key);
        agrees(without_fee.groups[g].income_supported.unwrap(), given.no_attachment_full_sustain, 6, key);
    }
}

#[test]
fn work_programme_parks_the_incapacity_groups_and_rewards_them_least() {
    let (options, expected) = work_programme_results();
    for option in &options {
        let key = |g: usize| work_programme::GROUPS[g].0.to_owned();
        let parked: Vec<String> =
            (0..4).filter(|&g| option.groups[g].parked == Some(true)).map(key).collect();
        assert_eq!(parked, expected.flag_parked);
        let mut by_gain: Vec<usize> = (0..4).collect();
        let gain = |g: usize| option.groups[g].gain.unwrap();
        by_gain.sort_by(|&a, &b| gain(b).total_cmp(&gain(a)));
        let by_gain: Vec<String> = by_gain.into_iter().map(key).collect();
        assert_eq!(by_gain, expected.rank_by_income_no_attachment);
        assert_eq!(option.verdict, Verdict::High, "{:#?}", option.rules);
    }
}

#[test]
fn work_programme_prices_would_have_been_neutral_at_higher_rates() {
    let (options, expected) = work_programme_results();
    for option in &options {
        for (g, key, written) in [(2, "PG6 new ESA", "21.0"), (3, "PG7 ESA ex-IB", "9.5")] {
            let rate = option.groups[g].outcome_rate_at_which_it_pays_to_park.unwrap();
            assert_eq!(format!("{:.1}", rate * 100.0), written);
            let neutral = option.groups[g].income_neutral_rate.unwrap();
            agrees(neutral, expected.income_per_attached_person_gbp[key].neutral_rate, 6, key);
            // The published rate makes incomes equal; costs are rounded down to £10, which moves it by this little.
            let given = expected.income_per_attached_person_gbp[key].neutral_rate;
            assert!((rate - given).abs() < 0.0005, "{key}: {rate} is not {given}");
        }
    }
}

#[test]
fn peterborough_is_paid_nothing_for_its_first_cohort_and_paid_for_both_together() {
    let workspace = opened("peterborough");
    let expected = peterborough::Case::read().expected;
    let judged = comparison::judged(&workspace.reach.terms[0]);
    let [first, both] = judged.as_slice() else { panic!("two results: {judged:?}") };
    agrees(first.reduction.unwrap(), expected.cohort1_reduction, 6, "first cohort");
    let limits = first.limits.unwrap();
    agrees(limits.low, expected.reduction_poisson_95ci[0], 6, "low");
    agrees(limits.high, expected.reduction_poisson_95ci[1], 6, "high");
    assert_eq!(first.paid(), Ok(expected.cohort1_paid));
    assert_eq!(first.chance_may_have_decided(), Ok(expected.threshold_inside_ci));
    assert_eq!(both.paid(), Ok(expected.pooled_paid));
    assert_eq!(
        first.words(),
        "Cohort 1: 8.4 % fewer events (3.3 % to 13.2 % at 95 %); 10 % is needed: nothing is paid. Chance alone may \
         have decided that."
    );
    assert_eq!(both.words(), "Both cohorts: 9 % fewer events; 7.5 % is needed: paid.");
}
