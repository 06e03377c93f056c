//! The paper from the command line: what is written, what is said, and with which exit status.

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

/// A folder with the example in it, and the way to a name in it.
fn folder() -> (TempDir, impl Fn(&str) -> String) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    let path = move |name: &str| root.join(name).to_str().unwrap().to_owned();
    assert_eq!(evenhand(&["example", "westmere", "-o", &path("w.evenhand.ron")]).0, 0);
    (folder, path)
}

#[test]
fn a_paper_is_written_in_each_format_with_who_is_named() {
    let (_keep, path) = folder();
    let file = path("w.evenhand.ron");
    for (name, starts) in [("p.pdf", b"%PDF-".as_slice()), ("p.docx", b"PK"), ("p.html", b"<!DOCTYPE html>")]
    {
        let (status, said) = evenhand(&["report", &file, "-o", &path(name), "--level", "one-page"]);
        assert_eq!(status, 0, "{said}");
        assert!(fs::read(path(name)).unwrap().starts_with(starts), "{name}");
        assert!(said.contains("Wrote"), "{said}");
    }
    let (_, said) = evenhand(&["report", &file, "-o", &path("all.html"), "--level", "appendix"]);
    assert!(said.contains("people under pseudonyms"), "{said}");
    let page = fs::read_to_string(path("all.html")).unwrap();
    assert!(page.contains("Commission the local partnership") && page.contains("£10.8m"), "{page}");
    let leave_out =
        ["report", &file, "-o", &path("none.html"), "--level", "appendix", "--leave-out", "pseudonyms"];
    let (_, said) = evenhand(&leave_out);
    assert!(!said.contains("pseudonym"), "{said}");
}

#[test]
fn what_a_paper_or_a_workbook_does_not_know_is_wrong_usage() {
    let (_keep, path) = folder();
    let (file, page, book) = (path("w.evenhand.ron"), path("p.docx"), path("b.xlsx"));
    for (output, options, words) in [
        (&page, ["--level", "one-page", "--for", "contributors"].as_slice(), "has one length"),
        (&book, ["--level", "full"].as_slice(), "leave out --level and --for"),
        (&book, ["--for", "committee"].as_slice(), "leave out --level and --for"),
    ] {
        let asked: Vec<&str> =
            ["report", &file, "-o", output].into_iter().chain(options.iter().copied()).collect();
        let (status, said) = evenhand(&asked);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains(words), "{said}");
        assert!(!std::path::Path::new(output.as_str()).exists());
    }
}

#[test]
fn the_same_paper_is_the_same_bytes_and_bears_the_day_that_is_asked_for() {
    let (_keep, path) = folder();
    let file = path("w.evenhand.ron");
    let ask = |name: &str| {
        evenhand(&["report", &file, "-o", &path(name), "--level", "one-page", "--day", "9/3/2027"]).0
    };
    assert_eq!((ask("a.html"), ask("b.html")), (0, 0));
    let (a, b) = (fs::read(path("a.html")).unwrap(), fs::read(path("b.html")).unwrap());
    assert_eq!(a, b);
    assert!(String::from_utf8(a).unwrap().contains("9 March 2027"));
}

#[test]
fn a_file_that_is_there_stays_unless_it_may_go_and_an_input_always_stays() {
    let (_keep, path) = folder();
    let (file, out) = (path("w.evenhand.ron"), path("p.html"));
    fs::write(&out, "mine").unwrap();
    let (status, said) = evenhand(&["report", &file, "-o", &out]);
    assert!(status == 1 && said.contains("is there already"), "{said}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    assert_eq!(evenhand(&["report", &file, "-o", &out, "--level", "one-page", "--force"]).0, 0);
    assert!(fs::read_to_string(&out).unwrap().starts_with("<!DOCTYPE"));
    let left: Vec<_> = fs::read_dir(PathBuf::from(&out).parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 2, "nothing else is left behind");
}

#[test]
fn contributors_have_their_own_paper() {
    let (_keep, path) = folder();
    let out = path("c.html");
    assert_eq!(evenhand(&["report", &path("w.evenhand.ron"), "-o", &out, "--for", "contributors"]).0, 0);
    let page = fs::read_to_string(&out).unwrap();
    assert!(
        page.contains("What happened to what you said")
            && page.contains("Publish what the smallest groups get.")
    );
}

#[test]
fn wrong_usage_and_wrong_input_have_their_own_status() {
    let (_keep, path) = folder();
    let file = path("w.evenhand.ron");
    let (status, said) = evenhand(&["report", &file, "-o", &path("p.odt")]);
    assert!(status == 2 && said.contains(".docx"), "{said}");
    let out = path("p.pdf");
    for wrong in [["--level", "short"], ["--for", "press"], ["--leave-out", "truth"], ["--day", "soon"]] {
        assert_eq!(evenhand(&["report", &file, "-o", &out, wrong[0], wrong[1]]).0, 2, "{wrong:?}");
    }
    assert_eq!(evenhand(&["report", &path("none.ron"), "-o", &out]).0, 1);
    assert!(!PathBuf::from(&out).exists());
}
