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
    pub question: Question,
    pub voices: Voices,
    pub balance: Balance,
    pub reach: Reach,
    pub money: Money,
    pub challenge: Challenge,
    pub decision: Decision,
    /// The balance as it stood at earlier moments, oldest first. A file may leave it out while there is none.
    #[serde(default)]
    pub snapshots: Vec<Snapshot>,
}

impl Workspace {
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
