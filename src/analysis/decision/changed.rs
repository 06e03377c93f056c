//! Figures in the record that have changed since they were written: “67 is now 65”.

use super::figures::{Basis, KeyFigure};
use crate::model::{
    decision::{Decision, FigureRef, RecordList, replaced},
    ids::EntryId,
};

/// A figure in a sentence that is another one now.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedFigure {
    pub list: RecordList,
    pub entry: EntryId,
    /// Which of the figures of the sentence it is, from 0.
    pub place: usize,
    /// The figure as the sentence has it.
    pub was: String,
    /// The figure today; `None` where it is no longer known.
    pub now: Option<KeyFigure>,
}

/// Every figure of the record that has changed, in the order of the record. What waits for draws is not told.
#[must_use]
pub fn changed(basis: &Basis<'_>) -> Vec<ChangedFigure> {
    let mut found = Vec::new();
    for sentence in basis.workspace.decision.sentences() {
        for (place, figure) in sentence.figures.iter().enumerate() {
            if basis.is_awaited(&figure.key) {
                continue;
            }
            let now = basis.figure(&figure.key).filter(|now| now.value.is_ok());
            if figure.has_changed_to(now.as_ref().map_or(UNKNOWN, |now| &now.words)) {
                found.push(ChangedFigure {
                    list: sentence.list,
                    entry: sentence.id.clone(),
                    place,
                    was: figure.words.clone(),
                    now,
                });
            }
        }
    }
    found
}

/// What stands for a figure that there is no longer.
const UNKNOWN: &str = "not known";

impl ChangedFigure {
    /// "67 is now 65".
    #[must_use]
    pub fn words(&self) -> String {
        let now = self.now.as_ref().map_or(UNKNOWN, |now| &now.words);
        format!("{} is now {now}", self.was)
    }

    /// Writes the figure of today into the sentence. Where the sentence no longer holds the figure nothing is written, and
    /// the figure is no longer kept beside it. Nothing happens without a figure of today.
    pub fn accept(&self, decision: &mut Decision) {
        let Some(written) = self.now.as_ref().and_then(KeyFigure::written) else { return };
        let Some((text, figures)) = decision.sentence_mut(self.list, &self.entry) else { return };
        if !self.is_still_there(figures) {
            return;
        }
        match replaced(text, figures, self.place, &written.words) {
            Some(anew) => {
                *text = anew;
                figures[self.place] = written;
            }
            None => drop(figures.remove(self.place)),
        }
    }

    /// Leaves the sentence as it is until the figure changes again.
    pub fn keep(&self, decision: &mut Decision) {
        let Some((_, figures)) = decision.sentence_mut(self.list, &self.entry) else { return };
        if self.is_still_there(figures) {
            figures[self.place].kept = self.now.as_ref().map_or(UNKNOWN, |now| now.words.as_str()).to_owned();
        }
    }

    fn is_still_there(&self, figures: &[FigureRef]) -> bool {
        figures.get(self.place).is_some_and(|figure| figure.words == self.was)
    }
}
