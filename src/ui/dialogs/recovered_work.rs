//! What each moment of work that can be recovered changed, and who led: read from the journal on a worker.

use std::sync::{
    Arc,
    mpsc::{Receiver, TryRecvError, channel},
};

use crate::{
    analysis::Analysis,
    file::journal::{JournalStep, Mark, Moment, Recoverable},
    model::{
        Room, Workspace,
        diff::{Described, apart, changes},
        wording::number,
    },
    session::{
        Wake,
        history::{KEPT, RecoveredStep},
    },
};

/// A state that the work went through, as it is shown.
#[derive(Debug)]
struct State {
    /// The badge of the option in the lead and its total.
    leader: Option<(String, String)>,
    /// What each step that led here changed, before and after, where that is known and is one thing.
    changes: Vec<Option<(String, String)>>,
    is_covered: bool,
}

/// The states of a journal as far as they have been read: what was saved first, then that after each moment. Only words
/// are kept of them, for a journal may lead through thousands.
#[derive(Debug)]
pub struct RecoveredWork {
    states: Vec<State>,
    reading: Option<Receiver<State>>,
}

impl RecoveredWork {
    /// Begins to read.
    #[must_use]
    pub fn of(found: &Recoverable, wake: &Wake) -> Self {
        let (sender, receiver) = channel();
        let (states, moments, wake) = (found.states(), found.moments.clone(), wake.clone());
        std::thread::spawn(move || {
            let mut before: Option<Workspace> = None;
            let steps = std::iter::once(&[][..]).chain(moments.iter().map(|moment| &moment.steps[..]));
            for (workspace, steps) in states.read().zip(steps) {
                let state = State::after(before.as_ref(), &workspace, steps);
                before = Some(workspace);
                // The dialog may have been left meanwhile; then nobody wants the rest.
                if sender.send(state).is_err() {
                    return;
                }
                wake();
            }
        });
        Self { states: Vec::new(), reading: Some(receiver) }
    }

    /// Takes in what has been read meanwhile.
    pub fn poll(&mut self) {
        if let Some(reading) = &self.reading {
            self.states.extend(reading.try_iter());
        }
    }

    /// What a step of a moment changed, before and after, where that is known and is one thing. What was said in a round
    /// that is still covered stays covered: this may be seen by the whole room.
    #[must_use]
    pub fn change(&self, moment: usize, step: usize) -> Option<(&str, &str)> {
        let (before, after) = self.states.get(moment + 1)?.changes.get(step)?.as_ref()?;
        Some((before, after))
    }

    /// Whether what was typed in this room is covered at this moment.
    #[must_use]
    pub fn is_covered(&self, moment: usize, room: Option<Room>) -> bool {
        room == Some(Room::Voices) && self.states.get(moment + 1).is_none_or(|state| state.is_covered)
    }

    /// Who leads after this moment, by the badge and in words beside who leads in what was saved; `None` while that is not
    /// known, or nobody leads in either.
    #[must_use]
    pub fn leaders(&self, moment: usize) -> Option<(&str, String)> {
        let (saved, recovered) = (&self.states.first()?.leader, &self.states.get(moment + 1)?.leader);
        match (saved, recovered) {
            (None, None) => None,
            (Some(before), Some(now)) if before == now => {
                Some((&now.0, format!("Leads with {}, saved or recovered", now.1)))
            }
            (before, Some((badge, total))) => {
                let before =
                    before.as_ref().map(|(badge, total)| format!("saved, {badge} leads with {total}"));
                let before = before.unwrap_or_else(|| "saved, nobody leads".to_owned());
                Some((badge, format!("Leads with {total} recovered; {before}")))
            }
            (Some((badge, total)), None) => {
                Some(("", format!("Nobody leads recovered; saved, {badge} leads with {total}")))
            }
        }
    }
}

/// The steps around a moment, which are read on a worker.
#[derive(Debug)]
pub struct Recalling {
    pub moment: usize,
    steps: Receiver<Option<Steps>>,
}

impl Recalling {
    /// Begins to read.
    #[must_use]
    pub fn of(found: &Recoverable, moment: usize, wake: &Wake) -> Self {
        let (sender, steps) = channel();
        let (states, moments, wake) = (found.states(), found.moments.clone(), wake.clone());
        std::thread::spawn(move || {
            // The dialog may have been left meanwhile; then nobody wants them.
            let _ = sender.send(Steps::around(states.read(), &moments, moment));
            wake();
        });
        Self { moment, steps }
    }

    /// The steps, once they have been read; `None` in it where they cannot be.
    #[must_use]
    pub fn poll(&self) -> Option<Option<Steps>> {
        match self.steps.try_recv() {
            Ok(steps) => Some(steps),
            Err(TryRecvError::Empty) => None,
            // It can be recovered all the same, without steps to undo.
            Err(TryRecvError::Disconnected) => Some(None),
        }
    }
}

/// The steps around a moment, oldest first: as many as can be undone, and as many again that can be done again.
#[derive(Debug)]
pub struct Steps {
    /// The state before the first of them.
    pub before: Arc<Workspace>,
    /// Up to the moment that is recovered.
    pub done: Vec<RecoveredStep>,
    /// After it.
    pub later: Vec<RecoveredStep>,
    /// What the steps after those did to the trail, one after the other.
    pub given_up: Vec<Mark>,
}

impl Steps {
    /// From the states of a journal: what was saved first, then that after each moment.
    fn around(states: impl Iterator<Item = Workspace>, moments: &[Moment], moment: usize) -> Option<Self> {
        let mut states = states.fuse();
        let mut before = Arc::new(states.next()?);
        let mut steps =
            Self { before: Arc::clone(&before), done: Vec::new(), later: Vec::new(), given_up: Vec::new() };
        for (at, there) in moments.iter().enumerate() {
            if at > moment && steps.later.len() == KEPT {
                steps.given_up.extend(marks_of(there));
                continue;
            }
            let Some(mut after) = states.next() else { break };
            after.share_with(&before);
            let after = Arc::new(after);
            let list = if at <= moment { &mut steps.done } else { &mut steps.later };
            match (there.steps.split_last(), list.last_mut()) {
                // What was only being typed changed nothing.
                _ if before == after => {}
                (Some((last, earlier)), _) => list.push(RecoveredStep {
                    label: match earlier.len() {
                        0 => last.label.clone(),
                        more => format!("{}, and {} before it", last.label, number(more as f64, 0)),
                    },
                    room: last.room.unwrap_or(Room::Question),
                    at: last.time,
                    after: Arc::clone(&after),
                    marks: marks_of(there),
                }),
                // The step before went on, as a drag does.
                (None, Some(step)) => step.after = Arc::clone(&after),
                (None, None) => {}
            }
            if steps.done.len() > KEPT {
                steps.before = steps.done.remove(0).after;
            }
            before = after;
        }
        Some(steps)
    }
}

fn marks_of(moment: &Moment) -> Vec<Mark> {
    moment.steps.iter().flat_map(|step| step.marks.clone()).collect()
}

impl State {
    fn after(before: Option<&Workspace>, workspace: &Workspace, steps: &[JournalStep]) -> Self {
        let described: Vec<Described> = before.map_or_else(Vec::new, |before| {
            changes(before, workspace).iter().map(|change| change.describe(before, workspace)).collect()
        });
        let is_covered = workspace.is_covered();
        let changes = steps.iter().map(|step| {
            let is_secret = is_covered && step.room == Some(Room::Voices);
            let only = only_change(&described, step, steps.len() == 1).filter(|_| !is_secret)?;
            Some(apart(&only.before, &only.after))
        });
        Self { leader: lead(workspace), changes: changes.collect(), is_covered }
    }
}

/// The one change that a step names, or that there was.
fn only_change<'d>(
    changes: &'d [Described],
    step: &JournalStep,
    is_only_step: bool,
) -> Option<&'d Described> {
    // "Raise weight of Price certainty" is the step, "Weight of Price certainty" what it changed.
    let is_named = |change: &&Described| {
        let named = change.what.split_once(" of ").map_or(change.what.as_str(), |(_, thing)| thing);
        step.label.contains(named)
    };
    let is_own = |change: &&Described| (is_only_step && changes.len() == 1) || is_named(change);
    let mut own = changes.iter().filter(is_own);
    own.next().filter(|_| own.next().is_none())
}

/// The badge of the option in the lead and its total.
pub(super) fn lead(workspace: &Workspace) -> Option<(String, String)> {
    let analysis = Analysis::of(workspace);
    let leader = analysis.balance.leader()?;
    let total = analysis.balance.options[leader].value?;
    Some((workspace.question.options[leader].badge.clone(), number(total, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{sample, voices::RoundState};

    #[test]
    fn an_answer_of_a_covered_round_is_not_shown_among_what_was_recovered() {
        let of = |state: RoundState, points: f64| {
            let mut workspace = sample::workspace();
            workspace.voices.rounds[0].state = state;
            *workspace.voices.ballots[0].swings.values_mut().next().unwrap() = points;
            workspace
        };
        let step = JournalStep {
            time: jiff::Timestamp::UNIX_EPOCH,
            label: "Take down seat 1".to_owned(),
            room: Some(Room::Voices),
            marks: Vec::new(),
        };
        let shown = |state: RoundState| {
            let (before, after) = (of(state, 40.0), of(state, 60.0));
            let steps = std::slice::from_ref(&step);
            let states = vec![State::after(None, &before, &[]), State::after(Some(&before), &after, steps)];
            let work = RecoveredWork { states, reading: None };
            work.change(0, 0).is_some()
        };
        assert!(shown(RoundState::Closed));
        assert!(!shown(RoundState::Open));
    }

    /// A state for each number, the first as it was saved, and a moment with a step and a mark for each of the others.
    fn journal(states: usize) -> (Vec<Workspace>, Vec<Moment>) {
        let titled = |number: usize| Workspace { title: number.to_string(), ..sample::workspace() };
        let moment = |number: usize| Moment {
            steps: vec![JournalStep {
                time: jiff::Timestamp::UNIX_EPOCH,
                label: format!("Title {number}"),
                room: Some(Room::Question),
                marks: vec![(format!("step-{number}").as_str().into(), false)],
            }],
            revision: number as u64,
        };
        ((0..=states).map(titled).collect(), (1..=states).map(moment).collect())
    }

    #[test]
    fn of_a_long_journal_as_many_steps_are_recalled_as_can_be_undone() {
        let (states, moments) = journal(2 * KEPT + 90);
        let steps = Steps::around(states.into_iter(), &moments, KEPT + 29).unwrap();
        assert_eq!((steps.done.len(), steps.later.len()), (KEPT, KEPT));
        assert_eq!(steps.before.title, "30");
        assert_eq!(steps.done.last().unwrap().after.title, (KEPT + 30).to_string());
        assert_eq!(steps.later.last().unwrap().after.title, (2 * KEPT + 30).to_string());
        assert_eq!(steps.given_up.len(), 60, "those are marked as taken back all the same");
        let balance = |step: &RecoveredStep| step.after.balance.clone();
        assert!(balance(&steps.done[0]).is_same_copy(&balance(&steps.later[7])), "kept in memory once");
    }

    #[test]
    fn of_a_short_journal_every_step_is_recalled() {
        let (states, moments) = journal(3);
        let steps = Steps::around(states.into_iter(), &moments, 0).unwrap();
        assert_eq!((steps.before.title.as_str(), steps.done.len(), steps.later.len()), ("0", 1, 2));
        assert!(steps.given_up.is_empty());
    }
}
