//! What changed between the two states, and what each change did to the lead of the later leader.

use egui::{
    Align2, CursorIcon, Painter, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::compare::{Done, Scene, badge, caption, rest_of};
use crate::{
    analysis::{
        balance::compare::{Change, Comparison, NoWhole, Orders, Whole, signed},
        explain::{self, Question},
    },
    model::wording::{number, thousands},
    ui::{
        theme::{Tokens, Type, hairline, rounded},
        widgets::{button::paint_focus, paint_text, paint_text_fitted},
    },
};

const HEAD: f32 = 33.0;
const END_ROW: f32 = 43.0;
const END_ROW_SMALL: f32 = 36.0;
const ROW: f32 = 52.0;
const ROW_SMALL: f32 = 38.0;
/// A word of who leads wants this much room beside the line of nought.
const WORD: f32 = 92.0;
const BAR: f32 = 18.0;

/// The columns of the table, and the scale of its bars.
struct Frame {
    words: f32,
    left: f32,
    right: f32,
    low: f64,
    high: f64,
    row: f32,
}

impl Frame {
    fn x(&self, points: f64) -> f32 {
        self.left + ((points - self.low) / (self.high - self.low)) as f32 * (self.right - self.left)
    }

    fn zero(&self) -> f32 {
        self.x(0.0)
    }
}

/// The height at which all of it is seen.
pub(super) fn natural_height(scene: &Scene) -> f32 {
    let Some(comparison) = &scene.both.comparison else { return 0.0 };
    let (row, end) = if scene.small { (ROW_SMALL, END_ROW_SMALL) } else { (ROW, END_ROW) };
    24.0 + HEAD + 2.0 * end + row * comparison.changes.len().max(2) as f32 + 4.0
}

/// Shows it in the rest of the card.
pub(super) fn show(ui: &mut Ui, scene: &Scene, comparison: &Comparison, done: &mut Done) {
    ui.spacing_mut().item_spacing.y = 0.0;
    head(ui, comparison);
    if comparison.changes.is_empty() {
        ui.add_space(8.0);
        caption(ui, "The same in every figure: options, scores, scales, weights and musts.");
        return;
    }
    let row = if scene.small { ROW_SMALL } else { ROW };
    let place = rest_of(ui);
    let frame = frame(place, comparison, row);
    ScrollArea::vertical().id_salt("what changed").auto_shrink(false).show(ui, |ui| {
        if let Ok(whole) = &comparison.whole {
            end(ui, scene, comparison, &frame, (whole, false));
        } else {
            ui.add_space(4.0);
        }
        let mut so_far = comparison.whole.as_ref().map_or(0.0, |whole| whole.lead_before);
        for change in &comparison.changes {
            let next = so_far + change.share.map_or(0.0, |share| share.effect);
            change_row(ui, scene, comparison, (change, so_far, next), &frame, done);
            so_far = next;
        }
        if let Ok(whole) = &comparison.whole {
            end(ui, scene, comparison, &frame, (whole, true));
        }
    });
}

fn head(ui: &mut Ui, comparison: &Comparison) {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let title = match &comparison.whole {
        Ok(whole) => format!("What changed, and what it did to {}’s lead", badge(comparison, &whole.leader)),
        Err(_) => "What changed".to_owned(),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &title));
    let y = place.top() + 12.0;
    let written = paint_text_fitted(
        ui.painter(),
        pos2(place.left(), y),
        Align2::LEFT_CENTER,
        &title,
        Type::Heading,
        tokens.ink,
        (place.width(), 1),
    );
    let aside = how(comparison);
    let fit = (place.right() - written.right() - 16.0, 1);
    let at = pos2(place.right(), y);
    let wanted = ui.painter().layout_no_wrap(aside.clone(), Type::Small.font(), tokens.ink3).size().x;
    let short = if wanted <= fit.0 { aside.as_str() } else { "points; they add up" };
    paint_text_fitted(ui.painter(), at, Align2::RIGHT_CENTER, short, Type::Small, tokens.ink3, fit);
    response.on_hover_text(aside);
}

/// How the effects were worked out, or why there are none.
fn how(comparison: &Comparison) -> String {
    match &comparison.whole {
        Ok(Whole { orders: Orders::All(1), .. }) => "points of lead".to_owned(),
        Ok(Whole { orders: Orders::All(orders), .. }) => {
            format!("points; mean of all {} orders, so they add up", thousands(*orders))
        }
        Ok(Whole { orders: Orders::Sampled(orders), .. }) => {
            format!("points; mean of {} orders drawn, ± its standard error", thousands(u64::from(*orders)))
        }
        Err(NoWhole::Same) => String::new(),
        Err(_) => "no lead to follow, so no effects".to_owned(),
    }
}

/// The columns, and a scale that holds every bar and the words beside the line of nought.
fn frame(place: Rect, comparison: &Comparison, row: f32) -> Frame {
    let sampled = matches!(&comparison.whole, Ok(Whole { orders: Orders::Sampled(_), .. }));
    let figures = if sampled { 104.0 } else { 68.0 };
    let words = if comparison.whole.is_ok() {
        (place.width() * 0.52).min(place.width() - figures - 180.0)
    } else {
        place.width()
    };
    let (left, right) = (place.left() + words, (place.right() - figures).max(place.left() + words + 40.0));
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    if let Ok(whole) = &comparison.whole {
        let mut so_far = whole.lead_before;
        for x in [whole.lead_before, whole.lead_after] {
            (low, high) = (low.min(x), high.max(x));
        }
        for change in &comparison.changes {
            so_far += change.share.map_or(0.0, |share| share.effect);
            (low, high) = (low.min(so_far), high.max(so_far));
        }
    }
    let span = (high - low).max(0.5);
    (low, high) = (low - span * 0.04, high + span * 0.06);
    // The word at the left of nought must fit.
    let wanted = f64::from((WORD / (right - left)).clamp(0.0, 0.4));
    if -low / (high - low) < wanted {
        low = -wanted * high / (1.0 - wanted);
    }
    Frame { words, left, right, low, high, row }
}

/// The first and the last row: who led, and by how much.
fn end(ui: &mut Ui, scene: &Scene, comparison: &Comparison, frame: &Frame, (whole, is_last): (&Whole, bool)) {
    let tokens = Tokens::of(ui);
    let height = if scene.small { END_ROW_SMALL } else { END_ROW };
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let rule = if is_last { tokens.line } else { tokens.hair };
    ui.painter().hline(place.x_range(), place.top(), hairline(rule));
    let standing = if is_last { &comparison.after } else { &comparison.before };
    let lead = if is_last { whole.lead_after } else { whole.lead_before };
    let leader = badge(comparison, &whole.leader);
    let first = standing.leader().map_or("", |o| standing.workspace.question.options[o].badge.as_str());
    let first = if lead > 0.0 { leader } else { first };
    let name = &scene.names[usize::from(is_last)];
    let figure = if Comparison::is_level(lead) {
        "level".to_owned()
    } else {
        format!("{first} by {}", number(lead.abs(), 1))
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {figure}")));
    let middle = place.center().y;
    let fit = (frame.words - 12.0, 1);
    let at = pos2(place.left(), middle);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Strong, tokens.ink, fit);
    let at = pos2(place.right(), middle);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &figure, Type::NumberStrong, tokens.ink);
    ui.painter().vline(frame.zero(), place.y_range(), hairline(tokens.ink3));
    let bar =
        Rect::from_two_pos(pos2(frame.zero(), middle - BAR / 2.0), pos2(frame.x(lead), middle + BAR / 2.0));
    ui.painter().rect_filled(bar, rounded(4.0), tokens.option(first).fill);
    let (from, to) = if is_last { (place.top(), bar.top()) } else { (bar.bottom(), place.bottom()) };
    dashed(ui.painter(), frame.x(lead), from, to, tokens);
    let word = |words: &str, on_right: bool| {
        let (x, anchor) = if on_right {
            (frame.zero() + 9.0, Align2::LEFT_CENTER)
        } else {
            (frame.zero() - 9.0, Align2::RIGHT_CENTER)
        };
        paint_text(ui.painter(), pos2(x, middle), anchor, words, Type::Small, tokens.ink3);
    };
    if lead < 0.0 {
        word(&format!("{leader} leads"), true);
    } else if is_last {
        let other = comparison.before.leader().map(|o| &comparison.before.workspace.question.options[o]);
        match other.filter(|o| o.id != whole.leader) {
            Some(other) => word(&format!("{} leads", other.badge), false),
            None => word("others lead", false),
        }
    }
}

/// One change: its name and line lead to where it was made; its figure can be asked why.
fn change_row(
    ui: &mut Ui,
    scene: &Scene,
    comparison: &Comparison,
    (change, from, to): (&Change, f64, f64),
    frame: &Frame,
    done: &mut Done,
) {
    let tokens = Tokens::of(ui);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), frame.row), Sense::hover());
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
    words(
        ui,
        comparison,
        change,
        Rect::from_min_size(place.min, vec2(frame.words - 10.0, place.height())),
        done,
    );
    let Some(share) = change.share else { return };
    ui.painter().vline(frame.zero(), place.y_range(), hairline(tokens.ink3));
    let middle = place.center().y;
    let (a, b) = (frame.x(from), frame.x(to));
    let half = (b - a).abs().max(2.0) / 2.0;
    let bar = Rect::from_center_size(pos2(f32::midpoint(a, b), middle), vec2(2.0 * half, BAR));
    dashed(ui.painter(), a, place.top(), bar.top(), tokens);
    dashed(ui.painter(), b, bar.bottom(), place.bottom(), tokens);
    let round = rounded(if half < 6.0 { 2.0 } else { 4.0 });
    if share.effect >= 0.0 {
        ui.painter().rect_filled(bar, round, tokens.ink2);
    } else {
        ui.painter().rect(bar, round, tokens.card, Stroke::new(1.6, tokens.ink2), StrokeKind::Inside);
    }
    figure(
        ui,
        scene,
        comparison,
        change,
        Rect::from_min_max(pos2(frame.right, place.top()), place.max),
        done,
    );
}

fn words(ui: &mut Ui, comparison: &Comparison, change: &Change, place: Rect, done: &mut Done) {
    let tokens = Tokens::of(ui);
    let target = explain::place_of_change(comparison, change);
    let sense = if target.is_some() { Sense::click() } else { Sense::hover() };
    let response = ui.interact(place, ui.scope_id().with(("change", &change.kind)), sense);
    let role = if target.is_some() { Role::Link } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, format!("{}: {}", change.name, change.line)));
    if target.is_some() && response.hovered() {
        let lit = place.shrink2(vec2(0.0, 2.0)).expand2(vec2(6.0, 0.0));
        ui.painter().rect_filled(lit, rounded(6.0), tokens.select);
    }
    let fit = (place.width(), 1);
    let at = |y: f32| pos2(place.left(), place.center().y + y);
    let name = |y: f32| {
        paint_text_fitted(ui.painter(), at(y), Align2::LEFT_CENTER, &change.name, Type::Body, tokens.ink, fit)
    };
    // Small windows show the line only while the pointer or the keyboard is on it.
    if place.height() < ROW || change.line.is_empty() {
        name(0.0);
    } else {
        name(-9.5);
        paint_text_fitted(
            ui.painter(),
            at(9.5),
            Align2::LEFT_CENTER,
            &change.line,
            Type::Small,
            tokens.ink3,
            fit,
        );
    }
    paint_focus(ui, &response, place.shrink2(vec2(0.0, 3.0)), 4.0);
    let clicked = response.clicked();
    let response =
        if target.is_some() { response.on_hover_cursor(CursorIcon::PointingHand) } else { response };
    if !change.line.is_empty() {
        response.on_hover_text(&change.line);
    }
    if clicked {
        done.go = target;
    }
}

fn figure(
    ui: &mut Ui,
    scene: &Scene,
    comparison: &Comparison,
    change: &Change,
    place: Rect,
    done: &mut Done,
) {
    let (Some(share), Ok(whole), Some(before)) = (change.share, &comparison.whole, &scene.before) else {
        return;
    };
    let tokens = Tokens::of(ui);
    let response = ui.interact(place, ui.scope_id().with(("effect", &change.kind)), Sense::click());
    let mut words = signed(share.effect, 1);
    if let Some(error) = share.standard_error {
        words = format!("{words} ± {}", number(error, if error < 0.05 { 2 } else { 1 }));
    }
    let leader = badge(comparison, &whole.leader);
    response.widget_info(|| {
        let said = format!("{} did {words} points to {leader}’s lead", change.name);
        WidgetInfo::labeled(Role::Button, true, said)
    });
    let at = pos2(place.right(), place.center().y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, tokens.ink);
    paint_focus(ui, &response, place.shrink2(vec2(0.0, 6.0)).expand2(vec2(4.0, 0.0)), 4.0);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    let question = Question::Effect(before.clone(), scene.after.clone(), change.kind.clone());
    done.with_figure(&response, question);
}

fn dashed(painter: &Painter, x: f32, from: f32, to: f32, tokens: &Tokens) {
    let mut y = from;
    while y < to {
        painter.vline(x, y..=(y + 3.0).min(to), hairline(tokens.line));
        y += 6.0;
    }
}
