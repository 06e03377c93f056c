//! The checks of payment against a comparison group, and of what was measured against one.

use super::{Finder, Limits, ProblemKind};
use crate::model::reach::{FewerEvents, MeasuredCohort, Terms};

/// More cohorts than this are not measured under one contract.
const MOST_COHORTS: usize = 40;

impl<'a> Finder<'a> {
    /// The terms of a threshold of fewer events.
    pub(super) fn fewer_events(&mut self, fewer: FewerEvents, terms: &'a Terms, name: &str) {
        let place = format_args!("reach/terms/{}/threshold", terms.option);
        let reductions =
            [("a cohort by itself", Some(fewer.alone)), ("all cohorts together", fewer.together)];
        for (whose, share) in reductions {
            self.figure_if_any(
                share,
                Limits::SHARE,
                place,
                format_args!("The fewer events at which “{name}” pays for {whose}"),
            );
        }
        self.figure(
            fewer.compared_per_person,
            Limits::ABOVE_NOUGHT,
            place,
            format_args!("The number of people compared for each person under “{name}”"),
        );
        self.figure_if_any(
            fewer.events_per_person,
            Limits::ABOVE_NOUGHT,
            place,
            format_args!("The number of events a person compared under “{name}”"),
        );
    }

    pub(super) fn measured(&mut self, terms: &'a Terms, name: &str) {
        let place = format_args!("reach/terms/{}/measured", terms.option);
        for cohort in &terms.measured {
            self.measured_cohort(cohort, place, name);
        }
        if terms.measured.len() > MOST_COHORTS {
            self.broken(
                ProblemKind::OutOfRange,
                place,
                format_args!("“{name}” has more than {MOST_COHORTS} measured cohorts."),
                "Keep the first of them.",
            );
        }
    }

    fn measured_cohort(&mut self, cohort: &'a MeasuredCohort, place: std::fmt::Arguments<'_>, name: &str) {
        let of = &cohort.name;
        self.text(of, place, format_args!("The name of a cohort measured under “{name}”"));
        for (words, count) in [
            ("people", cohort.people),
            ("events", cohort.events),
            ("people compared", cohort.compared_people),
            ("events compared", cohort.compared_events),
        ] {
            self.figure_if_any(
                count,
                Limits::NOT_NEGATIVE,
                place,
                format_args!("The number of {words} in “{of}”, measured under “{name}”"),
            );
        }
        self.figure_if_any(
            cohort.published_reduction,
            Limits::REDUCTION,
            place,
            format_args!("The published reduction in “{of}”, measured under “{name}”"),
        );
    }
}
