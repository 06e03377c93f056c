//! Funnel plots: caseloads around the equal share, and offices around what their people lead one to expect.

use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Seen, words};
use crate::{
    analysis::{
        explain::Question,
        reach::caseload::{
            assessment::InFunnel,
            funnel::{FEWEST, Funnel, Point, limits},
            gates::Limits,
            providers::{self, FEWEST_FOR_SPREAD, Level},
            telling::SMALL,
        },
    },
    model::wording::{count, number, percent, thousands},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{button::paint_focus, paint_text, wrapped},
    },
};

/// The place of a chart, and its scales.
struct Frame {
    inside: Rect,
    most_across: f64,
    low: f64,
    high: f64,
}

impl Frame {
    fn x(&self, across: f64) -> f32 {
        self.inside.left() + self.inside.width() * (across / self.most_across) as f32
    }

    fn y(&self, up: f64) -> f32 {
        let share = (self.high - up) / (self.high - self.low);
        self.inside.top() + self.inside.height() * share as f32
    }

    /// The limits along the chart, as the points of a lower and an upper line.
    fn lines(&self, of: impl Fn(f64) -> Limits) -> [Vec<Pos2>; 2] {
        let steps = 160;
        let at = |step: usize| self.most_across * ((step as f64 + 0.6) / (steps as f64 - 0.4)).powi(2);
        let side = |pick: fn(Limits) -> f64| {
            (0..steps).map(at).map(|x| pos2(self.x(x), self.y(pick(of(x))))).collect::<Vec<_>>()
        };
        [side(|limits| limits.low), side(|limits| limits.high)]
    }
}

/// A round step that parts a scale in about this many.
fn step(length: f64, parts: f64) -> f64 {
    let raw = (length / parts).max(1e-9);
    let power = libm::pow(10.0, libm::floor(libm::log10(raw)));
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= raw);
    factor.unwrap_or(10.0) * power
}

/// What is drawn around the points.
struct Ground<'a> {
    across: &'a str,
    up: &'a str,
    middle: f64,
    middle_words: String,
    in_percent: bool,
}

/// Paints the axes, the limits at both levels, and the line in the middle.
fn paint_ground(
    painter: &Painter,
    tokens: &Tokens,
    frame: &Frame,
    ground: &Ground<'_>,
    of: impl Fn(f64) -> [Limits; 2],
) {
    let inside = frame.inside;
    let clipped = painter.with_clip_rect(inside.intersect(painter.clip_rect()));
    let [low, high] = frame.lines(|x| of(x)[1]);
    let mut between = egui::Mesh::default();
    for (at, (low, high)) in low.iter().zip(&high).enumerate() {
        between.colored_vertex(*low, tokens.sunken);
        between.colored_vertex(*high, tokens.sunken);
        if let Some(from) = (2 * at as u32).checked_sub(2) {
            between.add_triangle(from, from + 1, from + 2);
            between.add_triangle(from + 1, from + 2, from + 3);
        }
    }
    clipped.add(between);
    axes(painter, tokens, frame, ground);
    let stroke = Stroke::new(1.4, tokens.ink3);
    for line in [low, high] {
        clipped.add(Shape::line(line, stroke));
    }
    for line in frame.lines(|x| of(x)[0]) {
        clipped.extend(Shape::dashed_line(&line, stroke, 6.0, 4.0));
    }
    let y = frame.y(ground.middle);
    painter.hline(inside.x_range(), y, Stroke::new(2.0, tokens.ink));
    let at = pos2(inside.right(), y - 10.0);
    paint_text(painter, at, Align2::RIGHT_CENTER, &ground.middle_words, Type::Small, tokens.ink);
}

fn axes(painter: &Painter, tokens: &Tokens, frame: &Frame, ground: &Ground<'_>) {
    let inside = frame.inside;
    let hair = Stroke::new(1.0, tokens.hair);
    let by = step(frame.high - frame.low, 4.0);
    let mut value = libm::ceil(frame.low / by) * by;
    while value <= frame.high + 1e-9 {
        let y = frame.y(value);
        painter.hline(inside.x_range(), y, hair);
        let words = if ground.in_percent { percent(value) } else { number(value, 1) };
        let at = pos2(inside.left() - 8.0, y);
        paint_text(painter, at, Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink3);
        value += by;
    }
    let by = step(frame.most_across, 4.0).max(1.0);
    let mut value = 0.0;
    while value <= frame.most_across + 1e-9 {
        let x = frame.x(value);
        painter.vline(x, inside.y_range(), hair);
        let words = thousands(value as u64);
        let at = pos2(x, inside.bottom() + 12.0);
        paint_text(painter, at, Align2::CENTER_CENTER, &words, Type::Small, tokens.ink3);
        value += by;
    }
    let at = pos2(inside.right(), inside.bottom() + 32.0);
    paint_text(painter, at, Align2::RIGHT_CENTER, ground.across, Type::SmallStrong, tokens.ink2);
    let at = pos2(inside.left() - 46.0, inside.top() - 16.0);
    paint_text(painter, at, Align2::LEFT_CENTER, ground.up, Type::SmallStrong, tokens.ink2);
}

fn inside(place: Rect) -> Rect {
    Rect::from_min_max(place.min + vec2(48.0, 30.0), place.max - vec2(8.0, 46.0))
}

/// The title with the key to the lines.
fn title(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let room = ui.available_width();
        ui.label(Type::Heading.text(words, tokens.ink));
        if room < 560.0 {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for (dashed, words) in [(false, "998 in 1,000"), (true, "95 in 100")] {
                ui.label(Type::Small.text(words, tokens.ink2));
                let (rect, _) = ui.allocate_exact_size(vec2(22.0, 12.0), Sense::hover());
                let line = [rect.left_center(), rect.right_center()];
                let stroke = Stroke::new(2.0, tokens.ink3);
                if dashed {
                    ui.painter().extend(Shape::dashed_line(&line, stroke, 6.0, 4.0));
                } else {
                    ui.painter().line_segment(line, stroke);
                }
                ui.add_space(8.0);
            }
        });
    });
}

/// How points are drawn: those below stand out, those above are hollow.
fn paint_point(painter: &Painter, tokens: &Tokens, at: Pos2, place: Option<InFunnel>) {
    match place {
        Some(place) if place.is_below() => {
            painter.circle(at, 7.0, tokens.crimson, Stroke::new(1.5, tokens.card));
        }
        Some(InFunnel::Above95 | InFunnel::Above998) => {
            painter.circle(at, 5.5, tokens.card, Stroke::new(2.0, tokens.ink2));
        }
        Some(_) => {
            painter.circle_filled(at, 5.5, tokens.ink2);
        }
        None => {
            painter.circle_stroke(at, 4.0, Stroke::new(1.2, tokens.ink3));
        }
    }
}

/// Paints names beside points where they hide no other name.
fn paint_names(
    painter: &Painter,
    tokens: &Tokens,
    frame: &Frame,
    named: &[(Pos2, String, Color32)],
    dots: &[Pos2],
) {
    let mut taken: Vec<Rect> = dots.iter().map(|at| Rect::from_center_size(*at, vec2(10.0, 10.0))).collect();
    for (at, words, ink) in named {
        let galley = painter.layout_no_wrap(words.clone(), Type::SmallStrong.font(), *ink);
        let size = galley.size();
        let places = [
            pos2(at.x + 12.0, at.y - size.y / 2.0),
            pos2(at.x - 12.0 - size.x, at.y - size.y / 2.0),
            pos2(at.x - size.x / 2.0, at.y + 8.0),
            pos2(at.x - size.x / 2.0, at.y - 8.0 - size.y),
        ];
        let free = places.into_iter().map(|min| Rect::from_min_size(min, size)).find(|rect| {
            let is_in = frame.inside.contains_rect(*rect);
            is_in && !taken.iter().any(|other| other.intersects(*rect))
        });
        let Some(rect) = free else { continue };
        painter.rect_filled(rect.expand2(vec2(2.0, 0.0)), 2.0, tokens.sunken);
        painter.galley(rect.min, galley, *ink);
        taken.push(rect);
    }
}

/// The groups of each office around the equal share.
pub fn of_caseloads(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, height: f32) {
    let tokens = Tokens::of(ui);
    let funnel = match &seen.check.served {
        Ok(funnel) => funnel,
        Err(why) => {
            let words = format!("The funnel cannot be drawn: {}.", why.0);
            wrapped(ui, words, Type::Body, tokens.ink2);
            return;
        }
    };
    let (from, to) = (seen.gate(funnel.from), seen.gate(funnel.to));
    title(ui, &format!("{}, against number {from}", crate::model::wording::capital(to)));
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height - 34.0), Sense::hover());
    let short = funnel.falling_short();
    let (words, _) = words::about_offices(seen);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let points: Vec<&Point> = funnel.points.iter().collect();
    let frame = frame_of(funnel, &points, inside(place));
    let ground = Ground {
        across: &format!("People {from}"),
        up: &format!("Share {to}"),
        middle: funnel.share,
        middle_words: format!("equal share {}", percent(funnel.share)),
        in_percent: true,
    };
    let painter = ui.painter().clone();
    paint_ground(&painter, tokens, &frame, &ground, |people| limits(funnel.share, people));
    let at = |point: &Point| {
        let rate = point.passage.rate().unwrap_or(0.0);
        pos2(frame.x(point.passage.eligible as f64), frame.y(rate))
    };
    for point in &points {
        one_caseload(ui, desk, seen, (point, at(point), funnel.to));
    }
    let mut named: Vec<(Pos2, String, Color32)> = Vec::new();
    let above = points.iter().filter(|p| matches!(p.place, Some(InFunnel::Above95 | InFunnel::Above998)));
    for point in short.iter().chain(above.copied()) {
        let ink = if point.place.is_some_and(InFunnel::is_below) { tokens.crimson } else { tokens.ink };
        let words = format!("{}, {}", seen.provider(point.provider), seen.short(point.group));
        named.push((at(point), words, ink));
    }
    let dots: Vec<Pos2> = points.iter().map(|point| at(point)).collect();
    paint_names(&painter, tokens, &frame, &named, &dots);
}

fn frame_of(funnel: &Funnel, points: &[&Point], inside: Rect) -> Frame {
    let most = points.iter().map(|point| point.passage.eligible).max().unwrap_or(0).max(2 * FEWEST);
    let rates = points.iter().filter_map(|point| point.passage.rate().ok());
    let (low, high) = rates.fold((funnel.share, funnel.share), |(low, high), r| (low.min(r), high.max(r)));
    Frame {
        inside,
        most_across: most as f64 * 1.1,
        low: (low - 0.12).min(funnel.share - 0.3).max(0.0),
        high: (high + 0.12).max(funnel.share + 0.3).min(1.0),
    }
}

fn one_caseload(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, (point, at, gate): (&Point, Pos2, usize)) {
    let tokens = Tokens::of(ui);
    let id = ui.scope_id().with(("caseload", point.provider, point.group));
    let place = Rect::from_center_size(at, vec2(14.0, 14.0));
    let response = ui.interact(place, id, Sense::click());
    let words = || {
        let share = point.passage.rate().map_or_else(|why| why.0.to_owned(), percent);
        let lies = match point.place {
            None => ", too few to judge",
            Some(place) if place.is_below() && point.beyond_chance => ", less than chance would explain",
            Some(place) if place.is_below() => ", under the 95 in 100 line",
            Some(InFunnel::Within) => "",
            Some(_) => ", over the 95 in 100 line",
        };
        let (office, group) = (seen.provider(point.provider), seen.short(point.group));
        format!("{office}, {group}: {share} of {}{lies}", thousands(point.passage.eligible))
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words()));
    paint_point(ui.painter(), tokens, at, point.place);
    paint_focus(ui, &response, place, 7.0);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(words());
    if response.clicked() {
        desk.explain(Question::Passing { gate, group: point.group });
    }
}

/// Offices as wholes: observed over expected, the limits widened where offices spread more than chance.
pub fn of_offices(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, (gate, height): (usize, f32)) {
    let tokens = Tokens::of(ui);
    let at_gate = &seen.check.gates[gate];
    title(ui, &format!("{} over expected", crate::model::wording::capital(&at_gate.name)));
    wrapped(ui, spread_words(seen, gate), Type::Small, tokens.ink2);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height - 76.0), Sense::hover());
    let below = at_gate.providers.iter().filter(|p| p.funnel.is_ok_and(InFunnel::is_below)).count();
    let words = crate::model::wording::count(below, "office does", "offices do");
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Image, true, format!("{words} less than its people lead one to expect"))
    });
    let judged: Vec<(usize, f64, f64, InFunnel)> = at_gate
        .providers
        .iter()
        .enumerate()
        .filter_map(|(at, place)| {
            Some((at, place.observed().ok()?.weight(), place.ratio.ok()?, place.funnel.ok()?))
        })
        .collect();
    let tau = at_gate.spread.as_ref().map_or(0.0, |spread| spread.widening());
    let most = judged.iter().map(|(_, weight, ..)| *weight).filter(|w| w.is_finite()).fold(10.0, f64::max);
    let (low, high) = judged.iter().fold((0.7_f64, 1.3_f64), |(low, high), (_, _, ratio, _)| {
        (low.min(ratio - 0.1), high.max(ratio + 0.1))
    });
    let frame = Frame { inside: inside(place), most_across: most * 1.1, low: low.max(0.0), high };
    let ground = Ground {
        across: "Weight: expected, more where chance has less room",
        up: "Observed over expected",
        middle: 1.0,
        middle_words: "as expected".to_owned(),
        in_percent: false,
    };
    let painter = ui.painter().clone();
    paint_ground(&painter, tokens, &frame, &ground, |weight| {
        [Level::Inner95, Level::Outer998].map(|level| providers::funnel(weight, tau, level))
    });
    let mut named = Vec::new();
    let mut dots = Vec::new();
    for (provider, weight, ratio, lies) in judged {
        let at = pos2(frame.x(weight.min(most)), frame.y(ratio));
        let name = seen.provider(provider);
        let id = ui.scope_id().with(("office", provider));
        let mark = Rect::from_center_size(at, vec2(14.0, 14.0));
        let response = ui.interact(mark, id, Sense::click());
        let words = format!("{name}: {} of what is expected of its people", number(ratio, 2));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        paint_point(&painter, tokens, at, Some(lies));
        paint_focus(ui, &response, mark, 7.0);
        dots.push(at);
        if lies != InFunnel::Within {
            let ink = if lies.is_below() { tokens.crimson } else { tokens.ink };
            named.push((at, name.to_owned(), ink));
        }
        if response.on_hover_text(&words).clicked() {
            desk.explain(Question::Provider { gate, provider });
        }
    }
    paint_names(&painter, tokens, &frame, &named, &dots);
    ui.add_space(space::XS);
}

fn spread_words(seen: &Seen<'_>, gate: usize) -> String {
    let whole = seen.small.cells.whole.iter().filter(|whole| **whole).count();
    let offices = count(seen.small.cells.whole.len(), "office", "offices");
    let drawn = match whole {
        0 => {
            return format!(
                "No office can be drawn: of each, how many people of some group came or passed is {SMALL}."
            );
        }
        n if n < seen.small.cells.whole.len() => {
            format!(" {} of {offices} are drawn; the others are {SMALL}.", thousands(n as u64))
        }
        _ => String::new(),
    };
    let words = match &seen.check.gates[gate].spread {
        Ok(spread) if spread.providers() < FEWEST_FOR_SPREAD => format!(
            "{}Under eight offices, each is set against all the others alone; the lines are those of chance alone.",
            spread.warning().map_or_else(String::new, |warning| format!("{warning} "))
        ),
        Ok(spread) if spread.tau_squared > 0.0 => format!(
            "Offices spread more than chance would spread them (φ {}). The limits are widened for it (τ² {}), so that only an \
             office unlike the others stands out.",
            number(spread.phi, 2),
            number(spread.tau_squared, 4)
        ),
        Ok(spread) => {
            format!("Offices spread no more than chance would spread them (φ {}).", number(spread.phi, 2))
        }
        Err(why) => format!("The limits are those of chance alone: {}.", why.0),
    };
    format!("{words}{drawn}")
}

/// The funnel without points: what chance alone would allow around a planned equal share.
pub fn planned(ui: &mut Ui, share: f64, height: f32) {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| {
        let words = format!("The funnel around an equal share of {}, without caseloads", percent(share));
        WidgetInfo::labeled(Role::Image, true, words)
    });
    let frame = Frame {
        inside: inside(place),
        most_across: 190.0,
        low: (share - 0.4).max(0.0),
        high: (share + 0.4).min(1.0),
    };
    let ground = Ground {
        across: "People referred",
        up: "Share served",
        middle: share,
        middle_words: format!("equal share {}", percent(share)),
        in_percent: true,
    };
    paint_ground(&ui.painter().clone(), tokens, &frame, &ground, |people| limits(share, people));
}
