//! The window's part in joining two workspaces: which file, what both were made of, and what to do with the result.

use std::path::{Path, PathBuf};

use egui::Context;

use super::{
    dialogs::{
        Dialog,
        choose_file::{ChooseFile, Purpose},
        merge::{
            self, BaseChoice, Begun, MergeFiles, Odd, Parted, Preparing, Unlike, UnlikeChoice, WhichBase,
        },
        unlock::Unlock,
    },
    shell::Shell,
};
use crate::{analysis::reach, file::seal::Key, model::Workspace, session::Session};

impl Shell {
    pub(super) fn choose_file_to_merge(&mut self) {
        let folder = self.session.as_ref().and_then(Session::path).and_then(Path::parent);
        let folder = folder.map(|folder| folder.join("").display().to_string()).unwrap_or_default();
        self.ask_for_file(Purpose::Merge, folder);
    }

    fn ask_for_file(&mut self, purpose: Purpose, near: String) {
        let dialog = ChooseFile::new(purpose, near, self.ask_system_for_files, &self.wake);
        self.dialog = Some(Dialog::ChooseFile(dialog));
    }

    /// Asks again for a file that could not be taken: what was given still stands there, with why.
    fn ask_again_for_file(&mut self, purpose: Purpose, given: &Path, why: String) {
        let mut dialog = ChooseFile::new(purpose, given.display().to_string(), false, &self.wake);
        dialog.problem = Some(why);
        self.dialog = Some(Dialog::ChooseFile(dialog));
    }

    /// Begins to compare the workspace that is open with the one in this file.
    pub(super) fn compare_with(&mut self, path: PathBuf) {
        let Some(session) = &self.session else { return };
        self.filing.comparing = Some(Preparing::begin(session, path, &self.filing.given, &self.wake));
    }

    /// Begins to compare two workspaces with the one in this file.
    pub(super) fn compare_from(&mut self, base: PathBuf) {
        let Some(asked) = self.filing.parted.take() else { return };
        let own = self.session.as_ref().and_then(Session::key);
        let keys = own.into_iter().chain(&self.filing.given).cloned().collect();
        self.filing.comparing = Some(Preparing::with_base(asked.parted, base, keys, &self.wake));
    }

    /// Goes on with a comparison that waited for the passphrase of a file.
    pub(super) fn compare_unlocked(&mut self, path: PathBuf, key: Key) {
        self.filing.given.push(key);
        match self.filing.parted {
            Some(_) => self.compare_from(path),
            None => self.compare_with(path),
        }
    }

    pub(super) fn poll_comparing(&mut self) {
        let Some(begun) = self.filing.comparing.as_ref().and_then(Preparing::take) else { return };
        self.filing.comparing = None;
        match begun {
            Ok(Begun::Joined(joined)) => self.join(*joined),
            Ok(Begun::WhichBase(parted)) => self.ask_which_base(parted),
            Ok(Begun::Locked(path)) => {
                self.dialog = Some(Dialog::Unlock(Box::new(Unlock::to_compare(path))));
            }
            Ok(Begun::LockedBase(parted, path)) => {
                self.filing.parted = Some(Box::new(WhichBase::new(parted)));
                self.dialog = Some(Dialog::Unlock(Box::new(Unlock::to_compare(path))));
            }
            // The workspace that is open stays: nothing may be opened in its place.
            Ok(Begun::Unreadable(path, error)) => {
                let is_own = self.session.as_ref().is_some_and(|session| session.path() == Some(&path));
                if is_own {
                    self.notices.say(error.to_string());
                } else {
                    self.ask_again_for_file(Purpose::Merge, &path, error.to_string());
                }
            }
            Ok(Begun::UnreadableBase(parted, path, error)) => {
                self.filing.parted = Some(Box::new(WhichBase::new(parted)));
                self.ask_again_for_file(Purpose::Base, &path, error.to_string());
            }
            Err(words) => self.notices.say(words.to_owned()),
        }
    }

    /// Merges at once what does not touch, and asks about the rest.
    fn join(&mut self, joined: merge::Joined) {
        let Some(session) = &self.session else { return };
        if session.workspace() != &joined.ours {
            // It went on meanwhile, as the clock of a workshop does.
            self.compare_with(joined.theirs.path.clone());
            return;
        }
        if joined.merge.strangers().is_some() && !joined.is_meant {
            let what = Odd::Joined(Box::new(joined));
            self.dialog = Some(Dialog::Unlike(Box::new(Unlike { what })));
            return;
        }
        // What is odd is looked at before it is made, also where all of it fits together.
        if !joined.merge.conflicts().is_empty() || joined.is_meant {
            self.dialog = Some(Dialog::Merge(Box::new(MergeFiles::new(joined, &self.wake))));
            return;
        }
        match joined.merge.merged(&[], "") {
            Ok(mut merged) => {
                reach::feed(&mut merged);
                self.take_merge(&joined, &merged);
            }
            Err(unfit) => self.notices.say(unfit.to_string()),
        }
    }

    /// Takes in a merge as one step, and saves it where the other file is this workspace's own.
    fn take_merge(&mut self, joined: &merge::Joined, merged: &Workspace) {
        let Some(session) = &mut self.session else { return };
        let resealed = joined.theirs_key.as_ref().filter(|_| joined.is_own_file);
        let mut key_note = "";
        if let Some(theirs) = resealed
            && session.key().is_none_or(|own| !own.is_same(theirs))
        {
            // Whoever sealed it anew meant the old passphrase to open it no more.
            let both = session.key().map_or_else(|| theirs.clone(), |own| theirs.opening_also(own));
            session.seal(Some(both));
            key_note = " It is kept under the passphrase that the file has now.";
        }
        match session.take_merge(joined.label(), merged, &joined.theirs) {
            Ok(is_step) => {
                if joined.is_own_file {
                    session.save();
                }
                self.notices.say(format!("{}{key_note}", joined.note(is_step)));
            }
            Err(rejected) => {
                self.notices.say(format!("Not merged: {} {}", rejected.0.what, rejected.0.remedy));
            }
        }
    }

    pub(super) fn answer_merge(&mut self, ctx: &Context, mut dialog: Box<MergeFiles>) {
        let choice = dialog.show(ctx, &self.wake);
        let Some(session) = &mut self.session else { return };
        match choice {
            merge::Choice::Undecided => self.dialog = Some(Dialog::Merge(dialog)),
            merge::Choice::Later => {}
            merge::Choice::KeepMine => session.save_over_theirs(),
            merge::Choice::KeepBothFiles => session.save_beside(),
            merge::Choice::TakeTheirs => self.read_theirs(dialog.joined.theirs.path.clone()),
            merge::Choice::Merge(_) if session.workspace() != &dialog.joined.ours => {
                self.notices
                    .say("The workspace has changed meanwhile; the two are compared again.".to_owned());
                self.compare_with(dialog.joined.theirs.path.clone());
            }
            merge::Choice::Merge(merged) => self.take_merge(&dialog.joined, &merged),
        }
    }

    fn ask_which_base(&mut self, parted: Box<Parted>) {
        self.dialog = Some(if parted.is_unlike && !parted.is_meant {
            Dialog::Unlike(Box::new(Unlike { what: Odd::Parted(parted) }))
        } else {
            Dialog::WhichBase(Box::new(WhichBase::new(parted)))
        });
    }

    pub(super) fn answer_unlike(&mut self, ctx: &Context, dialog: Unlike) {
        match (dialog.show(ctx), dialog.what) {
            (UnlikeChoice::Undecided, what) => self.dialog = Some(Dialog::Unlike(Box::new(Unlike { what }))),
            (UnlikeChoice::Cancelled, _) => {}
            (UnlikeChoice::AnotherFile, _) => self.choose_file_to_merge(),
            (UnlikeChoice::GoOn, Odd::Joined(joined)) => {
                self.join(merge::Joined { is_meant: true, ..*joined })
            }
            (UnlikeChoice::GoOn, Odd::Parted(mut parted)) => {
                parted.is_meant = true;
                self.ask_which_base(parted);
            }
        }
    }

    pub(super) fn answer_which_base(&mut self, ctx: &Context, mut dialog: Box<WhichBase>) {
        match dialog.show(ctx) {
            BaseChoice::Undecided => self.dialog = Some(Dialog::WhichBase(dialog)),
            BaseChoice::Cancelled => {}
            BaseChoice::Ancestor(which) => {
                self.filing.comparing = Some(Preparing::with_ancestor(dialog.parted, which, &self.wake));
            }
            BaseChoice::AnotherFile => {
                let near =
                    dialog.parted.theirs.path.parent().map(|folder| folder.join("").display().to_string());
                self.filing.parted = Some(dialog);
                self.ask_for_file(Purpose::Base, near.unwrap_or_default());
            }
        }
    }
}
