//! Rank acceptability agrees with closed forms, with peers and with the Westmere example.

use evenhand::{
    analysis::{
        Undefined,
        balance::robustness::{Draws, Robustness, Spread, run},
        course::Course,
    },
    model::{
        Workspace,
        balance::{Scale, ScoreLevel, Side, WeightDraws},
        ids::{BallotId, SectorId},
        voices::{Ballot, Sector},
    },
};
use westmere::{data, factor, number, numbers};

use crate::westmere;

fn drawn(workspace: &Workspace, weights: WeightDraws, iterations: u32) -> Robustness {
    let draws = Draws::new(weights, iterations, 20_261_122);
    run(workspace, draws, &Course::default()).expect("something to draw").expect("not cancelled")
}

/// Options by name with a partial value, 0 to 1, on each factor.
fn partial_values(values: &serde_json::Value) -> Workspace {
    let values = values.as_object().unwrap();
    let names: Vec<&str> = values.keys().map(String::as_str).collect();
    let by_option: Vec<Vec<f64>> = values.values().map(numbers).collect();
    let of_factor = |f: usize| by_option.iter().map(|row| row[f] * 100.0).collect::<Vec<f64>>();
    let scores: Vec<Vec<f64>> = (0..by_option[0].len()).map(of_factor).collect();
    let sides = [Side::Commercial, Side::Operational];
    let factors = (0..scores.len())
        .map(|f| factor(f, &format!("Factor {f}"), sides[f % 2], Scale::Direct, None))
        .collect();
    westmere::workspace(&names, factors, &scores)
}

#[test]
fn two_factors_agree_with_the_closed_form() {
    let case = data("cases/12_smaa_two_criteria_exact.json");
    let workspace = partial_values(&case["inputs"]["partial_values"]);
    let found = drawn(&workspace, WeightDraws::Uniform, 100_000);
    let tolerance = number(&case["tolerance"]["monte_carlo_N_100000"]);
    let close =
        |found: f64, expected: f64| assert!((found - expected).abs() <= tolerance, "{found} {expected}");
    let expected = &case["expected"];
    let names = ["A", "B", "C"];
    for (o, name) in names.iter().enumerate() {
        for (rank, share) in numbers(&expected["ra"][name]).into_iter().enumerate() {
            close(found.rank_acceptability[o][rank], share);
            let error = (share * (1.0 - share) / 100_000.0).sqrt();
            assert!((found.standard_error[o][rank] - error).abs() < 1e-4);
        }
        let central = found.central_weights[o].as_ref().expect("first at some weights");
        for (weight, expected) in central.iter().zip(numbers(&expected["cw"][name])) {
            close(*weight, expected);
        }
        close(found.confidence_factor[o].unwrap(), number(&expected["cf"][name]));
        for (other, rival) in names.iter().enumerate() {
            if let Some(share) = expected["pwi"].get(format!("{name}>{rival}")) {
                close(found.pairwise_winning[o][other], number(share));
            }
        }
    }
    // −2·0.4·log₂ 0.4 − 0.2·log₂ 0.2
    assert!((found.choice_entropy_bits - 1.521_928).abs() < 0.01);
}

#[test]
fn an_option_that_is_never_first_has_no_central_weights() {
    let case = &data("cases/21_smaa_edge_cases.json")["cases"][0];
    let found = drawn(&partial_values(&case["partial_values"]), WeightDraws::Uniform, 2_000);
    for (o, name) in ["A", "B"].into_iter().enumerate() {
        assert_eq!(found.rank_acceptability[o], numbers(&case["ra"][name]));
    }
    assert_eq!(found.central_weights[1], None);
    assert_eq!(found.confidence_factor, [Some(number(&case["cf"]["A"])), None]);
    assert!(found.choice_entropy_bits.abs() < 1e-12);
}

#[test]
fn options_that_tie_share_the_better_rank() {
    let case = &data("cases/21_smaa_edge_cases.json")["cases"][3];
    let found = drawn(&partial_values(&case["partial_values"]), WeightDraws::Uniform, 20_000);
    for o in 0..2 {
        assert_eq!(found.rank_acceptability[o], [1.0, 0.0]);
        for weight in found.central_weights[o].as_ref().unwrap() {
            assert!((weight - 1.0 / 3.0).abs() < 0.01);
        }
        assert_eq!(found.pairwise_winning[o], [0.0, 0.0]);
    }
}

/// E[w] = 1/n and Var w = (n − 1)/(n²(n + 1)) on the simplex; the rank-order centroid under a full ranking.
#[test]
fn weight_draws_have_the_moments_of_their_kind() {
    let mut workspace = partial_values(&serde_json::json!({"Only": [1, 1, 1, 1]}));
    for (factor, swing) in workspace.balance.factors.iter_mut().zip([10.0, 40.0, 30.0, 20.0]) {
        factor.swing = Some(swing);
    }
    let mean = |weights| drawn(&workspace, weights, 40_000).central_weights[0].clone().unwrap();
    for weight in mean(WeightDraws::Uniform) {
        assert!((weight - 0.25).abs() < 5.0 * (3.0 / 80.0 / 40_000.0_f64).sqrt());
    }
    let centroid = |rank: usize| (rank..=4).map(|i| 1.0 / i as f64).sum::<f64>() / 4.0;
    for (weight, rank) in mean(WeightDraws::Ranked).into_iter().zip([4, 1, 2, 3]) {
        assert!((weight - centroid(rank)).abs() < 0.004, "{weight} {rank}");
    }
    for (weight, swing) in mean(WeightDraws::AroundSwings).into_iter().zip([0.1, 0.4, 0.3, 0.2]) {
        assert!((weight - swing).abs() < 0.002, "{weight} {swing}");
    }
}

#[test]
fn factors_with_the_same_swing_are_free_among_themselves() {
    let mut workspace = partial_values(&serde_json::json!({"A": [1, 0, 0], "B": [0, 1, 0], "C": [0, 0, 1]}));
    for (factor, swing) in workspace.balance.factors.iter_mut().zip([50.0, 50.0, 20.0]) {
        factor.swing = Some(swing);
    }
    let found = drawn(&workspace, WeightDraws::Ranked, 40_000);
    let firsts: Vec<f64> = found.rank_acceptability.iter().map(|ranks| ranks[0]).collect();
    assert!((firsts[0] - 0.5).abs() < 0.01 && (firsts[1] - 0.5).abs() < 0.01, "{firsts:?}");
    assert_eq!(found.central_weights[2], None);
}

fn assert_limits(found: (f64, f64), expected: &serde_json::Value) {
    let expected = numbers(expected);
    assert!(
        (found.0 - expected[0]).abs() <= 1.0 && (found.1 - expected[1]).abs() <= 1.0,
        "{found:?} {expected:?}"
    );
}

#[test]
fn westmere_is_as_robust_as_was_published() {
    let workspace = westmere::westmere();
    let expected = &data("westmere_expected.json")["options"];
    let asked = Draws::asked_for(&workspace);
    assert_eq!(asked, Draws::new(WeightDraws::BetweenBallots, 10_000, 20_261_122));
    let found = drawn(&workspace, asked.weights, asked.iterations);
    for (o, option) in workspace.question.options.iter().enumerate() {
        let expected = &expected[option.badge.as_str()];
        let first = found.rank_acceptability[o][0];
        assert!((first - number(&expected["first_share"])).abs() <= 0.01, "{} {first}", option.badge);
        let Some(Spread { total, operational, commercial, .. }) = found.spread[o] else {
            panic!("weights are known")
        };
        assert_limits(total, &expected["total_95"]);
        assert_limits(operational.unwrap(), &expected["y_95"]);
        assert_limits(commercial.unwrap(), &expected["x_95"]);
    }
}

/// The shares of first places on the published picture of the Robustness page.
#[test]
fn westmere_agrees_with_the_picture_for_every_kind_of_weights() {
    let workspace = westmere::westmere();
    let first_of_b = |weights| drawn(&workspace, weights, 8_000).rank_acceptability[1][0];
    let published = [
        (WeightDraws::Uniform, 0.74),
        (WeightDraws::AroundSwings, 0.93),
        (WeightDraws::BetweenBallots, 0.82),
        (WeightDraws::Ballots, 0.87),
    ];
    for (weights, share) in published {
        let found = first_of_b(weights);
        assert!((found - share).abs() <= 0.015, "{} {found}", weights.name());
    }
    assert!(first_of_b(WeightDraws::Ranked) > 0.99);
}

#[test]
fn westmere_has_the_pairwise_wins_and_confidence_of_the_picture() {
    let found = drawn(&westmere::westmere(), WeightDraws::BetweenBallots, 10_000);
    let rows = [
        (1, [(2, 83), (4, 98), (3, 100), (0, 94)]),
        (2, [(1, 17), (4, 91), (3, 99), (0, 95)]),
        (4, [(1, 2), (2, 9), (3, 91), (0, 74)]),
        (0, [(1, 6), (2, 5), (4, 26), (3, 57)]),
    ];
    for (a, row) in rows {
        for (b, percent) in row {
            let share = found.pairwise_winning[a][b];
            assert!((share * 100.0 - f64::from(percent)).abs() <= 1.5, "{a} over {b}: {share}");
        }
    }
    assert!(found.confidence_factor[1].unwrap() > 0.99);
    assert!((found.confidence_factor[2].unwrap() - 0.76).abs() < 0.06);
    assert_eq!(found.confidence_factor[3], None);
}

#[test]
fn one_thread_and_two_give_the_same_bits() {
    let workspace = westmere::westmere();
    for weights in WeightDraws::ALL {
        let with_threads = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| drawn(&workspace, weights, 4_099))
        };
        assert_eq!(with_threads(1), with_threads(2), "{}", weights.name());
    }
}

#[test]
fn another_seed_gives_other_draws() {
    let workspace = westmere::westmere();
    let seeded = |seed| {
        let draws = Draws::new(WeightDraws::Uniform, 3_000, seed);
        run(&workspace, draws, &Course::default()).unwrap().unwrap().rank_acceptability
    };
    assert_ne!(seeded(1), seeded(2));
    assert_eq!(seeded(1), seeded(1));
}

#[test]
fn a_cancelled_run_gives_nothing() {
    let workspace = westmere::westmere();
    let course = Course::default();
    course.stop();
    let found = run(&workspace, Draws::asked_for(&workspace), &course);
    assert_eq!(found, Ok(None));
}

#[test]
fn a_struck_option_takes_no_part() {
    let mut workspace = westmere::westmere();
    workspace.balance.factors[0].must = Some(evenhand::model::balance::Must::AtMost(60.0));
    let found = drawn(&workspace, WeightDraws::BetweenBallots, 4_000);
    assert!(found.rank_acceptability[1].iter().chain(&found.pairwise_winning[1]).all(|share| *share == 0.0));
    assert_eq!(found.central_weights[1], None);
    assert!(found.spread[1].is_some());
    assert!(found.rank_acceptability[2][0] > 0.8);
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let tried = |workspace: &Workspace, weights, iterations| {
        run(workspace, Draws::new(weights, iterations, 1), &Course::default()).unwrap_err()
    };
    let mut workspace = Workspace::default();
    assert_eq!(tried(&workspace, WeightDraws::Uniform, 10), Undefined("no options"));
    workspace.question.options.push(westmere::option(0, "Only"));
    assert_eq!(tried(&workspace, WeightDraws::Uniform, 10), Undefined("no factors"));
    workspace.balance.factors.push(factor(0, "Fit", Side::Operational, Scale::Direct, Some(0.0)));
    assert_eq!(tried(&workspace, WeightDraws::Uniform, 0), Undefined("no draws asked for"));
    assert_eq!(tried(&workspace, WeightDraws::Ranked, 10), Undefined("no swing is above 0"));
    let none = Undefined("there is no ballot with points");
    assert_eq!(tried(&workspace, WeightDraws::BetweenBallots, 10), none);
    assert_eq!(tried(&workspace, WeightDraws::Ballots, 10), Undefined("fewer than two ballots"));
    assert_eq!(Draws::asked_for(&workspace).weights, WeightDraws::Uniform);
}

/// With nothing known every order is as likely as any other; a normal score has its normal limits.
#[test]
fn unknown_and_normal_scores_are_drawn_as_said() {
    // The third is never first; without it there would be fewer than two known scores to rank by.
    let mut workspace = partial_values(&serde_json::json!({"A": [0.5], "B": [0.5], "C": [0.0]}));
    workspace.balance.factors[0].swing = Some(1.0);
    workspace.balance.scores[0].level = ScoreLevel::Unknown;
    workspace.balance.scores[1].level = ScoreLevel::Normal { mean: 50.0, sd: 4.0 };
    let found = drawn(&workspace, WeightDraws::Uniform, 40_000);
    assert!((found.rank_acceptability[0][0] - 0.5).abs() < 0.01);
    let spread = |o: usize| found.spread[o].unwrap().commercial.unwrap();
    assert!((spread(0).0 - 2.5).abs() < 0.6 && (spread(0).1 - 97.5).abs() < 0.6);
    assert!((spread(1).0 - 42.16).abs() < 0.4 && (spread(1).1 - 57.84).abs() < 0.4);
    assert_eq!(found.spread[0].unwrap().operational, None);
}

/// One ballot leaves nothing to range over: its weights are drawn every time.
#[test]
fn a_single_ballot_is_drawn_as_it_stands() {
    let mut workspace = westmere::westmere();
    workspace.voices.ballots.truncate(1);
    workspace.balance.robustness.weights = None;
    assert_eq!(Draws::asked_for(&workspace).weights, WeightDraws::BetweenBallots);
    let found = drawn(&workspace, WeightDraws::BetweenBallots, 500);
    let weights = &evenhand::analysis::voices::analyse(&workspace).ballots[0].weights;
    for central in found.central_weights.iter().flatten() {
        for (drawn, own) in central.iter().zip(weights) {
            assert!((drawn - own).abs() < 1e-9, "{drawn} is not {own}");
        }
    }
    workspace.voices.ballots[0].swings.values_mut().for_each(|swing| *swing = 0.0);
    assert_eq!(Draws::asked_for(&workspace).weights, WeightDraws::Uniform);
}

#[test]
fn a_certain_leader_leaves_an_entropy_of_nought_and_not_of_less() {
    let certain = partial_values(&serde_json::json!({"A": [1.0], "B": [0.0]}));
    let bits = drawn(&certain, WeightDraws::Uniform, 100).choice_entropy_bits;
    assert!(bits == 0.0 && bits.is_sign_positive(), "{bits:?}");
}

/// Three options that come to the same total of 46 in different ways: rounding must not tell them apart.
#[test]
fn options_that_tie_share_the_first_place_in_the_draws_too() {
    let scores = [
        [79.0, 79.0, 60.0],
        [60.0, 50.0, 50.0],
        [59.0, 14.0, 13.0],
        [13.0, 13.0, 79.0],
        [14.0, 59.0, 14.0],
        [50.0, 60.0, 59.0],
    ];
    let factors = (0..scores.len())
        .map(|f| {
            let side = if f % 2 == 0 { Side::Operational } else { Side::Commercial };
            factor(f, &format!("Factor {f}"), side, Scale::Direct, Some(50.0))
        })
        .collect();
    let rows: Vec<Vec<f64>> = scores.iter().map(|row| row.to_vec()).collect();
    let mut workspace = westmere::workspace(&["A", "B", "C"], factors, &rows);
    cast(&mut workspace, &[&[70.0; 6]]);
    let draws = Draws { iterations: 500, ..Draws::asked_for(&workspace) };
    let drawn = run(&workspace, draws, &Course::default()).unwrap().unwrap();
    for option in 0..3 {
        assert_eq!(drawn.rank_acceptability[option], [1.0, 0.0, 0.0]);
        assert_eq!(drawn.confidence_factor[option], Some(1.0));
    }
}

/// Puts ballots of one sector in; each gives points to the first factors and abstains on the rest.
fn cast(workspace: &mut Workspace, ballots: &[&[f64]]) {
    let sector = SectorId::from("public");
    workspace.voices.sectors.push(Sector {
        id: sector.clone(),
        name: "Public".to_owned(),
        short: String::new(),
        shape: Default::default(),
        first_hand: false,
    });
    for (place, points) in ballots.iter().enumerate() {
        let factors = workspace.balance.factors.iter().map(|factor| factor.id.clone());
        workspace.voices.ballots.push(Ballot {
            swings: factors.zip(points.iter().copied()).collect(),
            ..Ballot::blank(BallotId::from(format!("ballot-{place}").as_str()), None, sector.clone(), 1)
        });
    }
}

/// Everybody who spoke on cost gave it as much as quality: whoever abstained has not asked for less.
#[test]
fn an_abstention_takes_the_points_of_the_others() {
    let factors = vec![
        factor(0, "Quality", Side::Operational, Scale::Direct, None),
        factor(1, "Cost", Side::Commercial, Scale::Direct, None),
    ];
    let mut workspace = westmere::workspace(&["A", "B"], factors, &[vec![90.0, 10.0], vec![0.0, 100.0]]);
    cast(&mut workspace, &[&[100.0], &[100.0, 100.0], &[100.0, 100.0]]);
    for weights in [WeightDraws::BetweenBallots, WeightDraws::Ballots] {
        let drawn = drawn(&workspace, weights, 300);
        assert_eq!(drawn.rank_acceptability[1], [1.0, 0.0], "{weights:?}");
        let central = drawn.central_weights[1].as_ref().unwrap();
        assert!(central.iter().all(|weight| (weight - 0.5).abs() < 1e-12), "{weights:?}: {central:?}");
    }
}
