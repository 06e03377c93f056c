//! What follows from a workspace: pure functions, the same to the last bit on every machine.
//!
//! Nothing here draws, reads files, asks the clock or starts a thread of its own.

pub mod balance;
pub mod course;
pub mod explain;
pub mod random;
pub mod reach;
pub mod standing;
pub mod voices;

use crate::model::Workspace;

/// Everything cheap enough to be computed again at each edit.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub balance: balance::BalanceResult,
    pub voices: voices::VoicesResult,
    pub reach: reach::ReachResult,
}

impl Analysis {
    /// Computes every cheap result.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        Self {
            balance: balance::analyse(workspace),
            voices: voices::analyse(workspace),
            reach: reach::analyse(workspace),
        }
    }
}

/// Why a figure is not defined, in a short sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undefined(pub &'static str);

/// A figure, or why there is none.
pub type Figure = Result<f64, Undefined>;
