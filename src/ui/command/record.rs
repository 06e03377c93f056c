//! What can be done with the record of the decision, as commands.

use crate::ui::{
    desk::Desk,
    icons::{self, Icon},
    rooms::decision,
};

/// Something that is done with the whole record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnRecord {
    Sign,
    TakeBack,
    Freeze,
    /// Look at everything that is to be settled.
    Unmet,
    History,
}

impl OnRecord {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Sign => "Sign off the record",
            Self::TakeBack => "Take the signature back",
            Self::Freeze => "Freeze this record",
            Self::Unmet => "See what is to be settled",
            Self::History => "Show the history",
        }
    }

    pub(super) fn tooltip(self) -> &'static str {
        match self {
            Self::Sign => "Sign it, and freeze all that it stands on",
            Self::TakeBack => "The record is unsigned again; what was frozen with it stays",
            Self::Freeze => "Keep a dated copy of the record and its figures that nobody can change",
            Self::Unmet => "Everything that is open before somebody signs, with the way to each",
            Self::History => "Who changed what, and when",
        }
    }

    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Sign => icons::SEAL_CHECK,
            Self::TakeBack => icons::ARROW_U_UP_LEFT,
            Self::Freeze => icons::SNOWFLAKE,
            Self::Unmet => icons::FLAG,
            Self::History => icons::CLOCK_COUNTER_CLOCKWISE,
        }
    }

    /// Does it, or asks what must be known first.
    pub(in crate::ui) fn begin(self, desk: &mut Desk<'_>) {
        decision::begin(desk, self);
    }
}
