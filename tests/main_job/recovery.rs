//! The program was killed before the work was saved.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use egui::Key;
use evenhand::{file::save, model::Workspace};

use crate::{
    computer::*,
    window::{Driven, open},
};

/// Where the program that is killed keeps its things, and the file that it opens, if any.
const FOLDER: &str = "EVENHAND_TEST_FOLDER";
const FILE: &str = "EVENHAND_TEST_FILE";
const READY: &str = "ready to be killed";

/// The program up to the moment of the kill. The other tests run it again in a process of its own, on a computer of
/// theirs, where it waits for its end.
#[test]
fn what_is_flushed_is_in_the_journal() {
    let mine = Computer::new();
    let given = std::env::var_os(FOLDER).map(PathBuf::from);
    let folder = given.as_deref().unwrap_or(mine.folder());
    let mut window = open(shell_in(folder));
    match std::env::var_os(FILE) {
        Some(file) => open_file(&mut window, Path::new(&file)),
        None => press_example(&mut window),
    }
    change_two_weights(&mut window);
    window.state_mut().session().flush_journal();
    let kept = std::fs::read_dir(folder.join("journals")).unwrap();
    let journals = kept.filter(|file| file.as_ref().unwrap().path().extension() == Some("journal".as_ref()));
    assert_eq!(journals.count(), 1);
    if given.is_some() {
        println!("\n{READY}");
        std::io::stdout().flush().unwrap();
        loop {
            std::thread::park();
        }
    }
}

/// Runs the program on a computer, changes two weights, and kills it.
fn kill_with_unsaved_work(computer: &Computer, file: Option<&Path>) {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "recovery::what_is_flushed_is_in_the_journal", "--nocapture"]);
    program.env(FOLDER, computer.folder()).stdout(Stdio::piped());
    if let Some(file) = file {
        program.env(FILE, file);
    }
    let mut running = program.spawn().unwrap();
    let lines = BufReader::new(running.stdout.take().unwrap()).lines();
    let ready = lines.map_while(Result::ok).any(|line| line.contains(READY));
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(ready, "the program broke off before it could be killed");
}

/// The workspace with the two weights changed, by a program that nobody kills.
fn the_work() -> Workspace {
    let mut window = Computer::new().start_with_westmere();
    change_two_weights(&mut window);
    window.state().workspace().clone()
}

fn change_two_weights(window: &mut Driven) {
    raise_price_certainty(window);
    take_weight(window, "Whole-life cost");
    press(window, Key::ArrowDown);
    assert_eq!(swing(window.state().workspace(), "Whole-life cost"), Some(79.0));
}

/// Opens what was found on the start page.
fn look_at_what_was_found(window: &mut Driven) {
    assert!(says(window, "Unsaved work found"));
    assert!(says(window, "2 changes were not saved."));
    click_button(window, "Recover");
    assert!(says(window, "Lower weight of Whole-life cost, recovered"));
    assert!(says(window, "Raise weight of Price certainty, recovered"));
    let told = "Lower weight of Whole-life cost, recovered, from 80 to 79";
    until(window, "what changed", |window| says(window, told));
    assert!(says(window, "B leads with 67, saved or recovered."));
}

#[test]
fn work_in_no_file_comes_back_after_a_kill() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    click_button(&mut window, "Recover 2 changes");
    assert_eq!(window.state().workspace(), &the_work());
    assert!(!is_saved(&window));
    ctrl(&mut window, Key::Z);
    assert_eq!(
        swing(window.state().workspace(), "Whole-life cost"),
        Some(80.0),
        "what is recovered can be undone"
    );
    ctrl(&mut window, Key::Y);
    assert_eq!(window.state().workspace(), &the_work());
    ctrl(&mut window, Key::W);
    assert!(says(&window, "Save your work first?"), "recovered work is not let go without a question");
    click_button(&mut window, "Save");
    let file = computer.file("recovered.evenhand.ron");
    type_path(&mut window, &file);
    until(&mut window, "the start page", |window| window.state().session.is_none());
    assert_eq!(save::open(&file).unwrap().document.workspace, the_work());
    drop(window);
    assert!(!says(&computer.start(), "Unsaved work found"), "it is offered once");
}

#[test]
fn work_on_a_file_comes_back_to_that_file_which_is_untouched_until_it_is_saved() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    drop(computer.start_with_westmere_in("mine.evenhand.ron"));
    let saved = std::fs::read(&file).unwrap();
    kill_with_unsaved_work(&computer, Some(&file));
    assert_eq!(std::fs::read(&file).unwrap(), saved);

    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    click_button(&mut window, "Recover 2 changes");
    assert_eq!(window.state().session.as_ref().unwrap().path(), Some(file.as_path()));
    assert_eq!(std::fs::read(&file).unwrap(), saved);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    assert_eq!(save::open(&file).unwrap().document.workspace, the_work());
}

#[test]
fn recovered_work_is_safe_from_the_next_kill() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    click_button(&mut window, "Recover 2 changes");
    // Dropped without being closed, which leaves the journal as a kill does.
    drop(window);
    let mut window = computer.start();
    assert!(says(&window, "Unsaved work found"));
    click_button(&mut window, "Recover");
    click_button(&mut window, "Recover 1 change");
    assert_eq!(window.state().workspace(), &the_work());
}

#[test]
fn looking_first_leaves_it_to_be_recovered() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    click_button(&mut window, "Look first");
    assert_eq!(window.state().workspace(), &the_work());
    ctrl(&mut window, Key::W);
    assert!(window.state().session.is_none());
    assert!(says(&window, "Unsaved work found"));
}

#[test]
fn discarding_is_asked_twice_and_then_for_good() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    click_button(&mut window, "Discard");
    assert!(has_button(&window, "Discard for good"));
    click_button(&mut window, "Discard for good");
    assert!(!says(&window, "Unsaved work found"));
    drop(window);
    assert!(!says(&computer.start(), "Unsaved work found"));
}

/// Starts the program on a file, as it is named on the command line, and waits for it.
fn start_on(computer: &Computer, file: &Path) -> Driven {
    let mut shell = shell_in(computer.folder());
    shell.start_on(Some(file.to_owned()));
    let mut window = open(shell);
    until(&mut window, "the file", |window| window.state().session.is_some());
    window
}

#[test]
fn work_on_the_file_that_is_named_at_the_start_is_offered_over_it() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    drop(computer.start_with_westmere_in("mine.evenhand.ron"));
    kill_with_unsaved_work(&computer, Some(&file));

    // The same file under another spelling, as from the folder that the program is started in.
    let spelled = computer.folder().join(".").join("mine.evenhand.ron");
    let mut window = start_on(&computer, &spelled);
    assert!(says(&window, "Unsaved work found"));
    click_button(&mut window, "Later");
    assert_ne!(window.state().workspace(), &the_work());
    drop(window);

    let mut window = start_on(&computer, &spelled);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workspace(), &the_work(), "Return recovers");
    assert!(!says(&window, "has this workspace open"));
    assert_eq!(window.state().session.as_ref().unwrap().path(), Some(file.as_path()));
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    assert_eq!(save::open(&file).unwrap().document.workspace, the_work());
    assert_eq!(window.state().preferences().recent, std::slice::from_ref(&file), "one file is one row");
    drop(window);
    assert!(!says(&start_on(&computer, &file), "Unsaved work found"));
}

#[test]
fn other_work_is_told_of_when_a_file_is_named_and_left_for_the_start_page() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    drop(computer.start_with_westmere_in("mine.evenhand.ron"));
    kill_with_unsaved_work(&computer, None);
    let mut window = start_on(&computer, &file);
    let told = "Unsaved work of an earlier start was found.";
    assert!(says(&window, told));
    for _ in 0..60 {
        window.step();
    }
    assert!(
        window.ctx.input(|input| input.time) > 10.0 && says(&window, told),
        "it stays until it is dismissed"
    );
    click_button(&mut window, "Dismiss this notice");
    assert!(!says(&window, told));
    assert!(says(&computer.start(), "Unsaved work found"), "it is not locked away from another start");
    ctrl(&mut window, Key::W);
    look_at_what_was_found(&mut window);
}

#[test]
fn the_first_start_shows_what_was_found_rather_than_the_example() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut shell = shell_in(computer.folder());
    shell.start_on(None);
    let mut window = open(shell);
    look_at_what_was_found(&mut window);
}
