//! How far each room has come, and why it is marked so.

use super::widgets::marks::Status;
use crate::{
    analysis::{Analysis, reach::Verdict},
    model::{
        Room, Workspace,
        voices::StatementStatus,
        wording::{count, list},
    },
};

/// The mark of a room and the reason for it, in a sentence.
#[must_use]
pub fn status(room: Room, workspace: &Workspace, analysis: &Analysis) -> (Status, String) {
    match room {
        Room::Question => question(workspace),
        Room::Voices => voices(workspace, analysis),
        Room::Balance => balance(workspace, analysis),
        Room::Reach => reach(workspace, analysis),
        Room::Money | Room::Challenge => (Status::Nothing, "This room is still to come".to_owned()),
        Room::Decision => decision(workspace),
    }
}

fn question(workspace: &Workspace) -> (Status, String) {
    let question = &workspace.question;
    let mut lacking = Vec::new();
    if question.text.is_empty() {
        lacking.push("the question");
    }
    if question.options.len() < 2 {
        lacking.push("two options");
    }
    if question.need_groups.is_empty() {
        lacking.push("a need group");
    }
    match lacking.len() {
        0 => (
            Status::Complete,
            format!(
                "{} and {}",
                count(question.options.len(), "option", "options"),
                count(question.need_groups.len(), "need group", "need groups")
            ),
        ),
        3 => (Status::Nothing, "Nothing asked yet".to_owned()),
        _ => (Status::Begun, format!("Still wanted: {}", list(&lacking))),
    }
}

fn voices(workspace: &Workspace, analysis: &Analysis) -> (Status, String) {
    let voices = &workspace.voices;
    if voices.stakeholders.is_empty() && voices.ballots.is_empty() {
        return (Status::Nothing, "Nobody has been heard yet".to_owned());
    }
    let missing: Vec<&str> = workspace
        .question
        .need_groups
        .iter()
        .zip(&analysis.voices.said().coverage)
        .filter(|(_, coverage)| coverage.missing)
        .map(|(group, _)| group.short_name())
        .collect();
    if !missing.is_empty() {
        return (Status::Flag, format!("No voice from {}", list(&missing)));
    }
    let open = voices.statements.iter().filter(|s| s.status == StatementStatus::Open).count();
    if open > 0 {
        return (Status::Begun, format!("{} without an answer", count(open, "statement", "statements")));
    }
    if voices.ballots.is_empty() {
        return (Status::Begun, "No ballots yet".to_owned());
    }
    (Status::Complete, "Every need group is heard and every statement answered".to_owned())
}

fn balance(workspace: &Workspace, analysis: &Analysis) -> (Status, String) {
    if workspace.balance.factors.is_empty() {
        return (Status::Nothing, "No factors yet".to_owned());
    }
    let unknown = analysis.balance.cells().iter().flatten().filter(|cell| cell.value.is_none()).count();
    if unknown > 0 {
        return (Status::Begun, format!("{} not known yet", count(unknown, "score", "scores")));
    }
    if workspace.question.options.len() < 2 {
        return (Status::Begun, "Two options are needed to weigh".to_owned());
    }
    if analysis.balance.weight_basis == crate::analysis::balance::WeightBasis::Even {
        return (Status::Begun, "Nobody has given weights yet".to_owned());
    }
    (Status::Complete, "Every score and weight is given".to_owned())
}

fn reach(workspace: &Workspace, analysis: &Analysis) -> (Status, String) {
    let of = |verdict: Verdict| -> Vec<&str> {
        workspace
            .question
            .options
            .iter()
            .zip(&analysis.reach.options)
            .filter(|(_, reach)| reach.as_ref().is_some_and(|r| r.verdict == verdict))
            .map(|(option, _)| option.badge.as_str())
            .collect()
    };
    let high = of(Verdict::High);
    if !high.is_empty() {
        return (Status::Flag, format!("High cherry-picking risk in {}", list(&high)));
    }
    if analysis.reach.options.iter().all(Option::is_none) {
        return (Status::Nothing, "No payment design yet".to_owned());
    }
    let unjudged = of(Verdict::CannotBeJudged);
    if !unjudged.is_empty() || analysis.reach.options.iter().any(Option::is_none) {
        return (Status::Begun, "Not every option can be judged yet".to_owned());
    }
    (Status::Complete, "Every payment design is judged".to_owned())
}

fn decision(workspace: &Workspace) -> (Status, String) {
    let decision = &workspace.decision;
    if decision.recommendation.is_none() {
        return (Status::Nothing, "Nothing recommended yet".to_owned());
    }
    if decision.reasons.is_empty() || decision.triggers.is_empty() {
        return (Status::Begun, "Reasons or review triggers are still wanted".to_owned());
    }
    match &decision.signed {
        Some(signed) => (Status::Complete, format!("Signed by {}", signed.by)),
        None => (Status::Begun, "Written, and not signed".to_owned()),
    }
}
