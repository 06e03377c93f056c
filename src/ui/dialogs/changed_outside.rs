//! Somebody else has saved the file meanwhile.

use std::path::PathBuf;

use egui::Context;

use super::{foot, heading, propose, sheet};
use crate::ui::{
    icons,
    theme::{Tokens, Type},
    widgets::{Button, wrapped},
};

/// The dialog.
#[derive(Clone, Debug)]
pub struct ChangedOutside {
    pub path: PathBuf,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Later,
    Merge,
    KeepMine,
    TakeTheirs,
    KeepBoth,
}

impl ChangedOutside {
    /// Shows it.
    pub fn show(&self, ctx: &Context) -> Choice {
        let (choice, leave) = sheet(ctx, "changed outside", 640.0, |ui| {
            let tokens = Tokens::of(ui);
            let name = self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let sentence = format!(
                "{name} has been saved by somebody else since you opened it. Your work is still open here."
            );
            heading(ui, icons::USERS, "Changed by somebody else", &sentence);
            for words in [
                "Merge: what each of you changed is put together; where you do not agree you are asked.",
                "Keep both: yours is saved beside theirs under a new name.",
                "Keep mine: yours takes the place of theirs, which goes to the backups.",
                "Take theirs: the file is opened as it is now; your unsaved changes are let go.",
            ] {
                wrapped(ui, words, Type::Body, tokens.ink2);
            }
            foot(ui, |ui| {
                let mut choice = Choice::Undecided;
                let merge = Button::new("Merge").primary().show(ui);
                propose(ui, &merge);
                if merge.clicked() {
                    choice = Choice::Merge;
                }
                if Button::new("Keep both").show(ui).clicked() {
                    choice = Choice::KeepBoth;
                }
                if Button::new("Keep mine").show(ui).clicked() {
                    choice = Choice::KeepMine;
                }
                if Button::new("Take theirs").show(ui).clicked() {
                    choice = Choice::TakeTheirs;
                }
                if Button::new("Later").quiet().show(ui).clicked() {
                    choice = Choice::Later;
                }
                choice
            })
        });
        if leave && choice == Choice::Undecided { Choice::Later } else { choice }
    }
}
