//! The terms on which an option pays.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    pub minimum_standard: Option<bool>,
    pub investor: Option<bool>,
    /// Worker-hours and money a year that bound how many people can be supported.
    pub capacity_hours: Option<f64>,
    pub capacity_money: Option<Pence>,
    /// The share of each group that is supported whatever the money says, 0 to 1.
    pub floor: Option<f64>,
    /// The largest share of each group that would take the offer, 0 to 1; a group not named could all come.
    pub uptake: BTreeMap<NeedGroupId, f64>,
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
            minimum_standard: None,
            investor: None,
            capacity_hours: None,
            capacity_money: None,
            floor: None,
            uptake: BTreeMap::new(),
        }
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
