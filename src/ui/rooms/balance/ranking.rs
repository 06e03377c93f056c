//! The options in order, each with what both sides add to its total, and those that a must strikes.

use egui::{
    Align2, CornerRadius, CursorIcon, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::{
    reading::{Done, Reading},
    sentence::name,
};
use crate::{
    analysis::explain::Question,
    model::{balance::Side, wording::number},
    ui::{
        theme::{Tokens, Type, focus_ring, hairline, mix, rounded, size},
        widgets::{
            Paragraph, button::paint_focus, marks::paint_hatching, paint_badge, paint_side_mark, paint_text,
            paint_text_fitted, wrapped,
        },
    },
};

const HEADING: f32 = 28.0;
const BADGE: f32 = 22.0;
pub(super) const BAR: f32 = 20.0;
/// Heights of a row from rule to rule, with the line under the bar and without.
const ROW: f32 = 100.0;
const ROW_SMALL: f32 = 68.0;
/// What the last row leaves out, having no rule under it.
const LAST_ROW_SAVES: f32 = 9.0;
/// Space between the two parts of a bar.
const PARTED: f32 = 1.5;

/// How the ranking is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A card of a given height: what does not fit is scrolled to.
    Card,
    /// The page scrolls, so the ranking takes what it needs.
    Page,
    /// On paper: the same without the lines under the bars.
    Paper,
}

/// How tall the ranking is on paper, in a column of this width.
pub(super) fn paper_height(ui: &Ui, reading: &Reading<'_>, width: f32) -> f32 {
    natural_height(ui, reading, width) - reading.now.ranking.len() as f32 * (ROW - ROW_SMALL)
}

/// How tall the ranking is with everything in it, in a column of this width.
#[must_use]
pub fn natural_height(ui: &Ui, reading: &Reading<'_>, width: f32) -> f32 {
    let saved = if struck(reading).next().is_none() { LAST_ROW_SAVES } else { 0.0 };
    HEADING + reading.now.ranking.len() as f32 * ROW + struck_height(ui, reading, width) - saved
}

/// Shows the ranking in this place. `explained` is the question that the Explain panel answers.
pub fn show(
    ui: &mut Ui,
    reading: &Reading<'_>,
    place: Rect,
    room: Room,
    explained: Option<&Question>,
    done: &mut Done,
) {
    show_heading(ui, reading, place);
    let body = Rect::from_min_max(pos2(place.left(), place.top() + HEADING), place.max);
    let small_window = ui.ctx().content_rect().width() < size::SMALL_WINDOW;
    let fits = natural_height(ui, reading, place.width()) <= place.height();
    let is_small = room == Room::Paper || room == Room::Card && small_window && !fits;
    let row = if is_small { ROW_SMALL } else { ROW };
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body));
    if reading.now.ranking.is_empty() && struck(reading).next().is_none() {
        show_next_step(&mut inner, reading);
        return;
    }
    let mut rows = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (order, &option) in reading.now.ranking.iter().enumerate() {
            let is_last = order + 1 == reading.now.ranking.len() && struck(reading).next().is_none();
            let height = if is_last { row - LAST_ROW_SAVES } else { row };
            show_row(ui, reading, (option, order), height, row >= ROW, explained, done);
        }
        show_struck(ui, reading, done);
    };
    match room {
        Room::Page | Room::Paper => rows(&mut inner),
        Room::Card => {
            ScrollArea::vertical().id_salt("ranking").auto_shrink(false).show(&mut inner, rows);
        }
    }
}

/// What is still to be done before there is an order; the chart beside it leads there.
fn show_next_step(ui: &mut Ui, reading: &Reading<'_>) {
    let words = match reading.workspace.question.options.len() {
        0 | 1 => "Options stand here in order once there are two of them.",
        _ => "Options stand here in order once two are scored on one factor of each kind.",
    };
    wrapped(ui, words, Type::Body, Tokens::of(ui).ink2);
}

fn show_heading(ui: &mut Ui, reading: &Reading<'_>, place: Rect) {
    let tokens = Tokens::of(ui);
    let middle = place.top() + 12.0;
    let at = pos2(place.left(), middle);
    let heading = Rect::from_min_size(place.min, vec2(110.0, 24.0));
    let written = paint_text(ui.painter(), at, Align2::LEFT_CENTER, "Ranking", Type::Heading, tokens.ink);
    let response = ui.interact(heading, ui.scope_id().with("ranking heading"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, "Ranking"));
    if reading.is_updating && reading.result.commercial_share.is_some() {
        let at = pos2(written.right() + 10.0, middle + 1.5);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, "updating…", Type::Small, tokens.ink3);
    }
    let mut right = place.right();
    let short = place.width() < 300.0;
    for side in [Side::Commercial, Side::Operational] {
        let words = match (side, short) {
            (Side::Commercial, true) => "Com.",
            (Side::Operational, true) => "Op.",
            (side, false) => side.words(),
        };
        let at = pos2(right, middle);
        let colour = tokens.side(side).text;
        let written = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, Type::SmallStrong, colour);
        paint_side_mark(ui.painter(), tokens, side, pos2(written.left() - 11.0, middle), 11.0);
        right = written.left() - 30.0;
    }
}

fn show_row(
    ui: &mut Ui,
    reading: &Reading<'_>,
    (option, order): (usize, usize),
    height: f32,
    with_caption: bool,
    explained: Option<&Question>,
    done: &mut Done,
) {
    let (place, response) = allocate(ui, height);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, row_name(reading, option)));
    if ui.is_rect_visible(place) {
        let tokens = Tokens::of(ui);
        if order > 0 {
            ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
        }
        let padding = if with_caption { 12.0 } else { 8.0 };
        let middle = place.top() + padding + 12.0;
        let explained = explained == Some(&reading.why_total(option));
        let total_left = paint_total(ui, reading, option, pos2(place.right(), middle), explained);
        paint_badge(
            ui.painter(),
            tokens,
            reading.badge(option),
            pos2(place.left() + BADGE / 2.0, middle),
            BADGE,
        );
        let role = if order == 0 { Type::Strong } else { Type::Body };
        let at = pos2(place.left() + BADGE + 10.0, middle);
        let width = total_left - 10.0 - at.x;
        let words = name(reading.workspace, option);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, role, tokens.ink, (width, 1));
        let top = middle + 12.0 + 7.0;
        let bar = Rect::from_min_size(pos2(place.left(), top), vec2(place.width(), BAR));
        paint_bar(ui, reading, option, bar);
        if with_caption {
            paint_caption(ui, reading, option, bar);
        }
        paint_focus(ui, &response, place.shrink2(vec2(2.0, 3.0)), size::RADIUS);
    }
    done.with_figure(&response, reading.why_total(option));
}

/// The place of a row, clear of the scroll bar that floats over the right edge.
fn allocate(ui: &mut Ui, height: f32) -> (Rect, Response) {
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    (place, response.on_hover_cursor(CursorIcon::PointingHand))
}

/// Paints the total with its right end at a point, and gives its left end.
fn paint_total(ui: &Ui, reading: &Reading<'_>, option: usize, at: egui::Pos2, explained: bool) -> f32 {
    let tokens = Tokens::of(ui);
    let total = reading.total(option);
    let written = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &total, Type::Score, tokens.ink);
    if explained {
        let ring = written.expand2(vec2(5.0, 1.0));
        ui.painter().rect_stroke(ring, rounded(6.0), focus_ring(tokens), StrokeKind::Inside);
    }
    written.left()
}

/// Paints what both sides add to the total of an option.
pub(super) fn paint_bar(ui: &Ui, reading: &Reading<'_>, option: usize, bar: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let at = reading.now.options[option];
    painter.rect_filled(bar, rounded(size::RADIUS_BAR), tokens.track);
    let width = |points: f64| points.clamp(0.0, 100.0) as f32 / 100.0 * bar.width();
    let struck = reading.is_struck(option);
    // Under unknown scores the bar is sure as far as the least total, and hatched from there to the most.
    let operational = at.operational_points.low;
    let commercial = at.commercial_points.low;
    let parts = [(Side::Operational, operational), (Side::Commercial, commercial)];
    let figures = reading.points(option);
    let mut left = bar.left();
    let last = if commercial > 0.0 { 1 } else { 0 };
    for (index, (side, points)) in parts.into_iter().enumerate() {
        let part = Rect::from_min_size(pos2(left, bar.top()), vec2(width(points), bar.height()));
        if part.width() < 0.5 {
            continue;
        }
        let colour = tokens.side(side);
        let fill = if struck { mix(colour.fill, tokens.card, 0.55) } else { colour.fill };
        let round = size::RADIUS_BAR as u8;
        let first = (left - bar.left()).abs() < 0.5;
        let (west, east) = (if first { round } else { 0 }, if index == last { round } else { 0 });
        painter.rect_filled(part, CornerRadius { nw: west, sw: west, ne: east, se: east }, fill);
        let figure = if index == 0 { figures.0 } else { figures.1 };
        let words = number(figure, 0);
        let galley = painter.layout_no_wrap(words, Type::SmallStrong.font(), colour.on);
        if galley.size().x + 12.0 <= part.width() {
            let at = pos2(part.left() + 8.0, part.center().y - galley.size().y / 2.0);
            painter.galley(at, galley, colour.on);
        }
        left = part.right() + PARTED;
    }
    if at.total.is_open() {
        let from = bar.left() + width(at.total.low) + if at.total.low > 0.0 { PARTED } else { 0.0 };
        let open = Rect::from_x_y_ranges(from..=bar.left() + width(at.total.high), bar.y_range());
        paint_hatching(painter, tokens, open);
    }
}

fn paint_caption(ui: &Ui, reading: &Reading<'_>, option: usize, bar: Rect) {
    let tokens = Tokens::of(ui);
    let ink = if reading.is_updating { mix(tokens.ink2, tokens.card, 0.5) } else { tokens.ink2 };
    let middle = bar.bottom() + 5.0 + 9.0;
    let first = reading.first_in(option);
    let right = pos2(bar.right(), middle);
    let taken = paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &first, Type::Small, ink).width();
    let left = pos2(bar.left(), middle);
    let width = bar.width() - taken - 10.0;
    let long = reading.sureness(option, false);
    let fits = super::chart::width_of(ui, &long, Type::Small) <= width;
    let words = if fits { long } else { reading.sureness(option, true) };
    paint_text_fitted(ui.painter(), left, Align2::LEFT_CENTER, &words, Type::Small, ink, (width, 1));
}

pub(super) fn row_name(reading: &Reading<'_>, option: usize) -> String {
    let mut words = format!(
        "Place {}: {}, {}, total {}",
        reading.now.rank(option).unwrap_or_default(),
        reading.badge(option),
        name(reading.workspace, option),
        reading.total(option)
    );
    let (operational, commercial) = reading.points(option);
    let surely = if reading.now.options[option].total.is_open() { "at least " } else { "" };
    words +=
        &format!(", {surely}{} operational and {} commercial", number(operational, 0), number(commercial, 0));
    for more in [reading.sureness(option, false), reading.first_in(option)] {
        if !more.is_empty() {
            words += &format!(", {more}");
        }
    }
    if reading.is_updating && !reading.first_in(option).is_empty() {
        words += ", updating";
    }
    words
}

/// The options that a must strikes, in the order of the workspace.
fn struck<'a>(reading: &'a Reading<'_>) -> impl Iterator<Item = usize> + 'a {
    (0..reading.result.options.len()).filter(|&option| reading.is_struck(option))
}

const STRUCK_HEADING: f32 = 34.0;

fn struck_height(ui: &Ui, reading: &Reading<'_>, width: f32) -> f32 {
    let rows: f32 = struck(reading).map(|option| reason(ui, reading, option, width).size().y + 44.0).sum();
    if rows > 0.0 { rows + STRUCK_HEADING } else { 0.0 }
}

fn reason(ui: &Ui, reading: &Reading<'_>, option: usize, width: f32) -> std::sync::Arc<egui::Galley> {
    let words = reading.result.options[option].struck_by.join(" ");
    let paragraph = Paragraph::new().run(&words, Type::Small, Tokens::of(ui).ink2);
    paragraph.galley(ui.painter(), width - BADGE - 10.0)
}

fn show_struck(ui: &mut Ui, reading: &Reading<'_>, done: &mut Done) {
    let tokens = Tokens::of(ui);
    for (order, option) in struck(reading).enumerate() {
        if order == 0 {
            let (place, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), STRUCK_HEADING), Sense::hover());
            ui.painter().hline(place.x_range(), place.top() + 1.0, Stroke::new(2.0, tokens.line));
            let at = pos2(place.left(), place.bottom() - 9.0);
            paint_text(
                ui.painter(),
                at,
                Align2::LEFT_CENTER,
                "Not in the ranking",
                Type::SmallStrong,
                tokens.ink2,
            );
        }
        let reason = reason(ui, reading, option, ui.available_width());
        let (place, response) = allocate(ui, reason.size().y + 44.0);
        let words = || {
            format!(
                "Not in the ranking: {}, {}. {}",
                reading.badge(option),
                name(reading.workspace, option),
                reading.result.options[option].struck_by.join(" ")
            )
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words()));
        let middle = place.top() + 22.0;
        let centre = pos2(place.left() + BADGE / 2.0, middle);
        paint_badge(ui.painter(), tokens, reading.badge(option), centre, BADGE);
        let written = paint_text(
            ui.painter(),
            pos2(place.right(), middle),
            Align2::RIGHT_CENTER,
            &reading.total(option),
            Type::Body,
            tokens.ink3,
        );
        let at = pos2(place.left() + BADGE + 10.0, middle);
        let width = written.left() - 10.0 - at.x;
        let name = name(reading.workspace, option);
        let line = paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            name,
            Type::Body,
            tokens.ink3,
            (width, 1),
        );
        let through = line.left() - 2.0..=line.right() + 2.0;
        ui.painter().hline(through, middle + 1.0, Stroke::new(1.4, tokens.ink3));
        ui.painter().galley(pos2(at.x, middle + 13.0), reason, tokens.ink2);
        paint_focus(ui, &response, place.shrink2(vec2(2.0, 3.0)), size::RADIUS);
        done.with_figure(&response, reading.why_total(option));
    }
}
