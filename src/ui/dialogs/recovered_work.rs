//! What each moment of work that can be recovered changed, and who led: read from the journal on a worker.

use std::sync::{
    Arc,
    mpsc::{Receiver, channel},
};

use crate::{
    analysis::Analysis,
    file::journal::{JournalStep, Moment, Recoverable},
    model::{
        Room, Workspace,
        diff::{Described, changes},
        wording::number,
    },
    session::{Wake, history::RecoveredStep},
};

/// A state that the work went through.
#[derive(Debug)]
struct State {
    workspace: Arc<Workspace>,
    /// The badge of the option in the lead and its total.
    leader: Option<(String, String)>,
    /// What led here from the state before, in words.
    changes: Vec<Described>,
}

/// The states of a journal as far as they have been read: what was saved first, then that after each moment.
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
        let (states, wake) = (found.states(), wake.clone());
        std::thread::spawn(move || {
            let mut before: Option<Arc<Workspace>> = None;
            for workspace in states.read() {
                let workspace = Arc::new(workspace);
                let state = State::after(before.as_deref(), &workspace);
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
    pub fn change(&self, moment: usize, steps: &[JournalStep], step: usize) -> Option<(&str, &str)> {
        let state = self.states.get(moment + 1)?;
        if state.workspace.is_covered() && steps.get(step)?.room == Some(Room::Voices) {
            return None;
        }
        let changes = &state.changes;
        let label = &steps.get(step)?.label;
        // "Raise weight of Price certainty" is the step, "Weight of Price certainty" what it changed.
        let named = |change: &&Described| {
            label.contains(change.what.split_once(" of ").map_or(change.what.as_str(), |(_, thing)| thing))
        };
        let mut own =
            changes.iter().filter(|change| (steps.len() == 1 && changes.len() == 1) || named(change));
        let only = own.next().filter(|_| own.next().is_none())?;
        Some((&only.before, &only.after))
    }

    /// Who leads in what was saved, and after this moment, in a sentence; `None` while that is not known.
    #[must_use]
    pub fn leaders(&self, moment: usize) -> Option<String> {
        let (saved, recovered) = (&self.states.first()?.leader, &self.states.get(moment + 1)?.leader);
        let leads = |leader: &Option<(String, String)>| {
            leader.as_ref().map(|(badge, total)| format!("{badge} leads with {total}"))
        };
        Some(match (leads(saved), leads(recovered)) {
            (None, None) => return None,
            (Some(before), Some(now)) if before == now => format!("{now}, saved or recovered."),
            (before, now) => {
                let nobody = || "nobody leads".to_owned();
                format!(
                    "Saved: {}. Recovered: {}.",
                    before.unwrap_or_else(nobody),
                    now.unwrap_or_else(nobody)
                )
            }
        })
    }

    /// The state that was saved and the steps from it up to a moment, once all of them are read; waits for the reading.
    #[must_use]
    pub fn steps_up_to(
        mut self,
        moments: &[Moment],
        moment: usize,
    ) -> Option<(Arc<Workspace>, Vec<RecoveredStep>)> {
        while self.states.len() < moment + 2 {
            let state = self.reading.as_ref()?.recv().ok()?;
            self.states.push(state);
        }
        let mut states = self.states.into_iter().map(|state| state.workspace);
        let saved = states.next()?;
        let mut done: Vec<RecoveredStep> = Vec::new();
        for (moment, after) in moments.iter().zip(states).take(moment + 1) {
            match (moment.steps.split_last(), done.last_mut()) {
                (Some((last, earlier)), _) => done.push(RecoveredStep {
                    label: match earlier.len() {
                        0 => last.label.clone(),
                        more => format!("{}, and {} before it", last.label, number(more as f64, 0)),
                    },
                    room: last.room.unwrap_or(Room::Question),
                    at: last.time,
                    after,
                }),
                // The step before went on, as a drag does.
                (None, Some(step)) => step.after = after,
                (None, None) => {}
            }
        }
        Some((saved, done))
    }
}

impl State {
    fn after(before: Option<&Workspace>, workspace: &Arc<Workspace>) -> Self {
        let changes = before.map_or_else(Vec::new, |before| {
            changes(before, workspace).iter().map(|change| change.describe(before, workspace)).collect()
        });
        Self { workspace: Arc::clone(workspace), leader: lead(workspace), changes }
    }
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
            Arc::new(workspace)
        };
        let step = JournalStep {
            time: jiff::Timestamp::UNIX_EPOCH,
            label: "Take down seat 1".to_owned(),
            room: Some(Room::Voices),
        };
        let shown = |state: RoundState| {
            let (before, after) = (of(state, 40.0), of(state, 60.0));
            let states = vec![State::after(None, &before), State::after(Some(&before), &after)];
            let work = RecoveredWork { states, reading: None };
            work.change(0, std::slice::from_ref(&step), 0).is_some()
        };
        assert!(shown(RoundState::Closed));
        assert!(!shown(RoundState::Open));
    }
}
