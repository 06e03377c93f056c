//! Figures of the room as they are typed and shown in fields, each of which may be left empty.

use crate::{
    exchange::figure,
    model::wording::{decimals_used, number},
};

/// Reads a share that may be left empty.
pub(super) fn optional_share(typed: &str) -> Result<Option<f64>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let share = figure::share(typed).filter(|share| (0.0..=1.0).contains(share)).map(Some);
    share.ok_or_else(|| format!("“{typed}” is not a share; write it like 40 %."))
}

/// Reads a number from 0 upwards that may be left empty.
pub(super) fn optional_number(typed: &str) -> Result<Option<f64>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let read = figure::number(typed).filter(|number| !number.percent).map(|number| number.value);
    let read = read.filter(|number| *number >= 0.0).map(Some);
    read.ok_or_else(|| format!("“{typed}” is not a number from 0 upwards."))
}

/// A number with all its decimals; nothing where there is none.
pub(super) fn shown(value: Option<f64>) -> String {
    value.map(|value| number(value, decimals_used(value))).unwrap_or_default()
}
