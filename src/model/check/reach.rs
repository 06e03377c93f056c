//! The checks of the Reach room.

use std::collections::HashSet;

use super::{Finder, Limits, ProblemKind};
use crate::model::{
    money::Pence,
    reach::{Payment, Reach, Terms, Threshold},
    wording,
};

/// A contract runs no longer than this.
const MOST_CONTRACT_YEARS: usize = 20;

impl<'a> Finder<'a> {
    pub(super) fn reach(&mut self) {
        let reach = &self.workspace.reach;
        let scale = reach.response_scale;
        if scale <= Pence(0) {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("reach/response_scale"),
                format_args!("The gain at which a provider’s mind begins to change is not above £0."),
                "Give a sum above £0.",
            );
        } else {
            self.money(
                Some(scale),
                format_args!("reach/response_scale"),
                format_args!("The gain at which a provider’s mind begins to change"),
            );
        }
        let mut seen = HashSet::new();
        for terms in &reach.terms {
            self.terms(terms);
            if !seen.insert(&terms.option) {
                let name = self.option_name(terms.option.as_str());
                self.broken(
                    ProblemKind::DoubleId,
                    format_args!("reach/terms/{}", terms.option),
                    format_args!("“{name}” has two sets of terms."),
                    "Keep one of them.",
                );
            }
        }
        self.payments(reach);
        if let Some(risk) = &reach.changing_risk {
            self.changing_risk(risk);
        }
        let mut fed = HashSet::new();
        for feed in &reach.feeds {
            let place = format_args!("reach/feeds/{}", feed.factor);
            let is_there = self.workspace.factor(&feed.factor).is_some();
            let id = feed.factor.as_str();
            self.refers(is_there, id, "factor", place, format_args!("A measure of Reach"));
            if !fed.insert(&feed.factor) {
                self.broken(
                    ProblemKind::DoubleId,
                    place,
                    format_args!("A factor is scored by two measures of Reach."),
                    "Keep one of them.",
                );
            }
        }
        self.caseload();
    }

    fn terms(&mut self, terms: &'a Terms) {
        let id = &terms.option;
        let name = self.option_name(id.as_str());
        self.refers(
            self.options.contains_key(id.as_str()),
            id.as_str(),
            "option",
            format_args!("reach/terms/{id}"),
            format_args!("A set of terms"),
        );
        for (field, words, sum) in [
            ("block_fee", "block fee", terms.block_fee),
            ("attachment_fee", "attachment fee", terms.attachment_fee),
            ("cap", "cap", terms.cap),
            ("capacity_money", "money that bounds the capacity", terms.capacity_money),
        ] {
            self.money(
                sum,
                format_args!("reach/terms/{id}/{field}"),
                format_args!("The {words} of “{name}”"),
            );
        }
        self.figure_if_any(
            terms.capacity_hours,
            Limits::NOT_NEGATIVE,
            format_args!("reach/terms/{id}/capacity_hours"),
            format_args!("The number of worker-hours that bounds the capacity of “{name}”"),
        );
        for (field, words, share) in [
            ("floor", "floor", terms.floor),
            ("contact_standard", "standard of contact for everybody", terms.contact_standard),
            ("passed_on", "share passed on to subcontractors", terms.passed_on),
        ] {
            self.figure_if_any(
                share,
                Limits::SHARE,
                format_args!("reach/terms/{id}/{field}"),
                format_args!("The {words} of “{name}”"),
            );
        }
        self.contract_years(terms, name);
        if let Threshold::Binary(rate) | Threshold::Above(rate) = terms.threshold {
            self.figure(
                rate,
                Limits::SHARE,
                format_args!("reach/terms/{id}/threshold"),
                format_args!("The threshold of “{name}”"),
            );
        }
        if let Threshold::Fewer(fewer) = terms.threshold {
            self.fewer_events(fewer, terms, name);
        }
        self.measured(terms, name);
        self.uptake(terms, name);
        self.rates_by_group(terms, name);
    }

    /// The outcome rates that are bid and observed.
    fn rates_by_group(&mut self, terms: &'a Terms, name: &str) {
        for (field, words, rates) in [
            ("rate_bid", "that the bid promises", &terms.rate_bid),
            ("rate_observed", "that was observed", &terms.rate_observed),
        ] {
            for (group, &rate) in rates {
                let place = format_args!("reach/terms/{}/{field}/{group}", terms.option);
                let what = format_args!("The outcome rate {words} under “{name}”");
                let is_there = self.groups.contains_key(group.as_str());
                self.refers(is_there, group.as_str(), "need group", place, what);
                self.figure(rate, Limits::SHARE, place, format_args!("{what} for “{group}”"));
            }
        }
    }

    fn contract_years(&mut self, terms: &'a Terms, name: &str) {
        for (field, words, years) in [
            ("price_by_year", "prices", &terms.price_by_year),
            ("fee_by_year", "attachment fee", &terms.fee_by_year),
        ] {
            let place = format_args!("reach/terms/{}/{field}", terms.option);
            for &share in years {
                self.figure(
                    share,
                    Limits::CONTRACT_YEAR,
                    place,
                    format_args!("What a contract year makes of the {words} of “{name}”"),
                );
            }
            if years.len() > MOST_CONTRACT_YEARS {
                self.broken(
                    ProblemKind::OutOfRange,
                    place,
                    format_args!("“{name}” has more than {MOST_CONTRACT_YEARS} contract years."),
                    "Keep the first of them.",
                );
            }
        }
    }

    fn uptake(&mut self, terms: &'a Terms, name: &str) {
        for (group, &share) in &terms.uptake {
            let place = format_args!("reach/terms/{}/uptake/{group}", terms.option);
            self.refers(
                self.groups.contains_key(group.as_str()),
                group.as_str(),
                "need group",
                place,
                format_args!("The uptake of “{name}”"),
            );
            let sound =
                self.figure(share, Limits::SHARE, place, format_args!("The uptake of “{name}” by “{group}”"));
            if let Some(floor) = terms.floor
                && sound
                && self.doubts
                && share < floor
            {
                let group = self.group_name(group.as_str());
                let (share, floor) = (wording::percent(share), wording::percent(floor));
                self.doubtful(
                    ProblemKind::Misfit,
                    place,
                    format_args!(
                        "“{name}” would be taken up by {share} of “{group}”, \
                         less than its floor of {floor}."
                    ),
                    "See which is right: nobody can be supported who does not come.",
                );
            }
        }
    }

    fn payments(&mut self, reach: &'a Reach) {
        let list = "reach/payments";
        self.ids(list, "a payment", reach.payments.iter().map(|p| p.id.as_str()));
        let mut seen = HashSet::new();
        for payment in &reach.payments {
            let id = &payment.id;
            self.payment(payment);
            self.text(
                &payment.milestone,
                format_args!("{list}/{id}/milestone"),
                format_args!("The milestone of the payment “{id}”"),
            );
            if self.doubts && !seen.insert((&payment.option, &payment.group, payment.milestone.trim())) {
                let option = self.option_name(payment.option.as_str());
                let group = payment.group.as_ref().map(|g| self.group_name(g.as_str()));
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{list}/{id}"),
                    format_args!(
                        "“{option}” pays twice for “{}” and {}.",
                        payment.milestone,
                        group.map_or("every group".to_owned(), |group| format!("“{group}”"))
                    ),
                    "Keep one price, or name two milestones.",
                );
            }
        }
    }

    fn payment(&mut self, payment: &'a Payment) {
        let (list, id) = ("reach/payments", &payment.id);
        self.refers(
            self.options.contains_key(payment.option.as_str()),
            payment.option.as_str(),
            "option",
            format_args!("{list}/{id}/option"),
            format_args!("The payment “{id}”"),
        );
        if let Some(group) = &payment.group {
            self.refers(
                self.groups.contains_key(group.as_str()),
                group.as_str(),
                "need group",
                format_args!("{list}/{id}/group"),
                format_args!("The payment “{id}”"),
            );
        }
        self.money(
            Some(payment.price),
            format_args!("{list}/{id}/price"),
            format_args!("The price of “{}”", payment.milestone),
        );
        for (field, words, probability) in [
            ("probability_parked", "parked", payment.probability_parked),
            ("probability_supported", "supported", payment.probability_supported),
        ] {
            self.figure_if_any(
                probability,
                Limits::SHARE,
                format_args!("{list}/{id}/{field}"),
                format_args!("The probability that a {words} person reaches “{}”", payment.milestone),
            );
        }
        // A probability that is not given is the group's own rate; what parked people earn may well be stated alone.
        if let (Some(parked), Some(supported)) = (payment.probability_parked, payment.probability_supported)
            && supported < parked
        {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("{list}/{id}/probability_supported"),
                format_args!(
                    "“{}” is reached more often by parked people than by supported people.",
                    payment.milestone
                ),
                "Give a supported probability not below the parked one, or neither.",
            );
        }
    }
}
