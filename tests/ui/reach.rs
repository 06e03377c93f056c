//! The Reach room, read as assistive technology reads it.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{Room, Workspace, money::Pence},
};

use crate::window::*;

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

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
    // The tariff is said as a sum of both results, and in proportion of each: 5,900 → 8,212 is 1,200 → 1,670.
    let window = open(shell_at(work_programme(), Room::Reach, "Payment design"));
    window.get_by_label_contains(
        "PG6 new ESA: parking pays more than supporting until the two results bring £8,212 together instead of £5,900; \
         in proportion £1,670 for Job outcome and £6,542 for Staying in work, all payments.",
    );
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

const DIAL: &str = "Gain at which a provider’s mind begins to change";

fn scale(window: &Driven) -> Pence {
    window.state().workspace().reach.response_scale
}

#[test]
fn the_dial_of_the_response_is_turned_by_keys_and_goes_home_and_is_one_step() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Response"));
    window.get_by_label(
        "39 % would be supported where the dial stands. However sharply the provider follows the money, A leaves out 259 to 513 people a year.",
    );
    window.get_by_role_and_label(Role::Slider, DIAL).focus();
    window.run();
    for _ in 0..3 {
        window.key_press(egui::Key::ArrowRight);
        window.run();
    }
    assert_eq!(scale(&window), Pence(75_000));
    window.key_press(egui::Key::ArrowLeft);
    window.run();
    assert_eq!(scale(&window), Pence(70_000));
    window.get_by_label_contains("Short-sentence prolific: 15 % supported at £700");
    window.key_press(egui::Key::Home);
    window.run();
    assert_eq!(scale(&window), Pence(60_000));
    window.key_press(egui::Key::ArrowLeft);
    window.run();
    window.state_mut().session().undo();
    window.run();
    assert_eq!(scale(&window), Pence(60_000));
}

#[test]
fn the_response_says_what_a_threshold_would_do_and_what_rests_on_the_forecast() {
    let window = open(shell_at(westmere(), Room::Reach, "Response"));
    window.get_by_label_contains("Chance of payment past 3 points; at no effect 6 %");
    window.get_by_label_contains("Short-sentence prolific: forecast 42 %, parks under always as paid, 41 % at the fair price; fair price holds down to 1.0 points below");
    window.get_by_label_contains("Young adults 18–24: forecast 57 %, parks under 81 % as paid, 54 %");
    window.get_by_label("The fair price holds down to 0.8 points below the forecast. Two points below, it parks three groups again.");
    window.get_by_label("People left out over the dial: 259 to 513");
}

#[test]
fn money_that_says_nothing_is_said_to() {
    let mut workspace = westmere();
    workspace.reach.payments.clear();
    let window = open(shell_at(workspace, Room::Reach, "Response"));
    window.get_by_label("Money says nothing here.");
}

#[test]
fn a_form_fills_every_term_in_one_step() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Payment design"));
    let before = window.state().workspace().clone();
    window.get_by_label_contains(
        "One flat tariff: The same price for everyone; pays to park five, £1.4m a year",
    );
    window.get_by_label_contains("Equal margins: The same margin: a trap; pays to park six");
    window.get_by_label_contains("Park-proof prices: Supporting beats parking; parks none").click();
    window.run();
    window.get_by_label_contains("Everybody is worth supporting.");
    window.state_mut().session().undo();
    window.run();
    assert!(window.state().workspace() == &before);
}

#[test]
fn under_one_price_a_cell_changes_the_column_and_the_panel_follows_each_key() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Payment design"));
    window.get_by_label_contains("Women with dependants: supporting earns −£800 more than parking");
    let name = "Price of Not reconvicted in a year for Women with dependants";
    window.get_by_role_and_label(Role::TextInput, name).focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.event(egui::Event::Text("£4,000".to_owned()));
    window.run();
    window.run();
    // 70 in 100 succeed: £2,800 less the £1,780 that supporting costs over parking.
    window.get_by_label_contains("Women with dependants: supporting earns +£1,020 more than parking");
    window.get_by_label_contains("Low-risk first sentence: supporting earns +£2,960 more than parking");
    // So does the rest of the page: the sentence, and which form it is.
    window.get_by_label_contains("Supporting earns more than parking in three of six groups.");
    window.key_press(egui::Key::Enter);
    window.run();
    let paid = window
        .state()
        .workspace()
        .reach
        .payments
        .iter()
        .filter(|p| p.option.as_str().starts_with("national"));
    assert!(paid.filter(|p| p.milestone == "Not reconvicted in a year").all(|p| p.price == Pence(400_000)));
    window.state_mut().session().undo();
    window.run();
    assert!(window.state().workspace() == &westmere(), "all of the typing is one step");
}

fn type_over(window: &mut Driven, name: &str, keys: &[&str]) {
    window.get_by_role_and_label(Role::TextInput, name).focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    for key in keys {
        window.event(egui::Event::Text((*key).to_owned()));
        window.run();
    }
    window.run();
}

#[test]
fn a_tariff_typed_beside_the_prediction_is_followed_by_it_and_esc_puts_it_back() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Prediction"));
    let before = window.state().workspace().clone();
    window.get_by_label_contains("Women with dependants: £1,400, £2,200");
    type_over(&mut window, "Price now for Women with dependants", &["£", "4", "0", "0", "0"]);
    // 70 % of £4,000 and the start fee of £450, less £1,900.
    window.get_by_label_contains("Women with dependants: supporting earns +£1,350");
    window.get_by_label_contains("It pays to park people in 4 of 6 groups.");
    window.key_press(egui::Key::Escape);
    window.run();
    window.run();
    assert!(window.state().workspace() == &before);
    assert_eq!(window.state_mut().session().history().undo_label(), None);
    window.get_by_label_contains("Women with dependants: supporting earns −£470");
    // What cannot be read counts for nothing, on the way and when it is left.
    type_over(&mut window, "Price now for Women with dependants", &["4", "x"]);
    assert!(window.state().workspace() == &before);
    window.key_press(egui::Key::Enter);
    window.run();
    assert!(window.state().workspace() == &before);
}

#[test]
fn a_term_counts_while_it_is_typed() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Payment design"));
    type_over(&mut window, "Supported whatever the money says", &["6", "0", " %"]);
    // A is at no high risk any more, and stays in view. 0.6 + 0.35/(1 + exp(2,192/600)) = 60.9 %.
    window.get_by_label_contains(
        "Short-sentence prolific: supporting earns −£2,192 more than parking, 61 % supported",
    );
    window.key_press(egui::Key::Enter);
    window.run();
    window.state_mut().session().undo();
    window.run();
    assert!(window.state().workspace() == &westmere());
}

#[test]
fn what_is_missing_is_said_once_and_leads_to_where_it_is_filled_in() {
    let mut workspace = westmere();
    for group in &mut workspace.question.need_groups[..2] {
        group.cost_parked = None;
    }
    for page in ["Prediction", "Payment design", "Response"] {
        let mut window = open(shell_at(workspace.clone(), Room::Reach, page));
        window.get_by_label("Short-sentence prolific: cost of minimal contact.");
        window.get_by_label("Cannot be judged yet");
        window.get_by_label_contains(
            "Anything from low to high by its signs. Judged, not computed: one of nine signs is there.",
        );
        window.get_by_label_contains(
            "2 figures of Short-sentence prolific and Substance misuse, no home are missing.",
        );
        window.get_by_label("Need groups").click();
        window.run();
        window.run();
        assert_eq!(window.state().view.room(), Some(Room::Question));
    }
}

#[test]
fn rates_bid_and_observed_and_what_is_passed_on_are_said_in_words() {
    let mut workspace = work_programme();
    let terms = &mut workspace.reach.terms[0];
    terms.passed_on = Some(0.8);
    let mut window = open(shell_at(workspace, Room::Reach, "Payment design"));
    window.get_by_label_contains(
        "80 % of each payment is passed on: £2.8m of £3.5m a year reaches those who deliver.",
    );
    type_over(&mut window, "Observed rate for PG6 new ESA", &["1", "8", " %"]);
    window.key_press(egui::Key::Enter);
    window.run();
    window.run();
    window.get_by_label("PG6 new ESA: observed 18 %, below the 21.0 % at which it pays to park.");
    assert_eq!(
        window.state().workspace().reach.terms[0].rate_observed.values().copied().collect::<Vec<_>>(),
        [0.18]
    );
}

#[test]
fn limits_of_the_cheapest_prices_have_names_and_a_grouping_says_what_it_lacks() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Prediction"));
    window.get_by_label("All ways to fix it").click();
    window.run();
    window.run();
    window.get_by_label_contains("Cheapest prices: pays to park none").click();
    window.run();
    window.get_by_label_contains("The park-proof price to the penny: £50 more than parking");
    window.get_by_role_and_label(Role::TextInput, "Least price for Women with dependants");
    window.get_by_label_contains("Better grouping: cannot be computed").click();
    window.run();
    window.get_by_label_contains("Fill in “Spread of success inside” of a need group");
    let mut workspace = westmere();
    workspace.question.need_groups[0].outcome_spread = Some(0.12);
    let mut window = open(shell_at(workspace, Room::Reach, "Prediction"));
    window.get_by_label("All ways to fix it").click();
    window.run();
    window.run();
    window.get_by_label_contains("Better grouping: pays to park none").click();
    window.run();
    // 2,830/(0.42 ∓ 0.12 × 0.79788), up to whole £50.
    window.get_by_label_contains("Harder half: 32.4 %, £8,750");
    window.get_by_label_contains("Easier half: 51.6 %, £5,500");
    window.get_by_label_contains("No spread is stated of Substance misuse, no home");
}

#[test]
fn fair_prices_become_an_option_of_their_own_in_one_step_and_stand_in_the_balance() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Prediction"));
    let before = window.state().workspace().clone();
    window.get_by_label_contains("Start fee on completion: –, £300");
    window.get_by_label("Apply to a copy of A").click();
    window.run();
    window.state_mut().session().finish_jobs();
    window.run();
    let options = &window.state().workspace().question.options;
    assert_eq!((options.len(), options[1].badge.as_str()), (6, "A2"));
    let id = options[1].id.clone();
    let scores = |w: &Workspace, id: &evenhand::model::ids::OptionId| {
        w.balance.scores.iter().filter(|score| score.option == *id).count()
    };
    assert_eq!(scores(window.state().workspace(), &id), scores(&before, &before.question.options[0].id));
    window.state_mut().session().undo();
    window.run();
    assert!(window.state().workspace() == &before);
}

#[test]
fn the_ways_to_fix_it_stand_side_by_side_with_a_warning_on_the_trap() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Prediction"));
    window.get_by_label("All ways to fix it").click();
    window.run();
    window.run();
    window.get_by_label_contains("Park-proof prices: pays to park none");
    window.get_by_label_contains("Slope, not cliff: does not apply");
    window.get_by_label_contains("Equal margins: pays to park six").click();
    window.run();
    window.get_by_label_contains("Equal margins are a trap");
    window.get_by_label("Back").click();
    window.run();
    window.run();
    window.get_by_label_contains("National prime contract: 39 % would be supported; 433 people a year are left out against an equal share.");
}

#[test]
fn a_budget_that_is_too_small_is_named() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Prediction"));
    window.get_by_label("All ways to fix it").click();
    window.run();
    window.run();
    window.get_by_label_contains("Cheapest prices: pays to park none").click();
    window.run();
    window.get_by_role_and_label(Role::TextInput, "Budget a year for the cheapest prices").focus();
    window.run();
    window.event(egui::Event::Text("£1,000,000".to_owned()));
    window.key_press(egui::Key::Enter);
    window.run();
    window.run();
    window.get_by_label_contains("The budget binds: the cheapest prices that park nobody cost");
}

#[test]
fn every_rule_opens_with_its_figures_and_its_source() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Prediction"));
    window.get_by_label("All rules, figures and sources").click();
    window.run();
    window.get_by_label_contains("Source: The four-fifths rule of adverse impact");
    window.get_by_label_contains("Not met · gives high.");
}

#[test]
fn costs_prices_and_what_parks_stay_in_sight_however_long_the_names_are() {
    let mut workspace = work_programme();
    let like = workspace.question.need_groups[0].clone();
    for n in workspace.question.need_groups.len()..14 {
        let mut group = like.clone();
        group.id = evenhand::model::ids::NeedGroupId::from(format!("long-{n}").as_str());
        group.name = format!("People long out of work with need number {n}");
        group.short.clear();
        workspace.question.need_groups.push(group);
    }
    for size in [USUAL, SMALL] {
        let window =
            open_as(shell_at(workspace.clone(), Room::Reach, "Payment design"), size, egui::Theme::Light);
        let beside = window.get_by_label("Fix the prices").rect().left();
        let mut last = 0.0;
        for heading in ["Need group", "costs", "succeed", "Attachment", "Job outcome", "parks under"] {
            // The milestones stand once more below the table, each with its chances.
            let place = window.get_all_by_label(heading).next().unwrap().rect();
            assert!(place.left() >= last && place.right() < beside, "{heading} at {place:?} in {size:?}");
            last = place.right();
        }
    }
}

#[test]
fn a_design_that_parks_everybody_pays_to_support_nobody_and_says_first_how_few_are_supported() {
    let mut workspace = westmere();
    for payment in &mut workspace.reach.payments {
        payment.price = Pence(100);
    }
    let window = open(shell_at(workspace.clone(), Room::Reach, "Payment design"));
    window.get_by_label("It pays to support nobody. Parking earns more than supporting in every group.");
    let window = open(shell_at(workspace.clone(), Room::Reach, "Prediction"));
    window.get_by_label_contains(" % would be supported; ");
    let window = open(shell_at(workspace, Room::Reach, "Response"));
    window.get_by_label_contains(" % would be supported where the dial stands. However sharply");
}

#[test]
fn a_copy_is_looked_at_at_once_and_what_was_said_of_it_goes_with_it() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Prediction"));
    window.get_by_label("All ways to fix it").click();
    window.run();
    window.run();
    window.get_by_label("Apply to a copy of A").click();
    window.run();
    window.run();
    assert!(window.query_by_label("Ways to fix it").is_none() && window.query_by_label("Back").is_none());
    window.get_by_label("Fix the design");
    let told = "Look at its scores again: they are A’s.";
    window.get_by_label_contains(told);
    let workspace = window.state().workspace();
    let id = &workspace.question.options[1].id;
    assert!(workspace.balance.scores.iter().any(|score| score.option == *id && score.provisional));
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    window.run();
    window.run();
    window.get_by_label_contains("Undone: ");
    assert!(window.query_by_label_contains(told).is_none());
}

#[test]
fn the_ways_take_the_keyboard_and_esc_gives_it_back() {
    let mut window = open(shell_at(westmere(), Room::Reach, "Payment design"));
    window.get_by_label("Fix the prices").focus();
    window.run();
    window.key_press(egui::Key::Enter);
    window.run();
    window.run();
    let way = window.get_by_label_contains("Fee on completion: pays to park none");
    assert!(way.is_focused());
    window.key_press(egui::Key::Escape);
    window.run();
    window.run();
    assert!(window.get_by_label("Fix the prices").is_focused());
}
