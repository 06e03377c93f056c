//! The seven rooms at the left edge, each with how far it has come.

use egui::{Align2, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{
    command::Command,
    desk::Desk,
    icons::Icon,
    status::status,
    theme::{Tokens, Type, hairline, rounded, size},
    view::Screen,
    widgets::{
        button::paint_focus,
        marks::{Status, paint_status},
        paint_text,
    },
};
use crate::model::Room;

/// The space between two rows, and the least there is between the rooms and what stands below them.
const GAP: f32 = 2.0;
const APART: f32 = 8.0;
/// The least height of a row: what can still be pressed. Lower windows scroll.
const LEAST_ROW: f32 = 28.0;

/// Shows the rail, as icons alone in small windows. In a low window the rows stand closer, so that the last keeps its
/// distance from the standing line.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, small: bool) {
    let rows = Room::ALL.len() as f32 + 2.0;
    let height = ((ui.available_height() - APART) / rows - GAP).clamp(LEAST_ROW, size::RAIL_ROW);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GAP;
        rows_of(ui, desk, small, height);
    });
}

fn rows_of(ui: &mut Ui, desk: &mut Desk<'_>, small: bool, height: f32) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    for room in Room::ALL {
        let (mark, reason) = status(room, &workspace, &analysis);
        let on = desk.view.screen == Screen::Room(room);
        if row(ui, Command::Go(room), (small, height), on, Some((mark, &reason))) {
            desk.turn_to(Screen::Room(room));
        }
    }
    let below = ui.available_height() - 2.0 * height - 2.0 * GAP;
    ui.add_space(below.max(APART));
    if row(ui, Command::Learning, (small, height), desk.view.screen == Screen::Learning, None) {
        desk.turn_to(Screen::Learning);
    }
    if row(ui, Command::Settings, (small, height), desk.view.screen == Screen::Settings, None) {
        desk.turn_to(Screen::Settings);
    }
}

/// One row; answers whether it was chosen.
fn row(
    ui: &mut Ui,
    command: Command,
    (small, height): (bool, f32),
    on: bool,
    mark: Option<(Status, &str)>,
) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let name = match mark {
        Some((status, reason)) => format!("{}: {}. {reason}", command.text(), status.words()),
        None => command.text().to_owned(),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, &name));
    if on {
        ui.painter().rect(
            rect,
            rounded(size::RADIUS),
            tokens.card,
            hairline(tokens.hair),
            StrokeKind::Inside,
        );
    } else if response.hovered() {
        ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
    }
    let ink = if on { tokens.ink } else { tokens.ink2 };
    let icon_x = if small { rect.center().x } else { rect.left() + 20.0 };
    let at = pos2(icon_x, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, command.icon().0, Icon::font(20.0), ink);
    if !small {
        let role = if on { Type::Strong } else { Type::Body };
        let at = pos2(rect.left() + 40.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, command.text(), role, ink);
    }
    if let Some((status, _)) = mark {
        let (at, width) = mark_place(rect, small);
        paint_status(ui.painter(), tokens, status, at, width);
    }
    paint_focus(ui, &response, rect, size::RADIUS);
    let keys = command.keys();
    let hint = match (mark, small) {
        (Some((_, reason)), true) => format!("{}. {reason}", command.text()),
        (Some((_, reason)), false) => reason.to_owned(),
        (None, _) => command.tooltip().to_owned(),
    };
    let hint = if keys.is_empty() { hint } else { format!("{hint}\n{keys}") };
    response.on_hover_text(hint).clicked()
}

fn mark_place(row: Rect, small: bool) -> (egui::Pos2, f32) {
    if small {
        (pos2(row.right() - 5.0, row.top() + 9.0), 12.0)
    } else {
        (pos2(row.right() - 17.0, row.center().y), 14.0)
    }
}
