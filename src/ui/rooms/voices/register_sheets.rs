//! What stands over the register until it is put away: the sectors, and the personal data that the file holds.

use egui::{Align, Layout, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::{register_view::RegisterView, usual_sectors};
use crate::{
    exchange::figure,
    model::{
        Workspace,
        ids::SectorId,
        voices::{KnownAs, PeopleHeld, PersonalData, Sector, SectorShape, Stakeholder},
        wording::{count, list, typed_day},
    },
    session::edits,
    ui::{
        desk::Desk,
        dialogs::{foot, heading, sheet},
        icons,
        theme::{Tokens, Type, rounded, size, space},
        widgets::{
            Button, button::paint_focus, choice::switch, hair_rule, hinted_field, icon_button, paint_shape,
            text_field, wrapped,
        },
    },
};

/// What stands over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Sectors,
    PersonalData,
}

/// Shows the sheet that is open.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, view: &mut RegisterView, workspace: &Workspace) {
    let Some(open) = view.sheet else { return };
    let (done, leave) = match open {
        Sheet::Sectors => sheet(ui.ctx(), "sectors", 800.0, |ui| {
            sectors(ui, desk, workspace);
            close(ui)
        }),
        Sheet::PersonalData => sheet(ui.ctx(), "personal data", 600.0, |ui| {
            personal_data(ui, desk, workspace);
            close(ui)
        }),
    };
    // Esc in a field takes back what was typed there; the next puts the sheet away.
    if done || leave {
        view.sheet = None;
    }
}

fn close(ui: &mut Ui) -> bool {
    foot(ui, |ui| Button::new("Done").primary().show(ui).clicked())
}

fn sectors(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let words = "Where people speak from. Those who speak first hand use the service themselves: each need group wants \
                 one of them.";
    heading(ui, icons::USERS_THREE, "Sectors", words);
    let tall = (ui.ctx().content_rect().height() - 330.0).max(140.0);
    ScrollArea::vertical().max_height(tall).show(ui, |ui| {
        for sector in &workspace.voices.sectors {
            hair_rule(ui);
            sector_row(ui, desk, workspace, sector);
        }
    });
    hair_rule(ui);
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if Button::new("Add a sector").icon(icons::PLUS).show(ui).clicked() {
            add_sector(desk, workspace);
        }
        let none = workspace.voices.sectors.is_empty();
        if none && Button::new("Add the usual seven").quiet().show(ui).clicked() {
            let usual = usual_sectors(desk);
            desk.edit("Add the usual sectors", None, |w| w.voices.sectors = usual);
        }
    });
}

/// Adds a sector with the first shape that no other has.
fn add_sector(desk: &mut Desk<'_>, workspace: &Workspace) {
    let taken = |shape: SectorShape| workspace.voices.sectors.iter().any(|s| s.shape == shape);
    let shape = SectorShape::ALL.into_iter().find(|&shape| !taken(shape)).unwrap_or_default();
    let name = (1..)
        .map(|n| format!("Sector {n}"))
        .find(|name| workspace.voices.sectors.iter().all(|sector| sector.name != *name))
        .unwrap_or_default();
    let id = SectorId::named(&name, desk.session.new_tail());
    desk.edit(format!("Add {name}"), None, |w| {
        w.voices.sectors.push(Sector { id, name, short: String::new(), shape, first_hand: false });
    });
}

fn change(desk: &mut Desk<'_>, sector: &Sector, label: String, put: impl FnOnce(&mut Sector)) {
    let id = sector.id.clone();
    desk.edit(label, None, |w| {
        if let Some(found) = w.voices.sectors.iter_mut().find(|sector| sector.id == id) {
            put(found);
        }
    });
}

fn sector_row(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, sector: &Sector) {
    let tokens = Tokens::of(ui);
    let name = &sector.name;
    ui.push_id(sector.id.as_str(), |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.set_min_height(44.0);
            shapes(ui, desk, sector);
            ui.spacing_mut().item_spacing.x = space::S;
            ui.add_space(space::XS);
            if let Some(typed) = text_field(ui, &format!("Name of {name}"), name, 190.0) {
                if typed.trim().is_empty() {
                    desk.notice("A sector needs a name.");
                } else {
                    change(desk, sector, format!("Rename {name} to {typed}"), |s| s.name = typed);
                }
            }
            let field = format!("Short name of {name}");
            if let Some(typed) = hinted_field(ui, &field, "Short name", &sector.short, 108.0) {
                change(desk, sector, format!("Change the short name of {name}"), |s| s.short = typed);
            }
            let on = sector.first_hand;
            if switch(ui, &format!("{name} speak first hand"), on).clicked() {
                let label = if on {
                    format!("{name} do not speak first hand")
                } else {
                    format!("{name} speak first hand")
                };
                change(desk, sector, label, |s| s.first_hand = !on);
            }
            ui.label(Type::Small.text("first hand", tokens.ink2));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| remove(ui, desk, workspace, sector));
        });
    });
}

/// How many are in a sector, and the way to take an empty one out.
fn remove(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, sector: &Sector) {
    let tokens = Tokens::of(ui);
    let (people, ballots) = edits::voices::of_sector(workspace, &sector.id);
    let is_empty = people + ballots == 0;
    let button = icon_button(ui, icons::TRASH, &format!("Remove {}", sector.name), is_empty);
    if is_empty && button.clicked() {
        let id = sector.id.clone();
        desk.edit(format!("Remove {}", sector.name), None, |w| w.voices.sectors.retain(|s| s.id != id));
    }
    let words = match (people, ballots) {
        (0, 0) => "nobody".to_owned(),
        (0, ballots) => count(ballots, "ballot", "ballots"),
        (people, _) => count(people, "person", "people"),
    };
    let told = ui.label(Type::Small.text(words, tokens.ink3));
    if !is_empty {
        let tip = "Only a sector without people and ballots can be removed: put them into another first.";
        button.on_hover_text(tip);
        told.on_hover_text(tip);
    }
}

/// The seven shapes, of which one holds.
fn shapes(ui: &mut Ui, desk: &mut Desk<'_>, sector: &Sector) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.x = 1.0;
    for shape in SectorShape::ALL {
        let (place, response) = ui.allocate_exact_size(vec2(26.0, 28.0), Sense::click());
        let on = sector.shape == shape;
        let words = format!("{} as a {}", sector.name, shape_words(shape));
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &words));
        if on || response.hovered() {
            ui.painter().rect_filled(place, rounded(6.0), tokens.select);
        }
        let ink = if on { tokens.ink } else { tokens.line };
        paint_shape(ui.painter(), shape, place.center(), 13.0, ink, Stroke::NONE);
        paint_focus(ui, &response, place, 6.0);
        if response.on_hover_text(shape_words(shape)).clicked() && !on {
            change(desk, sector, format!("Mark {} by a {}", sector.name, shape_words(shape)), |s| {
                s.shape = shape;
            });
        }
    }
}

fn shape_words(shape: SectorShape) -> &'static str {
    match shape {
        SectorShape::Hexagon => "hexagon",
        SectorShape::Diamond => "diamond",
        SectorShape::TriangleUp => "triangle",
        SectorShape::Star => "star",
        SectorShape::TriangleDown => "triangle on its tip",
        SectorShape::Plus => "plus",
        SectorShape::Cross => "cross",
    }
}

/// What a register holds of people, in a sentence.
#[must_use]
pub fn held_words(held: PeopleHeld) -> String {
    let parts: Vec<String> = [
        (held.names, "by their own name"),
        (held.pseudonyms, "under a pseudonym"),
        (held.roles, "as a role"),
        (held.not_said, "as nobody has said yet what"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, how)| format!("{number} {how}"))
    .collect();
    if parts.is_empty() {
        return "The file holds nothing of anybody.".to_owned();
    }
    let all = held.names + held.pseudonyms + held.roles + held.not_said;
    let stand = if all == 1 { "stands" } else { "stand" };
    let how = list(&parts.iter().map(String::as_str).collect::<Vec<_>>());
    format!("{} {stand} in the register: {how}.", count(all, "person", "people"))
}

fn personal_data(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let voices = &workspace.voices;
    heading(ui, icons::LOCK_SIMPLE, "Personal data", &held_words(voices.people_held()));
    let names: Vec<&str> = voices
        .stakeholders
        .iter()
        .filter(|person| person.known_as == KnownAs::Name)
        .map(|person| person.name.as_str())
        .collect();
    if !names.is_empty() {
        let tall = 66.0;
        ScrollArea::vertical().id_salt("names held").max_height(tall).show(ui, |ui| {
            wrapped(ui, format!("By name: {}.", list(&names)), Type::Body, tokens.ink2);
        });
        ui.add_space(space::S);
    }
    not_said(ui, desk, workspace);
    for lack in voices.personal_data_lacks(desk.session.signature().on) {
        ui.horizontal_top(|ui| {
            let font = icons::Icon::filled_font(17.0);
            ui.label(egui::RichText::new(icons::WARNING_CIRCLE.0).font(font).color(tokens.ink));
            wrapped(ui, lack.words(), Type::Strong, tokens.ink);
        });
    }
    let data = &voices.personal_data;
    let width = ui.available_width();
    ui.add_space(space::S);
    ui.label(Type::Small.text("What it is needed for", tokens.ink3));
    let hint = "To ask back, and to send everybody what became of their input";
    if let Some(typed) = hinted_field(ui, "What personal data is needed for", hint, &data.purpose, width) {
        put(desk, "Say what personal data is needed for", |d| d.purpose = typed);
    }
    ui.label(Type::Small.text("Who answers for it", tokens.ink3));
    if let Some(typed) = text_field(ui, "Who answers for personal data", &data.held_by, width) {
        put(desk, "Say who answers for personal data", |d| d.held_by = typed);
    }
    ui.label(Type::Small.text("Until when it is kept", tokens.ink3));
    let shown = data.until.map(typed_day).unwrap_or_default();
    let field = "Day until which personal data is kept";
    if let Some(typed) = hinted_field(ui, field, "31/3/2027", &shown, 140.0) {
        until(desk, &typed);
    }
    ui.add_space(space::XS);
    let words = "After that day names and pseudonyms are to be taken out of the file; the program says so and takes out \
                 nothing by itself.";
    wrapped(ui, words, Type::Small, tokens.ink3);
    ui.add_space(size::CONTROL / 4.0);
}

/// Asks what people are known by of whom nobody has said it.
fn not_said(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let people = workspace.voices.stakeholders.iter().filter(|person| person.known_as == KnownAs::NotSaid);
    let names: Vec<&str> = people.map(|person| person.name.as_str()).collect();
    if names.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ScrollArea::vertical().id_salt("not said").max_height(66.0).show(ui, |ui| {
        let words = format!("Are these roles, pseudonyms or their own names? {}.", list(&names));
        wrapped(ui, words, Type::Body, tokens.ink);
    });
    ui.horizontal(|ui| {
        for (words, known) in [
            ("All are roles", KnownAs::Role),
            ("All are pseudonyms", KnownAs::Pseudonym),
            ("All are own names", KnownAs::Name),
        ] {
            if Button::new(words).show(ui).clicked() {
                let people = count(names.len(), "person is", "people are");
                desk.edit(format!("{people} known by {}", known.words()), None, |w| {
                    let unsaid = |person: &&mut Stakeholder| person.known_as == KnownAs::NotSaid;
                    w.voices.stakeholders.iter_mut().filter(unsaid).for_each(|p| p.known_as = known);
                });
            }
        }
    });
    wrapped(ui, "One by one it is said under More on their cards.", Type::Small, tokens.ink3);
    ui.add_space(space::S);
}

fn put(desk: &mut Desk<'_>, label: &str, change: impl FnOnce(&mut PersonalData)) {
    desk.edit(label, None, |w| change(&mut w.voices.personal_data));
}

fn until(desk: &mut Desk<'_>, typed: &str) {
    let typed = typed.trim();
    if typed.is_empty() {
        put(desk, "Leave open until when personal data is kept", |d| d.until = None);
        return;
    }
    match figure::date(typed) {
        Some(date) => put(desk, "Say until when personal data is kept", |d| d.until = Some(date)),
        None => desk.notice(format!("“{typed}” is not a date; write it like 31/3/2027.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_said_in_a_sentence() {
        assert_eq!(held_words(PeopleHeld::default()), "The file holds nothing of anybody.");
        let held = PeopleHeld { roles: 20, pseudonyms: 4, ..PeopleHeld::default() };
        assert_eq!(
            held_words(held),
            "24 people stand in the register: 4 under a pseudonym and 20 as a role."
        );
        let held = PeopleHeld { names: 1, ..PeopleHeld::default() };
        assert_eq!(held_words(held), "1 person stands in the register: 1 by their own name.");
    }
}
