//! A file that cannot be read: where it is wrong, what to do, and the open workspace as it was.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use evenhand::file::backups;

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
    assert!(says(&window, "There is no backup."));
    click_button(&mut window, "Close");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    assert!(is_saved(&window));
    assert_eq!(std::fs::read_to_string(&damaged).unwrap(), cut);
}

#[test]
fn where_there_are_backups_and_none_opens_that_is_said() {
    let computer = Computer::new();
    let mut window = start_and_save_a_change(&computer, "mine.evenhand.ron");
    let file = computer.file("mine.evenhand.ron");
    for backup in backups::list(&file) {
        std::fs::write(backup.path, "(format: 1, oh").unwrap();
    }
    std::fs::write(&file, "(format: 1, oh").unwrap();
    open_damaged(&mut window, &file);
    assert!(says(&window, "No backup opens.") && !says(&window, "There is no backup."));
}

#[test]
fn a_newer_file_is_called_newer_and_shows_nothing_as_wrong() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let newer = computer.file("newer.evenhand.ron");
    std::fs::write(&newer, "(\n  format: 99,\n  written_by: \"9.0.0\",\n)").unwrap();
    ctrl(&mut window, Key::O);
    type_path(&mut window, &newer);
    until(&mut window, "the message", |window| says(window, "Made by a newer Evenhand"));
    assert!(!says(&window, "line 2: "), "no line of it is shown");
}

#[test]
fn everything_can_be_made_larger_while_a_message_is_read() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let damaged = computer.file("cut.evenhand.ron");
    std::fs::write(&damaged, "(format: 1, oh").unwrap();
    open_damaged(&mut window, &damaged);
    let before = window.ctx.zoom_factor();
    ctrl(&mut window, Key::Plus);
    assert!(window.ctx.zoom_factor() > before);
    assert!(says(&window, "This workspace cannot be read"), "the message stays");
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
    assert!(says(&window, "Backup of mine.evenhand.ron from "), "and the bar says what it is");
    ctrl(&mut window, Key::S);
    let field = window.get_by_role_and_label(Role::TextInput, "File").accesskit_node();
    assert_eq!(field.value(), Some(file.display().to_string()), "its own place is proposed");
    press(&mut window, Key::Enter);
    until(&mut window, "the save", is_saved);
    assert!(!says(&window, "Backup of mine.evenhand.ron from "));
    assert_eq!(evenhand::file::save::open(&file).unwrap().document.workspace, before);
}

#[test]
fn a_backup_opened_from_its_folder_is_known_as_one() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    let mut window = start_and_save_a_change(&computer, "mine.evenhand.ron");
    let backup = evenhand::file::backups::list(&file).remove(0).path;
    ctrl(&mut window, Key::O);
    type_path(&mut window, &backup);
    until(&mut window, "the backup", |window| says(window, "Backup of mine.evenhand.ron from "));
    assert_eq!(window.state().session.as_ref().unwrap().path(), None, "a save must not change a backup");
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
