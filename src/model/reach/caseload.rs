//! What is kept of a caseload: counts by need group, gate, provider and referrer, and the tripwires that were agreed
//! before award. Never a row about a person, never a pseudonym, never a count by the traits of people.

use serde::{Deserialize, Serialize};

use crate::model::ids::{EntryId, NeedGroupId};

/// Counts from 1 up to but not including this are hidden unless somebody says otherwise.
pub const USUALLY_HIDDEN_UNDER: u32 = 5;

/// The caseload check of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caseload {
    /// Limits that were agreed before award.
    #[serde(default)]
    pub tripwires: Vec<Tripwire>,
    /// The caseload that was counted last.
    #[serde(default)]
    pub counted: Option<Counted>,
}

impl Caseload {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tripwires.is_empty() && self.counted.is_none()
    }

    /// Takes out what refers to a need group that is removed: its tripwires, and what its counts are known by.
    pub fn forget_group(&mut self, id: &NeedGroupId) {
        self.tripwires.retain(|tripwire| tripwire.group.as_ref() != Some(id));
        for group in self.counted.iter_mut().flat_map(|counted| &mut counted.groups) {
            group.need_group.take_if(|known| known == id);
        }
    }
}

/// A caseload as it was counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The file's name, without its folders.
    pub source: String,
    /// The day on which it was counted.
    pub counted_on: Option<jiff::civil::Date>,
    /// Counts from 1 up to but not including this are hidden in everything that leaves the program.
    pub hidden_under: u32,
    /// The gates in the order in which people come to them, such as eligible, referred, accepted, started, served.
    pub gates: Vec<String>,
    pub groups: Vec<CountedGroup>,
    /// Those who let people in, each with its people by group; none where the table does not say.
    #[serde(default)]
    pub providers: Vec<CountedPlace>,
    /// Those who sent people, each with its people by group; none where the table does not say.
    #[serde(default)]
    pub referrers: Vec<CountedPlace>,
    /// How many people left in each week from [`WEEKS_EACH_WAY`] before payment to as many after it; empty where the table
    /// does not say.
    #[serde(default)]
    pub exits_by_week: Vec<u64>,
    /// Each gate adjusted for traits: results alone.
    #[serde(default)]
    pub adjusted: Vec<Adjusted>,
    /// How what people had is spread over their own need; `None` where the table says no need of a person.
    #[serde(default)]
    pub by_need: Option<ByNeed>,
}

/// What people had over their own need: results alone, for the needs of people are not kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByNeed {
    /// How many people have a need in the table, and how many different needs there are.
    pub people: u64,
    pub needs: u64,
    /// The fewest people, above nobody, of one need who fared alike at the last gate: with few of them and few needs
    /// nothing of it is told.
    pub fewest_alike: u64,
    /// Of passing the last gate.
    pub served: Spread,
    /// Of hours or contacts; empty where the table does not say them.
    pub hours: Spread,
}

/// Concentration indices over need; those that are undefined are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    pub standard: Option<f64>,
    pub wagstaff: Option<f64>,
    pub erreygers: Option<f64>,
    pub kakwani: Option<f64>,
}

/// How many weeks before and after payment exits are counted.
pub const WEEKS_EACH_WAY: usize = 8;

/// A need group of a caseload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedGroup {
    /// As the table calls it, or as the workspace does where it is one of its need groups.
    pub name: String,
    pub need_group: Option<NeedGroupId>,
    pub counts: Counts,
}

/// A provider or a referrer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedPlace {
    pub name: String,
    /// One entry a group, in the order of [`Counted::groups`].
    pub groups: Vec<Counts>,
}

/// How many people there were, and how far they came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub people: u64,
    /// How many passed each gate and all before it, in the order of [`Counted::gates`]: never rising.
    pub passed: Vec<u64>,
    /// Hours or contacts that they had in all; `None` where the table does not say.
    #[serde(default)]
    pub hours: Option<f64>,
    /// How many of them reached the outcome, and for how many something was paid.
    #[serde(default)]
    pub outcome: Option<u64>,
    #[serde(default)]
    pub paid: Option<u64>,
}

impl Counts {
    /// How many came to a gate: everybody to the first, those who passed the one before to the others.
    #[must_use]
    pub fn came_to(&self, gate: usize) -> u64 {
        match gate.checked_sub(1) {
            None => self.people,
            Some(before) => self.passed.get(before).copied().unwrap_or(0),
        }
    }

    /// How many passed a gate.
    #[must_use]
    pub fn passed(&self, gate: usize) -> u64 {
        self.passed.get(gate).copied().unwrap_or(0)
    }
}

/// One gate in a regression on the need group and on traits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjusted {
    pub gate: String,
    /// What it is adjusted for, as the table calls it.
    pub traits: Vec<String>,
    /// The group that the others are set against.
    pub against: String,
    /// −2 log likelihood, one observation a person; `None` where there is no fit.
    pub deviance: Option<f64>,
    pub terms: Vec<AdjustedTerm>,
    /// Why there is no fit, or no finite figure for some of its terms; empty where there is.
    pub reason: String,
    /// The fewest people, above nobody, who are alike in group and all traits and fared alike: with few of them the
    /// figures are told less finely. `None` where it is not known.
    #[serde(default)]
    pub fewest_alike: Option<u64>,
}

/// One term of a regression: logarithms of odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdjustedTerm {
    /// The group, or the trait with its value, such as `age_band: 25–34`.
    pub term: String,
    /// Whether the term is a need group.
    pub is_group: bool,
    pub coefficient: f64,
    pub standard_error: f64,
}

/// A limit for a need group that was agreed before award, and what is done when it is passed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tripwire {
    pub id: EntryId,
    /// The group it guards; `None` guards each of them.
    pub group: Option<NeedGroupId>,
    /// The gate it is about, by its name in the caseload.
    pub gate: String,
    pub statistic: Statistic,
    /// A share or a ratio from 0 upwards: the least that is allowed, for [`Statistic::TurnedAway`] the most.
    pub limit: f64,
    /// What is done when it trips.
    pub response: String,
    /// The day on which it was agreed.
    pub agreed: Option<jiff::civil::Date>,
    /// Who agreed it; empty where it is not said.
    #[serde(default)]
    pub agreed_by: String,
}

/// What a tripwire looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Statistic {
    /// The share of the group that passes.
    Rate,
    /// That share over the share of everyone else.
    RateRatio,
    /// That share over the share of the group with the highest.
    ImpactRatio,
    /// The group's share of those who passed over its share of those who came.
    RepresentationRatio,
    /// The share of the group that is turned away.
    TurnedAway,
}

impl Statistic {
    pub const ALL: [Self; 5] =
        [Self::Rate, Self::RateRatio, Self::ImpactRatio, Self::RepresentationRatio, Self::TurnedAway];

    /// What it is called, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Rate => "share that passes",
            Self::RateRatio => "share over that of everyone else",
            Self::ImpactRatio => "share over that of the best group",
            Self::RepresentationRatio => "share of those who passed over share of those who came",
            Self::TurnedAway => "share turned away",
        }
    }

    /// Whether it trips above its limit, and not below it.
    #[must_use]
    pub fn trips_above(self) -> bool {
        self == Self::TurnedAway
    }
}
