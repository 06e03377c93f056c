//! Workspace files as text: what is written reads back, and every fault is named with its place.

use evenhand::file::format::{self, Document};

#[test]
fn an_empty_workspace_reads_back_as_it_was_written() {
    let document = Document::default();
    let text = format::to_text(&document);
    println!("{text}");
    assert_eq!(format::from_text(&text, "w").expect("what was written reads back"), document);
}
