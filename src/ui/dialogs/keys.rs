//! Every key, drawn from the commands themselves.

use egui::{Context, ScrollArea};

use super::{foot, heading, sheet};
use crate::ui::{
    command::Command,
    icons,
    theme::{Tokens, Type, space},
    widgets::Button,
};

/// Keys that belong to no command, because they act on what has the keyboard.
const ELSEWHERE: [(&str, &str); 6] = [
    ("Tab", "Go to the next control"),
    ("Enter, Space", "Press what has the keyboard"),
    ("Arrows", "Move in a table, move the dial or a handle by 1"),
    ("Home", "Put the dial back to the group’s own weight"),
    ("F2", "Edit the cell that is selected"),
    ("Esc", "Leave a field, the explanation or a dialog"),
];

/// Shows the list; answers whether it was left.
pub fn show(ctx: &Context) -> bool {
    let (closed, leave) = sheet(ctx, "keys", 560.0, |ui| {
        let tokens = Tokens::of(ui);
        heading(ui, icons::LIST_CHECKS, "Keys", "");
        let height = (ctx.content_rect().height() - 300.0).max(160.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            egui::Grid::new("keys").num_columns(2).spacing([space::XL, space::S]).show(ui, |ui| {
                let commands = Command::ALL
                    .into_iter()
                    .map(|command| (command.keys(), command.tooltip().to_owned()))
                    .filter(|(keys, _)| !keys.is_empty());
                let others = ELSEWHERE.into_iter().map(|(keys, words)| (keys.to_owned(), words.to_owned()));
                for (keys, words) in commands.chain(others) {
                    ui.label(Type::Strong.text(keys, tokens.ink));
                    ui.label(Type::Body.text(words, tokens.ink2));
                    ui.end_row();
                }
            });
        });
        foot(ui, |ui| Button::new("Close").primary().show(ui).clicked())
    });
    closed || leave
}
