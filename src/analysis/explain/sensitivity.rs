//! Why a weight at which the lead changes hands, a border between two weights, and what must be true for another option to
//! win are what they are.

use super::{Explanation, Input, Known, Question, cell::weight_words};
use crate::{
    analysis::balance::{
        certainty::half_way,
        matrix::Weighed,
        sensitivity::{self, OneFactor, Reversal, WeightChange},
    },
    model::{
        ids::{FactorId, OptionId},
        wording::number,
    },
};

const ONE_SOURCE: &str =
    "Sensitivity analysis of an additive model (Goodwin & Wright); the crossings of its lines are exact";
const MAP_SOURCE: &str =
    "Sensitivity analysis of an additive model in two weights; the borders between its planes are exact";
const LEAST_SOURCE: &str =
    "The nearest weights by total change, by linear programme (after Rios Insua & French 1991)";
const PROPORTIONS: &str = "All other weights keep their proportions.";
const UNKNOWN: &str = "A score that is not known counts as half way.";

pub(super) fn reversal(known: &Known<'_>, id: &FactorId) -> Option<Explanation> {
    let f = known.factor_index(id)?;
    let (_, reading) = known.analysis.balance.factors_alone().iter().find(|(factor, _)| *factor == f)?;
    let one = match reading {
        Ok(one) => one,
        Err(why) => {
            return Some(Explanation {
                title: "Why no reversal?".to_owned(),
                formula: vec![format!("This weight cannot be varied: {}.", why.0)],
                inputs: vec![weight_line(known, f)],
                source: ONE_SOURCE,
                ..Explanation::default()
            });
        }
    };
    let nearest = one.nearest();
    let title = nearest.map_or("Why never?".to_owned(), |n| format!("Why {}?", weight_words(n.weight)));
    let other = [one.below(), one.above()].into_iter().flatten().find(|r| Some(*r) != nearest);
    Some(Explanation {
        title,
        option: nearest.map(|n| n.to).or(Some(one.leader())),
        formula: formula(known, one, nearest),
        inputs: inputs(known, f, one, nearest),
        assumptions: assumptions(known),
        changes: other.map(|r| crossing_words(known, one, r)).into_iter().collect(),
        source: ONE_SOURCE,
        ..Explanation::default()
    })
}

fn formula(known: &Known<'_>, one: &OneFactor, nearest: Option<Reversal>) -> Vec<String> {
    let mut lines = vec![
        "As this weight grows, a total goes in a straight line from what the option is worth on all other factors to what it is worth on this one."
            .to_owned(),
    ];
    let leader = known.badge(one.leader());
    let doubt = half_way(one.is_certain());
    lines.push(match nearest {
        Some(reversal) => crossing_words(known, one, reversal),
        None if one.is_tied() => "The lines that tie for the lead tie at every weight.".to_owned(),
        None => format!("No line crosses above that of {leader}: it leads at every weight{doubt}."),
    });
    lines
}

/// "At 17.6 % B and C are level at 62.3; past it C leads."
fn crossing_words(known: &Known<'_>, one: &OneFactor, reversal: Reversal) -> String {
    let level = one.total_at(reversal.to, reversal.weight).unwrap_or_default();
    let (from, to) = (known.badge(one.leader()), known.badge(reversal.to));
    let beyond = if one.below() == Some(reversal) { "under" } else { "past" };
    let doubt = half_way(one.is_certain());
    format!(
        "At {} {from} and {to} are level at {}; {beyond} it {to} leads{doubt}.",
        weight_words(reversal.weight),
        number(level, 1)
    )
}

fn inputs(known: &Known<'_>, f: usize, one: &OneFactor, nearest: Option<Reversal>) -> Vec<Input> {
    let factor = &known.workspace.balance.factors[f];
    let mut lines = vec![weight_line(known, f)];
    let shown = [Some(one.leader()), nearest.map(|n| n.to)];
    for option in shown.into_iter().flatten() {
        let Some(of) = known.workspace.question.options.get(option) else { continue };
        let at = |t| one.total_at(option, t).map_or_else(String::new, |v| number(v, 1));
        lines.push(Input::plain(0, format!("{} {}", of.badge, of.name), ""));
        lines.push(Input::plain(1, "Without this factor", at(0.0)).with_why(Question::Total(of.id.clone())));
        lines.push(
            Input::plain(1, "On this factor alone", at(1.0))
                .with_why(Question::Cell(of.id.clone(), factor.id.clone())),
        );
    }
    lines
}

fn weight_line(known: &Known<'_>, f: usize) -> Input {
    let factor = &known.workspace.balance.factors[f];
    Input::plain(0, format!("Weight today, {}", factor.short_name()), weight_words(known.weight(f)))
        .on_side(factor.side)
        .with_why(Question::Weight(factor.id.clone()))
}

fn assumptions(known: &Known<'_>) -> Vec<String> {
    let unknown = known.analysis.balance.cells().iter().flatten().any(|cell| cell.value.is_none());
    [Some(PROPORTIONS), unknown.then_some(UNKNOWN)].into_iter().flatten().map(str::to_owned).collect()
}

fn weighed(known: &Known<'_>) -> Weighed {
    let balance = &known.analysis.balance;
    balance.performance.matrix.weigh(&balance.swings)
}

pub(super) fn border(known: &Known<'_>, ids: &[FactorId; 2]) -> Option<Explanation> {
    let factors = [known.factor_index(&ids[0])?, known.factor_index(&ids[1])?];
    let [first, second] = factors.map(|f| known.workspace.balance.factors[f].short_name());
    let matrix = &known.analysis.balance.performance.matrix;
    let map = match sensitivity::two_factors(matrix, &weighed(known), factors) {
        Ok(map) => map,
        Err(why) => {
            return Some(Explanation {
                title: "Why no map?".to_owned(),
                formula: vec![format!("There is no map: {}.", why.0)],
                source: MAP_SOURCE,
                ..Explanation::default()
            });
        }
    };
    let leader = map.leader_at(map.today);
    let alike = map.border(map.today, [1.0, 1.0]);
    let mut formula = vec![
        "With two weights set and the others sharing the rest, each total is a plane; the lead changes hands where two planes meet."
            .to_owned(),
    ];
    let mut shown = vec![leader];
    if let Some(border) = alike {
        let there = map.today.map(|weight| weight + border.change);
        formula.push(format!(
            "At {} {first} and {} {second}, {} more on each, {} and {} are level at {}.",
            weight_words(there[0]),
            weight_words(there[1]),
            number(border.change * 100.0, 1),
            known.badge(leader),
            known.badge(border.to),
            number(map.total_at(border.to, there).unwrap_or_default(), 1)
        ));
        shown.push(border.to);
    } else {
        formula.push(format!("{} keeps the lead however far both rise alike.", known.badge(leader)));
    }
    let mut inputs: Vec<Input> = factors.iter().map(|&f| weight_line(known, f)).collect();
    for of in shown.into_iter().filter_map(|o| known.workspace.question.options.get(o)) {
        inputs.push(Input::plain(0, format!("{} {}", of.badge, of.name), ""));
        for id in ids {
            let Some(f) = known.factor_index(id) else { continue };
            let value =
                known.analysis.balance.cells().get(f).and_then(|row| row.get(known.option_index(&of.id)?));
            let value = value.and_then(|cell| cell.value).map_or("not known".to_owned(), |v| number(v, 0));
            let name = known.workspace.balance.factors[f].short_name();
            inputs.push(Input::plain(1, name, value).with_why(Question::Cell(of.id.clone(), id.clone())));
        }
    }
    Some(Explanation {
        title: alike.map_or("Why never?".to_owned(), |b| format!("Why +{}?", number(b.change * 100.0, 1))),
        option: Some(leader),
        formula,
        inputs,
        assumptions: assumptions(known),
        source: MAP_SOURCE,
        ..Explanation::default()
    })
}

pub(super) fn to_win(known: &Known<'_>, id: &OptionId) -> Option<Explanation> {
    let option = known.option_index(id)?;
    let Some(found) = known.worked_out.to_win else {
        return Some(Explanation {
            title: "Why so many points?".to_owned(),
            option: Some(option),
            formula: vec!["The least change of the weights is still being worked out.".to_owned()],
            source: LEAST_SOURCE,
            ..Explanation::default()
        });
    };
    let (title, formula, inputs) = match found {
        Ok(change) => (
            format!("Why {} points?", number(change.moved * 100.0, 1)),
            vec![
                "Of all weights at which no other option does better, those that change least from today’s, all changes added up. What one factor gains another gives, so the weight that moves is half of that sum."
                    .to_owned(),
            ],
            change_lines(known, change),
        ),
        Err(why) => (
            "Why nothing in these weights?".to_owned(),
            vec![format!("{} {}.", known.badge(option), why.words())],
            Vec::new(),
        ),
    };
    Some(Explanation {
        title,
        option: Some(option),
        formula,
        inputs,
        assumptions: vec!["Every score stays as it is, and all other weights too.".to_owned()]
            .into_iter()
            .chain(assumptions(known).into_iter().filter(|line| line == UNKNOWN))
            .collect(),
        source: LEAST_SOURCE,
        ..Explanation::default()
    })
}

fn change_lines(known: &Known<'_>, change: &WeightChange) -> Vec<Input> {
    let line = |(f, _): (usize, f64)| {
        let factor = &known.workspace.balance.factors[f];
        let figure = format!("{} to {}", weight_words(known.weight(f)), weight_words(change.weights[f]));
        Input::plain(1, factor.short_name(), figure)
            .on_side(factor.side)
            .with_why(Question::Weight(factor.id.clone()))
    };
    let mut lines = vec![Input::plain(0, "Moves in all", weight_words(change.moved))];
    lines.push(Input::plain(0, "Gives", ""));
    lines.extend(change.gifts().into_iter().map(line));
    lines.push(Input::plain(0, "Gains", ""));
    lines.extend(change.gains().into_iter().map(line));
    lines
}
