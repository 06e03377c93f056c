//! What people have said, put together before any option is weighed by it: it stays the same while scores and weights
//! change.

use super::{
    BallotStanding, Coverage, SwingSpread, agreement, combine, combine::SwingRow, coverage, in_force,
};
use crate::{
    analysis::{Figure, Undefined},
    model::Workspace,
};

/// What follows from the voices alone. Vectors run as in [`super::VoicesResult`].
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct Said {
    pub(super) in_force: Vec<usize>,
    pub(super) standings: Vec<BallotStanding>,
    /// The swing points of each ballot, an abstention weighing nothing.
    pub(super) ballots: Vec<Vec<f64>>,
    pub(super) combined: Option<SwingRow>,
    /// The swing points of each sector; `None` where it has said nothing.
    pub(super) by_sector: Vec<Option<Vec<f64>>>,
    /// The swing points of all but each sector; `None` for a sector without a ballot in force, and where nothing is left.
    pub(super) without_sector: Vec<Option<Vec<f64>>>,
    pub(super) agreement_on_factors: Figure,
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
        Self {
            ballots: rows.iter().map(|row| combine::counted_swings(row)).collect(),
            combined: combine::combined(workspace, &rows, &in_force),
            by_sector: by_sector(workspace, &rows, &in_force),
            without_sector: without_each_sector(workspace, &rows, &in_force),
            agreement_on_factors: agreement_on_factors(&rows, &in_force),
            spread: spread_of_swings(workspace, &rows, &in_force),
            coverage: coverage::coverage(workspace),
            far_from_delivery: coverage::far_from_delivery(workspace),
            standings: in_force::ballot_standings(&workspace.voices),
            in_force,
        }
    }

    /// Whether what is said in one workspace is said in the other too, because nothing that it rests on differs.
    #[must_use]
    pub(in crate::analysis) fn is_shared(before: &Workspace, after: &Workspace) -> bool {
        let (old, new) = (&before.balance.factors, &after.balance.factors);
        old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| old.id == new.id)
            && before.question == after.question
            && before.voices == after.voices
    }
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
fn agreement_on_factors(rows: &[SwingRow], in_force: &[usize]) -> Figure {
    let judges: Vec<Vec<f64>> =
        in_force.iter().filter_map(|&i| rows[i].iter().copied().collect::<Option<Vec<f64>>>()).collect();
    if judges.len() < agreement::FEWEST_BALLOTS && in_force.len() >= agreement::FEWEST_BALLOTS {
        return Err(Undefined("fewer than three ballots name every factor"));
    }
    agreement::agreement(&judges)
}

/// The spread of swings per factor over the ballots in force, on the footing on which the rule counts them.
fn spread_of_swings(
    workspace: &Workspace,
    rows: &[SwingRow],
    in_force: &[usize],
) -> Vec<Option<SwingSpread>> {
    let counted: Vec<SwingRow> =
        in_force.iter().filter_map(|&i| combine::as_counted(workspace.voices.combine, &rows[i])).collect();
    let of_factor = |f: usize| agreement::spread(counted.iter().filter_map(|row| row[f]).collect());
    (0..workspace.balance.factors.len()).map(of_factor).collect()
}
