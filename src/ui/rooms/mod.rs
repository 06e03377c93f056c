//! The seven rooms.

pub mod balance;
pub mod decision;
pub mod question;
pub mod reach;
pub mod voices;

use egui::Ui;

use super::{
    command::Command,
    desk::Desk,
    icons,
    theme::{Tokens, Type, size, space},
    view::View,
    widgets,
};
use crate::model::Room;

/// The pages of a room, in the order of their tabs. Every room has at least one.
#[must_use]
pub fn pages(room: Room) -> &'static [&'static str] {
    match room {
        Room::Question => question::PAGES,
        Room::Voices => voices::PAGES,
        Room::Balance => balance::PAGES,
        Room::Reach => reach::PAGES,
        Room::Decision => decision::PAGES,
        Room::Money | Room::Challenge => &["Overview"],
    }
}

/// Shows the room on its open page.
pub fn show(ui: &mut Ui, room: Room, desk: &mut Desk<'_>) {
    match room {
        Room::Question => question::show(ui, desk),
        Room::Voices => voices::show(ui, desk),
        Room::Balance => balance::show(ui, desk),
        Room::Reach => reach::show(ui, desk),
        Room::Decision => decision::show(ui, desk),
        Room::Money => later(
            ui,
            desk.view,
            "Money",
            "Money will follow each pound from the commissioner to the people who do the work, show which providers \
             survive the way of paying, and who pays and who saves.",
        ),
        Room::Challenge => later(
            ui,
            desk.view,
            "Challenge",
            "Challenge will show what the decision rests on: the evidence, the pressures on it, and the checklists.",
        ),
    }
}

/// The head of a page: the room's name, its tabs, and whatever the page puts at the right.
pub fn head(ui: &mut Ui, room: Room, desk: &mut Desk<'_>, right: impl FnOnce(&mut Ui, &mut Desk<'_>)) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    ui.allocate_ui_with_layout(
        egui::vec2(width, size::PAGE_HEAD),
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_height(size::PAGE_HEAD);
            let names = pages(room);
            if names.len() > 1 {
                ui.label(Type::Title.text(room.name(), tokens.ink));
            } else {
                title(ui, desk.view, room.name());
            }
            ui.add_space(space::M);
            let start = names.len() > 1 && std::mem::take(&mut desk.view.keyboard_to_head);
            if names.len() > 1
                && let Some(chosen) = widgets::tabs(ui, names, desk.view.page_index(room), start)
            {
                desk.go(room, names[chosen]);
            }
            ui.spacing_mut().item_spacing.x = space::S;
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let has_parts = !desk.view.parts.is_empty();
                let words = Command::TakeParts.text();
                if has_parts && widgets::icon_button(ui, icons::COPY, words, true).clicked() {
                    desk.run(Command::TakeParts);
                }
                right(ui, desk);
            });
        },
    );
}

/// The title of a page without tabs: where the keyboard starts when somebody goes there.
pub fn title(ui: &mut Ui, view: &mut View, name: &str) {
    let tokens = Tokens::of(ui);
    let written = ui.label(Type::Title.text(name, tokens.ink));
    let heading = ui.interact(
        written.rect.expand(2.0),
        ui.scope_id().with("title"),
        egui::Sense::focusable_noninteractive(),
    );
    heading.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, name));
    widgets::button::paint_focus(ui, &heading, heading.rect, size::RADIUS);
    view.start_keyboard(&heading);
}

/// A room or screen whose time has not come says what it will hold.
pub fn later(ui: &mut Ui, view: &mut View, name: &str, sentence: &str) {
    let tokens = Tokens::of(ui);
    title(ui, view, name);
    ui.add_space(space::S);
    ui.scope(|ui| {
        ui.set_max_width(640.0);
        widgets::wrapped(ui, sentence, Type::Sentence, tokens.ink2);
    });
}
