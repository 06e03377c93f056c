//! Room mode, through the window: a whole workshop, blind entry, the wall in one window, and coming back after a kill.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    model::{
        Workspace,
        voices::{Ballot, RoundState},
        workshop::{Scene, Workshop},
    },
    ui::{
        command::{Command, Step},
        picture, room_mode,
        shell::{Places, Shell},
        view::Screen,
    },
};

use crate::room_support::{
    all_words, assert_says, before_the_vote, in_room, key, points_on, press, says, type_numbers, westmere,
    with_entry_open, workshop,
};
use crate::window::{Driven, open, shell_with};
use crate::workspaces;

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
    let mut window = in_room(workspace);
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
    let mut window = with_entry_open(workspace);
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
fn reveal_asks_once_more_while_factors_are_not_asked_and_counts_the_absent_as_absent() {
    let (workspace, given) = before_the_vote();
    let mut window = with_entry_open(workspace);
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
    let mut window = with_entry_open(workspace);
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
fn reveal_leaves_a_frozen_wall_frozen() {
    let (workspace, given) = before_the_vote();
    let mut window = with_entry_open(workspace);
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
    workspace.voices.ballots = given.into();
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Reveal;
    let mut window = in_room(workspace);
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
    workspace.voices.ballots = given.into();
    let mut window = in_room(workspace);
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
    workspace.voices.ballots = given.into();
    workspace.voices.workshop.as_mut().unwrap().scene = Scene::Balance { dial: None };
    let mut window = in_room(workspace);
    for _ in 0..3 {
        press(&mut window, Key::ArrowRight);
    }
    let Scene::Balance { dial: Some(share) } = workshop(&window).scene else { panic!("no dial") };
    assert!((share - 0.45).abs() < 1e-9, "{share}");
    assert_says(&window, "at 45 % commercial");
    let steps = |window: &mut Driven| window.state_mut().session().history().steps().count();
    assert_eq!(steps(&mut window), 1, "a turn of the dial is one step");
    press(&mut window, Key::Home);
    assert_eq!(workshop(&window).scene, Scene::Balance { dial: None });
    assert_eq!(steps(&mut window), 0, "what ends where it began leaves nothing to undo");
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
    let mut window = in_room(workspace);
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
    let mut window = in_room(workspace);
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
    let mut window = in_room(workspace);
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
    while window.query_by_role_and_label(Role::Button, "Look first").is_some() {
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
    window.run();
    assert_says(&window, "A workshop was under way: F5 goes back to it.");
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
    voted.voices.ballots = given.into();
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
