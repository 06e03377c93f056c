//! A workspace file: what is read can be kept, and an error has its place.
#![no_main]

use evenhand::file::format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match format::from_bytes(bytes, "w") {
        Ok(document) => {
            let again = format::to_text(&document);
            assert!(format::from_text(&again, "w").as_ref() == Ok(&document));
        }
        Err(error) => {
            let lines = String::from_utf8_lossy(bytes).matches('\n').count() + 1;
            assert!((1..=lines).contains(&error.line) && error.column >= 1);
            assert!(!error.what.is_empty() && !error.remedy.is_empty());
        }
    }
});
