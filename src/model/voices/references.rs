//! Taking out what refers to a thing that is taken out of the workspace.

use super::{Round, StatementLink, Voices};
use crate::model::ids::{FactorId, NeedGroupId, OptionId, StakeholderId};

impl Voices {
    /// Takes a factor out of every ballot, round and statement.
    pub fn forget_factor(&mut self, id: &FactorId) {
        for ballot in &mut self.ballots {
            ballot.swings.remove(id);
        }
        // A round that asked about this factor alone would otherwise come to ask about all.
        let alone = |round: &Round| round.asks.len() == 1 && round.asks[0] == *id;
        let over: Vec<u8> = self.rounds.iter().filter(|r| alone(r)).map(|r| r.number).collect();
        self.rounds.retain(|round| !alone(round));
        self.ballots.retain(|ballot| !over.contains(&ballot.round) || !ballot.is_blank());
        for round in &mut self.rounds {
            round.asks.retain(|asked| asked != id);
        }
        self.forget_links(|link| {
            matches!(link, StatementLink::Factor(factor) | StatementLink::Cell { factor, .. } if factor == id)
        });
    }

    /// Takes an option out of every ranking, statement and interest in it.
    pub fn forget_option(&mut self, id: &OptionId) {
        for ballot in &mut self.ballots {
            ballot.ranking.retain(|option| option != id);
            ballot.gut_feel.retain(|option| option != id);
        }
        for person in &mut self.stakeholders {
            person.gains_from.retain(|option| option != id);
        }
        self.forget_links(|link| {
            matches!(link, StatementLink::Option(option) | StatementLink::Cell { option, .. } if option == id)
        });
    }

    /// Takes a need group out of everybody's brief and every statement.
    pub fn forget_need_group(&mut self, id: &NeedGroupId) {
        for person in &mut self.stakeholders {
            person.speaks_for.retain(|group| group != id);
        }
        self.forget_links(|link| matches!(link, StatementLink::NeedGroup(group) if group == id));
    }

    /// Takes a person out with their ballots; what they said stays, said by somebody unnamed.
    pub fn forget_stakeholder(&mut self, id: &StakeholderId) {
        self.stakeholders.retain(|person| person.id != *id);
        self.ballots.retain(|ballot| ballot.stakeholder.as_ref() != Some(id));
        for statement in self.statements.iter_mut().filter(|s| s.stakeholder.as_ref() == Some(id)) {
            statement.stakeholder = None;
        }
    }

    fn forget_links(&mut self, gone: impl Fn(&StatementLink) -> bool) {
        for statement in &mut self.statements {
            statement.links.retain(|link| !gone(link));
        }
    }
}
