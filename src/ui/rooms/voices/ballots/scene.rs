//! What Ballots draws from: one row for everybody who has given a ballot or is expected to. Made once a revision.

use std::{collections::HashMap, sync::Arc};

use crate::{
    analysis::{
        Analysis,
        explain::{Question, VoiceQuestion},
        voices::BallotStanding,
    },
    exchange::figure,
    model::{
        Workspace,
        balance::Factor,
        ids::{BallotId, SectorId, StakeholderId},
        voices::{Ballot, LAST_ROUND},
    },
    session::edits::rounds::Giver,
    ui::{desk::Desk, drawing::parts::Rows},
};

const ROUNDS: usize = LAST_ROUND as usize;

/// The ballots of a workspace as a table of givers and factors.
#[derive(Clone, Debug)]
pub struct Scene {
    pub revision: u64,
    pub workspace: Arc<Workspace>,
    pub analysis: Arc<Analysis>,
    pub rows: Vec<Row>,
    /// Whether the second round asks about each factor.
    pub framed: Vec<bool>,
    /// Whether there has been, or is, a second round.
    pub has_second: bool,
    /// The round that is open.
    pub open: Option<u8>,
    /// Whether anybody has ranked the options, and before they saw results.
    pub has_rankings: bool,
    pub has_gut_feel: bool,
}

/// Somebody's ballots.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub key: RowKey,
    pub stakeholder: Option<StakeholderId>,
    pub sector: SectorId,
    pub name: String,
    /// The ballot of each round, by index.
    pub ballots: [Option<usize>; ROUNDS],
    /// A later ballot of the same giver and round stands over it.
    pub is_replaced: bool,
    /// Whether a ballot of the second round is known to be of the same giver.
    pub can_be_joined: bool,
    /// The option that leads by the points that count, by index.
    pub leader: Option<usize>,
    /// Whether one of the ballots came in after its round was closed.
    pub is_late: bool,
}

/// What a row is known by while ballots come and go.
#[derive(Clone, Debug, PartialEq)]
pub struct RowKey(Option<StakeholderId>, SectorId, Option<BallotId>);

impl Scene {
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Self {
        let (workspace, analysis) = (desk.workspace(), desk.analysis());
        let voices = &workspace.voices;
        let has_second = voices.round(LAST_ROUND).is_some() || voices.ballots_of(LAST_ROUND).next().is_some();
        let factors = workspace.balance.factors.iter();
        Self {
            revision: desk.session.revision(),
            framed: factors.map(|f| has_second && voices.asks(LAST_ROUND, &f.id)).collect(),
            has_second,
            open: voices.open_round().map(|round| round.number),
            has_rankings: voices.ballots.iter().any(|ballot| !ballot.ranking.is_empty()),
            has_gut_feel: voices.ballots.iter().any(|ballot| !ballot.gut_feel.is_empty()),
            rows: rows(&workspace, &analysis),
            workspace,
            analysis,
        }
    }

    /// Whether it is still of the workspace as it stands.
    #[must_use]
    pub fn is_current(&self, desk: &Desk<'_>) -> bool {
        self.revision == desk.session.revision() && Arc::ptr_eq(&self.analysis, desk.session.analysis())
    }

    #[must_use]
    pub fn factors(&self) -> &[Factor] {
        &self.workspace.balance.factors
    }

    #[must_use]
    pub fn ballot(&self, row: usize, round: u8) -> Option<&Ballot> {
        let place = self.rows.get(row)?.ballots[usize::from(round.clamp(1, LAST_ROUND)) - 1]?;
        self.workspace.voices.ballots.get(place)
    }

    /// The points that a row gave a factor in a round; `None` for an abstention and where there is no ballot.
    #[must_use]
    pub fn points(&self, row: usize, factor: usize, round: u8) -> Option<f64> {
        let factor = &self.factors().get(factor)?.id;
        self.ballot(row, round)?
            .swings
            .get(factor)
            .copied()
            .filter(|_| self.workspace.voices.asks(round, factor))
    }

    /// Whether what was given in a round is still covered: a workshop has opened it and not revealed it.
    #[must_use]
    pub fn hides(&self, round: u8) -> bool {
        self.workspace.hides(round)
    }

    /// Whether a ballot of this round has come in.
    #[must_use]
    pub fn is_in(&self, row: usize, round: u8) -> bool {
        self.ballot(row, round).is_some_and(|ballot| !ballot.is_blank() || ballot.received.is_some())
    }

    /// Whether a row is to give a ballot in a round. Nobody can tell whose second ballot stands over one without a name.
    #[must_use]
    pub fn is_expected(&self, row: usize, round: u8) -> bool {
        let of = &self.rows[row];
        !of.is_replaced && (of.can_be_joined || self.ballot(row, round).is_some())
    }

    /// The rows that are expected in a round and have not come in.
    #[must_use]
    pub fn missing(&self, round: u8) -> Vec<usize> {
        let rows = (0..self.rows.len()).filter(|&row| self.is_expected(row, round));
        rows.filter(|&row| !self.is_in(row, round)).collect()
    }

    /// How many ballots of a round are in, and how many are expected.
    #[must_use]
    pub fn in_of(&self, round: u8) -> (usize, usize) {
        let expected = (0..self.rows.len()).filter(|&row| self.is_expected(row, round)).count();
        (expected - self.missing(round).len(), expected)
    }

    /// Whether both rounds may stand in a cell.
    #[must_use]
    pub fn has_both(&self, row: usize, factor: usize) -> bool {
        self.framed.get(factor).copied().unwrap_or(false) && self.rows[row].can_be_joined
    }

    /// The round into which points of a row for a factor are typed: that of the one ballot it can be of, else the second
    /// where it asks about the factor, else the first.
    #[must_use]
    pub fn round_of(&self, (row, factor): (usize, usize), only: Option<u8>) -> u8 {
        let of = &self.rows[row];
        match of.ballots {
            [None, Some(_)] if !of.can_be_joined => LAST_ROUND,
            _ if !of.can_be_joined => 1,
            _ => only.unwrap_or(if self.has_both(row, factor) { LAST_ROUND } else { 1 }),
        }
    }

    /// Whose ballot of a round a row is.
    #[must_use]
    pub fn giver(&self, row: usize, round: u8) -> Option<Giver> {
        let of = self.rows.get(row)?;
        let ballot = self.ballot(row, round).map(|ballot| ballot.id.clone());
        Some(Giver { stakeholder: of.stakeholder.clone(), sector: of.sector.clone(), round, ballot })
    }

    #[must_use]
    pub fn key(&self, row: usize) -> Option<RowKey> {
        self.rows.get(row).map(|of| of.key.clone())
    }

    #[must_use]
    pub fn place_of(&self, key: &RowKey) -> Option<usize> {
        self.rows.iter().position(|row| row.key == *key)
    }

    /// The option that a row puts first by its own ranking, the last it gave, or by the first it gave before results
    /// were shown; by index.
    #[must_use]
    pub fn first_choice(&self, row: usize, gut_feel: bool) -> Option<usize> {
        let ballots = self.rows.get(row)?.ballots.iter().flatten();
        let ballots = ballots.filter_map(|&i| self.workspace.voices.ballots.get(i));
        let ballots: Vec<&Ballot> = ballots.filter(|ballot| !self.hides(ballot.round)).collect();
        let first = if gut_feel {
            ballots.iter().find_map(|ballot| ballot.gut_feel.first())
        } else {
            ballots.iter().rev().find_map(|ballot| ballot.ranking.first())
        };
        self.workspace.question.options.iter().position(|option| Some(&option.id) == first)
    }

    /// What explains which option a row puts first: its ballot that counts.
    #[must_use]
    pub fn why(&self, row: usize) -> Option<Question> {
        let counts = |&i: &usize| self.analysis.voices.in_force.contains(&i);
        let i = self.rows.get(row)?.ballots.iter().flatten().copied().find(counts)?;
        let ballot = self.workspace.voices.ballots.get(i)?;
        Some(Question::Voice(VoiceQuestion::OneBallot(ballot.id.clone())))
    }

    /// The table as it is copied, heads first: the points in view, none of which is covered.
    #[must_use]
    pub fn as_rows(&self, only: Option<u8>) -> Rows {
        let heads = ["person", "from"].map(str::to_owned).into_iter();
        let heads = heads.chain(self.factors().iter().map(|factor| factor.name.clone()));
        let body = self.rows.iter().enumerate().map(|(row, of)| {
            let from = self.workspace.sector(&of.sector).map(|sector| sector.name.clone());
            let points = (0..self.factors().len()).map(|factor| {
                let round = self.round_of((row, factor), only);
                let points = self.points(row, factor, round).filter(|_| !self.hides(round));
                points.map(figure::written).unwrap_or_default()
            });
            [of.name.clone(), from.unwrap_or_default()].into_iter().chain(points).collect()
        });
        std::iter::once(heads.collect()).chain(body).collect()
    }

    /// How the points of a cell are read out: who, what, and what each round said.
    #[must_use]
    pub fn cell_name(&self, row: usize, factor: usize) -> String {
        let name = format!("{}, {}", self.rows[row].name, self.factors()[factor].name);
        let said = |round| match self.points(row, factor, round) {
            Some(_) if self.hides(round) => "given, covered".to_owned(),
            Some(points) => super::points_words(points),
            None if self.is_in(row, round) => "abstains".to_owned(),
            None if self.open == Some(round) => "not yet in".to_owned(),
            None => "no ballot".to_owned(),
        };
        if self.has_both(row, factor) {
            return format!("{name}: round 1 {}, round 2 {}", said(1), said(LAST_ROUND));
        }
        format!("{name}: {}", said(self.round_of((row, factor), None)))
    }
}

#[derive(PartialEq, Eq, Hash)]
enum By<'v> {
    Person(&'v StakeholderId),
    Unnamed(&'v SectorId),
}

fn rows(workspace: &Workspace, analysis: &Analysis) -> Vec<Row> {
    let voices = &workspace.voices;
    let mut places: HashMap<By<'_>, usize> = HashMap::new();
    let mut givers: Vec<(By<'_>, [Vec<usize>; ROUNDS])> = Vec::new();
    for (i, ballot) in voices.ballots.iter().enumerate() {
        let by = || ballot.stakeholder.as_ref().map_or(By::Unnamed(&ballot.sector), By::Person);
        let at = *places.entry(by()).or_insert(givers.len());
        if at == givers.len() {
            givers.push((by(), Default::default()));
        }
        givers[at].1[usize::from(ballot.round.clamp(1, LAST_ROUND)) - 1].push(i);
    }
    for seat in voices.workshop.iter().flat_map(|workshop| &workshop.seats) {
        let at = *places.entry(By::Person(&seat.stakeholder)).or_insert(givers.len());
        if at == givers.len() {
            givers.push((By::Person(&seat.stakeholder), Default::default()));
        }
    }
    let mut rows = Vec::new();
    for (by, mut ballots) in givers {
        // Of two in one round the one received later stands over the other.
        ballots.iter_mut().for_each(|of| of.sort_by_key(|&i| voices.ballots[i].received));
        rows_of(workspace, analysis, &by, &ballots, &mut rows);
    }
    let order: HashMap<_, _> =
        voices.sectors.iter().enumerate().map(|(at, sector)| (&sector.id, at)).collect();
    rows.sort_by_key(|row: &Row| order.get(&row.sector).copied());
    rows
}

fn rows_of(
    workspace: &Workspace,
    analysis: &Analysis,
    by: &By<'_>,
    ballots: &[Vec<usize>; ROUNDS],
    rows: &mut Vec<Row>,
) {
    let row = |name: String, ballots: [Option<usize>; ROUNDS], is_replaced, can_be_joined| {
        row(workspace, analysis, by, name, (ballots, is_replaced, can_be_joined))
    };
    let last = ballots.each_ref().map(|of| of.last().copied());
    match by {
        By::Person(id) => {
            let Some(person) = workspace.stakeholder(id) else { return };
            rows.push(row(person.name.clone(), last, false, true));
            for (round, of) in ballots.iter().enumerate() {
                let earlier = of.split_last().map_or(&[][..], |(_, earlier)| earlier);
                rows.extend(earlier.iter().map(|&i| {
                    let mut only = [None; ROUNDS];
                    only[round] = Some(i);
                    row(format!("{}, earlier", person.name), only, true, false)
                }));
            }
        }
        By::Unnamed(sector) => {
            let name = workspace.sector(sector).map_or("Unnamed", |sector| sector.short_name());
            if ballots.iter().all(|of| of.len() < 2) {
                rows.push(row(format!("{name}, as one"), last, false, true));
                return;
            }
            for (round, of) in ballots.iter().enumerate() {
                rows.extend(of.iter().enumerate().map(|(at, &i)| {
                    let mut only = [None; ROUNDS];
                    only[round] = Some(i);
                    row(format!("{name}, unnamed {}", at + 1), only, false, false)
                }));
            }
        }
    }
}

fn row(
    workspace: &Workspace,
    analysis: &Analysis,
    by: &By<'_>,
    name: String,
    (ballots, is_replaced, can_be_joined): ([Option<usize>; ROUNDS], bool, bool),
) -> Row {
    let standing = |i: usize| analysis.voices.standings.get(i).copied();
    let counts = |&i: &usize| standing(i) == Some(BallotStanding::Counts);
    let counting = ballots.iter().rev().flatten().copied().find(counts);
    let says = |&i: &usize| analysis.voices.ballots.get(i).is_some_and(|b| b.commercial_share.is_some());
    let leader = counting.filter(says).and_then(|i| analysis.voices.ballots[i].ranking.first().copied());
    let is_late = ballots.iter().flatten().any(|&i| standing(i) == Some(BallotStanding::Late));
    let (stakeholder, sector) = match by {
        By::Person(id) => {
            let own = ballots.iter().flatten().next().map(|&i| workspace.voices.ballots[i].sector.clone());
            let registered = workspace.stakeholder(id).map(|person| person.sector.clone());
            (Some((*id).clone()), own.or(registered).unwrap_or_else(|| SectorId::from("")))
        }
        By::Unnamed(sector) => (None, (*sector).clone()),
    };
    // A giver who can be told from others keeps their place whatever ballots they give; the rest are known by a ballot.
    let by_ballot = stakeholder.is_none() || is_replaced;
    let first = ballots.iter().flatten().next().filter(|_| by_ballot);
    let first = first.map(|&i| workspace.voices.ballots[i].id.clone());
    let key = RowKey(stakeholder.clone(), sector.clone(), first);
    Row { key, stakeholder, sector, name, ballots, is_replaced, can_be_joined, leader, is_late }
}
