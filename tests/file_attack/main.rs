//! What the file promises, made good by attack: faults of the disk, power cuts, kills, and formats old and new.
//!
//! The figures go into the table of `docs/file-safety.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../file_support/mod.rs"]
mod file_support;
#[path = "../promises/mod.rs"]
mod promises;

mod faults;
mod kills;
mod life;
mod power_cuts;
mod program_kills;
mod sealed_and_merged;
mod secrecy;
mod table;
