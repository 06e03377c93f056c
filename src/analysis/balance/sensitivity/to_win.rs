//! What would have to be true for the runner-up to win, in sentences for a terminal and a paper.

use super::{
    NoWeightChange, Tornado, WeightChange, break_even_words, failing_words, least_score_change,
    least_weight_change, tornado,
};
use crate::{
    analysis::balance::{
        BalanceResult,
        matrix::{TIE, Weighed},
    },
    model::{
        Workspace,
        wording::{decimals_of, decimals_used, list, number, with_unit},
    },
};

/// What these sentences rest on.
#[derive(Clone, Copy)]
struct Known<'a> {
    workspace: &'a Workspace,
    balance: &'a BalanceResult,
}

/// The runner-up, and what would have to be true for it to win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunnerUp {
    pub option: usize,
    /// "B and C tie for second place.", where it is not alone.
    pub ties: Option<String>,
    /// By weights, by one score, by many scores together: a sentence each.
    pub to_win: [String; 3],
}

/// What the runner-up would need. `None` where there is no runner-up.
#[must_use]
pub fn runner_up(workspace: &Workspace, balance: &BalanceResult) -> Option<RunnerUp> {
    let results = Known { workspace, balance };
    let matrix = &balance.performance.matrix;
    let weighed = matrix.weigh(&balance.swings);
    let [leader, runner_up, ..] = weighed.ranking[..] else { return None };
    let name = |o: usize| results.workspace.question.options[o].name.as_str();
    let wins = name(runner_up);
    let by_weight = match least_weight_change(matrix, &weighed, runner_up) {
        Ok(change) => moves(results, &weighed, &change),
        Err(NoWeightChange::TiesForTheLead) => format!("By weight: {wins} ties for the lead as it is."),
        Err(why) => format!("By weight: nothing; {wins} {}.", why.words()),
    };
    let scores = tornado(matrix, &results.workspace.balance.factors, &weighed, leader, runner_up);
    let together = many_scores(results, &scores);
    let by_score = if weighed.leaders().contains(&runner_up) {
        format!("By one score: any change of a score of {} or {wins} decides.", name(leader))
    } else {
        one_score(results, &weighed, runner_up)
    };
    let ties = tied_for_second(results, &weighed, runner_up);
    Some(RunnerUp { option: runner_up, ties, to_win: [by_weight, by_score, together] })
}

fn tied_for_second(results: Known<'_>, weighed: &Weighed, runner_up: usize) -> Option<String> {
    if weighed.leaders().contains(&runner_up) {
        return None;
    }
    let level = |&&o: &&usize| (weighed.totals[o] - weighed.totals[runner_up]).abs() <= TIE;
    let name = |&o: &usize| results.workspace.question.options[o].name.as_str();
    let tied: Vec<&str> = weighed.ranking.iter().filter(level).map(name).collect();
    (tied.len() > 1).then(|| format!("{} tie for second place.", list(&tied)))
}

fn many_scores(results: Known<'_>, scores: &Tornado) -> String {
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
fn moves(results: Known<'_>, weighed: &Weighed, change: &WeightChange) -> String {
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

fn one_score(results: Known<'_>, weighed: &Weighed, option: usize) -> String {
    let balance = results.balance;
    let matrix = &balance.performance.matrix;
    let Some(found) = least_score_change(matrix, balance.score_break_evens(), option) else {
        return "By one score: no single score on its scale is enough.".to_owned();
    };
    let factor = &results.workspace.balance.factors[found.factor];
    let usual = decimals_of(&results.workspace.balance, factor).max(1);
    let written = found.written((matrix, weighed), factor, usual);
    let said = |score: f64| with_unit(score, &factor.unit, written.decimals);
    let name = &results.workspace.question.options[found.option].name;
    let words = break_even_words(&written.found, factor, name, &factor.name, said);
    let level = if written.is_level && !found.by_must { ", where the two draw level" } else { "" };
    format!("By one score: {words}{level}.")
}
