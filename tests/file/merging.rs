//! Merging large workspaces takes a time that does not grow with the square of what was changed.

use std::time::{Duration, Instant};

use evenhand::{
    exchange::examples,
    file::format,
    model::{Workspace, merge::Merge, voices::Statement},
};

fn start(statements: usize) -> Workspace {
    let example = examples::find("westmere").unwrap();
    let mut workspace = format::from_text(example.text, example.name).unwrap().workspace;
    workspace.voices.statements = (0..statements).map(|at| statement(at, "Said")).collect();
    workspace
}

fn statement(at: usize, text: &str) -> Statement {
    Statement::said(format!("said-{at:05}").as_str().into(), &format!("{text} {at}"))
}

/// A third changed, a sixth removed and as many added as there were, on each side. What looked for each thing from the
/// front of its list took minutes.
#[test]
fn thousands_of_changes_on_each_side_are_joined_at_once() {
    const MANY: usize = 3_000;
    let base = start(MANY);
    let side = |words: &str, from: usize, turn: usize| {
        let mut side = base.clone();
        let said = &mut side.voices.statements;
        for at in (turn..MANY).step_by(3) {
            said[at].text = format!("{words} {at}");
        }
        let removed = |at: usize| at % 6 == turn + 3;
        let mut at = 0;
        said.retain(|_| {
            at += 1;
            !removed(at - 1)
        });
        said.extend((from..from + MANY).map(|at| statement(at, words)));
        side
    };
    let (ours, theirs) = (side("Ours", 10_000, 0), side("Theirs", 20_000, 1));
    let begun = Instant::now();
    let merge = Merge::of(&base, &ours, &theirs);
    assert_eq!(merge.conflicts(), []);
    let merged = merge.merged(&[], "").unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let said = &merged.voices.statements;
    assert_eq!(said.len(), MANY - MANY / 3 + 2 * MANY);
    let place = |words: &str| said.iter().position(|s| s.text.starts_with(words)).unwrap();
    assert!(place("Ours 10000") < place("Theirs 20000"));
    assert!(said.iter().any(|s| s.text == "Ours 0") && said.iter().any(|s| s.text == "Theirs 1"));
}

/// Every text changed on both sides: the words for four times as many conflicts take about four times as long. What looked for
/// the statement of each conflict from the front of the list took sixteen times as long.
#[test]
fn ten_thousand_conflicts_are_told_in_time_that_grows_with_their_number() {
    let spent = |places: usize| {
        let base = start(places);
        let side = |words: &str| {
            let mut side = base.clone();
            side.voices.statements.iter_mut().for_each(|s| s.text = format!("{} {words}", s.text));
            side
        };
        let (ours, theirs) = (side("ours"), side("theirs"));
        let begun = Instant::now();
        let merge = Merge::of(&base, &ours, &theirs);
        let compared = begun.elapsed();
        let told: Vec<_> = merge.conflicts().iter().map(|conflict| merge.told(conflict)).collect();
        assert_eq!(
            (told.len(), told[places - 1].theirs.as_str()),
            (places, &*format!("Said {} theirs", places - 1))
        );
        begun.elapsed() - compared
    };
    let (few, many) = (spent(2_500), spent(10_000));
    assert!(many < few * 8 + Duration::from_millis(200), "{many:?} for four times what takes {few:?}");
}
