//! What is rationed, as the question says it.

use egui::{Role, Ui, WidgetInfo};

use crate::{
    model::{Room, Workspace},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::link,
    },
};

/// Shows the trade-offs of the question, which are changed there.
pub fn trade_offs(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    for trade_off in &workspace.question.trade_offs {
        super::line::row(ui, |ui| {
            ui.vertical(|ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(space::XS, 2.0);
                    let between = trade_off.between.trim().trim_end_matches(':');
                    let words = if between.is_empty() {
                        trade_off.text.clone()
                    } else {
                        format!("{between}: {}", trade_off.text)
                    };
                    let response = ui.add(egui::Label::new(Type::Body.text(&words, tokens.ink)).wrap());
                    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
                    if link(ui, "Question", Type::Small, tokens.ink2).clicked() {
                        desk.go(Room::Question, "Overview");
                    }
                });
            });
        });
    }
}
