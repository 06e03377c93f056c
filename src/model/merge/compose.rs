//! Making what both sides did to the workspace that they began with.

use serde_json::Value;

use super::Side;
use crate::model::{
    Workspace,
    diff::{ApplyError, Change, Kind, Position, child, has_key},
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
    for part in parts {
        for change in &part.changes {
            set(change, &mut whole)?;
        }
    }
    for part in parts {
        for change in part.changes.iter().filter(|change| change.kind() == Kind::Removed) {
            remove(change, &mut whole)?;
        }
    }
    for part in parts {
        // From the front of each list to its back: each thing stands behind one that has its place already.
        let mut placed: Vec<&Change> =
            part.changes.iter().filter(|change| change.position.is_some()).collect();
        placed.sort_by_cached_key(|change| own_place(change, part.whole));
        for change in placed {
            put(change, part, &mut whole)?;
        }
    }
    serde_json::from_value(whole).map_err(|error| ApplyError::DoesNotFit(error.to_string()))
}

fn not_there(change: &Change) -> ApplyError {
    ApplyError::NotThere(change.place.clone())
}

/// What a change is made in, and the last step of its place.
fn parent<'v, 'c>(change: &'c Change, whole: &'v mut Value) -> Result<(&'v mut Value, &'c str), ApplyError> {
    let (last, above) = change.place.0.split_last().ok_or_else(|| not_there(change))?;
    let parent = above.iter().try_fold(whole, |parent, step| child(parent, step));
    Ok((parent.ok_or_else(|| not_there(change))?, last))
}

/// Changes a field; leaves things of lists alone.
fn set(change: &Change, whole: &mut Value) -> Result<(), ApplyError> {
    if change.position.is_some() {
        return Ok(());
    }
    match parent(change, whole)? {
        (Value::Object(fields), field) => {
            match &change.after {
                Some(after) => fields.insert(field.to_owned(), after.clone()),
                None => fields.shift_remove(field),
            };
            Ok(())
        }
        (Value::Array(_), _) => Ok(()),
        _ => Err(not_there(change)),
    }
}

/// Removes a thing from its list; leaves fields alone.
fn remove(change: &Change, whole: &mut Value) -> Result<(), ApplyError> {
    // A field that went has taken along nothing that anything else is in.
    if let Ok((Value::Array(list), key)) = parent(change, whole) {
        list.retain(|thing| !has_key(thing, key));
    }
    Ok(())
}

/// Puts a thing that was added or moved to its place in the list.
fn put(change: &Change, part: &Part<'_>, whole: &mut Value) -> Result<(), ApplyError> {
    let (Value::Array(list), key) = parent(change, whole)? else { return Err(not_there(change)) };
    let there = list.iter().position(|thing| has_key(thing, key));
    let thing = match (&change.before, there) {
        (Some(_), Some(at)) => list.remove(at),
        (None, None) => change.after.clone().ok_or_else(|| not_there(change))?,
        _ => return Err(not_there(change)),
    };
    let own = own_list(change, part.whole);
    let to = place_for(change, key, list, own);
    list.insert(if part.side == Side::Theirs { past_the_others(list, to, own) } else { to }, thing);
    Ok(())
}

/// The list of that side in which a thing stands.
fn own_list<'v>(change: &Change, whole: &'v Value) -> &'v [Value] {
    let above = &change.place.0[..change.place.0.len() - 1];
    let list = above.iter().try_fold(whole, |parent, step| match parent {
        Value::Object(fields) => fields.get(step),
        Value::Array(list) => list.iter().find(|thing| has_key(thing, step)),
        _ => None,
    });
    list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Where a thing stands in its list on that side.
fn own_place(change: &Change, whole: &Value) -> Option<usize> {
    let key = change.place.0.last()?;
    own_list(change, whole).iter().position(|thing| has_key(thing, key))
}

/// Behind the nearest thing before it in that side's own list that is in this one.
fn place_for(change: &Change, key: &str, list: &[Value], own: &[Value]) -> usize {
    let behind = |key: &str| list.iter().position(|thing| has_key(thing, key)).map(|at| at + 1);
    match &change.position {
        Some(Position::Behind(key)) if let Some(at) = behind(key) => at,
        Some(Position::First) | None => 0,
        Some(Position::Behind(_)) => {
            let here = own.iter().position(|thing| has_key(thing, key)).unwrap_or(0);
            let before = own[..here].iter().rev();
            let known = |thing: &Value| list.iter().position(|other| is_same(other, thing));
            before.filter_map(known).next().map_or(0, |at| at + 1)
        }
    }
}

/// Past what only the other side has at this place.
fn past_the_others(list: &[Value], from: usize, own: &[Value]) -> usize {
    let others = list[from..].iter().take_while(|thing| !own.iter().any(|known| is_same(known, thing)));
    from + others.count()
}

/// Whether two entries of a list are the same thing, whatever is said of it.
fn is_same(one: &Value, other: &Value) -> bool {
    const KEYS: [&str; 5] = ["id", "factor", "option", "against", "number"];
    match one.get("id").or_else(|| other.get("id")) {
        Some(_) => one.get("id") == other.get("id"),
        None => KEYS.iter().all(|key| one.get(key) == other.get(key)),
    }
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
