//! The Reach room, read as assistive technology reads it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod common {
    pub mod window;
}

use common::window::*;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{Room, Workspace, money::Pence},
};

fn work_programme() -> Workspace {
    format::from_text(examples::find("work-programme").unwrap().text, "work-programme").unwrap().workspace
}

/// PG1 is paid £1,200 for a job and £2,210 for keeping it, PG7 £3,500 and £9,620 (the published tariffs).
#[test]
fn what_is_paid_now_is_the_sum_of_the_milestones_as_the_fair_price_is() {
    let window = open(shell_at(work_programme(), Room::Reach, "Prediction"));
    window.get_by_label_contains("PG1 JSA 18–24: £3,410, £");
    window.get_by_label_contains("PG7 ESA ex-IB: £13,120, £");
    window.get_by_label_contains("A price is that of all its milestones together.");
}

#[test]
fn milestones_with_a_chance_of_their_own_have_a_price_too() {
    let mut workspace = work_programme();
    let results =
        workspace.reach.payments.iter_mut().filter(|payment| payment.probability_supported.is_none());
    for payment in results {
        payment.probability_supported = Some(0.2);
        payment.probability_parked = Some(0.1);
    }
    let window = open(shell_at(workspace, Room::Reach, "Prediction"));
    window.get_by_label_contains("PG1 JSA 18–24: £3,410, £");
}

#[test]
fn rates_at_which_prices_would_be_neutral_are_shown_to_a_tenth() {
    let window = open(shell_at(work_programme(), Room::Reach, "Prediction"));
    window.get_by_label_contains("When the prices would be neutral");
    for row in ["PG6 new ESA: ", "PG7 ESA ex-IB: "] {
        let rate = if row.contains("PG6") { ", 21.0 %" } else { ", 9.5 %" };
        let told = window
            .get_all_by_label_contains(row)
            .any(|node| node.accesskit_node().label().is_some_and(|label| label.ends_with(rate)));
        assert!(told, "{row} {rate}");
    }
}

#[test]
fn the_gain_that_changes_a_providers_mind_is_changed_where_payment_is_designed() {
    let mut window = open(shell_at(work_programme(), Room::Reach, "Payment design"));
    let name = "Gain at which a provider’s mind begins to change";
    let type_in = |window: &mut Driven, text: &str| {
        window.get_by_role_and_label(Role::TextInput, name).focus();
        window.run();
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        window.event(egui::Event::Text(text.to_owned()));
        window.key_press(egui::Key::Enter);
        window.run();
    };
    type_in(&mut window, "£400");
    assert_eq!(window.state().workspace().reach.response_scale, Pence(40_000));
    type_in(&mut window, "nothing");
    assert_eq!(window.state().workspace().reach.response_scale, Pence(40_000));
    window.get_by_label_contains("“nothing” is not a sum above £0");
}
