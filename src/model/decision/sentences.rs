//! Every sentence of the record in which figures of the analysis may stand.

use super::{Decision, Entry, FigureRef};
use crate::model::ids::EntryId;

/// A list of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordList {
    Reasons,
    Conditions,
    Safeguards,
    Triggers,
    Rationed,
    /// What is expected of each review.
    Reviews,
}

impl RecordList {
    pub const ALL: [Self; 6] =
        [Self::Reasons, Self::Conditions, Self::Safeguards, Self::Triggers, Self::Rationed, Self::Reviews];

    /// The field of the record that it is kept in.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Reasons => "reasons",
            Self::Conditions => "conditions",
            Self::Safeguards => "safeguards",
            Self::Triggers => "triggers",
            Self::Rationed => "rationed",
            Self::Reviews => "reviews",
        }
    }
}

/// A sentence with the figures that stand in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sentence<'a> {
    pub list: RecordList,
    pub id: &'a EntryId,
    pub text: &'a str,
    pub figures: &'a [FigureRef],
}

/// Does `$of` with the field of a list and with that of the words of its entries.
macro_rules! in_list {
    ($list:expr, $of:ident) => {
        match $list {
            RecordList::Reasons => $of!(reasons, text),
            RecordList::Conditions => $of!(conditions, text),
            RecordList::Safeguards => $of!(safeguards, text),
            RecordList::Triggers => $of!(triggers, text),
            RecordList::Rationed => $of!(rationed, text),
            RecordList::Reviews => $of!(reviews, expected),
        }
    };
}

impl Decision {
    /// The sentences of one list, in order.
    #[must_use]
    pub fn sentences_of(&self, list: RecordList) -> Vec<Sentence<'_>> {
        macro_rules! of {
            ($field:ident, $text:ident) => {
                self.$field
                    .iter()
                    .map(|e| Sentence { list, id: &e.id, text: &e.$text, figures: &e.figures })
                    .collect()
            };
        }
        in_list!(list, of)
    }

    /// Every sentence, list by list.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        RecordList::ALL.into_iter().flat_map(|list| self.sentences_of(list))
    }

    /// A sentence and its figures, to be written anew; `None` where it is gone.
    pub fn sentence_mut(
        &mut self,
        list: RecordList,
        id: &EntryId,
    ) -> Option<(&mut String, &mut Vec<FigureRef>)> {
        macro_rules! of {
            ($field:ident, $text:ident) => {
                self.$field.iter_mut().find(|e| e.id == *id).map(|e| (&mut e.$text, &mut e.figures))
            };
        }
        in_list!(list, of)
    }

    /// The entries of a list that has somebody to answer for each and a state; `None` for a list of something else.
    #[must_use]
    pub fn entries(&self, list: RecordList) -> Option<&Vec<Entry>> {
        match list {
            RecordList::Conditions => Some(&self.conditions),
            RecordList::Safeguards => Some(&self.safeguards),
            RecordList::Reasons | RecordList::Triggers | RecordList::Rationed | RecordList::Reviews => None,
        }
    }

    /// An entry of such a list, to be changed.
    pub fn entry_mut(&mut self, list: RecordList, id: &EntryId) -> Option<&mut Entry> {
        let entries = match list {
            RecordList::Conditions => &mut self.conditions,
            RecordList::Safeguards => &mut self.safeguards,
            RecordList::Reasons | RecordList::Triggers | RecordList::Rationed | RecordList::Reviews => {
                return None;
            }
        };
        entries.iter_mut().find(|entry| entry.id == *id)
    }

    /// Writes a sentence anew by hand: figures that no longer stand in it are no longer kept beside it.
    pub fn rewrite(&mut self, list: RecordList, id: &EntryId, words: &str) {
        if let Some((text, figures)) = self.sentence_mut(list, id) {
            words.clone_into(text);
            *figures = FigureRef::still_in(text, figures);
        }
    }
}
