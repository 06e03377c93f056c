//! What the dialogs have in common by which something leaves the program.

use egui::Ui;

use crate::ui::{
    icons::{self, Icon},
    theme::{Tokens, Type, hairline, rounded, size},
    widgets::{button::Segment, choice::switch, segmented, wrapped},
};

/// A row of choices whose names say of what they are.
pub(super) fn segments(ui: &mut Ui, of: &str, words: &[&str], standing: usize) -> Option<usize> {
    let segments: Vec<Segment<'_>> = words
        .iter()
        .map(|words| Segment { badge: "", words, colour: None, name: format!("{of}: {words}") })
        .collect();
    segmented(ui, &segments, standing)
}

/// A switch with its words; answers whether it was turned.
pub(super) fn switched(ui: &mut Ui, words: &str, on: &mut bool) -> bool {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let turned = switch(ui, words, *on).clicked();
        *on ^= turned;
        wrapped(ui, words, Type::Body, tokens.ink);
        turned
    })
    .inner
}

/// What tells of people and leaves the program, in a sentence; empty where nothing does.
pub(super) fn who_is_named(ui: &mut Ui, names: &str) {
    let tokens = Tokens::of(ui);
    let words = if names.is_empty() { "No name and no pseudonym leaves the program." } else { names };
    egui::Frame::new()
        .fill(tokens.sunken)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            with_icon(ui, icons::SHIELD_CHECK, words);
        });
}

/// Why nothing was written; empty where nothing stands in the way.
pub(super) fn why_not(ui: &mut Ui, why: &str) {
    if !why.is_empty() {
        with_icon(ui, icons::WARNING_CIRCLE, why);
    }
}

fn with_icon(ui: &mut Ui, icon: Icon, words: &str) {
    let ink = Tokens::of(ui).ink;
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new(icon.0).font(Icon::font(18.0)).color(ink));
        wrapped(ui, words, Type::Body, ink);
    });
}
