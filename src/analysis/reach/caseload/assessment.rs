//! The whole caseload check, from counts by group, gate, provider and referrer.

use std::sync::Arc;

use super::{
    bunching::{Bunching, bunching},
    concentration::{Concentration, Supported, concentration},
    decomposition::{Decomposition, decomposition},
    findings::{Finding, findings},
    funnel::Funnel,
    gates::{GateResult, Limits, Passage, gate, holm},
    parting::{Parting, parting},
    providers::{
        FEWEST_FOR_SPREAD, Level, Observed, Overdispersion, against_others, funnel, overdispersion,
        ratio_limits,
    },
    small_numbers::SmallNumbers,
    stratified::{Stratified, Stratum, stratified},
    tripwires::{Tripped, tried},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        reach::caseload::{Adjusted, Counted, CountedPlace, Counts},
    },
};

/// Everything that the counts of a caseload tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// One entry a gate, in the order of [`Counted::gates`].
    pub gates: Vec<GateAssessment>,
    /// What differs by more than chance, what weighs most first.
    pub findings: Vec<Finding>,
    /// What may be told of the counts.
    pub small: Arc<SmallNumbers>,
    /// The gate at which refusals are counted: the one that is named for acceptance, else the one that turns most away of
    /// those that may be told.
    pub refusals: Option<usize>,
    /// The gate that keeps out most people of groups that pass it less than others by more than chance.
    pub shuts_out: Option<usize>,
    /// Support, as passing the last gate, over need.
    pub concentration: Result<Concentration, Undefined>,
    /// Hours or contacts over need; undefined where the table does not say them.
    pub hours: Result<Concentration, Undefined>,
    /// Each provider's share that passed every gate beside that of all others, in two parts; in the order of providers.
    pub decomposition: Vec<Result<Decomposition, Undefined>>,
    /// Those who came to the last gate but one and passed the last, by provider and group.
    pub served: Result<Funnel, Undefined>,
    pub bunching: Result<Bunching, Undefined>,
    /// Measures that point different ways by more than chance.
    pub parting: Vec<Parting>,
    /// Results kept from a regression on traits, one a gate; empty where there are none.
    pub adjusted: Vec<Adjusted>,
    /// Each tripwire that was agreed, tried against the counts.
    pub tripwires: Vec<Tripped>,
}

/// One gate.
#[derive(Clone, Debug, PartialEq)]
pub struct GateAssessment {
    pub name: String,
    /// Each group against everyone else; Holm's correction is over the groups at this gate.
    pub result: GateResult,
    /// The same p-values corrected over every group at every gate, in the order of groups: under 5 % the whole check finds
    /// something where there is nothing in at most one caseload of twenty.
    pub p_over_all: Vec<Figure>,
    /// Each group against everyone else within providers, and within referrers; empty where there are none.
    pub within_providers: Vec<Stratified>,
    pub within_referrers: Vec<Stratified>,
    /// One entry a provider.
    pub providers: Vec<PlaceAtGate>,
    /// How far providers spread beyond chance.
    pub spread: Result<Overdispersion, Undefined>,
}

/// A provider at a gate.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceAtGate {
    pub passage: Passage,
    /// People of each group times the rate of that group over all providers.
    pub expected: Figure,
    /// How far chance spreads those who pass: Σ p·(1 − p) over its people.
    pub variance: Figure,
    pub ratio: Figure,
    /// 95 %, of the count as one of events: Byar, exact Poisson under 10.
    pub limits: Result<Limits, Undefined>,
    /// Where the ratio lies in the funnel, τ² added where providers spread beyond chance; under [`FEWEST_FOR_SPREAD`]
    /// providers, where it lies beside all the others.
    pub funnel: Result<InFunnel, Undefined>,
}

/// Where a point lies among prediction limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InFunnel {
    Below998,
    Below95,
    Within,
    Above95,
    Above998,
}

impl InFunnel {
    /// Where a figure lies between inner and outer limits.
    #[must_use]
    pub fn of(figure: f64, inner: Limits, outer: Limits) -> Self {
        if figure < outer.low {
            Self::Below998
        } else if figure < inner.low {
            Self::Below95
        } else if figure > outer.high {
            Self::Above998
        } else if figure > inner.high {
            Self::Above95
        } else {
            Self::Within
        }
    }

    /// The word that results use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Below998 => "below_998",
            Self::Below95 => "below_95",
            Self::Within => "within",
            Self::Above95 => "above_95",
            Self::Above998 => "above_998",
        }
    }

    #[must_use]
    pub fn is_below(self) -> bool {
        matches!(self, Self::Below998 | Self::Below95)
    }
}

/// Who came to a gate and passed it.
#[must_use]
pub fn passage(counts: &Counts, gate: usize) -> Passage {
    Passage { eligible: counts.came_to(gate), passed: counts.passed(gate) }
}

/// Assesses a counted caseload; need and tripwires are those of the workspace.
#[must_use]
pub fn assess(counted: &Counted, workspace: &Workspace) -> Assessment {
    let mut gates: Vec<GateAssessment> =
        (0..counted.gates.len()).map(|gate| of_gate(counted, gate)).collect();
    correct_over_all(&mut gates);
    let last = counted.gates.len().checked_sub(1);
    let funnel = last.map(Funnel::gates);
    let small = SmallNumbers::of(counted, funnel.map(|(from, to)| (Funnel::stage(from, to), to)));
    let found = findings(counted, &gates);
    Assessment {
        shuts_out: shuts_out(gates.len(), &found),
        findings: found,
        refusals: small.refusals,
        small: Arc::new(small),
        concentration: match &counted.by_need {
            Some(by_need) => Ok(Concentration::kept(&by_need.served)),
            None => over_need(counted, workspace, |counts| {
                let last = last.ok_or(Undefined("there is no gate"))?;
                Ok(counts.passed(last) as f64)
            }),
        },
        hours: match &counted.by_need {
            Some(by_need) => Ok(Concentration::kept(&by_need.hours)),
            None => over_need(counted, workspace, |counts| {
                counts.hours.ok_or(Undefined("the table says no hours or contacts"))
            }),
        },
        decomposition: counted.providers.iter().map(|provider| headline(counted, provider)).collect(),
        served: match funnel {
            Some((from, to)) => Funnel::of(counted, from, to),
            None => Err(Undefined("there is no gate")),
        },
        bunching: bunching(&counted.exits_by_week),
        parting: parting(counted),
        adjusted: counted.adjusted.clone(),
        tripwires: tried(&workspace.reach.caseload.tripwires, counted, &gates),
        gates,
    }
}

/// The gate at which findings say that most people are missing.
pub(super) fn shuts_out(gates: usize, found: &[Finding]) -> Option<usize> {
    (0..gates)
        .map(|gate| {
            (gate, found.iter().filter(|f| f.gate == gate && f.fewer > 0.0).map(|f| f.fewer).sum::<f64>())
        })
        .filter(|(_, fewer)| *fewer > 0.0)
        .fold(None, |best: Option<(usize, f64)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
        .map(|(gate, _)| gate)
}

fn of_gate(counted: &Counted, at: usize) -> GateAssessment {
    let passages: Vec<Passage> = counted.groups.iter().map(|group| passage(&group.counts, at)).collect();
    let result = gate(&passages);
    let (providers, spread) = places(&counted.providers, &passages, at);
    GateAssessment {
        name: counted.gates[at].clone(),
        p_over_all: result.groups.iter().map(|group| group.p_holm).collect(),
        within_providers: within(&counted.providers, passages.len(), at),
        within_referrers: within(&counted.referrers, passages.len(), at),
        providers,
        spread,
        result,
    }
}

/// Each group against everyone else within places.
fn within(places: &[CountedPlace], groups: usize, gate: usize) -> Vec<Stratified> {
    if places.is_empty() {
        return Vec::new();
    }
    let stratum = |place: &CountedPlace, group: usize| {
        let passages = || place.groups.iter().map(|counts| passage(counts, gate));
        let own = passages().nth(group).unwrap_or_default();
        Stratum { group: own, others: passages().sum::<Passage>().without(own) }
    };
    (0..groups)
        .map(|group| {
            let strata: Vec<Stratum> = places.iter().map(|place| stratum(place, group)).collect();
            stratified(&strata)
        })
        .collect()
}

/// Observed beside expected for each provider, the rates of groups being those over all providers.
fn places(
    places: &[CountedPlace],
    passages: &[Passage],
    gate: usize,
) -> (Vec<PlaceAtGate>, Result<Overdispersion, Undefined>) {
    let of_place = |place: &CountedPlace| {
        let came = place.groups.iter().map(|counts| passage(counts, gate));
        let sum = |of: fn(f64) -> f64| {
            let each = came.clone().zip(passages);
            each.map(|(here, all)| here.eligible as f64 * of(all.rate().unwrap_or(0.0))).sum::<f64>()
        };
        let (expected, variance) = (sum(|rate| rate), sum(|rate| rate * (1.0 - rate)));
        let ratio = || came.clone().sum::<Passage>().passed as f64 / expected;
        PlaceAtGate {
            passage: came.clone().sum(),
            expected: Ok(expected),
            variance: Ok(variance),
            ratio: if expected > 0.0 {
                Ok(ratio())
            } else {
                Err(Undefined("nothing was expected of this provider"))
            },
            limits: Err(Undefined("nothing was expected of this provider")),
            funnel: Err(Undefined("nothing was expected of this provider")),
        }
    };
    let mut places: Vec<PlaceAtGate> = places.iter().map(of_place).collect();
    for place in &mut places {
        if let Ok(observed) = place.observed() {
            place.limits = ratio_limits(observed, Level::Inner95);
        }
    }
    let spread = lay_in_funnel(&mut places, passages.iter().map(|all| all.passed).sum());
    (places, spread)
}

/// Where each provider whose figures are there lies in the funnel, with how far these providers spread beyond chance;
/// `passed` are all who passed the gate. What is expected of a provider is reckoned with its own people too, so that chance
/// has less room by its share of what is expected of all.
pub(super) fn lay_in_funnel(places: &mut [PlaceAtGate], passed: u64) -> Result<Overdispersion, Undefined> {
    let observed: Vec<Option<Observed>> = places.iter().map(|place| place.observed().ok()).collect();
    let known: Vec<Observed> = observed.iter().flatten().copied().filter(|o| o.expected > 0.0).collect();
    let spread = overdispersion(&known);
    let tau_squared = spread.as_ref().map_or(0.0, |spread| spread.tau_squared);
    for (at, place) in places.iter_mut().enumerate() {
        let of = place.observed();
        place.funnel = place.ratio.and_then(|ratio| {
            let of = of?;
            if known.len() < FEWEST_FOR_SPREAD {
                let others = observed.iter().enumerate().filter(|(other, _)| *other != at);
                let others: Vec<Observed> =
                    others.filter_map(|(_, other)| *other).filter(|o| o.expected > 0.0).collect();
                return against_others(of, &others);
            }
            let of_others = 1.0 - of.expected / passed as f64;
            if of_others <= 0.0 {
                return Err(Undefined("there is no other provider to set it against"));
            }
            let limits = |level| funnel(of.weight() / of_others, tau_squared, level);
            Ok(InFunnel::of(ratio, limits(Level::Inner95), limits(Level::Outer998)))
        });
    }
    spread
}

impl PlaceAtGate {
    /// What it did and what was to be expected.
    ///
    /// # Errors
    /// Says why it is not known.
    pub fn observed(&self) -> Result<Observed, Undefined> {
        Ok(Observed { observed: self.passage.passed, expected: self.expected?, variance: self.variance? })
    }
}

/// Corrects every p-value for every group at every gate (Holm 1979).
pub(super) fn correct_over_all(gates: &mut [GateAssessment]) {
    let mut places = Vec::new();
    let mut p_values = Vec::new();
    for (at, gate) in gates.iter().enumerate() {
        for (g, group) in gate.result.groups.iter().enumerate() {
            if let Ok(test) = group.test {
                places.push((at, g));
                p_values.push(test.p_value);
            }
        }
    }
    for ((at, g), p) in places.into_iter().zip(holm(&p_values)) {
        gates[at].p_over_all[g] = Ok(p);
    }
}

/// How what people had is spread over need: what it costs to support somebody of their group well, or else the hours that
/// it takes.
fn over_need(
    counted: &Counted,
    workspace: &Workspace,
    support: impl Fn(&Counts) -> Figure,
) -> Result<Concentration, Undefined> {
    let need_groups: Option<Vec<_>> = counted
        .groups
        .iter()
        .map(|group| group.need_group.as_ref().and_then(|id| workspace.need_group(id)))
        .collect();
    let need_groups = need_groups.ok_or(Undefined(
        "a group of the caseload is no need group of the workspace, so its need is not known",
    ))?;
    let costs: Option<Vec<f64>> =
        need_groups.iter().map(|group| group.cost_supported.map(|cost| cost.pounds())).collect();
    let needs = costs.or_else(|| need_groups.iter().map(|group| group.hours_supported).collect());
    let needs = needs.ok_or(Undefined("a need group has no cost of supporting somebody well"))?;
    let people: Result<Vec<Supported>, Undefined> = counted
        .groups
        .iter()
        .zip(needs)
        .filter(|(group, _)| group.counts.people > 0)
        .map(|(group, need)| {
            let people = group.counts.people;
            Ok(Supported { need, support: support(&group.counts)? / people as f64, people })
        })
        .collect();
    Ok(concentration(&people?))
}

/// A provider's share that passed every gate beside that of all others.
fn headline(counted: &Counted, provider: &CountedPlace) -> Result<Decomposition, Undefined> {
    let last = counted.gates.len().checked_sub(1).ok_or(Undefined("there is no gate"))?;
    let whole = |counts: &Counts| Passage { eligible: counts.people, passed: counts.passed(last) };
    let here: Vec<Passage> = provider.groups.iter().map(whole).collect();
    let others: Vec<Passage> =
        counted.groups.iter().zip(&here).map(|(all, here)| whole(&all.counts).without(*here)).collect();
    decomposition(&here, &others)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where 98 of 100 pass, 12 fewer than the 392 that are expected lie more than four of the binomial's standard
    /// deviations off; as a count of events they would be within one.
    #[test]
    fn an_office_that_lets_fewer_through_stands_out_where_nearly_everybody_passes() {
        let office = |passed: u64| CountedPlace {
            name: String::new(),
            groups: vec![Counts { people: 400, passed: vec![passed], ..Counts::default() }],
        };
        let offices: Vec<CountedPlace> =
            [393, 394, 392, 394, 393, 380, 394, 393, 392, 394].map(office).to_vec();
        let all: Passage = offices.iter().map(|office| passage(&office.groups[0], 0)).sum();
        let (found, spread) = places(&offices, &[all], 0);
        assert_eq!(found[5].funnel, Ok(InFunnel::Below998), "{spread:?}");
        assert!(found.iter().enumerate().all(|(at, place)| at == 5 || place.funnel == Ok(InFunnel::Within)));
        assert!(found[5].limits.unwrap().high > 1.0, "Byar's limits are those of a count of events");
    }
}
