//! No case text outside the workspace, its backups and its journal.

use std::{fs, path::Path};

use crate::promises::kept;

/// What would write a log or a note of a crash.
const WRITERS: [&str; 9] =
    ["println!", "eprintln!", "print!(", "eprint!(", "dbg!", "log::", "tracing::", "set_hook", "syslog"];

fn check(folder: &Path, files: &mut usize) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check(&path, files);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for (number, line) in code.enumerate() {
            let found = WRITERS.iter().find(|writer| names(line, writer));
            assert!(found.is_none(), "{}, about line {number}: {line}", path.display());
        }
        *files += 1;
    }
}

/// Whether the line names it, as a word of its own.
fn names(line: &str, writer: &str) -> bool {
    let is_inside = |at: usize| line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'));
    line.match_indices(writer).any(|(at, _)| !is_inside(at))
}

#[test]
fn nothing_in_the_program_writes_logs_or_notes_of_crashes() {
    let mut files = 0;
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files > 100);
    assert!(names("    eprintln!(\"x\")", "eprintln!") && !names("Dialog::Snapshot", "log::"));
    kept(
        "file_attack::secrecy::nothing_in_the_program_writes_logs_or_notes_of_crashes",
        "every file of the source",
    );
}
