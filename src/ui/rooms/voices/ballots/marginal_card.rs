//! The card that says what would be if marginal voices counted for nothing, or twice.

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::scene::Scene;
use crate::{
    analysis::{
        Undefined,
        explain::{Question, VoiceQuestion},
    },
    model::{Room, wording::count},
    ui::{
        desk::Desk,
        rooms::voices::{
            card_head::{card_head, outcome_tile},
            paint_sector,
        },
        theme::{Tokens, Type, space},
        widgets::{Card, link, paint_text_fitted, wrapped},
    },
};

/// Shows it.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let voices = &scene.analysis.voices;
    Card::new().padding(16, 12).show(ui, |ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = space::S;
        let rest = card_head(
            ui,
            desk,
            "Marginal voices",
            voices.marginal.is_ok().then_some(Question::Voice(VoiceQuestion::Marginal)),
        );
        let at = match &voices.marginal {
            Ok(at) => *at,
            Err(Undefined(why)) => {
                wrapped(ui, format!("Not known: {why}."), Type::Body, tokens.ink2);
                if link(ui, "Mark voices in the register", Type::Small, tokens.ink2).clicked() {
                    desk.go(Room::Voices, "Register");
                }
                return;
            }
        };
        names(ui, scene, rest);
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 58.0), Sense::hover());
        let wide = (place.width() - 16.0) / 3.0;
        let columns = [("at nought", at.nought), ("once", at.once), ("double", at.double)];
        for (k, (caption, outcome)) in columns.into_iter().enumerate() {
            let left = place.left() + (wide + 8.0) * k as f32;
            let tile = Rect::from_min_size(pos2(left, place.top()), vec2(wide, place.height()));
            let told = (outcome.as_ref(), k == 1);
            outcome_tile(
                ui,
                desk,
                tile,
                ("Marginal voices", caption),
                told,
                &Question::Voice(VoiceQuestion::Marginal),
            );
        }
    });
}

/// Whose ballots they are, with the shape of their sector.
fn names(ui: &Ui, scene: &Scene, place: Rect) {
    let tokens = Tokens::of(ui);
    let ballots = &scene.analysis.voices.marginal_ballots;
    let rows = scene.rows.iter().filter(|row| row.ballots.iter().flatten().any(|i| ballots.contains(i)));
    let rows: Vec<_> = rows.collect();
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let all = names.join(", ");
    let width = ui.painter().layout_no_wrap(all.clone(), Type::Small.font(), tokens.ink2).size().x;
    let words = if width < place.width() - 20.0 { all } else { count(names.len(), "person", "people") };
    let fit = (place.width() - 20.0, 1);
    let at = place.right_center();
    let shown =
        paint_text_fitted(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink2, fit);
    if let Some(row) = rows.first()
        && rows.iter().all(|other| other.sector == row.sector)
    {
        let at = pos2(shown.left() - 13.0, place.center().y);
        paint_sector(ui.painter(), tokens, &scene.workspace, &row.sector, at, 13.0);
    }
}
