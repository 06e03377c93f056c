//! What about the weighing deserves a second look, rule by rule.

mod double_counting;
mod irrelevant;
mod musts;

pub use irrelevant::{Dropped, irrelevant_option_test};

use super::{
    OptionValue, Warning, WeightBasis,
    certainty::{self, Certainty},
    elicitation,
    matrix::{Reading, TIE, Weighed},
    performance::Performance,
    value::ValueFunction,
    weights::SwingsInForce,
};
use crate::model::{
    Workspace,
    balance::{Factor, Scale, Side, WeightsFrom},
    wording,
};

/// Swings of which the smallest is at least this share of the largest lie suspiciously close together: people tend to
/// spread weight evenly (the equalising bias: Montibeller & von Winterfeldt 2015).
const CLOSE_TOGETHER: f64 = 0.25;
/// With fewer factors close swings say little.
const FEWEST_FOR_CLOSENESS: usize = 3;

/// All that the rules look at.
#[derive(Clone, Copy)]
struct Grounds<'a> {
    workspace: &'a Workspace,
    performance: &'a Performance,
    in_force: &'a SwingsInForce,
    weighed: &'a Weighed,
    options: &'a [OptionValue],
}

/// Every warning, what concerns the whole answer first.
#[must_use]
pub fn warnings(
    workspace: &Workspace,
    performance: &Performance,
    in_force: &SwingsInForce,
    weighed: &Weighed,
    options: &[OptionValue],
) -> Vec<Warning> {
    if performance.matrix.factors == 0 || performance.matrix.options == 0 {
        return Vec::new();
    }
    let grounds = Grounds { workspace, performance, in_force, weighed, options };
    let rules: [fn(Grounds<'_>) -> Vec<Warning>; 18] = [
        all_struck,
        no_weight,
        too_few_scored,
        even_weights,
        one_sided_weight,
        swings_missing,
        provisional,
        unusable_scores,
        musts::musts_not_known,
        musts::musts_in_doubt,
        musts::musts_against_the_scale,
        irrelevant::leader_hangs_on_another,
        ranges_changed,
        weighed_before_range,
        outside_ends,
        local_anchors,
        no_spread,
        close_swings,
    ];
    let mut warnings: Vec<Warning> = rules.iter().flat_map(|rule| rule(grounds)).collect();
    warnings.extend(double_counting::warnings(grounds));
    warnings
}

impl<'a> Grounds<'a> {
    fn factors(self) -> impl Iterator<Item = (usize, &'a Factor)> {
        self.workspace.balance.factors.iter().enumerate()
    }

    fn factor_name(self, f: usize) -> &'a str {
        &self.workspace.balance.factors[f].name
    }

    fn option_name(self, o: usize) -> &'a str {
        &self.workspace.question.options[o].name
    }

    fn option_names(self, options: &[usize]) -> String {
        wording::list(&options.iter().map(|&o| self.option_name(o)).collect::<Vec<_>>())
    }

    fn factor_names(self, factors: &[usize]) -> String {
        wording::list(&factors.iter().map(|&f| self.factor_name(f)).collect::<Vec<_>>())
    }

    fn weighted(self, f: usize) -> bool {
        self.weighed.weights[f] > 0.0
    }

    /// Who would lead, and by how much, if a factor had other points: ", and B would lead by 8.3"; empty where nothing
    /// would.
    fn effect_of(self, f: usize, points: f64) -> String {
        let mut swings = self.in_force.swings.clone();
        swings[f] = points;
        let weighed = self.performance.matrix.weigh(&swings);
        let Some(&leader) = weighed.ranking.first() else { return String::new() };
        format!(", and {} would lead{}", self.option_name(leader), by_how_much(&weighed))
    }
}

/// " by 8.3": the lead of the first over the second, in points of the total; empty with fewer than two.
fn by_how_much(weighed: &Weighed) -> String {
    match weighed.ranking[..] {
        [first, second, ..] => {
            format!(" by {}", wording::number(weighed.totals[first] - weighed.totals[second], 1))
        }
        _ => String::new(),
    }
}

fn one(rule: &'static str, text: String) -> Vec<Warning> {
    vec![Warning { rule, text }]
}

fn all_struck(grounds: Grounds<'_>) -> Vec<Warning> {
    if grounds.performance.matrix.in_ranking().next().is_some() {
        return Vec::new();
    }
    one(
        "all-struck",
        "Every option fails a must, so none can lead. Look at the musts or add an option.".to_owned(),
    )
}

fn no_weight(grounds: Grounds<'_>) -> Vec<Warning> {
    if grounds.weighed.commercial_share.is_some() {
        return Vec::new();
    }
    one("no-weight", "No swing is above 0, so nothing can lead. Give at least one factor points.".to_owned())
}

/// Several options could be ranked, and there is nothing to rank them by.
fn too_few_scored(grounds: Grounds<'_>) -> Vec<Warning> {
    let weighs = grounds.weighed.commercial_share.is_some();
    if !weighs || !grounds.performance.matrix.too_few_scored(&grounds.weighed.weights) {
        return Vec::new();
    }
    one(
        "too-few-scored",
        "Fewer than two options have a score that carries weight, so nobody leads yet. Score two options."
            .to_owned(),
    )
}

fn even_weights(grounds: Grounds<'_>) -> Vec<Warning> {
    if grounds.in_force.basis != WeightBasis::Even {
        return Vec::new();
    }
    let why = match grounds.workspace.balance.weights_from {
        WeightsFrom::Swings => "Nobody has given swing points yet",
        WeightsFrom::Ballots => "No ballot gives any swing points yet",
    };
    one("even-weights", format!("{why}, so every factor counts alike."))
}

fn one_sided_weight(grounds: Grounds<'_>) -> Vec<Warning> {
    let side = match grounds.weighed.commercial_share {
        Some(share) if share <= 0.0 => Side::Operational,
        Some(share) if share >= 1.0 => Side::Commercial,
        _ => return Vec::new(),
    };
    let side = side.words().to_lowercase();
    one("one-sided-weight", format!("All the weight is on {side} factors, so there is nothing to balance."))
}

fn swings_missing(grounds: Grounds<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let (missing, unusable) = (&grounds.in_force.missing, &grounds.in_force.unusable);
    if !missing.is_empty() {
        let have = if missing.len() == 1 { "has no swing and counts" } else { "have no swing and count" };
        let text = format!("{} {have} for nothing.", grounds.factor_names(missing));
        warnings.push(Warning { rule: "swing-missing", text });
    }
    if !unusable.is_empty() {
        let names = grounds.factor_names(unusable);
        let text = format!("The swing of {names} is not a number from 0 upwards and counts for nothing.");
        warnings.push(Warning { rule: "swing-unusable", text });
    }
    warnings
}

/// Options in the ranking whose total is an interval.
fn provisional(grounds: Grounds<'_>) -> Vec<Warning> {
    let ranking = &grounds.weighed.ranking;
    let unknown: Vec<usize> =
        ranking.iter().copied().filter(|&o| grounds.options[o].value.is_none()).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let lead = certainty::of_lead(&grounds.weighed.leaders(), ranking, |o| grounds.options[o].total());
    let total = if unknown.len() == 1 { "total of" } else { "totals of" };
    let are = if unknown.len() == 1 { "is" } else { "are" };
    let leading = if lead == Certainty::Certain {
        "the leader is the same whatever they hold"
    } else {
        "the leader could still change"
    };
    let names = grounds.option_names(&unknown);
    one(
        "provisional",
        format!("The {total} {names} {are} provisional, because cells are not known: {leading}."),
    )
}

fn unusable_scores(grounds: Grounds<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (f, factor) in grounds.factors() {
        for o in 0..grounds.performance.matrix.options {
            if let Reading::Unusable(fault) = grounds.performance.matrix.reading(f, o) {
                let (option, words) = (grounds.option_name(o), fault.words());
                let text = format!("{} of {option} {words}. It counts as not known.", factor.name);
                warnings.push(Warning { rule: "unusable-score", text });
            }
        }
    }
    warnings
}

/// A figure of a factor with its unit.
fn figure(x: f64, factor: &Factor) -> String {
    wording::with_unit(x, &factor.unit, wording::decimals_used(x))
}

fn ranges_changed(grounds: Grounds<'_>) -> Vec<Warning> {
    if grounds.in_force.basis != WeightBasis::Swings {
        return Vec::new();
    }
    let factors = &grounds.workspace.balance.factors;
    let text = |changed: elicitation::ChangedRange| {
        let factor = &factors[changed.factor];
        let (was, is) = (factor.swing_range?, factor.scale.ends()?);
        let span = |(worst, best)| format!("{} to {}", figure(worst, factor), figure(best, factor));
        let proportion = changed.in_proportion.map_or_else(String::new, |points| {
            let effect = grounds.effect_of(changed.factor, points);
            format!(" In proportion, {} would be {}{effect}.", plain(changed.points), plain(points))
        });
        let text = format!(
            "The swing of {} was given for {}; its scale now goes from {}.{proportion} Give the swing another look.",
            factor.name,
            span(was),
            span(is)
        );
        Some(Warning { rule: "range-changed", text })
    };
    elicitation::changed_ranges(factors).into_iter().filter_map(text).collect()
}

/// Factors whose points were given before there was a range to give them for.
fn weighed_before_range(grounds: Grounds<'_>) -> Vec<Warning> {
    let early = elicitation::weighed_before_range(&grounds.workspace.balance.factors);
    if grounds.in_force.basis != WeightBasis::Swings || early.is_empty() {
        return Vec::new();
    }
    let its = if early.len() == 1 { "its range" } else { "their ranges" };
    let names = grounds.factor_names(&early);
    one(
        "weighed-before-range",
        format!(
            "{names}: the points were not given for {its}. Say whether they hold for the ends there are now."
        ),
    )
}

/// Swing points as a sentence writes them.
fn plain(points: f64) -> String {
    wording::number(points, wording::decimals_used(points).min(1))
}

/// Likely scores beyond the ends of a fixed scale.
fn outside_ends(grounds: Grounds<'_>) -> Vec<Warning> {
    grounds
        .factors()
        .filter(|(_, factor)| matches!(factor.scale, Scale::Linear { .. } | Scale::Points(_) | Scale::Direct))
        .filter_map(|(f, factor)| {
            let (low, high) = grounds.performance.matrix.functions[f].ends()?;
            let outside: Vec<usize> = (0..grounds.performance.matrix.options)
                .filter(|&o| {
                    grounds.performance.matrix.reading(f, o).likely().is_some_and(|x| x < low || x > high)
                })
                .collect();
            let text = format!(
                "{} of {} lies outside the scale, {} to {}: it is worth no more and no less than the end.",
                factor.name,
                grounds.option_names(&outside),
                figure(low, factor),
                figure(high, factor)
            );
            (!outside.is_empty()).then_some(Warning { rule: "outside-ends", text })
        })
        .collect()
}

fn local_anchors(grounds: Grounds<'_>) -> Vec<Warning> {
    grounds
        .factors()
        .filter_map(|(_, factor)| {
            let against = match factor.scale {
                Scale::Local { .. } => "the worst and the best option present",
                Scale::LowestPrice => "the lowest price present",
                _ => return None,
            };
            let text = format!(
                "{} is measured against {against}, so what it is worth changes when an option comes or goes. Fixed ends avoid that.",
                factor.name
            );
            Some(Warning { rule: "local-anchors", text })
        })
        .collect()
}

/// Factors on which all options in the ranking are worth the same, and scales that have no range.
fn no_spread(grounds: Grounds<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (f, factor) in grounds.factors() {
        let values: Vec<f64> = grounds
            .performance
            .matrix
            .in_ranking()
            .map(|o| grounds.performance.matrix.cells[f][o].value.unwrap_or(f64::NAN))
            .collect();
        let Some(&first) = values.first() else { continue };
        let scored = values.iter().any(|value| value.is_finite());
        let text = if grounds.performance.matrix.functions[f] == ValueFunction::NoSpread && scored {
            format!("The scale of {} has no range, so it counts 0 for every option.", factor.name)
        } else if values.len() > 1 && values.iter().all(|value| (value - first).abs() <= TIE) {
            format!("{} cannot tell the options apart: all are worth the same on it.", factor.name)
        } else {
            continue;
        };
        warnings.push(Warning { rule: "no-spread", text });
    }
    warnings
}

fn close_swings(grounds: Grounds<'_>) -> Vec<Warning> {
    let swings = &grounds.in_force.swings;
    if grounds.in_force.basis == WeightBasis::Even || swings.len() < FEWEST_FOR_CLOSENESS {
        return Vec::new();
    }
    let (least, most) = swings.iter().fold((f64::INFINITY, 0.0_f64), |(l, m), &s| (l.min(s), m.max(s)));
    if least <= 0.0 || least < CLOSE_TOGETHER * most {
        return Vec::new();
    }
    let place = |of: f64| swings.iter().position(|&s| s.total_cmp(&of).is_eq());
    let (Some(smallest), Some(largest)) = (place(least), place(most)) else { return Vec::new() };
    let question = if least < most {
        let share = wording::percent(least / most);
        let (small, large) = (grounds.factor_name(smallest), grounds.factor_name(largest));
        format!("Is the whole swing of {small} worth {share} of that of {large}?")
    } else {
        "Does every swing matter just as much?".to_owned()
    };
    let are = if least < most {
        format!("lie close together, from {} to {} points", plain(least), plain(most))
    } else {
        format!("are all {} points", plain(most))
    };
    let text = format!(
        "The swings {are}. {question} People tend to spread weight evenly: ask again with the real ends."
    );
    one("close-swings", text)
}
