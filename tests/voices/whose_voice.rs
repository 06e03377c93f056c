//! Whose voice decides, how the answer changes with it, and how far ballots agree: on the Westmere example as the mock
//! workshop stated it, on degenerate cases, and as properties.

use evenhand::{
    analysis::voices::{self, AtWeights, MoveUnit, Outcome, combine, combine_weighted, weighted_median},
    model::{
        Workspace,
        balance::{Scale, ScoreLevel},
        ids::{BallotId, StakeholderId},
        voices::{Ballot, CombineRule, Round, RoundState, Stakeholder, Vote},
    },
};
use proptest::prelude::*;

use crate::westmere::westmere;

fn badge(workspace: &Workspace, outcome: Option<Outcome>) -> String {
    workspace.question.options[outcome.unwrap().leader].badge.clone()
}

fn lead(outcome: Option<Outcome>) -> f64 {
    outcome.unwrap().lead.unwrap()
}

fn tenths(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// The stated figures of the example, to the decimals stated: the median of points as given.
#[test]
fn westmere_leads_as_stated_by_person_by_sector_and_without_each() {
    let workspace = westmere();
    let result = voices::analyse(&workspace);
    let (person, sector) = (result.by_vote.one_person, result.by_vote.one_sector);
    assert_eq!((badge(&workspace, person), badge(&workspace, sector)), ("B".into(), "B".into()));
    assert_eq!(tenths(lead(person)), 9.2);
    assert_eq!(tenths(lead(sector)), 8.5);
    let shares = [person, sector].map(|o| (o.unwrap().commercial_share * 100.0).round());
    assert_eq!(shares, [42.0, 43.0]);
    assert_eq!(result.together, person);
    let mut without: Vec<f64> = result.without_sector.iter().map(|o| tenths(lead(*o))).collect();
    without.sort_by(f64::total_cmp);
    assert_eq!(without, [8.2, 8.4, 9.1, 9.8, 10.0, 10.7, 10.8]);
    let one_out = result.lead_without_one.unwrap();
    let (low, high) = one_out.range.unwrap();
    assert_eq!((tenths(low), tenths(high)), (8.5, 10.0));
    assert!(one_out.changes.is_empty());
}

#[test]
fn westmere_leads_as_stated_with_marginal_voices_at_nought_once_and_double() {
    let mut workspace = westmere();
    for ballot in &mut workspace.voices.ballots {
        ballot.marginal = ballot.sector.as_str() == "users";
    }
    let result = voices::analyse(&workspace);
    let AtWeights { nought, once, double, alone } = result.marginal.unwrap();
    assert_eq!([nought, once, double].map(|o| tenths(lead(o))), [8.4, 9.2, 10.8]);
    assert!([nought, once, double].iter().all(|o| badge(&workspace, *o) == "B"));
    // The two are all of their sector, so both ways of asking give the same.
    let users = workspace.voices.sectors.iter().position(|s| s.id.as_str() == "users").unwrap();
    assert_eq!(result.sectors_at[users], Some(AtWeights { nought, once, double, alone }));
    let share = alone.unwrap().commercial_share;
    assert_eq!(Some(share), result.by_sector[users].as_ref().unwrap().commercial_share);
}

/// Value to the worst-off sector, and the largest regret of a sector, for A to E.
const FAIRNESS: [(f64, f64); 5] = [
    (32.699967548220826, 42.197281612128776),
    (59.91205034535074, 0.14102187886772555),
    (55.85042250326094, 19.046826657088666),
    (40.29374775422207, 26.031486102446813),
    (47.95301233680681, 24.5976782799927),
];

#[test]
fn westmere_serves_its_worst_off_sector_best_with_the_partnership() {
    let workspace = westmere();
    let result = voices::analyse(&workspace);
    let fairness = result.fairness.unwrap();
    // By numpy 2.4.6 from the published ballots and values: see the figures in FAIRNESS.
    for (o, (worst, regret)) in FAIRNESS.iter().enumerate() {
        assert!((fairness.worst_off[o].unwrap().points - worst).abs() < 1e-9, "{:?}", fairness.worst_off);
        assert!((fairness.largest_regret[o].unwrap().points - regret).abs() < 1e-9);
    }
    assert_eq!((fairness.maximin.as_slice(), fairness.minimax_regret.as_slice()), (&[1][..], &[1][..]));
    // Whoever leads by a sector's weights costs it nothing.
    for (s, sector) in result.by_sector.iter().enumerate() {
        let best = sector.as_ref().unwrap().ranking[0];
        assert_eq!(fairness.regrets[best].as_ref().unwrap()[s], Some(0.0));
    }
}

#[test]
fn without_ballots_or_options_every_figure_has_a_reason() {
    let result = voices::analyse(&Workspace::default());
    assert_eq!(result.lead_without_one.as_ref().unwrap_err().0, "no ballots");
    assert_eq!(result.marginal.unwrap_err().0, "no ballots");
    assert_eq!(result.fairness.as_ref().unwrap_err().0, "no sector has given a ballot");
    assert!(result.movement.as_ref().unwrap_err().0.starts_with("nobody has given a ballot"));
    assert!(result.together.is_none() && result.by_vote.one_sector.is_none());
    let mut workspace = westmere();
    workspace.question.options.clear();
    workspace.balance.scores.clear();
    let result = voices::analyse(&workspace);
    assert!(result.together.is_none());
    assert_eq!(result.fairness.as_ref().unwrap_err().0, "no option is left to choose");
    let mut workspace = westmere();
    workspace.voices.ballots.truncate(1);
    let result = voices::analyse(&workspace);
    assert!(result.lead_without_one.as_ref().unwrap_err().0.starts_with("there is one ballot"));
    assert!(result.marginal.unwrap_err().0.starts_with("nobody with a ballot is marked"));
}

#[test]
fn ballots_of_noughts_have_no_outcome_and_no_regret() {
    let mut workspace = westmere();
    for ballot in &mut workspace.voices.ballots {
        ballot.swings.values_mut().for_each(|swing| *swing = 0.0);
    }
    for rule in [CombineRule::MedianAsGiven, CombineRule::MedianLargest100, CombineRule::MeanWeights] {
        workspace.voices.combine = rule;
        let result = voices::analyse(&workspace);
        assert!(result.together.is_none(), "{rule:?}");
        assert!(result.without_ballot.iter().all(Option::is_none), "{rule:?}");
        assert!(result.fairness.is_err() && result.agreement_on_factors.is_err(), "{rule:?}");
    }
}

/// Of all options but one struck there is a leader and no lead.
#[test]
fn a_single_option_leads_without_a_lead() {
    let mut workspace = westmere();
    workspace.question.options.truncate(1);
    let result = voices::analyse(&workspace);
    assert_eq!(result.together.unwrap().lead, None);
    assert_eq!(result.lead_without_one.unwrap().range, None);
    assert_eq!(result.fairness.unwrap().maximin, [0]);
}

/// Gives everybody a name and a place in the register, the first with the most influence.
fn named(workspace: &mut Workspace) {
    let voices = &mut *workspace.voices;
    for (n, ballot) in voices.ballots.iter_mut().enumerate() {
        let id = StakeholderId::from(format!("person-{n}").as_str());
        ballot.stakeholder = Some(id.clone());
        let person = Stakeholder::named(id, &format!("Person {n}"), ballot.sector.clone());
        let influence = Some(9.0 - n as f64 / 10.0);
        voices.stakeholders.push(Stakeholder { influence, ..person });
    }
}

/// Adds a second ballot for everybody: their first, with each swing changed.
fn vote_again(workspace: &mut Workspace, change: impl Fn(usize, f64) -> f64) {
    let again: Vec<Ballot> = workspace
        .voices
        .ballots
        .iter()
        .enumerate()
        .map(|(n, first)| {
            let mut ballot = first.clone();
            ballot.id = BallotId::from(format!("again-{n}").as_str());
            ballot.round = 2;
            ballot.swings.values_mut().for_each(|swing| *swing = change(n, *swing));
            ballot
        })
        .collect();
    workspace.voices.ballots.extend(again);
}

#[test]
fn moving_towards_the_most_powerful_voice_is_pointed_out() {
    let mut workspace = westmere();
    named(&mut workspace);
    let senior = workspace.voices.ballots[0].clone();
    let again: Vec<Ballot> = workspace
        .voices
        .ballots
        .iter()
        .enumerate()
        .map(|(n, first)| {
            let mut ballot = first.clone();
            ballot.id = BallotId::from(format!("again-{n}").as_str());
            ballot.round = 2;
            for (factor, swing) in &mut ballot.swings {
                *swing += (senior.swings[factor] - *swing) / 2.0;
            }
            ballot
        })
        .collect();
    workspace.voices.ballots.extend(again);
    let movement = voices::analyse(&workspace).movement.clone().unwrap();
    assert_eq!(movement.people.len(), 14);
    let deference = movement.deference.unwrap();
    assert_eq!((deference.senior, deference.unit), (0, MoveUnit::Factors));
    assert_eq!(deference.away, 0);
    assert!(deference.towards >= 6 && deference.beyond_chance, "{deference:?}");
    // Half of the way: the shift of each is half of what lay between.
    let shift = movement.people[3].shifts[0].unwrap();
    let apart = senior.swings[&workspace.balance.factors[0].id]
        - workspace.voices.ballots[3].swings[&workspace.balance.factors[0].id];
    assert!((shift - apart / 2.0).abs() < 1e-12);
}

/// Everybody going half of the way to the median is coming together, and not deference.
#[test]
fn coming_together_is_not_mistaken_for_deference() {
    let mut workspace = westmere();
    named(&mut workspace);
    let medians = voices::combined_swings(&workspace).unwrap();
    let factors: Vec<_> = workspace.balance.factors.iter().map(|f| f.id.clone()).collect();
    let mut again = workspace.voices.ballots.to_vec();
    for (n, ballot) in again.iter_mut().enumerate() {
        ballot.id = BallotId::from(format!("again-{n}").as_str());
        ballot.round = 2;
        for (factor, median) in factors.iter().zip(&medians) {
            let swing = ballot.swings.get_mut(factor).unwrap();
            *swing += (median.unwrap() - *swing) / 2.0;
        }
    }
    workspace.voices.ballots.extend(again);
    let movement = voices::analyse(&workspace).movement.clone().unwrap();
    assert!(!movement.deference.is_ok_and(|deference| deference.beyond_chance));
    for shift in movement.factors.iter().flatten() {
        assert!((shift.median_after - shift.median_before).abs() < 1e-9);
    }
}

#[test]
fn a_second_round_in_which_nobody_moves_is_too_little_to_say() {
    let mut workspace = westmere();
    named(&mut workspace);
    vote_again(&mut workspace, |_, swing| swing);
    let result = voices::analyse(&workspace);
    let movement = result.movement.clone().unwrap();
    assert!(movement.deference.unwrap_err().0.contains("too few to say"));
    assert_eq!(result.blind, result.together);
    // An open round moves nothing.
    workspace.voices.rounds.push(open_round());
    assert!(voices::analyse(&workspace).movement.is_err());
}

fn open_round() -> Round {
    Round { number: 2, asks: Vec::new(), state: RoundState::Open, opened: None, closed: None }
}

#[test]
fn who_is_most_powerful_must_be_known() {
    let mut workspace = westmere();
    named(&mut workspace);
    vote_again(&mut workspace, |n, swing| swing + n as f64);
    let reason =
        |workspace: &Workspace| voices::analyse(workspace).movement.clone().unwrap().deference.unwrap_err().0;
    workspace.voices.stakeholders[1].influence = Some(9.0);
    assert_eq!(reason(&workspace), "several people share the most influence");
    workspace.voices.stakeholders.iter_mut().for_each(|person| person.influence = None);
    assert!(reason(&workspace).contains("stated influence"));
}

#[test]
fn gut_feel_stands_beside_what_the_points_lead_to() {
    let mut workspace = westmere();
    let ids: Vec<_> = workspace.question.options.iter().map(|option| option.id.clone()).collect();
    for (n, ballot) in workspace.voices.ballots.iter_mut().enumerate() {
        ballot.gut_feel = ids.clone();
        // Half put B first.
        ballot.gut_feel.rotate_left(n % 2);
    }
    let result = voices::analyse(&workspace);
    let (agree, of) = voices::agreeing(&result.gut_feel);
    // B leads by the points of twelve; of those seven put B first by gut feel.
    let both = result.gut_feel.iter().flatten().filter(|c| c.own == 1 && c.by_points == Some(1)).count();
    assert_eq!((agree, of), (both, 14));
    assert!(result.own_rankings.iter().all(Option::is_none));
    let agreed = result.agreement_on_gut_feel.unwrap();
    assert_eq!((agreed.rankings, agreed.items), (14, 5));
    // A ranking that leaves options out is not compared with whole ones.
    workspace.voices.ballots[0].gut_feel.truncate(2);
    let agreed = voices::analyse(&workspace).agreement_on_gut_feel.unwrap();
    assert_eq!(agreed.rankings, 13);
}

#[test]
fn who_ties_for_the_lead_without_a_ballot_still_leads() {
    let mut workspace =
        voted(&[vec![Some(0.0); 12], vec![Some(0.0); 12]], CombineRule::MeanWeights, Vote::OnePerson);
    // On the first factor the second option is ahead by as much as the first is behind on the other.
    let (options, factors) = (&workspace.question.options, &workspace.balance.factors);
    let [first, second] = [&options[0].id, &options[1].id].map(Clone::clone);
    let [one, other] = [&factors[0].id, &factors[1].id].map(Clone::clone);
    workspace.question.options.truncate(2);
    workspace.balance.scores.retain(|score| score.option == first || score.option == second);
    for factor in &mut workspace.balance.factors {
        (factor.scale, factor.must) = (Scale::Direct, None);
    }
    for score in &mut workspace.balance.scores {
        let is_high = (score.option == second) == (score.factor == one);
        score.level = ScoreLevel::Point(if is_high { 60.0 } else { 40.0 });
    }
    let points =
        |of_one: f64, of_other: f64| [(one.clone(), of_one), (other.clone(), of_other)].into_iter().collect();
    workspace.voices.ballots[0].swings = points(50.0, 50.0);
    workspace.voices.ballots[1].swings = points(80.0, 20.0);
    let result = voices::analyse(&workspace);
    assert_eq!(result.together.unwrap().leader, 1);
    let level = result.without_ballot[1].unwrap();
    assert_eq!((level.leader, level.changes_leader), (1, false));
    assert!(level.lead.unwrap().abs() < 1e-9 && result.lead_without_one.unwrap().changes.is_empty());
}

#[test]
fn a_ballot_of_noughts_ranks_no_factors() {
    let row = |most: usize| (0..12).map(|f| Some(if f == most { 100.0 } else { 50.0 })).collect::<Vec<_>>();
    let agreed = |rows: &[Vec<Option<f64>>]| {
        voices::analyse(&voted(rows, CombineRule::MeanWeights, Vote::OnePerson)).agreement_on_factors
    };
    let three = [row(0), row(1), row(2)];
    let with_noughts = [&three[..], &[vec![Some(0.0); 12]]].concat();
    assert_eq!(agreed(&with_noughts), agreed(&three));
}

fn rows() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    let swing =
        prop_oneof![1 => Just(None), 6 => (0_u32..=20).prop_map(|points| Some(f64::from(points) * 5.0))];
    prop::collection::vec(prop::collection::vec(swing, 12), 1..9)
}

fn rule() -> impl Strategy<Value = CombineRule> {
    prop_oneof![
        Just(CombineRule::MedianAsGiven),
        Just(CombineRule::MedianLargest100),
        Just(CombineRule::MeanWeights)
    ]
}

fn vote() -> impl Strategy<Value = Vote> {
    prop_oneof![Just(Vote::OnePerson), Just(Vote::OneSector)]
}

/// Westmere with these ballots, in sectors by turns.
fn voted(rows: &[Vec<Option<f64>>], rule: CombineRule, vote: Vote) -> Workspace {
    let mut workspace = westmere();
    workspace.voices.combine = rule;
    workspace.voices.vote = vote;
    let factors: Vec<_> = workspace.balance.factors.iter().map(|f| f.id.clone()).collect();
    let sectors: Vec<_> = workspace.voices.sectors.iter().map(|s| s.id.clone()).collect();
    let ballot = |(n, row): (usize, &Vec<Option<f64>>)| Ballot {
        swings: factors.iter().cloned().zip(row).filter_map(|(f, swing)| Some((f, (*swing)?))).collect(),
        ..Ballot::blank(
            BallotId::from(format!("ballot-{n}").as_str()),
            Some(StakeholderId::from(format!("person-{n}").as_str())),
            sectors[n % 3].clone(),
            1,
        )
    };
    workspace.voices.ballots = rows.iter().enumerate().map(ballot).collect();
    workspace
}

/// The same but for rounding, or both undefined.
fn alike(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

fn near(a: Option<Outcome>, b: Option<Outcome>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
            let leads = match (a.lead, b.lead) {
                (Some(a), Some(b)) => close(a, b),
                (a, b) => a == b,
            };
            // At a dead heat rounding may name either.
            let tied = a.lead.is_some_and(|lead| lead.abs() < 1e-8);
            leads && close(a.commercial_share, b.commercial_share) && (a.leader == b.leader || tied)
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn leaving_one_out_is_what_the_rest_would_give(rows in rows(), rule in rule(), vote in vote()) {
        let workspace = voted(&rows, rule, vote);
        let result = voices::analyse(&workspace);
        for (n, without) in result.without_ballot.iter().enumerate() {
            let mut rest = workspace.clone();
            rest.voices.ballots.remove(n);
            let expected = voices::analyse(&rest).together;
            prop_assert!(near(*without, expected), "{n}: {without:?} is not {expected:?}");
        }
        // What is combined for Voices is to the last bit what the answer is weighed by.
        prop_assert_eq!(result.combined_swings.clone(), voices::combined_swings(&workspace));
    }

    #[test]
    fn at_nought_is_without_them_and_alone_is_without_the_rest(
        rows in rows(), rule in rule(), vote in vote(), marginal in 1_u32..255
    ) {
        let mut workspace = voted(&rows, rule, vote);
        for (n, ballot) in workspace.voices.ballots.iter_mut().enumerate() {
            ballot.marginal = marginal >> n & 1 == 1;
        }
        if let Ok(AtWeights { nought, alone, .. }) = voices::analyse(&workspace).marginal {
            for (at, kept) in [(nought, false), (alone, true)] {
                let mut rest = workspace.clone();
                rest.voices.ballots.retain(|ballot| ballot.marginal == kept);
                let expected = voices::analyse(&rest).together;
                prop_assert!(near(at, expected), "{at:?} is not {expected:?}");
            }
        }
    }

    #[test]
    fn one_sector_one_vote_does_not_change_when_the_ballots_of_a_sector_are_doubled(
        rows in rows(), rule in rule(), which in 0_usize..3
    ) {
        let workspace = voted(&rows, rule, Vote::OneSector);
        let mut doubled = workspace.clone();
        let again: Vec<Ballot> = workspace.voices.ballots.iter().enumerate().filter(|(n, _)| n % 3 == which)
            .map(|(n, ballot)| Ballot {
                id: BallotId::from(format!("again-{n}").as_str()),
                stakeholder: Some(StakeholderId::from(format!("twin-{n}").as_str())),
                ..ballot.clone()
            })
            .collect();
        doubled.voices.ballots.extend(again);
        let (before, after) = (voices::combined_swings(&workspace), voices::combined_swings(&doubled));
        prop_assert_eq!(before.is_some(), after.is_some());
        for (before, after) in before.into_iter().flatten().zip(after.into_iter().flatten()) {
            prop_assert!(alike(before, after), "{before:?} is not {after:?}");
        }
    }

    #[test]
    fn the_order_of_ballots_does_not_matter(rows in rows(), rule in rule(), vote in vote()) {
        let workspace = voted(&rows, rule, vote);
        let mut turned = workspace.clone();
        turned.voices.ballots.reverse();
        let (one, other) = (voices::analyse(&workspace), voices::analyse(&turned));
        prop_assert!(near(one.together, other.together));
        prop_assert_eq!(&one.disagreement, &other.disagreement);
        prop_assert!(near(one.by_vote.one_sector, other.by_vote.one_sector));
        match (one.agreement_on_factors, other.agreement_on_factors) {
            (Ok(one), Ok(other)) => prop_assert!((one.w - other.w).abs() < 1e-12),
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    #[test]
    fn leaving_out_somebody_without_a_ballot_changes_nothing(rows in rows(), rule in rule(), vote in vote()) {
        let workspace = voted(&rows, rule, vote);
        let mut more = workspace.clone();
        let sector = more.voices.sectors[4].id.clone();
        more.voices.stakeholders.push(Stakeholder::named("silent-p222".into(), "Silent", sector));
        let (before, after) = (voices::analyse(&workspace), voices::analyse(&more));
        prop_assert_eq!(before.together, after.together);
        prop_assert_eq!(before.without_ballot, after.without_ballot);
        prop_assert_eq!(after.without_sector[4], None);
        prop_assert_eq!(after.sectors_at[4], None);
    }

    #[test]
    fn a_weighted_median_of_equal_weights_is_the_median(values in prop::collection::vec(0.0..100.0_f64, 1..30)) {
        let rows: Vec<Vec<Option<f64>>> = values.iter().map(|v| vec![Some(*v)]).collect();
        let median = combine(CombineRule::MedianAsGiven, &rows, 1)[0];
        let mut weighted: Vec<(f64, f64)> = values.iter().map(|v| (*v, 1.0)).collect();
        prop_assert_eq!(weighted_median(&mut weighted), median);
    }

    #[test]
    fn a_weight_of_two_is_the_same_ballot_twice(rows in rows(), rule in rule()) {
        let weighted = combine_weighted(rule, rows.iter().enumerate().map(|(n, row)| (row, 1.0 + (n % 2) as f64)), 12);
        let twice: Vec<&Vec<Option<f64>>> =
            rows.iter().enumerate().flat_map(|(n, row)| std::iter::repeat_n(row, 1 + n % 2)).collect();
        let repeated = combine(rule, twice, 12);
        for (weighted, repeated) in weighted.into_iter().zip(repeated) {
            prop_assert!(alike(weighted, repeated), "{weighted:?} is not {repeated:?}");
        }
    }

    #[test]
    fn regret_is_never_negative_and_somebody_has_none(rows in rows(), rule in rule()) {
        let workspace = voted(&rows, rule, Vote::OnePerson);
        let result = voices::analyse(&workspace);
        let Ok(fairness) = result.fairness else { return Ok(()) };
        let regrets: Vec<_> = fairness.regrets.iter().flatten().collect();
        prop_assert!(regrets.iter().all(|of| of.iter().flatten().all(|points| *points >= 0.0)));
        for (s, sector) in result.by_sector.iter().enumerate() {
            if sector.as_ref().is_some_and(|sector| sector.commercial_share.is_some()) {
                prop_assert!(regrets.iter().any(|of| of[s] == Some(0.0)));
            }
        }
        prop_assert!(!fairness.maximin.is_empty() && !fairness.minimax_regret.is_empty());
    }
}
