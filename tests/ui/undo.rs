//! Two hundred steps and more, made, taken back and made again through the window by keys alone.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    exchange::examples,
    file::format,
    model::{Room, Workspace},
};

use crate::window::*;

fn press(window: &mut Driven, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.step();
}

/// Types into the cell that has the keyboard and goes on to the next.
fn score(window: &mut Driven, text: &str) {
    window.input_mut().events.push(egui::Event::Text(text.to_owned()));
    window.step();
    press(window, Modifiers::NONE, Key::Tab);
    window.step();
}

/// Presses a key of the history until it has nothing more to do, and counts how often it did.
fn all_the_way(window: &mut Driven, key: Key) -> usize {
    let mut steps = 0;
    loop {
        let before = window.state_mut().session().revision();
        press(window, Modifiers::COMMAND, key);
        // What is being typed is entered first, which takes a frame.
        window.run();
        if window.state_mut().session().revision() == before {
            return steps;
        }
        steps += 1;
        assert!(steps < 2_000, "the history has no end");
    }
}

/// The last cell hands the keyboard on to what comes after the table; from there it goes back to the first.
fn to_the_first_cell_after_the_last(window: &mut Driven) {
    let table = window.get_by_role_and_label(Role::Table, "Scores table");
    if !table.is_focused() {
        table.focus();
        window.run();
        press(window, Modifiers::COMMAND, Key::Home);
    }
}

/// Keeps the state if it is a new one.
fn note(window: &mut Driven, states: &mut Vec<Workspace>) {
    window.run();
    let now = window.state().workspace();
    if states.last() != Some(now) {
        states.push(now.clone());
    }
}

#[test]
fn two_hundred_mixed_steps_are_undone_and_done_again() {
    let workspace =
        format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace;
    let mut window = open(shell_at(workspace.clone(), Room::Balance, "Scores"));
    let mut states = vec![workspace];
    for i in 0..340 {
        to_the_first_cell_after_the_last(&mut window);
        let likely = 10.0 + f64::from(i as u32) / 8.0;
        match i % 5 {
            0 | 1 => score(&mut window, &likely.to_string()),
            2 => score(&mut window, &format!("{}-{likely}-{}@4", likely - 2.0, likely + 3.5)),
            3 => {
                press(&mut window, Modifiers::NONE, Key::Delete);
                press(&mut window, Modifiers::NONE, Key::Tab);
            }
            _ => {
                score(&mut window, &likely.to_string());
                note(&mut window, &mut states);
                press(&mut window, Modifiers::ALT, if i % 2 == 0 { Key::ArrowDown } else { Key::ArrowUp });
            }
        }
        note(&mut window, &mut states);
    }
    let last = window.state().workspace().clone();
    let undone = all_the_way(&mut window, Key::Z);
    assert!(undone >= 200, "{undone} steps");
    let then = &states[states.len() - 1 - undone];
    assert!(window.state().workspace() == then, "{undone} steps back it is as it was {undone} steps ago");
    let done_again = all_the_way(&mut window, Key::Y);
    assert_eq!(done_again, undone);
    assert!(*window.state().workspace() == last, "done again it is the last again");
}
