//! Open the example, weigh it, see who is left out, save it, open it again.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    analysis::standing::standing,
    model::{Room, balance::ScoreLevel},
};

use crate::{computer::*, window::Driven};

/// The words that follow from the workspace as it stands this very moment.
fn leader_that_follows(window: &Driven) -> String {
    let session = window.state().session.as_ref().unwrap();
    standing(session.workspace(), session.analysis(), None)[0].text()
}

#[test]
fn the_example_opens_in_balance_with_its_answer() {
    let computer = Computer::new();
    let window = computer.start_with_westmere();
    assert_eq!(room(&window), (Some(Room::Balance), "Balance"));
    let line = standing_line(&window).join("; ");
    assert!(line.contains("Local partnership leads with 67"), "{line}");
    assert!(line.contains("62 %"), "{line}");
    assert!(says(&window, "Illustrative data"));
}

#[test]
fn a_weight_moves_the_standing_line_in_the_same_frame_and_undo_brings_it_back() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let at_first = leader(&window);
    take_weight(&mut window, "Price certainty");
    for _ in 0..8 {
        let before = swing(window.state().workspace(), "Price certainty");
        press_for_one_frame(&mut window, Key::PageUp);
        let after = swing(window.state().workspace(), "Price certainty");
        assert!(after > before, "{before:?} to {after:?}");
        assert_eq!(leader(&window), leader_that_follows(&window), "one frame after the key");
    }
    assert_ne!(leader(&window), at_first);
    ctrl(&mut window, Key::Z);
    assert_eq!(leader(&window), at_first);
    ctrl(&mut window, Key::Y);
    assert_ne!(leader(&window), at_first);
}

#[test]
fn a_score_typed_in_its_cell_changes_the_answer() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let at_first = leader(&window);
    click(&mut window, Role::Tab, "Scores");
    let cell = "Reach to all need groups, Local partnership";
    window
        .get_by(|node| node.role() == Role::Cell && node.label().is_some_and(|name| name.starts_with(cell)))
        .click();
    window.run();
    for digit in ["3", "0"] {
        type_text(&mut window, digit);
    }
    press(&mut window, Key::Enter);
    let workspace = window.state().workspace();
    let reach = workspace.balance.factors.iter().find(|f| f.name == "Reach to all need groups").unwrap();
    let partnership = workspace.question.options.iter().find(|o| o.name == "Local partnership").unwrap();
    let score = workspace.score(&reach.id, &partnership.id).unwrap();
    assert_eq!(score.level, ScoreLevel::Point(30.0));
    assert_ne!(leader(&window), at_first);
    assert_eq!(leader(&window), leader_that_follows(&window));
}

#[test]
fn the_dial_is_a_what_if_that_changes_nothing_in_the_workspace() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let before = window.state().workspace().clone();
    window.get_by_role_and_label(Role::Slider, "Commercial share of the weight").focus();
    window.run();
    for _ in 0..30 {
        window.key_press(Key::ArrowRight);
        window.step();
    }
    window.run();
    let dial = window.state().view.balance.dial.unwrap();
    assert!((0.71..=0.73).contains(&dial), "42 % and 30 points more is {dial}");
    assert!(says(&window, "Grants to local charities") || says(&window, "leads"));
    assert_eq!(window.state().workspace(), &before);
    press(&mut window, Key::Home);
    assert_eq!(window.state().view.balance.dial, None);
}

#[test]
fn reach_names_who_would_be_left_out() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let clause = "Reach: high cherry-picking risk in A";
    assert!(standing_line(&window).iter().any(|words| words == clause));
    click(&mut window, Role::Link, clause);
    assert_eq!(room(&window), (Some(Room::Reach), "Prediction"));
}

#[test]
fn what_is_saved_opens_as_it_was_and_saves_to_the_same_bytes() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    raise_price_certainty(&mut window);
    let (first, second) = (computer.file("first.evenhand.ron"), computer.file("second.evenhand.ron"));
    ctrl(&mut window, Key::S);
    type_path(&mut window, &first);
    until(&mut window, "the save", is_saved);
    let saved = window.state().workspace().clone();
    ctrl(&mut window, Key::W);
    assert!(window.state().session.is_none(), "the start page is back without a question");
    open_file(&mut window, &first);
    assert_eq!(window.state().workspace(), &saved);
    save_to(&mut window, &second);
    assert_eq!(std::fs::read_to_string(&first).unwrap(), std::fs::read_to_string(&second).unwrap());
}

#[test]
fn a_saved_workspace_stands_among_the_recent_ones() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    ctrl(&mut window, Key::W);
    let row = format!("Open {WESTMERE}, B leads with 67, with a high risk that people are left out");
    until(&mut window, "the recent list", |window| says(window, &row));
    click_button(&mut window, &row);
    until(&mut window, "the workspace", |window| window.state().session.is_some());
    assert_eq!(window.state().workspace().title, WESTMERE);
}

#[test]
fn a_step_can_be_undone_after_it_was_saved() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let before = window.state().workspace().clone();
    raise_price_certainty(&mut window);
    save_to(&mut window, &computer.file("mine.evenhand.ron"));
    ctrl(&mut window, Key::Z);
    assert_eq!(window.state().workspace(), &before);
    assert!(!is_saved(&window));
}
