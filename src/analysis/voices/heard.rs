//! What was done about what people said, and what became of each person's input.

use std::collections::HashMap;

use super::{BallotStanding, VoicesResult};
use crate::model::{
    Workspace,
    ids::StakeholderId,
    voices::{StatementStatus, Voices},
};

/// What was done about the statements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementsHeard {
    /// How many there are of each status, in the order of [`StatementStatus::ALL`].
    pub by_status: [usize; StatementStatus::ALL.len()],
    /// The statements that nobody has answered, by index.
    pub unanswered: Vec<usize>,
    /// The statements of each stakeholder, by index; parallel to the stakeholders of the workspace.
    pub by_stakeholder: Vec<Vec<usize>>,
    /// Statements of which nobody has said whose they are, by index.
    pub unnamed: Vec<usize>,
}

impl StatementsHeard {
    /// How many statements have this status.
    #[must_use]
    pub fn count(&self, status: StatementStatus) -> usize {
        let place = StatementStatus::ALL.iter().position(|&of| of == status);
        place.map_or(0, |place| self.by_status[place])
    }
}

pub(super) fn statements(voices: &Voices) -> StatementsHeard {
    let people = voices.stakeholders.iter().enumerate();
    let places: HashMap<&StakeholderId, usize> = people.map(|(at, person)| (&person.id, at)).collect();
    let mut heard =
        StatementsHeard { by_stakeholder: vec![Vec::new(); voices.stakeholders.len()], ..Default::default() };
    for (s, statement) in voices.statements.iter().enumerate() {
        for (status, count) in StatementStatus::ALL.iter().zip(&mut heard.by_status) {
            *count += usize::from(*status == statement.status);
        }
        if statement.status == StatementStatus::Open {
            heard.unanswered.push(s);
        }
        match statement.stakeholder.as_ref().and_then(|id| places.get(id)) {
            Some(&at) => heard.by_stakeholder[at].push(s),
            None => heard.unnamed.push(s),
        }
    }
    heard
}

/// What became of the input of one person, for the sheet that is sent to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Their statements, by index, in the order of the file.
    pub statements: Vec<usize>,
    /// Their ballots, by index, with how each stands.
    pub ballots: Vec<(usize, BallotStanding)>,
    /// The option that leads by their own points; `None` without a ballot that counts and says something.
    pub own_leader: Option<usize>,
    /// The option that leads by everybody's points.
    pub group_leader: Option<usize>,
    /// The option that would lead without their ballot, where that is another one.
    pub leader_without: Option<usize>,
    /// The factor on which their points lie furthest from everybody's, by index, with both, on the footing on which they
    /// count.
    pub furthest: Option<(usize, f64, f64)>,
}

/// What became of the input of the stakeholder in this place of the register; `None` where there is none.
#[must_use]
pub fn contribution(
    workspace: &Workspace,
    voices: &VoicesResult,
    stakeholder: usize,
) -> Option<Contribution> {
    let person = workspace.voices.stakeholders.get(stakeholder)?;
    let ballots: Vec<(usize, BallotStanding)> = workspace
        .voices
        .ballots
        .iter()
        .enumerate()
        .filter(|(_, ballot)| ballot.stakeholder.as_ref() == Some(&person.id))
        .filter_map(|(i, _)| Some((i, *voices.standings.get(i)?)))
        .collect();
    let counts = ballots.iter().find(|(_, standing)| *standing == BallotStanding::Counts).map(|(i, _)| *i);
    let without = counts.and_then(|i| *voices.without_ballot.get(i)?);
    Some(Contribution {
        statements: voices.statements.by_stakeholder.get(stakeholder).cloned().unwrap_or_default(),
        own_leader: counts.and_then(|i| voices.ballots.get(i)?.ranking.first().copied()),
        group_leader: voices.together.map(|together| together.leader),
        leader_without: without.filter(|without| without.changes_leader).map(|without| without.leader),
        furthest: counts.and_then(|i| furthest(workspace, voices, i)),
        ballots,
    })
}

fn furthest(workspace: &Workspace, voices: &VoicesResult, ballot: usize) -> Option<(usize, f64, f64)> {
    let own = super::ballot_alone(workspace, ballot)?;
    let together = voices.combined_swings.as_ref()?;
    let mut found: Option<(usize, f64, f64)> = None;
    for (f, (own, group)) in own.iter().zip(together).enumerate() {
        let (Some(own), Some(group)) = (*own, *group) else { continue };
        if found.is_none_or(|(_, o, g)| (own - group).abs() > (o - g).abs()) {
            found = Some((f, own, group));
        }
    }
    found
}
