//! The steps of a workshop: seats taken, rounds opened and revealed, numbers taken down.

use jiff::civil::Date;

use super::rounds;
use crate::model::{
    Workspace,
    ids::{BallotId, FactorId, SectorId, StakeholderId},
    voices::{Ballot, Heard, KnownAs, LAST_ROUND, Stakeholder},
    workshop::{EntryOrder, MOST_SEATS, Scene, Seat, USUAL_SECONDS, Workshop},
};

/// Sets up a workshop for the people who are likely to be in the room: those who have given a ballot, else those who
/// were heard face to face, else everybody in the register. Nothing happens where there is one already.
pub fn begin(workspace: &mut Workspace) {
    if workspace.voices.workshop.is_none() {
        let seats = likely_seats(workspace);
        workspace.voices.workshop = Some(Workshop::with_seats(seats));
    }
}

fn likely_seats(workspace: &Workspace) -> Vec<Seat> {
    let people = &workspace.voices.stakeholders;
    let has_voted = |who: &&_| workspace.voices.ballots.iter().any(|b| b.stakeholder.as_ref() == Some(*who));
    let voted: Vec<_> = people.iter().filter(|person| has_voted(&&person.id)).collect();
    let heard: Vec<_> = people.iter().filter(|person| person.heard == Heard::Direct).collect();
    let chosen = [voted, heard, people.iter().collect()].into_iter().find(|some| !some.is_empty());
    let seats = chosen.unwrap_or_default().into_iter().take(MOST_SEATS);
    seats.map(|person| Seat::of(person.id.clone())).collect()
}

/// Changes the workshop, where there is one.
pub fn with(workspace: &mut Workspace, change: impl FnOnce(&mut Workshop)) {
    if let Some(workshop) = &mut workspace.voices.workshop {
        change(workshop);
    }
}

/// Gives somebody from the register a seat, the last, or takes it away.
pub fn seat(workspace: &mut Workspace, who: &StakeholderId, seated: bool) {
    let Some(workshop) = &mut workspace.voices.workshop else { return };
    workshop.seats.retain(|seat| seat.stakeholder != *who);
    if seated && workshop.seats.len() < MOST_SEATS {
        workshop.seats.push(Seat::of(who.clone()));
    }
}

/// Gives a seat to somebody of whom only the sector is known: they stand in the register as a role.
pub fn seat_unnamed(workspace: &mut Workspace, sector: &SectorId, fresh: StakeholderId) {
    let Some(number) = workspace.voices.workshop.as_ref().map(|workshop| workshop.seats.len() + 1) else {
        return;
    };
    let called =
        workspace.sector(sector).map_or_else(String::new, |sector| format!(", {}", sector.short_name()));
    let mut person = Stakeholder::named(fresh.clone(), &format!("Seat {number}{called}"), sector.clone());
    person.known_as = KnownAs::Role;
    person.heard = Heard::Direct;
    "Workshop".clone_into(&mut person.through);
    workspace.voices.stakeholders.push(person);
    seat(workspace, &fresh, true);
}

/// Puts something on the wall, or before the facilitator alone while the wall is held.
pub fn show(workspace: &mut Workspace, scene: Scene) {
    if let Some(workshop) = &mut workspace.voices.workshop {
        if scene.collects() && workshop.scene != scene {
            workshop.seconds_left = USUAL_SECONDS;
        }
        workshop.scene = scene;
        workshop.blank = false;
    }
}

/// The first question of the round that is open.
#[must_use]
pub fn first_question(workspace: &Workspace) -> Option<Scene> {
    let workshop = workspace.voices.workshop.as_ref()?;
    match workshop.entry {
        EntryOrder::ByPerson => Some(Scene::Card),
        EntryOrder::ByFactor => {
            workspace.asked_in(workspace.round_in_room()).first().cloned().map(Scene::Ballot)
        }
    }
}

/// Opens a round about these factors, all of them for none, and shows its first question. Answers that it holds already
/// stay, and are covered until it is revealed.
pub fn open_round(workspace: &mut Workspace, number: u8, asks: Vec<FactorId>, today: Date) {
    rounds::open(workspace, number, asks, today);
    for seat in workspace.voices.workshop.iter_mut().flat_map(|workshop| &mut workshop.seats) {
        seat.abstains.clear();
    }
    if let Some(scene) = first_question(workspace) {
        show(workspace, scene);
    }
    if let Some(workshop) = &mut workspace.voices.workshop {
        (workshop.held, workshop.split) = (None, None);
    }
}

/// Opens the round after discussion about these factors, and asks the first of them. Once that round has been asked it is
/// opened again, about what it asked before as well: what was given on that stays.
pub fn vote_again(workspace: &mut Workspace, factors: &[FactorId], today: Date) {
    let asked_before = if workspace.has_asked_twice() { workspace.asked_in(LAST_ROUND) } else { Vec::new() };
    let asks = |id: &FactorId| factors.contains(id) || asked_before.contains(id);
    let all = workspace.balance.factors.iter().map(|factor| factor.id.clone());
    let asks: Vec<FactorId> = all.filter(asks).collect();
    let first = asks.iter().find(|id| factors.contains(id)).cloned();
    let is_everything = asks.len() == workspace.balance.factors.len() && !asked_before.is_empty();
    open_round(workspace, LAST_ROUND, if is_everything { Vec::new() } else { asks }, today);
    let by_factor = workspace.voices.workshop.as_ref().is_some_and(|w| w.entry == EntryOrder::ByFactor);
    if let Some(first) = first.filter(|_| by_factor) {
        show(workspace, Scene::Ballot(first));
    }
}

/// Covers the round that the room is at once more, to take in cards of those who are missing. What seats said that they
/// give no number on stays said.
pub fn open_again(workspace: &mut Workspace, today: Date) {
    let number = workspace.round_in_room();
    let asks = workspace.voices.round(number).map(|round| round.asks.clone()).unwrap_or_default();
    rounds::open(workspace, number, asks, today);
    show(workspace, Scene::Card);
    if let Some(workshop) = &mut workspace.voices.workshop {
        (workshop.entry, workshop.split) = (EntryOrder::ByPerson, None);
    }
}

/// Uncovers the answers of the open round, which count from now on. A wall that is held stays so.
pub fn reveal(workspace: &mut Workspace, today: Date) {
    rounds::close(workspace, today);
    show(workspace, Scene::Reveal);
}

/// Takes down what a seat, counted from 0, answered on a factor in the open round: points, or `None` for no number. A
/// seat that answered before has its answer replaced. A ballot that must be made gets the `fresh` id.
pub fn take(
    workspace: &mut Workspace,
    seat: usize,
    (factor, points): (&FactorId, Option<f64>),
    fresh: BallotId,
    today: Date,
) {
    let Some(at) = ballot_of(workspace, seat, fresh, today) else { return };
    let swings = &mut workspace.voices.ballots[at].swings;
    match points {
        Some(points) => swings.insert(factor.clone(), points),
        None => swings.remove(factor),
    };
    if let Some(seat) = seat_mut(workspace, seat) {
        seat.abstains.retain(|abstained| abstained != factor);
        if points.is_none() {
            seat.abstains.push(factor.clone());
        }
    }
}

fn seat_mut(workspace: &mut Workspace, seat: usize) -> Option<&mut Seat> {
    workspace.voices.workshop.as_mut()?.seats.get_mut(seat)
}

/// The index of the ballot of a seat in the open round; it is made where there is none.
fn ballot_of(workspace: &mut Workspace, seat: usize, fresh: BallotId, today: Date) -> Option<usize> {
    let round = workspace.voices.open_round()?.number;
    let who = seat_mut(workspace, seat)?.stakeholder.clone();
    let given = |ballot: &Ballot| ballot.round == round && ballot.stakeholder.as_ref() == Some(&who);
    let known = workspace.voices.ballots.iter().position(given);
    if known.is_none() {
        let person = workspace.stakeholder(&who)?;
        let mut ballot = Ballot::blank(fresh, Some(who), person.sector.clone(), round);
        ballot.marginal = person.marginal;
        ballot.received = Some(today);
        workspace.voices.ballots.push(ballot);
    }
    known.or(workspace.voices.ballots.len().checked_sub(1))
}

/// Forgets what a seat answered in the open round, about a factor or, for `None`, altogether, as if it were not in yet.
pub fn take_back(workspace: &mut Workspace, seat: usize, factor: Option<&FactorId>) {
    let Some(round) = workspace.voices.open_round().map(|round| round.number) else { return };
    let Some(seat) = seat_mut(workspace, seat) else { return };
    seat.abstains.retain(|abstained| factor.is_some_and(|factor| abstained != factor));
    let who = seat.stakeholder.clone();
    let ballots = &mut workspace.voices.ballots;
    let given = |ballot: &Ballot| ballot.round == round && ballot.stakeholder.as_ref() == Some(&who);
    if let Some(ballot) = ballots.iter_mut().find(|ballot| given(ballot)) {
        match factor {
            Some(factor) => drop(ballot.swings.remove(factor)),
            None => ballot.swings.clear(),
        }
    }
    ballots.retain(|ballot| !given(ballot) || !ballot.is_blank());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{sample, voices::RoundState};

    #[test]
    fn voting_again_after_the_second_round_keeps_what_was_given_in_it() {
        let mut workspace = sample::workspace();
        let today = jiff::civil::date(2026, 3, 9);
        let [first, second] = [0, 1].map(|f| workspace.balance.factors[f].id.clone());
        workspace.voices.ballots.retain(|ballot| ballot.round == 1);
        workspace.voices.rounds.clear();
        vote_again(&mut workspace, std::slice::from_ref(&first), today);
        assert_eq!(workspace.asked_in(LAST_ROUND), std::slice::from_ref(&first));
        take(&mut workspace, 0, (&first, Some(35.0)), BallotId::from("again"), today);
        reveal(&mut workspace, today);
        vote_again(&mut workspace, std::slice::from_ref(&second), today);
        assert_eq!(workspace.asked_in(LAST_ROUND), [first.clone(), second.clone()]);
        assert_eq!(workspace.voices.workshop.as_ref().unwrap().scene, Scene::Ballot(second));
        assert_eq!(workspace.voices.round(LAST_ROUND).map(|round| round.state), Some(RoundState::Open));
        let seat = workspace.voices.workshop.as_ref().unwrap().seats[0].clone();
        assert_eq!(workspace.ballot_of_seat(&seat, LAST_ROUND).unwrap().swings.get(&first), Some(&35.0));
    }
}
