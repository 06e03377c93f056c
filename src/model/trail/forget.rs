//! Taking somebody's name, and what is theirs, out of the trail.

use super::{NeutralIds, Step, Trail};
use crate::model::{Workspace, ids::StakeholderId, shared::Shared};

/// What stands for a name that was taken out.
const SOMEBODY: &str = "somebody";
/// What stands for what was said or given by somebody whose name was taken out.
const FORGOTTEN: &str = "forgotten";

impl Trail {
    /// How many steps say something of this person: their name, what they said, what they gave. `states` are workspaces in
    /// which it may be seen what was theirs.
    #[must_use]
    pub fn says_of(&self, (id, name): (&StakeholderId, &str), states: &[&Workspace]) -> usize {
        let theirs = self.theirs(id, states);
        self.steps.iter().filter(|step| speaks_of(step, id, name, &theirs)).count()
    }

    /// Takes everything out that is said of this person. What it would take to undo those steps alone goes too. Answers with
    /// the ids that may tell who they were, and what stands for them in the trail from now on; none while they are in the
    /// register of one of the states that counts, the first.
    pub fn forget(&mut self, (id, name): (&StakeholderId, &str), states: &[&Workspace]) -> NeutralIds {
        let theirs = self.theirs(id, states);
        let is_here = states.first().is_some_and(|now| now.stakeholder(id).is_some());
        let neutral = if is_here { NeutralIds::default() } else { NeutralIds::of(id, &theirs, states) };
        for step in &mut self.steps {
            if speaks_of(step, id, name, &theirs) {
                *step = Shared::new(forgetful(step, id, name, &theirs));
            }
            if let Some(renamed) = neutral.in_step(step) {
                *step = Shared::new(renamed);
            }
        }
        neutral
    }

    /// People who were removed, by id and by the name that they bear in the trail, and are not in the workspace; those of
    /// whom nothing is said any more are left out.
    #[must_use]
    pub fn removed_people(&self, workspace: &Workspace) -> Vec<(StakeholderId, String)> {
        let mut found: Vec<(StakeholderId, String)> = Vec::new();
        for change in self.steps.iter().flat_map(|step| &step.changes) {
            let [room, list, id] = change.place.0.as_slice() else { continue };
            if room != "voices" || list != "stakeholders" || change.after != "removed" {
                continue;
            }
            let id = StakeholderId::from(id.as_str());
            let name = change.what.strip_prefix("Stakeholder ").unwrap_or(&change.what).to_owned();
            let is_new = found.iter().all(|(known, _)| *known != id);
            if is_new && name != SOMEBODY && workspace.stakeholder(&id).is_none() {
                found.push((id, name));
            }
        }
        found
    }

    /// The things of which the trail knows that they are this person's: ballots and statements, by the beginning of
    /// their place. What was let go of, or was too much to keep, is known from the states alone.
    fn theirs(&self, id: &StakeholderId, states: &[&Workspace]) -> Vec<[String; 3]> {
        let of = |list: &str, key: &str| ["voices", list, key].map(str::to_owned);
        let needle = format!("\"{id}\"");
        let mut found = Vec::new();
        for back in self.steps.iter().flat_map(|step| step.back.iter().flatten()) {
            let holds = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains(&needle));
            if let [room, list, key, ..] = back.place.0.as_slice()
                && ["ballots", "statements"].contains(&list.as_str())
                && (holds(&back.from) || holds(&back.to))
            {
                found.push([room.clone(), list.clone(), key.clone()]);
            }
        }
        for voices in states.iter().map(|state| &state.voices) {
            let ballots = voices.ballots.iter().filter(|ballot| ballot.stakeholder.as_ref() == Some(id));
            found.extend(ballots.map(|ballot| of("ballots", ballot.id.as_str())));
            let said = voices.statements.iter().filter(|said| said.stakeholder.as_ref() == Some(id));
            found.extend(said.map(|said| of("statements", said.id.as_str())));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn speaks_of(step: &Step, id: &StakeholderId, name: &str, theirs: &[[String; 3]]) -> bool {
    let words = step.changes.iter().flat_map(|c| [&c.what, &c.before, &c.after]);
    let is_named =
        !name.is_empty() && words.chain([&step.label, &step.note]).any(|text| without(text, name).is_some());
    let needle = format!("\"{id}\"");
    let kept = step.back.iter().flatten().flat_map(|back| [&back.from, &back.to]).flatten();
    let is_kept = kept.clone().any(|text| text.contains(&needle))
        || (!name.is_empty() && kept.clone().any(|text| without(text, name).is_some()));
    let is_theirs = step.changes.iter().any(|c| {
        is_of(&c.place.0, id, theirs) && ![FORGOTTEN, "added", "removed", ""].contains(&c.after.as_str())
    });
    is_named || is_kept || is_theirs
}

fn is_of(place: &[String], id: &StakeholderId, theirs: &[[String; 3]]) -> bool {
    place.iter().any(|part| part == id.as_str()) || theirs.iter().any(|thing| place.starts_with(thing))
}

fn forgetful(step: &Step, id: &StakeholderId, name: &str, theirs: &[[String; 3]]) -> Step {
    let mut step = step.clone();
    let forget = |text: &mut String| {
        if let Some(without) = without(text, name) {
            *text = without;
        }
    };
    for change in &mut step.changes {
        forget(&mut change.what);
        forget(&mut change.before);
        forget(&mut change.after);
        if is_of(&change.place.0, id, theirs) && change.place.0.len() > 2 {
            // The words of a statement stand in what it is called.
            if theirs.iter().any(|thing| change.place.0.starts_with(thing)) {
                change.what = "Something said or given by somebody".to_owned();
            }
            for words in [&mut change.before, &mut change.after] {
                if !["", "added", "removed"].contains(&words.as_str()) {
                    FORGOTTEN.clone_into(words);
                }
            }
        }
    }
    forget(&mut step.label);
    forget(&mut step.note);
    step.back = None;
    step.forgets = true;
    step
}

/// The text with this name taken out wherever it stands as a name of its own; `None` where it does not.
fn without(text: &str, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut out, mut from, mut found) = (String::new(), 0, false);
    for (at, _) in text.match_indices(name) {
        let end = at + name.len();
        if at < from || is_letter(text[..at].chars().next_back()) || is_letter(text[end..].chars().next()) {
            continue;
        }
        out.push_str(&text[from..at]);
        out.push_str(SOMEBODY);
        (from, found) = (end, true);
    }
    out.push_str(&text[from..]);
    found.then_some(out)
}
