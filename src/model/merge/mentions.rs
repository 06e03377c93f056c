//! Which changes speak of a thing.

use std::collections::HashMap;

use serde_json::Value;

use crate::model::diff::{Change, Kind, Place};

/// How many texts, numbers and marks a value holds.
pub(super) fn values_in(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.iter().map(values_in).sum(),
        Value::Object(fields) => fields.values().map(values_in).sum(),
        _ => 1,
    }
}

/// The changes to the cells of Scores, by cell.
pub(super) fn by_score(changes: &[Change], of: &[usize]) -> HashMap<Vec<String>, Vec<usize>> {
    let mut scores: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for &at in of {
        if let Some(score @ [room, list, _]) = changes[at].place.0.get(..3)
            && room == "balance"
            && list == "scores"
        {
            scores.entry(score.to_vec()).or_default().push(at);
        }
    }
    scores
}

/// Which changes have a word anywhere in them, as a text, as a name of a field or as a step of their place.
pub(super) struct Mentions(HashMap<String, Vec<usize>>);

impl Mentions {
    pub fn of(changes: &[Change], of: &[usize]) -> Self {
        let mut mentions = Self(HashMap::new());
        for &at in of {
            let change = &changes[at];
            for step in &change.place.0 {
                mentions.add(step, at);
                step.split('/').for_each(|part| mentions.add(part, at));
            }
            [&change.before, &change.after]
                .into_iter()
                .flatten()
                .for_each(|value| mentions.add_all(value, at));
        }
        mentions
    }

    fn add(&mut self, word: &str, at: usize) {
        // Ids are short; a longer text is none.
        const LONGEST: usize = 200;
        if word.len() > LONGEST {
            return;
        }
        match self.0.get_mut(word) {
            Some(changes) if changes.last() == Some(&at) => {}
            Some(changes) => changes.push(at),
            None => {
                self.0.insert(word.to_owned(), vec![at]);
            }
        }
    }

    fn add_all(&mut self, value: &Value, at: usize) {
        match value {
            Value::String(text) => self.add(text, at),
            Value::Array(list) => list.iter().for_each(|thing| self.add_all(thing, at)),
            Value::Object(fields) => {
                for (field, value) in fields {
                    self.add(field, at);
                    self.add_all(value, at);
                }
            }
            _ => {}
        }
    }

    /// The changes that have this id in them, in order.
    pub fn of_id(&self, id: &str) -> &[usize] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Whether a change is about a thing, or about whether it is spoken of.
pub(super) fn speaks_of(change: &Change, id: &str) -> bool {
    !is_held(change)
        && (names(&change.place, id) || is_said(&change.before, id) != is_said(&change.after, id))
}

/// Whether a change only takes away what cannot be without a thing.
pub(super) fn goes_with(change: &Change, id: &str) -> bool {
    let is_its_own = |thing: &Value| {
        let own = thing.as_object().is_some_and(|fields| fields.values().any(|value| value == id));
        own || names(&change.place, id)
    };
    match change.kind() {
        Kind::Removed => change.before.as_ref().is_some_and(is_its_own),
        Kind::Changed => is_said(&change.before, id) && !is_said(&change.after, id),
        Kind::Added | Kind::Moved => false,
    }
}

/// Whether after a change more is said of a thing than before.
pub(super) fn comes_to_speak_of(change: &Change, id: &str) -> bool {
    let about = names(&change.place, id) || (is_said(&change.after, id) && !is_said(&change.before, id));
    change.after.is_some() && change.kind() != Kind::Moved && !is_held(change) && about
}

fn is_said(value: &Option<Value>, id: &str) -> bool {
    value.as_ref().is_some_and(|value| mentions(value, id))
}

/// What a snapshot or a frozen copy holds repeats what was there and refers to nothing.
fn is_held(change: &Change) -> bool {
    let steps: Vec<&str> = change.place.0.iter().take(2).map(String::as_str).collect();
    matches!(steps[..], ["snapshots", ..] | ["decision", "frozen"])
}

fn names(place: &Place, id: &str) -> bool {
    place.0.iter().any(|step| step == id || step.split('/').any(|part| part == id))
}

fn mentions(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => text == id,
        Value::Array(list) => list.iter().any(|thing| mentions(thing, id)),
        Value::Object(fields) => fields.iter().any(|(field, value)| field == id || mentions(value, id)),
        _ => false,
    }
}
