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
    /// The link under which it is open here, where it is one by now: a file can have become a link to another meanwhile.
    pub link: Option<PathBuf>,
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
            let name = self.link.as_ref().unwrap_or(&self.path).file_name();
            let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let sentence = format!(
                "{name} has been saved by somebody else since you opened it. Your work is still open here."
            );
            heading(ui, icons::USERS, "Changed by somebody else", &sentence);
            if self.link.is_some() {
                let words = format!(
                    "{name} is a link and leads to {}: that is the file that is taken, merged with, or replaced, and its \
                     backups lie beside it.",
                    self.path.display()
                );
                wrapped(ui, words, Type::Strong, tokens.ink);
            }
            for words in [
                "Merge: what each of you changed is put together; where you do not agree you are asked.",
                "Keep both: yours is saved beside theirs under a new name.",
                "Keep mine: yours takes the place of theirs, which goes to the backups.",
                "Take theirs: the file is shown as it is now; Undo brings back yours until you close it.",
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
