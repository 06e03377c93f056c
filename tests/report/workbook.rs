//! A whole workspace as a workbook: read back it is the same, its formulas bear the figures of the program, and nothing
//! that people wrote runs in it.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use calamine::{Data, Reader as _, Xlsx};
use evenhand::{
    analysis::{Analysis, balance::robustness::Draws, course::Course},
    exchange::{
        TableKind, examples, read_table,
        results::WorkedOut,
        tables_of,
        workbook::{self, Choices},
        workspace_from,
    },
    file::format,
    model::{Workspace, balance::ScoreLevel, voices::KnownAs},
};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn example(name: &str) -> Workspace {
    format::from_text(examples::find(name).unwrap().text, name).unwrap().workspace
}

/// The workbook, and what it could not hold whole; a hundred draws are enough to fill its tables.
fn written(workspace: &Workspace, choices: &Choices) -> (Vec<u8>, Vec<String>) {
    let draws = Draws { iterations: 100, ..Draws::asked_for(workspace) };
    let worked_out = WorkedOut::of(workspace, draws, &Course::default()).unwrap();
    workbook::write(&worked_out.results(7), choices).unwrap()
}

fn bytes(workspace: &Workspace) -> Vec<u8> {
    written(workspace, &Choices::default()).0
}

fn open(bytes: &[u8]) -> Book {
    calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap()
}

/// The balance sheet by rows from 0, and where its first total stands.
fn balance(book: &mut Book) -> (calamine::Range<Data>, u32) {
    let range = book.worksheet_range("balance").unwrap();
    let label = |row: u32| range.get_value((row, 0)).map(ToString::to_string).unwrap_or_default();
    let total = (0..range.height() as u32).find(|&row| label(row) == "Total").unwrap();
    (range, total)
}

fn number(range: &calamine::Range<Data>, row: u32, column: u32) -> f64 {
    match range.get_value((row, column)) {
        Some(Data::Float(number)) => *number,
        Some(Data::Int(number)) => *number as f64,
        other => panic!("row {row}, column {column}: {other:?}"),
    }
}

#[test]
fn read_back_every_table_says_the_same() {
    for example in examples::EXAMPLES {
        let workspace = self::example(example.name);
        let own = tables_of(&workspace).unwrap_or_else(|why| panic!("{}: {why:?}", example.name));
        let bytes = bytes(&workspace);
        let tables: Vec<_> =
            own.iter().map(|table| read_table("book", table.kind, &bytes).unwrap()).collect();
        let back = workspace_from(&tables).unwrap();
        for (own, back) in own.iter().zip(tables_of(&back).unwrap()) {
            assert_eq!(own.kind, back.kind);
            let differs = own.text.lines().zip(back.text.lines()).find(|(own, back)| own != back);
            assert_eq!(differs, None, "{}: {}", example.name, own.kind.name());
        }
    }
}

#[test]
fn every_formula_bears_the_figure_of_the_program() {
    // Of the examples one has factors; tests/report_workbook_formulas.rs works the formulas out in other cases.
    for name in ["westmere"] {
        let workspace = example(name);
        assert!(!workspace.balance.factors.is_empty(), "{name}");
        let analysis = Analysis::of(&workspace);
        let mut book = open(&bytes(&workspace));
        let (range, total) = balance(&mut book);
        for (column, option) in (4..).zip(&analysis.balance.options) {
            if let Some(value) = option.value {
                assert!((number(&range, total, column) - value).abs() < 1e-12);
            }
            if let Some(rank) = option.rank {
                assert!((number(&range, total + 7, column) - rank as f64).abs() < 1e-12);
            }
            for (row, side) in [(4, option.operational), (5, option.commercial)] {
                if let Some(side) = side {
                    assert!((number(&range, total + row, column) - side).abs() < 1e-12);
                }
            }
        }
        let share = analysis.balance.commercial_share.unwrap();
        assert!((number(&range, total + 8, 4) - share).abs() < 1e-12);
        let formulas = book.worksheet_formula("balance").unwrap();
        let total = formulas.get_value((total, 4)).unwrap();
        assert!(total.contains("SUMPRODUCT("), "{total}");
        assert!(formulas.used_cells().any(|(_, _, formula)| formula.starts_with("scores!")));
    }
}

#[test]
fn totals_are_the_sum_of_shares_times_worth_on_the_sheet_itself() {
    let workspace = example("westmere");
    let factors = workspace.balance.factors.len() as u32;
    let mut book = open(&bytes(&workspace));
    let (range, total) = balance(&mut book);
    // Down from the first score: the factors, their sum, three rows of headings, the values.
    let (scores, values) = (5, 5 + factors + 4);
    let points: f64 = (0..factors).map(|f| number(&range, scores + f, 2)).sum();
    for (column, _) in (4..).zip(workspace.question.options.iter()) {
        let summed: f64 = (0..factors)
            .map(|f| {
                let share = number(&range, scores + f, 3);
                assert!((share - number(&range, scores + f, 2) / points).abs() < 1e-12);
                share * number(&range, values + f, column)
            })
            .sum();
        assert!((summed - number(&range, total, column)).abs() < 1e-9);
    }
}

#[test]
fn what_is_not_known_leaves_the_total_open() {
    let mut workspace = example("westmere");
    let fed: Vec<_> = workspace.reach.feeds.iter().map(|feed| feed.factor.clone()).collect();
    let (factor, option) = (
        workspace.balance.factors.iter().find(|f| !fed.contains(&f.id)).unwrap().id.clone(),
        workspace.question.options[0].id.clone(),
    );
    let score = workspace.balance.scores.iter_mut().find(|s| s.factor == factor && s.option == option);
    score.unwrap().level = ScoreLevel::Unknown;
    let mut book = open(&bytes(&workspace));
    let (range, total) = balance(&mut book);
    assert_eq!(range.get_value((total, 4)), Some(&Data::String("not known".to_owned())));
    assert!(number(&range, total + 2, 4) < number(&range, total + 1, 4));
    assert!(number(&range, total + 3, 4) > number(&range, total + 1, 4));
}

#[test]
fn nothing_that_people_wrote_runs_in_it() {
    let mut workspace = example("westmere");
    let hostile = "=HYPERLINK(\"http://x\",\"y\")";
    workspace.title = hostile.to_owned();
    workspace.question.text = "@SUM(A1)\u{202E}\u{7}".to_owned();
    workspace.question.options[0].name = "+1+cmd|' /C calc'!A0".to_owned();
    workspace.balance.factors[0].name = "-2+3".to_owned();
    workspace.voices.stakeholders[0].name = hostile.to_owned();
    workspace.voices.statements[0].text = "<c t=\"str\"><f>1+1</f>\n=1+1".to_owned();
    workspace.decision.headline = hostile.to_owned();
    let bytes = bytes(&workspace);
    let mut book = open(&bytes);
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        for (row, column, formula) in formulas.used_cells() {
            assert_eq!(sheet, "balance", "{row}, {column}: {formula}");
            assert!(!formula.contains("HYPERLINK") && !formula.contains("cmd"), "{formula}");
        }
        let range = book.worksheet_range(&sheet).unwrap();
        for (row, column, value) in range.used_cells() {
            if let Data::String(text) = value {
                // A sum below nought is a number and no text.
                let harm = text.starts_with(['=', '+', '-', '@']) || text.contains(['\u{202E}', '\u{7}']);
                assert!(!harm, "{sheet}, {row}, {column}: {text:?}");
            }
        }
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        assert!(!name.contains("externalLink") && !name.contains("vba"), "{name}");
        let mut text = String::new();
        if part.read_to_string(&mut text).is_ok() {
            assert!(!text.contains("TargetMode=\"External\""), "{name}");
        }
    }
}

#[test]
fn the_same_workspace_is_the_same_bytes_and_no_author_is_named_unasked() {
    let workspace = example("westmere");
    assert!(bytes(&workspace) == bytes(&workspace));
    let core = |bytes: Vec<u8>| {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("docProps/core.xml").unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert!(core(bytes(&workspace)).contains("<dc:creator></dc:creator>"));
    let choices = Choices { author: Some("P. Shah".to_owned()), ..Choices::default() };
    assert!(core(written(&workspace, &choices).0).contains("P. Shah"));
}

#[test]
fn names_and_tables_stay_out_by_choice() {
    let mut workspace = example("westmere");
    for person in &mut workspace.voices.stakeholders {
        person.known_as = KnownAs::Name;
    }
    workspace.voices.stakeholders[0].name = "Zebedee Quux".to_owned();
    let all = workbook::names_in_it(&workspace, &Choices::default());
    assert!(all.starts_with("Leaves the program: ") && all.contains("by their own names"), "{all}");
    let choices = Choices {
        hides_names: true,
        hides_owners: true,
        left_out: BTreeSet::from([TableKind::Ballots]),
        ..Choices::default()
    };
    assert_eq!(workbook::names_in_it(&workspace, &choices), "");
    let mut book = open(&written(&workspace, &choices).0);
    assert!(!book.sheet_names().contains(&"ballots".to_owned()));
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        for (row, column, value) in range.used_cells() {
            assert!(!value.to_string().contains("Zebedee"), "{sheet}, {row}, {column}");
        }
    }
}

/// Every text of every sheet, with the sheet.
fn texts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut book = open(bytes);
    let mut texts = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        for (_, _, value) in range.used_cells() {
            if let Data::String(text) = value {
                texts.push((sheet.clone(), text.clone()));
            }
        }
    }
    texts
}

#[test]
fn where_figures_come_from_stays_out_by_choice() {
    let mut workspace = example("westmere");
    workspace.reach.terms[0].source = "Bid of 3 March, page 9".to_owned();
    let holds = |choices: &Choices| {
        let texts = texts(&written(&workspace, choices).0);
        texts.iter().any(|(_, text)| text.contains("Bid of 3 March, page 9"))
    };
    assert!(holds(&Choices::default()));
    assert!(!holds(&Choices { hides_sources: true, ..Choices::default() }));
}

#[test]
fn a_number_that_somebody_is_called_by_is_not_given_again() {
    let mut workspace = example("westmere");
    for (at, person) in workspace.voices.stakeholders.iter_mut().enumerate() {
        person.known_as = if at == 1 { KnownAs::Role } else { KnownAs::Name };
    }
    workspace.voices.stakeholders[1].name = "Person 1".to_owned();
    let hidden = workspace.voices.stakeholders.len() - 1;
    let choices = Choices { hides_names: true, ..Choices::default() };
    let texts = texts(&written(&workspace, &choices).0);
    let holds = |words: &str| texts.iter().any(|(sheet, text)| sheet == "about" && text == words);
    assert!(holds(&format!("{hidden} people are numbered here and not named.")), "{texts:?}");
    let people: Vec<&str> =
        texts.iter().filter(|(sheet, _)| sheet == "stakeholders").map(|(_, text)| text.as_str()).collect();
    assert_eq!(people.iter().filter(|text| **text == "Person 1").count(), 1);
    assert!(people.contains(&"Person 2"));
}

#[test]
fn nobody_is_said_to_be_numbered_where_nobody_is() {
    let mut workspace = example("westmere");
    workspace.voices.stakeholders.iter_mut().for_each(|person| person.known_as = KnownAs::Role);
    let choices = Choices { hides_names: true, hides_pseudonyms: true, ..Choices::default() };
    let texts = texts(&written(&workspace, &choices).0);
    assert!(!texts.iter().any(|(_, text)| text.contains("numbered")));
}

#[test]
fn the_record_stands_in_words() {
    use evenhand::model::decision::{Duty, DutyAnswer};
    let mut workspace = example("westmere");
    let duty = Duty {
        id: "duty-q9zz".into(),
        text: "Consult early".to_owned(),
        source: "A principle".to_owned(),
        answer: Some(DutyAnswer::DoesNotApply),
        how: String::new(),
        by: String::new(),
    };
    workspace.decision.duties.push(duty);
    workspace.decision.conditions[0].due = Some(jiff::civil::date(2027, 4, 1));
    let conditions = workspace.decision.conditions.clone();
    let texts = texts(&written(&workspace, &Choices::default()).0);
    let record: Vec<&str> =
        texts.iter().filter(|(sheet, _)| sheet == "decision").map(|(_, text)| text.as_str()).collect();
    for words in ["1 April 2027", "Condition 1", DutyAnswer::DoesNotApply.words()] {
        assert!(record.contains(&words), "{words}: {record:?}");
    }
    for raw in ["2027-04-01", "DoesNotApply", "duty-q9zz", conditions[0].id.as_str(), "total/"] {
        assert!(!record.iter().any(|text| text.contains(raw)), "{raw}: {record:?}");
    }
}

#[test]
fn whole_numbers_bear_no_bare_point_and_large_ones_stand_as_they_are() {
    let mut workspace = example("westmere");
    workspace.balance.robustness.seed = 9_007_199_254_740_993;
    let bytes = bytes(&workspace);
    // 2^53 + 1: as a number of a spreadsheet it would end in 2.
    assert!(texts(&bytes).iter().any(|(_, text)| text == "9007199254740993"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut styles = String::new();
    archive.by_name("xl/styles.xml").unwrap().read_to_string(&mut styles).unwrap();
    assert!(!styles.contains("0.#"), "{styles}");
}

#[test]
fn figures_of_a_list_stand_in_cells_of_their_own_and_missing_ones_say_why() {
    let mut workspace = example("westmere");
    workspace.question.options.truncate(2);
    let kept: Vec<_> = workspace.question.options.iter().map(|option| option.id.clone()).collect();
    workspace.balance.scores.retain(|score| kept.contains(&score.option));
    let bytes = bytes(&workspace);
    let mut book = open(&bytes);
    let range = book.worksheet_range("balance figures").unwrap();
    let first = workspace.question.options[0].name.as_str();
    let row = range.rows().find(|row| {
        row[0] == *first
            && matches!(row[1..3], [Data::Float(a), Data::Float(b)] if (a + b - 1.0).abs() < 1e-9)
    });
    assert!(
        row.is_some(),
        "the share of first places and of second ones make one, each in a cell of its own"
    );
}

#[test]
fn a_text_that_no_cell_holds_is_cut_and_said() {
    let mut workspace = example("westmere");
    workspace.voices.statements[0].text = "word ".repeat(9_000);
    let notes = written(&workspace, &Choices::default()).1;
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains("statements") && notes[0].contains("32,000"), "{notes:?}");
    for (sheet, change) in [
        ("about", (|w, long| w.question.text = long) as fn(&mut Workspace, String)),
        ("decision", |w, long| w.decision.headline = long),
        ("scores", |w, long| w.balance.factors[0].name = long),
    ] {
        let mut workspace = example("westmere");
        change(&mut workspace, "word ".repeat(9_000));
        let notes = written(&workspace, &Choices::default()).1;
        assert!(notes.iter().any(|note| note.contains(&format!("sheet {sheet}"))), "{sheet}: {notes:?}");
    }
}

#[test]
fn a_workspace_with_nothing_in_it_is_a_workbook_too() {
    let mut book = open(&bytes(&Workspace::default()));
    assert!(book.sheet_names().contains(&"balance".to_owned()));
    let range = book.worksheet_range("balance").unwrap();
    assert!(range.get_value((1, 0)).unwrap().to_string().contains("nothing to weigh"));
}

#[test]
fn the_command_reads_back_what_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let [file, book, back, again] =
        ["a.evenhand.ron", "a.xlsx", "b.evenhand.ron", "b.xlsx"].map(|name| folder.path().join(name));
    std::fs::write(&file, examples::find("westmere").unwrap().text).unwrap();
    let run = |arguments: &[&std::ffi::OsStr]| {
        let done =
            std::process::Command::new(env!("CARGO_BIN_EXE_evenhand")).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let word = std::ffi::OsStr::new;
    let with = [word("--with"), word("names,ballots")];
    run(&[&[word("report"), file.as_os_str(), word("-o"), book.as_os_str()][..], &with].concat());
    run(&[word("new"), word("--workbook"), book.as_os_str(), word("-o"), back.as_os_str()]);
    run(&[&[word("report"), back.as_os_str(), word("-o"), again.as_os_str()][..], &with].concat());
    for kind in TableKind::ALL {
        let rows = |path: &std::path::Path| {
            let mut book = open(&std::fs::read(path).unwrap());
            book.worksheet_range(kind.name())
                .map(|range| range.rows().map(<[Data]>::to_vec).collect())
                .unwrap_or(Vec::new())
        };
        assert!(rows(&book) == rows(&again), "{}", kind.name());
    }
}
