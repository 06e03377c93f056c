//! The Decision room: what do we do, why, who dissents, when do we look again?

mod figures;
mod record;
mod tripwires;

use egui::{Frame, Margin, Ui, vec2};

use super::head;
use crate::{
    analysis::{Analysis, reach::Verdict},
    model::{Room, Workspace, wording::count},
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, size, space},
        widgets::{Paragraph, link, scrolled_page},
    },
};

/// The pages of the room.
pub const PAGES: &[&str] = &["Record"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct DecisionView {}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    head(ui, Room::Decision, desk, |_, _| ());
    ui.add_space(space::XS);
    scrolled_page(ui, "record page", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::M);
        to_settle(ui, desk, &workspace, &analysis);
        let width = ui.available_width();
        if width < 860.0 {
            record::show(ui, desk, &workspace, &analysis);
            figures::show(ui, desk, &workspace, &analysis);
            return;
        }
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.horizontal_top(|ui| {
            let wide = (width - space::L) * 0.62;
            ui.allocate_ui_with_layout(vec2(wide, 0.0), down, |ui| {
                record::show(ui, desk, &workspace, &analysis)
            });
            let rest = ui.available_width();
            ui.allocate_ui_with_layout(vec2(rest, 0.0), down, |ui| {
                figures::show(ui, desk, &workspace, &analysis)
            });
        });
    });
}

/// What should be settled before anybody signs, each with the page that settles it. It warns and never stops.
fn open_points(workspace: &Workspace, analysis: &Analysis) -> Vec<(String, Room, &'static str)> {
    let mut open = Vec::new();
    let missing = analysis.voices.said().coverage.iter().filter(|coverage| coverage.missing).count();
    if missing > 0 {
        let have = if missing == 1 { "has" } else { "have" };
        let words = format!("{} {have} no voice", count(missing, "need group", "need groups"));
        open.push((words, Room::Voices, "Overview"));
    }
    let unanswered = workspace.voices.unanswered().count();
    if unanswered > 0 && workspace.decision.why_unanswered.trim().is_empty() {
        let have = if unanswered == 1 { "has" } else { "have" };
        let words = format!("{} {have} no answer", count(unanswered, "statement", "statements"));
        open.push((words, Room::Voices, "Statements"));
    }
    let decision = &workspace.decision;
    let chosen = decision.recommendation.as_ref();
    let place = chosen.and_then(|id| workspace.question.options.iter().position(|option| option.id == *id));
    if let Some(place) = place {
        let reach = analysis.reach.options.get(place).and_then(Option::as_ref);
        if reach.is_some_and(|reach| reach.verdict == Verdict::High) {
            let words = "what is recommended would leave people out".to_owned();
            open.push((words, Room::Reach, "Prediction"));
        }
        if analysis.balance.leader().is_some_and(|leader| leader != place)
            && decision.why_not_the_leader.is_empty()
        {
            let words = "it is not said why the leader is not recommended".to_owned();
            open.push((words, Room::Decision, "Record"));
        }
    }
    open
}

fn to_settle(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let open = open_points(workspace, analysis);
    if open.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    Frame::new()
        .fill(tokens.crimson_tint)
        .corner_radius(rounded(size::RADIUS_CARD))
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(
                    egui::RichText::new(icons::FLAG.0).font(Icon::filled_font(17.0)).color(tokens.crimson),
                );
                let lead = match open.len() {
                    1 => "One thing to settle before signing:".to_owned(),
                    n => format!("{n} things to settle before signing:"),
                };
                let words: Vec<&str> = open.iter().map(|(words, ..)| words.as_str()).collect();
                let rest = ui.available_width() - 130.0;
                ui.allocate_ui_with_layout(
                    vec2(rest, 21.0),
                    egui::Layout::top_down(egui::Align::Min),
                    |ui| {
                        Paragraph::new()
                            .run(&lead, Type::Strong, tokens.ink)
                            .run(
                                &format!(" {}.", crate::model::wording::list(&words)),
                                Type::Body,
                                tokens.ink,
                            )
                            .show(ui);
                    },
                );
                let (_, room, page) = open[0];
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if room != Room::Decision
                        && link(ui, &format!("Go to {}", room.name()), Type::Body, tokens.ink).clicked()
                    {
                        desk.go(room, page);
                    }
                });
            });
        });
}
