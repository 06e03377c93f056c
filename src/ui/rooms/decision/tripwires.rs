//! The tripwires in the record: limits that were agreed before award, and what is done when one is passed.

use egui::{Role, Ui, WidgetInfo};

use crate::{
    analysis::{Analysis, reach::caseload::tripwires},
    model::{Room, Workspace, reach::caseload::Tripwire},
    ui::{
        desk::Desk,
        drawing::{Part, parts},
        theme::{Tokens, Type},
        widgets::{link, wrapped},
    },
};

/// Shows them under a heading that leads to where they are agreed.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let wires = &workspace.reach.caseload.tripwires;
    let table = || {
        let each = wires.iter().map(|wire| {
            let tried = tried_words(tried(analysis, wire)).trim().to_owned();
            [tripwires::in_words(workspace, wire), tried]
        });
        parts::table(["tripwire", "tried"], each)
    };
    let part = Part::table("Tripwires").if_any(!wires.is_empty()).figures(table);
    part.show(ui, |ui| lines(ui, desk, workspace, analysis));
}

/// Whether the caseload that was counted trips it; `Err` where not all of it can be tried, `None` where none was counted.
fn tried(analysis: &Analysis, wire: &Tripwire) -> Option<Result<bool, ()>> {
    let check = analysis.reach.caseload.as_ref()?;
    let mut own = check.tripwires.iter().filter(|tried| tried.tripwire == wire.id);
    Some(if own.clone().any(|tried| tried.tripped == Ok(true)) {
        Ok(true)
    } else if own.all(|tried| tried.tripped == Ok(false)) {
        Ok(false)
    } else {
        Err(())
    })
}

fn tried_words(tried: Option<Result<bool, ()>>) -> &'static str {
    match tried {
        Some(Ok(true)) => " Tripped.",
        Some(Ok(false)) => " It holds.",
        Some(Err(())) => " Not all of it can be tried.",
        None => "",
    }
}

fn lines(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
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
        let tried = tried(analysis, wire);
        let ink = if tried == Some(Ok(true)) { tokens.crimson } else { tokens.ink };
        let sentence = format!("{}{}", tripwires::in_words(workspace, wire), tried_words(tried));
        let response = wrapped(ui, &sentence, Type::Body, ink);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sentence));
    }
}
