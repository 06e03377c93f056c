//! Musts, levels and unknown scores in what would change the leader, by closed forms.

use evenhand::{
    analysis::{
        Analysis,
        balance::{
            self, BalanceResult, ScoreBreakEven,
            matrix::PerformanceMatrix,
            sensitivity::{NoWeightChange, break_even_words, least_weight_change, tornado},
        },
        explain::{Question, WorkedOut, explain},
        trail,
    },
    cli,
    model::{
        Workspace,
        balance::{Better, Must, NamedLevel, Scale, ScoreLevel, Side},
    },
};
use westmere::factor;

use crate::westmere;

/// A and B on factors of one side, `scores[f]` their scores.
fn pair(factors: &[(&str, Scale, Option<Must>)], scores: &[[f64; 2]]) -> Workspace {
    let made = factors.iter().enumerate().map(|(index, (name, scale, must))| {
        let mut made = factor(index, name, Side::Operational, scale.clone(), Some(1.0));
        made.must = *must;
        made
    });
    let scores: Vec<Vec<f64>> = scores.iter().map(|row| row.to_vec()).collect();
    westmere::workspace(&["A", "B"], made.collect(), &scores)
}

fn cell(result: &BalanceResult, option: usize, factor: usize) -> Option<ScoreBreakEven> {
    result.score_break_evens().iter().copied().find(|it| it.option == option && it.factor == factor)
}

fn words(workspace: &Workspace) -> String {
    cli::answer::answer_in_words(workspace).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A 60 and 50, B 45 and 30: the totals are level with Reach at 25, but under 40 a must strikes A.
#[test]
fn the_break_even_of_the_leader_is_its_must_where_that_comes_first() {
    let must = Some(Must::AtLeast(40.0));
    let reach = [("Reach", Scale::Direct, must), ("Quality", Scale::Direct, None)];
    let workspace = pair(&reach, &[[60.0, 45.0], [50.0, 30.0]]);
    let result = balance::analyse(&workspace);
    let found = cell(&result, 0, 0).unwrap();
    assert!(found.by_must && (found.score_at_reversal - 40.0).abs() < 1e-12 && found.to == 1);
    assert_eq!(
        break_even_words(&found, &workspace.balance.factors[0], "A", "Reach", |x| format!("{x:.0}")),
        "A falls below the minimum of 40 on Reach and is struck; it scores 60"
    );
    // On Quality there is no must: A has to lose the lead of 17.5 over a weight of one half, 35 points.
    let found = cell(&result, 0, 1).unwrap();
    assert!(!found.by_must && (found.score_at_reversal - 15.0).abs() < 1e-9);
    // Just below the must the other leads; on it nothing changes.
    for (score, leader) in [(40.0, 0), (39.999, 1)] {
        let mut moved = workspace.clone();
        moved.balance.scores[0].level = ScoreLevel::Point(score);
        assert_eq!(balance::analyse(&moved).leader(), Some(leader));
    }
}

#[test]
fn a_score_at_which_the_rival_is_struck_does_not_bring_it_the_lead() {
    let hours = |must| [("Hours", Scale::Direct, must), ("Quality", Scale::Direct, None)];
    let scores = [[50.0, 40.0], [70.0, 40.0]];
    let free = balance::analyse(&pair(&hours(None), &scores));
    assert!((cell(&free, 1, 0).unwrap().score_at_reversal - 80.0).abs() < 1e-9);
    let bound = balance::analyse(&pair(&hours(Some(Must::AtMost(60.0))), &scores));
    assert_eq!(cell(&bound, 1, 0), None);
    // More hours strike the leader.
    let found = cell(&bound, 0, 0).unwrap();
    assert!(found.by_must && (found.score_at_reversal - 60.0).abs() < 1e-12);
}

#[test]
fn a_leader_whose_worst_score_fails_a_must_does_not_stay_ahead() {
    let must = Some(Must::AtLeast(40.0));
    let reach = [("Reach", Scale::Direct, must), ("Quality", Scale::Direct, None)];
    let mut workspace = pair(&reach, &[[60.0, 45.0], [50.0, 30.0]]);
    workspace.balance.scores[0].level = ScoreLevel::Range { low: 30.0, likely: 60.0, high: 70.0 };
    let result = balance::analyse(&workspace);
    let matrix = PerformanceMatrix::of(&workspace);
    let weighed = matrix.weigh(&result.swings);
    let found = tornado(&matrix, &workspace.balance.factors, &weighed, 0, 1);
    assert_eq!(found.struck_at_worst, [0]);
    assert_eq!(found.wide_enough().count(), 1);
    let text = words(&workspace);
    assert!(text.contains("at its worst A falls below the minimum of 40 on Reach and is struck"), "{text}");
    // (40 − 30)² / ((70 − 30)(60 − 30)) = 1/12.
    assert!(text.contains("A may fail the must on Reach (at least 40): 8 % by its range."), "{text}");
}

#[test]
fn a_rivals_best_score_counts_only_as_far_as_it_passes() {
    let must = Some(Must::AtMost(60.0));
    let hours = [("Hours", Scale::Direct, must), ("Quality", Scale::Direct, None)];
    let mut workspace = pair(&hours, &[[50.0, 40.0], [70.0, 40.0]]);
    workspace.balance.scores[1].level = ScoreLevel::Range { low: 30.0, likely: 40.0, high: 90.0 };
    let matrix = PerformanceMatrix::of(&workspace);
    let weighed = matrix.weigh(&balance::analyse(&workspace).swings);
    let found = tornado(&matrix, &workspace.balance.factors, &weighed, 0, 1);
    // A has 60, B 40; with 60 hours B has 50.
    assert!((found.all_at_worst - 10.0).abs() < 1e-9);
    assert_eq!(found.struck_at_worst, Vec::<usize>::new());
}

#[test]
fn the_chance_of_failing_a_must_is_that_of_the_scores_distribution() {
    let says = |level: ScoreLevel, must: Must| {
        let mut workspace = pair(&[("Reach", Scale::Direct, Some(must))], &[[60.0, 55.0]]);
        workspace.balance.scores[0].level = level;
        let warnings = balance::analyse(&workspace).warnings().to_vec();
        warnings.into_iter().filter(|w| w.rule == "must-in-doubt").map(|w| w.text).collect::<Vec<_>>()
    };
    let range = ScoreLevel::Range { low: 20.0, likely: 50.0, high: 70.0 };
    // 20² / (50 · 30) = 0.267 below 40; 10² / (50 · 20) = 0.1 above 60.
    assert_eq!(
        says(range.clone(), Must::AtLeast(40.0)),
        ["A may fail the must on Reach (at least 40): 27 % by its range."]
    );
    assert_eq!(
        says(range.clone(), Must::AtMost(60.0)),
        ["A may fail the must on Reach (at most 60): 10 % by its range."]
    );
    // Struck as it stands: it passes with 10² / (50 · 20) = 0.1.
    assert_eq!(
        says(range.clone(), Must::AtLeast(60.0)),
        ["A fails the must on Reach (at least 60) at its likely score, but may pass: 10 % by its range."]
    );
    assert_eq!(says(range, Must::AtLeast(20.0)), Vec::<String>::new());
    // One standard deviation below the mean: Φ(−1) = 0.1587.
    assert_eq!(
        says(ScoreLevel::Normal { mean: 50.0, sd: 10.0 }, Must::AtLeast(40.0)),
        ["A may fail the must on Reach (at least 40): 16 % by its range."]
    );
}

#[test]
fn levels_are_tried_one_by_one() {
    let level = |(name, value): (&str, f64)| NamedLevel { name: name.to_owned(), value };
    let levels =
        Scale::Levels([("none", 0.0), ("some", 40.0), ("most", 70.0), ("full", 100.0)].map(level).into());
    let mut workspace =
        pair(&[("Fit", levels, None), ("Quality", Scale::Direct, None)], &[[0.0; 2], [60.0, 30.0]]);
    for place in [0, 1] {
        workspace.balance.scores[place].level = ScoreLevel::Level("some".to_owned());
    }
    // A leads by 15, 30 on the levels: B needs 70 exactly, A would have to fall to 10 or less.
    let result = balance::analyse(&workspace);
    let at = |o| cell(&result, o, 0).unwrap().score_at_reversal;
    assert!((at(1) - 70.0).abs() < 1e-12 && at(0).abs() < 1e-12);
    let found = cell(&result, 1, 0).unwrap();
    assert_eq!(
        break_even_words(&found, &workspace.balance.factors[0], "B", "Fit", |x| x.to_string()),
        "B scores “most” on Fit, not “some”"
    );
}

#[test]
fn a_score_that_is_not_known_has_the_score_that_it_would_need() {
    let factors =
        [("Reach", Scale::Linear { worst: 0.0, best: 200.0 }, None), ("Quality", Scale::Direct, None)];
    let mut workspace = pair(&factors, &[[120.0, 0.0], [50.0, 30.0]]);
    workspace.balance.scores[1].level = ScoreLevel::Unknown;
    // A has 60 and 50, B 50 (not known) and 30: B needs 80 there, which is 160.
    let result = balance::analyse(&workspace);
    let found = cell(&result, 1, 0).unwrap();
    assert_eq!(found.score_now, None);
    assert!((found.score_at_reversal - 160.0).abs() < 1e-9);
    assert!(words(&workspace).contains("where its score is not known"), "{}", words(&workspace));
}

#[test]
fn a_score_that_moves_the_ends_of_its_own_scale_is_tried_too() {
    let local = Scale::Local { better: Better::Higher };
    let factors = [("Cost", local, None), ("Quality", Scale::Direct, None)];
    let workspace = pair(&factors, &[[10.0, 5.0], [90.0, 10.0]]);
    let result = balance::analyse(&workspace);
    // A has 100 and 90, B 0 and 10. Once they pass each other on cost A has 0 and 90, B 100 and 10.
    let at = |option| cell(&result, option, 0).map(|found| (found.score_at_reversal, found.to));
    assert_eq!((at(0), at(1)), (Some((5.0, 1)), Some((10.0, 1))));
    let text = words(&workspace);
    assert!(text.contains("By one score: "), "{text}");
}

#[test]
fn in_a_tie_no_score_has_to_change() {
    let text = words(&pair(&[("Reach", Scale::Direct, None)], &[[50.0, 50.0]]));
    assert!(text.contains("B ties for the lead as it is.") && !text.contains("B leads already"), "{text}");
    assert!(text.contains("By one score: any change of a score of A or B decides."), "{text}");
}

#[test]
fn that_an_option_never_leads_is_said_of_the_middle_where_scores_are_not_known() {
    let factors = [("Reach", Scale::Direct, None), ("Quality", Scale::Direct, None)];
    let mut workspace = pair(&factors, &[[60.0, 0.0], [50.0, 30.0]]);
    workspace.balance.scores[1].level = ScoreLevel::Unknown;
    let result = balance::analyse(&workspace);
    let matrix = PerformanceMatrix::of(&workspace);
    let found = least_weight_change(&matrix, &matrix.weigh(&result.swings), 1);
    assert_eq!(found, Err(NoWeightChange::NeverLeadsAtMiddle));
    assert!(result.performance.potentially_optimal()[1]);
}

#[test]
fn without_any_weight_every_option_is_listed_as_undecided() {
    let factors = [("Reach", Scale::Direct, Some(Must::AtLeast(40.0))), ("Quality", Scale::Direct, None)];
    let mut workspace = pair(&factors, &[[60.0, 20.0], [50.0, 30.0]]);
    workspace.balance.factors.iter_mut().for_each(|factor| factor.swing = Some(0.0));
    let text = words(&workspace);
    assert!(text.contains("– A A 0–100 undecided"), "{text}");
    assert!(text.contains("– B B 0–100 undecided") && !text.contains("too few"), "{text}");
}

#[test]
fn with_one_side_only_there_is_no_dial() {
    let text = words(&pair(&[("Reach", Scale::Direct, None)], &[[60.0, 20.0]]));
    assert!(text.contains("No commercial factor has weight, so there is no dial; A leads."), "{text}");
    assert!(text.contains("commercial without weight"), "{text}");
}

#[test]
fn only_an_ordinary_word_is_lower_cased() {
    let lowered = evenhand::model::wording::lower_first;
    for (name, expected) in [
        ("Reach of people", "reach of people"),
        ("F1", "F1"),
        ("F", "F"),
        ("NHS fit", "NHS fit"),
        ("Band3 cost", "Band3 cost"),
        ("Émigrés", "émigrés"),
        ("", ""),
    ] {
        assert_eq!(lowered(name), expected);
    }
}

/// No total moves where a must strikes the leader, and the step says all the same who leads.
#[test]
fn the_trail_says_who_leads_after_a_must_struck_the_leader() {
    let of = |must| {
        let reach = [("Reach", Scale::Direct, must), ("Quality", Scale::Direct, None)];
        pair(&reach, &[[40.0, 45.0], [80.0, 30.0]])
    };
    let (before, after) = (of(None), of(Some(Must::AtLeast(42.0))));
    let [first, last] = [&before, &after].map(Analysis::of);
    let effect = trail::effect((&before, &first), (&after, &last));
    assert!(effect.totals.is_empty(), "{effect:?}");
    let lead = effect.lead.unwrap();
    assert_eq!((lead.badge_before.as_str(), lead.badge_after.as_str()), ("A", "B"));
}

/// The break-even of a cell as it is written with so many decimals: its figure, and the decimals that it took.
fn written(workspace: &Workspace, option: usize, decimals: usize) -> (f64, usize) {
    let result = balance::analyse(workspace);
    let matrix = PerformanceMatrix::of(workspace);
    let weighed = matrix.weigh(&result.swings);
    let found = cell(&result, option, 0).unwrap();
    let written = found.written((&matrix, &weighed), &workspace.balance.factors[0], decimals);
    (written.found.score_at_reversal, written.decimals)
}

/// Quality weighs 3, Reach 1, each factor with its must and its scores of A and B.
fn three_to_one(quality: (Scale, Option<Must>), scores: [[f64; 2]; 2]) -> Workspace {
    let mut made: Vec<_> = [("Quality", 3.0), ("Reach", 1.0)]
        .iter()
        .enumerate()
        .map(|(index, (name, weight))| factor(index, name, Side::Operational, Scale::Direct, Some(*weight)))
        .collect();
    (made[0].scale, made[0].must) = quality;
    westmere::workspace(&["A", "B"], made, &scores.map(|row| row.to_vec()))
}

/// A has 3 · 80 + 60 = 300, B 3 · 50 + 35 = 185. They are level with A at 125/3 = 41.67 on quality, or B at 265/3 = 88.33:
/// at 41.7 or 88.3, the nearest tenths, A still leads.
#[test]
fn a_break_even_is_written_so_that_the_written_figure_is_enough() {
    let workspace = three_to_one((Scale::Direct, None), [[80.0, 50.0], [60.0, 35.0]]);
    let close = |(score, decimals): (f64, usize), to: f64, of: usize| {
        assert!((score - to).abs() < 1e-9 && decimals == of, "{score} with {decimals}");
    };
    close(written(&workspace, 0, 1), 41.6, 1);
    close(written(&workspace, 1, 1), 88.4, 1);
    close(written(&workspace, 0, 0), 41.0, 0);
    close(written(&workspace, 1, 0), 89.0, 0);
    let text = words(&workspace);
    assert!(text.contains("A scores 41.6") || text.contains("B scores 88.4"), "{text}");
}

/// The same, and B may not pass 88.35: 88.4 would strike it.
#[test]
fn a_break_even_is_not_written_past_the_must_that_strikes_whom_it_would_make_lead() {
    let must = Some(Must::AtMost(88.35));
    let workspace = three_to_one((Scale::Direct, must), [[80.0, 50.0], [60.0, 35.0]]);
    let (score, decimals) = written(&workspace, 1, 1);
    assert!((score - 88.34).abs() < 1e-9 && decimals == 2, "{score} with {decimals}");
}

/// The same with what B scores on quality not known. Half way, at 50, A leads; B draws level at 88.33 and leads at 88.4.
#[test]
fn a_break_even_of_a_score_that_is_not_known_is_enough_too() {
    let mut workspace = three_to_one((Scale::Direct, None), [[80.0, 50.0], [60.0, 35.0]]);
    let quality = workspace.balance.factors[0].id.clone();
    let b = workspace.question.options[1].id.clone();
    for score in &mut workspace.balance.scores {
        if score.factor == quality && score.option == b {
            score.level = ScoreLevel::Unknown;
        }
    }
    let (score, decimals) = written(&workspace, 1, 1);
    assert!((score - 88.4).abs() < 1e-9 && decimals == 1, "{score} with {decimals}");
    let why = explained(&workspace, 1);
    assert!(why.iter().any(|line| line.starts_with("At 88.4") && line.contains("B would lead")), "{why:?}");
}

/// Why the score of an option on the first factor is worth what it is: what would change it.
fn explained(workspace: &Workspace, option: usize) -> Vec<String> {
    let analysis = Analysis::of(workspace);
    let id = workspace.question.options[option].id.clone();
    let question = Question::Cell(id, workspace.balance.factors[0].id.clone());
    explain(&question, workspace, &analysis, WorkedOut::default()).unwrap().changes
}

/// A has 3 · 5.04 + 10 = 25.12 and B 3 · 5 + 10.06 = 25.06: A loses the lead at 5.02, which reads 5.0 as 5.04 does.
#[test]
fn a_break_even_reads_otherwise_than_the_score_of_today() {
    let workspace = three_to_one((Scale::Direct, None), [[5.04, 5.0], [10.0, 10.06]]);
    let (score, decimals) = written(&workspace, 0, 1);
    assert!((score - 5.02).abs() < 1e-9 && decimals == 2, "{score} with {decimals}");
    // For B 5.1 is enough, and it is another than 5.0.
    let (score, decimals) = written(&workspace, 1, 1);
    assert!((score - 5.1).abs() < 1e-9 && decimals == 1, "{score} with {decimals}");
    let text = words(&workspace);
    assert!(!text.contains("scores 5.0 on Quality, not 5.0"), "{text}");
}

#[test]
fn all_who_tie_for_second_place_are_named() {
    let three = |scores: [f64; 3]| {
        let made = factor(0, "Quality", Side::Operational, Scale::Direct, Some(1.0));
        words(&westmere::workspace(&["A", "B", "C"], vec![made], &[scores.to_vec()]))
    };
    assert!(three([90.0, 60.0, 60.0]).contains("B and C tie for second place."));
    assert!(!three([90.0, 60.0, 50.0]).contains("tie for second place"));
}
