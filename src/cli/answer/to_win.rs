//! What would have to be true for the runner-up to win, for a terminal.

use super::{HALF_WAY, wrapped};
use crate::{
    analysis::balance::sensitivity::to_win::runner_up, exchange::results::Results, model::wording::list,
};

/// Nothing where there is no runner-up.
pub(super) fn in_words(results: &Results<'_>) -> String {
    let balance = &results.analysis.balance;
    let Some(runner_up) = runner_up(results.workspace, balance) else { return String::new() };
    let is_open = balance.ranking.iter().any(|&o| balance.options[o].value.is_none());
    let doubt = is_open.then(|| HALF_WAY.to_owned());
    let name = |o: usize| results.workspace.question.options[o].name.as_str();
    let mut text = match &balance.leaders()[..] {
        [_] => format!("\nFor {} to win\n", name(runner_up.option)),
        level => {
            let names: Vec<&str> = level.iter().map(|&o| name(o)).collect();
            format!("\n{} are level\n", list(&names))
        }
    };
    for line in runner_up.ties.into_iter().chain(runner_up.to_win).chain(doubt) {
        text.push_str(&wrapped(&line, 2));
    }
    text
}
