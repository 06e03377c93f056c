//! Two people changed one workspace, or one has a copy of it from the other: joined in the window.

use std::path::PathBuf;

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    file::{format::Document, save},
    model::{Workspace, voices::Ballot},
};

use crate::{computer::*, window::Driven};

/// A window with an edit of its own on a file that somebody else has changed as well.
struct Both {
    _computer: Computer,
    window: Driven,
    file: PathBuf,
    mine: Workspace,
}

fn factor<'w>(workspace: &'w mut Workspace, name: &str) -> &'w mut evenhand::model::balance::Factor {
    workspace.balance.factors.iter_mut().find(|factor| factor.name == name).unwrap()
}

fn both_changed(theirs: impl FnOnce(&mut Workspace)) -> Both {
    let computer = Computer::new();
    let file = computer.file("shared.evenhand.ron");
    let mut window = computer.start_with_westmere_in("shared.evenhand.ron");
    raise_price_certainty(&mut window);
    let session = window.state_mut().session();
    let headline = |w: &mut Workspace| w.decision.headline = "Commission it this spring".to_owned();
    session.edit("Headline", evenhand::model::Room::Decision, None, headline).unwrap();
    let mine = window.state().workspace().clone();

    let mut other = save::open(&file).unwrap().document;
    theirs(&mut other.workspace);
    other.revision += 5;
    save::save(&file, &other, None).unwrap();
    ctrl(&mut window, Key::S);
    until(&mut window, "the question", |window| says(window, "Changed by somebody else"));
    Both { _computer: computer, window, file, mine }
}

fn held_by(file: &std::path::Path) -> Workspace {
    save::open(file).unwrap().document.workspace
}

fn another_ballot(w: &mut Workspace) {
    let sector = w.voices.sectors[0].id.clone();
    let mut ballot = Ballot::blank("late-b222".into(), None, sector, 1);
    ballot.swings = w.balance.factors.iter().map(|factor| (factor.id.clone(), 50.0)).collect();
    w.voices.ballots.push(ballot);
}

fn choose(window: &mut Driven, name: &str) {
    let all: Vec<String> = window
        .query_all_by_role(Role::RadioButton)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let label =
        all.iter().find(|label| label.contains(name)).unwrap_or_else(|| panic!("no {name} in {all:?}"));
    click(window, Role::RadioButton, label);
}

fn is_awake(window: &Driven, button: &str) -> bool {
    !window.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

#[test]
fn what_does_not_touch_is_merged_at_once_with_a_note_and_one_undo() {
    let mut both = both_changed(|w| {
        w.title = "Leaving custody".to_owned();
        another_ballot(w);
    });
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the save", is_saved);
    assert!(says(&both.window, "fit together. Undo takes it back."));
    let merged = held_by(&both.file);
    assert_eq!(
        (merged.title.as_str(), merged.voices.ballots.last().unwrap().id.as_str()),
        ("Leaving custody", "late-b222")
    );
    assert_eq!(swing(&merged, "Price certainty"), swing(&both.mine, "Price certainty"));
    assert_eq!(merged.decision.headline, "Commission it this spring");
    ctrl(&mut both.window, Key::Z);
    assert!(both.window.state().workspace() == &both.mine, "one step back is what was open here");
}

#[test]
fn what_both_changed_is_asked_and_the_merge_waits_for_the_last_choice() {
    let mut both = both_changed(|w| {
        factor(w, "Price certainty").swing = Some(12.0);
        w.decision.headline = "Commission it for five years".to_owned();
        another_ballot(w);
    });
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the dialog", |window| says(window, "Two people changed this workspace"));
    assert!(says(&both.window, "Weight of Price certainty"));
    assert!(says(&both.window, "1 other change fits together"));
    assert!(!is_awake(&both.window, "Merge and save"));
    choose(&mut both.window, "theirs: 12");
    until(&mut both.window, "the answer", |window| says(window, "One choice left: "));
    assert!(!is_awake(&both.window, "Merge and save"));
    choose(&mut both.window, "Headline, yours");
    until(&mut both.window, "the answer", |window| is_awake(window, "Merge and save"));
    assert!(says(&both.window, "as chosen"), "who leads is said");
    let before = held_by(&both.file);
    assert_eq!(swing(&before, "Price certainty"), Some(12.0), "nothing is saved before that");
    assert_eq!(before.decision.headline, "Commission it for five years");
    click_button(&mut both.window, "Merge and save");
    until(&mut both.window, "the save", is_saved);
    let merged = held_by(&both.file);
    assert_eq!(swing(&merged, "Price certainty"), Some(12.0));
    assert_eq!(merged.decision.headline, "Commission it this spring");
    assert_eq!(merged.voices.ballots.last().unwrap().id.as_str(), "late-b222");
    ctrl(&mut both.window, Key::Z);
    assert!(both.window.state().workspace() == &both.mine);
}

#[test]
fn theirs_taken_at_the_foot_of_the_merge_is_one_step_that_can_be_undone() {
    let mut both = both_changed(|w| factor(w, "Price certainty").swing = Some(12.0));
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the dialog", |window| says(window, "Two people changed this workspace"));
    click_button(&mut both.window, "Take theirs");
    until(&mut both.window, "the other workspace", |window| {
        swing(window.state().workspace(), "Price certainty") == Some(12.0)
    });
    assert!(says(&both.window, "Undo (Ctrl+Z) brings back yours"));
    ctrl(&mut both.window, Key::Z);
    assert!(both.window.state().workspace() == &both.mine, "mine is not lost by one click");
    ctrl(&mut both.window, Key::S);
    until(&mut both.window, "the question", |window| says(window, "Changed by somebody else"));
    assert_eq!(swing(&held_by(&both.file), "Price certainty"), Some(12.0), "theirs is still there");
}

#[test]
fn the_keyboard_goes_left_and_right_and_enter_chooses() {
    let mut both = both_changed(|w| {
        factor(w, "Price certainty").swing = Some(12.0);
        w.decision.headline = "Commission it for five years".to_owned();
    });
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the dialog", |window| says(window, "Two people changed this workspace"));
    press(&mut both.window, Key::ArrowRight);
    press(&mut both.window, Key::Enter);
    until(&mut both.window, "the answer", |window| says(window, "One choice left: "));
    press(&mut both.window, Key::ArrowLeft);
    press(&mut both.window, Key::Enter);
    until(&mut both.window, "the answer", |window| is_awake(window, "Merge and save"));
    press(&mut both.window, Key::Enter);
    until(&mut both.window, "the save", is_saved);
    let merged = held_by(&both.file);
    assert_eq!(swing(&merged, "Price certainty"), Some(12.0));
    assert_eq!(merged.decision.headline, "Commission it this spring");
}

#[test]
fn both_texts_can_be_kept_with_a_mark() {
    let mut both = both_changed(|w| w.decision.headline = "Commission it for five years".to_owned());
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the dialog", |window| says(window, "Two people changed this workspace"));
    choose(&mut both.window, "Keep both");
    until(&mut both.window, "the answer", |window| is_awake(window, "Merge and save"));
    click_button(&mut both.window, "Merge and save");
    until(&mut both.window, "the save", is_saved);
    let headline = held_by(&both.file).decision.headline.clone();
    let wanted = "Commission it for five years / Commission it this spring (yours, ";
    assert!(headline.starts_with(wanted) && headline.ends_with(')'), "{headline}");
}

#[test]
fn later_changes_nothing() {
    let mut both = both_changed(|w| factor(w, "Price certainty").swing = Some(12.0));
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the dialog", |window| says(window, "Two people changed this workspace"));
    click_button(&mut both.window, "Later");
    assert!(both.window.state().workspace() == &both.mine && !is_saved(&both.window));
    assert_eq!(swing(&held_by(&both.file), "Price certainty"), Some(12.0));
}

/// A window on a workspace of which a copy was changed elsewhere.
fn with_a_copy(saved_before: bool) -> (Computer, Driven, PathBuf) {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let (mine, copy) = (computer.file("mine.evenhand.ron"), computer.file("copy.evenhand.ron"));
    let mut other = save::open(&mine).unwrap().document;
    if saved_before {
        save::save(&copy, &other, None).unwrap();
    }
    other.workspace.title = "Theirs".to_owned();
    save::save(&copy, &other, None).unwrap();
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    (computer, window, copy)
}

fn merge_with(window: &mut Driven, file: &std::path::Path) {
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, evenhand::ui::command::Command::MergeWithFile);
    window.run();
    type_path(window, file);
}

#[test]
fn a_copy_is_merged_with_what_both_keep_as_the_beginning() {
    let (_computer, mut window, copy) = with_a_copy(true);
    let points = swing(window.state().workspace(), "Price certainty");
    merge_with(&mut window, &copy);
    until(&mut window, "the merge", |window| window.state().workspace().title == "Theirs");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), points);
    assert_eq!(held_by(&copy).title, "Theirs", "the copy stays as it is");
    assert!(!is_saved(&window), "a merge with another file is an edit like any other");
}

#[test]
fn without_a_state_that_both_keep_the_user_is_asked_what_both_were_made_of() {
    let (_computer, mut window, copy) = with_a_copy(false);
    let points = swing(window.state().workspace(), "Price certainty");
    merge_with(&mut window, &copy);
    until(&mut window, "the question", |window| says(window, "What were both made of?"));
    choose(&mut window, "Nobody knows");
    click_button(&mut window, "Compare");
    until(&mut window, "the dialog", |window| says(window, "Two workspaces differ"));
    click(&mut window, Role::Link, "All yours");
    until(&mut window, "the answer", |window| is_awake(window, "Merge"));
    click_button(&mut window, "Cancel");

    merge_with(&mut window, &copy);
    until(&mut window, "the question", |window| says(window, "What were both made of?"));
    choose(&mut window, "Backup of");
    click_button(&mut window, "Compare");
    until(&mut window, "the merge", |window| window.state().workspace().title == "Theirs");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), points);
}

/// What one side still is would give the other side everything without a question, so it is not what Enter takes.
#[test]
fn the_workspace_itself_is_not_proposed_as_what_both_were_made_of() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let mut other = save::open(&computer.file("mine.evenhand.ron")).unwrap().document;
    let copy = computer.file("copy.evenhand.ron");
    factor(&mut other.workspace, "Price certainty").swing = Some(3.0);
    save::save(&copy, &other, None).unwrap();
    let points = raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    // The backup of what both began with is lost.
    for backup in evenhand::file::backups::list(&computer.file("mine.evenhand.ron")) {
        std::fs::remove_file(backup.path).unwrap();
    }
    merge_with(&mut window, &copy);
    until(&mut window, "the question", |window| says(window, "What were both made of?"));
    assert!(says(&window, "the same as yours: all of theirs is taken"));
    press(&mut window, Key::Enter);
    until(&mut window, "the dialog", |window| says(window, "Two workspaces differ"));
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
}

#[test]
fn a_copy_that_cannot_be_read_leaves_everything_as_it_is() {
    let (computer, mut window, _) = with_a_copy(true);
    let before = window.state().workspace().clone();
    let broken = computer.file("broken.evenhand.ron");
    std::fs::write(&broken, "(format: 1, oh").unwrap();
    merge_with(&mut window, &broken);
    until(&mut window, "the reason", |window| says(window, "broken.evenhand.ron"));
    assert!(window.state().workspace() == &before);
}

/// The button that has the keyboard.
fn on_button(window: &Driven) -> String {
    let focused = window.query_all_by_role(Role::Button).find(|node| node.accesskit_node().is_focused());
    focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn tab_goes_through_the_buttons_of_a_dialog_from_left_to_right_and_round() {
    let mut both = both_changed(|w| factor(w, "Price certainty").swing = Some(12.0));
    let window = &mut both.window;
    let mut buttons = ["Later", "Take theirs", "Keep mine", "Keep both", "Merge"];
    let left = |window: &Driven, name| window.get_by_role_and_label(Role::Button, name).rect().left();
    assert!(buttons.windows(2).all(|pair| left(window, pair[0]) < left(window, pair[1])), "as they are read");
    assert_eq!(on_button(window), "Merge", "what is proposed has the keyboard");
    for _ in 0..2 {
        for name in buttons {
            press(window, Key::Tab);
            assert_eq!(on_button(window), name);
        }
    }
    buttons.reverse();
    for name in [&buttons[1..], &buttons[..], &buttons[..1]].concat() {
        window.key_press_modifiers(egui::Modifiers::SHIFT, Key::Tab);
        window.run();
        assert_eq!(on_button(window), name);
    }
    press(window, Key::Enter);
    until(window, "the dialog", |window| says(window, "Two people changed this workspace"));
}

#[test]
fn files_that_share_nothing_are_called_odd_and_only_compared_when_they_are_meant() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let before = window.state().workspace().clone();
    let other = computer.file("other.evenhand.ron");
    let example = evenhand::exchange::examples::find("peterborough").unwrap();
    std::fs::write(&other, example.text).unwrap();
    merge_with(&mut window, &other);
    let words = "These do not look like versions of one workspace: yours (“Leaving custody in Westmere”) and the other (“";
    until(&mut window, "the question", |window| says(window, words));
    assert!(!says(&window, "What were both made of?"));
    assert_eq!(on_button(&window), "Cancel", "what is odd is not what Enter does");
    press(&mut window, Key::Enter);
    assert!(!says(&window, words) && window.state().workspace() == &before);

    merge_with(&mut window, &other);
    until(&mut window, "the question", |window| says(window, words));
    click_button(&mut window, "Compare all the same");
    until(&mut window, "the question", |window| says(window, "What were both made of?"));
    choose(&mut window, "Nobody knows");
    click_button(&mut window, "Compare");
    until(&mut window, "the dialog", |window| says(window, "Two workspaces differ"));
    click(&mut window, Role::Link, "All theirs");
    until(&mut window, "the answer", |window| is_awake(window, "Merge"));
    click_button(&mut window, "Merge");
    until(&mut window, "the merge", |window| window.state().workspace() != &before);
    assert!(window.state().workspace().title.starts_with("Peterborough"));
}

#[test]
fn a_wrong_name_leaves_the_question_for_the_file_open_and_says_why() {
    let (computer, mut window, copy) = with_a_copy(true);
    merge_with(&mut window, &computer.file("copi.evenhand.ron"));
    until(&mut window, "the reason", |window| says(window, "There is no file"));
    assert!(says(&window, "Merge with another file") && has_button(&window, "Compare"));
    type_path(&mut window, &copy);
    until(&mut window, "the merge", |window| window.state().workspace().title == "Theirs");
}

#[test]
fn a_merge_that_changes_nothing_of_mine_says_so_and_leaves_no_step_to_undo() {
    let mut both = both_changed(|_| {});
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the save", is_saved);
    assert!(says(&both.window, "Nothing needed joining: yours holds all that theirs does."));
    assert!(!says(&both.window, "Undo takes it back"));
    assert!(held_by(&both.file) == both.mine);
    let last = both.window.state_mut().session().history().undo_label().map(str::to_owned);
    assert_eq!(last.as_deref(), Some("Headline"), "the last step is one of mine");

    let mut both = both_changed(|w| factor(w, "Price certainty").swing = Some(12.0));
    click_button(&mut both.window, "Merge");
    until(&mut both.window, "the dialog", |window| says(window, "Two people changed this workspace"));
    choose(&mut both.window, "Price certainty, yours");
    until(&mut both.window, "the answer", |window| is_awake(window, "Merge and save"));
    click_button(&mut both.window, "Merge and save");
    until(&mut both.window, "the save", is_saved);
    assert!(says(&both.window, "Yours is as it was"), "nor does a merge in which yours is chosen throughout");
    assert!(held_by(&both.file) == both.mine);
}

#[test]
fn a_file_that_is_the_same_asks_nothing_and_nothing_is_said_to_be_undone() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    raise_price_certainty(&mut window);
    let (mine, copy) = (window.state().workspace().clone(), computer.file("copy.evenhand.ron"));
    let document = Document { revision: 900, workspace: mine.clone(), ..Document::default() };
    save::save(&copy, &document, None).unwrap();
    merge_with(&mut window, &copy);
    until(&mut window, "the answer", |window| says(window, "Nothing needed joining"));
    assert!(!says(&window, "What were both made of?"));

    save::save(&computer.file("mine.evenhand.ron"), &document, None).unwrap();
    ctrl(&mut window, Key::S);
    until(&mut window, "the question", |window| says(window, "Changed by somebody else"));
    click_button(&mut window, "Take theirs");
    until(&mut window, "the answer", |window| {
        says(window, "Theirs is the same as yours: nothing needed taking")
    });
    assert!(window.state().workspace() == &mine);
}
