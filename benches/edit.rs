//! One edit at 50 options × 30 factors × 200 voices. Everything cheap must be new in the same frame, and a frame has
//! 8 ms, aim 4 ms.

mod workspaces;

use std::sync::Arc;

use divan::Bencher;
use evenhand::{
    analysis::Analysis,
    model::{Room, Workspace, check, diff},
    session::Session,
};

fn main() {
    divan::main();
}

fn set_weight(workspace: &mut Workspace, points: u32) {
    workspace.balance.factors[3].swing = Some(f64::from(points % 100));
}

/// An edit through the session, as a drag makes them: copy, change, check, record, compute what is cheap, hand what is
/// dear to the workers.
#[divan::bench]
fn edit(bencher: Bencher<'_, '_>) {
    let mut session = Session::new(workspaces::large(), 1, Arc::new(|| {}));
    let mut points = 0;
    bencher.bench_local(|| {
        points += 1;
        session.edit("Set weight", Room::Balance, Some("weight"), |w| set_weight(w, points))
    });
}

/// The part of it that computes.
#[divan::bench]
fn cheap_analysis(bencher: Bencher<'_, '_>) {
    let workspace = workspaces::large();
    bencher.bench(|| Analysis::of(&workspace));
}

/// The part of it that copies.
#[divan::bench]
fn copy(bencher: Bencher<'_, '_>) {
    let workspace = workspaces::large();
    bencher.bench(|| workspace.clone());
}

/// The part of it that checks. Target: 1 ms.
#[divan::bench]
fn check_for_breaks(bencher: Bencher<'_, '_>) {
    let workspace = workspaces::large();
    assert_eq!(check::broken(&workspace), None);
    bencher.bench(|| check::broken(&workspace));
}

/// What changed, for the words of a step.
#[divan::bench]
fn differences(bencher: Bencher<'_, '_>) {
    let before = workspaces::large();
    let mut after = before.clone();
    set_weight(&mut after, 1);
    after.balance.scores.swap(0, 700);
    bencher.bench(|| diff::changes(&before, &after));
}
