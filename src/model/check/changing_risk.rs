//! The checks of changing risk: bands, moves, costs and the years that are followed.

use super::{Finder, Limits, ProblemKind, called};
use crate::model::{
    reach::changing_risk::{
        ChangingRisk, CohortCount, LONGEST_HORIZON, MOST_BANDS, Moves, ROW_TOLERANCE, RiskBand, Support,
    },
    wording,
};

const PLACE: &str = "reach/changing_risk";

impl<'a> Finder<'a> {
    pub(super) fn changing_risk(&mut self, risk: &'a ChangingRisk) {
        self.ids(&format!("{PLACE}/bands"), "a band of risk", risk.bands.iter().map(|b| b.id.as_str()));
        let names = risk.bands.iter().map(|band| (band.id.as_str(), band.name.as_str()));
        self.names(&format!("{PLACE}/bands"), "band of risk", names);
        if risk.bands.len() > MOST_BANDS {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("{PLACE}/bands"),
                format_args!("There are {} bands of risk.", risk.bands.len()),
                "Have 12 bands or fewer.",
            );
            return;
        }
        for band in &risk.bands {
            self.band(risk, band);
        }
        self.starts(risk);
        self.years(risk);
        self.agencies(risk);
        self.wing(risk);
        self.promises(risk);
        if let Some(measures) = &risk.measures {
            self.cohort_count("before", &measures.before);
            self.cohort_count("after", &measures.after);
        }
    }

    fn cohort_count(&mut self, when: &str, count: &CohortCount) {
        for (field, words, value) in [
            ("people", "number of people", count.people),
            ("reoffenders", "number of people who reoffended", count.reoffenders),
            ("reoffences", "number of reoffences", count.reoffences),
            ("severity", "severity of all reoffences", count.severity),
        ] {
            let place = format_args!("{PLACE}/measures/{when}/{field}");
            self.figure_if_any(value, Limits::NOT_NEGATIVE, place, format_args!("The {words} {when}"));
        }
        if let (Some(people), Some(reoffenders)) = (count.people, count.reoffenders)
            && reoffenders > people
        {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("{PLACE}/measures/{when}/reoffenders"),
                format_args!("More people reoffended {when} than there were."),
                "See which of the two counts is right.",
            );
        }
    }

    fn band(&mut self, risk: &'a ChangingRisk, band: &'a RiskBand) {
        let name = called(&band.name, band.id.as_str());
        let place = format!("{PLACE}/bands/{}", band.id);
        self.figure_if_any(
            band.reoffences,
            Limits::A_YEAR,
            format_args!("{place}/reoffences"),
            format_args!("The number of reoffences a person a year in the band “{name}”"),
        );
        self.row(risk, &band.moves, &format!("{place}/moves"), &format!("“{name}” without support"));
        for (word, support) in [("light", &band.light), ("intensive", &band.intensive)] {
            let Some(Support { reoffences, moves }) = support else { continue };
            self.figure_if_any(
                *reoffences,
                Limits::A_YEAR,
                format_args!("{place}/{word}/reoffences"),
                format_args!("The number of reoffences in a year of {word} support in the band “{name}”"),
            );
            self.row(risk, moves, &format!("{place}/{word}/moves"), &format!("“{name}” with {word} support"));
        }
        if let Some(given) = band.given
            && band.support(given).is_none()
        {
            self.doubtful(
                ProblemKind::Missing,
                format_args!("{place}/given"),
                format_args!("“{name}” is given {} support, of which no moves are stated.", given.words()),
                "State where people are after a year of it, or give another support.",
            );
        }
    }

    /// The moves from one band are shares that lead to bands there are, and add up to 1.
    fn row(&mut self, risk: &'a ChangingRisk, moves: &'a Moves, place: &str, of: &str) {
        for (to, &share) in moves {
            self.refers(
                risk.place(to).is_some(),
                to.as_str(),
                "band of risk",
                format_args!("{place}/{to}"),
                format_args!("A move from {of}"),
            );
            let whose = format_args!("The share that moves from {of} to “{to}”");
            if !self.figure(share, Limits::SHARE, format_args!("{place}/{to}"), whose) {
                return;
            }
        }
        let sum: f64 = moves.values().sum();
        if (sum - 1.0).abs() > ROW_TOLERANCE {
            let percent = wording::number(sum * 100.0, wording::decimals_used(sum * 100.0).min(9));
            self.broken(
                ProblemKind::Misfit,
                format_args!("{place}"),
                format_args!("The moves from {of} add up to {percent} %."),
                "Make them add up to 100 %: everybody is somewhere a year later.",
            );
        }
    }

    fn starts(&mut self, risk: &'a ChangingRisk) {
        for (group, band) in &risk.starts {
            let place = format!("{PLACE}/starts/{group}");
            self.refers(
                self.groups.contains_key(group.as_str()),
                group.as_str(),
                "need group",
                format_args!("{place}"),
                format_args!("A first band"),
            );
            let known = risk.place(band).is_some();
            let whose = format_args!("The first band of a need group");
            self.refers(known, band.as_str(), "band of risk", format_args!("{place}"), whose);
        }
    }

    fn years(&mut self, risk: &'a ChangingRisk) {
        for (field, words, years) in [
            ("support_years", "years that a person is supported", risk.support_years),
            ("horizon_years", "years that people are followed", risk.horizon_years),
        ] {
            if !(1..=LONGEST_HORIZON).contains(&years) {
                self.broken(
                    ProblemKind::OutOfRange,
                    format_args!("{PLACE}/{field}"),
                    format_args!("The number of {words} is {years}."),
                    "Give 1 to 20 years.",
                );
            }
        }
        self.figure_if_any(
            risk.entrants_per_year,
            Limits::NOT_NEGATIVE,
            format_args!("{PLACE}/entrants_per_year"),
            format_args!("The number of people who come new each year"),
        );
        self.figure(
            risk.discount_rate,
            Limits::SHARE,
            format_args!("{PLACE}/discount_rate"),
            format_args!("The discount rate"),
        );
    }

    fn agencies(&mut self, risk: &'a ChangingRisk) {
        let list = format!("{PLACE}/agencies");
        self.ids(&list, "an agency", risk.agencies.iter().map(|agency| agency.id.as_str()));
        let names = risk.agencies.iter().map(|agency| (agency.id.as_str(), agency.name.as_str()));
        self.names(&list, "agency", names);
        for agency in &risk.agencies {
            self.money(
                agency.cost,
                format_args!("{list}/{}/cost", agency.id),
                format_args!("What a reoffence costs “{}”", agency.name),
            );
        }
    }

    fn wing(&mut self, risk: &'a ChangingRisk) {
        let wing = &risk.wing;
        if wing.places == Some(0) {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("{PLACE}/wing/places"),
                format_args!("A wing has no places."),
                "Give 1 place or more, or leave it open.",
            );
        }
        self.money(wing.worth, format_args!("{PLACE}/wing/worth"), format_args!("What a wing costs a year"));
        self.figure_if_any(
            wing.places_per_reoffence,
            Limits::A_YEAR,
            format_args!("{PLACE}/wing/places_per_reoffence"),
            format_args!("The number of prison places that a reoffence a year keeps full"),
        );
    }

    fn promises(&mut self, risk: &'a ChangingRisk) {
        let mut seen = std::collections::HashSet::new();
        for promise in &risk.promises {
            let id = &promise.option;
            let place = format!("{PLACE}/promises/{id}");
            self.refers(
                self.options.contains_key(id.as_str()),
                id.as_str(),
                "option",
                format_args!("{place}"),
                format_args!("A promised saving"),
            );
            let name = self.option_name(id.as_str());
            if !seen.insert(id) {
                self.broken(
                    ProblemKind::DoubleId,
                    format_args!("{place}"),
                    format_args!("“{name}” has two promised savings."),
                    "Keep one of them.",
                );
            }
            if promise.by_year.len() > LONGEST_HORIZON as usize {
                self.broken(
                    ProblemKind::OutOfRange,
                    format_args!("{place}/by_year"),
                    format_args!("“{name}” promises a saving for {} years.", promise.by_year.len()),
                    "Give 20 years or fewer; later years are as the last.",
                );
            }
            for (at, sum) in promise.by_year.iter().enumerate() {
                self.money(
                    Some(*sum),
                    format_args!("{place}/by_year"),
                    format_args!("The saving that “{name}” promises in year {}", at + 1),
                );
            }
        }
    }
}
