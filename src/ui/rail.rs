//! The seven rooms at the left edge, each with how far it has come.

use egui::{Align2, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

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

/// Shows the rail, as icons alone in small windows.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, small: bool) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    for room in Room::ALL {
        let (mark, reason) = status(room, &workspace, &analysis);
        let on = desk.view.screen == Screen::Room(room);
        if row(ui, Command::Go(room), small, on, Some((mark, &reason))) {
            desk.turn_to(Screen::Room(room));
        }
    }
    let below = ui.available_height() - 2.0 * size::RAIL_ROW - 2.0;
    ui.add_space(below.max(8.0));
    if row(ui, Command::Learning, small, desk.view.screen == Screen::Learning, None) {
        desk.turn_to(Screen::Learning);
    }
    if row(ui, Command::Settings, small, desk.view.screen == Screen::Settings, None) {
        desk.turn_to(Screen::Settings);
    }
}

/// One row; answers whether it was chosen.
fn row(ui: &mut Ui, command: Command, small: bool, on: bool, mark: Option<(Status, &str)>) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::RAIL_ROW), Sense::click());
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
