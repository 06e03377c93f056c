//! Taking numbers down without showing them: a seat is asked for, then its number in a covered field.

use crate::model::{
    Workspace,
    ids::FactorId,
    wording::{count, number},
    workshop::Scene,
};

/// The most characters that are taken of a seat or a number: more than any that is right.
const LONGEST: usize = 24;
/// The largest number of points.
const MOST_POINTS: f64 = 100.0;

/// What is said of a key that writes no number.
const ONLY_NUMBERS: &str = "Only a number goes in here. Page Down goes on; Esc closes this first.";

/// What is being typed. Nothing of the number leaves this but to the workspace.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entry {
    seat: String,
    /// The seat in the field is a suggestion: the first digit takes its place.
    is_suggested: bool,
    /// The seat being asked, counted from 0, once it has been named.
    asked: Option<usize>,
    number: String,
    /// Which of the factors of a card is asked; 0 for a ballot on one factor.
    place: usize,
    /// What there is to say about what was typed last; never the number.
    said: String,
}

/// What was typed stays out of every log.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("asked", &self.asked).finish_non_exhaustive()
    }
}

/// A key that belongs to the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    Character(char),
    /// A key that would do something on the wall, were the entry not open.
    OfTheWall,
    Rubout,
    Enter,
    /// One factor back on a card, or back to the seat.
    Up,
}

/// An answer as it was given: the seat counted from 0, the factor, and points or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub seat: usize,
    pub factor: FactorId,
    pub points: Option<f64>,
}

impl Entry {
    /// An entry that asks for the first seat that is not in yet.
    #[must_use]
    pub fn begin(workspace: &Workspace, scene: &Scene) -> Self {
        let mut entry = Self::default();
        entry.suggest_seat(workspace, scene, None);
        entry
    }

    /// The seat being asked, counted from 0, once it has been named.
    #[must_use]
    pub fn asked(&self) -> Option<usize> {
        self.asked
    }

    /// The number of the seat as far as it is typed.
    #[must_use]
    pub fn seat_typed(&self) -> &str {
        &self.seat
    }

    /// Whether anything of a number has been typed.
    #[must_use]
    pub fn holds_number(&self) -> bool {
        !self.number.is_empty()
    }

    /// What there is to say about what was typed last.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The factor that is being asked about.
    #[must_use]
    pub fn factor(&self, workspace: &Workspace, scene: &Scene) -> Option<FactorId> {
        match scene {
            Scene::Ballot(factor) => Some(factor.clone()),
            Scene::Card => workspace.asked_in(workspace.round_in_room()).get(self.place).cloned(),
            _ => None,
        }
    }

    /// Which factor of how many is asked, from 1.
    #[must_use]
    pub fn place(&self) -> usize {
        self.place + 1
    }

    /// Goes on with another scene; what was half typed is dropped.
    pub fn follow(&mut self, workspace: &Workspace, scene: &Scene) {
        *self = Self::begin(workspace, scene);
    }

    /// Asks this seat, counted from 0, as if its number had been typed.
    pub fn ask(&mut self, seat: usize, workspace: &Workspace, scene: &Scene) {
        self.seat = (seat + 1).to_string();
        self.is_suggested = false;
        self.number.clear();
        self.place = 0;
        self.asked = Some(seat);
        self.said.clear();
        let seats = workspace.voices.workshop.as_ref().map_or(&[][..], |workshop| &workshop.seats);
        let Some(at) = seats.get(seat) else { return };
        let (given, of) = match scene {
            Scene::Ballot(factor) => (usize::from(workspace.has_answered(at, Some(factor))), 1),
            _ => workspace.how_far(at),
        };
        if given > 0 && given < of {
            let asked = workspace.asked_in(workspace.round_in_room());
            let open = asked.iter().position(|factor| !workspace.has_answered(at, Some(factor)));
            self.place = open.unwrap_or(0);
            self.said = format!("Seat {} has given {given} of {of}; it goes on here.", seat + 1);
        } else if given > 0 {
            self.said = format!("Seat {} is in already; a new number takes the place of the old.", seat + 1);
        }
    }

    /// Takes a key; answers with what was given by it.
    pub fn take(&mut self, stroke: Stroke, workspace: &Workspace, scene: &Scene) -> Option<Given> {
        match stroke {
            Stroke::Character(character) => {
                self.write(character);
                None
            }
            Stroke::OfTheWall => {
                ONLY_NUMBERS.clone_into(&mut self.said);
                None
            }
            Stroke::Rubout => {
                let is_suggested = std::mem::take(&mut self.is_suggested);
                let typed = if self.asked.is_some() { &mut self.number } else { &mut self.seat };
                typed.pop();
                if is_suggested {
                    self.seat.clear();
                }
                None
            }
            Stroke::Up => {
                self.up();
                None
            }
            Stroke::Enter => match self.asked {
                None => {
                    self.name_seat(workspace, scene);
                    None
                }
                Some(seat) => self.give(seat, workspace, scene),
            },
        }
    }

    /// Writes whatever is no letter: a minus as well, so that what is under 0 is refused as it was typed.
    fn write(&mut self, character: char) {
        let character = match character {
            ',' => '.',
            '\u{2212}' | '\u{2013}' => '-',
            other => other,
        };
        if character.is_alphabetic() || character.is_whitespace() {
            ONLY_NUMBERS.clone_into(&mut self.said);
            return;
        }
        if std::mem::take(&mut self.is_suggested) {
            self.seat.clear();
        }
        let typed = if self.asked.is_some() { &mut self.number } else { &mut self.seat };
        if typed.chars().count() < LONGEST {
            typed.push(character);
        }
    }

    fn up(&mut self) {
        self.number.clear();
        self.said.clear();
        match self.place.checked_sub(1) {
            Some(place) if self.asked.is_some() => self.place = place,
            _ => (self.asked, self.is_suggested) = (None, true),
        }
    }

    fn name_seat(&mut self, workspace: &Workspace, scene: &Scene) {
        let seats = workspace.voices.workshop.as_ref().map_or(0, |workshop| workshop.seats.len());
        match self.seat.parse::<usize>() {
            Ok(seat) if (1..=seats).contains(&seat) => self.ask(seat - 1, workspace, scene),
            _ => {
                self.seat.clear();
                self.said = match seats {
                    0 => "There are no seats yet: say who is in the room first.".to_owned(),
                    1 => "There is no such seat: the only one is 1.".to_owned(),
                    seats => format!("There is no such seat: they go from 1 to {seats}."),
                };
            }
        }
    }

    fn give(&mut self, seat: usize, workspace: &Workspace, scene: &Scene) -> Option<Given> {
        let factor = self.factor(workspace, scene)?;
        let typed = std::mem::take(&mut self.number);
        let Ok(points) = points(&typed) else {
            self.said = "That is no number from 0 to 100. Type it again; nothing at all counts as no answer."
                .to_owned();
            return None;
        };
        Some(Given { seat, factor, points })
    }

    /// Goes on after an answer that is in the workspace now.
    pub fn stored(&mut self, given: &Given, workspace: &Workspace, scene: &Scene) {
        let asked = workspace.asked_in(workspace.round_in_room());
        if *scene == Scene::Card && self.place + 1 < asked.len() {
            self.place += 1;
            self.said.clear();
            return;
        }
        self.place = 0;
        self.suggest_seat(workspace, scene, Some(given.seat));
        let silent = given.points.is_none() && *scene != Scene::Card;
        let how = if silent { " without a number" } else { "" };
        self.said = format!("Seat {} is in{how}.", given.seat + 1);
    }

    /// Stays at the seat whose answer could not be taken down, and says why.
    pub fn refused(&mut self, given: &Given, why: &str) {
        self.said = format!("Seat {} is not in: {why}", given.seat + 1);
    }

    /// What of a card has been given so far, when it is left before its end.
    #[must_use]
    pub fn half_given(&self, workspace: &Workspace, scene: &Scene) -> Option<String> {
        let seat = self.asked.filter(|_| *scene == Scene::Card)?;
        let (given, of) = workspace.how_far(workspace.voices.workshop.as_ref()?.seats.get(seat)?);
        (given > 0 && given < of).then(|| {
            format!(
                "Seat {} has given {given} of {of}: these are kept, and the card goes on from there.",
                seat + 1
            )
        })
    }

    /// Writes the next seat that is not in yet, so that Enter is enough to go on to it. `after` has just come in.
    fn suggest_seat(&mut self, workspace: &Workspace, scene: &Scene, after: Option<usize>) {
        self.asked = None;
        let answered = match scene {
            Scene::Ballot(factor) => workspace.answered(Some(factor)),
            _ => workspace.answered(None),
        };
        let from = after.map_or(0, |seat| seat + 1);
        let missing = (from..answered.len()).chain(0..from).find(|&at| !answered[at] && Some(at) != after);
        self.seat = missing.map_or_else(String::new, |at| (at + 1).to_string());
        self.is_suggested = true;
    }
}

/// The points that were typed, from 0 to 100; none for nothing typed.
fn points(typed: &str) -> Result<Option<f64>, ()> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let value: f64 = typed.trim().parse().map_err(|_| ())?;
    let is_signed = typed.contains(['-', '+']);
    if !is_signed && (0.0..=MOST_POINTS).contains(&value) { Ok(Some(value)) } else { Err(()) }
}

/// "11 of 14 in".
#[must_use]
pub fn how_many_in(answered: &[bool]) -> String {
    if answered.is_empty() {
        return "Nobody has a seat yet".to_owned();
    }
    let inside = answered.iter().filter(|in_already| **in_already).count();
    format!("{} of {} in", number(inside as f64, 0), number(answered.len() as f64, 0))
}

/// Who is missing, by seat: "Seats 3, 7 and 12 are missing."
#[must_use]
pub fn who_is_missing(answered: &[bool]) -> String {
    const NAMED: usize = 8;
    let missing: Vec<String> =
        (0..answered.len()).filter(|&at| !answered[at]).map(|at| (at + 1).to_string()).collect();
    match missing.as_slice() {
        [] if answered.is_empty() => "Nobody has a seat yet.".to_owned(),
        [] => "Everybody is in.".to_owned(),
        [one] => format!("Seat {one} is missing."),
        many if many.len() > NAMED => format!("{} are missing.", count(many.len(), "seat", "seats")),
        many => {
            let many: Vec<&str> = many.iter().map(String::as_str).collect();
            format!("Seats {} are missing.", crate::model::wording::list(&many))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_from_0_to_100_are_taken_and_nothing_is_an_abstention() {
        assert_eq!(points(""), Ok(None));
        assert_eq!(points("0"), Ok(Some(0.0)));
        assert_eq!(points("62.5"), Ok(Some(62.5)));
        assert_eq!(points("100"), Ok(Some(100.0)));
        for wrong in ["101", "-1", "-0", "+5", "1e9", "nan", "inf", "6.2.5", "."] {
            assert_eq!(points(wrong), Err(()), "{wrong}");
        }
    }

    #[test]
    fn missing_seats_are_named_while_they_are_few() {
        assert_eq!(who_is_missing(&[true, false, true]), "Seat 2 is missing.");
        assert_eq!(who_is_missing(&[false, true, false]), "Seats 1 and 3 are missing.");
        assert_eq!(who_is_missing(&[true, true]), "Everybody is in.");
        assert_eq!(who_is_missing(&[false; 14]), "14 seats are missing.");
        assert_eq!(how_many_in(&[true, false, true]), "2 of 3 in");
    }
}
