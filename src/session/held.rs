//! What is kept of an open workspace, handed from the window to the worker.

use std::sync::Arc;

use super::trail::SessionTrail;
use crate::{file::format::Document, model::Workspace};

/// What is kept of an open workspace.
#[derive(Clone)]
pub(super) struct Held {
    pub workspace: Arc<Workspace>,
    pub revision: u64,
    pub trail: SessionTrail,
}

impl Held {
    /// Whether a file would hold the same of both. It may say no where it would.
    pub fn is_the_same_as(&self, other: &Self) -> bool {
        let counts = |held: &Self| (held.revision, held.trail.touched());
        Arc::ptr_eq(&self.workspace, &other.workspace) && counts(self) == counts(other)
    }

    /// As a file holds it. Steps that have not been put in words yet are now, which can take a while.
    pub fn document(&self) -> Document {
        Document {
            revision: self.revision,
            workspace: (*self.workspace).clone(),
            history: self.trail.written(),
        }
    }
}
