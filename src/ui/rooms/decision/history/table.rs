//! The table of steps, by day. Only what is in view is drawn; the keyboard walks it as one thing.

use egui::{
    Align2, CursorIcon, Key, Rect, Response, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use jiff::{civil::Date, tz::TimeZone};

use super::{
    HistoryView, called, place,
    rows::{self, AT_ONCE, Row, Rows, Said, figure},
};
use crate::{
    model::{
        diff::differing,
        trail::Earlier,
        wording::{count, day},
    },
    session::trail::Line,
    ui::{
        command::Command,
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            button::{paint_dotted, paint_focus},
            fitted_around, link, paint_badge, paint_text, paint_text_fitted,
        },
    },
};

const HEAD: f32 = 34.0;
const DAY: f32 = 32.0;
const STEP: f32 = 46.0;
const FOOT: f32 = 42.0;
const EDGE: f32 = 16.0;
const GAP: f32 = 12.0;

/// Where the columns begin and how wide they are.
struct Columns {
    when: (f32, f32),
    who: (f32, f32),
    what: (f32, f32),
    before: (f32, f32),
    after: (f32, f32),
    effect: (f32, f32),
}

impl Columns {
    fn of(place: Rect) -> Self {
        let room = place.width() - 2.0 * EDGE - 5.0 * GAP;
        let small = room < 700.0;
        let [when, who, effect] = if small { [42.0, 78.0, 112.0] } else { [44.0, 96.0, 132.0] };
        let values = room - when - who - effect;
        let (before, after) = ((values * 0.2).clamp(58.0, 120.0), (values * 0.24).clamp(70.0, 140.0));
        let widths = [when, who, values - before - after, before, after, effect];
        let mut x = place.left() + EDGE;
        let [when, who, what, before, after, effect] = widths.map(|width| {
            let column = (x, width);
            x += width + GAP;
            column
        });
        Self { when, who, what, before, after, effect }
    }
}

/// Shows the table in exactly this place.
pub fn show_at(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, rows: &Rows, place: Rect) {
    let tokens = Tokens::of(ui);
    let round = rounded(size::RADIUS_CARD);
    ui.painter().rect(place, round, tokens.card, hairline(tokens.hair), StrokeKind::Inside);
    let columns = Columns::of(place);
    let y = place.top() + HEAD / 2.0;
    let heads = [
        (columns.when, "when"),
        (columns.who, "who"),
        (columns.what, "what changed"),
        (columns.before, "before"),
        (columns.after, "after"),
        (columns.effect, "effect"),
    ];
    for ((x, _), words) in heads {
        paint_text(ui.painter(), pos2(x, y), Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    }
    let body = Rect::from_min_max(
        pos2(place.left() + 1.0, place.top() + HEAD),
        pos2(place.right() - 1.0, place.bottom() - FOOT),
    );
    let table = keyboard(ui, desk, view, rows, body);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body).id_salt("steps in view"));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    scrolled(&mut inner, desk, view, rows, &columns);
    paint_focus(ui, &table, place.shrink(1.0), size::RADIUS_CARD);
    foot(ui, desk, view, rows, Rect::from_min_max(pos2(place.left(), body.bottom()), place.max));
}

/// The table as one thing to the keyboard: arrows choose a step, Enter goes to its place.
fn keyboard(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, rows: &Rows, body: Rect) -> Response {
    let table = ui.interact(body, ui.scope_id().with("history table"), Sense::focusable_noninteractive());
    let many = count(rows.steps.len(), "step", "steps");
    table.widget_info(|| WidgetInfo::labeled(Role::Table, true, format!("History, {many}")));
    if !table.has_focus() {
        return table;
    }
    let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(table.id, filter));
    let trail = desk.session.trail();
    let at = |id| rows.steps.iter().position(|&at| Some(trail.lines()[at].id()) == id);
    let now = at(view.step.as_ref()).unwrap_or(0);
    let last = rows.steps.len().saturating_sub(1);
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let to = [
        (Key::ArrowUp, now.saturating_sub(1)),
        (Key::ArrowDown, (now + 1).min(last)),
        (Key::PageUp, now.saturating_sub(8)),
        (Key::PageDown, (now + 8).min(last)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    if let Some((_, to)) = to.into_iter().find(|(key, _)| pressed(*key)) {
        choose(view, &trail.lines()[rows.steps[to]]);
        view.reveal = true;
    }
    if pressed(Key::Enter) {
        let line = trail.lines()[rows.steps[now]].clone();
        go(desk, &line);
    }
    table
}

fn choose(view: &mut HistoryView, line: &Line) {
    if view.step.as_ref() != Some(line.id()) {
        view.step = Some(line.id().clone());
        view.writes_note = false;
        view.asked = None;
    }
}

/// Goes where a step was made.
pub fn go(desk: &mut Desk<'_>, line: &Line) {
    match line.first_change() {
        Some(change) => place::go(desk, &change.place.clone(), line.room()),
        None => {
            if let Some(room) = line.room() {
                desk.go(room, "");
            }
        }
    }
}

fn height(row: &Row) -> f32 {
    match row {
        Row::Day(_) => DAY,
        Row::Step(_) => STEP,
    }
}

/// The rows, of which only those in view are drawn.
fn scrolled(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, rows: &Rows, columns: &Columns) {
    let now = view.now();
    let (zone, today) = (now.time_zone().clone(), now.date());
    let reveal = std::mem::take(&mut view.reveal);
    ScrollArea::vertical().id_salt("history rows").auto_shrink(false).show_viewport(ui, |ui, seen| {
        let whole: f32 = rows.rows.iter().map(height).sum();
        let top = ui.max_rect().top();
        let across = ui.max_rect().x_range();
        ui.set_height(whole);
        let mut y = 0.0;
        for row in &rows.rows {
            let tall = height(row);
            let place = Rect::from_x_y_ranges(across, (top + y)..=(top + y + tall));
            let is_chosen = matches!(row, Row::Step(at)
                if Some(desk.session.trail().lines()[*at].id()) == view.step.as_ref());
            if is_chosen && reveal {
                ui.scroll_to_rect_animation(place, None, egui::style::ScrollAnimation::none());
            }
            if y + tall >= seen.top() && y <= seen.bottom() {
                match row {
                    Row::Day(day) => day_row(ui, place, *day, today),
                    Row::Step(at) => {
                        let line = desk.session.trail().lines()[*at].clone();
                        step_row(ui, desk, view, &line, (place, columns, is_chosen, &zone));
                    }
                }
            }
            y += tall;
        }
    });
}

fn day_row(ui: &mut Ui, place: Rect, day: Date, today: Date) {
    let tokens = Tokens::of(ui);
    ui.painter().rect_filled(place, 0.0, tokens.sunken);
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.line));
    let words = rows::day_words(day, today);
    let at = pos2(place.left() + EDGE - 1.0, place.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::SmallStrong, tokens.ink);
    let heading = ui.interact(place, ui.scope_id().with(("day", day.to_string())), Sense::hover());
    heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &words));
}

fn step_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut HistoryView,
    line: &Line,
    (place, columns, is_chosen, zone): (Rect, &Columns, bool, &TimeZone),
) {
    let tokens = Tokens::of(ui);
    let who = called(line.who(), desk.session.who()).to_owned();
    let time = rows::time_words(line.at(), zone);
    // Walked by the table, not by Tab: there may be hundreds.
    let id = ui.scope_id().with(("step", line.id().as_str()));
    let row = ui.interact(place, id, Sense::CLICK);
    row.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, rows::spoken(line, &who, &time)));
    if is_chosen || row.hovered() {
        ui.painter().rect_filled(place, 0.0, tokens.select);
    }
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
    let y = place.center().y;
    let left = |x: f32| pos2(x, y);
    let ink = if line.is_undone { tokens.ink3 } else { tokens.ink };
    let painter = ui.painter();
    paint_text(painter, left(columns.when.0), Align2::LEFT_CENTER, &time, Type::Number, tokens.ink3);
    person(ui, (columns.who, y), &who);
    let icon = line.room().map_or(icons::CLOCK_COUNTER_CLOCKWISE, |room| Command::Go(room).icon());
    let at = pos2(columns.what.0 + 8.5, y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::font(17.0), tokens.ink2);
    what(ui, desk, line, (columns.what.0 + 26.0, columns.what.1 - 26.0), (y, ink));
    let [before, after] = rows::before_and_after(line);
    let dash = |words: &str, ink| if words == "–" { tokens.ink3 } else { ink };
    let matters = differing(&before, &after);
    let inks = [dash(&before, tokens.ink2), dash(&after, ink)];
    let cells =
        [(columns.before, &before), (columns.after, &after)].into_iter().zip(matters.iter().zip(inks));
    for (((x, width), words), (matters, ink)) in cells {
        let shown = fitted_around(ui.painter(), words, matters, Type::Number, width);
        paint_text(ui.painter(), left(x), Align2::LEFT_CENTER, &shown, Type::Number, ink);
    }
    effect(ui, &rows::said(line), (columns.effect.0, y));
    let row = row.on_hover_cursor(CursorIcon::PointingHand);
    if row.clicked() {
        choose(view, line);
    }
}

/// A round mark with the first letter of the name, and the name.
fn person(ui: &Ui, ((x, width), y): ((f32, f32), f32), who: &str) {
    let tokens = Tokens::of(ui);
    ui.painter().circle_filled(pos2(x + 11.0, y), 11.0, tokens.track);
    let first: String = who.chars().take(1).flat_map(char::to_uppercase).collect();
    let at = pos2(x + 11.0, y);
    paint_text(ui.painter(), at, Align2::CENTER_CENTER, &first, Type::SmallStrong, tokens.ink2);
    let fit = (width - 29.0, 1);
    let at = pos2(x + 29.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, who, Type::Body, tokens.ink, fit);
}

/// What changed, as words that lead to its place.
fn what(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    line: &Line,
    (x, width): (f32, f32),
    (y, ink): (f32, egui::Color32),
) {
    let tokens = Tokens::of(ui);
    let room = if line.is_undone { width - 58.0 } else { width };
    let words = rows::what(line);
    let fit = (room.max(20.0), 2);
    let shown = paint_text_fitted(ui.painter(), pos2(x, y), Align2::LEFT_CENTER, words, Type::Body, ink, fit);
    paint_dotted(ui, shown.left(), shown.right(), shown.bottom() + 0.5, tokens.line);
    if line.is_undone {
        let at = pos2(shown.right() + space::S, y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, "undone", Type::Small, tokens.ink3);
    }
    let id = ui.scope_id().with(("go to", line.id().as_str()));
    let link = ui.interact(shown.expand2(vec2(2.0, 3.0)), id, Sense::CLICK);
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Go to {words}")));
    if link.clicked() {
        go(desk, line);
    }
    link.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(words);
}

fn effect(ui: &Ui, said: &Said<'_>, (x, y): (f32, f32)) {
    let tokens = Tokens::of(ui);
    let text = |x: f32, words: &str, role: Type, ink| {
        paint_text(ui.painter(), pos2(x, y), Align2::LEFT_CENTER, words, role, ink).right()
    };
    let arrow = |x: f32, ink| {
        let at = pos2(x + 6.0, y);
        ui.painter().text(at, Align2::CENTER_CENTER, icons::ARROW_RIGHT.0, Icon::font(12.0), ink);
        x + 18.0
    };
    let badge = |x: f32, badge: &str| {
        paint_badge(ui.painter(), tokens, badge, pos2(x + 9.0, y), 18.0);
        x + 24.0
    };
    match said {
        Said::NotYet => drop(text(x, "…", Type::Body, tokens.ink3)),
        Said::Nothing => drop(text(x, "–", Type::Body, tokens.ink3)),
        Said::Lead([before, after]) => {
            let mut x = text(x, "lead", Type::Small, tokens.ink2) + 6.0;
            for (place, option) in [before, after].into_iter().enumerate() {
                x = match option {
                    Some(option) => badge(x, option),
                    None => text(x, "–", Type::Body, tokens.ink3) + 6.0,
                };
                if place == 0 {
                    x = arrow(x, tokens.ink3);
                }
            }
        }
        Said::LeftOut(moved) => {
            let at = pos2(x + 8.0, y);
            let font = Icon::filled_font(16.0);
            ui.painter().text(at, Align2::CENTER_CENTER, icons::USER_MINUS.0, font, tokens.crimson);
            let x = text(x + 22.0, &figure(moved.before, 0), Type::NumberStrong, tokens.crimson) + 6.0;
            let x = arrow(x, tokens.crimson);
            text(x, &figure(moved.after, 0), Type::NumberStrong, tokens.crimson);
        }
        Said::Total(moved) => {
            let x = badge(x, &moved.badge);
            let x = text(x, &figure(moved.before, 1), Type::Number, tokens.ink2) + 6.0;
            let x = arrow(x, tokens.ink3);
            text(x, &figure(moved.after, 1), Type::NumberStrong, tokens.ink);
        }
    }
}

/// How many are shown of how many, what is not, and the way to older ones.
fn foot(ui: &mut Ui, desk: &Desk<'_>, view: &mut HistoryView, rows: &Rows, place: Rect) {
    let tokens = Tokens::of(ui);
    let mut round = rounded(size::RADIUS_CARD);
    (round.nw, round.ne) = (0, 0);
    ui.painter().rect(place, round, tokens.sunken, hairline(tokens.hair), StrokeKind::Inside);
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.line));
    let at = pos2(place.left() + EDGE + 7.5, place.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icons::LOCK_SIMPLE.0, Icon::font(15.0), tokens.ink2);
    let trail = desk.session.trail();
    let all = trail.lines().len();
    let shown = rows.steps.len();
    let mut words = if shown == all {
        format!("{}. ", count(all, "step", "steps"))
    } else {
        format!("{shown} of {}. ", count(all, "step", "steps"))
    };
    words += "Undone steps stay in the list. Kept inside the workspace file.";
    if let Some(earlier) = trail.earlier() {
        let zone = view.now().time_zone().clone();
        words = format!("{words} {}", earlier_words(earlier, &zone));
    }
    let older = rows.fitting > shown;
    let room = place.width() - 2.0 * EDGE - 24.0 - if older { 60.0 } else { 0.0 };
    let at = pos2(place.left() + EDGE + 24.0, place.center().y);
    let fit = (room, 2);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2, fit);
    let told = ui.interact(place, ui.scope_id().with("history foot"), Sense::hover());
    told.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    if older {
        let at =
            Rect::from_min_size(pos2(place.right() - EDGE - 40.0, place.center().y - 9.0), vec2(44.0, 18.0));
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(at).id_salt("older"));
        if link(&mut inner, "Older", Type::Small, tokens.ink2).clicked() {
            view.older += AT_ONCE;
        }
    }
}

/// What was let go: "1,240 earlier steps, 3 March 2026 to 9 May 2026, are only counted."
#[must_use]
pub fn earlier_words(earlier: Earlier, zone: &TimeZone) -> String {
    let [from, to] = [earlier.from, earlier.to].map(|at| day(at.to_zoned(zone.clone()).date()));
    let steps = usize::try_from(earlier.steps).unwrap_or(usize::MAX);
    let when = if from == to { format!("of {from}") } else { format!("from {from} to {to}") };
    let are = if steps == 1 { "is" } else { "are" };
    format!("{} {when} {are} only counted.", count(steps, "earlier step", "earlier steps"))
}
