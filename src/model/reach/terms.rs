//! The terms on which an option pays.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FewerEvents, MeasuredCohort};
use crate::model::{
    ids::{NeedGroupId, OptionId},
    money::Pence,
};

/// The terms on which one option pays; an unknown term is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub option: OptionId,
    /// How it pays, in words.
    pub label: String,
    /// Paid a year whatever happens.
    pub block_fee: Option<Pence>,
    /// Paid for each person who starts, a.
    pub attachment_fee: Option<Pence>,
    pub threshold: Threshold,
    /// Whether only outcomes above the group's own baseline are paid.
    pub paid_above_baseline: bool,
    /// The most that is paid in a year.
    pub cap: Option<Pence>,
    pub referral: Option<Referral>,
    /// Whether the provider may refuse people who are referred; where nobody has said, it may where it decides who is
    /// referred.
    pub may_refuse: Option<bool>,
    pub minimum_standard: Option<bool>,
    /// The part of full support that everybody must get, 0 to 1: minimal contact costs and achieves that much more.
    pub contact_standard: Option<f64>,
    pub investor: Option<bool>,
    /// The share of every payment that is passed on to subcontractors, 0 to 1; nought where it is not promised.
    pub passed_on: Option<f64>,
    /// Whether it begins with a pilot.
    pub pilot: Option<bool>,
    /// Whether who is supported is watched by need group.
    pub monitored_by_group: Option<bool>,
    pub refusals_recorded: Option<bool>,
    /// Worker-hours and money a year that bound how many people can be supported.
    pub capacity_hours: Option<f64>,
    pub capacity_money: Option<Pence>,
    /// The share of each group that is supported whatever the money says, 0 to 1.
    pub floor: Option<f64>,
    /// The largest share of each group that would take the offer, 0 to 1; a group not named could all come.
    pub uptake: BTreeMap<NeedGroupId, f64>,
    /// The outcome rate with support that the bid promises for a group, and the one observed where it has run, 0 to 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rate_bid: BTreeMap<NeedGroupId, f64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rate_observed: BTreeMap<NeedGroupId, f64>,
    /// What is paid in each contract year, as a share of the prices stated; empty where they stay as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_by_year: Vec<f64>,
    /// The same for the attachment fee.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fee_by_year: Vec<f64>,
    /// Where the terms come from, and of what day; empty where nobody has said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What was measured of cohorts against comparison groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measured: Vec<MeasuredCohort>,
}

impl Terms {
    /// Terms of which nothing is known yet.
    #[must_use]
    pub fn unknown(option: OptionId) -> Self {
        Self {
            option,
            label: String::new(),
            block_fee: None,
            attachment_fee: None,
            threshold: Threshold::None,
            paid_above_baseline: false,
            cap: None,
            referral: None,
            may_refuse: None,
            minimum_standard: None,
            contact_standard: None,
            investor: None,
            passed_on: None,
            pilot: None,
            monitored_by_group: None,
            refusals_recorded: None,
            capacity_hours: None,
            capacity_money: None,
            floor: None,
            uptake: BTreeMap::new(),
            rate_bid: BTreeMap::new(),
            rate_observed: BTreeMap::new(),
            price_by_year: Vec::new(),
            fee_by_year: Vec::new(),
            source: String::new(),
            measured: Vec::new(),
        }
    }

    /// Whether the provider may turn people away.
    #[must_use]
    pub fn provider_may_refuse(&self) -> Option<bool> {
        self.may_refuse.or(self.referral.map(|referral| referral == Referral::Provider))
    }

    /// Forgets a need group that is gone.
    pub fn forget_group(&mut self, group: &NeedGroupId) {
        for by_group in [&mut self.uptake, &mut self.rate_bid, &mut self.rate_observed] {
            by_group.remove(group);
        }
    }

    /// How many contract years differ in what is paid; nought where they do not.
    #[must_use]
    pub fn contract_years(&self) -> usize {
        self.price_by_year.len().max(self.fee_by_year.len())
    }
}

/// Whether results are paid only past a rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Threshold {
    #[default]
    None,
    /// All or nothing at this outcome rate, 0 to 1.
    Binary(f64),
    /// For each outcome above this rate, 0 to 1.
    Above(f64),
    /// All or nothing by how many fewer events there are than in a comparison group.
    Fewer(FewerEvents),
}

impl Threshold {
    /// Whether one case more or less can decide about the whole payment.
    #[must_use]
    pub fn is_all_or_nothing(self) -> bool {
        matches!(self, Self::Binary(_) | Self::Fewer(_))
    }
}

/// Who decides who comes to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Referral {
    Provider,
    Commissioner,
    Court,
}

impl Referral {
    pub const ALL: [Self; 3] = [Self::Provider, Self::Commissioner, Self::Court];

    /// The word that tables use.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Commissioner => "commissioner",
            Self::Court => "court",
        }
    }
}
