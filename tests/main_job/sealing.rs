//! Sealing a workspace, opening it again with its passphrase, and coming back from a kill.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    file::{seal, sealed},
    ui::{command::Command, dialogs::close::After},
};

use crate::{
    computer::*,
    slow_disk::{Ends, put_to_sleep},
    window::Driven,
};

fn run(window: &mut Driven, command: Command) {
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, command);
    window.run();
}

fn write_in(window: &mut Driven, field: &str, words: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run();
    type_text(window, words);
}

fn click_at(window: &mut Driven, at: egui::Pos2) {
    window.hover_at(at);
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        let modifiers = egui::Modifiers::NONE;
        window.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        window.run();
    }
}

fn is_awake(window: &Driven, button: &str) -> bool {
    !window.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

/// Fills in the dialog of sealing, what is in plain to be deleted, and seals.
fn seal_and_save(window: &mut Driven) {
    run(window, Command::Seal);
    assert!(says(window, "A lost passphrase is lost"), "said before");
    write_in(window, "Passphrase", "three plain words");
    write_in(window, "The same again", "three plain words");
    assert!(!is_awake(window, "Seal and save"), "it wants a tick");
    click(window, Role::Switch, "I know that a lost passphrase is lost");
    let delete = window.get_by(|node| {
        node.role() == Role::Switch
            && node.label().is_some_and(|label| label.starts_with("Delete what holds it"))
    });
    delete.click();
    window.run();
    click_button(window, "Seal and save");
    until(window, "the key", |window| window.state().session.as_ref().unwrap().key().is_some());
}

fn is_kept_in(window: &Driven, path: &Path) -> bool {
    window.state().session.as_ref().is_some_and(|session| session.path() == Some(path))
}

/// A window with the example saved and then sealed.
fn sealed(computer: &Computer) -> (Driven, PathBuf) {
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    seal_and_save(&mut window);
    let path = computer.file("case.evenhand.ron.age");
    until(&mut window, "the sealed file", |window| is_saved(window) && is_kept_in(window, &path));
    (window, path)
}

fn holds_in_plain(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holds_in_plain(&path, found);
        } else if String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains("Westmere") {
            found.push(path);
        }
    }
}

fn in_plain(computer: &Computer) -> Vec<PathBuf> {
    let mut found = Vec::new();
    holds_in_plain(computer.folder(), &mut found);
    found
}

/// Types a path to be opened, and the passphrase that it asks for.
fn unlock(window: &mut Driven, path: &Path, passphrase: &str) {
    ctrl(window, Key::O);
    type_path(window, path);
    until(window, "the question", |window| says(window, "Sealed with a passphrase"));
    write_in(window, "Passphrase", passphrase);
    click_button(window, "Open");
}

#[test]
fn a_workspace_is_sealed_and_opens_again_with_its_passphrase_only() {
    let computer = Computer::new();
    let (mut window, path) = sealed(&computer);
    window.run();
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new(), "file, backups, journal, preferences");
    assert!(seal::is_sealed(&std::fs::read(&path).unwrap()));
    let points = raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    drop(window);

    let mut window = computer.start();
    unlock(&mut window, &path, "two words");
    until(&mut window, "the refusal", |window| says(window, "That is not its passphrase"));
    assert!(window.state().session.is_none());
    write_in(&mut window, "Passphrase", "three plain words");
    click_button(&mut window, "Open");
    until(&mut window, "the workspace", |window| window.state().session.is_some());
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
}

#[test]
fn unsaved_work_of_a_sealed_workspace_is_offered_once_it_is_open() {
    let computer = Computer::new();
    let (mut window, path) = sealed(&computer);
    let points = raise_price_certainty(&mut window);
    window.state_mut().session().flush_journal();
    // The program is killed.
    drop(window);

    let mut window = computer.start();
    assert!(says(&window, "Unsaved work of a sealed workspace was found"));
    unlock(&mut window, &path, "three plain words");
    until(&mut window, "the offer", |window| says(window, "Unsaved work found"));
    recover(&mut window, "Recover 1 change");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    assert!(window.state_mut().session().key().is_some(), "what is recovered stays sealed");
    window.state_mut().session().flush_journal();
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
}

/// The saves in plain end after the dialog has counted what there is, and an edit comes before the sealed one has ended.
#[test]
fn what_is_in_plain_goes_although_saves_were_under_way_and_an_edit_came_after() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    let disk = put_to_sleep(&mut window);
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    seal_and_save(&mut window);
    raise_price_certainty(&mut window);
    disk.tell(true);
    disk.tell(true);
    until(&mut window, "the word", |window| says(window, "Sealed. Only the passphrase opens it."));
    assert!(!is_saved(&window), "the edit is still to be saved");
    window.state_mut().session().flush_journal();
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
}

#[test]
fn what_is_in_plain_goes_also_of_a_workspace_that_was_left_while_it_was_being_sealed() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    let disk = put_to_sleep(&mut window);
    seal_and_save(&mut window);
    ctrl(&mut window, Key::W);
    click_button(&mut window, "Do not save");
    assert!(window.state().session.is_none());
    disk.tell(true);
    until(&mut window, "the word", |window| says(window, "Sealed. Only the passphrase opens it."));
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
    assert!(computer.file("case.evenhand.ron.age").exists());
}

/// A window whose workspace is being sealed on a disk that does not answer, and that was told to go.
fn quit_while_sealing(computer: &Computer) -> (Driven, Ends) {
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    let disk = put_to_sleep(&mut window);
    seal_and_save(&mut window);
    let ctx = window.ctx.clone();
    window.state_mut().ask_to_leave(&ctx, After::Quit);
    window.run();
    click_button(&mut window, "Do not save");
    assert!(!window.state().wants_to_quit());
    assert!(says(&window, "Not sealed yet"));
    assert!(says(&window, &computer.file("case.evenhand.ron").display().to_string()));
    let backups = computer.file("case.evenhand.ron.backups");
    assert!(says(&window, &format!("1 file in {}", backups.display())), "it is told where it lies in plain");
    (window, disk)
}

#[test]
fn quitting_while_the_seal_hangs_tells_what_is_in_plain_and_goes_when_the_seal_is_there() {
    let computer = Computer::new();
    let (mut window, disk) = quit_while_sealing(&computer);
    disk.tell(true);
    until(&mut window, "the end", |window| window.state().wants_to_quit());
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
}

#[test]
fn a_seal_that_ends_just_after_the_window_has_gone_still_lets_go_of_what_is_in_plain() {
    let computer = Computer::new();
    let (mut window, disk) = quit_while_sealing(&computer);
    click_button(&mut window, "Quit now");
    assert!(window.state().wants_to_quit());
    let mut behind = window.state_mut().end();
    assert!(!behind.is_done());
    disk.tell(true);
    assert!(behind.wait(Duration::from_secs(60)));
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
    assert!(computer.file("case.evenhand.ron.age").exists());
    let recent = computer.start().state().preferences().recent.clone();
    assert_eq!(recent, [computer.file("case.evenhand.ron.age")], "and is offered under its new name");
}

#[test]
fn a_seal_that_fails_while_the_window_is_to_go_keeps_it_and_says_so() {
    let computer = Computer::new();
    let (mut window, disk) = quit_while_sealing(&computer);
    disk.tell(false);
    until(&mut window, "the word", |window| {
        says(window, "Not sealed: case.evenhand.ron.age could not be saved")
    });
    assert!(!window.state().wants_to_quit() && !says(&window, "Not sealed yet"));
    assert!(computer.file("case.evenhand.ron").exists());
}

#[test]
fn somebody_who_does_not_quit_while_the_seal_hangs_stays_and_is_told_when_it_is_there() {
    let computer = Computer::new();
    let (mut window, disk) = quit_while_sealing(&computer);
    click_button(&mut window, "Do not quit");
    assert!(!says(&window, "Not sealed yet") && !window.state().wants_to_quit());
    disk.tell(true);
    until(&mut window, "the word", |window| says(window, "Sealed. Only the passphrase opens it."));
    assert!(!window.state().wants_to_quit());
}

#[test]
fn the_dialog_of_sealing_takes_enter_and_loses_nothing_typed_by_a_click_beside_it() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    run(&mut window, Command::Seal);
    let beside = egui::pos2(8.0, 400.0);
    write_in(&mut window, "Passphrase", "three plain words");
    write_in(&mut window, "The same again", "three plain words");
    click_at(&mut window, beside);
    assert!(says(&window, "Seal with a passphrase"), "what was typed is still there");
    click(&mut window, Role::Switch, "I know that a lost passphrase is lost");
    press(&mut window, Key::Enter);
    until(&mut window, "the key", |window| window.state().session.as_ref().unwrap().key().is_some());
}

#[test]
fn the_dialog_of_sealing_goes_by_escape_and_with_nothing_typed_by_a_click_beside_it() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    run(&mut window, Command::Seal);
    click_at(&mut window, egui::pos2(8.0, 400.0));
    assert!(!says(&window, "Seal with a passphrase"));
    run(&mut window, Command::Seal);
    write_in(&mut window, "Passphrase", "three plain words");
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    assert!(!says(&window, "Seal with a passphrase"));
}

#[test]
fn where_the_sealed_file_could_not_be_saved_the_next_save_makes_it_and_nothing_else() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    let (plain, path) = (computer.file("case.evenhand.ron"), computer.file("case.evenhand.ron.age"));
    let before = std::fs::read(&plain).unwrap();
    let disk = put_to_sleep(&mut window);
    seal_and_save(&mut window);
    disk.tell(false);
    until(&mut window, "the failure", |window| says(window, "There is no room"));
    assert!(!path.exists() && std::fs::read(&plain).unwrap() == before);
    ctrl(&mut window, Key::S);
    disk.tell(true);
    until(&mut window, "the sealed file", |window| is_saved(window) && is_kept_in(window, &path));
    until(&mut window, "the word", |window| says(window, "Sealed. Only the passphrase opens it."));
    assert!(seal::is_sealed(&std::fs::read(&path).unwrap()) && !plain.exists());
}

#[test]
fn two_passphrases_that_differ_or_are_short_seal_nothing() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    run(&mut window, Command::Seal);
    click(&mut window, Role::Switch, "I know that a lost passphrase is lost");
    write_in(&mut window, "Passphrase", "short");
    click_button(&mut window, "Seal and save");
    assert!(says(&window, "at least eight characters"));
    write_in(&mut window, "Passphrase", " but longer");
    write_in(&mut window, "The same again", "something else");
    click_button(&mut window, "Seal and save");
    assert!(says(&window, "The two are not the same"));
    click_button(&mut window, "Cancel");
    assert!(window.state_mut().session().key().is_none());
    assert!(!computer.file("case.evenhand.ron.age").exists());
}

#[test]
fn the_seal_is_removed_for_whoever_knows_the_passphrase() {
    let computer = Computer::new();
    let (mut window, path) = sealed(&computer);
    run(&mut window, Command::Unseal);
    write_in(&mut window, "Passphrase as it is now", "two words");
    click_button(&mut window, "Remove and save");
    assert!(says(&window, "That is not its passphrase as it is now"));
    ctrl(&mut window, Key::A);
    write_in(&mut window, "Passphrase as it is now", "");
    ctrl(&mut window, Key::A);
    type_text(&mut window, "three plain words");
    click_button(&mut window, "Remove and save");
    let plain = computer.file("case.evenhand.ron");
    let to = plain.clone();
    until(&mut window, "the plain file", move |window| {
        is_saved(window) && window.state().session.as_ref().unwrap().path() == Some(&to)
    });
    assert!(plain.exists() && path.exists() && window.state_mut().session().key().is_none());
}

/// A window on the start page beside a sealed file with a backup.
fn with_a_backup(computer: &Computer) -> (Driven, PathBuf) {
    let (mut window, path) = sealed(computer);
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    ctrl(&mut window, Key::W);
    (window, path)
}

fn open_the_backup(computer: &Computer, window: &mut Driven) {
    until(window, "a backup", |window| window.query_all_by_role(Role::RadioButton).next().is_some());
    click_button(window, "Open this backup");
    let session = window.state_mut().session();
    assert!(
        session.path().is_none() && session.key().is_some(),
        "a backup stays sealed, and is nobody’s file"
    );
    raise_price_certainty(window);
    window.state_mut().session().flush_journal();
    assert_eq!(in_plain(computer), Vec::<PathBuf>::new());
}

#[test]
fn a_damaged_sealed_file_offers_its_backups() {
    let computer = Computer::new();
    let (mut window, path) = with_a_backup(&computer);
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    unlock(&mut window, &path, "three plain words");
    until(&mut window, "the message", |window| says(window, "This workspace cannot be read"));
    assert!(says(&window, "cut short or changed after it was sealed"));
    open_the_backup(&computer, &mut window);
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the damaged file stays as it is");
}

#[test]
fn a_file_that_shows_no_more_that_it_was_sealed_asks_for_the_passphrase_of_its_backups() {
    let computer = Computer::new();
    let (mut window, path) = with_a_backup(&computer);
    std::fs::write(&path, "").unwrap();
    ctrl(&mut window, Key::O);
    type_path(&mut window, &path);
    until(&mut window, "the question", |window| says(window, "One backup is sealed"));
    write_in(&mut window, "Passphrase of the backups", "two words");
    click_button(&mut window, "Look into them");
    until(&mut window, "the refusal", |window| says(window, "That passphrase opens none of them."));
    write_in(&mut window, "Passphrase of the backups", "three plain words");
    click_button(&mut window, "Look into them");
    open_the_backup(&computer, &mut window);
}

#[test]
fn a_file_under_another_passphrase_is_merged_when_its_own_is_given() {
    let computer = Computer::new();
    let (mut window, path) = sealed(&computer);
    let own = window.state_mut().session().key().unwrap().clone();
    let theirs = seal::Key::with_work("something else entirely".to_owned().into(), 2);
    let copy = computer.file("copy.evenhand.ron.age");
    let mut document = sealed::open(&path, &own).unwrap().document;
    sealed::save(&copy, &document, None, &theirs).unwrap();
    document.workspace.title = "Theirs of Westmere".to_owned();
    sealed::save(&copy, &document, None, &theirs).unwrap();
    let points = raise_price_certainty(&mut window);

    run(&mut window, Command::MergeWithFile);
    type_path(&mut window, &copy);
    until(&mut window, "the question", |window| says(window, "Sealed with a passphrase"));
    write_in(&mut window, "Passphrase", "three plain words");
    click_button(&mut window, "Compare");
    until(&mut window, "the refusal", |window| says(window, "That is not its passphrase"));
    write_in(&mut window, "Passphrase", "something else entirely");
    click_button(&mut window, "Compare");
    until(&mut window, "the merge", |window| window.state().workspace().title == "Theirs of Westmere");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    assert!(sealed::open(&path, &own).is_ok(), "it stays under its own passphrase");
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
}

#[test]
fn a_file_that_somebody_sealed_anew_is_merged_and_kept_under_the_passphrase_that_it_has_now() {
    let computer = Computer::new();
    let (mut window, path) = sealed(&computer);
    let points = raise_price_certainty(&mut window);
    let own = window.state_mut().session().key().unwrap().clone();
    let theirs = seal::Key::with_work("something else entirely".to_owned().into(), 2);
    let mut document = sealed::open(&path, &own).unwrap().document;
    document.workspace.title = "Theirs of Westmere".to_owned();
    std::fs::remove_file(&path).unwrap();
    sealed::save(&path, &document, None, &theirs).unwrap();

    ctrl(&mut window, Key::S);
    until(&mut window, "the question", |window| says(window, "Changed by somebody else"));
    click_button(&mut window, "Merge");
    until(&mut window, "the passphrase", |window| says(window, "Sealed with a passphrase"));
    write_in(&mut window, "Passphrase", "something else entirely");
    click_button(&mut window, "Compare");
    until(&mut window, "the save", is_saved);
    let saved = sealed::open(&path, &theirs).unwrap().document.workspace;
    assert_eq!(
        (saved.title.as_str(), swing(&saved, "Price certainty")),
        ("Theirs of Westmere", Some(points))
    );
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
}

#[test]
fn sealed_work_is_had_back_though_its_file_is_gone() {
    let computer = Computer::new();
    let (mut window, path) = sealed(&computer);
    let points = raise_price_certainty(&mut window);
    window.state_mut().session().flush_journal();
    drop(window);
    std::fs::remove_file(&path).unwrap();
    let mut window = computer.start();
    assert!(says(&window, "Sealed work found"));
    click_button(&mut window, "Unlock");
    write_in(&mut window, "Passphrase", "two words only");
    click_button(&mut window, "Open");
    until(&mut window, "the refusal", |window| says(window, "That is not its passphrase"));
    write_in(&mut window, "Passphrase", "three plain words");
    click_button(&mut window, "Open");
    until(&mut window, "the offer", |window| has_button(window, "Recover 1 change"));
    recover(&mut window, "Recover 1 change");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
}
