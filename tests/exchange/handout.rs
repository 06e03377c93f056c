//! What is handed out: forms that come back as they went, text that does no harm, and sheets that show nobody else's words.

use std::{fs, path::PathBuf};

use evenhand::{
    exchange::{
        TableKind, TableProblem, examples,
        handout::{
            self, FormKind, FormTerms, Paper,
            ballot_file::{looks_like_one, read_all},
            contributors::{Readers, SheetTerms, names_in_sheets, sheets},
            fingerprint::Fingerprint,
        },
        import::{Choices, Fate, Incoming, Matter, Moment, Proposal, Slips, Way, propose, read_files},
        read_table,
    },
    file::format,
    model::{
        Workspace,
        balance::Scale,
        voices::{KnownAs, Round, RoundState},
    },
    session::edits,
};
use jiff::civil::date;

fn westmere() -> Workspace {
    let mut workspace = with_ballots();
    workspace.voices.ballots.clear();
    workspace.voices.rounds = vec![
        Round { number: 1, asks: Vec::new(), state: RoundState::Open, opened: None, closed: None },
        Round {
            number: 2,
            asks: workspace.balance.factors.iter().skip(4).take(2).map(|f| f.id.clone()).collect(),
            state: RoundState::Open,
            opened: None,
            closed: None,
        },
    ];
    workspace
}

/// Westmere with its ballots, as it is shipped.
fn with_ballots() -> Workspace {
    format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace
}

fn terms(kind: FormKind) -> FormTerms {
    FormTerms {
        kind,
        round: 1,
        one_each: false,
        give_back_to: "the facilitator".to_owned(),
        until: Some(date(2026, 12, 4)),
    }
}

fn forms(workspace: &Workspace, kind: FormKind) -> Vec<Paper> {
    handout::forms(workspace, &terms(kind)).unwrap()
}

fn text(paper: &Paper) -> &str {
    std::str::from_utf8(&paper.bytes).unwrap()
}

fn proposed(workspace: &Workspace, incoming: &Incoming) -> Proposal {
    propose(workspace, incoming, &Choices::default(), Moment { today: date(2026, 11, 22), seed: 1 })
}

fn slips(files: &[(&str, &[u8])]) -> Slips {
    read_all("the folder", files.iter().copied())
}

/// The file of the first person with what stands behind each of these labels filled in.
fn filled(workspace: &Workspace, answers: &[(&str, &str)]) -> String {
    let file = text(&forms(workspace, FormKind::File)[0]).to_owned();
    let fill = |line: &str| {
        let answer = answers.iter().find(|(label, _)| line.starts_with(label) && line.contains('='));
        answer.map_or_else(
            || line.to_owned(),
            |(_, answer)| format!("{}= {answer}", line.rsplit_once('=').unwrap().0),
        )
    };
    file.lines().map(fill).collect::<Vec<_>>().join("\n")
}

fn faults(slips: &Slips) -> Vec<String> {
    slips.slips.iter().flat_map(|slip| slip.faults.iter().map(TableProblem::to_string)).collect()
}

#[test]
fn a_ballot_file_says_what_is_asked_with_the_real_ends_and_comes_back() {
    let workspace = westmere();
    let papers = forms(&workspace, FormKind::File);
    assert_eq!(papers.len(), workspace.voices.stakeholders.len());
    assert!(papers.iter().all(|paper| paper.name.ends_with(".ballot.txt")));
    let first = text(&papers[0]);
    assert!(first.contains("Reach to all need groups (from 30 % to 90 % served) =\n"), "{first}");
    assert!(first.contains("Give it back to the facilitator by 4 December 2026."), "{first}");
    assert!(first.lines().all(|line| line.chars().count() <= 100), "{first}");
    assert!(looks_like_one(first) && !looks_like_one("stakeholder,sector\nAnn,Public = good\n"));
    let at = |words: &str| first.find(words).unwrap_or_else(|| panic!("{words} is not in {first}"));
    assert!(at("gut feel =") < at("Reach to all") && at("Reach to all") < at("ranking ="), "{first}");
    let filled = filled(&workspace, &[("Reach", "100"), ("gut feel", "B, A"), ("ranking", "C B")]);
    let mut with_ballot = workspace.clone();
    let incoming = Incoming::Ballots(slips(&[("a.ballot.txt", filled.as_bytes())]));
    let proposal = proposed(&workspace, &incoming);
    assert!(proposal.carry_out(&mut with_ballot), "{proposal:?}");
    let ballot = &with_ballot.voices.ballots[0];
    assert_eq!(ballot.stakeholder.as_ref(), Some(&workspace.voices.stakeholders[0].id));
    assert_eq!(ballot.swings.values().copied().collect::<Vec<_>>(), [100.0]);
    let options = &workspace.question.options;
    assert_eq!(ballot.gut_feel, [options[1].id.clone(), options[0].id.clone()]);
    assert_eq!(ballot.ranking, [options[2].id.clone(), options[1].id.clone()]);
}

#[test]
fn after_discussion_only_the_ranking_is_asked_and_what_is_not_asked_stays() {
    let workspace = westmere();
    let terms = FormTerms { round: 2, ..terms(FormKind::File) };
    let second = handout::forms(&workspace, &terms).unwrap();
    assert!(!text(&second[0]).contains("gut feel =") && text(&second[0]).contains("ranking ="));
    let sheet = handout::forms(&workspace, &FormTerms { kind: FormKind::Sheet, ..terms.clone() }).unwrap();
    assert!(!text(&sheet[0]).contains("Your gut feel") && text(&sheet[0]).contains("Your own order"));
    let first = forms(&workspace, FormKind::Sheet);
    let (feel, order) = (text(&first[0]).find("Your gut feel"), text(&first[0]).find("Your own order"));
    let points = text(&first[0]).find("How much does each step matter?");
    assert!(feel.is_some() && feel < points && points < order, "feel first, then points, then an order");
    // Somebody who ranked on paper and sends points again keeps the ranking.
    let mut workspace = with_ballots();
    let ballot = workspace.voices.ballots.iter_mut().find(|ballot| ballot.round == 1).unwrap();
    let options: Vec<_> = workspace.question.options.iter().map(|option| option.id.clone()).collect();
    ballot.ranking = options.clone();
    let who = ballot.stakeholder.clone().unwrap();
    let name = workspace.stakeholder(&who).unwrap().name.clone();
    let file = filled(&workspace, &[("name", &name), ("round", "1"), ("Reach", "100"), ("ranking", "")]);
    let incoming = Incoming::Ballots(slips(&[("a.ballot.txt", file.as_bytes())]));
    let mut choices = Choices::default();
    choices.ways.insert(Matter::AlreadyThere, Way::Replace);
    choices.ways.insert(Matter::OtherSector, Way::Register);
    let moment = Moment { today: date(2026, 10, 12), seed: 1 };
    let proposal = propose(&workspace, &incoming, &choices, moment);
    assert!(proposal.carry_out(&mut workspace), "{proposal:?}");
    let ballot = workspace.voices.ballots_of(1).find(|b| b.stakeholder.as_ref() == Some(&who)).unwrap();
    assert_eq!((ballot.swings.len(), &ballot.ranking), (1, &options));
}

#[test]
fn what_editors_and_people_do_to_a_ballot_file_is_forgiven() {
    let workspace = westmere();
    let plain = filled(&workspace, &[("Reach", "90"), ("gut feel", "B, A")]);
    let expected = slips(&[("x", plain.as_bytes())]);
    assert_eq!(faults(&expected), [""; 0]);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let changed: [(&str, Vec<u8>); 7] = [
        ("Windows line ends", plain.replace('\n', "\r\n").into_bytes()),
        ("old Mac line ends", plain.replace('\n', "\r").into_bytes()),
        ("a byte-order mark", format!("\u{feff}{plain}").into_bytes()),
        ("UTF-16", utf16),
        ("blanks", plain.replace('\n', " \n\t  ").replace("= 90", "=   90 %").into_bytes()),
        ("pounds and per cent", plain.replace("= 90", "= £90").into_bytes()),
        (
            "capitals",
            plain.replace("form =", "FORM=").replace("gut feel = B, A", "Gut Feel = b > a").into_bytes(),
        ),
    ];
    for (what, bytes) in changed {
        let read = slips(&[("x", bytes.as_slice())]);
        let mark = |slips: &Slips| slips.slips[0].fingerprint.clone().map(|mark| mark.to_lowercase());
        assert_eq!(faults(&read), [""; 0], "{what}");
        assert_eq!(read.slips[0].points, expected.slips[0].points, "{what}");
        assert_eq!((&read.factors, mark(&read)), (&expected.factors, mark(&expected)), "{what}");
        assert_eq!(read.slips[0].gut_feel.join("").to_uppercase(), "BA", "{what}");
    }
}

#[test]
fn every_fault_of_a_ballot_file_is_named_with_its_line_and_what_to_do() {
    let sound = "form = aaaa-bbbb\nname = Ann\nround = 1\nReach (from 0 to 1) = 90\n";
    let cases: [(&str, String, &str); 12] = [
        (
            "points in words",
            sound.replace("90", "ninety"),
            "line 4: found “ninety”; expected a number of points",
        ),
        ("points below 0", sound.replace("90", "-5"), "line 4: found “-5”; expected a number of points"),
        ("two numbers", sound.replace("90", "90 or 80"), "line 4: found “90 or 80”"),
        ("no =", format!("{sound}I liked it\n"), "line 5: found “I liked it”; expected a line with “=”"),
        (
            "twice",
            format!("{sound}reach = 5\n"),
            "line 5: found “reach = 5”; expected each line once; line 4",
        ),
        ("no factor", format!("{sound}= 5\n"), "line 5: found “= 5”; expected the name of a factor"),
        (
            "a third round",
            sound.replace("round = 1", "round = 3"),
            "line 3: found “3”; expected the round, 1 or 2",
        ),
        ("no mark", sound.replace("form = aaaa-bbbb\n", ""), "the line “form = …” is missing"),
        ("nobody", sound.replace("name = Ann\n", ""), "neither name nor sector"),
        ("not text", format!("{sound}\0"), "this is not text"),
        ("too long", format!("{sound}{}", "#\n".repeat(40_000)), "too large for a ballot"),
        ("nothing", String::new(), "the line “form = …” is missing"),
    ];
    for (what, file, expected) in cases {
        let found = faults(&slips(&[("ann.ballot.txt", file.as_bytes())]));
        assert!(
            found.iter().any(|fault| fault.starts_with("ann.ballot.txt: ") && fault.contains(expected)),
            "{what}: {found:?}"
        );
    }
    let turned = faults(&slips(&[("x", format!("{sound}note\u{202E} = 5\n").as_bytes())]));
    assert_eq!(
        turned,
        ["x: line 5: the character U+202E stands here, which cannot be seen; type the line anew"]
    );
    let latin = faults(&slips(&[("x", b"form = a\nname = Ren\xe9e\n")]));
    assert!(latin[0].contains("line 2 is not UTF-8"), "{latin:?}");
    assert_eq!(faults(&slips(&[("x", sound.as_bytes())])), [""; 0]);
}

#[test]
fn a_ballot_for_another_question_or_an_older_form_is_refused_in_words() {
    let workspace = westmere();
    let file = filled(&workspace, &[("Reach", "100")]);
    let incoming = Incoming::Ballots(slips(&[("a.ballot.txt", file.as_bytes())]));
    let mut without_factor = workspace.clone();
    let gone = without_factor.balance.factors.pop().unwrap().id;
    without_factor.balance.scores.retain(|score| score.factor != gone);
    let other = proposed(&without_factor, &incoming);
    assert_eq!(other.rows[0].fate, Fate::LeftOut);
    let words = &other.rows[0].notes.iter().find(|(of, _)| *of == Matter::OtherQuestion).unwrap().1;
    assert!(words.contains("this question’s is"), "{words}");
    let mut other_ends = workspace.clone();
    other_ends.balance.factors[0].scale = Scale::Linear { worst: 10.0, best: 95.0 };
    let older = proposed(&other_ends, &incoming);
    assert_eq!((older.rows[0].fate, older.undecided()), (Fate::Waits, 1));
    assert!(older.rows[0].notes.iter().any(|(of, _)| *of == Matter::OlderForm));
    assert_ne!(Fingerprint::of(&workspace), Fingerprint::of(&other_ends));
    assert_eq!(proposed(&workspace, &incoming).rows[0].fate, Fate::Adds);
}

#[test]
fn hundreds_of_ballot_files_in_a_folder_are_read_at_once() {
    let workspace = westmere();
    let folder = tempfile::tempdir().unwrap();
    let sector = &workspace.voices.sectors[0].name;
    for n in 0..300 {
        let text = filled(&workspace, &[("name", ""), ("sector", sector), ("Reach", &(n % 100).to_string())]);
        fs::write(folder.path().join(format!("{n:03}.ballot.txt")), text).unwrap();
    }
    fs::write(folder.path().join("notes.txt"), "not a ballot").unwrap();
    let incoming = read_files(&[folder.path().to_owned()], TableKind::Ballots).unwrap();
    let proposal = proposed(&workspace, &incoming);
    assert_eq!((proposal.rows.len(), proposal.counts().adds), (300, 300));
    assert_eq!(proposal.rows[7].place.to_string(), "007.ballot.txt");
    let missing = read_files(&[folder.path().join("gone.ballot.txt")], TableKind::Ballots).unwrap_err();
    assert!(missing[0].to_string().contains("cannot be read"), "{missing:?}");
    let two: Vec<PathBuf> = ["notes.txt", "001.ballot.txt"].map(|name| folder.path().join(name)).into();
    let refused = read_files(&two, TableKind::Ballots).unwrap_err();
    assert!(refused[0].to_string().starts_with("notes.txt: this is not a ballot file"), "{refused:?}");
}

#[test]
fn the_spreadsheet_comes_back_alike_and_asks_only_what_its_round_asks() {
    let workspace = westmere();
    let papers = forms(&workspace, FormKind::Spreadsheet);
    assert_eq!(papers[0].name, "ballots-round-1.xlsx");
    let table = read_table("ballots.xlsx", TableKind::Ballots, &papers[0].bytes).unwrap();
    let names: Vec<&str> = table.further_columns().map(|(_, name)| name).collect();
    let factors: Vec<&str> = workspace.balance.factors.iter().map(|f| f.name.as_str()).collect();
    let asked: Vec<&str> = std::iter::once("gut_feel").chain(factors).chain(["ranking"]).collect();
    assert_eq!(names, asked);
    let proposal = proposed(&workspace, &Incoming::of(table).unwrap());
    assert_eq!(proposal.rows.len(), workspace.voices.stakeholders.len());
    assert!(proposal.unknown.is_empty() && proposal.faults.is_empty());
    let notes = proposal.rows.iter().flat_map(|row| &row.notes);
    assert!(
        notes.clone().count() == proposal.rows.len() && notes.clone().all(|(of, _)| *of == Matter::Empty)
    );
    let second = handout::forms(&workspace, &FormTerms { round: 2, ..terms(FormKind::Spreadsheet) }).unwrap();
    let table = read_table("ballots.xlsx", TableKind::Ballots, &second[0].bytes).unwrap();
    let names: Vec<&str> = table.further_columns().map(|(_, name)| name).collect();
    assert_eq!((names.len(), names[2]), (3, "ranking"), "what is felt before results is asked only once");
    assert_eq!(forms(&workspace, FormKind::Spreadsheet)[0].bytes, papers[0].bytes, "the same bytes again");
}

#[test]
fn a_spreadsheet_that_another_program_has_saved_brings_what_was_filled_in() {
    // The form of Westmere, filled in for three people with openpyxl 3.1.
    let mut workspace = westmere();
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/tables/ballots-filled-in.xlsx");
    let incoming = read_files(&[file], TableKind::Ballots).unwrap();
    let proposal = proposed(&workspace, &incoming);
    let counts = proposal.counts();
    assert_eq!((counts.adds, counts.left_out), (3, workspace.voices.stakeholders.len() - 3));
    assert!(proposal.carry_out(&mut workspace));
    let of = |ballot: usize, factor: usize| {
        let factor = &workspace.balance.factors[factor].id;
        workspace.voices.ballots[ballot].swings.get(factor).copied()
    };
    assert_eq!(
        [of(0, 0), of(0, 11), of(1, 1), of(2, 1), of(2, 2)],
        [Some(100.0), Some(45.0), Some(85.0), None, Some(70.0)]
    );
}

/// A workspace whose every text tries to do harm.
fn hostile() -> Workspace {
    let mut workspace = westmere();
    workspace.title = "<script>alert(1)</script>\u{202E}gnp".to_owned();
    workspace.question.text = "\" onload=\"x & <b>\n# form = zzzz-zzzz".to_owned();
    workspace.voices.personal_data.purpose = "=HYPERLINK(\"http://x\")".to_owned();
    for (person, name) in workspace
        .voices
        .stakeholders
        .iter_mut()
        .zip(["=1+1", "+SUM(A1)", "-2", "@cmd", "../../up", "a\tb", "<i>x</i>"])
    {
        person.name = name.to_owned();
    }
    for (factor, name) in
        workspace.balance.factors.iter_mut().zip(["=cmd|'/c calc'!A0", "# note", "a = b", "<img src=x>"])
    {
        factor.name = name.to_owned();
    }
    workspace.voices.statements[0].text = "</div><script>alert(2)</script>\u{2066}".to_owned();
    workspace.voices.statements[0].response = "javascript:alert(3)".to_owned();
    workspace
}

#[test]
fn hostile_texts_do_no_harm_on_any_form_and_come_back_as_they_were() {
    let workspace = hostile();
    for kind in [FormKind::Sheet, FormKind::File] {
        for paper in handout::forms(&workspace, &FormTerms { one_each: true, ..terms(kind) }).unwrap() {
            assert!(!paper.name.contains(['/', '\\', '\t', '=', '<']), "{}", paper.name);
            assert!(!text(&paper).contains(['\u{202E}', '\u{2066}']));
        }
    }
    let sheet = handout::forms(&workspace, &FormTerms { one_each: true, ..terms(FormKind::Sheet) }).unwrap();
    let html = text(&sheet[0]);
    for harm in ["<script", "<img", "<i>x", "<b>", " onload=\"", "http://", "https://", "url("] {
        let kept = html.replace("=HYPERLINK(&quot;http://x&quot;)", "");
        assert!(!kept.contains(harm), "{harm}");
    }
    let book = forms(&workspace, FormKind::Spreadsheet);
    let table = read_table("x.xlsx", TableKind::Ballots, &book[0].bytes).unwrap();
    let proposal = proposed(&workspace, &Incoming::of(table).unwrap());
    assert!(proposal.unknown.is_empty(), "{:?}", proposal.unknown);
    let file = filled(&workspace, &[("=cmd", "100"), ("\\# note", "50"), ("a = b", "25"), ("<img", "10")]);
    let read = slips(&[("x", file.as_bytes())]);
    assert_eq!((faults(&read), read.slips[0].points.len()), (vec![], 4));
    let proposal = proposed(&workspace, &Incoming::Ballots(read));
    assert!(proposal.unknown.is_empty() && proposal.is_ready(), "{:?}", proposal.unknown);
    let by_person = sheets(&workspace, SheetTerms { names: true, ..SheetTerms::default() }).unwrap();
    assert!(
        by_person.iter().all(|paper| !text(paper).contains("<script") && !text(paper).contains('\u{2066}'))
    );
}

#[test]
fn the_printed_sheet_asks_in_plain_words_and_for_nothing_from_outside() {
    let workspace = westmere();
    let sheet = forms(&workspace, FormKind::Sheet);
    let html = text(&sheet[0]);
    for part in [
        "<html lang=\"en-GB\">",
        "from 30 % to 90 % served",
        "gets 100",
        "Your own order",
        "Give it back to the facilitator by 4 December 2026.",
        "aria-label=\"points for Reach to all need groups\"",
        "default-src 'none'",
    ] {
        assert!(html.contains(part), "{part}");
    }
    for outside in ["http:", "https:", "<link", "<script", "@import", "src="] {
        assert!(!html.contains(outside), "{outside}");
    }
    // The first is named as who answers for the names.
    let person = &workspace.voices.stakeholders[1].name;
    assert!(!html.contains(person.as_str()), "one sheet for all names nobody");
    let each = handout::forms(&workspace, &FormTerms { one_each: true, ..terms(FormKind::Sheet) }).unwrap();
    let pages = text(&each[0]).matches("<section class=\"paper\">").count();
    assert_eq!(pages, workspace.voices.stakeholders.len());
    assert!(text(&each[0]).contains(person.as_str()));
}

#[test]
fn without_factors_or_people_the_reason_is_said() {
    let mut workspace = westmere();
    workspace.voices.stakeholders.clear();
    workspace.voices.statements.clear();
    assert!(handout::forms(&workspace, &terms(FormKind::Sheet)).is_ok());
    let nobody = handout::forms(&workspace, &terms(FormKind::File)).unwrap_err();
    assert!(nobody.contains("Nobody is in the register"), "{nobody}");
    assert!(sheets(&workspace, SheetTerms::default()).is_err());
    workspace.balance.factors.clear();
    let nothing = handout::forms(&workspace, &terms(FormKind::Sheet)).unwrap_err();
    assert!(nothing.contains("add factors in Balance"), "{nothing}");
}

#[test]
fn contributors_read_what_became_of_their_own_words_and_nobody_elses_ballot() {
    let mut workspace = with_ballots();
    let statement = workspace.voices.statements[0].clone();
    let author = workspace.stakeholder(statement.stakeholder.as_ref().unwrap()).unwrap().clone();
    for person in &mut workspace.voices.stakeholders {
        person.known_as = KnownAs::Name;
        person.name = format!("Own Name {}", person.id.as_str().len());
        person.role = "A role".to_owned();
    }
    let unnamed = sheets(&workspace, SheetTerms { text: true, ..SheetTerms::default() }).unwrap();
    assert!(
        unnamed.iter().all(|paper| !text(paper).contains("Own Name") && !text(paper).contains("Your ballot"))
    );
    assert_eq!(names_in_sheets(&workspace, SheetTerms::default()), "");
    let of_author = unnamed.iter().find(|paper| text(paper).contains(&statement.text)).unwrap();
    if !statement.response.is_empty() {
        assert!(text(of_author).contains(&format!("What was done: {}", statement.response)));
    }
    let others = workspace.voices.statements.iter().filter(|s| s.stakeholder.as_ref() != Some(&author.id));
    for other in others.filter(|other| other.text != statement.text) {
        assert!(!text(of_author).contains(&other.text), "{}", other.text);
    }
    let terms = SheetTerms { names: true, ballots: true, text: true, ..SheetTerms::default() };
    assert!(names_in_sheets(&workspace, terms).contains("own names"));
    let own = sheets(&workspace, terms).unwrap();
    let ballots: usize = own.iter().map(|paper| text(paper).matches("Your ballot of round 1").count()).sum();
    let given = workspace.voices.ballots.iter().filter(|b| b.round == 1 && b.stakeholder.is_some()).count();
    assert_eq!(ballots, given);
    assert!(own.iter().all(|paper| text(paper).matches("Your ballot of round 1").count() <= 1));
    let by_sector = SheetTerms { readers: Readers::Sector, ballots: true, ..SheetTerms::default() };
    let by_sector = sheets(&workspace, by_sector).unwrap();
    assert!(by_sector.iter().all(|paper| !text(paper).contains("Your ballot")));
}

#[test]
fn contributors_read_nothing_of_a_round_that_a_workshop_has_not_revealed() {
    let mut workspace = with_ballots();
    for ballot in &mut workspace.voices.ballots {
        ballot.swings.values_mut().for_each(|points| *points = 83.5);
    }
    workspace.voices.rounds.clear();
    workspace.voices.ballots.retain(|ballot| ballot.round == 1);
    let terms = SheetTerms { ballots: true, text: true, ..SheetTerms::default() };
    let says = |workspace: &Workspace| {
        let sheets = sheets(workspace, terms).unwrap();
        sheets.iter().filter(|paper| text(paper).contains("83.5")).count()
    };
    assert_eq!(says(&workspace), workspace.voices.ballots.len());
    edits::workshop::begin(&mut workspace);
    edits::rounds::open(&mut workspace, 1, Vec::new(), date(2026, 11, 22));
    assert_eq!(says(&workspace), 0, "open rounds are covered on paper too");
    edits::workshop::reveal(&mut workspace, date(2026, 11, 22));
    assert_eq!(says(&workspace), workspace.voices.ballots.len());
}
