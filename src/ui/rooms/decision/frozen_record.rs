//! The record in a frozen copy, whole: every sentence with who sees to it and by when, every answer, as it stood then.

use egui::Ui;

use super::{duties::own_duties, entry::look, tables};
use crate::{
    analysis::{decision::checklists, reach::caseload::tripwires},
    model::{
        Workspace,
        decision::{Frozen, RecordList},
    },
    ui::{
        drawing::{
            Part,
            parts::{Rows, table},
        },
        theme::{Tokens, Type, space},
        widgets::{badge, wrapped},
    },
};

/// Shows it.
pub fn show(ui: &mut Ui, copy: &Frozen) {
    let state: &Workspace = &copy.state;
    recommended(ui, state);
    for list in RecordList::ALL {
        // Of these the first column says when, or between whom.
        let told = usize::from(matches!(list, RecordList::Rationed | RecordList::Reviews));
        section(ui, look(list).title, told, &tables::list(state, list));
    }
    section(ui, "Who dissents", 1, &tables::dissent(state));
    let wires = state.reach.caseload.tripwires.iter().map(|wire| [tripwires::in_words(state, wire)]);
    section(ui, "Tripwires", 0, &table(["tripwire"], wires));
    for list in checklists() {
        section(ui, &list.title, 0, &tables::checklist(state, list));
    }
    section(ui, "Duties of your own", 0, &tables::own_duties(&own_duties(state)));
}

fn recommended(ui: &mut Ui, state: &Workspace) {
    let tokens = Tokens::of(ui);
    let decision = &state.decision;
    let option = decision.recommendation.as_ref().and_then(|id| state.option(id));
    ui.horizontal(|ui| {
        if let Some(option) = option {
            badge(ui, &option.badge, 28.0);
        }
        let words = match (decision.headline.trim(), option) {
            ("", Some(option)) => &option.name,
            ("", None) => "Nothing was recommended",
            (headline, _) => headline,
        };
        wrapped(ui, words, Type::Heading, tokens.ink);
    });
    let paper = &decision.paper;
    let title = [&paper.title, &paper.body, &paper.meeting, &paper.report_of].map(|part| part.trim());
    let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    if !title.is_empty() {
        wrapped(ui, title.join(" · "), Type::Small, tokens.ink3);
    }
    let said = [
        ("Why the leader is not recommended", &decision.why_not_the_leader),
        ("Why statements are unanswered", &decision.why_unanswered),
    ];
    for (what, words) in said.into_iter().filter(|(_, words)| !words.trim().is_empty()) {
        wrapped(ui, format!("{what}: {}", words.trim()), Type::Body, tokens.ink);
    }
}

/// A list of the record under its heading, `told` the column that is read as the sentence; nothing where it has no rows.
fn section(ui: &mut Ui, title: &str, told: usize, rows: &Rows) {
    let tokens = Tokens::of(ui);
    let Some((heads, rows_below)) = rows.split_first().filter(|(_, below)| !below.is_empty()) else { return };
    ui.add_space(space::S);
    Part::table(title).figures(|| rows.clone()).show(ui, |ui| {
        ui.label(Type::Strong.text(title, tokens.ink));
        for row in rows_below {
            let sentence = row.get(told).map_or("", |words| words.trim());
            wrapped(ui, if sentence.is_empty() { "No words" } else { sentence }, Type::Body, tokens.ink);
            let rest = heads.iter().zip(row).enumerate();
            let rest = rest.filter(|(at, (_, words))| *at != told && !words.trim().is_empty());
            let rest: Vec<String> =
                rest.map(|(_, (head, words))| format!("{head}: {}", words.trim())).collect();
            if !rest.is_empty() {
                wrapped(ui, rest.join(" · "), Type::Small, tokens.ink2);
            }
        }
    });
}
