//! Who would have to be right for each option to win, and how often each beats each other.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{Acts, card, scene::Scene};
use crate::{
    analysis::{balance::robustness::SCORE_DRAWS, explain::Question},
    model::{
        balance::Side,
        wording::{list, number, percent, short_chance, thousands},
    },
    ui::{
        rooms::balance::{chart::width_of, scale_words::lowered},
        theme::{Tokens, Type, hairline, rounded},
        widgets::{
            Paragraph, button::paint_focus, hair_rule, long_list, paint_badge, paint_text, told_on_hover,
        },
    },
};

const ROW: f32 = 48.0;
const HEAD: f32 = 62.0;
/// Rows that stand on a card without scrolling, at the most.
const MOST_ROWS: usize = 7;
/// Central weights this close to the average of all draws are close to it.
const CLOSE: f64 = 0.02;

pub(super) fn central_height(scene: &Scene<'_>) -> f32 {
    HEAD + ROW * rows(scene) + 6.0
}

fn rows(scene: &Scene<'_>) -> f32 {
    scene.order.len().clamp(2, MOST_ROWS) as f32
}

/// The weights in the middle of the draws that each option wins, in words.
pub(super) fn central(ui: &mut Ui, scene: &Scene<'_>, place: Rect, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let (mut inner, below) = card(ui, place, "Who would have to be right for it to win");
    let ui = &mut inner;
    let caption = below.top() + 12.0;
    let start = paint_text(
        ui.painter(),
        pos2(below.left(), caption),
        Align2::LEFT_CENTER,
        "Typical weights when first; line: all draws",
        Type::Small,
        tokens.ink3,
    );
    let end = pos2(below.right(), caption);
    let long = format!("first at those, of {} draws of scores", thousands(SCORE_DRAWS as u64));
    let wordings = [long.as_str(), "first at those"];
    let fits = |words: &&str| width_of(ui, words, Type::Small) < end.x - start.right() - 12.0;
    let words = wordings.into_iter().find(fits).unwrap_or("first at those");
    paint_text(ui.painter(), end, Align2::RIGHT_CENTER, words, Type::Small, tokens.ink3);
    let average = scene.average_weights();
    let largest = largest_weight(scene, average.as_deref());
    let rows = below.with_min_y(place.top() + HEAD).with_max_y(place.bottom() - 6.0);
    let mut body = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("central"));
    ScrollArea::vertical().id_salt("central").auto_shrink(false).show(&mut body, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        long_list(ui, "central", (scene.order.len(), None), ROW, |ui, at| {
            if at > 0 {
                hair_rule(ui);
            }
            central_row(ui, scene, scene.order[at], average.as_deref(), largest, acts);
        });
    });
}

/// The largest weight that any bar or line stands for.
fn largest_weight(scene: &Scene<'_>, average: Option<&[f64]>) -> f64 {
    let central = scene.known().into_iter().flat_map(|run| run.central_weights.iter().flatten()).flatten();
    central.chain(average.into_iter().flatten()).copied().fold(0.0, f64::max)
}

fn central_row(
    ui: &mut Ui,
    scene: &Scene<'_>,
    option: usize,
    average: Option<&[f64]>,
    largest: f64,
    acts: &mut Acts,
) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 1.0), Sense::click());
    let known = scene.known();
    let weights = known.and_then(|run| run.central_weights[option].as_deref());
    let confidence = known.and_then(|run| run.confidence_factor[option]);
    let words = in_words(scene, option, weights, average);
    let share = confidence.map_or_else(|| "–".to_owned(), short_chance);
    response.widget_info(|| {
        let first = if confidence.is_some() { format!(" First at those in {share}.") } else { String::new() };
        let name = scene.name(option);
        WidgetInfo::labeled(Role::Button, true, format!("{}, {name}: {words}{first}", scene.badge(option)))
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, rounded(4.0), tokens.select);
    }
    let y = rect.center().y;
    paint_badge(ui.painter(), tokens, scene.badge(option), pos2(rect.left() + 11.0, y), 22.0);
    let width = (rect.width() * 0.28).clamp(84.0, 122.0);
    let chart = Rect::from_min_size(pos2(rect.left() + 34.0, y - 20.0), vec2(width, 40.0));
    match weights {
        Some(weights) => paint_weights(ui, scene, weights, average, largest, chart),
        None => {
            let empty = chart.shrink2(vec2(0.0, 8.0));
            ui.painter().rect_stroke(empty, rounded(6.0), hairline(tokens.line), StrokeKind::Inside);
        }
    }
    let text =
        Rect::from_min_max(pos2(chart.right() + 12.0, rect.top()), pos2(rect.right() - 54.0, rect.bottom()));
    let galley =
        Paragraph::new().run(&words, Type::Small, tokens.ink2).galley(ui.painter(), text.width().max(60.0));
    let clipped = ui.painter().with_clip_rect(text.intersect(ui.clip_rect()));
    clipped.galley(pos2(text.left(), y - galley.size().y / 2.0), galley, tokens.ink2);
    let end = pos2(rect.right(), y);
    paint_text(ui.painter(), end, Align2::RIGHT_CENTER, &share, Type::NumberStrong, tokens.ink);
    paint_focus(ui, &response, rect, 4.0);
    acts.figure(&response, Question::Robust(scene.workspace.question.options[option].id.clone()));
    let error = known.and_then(|run| run.confidence_error(option));
    told_on_hover(response, || match error {
        Some(error) => format!(
            "{words} First at those in {share} of {} draws of the scores, standard error {}",
            thousands(SCORE_DRAWS as u64),
            number(error * 100.0, 2)
        ),
        None => words,
    });
}

/// The people for whom the option is right, by what they give more weight than others.
fn in_words(scene: &Scene<'_>, option: usize, weights: Option<&[f64]>, average: Option<&[f64]>) -> String {
    let (Some(weights), Some(average)) = (weights, average) else {
        let why = if scene.is_struck(option) { "Struck by a must" } else { "Never first" };
        return if scene.known().is_some() { format!("{why}: no typical weights.") } else { String::new() };
    };
    let factors = &scene.workspace.balance.factors;
    let commercial: f64 = factors
        .iter()
        .zip(weights)
        .filter(|(factor, _)| factor.side == Side::Commercial)
        .map(|(_, weight)| weight)
        .sum();
    let mut more: Vec<(f64, usize)> =
        weights.iter().zip(average).map(|(own, all)| own - all).enumerate().map(|(f, by)| (by, f)).collect();
    more.sort_by(|a, b| b.0.total_cmp(&a.0));
    let far = more.iter().any(|(by, _)| by.abs() > CLOSE);
    let commercial = format!("{} commercial", percent(commercial));
    if !far {
        return format!("{commercial}: close to the average of all draws.");
    }
    let names: Vec<String> = more
        .iter()
        .take(2)
        .filter(|(by, _)| *by > 0.0)
        .map(|(_, f)| lowered(factors[*f].short_name()))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("{commercial}, mostly {}.", list(&names))
}

fn paint_weights(
    ui: &Ui,
    scene: &Scene<'_>,
    weights: &[f64],
    average: Option<&[f64]>,
    largest: f64,
    chart: Rect,
) {
    let tokens = Tokens::of(ui);
    let factors = &scene.workspace.balance.factors;
    let step = (chart.width() - 5.0) / factors.len().max(1) as f32;
    let bar = (step * 0.72).max(1.0);
    let tall =
        |weight: f64| if largest > 0.0 { (weight / largest) as f32 * (chart.height() - 3.0) } else { 0.0 };
    let of_side = |side| factors.iter().enumerate().filter(move |(_, factor)| factor.side == side);
    let ordered = of_side(Side::Operational).chain(of_side(Side::Commercial));
    for (place, (f, factor)) in ordered.enumerate() {
        let gap = if factor.side == Side::Commercial { 4.0 } else { 0.0 };
        let x = chart.left() + place as f32 * step + gap;
        let top = chart.bottom() - tall(weights[f]);
        let rect = Rect::from_min_max(pos2(x, top), pos2(x + bar, chart.bottom()));
        ui.painter().rect_filled(rect, rounded(bar.min(4.0) / 2.0), tokens.side(factor.side).fill);
        if let Some(all) = average.and_then(|average| average.get(f)) {
            let y = chart.bottom() - tall(*all);
            ui.painter().hline(x - 1.0..=x + bar + 1.0, y, Stroke::new(1.4, tokens.ink));
        }
    }
}

const PAIR_ROW: f32 = 43.0;
const LEAST_COLUMN: f32 = 46.0;

pub(super) fn pairs_height(scene: &Scene<'_>) -> f32 {
    HEAD + 26.0 + PAIR_ROW * rows(scene) + 6.0
}

/// How often each option beats each other, as a table.
pub(super) fn pairs(ui: &mut Ui, scene: &Scene<'_>, place: Rect, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let (mut inner, below) = card(ui, place, "One against another");
    let ui = &mut inner;
    let words = "How often the row beats the column, %";
    let at = pos2(below.left(), below.top() + 12.0);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    let table = below.with_min_y(below.top() + 28.0).with_max_y(place.bottom() - 6.0);
    let mut body = ui.new_child(egui::UiBuilder::new().max_rect(table).id_salt("pairs"));
    ScrollArea::both().id_salt("pairs").auto_shrink(false).show(&mut body, |ui| {
        let options = scene.order.len().max(1) as f32;
        let column = ((table.width() - 34.0) / options - 4.0).max(LEAST_COLUMN);
        let size = vec2(34.0 + options * (column + 4.0), 26.0 + PAIR_ROW * scene.order.len() as f32);
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        for (index, &option) in scene.order.iter().enumerate() {
            let x = area.left() + 34.0 + index as f32 * (column + 4.0) + column / 2.0;
            paint_badge(ui.painter(), tokens, scene.badge(option), pos2(x, area.top() + 12.0), 20.0);
            let y = area.top() + 26.0 + PAIR_ROW * (index as f32 + 0.5);
            paint_badge(ui.painter(), tokens, scene.badge(option), pos2(area.left() + 10.0, y), 20.0);
            pair_row(ui, scene, option, pos2(area.left() + 34.0, y), column, acts);
        }
    });
}

fn pair_row(ui: &mut Ui, scene: &Scene<'_>, option: usize, left: egui::Pos2, column: f32, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    for (index, &other) in scene.order.iter().enumerate() {
        let x = left.x + index as f32 * (column + 4.0);
        let cell = Rect::from_center_size(pos2(x + column / 2.0, left.y), vec2(column, PAIR_ROW - 4.0));
        // Cells just out of view are there too, so that the keyboard reaches them.
        if !ui.is_rect_visible(cell.expand2(vec2(column, PAIR_ROW))) {
            continue;
        }
        if other == option {
            ui.painter().rect_filled(cell, rounded(6.0), tokens.sunken);
            continue;
        }
        let struck = scene.is_struck(option) || scene.is_struck(other);
        let share = scene.known().filter(|_| !struck).map(|run| run.pairwise_winning[option][other]);
        let response = ui.interact(cell, ui.scope_id().with(("pair", option, other)), Sense::click());
        let words = share.map_or_else(|| "–".to_owned(), |share| short_chance(share).replace(" %", ""));
        let pair = format!("{} beats {}", scene.badge(option), scene.badge(other));
        let spoken = match share {
            Some(share) => format!("{pair} in {}", short_chance(share)),
            None if struck => format!("{pair}: not drawn, one of them is struck by a must"),
            None => format!("{pair}: not known"),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        let wins = share.is_some_and(|share| share >= 0.5);
        if wins {
            ui.painter().rect_filled(cell, rounded(6.0), tokens.option(scene.badge(option)).tint);
        }
        let (role, ink) = if wins { (Type::NumberStrong, tokens.ink) } else { (Type::Number, tokens.ink3) };
        paint_text(ui.painter(), cell.center(), Align2::CENTER_CENTER, &words, role, ink);
        paint_focus(ui, &response, cell, 6.0);
        acts.figure(&response, Question::Robust(scene.workspace.question.options[option].id.clone()));
        if let (Some(_), Some(run)) = (share, scene.known()) {
            told_on_hover(response, || {
                let error = run.pairwise_error(option, other);
                format!("{spoken}, standard error {}", number(error * 100.0, 2))
            });
        }
    }
}
