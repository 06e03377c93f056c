//! The file was saved by somebody else between opening and saving.

use std::path::PathBuf;

use egui::Key;
use evenhand::{
    file::{backups, save},
    model::Workspace,
};

use crate::{computer::*, window::Driven};

/// A window with an edit of its own on a file that somebody else has changed meanwhile, and the question it asks.
struct Both {
    computer: Computer,
    window: Driven,
    file: PathBuf,
    mine: Workspace,
    theirs: Workspace,
}

fn both_changed() -> Both {
    let computer = Computer::new();
    let file = computer.file("shared.evenhand.ron");
    let mut window = computer.start_with_westmere_in("shared.evenhand.ron");
    raise_price_certainty(&mut window);
    let mine = window.state().workspace().clone();

    let mut other = save::open(&file).unwrap().document;
    other.workspace.title = "Theirs".to_owned();
    other.revision += 1;
    save::save(&file, &other, None).unwrap();

    ctrl(&mut window, Key::S);
    until(&mut window, "the question", |window| says(window, "Changed by somebody else"));
    Both { computer, window, file, mine, theirs: other.workspace }
}

fn held_by(file: &std::path::Path) -> Workspace {
    save::open(file).unwrap().document.workspace
}

#[test]
fn nothing_is_written_before_there_is_an_answer() {
    let mut both = both_changed();
    assert_eq!(held_by(&both.file), both.theirs);
    click_button(&mut both.window, "Later");
    assert_eq!(held_by(&both.file), both.theirs);
    assert_eq!(both.window.state().workspace(), &both.mine);
    assert!(!is_saved(&both.window));
}

#[test]
fn keep_mine_saves_mine_and_puts_theirs_among_the_backups() {
    let mut both = both_changed();
    click_button(&mut both.window, "Keep mine");
    until(&mut both.window, "the save", is_saved);
    assert_eq!(held_by(&both.file), both.mine);
    let newest = backups::list(&both.file).remove(0);
    assert_eq!(newest.document.workspace, both.theirs);
}

#[test]
fn take_theirs_shows_the_file_as_it_is_now() {
    let mut both = both_changed();
    click_button(&mut both.window, "Take theirs");
    let theirs = both.theirs.clone();
    until(&mut both.window, "the other workspace", |window| window.state().workspace() == &theirs);
    assert_eq!(held_by(&both.file), both.theirs);
    assert!(is_saved(&both.window));
}

#[test]
fn keep_both_saves_mine_beside_theirs_and_goes_on_there() {
    let mut both = both_changed();
    click_button(&mut both.window, "Keep both");
    until(&mut both.window, "the save", is_saved);
    assert_eq!(held_by(&both.file), both.theirs);
    let beside = both.window.state().session.as_ref().unwrap().path().unwrap().to_owned();
    assert_ne!(beside, both.file);
    assert_eq!(beside.parent(), Some(both.computer.folder()));
    assert_eq!(held_by(&beside), both.mine);
}
