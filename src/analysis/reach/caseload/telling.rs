//! A check as it may leave the program: what would give a small number back is taken out, and what is corrected for many
//! tests is corrected for those that are told.

use super::{
    assessment::{Assessment, GateAssessment, correct_over_all, lay_in_funnel, shuts_out},
    bunching,
    concentration::Concentration,
    findings::findings,
    funnel::Funnel,
    gates::{Limits, holm},
    parting::{Measure, Parting, Whose},
    small_numbers::SmallNumbers,
    suppression::{Shown, is_small},
    tripwires::tried,
};
use crate::{
    analysis::{
        Figure, Undefined,
        distributions::{Z_95, normal_both_tails},
    },
    model::{
        Workspace,
        reach::caseload::{Adjusted, AdjustedTerm, Counted, Counts},
    },
};

/// Why a figure is not told.
pub const SMALL: &str = "hidden: small numbers";

const HIDDEN: Undefined = Undefined(SMALL);

impl Assessment {
    /// The same check without what would give a small number back: groups whose counts are hidden have no figure, no test
    /// and no finding, and Holm’s corrections are over the tests that are left. Why a figure is undefined is not said
    /// either where it is hidden, as that nobody passed is a count too. Telling it twice changes nothing.
    #[must_use]
    pub fn as_told(&self, counted: &Counted, workspace: &Workspace) -> Self {
        let mut told = self.clone();
        let small = &self.small;
        for (at, gate) in told.gates.iter_mut().enumerate() {
            tell_groups(gate, at, small);
            tell_places(gate, at, small);
        }
        correct_over_all(&mut told.gates);
        told.findings = findings(counted, &told.gates);
        told.shuts_out = shuts_out(told.gates.len(), &told.findings);
        told.tripwires = tried(&workspace.reach.caseload.tripwires, counted, &told.gates);
        for (parts, whole) in told.decomposition.iter_mut().zip(&small.cells.whole) {
            if !whole {
                *parts = Err(HIDDEN);
            }
        }
        tell_concentration(&mut told.concentration, counted, small);
        tell_concentration(&mut told.hours, counted, small);
        tell_funnel(&mut told.served, counted, small);
        told.bunching = told_bunching(&told, small);
        told.parting.retain(|parting| tells_parting(counted, small, parting));
        for (at, adjusted) in told.adjusted.iter_mut().enumerate() {
            tell_terms(adjusted, at, small);
        }
        told
    }
}

fn tell_groups(gate: &mut GateAssessment, at: usize, small: &SmallNumbers) {
    // The best group is the best of those that are told: that one which is hidden is better would bound its count.
    let rates = gate.result.groups.iter().enumerate().filter(|(g, _)| small.tells_rate(*g, at));
    let best = rates.filter_map(|(_, group)| group.rate.ok()).fold(0.0, f64::max);
    let mut tested = Vec::new();
    for (g, group) in gate.result.groups.iter_mut().enumerate() {
        if !small.tells_rate(g, at) {
            group.rate = Err(HIDDEN);
            group.wilson = Err(HIDDEN);
            group.impact_ratio = Err(HIDDEN);
        } else {
            group.impact_ratio = group.rate.and_then(|rate| {
                let nobody = Undefined("no group whose share is told passed this gate");
                if best > 0.0 { Ok(rate / best) } else { Err(nobody) }
            });
        }
        if !small.compares(g, at) {
            group.rate_ratio = Err(HIDDEN);
            group.rate_ratio_limits = Err(HIDDEN);
            group.representation_ratio = Err(HIDDEN);
            group.fewer_than_others = Err(HIDDEN);
            group.test = Err(HIDDEN);
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
    if !small.tells_every_rate(at) {
        gate.result.chi_squared = Err(HIDDEN);
        gate.result.p_value = Err(HIDDEN);
    }
}

/// What is reckoned from people by group and place can be solved for them: it is told only of places that are told whole.
fn tell_places(gate: &mut GateAssessment, at: usize, small: &SmallNumbers) {
    let of_families = [
        (small.cells.tells_all(), &mut gate.within_providers),
        (small.cells.whole_referrers, &mut gate.within_referrers),
    ];
    for (whole, within) in of_families {
        for (g, group) in within.iter_mut().enumerate() {
            if !whole || !small.compares(g, at) {
                group.crude_odds_ratio = Err(HIDDEN);
                group.odds_ratio = Err(HIDDEN);
                group.limits = Err(HIDDEN);
                group.statistic = Err(HIDDEN);
                group.p_value = Err(HIDDEN);
            }
        }
    }
    for (place, whole) in gate.providers.iter_mut().zip(&small.cells.whole) {
        if !whole {
            place.expected = Err(HIDDEN);
            place.variance = Err(HIDDEN);
            place.ratio = Err(HIDDEN);
            place.limits = Err(HIDDEN);
            place.funnel = Err(HIDDEN);
        }
    }
    // The spread of all of them would give those that are hidden away, and so would where the others lie beside it.
    if !small.cells.tells_all() {
        gate.spread = lay_in_funnel(&mut gate.providers, gate.result.all.passed);
        for (place, _) in gate.providers.iter_mut().zip(&small.cells.whole).filter(|(_, whole)| !**whole) {
            place.funnel = Err(HIDDEN);
        }
        if !small.cells.whole.contains(&true) {
            gate.spread = Err(HIDDEN);
        }
    }
}

fn tell_funnel(served: &mut Result<Funnel, Undefined>, counted: &Counted, small: &SmallNumbers) {
    let Some(last) = counted.gates.len().checked_sub(1).filter(|_| !counted.providers.is_empty()) else {
        return;
    };
    let (from, to) = Funnel::gates(last);
    let is_told = |stage: usize| small.all_stages.get(stage).is_some_and(|shown| *shown != Shown::Hidden);
    if !is_told(Funnel::stage(from, to)) || !is_told(to + 1) {
        *served = Err(HIDDEN);
    } else if let Ok(funnel) = served {
        funnel.keep(|provider, group| small.tells_caseload(provider, group));
    }
}

/// With fewer different needs of people than this, how many had each could be solved from the indices.
const FEW_NEEDS: u64 = 20;

/// Groups’ need: told where the counts are that it is reckoned from. A person's need: to three decimals, and not where there
/// are few needs and few people of one of them.
fn tell_concentration(found: &mut Result<Concentration, Undefined>, counted: &Counted, small: &SmallNumbers) {
    let threshold = u64::from(small.threshold);
    let is_told = small.tells_ends()
        && counted
            .by_need
            .as_ref()
            .is_none_or(|by_need| by_need.needs >= FEW_NEEDS || !is_small(by_need.fewest_alike, threshold));
    if let Ok(all) = found {
        *found = if !is_told {
            Err(HIDDEN)
        } else if counted.by_need.is_some() {
            Ok(all.rounded())
        } else {
            return;
        };
    }
}

/// Why nothing is said of exits: that one side is small, and that both together are few, bear one reason, or each would say
/// that it is not the other.
const TOO_FEW_EXITS: Undefined =
    Undefined("too few people left near payment to compare them, or to tell how many");

/// Neither side of payment is told where one is small: with how likely chance is to part them, the other would give it back.
fn told_bunching(told: &Assessment, small: &SmallNumbers) -> Result<bunching::Bunching, Undefined> {
    let threshold = u64::from(small.threshold);
    match told.bunching {
        Ok(found) if is_small(found.before, threshold) || is_small(found.after, threshold) => {
            Err(TOO_FEW_EXITS)
        }
        Err(bunching::TOO_FEW) => Err(TOO_FEW_EXITS),
        found => found,
    }
}

/// Whether measures that part may be told: everybody of the same kind is, and nobody has a small count of either measure.
fn tells_parting(counted: &Counted, small: &SmallNumbers, parting: &Parting) -> bool {
    let threshold = u64::from(small.threshold);
    let groups = || counted.groups.iter().map(|group| group.counts.clone()).collect::<Vec<Counts>>();
    let providers = || counted.providers.iter().map(|place| super::parting::summed(&place.groups)).collect();
    let (counts, rows): (Vec<Counts>, &[Vec<Shown>]) = match parting.whose {
        Whose::Group(_) => (groups(), &small.stages),
        Whose::Provider(_) => (providers(), &small.providers),
    };
    let ends =
        |row: &Vec<Shown>| [row.first(), row.last()].into_iter().flatten().all(|s| *s != Shown::Hidden);
    let large = |measure: Measure| {
        counts.iter().filter_map(|counts| measure.of(counts)).all(|passage| {
            ![passage.eligible, passage.passed, passage.turned_away()]
                .into_iter()
                .any(|count| is_small(count, threshold))
        })
    };
    rows.iter().all(ends) && large(parting.above.0) && large(parting.below.0)
}

/// A term of a regression as it may be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ToldTerm {
    pub coefficient: Figure,
    pub standard_error: Figure,
    pub odds_ratio: Figure,
    /// Wald's 95 % limits of the odds ratio.
    pub limits: Result<Limits, Undefined>,
    /// Wald's test, two-sided.
    pub p_value: Figure,
}

/// A term of a regression of the gate in this place as it may be told: never that of a trait, whose counts are not kept.
/// With traits, whoever tries out every table of people alike in group and traits could find the one that gives these
/// figures: then the odds ratio and its limits are told to two figures, and nothing else, however many are alike, for that
/// it is coarse would say that few are.
#[must_use]
pub fn told_term(small: &SmallNumbers, counted: &Counted, at: usize, term: &AdjustedTerm) -> ToldTerm {
    let told = match counted.adjusted.get(at) {
        _ if !term.is_group => Err(Undefined("hidden: how many people have a trait is not kept")),
        Some(adjusted) if small.tells_every_rate(at) => Ok(adjusted),
        _ => Err(HIDDEN),
    };
    let coarse = told.map(|adjusted| !adjusted.traits.is_empty());
    let figure = |of: f64| coarse.and_then(|coarse| if coarse { Err(COARSE) } else { Ok(of) });
    let odds = |of: f64| coarse.map(|coarse| if coarse { two_figures(of) } else { of });
    let half = Z_95 * term.standard_error;
    let limit = |log: f64| odds(libm::exp(log));
    ToldTerm {
        coefficient: figure(term.coefficient),
        standard_error: figure(term.standard_error),
        odds_ratio: limit(term.coefficient),
        limits: limit(term.coefficient - half)
            .and_then(|low| Ok(Limits { low, high: limit(term.coefficient + half)? })),
        p_value: figure(normal_both_tails(term.coefficient / term.standard_error)),
    }
}

/// Why a finer figure is not told.
const COARSE: Undefined = Undefined("hidden: with traits only odds ratios are told, to two figures");

/// The group that the others are set against, where it may be named: it is the largest at the gate.
#[must_use]
pub fn told_against<'a>(small: &SmallNumbers, counted: &'a Counted, at: usize) -> Option<&'a str> {
    let against = counted.adjusted.get(at)?.against.as_str();
    (small.tells_every_rate(at) || against.is_empty()).then_some(against)
}

/// The deviance of a regression as it may be told.
///
/// # Errors
/// Says why there is none, or that it is hidden.
pub fn told_deviance(small: &SmallNumbers, counted: &Counted, at: usize) -> Figure {
    let adjusted = counted.adjusted.get(at).ok_or(Undefined("there is no fit"))?;
    if !small.tells_every_rate(at) {
        return Err(HIDDEN);
    }
    if !adjusted.traits.is_empty() {
        return Err(COARSE);
    }
    adjusted.deviance.ok_or(Undefined("there is no fit"))
}

/// Terms as they may be listed: none where a group is hidden, for the one that is missing is the largest; none of traits,
/// for the value that is missing is the most frequent. A reason that names a value of a trait says instead that something
/// hidden is the reason.
fn tell_terms(adjusted: &mut Adjusted, at: usize, small: &SmallNumbers) {
    if !small.tells_every_rate(at) {
        adjusted.terms.clear();
        adjusted.deviance = None;
        adjusted.against.clear();
        adjusted.fewest_alike = None;
        adjusted.reason = SMALL.to_owned();
        return;
    }
    adjusted.terms.retain(|term| term.is_group);
    if adjusted.traits.iter().any(|name| adjusted.reason.contains(&format!("{name}: "))) {
        adjusted.reason = "not all terms have a finite figure; which is hidden: small numbers".to_owned();
    }
}

/// A figure to two figures.
fn two_figures(figure: f64) -> f64 {
    format!("{figure:.1e}").parse().unwrap_or(figure)
}
