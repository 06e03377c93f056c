//! The prices that a group's own is held against, each by one name wherever it shows (methods, section 3).

use super::{
    OptionReach,
    design_copy::DesignCopy,
    fix::{FixSettings, fix, fix_copy},
};
use crate::{analysis::Figure, model::Workspace};

/// The prices of one group, £ for a success that reaches every result that is paid for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedPrices {
    /// What is paid now.
    pub paid: f64,
    /// (c − k)/(p − q): supporting earns what parking earns, and under it parking earns more. No gain, not rounded.
    pub parks_under: Figure,
    /// (g* + c − k)/(p − q) rounded up: supporting earns [`super::TARGET_GAIN_POUNDS`] more than parking, with all of
    /// the start fee paid at the start.
    pub park_proof: Figure,
    /// The park-proof price once two thirds of the start fee are paid only on completion, which parked people do not
    /// reach. With no start fee it is the park-proof price.
    pub fair: Figure,
}

/// The prices of every need group; empty where an option has neither terms nor payments.
#[must_use]
pub fn named_prices(workspace: &Workspace, option: usize, reach: &OptionReach) -> Vec<NamedPrices> {
    let fair = FixSettings::default();
    let Some(id) = workspace.question.options.get(option).map(|option| &option.id) else { return Vec::new() };
    let at_start = DesignCopy::of(workspace, id).with_whole_fee();
    let whole = fix_copy(workspace, &at_start, FixSettings { held_back: 0.0, ..fair });
    let (Some(whole), Some(held_back)) = (whole, fix(workspace, option, fair)) else {
        return Vec::new();
    };
    let fixed = whole.groups.iter().zip(&held_back.groups);
    let named = reach.groups.iter().zip(fixed).map(|(now, (whole, held_back))| NamedPrices {
        paid: now.outcome_price,
        parks_under: now.price_at_which_it_pays_to_park,
        park_proof: whole.price,
        fair: held_back.price,
    });
    named.collect()
}
