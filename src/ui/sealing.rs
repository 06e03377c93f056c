//! The window's part in sealing: asking for passphrases and keeping the workspace as they say.

use std::path::{Path, PathBuf};

use egui::Context;

use super::{
    command::Command,
    dialogs::{
        Dialog,
        seal::{self, Seal, Task},
        unlock::{self, Unlock},
    },
    filing::suggested_file,
    shell::Shell,
};
use crate::{
    file::{journal, seal::is_sealed_name, sealed},
    model::wording::count,
    session::Session,
};

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
                session.seal(Some(key));
                session.save_as(&to);
                let plain = if dialog.remove_plain { plain } else { Vec::new() };
                self.filing.to_remove = Some((to, plain));
            }
            (seal::Choice::With(key), _) => {
                session.seal_anew(key);
                let words = "The passphrase is changed. Backups made before still open with the old one.";
                self.notices.say(words.to_owned());
            }
            (seal::Choice::Plain, Task::Remove { to, .. }) => {
                session.seal(None);
                session.save_as(&to);
                self.notices
                    .say("The workspace is kept in plain now. The sealed file is still there.".to_owned());
            }
            (seal::Choice::Plain, _) => {}
        }
    }

    /// Once the sealed file is saved: what holds the workspace in plain goes, or is spoken of.
    pub(super) fn remove_plain(&mut self) {
        let saved_to = self.session.as_ref().and_then(Session::path).map(Path::to_owned);
        let is_saved = |(to, _): &mut (PathBuf, Vec<PathBuf>)| saved_to.as_ref() == Some(to);
        let Some((to, plain)) = self.filing.to_remove.take_if(is_saved) else { return };
        let stay = sealed::remove(&plain);
        let left = sealed::left_in_plain(&to.with_extension(""));
        self.preferences.forget(&to.with_extension(""));
        self.keep_preferences();
        let words = match (left.len(), stay.len()) {
            (0, _) => "Sealed. Only the passphrase opens it.".to_owned(),
            (left, 0) => format!(
                "Sealed. {} still hold it in plain.",
                count(left, "file beside it", "files beside it")
            ),
            (_, stay) => format!("Sealed. {} in plain could not be deleted.", count(stay, "file", "files")),
        };
        self.notices.say(words);
    }

    pub(super) fn answer_unlock(&mut self, ctx: &Context, mut dialog: Box<Unlock>) {
        match dialog.show(ctx, self.places.journals.clone(), &self.wake) {
            unlock::Choice::Undecided => self.dialog = Some(Dialog::Unlock(dialog)),
            unlock::Choice::Cancelled => {}
            unlock::Choice::Opened(unlocked) => {
                let unlock::Unlocked { opened, key, found } = *unlocked;
                self.start.found.extend(found);
                self.take_opened(dialog.path, Ok((opened, Some(key))));
            }
            unlock::Choice::Unopened(error) => self.notices.say(error.to_string()),
        }
    }

    /// Says that there is sealed work of an earlier start, of which nothing can be told before somebody gives its
    /// passphrase.
    pub(super) fn tell_of_sealed_work(&mut self) {
        let journals = self.places.journals.as_deref().map(journal::sealed_in).unwrap_or_default();
        if !journals.is_empty() {
            let words = "Unsaved work of a sealed workspace was found. Open the workspace: with its passphrase the work is \
                         offered.";
            self.notices.say(words.to_owned());
        }
    }
}

/// The same name, or one with a number that nothing has yet.
fn free_name(path: PathBuf) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, ending) = name.split_once('.').unwrap_or((&name, "evenhand.ron"));
    let numbered = (2..1000).map(|number| path.with_file_name(format!("{stem} ({number}).{ending}")));
    std::iter::once(path.clone()).chain(numbered).find(|path| !path.exists()).unwrap_or(path.clone())
}
