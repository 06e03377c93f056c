//! The command line as scripts see it: what it prints, where, and with which exit status.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use evenhand::cli::{answer_in_words, run};
use serde_json::Value;
use tempfile::TempDir;

struct Told {
    status: u8,
    out: String,
    messages: String,
}

fn no_window(_: Option<PathBuf>) -> Result<(), String> {
    Err("There is no display here.".to_owned())
}

fn evenhand(arguments: &[&str]) -> Told {
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("evenhand").chain(arguments.iter().copied());
    let status = run(arguments, no_window, &mut out, &mut messages);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Told { status, out: text(out), messages: text(messages) }
}

/// A folder that goes away at the end of the test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a plain path").to_owned()
    }

    fn holding(self, name: &str, text: &str) -> Self {
        fs::write(self.0.path().join(name), text).expect("written");
        self
    }

    fn westmere(&self) -> String {
        let file = self.path("w.evenhand.ron");
        let told = evenhand(&["example", "westmere", "-o", &file]);
        assert_eq!(told.status, 0, "{}", told.messages);
        file
    }
}

const SCORES: &str =
    "factor,side,worst,best,swing,A,B\nReach,operational,0,100,60,20,80\nCost,commercial,10,0,40,2,7\n";

#[test]
fn an_example_is_listed_written_checked_and_analysed() {
    let folder = Folder::new();
    let told = evenhand(&["example"]);
    assert_eq!(told.status, 0);
    assert!(told.out.contains("westmere") && told.out.contains("work-programme"), "{}", told.out);
    let file = folder.westmere();
    let told = evenhand(&["check", &file]);
    assert_eq!((told.status, told.messages.as_str()), (0, ""));
    assert!(told.out.contains("sound"), "{}", told.out);
    let told = evenhand(&["analyse", &file, "--json", "--iterations", "200"]);
    assert_eq!((told.status, told.messages.as_str()), (0, ""));
    let object: Value = serde_json::from_str(&told.out).expect("one object");
    assert_eq!(object["workspace"]["title"], "Leaving custody in Westmere");
    assert_eq!(object["balance"]["robustness"]["iterations"], 200);
    assert_eq!(object.as_object().unwrap().len(), 3, "balance only, as no room is asked for");
}

#[test]
fn an_example_goes_to_the_terminal_byte_for_byte() {
    let told = evenhand(&["example", "Westmere"]);
    assert_eq!(told.out, evenhand::exchange::examples::find("westmere").unwrap().text);
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let folder = Folder::new();
    let file = folder.westmere();
    let before = fs::read(&file).unwrap();
    let told = evenhand(&["example", "work-programme", "-o", &file]);
    assert_eq!(told.status, 1);
    assert!(told.messages.contains("--force"), "{}", told.messages);
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(evenhand(&["example", "work-programme", "-o", &file, "--force"]).status, 0);
    assert_ne!(fs::read(&file).unwrap(), before);
}

#[test]
fn wrong_usage_ends_with_two_and_a_problem_in_the_input_with_one() {
    let folder = Folder::new().holding("w.evenhand.ron", "(format: 1,");
    let broken = folder.path("w.evenhand.ron");
    for wrong in [
        &["analyse"][..],
        &["analyse", "x", "--room", "cellar"],
        &["analyse", "x", "--weights", "lead"],
        &["analyse", "x", "--iterations", "0"],
        &["example", "nowhere"],
        &["new", "-o", "x"],
        &["check", "--loudly"],
        &["picture", "x", "-o", "y.png"],
    ] {
        let told = evenhand(wrong);
        assert_eq!((told.status, told.out.as_str()), (2, ""), "{wrong:?}");
        assert!(!told.messages.is_empty());
    }
    for bad in [
        &["check", "/nowhere/x.evenhand.ron"][..],
        &["check", &broken],
        &["analyse", &broken, "--json"],
        &["tables", &broken, "-o", "x"],
        &["anaylse"],
    ] {
        let told = evenhand(bad);
        assert_eq!((told.status, told.out.as_str()), (1, ""), "{bad:?}");
        assert!(!told.messages.is_empty());
    }
    assert_eq!(evenhand(&["--help"]).status, 0);
    assert!(evenhand(&["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_fault_of_an_unsound_file_is_listed_with_its_place() {
    let folder = Folder::new();
    let file = folder.westmere();
    let text = fs::read_to_string(&file).unwrap();
    let text = text.replacen("outcome_supported: 0.", "outcome_supported: 7.", 2);
    fs::write(&file, text).unwrap();
    let told = evenhand(&["check", &file]);
    assert_eq!((told.status, told.out.as_str()), (1, ""));
    assert_eq!(told.messages.matches("w.evenhand.ron").count(), 2, "{}", told.messages);
    assert!(told.messages.to_lowercase().contains("line "), "{}", told.messages);
}

#[test]
fn what_is_worth_a_look_is_no_fault() {
    let folder = Folder::new().holding("scores.csv", "factor,side,A\nCost,commercial,1\n");
    let file = folder.path("x.evenhand.ron");
    evenhand(&["new", "--scores", &folder.path("scores.csv"), "-o", &file]);
    let told = evenhand(&["check", &file]);
    assert_eq!(told.status, 0);
    assert!(told.out.contains("sound") && told.out.contains("Worth a look"), "{}", told.out);
}

/// A doubt says where in the file it stands, as a fault does.
#[test]
fn what_is_worth_a_look_has_its_line_and_column() {
    let folder = Folder::new().holding(
        "scores.csv",
        "factor,side,worst,best,swing,A\nCost,commercial,9,1,50,3\nReach,operational,1,9,,4\n",
    );
    let file = folder.path("x.evenhand.ron");
    evenhand(&["new", "--scores", &folder.path("scores.csv"), "-o", &file]);
    let text = std::fs::read_to_string(&file).unwrap();
    let reach = text.lines().position(|line| line.contains("\"Reach\"")).unwrap() + 1;
    let told = evenhand(&["check", &file]).out;
    let doubt = told.lines().find(|line| line.contains("“Reach” has no swing points")).unwrap();
    let line: usize = doubt.trim().strip_prefix("line ").unwrap().split(',').next().unwrap().parse().unwrap();
    assert!(line == reach || line + 1 == reach, "{doubt}\n{text}");
}

#[test]
fn a_number_below_nought_is_refused_as_the_value_that_it_is() {
    for (option, value, wanted) in [
        ("--seed", "-1", "a whole number from 0 to"),
        ("--iterations", "-5", "a whole number from 1 to 10,000,000"),
        ("--iterations", "0", "a whole number from 1 to 10,000,000"),
        ("--seed", "1.5", "a whole number from 0 to"),
    ] {
        let told = evenhand(&["analyse", "x.evenhand.ron", option, value]);
        assert_eq!(told.status, 2);
        let words = format!("invalid value '{value}' for '{option} <N>': {wanted}");
        assert!(told.messages.contains(&words) && !told.messages.contains("-- -"), "{}", told.messages);
    }
    let zoom = evenhand(&["picture", "x.evenhand.ron", "--room", "balance", "-o", "x.png", "--zoom", "-1"]);
    assert!(zoom.status == 2 && zoom.messages.contains("a number from 0.8 to 2"), "{}", zoom.messages);
}

#[test]
fn help_offers_what_there_is() {
    let help = evenhand(&["--help"]).out;
    for command in ["example", "check", "new", "tables", "analyse", "picture", "caseload", "merge", "report"]
    {
        assert!(help.contains(&format!("\n  {command} ")), "{command} in {help}");
    }
}

#[test]
fn a_workspace_is_made_from_tables_and_written_back() {
    let folder = Folder::new()
        .holding("scores.csv", SCORES)
        .holding("ballots.tsv", "sector\tReach\tCost\nPublic\t50\t100\nUsers\t100\t\n");
    let out = folder.path("made.evenhand.ron");
    let (scores, ballots) = (folder.path("scores.csv"), folder.path("ballots.tsv"));
    let told = evenhand(&["new", "--title", "Made", "--scores", &scores, "--ballots", &ballots, "-o", &out]);
    assert_eq!(told.status, 0, "{}", told.messages);
    assert!(told.messages.contains("2 options, 2 factors and 2 ballots"), "{}", told.messages);

    let tables = folder.path("tables");
    let told = evenhand(&["tables", &out, "-o", &tables]);
    assert_eq!(told.status, 0, "{}", told.messages);
    let mut written: Vec<String> = fs::read_dir(&tables)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    written.sort();
    assert_eq!(written, ["ballots.csv", "scores.csv", "settings.csv"]);
    let told = evenhand(&["tables", &out, "-o", &tables]);
    assert_eq!(told.status, 1, "they are there already");

    let again = folder.path("again.evenhand.ron");
    let table = |name: &str| Path::new(&tables).join(name).to_str().unwrap().to_owned();
    let (scores, ballots, settings) = (table("scores.csv"), table("ballots.csv"), table("settings.csv"));
    let told =
        evenhand(&["new", "--scores", &scores, "--ballots", &ballots, "--settings", &settings, "-o", &again]);
    assert_eq!(told.status, 0, "{}", told.messages);
    assert_eq!(fs::read(&out).unwrap(), fs::read(&again).unwrap(), "the same to the last byte");
}

#[test]
fn problems_in_all_tables_are_listed_and_nothing_is_written() {
    let folder = Folder::new()
        .holding("scores.csv", "factor,side,A\nReach,upward,good\n")
        .holding("groups.csv", "group,size\nWomen,3\n");
    let out = folder.path("x.evenhand.ron");
    let (scores, groups) = (folder.path("scores.csv"), folder.path("groups.csv"));
    let told = evenhand(&["new", "--scores", &scores, "--groups", &groups, "-o", &out]);
    assert_eq!((told.status, told.out.as_str()), (1, ""));
    assert!(told.messages.contains("groups.csv, row 1, column “size”"), "{}", told.messages);
    let told = evenhand(&["new", "--scores", &scores, "-o", &out]);
    for words in ["row 2, column “side”: found “upward”", "row 2, column “A”: found “good”", "2 problems"]
    {
        assert!(told.messages.contains(words), "{words} in {}", told.messages);
    }
    assert!(!Path::new(&out).exists());
}

#[test]
fn without_a_title_the_file_gives_it() {
    let folder = Folder::new().holding("scores.csv", SCORES);
    let out = folder.path("gate.evenhand.ron");
    assert_eq!(evenhand(&["new", "--scores", &folder.path("scores.csv"), "-o", &out]).status, 0);
    let told = evenhand(&["analyse", &out, "--json", "--iterations", "10"]);
    assert_eq!(serde_json::from_str::<Value>(&told.out).unwrap()["workspace"]["title"], "gate");
}

#[test]
fn draws_are_as_asked_for() {
    let folder = Folder::new();
    let file = folder.westmere();
    let with = |more: &[&str]| {
        let arguments = [&["analyse", &file, "--json", "--iterations", "300"], more].concat();
        let told = evenhand(&arguments);
        assert_eq!(told.status, 0, "{}", told.messages);
        serde_json::from_str::<Value>(&told.out).unwrap()["balance"]["robustness"].clone()
    };
    assert_eq!(with(&[])["weights"], "between-ballots");
    let uniform = with(&["--weights", "uniform", "--seed", "7"]);
    assert_eq!((&uniform["weights"], &uniform["seed"]), (&Value::from("uniform"), &Value::from(7)));
    assert_eq!(uniform, with(&["--weights", "uniform", "--seed", "7"]));
    assert_ne!(uniform, with(&["--weights", "uniform", "--seed", "8"]));
}

#[test]
fn without_a_display_the_bare_command_answers_the_example_in_words() {
    let told = evenhand(&[]);
    assert_eq!(told.status, 0);
    assert!(told.messages.contains("no display"), "{}", told.messages);
    for words in [
        "Westmere",
        "Local partnership leads with 67",
        "passes 62 %",
        "National prime contract",
        "evenhand analyse",
    ] {
        assert!(told.out.contains(words), "{words} in {}", told.out);
    }
    assert!(told.out.contains("Who would be left out"), "{}", told.out);
    let folder = Folder::new().holding("scores.csv", SCORES);
    let file = folder.path("x.evenhand.ron");
    evenhand(&["new", "--scores", &folder.path("scores.csv"), "-o", &file]);
    assert!(evenhand(&[&file]).out.contains("B leads with"), "the file that was asked for");
}

#[test]
fn the_answer_fits_a_terminal() {
    for example in evenhand::exchange::examples::EXAMPLES {
        let document = evenhand::file::format::from_text(example.text, example.name).unwrap();
        let text = answer_in_words(&document.workspace);
        for line in text.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}

#[test]
fn a_room_with_nothing_in_it_is_said() {
    let folder = Folder::new().holding("scores.csv", SCORES);
    let file = folder.path("x.evenhand.ron");
    evenhand(&["new", "--scores", &folder.path("scores.csv"), "-o", &file]);
    let told = evenhand(&["analyse", &file, "--room", "reach", "--room", "money", "--json"]);
    assert_eq!(told.status, 0);
    assert!(told.messages.contains("Reach: nothing") && told.messages.contains("Money: nothing"));
    assert_eq!(serde_json::from_str::<Value>(&told.out).unwrap().as_object().unwrap().len(), 2);
}

#[test]
fn a_picture_of_a_room_is_drawn_without_a_display() {
    let folder = Folder::new();
    let (file, out) = (folder.westmere(), folder.path("balance.png"));
    let told = evenhand(&["picture", &file, "--room", "balance", "--size", "640x480", "-o", &out]);
    assert_eq!(told.status, 0, "{}", told.messages);
    let picture = image::open(&out).expect("a picture");
    assert_eq!((picture.width(), picture.height()), (640, 480));
}

#[test]
fn a_reader_that_stops_reading_is_no_problem() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_evenhand"))
        .args(["example", "westmere"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_picture_never_takes_the_place_of_a_file_unasked_nor_of_its_workspace_at_all() {
    let folder = Folder::new().holding("notes.png", "mine");
    let (file, notes) = (folder.westmere(), folder.path("notes.png"));
    let before = fs::read(&file).unwrap();
    let told = evenhand(&["picture", &file, "--room", "money", "--size", "640x480", "-o", &notes]);
    assert_eq!(told.status, 1, "{}", told.messages);
    assert!(told.messages.contains("--force"), "{}", told.messages);
    assert_eq!(fs::read(&notes).unwrap(), b"mine");
    let told = evenhand(&["picture", &file, "--room", "money", "--size", "640x480", "--force", "-o", &file]);
    assert_eq!(told.status, 1, "{}", told.messages);
    assert!(told.messages.contains("another name"), "{}", told.messages);
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_table_is_never_replaced_by_the_workspace_made_from_it() {
    let folder = Folder::new().holding("scores.csv", SCORES);
    let table = folder.path("scores.csv");
    let told = evenhand(&["new", "--scores", &table, "--force", "-o", &table]);
    assert_eq!(told.status, 1, "{}", told.messages);
    assert_eq!(fs::read_to_string(&table).unwrap(), SCORES);
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read_as_a_table() {
    let folder = Folder::new();
    let told = evenhand(&["new", "--scores", "/dev/zero", "-o", &folder.path("w.evenhand.ron")]);
    assert_eq!(told.status, 1, "{}", told.messages);
    assert!(told.messages.contains("not a file"), "{}", told.messages);
}

#[test]
fn a_date_in_a_score_is_named_as_one() {
    for date in ["01-03-2024", "1/3/2024", "2024-03-01"] {
        let scores = SCORES.replace(",20,", &format!(",{date},"));
        let folder = Folder::new().holding("scores.csv", &scores);
        let told =
            evenhand(&["new", "--scores", &folder.path("scores.csv"), "-o", &folder.path("w.evenhand.ron")]);
        assert_eq!(told.status, 1, "{}", told.messages);
        assert!(told.messages.contains("this is a date"), "{}", told.messages);
    }
}

#[test]
fn characters_that_cannot_be_seen_are_refused_with_their_place() {
    let folder = Folder::new();
    let file = folder.westmere();
    let text = fs::read_to_string(&file).unwrap().replacen("Local partnership", "Local\\u{1b}partnership", 1);
    fs::write(&file, text).unwrap();
    let told = evenhand(&["check", &file]);
    assert_eq!(told.status, 1, "{}", told.out);
    let said = told.out + &told.messages;
    assert!(said.contains("U+001B") && said.contains("line "), "{said}");
}

/// The lines that `new` says about these tables.
fn said_of(tables: &[(&str, &str)]) -> Vec<String> {
    let folder = tables.iter().fold(Folder::new(), |folder, (name, text)| folder.holding(name, text));
    let output = folder.path("out.evenhand.ron");
    let mut arguments = vec!["new".to_owned()];
    for (name, _) in tables {
        arguments.extend([format!("--{}", name.trim_end_matches(".csv")), folder.path(name)]);
    }
    arguments.extend(["-o".to_owned(), output.clone()]);
    let told = evenhand(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(told.status, 1, "{}", told.messages);
    assert!(!Path::new(&output).exists(), "nothing is written");
    told.messages.lines().map(str::to_owned).collect()
}

#[test]
fn columns_and_cells_of_all_tables_are_told_together_in_order() {
    let said = said_of(&[
        ("scores.csv", "factor,side,swing,A,A\nCost,commercial,-1,1,2\nReach,both,,3,4\n"),
        ("ballots.csv", "sector,round,Cost,Reach\nPublic,third,1,2\nPublic,1,1,x\n"),
        ("groups.csv", "group,size,people_per_year\nWomen,3,many\n"),
    ]);
    let begins = [
        "scores.csv, row 1, column “A”",
        "scores.csv, row 2, column “swing”",
        "scores.csv, row 3, column “side”",
        "ballots.csv, row 2, column “round”: found “third”; expected a whole number from 1 to 2",
        "ballots.csv, row 3, column “Reach”",
        "groups.csv, row 1, column “size”",
        "groups.csv, row 2, column “people_per_year”",
        "7 problems; nothing was imported.",
    ];
    assert_eq!(said.len(), begins.len(), "{said:#?}");
    for begin in begins {
        assert!(said.iter().any(|line| line.starts_with(begin)), "{begin} in {said:#?}");
    }
    let rows = |file: &str| -> Vec<&String> { said.iter().filter(|line| line.starts_with(file)).collect() };
    assert!(rows("scores.csv").is_sorted() && rows("ballots.csv").is_sorted());
}

#[test]
fn a_round_that_is_none_is_never_taken_for_the_first() {
    for round in ["0", "3", "1.5", "two", "-1", "1e9"] {
        let ballots = format!("sector,round,Cost\nPublic,{round},1\n");
        let said = said_of(&[("scores.csv", SCORES), ("ballots.csv", &ballots)]);
        assert!(said[0].starts_with("ballots.csv, row 2, column “round”"), "{round}: {said:#?}");
    }
}

#[test]
fn ballots_without_scores_are_one_problem() {
    let said = said_of(&[("ballots.csv", "sector,Cost,Reach\nPublic,1,2\n")]);
    assert!(said[0].contains("a table of scores beside the ballots is needed"), "{said:#?}");
    assert!(said[0].contains("Cost, Reach"), "{said:#?}");
    assert_eq!(said.len(), 2, "{said:#?}");
}

#[test]
fn what_the_model_refuses_is_told_with_its_row_and_column() {
    let said = said_of(&[("scores.csv", "factor,side,A,B\nReach,operational,1,2\nCost,commercial,1,1e16\n")]);
    assert!(said[0].starts_with("scores.csv, row 3, column “B”: "), "{said:#?}");
    assert!(said[0].contains("too large"), "{said:#?}");
    let said = said_of(&[("scores.csv", "factor,side,swing,A,B\nReach,operational,1e16,1,2\n")]);
    assert!(said[0].starts_with("scores.csv, row 2, column “swing”: "), "{said:#?}");
    let said = said_of(&[("scores.csv", SCORES), ("ballots.csv", "sector,Cost\nPublic,1\nPublic,1e16\n")]);
    assert!(said[0].starts_with("ballots.csv, row 3, column “Cost”: "), "{said:#?}");
}

#[test]
fn a_wrong_file_as_a_table_gives_a_short_message() {
    let lines = "the quick brown fox, jumps, over\n".repeat(91);
    let said = said_of(&[("groups.csv", &lines)]);
    assert!(said.len() <= 22, "{said:#?}");
    let cells = "group,people_per_year\n".to_owned() + &"a,b\n".repeat(91);
    let said = said_of(&[("groups.csv", &cells)]);
    assert_eq!(said.len(), 22, "{said:#?}");
    assert!(said[20].starts_with("and ") && said[20].ends_with(" more"), "{said:#?}");
    let binary: String = (0..4000_u32).map(|n| char::from((n * 37 % 128) as u8)).collect();
    let said = said_of(&[("scores.csv", &binary)]);
    assert!(said.len() <= 22 && said.iter().all(|line| line.chars().count() < 400), "{said:#?}");
}

#[test]
fn tables_are_not_written_over_a_file() {
    let folder = Folder::new().holding("taken", "something");
    let file = folder.westmere();
    let told = evenhand(&["tables", &file, "-o", &folder.path("taken")]);
    assert_eq!(told.status, 1);
    assert!(told.messages.contains("is a file") && !told.messages.contains("os error"), "{}", told.messages);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = Folder::new();
    let pipe = folder.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::read_to_string(pipe).expect("read"))
    };
    let told = evenhand(&["example", "westmere", "--force", "-o", &pipe]);
    assert_eq!(told.status, 0, "{}", told.messages);
    assert!(fs::metadata(&pipe).expect("still there").file_type().is_fifo());
    let text = reader.join().expect("read");
    assert!(evenhand::file::format::from_text(&text, "pipe").is_ok());
}

#[test]
fn too_few_draws_are_said_in_words() {
    let folder = Folder::new();
    let file = folder.westmere();
    let told = evenhand(&["analyse", &file, "--iterations", "10"]);
    assert_eq!(told.status, 0);
    assert!(told.out.contains("10 draws are too few for shares to the per cent"), "{}", told.out);
    assert!(evenhand(&["analyse", &file, "--iterations", "1"]).out.contains("1 draw is too few"));
    assert!(!evenhand(&["analyse", &file]).out.contains("too few for shares"));
}

#[test]
fn a_snapshot_is_compared_with_in_words_and_in_json() {
    let folder = Folder::new();
    let file = folder.westmere();
    let told = evenhand(&["analyse", &file, "--compare", "officers' draft"]);
    assert_eq!(told.status, 0, "{}", told.messages);
    assert!(told.out.contains("B led by 8.0 and leads by 9.2."), "{}", told.out);
    assert!(told.out.contains("+1.4 points: What reach is worth (straight line, now bent"), "{}", told.out);

    let told = evenhand(&["analyse", &file, "--compare", "Officers’ draft", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let compared = &object["compare"];
    let effects: f64 =
        compared["changes"].as_array().unwrap().iter().map(|c| c["effect"].as_f64().unwrap()).sum();
    let lead = |name: &str| compared[name].as_f64().unwrap();
    assert!((effects - (lead("lead_after") - lead("lead_before"))).abs() < 1e-9);
    assert_eq!(compared["orders"], 6);

    let told = evenhand(&["analyse", &file, "--compare", "nothing"]);
    assert_eq!((told.status, told.out.as_str()), (1, ""));
    assert!(told.messages.contains("Compare with “Officers’ draft”."), "{}", told.messages);
}

#[test]
fn a_picture_is_a_png_and_what_keeps_it_from_being_written_is_named() {
    let folder = Folder::new();
    let file = folder.westmere();
    let drawn = |out: &str| {
        evenhand(&["picture", &file, "--room", "money", "--size", "640x480", "-o", &folder.path(out)])
    };
    let told = drawn("p.jpg");
    assert_eq!(told.status, 2);
    assert!(told.messages.contains("ends in .png"), "{}", told.messages);
    let told = drawn("nowhere/p.png");
    assert_eq!(told.status, 1);
    assert!(told.messages.contains("is not there. Connect"), "{}", told.messages);
}

#[test]
fn tables_of_something_else_in_the_folder_are_named() {
    let folder = Folder::new().holding("plan.csv", SCORES).holding("uptake.csv", "old").holding("x", "");
    let plan = folder.path("plan.evenhand.ron");
    assert_eq!(evenhand(&["new", "--scores", &folder.path("plan.csv"), "-o", &plan]).status, 0);
    let told = evenhand(&["tables", &plan, "-o", &folder.path("")]);
    assert_eq!(told.status, 0, "{}", told.messages);
    assert!(
        told.messages.contains("uptake.csv in that folder is older and not from this"),
        "{}",
        told.messages
    );
}

#[test]
fn weight_limits_that_cannot_be_met_are_told_of() {
    let folder = Folder::new();
    let file = folder.westmere();
    let text = fs::read_to_string(&file).expect("read");
    let text = text.replace("swing: ", "weight_limits: (0.3, 0.4), swing: ");
    fs::write(&file, text.replace("weights: BetweenBallots", "weights: Intervals")).expect("written");
    let told = evenhand(&["check", &file]);
    assert!(told.out.contains("no weights keep to them"), "{}{}", told.out, told.messages);
}

#[test]
fn a_single_draw_has_no_standard_error() {
    let folder = Folder::new();
    let told = evenhand(&["analyse", &folder.westmere(), "--iterations", "1", "--json"]);
    let object: Value = serde_json::from_str(&told.out).expect("JSON");
    let text = object.to_string();
    assert!(text.contains("\"standard_error_reason\""), "{text}");
}
