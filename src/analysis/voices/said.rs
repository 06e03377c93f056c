//! What people have said, put together before any option is weighed by it: it stays the same while scores and weights
//! change.

use std::collections::HashMap;

use super::{
    Agreed, BallotStanding, Coverage, LocalMeanings, Movement, StatementsHeard, SwingSpread, agreement,
    combine::{self, SwingRow},
    coverage,
    first_choice::Rankings,
    heard, in_force, leave_out, local, movement,
    outcome::SwingsAtWeights,
    weighted,
};
use crate::{
    analysis::Undefined,
    model::{
        Workspace,
        voices::{Voices, Vote},
    },
};

/// What follows from the voices alone. Vectors run as in [`super::VoicesResult`].
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct Said {
    pub(super) in_force: Vec<usize>,
    pub(super) standings: Vec<BallotStanding>,
    /// The swing points of each ballot, an abstention weighing nothing.
    pub(super) ballots: Vec<Vec<f64>>,
    /// Each ballot in force on the footing on which it counts.
    counted: Vec<Option<SwingRow>>,
    pub(super) combined: Option<SwingRow>,
    /// The swing points of each sector; `None` where it has said nothing.
    pub(super) by_sector: Vec<Option<Vec<f64>>>,
    /// The swing points of all but each sector; `None` for a sector without a ballot in force, and where nothing is left.
    pub(super) without_sector: Vec<Option<Vec<f64>>>,
    /// The swing points of all but each ballot in force.
    pub(super) without_ballot: Vec<Option<Vec<f64>>>,
    /// By one person one vote and by one sector one vote.
    pub(super) by_vote: [Option<Vec<f64>>; 2],
    /// The ballots in force of voices that are easily drowned out, by index.
    pub(super) marginal_ballots: Vec<usize>,
    pub(super) marginal: SwingsAtWeights,
    /// Each sector's ballots at other weights than the rest; `None` for a sector without a ballot in force.
    pub(super) sectors_at: Vec<Option<SwingsAtWeights>>,
    /// The swing points of the blind round.
    pub(super) blind: Option<Vec<f64>>,
    pub(super) movement: Result<Movement, Undefined>,
    pub(super) rankings: Rankings,
    pub(super) agreement_on_factors: Agreed,
    /// The factors, the widest disagreement first.
    pub(super) disagreement: Vec<usize>,
    pub(super) local: LocalMeanings,
    pub(super) statements: StatementsHeard,
    pub(super) spread: Vec<Option<SwingSpread>>,
    pub(super) coverage: Vec<Coverage>,
    pub(super) far_from_delivery: Vec<usize>,
}

impl Said {
    /// Puts together what the ballots and the register of a workspace say.
    #[must_use]
    pub(in crate::analysis) fn of(workspace: &Workspace) -> Self {
        let rows = in_force::swing_rows(workspace);
        let in_force = in_force::ballots_in_force(workspace);
        let counted = counted_rows(workspace, &rows, &in_force);
        let spread = spread_of_swings(workspace.balance.factors.len(), &counted);
        let weights = Weights { workspace, rows: &rows, in_force: &in_force };
        let marginal_ballots = marginal_ballots(&workspace.voices, &in_force);
        let swings = |row: Option<SwingRow>| row.map(|row| combine::counted_swings(&row));
        let without = leave_out::without_each_ballot(workspace, &rows, &in_force);
        let by = |vote| swings(combine::combined_by(workspace, &rows, &in_force, vote));
        let blind = in_force::blind_ballots(&workspace.voices);
        Self {
            ballots: rows.iter().map(|row| combine::counted_swings(row)).collect(),
            counted,
            combined: combine::combined(workspace, &rows, &in_force),
            by_sector: by_sector(workspace, &rows, &in_force),
            without_sector: without_each_sector(workspace, &rows, &in_force),
            without_ballot: without.into_iter().map(swings).collect(),
            by_vote: [by(Vote::OnePerson), by(Vote::OneSector)],
            marginal: weights.of_ballots(|i| marginal_ballots.binary_search(&i).is_ok()),
            sectors_at: weights.of_each_sector(),
            blind: swings(combine::combined(workspace, &rows, &blind)),
            movement: movement::movement(workspace, &rows),
            rankings: Rankings::of(workspace),
            agreement_on_factors: agreement_on_factors(&rows, &in_force),
            disagreement: widest_first(&spread),
            coverage: coverage::coverage(workspace),
            far_from_delivery: coverage::far_from_delivery(workspace),
            local: local::local_meanings(workspace),
            statements: heard::statements(&workspace.voices),
            standings: in_force::ballot_standings(&workspace.voices),
            spread,
            marginal_ballots,
            in_force,
        }
    }

    /// What a ballot in force gives on the footing on which it counts; `None` for one that does not count.
    #[must_use]
    pub(in crate::analysis) fn counted_row(&self, ballot: usize) -> Option<&SwingRow> {
        self.counted.get(ballot)?.as_ref()
    }

    /// Whether what is said in one workspace is said in the other too, because nothing that it rests on differs.
    #[must_use]
    pub(in crate::analysis) fn is_shared(before: &Workspace, after: &Workspace) -> bool {
        let (old, new) = (&before.balance.factors, &after.balance.factors);
        old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| old.id == new.id)
            && before.question == after.question
            && before.voices.says_the_same(&after.voices)
    }
}

fn counted_rows(workspace: &Workspace, rows: &[SwingRow], in_force: &[usize]) -> Vec<Option<SwingRow>> {
    let mut counted = vec![None; rows.len()];
    for &i in in_force {
        counted[i] = combine::as_counted(workspace.voices.combine, &rows[i]);
    }
    counted
}

fn by_sector(workspace: &Workspace, rows: &[SwingRow], in_force: &[usize]) -> Vec<Option<Vec<f64>>> {
    let of_members = |members: Vec<usize>| {
        let rows = members.iter().map(|&i| &rows[i]);
        let swings = combine::combine(workspace.voices.combine, rows, workspace.balance.factors.len());
        swings.iter().any(Option::is_some).then(|| combine::counted_swings(&swings))
    };
    combine::members_by_sector(workspace, in_force).into_iter().map(of_members).collect()
}

fn without_each_sector(
    workspace: &Workspace,
    rows: &[SwingRow],
    in_force: &[usize],
) -> Vec<Option<Vec<f64>>> {
    let ballots = &workspace.voices.ballots;
    let sectors = workspace.voices.sectors.iter();
    sectors
        .map(|sector| {
            let others: Vec<usize> =
                in_force.iter().copied().filter(|&i| ballots[i].sector != sector.id).collect();
            if others.len() == in_force.len() {
                return None;
            }
            combine::combined(workspace, rows, &others).map(|swings| combine::counted_swings(&swings))
        })
        .collect()
}

/// Kendall's W over the rankings of factors of those ballots that name every factor; the others rank only a part.
fn agreement_on_factors(rows: &[SwingRow], in_force: &[usize]) -> Agreed {
    let judges: Vec<Vec<f64>> =
        in_force.iter().filter_map(|&i| rows[i].iter().copied().collect::<Option<Vec<f64>>>()).collect();
    if judges.len() < agreement::FEWEST_BALLOTS && in_force.len() >= agreement::FEWEST_BALLOTS {
        return Err(Undefined("fewer than three ballots name every factor"));
    }
    agreement::agreement(&judges)
}

/// The spread of swings per factor over the ballots in force, on the footing on which the rule counts them.
fn spread_of_swings(factors: usize, counted: &[Option<SwingRow>]) -> Vec<Option<SwingSpread>> {
    let of_factor = |f: usize| agreement::spread(counted.iter().flatten().filter_map(|row| row[f]).collect());
    (0..factors).map(of_factor).collect()
}

/// The factors that ballots gave points to, the widest disagreement first: by interquartile range, then by range.
fn widest_first(spread: &[Option<SwingSpread>]) -> Vec<usize> {
    let width =
        |f: &usize| spread[*f].map_or((0.0, 0.0), |s| (s.upper_quartile - s.lower_quartile, s.max - s.min));
    let mut factors: Vec<usize> = (0..spread.len()).filter(|&f| spread[f].is_some()).collect();
    factors.sort_by(|a, b| {
        let (a, b) = (width(a), width(b));
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    factors
}

/// The ballots in force of voices that are easily drowned out: for somebody in the register as it says there, else as
/// the ballot says.
fn marginal_ballots(voices: &Voices, in_force: &[usize]) -> Vec<usize> {
    let people: HashMap<_, _> = voices.stakeholders.iter().map(|who| (&who.id, who.marginal)).collect();
    let is_marginal = |&i: &usize| {
        let ballot = &voices.ballots[i];
        let known = ballot.stakeholder.as_ref().and_then(|id| people.get(id).copied());
        known.unwrap_or(ballot.marginal)
    };
    in_force.iter().copied().filter(is_marginal).collect()
}

/// Weighs some of the ballots in force otherwise than the rest.
struct Weights<'a> {
    workspace: &'a Workspace,
    rows: &'a [SwingRow],
    in_force: &'a [usize],
}

impl Weights<'_> {
    fn of_ballots(&self, some: impl Fn(usize) -> bool) -> SwingsAtWeights {
        let at = |weight: f64, rest: f64| {
            let weight = |i: usize| if some(i) { weight } else { rest };
            let row = weighted::combined_weighted(self.workspace, self.rows, self.in_force, weight);
            row.map(|row| combine::counted_swings(&row))
        };
        SwingsAtWeights { nought: at(0.0, 1.0), double: at(2.0, 1.0), alone: at(1.0, 0.0) }
    }

    fn of_each_sector(&self) -> Vec<Option<SwingsAtWeights>> {
        let ballots = &self.workspace.voices.ballots;
        let sectors = self.workspace.voices.sectors.iter();
        sectors
            .map(|sector| {
                let gave = |i: usize| ballots[i].sector == sector.id;
                self.in_force.iter().any(|&i| gave(i)).then(|| self.of_ballots(gave))
            })
            .collect()
    }
}
