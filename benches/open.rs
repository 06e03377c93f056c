//! Opening and saving a workspace of 10 MB, without a history and with the longest that a file holds. Targets: open in
//! 0.5 s, aim 0.2 s; save in 1 s.
#![expect(clippy::unwrap_used, reason = "a measure that cannot be taken must stop")]

mod workspaces;

use std::sync::Arc;

use divan::Bencher;
use evenhand::{
    exchange::examples,
    file::{format, save},
    model::{
        Room, Workspace, check,
        trail::{MOST_STEPS, Trail},
    },
    session::Session,
};

const TEN_MEGABYTES: usize = 10_000_000;

fn main() {
    divan::main();
}

/// Steps taken before the file was saved: none, and enough for as long a history as a file ever keeps.
const STEPS: [usize; 2] = [0, MOST_STEPS];

/// What is written down of so many edits of Westmere, a weight each, with what that did to the answer.
fn history(steps: usize) -> Trail {
    let text = examples::find("westmere").unwrap().text;
    let workspace = format::from_text(text, "westmere").unwrap().workspace;
    let mut session = Session::new(workspace, 0, Arc::new(|| ()));
    session.works_as("Priya");
    for step in 0..steps {
        let weigh_anew = |w: &mut Workspace| {
            let factors = &mut w.balance.factors;
            let at = step % factors.len();
            factors[at].swing = Some(20.0 + (step / factors.len() % 60) as f64);
        };
        session.edit(format!("Weight {step}"), Room::Balance, None, weigh_anew).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("steps.evenhand.ron");
    session.save_as(&path);
    session.finish_jobs();
    let held = save::open(&path).unwrap().document.history;
    // The oldest give way where all of them are too long to keep.
    assert!(held.steps.len() > steps / 2 || steps == 0);
    held
}

fn document(steps: usize) -> format::Document {
    let workspace = workspaces::of_size(TEN_MEGABYTES);
    assert_eq!(check::broken(&workspace), None);
    format::Document { revision: 1, workspace, history: history(steps) }
}

/// From the path to a workspace that is checked and ready to be shown.
#[divan::bench(sample_count = 10, args = STEPS)]
fn open(bencher: Bencher<'_, '_>, steps: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.evenhand.ron");
    save::save(&path, &document(steps), None).unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > TEN_MEGABYTES as u64);
    bencher.bench(|| save::open(&path).unwrap());
}

/// The whole recipe: lay out, read back, write, sync, rotate the backups, rename, sync the folder.
#[divan::bench(sample_count = 10, args = STEPS)]
fn save(bencher: Bencher<'_, '_>, steps: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.evenhand.ron");
    let document = document(steps);
    bencher.bench(|| save::save(&path, &document, None).unwrap());
}

#[divan::bench(sample_count = 10)]
fn lay_out(bencher: Bencher<'_, '_>) {
    let document = document(0);
    bencher.bench(|| format::to_text(&document));
}

#[divan::bench(sample_count = 10)]
fn read(bencher: Bencher<'_, '_>) {
    let text = format::to_text(&document(0));
    bencher.bench(|| format::from_text(&text, "large.evenhand.ron").unwrap());
}

#[divan::bench(sample_count = 10)]
fn check_everything(bencher: Bencher<'_, '_>) {
    let document = document(0);
    bencher.bench(|| check::problems(&document.workspace));
}
