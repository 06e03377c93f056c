//! The sheet over a table on which what was pasted is looked at before it is taken.

use egui::{Align2, Key, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Button, paint_text_fitted, wrapped};
use crate::{
    model::wording::count,
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, space},
    },
};

/// What a sheet says of what was pasted.
#[derive(Clone, Copy, Debug)]
pub struct PasteWords<'a> {
    /// What the window is called.
    pub name: &'a str,
    /// One thing that is pasted, and many.
    pub things: (&'a str, &'a str),
    /// How rows and columns were found, in a sentence; empty when by their places.
    pub how: &'a str,
    /// What is wrong, a sentence each.
    pub problems: &'a [String],
    /// What else is to be known, in a few sentences; may be empty.
    pub noted: &'a str,
    /// How many cells can be taken.
    pub sound: usize,
    pub rows: usize,
}

/// What was decided on it in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasteChoice {
    Undecided,
    Take,
    PutAway,
}

/// A cell as it would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewCell {
    /// What it is read out as.
    pub spoken: String,
    /// What would stand there, or the text that cannot be taken.
    pub words: String,
    /// What stands there now, in a few words.
    pub now: String,
    pub can_be_taken: bool,
    /// What is to be known of it first.
    pub notes: Vec<String>,
}

const NAME: f32 = 170.0;
const CELL: f32 = 96.0;
const ROW: f32 = 42.0;

/// Shows the sheet, with a name and cells for each row that is in view. `fresh` is whether it has not been shown yet.
pub fn paste_sheet(
    ui: &Ui,
    words: PasteWords<'_>,
    fresh: &mut bool,
    row: impl Fn(usize) -> (String, Vec<PreviewCell>),
) -> PasteChoice {
    let mut choice =
        if ui.input(|i| i.key_pressed(Key::Escape)) { PasteChoice::PutAway } else { PasteChoice::Undecided };
    egui::Window::new(words.name)
        .title_bar(false)
        .collapsible(false)
        .resizable(false)
        .default_width((ui.ctx().content_rect().width() - 2.0 * space::XL).min(620.0))
        .anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO)
        .show(ui.ctx(), |ui| {
            heading(ui, &words);
            rows(ui, words.rows, row);
            if !words.noted.is_empty() {
                ui.add_space(space::S);
                wrapped(ui, words.noted, Type::Small, Tokens::of(ui).ink);
            }
            problems(ui, words.problems);
            ui.add_space(space::S);
            ui.horizontal(|ui| {
                let taken = match words.problems.is_empty() {
                    true => format!("Paste {}", count(words.sound, words.things.0, words.things.1)),
                    false => format!("Paste the {} that fit", words.sound),
                };
                let first = (words.sound > 0).then(|| Button::new(&taken).primary().show(ui));
                let put_away = Button::new(if words.sound > 0 { "Cancel" } else { "Close" }).show(ui);
                if std::mem::take(fresh) {
                    first.as_ref().unwrap_or(&put_away).request_focus();
                }
                if first.is_some_and(|button| button.clicked()) {
                    choice = PasteChoice::Take;
                } else if put_away.clicked() {
                    choice = PasteChoice::PutAway;
                }
            });
        });
    choice
}

fn heading(ui: &mut Ui, words: &PasteWords<'_>) {
    let tokens = Tokens::of(ui);
    let title = if words.sound == 0 { "Nothing can be pasted" } else { "What goes where" };
    ui.label(Type::Heading.text(title, tokens.ink));
    let gap = if words.how.is_empty() { "" } else { " " };
    let said = match words.problems.len() {
        0 => "Nothing is changed before you say so; one undo takes it all back.".to_owned(),
        wrong => {
            let what = count(wrong, "cell cannot be taken", "cells cannot be taken");
            format!("{what}: see below. Nothing has been changed.")
        }
    };
    wrapped(ui, format!("{}{gap}{said}", words.how), Type::Body, tokens.ink2);
}

fn problems(ui: &mut Ui, problems: &[String]) {
    if problems.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    ScrollArea::vertical().id_salt("paste problems").max_height(140.0).show(ui, |ui| {
        for problem in problems {
            wrapped(ui, problem, Type::Small, tokens.ink);
        }
    });
}

/// What would stand where, with what stands there now.
fn rows(ui: &mut Ui, rows: usize, row: impl Fn(usize) -> (String, Vec<PreviewCell>)) {
    if rows == 0 {
        return;
    }
    ui.add_space(space::S);
    let area = ScrollArea::both().id_salt("paste preview").max_height(250.0).auto_shrink([false, true]);
    area.show_rows(ui, ROW, rows, |ui, shown| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for at in shown {
            let (name, cells) = row(at);
            show_row(ui, at, &name, &cells);
        }
    });
}

fn show_row(ui: &mut Ui, at: usize, name: &str, cells: &[PreviewCell]) {
    let tokens = Tokens::of(ui);
    let width = NAME + CELL * cells.len() as f32;
    let (row, _) = ui.allocate_exact_size(vec2(width.max(ui.available_width()), ROW), Sense::hover());
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, hairline(tokens.hair));
    let left = pos2(row.left(), row.center().y);
    paint_text_fitted(
        ui.painter(),
        left,
        Align2::LEFT_CENTER,
        name,
        Type::Body,
        tokens.ink,
        (NAME - 10.0, 1),
    );
    for (column, cell) in cells.iter().enumerate() {
        let left = row.left() + NAME + CELL * column as f32;
        show_cell(ui, (at, column), cell, Rect::from_min_size(pos2(left, row.top()), vec2(CELL, ROW)));
    }
}

fn show_cell(ui: &Ui, at: (usize, usize), cell: &PreviewCell, place: Rect) {
    let tokens = Tokens::of(ui);
    let response = ui.interact(place, ui.scope_id().with(("pasted", at)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &cell.spoken));
    let right = place.right() - 8.0;
    let upper = pos2(right, place.top() + 13.0);
    let ink = if cell.can_be_taken { tokens.ink } else { tokens.ink2 };
    let end = Align2::RIGHT_CENTER;
    paint_text_fitted(ui.painter(), upper, end, &cell.words, Type::Number, ink, (CELL - 30.0, 1));
    let lower = pos2(right, place.top() + 31.0);
    paint_text_fitted(ui.painter(), lower, end, &cell.now, Type::Small, tokens.ink3, (CELL - 10.0, 1));
    let mark = match (cell.can_be_taken, cell.notes.is_empty()) {
        (false, _) => icons::WARNING_CIRCLE,
        (true, false) => icons::INFO,
        (true, true) => return,
    };
    let at = pos2(place.left() + 12.0, place.top() + 13.0);
    ui.painter().text(at, Align2::CENTER_CENTER, mark.0, Icon::font(15.0), tokens.ink2);
    if !cell.notes.is_empty() {
        response.on_hover_text(cell.notes.join("\n"));
    }
}
