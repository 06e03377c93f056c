//! Reading the other workspace and finding what both were made of: on a thread of its own.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::Joined;
use crate::{
    file::{
        merge::{Ancestor, Sided, ancestors_of},
        save::{OpenError, Opened},
        seal::Key,
        sealed,
    },
    model::{
        Workspace,
        merge::{Merge, are_unlike},
    },
    session::{Session, Wake},
    ui::dialogs::background::{Background, Progress},
};

/// What was found.
#[derive(Debug)]
pub enum Begun {
    Joined(Box<Joined>),
    /// The other workspace was read, and what both were made of is for the user to say.
    WhichBase(Box<Parted>),
    /// The other workspace in this file is sealed with a passphrase that has not been given.
    Locked(PathBuf),
    /// The same of what both were made of.
    LockedBase(Box<Parted>, PathBuf),
    Unreadable(PathBuf, OpenError),
    /// The same of what both were made of.
    UnreadableBase(Box<Parted>, PathBuf, OpenError),
}

/// Two workspaces of which it is not known what they were made of.
#[derive(Debug)]
pub struct Parted {
    pub ours: Arc<Workspace>,
    pub theirs: Opened,
    /// What the other file is sealed with, if it is.
    theirs_key: Option<Key>,
    pub possible: Vec<Ancestor>,
    pub is_own_file: bool,
    who: String,
    /// Whether they share next to nothing, and whether it has been said that they are meant all the same.
    pub is_unlike: bool,
    pub is_meant: bool,
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
            theirs_key: self.theirs_key,
            is_own_file: self.is_own_file,
            who: self.who,
            base_at: base.and_then(|(_, at)| at),
            is_meant: self.is_meant,
        }
    }
}

/// The reading, while it goes on.
#[derive(Debug)]
pub struct Preparing(Background<Begun>);

impl Preparing {
    /// Begins to read the workspace in this file beside the one that is open. Sealed files are opened with its passphrase
    /// or with those that have been given for others.
    #[must_use]
    pub fn begin(session: &Session, path: PathBuf, given: &[Key], wake: &Wake) -> Self {
        let asked = Asked {
            ours: Arc::clone(session.workspace()),
            own: session.path().map(std::path::Path::to_owned),
            own_key: session.key().cloned(),
            keys: session.key().into_iter().chain(given).cloned().collect(),
            path,
            last: session.last_held().map(|(workspace, at)| (Arc::clone(workspace), at)),
            who: session.other().unwrap_or_default().to_owned(),
        };
        Self(Background::begin(wake, move || asked.read()))
    }

    /// Begins to compare the two with the workspace in this file, which both were made of.
    #[must_use]
    pub fn with_base(parted: Box<Parted>, base: PathBuf, keys: Vec<Key>, wake: &Wake) -> Self {
        Self(Background::begin(wake, move || match sealed::open_with_one_of(&base, &keys) {
            Ok((opened, _)) => {
                Begun::Joined(Box::new(parted.joined(Some((&opened.document.workspace, None)))))
            }
            Err(OpenError::Sealed { .. }) => Begun::LockedBase(parted, base),
            Err(error) => Begun::UnreadableBase(parted, base, error),
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

/// What is read, and what is known beforehand.
struct Asked {
    ours: Arc<Workspace>,
    own: Option<PathBuf>,
    own_key: Option<Key>,
    /// What sealed files are tried with.
    keys: Vec<Key>,
    path: PathBuf,
    last: Option<(Arc<Workspace>, Option<Timestamp>)>,
    who: String,
}

impl Asked {
    fn read(self) -> Begun {
        let Self { ours, own, own_key, keys, path, last, who } = self;
        let (theirs, theirs_key) = match sealed::open_with_one_of(&path, &keys) {
            Ok(opened) => opened,
            Err(OpenError::Sealed { .. }) => return Begun::Locked(path),
            Err(error) => return Begun::Unreadable(path, error),
        };
        let is_own_file = own.as_ref() == Some(&path);
        let is_same = *ours == theirs.document.workspace;
        let last = last.as_ref().map(|(workspace, at)| (&**workspace, *at));
        let who = if is_own_file { who } else { String::new() };
        let is_unlike = are_unlike(&ours, &theirs.document.workspace);
        let possible = Vec::new();
        let mut parted =
            Parted { ours, theirs, theirs_key, possible, is_own_file, who, is_unlike, is_meant: false };
        if is_own_file && last.is_some() {
            return Begun::Joined(Box::new(parted.joined(last)));
        }
        if is_same {
            // Whatever both were made of, nothing is to be asked.
            let both = Arc::clone(&parted.ours);
            return Begun::Joined(Box::new(parted.joined(Some((&both, None)))));
        }
        let (own_disk, their_disk) =
            (sealed::disk(own_key.as_ref()), sealed::disk(parted.theirs_key.as_ref()));
        let ours = Sided { path: own.as_deref(), workspace: &parted.ours, disk: &*own_disk };
        let workspace = &parted.theirs.document.workspace;
        let found = ancestors_of(ours, Sided { path: Some(&path), workspace, disk: &*their_disk }, last);
        match found.certain {
            Some(base) => Begun::Joined(Box::new(parted.joined(Some((&base.workspace, base.saved))))),
            None => {
                parted.possible = found.possible;
                Begun::WhichBase(Box::new(parted))
            }
        }
    }
}
