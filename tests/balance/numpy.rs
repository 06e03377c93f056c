//! Draws, what better information is worth and the spread of totals, against numpy and scipy (`tests/data/smaa_numpy.json`
//! says how its figures were computed, and with which versions).

use evenhand::{
    analysis::{
        balance::robustness::{
            Draws, Robustness, better_information::better_information, run, standard_error,
        },
        course::Course,
    },
    model::{
        Workspace,
        balance::{Scale, ScoreLevel, Side, WeightDraws},
    },
};
use serde_json::Value;
use westmere::{data, factor, list, number, numbers};

use crate::westmere;

const DRAWS: u32 = 200_000;
/// What the figures of the file may be off themselves.
const THEIRS: f64 = 0.000_5;

fn problem(case: &Value) -> Workspace {
    let sides = [Side::Operational, Side::Commercial];
    let mut factors = Vec::new();
    for (f, swing) in numbers(&case["swings"]).into_iter().enumerate() {
        let mut of = factor(f, &format!("Factor {f}"), sides[f % 2], Scale::Direct, Some(swing));
        let limits = numbers(&case["limits"][f]);
        of.weight_limits = Some((limits[0], limits[1]));
        factors.push(of);
    }
    let likely = vec![vec![50.0; 4]; factors.len()];
    let mut workspace = westmere::workspace(&["A", "B", "C", "D"], factors, &likely);
    for (f, row) in list(&case["scores"]).iter().enumerate() {
        for (o, cell) in list(row).iter().enumerate() {
            let level = match cell {
                Value::Array(_) => {
                    let [low, likely, high] = numbers(cell)[..] else { panic!("three figures: {cell}") };
                    ScoreLevel::Range { low, likely, high }
                }
                Value::Object(_) => {
                    ScoreLevel::Normal { mean: number(&cell["mean"]), sd: number(&cell["sd"]) }
                }
                _ => ScoreLevel::Unknown,
            };
            let ids = (workspace.balance.factors[f].id.clone(), workspace.question.options[o].id.clone());
            let mut cells = workspace.balance.scores.iter_mut();
            cells.find(|s| (&s.factor, &s.option) == (&ids.0, &ids.1)).unwrap().level = level;
        }
    }
    workspace
}

fn draws(case: &Value, weights: WeightDraws) -> Draws {
    Draws { concentration: number(&case["concentration"]), ..Draws::new(weights, DRAWS, 11) }
}

/// Each of a row of shares lies within five standard errors.
fn agree(found: &[f64], expected: &Value, draws: u32, what: &str) {
    for (found, expected) in found.iter().zip(numbers(expected)) {
        let allowed = 5.0 * standard_error(expected, draws) + THEIRS;
        assert!((found - expected).abs() <= allowed, "{what}: {found}, not {expected} ± {allowed}");
    }
}

fn drawn(workspace: &Workspace, draws: Draws) -> Robustness {
    run(workspace, draws, &Course::default()).expect("something to draw").expect("not stopped")
}

#[test]
fn draws_of_weights_and_scores_agree_with_numpy() {
    let case = data("smaa_numpy.json");
    let workspace = problem(&case);
    for weights in
        [WeightDraws::Uniform, WeightDraws::Ranked, WeightDraws::AroundSwings, WeightDraws::Intervals]
    {
        let (found, expected) = (drawn(&workspace, draws(&case, weights)), &case["smaa"][weights.name()]);
        // Draws that walk inside limits hang together and count for fewer.
        let worth = if weights == WeightDraws::Intervals { DRAWS / 8 } else { DRAWS };
        for o in 0..4 {
            let what = format!("{} {o}", weights.name());
            agree(&found.rank_acceptability[o], &expected["rank_acceptability"][o], worth, &what);
            agree(&found.pairwise_winning[o], &expected["pairwise_winning"][o], worth, &what);
            let central = found.central_weights[o].as_ref().unwrap();
            for (own, theirs) in central.iter().zip(numbers(&expected["central_weights"][o])) {
                assert!((own - theirs).abs() < 0.012, "{what}: {central:?} {theirs}");
            }
            // The confidence factor also moves with the central weights.
            let (own, theirs) =
                (found.confidence_factor[o].unwrap(), number(&expected["confidence_factor"][o]));
            assert!((own - theirs).abs() < 5.0 * found.confidence_error(o).unwrap() + 0.02, "{what}: {own}");
        }
        let bits = number(&expected["choice_entropy_bits"]);
        assert!((found.choice_entropy_bits - bits).abs() < 0.02, "{weights:?}");
    }
}

/// The whole gain and that of the weights by draws, the gain of one score by quadrature.
#[test]
fn the_worth_of_knowing_more_agrees_with_scipy() {
    let case = data("smaa_numpy.json");
    let (workspace, expected) = (problem(&case), &case["information"]);
    let found = better_information(&workspace, draws(&case, WeightDraws::Uniform), &Course::default());
    let found = found.unwrap().unwrap();
    let who = ["leader", "second", "chosen"].map(|name| number(&expected[name]) as usize);
    assert_eq!([found.leader, found.second, found.chosen], who);
    for (name, gain) in [("weights_gain", found.weights_gain), ("everything_gain", found.everything)] {
        let (theirs, error) = (number(&expected[name]), gain.standard_error.unwrap());
        assert!(error < 0.05 && (gain.value - theirs).abs() < 5.0 * error + 0.002, "{name}: {gain:?}");
    }
    let variance = number(&expected["lead_variance"]);
    assert!((found.lead_variance / variance - 1.0).abs() < 0.015, "{}", found.lead_variance);
    let share = number(&expected["weights_variance_share"]);
    assert!((found.weights_share.unwrap() - share).abs() < 0.01, "{:?}", found.weights_share);
    for cell in list(&expected["cells"]) {
        let (option, factor) = (number(&cell["option"]) as usize, number(&cell["factor"]) as usize);
        let own = found.cells.iter().find(|c| (c.option, c.factor) == (option, factor));
        let (own, theirs) = (own.map_or(0.0, |c| c.gain.value), number(&cell["gain"]));
        assert!((own - theirs).abs() < 0.01, "{option} {factor}: {own} {theirs}");
    }
}

#[test]
fn the_limits_of_totals_and_sides_agree_with_numpy() {
    let case = data("smaa_numpy.json");
    let found = drawn(&problem(&case), draws(&case, WeightDraws::Uniform));
    for (o, spread) in found.spread.iter().enumerate() {
        let spread = spread.unwrap();
        for (name, (low, high)) in [
            ("total", spread.total),
            ("operational", spread.operational.unwrap()),
            ("commercial", spread.commercial.unwrap()),
        ] {
            let theirs = numbers(&case["spread"][name][o]);
            // Five standard errors of a 2.5 % quantile of 8,192 draws, in standard deviations of a normal: 5·0.03.
            let allowed = 0.15 * (theirs[1] - theirs[0]) / 3.92;
            assert!((low - theirs[0]).abs() < allowed, "{name} {o}: {low} {theirs:?}");
            assert!((high - theirs[1]).abs() < allowed, "{name} {o}: {high} {theirs:?}");
        }
    }
}
