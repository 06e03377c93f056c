//! What personal data a register holds, and what it lacks to hold it.

use jiff::civil::Date;

use super::{KnownAs, PeopleHeld, Voices};
use crate::model::wording::day;

/// What is wanting for people to be kept by name or under a pseudonym.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataLack {
    /// Names are kept, and it is not said what for.
    Purpose,
    /// Names are kept, and it is not said until when.
    Until,
    /// Names or pseudonyms are kept, and this day, after which they were to be taken out, has passed.
    Past(Date),
}

impl DataLack {
    /// What is wanting, in a sentence.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Purpose => "It is not said what the names are needed for.".to_owned(),
            Self::Until => "It is not said until when the names are kept.".to_owned(),
            Self::Past(until) => {
                format!("Names and pseudonyms were to be taken out after {}.", day(until))
            }
        }
    }
}

impl Voices {
    /// How many people stand in the register as a role, under a pseudonym and by name: the personal data that the file
    /// holds.
    #[must_use]
    pub fn people_held(&self) -> PeopleHeld {
        let mut held = PeopleHeld::default();
        for person in &self.stakeholders {
            match person.known_as {
                KnownAs::Role => held.roles += 1,
                KnownAs::Pseudonym => held.pseudonyms += 1,
                KnownAs::Name => held.names += 1,
                KnownAs::NotSaid => held.not_said += 1,
            }
        }
        held
    }

    /// What is wanting on this day for the register to hold what it holds of people.
    #[must_use]
    pub fn personal_data_lacks(&self, today: Date) -> Vec<DataLack> {
        let (held, data) = (self.people_held(), &self.personal_data);
        let mut lacks = Vec::new();
        if held.names > 0 && data.purpose.trim().is_empty() {
            lacks.push(DataLack::Purpose);
        }
        match data.until {
            None if held.names > 0 => lacks.push(DataLack::Until),
            Some(until) if until < today && held.names + held.not_said + held.pseudonyms > 0 => {
                lacks.push(DataLack::Past(until));
            }
            _ => {}
        }
        lacks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    const TODAY: Date = jiff::civil::date(2026, 11, 22);

    #[test]
    fn names_want_a_purpose_and_a_day() {
        let mut voices = sample::workspace().voices;
        voices.personal_data = crate::model::voices::PersonalData::default();
        for person in &mut voices.stakeholders {
            person.known_as = KnownAs::Pseudonym;
        }
        assert_eq!(voices.personal_data_lacks(TODAY), []);
        voices.stakeholders[0].known_as = KnownAs::Name;
        assert_eq!(voices.personal_data_lacks(TODAY), [DataLack::Purpose, DataLack::Until]);
    }

    #[test]
    fn nothing_is_wanting_while_nobody_has_said_that_a_name_is_kept() {
        let mut voices = sample::workspace().voices;
        voices.personal_data = crate::model::voices::PersonalData::default();
        for person in &mut voices.stakeholders {
            person.known_as = KnownAs::NotSaid;
        }
        assert_eq!(voices.people_held().not_said, voices.stakeholders.len());
        assert_eq!(voices.personal_data_lacks(TODAY), []);
        voices.personal_data.until = Some(jiff::civil::date(2026, 11, 21));
        assert_eq!(voices.personal_data_lacks(TODAY).len(), 1, "past its day it may be a name");
    }

    #[test]
    fn names_and_pseudonyms_are_not_kept_past_their_day_but_roles_may_be() {
        let mut voices = sample::workspace().voices;
        voices.stakeholders[0].known_as = KnownAs::Pseudonym;
        voices.personal_data.purpose = "To ask back".to_owned();
        voices.personal_data.until = Some(TODAY);
        assert_eq!(voices.personal_data_lacks(TODAY), [], "the day itself is still within");
        let before = jiff::civil::date(2026, 11, 21);
        voices.personal_data.until = Some(before);
        assert_eq!(voices.personal_data_lacks(TODAY), [DataLack::Past(before)]);
        for person in &mut voices.stakeholders {
            person.known_as = KnownAs::Role;
        }
        assert_eq!(voices.personal_data_lacks(TODAY), []);
    }
}
