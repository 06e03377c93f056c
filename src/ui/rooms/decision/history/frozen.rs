//! Copies that were kept of an earlier state, each to be compared with today.

use egui::Ui;
use jiff::civil::DateTime;

use crate::{
    analysis::balance::compare::Moment,
    model::{Room, wording::day_and_time},
    ui::{
        command::Command,
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Button, hair_rule, link, wrapped},
    },
};

/// Shows them under a heading, the newest first.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    let workspace = desk.workspace();
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("Frozen copies", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(egui::RichText::new(icons::SNOWFLAKE.0).font(Icon::font(18.0)).color(tokens.ink2));
        });
    });
    let frozen = &workspace.decision.frozen;
    if workspace.snapshots.is_empty() && frozen.is_empty() {
        let words =
            "None yet. A snapshot keeps options, scores and weights as they stand, to compare with later.";
        wrapped(ui, words, Type::Small, tokens.ink2);
        if link(ui, Command::TakeSnapshot.text(), Type::Body, tokens.ink).clicked() {
            desk.run(Command::TakeSnapshot);
        }
    }
    for copy in frozen.iter().rev() {
        if row(ui, copy.id.as_str(), &copy.name, copy.on) {
            desk.view.decision.look_at_copy(copy.id.clone());
            desk.go(Room::Decision, "Record");
        }
    }
    for snapshot in workspace.snapshots.iter().rev() {
        if row(ui, snapshot.id.as_str(), &snapshot.name, snapshot.taken) {
            let moment = Moment::Snapshot(snapshot.id.clone());
            desk.view.balance.compare.look_at(moment, Moment::Today);
            desk.go(Room::Balance, "Compare");
        }
    }
}

/// A copy with its name and day; answers whether it is to be compared with today.
fn row(ui: &mut Ui, id: &str, name: &str, on: DateTime) -> bool {
    let tokens = Tokens::of(ui);
    ui.push_id(id, |ui| {
        hair_rule(ui);
        ui.add_space(space::XS);
        let mut is_asked = false;
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 100.0).max(60.0);
            let down = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(egui::vec2(room, 40.0), down, |ui| {
                ui.set_width(room);
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add(egui::Label::new(Type::Strong.text(name, tokens.ink)).truncate());
                let when = day_and_time(on);
                ui.label(Type::Small.text(when, tokens.ink2));
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let compare = Button::new("Compare").tooltip("Compare this copy with today").show(ui);
                is_asked = compare.clicked();
            });
        });
        ui.add_space(space::XS);
        is_asked
    })
    .inner
}
