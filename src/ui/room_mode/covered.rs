//! The covered field: it shows that something has been typed, and not how much of it.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{
    entry::Entry,
    wall::{Wall, label, sheet},
};
use crate::{
    model::{Workspace, workshop::Scene},
    ui::{
        theme::{Tokens, Type, focus_ring, hairline, rounded},
        widgets::{paint_text, paint_text_fitted},
    },
};

/// Shows the seat and the covered number, as they are typed, side by side in this place.
pub fn show(ui: &mut Ui, entry: &Entry, place: Rect) {
    let tokens = Tokens::of(ui);
    let seat = place.with_max_x(place.left() + place.width() * 0.3);
    let number = place.with_min_x(seat.right() + 10.0);
    let asks_number = entry.asked().is_some();
    field(ui, seat, ("Seat", entry.seat_typed()), !asks_number, Role::TextInput);
    // Always as many dots: two would tell of a number under 100.
    let dots = if entry.holds_number() { "\u{2022}\u{2022}\u{2022}" } else { "" };
    field(ui, number, ("Number, covered", dots), asks_number, Role::PasswordInput);
    let _ = tokens;
}

fn field(ui: &mut Ui, place: Rect, (caption, words): (&str, &str), is_asked: bool, role: Role) {
    let tokens = Tokens::of(ui);
    let at = pos2(place.left(), place.top() + 9.0);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, caption, Type::Small, tokens.ink2);
    let box_ = place.with_min_y(place.top() + 21.0);
    let edge = if is_asked { focus_ring(tokens) } else { hairline(tokens.edge) };
    ui.painter().rect(box_, rounded(8.0), tokens.card, edge, StrokeKind::Inside);
    let at = pos2(box_.left() + 12.0, box_.center().y);
    let written = paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::NumberStrong, tokens.ink);
    if is_asked {
        let x = written.right() + 3.0;
        ui.painter().vline(x, box_.center().y - 9.0..=box_.center().y + 9.0, Stroke::new(1.5, tokens.ink));
    }
    let response = ui.interact(place, ui.scope_id().with(("covered", caption)), Sense::hover());
    response.widget_info(|| {
        let name = if role == Role::PasswordInput {
            if words.is_empty() {
                "Number, covered, empty".to_owned()
            } else {
                "Number, covered, filled".to_owned()
            }
        } else {
            format!("Seat {words}")
        };
        WidgetInfo::labeled(role, true, name)
    });
}

/// What is asked of whom: "Seat 7: Survival of local providers".
#[must_use]
pub fn asking(entry: &Entry, workspace: &Workspace, scene: &Scene) -> String {
    let factor = entry.factor(workspace, scene).and_then(|id| Some(workspace.factor(&id)?.name.clone()));
    match (entry.asked(), factor) {
        (None, _) => "Which seat is answering?".to_owned(),
        (Some(seat), Some(factor)) if *scene == Scene::Card => {
            let of = workspace.asked_in(workspace.round_in_room()).len();
            format!("Seat {}, {} of {of}: {factor}", seat + 1, entry.place())
        }
        (Some(seat), Some(factor)) => format!("Seat {}: {factor}", seat + 1),
        (Some(seat), None) => format!("Seat {}", seat + 1),
    }
}

/// The entry on the wall, where the wall is the only window.
pub fn show_on_wall(ui: &mut Ui, wall: &Wall, entry: &Entry, inside: Rect) {
    let tokens = Tokens::of(ui);
    let size = vec2(560.0, 190.0);
    let card = Rect::from_center_size(pos2(inside.center().x, inside.center().y + 6.0), size);
    sheet(ui, card, true);
    let room = card.shrink2(vec2(24.0, 16.0));
    let words = asking(entry, &wall.workspace, &wall.scene);
    let at = pos2(room.left(), room.top() + 12.0);
    label(ui, at, Align2::LEFT_CENTER, &words, Type::Heading, tokens.ink, (room.width(), 1));
    let fields = Rect::from_min_size(room.min + vec2(0.0, 32.0), vec2(room.width(), 62.0));
    show(ui, entry, fields);
    let hint = "Enter goes on; nothing and Enter is no answer; Esc closes this.";
    let said = if entry.said().is_empty() { hint } else { entry.said() };
    let at = pos2(room.left(), fields.bottom() + 12.0);
    let fit = (room.width(), 2);
    let place = paint_text_fitted(ui.painter(), at, Align2::LEFT_TOP, said, Type::Body, tokens.ink2, fit);
    super::wall::spoken(ui, place, said);
}
