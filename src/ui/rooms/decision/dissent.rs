//! Who dissents, in their own words, and what is said to it.

use egui::{Sense, Stroke, Ui, vec2};

use super::{
    Found,
    entry::{open_box, section},
    line::{self, INDENT, Line},
    tables,
};
use crate::{
    model::{
        Workspace,
        decision::{Decision, Dissent},
        ids::EntryId,
        voices::SectorShape,
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        drawing::Part,
        icons,
        theme::{Tokens, Type, space},
        widgets::{choose, focus_field, hinted_wrapping_field, paint_shape, wrapped, wrapping_field},
    },
};

/// Shows the section.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found) {
    let has_rows = !workspace.decision.dissent.is_empty();
    let part = Part::table("Who dissents").if_any(has_rows).figures(|| tables::dissent(workspace));
    part.show(ui, |ui| lines(ui, desk, workspace, found));
}

fn lines(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found) {
    let tokens = Tokens::of(ui);
    if section(ui, icons::HAND_PALM, "Who dissents", "Add a dissent") {
        add(desk);
    }
    let all = &workspace.decision.dissent;
    for (place, dissent) in all.iter().enumerate() {
        line::row(ui, |ui| {
            if desk.view.decision.open.as_ref() == Some(&dissent.id) {
                ui.vertical(|ui| write(ui, desk, workspace, dissent, (place, all.len())));
            } else {
                shape(ui, workspace, dissent);
                ui.vertical(|ui| read(ui, desk, workspace, found, dissent, place));
            }
        });
    }
    if all.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(INDENT);
            wrapped(ui, "Nobody’s dissent is written down.", Type::Body, tokens.ink2);
        });
    }
}

/// Adds a dissent and opens it.
pub fn add(desk: &mut Desk<'_>) {
    let id = EntryId::named("dissent", desk.session.new_tail());
    desk.view.decision.open(id.clone());
    desk.edit("Add a dissent", None, |w| w.decision.dissent.push(Dissent::new(id, None, "")));
}

/// The shape of the sector that it comes from.
fn shape(ui: &mut Ui, workspace: &Workspace, dissent: &Dissent) {
    let tokens = Tokens::of(ui);
    let who = dissent.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    let sector = who.and_then(|who| workspace.sector(&who.sector));
    let (rect, response) = ui.allocate_exact_size(vec2(13.0, 21.0), Sense::hover());
    let (shape, fill) = sector.map_or((SectorShape::default(), tokens.card), |s| (s.shape, tokens.ink));
    paint_shape(ui.painter(), shape, rect.center(), 12.0, fill, Stroke::new(1.0, tokens.ink3));
    if let Some(sector) = sector {
        response.on_hover_text(&sector.name);
    }
    ui.add_space(space::XS);
}

fn read(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    found: &Found,
    dissent: &Dissent,
    place: usize,
) {
    let tokens = Tokens::of(ui);
    let who = dissent.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    let aside =
        who.filter(|who| !begins_with(&dissent.text, &who.name)).map_or_else(String::new, |w| w.name.clone());
    let shown = Line {
        name: format!("Dissent {}", place + 1),
        id: &dissent.id,
        text: &dissent.text,
        aside,
        list: None,
    };
    if line::read(ui, desk, found, &shown, |_, _| ()) {
        desk.view.decision.open(dissent.id.clone());
    }
    if !dissent.answer.trim().is_empty() {
        wrapped(ui, format!("Answered: {}", dissent.answer), Type::Small, tokens.ink2);
    }
}

fn write(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    dissent: &Dissent,
    (place, of): (usize, usize),
) {
    let number = place + 1;
    open_box(ui, |ui| {
        let name = format!("Dissent {number}, in the dissenter’s words");
        if std::mem::take(&mut desk.view.decision.just_opened) {
            focus_field(ui, &name);
        }
        if let Some(text) = wrapping_field(ui, &name, &dissent.text, ui.available_width()) {
            change(desk, "Change a dissent", &dissent.id, |dissent| dissent.text = text);
        }
        let people = workspace.voices.stakeholders.iter().map(|p| (Some(p.id.clone()), p.name.clone()));
        let choices = std::iter::once((None, "nobody named".to_owned())).chain(people);
        let width = ui.available_width().min(300.0);
        let who = format!("Who gives dissent {number}");
        if let Some(chosen) = choose(ui, &who, width, &dissent.stakeholder, choices) {
            change(desk, "Say who dissents", &dissent.id, |dissent| dissent.stakeholder = chosen);
        }
        let name = format!("Answer to dissent {number}");
        let hint = "What is said to it";
        if let Some(text) = hinted_wrapping_field(ui, &name, hint, &dissent.answer, ui.available_width()) {
            change(desk, "Answer a dissent", &dissent.id, |dissent| dissent.answer = text);
        }
        let moves = line::moves(ui, "dissent", (place, of));
        if moves.up || moves.down {
            let up = moves.up;
            desk.edit("Move a dissent", None, |w| {
                edits::swap(&mut w.decision.dissent, |d| d.id == dissent.id, up);
            });
        }
        if moves.remove {
            desk.edit("Remove a dissent", None, |w| w.decision.dissent.retain(|d| d.id != dissent.id));
        }
        if moves.done || moves.remove {
            desk.view.decision.open = None;
        }
    });
}

/// Whether the words say first whose they are.
fn begins_with(text: &str, name: &str) -> bool {
    let (text, name) = (text.trim().to_lowercase(), name.trim().to_lowercase());
    let rest = if name.is_empty() { None } else { text.strip_prefix(&name) };
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn change(desk: &mut Desk<'_>, label: &str, id: &EntryId, put: impl FnOnce(&mut Dissent)) {
    desk.edit(label, None, |w| {
        let decision: &mut Decision = &mut w.decision;
        if let Some(dissent) = decision.dissent.iter_mut().find(|dissent| dissent.id == *id) {
            put(dissent);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dissenter_is_named_beside_their_words_unless_these_begin_with_the_name() {
        assert!(begins_with("People in custody: we were not asked", "People in custody"));
        assert!(begins_with(" ada quill, for the court", "Ada Quill"));
        for (text, name) in [
            ("Too few people were asked", "People in custody"),
            ("There is one condition: a review", "The chair"),
            ("It also costs more", "Al"),
            ("Alone we cannot", "Al"),
            ("Anything", ""),
        ] {
            assert!(!begins_with(text, name), "{text}");
        }
    }
}
