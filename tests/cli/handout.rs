//! Forms and sheets from the command line: what is written, what is said, and with which exit status.

use std::{fs, path::PathBuf};

use evenhand::cli::run;
use tempfile::TempDir;

fn evenhand(arguments: &[&str]) -> (u8, String) {
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let no_window = |_: Option<PathBuf>| Err("There is no display here.".to_owned());
    let arguments = std::iter::once("evenhand").chain(arguments.iter().copied());
    let status = run(arguments, no_window, &mut out, &mut messages);
    (status, String::from_utf8(messages).unwrap())
}

/// A folder with the example in it.
fn folder() -> (TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (file, out) = (path("w.evenhand.ron"), path("forms"));
    assert_eq!(evenhand(&["example", "westmere", "-o", &file]).0, 0);
    (folder, file, out)
}

fn names(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn forms_are_written_for_the_open_round_and_never_over_others_unasked() {
    let (_keep, file, out) = folder();
    let (status, said) =
        evenhand(&["ballots", &file, "-o", &out, "--to", "the clerk", "--until", "4/12/2026"]);
    assert_eq!((status, names(&out)), (0, vec!["ballots-round-2.html".to_owned()]), "{said}");
    let page = fs::read_to_string(PathBuf::from(&out).join("ballots-round-2.html")).unwrap();
    assert!(page.contains("Give it back to the clerk by 4 December 2026."));
    let (status, said) = evenhand(&["ballots", &file, "-o", &out]);
    assert!(status == 1 && said.contains("is there already") && said.contains("--force"), "{said}");
    assert_eq!(evenhand(&["ballots", &file, "-o", &out, "--force"]).0, 0);
    let (status, said) = evenhand(&["ballots", &file, "-o", &out, "--round", "1", "--kind", "spreadsheet"]);
    assert!(status == 0 && names(&out).contains(&"ballots-round-1.xlsx".to_owned()), "{said}");
    let (status, said) = evenhand(&["ballots", &file, "-o", &out, "--kind", "file"]);
    assert!(status == 0 && said.contains("Wrote 24 files"), "{said}");
    assert!(said.contains("Leaves the program: "), "names are said: {said}");
}

#[test]
fn wrong_usage_and_wrong_input_have_their_own_status() {
    let (_keep, file, out) = folder();
    for wrong in [["--kind", "poem"], ["--round", "3"], ["--until", "soon"]] {
        assert_eq!(evenhand(&["ballots", &file, "-o", &out, wrong[0], wrong[1]]).0, 2, "{wrong:?}");
    }
    assert_eq!(evenhand(&["contributors", &file, "-o", &out, "--by", "village"]).0, 2);
    let (status, said) = evenhand(&["ballots", &file, "-o", &file]);
    assert!(status == 1 && said.contains("is a file"), "{said}");
}

#[test]
fn contributors_get_a_sheet_each() {
    let (_keep, file, out) = folder();
    let (status, said) = evenhand(&["contributors", &file, "-o", &out, "--text", "--ballots"]);
    assert!(status == 0 && said.contains("Each paper shows one person’s ballot"), "{said}");
    let first = names(&out).remove(0);
    assert!(first.ends_with(".txt"), "{first}");
    let text = fs::read_to_string(PathBuf::from(&out).join(first)).unwrap();
    assert!(text.starts_with("What happened to what you said\n"), "{text}");
    let (status, _) = evenhand(&["contributors", &file, "-o", &out, "--by", "sector"]);
    assert_eq!(status, 0);
    assert!(names(&out).iter().any(|name| name.ends_with(".html")));
}
