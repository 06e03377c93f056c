//! The checks of rounds and ballots.

use std::collections::HashSet;

use super::{Finder, Limits, ProblemKind};
use crate::model::{
    ids::OptionId,
    voices::{Ballot, LAST_ROUND, Round, RoundState, Voices},
    wording,
};

const LIST: &str = "voices/ballots";

impl<'a> Finder<'a> {
    pub(super) fn rounds(&mut self, voices: &'a Voices) {
        let mut seen = HashSet::new();
        for round in &voices.rounds {
            let number = round.number;
            self.round_number(number, format_args!("voices/rounds/{number}"), format_args!("A round"));
            if !seen.insert(number) {
                self.broken(
                    ProblemKind::DoubleId,
                    format_args!("voices/rounds/{number}"),
                    format_args!("Round {number} stands twice."),
                    "Keep one of the two.",
                );
            }
            for factor in &round.asks {
                self.refers(
                    self.factors.contains_key(factor.as_str()),
                    factor.as_str(),
                    "factor",
                    format_args!("voices/rounds/{number}/asks/{factor}"),
                    format_args!("Round {number}"),
                );
            }
            if self.doubts {
                self.doubts_of_round(round);
            }
        }
        let open = voices.rounds.iter().filter(|round| round.state == RoundState::Open).count();
        if open > 1 {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("voices/rounds"),
                format_args!("{open} rounds are open at once."),
                "Close the earlier one before people vote again.",
            );
        }
    }

    fn doubts_of_round(&mut self, round: &Round) {
        let number = round.number;
        if let (Some(opened), Some(closed)) = (round.opened, round.closed)
            && closed < opened
        {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("voices/rounds/{number}/closed"),
                format_args!(
                    "Round {number} was closed on {}, before it was opened on {}.",
                    wording::day(closed),
                    wording::day(opened)
                ),
                "Correct one of the two days.",
            );
        }
        let mut named = HashSet::new();
        if round.asks.iter().any(|factor| !named.insert(factor)) {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("voices/rounds/{number}/asks"),
                format_args!("Round {number} names a factor twice."),
                "Name each factor once.",
            );
        }
    }

    fn round_number(&mut self, number: u8, place: std::fmt::Arguments<'_>, whose: std::fmt::Arguments<'_>) {
        if !(1..=LAST_ROUND).contains(&number) {
            self.broken(
                ProblemKind::OutOfRange,
                place,
                format_args!("{whose} is of round {number}."),
                "Give 1 for the blind round or 2 for the round after discussion.",
            );
        }
    }

    pub(super) fn ballots(&mut self, voices: &'a Voices) {
        self.ids(LIST, "a ballot", voices.ballots.iter().map(|b| b.id.as_str()));
        let mut given = HashSet::new();
        for ballot in &voices.ballots {
            self.ballot(voices, ballot);
            if !self.doubts {
                continue;
            }
            self.doubts_of_ballot(voices, ballot);
            if let Some(stakeholder) = &ballot.stakeholder
                && !given.insert((stakeholder, ballot.round))
            {
                let name = self.stakeholder_name(stakeholder.as_str());
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{LIST}/{}", ballot.id),
                    format_args!("“{name}” has a second ballot in round {}.", ballot.round),
                    "Keep one ballot a person and round; of two the later one counts.",
                );
            }
        }
        if self.doubts {
            self.ballots_that_cannot_be_joined(voices);
        }
    }

    fn ballot(&mut self, voices: &'a Voices, ballot: &'a Ballot) {
        let id = &ballot.id;
        self.refers(
            self.sectors.contains(ballot.sector.as_str()),
            ballot.sector.as_str(),
            "sector",
            format_args!("{LIST}/{id}/sector"),
            format_args!("The ballot “{id}”"),
        );
        if let Some(stakeholder) = &ballot.stakeholder {
            let known = self.stakeholders.get(stakeholder.as_str());
            let sector = known.map(|&at| &voices.stakeholders[at].sector);
            self.refers(
                sector.is_some(),
                stakeholder.as_str(),
                "stakeholder",
                format_args!("{LIST}/{id}/stakeholder"),
                format_args!("The ballot “{id}”"),
            );
            if sector.is_some_and(|sector| *sector != ballot.sector) {
                let name = self.stakeholder_name(stakeholder.as_str());
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{LIST}/{id}/sector"),
                    format_args!("The ballot of “{name}” is counted in another sector than theirs."),
                    "See which of the two sectors is right.",
                );
            }
        }
        self.round_number(ballot.round, format_args!("{LIST}/{id}/round"), format_args!("The ballot “{id}”"));
        for (factor, &swing) in &ballot.swings {
            self.refers(
                self.factors.contains_key(factor.as_str()),
                factor.as_str(),
                "factor",
                format_args!("{LIST}/{id}/swings/{factor}"),
                format_args!("The ballot “{id}”"),
            );
            self.figure(
                swing,
                Limits::NOT_NEGATIVE,
                format_args!("{LIST}/{id}/swings/{factor}"),
                format_args!("The swing of “{factor}” on the ballot “{id}”"),
            );
        }
        self.ranking(ballot, "ranking", "The ranking", &ballot.ranking);
        self.ranking(ballot, "gut_feel", "The ranking before results", &ballot.gut_feel);
    }

    /// A ranking names options that are there, each once.
    fn ranking(&mut self, ballot: &'a Ballot, field: &str, what: &str, ranking: &'a [OptionId]) {
        let id = &ballot.id;
        let mut seen = HashSet::new();
        for option in ranking {
            self.refers(
                self.options.contains_key(option.as_str()),
                option.as_str(),
                "option",
                format_args!("{LIST}/{id}/{field}/{option}"),
                format_args!("{what} of the ballot “{id}”"),
            );
            if !seen.insert(option) {
                let name = self.option_name(option.as_str());
                self.broken(
                    ProblemKind::DoubleId,
                    format_args!("{LIST}/{id}/{field}/{option}"),
                    format_args!("{what} of the ballot “{id}” names “{name}” twice."),
                    "Name each option once, in the place that it is meant to have.",
                );
            }
        }
    }

    fn doubts_of_ballot(&mut self, voices: &'a Voices, ballot: &'a Ballot) {
        let (id, round) = (&ballot.id, ballot.round);
        if !ballot.swings.values().any(|&swing| swing > 0.0) {
            self.doubtful(
                ProblemKind::Missing,
                format_args!("{LIST}/{id}/swings"),
                format_args!(
                    "The ballot “{id}” gives no points to any factor, so it does not say what matters."
                ),
                "Enter its points, or take it out.",
            );
        }
        for factor in ballot.swings.keys().filter(|factor| !voices.asks(round, factor)) {
            let name = self.factor_name(factor.as_str());
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("{LIST}/{id}/swings/{factor}"),
                format_args!(
                    "The ballot “{id}” gives points to “{name}”, which round {round} did not ask about."
                ),
                "They do not count. Take them out, or have the round ask about it.",
            );
        }
        if voices.is_late(ballot) {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("{LIST}/{id}/received"),
                format_args!("The ballot “{id}” came in after round {round} was closed."),
                "It is kept and does not count. Open the round again to let it count.",
            );
        }
    }

    /// Several ballots of one sector without names, with a later round that asks again about a part.
    fn ballots_that_cannot_be_joined(&mut self, voices: &'a Voices) {
        for round in voices.rounds.iter().filter(|round| !round.asks.is_empty() && round.number > 1) {
            let unnamed = |number: u8, of: &Ballot| {
                let like = |b: &&Ballot| b.stakeholder.is_none() && b.sector == of.sector;
                voices.ballots_of(number).filter(like).count()
            };
            let mut sectors = HashSet::new();
            for ballot in voices.ballots_of(round.number).filter(|b| b.stakeholder.is_none()) {
                if !sectors.insert(&ballot.sector)
                    || unnamed(1, ballot) == 0
                    || unnamed(1, ballot) == 1 && unnamed(round.number, ballot) == 1
                {
                    continue;
                }
                let sector = voices.sectors.iter().find(|s| s.id == ballot.sector);
                let sector = sector.map_or(ballot.sector.as_str(), |s| s.name.as_str());
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{LIST}/{}", ballot.id),
                    format_args!(
                        "Round {} asks about a part, and ballots of “{sector}” without a name cannot be joined to \
                         those of round 1.",
                        round.number
                    ),
                    "They do not count. Say whose they are; a pseudonym will do.",
                );
            }
        }
    }
}
