//! What changed, and what came of it, in a commissioner's words.

use super::{Change, ChangeKind, Comparison, NoWhole, Standing, found::Found};
use crate::{
    analysis::balance::{WeightBasis, value::ValueFunction},
    model::{
        balance::{Scale, ScoreLevel},
        diff::{self, level_words},
        ids::{FactorId, OptionId},
        wording::{count, list, lower_first, number},
    },
};

/// Effects smaller than this, in points, are not worth a word.
const WORTH_A_WORD: f64 = 0.05;

/// The name of a change, and what it was and is in a line.
pub(super) fn change(
    before: &Standing,
    after: &Standing,
    found: &Found,
    kind: &ChangeKind,
) -> (String, String) {
    match kind {
        ChangeKind::BetweenSides => ("Weight between the two sides".to_owned(), between_sides(before, after)),
        ChangeKind::InsideSides => ("Weights inside each side".to_owned(), inside_sides(before, after)),
        ChangeKind::Scale(factor) => {
            let name = format!("What {} is worth", lower_first(&factor_name(before, after, factor)));
            (name, scale(before, after, found, factor))
        }
        ChangeKind::ScoresOf(option) => {
            let line = scores(before, after, (found, kind), |(f, _)| factor_name(before, after, f));
            (format!("Scores of {}", option_name(before, after, option)), line)
        }
        ChangeKind::ScoresOn(factor) => {
            let line = scores(before, after, (found, kind), |(_, o)| option_name(before, after, o));
            (format!("Scores on {}", lower_first(&factor_name(before, after, factor))), line)
        }
        ChangeKind::OptionAdded(id) => {
            (format!("{} came in", option_name(before, after, id)), total_line("a total of", after.total(id)))
        }
        ChangeKind::OptionRemoved(id) => (
            format!("{} went out", option_name(before, after, id)),
            total_line("it had a total of", before.total(id)),
        ),
        ChangeKind::FactorAdded(id) => {
            let weight = after.factor(id).map(|f| after.weighed.weights[f]);
            (format!("{} counts now", factor_name(before, after, id)), weight_line("a factor with", weight))
        }
        ChangeKind::FactorRemoved(id) => {
            let weight = before.factor(id).map(|f| before.weighed.weights[f]);
            (format!("{} no longer counts", factor_name(before, after, id)), weight_line("it had", weight))
        }
        ChangeKind::Musts => ("Musts and entitlements".to_owned(), musts(before, after)),
    }
}

/// The sentence above a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// What came of it.
    pub lead: String,
    /// What did most of it, or what to make of it; may be empty.
    pub cause: String,
}

/// The sentence above a comparison of two states that are called so, such as "Officers’ draft" and "Today".
#[must_use]
pub fn headline(comparison: &Comparison, names: [&str; 2]) -> Headline {
    let badge = |id: &OptionId| comparison.option(id).map_or("", |o| o.badge.as_str()).to_owned();
    let leader = |s: &Standing| s.leader().map(|o| badge(&s.workspace.question.options[o].id));
    let (before, after) = (leader(&comparison.before), leader(&comparison.after));
    let told = |lead: &str, cause: &str| Headline { lead: lead.to_owned(), cause: cause.to_owned() };
    match &comparison.whole {
        Err(NoWhole::Same) => {
            told("The same in every figure.", "Nothing that bears on the result has changed.")
        }
        Err(NoWhole::NoLeaderAfter) => {
            told(&format!("Nobody leads in “{}”.", names[1]), "It has no option to rank, or no weights.")
        }
        Err(NoWhole::NoLeaderBefore) => told(
            &format!("{} leads in “{}”.", after.unwrap_or_default(), names[1]),
            &format!("In “{}” nobody led: it has no option to rank, or no weights.", names[0]),
        ),
        Err(NoWhole::NotYetAnOption(id)) => told(
            &went(before.as_deref(), &badge(id)),
            &format!("{} was not an option in “{}”.", badge(id), names[0]),
        ),
        Err(NoWhole::StruckBefore(id)) => told(
            &went(before.as_deref(), &badge(id)),
            &format!("{} was struck by a must in “{}”.", badge(id), names[0]),
        ),
        Ok(whole) => {
            let leader = badge(&whole.leader);
            let lead = if before.as_deref() == Some(&leader) {
                let [was, is] = [whole.lead_before, whole.lead_after].map(|lead| number(lead, 1));
                format!("{leader} led by {was} and leads by {is}.")
            } else {
                went(before.as_deref(), &leader)
            };
            Headline { lead, cause: cause(comparison, whole.lead_after - whole.lead_before) }
        }
    }
}

fn went(before: Option<&str>, leader: &str) -> String {
    format!("The lead went from {} to {leader}.", before.unwrap_or("nobody"))
}

/// Which change did most, and how much of the whole where that can be said.
fn cause(comparison: &Comparison, whole: f64) -> String {
    let effect = |change: &&Change| change.share.map_or(0.0, |share| share.effect);
    let largest = comparison.changes.iter().max_by(|a, b| effect(a).abs().total_cmp(&effect(b).abs()));
    let Some(largest) = largest.filter(|change| effect(change).abs() >= WORTH_A_WORD) else {
        return "What changed did next to nothing to the lead.".to_owned();
    };
    let (name, effect) = (&largest.name, effect(&largest));
    let share = effect / whole;
    if comparison.changes.len() == 1 {
        format!("{name} did all of it.")
    } else if whole.abs() >= WORTH_A_WORD && (0.0..=1.0).contains(&share) {
        format!("{name} did {} % of it.", number(share * 100.0, 0))
    } else {
        format!("{name} did most: {} points.", signed(effect, 1))
    }
}

/// A figure with its sign in front, "+1.4" or "−0.7"; none for nought.
#[must_use]
pub fn signed(value: f64, decimals: usize) -> String {
    let figure = number(value, decimals);
    let is_nought = !figure.chars().any(|c| c.is_ascii_digit() && c != '0');
    if value > 0.0 && !is_nought { format!("+{figure}") } else { figure }
}

fn between_sides(before: &Standing, after: &Standing) -> String {
    let [was, is] = [before, after]
        .map(|s| format!("{} %", number(s.weighed.commercial_share.unwrap_or(0.0) * 100.0, 1)));
    let (from, to) = (basis(before), basis(after));
    let mut line = if from == to {
        format!("commercial {was}, now {is}")
    } else {
        format!("commercial {was} from {from}, now {is} from {to}")
    };
    for (b, a) in super::found::common(before, after) {
        if before.side(b) != after.side(a) {
            let name = after.workspace.balance.factors[a].short_name();
            line = format!("{line}; {name} is {} now", after.side(a).words().to_lowercase());
        }
    }
    line
}

/// Where the weights of a state come from.
fn basis(standing: &Standing) -> String {
    match standing.basis {
        WeightBasis::Ballots => count(standing.ballots, "ballot", "ballots"),
        WeightBasis::Swings => "the points on Weights".to_owned(),
        WeightBasis::Even => "even weights".to_owned(),
    }
}

/// The factor whose share of its side changed most.
fn inside_sides(before: &Standing, after: &Standing) -> String {
    let of_side = |s: &Standing, f: usize| {
        let side = s.side(f);
        let weights = s.weighed.weights.iter().zip(&s.matrix.sides);
        let whole: f64 = weights.filter(|(_, of)| **of == side).map(|(w, _)| w).sum();
        if whole > 0.0 { s.weighed.weights[f] / whole } else { 0.0 }
    };
    let shares = super::found::common(before, after).map(|(b, a)| (a, of_side(before, b), of_side(after, a)));
    let most = shares.max_by(|x, y| (x.1 - x.2).abs().total_cmp(&(y.1 - y.2).abs()));
    most.map_or_else(String::new, |(factor, was, is)| {
        let name = lower_first(&after.workspace.balance.factors[factor].name);
        let [was, is] = [was, is].map(|share| number(share * 100.0, 1));
        format!("most of all {name}, {was} % of its side, now {is} %")
    })
}

fn scale(before: &Standing, after: &Standing, found: &Found, id: &FactorId) -> String {
    let places = (before.factor(id), after.factor(id));
    let (Some(b), Some(a)) = places else { return String::new() };
    let (was, is) = (&before.workspace.balance.factors[b], &after.workspace.balance.factors[a]);
    let [old_kind, new_kind] = [&was.scale, &is.scale].map(kind_of_scale);
    let kinds = if old_kind == new_kind { String::new() } else { format!("{old_kind}, now {new_kind}: ") };
    let values = |option: &OptionId| {
        let (o, n) = (before.option(option)?, after.option(option)?);
        // With the same score in both the curves alone are compared.
        let likely = after.matrix.reading(a, n).likely();
        let on = |function: &ValueFunction| likely.and_then(|x| function.value(x));
        let moved = found.levels.contains_key(&(id.clone(), option.clone()));
        let old = if moved { None } else { on(&before.matrix.functions[b]) };
        let old = old.or(before.matrix.cells[b][o].value)?;
        Some((option.clone(), old, after.matrix.cells[a][n].value?))
    };
    let ranking = after.weighed.ranking.iter().map(|&o| &after.workspace.question.options[o].id);
    let known: Vec<(OptionId, f64, f64)> = ranking.filter_map(values).collect();
    let differs = |x: &&(OptionId, f64, f64)| (x.1 - x.2).abs() >= 0.5;
    // The leader's own score, unless another shows the change and this one does not.
    let Some((option, old, new)) = known.iter().find(differs).or(known.first()) else {
        return kinds.trim_end_matches([':', ' ']).to_owned();
    };
    let [from, to] = [before, after].map(|s| s.level(id, option));
    let (from, to) = (level_likely(&from, &was.unit), level_likely(&to, &is.unit));
    if from == to {
        format!("{kinds}{to} was worth {}, now {}", number(*old, 0), number(*new, 0))
    } else {
        format!("{kinds}{from} was worth {}, {to} is worth {}", number(*old, 0), number(*new, 0))
    }
}

fn kind_of_scale(scale: &Scale) -> &'static str {
    match scale {
        Scale::Linear { .. } => "straight line",
        Scale::Local { .. } => "between the options",
        Scale::Points(_) => "bent",
        Scale::Levels(_) => "levels",
        Scale::Direct => "direct",
        Scale::LowestPrice => "lowest price",
    }
}

/// The likely score alone.
fn level_likely(level: &ScoreLevel, unit: &str) -> String {
    match level {
        ScoreLevel::Range { likely, .. } => level_words(&ScoreLevel::Point(*likely), unit),
        ScoreLevel::Normal { mean, .. } => level_words(&ScoreLevel::Point(*mean), unit),
        other => level_words(other, unit),
    }
}

/// The scores that follow a change.
fn cells<'a>(found: &'a Found, kind: &ChangeKind) -> Vec<&'a (FactorId, OptionId)> {
    let number = found.number(kind);
    found.levels.iter().filter(|(_, change)| Some(**change) == number).map(|(cell, _)| cell).collect()
}

/// The score whose value changed most of those that follow a change.
pub(super) fn most_moved(
    before: &Standing,
    after: &Standing,
    found: &Found,
    kind: &ChangeKind,
) -> Option<(FactorId, OptionId)> {
    let value =
        |s: &Standing, (f, o): &(FactorId, OptionId)| Some(s.matrix.middle(s.factor(f)?, s.option(o)?));
    let moved = |cell: &(FactorId, OptionId)| {
        value(before, cell).zip(value(after, cell)).map_or(0.0, |(was, is)| (was - is).abs())
    };
    let cells = cells(found, kind);
    cells.into_iter().max_by(|a, b| moved(a).total_cmp(&moved(b))).cloned()
}

/// The score whose value changed most, and how many others did.
fn scores(
    before: &Standing,
    after: &Standing,
    (found, kind): (&Found, &ChangeKind),
    called: impl Fn(&(FactorId, OptionId)) -> String,
) -> String {
    let Some(most) = most_moved(before, after, found, kind) else { return String::new() };
    let unit = after.workspace.factor(&most.0).map_or("", |f| f.unit.as_str());
    let [was, is] = [before, after].map(|s| level_words(&s.level(&most.0, &most.1), unit));
    let line = format!("{}: {was}, now {is}", called(&most));
    match cells(found, kind).len() - 1 {
        0 => line,
        others => format!("{line}; {} more", count(others, "score", "scores")),
    }
}

fn total_line(words: &str, total: Option<f64>) -> String {
    total.map_or_else(String::new, |total| format!("{words} {}", number(total, 0)))
}

fn weight_line(words: &str, weight: Option<f64>) -> String {
    weight.map_or_else(String::new, |w| format!("{words} {} % of the weight", number(w * 100.0, 1)))
}

/// The first must that changed, and how many others did.
fn musts(before: &Standing, after: &Standing) -> String {
    let changed: Vec<String> = diff::changes(&before.workspace, &after.workspace)
        .iter()
        .filter(|change| {
            let steps: Vec<&str> = change.place.0.iter().map(String::as_str).collect();
            matches!(
                steps.as_slice(),
                ["balance", "factors", _, "must"]
                    | ["question", "entitlements", _]
                    | ["question", "entitlements", _, "met_by", _]
            )
        })
        .map(|change| {
            let told = change.describe(&before.workspace, &after.workspace);
            let was = if told.before.is_empty() { String::new() } else { format!("{}, now ", told.before) };
            format!("{}: {was}{}", told.what, told.after)
        })
        .collect();
    match changed.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first, others @ ..] => format!("{first}; {} more", number(others.len() as f64, 0)),
    }
}

fn factor_name(before: &Standing, after: &Standing, id: &FactorId) -> String {
    let factor = after.workspace.factor(id).or_else(|| before.workspace.factor(id));
    factor.map_or_else(String::new, |f| f.short_name().to_owned())
}

fn option_name(before: &Standing, after: &Standing, id: &OptionId) -> String {
    let option = after.workspace.option(id).or_else(|| before.workspace.option(id));
    option.map_or_else(String::new, |o| o.name.clone())
}

/// Names in a sentence: "reoffending, survival and partnership".
#[must_use]
pub fn lower_list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| lower_first(name)).collect();
    list(&names.iter().map(String::as_str).collect::<Vec<_>>())
}
