//! The Weights page, driven as a person would.

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

use crate::window::*;

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

/// Chooses whose points are shown.
fn choose_points(window: &mut Driven, whose: &str) {
    window.get_by_role_and_label(Role::ComboBox, "Whose points").click();
    window.run();
    window.get_by_label(whose).click();
    window.run();
}

fn go_to(window: &mut Driven, step: &str) {
    let is_step = |name: &str| name.strip_suffix(", done").unwrap_or(name) == step;
    window.get_by(|node| node.role() == Role::Tab && node.label().is_some_and(|name| is_step(&name))).click();
    window.run();
}

/// Replaces what the field in use holds.
fn type_over(window: &mut Driven, text: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
    press(window, Key::Enter);
}

/// The factors that have a bar, from the top down.
fn rows(window: &Driven) -> Vec<String> {
    let mut bars: Vec<(f32, String)> = window
        .query_all_by_role(Role::Slider)
        .filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?)))
        .filter_map(|(top, label)| Some((top, label.strip_prefix("Swing points of ")?.to_owned())))
        .collect();
    bars.sort_by(|a, b| a.0.total_cmp(&b.0));
    bars.into_iter().map(|(_, name)| name).collect()
}

/// A workspace in which nobody has given points or ballots.
fn unweighed() -> Workspace {
    let mut workspace = westmere();
    workspace.voices.ballots.clear();
    for factor in &mut workspace.balance.factors {
        (factor.swing, factor.swing_range) = (None, None);
    }
    workspace
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
    window.get_by_label("Why? £1m of whole-life cost counts as much as 0.9 points of reoffending.");
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
    let mut window = open(shell_at(unweighed(), Room::Balance, "Weights"));
    window.get_by_label_contains("Even weights until somebody gives points.");
    window.get_by_label("Everything is at its worst end. Which one would you raise first?");
    go_to(&mut window, "Step 2: Give points");
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
    choose_points(&mut window, "Group median, 14 ballots");
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

#[test]
fn rows_stay_where_they_are_until_sorting_is_asked_for() {
    let mut window = weights();
    let before = rows(&window);
    let (from, to) =
        (at_points(&window, "Whole-life cost", 80.0), at_points(&window, "Whole-life cost", 10.0));
    pointer(&mut window, from, Some(true));
    pointer(&mut window, from + (to - from) * 0.5, None);
    pointer(&mut window, to, None);
    pointer(&mut window, to, Some(false));
    window.run();
    assert_eq!(rows(&window), before);
    window.get_by_label("Sort by weight").click();
    window.run();
    let after = rows(&window);
    assert_eq!(after.last().unwrap(), "Whole-life cost");
    assert!(window.query_by_label("Sort by weight").is_none());
}

#[test]
fn rows_are_sorted_anew_when_the_page_is_come_back_to() {
    let mut window = weights();
    bar(&window, "Cost of change").focus();
    window.run();
    (0..15).for_each(|_| press(&mut window, Key::PageUp));
    assert_eq!(rows(&window).last().unwrap(), "Cost of change");
    window.get_by_role_and_label(Role::Tab, "Scores").click();
    window.run();
    (0..3).for_each(|_| window.step());
    window.get_by_role_and_label(Role::Tab, "Weights").click();
    window.run();
    assert_eq!(rows(&window)[6], "Cost of change");
}

#[test]
fn a_click_on_points_opens_the_field_whatever_row_was_selected() {
    let mut window = weights();
    window.get_by_label("Points of Cost of change: 25").click();
    window.run();
    window.get_by_label("Points of Reach to all need groups: 90").click();
    window.run();
    // All of it is selected: what is typed replaces it.
    window.event(egui::Event::Text("70".to_owned()));
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(swing(&window, "Reach"), Some(70.0));
}

#[test]
fn swings_are_ranked_by_keys_alone_and_give_the_points_to_begin_with() {
    let mut window = open(shell_at(unweighed(), Room::Balance, "Weights"));
    let raise = |window: &mut Driven, name: &str| {
        window.get_by_label_contains(&format!("Not ranked: {name}")).focus();
        window.run();
        press(window, Key::ArrowUp);
    };
    raise(&mut window, "Whole-life cost");
    window.get_by_label("And which one would you raise next?");
    let others: Vec<String> = westmere()
        .balance
        .factors
        .iter()
        .map(|f| f.name.clone())
        .filter(|n| n != "Whole-life cost")
        .collect();
    for name in &others {
        raise(&mut window, name);
    }
    window.get_by_label_contains(&format!("Rank 2: {}", others[0])).focus();
    window.run();
    press(&mut window, Key::ArrowUp);
    window.get_by_label_contains(&format!("Rank 1: {}", others[0]));
    window.get_by_label("Begin with points by rank").click();
    window.run();
    assert_eq!(swing(&window, &others[0]), Some(100.0));
    // Twelve ranks: 3.1032 for the first and 2.1032 for the second, so 68 of 100.
    assert_eq!(swing(&window, "Whole-life"), Some(68.0));
    undo(&mut window);
    undo(&mut window);
    assert_eq!(window.state().workspace().balance.factors[0].swing, None);
    assert_eq!(window.state().workspace().balance.swing_ranking.as_ref().unwrap().len(), 12);
}

#[test]
fn a_row_is_dragged_to_its_rank() {
    let mut window = weights();
    go_to(&mut window, "Step 1: Rank the swings");
    let from = window.get_by_label_contains("Rank 3: ").rect().center();
    let to = window.get_by_label_contains("Rank 1: ").rect().center();
    let name = window.get_by_label_contains("Rank 3: ").accesskit_node().label().unwrap();
    let name = name.strip_prefix("Rank 3: ").unwrap().to_owned();
    pointer(&mut window, from, Some(true));
    pointer(&mut window, from + (to - from) * 0.5, None);
    pointer(&mut window, to, None);
    pointer(&mut window, to, Some(false));
    window.get_by_label_contains(&format!("Rank 1: {name}"));
    // The points are another order now, and can be dealt by rank.
    window.get_by_label("Give points by rank").click();
    window.run();
    let ranking = window.state().workspace().balance.swing_ranking.clone().unwrap();
    assert_eq!(window.state().workspace().factor(&ranking[0]).unwrap().swing, Some(90.0));
    assert!(window.query_by_label("Give points by rank").is_none());
}

#[test]
fn yes_to_an_exchange_is_kept_and_grows_stale_with_the_points() {
    let mut window = weights();
    window.get_by_label("Yes").click();
    window.run();
    let answer = window.state().workspace().balance.exchange_answers[0].clone();
    assert_eq!((answer.points, answer.led_to), ((80.0, 90.0), None));
    go_to(&mut window, "Step 3: Check");
    window.get_by_label("£1m of whole-life cost counts as much as 0.9 points of reoffending. Yes").click();
    window.run();
    window.get_by_label_contains("Answered “yes” at 80 points against 90.");
    go_to(&mut window, "Step 2: Give points");
    bar(&window, "Whole-life cost").focus();
    window.run();
    press(&mut window, Key::PageUp);
    window.get_by_label_contains("The points have changed since: ask again.");
    undo(&mut window);
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn another_answer_shows_its_points_before_they_are_taken() {
    let mut window = weights();
    window.get_by_label("Worth more").click();
    window.run();
    assert_eq!(window.state().workspace(), &westmere(), "nothing has been taken yet");
    window.get_by_role_and_label(Role::TextInput, "Worth in Reduction in reoffending").focus();
    window.run();
    type_over(&mut window, "1");
    // 1 of 7 points against 1 of 7 £m: the same points as reoffending has.
    window.get_by_label_contains("Then whole-life cost would have 90 points instead of 80");
    window.get_by_label("Take 90").click();
    window.run();
    assert_eq!(swing(&window, "Whole-life"), Some(90.0));
    let answer = &window.state().workspace().balance.exchange_answers[0];
    assert_eq!((answer.points, answer.led_to), ((80.0, 90.0), Some((90.0, 90.0))));
    assert_eq!(undo_label(&mut window).as_deref(), Some("Weigh Whole-life cost by its exchange"));
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn the_tree_multiplies_down_and_a_group_takes_points() {
    let mut workspace = westmere();
    for factor in workspace.balance.factors.iter_mut().take(2) {
        factor.group = "People".into();
    }
    let mut window = open(shell_at(workspace, Room::Balance, "Weights"));
    go_to(&mut window, "Step 4: Tree");
    // 180 of 400 points of its side; half of that to each; 58.0 % × 45.0 % × 50.0 % = 13.0 %.
    window.get_by_label("People: 45.0 % of its side");
    window.get_by_label("Reach to all need groups: 50.0 % of the level above");
    window.get_by_label("Reach to all need groups: 13.0 % of all weight");
    window.get_by_label("Points of People: 180").click();
    window.run();
    window.event(egui::Event::Text("90".to_owned()));
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!((swing(&window, "Reach"), swing(&window, "Reduction")), (Some(45.0), Some(45.0)));
    window.get_by_label("People: 29.0 % of its side").click();
    window.run();
    window.get_by_label("Why 29.0 %?");
    undo(&mut window);
    assert_eq!(swing(&window, "Reach"), Some(90.0));
}

#[test]
fn one_sector_alone_is_a_look_that_changes_nothing() {
    let mut window = weights();
    let sector = westmere().voices.sectors[0].name.clone();
    choose_points(&mut window, &format!("Only a look: {sector}"));
    window.get_by_label_contains(&format!("Only a look at {sector}: nothing in the workspace changes."));
    bar(&window, "Whole-life cost").focus();
    window.run();
    press(&mut window, Key::PageUp);
    assert_eq!(window.state().workspace(), &westmere());
    window.get_by_label("Back to the group").click();
    window.run();
    window.get_by_label("Weight of Whole-life cost: 11.6 %");
}

#[test]
fn points_given_before_the_range_are_asked_about() {
    let mut workspace = westmere();
    workspace.balance.factors[0].swing_range = None;
    let mut window = open(shell_at(workspace, Room::Balance, "Weights"));
    window.get_by_label("Weighted before its range");
    window.get_by_label("They hold for these ends").click();
    window.run();
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn pairs_that_may_count_twice_are_shown_on_asking() {
    let mut window = weights();
    window.get_by_label("Counted twice?");
    let pairs = |window: &Driven| window.query_all_by_label_contains("may count one thing twice").count();
    let before = pairs(&window);
    window.get_by_label_contains("Show the ").focus();
    window.run();
    press(&mut window, Key::Enter);
    assert!(pairs(&window) > before);
}

#[test]
fn every_size_shows_every_step_without_a_panic() {
    for size in [USUAL, SMALL, LARGE_TEXT] {
        let shell = shell_at(westmere(), Room::Balance, "Weights");
        let mut window = open_as(shell, size, egui::Theme::Dark);
        for step in ["Step 1: Rank the swings", "Step 3: Check", "Step 4: Tree", "Step 2: Give points"] {
            go_to(&mut window, step);
            assert!(window.query_by_role_and_label(Role::ComboBox, "Whose points").is_some());
        }
    }
}
