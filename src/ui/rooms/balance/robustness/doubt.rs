//! What better information is worth: how much of the doubt about the lead lies in the weights and in each score.

use egui::{Align2, Pos2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Acts, EDGE, card, scene::Scene};
use crate::{
    analysis::{
        balance::robustness::better_information::{BetterInformation, CellInformation, Estimate},
        explain::Question,
    },
    model::wording::{number, percent, short_chance},
    ui::{
        rooms::balance::{chart::width_of, sentence::spoken_badge},
        theme::{Tokens, Type, rounded},
        widgets::{
            Paragraph, button::paint_focus, hair_rule, long_list, marks::paint_evidence_dots, paint_badge,
            paint_text, paint_text_fitted, told_on_hover, wrapped,
        },
    },
};

const ROW: f32 = 34.0;
/// The lowest that a row may be so that one more stands on the card whole.
const LOW_ROW: f32 = 31.0;
const HEIGHT: f32 = 273.0;
/// The line of what all of it is worth, where it has no room beside the heading.
const ALL_OF_IT: f32 = 20.0;

/// How tall the card is by itself in this width.
pub(super) fn height(width: f32) -> f32 {
    HEIGHT + if is_beside(width - 2.0 * EDGE) { 0.0 } else { ALL_OF_IT }
}

/// Whether what all of it is worth has room beside the heading.
fn is_beside(inside: f32) -> bool {
    inside > 370.0
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, place: Rect, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let (mut inner, below) = card(ui, place, "What better information is worth");
    let ui = &mut inner;
    let reason = match scene.information.result {
        Some(Err(reason)) => Some(format!("Nothing to say: {}.", reason.0)),
        None => Some("Still being drawn.".to_owned()),
        Some(Ok(_)) => None,
    };
    let Some(worth) = scene.worth().filter(|_| reason.is_none()) else {
        wrapped(ui, reason.unwrap_or_else(|| "Still being drawn.".to_owned()), Type::Small, tokens.ink2);
        return;
    };
    let beside = is_beside(below.width());
    if beside {
        let at = pos2(below.right(), below.top() - Type::Heading.line() / 2.0);
        all_of_it(ui, worth, (at, Align2::RIGHT_CENTER), acts);
    }
    ui.add_space(2.0);
    share_of_weights(ui, scene, worth, acts);
    if !beside {
        let at = pos2(below.left(), ui.cursor().top() + ALL_OF_IT / 2.0);
        all_of_it(ui, worth, (at, Align2::LEFT_CENTER), acts);
        ui.add_space(ALL_OF_IT);
    }
    ui.add_space(4.0);
    let rows = below.with_min_y(ui.cursor().top()).with_max_y(place.bottom() - 6.0);
    let shown = (rows.height() / LOW_ROW).floor().clamp(1.0, worth.cells.len().max(1) as f32);
    let tall = (rows.height() / shown).floor().clamp(LOW_ROW, ROW);
    let columns = Columns::of(ui, scene, rows);
    let rows = rows.with_max_y(rows.top() + shown * tall);
    let mut body = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("doubt"));
    ScrollArea::vertical().id_salt("doubt").auto_shrink(false).show(&mut body, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let widest = worth.cells.iter().filter_map(|cell| cell.share).fold(0.0, f64::max);
        long_list(ui, "doubt", (worth.cells.len(), None), tall, |ui, at| {
            if at > 0 {
                hair_rule(ui);
            }
            row(ui, scene, &worth.cells[at], (widest, columns, tall), acts);
        });
    });
}

/// What it would add to know everything.
fn all_of_it(ui: &mut Ui, worth: &BetterInformation, (at, anchor): (Pos2, Align2), acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let words = format!("all of it: {} points", number(worth.everything.value, 1));
    let place = anchor.anchor_size(at, vec2(width_of(ui, &words, Type::Small), 18.0));
    let response = ui.interact(place, ui.scope_id().with("all of it"), Sense::click());
    let spoken = format!("Knowing everything before choosing would add {}", points(worth.everything));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let ink = if response.hovered() { tokens.ink } else { tokens.ink3 };
    paint_text(ui.painter(), at, anchor, &words, Type::Small, ink);
    paint_focus(ui, &response, place.expand2(vec2(4.0, 1.0)), 4.0);
    acts.figure(&response, Question::BetterInformation);
    response.on_hover_text(spoken);
}

/// How much of the doubt is in the weights, in a sentence that can be asked why.
fn share_of_weights(ui: &mut Ui, scene: &Scene<'_>, worth: &BetterInformation, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let words = in_words(scene, worth);
    let galley =
        Paragraph::new().run(&words, Type::Small, tokens.ink2).galley(ui.painter(), ui.available_width());
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let around = rect.expand2(vec2(4.0, 1.0));
    if response.hovered() {
        ui.painter().rect_filled(around, rounded(4.0), tokens.select);
    }
    ui.painter().galley(rect.min, galley, tokens.ink2);
    paint_focus(ui, &response, around, 4.0);
    acts.figure(&response, Question::DoubtInWeights);
}

fn in_words(scene: &Scene<'_>, worth: &BetterInformation) -> String {
    let lead = format!("{}’s lead", spoken_badge(scene.workspace, worth.leader));
    match worth.weights_share {
        Ok(share) if worth.cells.is_empty() => {
            format!("{} of the doubt about {lead} is in the weights.", percent(share))
        }
        Ok(share) => {
            format!(
                "{} of the doubt about {lead} is in the weights. At today\u{2019}s weights, by score:",
                percent(share)
            )
        }
        Err(_) => format!("Nothing about {lead} is in doubt: every draw gives the same."),
    }
}

/// Where the parts of a row begin and end.
#[derive(Clone, Copy)]
struct Columns {
    names: f32,
    dots: f32,
    /// The bar from its left to its right end.
    bar: (f32, f32),
}

impl Columns {
    /// The bar takes what the names leave: a name cut short may be that of another factor.
    fn of(ui: &Ui, scene: &Scene<'_>, rows: Rect) -> Self {
        const DOTS: f32 = 49.0;
        let names = rows.left() + 29.0;
        let factors = scene.workspace.balance.factors.iter();
        let widest = factors.map(|f| width_of(ui, f.short_name(), Type::Body)).fold(0.0, f32::max);
        let end = rows.right() - 50.0;
        let most = (rows.width() * 0.23).min(92.0);
        let bar = (end - DOTS - names - widest - 10.0).clamp(36.0_f32.min(most), most);
        Self { names, dots: end - bar - DOTS, bar: (end - bar, end) }
    }
}

fn row(
    ui: &mut Ui,
    scene: &Scene<'_>,
    cell: &CellInformation,
    (widest, columns, tall): (f64, Columns, f32),
    acts: &mut Acts,
) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tall - 1.0), Sense::click());
    let factor = &scene.workspace.balance.factors[cell.factor];
    let option = &scene.workspace.question.options[cell.option];
    let grade = scene.workspace.score(&factor.id, &option.id).and_then(|score| score.grade);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken(scene, cell)));
    if response.hovered() {
        ui.painter().rect_filled(rect, rounded(4.0), tokens.select);
    }
    let (y, painter) = (rect.center().y, ui.painter());
    paint_badge(painter, tokens, &option.badge, pos2(rect.left() + 10.0, y), 20.0);
    let share = cell.share.map_or_else(|| "–".to_owned(), short_chance);
    paint_text(painter, pos2(rect.right(), y), Align2::RIGHT_CENTER, &share, Type::Number, tokens.ink);
    let (from, to) = columns.bar;
    let track = Rect::from_min_max(pos2(from, y - 5.0), pos2(to, y + 5.0));
    painter.rect_filled(track, rounded(4.0), tokens.track);
    let part = if widest > 0.0 { cell.share.unwrap_or(0.0) / widest * 0.88 } else { 0.0 };
    let filled = Rect::from_min_size(track.min, vec2(track.width() * part as f32, track.height()));
    if filled.width() >= 1.0 {
        painter.rect_filled(filled, rounded(4.0), tokens.ink2);
    }
    let (at, fit) = (pos2(columns.names, y), (columns.dots - 8.0 - columns.names, 1));
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, factor.short_name(), Type::Body, tokens.ink, fit);
    paint_evidence_dots(painter, tokens, grade, pos2(columns.dots, y), 5.0);
    paint_focus(ui, &response, rect, 4.0);
    acts.figure(&response, Question::Cell(option.id.clone(), factor.id.clone()));
    told_on_hover(response, || format!("Knowing it before choosing would add {}.", points(cell.gain)));
}

fn points(gain: Estimate) -> String {
    let error = gain.standard_error.map(|error| format!(", standard error {}", number(error, 2)));
    format!("{} points{}", number(gain.value, 2), error.unwrap_or_default())
}

fn spoken(scene: &Scene<'_>, cell: &CellInformation) -> String {
    let share = cell.share.map_or_else(|| "no part".to_owned(), short_chance);
    let factor = scene.workspace.balance.factors[cell.factor].short_name();
    format!(
        "{}, {factor}: {share} of the doubt in the scores; knowing it would add {}",
        scene.badge(cell.option),
        points(cell.gain)
    )
}
