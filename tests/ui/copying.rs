//! What is copied and saved of a page: every chart and every table by its name, as it stands on the screen.

use egui::{ColorImage, Key, Modifiers, OutputCommand, PointerButton, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable};
use evenhand::{
    analysis::course::Course,
    exchange::{
        TableKind,
        caseload::{Source, example, guess, look, read},
        examples, read_table, workspace_from,
    },
    file::format,
    model::{Room, Workspace},
    ui::{
        command::Command,
        drawing::parts::{self, Kind, Take},
    },
};

use crate::window::{Driven, open, shell_at};

fn opened(name: &str) -> Workspace {
    format::from_text(examples::find(name).unwrap().text, name).unwrap().workspace
}

/// Westmere with the invented caseload counted.
fn counted() -> Workspace {
    let mut workspace = opened("westmere");
    let source = Source::Text { name: "invented".to_owned(), text: example::table().into_bytes().into() };
    let preview = look(&source).unwrap();
    let mapping = guess(&preview.header, &preview.samples(), &workspace);
    let tally = read(&source, &mapping, &workspace, &Course::default()).unwrap().unwrap();
    workspace.reach.caseload.counted = Some(tally.counted);
    workspace
}

fn at(room: Room, page: &str) -> Driven {
    let mut window = open(shell_at(opened("westmere"), room, page));
    // What only this page asks for.
    window.state_mut().session().finish_jobs();
    window.run();
    window
}

/// What the next frames put on the clipboard.
fn put(window: &mut Driven) -> Vec<OutputCommand> {
    let mut put = Vec::new();
    for _ in 0..10 {
        window.step();
        put.extend(window.output().platform_output.commands.clone());
    }
    put
}

fn text(put: Vec<OutputCommand>) -> String {
    let text = put.into_iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text),
        _ => None,
    });
    text.expect("a text is on the clipboard")
}

fn image(put: Vec<OutputCommand>) -> ColorImage {
    let image = put.into_iter().find_map(|command| match command {
        OutputCommand::CopyImage(image) => Some(image),
        _ => None,
    });
    image.expect("a picture is on the clipboard")
}

fn taken(window: &mut Driven, name: &str, take: Take) -> Vec<OutputCommand> {
    parts::ask(&window.ctx.clone(), name, take);
    put(window)
}

/// Every page with charts or tables, and what they are called.
const PAGES: &[(Room, &str, &[&str])] = &[
    (Room::Question, "Overview", &["Options", "For whom"]),
    (
        Room::Voices,
        "Overview",
        &[
            "Who has been heard",
            "Who speaks for whom",
            "What local means",
            "Heard, and what was done",
            "How each sector ranks the options",
        ],
    ),
    (Room::Voices, "Register", &["Register", "Influence and stake"]),
    (Room::Voices, "Ballots", &["Ballots"]),
    (Room::Voices, "Marginal voices", &["Marginal voices", "Sectors", "What each option costs each sector"]),
    (Room::Balance, "Scores", &["Scores"]),
    (Room::Balance, "Weights", &["Weights"]),
    (Room::Balance, "Balance", &["The balance", "Ranking", "Who leads at which weight"]),
    (
        Room::Balance,
        "Sensitivity",
        &[
            "Figures of the page",
            "Which weight would change the leader?",
            "What each option scores as one factor weighs more",
            "The lead, one score at a time",
            "For another to win",
        ],
    ),
    (
        Room::Balance,
        "Robustness",
        &[
            "How often each option takes each place",
            "What better information is worth",
            "Who would have to be right for it to win",
            "One against another",
            "Enough draws?",
        ],
    ),
    (Room::Balance, "Compare", &["Dominance", "Weight to move"]),
    (Room::Reach, "Payment design", &["Prices"]),
    (Room::Reach, "Prediction", &["Who is supported and who is left out"]),
    (
        Room::Reach,
        "Response",
        &[
            "How sharply the provider follows the money",
            "Where the money turns",
            "What rests on the forecast",
        ],
    ),
    (
        Room::Decision,
        "Record",
        &[
            "Reasons",
            "Who dissents",
            "Conditions",
            "Safeguards against exclusion",
            "Review triggers",
            "What is rationed",
            "Options considered",
            "How firmly it stands",
        ],
    ),
    (Room::Decision, "Conditions", &["Conditions", "Safeguards against exclusion"]),
    (Room::Decision, "Review plan", &["Review plan", "Review triggers"]),
    (Room::Decision, "Duties", &["Statutory duties", "Principles of consultation"]),
];

#[test]
fn every_chart_and_table_can_be_copied_by_its_name() {
    for (room, page, names) in PAGES {
        let mut window = at(*room, page);
        settle(&mut window);
        check_parts(&mut window, page, names);
    }
}

/// That a page has parts of these names, and that each of its parts can be copied.
fn check_parts(window: &mut Driven, page: &str, names: &[&str]) {
    let seen = window.state().view.parts.clone();
    let missing: Vec<_> = names.iter().filter(|name| !seen.iter().any(|part| part.name == **name)).collect();
    let known: Vec<_> = seen.iter().map(|part| part.name.as_str()).collect();
    assert!(missing.is_empty(), "{page} has no {missing:?}, but {known:?}");
    for part in seen {
        let rows = match part.kind {
            Kind::Chart => text(taken(window, &part.name, Take::CopyFigures)),
            Kind::Table => text(taken(window, &part.name, Take::CopyTable)),
        };
        assert!(rows.lines().count() > 1, "{page}, {}: {rows}", part.name);
        if part.kind == Kind::Table {
            check_table(page, &part.name, &rows);
        }
        if part.kind == Kind::Chart {
            let svg = text(taken(window, &part.name, Take::CopySvg));
            let marks = svg.matches("<path ").count();
            assert!(svg.starts_with("<svg ") && marks > 1, "{page}, {}: {marks} marks", part.name);
        }
        if let Some(folder) = std::env::var_os("EVENHAND_WRITE_CHARTS") {
            let name = format!("{page} {}.tsv", part.name).replace(['?', '/'], "");
            std::fs::write(std::path::Path::new(&folder).join(name), rows).unwrap();
        }
    }
}

/// That a table has a cell in each row for each of its heads, with which it begins.
fn check_table(page: &str, name: &str, rows: &str) {
    let cells: Vec<usize> = rows.lines().map(|row| row.split('\t').count()).collect();
    assert!(cells[0] > 1 && cells.iter().all(|row| *row == cells[0]), "{page}, {name}: {cells:?}\n{rows}");
    let mut heads = rows.lines().next().into_iter().flat_map(|row| row.split('\t'));
    assert!(heads.any(|head| head.chars().any(char::is_alphabetic)), "{page}, {name}: {rows}");
}

/// The heads of tables whose columns stand in a known order.
const HEADS: &[(Room, &str, &str, &str)] = &[
    (
        Room::Voices,
        "Marginal voices",
        "Marginal voices",
        "who\tsector\tleads by their points\tat nought\tonce\tdouble\talone",
    ),
    (Room::Voices, "Marginal voices", "Sectors", "sector\tat nought\tonce\tdouble\talone"),
    (Room::Balance, "Weights", "Weights", "Factor\tSide\tSwing\tPoints\tWeight, %"),
    (
        Room::Balance,
        "Scores",
        "Scores",
        "factor\tside\tgroup\tunit\tscale\tworst\tbest\tswing\tmust\tNational prime contract",
    ),
    (Room::Voices, "Ballots", "Ballots", "person\tfrom\tReach to all need groups\tReduction in reoffending"),
    (
        Room::Reach,
        "Payment design",
        "Prices",
        "option\tgroup\tmilestone\tprice\tprobability_parked\tprobability_supported",
    ),
    (
        Room::Question,
        "Overview",
        "Options",
        "Option\tName\tSummary\tHow it pays\tDecided\tDesigned\tDelivered\nA\tNational prime contract\tOne",
    ),
    (Room::Balance, "Compare", "Dominance", "At least as good on so many factors as\tB Local partnership\t"),
    (Room::Balance, "Compare", "Weight to move", "Option\tName\tPoints of weight\tWhat moves\nB\t"),
    (
        Room::Reach,
        "Response",
        "What rests on the forecast",
        "Need group\tForecast\tParks under, as paid\tParks under, at the fair price\tWhat holds\nShort-sentence",
    ),
    (
        Room::Reach,
        "Changing risk",
        "Where 100 people are a year later",
        "From\tSupport\tTo settled\tTo low\tTo medium\tTo high\n",
    ),
    (Room::Decision, "Record", "Options considered", "Option\tName\tTotal\tLeft out a year"),
    (Room::Decision, "Record", "Who dissents", "Who\tIn their words\tAnswered"),
    (Room::Decision, "Conditions", "Conditions", "Condition\tWho sees to it\tBy when\tState"),
    (
        Room::Decision,
        "Review plan",
        "Review plan",
        "When\tWhat is looked at\tExpected\tWho looks\tFound\tFound on\tWhat follows\tLearned",
    ),
];

#[test]
fn a_table_begins_with_its_heads_in_their_order() {
    for (room, page, name, heads) in HEADS {
        let rows = text(taken(&mut at(*room, page), name, Take::CopyTable));
        assert!(rows.starts_with(heads), "{page}, {name}: {rows}");
    }
}

#[test]
fn the_sectors_are_copied_as_they_stand_in_the_table() {
    let mut window = at(Room::Voices, "Marginal voices");
    let rows = text(taken(&mut window, "Sectors", Take::CopyTable));
    for sector in &opened("westmere").voices.sectors {
        let name = format!("{}: at nought ", sector.name);
        let told = window.query_all_by_label_contains(&name);
        let told: Vec<String> = told.filter_map(|row| row.accesskit_node().label()).collect();
        let row = rows.lines().find(|row| row.starts_with(&sector.name)).unwrap_or_else(|| panic!("{rows}"));
        let cells: Vec<&str> = row.split('\t').collect();
        for (way, cell) in ["at nought", "once", "double", "alone"].into_iter().zip(&cells[1..]) {
            let said = format!("{way} {cell}");
            assert!(told.iter().any(|told| told.contains(&said)), "{said} is not in {told:?}");
        }
    }
}

#[test]
fn the_steps_in_view_are_copied_whole() {
    let mut shell = shell_at(opened("westmere"), Room::Decision, "History");
    let title = "A title that is far too long to stand in the column of what came after".to_owned();
    let session = shell.session.as_mut().unwrap();
    session.edit("Rename the question", Room::Question, None, |w| w.title = title.clone()).unwrap();
    session.finish_jobs();
    let mut window = open(shell);
    let rows = text(taken(&mut window, "History", Take::CopyTable));
    check_table("History", "History", &rows);
    let row = rows.lines().nth(1).unwrap();
    assert!(row.contains("Question\tTitle") && row.contains(&title), "{rows}");
}

/// Lets everything come that a page asks for, however often it asks.
fn settle(window: &mut Driven) {
    for _ in 0..3 {
        window.run();
        window.state_mut().session().finish_jobs();
    }
    window.run();
}

#[test]
fn what_a_page_shows_beside_a_snapshot_can_be_copied() {
    let mut window = at(Room::Balance, "Compare");
    settle(&mut window);
    check_parts(&mut window, "Compare", &["Totals", "What changed", "Dominance", "Weight to move"]);
}

#[test]
fn the_map_of_two_factors_can_be_copied() {
    let mut window = at(Room::Balance, "Sensitivity");
    window.get_by_label("Two factors").click();
    settle(&mut window);
    let names =
        ["Who leads at two weights", "From today to the border", "Where the ballots fall", "Other pairs"];
    check_parts(&mut window, "Two factors", &names);
}

#[test]
fn the_ways_to_fix_an_option_can_be_copied() {
    let mut window = at(Room::Reach, "Prediction");
    window.get_by_label("All ways to fix it").click();
    settle(&mut window);
    check_parts(&mut window, "Fix", &["Ways to fix it"]);
    let rows = text(taken(&mut window, "Ways to fix it", Take::CopyTable));
    assert!(rows.starts_with("Way\tPays to park\tLeft out\tCost a year\t"), "{rows}");
    assert!(rows.contains("\nPark-proof prices\t"), "each way by its name: {rows}");
}

#[test]
fn the_order_of_the_swings_is_copied_with_what_it_alone_would_weigh() {
    let mut window = at(Room::Balance, "Weights");
    window.query_all_by_label_contains("Rank the swings").next().expect("a step").click();
    settle(&mut window);
    let rows = text(taken(&mut window, "Order of the swings", Take::CopyTable));
    assert!(
        rows.starts_with("Rank\tFactor\tSide\tSwing\tWeight if only the order counted, %\n1\t"),
        "{rows}"
    );
}

#[test]
fn every_sheet_of_the_caseload_check_can_be_copied() {
    let sheets: &[(&str, &[&str])] = &[
        ("Gates", &["From gate to gate", "Each group against everyone else"]),
        ("Offices", &["Funnel of groups of each office", "Share served by office"]),
        ("More tests", &[]),
    ];
    let counted = counted();
    for (sheet, names) in sheets {
        let mut window = open(shell_at(counted.clone(), Room::Reach, "Caseload check"));
        window.get_by_role_and_label(Role::RadioButton, &format!("Caseload check: {sheet}")).click();
        settle(&mut window);
        check_parts(&mut window, &format!("Caseload check {sheet}"), names);
    }
}

#[test]
fn everything_of_changing_risk_can_be_copied() {
    let mut window = at(Room::Reach, "Changing risk");
    settle(&mut window);
    check_parts(&mut window, "Changing risk", &["Where 100 people are a year later"]);
}

#[test]
fn what_is_kept_out_of_papers_is_not_in_a_copy() {
    let mut workspace = opened("westmere");
    workspace.voices.statements[0].text = "They took my zarquon away.".to_owned();
    workspace.voices.statements[0].response = "It went to the quibblewick.".to_owned();
    let copied = |workspace: &Workspace| {
        let mut window = open(shell_at(workspace.clone(), Room::Voices, "Overview"));
        text(taken(&mut window, "Heard, and what was done", Take::CopyTable))
    };
    let told = copied(&workspace);
    assert!(told.contains("zarquon") && told.contains("quibblewick"), "{told}");
    workspace.voices.statements[0].kept_out = true;
    let kept = copied(&workspace);
    assert!(!kept.contains("zarquon") && !kept.contains("quibblewick"), "{kept}");
    assert_eq!(kept.lines().count(), workspace.voices.statements.len());
}

#[test]
fn a_picture_is_what_stands_on_the_screen() {
    let mut window = at(Room::Balance, "Balance");
    for name in ["The balance", "Ranking", "Who leads at which weight"] {
        let place = window.state().view.parts.iter().find(|part| part.name == name).unwrap().place;
        let screen = window.render().unwrap();
        let picture = image(taken(&mut window, name, Take::CopyPicture));
        let size = [place.width(), place.height()].map(|side| (side * 2.0).round() as usize);
        assert_eq!(picture.size, size, "{name}");
        let (mut far, mut all) = (0, 0);
        for y in 1..(place.height() as u32).saturating_sub(1) {
            for x in 1..(place.width() as u32).saturating_sub(1) {
                let shown = screen.get_pixel(place.left() as u32 + x, place.top() as u32 + y).0;
                let four = [(0, 0), (1, 0), (0, 1), (1, 1)]
                    .map(|(i, j)| picture[((2 * x + i) as usize, (2 * y + j) as usize)].to_array());
                let off = (0..3).any(|k| {
                    let mean = four.iter().map(|of| u32::from(of[k])).sum::<u32>() / 4;
                    mean.abs_diff(u32::from(shown[k])) > 96
                });
                far += u32::from(off);
                all += 1;
            }
        }
        assert!(f64::from(far) / f64::from(all) < 0.01, "{name}: {far} of {all} pixels are others");
    }
}

#[test]
fn the_words_of_a_table_are_those_on_the_screen() {
    let mut window = at(Room::Reach, "Prediction");
    let rows = text(taken(&mut window, "Who is supported and who is left out", Take::CopyFigures));
    for group in &opened("westmere").question.need_groups {
        assert!(window.query_by_label_contains(&format!("{}: supporting earns", group.name)).is_some());
        assert!(
            rows.lines().any(|row| row.starts_with(&group.name) && row.contains("left out a year")),
            "{rows}"
        );
    }
    let mut window = at(Room::Voices, "Register");
    let rows = text(taken(&mut window, "Register", Take::CopyTable));
    for person in &opened("westmere").voices.stakeholders {
        let row = rows.lines().find(|row| row.starts_with(&person.name)).unwrap_or_else(|| panic!("{rows}"));
        let cells: Vec<&str> = row.split('\t').collect();
        assert_eq!(cells.len(), 8, "who, from, local, heard, speaks for, ballot, influence, stake: {row}");
        assert!(["given", "none"].contains(&cells[5]), "{row}");
        let influence = person.influence.map_or("not said".to_owned(), |of| format!("{of} of 10"));
        assert_eq!(cells[6], influence, "{row}");
    }
}

#[test]
fn scores_and_prices_that_are_copied_can_be_read_in() {
    let rows = text(taken(&mut at(Room::Balance, "Scores"), "Scores", Take::CopyTable));
    let back = read_table("copied", TableKind::Scores, rows.as_bytes()).unwrap();
    let back = workspace_from(&[back]).unwrap();
    let names = |w: &Workspace| w.balance.factors.iter().map(|f| f.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&back), names(&opened("westmere")));
    assert_eq!(back.balance.scores.len(), opened("westmere").balance.scores.len());
    let rows = text(taken(&mut at(Room::Reach, "Payment design"), "Prices", Take::CopyTable));
    assert!(read_table("copied", TableKind::Payments, rows.as_bytes()).is_ok(), "{rows}");
}

#[test]
fn names_that_would_do_harm_do_none() {
    let mut workspace = opened("westmere");
    workspace.question.options[1].name = "=HYPERLINK(\"x\")</text><script>alert(1)</script>".to_owned();
    workspace.question.options[2].name = "@a\tb\u{202E}".to_owned();
    let mut window = open(shell_at(workspace, Room::Balance, "Balance"));
    let rows = text(taken(&mut window, "Ranking", Take::CopyFigures));
    assert!(
        rows.lines().all(|row| row.split('\t').all(|cell| !cell.starts_with(['=', '@', '+', '-']))),
        "{rows}"
    );
    assert!(!rows.contains('\u{202E}'));
    let svg = text(taken(&mut window, "Ranking", Take::CopySvg));
    assert!(!svg.contains("<script") && !svg.contains('\u{202E}'));
}

#[test]
fn the_chart_with_the_keyboard_is_the_one_that_is_copied() {
    let mut window = at(Room::Balance, "Balance");
    window.get_by_label_contains("Place 2: C").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    window.run();
    assert!(window.query_by_label_contains("Copied “Ranking” as a picture").is_some());
}

#[test]
fn without_one_in_focus_it_is_asked_which() {
    let mut window = at(Room::Balance, "Balance");
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Command::Take(Take::CopyFigures));
    window.run();
    window.get_by_role_and_label(Role::Button, "The balance").click();
    assert!(text(put(&mut window)).starts_with("Local partnership leads"));
    // The only table of a page needs no asking.
    let mut window = at(Room::Balance, "Scores");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    window.run();
    assert!(window.query_by_label_contains("Copied “Scores” as a table").is_some());
}

#[test]
fn whose_names_are_copied_is_said() {
    let mut window = at(Room::Voices, "Register");
    let copied = text(taken(&mut window, "Register", Take::CopyTable));
    let people = window.state_mut().session().workspace().voices.stakeholders.clone();
    assert!(people.iter().all(|person| copied.contains(person.name.trim())), "{copied}");
    assert!(window.query_by_label_contains("Leaves the program: 4 people under pseudonyms").is_some());
    let mut window = at(Room::Question, "Overview");
    assert!(!taken(&mut window, "Options", Take::CopyTable).is_empty());
    assert!(window.query_by_label_contains("Copied “Options” as a table").is_some());
    assert!(window.query_by_label_contains("Leaves the program").is_none());
}

#[test]
fn the_other_button_offers_the_part_under_it() {
    let mut window = at(Room::Balance, "Balance");
    window.get_by_label_contains("Place 1: B").click_button(PointerButton::Secondary);
    window.run();
    window.get_by_label("Copy SVG").click();
    assert!(text(put(&mut window)).contains("<title id=\"chartt\">Ranking</title>"));
    assert!(window.query_by_label("Copy SVG").is_none(), "the menu is gone");
}

#[test]
fn a_chart_is_saved_whole_and_in_the_place_of_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ranking");
    let mut window = at(Room::Balance, "Balance");
    let save = |window: &mut Driven| {
        window.get_by_label("Copy or save from this page").click();
        window.run();
        window.get_by_label("Save SVG: Ranking").click();
        window.run();
        let field = window.get_by_label("File");
        field.focus();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.run();
        window.get_by_label("File").type_text(&path.display().to_string());
        window.run();
        window.get_by_label("Save").click();
        window.run();
    };
    save(&mut window);
    let saved = folder.path().join("ranking.svg");
    let written = std::fs::read_to_string(&saved).unwrap();
    assert!(written.starts_with("<svg "));
    std::fs::write(&saved, "mine").unwrap();
    save(&mut window);
    assert_eq!(std::fs::read_to_string(&saved).unwrap(), "mine");
    assert!(window.query_by_label_contains("ranking.svg is there already").is_some());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn nothing_is_kept_of_a_frame_that_nobody_asked_for() {
    let mut window = at(Room::Balance, "Balance");
    window.step();
    assert!(parts::taken(&window.ctx.clone()).is_none());
    assert!(!parts::is_asked(&window.ctx.clone()));
    assert!(put(&mut window).is_empty());
}
