//! The checks of the Question room.

use std::collections::HashSet;

use super::{Finder, Limits, ProblemKind, called};
use crate::model::{
    question::{NeedGroup, Question},
    wording,
};

impl Finder<'_> {
    pub(super) fn question(&mut self) {
        let question = &self.workspace.question;
        self.text(&question.text, format_args!("question/text"), format_args!("The question"));
        if question.horizon_years == Some(0) {
            self.doubtful(
                ProblemKind::OutOfRange,
                format_args!("question/horizon_years"),
                format_args!("The service is bought for 0 years."),
                "Give at least one year, or leave it open.",
            );
        }
        self.options(question);
        self.need_groups(question);
        self.entitlements(question);
        self.ids("question/trade_offs", "a trade-off", question.trade_offs.iter().map(|t| t.id.as_str()));
        for trade_off in &question.trade_offs {
            let id = &trade_off.id;
            self.text(
                &trade_off.text,
                format_args!("question/trade_offs/{id}/text"),
                format_args!("The trade-off “{}”", called(&trade_off.between, id.as_str())),
            );
        }
    }

    fn options(&mut self, question: &Question) {
        let list = "question/options";
        self.ids(list, "an option", question.options.iter().map(|o| o.id.as_str()));
        self.names(list, "option", question.options.iter().map(|o| (o.id.as_str(), o.name.as_str())));
        let mut badges = HashSet::new();
        for option in &question.options {
            let (id, name) = (&option.id, called(&option.name, option.id.as_str()));
            let badge = option.badge.trim();
            if badge.is_empty() {
                self.broken(
                    ProblemKind::Missing,
                    format_args!("{list}/{id}/badge"),
                    format_args!("The option “{name}” has no badge."),
                    "Give it a letter or number that no other option has.",
                );
            } else if !badges.insert(badge) {
                self.broken(
                    ProblemKind::DoubleId,
                    format_args!("{list}/{id}/badge"),
                    format_args!("The badge {badge} of “{name}” belongs to another option already."),
                    "Give it a letter or number that no other option has.",
                );
            }
        }
    }

    fn need_groups(&mut self, question: &Question) {
        let list = "question/need_groups";
        self.ids(list, "a need group", question.need_groups.iter().map(|g| g.id.as_str()));
        self.names(list, "need group", question.need_groups.iter().map(|g| (g.id.as_str(), g.name.as_str())));
        for group in &question.need_groups {
            if group.name.trim() == "*" {
                self.broken(
                    ProblemKind::Misfit,
                    format_args!("{list}/{}/name", group.id),
                    format_args!("A need group is called “*”, which stands for every group."),
                    "Give it a name that people will know it by.",
                );
            }
            let (id, name) = (&group.id, called(&group.name, group.id.as_str()));
            self.figure_if_any(
                group.people_per_year,
                Limits::NOT_NEGATIVE,
                format_args!("{list}/{id}/people_per_year"),
                format_args!("The number of people a year in “{name}”"),
            );
            self.figure_if_any(
                group.hours_supported,
                Limits::NOT_NEGATIVE,
                format_args!("{list}/{id}/hours_supported"),
                format_args!("The number of worker-hours for one person of “{name}”"),
            );
            self.money(
                group.cost_supported,
                format_args!("{list}/{id}/cost_supported"),
                format_args!("The cost of supporting one person of “{name}”"),
            );
            self.money(
                group.cost_parked,
                format_args!("{list}/{id}/cost_parked"),
                format_args!("The cost of minimal contact with one person of “{name}”"),
            );
            self.figure_if_any(
                group.outcome_spread,
                Limits::SPREAD,
                format_args!("{list}/{id}/outcome_spread"),
                format_args!("The spread of the outcome rate inside “{name}”"),
            );
            self.outcomes(group, name);
        }
    }

    fn outcomes(&mut self, group: &NeedGroup, name: &str) {
        let (list, id) = ("question/need_groups", &group.id);
        let rates = [
            ("outcome_without", "without service", group.outcome_without),
            ("outcome_parked", "with minimal contact", group.outcome_parked),
            ("outcome_supported", "with support", group.outcome_supported),
        ];
        for (field, how, rate) in rates {
            self.figure_if_any(
                rate,
                Limits::SHARE,
                format_args!("{list}/{id}/{field}"),
                format_args!("The outcome rate of “{name}” {how}"),
            );
        }
        for ((_, less, low), (field, more, high)) in
            [(rates[0], rates[1]), (rates[1], rates[2]), (rates[0], rates[2])]
        {
            // With the rate between them known, the first two pairs say it all.
            let said_already = field == "outcome_supported" && low == rates[0].2 && rates[1].2.is_some();
            if let (Some(low), Some(high)) = (low, high)
                && high < low
                && !said_already
            {
                let (low, high) = (wording::percent(low), wording::percent(high));
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{list}/{id}/{field}"),
                    format_args!(
                        "“{name}” reaches the outcome less often {more} ({high}) \
                         than {less} ({low})."
                    ),
                    "See whether the two rates have been mixed up.",
                );
            }
        }
        if let (Some(supported), Some(parked)) = (group.cost_supported, group.cost_parked)
            && supported < parked
        {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("{list}/{id}/cost_supported"),
                format_args!(
                    "Supporting one person of “{name}” ({supported}) costs less than \
                     minimal contact ({parked})."
                ),
                "See whether the two costs have been mixed up.",
            );
        }
    }

    fn entitlements(&mut self, question: &Question) {
        let list = "question/entitlements";
        self.ids(list, "an entitlement", question.entitlements.iter().map(|e| e.id.as_str()));
        for entitlement in &question.entitlements {
            let id = &entitlement.id;
            self.text(
                &entitlement.text,
                format_args!("{list}/{id}/text"),
                format_args!("The entitlement “{id}”"),
            );
            for option in entitlement.met_by.keys() {
                self.refers(
                    self.options.contains_key(option.as_str()),
                    option.as_str(),
                    "option",
                    format_args!("{list}/{id}/met_by/{option}"),
                    format_args!("The entitlement “{}”", called(&entitlement.text, id.as_str())),
                );
            }
        }
    }
}
