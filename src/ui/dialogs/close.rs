//! Leaving work that is not saved.

use egui::Context;

use super::{foot, heading, propose, sheet};
use crate::ui::{icons, widgets::Button};

/// What is waiting to be done once the work is saved or let go.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    StartPage,
    Quit,
    NewQuestion,
    Open(std::path::PathBuf),
    Example(&'static str),
}

/// The dialog.
#[derive(Clone, Debug)]
pub struct Close {
    pub after: After,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Stay,
    Save,
    LetGo,
}

impl Close {
    /// Shows it; `waits` says that a save is under way which takes long.
    pub fn show(&self, ctx: &Context, title: &str, waits: bool) -> Choice {
        let (choice, leave) = sheet(ctx, "close", 540.0, |ui| {
            let title = if title.is_empty() { "This question" } else { title };
            let sentence = if waits {
                format!(
                    "{title} is being saved, and the folder does not answer. “Save” waits for that; meanwhile you can go \
                     on working. Without it the save goes on behind the window."
                )
            } else {
                format!("{title} has changes that are in no file.")
            };
            heading(ui, icons::FLOPPY_DISK, "Save your work first?", &sentence);
            foot(ui, |ui| {
                let mut choice = Choice::Undecided;
                let save = Button::new("Save").primary().show(ui);
                propose(ui, &save);
                if save.clicked() {
                    choice = Choice::Save;
                }
                if Button::new("Do not save").show(ui).clicked() {
                    choice = Choice::LetGo;
                }
                if Button::new("Cancel").quiet().show(ui).clicked() {
                    choice = Choice::Stay;
                }
                choice
            })
        });
        if leave && choice == Choice::Undecided { Choice::Stay } else { choice }
    }
}
