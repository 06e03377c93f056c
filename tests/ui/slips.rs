//! What the window does when a hand slips: a double click, a text that is no figure, a paste that brings more along than
//! was meant, a page come to too early.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    analysis::explain::Question,
    model::{Room, Workspace, balance::Score},
};

use crate::{scores_support::*, window::*};

fn click_at(window: &mut Driven, pos: Pos2) {
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        window.event(Event::PointerButton { pos, button, pressed, modifiers });
        window.step();
    }
}

fn click(window: &mut Driven, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click_accesskit();
    window.run();
}

#[test]
fn a_double_click_on_a_figure_explains_it_and_nothing_else() {
    let mut window = open(shell_at(westmere(), Room::Balance, "Balance"));
    let option = window.state().workspace().question.options[2].id.clone();
    let at = window.get_by_label_contains("Place 2: C").rect().center();
    window.event(Event::PointerMoved(at));
    window.step();
    click_at(&mut window, at);
    click_at(&mut window, at);
    window.run();
    assert_eq!(window.state().view.explain.question(), Some(&Question::Total(option.clone())));
    // A later click on the same figure closes the panel, as ever.
    for _ in 0..4 {
        window.step();
    }
    let at = window.get_by_label_contains("Place 2: C").rect().center();
    window.event(Event::PointerMoved(at));
    window.step();
    click_at(&mut window, at);
    window.run();
    assert_eq!(window.state().view.explain.question(), None);
}

#[test]
fn a_price_that_cannot_be_read_stays_in_its_field_with_the_reason_at_it() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Payment design"));
    let before = window.state().workspace().clone();
    let name = "Block fee a year";
    let value =
        |window: &Driven| window.get_by_role_and_label(Role::TextInput, name).value().unwrap_or_default();
    let was = value(&window);
    window.get_by_role_and_label(Role::TextInput, name).focus();
    window.run();
    window.event(Event::Text("abc".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(value(&window), "abc");
    window.get_by_label_contains("“abc” is not a sum of money; write it like £2,900.");
    assert!(window.state().workspace() == &before, "nothing is changed");
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(value(&window), was);
    assert!(window.query_by_label_contains("is not a sum of money").is_none());
}

#[test]
fn reach_without_need_groups_leads_to_where_they_are_added() {
    for page in ["Payment design", "Prediction"] {
        let mut workspace = westmere();
        workspace.question.need_groups.clear();
        workspace.voices = Default::default();
        workspace.reach = Default::default();
        let mut window = open(shell_at(workspace, Room::Reach, page));
        click(&mut window, "Need groups");
        assert_eq!(window.state().view.place().1, "Need groups", "{page}");
    }
    let mut window = open(shell_at(Workspace::default(), Room::Reach, "Payment design"));
    click(&mut window, "Options");
    assert_eq!(window.state().view.place().1, "Options");
}

#[test]
fn the_swing_of_a_factor_is_typed_where_it_stands() {
    let mut window = scores();
    window.get_by_label("Swing of Whole-life cost: 80").click();
    window.run();
    assert_eq!(window.state().view.place().1, "Scores");
    type_text(&mut window, "abc");
    press(&mut window, Key::Enter);
    window.get_by_label_contains("“abc” cannot be points");
    type_text(&mut window, "95");
    press(&mut window, Key::Enter);
    window.get_by_label("Swing of Whole-life cost: 95");
    let label = window.state_mut().session().history().undo_label().map(str::to_owned);
    assert_eq!(label.as_deref(), Some("Raise weight of Whole-life cost"));
}

#[test]
fn a_paste_says_what_it_brings_along_and_what_lies_past_the_scale() {
    let mut workspace = westmere();
    let of = |score: &&mut Score| {
        score.factor.as_str().contains("cashable") && score.option.as_str().contains("prime")
    };
    let graded = workspace.balance.scores.iter_mut().find(of).expect("cashable savings of A");
    graded.grade = Some(2);
    let mut window = open(shell_at(workspace, Room::Balance, "Scores"));
    select(&mut window, "Cashable savings, National prime contract");
    window.event(Event::Paste("39@4\t2.85\r\n".to_owned()));
    window.run();
    window.get_by_label_contains("is past the end of the scale");
    window.get_by_label_contains("Brings evidence grade 4 along, was grade 2");
    window.get_by_label_contains("2.85");
    window.get_by_label_contains("1 score brings another grade of evidence along");
}

#[test]
fn a_run_of_small_steps_is_named_by_where_it_began() {
    let mut window = open(shell_at(westmere(), Room::Balance, "Weights"));
    let slider = "Swing points of Whole-life cost";
    window.get_by_role_and_label(Role::Slider, slider).focus();
    window.run();
    for key in [Key::ArrowUp, Key::ArrowUp, Key::ArrowDown] {
        press(&mut window, key);
    }
    let label = window.state_mut().session().history().undo_label().map(str::to_owned);
    assert_eq!(label.as_deref(), Some("Raise weight of Whole-life cost"));
}

#[test]
fn the_palette_puts_what_is_named_exactly_first() {
    let mut window = open(shell_at(westmere(), Room::Question, "Overview"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run();
    window.event(Event::Text("balance".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().view.place().1, "Balance");
}
