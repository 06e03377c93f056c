//! What a step changed, in words and as what would take it back.

use super::{Back, Changed};
use crate::model::{
    Workspace,
    diff::{Change, Place, changes},
    ids::FactorId,
};

/// How many changes of one step are told.
const MOST_TOLD: usize = 12;

/// The longest words that are kept of a value, in characters.
const LONGEST: usize = 300;

/// How much may be kept to take one step back, in bytes.
const MOST_BACK: usize = 4_000;

/// What a step changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// The first of them; see [`super::Step::changes`].
    pub changes: Vec<Changed>,
    /// How many more there are.
    pub more: usize,
    /// What takes the step back; `None` where that would be too much to keep.
    pub back: Option<Vec<Back>>,
}

/// Puts in words what lies between two states. What somebody answered in a round that is covered stays covered.
#[must_use]
pub fn tell(before: &Workspace, after: &Workspace) -> Told {
    let all = changes(before, after);
    let (mut meant, follows): (Vec<Change>, Vec<Change>) =
        all.into_iter().partition(|change| !follows_from(&change.place, [before, after]));
    if meant.is_empty() {
        meant = follows;
    } else {
        meant.extend(follows.into_iter().filter(|change| !is_signature(&change.place)));
    }
    let is_covered = [before, after].iter().any(|state| state.hides(state.round_in_room()));
    let more = meant.len().saturating_sub(MOST_TOLD);
    let told = meant.iter().take(MOST_TOLD).map(|change| {
        let words = change.describe(before, after);
        let is_secret = is_covered && is_answer(&change.place);
        let [was, now] = if is_secret {
            [String::new(), "covered".to_owned()]
        } else {
            [clipped(&words.before), clipped(&words.after)]
        };
        Changed { place: change.place.clone(), what: clipped(&words.what), before: was, after: now }
    });
    let changes = told.collect();
    Told { changes, more, back: if is_covered { None } else { back(before, after) } }
}

/// What takes a step back, without what only follows from it: that follows again.
fn back(before: &Workspace, after: &Workspace) -> Option<Vec<Back>> {
    let mut left = MOST_BACK;
    let mut kept = Vec::new();
    for change in changes(after, before) {
        if follows_from(&change.place, [before, after]) {
            continue;
        }
        let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
        let (from, to) = (text(&change.before), text(&change.after));
        let bytes = from.as_ref().map_or(0, String::len) + to.as_ref().map_or(0, String::len) + 40;
        left = left.checked_sub(bytes)?;
        kept.push(Back { place: change.place, from, to, position: change.position });
    }
    (!kept.is_empty()).then_some(kept)
}

/// Whether what stands at a place follows from something else: a score that Reach computes, and who signed a score last.
fn follows_from(place: &Place, states: [&Workspace; 2]) -> bool {
    if is_signature(place) {
        return true;
    }
    let [room, list, key, ..] = place.0.as_slice() else { return false };
    let Some((factor, _)) = key.split_once('/').filter(|_| room == "balance" && list == "scores") else {
        return false;
    };
    let factor = FactorId::from(factor);
    states.iter().all(|state| state.reach.feeds.iter().any(|feed| feed.factor == factor))
}

fn is_signature(place: &Place) -> bool {
    matches!(place.0.as_slice(), [room, list, _, field, ..]
        if room == "balance" && list == "scores" && field == "edited")
}

fn is_answer(place: &Place) -> bool {
    matches!(place.0.as_slice(), [room, list, ..] if room == "voices" && (list == "ballots" || list == "workshop"))
}

fn clipped(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", words[..end].trim_end()),
        None => words.to_owned(),
    }
}
