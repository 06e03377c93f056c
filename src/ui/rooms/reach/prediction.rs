//! Prediction: what a provider would earn with each need group, and so whom it would support.

use std::sync::Arc;

use egui::{Ui, vec2};

use super::{fix_card, nothing, prediction_table, reach_of, verdict_card};
use crate::ui::drawing::Part;
use crate::{
    analysis::{
        Analysis,
        reach::{Forecast, Missing, OptionReach, forecasts, missing, words},
    },
    model::Workspace,
    ui::{
        desk::Desk,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Paragraph, scrolled_page},
    },
};

/// The least height that the table is given when everything is stacked.
const STACKED_ROW: f32 = 92.0;

/// Shows the page for the option at this index.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    let option = &workspace.question.options[index];
    let Some(reach) = reach_of(analysis, index) else {
        not_said(ui, desk, &option.name);
        return;
    };
    ui.add_space(space::XS);
    let missing = missing_of(desk, workspace, index);
    let (lead, rest) = words::prediction(workspace, reach, &missing, index);
    let tokens = Tokens::of(ui);
    Paragraph::new()
        .run(&lead, Type::Heading, tokens.ink)
        .run(&format!(" {rest}"), Type::Sentence, tokens.ink2)
        .show(ui);
    ui.add_space(space::XS);
    if ui.ctx().content_rect().width() < size::NARROW_WINDOW {
        stacked(ui, desk, workspace, reach, index);
    } else {
        side_by_side(ui, desk, workspace, reach, index);
    }
}

/// What is said of an option that nobody has said how it would pay, and where to say it.
pub(super) fn not_said(ui: &mut Ui, desk: &mut Desk<'_>, name: &str) {
    nothing(ui, &format!("Nobody has said how {name} would pay. Fill in its payment design."));
    ui.add_space(space::S);
    if Button::new("Payment design").primary().show(ui).clicked() {
        desk.go(crate::model::Room::Reach, "Payment design");
    }
}

fn side_by_side(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, reach: &OptionReach, index: usize) {
    let page = ui.available_rect_before_wrap();
    let right = (page.width() * 0.296).clamp(290.0, 400.0);
    let left = egui::Rect::from_min_max(page.min, egui::pos2(page.right() - right - space::L, page.bottom()));
    let right = egui::Rect::from_min_max(egui::pos2(page.right() - right, page.top()), page.max);
    table(ui, desk, workspace, reach, index, left);
    verdict_card::show_at(ui, desk, workspace, reach, index, right);
    ui.advance_cursor_after_rect(page);
}

fn stacked(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, reach: &OptionReach, index: usize) {
    scrolled_page(ui, "prediction page", |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        verdict_card::verdict_card(ui, desk, workspace, reach, index);
        let rows = workspace.question.need_groups.len() as f32;
        let wanted = vec2(ui.available_width(), 56.0 + 46.0 + rows * STACKED_ROW);
        let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::hover());
        table(ui, desk, workspace, reach, index, place);
        fix_card::show(ui, desk, workspace, reach, index);
        verdict_card::prices_card(ui, desk, workspace, reach, index);
    });
}

fn table(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
    place: egui::Rect,
) {
    Part::chart("Who is supported and who is left out").at(place).show(ui, |ui| {
        prediction_table::show_at(ui, desk, workspace, reach, index, place);
    });
}

/// The figures that are missing to judge an option.
pub(super) fn missing_of(desk: &mut Desk<'_>, workspace: &Workspace, index: usize) -> Arc<Missing> {
    desk.view.reach.worked_out.missing.get(index, || missing(workspace, index))
}

/// How the forecasts of an option stand, group by group.
pub(super) fn forecasts_of(
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
) -> Arc<Vec<Forecast>> {
    desk.view.reach.worked_out.forecasts.get(index, || forecasts(workspace, index, reach).0)
}

/// How many figures of which groups are missing.
pub(super) fn what_is_missing(desk: &mut Desk<'_>, workspace: &Workspace, index: usize) -> String {
    words::what_is_missing(workspace, &missing_of(desk, workspace, index))
}
