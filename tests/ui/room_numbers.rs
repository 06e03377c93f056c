//! Numbers of a workshop: typed without being seen, taken in late, and shown only of three or more.

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::model::{
    Room, Workspace,
    balance::WeightsFrom,
    voices::{Round, RoundState},
    workshop::{Scene, Workshop},
};

use crate::room_support::{
    all_words, assert_says, before_the_vote, in_room, key, points_on, press, says, type_numbers,
    with_entry_open, workshop,
};
use crate::window::{Driven, SMALL, open, open_as, shell_at, shell_with};
use crate::workspaces;

#[test]
fn wrong_numbers_are_said_in_words_and_nothing_is_no_answer() {
    let (workspace, _) = before_the_vote();
    let mut window = with_entry_open(workspace);
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
    let mut window = in_room(workspace);
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
    let mut window = with_entry_open(workspace);
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
    let mut window = with_entry_open(workspace);
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
    let mut window = with_entry_open(workspace);
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
    let mut window = in_room(workspace);
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
fn what_one_or_two_have_said_is_not_shown() {
    let (workspace, given) = before_the_vote();
    let mut window = with_entry_open(workspace);
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
    workspace.voices.ballots = given.into();
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Reveal;
    let mut window = in_room(workspace);
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
    workspace.voices.ballots = given.into();
    workspace.balance.weights_from = WeightsFrom::Swings;
    for (at, factor) in workspace.balance.factors.iter_mut().enumerate() {
        factor.swing = Some(f64::from(100 - 5 * u32::try_from(at).unwrap()));
    }
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Balance { dial: None };
    let mut window = in_room(workspace);
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
    workspace.voices.ballots = given.into();
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
    workspace.voices.ballots = given.into();
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Balance { dial: None };
    let window = in_room(workspace);
    assert_says(&window, "Local partnership, total");
    assert!(!says(&window, "Go to Weights"));
}

#[test]
fn labels_of_the_discussion_lie_apart_on_the_wall_however_long_names_are() {
    for size in [[1920.0, 1080.0], SMALL] {
        for long in [false, true] {
            let (mut workspace, given) = before_the_vote();
            workspace.voices.ballots = given.into();
            if long {
                for sector in &mut workspace.voices.sectors {
                    sector.short = format!("{} of the whole of the borough and beyond", sector.name);
                }
                workspace.balance.factors[0].name =
                    "Survival of local providers ".repeat(4).trim().to_owned();
            }
            let factor = workspace.balance.factors[0].id.clone();
            workspace.voices.workshop.as_mut().unwrap().scene = Scene::Discussion(factor);
            let mut window = open_as(shell_with(workspace), size, egui::Theme::Light);
            window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
            window.run();
            assert_says(&window, "Hear both ends, then vote again.");
            let wall = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
            // What is read aloud of the whole strip lies under its marks and its legend.
            let of_strip = |words: &str| words.contains(": median ");
            let labels: Vec<(String, egui::Rect)> = window
                .query_all_by_role(Role::Label)
                .filter_map(|node| {
                    let of = node.accesskit_node();
                    Some((of.value().or_else(|| of.label())?, node.rect()))
                })
                .filter(|(words, _)| !of_strip(words))
                .collect();
            assert!(labels.len() > 6, "{labels:?}");
            for (at, (words, one)) in labels.iter().enumerate() {
                assert!(
                    wall.expand(0.5).contains_rect(*one),
                    "“{words}” leaves the wall at {size:?}: {one:?}"
                );
                for (others, other) in &labels[at + 1..] {
                    let shared = one.shrink(1.5).intersect(other.shrink(1.5));
                    assert!(!shared.is_positive(), "“{words}” lies over “{others}” at {size:?}");
                }
            }
        }
    }
}

#[test]
fn the_balance_of_two_ballots_is_not_put_on_the_wall() {
    let (mut workspace, given) = before_the_vote();
    workspace.voices.ballots = given[..2].to_vec().into();
    workspace.balance.weights_from = WeightsFrom::Ballots;
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Balance { dial: None };
    let two = in_wall(workspace.clone());
    assert_says(&two, "it would be the answer of one or two people");
    assert!(!says(&two, "total"), "{:?}", all_words(&two));
    workspace.voices.ballots = given.into();
    let all = in_wall(workspace);
    assert!(!says(&all, "it would be the answer of one or two people") && says(&all, "total"));
}

#[test]
fn the_reveal_says_whom_its_round_marks_are_of() {
    let (mut workspace, given) = before_the_vote();
    workspace.voices.ballots = given.into();
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Reveal;
    let wall = in_wall(workspace.clone());
    let small = workspace.voices.sectors.iter().filter(|sector| {
        let many = workspace.voices.ballots_of(1).filter(|ballot| ballot.sector == sector.id).count();
        (1..3).contains(&many)
    });
    let names: Vec<&str> = small.map(|sector| sector.short_name()).collect();
    assert!(!names.is_empty(), "the example has sectors of one or two");
    let words = all_words(&wall);
    assert!(words.iter().any(|said| said.starts_with("others")), "{words:?}");
    for name in names {
        assert!(!words.iter().any(|said| said == name), "{name} has a shape of its own");
    }
}

/// The wall in the one window.
fn in_wall(workspace: Workspace) -> Driven {
    let mut window = open(shell_with(workspace));
    window.key_press_modifiers(Modifiers::SHIFT, Key::F5);
    window.run();
    window
}
