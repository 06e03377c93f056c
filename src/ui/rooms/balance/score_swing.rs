//! The swing points beside a factor on Scores: typed where they stand, or, where the ballots say them, weighed on Weights.

use egui::{Align2, CursorIcon, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    score_scene::Scene,
    score_table::{Act, TABLE},
    scores::ScoresView,
};
use crate::{
    exchange::figure,
    model::{balance::WeightsFrom, check::LARGEST_FIGURE},
    ui::{
        theme::{Tokens, Type, size},
        widgets::{focus_field, is_refused, paint_text, read_field},
    },
};

/// Shows the swing of a factor in this cell.
pub fn show(ui: &mut Ui, scene: &Scene, f: usize, place: Rect, view: &mut ScoresView, acts: &mut Vec<Act>) {
    let factor = &scene.factors()[f];
    if view.swing.as_ref().is_some_and(|(open, _)| *open == factor.id) {
        field(ui, scene, f, place, view, acts);
        return;
    }
    let tokens = Tokens::of(ui);
    let (words, missing) = (scene.swing_words(f), scene.swing_is_missing(f));
    let typed_here = scene.workspace.balance.weights_from == WeightsFrom::Swings;
    let response = ui.interact(place, ui.scope_id().with(("swing", f)), Sense::CLICK);
    response.widget_info(|| {
        let words = if missing { "not given, counts as 0" } else { &words };
        let role = if typed_here { Role::Button } else { Role::Link };
        WidgetInfo::labeled(role, true, format!("Swing of {}: {words}", factor.name))
    });
    let ink = if response.hovered() { tokens.focus } else { tokens.ink };
    let at = pos2(place.right() - 10.0, place.center().y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, ink);
    let (cursor, tip) = match (typed_here, missing) {
        (true, true) => (CursorIcon::Text, "No swing given: it counts as 0. Click to type its points"),
        (true, false) => (CursorIcon::Text, "Points for the step from worst to best. Click to type others"),
        (false, _) => (CursorIcon::PointingHand, "The ballots give these points. Look at them on Weights"),
    };
    if response.on_hover_cursor(cursor).on_hover_text(tip).clicked() {
        if typed_here {
            view.swing = Some((factor.id.clone(), true));
            ui.ctx().request_repaint();
        } else {
            acts.push(Act::Weigh(f));
        }
    }
}

fn field(ui: &mut Ui, scene: &Scene, f: usize, place: Rect, view: &mut ScoresView, acts: &mut Vec<Act>) {
    let factor = &scene.factors()[f];
    let name = format!("Points of {}", factor.name);
    let place = Rect::from_center_size(place.center(), vec2(place.width() - 4.0, size::CONTROL));
    let mut inner =
        ui.new_child(UiBuilder::new().max_rect(place).id_salt(("swing field", factor.id.as_str())));
    if let Some((_, fresh)) = &mut view.swing
        && std::mem::take(fresh)
    {
        focus_field(&inner, &name);
    }
    let shown = factor.swing.map(super::score_scene::points_words).unwrap_or_default();
    let left = ui.input(|input| input.key_pressed(egui::Key::Escape) || input.key_pressed(egui::Key::Enter));
    let width = place.width();
    let typed = read_field(&mut inner, &name, &shown, width, points);
    let refused = typed.is_none() && is_refused(&inner, &name);
    if let Some(points) = typed {
        acts.push(Act::Swing(f, points));
        view.swing = None;
    } else if left && !refused {
        view.swing = None;
    }
    if view.swing.is_none() {
        ui.memory_mut(|memory| memory.request_focus(Id::unique(TABLE)));
    }
}

/// Points as they were typed; nothing takes them away.
fn points(typed: &str) -> Result<Option<f64>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let points = figure::number(typed).map(|n| n.value).filter(|x| (0.0..=LARGEST_FIGURE).contains(x));
    points.map(Some).ok_or_else(|| {
        format!(
            "“{}” cannot be points: write a number from 0 upwards, 100 for the largest swing.",
            typed.trim()
        )
    })
}
