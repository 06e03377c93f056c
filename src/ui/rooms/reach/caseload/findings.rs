//! What differs by more than chance, in words, what weighs most first.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use super::{Seen, Sheet, words};
use crate::{
    analysis::{explain::Question, reach::caseload::findings::Finding},
    model::wording::{count, number, percent},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, hairline, space},
        widgets::{Card, Paragraph, button::paint_focus, link, wrapped},
    },
};

/// The findings that are said at the head of the page.
const SAID: usize = 3;

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let tokens = Tokens::of(ui);
    let found = &seen.check.findings;
    Card::new().padding(0, 0).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        if found.is_empty() {
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                ui.add_space(18.0);
                let words = if seen.counted.groups.len() < 2 {
                    "There is only one group, and nobody to compare it with."
                } else {
                    "No gate lets any group through more or less often than everyone else by more than chance: every \
                             difference here could be luck."
                };
                let is_hidden = |gate| (0..seen.counted.groups.len()).any(|g| !seen.small.tells_rate(g, gate));
                let hidden = (0..seen.counted.gates.len()).any(is_hidden);
                let words =
                    format!("{words}{}", if hidden { " Groups with hidden counts are not tested." } else { "" });
                wrapped(ui, words, Type::Body, tokens.ink2);
            });
            ui.add_space(space::M);
            return;
        }
        let said = found.iter().take(SAID).collect::<Vec<_>>();
        if ui.available_width() < 760.0 {
            for finding in said {
                one(ui, desk, seen, finding, ui.available_width());
            }
        } else {
            across(ui, desk, seen, &said);
        }
    });
}

fn across(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, said: &[&Finding]) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width() / said.len() as f32;
    let row = ui
        .horizontal_top(|ui| {
            for finding in said {
                one(ui, desk, seen, finding, width);
            }
        })
        .response
        .rect;
    for at in 1..said.len() {
        ui.painter().vline(row.left() + width * at as f32, row.y_range(), hairline(tokens.hair));
    }
}

/// One finding; a click asks why.
fn one(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, finding: &Finding, width: f32) {
    let tokens = Tokens::of(ui);
    let shut_out = finding.fewer > 0.0;
    let ink = if shut_out { tokens.crimson } else { tokens.ink };
    let across = egui::Layout::left_to_right(egui::Align::Min);
    let start = ui.cursor().min;
    let shown = ui.allocate_ui_with_layout(vec2(width, 0.0), across, |ui| {
        ui.set_width(width);
        ui.add_space(18.0);
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(92.0, 0.0), down, |ui| {
            ui.set_width(92.0);
            ui.add_space(14.0);
            ui.label(Type::Big.text(number(finding.fewer.abs(), 0), ink));
            let side = if shut_out { "fewer" } else { "more" };
            let words = format!("{side} {}", words::passed(seen.gate(finding.gate)));
            ui.label(Type::Small.text(words, tokens.ink2));
        });
        ui.allocate_ui_with_layout(vec2(width - 18.0 - 92.0 - 16.0, 0.0), down, |ui| {
            ui.add_space(14.0);
            told(seen, finding, ink, tokens).show(ui);
            ui.add_space(14.0);
        });
    });
    let place = egui::Rect::from_min_max(start, shown.response.rect.max).shrink(2.0);
    let id = ui.scope_id().with(("finding", finding.gate, finding.group));
    let response = ui.interact(place, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::sentence(seen, finding)));
    paint_focus(ui, &response, place, 8.0);
    if response.clicked() {
        desk.explain(Question::Passing { gate: finding.gate, group: finding.group });
    }
}

fn told(seen: &Seen<'_>, finding: &Finding, ink: egui::Color32, tokens: &Tokens) -> Paragraph {
    let name = &seen.counted.groups[finding.group].name;
    Paragraph::new()
        .run(&format!("{} ", words::who_does(seen, finding)), Type::Body, tokens.ink)
        .run(&unbroken(finding.rate), Type::Strong, ink)
        .run(&format!(" of {}, and ", crate::model::wording::lower_first(name)), Type::Body, tokens.ink)
        .run(&unbroken(finding.others), Type::Strong, tokens.ink)
        .run(" of everyone else. ", Type::Body, tokens.ink)
        .run(&words::chance(finding), Type::Small, tokens.ink2)
}

/// A share whose sign is not parted from it at the end of a line.
fn unbroken(share: f64) -> String {
    percent(share).replace(' ', "\u{a0}")
}

/// Leads to the findings that are not said at the head of the page.
pub fn more(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let tokens = Tokens::of(ui);
    let rest = seen.check.findings.len().saturating_sub(SAID);
    if rest == 0 {
        return;
    }
    let words = format!("{} beyond chance", count(rest, "more difference", "more differences"));
    if link(ui, &words, Type::Small, tokens.ink2).clicked() {
        desk.view.reach.caseload.sheet = Sheet::MoreTests;
    }
}
