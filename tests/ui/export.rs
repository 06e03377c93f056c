//! The paper in the window: the buttons, the dialog, the preview, and that its figures are those of the pages.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    analysis::course::Course,
    exchange::{
        TableKind, read_table,
        report::{
            Block,
            compose::{Level, Terms},
        },
        workspace_from,
    },
    model::{Room, Workspace},
    ui::export::{self, Form, NotWritten, whole},
};

use crate::{
    scores_support::{fill, westmere},
    window::*,
};

fn decision() -> Driven {
    open(shell_at(westmere(), Room::Decision, "Record"))
}

fn has(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

// Whoever fills in the name of a file presses Enter, which saves.

fn click(window: &mut Driven, label: &str) {
    window.get_by_role_and_label(Role::Button, label).click();
    window.run();
}

/// Turns a page: the way to it may lie below what is in view.
fn turn(window: &mut Driven, label: &str) {
    window.get_by_role_and_label(Role::Button, label).click_accesskit();
    window.run();
}

/// Waits until something is there that a worker brings.
fn wait(window: &mut Driven, words: &str) {
    let begun = Instant::now();
    while !has(window, words) {
        assert!(begun.elapsed() < Duration::from_secs(120), "“{words}” never came");
        std::thread::sleep(Duration::from_millis(50));
        window.step();
    }
}

fn labels(window: &Driven) -> Vec<String> {
    window
        .query_all_by(|_| true)
        .flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()])
        .flatten()
        .collect()
}

fn paper_text() -> String {
    let terms = Terms { level: Level::FullWithAppendix, ..Terms::default() };
    let paper = whole(&westmere(), 0, &terms, &Course::default()).unwrap().paper;
    let mut text = String::new();
    for block in &paper.blocks {
        match block {
            Block::Heading { text: words, .. } => text += &format!("{words}\n"),
            Block::Paragraph(runs) | Block::Note(runs) | Block::Warning(runs) => {
                text.extend(runs.iter().map(|run| run.text.as_str()));
                text.push('\n');
            }
            Block::List { items, .. } => {
                for item in items {
                    text.extend(item.runs.iter().map(|run| run.text.as_str()));
                    text.push('\n');
                }
            }
            Block::Quote { words, who } => text += &format!("{words} {who}\n"),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                    text += &format!("{}\n", cells.join(" | "));
                }
            }
            Block::Figure(figure) => text += &format!("{} {}\n", figure.caption, figure.alternative),
            Block::NewPage => {}
        }
    }
    text
}

#[test]
fn the_paper_is_saved_from_the_head_of_the_room() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.html");
    let mut window = decision();
    click(&mut window, "HTML");
    assert!(has(&window, "Save the paper"));
    wait(&mut window, "Leaves the program: 1 person under a pseudonym");
    fill(&mut window, "File", file.to_str().unwrap());
    wait(&mut window, "The paper is saved");
    assert!(std::fs::read_to_string(&file).unwrap().contains("Commission the local partnership"));
    assert!(has(&window, "Show in folder"));
    click(&mut window, "Close");
    assert!(!has(&window, "The paper is saved"));
}

#[test]
fn everything_is_saved_as_a_workbook_from_the_same_dialog() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.xlsx");
    let mut window = decision();
    click(&mut window, "Word");
    window.get_by_label("Save as: Excel workbook").click_accesskit();
    window.run();
    assert!(has(&window, "Every table, to be read back, and every result"));
    assert!(window.query_by_label("Length: Full").is_none(), "a workbook is always whole");
    assert!(window.query_by_role_and_label(Role::Button, "Print").is_none());
    wait(&mut window, "Leaves the program: 4 people under pseudonyms and 3 names or roles of those who see");
    window.get_by_role_and_label(Role::Switch, "Pseudonyms").click_accesskit();
    window.get_by_role_and_label(Role::Switch, "Who sees to conditions and reviews").click_accesskit();
    window.run();
    wait(&mut window, "No name and no pseudonym leaves the program.");
    fill(&mut window, "File", file.to_str().unwrap());
    wait(&mut window, "The workbook is saved");
    let bytes = std::fs::read(&file).unwrap();
    let read = |kind| read_table("all", kind, &bytes);
    assert!(read(TableKind::Ballots).is_err(), "ballots stay unless somebody asks for them");
    let back = workspace_from(&[read(TableKind::Scores).unwrap()]).unwrap();
    assert_eq!(back.balance.factors.len(), westmere().balance.factors.len());
}

#[test]
fn a_workbook_is_a_command_of_its_own() {
    let mut window = decision();
    click(&mut window, "Excel");
    assert!(has(&window, "Every table, to be read back, and every result"));
    assert!(has(&window, "Save the workbook"));
}

/// How long a paper or a workbook of very many draws takes to stop once it is told to.
fn time_to_stop(workspace: &Workspace, form: Form) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("paper.{}", form.ending()));
    let course = Course::default();
    let (stopped_at, outcome) = std::thread::scope(|scope| {
        let (file, course) = (&file, &course);
        let writing = scope
            .spawn(move || export::to_file((workspace, 0), &Terms::default(), form, (file, false), course));
        while course.progress().done == 0 {
            assert!(!writing.is_finished(), "{form:?}: it was written before it could be stopped");
            std::thread::yield_now();
        }
        course.stop();
        (Instant::now(), writing.join().unwrap())
    });
    assert_eq!(outcome, Err(NotWritten::Stopped), "{form:?}");
    assert!(!file.exists(), "{form:?}");
    stopped_at.elapsed()
}

#[test]
fn whatever_is_being_written_stops_within_its_draws_and_leaves_nothing() {
    let mut workspace = westmere();
    workspace.balance.robustness.iterations = 10_000_000;
    for form in Form::ALL {
        // A measure that other tests have spoilt is taken again.
        let stops = std::iter::repeat_with(|| time_to_stop(&workspace, form)).take(5);
        assert!(stops.into_iter().any(|took| took < Duration::from_secs(1)), "{form:?}");
    }
}

#[test]
fn a_file_that_is_there_is_kept_until_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.html");
    std::fs::write(&file, "mine").unwrap();
    let mut window = decision();
    click(&mut window, "HTML");
    fill(&mut window, "File", file.to_str().unwrap());
    wait(&mut window, "is there already");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    click(&mut window, "Save under another name");
    wait(&mut window, "The paper is saved");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    assert!(folder.path().join("paper 2.html").exists());
}

#[test]
fn a_place_that_takes_no_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    std::fs::write(&blocked, "x").unwrap();
    let mut window = decision();
    click(&mut window, "HTML");
    fill(&mut window, "File", blocked.join("paper.html").to_str().unwrap());
    wait(&mut window, "Save under another name");
    assert!(!has(&window, "The paper is saved"));
}

#[test]
fn who_is_named_follows_what_is_left_out() {
    let mut window = decision();
    click(&mut window, "Word");
    wait(&mut window, "Leaves the program: 1 person under a pseudonym");
    window.get_by_role_and_label(Role::Switch, "Pseudonyms").click_accesskit();
    window.run();
    wait(&mut window, "Leaves the program: 3 names or roles of those who see to something or signed.");
    window.get_by_role_and_label(Role::Switch, "Who sees to conditions and reviews").click_accesskit();
    window.run();
    wait(&mut window, "No name and no pseudonym leaves the program.");
}

#[test]
fn the_preview_shows_the_pages_and_follows_an_edit() {
    let mut window = decision();
    wait(&mut window, "The paper, page 1 of");
    assert!(has(&window, "1. Recommendation"));
    turn(&mut window, "The page after");
    wait(&mut window, "The paper, page 2 of");
    turn(&mut window, "The page before");
    wait(&mut window, "The paper, page 1 of");
    let edited = window.state_mut().session().edit("Say it anew", Room::Decision, None, |w| {
        w.decision.headline = "Choose quite another way".to_owned();
    });
    assert!(edited.is_ok());
    window.run();
    wait(&mut window, "Choose quite another way. This is option B");
}

#[test]
fn figures_of_the_pages_stand_in_the_paper_as_they_stand_there() {
    let paper = paper_text();
    let seen = std::cell::Cell::new(0);
    let stands = |figure: &str, place: &str| {
        assert!(paper.contains(figure), "{place} says “{figure}”, and the paper does not");
        seen.set(seen.get() + 1);
    };
    // Decision: rows such as "B, Local partnership: total 67, left out 8 a year".
    for label in labels(&decision()) {
        let Some((name, figures)) = label.split_once(": total ") else { continue };
        let Some((total, left_out)) = figures.split_once(", left out ") else { continue };
        let (badge, name) = name.split_once(", ").unwrap();
        let left_out = left_out.trim_end_matches(" a year");
        stands(&format!("{badge}  {name} | {total} | "), "Decision");
        stands(&format!("{badge}  {name} | "), "Decision");
        let row =
            paper.lines().find(|line| line.starts_with(&format!("{badge}  {name} | {total} | "))).unwrap();
        assert!(row.ends_with(&format!(" | {left_out}")), "Decision says {left_out}: {row}");
    }
    assert!(seen.get() >= 10, "the rows of Decision are there: {}", seen.get());
    // Balance: the sentence above the chart, word for word.
    let balance = labels(&open(shell_at(westmere(), Room::Balance, "Balance")));
    let sentence =
        balance.iter().find(|label| label.contains("Commercial factors carry")).expect("a sentence");
    for part in [
        "Commercial factors carry 42 % of the weight today.",
        "Past 62 %, C (Social investor contract) leads",
    ] {
        assert!(sentence.contains(part), "{sentence}");
        stands(part, "Balance");
    }
    // The line at the foot: clauses with their figures.
    for clause in [
        "Local partnership leads with 67",
        "holds until commercial weight passes 62 %",
        "of plausible weights",
    ] {
        assert!(balance.iter().any(|label| label.contains(clause)), "{clause}");
        stands(clause, "the line at the foot");
    }
    // Reach: what is said of the option most at risk.
    let reach = labels(&open(shell_at(westmere(), Room::Reach, "Prediction")));
    let said = "National prime contract: 39 % would be supported; 433 people a year are left out against an equal share.";
    assert!(reach.iter().any(|label| label.contains(said)), "Reach says it: {reach:?}");
    stands(said, "Reach");
    // Voices: how many were heard, sector by sector.
    for label in labels(&open(shell_at(westmere(), Room::Voices, "Overview"))) {
        let Some((sector, heard)) = label.split_once(": ").filter(|(_, rest)| rest.ends_with(" heard"))
        else {
            continue;
        };
        stands(&format!("{sector} | {} | ", heard.trim_end_matches(" heard")), "Voices");
    }
    assert!(seen.get() >= 22, "{}", seen.get());
}

#[test]
fn the_name_of_a_free_file_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.docx");
    std::fs::write(folder.path().join("paper 2.docx"), "x").unwrap();
    let free = evenhand::ui::export::free_name(&file);
    assert_eq!(free.file_name(), Path::new("paper 3.docx").file_name());
}

#[test]
fn in_a_small_window_with_large_text_every_page_of_the_room_stays_in_view() {
    let window = open_as(shell_at(westmere(), Room::Decision, "Record"), [853.0, 480.0], egui::Theme::Light);
    let place = |role, label| window.get_by_role_and_label(role, label).rect();
    let (last, save) = (place(Role::Tab, "History"), place(Role::Button, "Save as"));
    assert!(last.right() < save.left() && save.right() < 853.0, "{last:?} {save:?}");
}
