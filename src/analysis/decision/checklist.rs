//! The checklists of duties and of principles of consultation, read from the program's own files.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{
    decision::{Decision, Duty},
    ids::EntryId,
};

/// A list of things to be answered before signing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    pub title: String,
    /// Where it holds, and what it is for.
    pub about: String,
    pub items: Vec<ChecklistItem>,
}

/// One thing to be answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// Stays for ever: answers in files go by it.
    pub id: String,
    /// A few words for it.
    pub name: String,
    /// What is asked.
    pub text: String,
    /// Where it comes from.
    pub source: String,
}

static CHECKLISTS: LazyLock<[Checklist; 2]> = LazyLock::new(|| {
    [
        include_str!("../../../assets/checklists/duties.ron"),
        include_str!("../../../assets/checklists/consultation.ron"),
    ]
    .map(|text| {
        // invariant: the files are part of the program, and a test of this module reads them.
        ron::from_str(text).unwrap_or_else(|_| Checklist {
            title: String::new(),
            about: String::new(),
            items: Vec::new(),
        })
    })
});

/// The checklists: statutory duties, then principles of consultation.
#[must_use]
pub fn checklists() -> &'static [Checklist] {
    &*CHECKLISTS
}

impl ChecklistItem {
    /// The id under which its answer stands in the record.
    #[must_use]
    pub fn entry_id(&self) -> EntryId {
        self.id.as_str().into()
    }

    /// What the record says to it, if anything.
    #[must_use]
    pub fn answered<'d>(&self, decision: &'d Decision) -> Option<&'d Duty> {
        decision.duties.iter().find(|duty| duty.id.as_str() == self.id)
    }

    /// The item as an entry that nobody has answered yet.
    #[must_use]
    pub fn unanswered(&self) -> Duty {
        Duty {
            id: self.entry_id(),
            text: self.text.clone(),
            source: self.source.clone(),
            answer: None,
            how: String::new(),
            by: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::is_well_formed;

    #[test]
    fn the_checklists_can_be_read_and_name_their_sources() {
        let mut ids = std::collections::HashSet::new();
        for list in checklists() {
            assert!(list.items.len() >= 4 && !list.title.is_empty());
            for item in &list.items {
                assert!(is_well_formed(&item.id) && ids.insert(&item.id), "{}", item.id);
                assert!(item.text.ends_with('?') && !item.source.is_empty(), "{}", item.id);
            }
        }
    }
}
