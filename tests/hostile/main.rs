//! Files that mean no good: cut off, bent, mutated and made by hand. Each is read or refused within its time and its
//! memory, with words that say where it is wrong; none makes the program fall over, and nothing in one is overlooked.
//!
//! `EVENHAND_LONGER=20 cargo test --test hostile` reads twenty times as many mutants.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../file_support/mod.rs"]
mod file_support;
#[path = "../promises/mod.rs"]
mod promises;

mod bends;
mod books;
mod by_hand;
mod memory;
mod mutants;
mod reading;
mod sheets;
mod workspaces;
