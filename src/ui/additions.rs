//! What can be added to a workspace by a command, from wherever one is.

use super::{
    desk::Desk,
    icons::{self, Icon},
    rooms::{balance, question, voices},
};
use crate::model::{Room, balance::Side};

/// Something that a command adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Addition {
    Option,
    NeedGroup,
    Entitlement,
    TradeOff,
    Voice,
    Statement,
    Ballot,
    Factor(Side),
}

impl Addition {
    /// What the palette calls it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Option => "Add an option",
            Self::NeedGroup => "Add a need group",
            Self::Entitlement => "Add an entitlement",
            Self::TradeOff => "Add a trade-off",
            Self::Voice => "Add a voice",
            Self::Statement => "Add a statement",
            Self::Ballot => "Add a ballot",
            Self::Factor(Side::Operational) => "Add an operational factor",
            Self::Factor(Side::Commercial) => "Add a commercial factor",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::Option => "Another way in which the service could be commissioned",
            Self::NeedGroup => "People whose needs the service is to meet",
            Self::Entitlement => "What no choice may undercut",
            Self::TradeOff => "What is rationed, and between whom",
            Self::Voice => "Somebody who has a say, by role or pseudonym",
            Self::Statement => "What somebody has said",
            Self::Ballot => "Take down somebody’s swing points",
            Self::Factor(Side::Operational) => "Whether it works, for whom and how lastingly",
            Self::Factor(Side::Commercial) => "What it costs and what it risks",
        }
    }

    /// The icon beside it in the palette.
    #[must_use]
    pub fn icon(self) -> Icon {
        if self == Self::Voice { icons::USER_PLUS } else { icons::PLUS }
    }

    /// Where it is added.
    #[must_use]
    pub fn page(self) -> (Room, &'static str) {
        match self {
            Self::Option => (Room::Question, "Options"),
            Self::NeedGroup => (Room::Question, "Need groups"),
            Self::Entitlement | Self::TradeOff => (Room::Question, "Entitlements"),
            Self::Voice => (Room::Voices, "Register"),
            Self::Statement => (Room::Voices, "Statements"),
            Self::Ballot => (Room::Voices, "Ballots"),
            Self::Factor(_) => (Room::Balance, "Scores"),
        }
    }

    /// Adds it on its page, where its first field takes the keyboard. Whose ballot it is is asked there.
    pub(super) fn begin(self, desk: &mut Desk<'_>) {
        let (room, page) = self.page();
        desk.view.go(room, page);
        match self {
            Self::Option => question::add_option(desk),
            Self::NeedGroup => question::add_need_group(desk),
            Self::Entitlement => question::add_entitlement(desk),
            Self::TradeOff => question::add_trade_off(desk),
            Self::Voice => voices::add_person(desk),
            Self::Statement => voices::add_statement(desk, None),
            Self::Ballot => desk.view.voices.choose_whose_ballot(),
            Self::Factor(side) => balance::add_factor(desk, side),
        }
    }
}
