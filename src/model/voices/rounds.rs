//! Rounds of ballots: what each asks, and whether what was given in it counts yet.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Ballot, Voices};
use crate::model::ids::FactorId;

/// The last round there may be: 1 is the blind round, 2 the round after discussion.
pub const LAST_ROUND: u8 = 2;

/// One round of ballots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// 1 is the blind round, 2 the round after discussion.
    pub number: u8,
    /// The factors that it asks about; empty for every factor.
    pub asks: Vec<FactorId>,
    pub state: RoundState,
    /// The day it was opened; `None` when nobody wrote it down.
    pub opened: Option<Date>,
    /// The day it was last closed; `None` when nobody wrote it down.
    pub closed: Option<Date>,
}

/// Whether ballots of a round count yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RoundState {
    /// Ballots come in, and none of them counts or shows in any result.
    Open,
    #[default]
    Closed,
}

impl Voices {
    /// The round of this number, where the file lists it.
    #[must_use]
    pub fn round(&self, number: u8) -> Option<&Round> {
        self.rounds.iter().find(|round| round.number == number)
    }

    /// The round that is open, the last if there are several.
    #[must_use]
    pub fn open_round(&self) -> Option<&Round> {
        let open = self.rounds.iter().filter(|round| round.state == RoundState::Open);
        open.max_by_key(|round| round.number)
    }

    /// Whether ballots of this round are still coming in, so that none of them counts.
    #[must_use]
    pub fn is_open(&self, number: u8) -> bool {
        self.round(number).is_some_and(|round| round.state == RoundState::Open)
    }

    /// Whether a round asks about a factor. A round that is not listed asks about every factor.
    #[must_use]
    pub fn asks(&self, number: u8, factor: &FactorId) -> bool {
        self.round(number).is_none_or(|round| round.asks.is_empty() || round.asks.contains(factor))
    }

    /// Whether a ballot came in after its round was closed. It is kept and does not count unless the round is opened
    /// again and closed on that day or later.
    #[must_use]
    pub fn is_late(&self, ballot: &Ballot) -> bool {
        let round = self.round(ballot.round).filter(|round| round.state == RoundState::Closed);
        let closed = round.and_then(|round| round.closed);
        closed.is_some_and(|closed| ballot.received.is_some_and(|received| received > closed))
    }

    /// Whether a ballot counts: its round is closed, and it came in time.
    #[must_use]
    pub fn counts(&self, ballot: &Ballot) -> bool {
        !self.is_open(ballot.round) && !self.is_late(ballot)
    }

    /// The ballots of a round.
    pub fn ballots_of(&self, round: u8) -> impl Iterator<Item = &Ballot> {
        self.ballots.iter().filter(move |ballot| ballot.round == round)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    fn round(number: u8, state: RoundState) -> Round {
        Round { number, asks: Vec::new(), state, opened: None, closed: None }
    }

    #[test]
    fn a_round_that_is_not_listed_is_closed_and_asks_everything() {
        let voices = sample::workspace().voices;
        let unlisted = Voices { rounds: Vec::new(), ..(*voices).clone() };
        assert!(!unlisted.is_open(1) && unlisted.asks(1, &"meals-f222".into()));
        assert!(unlisted.counts(&unlisted.ballots[0]));
    }

    #[test]
    fn an_open_round_does_not_count_until_it_is_closed() {
        let mut voices = sample::workspace().voices;
        voices.rounds = vec![round(1, RoundState::Open)];
        assert!(!voices.counts(&voices.ballots[0]));
        assert_eq!(voices.open_round().map(|open| open.number), Some(1));
        voices.rounds[0].state = RoundState::Closed;
        assert!(voices.counts(&voices.ballots[0]));
    }

    #[test]
    fn a_ballot_after_the_closing_day_is_late_until_the_round_is_closed_anew() {
        let mut voices = sample::workspace().voices;
        let [closing, after] = [9, 10].map(|day| jiff::civil::date(2026, 3, day));
        voices.rounds = vec![Round { closed: Some(closing), ..round(1, RoundState::Closed) }];
        voices.ballots[0].received = Some(closing);
        voices.ballots[1].received = Some(after);
        let late = |voices: &Voices| [0, 1].map(|at| voices.is_late(&voices.ballots[at]));
        assert_eq!(late(&voices), [false, true]);
        assert!(!voices.counts(&voices.ballots[1]));
        voices.rounds[0].closed = Some(after);
        assert_eq!(late(&voices), [false, false]);
    }
}
