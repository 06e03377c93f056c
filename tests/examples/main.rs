//! The worked examples: what they hold is what their published or stated inputs say, and what they give is what the
//! inputs must give.
//!
//! `EVENHAND_WRITE_EXAMPLES=1 cargo test --test examples` writes the assets anew from `tests/data/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

// Outside of test functions clippy counts a builder as shipped code; here a wrong input must stop the test.
mod evidence;
mod explanations;
mod ids;
mod peterborough;
mod results;
mod voices_explained;
mod westmere;
mod work_programme;

use evenhand::{
    exchange::examples::{self, EXAMPLES},
    file::format::{Document, from_text, to_text},
    model::{Workspace, check},
};

/// The workspace that an example's inputs describe.
fn described(name: &str) -> Workspace {
    match name {
        "westmere" => westmere::workspace(),
        "peterborough" => peterborough::Case::read().workspace(),
        "work-programme" => work_programme::Case::read().workspace(),
        other => panic!("no inputs for {other}"),
    }
}

/// The shipped example, opened.
fn opened(name: &str) -> Workspace {
    let example = examples::find(name).unwrap();
    from_text(example.text, &example.file_name()).unwrap().workspace
}

#[test]
fn shipped_files_hold_what_their_inputs_say_and_are_what_saving_writes() {
    for example in EXAMPLES {
        let text = to_text(&Document { workspace: described(example.name), ..Document::default() });
        if std::env::var_os("EVENHAND_WRITE_EXAMPLES").is_some() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/examples/");
            std::fs::write(format!("{folder}{}", example.file_name()), &text).unwrap();
            continue;
        }
        assert!(text == example.text, "{} differs; write the examples anew", example.name);
        let document = from_text(example.text, &example.file_name()).unwrap();
        assert_eq!(to_text(&document), example.text, "{}", example.name);
        assert_eq!(document.workspace.title, example.title);
    }
}

#[test]
fn shipped_files_have_no_problem() {
    for example in EXAMPLES {
        assert_eq!(check::problems(&opened(example.name)), [], "{}", example.name);
    }
}

#[test]
fn an_example_is_found_by_its_name_in_any_case() {
    assert_eq!(examples::find(" Westmere ").map(|e| e.name), Some("westmere"));
    assert_eq!(examples::find("eastmere"), None);
}
