//! Factors on the Scores page: their curves and levels, their groups and their order.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use evenhand::model::{
    Room,
    balance::{Scale, ScoreLevel, Side},
};

use crate::{scores_support::*, window::*};

#[test]
fn a_point_of_the_curve_is_moved_by_keyboard_as_one_step() {
    let mut window = scores();
    let name = |value: u32| format!("Point 2 of 4: 50 % is worth {value}");
    window.get_by_label(&name(26)).focus();
    window.run();
    for _ in 0..4 {
        press(&mut window, Key::ArrowUp);
    }
    window.get_by_label(&name(30));
    press(&mut window, Key::PageDown);
    press(&mut window, Key::ArrowRight);
    assert_eq!(scale(&window), points(&[(30.0, 0.0), (51.0, 25.0), (70.0, 72.0), (90.0, 100.0)]));
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn a_point_of_the_curve_is_dragged_as_one_step_and_the_totals_follow() {
    let mut window = scores();
    let handle = |window: &Driven| window.get_by_label_contains("Point 2 of 4").rect().center();
    let from = handle(&window);
    let up = |window: &Driven| window.get_by_label_contains("Point 3 of 4").rect().center().y - from.y;
    let to = from + egui::vec2(0.0, up(&window));
    window.drag_at(from);
    window.run();
    window.hover_at(to);
    window.run();
    // Seen at once, the standing line with it: A at 39 % was worth 12.
    assert_ne!(window.state().workspace(), &westmere());
    window.get_by_label_contains("Reach to all need groups, National prime contract: 39 %, 30–51, worth 32");
    window.drop_at(to);
    window.run();
    assert_eq!(scale(&window), points(&[(30.0, 0.0), (50.0, 72.0), (70.0, 72.0), (90.0, 100.0)]));
    assert_eq!(
        undo_label(&mut window).as_deref(),
        Some("Move a point of the curve of Reach to all need groups")
    );
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn answers_to_which_is_worth_more_find_the_middle_of_a_step() {
    let mut window = scores();
    select(&mut window, "Whole-life cost, Local partnership");
    window.get_by_label("Edit curve").click();
    window.run();
    let cost = |window: &Driven| {
        let factors = &window.state().workspace().balance.factors;
        factors.iter().find(|f| f.name == "Whole-life cost").unwrap().scale.clone()
    };
    let before = cost(&window);
    assert_eq!(before, Scale::Linear { worst: 13.0, best: 6.0 });
    window.get_by_label_contains("Ask where half of it is reached").click_accesskit();
    window.run();
    // Half-way from 13 to 6; whoever finds the first £3.5m worth more is asked for less.
    window.get_by_label("£13m to £9.5m").click_accesskit();
    window.run();
    window.get_by_label_contains("Question 2. 50 points are reached between £9.5m and £13m.");
    window.get_by_label("Both the same").click_accesskit();
    window.run();
    let Scale::Points(points) = cost(&window) else { panic!("a curve") };
    assert_eq!(points, [(6.0, 100.0), (11.25, 50.0), (13.0, 0.0)]);
    undo(&mut window);
    assert_eq!(cost(&window), before);
}

#[test]
fn a_factor_goes_over_to_the_other_side_and_into_a_group_by_keyboard() {
    let mut window = scores();
    select(&mut window, "Fit with local need, National prime contract");
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.run();
    let factor = |window: &Driven| {
        let factors = &window.state().workspace().balance.factors;
        factors.iter().find(|f| f.name == "Fit with local need").unwrap().clone()
    };
    assert_eq!(factor(&window).side, Side::Commercial);
    let label = undo_label(&mut window);
    assert_eq!(label.as_deref(), Some("Move Fit with local need to the commercial side"));
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn a_group_has_its_totals_folds_and_is_renamed() {
    let mut workspace = westmere();
    for factor in &mut workspace.balance.factors[0..2] {
        factor.group = "Lives".to_owned();
    }
    let mut window = open(shell_at(workspace, Room::Balance, "Scores"));
    // B: reach worth 72, reoffending 86, both with a swing of 90.
    window.get_by_label("Lives total of Local partnership: 79");
    window.get_by_label("Rename group Lives").click();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    type_text(&mut window, "People");
    press(&mut window, Key::Enter);
    assert_eq!(undo_label(&mut window).as_deref(), Some("Rename group Lives to People"));
    window.get_by_label("Group People, 2 factors, shown").click();
    window.run();
    assert!(window.query_by_label("Factor Reduction in reoffending").is_none());
    window.get_by_label("People total of Local partnership: 79");
}

#[test]
fn a_factor_is_dragged_to_another_place() {
    let mut window = scores();
    let centre = |window: &Driven, name: &str| window.get_by_label(name).rect().center();
    let from = centre(&window, "Factor Fit with local need");
    let to = centre(&window, "Factor Reach to all need groups") - egui::vec2(0.0, 12.0);
    window.drag_at(from);
    window.run();
    window.hover_at(to);
    window.step();
    window.drop_at(to);
    window.run();
    assert_eq!(window.state().workspace().balance.factors[0].name, "Fit with local need");
    assert_eq!(undo_label(&mut window).as_deref(), Some("Move Fit with local need up"));
}

#[test]
fn levels_are_renamed_with_the_scores_that_name_them_added_and_put_in_order() {
    let mut workspace = westmere();
    let named = |name: &str, value| evenhand::model::balance::NamedLevel { name: name.into(), value };
    workspace.balance.factors[0].scale = Scale::Levels(vec![named("nobody", 0.0), named("everybody", 100.0)]);
    let id = workspace.balance.factors[0].id.clone();
    workspace.balance.scores.retain(|score| score.factor != id);
    let mut window = open(shell_at(workspace, Room::Balance, "Scores"));
    select(&mut window, "Reach to all need groups, Local partnership");
    type_text(&mut window, "everybody");
    press(&mut window, Key::Enter);
    window.get_by_label("Factor Reach to all need groups").click();
    window.run();
    fill(&mut window, "Name of level 2", "all");
    assert_eq!(level(&window, "Reach", "Local"), ScoreLevel::Level("all".to_owned()));
    window.get_by_label("Add a level").click();
    window.run();
    fill(&mut window, "Value of level 3", "40");
    window.get_by_label("Level level 3 up").click();
    window.run();
    let scale = scale(&window);
    assert_eq!(scale, Scale::Levels(vec![named("nobody", 0.0), named("level 3", 40.0), named("all", 100.0)]));
    assert_eq!(level(&window, "Reach", "Local"), ScoreLevel::Level("all".to_owned()));
    fill(&mut window, "Name of level 1", "all");
    window.get_by_label_contains("a name that no other level has");
}

#[test]
fn a_scale_of_the_options_says_what_leaving_one_out_would_do() {
    let mut workspace = westmere();
    workspace.balance.factors[0].scale = Scale::Local { better: evenhand::model::balance::Better::Higher };
    let mut window = open(shell_at(workspace, Room::Balance, "Scores"));
    window.get_by_label("Factor Reach to all need groups").click();
    window.run();
    window.get_by_label("B leads whichever of the others is left out.");
    window.get_by_label("Without A: B still leads.");
}

#[test]
fn a_figure_of_a_scale_that_cannot_be_read_is_refused_in_its_place() {
    let mut window = scores();
    window.get_by_label("Edit curve").click();
    window.run();
    fill(&mut window, "Value of point 2", "120");
    window.get_by_label_contains("“120” cannot stand here. Expected: a value from 0 to 100");
    fill(&mut window, "Score of point 2", "70");
    window.get_by_label_contains("a score that no other point stands at");
    assert_eq!(undo_label(&mut window), None);
}

#[test]
fn factors_are_added_renamed_and_removed_as_named_steps() {
    let mut window = scores();
    window.get_by_label("Add factor").click();
    window.run();
    let label = |window: &mut Driven| window.state_mut().session().history().undo_label().map(str::to_owned);
    assert_eq!(label(&mut window).as_deref(), Some("Add an operational factor"));
    // Its name can be typed at once.
    type_text(&mut window, "Trust");
    press(&mut window, Key::Enter);
    assert_eq!(label(&mut window).as_deref(), Some("Rename New factor to Trust"));
    window.get_by_label("Factor Trust");
    window.get_by_label("Swing of Trust: not given, counts as 0");
    let factors = &window.state().workspace().balance.factors;
    let operational: Vec<_> = factors.iter().filter(|f| f.side == Side::Operational).collect();
    assert_eq!((operational.len(), operational[6].name.as_str(), operational[6].swing), (7, "Trust", None));
    window.get_by_label("Trust, Local partnership: not known");
    window.get_by_label("Remove").click_accesskit();
    window.run();
    assert_eq!(window.state().workspace().balance.factors.len(), 12);
    assert_eq!(label(&mut window).as_deref(), Some("Remove factor Trust"));
    undo(&mut window);
    undo(&mut window);
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}
