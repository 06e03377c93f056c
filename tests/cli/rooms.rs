//! Which rooms `analyse` answers for, and in which words.

use std::path::PathBuf;

use evenhand::cli::run;
use tempfile::TempDir;

struct Told {
    out: String,
    messages: String,
}

fn no_window(_: Option<PathBuf>) -> Result<(), String> {
    Err("There is no display here.".to_owned())
}

fn evenhand(arguments: &[&str]) -> Told {
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    run(std::iter::once("evenhand").chain(arguments.iter().copied()), no_window, &mut out, &mut messages);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Told { out: text(out), messages: text(messages) }
}

/// A folder with an example in it, and the path of that.
fn with_example(name: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("example.evenhand.ron").to_str().expect("a plain path").to_owned();
    evenhand(&["example", name, "-o", &file]);
    (folder, file)
}

#[test]
fn a_room_without_figures_and_a_room_that_is_empty_are_told_apart() {
    let (folder, file) = with_example("westmere");
    let told = evenhand(&["analyse", &file, "--room", "question", "--iterations", "50"]);
    assert!(told.messages.contains("Question: this room has no figures to analyse."), "{}", told.messages);
    let place = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let (scores, made) = (place("scores.csv"), place("made.evenhand.ron"));
    std::fs::write(&scores, "factor,side,worst,best,A,B\nReach,operational,0,100,20,80\n").expect("written");
    evenhand(&["new", "--scores", &scores, "-o", &made]);
    let told = evenhand(&["analyse", &made, "--room", "reach", "--iterations", "50"]);
    assert!(told.messages.contains("Reach: nothing to analyse is filled in yet."), "{}", told.messages);
}

/// A workspace from a table of scores, and one of ballots if there are any, and what is told of it.
fn told_of(scores: &str, ballots: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let (of_scores, of_ballots, made) =
        (place("scores.csv"), place("ballots.csv"), place("made.evenhand.ron"));
    std::fs::write(&of_scores, scores).expect("written");
    let mut arguments = vec!["new", "--scores", &of_scores, "-o", &made];
    if !ballots.is_empty() {
        std::fs::write(&of_ballots, ballots).expect("written");
        arguments.extend(["--ballots", &of_ballots]);
    }
    evenhand(&arguments);
    evenhand(&["analyse", &made, "--room", "balance", "--room", "voices", "--iterations", "50"]).out
}

#[test]
fn where_a_scale_loses_its_ends_the_score_that_is_told_lies_past_the_loss() {
    let scores = "factor,side,scale,worst,best,swing,Alpha,Beta\n\
                  Price,commercial,linear,highest,lowest,50,7,7\n\
                  Care,operational,direct,,,50,60,40\n";
    let told = told_of(scores, "");
    assert!(told.contains("7.1 on Price, not 7.0") || told.contains("6.9 on Price, not 7.0"), "{told}");
}

const CARE_AND_COST: &str = "factor,side,scale,Alpha,Beta\n\
                             Care,operational,direct,90,\n\
                             Cost,commercial,direct,40,";
const TWO_BALLOTS: &str = "stakeholder,sector,Care,Cost\nAnn,Users,20,100\nBo,Users,100,20\n";

#[test]
fn voices_names_nobody_where_balance_has_too_little_to_rank_by() {
    let told = told_of(&format!("{CARE_AND_COST}\n"), TWO_BALLOTS);
    assert!(told.contains("its ballots name no leader"), "{told}");
    for wrong in ["no ballot\n", "Alpha by", "worst-off sector"] {
        assert!(!told.contains(wrong), "{wrong}: {told}");
    }
}

#[test]
fn what_voices_says_of_unknown_scores_is_provisional() {
    let provisional = |told: &str| {
        let voices = told.split_once("\nVoices\n").expect("the section").1;
        voices.contains("provisional: scores that are not known count as half way")
    };
    let unknown = told_of(&format!("{CARE_AND_COST}20\n"), TWO_BALLOTS);
    assert!(provisional(&unknown), "{unknown}");
    let known = told_of(&format!("{}20\n", CARE_AND_COST.replace("90,", "90,10")), TWO_BALLOTS);
    assert!(!provisional(&known), "{known}");
}

#[test]
fn only_the_rooms_that_are_asked_for_are_told() {
    let (_folder, file) = with_example("westmere");
    let of = |arguments: &[&str]| {
        let told = evenhand(&[&["analyse", &file, "--iterations", "50"], arguments].concat());
        (told.out.contains("Ranking"), told.out.contains("Who would be left out"))
    };
    assert_eq!(of(&[]), (true, true));
    assert_eq!(of(&["--room", "balance"]), (true, false));
    assert_eq!(of(&["--room", "reach"]), (false, true));
}

#[test]
fn the_work_programme_is_told_by_its_verdict_and_its_neutral_rates() {
    let (_folder, file) = with_example("work-programme");
    let told = evenhand(&["analyse", &file, "--room", "reach"]);
    let text = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("Add a factor to see an answer. Reach: high cherry-picking risk in A and B."),
        "{text}"
    );
    for rate in ["21.0 %", "9.5 %"] {
        let words = format!("At an outcome rate of {rate} it brings in as much as the easiest group");
        assert!(text.contains(&words), "{words}: {text}");
    }
}

#[test]
fn peterborough_is_told_as_it_was_paid() {
    let (_folder, file) = with_example("peterborough");
    let told = evenhand(&["analyse", &file, "--room", "reach"]);
    let text = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "Cohort 1: 8.4 % fewer events (3.3 % to 13.2 % at 95 %); 10 % is needed: nothing is paid."
        ),
        "{text}"
    );
    assert!(text.contains("Both cohorts: 9 % fewer events; 7.5 % is needed: paid."), "{text}");
    let told = evenhand(&["analyse", &file, "--room", "reach", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let measured = &object["reach"]["options"][0]["threshold"]["measured"];
    assert_eq!((&measured[0]["paid"], &measured[1]["paid"]), (&false.into(), &true.into()), "{measured}");
    assert_eq!(measured[1]["reduction_low_reason"], "its events and people are not stated");
}
