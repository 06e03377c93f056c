//! The window's dealings with files: opening, saving, recovering, and the dialogs about them.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
};

use egui::Context;
use jiff::Timestamp;

use super::{
    behind::Left,
    dialogs::{
        Dialog, changed_outside,
        changed_outside::ChangedOutside,
        choose_file,
        choose_file::{ChooseFile, Purpose},
        close,
        close::After,
        merge::{Preparing, WhichBase},
        recover,
        recover::{Recover, day_and_time},
        unlock::Unlock,
        unreadable,
        unreadable::Unreadable,
    },
    sealing::Sealing,
    shell::Shell,
};
use crate::{
    exchange::examples,
    file::{
        backups,
        format::{self, Document, ENDING},
        journal::{self, Recoverable},
        save::{OpenError, Opened, SaveError},
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
    /// The seal that was given to a workspace whose sealed file is not written yet.
    pub(super) sealing: Option<Sealing>,
    /// What to do once the save that is under way has worked.
    pub(super) after_save: Option<After>,
    /// What is said of that where the save takes long.
    waits: Option<&'static str>,
    /// Another workspace that is being compared with this one.
    pub(super) comparing: Option<Preparing>,
    /// Two workspaces that wait for the file that both were made of.
    pub(super) parted: Option<Box<WhichBase>>,
    /// What opens the sealed files that were compared with this one, so that nobody is asked twice.
    pub(super) given: Vec<Key>,
    /// Whether what is being read takes the place of the workspace that is open, as one step of it.
    taking_theirs: bool,
    /// The failed save that the user has been told of.
    told: Option<Arc<SaveError>>,
    /// Workspaces that were left while they were being saved.
    pub(super) left: Vec<Left>,
}

impl Shell {
    /// Opens a file on a worker; the workspace that is open stays until the new one has been read whole.
    pub fn read(&mut self, path: PathBuf) {
        let path = whole_path(path);
        if journal::is_journal_name(&path) {
            self.recover_from(&path);
            return;
        }
        let (sender, receiver) = channel();
        let wake = Arc::clone(&self.wake);
        // What is sealed as the workspace that is open may open with its key.
        let key = self.session.as_ref().and_then(Session::key).cloned();
        std::thread::spawn(move || {
            let opened = sealed::open_with_one_of(&path, key.as_slice());
            // The window may have been closed meanwhile; then nobody wants the file.
            let _ = sender.send((path, opened));
            wake();
        });
        self.filing.reading = Some(receiver);
        self.filing.taking_theirs = false;
    }

    /// Reads what somebody else saved in the file that is open, to take it as one step that can be undone.
    pub(super) fn read_theirs(&mut self, path: PathBuf) {
        self.read(path);
        self.filing.taking_theirs = true;
    }

    /// Opens a worked example as a workspace that is in no file yet.
    pub fn open_example(&mut self, name: &str) {
        let Some(example) = examples::find(name) else {
            self.notices.say(format!("There is no example “{name}”."));
            return;
        };
        match format::from_text(example.text, example.name) {
            Ok(document) => {
                let session = Session::of(document, Arc::clone(&self.wake));
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
            if self.start.found.is_empty() && self.start.sealed == 0 {
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
        self.look_for_sealed_work();
    }

    pub(super) fn offer_recovery(&mut self, index: usize) {
        if index < self.start.found.len() {
            let found = self.start.found.remove(index);
            self.dialog = Some(Dialog::Recover(Box::new(Recover::new(found, &self.wake))));
        }
    }

    /// Offers what is in a journal that was discarded.
    fn recover_from(&mut self, journal: &Path) {
        let key = self.session.as_ref().and_then(Session::key);
        match journal::set_aside_in(journal, key) {
            Some(found) => self.dialog = Some(Dialog::Recover(Box::new(Recover::new(found, &self.wake)))),
            None => self.notices.say(format!(
                "{} holds nothing that can be recovered. If it is sealed, open its workspace first.",
                journal.display()
            )),
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
        // A backup goes back to where it came from, unless the user says otherwise.
        let own = session.path().or(session.backup_of().map(|(file, _)| file));
        let path = own.map_or_else(|| suggested_file(session), Path::to_owned);
        let dialog =
            ChooseFile::new(Purpose::Save, path.display().to_string(), self.ask_system_for_files, &self.wake);
        self.dialog = Some(Dialog::ChooseFile(dialog));
    }

    pub(super) fn save(&mut self) {
        if let (Some(session), Some(sealing)) = (&mut self.session, &self.filing.sealing) {
            // Where its sealed file could not be written yet, nothing else is.
            session.save_as(&sealing.to);
            return;
        }
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
                self.filing.sealing.iter_mut().for_each(|sealing| sealing.to = name.clone().into());
            }
            (false, true) => {
                let words = "The workspace is not sealed. Seal it with a passphrase first, or give a name without .age.";
                self.notices.say(words.to_owned());
                self.filing.after_save = None;
            }
            _ => {
                session.save_as(&path);
                self.filing.sealing.iter_mut().for_each(|sealing| sealing.to.clone_from(&path));
            }
        }
    }

    pub(super) fn poll_filing(&mut self, _ctx: &Context) {
        let read = self.filing.reading.as_ref().and_then(|reading| reading.try_recv().ok());
        if let Some((path, result)) = read {
            self.filing.reading = None;
            self.take_opened(path, result);
        }
        self.poll_comparing();
        self.poll_left();
        self.poll_sealing();
        self.remember_own_file();
        self.tell_of_waiting();
        let Some(session) = &self.session else { return };
        match session.save_state() {
            SaveState::Saved(_) => {
                if let Some(told) = self.filing.told.take() {
                    self.notices.withdraw(&told.to_string());
                }
                if let Some(after) = self.filing.after_save.take() {
                    self.left(after);
                }
            }
            SaveState::Failed(error) => self.tell_of_failure(&error),
            // Something was done while it was being saved, which is to be asked about in its turn.
            SaveState::Unsaved => {
                if let Some(after) = self.filing.after_save.take() {
                    self.leave(after);
                }
            }
            SaveState::NoFile | SaveState::Saving => {}
        }
    }

    /// The file that the workspace is kept in comes first among the recent ones, also while a later save hangs.
    fn remember_own_file(&mut self) {
        if let Some(path) = self.session.as_ref().and_then(Session::path).map(Path::to_owned)
            && self.preferences.recent.first() != Some(&path)
        {
            self.preferences.remember(&path);
            self.keep_preferences();
        }
    }

    /// Says that something waits for a save that takes long, for as long as it does.
    fn tell_of_waiting(&mut self) {
        let is_slow = self.session.as_ref().is_some_and(|session| session.slow_save().is_some());
        let words = self.filing.after_save.as_ref().filter(|_| is_slow).map(|after| match after {
            After::Quit => {
                "Waiting for the save: the folder does not answer. Then Evenhand closes. You can go on working."
            }
            _ => "Waiting for the save: the folder does not answer. Then this workspace is left. You can go on working.",
        });
        if words != self.filing.waits {
            if let Some(before) = self.filing.waits {
                self.notices.withdraw(before);
            }
            if let Some(words) = words {
                self.notices.say_until_dismissed(words.to_owned());
            }
            self.filing.waits = words;
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
                let own = self.session.as_ref().and_then(Session::path);
                let link = own.filter(|own| *own != path).map(Path::to_owned);
                self.dialog = Some(Dialog::ChangedOutside(ChangedOutside { path: path.clone(), link }));
            }
            other => self.notices.say(other.to_string()),
        }
    }

    pub(super) fn take_opened(&mut self, path: PathBuf, result: Result<(Opened, Option<Key>), OpenError>) {
        // What lies over the page may give way to what is asked about the file.
        if let Some(Dialog::Recover(dialog)) =
            self.dialog.take_if(|dialog| matches!(dialog, Dialog::Recover(_)))
        {
            self.start.found.insert(0, dialog.found);
        }
        let is_theirs = std::mem::take(&mut self.filing.taking_theirs);
        let is_theirs = is_theirs && self.session.as_ref().is_some_and(|s| s.path() == Some(&path));
        match result {
            Ok((opened, _)) if is_theirs => self.take_theirs(&opened),
            Ok((opened, key)) => match backups::of(&path) {
                Some(of) => self.put_backup(opened.document, key, of),
                None => self.put_opened(path, opened, key),
            },
            Err(error) => self.tell_of_unopened(path, error),
        }
    }

    /// Opens a workspace that has been read.
    fn put_opened(&mut self, path: PathBuf, opened: Opened, key: Option<Key>) {
        for notice in &opened.notices {
            self.notices.say(notice.clone());
        }
        self.preferences.remember(&path);
        self.keep_preferences();
        self.filing.given.clear();
        // The old session must give back its lock before the same file is locked again.
        self.close_session();
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

    /// Opens a backup of a file, which stays as it is until the backup is saved in its place.
    fn put_backup(&mut self, document: Document, key: Option<Key>, of: (PathBuf, Timestamp)) {
        let (name, when) = (of.0.display().to_string(), day_and_time(of.1));
        let mut session = Session::of_backup(document, of, Arc::clone(&self.wake));
        session.seal(key);
        self.put(session);
        self.notices.say(format!(
            "This is a backup of {name} from {when}. Save it in its place, or under a name of its own; what is there now \
             goes to the backups."
        ));
    }

    fn tell_of_unopened(&mut self, path: PathBuf, error: OpenError) {
        if self.session.is_none() {
            self.look_for_unsaved_work();
        }
        match error {
            OpenError::Unreadable { error, .. } => {
                self.dialog = Some(Dialog::Unreadable(Unreadable::new(path, *error, None, &self.wake)));
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
                choose_file::Choice::File(path) if matches!(dialog.purpose, Purpose::Drawing(_)) => {
                    let may_replace = dialog.system_asked;
                    self.save_drawing(dialog, &whole_path(path), may_replace);
                }
                choose_file::Choice::File(path) => self.save_as(whole_path(path)),
            },
            Dialog::Close(dialog) => self.answer_close(ctx, dialog),
            Dialog::ChangedOutside(dialog) => self.answer_changed_outside(ctx, dialog),
            Dialog::Unreadable(dialog) => self.answer_unreadable(ctx, dialog),
            Dialog::Unlock(dialog) => self.answer_unlock(ctx, dialog),
            Dialog::Seal(dialog) => self.answer_seal(ctx, dialog),
            Dialog::StillSealing(dialog) => self.answer_still_sealing(ctx, dialog),
            Dialog::Merge(dialog) => self.answer_merge(ctx, dialog),
            Dialog::WhichBase(dialog) => self.answer_which_base(ctx, dialog),
            Dialog::Unlike(dialog) => self.answer_unlike(ctx, *dialog),
            Dialog::Recover(dialog) => self.answer_recover(ctx, dialog),
            Dialog::Keys
            | Dialog::Parts(_)
            | Dialog::Snapshot(_)
            | Dialog::FromTables(_)
            | Dialog::Import(_)
            | Dialog::HandOut(_)
            | Dialog::SavePaper(_)
            | Dialog::ReadCaseload(_) => {
                self.dialog = Some(dialog);
            }
        }
    }

    fn answer_close(&mut self, ctx: &Context, dialog: close::Close) {
        let title =
            self.session.as_ref().map(|session| session.workspace().title.clone()).unwrap_or_default();
        let waits = self.session.as_ref().and_then(Session::slow_save).is_some();
        match dialog.show(ctx, &title, waits) {
            close::Choice::Undecided => self.dialog = Some(Dialog::Close(dialog)),
            close::Choice::Stay => {}
            close::Choice::Save => {
                self.filing.after_save = Some(dialog.after);
                self.save();
            }
            // What comes after closes the workspace: it stays open, and its journal kept, until a file has really been
            // read in its place.
            close::Choice::LetGo => {
                if let Some(session) = &mut self.session {
                    session.let_go();
                }
                self.left(dialog.after);
            }
        }
    }

    fn answer_changed_outside(&mut self, ctx: &Context, dialog: ChangedOutside) {
        let choice = dialog.show(ctx);
        let Some(session) = &mut self.session else { return };
        // The question names the file that a link leads to; the workspace goes by the name it was opened under.
        let path = session.path().map_or_else(|| dialog.path.clone(), Path::to_owned);
        match choice {
            changed_outside::Choice::Undecided => self.dialog = Some(Dialog::ChangedOutside(dialog)),
            changed_outside::Choice::Later => {}
            changed_outside::Choice::Merge => self.compare_with(path),
            changed_outside::Choice::KeepMine => session.save_over_theirs(),
            changed_outside::Choice::KeepBoth => session.save_beside(),
            changed_outside::Choice::TakeTheirs => self.read_theirs(path),
        }
    }

    fn answer_unreadable(&mut self, ctx: &Context, mut dialog: Unreadable) {
        match dialog.show(ctx, &self.wake) {
            unreadable::Choice::Undecided => self.dialog = Some(Dialog::Unreadable(dialog)),
            unreadable::Choice::Leave => {}
            unreadable::Choice::TryAgain => self.read(dialog.path),
            unreadable::Choice::Copy(words) => {
                ctx.copy_text(words);
                self.notices.say("Copied".to_owned());
                self.dialog = Some(Dialog::Unreadable(dialog));
            }
            unreadable::Choice::OpenBackup(backup, key) => {
                self.put_backup(backup.document, key, (dialog.path, backup.saved));
            }
        }
    }

    fn answer_recover(&mut self, ctx: &Context, mut dialog: Box<Recover>) {
        match dialog.show(ctx, &self.wake) {
            recover::Choice::Undecided => self.dialog = Some(Dialog::Recover(dialog)),
            recover::Choice::Later => self.recover_later(dialog.found),
            recover::Choice::Discard => {
                self.notices.say(match dialog.found.set_aside() {
                    Ok(kept) => format!("Discarded. Open {} to have it back.", kept.display()),
                    Err(error) => error.to_string(),
                });
            }
            recover::Choice::Recover(moment) => self.recover(ctx, *dialog, moment),
            recover::Choice::LookFirst(moment) => match dialog.found.document(moment) {
                Ok(document) => {
                    let mut session = Session::to_look_at(document, Arc::clone(&self.wake));
                    session.seal(dialog.found.key.clone());
                    self.put(session);
                    self.start.found.insert(0, dialog.found);
                    let words = "Only to look at: it is still to be recovered on the start page.";
                    self.notices.say(words.to_owned());
                }
                Err(error) => {
                    self.notices.say(error.to_string());
                    self.start.found.insert(0, dialog.found);
                }
            },
        }
    }

    /// What is not recovered now stays on the start page, which is said where another page is seen.
    fn recover_later(&mut self, found: Recoverable) {
        self.start.found.insert(0, found);
        if self.session.is_some() {
            let words =
                "The unsaved work is still there. Close this workspace (Ctrl+W) to see it on the start page.";
            self.notices.say_until_dismissed(words.to_owned());
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
