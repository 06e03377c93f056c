//! The Question room: what is being decided, for whom, where, and between what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ids::{EntitlementId, NeedGroupId, OptionId, TradeOffId},
    money::Pence,
};

/// What is to be decided, and everything that frames it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question in one sentence.
    pub text: String,
    /// The place it is about.
    pub place: String,
    /// Who answers for the decision.
    pub decision_maker: String,
    /// When the service would start, in the commissioner's words.
    pub starts: String,
    /// How many years the service is bought for.
    pub horizon_years: Option<u32>,
    /// What could be commissioned, in the order shown.
    pub options: Vec<ServiceOption>,
    /// For whom: the groups of people in need.
    pub need_groups: Vec<NeedGroup>,
    /// Minimum entitlements and statutory duties.
    pub entitlements: Vec<Entitlement>,
    /// What is rationed, between whom, said plainly.
    pub trade_offs: Vec<TradeOff>,
}

/// One thing that could be commissioned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceOption {
    pub id: OptionId,
    /// The badge by which people point at it: A to H, then 9, 10 …; constant for the life of the workspace.
    pub badge: String,
    pub name: String,
    /// A short form for narrow columns; empty means the name.
    pub short: String,
    pub summary: String,
    /// The level at which it is decided, designed and delivered.
    pub decided: Option<Level>,
    pub designed: Option<Level>,
    pub delivered: Option<Level>,
}

impl ServiceOption {
    /// The short form where there is one, else the name.
    #[must_use]
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }
}

/// The badge of the option in place `index` (0-based): A to H, then 9, 10 ….
#[must_use]
pub fn badge(index: usize) -> String {
    match u8::try_from(index) {
        Ok(i) if i < 8 => char::from(b'A' + i).to_string(),
        _ => (index + 1).to_string(),
    }
}

/// How large a place or circle of people is, from the smallest up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    FewStreets,
    Estate,
    Ward,
    GroupOfPeople,
    Borough,
    County,
    Region,
    Nation,
}

impl Level {
    pub const ALL: [Self; 8] = [
        Self::FewStreets,
        Self::Estate,
        Self::Ward,
        Self::GroupOfPeople,
        Self::Borough,
        Self::County,
        Self::Region,
        Self::Nation,
    ];

    /// The level in a commissioner's words, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::FewStreets => "a few streets",
            Self::Estate => "estate",
            Self::Ward => "ward",
            Self::GroupOfPeople => "a group of people",
            Self::Borough => "borough",
            Self::County => "county",
            Self::Region => "region",
            Self::Nation => "nation",
        }
    }
}

/// People with a like need, with what serving and parking them costs and achieves.
///
/// Probabilities and costs are for one person; an unknown figure is `None` and never a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedGroup {
    pub id: NeedGroupId,
    pub name: String,
    /// A short form for narrow columns; empty means the name.
    pub short: String,
    /// People a year, n.
    pub people_per_year: Option<f64>,
    /// Cost of supporting one person well, c.
    pub cost_supported: Option<Pence>,
    /// Cost of minimal contact with one person, k.
    pub cost_parked: Option<Pence>,
    /// Probability of the outcome with no service (b), with minimal contact (q) and with support (p), 0 to 1.
    pub outcome_without: Option<f64>,
    pub outcome_parked: Option<f64>,
    pub outcome_supported: Option<f64>,
    /// How far people inside the group differ in their chance of the outcome with support: a standard deviation, 0 to
    /// 0.5.
    pub outcome_spread: Option<f64>,
    /// Worker-hours that supporting one person takes.
    pub hours_supported: Option<f64>,
    /// Whether this group is seldom heard.
    pub seldom_heard: bool,
    /// Where the figures come from, and what had to be assumed.
    pub source: String,
}

impl NeedGroup {
    /// A group of which only the name is known.
    #[must_use]
    pub fn named(id: NeedGroupId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            short: String::new(),
            people_per_year: None,
            cost_supported: None,
            cost_parked: None,
            outcome_without: None,
            outcome_parked: None,
            outcome_supported: None,
            outcome_spread: None,
            hours_supported: None,
            seldom_heard: false,
            source: String::new(),
        }
    }

    /// The short form where there is one, else the name.
    #[must_use]
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }
}

/// A minimum that no choice may undercut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitlement {
    pub id: EntitlementId,
    pub text: String,
    /// Who answers for it.
    pub answers: String,
    /// Whether each option meets it; an option that is not named has not been looked at. An option that fails is
    /// struck from the ranking.
    pub met_by: BTreeMap<OptionId, bool>,
}

/// Something rationed, said plainly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TradeOff {
    pub id: TradeOffId,
    /// Between whom or what, such as "Between people".
    pub between: String,
    pub text: String,
}
