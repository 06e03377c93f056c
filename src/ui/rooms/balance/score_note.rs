//! The one-line note at a cell: why a text was refused, or that a score is past the ends of its scale.

use egui::{Align2, Id, Rect, Ui, pos2};

use super::{
    scale_words::past_the_ends, score_cell::note_frame, score_scene::Scene, score_table::Shown,
    scores::ScoresView,
};
use crate::ui::{
    theme::{Tokens, Type, size, space},
    widgets::wrapped,
};

/// What a note below a cell takes.
const ROOM: f32 = 120.0;

/// Shows the note that there is. The note of a cell that has just been written stays while the keyboard moves on.
pub fn show(ui: &Ui, view: &ScoresView, scene: &Scene, shown: Shown) {
    let selected = view.selected(scene);
    let past = |f: usize, o: usize| {
        past_the_ends(scene.level(f, o), &scene.factors()[f], &scene.functions[f], scene.decimals[f])
    };
    if let Some(draft) = &view.draft {
        if let (Some(why), Some(cell)) = (&draft.refused, shown.selected) {
            note_at(ui, cell, &format!("{why} Esc takes it back."), true);
        }
        return;
    }
    if let (Some((f, o)), Some(cell)) = (view.noted(scene), shown.noted)
        && selected != Some((f, Some(o)))
        && let Some(note) = past(f, o)
    {
        // Above, so that it does not cover the cell that the keyboard has moved on to.
        let name = format!("{} of {}: {note}", scene.factors()[f].short_name(), scene.options()[o].badge);
        note_at(ui, cell, &name, false);
        return;
    }
    if let (Some((f, Some(o))), Some(cell)) = (selected, shown.selected)
        && let Some(note) = past(f, o)
    {
        note_at(ui, cell, &note, true);
    }
}

/// A note laid under a cell, or over it where that is wanted or there is no room below.
fn note_at(ui: &Ui, cell: Rect, note: &str, wants_below: bool) {
    let tokens = Tokens::of(ui);
    let screen = ui.ctx().content_rect();
    let below = wants_below && cell.bottom() + ROOM < screen.bottom() - size::STANDING_LINE;
    let width = 320.0_f32.min(screen.width() - 2.0 * space::L);
    let x = (cell.right() - width).max(screen.left() + space::L);
    let (at, pivot) = if below {
        (pos2(x, cell.bottom() + space::XS), Align2::LEFT_TOP)
    } else {
        (pos2(x, cell.top() - space::XS), Align2::LEFT_BOTTOM)
    };
    egui::Area::new(Id::unique("score note"))
        .fixed_pos(at)
        .pivot(pivot)
        .order(egui::Order::Foreground)
        .interactable(false)
        .show(ui.ctx(), |ui| {
            note_frame(tokens, tokens.edge).show(ui, |ui| {
                ui.set_width(width - 22.0);
                wrapped(ui, note, Type::Small, tokens.ink);
            });
        });
}
