//! A file that cannot be read: where it is wrong, what to do, and the open workspace as it was.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::{computer::*, window::Driven};

/// Asks for a file that does not open and waits for what is said about it.
fn open_damaged(window: &mut Driven, path: &std::path::Path) {
    ctrl(window, Key::O);
    type_path(window, path);
    until(window, "the message", |window| says(window, "This workspace cannot be read"));
    until(window, "the search for backups", |window| !says(window, "Looking for backups"));
}

#[test]
fn a_truncated_file_says_where_it_ends_and_everything_stays_as_it_was() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("whole.evenhand.ron");
    let points = raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    let whole = std::fs::read_to_string(computer.file("whole.evenhand.ron")).unwrap();
    let lines: Vec<&str> = whole.lines().take(40).collect();
    let cut = lines.join("\n");
    let damaged = computer.file("cut.evenhand.ron");
    std::fs::write(&damaged, &cut).unwrap();

    open_damaged(&mut window, &damaged);
    let place = format!("line 40, column {}", lines[39].chars().count() + 1);
    assert!(says(&window, &place), "the end of the file is {place}");
    assert!(says(&window, "What is wrong") && says(&window, "What to do"));
    assert!(says(&window, "No backup opens."));
    click_button(&mut window, "Close");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    assert!(is_saved(&window));
    assert_eq!(std::fs::read_to_string(&damaged).unwrap(), cut);
}

#[test]
fn a_damaged_file_offers_its_backups_and_opens_one() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let before = window.state().workspace().clone();
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    ctrl(&mut window, Key::W);
    let half = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, &half[..half.len() / 2]).unwrap();

    open_damaged(&mut window, &file);
    assert!(window.query_all_by_role(Role::RadioButton).next().is_some(), "a backup is listed");
    click_button(&mut window, "Open this backup");
    assert_eq!(window.state().workspace(), &before);
    assert_eq!(window.state().session.as_ref().unwrap().path(), None, "a backup is nobody's file yet");
}

#[test]
fn trying_again_opens_a_file_that_has_been_mended() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    ctrl(&mut window, Key::W);
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, whole.replacen("title", "titel", 1)).unwrap();
    open_damaged(&mut window, &file);
    assert!(says(&window, "titel"), "the field that is not known is named");
    std::fs::write(&file, whole).unwrap();
    click_button(&mut window, "Try again");
    until(&mut window, "the workspace", |window| window.state().session.is_some());
    assert_eq!(window.state().workspace().title, WESTMERE);
}

#[test]
fn a_file_that_is_not_there_is_said_in_passing() {
    let computer = Computer::new();
    let mut window = computer.start();
    ctrl(&mut window, Key::O);
    type_path(&mut window, &computer.file("nowhere.evenhand.ron"));
    until(&mut window, "the message", |window| says(window, "nowhere.evenhand.ron"));
    assert!(window.state().session.is_none());
}
