//! What people have said, put together before any option is weighed by it: it stays the same while scores and weights
//! change.

use std::collections::HashMap;

use super::{
    Agreed, BallotStanding, Coverage, LocalMeanings, Movement, StatementsHeard, SwingSpread, agreement,
    combine::{self, SwingRow},
    coverage,
    first_choice::Rankings,
    heard, in_force, local, movement,
    outcome::SwingsAtWeights,
    tally::Electorate,
};
use crate::{
    analysis::{Undefined, balance::weights},
    model::{
        Workspace,
        balance::Side,
        voices::{Voices, Vote},
    },
};

/// What follows from the voices alone. Sector vectors run parallel to `workspace.voices.sectors`, need-group vectors to
/// `workspace.question.need_groups`, ballot vectors to `workspace.voices.ballots`.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The ballots that count, by index; see [`super::ballots_in_force`].
    pub in_force: Vec<usize>,
    /// How each ballot stands towards the result.
    pub standings: Vec<BallotStanding>,
    /// What each ballot gives with what the same giver had said before on other factors, whether in force or not; a
    /// factor on which nothing was said weighs nothing.
    pub ballots: Vec<Points>,
    /// Each ballot in force on the footing on which it counts.
    counted: Vec<Option<SwingRow>>,
    /// Swings per factor that the ballots combine to; `None` without ballots, or for a factor on which all abstained.
    pub combined_swings: Option<SwingRow>,
    /// Combined within each sector; `None` for a sector without a ballot.
    pub by_sector: Vec<Option<Points>>,
    /// The swing points of all but each sector; `None` for a sector without a ballot in force, and where nothing is left.
    pub(super) without_sector: Vec<Option<Vec<f64>>>,
    /// The swing points of all but each ballot in force.
    pub(super) without_ballot: Vec<Option<Vec<f64>>>,
    /// By one person one vote and by one sector one vote.
    pub(super) by_vote: [Option<Vec<f64>>; 2],
    /// The ballots in force of voices that are easily drowned out, by index.
    pub marginal_ballots: Vec<usize>,
    pub(super) marginal: SwingsAtWeights,
    /// Each sector's ballots at other weights than the rest; `None` for a sector without a ballot in force.
    pub(super) sectors_at: Vec<Option<SwingsAtWeights>>,
    /// The swing points of the blind round.
    pub(super) blind: Option<Vec<f64>>,
    /// What discussion moved, between the blind round and the one after it.
    pub movement: Result<Movement, Undefined>,
    pub(super) rankings: Rankings,
    /// Kendall's W over the rankings of factors; undefined with fewer than [`super::FEWEST_BALLOTS`].
    pub agreement_on_factors: Agreed,
    /// The factors that ballots gave points to, the widest disagreement first: what to talk about next.
    pub disagreement: Vec<usize>,
    /// What local means to people, against where the options happen.
    pub local: LocalMeanings,
    /// What was done about the statements.
    pub statements: StatementsHeard,
    /// Per factor the spread of ballots (quartiles by linear interpolation): `None` without ballots on it.
    pub spread: Vec<Option<SwingSpread>>,
    /// How each need group has been heard.
    pub coverage: Vec<Coverage>,
    /// The stakeholders, by index, who see [`super::LAYERS_FLAGGED_FROM`] layers or more between decision and delivery.
    pub far_from_delivery: Vec<usize>,
}

/// Swing points, and the weights that they come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// One a factor, 0 upwards.
    pub(super) swings: Vec<f64>,
    /// Normalised, one a factor; all 0 when no swing is above 0.
    pub weights: Vec<f64>,
    /// `None` when no swing is above 0.
    pub commercial_share: Option<f64>,
}

impl Points {
    fn of(swings: Vec<f64>, sides: &[Side]) -> Self {
        let (weights, commercial_share) =
            (weights::normalised(&swings), weights::commercial_share(&swings, sides));
        Self { swings, weights, commercial_share }
    }
}

impl Said {
    /// Puts together what the ballots and the register of a workspace say.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let rows = in_force::swing_rows(workspace);
        let in_force = in_force::ballots_in_force(workspace);
        let electorate = Electorate::of(workspace, &rows, &in_force);
        let swings = |row: Option<SwingRow>| row.map(|row| combine::counted_swings(&row));
        let spread = spread_of_swings(workspace.balance.factors.len(), electorate.counted());
        let marginal_ballots = marginal_ballots(&workspace.voices, &in_force);
        let vote = workspace.voices.vote;
        let is_marginal = |place: usize| marginal_ballots.binary_search(&in_force[place]).is_ok();
        let sectors_at = each_sector_at_weights(&electorate, workspace);
        let by = |vote| swings(electorate.combined(vote, |_| 1.0));
        let blind = in_force::blind_ballots(&workspace.voices);
        let sides: Vec<Side> = workspace.balance.factors.iter().map(|factor| factor.side).collect();
        Self {
            ballots: rows.iter().map(|row| Points::of(combine::counted_swings(row), &sides)).collect(),
            counted: by_ballot(rows.len(), &in_force, electorate.counted().iter().cloned()),
            combined_swings: electorate.together(),
            by_sector: by_sector(&electorate, workspace, &sides),
            without_sector: sectors_at
                .iter()
                .map(|at: &Option<SwingsAtWeights>| at.as_ref().and_then(|at| at.nought.clone()))
                .collect(),
            without_ballot: by_ballot(
                rows.len(),
                &in_force,
                electorate.without_each().into_iter().map(swings),
            ),
            by_vote: [by(Vote::OnePerson), by(Vote::OneSector)],
            marginal: at_weights(&electorate, vote, is_marginal),
            sectors_at,
            blind: if blind == in_force {
                swings(electorate.together())
            } else {
                swings(combine::combined(workspace, &rows, &blind))
            },
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
            && old.iter().zip(new).all(|(old, new)| old.id == new.id && old.side == new.side)
            && before.question == after.question
            && before.voices.says_the_same(&after.voices)
    }
}

/// What belongs to each ballot in force, parallel to all ballots; `None` for the rest.
fn by_ballot<T: Clone>(
    ballots: usize,
    in_force: &[usize],
    of_each: impl Iterator<Item = Option<T>>,
) -> Vec<Option<T>> {
    let mut found = vec![None; ballots];
    for (&i, of) in in_force.iter().zip(of_each) {
        found[i] = of;
    }
    found
}

fn by_sector(electorate: &Electorate, workspace: &Workspace, sides: &[Side]) -> Vec<Option<Points>> {
    let mut found = vec![None; workspace.voices.sectors.len()];
    for (sector, _, row) in electorate.sectors() {
        found[sector] =
            row.iter().any(Option::is_some).then(|| Points::of(combine::counted_swings(row), sides));
    }
    found
}

/// Kendall's W over the rankings of factors of those ballots that name every factor and give points; the others rank
/// only a part, or nothing.
fn agreement_on_factors(rows: &[SwingRow], in_force: &[usize]) -> Agreed {
    let of_ballot = |&i: &usize| rows[i].iter().copied().collect::<Option<Vec<f64>>>();
    let gives_points = |judge: &Vec<f64>| judge.iter().any(|points| *points > 0.0);
    let judges: Vec<Vec<f64>> = in_force.iter().filter_map(of_ballot).filter(gives_points).collect();
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

/// Some of the ballots in force, by place, at other weights than the rest.
fn at_weights(electorate: &Electorate, vote: Vote, some: impl Fn(usize) -> bool) -> SwingsAtWeights {
    let at = |weight: f64, rest: f64| {
        let row = electorate.combined(vote, |place| if some(place) { weight } else { rest });
        row.map(|row| combine::counted_swings(&row))
    };
    SwingsAtWeights { nought: at(0.0, 1.0), double: at(2.0, 1.0), alone: at(1.0, 0.0) }
}

fn each_sector_at_weights(electorate: &Electorate, workspace: &Workspace) -> Vec<Option<SwingsAtWeights>> {
    let mut found = vec![None; workspace.voices.sectors.len()];
    for (sector, members, _) in electorate.sectors() {
        let gave = |place: usize| members.binary_search(&place).is_ok();
        found[sector] = Some(at_weights(electorate, workspace.voices.vote, gave));
    }
    found
}
