//! The known places of a workspace, found without going through all of them: thousands of changes are put in order by them.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    Place,
    words::{Form, PLACES},
};

/// How a place is called and how its values read, if it is known.
pub(super) fn known(place: &Place) -> Option<(&'static str, Form)> {
    PLACES.get(number(place)?).map(|&(_, what, form)| (what, form))
}

/// Where a place comes in the order of the file, before anything is said of which thing of a list it is.
pub(in crate::model) fn rank(place: &Place) -> usize {
    number(place).unwrap_or(PLACES.len())
}

/// A pattern in steps, of which `*` is any, with its number among [`PLACES`].
type Pattern = (Vec<&'static str>, usize);

/// The first pattern that a place is of.
fn number(place: &Place) -> Option<usize> {
    let first = place.0.first()?;
    let fits = |pattern: &[&str]| pattern.iter().zip(&place.0).all(|(own, step)| *own == "*" || own == step);
    let alike = by_beginning().get(&(first.as_str(), place.0.len()))?;
    alike.iter().find(|(pattern, _)| fits(pattern)).map(|(_, number)| *number)
}

/// The patterns by their first step, which is never any, and how many steps they have.
fn by_beginning() -> &'static HashMap<(&'static str, usize), Vec<Pattern>> {
    static KNOWN: OnceLock<HashMap<(&'static str, usize), Vec<Pattern>>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known: HashMap<_, Vec<Pattern>> = HashMap::new();
        for (number, (pattern, ..)) in PLACES.iter().enumerate() {
            let steps: Vec<&str> = pattern.split('/').collect();
            known.entry((steps[0], steps.len())).or_default().push((steps, number));
        }
        known
    })
}
