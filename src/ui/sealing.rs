//! The window's part in sealing: asking for passphrases and keeping the workspace as they say.

use std::path::{Path, PathBuf};

use egui::Context;
use jiff::Timestamp;

use super::{
    command::Command,
    dialogs::{
        Dialog,
        seal::{self, Seal, Task},
        still_sealing::InPlain,
        unlock::{self, Unlock},
        unreadable::Unreadable,
    },
    filing::suggested_file,
    shell::Shell,
};
use crate::{
    file::{journal, preferences::Preferences, seal::is_sealed_name, sealed},
    model::wording::{capital, count},
    session::Session,
};

/// A seal that was given to a workspace whose sealed file is not written yet.
#[derive(Debug)]
pub(super) struct Sealing {
    /// The sealed file.
    pub to: PathBuf,
    /// The file in plain that it was in, if it was in one.
    from: Option<PathBuf>,
    /// Whether what holds it in plain is to be deleted once the sealed file is there.
    removes: bool,
    /// When a file of that name was written to last before.
    before: Option<Timestamp>,
    /// What held it in plain when it was to be sealed.
    plain: Vec<PathBuf>,
}

impl Sealing {
    /// Where it still lies in plain, while the sealed file is not there; `None` where it never did.
    pub(super) fn in_plain(&self) -> Option<InPlain> {
        let file = self.plain.iter().find(|path| Some(*path) == self.from.as_ref());
        let mut places: Vec<String> = file.map(|path| path.display().to_string()).into_iter().collect();
        let mut others: Vec<&PathBuf> = self.plain.iter().filter(|path| Some(*path) != file).collect();
        others.sort();
        for folder in others.chunk_by(|one, other| one.parent() == other.parent()) {
            let files = count(folder.len(), "file", "files");
            let parent = folder[0].parent().unwrap_or(folder[0]);
            places.push(format!("{} in {}", capital(&files), parent.display()));
        }
        (!places.is_empty()).then(|| InPlain { sealed: self.name(), places })
    }

    fn name(&self) -> String {
        self.to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// What comes of it when the workspace was left before its sealed file was saved: in words, and whether it went as it
    /// was meant.
    pub(super) fn end(&self, preferences: &mut Preferences) -> (String, bool) {
        if sealed::is_written_since(&self.to, self.before) {
            self.remove_plain(preferences)
        } else {
            (format!("Not sealed: {} could not be saved. It is still held in plain.", self.name()), false)
        }
    }

    /// Looks for what is in plain only now: a save that was under way may have left more of it.
    fn remove_plain(&self, preferences: &mut Preferences) -> (String, bool) {
        let in_plain = || self.from.as_deref().map(sealed::left_in_plain).unwrap_or_default();
        let stay = if self.removes { sealed::remove(&in_plain()) } else { Vec::new() };
        let left = in_plain();
        preferences.forget(&self.to.with_extension(""));
        let words = match (left.len(), stay.len()) {
            (0, _) => "Sealed. Only the passphrase opens it.".to_owned(),
            (left, 0) => format!(
                "Sealed. {} still hold it in plain.",
                count(left, "file beside it", "files beside it")
            ),
            (_, stay) => format!("Sealed. {} in plain could not be deleted.", count(stay, "file", "files")),
        };
        (words, stay.is_empty())
    }
}

impl Shell {
    pub(super) fn ask_for_seal(&mut self, command: Command) {
        let Some(session) = &self.session else { return };
        let path = session.path().map(Path::to_owned);
        let task = match (command, session.key().cloned()) {
            (Command::Seal, None) => {
                let plain = path.as_deref().map(sealed::left_in_plain).unwrap_or_default();
                let mut to = path.unwrap_or_else(|| suggested_file(session)).into_os_string();
                to.push(".age");
                Task::Seal { to: to.into(), plain }
            }
            (Command::ChangePassphrase, Some(now)) => Task::Change { now },
            (Command::Unseal, Some(now)) => {
                let path = path.unwrap_or_else(|| suggested_file(session));
                let to = if is_sealed_name(&path) { path.with_extension("") } else { path };
                Task::Remove { now, to: free_name(to) }
            }
            _ => return,
        };
        self.dialog = Some(Dialog::Seal(Box::new(Seal::new(task))));
    }

    pub(super) fn answer_seal(&mut self, ctx: &Context, mut dialog: Box<Seal>) {
        let choice = dialog.show(ctx, &self.wake);
        let Some(session) = &mut self.session else { return };
        match (choice, dialog.task) {
            (seal::Choice::Undecided, task) => {
                dialog.task = task;
                self.dialog = Some(Dialog::Seal(dialog));
            }
            (seal::Choice::Cancelled, _) => {}
            (seal::Choice::Failed(why), _) => self.notices.say(why),
            (seal::Choice::With(key), Task::Seal { to, plain }) => {
                let from = session.path().map(Path::to_owned);
                let before = sealed::written_at(&to);
                session.seal(Some(key));
                session.save_as(&to);
                self.filing.sealing = Some(Sealing { to, from, removes: dialog.remove_plain, before, plain });
            }
            (seal::Choice::With(key), _) => {
                session.seal_anew(key);
                let words = "The passphrase is changed. Backups made before still open with the old one.";
                self.notices.say(words.to_owned());
            }
            (seal::Choice::Plain, Task::Remove { to, .. }) => {
                session.seal(None);
                session.save_as(&to);
                self.filing.sealing = None;
                self.notices
                    .say("The workspace is kept in plain now. The sealed file is still there.".to_owned());
            }
            (seal::Choice::Plain, _) => {}
        }
    }

    /// Once the sealed file is saved, whatever has been done since: what holds the workspace in plain goes, or is spoken of.
    pub(super) fn poll_sealing(&mut self) {
        let saved_to = self.session.as_ref().and_then(Session::path);
        let is_saved = |sealing: &mut Sealing| saved_to == Some(&sealing.to);
        if let Some(sealing) = self.filing.sealing.take_if(is_saved) {
            let (words, went) = sealing.remove_plain(&mut self.preferences);
            self.keep_preferences();
            if went {
                self.notices.say(words);
            } else {
                // Told before anything is left.
                self.filing.after_save = None;
                self.notices.say_until_dismissed(words);
            }
        }
    }

    pub(super) fn answer_unlock(&mut self, ctx: &Context, mut dialog: Box<Unlock>) {
        match dialog.show(ctx, self.places.journals.clone(), &self.wake) {
            unlock::Choice::Undecided => self.dialog = Some(Dialog::Unlock(dialog)),
            // What was to be compared with it still waits to be told what both were made of.
            unlock::Choice::Cancelled => self.dialog = self.filing.parted.take().map(Dialog::WhichBase),
            unlock::Choice::Opened(unlocked) => {
                let unlock::Unlocked { opened, key, found } = *unlocked;
                self.start.found.extend(found);
                self.take_opened(dialog.path, Ok((opened, Some(key))));
            }
            unlock::Choice::Found(found) => {
                let first = self.start.found.len();
                self.start.found.extend(found);
                self.offer_recovery(first);
                self.look_for_sealed_work();
            }
            unlock::Choice::Compare(key) => self.compare_unlocked(dialog.path, key),
            unlock::Choice::Unreadable(key, error) => {
                let unreadable = Unreadable::new(dialog.path, error, Some(key), &self.wake);
                self.dialog = Some(Dialog::Unreadable(unreadable));
            }
            unlock::Choice::Unopened(error) => self.notices.say(error.to_string()),
        }
    }

    /// Looks for sealed work of an earlier start, of which nothing can be told before somebody gives its passphrase.
    pub(super) fn look_for_sealed_work(&mut self) {
        self.start.sealed = self.places.journals.as_deref().map(journal::sealed_in).unwrap_or_default().len();
    }
}

/// The same name, or one with a number that nothing has yet.
fn free_name(path: PathBuf) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, ending) = name.split_once('.').unwrap_or((&name, "evenhand.ron"));
    let numbered = (2..1000).map(|number| path.with_file_name(format!("{stem} ({number}).{ending}")));
    std::iter::once(path.clone()).chain(numbered).find(|path| !path.exists()).unwrap_or(path.clone())
}
