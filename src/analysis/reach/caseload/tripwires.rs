//! Tripwires that were agreed before award, tried against what was counted.

use super::{assessment::GateAssessment, gates::GroupAtGate};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        ids::{EntryId, NeedGroupId},
        reach::caseload::{Counted, Statistic, Tripwire},
        wording::{capital, day, number, percent},
    },
};

/// A tripwire for one group, tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tripped {
    pub tripwire: EntryId,
    /// The group, by its place in the counted caseload; `None` where it is not in it.
    pub group: Option<usize>,
    pub gate: Option<usize>,
    /// What was found; undefined where the gate or the group is not in the caseload.
    pub value: Figure,
    /// Whether it is past the limit; undefined with the value.
    pub tripped: Result<bool, Undefined>,
    /// Whether the group differs from everyone else at that gate by more than chance, corrected over the groups there.
    pub beyond_chance: Result<bool, Undefined>,
}

/// Tries every tripwire; one that guards every group gives an entry for each.
#[must_use]
pub fn tried(tripwires: &[Tripwire], counted: &Counted, gates: &[GateAssessment]) -> Vec<Tripped> {
    tripwires
        .iter()
        .flat_map(|tripwire| {
            let groups: Vec<Option<usize>> = match &tripwire.group {
                Some(id) => vec![place(counted, id)],
                None => (0..counted.groups.len()).map(Some).collect(),
            };
            groups.into_iter().map(|group| one(tripwire, group, counted, gates))
        })
        .collect()
}

fn place(counted: &Counted, id: &NeedGroupId) -> Option<usize> {
    counted.groups.iter().position(|group| group.need_group.as_ref() == Some(id))
}

fn one(tripwire: &Tripwire, group: Option<usize>, counted: &Counted, gates: &[GateAssessment]) -> Tripped {
    let same = |name: &String| name.trim().to_lowercase() == tripwire.gate.trim().to_lowercase();
    let gate = counted.gates.iter().position(same);
    let found = || -> Result<&GroupAtGate, Undefined> {
        let gate = gate.ok_or(Undefined("the caseload has no such gate"))?;
        let group = group.ok_or(Undefined("the caseload has no such group"))?;
        gates.get(gate).and_then(|gate| gate.result.groups.get(group)).ok_or(Undefined("nobody was counted"))
    };
    let value = found().and_then(|at| match tripwire.statistic {
        Statistic::Rate => at.rate,
        Statistic::RateRatio => at.rate_ratio,
        Statistic::ImpactRatio => at.impact_ratio,
        Statistic::RepresentationRatio => at.representation_ratio,
        Statistic::TurnedAway => at.rate.map(|rate| 1.0 - rate),
    });
    Tripped {
        tripwire: tripwire.id.clone(),
        group,
        gate,
        value,
        tripped: value.map(|value| {
            if tripwire.statistic.trips_above() { value > tripwire.limit } else { value < tripwire.limit }
        }),
        beyond_chance: found().and_then(|at| at.p_holm).map(|p| p < 0.05),
    }
}

/// A tripwire in sentences: whom it guards, its limit, what is done when it trips, and who agreed it.
#[must_use]
pub fn in_words(workspace: &Workspace, wire: &Tripwire) -> String {
    let by = wire.agreed_by.trim();
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    let words = in_words_unnamed(workspace, wire);
    match (wire.agreed, by.as_str()) {
        (None, "") => words,
        (None, by) => format!("{words} Agreed{by}."),
        (Some(_), by) => format!("{}{by}.", words.trim_end_matches('.')),
    }
}

/// The same without who agreed it.
#[must_use]
pub fn in_words_unnamed(workspace: &Workspace, wire: &Tripwire) -> String {
    let group = wire.group.as_ref().and_then(|id| workspace.need_group(id));
    let whom = group.map_or("Every group", |group| group.short_name());
    let limit = match wire.statistic {
        Statistic::Rate | Statistic::TurnedAway => percent(wire.limit),
        _ => number(wire.limit, 2),
    };
    let side = if wire.statistic.trips_above() { "at most" } else { "at least" };
    let mut words = format!("{whom}, {}: {} {side} {limit}.", wire.gate, wire.statistic.words());
    if !wire.response.trim().is_empty() {
        words += &format!(" Else: {}.", capital(wire.response.trim().trim_end_matches('.')));
    }
    if let Some(agreed) = wire.agreed {
        words += &format!(" Agreed {}.", day(agreed));
    }
    words
}
