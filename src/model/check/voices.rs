//! The checks of the Voices room.

use std::collections::HashSet;

use super::{Finder, Limits, ProblemKind, called};
use crate::model::voices::{Ballot, Stakeholder, Voices};

impl<'a> Finder<'a> {
    pub(super) fn voices(&mut self) {
        let voices = &self.workspace.voices;
        self.ids("voices/sectors", "a sector", voices.sectors.iter().map(|s| s.id.as_str()));
        self.names(
            "voices/sectors",
            "sector",
            voices.sectors.iter().map(|s| (s.id.as_str(), s.name.as_str())),
        );
        let list = "voices/stakeholders";
        self.ids(list, "a stakeholder", voices.stakeholders.iter().map(|s| s.id.as_str()));
        self.names(list, "stakeholder", voices.stakeholders.iter().map(|s| (s.id.as_str(), s.name.as_str())));
        for stakeholder in &voices.stakeholders {
            self.stakeholder(stakeholder);
        }
        self.statements(voices);
        self.ids("voices/ballots", "a ballot", voices.ballots.iter().map(|b| b.id.as_str()));
        let mut given = HashSet::new();
        for ballot in &voices.ballots {
            self.ballot(ballot);
            if let Some(stakeholder) = &ballot.stakeholder
                && self.doubts
                && !given.insert((stakeholder, ballot.round))
            {
                let name = self.stakeholder_name(stakeholder.as_str());
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("voices/ballots/{}", ballot.id),
                    format_args!("“{name}” has a second ballot in round {}.", ballot.round),
                    "Keep one ballot a person and round, or each will count.",
                );
            }
        }
    }

    fn stakeholder(&mut self, stakeholder: &'a Stakeholder) {
        let (list, id) = ("voices/stakeholders", &stakeholder.id);
        let name = called(&stakeholder.name, id.as_str());
        self.refers(
            self.sectors.contains(stakeholder.sector.as_str()),
            stakeholder.sector.as_str(),
            "sector",
            format_args!("{list}/{id}/sector"),
            format_args!("The stakeholder “{name}”"),
        );
        let mut named = HashSet::new();
        for group in &stakeholder.speaks_for {
            self.refers(
                self.groups.contains_key(group.as_str()),
                group.as_str(),
                "need group",
                format_args!("{list}/{id}/speaks_for/{group}"),
                format_args!("The stakeholder “{name}”"),
            );
            if self.doubts && !named.insert(group) {
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{list}/{id}/speaks_for/{group}"),
                    format_args!("“{name}” speaks for “{}” twice.", self.group_name(group.as_str())),
                    "Name each group once.",
                );
            }
        }
        for (field, words, value) in
            [("influence", "influence", stakeholder.influence), ("interest", "stake", stakeholder.interest)]
        {
            self.figure_if_any(
                value,
                Limits::TO_TEN,
                format_args!("{list}/{id}/{field}"),
                format_args!("The {words} of “{name}”"),
            );
        }
    }

    fn statements(&mut self, voices: &'a Voices) {
        let list = "voices/statements";
        self.ids(list, "a statement", voices.statements.iter().map(|s| s.id.as_str()));
        for statement in &voices.statements {
            let id = &statement.id;
            self.text(
                &statement.text,
                format_args!("{list}/{id}/text"),
                format_args!("The statement “{id}”"),
            );
            if let Some(stakeholder) = &statement.stakeholder {
                self.refers(
                    self.stakeholders.contains_key(stakeholder.as_str()),
                    stakeholder.as_str(),
                    "stakeholder",
                    format_args!("{list}/{id}/stakeholder"),
                    format_args!("The statement “{id}”"),
                );
            }
            if let Some(stance) = statement.stance
                && !(-2..=2).contains(&stance)
            {
                self.broken(
                    ProblemKind::OutOfRange,
                    format_args!("{list}/{id}/stance"),
                    format_args!("The stance of the statement “{id}” is {}.", super::plain(stance.into())),
                    "Give a whole number from −2 (strongly against) to 2 (strongly for), or none.",
                );
            }
        }
    }

    fn ballot(&mut self, ballot: &'a Ballot) {
        let (list, id) = ("voices/ballots", &ballot.id);
        self.refers(
            self.sectors.contains(ballot.sector.as_str()),
            ballot.sector.as_str(),
            "sector",
            format_args!("{list}/{id}/sector"),
            format_args!("The ballot “{id}”"),
        );
        if let Some(stakeholder) = &ballot.stakeholder {
            let voices = &self.workspace.voices;
            let known = self.stakeholders.get(stakeholder.as_str());
            let sector = known.map(|&at| &voices.stakeholders[at].sector);
            self.refers(
                sector.is_some(),
                stakeholder.as_str(),
                "stakeholder",
                format_args!("{list}/{id}/stakeholder"),
                format_args!("The ballot “{id}”"),
            );
            if sector.is_some_and(|sector| *sector != ballot.sector) {
                let name = self.stakeholder_name(stakeholder.as_str());
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{list}/{id}/sector"),
                    format_args!("The ballot of “{name}” is counted in another sector than theirs."),
                    "See which of the two sectors is right.",
                );
            }
        }
        if !(1..=2).contains(&ballot.round) {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("{list}/{id}/round"),
                format_args!("The ballot “{id}” is of round {}.", ballot.round),
                "Give 1 for the blind round or 2 for the round after discussion.",
            );
        }
        for (factor, &swing) in &ballot.swings {
            self.refers(
                self.factors.contains_key(factor.as_str()),
                factor.as_str(),
                "factor",
                format_args!("{list}/{id}/swings/{factor}"),
                format_args!("The ballot “{id}”"),
            );
            self.figure(
                swing,
                Limits::NOT_NEGATIVE,
                format_args!("{list}/{id}/swings/{factor}"),
                format_args!("The swing points of the ballot “{id}” for “{factor}”"),
            );
        }
        if self.doubts && !ballot.swings.values().any(|&swing| swing > 0.0) {
            self.doubtful(
                ProblemKind::Missing,
                format_args!("{list}/{id}/swings"),
                format_args!(
                    "The ballot “{id}” gives no points to any factor, so it does not say what matters."
                ),
                "Enter its points, or take it out.",
            );
        }
    }
}
