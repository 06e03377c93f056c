//! The overview of Voices and the page of marginal voices, driven as a person would.

use egui::{Event, Key, Modifiers, PointerButton, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    analysis::explain::{Question, VoiceQuestion},
    model::{Room, Workspace, question::Level, voices::Stakeholder},
};

use crate::{
    scores_support::{press, undo, westmere},
    window::*,
};

fn overview() -> Driven {
    open(shell_at(westmere(), Room::Voices, "Overview"))
}

fn person<'w>(workspace: &'w Workspace, name: &str) -> &'w Stakeholder {
    workspace.voices.stakeholders.iter().find(|person| person.name.starts_with(name)).unwrap()
}

fn click(window: &mut Driven, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click();
    window.run();
}

fn has(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn starting(window: &Driven, start: &str) -> egui::Pos2 {
    let start = start.to_owned();
    window.get_by(move |node| node.label().is_some_and(|label| label.starts_with(&start))).rect().center()
}

#[test]
fn the_overview_says_who_is_missing_and_by_which_rule() {
    let mut window = overview();
    window.get_by_label("2 voices missing.");
    click(&mut window, Role::Link, "Rule: each group needs a service user who speaks first hand.");
    click(&mut window, Role::CheckBox, "Public");
    assert!(window.state().workspace().voices.sectors[0].first_hand);
    window.get_by_label("Every need group has a voice.");
    undo(&mut window);
    window.get_by_label("2 voices missing.");
}

#[test]
fn a_cell_tells_who_speaks_and_takes_another_voice() {
    let mut window = overview();
    click(&mut window, Role::Cell, "Young adults 18–24, Service users: nobody, and somebody should");
    click(&mut window, Role::Button, "Add a voice for them");
    let workspace = window.state().workspace();
    let added = workspace.voices.stakeholders.last().unwrap();
    let group = workspace.question.need_groups.iter().find(|g| g.name.starts_with("Young adults")).unwrap();
    assert_eq!(added.speaks_for, std::slice::from_ref(&group.id));
    assert!(workspace.sector(&added.sector).unwrap().first_hand);
    assert_eq!(window.state().view.page(Room::Voices), "Register");
}

#[test]
fn somebody_is_said_to_speak_for_a_group_in_its_cell() {
    let mut window = overview();
    let before = person(window.state().workspace(), "Mother of two").speaks_for.len();
    click(&mut window, Role::Cell, "Young adults 18–24, Service users: nobody, and somebody should");
    click(&mut window, Role::CheckBox, "Mother of two");
    assert_eq!(person(window.state().workspace(), "Mother of two").speaks_for.len(), before + 1);
    undo(&mut window);
    assert_eq!(person(window.state().workspace(), "Mother of two").speaks_for.len(), before);
}

#[test]
fn a_person_is_moved_on_the_ladder_with_the_arrows() {
    let mut window = overview();
    window.get_by_label("Hostel manager: local means a few streets").click();
    window.run();
    press(&mut window, Key::ArrowUp);
    assert_eq!(person(window.state().workspace(), "Hostel manager").local_means, Some(Level::Estate));
    press(&mut window, Key::ArrowUp);
    assert_eq!(person(window.state().workspace(), "Hostel manager").local_means, Some(Level::Ward));
    undo(&mut window);
    assert_eq!(person(window.state().workspace(), "Hostel manager").local_means, Some(Level::FewStreets));
}

#[test]
fn a_person_is_dragged_to_another_level_of_the_ladder() {
    let mut window = overview();
    let from = starting(&window, "Hostel manager: local means");
    let to = egui::pos2(from.x, starting(&window, "County: ").y);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    for event in [Event::PointerMoved(from), button(from, true)] {
        window.event(event);
        window.run();
    }
    for share in [0.3, 0.7, 1.0] {
        window.event(Event::PointerMoved(from + (to - from) * share));
        window.run();
    }
    window.event(button(to, false));
    window.run();
    assert_eq!(person(window.state().workspace(), "Hostel manager").local_means, Some(Level::County));
}

#[test]
fn the_ladder_shows_where_the_option_chosen_happens() {
    let mut window = overview();
    window.get_by_label("Borough: 5 people; Local partnership is decided here");
    click(&mut window, Role::Button, "Where it happens, shown for Local partnership");
    let option = window.state().workspace().question.options[0].clone();
    window.get_by_label(&format!("{}  {}", option.badge, option.short_name())).click();
    window.run();
    assert!(has(&window, "National prime contract is decided, designed here"));
    assert!(has(&window, "where A is decided, designed and delivered"));
}

#[test]
fn a_sector_chosen_in_the_chart_tells_its_answer_alone_and_doubled() {
    let mut window = overview();
    assert!(has(&window, "Only Private puts C first; A climbs from last to third."));
    click(&mut window, Role::Button, "Private alone: C first");
    assert!(has(&window, "Private alone: C leads by"));
    assert!(has(&window, "Counted twice: B leads by"));
    click(&mut window, Role::Link, "Why?");
    let private = window.state().workspace().voices.sectors[1].id.clone();
    let asked = window.state().view.explain.question().cloned();
    assert_eq!(asked, Some(Question::Voice(VoiceQuestion::Sector(private))));
}

#[test]
fn an_open_statement_leads_to_the_statements_without_an_answer() {
    let mut window = overview();
    click(&mut window, Role::Button, "1 statement without an answer");
    assert_eq!(window.state().view.page(Room::Voices), "Statements");
}

#[test]
fn nobody_heard_is_said_with_what_to_do() {
    let mut workspace = westmere();
    workspace.voices = Default::default();
    workspace.decision.dissent.clear();
    for score in &mut workspace.balance.scores {
        score.dissent.clear();
    }
    let mut window = open(shell_at(workspace, Room::Voices, "Overview"));
    window.get_by_label("Nobody has been heard yet.");
    click(&mut window, Role::Button, "Add a voice");
    assert_eq!(window.state().workspace().voices.stakeholders.len(), 1);
    assert_eq!(window.state().view.page(Room::Voices), "Register");
}

#[test]
fn marginal_voices_are_weighed_at_nought_once_and_double() {
    let mut window = open(shell_at(westmere(), Room::Voices, "Marginal voices"));
    assert!(has(&window, "With marginal voices at nought, once or double, B leads."));
    assert!(has(&window, "Drowned out even at double: Private, which alone puts C first."));
    window.get_by_label("Marginal voices, once: Local partnership leads by 9.2");
    click(&mut window, Role::Button, "Marginal voices, at nought: Local partnership leads by 8.4");
    let asked = window.state().view.explain.question().cloned();
    assert_eq!(asked, Some(Question::Voice(VoiceQuestion::Marginal)));
    assert!(window.state().workspace().voices == westmere().voices);
}

#[test]
fn each_option_says_whom_it_serves_worst_and_whom_it_costs_most() {
    let mut window = open(shell_at(westmere(), Room::Voices, "Marginal voices"));
    assert!(has(&window, "B serves the worst-off sector best; under it no sector gives up more than 0.1."));
    let row = starting(&window, "Local partnership: costs ");
    assert!(row.y > 0.0);
    window
        .get_by(|node| node.label().is_some_and(|label| label.starts_with("Local partnership: costs ")))
        .click();
    window.run();
    let option = window.state().workspace().question.options[1].id.clone();
    let asked = window.state().view.explain.question().cloned();
    assert_eq!(asked, Some(Question::Voice(VoiceQuestion::Fairness(option))));
}

#[test]
fn without_marks_or_ballots_the_page_says_what_is_missing() {
    let mut workspace = westmere();
    for person in &mut workspace.voices.stakeholders {
        person.marginal = false;
    }
    let window = open(shell_at(workspace.clone(), Room::Voices, "Marginal voices"));
    assert!(has(&window, "Nobody is marked as a marginal voice."));
    workspace.voices.ballots.clear();
    let mut window = open(shell_at(workspace, Room::Voices, "Marginal voices"));
    assert!(has(&window, "Nobody can be weighed yet."));
    click(&mut window, Role::Button, "Go to Ballots");
    assert_eq!(window.state().view.page(Room::Voices), "Ballots");
}

#[test]
fn a_cell_can_be_asked_why_a_group_is_without_a_voice() {
    let mut window = overview();
    click(&mut window, Role::Cell, "Young adults 18–24, Service users: nobody, and somebody should");
    click(&mut window, Role::Link, "Why are they without a voice?");
    assert!(has(&window, "Why is young adults 18–24 without a voice?"));
    let mut window = overview();
    let cell = "Young adults 18–24, Service users: nobody, and somebody should";
    window.get_by_role_and_label(Role::Cell, cell).focus();
    window.run();
    press(&mut window, Key::W);
    assert!(has(&window, "Why is young adults 18–24 without a voice?"), "by keyboard too");
}
