//! Leaving work that is not saved.

use egui::Key;
use evenhand::ui::dialogs::close::After;

use crate::computer::*;

#[test]
fn an_untouched_example_is_left_without_a_question() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    ctrl(&mut window, Key::W);
    assert!(window.state().session.is_none());
}

#[test]
fn closing_with_unsaved_work_asks_and_cancel_stays() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let points = raise_price_certainty(&mut window);
    ctrl(&mut window, Key::W);
    assert!(says(&window, "Save your work first?"));
    click_button(&mut window, "Cancel");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    assert!(!says(&window, "Save your work first?"));
}

#[test]
fn work_that_is_let_go_is_gone_and_not_offered_again() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    raise_price_certainty(&mut window);
    window.state_mut().session().flush_journal();
    window.state_mut().leave(After::Quit);
    window.run();
    assert!(!window.state().wants_to_quit(), "the window waits for the answer");
    click_button(&mut window, "Do not save");
    assert!(window.state().wants_to_quit());
    drop(window);
    let window = computer.start();
    assert!(!says(&window, "Unsaved work found"));
}

#[test]
fn save_in_the_question_saves_and_then_leaves() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    let mut window = computer.start_with_westmere();
    let points = raise_price_certainty(&mut window);
    ctrl(&mut window, Key::W);
    // What is proposed has the keyboard.
    press(&mut window, Key::Enter);
    type_path(&mut window, &file);
    until(&mut window, "the start page", |window| window.state().session.is_none());
    open_file(&mut window, &file);
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
}

#[test]
fn cancelling_where_to_save_keeps_the_workspace_open() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let points = raise_price_certainty(&mut window);
    ctrl(&mut window, Key::W);
    click_button(&mut window, "Save");
    click_button(&mut window, "Cancel");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    save_to(&mut window, &computer.file("later.evenhand.ron"));
    assert!(window.state().session.is_some(), "a later save does not close what was kept open");
}

#[test]
fn unsaved_work_that_is_let_go_for_a_file_stays_open_when_that_file_cannot_be_read() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let points = raise_price_certainty(&mut window);
    let damaged = computer.file("damaged.evenhand.ron");
    std::fs::write(&damaged, "(format: 1, written_by").unwrap();
    ctrl(&mut window, Key::O);
    type_path(&mut window, &damaged);
    click_button(&mut window, "Do not save");
    until(&mut window, "the message", |window| says(window, "This workspace cannot be read"));
    click_button(&mut window, "Close");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    ctrl(&mut window, Key::Z);
    assert_ne!(swing(window.state().workspace(), "Price certainty"), Some(points), "it can still be undone");
}
