//! What stands over the paper.

use egui::Ui;

use super::line::INDENT;
use crate::{
    model::{Workspace, decision::TitleBlock},
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{captioned, choose, hinted_field, link, wrapped},
    },
};

/// Shows it in a line, or open to be written in.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let paper = &workspace.decision.paper;
    let is_open = desk.view.decision.title_open;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 9.0;
        ui.label(egui::RichText::new(icons::FILE_DOC.0).font(Icon::font(18.0)).color(tokens.ink2));
        ui.label(Type::Strong.text("Title of the paper", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let words = if is_open { "Done with the title" } else { "Change the title" };
            if link(ui, words, Type::Small, tokens.ink2).clicked() {
                desk.view.decision.title_open = !is_open;
            }
        });
    });
    ui.horizontal_top(|ui| {
        ui.add_space(INDENT);
        ui.vertical(|ui| {
            if is_open {
                fields(ui, desk, paper);
            } else {
                let title = if paper.title.trim().is_empty() { "No title yet." } else { &paper.title };
                wrapped(ui, title, Type::Body, tokens.ink);
                let key = match paper.key_decision {
                    Some(true) => "key decision",
                    Some(false) => "not a key decision",
                    None => "",
                };
                let parts = [paper.body.as_str(), &paper.meeting, &paper.report_of, key];
                let told: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
                if !told.is_empty() {
                    wrapped(ui, told.join(" · "), Type::Small, tokens.ink3);
                }
            }
        });
    });
}

fn fields(ui: &mut Ui, desk: &mut Desk<'_>, paper: &TitleBlock) {
    type Part = (&'static str, &'static str, fn(&mut TitleBlock) -> &mut String);
    let parts: [Part; 5] = [
        ("Title", "What the paper is called", |paper| &mut paper.title),
        ("Whose paper", "Westmere Council", |paper| &mut paper.body),
        ("Meeting", "Cabinet, 12 March, item 7", |paper| &mut paper.meeting),
        ("Report of", "Head of Community Safety", |paper| &mut paper.report_of),
        ("Wards affected", "all", |paper| &mut paper.wards),
    ];
    let width = ui.available_width();
    ui.spacing_mut().item_spacing.y = space::S;
    for (caption, hint, part) in parts {
        let mut held = paper.clone();
        let value = part(&mut held).clone();
        let typed = captioned(ui, caption, width, |ui, width| hinted_field(ui, caption, hint, &value, width));
        if let Some(text) = typed {
            desk.edit("Change the title of the paper", None, |w| *part(&mut w.decision.paper) = text);
        }
    }
    let choices = [(None, "not said"), (Some(true), "a key decision"), (Some(false), "not a key decision")];
    let choices = choices.map(|(value, words)| (value, words.to_owned()));
    if let Some(key) = choose(ui, "Key decision", 200.0, &paper.key_decision, choices) {
        desk.edit("Say whether it is a key decision", None, |w| w.decision.paper.key_decision = key);
    }
}
