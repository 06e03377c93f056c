//! The chart of one factor: every option's total over its weight, with a line for today's that can be dragged.

use egui::{
    Align2, CornerRadius, CursorIcon, EventFilter, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Shape,
    Stroke, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use super::{Acts, SensitivityView, scene::Scene, words};
use crate::{
    analysis::{balance::sensitivity::OneFactor, explain::Question},
    model::wording::number,
    ui::{
        rooms::balance::chart::width_of,
        theme::{Tokens, Type, focus_ring, hairline, mix},
        widgets::{
            Paragraph, asked_of, button::paint_focus, paint_badge, paint_side_mark, paint_text,
            paint_text_fitted,
        },
    },
};

/// The line holds on to a reversal or to today's weight within so many points of the screen.
const SNAP: f32 = 5.0;
/// Columns of badges beside the ends of the lines.
const COLUMNS: usize = 2;
const BADGE: f32 = 18.0;

/// Shows the chart in this place.
pub fn show(
    ui: &mut Ui,
    view: &mut SensitivityView,
    scene: &Scene,
    chosen: Option<usize>,
    place: Rect,
    acts: &mut Acts,
) {
    let tokens = Tokens::of(ui);
    let middle = place.top() + 12.0;
    let Some(f) = chosen else {
        let words = "A chart shows here once there are factors";
        paint_text(ui.painter(), place.center(), Align2::CENTER_CENTER, words, Type::Body, tokens.ink3);
        return;
    };
    let heading = format!("What each option scores as {} weighs more", scene.lowered(f));
    let at = pos2(place.left(), middle);
    let wide = (place.width(), 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &heading, Type::Heading, tokens.ink, wide);
    match scene.alone(f).map(|(_, reading)| reading) {
        Some(Ok(one)) => {
            let plot = Rect::from_min_max(
                pos2(place.left() + 38.0, place.top() + 62.0),
                pos2(place.right() - 58.0, place.bottom() - 46.0),
            );
            let tried = view.tried;
            Lines { scene, one, plot, tried, card: place }.show(ui, view, acts);
        }
        Some(Err(why)) => {
            let words = format!("{} cannot be varied: {}.", scene.factor(f).name, why.0);
            let at = place.center();
            let wide = (place.width() - 40.0, 3);
            paint_text_fitted(ui.painter(), at, Align2::CENTER_CENTER, &words, Type::Body, tokens.ink2, wide);
            let response = ui.interact(place, ui.scope_id().with("no chart"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        }
        None => {}
    }
}

struct Lines<'a> {
    scene: &'a Scene,
    one: &'a OneFactor,
    plot: Rect,
    tried: Option<f64>,
    card: Rect,
}

impl Lines<'_> {
    fn x(&self, t: f64) -> f32 {
        self.plot.left() + t as f32 * self.plot.width()
    }

    fn y(&self, value: f64) -> f32 {
        self.plot.bottom() - value as f32 / 100.0 * self.plot.height()
    }

    fn stands(&self) -> f64 {
        self.tried.unwrap_or(self.one.weight_now)
    }

    fn show(&self, ui: &mut Ui, view: &mut SensitivityView, acts: &mut Acts) {
        self.paint_ground(ui);
        let moved = self.drag(ui, acts);
        self.paint_lines(ui);
        self.show_reversal(ui, acts);
        self.paint_today(ui);
        self.show_ends(ui, acts);
        if let Some(to) = moved.filter(|to| *to != self.tried) {
            view.tried = to;
            // The sentence above was laid out before the line was moved.
            ui.ctx().request_discard("a weight was tried");
        }
    }

    fn paint_ground(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        for band in &self.one.bands {
            let rect = Rect::from_x_y_ranges(self.x(band.from)..=self.x(band.to), self.plot.y_range());
            let tint = mix(tokens.card, tokens.option(self.scene.badge(band.leader)).tint, 0.45);
            painter.rect_filled(rect, CornerRadius::ZERO, tint);
        }
        let below = self.plot.bottom() + 14.0;
        for step in [0.0, 25.0, 50.0, 75.0, 100.0] {
            painter.hline(self.plot.x_range(), self.y(step), hairline(tokens.hair));
            let at = pos2(self.plot.left() - 8.0, self.y(step));
            paint_text(painter, at, Align2::RIGHT_CENTER, &number(step, 0), Type::Small, tokens.ink3);
            let (anchor, words) = if step < 100.0 {
                (Align2::CENTER_CENTER, number(step, 0))
            } else {
                (Align2::RIGHT_CENTER, "100 %".to_owned())
            };
            paint_text(painter, pos2(self.x(step / 100.0), below), anchor, &words, Type::Small, tokens.ink3);
        }
        self.paint_captions(ui);
    }

    fn paint_captions(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let base = self.card.bottom() - 9.0;
        let side = self.scene.factor(self.one.factor).side;
        let words = format!("Weight of {}", self.scene.lowered(self.one.factor));
        let wide = (self.plot.width() * 0.6, 1);
        let at = pos2(self.plot.right(), base);
        let ink = tokens.side(side).text;
        let written =
            paint_text_fitted(painter, at, Align2::RIGHT_CENTER, &words, Type::SmallStrong, ink, wide);
        paint_side_mark(painter, tokens, side, pos2(written.left() - 15.0, base), 10.0);
        let room = written.left() - 32.0 - self.plot.left();
        let long = "All other weights keep their proportions; scores not known count half way";
        let short = "All other weights keep their proportions";
        let wanted = if self.scene.has_unknown() { [long, short, ""] } else { [short, "", ""] };
        let fits = wanted.into_iter().find(|words| width_of(ui, words, Type::Small) <= room).unwrap_or("");
        let at = pos2(self.plot.left(), base);
        paint_text(painter, at, Align2::LEFT_CENTER, fits, Type::Small, tokens.ink3);
    }

    /// The option that the leader of today loses to, or the runner-up where it never loses.
    fn challenger(&self) -> Option<usize> {
        let nearest = self.one.nearest().map(|reversal| reversal.to);
        nearest.or(self.scene.weighed.ranking.get(1).copied())
    }

    fn paint_lines(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let heavy = [self.challenger(), Some(self.one.leader())];
        let is_heavy = |option: usize| heavy.contains(&Some(option));
        let mut lines: Vec<_> = self.one.lines.middle.iter().collect();
        lines.sort_by_key(|line| heavy.iter().position(|h| *h == Some(line.option)).map_or(0, |p| p + 1));
        for line in lines {
            let colour = tokens.option(self.scene.badge(line.option)).fill;
            let width = if is_heavy(line.option) { 2.5 } else { 1.5 };
            let ends = [pos2(self.x(0.0), self.y(line.at_0)), pos2(self.x(1.0), self.y(line.at_1))];
            ui.painter().line_segment(ends, Stroke::new(width, colour));
        }
    }

    /// The line at today's weight, or at the one that is tried: by pointer, by keys and by assistive technology.
    fn drag(&self, ui: &mut Ui, acts: &mut Acts) -> Option<Option<f64>> {
        let reach = self.plot.expand2(vec2(4.0, 6.0));
        let response = ui.interact(reach, ui.scope_id().with("weight line"), Sense::click_and_drag());
        response.widget_info(|| self.slider_info());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(100.0);
            node.set_numeric_value_step(1.0);
            node.add_action(accesskit::Action::SetValue);
            node.add_action(accesskit::Action::Increment);
            node.add_action(accesskit::Action::Decrement);
        });
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.has_focus() {
            let id = self.scene.factor(self.one.factor).id.clone();
            acts.figures.in_focus = Some(Question::Reversal(id));
            let ring = Rect::from_center_size(
                pos2(self.x(self.stands()), self.plot.center().y),
                vec2(10.0, self.plot.height() + 12.0),
            );
            paint_focus(ui, &response, ring, 4.0);
        }
        let pointed = (response.clicked() || response.dragged()).then(|| response.interact_pointer_pos());
        let by_hand = pointed.flatten().map(|at| self.snapped(at));
        let moved = by_hand.or(self.by_keys(ui, &response)).or(self.by_asking(ui, &response));
        let cursor = if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::ResizeHorizontal };
        response.on_hover_cursor(cursor);
        moved
    }

    fn slider_info(&self) -> WidgetInfo {
        let stands = self.stands();
        let leader = self.one.leader_at(stands);
        let total = number(self.one.total_at(leader, stands).unwrap_or_default(), 0);
        let value = format!(
            "{}, {} leads with {total}",
            words::spoken_weight(stands),
            self.scene.option_name(leader)
        );
        let name = format!("Weight of {}", self.scene.lowered(self.one.factor));
        WidgetInfo {
            value: Some(stands * 100.0),
            current_text_value: Some(value),
            ..WidgetInfo::labeled(Role::Slider, true, name)
        }
    }

    /// The weight at a place; reversals and today's weight hold on softly.
    fn snapped(&self, at: Pos2) -> Option<f64> {
        if (self.x(self.one.weight_now) - at.x).abs() <= SNAP {
            return None;
        }
        let borders = self.one.bands.iter().skip(1).map(|band| band.from);
        let near = borders
            .map(|t| (t, (self.x(t) - at.x).abs()))
            .filter(|(_, away)| *away <= SNAP)
            .min_by(|a, b| a.1.total_cmp(&b.1));
        let share = f64::from(((at.x - self.plot.left()) / self.plot.width()).clamp(0.0, 1.0));
        Some(near.map_or(share, |(t, _)| t))
    }

    fn by_keys(&self, ui: &Ui, response: &Response) -> Option<Option<f64>> {
        if !response.has_focus() {
            return None;
        }
        let filter =
            EventFilter { horizontal_arrows: true, escape: self.tried.is_some(), ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let (points, back) = ui.input_mut(|input| {
            let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key) as i32;
            let points = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)
                + 10 * (pressed(Key::PageUp) - pressed(Key::PageDown));
            let home = pressed(Key::Home) > 0;
            (points, home || (self.tried.is_some() && pressed(Key::Escape) > 0))
        });
        if back { Some(None) } else { self.stepped(points) }
    }

    fn by_asking(&self, ui: &Ui, response: &Response) -> Option<Option<f64>> {
        let (points, value) = asked_of(ui, response);
        match value {
            Some(value) => Some(Some((value / 100.0).clamp(0.0, 1.0))),
            None => self.stepped(points),
        }
    }

    /// So many points further, from the whole point that is nearest.
    fn stepped(&self, points: i32) -> Option<Option<f64>> {
        let shown = libm::round(self.stands() * 100.0);
        (points != 0).then(|| Some(((shown + f64::from(points)) / 100.0).clamp(0.0, 1.0)))
    }

    /// The nearest reversal: a dashed line, a ring where the two are level, and the words over it.
    fn show_reversal(&self, ui: &mut Ui, acts: &mut Acts) {
        let Some(nearest) = self.one.nearest() else { return };
        let tokens = Tokens::of(ui);
        let x = self.x(nearest.weight);
        let top = self.plot.top() - 6.0;
        let line = [pos2(x, top), pos2(x, self.plot.bottom())];
        ui.painter().extend(Shape::dashed_line(&line, Stroke::new(1.4, tokens.ink), 3.0, 3.0));
        let level = self.one.total_at(nearest.to, nearest.weight).unwrap_or_default();
        let at = pos2(x, self.y(level));
        let reach = Rect::from_center_size(at, vec2(28.0, 28.0));
        let response = ui.interact(reach, ui.scope_id().with("reversal"), Sense::click());
        let name = self.scene.option_name(nearest.to);
        let spoken = words::spoken_weight(nearest.weight);
        let words = format!("At {spoken} {name} takes the lead at {} points", number(level, 0));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        ui.painter().circle(at, 6.0, tokens.card, Stroke::new(2.0, tokens.ink));
        if response.has_focus() {
            ui.painter().circle_stroke(at, 10.0, focus_ring(tokens));
        }
        acts.with_figure(&response, Question::Reversal(self.scene.factor(self.one.factor).id.clone()));
        response.on_hover_cursor(CursorIcon::PointingHand);
        self.paint_reversal_words(ui, x, nearest.weight, nearest.to, level);
    }

    /// Over the dashed line, on the side that has room for it beside today's figure.
    fn paint_reversal_words(&self, ui: &Ui, x: f32, weight: f64, to: usize, level: f64) {
        let tokens = Tokens::of(ui);
        let middle = self.plot.top() - 16.0;
        let figure = words::weight(weight);
        let points = number(level, 0);
        let rests = [
            format!(": {} takes the lead at {points} points", self.scene.option_name(to)),
            format!(": {} takes the lead at {points}", self.scene.badge(to)),
            String::new(),
        ];
        let today = self.x(self.stands());
        let reach = width_of(ui, &words::weight(self.stands()), Type::SmallStrong) / 2.0 + 8.0;
        for rest in rests {
            let words = Paragraph::new()
                .run(&figure, Type::SmallStrong, tokens.ink)
                .run(&rest, Type::Small, tokens.ink)
                .galley(ui.painter(), f32::INFINITY);
            let width = words.size().x;
            let clear = |from: f32| {
                let to = from + width;
                let apart = to < today - reach || from > today + reach;
                apart && from >= self.card.left() && to <= self.card.right()
            };
            let starts = [x + 2.0, x - 2.0 - width, today + reach + 4.0, today - reach - 4.0 - width];
            let near = |from: &f32| (from - x).abs() < 90.0 || (from + width - x).abs() < 90.0;
            if let Some(from) = starts.into_iter().filter(near).find(|&from| clear(from)) {
                let at = pos2(from, middle - words.size().y / 2.0);
                ui.painter().galley(at, words, tokens.ink);
                return;
            }
        }
    }

    fn paint_today(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let range = self.plot.top() - 6.0..=self.plot.bottom();
        if self.tried.is_some() {
            painter.vline(self.x(self.one.weight_now), range.clone(), Stroke::new(1.4, tokens.ink3));
        }
        let stands = self.stands();
        let x = self.x(stands);
        painter.vline(x, range, Stroke::new(2.0, tokens.primary));
        let words = words::weight(stands);
        let half = width_of(ui, &words, Type::SmallStrong) / 2.0;
        let at = pos2(x.clamp(self.card.left() + half, self.card.right() - half), self.plot.top() - 16.0);
        paint_text(painter, at, Align2::CENTER_CENTER, &words, Type::SmallStrong, tokens.ink);
        if self.tried.is_some() {
            for line in &self.one.lines.middle {
                let colour = tokens.option(self.scene.badge(line.option)).fill;
                let at = pos2(x, self.y(line.at(stands)));
                painter.circle(at, 3.5, colour, Stroke::new(1.2, tokens.card));
            }
        }
    }

    /// The badges at the right: what each option is worth on this factor alone.
    fn show_ends(&self, ui: &mut Ui, acts: &mut Acts) {
        let tokens = Tokens::of(ui);
        let mut ends: Vec<(f32, usize, f64)> =
            self.one.lines.middle.iter().map(|line| (self.y(line.at_1), line.option, line.at_1)).collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut taken: [f32; COLUMNS] = [f32::NEG_INFINITY; COLUMNS];
        for (y, option, value) in ends {
            let Some(column) = taken.iter().position(|last| y - last >= BADGE + 1.0) else { continue };
            taken[column] = y;
            let at = pos2(self.plot.right() + 13.0 + column as f32 * 21.0, y);
            let rect = Rect::from_center_size(at, vec2(BADGE, BADGE));
            let response = ui.interact(rect.expand(2.0), ui.scope_id().with(("end", option)), Sense::click());
            let today = number(self.one.total_at(option, self.one.weight_now).unwrap_or_default(), 0);
            let name = format!(
                "{}, {}, {today} today, {} on this factor alone",
                self.scene.badge(option),
                self.scene.option_name(option),
                number(value, 0)
            );
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            paint_badge(ui.painter(), tokens, self.scene.badge(option), at, BADGE);
            paint_focus(ui, &response, rect, 5.0);
            acts.with_figure(&response, self.scene.why_cell(option, self.one.factor));
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name);
        }
    }
}
