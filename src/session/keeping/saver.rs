//! The worker that saves, one save after the other. It has a thread of its own: a share that has gone to sleep can hold a
//! save up for minutes, and the journal must not wait for it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, Sender},
    },
};

use super::{keeper::Order, taking::Levels};
use crate::{
    file::{
        format::Document,
        save::{self, Fingerprint, SaveError, Saved},
        storage::{Disk, Storage},
    },
    session::held::Held,
};

/// What the saver is to do, in the order asked.
pub(super) enum Task {
    /// From now on save on this disk.
    KeepOn(Arc<dyn Storage>),
    /// The workspace belongs to this file, which held this when it was read last.
    Belongs { path: PathBuf, fingerprint: Option<Fingerprint> },
    /// Somebody else has saved this in the file, and at this level it was taken in, or what was there was as theirs.
    Theirs { path: PathBuf, fingerprint: Fingerprint, level: usize, is_taken_in: bool },
    /// A state of this level. Each is answered by one [`Order::Ended`]; the keeper has been told of it before by
    /// [`Order::Saving`].
    Save { held: Held, to: To, level: usize },
    /// Hand this on to the keeper once every save before it has ended: what they could not save must not be forgotten.
    Forget { heard: u64 },
}

/// Where a save goes. Which file is its own, and what it holds, is known to the saver alone: an earlier save may be under
/// way when a later one is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum To {
    Own,
    /// To its own file whatever that holds now.
    OverTheirs,
    /// To another file, which becomes its own.
    File(PathBuf),
    /// To a new file beside its own, which becomes its own.
    Beside,
}

/// A save that has worked.
pub(super) struct Written {
    pub held: Held,
    /// The same as the file holds it.
    pub document: Document,
    pub path: PathBuf,
    pub done: Saved,
}

pub(super) struct Saver {
    storage: Arc<dyn Storage>,
    /// The file that the workspace belongs to, and what it held when it was read or written here last, where that is
    /// known, for a state of each level.
    own: Option<(PathBuf, Levels<Option<Fingerprint>>)>,
    keeper: Sender<Order>,
}

impl Saver {
    pub(super) fn new(keeper: Sender<Order>) -> Self {
        Self { storage: Arc::new(Disk), own: None, keeper }
    }

    /// Carries out tasks until nobody can give any more.
    pub(super) fn work(mut self, tasks: &Receiver<Task>) {
        while let Ok(task) = tasks.recv() {
            match task {
                Task::KeepOn(storage) => self.storage = storage,
                Task::Belongs { path, fingerprint } => self.own = Some((path, Levels::new(fingerprint))),
                Task::Theirs { path, fingerprint, level, is_taken_in } => {
                    self.take_in((path, fingerprint), level, is_taken_in);
                }
                Task::Save { held, to, level } => {
                    // A save that breaks off leaves a file that is wholly the old or wholly the new one, as a kill does.
                    let tried = held.clone();
                    let save = catch_unwind(AssertUnwindSafe(|| self.save(held, to.clone(), level)));
                    let result = save.unwrap_or_else(|_| Err(self.broken_off(&tried, to, level)));
                    self.tell(Order::Ended(result.map(Box::new)));
                }
                Task::Forget { heard } => self.tell(Order::Forget { heard }),
            }
        }
    }

    fn take_in(&mut self, (path, theirs): (PathBuf, Fingerprint), level: usize, is_taken_in: bool) {
        let Some((own, known)) = &mut self.own else { return };
        // A save before this may have made another file its own, which holds nothing of theirs.
        let theirs = if *own == path { Some(theirs) } else { *known.at(level) };
        if is_taken_in {
            known.takes_in(level, theirs);
        } else {
            known.wrote(level, &theirs);
        }
    }

    fn save(&mut self, held: Held, to: To, level: usize) -> Result<Written, SaveError> {
        let document = held.document();
        let (path, done) = self.write(&document, to, level)?;
        let new = Some(done.fingerprint);
        match &mut self.own {
            Some((own, known)) if *own == path => known.wrote(level, &new),
            Some((own, known)) => {
                own.clone_from(&path);
                known.moved(&new);
            }
            None => self.own = Some((path.clone(), Levels::new(new))),
        }
        Ok(Written { held, document, path, done })
    }

    /// What is said of a save that broke off. Where the new file was there by then, that is known to be of here.
    fn broken_off(&mut self, held: &Held, to: To, level: usize) -> SaveError {
        if let Some((path, known)) = &mut self.own
            && let Ok(Ok(there)) = catch_unwind(AssertUnwindSafe(|| save::open_from(&*self.storage, path)))
            && there.document == held.document()
        {
            known.wrote(level, &Some(there.fingerprint));
        }
        let own = self.own.as_ref().map(|(path, _)| path.clone());
        let path = if let To::File(path) = to { Some(path) } else { own };
        let reason = "a part of Evenhand broke off in the middle of it. Save again.".to_owned();
        SaveError::Refused { path: path.unwrap_or_else(|| PathBuf::from("The workspace")), reason }
    }

    fn write(&self, document: &Document, to: To, level: usize) -> Result<(PathBuf, Saved), SaveError> {
        let (path, expected) = match (to, &self.own) {
            (To::File(path), _) => (path, None),
            (To::Own, Some((path, known))) => (path.clone(), *known.at(level)),
            (To::OverTheirs, Some((path, _))) => (path.clone(), None),
            (To::Beside, Some((path, _))) => return save::save_beside_on(&*self.storage, path, document),
            // invariant: only a workspace that has a file is saved to its own.
            (_, None) => {
                let reason = "it is in no file yet. Save it under a name first.".to_owned();
                return Err(SaveError::Refused { path: PathBuf::from("The workspace"), reason });
            }
        };
        save::save_to(&*self.storage, &path, document, expected).map(|done| (path, done))
    }

    fn tell(&self, order: Order) {
        // The keeper outlives this; should it have died, the save state never turns to saved.
        let _ = self.keeper.send(order);
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        // Also where it has died: nobody may wait for ever for saves that will not end.
        self.tell(Order::NoMoreSaves);
    }
}
