//! What can be added to a workspace by a command, from wherever one is.

use super::{
    desk::Desk,
    icons::{self, Icon},
    rooms::{balance, decision, question, voices},
};
use crate::model::{Room, balance::Side, decision::RecordList};

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
    /// A sentence of the record.
    Entry(RecordList),
    Dissent,
    Duty,
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
            Self::Entry(RecordList::Reasons) => "Add a reason",
            Self::Entry(RecordList::Conditions) => "Add a condition",
            Self::Entry(RecordList::Safeguards) => "Add a safeguard",
            Self::Entry(RecordList::Triggers) => "Add a review trigger",
            Self::Entry(RecordList::Rationed) => "Add what is rationed",
            Self::Entry(RecordList::Reviews) => "Add a review",
            Self::Dissent => "Add a dissent",
            Self::Duty => "Add a duty",
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
            Self::Entry(RecordList::Reasons) => "Why the record recommends what it does",
            Self::Entry(RecordList::Conditions) => "What must hold for the recommendation to stand",
            Self::Entry(RecordList::Safeguards) => "What keeps people from being left out",
            Self::Entry(RecordList::Triggers) => "What makes somebody look again before the plan says so",
            Self::Entry(RecordList::Rationed) => "What there is not enough of, and between whom",
            Self::Entry(RecordList::Reviews) => "What is looked at again, when and by whom",
            Self::Dissent => "Who disagrees, in their own words",
            Self::Duty => "What the law or a promise asks, and how it was met",
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
            Self::Entry(RecordList::Conditions | RecordList::Safeguards) => (Room::Decision, "Conditions"),
            Self::Entry(RecordList::Triggers | RecordList::Reviews) => (Room::Decision, "Review plan"),
            Self::Entry(RecordList::Reasons | RecordList::Rationed) | Self::Dissent => {
                (Room::Decision, "Record")
            }
            Self::Duty => (Room::Decision, "Duties"),
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
            Self::Entry(list) => decision::add_entry(desk, list),
            Self::Dissent => decision::add_dissent(desk),
            Self::Duty => decision::add_duty(desk),
        }
    }
}
