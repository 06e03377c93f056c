//! The list of factors: what each weighs today, and how much room there is before its weight changes the leader.

use egui::{
    Align2, CornerRadius, CursorIcon, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::{Acts, SensitivityView, scene::Scene, words};
use crate::{
    analysis::{
        Undefined,
        balance::{matrix::TIE, sensitivity::OneFactor},
        explain::Question,
    },
    ui::{
        rooms::balance::chart::width_of,
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{
            Paragraph, button::paint_focus, paint_badge, paint_side_mark, paint_text, paint_text_fitted,
        },
    },
};

/// How tall a row and the head of the list are.
pub const ROW: f32 = 51.0;
/// The lowest that a row may be so that all are in view.
const LOW_ROW: f32 = 38.0;
pub const HEAD: f32 = 68.0;
/// Bands narrower than this have no badge.
const LEAST_BADGE: f32 = 22.0;
const EDGE: f32 = 18.0;

/// Shows the list in this place.
pub fn show(
    ui: &mut Ui,
    view: &mut SensitivityView,
    scene: &Scene,
    chosen: Option<usize>,
    place: Rect,
    acts: &mut Acts,
) {
    paint_head(ui, scene, place);
    let tokens = Tokens::of(ui);
    let body = Rect::from_min_max(pos2(place.left(), place.top() + HEAD), place.max);
    if scene.balance().factors_alone().is_empty() {
        let at = body.center();
        paint_text(ui.painter(), at, Align2::CENTER_CENTER, "No factors yet", Type::Body, tokens.ink3);
        return;
    }
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body));
    inner.spacing_mut().item_spacing.y = 0.0;
    let rows = scene.balance().factors_alone().len() as f32;
    let tall =
        Some((body.height() / rows).floor()).filter(|tall| *tall >= LOW_ROW).map_or(ROW, |t| t.min(ROW));
    ScrollArea::vertical().id_salt("factors").auto_shrink(false).show(&mut inner, |ui| {
        for (f, reading) in scene.balance().factors_alone() {
            let (row, response) = ui.allocate_exact_size(vec2(body.width(), tall), Sense::click());
            let is_chosen = chosen == Some(*f);
            let name = row_name(scene, *f, reading);
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
            if ui.is_rect_visible(row) {
                if is_chosen || response.hovered() {
                    ui.painter().rect_filled(row, CornerRadius::ZERO, tokens.select);
                }
                ui.painter().hline(row.x_range(), row.top() + 0.5, hairline(tokens.hair));
                paint_row(ui, scene, *f, reading, row, is_chosen);
                paint_focus(ui, &response, row.shrink(3.0), size::RADIUS);
            }
            let question = Question::Reversal(scene.factor(*f).id.clone());
            if response.has_focus() {
                acts.figures.in_focus = Some(question.clone());
            }
            if response.double_clicked() {
                acts.figures.why = Some(question);
            } else if response.clicked() {
                view.factor = Some(scene.factor(*f).id.clone());
                view.tried = None;
            }
            response.on_hover_cursor(CursorIcon::PointingHand);
        }
    });
}

fn row_name(scene: &Scene, f: usize, reading: &Result<OneFactor, Undefined>) -> String {
    match reading {
        Ok(one) => words::row_name(scene, one),
        Err(why) => format!("{}: {}", scene.factor(f).name, why.0),
    }
}

fn paint_head(ui: &Ui, scene: &Scene, place: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let left = place.left() + EDGE;
    let heading = "Which weight would change the leader?";
    let wide = (place.width() - 2.0 * EDGE, 1);
    let at = pos2(left, place.top() + 25.0);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, heading, Type::Heading, tokens.ink, wide);
    let middle = place.top() + 50.0;
    let mark = Rect::from_center_size(pos2(left + 2.0, middle), vec2(4.0, 16.0));
    painter.rect_filled(mark, rounded(2.0), tokens.primary);
    let at = pos2(left + 10.0, middle);
    let written = paint_text(painter, at, Align2::LEFT_CENTER, "weight today", Type::Small, tokens.ink3);
    let Some(&leader) = scene.weighed.ranking.first() else { return };
    let bar = Rect::from_min_size(pos2(written.right() + 16.0, middle - 2.5), vec2(22.0, 5.0));
    painter.rect_filled(bar, CornerRadius::ZERO, tokens.option(scene.badge(leader)).fill);
    let at = pos2(bar.right() + 6.0, middle);
    let words = "room before it changes";
    let written = paint_text(painter, at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    let right = pos2(place.right() - EDGE, middle);
    if width_of(ui, "0 to 100 %", Type::Small) < right.x - written.right() - 12.0 {
        paint_text(painter, right, Align2::RIGHT_CENTER, "0 to 100 %", Type::Small, tokens.ink3);
    }
}

fn paint_row(
    ui: &Ui,
    scene: &Scene,
    f: usize,
    reading: &Result<OneFactor, Undefined>,
    row: Rect,
    is_chosen: bool,
) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let (left, right) = (row.left() + EDGE, row.right() - EDGE);
    let is_low = row.height() < ROW - 6.0;
    let middle = row.top() + if is_low { 12.0 } else { 16.5 };
    paint_side_mark(painter, tokens, scene.factor(f).side, pos2(left + 4.5, middle), 9.0);
    let figures = figures(ui, scene, f, reading);
    let written = figures.size();
    painter.galley(pos2(right - written.x, middle - written.y / 2.0), figures, tokens.ink);
    let role = if is_chosen { Type::Strong } else { Type::Body };
    let room = right - written.x - 12.0 - (left + 17.0);
    let at = pos2(left + 17.0, middle);
    let name = &scene.factor(f).name;
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, name, role, tokens.ink, (room, 1));
    let (from, to) = if is_low { (15.0, 5.0) } else { (18.0, 6.0) };
    let strip = Rect::from_min_max(pos2(left, row.bottom() - from), pos2(right, row.bottom() - to));
    match reading {
        Ok(one) => paint_strip(ui, scene, one, strip),
        Err(_) => {
            painter.rect_filled(strip, rounded(4.0), tokens.track);
        }
    }
}

/// "6.5 % to 17.6 %, then C", "13.0 %, never".
fn figures(
    ui: &Ui,
    scene: &Scene,
    f: usize,
    reading: &Result<OneFactor, Undefined>,
) -> std::sync::Arc<egui::Galley> {
    let tokens = Tokens::of(ui);
    let today = words::weight(scene.weighed.weights[f]);
    let small = |text: &str| (text.to_owned(), Type::Small, tokens.ink3);
    let strong = |text: String| (text, Type::SmallStrong, tokens.ink);
    let runs = match reading.as_ref().map(OneFactor::nearest) {
        Ok(Some(nearest)) if (nearest.weight - scene.weighed.weights[f]).abs() <= TIE => vec![
            small(&today),
            small(", "),
            strong("at once".to_owned()),
            (format!(" {}", scene.badge(nearest.to)), Type::Small, tokens.ink),
        ],
        Ok(Some(nearest)) => vec![
            small(&today),
            small(" to "),
            strong(words::weight(nearest.weight)),
            (format!(", then {}", scene.badge(nearest.to)), Type::Small, tokens.ink),
        ],
        Ok(None) => vec![small(&today), small(", "), strong("never".to_owned())],
        Err(_) => vec![small(&today), small(", "), strong("all there is".to_owned())],
    };
    let paragraph = runs.iter().fold(Paragraph::new(), |p, (text, role, colour)| p.run(text, *role, *colour));
    paragraph.galley(ui.painter(), f32::INFINITY)
}

fn paint_strip(ui: &Ui, scene: &Scene, one: &OneFactor, strip: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let x = |t: f64| strip.left() + 1.0 + t as f32 * (strip.width() - 2.0);
    let count = one.bands.len();
    for (index, band) in one.bands.iter().enumerate() {
        let rect = Rect::from_x_y_ranges(x(band.from)..=x(band.to), strip.y_range());
        let round = |end: bool| if end { size::RADIUS_BAR as u8 } else { 0 };
        let (west, east) = (round(index == 0), round(index + 1 == count));
        let corners = CornerRadius { nw: west, sw: west, ne: east, se: east };
        painter.rect_filled(rect, corners, tokens.option(scene.badge(band.leader)).tint);
    }
    let outline = hairline(tokens.line);
    painter.rect_stroke(strip.expand(0.5), rounded(4.0), outline, egui::StrokeKind::Inside);
    let now = x(one.weight_now);
    if let Some(nearest) = one.nearest() {
        let to = x(nearest.weight);
        let room =
            Rect::from_x_y_ranges(now.min(to)..=now.max(to), strip.center().y - 2.5..=strip.center().y + 2.5);
        painter.rect_filled(room, CornerRadius::ZERO, tokens.option(scene.badge(one.leader())).fill);
    }
    for band in one.bands.iter().skip(1) {
        let line = Stroke::new(1.4, tokens.ink);
        painter.vline(x(band.from), strip.top() - 1.0..=strip.bottom() + 1.0, line);
        if x(band.to) - x(band.from) > LEAST_BADGE {
            let at = pos2(x(band.from) + 13.0, strip.center().y);
            // The mark of today's weight is not hidden, nor does it hide the letter.
            let at = if (at.x - now).abs() < 11.0 { pos2(now + 13.0, at.y) } else { at };
            paint_badge(painter, tokens, scene.badge(band.leader), at, 15.0);
        }
    }
    let mark = Rect::from_center_size(
        pos2(now, strip.center().y),
        vec2(4.0, if strip.height() < 12.0 { 14.0 } else { 22.0 }),
    );
    painter.rect_filled(mark.expand(1.0), rounded(3.0), tokens.card);
    painter.rect_filled(mark, rounded(2.0), tokens.primary);
}
