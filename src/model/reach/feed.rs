//! Factors of Balance that are scored by what Reach predicts.

use serde::{Deserialize, Serialize};

use crate::model::ids::FactorId;

/// A factor whose scores are computed from the payment designs; nobody types them while it is linked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    pub factor: FactorId,
    pub measure: ReachMeasure,
}

/// What a payment design is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReachMeasure {
    /// Share of all people predicted to be supported, in per cent.
    ShareSupported,
    /// People a year left out.
    LeftOut,
    /// The share of its equal share that the least-supported group gets, in per cent, 100 at the most.
    WorstServed,
    /// Share of income that hangs on results, in per cent.
    IncomeAtRisk,
    /// How likely it is that people are picked and left: the levels High, Moderate and Low.
    Verdict,
}

impl ReachMeasure {
    pub const ALL: [Self; 5] =
        [Self::ShareSupported, Self::LeftOut, Self::WorstServed, Self::IncomeAtRisk, Self::Verdict];

    /// What it is, in a commissioner's words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ShareSupported => "Share supported",
            Self::LeftOut => "People left out",
            Self::WorstServed => "Least-supported group",
            Self::IncomeAtRisk => "Income at risk",
            Self::Verdict => "Cherry-picking risk",
        }
    }

    /// What its figures count.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::ShareSupported => "% supported",
            Self::LeftOut => "people a year",
            Self::WorstServed => "% of equal share",
            Self::IncomeAtRisk => "% of income",
            Self::Verdict => "",
        }
    }
}
