//! What goes on behind the window: workspaces that were left while they were being saved, and what is done when that ends.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{
    dialogs::{Dialog, close::After, still_sealing, still_sealing::StillSealing},
    sealing::Sealing,
    shell::Shell,
};
use crate::{
    file::preferences::Preferences,
    session::{Session, keeping::Closing},
};

/// A workspace that was left while it was being saved.
#[derive(Debug)]
pub(super) struct Left {
    closing: Closing,
    /// The seal that it was being given.
    sealing: Option<Sealing>,
}

impl Left {
    /// Does what was waiting for it to end: remembers the file that it came to, and lets go of what holds it in plain.
    /// Answers with what is to be said of that, and whether it went as it was meant.
    fn end(&self, preferences: &mut Preferences) -> Option<(String, bool)> {
        if let Some(path) = self.closing.reached() {
            preferences.remember(path);
        }
        self.sealing.as_ref().map(|sealing| sealing.end(preferences))
    }
}

/// What still goes on when the window has gone.
#[derive(Debug, Default)]
pub struct Behind {
    left: Vec<Left>,
    preferences: Preferences,
    kept_in: Option<PathBuf>,
}

impl Behind {
    /// Whether nothing goes on any more.
    #[must_use]
    pub fn is_done(&mut self) -> bool {
        self.wait(Duration::ZERO)
    }

    /// Waits until all has ended, or for so long, and does what waited for that; whether all has.
    pub fn wait(&mut self, at_most: Duration) -> bool {
        let until = Instant::now() + at_most;
        let Self { left, preferences, kept_in } = self;
        let before = preferences.recent.clone();
        left.retain(|left| {
            let ended = left.closing.wait(until.saturating_duration_since(Instant::now()));
            if ended {
                // There is nobody to be told any more, and what goes goes all the same.
                let _ = left.end(preferences);
            }
            !ended
        });
        if preferences.recent != before
            && let Some(path) = kept_in
        {
            // What is not remembered is only not offered.
            let _ = preferences.save(path);
        }
        left.is_empty()
    }
}

impl Shell {
    /// Closes the workspace that is open, if any. A save that is under way goes on behind the window.
    pub(super) fn close_session(&mut self) {
        self.hand.forget_what_stands();
        if let Some(session) = self.session.take() {
            let (closing, sealing) = (session.close_behind(), self.filing.sealing.take());
            self.filing.left.push(Left { closing, sealing });
            self.end_what_was_left();
        }
    }

    /// What could not be saved of a workspace that was left is offered on the start page.
    pub(super) fn poll_left(&mut self) {
        if self.end_what_was_left() && self.session.is_none() {
            self.look_for_unsaved_work();
            self.start.read_recent(&self.preferences.recent, &self.wake);
        }
    }

    /// Ends what has been done behind the window; whether there was any.
    fn end_what_was_left(&mut self) -> bool {
        let ended: Vec<Left> = self.filing.left.extract_if(.., |left| left.closing.is_done()).collect();
        if ended.is_empty() {
            return false;
        }
        let before = self.preferences.recent.clone();
        let mut is_well = true;
        for (words, went) in ended.iter().filter_map(|left| left.end(&mut self.preferences)) {
            is_well &= went;
            if went {
                self.notices.say(words);
            } else {
                self.notices.say_until_dismissed(words);
            }
        }
        if self.preferences.recent != before {
            self.keep_preferences();
        }
        if matches!(self.dialog, Some(Dialog::StillSealing(_))) && self.still_sealing().is_none() {
            self.dialog = None;
            // What is still in plain although it was to go is told before the window goes.
            if is_well {
                self.left(After::Quit);
            }
        }
        true
    }

    /// What to say of a seal that is not there yet, before the window goes.
    pub(super) fn still_sealing(&self) -> Option<StillSealing> {
        let waits = |left: &Left| Some(StillSealing::of(left.sealing.as_ref()?.in_plain()?));
        self.filing.left.iter().find_map(waits)
    }

    pub(super) fn answer_still_sealing(&mut self, ctx: &egui::Context, dialog: StillSealing) {
        match dialog.show(ctx) {
            still_sealing::Choice::Undecided => self.dialog = Some(Dialog::StillSealing(dialog)),
            still_sealing::Choice::Stay => {}
            still_sealing::Choice::Quit => self.quit = true,
        }
    }

    /// Ends everything as a window that goes does, without waiting for a disk; answers with what is still being saved.
    #[must_use]
    pub fn end(&mut self) -> Behind {
        let mut left = std::mem::take(&mut self.filing.left);
        let open = self.session.take().map(Session::break_off);
        left.extend(open.map(|closing| Left { closing, sealing: self.filing.sealing.take() }));
        Behind { left, preferences: self.preferences.clone(), kept_in: self.places.preferences.clone() }
    }
}
