//! The Balance page, driven as a person would: by pointer, by keys and by what assistive technology reads.

use egui::{Key, Rect, Theme, accesskit::Role, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    analysis::explain::Question,
    model::{
        Room, Workspace,
        balance::{Must, Scale, ScoreLevel, Side, WeightsFrom},
    },
};

use crate::{westmere::*, window::*};

fn balance_of(workspace: Workspace) -> Driven {
    open(shell_at(workspace, Room::Balance, "Balance"))
}

/// Westmere with the short names that people in Westmere use.
fn named_westmere() -> Workspace {
    let mut workspace = westmere();
    for (badge, short) in [("A", "National prime"), ("C", "Social investor")] {
        let option = workspace.question.options.iter_mut().find(|o| o.badge == badge).expect(badge);
        option.short = short.to_owned();
    }
    workspace
}

/// Everything that the page says, name by name.
fn said(window: &Driven) -> Vec<String> {
    window
        .root()
        .children_recursive()
        .filter_map(|node| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value())
        })
        .collect()
}

fn says(window: &Driven, words: &str) -> bool {
    said(window).iter().any(|name| name.contains(words))
}

fn slider(window: &Driven) -> egui_kittest::Node<'_> {
    window.get_by_role_and_label(Role::Slider, "Commercial share of the weight")
}

/// What the slider says of itself.
fn slider_value(window: &Driven) -> String {
    slider(window).value().expect("a slider says where it stands")
}

/// The place on the screen of a commercial share. The slider reaches a knob's half beyond its track.
fn on_dial(window: &Driven, share: f32) -> egui::Pos2 {
    let track = slider(window).rect().shrink2(egui::vec2(14.0, 8.0));
    pos2(track.left() + share * track.width(), track.center().y)
}

fn drag_dial(window: &mut Driven, from: f32, to: f32) {
    let (from, to) = (on_dial(window, from), on_dial(window, to));
    window.drag_at(from);
    window.run_steps(1);
    window.hover_at(pos2(f32::midpoint(from.x, to.x), from.y));
    window.run_steps(1);
    window.hover_at(to);
    window.run_steps(1);
    window.drop_at(to);
    window.run();
}

/// A workspace of direct scores: options by (operational, commercial) value, both sides of even weight.
fn direct(options: &[(&str, f64, f64)], swings: (f64, f64)) -> Workspace {
    let factors = vec![
        factor(0, "It works", Side::Operational, Scale::Direct, Some(swings.0)),
        factor(1, "It pays", Side::Commercial, Scale::Direct, Some(swings.1)),
    ];
    let names: Vec<&str> = options.iter().map(|(name, _, _)| *name).collect();
    let scores = [options.iter().map(|o| o.1).collect(), options.iter().map(|o| o.2).collect()];
    workspace(&names, factors, &scores)
}

#[test]
fn the_sentence_says_who_leads_and_past_which_weight_another_would() {
    let window = balance_of(named_westmere());
    window.get_by_label(
        "Local partnership leads. Commercial factors carry 42 % of the weight today. Past 62 %, C (Social \
         investor contract) leads; past 74 %, A (National prime contract).",
    );
    assert!(says(&window, "Local partnership leads from 0 to 62 per cent"));
    assert!(says(&window, "Social investor contract leads from 62 to 74 per cent"));
    assert!(says(&window, "National prime contract leads from 74 to 100 per cent"));
    window.get_by_label("B, Local partnership, commercial 47, operational 82, total 67");
    assert!(says(&window, "Place 1: B, Local partnership, total 67, 47 operational and 20 commercial"));
    assert_eq!(slider_value(&window), "42 per cent commercial, Local partnership leads");
}

#[test]
fn dragging_the_dial_past_a_tipping_point_changes_the_leader_everywhere_and_home_brings_it_back() {
    let mut window = balance_of(named_westmere());
    let before = window.state().workspace().clone();
    drag_dial(&mut window, 0.42, 0.65);
    assert_eq!(slider_value(&window), "65 per cent commercial, Social investor contract leads");
    assert!(says(
        &window,
        "Social investor contract leads at 65 % commercial. The median of 14 ballots gives 42 %."
    ));
    assert!(says(&window, "Under 62 %, B (Local partnership) leads."));
    assert!(says(&window, "Place 1: C, Social investor contract"));
    assert_eq!(window.state().workspace(), &before, "a what-if changes nothing in the workspace");
    window.key_press(Key::Home);
    window.run();
    assert_eq!(slider_value(&window), "42 per cent commercial, Local partnership leads");
    assert!(says(&window, "Place 1: B, Local partnership"));
}

#[test]
fn sentence_and_ranking_follow_the_dial_in_the_same_frame() {
    let mut window = balance_of(named_westmere());
    let (from, to) = (on_dial(&window, 0.42), on_dial(&window, 0.9));
    window.drag_at(from);
    window.run_steps(1);
    window.hover_at(to);
    window.run_steps(1);
    assert!(says(&window, "National prime contract leads at 90 % commercial."));
    assert!(says(&window, "Place 1: A, National prime contract"));
}

#[test]
fn the_dial_turns_by_keys_alone() {
    let mut window = balance_of(named_westmere());
    slider(&window).focus();
    window.run();
    for _ in 0..20 {
        window.key_press(Key::ArrowRight);
        window.run();
    }
    assert_eq!(slider_value(&window), "62 per cent commercial, Social investor contract leads");
    window.key_press(Key::ArrowLeft);
    window.run();
    assert_eq!(slider_value(&window), "61 per cent commercial, Local partnership leads");
    window.key_press(Key::PageUp);
    window.run();
    assert_eq!(slider_value(&window), "71 per cent commercial, Social investor contract leads");
    assert!(slider(&window).is_focused(), "arrows move the knob, not the focus");
    window.key_press(Key::Home);
    window.run();
    assert_eq!(window.state().view.balance.dial, None);
}

#[test]
fn the_dial_turns_for_assistive_technology() {
    let mut window = balance_of(named_westmere());
    slider(&window).increment_accesskit();
    window.run();
    assert_eq!(slider_value(&window), "43 per cent commercial, Local partnership leads");
    slider(&window).decrement_accesskit();
    slider(&window).decrement_accesskit();
    window.run();
    assert_eq!(slider_value(&window), "41 per cent commercial, Local partnership leads");
    slider(&window).set_value_accesskit(80.0);
    window.run();
    assert_eq!(slider_value(&window), "80 per cent commercial, National prime contract leads");
}

#[test]
fn the_knob_holds_on_to_tipping_points_and_to_the_groups_weight() {
    let mut window = balance_of(named_westmere());
    drag_dial(&mut window, 0.42, 0.619);
    let tip = window.state().view.balance.dial.expect("the dial has been turned");
    assert!((tip - 0.6177).abs() < 5e-5, "{tip} is not the tipping point");
    assert!(slider_value(&window).ends_with("tie"));
    drag_dial(&mut window, 0.6177, 0.422);
    assert_eq!(window.state().view.balance.dial, None);
}

#[test]
fn the_ghost_leads_back_to_the_groups_weight() {
    let mut window = balance_of(named_westmere());
    drag_dial(&mut window, 0.42, 0.8);
    window.get_by_label("Back to the median of 14 ballots, 42 %").click();
    window.run();
    assert_eq!(window.state().view.balance.dial, None);
    assert!(window.query_by_label("Back to the median of 14 ballots, 42 %").is_none());
}

#[test]
fn a_mark_tells_its_interval_and_answers_why() {
    let mut window = balance_of(named_westmere());
    let mark = "C, Social investor contract, commercial 65, operational 53, total 58";
    window.get_by_label(mark).hover();
    window.run_steps(6);
    assert!(says(&window, "Operational 53, 47 to "), "{:?}", said(&window));
    window.get_by_label(mark).click();
    window.run();
    let asked = window.state().view.explain.question().cloned();
    assert!(matches!(asked, Some(Question::Total(option)) if option.as_str() == "c"));
}

#[test]
fn w_on_a_focused_row_answers_why() {
    let mut window = balance_of(named_westmere());
    window.get_by_label_contains("Place 2: C").focus();
    window.run();
    window.key_press(Key::W);
    window.run();
    let asked = window.state().view.explain.question().cloned();
    assert!(matches!(asked, Some(Question::Total(option)) if option.as_str() == "c"));
}

#[test]
fn the_figures_are_copied_as_a_table() {
    let mut window = balance_of(named_westmere());
    window.get_by_label("Copy or save from this page").click();
    window.run();
    window.get_by_label("Copy data: Ranking").click();
    let mut copied = Vec::new();
    for _ in 0..4 {
        window.step();
        copied.extend(window.output().platform_output.commands.clone());
    }
    let text = copied
        .iter()
        .find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .expect("a table is on the clipboard");
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows.len(), 7);
    assert!(rows[2].starts_with("B\tLocal partnership\t1\t67.2\t47.3\t19.9\t81.5\t47.5\t"), "{}", rows[2]);
    assert!(rows.iter().skip(1).all(|row| row.split('\t').count() == 12));
}

#[test]
fn one_option_leads_alone() {
    let window = balance_of(direct(&[("Only this", 60.0, 40.0)], (50.0, 50.0)));
    assert!(says(&window, "Only this is the only option, at 50 of 100."));
    assert!(says(&window, "Only this leads at every weight"));
}

#[test]
fn an_empty_workspace_says_what_to_do() {
    let mut window = balance_of(Workspace::default());
    assert!(says(&window, "No options yet. Add two options in Question to see which leads."));
    assert!(says(&window, "Go to Question"));
    window.get_by_label("Go to Question").click();
    window.run();
    assert_eq!(window.state().view.room(), Some(Room::Question));
}

#[test]
fn options_without_factors_lead_to_the_scores() {
    let mut window = balance_of(workspace(&["This", "That"], Vec::new(), &[]));
    assert!(says(&window, "No factors yet. Score two options on one factor of each kind."));
    window.get_by_label("Go to Scores").click();
    window.run();
    assert_eq!(window.state().view.page(Room::Balance), "Scores");
}

#[test]
fn one_leader_throughout_is_said_so() {
    let window = balance_of(direct(&[("Best", 90.0, 80.0), ("Worse", 30.0, 20.0)], (60.0, 40.0)));
    assert!(says(
        &window,
        "Best leads. Commercial factors carry 40 % of the weight today. It leads at every weight."
    ));
    assert!(says(&window, "Best leads at every weight"));
}

#[test]
fn a_tie_is_said_so() {
    let window = balance_of(direct(&[("This", 80.0, 20.0), ("That", 20.0, 80.0)], (50.0, 50.0)));
    assert!(says(&window, "This and That tie at 50."));
    assert!(says(&window, "Place 1: A, This") && says(&window, "Place 1: B, That"));
}

#[test]
fn even_weights_are_said_so() {
    let mut workspace = direct(&[("This", 80.0, 20.0), ("That", 20.0, 70.0)], (50.0, 50.0));
    for factor in &mut workspace.balance.factors {
        factor.swing = None;
    }
    let window = balance_of(workspace);
    assert!(says(
        &window,
        "Nobody has given weights, so all factors count alike: 50 % of the weight is commercial."
    ));
}

#[test]
fn scores_that_are_not_known_make_the_total_a_range() {
    let mut workspace = direct(&[("This", 80.0, 20.0), ("That", 20.0, 70.0)], (60.0, 40.0));
    workspace.balance.scores[0].level = ScoreLevel::Unknown;
    let window = balance_of(workspace);
    assert!(says(&window, "Provisional: 1 score is not known and counts as half way."));
    assert!(says(&window, "A, This, total 8–68"));
    assert!(says(&window, "A, This, commercial 20, operational 0 to 100, total 8 to 68"));
}

#[test]
fn an_option_that_fails_a_must_stands_below_the_ranking_with_the_reason() {
    let mut workspace = direct(&[("This", 80.0, 20.0), ("That", 20.0, 70.0)], (60.0, 40.0));
    workspace.balance.factors[0].must = Some(Must::AtLeast(50.0));
    let window = balance_of(workspace);
    assert!(says(&window, "This is the only option left."));
    let struck = said(&window).into_iter().find(|name| name.starts_with("Not in the ranking: B, That."));
    assert!(struck.is_some_and(|words| words.contains("50")));
}

#[test]
fn without_weight_on_one_side_the_dial_stands_still() {
    let window = balance_of(direct(&[("This", 80.0, 20.0), ("That", 20.0, 70.0)], (60.0, 0.0)));
    assert!(says(&window, "This leads. All the weight lies on operational factors."));
    let mut window = window;
    drag_dial(&mut window, 0.0, 0.8);
    assert_eq!(window.state().view.balance.dial, None);
}

#[test]
fn fifty_options_and_thirty_factors_stay_usable() {
    let names: Vec<String> = (0..50).map(|o| format!("Option number {o}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let factors = (0..30)
        .map(|f| {
            let side = if f % 2 == 0 { Side::Operational } else { Side::Commercial };
            factor(f, &format!("Factor {f}"), side, Scale::Direct, Some(10.0 + f as f64))
        })
        .collect();
    let scores: Vec<Vec<f64>> =
        (0..30).map(|f| (0..50).map(|o| f64::from((o * 37 + f * 53 + o * o * f) % 101)).collect()).collect();
    let crowded = workspace(&names, factors, &scores);
    for (size, theme) in [(USUAL, Theme::Light), (SMALL, Theme::Dark), (LARGE_TEXT, Theme::Light)] {
        let mut window = open_as(shell_at(crowded.clone(), Room::Balance, "Balance"), size, theme);
        let rows: Vec<Rect> = window.get_all_by_label_contains("Place ").map(|row| row.rect()).collect();
        assert_eq!(rows.len(), 50);
        assert_apart(&rows);
        drag_dial(&mut window, 0.5, 0.8);
    }
}

#[test]
fn nothing_overlaps_at_any_size() {
    for size in [USUAL, SMALL, LARGE_TEXT] {
        let mut window = open_as(shell_at(named_westmere(), Room::Balance, "Balance"), size, Theme::Light);
        for explained in [false, true] {
            if explained {
                window.get_by_role_and_label(Role::Button, "Why?").click();
                window.run();
            }
            let chart = window.get_by_role(Role::Image).rect();
            let rows: Vec<Rect> = window.get_all_by_label_contains("Place ").map(|row| row.rect()).collect();
            let dial = slider(&window).rect();
            let mut places = rows.clone();
            places.extend([chart, dial]);
            assert_apart(&places);
            assert!(chart.height() >= 320.0, "the chart is {} high at {size:?}", chart.height());
            for badge in ["A", "B", "C", "D", "E"] {
                assert!(chart.contains(mark_of(&window, badge).center()), "{badge} lies outside the chart");
            }
        }
    }
}

#[test]
fn the_dial_is_in_view_at_every_size_without_scrolling() {
    for size in [USUAL, SMALL, LARGE_TEXT] {
        let window = open_as(shell_at(named_westmere(), Room::Balance, "Balance"), size, Theme::Light);
        let dial = slider(&window).rect();
        // The standing line is 44 high.
        assert!(dial.bottom() <= size[1] - 44.0, "{dial:?} at {size:?}");
    }
}

#[test]
fn the_chart_says_what_its_regions_hold() {
    let window = balance_of(named_westmere());
    window.get_by_label_contains("Each region holds 95 % of the draws of its scores");
}

#[test]
fn every_ballot_has_its_mark() {
    let mut workspace = named_westmere();
    workspace.balance.weights_from = WeightsFrom::Ballots;
    let window = balance_of(workspace);
    assert!(says(&window, "14 ballots, from 21 to 73 per cent commercial"), "{:?}", said(&window));
}

/// The place of an option's mark in the chart.
fn mark_of(window: &Driven, badge: &str) -> Rect {
    let begins = format!("{badge}, ");
    let mark = window
        .root()
        .children_recursive()
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&begins)));
    mark.unwrap_or_else(|| panic!("{badge} has no mark")).rect()
}

/// Asserts that no two places lie over one another.
fn assert_apart(places: &[Rect]) {
    for (index, place) in places.iter().enumerate() {
        for other in &places[..index] {
            let common = place.intersect(*other);
            assert!(
                common.width() < 0.5 || common.height() < 0.5 || !common.is_positive(),
                "{place:?} and {other:?} lie over one another"
            );
        }
    }
}

#[test]
fn with_one_option_scored_the_page_names_no_leader() {
    let mut workspace = westmere();
    let kept = workspace.question.options[0].id.clone();
    for score in workspace.balance.scores.iter_mut().filter(|score| score.option != kept) {
        score.level = ScoreLevel::Unknown;
    }
    let window = open(shell_at(workspace, Room::Balance, "Balance"));
    assert!(says(
        &window,
        "Fewer than two options are scored. Score two options on Scores to see which leads."
    ));
    for claim in ["leads at", "leads from", "leads with", "takes the lead"] {
        assert!(!says(&window, claim), "{claim}");
    }
}
