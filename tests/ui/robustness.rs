//! The Robustness page, driven as a person would.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        balance::{ScoreDraws, WeightDraws},
    },
};

use crate::window::*;

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

/// With fewer draws, where the shares themselves do not matter.
fn quick() -> Workspace {
    let mut workspace = westmere();
    workspace.balance.robustness.iterations = 500;
    workspace
}

fn page(workspace: Workspace) -> Driven {
    let mut window = open(shell_at(workspace, Room::Balance, "Robustness"));
    settle(&mut window);
    window
}

/// Lets what the page asks for finish and be drawn.
fn settle(window: &mut Driven) {
    for _ in 0..3 {
        window.state_mut().session().finish_jobs();
        window.run();
    }
}

fn says(window: &Driven, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    window.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
}

fn type_into(window: &mut Driven, field: &str, text: &str) {
    let field = field.to_owned();
    let find = move |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::TextInput && node.label().as_deref() == Some(field.as_str())
    };
    window.get_by(find.clone()).focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.key_press(Key::Backspace);
    window.get_by(find).type_text(text);
    window.key_press(Key::Enter);
    settle(window);
}

#[test]
fn the_headline_names_the_share_and_what_weak_evidence_does() {
    let window = page(westmere());
    assert!(says(&window, "Local partnership comes first in 82 % of plausible weights,"));
    assert!(says(&window, "if weak evidence is taken as weak."));
    assert!(says(&window, "B, Local partnership: 1st in 82 %, 2nd in 12 %"));
    assert!(says(&window, "after 10,000 draws. Enough for a whole per cent."));
    // What is drawn at random holds within a point.
    assert!((16..=18).any(|share| says(&window, &format!("C beats B in {share} %"))));
    assert!(says(&window, "C, Reoffending: 17 % of the doubt in the scores"));
}

#[test]
fn a_kind_of_weights_is_chosen_and_taken_back() {
    let mut window = page(westmere());
    window.get_by(|n| n.label().is_some_and(|l| l.starts_with("Weights: Any"))).click();
    settle(&mut window);
    assert_eq!(window.state().workspace().balance.robustness.weights, Some(WeightDraws::Uniform));
    assert!(says(&window, "comes first in 74 % of all weights,"));
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(window.state().workspace().balance.robustness.weights, None);
    assert!(says(&window, "comes first in 82 % of plausible weights,"));
}

#[test]
fn draws_and_seed_are_typed_and_what_cannot_be_is_said() {
    let mut window = page(quick());
    type_into(&mut window, "Draws", "2,000");
    assert_eq!(window.state().workspace().balance.robustness.iterations, 2_000);
    assert!(says(&window, "after 2,000 draws. A whole per cent takes about"));
    type_into(&mut window, "Draws", "lots");
    assert!(says(&window, "“lots” cannot be the number of draws"));
    assert_eq!(window.state().workspace().balance.robustness.iterations, 2_000);
    type_into(&mut window, "Seed", "7");
    assert_eq!(window.state().workspace().balance.robustness.seed, 7);
    assert!(!says(&window, "cannot be the number of draws"));
}

#[test]
fn without_two_ballots_their_kinds_say_why_they_cannot_be_chosen() {
    let mut workspace = quick();
    workspace.voices.ballots.truncate(1);
    let mut window = page(workspace);
    let label = "Weights: Ballots. Needs two ballots with points";
    assert!(says(&window, label));
    window.get_by_label(label).click();
    settle(&mut window);
    assert_eq!(window.state().workspace().balance.robustness.weights, None);
}

#[test]
fn limits_are_typed_for_each_factor() {
    let mut workspace = quick();
    workspace.balance.robustness.weights = Some(WeightDraws::Intervals);
    let name = workspace.balance.factors[0].name.clone();
    let mut window = page(workspace);
    type_into(&mut window, &format!("Lowest weight of {name}, %"), "20");
    assert_eq!(window.state().workspace().balance.factors[0].weight_limits, Some((0.2, 1.0)));
    type_into(&mut window, &format!("Highest weight of {name}, %"), "10");
    assert!(says(&window, "would lie above its highest"));
    type_into(&mut window, &format!("Lowest weight of {name}, %"), "");
    assert_eq!(window.state().workspace().balance.factors[0].weight_limits, None);
}

#[test]
fn weak_evidence_is_switched_by_keyboard() {
    let mut window = page(quick());
    window.get_by_role_and_label(Role::Switch, "Weak evidence taken as weak").focus();
    window.run();
    window.key_press(Key::Space);
    settle(&mut window);
    assert_eq!(window.state().workspace().balance.robustness.weak_evidence, Some(true));
    assert!(says(&window, "of plausible weights with weak evidence taken as weak,"));
    assert!(says(&window, "with the evidence as it is given."));
}

#[test]
fn a_share_can_be_asked_why_by_keyboard() {
    let mut window = page(quick());
    window.get_by(|n| n.label().is_some_and(|l| l.starts_with("B, Local partnership: 1st"))).focus();
    window.run();
    window.key_press(Key::W);
    window.run();
    assert!(says(&window, "The share of draws in which it comes first."));
}

#[test]
fn a_long_run_can_be_stopped_and_begun_again() {
    let mut window = page(quick());
    window
        .state_mut()
        .session()
        .edit("Draw more", Room::Balance, None, |w| {
            w.balance.robustness.iterations = 10_000_000;
        })
        .unwrap();
    // The worker says how much there is to do as soon as it begins.
    while window.state_mut().session().robustness().progress.is_none_or(|progress| progress.asked == 0) {
        std::thread::yield_now();
    }
    window.step();
    window.get_by_role_and_label(Role::Button, "Stop").focus();
    window.step();
    window.key_press(Key::Enter);
    for _ in 0..10 {
        window.step();
    }
    assert!(window.state_mut().session().robustness().was_stopped);
    window.state_mut().session().finish_jobs();
    window.run();
    assert!(says(&window, "Draw on"));
    window.state_mut().session().undo();
    settle(&mut window);
    assert!(!says(&window, "Draw on"));
}

#[test]
fn an_empty_workspace_and_one_that_cannot_be_drawn_say_what_to_do() {
    let window = page(Workspace::default());
    assert!(says(&window, "No options yet."));
    let mut workspace = quick();
    workspace.balance.robustness.weights = Some(WeightDraws::Intervals);
    for factor in &mut workspace.balance.factors {
        factor.weight_limits = Some((0.2, 0.3));
    }
    let window = page(workspace);
    assert!(says(&window, "the lowest weights add up to more than 100 %"));
}

#[test]
fn other_scores_are_an_edit_of_the_workspace() {
    let mut window = page(quick());
    window
        .state_mut()
        .session()
        .edit("Draw scores uniform", Room::Balance, None, |w| {
            w.balance.robustness.scores = Some(ScoreDraws::Uniform);
        })
        .unwrap();
    settle(&mut window);
    assert!(says(&window, "comes first in"));
}

#[test]
fn the_doubt_in_the_weights_and_all_of_it_answer_why() {
    let mut window = page(quick());
    for (name, title) in [
        ("Knowing everything before choosing would add", "Knowing the weights alone"),
        ("of the doubt about", "By the weights"),
    ] {
        window.get_by(|n| n.role() == Role::Button && n.label().is_some_and(|l| l.contains(name))).click();
        settle(&mut window);
        assert!(says(&window, title), "{title}");
    }
}

#[test]
fn an_answer_says_while_the_next_is_being_drawn() {
    let mut window = page(quick());
    window.get_by(|n| n.label().is_some_and(|l| l.starts_with("B, Local partnership: 1st"))).click();
    settle(&mut window);
    assert!(says(&window, "Why 8") && !says(&window, "?, updating"));
    let session = window.state_mut().session();
    session.edit("Draw more", Room::Balance, None, |w| w.balance.robustness.iterations = 1_000_000).unwrap();
    window.step();
    assert!(says(&window, "?, updating"));
    assert!(says(&window, ", updating"));
}
