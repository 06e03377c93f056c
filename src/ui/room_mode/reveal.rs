//! The wall once answers are uncovered: what each factor was given, what that comes to, and where the room is apart.

use egui::{Align2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{
    said::{FEWEST, Points, Said},
    strips::{Strip, paint_scale, paint_sectors},
    wall::{Wall, label, on_page, role_that_fits, sheet, spoken, width},
};
use crate::{
    analysis::balance::{WeightBasis, certainty},
    model::{
        balance::{Factor, Side},
        wording::{number, percent},
    },
    ui::{
        theme::{Tokens, Type, hairline, rounded},
        widgets::{Paragraph, paint_badge, paint_side_mark, paint_text},
    },
};

/// How tall a row is: so much and no more, and so little that its words stay large enough.
const ROW: f32 = 44.0;
const LEAST_ROW: f32 = 16.5;
/// How many factors a page has at the most.
pub const ON_PAGE: usize = 20;
/// The width of the cards at the right.
const CARDS: f32 = 235.0;
/// Ballots that have a badge each at the most, in two rows, and how large it is: its letter must be read from afar.
const MOST_BADGES: usize = 14;
const BADGE: f32 = 23.0;
/// How much further it reaches to the sides than other scenes.
pub const ASIDE: f32 = 8.0;

pub fn show(ui: &mut Ui, wall: &Wall, body: Rect) {
    let body = body.with_min_y(body.top() - 7.0).expand2(vec2(ASIDE, 0.0));
    let said = &wall.said_in_room;
    let bottom = heading(ui, wall, said, body);
    if said.ballots == 0 {
        let words = "No ballot has been given yet.";
        let at = pos2(body.left(), bottom + 30.0);
        label(ui, at, Align2::LEFT_TOP, words, Type::Heading, Tokens::of(ui).ink2, (body.width(), 1));
        return;
    }
    if said.ballots < FEWEST {
        let words = "From three ballots on it is shown what they say: fewer would give somebody away.";
        let at = pos2(body.left(), bottom + 30.0);
        label(ui, at, Align2::LEFT_TOP, words, Type::Heading, Tokens::of(ui).ink2, (body.width(), 2));
        return;
    }
    let below = body.with_min_y(bottom + 4.0);
    let cards = below.with_min_x(below.right() - CARDS);
    let strips = below.with_max_x(cards.left() - 26.0);
    show_strips(ui, wall, said, strips);
    show_cards(ui, wall, said, cards);
}

fn heading(ui: &mut Ui, wall: &Wall, said: &Said, body: Rect) -> f32 {
    let tokens = Tokens::of(ui);
    let y = body.top() + 14.0;
    let mut right = body.right();
    for side in [Side::Commercial, Side::Operational] {
        let words = side.words();
        let place = paint_text(
            ui.painter(),
            pos2(right, y),
            Align2::RIGHT_CENTER,
            words,
            Type::Strong,
            tokens.side(side).text,
        );
        paint_side_mark(ui.painter(), tokens, side, pos2(place.left() - 12.0, y), 11.0);
        right = place.left() - 32.0;
    }
    let split = wall.split.as_ref().and_then(|id| wall.workspace.sector(id));
    let words = match (split, said.ballots) {
        (Some(sector), _) => format!("{}: what matters to them", sector.name),
        (None, 0) => "What we said matters".to_owned(),
        (None, 1) => "What one of us said matters".to_owned(),
        (None, ballots) => format!("What the {} of us said matters", in_letters(ballots)),
    };
    let role = role_that_fits(ui, &words, &[Type::Title, Type::Heading], (right - body.left(), 1));
    label(ui, pos2(body.left(), y), Align2::LEFT_CENTER, &words, role, tokens.ink, (right - body.left(), 1));
    body.top() + 29.0
}

/// Small numbers in letters, as in a heading.
fn in_letters(many: usize) -> String {
    const WORDS: [&str; 21] = [
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.get(many).map_or_else(|| number(many as f64, 0), |word| (*word).to_owned())
}

fn show_strips(ui: &mut Ui, wall: &Wall, said: &Said, place: Rect) {
    let tokens = Tokens::of(ui);
    let factors = &wall.workspace.balance.factors;
    let legend = place.with_min_y(place.bottom() - 20.0);
    let rows_top = place.top() + 18.0;
    let all = legend.top() - 6.0 - rows_top;
    let row = (all / factors.len().max(1) as f32).clamp(LEAST_ROW, ROW);
    let order = widest_first(said, factors.len());
    let (part, paged) = on_page(&order, ON_PAGE, wall.page);
    let mut shown = part.to_vec();
    shown.sort_unstable();
    let row = (all / shown.len().max(1) as f32).clamp(LEAST_ROW, row.max(LEAST_ROW) * 2.0).min(ROW);
    let names = 218.0_f32.min(place.width() * 0.4);
    let across = Rect::from_min_max(
        pos2(place.left() + names, rows_top),
        pos2(place.right() - 74.0, rows_top + row * shown.len() as f32),
    );
    let scale =
        Strip { place: across, side: Side::Operational, mark: 10.5, apart: 9.5, ground: tokens.paper };
    paint_scale(ui, &scale, place.top() + 7.0, across.bottom());
    let at = pos2(place.right() - 8.0, place.top() + 7.0);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, "median", Type::Small, tokens.ink2);
    for (order, &f) in shown.iter().enumerate() {
        let top = rows_top + order as f32 * row;
        let line = Rect::from_x_y_ranges(place.x_range(), top..=top + row);
        show_row(ui, wall, &factors[f], &said.points[f], (line, across), said.apart.contains(&factors[f].id));
    }
    if let Some(words) = paged {
        let words = format!("{words}, those furthest apart first");
        let at = pos2(legend.left(), legend.center().y);
        label(ui, at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2, (legend.width(), 1));
    } else {
        paint_sectors(ui, &wall.workspace, said, legend);
    }
}

/// The factors, those on which the room is furthest apart first.
fn widest_first(said: &Said, factors: usize) -> Vec<usize> {
    let wide = |f: usize| said.points[f].spread.map_or(-1.0, |s| s.upper_quartile - s.lower_quartile);
    let mut order: Vec<usize> = (0..factors).collect();
    order.sort_by(|&a, &b| wide(b).total_cmp(&wide(a)));
    order
}

fn show_row(
    ui: &mut Ui,
    wall: &Wall,
    factor: &Factor,
    points: &Points,
    (line, across): (Rect, Rect),
    apart: bool,
) {
    let tokens = Tokens::of(ui);
    if apart {
        let frame = line.shrink2(vec2(0.5, 0.5));
        ui.painter().rect(frame, rounded(6.0), tokens.card, Stroke::new(1.5, tokens.ink), StrokeKind::Inside);
    } else {
        ui.painter().hline(line.x_range(), line.top(), hairline(tokens.hair));
    }
    let y = line.center().y;
    paint_side_mark(ui.painter(), tokens, factor.side, pos2(line.left() + 13.5, y), 9.0);
    let role = if apart { Type::Strong } else { Type::Body };
    let role = if line.height() < 21.0 { Type::Small } else { role };
    let most = across.left() - line.left() - 34.0;
    let name = if width(ui, &factor.name, role) <= most { &factor.name } else { factor.short_name() };
    crate::ui::widgets::paint_text_fitted(
        ui.painter(),
        pos2(line.left() + 26.0, y),
        Align2::LEFT_CENTER,
        name,
        role,
        tokens.ink,
        (most, 1),
    );
    let mark = (line.height() * 0.33).clamp(8.0, 14.0);
    let ground = if apart { tokens.card } else { tokens.paper };
    let place = Rect::from_x_y_ranges(across.x_range(), line.y_range());
    Strip { place, side: factor.side, mark, apart: mark * 0.9, ground }.paint(
        ui,
        &wall.workspace,
        points,
        apart,
    );
    let median = points.spread.map_or_else(|| "–".to_owned(), |spread| number(spread.median, 0));
    let at = pos2(line.right() - 8.0, y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &median, Type::NumberStrong, tokens.ink);
    spoken(ui, line, &in_words(factor, points, apart));
}

/// A row in a sentence, without anybody in it.
pub fn in_words(factor: &Factor, points: &Points, apart: bool) -> String {
    let Some(spread) = points.spread else {
        let why = if points.too_few { "fewer than three numbers" } else { "no ballot" };
        return format!("{}: {why}", factor.name);
    };
    let figure = |value: f64| number(value, 0);
    let mut words = format!(
        "{}: median {}, the middle half from {} to {}, all from {} to {}",
        factor.name,
        figure(spread.median),
        figure(spread.lower_quartile),
        figure(spread.upper_quartile),
        figure(spread.min),
        figure(spread.max)
    );
    if let Some(before) = points.spread_before {
        words += &format!("; the median was {} in the first round", figure(before.median));
    }
    if apart {
        words += "; here we are furthest apart";
    }
    words
}

fn show_cards(ui: &mut Ui, wall: &Wall, said: &Said, place: Rect) {
    let answer = place.with_max_y(place.top() + 170.0);
    let firsts = Rect::from_min_size(answer.left_bottom() + vec2(0.0, 7.0), vec2(place.width(), 124.0));
    let apart = place.with_min_y(firsts.bottom() + 7.0);
    let apart = apart.with_max_y(apart.bottom().min(apart.top() + 170.0));
    show_answer(ui, wall, said, answer);
    show_firsts(ui, wall, said, firsts);
    show_apart(ui, wall, said, apart);
}

fn show_answer(ui: &mut Ui, wall: &Wall, said: &Said, card: Rect) {
    let tokens = Tokens::of(ui);
    sheet(ui, card, false);
    let left = card.left() + 15.0;
    let wide = card.width() - 30.0;
    let Some(answer) = &said.answer else {
        let words = if said.gives_away && wall.split.is_none() {
            super::said::TOO_FEW_TOGETHER
        } else {
            "The ballots point to no option: score the options first."
        };
        let galley = Paragraph::new().run(words, Type::Body, tokens.ink2).galley(ui.painter(), wide);
        ui.painter().galley(card.min + vec2(15.0, 12.0), galley, tokens.ink2);
        spoken(ui, card, words);
        return;
    };
    let (leader, total) = answer.leader();
    let option = &wall.workspace.question.options[leader];
    let lead = if wall.split.is_some() { "Their ballots put first" } else { "Our ballots put first" };
    paint_text(
        ui.painter(),
        pos2(left, card.top() + 20.0),
        Align2::LEFT_CENTER,
        lead,
        Type::Body,
        tokens.ink2,
    );
    let y = card.top() + 56.0;
    paint_badge(ui.painter(), tokens, &option.badge, pos2(left + 19.0, y), 38.0);
    let words = number(total, 0);
    paint_text(ui.painter(), pos2(left + 48.0, y), Align2::LEFT_CENTER, &words, Type::WallName, tokens.ink);
    let name =
        if width(ui, &option.name, Type::Heading) <= wide { &option.name } else { option.short_name() };
    let fit = (wide, 1);
    let at = pos2(left, card.top() + 94.0);
    crate::ui::widgets::paint_text_fitted(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        name,
        Type::Heading,
        tokens.ink,
        fit,
    );
    let more = answer_words(wall, said);
    let galley = Paragraph::new().run(&more, Type::Small, tokens.ink2).galley(ui.painter(), wide);
    ui.painter().galley(pos2(left, card.top() + 108.0), galley, tokens.ink2);
    spoken(ui, card, &format!("{lead} {} {}, {}. {more}", option.badge, words, option.name));
}

/// "C is next with 58. Commercial carries 42 %; B holds to 62 %."
fn answer_words(wall: &Wall, said: &Said) -> String {
    let Some(answer) = &said.answer else { return String::new() };
    let badge = |option: usize| wall.workspace.question.options[option].badge.as_str();
    let mut words = String::new();
    if let Some(&(next, total)) = answer.ranking.get(1) {
        words += &format!("{} is next with {}. ", badge(next), number(total, 0));
    }
    if let Some(share) = answer.commercial_share {
        words += &format!("Commercial carries {}", percent(share));
        match said.holds_to {
            Some(to) => words += &format!("; {} holds to {}.", badge(answer.leader().0), percent(to)),
            None => words.push('.'),
        }
    }
    if wall.analysis.balance.weight_basis != WeightBasis::Ballots {
        words += " The balance goes by other weights.";
    }
    words += certainty::note(&wall.analysis.balance.performance.matrix);
    words.trim().to_owned()
}

fn show_firsts(ui: &mut Ui, wall: &Wall, said: &Said, card: Rect) {
    let tokens = Tokens::of(ui);
    sheet(ui, card, false);
    let left = card.left() + 15.0;
    let lead = "Each ballot on its own";
    paint_text(
        ui.painter(),
        pos2(left, card.top() + 19.0),
        Align2::LEFT_CENTER,
        lead,
        Type::Body,
        tokens.ink2,
    );
    let options = &wall.workspace.question.options;
    let place =
        Rect::from_min_max(pos2(left, card.top() + 34.0), pos2(card.right() - 15.0, card.bottom() - 34.0));
    let tallies = tallies(&said.firsts);
    if said.firsts.len() <= MOST_BADGES {
        let columns = MOST_BADGES / 2;
        let step = vec2(place.width() / columns as f32, place.height() / 2.0);
        let side = (step.x - 4.0).min(step.y - 4.0).min(BADGE);
        for (at, &option) in said.firsts.iter().enumerate() {
            let (row, column) = ((at / columns) as f32, (at % columns) as f32);
            let centre =
                pos2(place.left() + step.x * column + side / 2.0, place.top() + step.y * (row + 0.5));
            paint_badge(ui.painter(), tokens, &options[option].badge, centre, side);
        }
    } else {
        paint_tallies(ui, wall, &tallies, place);
    }
    let all = said.firsts.len();
    let said_first = tallies.first().map(|&(option, many)| {
        (
            format!("{} of {}", number(many as f64, 0), number(all as f64, 0)),
            format!(" put {} first", options[option].badge),
        )
    });
    let Some((strong, rest)) = said_first else { return };
    let galley = Paragraph::new()
        .run(&strong, Type::Strong, tokens.ink)
        .run(&rest, Type::Body, tokens.ink)
        .galley(ui.painter(), card.width() - 30.0);
    ui.painter().galley(pos2(left, card.bottom() - 31.0), galley, tokens.ink);
    let others: Vec<String> = tallies
        .iter()
        .skip(1)
        .map(|&(option, many)| format!(", {} {}", many, options[option].badge))
        .collect();
    spoken(ui, card, &format!("{lead}: {strong}{rest}{}", others.concat()));
}

/// How many put each option first, where there is no room for a badge each that could be read.
fn paint_tallies(ui: &Ui, wall: &Wall, tallies: &[(usize, usize)], place: Rect) {
    const COLUMNS: usize = 3;
    let tokens = Tokens::of(ui);
    let step = vec2(place.width() / COLUMNS as f32, place.height() / 2.0);
    for (at, (option, many)) in tallies.iter().take(2 * COLUMNS).enumerate() {
        let (row, column) = ((at / COLUMNS) as f32, (at % COLUMNS) as f32);
        let left = pos2(place.left() + step.x * column, place.top() + step.y * (row + 0.5));
        let badge = &wall.workspace.question.options[*option].badge;
        paint_badge(ui.painter(), tokens, badge, left + vec2(BADGE / 2.0, 0.0), BADGE);
        let words = number(*many as f64, 0);
        let at = left + vec2(BADGE + 7.0, 0.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::NumberStrong, tokens.ink);
    }
}

/// How many ballots put each option first, most first.
fn tallies(firsts: &[usize]) -> Vec<(usize, usize)> {
    let mut tallies: Vec<(usize, usize)> = Vec::new();
    for &option in firsts {
        match tallies.iter_mut().find(|(known, _)| *known == option) {
            Some((_, many)) => *many += 1,
            None => tallies.push((option, 1)),
        }
    }
    tallies.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    tallies
}

fn show_apart(ui: &mut Ui, wall: &Wall, said: &Said, card: Rect) {
    let tokens = Tokens::of(ui);
    sheet(ui, card, true);
    let left = card.left() + 16.0;
    let wide = card.width() - 30.0;
    if said.apart.is_empty() {
        let words = "We are of one mind on every factor.";
        let at = pos2(left, card.top() + 22.0);
        label(ui, at, Align2::LEFT_CENTER, words, Type::Body, tokens.ink, (wide, 2));
        return;
    }
    let lead = "We are furthest apart on";
    paint_text(
        ui.painter(),
        pos2(left, card.top() + 20.0),
        Align2::LEFT_CENTER,
        lead,
        Type::Body,
        tokens.ink2,
    );
    let names: Vec<&str> = said
        .apart
        .iter()
        .filter_map(|id| wall.workspace.factor(id))
        .map(|factor| {
            if width(ui, &factor.name, Type::Strong) <= wide {
                factor.name.as_str()
            } else {
                factor.short_name()
            }
        })
        .collect();
    for (at, name) in names.iter().enumerate() {
        let at = pos2(left, card.top() + 43.0 + 21.0 * at as f32);
        let fit = (wide, 1);
        crate::ui::widgets::paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            name,
            Type::Strong,
            tokens.ink,
            fit,
        );
    }
    let ask = "Who is at each end?\nHear both, then vote again.";
    let galley = Paragraph::new().run(ask, Type::Body, tokens.ink2).galley(ui.painter(), wide);
    let top = card.top() + 36.0 + 21.0 * names.len() as f32;
    if top + galley.size().y <= card.bottom() - 4.0 {
        ui.painter().galley(pos2(left, top), galley, tokens.ink2);
    }
    let full: Vec<&str> = said
        .apart
        .iter()
        .filter_map(|id| wall.workspace.factor(id))
        .map(|factor| factor.name.as_str())
        .collect();
    spoken(
        ui,
        card,
        &format!("{lead} {}. Who is at each end? Hear both, then vote again.", full.join(" and ")),
    );
}
