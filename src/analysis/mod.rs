//! What follows from a workspace: pure functions, the same to the last bit on every machine.
//!
//! Nothing here draws, reads files, asks the clock or starts a thread of its own.

pub mod balance;
pub mod course;
pub mod decision;
pub mod distributions;
pub mod explain;
pub mod random;
pub mod reach;
pub mod standing;
pub mod trail;
pub mod voices;

use std::sync::Arc;

use crate::model::Workspace;
use balance::{performance::Performance, weights::in_force_by};
use voices::Said;

/// Everything cheap enough to be computed again at each edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    pub balance: balance::BalanceResult,
    pub voices: Arc<voices::VoicesAnalysis>,
    pub reach: Arc<reach::ReachResult>,
}

impl Analysis {
    /// Computes every cheap result.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        Self::with(workspace, reach::analyse(workspace))
    }

    /// The same without what a caseload tells, where it takes long to judge that; see [`reach::is_dear`].
    #[must_use]
    pub fn at_once(workspace: &Workspace) -> Self {
        Self::with(workspace, reach::analyse_at_once(workspace))
    }

    /// The same with what a caseload tells, judged meanwhile.
    #[must_use]
    pub fn with_caseload(&self, caseload: Option<Arc<reach::caseload::Assessment>>) -> Self {
        Self { reach: Arc::new(reach::ReachResult { caseload, ..(*self.reach).clone() }), ..self.clone() }
    }

    fn with(workspace: &Workspace, reach: reach::ReachResult) -> Self {
        let performance = Arc::new(Performance::of(workspace));
        let said = Arc::new(Said::of(workspace));
        let in_force = in_force_by(workspace, || said.combined_swings.clone());
        Self {
            voices: Arc::new(voices::VoicesAnalysis::new(said, Arc::clone(&performance))),
            reach: Arc::new(reach),
            balance: balance::weigh(workspace, performance, in_force),
        }
    }

    /// The results of `after`, which came from `before` by an edit, taking over from these, the results of `before`, what
    /// the edit cannot have touched: a drag of a weight weighs the options anew and leaves everything else.
    #[must_use]
    pub fn following(&self, before: &Workspace, after: &Workspace) -> Self {
        let same_scores = Performance::is_shared(before, after);
        let performance = if same_scores {
            Arc::clone(&self.balance.performance)
        } else {
            Arc::new(Performance::of(after))
        };
        let same_voices = Said::is_shared(before, after);
        let voices = if same_scores && same_voices {
            Arc::clone(&self.voices)
        } else {
            let said = if same_voices { Arc::clone(self.voices.said()) } else { Arc::new(Said::of(after)) };
            Arc::new(voices::VoicesAnalysis::new(said, Arc::clone(&performance)))
        };
        let reach = if before.question == after.question && before.reach == after.reach {
            Arc::clone(&self.reach)
        } else {
            Arc::new(reach::analyse_following(after, (before, &self.reach)))
        };
        let in_force = in_force_by(after, || voices.said().combined_swings.clone());
        Self { voices, reach, balance: balance::weigh(after, performance, in_force) }
    }
}

/// Why a figure is not defined, in a short sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undefined(pub &'static str);

/// A figure, or why there is none.
pub type Figure = Result<f64, Undefined>;
