//! The whole of one question: what is kept in one file.

use serde::{Deserialize, Serialize};

use super::{
    balance::{Balance, Factor, Score},
    challenge::Challenge,
    decision::Decision,
    ids::{FactorId, NeedGroupId, OptionId, SectorId, SnapshotId, StakeholderId},
    money::Money,
    question::{NeedGroup, Question, ServiceOption},
    reach::{Reach, Terms},
    shared::Shared,
    snapshot::Snapshot,
    voices::{Sector, Stakeholder, Voices},
};

/// One question with everything that bears on it, room by room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workspace {
    pub title: String,
    /// Said wherever figures are shown when they are invented; empty for real work.
    pub illustrative: String,
    pub question: Shared<Question>,
    pub voices: Shared<Voices>,
    pub balance: Shared<Balance>,
    pub reach: Shared<Reach>,
    pub money: Shared<Money>,
    pub challenge: Shared<Challenge>,
    pub decision: Shared<Decision>,
    /// The balance as it stood at earlier moments, oldest first. A file may leave it out while there is none.
    #[serde(default)]
    pub snapshots: Vec<Snapshot>,
}

impl Workspace {
    /// Shares every room with a state of the same workspace where that is alike there.
    pub fn share_with(&mut self, other: &Self) {
        self.question.share_with(&other.question);
        self.voices.share_with(&other.voices);
        self.balance.share_with(&other.balance);
        self.reach.share_with(&other.reach);
        self.money.share_with(&other.money);
        self.challenge.share_with(&other.challenge);
        self.decision.share_with(&other.decision);
    }

    /// The note on the figures in two words, for where there is no room for all of it; `None` without a note. Figures that
    /// the note does not call illustrative are those of a real case, with something assumed.
    #[must_use]
    pub fn note_in_brief(&self) -> Option<&'static str> {
        let note = self.illustrative.to_lowercase();
        match note.as_str() {
            "" => None,
            note if note.contains("assumed") && !note.contains("illustrative") => Some("Partly assumed"),
            _ => Some("Illustrative data"),
        }
    }

    /// The id of everything that the workspace holds, snapshots' own contents apart: they repeat what was there.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let (question, voices, decision) = (&self.question, &self.voices, &self.decision);
        let asked = (question.options.iter().map(|o| o.id.as_str()))
            .chain(question.need_groups.iter().map(|g| g.id.as_str()))
            .chain(question.entitlements.iter().map(|e| e.id.as_str()))
            .chain(question.trade_offs.iter().map(|t| t.id.as_str()));
        let said = (voices.sectors.iter().map(|s| s.id.as_str()))
            .chain(voices.stakeholders.iter().map(|s| s.id.as_str()))
            .chain(voices.statements.iter().map(|s| s.id.as_str()))
            .chain(voices.ballots.iter().map(|b| b.id.as_str()));
        let decided = (decision.reasons.iter().map(|r| r.id.as_str()))
            .chain(decision.dissent.iter().map(|d| d.id.as_str()))
            .chain(decision.conditions.iter().chain(&decision.safeguards).map(|entry| entry.id.as_str()))
            .chain(decision.triggers.iter().map(|trigger| trigger.id.as_str()))
            .chain(decision.rationed.iter().map(|rationed| rationed.id.as_str()))
            .chain(decision.duties.iter().map(|duty| duty.id.as_str()))
            .chain(decision.reviews.iter().map(|review| review.id.as_str()))
            .chain(decision.frozen.iter().map(|copy| copy.id.as_str()));
        asked
            .chain(said)
            .chain(self.balance.factors.iter().map(|f| f.id.as_str()))
            .chain(self.reach.payments.iter().map(|p| p.id.as_str()))
            .chain(self.reach.changing_risk.iter().flat_map(|risk| {
                let agencies = risk.agencies.iter().map(|agency| agency.id.as_str());
                risk.bands.iter().map(|band| band.id.as_str()).chain(agencies)
            }))
            .chain(self.reach.caseload.tripwires.iter().map(|t| t.id.as_str()))
            .chain(self.challenge.evidence.iter().map(|e| e.id.as_str()))
            .chain(decided)
            .chain(self.snapshots.iter().map(|s| s.id.as_str()))
    }

    #[must_use]
    pub fn option(&self, id: &OptionId) -> Option<&ServiceOption> {
        self.question.options.iter().find(|o| o.id == *id)
    }

    #[must_use]
    pub fn need_group(&self, id: &NeedGroupId) -> Option<&NeedGroup> {
        self.question.need_groups.iter().find(|g| g.id == *id)
    }

    #[must_use]
    pub fn factor(&self, id: &FactorId) -> Option<&Factor> {
        self.balance.factors.iter().find(|f| f.id == *id)
    }

    #[must_use]
    pub fn factor_mut(&mut self, id: &FactorId) -> Option<&mut Factor> {
        self.balance.factors.iter_mut().find(|f| f.id == *id)
    }

    #[must_use]
    pub fn score(&self, factor: &FactorId, option: &OptionId) -> Option<&Score> {
        self.balance.scores.iter().find(|s| s.factor == *factor && s.option == *option)
    }

    #[must_use]
    pub fn sector(&self, id: &SectorId) -> Option<&Sector> {
        self.voices.sectors.iter().find(|s| s.id == *id)
    }

    #[must_use]
    pub fn stakeholder(&self, id: &StakeholderId) -> Option<&Stakeholder> {
        self.voices.stakeholders.iter().find(|s| s.id == *id)
    }

    #[must_use]
    pub fn terms(&self, option: &OptionId) -> Option<&Terms> {
        self.reach.terms.iter().find(|t| t.option == *option)
    }

    #[must_use]
    pub fn snapshot(&self, id: &SnapshotId) -> Option<&Snapshot> {
        self.snapshots.iter().find(|s| s.id == *id)
    }

    #[must_use]
    pub fn snapshot_mut(&mut self, id: &SnapshotId) -> Option<&mut Snapshot> {
        self.snapshots.iter_mut().find(|s| s.id == *id)
    }
}

/// The seven rooms, in working order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Room {
    Question,
    Voices,
    Balance,
    Reach,
    Money,
    Challenge,
    Decision,
}

impl Room {
    pub const ALL: [Self; 7] = [
        Self::Question,
        Self::Voices,
        Self::Balance,
        Self::Reach,
        Self::Money,
        Self::Challenge,
        Self::Decision,
    ];

    /// The room's name, the same everywhere.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "Question",
            Self::Voices => "Voices",
            Self::Balance => "Balance",
            Self::Reach => "Reach",
            Self::Money => "Money",
            Self::Challenge => "Challenge",
            Self::Decision => "Decision",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_on_real_figures_is_not_called_illustrative() {
        let brief =
            |note: &str| Workspace { illustrative: note.to_owned(), ..Workspace::default() }.note_in_brief();
        assert_eq!(brief(""), None);
        assert_eq!(brief("Illustrative: everything is assumed."), Some("Illustrative data"));
        assert_eq!(brief("Rates are published. Costs are assumed."), Some("Partly assumed"));
        assert_eq!(brief("Invented for the course."), Some("Illustrative data"));
    }
}
