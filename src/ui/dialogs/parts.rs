//! What of this page? Its charts and tables, each with what can be done with it.

use egui::{Context, ScrollArea, Ui};

use super::{foot, heading, propose, sheet};
use crate::ui::{
    command::Command,
    drawing::parts::{Kind, Seen, Take},
    icons,
    theme::{Tokens, Type, space},
    widgets::{Button, wrapped},
};

/// The dialog; with something wanted, it asks only of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub wanted: Option<Take>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Cancelled,
    Take(String, Take),
}

impl Parts {
    /// Shows it over the page on which these parts stand.
    pub fn show(self, ctx: &Context, parts: &[Seen]) -> Choice {
        let (choice, leave) = sheet(ctx, "parts of the page", 640.0, |ui| {
            let sentence = "As they stand on the screen, with the words and figures that they show.";
            let (title, sentence) = match self.wanted {
                Some(take) if take.kind() == Kind::Table => ("Which table?", sentence),
                Some(_) => ("Which chart?", sentence),
                None => ("Copy or save from this page", sentence),
            };
            heading(ui, icons::COPY, title, sentence);
            let mut choice = Choice::Undecided;
            let shown: Vec<&Seen> =
                parts.iter().filter(|part| self.wanted.is_none_or(|take| take.kind() == part.kind)).collect();
            if shown.is_empty() {
                wrapped(ui, "There is no chart and no table on this page.", Type::Body, Tokens::of(ui).ink2);
            }
            let height = (ui.ctx().content_rect().height() - 300.0).max(160.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                for (place, part) in shown.into_iter().enumerate() {
                    if let Some(take) = self.row(ui, part, place == 0) {
                        choice = Choice::Take(part.name.clone(), take);
                    }
                }
            });
            foot(ui, |ui| {
                if Button::new("Cancel").quiet().show(ui).clicked() {
                    choice = Choice::Cancelled;
                }
            });
            choice
        });
        if leave && choice == Choice::Undecided { Choice::Cancelled } else { choice }
    }

    /// One part, and what can be done with it.
    fn row(self, ui: &mut Ui, part: &Seen, is_first: bool) -> Option<Take> {
        if let Some(take) = self.wanted {
            let button = Button::new(&part.name).width(ui.available_width()).show(ui);
            if is_first {
                propose(ui, &button);
            }
            return button.clicked().then_some(take);
        }
        let tokens = Tokens::of(ui);
        wrapped(ui, &part.name, Type::Strong, tokens.ink);
        let mut taken = None;
        ui.horizontal_wrapped(|ui| {
            for (place, take) in Take::of(part.kind).iter().enumerate() {
                let name = format!("{}: {}", short(*take), part.name);
                let button = Button::new(short(*take)).tooltip(Command::Take(*take).tooltip()).show(ui);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if is_first && place == 0 {
                    propose(ui, &button);
                }
                if button.clicked() {
                    taken = Some(*take);
                }
            }
        });
        ui.add_space(space::S);
        taken
    }
}

/// What is done, where it is said of what beside it.
#[must_use]
pub fn short(take: Take) -> &'static str {
    match take {
        Take::CopyPicture => "Copy picture",
        Take::SavePicture => "Save picture",
        Take::CopySvg => "Copy SVG",
        Take::SaveSvg => "Save SVG",
        Take::CopyFigures => "Copy data",
        Take::CopyTable => "Copy table",
    }
}
