//! Edits, undo and what follows them, without a window.

use super::{keeping::SaveState, *};
use crate::model::{
    ids::SectorId,
    reach::caseload::{Counted, CountedGroup, CountedPlace, Counts},
    voices::{Sector, SectorShape},
};

fn session() -> Session {
    Session::new(Workspace::default(), 7, Arc::new(|| ()))
}

fn retitle(session: &mut Session, title: &str, merge: MergeKey<'_>) {
    let title = title.to_owned();
    session.edit(format!("Title {title}"), Room::Question, merge, |w| w.title = title).unwrap();
}

#[test]
fn an_edit_is_one_revision_and_can_be_taken_back_and_done_again() {
    let mut session = session();
    retitle(&mut session, "First", None);
    assert_eq!((session.workspace().title.as_str(), session.revision()), ("First", 8));
    assert_eq!(session.undo().as_deref(), Some("Title First"));
    assert_eq!(session.workspace().title, "");
    assert_eq!(session.redo().as_deref(), Some("Title First"));
    assert_eq!(session.workspace().title, "First");
    assert_eq!(session.redo(), None);
}

#[test]
fn a_drag_is_one_step_until_it_settles() {
    let mut session = session();
    for title in ["1", "2", "3"] {
        retitle(&mut session, title, Some("drag"));
    }
    session.settle();
    retitle(&mut session, "4", Some("drag"));
    session.undo();
    assert_eq!(session.workspace().title, "3");
    session.undo();
    assert_eq!(session.workspace().title, "");
    assert_eq!(session.undo(), None);
}

#[test]
fn a_run_that_ends_where_it_began_leaves_no_step() {
    let mut session = session();
    retitle(&mut session, "kept", None);
    for title in ["k", "ke", "kept"] {
        retitle(&mut session, title, Some("typing"));
    }
    assert_eq!(session.history().undo_label(), Some("Title kept"));
    session.undo();
    assert_eq!(session.workspace().title, "");
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_step() {
    let mut session = session();
    retitle(&mut session, "", None);
    assert_eq!(session.revision(), 7);
    assert!(session.history().undo_label().is_none());
}

#[test]
fn a_new_edit_drops_what_was_undone() {
    let mut session = session();
    retitle(&mut session, "a", None);
    session.undo();
    retitle(&mut session, "b", None);
    assert_eq!(session.redo(), None);
}

#[test]
fn two_hundred_steps_are_kept() {
    let mut session = session();
    for step in 0..250 {
        retitle(&mut session, &format!("step {step}"), None);
    }
    let mut undone = 0;
    while session.undo().is_some() {
        undone += 1;
    }
    assert_eq!(undone, 200);
    assert_eq!(session.workspace().title, "step 49");
}

#[test]
fn tails_do_not_repeat() {
    let mut session = session();
    let mut seen: Vec<u32> = (0..1000).map(|_| session.new_tail()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 1000);
}

#[test]
fn no_tail_is_given_that_the_workspace_holds() {
    let mut before = session();
    let taken: Vec<u32> = (0..50).map(|_| before.new_tail()).collect();
    // The one before the first that was given.
    let start = taken[0].wrapping_sub(0x9_E375) % ids::TAILS;
    let mut workspace = Workspace::clone(before.workspace());
    let sector = |tail: &u32| Sector {
        id: SectorId::named("sector", *tail),
        name: format!("Sector {tail}"),
        short: String::new(),
        shape: SectorShape::Star,
        first_hand: false,
    };
    workspace.voices.sectors = taken.iter().map(sector).collect();
    let mut after = Session::new(workspace, 0, Arc::new(|| ()));
    after.tails = start;
    for _ in 0..100 {
        assert!(!taken.contains(&after.new_tail()));
    }
}

/// A caseload of so many offices with so many groups each.
fn counted(offices: usize, groups: usize) -> Counted {
    let counts = |n: usize| {
        let people = 40 + (n * 7_919 % 60) as u64;
        Counts { people, passed: vec![people, people / 2 + n as u64 % 9], ..Counts::default() }
    };
    let office = |n: usize| CountedPlace {
        name: format!("Office {n}"),
        groups: (0..groups).map(|g| counts(n * groups + g)).collect(),
    };
    let providers: Vec<CountedPlace> = (0..offices).map(office).collect();
    let group = |g: usize| {
        let mut all = Counts { passed: vec![0, 0], ..Counts::default() };
        for office in &providers {
            all.people += office.groups[g].people;
            all.passed.iter_mut().zip(&office.groups[g].passed).for_each(|(sum, more)| *sum += more);
        }
        CountedGroup { name: format!("Group {g}"), need_group: None, counts: all }
    };
    Counted {
        source: "invented.csv".to_owned(),
        counted_on: None,
        hidden_under: 5,
        gates: vec!["referred".to_owned(), "served".to_owned()],
        groups: (0..groups).map(group).collect(),
        providers,
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    }
}

#[test]
fn a_large_caseload_is_judged_beside_the_window_and_keeps_what_it_told_meanwhile() {
    let mut session = session();
    session
        .edit("Read a caseload", Room::Reach, None, |w| w.reach.caseload.counted = Some(counted(60, 40)))
        .unwrap();
    assert!(
        session.is_judging_caseload() && session.analysis().reach.caseload.is_none(),
        "no frame waits for it"
    );
    session.finish_jobs();
    let told = session.analysis().reach.caseload.clone();
    assert!(told.is_some() && !session.is_judging_caseload());
    assert!(**session.analysis() == Analysis::of(session.workspace()));

    retitle(&mut session, "another", None);
    assert!(!session.is_judging_caseload(), "a title has nothing to do with it");
    session
        .edit("Hide more", Room::Reach, None, |w| {
            w.reach.caseload.counted = Some(Counted { hidden_under: 20, ..counted(60, 40) });
        })
        .unwrap();
    assert!(session.is_judging_caseload(), "it is another table");
    session.undo();
    session.finish_jobs();
    assert!(session.analysis().reach.caseload == told);
}

#[test]
fn a_small_caseload_is_judged_in_the_same_frame() {
    let mut session = session();
    session
        .edit("Read a caseload", Room::Reach, None, |w| w.reach.caseload.counted = Some(counted(6, 4)))
        .unwrap();
    assert!(!session.is_judging_caseload() && session.analysis().reach.caseload.is_some());
}

#[test]
fn a_note_at_a_step_is_unsaved_work_even_where_there_is_no_file() {
    let mut session = session();
    retitle(&mut session, "First", None);
    let step = session.trail().lines()[0].id().clone();
    session.undo();
    assert!(!session.has_unsaved_work());
    session.annotate(&step, "why it was taken back");
    assert!(session.has_unsaved_work());
}

#[test]
fn after_taking_theirs_the_steps_of_both_are_still_to_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut mine, path) = with_theirs_taken(folder.path());
    let opened = crate::file::save::open(&path).unwrap();
    assert!(mine.trail().lines().len() > opened.document.history.steps.len());
    assert!(mine.has_unsaved_work(), "the step of mine is in no file");
    mine.save();
    mine.finish_jobs();
    assert!(!mine.has_unsaved_work());
}

#[test]
fn a_note_stays_when_its_step_goes_on() {
    let mut session = session();
    retitle(&mut session, "F", Some("typing"));
    let step = session.trail().lines()[0].id().clone();
    session.annotate(&step, "as the panel asked");
    retitle(&mut session, "First", Some("typing"));
    assert_eq!(session.trail().lines().len(), 1);
    assert_eq!(session.trail().lines()[0].note(), "as the panel asked");
}

#[test]
fn what_is_undone_behind_a_clearing_is_marked_in_the_history() {
    let mut session = session();
    retitle(&mut session, "F", Some("typing"));
    session.clear_trail_up_to(jiff::Timestamp::UNIX_EPOCH);
    retitle(&mut session, "First", Some("typing"));
    session.undo();
    let undone: Vec<bool> = session.trail().lines().iter().map(|line| line.is_undone).collect();
    assert_eq!((undone, session.workspace().title.as_str()), (vec![false, true], "F"));
}

#[test]
fn a_step_whose_way_back_cannot_be_read_is_not_taken_back_by_half() {
    let mut before = session();
    before
        .edit("Both", Room::Question, None, |w| {
            w.title = "Title".to_owned();
            w.illustrative = "Invented".to_owned();
        })
        .unwrap();
    let mut history = before.trail().written();
    let step = &mut *history.steps[0];
    step.back.as_mut().unwrap()[0].to = Some("{not JSON".to_owned());
    let id = step.id.clone();
    let workspace = Workspace::clone(before.workspace());
    let mut session = Session::of(Document { revision: 9, workspace, history }, Arc::new(|| ()));
    assert_eq!(session.undo_only(&id), Err(Obstacle::NotKept));
    assert_eq!(
        (session.workspace().title.as_str(), session.workspace().illustrative.as_str()),
        ("Title", "Invented")
    );
}

#[test]
fn what_is_only_looked_at_keeps_its_history() {
    let mut before = session();
    retitle(&mut before, "First", None);
    let (history, workspace) = (before.trail().written(), Workspace::clone(before.workspace()));
    let document = Document { revision: 9, workspace, history };
    let mut session = Session::to_look_at(document.clone(), Arc::new(|| ()));
    session.annotate(&document.history.steps[0].id, "a note");
    session.clear_trail_up_to(jiff::Timestamp::MAX);
    session.forget_in_trail(&"ada-k333".into(), "First");
    assert!(session.trail().written() == document.history);
}

/// A session that has taken what somebody else saved in its file, and that file.
fn with_theirs_taken(folder: &std::path::Path) -> (Session, std::path::PathBuf) {
    let path = folder.join("plan.evenhand.ron");
    let mut mine = session();
    mine.save_as(&path);
    mine.finish_jobs();
    let mut theirs = Session::open(crate::file::save::open(&path).unwrap(), "Priya", Arc::new(|| ()));
    retitle(&mut theirs, "Theirs", None);
    theirs.save();
    theirs.finish_jobs();
    retitle(&mut mine, "Mine", None);
    let opened = crate::file::save::open(&path).unwrap();
    let workspace = opened.document.workspace.clone();
    mine.take_merge("Take theirs".to_owned(), &workspace, &opened).unwrap();
    (mine, path)
}

/// Whether a save writes, and is not held up by what somebody else has saved; and the title that the file holds then.
fn saved(session: &mut Session, path: &std::path::Path) -> (bool, String) {
    session.save();
    session.finish_jobs();
    let is_saved = matches!(session.save_state(), SaveState::Saved(_));
    (is_saved, crate::file::save::open(path).unwrap().document.workspace.title)
}

#[test]
fn with_the_taking_of_theirs_undone_a_save_asks_again() {
    let folder = tempfile::tempdir().unwrap();
    for is_saved_first in [false, true] {
        let (mut mine, path) = with_theirs_taken(folder.path());
        if is_saved_first {
            assert_eq!(saved(&mut mine, &path), (true, "Theirs".to_owned()));
        }
        mine.undo();
        assert_eq!(saved(&mut mine, &path), (false, "Theirs".to_owned()), "saved first: {is_saved_first}");
        let SaveState::Failed(why) = mine.save_state() else { panic!() };
        assert!(matches!(&*why, crate::file::save::SaveError::ChangedOutside { .. }), "{why}");
        mine.redo();
        retitle(&mut mine, "Both", None);
        assert_eq!(saved(&mut mine, &path), (true, "Both".to_owned()));
        mine.undo();
        assert_eq!(
            saved(&mut mine, &path),
            (true, "Theirs".to_owned()),
            "an edit of mine is not asked about"
        );
        drop(mine);
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn mine_that_is_kept_over_theirs_is_asked_about_again_only_once_theirs_is_in_the_file_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut mine, path) = with_theirs_taken(folder.path());
    mine.undo();
    mine.save_over_theirs();
    mine.finish_jobs();
    assert_eq!(saved(&mut mine, &path), (true, "Mine".to_owned()));
    mine.redo();
    assert_eq!(saved(&mut mine, &path), (true, "Theirs".to_owned()), "over what is mine");
    mine.undo();
    assert_eq!(saved(&mut mine, &path), (false, "Theirs".to_owned()));
}

#[test]
fn an_edit_in_place_of_what_was_taken_and_undone_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let (mut mine, path) = with_theirs_taken(folder.path());
    mine.undo();
    retitle(&mut mine, "Mine again", None);
    assert_eq!(saved(&mut mine, &path), (false, "Theirs".to_owned()));
    mine.save_as(&folder.path().join("other.evenhand.ron"));
    mine.finish_jobs();
    assert!(matches!(mine.save_state(), SaveState::Saved(_)));
    mine.undo();
    mine.save();
    mine.finish_jobs();
    assert!(matches!(mine.save_state(), SaveState::Saved(_)), "there is nothing of theirs in another file");
}

#[test]
fn of_two_takings_each_that_is_undone_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let (mut mine, path) = with_theirs_taken(folder.path());
    let mut theirs = Session::open(crate::file::save::open(&path).unwrap(), "Priya", Arc::new(|| ()));
    retitle(&mut theirs, "Theirs anew", None);
    theirs.save();
    theirs.finish_jobs();
    assert!(!saved(&mut mine, &path).0);
    let opened = crate::file::save::open(&path).unwrap();
    let workspace = opened.document.workspace.clone();
    mine.take_merge("Take theirs".to_owned(), &workspace, &opened).unwrap();
    for _ in 0..2 {
        mine.undo();
        assert_eq!(saved(&mut mine, &path), (false, "Theirs anew".to_owned()));
    }
    mine.redo();
    assert!(!saved(&mut mine, &path).0);
    mine.redo();
    assert_eq!(saved(&mut mine, &path), (true, "Theirs anew".to_owned()));
}
