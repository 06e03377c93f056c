//! The Weights page, driven as a person would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod common {
    pub mod window;
}

use common::window::*;
use egui::{Key, Modifiers, PointerButton, Pos2, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        balance::{Scale, WeightsFrom},
    },
};

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

fn weights() -> Driven {
    open(shell_at(westmere(), Room::Balance, "Weights"))
}

fn swing(window: &Driven, factor: &str) -> Option<f64> {
    let factors = &window.state().workspace().balance.factors;
    factors.iter().find(|f| f.name.starts_with(factor)).unwrap().swing
}

fn bar<'a>(window: &'a Driven, factor: &str) -> egui_kittest::Node<'a> {
    let name = format!("Swing points of {factor}");
    window.get_by(move |node| node.role() == Role::Slider && node.label().as_deref() == Some(name.as_str()))
}

/// Where so many points of 100 lie on a bar.
fn at_points(window: &Driven, factor: &str, points: f32) -> Pos2 {
    let rect = bar(window, factor).rect().shrink2(egui::vec2(8.0, 0.0));
    egui::pos2(rect.left() + rect.width() * points / 100.0, rect.top() + 13.0)
}

fn pointer(window: &mut Driven, at: Pos2, pressed: Option<bool>) {
    window.event(egui::Event::PointerMoved(at));
    if let Some(pressed) = pressed {
        let button = PointerButton::Primary;
        window.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
    }
    window.run();
}

fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

fn undo(window: &mut Driven) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
}

/// The words of the standing line that name the leader's total.
fn standing(window: &Driven) -> String {
    let names: Vec<String> = window
        .query_all_by_role(Role::Link)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains("leads with"))
        .collect();
    names.join(" ")
}

fn undo_label(window: &mut Driven) -> Option<String> {
    window.state_mut().session().history().undo_label().map(str::to_owned)
}

#[test]
fn the_swings_are_said_with_their_real_ends_and_their_weights() {
    let window = weights();
    window.get_by_label("Whole-life cost, from £13m to £6m over five years");
    window.get_by_label("Reach to all need groups, from 30 % to 90 % served");
    window.get_by_label("Weight of Whole-life cost: 11.6 %");
    window.get_by_label("Commercial: 290 points, 42.0 % of the weight");
    window.get_by_label_contains("Reach and reoffending carry the largest swings.");
    window.get_by_label_contains("£1m of whole-life cost");
}

#[test]
fn a_drag_is_one_step_that_undo_takes_back() {
    let mut window = weights();
    let (from, to) =
        (at_points(&window, "Whole-life cost", 80.0), at_points(&window, "Whole-life cost", 40.0));
    pointer(&mut window, from, Some(true));
    for share in [0.2, 0.4, 0.6, 0.8, 1.0] {
        pointer(&mut window, from + (to - from) * share, None);
    }
    pointer(&mut window, to, Some(false));
    let points = swing(&window, "Whole-life").unwrap();
    assert!((points - 40.0).abs() <= 1.0, "{points}");
    assert_eq!(undo_label(&mut window).as_deref(), Some("Lower weight of Whole-life cost"));
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
    assert_eq!(undo_label(&mut window), None);
}

#[test]
fn keys_change_points_by_one_and_five_and_are_one_step_until_the_bar_is_left() {
    let mut window = weights();
    bar(&window, "Price certainty").focus();
    window.run();
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::PageUp);
    assert_eq!(swing(&window, "Price"), Some(46.0));
    press(&mut window, Key::ArrowDown);
    assert_eq!(swing(&window, "Price"), Some(45.0));
    assert_eq!(bar(&window, "Price certainty").accesskit_node().numeric_value(), Some(45.0));
    // The row has not moved away under the keyboard.
    assert!(bar(&window, "Price certainty").is_focused());
    bar(&window, "Market capacity").focus();
    window.run();
    press(&mut window, Key::ArrowUp);
    assert_eq!(undo_label(&mut window).as_deref(), Some("Raise weight of Market capacity"));
    undo(&mut window);
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn raising_a_commercial_weight_moves_the_standing_line_in_the_same_frame() {
    let mut window = weights();
    assert_eq!(standing(&window), "Local partnership leads with 67");
    let pos = at_points(&window, "Whole-life cost", 100.0);
    window.event(egui::Event::PointerMoved(pos));
    window.run();
    let button = PointerButton::Primary;
    window.event(egui::Event::PointerButton { pos, button, pressed: true, modifiers: Modifiers::NONE });
    // One event, one frame.
    window.step();
    assert_eq!(swing(&window, "Whole-life"), Some(100.0));
    assert_eq!(standing(&window), "Local partnership leads with 66");
    pointer(&mut window, pos, Some(false));
    undo(&mut window);
    assert_eq!(standing(&window), "Local partnership leads with 67");
}

#[test]
fn points_are_typed_and_what_is_no_number_is_refused() {
    let mut window = weights();
    window.get_by_label("Points of Whole-life cost: 80").click();
    window.run();
    let type_over = |window: &mut Driven, text: &str| {
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.run();
        window.event(egui::Event::Text(text.to_owned()));
        window.run();
        press(window, Key::Enter);
    };
    type_over(&mut window, "120");
    assert_eq!(swing(&window, "Whole-life"), Some(120.0));
    window.get_by_role_and_label(Role::TextInput, "Points of Whole-life cost").focus();
    window.run();
    type_over(&mut window, "a lot");
    window.get_by_label_contains("“a lot” cannot be the points of whole-life cost");
    assert_eq!(swing(&window, "Whole-life"), Some(120.0));
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn without_points_the_weights_are_even_and_the_page_says_so() {
    let mut workspace = westmere();
    workspace.voices.ballots.clear();
    for factor in &mut workspace.balance.factors {
        (factor.swing, factor.swing_range) = (None, None);
    }
    let mut window = open(shell_at(workspace, Room::Balance, "Weights"));
    window.get_by_label_contains("Even weights until somebody gives points.");
    window.get_by_label("Weight of Whole-life cost: 8.3 %");
    bar(&window, "Whole-life cost").focus();
    window.run();
    press(&mut window, Key::PageUp);
    assert_eq!(swing(&window, "Whole-life"), Some(5.0));
}

#[test]
fn weights_come_from_stated_points_or_from_ballots() {
    let mut workspace = westmere();
    workspace.balance.factors[0].swing = Some(10.0);
    let mut window = open(shell_at(workspace, Room::Balance, "Weights"));
    window.get_by_label("Weights from ballots").click();
    window.run();
    assert_eq!(window.state().workspace().balance.weights_from, WeightsFrom::Ballots);
    window.get_by_label("Weight of Reach to all need groups: 13.0 %");
    // Changing one weight takes the ballots over as stated points, in one step.
    bar(&window, "Cost of change").focus();
    window.run();
    press(&mut window, Key::ArrowUp);
    let balance = &window.state().workspace().balance;
    assert_eq!(balance.weights_from, WeightsFrom::Swings);
    assert_eq!((balance.factors[0].swing, balance.factors[11].swing), (Some(90.0), Some(26.0)));
    undo(&mut window);
    assert_eq!(window.state().workspace().balance.weights_from, WeightsFrom::Ballots);
    undo(&mut window);
    window.get_by_label("Take the ballots’ median").click();
    window.run();
    assert_eq!(swing(&window, "Reach"), Some(90.0));
    assert_eq!(undo_label(&mut window).as_deref(), Some("Take the ballots’ median"));
}

#[test]
fn a_range_that_changed_offers_points_in_proportion() {
    let mut workspace = westmere();
    let cost = workspace.balance.factors.iter_mut().find(|f| f.name == "Whole-life cost").unwrap();
    cost.swing_range = Some((12.0, 6.0));
    let mut window = open(shell_at(workspace, Room::Balance, "Weights"));
    window.get_by_label("The range changed after weighting");
    window.get_by_label("Take 93").click();
    window.run();
    assert_eq!(swing(&window, "Whole-life"), Some(93.0));
    assert!(window.query_by_label("The range changed after weighting").is_none());
    undo(&mut window);
    window.get_by_label("Keep 80").click();
    window.run();
    assert_eq!(swing(&window, "Whole-life"), Some(80.0));
    assert!(window.query_by_label("The range changed after weighting").is_none());
}

#[test]
fn a_factor_without_two_ends_leads_to_where_its_scale_is_set() {
    let mut workspace = westmere();
    let better = evenhand::model::balance::Better::Higher;
    workspace.balance.factors[0].scale = Scale::Local { better };
    let id = workspace.balance.factors[0].id.clone();
    workspace.balance.scores.retain(|s| s.factor != id);
    let mut window = open(shell_at(workspace, Room::Balance, "Weights"));
    window.get_by_label("Set its range first").click();
    window.run();
    assert_eq!(window.state().view.page(Room::Balance), "Scores");
    assert!(window.query_by_role_and_label(Role::TextInput, "Name").is_some());
}

#[test]
fn without_factors_the_page_leads_to_scores() {
    let mut window = open(shell_at(Workspace::default(), Room::Balance, "Weights"));
    window.get_by_label("Nothing to weigh yet");
    window.get_by_label("Add factors on Scores").click();
    window.run();
    assert_eq!(window.state().view.page(Room::Balance), "Scores");
}
