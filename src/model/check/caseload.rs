//! The checks of the caseload check: what was counted, and the tripwires.

use std::collections::HashSet;

use super::{Finder, Limits, ProblemKind};
use crate::model::reach::caseload::{Counted, Counts, Spread, Tripwire, WEEKS_EACH_WAY};

/// The largest threshold under which counts are hidden.
const MOST_HIDDEN: u32 = 1_000;

impl<'a> Finder<'a> {
    pub(super) fn caseload(&mut self) {
        let caseload = &self.workspace.reach.caseload;
        let list = "reach/caseload/tripwires";
        self.ids(list, "a tripwire", caseload.tripwires.iter().map(|t| t.id.as_str()));
        for tripwire in &caseload.tripwires {
            self.tripwire(list, tripwire);
        }
        if let Some(counted) = &caseload.counted {
            self.counted(counted);
        }
    }

    fn tripwire(&mut self, list: &str, tripwire: &'a Tripwire) {
        let id = &tripwire.id;
        if let Some(group) = &tripwire.group {
            self.refers(
                self.groups.contains_key(group.as_str()),
                group.as_str(),
                "need group",
                format_args!("{list}/{id}/group"),
                format_args!("The tripwire “{id}”"),
            );
        }
        self.figure(
            tripwire.limit,
            Limits::NOT_NEGATIVE,
            format_args!("{list}/{id}/limit"),
            format_args!("The limit of the tripwire “{id}”"),
        );
        for (field, words, text) in [
            ("gate", "The gate of", &tripwire.gate),
            ("response", "The response of", &tripwire.response),
            ("agreed_by", "Who agreed", &tripwire.agreed_by),
        ] {
            self.text(text, format_args!("{list}/{id}/{field}"), format_args!("{words} the tripwire “{id}”"));
        }
    }

    fn counted(&mut self, counted: &'a Counted) {
        if !(1..=MOST_HIDDEN).contains(&counted.hidden_under) {
            self.misfit(
                "hidden_under",
                &format!("counts are hidden under {}", counted.hidden_under),
                "Give a threshold from 1 to 1,000.",
            );
        }
        if counted.gates.is_empty() || counted.groups.is_empty() {
            self.misfit("gates", "it has no gate or no group", "Count the table again.");
        }
        let mut seen = HashSet::new();
        for group in &counted.groups {
            if !seen.insert(group.name.trim()) {
                let what = format!("the group “{}” stands twice", group.name);
                self.misfit("groups", &what, "Count the table again.");
            }
            if let Some(need_group) = &group.need_group {
                self.refers(
                    self.groups.contains_key(need_group.as_str()),
                    need_group.as_str(),
                    "need group",
                    format_args!("reach/caseload/counted/groups"),
                    format_args!("The counted caseload"),
                );
            }
            self.counts(counted, &group.counts, &group.name);
        }
        for place in counted.providers.iter().chain(&counted.referrers) {
            if place.groups.len() != counted.groups.len() {
                let what = format!("“{}” has counts for other groups than there are", place.name);
                self.misfit("places", &what, "Count the table again.");
            }
            for counts in &place.groups {
                self.counts(counted, counts, &place.name);
            }
        }
        let weeks = counted.exits_by_week.len();
        if weeks != 0 && weeks != 2 * WEEKS_EACH_WAY {
            self.misfit("exits_by_week", "it has other weeks than are counted", "Count the table again.");
        }
        self.adjusted(counted);
        self.by_need(counted);
    }

    fn counts(&mut self, counted: &Counted, counts: &Counts, name: &str) {
        let falling = counts.passed.windows(2).all(|pair| pair[0] >= pair[1])
            && counts.passed.first().is_none_or(|first| *first <= counts.people);
        let most = (1_u64 << 53) - 1;
        if counts.passed.len() != counted.gates.len() || !falling || counts.people > most {
            let what = format!("more of “{name}” pass a gate than come to it, or gates are missing");
            self.misfit("counts", &what, "Count the table again.");
        }
        if [counts.outcome, counts.paid].into_iter().flatten().any(|count| count > counts.people) {
            let what = format!("more of “{name}” have an outcome or a payment than there are people");
            self.misfit("counts", &what, "Count the table again.");
        }
        self.figure_if_any(
            counts.hours,
            Limits::NOT_NEGATIVE,
            format_args!("reach/caseload/counted/hours"),
            format_args!("The hours of “{name}”"),
        );
    }

    fn adjusted(&mut self, counted: &Counted) {
        for adjusted in &counted.adjusted {
            let figures = adjusted.terms.iter().flat_map(|term| [term.coefficient, term.standard_error]);
            for figure in figures.chain(adjusted.deviance) {
                self.figure(
                    figure,
                    Limits::ANY,
                    format_args!("reach/caseload/counted/adjusted"),
                    format_args!("A figure of “{}”, adjusted for traits,", adjusted.gate),
                );
            }
        }
    }

    fn by_need(&mut self, counted: &Counted) {
        let spreads = counted.by_need.iter().flat_map(|by_need| [by_need.served, by_need.hours]);
        let indices = |spread: Spread| [spread.standard, spread.wagstaff, spread.erreygers, spread.kakwani];
        for figure in spreads.flat_map(indices).flatten() {
            self.figure(
                figure,
                Limits::ANY,
                format_args!("reach/caseload/counted/by_need"),
                format_args!("An index of concentration over need"),
            );
        }
    }

    fn misfit(&mut self, field: &str, what: &str, remedy: &str) {
        self.broken(
            ProblemKind::Misfit,
            format_args!("reach/caseload/counted/{field}"),
            format_args!("The counted caseload does not fit together: {what}."),
            remedy,
        );
    }
}
