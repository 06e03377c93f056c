//! The note at the cell selected: why a text was refused, or in one line that a score is past the ends of its scale.

use egui::{Align2, Id, Rect, Ui, pos2};

use super::{
    scale_words::past_the_ends, score_cell::note_frame, score_scene::Scene, score_table::Shown,
    scores::ScoresView,
};
use crate::ui::{
    theme::{Tokens, Type, size, space},
    widgets::wrapped,
};

/// What a refusal, and a note of one line, take below a cell.
const ROOM: f32 = 120.0;
const ONE_LINE: f32 = 36.0;

/// Shows the note that there is.
pub fn show(ui: &Ui, view: &ScoresView, scene: &Scene, shown: Shown) {
    let Some(cell) = shown.selected else { return };
    let tokens = Tokens::of(ui);
    if let Some(draft) = &view.draft {
        if let Some(why) = &draft.refused {
            let width = 320.0_f32.min(ui.ctx().content_rect().width() - 2.0 * space::L);
            note_at(ui, cell, (width, ROOM), |ui| {
                ui.set_width(width - 22.0);
                wrapped(ui, format!("{why} Esc takes it back."), Type::Small, tokens.ink);
            });
        }
        return;
    }
    let Some((f, Some(o))) = view.selected(scene) else { return };
    let factor = &scene.factors()[f];
    if let Some(note) = past_the_ends(scene.level(f, o), factor, &scene.functions[f], scene.decimals[f]) {
        let width = ui.painter().layout_no_wrap(note.clone(), Type::Small.font(), tokens.ink).size().x + 22.0;
        note_at(ui, cell, (width, ONE_LINE), |ui| {
            ui.add(egui::Label::new(Type::Small.text(note, tokens.ink)).extend());
        });
    }
}

/// A note laid under a cell, or over it where there is no room below.
fn note_at(ui: &Ui, cell: Rect, (width, height): (f32, f32), contents: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let screen = ui.ctx().content_rect();
    let below = cell.bottom() + height < screen.bottom() - size::STANDING_LINE;
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
            note_frame(tokens, tokens.edge).show(ui, contents);
        });
}
