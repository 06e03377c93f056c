//! What comes next in a workshop, and what came before.

use crate::{
    analysis::Analysis,
    model::{
        Workspace,
        ids::FactorId,
        voices::{Ballot, LAST_ROUND},
        workshop::{EntryOrder, Scene},
    },
};

use super::said::FEWEST;

/// The factors on which the room is furthest apart that are put up for discussion.
pub const TO_DISCUSS: usize = 2;

/// What can be put on the wall as things stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    /// The scenes that follow each other. Answers that are covered are passed by no step: after the last ballot there is
    /// only Reveal.
    pub scenes: Vec<Scene>,
    /// Everything that a facilitator may put on the wall, whatever comes next.
    pub all: Vec<Scene>,
}

impl Programme {
    #[must_use]
    pub fn of(workspace: &Workspace, analysis: &Analysis) -> Self {
        let scenes = scenes(workspace, analysis);
        let mut all = scenes.clone();
        if workspace.is_covered() || workspace.voices.ballots.is_empty() {
            if !analysis.voices.said().in_force.is_empty() {
                // What an earlier round said stays to be seen while the next is covered.
                all.push(Scene::Reveal);
            }
            all.extend([Scene::Balance { dial: None }, Scene::Sectors, Scene::Robustness]);
            all.extend(left_out(workspace, analysis));
        }
        Self { scenes, all }
    }

    /// What follows a scene; `None` at the end.
    #[must_use]
    pub fn next(&self, scene: &Scene) -> Option<Scene> {
        match self.place(scene) {
            Some(at) => self.scenes.get(at + 1).cloned(),
            // What was put up beside the programme leads back into it.
            None => self.scenes.get(1).cloned(),
        }
    }

    /// What comes before a scene; `None` at the beginning.
    #[must_use]
    pub fn back(&self, scene: &Scene) -> Option<Scene> {
        match self.place(scene) {
            Some(at) => at.checked_sub(1).map(|at| self.scenes[at].clone()),
            None => self.scenes.last().cloned(),
        }
    }

    /// The place of a scene; a dial is the same dial wherever it stands.
    fn place(&self, scene: &Scene) -> Option<usize> {
        self.scenes.iter().position(|other| match (other, scene) {
            (Scene::Balance { .. }, Scene::Balance { .. }) | (Scene::Reach(_), Scene::Reach(_)) => true,
            (other, scene) => other == scene,
        })
    }
}

fn scenes(workspace: &Workspace, analysis: &Analysis) -> Vec<Scene> {
    let mut scenes = vec![Scene::Question];
    let has_ballots = !workspace.voices.ballots.is_empty();
    if workspace.is_covered() || !has_ballots {
        let by_person = workspace.voices.workshop.as_ref().is_some_and(|w| w.entry == EntryOrder::ByPerson);
        if by_person && !workspace.balance.factors.is_empty() {
            scenes.push(Scene::Card);
        } else {
            scenes.extend(workspace.asked_in(workspace.round_in_room()).into_iter().map(Scene::Ballot));
        }
        return scenes;
    }
    scenes.push(Scene::Reveal);
    scenes.extend(furthest_apart(workspace, analysis).into_iter().map(Scene::Discussion));
    if workspace.has_asked_twice() {
        scenes.push(Scene::Movement);
    }
    scenes.extend([Scene::Balance { dial: None }, Scene::Sectors, Scene::Robustness]);
    scenes.extend(left_out(workspace, analysis));
    scenes
}

/// Who is left out under the leader, where anything is known of that.
pub fn left_out(workspace: &Workspace, analysis: &Analysis) -> Option<Scene> {
    let known = |option: &usize| analysis.reach.options.get(*option).is_some_and(Option::is_some);
    let options = workspace.question.options.len();
    let option = analysis.balance.ranking.iter().copied().chain(0..options).find(known)?;
    Some(Scene::Reach(workspace.question.options.get(option)?.id.clone()))
}

/// The factors on which the ballots in force are furthest apart, in the order in which they are worth talking about: by the
/// middle half of their points. A factor on which all agree is not among them.
#[must_use]
pub fn furthest_apart(workspace: &Workspace, analysis: &Analysis) -> Vec<FactorId> {
    let voices = &workspace.voices;
    let given = |f: usize| {
        let id = workspace.balance.factors.get(f).map(|factor| &factor.id);
        let has =
            |ballot: &&Ballot| voices.counts(ballot) && id.is_some_and(|id| ballot.swings.contains_key(id));
        (1..=LAST_ROUND).map(|round| voices.ballots_of(round).filter(has).count()).max().unwrap_or(0)
    };
    let is_apart = |f: &usize| {
        analysis.voices.said().spread.get(*f).copied().flatten().is_some_and(|s| s.max > s.min)
            && given(*f) >= FEWEST
    };
    let widest = analysis.voices.said().disagreement.iter().copied().filter(is_apart);
    let ids = widest.filter_map(|f| Some(workspace.balance.factors.get(f)?.id.clone()));
    ids.take(TO_DISCUSS).collect()
}
