//! What waits to be put into the journal.

use std::time::Instant;

use crate::{
    file::journal::{JournalStep, Typing},
    session::held::Held,
};

/// How many states are kept apart. Behind a save that hangs for an hour there may be more: then the oldest two become one,
/// with the steps of both, and only the later of them can be returned to.
const APART: usize = 100;

/// Edits that gather before they go to the journal together.
#[derive(Default)]
pub(super) struct Gathered {
    /// Each step with the state that it led to, so that each can be returned to by itself.
    pub records: Vec<(Held, Vec<JournalStep>)>,
    pub typing: Option<(Held, Option<Typing>)>,
    pub since: Option<Instant>,
}

impl Gathered {
    /// Adds steps and what they led to; without steps the last one has gone on.
    pub fn add(&mut self, held: Held, steps: Vec<JournalStep>) {
        self.typing = None;
        match self.records.last_mut() {
            Some(last) if steps.is_empty() => last.0 = held,
            _ => self.records.push((held, steps)),
        }
        if self.records.len() > APART {
            let (_, mut steps) = self.records.remove(0);
            if let Some((_, next)) = self.records.first_mut() {
                steps.append(next);
                *next = steps;
            }
        }
    }
}
