//! What would change the answer: weights, scores, what is not known, and how often it stands when both are drawn.

use super::{
    decided::{first_otherwise, in_points, named},
    figures,
    terms::Detail,
    writing::{Writing, anchors, cell, figures as column, row, words},
};
use crate::{
    analysis::{
        balance::{
            robustness::{Robustness, scores_vary},
            sensitivity::{leads_past, to_win::runner_up},
            sentence::sentence,
            what_if::WhatIf,
        },
        standing::of_weights,
    },
    exchange::report::Cell,
    model::{
        balance::{ScoreDraws, ScoreLevel},
        wording::{capital, chance, counted, list, number, thousands},
    },
};

/// Rows of a list that is sorted by how much they matter; the appendix has the rest.
const FIRST_FEW: usize = 5;
/// Warnings of the same kind.
const WARNINGS: usize = 3;
/// Scores that nobody knows named one by one.
const UNKNOWN_NAMED: usize = 12;

/// 4 What would change it.
pub(super) fn change(w: &mut Writing<'_>) {
    if w.inputs.analysis.balance.ranking.is_empty() {
        if !w.inputs.workspace.question.options.is_empty() {
            w.gap("What would change the answer cannot be said before there is one.");
        }
        return;
    }
    w.section(anchors::CHANGE, "What would change it", |w| {
        answer(w);
        w.part("weights-that-change-it", "Weights", |w| reversals(w, FIRST_FEW));
        if w.inputs.analysis.balance.leaders().len() > 1 {
            w.part("what-parts-them", "What would part those that lead", level);
        } else {
            w.part("what-the-runner-up-needs", "What the runner-up would need", to_win);
        }
        w.part("how-robust", "How robust it is", robust);
        w.part("unknown-scores", "Scores that are not known", unknown);
        w.part("second-look", "Worth a second look", |w| warnings(w, WARNINGS));
    });
}

/// The sentence of the Balance page, with its dial.
fn answer(w: &mut Writing<'_>) {
    let (workspace, balance) = (w.inputs.workspace, &w.inputs.analysis.balance);
    let now = WhatIf::at(workspace, balance, None);
    let said = sentence(workspace, balance, &now);
    let rest = said.rest.first().cloned().unwrap_or_default();
    w.say_both((said.lead, rest));
    if !balance.ranking.is_empty() {
        let caption = "who leads at each share of the weight on commercial factors";
        let charts = w.inputs.charts;
        let marked = charts.dial_with_ballots.as_ref().filter(|_| w.terms.shows(Detail::Ballots));
        w.figure(marked.or(charts.dial.as_ref()), caption, String::new());
    }
}

/// The weights at which the lead changes hands, the nearest first.
pub(super) fn reversals(w: &mut Writing<'_>, most: usize) {
    let (workspace, balance) = (w.inputs.workspace, &w.inputs.analysis.balance);
    let reversals = balance.weight_reversals();
    let all = balance.weights.iter().filter(|weight| **weight > 0.0).count();
    if reversals.is_empty() {
        if balance.leaders().len() == 1 && balance.ranking.len() > 1 && all > 0 {
            w.say("No weight of a single factor takes the lead away, whatever it is.");
        }
        return;
    }
    let tenths = |share: f64| format!("{} %", number(share * 100.0, 1));
    let tells_weights = w.tells_weights();
    let rows = reversals.iter().take(most).map(|reversal| {
        let factor = &workspace.balance.factors[reversal.factor];
        let way = if reversal.falls { "under" } else { "past" };
        let to = leads_past(balance, reversal);
        let to: Vec<&str> = to.into_iter().map(|o| named(&workspace.question.options[o])).collect();
        let to = list(&to);
        let doubt = if reversal.is_certain { "" } else { " (provisional)" };
        let mut cells = vec![Cell::plain(&factor.name)];
        cells.extend(tells_weights.then(|| Cell::plain(tenths(reversal.weight_now))));
        cells.extend(row([format!("{way} {}", tenths(reversal.weight_at_reversal)), format!("{to}{doubt}")]));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let more = reversals.len().saturating_sub(rows.len());
    let mut note = "The other weights keep their proportions.".to_owned();
    if more > 0 {
        note += &format!(
            " {} would take a larger change.",
            capital(&counted(more, "other factor", "other factors"))
        );
    }
    let mut columns = vec![words("Factor", 3.0)];
    columns.extend(tells_weights.then(|| column("Weight now", 1.1)));
    columns.extend([column("Lead changes", 1.3), words("Who would lead", 2.4)]);
    w.table("the smallest changes of one weight that change who leads", columns, rows, note);
}

/// What about the weighing deserves a second look; at most so many.
pub(super) fn warnings(w: &mut Writing<'_>, most: usize) {
    let warnings = w.inputs.analysis.balance.warnings();
    if !warnings.is_empty() {
        w.say("For whoever looks at the weights again:");
    }
    w.points(warnings.iter().take(most).map(|warning| warning.text.clone()));
    let more = warnings.len().saturating_sub(most);
    if more > 0 {
        w.note(w.where_more(more));
    }
}

/// That the first options are level: none of them has to win anything.
fn level(w: &mut Writing<'_>) {
    let (workspace, balance) = (w.inputs.workspace, &w.inputs.analysis.balance);
    let names: Vec<&str> = balance.leaders().iter().map(|&o| named(&workspace.question.options[o])).collect();
    w.say(format!(
        "{} are level. Any change of a weight or score in which they differ decides.",
        list(&names)
    ));
}

fn to_win(w: &mut Writing<'_>) {
    // Each of its sentences starts from the weights.
    if !w.tells_weights() {
        return;
    }
    let (workspace, balance) = (w.inputs.workspace, &w.inputs.analysis.balance);
    let Some(runner_up) = runner_up(workspace, balance) else { return };
    w.say(runner_up.ties.unwrap_or_default());
    let name = named(&workspace.question.options[runner_up.option]).to_owned();
    w.say(format!("For {name} to win, one of these would have to be true:"));
    w.points(runner_up.to_win);
}

/// How often each option comes first when weights and scores are drawn.
fn robust(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let run = match w.inputs.robustness {
        Ok(run) => run,
        Err(why) => {
            if !w.inputs.analysis.balance.ranking.is_empty() {
                w.gap(format!("How robust the answer is, is not known: {}.", why.0));
            }
            return;
        }
    };
    let drawn: Vec<usize> =
        figures::in_order(workspace, w.inputs.analysis).into_iter().filter(|&o| run.takes_part(o)).collect();
    if drawn.len() < 2 {
        return;
    }
    w.say(how_drawn(run));
    w.say(most_often_first(w, run, &drawn));
    let chosen = figures::recommended(workspace);
    let place = |o: usize, rank: usize| run.rank_acceptability[o].get(rank).copied().unwrap_or(0.0);
    let mut columns = vec![words("Option", 3.4), column("First", 1.0)];
    let has_second = drawn.len() > 2;
    if has_second {
        columns.push(column("Second", 1.0));
    }
    columns.push(column("Last", 1.0));
    let rows = drawn.iter().map(|&o| {
        let option = &workspace.question.options[o];
        let strong = chosen == Some(o);
        let mut cells = vec![
            cell(format!("{}  {}", option.badge, named(option)), strong),
            cell(chance(place(o, 0)), strong),
        ];
        if has_second {
            cells.push(cell(chance(place(o, 1)), false));
        }
        cells.push(cell(chance(place(o, drawn.len() - 1)), false));
        cells
    });
    let rows = rows.collect();
    let scores = if scores_vary(workspace, run) { ", scores drawn with them" } else { "" };
    let share = of_weights(run.draws.weights);
    w.table(
        &format!("how often each option takes a place, as a share {share}{scores}"),
        columns,
        rows,
        note_of_places(run, &drawn, has_second),
    );
    w.figure(w.inputs.charts.robustness.as_ref(), "the places of each option over all draws", String::new());
}

/// "Local partnership comes first in 82 % of plausible weights, and in 77 % if weak evidence is taken as weak." Where chance
/// alone may have put one of several in front, each is named.
fn most_often_first(w: &Writing<'_>, run: &Robustness, drawn: &[usize]) -> String {
    let first = |o: usize| run.rank_acceptability[o][0];
    let Some(most) = drawn.iter().copied().reduce(|most, o| if first(o) > first(most) { o } else { most })
    else {
        return String::new();
    };
    let error =
        |o: usize| run.standard_error.get(o).and_then(|errors| errors.first()).map_or(0.0, |error| *error);
    let as_often = |o: &usize| first(most) - first(*o) <= 2.0 * error(most).hypot(error(*o));
    let often: Vec<usize> = drawn.iter().copied().filter(as_often).collect();
    let otherwise: Vec<(String, &str)> = often.iter().filter_map(|&o| first_otherwise(w, run, o)).collect();
    let Some((_, how)) = otherwise.first() else { return String::new() };
    let names: Vec<&str> = often.iter().map(|&o| named(&w.inputs.workspace.question.options[o])).collect();
    let shares: Vec<String> = often.iter().map(|&o| chance(first(o))).collect();
    let others: Vec<String> = otherwise.iter().map(|(share, _)| share.clone()).collect();
    let end = if run.draws.weak_as_weak { " with weak evidence taken as weak" } else { "" };
    let of = of_weights(run.draws.weights);
    let come =
        if names.len() == 1 { "comes first in" } else { "come first about as often as each other: in" };
    format!(
        "{} {come} {} {of}{end}, and in {} {how}.",
        list(&names),
        list(&shares.iter().map(String::as_str).collect::<Vec<_>>()),
        list(&others.iter().map(String::as_str).collect::<Vec<_>>())
    )
}

/// How far chance may have moved the shares, and why a column of them may come to more than all.
fn note_of_places(run: &Robustness, drawn: &[usize], has_second: bool) -> String {
    let places: Vec<usize> =
        [Some(0), has_second.then_some(1), Some(drawn.len() - 1)].into_iter().flatten().collect();
    let at = |table: &[Vec<f64>], o: usize, rank: usize| table[o].get(rank).copied().unwrap_or(0.0);
    let errors = places.iter().flat_map(|&rank| drawn.iter().map(move |&o| at(&run.standard_error, o, rank)));
    let mut note = format!(
        "Standard error of a share, from the number of draws: at most {}.",
        in_points(errors.fold(0.0, f64::max))
    );
    let all = |&rank: &usize| drawn.iter().map(|&o| at(&run.rank_acceptability, o, rank)).sum::<f64>();
    if places.iter().any(|rank| all(rank) > 1.0 + 1e-9) {
        note += " Options that tie share the better place, so a column can come to more than 100 %.";
    }
    note
}

/// How weights and scores are drawn, in plain words.
pub(super) fn how_drawn(run: &Robustness) -> String {
    use crate::model::balance::WeightDraws::*;
    let weights = match run.draws.weights {
        Uniform => "weights are any at all",
        Ranked => "weights are any that keep the order in which the factors are ranked",
        Intervals => "weights are any within the limits that are set",
        AroundSwings => "weights are drawn near those in force",
        BetweenBallots => "weights are drawn between the lowest and the highest ballot",
        Ballots => "each draw takes the weights of a ballot",
    };
    let scores = match run.draws.scores {
        ScoreDraws::Triangular => "scores lie between low and high, most often near the likely one",
        ScoreDraws::Uniform => "scores lie anywhere between low and high",
        ScoreDraws::Normal => "scores follow a normal distribution of which low to high holds 95 %",
    };
    format!(
        "Weights and scores were drawn {} times to see how often the answer holds: {weights}, and {scores}.",
        thousands(u64::from(run.draws.iterations))
    )
}

/// The scores of options in the ranking that nobody knows and that carry weight.
fn unknown(w: &mut Writing<'_>) {
    let unknown = unknown_scores(w);
    if unknown.is_empty() {
        return;
    }
    let named = unknown.len().min(UNKNOWN_NAMED);
    let scores: usize = unknown.iter().map(|(_, scores)| scores).sum();
    let counts = if scores == 1 { "counts" } else { "count" };
    let are = capital(&counted(scores, "score is", "scores are"));
    w.say(format!("{are} not known and {counts} as half way."));
    let more: usize = unknown.iter().skip(named).map(|(_, scores)| scores).sum();
    let mut lines: Vec<String> = unknown.into_iter().take(named).map(|(words, _)| words).collect();
    if more > 0 {
        lines.push(format!("and {more} more, in the table of all scores"));
    }
    w.points(lines);
}

/// "Provider survival: Local partnership and Personal budgets", one for each factor, with how many scores that is.
fn unknown_scores(w: &Writing<'_>) -> Vec<(String, usize)> {
    let (workspace, balance) = (w.inputs.workspace, &w.inputs.analysis.balance);
    let mut unknown = Vec::new();
    for (f, factor) in workspace.balance.factors.iter().enumerate() {
        if balance.weights.get(f).is_none_or(|weight| *weight <= 0.0) {
            continue;
        }
        let short: Vec<&str> = balance
            .ranking
            .iter()
            .map(|&o| &workspace.question.options[o])
            .filter(|option| {
                workspace
                    .score(&factor.id, &option.id)
                    .is_none_or(|score| matches!(score.level, ScoreLevel::Unknown))
            })
            .map(named)
            .collect();
        if !short.is_empty() {
            unknown.push((factor.name.clone(), short));
        }
    }
    unknown
        .into_iter()
        .map(|(factor, options)| match options.len() {
            n if n == balance.ranking.len() && n > 2 => (format!("{factor}: every option"), n),
            n => (format!("{factor}: {}", list(&options)), n),
        })
        .collect()
}
