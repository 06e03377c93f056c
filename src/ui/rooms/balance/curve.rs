//! The value curve of a factor with one option's score on it: what each score is worth, 0 to 100.

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    curve_handles::{CurveDrag, CurveEdit, Handles},
    scale_words::{figure, likely, limits},
};
use crate::{
    analysis::balance::value::ValueFunction,
    model::{
        balance::{Factor, Scale, ScoreLevel},
        wording::{decimals_used, number},
    },
    session::edits::curve::points_of,
    ui::{
        theme::{Tokens, Type, hairline, rounded},
        widgets::{paint_badge, paint_text, paint_text_fitted},
    },
};

/// What the chart shows.
#[derive(Debug)]
pub struct Curve<'a> {
    pub factor: &'a Factor,
    pub function: &'a ValueFunction,
    pub level: &'a ScoreLevel,
    /// The badge of the option whose score it is.
    pub badge: &'a str,
    /// The value of the score; `None` when it is not known.
    pub value: Option<f64>,
}

const LEFT: f32 = 34.0;
const RIGHT: f32 = 12.0;
const TOP: f32 = 10.0;
const BOTTOM: f32 = 28.0;

impl Curve<'_> {
    /// Shows it across the width there is. Where it is drawn through set points these can be dragged, and moved by
    /// keyboard; answers with what was done.
    pub fn show(&self, ui: &mut Ui, height: f32, drag: &mut Option<CurveDrag>) -> Option<CurveEdit> {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.in_words()));
        let tokens = Tokens::of(ui);
        let plot = Rect::from_min_max(
            rect.min + vec2(LEFT, TOP),
            pos2(rect.right() - RIGHT, rect.bottom() - BOTTOM),
        );
        for value in [0.0, 50.0, 100.0] {
            let y = height_of(plot, value);
            ui.painter().hline(plot.x_range(), y, hairline(tokens.hair));
            let at = pos2(plot.left() - 7.0, y);
            paint_text(
                ui.painter(),
                at,
                Align2::RIGHT_CENTER,
                &number(value, 0),
                Type::NumberSmall,
                tokens.ink3,
            );
        }
        match (&self.factor.scale, self.points()) {
            (Scale::Levels(_), _) => self.paint_levels(ui, plot),
            (_, Some(points)) => return self.curve(ui, plot, &points, drag),
            (_, None) => {
                let words = "Every option scores the same here: no curve to draw.";
                let fit = (plot.width(), 3);
                paint_text_fitted(
                    ui.painter(),
                    plot.center(),
                    Align2::CENTER_CENTER,
                    words,
                    Type::Small,
                    tokens.ink2,
                    fit,
                );
            }
        }
        None
    }

    fn curve(
        &self,
        ui: &mut Ui,
        plot: Rect,
        points: &[(f64, f64)],
        drag: &mut Option<CurveDrag>,
    ) -> Option<CurveEdit> {
        let axis = drag.as_ref().map_or_else(|| self.axis(points), |drag| drag.axis);
        let handles = Handles { factor: self.factor, plot, axis, points };
        let own = points_of(&self.factor.scale).is_some();
        let edit = own.then(|| handles.act(ui, drag)).flatten();
        self.paint_curve(ui, plot, points, axis, own.then_some(handles));
        edit
    }

    /// The scores at the left and the right end of the chart: those of the curve, and of the score where it lies past.
    fn axis(&self, points: &[(f64, f64)]) -> (f64, f64) {
        let ends = points.first().zip(points.last()).map_or((0.0, 1.0), |(first, last)| (first.0, last.0));
        match limits(self.level).or_else(|| likely(self.level).map(|x| (x, x))) {
            Some((low, high)) => (ends.0.min(low), ends.1.max(high)),
            None => ends,
        }
    }

    /// What the chart shows, in a sentence.
    fn in_words(&self) -> String {
        if self.badge.is_empty() {
            return format!("Value curve of {}", self.factor.name);
        }
        match self.value {
            Some(value) => format!(
                "Value curve of {}: option {} is worth {} of 100",
                self.factor.name,
                self.badge,
                number(value, 0)
            ),
            None => format!("Value curve of {}: option {} is not known", self.factor.name, self.badge),
        }
    }

    /// The line to draw, scores rising; a price curve as a run of short pieces.
    fn points(&self) -> Option<Vec<(f64, f64)>> {
        match self.function {
            ValueFunction::Curve(points) => Some(points.clone()),
            ValueFunction::LowestPrice { lowest } => {
                let pieces = 24_u32;
                let far = limits(self.level).map_or(0.0, |(_, high)| high).max(lowest * 2.5);
                Some(
                    (0..=pieces)
                        .map(|i| lowest + (far - lowest) * f64::from(i) / f64::from(pieces))
                        .filter_map(|price| Some((price, self.function.value(price)?)))
                        .collect(),
                )
            }
            ValueFunction::Levels(_) | ValueFunction::NoSpread => None,
        }
    }

    fn paint_curve(
        &self,
        ui: &Ui,
        plot: Rect,
        points: &[(f64, f64)],
        (from, to): (f64, f64),
        handles: Option<Handles<'_>>,
    ) {
        let tokens = Tokens::of(ui);
        let side = tokens.side(self.factor.side);
        let painter = ui.painter();
        if points.is_empty() {
            return;
        }
        let x_of = |score: f64| plot.left() + ((score - from) / (to - from)) as f32 * plot.width();
        let place = |(score, value): (f64, f64)| pos2(x_of(score), height_of(plot, value));
        if let Some((low, high)) = limits(self.level) {
            let band = Rect::from_x_y_ranges(x_of(low)..=x_of(high), plot.y_range());
            painter.rect_filled(band, 0.0, side.tint);
        }
        if let (Some(score), Some(value)) = (likely(self.level), self.value) {
            let at = place((score, value));
            let guide = Stroke::new(1.2, side.fill);
            let corner = [pos2(plot.left(), at.y), at, pos2(at.x, plot.bottom())];
            for pair in corner.windows(2) {
                painter.extend(egui::Shape::dashed_line(&[pair[0], pair[1]], guide, 3.0, 3.0));
            }
        }
        let mut line: Vec<Pos2> = points.iter().map(|&p| place(p)).collect();
        // Flat beyond its ends.
        line.insert(0, pos2(plot.left().min(line[0].x), line[0].y));
        let last = line[line.len() - 1];
        line.push(pos2(plot.right().max(last.x), last.y));
        painter.line(line, Stroke::new(2.0, tokens.ink));
        self.paint_axis(ui, plot, points, &x_of);
        match handles {
            Some(handles) => handles.paint(ui),
            None if matches!(self.function, ValueFunction::Curve(_)) => {
                for &point in points {
                    painter.circle(place(point), 4.0, tokens.card, Stroke::new(1.6, tokens.ink));
                }
            }
            None => {}
        }
        if let (Some(score), Some(value)) = (likely(self.level), self.value) {
            paint_badge(painter, tokens, self.badge, place((score, value)), 20.0);
        }
    }

    /// The scores under the curve: those of its points where they have room, the unit at the last.
    fn paint_axis(&self, ui: &Ui, plot: Rect, points: &[(f64, f64)], x_of: &dyn Fn(f64) -> f32) {
        let tokens = Tokens::of(ui);
        let decimals = |x: f64| decimals_used(x).min(2);
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let y = plot.bottom() + 7.0;
        let last_words = figure(last.0, self.factor, decimals(last.0));
        let last_place = {
            let at = pos2((x_of(last.0) + RIGHT).min(plot.right() + RIGHT), y);
            paint_text(ui.painter(), at, Align2::RIGHT_TOP, &last_words, Type::NumberSmall, tokens.ink3)
        };
        let mut taken = f32::NEG_INFINITY;
        let inner = if matches!(self.function, ValueFunction::Curve(_)) { points } else { &[*first, *last] };
        for &(score, _) in &inner[..inner.len() - 1] {
            let words = number(score, decimals(score));
            let galley = ui.painter().layout_no_wrap(words, Type::NumberSmall.font(), tokens.ink3);
            let left = x_of(score) - galley.size().x / 2.0;
            if left < taken + 8.0 || left + galley.size().x + 8.0 > last_place.left() {
                continue;
            }
            taken = left + galley.size().x;
            ui.painter().galley(pos2(left, y), galley, tokens.ink3);
        }
    }

    /// Levels as columns of their value, the option's own filled.
    fn paint_levels(&self, ui: &Ui, plot: Rect) {
        let Scale::Levels(levels) = &self.factor.scale else { return };
        let tokens = Tokens::of(ui);
        let side = tokens.side(self.factor.side);
        let width = plot.width() / levels.len().max(1) as f32;
        for (i, level) in levels.iter().enumerate() {
            let middle = plot.left() + width * (i as f32 + 0.5);
            let mine = matches!(self.level, ScoreLevel::Level(name) if *name == level.name);
            let top = height_of(plot, level.value);
            let bar = (width * 0.5).clamp(3.0, 28.0) / 2.0;
            let column = Rect::from_x_y_ranges(middle - bar..=middle + bar, top..=plot.bottom());
            ui.painter().rect_filled(column, rounded(2.0), if mine { side.fill } else { tokens.track });
            ui.painter().hline(middle - bar..=middle + bar, top, Stroke::new(2.0, tokens.ink));
            if mine {
                paint_badge(ui.painter(), tokens, self.badge, pos2(middle, top), 20.0);
            }
            let fit = (width - 4.0, 1);
            let at = pos2(middle, plot.bottom() + 7.0);
            let ink = if mine { tokens.ink } else { tokens.ink3 };
            paint_text_fitted(ui.painter(), at, Align2::CENTER_TOP, &level.name, Type::Small, ink, fit);
        }
    }
}

/// How high a value stands in the chart.
pub fn height_of(plot: Rect, value: f64) -> f32 {
    plot.bottom() - (value / 100.0).clamp(0.0, 1.0) as f32 * plot.height()
}
