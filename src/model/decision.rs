//! The Decision room: the record of what is recommended, why, and who dissents.

use serde::{Deserialize, Serialize};

use super::{
    ids::{EntryId, OptionId, StakeholderId},
    workspace::Room,
};

/// The decision record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The option recommended, which may differ from the leader.
    pub recommendation: Option<OptionId>,
    /// The recommendation in one sentence.
    pub headline: String,
    /// Why the recommendation differs from the leader, where it does.
    pub why_not_the_leader: String,
    /// Why it is signed while statements are unanswered, where any are.
    pub why_unanswered: String,
    pub reasons: Vec<Reason>,
    pub dissent: Vec<Dissent>,
    pub conditions: Vec<Entry>,
    pub safeguards: Vec<Entry>,
    pub triggers: Vec<Entry>,
}

/// A reason, and the room it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub id: EntryId,
    pub text: String,
    pub room: Option<Room>,
}

/// Disagreement, in the dissenter's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dissent {
    pub id: EntryId,
    pub stakeholder: Option<StakeholderId>,
    pub text: String,
}

/// A condition, safeguard or review trigger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub id: EntryId,
    pub text: String,
    /// Who sees to it; empty when nobody is named.
    pub owner: String,
    pub due: Option<jiff::civil::Date>,
}
