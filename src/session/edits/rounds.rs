//! Rounds opened and closed, and what people give in them.

use jiff::civil::Date;

use crate::model::{
    Workspace,
    ids::{BallotId, FactorId, SectorId, StakeholderId},
    voices::{Ballot, Round, RoundState},
};

/// Opens a round about these factors, all of them for none. What it holds already stays, and does not count until the
/// round is closed. A round that was closed is opened again.
pub fn open(workspace: &mut Workspace, number: u8, asks: Vec<FactorId>, today: Date) {
    let rounds = &mut workspace.voices.rounds;
    match rounds.iter_mut().find(|round| round.number == number) {
        Some(round) => (round.state, round.asks, round.closed) = (RoundState::Open, asks, None),
        None => {
            let state = RoundState::Open;
            rounds.push(Round { number, asks, state, opened: Some(today), closed: None });
            rounds.sort_by_key(|round| round.number);
        }
    }
}

/// Closes every round that is open: what was given in them counts from now on.
pub fn close(workspace: &mut Workspace, today: Date) {
    for round in &mut workspace.voices.rounds {
        if round.state == RoundState::Open {
            (round.state, round.closed) = (RoundState::Closed, Some(today));
        }
    }
}

/// Whose ballot is meant, and in which round.
#[derive(Clone, Debug, PartialEq)]
pub struct Giver {
    /// `None` when only the sector is known.
    pub stakeholder: Option<StakeholderId>,
    pub sector: SectorId,
    pub round: u8,
    /// The ballot, where there is one.
    pub ballot: Option<BallotId>,
}

/// Writes points into a ballot, `None` for an abstention. A ballot that is not there yet is made with the `fresh` id, as
/// come in today; clearing points of one that is not there makes none.
pub fn give(
    workspace: &mut Workspace,
    giver: &Giver,
    points: &[(FactorId, Option<f64>)],
    fresh: BallotId,
    today: Date,
) {
    let known =
        giver.ballot.as_ref().and_then(|id| workspace.voices.ballots.iter().position(|b| b.id == *id));
    let at = match known {
        Some(at) => at,
        None if points.iter().all(|(_, points)| points.is_none()) => return,
        None => {
            add_ballot(workspace, giver, fresh, today);
            workspace.voices.ballots.len() - 1
        }
    };
    let swings = &mut workspace.voices.ballots[at].swings;
    for (factor, points) in points {
        match points {
            Some(points) => drop(swings.insert(factor.clone(), *points)),
            None => drop(swings.remove(factor)),
        }
    }
}

/// Adds a ballot that says nothing yet, as come in today.
pub fn add_ballot(workspace: &mut Workspace, giver: &Giver, fresh: BallotId, today: Date) {
    let person = giver.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    let marginal = person.is_some_and(|person| person.marginal);
    let blank = Ballot::blank(fresh, giver.stakeholder.clone(), giver.sector.clone(), giver.round);
    workspace.voices.ballots.push(Ballot { marginal, received: Some(today), ..blank });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    fn today() -> Date {
        jiff::civil::date(2026, 3, 9)
    }

    #[test]
    fn a_round_opened_again_keeps_its_first_day_and_loses_its_last() {
        let mut workspace = sample::workspace();
        workspace.voices.rounds.clear();
        open(&mut workspace, 1, Vec::new(), today());
        close(&mut workspace, today());
        let later = jiff::civil::date(2026, 3, 12);
        let asks = vec![workspace.balance.factors[0].id.clone()];
        open(&mut workspace, 1, asks.clone(), later);
        let round = workspace.voices.round(1).unwrap();
        assert_eq!((round.opened, round.closed, &round.asks), (Some(today()), None, &asks));
        assert_eq!(workspace.voices.open_round().map(|round| round.number), Some(1));
        close(&mut workspace, later);
        assert_eq!(workspace.voices.round(1).and_then(|round| round.closed), Some(later));
    }

    #[test]
    fn points_make_a_ballot_and_an_abstention_makes_none() {
        let mut workspace = sample::workspace();
        workspace.voices.ballots.clear();
        let sector = workspace.voices.sectors[0].id.clone();
        let giver = Giver { stakeholder: None, sector, round: 1, ballot: None };
        let factor = workspace.balance.factors[0].id.clone();
        let fresh = BallotId::from("fresh");
        give(&mut workspace, &giver, &[(factor.clone(), None)], fresh.clone(), today());
        assert!(workspace.voices.ballots.is_empty());
        give(&mut workspace, &giver, &[(factor.clone(), Some(70.0))], fresh.clone(), today());
        assert_eq!(workspace.voices.ballots[0].swings[&factor], 70.0);
        assert_eq!(workspace.voices.ballots[0].received, Some(today()));
        let giver = Giver { ballot: Some(fresh), ..giver };
        give(&mut workspace, &giver, &[(factor, None)], BallotId::from("other"), today());
        assert!(workspace.voices.ballots.len() == 1 && workspace.voices.ballots[0].swings.is_empty());
    }
}
