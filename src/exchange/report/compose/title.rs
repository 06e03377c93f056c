//! What stands over a paper and on its every page.

use super::{
    terms::Audience,
    writing::{Writing, sentence},
};
use crate::{
    exchange::report::Paper,
    model::{
        Workspace,
        wording::{capital, day},
    },
};

/// What a paper is called.
pub(super) fn title(workspace: &Workspace) -> &str {
    let own = workspace.decision.paper.title.trim();
    let title = if own.is_empty() { workspace.title.trim() } else { own };
    if title.is_empty() { "An untitled question" } else { title }
}

/// Puts head, foot, title and properties on a paper that has its blocks.
pub(super) fn dress(w: &Writing<'_>, paper: &mut Paper) {
    let workspace = w.inputs.workspace;
    let block = &workspace.decision.paper;
    let body = block.body.trim();
    let body = if body.is_empty() { workspace.question.place.trim() } else { body };
    let meeting = match (block.meeting.trim(), w.terms.day) {
        ("", Some(on)) => day(on),
        (meeting, _) => meeting.to_owned(),
    };
    paper.head = [body.to_owned(), meeting];
    paper.foot = foot(workspace);
    paper.author = w.terms.author.clone().filter(|author| !author.trim().is_empty());
    paper.day = w.terms.day;
    paper.subject = workspace.question.text.trim().to_owned();
    match w.terms.audience {
        Audience::Committee => {
            title(workspace).clone_into(&mut paper.title);
            paper.under_title = under_title(w);
        }
        Audience::Contributors => {
            "What happened to what you said".clone_into(&mut paper.title);
            paper.under_title = sentence(title(workspace));
        }
    }
}

/// What is said of the figures on every page: "Illustrative figures".
fn foot(workspace: &Workspace) -> String {
    workspace.note_in_brief().map_or_else(String::new, |note| note.replace("data", "figures"))
}

/// Whether every page says at its foot what its figures are.
pub(super) fn has_foot(w: &Writing<'_>) -> bool {
    !foot(w.inputs.workspace).is_empty()
}

/// "Report of the Head of Community Safety. Key decision. Wards affected: all. 9 March 2026."
fn under_title(w: &Writing<'_>) -> String {
    let (block, question) = (&w.inputs.workspace.decision.paper, &w.inputs.workspace.question);
    let mut parts = Vec::new();
    match (block.report_of.trim(), question.decision_maker.trim()) {
        ("", "") => {}
        ("", decides) => parts.push(format!("For decision by: {decides}")),
        (reports, _) => {
            let own = reports.split_once(' ').filter(|(the, _)| the.eq_ignore_ascii_case("the"));
            parts.push(format!("Report of the {}", own.map_or(reports, |(_, who)| who.trim())));
        }
    }
    match block.key_decision {
        Some(true) => parts.push("Key decision".to_owned()),
        Some(false) => parts.push("Not a key decision".to_owned()),
        None => {}
    }
    if !block.wards.trim().is_empty() {
        parts.push(format!("Wards affected: {}", block.wards.trim()));
    }
    if !block.meeting.trim().is_empty() {
        parts.extend(w.terms.day.map(day));
    }
    let parts: Vec<String> = parts.iter().map(|part| sentence(part)).collect();
    parts.join(" ")
}

/// The question, and what the figures are where they are not those of a real case.
pub(super) fn opening(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    w.say(workspace.question.text.trim());
    if !workspace.illustrative.trim().is_empty() {
        let lead = match workspace.note_in_brief() {
            Some("Partly assumed") => "Partly assumed figures.",
            _ => "Illustrative figures.",
        };
        let note = workspace.illustrative.trim();
        let rest = note.strip_prefix("Illustrative. ").or_else(|| note.strip_prefix("Illustrative: "));
        w.warn(lead, &capital(rest.unwrap_or(note)));
    }
}
