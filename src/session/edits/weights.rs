//! Swings ranked; points given, taken over from the ballots, shared out in a group, kept for a range that has changed;
//! answers on exchanges.

use crate::{
    analysis::{balance::elicitation::points_of_ranks, voices::combined_swings},
    model::{
        Workspace,
        balance::{ExchangeAnswer, Factor, WeightsFrom},
        ids::FactorId,
    },
};

/// Gives a factor swing points, noting the ends that they are for. Where the ballots were in force their median is
/// taken over first, so that only this factor's weight changes.
pub fn set_swing(workspace: &mut Workspace, id: &FactorId, points: f64) {
    state_own(workspace);
    if let Some(factor) = workspace.factor_mut(id) {
        give(factor, Some(points));
    }
}

/// The swing points in force of a factor: stated, or combined from the ballots; `None` where it has none.
#[must_use]
pub fn swing_in_force(workspace: &Workspace, id: &FactorId) -> Option<f64> {
    let place = workspace.balance.factors.iter().position(|factor| factor.id == *id)?;
    let combined = match workspace.balance.weights_from {
        WeightsFrom::Ballots => combined_swings(workspace),
        WeightsFrom::Swings => None,
    };
    combined.map_or(workspace.balance.factors[place].swing, |combined| combined[place])
}

/// Takes over what the ballots combine to as the stated points, and lets these count. Without ballots only the latter.
pub fn take_ballots(workspace: &mut Workspace) {
    if let Some(combined) = combined_swings(workspace) {
        for (factor, points) in workspace.balance.factors.iter_mut().zip(combined) {
            give(factor, points);
        }
    }
    workspace.balance.weights_from = WeightsFrom::Swings;
}

/// Keeps the points of a factor for the ends that its scale has now.
pub fn keep_for_new_ends(workspace: &mut Workspace, id: &FactorId) {
    if let Some(factor) = workspace.factor_mut(id) {
        factor.swing_range = factor.scale.ends();
    }
}

/// Ranks the swings in this order, the largest first.
pub fn rank(workspace: &mut Workspace, order: Vec<FactorId>) {
    workspace.balance.swing_ranking = (!order.is_empty()).then_some(order);
}

/// Gives the ranked factors the points that their ranks alone suggest; see [`points_of_ranks`].
pub fn begin_from_ranks(workspace: &mut Workspace) {
    state_own(workspace);
    let Some(order) = workspace.balance.swing_ranking.clone() else { return };
    for (id, points) in order.iter().zip(points_of_ranks(order.len())) {
        if let Some(factor) = workspace.factor_mut(id) {
            give(factor, Some(points));
        }
    }
}

/// Deals the points of the ranked factors out again in the order of their ranks: the largest to the first.
pub fn deal_by_rank(workspace: &mut Workspace) {
    state_own(workspace);
    let Some(order) = workspace.balance.swing_ranking.clone() else { return };
    let mut points: Vec<f64> =
        order.iter().map(|id| workspace.factor(id).and_then(|f| f.swing).unwrap_or(0.0)).collect();
    points.sort_by(|a, b| b.total_cmp(a));
    for (id, points) in order.iter().zip(points) {
        if let Some(factor) = workspace.factor_mut(id).filter(|f| f.swing != Some(points)) {
            give(factor, Some(points));
        }
    }
}

/// Gives some factors together so many points, in the proportion they have; evenly where they have none.
pub fn share_out(workspace: &mut Workspace, members: &[FactorId], points: f64) {
    state_own(workspace);
    let swing = |id: &FactorId| workspace.factor(id).and_then(|f| f.swing).unwrap_or(0.0).max(0.0);
    let now: f64 = members.iter().map(swing).sum();
    for id in members {
        let Some(factor) = workspace.factor_mut(id) else { continue };
        if now > 0.0 {
            // The proportions inside were not asked again, so the ends that they were given for stay noted.
            factor.swing = factor.swing.map(|own| own.max(0.0) / now * points);
        } else {
            give(factor, Some(points / members.len() as f64));
        }
    }
}

/// Keeps an answer on an exchange in place of an earlier one on the same pair.
pub fn answer_exchange(workspace: &mut Workspace, answer: ExchangeAnswer) {
    let answers = &mut workspace.balance.exchange_answers;
    let same = |a: &ExchangeAnswer| a.factor == answer.factor && a.against == answer.against;
    match answers.iter().position(same) {
        Some(at) => answers[at] = answer,
        None => answers.push(answer),
    }
}

/// Lets the stated points count; where the ballots were in force, what they combine to is stated first.
fn state_own(workspace: &mut Workspace) {
    if workspace.balance.weights_from == WeightsFrom::Ballots {
        take_ballots(workspace);
    }
}

fn give(factor: &mut Factor, points: Option<f64>) {
    factor.swing = points;
    factor.swing_range = points.and(factor.scale.ends());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    fn points(workspace: &Workspace, ids: &[&str]) -> Vec<f64> {
        ids.iter().map(|id| workspace.factor(&(*id).into()).unwrap().swing.unwrap()).collect()
    }

    fn ids(names: &[&str]) -> Vec<FactorId> {
        names.iter().map(|&name| name.into()).collect()
    }

    #[test]
    fn ranks_alone_give_the_centroid_and_points_are_dealt_by_rank() {
        let mut workspace = sample::workspace();
        workspace.balance.weights_from = WeightsFrom::Swings;
        rank(&mut workspace, ids(&["walk-f444", "meals-f222", "price-f333"]));
        begin_from_ranks(&mut workspace);
        assert_eq!(points(&workspace, &["walk-f444", "meals-f222", "price-f333"]), [100.0, 45.0, 18.0]);
        rank(&mut workspace, ids(&["price-f333", "meals-f222", "walk-f444"]));
        deal_by_rank(&mut workspace);
        assert_eq!(points(&workspace, &["walk-f444", "meals-f222", "price-f333"]), [18.0, 45.0, 100.0]);
    }

    #[test]
    fn a_group_keeps_its_proportions() {
        let mut workspace = sample::workspace();
        workspace.balance.weights_from = WeightsFrom::Swings;
        let members = ids(&["meals-f222", "price-f333"]);
        share_out(&mut workspace, &members, 45.0);
        assert_eq!(points(&workspace, &["meals-f222", "price-f333"]), [25.0, 20.0]);
        share_out(&mut workspace, &members, 0.0);
        share_out(&mut workspace, &members, 30.0);
        assert_eq!(points(&workspace, &["meals-f222", "price-f333"]), [15.0, 15.0]);
    }

    #[test]
    fn a_factor_taken_away_leaves_ranking_and_answers_sound() {
        let mut workspace = sample::workspace();
        rank(&mut workspace, ids(&["meals-f222", "price-f333"]));
        workspace.forget_factor(&"meals-f222".into());
        assert_eq!(workspace.balance.swing_ranking, Some(ids(&["price-f333"])));
        assert!(workspace.balance.exchange_answers.iter().all(|a| a.factor.as_str() != "meals-f222"));
        // As every edit does, for a wall that shows the factor.
        workspace.settle_workshop();
        assert_eq!(crate::model::check::broken(&workspace), None);
    }
}
