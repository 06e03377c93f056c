//! What a room has said once it is uncovered: points by factor and sector, never by person, and what they come to.

use std::sync::Arc;

use crate::{
    analysis::{
        Analysis,
        balance::{self, WeightBasis, matrix::PerformanceMatrix},
        voices::{SwingRow, SwingSpread, ballots_as_counted, combined_swings, sector_alone, spread_of},
    },
    model::{
        Workspace,
        balance::WeightsFrom,
        ids::{FactorId, SectorId},
        voices::LAST_ROUND,
    },
};

use super::programme::{TO_DISCUSS, furthest_apart};

/// With fewer ballots than this only the median and the range are shown.
pub const FEWEST_MARKS: usize = 5;
/// Of fewer than this nothing is shown: not of a room, a sector or the numbers on one factor.
pub const FEWEST: usize = 3;

/// Points that were given one factor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// (index of the sector, points), as they count.
    pub now: Vec<(usize, f64)>,
    /// The same in the round before, for a factor that was asked again.
    pub before: Vec<(usize, f64)>,
    pub spread: Option<SwingSpread>,
    pub spread_before: Option<SwingSpread>,
    /// There are numbers, and too few to be shown.
    pub too_few: bool,
}

impl Points {
    fn of(now: Vec<(usize, f64)>, before: Vec<(usize, f64)>) -> Self {
        let enough = |of: Vec<(usize, f64)>| if of.len() < FEWEST { Vec::new() } else { of };
        let too_few = !now.is_empty() && now.len() < FEWEST;
        let (now, before) = (enough(now), enough(before));
        let spread = |of: &[(usize, f64)]| spread_of(of.iter().map(|(_, points)| *points).collect());
        Self { spread: spread(&now), spread_before: spread(&before), now, before, too_few }
    }
}

/// The answer that some ballots come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Options, best first, each with its total.
    pub ranking: Vec<(usize, f64)>,
    pub commercial_share: Option<f64>,
}

impl Answer {
    fn of(matrix: &PerformanceMatrix, swings: Option<SwingRow>) -> Option<Self> {
        let swings: Vec<f64> = swings?.iter().map(|points| points.unwrap_or(0.0)).collect();
        let weighed = matrix.weigh(&swings);
        let ranking: Vec<(usize, f64)> = weighed.ranking.iter().map(|&o| (o, weighed.totals[o])).collect();
        (!ranking.is_empty()).then_some(Self { ranking, commercial_share: weighed.commercial_share })
    }

    /// The option that leads, with its total.
    #[must_use]
    pub fn leader(&self) -> (usize, f64) {
        self.ranking.first().copied().unwrap_or_default()
    }
}

/// What a room has said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Parallel to the factors.
    pub points: Vec<Points>,
    /// How many ballots count.
    pub ballots: usize,
    /// The sectors that have spoken, by index.
    pub sectors: Vec<usize>,
    /// Sectors with enough ballots to be shown by themselves.
    pub can_split: Vec<SectorId>,
    /// The factors furthest apart, the widest first.
    pub apart: Vec<FactorId>,
    pub answer: Option<Answer>,
    /// The answer of the round before, where there were two.
    pub answer_before: Option<Answer>,
    /// The options that single ballots put first, from the least commercial ballot to the most.
    pub firsts: Vec<usize>,
    /// The commercial share up to which the leader holds; `None` where it leads to the end.
    pub holds_to: Option<f64>,
}

impl Said {
    /// Reads what counts of all ballots, or of one sector's.
    #[must_use]
    pub fn of(workspace: &Workspace, analysis: &Analysis, split: Option<&SectorId>) -> Self {
        let factors = workspace.balance.factors.len();
        let counted = counted(workspace, split);
        let before = before(workspace);
        let counted_before = before.as_ref().map_or_else(Vec::new, |before| self::counted(before, split));
        let points = (0..factors).map(|f| {
            let asked_again =
                before.is_some() && workspace.voices.asks(LAST_ROUND, &workspace.balance.factors[f].id);
            let now = column(&counted, f);
            let before = if asked_again { column(&counted_before, f) } else { Vec::new() };
            Points::of(now, before)
        });
        let points: Vec<Points> = points.collect();
        let matrix = &analysis.balance.performance.matrix;
        let combined = |workspace: &Workspace| match split {
            Some(split) => {
                let at = workspace.voices.sectors.iter().position(|sector| sector.id == *split)?;
                sector_alone(workspace, at)
            }
            None => combined_swings(workspace),
        };
        let is_enough = counted.len() >= FEWEST;
        let answer = if is_enough { Answer::of(matrix, combined(workspace)) } else { None };
        let mut sectors: Vec<usize> = counted.iter().map(|(sector, _)| *sector).collect();
        sectors.sort_unstable();
        sectors.dedup();
        Self {
            apart: match split {
                Some(_) => apart_here(workspace, &points),
                None => furthest_apart(workspace, analysis),
            },
            points,
            ballots: counted.len(),
            sectors,
            can_split: can_split(workspace),
            holds_to: if split.is_none() { holds_to(workspace, analysis) } else { None },
            firsts: if is_enough { firsts(matrix, &counted) } else { Vec::new() },
            answer_before: before
                .as_ref()
                .filter(|_| counted_before.len() >= FEWEST)
                .and_then(|before| Answer::of(matrix, combined(before))),
            answer,
        }
    }
}

/// The factors furthest apart among the ballots that are shown, the widest first.
fn apart_here(workspace: &Workspace, points: &[Points]) -> Vec<FactorId> {
    let wide =
        |f: usize| points[f].spread.filter(|s| s.max > s.min).map(|s| s.upper_quartile - s.lower_quartile);
    let mut apart: Vec<(usize, f64)> = (0..points.len()).filter_map(|f| Some((f, wide(f)?))).collect();
    apart.sort_by(|a, b| b.1.total_cmp(&a.1));
    let ids = apart.into_iter().filter_map(|(f, _)| Some(workspace.balance.factors.get(f)?.id.clone()));
    ids.take(TO_DISCUSS).collect()
}

/// The workspace as it stood before the round after discussion was revealed; `None` where there has been none.
fn before(workspace: &Workspace) -> Option<Workspace> {
    let closed = |ballot: &&crate::model::voices::Ballot| workspace.voices.counts(ballot);
    workspace.voices.ballots_of(LAST_ROUND).find(closed)?;
    let mut before = workspace.clone();
    before.voices.ballots.retain(|ballot| ballot.round != LAST_ROUND);
    (!before.voices.ballots.is_empty()).then_some(before)
}

/// The ballots that count, each with the index of its sector.
fn counted(workspace: &Workspace, split: Option<&SectorId>) -> Vec<(usize, SwingRow)> {
    let voices = &workspace.voices;
    let with_sector = |(ballot, row): (usize, SwingRow)| {
        let sector = &voices.ballots.get(ballot)?.sector;
        if split.is_some_and(|split| split != sector) {
            return None;
        }
        Some((voices.sectors.iter().position(|known| known.id == *sector)?, row))
    };
    ballots_as_counted(workspace).filter_map(with_sector).collect()
}

fn column(counted: &[(usize, SwingRow)], f: usize) -> Vec<(usize, f64)> {
    counted.iter().filter_map(|(sector, row)| Some((*sector, row.get(f).copied().flatten()?))).collect()
}

fn can_split(workspace: &Workspace) -> Vec<SectorId> {
    let counted = counted(workspace, None);
    let many = |at: &usize| counted.iter().filter(|(sector, _)| sector == at).count() >= FEWEST;
    let sectors = &workspace.voices.sectors;
    (0..sectors.len()).filter(many).map(|at| sectors[at].id.clone()).collect()
}

fn firsts(matrix: &PerformanceMatrix, counted: &[(usize, SwingRow)]) -> Vec<usize> {
    let mut firsts: Vec<(f64, usize)> = counted
        .iter()
        .filter_map(|(_, row)| {
            let swings: Vec<f64> = row.iter().map(|points| points.unwrap_or(0.0)).collect();
            let weighed = matrix.weigh(&swings);
            Some((weighed.commercial_share?, *weighed.ranking.first()?))
        })
        .collect();
    firsts.sort_by(|a, b| a.0.total_cmp(&b.0));
    firsts.into_iter().map(|(_, option)| option).collect()
}

/// The end of the band in which the ballots' own share lies.
fn holds_to(workspace: &Workspace, analysis: &Analysis) -> Option<f64> {
    let of_ballots;
    let balance = if analysis.balance.weight_basis == WeightBasis::Ballots {
        &analysis.balance
    } else {
        let mut weighed_by_ballots = workspace.clone();
        weighed_by_ballots.balance.weights_from = WeightsFrom::Ballots;
        of_ballots = balance::weigh(&weighed_by_ballots, Arc::clone(&analysis.balance.performance));
        &of_ballots
    };
    let share = balance.commercial_share?;
    let band = balance.bands.iter().find(|band| share <= band.to)?;
    (band.to < 1.0).then_some(band.to)
}
