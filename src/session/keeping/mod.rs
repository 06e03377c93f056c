//! Where the workspace is kept: its file, its journal, its lock, and whether all is saved.
//!
//! Files are touched by two workers, each in the order asked, so that no frame waits for a disk: one saves, the other keeps
//! the journal, which must not wait for a save that hangs. Several saves may be under way at once: the saver alone knows
//! what the file holds, and each of its answers is paired with the state it is of.

mod closing;
mod gathered;
mod keeper;
mod saver;
mod taking;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

pub use closing::Closing;
use jiff::Timestamp;
use keeper::{Keeper, Order, Report};
use saver::{Saver, Task, To};
use taking::{Known, Level, Takings};

use super::{Wake, held::Held, trail::SessionTrail};
use crate::{
    file::{
        journal::{Journal, JournalStep, Typing},
        lock::{Acquired, Lock},
        save::{Fingerprint, SaveError, Saved},
        seal::Key,
        sealed::{self, Sealed},
        storage::{Disk, Storage},
    },
    model::{Workspace, wording::time},
};

/// Whether the work is safe in its file.
#[derive(Clone, Debug)]
pub enum SaveState {
    /// It has no file yet.
    NoFile,
    /// The file holds it as it stands, since this moment.
    Saved(Timestamp),
    /// There are edits that the file does not hold.
    Unsaved,
    Saving,
    /// The last save did not work; the file is as it was.
    Failed(Arc<SaveError>),
}

/// What the keeping of a workspace has to tell the user.
pub(super) struct Keeping {
    path: Option<PathBuf>,
    lock: Option<Lock>,
    /// Whether the file may only be read.
    read_only: bool,
    /// Who else has the file open, and since when, as far as is known.
    open_elsewhere: Option<String>,
    /// The name that others see in the lock.
    who: String,
    /// Who else has the file open, as far as the lock says.
    other: Option<String>,
    /// The disk that everything is kept on, not sealed.
    disk: Arc<dyn Storage>,
    /// What it is sealed with, if it is.
    key: Option<Key>,
    /// Where journals are kept, once one has begun.
    journals: Option<PathBuf>,
    /// What is known of the file, and what was taken in from it of somebody else's.
    takings: Takings,
    /// What the file held when work was recovered that began from it.
    begun_from: Option<Arc<Workspace>>,
    /// The saves that are under way, in the order asked.
    saving: VecDeque<Saving>,
    /// How many saves have been heard of, whether or not they worked.
    heard: u64,
    failed: Option<Arc<SaveError>>,
    orders: Option<Sender<Order>>,
    tasks: Option<Sender<Task>>,
    reports: Receiver<Report>,
    /// The saver, then the keeper.
    workers: Vec<JoinHandle<()>>,
    notices: Vec<String>,
    /// Why the journal could not be kept when it was tried last.
    unkept: Option<String>,
    /// What was put down last of what is being typed: which field, its text, and over which revision.
    noted: Option<(u64, String, u64)>,
    /// What the last save warned of, which is not said again at each save.
    warned: Option<String>,
    wake: Wake,
}

/// A save under way.
struct Saving {
    since: Instant,
    held: Held,
    to: To,
    /// How much of somebody else's it holds.
    level: Level,
    /// Whether what it is sealed with has not changed since.
    is_sealed_so: bool,
}

impl Keeping {
    pub(super) fn new(wake: Wake) -> Self {
        let (orders, taken) = channel();
        let (reporter, reports) = channel();
        let (tasks, asked) = channel();
        let saver = Saver::new(orders.clone());
        let workers = vec![
            std::thread::spawn(move || saver.work(&asked)),
            std::thread::spawn({
                let wake = Arc::clone(&wake);
                move || Keeper::new(reporter, wake).work(&taken)
            }),
        ];
        Self {
            path: None,
            lock: None,
            read_only: false,
            open_elsewhere: None,
            who: String::new(),
            other: None,
            takings: Takings::new(Known::default()),
            begun_from: None,
            disk: Arc::new(Disk),
            key: None,
            journals: None,
            saving: VecDeque::new(),
            heard: 0,
            failed: None,
            orders: Some(orders),
            tasks: Some(tasks),
            reports,
            workers,
            notices: Vec::new(),
            unkept: None,
            noted: None,
            warned: None,
            wake,
        }
    }

    /// Says which file holds the workspace already.
    pub(super) fn holds(&mut self, path: &Path, fingerprint: Fingerprint, workspace: &Arc<Workspace>) {
        self.belongs_to(path, Some(fingerprint));
        self.takings.know(|known| known.saved = Some((Arc::clone(workspace), written_at(path))));
    }

    /// Says that somebody else has saved this in the file, and that the step to this state took it in; without a step what
    /// is open is as theirs.
    pub(super) fn takes_in(
        &mut self,
        step: Option<&Arc<Workspace>>,
        theirs: &Arc<Workspace>,
        fingerprint: Fingerprint,
    ) {
        let Some(path) = self.path.clone() else { return };
        let saved = Some((Arc::clone(theirs), written_at(&path)));
        let trail = self.takings.known().trail;
        let known = Known { fingerprint: Some(fingerprint), trail, saved };
        let level = self.takings.takes_in(step, known);
        self.order(Order::Belongs { path: path.clone(), fingerprint: Some(fingerprint) });
        self.give(Task::Theirs { path, fingerprint, level, is_taken_in: step.is_some() });
    }

    /// Says that the step to this state is undone, or done again. Where that took in what somebody else saved, the next
    /// save rests on what was known of the file before that, or with it.
    pub(super) fn goes_over(&mut self, step_to: &Arc<Workspace>, is_undone: bool) {
        if self.takings.goes_over(step_to, is_undone)
            && let Some(path) = self.path.clone()
        {
            // A journal that is begun anew rests on that too. The saver is told the level with each save.
            let fingerprint = self.takings.known().fingerprint;
            self.order(if is_undone {
                Order::Undone { path, fingerprint }
            } else {
                Order::Belongs { path, fingerprint }
            });
            // With theirs taken in again the file holds nothing that is lost by writing over it.
            if !is_undone {
                self.failed.take_if(|error| matches!(**error, SaveError::ChangedOutside { .. }));
            }
        }
    }

    /// Says that the file holds the trail as it was when it had been touched this often.
    pub(super) fn holds_trail(&mut self, touched: u64) {
        self.takings.know(|known| known.trail = touched);
    }

    /// Says which file the workspace belongs to, although it holds something older.
    pub(super) fn belongs_to(&mut self, path: &Path, fingerprint: Option<Fingerprint>) {
        self.path = Some(path.to_owned());
        self.takings = Takings::new(Known { fingerprint, ..Known::default() });
        self.order(Order::Belongs { path: path.to_owned(), fingerprint });
        self.give(Task::Belongs { path: path.to_owned(), fingerprint });
    }

    /// Says what the file held when the work began that is open here.
    pub(super) fn began_from(&mut self, workspace: Arc<Workspace>) {
        self.begun_from = Some(workspace);
    }

    /// What the file held when it was opened or saved here last, and since when.
    pub(super) fn last_held(&self) -> Option<(&Arc<Workspace>, Option<Timestamp>)> {
        let saved = self.takings.known().saved.as_ref().map(|(workspace, at)| (workspace, Some(*at)));
        saved.or(self.begun_from.as_ref().map(|workspace| (workspace, None)))
    }

    /// Why what is not saved could not be recovered after a crash, in a sentence, if it could not.
    pub(super) fn unkept(&self) -> Option<&str> {
        self.unkept.as_deref()
    }

    /// Who else has the file open, as far as is known.
    pub(super) fn other(&self) -> Option<&str> {
        self.other.as_deref()
    }

    /// The name that edits and locks bear; empty for none.
    pub(super) fn who(&self) -> &str {
        &self.who
    }

    pub(super) fn works_as(&mut self, who: &str) {
        who.clone_into(&mut self.who);
    }

    /// Tells others that the file is open here; somebody who has it open already is named in a notice.
    pub(super) fn lock(&mut self, who: &str) {
        who.clone_into(&mut self.who);
        let Some(path) = &self.path else { return };
        self.lock = None;
        self.read_only = false;
        self.other = None;
        self.open_elsewhere = None;
        match Lock::acquire(path, who, Timestamp::now()) {
            Acquired::Locked(lock) => self.lock = Some(lock),
            Acquired::HeldBy { name, since } => {
                self.other.clone_from(&name);
                let name = name.unwrap_or_else(|| "Somebody else".to_owned());
                let since = since.map(clock_time).map(|t| format!(" since {t}")).unwrap_or_default();
                let words = format!("{name} has this workspace open{since}.");
                self.notices.push(format!(
                    "{words} You can work on; before you save, you will be asked what to do if they have saved first."
                ));
                self.open_elsewhere = Some(words);
            }
            // Where not even a lock may be made no file can take the place of this one.
            Acquired::Unavailable { may_write, .. } => self.read_only = !may_write,
        }
    }

    /// Says that the file may only be read.
    pub(super) fn is_for_reading_only(&mut self) {
        self.read_only = true;
    }

    /// Whether a save to the file will be refused, as far as that is known.
    pub(super) fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Asks again for a lock that somebody else had; they may have closed the workspace since.
    fn ask_again(&mut self) {
        if let (Some(_), Some(path)) = (&self.open_elsewhere, &self.path)
            && let Acquired::Locked(lock) = Lock::acquire(path, &self.who, Timestamp::now())
        {
            self.lock = Some(lock);
            self.open_elsewhere = None;
        }
    }

    /// Who else has the file open, in a sentence; `None` where nobody is known to.
    pub(super) fn open_elsewhere(&self) -> Option<&str> {
        self.open_elsewhere.as_deref()
    }

    /// Says what everything is sealed with from now on: file, temporary files, backups and journal; `None` seals nothing. A
    /// journal that has begun is begun anew with the work that is in no file, which this step names, and what it held so
    /// far is removed.
    pub(super) fn seal(&mut self, key: Option<Key>, held: Held, unsaved: Option<JournalStep>) {
        self.key = key;
        self.saving.iter_mut().for_each(|saving| saving.is_sealed_so = false);
        self.keep_on(Arc::clone(&self.disk));
        if let Some(folder) = self.journals.clone() {
            let unsaved = unsaved.map(|step| (held.clone(), step));
            self.begin_journal_with(&folder, held, unsaved);
        }
    }

    /// Keeps everything on this disk from now on, sealed as it is; a journal that has begun stays where it is.
    pub(super) fn keep_on(&mut self, disk: Arc<dyn Storage>) {
        let storage: Arc<dyn Storage> = match &self.key {
            Some(key) => Arc::new(Sealed::new(Arc::clone(&disk), key.clone())),
            None => Arc::clone(&disk),
        };
        self.disk = disk;
        self.order(Order::KeepOn(Arc::clone(&storage)));
        self.give(Task::KeepOn(storage));
    }

    /// What it is sealed with, if it is.
    pub(super) fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    pub(super) fn begin_journal(&mut self, folder: &Path, held: Held) {
        self.begin_journal_with(folder, held, None);
    }

    fn begin_journal_with(&mut self, folder: &Path, held: Held, unsaved: Option<(Held, JournalStep)>) {
        // A later recovery, and a merge after it, rest on what the file holds.
        let of_file = self.last_held().map(|(workspace, _)| Arc::clone(workspace));
        let held = Held { workspace: of_file.unwrap_or_else(|| Arc::clone(&held.workspace)), ..held };
        self.journals = Some(folder.to_owned());
        self.order(Order::Journal { folder: folder.to_owned(), held, unsaved });
    }

    pub(super) fn record(&self, held: Held, steps: Vec<JournalStep>) {
        self.order(Order::Record { held, steps });
    }

    /// Goes on with the journal of work that is recovered, which is in this folder.
    pub(super) fn go_on(&mut self, folder: Option<&Path>, journal: Journal) {
        self.journals = folder.map(Path::to_owned);
        self.order(Order::GoOn(Box::new(journal)));
    }

    /// Puts down what is being typed over this state and not entered yet, if that is not down already.
    pub(super) fn note_typing(
        &mut self,
        (workspace, trail): (&Arc<Workspace>, &SessionTrail),
        revision: u64,
        typing: Option<Typing>,
    ) {
        let noted = typing.as_ref().map(|typing| (typing.place, typing.text.clone(), revision));
        if noted == self.noted {
            return;
        }
        let was_entered = self.noted.as_ref().is_some_and(|(_, _, before)| *before != revision);
        self.noted = noted;
        // An edit has taken the place of what was typed.
        if typing.is_some() || !was_entered {
            let held = Held { workspace: Arc::clone(workspace), revision, trail: trail.clone() };
            self.order(Order::Typing { held, typing });
        }
    }

    /// Puts everything recorded so far on the disk as soon as can be, without waiting for it.
    pub(super) fn hasten(&self) {
        let (done, _) = channel();
        self.order(Order::Flush(done));
    }

    /// Waits until everything recorded so far has been put into the journal; whether it is there.
    pub(super) fn flush(&self) -> bool {
        let (done, when) = channel();
        self.order(Order::Flush(done));
        // An error means that the worker is gone; then there is nothing to wait for.
        when.recv().unwrap_or(false)
    }

    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether this is safe in the file; `trail` counts how often the trail was touched by itself.
    pub(super) fn state(&self, workspace: &Arc<Workspace>, trail: u64) -> SaveState {
        if !self.saving.is_empty() {
            return SaveState::Saving;
        }
        if let Some(error) = &self.failed {
            return SaveState::Failed(Arc::clone(error));
        }
        let known = self.takings.known();
        match &known.saved {
            Some((saved, at))
                if trail == known.trail && (Arc::ptr_eq(saved, workspace) || saved == workspace) =>
            {
                SaveState::Saved(*at)
            }
            _ if self.path.is_some() => SaveState::Unsaved,
            _ => SaveState::NoFile,
        }
    }

    /// For how long the saves under way have been going on; `None` where there is none.
    pub(super) fn saving_for(&self) -> Option<Duration> {
        self.saving.front().map(|saving| saving.since.elapsed())
    }

    /// Saves to the file it has; nothing without one, and nothing where this very state is on its way there already.
    /// `overwrite` keeps mine whatever the file holds now.
    pub(super) fn save(&mut self, held: Held, overwrite: bool) {
        let is_on_its_way = self.saving.back().is_some_and(|last| {
            last.is_sealed_so && last.to == To::Own && !overwrite && last.held.is_the_same_as(&held)
        });
        if self.path.is_none() {
            return;
        }
        // A share that holds up a save would hold up this, and with it the window.
        if self.saving.is_empty() {
            self.ask_again();
        }
        if is_on_its_way {
            return;
        }
        self.start(held, if overwrite { To::OverTheirs } else { To::Own });
    }

    /// Saves to another file, which becomes its own.
    pub(super) fn save_as(&mut self, path: &Path, held: Held) {
        self.start(held, To::File(path.to_owned()));
    }

    pub(super) fn save_beside(&mut self, held: Held) {
        if self.path.is_some() {
            self.start(held, To::Beside);
        }
    }

    fn start(&mut self, held: Held, to: To) {
        self.failed = None;
        let level = self.takings.level();
        let number = level.number;
        let since = Instant::now();
        let saving = Saving { since, held: held.clone(), to: to.clone(), level, is_sealed_so: true };
        self.saving.push_back(saving);
        // The keeper first: it must know of a save before that can end.
        self.order(Order::Saving);
        self.give(Task::Save { held, to, level: number });
    }

    /// Takes in what the worker has done.
    pub(super) fn poll(&mut self) {
        while let Ok(report) = self.reports.try_recv() {
            self.take(report);
        }
    }

    /// Waits until nothing is being saved.
    pub(super) fn finish(&mut self) {
        while !self.saving.is_empty() {
            match self.reports.recv() {
                Ok(report) => self.take(report),
                Err(_) => self.saving.clear(),
            }
        }
        self.poll();
    }

    pub(super) fn notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// Forgets the journal: the user has saved, or wants none of it. It stays where a save that is still under way turns
    /// out to fail.
    pub(super) fn forget(&mut self) {
        self.give(Task::Forget { heard: self.heard });
    }

    /// Ends what is kept, without waiting for a save that is under way.
    pub(super) fn close(mut self) -> Closing {
        self.poll();
        if self.saving.is_empty() {
            // The journal alone is soon done, and whoever looks for unsaved work next finds no trace of it.
            return Closing::done();
        }
        let wake = Arc::clone(&self.wake);
        Closing::of(self, wake)
    }

    fn take(&mut self, report: Report) {
        match report {
            Report::Notice(words) => self.notices.push(words),
            Report::Journal(kept) => self.unkept = kept.err(),
            Report::Saved(result) => {
                self.heard += 1;
                // invariant: each save is answered once, in the order asked.
                let Some(saving) = self.saving.pop_front() else { return };
                match result {
                    Ok((path, done)) => self.take_saved(saving, path, done),
                    Err(error) => self.take_failure(error),
                }
            }
        }
    }

    fn take_saved(&mut self, Saving { held, level, .. }: Saving, path: PathBuf, done: Saved) {
        self.failed = None;
        self.read_only = false;
        let moved = self.path.as_ref() != Some(&path);
        let known = Known {
            fingerprint: Some(done.fingerprint),
            trail: held.trail.touched(),
            saved: Some((held.workspace, Timestamp::now())),
        };
        self.takings.wrote(&level, &known, !moved);
        self.path = Some(path);
        if moved {
            let who = std::mem::take(&mut self.who);
            self.lock(&who);
        } else if self.saving.is_empty() {
            // Whoever had it open may have closed it while this went on.
            self.ask_again();
        }
        if done.warning != self.warned {
            self.notices.extend(done.warning.clone());
            self.warned = done.warning;
        }
    }

    fn take_failure(&mut self, error: SaveError) {
        // A save behind it may work, and may go elsewhere; of a file that somebody else has changed it says the same.
        if !self.saving.is_empty() && !matches!(error, SaveError::ChangedOutside { .. }) {
            self.notices.push(error.to_string());
        }
        self.failed = Some(Arc::new(error));
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The keeper lives as long as this does; should it have died, the save state never turns to saved.
            let _ = orders.send(order);
        }
    }

    fn give(&self, task: Task) {
        if let Some(tasks) = &self.tasks
            && tasks.send(task).is_err()
        {
            self.order(Order::NoMoreSaves);
        }
    }

    /// A failed save that has been dealt with is no longer shown.
    pub(super) fn dismiss_failure(&mut self) {
        self.failed = None;
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.tasks = None;
        self.orders = None;
        for worker in self.workers.drain(..) {
            // What the workers still hold must reach the disk before the lock goes.
            let _ = worker.join();
        }
    }
}

/// When a file was written that has just been read.
fn written_at(path: &Path) -> Timestamp {
    sealed::written_at(path).unwrap_or_else(Timestamp::now)
}

/// A time of day as people read it, "14:02".
#[must_use]
pub fn clock_time(at: Timestamp) -> String {
    time(at.to_zoned(jiff::tz::TimeZone::system()).time())
}
