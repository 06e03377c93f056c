//! The Decision room, driven by what is read aloud of it.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        balance::Side,
        decision::{EntryState, Review},
    },
};

use crate::window::{Driven, open, shell_at};

fn westmere() -> Workspace {
    let mut workspace =
        format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace;
    workspace.balance.robustness.iterations = 200;
    workspace
}

fn says(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn press(window: &mut Driven, role: Role, label: &str) {
    // What is below the fold is pressed as assistive technology does it.
    window.get_all_by_role_and_label(role, label).next().expect(label).click_accesskit();
    window.run();
}

#[test]
fn the_record_says_what_is_recommended_why_and_what_is_not_settled() {
    let window = open(shell_at(westmere(), Room::Decision, "Record"));
    assert!(says(&window, "Commission the local partnership"));
    assert!(says(&window, "Total of Local partnership: 67 of 100"));
    assert!(says(&window, "Reason 1: Reaches 70 % of people; the next best reaches 55 %."));
    assert!(says(&window, "two need groups have no voice"));
}

#[test]
fn a_changed_figure_is_told_and_written_into_the_sentence() {
    let mut workspace = westmere();
    for factor in workspace.balance.factors.iter_mut().filter(|factor| factor.side == Side::Commercial) {
        factor.swing = factor.swing.map(|swing| swing * 1.2);
    }
    let reason = &mut workspace.decision.reasons[2];
    reason.text = reason.text.replace("the room gave 42 %", "they carry 42 % today");
    reason.figures[1].key = "commercial-share".to_owned();
    let mut window = open(shell_at(workspace, Room::Decision, "Record"));
    let told = "42 % is now 47 %";
    press(&mut window, Role::Link, told);
    press(&mut window, Role::Button, "Write 47 %");
    assert!(window.state().workspace().decision.reasons[2].text.contains("they carry 47 % today"));
    assert!(!says(&window, told));
}

#[test]
fn drafted_sentences_are_offered_and_taken_over() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    let before = window.state().workspace().decision.reasons.len();
    let offer = window.query_all_by_label_contains("drafted for the reasons").next().expect("an offer");
    offer.click();
    window.run();
    press(&mut window, Role::Button, "Take over");
    assert_eq!(window.state().workspace().decision.reasons.len(), before + 1);
}

#[test]
fn a_sentence_opens_in_place_and_moves() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    let first = window.state().workspace().decision.reasons[0].id.clone();
    window.get_by_label_contains("Reason 1: ").click();
    window.run();
    press(&mut window, Role::Button, "Move this reason down");
    assert_eq!(window.state().workspace().decision.reasons[1].id, first);
}

#[test]
fn a_condition_is_marked_as_met_and_an_overdue_one_is_named() {
    let mut workspace = westmere();
    workspace.decision.conditions[1].due = Some(jiff::civil::date(2001, 2, 3));
    let mut window = open(shell_at(workspace, Room::Decision, "Conditions"));
    assert!(says(&window, "Condition 2: Overdue since 3 February 2001"));
    press(&mut window, Role::RadioButton, "Condition 1 is met");
    assert_eq!(window.state().workspace().decision.conditions[0].state, EntryState::Met);
}

#[test]
fn the_columns_of_conditions_have_heads() {
    let window = open(shell_at(westmere(), Room::Decision, "Conditions"));
    for one in ["Condition", "Safeguard"] {
        assert!(says(&window, &format!("{one}, Who sees to it, By when, State")));
    }
}

#[test]
fn the_review_plan_stands_by_its_days_and_what_has_none_last() {
    let mut workspace = westmere();
    let undated = Review::new("some-day".into(), "Some day");
    workspace.decision.reviews.insert(0, undated);
    let mut days: Vec<_> = workspace.decision.reviews.iter().filter_map(|review| review.on).collect();
    assert!(!days.is_sorted(), "in the file they stand in another order");
    days.sort();
    let window = open(shell_at(workspace, Room::Decision, "Review plan"));
    let value = |name: &str| window.get_by_role_and_label(Role::TextInput, name).value().unwrap_or_default();
    for (number, day) in (1..).zip(&days) {
        let typed = day.strftime("%-d/%-m/%Y").to_string();
        assert_eq!(value(&format!("When review {number} is")), typed);
    }
    assert_eq!(value(&format!("What review {} looks at", days.len() + 1)), "Some day");
}

#[test]
fn the_paper_is_read_large_and_turned_with_the_keyboard() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    let laid_out = |window: &mut Driven| {
        let ctx = window.ctx.clone();
        for _ in 0..2 {
            window.state_mut().view.preview.finish(&ctx);
            window.run();
        }
    };
    laid_out(&mut window);
    let small = window.get_by_label_contains("The paper, page 1 of ").rect().width();
    press(&mut window, Role::Button, "Read large");
    window.key_press(egui::Key::ArrowRight);
    window.run();
    laid_out(&mut window);
    let pages: Vec<f32> =
        window.get_all_by_label_contains("The paper, page 2 of ").map(|page| page.rect().width()).collect();
    assert!(pages.iter().any(|width| *width > 1.4 * small), "{pages:?}, {small} before");
    window.key_press(egui::Key::Escape);
    window.run();
    assert_eq!(window.query_all_by_label_contains("The paper, page 2 of ").count(), 1);
}

#[test]
fn freezing_and_signing_keep_copies_that_open_read_only() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    window.state_mut().session().finish_jobs();
    press(&mut window, Role::Button, "Sign");
    assert!(says(&window, "Two need groups have no voice."));
    let field = window.get_by_role_and_label(Role::TextInput, "Signed by");
    field.type_text("Ann Cook");
    window.run();
    press(&mut window, Role::Button, "Sign and freeze");
    let signed = window.state().workspace().decision.signed.clone().expect("a signature");
    assert!(signed.by.contains("Ann Cook") && signed.unmet.len() >= 2);
    assert!(says(&window, "Signed by"));
    press(&mut window, Role::Link, "As signed");
    window.state_mut().session().finish_jobs();
    window.run();
    assert!(says(&window, "read-only") && says(&window, "Nothing has changed since."));
    press(&mut window, Role::Button, "Back to today");
    assert!(says(&window, "Reason 1: "));
}

#[test]
fn wording_and_reasons_of_another_option_are_told_and_can_be_taken_out() {
    let mut workspace = westmere();
    let c = workspace.question.options.iter().find(|option| option.badge == "C").unwrap();
    let (id, name) = (c.id.clone(), c.name.clone());
    workspace.decision.recommendation = Some(id);
    let mut window = open(shell_at(workspace, Room::Decision, "Record"));
    assert!(says(&window, "speak of Local partnership, and not of"));
    press(&mut window, Role::Link, &format!("Word it “Choose {name}”"));
    press(&mut window, Role::Link, "Take out all that speak of it");
    let decision = &window.state().workspace().decision;
    assert_eq!(decision.headline, format!("Choose {name}"));
    assert!(decision.reasons.iter().all(|reason| !reason.text.contains("Reaches 70 %")));
    assert!(!says(&window, "and not of") && says(&window, "drafted for the reasons"));
}

#[test]
fn escape_leaves_whatever_is_open_and_only_one_thing_is_open_at_a_time() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    press(&mut window, Role::Link, "Change it");
    assert!(says(&window, "Done with it"));
    window.get_by_label_contains("Reason 1: ").click();
    window.run();
    assert!(says(&window, "Move this reason down") && !says(&window, "Done with it"));
    window.key_press(egui::Key::Escape);
    window.run();
    assert!(!says(&window, "Move this reason down"));
    press(&mut window, Role::Link, "Change it");
    window.key_press(egui::Key::Escape);
    window.run();
    assert!(!says(&window, "Done with it"));
}

#[test]
fn what_is_open_closes_when_the_page_is_left() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    press(&mut window, Role::Link, "Change it");
    press(&mut window, Role::Tab, "Conditions");
    press(&mut window, Role::Tab, "Record");
    assert!(!says(&window, "Done with it") && says(&window, "Change it"));
}

#[test]
fn once_signed_what_is_not_settled_is_told_and_no_longer_warned_of() {
    let mut window = open(shell_at(westmere(), Room::Decision, "Record"));
    window.state_mut().session().finish_jobs();
    assert!(says(&window, "to settle before signing:"));
    press(&mut window, Role::Button, "Sign");
    window.get_by_role_and_label(Role::TextInput, "Signed by").type_text("Ann Cook");
    window.run();
    press(&mut window, Role::Button, "Sign and freeze");
    assert!(!says(&window, "before signing") && says(&window, "not settled:"));
}

#[test]
fn where_cards_stack_the_total_stands_beside_the_recommendation() {
    let window = crate::window::open_as(
        shell_at(westmere(), Room::Decision, "Record"),
        [960.0, 600.0],
        egui::Theme::Light,
    );
    let total = window.get_by_label_contains("Total of Local partnership: 67 of 100").rect();
    let change = window.get_by_role_and_label(Role::Link, "Change it").rect();
    assert!((total.top() - change.top()).abs() < 30.0, "{total:?} {change:?}");
    let reason = window.get_by_label_contains("Reason 1: ").rect();
    assert!(reason.width() > 300.0 && reason.top() < change.bottom() + 200.0, "{reason:?}");
}

/// Opens the palette, types this and answers with the actions that it lists.
fn search(window: &mut Driven, text: &str) -> Vec<String> {
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    window.run();
    window.get_by_role_and_label(Role::TextInput, "Search or run a command").type_text(text);
    window.run();
    window.query_all_by_role(Role::ListItem).filter_map(|row| row.accesskit_node().label()).collect()
}

#[test]
fn everything_that_is_done_with_the_record_is_found_by_a_few_letters() {
    let mut window = open(shell_at(westmere(), Room::Balance, "Balance"));
    for (typed, found) in [
        ("sign off", "Sign off the record"),
        ("freeze this", "Freeze this record"),
        ("print", "Print the paper"),
        ("as word", "Save the paper as Word"),
        ("excel", "Save everything as an Excel workbook"),
        ("history", "Show the history"),
        ("settled", "See what is to be settled"),
        ("condition", "Add a condition"),
        ("dissent", "Add a dissent"),
        ("trigger", "Add a review trigger"),
        ("duty", "Add a duty"),
    ] {
        let rows = search(&mut window, typed);
        assert!(rows.iter().any(|row| row == found), "{typed}: {rows:?}");
        window.key_press(egui::Key::Escape);
        window.run();
    }
    let taken_back = search(&mut window, "signature");
    assert!(taken_back.is_empty(), "nobody has signed: {taken_back:?}");
}

#[test]
fn a_command_freezes_from_any_room_and_adds_where_it_is_written() {
    let mut window = open(shell_at(westmere(), Room::Balance, "Balance"));
    search(&mut window, "freeze this");
    window.key_press(egui::Key::Enter);
    window.run();
    assert!(says(&window, "Name of the copy"));
    window.key_press(egui::Key::Escape);
    window.run();
    let before = window.state().workspace().decision.conditions.len();
    search(&mut window, "add a condition");
    window.key_press(egui::Key::Enter);
    window.run();
    assert_eq!(window.state().workspace().decision.conditions.len(), before + 1);
    assert_eq!(window.state().view.place().1, "Conditions");
}

#[test]
fn a_frozen_copy_tells_the_record_whole() {
    let mut workspace = westmere();
    workspace.decision.conditions[0].owner = "The clerk of Northbank".to_owned();
    workspace.decision.conditions[0].due = Some(jiff::civil::date(2027, 3, 31));
    let duty = &mut workspace.decision.duties[0];
    (duty.how, duty.by) = ("Read aloud at the hearing".to_owned(), "The solicitor".to_owned());
    let mut window = open(shell_at(workspace, Room::Decision, "Record"));
    window.state_mut().session().finish_jobs();
    press(&mut window, Role::Button, "Freeze this record");
    press(&mut window, Role::Button, "Freeze");
    let name = window.state().workspace().decision.frozen[0].name.clone();
    press(&mut window, Role::Link, &name);
    for words in [
        "Who sees to it: The clerk of Northbank · By when: 31 March 2027 · State: open",
        "How: Read aloud at the hearing · Who says so: The solicitor",
        "Met: ",
        "Statutory duties",
        "Principles of consultation",
        "Reviews",
    ] {
        assert!(says(&window, words), "{words}");
    }
}

#[test]
fn what_is_to_be_settled_in_several_places_leads_to_all_of_them() {
    let window = open(shell_at(westmere(), Room::Decision, "Record"));
    let places: std::collections::HashSet<_> = {
        let basis = window.state().session.as_ref().unwrap().basis();
        evenhand::analysis::decision::unmet(&basis).iter().map(|point| (point.room, point.page)).collect()
    };
    assert!(places.len() > 1, "{places:?}");
    assert!(says(&window, "See them all") && !says(&window, "Go to Voices"));
}
