//! Naming a snapshot, when it is taken or later.

use egui::Context;

use super::{field, foot, heading, sheet};
use crate::{
    model::ids::SnapshotId,
    ui::{icons, theme::space, widgets::Button},
};

/// The dialog.
#[derive(Clone, Debug)]
pub struct NameSnapshot {
    /// The snapshot that gets another name; `None` for one to be taken.
    pub of: Option<SnapshotId>,
    pub name: String,
    pub note: String,
    focused: bool,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Cancelled,
    Named,
}

impl NameSnapshot {
    /// Asks for the name of a snapshot, with what it is called so far.
    #[must_use]
    pub fn new(of: Option<SnapshotId>, name: &str, note: &str) -> Self {
        Self { of, name: name.to_owned(), note: note.to_owned(), focused: false }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context) -> Choice {
        let (title, sentence, button) = match self.of {
            None => (
                "Take a snapshot",
                "It keeps options, factors, scores, ballots and weights as they stand now. Nothing else changes.",
                "Take",
            ),
            Some(_) => ("Rename the snapshot", "What it holds stays as it is.", "Rename"),
        };
        let (choice, leave) = sheet(ctx, "snapshot", 540.0, |ui| {
            heading(ui, icons::CLOCK_COUNTER_CLOCKWISE, title, sentence);
            let first = !std::mem::replace(&mut self.focused, true);
            let entered = field(ui, "Name", &mut self.name, first);
            ui.add_space(space::S);
            let entered = field(ui, "Note", &mut self.note, false) || entered;
            let ready = !self.name.trim().is_empty();
            foot(ui, |ui| {
                let pressed = Button::new(button).primary().enabled(ready).show(ui).clicked();
                if ready && (pressed || entered) {
                    return Choice::Named;
                }
                if Button::new("Cancel").quiet().show(ui).clicked() {
                    return Choice::Cancelled;
                }
                Choice::Undecided
            })
        });
        if leave && choice == Choice::Undecided { Choice::Cancelled } else { choice }
    }
}
