//! The History page driven by its labels.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{Room, Workspace, balance::ScoreLevel},
    ui::view::Screen,
};
use jiff::{Zoned, tz::TimeZone};

use crate::window::*;

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

/// The page after three steps: a title, a score and a place.
fn page() -> Driven {
    let mut shell = shell_at(westmere(), Room::Decision, "History");
    let now = Zoned::now().with_time_zone(TimeZone::UTC);
    shell.view.decision.history.clock = Some(now);
    let session = shell.session.as_mut().unwrap();
    session.works_as("Priya");
    session.edit("Rename the question", Room::Question, None, |w| w.title = "Another".to_owned()).unwrap();
    let fed: Vec<_> = session.workspace().reach.feeds.iter().map(|feed| feed.factor.clone()).collect();
    let own = |s: &evenhand::model::balance::Score| {
        !fed.contains(&s.factor) && matches!(s.level, ScoreLevel::Point(_) | ScoreLevel::Range { .. })
    };
    let at = session.workspace().balance.scores.iter().position(own).unwrap();
    session.works_as("Tom");
    session
        .edit("Score set", Room::Balance, None, |w| w.balance.scores[at].level = ScoreLevel::Point(41.0))
        .unwrap();
    session.works_as("Priya");
    session.edit("Place moved", Room::Question, None, |w| w.question.place = "Northbank".to_owned()).unwrap();
    session.finish_jobs();
    open(shell)
}

#[test]
fn nothing_has_changed_yet() {
    let window = open(shell_at(westmere(), Room::Decision, "History"));
    assert!(window.query_by_label("Nothing has changed yet.").is_some());
}

#[test]
fn steps_are_listed_and_counted_newest_first() {
    let window = page();
    assert!(window.query_by_label_contains("Three changes in one day; none moved the lead.").is_some());
    let rows: Vec<String> =
        window.get_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label()).collect();
    assert!(rows[0].contains("Priya: The place") && rows[0].contains("Northbank"), "{rows:?}");
    assert!(rows[1].contains("Tom: "), "{rows:?}");
    assert!(rows[2].contains("Priya: Title"), "{rows:?}");
}

#[test]
fn filters_combine_and_are_said() {
    let mut window = page();
    window.get_by_label("Moved the answer").click();
    window.run();
    assert!(window.query_by_label_contains("One change that moved the answer in one day").is_some());
    window.get_by_label("All").click();
    window.run();
    window.state_mut().view.decision.history.look_for("northbank");
    window.run();
    assert!(window.query_by_label_contains("One change with “northbank” in one day").is_some());
}

#[test]
fn the_keyboard_walks_the_steps_and_goes_to_the_place() {
    let mut window = page();
    window.get_by_role_and_label(Role::Table, "History, 3 steps").focus();
    window.run();
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().view.place(), (Screen::Room(Room::Balance), "Scores"));
}

#[test]
fn one_step_is_undone_alone_from_its_card() {
    let mut window = page();
    window.get_by_role_and_label(Role::Table, "History, 3 steps").focus();
    window.run();
    window.key_press(Key::End);
    window.run();
    window.get_by_label("Undo only this").click();
    window.run();
    assert_eq!(window.state().workspace().title, westmere().title);
    assert_eq!(window.state().workspace().question.place, "Northbank");
    window.state_mut().session().finish_jobs();
    window.run();
    assert!(window.query_by_label("It has been undone already.").is_some());
}

#[test]
fn a_note_is_written_at_a_step() {
    let mut window = page();
    window.get_by_label("Write a note").click();
    window.run();
    window.get_by_label("Note").focus();
    window.run();
    window.get_by_label("Note").type_text("As the ward said");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state_mut().session().trail().lines()[2].note(), "As the ward said");
    assert!(window.query_by_label("“As the ward said”").is_some());
}

#[test]
fn hundreds_of_steps_are_shown_by_the_hundred_and_only_those_in_view_are_drawn() {
    let mut shell = shell_at(westmere(), Room::Decision, "History");
    let session = shell.session.as_mut().unwrap();
    for number in 0..250 {
        session
            .edit(format!("Step {number}"), Room::Question, None, |w| w.title = number.to_string())
            .unwrap();
    }
    session.finish_jobs();
    let mut window = open(shell);
    assert!(window.get_all_by_role(Role::Row).count() < 40);
    assert!(window.query_by_label_contains("100 of 250 steps").is_some());
    window.get_by_label("Older").click();
    window.run();
    assert!(window.query_by_label_contains("200 of 250 steps").is_some());
}

#[test]
fn it_is_drawn_at_every_size_and_in_both_themes() {
    // In the low one the card of the step is taller than the page.
    for size in [USUAL, SMALL, LARGE_TEXT, [1280.0, 420.0]] {
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            let shell = page().state_mut().0.session.take().map(evenhand::ui::shell::Shell::with_session);
            let mut shell = shell.unwrap();
            shell.view.go(Room::Decision, "History");
            let window = open_as(shell, size, theme);
            assert!(window.query_by_label("Undo only this").is_some(), "{size:?}");
        }
    }
}

#[test]
fn the_line_of_a_signing_says_who_signed_and_when() {
    let mut shell = shell_at(westmere(), Room::Decision, "History");
    let session = shell.session.as_mut().unwrap();
    session.finish_jobs();
    let copy = session.freeze("As signed", "Ann Cook", jiff::civil::date(2026, 3, 9).at(14, 0, 0, 0));
    session
        .edit("Sign the record as Ann Cook", Room::Decision, None, |w| {
            evenhand::session::edits::decision::sign(
                &mut w.decision,
                copy,
                ("Ann Cook", "Head of Kitchens"),
                (&[], ""),
            );
        })
        .unwrap();
    session.finish_jobs();
    let window = open(shell);
    let rows: Vec<String> =
        window.get_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label()).collect();
    assert!(rows[0].contains("Signed by Ann Cook on 9 March 2026"), "{rows:?}");
    assert!(!rows[0].contains("2 changes"), "{rows:?}");
}
