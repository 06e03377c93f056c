//! Room mode, through the window: a whole workshop, blind entry, the wall in one window, and coming back after a kill.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/window.rs"]
mod window;
#[path = "../benches/workspaces/mod.rs"]
mod workspaces;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        balance::WeightsFrom,
        voices::{Ballot, Round, RoundState},
        workshop::{Scene, Seat, Workshop},
    },
    ui::{
        command::{Command, Step},
        picture, room_mode,
        shell::{Places, Shell},
        view::Screen,
    },
};
use window::{Driven, open, shell_at, shell_with};

fn westmere() -> Workspace {
    let text = examples::find("westmere").unwrap().text;
    format::from_text(text, "westmere").unwrap().workspace
}

/// Westmere before anybody has voted, with its fourteen voters in the room; and what they voted in the first round.
fn before_the_vote() -> (Workspace, Vec<Ballot>) {
    let mut workspace = westmere();
    let given: Vec<Ballot> = workspace.voices.ballots.iter().filter(|b| b.round == 1).cloned().collect();
    let seats = given.iter().map(|ballot| Seat::of(ballot.stakeholder.clone().unwrap())).collect();
    workspace.voices.ballots.clear();
    workspace.voices.rounds.clear();
    workspace.voices.workshop = Some(Workshop::with_seats(seats));
    (workspace, given)
}

fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

fn key(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

/// Types a number for every seat in turn, all of them within a frame. `None` gives no number.
fn type_numbers(window: &mut Driven, numbers: &[Option<f64>]) {
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
fn all_words(window: &Driven) -> Vec<String> {
    let nodes = window.root().children_recursive();
    nodes
        .flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
        })
        .flatten()
        .collect()
}

fn says(window: &Driven, words: &str) -> bool {
    all_words(window).iter().any(|said| said.contains(words))
}

#[track_caller]
fn assert_says(window: &Driven, words: &str) {
    assert!(says(window, words), "“{words}” is not said; these are: {:#?}", all_words(window));
}

fn workshop(window: &Driven) -> &Workshop {
    window.state().workspace().voices.workshop.as_ref().unwrap()
}

/// The points on one factor, seat by seat.
fn points_on(given: &[Ballot], workspace: &Workspace, factor: usize) -> Vec<Option<f64>> {
    let id = &workspace.balance.factors[factor].id;
    given.iter().map(|ballot| ballot.swings.get(id).copied()).collect()
}

/// Plays the blind round of Westmere up to the moment before Reveal, in the facilitator's window.
fn play_blind_round(window: &mut Driven, given: &[Ballot]) {
    press(window, Key::N);
    press(window, Key::E);
    let factors = window.state().workspace().balance.factors.len();
    for factor in 0..factors {
        let id = window.state().workspace().balance.factors[factor].id.clone();
        assert_eq!(workshop(window).scene, Scene::Ballot(id));
        assert_says(window, &format!("Factor {} of {factors}", factor + 1));
        assert_says(window, "0 of 14 in");
        let numbers = points_on(given, window.state().workspace(), factor);
        type_numbers(window, &numbers);
        assert_says(window, "14 of 14 in");
        assert_says(window, "Everybody is in.");
        if factor + 1 < factors {
            press(window, Key::PageDown);
        }
    }
    press(window, Key::Escape);
}

#[test]
fn a_whole_workshop_is_played_by_keys() {
    let (workspace, given) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    assert_eq!(window.state().view.screen, Screen::RoomMode);
    play_blind_round(&mut window, &given);
    let covered = window.state().workspace();
    assert!(covered.is_covered() && covered.voices.ballots.len() == 14);
    assert!(window.state_mut().session().analysis().voices.in_force.is_empty(), "nothing counts yet");

    press(&mut window, Key::Space);
    assert!(!window.state().workspace().is_covered());
    assert_says(&window, "What the fourteen of us said matters");
    assert_says(
        &window,
        "Our ballots put first B 67, Local partnership. C is next with 58. Commercial carries 42 %; B holds to 62 %.",
    );
    assert_says(&window, "Each ballot on its own: 12 of 14 put B first, 2 C");
    assert_says(&window, "We are furthest apart on");
    assert_says(&window, "Reach to all need groups: median 90");
    for (ballot, asked) in window.state().workspace().voices.ballots.iter().zip(&given) {
        assert_eq!(ballot.swings, asked.swings, "each number is with its seat");
    }

    press(&mut window, Key::N);
    assert!(matches!(workshop(&window).scene, Scene::Discussion(_)));
    assert_says(&window, "Hear both ends, then vote again.");
    press(&mut window, Key::V);
    assert_eq!(window.state().workspace().round_in_room(), 2);
    assert_eq!(window.state().workspace().asked_in(2).len(), 2);
    assert_says(&window, "Second round, factor 1 of 2");
    press(&mut window, Key::E);
    type_numbers(&mut window, &[Some(80.0); 14]);
    press(&mut window, Key::PageDown);
    type_numbers(&mut window, &[Some(20.0); 14]);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Space);
    assert_eq!(workshop(&window).scene, Scene::Reveal);
    press_until(&mut window, Key::N, |scene| *scene == Scene::Movement);
    assert_says(&window, "Local partnership still leads");
    assert_says(&window, "Before: B, Local partnership, total 67");
    assert_says(&window, "Survival of local providers: median from 60 to 80");
    assert_says(&window, "Risk transfer: median from 45 to 20");
}

fn press_until(window: &mut Driven, key: Key, is_there: impl Fn(&Scene) -> bool) {
    for _ in 0..12 {
        if is_there(&workshop(window).scene) {
            return;
        }
        press(window, key);
    }
    panic!("it did not come; the wall shows {:?}", workshop(window).scene);
}

#[test]
fn nothing_of_an_answer_is_seen_before_reveal_in_either_window() {
    let (workspace, _) = before_the_vote();
    let people: Vec<String> =
        workspace.voices.stakeholders.iter().map(|person| person.name.clone()).collect();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let before = all_words(&window);
    window.event(key(Key::Enter));
    window.event(Event::Text("83.25".to_owned()));
    window.run();
    assert_says(&window, "Number, covered, filled");
    for words in all_words(&window) {
        assert!(!words.contains("83"), "a number half typed is seen in “{words}”");
    }
    press(&mut window, Key::Enter);
    assert_says(&window, "1 of 14 in");
    assert_eq!(
        window.state().workspace().voices.ballots[0].swings.values().copied().collect::<Vec<_>>(),
        [83.25]
    );
    for words in all_words(&window) {
        assert!(!words.contains("83"), "an answer is seen in “{words}”");
    }
    assert!(!before.iter().any(|words| words.contains("1 of 14 in")));
    let label = window.state_mut().session().history().undo_label().unwrap().to_owned();
    assert_eq!(label, "Take down seat 1");

    // The wall alone, in the one window: no name and no note is on it.
    window
        .state_mut()
        .session()
        .edit("Note", evenhand::model::Room::Voices, None, |w| {
            w.voices.workshop.as_mut().unwrap().notes = "mind the councillor".to_owned();
        })
        .unwrap();
    window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
    window.run();
    assert_says(&window, "1 of 14 in");
    for words in all_words(&window) {
        assert!(!words.contains("83") && !words.contains("councillor"), "the wall says “{words}”");
        assert!(
            !people.iter().any(|name| words.contains(name.as_str())),
            "the wall names somebody: “{words}”"
        );
    }
}

#[test]
fn wrong_numbers_are_said_in_words_and_nothing_is_no_answer() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let type_text = |window: &mut Driven, text: &str| {
        window.event(Event::Text(text.to_owned()));
        window.event(key(Key::Enter));
        window.run();
    };
    for _ in 0..2 {
        press(&mut window, Key::Backspace);
    }
    type_text(&mut window, "15");
    assert_says(&window, "There is no such seat: they go from 1 to 14.");
    type_text(&mut window, "7");
    for wrong in ["101", "1000", "1.2.3", ".", "-3", "\u{2212}3", "+3"] {
        type_text(&mut window, wrong);
        assert_says(&window, "That is no number from 0 to 100.");
        assert!(window.state().workspace().voices.ballots.is_empty(), "{wrong}");
    }
    press(&mut window, Key::Enter);
    assert_says(&window, "Seat 7 is in without a number.");
    assert_says(&window, "1 of 14 in");
    let ballot = &window.state().workspace().voices.ballots[0];
    assert_eq!(ballot.stakeholder.as_ref(), Some(&workshop(&window).seats[6].stakeholder));
    assert!(ballot.swings.is_empty());
    // Seat 8 is offered next; a seat that is in can answer again.
    assert_says(&window, "Seat 8");
    press(&mut window, Key::Backspace);
    type_text(&mut window, "7");
    assert_says(&window, "Seat 7 is in already; a new number takes the place of the old.");
    type_text(&mut window, "40");
    assert_says(&window, "1 of 14 in");
    assert_eq!(window.state().workspace().voices.ballots.len(), 1);
    assert!(workshop(&window).seats[6].abstains.is_empty());
    // What was typed wrongly is taken back by its row, and by undo.
    window.get_by_role_and_label(Role::Button, "Take back the answer of seat 7").click_accesskit();
    window.run();
    assert_says(&window, "0 of 14 in");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_says(&window, "1 of 14 in");
}

#[test]
fn a_card_is_typed_factor_by_factor_for_one_person() {
    let (mut workspace, given) = before_the_vote();
    workspace.balance.factors.truncate(3);
    let kept: Vec<_> = workspace.balance.factors.iter().map(|factor| factor.id.clone()).collect();
    workspace.balance.scores.retain(|score| kept.contains(&score.factor));
    workspace.balance.swing_ranking = None;
    workspace.balance.exchange_answers.clear();
    workspace.voices.statements.clear();
    let _ = given;
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    window.get_by_role_and_label(Role::RadioButton, "Person by person").click_accesskit();
    window.run();
    press(&mut window, Key::N);
    assert_eq!(workshop(&window).scene, Scene::Card);
    press(&mut window, Key::E);
    press(&mut window, Key::Enter);
    for (place, number) in ["100", "", "55"].into_iter().enumerate() {
        assert_says(&window, &format!("Seat 1, {} of 3: ", place + 1));
        window.event(Event::Text(number.to_owned()));
        press(&mut window, Key::Enter);
    }
    assert_says(&window, "Seat 1 is in.");
    let ballot = &window.state().workspace().voices.ballots[0];
    let points: Vec<_> = kept.iter().map(|id| ballot.swings.get(id).copied()).collect();
    assert_eq!(points, [Some(100.0), None, Some(55.0)]);
}

#[test]
fn the_first_digit_takes_the_place_of_the_seat_that_is_suggested() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    for typed in ["3", "50"] {
        window.event(Event::Text(typed.to_owned()));
        window.event(key(Key::Enter));
        window.run();
    }
    assert_says(&window, "Seat 3 is in.");
    let ballot = &window.state().workspace().voices.ballots[0];
    assert_eq!(ballot.stakeholder.as_ref(), Some(&workshop(&window).seats[2].stakeholder));
}

#[test]
fn letters_typed_into_the_entry_do_nothing_on_the_wall_and_are_refused_in_words() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let before = window.state_mut().session().revision();
    for letter in [Key::A, Key::B, Key::N, Key::Space, Key::F] {
        window.event(Event::Text(letter.name().to_lowercase()));
        press(&mut window, letter);
        assert_says(&window, "Only a number goes in here.");
    }
    assert_eq!(window.state_mut().session().revision(), before);
    press(&mut window, Key::PageDown);
    assert_says(&window, "Factor 2 of");
}

#[test]
fn a_number_that_is_not_taken_down_does_not_read_as_in() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    press(&mut window, Key::Enter);
    // Closed elsewhere while the entry is open: nothing takes the number.
    let closed = window.state_mut().session().edit("Close", evenhand::model::Room::Voices, None, |w| {
        w.voices.rounds[0].state = RoundState::Closed;
    });
    closed.unwrap();
    window.run();
    window.event(Event::Text("40".to_owned()));
    press(&mut window, Key::Enter);
    assert!(!says(&window, "Seat 1 is in."));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_says(&window, "Seat 1 is not in: no round is open that would take it.");
}

#[test]
fn half_a_card_is_not_in_is_kept_and_goes_on_where_it_was() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    window.get_by_role_and_label(Role::RadioButton, "Person by person").click_accesskit();
    window.run();
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    press(&mut window, Key::Enter);
    for _ in 0..10 {
        window.event(Event::Text("50".to_owned()));
        press(&mut window, Key::Enter);
    }
    assert_says(&window, "0 of 14 in");
    press(&mut window, Key::PageUp);
    assert_says(&window, "Seat 1 has given 10 of 12: these are kept");
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    press(&mut window, Key::Enter);
    assert_says(&window, "Seat 1, 11 of 12: ");
    for _ in 0..2 {
        press(&mut window, Key::Enter);
    }
    assert_says(&window, "1 of 14 in");
}

#[test]
fn reveal_asks_once_more_while_factors_are_not_asked_and_counts_the_absent_as_absent() {
    let (workspace, given) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let numbers = points_on(&given, window.state().workspace(), 0);
    type_numbers(&mut window, &numbers[..6]);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Space);
    assert!(window.state().workspace().is_covered());
    assert_says(&window, "11 factors have not been asked yet. Space once more uncovers what is in.");
    press(&mut window, Key::Space);
    assert_says(&window, "What the six of us said matters");
    assert_says(&window, "Reduction in reoffending: no ballot");
}

#[test]
fn with_fewer_than_five_ballots_no_mark_stands_for_a_person_and_small_sectors_are_not_split() {
    let (workspace, given) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let numbers = points_on(&given, window.state().workspace(), 0);
    type_numbers(&mut window, &numbers[..2]);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Space);
    press(&mut window, Key::Space);
    assert_says(&window, "What the two of us said matters");
    press(&mut window, Key::S);
    assert_says(&window, "No sector has three ballots, so none is shown by itself.");
    assert_eq!(workshop(&window).split, None);
}

#[test]
fn what_one_or_two_have_said_is_not_shown() {
    let (workspace, given) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let numbers = points_on(&given, window.state().workspace(), 0);
    type_numbers(&mut window, &numbers[..1]);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Space);
    press(&mut window, Key::Space);
    assert_says(&window, "What one of us said matters");
    assert_says(&window, "From three ballots on it is shown what they say");
    assert!(!says(&window, "median") && !says(&window, "put first") && !says(&window, "of one mind"));
}

#[test]
fn who_is_missing_after_reveal_can_still_be_taken_in() {
    let (mut workspace, mut given) = before_the_vote();
    given.truncate(13);
    workspace.voices.ballots = given;
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Reveal;
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    assert_says(&window, "Round 1 is revealed. Seat 14 is missing.");
    window.get_by_role_and_label(Role::Button, "Take in who is missing").click_accesskit();
    window.run();
    assert!(window.state().workspace().is_covered());
    assert_says(&window, "Seat 14, 1 of 12: ");
    for _ in 0..12 {
        window.event(Event::Text("40".to_owned()));
        press(&mut window, Key::Enter);
    }
    press(&mut window, Key::Escape);
    press(&mut window, Key::Space);
    assert_says(&window, "What the fourteen of us said matters");
}

#[test]
fn the_weights_of_the_ballots_are_offered_after_reveal_and_one_undo_brings_the_others_back() {
    let (mut workspace, given) = before_the_vote();
    workspace.voices.ballots = given;
    workspace.balance.weights_from = WeightsFrom::Swings;
    for (at, factor) in workspace.balance.factors.iter_mut().enumerate() {
        factor.swing = Some(f64::from(100 - 5 * u32::try_from(at).unwrap()));
    }
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Balance { dial: None };
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    assert_says(&window, "The points on Weights, not our ballots, weigh here.");
    assert!(!says(&window, "our own weights"));
    window.get_by_role_and_label(Role::Button, "Use these weights").click_accesskit();
    window.run();
    assert_eq!(window.state().workspace().balance.weights_from, WeightsFrom::Ballots);
    assert_says(&window, "Our own ballots weigh here.");
    assert_says(&window, "our own weights");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(window.state().workspace().balance.weights_from, WeightsFrom::Swings);
}

#[test]
fn covered_answers_are_not_on_the_page_of_ballots_either() {
    let (mut workspace, mut given) = before_the_vote();
    for ballot in &mut given {
        ballot.swings.values_mut().for_each(|points| *points = 83.0);
    }
    workspace.voices.ballots = given;
    let state = RoundState::Open;
    workspace.voices.rounds = vec![Round { number: 1, asks: Vec::new(), state, opened: None, closed: None }];
    let window = open(shell_at(workspace, Room::Voices, "Ballots"));
    assert_says(&window, "given, covered");
    for words in all_words(&window) {
        assert!(!words.contains("83"), "an answer is seen in “{words}”");
    }
}

#[test]
fn factors_that_have_no_room_at_once_are_on_the_next_page() {
    let mut crowded = workspaces::large();
    crowded.balance.robustness.iterations = 100;
    crowded.voices.ballots.truncate(40);
    let mut workshop = Workshop::with_seats(Vec::new());
    workshop.scene = Scene::Reveal;
    crowded.voices.workshop = Some(workshop);
    let mut window = open(shell_with(crowded));
    press(&mut window, Key::F5);
    assert_says(&window, "1–15 of 30 factors; N pages on");
    press(&mut window, Key::N);
    assert_says(&window, "16–30 of 30 factors, those furthest apart first");
    assert_eq!(self::workshop(&window).scene, Scene::Reveal);
    press(&mut window, Key::PageUp);
    assert_says(&window, "1–15 of 30 factors");
    press(&mut window, Key::N);
    press(&mut window, Key::N);
    assert_ne!(self::workshop(&window).scene, Scene::Reveal);
}

#[test]
fn with_factors_of_one_kind_the_wall_shows_the_ranking_alone() {
    let (mut workspace, given) = before_the_vote();
    let only = workspace.balance.factors[0].side;
    workspace.balance.factors.iter_mut().for_each(|factor| factor.side = only);
    workspace.voices.ballots = given;
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Balance { dial: None };
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    assert_says(&window, "Local partnership, total");
    assert!(!says(&window, "Go to Weights"));
}

#[test]
fn reveal_leaves_a_frozen_wall_frozen() {
    let (workspace, given) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let numbers = points_on(&given, window.state().workspace(), 0);
    type_numbers(&mut window, &numbers);
    press(&mut window, Key::Escape);
    press(&mut window, Key::F);
    press(&mut window, Key::Space);
    press(&mut window, Key::Space);
    assert!(!window.state().workspace().is_covered());
    assert!(!says(&window, "Our ballots put first"));
    press(&mut window, Key::F);
    assert_says(&window, "Our ballots put first");
}

#[test]
fn sectors_of_three_or_more_are_shown_by_themselves() {
    let (workspace, given) = before_the_vote();
    let large: Vec<_> = workspace
        .voices
        .sectors
        .iter()
        .filter(|sector| given.iter().filter(|ballot| ballot.sector == sector.id).count() >= 3)
        .map(|sector| sector.id.clone())
        .collect();
    assert!(!large.is_empty() && large.len() < workspace.voices.sectors.len());
    let mut workspace = workspace;
    workspace.voices.ballots = given;
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Reveal;
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    for sector in large {
        press(&mut window, Key::S);
        assert_eq!(workshop(&window).split.as_ref(), Some(&sector));
    }
    press(&mut window, Key::S);
    assert_eq!(workshop(&window).split, None);
}

#[test]
fn a_frozen_wall_stays_while_the_facilitator_looks_on() {
    let (mut workspace, given) = before_the_vote();
    workspace.voices.ballots = given;
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    assert_says(&window, "The wall shows: The question");
    press(&mut window, Key::F);
    press(&mut window, Key::N);
    assert_eq!(workshop(&window).scene, Scene::Reveal);
    assert_eq!(workshop(&window).on_wall(), &Scene::Question);
    assert!(!says(&window, "Our ballots put first"), "the wall does not follow");
    assert_says(&window, "You are at What we said; the room does not see it.");
    press(&mut window, Key::F);
    assert_says(&window, "Our ballots put first");
    press(&mut window, Key::B);
    assert_says(&window, "The wall is blank");
    assert!(!says(&window, "Our ballots put first"));
    press(&mut window, Key::Period);
    assert_says(&window, "Our ballots put first");
}

#[test]
fn the_dial_is_turned_from_the_keys_and_goes_back() {
    let (mut workspace, given) = before_the_vote();
    workspace.voices.ballots = given;
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Balance { dial: None };
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    for _ in 0..3 {
        press(&mut window, Key::ArrowRight);
    }
    let Scene::Balance { dial: Some(share) } = workshop(&window).scene else { panic!("no dial") };
    assert!((share - 0.45).abs() < 1e-9, "{share}");
    assert_says(&window, "at 45 % commercial");
    press(&mut window, Key::Home);
    assert_eq!(workshop(&window).scene, Scene::Balance { dial: None });
    let steps = window.state_mut().session().history().steps().count();
    assert_eq!(steps, 1, "a turn of the dial is one step");
}

#[test]
fn esc_leaves_to_where_one_was_and_f5_comes_back_to_the_same_scene() {
    let (workspace, given) = before_the_vote();
    let mut window = open(shell_with(workspace));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run();
    let before = window.state().view.screen;
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let numbers = points_on(&given, window.state().workspace(), 0);
    type_numbers(&mut window, &numbers[..5]);
    press(&mut window, Key::Escape);
    assert_eq!(window.state().view.screen, Screen::RoomMode, "Esc closes the entry first");
    press(&mut window, Key::Escape);
    assert_eq!(window.state().view.screen, before);
    assert!(!window.state().view.room_mode.on && !says(&window, "of 14 in"));
    press(&mut window, Key::F5);
    assert_says(&window, "5 of 14 in");
}

#[test]
fn a_minute_more_is_a_minute_more() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    let left = workshop(&window).seconds_left;
    press(&mut window, Key::T);
    let now = workshop(&window).seconds_left;
    assert!((left + 50..=left + 60).contains(&now), "{left} and then {now}");
}

#[test]
fn the_wall_in_one_window_takes_numbers_and_gives_the_window_back() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
    window.run();
    assert!(window.state().view.room_mode.is_here());
    assert!(!says(&window, "Workspace menu"), "nothing but the wall is there");
    press(&mut window, Key::PageDown);
    press(&mut window, Key::E);
    assert_says(&window, "Which seat is answering?");
    type_numbers(&mut window, &[Some(70.0)]);
    assert_says(&window, "Seat 1 is in.");
    assert_says(&window, "1 of 14 in");
    press(&mut window, Key::Escape);
    press(&mut window, Key::F5);
    assert_says(&window, "Workspace menu");
    assert_eq!(window.state().view.screen, Screen::RoomMode);
    press(&mut window, Key::Escape);
    assert!((window.ctx.zoom_factor() - 1.0).abs() < 1e-6, "everything has its own size again");
}

#[test]
fn letters_in_a_field_do_not_move_the_wall() {
    let (workspace, _) = before_the_vote();
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    window.get_by_role_and_label(Role::TextInput, "Notes").focus();
    window.run();
    window.key_press(Key::N);
    window.event(Event::Text("n".to_owned()));
    window.run();
    press(&mut window, Key::Escape);
    assert_eq!(window.state().view.screen, Screen::RoomMode, "Esc leaves the field, not the room");
    assert_eq!(workshop(&window).scene, Scene::Question);
}

#[test]
fn commands_of_the_wall_do_nothing_outside_room_mode() {
    let mut window = open(shell_with(before_the_vote().0));
    let before = window.state_mut().session().revision();
    for pressed in [Key::N, Key::Space, Key::V, Key::B, Key::T, Key::F, Key::PageDown] {
        press(&mut window, pressed);
    }
    assert_eq!(window.state_mut().session().revision(), before);
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Command::Wall(Step::Reveal));
    assert_eq!(window.state_mut().session().revision(), before);
}

#[test]
fn a_seat_without_a_name_is_a_role_in_the_register() {
    let mut workspace = before_the_vote().0;
    workspace.voices.workshop = Some(Workshop::with_seats(Vec::new()));
    let mut window = open(shell_with(workspace));
    press(&mut window, Key::F5);
    window.get_by_role_and_label(Role::Button, "Citizens").click_accesskit();
    window.run();
    let seats = &workshop(&window).seats;
    let person = window.state().workspace().stakeholder(&seats[0].stakeholder).unwrap();
    assert_eq!(person.name, "Seat 1, Citizens");
    assert_eq!(person.known_as, evenhand::model::voices::KnownAs::Role);
}

fn shell_in(folder: &Path) -> Shell {
    let places =
        Places { journals: Some(folder.join("journals")), preferences: Some(folder.join("preferences.ron")) };
    Shell::new(places, Arc::new(|| ()))
}

/// What is on the disk now, as after a kill: journals copied while the program runs.
fn copy_journals(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.join("journals")).unwrap();
    for file in std::fs::read_dir(from.join("journals")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join("journals").join(file.file_name())).unwrap();
    }
}

#[test]
fn after_a_kill_the_room_comes_back_to_the_same_scene_with_all_but_the_last_edit_at_most() {
    let (workspace, given) = before_the_vote();
    let (computer, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut shell = shell_in(computer.path());
    shell.begin(workspace);
    let mut window = open(shell);
    window.state_mut().session().flush_journal();
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    let numbers = points_on(&given, window.state().workspace(), 0);
    type_numbers(&mut window, &numbers[..9]);
    let last = Instant::now();
    // Sooner than edits are gathered otherwise.
    std::thread::sleep(Duration::from_millis(300));
    copy_journals(computer.path(), after.path());
    assert!(last.elapsed() < Duration::from_millis(800) || cfg!(debug_assertions));
    let scene = workshop(&window).scene.clone();
    drop(window);

    let mut window = open(shell_in(after.path()));
    window.get_by_role_and_label(Role::Button, "Recover").click();
    window.run();
    let recover = all_words(&window)
        .into_iter()
        .find(|words| words.starts_with("Recover ") && words.contains("change"))
        .unwrap();
    window.get_by_role_and_label(Role::Button, &recover).click();
    window.run();
    assert_eq!(workshop(&window).scene, scene);
    let kept = window.state().workspace().voices.ballots.len();
    assert!((8..=9).contains(&kept), "{kept} of 9 ballots came back");
    assert_eq!(window.state().workspace().voices.rounds[0].state, RoundState::Open);
    press(&mut window, Key::F5);
    assert_says(&window, &format!("{kept} of 14 in"));
}

#[test]
fn every_scene_is_drawn_of_full_empty_and_crowded_workspaces() {
    let (mut voted, given) = before_the_vote();
    voted.voices.ballots = given;
    let mut crowded = workspaces::large();
    crowded.balance.robustness.iterations = 100;
    crowded.voices.ballots.truncate(40);
    let all = &room_mode::SCENES[..];
    for (workspace, scenes) in [(voted, all), (Workspace::default(), all), (crowded, &["card", "reveal"])] {
        for &scene in scenes {
            match picture::render_wall(&workspace, 0, (scene, (320, 240), false)) {
                Ok(picture) => {
                    let first = picture.get_pixel(0, 0);
                    assert!(picture.pixels().any(|pixel| pixel != first), "{scene} of {}", workspace.title);
                }
                Err(why) => assert!(why.ends_with("yet.") || why.ends_with("or for whom."), "{scene}: {why}"),
            }
        }
    }
}

#[test]
fn a_wall_that_there_is_not_is_told_with_those_there_are() {
    let error = picture::render_wall(&westmere(), 0, ("ceiling", (320, 240), false)).unwrap_err();
    assert!(error.starts_with("A wall cannot show “ceiling”; it can show now, question, ballot"), "{error}");
    let error = picture::render_wall(&westmere(), 0, ("ballot", (10, 10), false)).unwrap_err();
    assert!(error.contains("320×240"), "{error}");
}

#[test]
fn words_on_a_wall_at_1080p_are_25_pixels_or_taller() {
    use evenhand::ui::theme::Type;
    let scale = room_mode::wall::scale(egui::vec2(1920.0, 1080.0));
    for role in
        [Type::Small, Type::SmallStrong, Type::NumberSmall, Type::Body, Type::WallName, Type::WallFigure]
    {
        assert!(role.font().size * scale >= 25.0, "{role:?}");
    }
    assert!(
        (room_mode::wall::scale(egui::vec2(1024.0, 768.0)) * 960.0 - 1024.0).abs() < 0.01,
        "4:3 is filled across"
    );
}
