//! The two ends of a factor as a room reads them.

use crate::{
    analysis::{
        Analysis,
        balance::swing_words::{figure, rest_of_unit, swing, worst_and_best},
    },
    model::{
        Workspace,
        balance::{Factor, Scale},
        ids::FactorId,
        wording::{decimals_used, number, unit_style},
    },
};

/// The most things that are drawn one by one.
const MOST_THINGS: u32 = 12;

/// From the worst end to the best.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    pub worst: String,
    pub best: String,
    /// What both are in, such as "over five years"; empty when the figures say it.
    pub unit: String,
    /// How many of how many, at the worst and at the best, where they can be counted on two hands.
    pub things: Option<(u32, u32, u32)>,
}

/// The ends of a factor; `None` where its scale has no two.
#[must_use]
pub fn ends(workspace: &Workspace, analysis: &Analysis, factor: &Factor) -> Option<Ends> {
    let function = function_of(workspace, analysis, &factor.id)?;
    if let Scale::Levels(levels) = &factor.scale {
        let by_value = |a: &&crate::model::balance::NamedLevel, b: &&crate::model::balance::NamedLevel| {
            a.value.total_cmp(&b.value)
        };
        let (worst, best) = (levels.iter().min_by(by_value)?, levels.iter().max_by(by_value)?);
        return (worst.value < best.value).then(|| Ends {
            worst: worst.name.clone(),
            best: best.name.clone(),
            unit: String::new(),
            things: None,
        });
    }
    if factor.scale == Scale::LowestPrice {
        return Some(Ends {
            worst: "the highest price".to_owned(),
            best: "the lowest".to_owned(),
            unit: String::new(),
            things: None,
        });
    }
    let (worst, best) = worst_and_best(&factor.scale, function)?;
    let decimals = decimals_used(worst).max(decimals_used(best)).min(3);
    let words = |value: f64| figure(value, factor, decimals);
    let suffix = unit_style(&factor.unit).suffix;
    let rest = rest_of_unit(&factor.unit);
    let rest = rest.strip_prefix(suffix).unwrap_or(&rest).trim();
    // " pt" stands for points already.
    let rest = if suffix.trim() == "pt" { rest.strip_prefix("points").unwrap_or(rest).trim() } else { rest };
    Some(Ends {
        worst: words(worst),
        best: words(best),
        unit: rest.to_owned(),
        things: things(factor, worst, best),
    })
}

/// Counted things: "of 9" with whole ends.
fn things(factor: &Factor, worst: f64, best: f64) -> Option<(u32, u32, u32)> {
    let of: u32 = unit_style(&factor.unit).suffix.strip_prefix("of ")?.parse().ok()?;
    let whole = |value: f64| {
        let fits = value.fract() == 0.0 && (0.0..=f64::from(of)).contains(&value);
        fits.then(|| number(value, 0).parse().ok()).flatten()
    };
    (of <= MOST_THINGS).then_some(())?;
    Some((whole(worst)?, whole(best)?, of))
}

/// The whole swing in words, "from £13m to £6m over five years".
#[must_use]
pub fn in_words(workspace: &Workspace, analysis: &Analysis, factor: &Factor) -> String {
    function_of(workspace, analysis, &factor.id)
        .and_then(|function| swing(factor, function))
        .unwrap_or_else(|| "from the worst there could be to the best".to_owned())
}

fn function_of<'a>(
    workspace: &Workspace,
    analysis: &'a Analysis,
    id: &FactorId,
) -> Option<&'a crate::analysis::balance::value::ValueFunction> {
    let at = workspace.balance.factors.iter().position(|factor| factor.id == *id)?;
    analysis.balance.performance.matrix.functions.get(at)
}
