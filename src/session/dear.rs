//! The dear analysis, a job each. The robustness run follows every edit. Everything else runs only while a page that
//! shows it asks each frame, by a `Session::ask_…` that begins nothing before the robustness run is up with the workspace
//! ([`Dear::is_settled`]) and gives the [`Answer`] as it stands; a `poll` here and a `finish` complete it.

use std::sync::Arc;

use super::{
    Wake,
    job::{Answer, Job},
};
use crate::{
    analysis::balance::robustness::{Draws, Robustness, run},
    model::Workspace,
};

/// The dear results of one session. Each is told apart by the revision it belongs to.
pub(super) struct Dear {
    robustness: Job<u64, Robustness>,
}

impl Dear {
    pub(super) fn new(wake: &Wake) -> Self {
        Self { robustness: Job::new(Arc::clone(wake)) }
    }

    /// Takes in what has finished and keeps the robustness run up with the workspace.
    pub(super) fn poll(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        self.robustness.poll();
        self.follow(workspace, revision);
    }

    /// Asks for the robustness of this revision.
    pub(super) fn follow(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        let workspace = Arc::clone(workspace);
        self.robustness
            .ask(&revision, move |course, _| run(&workspace, Draws::asked_for(&workspace), course));
    }

    /// Waits for everything that was asked for.
    pub(super) fn finish(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        self.robustness.finish();
        while self.robustness(revision).is_updating {
            self.follow(workspace, revision);
            self.robustness.finish();
        }
    }

    pub(super) fn robustness(&self, revision: u64) -> Answer<'_, Robustness> {
        self.robustness.answer(&revision)
    }

    /// Whether nothing that follows every edit is on its way, so that what a page asks for may begin.
    pub(super) fn is_settled(&self, revision: u64) -> bool {
        !self.robustness(revision).is_updating
    }

    pub(super) fn stop_robustness(&mut self) {
        self.robustness.stop();
    }

    pub(super) fn resume_robustness(&mut self) {
        self.robustness.resume();
    }
}
