//! The program itself is really killed while it merges into a file that is there: the file is wholly as it was or wholly
//! the merge, and its backups are whole.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use evenhand::file::{backups, save};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    kills::{alone_to_start, number_of, version},
    promises::kept,
};

const KILLS: u64 = 200;
/// In so many folders, side by side.
const FOLDERS: u64 = 2;

/// A folder with a workspace, a side that has changed nothing, and one that is another version each time.
struct Merging {
    folder: tempfile::TempDir,
}

impl Merging {
    fn new() -> Self {
        let merging = Self { folder: tempfile::tempdir().unwrap() };
        save::save(&merging.path("base"), &version(0), None).unwrap();
        save::save(&merging.path("ours"), &version(0), None).unwrap();
        merging
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.evenhand.ron"))
    }

    /// Merges this version in; the program is killed after so long, if it still runs.
    fn run(&self, number: u64, patience: Option<Duration>) -> ExitStatus {
        let theirs = self.path("theirs");
        let _ = std::fs::remove_file(&theirs);
        save::save(&theirs, &version(number), None).unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_evenhand"));
        program.arg("merge").args(["base", "ours", "theirs"].map(|name| self.path(name)));
        program.arg("-o").arg(self.path("merged")).arg("--force").stdout(Stdio::null()).stderr(Stdio::null());
        let alone = alone_to_start();
        let mut running = program.spawn().unwrap();
        drop(alone);
        if let Some(patience) = patience {
            std::thread::sleep(patience);
            // It may have ended by itself.
            let _ = running.kill();
        }
        running.wait().unwrap()
    }

    /// Checks what a run left behind, then tidies up as a user would; answers with the version that is in the file.
    fn check(&self, before: u64, number: u64, status: ExitStatus) -> u64 {
        let merged = self.path("merged");
        let opened = save::open(&merged).unwrap_or_else(|error| panic!("version {number}: {error}"));
        let there = number_of(&opened.document);
        assert!(there == before || there == number, "{there} is neither {before} nor {number}");
        assert!(!status.success() || there == number, "{number} was merged, and {there} is there");
        check_backups(&merged, there);
        opened.unfinished.iter().for_each(|left| std::fs::remove_file(left).unwrap());
        there
    }
}

fn check_backups(file: &Path, there: u64) {
    let kept = backups::list(file);
    let in_folder = std::fs::read_dir(backups::folder_of(file)).into_iter().flatten().flatten();
    let named = in_folder.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "ron"));
    assert_eq!(kept.len(), named.count(), "every backup opens");
    let numbers: Vec<u64> = kept.iter().map(|backup| number_of(&backup.document)).collect();
    assert!(numbers.is_sorted_by(|newer, older| newer >= older), "{numbers:?}");
    assert!(numbers.first().is_none_or(|newest| *newest <= there), "{numbers:?} beside {there}");
    assert!(numbers.len() <= backups::KEPT + 1, "{numbers:?}");
}

/// How long the program takes when nobody kills it.
fn usual(merging: &Merging) -> Duration {
    let begun = Instant::now();
    assert!(merging.run(1, None).success());
    begun.elapsed()
}

fn kill_many(thread: u64) -> (u64, u64) {
    let merging = Merging::new();
    let mut chance = ChaCha8Rng::seed_from_u64(thread);
    let (mut there, mut number, mut killed, mut merged) = (1, 1, 0, 0);
    let mut usual = usual(&merging);
    while killed < KILLS / FOLDERS {
        number += 1;
        let share = chance.random_range(0.3..1.1);
        let begun = Instant::now();
        let status = merging.run(number, Some(usual.mul_f64(share)));
        if status.code().is_some() {
            // It was quicker than it used to be.
            assert!(status.success(), "{status}");
            usual = usual.min(begun.elapsed());
        } else {
            killed += 1;
            usual = usual.mul_f64(1.01);
        }
        let before = there;
        there = merging.check(before, number, status);
        merged += u64::from(there == number);
    }
    (killed, merged)
}

#[test]
fn two_hundred_kills_of_the_program() {
    let threads: Vec<_> = (0..FOLDERS).map(|thread| std::thread::spawn(move || kill_many(thread))).collect();
    let (killed, merged) = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    assert!(merged > 2, "some were killed after the file was replaced, and some not at all");
    kept("file_attack::program_kills::two_hundred_kills_of_the_program", &format!("{killed} kills"));
}
