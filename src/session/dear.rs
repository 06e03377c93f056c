//! The dear analysis, a job each. The robustness run follows every edit. Everything else runs only while a page that
//! shows it asks each frame, by a `Session::ask_…` that begins nothing before the robustness run is up with the workspace
//! ([`Dear::is_settled`]) and gives the [`Answer`] as it stands; a `poll` here and a `finish` complete it.

use std::sync::Arc;

use super::{
    Wake,
    frozen::Derived,
    job::{Answer, Job},
};
use crate::{
    analysis::{
        Analysis, Undefined,
        balance::{
            compare::{Moment, SideBySide, side_by_side},
            robustness::{
                Draws, Robustness,
                better_information::{BetterInformation, better_information},
                by_weights::{ByWeights, by_weights},
                convergence::Convergence,
                run_watched,
            },
            sensitivity::{NoWeightChange, WeightChange, least_weight_change},
        },
        course::Course,
        decision::frozen::{derived, differences},
        reach::{self, caseload::Assessment},
    },
    file::frozen::intact,
    model::{
        Workspace,
        decision::Frozen,
        ids::{FactorId, FrozenId, OptionId},
    },
};

/// An option, and the least change of the weights after which it leads, or why there is none.
pub type ToWin = (usize, Result<WeightChange, NoWeightChange>);

/// The dear results of one session. Each is told apart by the revision it belongs to.
pub(super) struct Dear {
    robustness: Job<u64, Drawn<Robustness>, Convergence>,
    by_weights: Job<u64, Drawn<ByWeights>>,
    better_information: Job<u64, Drawn<BetterInformation>>,
    /// By revision and option.
    to_win: Job<(u64, usize), ToWin>,
    side_by_side: Job<Moments, Arc<SideBySide>>,
    /// What a caseload tells that is too large to be judged at each edit.
    caseload: Job<u64, Arc<Assessment>>,
    /// What of a frozen copy does not follow from it, by its id and seal.
    derived: Job<(FrozenId, String), Derived>,
}

/// Which two moments are looked at, and the revision where one of them is today.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moments {
    before: Option<Moment>,
    after: Moment,
    revision: Option<u64>,
}

/// Figures with what they were drawn for: they name options and factors by index, which says nothing of others.
struct Drawn<T> {
    options: Vec<OptionId>,
    factors: Vec<FactorId>,
    leader: Option<OptionId>,
    figures: T,
}

impl<T> Drawn<T> {
    fn of(workspace: &Workspace, leader: Option<usize>, figures: T) -> Self {
        let options: Vec<OptionId> = workspace.question.options.iter().map(|o| o.id.clone()).collect();
        let factors = workspace.balance.factors.iter().map(|f| f.id.clone()).collect();
        let leader = leader.and_then(|o| options.get(o).cloned());
        Self { options, factors, leader, figures }
    }

    /// Whether the options and factors are still the same, in the same order.
    fn fits(&self, workspace: &Workspace) -> bool {
        self.options.iter().eq(workspace.question.options.iter().map(|o| &o.id))
            && self.factors.iter().eq(workspace.balance.factors.iter().map(|f| &f.id))
    }
}

/// An answer without figures that were drawn for other options or factors than there are now.
fn fitting<'a, T, S>(answer: &Answer<'a, Drawn<T>, S>, workspace: &Workspace) -> Answer<'a, T, S> {
    let result = match answer.result {
        Some(Ok(drawn)) => drawn.fits(workspace).then_some(Ok(&drawn.figures)),
        Some(Err(reason)) => Some(Err(reason)),
        None => None,
    };
    answer.with(result)
}

impl Dear {
    pub(super) fn new(wake: &Wake) -> Self {
        Self {
            robustness: Job::new(Arc::clone(wake)),
            to_win: Job::new(Arc::clone(wake)),
            by_weights: Job::new(Arc::clone(wake)),
            better_information: Job::new(Arc::clone(wake)),
            side_by_side: Job::new(Arc::clone(wake)),
            caseload: Job::new(Arc::clone(wake)),
            derived: Job::new(Arc::clone(wake)),
        }
    }

    /// Takes in what has finished and keeps the robustness run up with the workspace.
    pub(super) fn poll(&mut self, workspace: &Arc<Workspace>, leader: Option<usize>, revision: u64) {
        self.robustness.poll();
        self.side_by_side.poll();
        self.derived.poll();
        self.to_win.poll();
        self.by_weights.poll();
        self.better_information.poll();
        self.follow(workspace, leader, revision);
    }

    /// Asks for the robustness of this revision, in which this option leads.
    pub(super) fn follow(&mut self, workspace: &Arc<Workspace>, leader: Option<usize>, revision: u64) {
        let workspace = Arc::clone(workspace);
        self.robustness.ask(&revision, move |course, show| {
            let run = run_watched(&workspace, Draws::asked_for(&workspace), course, show)?;
            Ok(run.map(|run| Drawn::of(&workspace, leader, run)))
        });
    }

    /// Waits for everything that was asked for.
    pub(super) fn finish(&mut self) {
        self.to_win.finish();
        self.side_by_side.finish();
        self.derived.finish();
        self.by_weights.finish();
        self.better_information.finish();
    }

    /// Waits for the robustness for as long as the course goes on; says whether it is there.
    pub(super) fn settle_on(
        &mut self,
        workspace: &Arc<Workspace>,
        leader: Option<usize>,
        (revision, course): (u64, &Course),
    ) -> bool {
        while !self.is_settled(revision) {
            self.follow(workspace, leader, revision);
            if !self.robustness.finish_on(course) {
                return false;
            }
        }
        true
    }

    /// Asks for what the caseload tells, which has been as it is since this revision, and takes in what is known of that:
    /// nothing while it is judged.
    pub(super) fn judge(&mut self, workspace: &Arc<Workspace>, since: u64) -> Option<&Arc<Assessment>> {
        self.caseload.poll();
        let judged = Arc::clone(workspace);
        self.caseload.ask(&since, move |_, _| Ok(reach::judge(&judged)));
        let answer = self.caseload.answer(&since);
        if answer.is_updating { None } else { answer.known() }
    }

    /// Waits for what the caseload tells for as long as the course goes on; says whether it came to its end.
    pub(super) fn finish_judging(&mut self, workspace: &Arc<Workspace>, since: u64, course: &Course) -> bool {
        while self.judge(workspace, since).is_none() && self.caseload.answer(&since).is_updating {
            if !self.caseload.finish_on(course) {
                return false;
            }
        }
        true
    }

    /// Asks for a state, perhaps beside one before it, at this revision; a snapshot that is gone is asked for in vain. What
    /// was found for two other states is not given.
    pub(super) fn ask_side_by_side(
        &mut self,
        workspace: &Arc<Workspace>,
        revision: u64,
        (before, after): (Option<&Moment>, &Moment),
    ) -> Answer<'_, Arc<SideBySide>> {
        let is_today = [before, Some(after)].contains(&Some(&Moment::Today));
        let moments =
            Moments { before: before.cloned(), after: after.clone(), revision: is_today.then_some(revision) };
        if self.is_settled(revision) {
            let workspace = Arc::clone(workspace);
            let Moments { before, after, .. } = moments.clone();
            self.side_by_side.ask(&moments, move |course, _| {
                let before = before.and_then(|moment| moment.state(&workspace));
                let gone = Undefined("the snapshot is gone");
                let after = after.state(&workspace).ok_or(gone)?;
                Ok(side_by_side(before.as_deref(), &after, course).map(Arc::new))
            });
        }
        let answer = self.side_by_side.answer(&moments);
        let of_another_pair =
            |held: &Moments| (&held.before, &held.after) != (&moments.before, &moments.after);
        if self.side_by_side.held().is_some_and(of_another_pair) { answer.with(None) } else { answer }
    }

    /// Asks whether a frozen copy is as it was frozen, and what of it does not follow from it.
    pub(super) fn ask_derived(&mut self, copy: &Frozen, revision: u64) -> Answer<'_, Derived> {
        // A copy that was altered may bear the seal of the one that it was made of.
        let key = (copy.id.clone(), copy.seal.clone());
        if self.is_settled(revision) {
            let held = copy.clone();
            self.derived.ask(&key, move |course, _| {
                Ok(derived(&held.state, course).map(|derived| Derived {
                    is_intact: intact(&held),
                    differences: differences(&held.figures, &derived),
                }))
            });
        }
        let answer = self.derived.answer(&key);
        if self.derived.held().is_some_and(|held| *held != key) { answer.with(None) } else { answer }
    }

    pub(super) fn robustness(
        &self,
        workspace: &Workspace,
        revision: u64,
    ) -> Answer<'_, Robustness, Convergence> {
        fitting(&self.robustness.answer(&revision), workspace)
    }

    /// The option that led where the newest robustness was drawn.
    pub(super) fn leader_drawn(&self) -> Option<&OptionId> {
        self.robustness.answer(&0).known()?.leader.as_ref()
    }

    /// Asks for what must be true of the weights for an option to lead.
    pub(super) fn ask_to_win(
        &mut self,
        analysis: &Arc<Analysis>,
        revision: u64,
        option: usize,
    ) -> Answer<'_, ToWin> {
        let key = (revision, option);
        if self.is_settled(revision) {
            let analysis = Arc::clone(analysis);
            self.to_win.ask(&key, move |_, _| {
                let balance = &analysis.balance;
                let matrix = &balance.performance.matrix;
                let weighed = matrix.weigh(&balance.swings);
                Ok(Some((option, least_weight_change(matrix, &weighed, option))))
            });
        }
        self.to_win.answer(&key)
    }

    /// Whether nothing that follows every edit is on its way, so that what a page asks for may begin.
    pub(super) fn is_settled(&self, revision: u64) -> bool {
        !self.robustness.answer(&revision).is_updating
    }

    pub(super) fn stop_robustness(&mut self) {
        self.robustness.stop();
    }

    pub(super) fn resume_robustness(&mut self) {
        self.robustness.resume();
    }

    pub(super) fn ask_by_weights(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        if self.is_settled(revision) {
            let workspace = Arc::clone(workspace);
            self.by_weights.ask(&revision, move |course, _| {
                let draws = Draws::asked_for(&workspace);
                Ok(by_weights(&workspace, draws, course).map(|figures| Drawn::of(&workspace, None, figures)))
            });
        }
    }

    pub(super) fn by_weights(&self, workspace: &Workspace, revision: u64) -> Answer<'_, ByWeights> {
        fitting(&self.by_weights.answer(&revision), workspace)
    }

    pub(super) fn ask_better_information(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        if self.is_settled(revision) {
            let workspace = Arc::clone(workspace);
            self.better_information.ask(&revision, move |course, _| {
                let asked = Draws::asked_for(&workspace);
                let draws = Draws { iterations: asked.iterations.min(MOST_DRAWS), ..asked };
                let worth = better_information(&workspace, draws, course)?;
                Ok(worth.map(|figures| Drawn::of(&workspace, None, figures)))
            });
        }
    }

    pub(super) fn better_information(
        &self,
        workspace: &Workspace,
        revision: u64,
    ) -> Answer<'_, BetterInformation> {
        fitting(&self.better_information.answer(&revision), workspace)
    }
}

/// Draws behind what better information is worth, at the most: its errors are then small beside what is shown.
const MOST_DRAWS: u32 = 200_000;
