//! A list while things are put between others: a thing is found by its key and put behind another in no time, however long
//! the list is.

use std::collections::HashMap;

use serde_json::Value;

use crate::model::diff::key_of;

/// A list of things, each linked to the next.
pub(super) struct Row {
    /// What stands at each place; the first is the front of the list and holds nothing.
    things: Vec<Option<Value>>,
    keys: Vec<Option<String>>,
    next: Vec<Option<usize>>,
    before: Vec<usize>,
    places: HashMap<String, usize>,
}

impl Row {
    /// The place before the first thing.
    pub const FRONT: usize = 0;

    pub fn of(list: Vec<Value>) -> Self {
        let mut row = Self {
            things: vec![None],
            keys: vec![None],
            next: vec![None],
            before: vec![Self::FRONT],
            places: HashMap::with_capacity(list.len()),
        };
        for (at, thing) in list.into_iter().enumerate() {
            let key = key_of(&thing).map(std::borrow::Cow::into_owned);
            row.insert(at, key, thing);
        }
        row
    }

    /// Where the thing of this key stands.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// What stands behind a place.
    pub fn next(&self, at: usize) -> Option<usize> {
        self.next[at]
    }

    /// The key of what stands at a place.
    pub fn key(&self, at: usize) -> Option<&str> {
        self.keys[at].as_deref()
    }

    /// Takes the thing of this key out.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        let at = self.places.remove(key)?;
        let (before, next) = (self.before[at], self.next[at]);
        self.next[before] = next;
        if let Some(next) = next {
            self.before[next] = before;
        }
        self.things[at].take()
    }

    /// Puts a thing behind what stands at a place.
    pub fn put(&mut self, behind: usize, key: &str, thing: Value) {
        self.insert(behind, Some(key.to_owned()), thing);
    }

    fn insert(&mut self, behind: usize, key: Option<String>, thing: Value) {
        let at = self.things.len();
        let next = self.next[behind];
        self.things.push(Some(thing));
        self.next.push(next);
        self.before.push(behind);
        self.next[behind] = Some(at);
        if let Some(next) = next {
            self.before[next] = at;
        }
        if let Some(key) = &key {
            // Of two things of one key the first counts.
            self.places.entry(key.clone()).or_insert(at);
        }
        self.keys.push(key);
    }

    /// The things in order.
    pub fn into_list(mut self) -> Vec<Value> {
        let mut list = Vec::with_capacity(self.things.len());
        let mut at = self.next[Self::FRONT];
        while let Some(here) = at {
            list.extend(self.things[here].take());
            at = self.next[here];
        }
        list
    }
}
