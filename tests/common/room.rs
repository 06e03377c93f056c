//! A workshop of Westmere in a window, driven by keys.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Workspace,
        voices::Ballot,
        workshop::{Seat, Workshop},
    },
};

use crate::window::{Driven, open, shell_with};

pub fn westmere() -> Workspace {
    let text = examples::find("westmere").unwrap().text;
    format::from_text(text, "westmere").unwrap().workspace
}

/// Westmere before anybody has voted, with its fourteen voters in the room; and what they voted in the first round.
pub fn before_the_vote() -> (Workspace, Vec<Ballot>) {
    let mut workspace = westmere();
    let given: Vec<Ballot> = workspace.voices.ballots.iter().filter(|b| b.round == 1).cloned().collect();
    let seats = given.iter().map(|ballot| Seat::of(ballot.stakeholder.clone().unwrap())).collect();
    workspace.voices.ballots.clear();
    workspace.voices.rounds.clear();
    workspace.voices.workshop = Some(Workshop::with_seats(seats));
    (workspace, given)
}

/// Room mode with this workspace, as F5 leaves it.
pub fn in_room(workspace: Workspace) -> Driven {
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    window
}

/// Room mode at the first question of a round, with the covered entry open.
pub fn with_entry_open(workspace: Workspace) -> Driven {
    let mut window = in_room(workspace);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    window
}

pub fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

pub fn key(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

/// Types a number for every seat in turn, all of them within a frame. `None` gives no number.
pub fn type_numbers(window: &mut Driven, numbers: &[Option<f64>]) {
    for number in numbers {
        window.event(key(Key::Enter));
        if let Some(number) = number {
            window.event(Event::Text(number.to_string()));
        }
        window.event(key(Key::Enter));
    }
    window.run();
}

/// Everything that is said in the window, on the wall and beside it.
pub fn all_words(window: &Driven) -> Vec<String> {
    let nodes = window.root().children_recursive();
    nodes
        .flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
        })
        .flatten()
        .collect()
}

pub fn says(window: &Driven, words: &str) -> bool {
    all_words(window).iter().any(|said| said.contains(words))
}

#[track_caller]
pub fn assert_says(window: &Driven, words: &str) {
    assert!(says(window, words), "“{words}” is not said; these are: {:#?}", all_words(window));
}

pub fn workshop(window: &Driven) -> &Workshop {
    window.state().workspace().voices.workshop.as_ref().unwrap()
}

/// The points on one factor, seat by seat.
pub fn points_on(given: &[Ballot], workspace: &Workspace, factor: usize) -> Vec<Option<f64>> {
    let id = &workspace.balance.factors[factor].id;
    given.iter().map(|ballot| ballot.swings.get(id).copied()).collect()
}
