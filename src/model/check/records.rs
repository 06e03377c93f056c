//! The checks of the Challenge and Decision rooms.

use std::collections::HashSet;

use super::{Finder, called};

impl Finder<'_> {
    pub(super) fn challenge(&mut self) {
        let list = "challenge/evidence";
        let evidence = &self.workspace.challenge.evidence;
        self.ids(list, "an item of evidence", evidence.iter().map(|e| e.id.as_str()));
        for item in evidence {
            let id = &item.id;
            self.text(
                &item.title,
                format_args!("{list}/{id}/title"),
                format_args!("The title of the item of evidence “{id}”"),
            );
            self.grade(
                item.grade,
                format_args!("{list}/{id}/grade"),
                format_args!("“{}”", called(&item.title, id.as_str())),
            );
        }
    }

    pub(super) fn decision(&mut self) {
        let decision = &self.workspace.decision;
        if let Some(option) = &decision.recommendation {
            self.refers(
                self.options.contains_key(option.as_str()),
                option.as_str(),
                "option",
                format_args!("decision/recommendation"),
                format_args!("The recommendation"),
            );
        }
        let reasons = decision.reasons.iter().map(|r| ("reasons", "a reason", &r.id, &r.text));
        let dissent = decision.dissent.iter().map(|d| ("dissent", "a dissent", &d.id, &d.text));
        let entries = [
            ("conditions", "a condition", &decision.conditions),
            ("safeguards", "a safeguard", &decision.safeguards),
            ("triggers", "a review trigger", &decision.triggers),
        ];
        let entries = entries
            .into_iter()
            .flat_map(|(list, kind, of)| of.iter().map(move |e| (list, kind, &e.id, &e.text)));
        // One set for all five lists: an entry keeps its id when it is moved from one to another.
        let mut seen = HashSet::new();
        for (list, kind, id, text) in reasons.chain(dissent).chain(entries) {
            self.id(&format!("decision/{list}"), kind, id.as_str(), &mut seen);
            self.text(
                text,
                format_args!("decision/{list}/{id}/text"),
                format_args!("The text of {kind}, “{id}”,"),
            );
        }
        for dissent in &decision.dissent {
            if let Some(stakeholder) = &dissent.stakeholder {
                self.refers(
                    self.stakeholders.contains_key(stakeholder.as_str()),
                    stakeholder.as_str(),
                    "stakeholder",
                    format_args!("decision/dissent/{}/stakeholder", dissent.id),
                    format_args!("A dissent"),
                );
            }
        }
    }
}
