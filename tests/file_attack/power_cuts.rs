//! The power goes at any moment: what was not synced is dropped, torn or reordered. A save that was reported is there, one
//! that was not is there whole or not at all, and the journal gives back every step that was put down.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use evenhand::file::{
    backups,
    format::{self, Document},
    journal::{self, Base, Journal, JournalStep},
    save::{self, Fingerprint},
    storage::Storage,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    file_support::{memory_disk::MemoryDisk, of_lines},
    kills::without_new_processes,
    promises::{kept, thousands},
};

/// How many disks are looked at in each of the ways to work; together a thousand.
const SAVES: usize = 250;
const FIRST_SAVES: usize = 300;
const JOURNALS: usize = 450;

/// How many times as many; see the document.
fn times() -> usize {
    std::env::var("EVENHAND_LONGER").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn path() -> PathBuf {
    PathBuf::from("/plans/plan.evenhand.ron")
}

/// The version of a workspace of this number; its length differs from that of its neighbours by more than a block.
fn version(number: usize) -> Document {
    of_lines(&format!("Version {number}"), 30 + number * 37 % 300)
}

fn text(number: usize) -> Vec<u8> {
    format::to_text(&version(number)).into_bytes()
}

/// Something that was done, and how much the disk had been asked to do before and after.
struct Done {
    number: usize,
    begun: usize,
    ended: usize,
}

/// Of what was done in order: the last that had ended when the power went, and the one that was under way.
fn at(done: &[Done], steps: usize) -> (Option<usize>, Option<usize>) {
    let ended = done.iter().rfind(|done| done.ended <= steps).map(|done| done.number);
    let under_way = done.iter().find(|done| done.begun < steps && steps < done.ended).map(|done| done.number);
    (ended, under_way)
}

fn save(disk: &MemoryDisk, number: usize, done: &mut Vec<Done>) -> Fingerprint {
    let before = disk.content(&path()).map(|bytes| Fingerprint::of(&bytes));
    let begun = disk.steps();
    let saved = save::save_to(disk, &path(), &version(number), before).unwrap();
    assert_eq!(saved.warning, None);
    done.push(Done { number, begun, ended: disk.steps() });
    saved.fingerprint
}

/// What must be true of the file and its backups after a power cut.
fn judge(found: &MemoryDisk, done: &[Done], steps: usize, seed: u64) {
    let (ended, under_way) = at(done, steps);
    let there = found.content(&path());
    let allowed: Vec<Option<Vec<u8>>> = match under_way {
        Some(number) => vec![ended.map(text), Some(text(number))],
        None => vec![ended.map(text)],
    };
    assert!(allowed.contains(&there), "seed {seed}, step {steps}: a third state of version {ended:?}");
    // What the new file took the place of must be among the backups.
    let is_replaced = under_way.is_some_and(|number| there == Some(text(number)));
    if let Some(there) = there {
        let opened = save::open_from(found, &path()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(opened.fingerprint, Fingerprint::of(&there));
    }
    let folder = backups::folder_of(&path());
    let in_folder = found.names().into_iter().filter(|name| name.parent() == Some(&folder));
    let backups: Vec<Vec<u8>> = in_folder
        .filter(|name| name.to_string_lossy().ends_with(".evenhand.ron"))
        .map(|name| found.content(&name).unwrap())
        .collect();
    let Some(ended) = ended else { return };
    // The oldest may have made room for the one that is under way.
    let first = (ended + usize::from(under_way.is_some())).saturating_sub(backups::KEPT);
    for number in first..ended + usize::from(is_replaced) {
        assert!(
            backups.contains(&text(number)),
            "seed {seed}, step {steps}: the backup of version {number} is lost"
        );
    }
    let known: Vec<Vec<u8>> = (ended.saturating_sub(backups::KEPT + 3)..=ended).map(text).collect();
    assert!(backups.iter().all(|backup| known.contains(backup)), "seed {seed}: a backup that is none");
}

fn cut_the_power(disk: &MemoryDisk, images: usize, first_seed: u64, judge: impl Fn(&MemoryDisk, usize, u64)) {
    let critical = disk.steps_behind_renames();
    for seed in first_seed..first_seed + (images * times()) as u64 {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let steps = if chance.random_bool(0.4) {
            critical[chance.random_range(0..critical.len())]
        } else {
            chance.random_range(0..=disk.steps())
        };
        judge(&disk.after_a_power_cut(steps, &mut chance), steps, seed);
    }
}

#[test]
fn saves_and_the_rotation_of_backups() {
    let disk = MemoryDisk::with_folder(Path::new("/plans"));
    let mut done = Vec::new();
    for number in 0..backups::KEPT + 2 {
        save(&disk, number, &mut done);
    }
    disk.settle();
    let last = backups::KEPT + 1;
    let mut done = vec![Done { number: last, begun: 0, ended: 0 }];
    for number in 1..=4 {
        save(&disk, last + number, &mut done);
    }
    cut_the_power(&disk, SAVES, 0, |found, steps, seed| judge(found, &done, steps, seed));
    kept(
        "file_attack::power_cuts::saves_and_the_rotation_of_backups",
        &format!("{} disks", thousands(SAVES)),
    );
}

#[test]
fn a_first_save_and_the_first_backup() {
    let disk = MemoryDisk::with_folder(Path::new("/plans"));
    disk.settle();
    let mut done = Vec::new();
    for number in 0..2 {
        save(&disk, number, &mut done);
    }
    cut_the_power(&disk, FIRST_SAVES, 100_000, |found, steps, seed| judge(found, &done, steps, seed));
    kept(
        "file_attack::power_cuts::a_first_save_and_the_first_backup",
        &format!("{} disks", thousands(FIRST_SAVES)),
    );
}

fn step(number: usize) -> JournalStep {
    let time = "2026-11-22T14:30:05Z".parse().unwrap();
    JournalStep { time, label: format!("Edit {number}"), room: None, marks: Vec::new() }
}

/// The number in the title of a workspace.
fn number_of(title: &str) -> usize {
    title
        .strip_prefix("Version ")
        .and_then(|number| number.parse().ok())
        .unwrap_or_else(|| panic!("“{title}”"))
}

#[test]
fn the_journal_up_to_its_last_whole_step() {
    let locks = tempfile::tempdir().unwrap();
    // The folder of journals is made by the first of them.
    let folder = locks.path().join("journals");
    std::fs::create_dir(&folder).unwrap();
    let disk = Arc::new(MemoryDisk::with_folder(Path::new("/plans")));
    disk.create_folder(locks.path()).unwrap();
    let saved = save(&disk, 0, &mut Vec::new());
    disk.settle();
    let alone = without_new_processes();
    let (mut saves, mut edits) = (vec![Done { number: 0, begun: 0, ended: 0 }], Vec::new());
    let base = Base { document: version(0), path: Some(path()), saved: Some(saved) };
    let journal = Journal::begin_on(Arc::clone(&disk) as Arc<dyn Storage>, &folder, base).unwrap();
    for number in 1..=9 {
        let begun = disk.steps();
        journal.record(&version(number), &[step(number)]).unwrap();
        edits.push(Done { number, begun, ended: disk.steps() });
        if number % 4 == 0 {
            let saved = save(&disk, number, &mut saves);
            let base = Base { document: version(number), path: Some(path()), saved: Some(saved) };
            journal.saved(base).unwrap();
        }
    }
    drop(journal);
    drop(alone);
    cut_the_power(&disk, JOURNALS, 200_000, |found, steps, seed| {
        let (put_down, under_way) = at(&edits, steps);
        let (saved, saving) = at(&saves, steps);
        let file = save::open_from(found, &path()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let in_file = number_of(&file.document.workspace.title);
        assert!(Some(in_file) == saved || Some(in_file) == saving, "seed {seed}: a third state");
        let _alone = without_new_processes();
        let found: Arc<dyn Storage> = Arc::new(found.clone());
        let journals = journal::recoverable_on(&found, &folder);
        let mut last = in_file;
        for journal in &journals {
            let moments = journal.moments.len();
            let number = number_of(&journal.title);
            for (moment, back) in (0..moments).rev().zip(0..) {
                assert!(
                    journal.document(moment).unwrap() == version(number - back),
                    "seed {seed}, moment {moment}"
                );
            }
            last = last.max(number);
        }
        assert!(
            last >= put_down.unwrap_or(0),
            "seed {seed}, step {steps}: edit {put_down:?} is lost, {last} is there"
        );
        assert!(last <= under_way.or(put_down).unwrap_or(0), "seed {seed}: an edit that was never made");
    });
    kept(
        "file_attack::power_cuts::the_journal_up_to_its_last_whole_step",
        &format!("{} disks", thousands(JOURNALS)),
    );
}
