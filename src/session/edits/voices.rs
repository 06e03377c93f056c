//! People and sectors taken out of the register, or moved in it, with all that hangs on them.

use crate::model::{
    Workspace,
    balance::Speaker,
    ids::{NeedGroupId, SectorId, StakeholderId},
    wording::{count, list},
};

/// What in a workspace is of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfPerson {
    /// Goes with them.
    pub ballots: usize,
    /// Stay, said by somebody unnamed.
    pub statements: usize,
    /// Stay, in the words of their role: on scores, and in the decision record.
    pub dissents: usize,
}

impl OfPerson {
    /// Counts what is of a person.
    #[must_use]
    pub fn count(workspace: &Workspace, id: &StakeholderId) -> Self {
        let said = Speaker::Stakeholder(id.clone());
        let on_scores = workspace.balance.scores.iter().flat_map(|score| &score.dissent);
        let in_record = workspace.decision.dissent.iter();
        Self {
            ballots: workspace.voices.ballots.iter().filter(|b| b.stakeholder.as_ref() == Some(id)).count(),
            statements: workspace
                .voices
                .statements
                .iter()
                .filter(|s| s.stakeholder.as_ref() == Some(id))
                .count(),
            dissents: on_scores.filter(|d| d.who == said).count()
                + in_record.filter(|d| d.stakeholder.as_ref() == Some(id)).count(),
        }
    }

    /// What happens to it when they are taken out, as the end of a sentence that begins with their name; empty where
    /// nothing is theirs.
    #[must_use]
    pub fn when_removed(self) -> String {
        let mut words = String::new();
        if self.ballots > 0 {
            words = format!(" with {}", count(self.ballots, "ballot", "ballots"));
        }
        let kept: Vec<String> =
            [(self.statements, "statement", "statements"), (self.dissents, "dissent", "dissents")]
                .into_iter()
                .filter(|(number, ..)| *number > 0)
                .map(|(number, one, many)| count(number, one, many))
                .collect();
        if !kept.is_empty() {
            let stay = if self.statements + self.dissents == 1 { "stays" } else { "stay" };
            let kept = list(&kept.iter().map(String::as_str).collect::<Vec<_>>());
            words.push_str(&format!("; {kept} {stay} without the name"));
        }
        words
    }
}

/// Takes a person out with their ballots; what they said stays, said by somebody unnamed or by their role.
pub fn remove_person(workspace: &mut Workspace, id: &StakeholderId) {
    let role = workspace.stakeholder(id).map(|person| person.role.clone()).unwrap_or_default();
    workspace.forget_stakeholder(id, &role);
}

/// Lets a person speak for a need group, or no longer.
pub fn speak_for(workspace: &mut Workspace, id: &StakeholderId, group: &NeedGroupId, speaks: bool) {
    if let Some(person) = workspace.voices.stakeholders.iter_mut().find(|person| person.id == *id) {
        person.speaks_for.retain(|of| of != group);
        if speaks {
            person.speaks_for.push(group.clone());
        }
    }
}

/// Puts a person into another sector, and their ballots with them: a ballot speaks from where its person speaks.
pub fn move_to_sector(workspace: &mut Workspace, id: &StakeholderId, sector: &SectorId) {
    for ballot in workspace.voices.ballots.iter_mut().filter(|b| b.stakeholder.as_ref() == Some(id)) {
        ballot.sector = sector.clone();
    }
    if let Some(person) = workspace.voices.stakeholders.iter_mut().find(|person| person.id == *id) {
        person.sector = sector.clone();
    }
}

/// How many people and how many ballots are of a sector; one with any of either cannot be taken out.
#[must_use]
pub fn of_sector(workspace: &Workspace, id: &SectorId) -> (usize, usize) {
    let people = workspace.voices.stakeholders.iter().filter(|person| person.sector == *id).count();
    (people, workspace.voices.ballots.iter().filter(|ballot| ballot.sector == *id).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ids::StatementId, sample, voices::Statement};

    #[test]
    fn a_person_goes_with_their_ballots_and_what_they_said_stays() {
        let mut workspace = sample::workspace();
        let id = workspace.voices.stakeholders[0].id.clone();
        workspace.voices.statements.push(Statement {
            stakeholder: Some(id.clone()),
            ..Statement::said(StatementId::from("said-by-them"), "Ask us.")
        });
        let before = OfPerson::count(&workspace, &id);
        let statements = workspace.voices.statements.len();
        assert!(before.statements > 0);
        remove_person(&mut workspace, &id);
        assert_eq!(OfPerson::count(&workspace, &id), OfPerson::default());
        assert_eq!(workspace.voices.statements.len(), statements);
        assert!(workspace.stakeholder(&id).is_none());
    }

    #[test]
    fn what_hangs_on_a_person_is_said() {
        assert_eq!(OfPerson::default().when_removed(), "");
        let one = OfPerson { ballots: 1, statements: 1, dissents: 0 };
        assert_eq!(one.when_removed(), " with 1 ballot; 1 statement stays without the name");
        let many = OfPerson { ballots: 0, statements: 2, dissents: 1 };
        assert_eq!(many.when_removed(), "; 2 statements and 1 dissent stay without the name");
    }

    #[test]
    fn a_ballot_moves_with_its_person() {
        let mut workspace = sample::workspace();
        let sector = workspace.voices.sectors[1].id.clone();
        let given = workspace.voices.ballots.iter().find_map(|b| b.stakeholder.clone()).unwrap();
        move_to_sector(&mut workspace, &given, &sector);
        assert_eq!(workspace.stakeholder(&given).unwrap().sector, sector);
        let theirs = workspace.voices.ballots.iter().filter(|b| b.stakeholder.as_ref() == Some(&given));
        assert!(theirs.clone().count() > 0 && theirs.clone().all(|b| b.sector == sector));
    }
}
