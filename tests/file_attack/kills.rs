//! A process that saves is really killed, at moments that chance decides: file, backups and journal are whole.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::Duration,
};

use evenhand::file::{
    backups,
    format::Document,
    journal::{self, Base, Journal, JournalStep},
    save::{self, OpenError},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{file_support::of_lines, promises::kept};

const KILLS: u64 = 200;
/// In so many folders, side by side.
const FOLDERS: u64 = 2;

/// Where the process that is killed works.
const FOLDER: &str = "EVENHAND_KILLED_IN";

/// A process that is being started holds every lock of the one that starts it for a moment.
static SPAWNING: RwLock<()> = RwLock::new(());

/// While this is held no process is started, so that locks that are given back are free at once.
pub fn without_new_processes() -> RwLockReadGuard<'static, ()> {
    SPAWNING.read().unwrap()
}

/// The same, to start a process oneself.
pub fn alone_to_start() -> RwLockWriteGuard<'static, ()> {
    SPAWNING.write().unwrap()
}

pub fn version(number: u64) -> Document {
    of_lines(&format!("Version {number}"), 60)
}

pub fn number_of(document: &Document) -> u64 {
    let title = &document.workspace.title;
    let number = title.strip_prefix("Version ").and_then(|number| number.parse().ok());
    let number = number.unwrap_or_else(|| panic!("“{title}”"));
    assert!(document.workspace == version(number).workspace, "{title} is not whole");
    number
}

fn file(folder: &Path) -> PathBuf {
    folder.join("plan.evenhand.ron")
}

/// What the other test starts in a process of its own; here it has nothing to do.
#[test]
fn a_process_that_edits_and_saves_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let (mut number, mut saved) = match save::open(&file(&folder)) {
        Ok(opened) => (number_of(&opened.document), Some(opened.fingerprint)),
        Err(OpenError::Missing { .. }) => (0, None),
        Err(error) => panic!("{error}"),
    };
    let base = |number: u64, saved| Base { document: version(number), path: Some(file(&folder)), saved };
    let journal = Journal::begin(&folder.join("journals"), base(number, saved)).unwrap();
    println!();
    loop {
        number += 1;
        let step = JournalStep {
            time: jiff::Timestamp::now(),
            label: format!("Edit {number}"),
            room: None,
            marks: Vec::new(),
        };
        journal.record(&version(number), &[step]).unwrap();
        println!("put down {number}");
        if number % 3 == 0 {
            let done = save::save(&file(&folder), &version(number), saved).unwrap();
            println!("saved {number}");
            saved = Some(done.fingerprint);
            journal.saved(base(number, saved)).unwrap();
        }
    }
}

/// What the process had said when it was killed: the last edit that was put down, and the last save.
fn run_and_kill(folder: &Path, chance: &mut ChaCha8Rng) -> (u64, u64) {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "kills::a_process_that_edits_and_saves_until_it_is_killed", "--nocapture"]);
    let alone = alone_to_start();
    let mut running = program.env(FOLDER, folder).stdout(Stdio::piped()).spawn().unwrap();
    drop(alone);
    let mut said = (0, 0);
    let mut hear = |line: &str| {
        if let Some(number) = line.strip_prefix("put down ") {
            said.0 = number.parse().unwrap();
        } else if let Some(number) = line.strip_prefix("saved ") {
            said.1 = number.parse().unwrap();
        }
        line.starts_with("put down ")
    };
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines().map_while(Result::ok);
    let begun = lines.by_ref().any(|line| hear(&line));
    std::thread::sleep(Duration::from_micros(chance.random_range(0..60_000)));
    running.kill().unwrap();
    for line in lines {
        hear(&line);
    }
    running.wait().unwrap();
    assert!(begun, "the process broke off before it could be killed");
    said
}

/// Checks everything that a kill left behind, then tidies up as a user would.
fn check(folder: &Path, (put_down, said_saved): (u64, u64), before: u64) -> u64 {
    let saved = match save::open(&file(folder)) {
        Ok(opened) => number_of(&opened.document),
        Err(OpenError::Missing { .. }) => 0,
        Err(error) => panic!("after {put_down} and {said_saved}: {error}"),
    };
    assert!(saved >= said_saved.max(before), "{said_saved} was saved, and {saved} is there");
    let mut last = saved;
    for found in journal::recoverable(&folder.join("journals")) {
        for moment in 0..found.moments.len() {
            last = last.max(number_of(&found.document(moment).unwrap()));
        }
        found.discard().unwrap();
    }
    assert!(last >= put_down, "edit {put_down} was put down, and {last} is there");
    let kept = backups::list(&file(folder));
    let in_folder = std::fs::read_dir(backups::folder_of(&file(folder))).into_iter().flatten().flatten();
    let whole =
        in_folder.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "ron")).count();
    assert_eq!(kept.len(), whole, "every backup opens");
    let numbers: Vec<u64> = kept.iter().map(|backup| number_of(&backup.document)).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] >= pair[1]), "{numbers:?}");
    assert!(numbers.len() <= backups::KEPT + 1, "{numbers:?}");
    for left in save::open(&file(folder)).map(|opened| opened.unfinished).unwrap_or_default() {
        std::fs::remove_file(left).unwrap();
    }
    saved
}

#[test]
fn two_hundred_kills() {
    let threads: Vec<_> = (0..FOLDERS)
        .map(|thread| {
            std::thread::spawn(move || {
                let folder = tempfile::tempdir().unwrap();
                let mut chance = ChaCha8Rng::seed_from_u64(thread);
                let mut saved = 0;
                for _ in 0..KILLS / FOLDERS {
                    let said = run_and_kill(folder.path(), &mut chance);
                    saved = check(folder.path(), said, saved);
                }
                saved
            })
        })
        .collect();
    for thread in threads {
        let saved = thread.join().unwrap();
        assert!(saved > KILLS / FOLDERS, "{saved} edits between the kills");
    }
    kept("file_attack::kills::two_hundred_kills", &format!("{KILLS} kills"));
}
