//! The Scores page under test: opened on the Westmere example, its cells found and typed in as a person would.

// Each test file uses its own part of this.
#![allow(dead_code)]

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        balance::{Scale, ScoreLevel},
    },
};

use super::window::*;

pub const REACH_OF_B: &str =
    "Reach to all need groups, Local partnership: 70 %, 63–80, worth 72, evidence grade 3 of 5";

pub fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

pub fn scores() -> Driven {
    open(shell_at(westmere(), Room::Balance, "Scores"))
}

/// The score of a cell, named by the beginnings of the factor's and the option's names.
pub fn level(window: &Driven, factor: &str, option: &str) -> ScoreLevel {
    let workspace = window.state().workspace();
    let factor = workspace.balance.factors.iter().find(|f| f.name.starts_with(factor)).unwrap();
    let option = workspace.question.options.iter().find(|o| o.name.starts_with(option)).unwrap();
    workspace.score(&factor.id, &option.id).map_or(ScoreLevel::Unknown, |score| score.level.clone())
}

pub fn overall(window: &Driven, option: &str) -> String {
    let start = format!("Overall of {option}");
    let node = window.get_by(|node| node.label().is_some_and(|label| label.starts_with(&start)));
    node.accesskit_node().label().unwrap_or_default()
}

/// Selects a cell whose name begins so, and gives the table the keyboard.
pub fn select(window: &mut Driven, start: &str) {
    let start = start.to_owned();
    window
        .get_by(move |node| {
            node.role() == Role::Cell && node.label().is_some_and(|label| label.starts_with(&start))
        })
        .click();
    window.run();
}

/// What a table says is selected in it.
pub fn selected_in(window: &Driven, table: &str) -> String {
    let table = window.get_by_role_and_label(egui::accesskit::Role::Table, table);
    table.accesskit_node().value().unwrap_or_default()
}

pub fn type_text(window: &mut Driven, text: &str) {
    for character in text.chars() {
        window.event(egui::Event::Text(character.to_string()));
        window.step();
    }
    window.run();
}

pub fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

pub fn undo(window: &mut Driven) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
}

pub fn points(points: &[(f64, f64)]) -> Scale {
    Scale::Points(points.to_vec())
}

/// The scale of the first factor.
pub fn scale(window: &Driven) -> Scale {
    window.state().workspace().balance.factors[0].scale.clone()
}

/// Types a text into a field in the place of what stands there.
pub fn fill(window: &mut Driven, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    type_text(window, text);
    press(window, Key::Enter);
}

pub fn undo_label(window: &mut Driven) -> Option<String> {
    window.state_mut().session().history().undo_label().map(str::to_owned)
}
