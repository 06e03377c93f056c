//! Which changes go together, and which do not.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use serde_json::Value;

use super::mentions::{Mentions, by_score, comes_to_speak_of, goes_with, speaks_of, values_in};
use super::{Conflict, Fitting, Forgotten, Merge, Pick, Reason, Side, Whose};
use crate::model::{
    check::Problem,
    diff::{Change, Kind, Place, rank},
};

/// How many changes are tried one by one to find what makes two sound sides unsound together. Past it everything in the
/// same list is one conflict.
const MOST_TRIED: usize = 400;
/// The same for large workspaces: how many values may be gone through in trying.
const MOST_GONE_THROUGH: usize = 2_000_000;

/// Sorts the changes of both sides into those that fit and those that do not.
pub(super) fn sort(merge: &mut Merge, sides: [Vec<Change>; 2]) {
    let mut groups = Groups::new(merge, sides);
    if merge.has_base {
        groups.join_overlaps();
        groups.join_signatures();
    } else {
        groups.doubt_everything();
    }
    groups.join_removals();
    groups.fill(merge);
    // Where nothing is in conflict both come to the same.
    let theirs =
        |merge: &Merge| (!merge.conflicts.is_empty()).then(|| merge.broken_with(Pick::Theirs)).flatten();
    // Each round puts at least one more change into a conflict.
    while let Some(problem) = merge.broken_with(Pick::Ours).or_else(|| theirs(merge)) {
        if !groups.join_unfit(merge, &problem) {
            break;
        }
        groups.fill(merge);
    }
}

/// Every change of both sides, ours first, and which of them belong together.
struct Groups {
    changes: Vec<Change>,
    /// How many of them are ours.
    ours: usize,
    /// For each change one that it belongs together with, and at the end of that chain itself.
    joined: Vec<usize>,
    /// Those that are in conflict, by the end of their chain.
    conflicts: HashSet<usize>,
    /// Changes of theirs that ours made as well, and changes that follow from others.
    dropped: HashSet<usize>,
    agreed: HashSet<usize>,
    /// Where the other side has come to speak of what a change removes.
    uses: HashMap<usize, Vec<Change>>,
    /// Lists of both sides that go into each other: for ours the change of theirs, and the list that both make.
    woven: HashMap<usize, (usize, Value)>,
    unfit: HashMap<usize, String>,
    has_base: bool,
}

impl Groups {
    fn new(merge: &Merge, sides: [Vec<Change>; 2]) -> Self {
        let [mut ours, theirs] = sides;
        let count = ours.len();
        ours.extend(theirs);
        let mut groups = Self {
            joined: (0..ours.len()).collect(),
            changes: ours,
            ours: count,
            conflicts: HashSet::new(),
            dropped: HashSet::new(),
            agreed: HashSet::new(),
            uses: HashMap::new(),
            woven: HashMap::new(),
            unfit: HashMap::new(),
            has_base: merge.has_base,
        };
        groups.drop_computed(merge);
        groups
    }

    fn of(&self, side: Side) -> Range<usize> {
        match side {
            Side::Ours => 0..self.ours,
            Side::Theirs => self.ours..self.changes.len(),
        }
    }

    fn side(&self, at: usize) -> Side {
        if at < self.ours { Side::Ours } else { Side::Theirs }
    }

    fn end(&self, mut at: usize) -> usize {
        while self.joined[at] != at {
            at = self.joined[at];
        }
        at
    }

    /// The same, and the chain is as short as can be from then on: thousands of changes that belong together would else make
    /// one as long.
    fn shortened(&mut self, at: usize) -> usize {
        let end = self.end(at);
        let mut next = at;
        while self.joined[next] != end {
            next = std::mem::replace(&mut self.joined[next], end);
        }
        end
    }

    /// Puts two changes together; in conflict if either was, or if `conflict`.
    fn join(&mut self, one: usize, other: usize, conflict: bool) {
        let (one, other) = (self.shortened(one), self.shortened(other));
        let (first, last) = (one.min(other), one.max(other));
        if first == last {
            if conflict {
                self.conflicts.insert(first);
            }
            return;
        }
        let conflict = conflict || self.conflicts.contains(&one) || self.conflicts.contains(&other);
        self.joined[last] = first;
        self.conflicts.remove(&last);
        if conflict {
            self.conflicts.insert(first);
        }
        if let Some(uses) = self.uses.remove(&last) {
            self.uses.entry(first).or_default().extend(uses);
        }
        if let Some(why) = self.unfit.remove(&last) {
            self.unfit.entry(first).or_insert(why);
        }
    }

    fn is_in_conflict(&self, at: usize) -> bool {
        self.conflicts.contains(&self.end(at))
    }

    /// The scores that Reach computes on both sides are computed anew. Which of two that differ stands until then is told by
    /// what they hold and not by whose they are: a merge must come to the same in either order of the sides.
    fn drop_computed(&mut self, merge: &Merge) {
        let fed = |at: &Change| match at.place.0.as_slice() {
            [room, list, key, rest @ ..] if room == "balance" && list == "scores" => {
                let computed = rest.first().is_none_or(|field| field == "level" || field == "source");
                let factor = key.split_once('/').map_or("", |(factor, _)| factor);
                let feeds = |of: &crate::model::Workspace| {
                    of.reach.feeds.iter().any(|feed| feed.factor.as_str() == factor)
                };
                computed && feeds(&merge.ours) && feeds(&merge.theirs)
            }
            _ => false,
        };
        let places = self.changes[..self.ours].iter().enumerate().filter(|(_, change)| fed(change));
        let ours: HashMap<&Place, usize> = places.map(|(at, change)| (&change.place, at)).collect();
        let held = |at: usize| self.changes[at].after.as_ref().map(Value::to_string);
        let pairs = self.of(Side::Theirs).filter_map(|at| Some((*ours.get(&self.changes[at].place)?, at)));
        let dropped = pairs.filter_map(|(own, other)| match held(own).cmp(&held(other)) {
            Ordering::Equal => None,
            Ordering::Less => Some(other),
            Ordering::Greater => Some(own),
        });
        self.dropped = dropped.collect();
    }

    /// Where both sides changed the same place, or one a part of what the other changed.
    fn join_overlaps(&mut self) {
        let mut theirs: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
        for at in self.of(Side::Theirs).filter(|at| !self.dropped.contains(at)) {
            theirs.entry(&self.changes[at].place.0).or_default().push(at);
        }
        let mut overlaps = Vec::new();
        for at in self.of(Side::Ours).filter(|at| !self.dropped.contains(at)) {
            let place = self.changes[at].place.0.as_slice();
            for length in 1..place.len() {
                overlaps.extend(theirs.get(&place[..length]).into_iter().flatten().map(|&other| (at, other)));
            }
            let inside = theirs.range(place..).take_while(|(other, _)| other.starts_with(place));
            overlaps.extend(inside.flat_map(|(_, others)| others).map(|&other| (at, other)));
        }
        for (one, other) in overlaps {
            match meet(&self.changes[one], &self.changes[other]) {
                Meeting::Apart => {}
                Meeting::Alike => {
                    self.dropped.insert(other);
                    self.agreed.insert(one);
                }
                Meeting::Woven(list) => {
                    self.dropped.insert(other);
                    self.woven.insert(one, (other, list));
                }
                Meeting::Conflict => self.join(one, other, true),
            }
        }
    }

    /// Nobody knows who changed anything: every difference is a conflict, those of one thing that came or went with all
    /// that speaks of it.
    fn doubt_everything(&mut self) {
        let all: Vec<usize> = self.of(Side::Theirs).filter(|at| !self.dropped.contains(at)).collect();
        self.conflicts.extend(&all);
        let mentions = Mentions::of(&self.changes, &all);
        let things: Vec<(usize, String)> = all
            .iter()
            .filter_map(|&at| {
                let thing = [&self.changes[at].before, &self.changes[at].after].into_iter().flatten();
                let id = thing.filter_map(|thing| thing.get("id")?.as_str()).next()?;
                matches!(self.changes[at].kind(), Kind::Added | Kind::Removed).then(|| (at, id.to_owned()))
            })
            .collect();
        for (at, id) in things {
            for &other in mentions.of_id(&id) {
                if other != at && speaks_of(&self.changes[other], &id) {
                    self.join(at, other, true);
                }
            }
        }
        let signed: Vec<_> = all.iter().filter_map(|&at| Some((at, signature(&self.changes[at])?))).collect();
        let of_scores = by_score(&self.changes, &all);
        for (at, score) in signed {
            let others = of_scores.get(&score).map_or(&[][..], Vec::as_slice);
            if let Some(&other) = others.iter().find(|&&other| is_otherwise_in(&self.changes[other], &score))
            {
                self.join(at, other, true);
            }
        }
    }

    /// Who last edited a score goes with what is chosen for it. Where the sides changed different parts of it, the later
    /// edit is the last one.
    fn join_signatures(&mut self) {
        let mut signed: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for at in 0..self.changes.len() {
            if let Some(score) = signature(&self.changes[at]).filter(|_| !self.dropped.contains(&at)) {
                signed.entry(score).or_default().push(at);
            }
        }
        let all: Vec<usize> = (0..self.changes.len()).collect();
        let of_scores = by_score(&self.changes, &all);
        for (score, signatures) in signed {
            let both = [Side::Ours, Side::Theirs].map(|side| {
                signatures.iter().copied().filter(|&at| self.side(at) == side).collect::<Vec<_>>()
            });
            if both.iter().any(Vec::is_empty) {
                continue;
            }
            let of_score = of_scores.get(&score).map_or(&[][..], Vec::as_slice);
            let in_conflict = of_score
                .iter()
                .copied()
                .find(|&at| is_otherwise_in(&self.changes[at], &score) && self.is_in_conflict(at));
            if let Some(conflict) = in_conflict {
                for at in signatures {
                    self.join(conflict, at, true);
                }
            } else {
                self.keep_later(&score, both);
            }
        }
    }

    fn keep_later(&mut self, score: &[String], both: [Vec<usize>; 2]) {
        for at in both.iter().flatten() {
            let end = self.end(*at);
            self.conflicts.remove(&end);
        }
        for at in both.iter().flatten() {
            self.joined[*at] = *at;
        }
        let when = |side: &[usize]| {
            let part = |field: &str| {
                side.iter().find_map(|&at| {
                    let change = &self.changes[at];
                    let after = change.after.as_ref()?;
                    match &change.place.0[score.len() + 1..] {
                        [own] if own == field => Some(after.to_string()),
                        [] => after.get(field).map(Value::to_string),
                        _ => None,
                    }
                })
            };
            (part("on"), part("by"))
        };
        let later = usize::from(when(&both[1]) > when(&both[0]));
        self.dropped.extend(&both[1 - later]);
    }

    /// A thing that one side removed and the other changed or speaks of: what went with it comes back with it.
    fn join_removals(&mut self) {
        let all: Vec<usize> = (0..self.changes.len()).collect();
        let mentions = Mentions::of(&self.changes, &all);
        for at in 0..self.changes.len() {
            let change = &self.changes[at];
            let id = change.before.as_ref().and_then(|thing| thing.get("id")).and_then(Value::as_str);
            let (Kind::Removed, Some(id)) = (change.kind(), id.map(str::to_owned)) else { continue };
            if self.dropped.contains(&at) || self.agreed.contains(&at) {
                continue;
            }
            let place = change.place.clone();
            let side = self.side(at);
            let other = if side == Side::Ours { Side::Theirs } else { Side::Ours };
            let others = self.of(other);
            let uses: Vec<usize> = mentions
                .of_id(&id)
                .iter()
                .copied()
                .filter(|at| others.contains(at) && !self.dropped.contains(at))
                .filter(|&at| !self.changes[at].place.0.starts_with(&place.0))
                .filter(|&at| comes_to_speak_of(&self.changes[at], &id))
                .collect();
            if uses.is_empty() && !self.is_in_conflict(at) {
                continue;
            }
            let end = self.end(at);
            self.conflicts.insert(end);
            if Forgotten::by(&self.changes[at]).is_some() {
                let uses: Vec<Change> = uses.iter().map(|&at| self.changes[at].clone()).collect();
                self.uses.entry(end).or_default().extend(uses);
                continue;
            }
            let own = self.of(side);
            for &with in mentions.of_id(&id) {
                if with != at && own.contains(&with) && goes_with(&self.changes[with], &id) {
                    self.join(at, with, true);
                }
            }
            uses.into_iter().for_each(|used| self.join(at, used, true));
        }
    }

    /// Finds what makes the two sides unsound together and puts it into one conflict; answers whether anything was found.
    fn join_unfit(&mut self, merge: &Merge, problem: &Problem) -> bool {
        let loose: Vec<usize> = (0..self.changes.len())
            .filter(|at| !self.dropped.contains(at) && (self.end(*at) == *at || !self.is_in_conflict(*at)))
            .collect();
        let mut guilty = Vec::new();
        // Of strangers nearly everything is unsound together, and to try each change would take minutes.
        let most = if merge.strangers.is_some() { 0 } else { MOST_TRIED };
        let tries = most.min(MOST_GONE_THROUGH / values_in(&merge.values[0]).max(1));
        if loose.len() <= tries {
            guilty = loose.iter().copied().filter(|&at| self.is_sound_without(merge, problem, at)).collect();
        }
        let both = |groups: &Self, found: &[usize]| {
            let has = |side| found.iter().any(|&at| groups.side(at) == side || groups.is_in_conflict(at));
            has(Side::Ours) && has(Side::Theirs)
        };
        if !both(self, &guilty) {
            let list: Vec<&str> = problem.place.split('/').take(2).collect();
            guilty = loose
                .iter()
                .copied()
                .filter(|&at| self.changes[at].place.0.iter().zip(&list).all(|(step, wanted)| step == wanted))
                .collect();
        }
        if !both(self, &guilty) {
            guilty = loose.clone();
        }
        // Where nothing that was found is new, everything is one conflict: all of one side is sound whatever it is.
        self.join_guilty(&guilty, problem) || self.join_guilty(&loose, problem)
    }

    /// Puts what makes the two sides unsound together into one conflict; answers whether anything came to it.
    fn join_guilty(&mut self, guilty: &[usize], problem: &Problem) -> bool {
        let ends = |groups: &Self| {
            (0..groups.changes.len()).filter(|&at| !groups.is_in_conflict(at)).count()
                + groups.conflicts.len()
        };
        let before = ends(self);
        if let Some((&first, rest)) = guilty.split_first() {
            for &other in rest {
                self.join(first, other, true);
            }
            let end = self.end(first);
            self.conflicts.insert(end);
            self.unfit.insert(end, problem.what.clone());
        }
        ends(self) < before
    }

    /// Whether a problem is gone when one change, or one conflict with all that is in it, is left out.
    fn is_sound_without(&self, merge: &Merge, problem: &Problem, at: usize) -> bool {
        let mut without = Self { changes: self.changes.clone(), joined: self.joined.clone(), ..self.empty() };
        without.conflicts = self.conflicts.clone();
        without.dropped = self.dropped.clone();
        without.uses = self.uses.clone();
        without.woven = self.woven.clone();
        let end = self.end(at);
        without.dropped.extend((0..self.changes.len()).filter(|&other| self.end(other) == end));
        let mut tried = merge.clone();
        without.fill(&mut tried);
        [Pick::Ours, Pick::Theirs].into_iter().all(|pick| {
            tried
                .broken_with(pick)
                .is_none_or(|found| found.place != problem.place || found.what != problem.what)
        })
    }

    fn empty(&self) -> Self {
        Self {
            changes: Vec::new(),
            ours: self.ours,
            joined: Vec::new(),
            conflicts: HashSet::new(),
            dropped: HashSet::new(),
            agreed: HashSet::new(),
            uses: HashMap::new(),
            woven: HashMap::new(),
            unfit: HashMap::new(),
            has_base: self.has_base,
        }
    }

    /// Puts what has been found into the merge.
    fn fill(&self, merge: &mut Merge) {
        let mut fitting = Vec::new();
        let mut conflicts: BTreeMap<usize, [Vec<Change>; 2]> = BTreeMap::new();
        for (at, change) in self.changes.iter().enumerate().filter(|(at, _)| !self.dropped.contains(at)) {
            let end = self.end(at);
            let woven = self.woven.get(&at);
            if self.conflicts.contains(&end) {
                let sides = conflicts.entry(end).or_default();
                sides[usize::from(at >= self.ours)].push(change.clone());
                // What both did is done whichever is taken.
                sides[1].extend(self.agreed.contains(&at).then(|| change.clone()));
                sides[1].extend(woven.map(|(theirs, _)| self.changes[*theirs].clone()));
                continue;
            }
            let of = match (self.agreed.contains(&at) || woven.is_some(), self.side(at)) {
                (true, _) => Whose::Both,
                (false, Side::Ours) => Whose::Ours,
                (false, Side::Theirs) => Whose::Theirs,
            };
            let mut change = change.clone();
            if let Some((_, list)) = woven {
                change.after = Some(list.clone());
            }
            fitting.push(Fitting { of, change });
        }
        let order = |place: &Place| (rank(place), place.clone());
        fitting.sort_by_cached_key(|fitting| (order(&fitting.change.place), fitting.of));
        merge.fitting = fitting;
        merge.conflicts = conflicts.into_iter().map(|(end, sides)| self.conflict(end, sides)).collect();
        merge.conflicts.sort_by_cached_key(|conflict| order(&conflict.place));
    }

    fn conflict(&self, end: usize, [ours, theirs]: [Vec<Change>; 2]) -> Conflict {
        let removal = |changes: &[Change]| {
            let is_thing = |change: &&Change| {
                change.kind() == Kind::Removed
                    && change.before.as_ref().is_some_and(|thing| thing.get("id").is_some())
            };
            changes.iter().find(is_thing).map(|change| change.place.clone())
        };
        let gone = [removal(&ours), removal(&theirs)];
        let added = |changes: &[Change]| matches!(changes, [only] if only.kind() == Kind::Added);
        let reason = match (&gone, self.unfit.get(&end)) {
            _ if !self.has_base => Reason::Differs,
            (_, Some(why)) => Reason::DoNotFit(why.clone()),
            ([Some(_), None], _) => Reason::Removed(Side::Ours),
            ([None, Some(_)], _) => Reason::Removed(Side::Theirs),
            _ if added(&ours) && added(&theirs) => Reason::BothAdded,
            _ => Reason::BothChanged,
        };
        let gone = gone.into_iter().flatten().next();
        // What is only signed stands behind what was done.
        let first = ours
            .iter()
            .chain(&theirs)
            .min_by_key(|change| (signature(change).is_some(), rank(&change.place)));
        let place = gone.or_else(|| first.map(|change| change.place.clone())).unwrap_or_default();
        Conflict { place, reason, ours, theirs, uses: self.uses.get(&end).cloned().unwrap_or_default() }
    }
}

/// How two changes of which one lies in the other's place stand to each other.
enum Meeting {
    Apart,
    Alike,
    /// Both changed a list, and both can be had.
    Woven(Value),
    Conflict,
}

fn meet(ours: &Change, theirs: &Change) -> Meeting {
    let same_place = ours.place == theirs.place;
    let same_end = same_place && ours.after == theirs.after;
    match (ours.kind(), theirs.kind()) {
        (Kind::Moved, Kind::Moved) if ours.position == theirs.position => Meeting::Alike,
        (Kind::Moved, Kind::Moved | Kind::Removed) | (Kind::Removed, Kind::Moved) if same_place => {
            Meeting::Conflict
        }
        (Kind::Moved, _) | (_, Kind::Moved) => Meeting::Apart,
        _ if same_end => Meeting::Alike,
        _ => weave(ours, theirs).map_or(Meeting::Conflict, Meeting::Woven),
    }
}

/// The score of which a change says who last edited it.
fn signature(change: &Change) -> Option<Vec<String>> {
    match change.place.0.as_slice() {
        [room, list, _, field, ..] if room == "balance" && list == "scores" && field == "edited" => {
            Some(change.place.0[..3].to_vec())
        }
        _ => None,
    }
}

/// Whether a change is about a score, and not only about who edited it.
fn is_otherwise_in(change: &Change, score: &[String]) -> bool {
    change.place.0.starts_with(score) && signature(change).is_none()
}

/// Lists of which order says nothing.
const SETS: [&str; 5] = ["speaks_for", "gains_from", "evidence", "abstains", "links"];

/// The list that two changes of one list make together, where that is beyond doubt: one side only took things out, or the
/// order says nothing.
fn weave(ours: &Change, theirs: &Change) -> Option<Value> {
    let list = |value: &Option<Value>| match value {
        Some(Value::Array(list)) => Some(list.clone()),
        // A list without entries may be left out.
        None => Some(Vec::new()),
        _ => None,
    };
    if ours.place != theirs.place || ours.after.is_none() && theirs.after.is_none() {
        return None;
    }
    let is_list = [ours, theirs]
        .iter()
        .any(|c| [&c.before, &c.after].iter().any(|v| matches!(v, Some(Value::Array(_)))));
    let (base, one, other) = (list(&ours.before)?, list(&ours.after)?, list(&theirs.after)?);
    // What a list asks for when it is empty may be everything.
    if !is_list || one.is_empty() || other.is_empty() {
        return None;
    }
    let only_less = |side: &[Value]| {
        let mut rest = base.iter();
        side.iter().all(|thing| rest.any(|known| known == thing))
    };
    let without = |side: &[Value], taken: &[Value]| -> Vec<Value> {
        side.iter().filter(|thing| taken.contains(thing) || !base.contains(thing)).cloned().collect()
    };
    let is_set = ours.place.0.last().is_some_and(|field| SETS.contains(&field.as_str()));
    let woven = if only_less(&other) {
        without(&one, &other)
    } else if only_less(&one) {
        without(&other, &one)
    } else if is_set {
        let mut both = without(&one, &other);
        both.extend(other.iter().filter(|thing| !base.contains(thing) && !one.contains(thing)).cloned());
        both
    } else {
        return None;
    };
    Some(Value::Array(woven))
}
