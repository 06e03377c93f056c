//! The figures of a paper, each written as the window writes it.

use crate::{
    analysis::{
        Analysis,
        balance::{swing_words, what_if::WhatIf},
        reach::OptionReach,
    },
    model::{
        Workspace,
        balance::{Better, Factor, Scale, Score, ScoreLevel, Side},
        wording::{decimals_of, number, short_pounds, unit_style},
    },
};

/// Said in place of a figure that there is none of.
pub(super) const NOT_KNOWN: &str = "not known";

/// The total of an option, "struck" where a must strikes it.
pub(super) fn total(analysis: &Analysis, now: &WhatIf, option: usize) -> String {
    let is_struck = analysis.balance.options.get(option).is_some_and(|value| !value.struck_by.is_empty());
    match now.options.get(option) {
        _ if is_struck => "struck".to_owned(),
        _ if analysis.balance.commercial_share.is_none() => NOT_KNOWN.to_owned(),
        Some(at) => at.total.written("–", 0),
        None => NOT_KNOWN.to_owned(),
    }
}

/// The options as a paper lists them: in their order, then those that a must strikes.
pub(super) fn in_order(workspace: &Workspace, analysis: &Analysis) -> Vec<usize> {
    let ranking = &analysis.balance.ranking;
    let rest = (0..workspace.question.options.len()).filter(|option| !ranking.contains(option));
    ranking.iter().copied().chain(rest).collect()
}

/// The option that is recommended, by its place.
pub(super) fn recommended(workspace: &Workspace) -> Option<usize> {
    let id = workspace.decision.recommendation.as_ref()?;
    workspace.question.options.iter().position(|option| option.id == *id)
}

/// The reach of an option, where anybody has said how it would pay.
pub(super) fn reach_of(analysis: &Analysis, option: usize) -> Option<&OptionReach> {
    analysis.reach.options.get(option).and_then(Option::as_ref)
}

/// People left out a year.
pub(super) fn left_out(analysis: &Analysis, option: usize) -> Option<String> {
    reach_of(analysis, option)?.left_out_per_year.ok().map(|people| number(people, 0))
}

/// The factors that say what an option costs: commercial ones that count pounds and of which less is better.
pub(super) fn cost_factors(workspace: &Workspace) -> impl Iterator<Item = &Factor> {
    workspace.balance.factors.iter().filter(|factor| {
        factor.side == Side::Commercial
            && unit_style(&factor.unit).prefix == "£"
            && less_is_better(&factor.scale)
    })
}

fn less_is_better(scale: &Scale) -> bool {
    match scale {
        Scale::Linear { .. } | Scale::Points(_) => scale.ends().is_none_or(|(worst, best)| worst > best),
        Scale::Local { better } => *better == Better::Lower,
        Scale::LowestPrice => true,
        Scale::Levels(_) | Scale::Direct => false,
    }
}

/// The first of them.
pub(super) fn cost_factor(workspace: &Workspace) -> Option<&Factor> {
    cost_factors(workspace).next()
}

/// What an option costs: by the factor that says so, else what would be paid a year.
pub(super) fn cost(workspace: &Workspace, analysis: &Analysis, option: usize) -> Option<String> {
    match cost_factor(workspace) {
        Some(factor) => {
            let id = &workspace.question.options.get(option)?.id;
            let score = workspace.score(&factor.id, id)?;
            likely(score)
                .map(|cost| swing_words::figure(cost, factor, decimals_of(&workspace.balance, factor)))
        }
        None => reach_of(analysis, option)?.cost_per_year.ok().map(short_pounds),
    }
}

/// The likely figure of a score.
fn likely(score: &Score) -> Option<f64> {
    match score.level {
        ScoreLevel::Point(x) | ScoreLevel::Range { likely: x, .. } | ScoreLevel::Normal { mean: x, .. } => {
            Some(x)
        }
        ScoreLevel::Unknown | ScoreLevel::Level(_) => None,
    }
}

/// A score in words: the likely figure with its range, a level by its name.
pub(super) fn score(workspace: &Workspace, factor: &Factor, score: Option<&Score>) -> String {
    let Some(score) = score else { return NOT_KNOWN.to_owned() };
    let decimals = decimals_of(&workspace.balance, factor);
    let likely = match (&score.level, likely(score)) {
        (ScoreLevel::Level(name), _) => return name.clone(),
        (_, None) => return NOT_KNOWN.to_owned(),
        (_, Some(likely)) => swing_words::figure(likely, factor, decimals),
    };
    match score.level {
        ScoreLevel::Range { low, high, .. } if low < high => {
            format!("{likely} ({}–{})", number(low, decimals), number(high, decimals))
        }
        ScoreLevel::Normal { sd, .. } if sd > 0.0 => format!("{likely} (±{})", number(1.96 * sd, decimals)),
        _ => likely,
    }
}
