//! What a room has said once it is uncovered: points by factor and sector, never by person, and what they come to.

use std::sync::Arc;

use crate::{
    analysis::{
        Analysis,
        balance::{self, WeightBasis, matrix::PerformanceMatrix},
        voices::{
            self, SwingRow, SwingSpread, ballots_as_counted, combined_swings, large_enough, sector_alone,
            spread_of,
        },
    },
    model::{
        Workspace,
        balance::WeightsFrom,
        ids::{FactorId, SectorId},
        voices::LAST_ROUND,
    },
};

use super::programme::{TO_DISCUSS, furthest_apart};
pub use crate::analysis::voices::{FEWEST_TOLD as FEWEST, TOO_FEW_TOGETHER};

/// With fewer ballots than this only the median and the range are shown.
pub const FEWEST_MARKS: usize = 5;

/// Points that were given one factor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// The points as they count, rising, each with the index of its sector: `None` where the sector has too few that they could
    /// be anybody's.
    pub now: Vec<(Option<usize>, f64)>,
    /// The same in the round before, for a factor that was asked again.
    pub before: Vec<(Option<usize>, f64)>,
    pub spread: Option<SwingSpread>,
    pub spread_before: Option<SwingSpread>,
    /// There are numbers, and too few to be shown.
    pub too_few: bool,
}

impl Points {
    fn of(now: Vec<(usize, f64)>, before: Vec<(usize, f64)>, large: &[usize]) -> Self {
        let enough = |of: Vec<(usize, f64)>| if of.len() < FEWEST { Vec::new() } else { of };
        let too_few = !now.is_empty() && now.len() < FEWEST;
        let (now, before) = (enough(now), enough(before));
        let spread = |of: &[(usize, f64)]| spread_of(of.iter().map(|(_, points)| *points).collect());
        let (spread, spread_before) = (spread(&now), spread(&before));
        Self {
            spread,
            spread_before,
            now: told_apart(&now, large),
            before: told_apart(&before, large),
            too_few,
        }
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
    /// The sectors that are told apart, by index: of three ballots or more.
    pub sectors: Vec<usize>,
    /// Whether some ballots are of sectors that are not told apart.
    pub has_others: bool,
    /// Sectors with enough ballots to be shown by themselves.
    pub can_split: Vec<SectorId>,
    /// The one sector that all of this is of; `None` for everybody.
    pub split: Option<SectorId>,
    /// There are ballots, and what they come to together would be somebody's own.
    pub gives_away: bool,
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
        let everybody = self::counted(workspace, None);
        let large = large_enough(everybody.iter().map(|(sector, _)| *sector), |_| true);
        let can_split: Vec<SectorId> =
            large.iter().map(|&at| workspace.voices.sectors[at].id.clone()).collect();
        let split = split.filter(|split| can_split.contains(split));
        let gives_away = gives_away(workspace, &everybody);
        let counted = if split.is_some() { self::counted(workspace, split) } else { everybody };
        let before = before(workspace);
        let counted_before = before.as_ref().map_or_else(Vec::new, |before| self::counted(before, split));
        let points = (0..factors).map(|f| {
            let asked_again =
                before.is_some() && workspace.voices.asks(LAST_ROUND, &workspace.balance.factors[f].id);
            let now = column(&counted, f);
            let before = if asked_again { column(&counted_before, f) } else { Vec::new() };
            Points::of(now, before, &large)
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
        let tells = |ballots: &[(usize, SwingRow)]| {
            ballots.len() >= FEWEST && (split.is_some() || !self::gives_away(workspace, ballots))
        };
        let answer = if tells(&counted) { Answer::of(matrix, combined(workspace)) } else { None };
        let has_spoken = |at: &usize| counted.iter().any(|(sector, _)| sector == at);
        Self {
            apart: match split {
                Some(_) => apart_here(workspace, &points),
                None => furthest_apart(workspace, analysis),
            },
            points,
            ballots: counted.len(),
            has_others: counted.iter().any(|(sector, _)| !large.contains(sector)),
            sectors: large.iter().copied().filter(has_spoken).collect(),
            can_split,
            split: split.cloned(),
            gives_away,
            holds_to: if split.is_none() { holds_to(workspace, analysis) } else { None },
            firsts: if is_enough { firsts(matrix, &counted) } else { Vec::new() },
            answer_before: before
                .as_ref()
                .filter(|_| tells(&counted_before))
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

/// Points, rising, with their sectors, as far as so many gave a number that it is nobody's.
fn told_apart(given: &[(usize, f64)], large: &[usize]) -> Vec<(Option<usize>, f64)> {
    let apart = large_enough(given.iter().map(|(sector, _)| *sector), |sector| large.contains(&sector));
    let mark = |&(sector, points): &(usize, f64)| (apart.contains(&sector).then_some(sector), points);
    let mut marks: Vec<_> = given.iter().map(mark).collect();
    marks.sort_by(|a, b| a.1.total_cmp(&b.1));
    marks
}

/// Whether what these ballots, each with its sector, come to together would give somebody away.
fn gives_away(workspace: &Workspace, ballots: &[(usize, SwingRow)]) -> bool {
    voices::gives_away(workspace.voices.vote, ballots.iter().map(|(sector, _)| *sector))
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
        let in_force = balance::weights::in_force(&weighed_by_ballots);
        let performance = Arc::clone(&analysis.balance.performance);
        of_ballots = balance::weigh(&weighed_by_ballots, performance, in_force);
        &of_ballots
    };
    let share = balance.commercial_share?;
    let band = balance.bands.iter().find(|band| share <= band.to)?;
    (band.to < 1.0).then_some(band.to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{exchange::examples, file::format, model::voices::Vote};

    fn told(sectors: &[usize], large: &[usize]) -> Vec<Option<usize>> {
        let given: Vec<(usize, f64)> = sectors.iter().map(|&sector| (sector, 50.0)).collect();
        told_apart(&given, large).into_iter().map(|(sector, _)| sector).collect()
    }

    #[test]
    fn a_mark_tells_of_a_sector_only_where_three_or_more_gave_a_number() {
        assert_eq!(told(&[0, 0, 0, 1, 1, 2], &[0, 1, 2]), [Some(0), Some(0), Some(0), None, None, None]);
        assert_eq!(told(&[0, 0, 0, 1, 1, 1], &[0]), [Some(0), Some(0), Some(0), None, None, None]);
        assert_eq!(told(&[], &[0]), []);
    }

    #[test]
    fn one_who_is_left_over_is_hidden_among_the_smallest_sector() {
        let sectors = [0, 0, 0, 0, 1, 1, 1, 2];
        let among = [Some(0), Some(0), Some(0), Some(0), None, None, None, None];
        assert_eq!(told(&sectors, &[0, 1]), among);
        assert_eq!(told(&[0, 0, 0, 1], &[0]), [None; 4], "all are alike where nothing else would hide one");
    }

    fn westmere_said(change: impl FnOnce(&mut Workspace)) -> (Workspace, Said) {
        let mut workspace =
            format::from_text(examples::find("westmere").unwrap().text, "").unwrap().workspace;
        for round in &mut workspace.voices.rounds {
            round.state = crate::model::voices::RoundState::Closed;
        }
        change(&mut workspace);
        let said = Said::of(&workspace, &Analysis::of(&workspace), None);
        (workspace, said)
    }

    #[test]
    fn no_mark_of_a_room_carries_the_shape_of_one_or_two() {
        let (workspace, said) = westmere_said(|_| ());
        for points in &said.points {
            for marks in [&points.now, &points.before] {
                for at in 0..workspace.voices.sectors.len() {
                    let many = marks.iter().filter(|(sector, _)| *sector == Some(at)).count();
                    assert!(many == 0 || many >= FEWEST, "{many} marks of one sector");
                }
                let others = marks.iter().filter(|(sector, _)| sector.is_none()).count();
                assert!(others == 0 || others >= FEWEST, "{others} marks of the others");
            }
        }
        assert_eq!(said.can_split.len(), said.sectors.len());
    }

    #[test]
    fn what_two_people_come_to_is_not_told() {
        let (_, said) = westmere_said(|w| w.voices.ballots.truncate(2));
        assert!(said.gives_away && said.answer.is_none());
        let two_sectors = |vote: Vote| {
            westmere_said(|w| {
                let [one, other] = [0, 1].map(|at| w.voices.sectors[at].id.clone());
                w.voices.vote = vote;
                w.voices.ballots.truncate(6);
                for (at, ballot) in w.voices.ballots.iter_mut().enumerate() {
                    ballot.sector = if at == 0 { other.clone() } else { one.clone() };
                }
            })
            .1
        };
        assert!(two_sectors(Vote::OneSector).gives_away, "half of the answer would be one person’s");
        let by_person = two_sectors(Vote::OnePerson);
        assert!(!by_person.gives_away && by_person.answer.is_some());
    }

    #[test]
    fn a_sector_of_one_or_two_is_not_shown_by_itself() {
        let (workspace, said) = westmere_said(|_| ());
        let small =
            workspace.voices.sectors.iter().find(|sector| !said.can_split.contains(&sector.id)).unwrap();
        let split = Said::of(&workspace, &Analysis::of(&workspace), Some(&small.id));
        assert_eq!((split.split.as_ref(), split.ballots), (None, said.ballots));
    }
}
