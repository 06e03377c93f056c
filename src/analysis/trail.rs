//! What a step of the trail did to the answer: totals and people left out, before and after.

use super::Analysis;
use crate::model::{
    Workspace,
    ids::OptionId,
    trail::{Effect, Lead, Moved},
};

/// How many options that lead are told beside those that moved.
const LEADING: usize = 3;

/// How many options are told of one step at most.
const MOST_TOLD: usize = 8;

/// A workspace with what follows from it.
pub type State<'a> = (&'a Workspace, &'a Analysis);

/// What lies between two states: the totals that read otherwise to a tenth of a point and those of the three options in
/// front, and the people left out a year that read otherwise to one person. The largest moves come first.
///
/// Nothing is said while a workshop covers a round, for it could be told from the totals what somebody answered.
#[must_use]
pub fn effect(before: State<'_>, after: State<'_>) -> Effect {
    if [before, after].iter().any(|(workspace, _)| workspace.hides(workspace.round_in_room())) {
        return Effect::default();
    }
    let total = |(_, analysis): State<'_>, o: usize| analysis.balance.options.get(o).and_then(|v| v.value);
    let moved_totals = moved(before, after, total);
    let mut totals: Vec<Moved> = moved_totals.iter().filter(|m| m.reads_otherwise(1)).cloned().collect();
    largest_first(&mut totals);
    if !totals.is_empty() {
        let leads = [leading(before), leading(after)].concat();
        totals.truncate(MOST_TOLD);
        for moved in moved_totals {
            if leads.contains(&moved.option) && !totals.iter().any(|told| told.option == moved.option) {
                totals.push(moved);
            }
        }
    }
    let people = |(_, analysis): State<'_>, o: usize| {
        let reach = analysis.reach.options.get(o)?.as_ref()?;
        reach.left_out_per_year.ok()
    };
    let mut left_out = moved(before, after, people);
    left_out.retain(|moved| moved.reads_otherwise(0));
    largest_first(&mut left_out);
    left_out.truncate(MOST_TOLD);
    let [first, last] = [leading(before), leading(after)].map(|leads| leads.into_iter().next());
    // Another option can lead although no total moved: a must strikes the one that led.
    let lead = (first != last).then(|| Lead {
        badge_before: badge(before, first.as_ref()),
        badge_after: badge(after, last.as_ref()),
        before: first,
        after: last,
    });
    Effect { totals, left_out, lead }
}

fn badge((workspace, _): State<'_>, option: Option<&OptionId>) -> String {
    option.and_then(|id| workspace.option(id)).map(|option| option.badge.clone()).unwrap_or_default()
}

/// A figure of every option of either state.
fn moved(
    before: State<'_>,
    after: State<'_>,
    figure: impl Fn(State<'_>, usize) -> Option<f64>,
) -> Vec<Moved> {
    let of = |state: State<'_>, id: &OptionId| {
        let place = state.0.question.options.iter().position(|option| option.id == *id)?;
        // A file holds no more digits than anybody reads.
        figure(state, place).map(|figure| (figure * 1e4).round() / 1e4)
    };
    let gone = before.0.question.options.iter().filter(|option| after.0.option(&option.id).is_none());
    let all = after.0.question.options.iter().chain(gone);
    all.map(|option| Moved {
        option: option.id.clone(),
        badge: option.badge.clone(),
        before: of(before, &option.id),
        after: of(after, &option.id),
    })
    .collect()
}

fn largest_first(moved: &mut [Moved]) {
    // What was not defined on one side has moved most.
    let by = |moved: &Moved| match (moved.before, moved.after) {
        (Some(_), Some(_)) => moved.by().abs(),
        _ => f64::INFINITY,
    };
    moved.sort_by(|a, b| by(b).total_cmp(&by(a)));
}

/// The options in front, best first.
fn leading((workspace, analysis): State<'_>) -> Vec<OptionId> {
    let places = analysis.balance.ranking.iter().take(LEADING);
    places
        .filter_map(|&place| workspace.question.options.get(place))
        .map(|option| option.id.clone())
        .collect()
}
