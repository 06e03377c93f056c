//! The balance as a picture: commercial value to the right, operational value up, every option with its uncertainty,
//! the efficient frontier, and the line of all that is worth the same as the leader.

use std::sync::Arc;

use egui::{
    Align2, Color32, CursorIcon, Galley, Id, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui,
    Vec2, WidgetInfo, epaint::TextShape, pos2, vec2,
};

use super::{
    iso_line::IsoLine,
    labels::Scene,
    reading::{Done, Reading, span},
    sentence::{name, short_name},
};
use crate::{
    analysis::balance::dial::{self, PlacedOption},
    model::{
        Room,
        balance::Side,
        wording::{capital, number},
    },
    ui::{
        theme::{Tokens, Type, hairline, mix, rounded},
        widgets::{
            Button, Paragraph, button::paint_focus, marks::paint_hatching, paint_badge, paint_side_mark,
            paint_text, wrapped,
        },
    },
};

/// More options than this are shown by their badges alone.
const MOST_NAMES: usize = 12;
/// Widths of marks: of one that is only a dot, of a badge, and of the leader's.
const DOT: f32 = 11.0;
const BADGE: f32 = 22.0;
const LEADER: f32 = 26.0;
/// The box of an option with unknown scores is at least this wide and high.
const LEAST_OPEN: f32 = 14.0;

/// What the tinted regions hold.
const REGIONS: &str = "Each region holds 95 % of the draws of its scores";

/// The plane of the two sides on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Plane {
    pub area: Rect,
}

impl Plane {
    fn inside(card: Rect) -> Self {
        let area = Rect::from_min_max(card.min + vec2(52.0, 14.0), card.max - vec2(20.0, 48.0));
        Self { area }
    }

    fn x(&self, commercial: f64) -> f32 {
        self.area.left() + commercial as f32 / 100.0 * self.area.width()
    }

    fn y(&self, operational: f64) -> f32 {
        self.area.bottom() - operational as f32 / 100.0 * self.area.height()
    }

    /// The point of a commercial and an operational value.
    #[must_use]
    pub fn at(&self, commercial: f64, operational: f64) -> Pos2 {
        pos2(self.x(commercial), self.y(operational))
    }
}

/// One option in the plane.
struct Mark {
    option: usize,
    at: Pos2,
    side: f32,
    /// Whether it is only a dot, because a better one's badge stands here in the crowd.
    is_dot: bool,
    /// The 95 % limits on each axis, (left, right) and (top, bottom).
    limits: Option<(Vec2, Vec2)>,
    /// The limits of the region that holds 95 % of its draws, likewise.
    region: Option<(Vec2, Vec2)>,
    /// The box over which an option with unknown scores may lie.
    open: Option<Rect>,
}

impl Mark {
    fn badge(&self) -> Rect {
        Rect::from_center_size(self.at, Vec2::splat(self.side))
    }

    /// The box around everything that is drawn of it.
    fn reach(&self) -> Rect {
        let boxed =
            |limits: Option<(Vec2, Vec2)>| limits.map(|(x, y)| Rect::from_x_y_ranges(x.x..=x.y, y.x..=y.y));
        let parts = [boxed(self.limits), boxed(self.region), self.open];
        parts.into_iter().flatten().fold(self.badge(), Rect::union)
    }

    fn arms(&self) -> Vec<[Pos2; 2]> {
        self.limits.map_or(Vec::new(), |(x, y)| {
            vec![[pos2(x.x, self.at.y), pos2(x.y, self.at.y)], [pos2(self.at.x, y.x), pos2(self.at.x, y.y)]]
        })
    }
}

/// Shows the chart in this place.
pub fn show(ui: &mut Ui, reading: &Reading<'_>, place: Rect, done: &mut Done) {
    let plane = Plane::inside(place);
    let chart = ui.interact(plane.area, ui.scope_id().with("balance chart"), Sense::hover());
    chart.widget_info(|| {
        let words = format!("Chart. {} {REGIONS}, a cross 95 % along each side.", reading.sentence.full());
        WidgetInfo::labeled(Role::Image, true, words)
    });
    let marks = marks(reading, plane);
    let has_regions = marks.iter().any(|mark| mark.region.is_some_and(|(x, _)| x.y - x.x >= 1.0));
    paint_axes(ui, plane, place, has_regions);
    if marks.is_empty() {
        show_what_to_do(ui, reading, plane, done);
        return;
    }
    let mut scene = scene(reading, plane, &marks);
    let line = IsoLine::of(ui, reading, plane);
    paint_uncertainty(ui, reading, plane, &marks, line.as_ref());
    paint_frontier(ui, reading, plane);
    if let Some(line) = &line {
        scene.lines.push(line.ends);
        line.paint(ui);
    }
    paint_crosses(ui, reading, plane, &marks);
    show_marks(ui, reading, &marks, done);
    paint_names(ui, reading, &mut scene, &marks);
    if let Some(line) = &line {
        line.paint_words(ui, reading.now.is_moved, plane, &mut scene);
    }
    paint_frontier_words(ui, reading, plane, &mut scene);
}

/// Says what to do while there is nothing to place.
fn show_what_to_do(ui: &mut Ui, reading: &Reading<'_>, plane: Plane, done: &mut Done) {
    let tokens = Tokens::of(ui);
    let workspace = reading.workspace;
    let weighed = reading.result.commercial_share.is_some();
    let (words, room, page) = if workspace.question.options.is_empty() {
        ("Score two options on one factor of each kind", Room::Question, "")
    } else if workspace.balance.factors.is_empty() {
        ("Score two options on one factor of each kind", Room::Balance, "Scores")
    } else if reading.result.too_few_scored() {
        ("Score two options to see who leads", Room::Balance, "Scores")
    } else if weighed {
        ("Give factors of both kinds some points to see the options here", Room::Balance, "Weights")
    } else {
        ("Give at least one factor some points", Room::Balance, "Weights")
    };
    let room_for_words = plane.area.width() - 48.0;
    let galley =
        Paragraph::new().run(words, Type::Sentence, tokens.ink2).galley(ui.painter(), room_for_words);
    let size = vec2(galley.size().x.max(160.0), galley.size().y + 16.0 + 32.0);
    let place = Rect::from_center_size(plane.area.center(), size);
    ui.painter().rect_filled(place.expand(12.0), rounded(8.0), tokens.card);
    let left = place.center().x - galley.size().x / 2.0;
    ui.painter().galley(pos2(left, place.top()), galley, tokens.ink2);
    let go = format!("Go to {}", if page.is_empty() { room.name() } else { page });
    let below = Rect::from_min_max(pos2(place.left(), place.bottom() - 32.0), place.max);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(below));
    if inner.vertical_centered(|ui| Button::new(&go).show(ui)).inner.clicked() {
        done.go = Some((room, page));
    }
}

fn marks(reading: &Reading<'_>, plane: Plane) -> Vec<Mark> {
    let crowded = reading.now.options.len() > MOST_NAMES;
    let leader = reading.now.leader();
    let mut marks: Vec<Mark> = (0..reading.now.options.len())
        .filter_map(|option| {
            let (com, op) = reading.place(option)?;
            let side = if leader == Some(option) { LEADER } else { BADGE };
            let at = plane.at(com.middle, op.middle);
            let limits = reading.spread(option).and_then(|spread| {
                let (com, op) = (spread.commercial?, spread.operational?);
                Some((vec2(plane.x(com.0), plane.x(com.1)), vec2(plane.y(op.1), plane.y(op.0))))
            });
            let stretch = reading.spread(option).and_then(|spread| spread.region_stretch);
            let region = limits.zip(stretch).map(|((x, y), stretch)| {
                let stretched = |limits: Vec2, centre: f32| {
                    Vec2::splat(centre) + (limits - Vec2::splat(centre)) * stretch as f32
                };
                (stretched(x, at.x), stretched(y, at.y))
            });
            let open = (com.is_open() || op.is_open()).then(|| {
                let open = Rect::from_two_pos(plane.at(com.low, op.low), plane.at(com.high, op.high));
                // Where only one side is open the box would be a line.
                open.expand2((Vec2::splat(LEAST_OPEN) - open.size()).max(Vec2::ZERO) / 2.0)
            });
            Some(Mark { option, at, side, is_dot: false, limits, region, open })
        })
        .collect();
    // The best are painted last, over the others.
    let rank = |option: usize| reading.now.ranking.iter().position(|&o| o == option).unwrap_or(usize::MAX);
    marks.sort_by_key(|mark| std::cmp::Reverse(rank(mark.option)));
    if crowded {
        thin_out(&mut marks);
    }
    marks
}

/// In a crowd a mark whose badge would lie over that of a better one becomes a dot.
fn thin_out(marks: &mut [Mark]) {
    let mut taken: Vec<Rect> = Vec::new();
    for mark in marks.iter_mut().rev() {
        let badge = mark.badge();
        if taken.iter().any(|other| other.intersects(badge)) {
            mark.is_dot = true;
            mark.side = DOT;
        } else {
            taken.push(badge.expand(1.0));
        }
    }
    // Dots lie under the badges.
    marks.sort_by_key(|mark| !mark.is_dot);
}

/// Everything that words must keep clear of.
fn scene(reading: &Reading<'_>, plane: Plane, marks: &[Mark]) -> Scene {
    let area = plane.area;
    let at = |share: f32| (area.left() + share * area.width(), area.top() + share * area.height());
    let grid = [0.25, 0.5, 0.75].into_iter().map(at).flat_map(|(x, y)| {
        [[pos2(x, area.top()), pos2(x, area.bottom())], [pos2(area.left(), y), pos2(area.right(), y)]]
    });
    let tints = marks.iter().flat_map(|mark| {
        let ellipse = mark.region.map(|(x, y)| Rect::from_x_y_ranges(x.x..=x.y, y.x..=y.y));
        [ellipse, mark.open].into_iter().flatten()
    });
    let mut lines: Vec<[Pos2; 2]> = marks.iter().flat_map(Mark::arms).collect();
    let (solid, dotted) = frontier(reading, plane);
    lines.extend(solid.windows(2).map(|pair| [pair[0], pair[1]]));
    lines.extend(dotted);
    Scene {
        bounds: area.shrink(4.0),
        // Words on hatching could not be read.
        marks: marks.iter().flat_map(|mark| [Some(mark.badge()), mark.open]).flatten().collect(),
        owners: marks.iter().map(Mark::badge).collect(),
        lines,
        tints: tints.collect(),
        grid: grid.collect(),
    }
}

fn paint_axes(ui: &Ui, plane: Plane, card: Rect, has_regions: bool) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let area = plane.area;
    for step in [0.0, 25.0, 50.0, 75.0, 100.0] {
        painter.vline(plane.x(step), area.y_range(), hairline(tokens.hair));
        painter.hline(area.x_range(), plane.y(step), hairline(tokens.hair));
        let words = number(step, 0);
        let (below, beside) =
            (pos2(plane.x(step), area.bottom() + 14.0), pos2(area.left() - 9.0, plane.y(step)));
        paint_text(painter, below, Align2::CENTER_CENTER, &words, Type::Small, tokens.ink3);
        paint_text(painter, beside, Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink3);
    }
    let (long, short) = ("Commercial value, more is better", "Commercial, more is better");
    let words = fitting(ui, &[long, short], area.width() - 24.0);
    let at = pos2(area.right(), card.bottom() - 14.0);
    let written = paint_text(painter, at, Align2::RIGHT_CENTER, words, Type::SmallStrong, tokens.ochre_text);
    let mark = pos2(written.left() - 12.0, at.y);
    paint_side_mark(painter, tokens, Side::Commercial, mark, 11.0);
    let room = mark.x - 18.0 - area.left();
    let words = [REGIONS, "Regions hold 95 % of draws"];
    if let Some(words) =
        words.into_iter().find(|words| has_regions && width_of(ui, words, Type::Small) <= room)
    {
        let at = pos2(area.left(), at.y);
        paint_text(painter, at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    }

    let (long, short) = ("Operational value, more is better", "Operational, more is better");
    let words = fitting(ui, &[long, short], area.height() - 24.0);
    let galley = painter.layout_no_wrap(words.to_owned(), Type::SmallStrong.font(), tokens.teal_text);
    let (length, height) = (galley.size().x, galley.size().y);
    let left = card.left() + 2.0;
    let turned = TextShape::new(pos2(left, area.top() + length), galley, tokens.teal_text)
        .with_angle(-std::f32::consts::FRAC_PI_2);
    painter.add(turned);
    let mark = pos2(left + height / 2.0, area.top() + length + 12.0);
    paint_side_mark(painter, tokens, Side::Operational, mark, 10.0);
}

/// The first of some words that fits a width, else the last.
fn fitting<'a>(ui: &Ui, words: &[&'a str], width: f32) -> &'a str {
    let fits = |text: &&str| width_of(ui, text, Type::SmallStrong) <= width;
    words.iter().copied().find(fits).or(words.last().copied()).unwrap_or("")
}

/// How wide words are in a role.
pub fn width_of(ui: &Ui, text: &str, role: Type) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), role.font(), Color32::PLACEHOLDER).size().x
}

fn paint_uncertainty(ui: &Ui, reading: &Reading<'_>, plane: Plane, marks: &[Mark], line: Option<&IsoLine>) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter().with_clip_rect(plane.area.intersect(ui.clip_rect()));
    if let Some(line) = line {
        line.paint_better(&painter, tokens);
        // The grid stays to be seen under the tint.
        for step in [25.0, 50.0, 75.0, 100.0] {
            painter.vline(plane.x(step), plane.area.y_range(), hairline(tokens.hair));
            painter.hline(plane.area.x_range(), plane.y(step), hairline(tokens.hair));
        }
    }
    for mark in marks {
        let colour = tokens.option(reading.badge(mark.option));
        if let Some((x, y)) = mark.region {
            let fill = faded(colour.tint, tokens, reading.is_updating || reading.is_struck(mark.option));
            painter.add(Shape::convex_polygon(quarter_ellipses(mark.at, x, y), fill, Stroke::NONE));
        }
        if let Some(open) = mark.open {
            paint_hatching(&painter, tokens, open);
        }
    }
}

fn faded(colour: Color32, tokens: &Tokens, fade: bool) -> Color32 {
    if fade { mix(colour, tokens.card, 0.55) } else { colour }
}

/// Four quarter-ellipses around a point, out to its limits.
fn quarter_ellipses(at: Pos2, x: Vec2, y: Vec2) -> Vec<Pos2> {
    const STEPS: usize = 14;
    (0..4 * STEPS)
        .map(|step| {
            let (sin, cos) = (step as f32 / (4 * STEPS) as f32 * std::f32::consts::TAU).sin_cos();
            let reach_x = if cos >= 0.0 { x.y - at.x } else { at.x - x.x };
            let reach_y = if sin >= 0.0 { y.y - at.y } else { at.y - y.x };
            at + vec2(cos * reach_x, sin * reach_y)
        })
        .collect()
}

/// The efficient frontier: the line through its members, and its dotted ends.
fn frontier(reading: &Reading<'_>, plane: Plane) -> (Vec<Pos2>, Vec<[Pos2; 2]>) {
    // Options with unknown scores count as half way here, as they do in the bands.
    let place = |&option: &usize| {
        let (com, op) = reading.place(option)?;
        Some(PlacedOption { option, commercial: com.middle, operational: op.middle })
    };
    let places: Vec<PlacedOption> = reading.now.ranking.iter().filter_map(place).collect();
    let members = dial::frontier(&places);
    let points: Vec<Pos2> = members.iter().map(|m| plane.at(m.commercial, m.operational)).collect();
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
        return (points, Vec::new());
    };
    let ends = vec![[pos2(plane.area.left(), first.y), first], [last, pos2(last.x, plane.area.bottom())]];
    (points, ends)
}

fn paint_frontier(ui: &Ui, reading: &Reading<'_>, plane: Plane) {
    let tokens = Tokens::of(ui);
    let (points, ends) = frontier(reading, plane);
    for end in ends {
        ui.painter().extend(Shape::dotted_line(&end, tokens.ink3, 6.0, 0.9));
    }
    // An option in a dent of the frontier has no equal on both sides, and leads at no weights: the strong line passes it.
    let leading = bulge(&points);
    if leading.len() < points.len() {
        ui.painter().add(Shape::line(points, Stroke::new(1.0, tokens.ink3)));
    }
    if leading.len() > 1 {
        ui.painter().add(Shape::line(leading, Stroke::new(2.0, tokens.ink2)));
    }
}

/// The points of a frontier, from left to right, that some straight line touches from outside: those that lead somewhere.
fn bulge(points: &[Pos2]) -> Vec<Pos2> {
    let mut kept: Vec<Pos2> = Vec::new();
    for &point in points {
        while let [.., before, last] = kept[..] {
            let (along, up) = (last - before, point - last);
            if along.x * up.y - along.y * up.x > 0.0 {
                break;
            }
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

fn paint_frontier_words(ui: &Ui, reading: &Reading<'_>, plane: Plane, scene: &mut Scene) {
    let tokens = Tokens::of(ui);
    let in_doubt = reading.now.ranking.iter().any(|&o| reading.result.options[o].on_frontier.is_none());
    let words = if in_doubt { "Efficient frontier, unknown scores half way" } else { "Efficient frontier" };
    let words = galley(ui, words, Type::Small, tokens.ink2);
    let (points, _) = frontier(reading, plane);
    let segments: Vec<(Pos2, Vec2)> = points.windows(2).map(|pair| (pair[0], pair[1] - pair[0])).collect();
    let size = words.size();
    let places = [0.5, 0.35, 0.65, 0.2, 0.8].into_iter().flat_map(|share| {
        segments.iter().rev().flat_map(move |(from, way)| {
            let on = *from + *way * share;
            [
                Rect::from_min_size(pos2(on.x + 10.0, on.y - size.y * 0.5), size),
                Rect::from_min_size(pos2(on.x + 10.0, on.y - size.y - 2.0), size),
                Rect::from_min_size(pos2(on.x - 10.0 - size.x, on.y + 2.0), size),
            ]
        })
    });
    if let Some(place) = scene.place_among(places) {
        paint_with_halo(ui, place.rect.min, words, place.wants_halo);
    }
}

/// Words laid out on one line.
pub fn galley(ui: &Ui, text: &str, role: Type, colour: Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), role.font(), colour)
}

/// Paints words; where they stand across a grid line, on a halo of the card's colour.
pub fn paint_with_halo(ui: &Ui, at: Pos2, words: Arc<Galley>, wants_halo: bool) {
    let tokens = Tokens::of(ui);
    if wants_halo {
        for turn in 0..8 {
            let shift = Vec2::angled(turn as f32 * std::f32::consts::FRAC_PI_4) * 2.0;
            let halo = TextShape::new(at + shift, Arc::clone(&words), tokens.card);
            ui.painter().add(halo.with_override_text_color(tokens.card));
        }
    }
    ui.painter().galley(at, words, tokens.ink);
}

fn paint_crosses(ui: &Ui, reading: &Reading<'_>, plane: Plane, marks: &[Mark]) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter().with_clip_rect(plane.area.intersect(ui.clip_rect()));
    for mark in marks {
        let fade = reading.is_updating || reading.is_struck(mark.option);
        let colour = faded(tokens.option(reading.badge(mark.option)).fill, tokens, fade);
        for arm in mark.arms() {
            painter.line_segment(arm, Stroke::new(1.6, colour));
        }
    }
}

fn show_marks(ui: &mut Ui, reading: &Reading<'_>, marks: &[Mark], done: &mut Done) {
    let tokens = Tokens::of(ui);
    let mut lit = None;
    for mark in marks {
        let reach = Rect::from_center_size(mark.at, Vec2::splat(28.0));
        let response = ui.interact(reach, mark_id(ui, reading, mark.option), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, reading.mark_name(mark.option)));
        paint_mark(ui.painter(), tokens, reading, mark);
        if response.hovered() || response.has_focus() {
            lit = Some((mark, response.clone()));
        }
        done.with_figure(&response, reading.why_total(mark.option));
        show_mark_tip(response.on_hover_cursor(CursorIcon::PointingHand), reading, mark.option);
    }
    // What is pointed at or has the keyboard stands before all others, and shows its badge in any crowd.
    if let Some((mark, response)) = lit {
        let whole = Mark { side: mark.side.max(BADGE), is_dot: false, ..*mark };
        paint_mark(ui.painter(), tokens, reading, &whole);
        paint_focus(ui, &response, whole.badge().expand(2.0), whole.side * 0.27);
    }
}

fn mark_id(ui: &Ui, reading: &Reading<'_>, option: usize) -> Id {
    ui.scope_id().with(("mark", reading.workspace.question.options[option].id.as_str()))
}

fn paint_mark(painter: &Painter, tokens: &Tokens, reading: &Reading<'_>, mark: &Mark) {
    let badge = reading.badge(mark.option);
    let mut painter = painter.clone();
    if reading.is_struck(mark.option) {
        painter.multiply_opacity(0.45);
    }
    if mark.is_dot {
        let radius = mark.side / 2.0;
        painter.circle(mark.at, radius, tokens.option(badge).fill, Stroke::new(1.5, tokens.card));
        return;
    }
    paint_badge(&painter, tokens, badge, mark.at, mark.side);
    if reading.is_struck(mark.option) {
        let rect = mark.badge().expand(4.0);
        painter.line_segment([rect.left_bottom(), rect.right_top()], Stroke::new(2.0, tokens.ink));
    }
}

fn show_mark_tip(response: Response, reading: &Reading<'_>, option: usize) {
    response.on_hover_ui(|ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(Type::Strong.text(name(reading.workspace, option), tokens.ink));
        let at = reading.now.options[option];
        let spread = reading.spread(option);
        let limits = |of: Option<(f64, f64)>| match of {
            Some((low, high)) if high - low >= 0.5 => {
                format!(", {} to {} with uncertain scores", number(low, 0), number(high, 0))
            }
            _ => String::new(),
        };
        let total_limits = if reading.now.is_moved { None } else { spread.map(|s| s.total) };
        let rows = [
            ("Total", Some(at.total), total_limits),
            ("Operational", at.operational, spread.and_then(|s| s.operational)),
            ("Commercial", at.commercial, spread.and_then(|s| s.commercial)),
        ];
        for (what, figure, of) in rows {
            if let Some(figure) = figure {
                let words = format!("{what} {}{}", span(figure, "–"), limits(of));
                ui.label(Type::Small.text(words, tokens.ink2));
            }
        }
        let first = reading.first_in(option);
        if !first.is_empty() {
            ui.label(Type::Small.text(capital(&first), tokens.ink2));
        }
        for reason in &reading.result.options[option].struck_by {
            wrapped(ui, reason.clone(), Type::Small, tokens.ink2);
        }
    });
}

fn paint_names(ui: &Ui, reading: &Reading<'_>, scene: &mut Scene, marks: &[Mark]) {
    if marks.len() > MOST_NAMES {
        return;
    }
    let tokens = Tokens::of(ui);
    let role = if scene.bounds.width() > 600.0 { Type::Strong } else { Type::SmallStrong };
    for mark in marks.iter().rev() {
        let ink = if reading.is_struck(mark.option) { tokens.ink3 } else { tokens.ink };
        let names = [name(reading.workspace, mark.option), short_name(reading.workspace, mark.option)];
        let words = names.map(|words| galley(ui, words, role, ink));
        let sizes = words.each_ref().map(|words| words.size());
        if let Some((wording, place)) = scene.place_beside(mark.badge(), mark.reach(), &sizes) {
            let words = Arc::clone(&words[wording]);
            paint_with_halo(ui, place.rect.min, words, place.wants_halo);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_in_a_dent_of_the_frontier_is_passed_by_its_strong_line() {
        // Down the screen is worse.
        let (left, right) = (pos2(0.0, 0.0), pos2(100.0, 100.0));
        let (out, dent) = (pos2(60.0, 20.0), pos2(40.0, 80.0));
        assert_eq!(bulge(&[left, out, right]), [left, out, right]);
        assert_eq!(bulge(&[left, dent, right]), [left, right]);
        assert_eq!(bulge(&[left, pos2(50.0, 50.0), right]), [left, right]);
        assert_eq!(bulge(&[left]), [left]);
    }
}
