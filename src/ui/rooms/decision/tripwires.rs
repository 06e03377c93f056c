//! The tripwires in the record: limits that were agreed before award, and what is done when one is passed.

use egui::{Role, Ui, WidgetInfo};

use crate::{
    analysis::Analysis,
    model::{
        Room, Workspace,
        reach::caseload::{Statistic, Tripwire},
        wording::{capital, day, number, percent},
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type},
        widgets::{link, wrapped},
    },
};

/// Shows them under a heading that leads to where they are agreed.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(Type::Strong.text("Tripwires", tokens.ink));
        if link(ui, "Agree or try them in Reach", Type::Small, tokens.ink2).clicked() {
            desk.view.reach.caseload.look_at_tripwires();
            desk.go(Room::Reach, "Caseload check");
        }
    });
    let wires = &workspace.reach.caseload.tripwires;
    if wires.is_empty() {
        wrapped(
            ui,
            "None agreed. A limit agreed before award cannot be argued away afterwards.",
            Type::Small,
            tokens.ink2,
        );
    }
    for wire in wires {
        let tried = analysis.reach.caseload.as_ref().map(|check| {
            let mut own = check.tripwires.iter().filter(|tried| tried.tripwire == wire.id);
            if own.clone().any(|tried| tried.tripped == Ok(true)) {
                Ok(true)
            } else if own.all(|tried| tried.tripped == Ok(false)) {
                Ok(false)
            } else {
                Err(())
            }
        });
        let (words, ink) = match tried {
            Some(Ok(true)) => (" Tripped.", tokens.crimson),
            Some(Ok(false)) => (" It holds.", tokens.ink),
            Some(Err(())) => (" Not all of it can be tried.", tokens.ink),
            None => ("", tokens.ink),
        };
        let sentence = format!("{}{words}", in_words(workspace, wire));
        let response = wrapped(ui, &sentence, Type::Body, ink);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sentence));
    }
}

fn in_words(workspace: &Workspace, wire: &Tripwire) -> String {
    let group = wire.group.as_ref().and_then(|id| workspace.need_group(id));
    let whom = group.map_or("Every group", |group| group.short_name());
    let limit = match wire.statistic {
        Statistic::Rate | Statistic::TurnedAway => percent(wire.limit),
        _ => number(wire.limit, 2),
    };
    let side = if wire.statistic.trips_above() { "at most" } else { "at least" };
    let mut words = format!("{whom}, {}: {} {side} {limit}.", wire.gate, wire.statistic.words());
    if !wire.response.trim().is_empty() {
        words += &format!(" Else: {}.", capital(wire.response.trim().trim_end_matches('.')));
    }
    let by = wire.agreed_by.trim();
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    match wire.agreed {
        Some(agreed) => words += &format!(" Agreed {}{by}.", day(agreed)),
        None if !by.is_empty() => words += &format!(" Agreed{by}."),
        None => {}
    }
    words
}
