//! Why the share of draws in which an option leads is what it is, and what it would be worth to know more.

use super::{Explanation, Input, Known, Question, cell::weight_words};
use crate::{
    analysis::balance::robustness::{
        Draws, Robustness, SCORE_DRAWS,
        better_information::{BetterInformation, CellInformation, Estimate},
    },
    model::{
        balance::{ScoreDraws, WeightDraws},
        ids::OptionId,
        wording::{chance, number, percent, short_chance, thousands},
    },
};

const SMAA_SOURCE: &str = "SMAA-2 (Lahdelma & Salminen 2001; Tervonen & Lahdelma 2007)";
const SHARE_SOURCE: &str = "First-order share of the variance (Saltelli et al. 2008)";
const GAIN_SOURCE: &str =
    "Expected value of perfect information, whole and partial (Raiffa & Schlaifer 1961; Felli & Hazen 1998)";
/// Scores named in an explanation, at the most.
const NAMED: usize = 8;

pub(super) fn robust(known: &Known<'_>, id: &OptionId) -> Option<Explanation> {
    let option = known.option_index(id)?;
    let Some(run) = known.worked_out.robustness else {
        return Some(Explanation {
            title: "Why no share yet?".to_owned(),
            option: Some(option),
            formula: vec!["The draws have not been made yet.".to_owned()],
            source: SMAA_SOURCE,
            ..Explanation::default()
        });
    };
    let ranks = run.rank_acceptability.get(option)?;
    if !run.takes_part(option) {
        return Some(Explanation {
            title: "Why no share?".to_owned(),
            option: Some(option),
            formula: vec!["It fails a must, so it takes no part in the draws.".to_owned()],
            source: SMAA_SOURCE,
            ..Explanation::default()
        });
    }
    let first = ranks.first().copied().unwrap_or(0.0);
    Some(Explanation {
        title: format!("Why {}?", chance(first)),
        option: Some(option),
        formula: vec![
            "The share of draws in which it comes first.".to_owned(),
            format!(
                "{} of {} draws = {}",
                thousands(libm::round(first * f64::from(run.draws.iterations)) as u64),
                thousands(u64::from(run.draws.iterations)),
                chance(first)
            ),
        ],
        inputs: robust_inputs(known, run, option),
        assumptions: drawn(run.draws),
        changes: robust_changes(known, run, option),
        source: SMAA_SOURCE,
        ..Explanation::default()
    })
}

/// How weights and scores are drawn, in sentences.
fn drawn(draws: Draws) -> Vec<String> {
    let scores = match draws.scores {
        ScoreDraws::Triangular => "Scores are drawn between low and high, most often near the likely one",
        ScoreDraws::Uniform => "Scores are drawn between low and high, each as likely as any other",
        ScoreDraws::Normal => "Scores are drawn normally, 95 % of them between low and high",
    };
    let weak = draws.weak_as_weak.then_some("The weaker the evidence of a score, the wider it is drawn.");
    let mut lines = vec![
        drawn_weights(draws.weights).to_owned(),
        format!("{scores}; a score that is not known can be worth anything."),
    ];
    lines.extend(weak.map(str::to_owned));
    lines.push(format!("The same draws each time, from seed {}.", draws.seed));
    lines
}

fn drawn_weights(weights: WeightDraws) -> &'static str {
    match weights {
        WeightDraws::Uniform => "Weights: any at all, each set as likely as any other.",
        WeightDraws::Ranked => "Weights: any that keep the order of the swing points.",
        WeightDraws::Intervals => "Weights: any between the lowest and the highest stated for each factor.",
        WeightDraws::AroundSwings => "Weights: around the swing points given.",
        WeightDraws::BetweenBallots => {
            "Weights: the commercial share, and each factor’s swing inside its side, between the lowest and the highest ballot."
        }
        WeightDraws::Ballots => "Weights: one of the ballots, drawn at random.",
    }
}

fn robust_inputs(known: &Known<'_>, run: &Robustness, option: usize) -> Vec<Input> {
    let mut lines = Vec::new();
    let ranks = run.rank_acceptability.get(option).into_iter().flatten().enumerate();
    // As many places as there are options to take them.
    for (rank, &share) in ranks.take((0..run.rank_acceptability.len()).filter(|&o| run.takes_part(o)).count())
    {
        let error = run.standard_error.get(option).and_then(|e| e.get(rank)).copied().unwrap_or(0.0);
        lines.push(Input::plain(0, format!("Place {}", rank + 1), share_words(share, error)).with_bar(share));
    }
    let against = run.pairwise_winning.get(option).into_iter().flatten().enumerate();
    lines.extend(against.filter(|(rival, _)| *rival != option && run.takes_part(*rival)).map(
        |(rival, &share)| {
            let figure = share_words(share, run.pairwise_error(option, rival));
            Input::plain(0, format!("Beats {}", known.badge(rival)), figure).with_bar(share)
        },
    ));
    if let Some(Some(weights)) = run.central_weights.get(option) {
        lines.push(Input::plain(0, "Weights in the middle of the draws that it wins", ""));
        lines.extend(known.workspace.balance.factors.iter().zip(weights).map(|(factor, &w)| {
            Input::plain(1, factor.short_name(), weight_words(w))
                .with_bar(w)
                .on_side(factor.side)
                .with_why(Question::Weight(factor.id.clone()))
        }));
    }
    lines
}

/// A share with its standard error in points: "82 %, ±0.4".
fn share_words(share: f64, error: f64) -> String {
    format!("{}, ±{}", chance(share), number(error * 100.0, 1))
}

fn robust_changes(known: &Known<'_>, run: &Robustness, option: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let wins = run.pairwise_winning.get(option).into_iter().flatten().enumerate();
    let closest = wins
        .filter(|(rival, _)| *rival != option && run.takes_part(*rival))
        .min_by(|a, b| a.1.total_cmp(b.1));
    if let Some((rival, &share)) = closest {
        lines.push(format!(
            "{} comes before it in {} of the draws.",
            known.badge(rival),
            chance(1.0 - share)
        ));
    }
    match run.confidence_factor.get(option) {
        Some(Some(share)) => lines.push(format!(
            "Under its own middle weights it leads in {} of {} draws of the scores, standard error {}.",
            chance(*share),
            thousands(SCORE_DRAWS as u64),
            number(run.confidence_error(option).unwrap_or(0.0) * 100.0, 1)
        )),
        Some(None) => lines.push("It is never first, so no weights can be named that favour it.".to_owned()),
        None => {}
    }
    lines
}

/// Why the weights have the share of the doubt about the lead that they have.
pub(super) fn doubt_in_weights(known: &Known<'_>) -> Explanation {
    let Some(worth) = known.worked_out.better_information else { return not_drawn(SHARE_SOURCE) };
    let lead = lead_words(known, worth);
    let all = worth.lead_variance;
    let (title, formula) = match worth.weights_share {
        Ok(share) => (
            format!("Why {}?", percent(share)),
            vec![
                format!(
                    "How much {lead} varies from one set of weights to the next, the scores taken at their average, beside how much it varies in all the draws."
                ),
                format!(
                    "{} ÷ {} points squared = {}",
                    number(share * all, 1),
                    number(all, 1),
                    percent(share)
                ),
            ],
        ),
        Err(reason) => ("Why no share?".to_owned(), vec![format!("It has none: {}.", reason.0)]),
    };
    let mut inputs = vec![Input::plain(
        0,
        "Standard deviation of the lead in all the draws",
        format!("{} points", number(all.max(0.0).sqrt(), 1)),
    )];
    if let Ok(share) = worth.weights_share {
        inputs.push(Input::plain(0, "By the weights", percent(share)).with_bar(share));
        let rest = 1.0 - share;
        inputs
            .push(Input::plain(0, "By the scores, alone and with the weights", percent(rest)).with_bar(rest));
    }
    inputs.extend(score_lines(known, worth, "At today\u{2019}s weights, by score", |cell| {
        cell.share.map(|share| (share, short_chance(share), Some(share)))
    }));
    Explanation {
        title,
        option: Some(worth.leader),
        formula,
        inputs,
        assumptions: information_assumptions(worth),
        changes: vec![format!(
            "Knowing the weights before choosing would add {}.",
            points(worth.weights_gain)
        )],
        source: SHARE_SOURCE,
        ..Explanation::default()
    }
}

/// Why knowing everything before choosing would add what it would.
pub(super) fn better_information(known: &Known<'_>) -> Explanation {
    let Some(worth) = known.worked_out.better_information else { return not_drawn(GAIN_SOURCE) };
    let mut inputs = vec![
        Input::plain(0, "Knowing everything", points(worth.everything)),
        Input::plain(0, "Knowing the weights alone", points(worth.weights_gain))
            .with_why(Question::DoubtInWeights),
    ];
    inputs.extend(score_lines(known, worth, "Knowing one score alone", |cell| {
        (cell.gain.value > 0.0).then(|| (cell.gain.value, points(cell.gain), None))
    }));
    Explanation {
        title: format!("Why {} points?", number(worth.everything.value, 1)),
        option: Some(worth.chosen),
        formula: vec![
            format!(
                "Choosing without knowing more takes {}, whose average total is the greatest. Knowing everything first would take the best of each draw.",
                known.badge(worth.chosen)
            ),
            format!(
                "The average of the best total of each draw, less the average total of {} = {}",
                known.badge(worth.chosen),
                points(worth.everything)
            ),
        ],
        inputs,
        assumptions: information_assumptions(worth),
        changes: vec![
            "Gains do not add up: knowing one thing can make another worth more to know, or less.".to_owned(),
        ],
        source: GAIN_SOURCE,
        ..Explanation::default()
    }
}

fn not_drawn(source: &'static str) -> Explanation {
    Explanation {
        title: "Why no figure yet?".to_owned(),
        formula: vec!["The draws have not been made yet.".to_owned()],
        source,
        ..Explanation::default()
    }
}

fn lead_words(known: &Known<'_>, worth: &BetterInformation) -> String {
    format!("the lead of {} over {}", known.badge(worth.leader), known.badge(worth.second))
}

fn information_assumptions(worth: &BetterInformation) -> Vec<String> {
    let mut lines = drawn(worth.draws);
    lines.push("Each score is drawn by itself, apart from the others and from the weights.".to_owned());
    lines.push(format!(
        "From {} draws; ± is the standard error.",
        thousands(u64::from(worth.draws.iterations))
    ));
    lines
}

/// The scores that a figure says most of, the greatest first, under a heading; each leads to its own why.
fn score_lines(
    known: &Known<'_>,
    worth: &BetterInformation,
    heading: &str,
    said: impl Fn(&CellInformation) -> Option<(f64, String, Option<f64>)>,
) -> Vec<Input> {
    let mut cells: Vec<_> = worth.cells.iter().filter_map(|cell| Some((cell, said(cell)?))).collect();
    cells.sort_by(|(_, a), (_, b)| b.0.total_cmp(&a.0));
    let lines: Vec<Input> = cells
        .into_iter()
        .take(NAMED)
        .filter_map(|(cell, (_, figure, bar))| {
            let factor = known.workspace.balance.factors.get(cell.factor)?;
            let option = known.workspace.question.options.get(cell.option)?;
            let label = format!("{} {}", option.badge, factor.short_name());
            let line = Input::plain(1, label, figure)
                .on_side(factor.side)
                .with_why(Question::Cell(option.id.clone(), factor.id.clone()));
            Some(match bar {
                Some(bar) => line.with_bar(bar),
                None => line,
            })
        })
        .collect();
    if lines.is_empty() {
        lines
    } else {
        std::iter::once(Input::plain(0, heading, "")).chain(lines).collect()
    }
}

/// "0.71 points, ±0.02".
fn points(gain: Estimate) -> String {
    let error = gain.standard_error.map(|error| format!(", ±{}", number(error, 2)));
    format!("{} points{}", number(gain.value, 2), error.unwrap_or_default())
}
