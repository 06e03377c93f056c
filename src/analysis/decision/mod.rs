//! What a record rests on, what is still to be settled before it is signed, and whether a frozen copy still stands.

pub mod another;
pub mod changed;
pub mod checklist;
pub mod drafts;
pub mod figures;
pub mod frozen;
pub mod unmet;

pub use another::{OfAnother, of_another};
pub use changed::{ChangedFigure, changed};
pub use checklist::{Checklist, ChecklistItem, checklists};
pub use drafts::{Draft, drafts};
pub use figures::{Basis, KeyFigure};
pub use frozen::{SinceSigned, since_signed};
pub use unmet::{NOT_LEADING, NOT_RECOMMENDED, Unmet, unmet};
