//! Snapshots: named copies of everything that the balance result follows from, kept to compare with later.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    balance::{Balance, Factor, Score, WeightsFrom},
    challenge::{Challenge, Evidence},
    ids::{EvidenceId, SnapshotId, StakeholderId},
    question::{Entitlement, Question, ServiceOption},
    shared::Shared,
    voices::{Ballot, CombineRule, KnownAs, Round, Sector, Stakeholder, Voices, Vote},
    workspace::Workspace,
};

/// The balance as it stood at some moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    pub id: SnapshotId,
    pub name: String,
    /// When it was taken, by the clock of whoever took it.
    pub taken: jiff::civil::DateTime,
    pub note: String,
    /// What stood then; it never changes.
    pub state: Shared<BalanceState>,
}

/// What the balance result follows from, whole.
///
/// Ballots and scores keep the ids of the stakeholders and of the evidence behind them, which may be gone from the
/// workspace since: nothing in the result depends on more than the ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BalanceState {
    pub options: Vec<ServiceOption>,
    pub entitlements: Vec<Entitlement>,
    pub factors: Vec<Factor>,
    pub scores: Vec<Score>,
    pub weights_from: WeightsFrom,
    pub sectors: Vec<Sector>,
    pub rounds: Vec<Round>,
    pub ballots: Vec<Ballot>,
    pub combine: CombineRule,
    pub vote: Vote,
}

impl BalanceState {
    /// The state of a workspace as it stands.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let Workspace { question, voices, balance, .. } = workspace;
        Self {
            options: question.options.clone(),
            entitlements: question.entitlements.clone(),
            factors: balance.factors.clone(),
            scores: balance.scores.iter().cloned().map(without_remarks).collect(),
            weights_from: balance.weights_from,
            sectors: voices.sectors.clone(),
            rounds: voices.rounds.clone(),
            ballots: voices.ballots.to_vec(),
            combine: voices.combine,
            vote: voices.vote,
        }
    }

    /// A workspace that holds this state and nothing else, to be analysed, checked or compared like any other. Those who
    /// gave ballots and the evidence behind scores stand in it by their ids alone.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        Workspace {
            question: Shared::new(Question {
                options: self.options.clone(),
                entitlements: self.entitlements.clone(),
                ..Question::default()
            }),
            voices: Shared::new(Voices {
                sectors: self.sectors.clone(),
                stakeholders: self.voters(),
                rounds: self.rounds.clone(),
                ballots: self.ballots.clone().into(),
                combine: self.combine,
                vote: self.vote,
                ..Voices::default()
            }),
            balance: Shared::new(Balance {
                factors: self.factors.clone(),
                scores: self.scores.clone().into(),
                weights_from: self.weights_from,
                ..Balance::default()
            }),
            challenge: Shared::new(Challenge { evidence: self.evidence() }),
            ..Workspace::default()
        }
    }

    /// Everybody who gave a ballot, once.
    fn voters(&self) -> Vec<Stakeholder> {
        let mut seen: BTreeSet<&StakeholderId> = BTreeSet::new();
        let mut voters = Vec::new();
        for ballot in &self.ballots {
            if let Some(who) = ballot.stakeholder.as_ref().filter(|&who| seen.insert(who)) {
                let voter = Stakeholder::named(who.clone(), who.as_str(), ballot.sector.clone());
                voters.push(Stakeholder { known_as: KnownAs::Role, ..voter });
            }
        }
        voters
    }

    /// Every item of evidence that a score names, once.
    fn evidence(&self) -> Vec<Evidence> {
        let ids: BTreeSet<&EvidenceId> = self.scores.iter().flat_map(|score| &score.evidence).collect();
        ids.into_iter()
            .map(|id| Evidence {
                id: id.clone(),
                title: id.as_str().to_owned(),
                source: String::new(),
                grade: None,
                says: String::new(),
                assumed: false,
            })
            .collect()
    }
}

/// A score without what people have said of it, which the result does not follow from.
fn without_remarks(score: Score) -> Score {
    Score { dissent: Vec::new(), edited: None, ..score }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    #[test]
    fn a_state_taken_from_a_workspace_gives_the_same_state_back() {
        let state = BalanceState::of(&sample::workspace());
        assert_eq!(BalanceState::of(&state.workspace()), state);
    }
}
