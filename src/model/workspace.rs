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
