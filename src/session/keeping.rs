//! Where the workspace is kept: its file, its journal, its lock, and whether all is saved.
//!
//! Files are touched by one worker, in the order asked, so that no frame waits for a disk.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::Wake;
use crate::{
    file::{
        format::Document,
        journal::{Base, Journal, JournalStep},
        lock::{Acquired, Lock},
        save::{self, Fingerprint, SaveError, Saved},
        seal::Key,
        sealed::Sealed,
        storage::{Disk, Storage},
    },
    model::Workspace,
};

/// How long edits may gather before they go to the journal; the promise is two seconds.
const GATHER: Duration = Duration::from_millis(800);

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
    fingerprint: Option<Fingerprint>,
    lock: Option<Lock>,
    /// Who else has the file open, and since when, as far as is known.
    open_elsewhere: Option<String>,
    /// The name that others see in the lock.
    who: String,
    /// Who else has the file open, as far as the lock says.
    other: Option<String>,
    /// What it is sealed with, if it is.
    key: Option<Key>,
    /// Where journals are kept, once one has begun.
    journals: Option<PathBuf>,
    /// What the file holds, if anything.
    saved: Option<(Arc<Workspace>, Timestamp)>,
    /// What the file held when work was recovered that began from it.
    begun_from: Option<Arc<Workspace>>,
    saving: Option<Arc<Workspace>>,
    failed: Option<Arc<SaveError>>,
    orders: Option<Sender<Order>>,
    reports: Receiver<Report>,
    worker: Option<JoinHandle<()>>,
    notices: Vec<String>,
    /// What the last save warned of, which is not said again at each save.
    warned: Option<String>,
}

enum Order {
    /// From now on keep everything on this disk.
    KeepOn(Arc<dyn Storage>),
    /// Begin a journal; one that is there is removed when the new one has been begun.
    Journal {
        folder: PathBuf,
        base: Box<Base>,
    },
    Record {
        workspace: Arc<Workspace>,
        revision: u64,
        steps: Vec<JournalStep>,
    },
    Save {
        path: PathBuf,
        workspace: Arc<Workspace>,
        revision: u64,
        expected: Option<Fingerprint>,
    },
    SaveBeside {
        path: PathBuf,
        workspace: Arc<Workspace>,
        revision: u64,
    },
    /// Put what has been gathered on the disk now, and say when that is done and whether it is there.
    Flush(Sender<bool>),
    Forget,
}

enum Report {
    Saved { path: PathBuf, result: Result<Saved, SaveError> },
    Notice(String),
}

impl Keeping {
    pub(super) fn new(wake: Wake) -> Self {
        let (orders, taken) = channel();
        let (reporter, reports) = channel();
        let worker = std::thread::spawn(move || {
            let storage: Arc<dyn Storage> = Arc::new(Disk);
            Keeper { storage, journal: None, journal_holds_all: false, reporter, wake }.work(&taken)
        });
        Self {
            path: None,
            fingerprint: None,
            lock: None,
            open_elsewhere: None,
            who: String::new(),
            other: None,
            saved: None,
            begun_from: None,
            key: None,
            journals: None,
            saving: None,
            failed: None,
            orders: Some(orders),
            reports,
            worker: Some(worker),
            notices: Vec::new(),
            warned: None,
        }
    }

    /// Says which file holds the workspace already.
    pub(super) fn holds(&mut self, path: &Path, fingerprint: Fingerprint, workspace: &Arc<Workspace>) {
        self.path = Some(path.to_owned());
        self.fingerprint = Some(fingerprint);
        let written = std::fs::metadata(path).and_then(|data| data.modified()).ok();
        let written = written.and_then(|time| Timestamp::try_from(time).ok()).unwrap_or_else(Timestamp::now);
        self.saved = Some((Arc::clone(workspace), written));
    }

    /// Says which file the workspace belongs to, although it holds something older.
    pub(super) fn belongs_to(&mut self, path: &Path, fingerprint: Option<Fingerprint>) {
        self.path = Some(path.to_owned());
        self.fingerprint = fingerprint;
    }

    /// Says what the file held when the work began that is open here.
    pub(super) fn began_from(&mut self, workspace: Arc<Workspace>) {
        self.begun_from = Some(workspace);
    }

    /// What the file held when it was opened or saved here last, and since when.
    pub(super) fn last_held(&self) -> Option<(&Arc<Workspace>, Option<Timestamp>)> {
        let saved = self.saved.as_ref().map(|(workspace, at)| (workspace, Some(*at)));
        saved.or(self.begun_from.as_ref().map(|workspace| (workspace, None)))
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
            Acquired::Unavailable { .. } => {}
        }
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
    /// journal that has begun is begun anew, and what it held so far is removed.
    pub(super) fn seal(&mut self, key: Option<Key>, workspace: &Arc<Workspace>, revision: u64) {
        let disk: Arc<dyn Storage> = Arc::new(Disk);
        let storage = match &key {
            Some(key) => Arc::new(Sealed::new(disk, key.clone())),
            None => disk,
        };
        self.key = key;
        self.order(Order::KeepOn(storage));
        if let Some(folder) = self.journals.clone() {
            self.begin_journal(&folder, workspace, revision);
        }
    }

    /// What it is sealed with, if it is.
    pub(super) fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    pub(super) fn begin_journal(&mut self, folder: &Path, workspace: &Arc<Workspace>, revision: u64) {
        let base = Base {
            document: Document { revision, workspace: (**workspace).clone() },
            path: self.path.clone(),
            saved: self.fingerprint,
        };
        self.journals = Some(folder.to_owned());
        self.order(Order::Journal { folder: folder.to_owned(), base: Box::new(base) });
    }

    pub(super) fn record(&self, workspace: &Arc<Workspace>, revision: u64, steps: Vec<JournalStep>) {
        self.order(Order::Record { workspace: Arc::clone(workspace), revision, steps });
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

    pub(super) fn state(&self, workspace: &Arc<Workspace>) -> SaveState {
        if self.saving.is_some() {
            return SaveState::Saving;
        }
        if let Some(error) = &self.failed {
            return SaveState::Failed(Arc::clone(error));
        }
        match &self.saved {
            Some((saved, at)) if Arc::ptr_eq(saved, workspace) || saved == workspace => SaveState::Saved(*at),
            _ if self.path.is_some() => SaveState::Unsaved,
            _ => SaveState::NoFile,
        }
    }

    /// Saves to the file it has; nothing without one. `overwrite` keeps mine whatever the file holds now.
    pub(super) fn save(&mut self, workspace: &Arc<Workspace>, revision: u64, overwrite: bool) {
        let Some(path) = self.path.clone() else { return };
        let expected = if overwrite { None } else { self.fingerprint };
        self.ask_again();
        self.start(workspace);
        self.order(Order::Save { path, workspace: Arc::clone(workspace), revision, expected });
    }

    /// Saves to another file, which becomes its own.
    pub(super) fn save_as(&mut self, path: &Path, workspace: &Arc<Workspace>, revision: u64) {
        self.start(workspace);
        self.order(Order::Save {
            path: path.to_owned(),
            workspace: Arc::clone(workspace),
            revision,
            expected: None,
        });
    }

    pub(super) fn save_beside(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        let Some(path) = self.path.clone() else { return };
        self.start(workspace);
        self.order(Order::SaveBeside { path, workspace: Arc::clone(workspace), revision });
    }

    fn start(&mut self, workspace: &Arc<Workspace>) {
        self.failed = None;
        self.saving = Some(Arc::clone(workspace));
    }

    /// Takes in what the worker has done.
    pub(super) fn poll(&mut self) {
        while let Ok(report) = self.reports.try_recv() {
            self.take(report);
        }
    }

    /// Waits until nothing is being saved.
    pub(super) fn finish(&mut self) {
        while self.saving.is_some() {
            match self.reports.recv() {
                Ok(report) => self.take(report),
                Err(_) => self.saving = None,
            }
        }
        self.poll();
    }

    pub(super) fn notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// Forgets the journal: the user has saved, or wants none of it.
    pub(super) fn forget(&mut self) {
        self.order(Order::Forget);
    }

    fn take(&mut self, report: Report) {
        match report {
            Report::Notice(words) => self.notices.push(words),
            Report::Saved { path, result: Ok(done) } => {
                if let Some(workspace) = self.saving.take() {
                    self.saved = Some((workspace, Timestamp::now()));
                }
                let moved = self.path.as_ref() != Some(&path);
                self.path = Some(path);
                self.fingerprint = Some(done.fingerprint);
                if moved {
                    let who = std::mem::take(&mut self.who);
                    self.lock(&who);
                }
                if done.warning != self.warned {
                    self.notices.extend(done.warning.clone());
                    self.warned = done.warning;
                }
            }
            Report::Saved { result: Err(error), .. } => {
                self.saving = None;
                self.failed = Some(Arc::new(error));
            }
        }
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The worker lives as long as this does; should it have died, the save state never turns to saved.
            let _ = orders.send(order);
        }
    }

    /// A failed save that has been dealt with is no longer shown.
    pub(super) fn dismiss_failure(&mut self) {
        self.failed = None;
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(worker) = self.worker.take() {
            // What the worker still holds must reach the disk before the program goes.
            let _ = worker.join();
        }
    }
}

/// A time of day as people read it, "14:02".
#[must_use]
pub fn clock_time(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string()
}

struct Keeper {
    storage: Arc<dyn Storage>,
    journal: Option<Journal>,
    /// Whether the last thing to be recorded is in the journal.
    journal_holds_all: bool,
    reporter: Sender<Report>,
    wake: Wake,
}

#[derive(Default)]
struct Gathered {
    latest: Option<(Arc<Workspace>, u64)>,
    steps: Vec<JournalStep>,
    since: Option<Instant>,
}

impl Keeper {
    fn work(&mut self, orders: &Receiver<Order>) {
        let mut gathered = Gathered::default();
        loop {
            let order = match gathered.since {
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(since) => orders.recv_timeout(GATHER.saturating_sub(since.elapsed())),
            };
            match order {
                Ok(Order::Record { workspace, revision, steps }) => {
                    gathered.latest = Some((workspace, revision));
                    gathered.steps.extend(steps);
                    gathered.since.get_or_insert_with(Instant::now);
                }
                Ok(order) => {
                    self.record(std::mem::take(&mut gathered));
                    self.carry_out(order);
                }
                Err(RecvTimeoutError::Timeout) => self.record(std::mem::take(&mut gathered)),
                Err(RecvTimeoutError::Disconnected) => {
                    self.record(gathered);
                    return;
                }
            }
        }
    }

    fn record(&mut self, gathered: Gathered) {
        let (Some(journal), Some((workspace, revision))) = (&self.journal, gathered.latest) else { return };
        let document = Document { revision, workspace: (*workspace).clone() };
        let result = journal.record(&document, &gathered.steps);
        self.journal_holds_all = result.is_ok();
        if let Err(error) = result {
            self.report(Report::Notice(error.to_string()));
        }
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::KeepOn(storage) => self.storage = storage,
            Order::Journal { folder, base } => self.begin_journal(&folder, *base),
            Order::Save { path, workspace, revision, expected } => {
                let document = Document { revision, workspace: (*workspace).clone() };
                let result = save::save_to(&*self.storage, &path, &document, expected);
                self.saved(document, path, result);
            }
            Order::SaveBeside { path, workspace, revision } => {
                let document = Document { revision, workspace: (*workspace).clone() };
                match save::save_beside_on(&*self.storage, &path, &document) {
                    Ok((beside, done)) => self.saved(document, beside, Ok(done)),
                    Err(error) => self.report(Report::Saved { path, result: Err(error) }),
                }
            }
            Order::Forget => {
                if let Some(journal) = self.journal.take()
                    && let Err(error) = journal.clear()
                {
                    self.report(Report::Notice(error.to_string()));
                }
            }
            // Whoever waited may have gone; the work is on the disk all the same.
            Order::Flush(done) => drop(done.send(self.journal_holds_all)),
            Order::Record { .. } => {}
        }
    }

    fn begin_journal(&mut self, folder: &Path, base: Base) {
        let old = self.journal.take();
        match Journal::begin_on(Arc::clone(&self.storage), folder, base) {
            Ok(journal) => self.journal = Some(journal),
            Err(error) => self.report(Report::Notice(error.to_string())),
        }
        // Also where no new one could be begun: what was kept in plain of a workspace that is sealed now must not stay.
        if let Some(Err(error)) = old.map(|old| old.clear()) {
            self.report(Report::Notice(error.to_string()));
        }
    }

    fn saved(&self, document: Document, path: PathBuf, result: Result<Saved, SaveError>) {
        if let (Ok(done), Some(journal)) = (&result, &self.journal) {
            let base = Base { document, path: Some(path.clone()), saved: Some(done.fingerprint) };
            if let Err(error) = journal.saved(base) {
                self.report(Report::Notice(error.to_string()));
            }
        }
        self.report(Report::Saved { path, result });
    }

    fn report(&self, report: Report) {
        // Nobody listens once the session is closed.
        let _ = self.reporter.send(report);
        (self.wake)();
    }
}
