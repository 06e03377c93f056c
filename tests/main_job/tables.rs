//! A workspace made from tables on the start page.

use egui::Key;

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
