//! Evenhand: an offline workbench for decisions on what public service to buy, for whom, and how to pay for it.
//!
//! Layers from the ground up; each knows only those below it, and the tidy test holds them to it.
//!
//! - [`model`]: what a workspace is — plain data, its checks, its differences, how its figures are written.
//! - [`analysis`]: what follows from it — pure and deterministic.
//! - [`file`]: how it is kept — RON, safe saving, backups, journal, lock.
//! - [`exchange`]: how it comes in and goes out — tables and JSON.
//! - [`session`]: one open workspace — revisions, history, jobs, commands.
//! - [`ui`]: the window.
//! - [`cli`]: the same work without a window.
//!
//! **The way of an edit.** A room reads `&Workspace` and the memoised analysis; a widget changes a draft value; then
//! `session.edit("Raise weight of Price certainty", merge_key, |w| …)` applies it to a copy, checks it, and makes it the
//! new `Arc<Workspace>` with its revision one higher. History and journal follow. Cheap analysis is recomputed at once;
//! dear analysis goes to a worker and replaces the old result when it comes. Nothing else writes the workspace.

pub mod analysis;
pub mod cli;
pub mod exchange;
pub mod file;
pub mod model;
pub mod session;
pub mod ui;
