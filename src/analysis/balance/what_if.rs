//! The balance at another commercial share than today's: V(a, λ) = λ·Com(a) + (1 − λ)·Op(a) for every option, and who
//! would lead. A what-if: nothing in the workspace changes with it.

use super::{
    BalanceResult, Band,
    certainty::{self, Certainty, Interval},
    matrix::TIE,
    value::{BEST_VALUE, UNKNOWN_VALUE, WORST_VALUE},
};
use crate::model::{Workspace, balance::Side, wording::number};

/// A figure of 0 to 100 over the values of the cells that are not known: all at 0, at the middle, and all at 100. Where
/// every cell is known the three are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Span {
    pub low: f64,
    pub middle: f64,
    pub high: f64,
}

impl Span {
    /// Whether it rests on cells that are not known.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.high - self.low > TIE
    }

    /// The figure with so many decimals, or the interval of one that is open, joined by `to`.
    #[must_use]
    pub fn written(self, to: &str, decimals: usize) -> String {
        let (low, high) = (number(self.low, decimals), number(self.high, decimals));
        if self.is_open() && low != high { format!("{low}{to}{high}") } else { number(self.middle, decimals) }
    }

    /// `share` of this one and the rest of the other.
    fn blend(self, other: Self, share: f64) -> Self {
        let mix = |a: f64, b: f64| share * a + (1.0 - share) * b;
        Self {
            low: mix(self.low, other.low),
            middle: mix(self.middle, other.middle),
            high: mix(self.high, other.high),
        }
    }
}

/// How one option does at the share in question.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OptionAt {
    /// Op(a) and Com(a); `None` without weight on that side. They do not change with the share.
    pub operational: Option<Span>,
    pub commercial: Option<Span>,
    /// Points that each side adds to the total, (1 − λ)·Op(a) and λ·Com(a).
    pub operational_points: Span,
    pub commercial_points: Span,
    pub total: Span,
}

/// The balance at one commercial share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhatIf {
    /// The share in question, and the group's own; `None` while no factor has weight.
    pub share: Option<f64>,
    pub today: Option<f64>,
    /// Whether the share in question is another than the group's own.
    pub is_moved: bool,
    /// Parallel to the options; struck ones have their figures too.
    pub options: Vec<OptionAt>,
    /// Options in the ranking, best first, those that tie in the order of the workspace.
    pub ranking: Vec<usize>,
}

impl WhatIf {
    /// The balance with the commercial share at `dial`, or at the group's own weight for `None`. Where one side has no
    /// weight there is nothing to shift, and `dial` is disregarded.
    #[must_use]
    pub fn at(workspace: &Workspace, result: &BalanceResult, dial: Option<f64>) -> Self {
        let today = result.commercial_share;
        let moved = dial
            .filter(|share| share.is_finite())
            .map(|share| share.clamp(0.0, 1.0))
            .filter(|_| can_shift(result));
        let share = moved.or(today);
        let options: Vec<OptionAt> =
            (0..result.options.len()).map(|o| option_at(workspace, result, o, share)).collect();
        let mut ranking = result.ranking.clone();
        if moved.is_some() {
            ranking.sort_unstable();
            ranking.sort_by(|&a, &b| {
                let lead = options[b].total.middle - options[a].total.middle;
                if lead.abs() <= TIE { std::cmp::Ordering::Equal } else { lead.total_cmp(&0.0) }
            });
        }
        Self { share, today, is_moved: moved.is_some(), options, ranking }
    }

    /// The options that lead: one, or all that tie for it.
    #[must_use]
    pub fn leaders(&self) -> Vec<usize> {
        let Some(&first) = self.ranking.first() else { return Vec::new() };
        let best = self.options[first].total.middle;
        self.ranking.iter().copied().filter(|&o| best - self.options[o].total.middle <= TIE).collect()
    }

    /// How sure it is that they lead.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        let total = |o: usize| {
            let Span { low, high, .. } = self.options[o].total;
            Interval { low, high }
        };
        certainty::of_lead(&self.leaders(), &self.ranking, total)
    }

    /// The place of an option from 1, those that tie sharing the better; `None` for one that is not in the ranking.
    #[must_use]
    pub fn rank(&self, option: usize) -> Option<usize> {
        self.ranking.contains(&option).then(|| {
            let total = self.options[option].total.middle;
            1 + self.ranking.iter().filter(|&&o| self.options[o].total.middle - total > TIE).count()
        })
    }

    /// The first of the leaders.
    #[must_use]
    pub fn leader(&self) -> Option<usize> {
        self.ranking.first().copied()
    }

    /// The bands under the share in question and over it, nearest first. The band that holds the share is in neither; where
    /// the share is that of a tipping point, those on both sides of it are told.
    #[must_use]
    pub fn other_bands(&self, bands: &[Band]) -> (Vec<Band>, Vec<Band>) {
        let Some(share) = self.share else { return (Vec::new(), Vec::new()) };
        let under = bands.iter().rev().copied();
        let under = under.filter(|band| band.from < share - TIE && band.to <= share + TIE).collect();
        let over = bands.iter().copied();
        let over = over.filter(|band| band.to > share + TIE && band.from >= share - TIE).collect();
        (under, over)
    }
}

/// Whether there is weight on both sides, so that some can be shifted from one to the other.
#[must_use]
pub fn can_shift(result: &BalanceResult) -> bool {
    result.commercial_share.is_some_and(|share| share > 0.0 && share < 1.0) && !result.ranking.is_empty()
}

fn option_at(workspace: &Workspace, result: &BalanceResult, o: usize, share: Option<f64>) -> OptionAt {
    let operational = side_span(workspace, result, o, Side::Operational);
    let commercial = side_span(workspace, result, o, Side::Commercial);
    let Some(share) = share else { return OptionAt { operational, commercial, ..OptionAt::default() } };
    let nothing = Span::default();
    let operational_points = operational.unwrap_or_default().blend(nothing, 1.0 - share);
    let commercial_points = commercial.unwrap_or_default().blend(nothing, share);
    let total = commercial.unwrap_or_default().blend(operational.unwrap_or_default(), share);
    OptionAt { operational, commercial, operational_points, commercial_points, total }
}

/// A side's own weighted mean over its unknown cells; `None` without weight on the side.
fn side_span(workspace: &Workspace, result: &BalanceResult, o: usize, side: Side) -> Option<Span> {
    let mut sum = Span::default();
    let mut weight_of_side = 0.0;
    let rows = workspace.balance.factors.iter().zip(&result.weights).zip(result.cells());
    for ((factor, &weight), row) in rows {
        if factor.side != side || weight <= 0.0 {
            continue;
        }
        let value = row.get(o)?.value;
        sum.low += weight * value.unwrap_or(WORST_VALUE);
        sum.middle += weight * value.unwrap_or(UNKNOWN_VALUE);
        sum.high += weight * value.unwrap_or(BEST_VALUE);
        weight_of_side += weight;
    }
    (weight_of_side > 0.0).then(|| Span {
        low: sum.low / weight_of_side,
        middle: sum.middle / weight_of_side,
        high: sum.high / weight_of_side,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::balance::analyse,
        model::{
            balance::{Factor, Scale, Score, ScoreLevel},
            ids::{FactorId, OptionId},
            question::{ServiceOption, badge},
        },
    };

    /// Options by (operational, commercial) score on a direct scale each; the commercial side carries `share`.
    fn balance(options: &[(Option<f64>, f64)], share: f64) -> (Workspace, BalanceResult) {
        let mut workspace = Workspace::default();
        for (name, side, swing) in [("op", Side::Operational, 1.0 - share), ("com", Side::Commercial, share)]
        {
            workspace.balance.factors.push(Factor {
                id: FactorId::from(name),
                name: name.to_owned(),
                short: String::new(),
                side,
                group: String::new(),
                unit: String::new(),
                scale: Scale::Direct,
                swing: Some(swing),
                swing_range: None,
                weight_limits: None,
                must: None,
            });
        }
        for (index, (operational, commercial)) in options.iter().enumerate() {
            let id = OptionId::from(badge(index).to_lowercase().as_str());
            let scores = [("op", *operational), ("com", Some(*commercial))];
            workspace.balance.scores.extend(scores.map(|(factor, score)| Score {
                level: score.map_or(ScoreLevel::Unknown, ScoreLevel::Point),
                ..Score::unknown(FactorId::from(factor), id.clone())
            }));
            workspace.question.options.push(ServiceOption {
                id,
                badge: badge(index),
                name: badge(index),
                short: String::new(),
                summary: String::new(),
                decided: None,
                designed: None,
                delivered: None,
            });
        }
        let result = analyse(&workspace);
        (workspace, result)
    }

    #[test]
    fn the_leader_changes_where_the_dial_passes_a_tipping_point() {
        let (workspace, result) = balance(&[(Some(80.0), 20.0), (Some(40.0), 60.0)], 0.25);
        let today = WhatIf::at(&workspace, &result, None);
        assert_eq!((today.leader(), today.is_moved, today.share), (Some(0), false, Some(0.25)));
        assert!((today.options[0].total.middle - 65.0).abs() < 1e-12);
        let moved = WhatIf::at(&workspace, &result, Some(0.75));
        assert_eq!((moved.ranking.as_slice(), moved.is_moved, moved.today), (&[1, 0][..], true, Some(0.25)));
        assert!((moved.options[1].total.middle - 55.0).abs() < 1e-12);
        assert!((moved.options[1].commercial_points.middle - 45.0).abs() < 1e-12);
        assert_eq!(WhatIf::at(&workspace, &result, Some(0.5)).leaders(), [0, 1]);
        let (under, over) = moved.other_bands(&result.bands);
        assert_eq!((under.len(), under[0].leader, over.len()), (1, 0, 0));
    }

    #[test]
    fn a_cell_that_is_not_known_opens_the_total() {
        let (workspace, result) = balance(&[(None, 20.0), (Some(40.0), 60.0)], 0.25);
        let today = WhatIf::at(&workspace, &result, None);
        let total = today.options[0].total;
        assert!(total.is_open() && !today.options[1].total.is_open());
        assert!((total.low - 5.0).abs() < 1e-12 && (total.high - 80.0).abs() < 1e-12);
        assert!((total.middle - 42.5).abs() < 1e-12);
    }

    #[test]
    fn nothing_can_be_shifted_without_weight_on_both_sides() {
        let (workspace, result) = balance(&[(Some(80.0), 20.0), (Some(40.0), 60.0)], 0.0);
        let stuck = WhatIf::at(&workspace, &result, Some(0.9));
        assert_eq!((stuck.share, stuck.is_moved, stuck.leader()), (Some(0.0), false, Some(0)));
        assert_eq!(stuck.options[0].commercial, None);
        let nothing = Workspace::default();
        let empty = WhatIf::at(&nothing, &analyse(&nothing), Some(0.5));
        assert_eq!((empty.share, empty.leader(), empty.leaders().len()), (None, None, 0));
    }
}
