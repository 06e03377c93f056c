//! Who is to be heard first: those with much at stake and little influence.
//!
//! The grid of influence against stake is that of stakeholder analysis (Mendelow 1981, power against interest); the
//! borders are those of this program.

use crate::model::voices::Stakeholder;

/// Influence below which somebody has little of it, 0 to 10.
pub const LITTLE_INFLUENCE: f64 = 4.0;

/// Stake above which somebody has much of it, 0 to 10.
pub const MUCH_AT_STAKE: f64 = 6.0;

/// Whether somebody has much at stake and little influence. Nobody is of whom either is not known.
#[must_use]
pub fn is_to_be_heard_first(person: &Stakeholder) -> bool {
    person.influence.is_some_and(|influence| influence < LITTLE_INFLUENCE)
        && person.interest.is_some_and(|stake| stake > MUCH_AT_STAKE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_themselves_are_outside() {
        let mut person = Stakeholder::named("a".into(), "A", "s".into());
        let mut is_first = |influence, stake| {
            (person.influence, person.interest) = (influence, stake);
            is_to_be_heard_first(&person)
        };
        assert!(is_first(Some(3.9), Some(6.1)));
        assert!(!is_first(Some(4.0), Some(9.0)));
        assert!(!is_first(Some(1.0), Some(6.0)));
        assert!(!is_first(None, Some(9.0)));
        assert!(!is_first(Some(1.0), None));
    }
}
