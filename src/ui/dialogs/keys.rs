//! Every key, drawn from the commands themselves.

use egui::{Context, Key, ScrollArea, Ui, vec2};

use super::{foot, heading, sheet};
use crate::ui::{
    command::Command,
    icons,
    theme::{Tokens, Type, space},
    widgets::{Button, wrapped},
};

/// Keys that belong to no command, because they act on what has the keyboard.
const ELSEWHERE: [(&str, &str); 6] = [
    ("Tab", "Go to the next control"),
    ("Enter, Space", "Press what has the keyboard"),
    ("Arrows", "Move in a table, move the dial or a handle by 1"),
    ("Home", "Put the dial back to today’s weight"),
    ("F2", "Edit the cell that is selected"),
    ("Esc", "Leave a field, the explanation or a dialog"),
];

/// The least width of a column, and the most columns.
const COLUMN: f32 = 380.0;
const MOST_COLUMNS: usize = 3;
/// The width that the names of keys are given.
const KEYS: f32 = 120.0;

/// Shows the list; answers whether it was left.
pub fn show(ctx: &Context) -> bool {
    let (closed, leave) = sheet(ctx, "keys", 1300.0, |ui| {
        heading(ui, icons::LIST_CHECKS, "Keys", "");
        let commands = Command::ALL
            .into_iter()
            .map(|command| (command.keys(), words(command)))
            .filter(|(keys, _)| !keys.is_empty());
        let others = ELSEWHERE.into_iter().map(|(keys, words)| (keys.to_owned(), words.to_owned()));
        let all: Vec<(String, String)> = commands.chain(others).collect();
        let height = (ctx.content_rect().height() - 250.0).max(120.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            scroll_by_keys(ui);
            let count = ((ui.available_width() / COLUMN) as usize).clamp(1, MOST_COLUMNS);
            ui.spacing_mut().item_spacing.x = space::XL;
            ui.columns(count, |columns| {
                for (column, part) in columns.iter_mut().zip(all.chunks(all.len().div_ceil(count))) {
                    lines(column, part);
                }
            });
        });
        foot(ui, |ui| Button::new("Close").primary().show(ui).clicked())
    });
    closed || leave
}

/// What a command does; of a room its name first.
fn words(command: Command) -> String {
    match command {
        Command::Go(room) => format!("{}: {}", room.name(), command.tooltip()),
        _ => command.tooltip().to_owned(),
    }
}

fn lines(ui: &mut Ui, all: &[(String, String)]) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::S;
    let right = ui.max_rect().right();
    for (keys, words) in all {
        ui.horizontal_top(|ui| {
            let down = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(vec2(KEYS, 0.0), down, |ui| {
                ui.set_min_width(KEYS);
                ui.label(Type::Strong.text(keys, tokens.ink));
            });
            // A row alone would let its words run on into the next column.
            let rest = right - ui.cursor().left();
            ui.allocate_ui_with_layout(vec2(rest, 0.0), down, |ui| {
                ui.set_max_width(rest);
                wrapped(ui, words, Type::Body, tokens.ink2);
            });
        });
    }
}

/// Nothing in the list takes the keyboard, so that the keys that move a page move it here.
fn scroll_by_keys(ui: &Ui) {
    let page = ui.clip_rect().height();
    let steps = [(Key::ArrowDown, -40.0), (Key::ArrowUp, 40.0), (Key::PageDown, -page), (Key::PageUp, page)];
    let moved: f32 = steps
        .iter()
        .map(|&(key, step)| if ui.input(|input| input.key_pressed(key)) { step } else { 0.0 })
        .sum();
    if moved != 0.0 {
        ui.scroll_with_delta(vec2(0.0, moved));
    }
}
