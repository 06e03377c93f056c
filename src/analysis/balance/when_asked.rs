//! What follows from the balance that few pages show: worked out when one of them asks, and then kept, so that a drag
//! elsewhere does not wait for it.

use std::sync::OnceLock;

use super::{
    BalanceResult, ScoreBreakEven, Warning, WeightReversal, matrix::Weighed, sensitivity, warnings,
    weights::SwingsInForce,
};
use crate::model::Workspace;

/// The further results, with what they are worked out from beside the result they belong to.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct WhenAsked {
    /// `None` for the result of nothing.
    from: Option<Box<Grounds>>,
    factors_alone: OnceLock<Vec<sensitivity::FactorReading>>,
    weight_reversals: OnceLock<Vec<WeightReversal>>,
    score_break_evens: OnceLock<Vec<ScoreBreakEven>>,
    warnings: OnceLock<Vec<Warning>>,
}

#[derive(Clone, Debug)]
struct Grounds {
    workspace: Workspace,
    in_force: SwingsInForce,
    weighed: Weighed,
}

impl WhenAsked {
    pub fn new(workspace: &Workspace, in_force: SwingsInForce, weighed: Weighed) -> Self {
        let grounds = Grounds { workspace: workspace.clone(), in_force, weighed };
        Self { from: Some(Box::new(grounds)), ..Self::default() }
    }

    fn found<'a, T>(&'a self, kept: &'a OnceLock<Vec<T>>, find: impl FnOnce(&Grounds) -> Vec<T>) -> &'a [T] {
        kept.get_or_init(|| self.from.as_deref().map(find).unwrap_or_default())
    }
}

impl BalanceResult {
    /// Every factor alone: who leads over its weight, or why that cannot be said; the smallest change of weight that
    /// changes the leader first.
    pub fn factors_alone(&self) -> &[sensitivity::FactorReading] {
        let asked = &self.when_asked;
        asked.found(&asked.factors_alone, |from| {
            sensitivity::every_factor(&self.performance.matrix, &from.weighed)
        })
    }

    /// For every factor the smallest change of its weight that changes the leader, smallest change first.
    #[must_use]
    pub fn weight_reversals(&self) -> &[WeightReversal] {
        let asked = &self.when_asked;
        asked.found(&asked.weight_reversals, |_| sensitivity::weight_reversals(self.factors_alone()))
    }

    /// Per cell of the leader and its rivals the score at which the leader would lose.
    #[must_use]
    pub fn score_break_evens(&self) -> &[ScoreBreakEven] {
        let asked = &self.when_asked;
        asked.found(&asked.score_break_evens, |from| {
            let factors = &from.workspace.balance.factors;
            sensitivity::score_break_evens(&self.performance.matrix, factors, &from.weighed)
        })
    }

    /// What about the weighing deserves a second look, what concerns the whole answer first.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        let asked = &self.when_asked;
        asked.found(&asked.warnings, |from| {
            let Grounds { workspace, in_force, weighed } = from;
            warnings::warnings(workspace, &self.performance, in_force, weighed, &self.options)
        })
    }
}

impl PartialEq for BalanceResult {
    fn eq(&self, other: &Self) -> bool {
        // Every field is named, so that one that is added cannot be forgotten here.
        let Self {
            weight_basis,
            swings,
            weights,
            commercial_share,
            performance,
            options,
            ranking,
            dial,
            bands,
            frontier,
            when_asked: _,
        } = self;
        *weight_basis == other.weight_basis
            && *swings == other.swings
            && *weights == other.weights
            && *commercial_share == other.commercial_share
            && *performance == other.performance
            && *options == other.options
            && *ranking == other.ranking
            && *dial == other.dial
            && *bands == other.bands
            && *frontier == other.frontier
            && self.factors_alone() == other.factors_alone()
            && self.score_break_evens() == other.score_break_evens()
            && self.warnings() == other.warnings()
    }
}
