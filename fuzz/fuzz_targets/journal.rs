//! A recovery journal: what is offered can be opened.
#![no_main]

use evenhand::file::journal;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = std::env::temp_dir().join(format!("evenhand-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("a.journal"), bytes).expect("written");
    for found in journal::recoverable(&folder) {
        assert!(found.document(usize::MAX).is_ok());
    }
});
