//! What a room works with: the session to read and edit, what is being looked at, and what it may ask of the window.

use std::sync::Arc;

use crate::{
    analysis::{Analysis, balance::robustness::Robustness, explain::Question},
    model::{Room, Workspace},
    session::{Answer, MergeKey, Session},
    ui::{
        command::Command,
        dialogs::close::After,
        view::{Screen, View},
    },
};

/// Handed to a room for one frame.
#[derive(Debug)]
pub struct Desk<'a> {
    pub session: &'a mut Session,
    pub view: &'a mut View,
    /// What the window is to do after this frame.
    pub asks: &'a mut Vec<Ask>,
}

/// Something that a room asks of the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Run a command, as if from the menu.
    Run(Command),
    /// Leave the workspace for something else.
    Leave(After),
    /// Say something in passing at the foot of the window.
    Notice(String),
}

impl Desk<'_> {
    /// The workspace as it stands; cheap to keep for the frame.
    #[must_use]
    pub fn workspace(&self) -> Arc<Workspace> {
        Arc::clone(self.session.workspace())
    }

    /// The cheap analysis of the workspace as it stands.
    #[must_use]
    pub fn analysis(&self) -> Arc<Analysis> {
        Arc::clone(self.session.analysis())
    }

    /// The newest robustness result, if a run has succeeded.
    #[must_use]
    pub fn robustness(&self) -> Option<&Robustness> {
        self.session.robustness().known()
    }

    /// The newest robustness result that was drawn while the present leader led, and a word on it where it is not of now.
    #[must_use]
    pub fn robustness_of_leader(&self) -> (Option<&Robustness>, Option<&'static str>) {
        let answer = self.session.robustness_of_leader();
        let age = match answer {
            Answer { was_stopped: true, .. } => Some("older"),
            Answer { is_updating: true, .. } => Some("updating"),
            _ => None,
        };
        (answer.known(), age)
    }

    /// Edits the workspace in the room in view; a refused edit is said at the foot of the window and changes nothing.
    /// Answers whether it was done.
    pub fn edit(
        &mut self,
        label: impl Into<String>,
        merge: MergeKey<'_>,
        change: impl FnOnce(&mut Workspace),
    ) -> bool {
        let room = self.view.room().unwrap_or(Room::Question);
        match self.session.edit(label, room, merge, change) {
            Ok(()) => true,
            Err(rejected) => {
                self.notice(format!("Not changed: {} {}", rejected.0.what, rejected.0.remedy));
                false
            }
        }
    }

    /// Opens the Explain panel on this question, or closes it when it already answers it.
    pub fn explain(&mut self, question: Question) {
        self.view.explain.toggle(question);
    }

    /// Goes to a page of a room, once this frame is drawn.
    pub fn go(&mut self, room: Room, page: &str) {
        self.view.want(Screen::Room(room), Some(page));
    }

    /// Goes to a screen as it was left last, once this frame is drawn.
    pub fn turn_to(&mut self, screen: Screen) {
        self.view.want(screen, None);
    }

    /// Says something in passing.
    pub fn notice(&mut self, words: impl Into<String>) {
        self.asks.push(Ask::Notice(words.into()));
    }

    /// Runs a command after this frame.
    pub fn run(&mut self, command: Command) {
        self.asks.push(Ask::Run(command));
    }
}
