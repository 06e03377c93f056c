//! The checks of snapshots, and of what each of them holds.

use super::{Finder, Problem, Severity, called};
use crate::model::snapshot::Snapshot;

impl<'a> Finder<'a> {
    pub(super) fn snapshots(&mut self) {
        let snapshots = &self.workspace.snapshots;
        self.ids("snapshots", "a snapshot", snapshots.iter().map(|s| s.id.as_str()));
        self.names("snapshots", "snapshot", snapshots.iter().map(|s| (s.id.as_str(), s.name.as_str())));
        for snapshot in snapshots {
            self.state(snapshot);
        }
    }

    /// What a snapshot holds must be as sound as a workspace. What is only doubtful in it is not told: nobody can mend it.
    fn state(&mut self, snapshot: &'a Snapshot) {
        let sound = self.known_sound.map_or(&[][..], |before| &before.snapshots);
        if sound.iter().any(|known| known.state.is_same_copy(&snapshot.state)) {
            return;
        }
        let workspace = snapshot.state.workspace();
        let inside = Finder::new(&workspace, false).find();
        let name = called(&snapshot.name, snapshot.id.as_str());
        self.found.extend(inside.into_iter().filter(|p| p.severity == Severity::Broken).map(|problem| {
            Problem {
                room: None,
                place: format!("snapshots/{}/state/{}", snapshot.id, inner_place(&problem.place)),
                what: format!("In the snapshot “{name}”: {}", small_first(&problem.what)),
                ..problem
            }
        }));
    }
}

/// A sentence as it goes on after a colon.
pub(super) fn small_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Where something stands in a state, from where it stands in a workspace: a state has no rooms, and those who voted and
/// the evidence behind scores stand in it by their ids alone.
fn inner_place(place: &str) -> String {
    let inside = place.split_once('/').map_or(place, |(_, inside)| inside);
    match inside.split_once('/') {
        Some(("stakeholders", id)) => format!("ballots/{id}"),
        Some(("evidence", id)) => format!("scores/{id}"),
        _ => inside.to_owned(),
    }
}
