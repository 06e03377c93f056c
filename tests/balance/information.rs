//! What better information is worth, weights within limits, scores drawn three ways and weak evidence, against closed
//! forms and published results.

use evenhand::{
    analysis::{
        Undefined,
        balance::robustness::{
            Draws, Robustness,
            better_information::{BetterInformation, better_information},
            by_weights::by_weights,
            run,
        },
        course::Course,
    },
    model::{
        Workspace,
        balance::{Scale, ScoreDraws, ScoreLevel, Side, WeightDraws},
    },
};
use westmere::factor;

use crate::westmere;

fn drawn(workspace: &Workspace, draws: Draws) -> Robustness {
    run(workspace, draws, &Course::default()).expect("something to draw").expect("not stopped")
}

fn worth(workspace: &Workspace, draws: Draws) -> BetterInformation {
    better_information(workspace, draws, &Course::default())
        .expect("something in doubt")
        .expect("not stopped")
}

/// Options A, B, … with these scores by factor on direct scales, and these swings.
fn scored(swings: &[f64], scores: &[&[ScoreLevel]]) -> Workspace {
    let names = ["A", "B", "C", "D"];
    let sides = [Side::Operational, Side::Commercial];
    let factors = swings
        .iter()
        .enumerate()
        .map(|(f, swing)| factor(f, &format!("Factor {f}"), sides[f % 2], Scale::Direct, Some(*swing)))
        .collect();
    let likely: Vec<Vec<f64>> = scores.iter().map(|row| vec![50.0; row.len()]).collect();
    let mut workspace = westmere::workspace(&names[..scores[0].len()], factors, &likely);
    for (f, row) in scores.iter().enumerate() {
        for (o, level) in row.iter().enumerate() {
            let option = workspace.question.options[o].id.clone();
            let of = workspace.balance.factors[f].id.clone();
            let cell = workspace.balance.scores.iter_mut().find(|s| s.factor == of && s.option == option);
            cell.unwrap().level = level.clone();
        }
    }
    workspace
}

fn normal(mean: f64, sd: f64) -> ScoreLevel {
    ScoreLevel::Normal { mean, sd }
}

fn range(low: f64, likely: f64, high: f64) -> ScoreLevel {
    ScoreLevel::Range { low, likely, high }
}

/// Two options whose lead is normal with mean μ: knowing a part of it with standard deviation σ gains
/// σ·φ(μ/σ) − |μ|·Φ(−|μ|/σ), the unit normal linear loss (Raiffa & Schlaifer 1961; Felli & Hazen 1998).
fn normal_gain(mean: f64, sd: f64) -> f64 {
    let z = mean.abs() / sd;
    let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let below = 0.5 * libm::erfc(z / std::f64::consts::SQRT_2);
    sd * density - mean.abs() * below
}

/// With all weight on one factor nothing is left of the weights, and totals are the scores.
#[test]
fn two_normal_options_agree_with_the_closed_form() {
    let workspace = scored(&[100.0], &[&[normal(52.0, 4.0), normal(50.0, 3.0)]]);
    let found = worth(&workspace, Draws::new(WeightDraws::AroundSwings, 100_000, 5));
    assert_eq!((found.leader, found.second, found.chosen), (0, 1, 0));
    let everything = normal_gain(2.0, 5.0);
    let error = found.everything.standard_error.unwrap();
    assert!(error > 0.0 && error < 0.02, "{error}");
    assert!((found.everything.value - everything).abs() < 5.0 * error, "{:?} {everything}", found.everything);
    assert!((found.lead_variance - 25.0).abs() < 0.6, "{}", found.lead_variance);
    assert!(found.weights_share.unwrap() < 1e-9 && found.weights_gain.value < 1e-9);
    for (option, sd) in [(0, 4.0), (1, 3.0)] {
        let cell = found.cells.iter().find(|cell| cell.option == option).unwrap();
        assert!((cell.share.unwrap() - sd * sd / 25.0).abs() < 1e-3, "{cell:?}");
        assert!((cell.gain.value - normal_gain(2.0, sd)).abs() < 2e-3, "{cell:?}");
    }
}

/// A triangular score has variance (a² + b² + c² − ab − ac − bc)/18, a uniform one (b − a)²/12; each counts by its weight
/// squared.
#[test]
fn shares_of_the_doubt_are_those_of_the_variances() {
    let sure = ScoreLevel::Point(40.0);
    let workspace =
        scored(&[60.0, 40.0], &[&[range(50.0, 70.0, 80.0), sure.clone()], &[range(40.0, 60.0, 90.0), sure]]);
    let triangular = |a: f64, c: f64, b: f64| (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0;
    let uniform = |a: f64, _: f64, b: f64| (b - a) * (b - a) / 12.0;
    let check = |scores, variance: &dyn Fn(f64, f64, f64) -> f64| {
        let draws = Draws { scores, ..Draws::new(WeightDraws::Uniform, 2_000, 5) };
        let parts = [0.36 * variance(50.0, 70.0, 80.0), 0.16 * variance(40.0, 60.0, 90.0)];
        let found = worth(&workspace, draws);
        for cell in &found.cells {
            let expected = parts[cell.factor] / (parts[0] + parts[1]);
            assert!((cell.share.unwrap() - expected).abs() < 1e-4, "{cell:?} {expected}");
        }
        let all: f64 = found.cells.iter().filter_map(|cell| cell.share).sum();
        assert!((all - 1.0).abs() < 1e-12);
    };
    check(ScoreDraws::Triangular, &triangular);
    check(ScoreDraws::Uniform, &uniform);
}

/// With scores that are sure and uniform weights of two factors, the whole doubt is in the weights: for A (100, 0) against B (0, 60) the lead is 160w − 60, known weights gain E max(100w, 60(1 − w)) − 50.
#[test]
fn sure_scores_leave_all_the_doubt_to_the_weights() {
    let (all, none) = (ScoreLevel::Point(100.0), ScoreLevel::Point(0.0));
    let workspace = scored(&[100.0, 100.0], &[&[all, none.clone()], &[none, ScoreLevel::Point(60.0)]]);
    let found = worth(&workspace, Draws::new(WeightDraws::Uniform, 100_000, 5));
    assert!(found.cells.is_empty() && (found.weights_share.unwrap() - 1.0).abs() < 1e-9);
    assert!((found.lead_variance - 160.0 * 160.0 / 12.0).abs() < 15.0, "{}", found.lead_variance);
    // They meet at w = 3/8: ∫₀^⅜ 60(1 − w) + ∫_⅜¹ 100w − 50.
    let expected = 60.0 * (0.375 - 0.375 * 0.375 / 2.0) + 50.0 * (1.0 - 0.375 * 0.375) - 50.0;
    let gain = found.weights_gain;
    assert!((gain.value - expected).abs() < 5.0 * gain.standard_error.unwrap(), "{gain:?} {expected}");
    assert!((found.everything.value - gain.value).abs() < 1e-9);
}

/// Weights under a limit of one: w₁ ≤ 0.2 of three leaves the others with the mean that halves the rest. The centroid of
/// the cut simplex {w₁ ≤ u} has E w₁ = (u²/2 − u³/3)/(u − u²/2), since the density of w₁ falls as 1 − w₁.
#[test]
fn weights_within_limits_have_the_mean_of_the_cut_simplex() {
    let sure = ScoreLevel::Point(50.0);
    let mut workspace = scored(&[1.0, 1.0, 1.0], &[std::slice::from_ref(&sure); 3]);
    let u: f64 = 0.2;
    workspace.balance.factors[0].weight_limits = Some((0.0, u));
    let found = drawn(&workspace, Draws::new(WeightDraws::Intervals, 60_000, 5));
    let mean = found.central_weights[0].clone().unwrap();
    let expected = (u * u / 2.0 - u * u * u / 3.0) / (u - u * u / 2.0);
    assert!((mean[0] - expected).abs() < 0.002, "{mean:?} {expected}");
    for rest in &mean[1..] {
        assert!((rest - (1.0 - expected) / 2.0).abs() < 0.006, "{mean:?}");
    }
    workspace.balance.factors[0].weight_limits = None;
    let free = drawn(&workspace, Draws::new(WeightDraws::Intervals, 60_000, 5));
    for weight in free.central_weights[0].as_ref().unwrap() {
        assert!((weight - 1.0 / 3.0).abs() < 0.006, "{free:?}");
    }
}

#[test]
fn limits_that_no_weights_keep_to_say_why() {
    let sure = ScoreLevel::Point(50.0);
    let mut workspace = scored(&[1.0, 1.0], &[std::slice::from_ref(&sure); 2]);
    let tried =
        |workspace: &Workspace| run(workspace, Draws::new(WeightDraws::Intervals, 10, 1), &Course::default());
    for factor in &mut workspace.balance.factors {
        factor.weight_limits = Some((0.6, 0.9));
    }
    assert_eq!(tried(&workspace), Err(Undefined("the lowest weights add up to more than 100 %")));
    for factor in &mut workspace.balance.factors {
        factor.weight_limits = Some((0.1, 0.4));
    }
    assert_eq!(tried(&workspace), Err(Undefined("the highest weights add up to less than 100 %")));
    workspace.balance.factors[1].weight_limits = Some((0.6, 0.6));
    let only = tried(&workspace).unwrap().unwrap().central_weights[0].clone().unwrap();
    assert!((only[0] - 0.4).abs() < 1e-9 && (only[1] - 0.6).abs() < 1e-9, "{only:?}");
}

/// Low to high hold the whole of a triangle and a uniform, and 95 % of a normal; the limits shown are the central 95 %.
#[test]
fn scores_are_drawn_as_their_distribution_says() {
    let workspace = scored(&[1.0], &[&[range(40.0, 50.0, 60.0)]]);
    let limits = |scores| {
        let draws = Draws { scores, ..Draws::new(WeightDraws::Uniform, 10, 5) };
        drawn(&workspace, draws).spread[0].unwrap().total
    };
    // A triangle's 2.5 % quantile lies √(0.025·20·10) above its low end.
    let triangle = 40.0 + (0.025_f64 * 200.0).sqrt();
    for (scores, low) in
        [(ScoreDraws::Triangular, triangle), (ScoreDraws::Uniform, 40.5), (ScoreDraws::Normal, 40.0)]
    {
        let found = limits(scores);
        assert!((found.0 - low).abs() < 0.4 && (found.1 - (100.0 - low)).abs() < 0.4, "{scores:?} {found:?}");
    }
}

/// Grade 5 stays, grade 2 doubles, and no grade takes the whole scale with the likely score as its mode.
#[test]
fn weak_evidence_widens_by_its_grade() {
    let mut workspace = scored(&[1.0], &[&[range(45.0, 50.0, 55.0)]]);
    let mut low_with = |grade| {
        workspace.balance.scores[0].grade = grade;
        let draws = Draws { weak_as_weak: true, ..Draws::new(WeightDraws::Uniform, 10, 5) };
        drawn(&workspace, draws).spread[0].unwrap().total.0
    };
    // The 2.5 % quantile of a triangle of half width h about 50.
    let quantile = |half: f64| 50.0 - half + (0.05 * half * half).sqrt();
    for (grade, half) in
        [(Some(5), 5.0), (Some(4), 6.25), (Some(3), 7.5), (Some(2), 10.0), (Some(1), 50.0), (None, 50.0)]
    {
        let found = low_with(grade);
        assert!((found - quantile(half)).abs() < 0.02 * half + 0.2, "{grade:?}: {found} {}", quantile(half));
    }
}

/// The figures of the published picture of the Robustness page, at the group's weights.
#[test]
fn westmere_has_the_doubt_of_the_picture() {
    let workspace = westmere::westmere();
    let found = worth(&workspace, Draws::asked_for(&workspace));
    assert!((found.weights_share.unwrap() - 0.84).abs() < 0.02, "{:?}", found.weights_share);
    assert!((found.everything.value - 0.7).abs() < 0.05, "{:?}", found.everything);
    let published = [(2, 17), (1, 15), (2, 13), (2, 9)];
    for (cell, (option, percent)) in found.cells.iter().zip(published) {
        let share = cell.share.unwrap() * 100.0;
        assert!((share - f64::from(percent)).abs() < 0.6, "{share} is not {percent}");
        assert_eq!(cell.option, option);
    }
    for cell in &found.cells[..2] {
        assert_eq!(workspace.balance.factors[cell.factor].name, "Reduction in reoffending");
    }
}

#[test]
fn each_kind_of_weights_has_its_answer_or_its_reason() {
    let mut workspace = westmere::westmere();
    workspace.balance.robustness.iterations = 4_000;
    let asked = Draws::asked_for(&workspace);
    let found = by_weights(&workspace, asked, &Course::default()).unwrap();
    assert_eq!(found.as_given.as_ref(), found.of(WeightDraws::BetweenBallots).unwrap().as_ref());
    assert!(found.as_weak.as_ref().unwrap()[1] < found.as_given.as_ref().unwrap()[1]);
    let own = drawn(&workspace, asked).rank_acceptability[1][0];
    assert!((found.as_given.unwrap()[1] - own).abs() < 1e-12);
    workspace.voices.ballots.clear();
    let without = by_weights(&workspace, asked, &Course::default()).unwrap();
    let reason = Undefined("there is no ballot with points");
    assert_eq!(without.of(WeightDraws::BetweenBallots), Some(&Err(reason)));
    assert!(without.of(WeightDraws::Uniform).unwrap().is_ok());
}

#[test]
fn what_cannot_be_better_known_says_why() {
    let tried = |workspace: &Workspace| {
        better_information(workspace, Draws::new(WeightDraws::Uniform, 100, 1), &Course::default())
    };
    let one = scored(&[1.0], &[&[range(1.0, 2.0, 3.0)]]);
    assert_eq!(tried(&one), Err(Undefined("fewer than two options can be ranked")));
    let sure = ScoreLevel::Point(50.0);
    let weightless = scored(&[0.0], &[&[sure.clone(), sure.clone()]]);
    assert_eq!(tried(&weightless), Err(Undefined("no factor has any weight")));
    let certain = scored(&[1.0], &[&[sure, ScoreLevel::Point(40.0)]]);
    let found = tried(&certain).unwrap().unwrap();
    assert_eq!(found.weights_share, Err(Undefined("nothing about the lead is in doubt")));
    assert!(found.cells.is_empty() && found.everything.value <= 0.0);
}

#[test]
fn gains_and_convergence_are_the_same_on_one_thread_and_two() {
    let workspace = westmere::westmere();
    let draws = Draws { iterations: 6_000, ..Draws::asked_for(&workspace) };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (worth(&workspace, draws), drawn(&workspace, draws).convergence))
    };
    assert_eq!(with(1), with(2));
}

/// The last point of the convergence is the share itself, and each is a share of so many draws.
#[test]
fn convergence_ends_at_the_share() {
    let workspace = westmere::westmere();
    let found = drawn(&workspace, Draws { iterations: 5_000, ..Draws::asked_for(&workspace) });
    let last = found.convergence.points.last().unwrap();
    assert_eq!(last.draws, 5_000);
    for (o, ranks) in found.rank_acceptability.iter().enumerate() {
        assert!((last.first[o] - ranks[0]).abs() < 1e-12);
        assert!((last.standard_error(o) - found.standard_error[o][0]).abs() < 1e-12);
    }
    for point in &found.convergence.points {
        let firsts = point.first[1] * f64::from(point.draws);
        assert!((firsts - firsts.round()).abs() < 1e-6, "{point:?}");
    }
}
