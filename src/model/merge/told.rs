//! A conflict in words.

use super::{Conflict, Fitting, Merge, Reason, Side, Whose};
use std::sync::Arc;

use crate::model::{
    Room, Workspace,
    diff::{Change, Described, Index, Kind, changes_within},
    wording,
};

/// How many changes of one side are told one by one.
const MOST_TOLD: usize = 3;

/// A conflict in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub room: Option<Room>,
    /// What it is: "Weight of Price certainty".
    pub what: String,
    /// What both began with; empty where there was nothing, or nobody knows.
    pub base: String,
    /// What each side makes of it.
    pub ours: String,
    pub theirs: String,
    /// Why it must be asked, in a sentence; empty where the values say it.
    pub why: String,
}

impl Merge {
    /// A conflict in words, with names instead of ids.
    #[must_use]
    pub fn told(&self, conflict: &Conflict) -> Told {
        let named =
            self.described(conflict, Side::Ours).into_iter().chain(self.described(conflict, Side::Theirs));
        let at = |change: &&(Change, Described)| change.0.place == conflict.place;
        let all: Vec<(Change, Described)> = named.collect();
        let head = all.iter().find(at).or(all.first()).map(|(_, described)| described);
        let alone = conflict.ours.len() <= 1 && conflict.theirs.len() <= 1;
        let base = match (&conflict.reason, head) {
            (Reason::Differs | Reason::Removed(_), _) | (_, None) => String::new(),
            (Reason::BothAdded, _) => "not there".to_owned(),
            (_, Some(head)) if alone => head.before.clone(),
            _ => String::new(),
        };
        let [ours, theirs] = match conflict.reason {
            Reason::BothAdded => self.added(conflict),
            Reason::Differs if alone => self.differing(head),
            _ => [Side::Ours, Side::Theirs].map(|side| self.side(conflict, side)),
        };
        Told {
            room: conflict.place.room(),
            what: head.map_or_else(|| conflict.place.to_string(), |head| head.what.clone()),
            base,
            ours,
            theirs,
            why: self.why(conflict),
        }
    }

    /// A change that goes together with everything, in words.
    #[must_use]
    pub fn told_fitting(&self, fitting: &Fitting) -> Described {
        self.describe(&fitting.change, if fitting.of == Whose::Theirs { Side::Theirs } else { Side::Ours })
    }

    /// What a side did to what both began with, in words.
    fn describe(&self, change: &Change, side: Side) -> Described {
        let [base, ours, theirs] = self.indexed();
        change.describe_among([base, if side == Side::Ours { ours } else { theirs }])
    }

    /// The three with where their things stand, which is found out once: every change is put into words by it.
    fn indexed(&self) -> [(&Workspace, Option<&Index>); 3] {
        let three = [&self.base, &self.ours, &self.theirs];
        let [base, ours, theirs] = self.index.get_or_init(|| Arc::new(three.map(Index::of))).as_ref();
        [(three[0], Some(base)), (three[1], Some(ours)), (three[2], Some(theirs))]
    }

    fn described(&self, conflict: &Conflict, side: Side) -> Vec<(Change, Described)> {
        let described = |change: &Change| (change.clone(), self.describe(change, side));
        conflict.changes(side).iter().map(described).collect()
    }

    /// What one side did.
    fn side(&self, conflict: &Conflict, side: Side) -> String {
        let all = self.described(conflict, side);
        let kept = match conflict.reason {
            Reason::Removed(by) if by != side => "kept",
            _ => "as it was",
        };
        if let [(change, only)] = all.as_slice()
            && (change.place == conflict.place || conflict.reason == Reason::BothChanged)
        {
            return only.after.clone();
        }
        let head = all.iter().find(|(change, _)| change.place == conflict.place);
        let removed = head.filter(|(change, _)| change.kind() == Kind::Removed);
        if let Some((_, removed)) = removed {
            return removed.after.clone();
        }
        let others: Vec<String> =
            all.iter().map(|(_, told)| format!("{}: {}", told.what, told.after)).collect();
        let used: Vec<String> = match conflict.reason {
            Reason::Removed(by) if by != side => {
                conflict.uses.iter().map(|change| self.describe(change, side).what).collect()
            }
            _ => Vec::new(),
        };
        match (others.is_empty(), used.is_empty()) {
            (true, true) => kept.to_owned(),
            (true, false) => format!("kept, and used in {}", first_of(&used, ", ")),
            (false, true) => first_of(&others, "; "),
            (false, false) => format!("{}; used in {}", first_of(&others, "; "), first_of(&used, ", ")),
        }
    }

    /// What two things that each side added differ in.
    fn added(&self, conflict: &Conflict) -> [String; 2] {
        let after = |changes: &[Change]| changes.first().and_then(|change| change.after.clone());
        let (Some(ours), Some(theirs)) = (after(&conflict.ours), after(&conflict.theirs)) else {
            return ["added".to_owned(), "added".to_owned()];
        };
        let inside = changes_within(&conflict.place, ours, theirs);
        let [_, ours, theirs] = self.indexed();
        let told: Vec<Described> =
            inside.iter().map(|change| change.describe_among([ours, theirs])).collect();
        match told.as_slice() {
            [] => ["added".to_owned(), "added".to_owned()],
            [only] => [only.before.clone(), only.after.clone()],
            many => [false, true].map(|theirs| {
                let value = |told: &Described| if theirs { told.after.clone() } else { told.before.clone() };
                let lines: Vec<String> =
                    many.iter().map(|told| format!("{}: {}", told.what, value(told))).collect();
                first_of(&lines, "; ")
            }),
        }
    }

    /// The two values where nobody knows who changed anything.
    fn differing(&self, head: Option<&Described>) -> [String; 2] {
        let Some(head) = head else { return Default::default() };
        let there = |told: &str| match told {
            "added" => ["not there".to_owned(), "there".to_owned()],
            "removed" => ["there".to_owned(), "not there".to_owned()],
            told => [head.before.clone(), told.to_owned()],
        };
        if head.before.is_empty() { there(&head.after) } else { [head.before.clone(), head.after.clone()] }
    }

    fn why(&self, conflict: &Conflict) -> String {
        match &conflict.reason {
            Reason::Removed(_) if !conflict.uses.is_empty() => {
                "Removed on one side and used on the other: if it goes, what speaks of it goes too."
                    .to_owned()
            }
            Reason::Removed(_) => "Removed on one side and changed on the other.".to_owned(),
            Reason::DoNotFit(why) => format!("Each is sound alone, and both together are not: {why}"),
            Reason::BothChanged | Reason::BothAdded | Reason::Differs => String::new(),
        }
    }
}

fn first_of(words: &[String], between: &str) -> String {
    let told = words.iter().take(MOST_TOLD).cloned().collect::<Vec<_>>().join(between);
    match words.len().saturating_sub(MOST_TOLD) {
        0 => told,
        more => format!("{told} and {}", wording::count(more, "more", "more")),
    }
}
