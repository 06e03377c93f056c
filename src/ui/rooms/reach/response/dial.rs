//! The dial under the curves: the £ of gain at which a provider's mind begins to change.

use egui::{
    Align2, CursorIcon, EventFilter, Key, Modifiers, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo,
    accesskit, pos2, vec2,
};

use super::Scene;
use crate::{
    model::{
        money::Pence,
        reach::Reach,
        wording::{number, pounds},
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type, focus_ring, rounded},
        widgets::{asked_of, paint_text},
    },
};

const NAME: &str = "Gain at which a provider\u{2019}s mind begins to change";
/// A drag or a run of keys is one step.
const MERGE: &str = "response scale";
const KNOB: f32 = 11.0;
/// The sums named under the dial.
const NAMED: [f64; 5] = [100.0, 300.0, 600.0, 1500.0, 5000.0];

/// Places on the logarithmic axis of the £ scale.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub left: f32,
    pub right: f32,
    pub low: f64,
    pub high: f64,
}

impl Axis {
    pub fn of(scene: &Scene<'_>, (left, right): (f32, f32)) -> Self {
        let scales = &scene.curve.scales;
        let low = scales.first().copied().unwrap_or(1.0);
        Self { left, right, low, high: scales.last().copied().unwrap_or(1.0).max(low * 1.01) }
    }

    pub fn x(&self, scale: f64) -> f32 {
        let along = libm::log(scale / self.low) / libm::log(self.high / self.low);
        self.left + (self.right - self.left) * along.clamp(0.0, 1.0) as f32
    }

    fn scale_at(&self, x: f32) -> f64 {
        let along = f64::from(((x - self.left) / (self.right - self.left)).clamp(0.0, 1.0));
        self.low * libm::pow(self.high / self.low, along)
    }
}

/// Whole tens of pounds up to £1,000, and whole fifties above.
fn rounded_scale(scale: f64) -> f64 {
    let step = if scale < 1000.0 { 10.0 } else { 50.0 };
    libm::round(scale / step).max(1.0) * step
}

/// The next scale up or down from one: by £50 under £1,000, by £250 above, by £10 under £100.
fn stepped(scale: f64, steps: i32) -> f64 {
    let mut scale = scale;
    for _ in 0..steps.abs() {
        let step = match scale {
            s if s < 100.0 || (s <= 100.0 && steps < 0) => 10.0,
            s if s < 1000.0 || (s <= 1000.0 && steps < 0) => 50.0,
            _ => 250.0,
        };
        scale = if steps > 0 {
            libm::floor(scale / step + 1e-9) * step + step
        } else {
            (libm::ceil(scale / step - 1e-9) * step - step).max(10.0)
        };
    }
    scale
}

/// Shows the dial across `axis` at this height, and lets it be turned.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, axis: Axis, y: f32) {
    let own = scene.workspace.reach.response_scale.pounds();
    let track = Rect::from_min_max(pos2(axis.left, y - 3.0), pos2(axis.right, y + 3.0));
    let reach = track.expand2(vec2(KNOB, 14.0));
    let response = ui.interact(reach, ui.scope_id().with("response dial"), Sense::click_and_drag());
    let left_out = scene.reach.left_out_per_year;
    response.widget_info(|| {
        let left_out =
            left_out.map_or_else(|_| String::new(), |n| format!(", {} left out a year", number(n, 0)));
        WidgetInfo {
            value: Some(own),
            current_text_value: Some(format!("{} a person{left_out}", pounds(own))),
            ..WidgetInfo::labeled(Role::Slider, true, NAME)
        }
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(axis.low);
        node.set_max_numeric_value(axis.high);
        for action in
            [accesskit::Action::SetValue, accesskit::Action::Increment, accesskit::Action::Decrement]
        {
            node.add_action(action);
        }
    });
    paint(ui, scene, axis, track, &response);
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    let wanted = by_hand(&response, axis).or_else(|| by_keys(ui, &response, own)).or_else(|| {
        let (steps, value) = asked_of(ui, &response);
        value
            .map(|value| rounded_scale(value.clamp(axis.low, axis.high)))
            .or((steps != 0).then(|| stepped(own, steps)))
    });
    if let Some(scale) = wanted.and_then(Pence::from_pounds).filter(|scale| *scale > Pence(0)) {
        let label = format!("A gain of {scale} begins to change a provider\u{2019}s mind");
        desk.edit(label, Some(MERGE), |w| w.reach.response_scale = scale);
    }
    if response.drag_stopped() || response.lost_focus() {
        desk.session.settle();
    }
    response.on_hover_cursor(CursorIcon::Grab);
}

fn by_hand(response: &Response, axis: Axis) -> Option<f64> {
    let is_held = response.clicked() || response.dragged();
    let at = is_held.then(|| response.interact_pointer_pos()).flatten()?;
    Some(rounded_scale(axis.scale_at(at.x)))
}

fn by_keys(ui: &Ui, response: &Response, own: f64) -> Option<f64> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (steps, home) = ui.input_mut(|input| {
        let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key) as i32;
        (pressed(Key::ArrowRight) - pressed(Key::ArrowLeft), pressed(Key::Home) > 0)
    });
    if home {
        return Some(Reach::default().response_scale.pounds());
    }
    (steps != 0).then(|| stepped(own, steps))
}

fn paint(ui: &Ui, scene: &Scene<'_>, axis: Axis, track: Rect, response: &Response) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let own = scene.workspace.reach.response_scale.pounds();
    let x = axis.x(own);
    painter.rect_filled(track, rounded(3.0), tokens.track);
    painter.rect_filled(track.with_max_x(x), rounded(3.0), tokens.line);
    let knob = pos2(x, track.center().y);
    painter.circle(knob, KNOB, tokens.primary, Stroke::new(3.0, tokens.card));
    if response.has_focus() {
        painter.circle_stroke(knob, KNOB + 3.0, focus_ring(tokens));
    }
    let under = track.center().y + 24.0;
    let words = pounds(own);
    let place =
        paint_text(painter, pos2(x, under), Align2::CENTER_CENTER, &words, Type::NumberStrong, tokens.ink);
    for named in NAMED.into_iter().filter(|named| (axis.low..=axis.high).contains(named)) {
        let words = pounds(named);
        let at = pos2(axis.x(named), under);
        let galley = painter.layout_no_wrap(words, Type::NumberSmall.font(), tokens.ink3);
        let wanted = Align2::CENTER_CENTER.anchor_size(at, galley.size());
        if !wanted.expand(6.0).intersects(place) {
            painter.galley(wanted.min, galley, tokens.ink3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_up_and_down_the_same_ladder() {
        for from in [10.0, 50.0, 90.0, 100.0, 550.0, 950.0, 1000.0, 2500.0] {
            assert_eq!(stepped(stepped(from, 1), -1), from);
        }
        assert_eq!(stepped(600.0, 2), 700.0);
        assert_eq!(stepped(610.0, 1), 650.0);
        assert_eq!(stepped(10.0, -3), 10.0);
        assert_eq!(rounded_scale(604.0), 600.0);
        assert_eq!(rounded_scale(1.0), 10.0);
    }
}
