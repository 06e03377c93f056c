//! The Question and Voices rooms, driven as a person would: what is added takes the keyboard, what is removed is asked for.

use egui::{Key, Theme, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{Room, Workspace},
};

use crate::window::*;

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

/// Presses a button, in sight or not.
fn click(window: &mut Driven, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click_accesskit();
    window.run();
}

fn type_text(window: &mut Driven, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}

/// The name of what has the keyboard.
fn focused(window: &Driven) -> String {
    let node = window.query_all(egui_kittest::kittest::By::new().predicate(|node| node.is_focused()));
    node.into_iter().find_map(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn a_new_option_takes_the_keyboard_and_typing_names_it() {
    let mut window = open_as(shell_at(westmere(), Room::Question, "Options"), LARGE_TEXT, Theme::Light);
    click(&mut window, "Add an option");
    assert_eq!(focused(&window), "Name of F");
    let field = window.get_by_role_and_label(Role::TextInput, "Name of F").rect();
    assert!(field.top() > 48.0 && field.bottom() < 600.0 - 44.0, "it is in sight: {field}");
    type_text(&mut window, "Housing first");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workspace().question.options[5].name, "Housing first");
}

#[test]
fn a_need_group_added_on_the_overview_is_named_on_its_page() {
    let mut workspace = Workspace::default();
    workspace.question.text = "How?".to_owned();
    let mut window = open(shell_at(workspace, Room::Question, "Need groups"));
    click(&mut window, "Add a need group");
    assert!(focused(&window).starts_with("Name of Need group 1"), "{}", focused(&window));
    type_text(&mut window, "Young adults");
    press(&mut window, Key::Tab);
    assert_eq!(window.state().workspace().question.need_groups[0].name, "Young adults");
    assert!(focused(&window).starts_with("Short name"), "{}", focused(&window));
}

#[test]
fn an_empty_workspace_gives_the_keyboard_to_its_question() {
    let mut window = open(shell_at(Workspace::default(), Room::Question, "Overview"));
    window.run();
    assert_eq!(focused(&window), "The question");
}

#[test]
fn removing_is_asked_for_and_the_answer_takes_the_keyboard() {
    let mut window = open_as(shell_at(westmere(), Room::Question, "Options"), LARGE_TEXT, Theme::Light);
    click(&mut window, "Remove National prime contract");
    assert_eq!(focused(&window), "Remove A");
    press(&mut window, Key::Escape);
    assert_eq!(window.state().workspace().question.options.len(), 5, "Esc keeps it");
    assert!(window.query_by_role_and_label(Role::Button, "Keep it").is_none());
    click(&mut window, "Remove National prime contract");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workspace().question.options.len(), 4);
}

#[test]
fn every_row_of_the_rail_stands_clear_of_the_standing_line_in_a_low_window() {
    for size in [[853.0, 480.0], LARGE_TEXT, SMALL] {
        let window = open_as(shell_at(westmere(), Room::Question, "Overview"), size, Theme::Light);
        let settings = window.get_by_role_and_label(Role::Tab, "Settings").rect();
        assert!(settings.bottom() <= size[1] - 44.0 - 8.0, "{settings} in a window of {size:?}");
        assert!(settings.height() >= 28.0);
    }
}

#[test]
fn the_factors_of_ballots_scroll_beside_the_names_of_people() {
    let mut workspace = westmere();
    for n in 0..18 {
        let mut more = workspace.balance.factors[0].clone();
        more.id = format!("more-{n}").as_str().into();
        more.name = format!("More {n}");
        workspace.balance.factors.push(more);
    }
    let mut window = open_as(shell_at(workspace, Room::Voices, "Ballots"), LARGE_TEXT, Theme::Light);
    let heads = |window: &Driven| -> Vec<egui::Rect> {
        window.query_all_by_role(Role::ColumnHeader).map(|node| node.rect()).collect()
    };
    let before = heads(&window);
    assert!(before.iter().all(|head| head.width() >= 46.0), "room for a number: {before:?}");
    let at = before[1].center() + egui::vec2(0.0, 80.0);
    window.event(egui::Event::PointerMoved(at));
    window.run();
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(-120.0, 0.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    });
    let names = |window: &Driven| -> Vec<Option<String>> {
        window.query_all_by_role(Role::ColumnHeader).map(|node| node.accesskit_node().label()).collect()
    };
    let first = names(&window);
    for _ in 0..20 {
        window.step();
    }
    assert_ne!(names(&window), first, "other factors have come into view");
}

#[test]
fn a_new_voice_and_a_new_statement_take_the_keyboard() {
    let mut window = open_as(shell_at(westmere(), Room::Voices, "Overview"), LARGE_TEXT, Theme::Light);
    click(&mut window, "Add a voice");
    assert_eq!(focused(&window), "Edit New voice, who: New voice");
    type_text(&mut window, "Night worker");
    press(&mut window, Key::Tab);
    assert_eq!(window.state().workspace().voices.stakeholders.last().unwrap().name, "Night worker");
    window.get_by_role_and_label(Role::Tab, "Statements").click();
    window.run();
    click(&mut window, "Add a statement");
    let count = window.state().workspace().voices.statements.len();
    assert_eq!(focused(&window), format!("Words of statement {count}"));
}

#[test]
fn after_going_to_a_room_by_key_the_keyboard_is_at_the_head_of_its_page() {
    let mut window = open(shell_at(westmere(), Room::Question, "Overview"));
    for (key, head) in [
        (Key::Num2, "Overview"),
        (Key::Num3, "Balance"),
        (Key::Num5, "Money"),
        (Key::Num6, "Challenge"),
        (Key::Num7, "Record"),
        (Key::Comma, "Settings"),
    ] {
        window.key_press_modifiers(egui::Modifiers::COMMAND, key);
        window.run();
        assert_eq!(focused(&window), head);
    }
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num1);
    window.run();
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window), "Options", "the next tab of the page");
    for _ in 0..2 {
        window.key_press_modifiers(egui::Modifiers::SHIFT, Key::Tab);
        window.run();
    }
    assert_eq!(focused(&window), "Settings", "back to the rail");
}

#[test]
fn where_nothing_has_the_keyboard_tab_goes_to_the_page() {
    let mut window = open(shell_at(westmere(), Room::Question, "Options"));
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window), "Options");
    window.get_by_role_and_label(Role::TextInput, "Name of B").focus();
    window.run();
    press(&mut window, Key::Enter);
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window), "Short name of B", "Tab goes on from the field that was left");
}

#[test]
fn enter_leads_from_the_question_to_its_options_and_on() {
    let mut window = open(shell_at(Workspace::default(), Room::Question, "Overview"));
    window.run();
    type_text(&mut window, "Who should run the night shelter?");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workspace().question.text, "Who should run the night shelter?");
    assert_eq!(focused(&window), "Next: add the options");
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window), "Name of A");
    type_text(&mut window, "The council");
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window), "Add an option");
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window), "Name of B");
    let options = &window.state().workspace().question.options;
    assert_eq!((options.len(), options[0].name.as_str()), (2, "The council"));
}

/// Opens the palette, types this and answers with the rows that it lists.
fn search(window: &mut Driven, text: &str) -> Vec<String> {
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
    window.run();
    type_text(window, text);
    window.query_all_by_role(Role::ListItem).filter_map(|row| row.accesskit_node().label()).collect()
}

#[test]
fn the_palette_adds_an_option_and_finds_factors_with_their_figures() {
    let mut window = open(shell_at(westmere(), Room::Voices, "Overview"));
    let found = search(&mut window, "risk");
    assert!(found.iter().any(|row| row.starts_with("Weight of Risk transfer")), "{found:?}");
    assert!(found.contains(&"Risk transfer Commercial factor".to_owned()), "{found:?}");
    press(&mut window, Key::Escape);
    let found = search(&mut window, "add an option");
    assert_eq!(found, ["Add an option"]);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workspace().question.options.len(), 6);
    assert_eq!(focused(&window), "Name of F");
    let found = search(&mut window, "");
    assert_eq!(found[0], "Voices, Overview", "the last place first");
}

#[test]
fn balance_says_what_it_waits_for_and_leads_there() {
    let mut workspace = westmere();
    workspace.balance = Default::default();
    let mut window = open(shell_at(workspace, Room::Balance, "Balance"));
    window.get_by_label("Options stand here in order once two are scored on one factor of each kind.");
    click(&mut window, "Go to Scores");
    assert_eq!(window.state().view.place().1, "Scores");
}
