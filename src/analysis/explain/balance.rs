//! Why the total of an option is what it is.

use super::{EditPlace, Explanation, Input, Known, Question, RestsOn, cell, weights};
use crate::{
    analysis::balance::{OptionValue, WeightBasis, certainty::half_way},
    model::{
        balance::Side,
        ids::OptionId,
        wording::{chance, list, number, percent},
    },
};

pub(super) const SOURCE: &str = "Additive value model (Keeney & Raiffa 1976)";

/// The grade from which evidence counts as fair in the sentence on what a total rests on.
const FAIR_GRADE: u8 = 3;

pub(super) fn total(known: &Known<'_>, id: &OptionId) -> Option<Explanation> {
    let option = known.option_index(id)?;
    let factors = &known.workspace.balance.factors;
    let result = known.analysis.balance.options.get(option).filter(|_| !factors.is_empty());
    let Some(result) = result else {
        return Some(Explanation {
            title: "Why no total?".to_owned(),
            option: Some(option),
            formula: vec!["There are no factors yet, so there is nothing to add up.".to_owned()],
            source: SOURCE,
            ..Explanation::default()
        });
    };
    Some(Explanation {
        title: title(result),
        option: Some(option),
        formula: formula(known, result),
        inputs: Side::ALL.into_iter().flat_map(|side| side_tree(known, option, result, side)).collect(),
        assumptions: assumptions(known),
        rests_on: rests_on(known, option),
        changes: changes(known, option, result),
        source: SOURCE,
        ..Explanation::default()
    })
}

fn title(result: &OptionValue) -> String {
    match result.value {
        Some(value) => format!("Why {}?", number(value, 0)),
        None => format!("Why {} to {}?", number(result.value_low, 0), number(result.value_high, 0)),
    }
}

fn formula(known: &Known<'_>, result: &OptionValue) -> Vec<String> {
    let mut lines = vec!["Each value times its weight, added up.".to_owned()];
    match result.value {
        Some(value) => {
            let sides: Vec<String> = Side::ALL
                .into_iter()
                .filter(|side| known.workspace.balance.factors.iter().any(|f| f.side == *side))
                .map(|side| number(side_points(known, result, side).0, 1))
                .collect();
            lines.push(format!("{} = {}", sides.join(" + "), number(value, 1)));
        }
        None => lines.push(format!(
            "A score that is not known counts from 0 to 100, which gives {} to {}.",
            number(result.value_low, 1),
            number(result.value_high, 1)
        )),
    }
    lines.extend(result.struck_by.iter().map(|must| format!("Struck from the ranking: {must}")));
    lines
}

/// Least and greatest points that a side adds to the total; the same when all its cells are known.
fn side_points(known: &Known<'_>, result: &OptionValue, side: Side) -> (f64, f64) {
    let factors = known.workspace.balance.factors.iter().enumerate().filter(|(_, f)| f.side == side);
    factors.fold((0.0, 0.0), |(low, high), (index, _)| match result.contributions.get(index) {
        Some(Some(points)) => (low + points, high + points),
        _ => (low, high + known.weight(index) * 100.0),
    })
}

/// The side with its points, and under it its factors, most points first. The factor that adds most to the whole
/// total stands open, with its cell inside; the others lead to theirs.
fn side_tree(known: &Known<'_>, option: usize, result: &OptionValue, side: Side) -> Vec<Input> {
    let factors = &known.workspace.balance.factors;
    let mut of_side: Vec<usize> = (0..factors.len()).filter(|&f| factors[f].side == side).collect();
    if of_side.is_empty() {
        return Vec::new();
    }
    let points = |f: usize| result.contributions.get(f).copied().flatten();
    let at_most = |f: usize| points(f).unwrap_or(known.weight(f) * 100.0);
    of_side.sort_by(|&a, &b| at_most(b).total_cmp(&at_most(a)));
    let most = (0..factors.len()).map(at_most).fold(0.0, f64::max);
    let opened = (0..factors.len()).find(|&f| at_most(f) >= most);
    let mut lines = vec![side_line(known, result, side)];
    for f in of_side {
        let figure = match points(f) {
            Some(points) => number(points, 1),
            None => format!("0 to {}", number(at_most(f), 1)),
        };
        let (Some(of), id) = (known.workspace.question.options.get(option), &factors[f].id) else { continue };
        let line = Input::plain(1, factors[f].short_name(), figure)
            .with_bar(if most > 0.0 { points(f).unwrap_or(0.0) / most } else { 0.0 })
            .on_side(side)
            .with_why(Question::Cell(of.id.clone(), id.clone()))
            .with_edit(EditPlace::Score(of.id.clone(), id.clone()));
        lines.push(line);
        if opened == Some(f) {
            lines.extend(cell::inside(known, option, f));
        }
    }
    lines
}

fn side_line(known: &Known<'_>, result: &OptionValue, side: Side) -> Input {
    let commercial = known.analysis.balance.commercial_share;
    let (share, value) = match side {
        Side::Operational => (commercial.map(|c| 1.0 - c), result.operational),
        Side::Commercial => (commercial, result.commercial),
    };
    let label = match (share, value) {
        (Some(share), Some(value)) => format!("{} {} × {}", side.words(), percent(share), number(value, 0)),
        (Some(share), None) => format!("{} {}", side.words(), percent(share)),
        (None, _) => side.words().to_owned(),
    };
    let (low, high) = side_points(known, result, side);
    let figure = if value.is_none() && high > low {
        format!("{} to {}", number(low, 1), number(high, 1))
    } else {
        number(low, 1)
    };
    Input::plain(0, label, figure).on_side(side).with_why(Question::CommercialShare)
}

/// Warnings that a total says in its own words, or only that there are some: the Balance room lists them.
const EVEN_WEIGHTS: &str = "even-weights";
const DOUBLE_COUNTING: [&str; 2] = ["correlated-factors", "shared-evidence"];

/// What every total takes for granted, the warnings of the balance among it.
fn assumptions(known: &Known<'_>) -> Vec<String> {
    let weights = match known.analysis.balance.weight_basis {
        WeightBasis::Swings => "Weights are the swing points given to each factor.".to_owned(),
        WeightBasis::Ballots => weights::ballot_rule(&known.workspace.voices),
        WeightBasis::Even => "Nobody has given weights, so every factor counts alike.".to_owned(),
    };
    let independent = "A step on one factor is worth the same whatever the others are.".to_owned();
    let warnings = known.analysis.balance.warnings();
    let twice = warnings.iter().any(|w| DOUBLE_COUNTING.contains(&w.rule));
    let twice = twice.then(|| "Some pairs of factors may count one thing twice.".to_owned());
    let others = warnings.iter().filter(|w| w.rule != EVEN_WEIGHTS && !DOUBLE_COUNTING.contains(&w.rule));
    [weights, independent].into_iter().chain(twice).chain(others.map(|w| w.text.clone())).collect()
}

fn rests_on(known: &Known<'_>, option: usize) -> Option<RestsOn> {
    let id = &known.workspace.question.options.get(option)?.id;
    let mut shares: Vec<(Option<u8>, f64)> = Vec::new();
    for (f, factor) in known.workspace.balance.factors.iter().enumerate() {
        let grade = known.workspace.score(&factor.id, id).and_then(|s| s.grade);
        match shares.iter_mut().find(|(g, _)| *g == grade) {
            Some((_, share)) => *share += known.weight(f),
            None => shares.push((grade, known.weight(f))),
        }
    }
    shares.retain(|(_, share)| *share > 0.0);
    shares.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
    let fair: f64 = shares.iter().filter(|(g, _)| *g >= Some(FAIR_GRADE)).map(|(_, share)| share).sum();
    let sentence = format!("{} of the weight rests on grade {FAIR_GRADE} or better.", percent(fair));
    (!shares.is_empty()).then_some(RestsOn { sentence, shares })
}

fn changes(known: &Known<'_>, option: usize, result: &OptionValue) -> Vec<String> {
    let mut changes: Vec<String> = Vec::new();
    changes.extend(cell::most_doubtful(known, option));
    if result.struck_by.is_empty() {
        changes.extend(weights::shares_at_which_it_leads(known, option));
        changes.extend(nearest_reversal(known, option));
    }
    if let Some(run) = known.worked_out.robustness.filter(|run| run.takes_part(option)) {
        let first = run.rank_acceptability.get(option).and_then(|ranks| ranks.first());
        changes.extend(first.map(|&share| format!("First in {} of the draws.", chance(share))));
    }
    if !result.dominated_by.is_empty() {
        let better: Vec<&str> = result.dominated_by.iter().map(|&o| known.badge(o)).collect();
        changes.push(format!("{} at least as good on every factor.", is_or_are(&better)));
    }
    changes
}

fn is_or_are(badges: &[&str]) -> String {
    format!("{} {}", list(badges), if badges.len() == 1 { "is" } else { "are" })
}

/// The smallest change of one factor's weight that takes the lead from the leader.
fn nearest_reversal(known: &Known<'_>, option: usize) -> Option<String> {
    let nearest = known.analysis.balance.weight_reversals().iter().find(|r| r.from == option)?;
    let factor = known.workspace.balance.factors.get(nearest.factor)?.short_name();
    let doubt = half_way(nearest.is_certain);
    let to = known.badge(nearest.to);
    if known.analysis.balance.leaders().len() > 1 {
        let more = if nearest.falls { "less" } else { "more" };
        return Some(format!("{factor} with any {more} weight: {to} leads{doubt}."));
    }
    Some(format!(
        "{factor} at {} of the weight instead of {}: {to} leads{doubt}.",
        percent(nearest.weight_at_reversal),
        percent(nearest.weight_now),
    ))
}
