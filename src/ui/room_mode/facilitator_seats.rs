//! Who has a seat: people from the register, and people of whom only the sector is known.

use egui::Ui;

use super::steps::edit;
use crate::{
    model::{
        Workspace,
        ids::StakeholderId,
        workshop::{MOST_SEATS, Workshop},
    },
    session::edits::workshop::{self as edits, with},
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, hinted_field, wrapped},
    },
};

/// People who are offered a seat at once, at the most.
const OFFERED: usize = 8;

/// Shows how seats are given and taken away, folded until it is wanted.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    let id = ui.scope_id().with("seats unfolded");
    let is_open = ui.data(|data| data.get_temp(id)).unwrap_or(workshop.seats.is_empty());
    let words = if is_open { "Fold the seats away" } else { "Give and take seats" };
    let icon = if is_open { icons::CARET_UP } else { icons::CARET_DOWN };
    if Button::new(words).icon(icon).quiet().show(ui).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !is_open));
    }
    if !is_open {
        return;
    }
    ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
    if workshop.seats.len() >= MOST_SEATS {
        wrapped(ui, "Every seat is taken.", Type::Body, tokens.ink2);
    } else {
        unnamed(ui, desk, workspace);
        from_register(ui, desk, workspace, workshop);
    }
    taken(ui, desk, workspace, workshop);
}

fn unnamed(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    if workspace.voices.sectors.is_empty() {
        wrapped(ui, "Add a voice in Voices first: it brings the sectors along.", Type::Body, tokens.ink2);
        return;
    }
    wrapped(ui, "Somebody without a name, by sector:", Type::Body, tokens.ink2);
    ui.horizontal_wrapped(|ui| {
        for sector in &workspace.voices.sectors {
            let button = Button::new(sector.short_name()).icon(icons::PLUS);
            if button.tooltip("A seat known by its sector alone").show(ui).clicked() {
                let fresh = StakeholderId::named("seat", desk.session.new_tail());
                let label = format!("Give a seat to {}", sector.short_name());
                edit(desk, label, None, |w| edits::seat_unnamed(w, &sector.id, fresh));
            }
        }
    });
}

fn from_register(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    let has_seat = |id: &StakeholderId| workshop.seats.iter().any(|seat| seat.stakeholder == *id);
    let without: Vec<_> =
        workspace.voices.stakeholders.iter().filter(|person| !has_seat(&person.id)).collect();
    if without.is_empty() {
        return;
    }
    wrapped(ui, "Somebody from the register:", Type::Body, tokens.ink2);
    if without.len() > OFFERED {
        let find = desk.view.room_mode.find.clone();
        let width = ui.available_width().min(280.0);
        if let Some(find) = hinted_field(ui, "Find somebody", "Find somebody", &find, width) {
            desk.view.room_mode.find = find;
        }
    }
    let find = desk.view.room_mode.find.to_lowercase();
    let found = without.iter().filter(|person| person.name.to_lowercase().contains(&find));
    ui.horizontal_wrapped(|ui| {
        for person in found.take(OFFERED) {
            if Button::new(&person.name).icon(icons::PLUS).show(ui).clicked() {
                edit(desk, format!("Give {} a seat", person.name), None, |w| {
                    edits::seat(w, &person.id, true)
                });
            }
        }
    });
}

fn taken(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    if workshop.seats.is_empty() {
        return;
    }
    wrapped(ui, "Take a seat away; its answers stay:", Type::Body, tokens.ink2);
    ui.horizontal_wrapped(|ui| {
        for (at, seat) in workshop.seats.iter().enumerate() {
            let name = workspace.stakeholder(&seat.stakeholder).map_or("", |person| person.name.as_str());
            let words = format!("{} {name}", at + 1);
            if Button::new(&words).icon(icons::X).quiet().show(ui).clicked() {
                edit(desk, format!("Take the seat of {name} away"), None, |w| {
                    edits::seat(w, &seat.stakeholder, false);
                });
            }
        }
        if Button::new("Take all seats away").icon(icons::TRASH).quiet().show(ui).clicked() {
            edit(desk, "Take all seats away", None, |w| with(w, |workshop| workshop.seats.clear()));
        }
    });
}
