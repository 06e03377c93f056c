//! A caseload as text, its columns guessed.
#![no_main]

use evenhand::{
    analysis::course::Course,
    exchange::caseload::{Source, guess, look, read},
    model::Workspace,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source::Text { name: "c.csv".to_owned(), text: bytes.into() };
    if let Ok(preview) = look(&source) {
        let mapping = guess(&preview.header, &preview.samples(), &Workspace::default());
        let _ = read(&source, &mapping, &Workspace::default(), &Course::default());
    }
});
