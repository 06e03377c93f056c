//! Leaving work that is not saved.

use std::time::Duration;

use egui::Key;
use evenhand::{file::save, session::keeping::Closing, ui::dialogs::close::After};

use crate::{computer::*, slow_disk::put_to_sleep};

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

#[test]
fn a_save_that_failed_says_why_for_as_long_as_it_is_so() {
    let computer = Computer::new();
    let folder = computer.file("drive");
    std::fs::create_dir(&folder).unwrap();
    let mut window = computer.start_with_westmere_in("drive/mine.evenhand.ron");
    raise_price_certainty(&mut window);
    std::fs::remove_dir_all(&folder).unwrap();
    ctrl(&mut window, Key::S);
    until(&mut window, "the failure", |window| has_button(window, "Not saved: folder not there"));
    click_button(&mut window, "Not saved: folder not there");
    assert!(says(&window, "Connect the drive or share again"));
    assert!(has_button(&window, "Save as…") || says(&window, "Save as"), "a way out");
}

#[test]
fn a_workspace_whose_save_hangs_can_be_left_and_what_could_not_be_saved_is_offered() {
    for works in [true, false] {
        let computer = Computer::new();
        let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
        let before = window.state().workspace().clone();
        let ends = put_to_sleep(&mut window);
        raise_price_certainty(&mut window);
        let mine = window.state().workspace().clone();
        ctrl(&mut window, Key::S);
        assert!(says(&window, "Saving…"));
        ctrl(&mut window, Key::W);
        assert!(says(&window, "Save your work first?"), "what is being saved is not saved yet");
        click_button(&mut window, "Do not save");
        assert!(window.state().session.is_none(), "the window does not wait for the disk");
        assert!(!says(&window, "Unsaved work found"), "nobody knows yet");

        ends.tell(works);
        let file = computer.file("mine.evenhand.ron");
        let held = || save::open(&file).unwrap().document.workspace;
        if works {
            until(&mut window, "the save", |_| held() == mine);
            assert!(window.state_mut().end().iter().all(|closing| closing.wait(Duration::from_secs(60))));
            drop(window);
            assert!(!says(&computer.start(), "Unsaved work found"));
        } else {
            until(&mut window, "the offer", |window| says(window, "Unsaved work found"));
            assert!(held() == before);
            click_button(&mut window, "Recover");
            recover(&mut window, "Recover 1 change");
            assert!(*window.state().workspace() == mine);
        }
    }
}

#[test]
fn the_window_goes_while_a_save_hangs_and_the_work_is_there_at_the_next_start() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let ends = put_to_sleep(&mut window);
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    window.state_mut().leave(After::Quit);
    window.run();
    click_button(&mut window, "Do not save");
    assert!(window.state().wants_to_quit());
    let behind = window.state_mut().end();
    assert!(!behind.iter().all(Closing::is_done), "the save goes on");
    ends.tell(false);
    assert!(behind.iter().all(|closing| closing.wait(Duration::from_secs(60))));
    assert!(says(&computer.start(), "Unsaved work found"), "nobody was told that it could not be saved");
}
