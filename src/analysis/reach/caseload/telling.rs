//! A check as it may leave the program: what would give a small number back is taken out, and what is corrected for many
//! tests is corrected for those that are told.

use super::{
    assessment::{Assessment, GateAssessment, correct_over_all, shuts_out},
    findings::findings,
    gates::holm,
    stratified::Stratified,
    suppression::{Released, Shown},
    tripwires::tried,
};
use crate::{
    analysis::Undefined,
    model::{
        Workspace,
        reach::caseload::{Adjusted, AdjustedTerm, Counted, CountedPlace, Counts},
    },
};

/// Why a figure is not told.
pub const SMALL: &str = "hidden: small numbers";

const HIDDEN: Undefined = Undefined(SMALL);

/// Whether those who came to a gate and those who passed it are both shown.
#[must_use]
pub fn tells(row: &[Shown], gate: usize) -> bool {
    [gate, gate + 1].iter().all(|stage| row.get(*stage).is_some_and(|shown| *shown != Shown::Hidden))
}

impl Assessment {
    /// The same check without what would give a small number back: groups whose counts are hidden have no figure, no test
    /// and no finding, and Holm’s corrections are over the tests that are left. Telling it twice changes nothing.
    #[must_use]
    pub fn as_told(&self, counted: &Counted, released: &Released, workspace: &Workspace) -> Self {
        let mut told = self.clone();
        for (at, gate) in told.gates.iter_mut().enumerate() {
            tell_groups(gate, at, released);
            tell_places(gate, at, counted, released);
        }
        correct_over_all(&mut told.gates);
        told.findings = findings(counted, &told.gates);
        told.shuts_out = shuts_out(told.gates.len(), &told.findings);
        told.tripwires = tried(&workspace.reach.caseload.tripwires, counted, &told.gates);
        if let Some(last) = counted.gates.len().checked_sub(1) {
            let whole = |counts: &Counts| [counts.people, counts.passed(last)];
            let hidden = hidden_places(&counted.providers, counted.hidden_under, whole);
            for (parts, _) in told.decomposition.iter_mut().zip(hidden).filter(|(_, hidden)| *hidden) {
                *parts = parts.and(Err(HIDDEN));
            }
        }
        for (at, adjusted) in told.adjusted.iter_mut().enumerate() {
            tell_reason(adjusted, at, counted, released);
        }
        told
    }
}

fn tell_groups(gate: &mut GateAssessment, at: usize, released: &Released) {
    let row = |group: usize| released.groups.get(group).is_some_and(|row| tells(row, at));
    let all = tells(&released.total, at);
    let best_is_told =
        gate.result.groups.iter().enumerate().all(|(g, group)| group.impact_ratio != Ok(1.0) || row(g));
    let mut tested = Vec::new();
    for (g, group) in gate.result.groups.iter_mut().enumerate() {
        if !row(g) {
            group.rate = group.rate.and(Err(HIDDEN));
            group.wilson = group.wilson.and(Err(HIDDEN));
        }
        if !row(g) || !best_is_told {
            group.impact_ratio = group.impact_ratio.and(Err(HIDDEN));
        }
        if !row(g) || !all {
            group.rate_ratio = group.rate_ratio.and(Err(HIDDEN));
            group.rate_ratio_limits = group.rate_ratio_limits.and(Err(HIDDEN));
            group.representation_ratio = group.representation_ratio.and(Err(HIDDEN));
            group.fewer_than_others = group.fewer_than_others.and(Err(HIDDEN));
            group.test = group.test.and(Err(HIDDEN));
        }
        match group.test {
            Ok(test) => tested.push((g, test.p_value)),
            Err(why) => {
                group.p_holm = Err(why);
                gate.p_over_all[g] = Err(why);
            }
        }
    }
    let p_values: Vec<f64> = tested.iter().map(|(_, p)| *p).collect();
    for ((g, _), p) in tested.into_iter().zip(holm(&p_values)) {
        gate.result.groups[g].p_holm = Ok(p);
    }
}

/// What is reckoned from people by group and place can be solved for them: it is told only where none of them is small.
fn tell_places(gate: &mut GateAssessment, at: usize, counted: &Counted, released: &Released) {
    let came_and_passed = |counts: &Counts| [counts.came_to(at), counts.passed(at)];
    let hidden = |places: &[CountedPlace]| hidden_places(places, counted.hidden_under, came_and_passed);
    for (places, within) in
        [(&counted.providers, &mut gate.within_providers), (&counted.referrers, &mut gate.within_referrers)]
    {
        let any = hidden(places).contains(&true);
        for (g, group) in within.iter_mut().enumerate() {
            let compares =
                released.groups.get(g).is_some_and(|row| tells(row, at)) && tells(&released.total, at);
            if any || !compares {
                hide_stratified(group);
            }
        }
    }
    let hidden = hidden(&counted.providers);
    for (p, place) in gate.providers.iter_mut().enumerate() {
        if hidden.get(p) == Some(&true) || !released.providers.get(p).is_some_and(|row| tells(row, at)) {
            place.expected = place.expected.and(Err(HIDDEN));
            place.ratio = place.ratio.and(Err(HIDDEN));
            place.limits = place.limits.and(Err(HIDDEN));
            place.funnel = place.funnel.and(Err(HIDDEN));
        }
    }
    // The spread is of all of them: with the others it would give the last away.
    if hidden.contains(&true) && gate.spread.is_ok() {
        gate.spread = Err(HIDDEN);
    }
}

fn hide_stratified(group: &mut Stratified) {
    group.crude_odds_ratio = group.crude_odds_ratio.and(Err(HIDDEN));
    group.odds_ratio = group.odds_ratio.and(Err(HIDDEN));
    group.limits = group.limits.and(Err(HIDDEN));
    group.statistic = group.statistic.and(Err(HIDDEN));
    group.p_value = group.p_value.and(Err(HIDDEN));
}

/// The places where a group has a small number of people, of passed or of not passed; where that is one place alone, the
/// one with the fewest people beside it too, as sums over all places would give the one back.
fn hidden_places(places: &[CountedPlace], threshold: u32, of: impl Fn(&Counts) -> [u64; 2]) -> Vec<bool> {
    let small = |count: u64| (1..u64::from(threshold)).contains(&count);
    let has_small = |place: &CountedPlace| {
        place
            .groups
            .iter()
            .map(&of)
            .any(|[came, passed]| [came, passed, came.saturating_sub(passed)].into_iter().any(small))
    };
    let mut hidden: Vec<bool> = places.iter().map(has_small).collect();
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let people = |at: &usize| places[*at].groups.iter().map(|counts| of(counts)[0]).sum::<u64>();
        let peopled = (0..places.len()).filter(|at| !hidden[*at] && people(at) > 0);
        if let Some(beside) = peopled.min_by_key(people) {
            hidden[beside] = true;
        }
    }
    hidden
}

/// Whether a term of a regression may be told: never that of a trait, whose counts are not kept.
///
/// # Errors
/// Why it may not.
pub fn tells_term(
    counted: &Counted,
    adjusted: &Adjusted,
    term: &AdjustedTerm,
    tells: impl Fn(usize) -> bool,
) -> Result<(), Undefined> {
    if !term.is_group {
        return Err(Undefined("hidden: how many people have a trait is not kept"));
    }
    let of = |name: &str| counted.groups.iter().position(|group| group.name == name).is_none_or(&tells);
    if of(&adjusted.against) && of(&term.term) { Ok(()) } else { Err(HIDDEN) }
}

/// A reason that names a group that is hidden, or a value of a trait, says instead that something hidden is the reason.
fn tell_reason(adjusted: &mut Adjusted, at: usize, counted: &Counted, released: &Released) {
    let row = |group: usize| released.groups.get(group).is_some_and(|row| tells(row, at));
    let mut groups = counted.groups.iter().enumerate();
    let names_hidden = groups.any(|(g, group)| !row(g) && adjusted.reason.contains(group.name.as_str()));
    let names_trait = adjusted.traits.iter().any(|name| adjusted.reason.contains(&format!("{name}: ")));
    if names_hidden || names_trait {
        adjusted.reason = "not all terms have a finite figure; which is hidden: small numbers".to_owned();
    }
}
