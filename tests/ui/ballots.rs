//! The Ballots page, driven as a person would.

use egui::{Event, Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::model::{
    Room, Workspace,
    balance::Factor,
    voices::{Ballot, RoundState, Stakeholder, Vote},
};

use crate::{
    scores_support::{fill, press, select, selected_in, type_text, undo, westmere},
    window::*,
};

fn ballots() -> Driven {
    open(shell_at(westmere(), Room::Voices, "Ballots"))
}

fn with(change: impl FnOnce(&mut Workspace)) -> Driven {
    let mut workspace = westmere();
    change(&mut workspace);
    open(shell_at(workspace, Room::Voices, "Ballots"))
}

fn person<'w>(workspace: &'w Workspace, name: &str) -> &'w Stakeholder {
    workspace.voices.stakeholders.iter().find(|person| person.name.starts_with(name)).unwrap()
}

fn factor<'w>(workspace: &'w Workspace, name: &str) -> &'w Factor {
    workspace.balance.factors.iter().find(|factor| factor.short_name() == name).unwrap()
}

/// The ballot of somebody in a round.
fn ballot<'w>(workspace: &'w Workspace, name: &str, round: u8) -> Option<&'w Ballot> {
    let id = &person(workspace, name).id;
    workspace.voices.ballots_of(round).find(|ballot| ballot.stakeholder.as_ref() == Some(id))
}

fn points(workspace: &Workspace, name: &str, round: u8, of: &str) -> Option<f64> {
    ballot(workspace, name, round)?.swings.get(&factor(workspace, of).id).copied()
}

/// What the table says is selected.
fn selected(window: &Driven) -> String {
    selected_in(window, "Ballots table")
}

fn is_untouched(window: &Driven) -> bool {
    window.state().workspace().voices == westmere().voices
}

fn click(window: &mut Driven, label: &str) {
    window.get_by_role_and_label(Role::Button, label).click();
    window.run();
}

fn has(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn the_page_says_whether_the_lead_hangs_on_anybody_and_what_is_in() {
    let window = ballots();
    assert!(has(&window, "Whoever is left out, B still leads."));
    assert!(has(&window, "Round 2 asks again about the two factors furthest apart."));
    assert!(has(&window, "11 of 14 in."));
    // Figures of the published example: Kendall's W, the lead by person and by sector, and without each of them.
    window.get_by_label("Agreement on factors: 0.55");
    window.get_by_label("Agreement on options: 0.82");
    window.get_by_label("By person: Local partnership leads by 9.2");
    window.get_by_label("By sector: Local partnership leads by 8.5");
    window.get_by_label("Without Voluntary and community: Local partnership leads by 8.2");
    window.get_by_label("Without Private: Local partnership leads by 10.8");
    window.get_by_label("Without any one of the 14: 8.5 to 10.0.");
    window.get_by_label("Marginal voices, at nought: Local partnership leads by 8.4");
    window.get_by_label("Marginal voices, double: Local partnership leads by 10.8");
}

#[test]
fn both_rounds_stand_beside_each_other_and_what_is_not_in_is_said() {
    let window = ballots();
    let survival = factor(window.state().workspace(), "Survival").name.clone();
    window.get_by_label(&format!("Hostel manager, {survival}: round 1 95, round 2 80"));
    window.get_by_label(&format!("Regional director, {survival}: round 1 10, round 2 not yet in"));
    window.get_by_label(&format!("{survival}, asked again in round 2"));
}

#[test]
fn points_are_typed_by_keyboard_alone_and_undone() {
    let mut window = ballots();
    select(&mut window, "Hostel manager, Reach");
    type_text(&mut window, "88");
    press(&mut window, Key::Enter);
    assert_eq!(points(window.state().workspace(), "Hostel manager", 1, "Reach"), Some(88.0));
    assert!(selected(&window).starts_with("Women’s centre director"), "{}", selected(&window));
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowRight);
    type_text(&mut window, "77");
    press(&mut window, Key::Tab);
    assert_eq!(points(window.state().workspace(), "Hostel manager", 1, "Reoffending"), Some(77.0));
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::Delete);
    assert_eq!(points(window.state().workspace(), "Hostel manager", 1, "Reoffending"), None);
    for _ in 0..3 {
        undo(&mut window);
    }
    assert!(is_untouched(&window));
}

#[test]
fn f2_edits_what_stands_there_and_escape_takes_it_back() {
    let mut window = ballots();
    select(&mut window, "Hostel manager, Reach");
    press(&mut window, Key::F2);
    type_text(&mut window, "5");
    press(&mut window, Key::Escape);
    assert_eq!(points(window.state().workspace(), "Hostel manager", 1, "Reach"), Some(100.0));
    press(&mut window, Key::F2);
    press(&mut window, Key::Backspace);
    press(&mut window, Key::Enter);
    assert_eq!(points(window.state().workspace(), "Hostel manager", 1, "Reach"), Some(10.0));
}

#[test]
fn what_is_no_number_of_points_is_refused_where_it_was_typed() {
    let mut window = ballots();
    select(&mut window, "Hostel manager, Reach");
    type_text(&mut window, "7 many");
    press(&mut window, Key::Enter);
    assert!(has(&window, "is not a number of points from 0"));
    assert!(is_untouched(&window));
    press(&mut window, Key::Escape);
    assert!(!has(&window, "is not a number of points from 0"));
}

#[test]
fn what_was_refused_is_told_when_a_click_leads_off_the_page_and_stands_there_still() {
    let mut window = ballots();
    select(&mut window, "Hostel manager, Reach");
    type_text(&mut window, "7 many");
    window.get_by_role_and_label(Role::Tab, "Register").click();
    window.run();
    // A round is open in it: what was typed is not shown elsewhere.
    assert!(has(&window, "What is typed in Hostel manager, Reach") && has(&window, "is not entered."));
    assert!(is_untouched(&window));
    window.get_by_role_and_label(Role::Tab, "Ballots").click();
    window.run();
    window.run();
    assert!(has(&window, "is not a number of points from 0"), "it is there to be mended");
}

#[test]
fn what_was_typed_is_entered_when_a_click_leads_off_the_page() {
    let mut window = ballots();
    select(&mut window, "Hostel manager, Reach");
    type_text(&mut window, "7");
    window.get_by_role_and_label(Role::Tab, "Register").click();
    window.run();
    assert_eq!(points(window.state().workspace(), "Hostel manager", 1, "Reach"), Some(7.0));
}

#[test]
fn a_second_ballot_typed_into_its_row_is_taken_down_and_everybody_counted() {
    let mut window = ballots();
    let survival = factor(window.state().workspace(), "Survival").name.clone();
    select(&mut window, &format!("Regional director, {survival}"));
    type_text(&mut window, "30");
    press(&mut window, Key::Enter);
    let workspace = window.state().workspace();
    assert_eq!(points(workspace, "Regional director", 2, "Survival"), Some(30.0));
    assert_eq!(points(workspace, "Regional director", 1, "Survival"), Some(10.0), "round 1 stays");
    assert!(ballot(workspace, "Regional director", 2).unwrap().received.is_some());
    assert!(has(&window, "12 of 14 in."));
}

#[test]
fn a_block_is_pasted_as_one_step_and_a_wrong_cell_changes_nothing() {
    let mut window = ballots();
    select(&mut window, "Head of community safety, Reach");
    window.event(Event::Paste("10\t20\n30\t40\n".to_owned()));
    window.run();
    assert!(has(&window, "What goes where") && is_untouched(&window), "it is looked at first");
    assert!(has(&window, "Reach to all need groups: 10, was"));
    click(&mut window, "Paste 4 cells");
    let workspace = window.state().workspace();
    assert_eq!(points(workspace, "Head of community safety", 1, "Reach"), Some(10.0));
    assert_eq!(points(workspace, "Probation", 1, "Reoffending"), Some(40.0));
    undo(&mut window);
    assert!(is_untouched(&window));
    window.event(Event::Paste("10\tmany\n".to_owned()));
    window.run();
    assert!(has(&window, "Row 1, column 2, Head of community safety"));
    assert!(has(&window, "“many” is not a number of points"));
    assert!(is_untouched(&window));
    click(&mut window, "Paste the 1 that fit");
    assert_eq!(points(window.state().workspace(), "Head of community safety", 1, "Reach"), Some(10.0));
}

#[test]
fn a_copied_table_is_pasted_by_the_names_that_came_with_it() {
    let mut window = ballots();
    select(&mut window, "Tenants’ association chair, Reach");
    let workspace = window.state().workspace();
    let [first, second] = ["Market capacity", "Reach"].map(|name| factor(workspace, name).name.clone());
    window.event(Event::Paste(format!("Person\t{first}\t{second}\nHostel manager\t12\t13\n")));
    window.run();
    assert!(has(&window, "found by the names of people and factors"));
    click(&mut window, "Paste 2 cells");
    let workspace = window.state().workspace();
    assert_eq!(points(workspace, "Hostel manager", 1, "Market capacity"), Some(12.0));
    assert_eq!(points(workspace, "Hostel manager", 1, "Reach"), Some(13.0));
}

#[test]
fn closing_a_round_asks_once_while_ballots_are_missing() {
    let mut window = ballots();
    click(&mut window, "Close round 2");
    assert!(has(&window, "3 ballots are not in"));
    assert_eq!(window.state().workspace().voices.open_round().map(|round| round.number), Some(2));
    click(&mut window, "Close round 2 without them");
    let workspace = window.state().workspace();
    assert!(workspace.voices.open_round().is_none());
    assert_eq!(workspace.voices.round(2).map(|round| round.state), Some(RoundState::Closed));
    assert!(has(&window, "Since the blind round"));
    click(&mut window, "Open again");
    click(&mut window, "Open round 2 again");
    assert_eq!(window.state().workspace().voices.open_round().map(|round| round.number), Some(2));
    undo(&mut window);
    undo(&mut window);
    assert!(is_untouched(&window));
}

#[test]
fn a_second_round_is_opened_on_the_factors_chosen() {
    let mut window = with(|workspace| {
        workspace.voices.rounds.truncate(1);
        workspace.voices.ballots.retain(|ballot| ballot.round == 1);
    });
    assert!(has(&window, "Talk next about"));
    click(&mut window, "Open round 2");
    window.get_by_role_and_label(Role::CheckBox, "Reach").click();
    window.run();
    click(&mut window, "Open round 2 about 3 factors");
    let workspace = window.state().workspace();
    let asked: Vec<&str> =
        workspace.asked_in(2).iter().map(|id| workspace.factor(id).unwrap().short_name()).collect();
    assert_eq!(asked, ["Reach", "Survival", "Risk transfer"]);
    assert!(has(&window, "0 of 14 in."));
    undo(&mut window);
    assert!(window.state().workspace().voices.round(2).is_none());
}

#[test]
fn the_switch_looks_and_only_its_button_changes_how_ballots_count() {
    let mut window = ballots();
    window.get_by_role_and_label(Role::RadioButton, "One sector one vote").click();
    window.run();
    assert_eq!(window.state().workspace().voices.vote, Vote::OnePerson);
    assert!(has(&window, "The workspace counts by person."));
    click(&mut window, "Count by sector from now on");
    assert_eq!(window.state().workspace().voices.vote, Vote::OneSector);
    undo(&mut window);
    assert_eq!(window.state().workspace().voices.vote, Vote::OnePerson);
}

#[test]
fn rankings_are_entered_beside_a_ballot_and_shown_in_its_row() {
    let mut window = ballots();
    window.get_by_label("Ballot of Hostel manager").click();
    window.run();
    let field = "Own ranking of Hostel manager, round 1";
    fill(&mut window, field, "C B A");
    let workspace = window.state().workspace();
    let badges: Vec<&str> = ballot(workspace, "Hostel manager", 1)
        .unwrap()
        .ranking
        .iter()
        .map(|id| workspace.option(id).unwrap().badge.as_str())
        .collect();
    assert_eq!(badges, ["C", "B", "A"]);
    assert!(has(&window, "leads by the own ranking of Hostel manager"));
    click(&mut window, "Put the ballot away");
    assert!(window.query_by_label(field).is_none());
}

#[test]
fn a_late_ballot_is_marked_and_counts_once_its_day_is_put_right() {
    let mut window = with(|workspace| {
        let closed = workspace.voices.rounds[0].closed.unwrap();
        workspace.voices.ballots[0].received = Some(closed.tomorrow().unwrap());
    });
    window.get_by_label("Ballot of Head of community safety, late").click();
    window.run();
    assert!(has(&window, "late: the round was closed on 12 October 2026; it does not count"));
    let field = "Day round 1 of Head of community safety came in";
    fill(&mut window, field, "12/10/2026");
    assert!(window.query_by_label("Ballot of Head of community safety, late").is_none());
}

#[test]
fn with_two_ballots_there_are_too_few_to_say() {
    let window = with(|workspace| {
        workspace.voices.rounds.truncate(1);
        workspace.voices.ballots.truncate(2);
    });
    window.get_by_label("Under three ballots there are too few to say.");
    assert!(window.query_by_label_contains("Agreement on factors").is_none());
}

#[test]
fn without_ballots_the_page_says_what_to_do_and_a_sector_can_give_one() {
    let mut window = with(|workspace| {
        workspace.voices.rounds.clear();
        workspace.voices.ballots.clear();
        workspace.voices.workshop = None;
    });
    assert!(has(&window, "No ballots yet."));
    click(&mut window, "Open round 1");
    assert_eq!(window.state().workspace().voices.open_round().map(|round| round.number), Some(1));
    click(&mut window, "Add a ballot");
    window.get_by_role_and_label(Role::Button, "Public, without a name").focus();
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workspace().voices.ballots.len(), 1);
    type_text(&mut window, "90");
    press(&mut window, Key::Enter);
    let workspace = window.state().workspace();
    assert!(workspace.voices.ballots[0].stakeholder.is_none());
    assert_eq!(workspace.voices.ballots[0].swings[&workspace.balance.factors[0].id], 90.0);
    assert!(has(&window, "Round 1 is open; nothing shows before it is closed."));
}

#[test]
fn two_hundred_ballots_are_drawn_only_where_they_are_in_view() {
    let window = with(|workspace| {
        let example = workspace.voices.clone();
        workspace.voices.rounds.clear();
        workspace.voices.workshop = None;
        let blind: Vec<&Ballot> = example.ballots_of(1).collect();
        workspace.voices.ballots = (0..200)
            .map(|at| {
                let like = blind[at % blind.len()];
                Ballot { id: format!("b{at}").as_str().into(), stakeholder: None, ..like.clone() }
            })
            .collect();
    });
    assert!(has(&window, "200 ballots count."));
    let rows = window.query_all_by_label_contains("Ballot of ").count();
    assert!((5..60).contains(&rows), "{rows}");
}

#[test]
fn of_ballots_without_names_nobody_is_awaited_a_second_time() {
    let mut window = with(|workspace| {
        let again: Vec<Ballot> = workspace.voices.ballots_of(1).take(3).cloned().collect();
        let unnamed = again.into_iter().enumerate().map(|(at, ballot)| Ballot {
            id: format!("b{at}").as_str().into(),
            stakeholder: None,
            ..ballot
        });
        workspace.voices.ballots.extend(unnamed);
    });
    assert!(has(&window, "11 of 14 in."));
    let survival = factor(window.state().workspace(), "Survival").name.clone();
    select(&mut window, &format!("Public, unnamed 2, {survival}: 45"));
    type_text(&mut window, "66");
    press(&mut window, Key::Enter);
    let workspace = window.state().workspace();
    let survival = &factor(workspace, "Survival").id;
    let second = workspace.voices.ballots.iter().find(|ballot| ballot.id.as_str() == "b1").unwrap();
    assert_eq!(second.swings.get(survival), Some(&66.0));
    assert_eq!(workspace.voices.ballots.len(), westmere().voices.ballots.len() + 3);
}

#[test]
fn the_sentence_the_medians_and_first_choices_can_be_asked_why() {
    let mut window = ballots();
    window.get_by_label_contains("Whoever is left out, B still leads.").click();
    window.run();
    assert!(has(&window, "Why 8.5 to 10.0?"));
    select(&mut window, "Median, round 1, Reach to all need groups");
    assert!(has(&window, "Median 90.0"));
    let mut window = ballots();
    select(&mut window, "Social investor contract leads by the points of Regional director");
    assert!(has(&window, "Why C by the ballot of Regional director?"));
    let mut window = ballots();
    window.get_by_role_and_label(Role::Button, "Why? Talk about this next").click_accesskit();
    window.run();
    assert!(has(&window, "The middle half of the points given"));
}

#[test]
fn ballots_that_abstain_are_said_to_be_left_out_of_the_agreement() {
    let window = with(|workspace| {
        let factor = workspace.balance.factors[0].id.clone();
        for ballot in workspace.voices.ballots.iter_mut().filter(|ballot| ballot.round == 1).take(2) {
            ballot.swings.remove(&factor);
        }
    });
    assert!(has(&window, "On factors 2 of the 14 ballots are left out: they abstain on a factor."));
}

#[test]
fn that_two_rounds_are_the_most_and_that_ballots_without_names_stay_is_said() {
    let mut window = with(|workspace| {
        workspace.voices.rounds.truncate(1);
        workspace.voices.ballots.retain(|ballot| ballot.round == 1);
        workspace.voices.ballots.iter_mut().take(2).for_each(|ballot| ballot.stakeholder = None);
    });
    click(&mut window, "Open round 2");
    assert!(has(&window, "2 ballots have no name."));
    let mut window = ballots();
    click(&mut window, "Close round 2");
    click(&mut window, "Close round 2 without them");
    click(&mut window, "Open again");
    assert!(has(&window, "Two rounds are the most"));
}
