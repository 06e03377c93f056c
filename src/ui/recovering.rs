//! The window's part in recovering work, and in taking what somebody else saved in its place.

use egui::Context;

use super::{dialogs::recover::Recover, shell::Shell, widgets::resume_typing};
use crate::{
    file::{
        format::Document,
        journal::{Recoverable, Typing},
        save::Opened,
    },
    model::{Room, Workspace},
    session::{Session, keeping::clock_time},
};

/// What was typed when the program ended and is said not to be entered yet.
#[derive(Debug)]
pub(super) struct Resumed {
    words: String,
    /// The field that it stands in again.
    place: u64,
    was_seen: bool,
}

impl Shell {
    /// Opens what was found up to a moment, and goes on with its journal. The steps after that moment can be done again.
    pub(super) fn recover(&mut self, ctx: &Context, dialog: Recover, moment: usize) {
        let (found, steps) = dialog.recalled();
        let document = match found.document(moment) {
            Ok(document) => document,
            Err(error) => {
                self.notices.say(error.to_string());
                self.start.found.insert(0, found);
                return;
            }
        };
        let is_last = moment + 1 >= found.moments.len();
        let gone_back = (!is_last).then(|| gone_back(&found, moment));
        let revision = found.moments.iter().map(|moment| moment.revision).max().unwrap_or(document.revision);
        let typing = found.typing.clone().filter(|_| is_last);
        let (key, path) = (found.key.clone(), found.path.clone());
        let saved = found.rests_on.or(found.saved);
        // What the file held when the work began is not what both were made of, where what was taken in was undone.
        let base = found.base().ok().filter(|_| found.rests_on.is_none());
        // Steps after the moment stay in the history, as undone.
        let history = found.document(usize::MAX).map_or(document.history, |last| last.history);
        let journal = match found.resumed(self.places.journals.as_deref()) {
            Ok(journal) => journal,
            Err(back) => {
                let (found, error) = *back;
                self.notices.say(error);
                self.start.found.insert(0, found);
                return;
            }
        };
        // The file as it was saved, when it lies under the dialog, must give back its lock first.
        self.close_session();
        let wake = std::sync::Arc::clone(&self.wake);
        let revision = revision.saturating_add(u64::from(!is_last));
        let mut session = Session::of(Document { revision, workspace: document.workspace, history }, wake);
        session.seal(key);
        if let Some(path) = &path {
            session.belongs_to(path, saved, &self.preferences.name);
            if let Some(base) = base {
                session.began_from(base.workspace);
            }
        }
        session.go_on(self.places.journals.as_deref(), journal, gone_back);
        if let Some(steps) = steps {
            session.recall(steps.before, (steps.done, steps.later), &steps.given_up);
        }
        self.put_kept(session);
        self.tell_of_recovery();
        if let Some(typing) = typing {
            self.resume(ctx, typing);
        }
    }

    fn tell_of_recovery(&mut self) {
        let Some(session) = &self.session else { return };
        let words = match (session.workspace().voices.workshop.is_some(), session.history().redo_label()) {
            (true, _) => "Recovered. A workshop was under way: F5 goes back to it. Save it to keep it.",
            (false, Some(_)) => {
                "Recovered. What came after can be done again until you save. Save it to keep it."
            }
            (false, None) => "Recovered. Save it to keep it.",
        };
        self.notices.say(words.to_owned());
    }

    /// Goes to the field that was typed in when the program ended, where what was typed stands again.
    fn resume(&mut self, ctx: &Context, typing: Typing) {
        let Some(session) = &self.session else { return };
        // Anybody may look at the screen.
        if !(session.workspace().is_covered() && typing.room == Some(Room::Voices)) {
            let words = format!("Not entered yet in {}: “{}”", typing.place_in_words(), typing.text);
            self.notices.say_until_dismissed(words.clone());
            self.resumed = Some(Resumed { words, place: typing.place, was_seen: false });
        }
        if let Some(room) = typing.room {
            self.view.go(room, &typing.page);
        }
        // Fields go by the number of the workspace they belong to.
        self.opened = typing.opened;
        resume_typing(ctx, typing.place, typing.text);
    }

    /// Takes down what is said of typing once that has been entered or taken back.
    pub(super) fn watch_resumed(&mut self) {
        let Some(resumed) = &mut self.resumed else { return };
        if self.hand.stands_in(resumed.place) {
            resumed.was_seen = true;
        } else if resumed.was_seen || self.session.is_none() {
            self.notices.withdraw(&resumed.words);
            self.resumed = None;
        }
    }

    /// Takes what somebody else saved in the place of the workspace that is open, as one step that can be undone.
    pub(super) fn take_theirs(&mut self, theirs: &Opened) {
        let Some(session) = &mut self.session else { return };
        let workspace: &Workspace = &theirs.document.workspace;
        self.notices.say(match session.take_merge("Take theirs".to_owned(), workspace, theirs) {
            Ok(true) => {
                "This is theirs. Undo (Ctrl+Z) brings back yours until you close the workspace.".to_owned()
            }
            Ok(false) => "Theirs is the same as yours: nothing needed taking.".to_owned(),
            Err(rejected) => format!("Not taken: {} {}", rejected.0.what, rejected.0.remedy),
        });
    }
}

/// The name of the step that leaves out what came after a moment.
fn gone_back(found: &Recoverable, moment: usize) -> String {
    let when = found.moments.get(moment).and_then(|moment| moment.steps.last());
    format!("Go back to {}", clock_time(when.map_or(found.when, |step| step.time)))
}
