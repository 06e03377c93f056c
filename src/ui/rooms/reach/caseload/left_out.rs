//! Who was left out, caseload by caseload.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Seen, words};
use crate::{
    analysis::{explain::Question, reach::caseload::assessment::InFunnel},
    model::wording::{list, thousands},
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Button, Card, button::paint_focus, hair_rule, paint_text, paint_text_fitted, wrapped},
    },
};

/// The caseloads that are listed before the list scrolls.
const LISTED: usize = 8;

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let tokens = Tokens::of(ui);
    let Ok(funnel) = &seen.check.served else { return };
    let short = funnel.falling_short();
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal_top(|ui| {
            let all = words::left_out_in_all(seen);
            let ink = if all > 0 { tokens.crimson } else { tokens.ink };
            ui.label(Type::Big.text(thousands(all), ink));
            ui.add_space(space::S);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(Type::Body.text("people left out", tokens.ink));
                let words = format!(
                    "in {} of {} caseloads",
                    thousands(short.len() as u64),
                    thousands(funnel.points.len() as u64)
                );
                ui.label(Type::Body.text(words, tokens.ink2));
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                if Button::new("Why?").icon(icons::QUESTION).quiet().show(ui).clicked() {
                    desk.explain(Question::FallingShort);
                }
            });
        });
        hair_rule(ui);
        let lines = short.len().min(LISTED) as f32;
        egui::ScrollArea::vertical().id_salt("left out").max_height(lines * 34.0 + 2.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for point in &short {
                line(ui, desk, seen, point);
            }
        });
        wrapped(ui, note(seen), Type::Small, tokens.ink2);
    });
}

fn line(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    seen: &Seen<'_>,
    point: &crate::analysis::reach::caseload::funnel::Point,
) {
    let tokens = Tokens::of(ui);
    let name = format!("{}: {}", seen.provider(point.provider), seen.short(point.group));
    let figure = thousands(words::left_out(point.fewer));
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {figure} left out")));
    let painter = ui.painter();
    let y = place.center().y;
    let icon = pos2(place.left() + 9.0, y);
    painter.text(icon, Align2::CENTER_CENTER, icons::USER_MINUS.0, Icon::filled_font(18.0), tokens.crimson);
    let fit = (place.width() - 90.0, 1);
    let at = pos2(place.left() + 28.0, y);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, &name, Type::Body, tokens.ink, fit);
    let at = pos2(place.right(), y);
    paint_text(painter, at, Align2::RIGHT_CENTER, &figure, Type::NumberStrong, tokens.crimson);
    paint_focus(ui, &response, place, 4.0);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
        && let Ok(funnel) = &seen.check.served
    {
        desk.explain(Question::Passing { gate: funnel.to, group: point.group });
    }
}

fn note(seen: &Seen<'_>) -> String {
    let Ok(funnel) = &seen.check.served else { return String::new() };
    let above: Vec<String> = funnel
        .points
        .iter()
        .filter(|p| matches!(p.place, Some(InFunnel::Above95 | InFunnel::Above998)))
        .map(|p| format!("{}: {}", seen.provider(p.provider), seen.short(p.group)))
        .collect();
    let named: Vec<&str> = above.iter().take(3).map(String::as_str).collect();
    let more = above.len().saturating_sub(named.len());
    let hides = !seen.small.cells.served.iter().flatten().all(|told| *told);
    let hidden = if hides { "; those that are hidden are not counted here" } else { "" };
    let also = match (named.as_slice(), more) {
        ([], _) => String::new(),
        (named, 0) => format!(" Above the upper line: {}.", list(named)),
        (named, more) => format!(" Above the upper line: {} and {more} more.", named.join(", ")),
    };
    format!(
        "Below the 95 in 100 line, where chance alone puts about 1 in 40 or fewer. A caseload of fewer than ten is drawn and never judged{hidden}.{also}"
    )
}
