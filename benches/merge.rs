//! Joining workspaces of 10 MB in which each side has changed thousands of things. No target is given; twice the size must
//! take about twice the time.
#![expect(clippy::unwrap_used, reason = "a measure that cannot be taken must stop")]

mod workspaces;

use divan::Bencher;
use evenhand::model::{
    Workspace,
    merge::{Merge, Pick},
    voices::Statement,
};

fn main() {
    divan::main();
    #[cfg(target_os = "linux")]
    println!("{}", most_memory().unwrap_or_default());
}

const SIZES: [usize; 2] = [5_000_000, 10_000_000];

/// The three: a tenth of what there is is changed by ours alone, a tenth by theirs alone and a tenth by both, not alike;
/// a twentieth of the statements is removed by each, and a tenth added by each, among the rest.
fn three(size: usize) -> [Workspace; 3] {
    let base = workspaces::of_size(size);
    let side = |own: usize, whose: &str| {
        let mut side = base.clone();
        let voices = &mut side.voices;
        for (n, statement) in voices.statements.iter_mut().enumerate() {
            if n % 10 == own || n % 10 == 2 {
                statement.text = format!("{} ({whose})", statement.text);
            }
        }
        for (n, ballot) in voices.ballots.iter_mut().enumerate() {
            if n % 10 == own || n % 10 == 2 {
                ballot.swings.values_mut().take(5).for_each(|points| *points = (*points + own as f64) / 2.0);
            }
        }
        let mut n = 0;
        voices.statements.retain(|_| {
            n += 1;
            n % 20 != 3 + own
        });
        for n in (0..voices.statements.len()).step_by(10) {
            let id = format!("{whose}-{n}");
            voices.statements.insert(n, Statement::said(id.as_str().into(), "It came late."));
        }
        voices.stakeholders.rotate_left(own * 7);
        side
    };
    let (ours, theirs) = (side(0, "ours"), side(1, "theirs"));
    [base, ours, theirs]
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn compare(bencher: Bencher<'_, '_>, size: usize) {
    let [base, ours, theirs] = three(size);
    let merge = Merge::of(&base, &ours, &theirs);
    assert!(merge.conflicts().len() > size / 50_000 && merge.fitting().len() > size / 10_000);
    bencher.bench(|| Merge::of(&base, &ours, &theirs));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn choose(bencher: Bencher<'_, '_>, size: usize) {
    let [base, ours, theirs] = three(size);
    let merge = Merge::of(&base, &ours, &theirs);
    let picks: Vec<Pick> =
        (0..merge.conflicts().len()).map(|n| if n % 2 == 0 { Pick::Ours } else { Pick::Theirs }).collect();
    bencher.bench(|| merge.merged(&picks, "ours").unwrap());
}

/// Every conflict in words, as the command line tells them.
#[divan::bench(args = SIZES, sample_count = 3)]
fn tell(bencher: Bencher<'_, '_>, size: usize) {
    let [base, ours, theirs] = three(size);
    let merge = Merge::of(&base, &ours, &theirs);
    bencher.bench(|| merge.conflicts().iter().map(|conflict| merge.told(conflict)).collect::<Vec<_>>());
}

/// The most memory that the process has taken.
#[cfg(target_os = "linux")]
fn most_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with("VmHWM")).map(str::to_owned)
}
