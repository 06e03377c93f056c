//! A frozen copy, read-only: what was recommended then, the figures as they were, whether they still follow from it, and
//! what has changed since.

use egui::{RichText, Ui, vec2};

use super::{frozen_record, signature, tables};
use crate::{
    analysis::{balance::compare::Moment, decision::frozen::Difference},
    model::{
        Room, Workspace,
        decision::{Frozen, FrozenFigure},
        wording::{capital, count, counted},
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        drawing::Part,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Button, Card, hair_rule, link, wrapped},
    },
};

/// Shows it in place of the record.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, copy: &Frozen) {
    Card::new().padding(20, 16).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 6.0);
        head(ui, desk, workspace, copy);
    });
    Card::new().padding(20, 16).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 6.0);
        frozen_record::show(ui, copy);
    });
    Card::new().padding(20, 16).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 6.0);
        since(ui, desk, workspace, copy);
    });
    Card::new().padding(20, 16).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 4.0);
        figures(ui, desk, copy);
    });
}

fn head(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, copy: &Frozen) {
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(icons::SNOWFLAKE.0).font(Icon::font(22.0)).color(tokens.ink));
        ui.label(Type::Heading.text(&copy.name, tokens.ink));
        ui.label(Type::Small.text(format!("{}, read-only", signature::when(copy)), tokens.ink2));
    });
    let looked_at = desk.session.ask_derived(copy).known().map(|derived| derived.is_intact);
    match looked_at.unwrap_or(Ok(())) {
        Ok(()) => {
            let short = copy.fingerprint.get(..16).unwrap_or(&copy.fingerprint);
            let stands = if looked_at.is_some() { "As it was frozen" } else { "Being looked at" };
            let words = format!(
                "{stands}: fingerprint {short}…, seed {}, {}, Evenhand {}.",
                copy.seed,
                count(copy.draws as usize, "draw", "draws"),
                copy.version
            );
            wrapped(ui, words, Type::Small, tokens.ink2);
        }
        Err(tampered) => drop(wrapped(ui, tampered.words(), Type::Strong, tokens.crimson)),
    }
    if let Some(signed) = workspace.decision.signed.as_ref().filter(|signed| signed.copy == copy.id) {
        wrapped(ui, signature::in_words(signed), Type::Strong, tokens.ink);
        for point in &signed.unmet {
            wrapped(ui, format!("Not settled then: {}", point.text), Type::Body, tokens.ink);
        }
        if !signed.remark.is_empty() {
            wrapped(ui, format!("Said to that: {}", signed.remark), Type::Body, tokens.ink2);
        }
    }
    ui.horizontal_wrapped(|ui| {
        if Button::new("Back to today").icon(icons::CARET_LEFT).primary().show(ui).clicked() {
            desk.view.decision.copy = None;
        }
        if Button::new("Compare with today").icon(icons::SCALES).show(ui).clicked() {
            desk.view.balance.compare.look_at(Moment::Frozen(copy.id.clone()), Moment::Today);
            desk.go(Room::Balance, "Compare");
        }
        let is_signed_on = workspace.decision.signed.as_ref().is_some_and(|signed| signed.copy == copy.id);
        let remove = Button::new("Remove this copy").quiet().icon(icons::TRASH).enabled(!is_signed_on);
        let tooltip = if is_signed_on { "The record is signed on it" } else { "Undo brings it back" };
        if remove.tooltip(tooltip).show(ui).clicked() {
            desk.edit(format!("Remove the frozen copy {}", copy.name), None, |w| {
                edits::discard(&mut w.decision, &copy.id);
            });
        }
    });
}

/// What has changed in the workspace since.
fn since(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, copy: &Frozen) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Strong.text("Since then", tokens.ink));
    let revision = desk.session.revision();
    let number = desk.view.decision.changes_since(copy, workspace, revision);
    if number == 0 {
        wrapped(ui, "Nothing has changed since.", Type::Body, tokens.ink2);
        return;
    }
    let lines = desk.view.decision.since_in_words();
    for line in &lines {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.label(Type::Body.text(&line.1, tokens.ink));
            if let Some(room) = line.0
                && link(ui, room.name(), Type::Small, tokens.ink2).clicked()
            {
                desk.turn_to(crate::ui::view::Screen::Room(room));
            }
        });
    }
    if number > lines.len() {
        let more = counted(number - lines.len(), "more change", "more changes");
        wrapped(ui, format!("And {more}."), Type::Body, tokens.ink2);
    }
}

/// The figures as they were, and whether they still follow.
fn figures(ui: &mut Ui, desk: &mut Desk<'_>, copy: &Frozen) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Strong.text("Figures as they were", tokens.ink));
    let answer = desk.session.ask_derived(copy);
    let (is_updating, known) = (answer.is_updating, answer.known().cloned());
    match known.map(|derived| derived.differences) {
        _ if is_updating => {
            wrapped(ui, "Deriving them again from the copy …", Type::Body, tokens.ink2);
        }
        Some(differences) if differences.is_empty() => {
            let words = format!(
                "Derived again from the copy just now: all {} are the same to the last digit.",
                counted(copy.figures.len(), "figure", "figures")
            );
            wrapped(ui, words, Type::Body, tokens.ink);
        }
        Some(differences) => told(ui, copy, &differences),
        None => drop(wrapped(ui, "They could not be derived again.", Type::Body, tokens.crimson)),
    }
    hair_rule(ui);
    let part = Part::table("Figures as they were").if_any(!copy.figures.is_empty());
    part.figures(|| tables::frozen(copy)).show(ui, |ui| {
        for figure in &copy.figures {
            figure_row(ui, figure);
        }
    });
}

fn told(ui: &mut Ui, copy: &Frozen, differences: &[Difference]) {
    let tokens = Tokens::of(ui);
    let figures = counted(differences.len(), "figure does", "figures do");
    let words = format!("{} not follow from the copy any more.", capital(&figures));
    wrapped(ui, words, Type::Strong, tokens.crimson);
    if copy.version != env!("CARGO_PKG_VERSION") {
        let words =
            format!("It was frozen by Evenhand {}; a later version may reckon otherwise.", copy.version);
        wrapped(ui, words, Type::Body, tokens.ink2);
    }
    for difference in differences {
        let Difference { what, frozen, derived, .. } = difference;
        wrapped(ui, format!("{what}: {frozen} in the copy, {derived} derived."), Type::Body, tokens.ink);
    }
}

fn figure_row(ui: &mut Ui, figure: &FrozenFigure) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let down = egui::Layout::top_down(egui::Align::Min);
        let room = (ui.available_width() - 220.0).max(160.0);
        ui.allocate_ui_with_layout(vec2(room, 21.0), down, |ui| {
            ui.set_width(room);
            wrapped(ui, &figure.what, Type::Body, tokens.ink2);
        });
        let ink = if figure.value.is_some() { tokens.ink } else { tokens.ink3 };
        let role = if figure.value.is_some() { Type::NumberStrong } else { Type::Small };
        wrapped(ui, &figure.words, role, ink);
    });
}
