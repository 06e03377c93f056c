//! The Sensitivity page, driven as a person would: by pointer, by keys and by what assistive technology reads.

use egui::{Key, Theme, accesskit::Role, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    analysis::explain::Question,
    model::{
        Room, Workspace,
        balance::{Scale, ScoreLevel, Side},
    },
};

use crate::{westmere::*, window::*};

fn opened(workspace: Workspace) -> Driven {
    let mut window = open(shell_at(workspace, Room::Balance, "Sensitivity"));
    settle(&mut window);
    window
}

/// Waits for what the page has asked the workers for.
fn settle(window: &mut Driven) {
    window.run();
    window.state_mut().session().finish_jobs();
    window.run();
}

fn maps(workspace: Workspace) -> Driven {
    let mut window = opened(workspace);
    window.get_by_label("Two factors").click();
    settle(&mut window);
    window
}

fn says(window: &Driven, words: &str) -> bool {
    window.root().children_recursive().any(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value()).is_some_and(|name| name.contains(words))
    })
}

fn slider<'a>(window: &'a Driven, name: &'a str) -> egui_kittest::Node<'a> {
    window.get_by_role_and_label(Role::Slider, name)
}

fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

/// A workspace of direct scores, a row a factor.
fn direct(swings: &[f64], rows: &[Vec<f64>]) -> Workspace {
    let of = |(f, &swing): (usize, &f64)| {
        factor(f, &format!("Factor {f}"), Side::ALL[f % 2], Scale::Direct, Some(swing))
    };
    let names = ["First", "Second", "Third"];
    let factors = swings.iter().enumerate().map(of).collect();
    workspace(&names[..rows.first().map_or(0, Vec::len)], factors, rows)
}

#[test]
fn the_sentence_and_the_list_say_which_weights_would_change_the_leader() {
    let window = opened(westmere());
    window.get_by_label(
        "Six of twelve weights can change the leader. The nearest is risk transfer: past 17.6 %, 11.1 points above \
         today, C leads.",
    );
    assert!(says(
        &window,
        "Risk transfer, 6.5 per cent today; past 17.6 per cent Social investor contract leads"
    ));
    assert!(says(&window, "Market capacity, 4.3 per cent today; past 55.0 per cent"));
    assert!(says(
        &window,
        "Reach to all need groups, 13.0 per cent today; Local partnership leads at every weight"
    ));
    assert!(says(&window, "At 17.6 per cent Social investor contract takes the lead at 62 points"));
    assert!(says(
        &window,
        "By weight. 8.5 points of weight move from reduction in reoffending to risk transfer:"
    ));
    assert!(says(&window, "Risk transfer: from 6.5 per cent to 15.0 per cent"));
    assert!(says(
        &window,
        "By one score. B scores 3.0 pt on reduction in reoffending, not 8.0 pt. Its low end is 6.2 pt."
    ));
}

#[test]
fn a_row_chooses_the_factor_of_the_chart() {
    let mut window = opened(westmere());
    slider(&window, "Weight of risk transfer");
    let row = "Cost of change, 3.6 per cent today; past 34.8 per cent";
    window.get_by(|node| node.label().is_some_and(|l| l.starts_with(row))).click();
    window.run();
    slider(&window, "Weight of cost of change");
    // By keyboard alone: the row takes the focus, and the space bar presses it.
    let row = "Market capacity, 4.3 per cent today";
    window.get_by(|node| node.label().is_some_and(|l| l.starts_with(row))).focus();
    window.run();
    press(&mut window, Key::Space);
    slider(&window, "Weight of market capacity");
}

#[test]
fn a_weight_is_tried_by_keys_and_escape_puts_it_back() {
    let mut window = opened(westmere());
    let before = window.state().workspace().clone();
    slider(&window, "Weight of risk transfer").focus();
    window.run();
    press(&mut window, Key::PageUp);
    press(&mut window, Key::ArrowRight);
    assert!(says(&window, "With risk transfer at 18.0 % C leads with 62."));
    assert_eq!(
        slider(&window, "Weight of risk transfer").value().unwrap(),
        "18.0 per cent, Social investor contract leads with 62"
    );
    press(&mut window, Key::ArrowLeft);
    assert!(says(&window, "With risk transfer at 17.0 % B leads with 62."));
    press(&mut window, Key::Escape);
    assert!(says(&window, "Six of twelve weights can change the leader."));
    assert_eq!(window.state().workspace(), &before, "a what-if changes nothing in the workspace");
}

#[test]
fn todays_line_is_dragged_to_try_a_weight() {
    let mut window = opened(westmere());
    let plot = slider(&window, "Weight of risk transfer").rect().shrink2(egui::vec2(4.0, 6.0));
    let at = |share: f32| pos2(plot.left() + share * plot.width(), plot.center().y);
    window.drag_at(at(0.065));
    window.run_steps(1);
    window.hover_at(at(0.3));
    window.run_steps(1);
    window.hover_at(at(0.4));
    window.run_steps(1);
    window.drop_at(at(0.4));
    window.run();
    let value = slider(&window, "Weight of risk transfer").value().unwrap();
    assert!(value.starts_with("40.0 per cent") || value.starts_with("39.9"), "{value}");
    assert!(says(&window, "C leads with"));
    // Near the reversal the line holds on to it.
    let reversal = at(0.176_071);
    window.drag_at(at(0.4));
    window.run_steps(1);
    window.hover_at(reversal + egui::vec2(3.0, 0.0));
    window.run_steps(1);
    window.drop_at(reversal + egui::vec2(3.0, 0.0));
    window.run();
    assert!(slider(&window, "Weight of risk transfer").value().unwrap().starts_with("17.6 per cent"));
    press(&mut window, Key::Home);
    assert!(slider(&window, "Weight of risk transfer").value().unwrap().starts_with("6.5 per cent"));
}

#[test]
fn a_bar_of_the_tornado_leads_to_its_score() {
    let mut window = opened(westmere());
    let bar = "Reduction in reoffending of C: 3.6–7.0; B’s lead over C goes from 5.9 to 12.2";
    window.get_by_label(bar).click();
    window.run();
    assert_eq!(window.state().view.page(Room::Balance), "Scores");
}

#[test]
fn another_option_may_be_the_one_that_is_to_win() {
    let mut window = opened(westmere());
    assert_eq!(
        window.get_by_role_and_label(Role::ComboBox, "Who is to win").value().as_deref(),
        Some("C, Social investor contract")
    );
    window.get_by_role_and_label(Role::ComboBox, "Who is to win").click();
    window.run();
    window.get_by_label_contains("A  National prime").click();
    settle(&mut window);
    settle(&mut window);
    assert!(says(&window, "By weight. 22.6 points of weight move from"));
    assert!(says(&window, "B’s lead over A goes from"));
}

#[test]
fn every_figure_of_one_factor_can_be_asked_why() {
    let mut window = opened(westmere());
    let row = "Risk transfer, 6.5 per cent today";
    window.get_by(|node| node.label().is_some_and(|l| l.starts_with(row))).focus();
    window.run();
    press(&mut window, Key::W);
    assert!(
        matches!(window.state().view.explain.question(), Some(Question::Reversal(id)) if id.as_str() == "risk")
    );
    assert!(says(&window, "Why 17.6 %?"));
    assert!(says(&window, "At 17.6 % B and C are level at 62.1; past it C leads."));
    press(&mut window, Key::Escape);
    window.get_by(|node| node.label().is_some_and(|l| l.starts_with("By weight. 8.5"))).click();
    window.run();
    assert!(says(&window, "Why 8.5 points?"));
}

#[test]
fn the_map_says_how_far_it_is_to_the_border_and_where_the_ballots_lie() {
    let window = maps(westmere());
    window.get_by_label("If whole-life cost and risk transfer each gain 6.1 points, C leads. 13 of 14 ballots lie where B leads.");
    assert!(says(&window, "Both rise alike: +6.1 points, then Social investor contract leads"));
    assert!(says(&window, "Risk transfer: +10.2 points, then Social investor contract leads"));
    assert!(says(&window, "Whole-life cost: +15.2 points, then Social investor contract leads"));
    assert!(says(
        &window,
        "13 of 14 ballots lie where Local partnership leads; 1 of 14 ballots lie where Social"
    ));
    assert!(says(&window, "Map of whole-life cost by risk transfer, weights up to 50 per cent"));
    let is_ballot = |node: &egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value()).is_some_and(|name| name.starts_with("Ballot, "))
    };
    assert_eq!(window.root().children_recursive().filter(is_ballot).count(), 14);
}

#[test]
fn the_ring_tries_two_weights_by_keys_and_escape_puts_it_back() {
    let mut window = maps(westmere());
    slider(&window, "Weights of the map").focus();
    window.run();
    for _ in 0..8 {
        press(&mut window, Key::ArrowUp);
        press(&mut window, Key::ArrowRight);
    }
    assert!(says(&window, "With whole-life cost at 20.0 % and risk transfer at 15.0 % C leads with"));
    let value = slider(&window, "Weights of the map").value().unwrap();
    assert!(value.ends_with("risk transfer 15.0 per cent, Social investor contract leads"), "{value}");
    press(&mut window, Key::Escape);
    assert!(says(&window, "each gain 6.1 points"));
}

#[test]
fn a_small_map_and_the_zoom_change_the_map() {
    let mut window = maps(westmere());
    window.get_by_label("All weights").click();
    window.run();
    assert!(says(&window, "weights up to 100 per cent"));
    window.get_by_label("Map of risk transfer by cashable savings").click();
    window.run();
    assert!(says(&window, "Map of cashable savings by risk transfer, weights up to 100 per cent"));
}

#[test]
fn a_border_can_be_asked_why() {
    let mut window = maps(westmere());
    window.get_by(|node| node.label().is_some_and(|l| l.starts_with("Both rise alike"))).click();
    window.run();
    assert!(says(&window, "Why +6.1?"));
}

#[test]
fn an_empty_workspace_is_told_what_to_do() {
    let mut window = opened(Workspace::default());
    window.get_by_label_contains("Score two options first.");
    window.get_by_label("Two factors").click();
    window.run();
    window.get_by_label_contains("Score two options first.");
}

#[test]
fn degenerate_weights_say_what_is_the_matter() {
    let all_on_one = direct(&[1.0, 0.0, 0.0], &[vec![60.0, 40.0], vec![0.0, 80.0], vec![10.0, 30.0]]);
    let mut window = opened(all_on_one);
    assert!(says(&window, "Factor 0: it carries all the weight, so the others have no proportions to keep"));
    window.get_by_label("Two factors").click();
    window.run();
    assert!(says(&window, "A map of two weights wants a third factor with weight, to share the rest."));
    let nothing = opened(direct(&[0.0, 0.0], &[vec![60.0, 40.0], vec![0.0, 80.0]]));
    nothing.get_by_label_contains("No factor has any weight.");
    let throughout = opened(direct(&[1.0, 1.0], &[vec![60.0, 40.0], vec![90.0, 80.0]]));
    throughout.get_by_label_contains("No single weight can take the lead from A.");
    assert!(says(&throughout, "By weight. Nothing in these weights: B leads at no weights at all."));
}

#[test]
fn a_score_that_is_not_known_is_shown_over_its_whole_scale() {
    let mut workspace = direct(&[1.0, 1.0], &[vec![60.0, 40.0], vec![50.0, 20.0]]);
    workspace.balance.scores[3].level = ScoreLevel::Unknown;
    let window = opened(workspace);
    assert!(says(&window, "Factor 1 of B: not known; A’s lead over B goes from −15.0 to 35.0"));
}

#[test]
fn the_page_is_whole_in_small_windows_and_in_the_dark() {
    for (size, theme) in [(SMALL, Theme::Dark), (LARGE_TEXT, Theme::Light)] {
        for two in [false, true] {
            let mut window = open_as(shell_at(westmere(), Room::Balance, "Sensitivity"), size, theme);
            settle(&mut window);
            if two {
                window.get_by_label("Two factors").click();
                settle(&mut window);
                assert!(says(&window, "Both rise alike"));
            } else {
                assert!(says(&window, "By many scores."));
            }
        }
    }
}

/// A and B are level on the first factor, which has all the weight; B is better on the second.
#[test]
fn of_a_tie_the_page_says_what_parts_it() {
    let window = opened(direct(&[1.0, 0.0], &[vec![50.0, 50.0], vec![30.0, 40.0]]));
    window.get_by_label("A and B tie for the lead. Any more weight on factor 1, and B leads.");
    assert!(says(&window, "B ties for the lead as it is."));
    assert!(says(&window, "Any change of a score of the two decides."));
    assert!(!says(&window, "No single weight") && !says(&window, "leads already"));
}

#[test]
fn what_unknown_scores_could_change_is_called_provisional() {
    // A has 60 and 70, B 10 and anything.
    let mut workspace = direct(&[1.0, 1.0], &[vec![60.0, 10.0], vec![70.0, 0.0]]);
    workspace.balance.scores[3].level = ScoreLevel::Unknown;
    let window = opened(workspace.clone());
    window.get_by_label_contains("No single weight can take the lead from A.");
    window.get_by_label_contains("Provisional: scores not known count as half way.");
    assert!(says(&window, "First leads at every weight, if unknown scores are half way"));
    // With a second score of B unknown nothing can be compared.
    workspace.balance.scores[1].level = ScoreLevel::Unknown;
    let window = opened(workspace);
    window.get_by_label_contains("Score two options first.");
    assert!(!says(&window, "leads"));
}
