//! A frozen copy: its figures follow from it again after the file was saved, read and edited, and tampering is noticed.

use std::sync::Arc;

use evenhand::{
    analysis::{
        course::Course,
        decision::frozen::{changes_since, derived, differences},
    },
    file::{
        format::{Document, from_text, to_text},
        frozen::{Tampered, intact},
    },
    model::{
        Room, Workspace,
        balance::{ScoreEdit, ScoreLevel},
        decision::Frozen,
    },
    session::{Session, edits::decision as edits},
};

/// The example as it is shipped.
fn westmere() -> Workspace {
    let text = include_str!("../../assets/examples/westmere.evenhand.ron");
    evenhand::file::format::from_text(text, "westmere").unwrap().workspace
}

/// Westmere, frozen with few draws and then edited.
fn frozen_and_edited() -> Workspace {
    let mut workspace = westmere();
    workspace.balance.robustness.iterations = 400;
    let mut session = Session::new(workspace, 1, Arc::new(|| ()));
    session.finish_jobs();
    assert!(session.can_freeze());
    let on = jiff::civil::date(2027, 3, 1).at(9, 30, 0, 0);
    let copy = session.freeze("Before cabinet", "Ann", on);
    session.edit("Freeze", Room::Decision, None, |w| w.decision.frozen.push(copy)).unwrap();
    session
        .edit("Change the scores", Room::Balance, None, |w| {
            w.balance.scores.iter_mut().for_each(|score| score.level = ScoreLevel::Unknown);
            w.question.options[1].name = "Another name".to_owned();
            w.decision.headline = "Commission nothing".to_owned();
        })
        .unwrap();
    (**session.workspace()).clone()
}

fn through_a_file(workspace: Workspace) -> Workspace {
    let text = to_text(&Document { revision: 3, workspace, ..Default::default() });
    from_text(&text, "file.evenhand.ron").unwrap().workspace
}

fn derives(copy: &Frozen) -> bool {
    let again = derived(&copy.state, &Course::default()).unwrap();
    differences(&copy.figures, &again).is_empty()
}

#[test]
fn a_frozen_result_is_derived_again_from_the_file_after_later_edits() {
    let workspace = through_a_file(frozen_and_edited());
    let copy = &workspace.decision.frozen[0];
    assert_eq!(intact(copy), Ok(()));
    assert!(
        copy.figures.iter().any(|figure| figure.key.starts_with("first-share/") && figure.value.is_some())
    );
    assert!(derives(copy), "every figure is the same to the last bit");
    assert_eq!(copy.figures.iter().filter(|figure| figure.key.starts_with("total/")).count(), 5);
    let changes = changes_since(copy, &workspace);
    let told: Vec<String> = changes.iter().map(|c| c.describe(&copy.state, &workspace).to_string()).collect();
    assert!(told.iter().any(|line| line.starts_with("Headline: ")), "{told:?}");
    assert!(
        told.iter().any(|line| line == "Name of Local partnership: Local partnership → Another name"),
        "{told:?}"
    );
}

#[test]
fn nothing_has_changed_just_after_freezing() {
    let mut session = Session::new(westmere(), 1, Arc::new(|| ()));
    let copy = session.freeze("Now", "", jiff::civil::date(2027, 3, 1).at(9, 30, 0, 0));
    session.edit("Freeze", Room::Decision, None, |w| w.decision.frozen.push(copy)).unwrap();
    let workspace = session.workspace();
    assert!(changes_since(&workspace.decision.frozen[0], workspace).is_empty());
}

/// Who edited a score when is written down with it.
#[test]
fn the_edit_of_one_score_since_is_one_change() {
    let mut workspace = frozen_and_edited();
    let before = changes_since(&workspace.decision.frozen[0], &workspace).len();
    let score = workspace.balance.scores.iter_mut().find(|score| score.source != "a guess").unwrap();
    score.source = "a guess".to_owned();
    score.edited = Some(ScoreEdit { by: "Priya".to_owned(), on: jiff::civil::date(2026, 11, 23) });
    assert_eq!(changes_since(&workspace.decision.frozen[0], &workspace).len(), before + 1);
}

/// The text of the file with one word replaced where it stands in the frozen copy, read again.
fn tampered(old: &str, new: &str) -> Frozen {
    let text = to_text(&Document { revision: 3, workspace: frozen_and_edited(), ..Default::default() });
    let begins = text.find("frozen: [").expect("the copies");
    let (before, copies) = text.split_at(begins);
    assert!(copies.contains(old), "{old}");
    let text = format!("{before}{}", copies.replacen(old, new, 1));
    from_text(&text, "file.evenhand.ron").unwrap().workspace.decision.frozen[0].clone()
}

#[test]
fn tampering_with_the_file_is_noticed() {
    let figure = tampered("words: \"67\"", "words: \"76\"");
    assert_eq!(intact(&figure), Err(Tampered::Copy));
    assert!(!derives(&figure), "and the figure does not follow");
    assert_eq!(intact(&tampered("by: \"Ann\"", "by: \"Bob\"")), Err(Tampered::Copy));
    assert_eq!(intact(&tampered("2027-03-01T09:30:00", "2027-01-01T09:30:00")), Err(Tampered::Copy));
    let state = tampered("horizon_years: 5", "horizon_years: 4");
    assert_eq!(intact(&state), Err(Tampered::State));
    assert!(derives(&tampered("by: \"Ann\"", "by: \"Bob\"")), "the figures are still those of the inputs");
}

#[test]
fn a_figure_that_does_not_follow_is_named_with_both() {
    let workspace = frozen_and_edited();
    let mut copy = workspace.decision.frozen[0].clone();
    let total = copy.figures.iter_mut().find(|figure| figure.key.starts_with("total/local")).unwrap();
    total.value = total.value.map(f64::next_up);
    let again = derived(&copy.state, &Course::default()).unwrap();
    let found = differences(&copy.figures, &again);
    assert_eq!(found.len(), 1, "one bit is enough");
    assert_eq!(found[0].what, "Total of Local partnership");
    assert_ne!(found[0].frozen, found[0].derived, "written alike they are told in full");
}

#[test]
fn signing_keeps_what_was_not_settled_and_the_copy_it_rests_on() {
    let mut session = Session::new(westmere(), 1, Arc::new(|| ()));
    let found = evenhand::analysis::decision::unmet(&session.basis());
    let copy = session.freeze("As signed", "Ann", jiff::civil::date(2027, 3, 1).at(9, 30, 0, 0));
    session
        .edit("Sign", Room::Decision, None, |w| {
            edits::sign(&mut w.decision, copy, ("Ann", "Head"), (&found, "In hand"));
        })
        .unwrap();
    let workspace = through_a_file((**session.workspace()).clone());
    let signed = workspace.decision.signed.as_ref().unwrap();
    assert_eq!(signed.unmet[0].text, "Two need groups have no voice.");
    assert!(workspace.decision.frozen(&signed.copy).is_some());
    let id = signed.copy.clone();
    let gone = session.edit("Remove", Room::Decision, None, |w| w.decision.frozen.clear());
    assert!(gone.is_err(), "a signature does not stand without its copy");
    assert!(!edits::discard(&mut workspace.clone().decision, &id));
}
