//! The figures for want of which a payment design cannot be judged, once each.

use super::incentive::{Design, GroupDesign};
use crate::{analysis::Figure, model::Workspace};

/// What is missing for the judgement of one option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Need groups with what is not stated of each, as the fields of Question call it, in lower case.
    pub groups: Vec<(usize, Vec<&'static str>)>,
    /// Whether nobody has said whether the provider may refuse.
    pub refusal: bool,
}

impl Missing {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && !self.refusal
    }
}

/// What is missing to judge an option; nothing where it has neither terms nor payments.
#[must_use]
pub fn missing(workspace: &Workspace, option: usize) -> Missing {
    let Some(design) = Design::of(workspace, option) else { return Missing::default() };
    let by_hours = design.terms.is_some_and(|terms| terms.capacity_hours.is_some());
    let of_groups = design.groups.iter().enumerate().map(|(g, group)| (g, of_group(group, by_hours)));
    Missing {
        groups: of_groups.filter(|(_, lacks)| !lacks.is_empty()).collect(),
        refusal: design.groups.iter().any(|group| group.refusal_controlled.is_none()),
    }
}

/// What is not stated of a group and is needed, in the order of the fields.
fn of_group(group: &GroupDesign<'_>, by_hours: bool) -> Vec<&'static str> {
    let paid = || group.payments.iter().filter(|due| due.price > 0.0);
    let any =
        |figure: fn(&super::incentive::DuePayment<'_>) -> Figure| paid().any(|due| figure(due).is_err());
    let of = group.group;
    let supported = of.outcome_supported.is_none();
    let parked = of.outcome_parked.is_none() && any(|due| due.parked);
    let without = of.outcome_without.is_none() && any(|due| due.paid_above);
    let lacks = [
        ("people a year", of.people_per_year.is_none()),
        ("cost to support", of.cost_supported.is_none()),
        ("cost of minimal contact", of.cost_parked.is_none()),
        ("hours to support", by_hours && of.hours_supported.is_none()),
        ("success left alone", without),
        ("success when parked", parked),
        ("success with support", supported),
    ];
    lacks.into_iter().filter(|(_, lacking)| *lacking).map(|(name, _)| name).collect()
}
