//! Names that rows hold and the workspace may know, or know by a name that is nearly the same.

use std::collections::HashMap;

use super::Work;
use crate::{
    exchange::{TableKind, table::key},
    model::Workspace,
};

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    Factor,
    Person,
    Sector,
    NeedGroup,
}

impl NameKind {
    /// What is said of a name that is not known.
    #[must_use]
    pub fn unknown_words(self) -> &'static str {
        match self {
            Self::Factor => "is no factor",
            Self::Person => "is not in the register",
            Self::Sector => "is no sector",
            Self::NeedGroup => "is no need group",
        }
    }
}

/// What is done about a name that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameChoice {
    /// It is new.
    Add,
    /// It is another name of this, given by its key.
    Is(String),
    LeaveOut,
}

/// A name that the workspace does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    pub kind: NameKind,
    /// As it was written first.
    pub text: String,
    pub key: String,
    /// How many rows hold it; for a factor, how many rows there are.
    pub rows: usize,
    /// Whether such a thing can be added on the way.
    pub may_be_added: bool,
    /// The known name that is nearly the same.
    pub near: Option<String>,
    pub choice: Option<NameChoice>,
}

/// The names of one kind that a workspace knows.
struct Known {
    places: HashMap<String, usize>,
    names: Vec<(String, u64)>,
}

impl Known {
    fn of<'n>(names: impl Iterator<Item = (usize, &'n str)>) -> Self {
        let mut known = Self { places: HashMap::new(), names: Vec::new() };
        for (at, name) in names {
            let name = key(name);
            if !name.is_empty() && !known.places.contains_key(&name) {
                known.places.insert(name.clone(), at);
                let letters = letters(&name);
                known.names.push((name, letters));
            }
        }
        known
    }

    /// The place of the one name that is nearly this; `None` when there is none, or two are as near.
    fn near(&self, name: &str) -> Option<usize> {
        let of_name = letters(name);
        let length = name.chars().count();
        let allowed = match length {
            0..=3 => 0,
            4..=6 => 1,
            7..=11 => 2,
            _ => 3,
        };
        let mut best: Option<(usize, usize)> = None;
        let mut tied = false;
        for (known, known_letters) in &self.names {
            let place = self.places[known];
            let distance = if holds_words(known, name) || holds_words(name, known) {
                1
            } else if (of_name ^ known_letters).count_ones() as usize <= 2 * allowed
                && known.len().abs_diff(name.len()) <= 4 * allowed
            {
                distance(known, name)
            } else {
                continue;
            };
            if distance > allowed.max(1) || (allowed == 0 && distance > 0) {
                continue;
            }
            match best {
                Some((nearest, other)) if nearest == distance => tied |= other != place,
                Some((nearest, _)) if nearest < distance => {}
                _ => (best, tied) = (Some((distance, place)), false),
            }
        }
        best.filter(|_| !tied).map(|(_, place)| place)
    }
}

/// The place of the one name that a text is nearly; `None` when there is none, or two are as near.
pub(in crate::exchange) fn nearest(names: &[&str], text: &str) -> Option<usize> {
    Known::of(names.iter().copied().enumerate()).near(&key(text))
}

/// Whether the words of a name stand at the beginning or the end of another: “Governor” in “Governor, Carr Fell”.
fn holds_words(whole: &str, part: &str) -> bool {
    let ends = |rest: &str, at: usize| rest.chars().nth(at).is_none_or(|c| !c.is_alphanumeric());
    part.chars().count() >= 4
        && (whole.strip_prefix(part).is_some_and(|rest| ends(rest, 0))
            || whole
                .strip_suffix(part)
                .is_some_and(|rest| rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric())))
}

/// Which letters a name holds, a bit each: names that differ in many cannot be near.
fn letters(name: &str) -> u64 {
    name.chars().fold(0, |seen, letter| match letter {
        'a'..='z' => seen | 1 << (letter as u32 - 'a' as u32),
        '0'..='9' => seen | 1 << (26 + letter as u32 - '0' as u32),
        other => seen | 1 << (36 + u32::from(other) % 28),
    })
}

/// The edits that lead from one text to another, two letters swapped being one (Damerau 1964, adjacent swaps).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            let change = last[j] + usize::from(a != b);
            row[j + 1] = change.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

/// Every name that a workspace knows.
pub(super) struct KnownNames {
    factors: Known,
    people: Known,
    sectors: Known,
    groups: Known,
    /// The places of unknown names in the list of the proposal.
    asked: HashMap<(NameKind, String), usize>,
}

impl KnownNames {
    pub fn of(workspace: &Workspace) -> Self {
        let factors = &workspace.balance.factors;
        let voices = &workspace.voices;
        let groups = &workspace.question.need_groups;
        let shorts = factors.iter().map(|f| f.short.as_str()).enumerate();
        Self {
            factors: Known::of(factors.iter().map(|f| f.name.as_str()).enumerate().chain(shorts)),
            people: Known::of(voices.stakeholders.iter().map(|s| s.name.as_str()).enumerate()),
            sectors: Known::of(
                voices
                    .sectors
                    .iter()
                    .map(|s| s.name.as_str())
                    .enumerate()
                    .chain(voices.sectors.iter().map(|s| s.short.as_str()).enumerate()),
            ),
            groups: Known::of(
                groups
                    .iter()
                    .map(|g| g.name.as_str())
                    .enumerate()
                    .chain(groups.iter().map(|g| g.short.as_str()).enumerate()),
            ),
            asked: HashMap::new(),
        }
    }

    /// The place of a name in the workspace's list, by its key.
    pub fn place(&self, kind: NameKind, key: &str) -> Option<usize> {
        self.known(kind).places.get(key).copied()
    }

    fn known(&self, kind: NameKind) -> &Known {
        match kind {
            NameKind::Factor => &self.factors,
            NameKind::Person => &self.people,
            NameKind::Sector => &self.sectors,
            NameKind::NeedGroup => &self.groups,
        }
    }
}

/// What a name in a row leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The place in the workspace's list.
    Known(usize),
    /// It is to be added, under this key.
    New(String),
    LeftOut,
    Undecided,
}

impl Work<'_> {
    /// What a name leads to; one that is not known is put on the list of what is to be decided.
    pub(super) fn find(&mut self, kind: NameKind, text: &str) -> Found {
        let name = key(text);
        if let Some(&place) = self.names.known(kind).places.get(&name) {
            return Found::Known(place);
        }
        // A factor needs a scale, and a statement does not say where from somebody speaks.
        let of_statement = kind == NameKind::Person && self.proposal.kind == TableKind::Statements;
        let may_be_added = kind != NameKind::Factor && !of_statement;
        let choice = self.choices.names.get(&(kind, name.clone())).cloned();
        let choice = choice.filter(|choice| match choice {
            NameChoice::Is(other) => self.names.known(kind).places.contains_key(other),
            NameChoice::Add => may_be_added,
            NameChoice::LeaveOut => true,
        });
        let found = match &choice {
            None => Found::Undecided,
            Some(NameChoice::Add) => Found::New(name.clone()),
            Some(NameChoice::LeaveOut) => Found::LeftOut,
            Some(NameChoice::Is(other)) => {
                self.names.known(kind).places.get(other).map_or(Found::Undecided, |&at| Found::Known(at))
            }
        };
        let asked = (kind, name.clone());
        if let Some(&at) = self.names.asked.get(&asked) {
            self.proposal.unknown[at].rows += 1;
        } else {
            let near = self.names.known(kind).near(&name);
            self.names.asked.insert(asked, self.proposal.unknown.len());
            let near = near.map(|place| self.name_of(kind, place).to_owned());
            let text = text.to_owned();
            self.proposal.unknown.push(UnknownName {
                kind,
                text,
                key: name,
                rows: 1,
                may_be_added,
                near,
                choice,
            });
        }
        found
    }

    fn name_of(&self, kind: NameKind, place: usize) -> &str {
        let voices = &self.workspace.voices;
        match kind {
            NameKind::Factor => &self.workspace.balance.factors[place].name,
            NameKind::Person => &voices.stakeholders[place].name,
            NameKind::Sector => &voices.sectors[place].name,
            NameKind::NeedGroup => &self.workspace.question.need_groups[place].name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_nearly_the_same_is_found_and_two_as_near_are_not() {
        let names = ["women with dependants", "governor, carr fell", "dee", "ama", "anna", "anne"];
        let known = Known::of(names.iter().copied().enumerate());
        assert_eq!(known.near("womn with dependants"), Some(0));
        assert_eq!(known.near("governor"), Some(1));
        assert_eq!(known.near("carr fell"), Some(1));
        assert_eq!(known.near("dea"), None, "short names are not guessed");
        assert_eq!(known.near("annn"), None, "two are as near");
        assert_eq!(known.near("somebody else"), None);
    }

    #[test]
    fn two_letters_swapped_are_one_edit() {
        assert_eq!(distance("reahc", "reach"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
