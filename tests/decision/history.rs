//! Who changed what when: what is written down of edits, kept in the file, brought back by the journal and joined.

use std::sync::Arc;

use evenhand::{
    exchange::examples,
    file::{
        format::{self, Document},
        frozen::intact,
        journal, save,
    },
    model::{
        Room, Workspace,
        balance::ScoreLevel,
        ids::{FactorId, OptionId, StakeholderId, StepId},
        voices::{Ballot, Stakeholder, Statement},
    },
    session::{Obstacle, Session, edits::voices::remove_person, trail::Line},
};

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

fn session() -> Session {
    let mut session = Session::new(westmere(), 0, Arc::new(|| ()));
    session.works_as("Priya");
    session
}

/// The first score that is a plain figure, and what it is.
fn plain_score(workspace: &Workspace) -> (FactorId, OptionId, f64) {
    let fed: Vec<&FactorId> = workspace.reach.feeds.iter().map(|feed| &feed.factor).collect();
    let plain = workspace.balance.scores.iter().find_map(|score| match score.level {
        ScoreLevel::Point(x) if !fed.contains(&&score.factor) => {
            Some((score.factor.clone(), score.option.clone(), x))
        }
        ScoreLevel::Range { likely, .. } if !fed.contains(&&score.factor) => {
            Some((score.factor.clone(), score.option.clone(), likely))
        }
        _ => None,
    });
    plain.expect("a figure")
}

fn set_score(session: &mut Session, label: &str, to: f64, merge: Option<&str>) {
    let (factor, option, _) = plain_score(&westmere());
    let change = |w: &mut Workspace| {
        let score = w.balance.scores.iter_mut().find(|s| s.factor == factor && s.option == option);
        score.unwrap().level = ScoreLevel::Point(to);
    };
    session.edit(label, Room::Balance, merge, change).unwrap();
}

fn retitle(session: &mut Session, title: &str) {
    session.edit(format!("Title {title}"), Room::Question, None, |w| w.title = title.to_owned()).unwrap();
}

/// The steps, once they are in words.
fn lines(session: &mut Session) -> Vec<Line> {
    session.finish_jobs();
    session.trail().lines().to_vec()
}

fn labels(session: &Session) -> Vec<&str> {
    session.trail().lines().iter().map(Line::label).collect()
}

#[test]
fn a_step_says_who_what_and_what_it_did_to_the_answer() {
    let mut session = session();
    let (_, _, was) = plain_score(session.workspace());
    set_score(&mut session, "Score set", was * 0.5 + 3.0, None);
    let lines = lines(&mut session);
    let [line] = lines.as_slice() else { panic!("{} steps", lines.len()) };
    assert_eq!((line.who(), line.label(), line.room()), ("Priya", "Score set", Some(Room::Balance)));
    let words = line.words().unwrap();
    let first = &words.told.changes[0];
    assert_eq!(first.place.0[..2], ["balance", "scores"]);
    assert!(!first.before.is_empty() && !first.after.is_empty() && first.before != first.after);
    let moved = &words.effect.totals[0];
    let now = session.workspace().question.options.iter().position(|o| o.id == moved.option).unwrap();
    let total = session.analysis().balance.options[now].value.unwrap();
    assert!((moved.after.unwrap() - total).abs() < 1e-4);
    assert!(moved.before.is_some() && moved.reads_otherwise(1));
}

#[test]
fn a_drag_is_one_step_and_a_run_that_ends_where_it_began_is_none() {
    let mut session = session();
    for to in [10.0, 20.0, 30.0] {
        set_score(&mut session, &format!("Score to {to}"), to, Some("drag"));
        // The words may be asked for while the drag goes on.
        session.finish_jobs();
    }
    assert_eq!(labels(&session), ["Score to 30"]);
    let before = westmere();
    let lines = lines(&mut session);
    let (factor, option, _) = plain_score(&before);
    let was = before.score(&factor, &option).unwrap();
    let told = &lines[0].words().unwrap().told.changes[0];
    assert!(
        told.place.0[2].starts_with(factor.as_str()),
        "from before the drag: {} {:?}",
        told.before,
        was.level
    );
    assert_eq!(told.after.trim_start_matches('£').chars().next(), Some('3'));
    session.settle();
    let title = session.workspace().title.clone();
    for name in ["a", "ab", title.as_str()] {
        session.edit("Title", Room::Question, Some("typing"), |w| w.title = name.to_owned()).unwrap();
    }
    assert_eq!(labels(&session), ["Score to 30"]);
}

#[test]
fn an_undone_step_stays_and_is_marked_until_it_is_done_again() {
    let mut session = session();
    retitle(&mut session, "One");
    retitle(&mut session, "Two");
    session.undo();
    let undone = |session: &Session| -> Vec<bool> {
        session.trail().lines().iter().map(|line| line.is_undone).collect()
    };
    assert_eq!(undone(&session), [false, true]);
    session.redo();
    assert_eq!(undone(&session), [false, false]);
    session.undo();
    retitle(&mut session, "Three");
    assert_eq!(labels(&session), ["Title One", "Title Two", "Title Three"]);
    assert_eq!(undone(&session), [false, true, false]);
}

#[test]
fn the_trail_is_kept_in_the_file_and_goes_on_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    let mut first = session();
    retitle(&mut first, "One");
    let id = first.trail().lines()[0].id().clone();
    first.annotate(&id, "because “so”");
    first.save_as(&path);
    first.finish_jobs();
    let held = save::open(&path).unwrap().document;
    assert_eq!(held.history.steps.len(), 1);
    assert_eq!(held.history.steps[0].note, "because “so”");
    assert_eq!(format::from_text(&format::to_text(&held), "again").unwrap(), held);
    let mut second = Session::open(save::open(&path).unwrap(), "Tom", Arc::new(|| ()));
    retitle(&mut second, "Two");
    second.save();
    second.finish_jobs();
    let held = save::open(&path).unwrap().document.history;
    let who: Vec<&str> = held.steps.iter().map(|step| step.who.as_str()).collect();
    assert_eq!(who, ["Priya", "Tom"]);
}

#[test]
fn a_note_alone_is_work_that_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session();
    retitle(&mut session, "One");
    session.save_as(&folder.path().join("plan.evenhand.ron"));
    session.finish_jobs();
    assert!(!session.has_unsaved_work());
    let id = session.trail().lines()[0].id().clone();
    session.annotate(&id, "why");
    assert!(session.has_unsaved_work());
    session.save();
    session.finish_jobs();
    assert!(!session.has_unsaved_work());
}

#[test]
fn a_file_without_a_trail_opens_with_an_empty_one_and_two_of_one_id_are_a_fault() {
    let text = format::to_text(&Document { workspace: westmere(), ..Document::default() });
    assert!(!text.contains("history"));
    assert!(format::from_text(&text, "x").unwrap().history.is_empty());
    let mut session = session();
    retitle(&mut session, "One");
    session.finish_jobs();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.evenhand.ron");
    session.save_as(&path);
    session.finish_jobs();
    let mut document = save::open(&path).unwrap().document;
    document.history.steps.push(document.history.steps[0].clone());
    let error = format::from_text(&format::to_text(&document), "twice").unwrap_err().to_string();
    assert!(error.contains("Two steps of the history"), "{error}");
}

#[test]
fn the_journal_brings_the_trail_back_with_its_times() {
    let folder = tempfile::tempdir().unwrap();
    let (times, undone);
    {
        let mut session = session();
        session.begin_journal(folder.path());
        retitle(&mut session, "One");
        session.flush_journal();
        retitle(&mut session, "Two");
        session.flush_journal();
        session.undo();
        session.flush_journal();
        times = session.trail().lines().iter().map(Line::at).collect::<Vec<_>>();
        undone = session.trail().lines().iter().map(|line| line.is_undone).collect::<Vec<_>>();
    }
    let found = journal::recoverable(folder.path());
    let document = found[0].document(usize::MAX).unwrap();
    let steps = &document.history.steps;
    assert_eq!(steps.iter().map(|step| step.at).collect::<Vec<_>>(), times);
    assert_eq!(steps.iter().map(|step| step.undone).collect::<Vec<_>>(), undone);
    assert_eq!(found[0].document(0).unwrap().history.steps.len(), 1, "as it was at that moment");
    let last = found[0].moments.last().unwrap();
    assert_eq!(last.steps[0].marks, [(steps[1].id.clone(), true)]);
}

#[test]
fn a_merge_joins_the_trails_and_is_a_step_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, theirs) = (folder.path().join("ours.evenhand.ron"), folder.path().join("theirs.evenhand.ron"));
    let mut first = session();
    retitle(&mut first, "One");
    first.save_as(&ours);
    first.finish_jobs();
    std::fs::copy(&ours, &theirs).unwrap();
    let mut other = Session::open(save::open(&theirs).unwrap(), "Tom", Arc::new(|| ()));
    other.edit("Place", Room::Question, None, |w| w.question.place = "Elsewhere".to_owned()).unwrap();
    other.save();
    other.finish_jobs();
    retitle(&mut first, "Two");
    let opened = save::open(&theirs).unwrap();
    let mut merged = Workspace::clone(first.workspace());
    merged.question.place = "Elsewhere".to_owned();
    first.take_merge("Merge theirs".to_owned(), &merged, &opened).unwrap();
    let mut all = labels(&first);
    all.sort_unstable();
    assert_eq!(all, ["Merge theirs", "Place", "Title One", "Title Two"]);
}

#[test]
fn one_step_alone_is_undone_and_that_is_a_step_itself() {
    let mut session = session();
    let (factor, option, _) = plain_score(session.workspace());
    let before = session.workspace().score(&factor, &option).unwrap().level.clone();
    set_score(&mut session, "Score set", 41.0, None);
    retitle(&mut session, "Later");
    let step = lines(&mut session)[0].id().clone();
    session.undo_only(&step).unwrap();
    assert_eq!(session.workspace().title, "Later");
    assert_eq!(session.workspace().score(&factor, &option).unwrap().level, before);
    assert_eq!(labels(&session), ["Score set", "Title Later", "Undo only: Score set"]);
    assert!(session.trail().lines()[0].is_undone);
    session.finish_jobs();
    assert_eq!(session.obstacle_to_undo(&step), Some(Obstacle::IsUndone));
    session.undo();
    assert!(!session.trail().lines()[0].is_undone && session.trail().lines()[2].is_undone);
    assert_eq!(session.workspace().score(&factor, &option).unwrap().level, ScoreLevel::Point(41.0));
}

#[test]
fn a_step_that_later_ones_build_on_is_not_undone_alone() {
    let mut session = session();
    set_score(&mut session, "First", 41.0, None);
    set_score(&mut session, "Second", 42.0, None);
    let all = lines(&mut session);
    let (first, second): (&StepId, &StepId) = (all[0].id(), all[1].id());
    assert_eq!(session.obstacle_to_undo(first), Some(Obstacle::Later(vec![second.clone()])));
    assert!(session.undo_only(first).is_err());
    session.undo_only(second).unwrap();
    session.finish_jobs();
    assert_eq!(
        session.workspace().score(&plain_score(&westmere()).0, &plain_score(&westmere()).1).unwrap().level,
        ScoreLevel::Point(41.0)
    );
}

#[test]
fn people_can_be_forgotten_and_old_steps_cleared() {
    let mut session = session();
    let person = session.workspace().voices.stakeholders[0].clone();
    let named = format!("Power of {}", person.name);
    let id = person.id.clone();
    session
        .edit(named, Room::Voices, None, |w| {
            w.voices.stakeholders[0].name = "Somebody else entirely".to_owned()
        })
        .unwrap();
    retitle(&mut session, "Two");
    session.finish_jobs();
    assert_eq!(session.trail_says_of(&id, &person.name), 1);
    session.forget_in_trail(&id, &person.name);
    assert_eq!(session.trail_says_of(&id, &person.name), 0);
    assert_eq!(labels(&session), ["Power of somebody", "Title Two"]);
    let last = session.trail().lines()[1].at();
    session.clear_trail_up_to(last);
    assert!(session.trail().lines().is_empty());
    assert_eq!(session.trail().earlier().unwrap().steps, 2);
}

#[test]
fn an_edit_hardly_waits_for_its_step_to_be_written_down() {
    let mut session = session();
    for number in 0..2_100 {
        retitle(&mut session, &number.to_string());
    }
    session.finish_jobs();
    let copy = || {
        let begun = std::time::Instant::now();
        let held = session.trail().clone();
        let copied = begun.elapsed();
        assert_eq!(held.lines().len(), session.trail().lines().len());
        copied
    };
    // The fastest of some: between two of them another test may have the processor.
    let copied = (0..10).map(|_| copy()).min().unwrap();
    // A copy for the worker is all that an edit waits for; slow machines are allowed for many times over.
    assert!(copied < std::time::Duration::from_millis(5), "{copied:?}");
}

/// Somebody with ids that were made of their name and words, as tables were once read.
fn with_somebody_named(w: &mut Workspace) {
    let sector = w.voices.sectors[0].id.clone();
    let id: StakeholderId = "ada-quill-k3f9".into();
    let mut person = Stakeholder::named(id.clone(), "Ada Quill", sector.clone());
    person.role = "A parent".to_owned();
    w.voices.stakeholders.push(person);
    let said = Statement {
        stakeholder: Some(id.clone()),
        ..Statement::said("ada-quill-was-turned-away-k3f9".into(), "We were turned away.")
    };
    w.voices.statements.push(said);
    let mut ballot = Ballot::blank("round-1-ada-quill-k3f9".into(), Some(id), sector, 1);
    let factor = w.balance.factors[0].id.clone();
    ballot.swings.insert(factor, 61.25);
    w.voices.ballots.push(ballot);
}

#[test]
fn once_forgotten_a_name_is_nowhere_in_the_file_nor_what_they_gave() {
    let mut session = session();
    session.edit("Read the register", Room::Voices, None, with_somebody_named).unwrap();
    let on = jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0);
    session.finish_jobs();
    let copy = session.freeze("Before", "Priya", on);
    session.edit("Freeze", Room::Decision, None, |w| w.decision.frozen.push(copy)).unwrap();
    // Too much for the way back to be kept, so the trail alone does not know whose it was.
    session
        .edit("Correct a ballot", Room::Voices, None, |w| {
            let ballot = w.voices.ballots.last_mut().unwrap();
            *ballot.swings.values_mut().next().unwrap() = 62.75;
            w.illustrative = "words ".repeat(2_000);
        })
        .unwrap();
    let id: StakeholderId = "ada-quill-k3f9".into();
    session.edit("Remove Ada Quill", Room::Voices, None, |w| remove_person(w, &id)).unwrap();
    session.finish_jobs();
    assert!(!session.removed_people().is_empty());
    session.forget_in_trail(&id, "Ada Quill");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.evenhand.ron");
    session.save_as(&file);
    session.finish_jobs();
    let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
    for gone in ["quill", "62.75"] {
        assert!(!text.contains(gone), "{gone} is still in the file");
    }
    let opened = evenhand::file::save::open(&file).unwrap().document;
    assert_eq!(intact(&opened.workspace.decision.frozen[0]), Ok(()), "it is sealed again");
    assert_eq!(opened.workspace.voices.statements.last().unwrap().text, "We were turned away.");
    assert_eq!(session.undo(), None, "that would bring the name back");
    assert_eq!(session.trail_says_of(&id, "Ada Quill"), 0);
}
