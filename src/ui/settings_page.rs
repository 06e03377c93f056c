//! Settings: what this computer remembers of its user.

use egui::Ui;

use super::{
    command::Command,
    rooms::title,
    theme::{Tokens, Type, space},
    view::View,
    widgets::{Button, Card, button::Segment, segmented, text_field, wrapped},
};
use crate::{
    file::preferences::{Preferences, ThemeChoice},
    model::wording::number,
};

/// Shows the page; answers with a command that was asked for. Changes of the name are made in place.
pub fn show(ui: &mut Ui, view: &mut View, preferences: &mut Preferences) -> Option<Command> {
    // A part of its own, for a page keeps the width that it has been given.
    ui.scope(|ui| page(ui, view, preferences)).inner
}

fn page(ui: &mut Ui, view: &mut View, preferences: &mut Preferences) -> Option<Command> {
    let tokens = Tokens::of(ui);
    let mut asked = None;
    title(ui, view, "Settings");
    ui.add_space(space::S);
    ui.set_max_width(640.0);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Strong.text("Theme", tokens.ink));
        let choices = [
            (ThemeChoice::System, "As the computer", Command::SystemTheme),
            (ThemeChoice::Light, "Light", Command::LightTheme),
            (ThemeChoice::Dark, "Dark", Command::DarkTheme),
        ];
        let segments: Vec<Segment<'_>> = choices
            .iter()
            .map(|(_, words, _)| Segment { badge: "", words, colour: None, name: format!("{words} theme") })
            .collect();
        let current = choices.iter().position(|(choice, ..)| *choice == preferences.theme).unwrap_or(0);
        if let Some(chosen) = segmented(ui, &segments, current) {
            asked = Some(choices[chosen].2);
        }
        ui.add_space(space::M);
        ui.label(Type::Strong.text("Size", tokens.ink));
        ui.horizontal(|ui| {
            for command in [Command::ZoomOut, Command::ZoomReset, Command::ZoomIn] {
                if Button::new(command.text()).tooltip(&command.keys()).show(ui).clicked() {
                    asked = Some(command);
                }
            }
            let size = format!("{} %", number(f64::from(preferences.zoom) * 100.0, 0));
            ui.label(Type::Body.text(size, tokens.ink2));
        });
        ui.add_space(space::M);
        ui.label(Type::Strong.text("Your name", tokens.ink));
        if let Some(name) = text_field(ui, "Your name", &preferences.name, 320.0) {
            preferences.name = name.trim().to_owned();
        }
        let why = "Others see it when they open a workspace that you have open, and beside scores that you change. Without it your changes bear only their date.";
        wrapped(ui, why, Type::Small, tokens.ink3);
    });
    ui.add_space(space::M);
    let version =
        format!("Evenhand {}. Works offline; nothing leaves this computer.", env!("CARGO_PKG_VERSION"));
    wrapped(ui, version, Type::Small, tokens.ink3);
    asked
}
