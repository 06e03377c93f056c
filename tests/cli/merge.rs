//! Joining two workspaces on the command line.

use std::path::PathBuf;

use evenhand::{
    cli::run,
    file::{format::Document, save},
    model::Workspace,
};
use serde_json::Value;

struct Three {
    folder: tempfile::TempDir,
}

impl Three {
    fn new(ours: impl FnOnce(&mut Workspace), theirs: impl FnOnce(&mut Workspace)) -> Self {
        let three = Self { folder: tempfile::tempdir().unwrap() };
        let base = three.path("base");
        assert_eq!(evenhand(&["example", "westmere", "-o", &base]).0, 0);
        let document = save::open(base.as_ref()).unwrap().document;
        let change = |name, edit: Box<dyn FnOnce(&mut Workspace) + '_>| {
            let mut changed = Document { revision: document.revision + 1, ..document.clone() };
            edit(&mut changed.workspace);
            save::save(three.path(name).as_ref(), &changed, None).unwrap();
        };
        change("ours", Box::new(ours));
        change("theirs", Box::new(theirs));
        three
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(format!("{name}.evenhand.ron")).display().to_string()
    }

    /// Merges with more arguments; status, output, messages.
    fn merge(&self, more: &[&str]) -> (u8, String, String) {
        let [base, ours, theirs, out] = ["base", "ours", "theirs", "out"].map(|name| self.path(name));
        let mut arguments = vec!["merge", &base, &ours, &theirs, "-o", &out];
        arguments.extend(more);
        evenhand(&arguments)
    }

    fn out(&self) -> Option<Workspace> {
        save::open(self.path("out").as_ref()).ok().map(|opened| opened.document.workspace)
    }
}

fn evenhand(arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("evenhand").chain(arguments.iter().copied());
    let none = |_: Option<PathBuf>| Err("No display.".to_owned());
    let status = run(arguments, none, &mut out, &mut messages);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(messages).unwrap())
}

fn swing(w: &mut Workspace, points: f64) {
    w.balance.factors[0].swing = Some(points);
}

#[test]
fn what_does_not_touch_is_merged_and_written() {
    let three = Three::new(|w| swing(w, 41.0), |w| w.decision.headline = "Theirs".to_owned());
    let (status, out, messages) = three.merge(&[]);
    assert_eq!(status, 0, "{messages}");
    assert!(out.starts_with("2 changes fit together: 1 ours, 1 theirs, 0 made by both."), "{out}");
    let merged = three.out().unwrap();
    assert_eq!((merged.balance.factors[0].swing, merged.decision.headline.as_str()), (Some(41.0), "Theirs"));
}

#[test]
fn two_that_nobody_changed_are_said_to_need_no_joining() {
    let three = Three::new(|_| {}, |_| {});
    let (status, out, messages) = three.merge(&[]);
    assert_eq!(status, 0, "{messages}");
    assert!(out.starts_with("Nothing needed joining: neither of the two was changed."), "{out}");
    assert!(three.out().is_some(), "what was asked for is written");
}

#[test]
fn conflicts_are_listed_with_their_places_and_nothing_is_written() {
    let three = Three::new(|w| swing(w, 41.0), |w| swing(w, 42.0));
    let (status, out, messages) = three.merge(&[]);
    assert_eq!(status, 1);
    assert!(
        out.contains("balance/factors/") && out.contains("ours: 41") && out.contains("theirs: 42"),
        "{out}"
    );
    assert!(messages.contains("nothing was written"), "{messages}");
    assert!(three.out().is_none());
    let (status, out, _) = three.merge(&["--json"]);
    let object: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &object["written"]), (1, &Value::Null));
    assert_eq!(object["conflicts"][0]["theirs"], "42");
}

#[test]
fn one_side_is_taken_where_that_is_said() {
    for (side, points) in [("--ours", 41.0), ("--theirs", 42.0)] {
        let three = Three::new(|w| swing(w, 41.0), |w| swing(w, 42.0));
        let (status, out, messages) = three.merge(&[side, "--json"]);
        assert_eq!(status, 0, "{messages}");
        assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["taken"], side[2..]);
        assert_eq!(three.out().unwrap().balance.factors[0].swing, Some(points));
    }
}

#[test]
fn none_of_the_three_is_written_over_and_both_sides_cannot_be_taken() {
    let three = Three::new(|w| swing(w, 41.0), |_| ());
    let [base, ours, theirs] = ["base", "ours", "theirs"].map(|name| three.path(name));
    let (status, _, messages) = evenhand(&["merge", &base, &ours, &theirs, "-o", &ours, "--force"]);
    assert_eq!(status, 1, "{messages}");
    assert_eq!(three.merge(&["--ours", "--theirs"]).0, 2);
}

/// The three worked examples, which share nothing.
fn unlike(more: &[&str]) -> (Three, (u8, String, String)) {
    let three = Three { folder: tempfile::tempdir().unwrap() };
    for (name, example) in [("base", "westmere"), ("ours", "work-programme"), ("theirs", "peterborough")] {
        assert_eq!(evenhand(&["example", example, "-o", &three.path(name)]).0, 0);
    }
    let done = three.merge(more);
    (three, done)
}

#[test]
fn files_that_share_nothing_are_refused_until_it_is_said_that_they_are_meant() {
    for more in [&[][..], &["--ours"], &["--theirs", "--json"]] {
        let (three, (status, out, messages)) = unlike(more);
        assert_eq!((status, out.as_str()), (1, ""), "{messages}");
        assert!(messages.contains("These do not look like versions of one workspace: ours (“"), "{messages}");
        assert!(messages.contains("Nothing was written.") && messages.contains("--unlike"), "{messages}");
        assert!(three.out().is_none());
    }
    let (three, (status, _, messages)) = unlike(&["--unlike", "--ours"]);
    assert_eq!(status, 0, "{messages}");
    assert!(messages.contains("These do not look like versions") && three.out().is_some(), "{messages}");
}

#[test]
fn all_of_one_side_can_be_taken_of_files_that_share_nothing() {
    for (side, title) in
        [("--ours", "Work Programme payment groups"), ("--theirs", "Peterborough social impact bond")]
    {
        let (three, (status, _, messages)) = unlike(&["--unlike", side]);
        assert_eq!(status, 0, "{messages}");
        let merged = three.out().unwrap();
        assert_eq!(merged.title, title);
    }
}

#[test]
fn a_base_of_another_workspace_is_refused_too() {
    let three = Three::new(|w| swing(w, 41.0), |w| w.decision.headline = "Theirs".to_owned());
    std::fs::remove_file(three.path("base")).unwrap();
    assert_eq!(evenhand(&["example", "peterborough", "-o", &three.path("base")]).0, 0);
    let (status, _, messages) = three.merge(&[]);
    assert!(status == 1 && messages.contains("what both were made of (“Peterborough"), "{messages}");
}
