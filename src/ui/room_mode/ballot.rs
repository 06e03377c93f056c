//! The wall while numbers are written on cards: what is asked, how many are in, how long there is. Nothing of an answer.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    ends::{Ends, ends, in_words},
    entry::how_many_in,
    wall::{Act, Clock, Wall, head, label, role_that_fits, sheet, spoken, width},
};
use crate::{
    model::{
        balance::{Factor, Side},
        ids::FactorId,
        wording::{list, number},
    },
    ui::{
        command::{Command, Step},
        icons::{self, Icon},
        theme::{Tokens, Type, rounded},
        widgets::{Paragraph, button::paint_focus, paint_side_mark, paint_text},
    },
};

/// What is written for each change.
const ASKED: &str = "Write a number from 0 to 100. The change that matters most to you gets 100.";
/// The same in a round that asks about some factors only: their numbers stand beside those given before.
const ASKED_AGAIN: &str =
    "Write a number from 0 to 100, on the same scale as before: 100 is what mattered most of all.";
/// How tall the counts at the foot are.
const COUNTS: f32 = 96.0;
/// Seats that are shown one by one at the most; more are a bar.
const MOST_DOTS: usize = 60;

/// Shows the ballot on a factor, or the card with every factor for `None`.
pub fn show(ui: &mut Ui, wall: &Wall, factor: Option<&FactorId>, body: Rect, acts: &mut Vec<Act>) {
    let round = wall.workspace.round_in_room();
    let asked = wall.workspace.asked_in(round);
    let again = if round > 1 { "Second round, " } else { "" };
    let place = factor.and_then(|id| asked.iter().position(|other| other == id));
    let right = match place {
        Some(at) if again.is_empty() => format!("Factor {} of {}", at + 1, asked.len()),
        Some(at) => format!("{again}factor {} of {}", at + 1, asked.len()),
        None => again.trim_end_matches(", ").to_owned(),
    };
    let top = head(ui, wall, body, &right);
    let counts = body.with_min_y(body.bottom() - COUNTS);
    let room = Rect::from_min_max(pos2(body.left(), top + 12.0), pos2(body.right(), counts.top() - 8.0));
    match factor.and_then(|id| wall.workspace.factor(id)) {
        Some(factor) => show_factor(ui, wall, factor, room),
        None => show_card(ui, wall, &asked, room),
    }
    show_counts(ui, wall, counts, acts);
}

fn show_factor(ui: &mut Ui, wall: &Wall, factor: &Factor, room: Rect) {
    let tokens = Tokens::of(ui);
    let spare = (room.height() - 310.0).clamp(0.0, 160.0);
    let mut y = room.top() + 10.0 + spare * 0.2;
    let question = "How much does this change matter?";
    let at = pos2(room.left(), y);
    label(ui, at, Align2::LEFT_TOP, question, Type::WallQuestion, tokens.ink2, (room.width(), 1));
    y += 31.0;
    let role = role_that_fits(ui, &factor.name, &[Type::WallName, Type::Big], (room.width() - 40.0, 1));
    paint_side_mark(ui.painter(), tokens, factor.side, pos2(room.left() + 11.0, y + 27.0), 22.0);
    let at = pos2(room.left() + 35.0, y + 27.0);
    label(ui, at, Align2::LEFT_CENTER, &factor.name, role, tokens.ink, (room.width() - 40.0, 2));
    y += 54.0 + 22.0;
    let card = Rect::from_min_size(pos2(room.left(), y), vec2(room.width(), 95.0));
    sheet(ui, card, false);
    match ends(&wall.workspace, &wall.analysis, factor) {
        Some(ends) => show_ends(ui, wall, factor, &ends, card),
        None => {
            let words = "From the worst there could be to the best";
            let at = pos2(card.left() + 20.0, card.center().y);
            label(ui, at, Align2::LEFT_CENTER, words, Type::Heading, tokens.ink, (card.width() - 40.0, 1));
        }
    }
    let asked = if asks_a_part(wall) { ASKED_AGAIN } else { ASKED };
    let words = if wall.said.is_empty() { asked } else { &wall.said };
    let ink = if wall.said.is_empty() { tokens.ink2 } else { tokens.ink };
    let at = pos2(room.left(), card.bottom() + 16.0);
    label(ui, at, Align2::LEFT_TOP, words, Type::Sentence, ink, (room.width(), 2));
}

/// The swing: the worst end at the left, the best at the right, as things where they can be counted.
fn show_ends(ui: &mut Ui, wall: &Wall, factor: &Factor, ends: &Ends, card: Rect) {
    let tokens = Tokens::of(ui);
    let middle = card.center().x + 4.0;
    let half = middle - card.left() - 50.0;
    let y = if ends.things.is_some() { card.top() + 29.0 } else { card.center().y };
    let unit = if ends.unit.is_empty() { String::new() } else { format!(" {}", ends.unit) };
    let sides = [("From ", &ends.worst, card.left() + 20.0, true), ("to ", &ends.best, middle + 39.0, false)];
    for (lead, words, left, says_unit) in sides {
        let unit = if says_unit { unit.as_str() } else { "" };
        let galley = Paragraph::new()
            .run(lead, Type::Sentence, tokens.ink)
            .run(words, Type::Heading, tokens.ink)
            .run(unit, Type::Sentence, tokens.ink)
            .galley(ui.painter(), half);
        ui.painter().galley(pos2(left, y - galley.size().y / 2.0), galley, tokens.ink);
    }
    let arrow = pos2(middle - 12.0, card.center().y);
    let font = Icon::font(36.0);
    ui.painter().text(arrow, Align2::CENTER_CENTER, icons::ARROW_RIGHT.0, font, tokens.ink3);
    if let Some((worst, best, of)) = ends.things {
        for (many, left) in [(worst, card.left() + 20.0), (best, middle + 39.0)] {
            let step = ((half - 10.0) / of as f32).min(33.0);
            for thing in 0..of {
                let at = pos2(left + step * (thing as f32 + 0.5) - 3.0, card.top() + 64.0);
                paint_thing(ui, factor.side, at, step * 0.68, thing < many);
            }
        }
    }
    let words = in_words(&wall.workspace, &wall.analysis, factor);
    spoken(ui, card, &crate::model::wording::capital(&words));
}

/// One of so many things, in the shape of its side, filled or hollow.
fn paint_thing(ui: &Ui, side: Side, at: egui::Pos2, size: f32, filled: bool) {
    let tokens = Tokens::of(ui);
    if filled {
        paint_side_mark(ui.painter(), tokens, side, at, size);
        return;
    }
    let edge = Stroke::new(1.5, tokens.edge);
    match side {
        Side::Operational => drop(ui.painter().circle_stroke(at, size / 2.0 - 0.75, edge)),
        Side::Commercial => {
            let square = Rect::from_center_size(at, vec2(size - 2.0, size - 2.0));
            ui.painter().rect_stroke(square, rounded(1.5), edge, egui::StrokeKind::Inside);
        }
    }
}

/// Whether the round under way asks about some of the factors only.
fn asks_a_part(wall: &Wall) -> bool {
    let open = wall.workspace.voices.open_round();
    open.is_some_and(|round| {
        wall.workspace.asked_in(round.number).len() < wall.workspace.balance.factors.len()
    })
}

/// The card with every factor, in two columns.
fn show_card(ui: &mut Ui, wall: &Wall, asked: &[FactorId], room: Rect) {
    let tokens = Tokens::of(ui);
    let words = match (wall.said.is_empty(), asks_a_part(wall)) {
        (false, _) => &wall.said,
        (true, true) => {
            "Write a number from 0 to 100 beside each change, on the same scale as before: 100 is what mattered most of all."
        }
        (true, false) => {
            "Write a number from 0 to 100 beside each change. What matters most to you gets 100."
        }
    };
    let at = pos2(room.left(), room.top() + 8.0);
    let head = label(ui, at, Align2::LEFT_TOP, words, Type::Sentence, tokens.ink, (room.width(), 2));
    let from = head.bottom() + 14.0;
    let rows = asked.len().div_ceil(2).max(1);
    let step = ((room.bottom() - from) / rows as f32).min(if rows <= 3 { 72.0 } else { 46.0 });
    let (name_role, words_role) =
        if step > 60.0 { (Type::Title, Type::Sentence) } else { (Type::Strong, Type::Small) };
    let two_lines = step >= 40.0;
    let wide = (room.width() - 28.0) / 2.0;
    let shown = if step < 20.0 { (((room.bottom() - from) / 20.0) as usize).max(1) } else { rows };
    let step = step.max(20.0);
    for (at, id) in asked.iter().enumerate().filter(|(at, _)| at % rows < shown) {
        let Some(factor) = wall.workspace.factor(id) else { continue };
        let left = room.left() + (at / rows) as f32 * (wide + 28.0);
        let row = Rect::from_min_size(pos2(left, from + (at % rows) as f32 * step), vec2(wide, step));
        ui.painter().hline(row.x_range(), row.top(), crate::ui::theme::hairline(tokens.hair));
        let y = row.center().y - if two_lines { step * 0.2 } else { 0.0 };
        paint_side_mark(ui.painter(), tokens, factor.side, pos2(left + 6.0, y), 11.0);
        let name = pos2(left + 20.0, y);
        label(ui, name, Align2::LEFT_CENTER, &factor.name, name_role, tokens.ink, (wide - 20.0, 1));
        if two_lines {
            let words = in_words(&wall.workspace, &wall.analysis, factor);
            let at = pos2(left + 20.0, y + step * 0.4);
            label(ui, at, Align2::LEFT_CENTER, &words, words_role, tokens.ink2, (wide - 20.0, 1));
        }
    }
    if shown < rows {
        let words = format!("and {} more on the card", asked.len() - 2 * shown);
        let at = pos2(room.right(), room.bottom());
        label(ui, at, Align2::RIGHT_BOTTOM, &words, Type::Small, tokens.ink2, (300.0, 1));
    }
}

/// How many are in, how long there is, and the one thing to press.
fn show_counts(ui: &mut Ui, wall: &Wall, place: Rect, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let inside = wall.answered.iter().filter(|in_already| **in_already).count();
    let nobody = wall.answered.is_empty();
    let words = if nobody { String::new() } else { number(inside as f64, 0) };
    let baseline = place.bottom() - 34.0;
    let wide = width(ui, &words, Type::WallFigure);
    let at = pos2(place.left(), baseline + 11.0);
    paint_text(ui.painter(), at, Align2::LEFT_BOTTOM, &words, Type::WallFigure, tokens.ink);
    let of = number(wall.answered.len() as f64, 0);
    let rest = if nobody { how_many_in(&wall.answered) } else { format!("of {of} in") };
    let gap = if nobody { 0.0 } else { 12.0 };
    let at = pos2(place.left() + wide + gap, baseline - 1.5);
    let rest = paint_text(ui.painter(), at, Align2::LEFT_BOTTOM, &rest, Type::WallLead, tokens.ink);
    let counted = Rect::from_min_max(pos2(place.left(), place.top()), rest.max);
    spoken(ui, counted, &how_many_in(&wall.answered));
    let dots = Rect::from_min_max(
        pos2(place.left(), place.bottom() - 20.0),
        pos2(place.left() + 440.0, place.bottom()),
    );
    paint_seats(ui, &wall.answered, dots);
    if !wall.missing.is_empty() {
        let missing: Vec<&str> = wall.missing.iter().map(String::as_str).collect();
        let words = format!("Missing: {}", list(&missing));
        let at = pos2(rest.right() + 20.0, baseline - 4.0);
        label(
            ui,
            at,
            Align2::LEFT_BOTTOM,
            &words,
            Type::Small,
            tokens.ink2,
            (480.0 - rest.right() + place.left(), 2),
        );
    }
    let button =
        Rect::from_min_max(pos2(place.right() - 230.0, place.bottom() - 79.0), place.max - vec2(0.0, 4.0));
    reveal_button(ui, button, acts);
    show_clock(ui, wall.clock, pos2(button.left() - 150.0, button.top() - 4.0));
}

fn show_clock(ui: &mut Ui, clock: Clock, at: egui::Pos2) {
    let tokens = Tokens::of(ui);
    let icon = pos2(at.x + 9.0, at.y + 10.0);
    ui.painter().text(icon, Align2::CENTER_CENTER, icons::TIMER.0, Icon::font(20.0), tokens.ink2);
    let words = if matches!(clock, Clock::Paused(_)) { "left, stopped" } else { "left" };
    let beside = pos2(at.x + 28.0, at.y + 10.0);
    paint_text(ui.painter(), beside, Align2::LEFT_CENTER, words, Type::Body, tokens.ink2);
    let left = clock.words();
    let below = pos2(at.x, at.y + 50.0);
    let place = paint_text(ui.painter(), below, Align2::LEFT_CENTER, &left, Type::WallClock, tokens.ink);
    spoken(ui, place, &format!("{left} left"));
}

fn reveal_button(ui: &mut Ui, place: Rect, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let response = ui.interact(place, ui.scope_id().with("reveal"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Reveal"));
    ui.painter().rect_filled(place, rounded(11.0), tokens.primary);
    let words = width(ui, "Reveal", Type::WallButton);
    let left = place.center().x - (words + 44.0) / 2.0;
    let icon = pos2(left + 16.0, place.center().y);
    ui.painter().text(icon, Align2::CENTER_CENTER, icons::EYE.0, Icon::font(32.0), tokens.on_primary);
    let at = pos2(left + 44.0, place.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, "Reveal", Type::WallButton, tokens.on_primary);
    paint_focus(ui, &response, place, 11.0);
    if response.clicked() {
        acts.push(Act::Run(Command::Wall(Step::Reveal)));
    }
}

/// A dot a seat, filled for those that are in; many seats are one bar.
pub fn paint_seats(ui: &Ui, answered: &[bool], place: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    if answered.is_empty() {
        return;
    }
    let inside = answered.iter().filter(|in_already| **in_already).count();
    if answered.len() > MOST_DOTS {
        let bar = place.shrink2(vec2(0.0, 3.0));
        painter.rect_filled(bar, rounded(6.0), tokens.track);
        let share = inside as f32 / answered.len() as f32;
        painter.rect_filled(bar.with_max_x(bar.left() + bar.width() * share), rounded(6.0), tokens.ink);
        return;
    }
    let rows = if answered.len() > 30 { 2 } else { 1 };
    let columns = answered.len().div_ceil(rows);
    let step = (place.width() / columns as f32).min(26.0).min(place.height() * 1.3 / rows as f32);
    let r = step * 0.31;
    // Filled ones first: which seat is in is nobody's business on a wall.
    for at in 0..answered.len() {
        let (row, column) = (at / columns, at % columns);
        let y = place.top() + place.height() * (row as f32 + 0.5) / rows as f32;
        let centre = pos2(place.left() + step * (column as f32) + r, y);
        if at < inside {
            painter.circle_filled(centre, r, tokens.ink);
        } else {
            painter.circle_stroke(centre, r - 0.75, Stroke::new(1.5, tokens.ink3));
        }
    }
}
