//! A statement that is marked to be kept out of papers: its words, its answer and its matter are in nothing that leaves.

use std::io::{Cursor, Read as _};

use evenhand::{
    analysis::course::Course,
    exchange::{
        examples,
        handout::contributors::{self, Readers, SheetTerms},
        left_behind,
        report::{
            self,
            compose::{Audience, Detail, Level, Terms},
        },
        tables_of,
    },
    file::format,
    model::{Workspace, diff::changes, voices::KnownAs},
    ui::export::{self, Form},
};

/// Words that nothing else has.
const KEPT: [&str; 4] = ["zarquon", "quibblewick", "floobery", "Zebedee"];

fn westmere() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

/// A workspace in which one statement, of somebody who said nothing else, is told or kept out.
fn with_one(kept_out: bool) -> Workspace {
    let mut workspace = westmere();
    let mut person = workspace.voices.stakeholders[0].clone();
    (person.id, person.name, person.known_as) = ("zeb-z222".into(), "Zebedee Quux".into(), KnownAs::Name);
    let said = &mut workspace.voices.statements[0];
    said.stakeholder = Some(person.id.clone());
    said.text = "They took my zarquon away.".to_owned();
    said.response = "It went to the quibblewick.".to_owned();
    said.about = "Floobery".to_owned();
    said.kept_out = kept_out;
    said.links.clear();
    // How firm the answer is is of no account here.
    workspace.balance.robustness.iterations = 100;
    workspace.voices.stakeholders.push(person);
    workspace
}

/// What is kept and stands in some bytes all the same; a document that is packed is unpacked.
fn found(bytes: &[u8]) -> Vec<&'static str> {
    let mut all = String::from_utf8_lossy(bytes).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) {
        for at in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(at).unwrap().read_to_end(&mut part).unwrap();
            all += &String::from_utf8_lossy(&part);
        }
    }
    let all = all.to_lowercase();
    KEPT.into_iter().filter(|word| all.contains(&word.to_lowercase())).collect()
}

fn every_paper() -> Vec<Terms> {
    let everything = Terms { left_out: [].into(), ..Terms::default() };
    let levels = Level::ALL.map(|level| Terms { level, ..everything.clone() });
    let contributors = Terms { audience: Audience::Contributors, ..everything.clone() };
    let without_words = Terms { left_out: [Detail::Statements].into(), ..contributors.clone() };
    levels.into_iter().chain([contributors, without_words]).collect()
}

#[test]
fn nothing_of_it_is_in_any_paper_or_workbook() {
    let (told, kept) = (with_one(false), with_one(true));
    let course = Course::default();
    for terms in every_paper() {
        for form in Form::ALL {
            let made = export::made((&kept, 0), &terms, form, &course).unwrap();
            // The register names the person, where it is told; what they said, nothing tells.
            let tells_register = form == Form::Workbook || terms.level == Level::FullWithAppendix;
            let mut there = found(&made.bytes);
            there.retain(|word| !tells_register || *word != "Zebedee");
            assert!(there.is_empty(), "{form:?}, {terms:?}: {there:?}");
            let words = "1 statement is marked to be kept out of papers and stays here.";
            assert!(made.notes.iter().any(|note| note == words), "{form:?}: {:?}", made.notes);
        }
        // The letters of a PDF are numbers of its fonts, so what it sets is looked at.
        let composed = export::whole(&kept, 0, &terms, &course).unwrap();
        let set = report::pages(&composed.paper, &course).unwrap();
        let mut there = found(format!("{:?} {set:?}", composed.paper).as_bytes());
        there.retain(|word| terms.level != Level::FullWithAppendix || *word != "Zebedee");
        assert!(there.is_empty(), "{terms:?}: {there:?}");
    }
    // The same words, not kept, are found: the test looks where they would be.
    let full = Terms { left_out: [].into(), ..Terms::default() };
    for form in [Form::ALL[0], Form::ALL[2], Form::Workbook] {
        let made = export::made((&told, 0), &full, form, &course).unwrap();
        assert_eq!(found(&made.bytes).len(), if form == Form::Workbook { 4 } else { 3 }, "{form:?}");
    }
}

#[test]
fn it_is_counted_in_the_paper_and_said_to_be_kept_out() {
    let terms = Terms::default();
    let told = |workspace: &Workspace| {
        let paper = export::whole(workspace, 0, &terms, &Course::default()).unwrap().paper;
        format!("{paper:?}")
    };
    let all = westmere().voices.statements.len();
    for workspace in [with_one(false), with_one(true)] {
        assert!(
            told(&workspace).contains(&format!(
                "{} statements: ",
                evenhand::model::wording::capital(&evenhand::model::wording::in_words(all))
            )),
            "all of them are counted"
        );
    }
    assert!(told(&with_one(true)).contains("One statement is kept out of this paper"));
    assert!(!told(&with_one(false)).contains("kept out of this paper"));
}

#[test]
fn tables_and_sheets_leave_it_behind_and_say_so() {
    let kept = with_one(true);
    for table in tables_of(&kept).unwrap() {
        let mut there = found(table.text.as_bytes());
        there.retain(|word| *word != "Zebedee");
        assert!(there.is_empty(), "{}: {there:?}", table.kind.name());
    }
    assert!(left_behind(&kept).contains(&"statements that are kept out of papers"));
    for readers in [Readers::Person, Readers::Sector] {
        for text in [false, true] {
            let terms = SheetTerms { readers, text, names: true, ..SheetTerms::default() };
            for sheet in contributors::sheets(&kept, terms).unwrap() {
                assert!(found(&sheet.bytes).is_empty(), "{}", sheet.name);
            }
        }
    }
}

#[test]
fn the_file_keeps_it_and_the_mark() {
    let kept = with_one(true);
    let text = format::to_text(&format::Document { workspace: kept.clone(), ..Default::default() });
    assert_eq!(found(text.as_bytes()).len(), 4);
    let back = format::from_text(&text, "kept").unwrap().workspace;
    assert!(back.voices.statements[0].kept_out && !back.voices.statements[1].kept_out);
}

#[test]
fn the_history_says_it_in_words() {
    let (before, after) = (with_one(false), with_one(true));
    let words: Vec<String> = changes(&before, &after)
        .iter()
        .map(|change| format!("{:?}", change.describe(&before, &after)))
        .collect();
    let words = words.join("\n");
    assert!(words.contains("is kept out of papers"), "{words}");
}
