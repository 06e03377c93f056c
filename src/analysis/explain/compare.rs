//! Why figures of two states side by side are what they are.

use super::{EditPlace, Explanation, Input, Known, WorkedOut, balance};
use crate::{
    analysis::{
        Analysis,
        balance::{
            WeightBasis,
            compare::{Change, ChangeKind, Comparison, Moment, Orders, Standing, compare, signed},
            sensitivity::{NoWeightChange, least_weight_change},
        },
    },
    model::{
        balance::Side,
        ids::OptionId,
        wording::{number, thousands},
    },
};

const SHAPLEY: &str = "Shapley value (Shapley 1953)";
const DOMINANCE: &str = "Pairwise dominance (Keeney & Raiffa 1976)";
const LEAST_CHANGE: &str = "Inverse weighting by linear programme (Rios Insua & French 1991)";

/// Where a change between two states was made; `None` of what is gone.
#[must_use]
pub fn place_of_change(comparison: &Comparison, change: &Change) -> Option<EditPlace> {
    let after = &comparison.after;
    let weights = || match after.basis {
        WeightBasis::Ballots => Some(EditPlace::Ballots),
        WeightBasis::Swings | WeightBasis::Even => {
            after.workspace.balance.factors.first().map(|f| EditPlace::Swing(f.id.clone()))
        }
    };
    match &change.kind {
        ChangeKind::BetweenSides | ChangeKind::InsideSides => weights(),
        ChangeKind::Scale(factor) | ChangeKind::FactorAdded(factor) => Some(EditPlace::Scale(factor.clone())),
        ChangeKind::ScoresOf(_) | ChangeKind::ScoresOn(_) => {
            change.cell.clone().map(|(factor, option)| EditPlace::Score(option, factor))
        }
        ChangeKind::OptionAdded(_) | ChangeKind::OptionRemoved(_) => Some(EditPlace::Options),
        ChangeKind::FactorRemoved(_) => None,
        ChangeKind::Musts => {
            let must = |s: &Standing, id| s.workspace.factor(id).and_then(|f| f.must);
            let factors = &after.workspace.balance.factors;
            let changed = factors.iter().find(|f| must(&comparison.before, &f.id) != f.must);
            Some(changed.map_or(EditPlace::Entitlements, |f| EditPlace::Scale(f.id.clone())))
        }
    }
}

/// The total of an option as it stood.
pub(super) fn total_then(known: &Known<'_>, moment: &Moment, id: &OptionId) -> Option<Explanation> {
    let state = moment.state(known.workspace)?;
    let workspace = state.workspace();
    let analysis = Analysis::of(&workspace);
    let then = Known { workspace: &workspace, analysis: &analysis, worked_out: WorkedOut::default() };
    let mut answer = balance::total(&then, id)?;
    if *moment != Moment::Today {
        // What stood then is not edited any more, and what it rests on may have changed since.
        for input in &mut answer.inputs {
            (input.why, input.edit) = (None, None);
        }
        answer.assumptions.insert(0, format!("As it stood in “{}”.", moment.name(known.workspace)));
    }
    // The badge is told by its place among the options of today.
    answer.option = known.option_index(id);
    Some(answer)
}

/// What one change did to the lead.
pub(super) fn effect(
    known: &Known<'_>,
    (before, after): (&Moment, &Moment),
    kind: &ChangeKind,
) -> Option<Explanation> {
    let states = [before, after].map(|moment| moment.state(known.workspace));
    let [Some(was), Some(is)] = states else { return None };
    let comparison = compare(&was, &is);
    let change = comparison.changes.iter().find(|change| change.kind == *kind)?;
    let (share, whole) = (change.share?, comparison.whole.as_ref().ok()?);
    let leader = comparison.option(&whole.leader).map_or("", |o| o.badge.as_str());
    let orders = match whole.orders {
        Orders::All(1) => "It is the only change, so the whole difference is its own.".to_owned(),
        Orders::All(orders) => format!(
            "The changes can be made in {} orders. The effect is the mean, over all of them, of what this change did \
             to {leader}’s lead when its turn came.",
            thousands(orders)
        ),
        Orders::Sampled(orders) => format!(
            "The effect is the mean, over {} orders drawn at random, of what this change did to {leader}’s lead when \
             its turn came; standard error {}.",
            thousands(u64::from(orders)),
            number(share.standard_error.unwrap_or(0.0), 2)
        ),
    };
    let names = [before, after].map(|moment| moment.name(known.workspace));
    let lead = |name: &str, lead: f64| Input::plain(0, format!("{leader}’s lead, {name}"), signed(lead, 1));
    let mut inputs = vec![lead(names[0], whole.lead_before)];
    for each in &comparison.changes {
        let effect = each.share.map_or(0.0, |share| share.effect);
        let line = Input::plain(1, each.name.clone(), signed(effect, 1));
        inputs.push(match place_of_change(&comparison, each) {
            Some(place) => line.with_edit(place),
            None => line,
        });
    }
    inputs.push(lead(names[1], whole.lead_after));
    Some(Explanation {
        title: format!("Why {}?", signed(share.effect, 1)),
        option: known.option_index(&whole.leader),
        formula: vec![
            format!("{}: {}.", change.name, change.line),
            orders,
            format!(
                "Made first it does {}, made last {}.",
                signed(share.made_first, 1),
                signed(share.made_last, 1)
            ),
        ],
        inputs,
        assumptions: vec![
            "Changes that work together share alike what neither does alone.".to_owned(),
            "A score that is not known counts half.".to_owned(),
        ],
        source: SHAPLEY,
        ..Explanation::default()
    })
}

/// On which factors one option is at least as good as another.
pub(super) fn at_least_as_good(
    known: &Known<'_>,
    moment: &Moment,
    (row, column): (&OptionId, &OptionId),
) -> Option<Explanation> {
    let standing = Standing::of(&*moment.state(known.workspace)?);
    let (a, b) = (standing.option(row)?, standing.option(column)?);
    let options = &standing.workspace.question.options;
    let (first, second) = (&options[a].badge, &options[b].badge);
    let value = |f: usize, o: usize| standing.matrix.cells[f][o].value;
    let said = |value: Option<f64>| value.map_or("not known".to_owned(), |v| number(v, 0));
    let mut inputs = Vec::new();
    let mut as_good = 0;
    for side in Side::ALL {
        let of_side: Vec<usize> =
            (0..standing.matrix.factors).filter(|&f| standing.matrix.sides[f] == side).collect();
        let good = |f: &&usize| value(**f, a).unwrap_or(0.0) >= value(**f, b).unwrap_or(100.0) - 1e-9;
        let count = of_side.iter().filter(good).count();
        as_good += count;
        if !of_side.is_empty() {
            let line = Input::plain(0, side.words(), format!("{count} of {}", of_side.len()));
            inputs.push(line.on_side(side));
        }
        for f in of_side {
            let factor = &standing.workspace.balance.factors[f];
            let figure = format!("{} against {}", said(value(f, a)), said(value(f, b)));
            let line = Input::plain(1, factor.short_name(), figure).on_side(side);
            let is_today = *moment == Moment::Today;
            inputs.push(if is_today {
                line.with_edit(EditPlace::Score(row.clone(), factor.id.clone()))
            } else {
                line
            });
        }
    }
    Some(Explanation {
        title: format!("Why {as_good} of {}?", standing.matrix.factors),
        option: known.option_index(row),
        formula: vec![format!("On so many factors {first}’s value is at least that of {second}.")],
        inputs,
        assumptions: vec![
            "A score that is not known is never at least as good as another.".to_owned(),
            "An option dominates another when it is at least as good on every factor and better on one."
                .to_owned(),
        ],
        source: DOMINANCE,
        ..Explanation::default()
    })
}

/// How the weights would have to move for an option to lead.
pub(super) fn weight_to_move(known: &Known<'_>, moment: &Moment, id: &OptionId) -> Option<Explanation> {
    let standing = Standing::of(&*moment.state(known.workspace)?);
    let option = standing.option(id)?;
    let badge = &standing.workspace.question.options[option].badge;
    let factors = &standing.workspace.balance.factors;
    let percent = |share: f64| format!("{} %", number(share * 100.0, 1));
    let change = least_weight_change(&standing.matrix, &standing.weighed, option);
    let mut answer = Explanation {
        option: known.option_index(id),
        assumptions: vec![
            "All weights may move; the scores stay as they are.".to_owned(),
            "A score that is not known counts half.".to_owned(),
        ],
        source: LEAST_CHANGE,
        ..Explanation::default()
    };
    match change {
        Ok(change) => {
            answer.title = format!("Why {}?", number(change.moved * 100.0, 1));
            answer.formula = vec![
                format!(
                    "The least share of all weight that has to go from some factors to others until {badge} leads."
                ),
                format!("Any further the same way, and {badge} leads alone."),
            ];
            answer.inputs = change
                .gifts()
                .into_iter()
                .chain(change.gains())
                .map(|(f, _)| {
                    let figure = format!(
                        "{}, then {}",
                        percent(standing.weighed.weights[f]),
                        percent(change.weights[f])
                    );
                    Input::plain(0, factors[f].short_name(), figure)
                        .with_edit(EditPlace::Swing(factors[f].id.clone()))
                })
                .collect();
        }
        Err(reason) => {
            answer.title = match reason {
                NoWeightChange::AlreadyLeads | NoWeightChange::TiesForTheLead => "Why 0?".to_owned(),
                _ => "Why no figure?".to_owned(),
            };
            answer.formula = vec![format!("{badge} {}.", reason.words())];
        }
    }
    Some(answer)
}
