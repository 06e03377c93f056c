//! The record in words: what is recommended, what is not settled, who signed.

use super::wrapped;
use crate::{
    analysis::decision::{Basis, changed, unmet},
    exchange::results::Results,
    model::wording::{capital, count, day},
};

/// The section on the record.
pub(super) fn decision(results: &Results<'_>) -> String {
    let (workspace, record) = (results.workspace, &results.workspace.decision);
    let basis = Basis { workspace, analysis: results.analysis, robustness: results.robustness.ok() };
    let mut lines = Vec::new();
    let option = record.recommendation.as_ref().and_then(|id| workspace.option(id));
    lines.push(match option {
        Some(option) => format!("{} {}: {}", option.badge, option.name, record.headline),
        None => "Nothing is recommended yet.".to_owned(),
    });
    lines.extend(record.reasons.iter().map(|reason| format!("Because: {}", reason.text)));
    lines.extend(record.dissent.iter().map(|dissent| format!("Dissent: {}", dissent.text)));
    lines.extend(
        changed(&basis).iter().map(|change| format!("Changed since it was written: {}.", change.words())),
    );
    lines.extend(
        unmet(&basis)
            .iter()
            .map(|point| format!("Not settled: {} ({}, {}).", point.text, point.room.name(), point.page)),
    );
    match &record.signed {
        Some(signed) => lines.push(format!("Signed by {}, {}.", signed.by, day(signed.on.date()))),
        None => lines.push("Not signed.".to_owned()),
    }
    if !record.frozen.is_empty() {
        let copies = count(record.frozen.len(), "frozen copy", "frozen copies");
        lines.push(format!("{}; `evenhand check` derives each again.", capital(&copies)));
    }
    let mut text = "\nDecision\n".to_owned();
    for line in lines {
        text.push_str(&wrapped(&line, 2));
    }
    text
}
