//! Prediction: what a provider would earn with each need group, and so whom it would support.

use std::sync::Arc;

use egui::{Ui, vec2};

use super::{fix_card, nothing, prediction_table, reach_of, verdict_card};
use crate::{
    analysis::{
        Analysis,
        reach::{Forecast, Missing, OptionReach, Verdict, forecasts, missing},
    },
    model::{
        Workspace,
        wording::{capital, count, list, number, percent},
    },
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
    let (lead, rest) = sentence(desk, workspace, reach, index);
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
    prediction_table::show_at(ui, desk, workspace, reach, index, left);
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
        prediction_table::show_at(ui, desk, workspace, reach, index, place);
        fix_card::show(ui, desk, workspace, reach, index);
        verdict_card::prices_card(ui, desk, workspace, reach, index);
    });
}

/// What the prediction comes to: a clause that stands out and a sentence after it.
fn sentence(
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
) -> (String, String) {
    let name = &workspace.question.options[index].name;
    let parked = reach.groups.iter().filter(|group| group.parked == Some(true)).count();
    let all = workspace.question.need_groups.len();
    let park = match parked {
        0 => "In no group does it pay to park people.".to_owned(),
        n if n == all => "It pays to park people in every group.".to_owned(),
        n => {
            format!("It pays to park people in {} of {}.", number(n as f64, 0), count(all, "group", "groups"))
        }
    };
    let left_out = reach.left_out_per_year.as_ref().ok().map(|&n| people(n));
    if let (Some(supported), false) = (few_supported(reach), reach.verdict == Verdict::CannotBeJudged) {
        let left_out = match reach.left_out_per_year {
            Ok(n) if n < 0.5 => "; nobody is left out against an equal share".to_owned(),
            Ok(n) => format!("; {} against an equal share", left_out_are(n)),
            Err(_) => String::new(),
        };
        return (format!("{name}: {supported} would be supported{left_out}."), park);
    }
    match (reach.verdict, left_out) {
        (Verdict::CannotBeJudged, _) => {
            (format!("{name} cannot be judged yet."), what_is_missing(desk, workspace, index))
        }
        (Verdict::Low, _) => (format!("{name} would support every group about alike."), park),
        (Verdict::Moderate, Some(n)) => (format!("{name} would leave some groups behind: {n} a year."), park),
        (Verdict::Moderate, None) => (format!("{name} would leave some groups behind."), park),
        (Verdict::High, Some(n)) => (format!("{name} would leave out {n} a year."), park),
        (Verdict::High, None) => (format!("{name} would leave people out."), park),
    }
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
    let missing = missing_of(desk, workspace, index);
    let figures: usize = missing.groups.iter().map(|(_, lacks)| lacks.len()).sum();
    let names: Vec<&str> =
        missing.groups.iter().map(|(group, _)| workspace.question.need_groups[*group].short_name()).collect();
    let are = if figures == 1 { "is" } else { "are" };
    match (names.len(), missing.refusal) {
        (0, true) => "Nobody has said whether the provider may refuse people.".to_owned(),
        (0, false) => "Prices or terms are missing.".to_owned(),
        (n, _) if n > 3 => {
            format!(
                "{} of {} {are} missing.",
                capital(&count(figures, "figure", "figures")),
                count(n, "group", "groups")
            )
        }
        _ => format!("{} of {} {are} missing.", capital(&count(figures, "figure", "figures")), list(&names)),
    }
}

/// The share of all people who would be supported, where that is fewer than half: it is said before who is left out, which is
/// measured against that share and so is small where hardly anybody is supported.
pub(super) fn few_supported(reach: &OptionReach) -> Option<String> {
    let share = reach.share_supported.ok().filter(|share| *share < 0.5)?;
    let rounds_to_none = share > 0.0 && share < 0.005;
    Some(if rounds_to_none { format!("under {}", percent(0.01)) } else { percent(share) })
}

fn left_out_are(number_of: f64) -> String {
    let are = if number_of.round() == 1.0 { "is" } else { "are" };
    format!("{} a year {are} left out", people(number_of))
}

fn people(number_of: f64) -> String {
    let whole = number_of.round().max(0.0) as usize;
    count(whole, "person", "people")
}
