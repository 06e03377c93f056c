//! One of several, from a list that opens.

use egui::{ComboBox, Role, Ui, WidgetInfo, vec2};

use crate::ui::theme::{Type, size};

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
