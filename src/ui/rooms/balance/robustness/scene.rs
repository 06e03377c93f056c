//! What the page is drawn from: the run as it stands, and in which order its options are shown.

use crate::{
    analysis::{
        Analysis,
        balance::robustness::{
            Draws, Robustness, better_information::BetterInformation, by_weights::ByWeights,
            convergence::Convergence,
        },
    },
    model::Workspace,
    session::{Answer, Session},
    ui::rooms::balance::sentence,
};

pub(super) struct Scene<'a> {
    pub workspace: &'a Workspace,
    pub analysis: &'a Analysis,
    /// The draws that are asked for now; those of the run shown may be older.
    pub asked: Draws,
    pub run: Answer<'a, Robustness, Convergence>,
    pub by_weights: Answer<'a, ByWeights>,
    pub information: Answer<'a, BetterInformation>,
    /// Options in the order of the ranking, those struck last.
    pub order: Vec<usize>,
    known: Option<&'a Robustness>,
    most_often_first: Option<usize>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(workspace: &'a Workspace, analysis: &'a Analysis, session: &'a Session) -> Self {
        let options = workspace.question.options.len();
        let mut order = analysis.balance.ranking.clone();
        order.extend((0..options).filter(|o| !analysis.balance.ranking.contains(o)));
        let run = session.robustness();
        let known = fitting(workspace, &run);
        Self {
            workspace,
            analysis,
            asked: Draws::asked_for(workspace),
            most_often_first: known.and_then(|known| most_often_first(known, analysis, &order)),
            known,
            run,
            by_weights: session.by_weights(),
            information: session.better_information(),
            order,
        }
    }

    /// The result, when it is there and fits the options and factors there are now.
    pub(super) fn known(&self) -> Option<&'a Robustness> {
        self.known
    }

    /// What better information is worth, when it fits the workspace as it is now.
    pub(super) fn worth(&self) -> Option<&'a BetterInformation> {
        let options = self.workspace.question.options.len();
        let factors = self.workspace.balance.factors.len();
        self.information.known().filter(|worth| {
            worth.leader < options
                && worth.second < options
                && worth.cells.iter().all(|cell| cell.option < options && cell.factor < factors)
        })
    }

    /// Why there is nothing to draw from, and what to do.
    pub(super) fn nothing_yet(&self) -> Option<(&'static str, &'static str)> {
        if self.workspace.question.options.is_empty() {
            Some(("No options yet.", "Add two options in Question to see which leads."))
        } else if self.workspace.balance.factors.is_empty() {
            Some(("No factors yet.", "Score two options on one factor of each kind."))
        } else if self.analysis.balance.too_few_scored() {
            Some(("Fewer than two options are scored.", "Score two to see how often each comes first."))
        } else {
            None
        }
    }

    /// Who leads at the group's own weights.
    pub(super) fn leader(&self) -> Option<usize> {
        self.analysis.balance.ranking.first().copied()
    }

    /// The option that comes first most often; of several the one that leads.
    pub(super) fn most_often_first(&self) -> Option<usize> {
        self.most_often_first
    }

    pub(super) fn is_struck(&self, option: usize) -> bool {
        is_struck(self.analysis, option)
    }

    pub(super) fn badge(&self, option: usize) -> &'a str {
        &self.workspace.question.options[option].badge
    }

    pub(super) fn name(&self, option: usize) -> &'a str {
        sentence::name(self.workspace, option)
    }

    /// How often an option comes first with evidence taken the other way than it is now.
    pub(super) fn other_evidence(&self, option: usize) -> Option<f64> {
        // Both halves of what is said of it belong to the same setting, or only one is said.
        if self.run.is_updating || self.run.was_stopped || self.by_weights.is_updating {
            return None;
        }
        let kinds = self.by_weights.known()?;
        let other = if self.asked.weak_as_weak { &kinds.as_given } else { &kinds.as_weak };
        other.as_ref().ok()?.get(option).copied()
    }

    /// Mean weights over all the draws: those over the draws that each option wins, by how often it wins.
    pub(super) fn average_weights(&self) -> Option<Vec<f64>> {
        let run = self.known()?;
        let mut sums = vec![0.0; self.workspace.balance.factors.len()];
        let mut all = 0.0;
        for (central, ranks) in run.central_weights.iter().zip(&run.rank_acceptability) {
            let (Some(central), Some(first)) = (central, ranks.first()) else { continue };
            all += first;
            sums.iter_mut().zip(central).for_each(|(sum, weight)| *sum += weight * first);
        }
        (all > 0.0).then(|| sums.into_iter().map(|sum| sum / all).collect())
    }
}

/// The result of a run, when it fits the options and factors there are now.
fn fitting<'a>(workspace: &Workspace, run: &Answer<'a, Robustness, Convergence>) -> Option<&'a Robustness> {
    let options = workspace.question.options.len();
    let factors = workspace.balance.factors.len();
    run.known().filter(|run| {
        run.rank_acceptability.len() == options
            && run.central_weights.iter().flatten().all(|weights| weights.len() == factors)
    })
}

fn most_often_first(run: &Robustness, analysis: &Analysis, order: &[usize]) -> Option<usize> {
    let taking_part = order.iter().copied().filter(|&o| !is_struck(analysis, o));
    taking_part.fold(None, |most: Option<usize>, o| match most {
        Some(best) if run.rank_acceptability[best][0] >= run.rank_acceptability[o][0] => Some(best),
        _ => Some(o),
    })
}

fn is_struck(analysis: &Analysis, option: usize) -> bool {
    analysis.balance.options.get(option).is_some_and(|option| !option.struck_by.is_empty())
}
