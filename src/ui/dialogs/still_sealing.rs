//! The window is to go, and what was sealed is still in plain.

use egui::Context;

use super::{foot, heading, propose, sheet};
use crate::ui::{
    icons,
    theme::{Tokens, Type},
    widgets::{Button, wrapped},
};

/// What is being sealed and still lies in plain.
#[derive(Clone, Debug)]
pub struct InPlain {
    /// The name of the sealed file that is not there yet.
    pub sealed: String,
    /// Where it lies in plain, in lines.
    pub places: Vec<String>,
}

/// The dialog. The window goes by itself once the seal is there.
#[derive(Clone, Debug)]
pub struct StillSealing {
    waits: InPlain,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Stay,
    Quit,
}

impl StillSealing {
    #[must_use]
    pub fn of(waits: InPlain) -> Self {
        Self { waits }
    }

    /// Shows it.
    pub fn show(&self, ctx: &Context) -> Choice {
        let (choice, leave) = sheet(ctx, "still sealing", 640.0, |ui| {
            let tokens = Tokens::of(ui);
            let sentence = format!(
                "{} is not written yet: its folder does not answer. Evenhand closes as soon as it is there.",
                self.waits.sealed
            );
            heading(ui, icons::LOCK_KEY_OPEN, "Not sealed yet", &sentence);
            wrapped(ui, "Until then it lies here in plain:", Type::Body, tokens.ink);
            for place in &self.waits.places {
                wrapped(ui, place, Type::Strong, tokens.ink);
            }
            let words = "If you quit now, that stays unless the folder answers within five seconds. What is not saved is in the \
                         recovery journal, which is sealed.";
            wrapped(ui, words, Type::Body, tokens.ink2);
            foot(ui, |ui| {
                let mut choice = Choice::Undecided;
                let stay = Button::new("Do not quit").primary().show(ui);
                propose(ui, &stay);
                if stay.clicked() {
                    choice = Choice::Stay;
                }
                if Button::new("Quit now").quiet().show(ui).clicked() {
                    choice = Choice::Quit;
                }
                choice
            })
        });
        if leave && choice == Choice::Undecided { Choice::Stay } else { choice }
    }
}
