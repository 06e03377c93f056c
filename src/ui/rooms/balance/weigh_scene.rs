//! What Weights draws from: the points in view with what follows from them, laid out by factor. Made once a revision and
//! a look.

use std::{ops::Deref, sync::Arc};

use super::{
    scale_words::{swing, worst_and_best},
    score_scene::Scene,
    trade_offs::{TradeOff, trade_offs},
    whose_points::Look,
};
use crate::{
    analysis::{
        balance::{
            WeightBasis,
            elicitation::{ChangedRange, changed_ranges},
            matrix::PerformanceMatrix,
        },
        voices::ballots_as_counted,
    },
    exchange::figure,
    model::{Workspace, balance::Side, ids::FactorId, wording::number},
    ui::drawing::parts::{Rows, table},
};

/// The points of each ballot in force, on the footing on which they are combined, by factor.
pub type BallotPoints = Arc<Vec<Vec<f64>>>;

/// The points in view. It reads as the [`Scene`] that it was made from.
#[derive(Debug)]
pub struct WeighScene {
    pub scene: Arc<Scene>,
    pub look: Look,
    /// The points in view per factor; `None` where nobody has given any.
    pub given: Vec<Option<f64>>,
    /// What they weigh; they sum to 1, or are all 0.
    pub weights: Vec<f64>,
    pub commercial_share: Option<f64>,
    /// Who leads by these weights, with its total and its lead over the next.
    pub leader: Option<(usize, f64, Option<f64>)>,
    /// The swing of each factor in words; `None` where its scale has no two ends.
    pub swings: Vec<Option<String>>,
    /// The ends (worst, best) in figures, where the scale has such.
    pub ends: Vec<Option<(f64, f64)>>,
    pub changed: Vec<ChangedRange>,
    pub exchanges: Vec<TradeOff>,
    pub ballots: BallotPoints,
    /// The most points that a factor has; 0 while nobody has given any.
    pub largest: f64,
}

impl Deref for WeighScene {
    type Target = Scene;

    fn deref(&self) -> &Scene {
        &self.scene
    }
}

impl WeighScene {
    /// The table as it is copied, heads first, the factors in this order: points in view, and what they weigh in per cent.
    #[must_use]
    pub fn as_rows(&self, order: &[usize]) -> Rows {
        let each = order.iter().map(|&f| {
            let factor = &self.factors()[f];
            let points = self.given[f].map(figure::written).unwrap_or_default();
            let swing = self.swings[f].clone().unwrap_or_default();
            let weight = number(self.weights[f] * 100.0, 1);
            [factor.name.clone(), factor.side.words().to_owned(), swing, points, weight]
        });
        table(["factor", "side", "swing", "points", "weight, %"], each)
    }

    /// Lays out the points of this look. What an earlier scene knew of the same ballots is taken over.
    #[must_use]
    pub fn of(scene: Arc<Scene>, look: Look, before: Option<&Self>) -> Self {
        let factors = scene.factors();
        let alone = look.points(&scene.workspace);
        let look = if alone.is_some() { look } else { Look::Group };
        let balance = &scene.analysis.balance;
        let (given, weights, commercial_share, leader) = match alone {
            Some(given) => alone_weighed(&scene.workspace, given),
            None => {
                let given = (0..factors.len()).map(|f| points_in_force(&scene, f)).collect();
                let total = |o: usize| balance.options.get(o).and_then(|o| o.value);
                let leader = balance.leader().and_then(|first| {
                    let next = balance.ranking.get(1).and_then(|&next| total(next));
                    Some((first, total(first)?, next.map(|next| total(first).unwrap_or(next) - next)))
                });
                (given, balance.weights.clone(), balance.commercial_share, leader)
            }
        };
        let same_ballots = before.filter(|before| {
            let (then, now) = (&before.scene.workspace, &scene.workspace);
            then.voices == now.voices && same_factors(then, now)
        });
        let words = |(f, factor)| swing(factor, &scene.functions[f]);
        let ends = |(f, factor): (usize, &crate::model::balance::Factor)| {
            worst_and_best(&factor.scale, &scene.functions[f])
        };
        Self {
            swings: factors.iter().enumerate().map(words).collect(),
            ends: factors.iter().enumerate().map(ends).collect(),
            changed: changed_ranges(factors),
            // Even weights are nobody's answer, so there is nothing in them to ask about.
            exchanges: if given.iter().any(Option::is_some) {
                trade_offs(factors, &scene.functions, &weights)
            } else {
                Vec::new()
            },
            ballots: same_ballots.map_or_else(|| Arc::new(ballot_points(&scene)), |b| Arc::clone(&b.ballots)),
            largest: given.iter().flatten().copied().fold(0.0, f64::max),
            look,
            given,
            weights,
            commercial_share,
            leader,
            scene,
        }
    }

    /// Whether the points in view are those in force, which may be changed.
    #[must_use]
    pub fn may_be_changed(&self) -> bool {
        self.look == Look::Group
    }

    /// Whether the factor has two ends, without which it cannot be weighted.
    #[must_use]
    pub fn can_be_weighted(&self, f: usize) -> bool {
        self.swings.get(f).is_some_and(Option::is_some)
    }

    /// The points in view, 0 where nobody gave any.
    #[must_use]
    pub fn points(&self, f: usize) -> f64 {
        self.given.get(f).copied().flatten().unwrap_or(0.0)
    }

    /// Whether anybody has given points.
    #[must_use]
    pub fn has_points(&self) -> bool {
        self.given.iter().any(Option::is_some)
    }

    /// The points in view of a side, or of both, added up, in words.
    #[must_use]
    pub fn sum_words(&self, side: Option<Side>) -> String {
        if !self.has_points() {
            return "–".to_owned();
        }
        let counts = |f: &usize| side.is_none_or(|side| self.factors()[*f].side == side);
        super::score_scene::points_words(
            (0..self.factors().len()).filter(counts).map(|f| self.points(f)).sum(),
        )
    }

    /// The factors heaviest first, in the order of the file where they weigh the same.
    #[must_use]
    pub fn by_weight(&self) -> Vec<FactorId> {
        let weight = |f: usize| self.weights.get(f).copied().unwrap_or(0.0);
        let mut order: Vec<usize> = (0..self.factors().len()).collect();
        order.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)));
        order.into_iter().map(|f| self.factors()[f].id.clone()).collect()
    }
}

/// Points that one voice gave by itself, with what follows from them.
fn alone_weighed(
    workspace: &Workspace,
    given: Vec<Option<f64>>,
) -> (Vec<Option<f64>>, Vec<f64>, Option<f64>, Option<(usize, f64, Option<f64>)>) {
    let swings: Vec<f64> = given.iter().map(|points| points.unwrap_or(0.0)).collect();
    let weighed = PerformanceMatrix::of(workspace).weigh(&swings);
    let leader = weighed.ranking.first().map(|&first| {
        let next = weighed.ranking.get(1).map(|&next| weighed.totals[first] - weighed.totals[next]);
        (first, weighed.totals[first], next)
    });
    (given, weighed.weights, weighed.commercial_share, leader)
}

/// The points of a factor in force; `None` while nobody has given any.
fn points_in_force(scene: &Scene, f: usize) -> Option<f64> {
    let balance = &scene.analysis.balance;
    match balance.weight_basis {
        WeightBasis::Even => None,
        WeightBasis::Swings if scene.factors()[f].swing.is_none() => None,
        WeightBasis::Swings | WeightBasis::Ballots => balance.swings.get(f).copied(),
    }
}

fn same_factors(then: &Workspace, now: &Workspace) -> bool {
    let (then, now) = (&then.balance.factors, &now.balance.factors);
    then.len() == now.len() && then.iter().zip(now).all(|(a, b)| a.id == b.id)
}

fn ballot_points(scene: &Scene) -> Vec<Vec<f64>> {
    let mut points = vec![Vec::new(); scene.factors().len()];
    for (_, row) in ballots_as_counted(&scene.workspace) {
        for (of_factor, given) in points.iter_mut().zip(row) {
            of_factor.extend(given);
        }
    }
    points
}

/// A share of 0 to 1 with one decimal: "13.0 %".
#[must_use]
pub fn tenths(share: f64) -> String {
    format!("{} %", number(share * 100.0, 1))
}
