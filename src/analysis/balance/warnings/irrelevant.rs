//! The irrelevant-bidder test: would the leader change if another option had not been there?

use super::{Grounds, Warning};
use crate::{
    analysis::balance::{
        matrix::ranked,
        value::{UNKNOWN_VALUE, ValueFunction},
    },
    model::balance::Scale,
};

/// Takes each other option out in turn, measures the factors with local ends or the lowest price anew, and says where
/// somebody else would lead.
pub fn leader_hangs_on_another(grounds: Grounds<'_>) -> Vec<Warning> {
    let ranking = &grounds.weighed.ranking;
    let Some(&leader) = ranking.first() else { return Vec::new() };
    let mut warnings = Vec::new();
    for &removed in &ranking[1..] {
        let moved = factors_moved_by(grounds, removed);
        if moved.is_empty() {
            continue;
        }
        let mut totals = grounds.weighed.totals.clone();
        for (f, function) in &moved {
            for &o in ranking {
                let reading = grounds.performance.matrix.reading(*f, o).likely();
                let value = reading.and_then(|score| function.value(score)).unwrap_or(UNKNOWN_VALUE);
                totals[o] += grounds.weighed.weights[*f] * (value - grounds.performance.matrix.middle(*f, o));
            }
        }
        let others = ranking.iter().copied().filter(|&o| o != removed).collect();
        let new_leader = ranked(others, &totals).first().copied();
        if let Some(new_leader) = new_leader.filter(|&new_leader| new_leader != leader) {
            let factors: Vec<usize> = moved.iter().map(|(f, _)| *f).collect();
            let text = format!(
                "Without {}, {} would lead instead of {}: the scale of {} hangs on who is in the list.",
                grounds.option_name(removed),
                grounds.option_name(new_leader),
                grounds.option_name(leader),
                grounds.factor_names(&factors)
            );
            warnings.push(Warning { rule: "irrelevant-option", text });
        }
    }
    warnings
}

/// The weighted factors whose scale would move without an option, with the scale that they would have.
fn factors_moved_by(grounds: Grounds<'_>, removed: usize) -> Vec<(usize, ValueFunction)> {
    grounds
        .factors()
        .filter(|(f, factor)| {
            matches!(factor.scale, Scale::Local { .. } | Scale::LowestPrice) && grounds.weighted(*f)
        })
        .map(|(f, factor)| (f, grounds.performance.matrix.function(f, &factor.scale, Some(removed))))
        .filter(|(f, function)| *function != grounds.performance.matrix.functions[*f])
        .collect()
}
