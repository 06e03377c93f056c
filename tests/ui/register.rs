//! The Register page, driven as a person would.

use egui::{Key, Modifiers, PointerButton, accesskit::Role, vec2};
use egui_kittest::kittest::Queryable as _;
use evenhand::model::{
    Room, Workspace,
    question::Level,
    voices::{Heard, KnownAs, Stakeholder},
};

use crate::{
    scores_support::{fill, press, select, selected_in, type_text, undo, westmere},
    window::*,
};

fn register() -> Driven {
    open(shell_at(westmere(), Room::Voices, "Register"))
}

/// Somebody of the register, by the beginning of their name.
fn person<'a>(window: &'a Driven, name: &str) -> &'a Stakeholder {
    let people = &window.state().workspace().voices.stakeholders;
    people.iter().find(|person| person.name.starts_with(name)).unwrap_or_else(|| panic!("{name} is there"))
}

/// What the table says is selected.
fn selected(window: &Driven) -> String {
    selected_in(window, "Register")
}

fn click(window: &mut Driven, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click();
    window.run();
}

fn has(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// A workspace with so many people like those of the example.
fn crowd(number: usize) -> Workspace {
    let mut workspace = westmere();
    let example = workspace.voices.stakeholders.clone();
    workspace.voices.stakeholders = (0..number)
        .map(|at| {
            let like = &example[at % example.len()];
            Stakeholder {
                id: format!("p{at}").as_str().into(),
                name: format!("{} {at}", like.name),
                ..like.clone()
            }
        })
        .collect();
    workspace.voices.ballots.clear();
    workspace.voices.rounds.clear();
    workspace.voices.statements.clear();
    workspace.decision.dissent.clear();
    for score in &mut workspace.balance.scores {
        score.dissent.clear();
    }
    workspace
}

#[test]
fn the_page_says_who_is_to_be_heard_first_and_what_the_table_holds() {
    let window = register();
    assert!(has(&window, "Nine people have much at stake and little influence."));
    window.get_by_label("Influence and stake: 9 people have much at stake and little influence");
    window.get_by_label("Hostel manager, influence: 3.2 of 10");
    window.get_by_label("Hostel manager, local means: A few streets");
    window.get_by_label("Hostel manager, heard: In the room, directly");
    window.get_by_label("Hostel manager, ballot: given");
    window.get_by_label_contains("Has served short sentences, speaks for: ");
    window.get_by_label("2 need groups have no voice first hand");
}

#[test]
fn a_name_is_typed_over_and_undo_brings_it_back() {
    let mut window = register();
    select(&mut window, "Hostel manager, who");
    type_text(&mut window, "Hostel lead");
    press(&mut window, Key::Enter);
    assert_eq!(person(&window, "Hostel lead").role, "Tarn Street Hostel");
    assert!(selected(&window).starts_with("Women’s centre director, who"), "{}", selected(&window));
    undo(&mut window);
    person(&window, "Hostel manager");
}

#[test]
fn arrows_tab_and_f2_edit_a_row_without_the_pointer() {
    let mut window = register();
    select(&mut window, "Head of community safety, who");
    // Down to the second row; on to where they are from; F2 keeps what stands there.
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Tab);
    assert_eq!(selected(&window), "Probation area manager, from: Probation");
    press(&mut window, Key::F2);
    type_text(&mut window, " North");
    press(&mut window, Key::Tab);
    assert_eq!(person(&window, "Probation").role, "Probation North");
    assert_eq!(selected(&window), "Probation area manager, local means: County");
    // A letter opens the list at the level that begins with it.
    type_text(&mut window, "e");
    press(&mut window, Key::Enter);
    assert_eq!(person(&window, "Probation").local_means, Some(Level::Estate));
    // To the stake, a figure, and Delete to leave it open.
    press(&mut window, Key::End);
    type_text(&mut window, "4.5");
    press(&mut window, Key::Enter);
    assert_eq!(person(&window, "Probation").interest, Some(4.5));
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::Delete);
    assert_eq!(person(&window, "Probation").interest, None);
    assert!(has(&window, "1 person stands nowhere yet"));
}

#[test]
fn esc_takes_back_what_was_typed_and_a_figure_out_of_range_says_why() {
    let mut window = register();
    select(&mut window, "Hostel manager, influence");
    type_text(&mut window, "12");
    press(&mut window, Key::Enter);
    assert!(has(&window, "a number from 0 to 10"));
    assert_eq!(person(&window, "Hostel manager").influence, Some(3.2));
    press(&mut window, Key::Escape);
    assert!(!has(&window, "a number from 0 to 10"));
    assert_eq!(selected(&window), "Hostel manager, influence: 3.2 of 10");
}

#[test]
fn whom_somebody_speaks_for_is_turned_on_and_off_in_a_list() {
    let mut window = register();
    let before = person(&window, "Youth worker").speaks_for.len();
    select(&mut window, "Youth worker, speaks for");
    press(&mut window, Key::F2);
    let groups = window.state().workspace().question.need_groups.clone();
    press(&mut window, Key::Home);
    press(&mut window, Key::Space);
    assert!(person(&window, "Youth worker").speaks_for.contains(&groups[0].id));
    press(&mut window, Key::Space);
    assert_eq!(person(&window, "Youth worker").speaks_for.len(), before);
    press(&mut window, Key::Escape);
    assert!(selected(&window).starts_with("Youth worker, speaks for"));
}

#[test]
fn where_others_were_heard_can_be_chosen() {
    let mut window = register();
    select(&mut window, "Youth worker, heard");
    select(&mut window, "Youth worker, heard");
    click(&mut window, Role::MenuItemRadio, "In the room (directly)");
    assert_eq!(person(&window, "Youth worker").through, "In the room");
    select(&mut window, "Youth worker, heard");
    click(&mut window, Role::MenuItemRadio, "Not yet");
    assert_eq!(person(&window, "Youth worker").heard, Heard::No);
}

#[test]
fn row_and_shape_select_each_other() {
    let mut window = register();
    select(&mut window, "Hostel manager, who");
    let shape = |window: &Driven, name: &str| {
        let start = format!("{name}: influence");
        window.get_by(move |node| node.label().is_some_and(|label| label.starts_with(&start))).rect()
    };
    let to = shape(&window, "Youth worker").center();
    window.hover_at(to);
    window.run();
    for pressed in [true, false] {
        let button = PointerButton::Primary;
        window.event(egui::Event::PointerButton { pos: to, button, pressed, modifiers: Modifiers::NONE });
        window.run();
    }
    assert!(selected(&window).starts_with("Youth worker"), "{}", selected(&window));
}

#[test]
fn a_shape_is_dragged_in_one_step() {
    let mut window = register();
    select(&mut window, "Youth worker, who");
    let (influence, stake) = {
        let before = person(&window, "Youth worker");
        (before.influence.unwrap(), before.interest.unwrap())
    };
    let start = "Youth worker: influence";
    let from = window.get_by(|node| node.label().is_some_and(|l| l.starts_with(start))).rect().center();
    let button = PointerButton::Primary;
    let press_at =
        |pos, pressed| egui::Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE };
    window.hover_at(from);
    window.run();
    window.event(press_at(from, true));
    window.run();
    let mut at = from;
    for _ in 0..4 {
        at += vec2(15.0, 10.0);
        window.event(egui::Event::PointerMoved(at));
        window.step();
    }
    window.event(press_at(at, false));
    window.run();
    let after = person(&window, "Youth worker");
    assert!(after.influence.unwrap() > influence + 1.0 && after.interest.unwrap() < stake - 1.0);
    undo(&mut window);
    let back = person(&window, "Youth worker");
    assert_eq!(
        (back.influence, back.interest),
        (Some(influence), Some(stake)),
        "one step takes all of it back"
    );
}

#[test]
fn arrows_move_the_shape_that_has_the_keyboard() {
    let mut window = register();
    select(&mut window, "Hostel manager, who");
    let start = "Hostel manager: influence 3.2";
    window.get_by(|node| node.label().is_some_and(|label| label.starts_with(start))).focus();
    window.run();
    press(&mut window, Key::ArrowRight);
    assert_eq!(person(&window, "Hostel manager").influence, Some(3.3));
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.run();
    assert_eq!(person(&window, "Hostel manager").interest, Some(8.2));
    undo(&mut window);
    assert_eq!(person(&window, "Hostel manager").influence, Some(3.2));
    assert_eq!(person(&window, "Hostel manager").interest, Some(9.2));
}

#[test]
fn find_narrows_the_table_and_says_so() {
    let mut window = register();
    fill(&mut window, "Find in the register", "hostel");
    window.get_by_label("Hostel manager, who: Hostel manager");
    assert!(window.query_by_label("Youth worker, who: Youth worker").is_none());
    fill(&mut window, "Find in the register", "nobody like that");
    assert_eq!(selected(&window), "nobody selected");
}

#[test]
fn somebody_is_added_named_and_taken_out_with_the_keyboard_alone() {
    let mut window = register();
    let before = window.state().workspace().voices.stakeholders.len();
    select(&mut window, "Hostel manager, who");
    press(&mut window, Key::Insert);
    window.run();
    type_text(&mut window, "Market trader");
    press(&mut window, Key::Tab);
    assert_eq!(person(&window, "Market trader").heard, Heard::No);
    type_text(&mut window, "Kiln Lane");
    press(&mut window, Key::Enter);
    assert_eq!(person(&window, "Market trader").role, "Kiln Lane");
    press(&mut window, Key::Home);
    press(&mut window, Key::Delete);
    assert_eq!(window.state().workspace().voices.stakeholders.len(), before);
    undo(&mut window);
    person(&window, "Market trader");
}

#[test]
fn taking_somebody_out_says_what_goes_with_them() {
    let mut window = register();
    select(&mut window, "Hostel manager, who");
    let statements = window.state().workspace().voices.statements.len();
    click(&mut window, Role::Button, "Remove Hostel manager");
    assert!(has(&window, "Hostel manager is removed with "), "the ballot that goes is said");
    assert!(has(&window, "1 statement stays without the name"), "and what stays");
    assert_eq!(window.state().workspace().voices.statements.len(), statements);
    undo(&mut window);
    let id = person(&window, "Hostel manager").id.clone();
    let ballots = &window.state().workspace().voices.ballots;
    assert!(ballots.iter().any(|ballot| ballot.stakeholder.as_ref() == Some(&id)));
}

#[test]
fn the_card_tells_and_edits_a_person() {
    let mut window = register();
    select(&mut window, "Has served short sentences, who");
    window.get_by_label("Local means: a few streets");
    window.get_by_label_contains("Ballot: Local partnership leads; commercial ");
    window.get_by_label_contains(
        "“You meet someone new every time. I stopped turning up.” Continuity became a factor",
    );
    window.get_by_label("A pseudonym. No name is kept in the file.");
    click(&mut window, Role::Button, "Local means: a few streets");
    click(&mut window, Role::RadioButton, "Local means county");
    assert_eq!(person(&window, "Has served").local_means, Some(Level::County));
    window.get_by_label("Local means: county");
    click(&mut window, Role::Button, "More: a pseudonym");
    fill(&mut window, "Layers to the decision", "4");
    assert_eq!(person(&window, "Has served").layers_from_delivery, Some(4));
    window.get_by_label("More: a pseudonym; 4 layers to the decision, far from it");
    window.get_by_role_and_label(Role::CheckBox, "B  Local partnership").click_accesskit();
    window.run();
    assert_eq!(person(&window, "Has served").gains_from.len(), 1);
    window.get_by_role_and_label(Role::RadioButton, "Known as: role").click_accesskit();
    window.run();
    assert_eq!(person(&window, "Has served").known_as, KnownAs::Role);
    window.get_by_label("A role. No name is kept in the file.");
    window.get_by_label_contains("More: a role; 4 layers").click_accesskit();
    window.run();
    click(&mut window, Role::Switch, "Marginal voice");
    assert!(!person(&window, "Has served").marginal);
}

#[test]
fn why_somebody_is_flagged_is_explained() {
    let mut window = register();
    select(&mut window, "Has served short sentences, who");
    click(&mut window, Role::Link, "Why?");
    assert!(has(&window, "Why is “Has served short sentences” flagged?"));
    assert!(has(&window, "Influence under 4 and stake over 6: to be heard first."));
    assert!(has(&window, "Influence: 1 of 10"));
    window.get_by_label("Close the explanation").click();
    window.run();
    window.get_by_label("2 need groups have no voice first hand").click();
    window.run();
    assert!(has(&window, "Why 2 missing?"));
}

#[test]
fn names_without_a_purpose_are_flagged_until_it_is_given() {
    let mut workspace = westmere();
    workspace.voices.personal_data = Default::default();
    workspace.voices.stakeholders[0].known_as = KnownAs::Name;
    let mut window = open(shell_at(workspace, Room::Voices, "Register"));
    click(&mut window, Role::Button, "Personal data");
    assert!(has(&window, "1 by their own name"));
    assert!(has(&window, "By name: Head of community safety."));
    assert!(has(&window, "It is not said what the names are needed for."));
    assert!(has(&window, "It is not said until when the names are kept."));
    fill(&mut window, "What personal data is needed for", "To ask back");
    fill(&mut window, "Day until which personal data is kept", "31/3/2020");
    let data = &window.state().workspace().voices.personal_data;
    assert_eq!((data.purpose.as_str(), data.until), ("To ask back", Some(jiff::civil::date(2020, 3, 31))));
    assert!(has(&window, "Names and pseudonyms were to be taken out after 31 March 2020."));
    fill(&mut window, "Day until which personal data is kept", "31/3/2999");
    assert!(!has(&window, "were to be taken out after"));
    click(&mut window, Role::Button, "Done");
    assert!(window.query_by_label("Day until which personal data is kept").is_none());
}

#[test]
fn sectors_are_added_changed_and_removed_only_when_empty() {
    let mut window = register();
    click(&mut window, Role::Button, "Sectors");
    click(&mut window, Role::Button, "Add a sector");
    fill(&mut window, "Name of Sector 1", "Faith groups");
    fill(&mut window, "Short name of Faith groups", "Faith");
    click(&mut window, Role::RadioButton, "Faith groups as a star");
    click(&mut window, Role::Switch, "Faith groups speak first hand");
    let added = window.state().workspace().voices.sectors.last().unwrap().clone();
    assert_eq!(
        (added.name.as_str(), added.short.as_str(), added.first_hand),
        ("Faith groups", "Faith", true)
    );
    // A sector with people in it stays.
    click(&mut window, Role::Button, "Remove Public");
    assert_eq!(window.state().workspace().voices.sectors.len(), 8);
    click(&mut window, Role::Button, "Remove Faith groups");
    assert_eq!(window.state().workspace().voices.sectors.len(), 7);
    press(&mut window, Key::Escape);
    assert!(window.query_by_role_and_label(Role::Button, "Add a sector").is_none());
}

#[test]
fn an_empty_register_shows_the_grid_and_what_to_do() {
    let mut window = open(shell_at(Workspace::default(), Room::Voices, "Register"));
    assert!(has(&window, "Nobody has been heard yet."));
    window.get_by_label_contains("Influence and stake: 0 people have");
    click(&mut window, Role::Button, "Add the first voice");
    window.run();
    type_text(&mut window, "Tenant");
    press(&mut window, Key::Enter);
    assert_eq!(person(&window, "Tenant").known_as, KnownAs::NotSaid);
    assert!(!has(&window, "something is wanting"), "nobody has said that a name is kept");
    click(&mut window, Role::Button, "Personal data");
    assert!(has(&window, "Are these roles, pseudonyms or their own names? Tenant."));
    click(&mut window, Role::Button, "All are own names");
    assert_eq!(person(&window, "Tenant").known_as, KnownAs::Name);
    assert!(has(&window, "It is not said what the names are needed for."));
    assert_eq!(window.state().workspace().voices.sectors.len(), 7);
}

#[test]
fn of_two_hundred_people_only_those_in_view_are_drawn() {
    let mut window = open(shell_at(crowd(200), Room::Voices, "Register"));
    let rows = window.query_all_by_role(Role::Row).count();
    assert!((15..40).contains(&rows), "{rows} rows");
    select(&mut window, "Head of community safety 0, who");
    window.key_press_modifiers(Modifiers::COMMAND, Key::End);
    window.run();
    let last = window.state().workspace().voices.stakeholders.last().unwrap().name.clone();
    assert!(selected(&window).starts_with(&last), "{}", selected(&window));
    let cell = window.get_by_label_contains(&format!("{last}, stake: ")).rect();
    assert!(cell.bottom() < 850.0 && cell.top() > 150.0, "it is scrolled to: {cell:?}");
}

#[test]
fn a_small_window_stacks_the_page_and_still_edits() {
    let mut window = open_as(shell_at(westmere(), Room::Voices, "Register"), LARGE_TEXT, egui::Theme::Light);
    select(&mut window, "Probation area manager, from");
    type_text(&mut window, "North");
    press(&mut window, Key::Enter);
    assert_eq!(person(&window, "Probation").role, "North");
}
