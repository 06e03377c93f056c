//! Influence against stake: a shape a person, which is dragged to change both.

use egui::{
    Align2, EventFilter, Key, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::register::Scene;
use crate::{
    analysis::voices::{LITTLE_INFLUENCE, MUCH_AT_STAKE, is_to_be_heard_first},
    model::{
        voices::{SectorShape, Stakeholder},
        wording::{count, number},
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type, hairline, rounded},
        widgets::{button::paint_focus, paint_shape, paint_text, told_on_hover},
    },
};

/// How far an arrow key goes, and with Shift.
const STEP: f64 = 0.1;
const STRIDE: f64 = 1.0;

/// Where values stand in the place of the grid: 0 to 10 each way, with a little room beyond, so that a shape at an end is
/// seen whole.
#[derive(Clone, Copy)]
struct Axes(Rect);

impl Axes {
    const BEYOND: f64 = 0.3;

    fn at(self, influence: f64, stake: f64) -> Pos2 {
        let share = |value: f64| ((value + Self::BEYOND) / (10.0 + 2.0 * Self::BEYOND)) as f32;
        pos2(
            self.0.left() + self.0.width() * share(influence),
            self.0.bottom() - self.0.height() * share(stake),
        )
    }

    /// The values at a point, to a tenth, within 0 to 10.
    fn values(self, at: Pos2) -> (f64, f64) {
        let value = |share: f32| tenth(f64::from(share) * (10.0 + 2.0 * Self::BEYOND) - Self::BEYOND);
        (value((at.x - self.0.left()) / self.0.width()), value((self.0.bottom() - at.y) / self.0.height()))
    }
}

fn tenth(value: f64) -> f64 {
    ((value * 10.0).round() / 10.0).clamp(0.0, 10.0)
}

/// Shows the grid, so tall, with its head and what its ways mean.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, tall: f32) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 6.0;
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let title = "Influence and stake";
    paint_text(ui.painter(), head.left_center(), Align2::LEFT_CENTER, title, Type::Heading, tokens.ink);
    legend(ui, head.right_center());
    let (place, chart) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
    let axes = Axes(place);
    ground(ui, axes);
    chart.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_a_sentence(scene)));
    let selected = scene.person();
    let others = scene.workspace.voices.stakeholders.iter();
    for person in others.filter(|person| selected.is_none_or(|selected| selected.id != person.id)) {
        mark(ui, desk, scene, axes, person, false);
    }
    // Who is selected lies over the others, and alone has the keyboard.
    if let Some(person) = selected {
        mark(ui, desk, scene, axes, person, true);
    }
    let (foot, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let (strong, ink) = (Type::SmallStrong, tokens.ink2);
    paint_text(ui.painter(), foot.left_center(), Align2::LEFT_CENTER, "Much at stake is up", strong, ink);
    paint_text(ui.painter(), foot.right_center(), Align2::RIGHT_CENTER, "More influence", strong, ink);
    let open = scene.workspace.voices.stakeholders.iter().filter(|p| placed(p).is_none()).count();
    if open > 0 {
        let stand = if open == 1 { "stands" } else { "stand" };
        let words = format!("{} {stand} nowhere yet: give both values.", count(open, "person", "people"));
        ui.label(Type::Small.text(words, tokens.ink3));
    }
}

fn placed(person: &Stakeholder) -> Option<(f64, f64)> {
    Some((person.influence?, person.interest?))
}

fn in_a_sentence(scene: &Scene<'_>) -> String {
    let first = scene.workspace.voices.stakeholders.iter().filter(|p| is_to_be_heard_first(p)).count();
    let have = if first == 1 { "person has" } else { "people have" };
    format!("Influence and stake: {first} {have} much at stake and little influence")
}

fn legend(ui: &Ui, right: Pos2) {
    let tokens = Tokens::of(ui);
    let shape = |at: Pos2, filled: bool| {
        let (fill, line) = look(tokens, filled);
        paint_shape(ui.painter(), SectorShape::Hexagon, at, 11.0, fill, line);
    };
    let words = paint_text(ui.painter(), right, Align2::RIGHT_CENTER, "none", Type::Small, tokens.ink2);
    shape(pos2(words.left() - 11.0, right.y), false);
    let end = pos2(words.left() - 27.0, right.y);
    let words = paint_text(ui.painter(), end, Align2::RIGHT_CENTER, "ballot", Type::Small, tokens.ink2);
    shape(pos2(words.left() - 11.0, right.y), true);
}

/// Fill and outline of a shape: filled for who has given a ballot.
fn look(tokens: &Tokens, filled: bool) -> (egui::Color32, Stroke) {
    if filled { (tokens.ink2, Stroke::NONE) } else { (tokens.card, Stroke::new(1.3, tokens.ink2)) }
}

fn ground(ui: &Ui, axes: Axes) {
    let tokens = Tokens::of(ui);
    let place = axes.0;
    ui.painter().rect(place, rounded(6.0), tokens.sunken, hairline(tokens.hair), StrokeKind::Inside);
    let corner = axes.at(LITTLE_INFLUENCE, MUCH_AT_STAKE);
    let tinted = Rect::from_min_max(place.min + vec2(1.0, 1.0), corner);
    ui.painter().rect_filled(tinted, egui::CornerRadius { nw: 5, ..rounded(0.0) }, tokens.select);
    ui.painter().vline(corner.x, place.y_range(), hairline(tokens.line));
    ui.painter().hline(place.x_range(), corner.y, hairline(tokens.line));
    let words = "influence from afar";
    let at = place.right_bottom() - vec2(8.0, 7.0);
    paint_text(ui.painter(), at, Align2::RIGHT_BOTTOM, words, Type::Small, tokens.ink3);
}

fn mark(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene<'_>,
    axes: Axes,
    person: &Stakeholder,
    selected: bool,
) {
    let Some((influence, stake)) = placed(person) else { return };
    let tokens = Tokens::of(ui);
    let centre = axes.at(influence, stake);
    let place = Rect::from_center_size(centre, vec2(22.0, 22.0));
    let id = ui.scope_id().with(("on the grid", person.id.as_str()));
    let sense = if selected { Sense::click_and_drag() } else { Sense::CLICK | Sense::DRAG };
    let response = ui.interact(place, id, sense);
    let words = || format!("{}: influence {}, stake {}", person.name, number(influence, 1), number(stake, 1));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, words()));
    if selected {
        ui.painter().circle(centre, 12.0, tokens.card, Stroke::new(2.0, tokens.focus));
    }
    let shape = scene.workspace.sector(&person.sector).map(|sector| sector.shape).unwrap_or_default();
    let (fill, outline) = look(tokens, scene.has_ballot(person));
    paint_shape(ui.painter(), shape, centre, 13.0, fill, outline);
    paint_focus(ui, &response, place.expand(3.0), 14.0);
    if response.clicked() || response.drag_started() {
        desk.view.voices.show_person(&person.id);
    }
    if selected && response.clicked() {
        response.request_focus();
    }
    let to = dragged_to(ui, &response, axes).or_else(|| walked_to(ui, &response, (influence, stake)));
    if let Some((influence, stake)) = to {
        let label =
            format!("Put {} at influence {}, stake {}", person.name, number(influence, 1), number(stake, 1));
        let key = format!("influence and stake of {}", person.id);
        super::person::change(desk, person, label, Some(&key), |p| {
            (p.influence, p.interest) = (Some(influence), Some(stake));
        });
    }
    if response.drag_stopped() || response.lost_focus() {
        desk.session.settle();
    }
    told_on_hover(response.on_hover_cursor(egui::CursorIcon::Grab), words);
}

/// Where the pointer drags a shape to.
fn dragged_to(ui: &Ui, response: &Response, axes: Axes) -> Option<(f64, f64)> {
    if !response.dragged() || response.drag_delta() == egui::Vec2::ZERO {
        return None;
    }
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    response.interact_pointer_pos().map(|at| axes.values(at))
}

/// Where the arrow keys take the shape that has the keyboard.
fn walked_to(ui: &Ui, response: &Response, (influence, stake): (f64, f64)) -> Option<(f64, f64)> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (x, y) = ui.input(|input| {
        let by = if input.modifiers.shift { STRIDE } else { STEP };
        let pressed = |key| by * f64::from(u32::try_from(input.num_presses(key)).unwrap_or(0));
        (pressed(Key::ArrowRight) - pressed(Key::ArrowLeft), pressed(Key::ArrowUp) - pressed(Key::ArrowDown))
    });
    (x != 0.0 || y != 0.0).then(|| (tenth(influence + x), tenth(stake + y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_on_the_grid_gives_back_the_values_that_stand_there() {
        let axes = Axes(Rect::from_min_size(pos2(40.0, 60.0), vec2(320.0, 200.0)));
        for (influence, stake) in [(0.0, 0.0), (10.0, 10.0), (3.7, 8.2), (4.0, 6.0)] {
            assert_eq!(axes.values(axes.at(influence, stake)), (influence, stake));
        }
        assert_eq!(axes.values(pos2(-500.0, 900.0)), (0.0, 0.0), "outside is the nearest end");
    }
}
