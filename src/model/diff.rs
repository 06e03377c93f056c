//! What differs between two workspaces, by stable id.
//!
//! The one mechanism behind undo steps in words, the audit trail, recovery and outside changes. [`changes`] finds the
//! differences, [`apply`] makes them to a workspace, [`Change::describe`] puts them in words.
//!
//! Things in a list are known by their id (a score by factor and option, terms by option), never by position, so that a
//! thing that is moved or renamed is the same thing. Everything else is compared field by field; what has no parts that
//! anybody would change alone – a score with its low, likely and high, a scale, a list of names – is one value.

mod apart;
mod apply;
mod compare;
mod describe;
mod order;
mod places;
mod things;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use apart::{apart, around, differing};
pub(super) use apply::key_of;
pub use apply::{ApplyError, apply};
pub use compare::changes;
pub(super) use compare::{changes_within, is_variant, value_of};
pub use describe::{Described, level_words};
pub(super) use places::rank;
pub(super) use things::Index;

use super::workspace::Room;

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub place: Place,
    /// What stood there, and what stands there now, as the file would hold it; `None` where there is nothing. For a
    /// thing that was moved, its place in the list before and after, counted from 1.
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// For a thing that was added to a list or moved in it: where it stands now. `None` for every other change.
    pub position: Option<Position>,
}

/// Where a thing stands in its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Position {
    First,
    /// Directly behind the thing of this key, which is the last step of its [`Place`].
    Behind(String),
}

/// What sort of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A value is another one now.
    Changed,
    Added,
    Removed,
    /// A thing stands elsewhere in its list.
    Moved,
}

impl Change {
    /// What sort of difference it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (&self.before, &self.after) {
            (None, _) => Kind::Added,
            (_, None) => Kind::Removed,
            _ if self.position.is_some() => Kind::Moved,
            _ => Kind::Changed,
        }
    }
}

/// Where in a workspace: field names and ids from the top down. A score is one step, `factor id/option id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place(pub Vec<String>);

impl Place {
    /// The room that the place is in; `None` for what belongs to the whole workspace.
    #[must_use]
    pub fn room(&self) -> Option<Room> {
        let first = self.0.first()?;
        Room::ALL.into_iter().find(|room| room.name().eq_ignore_ascii_case(first))
    }
}

/// The steps with slashes between, as [`super::check::Problem::place`] writes them.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("/"))
    }
}

#[cfg(test)]
mod tests;
