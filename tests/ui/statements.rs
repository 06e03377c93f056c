//! The Statements page and the ways to it, driven as a person would.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    model::{
        Room, Workspace,
        voices::{Statement, StatementLink, StatementMethod, StatementStatus},
    },
    ui::{command::Command, export::Form},
};

use crate::{
    scores_support::{fill, press, select, type_text, undo, westmere},
    window::*,
};

fn statements() -> Driven {
    open(shell_at(westmere(), Room::Voices, "Statements"))
}

fn statement<'a>(window: &'a Driven, start: &str) -> &'a Statement {
    let all = &window.state().workspace().voices.statements;
    all.iter().find(|s| s.text.starts_with(start)).unwrap_or_else(|| panic!("“{start}” is there"))
}

fn has(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn click(window: &mut Driven, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click();
    window.run();
}

/// Clicks what is called by a name that begins so.
fn click_start(window: &mut Driven, role: Role, start: &str) {
    let start = start.to_owned();
    window
        .get_by(move |node| node.role() == role && node.label().is_some_and(|l| l.starts_with(&start)))
        .click();
    window.run();
}

/// Chooses an item of a list that drops down.
fn choose(window: &mut Driven, list: &str, item: &str) {
    window.get_by_role_and_label(Role::ComboBox, list).click_accesskit();
    window.run();
    let item = item.to_owned();
    window
        .get_by(move |node| node.role() == Role::Button && node.label().is_some_and(|label| label == item))
        .click_accesskit();
    window.run();
}

/// Whether this stands among what is to be settled before anybody signs.
fn is_to_settle(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains("to settle before signing").any(|node| {
        node.accesskit_node()
            .value()
            .or(node.accesskit_node().label())
            .is_some_and(|said| said.contains(words))
    })
}

/// How many statements are shown.
fn shown(window: &Driven) -> usize {
    window
        .query_all_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Statement "))
        })
        .count()
}

#[test]
fn the_page_counts_what_was_done_and_says_what_is_open() {
    let window = statements();
    assert!(has(&window, "One statement is without an answer."));
    assert!(has(&window, "4 acted on · 1 passed on · 1 open"));
    assert_eq!(shown(&window), 6);
    window.get_by_label(
        "Statement 6: “Publish what the smallest groups get.” Councillor, Northbank ward · in the room; open",
    );
}

#[test]
fn an_answer_closes_a_statement_and_undo_opens_it_again() {
    let mut window = statements();
    fill(&mut window, "Answer to statement 6", "Published every quarter");
    let answered = statement(&window, "Publish");
    assert_eq!(
        (answered.status, answered.response.as_str()),
        (StatementStatus::Done, "Published every quarter")
    );
    assert!(has(&window, "Everything that was said has an answer."));
    undo(&mut window);
    assert_eq!(statement(&window, "Publish").status, StatementStatus::Open);
}

#[test]
fn a_statement_is_added_and_answered_with_the_keyboard_alone() {
    let mut window = statements();
    window.get_by_role_and_label(Role::Button, "Add a statement").focus();
    window.run();
    press(&mut window, Key::Enter);
    window.run();
    type_text(&mut window, "The bus stops at six.");
    press(&mut window, Key::Enter);
    let added = statement(&window, "The bus");
    assert!(added.date.is_some(), "it is dated today");
    assert_eq!(added.status, StatementStatus::Open);
    window.get_by_role_and_label(Role::TextInput, "What was done about statement 7").focus();
    window.run();
    type_text(&mut window, "Hours moved");
    press(&mut window, Key::Enter);
    assert_eq!(statement(&window, "The bus").status, StatementStatus::Done);
}

#[test]
fn everything_that_is_written_of_a_statement_is_edited() {
    let mut window = statements();
    click_start(&mut window, Role::Button, "Statement 6:");
    choose(&mut window, "Who said statement 6", "Youth worker");
    choose(&mut window, "How statement 6 was made", "Letter or email");
    choose(&mut window, "Stance of statement 6", "Strongly against");
    choose(&mut window, "Status of statement 6", "Declined");
    fill(&mut window, "Day of statement 6", "3/11/2026");
    let said = statement(&window, "Publish");
    let who = said.stakeholder.as_ref().and_then(|id| window.state().workspace().stakeholder(id)).unwrap();
    assert_eq!(who.name, "Youth worker");
    assert_eq!(said.method, Some(StatementMethod::Letter));
    assert_eq!((said.stance, said.status), (Some(-2), StatementStatus::Declined));
    assert_eq!(said.date, Some(jiff::civil::date(2026, 11, 3)));
    assert!(has(&window, "Youth worker · letter or email · 3 November 2026, strongly against; declined"));
    fill(&mut window, "Day of statement 6", "31/31/2026");
    assert!(has(&window, "is not a date"));
    assert_eq!(statement(&window, "Publish").date, Some(jiff::civil::date(2026, 11, 3)));
}

#[test]
fn links_are_added_taken_away_and_lead_to_their_places() {
    let mut window = statements();
    click_start(&mut window, Role::Button, "Statement 5:");
    choose(&mut window, "Link the statement to", "B, Local partnership");
    choose(&mut window, "Option of the score linked", "A, National prime contract");
    choose(&mut window, "Factor of the score linked", "Whole-life cost");
    let links = &statement(&window, "Tell us").links;
    assert!(matches!(links[..], [StatementLink::Option(_), StatementLink::Cell { .. }]), "{links:?}");
    window.get_by_label("Take away the link to Partnership").focus();
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(statement(&window, "Tell us").links.len(), 1);
    window.query_all_by_label("About Whole-life cost of A").next().unwrap().click();
    window.run();
    assert_eq!(window.state().view.place().1, "Scores");
}

#[test]
fn filters_combine_and_are_said_in_a_sentence() {
    let mut window = statements();
    choose(&mut window, "Status looked for", "Acted on");
    assert_eq!(shown(&window), 4);
    choose(&mut window, "Sector looked for", "Voluntary and community");
    assert_eq!(shown(&window), 2);
    assert!(has(&window, "2 of 6 statements: acted on, from voluntary and community."));
    fill(&mut window, "Find in the statements", "tariff");
    assert_eq!(shown(&window), 1);
    assert!(has(&window, "with “tariff”"));
    click(&mut window, Role::Link, "Show all");
    assert_eq!(shown(&window), 6);
    choose(&mut window, "What they are about", "Whole-life cost");
    assert_eq!(shown(&window), 1, "a statement on a score speaks of its factor");
}

#[test]
fn statements_are_reached_from_the_score_that_they_speak_of() {
    let mut window = open(shell_at(westmere(), Room::Balance, "Scores"));
    select(&mut window, "Whole-life cost, Local partnership");
    press(&mut window, Key::W);
    window.get_by_label_contains("1 statement speaks of this").click();
    window.run();
    assert_eq!(window.state().view.place().1, "Statements");
    assert_eq!(shown(&window), 1);
    assert!(has(&window, "1 of 6 statements: about Whole-life cost of B."));
}

#[test]
fn a_decision_is_not_signed_over_an_unanswered_statement_without_a_reason() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    assert!(is_to_settle(&window, "one statement has no answer"));
    window.get_by_role_and_label(Role::Link, "See the unanswered").click_accesskit();
    window.run();
    assert_eq!(window.state().view.place().1, "Statements");
    assert_eq!(shown(&window), 1);
    assert!(has(&window, "1 of 6 statements: open."));
    window.state_mut().0.view.go(Room::Decision, "Record");
    window.run();
    fill(&mut window, "Why statements are unanswered", "It is out of this contract’s reach");
    assert_eq!(window.state().workspace().decision.why_unanswered, "It is out of this contract’s reach");
    assert!(!is_to_settle(&window, "no answer"), "it no longer stands among what is to be settled");
}

#[test]
fn what_somebody_said_is_written_down_from_their_card() {
    let mut window = open(shell_at(westmere(), Room::Voices, "Register"));
    click(&mut window, Role::Button, "Add what they said");
    window.run();
    type_text(&mut window, "Ask the wing first.");
    press(&mut window, Key::Enter);
    let said = statement(&window, "Ask the wing");
    let who = said.stakeholder.as_ref().and_then(|id| window.state().workspace().stakeholder(id)).unwrap();
    assert_eq!(who.name, "Head of community safety");
}

#[test]
fn an_empty_page_says_what_belongs_on_it() {
    let window = open(shell_at(Workspace::default(), Room::Voices, "Statements"));
    assert!(has(&window, "Nothing that was said has been written down yet."));
    assert!(has(&window, "Write down what people say in their own words"));
}

#[test]
fn of_hundreds_of_statements_only_those_in_view_are_drawn() {
    let mut workspace = westmere();
    let like = workspace.voices.statements[0].clone();
    workspace.voices.statements =
        (0..400).map(|at| Statement { id: format!("s{at}").as_str().into(), ..like.clone() }).collect();
    let window = open(shell_at(workspace, Room::Voices, "Statements"));
    assert!((5..40).contains(&shown(&window)), "{} drawn", shown(&window));
}

#[test]
fn a_statement_is_kept_out_of_papers_and_the_dialog_says_so() {
    let mut window = statements();
    click_start(&mut window, Role::Button, "Statement 6: ");
    window.get_by_role_and_label(Role::Switch, "Keep statement 6 out of papers").click_accesskit();
    window.run();
    assert!(statement(&window, "Publish").kept_out);
    assert!(has(&window, "in the room · kept out of papers"));
    window.get_by_label_contains("Statement 6: “Publish what the smallest groups get.”");
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Command::SavePaper(Form::Workbook));
    window.run();
    assert!(has(&window, "1 statement is marked to be kept out of papers and stays here."));
    window.key_press(Key::Escape);
    window.run();
    undo(&mut window);
    assert!(!statement(&window, "Publish").kept_out);
}
