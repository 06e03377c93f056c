//! What the pages of an option work out of the workspace beside its analysis, each thing once until what it rests on is
//! another: a frame without a change computes none of it.

use std::sync::Arc;

use super::{design::FilledForms, fix_card::Fair, response::DrawnCliff};
use crate::{
    analysis::{
        Figure, Undefined,
        reach::{
            ContractYear, Curve, DesignCopy, Forecast, LeastCost, Missing, NamedPrices, PriceLimits, Way,
        },
    },
    model::Workspace,
};

/// An answer that is kept for the question it was asked last.
#[derive(Debug)]
pub(super) struct Kept<K, T>(Option<(K, Arc<T>)>);

impl<K, T> Default for Kept<K, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, T> Kept<K, T> {
    /// The answer for `key`, worked out where the last was for another.
    pub fn get(&mut self, key: K, work: impl FnOnce() -> T) -> Arc<T> {
        let (_, kept) = match self.0.take() {
            Some(kept) if kept.0 == key => self.0.insert(kept),
            _ => self.0.insert((key, Arc::new(work()))),
        };
        Arc::clone(kept)
    }
}

/// All that is kept of one workspace; an option is named by its place in it.
#[derive(Debug, Default)]
pub(super) struct WorkedOut {
    of: Option<Arc<Workspace>>,
    pub missing: Kept<usize, Missing>,
    pub forecasts: Kept<usize, Vec<Forecast>>,
    pub design: Kept<usize, DesignCopy>,
    pub named_prices: Kept<usize, Vec<NamedPrices>>,
    pub forms: Kept<usize, FilledForms>,
    pub years: Kept<usize, Vec<ContractYear>>,
    pub fair: Kept<usize, Fair>,
    pub curve: Kept<usize, Option<Curve>>,
    /// By option and by where the threshold of a what-if stands, in points.
    pub cliff: Kept<(usize, f64), Result<DrawnCliff, Undefined>>,
    pub bill_now: Kept<usize, Figure>,
    pub ways: Kept<(usize, PriceLimits), Vec<Way>>,
    pub least_cost: Kept<(usize, PriceLimits), LeastCost>,
}

impl WorkedOut {
    /// Forgets everything where the workspace is not the one that it was worked out of.
    pub fn keep_for(&mut self, workspace: &Arc<Workspace>) {
        if !self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, workspace)) {
            *self = Self { of: Some(Arc::clone(workspace)), ..Self::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_worked_out_once_for_each_question() {
        let (mut kept, mut worked) = (Kept::default(), 0);
        let answers: Vec<u32> = [1, 1, 2, 2, 1]
            .into_iter()
            .map(|key| {
                *kept.get(key, || {
                    worked += 1;
                    key * 10
                })
            })
            .collect();
        assert_eq!((answers, worked), (vec![10, 10, 20, 20, 10], 3));
    }

    #[test]
    fn nothing_outlives_its_workspace_though_the_next_be_like_it() {
        let (first, second) = (Arc::new(Workspace::default()), Arc::new(Workspace::default()));
        let mut worked_out = WorkedOut::default();
        let mut asked = Vec::new();
        for workspace in [&first, &first, &second] {
            worked_out.keep_for(workspace);
            worked_out.missing.get(0, || {
                asked.push(Arc::as_ptr(workspace));
                Missing::default()
            });
        }
        assert_eq!(asked, [Arc::as_ptr(&first), Arc::as_ptr(&second)]);
    }
}
