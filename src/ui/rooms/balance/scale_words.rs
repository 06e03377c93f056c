//! Scores and scales in words: how a cell, a swing and a step of a factor are said on Scores and Weights.

pub use crate::{
    analysis::balance::swing_words::{figure, swing, worst_and_best},
    model::wording::lower_first as lowered,
};
use crate::{
    analysis::balance::value::{ValueFunction, ValueStep},
    model::{
        balance::{Better, Factor, Scale, ScoreLevel},
        wording::{decimals_used, number},
    },
};

/// Whether fewer is worth more on this scale; a humped curve counts by its ends.
#[must_use]
pub fn less_is_better(scale: &Scale) -> bool {
    match scale {
        Scale::Linear { worst, best } => worst > best,
        Scale::Local { better } => *better == Better::Lower,
        Scale::Points(points) => match (points.first(), points.last()) {
            (Some(first), Some(last)) => first.1 > last.1,
            _ => false,
        },
        Scale::LowestPrice => true,
        Scale::Levels(_) | Scale::Direct => false,
    }
}

/// The second line of a factor: its group, its unit, and which way is better where that is down.
#[must_use]
pub fn caption(factor: &Factor) -> String {
    let unit = unit_caption(factor);
    match (factor.group.is_empty(), unit.is_empty()) {
        (true, _) => unit,
        (_, true) => factor.group.clone(),
        _ => format!("{}, {unit}", factor.group),
    }
}

/// The second line of a factor under the head of its group: its unit, and which way is better where that is down.
#[must_use]
pub fn unit_caption(factor: &Factor) -> String {
    match (factor.unit.is_empty(), less_is_better(&factor.scale)) {
        (true, true) => "less is better".to_owned(),
        (false, true) => format!("{}, less is better", factor.unit),
        (_, false) => factor.unit.clone(),
    }
}

/// What a step on a scale is worth: "From 30 % to 50 % adds 26 points".
#[must_use]
pub fn step_worth(step: &ValueStep, factor: &Factor) -> String {
    let at = |x: f64| figure(x, factor, decimals_used(x).min(4));
    let (from, to) = (at(step.from), at(step.to));
    let points = number(step.adds.abs(), decimals_used(step.adds).min(1));
    if step.adds > 0.0 {
        format!("From {from} to {to} adds {points} points")
    } else if step.adds < 0.0 {
        format!("From {from} to {to} takes {points} points")
    } else {
        format!("From {from} to {to} adds nothing")
    }
}

/// The likely figure of a score; `None` for unknown cells and levels.
#[must_use]
pub fn likely(level: &ScoreLevel) -> Option<f64> {
    match *level {
        ScoreLevel::Point(x) | ScoreLevel::Range { likely: x, .. } | ScoreLevel::Normal { mean: x, .. } => {
            Some(x)
        }
        ScoreLevel::Unknown | ScoreLevel::Level(_) => None,
    }
}

/// Low and high of a score; `None` where there is one figure or none. Two standard deviations either side of a normal
/// score, which hold 95 % of it.
#[must_use]
pub fn limits(level: &ScoreLevel) -> Option<(f64, f64)> {
    match *level {
        ScoreLevel::Range { low, high, .. } if low < high => Some((low, high)),
        ScoreLevel::Normal { mean, sd } if sd > 0.0 => Some((mean - 1.96 * sd, mean + 1.96 * sd)),
        _ => None,
    }
}

/// What a cell says: the likely score with its unit, the level, or that it is not known.
#[must_use]
pub fn said(level: Option<&ScoreLevel>, factor: &Factor, decimals: usize) -> String {
    match level {
        None | Some(ScoreLevel::Unknown) => "not known".to_owned(),
        Some(ScoreLevel::Level(name)) => name.clone(),
        Some(level) => likely(level).map_or_else(String::new, |x| figure(x, factor, decimals)),
    }
}

/// The second line of a cell: low and high without unit; empty where there is one figure or none.
#[must_use]
pub fn said_range(level: Option<&ScoreLevel>, decimals: usize) -> String {
    match level.and_then(limits) {
        Some((low, high)) => format!("{}–{}", number(low, decimals), number(high, decimals)),
        None => String::new(),
    }
}

/// A note on a score that is past the ends of its scale; `None` when it lies within.
#[must_use]
pub fn past_the_ends(
    level: &ScoreLevel,
    factor: &Factor,
    function: &ValueFunction,
    decimals: usize,
) -> Option<String> {
    let x = likely(level)?;
    let (low, high) = function.ends()?;
    let (end, worth) = if x < low {
        (low, function.value(low)?)
    } else if x > high {
        (high, function.value(high)?)
    } else {
        return None;
    };
    Some(format!(
        "{} is past the end of the scale, {}: worth {}.",
        figure(x, factor, decimals),
        figure(end, factor, decimals.max(decimals_used(end))),
        number(worth, 0),
    ))
}

/// Why a score is worth what it is, in a sentence or two.
#[must_use]
pub fn why(level: &ScoreLevel, factor: &Factor, function: &ValueFunction, decimals: usize) -> String {
    if let (ScoreLevel::Level(name), Scale::Levels(levels)) = (level, &factor.scale) {
        let value = levels.iter().find(|l| l.name == *name).map(|l| l.value);
        return value.map_or_else(
            || format!("“{name}” is no level of this scale, so it counts as not known."),
            |v| format!("“{name}” is set to be worth {} of 100.", number(v, 0)),
        );
    }
    let Some(x) = likely(level) else {
        return "Nobody has scored this yet. Until then it counts as anything from 0 to 100, and the total as a range."
            .to_owned();
    };
    let Some(worth) = function.value(x) else {
        return "This score does not fit its scale, so it counts as not known.".to_owned();
    };
    let at = |x: f64| figure(x, factor, decimals.max(decimals_used(x)));
    let opening = format!("{} is worth {} of 100.", at(x), number(worth, 0));
    let reason = match (&factor.scale, function) {
        (_, ValueFunction::NoSpread) => {
            "Worst and best are the same here, so the factor cannot tell the options apart.".to_owned()
        }
        (Scale::Direct, _) => "The score is the value itself.".to_owned(),
        (Scale::LowestPrice, ValueFunction::LowestPrice { lowest }) => {
            format!("It is the lowest price, {}, over this price.", at(*lowest))
        }
        (Scale::Local { .. }, ValueFunction::Curve(_)) => {
            let ends = worst_and_best(&factor.scale, function);
            ends.map_or_else(String::new, |(worst, best)| {
                format!(
                    "The worst of the options, {}, is worth 0 and the best, {}, 100.",
                    at(worst),
                    at(best)
                )
            })
        }
        (_, ValueFunction::Curve(points)) if points.len() > 2 => steepest(points, &at),
        (_, ValueFunction::Curve(_)) => worst_and_best(&factor.scale, function)
            .map_or_else(String::new, |(worst, best)| {
                format!("Every step from {} to {} counts the same.", at(worst), at(best))
            }),
        _ => String::new(),
    };
    format!("{opening} {reason}").trim_end().to_owned()
}

/// Which step of a curve counts most; that all count the same where they do.
fn steepest(points: &[(f64, f64)], at: &dyn Fn(f64) -> String) -> String {
    let slope = |pair: &[(f64, f64)]| ((pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)).abs();
    let Some(most) = points.windows(2).max_by(|a, b| slope(a).total_cmp(&slope(b))) else {
        return String::new();
    };
    let same = points.windows(2).filter(|pair| (slope(pair) - slope(most)).abs() < 1e-9).count();
    if same > 1 {
        return String::new();
    }
    format!("The step from {} to {} counts most.", at(most[0].0), at(most[1].0))
}

/// What a grade of evidence means.
#[must_use]
pub fn grade_words(grade: Option<u8>) -> &'static str {
    match grade {
        Some(1) => "Grade 1: an opinion",
        Some(2) => "Grade 2: one case",
        Some(3) => "Grade 3: compared with a similar place",
        Some(4) => "Grade 4: compared often",
        Some(5) => "Grade 5: full records",
        _ => "Not graded: click a dot to grade it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::balance::Side;

    fn factor(unit: &str, scale: Scale) -> Factor {
        Factor {
            id: "f".into(),
            name: "Whole-life cost".into(),
            short: String::new(),
            side: Side::Commercial,
            group: String::new(),
            unit: unit.into(),
            scale,
            swing: None,
            swing_range: None,
            weight_limits: None,
            must: None,
        }
    }

    #[test]
    fn a_step_says_what_it_is_worth() {
        let reach = factor("% served", Scale::Direct);
        let words = |adds: f64| step_worth(&ValueStep { from: 40.0, to: 50.0, adds }, &reach);
        assert_eq!(words(12.0), "From 40 % to 50 % adds 12 points");
        assert_eq!(words(-7.5), "From 40 % to 50 % takes 7.5 points");
        assert_eq!(words(0.0), "From 40 % to 50 % adds nothing");
    }

    #[test]
    fn the_step_that_counts_most_is_named() {
        let reach =
            factor("% served", Scale::Points(vec![(30.0, 0.0), (50.0, 26.0), (70.0, 72.0), (90.0, 100.0)]));
        let curve = ValueFunction::of(&reach.scale, [].into_iter());
        assert_eq!(
            why(&ScoreLevel::Point(70.0), &reach, &curve, 0),
            "70 % is worth 72 of 100. The step from 50 % to 70 % counts most."
        );
        assert!(past_the_ends(&ScoreLevel::Point(95.0), &reach, &curve, 0).unwrap().contains("95 %"));
        assert_eq!(past_the_ends(&ScoreLevel::Point(90.0), &reach, &curve, 0), None);
    }
}
