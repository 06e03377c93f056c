//! What would change the leader: reversals, maps of two factors, and what would have to be true for another to win.

use evenhand::{
    analysis::balance::{
        self,
        matrix::{PerformanceMatrix, Weighed},
        sensitivity::{
            NoWeightChange, TwoFactors, WeightChange, least_score_change, least_weight_change, one_factor,
            tornado, two_factors,
        },
        weights,
    },
    model::{
        Workspace,
        balance::{Must, Scale, ScoreLevel, Side},
    },
};
use proptest::prelude::*;
use westmere::{data, factor, list, number, numbers, text};

use crate::westmere;

/// Options and factors on direct scales.
fn plain(swings: &[f64], scores: &[Vec<f64>]) -> Workspace {
    let names: Vec<String> = (0..scores.first().map_or(0, Vec::len)).map(|o| format!("Option {o}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let of = |(f, &swing): (usize, &f64)| {
        factor(f, &format!("Factor {f}"), Side::ALL[f % 2], Scale::Direct, Some(swing))
    };
    westmere::workspace(&names, swings.iter().enumerate().map(of).collect(), scores)
}

fn weigh(workspace: &Workspace) -> (PerformanceMatrix, Weighed) {
    let matrix = PerformanceMatrix::of(workspace);
    let weighed = matrix.weigh(&weights::in_force(workspace).swings);
    (matrix, weighed)
}

fn least(workspace: &Workspace, option: usize) -> Result<WeightChange, NoWeightChange> {
    let (matrix, weighed) = weigh(workspace);
    least_weight_change(&matrix, &weighed, option)
}

/// The least lead of an option over any other of the ranking at these weights.
fn lead(matrix: &PerformanceMatrix, weights: &[f64], option: usize) -> f64 {
    let total = |o: usize| -> f64 { weights.iter().enumerate().map(|(f, w)| w * matrix.middle(f, o)).sum() };
    let rivals = matrix.in_ranking().filter(|&o| o != option).map(total);
    total(option) - rivals.fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn the_least_change_of_weights_agrees_with_scipy() {
    for case in list(&data("least_weight_change.json")["cases"]) {
        let scores: Vec<Vec<f64>> = list(&case["scores"]).iter().map(numbers).collect();
        let workspace = plain(&numbers(&case["swings"]), &scores);
        let (matrix, weighed) = weigh(&workspace);
        for (o, expected) in list(&case["options"]).iter().enumerate() {
            let found = least_weight_change(&matrix, &weighed, o);
            match text(&expected["answer"]).as_str() {
                "leads already" => assert_eq!(found, Err(NoWeightChange::AlreadyLeads)),
                "never leads" => assert_eq!(found, Err(NoWeightChange::NeverLeads), "{case}"),
                _ => {
                    let change = found.unwrap();
                    let moved = number(&expected["moved"]);
                    assert!((change.moved - moved).abs() < 1e-9, "{} for {moved}: {case}", change.moved);
                    assert!(lead(&matrix, &change.weights, o) > -1e-7);
                    assert!((change.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
                }
            }
        }
    }
}

#[test]
fn in_westmere_weight_moves_from_reoffending_to_risk_transfer_for_the_runner_up_to_win() {
    let workspace = westmere::westmere();
    let change = least(&workspace, 2).unwrap();
    let name = |f: usize| workspace.balance.factors[f].id.as_str().to_owned();
    let [(gains, gained)] = change.gains()[..] else { panic!("one factor gains") };
    let [(gives, given)] = change.gifts()[..] else { panic!("one factor gives") };
    assert_eq!((name(gives), name(gains)), ("reoff".to_owned(), "risk".to_owned()));
    // 8.5 points of weight, from 13.0 % to 4.5 % and from 6.5 % to 15.0 %, as published.
    for (found, shown) in [
        (change.moved, 0.085),
        (gained, 0.085),
        (given, 0.085),
        (change.weights[gives], 0.045),
        (change.weights[gains], 0.150),
    ] {
        assert!((found - shown).abs() <= 0.0005, "{found} for {shown}");
    }
}

#[test]
fn with_two_options_the_change_has_a_closed_form() {
    // A leads by 0.5·40 − 0.3·10 − 0.2·60 = 5; each point from the first factor to the third costs it 100.
    let workspace = plain(&[50.0, 30.0, 20.0], &[vec![80.0, 40.0], vec![40.0, 50.0], vec![20.0, 80.0]]);
    let change = least(&workspace, 1).unwrap();
    assert!((change.moved - 0.05).abs() < 1e-12);
    assert_eq!(change.changes[1].to_bits(), 0.0_f64.to_bits());
    assert!((change.weights[0] - 0.45).abs() < 1e-12 && (change.weights[2] - 0.25).abs() < 1e-12);
}

#[test]
fn why_no_change_of_weights_helps_is_said() {
    let workspace = |rows: &[Vec<f64>]| plain(&vec![1.0; rows.len()], rows);
    let two = workspace(&[vec![60.0, 50.0], vec![60.0, 60.0]]);
    assert_eq!(least(&two, 0), Err(NoWeightChange::AlreadyLeads));
    // A tie on one factor, if it had all the weight, is not a win.
    assert_eq!(least(&two, 1), Err(NoWeightChange::NeverLeads));
    assert_eq!(least(&workspace(&[vec![50.0, 50.0]]), 1), Err(NoWeightChange::TiesForTheLead));
    assert_eq!(least(&workspace(&[vec![50.0]]), 0), Err(NoWeightChange::AlreadyLeads));
    assert_eq!(least(&plain(&[0.0], &[vec![50.0, 60.0]]), 0), Err(NoWeightChange::NoWeights));
    assert_eq!(least(&plain(&[], &[]), 0), Err(NoWeightChange::NoWeights));
    let mut struck = workspace(&[vec![60.0, 50.0], vec![10.0, 90.0]]);
    struck.balance.factors[1].must = Some(Must::AtLeast(20.0));
    assert_eq!(least(&struck, 0), Err(NoWeightChange::Struck));
}

#[test]
fn a_factor_without_weight_may_gain_it() {
    let workspace = plain(&[1.0, 0.0], &[vec![60.0, 40.0], vec![0.0, 80.0]]);
    let change = least(&workspace, 1).unwrap();
    assert!((change.weights[1] - 0.2).abs() < 1e-12 && (change.moved - 0.2).abs() < 1e-12);
}

/// An option of Westmere by its letter, and a factor by its id.
fn option_of(workspace: &Workspace, badge: &str) -> usize {
    workspace.question.options.iter().position(|o| o.badge == badge).unwrap()
}

fn factor_of(workspace: &Workspace, id: &str) -> usize {
    workspace.balance.factors.iter().position(|f| f.id.as_str() == id).unwrap()
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 2e-8
}

#[test]
fn westmere_changes_hands_over_each_weight_as_the_separate_model_says() {
    let workspace = westmere::westmere();
    let result = balance::analyse(&workspace);
    let expected = data("westmere_sensitivity.json");
    assert_eq!(result.factors_alone().len(), 12);
    for ((factor, reading), expected) in result.factors_alone().iter().zip(list(&expected["factors"])) {
        assert_eq!(*factor, factor_of(&workspace, &text(&expected["factor"])));
        let one = reading.as_ref().unwrap();
        assert!(close(one.weight_now, number(&expected["weight"])));
        let bands = list(&expected["bands"]);
        assert_eq!(one.bands.len(), bands.len());
        for (band, expected) in one.bands.iter().zip(bands) {
            assert_eq!(band.leader, option_of(&workspace, &text(&expected["leader"])));
            assert!(close(band.from, number(&expected["from"])) && close(band.to, number(&expected["to"])));
        }
    }
}

#[test]
fn westmeres_tornado_is_that_of_the_separate_model() {
    let workspace = westmere::westmere();
    let expected = &data("westmere_sensitivity.json")["tornado"];
    let of = |badge: &serde_json::Value| option_of(&workspace, &text(badge));
    let (matrix, weighed) = weigh(&workspace);
    let found = tornado(
        &matrix,
        &workspace.balance.factors,
        &weighed,
        of(&expected["leader"]),
        of(&expected["rival"]),
    );
    assert!(close(found.lead, number(&expected["lead"])));
    assert!(close(found.all_at_worst, number(&expected["all_at_worst"])));
    assert_eq!(found.wide_enough().count(), 0);
    let bars = list(&expected["bars"]);
    assert_eq!(found.bars.len(), bars.len());
    for bar in &found.bars {
        let same = |e: &&serde_json::Value| {
            of(&e["option"]) == bar.option && factor_of(&workspace, &text(&e["factor"])) == bar.factor
        };
        let expected = bars.iter().find(same).unwrap();
        assert!(
            close(bar.least, number(&expected["least"]))
                && close(bar.greatest, number(&expected["greatest"]))
        );
    }
    assert!(found.bars.windows(2).all(|pair| pair[0].width() > pair[1].width() - 1e-8));
}

#[test]
fn every_option_of_westmere_wins_by_the_change_that_the_separate_model_finds() {
    let workspace = westmere::westmere();
    for (badge, expected) in data("westmere_sensitivity.json")["to_win"].as_object().unwrap() {
        let found = least(&workspace, option_of(&workspace, badge));
        match (found, expected.is_null()) {
            (Ok(change), false) => assert!(close(change.moved, number(&expected["moved"])), "{badge}"),
            (Err(NoWeightChange::AlreadyLeads), false) => assert!(close(number(&expected["moved"]), 0.0)),
            (Err(NoWeightChange::NeverLeads), true) => {}
            (found, _) => panic!("{badge}: {found:?}, expected {expected}"),
        }
    }
}

#[test]
fn westmere_turns_on_the_one_score_that_would_leave_its_range_least() {
    let workspace = westmere::westmere();
    let (matrix, weighed) = weigh(&workspace);
    let result = balance::analyse(&workspace);
    let all = &data("westmere_sensitivity.json")["break_evens"];
    let runner_up = weighed.ranking[1];
    let to_it: Vec<_> = result.score_break_evens().iter().filter(|b| b.to == runner_up).collect();
    assert_eq!(to_it.len(), list(all).len());
    let found = least_score_change(&matrix, result.score_break_evens(), runner_up).unwrap();
    // Reach and reoffending weigh the same; reach would have to fall twice its range below its low.
    assert_eq!((found.option, found.factor), (option_of(&workspace, "B"), factor_of(&workspace, "reoff")));
    assert!(close(found.score_at_reversal, number(&list(all)[1]["score"])));
}

fn map_of(workspace: &Workspace, x: &str, y: &str) -> TwoFactors {
    let (matrix, weighed) = weigh(workspace);
    two_factors(&matrix, &weighed, [x, y].map(|id| factor_of(workspace, id))).unwrap()
}

#[test]
fn westmeres_maps_have_the_areas_of_the_separate_model() {
    let workspace = westmere::westmere();
    for expected in list(&data("westmere_sensitivity.json")["maps"]) {
        let map = map_of(&workspace, &text(&expected["x"]), &text(&expected["y"]));
        for (most, areas) in [(number(&expected["most"]), &expected["areas"]), (1.0, &expected["whole"])] {
            let regions = map.regions(most);
            let areas = areas.as_object().unwrap();
            assert_eq!(regions.len(), areas.len());
            for region in regions {
                let badge = &workspace.question.options[region.leader].badge;
                assert!(close(region.area(), number(&areas[badge])), "{badge}");
            }
        }
    }
}

/// "+6.1 on both", "+10.2" and "+15.2 points, then C" on the published picture.
#[test]
fn westmeres_border_lies_where_the_picture_says() {
    let workspace = westmere::westmere();
    let map = map_of(&workspace, "wlc", "risk");
    for (way, points) in [([1.0, 1.0], 6.1), ([0.0, 1.0], 10.2), ([1.0, 0.0], 15.2)] {
        let border = map.border(map.today, way).unwrap();
        assert!((border.change * 100.0 - points).abs() <= 0.05, "{way:?}: {}", border.change);
        assert_eq!(workspace.question.options[border.to].badge, "C");
    }
    assert_eq!(map.border(map.today, [-1.0, 0.0]), None);
}

#[test]
fn three_options_best_at_a_corner_each_share_the_map_alike() {
    let rows = [vec![0.0, 100.0, 0.0], vec![0.0, 0.0, 100.0], vec![100.0, 0.0, 0.0]];
    let (matrix, weighed) = weigh(&plain(&[2.0, 3.0, 4.0], &rows));
    let map = two_factors(&matrix, &weighed, [0, 1]).unwrap();
    let regions = map.regions(1.0);
    assert_eq!(regions.iter().map(|r| r.leader).collect::<Vec<_>>(), [0, 1, 2]);
    for region in &regions {
        assert!((region.area() - 1.0 / 6.0).abs() < 1e-12);
        let third = 1.0 / 3.0;
        assert!(region.corners.iter().any(|[x, y]| (x - third).abs() < 1e-12 && (y - third).abs() < 1e-12));
    }
    // Cut at a half the map is a square of 1/4, less nothing: its far corner lies on the edge of the triangle.
    assert!((map.regions(0.5).iter().map(|r| r.area()).sum::<f64>() - 0.25).abs() < 1e-12);
}

/// Goodwin & Wright, *Decision Analysis for Management Judgment*, chapter 3: Elton Street is worth 81.7 without and 60.4
/// with all the weight on turnover, and Addison Square overtakes it at 52.1.
#[test]
fn the_office_case_turns_where_the_book_says() {
    let inputs = &data("cases/01_gw_office_smart.json")["inputs"];
    let criteria: Vec<String> = list(&inputs["criteria"]).iter().map(text).collect();
    let swing = |c: &String| number(&inputs["swing_points"][c.as_str()]);
    let branch = |criteria: &[String]| -> (f64, Vec<f64>) {
        let points: f64 = criteria.iter().map(swing).sum();
        let mean = |o: usize| -> f64 {
            let value = |c: &String| number(&inputs["values_0_100"][c.as_str()][o]);
            criteria.iter().map(|c| swing(c) * value(c)).sum::<f64>() / points
        };
        (points, (0..7).map(mean).collect())
    };
    let (turnover, conditions) = (branch(&criteria[..3]), branch(&criteria[3..]));
    let workspace = plain(&[turnover.0, conditions.0], &[turnover.1, conditions.1]);
    let (matrix, weighed) = weigh(&workspace);
    let one = one_factor(&matrix, &weighed, 0).unwrap();
    let (addison, elton) = (0, 4);
    let shown =
        |found: f64, expected: f64| assert!((found - expected).abs() <= 0.05, "{found} for {expected}");
    shown(one.total_at(elton, 0.0).unwrap(), 81.7);
    shown(one.total_at(elton, 1.0).unwrap(), 60.4);
    assert_eq!((one.leader(), one.leader_at(0.0)), (addison, elton));
    let below = one.below().unwrap();
    assert_eq!((below.to, one.nearest()), (elton, Some(below)));
    shown(below.weight * 100.0, 52.1);
}

#[test]
fn what_cannot_be_varied_says_why() {
    let rows = [vec![60.0, 40.0], vec![0.0, 80.0], vec![10.0, 30.0]];
    let (matrix, weighed) = weigh(&plain(&[1.0, 0.0, 0.0], &rows));
    assert!(one_factor(&matrix, &weighed, 0).is_err());
    let second = one_factor(&matrix, &weighed, 1).unwrap();
    assert!(second.below().is_none());
    assert!((second.above().unwrap().weight - 0.2).abs() < 1e-12);
    assert!(two_factors(&matrix, &weighed, [0, 1]).is_err());
    assert!(two_factors(&matrix, &weighed, [1, 1]).is_err());
    assert!(two_factors(&matrix, &weighed, [1, 2]).is_ok());
    let (matrix, weighed) = weigh(&plain(&[0.0, 0.0], &[vec![1.0], vec![2.0]]));
    assert!(one_factor(&matrix, &weighed, 0).is_err() && two_factors(&matrix, &weighed, [0, 1]).is_err());
}

#[test]
fn one_option_or_a_tie_leads_throughout() {
    for rows in [vec![vec![30.0]; 3], vec![vec![30.0, 30.0], vec![70.0, 70.0], vec![10.0, 10.0]]] {
        let (matrix, weighed) = weigh(&plain(&[1.0, 1.0, 2.0], &rows));
        let one = one_factor(&matrix, &weighed, 1).unwrap();
        assert_eq!((one.bands.len(), one.leader(), one.nearest()), (1, 0, None));
        let map = two_factors(&matrix, &weighed, [0, 1]).unwrap();
        let regions = map.regions(1.0);
        assert_eq!((regions.len(), regions[0].leader), (1, 0));
        assert!((regions[0].area() - 0.5).abs() < 1e-12);
        assert_eq!(map.border(map.today, [1.0, 1.0]), None);
    }
}

#[test]
fn a_score_that_is_not_known_swings_over_its_whole_scale() {
    let mut workspace = plain(&[1.0, 1.0], &[vec![60.0, 40.0], vec![50.0, 20.0]]);
    workspace.balance.scores[3].level = ScoreLevel::Unknown;
    let (matrix, weighed) = weigh(&workspace);
    let found = tornado(&matrix, &workspace.balance.factors, &weighed, 0, 1);
    // A has 55; B has 20 from the first factor and 0 to 50 from the second, standing at 25.
    assert!((found.lead - 10.0).abs() < 1e-12);
    let [bar] = found.bars[..] else { panic!("one bar") };
    assert!(bar.is_unknown && bar.option == 1 && bar.factor == 1);
    assert!((bar.least - -15.0).abs() < 1e-12 && (bar.greatest - 35.0).abs() < 1e-12);
    assert_eq!(found.wide_enough().count(), 1);
    assert!((found.all_at_worst - -15.0).abs() < 1e-12);
}

fn small() -> impl Strategy<Value = (Vec<f64>, Vec<Vec<f64>>)> {
    (2_usize..=5, 2_usize..=6).prop_flat_map(|(options, factors)| {
        let whole = |low: u8| (low..=100).prop_map(f64::from);
        (
            prop::collection::vec(whole(1), factors),
            prop::collection::vec(prop::collection::vec(whole(0), options), factors),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_random_weights_at_which_the_option_leads_lie_nearer(
        (swings, scores) in small(),
        tries in prop::collection::vec(prop::collection::vec(0.001_f64..1.0, 6), 40),
    ) {
        let (matrix, weighed) = weigh(&plain(&swings, &scores));
        for option in 0..matrix.options {
            let Ok(change) = least_weight_change(&matrix, &weighed, option) else { continue };
            prop_assert!(lead(&matrix, &change.weights, option).abs() < 1e-6);
            for random in &tries {
                // Powers lean towards single factors, where most options lead.
                let swings: Vec<f64> = random[..matrix.factors].iter().map(|x| x.powi(4)).collect();
                let there = weights::normalised(&swings);
                if lead(&matrix, &there, option) < 0.0 {
                    continue;
                }
                let on_the_way = |t: f64| -> Vec<f64> {
                    weighed.weights.iter().zip(&there).map(|(w, to)| w + t * (to - w)).collect()
                };
                let (mut no, mut yes) = (0.0, 1.0);
                for _ in 0..50 {
                    let middle = f64::midpoint(no, yes);
                    if lead(&matrix, &on_the_way(middle), option) >= 0.0 { yes = middle } else { no = middle }
                }
                let moved: f64 = weighed.weights.iter().zip(on_the_way(yes)).map(|(w, to)| (w - to).abs()).sum();
                prop_assert!(moved / 2.0 > change.moved - 1e-9);
            }
        }
    }

    #[test]
    fn each_reversal_holds_on_both_sides((swings, scores) in small()) {
        let (matrix, weighed) = weigh(&plain(&swings, &scores));
        for factor in 0..matrix.factors {
            let one = one_factor(&matrix, &weighed, factor).unwrap();
            prop_assert!(one.bands[0].from.abs() < 1e-15 && (one.bands[one.bands.len() - 1].to - 1.0).abs() < 1e-15);
            let weights_at = |t: f64| -> Vec<f64> {
                let scale = (1.0 - t) / (1.0 - weighed.weights[factor]);
                let of = |(f, w): (usize, &f64)| if f == factor { t } else { w * scale };
                weighed.weights.iter().enumerate().map(of).collect()
            };
            for band in one.bands.iter().filter(|band| band.to - band.from > 1e-6) {
                for t in [band.from + 1e-7, f64::midpoint(band.from, band.to), band.to - 1e-7] {
                    prop_assert!(lead(&matrix, &weights_at(t), band.leader) > -1e-7);
                }
            }
            for reversal in [one.below(), one.above()].into_iter().flatten() {
                let there = weights_at(reversal.weight);
                prop_assert!(lead(&matrix, &there, reversal.to).abs() < 1e-7);
                prop_assert!(lead(&matrix, &there, one.leader()).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn regions_cover_the_map_without_overlap_and_agree_with_trying_each_place(
        (swings, scores) in small(),
        most in prop::sample::select(vec![0.3, 0.5, 0.8, 1.0]),
        places in prop::collection::vec((0.0_f64..1.0, 0.0_f64..1.0), 60),
    ) {
        let (matrix, weighed) = weigh(&plain(&swings, &scores));
        prop_assume!(matrix.factors > 2);
        let map = two_factors(&matrix, &weighed, [0, 1]).unwrap();
        let regions = map.regions(most);
        let whole = if most < 0.5 { most * most } else { 0.5 - (1.0 - most) * (1.0 - most) };
        prop_assert!((regions.iter().map(|r| r.area()).sum::<f64>() - whole).abs() < 1e-9);
        let others = 1.0 - weighed.weights[0] - weighed.weights[1];
        for (x, y) in places {
            let (x, y) = (x * most, y * most);
            if x + y > 1.0 {
                continue;
            }
            let mut weights: Vec<f64> = weighed.weights.iter().map(|w| w * (1.0 - x - y) / others).collect();
            (weights[0], weights[1]) = (x, y);
            let inside = regions.iter().filter(|r| holds(&r.corners, [x, y])).collect::<Vec<_>>();
            prop_assert!(!inside.is_empty());
            for region in inside {
                prop_assert!(lead(&matrix, &weights, region.leader) > -1e-6);
            }
            prop_assert!(lead(&matrix, &weights, map.leader_at([x, y])) > -1e-6);
        }
        for region in &regions {
            prop_assert!(holds(&region.corners, region.centre()));
        }
    }

    #[test]
    fn the_border_is_where_the_lead_is_lost((swings, scores) in small()) {
        let (matrix, weighed) = weigh(&plain(&swings, &scores));
        prop_assume!(matrix.factors > 2);
        let map = two_factors(&matrix, &weighed, [0, 1]).unwrap();
        let leader = map.leader_at(map.today);
        for way in [[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]] {
            let at = |t: f64| [map.today[0] + t * way[0], map.today[1] + t * way[1]];
            let behind = |place| {
                let best = map.total_at(map.leader_at(place), place).unwrap();
                best - map.total_at(leader, place).unwrap()
            };
            match map.border(map.today, way) {
                Some(border) => {
                    prop_assert!(behind(at(border.change * 0.999_999)) < 1e-6);
                    let best = map.total_at(border.to, at(border.change)).unwrap();
                    prop_assert!((best - map.total_at(leader, at(border.change)).unwrap()).abs() < 1e-7);
                }
                None => {
                    for step in 0..50 {
                        let place = at(f64::from(step) / 50.0);
                        if place[0] >= 0.0 && place[1] >= 0.0 && place[0] + place[1] <= 1.0 {
                            prop_assert!(behind(place) < 1e-6);
                        }
                    }
                }
            }
        }
    }
}

/// Whether a convex polygon holds a place, its edges included.
fn holds(corners: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let next = corners.iter().cycle().skip(1);
    let turns: Vec<f64> = corners
        .iter()
        .zip(next)
        .map(|(a, b)| (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]))
        .collect();
    turns.iter().all(|t| *t >= -1e-12) || turns.iter().all(|t| *t <= 1e-12)
}
