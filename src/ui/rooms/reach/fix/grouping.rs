//! A better grouping in full: each half with its rate, its price and its share, and what picking inside is worth.

use egui::Ui;

use super::{
    Scene,
    chosen::{line, note},
};
use crate::{
    analysis::{
        Figure, Undefined,
        reach::{Half, Regrouping, SplitGroup},
    },
    model::{
        Room,
        wording::{percent, percent_to_tenth, pounds, short_pounds},
    },
    ui::{
        desk::Desk,
        rooms::reach::known,
        theme::{Tokens, Type, space},
        widgets::{Button, hair_rule, wrapped},
    },
};

/// Shows what splitting the groups would come to.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, found: &Regrouping) {
    let tokens = Tokens::of(ui);
    line(ui, "Success with support", ["rate", "price", "supported"], true, false);
    let mut whole = Vec::new();
    for (group, split) in scene.workspace.question.need_groups.iter().zip(&found.groups) {
        let Some(split) = split else {
            whole.push(group.short_name());
            continue;
        };
        ui.label(Type::Strong.text(group.short_name(), tokens.ink));
        half(ui, "Harder half", &split.harder);
        half(ui, "Easier half", &split.easier);
        wrapped(ui, picking(split), Type::Small, tokens.ink2);
        ui.add_space(space::XS);
    }
    hair_rule(ui);
    ui.add_space(space::XS);
    let costs = [
        known(&scene.now.cost_per_year, short_pounds),
        known(&found.effect.reach.cost_per_year, short_pounds),
    ];
    line(ui, "Cost a year as predicted", [&costs[0], &costs[1], ""], false, false);
    let even = known(&found.effect.cost_at_equal_share, short_pounds);
    line(ui, "If every group got its equal share", ["", &even, ""], false, false);
    if !whole.is_empty() {
        note(ui, &format!("No spread is stated of {}: left whole.", whole.join(", ")));
        ui.add_space(space::XS);
    }
    note(
        ui,
        "Inside a group success is taken as normal; parked people succeed in proportion; costs are the same in both halves.",
    );
    ui.add_space(space::S);
    let words = "Need groups belong to the question, so no copy of one option can have its own. To use it, make two need groups \
                 of each in Question, with half its people and the rates above, and pay these prices in Payment design.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    ui.add_space(space::XS);
    need_groups(ui, desk);
}

/// The button that leads to the need groups.
fn need_groups(ui: &mut Ui, desk: &mut Desk<'_>) {
    if Button::new("Need groups").show(ui).clicked() {
        desk.go(Room::Question, "Need groups");
    }
}

fn half(ui: &mut Ui, name: &str, half: &Half) {
    let figures = [percent_to_tenth(half.rate), known(&half.price, pounds), known(&half.share, percent)];
    line(ui, name, figures.each_ref().map(String::as_str), false, false);
}

/// What picking inside is worth before and after.
fn picking(split: &SplitGroup) -> String {
    let worth = |figure: &Figure| known(figure, pounds);
    format!(
        "Picking inside is worth {} a person now, {} at the park-proof price of the whole, {} inside a half.",
        worth(&split.picking_now),
        worth(&split.picking_whole),
        worth(&split.picking_split)
    )
}

/// Says why a better grouping cannot be computed, and where to fill in what it wants.
pub(super) fn cannot(ui: &mut Ui, desk: &mut Desk<'_>, why: Undefined) {
    let tokens = Tokens::of(ui);
    wrapped(ui, format!("It cannot be computed: {}.", why.0), Type::Body, tokens.ink);
    let words = "Fill in \u{201c}Spread of success inside\u{201d} of a need group: how far its people differ in their chance, as a \
                 standard deviation.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    ui.add_space(space::XS);
    need_groups(ui, desk);
}
