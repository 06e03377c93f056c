//! The program was killed before the work was saved.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    file::{backups, save},
    model::{Room, Workspace},
};

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
    assert!(says(window, "B Leads with 67, saved or recovered."));
}

/// On a low window the card of unsaved work stands below the buttons, its own button below its words.
#[test]
fn the_offer_covers_nothing_on_a_low_window() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    window.set_size(egui::vec2(854.0, 480.0));
    window.run();
    let place = |label: &str, role| window.get_by_role_and_label(role, label).rect();
    let (last, recover) = (place("Start from a spreadsheet", Role::Button), place("Recover", Role::Button));
    let title = window.get_by_label("Unsaved work found").rect();
    assert!(last.bottom() < title.top() && title.bottom() < recover.top());
}

#[test]
fn work_in_no_file_comes_back_after_a_kill() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    recover(&mut window, "Recover 2 changes");
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
    recover(&mut window, "Recover 2 changes");
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
    recover(&mut window, "Recover 2 changes");
    // Dropped without being closed, which leaves the journal as a kill does.
    drop(window);
    let mut window = computer.start();
    assert!(says(&window, "Unsaved work found"));
    // Every step is there as it was, each with what it changed.
    look_at_what_was_found(&mut window);
    recover(&mut window, "Recover 2 changes");
    assert_eq!(window.state().workspace(), &the_work());
}

#[test]
fn after_two_kills_a_merge_rests_on_what_the_file_held() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    let mut window = computer.start_with_westmere_in("mine.evenhand.ron");
    let held = window.state().workspace().clone();
    for (edit, kills) in [("Set years", 1), ("Name the place", 2)] {
        let session = window.state_mut().session();
        let change = |w: &mut Workspace| match kills {
            1 => w.question.horizon_years = Some(7),
            _ => w.question.place = "Eastmere".to_owned(),
        };
        session.edit(edit, Room::Question, None, change).unwrap();
        session.flush_journal();
        drop(window);
        window = computer.start();
        click_button(&mut window, "Recover");
        assert!(says(&window, "Set years, recovered"), "the first step stays a step of its own");
        recover(&mut window, if kills == 1 { "Recover 1 change" } else { "Recover 2 changes" });
    }
    assert_eq!(window.state_mut().session().last_held().map(|(held, _)| (**held).clone()), Some(held));

    let mut theirs = save::open(&file).unwrap().document;
    theirs.workspace.question.horizon_years = Some(3);
    save::save(&file, &theirs, None).unwrap();
    ctrl(&mut window, Key::S);
    until(&mut window, "the question", |window| says(window, "Changed by somebody else"));
    click_button(&mut window, "Merge");
    until(&mut window, "what both changed", |window| says(window, "Years"));
    assert_eq!(window.state().workspace().question.horizon_years, Some(7), "nobody chose yet");
    assert!(!is_saved(&window));
}

#[test]
fn after_a_click_on_the_line_of_moments_enter_recovers() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    // In the middle of the line stands the first of two moments.
    window.get_by_role(Role::Slider).click();
    window.run();
    assert!(has_button(&window, "Recover 1 change"));
    press(&mut window, Key::Enter);
    until(&mut window, "the recovery", |window| !has_button(window, "Look first"));
    assert_eq!(swing(window.state().workspace(), "Whole-life cost"), Some(80.0));
}

#[test]
fn recovering_up_to_a_moment_keeps_what_came_after() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    window.get_by_role(Role::Slider).focus();
    window.run();
    press(&mut window, Key::ArrowLeft);
    recover(&mut window, "Recover 1 change");
    assert_eq!(swing(window.state().workspace(), "Whole-life cost"), Some(80.0));
    ctrl(&mut window, Key::Y);
    assert_eq!(window.state().workspace(), &the_work(), "it can be done again");
    ctrl(&mut window, Key::Z);
    window.state_mut().session().flush_journal();
    drop(window);

    let mut window = computer.start();
    click_button(&mut window, "Recover");
    assert!(
        says(&window, "Lower weight of Whole-life cost, recovered"),
        "and is in the journal after a kill"
    );
    assert!(says(&window, "Go back to "));
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
fn what_is_only_looked_at_does_not_change_before_it_is_saved_as_a_file_of_its_own() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    click_button(&mut window, "Look first");
    assert!(says(&window, "Only to look at"));
    assert!(has_button(&window, "Recover…"));
    take_weight(&mut window, "Price certainty");
    press(&mut window, Key::ArrowUp);
    assert_eq!(window.state().workspace(), &the_work());
    assert!(says(&window, "This is only to look at."));
    save_to(&mut window, &computer.file("looked-at.evenhand.ron"));
    raise_price_certainty(&mut window);
    assert_ne!(window.state().workspace(), &the_work());
}

#[test]
fn discarding_is_asked_twice_and_what_is_discarded_can_be_had_back() {
    let computer = Computer::new();
    kill_with_unsaved_work(&computer, None);
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    click_button(&mut window, "Discard");
    assert!(has_button(&window, "Discard all the same"));
    click_button(&mut window, "Discard all the same");
    assert!(!says(&window, "Unsaved work found"));
    drop(window);
    let mut window = computer.start();
    assert!(!says(&window, "Unsaved work found"));
    let kept = only_journal_in(&computer.folder().join("journals/discarded"));
    ctrl(&mut window, Key::O);
    type_path(&mut window, &kept);
    until(&mut window, "the offer", |window| says(window, "Unsaved work found"));
    recover(&mut window, "Recover 2 changes");
    assert_eq!(window.state().workspace(), &the_work());
    assert!(!kept.exists(), "it is in the journal of the window now");
}

#[test]
fn what_is_discarded_of_a_file_goes_to_the_backups_of_that_file() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    drop(computer.start_with_westmere_in("mine.evenhand.ron"));
    kill_with_unsaved_work(&computer, Some(&file));
    let mut window = computer.start();
    click_button(&mut window, "Recover");
    click_button(&mut window, "Discard");
    click_button(&mut window, "Discard all the same");
    assert!(only_journal_in(&backups::folder_of(&file)).exists());
}

fn only_journal_in(folder: &Path) -> std::path::PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let journals: Vec<_> =
        files.filter(|file| file.extension().is_some_and(|ending| ending == "journal")).collect();
    let [only] = journals.as_slice() else { panic!("{journals:?}") };
    only.clone()
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
    until(&mut window, "the recovery", |window| !has_button(window, "Look first"));
    assert!(window.state().workspace() == &the_work(), "Return recovers");
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

#[test]
fn escape_on_what_was_found_leaves_the_way_to_it() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    drop(computer.start_with_westmere_in("mine.evenhand.ron"));
    kill_with_unsaved_work(&computer, Some(&file));

    // From the card of the start page, where nothing is open.
    let mut window = computer.start();
    look_at_what_was_found(&mut window);
    press(&mut window, Key::Escape);
    assert!(window.state().session.is_none() && has_button(&window, "Recover"));
    // While the steps are being read.
    look_at_what_was_found(&mut window);
    window.get_by_role_and_label(Role::Button, "Recover 2 changes").click();
    window.step();
    press(&mut window, Key::Escape);
    assert!(window.state().session.is_some() || has_button(&window, "Recover"));
    drop(window);

    // Over the file, which is open as it was saved.
    let mut window = start_on(&computer, &file);
    press(&mut window, Key::Escape);
    assert!(window.state().session.is_some() && window.state().workspace() != &the_work());
    let told = "The unsaved work is still there. Close this workspace (Ctrl+W) to see it on the start page.";
    assert!(says(&window, told));
    ctrl(&mut window, Key::W);
    look_at_what_was_found(&mut window);
    recover(&mut window, "Recover 2 changes");
    assert!(window.state().workspace() == &the_work());
}

#[test]
fn a_file_that_is_opened_under_what_was_found_takes_nothing_of_it_away() {
    for is_damaged in [false, true] {
        let computer = Computer::new();
        let (file, damaged) = (computer.file("mine.evenhand.ron"), computer.file("damaged.evenhand.ron"));
        drop(computer.start_with_westmere_in("mine.evenhand.ron"));
        kill_with_unsaved_work(&computer, Some(&file));
        std::fs::write(&damaged, "(format: 1, oh").unwrap();

        let mut window = computer.start();
        look_at_what_was_found(&mut window);
        window.state_mut().read(if is_damaged { damaged } else { file });
        if is_damaged {
            until(&mut window, "the message", |window| says(window, "This workspace cannot be read"));
            click_button(&mut window, "Close");
            look_at_what_was_found(&mut window);
        } else {
            until(&mut window, "the file", |window| window.state().session.is_some());
            assert!(says(&window, "Unsaved work found"), "it is offered over its file");
        }
        recover(&mut window, "Recover 2 changes");
        assert!(window.state().workspace() == &the_work());
    }
}
