//! A threshold against a comparison group, entered and judged in the window.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        reach::{FewerEvents, MeasuredCohort, Threshold},
    },
};

use crate::window::*;

fn peterborough() -> Workspace {
    format::from_text(examples::find("peterborough").unwrap().text, "peterborough").unwrap().workspace
}

fn type_in(window: &mut Driven, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run();
    window.get_by_role_and_label(Role::TextInput, field).type_text(text);
    window.run();
    window.key_press(Key::Enter);
    window.run();
    window.run();
}

fn measured(window: &Driven) -> &[MeasuredCohort] {
    &window.state().workspace().reach.terms[0].measured
}

#[test]
fn a_cohort_is_added_counted_judged_and_taken_out_again() {
    let mut window =
        open_as(shell_at(peterborough(), Room::Reach, "Response"), [1440.0, 2400.0], egui::Theme::Light);
    window.get_by_label_contains("Cohort 1: 8.4 % fewer events (3.3 % to 13.2 % at 95 %)");
    window.get_by_label("Both cohorts: 9 % fewer events; 7.5 % is needed: paid.");
    window.get_by_label("Add a cohort").click();
    window.run();
    window.get_by_label("Cohort 3: nothing was measured of it yet.");
    for (field, text) in
        [("People", "500"), ("Events", "600"), ("Compared", "1,000"), ("Their events", "1,500")]
    {
        type_in(&mut window, &format!("{field}, Cohort 3"), text);
    }
    window.get_by_label_contains(
        "Cohort 3: 20 % fewer events (12.1 % to 27.2 % at 95 %); 10 % is needed: paid.",
    );
    window.get_by_label("Take out Cohort 3").click();
    window.run();
    assert_eq!(measured(&window).len(), 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(measured(&window)[2].events, Some(600.0));
}

#[test]
fn what_is_measured_can_be_asked_why() {
    let mut window = open(shell_at(peterborough(), Room::Reach, "Response"));
    let why: Vec<_> = window.get_all_by_label("Why?").collect();
    why[2].click();
    window.run();
    window.run();
    window.get_by_label_contains("Why is it paid, or not?");
}

#[test]
fn the_terms_of_a_comparison_are_typed_on_the_payment_design() {
    let mut workspace = peterborough();
    workspace.reach.terms[0].threshold = Threshold::Fewer(FewerEvents::than(0.1));
    let mut window = open(shell_at(workspace, Room::Reach, "Payment design"));
    type_in(&mut window, "Fewer events over all cohorts together", "7.5%");
    type_in(&mut window, "Events for each person compared", "1.55");
    let Threshold::Fewer(fewer) = window.state().workspace().reach.terms[0].threshold else {
        panic!("no comparison")
    };
    assert_eq!((fewer.alone, fewer.together, fewer.events_per_person), (0.1, Some(0.075), Some(1.55)));
}
