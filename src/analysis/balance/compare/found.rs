//! Which changes between two states bear on the result, from the one structural diff, gathered into a few with a name.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChangeKind, Standing};
use crate::analysis::balance::matrix::Reading;
use crate::model::{
    balance::{ScoreLevel, Side},
    diff::{self, Kind},
    ids::{FactorId, OptionId},
};

/// Weights that differ by less are the same.
const SAME_WEIGHT: f64 = 1e-12;

/// The changes, with what each place of the states follows.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In the order shown: weights first, then scales, scores, what was added and removed, musts.
    pub kinds: Vec<ChangeKind>,
    /// The change that each score follows whose level differs.
    pub levels: BTreeMap<(FactorId, OptionId), usize>,
}

impl Found {
    /// The number of a change among those found.
    pub(super) fn number(&self, kind: &ChangeKind) -> Option<usize> {
        self.kinds.iter().position(|k| k == kind)
    }
}

/// What the structural diff says, sorted by what it bears on.
#[derive(Default)]
struct Sorted {
    options_added: Vec<OptionId>,
    options_removed: Vec<OptionId>,
    factors_added: Vec<FactorId>,
    factors_removed: Vec<FactorId>,
    scales: BTreeSet<FactorId>,
    units: BTreeSet<FactorId>,
    musts: bool,
    levels: BTreeSet<(FactorId, OptionId)>,
}

/// Finds the changes between two states that can bear on a figure: names, notes and grades do not.
pub(super) fn changes(before: &Standing, after: &Standing) -> Found {
    let sorted = sort(before, after);
    let mut found = Found::default();
    if is_between_changed(before, after) {
        found.kinds.push(ChangeKind::BetweenSides);
    }
    if is_inside_changed(before, after) {
        found.kinds.push(ChangeKind::InsideSides);
    }
    let with_scale: Vec<&(FactorId, OptionId)> =
        sorted.levels.iter().filter(|(f, _)| goes_with_scale(before, after, &sorted, f)).collect();
    let in_order = after.workspace.balance.factors.iter().map(|f| &f.id);
    found.kinds.extend(in_order.filter(|f| sorted.scales.contains(*f)).cloned().map(ChangeKind::Scale));
    let alone: Vec<&(FactorId, OptionId)> =
        sorted.levels.iter().filter(|cell| !with_scale.contains(cell)).collect();
    let by_factor = is_told_by_factor(&alone);
    add_score_changes(&mut found, after, &alone, by_factor);
    found.kinds.extend(sorted.options_added.iter().cloned().map(ChangeKind::OptionAdded));
    found.kinds.extend(sorted.options_removed.iter().cloned().map(ChangeKind::OptionRemoved));
    found.kinds.extend(sorted.factors_added.iter().cloned().map(ChangeKind::FactorAdded));
    found.kinds.extend(sorted.factors_removed.iter().cloned().map(ChangeKind::FactorRemoved));
    if sorted.musts {
        found.kinds.push(ChangeKind::Musts);
    }
    for cell in &sorted.levels {
        let kind = if with_scale.contains(&cell) {
            ChangeKind::Scale(cell.0.clone())
        } else if by_factor {
            ChangeKind::ScoresOn(cell.0.clone())
        } else {
            ChangeKind::ScoresOf(cell.1.clone())
        };
        if let Some(number) = found.number(&kind) {
            found.levels.insert(cell.clone(), number);
        }
    }
    found
}

/// Scores are told by factor where that takes fewer changes than by option.
fn is_told_by_factor(cells: &[&(FactorId, OptionId)]) -> bool {
    let factors: BTreeSet<&FactorId> = cells.iter().map(|(f, _)| f).collect();
    let options: BTreeSet<&OptionId> = cells.iter().map(|(_, o)| o).collect();
    factors.len() < options.len()
}

fn add_score_changes(found: &mut Found, after: &Standing, cells: &[&(FactorId, OptionId)], by_factor: bool) {
    if by_factor {
        let changed = after.workspace.balance.factors.iter().map(|f| &f.id);
        let changed = changed.filter(|id| cells.iter().any(|(f, _)| f == *id));
        found.kinds.extend(changed.cloned().map(ChangeKind::ScoresOn));
    } else {
        let changed = after.workspace.question.options.iter().map(|o| &o.id);
        let changed = changed.filter(|id| cells.iter().any(|(_, o)| o == *id));
        found.kinds.extend(changed.cloned().map(ChangeKind::ScoresOf));
    }
}

fn sort(before: &Standing, after: &Standing) -> Sorted {
    let mut sorted = Sorted::default();
    for change in diff::changes(&before.workspace, &after.workspace) {
        let steps: Vec<&str> = change.place.0.iter().map(String::as_str).collect();
        match (steps.as_slice(), change.kind()) {
            (["question", "options", id], Kind::Added) => sorted.options_added.push((*id).into()),
            (["question", "options", id], Kind::Removed) => sorted.options_removed.push((*id).into()),
            (["balance", "factors", id], Kind::Added) => sorted.factors_added.push((*id).into()),
            (["balance", "factors", id], Kind::Removed) => sorted.factors_removed.push((*id).into()),
            (["balance", "factors", id, "scale"], _) => _ = sorted.scales.insert((*id).into()),
            (["balance", "factors", id, "unit"], _) => _ = sorted.units.insert((*id).into()),
            (["balance", "factors", _, "must"], _) => sorted.musts = true,
            (["question", "entitlements", ..], _) => sorted.musts |= is_denied_changed(before, after),
            (["balance", "scores", cell] | ["balance", "scores", cell, "level"], _) => {
                if let Some((factor, option)) = cell.split_once('/') {
                    sorted.levels.insert((factor.into(), option.into()));
                }
            }
            _ => {}
        }
    }
    // A score of what only one state has belongs to the coming or going of that, and no score at all is an unknown one.
    sorted.levels.retain(|(factor, option)| {
        let both =
            |s: &&Standing| s.workspace.factor(factor).is_some() && s.workspace.option(option).is_some();
        [before, after].iter().all(both) && before.level(factor, option) != after.level(factor, option)
    });
    sorted
}

/// Whether an entitlement strikes an option of both states in one only.
fn is_denied_changed(before: &Standing, after: &Standing) -> bool {
    let options = &after.workspace.question.options;
    let common = options.iter().filter(|o| before.workspace.option(&o.id).is_some());
    common.into_iter().any(|o| before.is_denied(&o.id) != after.is_denied(&o.id))
}

/// Whether the scores of a factor changed along with its scale, so that neither can be read without the other: with
/// another unit, or where the old scale cannot take the new scores, or the new scale the old ones.
fn goes_with_scale(before: &Standing, after: &Standing, sorted: &Sorted, factor: &FactorId) -> bool {
    if !sorted.scales.contains(factor) {
        return false;
    }
    if sorted.units.contains(factor) {
        return true;
    }
    let (Some(was), Some(is)) = (before.workspace.factor(factor), after.workspace.factor(factor)) else {
        return false;
    };
    let unusable = |level: &ScoreLevel, scale| matches!(Reading::of(level, scale), Reading::Unusable(_));
    sorted.levels.iter().filter(|(f, _)| f == factor).any(|(_, option)| {
        let (old, new) = (before.level(factor, option), after.level(factor, option));
        let crossed = unusable(&old, &is.scale) || unusable(&new, &was.scale);
        crossed && !unusable(&old, &was.scale) && !unusable(&new, &is.scale)
    })
}

/// Whether the share of the sides differs, or a factor of both states hangs on another side.
fn is_between_changed(before: &Standing, after: &Standing) -> bool {
    let share = |s: &Standing| s.weighed.commercial_share.unwrap_or(0.0);
    (share(before) - share(after)).abs() > SAME_WEIGHT
        || common(before, after).any(|(b, a)| before.side(b) != after.side(a))
}

/// Whether the factors of both states stand otherwise to each other inside a side.
fn is_inside_changed(before: &Standing, after: &Standing) -> bool {
    let pairs: Vec<(usize, usize)> = common(before, after).collect();
    // Where a factor has changed sides, both ways of sorting them must agree.
    let by_after = |&(_, a): &(usize, usize)| after.side(a);
    let by_before = |&(b, _): &(usize, usize)| before.side(b);
    differs(before, after, &pairs, by_after) || differs(before, after, &pairs, by_before)
}

fn differs(
    before: &Standing,
    after: &Standing,
    pairs: &[(usize, usize)],
    side_of: impl Fn(&(usize, usize)) -> Side,
) -> bool {
    Side::ALL.into_iter().any(|side| {
        let of_side: Vec<&(usize, usize)> = pairs.iter().filter(|pair| side_of(pair) == side).collect();
        let was: f64 = of_side.iter().map(|(b, _)| before.weighed.weights[*b]).sum();
        let is: f64 = of_side.iter().map(|(_, a)| after.weighed.weights[*a]).sum();
        of_side.iter().any(|&&(b, a)| {
            let share = |weight: f64, whole: f64| if whole > 0.0 { weight / whole } else { 0.0 };
            let (was, is) = (share(before.weighed.weights[b], was), share(after.weighed.weights[a], is));
            (was - is).abs() > SAME_WEIGHT
        })
    })
}

/// The factors that both states have, by their places.
pub(super) fn common<'a>(
    before: &'a Standing,
    after: &'a Standing,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let factors = before.workspace.balance.factors.iter().enumerate();
    factors.filter_map(|(b, factor)| Some((b, after.factor(&factor.id)?)))
}
