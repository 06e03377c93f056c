//! A workshop: people in one room who give ballots and look at one wall together, led by a facilitator.
//!
//! What the room is at is kept in the workspace, so that it is journaled like every other edit and comes back where it
//! was. Answers are ordinary ballots of an ordinary round; a workshop adds who sits where and what is on the wall.

use serde::{Deserialize, Serialize};

use super::{
    Workspace,
    ids::{FactorId, OptionId, SectorId, StakeholderId},
    voices::{Ballot, LAST_ROUND, RoundState},
};

/// How long a ballot is given at first, in seconds.
pub const USUAL_SECONDS: u32 = 120;
/// The most seats there may be.
pub const MOST_SEATS: usize = 200;
/// The longest that a clock may run, in seconds.
pub const LONGEST_SECONDS: u32 = 60 * 60;

/// People in one room, and what they are looking at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workshop {
    /// Who sits where; the first is seat 1.
    pub seats: Vec<Seat>,
    pub entry: EntryOrder,
    /// What the room is at.
    pub scene: Scene,
    /// What the wall keeps showing while the facilitator looks at something else; `None` while the wall follows.
    pub held: Option<Scene>,
    /// Whether the wall shows nothing.
    pub blank: bool,
    /// The one sector whose ballots the wall shows; `None` for all.
    pub split: Option<SectorId>,
    /// Whether the wall may name who is still missing.
    pub names: bool,
    /// Whether the wall is dark.
    pub dark: bool,
    /// What is left on the clock, in seconds.
    pub seconds_left: u32,
    /// What the facilitator wants to remember; never on the wall.
    pub notes: String,
}

/// A place in the room. Somebody of whom only the sector is known sits there as a role, such as "Seat 9".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    pub stakeholder: StakeholderId,
    /// The factors of the open round on which this seat has said that it gives no number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abstains: Vec<FactorId>,
}

impl Seat {
    /// A seat from which nothing has been given yet.
    #[must_use]
    pub fn of(stakeholder: StakeholderId) -> Self {
        Self { stakeholder, abstains: Vec::new() }
    }
}

/// In which order numbers are collected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EntryOrder {
    /// The whole room answers one factor, then the next.
    #[default]
    ByFactor,
    /// Each person gives one card with every factor.
    ByPerson,
}

/// What a wall shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Scene {
    /// What is being decided, and between what.
    #[default]
    Question,
    /// A factor that the whole room is asked about.
    Ballot(FactorId),
    /// The card with every factor of the round.
    Card,
    /// What the closed round said, factor by factor.
    Reveal,
    /// One factor on which the room is apart.
    Discussion(FactorId),
    /// What the second round changed, and what that did to the leader.
    Movement,
    /// The balance with its dial: the commercial share it stands at, 0 to 1, or `None` for the room's own weights.
    Balance { dial: Option<f64> },
    /// How each sector ranks the options.
    Sectors,
    /// How often each option comes first when weights and scores are drawn.
    Robustness,
    /// Who would be left out under an option.
    Reach(OptionId),
}

impl Scene {
    /// What the facilitator calls it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Question => "The question",
            Self::Ballot(_) => "Ballot",
            Self::Card => "Ballot card",
            Self::Reveal => "What we said",
            Self::Discussion(_) => "Discussion",
            Self::Movement => "What changed",
            Self::Balance { .. } => "Balance and dial",
            Self::Sectors => "Sector by sector",
            Self::Robustness => "How sure it is",
            Self::Reach(_) => "Who is left out",
        }
    }

    /// Whether answers are being collected while it is shown.
    #[must_use]
    pub fn collects(&self) -> bool {
        matches!(self, Self::Ballot(_) | Self::Card)
    }
}

impl Workshop {
    /// A workshop with these seats, at its beginning.
    #[must_use]
    pub fn with_seats(seats: Vec<Seat>) -> Self {
        Self {
            seats,
            entry: EntryOrder::default(),
            scene: Scene::Question,
            held: None,
            blank: false,
            split: None,
            names: false,
            dark: false,
            seconds_left: USUAL_SECONDS,
            notes: String::new(),
        }
    }

    /// What stands on the wall, unless it is blank.
    #[must_use]
    pub fn on_wall(&self) -> &Scene {
        self.held.as_ref().unwrap_or(&self.scene)
    }
}

impl Workspace {
    /// The round that the room is at: the open one, else the last that has any ballot; 1 before there is any.
    #[must_use]
    pub fn round_in_room(&self) -> u8 {
        let last = self.voices.ballots.iter().map(|ballot| ballot.round).max();
        self.voices.open_round().map(|round| round.number).or(last).unwrap_or(1)
    }

    /// Whether answers of the round that the room is at are still covered.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.voices.open_round().is_some()
    }

    /// Whether what was given in a round is covered everywhere: a workshop has opened it and not revealed it yet.
    #[must_use]
    pub fn hides(&self, round: u8) -> bool {
        self.voices.workshop.is_some() && self.voices.is_open(round)
    }

    /// The factors that a round asks about, in the order of the workspace.
    #[must_use]
    pub fn asked_in(&self, round: u8) -> Vec<FactorId> {
        let factors = self.balance.factors.iter().map(|factor| &factor.id);
        factors.filter(|id| self.voices.asks(round, id)).cloned().collect()
    }

    /// The ballot that a seat gave in a round.
    #[must_use]
    pub fn ballot_of_seat(&self, seat: &Seat, round: u8) -> Option<&Ballot> {
        self.voices.ballots_of(round).find(|ballot| ballot.stakeholder.as_ref() == Some(&seat.stakeholder))
    }

    /// How many of the factors asked in the round that the room is at a seat has answered, and how many there are. Once
    /// the round is closed what somebody left out of a ballot counts as answered.
    #[must_use]
    pub fn how_far(&self, seat: &Seat) -> (usize, usize) {
        let round = self.round_in_room();
        let asked = self.asked_in(round);
        let of = asked.len();
        match self.ballot_of_seat(seat, round) {
            None => (0, of),
            Some(_) if !self.is_covered() => (of, of),
            Some(_) => (asked.iter().filter(|factor| self.has_answered(seat, Some(factor))).count(), of),
        }
    }

    /// Whether a seat has answered what is being asked: about this factor, or with a card as a whole for `None`.
    #[must_use]
    pub fn has_answered(&self, seat: &Seat, factor: Option<&FactorId>) -> bool {
        let ballot = self.ballot_of_seat(seat, self.round_in_room());
        match factor {
            Some(factor) => {
                seat.abstains.contains(factor)
                    || ballot.is_some_and(|ballot| ballot.swings.contains_key(factor))
            }
            None => {
                let (given, of) = self.how_far(seat);
                ballot.is_some() && given == of
            }
        }
    }

    /// Seat by seat whether what is being asked has been answered; nothing of what was answered.
    #[must_use]
    pub fn answered(&self, factor: Option<&FactorId>) -> Vec<bool> {
        let seats = self.voices.workshop.as_ref().map_or(&[][..], |workshop| &workshop.seats);
        seats.iter().map(|seat| self.has_answered(seat, factor)).collect()
    }

    /// The asked factors about which nobody has said anything in the round that the room is at.
    #[must_use]
    pub fn not_asked_yet(&self) -> Vec<FactorId> {
        let round = self.round_in_room();
        let seats = self.voices.workshop.as_ref().map_or(&[][..], |workshop| &workshop.seats);
        let abstained = |id: &FactorId| seats.iter().any(|seat| seat.abstains.contains(id));
        let given = |id: &FactorId| self.voices.ballots_of(round).any(|b| b.swings.contains_key(id));
        self.asked_in(round).into_iter().filter(|id| !given(id) && !abstained(id)).collect()
    }

    /// The workspace with the answers that are still covered taken out of their ballots: all that a wall may be drawn
    /// from.
    #[must_use]
    pub fn covered(&self) -> Self {
        let mut covered = self.clone();
        for ballot in &mut covered.voices.ballots {
            if self.voices.is_open(ballot.round) {
                ballot.swings.clear();
                ballot.ranking.clear();
                ballot.gut_feel.clear();
            }
        }
        for seat in covered.voices.workshop.iter_mut().flat_map(|workshop| &mut workshop.seats) {
            seat.abstains.clear();
        }
        covered
    }

    /// Whether every figure of the two rests on the same: they differ at most in what a workshop looks at, and in answers
    /// that are still covered.
    #[must_use]
    pub fn rests_on_the_same(&self, other: &Self) -> bool {
        let (voices, others) = (&self.voices, &other.voices);
        self.title == other.title
            && self.question == other.question
            && self.balance == other.balance
            && self.reach == other.reach
            && self.money == other.money
            && self.challenge == other.challenge
            && self.decision == other.decision
            && self.snapshots == other.snapshots
            && (voices.says_the_same(others) || voices.counts_the_same(others))
    }

    /// Takes out of the workshop what refers to things that are no longer there.
    pub fn settle_workshop(&mut self) {
        let Some(mut workshop) = self.voices.workshop.clone() else { return };
        let there = |id: &FactorId| self.factor(id).is_some();
        workshop.seats.retain(|seat| self.stakeholder(&seat.stakeholder).is_some());
        for seat in &mut workshop.seats {
            seat.abstains.retain(there);
        }
        let stands = |scene: &Scene| match scene {
            Scene::Ballot(factor) | Scene::Discussion(factor) => there(factor),
            Scene::Reach(option) => self.option(option).is_some(),
            _ => true,
        };
        if !stands(&workshop.scene) {
            workshop.scene = Scene::Question;
        }
        workshop.held = workshop.held.filter(|held| stands(held));
        workshop.split = workshop.split.filter(|sector| self.sector(sector).is_some());
        // Asked for as changeable only where it changes: the voices would be copied.
        if self.voices.workshop.as_ref() != Some(&workshop) {
            self.voices.workshop = Some(workshop);
        }
    }

    /// Whether the last round there may be has been asked.
    #[must_use]
    pub fn has_asked_twice(&self) -> bool {
        let last =
            |round: &super::voices::Round| round.number == LAST_ROUND && round.state == RoundState::Closed;
        self.voices.rounds.iter().any(last) || self.voices.ballots_of(LAST_ROUND).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{check, sample};

    #[test]
    fn what_is_taken_out_elsewhere_is_taken_out_of_the_workshop() {
        let mut workspace = sample::workspace();
        let gone: StakeholderId = "ida-p222".into();
        workspace.voices.forget_stakeholder(&gone);
        workspace.voices.sectors.retain(|sector| sector.id.as_str() != "guests-s222");
        workspace.voices.workshop.as_mut().unwrap().held = Some(Scene::Discussion("nothing-f999".into()));
        workspace.settle_workshop();
        let workshop = workspace.voices.workshop.as_ref().unwrap();
        assert_eq!(workshop.seats.len(), 1);
        assert_eq!((&workshop.held, &workshop.split), (&None, &None));
        assert_eq!(check::broken(&workspace), None);
    }

    #[test]
    fn a_covered_workspace_holds_nothing_that_was_answered_in_the_open_round() {
        let mut workspace = sample::workspace();
        workspace.voices.rounds[0].state = RoundState::Open;
        let covered = workspace.covered();
        assert_eq!(covered.voices.ballots.len(), workspace.voices.ballots.len());
        assert!(covered.voices.ballots.iter().all(Ballot::is_blank));
        assert!(covered.voices.workshop.as_ref().unwrap().seats.iter().all(|seat| seat.abstains.is_empty()));
        workspace.voices.rounds[0].state = RoundState::Closed;
        assert_eq!(workspace.covered().voices.ballots, workspace.voices.ballots);
    }

    #[test]
    fn a_round_that_a_workshop_has_not_revealed_is_hidden() {
        let mut workspace = sample::workspace();
        workspace.voices.rounds[0].state = RoundState::Open;
        assert!(workspace.hides(1) && !workspace.hides(2));
        workspace.voices.workshop = None;
        assert!(!workspace.hides(1));
    }

    #[test]
    fn a_seat_is_in_with_a_number_or_by_saying_that_it_gives_none() {
        let mut workspace = sample::workspace();
        workspace.voices.rounds[0].state = RoundState::Open;
        let asked = |workspace: &Workspace, id: &str| workspace.answered(Some(&id.into()));
        assert_eq!(asked(&workspace, "meals-f222"), [true, true]);
        workspace.voices.ballots[1].swings.remove(&"meals-f222".into());
        workspace.voices.ballots[1].swings.remove(&"price-f333".into());
        assert_eq!(asked(&workspace, "meals-f222"), [true, false]);
        assert_eq!(asked(&workspace, "price-f333"), [true, true], "seat 2 abstains there");
        workspace.voices.ballots.remove(1);
        assert_eq!(workspace.answered(None), [false, false], "half a card is not in");
        for factor in workspace.asked_in(1) {
            workspace.voices.ballots[0].swings.entry(factor).or_insert(10.0);
        }
        assert_eq!(workspace.answered(None), [true, false]);
    }

    #[test]
    fn looking_at_something_else_changes_no_figure_and_a_covered_answer_neither() {
        let before = sample::workspace();
        let mut after = before.clone();
        after.voices.workshop.as_mut().unwrap().scene = Scene::Reveal;
        assert!(before.rests_on_the_same(&after));
        after.voices.ballots[0].swings.clear();
        assert!(!before.rests_on_the_same(&after));
        let mut open = after.clone();
        open.voices.rounds[0].state = RoundState::Open;
        assert!(!after.rests_on_the_same(&open), "what counted does so no more");
        let mut more = open.clone();
        more.voices.ballots.remove(1);
        assert!(open.rests_on_the_same(&more));
    }
}
