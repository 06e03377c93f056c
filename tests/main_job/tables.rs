//! A workspace made from tables on the start page.

use egui::Key;
use evenhand::{
    analysis::course::Course,
    exchange::{TableKind, examples, report::compose::Terms, tables_in, tables_of},
    file::format,
    ui::export::{self, Form},
};

use crate::computer::*;

const SCORES: &str = "factor,side,worst,best,swing,Partnership,Contract\nReach,operational,0,100,100,70,39\n\
                      Price,commercial,10,0,60,8,3\n";

#[test]
fn tables_become_a_workspace_once_nothing_is_wrong_with_them() {
    let computer = Computer::new();
    let folder = computer.file("tables");
    std::fs::create_dir(&folder).unwrap();
    let scores = folder.join("scores.csv");
    std::fs::write(&scores, SCORES.replace("70", "many")).unwrap();
    let mut window = computer.start();
    click_button(&mut window, "Start from a spreadsheet");
    type_text(&mut window, &folder.display().to_string());
    press(&mut window, Key::Enter);
    until(&mut window, "what is wrong", |window| says(window, "nothing was imported"));
    assert!(says(&window, "many") && says(&window, "scores.csv"), "it is told with its place");
    assert!(window.state().session.is_none());

    std::fs::write(&scores, SCORES).unwrap();
    press(&mut window, Key::Enter);
    until(&mut window, "the workspace", |window| window.state().session.is_some());
    let question = &window.state().workspace().question;
    assert_eq!(question.options.len(), 2);
    assert_eq!(window.state().view.place().1, "Scores");
    assert!(!is_saved(&window));
    ctrl(&mut window, Key::W);
    assert!(says(&window, "Save your work first?"), "what is in no file is not let go without a question");
}

/// The workbook that the program wrote itself opens as a workspace with the same tables.
#[test]
fn the_whole_workbook_of_another_workspace_becomes_a_workspace() {
    let computer = Computer::new();
    let file = computer.file("Westmere, all of it.xlsx");
    let text = examples::find("westmere").unwrap().text;
    let mut own = format::from_text(text, "westmere").unwrap().workspace;
    own.balance.robustness.iterations = 100;
    let everything = Terms { left_out: [].into(), ..Terms::default() };
    let made = export::made((&own, 1), &everything, Form::Workbook, &Course::default()).unwrap();
    std::fs::write(&file, made.bytes).unwrap();
    let mut window = computer.start();
    click_button(&mut window, "Start from a spreadsheet");
    type_text(&mut window, &file.display().to_string());
    press(&mut window, Key::Enter);
    until(&mut window, "the workspace", |window| {
        assert!(!says(window, "nothing was imported"), "it is read without a fault");
        window.state().session.is_some()
    });
    let read = tables_of(window.state().workspace()).unwrap();
    for (own, read) in tables_of(&own).unwrap().iter().zip(&read) {
        assert_eq!(own.kind, read.kind);
        let differs = own.text.lines().zip(read.text.lines()).find(|(own, read)| own != read);
        assert_eq!(differs, None, "{}", own.kind.name());
    }
}

/// A workbook is read whole, whatever it is called.
#[test]
fn a_workbook_named_like_a_table_is_read_whole() {
    let computer = Computer::new();
    let file = computer.file("ballots.xlsx");
    let text = examples::find("westmere").unwrap().text;
    let own = format::from_text(text, "westmere").unwrap().workspace;
    let terms = Terms { left_out: [].into(), ..Terms::default() };
    let made = export::made((&own, 1), &terms, Form::Workbook, &Course::default()).unwrap();
    std::fs::write(&file, made.bytes).unwrap();
    let kinds: Vec<TableKind> = tables_in(&[file]).unwrap().into_iter().map(|(kind, _)| kind).collect();
    assert!(kinds.contains(&TableKind::Scores) && kinds.contains(&TableKind::Ballots), "{kinds:?}");
}
