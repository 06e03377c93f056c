//! The Compare page and its snapshots, driven as a person would.

use egui::{Key, Modifiers, Theme, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::examples,
    file::format,
    model::{
        Room, Workspace,
        balance::{Score, ScoreLevel},
        ids::OptionId,
        question::{ServiceOption, badge},
    },
    ui::command::Command,
};

use crate::window::*;

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

/// Compare, with everything on it worked out.
fn compare(workspace: Workspace) -> Driven {
    settled(open(shell_at(workspace, Room::Balance, "Compare")))
}

/// Lets the page have what it asks for.
fn settled(mut window: Driven) -> Driven {
    settle(&mut window);
    window
}

fn settle(window: &mut Driven) {
    for _ in 0..3 {
        window.run();
        window.state_mut().session().finish_jobs();
    }
    window.run();
}

fn run(window: &mut Driven, command: Command) {
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, command);
    window.run();
}

fn has(window: &Driven, part: &str) -> bool {
    let with = |label: Option<String>| label.is_some_and(|label| label.contains(part));
    window.query_all_by(|node| with(node.label()) || with(node.value())).next().is_some()
}

fn said(window: &Driven, part: &str) {
    assert!(has(window, part), "“{part}” is not on the page");
}

fn names(window: &Driven) -> Vec<String> {
    window.state().workspace().snapshots.iter().map(|s| s.name.clone()).collect()
}

#[test]
fn the_example_says_what_changed_since_the_officers_draft() {
    let window = compare(westmere());
    said(&window, "B led by 8.0 and leads by 9.2.");
    said(&window, "Officers’ draft: B by 8.0");
    said(&window, "Today: B by 9.2");
    said(&window, "What reach is worth did +1.4 points to B’s lead");
    said(&window, "Weights inside each side did −0.6 points to B’s lead");
    said(&window, "B at least as good as C on 9 of 12 factors, on all operational ones");
    said(&window, "C, Social investor contract: 8.5 points, from reoffending to risk transfer");
    said(&window, "Totals from Officers’ draft to Today: ");
    said(&window, "B, Local partnership, total 66 in Officers’ draft");
}

#[test]
fn without_a_snapshot_the_page_says_what_one_is_for_and_takes_one() {
    let mut workspace = westmere();
    workspace.snapshots.clear();
    let mut window = compare(workspace);
    said(&window, "No snapshot yet");
    said(&window, "No option dominates another");
    window.get_by_role_and_label(Role::Button, "Take a snapshot").click();
    window.run();
    window.get_by_role_and_label(Role::Button, "Take").click();
    settle(&mut window);
    assert_eq!(names(&window), ["Snapshot 1"]);
    said(&window, "The same in every figure.");
    let history = window.state_mut().session().history().undo_label().map(str::to_owned);
    assert_eq!(history.as_deref(), Some("Take snapshot Snapshot 1"));
}

#[test]
fn a_snapshot_is_taken_by_keyboard_alone_under_the_name_that_is_typed() {
    let mut window = compare(westmere());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    window.run();
    window.run();
    window.event(egui::Event::Text("After the round table".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(names(&window), ["Officers’ draft", "After the round table"]);
    said(&window, "Compare, After the round table");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(names(&window), ["Officers’ draft"]);
    said(&window, "Compare, Officers’ draft");
}

#[test]
fn an_edit_after_a_snapshot_is_told_with_its_effect_and_undo_takes_it_back() {
    let mut window = compare(westmere());
    run(&mut window, Command::TakeSnapshot);
    window.get_by_role_and_label(Role::Button, "Take").click();
    settle(&mut window);
    let session = window.state_mut().session();
    session
        .edit("Score", Room::Balance, None, |w| {
            let option = w.question.options.iter().find(|o| o.badge == "B").unwrap().id.clone();
            let factor = w.balance.factors.iter().find(|f| f.short == "Reach").unwrap().id.clone();
            let score = w.balance.scores.iter_mut().find(|s| s.factor == factor && s.option == option);
            score.unwrap().level = ScoreLevel::Point(50.0);
        })
        .unwrap();
    settle(&mut window);
    said(&window, "Scores of Local partnership: Reach: ");
    said(&window, "Scores of Local partnership did all of it.");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    said(&window, "The same in every figure.");
}

#[test]
fn a_snapshot_is_renamed_and_deleted_and_undo_brings_it_back() {
    let mut window = compare(westmere());
    run(&mut window, Command::RenameSnapshot);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.event(egui::Event::Text("First draft".to_owned()));
    window.run();
    window.get_by_role_and_label(Role::Button, "Rename").click();
    settle(&mut window);
    assert_eq!(names(&window), ["First draft"]);
    run(&mut window, Command::DeleteSnapshot);
    settle(&mut window);
    assert_eq!(names(&window), Vec::<String>::new());
    said(&window, "No snapshot yet");
    window.state_mut().session().undo();
    window.state_mut().session().undo();
    settle(&mut window);
    assert_eq!(names(&window), ["Officers’ draft"]);
    assert_eq!(*window.state().workspace(), westmere());
}

#[test]
fn the_chooser_turns_the_comparison_round() {
    let mut window = compare(westmere());
    window.get_by_role_and_label(Role::ComboBox, "With, Today").click();
    window.run();
    window.get_by_role_and_label(Role::Button, "Officers’ draft").click();
    settle(&mut window);
    said(&window, "With, Officers’ draft");
    said(&window, "The same in every figure.");
    window.get_by_role_and_label(Role::ComboBox, "Compare, Officers’ draft").click();
    window.run();
    window.get_by_role_and_label(Role::Button, "Today").click();
    settle(&mut window);
    said(&window, "B led by 9.2 and leads by 8.0.");
}

#[test]
fn a_change_leads_to_where_it_was_made() {
    let mut window = compare(westmere());
    let name = "What reach is worth: straight line, now bent: 70 % was worth 67, now 72";
    window.get_by_role_and_label(Role::Link, name).click();
    window.run();
    window.run();
    assert_eq!(window.state().view.page(Room::Balance), "Scores");
}

#[test]
fn every_figure_can_be_asked_why() {
    for (figure, answer) in [
        ("What reach is worth did +1.4 points to B’s lead", "Why +1.4?"),
        ("B, Local partnership, total 66 in Officers’ draft", "Why 66?"),
        ("B at least as good as C on 9 of 12 factors, on all operational ones", "Why 9 of 12?"),
        ("C, Social investor contract: 8.5 points, from reoffending to risk transfer", "Why 8.5?"),
    ] {
        let mut window = compare(westmere());
        window.get_by_role_and_label(Role::Button, figure).focus();
        window.run();
        window.key_press(Key::W);
        settle(&mut window);
        said(&window, answer);
    }
}

#[test]
fn an_empty_workspace_and_small_windows_are_drawn_without_a_fault() {
    drop(compare(Workspace::default()));
    for size in [USUAL, SMALL, LARGE_TEXT] {
        let shell = shell_at(westmere(), Room::Balance, "Compare");
        let window = settled(open_as(shell, size, Theme::Dark));
        said(&window, "B led by 8.0 and leads by 9.2.");
    }
}

#[test]
fn an_option_of_only_one_state_is_said_to_have_come_in() {
    let mut workspace = westmere();
    let mut option = workspace.question.options[0].clone();
    option.id = "new-a222".into();
    option.badge = "F".to_owned();
    option.name = "A late offer".to_owned();
    workspace.question.options.push(option);
    let window = compare(workspace);
    said(&window, "A late offer came in");
    assert!(!has(&window, "A late offer, total 50 in Officers’ draft"));
    said(&window, "F, A late offer, total 50 in Today");
}

#[test]
fn figures_of_one_pair_never_stand_under_the_names_of_another() {
    let mut window = compare(westmere());
    said(&window, "B led by 8.0 and leads by 9.2.");
    run(&mut window, Command::TakeSnapshot);
    window.get_by_role_and_label(Role::Button, "Take").click();
    window.step();
    window.step();
    assert!(has(&window, "Compare, Snapshot 2"));
    assert!(!has(&window, "B led by 8.0 and leads by 9.2."), "the former pair stands under the new name");
    settle(&mut window);
    said(&window, "The same in every figure.");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.step();
    window.step();
    assert!(has(&window, "Compare, Officers’ draft"));
    assert!(!has(&window, "The same in every figure."), "the snapshot that is gone is still compared");
    settle(&mut window);
    said(&window, "B led by 8.0 and leads by 9.2.");
}

/// The example with so many options that the table of who is at least as good as whom scrolls both ways.
fn many_options() -> Workspace {
    let mut workspace = westmere();
    let (first, scores) = (workspace.question.options[0].clone(), workspace.balance.scores.clone());
    for n in 5..20 {
        let id = OptionId::from(format!("copy-{n}").as_str());
        let of_first = scores.iter().filter(|score| score.option == first.id);
        workspace.balance.scores.extend(of_first.map(|score| Score { option: id.clone(), ..score.clone() }));
        let name = format!("Copy {n}");
        let option = ServiceOption { id, badge: badge(n), name, short: String::new(), ..first.clone() };
        workspace.question.options.push(option);
    }
    workspace
}

#[test]
fn arrows_lead_to_every_pair_of_a_long_table_and_bring_it_into_view() {
    let mut window = compare(many_options());
    let pair = |window: &Driven| {
        let focused = window.query_all_by(|node| node.is_focused()).next()?;
        let label = focused.accesskit_node().label()?;
        let (row, column) = label.split_once(" on ")?.0.split_once(" at least as good as ")?;
        Some((row.to_owned(), column.to_owned(), focused.rect()))
    };
    let first = window.query_all_by(|node| {
        node.label().is_some_and(|label| label.starts_with("B at least as good as C on"))
    });
    first.last().unwrap().focus();
    window.run();
    for (key, steps) in [(Key::ArrowRight, 18), (Key::ArrowDown, 18), (Key::ArrowRight, 2)] {
        for _ in 0..steps {
            window.key_press(key);
            window.run();
            window.run();
            assert!(pair(&window).is_some(), "{key:?} leads out of the table");
        }
    }
    let (row, column, place) = pair(&window).unwrap();
    assert!(row != "B" && column != "C" && row != column, "{row} {column}");
    assert!(place.right() < 700.0 && place.bottom() < 860.0, "{place:?}");
    window.key_press(Key::Home);
    window.run();
    window.run();
    let (same_row, first, _) = pair(&window).unwrap();
    assert_eq!((same_row, first.as_str()), (row, "B"));
}
