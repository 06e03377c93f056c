//! One of several, from a list that opens; and on or off.

use egui::{ComboBox, CursorIcon, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::button::paint_focus;
use crate::ui::theme::{Tokens, Type, rounded, size};

/// Shows what holds, exactly this wide, and a list to choose another; answers with what was chosen instead.
pub fn choose<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    standing: &T,
    choices: impl IntoIterator<Item = (T, String)>,
) -> Option<T> {
    let choices: Vec<(T, String)> = choices.into_iter().collect();
    let shown = choices
        .iter()
        .find(|(value, _)| value == standing)
        .map(|(_, words)| words.clone())
        .unwrap_or_default();
    let mut chosen = standing.clone();
    let across = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), across, |ui| {
        // A long name must be cut rather than push what stands beside it out of its column.
        ui.set_max_width(width);
        let combo = ComboBox::from_id_salt(name).selected_text(&shown).width(width).truncate();
        let response = combo
            .show_ui(ui, |ui| {
                for (value, words) in choices {
                    ui.selectable_value(&mut chosen, value, words);
                }
            })
            .response;
        response.widget_info(|| WidgetInfo {
            current_text_value: Some(shown.clone()),
            ..WidgetInfo::labeled(Role::ComboBox, true, name)
        });
        paint_focus(ui, &response, response.rect, size::RADIUS);
        let cut = ui
            .painter()
            .layout_no_wrap(shown.clone(), Type::Body.font(), egui::Color32::PLACEHOLDER)
            .size()
            .x
            > width - 44.0;
        if cut {
            response.on_hover_text(&shown);
        }
    });
    (chosen != *standing).then_some(chosen)
}

/// Shows whether something is on; a click, Space or Enter asks for the other.
pub fn switch(ui: &mut Ui, name: &str, on: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(34.0, size::CONTROL), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, on, name));
    let track = egui::Rect::from_center_size(place.center(), vec2(33.0, 19.0));
    let (fill, edge, knob) = if on {
        (tokens.primary, tokens.primary, tokens.on_primary)
    } else {
        (tokens.card, tokens.edge, tokens.edge)
    };
    ui.painter().rect(track, rounded(9.5), fill, Stroke::new(1.4, edge), StrokeKind::Inside);
    let x = if on { track.right() - 9.5 } else { track.left() + 9.5 };
    ui.painter().circle_filled(pos2(x, track.center().y), 6.0, knob);
    paint_focus(ui, &response, track.expand(2.0), 11.0);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
