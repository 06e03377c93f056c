//! The checks of the decision record, and of what each frozen copy holds.

use std::collections::HashSet;

use super::{
    Finder, Limits, MOST_ITERATIONS, Problem, ProblemKind, Severity, called, snapshots::small_first,
};
use crate::model::decision::{Decision, FigureRef, Frozen};

impl<'a> Finder<'a> {
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
        // One set for all lists: an entry keeps its id when it is moved from one to another.
        let mut seen = HashSet::new();
        for (list, kind, id, text) in entries_of(decision) {
            self.id(&format!("decision/{list}"), kind, id, &mut seen);
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
        self.written_figures(decision);
        self.frozen(&decision.frozen);
        if let Some(signed) = &decision.signed {
            self.refers(
                decision.frozen(&signed.copy).is_some(),
                signed.copy.as_str(),
                "frozen copy",
                format_args!("decision/signed/copy"),
                format_args!("The signature"),
            );
            self.text(
                &signed.by,
                format_args!("decision/signed/by"),
                format_args!("The name in the signature"),
            );
        }
    }

    /// The figures that stand in sentences.
    fn written_figures(&mut self, decision: &'a Decision) {
        for sentence in decision.sentences() {
            let (list, id) = (sentence.list.field(), sentence.id);
            for (number, FigureRef { key, value, .. }) in sentence.figures.iter().enumerate() {
                self.figure(
                    *value,
                    Limits::ANY,
                    format_args!("decision/{list}/{id}/figures/{number}"),
                    format_args!("The figure “{key}”"),
                );
            }
        }
    }

    fn frozen(&mut self, copies: &'a [Frozen]) {
        self.ids("decision/frozen", "a frozen copy", copies.iter().map(|copy| copy.id.as_str()));
        self.names("decision/frozen", "frozen copy", copies.iter().map(|c| (c.id.as_str(), c.name.as_str())));
        for copy in copies {
            let (id, name) = (&copy.id, called(&copy.name, copy.id.as_str()));
            for figure in &copy.figures {
                self.figure_if_any(
                    figure.value,
                    Limits::ANY,
                    format_args!("decision/frozen/{id}/figures/{}", figure.key),
                    format_args!("“{}” in the frozen copy “{name}”", figure.what),
                );
            }
            if copy.draws > MOST_ITERATIONS {
                self.broken(
                    ProblemKind::OutOfRange,
                    format_args!("decision/frozen/{id}/draws"),
                    format_args!("The frozen copy “{name}” says that it was drawn {} times.", copy.draws),
                    "Ten million draws are the most; restore the file from a backup.",
                );
            }
            self.frozen_state(copy);
        }
    }

    /// What a frozen copy holds must be as sound as a workspace, and hold no copies itself. What is only doubtful in it is
    /// not told: nobody can mend it.
    fn frozen_state(&mut self, copy: &'a Frozen) {
        let known = self.known_sound.map_or(&[][..], |before| &before.decision.frozen);
        if known.iter().any(|known| known.state.is_same_copy(&copy.state)) {
            return;
        }
        let (id, name, held) = (&copy.id, called(&copy.name, copy.id.as_str()), &*copy.state);
        if !held.snapshots.is_empty() || !held.decision.frozen.is_empty() || held.decision.signed.is_some() {
            self.broken(
                ProblemKind::Misfit,
                format_args!("decision/frozen/{id}/state"),
                format_args!("The frozen copy “{name}” holds snapshots, a signature or other frozen copies."),
                "A copy holds none of them; restore the file from a backup.",
            );
            return;
        }
        let inside = Finder::new(held, false).find();
        let room = self.room;
        self.found.extend(inside.into_iter().filter(|p| p.severity == Severity::Broken).map(|problem| {
            Problem {
                room,
                place: format!("decision/frozen/{id}/state/{}", problem.place),
                what: format!("In the frozen copy “{name}”: {}", small_first(&problem.what)),
                ..problem
            }
        }));
    }
}

/// Every entry of the record: its list, what it is, its id and its words.
fn entries_of(decision: &Decision) -> impl Iterator<Item = (&'static str, &'static str, &str, &str)> {
    let reasons = decision.reasons.iter().map(|r| ("reasons", "a reason", &r.id, &r.text));
    let dissent = decision.dissent.iter().map(|d| ("dissent", "a dissent", &d.id, &d.text));
    let conditions = decision.conditions.iter().map(|e| ("conditions", "a condition", &e.id, &e.text));
    let safeguards = decision.safeguards.iter().map(|e| ("safeguards", "a safeguard", &e.id, &e.text));
    let triggers = decision.triggers.iter().map(|t| ("triggers", "a review trigger", &t.id, &t.text));
    let rationed = decision.rationed.iter().map(|r| ("rationed", "what is rationed", &r.id, &r.text));
    let duties = decision.duties.iter().map(|d| ("duties", "a duty", &d.id, &d.text));
    let reviews = decision.reviews.iter().map(|r| ("reviews", "a review", &r.id, &r.text));
    let all = reasons.chain(dissent).chain(conditions).chain(safeguards).chain(triggers);
    all.chain(rationed)
        .chain(duties)
        .chain(reviews)
        .map(|(list, kind, id, text)| (list, kind, id.as_str(), text.as_str()))
}
