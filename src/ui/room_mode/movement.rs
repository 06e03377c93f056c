//! What the round after discussion changed: the median of each factor that was asked again, and who leads now.

use egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

use super::{
    said::{Answer, Points},
    strips::{Strip, paint_scale},
    wall::{Wall, head, label, nothing_yet, on_page, role_that_fits, sheet, spoken, width},
};
use crate::{
    model::{
        balance::Factor,
        wording::{number, percent},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline},
        widgets::{paint_badge, paint_side_mark, paint_text, paint_text_fitted},
    },
};

/// How many factors a page has at the most.
pub const ON_PAGE: usize = 12;
/// How tall a row is at the most.
const ROW: f32 = 54.0;

pub fn show(ui: &mut Ui, wall: &Wall, body: Rect) {
    let tokens = Tokens::of(ui);
    let said = &wall.said_in_room;
    let top = head(ui, wall, body, "After the second round") + 18.0;
    let asked: Vec<usize> =
        (0..said.points.len()).filter(|&f| said.points[f].spread_before.is_some()).collect();
    let (Some(before), Some(now), false) = (&said.answer_before, &said.answer, asked.is_empty()) else {
        let words = "There has been one round so far. Vote again to see what discussion changes.";
        nothing_yet(ui, body, top, words);
        return;
    };
    let words = sentence(wall, before, now);
    let role = role_that_fits(ui, &words, &[Type::Big, Type::Title, Type::Heading], (body.width(), 1));
    label(ui, pos2(body.left(), top), Align2::LEFT_TOP, &words, role, tokens.ink, (body.width(), 2));
    let cards = Rect::from_min_size(pos2(body.left(), top + 62.0), vec2(body.width(), 96.0));
    show_leaders(ui, wall, before, now, cards);
    let below = body.with_min_y(cards.bottom() + 12.0);
    show_medians(ui, wall, &asked, below);
}

/// "B still leads: 67, and 65 before."
fn sentence(wall: &Wall, before: &Answer, now: &Answer) -> String {
    let name = |option: usize| wall.workspace.question.options[option].name.as_str();
    let ((old, was), (new, is)) = (before.leader(), now.leader());
    let (was, is) = (number(was, 0), number(is, 0));
    if old == new && was == is {
        format!("{} still leads, with {is} as before.", name(new))
    } else if old == new {
        format!("{} still leads, with {is}; it had {was}.", name(new))
    } else {
        format!("{} leads now, with {is}; {} led before.", name(new), name(old))
    }
}

fn show_leaders(ui: &mut Ui, wall: &Wall, before: &Answer, now: &Answer, place: Rect) {
    let tokens = Tokens::of(ui);
    let middle = place.center().x;
    let halves =
        [("Before", before, place.with_max_x(middle - 26.0)), ("Now", now, place.with_min_x(middle + 26.0))];
    for (lead, answer, card) in halves {
        sheet(ui, card, lead == "Now");
        let (leader, total) = answer.leader();
        let option = &wall.workspace.question.options[leader];
        let left = card.left() + 18.0;
        let at = pos2(left, card.top() + 18.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, lead, Type::Body, tokens.ink2);
        let y = card.top() + 58.0;
        paint_badge(ui.painter(), tokens, &option.badge, pos2(left + 19.0, y), 38.0);
        let figure = number(total, 0);
        let at = pos2(left + 50.0, y);
        let written = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &figure, Type::WallName, tokens.ink);
        let next = answer.ranking.get(1).map(|&(option, total)| {
            format!("{} next with {}", wall.workspace.question.options[option].badge, number(total, 0))
        });
        let share = answer.commercial_share.map(|share| format!("commercial {}", percent(share)));
        for (line, words) in [next, share].into_iter().flatten().enumerate() {
            let at = pos2(written.right() + 18.0, y - 10.0 + 20.0 * line as f32);
            let fit = (card.right() - written.right() - 30.0, 1);
            paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Body, tokens.ink2, fit);
        }
        spoken(ui, card, &format!("{lead}: {}, {}, total {figure}", option.badge, option.name));
    }
    let font = Icon::font(32.0);
    ui.painter().text(place.center(), Align2::CENTER_CENTER, icons::ARROW_RIGHT.0, font, tokens.ink3);
}

fn show_medians(ui: &mut Ui, wall: &Wall, asked: &[usize], place: Rect) {
    let tokens = Tokens::of(ui);
    let factors = &wall.workspace.balance.factors;
    let names = (place.width() * 0.36).min(320.0);
    let order = furthest_moved_first(wall, asked);
    let (shown, paged) = on_page(&order, ON_PAGE, wall.page);
    let foot = if paged.is_some() { 20.0 } else { 0.0 };
    let rows = Rect::from_min_max(
        pos2(place.left(), place.top() + 20.0),
        pos2(place.right(), place.bottom() - foot),
    );
    let row = (rows.height() / shown.len().max(1) as f32).min(ROW);
    if let Some(words) = paged {
        let words = format!("{words}, those that moved furthest first");
        let fit = (place.width(), 1);
        label(ui, place.left_bottom(), Align2::LEFT_BOTTOM, &words, Type::Small, tokens.ink2, fit);
    }
    let across = Rect::from_min_max(
        pos2(place.left() + names, rows.top()),
        pos2(place.right() - 110.0, rows.top() + row * shown.len() as f32),
    );
    let scale =
        Strip { place: across, side: factors[asked[0]].side, mark: 10.0, apart: 10.0, ground: tokens.paper };
    paint_scale(ui, &scale, place.top() + 7.0, across.bottom());
    let at = pos2(place.right(), place.top() + 7.0);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, "median", Type::Small, tokens.ink2);
    for (at, &f) in shown.iter().enumerate() {
        let top = rows.top() + row * at as f32;
        let line = Rect::from_x_y_ranges(place.x_range(), top..=top + row);
        show_median(ui, &factors[f], &wall.said_in_room.points[f], line, across);
    }
}

fn furthest_moved_first(wall: &Wall, asked: &[usize]) -> Vec<usize> {
    let moved = |f: usize| {
        let points = &wall.said_in_room.points[f];
        let medians = points.spread.zip(points.spread_before);
        medians.map_or(0.0, |(now, before)| (now.median - before.median).abs())
    };
    let mut order = asked.to_vec();
    order.sort_by(|&a, &b| moved(b).total_cmp(&moved(a)));
    order
}

/// A dumb-bell from the median before, hollow, to the median now.
fn show_median(ui: &mut Ui, factor: &Factor, points: &Points, line: Rect, across: Rect) {
    let tokens = Tokens::of(ui);
    let (Some(now), Some(before)) = (points.spread, points.spread_before) else { return };
    ui.painter().hline(line.x_range(), line.top(), hairline(tokens.hair));
    let y = line.center().y;
    paint_side_mark(ui.painter(), tokens, factor.side, pos2(line.left() + 6.0, y), 11.0);
    let most = across.left() - line.left() - 36.0;
    let name = if width(ui, &factor.name, Type::Strong) <= most { &factor.name } else { factor.short_name() };
    let at = pos2(line.left() + 20.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Strong, tokens.ink, (most, 1));
    let strip = Strip { place: across, side: factor.side, mark: 10.0, apart: 10.0, ground: tokens.paper };
    let (from, to) = (strip.x(before.median), strip.x(now.median));
    let colour = tokens.side(factor.side).fill;
    ui.painter().hline(from.min(to)..=from.max(to), y, Stroke::new(3.0, colour));
    ui.painter().circle(pos2(from, y), 7.0, tokens.paper, Stroke::new(2.0, colour));
    ui.painter().circle_filled(pos2(to, y), 7.5, colour);
    let figure = |value: f64| number(value, 0);
    let end = pos2(line.right(), y);
    let now_words = figure(now.median);
    let place =
        paint_text(ui.painter(), end, Align2::RIGHT_CENTER, &now_words, Type::NumberStrong, tokens.ink);
    let was = format!("{} to ", figure(before.median));
    let at = pos2(place.left(), y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &was, Type::Body, tokens.ink2);
    spoken(ui, line, &format!("{}: median from {} to {}", factor.name, figure(before.median), now_words));
}
