//! What a threshold would do: the chance of payment by the true effect, beside a slope of the same cost.

use egui::{Align2, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{Scene, head};
use crate::{
    analysis::{
        explain::ReachQuestion,
        reach::{Cliff, CliffPoint, cliff},
    },
    exchange::figure,
    model::wording::{chance, number, pounds},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, hairline, space},
        widgets::{paint_badge, paint_text, read_field, wrapped},
    },
};

const HEIGHT: f32 = 152.0;
const POINTS: usize = 121;
const BADGE: f32 = 19.0;
const MOST_BADGES: usize = 8;
const NAME: &str = "What-if threshold in points";

/// Shows the card.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 1.0;
    let what_if = desk.view.reach.what_if_points;
    let found = desk.view.reach.worked_out.cliff.get((scene.index, what_if), || {
        let cliff = cliff(scene.workspace, scene.index, &scene.analysis.reach.options, what_if)?;
        Ok(DrawnCliff::of(cliff, scene.index))
    });
    let is_term = found.as_ref().as_ref().is_ok_and(|drawn| drawn.cliff.is_term);
    let words = if is_term { "Paid only past a threshold" } else { "If it were paid only past a threshold" };
    let tenths = (what_if * 10.0).round() as i32;
    head(ui, desk, words, scene.ask(ReachQuestion::Threshold(tenths)));
    let drawn = match found.as_ref() {
        Ok(drawn) => drawn,
        Err(why) => {
            wrapped(ui, format!("Not known: {}.", why.0), Type::Small, tokens.ink2);
            return;
        }
    };
    let cliff = &drawn.cliff;
    if cliff.is_term {
        let at = points(cliff.threshold);
        let words = format!("Chance of payment, by true effect in points. The term stands at {at}.");
        wrapped(ui, words, Type::Small, tokens.ink2);
    } else {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let room = ui.available_width() - 72.0;
            ui.allocate_ui(vec2(room, 18.0), |ui| {
                wrapped(ui, "Chance of payment by true effect. Threshold, points:", Type::Small, tokens.ink2);
            });
            let shown = points(what_if);
            if let Some(points) = read_field(ui, NAME, &shown, 60.0, read) {
                desk.view.reach.what_if_points = points;
            }
        });
    }
    ui.add_space(space::XS);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, chart_words(scene, cliff)));
    Chart::of(place, drawn).paint(ui, scene);
    let own = own_point(scene, cliff);
    let at = own.map_or(cliff.threshold, |point| point.effect);
    if let (Ok(here), Ok(none)) = (cliff.worth_of_one_more(at), cliff.worth_of_one_more(0.0)) {
        let words = format!(
            "One more success is worth {} at {}, {} at none.",
            pounds(here),
            points(at),
            pounds(none)
        );
        wrapped(ui, words, Type::Small, tokens.ink2);
    }
}

fn read(typed: &str) -> Result<f64, String> {
    let points = figure::number(typed).map(|number| number.value).filter(|p| (-50.0..=50.0).contains(p));
    points.ok_or_else(|| format!("\u{201c}{typed}\u{201d} is not a number of points; write it like 3."))
}

/// Points to a tenth, whole ones without.
fn points(effect: f64) -> String {
    let tenths = (effect * 10.0).round();
    number(effect, usize::from(tenths % 10.0 != 0.0))
}

fn own_point(scene: &Scene<'_>, cliff: &Cliff) -> Option<CliffPoint> {
    cliff.options.iter().copied().find(|point| point.option == scene.index)
}

fn chart_words(scene: &Scene<'_>, cliff: &Cliff) -> String {
    let mut words = format!("Chance of payment past {} points", points(cliff.threshold));
    if let Ok(none) = cliff.chance(0.0) {
        words.push_str(&format!("; at no effect {}", chance(none)));
    }
    for point in &cliff.options {
        let badge = &scene.workspace.question.options[point.option].badge;
        words.push_str(&format!("; {badge} {} at {} points", chance(point.chance), points(point.effect)));
    }
    words
}

/// A cliff with its curve, point by point.
#[derive(Debug)]
pub(in crate::ui::rooms::reach) struct DrawnCliff {
    cliff: Cliff,
    /// The effects that the chart spans.
    low: f64,
    high: f64,
    /// Effects with the chance of payment, and with the share that the slope pays between nothing and all.
    curve: Vec<(f64, f64)>,
    slope: Vec<(f64, f64)>,
}

impl DrawnCliff {
    /// Effects from below nought to well past the threshold and every option, at even steps.
    fn of(cliff: Cliff, index: usize) -> Self {
        let effects = || cliff.options.iter().map(|point| point.effect);
        let low = effects().fold(cliff.threshold.min(0.0) - 2.0, |low, e| low.min(e - 1.0));
        let high =
            effects().fold((cliff.threshold * 2.0).max(cliff.threshold + 5.0), |high, e| high.max(e + 1.0));
        let (low, high) = ((low / 2.0).floor() * 2.0, (high / 2.0).ceil() * 2.0);
        let step = (high - low) / (POINTS - 1) as f64;
        let effects = || (0..POINTS).map(|n| low + step * n as f64);
        let curve = effects().filter_map(|e| Some((e, cliff.chance(e).ok()?))).collect();
        let slope = effects().filter_map(|e| Some((e, cliff.slope(index, e)?)));
        // Where it pays nothing or all it would run along the frame.
        let slope = slope.filter(|(_, share)| *share > 0.0 && *share < 1.0).collect();
        Self { cliff, low, high, curve, slope }
    }
}

/// Where things stand in the chart.
struct Chart<'a> {
    place: Rect,
    drawn: &'a DrawnCliff,
}

impl<'a> Chart<'a> {
    fn of(whole: Rect, drawn: &'a DrawnCliff) -> Self {
        let place = Rect::from_min_max(whole.min + vec2(46.0, 10.0), whole.max - vec2(12.0, 28.0));
        Self { place, drawn }
    }

    fn x(&self, effect: f64) -> f32 {
        self.place.left()
            + self.place.width()
                * ((effect - self.drawn.low) / (self.drawn.high - self.drawn.low)).clamp(0.0, 1.0) as f32
    }

    fn y(&self, share: f64) -> f32 {
        self.place.bottom() - self.place.height() * share.clamp(0.0, 1.0) as f32
    }

    fn at(&self, effect: f64, share: f64) -> Pos2 {
        pos2(self.x(effect), self.y(share))
    }

    fn line(&self, points: &[(f64, f64)]) -> Vec<Pos2> {
        points.iter().map(|&(effect, share)| self.at(effect, share)).collect()
    }

    fn paint(&self, ui: &Ui, scene: &Scene<'_>) {
        let tokens = Tokens::of(ui);
        self.paint_axes(ui);
        let painter = ui.painter();
        let x = self.x(self.drawn.cliff.threshold);
        let dashes = [pos2(x, self.place.top()), pos2(x, self.place.bottom())];
        painter.extend(Shape::dashed_line(&dashes, Stroke::new(1.0, tokens.ink3), 6.0, 4.0));
        let slope = self.line(&self.drawn.slope);
        if slope.len() > 1 {
            painter.add(Shape::line(slope, Stroke::new(1.4, tokens.ink3)));
            let at = pos2(self.place.right() - 4.0, self.place.top() + self.place.height() * 0.22);
            paint_text(painter, at, Align2::RIGHT_CENTER, "slope, same cost", Type::Small, tokens.ink3);
        }
        let curve = self.line(&self.drawn.curve);
        painter.add(Shape::line(curve.clone(), Stroke::new(2.5, tokens.ink)));
        self.paint_marks(ui, scene, &curve);
    }

    fn paint_axes(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        for (share, words) in [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")] {
            let line = if share == 0.0 { tokens.line } else { tokens.hair };
            painter.hline(self.place.x_range(), self.y(share), hairline(line));
            let at = pos2(self.place.left() - 7.0, self.y(share));
            paint_text(painter, at, Align2::RIGHT_CENTER, words, Type::NumberSmall, tokens.ink3);
        }
        let span = self.drawn.high - self.drawn.low;
        let step = [2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|step| span / step <= 9.0).unwrap_or(100.0);
        let mut tick = (self.drawn.low / step).ceil() * step;
        while tick <= self.drawn.high + 1e-9 {
            let at = pos2(self.x(tick), self.place.bottom() + 15.0);
            paint_text(painter, at, Align2::CENTER_CENTER, &number(tick, 0), Type::NumberSmall, tokens.ink3);
            tick += step;
        }
    }

    /// The options on the curve, and the chance at no effect.
    fn paint_marks(&self, ui: &Ui, scene: &Scene<'_>, curve: &[Pos2]) {
        let (tokens, cliff) = (Tokens::of(ui), &self.drawn.cliff);
        let painter = ui.painter();
        if let Ok(none) = cliff.chance(0.0) {
            let at = self.at(0.0, none);
            painter.circle_filled(at, 4.0, tokens.ink);
            let above = at - vec2(4.0, 14.0);
            paint_text(painter, above, Align2::RIGHT_CENTER, &chance(none), Type::Small, tokens.ink);
        }
        // The option in view is painted last, over the others.
        let mut marks = cliff.options.clone();
        marks.sort_by_key(|point| point.option == scene.index);
        // More badges than can be told apart are points; the option in view keeps its own.
        let others = marks.iter().filter(|point| point.option != scene.index).count();
        let bare = if marks.len() > MOST_BADGES { others } else { 0 };
        for point in marks.drain(..bare) {
            painter.circle_filled(self.at(point.effect, point.chance), 2.5, tokens.ink3);
        }
        let badges = self.badge_places(&marks);
        for (point, &at) in marks.iter().zip(&badges) {
            let mark = self.at(point.effect, point.chance);
            if at != mark {
                painter.line_segment([mark, at], Stroke::new(1.0, tokens.ink3));
                painter.circle_filled(mark, 2.5, tokens.ink);
            }
        }
        for (point, &at) in marks.iter().zip(&badges) {
            let badge = &scene.workspace.question.options[point.option].badge;
            paint_badge(painter, tokens, badge, at, BADGE);
        }
        if let Some(own) = own_point(scene, cliff) {
            let words = format!("{} at {} points", chance(own.chance), points(own.effect));
            self.paint_beside(ui, self.at(own.effect, own.chance), &words, (&badges, curve));
        }
    }

    /// Where the badges stand: on their marks, or above or below where another stands there. The last keeps its place.
    fn badge_places(&self, marks: &[CliffPoint]) -> Vec<Pos2> {
        let mut taken: Vec<Pos2> = Vec::new();
        for point in marks.iter().rev() {
            let mark = self.at(point.effect, point.chance);
            let steps =
                (0..12_i16).flat_map(|step| [step, -step]).map(|step| f32::from(step) * (BADGE + 2.0));
            let low = self.place.bottom() - BADGE / 2.0;
            let is_free = |at: &Pos2| {
                let apart = |other: &Pos2| (other.x - at.x).abs().max((other.y - at.y).abs());
                taken.iter().all(|other| apart(other) > BADGE)
            };
            let tried = steps.map(|step| pos2(mark.x, mark.y + step));
            let within = tried.filter(|at| at.y >= self.place.top() - 2.0 && at.y <= low.max(mark.y));
            taken.push(within.into_iter().find(is_free).unwrap_or(mark));
        }
        taken.reverse();
        taken
    }

    /// Words beside a mark, where neither a badge nor the curve strikes them.
    fn paint_beside(&self, ui: &Ui, mark: Pos2, words: &str, (badges, curve): (&[Pos2], &[Pos2])) {
        let ink = Tokens::of(ui).ink;
        let galley = ui.painter().layout_no_wrap(words.to_owned(), Type::SmallStrong.font(), ink);
        let size = galley.size();
        let (right, left) = (mark.x + 15.0, mark.x - 15.0 - size.x);
        let (below, above) = (mark.y + 8.0, mark.y - 8.0 - size.y);
        let far = below + BADGE + 4.0;
        let strikes = |place: &Rect| {
            let badge = |at: &&Pos2| Rect::from_center_size(**at, Vec2::splat(BADGE)).intersects(*place);
            let outside = !self.place.expand2(vec2(2.0, 4.0)).contains_rect(*place);
            let struck = curve.iter().filter(|point| place.contains(**point)).count();
            badges.iter().filter(badge).count() * 50 + struck + usize::from(outside) * 100
        };
        let corners = [(right, below), (left, above), (right, far), (left, below), (right, above)];
        let places = corners.map(|(x, y)| Rect::from_min_size(pos2(x, y), size));
        let Some(place) = places.into_iter().min_by_key(strikes) else { return };
        ui.painter().galley(place.min, galley, ink);
    }
}
