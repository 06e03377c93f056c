//! Making differences to a workspace.

use std::borrow::Cow;

use std::fmt;

use serde_json::Value;

use super::{Change, Place, Position, compare::value_of};
use crate::model::Workspace;

/// Makes the changes to a copy of the workspace, one after the other.
///
/// The changes between two workspaces, made to the first, give the second. Made to a third they give what both sides
/// did, as long as they touch different places; where they do not, the error names the place.
///
/// The result is not checked; see [`crate::model::check`].
///
/// # Errors
/// What stands at a place is not what the change found there, or the place or its neighbour is gone.
pub fn apply(workspace: &Workspace, changes: &[Change]) -> Result<Workspace, ApplyError> {
    let mut whole = value_of(workspace);
    for change in changes {
        make(change, &mut whole)?;
    }
    serde_json::from_value(whole).map_err(|error| ApplyError::DoesNotFit(error.to_string()))
}

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplyError {
    /// Something else stands there than the change found.
    StandsDifferently(Place),
    /// There is no such place, or the thing that it should stand behind is not in the list.
    NotThere(Place),
    /// The changes together do not make a workspace; why not, in the reader's words.
    DoesNotFit(String),
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StandsDifferently(place) => write!(f, "{place} has been changed in another way meanwhile."),
            Self::NotThere(place) => write!(f, "{place} is not there any more."),
            Self::DoesNotFit(why) => write!(f, "The changes do not make a workspace: {why}."),
        }
    }
}

impl std::error::Error for ApplyError {}

fn make(change: &Change, whole: &mut Value) -> Result<(), ApplyError> {
    let not_there = || ApplyError::NotThere(change.place.clone());
    let (last, above) = change.place.0.split_last().ok_or_else(not_there)?;
    let mut parent = whole;
    for step in above {
        parent = child(parent, step).ok_or_else(not_there)?;
    }
    match parent {
        Value::Array(list) => change_list(change, last, list),
        Value::Object(fields) => {
            if fields.get(last) != change.before.as_ref() {
                return Err(ApplyError::StandsDifferently(change.place.clone()));
            }
            match &change.after {
                Some(after) => fields.insert(last.clone(), after.clone()),
                None => fields.shift_remove(last),
            };
            Ok(())
        }
        _ => Err(not_there()),
    }
}

/// Adds, removes or moves the thing of this key.
fn change_list(change: &Change, key: &str, list: &mut Vec<Value>) -> Result<(), ApplyError> {
    let at = list.iter().position(|thing| has_key(thing, key));
    let thing = match (&change.before, &change.after, at) {
        (None, Some(added), None) => added.clone(),
        (Some(_), Some(_), Some(at)) => list.remove(at),
        (Some(removed), None, Some(at)) if list[at] == *removed => {
            list.remove(at);
            return Ok(());
        }
        (Some(_), _, None) => return Err(ApplyError::NotThere(change.place.clone())),
        _ => return Err(ApplyError::StandsDifferently(change.place.clone())),
    };
    let to = match &change.position {
        Some(Position::First) => Some(0),
        Some(Position::Behind(key)) => list.iter().position(|thing| has_key(thing, key)).map(|at| at + 1),
        None => None,
    };
    list.insert(to.ok_or_else(|| ApplyError::NotThere(change.place.clone()))?, thing);
    Ok(())
}

/// What stands under a step: a field of this name, or the thing of a list that goes by this key.
pub(in crate::model) fn child<'v>(parent: &'v mut Value, step: &str) -> Option<&'v mut Value> {
    match parent {
        Value::Object(fields) => fields.get_mut(step),
        Value::Array(list) => list.iter_mut().find(|thing| has_key(thing, step)),
        _ => None,
    }
}

/// Whether a thing in a list goes by this key; see [`key_of`].
pub(in crate::model) fn has_key(thing: &Value, key: &str) -> bool {
    key_of(thing).is_some_and(|own| own == key)
}

/// The key that a thing in a list goes by: its id, or its factor and option or other factor, or its factor alone, or its
/// option, or its number.
pub(in crate::model) fn key_of(thing: &Value) -> Option<Cow<'_, str>> {
    let field = |name| thing.get(name).and_then(Value::as_str);
    match (field("id"), field("factor"), field("option").or_else(|| field("against"))) {
        (Some(id), _, _) => Some(id.into()),
        (None, Some(factor), Some(option)) => Some(format!("{factor}/{option}").into()),
        (None, Some(factor), None) => Some(factor.into()),
        (None, None, Some(option)) => Some(option.into()),
        (None, None, None) => thing.get("number").and_then(Value::as_u64).map(|n| n.to_string().into()),
    }
}
