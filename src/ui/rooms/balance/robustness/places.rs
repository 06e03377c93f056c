//! How often each option takes each place: a bar an option, the first place in its colour.

use egui::{Align2, Color32, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{Acts, EDGE, card, scene::Scene};
use crate::{
    analysis::explain::Question,
    model::wording::{chance, number, short_chance},
    ui::{
        theme::{Tokens, Type, hairline, rounded},
        widgets::{
            button::paint_focus, hair_rule, long_list, paint_badge, paint_text, paint_text_fitted,
            told_on_hover,
        },
    },
};

const ROW: f32 = 43.0;
/// Rows that stand on the card without scrolling, at the most.
const MOST_ROWS: usize = 8;
const HEAD: f32 = 44.0;
/// Places that have a shade of their own; those behind share the last.
const SHADES: usize = 5;

/// The line of the legend where it has no room beside the heading.
const LEGEND: f32 = 24.0;

/// How tall the card is by itself in this width.
pub(super) fn height(scene: &Scene<'_>, width: f32) -> f32 {
    head(scene, width - 2.0 * EDGE) + ROW * scene.order.len().clamp(2, MOST_ROWS) as f32 + 9.0
}

/// How tall the card is with every option on it.
pub(super) fn paper_height(scene: &Scene<'_>, width: f32) -> f32 {
    head(scene, width - 2.0 * EDGE) + ROW * scene.order.len() as f32 + 9.0
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, place: Rect, acts: &mut Acts) {
    let (mut inner, below) = card(ui, place, "How often each option takes each place");
    let ui = &mut inner;
    legend(ui, scene, below);
    let rows = below.with_min_y(place.top() + head(scene, below.width())).with_max_y(place.bottom() - 6.0);
    let mut body = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("places"));
    ScrollArea::vertical().id_salt("places").auto_shrink(false).show(&mut body, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        long_list(ui, "places", (scene.order.len(), None), ROW, |ui, at| {
            row(ui, scene, scene.order[at], acts)
        });
    });
}

fn shade(tokens: &Tokens, own: Color32, place: usize) -> Color32 {
    match place {
        0 => own,
        1 => tokens.edge,
        2 => tokens.line,
        3 => tokens.hair,
        _ => tokens.sunken,
    }
}

const LEGEND_STEP: f32 = 50.0;

/// Whether the legend has room beside the heading.
fn is_beside(scene: &Scene<'_>, inside: f32) -> bool {
    inside >= 360.0 + LEGEND_STEP * scene.order.len().min(SHADES) as f32
}

fn head(scene: &Scene<'_>, inside: f32) -> f32 {
    HEAD + if is_beside(scene, inside) { 0.0 } else { LEGEND }
}

/// Which shade stands for which place, at the right of the heading or, where there is no room, under it.
fn legend(ui: &Ui, scene: &Scene<'_>, below: Rect) {
    let tokens = Tokens::of(ui);
    let own = scene.order.first().map_or(tokens.ink2, |&o| tokens.option(scene.badge(o)).fill);
    let shown = scene.order.len().min(SHADES);
    let mut left = below.left() + 2.0;
    let mut y = below.top() + LEGEND / 2.0;
    if is_beside(scene, below.width()) {
        left = below.right() - LEGEND_STEP * shown as f32 + 2.0;
        y = below.top() - Type::Heading.line() / 2.0;
    }
    for place in 0..shown {
        let more = place + 1 == SHADES && scene.order.len() > SHADES;
        let words = format!("{}{}", ordinal(place + 1), if more { "+" } else { "" });
        let swatch = Rect::from_center_size(pos2(left + 6.5, y), vec2(13.0, 13.0));
        let at = pos2(swatch.right() + 5.5, y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2);
        ui.painter().rect_filled(swatch, rounded(3.0), shade(tokens, own, place));
        if place >= 3 {
            ui.painter().rect_stroke(swatch, rounded(3.0), hairline(tokens.line), StrokeKind::Inside);
        }
        left += LEGEND_STEP;
    }
}

fn ordinal(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

fn row(ui: &mut Ui, scene: &Scene<'_>, option: usize, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    hair_rule(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 1.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken(scene, option)));
    if response.hovered() {
        ui.painter().rect_filled(rect, rounded(4.0), tokens.select);
    }
    let y = rect.center().y;
    paint_badge(ui.painter(), tokens, scene.badge(option), pos2(rect.left() + 11.0, y), 22.0);
    let names = (rect.width() * 0.26).clamp(90.0, 196.0);
    let role = if scene.most_often_first() == Some(option) { Type::Strong } else { Type::Body };
    let at = pos2(rect.left() + 32.0, y);
    let fits = |name: &str| {
        ui.painter().layout_no_wrap(name.to_owned(), role.font(), tokens.ink).size().x <= names - 8.0
    };
    let short = scene.workspace.question.options[option].short.as_str();
    let name = scene.name(option);
    let name = if short.is_empty() || fits(name) { name } else { short };
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, role, tokens.ink, (names - 8.0, 1));
    let share = scene.known().and_then(|run| run.rank_acceptability[option].first().copied());
    let share = share.filter(|_| !scene.is_struck(option));
    let words = share.map_or_else(|| "–".to_owned(), short_chance);
    let end = pos2(rect.right(), y);
    paint_text(ui.painter(), end, Align2::RIGHT_CENTER, &words, Type::NumberStrong, tokens.ink);
    let bar =
        Rect::from_min_max(pos2(rect.left() + 32.0 + names, y - 13.0), pos2(rect.right() - 60.0, y + 13.0));
    paint_bar(ui, scene, option, bar);
    paint_focus(ui, &response, rect, 4.0);
    acts.figure(&response, Question::Robust(scene.workspace.question.options[option].id.clone()));
    told_on_hover(response, || with_errors(scene, option));
}

fn paint_bar(ui: &Ui, scene: &Scene<'_>, option: usize, bar: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    if scene.is_struck(option) {
        let words = "struck by a must, takes no part";
        paint_text(painter, bar.left_center(), Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
        return;
    }
    let Some(run) = scene.known() else { return };
    let colour = tokens.option(scene.badge(option));
    let ranks = &run.rank_acceptability[option];
    let last: f64 = ranks.iter().skip(SHADES - 1).sum();
    let shares = ranks.iter().take(SHADES - 1).copied().chain((ranks.len() >= SHADES).then_some(last));
    let mut x = bar.left();
    for (place, share) in shares.enumerate() {
        let width = share as f32 * bar.width();
        let begin = if place == 0 { x } else { x + 0.75 };
        if width > 0.8 {
            let part = Rect::from_min_max(
                pos2(begin, bar.top()),
                pos2((x + width - 0.75).max(begin + 0.5), bar.bottom()),
            );
            painter.rect_filled(part, 0.0, shade(tokens, colour.fill, place));
            if place + 1 == SHADES {
                painter.rect_stroke(part, 0.0, hairline(tokens.line), StrokeKind::Inside);
            }
            if width > 24.0 {
                let role = if place == 0 { Type::SmallStrong } else { Type::Small };
                let ink = match place {
                    0 => colour.on,
                    1 if tokens.dark => tokens.card,
                    _ => tokens.ink,
                };
                paint_text(
                    painter,
                    part.center(),
                    Align2::CENTER_CENTER,
                    &number(share * 100.0, 0),
                    role,
                    ink,
                );
            }
        }
        x += width;
    }
}

/// The row in a sentence.
fn spoken(scene: &Scene<'_>, option: usize) -> String {
    let name = format!("{}, {}", scene.badge(option), scene.name(option));
    if scene.is_struck(option) {
        return format!("{name}: struck by a must, takes no part in the draws");
    }
    let Some(run) = scene.known() else { return format!("{name}: not drawn yet") };
    let places: Vec<String> = run.rank_acceptability[option]
        .iter()
        .enumerate()
        .filter(|(place, share)| *place == 0 || **share > 0.0)
        .map(|(place, share)| format!("{} in {}", ordinal(place + 1), chance(*share)))
        .collect();
    format!("{name}: {}", places.join(", "))
}

/// Each share with its standard error.
fn with_errors(scene: &Scene<'_>, option: usize) -> String {
    let Some(run) = scene.known().filter(|_| !scene.is_struck(option)) else { return spoken(scene, option) };
    let places = run.rank_acceptability[option].iter().zip(&run.standard_error[option]).enumerate();
    let lines: Vec<String> = places
        .filter(|(place, (share, _))| *place == 0 || **share > 0.0)
        .map(|(place, (share, error))| {
            format!(
                "{}: {} %, standard error {}",
                ordinal(place + 1),
                number(share * 100.0, 1),
                number(error * 100.0, 2)
            )
        })
        .collect();
    lines.join("\n")
}
