//! The foot of the record: freezing and signing it; and over it who signed, and what has changed since.

use egui::{RichText, Ui, vec2};

use crate::{
    model::{
        Workspace,
        decision::{Frozen, SignOff},
        wording::{capital, counted, day, day_and_time},
    },
    ui::{
        command::{Command, OnRecord},
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Button, link, wrapped},
    },
};

/// Who signed, where somebody has.
pub fn signed(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let Some(signed) = &workspace.decision.signed else { return };
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 2.0);
        ui.label(RichText::new(icons::SEAL_CHECK.0).font(Icon::font(18.0)).color(tokens.ink));
        ui.label(Type::Strong.text(in_words(signed), tokens.ink));
        let left = signed.unmet.len();
        let words = format!("{} not settled then", capital(&counted(left, "thing was", "things were")));
        if left > 0 && link(ui, &words, Type::Small, tokens.ink2).clicked() {
            desk.view.decision.look_at_copy(signed.copy.clone());
        }
        if let Some(copy) = workspace.decision.frozen(&signed.copy) {
            let changes = desk.view.decision.changes_since(copy, workspace, desk.session.revision());
            let words = match changes {
                0 => "Nothing has changed since".to_owned(),
                n => format!("{} since it was signed", capital(&counted(n, "change", "changes"))),
            };
            if link(ui, &words, Type::Small, if changes > 0 { tokens.crimson } else { tokens.ink2 }).clicked()
            {
                desk.view.decision.look_at_copy(signed.copy.clone());
            }
        }
        if link(ui, Command::Record(OnRecord::TakeBack).text(), Type::Small, tokens.ink2).clicked() {
            desk.run(Command::Record(OnRecord::TakeBack));
        }
    });
}

/// "Signed by Ann Cook, Head of Kitchens, 10 March 2026".
pub fn in_words(signed: &SignOff) -> String {
    let role = if signed.role.trim().is_empty() { String::new() } else { format!(", {}", signed.role) };
    format!("Signed by {}{role}, {}.", signed.by, day(signed.on.date()))
}

/// When a copy was frozen, and by whom.
pub fn when(copy: &Frozen) -> String {
    let on = day_and_time(copy.on);
    if copy.by.is_empty() { format!("frozen {on}") } else { format!("frozen {on} by {}", copy.by) }
}

/// The copies that there are.
pub fn copies(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    for copy in &workspace.decision.frozen {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, 2.0);
            ui.label(RichText::new(icons::SNOWFLAKE.0).font(Icon::font(16.0)).color(tokens.ink2));
            if link(ui, &copy.name, Type::Body, tokens.ink).clicked() {
                desk.view.decision.look_at_copy(copy.id.clone());
            }
            ui.label(Type::Small.text(when(copy), tokens.ink3));
        });
    }
}

/// What freezes or signs.
pub fn foot(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let buttons = 300.0;
        let words = (ui.available_width() - buttons).max(80.0);
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(words, 32.0), down, |ui| {
            let words = "Freezing keeps a dated copy that nobody can change.";
            wrapped(ui, words, Type::Small, tokens.ink2);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let again = if workspace.decision.signed.is_some() { "Sign again" } else { "Sign" };
            let freeze = Command::Record(OnRecord::Freeze);
            for (command, words) in [(freeze, freeze.text()), (Command::Record(OnRecord::Sign), again)] {
                let button = Button::new(words).icon(command.icon()).tooltip(command.tooltip());
                if button.show(ui).clicked() {
                    desk.run(command);
                }
            }
        });
    });
}
