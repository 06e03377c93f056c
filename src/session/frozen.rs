//! Frozen copies in an open session: what is frozen with one, and whether it still stands.

use jiff::civil::DateTime;

use super::{Answer, Session, edits};
use crate::{
    analysis::decision::{
        Basis,
        frozen::{Difference, figures_to_freeze},
    },
    file::frozen::Tampered,
    model::{decision::Frozen, ids::FrozenId},
};

/// A frozen copy that has been looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// What of it is not as it was frozen, if anything.
    pub is_intact: Result<(), Tampered>,
    /// The figures that do not follow from it.
    pub differences: Vec<Difference>,
}

impl Session {
    /// Whether a frozen copy is as it was frozen, and what of it does not follow from it; ask each frame while it is shown.
    pub fn ask_derived(&mut self, copy: &Frozen) -> Answer<'_, Derived> {
        self.dear.ask_derived(copy, self.figures)
    }

    /// What the figures of the record are looked up in. Figures of chance are there once they have been drawn for the
    /// workspace as it stands.
    #[must_use]
    pub fn basis(&self) -> Basis<'_> {
        let drawn = self.robustness();
        Basis {
            workspace: &self.workspace,
            analysis: &self.analysis,
            robustness: drawn.known().filter(|_| !drawn.is_updating),
        }
    }

    /// Whether everything that a copy is to hold has been worked out.
    #[must_use]
    pub fn can_freeze(&self) -> bool {
        !self.robustness().is_updating
    }

    /// A sealed copy of everything as it stands. Nothing is changed: put it into the record with an edit.
    #[must_use]
    pub fn freeze(&mut self, name: &str, by: &str, on: DateTime) -> Frozen {
        let id = FrozenId::named(name, self.new_tail());
        let figures = figures_to_freeze(&self.basis());
        edits::decision::frozen(&self.workspace, id, (name, by), on, figures)
    }
}
