//! An Excel workbook, as a table and as a caseload.
#![no_main]

use evenhand::exchange::{
    TableKind,
    caseload::{Source, look},
    read_table, workspace_from,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = read_table("w.xlsx", TableKind::Scores, bytes) {
        let _ = workspace_from(&[table]);
    }
    let _ = look(&Source::Text { name: "c.xlsx".to_owned(), text: bytes.into() });
});
