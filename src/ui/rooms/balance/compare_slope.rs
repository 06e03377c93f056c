//! The totals of every option in both states, joined by a line each.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::compare::{Done, Scene, badge, caption, heading, rest_of};
use crate::{
    analysis::{
        balance::compare::{Comparison, Standing},
        explain::Question,
    },
    model::{ids::OptionId, wording::number},
    ui::{
        theme::{Tokens, Type, hairline},
        widgets::{button::paint_focus, paint_badge, paint_text, paint_text_fitted},
    },
};

/// Labels stand at least so far apart.
const APART: f32 = 23.0;
/// The room beside each axis for badge and figure.
const MARGIN: f32 = 66.0;
/// How far the stub of an option reaches that only one state has.
const STUB: f32 = 22.0;

/// One end of a line.
struct End {
    option: OptionId,
    total: f64,
    /// Where its label stands.
    y: f32,
    leads: bool,
    struck: bool,
}

/// Shows the chart in the rest of the card.
pub(super) fn show(ui: &mut Ui, scene: &Scene, comparison: &Comparison, done: &mut Done) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    heading(ui, "Totals");
    let names = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover()).0;
    let half = (names.width() / 2.0 - 6.0, 1);
    for (at, anchor, name) in [
        (names.left_center(), Align2::LEFT_CENTER, &scene.names[0]),
        (names.right_center(), Align2::RIGHT_CENTER, &scene.names[1]),
    ] {
        paint_text_fitted(ui.painter(), at, anchor, name, Type::Small, tokens.ink3, half);
    }
    let room = rest_of(ui);
    if comparison
        .options
        .iter()
        .all(|id| comparison.before.total(id).or(comparison.after.total(id)).is_none())
    {
        caption(ui, "No totals yet: score two options and give weights.");
        return;
    }
    let height = room.height().max(comparison.options.len() as f32 * APART + 16.0);
    ScrollArea::vertical().id_salt("slope").auto_shrink(false).show(ui, |ui| {
        let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, said(scene, comparison)));
        chart(ui, scene, comparison, place, done);
    });
}

/// The chart in a sentence.
fn said(scene: &Scene, comparison: &Comparison) -> String {
    let moves: Vec<String> = (comparison.options.iter())
        .filter_map(|id| {
            let figure = |total: Option<f64>| total.map_or("not there".to_owned(), |t| number(t, 0));
            let (was, is) = (comparison.before.total(id), comparison.after.total(id));
            was.or(is)?;
            Some(format!("{} {}, now {}", badge(comparison, id), figure(was), figure(is)))
        })
        .collect();
    format!("Totals from {} to {}: {}", scene.names[0], scene.names[1], moves.join("; "))
}

fn chart(ui: &mut Ui, scene: &Scene, comparison: &Comparison, place: Rect, done: &mut Done) {
    let tokens = Tokens::of(ui);
    let (x0, x1) = (place.left() + MARGIN, place.right() - MARGIN);
    let mut totals: Vec<f64> = Vec::new();
    for id in &comparison.options {
        totals.extend(comparison.before.total(id));
        totals.extend(comparison.after.total(id));
    }
    let low = totals.iter().copied().fold(f64::INFINITY, f64::min) - 2.0;
    let high = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max) + 2.0;
    let (top, bottom) = (place.top() + 12.0, place.bottom() - 12.0);
    let y = |total: f64| bottom - ((total - low) / (high - low)) as f32 * (bottom - top);
    for x in [x0, x1] {
        ui.painter().vline(x, place.y_range(), hairline(tokens.hair));
    }
    let ends = [&comparison.before, &comparison.after].map(|s| ends(comparison, s, (top, bottom), y));
    for id in comparison.options.iter().rev() {
        let at = [0, 1].map(|k| ends[k].iter().find(|end| end.option == *id));
        let colour = tokens.option(badge(comparison, id)).fill;
        let leads = at.iter().flatten().any(|end| end.leads);
        let stroke = Stroke::new(if leads { 2.5 } else { 1.5 }, colour);
        let points = [0, 1].map(|k| at[k].map(|end| pos2([x0, x1][k], y(end.total))));
        match points {
            [Some(a), Some(b)] => _ = ui.painter().line_segment([a, b], stroke),
            [Some(a), None] => _ = ui.painter().line_segment([a, a + vec2(STUB, 0.0)], stroke),
            [None, Some(b)] => _ = ui.painter().line_segment([b, b - vec2(STUB, 0.0)], stroke),
            [None, None] => {}
        }
        for (point, end) in points.into_iter().zip(at) {
            let (Some(point), Some(end)) = (point, end) else { continue };
            ui.painter().circle_filled(point, 3.5, if end.struck { tokens.card } else { colour });
            ui.painter().circle_stroke(point, 3.0, Stroke::new(1.2, colour));
        }
    }
    for (k, ends) in ends.iter().enumerate() {
        for end in ends {
            label(ui, scene, comparison, (k, end), [x0, x1][k], done);
        }
    }
}

/// The options of one state from the top down, with labels that do not lie on each other.
fn ends(
    comparison: &Comparison,
    standing: &Standing,
    (top, bottom): (f32, f32),
    y: impl Fn(f64) -> f32,
) -> Vec<End> {
    let leader = standing.leader().map(|o| &standing.workspace.question.options[o].id);
    let mut ends: Vec<End> = (comparison.options.iter())
        .filter_map(|id| {
            let total = standing.total(id)?;
            let (leads, struck) = (leader == Some(id), standing.is_struck(id));
            Some(End { option: id.clone(), total, y: y(total), leads, struck })
        })
        .collect();
    ends.sort_by(|a, b| b.total.total_cmp(&a.total));
    let mut least = top;
    for end in &mut ends {
        end.y = end.y.max(least);
        least = end.y + APART;
    }
    let mut most = bottom;
    for end in ends.iter_mut().rev() {
        end.y = end.y.min(most);
        most = end.y - APART;
    }
    ends
}

/// Badge and figure of one end.
fn label(
    ui: &mut Ui,
    scene: &Scene,
    comparison: &Comparison,
    (state, end): (usize, &End),
    axis: f32,
    done: &mut Done,
) {
    let tokens = Tokens::of(ui);
    let outward = if state == 0 { -1.0 } else { 1.0 };
    let at = |distance: f32| pos2(axis + outward * distance, end.y);
    let name = badge(comparison, &end.option);
    let area = Rect::from_two_pos(at(8.0), at(MARGIN)).expand2(vec2(0.0, APART / 2.0));
    let response = ui.interact(area, ui.scope_id().with(("end", state, &end.option)), Sense::click());
    let total = number(end.total, 0);
    let of = comparison.option(&end.option).map_or("", |option| option.name.as_str());
    let struck = if end.struck { ", struck by a must" } else { "" };
    response.widget_info(|| {
        let words = format!("{name}, {of}, total {total} in {}{struck}", scene.names[state]);
        WidgetInfo::labeled(Role::Button, true, words)
    });
    paint_badge(ui.painter(), tokens, name, at(19.0), 20.0);
    let anchor = if state == 0 { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let role = if end.leads { Type::Strong } else { Type::Body };
    let ink = if end.struck { tokens.ink3 } else { tokens.ink };
    paint_text(ui.painter(), at(36.0), anchor, &total, role, ink);
    paint_focus(ui, &response, area.shrink(1.0), 6.0);
    let moment = if state == 0 { scene.before.as_ref() } else { Some(&scene.after) };
    if let Some(moment) = moment {
        done.with_figure(&response, Question::TotalThen(moment.clone(), end.option.clone()));
    }
}
