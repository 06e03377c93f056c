//! A table of any kind, the first byte says which.
#![no_main]

use evenhand::exchange::{TableKind, read_table, workspace_from};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let kind = TableKind::ALL[usize::from(*kind) % TableKind::ALL.len()];
    if let Ok(table) = read_table("t.csv", kind, bytes) {
        let _ = workspace_from(&[table]);
    }
});
