//! Which ballots count, and what each says with those before it.
//!
//! What counts of a person is, factor by factor, the last that they gave in a closed round, so that a second round may
//! ask about a few factors only. A ballot of an open round, or one that came in late, never counts.

use std::collections::HashMap;

use super::SwingRow;
use crate::model::{
    Workspace,
    ids::{SectorId, StakeholderId},
    voices::{Ballot, Voices},
};

/// How a ballot stands towards the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BallotStanding {
    /// It is the last of its giver, and counts together with what they had said before on other factors.
    Counts,
    /// A later ballot of the same giver stands over it, factor by factor.
    Followed,
    /// Its round is open.
    RoundOpen,
    /// It came in after its round was closed.
    Late,
    /// It is one of several of its sector without a name, in a round that asks again about a part: nobody knows which
    /// ballot of the earlier round it changes.
    NotJoined,
}

/// The indexes of the ballots that count, one for each giver, in the order of the file.
///
/// A giver is a person, or a sector that gives one ballot without a name a round. Where a sector gives several such
/// ballots in a round they cannot be told apart: those of the last closed round that asks about every factor count,
/// else those of the first.
#[must_use]
pub fn ballots_in_force(workspace: &Workspace) -> Vec<usize> {
    let standings = ballot_standings(&workspace.voices);
    (0..standings.len()).filter(|&i| standings[i] == BallotStanding::Counts).collect()
}

/// How each ballot stands, in the order of the file; see [`ballots_in_force`].
#[must_use]
pub fn ballot_standings(voices: &Voices) -> Vec<BallotStanding> {
    standings(voices, &givers(voices))
}

fn standings(voices: &Voices, givers: &[Giver]) -> Vec<BallotStanding> {
    let mut standings = vec![BallotStanding::Followed; voices.ballots.len()];
    for giver in givers {
        for &i in &giver.ballots {
            let ballot = &voices.ballots[i];
            if voices.is_open(ballot.round) {
                standings[i] = BallotStanding::RoundOpen;
            } else if voices.is_late(ballot) {
                standings[i] = BallotStanding::Late;
            }
        }
        let counted = || giver.ballots.iter().copied().filter(|&i| voices.counts(&voices.ballots[i]));
        if giver.can_be_joined {
            if let Some(last) = counted().next_back() {
                standings[last] = BallotStanding::Counts;
            }
            continue;
        }
        let Some(first) = counted().map(|i| voices.ballots[i].round).min() else { continue };
        let whole =
            counted().map(|i| voices.ballots[i].round).filter(|&round| asks_everything(voices, round));
        let counting = whole.max().unwrap_or(first);
        for i in counted() {
            standings[i] = match voices.ballots[i].round {
                round if round == counting => BallotStanding::Counts,
                round if round > counting => BallotStanding::NotJoined,
                _ => BallotStanding::Followed,
            };
        }
    }
    standings
}

fn asks_everything(voices: &Voices, round: u8) -> bool {
    voices.round(round).is_none_or(|round| round.asks.is_empty())
}

/// The ballots of the blind round that count, by index, one for each giver: the last of theirs in it.
pub(super) fn blind_ballots(voices: &Voices) -> Vec<usize> {
    let mut found = Vec::new();
    for giver in givers(voices) {
        let mut blind = giver
            .ballots
            .iter()
            .copied()
            .filter(|&i| voices.ballots[i].round == 1 && voices.counts(&voices.ballots[i]));
        if giver.can_be_joined { found.extend(blind.next_back()) } else { found.extend(blind) }
    }
    found.sort_unstable();
    found
}

/// Of every giver who answered in the blind round and in the one after: the last ballot that counts of each, by index.
pub(super) fn answered_twice(voices: &Voices) -> Vec<(usize, usize)> {
    let last = |giver: &Giver, round: u8| {
        let of_round = |i: &usize| voices.ballots[*i].round == round && voices.counts(&voices.ballots[*i]);
        giver.ballots.iter().copied().rfind(of_round)
    };
    let joined = givers(voices).into_iter().filter(|giver| giver.can_be_joined);
    joined.filter_map(|giver| last(&giver, 1).zip(last(&giver, 2))).collect()
}

/// Each ballot in force, with the ballots of the same giver that count, from the earliest to itself.
pub(super) fn with_earlier(voices: &Voices) -> Vec<(usize, Vec<usize>)> {
    let givers = givers(voices);
    let standings = standings(voices, &givers);
    let mut found = Vec::new();
    for giver in givers {
        if giver.can_be_joined {
            let counted = |i: &usize| voices.counts(&voices.ballots[*i]);
            let counted: Vec<usize> = giver.ballots.iter().copied().filter(counted).collect();
            found.extend(counted.last().map(|&last| (last, counted.clone())));
        } else {
            let in_force = giver.ballots.iter().filter(|&&i| standings[i] == BallotStanding::Counts);
            found.extend(in_force.map(|&i| (i, vec![i])));
        }
    }
    found
}

/// The swing points of every ballot of the workspace, in the order of the file: on each factor what it gives itself,
/// else what its giver gave last before it in a closed round. What a round did not ask about is passed over.
pub(super) fn swing_rows(workspace: &Workspace) -> Vec<SwingRow> {
    let mut rows = vec![SwingRow::new(); workspace.voices.ballots.len()];
    let by_id = by_id(workspace);
    for giver in givers(&workspace.voices) {
        for (i, row) in rows_of(workspace, &by_id, &giver) {
            rows[i] = row;
        }
    }
    rows
}

/// The swing points of the ballots in force, each with its index, put together only when they are asked for.
pub(super) fn rows_in_force(workspace: &Workspace) -> impl Iterator<Item = (usize, SwingRow)> + '_ {
    let voices = &workspace.voices;
    let givers = givers(voices);
    let standings = standings(voices, &givers);
    let mut giver_of = vec![0; voices.ballots.len()];
    for (place, giver) in givers.iter().enumerate() {
        giver.ballots.iter().for_each(|&i| giver_of[i] = place);
    }
    let by_id = by_id(workspace);
    let row = move |i: usize| {
        let giver = &givers[giver_of[i]];
        if !giver.can_be_joined {
            return own_row(workspace, &by_id, &voices.ballots[i]);
        }
        rows_of(workspace, &by_id, giver).find(|(of, _)| *of == i).map_or_else(SwingRow::new, |(_, row)| row)
    };
    (0..voices.ballots.len())
        .filter(move |&i| standings[i] == BallotStanding::Counts)
        .map(move |i| (i, row(i)))
}

/// The swing points of one ballot as [`swing_rows`] gives them; `None` where there is none of this index.
pub(super) fn row_of(workspace: &Workspace, ballot: usize) -> Option<SwingRow> {
    let givers = givers(&workspace.voices);
    let giver = givers.iter().find(|giver| giver.ballots.contains(&ballot))?;
    rows_of(workspace, &by_id(workspace), giver).find(|(i, _)| *i == ballot).map(|(_, row)| row)
}

fn rows_of<'w>(
    workspace: &'w Workspace,
    by_id: &'w [usize],
    giver: &'w Giver,
) -> impl Iterator<Item = (usize, SwingRow)> + 'w {
    let voices = &workspace.voices;
    let mut beneath: SwingRow = vec![None; workspace.balance.factors.len()];
    giver.ballots.iter().map(move |&i| {
        let ballot = &voices.ballots[i];
        let mut row = own_row(workspace, by_id, ballot);
        if giver.can_be_joined {
            row.iter_mut().zip(&beneath).for_each(|(own, before)| *own = own.or(*before));
            if voices.counts(ballot) {
                beneath.clone_from(&row);
            }
        }
        (i, row)
    })
}

/// What a ballot itself gives on the factors that its round asks about.
fn own_row(workspace: &Workspace, by_id: &[usize], ballot: &Ballot) -> SwingRow {
    let round = workspace.voices.round(ballot.round);
    let asked = |id| round.is_none_or(|round| round.asks.is_empty() || round.asks.contains(id));
    let factors = &workspace.balance.factors;
    let mut row = vec![None; factors.len()];
    // Both run in the order of ids, so that they are walked side by side.
    let mut given = ballot.swings.iter().peekable();
    for &f in by_id {
        let id = &factors[f].id;
        while given.next_if(|(before, _)| *before < id).is_some() {}
        if let Some((_, &swing)) = given.next_if(|(of, _)| *of == id) {
            row[f] = Some(swing).filter(|_| asked(id));
        }
    }
    row
}

/// The factors in the order of their ids.
fn by_id(workspace: &Workspace) -> Vec<usize> {
    let factors = &workspace.balance.factors;
    let mut order: Vec<usize> = (0..factors.len()).collect();
    order.sort_by(|&a, &b| factors[a].id.cmp(&factors[b].id));
    order
}

/// Who gave ballots, with their indexes from the earliest to the latest.
struct Giver {
    ballots: Vec<usize>,
    /// Whether a later ballot is known to change an earlier one.
    can_be_joined: bool,
}

#[derive(PartialEq, Eq, Hash)]
enum Key<'v> {
    Person(&'v StakeholderId),
    Unnamed(&'v SectorId),
}

fn givers(voices: &Voices) -> Vec<Giver> {
    let mut places: HashMap<Key<'_>, usize> = HashMap::new();
    let mut givers: Vec<Giver> = Vec::new();
    for (i, ballot) in voices.ballots.iter().enumerate() {
        let key = ballot.stakeholder.as_ref().map_or(Key::Unnamed(&ballot.sector), Key::Person);
        let place = *places.entry(key).or_insert(givers.len());
        if place == givers.len() {
            givers.push(Giver { ballots: Vec::new(), can_be_joined: true });
        }
        givers[place].ballots.push(i);
    }
    for giver in &mut givers {
        // Of two in one round the one received later is the later; the order of the file parts the rest.
        giver.ballots.sort_by_key(|&i| (voices.ballots[i].round, voices.ballots[i].received));
        let round = |i: usize| voices.ballots[i].round;
        let unnamed = voices.ballots[giver.ballots[0]].stakeholder.is_none();
        giver.can_be_joined =
            !unnamed || giver.ballots.windows(2).all(|pair| round(pair[0]) != round(pair[1]));
    }
    givers
}
