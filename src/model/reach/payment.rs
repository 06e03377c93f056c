//! What is paid for a milestone.

use serde::{Deserialize, Serialize};

use crate::model::{
    ids::{NeedGroupId, OptionId, PaymentId},
    money::Pence,
};

/// A price for one milestone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    pub id: PaymentId,
    pub option: OptionId,
    /// The group it is paid for; `None` for every group that has no price of its own for this milestone.
    pub group: Option<NeedGroupId>,
    pub milestone: String,
    pub price: Pence,
    /// Probability that a parked and that a supported person reaches it, 0 to 1; `None` for the group's own rates.
    pub probability_parked: Option<f64>,
    pub probability_supported: Option<f64>,
}
