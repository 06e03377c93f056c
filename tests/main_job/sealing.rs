//! Sealing a workspace, opening it again with its passphrase, and coming back from a kill.

use std::path::{Path, PathBuf};

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{file::seal, ui::command::Command};

use crate::{computer::*, window::Driven};

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

fn is_awake(window: &Driven, button: &str) -> bool {
    !window.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

/// A window with the example saved and then sealed.
fn sealed(computer: &Computer) -> (Driven, PathBuf) {
    let mut window = computer.start_with_westmere_in("case.evenhand.ron");
    run(&mut window, Command::Seal);
    assert!(says(&window, "A lost passphrase is lost"), "said before");
    write_in(&mut window, "Passphrase", "three plain words");
    write_in(&mut window, "The same again", "three plain words");
    assert!(!is_awake(&window, "Seal and save"), "it wants a tick");
    click(&mut window, Role::Switch, "I know that a lost passphrase is lost");
    let delete = "Delete what holds it in plain so far: 1 file, its backups among them";
    click(&mut window, Role::Switch, delete);
    click_button(&mut window, "Seal and save");
    let path = computer.file("case.evenhand.ron.age");
    let to = path.clone();
    until(&mut window, "the sealed file", move |window| {
        is_saved(window) && window.state().session.as_ref().unwrap().path() == Some(&to)
    });
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
    click_button(&mut window, "Recover 1 change");
    assert_eq!(swing(window.state().workspace(), "Price certainty"), Some(points));
    assert!(window.state_mut().session().key().is_some(), "what is recovered stays sealed");
    window.state_mut().session().flush_journal();
    assert_eq!(in_plain(&computer), Vec::<PathBuf>::new());
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
