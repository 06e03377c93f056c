//! Changing risk, driven as a person would: by pointer, by keys and by what assistive technology reads.

use egui::{Key, Theme, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    analysis::explain::Question,
    exchange::examples,
    file::format::from_text,
    model::{
        Room, Workspace,
        money::Pence,
        reach::changing_risk::{ChangingRisk, Intensity},
    },
};

use crate::window::*;

const PAGE: &str = "Changing risk";

fn westmere() -> Workspace {
    let example = examples::find("westmere").unwrap();
    from_text(example.text, &example.file_name()).unwrap().workspace
}

fn opened(workspace: Workspace) -> Driven {
    let mut window = open(shell_at(workspace, Room::Reach, PAGE));
    window.run();
    window
}

fn risk(window: &Driven) -> &ChangingRisk {
    window.state().workspace().reach.changing_risk.as_ref().unwrap()
}

fn says(window: &Driven, words: &str) -> bool {
    window.root().children_recursive().any(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value()).is_some_and(|name| name.contains(words))
    })
}

#[track_caller]
fn assert_says(window: &Driven, words: &str) {
    assert!(says(window, words), "the page does not say “{words}”");
}

fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

/// Tabs until what is called so has the keyboard.
fn tab_to(window: &mut Driven, name: &str) {
    for _ in 0..200 {
        press(window, Key::Tab);
        let found = window.query_all_by_label(name).any(|node| node.is_focused());
        if found {
            return;
        }
    }
    panic!("{name} is not reached by Tab");
}

fn type_over(window: &mut Driven, field: &str, words: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run();
    window.get_by_role_and_label(Role::TextInput, field).type_text(words);
    window.run();
    press(window, Key::Enter);
    window.run();
}

#[test]
fn the_page_says_what_the_bill_comes_to_who_pays_it_and_when_it_is_cash() {
    let window = opened(westmere());
    assert_says(&window, "What A saves, others pay for: £16.0m over five years, against £2.7m promised.");
    assert_says(
        &window,
        "177 fewer at high risk after a year; 47 fewer after five. Low risk is not for life.",
    );
    assert_says(&window, "Year 1, without support: 465 high, 330 medium");
    assert_says(&window, "Year 1, with a year of support: 288 high");
    assert_says(&window, "By year 5 the bill adds up to £16.0m, the saving to £2.7m");
    assert_says(&window, "By year 1: bill £1.6m, saving £580k");
    assert_says(&window, "Prisons pays £5.8m over five years");
    assert_says(&window, "Not before year 5 would a wing close, worth £1.5m a year.");
    assert_says(&window, "Year 5: 65 prison places, 1 wing");
    assert_says(&window, "Illustrative. Each row adds up to 100. Replace with your own cohort.");
}

#[test]
fn another_option_has_another_bill() {
    let mut window = opened(westmere());
    window.get_by_label("C, Social investor contract: Moderate").click();
    window.run();
    assert_says(&window, "In eight years no wing would close: 35 of its 60 places at most.");
    window.get_by_label("B, Local partnership: Low").click();
    window.run();
    assert_says(&window, "B promises £1.9m over five years");
    assert_says(&window, "The saving stays ahead for eight years.");
}

#[test]
fn a_move_typed_by_keyboard_scales_the_rest_of_its_row_and_is_undone() {
    let mut window = opened(westmere());
    let before = risk(&window).clone();
    tab_to(&mut window, "Without support, from high to high");
    window.get_by_label("Without support, from high to high").type_text("84");
    window.run();
    press(&mut window, Key::Enter);
    window.run();
    let high = &risk(&window).bands[3].moves;
    let shares: Vec<f64> = risk(&window).bands.iter().map(|band| high[&band.id]).collect();
    for (share, wanted) in shares.iter().zip([0.025, 0.035, 0.1, 0.84]) {
        assert!((share - wanted).abs() < 1e-12, "{shares:?}");
    }
    assert_says(
        &window,
        "The rest of the row from high, without support, was scaled so that it adds up to 100.",
    );
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert!(*risk(&window) == before);
    window.run();
    assert!(!says(&window, "was scaled so that it adds up to 100."), "what was undone is not news");
}

#[test]
fn what_is_no_number_of_people_is_said_and_changes_nothing() {
    let mut window = opened(westmere());
    let before = risk(&window).clone();
    let field = "With intensive support, from medium to low";
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run();
    window.get_by_role_and_label(Role::TextInput, field).type_text("120");
    window.run();
    window.key_press(Key::Enter);
    window.step();
    window.step();
    assert_says(&window, "“120” is not a number of people out of 100; write it like 12.");
    assert!(*risk(&window) == before);
    type_over(&mut window, "With intensive support, from medium to low", "47");
    let medium = &risk(&window).bands[2];
    let low = risk(&window).bands[1].id.clone();
    assert!((medium.intensive.as_ref().unwrap().moves[&low] - 0.47).abs() < 1e-12);
    assert!(medium.moves == before.bands[2].moves);
}

#[test]
fn a_workspace_without_bands_begins_with_illustrative_moves_in_one_step() {
    let mut workspace = westmere();
    workspace.reach.changing_risk = None;
    let mut window = opened(workspace);
    assert_says(&window, "Nobody has said how risk changes.");
    window.get_by_label("Use illustrative moves").click();
    window.run();
    assert!(risk(&window).illustrative);
    assert_eq!(risk(&window).bands.len(), 4);
    assert_eq!(risk(&window).starts.len(), 6);
    assert_says(&window, "What A leaves out, others pay for: £16.0m over five years.");
    assert_says(&window, "No saving is promised to set against it.");
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert!(window.state().workspace().reach.changing_risk.is_none());
    assert_says(&window, "Nobody has said how risk changes.");
}

#[test]
fn what_is_missing_is_said_where_it_is_wanted() {
    let mut workspace = westmere();
    let risk = workspace.reach.changing_risk.as_mut().unwrap();
    risk.wing.places = None;
    let mut window = opened(workspace);
    assert_says(&window, "Say how many places a wing has.");
    window.get_by_label("Wing").click();
    window.run();
    type_over(&mut window, "Places in a wing", "30");
    assert_eq!(self::risk(&window).wing.places, Some(30));
    let mut workspace = westmere();
    workspace.reach.changing_risk.as_mut().unwrap().agencies.clear();
    let window = opened(workspace);
    assert_says(&window, "No agency is named that pays for a reoffence.");
    let mut workspace = westmere();
    workspace.reach.terms.clear();
    workspace.reach.payments.clear();
    let window = opened(workspace);
    assert_says(&window, "Nobody has said how the option pays.");
    assert_says(&window, "177 fewer at high risk");
    let mut workspace = westmere();
    workspace.reach.changing_risk.as_mut().unwrap().starts.clear();
    let window = opened(workspace);
    assert_says(&window, "A need group has no band in which its people begin.");
}

#[test]
fn support_agencies_years_discount_and_saving_are_edited_by_keyboard() {
    let mut window = opened(westmere());
    tab_to(&mut window, "Years, discount and saving promised");
    press(&mut window, Key::Enter);
    window.run();
    type_over(&mut window, "What a reoffence costs Prisons", "£12,000");
    type_over(&mut window, "Discount rate", "0 %");
    type_over(&mut window, "Saving promised in year 1", "£1m");
    assert_eq!(risk(&window).agencies[4].cost, Some(Pence(1_200_000)));
    assert!(risk(&window).discount_rate.abs() < 1e-15);
    // “£1m” is no sum of money as it is written here, so the saving stands.
    assert_eq!(risk(&window).promises[0].by_year, [Pence(58_000_000)]);
    type_over(&mut window, "Saving promised in year 1", "£1,000,000");
    assert_eq!(risk(&window).promises[0].by_year, [Pence(100_000_000)]);
    window.get_by_label("People and years").click();
    window.run();
    type_over(&mut window, "Years followed", "20");
    type_over(&mut window, "Years of support", "2");
    type_over(&mut window, "People who come new each later year", "0");
    let standing = risk(&window);
    assert_eq!((standing.horizon_years, standing.support_years), (20, 2));
    assert_eq!(standing.entrants_per_year, Some(0.0));
    type_over(&mut window, "Years followed", "21");
    assert_says(&window, "“21” is not 1 to 20 years.");
    type_over(&mut window, "Years followed", "20");
    window.get_by_label("Bands and support").click();
    window.run();
    type_over(&mut window, "Reoffences a year in Low", "0.3");
    assert_eq!(risk(&window).bands[1].reoffences, Some(0.3));
    window.get_by_label("Add a band").click();
    window.run();
    assert_eq!(risk(&window).bands.len(), 5);
    window.get_by_label("Remove the band Band 5").click();
    window.run();
    window.get_by_label("Done").click();
    window.run();
    assert_eq!(risk(&window).bands.len(), 4);
    assert_says(&window, "With 2 years of support");
}

#[test]
fn support_that_does_harm_is_said_on_the_page() {
    let mut workspace = westmere();
    workspace.reach.changing_risk.as_mut().unwrap().bands[1].given = Some(Intensity::Intensive);
    let window = opened(workspace);
    assert_says(
        &window,
        "Intensive support of people at low risk does harm: it leads to more reoffences than none.",
    );
}

#[test]
fn the_bill_and_the_bands_can_be_asked_why() {
    let mut window = opened(westmere());
    let asked = |window: &Driven| window.state().view.explain.question().cloned();
    let bill = window.get_all_by_role(Role::Button).find(|node| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with("By year 5 the bill"))
    });
    bill.unwrap().click();
    window.run();
    let option = window.state().workspace().question.options[0].id.clone();
    assert_eq!(asked(&window), Some(Question::Bill(option)));
    assert_says(&window, "Why £16.0m?");
    assert_says(&window, "Discount rate (HM Treasury, The Green Book (2022)");
    window.get_all_by_label("Why?").last().unwrap().click();
    window.run();
    let mut window = opened(westmere());
    window.get_all_by_label("Why?").next().unwrap().click();
    window.run();
    assert!(asked(&window).is_some());
}

#[test]
fn everybody_can_be_shown_with_those_who_come_later() {
    let mut window = opened(westmere());
    window.get_by_label("Show everybody who has come so far").click();
    window.run();
    assert!(!says(&window, "Year 1, without support: 465 high"));
    assert_says(&window, "Year 1, without support: 1,015 high");
}

#[test]
fn the_page_holds_at_every_size_with_many_bands_and_long_horizons() {
    for size in [USUAL, SMALL, LARGE_TEXT] {
        for theme in [Theme::Light, Theme::Dark] {
            let mut workspace = westmere();
            let risk = workspace.reach.changing_risk.as_mut().unwrap();
            risk.horizon_years = 20;
            for at in 0..6 {
                let band = evenhand::model::reach::changing_risk::RiskBand::named(
                    format!("more-{at}").as_str().into(),
                    &format!("Even higher {at}"),
                );
                risk.bands.push(band);
            }
            let mut window = open_as(shell_at(workspace, Room::Reach, PAGE), size, theme);
            window.run();
            assert_says(&window, "The bill for exclusion, and the saving");
        }
    }
}

#[test]
fn measures_that_part_raise_an_alarm_over_the_cards() {
    let mut window = opened(westmere());
    window.get_by_label("Bands, support and people").click();
    window.run();
    window.get_by_label("Several measures").click();
    window.run();
    assert_says(&window, "Nothing has been counted yet.");
    for (field, typed) in [
        ("People before", "1000"),
        ("Who reoffended before", "400"),
        ("Reoffences before", "1200"),
        ("People after", "1000"),
        ("Who reoffended after", "360"),
    ] {
        type_over(&mut window, field, typed);
    }
    assert_says(&window, "People, those who reoffended and their reoffences are wanted of both cohorts.");
    type_over(&mut window, "Reoffences after", "1296");
    window.get_by_label("Done").click();
    window.run();
    window.get_by_label(
        "The measures part: the binary rate alone would mislead. Share of people who reoffend down 10 %; reoffences by \
         each of them up 20 % and reoffences a person up 8 %.",
    );
}
