//! What would have to be true for the runner-up to win, in words for a terminal.

use super::{HALF_WAY, wrapped};
use crate::{
    analysis::balance::{
        matrix::{TIE, Weighed},
        sensitivity::{
            NoWeightChange, Tornado, WeightChange, break_even_words, failing_words, least_score_change,
            least_weight_change, tornado,
        },
    },
    exchange::results::Results,
    model::wording::{decimals_of, decimals_used, list, number, with_unit},
};

/// Nothing where there is no runner-up.
pub(super) fn in_words(results: &Results<'_>) -> String {
    let balance = &results.analysis.balance;
    let matrix = &balance.performance.matrix;
    let weighed = matrix.weigh(&balance.swings);
    let [leader, runner_up, ..] = weighed.ranking[..] else { return String::new() };
    let name = |o: usize| results.workspace.question.options[o].name.as_str();
    let wins = name(runner_up);
    let by_weight = match least_weight_change(matrix, &weighed, runner_up) {
        Ok(change) => moves(results, &weighed, &change),
        Err(NoWeightChange::TiesForTheLead) => format!("By weight: {wins} ties for the lead as it is."),
        Err(why) => format!("By weight: nothing; {wins} {}.", why.words()),
    };
    let scores = tornado(matrix, &results.workspace.balance.factors, &weighed, leader, runner_up);
    let together = many_scores(results, &scores);
    let level = weighed.totals[leader] - weighed.totals[runner_up] <= TIE;
    let by_score = if level {
        format!("By one score: any change of a score of {} or {wins} decides.", name(leader))
    } else {
        one_score(results, runner_up)
    };
    let is_open = balance.ranking.iter().any(|&o| balance.options[o].value.is_none());
    let doubt = is_open.then(|| HALF_WAY.to_owned());
    let mut text = format!("\nFor {wins} to win\n");
    for line in [Some(by_weight), Some(by_score), Some(together), doubt].into_iter().flatten() {
        text.push_str(&wrapped(&line, 2));
    }
    text
}

fn many_scores(results: &Results<'_>, scores: &Tornado) -> String {
    let name = |o: usize| results.workspace.question.options[o].name.as_str();
    let (leads, wins) = (name(scores.leader), name(scores.rival));
    let points = number(scores.all_at_worst.abs(), 1);
    let failed = scores.struck_at_worst.first().map(|&f| &results.workspace.balance.factors[f]);
    if let Some((factor, must)) = failed.and_then(|factor| Some((factor, factor.must?))) {
        let said = |score: f64| with_unit(score, &factor.unit, decimals_used(score));
        let fails = failing_words(must, said);
        format!("By many scores: at its worst {leads} {fails} on {} and is struck.", factor.name)
    } else if scores.bars.is_empty() {
        "No score of the two has a range.".to_owned()
    } else if scores.all_at_worst < 0.0 {
        format!("By many scores: with all at their worst for {leads}, {wins} is {points} points ahead of it.")
    } else {
        format!("By many scores: even with all at their worst, {leads} stays {points} points ahead.")
    }
}

/// "By weight: 8.5 points of weight move from Reduction in reoffending (13.0 % to 4.5 %) to …"
fn moves(results: &Results<'_>, weighed: &Weighed, change: &WeightChange) -> String {
    let percent = |share: f64| format!("{} %", number(share * 100.0, 1));
    let names = |side: Vec<(usize, f64)>| {
        let of = |(f, _): &(usize, f64)| {
            let factor = &results.workspace.balance.factors[*f].name;
            format!("{factor} ({} to {})", percent(weighed.weights[*f]), percent(change.weights[*f]))
        };
        let names: Vec<String> = side.iter().map(of).collect();
        list(&names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    format!(
        "By weight: {} points of weight move from {} to {}.",
        number(change.moved * 100.0, 1),
        names(change.gifts()),
        names(change.gains())
    )
}

fn one_score(results: &Results<'_>, option: usize) -> String {
    let balance = &results.analysis.balance;
    let factors = &results.workspace.balance.factors;
    let found = least_score_change(&balance.performance.matrix, balance.score_break_evens(), option);
    let Some(found) = found else {
        return "By one score: no single score on its scale is enough.".to_owned();
    };
    let factor = &factors[found.factor];
    let decimals = decimals_of(&results.workspace.balance, factor).max(1);
    let said = |score: f64| with_unit(score, &factor.unit, decimals);
    let name = &results.workspace.question.options[found.option].name;
    format!("By one score: {}.", break_even_words(&found, factor, name, &factor.name, said))
}
