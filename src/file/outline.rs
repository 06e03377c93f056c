//! A text as a tree of values with their places, to point at the right one when a fault turns up after reading.

use super::grammar::plain_key;

/// The most strokes that are looked for in one id.
const MOST_STROKES: usize = 16;

/// One value and where it stands, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
    /// What stands inside, in order; only a tree has it.
    pub parts: Vec<Part>,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number.
    Number,
    /// A text or a character.
    Text,
    /// A bare word, such as `true` or `Linear`.
    Word,
    /// `( … )`, with or without a name before it.
    Round,
    /// `[ … ]`.
    Square,
    /// `{ … }`.
    Curly,
}

/// A value inside another, with the key before its colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where the key stands.
    pub key: Option<(usize, usize)>,
    pub value: Node,
}

impl Node {
    /// The values around a place, from the whole to the innermost.
    pub(super) fn around(&self, at: usize) -> Vec<&Self> {
        let mut trail = vec![self];
        let mut here = self;
        while let Some(part) = here.parts.iter().find(|p| p.value.start <= at && at <= p.value.end) {
            here = &part.value;
            trail.push(here);
        }
        trail
    }

    /// The places that a path of field names and ids leads to, such as `balance/scores/<factor>/<option>`: as far down as
    /// the path can be followed, and every thing that it may mean.
    pub(super) fn follow<'n>(&'n self, path: &str, text: &str) -> Vec<&'n Self> {
        let steps: Vec<&str> = path.split('/').collect();
        let (mut here, mut done) = (vec![self], 0);
        while done < steps.len() {
            // An id that is not well formed may hold strokes of its own: then it is several steps joined again.
            let most = steps.len().min(done + MOST_STROKES);
            let next = (done + 1..=most).find_map(|end| {
                let step = steps[done..end].join("/");
                Some((Self::further(&here, &step, text)?, end))
            });
            let Some((further, end)) = next else { break };
            (here, done) = (further, end);
        }
        here
    }

    /// The places one step on; `None` where the step leads nowhere.
    fn further<'n>(here: &[&'n Self], step: &str, text: &str) -> Option<Vec<&'n Self>> {
        let next: Vec<&Self> = here.iter().flat_map(|node| node.step(step, text)).collect();
        if !next.is_empty() {
            return Some(next);
        }
        // A second id of a thing that is named by two, such as the option of a score.
        let same: Vec<&Self> = here.iter().copied().filter(|node| node.holds(step, text)).collect();
        (!same.is_empty()).then_some(same)
    }

    /// Inside: the field of this name, the entry of this key, the things of this id.
    fn step<'n>(&'n self, step: &str, text: &str) -> Vec<&'n Self> {
        if let [Part { key: None, value }] = self.parts.as_slice()
            && value.shape == Shape::Square
        {
            return value.step(step, text);
        }
        // Something that has this for its id comes before what only names it.
        let of_id: Vec<&Self> =
            self.parts.iter().map(|p| &p.value).filter(|v| v.has_id(step, text)).collect();
        if !of_id.is_empty() {
            return of_id;
        }
        let named = self.parts.iter().filter(|p| match p.key {
            Some((start, end)) => plain_key(&text[start..end]) == step,
            None => p.value.is(step, text) || p.value.holds(step, text),
        });
        named.map(|p| &p.value).collect()
    }

    /// Whether this text is its own id, and where that stands.
    pub(super) fn id(&self, id: &str, text: &str) -> Option<&Self> {
        let ids = self.parts.iter().filter(|p| p.key.is_some_and(|(start, end)| &text[start..end] == "id"));
        ids.map(|p| &p.value).find(|value| value.is(id, text))
    }

    fn has_id(&self, id: &str, text: &str) -> bool {
        self.id(id, text).is_some()
    }

    /// Whether it is this very text.
    pub(super) fn is(&self, id: &str, text: &str) -> bool {
        self.shape == Shape::Text && plain_key(&text[self.start..self.end]) == id
    }

    /// Whether one of its own fields or items is this very text.
    fn holds(&self, id: &str, text: &str) -> bool {
        self.parts.iter().any(|p| p.value.is(id, text))
    }
}
