//! Leaving work that is not saved.

use std::time::Duration;

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{file::save, session::keeping::SaveState, ui::dialogs::close::After};

use crate::{computer::*, slow_disk::put_to_sleep, window::Driven};

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
            assert!(window.state_mut().end().wait(Duration::from_secs(60)));
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
    let mut behind = window.state_mut().end();
    assert!(!behind.is_done(), "the save goes on");
    ends.tell(false);
    assert!(behind.wait(Duration::from_secs(60)));
    assert!(says(&computer.start(), "Unsaved work found"), "nobody was told that it could not be saved");
}

/// Longer than a save may take before it is spoken of.
fn wait_until_it_is_slow(window: &mut Driven) {
    until(window, "the word", |window| window.state().session.as_ref().unwrap().slow_save().is_some());
}

#[test]
fn a_save_that_hangs_says_for_how_long_and_that_one_can_go_on_working() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let ends = put_to_sleep(&mut window);
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    assert!(says(&window, "Saving…"));
    wait_until_it_is_slow(&mut window);
    let is_slow =
        |label: String| label.starts_with("Saving for ") && label.ends_with("the folder does not answer");
    window.get_by(|node| node.role() == Role::Button && node.label().is_some_and(is_slow)).click();
    window.run();
    assert!(says(&window, &format!("The folder {} does not answer", computer.folder().display())));
    assert!(says(&window, "You can go on working: your edits are in the recovery journal."));
    press(&mut window, Key::Escape);
    ends.tell(true);
    until(&mut window, "the save", is_saved);
    assert!(!says(&window, "does not answer"));
}

#[test]
fn save_in_the_question_says_that_it_waits_while_a_save_hangs_and_then_leaves() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let ends = put_to_sleep(&mut window);
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    wait_until_it_is_slow(&mut window);
    ctrl(&mut window, Key::W);
    assert!(says(&window, "is being saved, and the folder does not answer. “Save” waits for that"));
    click_button(&mut window, "Save");
    let waits = "Waiting for the save: the folder does not answer. Then this workspace is left.";
    until(&mut window, "the word", |window| says(window, waits));
    assert!(window.state().session.is_some(), "it is still open");
    ends.tell(true);
    until(&mut window, "the start page", |window| window.state().session.is_none());
    until(&mut window, "the end of the word", |window| !says(window, waits));
}

#[test]
fn a_file_that_a_save_reached_while_another_hangs_is_among_the_recent_ones() {
    for is_left in [false, true] {
        let computer = Computer::new();
        let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
        let other = computer.file("other.evenhand.ron");
        let ends = put_to_sleep(&mut window);
        raise_price_certainty(&mut window);
        window.state_mut().session().save_as(&other);
        if is_left {
            ctrl(&mut window, Key::W);
            click_button(&mut window, "Do not save");
            assert!(window.state().session.is_none());
        } else {
            raise_price_certainty(&mut window);
            ctrl(&mut window, Key::S);
        }
        ends.tell(true);
        let is_first = |window: &Driven| window.state().preferences().recent.first() == Some(&other);
        until(&mut window, "the file", is_first);
        let session = window.state().session.as_ref();
        assert!(session.is_none_or(|session| matches!(session.save_state(), SaveState::Saving)));
    }
}
