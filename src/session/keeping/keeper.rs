//! The worker that keeps the journal of an open workspace, and reports what came of its saves.
//!
//! Saves are made on another thread, see [`super::saver`], and may hang for long. What keeps the two in order:
//! - Of each save this worker is told before the saver is ([`Order::Saving`]), by the one thread that also hands it the
//!   edits. So it knows, of each edit, which saves under way do not hold it, and keeps those beside the journal.
//! - The end of a save comes through here ([`Order::Ended`]), in the order asked: first the journal is made to rest on what
//!   was saved, with what came after that, then the save is reported. Until the new journal is whole the old one stays,
//!   which holds all. A save that failed leaves the journal as it is, and what it rests on.
//! - What is being typed is in no save, so it stays in the journal over each of them until it is entered or given up.
//! - The wish to forget goes by way of the saver, behind all the saves asked before it. Edits come straight here and were
//!   handed over before that wish, so it overtakes neither them nor the end of a save.
//! - What everything is sealed with is told to both. A save under way may still end in the old way, as one that was asked
//!   for before. The journal is begun anew at once, with the work that is in no file, and the old one goes when that is
//!   down; what it is kept on then is not changed by the end of that save, only what it rests on.
//! - To which file the workspace belongs is told to both. A save asked before that says nothing of it when it ends.
//! - The saver ends first; this worker ends when neither the saver nor anybody else can send to it any more.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use super::{gathered::Gathered, saver::Written};
use crate::{
    file::{
        journal::{self, Base, Journal, JournalError, JournalStep, Typing},
        save::{Fingerprint, SaveError, Saved},
        storage::{Disk, Storage},
    },
    session::{Wake, held::Held},
};

/// How long edits may gather before they go to the journal; the promise is two seconds.
const GATHER: Duration = Duration::from_millis(800);

/// What the worker is to do, in the order asked.
pub(super) enum Order {
    /// From now on begin journals on this disk.
    KeepOn(Arc<dyn Storage>),
    /// The workspace belongs to this file, which held this when it was read last.
    Belongs {
        path: PathBuf,
        fingerprint: Option<Fingerprint>,
    },
    /// What somebody else saved in its file was taken in and is undone: it rests on what the file held before that.
    Undone {
        path: PathBuf,
        fingerprint: Option<Fingerprint>,
    },
    /// Begin a journal; one that is there is removed when the new one has been begun. `held` is what it begins from where
    /// nothing has been saved here yet.
    Journal {
        folder: PathBuf,
        held: Held,
        /// Work that the journal before held, put into the new one before that one goes.
        unsaved: Option<(Held, JournalStep)>,
    },
    /// Go on with the journal of work that is recovered.
    GoOn(Box<Journal>),
    Record {
        held: Held,
        steps: Vec<JournalStep>,
    },
    /// What is being typed over this state, and not entered yet.
    Typing {
        held: Held,
        typing: Option<Typing>,
    },
    /// A save is asked for of what has been recorded so far. Each is answered by one [`Report::Saved`].
    Saving,
    /// What came of the first save under way.
    Ended(Result<Box<Written>, SaveError>),
    /// The saves under way will not end: the saver is gone.
    NoMoreSaves,
    /// Put what has been gathered on the disk now, and say when that is done and whether it is there.
    Flush(Sender<bool>),
    /// Remove the journal, unless a save behind the first so many has failed, which nobody has heard of then.
    Forget {
        heard: u64,
    },
}

/// What the worker has done.
pub(super) enum Report {
    /// What came of a save, and where it went; one for each that was asked for, in that order.
    Saved(Result<(PathBuf, Saved), SaveError>),
    Notice(String),
    /// Whether the journal is kept; why not, in a sentence.
    Journal(Result<(), String>),
}

pub(super) struct Keeper {
    storage: Arc<dyn Storage>,
    /// The file that the workspace belongs to.
    own: Option<Own>,
    /// The saves that have not ended yet, in the order asked.
    under_way: VecDeque<UnderWay>,
    /// What is being typed and not entered yet.
    typing: Option<(Held, Option<Typing>)>,
    /// How many saves have been tried.
    saves: u64,
    /// Whether the last of them failed.
    last_failed: bool,
    journal: Option<Journal>,
    /// Whether the last thing to be recorded is in the journal.
    journal_holds_all: bool,
    reporter: Sender<Report>,
    wake: Wake,
}

/// The file that a workspace belongs to.
struct Own {
    path: PathBuf,
    /// What it held when it was read or written here last, where that is known.
    fingerprint: Option<Fingerprint>,
    /// What was saved to it here last.
    held: Option<Held>,
}

/// A save that has not ended yet.
struct UnderWay {
    /// What was recorded since it was asked for, or being typed then, which it does not hold.
    after: Gathered,
    /// Whether it was said since then to which file the workspace belongs.
    is_overtaken: bool,
    /// What the work since then rests on, where what somebody else had saved was undone since then.
    undone_to: Option<Fingerprint>,
}

impl Keeper {
    pub(super) fn new(reporter: Sender<Report>, wake: Wake) -> Self {
        Self {
            storage: Arc::new(Disk),
            own: None,
            under_way: VecDeque::new(),
            typing: None,
            saves: 0,
            last_failed: false,
            journal: None,
            journal_holds_all: false,
            reporter,
            wake,
        }
    }

    /// Carries out orders until nobody can give any more.
    pub(super) fn work(&mut self, orders: &Receiver<Order>) {
        let mut gathered = Gathered::default();
        loop {
            let order = match gathered.since {
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(since) => orders.recv_timeout(GATHER.saturating_sub(since.elapsed())),
            };
            match order {
                Ok(Order::Record { held, steps }) => {
                    self.outlives_saves(&held, &steps);
                    gathered.add(held, steps);
                    gathered.since.get_or_insert_with(Instant::now);
                }
                Ok(Order::Typing { held, typing }) => {
                    let typing = Some((held, typing));
                    for save in &mut self.under_way {
                        save.after.typing.clone_from(&typing);
                    }
                    self.typing.clone_from(&typing);
                    gathered.typing = typing;
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

    /// Keeps an edit beside the journal for the saves under way, which do not hold it.
    fn outlives_saves(&mut self, held: &Held, steps: &[JournalStep]) {
        // It has taken the place of what was typed.
        self.typing = None;
        for save in &mut self.under_way {
            save.after.add(held.clone(), steps.to_vec());
        }
    }

    fn record(&mut self, gathered: Gathered) {
        if let Some((held, _)) = gathered.records.last() {
            // What cannot be put into words is kept all the same.
            let _ = catch_unwind(AssertUnwindSafe(|| held.trail.put_in_words()));
            // A page of the trail may wait for the words.
            (self.wake)();
        }
        let Some(journal) = &self.journal else { return };
        let mut result = Ok(());
        for (held, steps) in &gathered.records {
            // What could not be put down is put down with what comes next.
            result = unbroken(journal.file(), || journal.record(&held.document(), steps));
        }
        if let (Ok(()), Some((held, typing))) = (&result, &gathered.typing) {
            result = unbroken(journal.file(), || journal.record_typing(&held.document(), typing.as_ref()));
        }
        if !gathered.records.is_empty() {
            self.journal_holds_all = result.is_ok();
        }
        self.report(Report::Journal(result.as_ref().map_err(ToString::to_string).copied()));
        if let Err(error) = result {
            self.report(Report::Notice(error.to_string()));
        }
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::KeepOn(storage) => self.storage = storage,
            Order::Belongs { path, fingerprint } => self.belongs(path, fingerprint),
            Order::Undone { path, fingerprint } => {
                self.under_way.iter_mut().for_each(|save| save.undone_to = fingerprint);
                self.rest_below(&path, fingerprint);
                self.belongs(path, fingerprint);
            }
            Order::Journal { folder, held, unsaved } => self.begin_journal(&folder, &held, unsaved),
            Order::Saving => {
                let after = Gathered { typing: self.typing.clone(), ..Gathered::default() };
                self.under_way.push_back(UnderWay { after, is_overtaken: false, undone_to: None });
            }
            Order::Ended(result) => self.end(result),
            Order::NoMoreSaves => {
                while !self.under_way.is_empty() {
                    let reason =
                        "a part of Evenhand has broken off. Close it and start it again: what is not \
                                  saved is offered then."
                            .to_owned();
                    let path = PathBuf::from("The workspace");
                    self.end(Err(SaveError::Refused { path, reason }));
                }
            }
            Order::Forget { heard } => self.forget(heard),
            // Whoever waited may have gone; the work is on the disk all the same.
            Order::Flush(done) => drop(done.send(self.journal_holds_all)),
            Order::GoOn(journal) => {
                self.journal_holds_all = true;
                let old = self.journal.replace(*journal);
                self.let_go(old);
            }
            Order::Record { .. } | Order::Typing { .. } => {}
        }
    }

    fn belongs(&mut self, path: PathBuf, fingerprint: Option<Fingerprint>) {
        self.own = Some(Own { path, fingerprint, held: None });
        self.under_way.iter_mut().for_each(|save| save.is_overtaken = true);
    }

    /// Has the journal say that something of somebody else's was undone: a recovery must not write over it unasked.
    fn rest_below(&self, path: &Path, before: Option<Fingerprint>) {
        if let (Some(journal), Some(before)) = (&self.journal, before)
            && let Err(error) = unbroken(journal.file(), || journal.rests_on(path, before))
        {
            self.report(Report::Notice(error.to_string()));
        }
    }

    fn begin_journal(&mut self, folder: &Path, held: &Held, unsaved: Option<(Held, JournalStep)>) {
        let own = self.own.as_ref();
        let held = own.and_then(|own| own.held.as_ref()).unwrap_or(held);
        let base = Base {
            document: held.document(),
            path: own.map(|own| own.path.clone()),
            saved: own.and_then(|own| own.fingerprint),
        };
        let begun = unbroken(folder, || Journal::begin_on(Arc::clone(&self.storage), folder, base));
        let begun = begun.map_err(|error| {
            self.report(Report::Journal(Err(error.to_string())));
            self.report(Report::Notice(error.to_string()));
        });
        let old = std::mem::replace(&mut self.journal, begun.ok());
        if let Some((held, step)) = unsaved {
            let steps = vec![step];
            self.outlives_saves(&held, &steps);
            let mut all = Gathered::default();
            all.add(held, steps);
            self.record(all);
        }
        self.let_go(old);
    }

    fn let_go(&self, old: Option<Journal>) {
        // Also where no new one could be begun: what was kept in plain of a workspace that is sealed now must not stay.
        if let Some(Err(error)) = old.map(|old| unbroken(old.file(), || old.clear())) {
            self.report(Report::Notice(error.to_string()));
        }
    }

    fn end(&mut self, result: Result<Box<Written>, SaveError>) {
        // invariant: each save under way ends once, in the order asked.
        let Some(UnderWay { after, is_overtaken, undone_to }) = self.under_way.pop_front() else { return };
        self.saves += 1;
        self.last_failed = result.is_err();
        let result = result.map(|written| {
            let Written { held, document, path, done } = *written;
            let saved = Some(done.fingerprint);
            if !is_overtaken {
                self.own = Some(Own { path: path.clone(), fingerprint: saved, held: Some(held) });
            }
            self.rest_on(Base { document, path: Some(path.clone()), saved }, after);
            self.rest_below(&path, undone_to);
            (path, done)
        });
        self.report(Report::Saved(result));
    }

    /// Leaves in the journal only what came after this was saved.
    fn rest_on(&mut self, saved: Base, after: Gathered) {
        let Some(journal) = &self.journal else { return };
        let typing = after.typing.and_then(|(_, typing)| typing);
        let is_empty = after.records.is_empty() && typing.is_none();
        let records = after.records.into_iter().map(|(held, steps)| (held.document(), steps));
        let result = unbroken(journal.file(), || match is_empty {
            true => journal.saved(saved),
            false => journal.saved_before(saved, records, typing),
        });
        match result {
            Ok(()) if is_empty => {}
            Ok(()) => {
                self.journal_holds_all = true;
                self.report(Report::Journal(Ok(())));
            }
            Err(error) => self.report(Report::Notice(error.to_string())),
        }
    }

    fn forget(&mut self, heard: u64) {
        let Some(journal) = self.journal.take() else { return };
        // Of this failure nobody has been told: dropped, the journal is there to be recovered.
        if self.last_failed && self.saves > heard {
            return;
        }
        if let Err(error) = unbroken(journal.file(), || journal.clear()) {
            self.report(Report::Notice(error.to_string()));
        }
    }

    fn report(&self, report: Report) {
        // Nobody listens once the session is closed.
        let _ = self.reporter.send(report);
        (self.wake)();
    }
}

/// Does something with a journal. Where that breaks off it is as with a disk that refuses: it is told, and the saves under
/// way, which are reported from here, go on.
fn unbroken<T>(path: &Path, work: impl FnOnce() -> Result<T, JournalError>) -> Result<T, JournalError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let reason = "a part of Evenhand broke off in the middle of it.".to_owned();
        Err(JournalError { path: path.to_owned(), task: journal::Task::Keep, reason })
    })
}
