//! The caseload check in the window, by the names that assistive technology reads.

use std::{fs, thread::sleep, time::Duration};

use egui::{Event, Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    exchange::{
        caseload::{Source, example, guess, look, read},
        examples,
    },
    file::format,
    model::{
        Room, Workspace,
        reach::caseload::{Counted, CountedGroup, CountedPlace, Counts, Statistic},
    },
};

use crate::window::*;

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

/// Westmere with the invented caseload counted.
fn counted() -> Workspace {
    let mut workspace = westmere();
    let source = Source::Text { name: "invented".to_owned(), text: example::table().into_bytes().into() };
    let preview = look(&source).unwrap();
    let mut mapping = guess(&preview.header, &preview.samples(), &workspace);
    mapping.group_names.insert("Women with dependents".to_owned(), "Women with dependants".to_owned());
    let course = evenhand::analysis::course::Course::default();
    let tally = read(&source, &mapping, &workspace, &course).unwrap().unwrap();
    workspace.reach.caseload.counted = Some(tally.counted);
    workspace
}

fn at(workspace: Workspace) -> Driven {
    open(shell_at(workspace, Room::Reach, "Caseload check"))
}

fn press(window: &mut Driven, button: &str) {
    window.get_by_role_and_label(Role::Button, button).click();
    window.run();
}

fn sheet(window: &mut Driven, name: &str) {
    window.get_by_role_and_label(Role::RadioButton, &format!("Caseload check: {name}")).click();
    window.run();
}

fn says(window: &Driven, part: &str) -> bool {
    window
        .query_all_by(|node| {
            let holds = |text: Option<String>| text.is_some_and(|text| text.contains(part));
            holds(node.label()) || holds(node.value())
        })
        .next()
        .is_some()
}

fn type_into(window: &mut Driven, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.key_press(Key::Backspace);
    window.get_by_role_and_label(Role::TextInput, field).type_text(text);
    window.key_press(Key::Enter);
    window.run();
}

/// Waits for a worker behind the dialog.
#[track_caller]
fn wait_for(window: &mut Driven, part: &str) {
    for _ in 0..1_000 {
        window.run_steps(1);
        if says(window, part) {
            return window.run_steps(2);
        }
        sleep(Duration::from_millis(10));
    }
    panic!("“{part}” has not come");
}

fn paste(window: &mut Driven, text: &str) {
    window.event(Event::Paste(text.to_owned()));
    window.run_steps(2);
}

fn is_enabled(window: &Driven, button: &str) -> bool {
    !window.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

/// Keeps a picture to be looked at where EVENHAND_LOOK names a folder for it.
fn look_at(window: &mut Driven, name: &str) {
    if let Some(folder) = std::env::var_os("EVENHAND_LOOK") {
        let picture = window.render().unwrap();
        picture.save(std::path::Path::new(&folder).join(format!("{name}.png"))).unwrap();
    }
}

#[test]
fn the_invented_caseload_is_read_counted_and_taken_back_as_one_step() {
    let mut window = at(westmere());
    look_at(&mut window, "empty");
    press(&mut window, "Try the invented caseload");
    wait_for(&mut window, "things to look at");
    look_at(&mut window, "dialog");
    assert!(says(&window, "Rows are never kept."));
    assert!(says(&window, "“Women with dependents” is no need group"));
    press(&mut window, "Use it");
    window.run_steps(2);
    wait_for(&mut window, "Count 1,427 people");
    assert!(!says(&window, "“Women with dependents” is no need group"));
    press(&mut window, "Count 1,427 people");
    assert!(says(&window, "The gate that shuts people out is acceptance."));
    assert!(says(&window, "Providers accept 71 % of "));
    look_at(&mut window, "gates");
    let label = window.state_mut().session().history().undo_label().map(str::to_owned);
    assert_eq!(label.as_deref(), Some("Count 1,427 people of the invented caseload"));
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert!(window.state().workspace().reach.caseload.counted.is_none());
    assert!(says(&window, "No caseload has been counted."));
}

#[test]
fn nothing_of_a_person_is_kept() {
    let text = example::table();
    let mut lines = text.lines();
    let who = lines.next().unwrap().split(',').position(|name| name == "person_ref").unwrap();
    let pseudonyms: Vec<String> = lines
        .filter_map(|line| line.split(',').nth(who))
        .filter(|who| !who.is_empty())
        .map(str::to_owned)
        .collect();
    assert!(pseudonyms.len() > 1_000);
    let mut window = at(westmere());
    press(&mut window, "Try the invented caseload");
    wait_for(&mut window, "Count 1,4");
    let node = window
        .query_all_by_role(Role::Button)
        .find_map(|node| node.accesskit_node().label().filter(|label| label.starts_with("Count 1,4")));
    press(&mut window, &node.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.evenhand.ron");
    window.state_mut().session().save_as(&path);
    for _ in 0..200 {
        window.run_steps(1);
        if path.exists() {
            break;
        }
        sleep(Duration::from_millis(10));
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept.contains("\"accepted\""), "the counts are there");
    assert!(pseudonyms.iter().all(|who| !kept.contains(who.as_str())), "a pseudonym was kept");
    let preferences = format!("{:?}", window.state().preferences());
    assert!(preferences.contains("need_group"), "the meanings are kept");
    assert!(pseudonyms.iter().all(|who| !preferences.contains(who.as_str())));
}

#[test]
fn a_bad_table_names_its_row_and_is_not_counted() {
    let mut window = at(westmere());
    press(&mut window, "Paste caseload");
    let mut text = String::from("person\tneed_group\taccepted\n");
    (0..58).for_each(|person| text += &format!("p{person}\tWomen\tyes\n"));
    paste(&mut window, &(text + "q\tWomen\tperhaps\n"));
    wait_for(&mut window, "It cannot be counted yet");
    wait_for(&mut window, "(row 60)");
    assert!(!is_enabled(&window, "Count people"));
    window.get_by_role_and_label(Role::ComboBox, "What “need_group” means").click();
    window.run();
    window.get_by_label("Provider").click();
    wait_for(&mut window, "No column says the need group.");
    assert!(!is_enabled(&window, "Count people"));
    window.key_press(Key::Escape);
    window.run();
    assert!(!says(&window, "What is in each column?"));
    assert!(window.state().workspace().reach.caseload.counted.is_none());
}

#[test]
fn a_large_count_can_be_stopped_and_begun_again() {
    let mut text = String::from("person\tneed_group\taccepted\n");
    for person in 0..1_000_000 {
        text += &format!("p{person}\tGroup {}\t{}\n", person % 7, if person % 3 == 0 { "no" } else { "yes" });
    }
    let mut window = at(westmere());
    press(&mut window, "Paste caseload");
    paste(&mut window, &text);
    for _ in 0..2_000 {
        window.run_steps(1);
        if window.query_by_role_and_label(Role::Button, "Stop").is_some() {
            break;
        }
        sleep(Duration::from_millis(1));
    }
    // The dialog has just grown and finds its place.
    window.run_steps(2);
    press(&mut window, "Stop");
    wait_for(&mut window, "Count about ");
    let again = window
        .query_all_by_role(Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with("Count about "));
    press(&mut window, &again.unwrap());
    wait_for(&mut window, "Count 1,000,000 people");
}

#[test]
fn a_rate_is_asked_why_and_its_copy_hides_small_counts() {
    let mut window = at(counted());
    let rate = window
        .query_all_by_role(Role::Button)
        .find_map(|node| node.accesskit_node().label().filter(|label| label.contains("accepted: 71 %")))
        .unwrap();
    press(&mut window, &rate);
    assert!(says(&window, "Why 71 %?"));
    assert!(says(&window, "240 came") && says(&window, "69"));
    look_at(&mut window, "gates_why");
}

#[test]
fn small_numbers_are_hidden_on_the_page() {
    let tall = |workspace| {
        open_as(shell_at(workspace, Room::Reach, "Caseload check"), [1_440.0, 1_400.0], egui::Theme::Light)
    };
    let mut window = tall(counted());
    let cells = |window: &Driven| -> Vec<String> {
        window
            .query_all_by_role(Role::Cell)
            .filter_map(|node| node.accesskit_node().label())
            .filter(|label| label.starts_with("Refused, by office"))
            .collect()
    };
    let shown = cells(&window);
    assert!(shown.iter().any(|cell| cell.ends_with(": hidden")), "{shown:?}");
    for small in 1..5 {
        assert!(!shown.iter().any(|cell| cell.ends_with(&format!(": {small}"))), "{shown:?}");
    }
    // The threshold is the workspace's.
    let mut workspace = counted();
    workspace.reach.caseload.counted.as_mut().unwrap().hidden_under = 1;
    window = tall(workspace);
    assert!(cells(&window).iter().any(|cell| cell.ends_with(": 3")));
}

#[test]
fn offices_tests_and_tripwires_are_a_key_away() {
    let mut window = at(counted());
    sheet(&mut window, "Offices");
    assert!(says(&window, "fall short by more than chance would explain"));
    assert!(says(&window, "Town: Short-sentence prolific: 13 left out"), "by office and group");
    look_at(&mut window, "offices");
    window.get_by_role_and_label(Role::RadioButton, "Funnel of: Offices as wholes").click();
    window.run();
    assert!(says(
        &window,
        "No office can be drawn: of each, how many people of some group came or passed is hidden"
    ));
    look_at(&mut window, "offices_whole");
    sheet(&mut window, "More tests");
    for title in ["Every difference beyond chance", "The same within offices", "Adjusted for traits"] {
        assert!(says(&window, title), "{title}");
    }
    look_at(&mut window, "more");
    sheet(&mut window, "Tripwires");
    press(&mut window, "Add a tripwire");
    let wires = &window.state().workspace().reach.caseload.tripwires;
    assert_eq!((wires.len(), wires[0].statistic, wires[0].limit), (1, Statistic::ImpactRatio, 0.8));
    assert!(says(&window, "Tripped: "));
    assert!(says(&window, "1 of 1 tripwire has tripped."));
    type_into(&mut window, "Day on which tripwire 1 was agreed", "31/3/2027");
    type_into(&mut window, "Who agreed tripwire 1", "the board");
    assert!(says(&window, "Agreed 31 March 2027 by the board."));
    look_at(&mut window, "tripwires");
    window.state_mut().view.go(Room::Decision, "Record");
    window.run();
    assert!(says(&window, "accepted: share over that of the best group at least 0.80."));
}

/// So many groups and offices, all of them alike but for the first.
fn crowd(groups: usize, offices: usize) -> Workspace {
    let mut workspace = westmere();
    let counts = |group: usize, times: u64| Counts {
        people: 40 * times,
        passed: [38, if group == 0 { 20 } else { 34 }, 28.min(if group == 0 { 18 } else { 30 }), 17]
            .map(|count| count * times)
            .to_vec(),
        ..Counts::default()
    };
    let name = |group: usize| format!("People with need number {} and a long name", group + 1);
    workspace.reach.caseload.counted = Some(Counted {
        source: "crowd.csv".to_owned(),
        counted_on: None,
        hidden_under: 5,
        gates: ["referred", "accepted", "started", "served"].map(str::to_owned).to_vec(),
        groups: (0..groups)
            .map(|group| CountedGroup {
                name: name(group),
                need_group: None,
                counts: counts(group, offices as u64),
            })
            .collect(),
        providers: (0..offices)
            .map(|office| CountedPlace {
                name: format!("Office {}", office + 1),
                groups: (0..groups).map(|group| counts(group, 1)).collect(),
            })
            .collect(),
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    });
    workspace
}

#[test]
fn a_crowd_and_a_single_group_are_shown() {
    for (groups, offices) in [(30, 40), (1, 1), (2, 0)] {
        let mut window = at(crowd(groups, offices));
        let name = format!("crowd_{groups}_{offices}");
        assert!(says(&window, "People with need number 1"));
        look_at(&mut window, &name);
        for (_, other) in [(0, "Offices"), (1, "More tests"), (2, "Tripwires")] {
            sheet(&mut window, other);
            look_at(&mut window, &format!("{name}_{other}"));
        }
    }
}

#[test]
fn the_page_holds_at_every_size() {
    for (size, theme, name) in [
        (SMALL, egui::Theme::Light, "small"),
        (LARGE_TEXT, egui::Theme::Light, "large_text"),
        (USUAL, egui::Theme::Dark, "dark"),
    ] {
        let mut window = open_as(shell_at(counted(), Room::Reach, "Caseload check"), size, theme);
        look_at(&mut window, name);
        sheet(&mut window, "Offices");
        look_at(&mut window, &format!("{name}_offices"));
        window.get_by_role_and_label(Role::Button, "Paste caseload").click();
        window.run();
        paste(&mut window, &example::table().replace(',', "\t"));
        wait_for(&mut window, "to look at");
        look_at(&mut window, &format!("{name}_dialog"));
    }
}

#[test]
fn a_limit_that_was_agreed_when_the_count_was_there_says_so() {
    let mut workspace = counted();
    workspace.reach.caseload.counted.as_mut().unwrap().counted_on = Some(jiff::civil::date(2027, 1, 1));
    let mut window = at(workspace);
    sheet(&mut window, "Offices");
    assert!(says(&window, "caseloads are hidden") || says(&window, " are hidden."), "how many is said");
    sheet(&mut window, "Tripwires");
    press(&mut window, "Add a tripwire");
    type_into(&mut window, "Day on which tripwire 1 was agreed", "1/6/2026");
    assert!(says(&window, "Limits are fixed before award") && !says(&window, "Not before the count."));
    type_into(&mut window, "Day on which tripwire 1 was agreed", "31/3/2027");
    assert!(says(&window, "Not before the count.") && says(&window, "it may have been made to fit"));
}
