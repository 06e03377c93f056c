//! The table of promises itself.

use std::{fs, path::Path};

use crate::promises;

#[test]
fn every_row_of_the_table_names_a_test_that_is_there() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let rows = promises::rows();
    assert!(rows.len() > 10);
    for (promise, test, figure) in rows {
        assert!(!promise.is_empty() && !figure.is_empty(), "{test}");
        let steps: Vec<&str> = test.split("::").collect();
        let (function, file) = steps.split_last().expect("not empty");
        let file = tests.join(file.join("/"));
        let source = [file.with_extension("rs"), file.join("main.rs"), file.join("mod.rs")]
            .iter()
            .find_map(|path| fs::read_to_string(path).ok())
            .unwrap_or_else(|| panic!("{test}: there is no such file"));
        assert!(source.contains(&format!("fn {function}(")), "{test}: there is no such test");
        assert!(source.contains("kept("), "{test}: nothing there says what it counts");
    }
}
