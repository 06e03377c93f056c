//! The table of gates: a row a need group, a column a gate, the share passing between them, and who was turned away.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Seen, words};
use crate::ui::drawing::{Part, parts::put_in_words};
use crate::{
    analysis::{explain::Question, reach::caseload::suppression::Shown},
    model::wording::{capital, percent},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{Card, button::paint_focus, marks::paint_hatching, paint_text, paint_text_fitted},
    },
};

const HEAD: f32 = 56.0;
const FOOT: f32 = 48.0;
const ROW: (f32, f32) = (58.0, 96.0);
const NAME: f32 = 198.0;
const AWAY: f32 = 72.0;
/// The least width of a gate with the share beside it.
const GATE: f32 = 96.0;

/// How tall the table is with every row in view.
pub fn wanted_height(seen: &Seen<'_>) -> f32 {
    HEAD + FOOT + 66.0 * seen.counted.groups.len().min(9) as f32
}

/// Where the columns are.
struct Columns {
    left: f32,
    right: f32,
    name: f32,
    step: f32,
    /// The stages that have a column: 0 for all people, then the gates.
    stages: Vec<usize>,
}

impl Columns {
    fn of(place: Rect, seen: &Seen<'_>) -> Self {
        let first = usize::from(seen.first_gate_is_everybody());
        let stages: Vec<usize> = (first..=seen.counted.gates.len()).collect();
        let name = if place.width() < 720.0 { 150.0 } else { NAME };
        let room = place.width() - name - AWAY - 32.0;
        let step = (room / stages.len() as f32).max(GATE);
        Self { left: place.left() + 16.0, right: place.right() - 16.0, name, step, stages }
    }

    fn least_width(seen: &Seen<'_>) -> f32 {
        let stages = seen.counted.gates.len() + usize::from(!seen.first_gate_is_everybody());
        150.0 + AWAY + 32.0 + GATE * stages as f32
    }

    fn at(&self, column: usize) -> f32 {
        self.left + self.name + column as f32 * self.step
    }

    fn bar(&self) -> f32 {
        (self.step * 0.53).clamp(38.0, 72.0)
    }

    /// The middle of the space between a column and the next.
    fn between(&self, column: usize) -> f32 {
        self.at(column) + self.bar() + (self.step - self.bar()) / 2.0
    }
}

/// Shows the table, this tall; its rows scroll under a fixed head.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, height: f32) {
    Card::new().padding(0, 0).height(height).show(ui, |ui| {
        let place = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height - 2.0));
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
        inner.set_clip_rect(place.intersect(ui.clip_rect()));
        ScrollArea::horizontal().id_salt("gates across").auto_shrink(false).show(&mut inner, |ui| {
            let width = place.width().max(Columns::least_width(seen));
            let whole = Rect::from_min_size(ui.cursor().min, vec2(width, place.height()));
            ui.allocate_rect(whole, Sense::hover());
            Part::table("From gate to gate").at(whole).show(ui, |ui| table(ui, desk, seen, whole));
        });
        ui.advance_cursor_after_rect(place);
    });
}

fn table(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, place: Rect) {
    let columns = Columns::of(place, seen);
    head(ui, desk, seen, &columns, place);
    let body = Rect::from_min_max(
        pos2(place.left(), place.top() + HEAD),
        pos2(place.right(), place.bottom() - FOOT),
    );
    let rows = seen.counted.groups.len().max(1) as f32;
    let height = (body.height() / rows).clamp(ROW.0, ROW.1);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("gates down").auto_shrink(false).show(&mut inner, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for group in 0..seen.counted.groups.len() {
            row(ui, desk, seen, &columns, (group, height));
        }
    });
    foot(ui, seen, &columns, place);
}

fn stage_name(seen: &Seen<'_>, stage: usize) -> String {
    stage.checked_sub(1).map_or_else(|| "People".to_owned(), |gate| capital(seen.gate(gate)))
}

fn head(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, columns: &Columns, place: Rect) {
    let tokens = Tokens::of(ui);
    let top = place.top();
    let at = |x: f32, y: f32| pos2(x, top + y);
    let left = Align2::LEFT_CENTER;
    paint_text(ui.painter(), at(columns.left, 20.0), left, "Need group", Type::Strong, tokens.ink);
    let words = "share passing, between gates";
    let fit = (columns.name - 8.0, 1);
    paint_text_fitted(ui.painter(), at(columns.left, 38.0), left, words, Type::Small, tokens.ink2, fit);
    let in_view = seen.gate_in_view(desk);
    for column in 1..columns.stages.len() {
        let middle = at(columns.between(column - 1), 29.0);
        put_in_words(ui.ctx(), Rect::from_center_size(middle, vec2(20.0, 12.0)), || {
            "Share passing".to_owned()
        });
    }
    for (column, stage) in columns.stages.iter().copied().enumerate() {
        let name = stage_name(seen, stage);
        let x = columns.at(column);
        let fit = (columns.step - 6.0, 1);
        let painted =
            paint_text_fitted(ui.painter(), at(x, 29.0), left, &name, Type::Strong, tokens.ink, fit);
        let Some(gate) = stage.checked_sub(1) else { continue };
        let response = ui.interact(painted.expand(4.0), ui.scope_id().with(("gate", gate)), Sense::click());
        let on = gate == in_view;
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, true, on, format!("Compare groups at {}", seen.gate(gate)))
        });
        if on {
            let line = egui::Stroke::new(2.0, tokens.ink2);
            ui.painter().hline(painted.left()..=painted.right(), painted.bottom() + 3.0, line);
        }
        paint_focus(ui, &response, painted.expand(4.0), 4.0);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            desk.view.reach.caseload.gate = Some(gate);
        }
    }
    if let Some(gate) = seen.check.refusals {
        let away = words::turned_away(seen.gate(gate));
        let fit = (AWAY + 8.0, 2);
        paint_text_fitted(
            ui.painter(),
            at(columns.right, 29.0),
            Align2::RIGHT_CENTER,
            &away,
            Type::Strong,
            tokens.crimson,
            fit,
        );
    }
    ui.painter().hline(place.x_range(), top + HEAD, hairline(tokens.hair));
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, columns: &Columns, (group, height): (usize, f32)) {
    let width = ui.available_width();
    let (place, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, row_words(seen, group)));
    if !ui.is_rect_visible(place) {
        return;
    }
    let tokens = Tokens::of(ui);
    let y = place.center().y;
    let fit = (columns.name - 12.0, 2);
    let left = Align2::LEFT_CENTER;
    let at = pos2(columns.left, y);
    paint_text_fitted(ui.painter(), at, left, seen.short(group), Type::Body, tokens.ink, fit);
    // A bar beside a hidden one would show by its length how many that is.
    let most = seen.small.stages[group][columns.stages[0]].count();
    for (column, stage) in columns.stages.iter().copied().enumerate() {
        let told = seen.small.stages[group][stage];
        let is_last = column + 1 == columns.stages.len();
        let top_left = pos2(columns.at(column), y - 12.0);
        let share = told.count().zip(most).map(|(count, most)| count as f32 / most.max(1) as f32);
        stage_cell(ui, (told, share, is_last), top_left, columns.bar());
        if !is_last {
            rate(ui, desk, seen, (group, stage), pos2(columns.between(column), y + 9.0));
        }
    }
    if let Some(gate) = seen.check.refusals {
        let told = seen.small.turned_away[group][gate];
        let ink = if seen.is_shut_out(group, gate) { tokens.crimson } else { tokens.ink };
        let role = if told.count().is_some() { Type::Score } else { Type::Small };
        let words = told.words();
        paint_text(ui.painter(), pos2(columns.right, y), Align2::RIGHT_CENTER, &words, role, ink);
    }
    if group + 1 < seen.counted.groups.len() {
        ui.painter().hline(place.x_range(), place.bottom(), hairline(tokens.hair));
    }
}

/// A count with a bar under it, as long as its share of all.
fn stage_cell(ui: &Ui, (told, share, is_last): (Shown, Option<f32>, bool), at: egui::Pos2, width: f32) {
    let tokens = Tokens::of(ui);
    let track = Rect::from_min_size(pos2(at.x, at.y + 16.0), vec2(width, 10.0));
    let words = told.words();
    if told.count().is_none() {
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink3);
        paint_hatching(ui.painter(), tokens, track);
        return;
    }
    let role = if is_last { Type::NumberStrong } else { Type::Number };
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, role, tokens.ink);
    let Some(share) = share else { return };
    ui.painter().rect_filled(track, rounded(3.0), tokens.track);
    let bar = Rect::from_min_size(track.min, vec2(width * share, 10.0));
    ui.painter().rect_filled(bar, rounded(3.0), tokens.ink2);
}

/// The share that passes a gate; a click asks for its two by two table and test.
fn rate(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, (group, gate): (usize, usize), at: egui::Pos2) {
    let tokens = Tokens::of(ui);
    let bad = seen.is_shut_out(group, gate);
    let place = Rect::from_center_size(at, vec2(44.0, 22.0));
    let response = ui.interact(place, ui.scope_id().with(("rate", group, gate)), Sense::click());
    let words = rate_figure(seen, group, gate);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, rate_words(seen, group, gate)));
    if bad {
        ui.painter().rect_filled(place, rounded(6.0), tokens.crimson_tint);
    } else if response.hovered() {
        ui.painter().rect_filled(place, rounded(6.0), tokens.select);
    }
    let (role, ink) = if bad { (Type::SmallStrong, tokens.crimson) } else { (Type::Small, tokens.ink2) };
    paint_text(ui.painter(), at, Align2::CENTER_CENTER, &words, role, ink);
    paint_focus(ui, &response, place, 6.0);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        desk.explain(Question::Passing { gate, group });
    }
}

fn rate_figure(seen: &Seen<'_>, group: usize, gate: usize) -> String {
    let rate = seen.check.gates.get(gate).and_then(|gate| gate.result.groups.get(group)?.rate.ok());
    match rate {
        _ if !seen.small.tells_rate(group, gate) => "…".to_owned(),
        Some(rate) => percent(rate),
        None => "–".to_owned(),
    }
}

fn rate_words(seen: &Seen<'_>, group: usize, gate: usize) -> String {
    let name = seen.short(group);
    let gate_name = seen.gate(gate);
    let at_gate = &seen.check.gates[gate].result;
    let at = &at_gate.groups[group];
    if !seen.small.tells_rate(group, gate) {
        return format!("{name}, {gate_name}: hidden");
    }
    let others = at_gate.all.without(at.passage).rate();
    match (at.rate, others) {
        (Ok(rate), Ok(others)) if seen.small.compares(group, gate) => {
            let beyond = if seen.is_shut_out(group, gate) { ", less than chance would explain" } else { "" };
            format!("{name}, {gate_name}: {}, everyone else {}{beyond}", percent(rate), percent(others))
        }
        (Ok(rate), _) => format!("{name}, {gate_name}: {}", percent(rate)),
        (Err(why), _) => format!("{name}, {gate_name}: {}", why.0),
    }
}

fn row_words(seen: &Seen<'_>, group: usize) -> String {
    let stages = seen.small.stages[group].iter().enumerate().map(|(stage, told)| {
        let name = stage_name(seen, stage).to_lowercase();
        format!("{} {name}", told.words())
    });
    let mut words = vec![format!("{}: {}", seen.short(group), stages.collect::<Vec<_>>().join(", "))];
    if let Some(gate) = seen.check.refusals {
        let told = seen.small.turned_away[group][gate].words();
        words.push(format!("{told} {}", words::turned_away(seen.gate(gate)).to_lowercase()));
    }
    words.join(", ")
}

fn foot(ui: &Ui, seen: &Seen<'_>, columns: &Columns, place: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let band =
        Rect::from_min_max(pos2(place.left() + 1.0, place.bottom() - FOOT), place.max - vec2(1.0, 1.0));
    let corners = egui::CornerRadius { nw: 0, ne: 0, ..rounded(size::RADIUS_CARD - 1.0) };
    painter.rect_filled(band, corners, tokens.sunken);
    painter.hline(place.x_range(), band.top(), hairline(tokens.line));
    let y = band.center().y;
    let left = Align2::LEFT_CENTER;
    paint_text(painter, pos2(columns.left, y), left, "All groups", Type::Strong, tokens.ink);
    for (column, stage) in columns.stages.iter().copied().enumerate() {
        let told = seen.small.all_stages[stage];
        let role = if told.count().is_some() { Type::NumberStrong } else { Type::Small };
        let words = told.words();
        paint_text(painter, pos2(columns.at(column), y), left, &words, role, tokens.ink);
        if column + 1 < columns.stages.len() {
            let rate = seen.check.gates[stage].result.all.rate();
            let words = match rate {
                _ if !seen.small.tells_rate_of_all(stage) => "…".to_owned(),
                Ok(rate) => percent(rate),
                Err(_) => "–".to_owned(),
            };
            let at = pos2(columns.between(column), y);
            paint_text(painter, at, Align2::CENTER_CENTER, &words, Type::Small, tokens.ink2);
        }
    }
    if let Some(gate) = seen.check.refusals {
        let told = seen.small.all_turned_away[gate];
        let role = if told.count().is_some() { Type::Score } else { Type::Small };
        let words = told.words();
        paint_text(painter, pos2(columns.right, y), Align2::RIGHT_CENTER, &words, role, tokens.ink);
    }
}
