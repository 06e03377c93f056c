//! What is to be settled before anybody signs, in a bar over the record. It warns and never stops.

use egui::{Frame, Margin, RichText, Ui, vec2};

use super::Found;
use crate::{
    analysis::decision::Unmet,
    model::{
        Room,
        wording::{capital, in_words, list},
    },
    ui::{
        command::{Command, OnRecord},
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, size},
        widgets::{Paragraph, link},
    },
};

/// How many things are named before the rest is counted.
const NAMED: usize = 3;

/// Shows the bar, where there is anything to settle.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, found: &Found) {
    let open = &found.unmet;
    if open.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    let is_signed = desk.workspace().decision.signed.is_some();
    let (lead, words) = in_words_of(open, is_signed);
    // What was signed all the same warns nobody any more.
    let (ground, flag) =
        if is_signed { (tokens.sunken, tokens.ink2) } else { (tokens.crimson_tint, tokens.crimson) };
    let frame = Frame::new()
        .fill(ground)
        .corner_radius(rounded(size::RADIUS_CARD))
        .inner_margin(Margin::symmetric(16, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(icons::FLAG.0).font(Icon::filled_font(17.0)).color(flag));
            let rest = ui.available_width() - 130.0;
            let down = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(vec2(rest, 21.0), down, |ui| {
                Paragraph::new()
                    .run(&lead, Type::Strong, tokens.ink)
                    .run(&format!(" {words}."), Type::Body, tokens.ink)
                    .show(ui);
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| way_on(ui, desk, open));
        });
    });
}

/// Where to go: the one place where all of it is settled, or the list of all.
fn way_on(ui: &mut Ui, desk: &mut Desk<'_>, open: &[Unmet]) {
    let tokens = Tokens::of(ui);
    let Some(first) = open.first() else { return };
    let in_one_place = open.iter().all(|point| (point.room, point.page) == (first.room, first.page));
    if open.len() > NAMED || !in_one_place {
        if link(ui, "See them all", Type::Body, tokens.ink).clicked() {
            desk.run(Command::Record(OnRecord::Unmet));
        }
        return;
    }
    let place = if first.room == Room::Decision { first.page } else { first.room.name() };
    let is_here = first.room == Room::Decision && first.page == "Record";
    if !is_here && link(ui, &format!("Go to {place}"), Type::Body, tokens.ink).clicked() {
        desk.go(first.room, first.page);
    }
}

/// "Two things to settle before signing:" and what they are; "Two things are not settled:" where somebody has signed.
fn in_words_of(open: &[Unmet], is_signed: bool) -> (String, String) {
    let lead = match (open.len(), is_signed) {
        (1, false) => "One thing to settle before signing:".to_owned(),
        (1, true) => "One thing is not settled:".to_owned(),
        (n, false) => format!("{} things to settle before signing:", capital(&in_words(n))),
        (n, true) => format!("{} things are not settled:", capital(&in_words(n))),
    };
    let named: Vec<&str> = open.iter().take(NAMED).map(|point| point.text.as_str()).collect();
    let words = match (&named[..], open.len() - named.len()) {
        ([one, other], 0) => format!("{one}, and {other}"),
        (named, 0) => list(named),
        (named, more) => format!("{}; and {} more", named.join("; "), in_words(more)),
    };
    (lead, words)
}
