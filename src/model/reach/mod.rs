//! The Reach room: how each option pays, and so whom it would pay to serve.

pub mod caseload;
pub mod changing_risk;
mod comparison;
mod feed;
pub mod illustrative_risk;
mod payment;
mod terms;

use serde::{Deserialize, Serialize};

use super::money::Pence;
use caseload::Caseload;

pub use {
    changing_risk::ChangingRisk,
    comparison::{FewerEvents, MeasuredCohort},
    feed::{Feed, ReachMeasure},
    payment::Payment,
    terms::{Referral, Terms, Threshold},
};

/// The payment design of every option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// The gain at which a provider's mind begins to change, s: the £ scale of the response at the middle of its dial.
    pub response_scale: Pence,
    pub terms: Vec<Terms>,
    pub payments: Vec<Payment>,
    /// How risk changes over years and what it costs; `None` while nobody has said.
    pub changing_risk: Option<ChangingRisk>,
    /// The factors of Balance that are scored by what is predicted here.
    #[serde(default)]
    pub feeds: Vec<Feed>,
    /// What was found in the caseload after letting, and the limits agreed before it.
    #[serde(default)]
    pub caseload: Caseload,
}

impl Default for Reach {
    fn default() -> Self {
        Self {
            response_scale: Pence(60_000),
            terms: Vec::new(),
            payments: Vec::new(),
            feeds: Vec::new(),
            changing_risk: None,
            caseload: Caseload::default(),
        }
    }
}
