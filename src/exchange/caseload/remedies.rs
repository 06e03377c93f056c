//! What to do about each kind of trouble.

use super::{Mapping, Way, findings::Matter};

/// What it means and what to do about it.
pub(super) fn remedy(matter: Matter, mapping: &Mapping) -> String {
    let way = mapping.way(matter);
    let text = match (matter, way) {
        (Matter::Encoding, _) => "Save the sheet as “CSV UTF-8”; £ and accents are written another way here.",
        (Matter::Quotes, _) => {
            "A quotation mark is not closed, or something stands behind the one that closes a cell: mend it, or double \
             it to keep it as text."
        }
        (Matter::Width, _) => {
            "A mark that parts cells may stand inside a text: put such texts in quotation marks, or take them out."
        }
        (Matter::NotYesOrNo, _) => {
            "Yes is 1, true, yes, y or a date; no is 0, false, no, n or empty. Mend the cells, or do not read the column."
        }
        (Matter::NotADate, _) => {
            "Dates are written 4/3/2025 or 2025-03-04. Mend the cells, or leave them empty."
        }
        (Matter::NotANumber, _) => "Counts are whole numbers and hours numbers, from 0. Mend the cells.",
        (Matter::FreeText, _) => {
            "A column of names should repeat a few; this one does not. Choose another column, or do not read it."
        }
        (Matter::OutOfOrder, Way::LeaveOut) => "They are left out. Are dates swapped?",
        (Matter::OutOfOrder, _) => "They are counted as they stand. Are dates swapped?",
        (Matter::OutcomeFirst, Way::LeaveOut) => "They are left out. Is the date of the outcome right?",
        (Matter::OutcomeFirst, _) => "They are counted as they stand. Is the date of the outcome right?",
        (Matter::GateSkipped, Way::LeaveOut) => "They are left out.",
        (Matter::GateSkipped, Way::StopAtGap) => "They are counted up to the gap.",
        (Matter::GateSkipped, _) => "They are taken as having passed the earlier gates. Is a mark missing?",
        (Matter::Twice, Way::Take) => "Same pseudonym and first date. Each row is counted.",
        (Matter::Twice, _) => "Same pseudonym and first date. Counted once.",
        (Matter::TwiceDiffers, Way::Take) => "Same pseudonym and first date. Each row is counted.",
        (Matter::TwiceDiffers, _) => {
            "Same pseudonym and first date. The first row is counted: look which is right."
        }
        (Matter::BlankRows, _) => "They are passed over.",
        _ => "Look at these rows.",
    };
    text.to_owned()
}
