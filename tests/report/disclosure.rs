//! What leaves the program gives nobody's ballot away and names nobody unsaid.

use std::{collections::BTreeSet, io::Cursor};

use calamine::{Data, Reader as _, Xlsx};
use evenhand::{
    analysis::{Analysis, Undefined, course::Course},
    exchange::{
        TableKind,
        report::{
            Format,
            compose::{Audience, Detail, Level, Terms},
        },
        results::Results,
        workbook::{self, Choices},
    },
    model::{
        Room, Workspace,
        balance::{Side, WeightsFrom},
        voices::{Ballot, RoundState, Vote},
    },
    ui::{
        drawing::paper_charts_of,
        export::{self, Form},
    },
};

use crate::report_support::told::{Known, example, terms, text};

/// The example with so many ballots of its first sectors, those of sector 1 to 3 all for the first, second and third
/// factor. The last ballot gives 100 and 37: its weights are 100/137 and 37/137.
fn with_ballots(sectors: &[usize]) -> Workspace {
    let mut w = example("westmere");
    w.voices.rounds.retain(|round| round.number == 1);
    w.voices.rounds.iter_mut().for_each(|round| round.state = RoundState::Closed);
    w.voices.ballots.clear();
    w.balance.weights_from = WeightsFrom::Ballots;
    w.voices.vote = Vote::OnePerson;
    let factors: Vec<_> = w.balance.factors.iter().map(|factor| factor.id.clone()).collect();
    let all: usize = sectors.iter().sum();
    for (at, many) in sectors.iter().enumerate() {
        for _ in 0..*many {
            let number = w.voices.ballots.len();
            let id = format!("ballot-{number}").as_str().into();
            let mut ballot = Ballot::blank(id, None, w.voices.sectors[at].id.clone(), 1);
            ballot.swings.insert(factors[at].clone(), 100.0);
            let second = if number + 1 == all { 37.0 } else { 50.0 };
            ballot.swings.insert(factors[at + 1].clone(), second);
            w.voices.ballots.push(ballot);
        }
    }
    w
}

fn results<'a>(workspace: &'a Workspace, analysis: &'a Analysis) -> Results<'a> {
    Results {
        workspace,
        revision: 7,
        analysis,
        robustness: Err(Undefined("nobody drew")),
        by_weights: None,
        better_information: None,
    }
}

fn figures_on(workspace: &Workspace, choices: &Choices, sheet: &str) -> Vec<f64> {
    let analysis = Analysis::of(workspace);
    let bytes = workbook::write(&results(workspace, &analysis), choices).unwrap().0;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let number = |value: &Data| if let Data::Float(number) = value { Some(*number) } else { None };
    range.used_cells().filter_map(|(_, _, value)| number(value)).collect()
}

fn without_ballots() -> Choices {
    Choices { left_out: BTreeSet::from([TableKind::Ballots]), ..Choices::default() }
}

#[test]
fn a_workbook_without_ballots_does_not_hold_the_ballot_of_a_sector_of_one() {
    let workspace = with_ballots(&[5, 4, 1]);
    let own = |figures: &[f64]| figures.iter().any(|figure| (figure - 37.0 / 137.0).abs() < 1e-9);
    assert!(
        own(&figures_on(&workspace, &Choices::default(), "voices")),
        "the sector's weights are that ballot's"
    );
    assert!(!own(&figures_on(&workspace, &without_ballots(), "voices")));
}

#[test]
fn results_to_hand_out_tell_a_sector_only_where_it_and_what_is_left_over_are_nobodys() {
    let workspace = with_ballots(&[5, 4, 1]);
    let analysis = Analysis::of(&workspace);
    let json = results(&workspace, &analysis).as_json_to_hand_out(&[Room::Voices]);
    let voices = &json["voices"];
    let told = |list: &serde_json::Value, field: &str| -> Vec<bool> {
        list.as_array().unwrap().iter().take(3).map(|sector| !sector[field].is_null()).collect()
    };
    // Four and one are hidden together: the one follows from all less the five and the four.
    for (list, field) in [
        ("by_sector", "weights"),
        ("by_sector", "ranking"),
        ("leave_out", "leader"),
        ("leave_out", "lead"),
        ("sectors_at", "alone"),
        ("sectors_at", "nought"),
    ] {
        assert_eq!(told(&voices[list], field), [true, false, false], "{list}: {field}");
    }
    assert_eq!(voices["by_sector"][1]["weights_reason"], "it would be the figure of one or two people");
    let sectors = &workspace.voices.sectors;
    for option in voices["fairness"]["options"].as_array().unwrap() {
        assert!(!option["values"][sectors[0].id.as_str()].is_null());
        assert!(option["values"][sectors[1].id.as_str()].is_null());
        assert!(option["regrets"][sectors[2].id.as_str()].is_null());
    }
    assert!(voices["combined"]["weights"].is_object(), "ten people together are nobody");
    let two = with_ballots(&[2]);
    let analysis = Analysis::of(&two);
    let json = results(&two, &analysis).as_json_to_hand_out(&[Room::Voices]);
    for field in
        ["together", "by_vote/one_person", "combined/weights", "combined/ranking", "disagreement/0/min"]
    {
        assert!(json["voices"].pointer(&format!("/{field}")).unwrap().is_null(), "{field}");
    }
    let whole = results(&two, &analysis).as_json(&[Room::Voices]);
    assert!(whole["voices"]["combined"]["weights"].is_object());
}

#[test]
fn table_and_chart_of_a_paper_hide_the_same_sectors() {
    let workspace = with_ballots(&[5, 4, 1]);
    let names: Vec<String> = workspace.voices.sectors.iter().map(|sector| sector.name.clone()).collect();
    let known = Known::of(workspace);
    let text = text(&known.paper(&terms(Level::Full)));
    let table = text.split("How each sector would weigh and rank the options").nth(1).unwrap();
    let table = table.split("\n  (").next().unwrap();
    let chart = paper_charts_of(&known.workspace, 0).sectors.unwrap().words;
    for (place, name) in names.iter().take(3).enumerate() {
        assert_eq!(table.contains(name.as_str()), place == 0, "{name}: {table}");
        assert_eq!(chart.contains(name.as_str()), place == 0, "{name}: {chart}");
    }
    assert!(text.contains("Two sectors are not shown apart"), "{text}");
}

#[test]
fn a_paper_does_not_say_what_two_people_would_choose_without_the_rest() {
    let workspace = with_ballots(&[3, 2]);
    let name = workspace.voices.sectors[0].name.clone();
    let known = Known::of(workspace);
    let text = text(&known.paper(&terms(Level::FullWithAppendix)));
    assert!(!text.contains(&format!("Without {name}")), "the rest are two people: {text}");
    assert!(!text.contains("How each sector would weigh"), "{text}");
}

#[test]
fn weights_that_are_one_persons_own_are_not_listed() {
    let known = Known::of(with_ballots(&[1]));
    let text = text(&known.paper(&terms(Level::FullWithAppendix)));
    assert!(!text.contains("not shown"), "scores and swings tell them: {text}");
    assert!(!text.contains("Swing points and weights"), "{text}");
    // 100/137 and 37/137 of the weight.
    for share in ["73.0 %", "27.0 %"] {
        assert!(!text.contains(share), "{share}: {text}");
    }
}

/// What leaves as HTML on these terms.
fn page(workspace: &Workspace, terms: &Terms) -> String {
    let made = export::made((workspace, 0), terms, Form::Paper(Format::Html), &Course::default()).unwrap();
    String::from_utf8(made.bytes).unwrap()
}

/// Ballots of one sector that give 100 to an operational factor and these points to a commercial one.
fn with_points(points: &[f64]) -> Workspace {
    let mut w = with_ballots(&[points.len()]);
    w.balance.robustness.iterations = 100;
    let first = |side| w.balance.factors.iter().find(|factor| factor.side == side).unwrap().id.clone();
    let (operational, commercial) = (first(Side::Operational), first(Side::Commercial));
    for (ballot, &points) in w.voices.ballots.iter_mut().zip(points) {
        ballot.swings.clear();
        ballot.swings.insert(operational.clone(), 100.0);
        ballot.swings.insert(commercial.clone(), points);
    }
    w
}

/// The figure of who leads at which weight, picture and words.
fn dial(page: &str) -> &str {
    let ends = page.split("</figure>");
    ends.filter_map(|part| part.rsplit_once("<figure").map(|(_, figure)| figure))
        .find(|figure| figure.contains("Who leads at each share of the weight on commercial factors"))
        .unwrap()
}

/// The middle ballot gives 50 either way, so the weights are alike and only the single ballots differ.
#[test]
fn who_leads_at_which_weight_marks_no_single_ballot_while_ballots_are_left_out() {
    let (near, apart) = (with_points(&[50.0, 50.0, 50.0]), with_points(&[25.0, 50.0, 100.0]));
    let usual = terms(Level::Full);
    let pages = [page(&near, &usual), page(&apart, &usual)];
    assert_eq!(dial(&pages[0]), dial(&pages[1]));
    assert!(!dial(&pages[1]).contains("3 ballots, from"), "{}", dial(&pages[1]));
    let told = Terms { left_out: BTreeSet::new(), ..usual };
    // 25 of 125 and 100 of 200 points are commercial.
    let page = page(&apart, &told);
    assert!(dial(&page).contains("3 ballots, from 20 to 50 per cent commercial"), "{}", dial(&page));
}

/// Of 11.25, 50, 70 and 93.75 the quartiles are 11.25 + 0.75 · 38.75 = 40.3125 and 70 + 0.25 · 23.75 = 75.9375.
#[test]
fn a_workbook_without_ballots_tells_no_lowest_or_highest_points() {
    let workspace = with_points(&[11.25, 50.0, 70.0, 93.75]);
    let has = |figures: &[f64], wanted: f64| figures.iter().any(|figure| (figure - wanted).abs() < 1e-9);
    let whole = figures_on(&workspace, &Choices::default(), "voices");
    let without = figures_on(&workspace, &without_ballots(), "voices");
    for own in [11.25, 93.75] {
        assert!(has(&whole, own) && !has(&without, own), "{own}");
    }
    assert!(has(&without, 75.9375 - 40.3125), "the middle half is nobody's");
}

/// The middle ballot gives 10; without one of the three lowest it is half way from 10 to 900: 455, 82 % commercial.
#[test]
fn the_range_of_leads_is_not_told_without_those_who_turn_the_lead() {
    let workspace = with_points(&[0.0, 0.0, 10.0, 900.0, 900.0]);
    let analysis = Analysis::of(&workspace);
    let turns = analysis.voices.lead_without_one.as_ref().is_ok_and(|found| !found.changes.is_empty());
    let json = results(&workspace, &analysis).as_json_to_hand_out(&[Room::Voices]);
    let one_out = &json["voices"]["leave_one_out"];
    assert!(turns, "one of the two who ask for little holds the lead: {one_out}");
    assert!(one_out["lowest_lead"].is_null() && one_out["highest_lead"].is_null(), "{one_out}");
    assert_eq!(one_out["lowest_lead_reason"], "without one of them another option leads");
}

#[test]
fn whatever_rests_on_one_or_two_ballots_says_that_they_can_be_read_from_it() {
    for (sectors, few) in [(&[1][..], Some("one ballot")), (&[2], Some("two ballots")), (&[3], None)] {
        let known = Known::of(with_ballots(sectors));
        let said = few.map(|few| format!("The weights rest on {few}, and can be read from this paper."));
        let levels = Level::ALL.map(terms).into_iter();
        let contributors = Terms { audience: Audience::Contributors, ..Terms::default() };
        for terms in levels.chain([contributors]) {
            let composed = known.paper(&terms);
            let text = text(&composed);
            let before = export::names(&known.workspace, 0, &terms, Form::Paper(Format::Pdf));
            for words in [&text, &composed.names, &before] {
                assert_eq!(words.contains("The weights rest on"), said.is_some(), "{terms:?}: {words}");
                assert!(said.as_ref().is_none_or(|said| words.contains(said)), "{terms:?}: {words}");
            }
            assert!(said.is_none() || !text.contains("not shown"), "{terms:?}: {text}");
            assert!(said.is_none() || !text.contains("Nobody’s ballot is shown"), "{terms:?}: {text}");
        }
        let workbook = export::names(&known.workspace, 0, &Terms::default(), Form::Workbook);
        assert_eq!(workbook.contains("what one or two people gave"), few.is_some(), "{workbook}");
    }
}

#[test]
fn owners_who_are_printed_are_counted_among_the_names_that_leave() {
    let mut workspace = example("westmere");
    workspace.decision.conditions[0].owner = "Ada Quill".to_owned();
    workspace.decision.conditions[1].owner = " Ada Quill ".to_owned();
    workspace.decision.safeguards.iter_mut().for_each(|entry| entry.owner.clear());
    workspace.decision.conditions.iter_mut().skip(2).for_each(|entry| entry.owner.clear());
    workspace.decision.triggers.iter_mut().for_each(|trigger| trigger.owner.clear());
    workspace.decision.reviews.clear();
    workspace.decision.duties.clear();
    let names = workbook::names_in_it(&workspace, &Choices { hides_pseudonyms: true, ..Choices::default() });
    assert!(names.contains("1 name or role of who sees to something or signed"), "{names}");
    let known = Known::of(workspace);
    let usual = known.paper(&terms(Level::Full));
    assert!(text(&usual).contains("Ada Quill"));
    assert!(usual.names.contains("1 name or role of who sees to something or signed"), "{}", usual.names);
    let without = Terms { left_out: Detail::ALL.into(), ..terms(Level::Full) };
    let without = known.paper(&without);
    assert!(!text(&without).contains("Ada Quill"));
    assert_eq!(without.names, "");
}

/// Five, four and one ballot count, and the one is that of a marginal voice.
#[test]
fn what_one_marginal_voice_would_change_is_not_told_in_a_paper() {
    let mut workspace = with_ballots(&[5, 4, 1]);
    workspace.voices.ballots.last_mut().unwrap().marginal = true;
    let few = text(&Known::of(workspace.clone()).paper(&terms(Level::Full)));
    let withheld =
        "What marginal voices would change is not shown: it would be the answer of one or two people.";
    assert!(few.contains(withheld) && !few.contains("marginal voices at nought"), "{few}");
    for ballot in workspace.voices.ballots.iter_mut().take(3) {
        ballot.marginal = true;
    }
    let many = text(&Known::of(workspace).paper(&terms(Level::Full)));
    assert!(!many.contains(withheld) && many.to_lowercase().contains("marginal voices"), "{many}");
}
