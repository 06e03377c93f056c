//! Making what both sides did to the workspace that they began with.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::{Side, row::Row};
use crate::model::{
    Workspace,
    diff::{ApplyError, Change, Kind, Place, Position, key_of},
};

/// What is made of one side.
pub(super) struct Part<'a> {
    pub changes: Vec<Change>,
    /// All of that side, to know where in its lists a thing stands.
    whole: &'a Value,
    side: Side,
}

impl<'a> Part<'a> {
    pub fn of(whole: &'a Value, side: Side) -> Self {
        Self { changes: Vec::new(), whole, side }
    }
}

/// Makes the changes of both sides, of which no two may be to the same place. In lists what ours added stands before what
/// theirs added at the same place.
///
/// # Errors
/// A place is not there.
pub(super) fn compose(base: &Value, parts: &[Part<'_>; 2]) -> Result<Workspace, ApplyError> {
    let mut whole = base.clone();
    // What is changed in a thing, then what goes, then what comes: so that no place is looked for in vain.
    let mut known = Lists::default();
    for part in parts {
        for change in part.changes.iter().filter(|change| change.position.is_none()) {
            set(change, &mut whole, &mut known)?;
        }
    }
    remove_all(parts, &mut whole, &mut known);
    for part in parts {
        let mut own = Lists::default();
        for (list, changes) in part.placed() {
            let own = own.keys(&list, part.whole);
            place_all(&list, &changes, (part, &own), &mut whole, &mut known)?;
        }
    }
    serde_json::from_value(whole).map_err(|error| ApplyError::DoesNotFit(error.to_string()))
}

impl Part<'_> {
    /// What is added or moved, by the list that it stands in: the lists from the outside in.
    fn placed(&self) -> BTreeMap<Vec<String>, Vec<&Change>> {
        let mut lists: BTreeMap<Vec<String>, Vec<&Change>> = BTreeMap::new();
        for change in self.changes.iter().filter(|change| change.position.is_some()) {
            if let Some((_, list)) = change.place.0.split_last() {
                lists.entry(list.to_vec()).or_default().push(change);
            }
        }
        lists
    }
}

fn not_there(change: &Change) -> ApplyError {
    ApplyError::NotThere(change.place.clone())
}

/// Where each thing stands in the lists that have been looked into, until something in them comes or goes.
#[derive(Default)]
struct Lists(HashMap<Vec<String>, HashMap<String, usize>>);

impl Lists {
    /// What stands at a place.
    fn at<'v>(&mut self, steps: &[String], whole: &'v mut Value) -> Option<&'v mut Value> {
        let mut at = whole;
        for (depth, step) in steps.iter().enumerate() {
            at = match at {
                Value::Object(fields) => fields.get_mut(step)?,
                Value::Array(list) => {
                    let places = self.0.entry(steps[..depth].to_vec()).or_insert_with(|| places_in(list));
                    list.get_mut(*places.get(step)?)?
                }
                _ => return None,
            };
        }
        Some(at)
    }

    /// The keys of the things in a list, in order.
    fn keys(&mut self, list: &[String], whole: &Value) -> Vec<String> {
        let mut at = Some(whole);
        for (depth, step) in list.iter().enumerate() {
            at = match at {
                Some(Value::Object(fields)) => fields.get(step),
                Some(Value::Array(things)) => {
                    let places = self.0.entry(list[..depth].to_vec()).or_insert_with(|| places_in(things));
                    places.get(step).and_then(|&at| things.get(at))
                }
                _ => None,
            };
        }
        let things = at.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        things.iter().map(|thing| key_of(thing).unwrap_or_default().into_owned()).collect()
    }

    /// Forgets where things stood in a list in which some have come, gone or moved. Lists inside them stay as they are.
    fn forget(&mut self, list: &[String]) {
        self.0.remove(list);
    }
}

/// Where the thing of each key stands in a list.
fn places_in(list: &[Value]) -> HashMap<String, usize> {
    // Of two things of one key the first counts.
    let keys = list.iter().enumerate().rev();
    keys.filter_map(|(at, thing)| Some((key_of(thing)?.into_owned(), at))).collect()
}

/// Changes a field; leaves things of lists alone.
fn set(change: &Change, whole: &mut Value, known: &mut Lists) -> Result<(), ApplyError> {
    let (field, above) = change.place.0.split_last().ok_or_else(|| not_there(change))?;
    match known.at(above, whole).ok_or_else(|| not_there(change))? {
        Value::Object(fields) => {
            match &change.after {
                Some(after) => fields.insert(field.to_owned(), after.clone()),
                None => fields.shift_remove(field),
            };
            Ok(())
        }
        Value::Array(_) => Ok(()),
        _ => Err(not_there(change)),
    }
}

/// Takes what either side removed out of its list. A field that went has taken along nothing that anything else is in.
fn remove_all(parts: &[Part<'_>; 2], whole: &mut Value, known: &mut Lists) {
    let mut gone: BTreeMap<&[String], HashSet<&str>> = BTreeMap::new();
    let removed = parts.iter().flat_map(|part| &part.changes).filter(|c| c.kind() == Kind::Removed);
    for change in removed {
        if let Some((key, list)) = change.place.0.split_last() {
            gone.entry(list).or_default().insert(key);
        }
    }
    // From the inside out: a thing may go with the list inside it.
    for (list, keys) in gone.into_iter().rev() {
        if let Some(Value::Array(things)) = known.at(list, whole) {
            things.retain(|thing| key_of(thing).is_none_or(|key| !keys.contains(&*key)));
        }
        known.forget(list);
    }
}

/// Puts the things that one side added to a list or moved in it to their places, from the front of that side's list to
/// its back: each stands behind one that has its place already.
fn place_all(
    list: &[String],
    changes: &[&Change],
    (part, own): (&Part<'_>, &[String]),
    whole: &mut Value,
    known: &mut Lists,
) -> Result<(), ApplyError> {
    let first = changes.first().ok_or_else(|| ApplyError::NotThere(Place::default()))?;
    let Some(Value::Array(there)) = known.at(list, whole) else { return Err(not_there(first)) };
    let own_places: HashMap<&str, usize> =
        own.iter().enumerate().rev().map(|(at, key)| (&**key, at)).collect();
    let place_of = |change: &Change| change.place.0.last().and_then(|key| own_places.get(&**key)).copied();
    let mut changes = changes.to_vec();
    changes.sort_by_key(|change| place_of(change));
    let mut row = Row::of(std::mem::take(there));
    for change in changes {
        let key = change.place.0.last().map_or("", String::as_str);
        let thing = match (&change.before, row.take(key)) {
            (Some(_), Some(thing)) => thing,
            (None, None) => change.after.clone().ok_or_else(|| not_there(change))?,
            _ => return Err(not_there(change)),
        };
        let mut behind = match &change.position {
            Some(Position::Behind(key)) if let Some(at) = row.place(key) => at,
            Some(Position::First) | None => Row::FRONT,
            Some(Position::Behind(_)) => {
                let before = &own[..place_of(change).unwrap_or(0)];
                before.iter().rev().find_map(|key| row.place(key)).unwrap_or(Row::FRONT)
            }
        };
        if part.side == Side::Theirs {
            // Past what only the other side has at this place.
            while let Some(next) = row.next(behind)
                && row.key(next).is_none_or(|key| !own_places.contains_key(key))
            {
                behind = next;
            }
        }
        row.put(behind, key, thing);
    }
    *there = row.into_list();
    known.forget(list);
    Ok(())
}

/// A thing that goes with everything that speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Forgotten {
    Option(String),
    NeedGroup(String),
    Factor(String),
    Stakeholder(String),
}

impl Forgotten {
    /// The thing that a change removes, if it is one that the rest of the workspace can be told to forget.
    pub fn by(change: &Change) -> Option<Self> {
        if change.kind() != Kind::Removed {
            return None;
        }
        let place = &change.place;
        let steps: Vec<&str> = place.0.iter().map(String::as_str).collect();
        match steps[..] {
            ["question", "options", id] => Some(Self::Option(id.to_owned())),
            ["question", "need_groups", id] => Some(Self::NeedGroup(id.to_owned())),
            ["balance", "factors", id] => Some(Self::Factor(id.to_owned())),
            ["voices", "stakeholders", id] => Some(Self::Stakeholder(id.to_owned())),
            _ => None,
        }
    }

    /// Takes out what still speaks of it.
    pub fn forget(&self, workspace: &mut Workspace, base: &Workspace) {
        match self {
            Self::Option(id) => workspace.forget_option(&id.as_str().into()),
            Self::NeedGroup(id) => workspace.forget_need_group(&id.as_str().into()),
            Self::Factor(id) => workspace.forget_factor(&id.as_str().into()),
            Self::Stakeholder(id) => {
                let id = id.as_str().into();
                let role = base.stakeholder(&id).map_or("", |person| person.role.as_str());
                workspace.forget_stakeholder(&id, role);
            }
        }
    }
}
