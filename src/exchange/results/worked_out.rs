//! All that results are told from, worked out for one workspace.

use super::Results;
use crate::{
    analysis::{
        Analysis, Undefined,
        balance::robustness::{
            self, Draws, Robustness,
            better_information::{BetterInformation, better_information},
            by_weights::{ByWeights, by_weights},
        },
        course::Course,
    },
    model::Workspace,
};

/// The analysis of a workspace and what its draws give.
#[derive(Debug)]
pub struct WorkedOut<'a> {
    workspace: &'a Workspace,
    analysis: Analysis,
    robustness: Result<Robustness, Undefined>,
    by_weights: Option<ByWeights>,
    better_information: Result<BetterInformation, Undefined>,
}

impl<'a> WorkedOut<'a> {
    /// Works it out, with these draws; `None` when it was stopped before its end.
    #[must_use]
    pub fn of(workspace: &'a Workspace, draws: Draws, course: &Course) -> Option<Self> {
        let analysis = Analysis::of(workspace);
        let robustness = robustness::run(workspace, draws, course).transpose();
        let by_weights = by_weights(workspace, draws, course);
        let better_information = better_information(workspace, draws, course).transpose();
        if course.is_stopped() {
            return None;
        }
        Some(Self {
            workspace,
            analysis,
            robustness: robustness?,
            by_weights,
            better_information: better_information?,
        })
    }

    /// The results at this revision.
    #[must_use]
    pub fn results(&self, revision: u64) -> Results<'_> {
        Results {
            workspace: self.workspace,
            revision,
            analysis: &self.analysis,
            robustness: self.robustness.as_ref().map_err(|why| *why),
            by_weights: self.by_weights.as_ref(),
            better_information: Some(self.better_information.as_ref().map_err(|why| *why)),
        }
    }
}
