//! The table of promises in `docs/file-safety.md`, held to what the tests count.
//!
//! A test that keeps a promise calls [`kept`] with the name it has in the table and the figure it has just counted. The
//! figure is put under `target/file-safety/`, and the test fails when the table says another.
//! `EVENHAND_WRITE_FIGURES=1 cargo test` puts the figures into the table. A new promise is a new row: the promise in a
//! sentence, the test as `` `file::test` ``, and any figure.

#![allow(dead_code)]

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The document with the table.
pub fn document() -> PathBuf {
    root().join("docs/file-safety.md")
}

/// Says what a test has counted; `test` is its name in the table, such as `file_attack::a_new_file`.
pub fn kept(test: &str, figure: &str) {
    let counted = root().join("target/file-safety");
    fs::create_dir_all(&counted).expect("a folder for the figures");
    fs::write(counted.join(format!("{}.txt", test.replace("::", "."))), format!("{figure}\n"))
        .expect("the figure is put down");
    // Longer runs count more than the table says.
    if std::env::var_os("EVENHAND_LONGER").is_some() {
        return;
    }
    if std::env::var_os("EVENHAND_WRITE_FIGURES").is_some() {
        return write(test, figure);
    }
    let table = fs::read_to_string(document()).expect("the table is there");
    let row = table.lines().find(|line| is_row_of(line, test));
    let row =
        row.unwrap_or_else(|| panic!("docs/file-safety.md has no row for `{test}`; its figure is {figure}"));
    assert!(
        figure_of(row) == figure,
        "docs/file-safety.md says “{}” of `{test}`, and it is “{figure}” now; EVENHAND_WRITE_FIGURES=1 writes it",
        figure_of(row)
    );
}

/// Rows as they stand: promise, test and figure.
pub fn rows() -> Vec<(String, String, String)> {
    let table = fs::read_to_string(document()).expect("the table is there");
    let rows = table.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
        let [promise, test, figure] = cells.as_slice() else { return None };
        let test = test.strip_prefix('`')?.strip_suffix('`')?;
        Some(((*promise).to_owned(), test.to_owned(), (*figure).to_owned()))
    });
    rows.collect()
}

fn is_row_of(line: &str, test: &str) -> bool {
    line.split('|').nth(2).is_some_and(|cell| cell.trim() == format!("`{test}`"))
}

fn figure_of(row: &str) -> &str {
    row.trim().trim_end_matches('|').rsplit('|').next().unwrap_or_default().trim()
}

/// Puts a figure into the table; tests do so side by side.
fn write(test: &str, figure: &str) {
    let lock = fs::File::create(root().join("target/file-safety/.lock")).expect("a lock");
    lock.lock().expect("held by one test at a time");
    let table = fs::read_to_string(document()).expect("the table is there");
    assert!(table.lines().any(|line| is_row_of(line, test)), "docs/file-safety.md has no row for `{test}`");
    let lines = table.lines().map(|line| {
        if is_row_of(line, test) {
            let cells: Vec<&str> = line.split('|').collect();
            format!("|{}|{}| {figure} |", cells[1], cells[2])
        } else {
            line.to_owned()
        }
    });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    fs::write(document(), text).expect("the table is written");
}

/// A number with its thousands parted, such as 12,345.
pub fn thousands(number: usize) -> String {
    evenhand::model::wording::thousands(number as u64)
}

/// The number rounded down to two figures, for what changes a little with every release: over 12,000.
pub fn over(number: usize) -> String {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    format!("over {}", thousands(number / unit * unit))
}
