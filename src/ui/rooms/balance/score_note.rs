//! The note at the cell selected: why a text was refused, or in one line that a score is computed
//! in Reach, or past the ends of its scale.

use egui::Ui;

use super::{scale_words::past_the_ends, score_scene::Scene, score_table::Shown, scores::ScoresView};
use crate::ui::{
    theme::{Tokens, Type},
    widgets::cell_draft::{note_at, refusal_at},
};

/// Said of a cell that nobody types.
const COMPUTED: &str = "Computed in Reach: change the payment design to change it.";
/// What a note of one line takes below a cell.
const ONE_LINE: f32 = 36.0;

/// Shows the note that there is.
pub fn show(ui: &Ui, view: &ScoresView, scene: &Scene, shown: Shown) {
    let Some(cell) = shown.selected else { return };
    let tokens = Tokens::of(ui);
    if let Some(draft) = &view.draft {
        if let Some(why) = &draft.refused {
            refusal_at(ui, cell, why);
        }
        return;
    }
    let Some((f, Some(o))) = view.selected(scene) else { return };
    let factor = &scene.factors()[f];
    let linked = scene.workspace.reach.feeds.iter().any(|feed| feed.factor == factor.id);
    let computed = linked.then(|| COMPUTED.to_owned());
    if let Some(note) =
        computed.or_else(|| past_the_ends(scene.level(f, o), factor, &scene.functions[f], scene.decimals[f]))
    {
        let width = ui.painter().layout_no_wrap(note.clone(), Type::Small.font(), tokens.ink).size().x + 22.0;
        note_at(ui, cell, (width, ONE_LINE), |ui| {
            ui.add(egui::Label::new(Type::Small.text(note, tokens.ink)).extend());
        });
    }
}
