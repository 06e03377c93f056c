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
    assert!(!is_saved(&both.window), "the history of both is in no file yet");
    assert!(says(&both.window, "Undo (Ctrl+Z) brings back yours"));
    ctrl(&mut both.window, Key::Z);
    assert_eq!(both.window.state().workspace(), &both.mine, "mine is not lost by one click");
    assert!(!is_saved(&both.window));
}

#[test]
fn theirs_taken_again_by_redo_is_not_said_to_be_a_change_by_somebody_else() {
    let mut both = both_changed();
    let window = &mut both.window;
    click_button(window, "Take theirs");
    let theirs = both.theirs.clone();
    until(window, "the other workspace", |window| window.state().workspace() == &theirs);
    ctrl(window, Key::Z);
    ctrl(window, Key::S);
    until(window, "the question", |window| says(window, "Changed by somebody else"));
    click_button(window, "Later");
    assert!(has_button(window, "Not saved: changed by somebody else"));
    ctrl(window, Key::Y);
    assert_eq!(window.state().workspace(), &both.theirs);
    assert!(!has_button(window, "Not saved: changed by somebody else"));
    ctrl(window, Key::S);
    until(window, "the save", is_saved);
}

#[test]
fn theirs_that_was_saved_and_undone_is_asked_about_after_a_kill_too() {
    for edits in [false, true] {
        let Both { computer, mut window, file, mine, theirs } = both_changed();
        click_button(&mut window, "Take theirs");
        until(&mut window, "the other workspace", |window| window.state().workspace() == &theirs);
        ctrl(&mut window, Key::S);
        until(&mut window, "the save", is_saved);
        if edits {
            raise_price_certainty(&mut window);
            ctrl(&mut window, Key::Z);
        }
        ctrl(&mut window, Key::Z);
        assert_eq!(window.state().workspace(), &mine);
        window.state_mut().session().flush_journal();
        drop(window);

        let mut window = computer.start();
        click_button(&mut window, "Recover");
        until(&mut window, "the offer", |window| says(window, "Unsaved work found"));
        let main = if edits { "Recover 3 changes" } else { "Recover 1 change" };
        recover(&mut window, main);
        assert_eq!(window.state().workspace(), &mine);
        ctrl(&mut window, Key::S);
        until(&mut window, "the question", |window| says(window, "Changed by somebody else"));
        assert_eq!(held_by(&file), theirs, "nothing is written before there is an answer");
        click_button(&mut window, "Keep mine");
        until(&mut window, "the save", is_saved);
        raise_price_certainty(&mut window);
        ctrl(&mut window, Key::S);
        until(&mut window, "the save", is_saved);
    }
}

#[test]
fn keep_both_saves_mine_beside_theirs_and_goes_on_there() {
    let mut both = both_changed();
    click_button(&mut both.window, "Keep both");
    until(&mut both.window, "the save", is_saved);
    assert_eq!(held_by(&both.file), both.theirs);
    let beside = both.window.state().session.as_ref().unwrap().path().unwrap().to_owned();
    let name = beside.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("shared (yours, ") && name.ends_with(").evenhand.ron"), "{name}");
    assert_eq!(beside.parent(), Some(both.computer.folder()));
    assert_eq!(held_by(&beside), both.mine);
}

#[cfg(unix)]
#[test]
fn of_a_file_that_has_become_a_link_the_question_says_what_would_be_replaced() {
    let computer = Computer::new();
    let (file, other) = (computer.file("mine.evenhand.ron"), computer.file("elsewhere.evenhand.ron"));
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    raise_price_certainty(&mut window);
    let mine = window.state().workspace().clone();
    let mut theirs = save::open(&file).unwrap().document;
    theirs.workspace.title = "Theirs".to_owned();
    save::save(&other, &theirs, None).unwrap();
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(&other, &file).unwrap();

    ctrl(&mut window, Key::S);
    until(&mut window, "the question", |window| says(window, "Changed by somebody else"));
    assert!(says(&window, &format!("mine.evenhand.ron is a link and leads to {}", other.display())));
    assert_eq!(held_by(&other), theirs.workspace, "nothing is replaced before there is an answer");
    click_button(&mut window, "Keep mine");
    until(&mut window, "the save", is_saved);
    assert_eq!(held_by(&other), mine);
    assert_eq!(backups::list(&other)[0].document.workspace, theirs.workspace);
    assert!(std::fs::symlink_metadata(&file).unwrap().is_symlink());
}

#[test]
fn a_file_that_may_only_be_read_says_so_when_it_is_opened() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    assert!(!has_button(&window, "Read-only"));
    ctrl(&mut window, Key::W);
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    open_file(&mut window, &file);
    assert!(has_button(&window, "Read-only"), "before anything is changed");
    click_button(&mut window, "Read-only");
    assert!(says(&window, "may not be written to by you"));
    // Saved as another file it is a workspace like any other.
    click_button(&mut window, "Save as");
    type_path(&mut window, &computer.file("other.evenhand.ron"));
    until(&mut window, "the save", is_saved);
    assert!(!has_button(&window, "Read-only"));
}
