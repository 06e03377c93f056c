//! What must hold of every weighing, tried on arbitrary small ones.

use evenhand::{
    analysis::{
        balance::{
            self, BalanceResult,
            performance::Performance,
            robustness::{Draws, run},
        },
        course::Course,
    },
    model::{
        Workspace,
        balance::{Better, Must, NamedLevel, Scale, ScoreLevel, Side, WeightDraws, WeightsFrom},
        ids::{BallotId, SectorId},
        voices::{Ballot, Sector},
    },
};
use proptest::prelude::*;
use westmere::factor;

use crate::westmere;

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

fn side() -> impl Strategy<Value = Side> {
    prop::sample::select(Side::ALL.to_vec())
}

/// Two to five options on scales whose ends hang on the options, beside scales with fixed ends.
fn moving_workspace() -> impl Strategy<Value = Workspace> {
    let scale = prop::sample::select(vec![
        Scale::Local { better: Better::Higher },
        Scale::Local { better: Better::Lower },
        Scale::LowestPrice,
        Scale::Linear { worst: 0.0, best: 100.0 },
        Scale::Points(vec![(0.0, 0.0), (30.0, 100.0), (100.0, 20.0)]),
    ]);
    (2_usize..=5, 1_usize..=4).prop_flat_map(move |(options, factors)| {
        let scores = prop::collection::vec(prop::collection::vec(1_u8..=100, options), factors);
        let factors = prop::collection::vec((1_u8..=100, side(), scale.clone()), factors);
        (scores, factors).prop_map(move |(scores, factors)| {
            let scores: Vec<Vec<f64>> =
                scores.iter().map(|row| row.iter().map(|&x| f64::from(x)).collect()).collect();
            let made = factors.iter().enumerate().map(|(f, (swing, side, scale))| {
                factor(f, &format!("Factor {f}"), *side, scale.clone(), Some(f64::from(*swing)))
            });
            westmere::workspace(&NAMES[..options], made.collect(), &scores)
        })
    })
}

/// Two to six options and one to six factors on direct scales, whole scores and swings above 0: nothing is unknown.
fn plain_workspace() -> impl Strategy<Value = Workspace> {
    (2_usize..=6, 1_usize..=6).prop_flat_map(|(options, factors)| {
        let scores = prop::collection::vec(prop::collection::vec(0_u8..=100, options), factors);
        let swings = prop::collection::vec((1_u8..=100, side()), factors);
        (scores, swings).prop_map(move |(scores, swings)| {
            let scores: Vec<Vec<f64>> =
                scores.iter().map(|row| row.iter().map(|&x| f64::from(x)).collect()).collect();
            let factors = swings
                .iter()
                .enumerate()
                .map(|(f, &(swing, side))| {
                    factor(f, &format!("Factor {f}"), side, Scale::Direct, Some(f64::from(swing)))
                })
                .collect();
            westmere::workspace(&NAMES[..options], factors, &scores)
        })
    })
}

fn awkward_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -50.0..150.0_f64,
        1 => Just(0.0),
        1 => Just(100.0),
        1 => prop::sample::select(vec![-1e308, 1e308, f64::MAX, f64::MIN_POSITIVE, -0.0, 5e-324]),
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
    ]
}

fn awkward_scale() -> impl Strategy<Value = Scale> {
    prop_oneof![
        (awkward_number(), awkward_number()).prop_map(|(worst, best)| Scale::Linear { worst, best }),
        prop::sample::select(vec![
            Scale::Local { better: Better::Higher },
            Scale::Local { better: Better::Lower },
            Scale::Direct,
            Scale::LowestPrice,
        ]),
        prop::collection::vec((awkward_number(), awkward_number()), 0..4).prop_map(|mut points| {
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            Scale::Points(points)
        }),
        awkward_number().prop_map(|value| Scale::Levels(vec![NamedLevel { name: "some".into(), value }])),
    ]
}

fn awkward_level() -> impl Strategy<Value = ScoreLevel> {
    prop_oneof![
        Just(ScoreLevel::Unknown),
        awkward_number().prop_map(ScoreLevel::Point),
        prop::collection::vec(awkward_number(), 3).prop_map(|mut x| {
            x.sort_by(f64::total_cmp);
            ScoreLevel::Range { low: x[0], likely: x[1], high: x[2] }
        }),
        (awkward_number(), awkward_number()).prop_map(|(mean, sd)| ScoreLevel::Normal { mean, sd }),
        prop::sample::select(vec!["some", "other"]).prop_map(|name| ScoreLevel::Level(name.to_owned())),
    ]
}

/// Anything that the model can hold, sound or not.
fn awkward_workspace() -> impl Strategy<Value = Workspace> {
    (0_usize..=4, 0_usize..=4).prop_flat_map(|(options, factors)| {
        let of_factor = (side(), awkward_scale(), prop::option::of(awkward_number()));
        let musts = prop::collection::vec(prop::option::weighted(0.2, awkward_number()), factors);
        let ballots = prop::collection::vec(prop::collection::vec(awkward_number(), factors), 0..4);
        (
            prop::collection::vec(of_factor, factors),
            prop::collection::vec(prop::option::weighted(0.9, awkward_level()), options * factors),
            musts,
            ballots,
            any::<bool>(),
        )
            .prop_map(move |(of_factor, cells, musts, ballots, by_ballots)| {
                let factors: Vec<_> = of_factor
                    .into_iter()
                    .enumerate()
                    .map(|(f, (side, scale, swing))| factor(f, &format!("Factor {f}"), side, scale, swing))
                    .collect();
                let mut workspace = westmere::workspace(&NAMES[..options], factors, &[]);
                for (place, level) in cells.into_iter().enumerate().filter_map(|(p, c)| Some((p, c?))) {
                    let factor = workspace.balance.factors[place / options].id.clone();
                    let option = workspace.question.options[place % options].id.clone();
                    workspace.balance.scores.push(westmere::score(&factor, &option, level));
                }
                for (factor, must) in workspace.balance.factors.iter_mut().zip(musts) {
                    factor.must = must.map(Must::AtLeast);
                }
                add_ballots(&mut workspace, &ballots);
                workspace.balance.weights_from =
                    if by_ballots { WeightsFrom::Ballots } else { WeightsFrom::Swings };
                workspace
            })
    })
}

fn add_ballots(workspace: &mut Workspace, ballots: &[Vec<f64>]) {
    let sector = SectorId::from("people");
    workspace.voices.sectors.push(Sector {
        id: sector.clone(),
        name: "People".to_owned(),
        short: String::new(),
        shape: Default::default(),
        first_hand: true,
    });
    for (index, swings) in ballots.iter().enumerate() {
        workspace.voices.ballots.push(Ballot {
            swings: workspace
                .balance
                .factors
                .iter()
                .map(|f| f.id.clone())
                .zip(swings.iter().copied())
                .collect(),
            ..Ballot::blank(BallotId::from(format!("ballot-{index}").as_str()), None, sector.clone(), 1)
        });
    }
}

fn total_of(result: &BalanceResult, option: usize) -> f64 {
    result.options[option].value.expect("everything is known")
}

/// The leader's total and that of the best other option when weights are these.
fn lead_with(workspace: &Workspace, weights: &[f64], leader: usize) -> f64 {
    let mut workspace = workspace.clone();
    for (factor, weight) in workspace.balance.factors.iter_mut().zip(weights) {
        factor.swing = Some(*weight);
    }
    let result = balance::analyse(&workspace);
    let others = (0..result.options.len()).filter(|&o| o != leader).map(|o| total_of(&result, o));
    total_of(&result, leader) - others.fold(f64::NEG_INFINITY, f64::max)
}

/// The weights when factor `k` has weight `t` and the others keep their proportions.
fn with_weight(weights: &[f64], k: usize, t: f64) -> Vec<f64> {
    let others = (1.0 - t) / (1.0 - weights[k]);
    weights.iter().enumerate().map(|(f, w)| if f == k { t } else { w * others }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn units_and_the_size_of_swings_do_not_matter(
        workspace in plain_workspace(),
        factor in 0.01..1000.0_f64,
        shift in -500.0..500.0_f64,
        size in 0.01..50.0_f64,
    ) {
        let plain = balance::analyse(&workspace);
        let mut other = workspace.clone();
        for f in &mut other.balance.factors {
            f.scale = Scale::Linear { worst: shift, best: shift + 100.0 * factor };
            f.swing = f.swing.map(|swing| swing * size);
        }
        for score in &mut other.balance.scores {
            if let ScoreLevel::Point(x) = &mut score.level {
                *x = shift + *x * factor;
            }
        }
        let scaled = balance::analyse(&other);
        prop_assert_eq!(plain.performance.potentially_optimal(), scaled.performance.potentially_optimal());
        for o in 0..plain.options.len() {
            prop_assert!((total_of(&plain, o) - total_of(&scaled, o)).abs() < 1e-7);
            prop_assert_eq!(&plain.options[o].dominated_by, &scaled.options[o].dominated_by);
        }
    }

    #[test]
    fn the_order_of_options_and_factors_does_not_matter(workspace in plain_workspace()) {
        let plain = balance::analyse(&workspace);
        let mut other = workspace.clone();
        other.question.options.reverse();
        other.balance.factors.reverse();
        other.balance.scores.reverse();
        let turned = balance::analyse(&other);
        let last = plain.options.len() - 1;
        let (optimal, optimal_turned) =
            (plain.performance.potentially_optimal(), turned.performance.potentially_optimal());
        for (o, option) in plain.options.iter().enumerate() {
            let same = &turned.options[last - o];
            prop_assert!((option.value.unwrap() - same.value.unwrap()).abs() < 1e-9);
            prop_assert_eq!(option.rank, same.rank);
            prop_assert_eq!(optimal[o], optimal_turned[last - o]);
            prop_assert_eq!(option.on_frontier, same.on_frontier);
            let dominators: Vec<usize> = same.dominated_by.iter().rev().map(|d| last - d).collect();
            prop_assert_eq!(&option.dominated_by, &dominators);
        }
    }

    #[test]
    fn a_dominated_option_never_leads(workspace in plain_workspace()) {
        let result = balance::analyse(&workspace);
        let optimal = result.performance.potentially_optimal();
        for (o, option) in result.options.iter().enumerate() {
            for &winner in &option.dominated_by {
                prop_assert!(total_of(&result, winner) > total_of(&result, o));
                prop_assert!(result.options[winner].rank < option.rank);
            }
            if !option.dominated_by.is_empty() {
                prop_assert!(!optimal[o]);
                prop_assert!(result.leader() != Some(o));
            }
        }
        prop_assert!(optimal[result.leader().unwrap()]);
    }

    #[test]
    fn tipping_points_hold_on_both_sides(workspace in plain_workspace()) {
        let result = balance::analyse(&workspace);
        prop_assert!(result.bands[0].from.abs() < 1e-12);
        prop_assert!((result.bands.last().unwrap().to - 1.0).abs() < 1e-12);
        let Some(share) = result.commercial_share.filter(|share| *share > 0.0 && *share < 1.0) else {
            prop_assert_eq!(result.bands.len(), 1);
            return Ok(());
        };
        for (place, band) in result.bands.iter().enumerate() {
            for at in [0.001, 0.5, 0.999] {
                let dial = band.from + (band.to - band.from) * at;
                let weights: Vec<f64> = result.weights.iter().zip(&workspace.balance.factors).map(|(w, f)| match f.side {
                    Side::Commercial => dial * w / share,
                    Side::Operational => (1.0 - dial) * w / (1.0 - share),
                }).collect();
                prop_assert!(lead_with(&workspace, &weights, band.leader) > -1e-7);
                let on_dial = result.total_at(band.leader, dial).unwrap();
                for o in 0..result.options.len() {
                    prop_assert!(result.total_at(o, dial).unwrap() <= on_dial + 1e-7);
                }
            }
            if place > 0 {
                let before = result.bands[place - 1];
                prop_assert!((before.to - band.from).abs() < 1e-12 && before.leader != band.leader);
                let tie = result.total_at(before.leader, band.from).unwrap() - result.total_at(band.leader, band.from).unwrap();
                prop_assert!(tie.abs() < 1e-7);
            }
        }
        let here = result.bands.iter().find(|band| band.from <= share && share <= band.to).unwrap();
        prop_assert!((total_of(&result, here.leader) - total_of(&result, result.leader().unwrap())).abs() < 1e-7);
    }

    #[test]
    fn weight_reversals_hold_on_both_sides(workspace in plain_workspace()) {
        let result = balance::analyse(&workspace);
        let leader = result.leader().unwrap();
        for r in result.weight_reversals() {
            let lead = |t: f64| lead_with(&workspace, &with_weight(&result.weights, r.factor, t), leader);
            let (now, then) = (r.weight_now, r.weight_at_reversal);
            prop_assert!(lead(then).abs() < 1e-6, "{} at the reversal", lead(then));
            prop_assert!(lead(now + (then - now) * 0.999) > -1e-7);
            let beyond = then + (then - now) * 1e-3;
            if (0.0..=1.0).contains(&beyond) && (then - now).abs() > 1e-6 {
                prop_assert!(lead(beyond) < 1e-9);
                prop_assert!(lead_with(&workspace, &with_weight(&result.weights, r.factor, beyond), r.to) > -1e-7);
            }
        }
        for f in 0..result.weights.len() {
            if result.weights[f] < 1.0 && !result.weight_reversals().iter().any(|r| r.factor == f) {
                for t in [0.0, 0.5, 1.0] {
                    prop_assert!(lead_with(&workspace, &with_weight(&result.weights, f, t), leader) > -1e-7);
                }
            }
        }
    }

    #[test]
    fn score_break_evens_draw_the_two_level(workspace in plain_workspace()) {
        let result = balance::analyse(&workspace);
        let leader = result.leader().unwrap();
        for found in result.score_break_evens() {
            let mut moved = workspace.clone();
            let place = found.factor * result.options.len() + found.option;
            moved.balance.scores[place].level = ScoreLevel::Point(found.score_at_reversal);
            let then = balance::analyse(&moved);
            prop_assert!((total_of(&then, leader) - total_of(&then, found.to)).abs() < 1e-7);
            for o in 0..then.options.len() {
                prop_assert!(total_of(&then, o) < total_of(&then, leader) + 1e-7);
            }
        }
    }

    #[test]
    fn a_score_that_moves_its_scale_breaks_even_where_the_lead_is_lost_and_nowhere_nearer(
        workspace in moving_workspace(),
        tries in prop::collection::vec(0.0_f64..1.0, 12),
    ) {
        let result = balance::analyse(&workspace);
        prop_assume!(result.leaders().len() == 1);
        let leader = result.leader().unwrap();
        let options = result.options.len();
        let lead = |place: usize, score: f64, to: Option<usize>| {
            let mut moved = workspace.clone();
            moved.balance.scores[place].level = ScoreLevel::Point(score);
            let then = balance::analyse(&moved);
            let rivals = (0..options).filter(|&o| o != leader && to.is_none_or(|to| o == to));
            total_of(&then, leader) - rivals.map(|o| total_of(&then, o)).fold(f64::NEG_INFINITY, f64::max)
        };
        for place in 0..workspace.balance.scores.len() {
            let (factor, option) = (place / options, place % options);
            let ScoreLevel::Point(now) = workspace.balance.scores[place].level else { unreachable!() };
            let found = result.score_break_evens().iter().find(|b| b.factor == factor && b.option == option);
            let room = found.map_or(f64::INFINITY, |found| (found.score_at_reversal - now).abs());
            for share in &tries {
                // Up to 400 and down to nearly nought, and on both sides of today's score.
                for score in [now * share, now + (400.0 - now) * share] {
                    if score > 1e-3 && (score - now).abs() < room * (1.0 - 1e-9) {
                        prop_assert!(lead(place, score, None) > -1e-7, "{place}: {score}, {found:?}");
                    }
                }
            }
            if let Some(found) = found {
                let at = found.score_at_reversal;
                // Where all options score alike the scale has no length yet: the least step either way gives it its ends.
                let step = if at == now { 1e-6 } else { (at - now) * 1e-6 };
                let around = if at == now { vec![at, at + step, at - step] } else { vec![at, at + step] };
                let least = |of: &dyn Fn(f64) -> f64| around.iter().map(|&x| of(x)).fold(f64::INFINITY, f64::min);
                let there = least(&|score| lead(place, score, Some(found.to)));
                prop_assert!(there < 1e-9, "{found:?}: {there:?}");
                let behind = |score| lead(place, score, Some(found.to)) - lead(place, score, None);
                let best = least(&behind);
                prop_assert!(best < 1e-4, "{found:?}: {best:?}");
            }
        }
    }

    #[test]
    fn no_figure_is_ever_undefined_without_saying_so(workspace in awkward_workspace()) {
        let result = balance::analyse(&workspace);
        let figures = (result.weights.iter().copied())
            .chain(result.swings.iter().copied())
            .chain(result.commercial_share)
            .chain(result.cells().iter().flatten().flat_map(|c| [c.value.unwrap_or(0.0), c.low, c.high]))
            .chain(result.options.iter().flat_map(|o| [
                o.value.unwrap_or(0.0),
                o.value_low,
                o.value_high,
                o.operational.unwrap_or(0.0),
                o.commercial.unwrap_or(0.0),
            ]))
            .chain(result.bands.iter().flat_map(|b| [b.from, b.to]))
            .chain(result.weight_reversals().iter().flat_map(|r| [r.weight_now, r.weight_at_reversal]))
            .chain(result.score_break_evens().iter().flat_map(|r| [r.score_now.unwrap_or(0.0), r.score_at_reversal]));
        for figure in figures {
            prop_assert!(figure.is_finite());
        }
        for cell in result.cells().iter().flatten() {
            prop_assert!(0.0 <= cell.low && cell.low <= cell.high && cell.high <= 100.0);
            prop_assert!(cell.value.is_none_or(|v| cell.low - 1e-9 <= v && v <= cell.high + 1e-9), "{:?}", cell);
        }
        for option in &result.options {
            prop_assert!(option.value_low > -1e-9 && option.value_high < 100.0 + 1e-9);
            prop_assert!(option.value_low <= option.value_high);
        }
        if !result.weights.is_empty() && result.commercial_share.is_some() {
            prop_assert!((result.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_option_that_leads_in_some_draw_is_called_potentially_optimal(workspace in plain_workspace()) {
        let optimal = Performance::of(&workspace).potentially_optimal();
        let draws = Draws::new(WeightDraws::Uniform, 2_000, 5);
        let drawn = run(&workspace, draws, &Course::default()).unwrap().unwrap();
        for (o, optimal) in optimal.into_iter().enumerate() {
            prop_assert!(optimal || drawn.rank_acceptability[o][0] <= 0.0);
        }
    }

    #[test]
    fn every_run_of_draws_is_defined_or_says_why(workspace in awkward_workspace()) {
        for weights in WeightDraws::ALL {
            let draws = Draws::new(weights, 100, 3);
            let Ok(found) = run(&workspace, draws, &Course::default()) else { continue };
            let found = found.unwrap();
            let shares = found.rank_acceptability.iter().chain(&found.standard_error).chain(&found.pairwise_winning);
            for share in shares.flatten().chain(found.confidence_factor.iter().flatten()) {
                prop_assert!((0.0..=1.0).contains(share));
            }
            for central in found.central_weights.iter().flatten() {
                prop_assert!((central.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{:?} {:?}", weights, central);
            }
            for spread in found.spread.iter().flatten() {
                for (low, high) in [Some(spread.total), spread.operational, spread.commercial].into_iter().flatten() {
                    prop_assert!(-1e-9 <= low && low <= high && high <= 100.0 + 1e-9, "{:?}", spread);
                }
            }
            prop_assert!(found.choice_entropy_bits.is_finite());
        }
    }
}
