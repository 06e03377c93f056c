//! The window's dealings with files: opening, saving, recovering, and the dialogs about them.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
};

use egui::Context;

use super::{
    dialogs::{
        Dialog, changed_outside,
        changed_outside::ChangedOutside,
        choose_file,
        choose_file::{ChooseFile, Purpose},
        close,
        close::After,
        merge::{Preparing, WhichBase},
        recover,
        recover::Recover,
        unlock::Unlock,
        unreadable,
        unreadable::Unreadable,
    },
    shell::Shell,
};
use crate::{
    exchange::examples,
    file::{
        format::{self, ENDING},
        journal::{self, Recoverable},
        save::{self, OpenError, Opened, SaveError},
        seal::{Key, SEALED_ENDING, is_sealed_name},
        sealed,
    },
    model::{Room, ids},
    session::{Session, keeping::SaveState},
};

/// What is under way with files.
#[derive(Debug, Default)]
pub(super) struct Filing {
    reading: Option<Receiver<(PathBuf, Result<(Opened, Option<Key>), OpenError>)>>,
    /// Files in plain that are to go once the sealed one is saved under this name.
    pub(super) to_remove: Option<(PathBuf, Vec<PathBuf>)>,
    /// What to do once the save that is under way has worked.
    after_save: Option<After>,
    /// Another workspace that is being compared with this one.
    pub(super) comparing: Option<Preparing>,
    /// Two workspaces that wait for the file that both were made of.
    pub(super) parted: Option<Box<WhichBase>>,
    /// The failed save that the user has been told of.
    told: Option<Arc<SaveError>>,
}

impl Shell {
    /// Opens a file on a worker; the workspace that is open stays until the new one has been read whole.
    pub fn read(&mut self, path: PathBuf) {
        let path = whole_path(path);
        let (sender, receiver) = channel();
        let wake = Arc::clone(&self.wake);
        // What is sealed as the workspace that is open may open with its key.
        let key = self.session.as_ref().and_then(Session::key).cloned();
        std::thread::spawn(move || {
            let opened = match (save::open(&path), key) {
                (Err(OpenError::Sealed { path: asked }), Some(key)) => sealed::open(&path, &key)
                    .map(|opened| (opened, Some(key)))
                    .map_err(|_| OpenError::Sealed { path: asked }),
                (opened, _) => opened.map(|opened| (opened, None)),
            };
            // The window may have been closed meanwhile; then nobody wants the file.
            let _ = sender.send((path, opened));
            wake();
        });
        self.filing.reading = Some(receiver);
    }

    /// Waits for the file that is being read; for tests, never in a frame.
    pub fn finish_reading(&mut self) {
        if let Some((path, result)) = self.filing.reading.take().and_then(|reading| reading.recv().ok()) {
            self.take_opened(path, result);
        }
    }

    /// Opens a worked example as a workspace that is in no file yet.
    pub fn open_example(&mut self, name: &str) {
        let Some(example) = examples::find(name) else {
            self.notices.say(format!("There is no example “{name}”."));
            return;
        };
        match format::from_text(example.text, example.name) {
            Ok(document) => {
                let session = Session::new(document.workspace, document.revision, Arc::clone(&self.wake));
                self.put(session);
                // An example opens where it has most to show.
                let weighs = self.session.as_ref().is_some_and(|s| !s.workspace().balance.factors.is_empty());
                if weighs {
                    self.view.go(Room::Balance, "Balance")
                } else {
                    self.view.go(Room::Reach, "Prediction")
                }
            }
            Err(error) => self.notices.say(error.to_string()),
        }
    }

    /// Starts on a file, or else on the start page (at the very first start on the example). Unsaved work of an earlier
    /// start comes before all else: over the file that it belongs to, or on the start page.
    pub fn start_on(&mut self, file: Option<PathBuf>) {
        let Some(file) = file else {
            if self.start.found.is_empty() {
                self.welcome();
            }
            return;
        };
        let others = self.start.found.len();
        // What is not asked about now must be free to be offered by another start of the program.
        self.start.found.retain(|found| found.path.as_deref().is_some_and(|path| is_same_file(path, &file)));
        if others > self.start.found.len() {
            let words = "Unsaved work of an earlier start was found. Close this workspace (Ctrl+W) to see it on the \
                         start page.";
            self.notices.say_until_dismissed(words.to_owned());
        }
        self.read(file);
    }

    pub(super) fn look_for_unsaved_work(&mut self) {
        // What is held already would not be found again.
        self.start.found.clear();
        self.start.found = self.places.journals.as_deref().map(journal::recoverable).unwrap_or_default();
    }

    pub(super) fn offer_recovery(&mut self, index: usize) {
        if index < self.start.found.len() {
            let found = self.start.found.remove(index);
            self.dialog = Some(Dialog::Recover(Recover::new(found, &self.wake)));
        }
    }

    /// Offers what was not saved of the file that has just been opened.
    fn offer_recovery_of(&mut self, file: &Path) {
        let belongs =
            |found: &Recoverable| found.path.as_deref().is_some_and(|path| is_same_file(path, file));
        if let Some(index) = self.start.found.iter().position(belongs) {
            self.offer_recovery(index);
        }
    }

    pub(super) fn choose_file_to_open(&mut self) {
        let near = self.session.as_ref().and_then(Session::path).or(self
            .preferences
            .recent
            .first()
            .map(PathBuf::as_path));
        let folder = near.and_then(Path::parent).map(|folder| folder.join("")).unwrap_or_default();
        let dialog = ChooseFile::new(
            Purpose::Open,
            folder.display().to_string(),
            self.ask_system_for_files,
            &self.wake,
        );
        self.dialog = Some(Dialog::ChooseFile(dialog));
    }

    pub(super) fn choose_file_to_save(&mut self) {
        let Some(session) = &self.session else { return };
        let path = session.path().map_or_else(|| suggested_file(session), Path::to_owned);
        let dialog =
            ChooseFile::new(Purpose::Save, path.display().to_string(), self.ask_system_for_files, &self.wake);
        self.dialog = Some(Dialog::ChooseFile(dialog));
    }

    pub(super) fn save(&mut self) {
        match &mut self.session {
            Some(session) if session.path().is_some() => session.save(),
            Some(_) => self.choose_file_to_save(),
            None => {}
        }
    }

    /// Saves under another name: sealed under one that ends as sealed files do, and only then.
    fn save_as(&mut self, path: PathBuf) {
        let Some(session) = &mut self.session else { return };
        match (session.key().is_some(), is_sealed_name(&path)) {
            (true, false) => {
                let mut name = path.into_os_string();
                name.push(".age");
                session.save_as(Path::new(&name));
            }
            (false, true) => {
                let words = "The workspace is not sealed. Seal it with a passphrase first, or give a name without .age.";
                self.notices.say(words.to_owned());
            }
            _ => session.save_as(&path),
        }
    }

    pub(super) fn poll_filing(&mut self, _ctx: &Context) {
        let read = self.filing.reading.as_ref().and_then(|reading| reading.try_recv().ok());
        if let Some((path, result)) = read {
            self.filing.reading = None;
            self.take_opened(path, result);
        }
        self.poll_comparing();
        let Some(session) = &self.session else { return };
        match session.save_state() {
            SaveState::Saved(_) => {
                if let Some(told) = self.filing.told.take() {
                    self.notices.withdraw(&told.to_string());
                }
                if let Some(path) = session.path().map(Path::to_owned)
                    && self.preferences.recent.first() != Some(&path)
                {
                    self.preferences.remember(&path);
                    self.keep_preferences();
                }
                self.remove_plain();
                if let Some(after) = self.filing.after_save.take() {
                    self.left(after);
                }
            }
            SaveState::Failed(error) => self.tell_of_failure(&error),
            SaveState::NoFile | SaveState::Unsaved | SaveState::Saving => {}
        }
    }

    fn tell_of_failure(&mut self, error: &Arc<SaveError>) {
        if self.filing.told.as_ref().is_some_and(|told| Arc::ptr_eq(told, error)) {
            return;
        }
        self.filing.told = Some(Arc::clone(error));
        self.filing.after_save = None;
        match &**error {
            SaveError::ChangedOutside { path, .. } => {
                self.dialog = Some(Dialog::ChangedOutside(ChangedOutside { path: path.clone() }));
            }
            other => self.notices.say(other.to_string()),
        }
    }

    pub(super) fn take_opened(&mut self, path: PathBuf, result: Result<(Opened, Option<Key>), OpenError>) {
        match result {
            Ok((opened, key)) => {
                for notice in &opened.notices {
                    self.notices.say(notice.clone());
                }
                self.preferences.remember(&path);
                self.keep_preferences();
                // The old session must give back its lock before the same file is locked again.
                if let Some(old) = self.session.take() {
                    old.close();
                }
                let (who, wake) = (&self.preferences.name, Arc::clone(&self.wake));
                let session = match key {
                    Some(key) => Session::open_sealed(opened, key, who, wake),
                    None => Session::open(opened, who, wake),
                };
                self.put(session);
                self.view.go(Room::Balance, "Balance");
                if self.session.as_ref().is_some_and(|s| s.workspace().balance.factors.is_empty()) {
                    self.view.enter(Room::Question);
                }
                self.offer_recovery_of(&path);
            }
            Err(error) => self.tell_of_unopened(path, error),
        }
    }

    fn tell_of_unopened(&mut self, path: PathBuf, error: OpenError) {
        if self.session.is_none() {
            self.look_for_unsaved_work();
        }
        match error {
            OpenError::Unreadable { error, .. } => {
                self.dialog = Some(Dialog::Unreadable(Unreadable::new(path, *error, &self.wake)));
            }
            OpenError::Sealed { path } => self.dialog = Some(Dialog::Unlock(Box::new(Unlock::new(path)))),
            other => self.notices.say(other.to_string()),
        }
    }

    /// Shows a dialog about files and does what it answers; it is put back while it is undecided.
    pub(super) fn show_filing_dialog(&mut self, ctx: &Context, dialog: Dialog) {
        match dialog {
            Dialog::ChooseFile(mut dialog) => match dialog.show(ctx, &self.wake) {
                choose_file::Choice::Undecided => self.dialog = Some(Dialog::ChooseFile(dialog)),
                choose_file::Choice::Cancelled => {
                    self.filing.after_save = None;
                    self.dialog = self.filing.parted.take().map(Dialog::WhichBase);
                }
                choose_file::Choice::File(path) if dialog.purpose == Purpose::Merge => {
                    self.compare_with(whole_path(path));
                }
                choose_file::Choice::File(path) if dialog.purpose == Purpose::Base => {
                    self.compare_from(whole_path(path));
                }
                choose_file::Choice::File(path) if dialog.purpose == Purpose::Open => {
                    self.leave(After::Open(path))
                }
                choose_file::Choice::File(path) => self.save_as(whole_path(path)),
            },
            Dialog::Close(dialog) => self.answer_close(ctx, dialog),
            Dialog::ChangedOutside(dialog) => self.answer_changed_outside(ctx, dialog),
            Dialog::Unreadable(dialog) => self.answer_unreadable(ctx, dialog),
            Dialog::Unlock(dialog) => self.answer_unlock(ctx, dialog),
            Dialog::Seal(dialog) => self.answer_seal(ctx, dialog),
            Dialog::Merge(dialog) => self.answer_merge(ctx, dialog),
            Dialog::WhichBase(dialog) => self.answer_which_base(ctx, dialog),
            Dialog::Recover(dialog) => self.answer_recover(ctx, dialog),
            Dialog::Keys
            | Dialog::Snapshot(_)
            | Dialog::FromTables(_)
            | Dialog::Import(_)
            | Dialog::HandOut(_)
            | Dialog::ReadCaseload(_) => {
                self.dialog = Some(dialog);
            }
        }
    }

    fn answer_close(&mut self, ctx: &Context, dialog: close::Close) {
        let title =
            self.session.as_ref().map(|session| session.workspace().title.clone()).unwrap_or_default();
        match dialog.show(ctx, &title) {
            close::Choice::Undecided => self.dialog = Some(Dialog::Close(dialog)),
            close::Choice::Stay => {}
            close::Choice::Save => {
                self.filing.after_save = Some(dialog.after);
                self.save();
            }
            // What comes after closes the workspace: it stays open, and its journal kept, until a file has really been
            // read in its place.
            close::Choice::LetGo => self.left(dialog.after),
        }
    }

    fn answer_changed_outside(&mut self, ctx: &Context, dialog: ChangedOutside) {
        let choice = dialog.show(ctx);
        let Some(session) = &mut self.session else { return };
        match choice {
            changed_outside::Choice::Undecided => self.dialog = Some(Dialog::ChangedOutside(dialog)),
            changed_outside::Choice::Later => {}
            changed_outside::Choice::Merge => self.compare_with(dialog.path),
            changed_outside::Choice::KeepMine => session.save_over_theirs(),
            changed_outside::Choice::KeepBoth => session.save_beside(),
            changed_outside::Choice::TakeTheirs => self.read(dialog.path),
        }
    }

    fn answer_unreadable(&mut self, ctx: &Context, mut dialog: Unreadable) {
        match dialog.show(ctx) {
            unreadable::Choice::Undecided => self.dialog = Some(Dialog::Unreadable(dialog)),
            unreadable::Choice::Leave => {}
            unreadable::Choice::TryAgain => self.read(dialog.path),
            unreadable::Choice::Copy(words) => {
                ctx.copy_text(words);
                self.notices.say("Copied".to_owned());
                self.dialog = Some(Dialog::Unreadable(dialog));
            }
            unreadable::Choice::OpenBackup(backup) => {
                let document = backup.document;
                let session = Session::new(document.workspace, document.revision, Arc::clone(&self.wake));
                self.put(session);
                self.notices.say("This is a backup. Save it under a name of its own.".to_owned());
            }
        }
    }

    fn answer_recover(&mut self, ctx: &Context, mut dialog: Recover) {
        match dialog.show(ctx) {
            recover::Choice::Undecided => self.dialog = Some(Dialog::Recover(dialog)),
            recover::Choice::Later => self.start.found.insert(0, dialog.found),
            recover::Choice::Discard => {
                if let Err(error) = dialog.found.discard() {
                    self.notices.say(error.to_string());
                }
            }
            recover::Choice::Recover(moment) => self.recover(dialog, moment),
            recover::Choice::LookFirst(moment) => match dialog.found.document(moment) {
                Ok(document) => {
                    let mut session =
                        Session::new(document.workspace, document.revision, Arc::clone(&self.wake));
                    session.seal(dialog.found.key.clone());
                    self.put(session);
                    self.start.found.insert(0, dialog.found);
                    let words = "Only to look at: it is still to be recovered on the start page.";
                    self.notices.say(words.to_owned());
                }
                Err(error) => self.notices.say(error.to_string()),
            },
        }
    }

    fn recover(&mut self, dialog: Recover, moment: usize) {
        let (found, recalled) = dialog.recalled(moment);
        match found.document(moment) {
            Ok(document) => {
                // The file as it was saved, when it lies under the dialog, must give back its lock first.
                if let Some(old) = self.session.take() {
                    old.close();
                }
                let mut session = Session::new(document.workspace, document.revision, Arc::clone(&self.wake));
                session.seal(found.key.clone());
                if let Some(path) = &found.path {
                    session.belongs_to(path, found.saved, &self.preferences.name);
                    if let Ok(base) = found.base() {
                        session.began_from(base.workspace);
                    }
                }
                self.put(session);
                let mut is_kept = false;
                if let Some(session) = &mut self.session {
                    if let Some((saved, steps)) = recalled {
                        session.recall(saved, steps);
                    }
                    is_kept = session.mark_unsaved("Recovered unsaved work");
                }
                // The new session's journal holds the work from here on; where it does not, the old one stays until
                // the next start.
                if is_kept && let Err(error) = found.discard() {
                    self.notices.say(error.to_string());
                }
                let workshop =
                    self.session.as_ref().and_then(|session| session.workspace().voices.workshop.as_ref());
                let words = match workshop {
                    Some(_) => "Recovered. A workshop was under way: F5 goes back to it. Save it to keep it.",
                    None => "Recovered. Save it to keep it.",
                };
                self.notices.say(words.to_owned());
            }
            Err(error) => {
                self.notices.say(error.to_string());
                self.start.found.insert(0, found);
            }
        }
    }
}

/// The path from the root on, so that one file is one path wherever the program was started.
fn whole_path(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

/// Whether two paths lead to the same file, by name or through links.
fn is_same_file(one: &Path, other: &Path) -> bool {
    let whole = |path| std::path::absolute::<&Path>(path).ok();
    let real = |path: &Path| path.canonicalize().ok();
    (whole(one).is_some() && whole(one) == whole(other)) || (real(one).is_some() && real(one) == real(other))
}

/// Where a workspace without a file would be saved: the user's documents, under its title.
pub(super) fn suggested_file(session: &Session) -> PathBuf {
    let title = &session.workspace().title;
    let slug = ids::slug(title, 0);
    let stem = slug.rsplit_once('-').map_or(slug.as_str(), |(stem, _)| stem);
    let folders = directories::UserDirs::new();
    let documents = folders.as_ref().and_then(|dirs| dirs.document_dir().or(Some(dirs.home_dir())));
    let ending = if session.key().is_some() { SEALED_ENDING } else { ENDING };
    documents.map(Path::to_owned).unwrap_or_default().join(format!("{stem}{ending}"))
}
