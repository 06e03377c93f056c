//! The Reach room: how each option pays, and so whom it would pay to serve.

mod payment;
mod terms;

use serde::{Deserialize, Serialize};

use super::money::Pence;

pub use {
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
}

impl Default for Reach {
    fn default() -> Self {
        Self { response_scale: Pence(60_000), terms: Vec::new(), payments: Vec::new() }
    }
}
