//! The points of a value curve as handles: dragged with the pointer, moved with the arrow keys.

use egui::{
    CursorIcon, EventFilter, Id, Key, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2,
};

use super::{curve::height_of, scale_words::figure};
use crate::{
    model::{
        balance::Factor,
        wording::{decimals_used, number},
    },
    session::edits::curve::{Point, fineness, moved, with_point, without_point},
    ui::theme::{Tokens, focus_ring},
};

/// A curve while one of its points is dragged.
#[derive(Clone, Copy, Debug)]
pub struct CurveDrag {
    /// The scores at the ends of the chart, which stay where they are until the point is let go.
    pub axis: (f64, f64),
}

/// What was done to a curve, to be taken as a step.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveEdit {
    pub points: Vec<Point>,
    /// What was done, as the beginning of a sentence that ends with the factor: "Move a point of".
    pub words: &'static str,
    pub run: Run,
}

/// How an edit stands to those before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// A step of its own.
    Alone,
    /// The first of a drag: what goes on with it belongs to the same step.
    Begins,
    GoesOn,
}

/// The points of a curve in a chart.
#[derive(Clone, Copy, Debug)]
pub struct Handles<'a> {
    pub factor: &'a Factor,
    pub plot: Rect,
    pub axis: (f64, f64),
    pub points: &'a [Point],
}

/// How large a point is to the pointer, and to the eye.
const REACH: f32 = 26.0;
const RADIUS: f32 = 4.5;

impl Handles<'_> {
    /// Takes what pointer and keyboard do to the points.
    pub fn act(self, ui: &mut Ui, drag: &mut Option<CurveDrag>) -> Option<CurveEdit> {
        let ground = ui.interact(self.plot, ui.scope_id().with("curve ground"), Sense::CLICK);
        let mut edit = None;
        if ground.double_clicked()
            && let Some(at) = ground.interact_pointer_pos()
        {
            let to = self.score_at(at);
            let points = with_point(
                self.points,
                (crate::analysis::balance::bisection::rounded(to.0, self.fine()), to.1),
            );
            edit = points.map(|points| CurveEdit { points, words: "Add a point to", run: Run::Alone });
        }
        for index in 0..self.points.len() {
            let response = self.handle(ui, index);
            edit = edit.or(self.drag(&response, index, drag)).or(self.keys(ui, &response, index));
        }
        edit
    }

    fn fine(self) -> f64 {
        fineness(self.points)
    }

    fn place(self, (score, value): Point) -> Pos2 {
        let way = self.axis.1 - self.axis.0;
        let share = if way > 0.0 { (score - self.axis.0) / way } else { 0.5 };
        pos2(self.plot.left() + share as f32 * self.plot.width(), height_of(self.plot, value))
    }

    /// The score and the whole value that a place in the chart stands for.
    fn score_at(self, at: Pos2) -> Point {
        let share = f64::from((at.x - self.plot.left()) / self.plot.width().max(1.0));
        let value = f64::from((self.plot.bottom() - at.y) / self.plot.height().max(1.0)) * 100.0;
        (self.axis.0 + share * (self.axis.1 - self.axis.0), value.round().clamp(0.0, 100.0))
    }

    fn id(ui: &Ui, index: usize) -> Id {
        ui.scope_id().with(("curve point", index))
    }

    fn handle(self, ui: &mut Ui, index: usize) -> Response {
        let point = self.points[index];
        let place = Rect::from_center_size(self.place(point), Vec2::splat(REACH));
        let response = ui.interact(place, Self::id(ui, index), Sense::click_and_drag());
        let name = format!(
            "Point {} of {}: {} is worth {}",
            index + 1,
            self.points.len(),
            figure(point.0, self.factor, decimals_used(point.0).min(4)),
            number(point.1, decimals_used(point.1).min(1))
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &name));
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        response.on_hover_cursor(CursorIcon::Grab)
    }

    fn drag(self, response: &Response, index: usize, drag: &mut Option<CurveDrag>) -> Option<CurveEdit> {
        if response.drag_stopped() {
            *drag = None;
        }
        if !response.dragged() {
            return None;
        }
        let to = self.score_at(response.interact_pointer_pos()?);
        let points = moved(self.points, index, to);
        *drag = Some(CurveDrag { axis: self.axis });
        let run = if response.drag_started() { Run::Begins } else { Run::GoesOn };
        Some(CurveEdit { points, words: "Move a point of", run })
    }

    /// Arrows move the point that has the keyboard, Page keys by more, Delete takes it away.
    fn keys(self, ui: &Ui, response: &Response, index: usize) -> Option<CurveEdit> {
        if !response.has_focus() {
            return None;
        }
        let taken = |key: Key| ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, key));
        if taken(Key::Delete) || taken(Key::Backspace) {
            let points = without_point(self.points, index)?;
            return Some(CurveEdit { points, words: "Take away a point of", run: Run::Alone });
        }
        let (score, value) = self.points[index];
        let step = self.fine().max(f64::MIN_POSITIVE);
        let step = libm::pow(10.0, libm::ceil(libm::log10(step)));
        let to = [
            (Key::ArrowUp, (score, value + 1.0)),
            (Key::ArrowDown, (score, value - 1.0)),
            (Key::PageUp, (score, value + 5.0)),
            (Key::PageDown, (score, value - 5.0)),
            (Key::ArrowRight, (score + step, value)),
            (Key::ArrowLeft, (score - step, value)),
        ];
        let (_, to) = to.into_iter().find(|(key, _)| taken(*key))?;
        let points = moved(self.points, index, to);
        Some(CurveEdit { points, words: "Move a point of", run: Run::GoesOn })
    }

    /// Paints the points over the line.
    pub fn paint(self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        for (index, &point) in self.points.iter().enumerate() {
            let centre = self.place(point);
            let response = ui.ctx().read_response(Self::id(ui, index));
            let held = response.as_ref().is_some_and(|r| r.hovered() || r.dragged());
            let fill = if held { tokens.ink } else { tokens.card };
            ui.painter().circle(centre, RADIUS, fill, Stroke::new(1.6, tokens.ink));
            if response.is_some_and(|r| r.has_focus()) {
                ui.painter().circle_stroke(centre, RADIUS + 3.5, focus_ring(tokens));
            }
        }
    }
}
