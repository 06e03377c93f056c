//! Two workspaces that share next to nothing: whether they are meant is asked before anything is compared.

use egui::Context;

use super::{Joined, prepare::Parted};
use crate::{
    model::merge::{Party, unlike_in_words},
    ui::{
        dialogs::{foot, heading, propose, sheet},
        icons,
        theme::{Tokens, Type},
        widgets::{Button, wrapped},
    },
};

/// The dialog.
#[derive(Debug)]
pub struct Unlike {
    pub what: Odd,
}

/// What goes on when the two are meant.
#[derive(Debug)]
pub enum Odd {
    /// The three are known.
    Joined(Box<Joined>),
    /// What both were made of is still to be said.
    Parted(Box<Parted>),
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Cancelled,
    AnotherFile,
    /// The two are meant.
    GoOn,
}

impl Unlike {
    /// Shows it.
    pub fn show(&self, ctx: &Context) -> Choice {
        let (choice, leave) = sheet(ctx, "unlike", 720.0, |ui| {
            let tokens = Tokens::of(ui);
            heading(ui, icons::WARNING_CIRCLE, "Is this the right file?", &self.in_words());
            let words = "Joined, they would make one workspace with the options, factors and people of both. To work on \
                         the other one, open it instead.";
            wrapped(ui, words, Type::Body, tokens.ink2);
            foot(ui, |ui| {
                let mut choice = Choice::Undecided;
                // In the place of its own file there is no other to choose.
                if !self.is_own_file() && Button::new("Another file").primary().show(ui).clicked() {
                    choice = Choice::AnotherFile;
                }
                if Button::new("Compare all the same").show(ui).clicked() {
                    choice = Choice::GoOn;
                }
                let cancel = Button::new("Cancel").quiet().show(ui);
                propose(ui, &cancel);
                if cancel.clicked() {
                    choice = Choice::Cancelled;
                }
                choice
            })
        });
        if leave && choice == Choice::Undecided { Choice::Cancelled } else { choice }
    }

    fn is_own_file(&self) -> bool {
        match &self.what {
            Odd::Joined(joined) => joined.is_own_file,
            Odd::Parted(parted) => parted.is_own_file,
        }
    }

    fn in_words(&self) -> String {
        let named = |party| match party {
            Party::Base => "what both were made of",
            Party::Ours => "yours",
            Party::Theirs => "the other",
        };
        match &self.what {
            Odd::Joined(joined) => joined.merge.strangers_in_words(named).unwrap_or_default(),
            Odd::Parted(parted) => {
                let theirs = &parted.theirs.document.workspace;
                unlike_in_words([(named(Party::Ours), &parted.ours), (named(Party::Theirs), theirs)])
            }
        }
    }
}
