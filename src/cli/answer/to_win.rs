//! What would have to be true for the runner-up to win, for a terminal.

use super::{HALF_WAY, wrapped};
use crate::{analysis::balance::sensitivity::to_win::runner_up, exchange::results::Results};

/// Nothing where there is no runner-up.
pub(super) fn in_words(results: &Results<'_>) -> String {
    let balance = &results.analysis.balance;
    let Some(runner_up) = runner_up(results.workspace, balance) else { return String::new() };
    let is_open = balance.ranking.iter().any(|&o| balance.options[o].value.is_none());
    let doubt = is_open.then(|| HALF_WAY.to_owned());
    let mut text = format!("\nFor {} to win\n", results.workspace.question.options[runner_up.option].name);
    for line in runner_up.ties.into_iter().chain(runner_up.to_win).chain(doubt) {
        text.push_str(&wrapped(&line, 2));
    }
    text
}
