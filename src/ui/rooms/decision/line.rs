//! One sentence of the record: read as a line, opened to be written in.

use egui::{CursorIcon, Popup, Role, Sense, Ui, WidgetInfo};

use super::Found;
use crate::{
    analysis::decision::ChangedFigure,
    model::{Room, decision::RecordList, ids::EntryId},
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, button::paint_focus, icon_button, link},
    },
};

/// How far the sentences of a section stand in from its heading's icon.
pub const INDENT: f32 = 27.0;

/// A row of the record, as high as its text and not as a button.
pub fn row<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = Type::Body.line();
        ui.horizontal_top(|ui| {
            ui.add_space(INDENT);
            contents(ui)
        })
        .inner
    })
    .inner
}

/// A sentence as it is read.
pub struct Line<'a> {
    /// What it is called: "Reason 1".
    pub name: String,
    pub id: &'a EntryId,
    pub text: &'a str,
    /// Said in grey behind it: who sees to it and when.
    pub aside: String,
    pub list: Option<RecordList>,
}

/// Shows the sentence with what stands behind it; answers whether it is to be opened.
pub fn read(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    found: &Found,
    line: &Line<'_>,
    behind: impl FnOnce(&mut Ui, &mut Desk<'_>),
) -> bool {
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.spacing_mut().item_spacing.y = 2.0;
        let is_empty = line.text.trim().is_empty();
        let (words, ink) = if is_empty { ("No words yet.", tokens.ink3) } else { (line.text, tokens.ink) };
        let label = egui::Label::new(Type::Body.text(words, ink)).sense(Sense::click()).wrap();
        let response = ui.add(label).on_hover_cursor(CursorIcon::PointingHand);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}: {words}", line.name)));
        paint_focus(ui, &response, response.rect.expand(3.0), 4.0);
        if !line.aside.is_empty() {
            ui.label(Type::Small.text(&line.aside, tokens.ink3));
        }
        behind(ui, desk);
        for change in found.changed.iter().filter(|c| c.entry == *line.id && Some(c.list) == line.list) {
            changed(ui, desk, change);
        }
        response.clicked()
    })
    .inner
}

/// “67 is now 65”, and what is to be done about it.
pub fn changed(ui: &mut Ui, desk: &mut Desk<'_>, change: &ChangedFigure) {
    let tokens = Tokens::of(ui);
    // Two changes in one sentence do not run together.
    ui.add_space(space::S);
    let response = link(ui, &change.words(), Type::SmallStrong, tokens.crimson);
    Popup::menu(&response).width(220.0).show(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if let Some(now) = &change.now {
            let words = format!("Write {}", now.words);
            if Button::new(&words).quiet().icon(icons::CHECK).width(208.0).show(ui).clicked() {
                let label = format!("Write {} for {}", now.words, change.was);
                desk.edit(label, None, |w| change.accept(&mut w.decision));
                ui.close();
            }
        }
        let words = format!("Keep {}", change.was);
        if Button::new(&words).quiet().icon(icons::LOCK_SIMPLE).width(208.0).show(ui).clicked() {
            desk.edit(format!("Keep {} in the record", change.was), None, |w| change.keep(&mut w.decision));
            ui.close();
        }
        if let Some(now) = &change.now
            && Button::new("See where it comes from")
                .quiet()
                .icon(icons::ARROW_RIGHT)
                .width(208.0)
                .show(ui)
                .clicked()
        {
            desk.go(now.room, now.page);
            ui.close();
        }
    });
}

/// Where a sentence comes from.
pub fn from_room(ui: &mut Ui, desk: &mut Desk<'_>, room: Room, page: Option<&str>) {
    let tokens = Tokens::of(ui);
    let words = page.filter(|page| !["Overview", "Prediction"].contains(page)).unwrap_or_else(|| room.name());
    if link(ui, words, Type::Small, tokens.ink2).clicked() {
        match page {
            Some(page) => desk.go(room, page),
            None => desk.turn_to(crate::ui::view::Screen::Room(room)),
        }
    }
}

/// What moves an open entry about, takes it out and closes it.
pub struct Moves {
    pub up: bool,
    pub remove: bool,
    pub down: bool,
    pub done: bool,
}

/// Shows the buttons at the foot of an open entry.
pub fn moves(ui: &mut Ui, one: &str, (place, of): (usize, usize)) -> Moves {
    let across = egui::Layout::right_to_left(egui::Align::Center);
    ui.with_layout(across, |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        Moves {
            done: Button::new("Done").show(ui).clicked(),
            remove: icon_button(ui, icons::TRASH, &format!("Remove this {one}"), true).clicked(),
            down: icon_button(ui, icons::ARROW_DOWN, &format!("Move this {one} down"), place + 1 < of)
                .clicked(),
            up: icon_button(ui, icons::ARROW_UP, &format!("Move this {one} up"), place > 0).clicked(),
        }
    })
    .inner
}

/// Does what was asked of an entry of a list.
pub fn make_moves(desk: &mut Desk<'_>, list: RecordList, one: &str, id: &EntryId, moves: &Moves) {
    if moves.up || moves.down {
        desk.edit(format!("Move a {one}"), None, |w| edits::shift(&mut w.decision, list, id, moves.up));
    }
    if moves.remove {
        desk.edit(format!("Remove a {one}"), None, |w| edits::remove(&mut w.decision, list, id));
    }
    if moves.done || moves.remove {
        desk.view.decision.close_editors();
    }
}
