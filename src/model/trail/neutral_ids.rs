//! Ids that say nothing of a person, in the place of those that were made of their name or words.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::Step;
use crate::model::{
    Workspace,
    diff::{Position, value_of},
    ids::{self, StakeholderId},
};

/// Which id gives way to which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeutralIds(BTreeMap<String, String>);

impl NeutralIds {
    /// For a person and what is theirs, by the beginning of its place. What says nothing already stays.
    pub(super) fn of(person: &StakeholderId, theirs: &[[String; 3]], states: &[&Workspace]) -> Self {
        let mut taken: HashSet<String> =
            states.iter().flat_map(|state| state.ids()).map(str::to_owned).collect();
        let things = theirs.iter().map(|[_, list, key]| match list.as_str() {
            "ballots" => ("ballot", key.as_str()),
            _ => ("statement", key.as_str()),
        });
        let mut neutral = BTreeMap::new();
        for (stem, id) in std::iter::once(("person", person.as_str())).chain(things) {
            if !is_neutral(id) {
                neutral.insert(id.to_owned(), fresh(stem, id, &mut taken));
            }
        }
        Self(neutral)
    }

    /// The workspace with these ids in it; `None` where none of the others is in it.
    #[must_use]
    pub fn in_workspace(&self, workspace: &Workspace) -> Option<Workspace> {
        if self.0.is_empty() {
            return None;
        }
        let mut value = value_of(workspace);
        if !self.put_into(&mut value) {
            return None;
        }
        // invariant: an id is as good as another wherever one stands.
        serde_json::from_value(value).ok()
    }

    /// The step with these ids in it; `None` where none of the others is in it.
    pub(super) fn in_step(&self, step: &Step) -> Option<Step> {
        let mut renamed = step.clone();
        for place in renamed.changes.iter_mut().map(|change| &mut change.place) {
            for part in &mut place.0 {
                self.take_place_of(part);
            }
        }
        for back in renamed.back.iter_mut().flatten() {
            for part in &mut back.place.0 {
                self.take_place_of(part);
            }
            if let Some(Position::Behind(key)) = &mut back.position {
                self.take_place_of(key);
            }
            for text in [&mut back.from, &mut back.to].into_iter().flatten() {
                for (old, new) in &self.0 {
                    let (old, new) = (format!("\"{old}\""), format!("\"{new}\""));
                    if text.contains(&old) {
                        *text = text.replace(&old, &new);
                    }
                }
            }
        }
        (renamed != *step).then_some(renamed)
    }

    /// Puts the neutral id in the place of the other; whether there was one.
    fn take_place_of(&self, id: &mut String) -> bool {
        let neutral = self.0.get(id.as_str());
        if let Some(neutral) = neutral {
            id.clone_from(neutral);
        }
        neutral.is_some()
    }

    fn put_into(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => self.take_place_of(text),
            Value::Array(list) => {
                list.iter_mut().filter_map(|one| self.put_into(one).then_some(())).count() > 0
            }
            Value::Object(fields) => {
                let keys = fields.keys().any(|key| self.0.contains_key(key));
                if keys {
                    let renamed = std::mem::take(fields).into_iter().map(|(mut key, value)| {
                        self.take_place_of(&mut key);
                        (key, value)
                    });
                    *fields = renamed.collect();
                }
                fields.values_mut().fold(keys, |found, one| self.put_into(one) || found)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
}

/// What the ids begin with that people and what is theirs are given.
const STEMS: [&str; 4] = ["person", "seat", "ballot", "statement"];

fn is_neutral(id: &str) -> bool {
    id.rsplit_once('-').is_some_and(|(stem, _)| STEMS.contains(&stem))
}

/// An id of this stem that nothing else has. It follows from the old one, so that both sides of a merge give the same.
fn fresh(stem: &str, old: &str, taken: &mut HashSet<String>) -> String {
    // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
    let hash =
        old.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mut tail = (hash >> 12) ^ hash;
    loop {
        let id = ids::slug(stem, tail);
        if taken.insert(id.clone()) {
            return id;
        }
        tail = tail.wrapping_add(1);
    }
}
