//! Reading the other workspace and finding what both were made of: on a thread of its own.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::Joined;
use crate::{
    file::{
        merge::{Ancestor, Sided, ancestors_on},
        save::{self, OpenError, Opened},
        seal::Key,
        sealed::Sealed,
        storage::{Disk, Storage},
    },
    model::{Workspace, merge::Merge},
    session::{Session, Wake},
    ui::dialogs::background::{Background, Progress},
};

/// What was found.
#[derive(Debug)]
pub enum Begun {
    Joined(Box<Joined>),
    /// The other workspace was read, and what both were made of is for the user to say.
    WhichBase(Box<Parted>),
    Unreadable(OpenError),
}

/// Two workspaces of which it is not known what they were made of.
#[derive(Debug)]
pub struct Parted {
    pub ours: Arc<Workspace>,
    pub theirs: Opened,
    pub possible: Vec<Ancestor>,
    is_own_file: bool,
    who: String,
}

impl Parted {
    /// The two beside what both were made of; `None` where nobody knows.
    #[must_use]
    pub fn joined(self, base: Option<(&Workspace, Option<Timestamp>)>) -> Joined {
        let merge = match base {
            Some((base, _)) => Merge::of(base, &self.ours, &self.theirs.document.workspace),
            None => Merge::without_base(&self.ours, &self.theirs.document.workspace),
        };
        let written = std::fs::metadata(&self.theirs.path).and_then(|data| data.modified()).ok();
        Joined {
            merge: Arc::new(merge),
            ours: self.ours,
            theirs_at: written.and_then(|time| Timestamp::try_from(time).ok()),
            theirs: Box::new(self.theirs),
            is_own_file: self.is_own_file,
            who: self.who,
            base_at: base.and_then(|(_, at)| at),
        }
    }
}

/// The reading, while it goes on.
#[derive(Debug)]
pub struct Preparing(Background<Begun>);

impl Preparing {
    /// Begins to read the workspace in this file beside the one that is open.
    #[must_use]
    pub fn begin(session: &Session, path: PathBuf, wake: &Wake) -> Self {
        let ours = Arc::clone(session.workspace());
        let own = session.path().map(std::path::Path::to_owned);
        let last = session.last_held().map(|(workspace, at)| (Arc::clone(workspace), at));
        let who = session.other().unwrap_or_default().to_owned();
        let disk = disk(session.key());
        Self(Background::begin(wake, move || read(&*disk, ours, own, path, last, who)))
    }

    /// Begins to compare the two with the workspace in this file, which both were made of.
    #[must_use]
    pub fn with_base(parted: Box<Parted>, base: PathBuf, wake: &Wake) -> Self {
        Self(Background::begin(wake, move || match save::open(&base) {
            Ok(opened) => Begun::Joined(Box::new(parted.joined(Some((&opened.document.workspace, None))))),
            Err(error) => Begun::Unreadable(error),
        }))
    }

    /// Begins to compare the two with one of the states that were found, or with none.
    #[must_use]
    pub fn with_ancestor(mut parted: Box<Parted>, which: Option<usize>, wake: &Wake) -> Self {
        Self(Background::begin(wake, move || {
            let base =
                which.filter(|&at| at < parted.possible.len()).map(|at| parted.possible.swap_remove(at));
            Begun::Joined(Box::new(parted.joined(base.as_ref().map(|base| (&base.workspace, base.saved)))))
        }))
    }

    /// What was found, once.
    pub fn take(&self) -> Option<Result<Begun, &'static str>> {
        match self.0.poll() {
            Progress::UnderWay => None,
            Progress::Done(begun) => Some(Ok(begun)),
            Progress::BrokenOff => Some(Err("The two workspaces could not be compared. Try again.")),
        }
    }
}

/// The disk as the workspace that is open is kept on it.
fn disk(key: Option<&Key>) -> Arc<dyn Storage> {
    let disk: Arc<dyn Storage> = Arc::new(Disk);
    match key {
        Some(key) => Arc::new(Sealed::new(disk, key.clone())),
        None => disk,
    }
}

fn read(
    disk: &dyn Storage,
    ours: Arc<Workspace>,
    own: Option<PathBuf>,
    path: PathBuf,
    last: Option<(Arc<Workspace>, Option<Timestamp>)>,
    who: String,
) -> Begun {
    let theirs = match save::open_from(disk, &path) {
        Ok(theirs) => theirs,
        Err(error) => return Begun::Unreadable(error),
    };
    let is_own_file = own.as_ref() == Some(&path);
    let last = last.as_ref().map(|(workspace, at)| (&**workspace, *at));
    let who = if is_own_file { who } else { String::new() };
    let mut parted = Parted { ours, theirs, possible: Vec::new(), is_own_file, who };
    if is_own_file && last.is_some() {
        return Begun::Joined(Box::new(parted.joined(last)));
    }
    let ours = Sided { path: own.as_deref(), workspace: &parted.ours };
    let theirs = Sided { path: Some(&path), workspace: &parted.theirs.document.workspace };
    let found = ancestors_on(disk, ours, theirs, last);
    match found.certain {
        Some(base) => Begun::Joined(Box::new(parted.joined(Some((&base.workspace, base.saved))))),
        None => {
            parted.possible = found.possible;
            Begun::WhichBase(Box::new(parted))
        }
    }
}
