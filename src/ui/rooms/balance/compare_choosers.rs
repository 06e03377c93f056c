//! The two moments that are compared, each with a menu of snapshots and what can be done with them.

use egui::{
    Align2, CursorIcon, Popup, Response, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::{
    analysis::balance::compare::Moment,
    model::{Workspace, snapshot::Snapshot, wording::day_and_time},
    ui::{
        command::Command,
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        top_bar,
        widgets::{Button, button::paint_focus, hair_rule, paint_text_fitted},
    },
};

/// The longest name that is shown whole, in points.
const LONGEST: f32 = 190.0;
const MENU: f32 = 280.0;

/// Shows both choosers, drawn from the right.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    let (before, after) = desk.view.balance.compare.moments(&workspace);
    let Some(before) = before else { return };
    ui.spacing_mut().item_spacing.x = space::S + 2.0;
    if let Some(chosen) = chooser(ui, desk, &workspace, "With", &after) {
        desk.view.balance.compare.look_at(before.clone(), chosen);
    }
    ui.label(Type::Body.text("with", Tokens::of(ui).ink3));
    if let Some(chosen) = chooser(ui, desk, &workspace, "Compare", &before) {
        desk.view.balance.compare.look_at(chosen, after);
    }
}

/// A button with the moment in view, and its menu; answers with a moment that was chosen instead.
fn chooser(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    what: &str,
    standing: &Moment,
) -> Option<Moment> {
    let response = button(ui, what, standing.name(workspace));
    let mut chosen = None;
    Popup::menu(&response).width(MENU).show(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for snapshot in workspace.snapshots.iter().rev() {
                let moment = Moment::Snapshot(snapshot.id.clone());
                if entry(ui, &snapshot.name, &when(snapshot), *standing == moment) {
                    chosen = Some(moment);
                }
            }
            for copy in workspace.decision.frozen.iter().rev() {
                let moment = Moment::Frozen(copy.id.clone());
                let when = format!("Frozen {}", day_and_time(copy.on));
                if entry(ui, &copy.name, &when, *standing == moment) {
                    chosen = Some(moment);
                }
            }
            if entry(ui, "Today", "The workspace as it stands", *standing == Moment::Today) {
                chosen = Some(Moment::Today);
            }
        });
        hair_rule(ui);
        let state = top_bar::state(desk);
        for command in [Command::TakeSnapshot, Command::RenameSnapshot, Command::DeleteSnapshot] {
            let keys = command.keys();
            let button = Button::new(command.text())
                .icon(command.icon())
                .quiet()
                .keys(&keys)
                .width(MENU - 12.0)
                .tooltip(command.tooltip())
                .enabled(command.is_enabled(state));
            if button.show(ui).clicked() {
                // Rename and delete act on the first snapshot in view: let it be the one of this menu.
                if let Moment::Snapshot(_) = standing {
                    let other = desk.view.balance.compare.moments(workspace).1;
                    let other = if other == *standing { Moment::Today } else { other };
                    if command != Command::TakeSnapshot && what == "With" {
                        desk.view.balance.compare.look_at(standing.clone(), other);
                    }
                }
                desk.run(command);
                ui.close();
            }
        }
    });
    if chosen.is_some() {
        Popup::close_id(ui.ctx(), Popup::default_response_id(&response));
    }
    chosen
}

fn entry(ui: &mut Ui, words: &str, tooltip: &str, on: bool) -> bool {
    Button::new(words).quiet().selected(on).width(MENU - 12.0).tooltip(tooltip).show(ui).clicked()
}

/// When a snapshot was taken, and its note.
fn when(snapshot: &Snapshot) -> String {
    let taken = day_and_time(snapshot.taken);
    if snapshot.note.is_empty() {
        format!("Taken {taken}")
    } else {
        format!("Taken {taken}. {}", snapshot.note)
    }
}

fn button(ui: &mut Ui, what: &str, name: &str) -> Response {
    let tokens = Tokens::of(ui);
    let words = ui.painter().layout_no_wrap(name.to_owned(), Type::Body.font(), tokens.ink).size().x;
    let words = words.min(LONGEST);
    let (rect, response) = ui.allocate_exact_size(vec2(words + 68.0, size::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{what}, {name}")));
    let fill = if response.hovered() { tokens.select } else { tokens.card };
    ui.painter().rect(rect, rounded(size::RADIUS), fill, hairline(tokens.line), StrokeKind::Inside);
    let icon = |x: f32, icon: Icon, points: f32| {
        let at = pos2(x, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::font(points), tokens.ink3);
    };
    icon(rect.left() + 20.0, icons::CLOCK_COUNTER_CLOCKWISE, 16.0);
    icon(rect.right() - 18.0, icons::CARET_DOWN, 14.0);
    let at = pos2(rect.left() + 36.0, rect.center().y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, (words + 1.0, 1));
    paint_focus(ui, &response, rect, size::RADIUS);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
