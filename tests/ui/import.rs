//! Importing and handing out in the window, by the names that assistive technology reads.

use std::{fs, thread::sleep, time::Duration};

use egui::{Event, Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        voices::{Round, RoundState},
    },
};

use crate::window::*;

fn westmere() -> Workspace {
    let mut workspace =
        format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace;
    workspace.voices.ballots.clear();
    workspace.voices.rounds =
        vec![Round { number: 1, asks: Vec::new(), state: RoundState::Open, opened: None, closed: None }];
    workspace
}

fn at(page: &str) -> Driven {
    open(shell_at(westmere(), Room::Voices, page))
}

fn press(window: &mut Driven, button: &str) {
    window.get_by_role_and_label(Role::Button, button).click();
    window.run();
}

/// Waits for a worker behind a dialog: until something with such a label is there.
#[track_caller]
fn wait_for(window: &mut Driven, start: &str) {
    for _ in 0..400 {
        window.run();
        if says(window, start) {
            // A dialog that has just grown finds its place in the frame after.
            return window.run_steps(2);
        }
        sleep(Duration::from_millis(10));
    }
    panic!("“{start}” has not come");
}

fn says(window: &Driven, start: &str) -> bool {
    window
        .query_all_by(|node| {
            let begins = |text: Option<String>| text.is_some_and(|text| text.starts_with(start));
            begins(node.label()) || begins(node.value())
        })
        .next()
        .is_some()
}

fn is_enabled(window: &Driven, button: &str) -> bool {
    !window.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

/// Keeps a picture to be looked at where EVENHAND_LOOK names a folder for it.
fn look(window: &mut Driven, name: &str) {
    if let Some(folder) = std::env::var_os("EVENHAND_LOOK") {
        let picture = window.render().unwrap();
        picture.save(std::path::Path::new(&folder).join(format!("{name}.png"))).unwrap();
    }
}

fn paste(window: &mut Driven, text: &str) {
    window.event(Event::Paste(text.to_owned()));
    window.run();
}

/// Rows of ballots on the first two factors, as a spreadsheet copies them.
fn copied(rows: &[(usize, &str)]) -> String {
    let workspace = westmere();
    let factors = &workspace.balance.factors;
    let mut text = format!("stakeholder\tsector\t{}\t{}\n", factors[0].name, factors[1].name);
    for (person, points) in rows {
        let person = &workspace.voices.stakeholders[*person];
        let sector = workspace.sector(&person.sector).unwrap();
        text += &format!("{}\t{}\t{points}\n", person.name, sector.name);
    }
    text
}

#[test]
fn copied_ballots_are_looked_at_and_imported_as_one_step() {
    let mut window = at("Ballots");
    press(&mut window, "Import ballots");
    paste(&mut window, &copied(&[(0, "100\t50"), (1, "70\t100"), (2, "100\t20")]));
    wait_for(&mut window, "What each row would do: 3 ballots");
    assert!(says(&window, "row 2, "));
    press(&mut window, "Import 3 ballots");
    assert_eq!(window.state().workspace().voices.ballots.len(), 3);
    let label = window.state_mut().session().history().undo_label().map(str::to_owned);
    assert_eq!(label.as_deref(), Some("Import 3 ballots"));
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(window.state().workspace().voices.ballots.len(), 0, "one undo takes it all back");
}

#[test]
fn what_is_in_doubt_is_decided_before_anything_is_imported() {
    let mut window = at("Ballots");
    press(&mut window, "Import ballots");
    let text = copied(&[(0, "100\t50"), (1, "100\tmany"), (0, "90\t100")]) + "Passer-by\tPublic\t100\t10\n";
    paste(&mut window, &text);
    wait_for(&mut window, "What each row would do: 4 ballots");
    assert!(says(&window, "1 row cannot be read"));
    assert!(says(&window, "2 rows are of somebody named twice"));
    assert!(says(&window, "“Passer-by” is not in the register"));
    assert!(says(&window, "row 3, ") && !is_enabled(&window, "Import 0 ballots"));
    window.get_by_role_and_label(Role::RadioButton, "Rows cannot be read: Leave these rows out").click();
    window.run();
    window
        .get_by_role_and_label(Role::RadioButton, "Rows are of somebody named twice: Keep the later")
        .click();
    window.run();
    window.get_by_role_and_label(Role::ComboBox, "What “Passer-by” is").click();
    window.run();
    window.get_by_label("Add to the register, with the row’s sector").click();
    wait_for(&mut window, "Import 2 ballots");
    wait_for(&mut window, "2 new, 2 left out. Added with them: 1 person.");
    press(&mut window, "Import 2 ballots");
    let voices = &window.state().workspace().voices;
    assert_eq!(voices.ballots.len(), 2);
    assert_eq!(voices.stakeholders.last().unwrap().name, "Passer-by");
    assert_eq!(voices.ballots[0].swings[&westmere().balance.factors[0].id], 90.0, "the later row");
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    fs::write(&file, "stakeholder,Colour\nAnn,red\n").unwrap();
    let mut window = at("Register");
    press(&mut window, "Import");
    window.event(Event::Text(file.display().to_string()));
    window.run();
    press(&mut window, "Read");
    wait_for(&mut window, "2 problems; nothing was imported");
    look(&mut window, "unread");
    assert!(says(&window, "people.csv, row 1, column “Colour”"));
    assert!(says(&window, "people.csv, row 1, column “sector”: missing"));
    press(&mut window, "Cancel");
    assert!(!says(&window, "Import people"));
    assert!(window.state_mut().session().history().undo_label().is_none());
}

#[test]
fn a_long_list_draws_only_what_is_in_view() {
    let mut window = at("Ballots");
    press(&mut window, "Import ballots");
    let workspace = westmere();
    let factors = &workspace.balance.factors;
    let mut text = format!("sector\tround\t{}\t{}\n", factors[0].name, factors[1].name);
    for n in 0..2_000 {
        text += &format!("{}\t1\t100\t{}\n", workspace.voices.sectors[0].name, n % 100);
    }
    paste(&mut window, &text);
    wait_for(&mut window, "What each row would do: 2,000 ballots");
    let drawn = window.query_all_by_role(Role::Row).count();
    assert!((5..60).contains(&drawn), "{drawn}");
    assert!(is_enabled(&window, "Import 2,000 ballots"));
}

#[test]
fn forms_are_written_after_it_is_said_whose_names_leave() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = at("Ballots");
    press(&mut window, "Hand out");
    assert!(says(&window, "No name and no pseudonym leaves the program."));
    window.get_by_role_and_label(Role::RadioButton, "Hand out as: Text files").click();
    window.run();
    assert!(!says(&window, "No name and no pseudonym leaves the program."));
    look(&mut window, "hand out");
    window.get_by_role_and_label(Role::TextInput, "Folder").focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.run();
    window.event(Event::Text(folder.path().join("out").display().to_string()));
    window.run();
    press(&mut window, "Write them");
    wait_for(&mut window, "Wrote 24 papers to");
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 24);
}

#[test]
fn sheets_for_contributors_are_written_from_statements() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = at("Statements");
    press(&mut window, "Tell people what became of it");
    window.get_by_role_and_label(Role::RadioButton, "A sheet for: Each sector").click();
    window.run();
    window.get_by_role_and_label(Role::TextInput, "Folder").focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.run();
    window.event(Event::Text(folder.path().display().to_string()));
    window.run();
    press(&mut window, "Write them");
    wait_for(&mut window, "Wrote ");
    assert!(fs::read_dir(folder.path()).unwrap().count() > 0);
}

#[test]
fn the_dialog_fits_where_everything_is_drawn_large() {
    for (size, name) in [(USUAL, "usual"), (SMALL, "small"), (LARGE_TEXT, "large text")] {
        let mut window = open_as(shell_at(westmere(), Room::Voices, "Ballots"), size, egui::Theme::Light);
        press(&mut window, "Import ballots");
        let rows = copied(&[(0, "100\t50"), (0, "90\t100"), (1, "60\t120"), (2, "40\t60"), (3, "\t")]);
        paste(
            &mut window,
            &(rows + "Hostel manger\tVoluntary and community\t100\t5\nStranger\tPublic\t100\tmuch\n"),
        );
        wait_for(&mut window, "What each row would do: 7 ballots");
        let button = window.get_by_role_and_label(Role::Button, "Cancel").rect();
        assert!(button.max.y <= size[1] && button.max.x <= size[0], "{name}: {button:?}");
        look(&mut window, &format!("import {name}"));
    }
}
