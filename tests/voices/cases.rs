//! The Voices room reproduces published agreement figures and the Westmere example.

use evenhand::{
    analysis::{
        Figure,
        voices::{self, BallotResult, BallotStanding, kendalls_w},
    },
    model::{
        Workspace,
        ids::{BallotId, FactorId, NeedGroupId, StakeholderId},
        voices::{Ballot, CombineRule, Heard, Round, RoundState, Vote},
    },
};
use serde_json::Value;

use crate::westmere::{data, list, number, numbers, text, westmere};
use crate::westmere_people::westmere_with_people;

/// Agreement to the last of so many decimals.
#[track_caller]
fn assert_shown(actual: f64, expected: f64, decimals: i32) {
    let half_a_step = 0.5 * 10_f64.powi(-decimals);
    assert!((actual - expected).abs() <= half_a_step + 1e-9, "{actual} is not {expected}");
}

fn badges(workspace: &Workspace, ranking: &[usize]) -> String {
    ranking.iter().map(|&o| workspace.question.options[o].badge.as_str()).collect()
}

#[track_caller]
fn assert_ballot(workspace: &Workspace, actual: &BallotResult, expected: &Value) {
    assert_shown(actual.commercial_share.unwrap(), number(&expected["commercial_share"]), 4);
    assert_eq!(badges(workspace, &actual.ranking), text(&expected["rank"]));
    let sum: f64 = actual.weights.iter().sum();
    assert!((sum - 1.0).abs() < 1e-12);
}

#[test]
fn kendalls_w_agrees_with_published_rankings() {
    let case = data("cases/14_kendalls_w.json");
    let tolerance = number(&case["tolerance"]);
    for case in list(&case["cases"]) {
        let judges: Vec<Vec<f64>> = list(&case["judges_by_items"]).iter().map(numbers).collect();
        let w = kendalls_w(&judges).unwrap();
        assert!((w - number(&case["W"])).abs() <= tolerance, "{}: {w}", case["name"]);
        // Friedman's χ² follows from it: m(n − 1)W.
        let (m, n) = (judges.len() as f64, judges[0].len() as f64);
        let chi_squared = m * (n - 1.0) * w;
        assert!((chi_squared - number(&case["chi2"])).abs() <= tolerance * 100.0);
    }
}

#[test]
fn published_examples_with_ties_agree_with_scipy_and_with_what_was_printed() {
    for case in list(&data("kendalls_w_with_ties.json")["cases"]) {
        let judges: Vec<Vec<f64>> = list(&case["judges_by_items"]).iter().map(numbers).collect();
        let agreed = voices::agreement(&judges).unwrap();
        let name = text(&case["name"]);
        assert!((agreed.w - number(&case["W"])).abs() < 1e-12, "{name}: {agreed:?}");
        assert!((agreed.chi_squared - number(&case["chi_squared"])).abs() < 1e-10, "{name}: {agreed:?}");
        assert!((agreed.p_value - number(&case["p"])).abs() < 1e-12, "{name}: {agreed:?}");
        assert_eq!((agreed.rankings, agreed.items), (judges.len(), judges[0].len()));
        if let Some(printed) = case.get("printed") {
            assert!((agreed.chi_squared - number(&printed["chi_squared"])).abs() < 0.0005, "{name}");
            assert!((agreed.p_value - number(&printed["p"])).abs() < 0.0005, "{name}");
        }
    }
}

#[test]
fn westmere_ballots_and_sectors_rank_as_published() {
    let workspace = westmere_with_people();
    let expected = data("westmere_expected.json");
    let result = voices::analyse(&workspace);
    assert_eq!(result.ballots.len(), 14);
    for (actual, expected) in result.ballots.iter().zip(list(&expected["ballots"])) {
        assert_ballot(&workspace, actual, expected);
    }
    for (sector, actual) in workspace.voices.sectors.iter().zip(&result.by_sector) {
        assert_ballot(&workspace, actual.as_ref().unwrap(), &expected["sectors"][sector.id.as_str()]);
    }
    let swings = result.combined_swings.clone().unwrap();
    for (factor, swing) in workspace.balance.factors.iter().zip(swings) {
        assert_shown(swing.unwrap(), number(&expected["weights"]["swing"][factor.id.as_str()]), 9);
    }
}

#[test]
fn westmere_misses_two_voices() {
    let workspace = westmere_with_people();
    let expected = data("westmere_expected.json");
    let groups = workspace.question.need_groups.iter();
    let coverage = voices::analyse(&workspace).coverage.clone();
    let missing: Vec<&str> =
        groups.zip(&coverage).filter(|(_, c)| c.missing).map(|(g, _)| g.id.as_str()).collect();
    let published: Vec<String> = list(&expected["voices_missing"]).iter().map(text).collect();
    assert_eq!(missing, published);
    assert!(coverage.iter().all(|c| c.missing == c.flag.is_some()));
    assert!(coverage.iter().all(|c| c.heard == Heard::Direct));
}

#[test]
fn a_voice_through_somebody_else_is_not_first_hand() {
    let mut workspace = westmere_with_people();
    let flag = |workspace: &Workspace| voices::analyse(workspace).coverage[2].clone();
    assert!(!flag(&workspace).missing);
    let ama = workspace.voices.stakeholders.iter_mut().find(|s| s.id.as_str() == "s16").unwrap();
    ama.heard = Heard::Proxy;
    assert!(flag(&workspace).missing);
    // Where nobody is asked to speak first hand, being spoken for is enough.
    for sector in &mut workspace.voices.sectors {
        sector.first_hand = false;
    }
    assert!(!flag(&workspace).missing);
    let women = NeedGroupId::from("women");
    workspace.voices.stakeholders.retain(|s| !s.speaks_for.contains(&women));
    let women = flag(&workspace);
    assert!(women.missing);
    assert_eq!(women.heard, Heard::No);
    assert_eq!(women.flag.as_deref(), Some("Nobody speaks for this group."));
}

/// From the published ballots with scipy 1.17.1: `scipy.stats.friedmanchisquare`/(m(n − 1)), over the swings and over the
/// totals that each ballot's weights give the published values.
#[test]
fn westmere_ballots_agree_on_options_more_than_on_factors() {
    let result = voices::analyse(&westmere());
    let near =
        |figure: Figure, expected: f64| assert!((figure.unwrap() - expected).abs() < 1e-9, "{figure:?}");
    near(result.agreement_on_factors.map(|agreed| agreed.w), 0.549_992_770_387_507_5);
    near(result.agreement_on_options.map(|agreed| agreed.w), 0.823_469_387_755_101_8);
}

#[test]
fn the_spread_of_swings_has_the_quartiles_of_numpy() {
    let result = voices::analyse(&westmere());
    // numpy 2.4.6: numpy.percentile(…, [0, 25, 50, 75, 100]) over the ballots on survival of local providers.
    let survival = result.spread[4].unwrap();
    assert_eq!(
        [survival.min, survival.lower_quartile, survival.median, survival.upper_quartile, survival.max],
        [10.0, 41.25, 60.0, 83.75, 95.0]
    );
}

/// Points by which B leads without each sector, by numpy 2.4.6 from the published ballots and values.
const LEADS_WITHOUT: [(&str, f64); 7] = [
    ("public", 9.074_633_951_906_677),
    ("private", 10.818_516_414_141_413),
    ("vcs", 8.228_900_411_363_092),
    ("users", 8.371_228_242_656_812),
    ("victims", 9.968_611_085_157_846),
    ("elected", 10.719_077_963_753_058),
    ("citizens", 9.822_167_451_364_528),
];

#[test]
fn whichever_sector_is_left_out_the_leader_stays() {
    let workspace = westmere();
    let result = voices::analyse(&workspace);
    for (sector, without) in workspace.voices.sectors.iter().zip(&result.without_sector) {
        let without = without.unwrap();
        assert_eq!(badges(&workspace, &[without.leader]), "B");
        assert!(!without.changes_leader);
        let expected = LEADS_WITHOUT.iter().find(|(id, _)| *id == sector.id.as_str()).unwrap().1;
        assert!((without.lead.unwrap() - expected).abs() < 1e-9, "{sector:?}: {without:?}");
    }
}

#[test]
fn leaving_out_a_sector_shows_whose_voice_decides() {
    let mut workspace = westmere();
    // Only the prime contractor and a service user are left: the contractor is the sharper voice.
    workspace.voices.ballots.retain(|b| ["p4", "p9"].contains(&b.id.as_str()));
    let result = voices::analyse(&workspace);
    let sector = |id: &str| workspace.voices.sectors.iter().position(|s| s.id.as_str() == id).unwrap();
    let without = |id| result.without_sector[sector(id)].map(|w| badges(&workspace, &[w.leader]));
    assert_eq!(without("users").as_deref(), Some("C"));
    assert_eq!(without("private").as_deref(), Some("B"));
    assert_eq!(without("victims"), None);
    let changes = ["users", "private"].map(|id| result.without_sector[sector(id)].unwrap().changes_leader);
    assert_eq!(changes.iter().filter(|c| **c).count(), 1);
}

#[test]
fn one_sector_one_vote_counts_each_sector_once() {
    let mut workspace = westmere();
    workspace.voices.vote = Vote::OneSector;
    let swings = voices::combined_swings(&workspace).unwrap();
    // The sectors' medians on reach are 90, 57.5, 100, 100, 80, 70 and 90.
    assert_eq!(swings[0], Some(90.0));
    // On risk transfer 40, 82.5, 15, 15, 60, 75 and 50.
    assert_eq!(swings[9], Some(50.0));
}

fn second_round(workspace: &mut Workspace, who: &[&str]) {
    for (n, name) in who.iter().enumerate() {
        let first = workspace.voices.ballots.iter().find(|b| b.stakeholder == Some((*name).into())).cloned();
        let mut ballot: Ballot = first.unwrap();
        ballot.id = BallotId::from(format!("second-{n}").as_str());
        ballot.round = 2;
        ballot.swings.values_mut().for_each(|s| *s = 10.0);
        workspace.voices.ballots.push(ballot);
    }
}

fn three_people() -> Workspace {
    let mut workspace = westmere();
    workspace.voices.ballots.truncate(3);
    for (ballot, name) in workspace.voices.ballots.iter_mut().zip(["p1", "p2", "p3"]) {
        ballot.stakeholder = Some(StakeholderId::from(name));
    }
    workspace
}

fn round_two(state: RoundState, asks: Vec<FactorId>) -> Round {
    Round { number: 2, asks, state, opened: None, closed: None }
}

#[test]
fn the_last_that_each_person_gave_in_a_closed_round_counts() {
    let mut workspace = three_people();
    second_round(&mut workspace, &["p1", "p2"]);
    assert_eq!(voices::ballots_in_force(&workspace), [2, 3, 4]);
    workspace.voices.rounds = vec![round_two(RoundState::Open, Vec::new())];
    assert_eq!(voices::ballots_in_force(&workspace), [0, 1, 2]);
    second_round(&mut workspace, &["p3"]);
    workspace.voices.rounds.clear();
    assert_eq!(voices::ballots_in_force(&workspace), [3, 4, 5]);
    assert_eq!(voices::combined_swings(&workspace).unwrap(), vec![Some(10.0); 12]);
    assert_eq!(voices::analyse(&workspace).ballots.len(), 6);
}

#[test]
fn a_second_round_about_one_factor_leaves_the_first_standing_on_the_others() {
    let mut workspace = three_people();
    let before = voices::combined_swings(&workspace).unwrap();
    second_round(&mut workspace, &["p1", "p2", "p3"]);
    let reach = workspace.balance.factors[0].id.clone();
    // The ballots name every factor; what the round did not ask about does not count.
    workspace.voices.rounds = vec![round_two(RoundState::Closed, vec![reach])];
    let after = voices::combined_swings(&workspace).unwrap();
    assert_eq!(after[0], Some(10.0));
    assert_eq!(after[1..], before[1..]);
}

#[test]
fn a_late_ballot_is_kept_and_does_not_count() {
    let mut workspace = three_people();
    second_round(&mut workspace, &["p1", "p2"]);
    let day = |day| Some(jiff::civil::date(2026, 3, day));
    workspace.voices.rounds = vec![Round { closed: day(9), ..round_two(RoundState::Closed, Vec::new()) }];
    workspace.voices.ballots[3].received = day(10);
    workspace.voices.ballots[4].received = day(9);
    assert_eq!(voices::ballots_in_force(&workspace), [0, 2, 4]);
    let standings = voices::ballot_standings(&workspace.voices);
    assert_eq!(standings[3], BallotStanding::Late);
    assert_eq!(standings[1], BallotStanding::Followed);
}

#[test]
fn unnamed_ballots_of_a_sector_are_followed_only_as_a_whole() {
    let mut workspace = westmere();
    workspace.voices.ballots.truncate(3);
    let again: Vec<Ballot> = workspace.voices.ballots[..2]
        .iter()
        .map(|b| Ballot { id: BallotId::from(format!("again-{}", b.id).as_str()), round: 2, ..b.clone() })
        .collect();
    workspace.voices.ballots.extend(again);
    let reach = workspace.balance.factors[0].id.clone();
    workspace.voices.rounds = vec![round_two(RoundState::Closed, vec![reach])];
    assert_eq!(voices::ballots_in_force(&workspace), [0, 1, 2]);
    assert_eq!(voices::ballot_standings(&workspace.voices)[3], BallotStanding::NotJoined);
    workspace.voices.rounds.clear();
    assert_eq!(voices::ballots_in_force(&workspace), [3, 4]);
    // One ballot a round is the sector's own, and is changed factor by factor.
    workspace.voices.ballots.drain(1..3);
    workspace.voices.ballots.truncate(2);
    let reach = workspace.balance.factors[0].id.clone();
    workspace.voices.ballots[1].swings = [(reach.clone(), 7.0)].into();
    workspace.voices.rounds = vec![round_two(RoundState::Closed, vec![reach])];
    assert_eq!(voices::ballots_in_force(&workspace), [1]);
    let swings = voices::combined_swings(&workspace).unwrap();
    assert_eq!((swings[0], swings[1]), (Some(7.0), Some(90.0)));
}

#[test]
fn without_ballots_there_is_a_reason_and_no_answer() {
    let mut workspace = westmere_with_people();
    workspace.voices.ballots.clear();
    let result = voices::analyse(&workspace);
    assert!(result.combined_swings.is_none());
    assert!(result.ballots.is_empty() && result.in_force.is_empty());
    assert_eq!(result.agreement_on_factors.unwrap_err().0, "no ballots");
    assert!(result.by_sector.iter().all(Option::is_none));
    assert!(result.without_sector.iter().all(Option::is_none));
    assert!(result.spread.iter().all(Option::is_none));

    let empty = voices::analyse(&Workspace::default());
    assert!(empty.combined_swings.is_none() && empty.coverage.is_empty());
}

#[test]
fn abstentions_leave_a_ballot_out_of_that_factor_only() {
    let mut workspace = westmere();
    let reach = workspace.balance.factors[0].id.clone();
    for ballot in &mut workspace.voices.ballots {
        ballot.swings.remove(&reach);
    }
    let swings = voices::combined_swings(&workspace).unwrap();
    assert_eq!(swings[0], None);
    assert_eq!(swings[1], Some(90.0));
    let result = voices::analyse(&workspace);
    assert!(result.spread[0].is_none() && result.spread[1].is_some());
    assert!(result.agreement_on_factors.is_err());
    assert!(result.agreement_on_options.is_ok());
}

#[test]
fn every_rule_combines_westmere_to_the_same_leader() {
    let mut workspace = westmere();
    for rule in [CombineRule::MedianAsGiven, CombineRule::MedianLargest100, CombineRule::MeanWeights] {
        workspace.voices.combine = rule;
        let result = evenhand::analysis::balance::analyse(&workspace);
        assert_eq!(badges(&workspace, &result.ranking[..1]), "B");
    }
}
