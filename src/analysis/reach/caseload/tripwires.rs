//! Tripwires that were agreed before award, tried against what was counted.

use super::{assessment::GateAssessment, gates::GroupAtGate};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        ids::{EntryId, NeedGroupId},
        reach::caseload::{Counted, Statistic, Tripwire},
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
