//! The checks of the Voices room.

use std::collections::HashSet;

use super::{Finder, Limits, ProblemKind, called};
use crate::model::{
    voices::{Stakeholder, Statement, StatementLink, Voices},
    wording,
};

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
        self.personal_data(voices);
        self.rounds(voices);
        self.ballots(voices);
        if let Some(workshop) = &voices.workshop {
            self.workshop(workshop);
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
        for option in &stakeholder.gains_from {
            self.refers(
                self.options.contains_key(option.as_str()),
                option.as_str(),
                "option",
                format_args!("{list}/{id}/gains_from/{option}"),
                format_args!("What “{name}” gains from"),
            );
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
            self.links(statement);
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

    fn links(&mut self, statement: &'a Statement) {
        let id = &statement.id;
        let mut seen = HashSet::new();
        for link in &statement.links {
            for (known, kind, to) in self.ends(link) {
                self.refers(
                    known,
                    to,
                    kind,
                    format_args!("voices/statements/{id}/links/{to}"),
                    format_args!("The statement “{id}”"),
                );
            }
            if self.doubts && !seen.insert(link) {
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("voices/statements/{id}/links"),
                    format_args!("The statement “{id}” is linked to one thing twice."),
                    "Link it once.",
                );
            }
        }
    }

    /// What a link leads to: whether it is there, what it is, and its id.
    fn ends(&self, link: &'a StatementLink) -> Vec<(bool, &'static str, &'a str)> {
        let factor = |id: &'a str| (self.factors.contains_key(id), "factor", id);
        let option = |id: &'a str| (self.options.contains_key(id), "option", id);
        match link {
            StatementLink::Factor(id) => vec![factor(id.as_str())],
            StatementLink::Option(id) => vec![option(id.as_str())],
            StatementLink::NeedGroup(id) => {
                vec![(self.groups.contains_key(id.as_str()), "need group", id.as_str())]
            }
            StatementLink::Cell { option: of, factor: on } => {
                vec![option(of.as_str()), factor(on.as_str())]
            }
        }
    }

    /// Names are not kept without saying why and until when.
    fn personal_data(&mut self, voices: &Voices) {
        let held = voices.people_held();
        if !self.doubts || held.names == 0 {
            return;
        }
        let people = wording::count(held.names, "person stands", "people stand");
        let data = &voices.personal_data;
        let lacking = [
            ("purpose", data.purpose.trim().is_empty(), "what that is needed for"),
            ("until", data.until.is_none(), "until when"),
        ];
        for (field, _, what) in lacking.into_iter().filter(|(_, lacks, _)| *lacks) {
            self.doubtful(
                ProblemKind::Missing,
                format_args!("voices/personal_data/{field}"),
                format_args!("{people} in the register by their own name, and it is not said {what}."),
                "Say it, or keep them as a role or under a pseudonym.",
            );
        }
    }
}
