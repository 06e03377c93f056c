//! The Scores page, driven as a person would.

use egui::{Key, Modifiers, PointerButton, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use evenhand::model::{
    Room, Workspace,
    balance::{Factor, Scale, ScoreLevel, Side},
    ids::{FactorId, OptionId},
};

use crate::{scores_support::*, window::*};

#[test]
fn the_table_shows_scores_totals_and_swings() {
    let window = scores();
    window.get_by_label(REACH_OF_B);
    window.get_by_label("Operational total of Local partnership: 82");
    window.get_by_label("Commercial total of National prime contract: 77");
    window.get_by_label("Swing of Whole-life cost: 80");
    assert_eq!(overall(&window, "Local partnership"), "Overall of Local partnership: 67");
    assert_eq!(overall(&window, "National prime contract"), "Overall of National prime contract: 44");
}

#[test]
fn typing_in_a_cell_replaces_its_score_and_undo_brings_it_back() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    type_text(&mut window, "62");
    press(&mut window, Key::Enter);
    assert_eq!(level(&window, "Reach", "National"), ScoreLevel::Point(62.0));
    window.get_by_label_contains("Reach to all need groups, National prime contract: 62 %, worth 54");
    assert_eq!(overall(&window, "National prime contract"), "Overall of National prime contract: 49");
    undo(&mut window);
    assert_eq!(
        level(&window, "Reach", "National"),
        ScoreLevel::Range { low: 30.0, likely: 39.0, high: 51.0 }
    );
    assert_eq!(overall(&window, "National prime contract"), "Overall of National prime contract: 44");
}

/// Keys that come so fast that one frame has them all are taken one after the other, as if each had come by itself.
#[test]
fn keys_of_one_frame_are_all_taken() {
    let mut window = scores();
    let together = |window: &mut Driven, text: &str, keys: &[Key]| {
        if !text.is_empty() {
            window.input_mut().events.push(egui::Event::Text(text.to_owned()));
        }
        for &key in keys {
            for pressed in [true, false] {
                window.input_mut().events.push(egui::Event::Key {
                    key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                });
            }
        }
        window.run();
    };
    select(&mut window, "Reach to all need groups, National prime contract");
    // Return commits and goes down, Up comes back.
    type_text(&mut window, "62");
    together(&mut window, "", &[Key::Enter, Key::ArrowUp]);
    assert_eq!(level(&window, "Reach", "National"), ScoreLevel::Point(62.0));
    assert!(selected(&window).starts_with("Reach to all need groups, National"), "{}", selected(&window));
    // The text, the key that ends it and the way back, all in one frame.
    together(&mut window, "63", &[Key::Enter, Key::ArrowUp]);
    assert_eq!(level(&window, "Reach", "National"), ScoreLevel::Point(63.0));
    assert!(selected(&window).starts_with("Reach to all need groups, National"), "{}", selected(&window));
    // An edit that begins and ends in one frame leaves the cell as it was, and the keys after it go on from the next.
    together(&mut window, "", &[Key::F2, Key::Enter, Key::ArrowUp, Key::ArrowRight]);
    assert_eq!(selected(&window), "Reach to all need groups, Local partnership");
    assert_eq!(level(&window, "Reach", "National"), ScoreLevel::Point(63.0));
}

#[test]
fn low_likely_high_and_a_grade_are_typed_in_one_go() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    type_text(&mut window, "55-62-70@5");
    press(&mut window, Key::Tab);
    window.get_by_label(
        "Reach to all need groups, National prime contract: 62 %, 55–70, worth 54, evidence grade 5 of 5",
    );
    // Tab went on to the next cell.
    let table = window.get_by_role_and_label(Role::Table, "Scores table");
    assert_eq!(table.value().as_deref(), Some(REACH_OF_B));
}

#[test]
fn a_text_that_cannot_be_a_score_says_why_and_changes_nothing() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    type_text(&mut window, "70-62-55");
    press(&mut window, Key::Enter);
    window.get_by_label_contains("low, likely and high in rising order");
    assert_eq!(
        level(&window, "Reach", "National"),
        ScoreLevel::Range { low: 30.0, likely: 39.0, high: 51.0 }
    );
    // It is still there to be mended, and Esc takes it back.
    assert!(window.query_by_label_contains("Edit Reach to all need groups").is_some());
    press(&mut window, Key::Escape);
    assert!(window.query_by_label_contains("in rising order").is_none());
    assert!(window.query_by_label_contains("Edit Reach to all need groups").is_none());
    assert_eq!(window.state_mut().session().history().undo_label(), None);
}

#[test]
fn delete_makes_a_cell_unknown_and_the_total_a_range() {
    let mut window = scores();
    select(&mut window, "Reduction in reoffending, Local partnership");
    press(&mut window, Key::Delete);
    assert_eq!(level(&window, "Reduction", "Local"), ScoreLevel::Unknown);
    window.get_by_label("Reduction in reoffending, Local partnership: not known, evidence grade 3 of 5");
    // 13.0 points of weight: 67 less 11.2 without it, and up to 13.0 more.
    assert_eq!(overall(&window, "Local partnership"), "Overall of Local partnership: 56–69");
    window.get_by_label("Operational total of Local partnership: 62–85");
    undo(&mut window);
    assert_eq!(overall(&window, "Local partnership"), "Overall of Local partnership: 67");
}

#[test]
fn a_score_past_the_end_of_the_scale_is_taken_and_said() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    type_text(&mut window, "95");
    press(&mut window, Key::Enter);
    assert_eq!(level(&window, "Reach", "National"), ScoreLevel::Point(95.0));
    // It is said only at the cell itself.
    assert!(window.query_by_label_contains("is past the end of the scale, 90 %:").is_none());
    press(&mut window, Key::ArrowUp);
    window.get_by_label_contains("95 % is past the end of the scale, 90 %");
}

#[test]
fn the_keyboard_alone_walks_edits_and_undoes() {
    let mut window = scores();
    window.get_by_role_and_label(Role::Table, "Scores table").focus();
    window.run();
    // From the leader's cell on the first factor: down, left, edit what stands there.
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::F2);
    window.get_by_label_contains("Edit Reduction in reoffending, National prime contract");
    press(&mut window, Key::Escape);
    type_text(&mut window, "?");
    press(&mut window, Key::Enter);
    assert_eq!(level(&window, "Reduction", "National"), ScoreLevel::Unknown);
    undo(&mut window);
    assert_eq!(
        level(&window, "Reduction", "National"),
        ScoreLevel::Range { low: 2.0, likely: 2.8, high: 4.6 }
    );
    // Alt and arrows move the factor of the cell.
    let first = |window: &Driven| window.state().workspace().balance.factors[0].name.clone();
    press(&mut window, Key::ArrowUp);
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    window.run();
    assert_eq!(first(&window), "Reduction in reoffending");
    undo(&mut window);
    assert_eq!(first(&window), "Reach to all need groups");
}

#[test]
fn a_double_click_edits_and_a_click_elsewhere_takes_what_was_typed() {
    let mut window = scores();
    let cell = window.get_by_label_contains("Partnership working, Social investor contract");
    let pos = cell.rect().center();
    // Both clicks within one frame: frames of a test are further apart than the clicks of a double click.
    let button = PointerButton::Primary;
    let click = |pressed| egui::Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE };
    window.event(egui::Event::PointerMoved(pos));
    window.run();
    window.input_mut().events.extend([true, false, true, false].map(click));
    window.run();
    window.get_by_label_contains("Edit Partnership working, Social investor contract");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    type_text(&mut window, "4");
    select(&mut window, "Fit with local need, Social investor contract");
    assert_eq!(level(&window, "Partnership", "Social"), ScoreLevel::Point(4.0));
}

#[test]
fn the_panel_edits_the_cell_its_evidence_and_its_scale() {
    let mut window = scores();
    window.get_by_label("Why 72?");
    window.get_by_label_contains("The step from 50");
    window.get_by_label_contains("Grade 5: full records").click();
    window.run();
    window.get_by_label_contains("worth 72, evidence grade 5 of 5");
    window.get_by_label("Edit curve").click();
    window.run();
    window.get_by_label("From 50 % to 70 % adds 46 points.");
    fill(&mut window, "Value of point 3", "50");
    assert_eq!(scale(&window), points(&[(30.0, 0.0), (50.0, 26.0), (70.0, 50.0), (90.0, 100.0)]));
    window.get_by_label("From 50 % to 70 % adds 24 points.");
    window.get_by_label("Take away point 2").click();
    window.run();
    assert_eq!(scale(&window), points(&[(30.0, 0.0), (70.0, 50.0), (90.0, 100.0)]));
    window.get_by_label_contains("Reach to all need groups, Local partnership: 70 %, 63–80, worth 50");
}

#[test]
fn a_provisional_mark_and_dissent_stand_on_the_cell_and_in_its_explanation() {
    let mut window = scores();
    window.get_by_label("Provisional").click_accesskit();
    window.run();
    window.get_by_label_contains(&format!("{REACH_OF_B}, provisional"));
    assert!(overall(&window, "Local partnership").ends_with("rests on 1 provisional score"));
    window.get_by_label("Add dissent").click_accesskit();
    window.run();
    window.get_by_label("Say who dissents, and what they say.");
    fill(&mut window, "Role of who dissents", "A night-shift worker");
    fill(&mut window, "What they say", "Nobody reaches us after ten");
    window.get_by_label("Add dissent").click_accesskit();
    window.run();
    window.get_by_label_contains("provisional, 1 dissent");
    assert_eq!(undo_label(&mut window).as_deref(), Some("Note a dissent from reach of B"));
    window.get_by_label("Why 72?").click();
    window.run();
    window.get_by_label("“Nobody reaches us after ten”");
    window.get_by_label("A night-shift worker");
    undo(&mut window);
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn shift_and_arrows_select_cells_to_copy_and_to_clear() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    for key in [Key::ArrowRight, Key::ArrowDown] {
        window.key_press_modifiers(Modifiers::SHIFT, key);
        window.run();
    }
    let table = window.get_by_role_and_label(Role::Table, "Scores table");
    assert!(table.value().unwrap().starts_with("4 cells selected"), "{:?}", table.value());
    window.event(egui::Event::Copy);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("30..39..51@4\t63..70..80@3\n2..2.8..4.6@3\t6.2..8..9.4@3"));
    press(&mut window, Key::Delete);
    assert_eq!(undo_label(&mut window).as_deref(), Some("Clear 4 scores"));
    assert_eq!(level(&window, "Reduction", "Local"), ScoreLevel::Unknown);
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn letters_are_refused_with_their_reason_where_a_number_is_wanted() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    type_text(&mut window, "abc");
    press(&mut window, Key::Enter);
    window.get_by_label_contains("“abc” cannot stand here. Expected: a number such as");
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn a_side_folds_to_its_totals() {
    let mut window = scores();
    window.get_by_label("Operational, 6 factors, shown").click();
    window.run();
    assert!(window.query_by_label("Factor Partnership working").is_none());
    window.get_by_label("Operational total of Local partnership: 82");
    window.get_by_label("Operational, 6 factors, folded").click();
    window.run();
    window.get_by_label("Factor Partnership working");
}

#[test]
fn a_pasted_block_is_one_step_and_a_bad_one_changes_nothing() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    window.event(egui::Event::Paste("40\t71\r\n3.1\tgood\r\n".to_owned()));
    window.run();
    window.get_by_label_contains("1 cell cannot be taken");
    window.get_by_label_contains("Row 2, column 2, Reduction in reoffending of B, “good”");
    assert_eq!(window.state().workspace(), &westmere());
    window.get_by_label("Reach to all need groups of A: 40 %, was 39 %");
    window.get_by_label("Reduction in reoffending of B: “good” cannot be taken");
    window.get_by_label("Cancel").click();
    window.run();
    window.event(egui::Event::Paste("40\t71\r\n3.1\t8.2\r\n".to_owned()));
    window.run();
    assert_eq!(window.state().workspace(), &westmere());
    // The keyboard is on the button that takes them.
    press(&mut window, Key::Enter);
    assert_eq!(level(&window, "Reach", "National"), ScoreLevel::Point(40.0));
    assert_eq!(level(&window, "Reduction", "Local"), ScoreLevel::Point(8.2));
    undo(&mut window);
    assert_eq!(window.state().workspace(), &westmere());
}

#[test]
fn a_block_with_names_goes_where_the_names_say() {
    let mut window = scores();
    select(&mut window, "Fit with local need, National");
    let block =
        "\tB\tNational prime contract\nreduction in reoffending\t8.2\t3.1\nReach to all need groups\t71\t?\n";
    window.event(egui::Event::Paste(block.to_owned()));
    window.run();
    window.get_by_label("Reach to all need groups of A: not known, was 39 %");
    window.get_by_label("Paste 4 scores").click();
    window.run();
    assert_eq!(level(&window, "Reach", "Local"), ScoreLevel::Point(71.0));
    assert_eq!(level(&window, "Reduction", "National"), ScoreLevel::Point(3.1));
    assert_eq!(undo_label(&mut window).as_deref(), Some("Paste 4 scores"));
}

#[test]
fn an_empty_workspace_says_what_to_do_and_begins() {
    let mut window = open(shell_at(Workspace::default(), Room::Balance, "Scores"));
    window.get_by_label("Nothing to score yet");
    window.get_by_label("Add a commercial factor").click();
    window.run();
    let factors = &window.state().workspace().balance.factors;
    assert_eq!((factors.len(), factors[0].side), (1, Side::Commercial));
    window.get_by_label_contains("No options to score yet");
}

#[test]
fn named_levels_are_typed_by_name() {
    let mut workspace = westmere();
    let level_of = |name: &str, value| evenhand::model::balance::NamedLevel { name: name.into(), value };
    let id = FactorId::from("gate-k222");
    workspace.balance.factors.insert(
        0,
        Factor {
            id: id.clone(),
            name: "Met at the gate".into(),
            short: String::new(),
            side: Side::Operational,
            group: String::new(),
            unit: String::new(),
            scale: Scale::Levels(vec![level_of("nobody", 0.0), level_of("everybody", 100.0)]),
            swing: Some(10.0),
            swing_range: None,
            weight_limits: None,
            must: None,
        },
    );
    let mut window = open(shell_at(workspace, Room::Balance, "Scores"));
    select(&mut window, "Met at the gate, National prime contract");
    type_text(&mut window, "everybody");
    press(&mut window, Key::Enter);
    window.get_by_label("Met at the gate, National prime contract: everybody, worth 100");
    select(&mut window, "Met at the gate, Local partnership");
    type_text(&mut window, "some");
    press(&mut window, Key::Enter);
    window.get_by_label_contains("one of the levels nobody, everybody");
    let option: OptionId = window.state().workspace().question.options[1].id.clone();
    assert!(window.state().workspace().score(&id, &option).is_none());
}

#[test]
fn at_large_text_the_cell_is_edited_in_a_strip_below_the_table() {
    let shell = shell_at(westmere(), Room::Balance, "Scores");
    let mut window = open_as(shell, LARGE_TEXT, egui::Theme::Dark);
    let likely = window.get_by_role_and_label(Role::TextInput, "Likely");
    assert_eq!(likely.value().as_deref(), Some("70"));
    assert!(likely.rect().top() > 480.0);
    likely.focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    type_text(&mut window, "75");
    press(&mut window, Key::Enter);
    assert_eq!(level(&window, "Reach", "Local"), ScoreLevel::Range { low: 63.0, likely: 75.0, high: 80.0 });
    window.get_by_label("Curve, evidence and note").click();
    window.run();
    window.get_by_label_contains("Value curve of Reach to all need groups");
}

/// Westmere ten times over: 50 options and 30 factors, most of the cells not known.
fn crowd() -> Workspace {
    let mut workspace = westmere();
    let (options, factors) = (workspace.question.options.clone(), workspace.balance.factors.clone());
    for copy in 0..9 {
        workspace.question.options.extend(options.iter().enumerate().map(|(i, o)| {
            let mut option = o.clone();
            option.id = format!("option-{copy}-{i}-a222").as_str().into();
            option.badge = evenhand::model::question::badge(5 + copy * 5 + i);
            option
        }));
    }
    for copy in 0..2 {
        workspace.balance.factors.extend(factors.iter().take(9).enumerate().map(|(i, f)| {
            let mut factor = f.clone();
            factor.id = format!("factor-{copy}-{i}-a222").as_str().into();
            factor
        }));
    }
    workspace
}

#[test]
fn a_crowded_table_scrolls_to_the_cell_that_has_the_keyboard() {
    let mut window = open(shell_at(crowd(), Room::Balance, "Scores"));
    window.get_by_role_and_label(Role::Table, "Scores table").focus();
    window.run();
    press(&mut window, Key::End);
    for _ in 0..4 {
        press(&mut window, Key::PageDown);
    }
    type_text(&mut window, "7");
    let editor = window.get_by_label_contains("Edit Price certainty, Improve the present mix");
    assert!(editor.rect().right() < 1120.0 && editor.rect().bottom() < 840.0, "{}", editor.rect());
    press(&mut window, Key::Enter);
    let workspace = window.state().workspace();
    let last = workspace.balance.scores.last().unwrap();
    assert_eq!((&last.option, &last.level), (&workspace.question.options[49].id, &ScoreLevel::Point(7.0)));
}

#[test]
fn nothing_typed_reaches_the_table_behind_the_palette() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run();
    type_text(&mut window, "w");
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Tab);
    type_text(&mut window, "eights");
    press(&mut window, Key::Delete);
    let field = window.get_by_role_and_label(Role::TextInput, "Search or run a command");
    assert_eq!(field.value().as_deref(), Some("weights"));
    assert_eq!(selected(&window), "Reach to all need groups, National prime contract");
    assert_eq!(window.state().workspace(), &westmere());
    // The table has the keyboard again afterwards.
    press(&mut window, Key::Escape);
    press(&mut window, Key::ArrowDown);
    assert_eq!(selected(&window), "Reduction in reoffending, National prime contract");
}

#[test]
fn the_question_before_leaving_has_the_keyboard_alone() {
    let mut window = scores();
    select(&mut window, "Reach to all need groups, National prime contract");
    type_text(&mut window, "62");
    press(&mut window, Key::Enter);
    let before = window.state().workspace().clone();
    window.key_press_modifiers(Modifiers::COMMAND, Key::W);
    window.run();
    window.get_by_label("Save your work first?");
    for key in [Key::F6, Key::ArrowDown, Key::Delete] {
        press(&mut window, key);
    }
    type_text(&mut window, "7");
    assert_eq!(selected(&window), "Reduction in reoffending, National prime contract");
    assert_eq!(window.state().workspace(), &before);
    // What is proposed has the ring; Tab walks the buttons from left to right, and Enter presses the one that has it.
    assert!(
        window
            .get_by(|node| node.role() == Role::Button && node.label().as_deref() == Some("Save"))
            .is_focused()
    );
    window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    window.run();
    assert!(window.get_by_label("Do not save").is_focused());
    press(&mut window, Key::Enter);
    assert!(window.state().0.session.is_none());
}

#[test]
fn a_paste_of_nothing_is_said_and_leaves_the_keyboard_where_it_is() {
    let mut window = scores();
    window.get_by_label("Paste from Excel").click();
    window.run();
    window.get_by_label_contains("There is nothing to paste");
    // What is typed into a field afterwards is the field's.
    window.get_by_label("Add factor").click();
    window.run();
    type_text(&mut window, "Price");
    press(&mut window, Key::Enter);
    window.get_by_label("Factor Price");
    window.get_by_role_and_label(Role::TextInput, "Name").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_text(&mut window, "Cost");
    press(&mut window, Key::Tab);
    window.get_by_label("Factor Cost");
    assert!(window.get_by_role_and_label(Role::TextInput, "Short name").is_focused());
}

/// The factor and the option of the cell that the keyboard is on.
fn selected(window: &Driven) -> String {
    let table = window.get_by_role_and_label(Role::Table, "Scores table");
    table.value().unwrap().split(": ").next().unwrap().to_owned()
}
