//! Nothing has been counted yet: the funnel for the planned equal share, and where a caseload comes in.

use egui::Ui;

use super::{funnel, lead};
use crate::ui::drawing::Part;
use crate::{
    analysis::Analysis,
    model::{Workspace, wording::percent},
    ui::{
        command::Command,
        desk::{Ask, Desk},
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, Card, link, scrolled_page, wrapped},
    },
};

/// The equal share around which a funnel is drawn where nothing is planned.
const UNPLANNED: f64 = 0.5;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    lead(
        ui,
        "No caseload has been counted.",
        "After letting, it shows at which gate people are shut out, and whether that is more than chance.",
    );
    let share = planned(desk, workspace, analysis);
    scrolled_page(ui, "caseload empty", |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        Card::new().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            let words = "Paste or read a list with a row for each person, or counts by group. Rows are counted on this computer \
                         and forgotten; only counts by group, gate and provider enter the workspace.";
            wrapped(ui, words, Type::Body, tokens.ink2);
            ui.horizontal_wrapped(|ui| {
                if Button::new("Read caseload").icon(icons::TABLE).primary().show(ui).clicked() {
                    desk.asks.push(Ask::Run(Command::ReadCaseload));
                }
                if Button::new("Try the invented caseload").show(ui).clicked() {
                    desk.asks.push(Ask::Run(Command::TryCaseload));
                }
                ui.add_space(space::S);
                if link(ui, "Agree tripwires before award", Type::Body, tokens.ink2).clicked() {
                    desk.view.reach.caseload.sheet = super::Sheet::Tripwires;
                }
            });
        });
        Card::new().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.label(Type::Heading.text("What chance alone would allow", tokens.ink));
            let words = match share {
                Some(share) => format!(
                    "Each group of each office would be a point around the planned equal share of {}; the fewer people, the \
                     wider chance alone spreads them.",
                    percent(share)
                ),
                None => "No equal share is planned yet, so the funnel stands around one half. Each group of each office would \
                         be a point in it."
                    .to_owned(),
            };
            wrapped(ui, words, Type::Small, tokens.ink2);
            let height = (ui.ctx().content_rect().height() - 440.0).clamp(260.0, 520.0);
            let part = Part::chart("What chance alone would allow");
            part.show(ui, |ui| funnel::planned(ui, share.unwrap_or(UNPLANNED), height));
        });
    });
}

/// The equal share of the option that is recommended, else of the one in view.
fn planned(desk: &Desk<'_>, workspace: &Workspace, analysis: &Analysis) -> Option<f64> {
    let chosen = workspace.decision.recommendation.clone();
    let id = chosen.or_else(|| desk.view.reach.option_in_view(workspace, analysis))?;
    let at = workspace.question.options.iter().position(|option| option.id == id)?;
    let share = analysis.reach.options.get(at)?.as_ref()?.equal_share.ok()?;
    (share > 0.0 && share < 1.0).then_some(share)
}
