//! How ballots become one set of weights, and whether they do.

use egui::Ui;

use super::scene::Scene;
use crate::{
    model::{balance::WeightsFrom, voices::CombineRule},
    ui::{
        desk::Desk,
        rooms::voices::card_head::card_head,
        theme::{Tokens, Type, space},
        widgets::{Card, button::Segment, segmented, wrapped},
    },
};

const RULES: [(&str, CombineRule, &str); 3] = [
    ("Largest 100", CombineRule::MedianLargest100, "The median, each ballot’s largest being 100."),
    ("As given", CombineRule::MedianAsGiven, "The median of the points as they were given."),
    ("Mean", CombineRule::MeanWeights, "The mean of each ballot’s weights."),
];

const FROM: [(&str, WeightsFrom); 2] =
    [("Points on Weights", WeightsFrom::Swings), ("Ballots", WeightsFrom::Ballots)];

/// Shows the rule and where the weights come from; each is changed by a step that can be undone.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    Card::new().padding(16, 12).show(ui, |ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = space::S;
        card_head(ui, desk, "How ballots count", None);
        let named = |words: &'static str, name: String| Segment { badge: "", words, colour: None, name };
        let segments: Vec<_> = RULES.iter().map(|(words, _, tip)| named(words, (*tip).to_owned())).collect();
        let current =
            RULES.iter().position(|(_, rule, _)| *rule == scene.workspace.voices.combine).unwrap_or(0);
        if let Some(chosen) = segmented(ui, &segments, current) {
            let (words, rule, _) = RULES[chosen];
            desk.edit(format!("Combine ballots: {words}"), None, |w| w.voices.combine = rule);
        }
        wrapped(ui, RULES[current].2, Type::Small, tokens.ink2);
        ui.label(Type::Small.text("The weights are", tokens.ink3));
        let segments: Vec<_> =
            FROM.iter().map(|(words, _)| named(words, format!("The weights are: {words}"))).collect();
        let current =
            FROM.iter().position(|(_, from)| *from == scene.workspace.balance.weights_from).unwrap_or(0);
        if let Some(chosen) = segmented(ui, &segments, current) {
            let (words, from) = FROM[chosen];
            desk.edit(format!("Weights from: {words}"), None, |w| w.balance.weights_from = from);
        }
    });
}
