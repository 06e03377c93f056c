//! What comes into an open workspace: what each row would do, what is said about it, and that nothing is half imported.

use std::time::Instant;

use evenhand::{
    analysis::Analysis,
    exchange::{
        TableKind, examples,
        import::{
            Choices, Fate, Incoming, Matter, Moment, NameChoice, NameKind, Proposal, Way, propose,
            read_pasted,
        },
        read_table, tables_of,
    },
    file::format,
    model::{
        Workspace, check,
        ids::{BallotId, FactorId},
        voices::{Ballot, Round, RoundState, Stakeholder},
    },
};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 22);

fn moment() -> Moment {
    Moment { today: TODAY, seed: 7 }
}

/// The Westmere example without ballots, with round 1 open.
fn westmere() -> Workspace {
    let mut workspace =
        format::from_text(examples::find("westmere").unwrap().text, "westmere").unwrap().workspace;
    workspace.voices.ballots.clear();
    workspace.voices.rounds = vec![round(1, RoundState::Open, &[])];
    workspace
}

fn round(number: u8, state: RoundState, asks: &[FactorId]) -> Round {
    Round { number, asks: asks.to_vec(), state, opened: Some(date(2026, 11, 20)), closed: None }
}

fn read(kind: TableKind, text: &str) -> Incoming {
    let table = read_table("table.csv", kind, text.as_bytes());
    Incoming::of(table.unwrap_or_else(|problems| panic!("{problems:?}"))).unwrap()
}

fn ballots(text: &str) -> Incoming {
    read(TableKind::Ballots, text)
}

fn proposed(workspace: &Workspace, incoming: &Incoming, choices: &Choices) -> Proposal {
    propose(workspace, incoming, choices, moment())
}

fn fates(proposal: &Proposal) -> Vec<Fate> {
    proposal.rows.iter().map(|row| row.fate).collect()
}

fn with(ways: &[(Matter, Way)]) -> Choices {
    Choices { ways: ways.iter().copied().collect(), ..Choices::default() }
}

#[track_caller]
fn said(proposal: &Proposal, row: usize, matter: Matter) -> &str {
    let notes = &proposal.rows[row].notes;
    let found = notes.iter().find(|(of, _)| *of == matter);
    found.map_or_else(|| panic!("nothing of {matter:?} in {notes:?}"), |(_, words)| words)
}

/// The head of a table of ballots on the first two factors of Westmere.
fn head(workspace: &Workspace) -> String {
    let factors = &workspace.balance.factors;
    format!("stakeholder,sector,round,{},{}\n", factors[0].name, factors[1].name)
}

fn people(workspace: &Workspace) -> [&Stakeholder; 3] {
    let all = &workspace.voices.stakeholders;
    [&all[0], &all[1], &all[2]]
}

fn sector_of(workspace: &Workspace, person: &Stakeholder) -> String {
    workspace.sector(&person.sector).unwrap().name.clone()
}

/// A row of somebody in the register.
fn row(workspace: &Workspace, person: &Stakeholder, rest: &str) -> String {
    format!("\"{}\",{},{rest}\n", person.name, sector_of(workspace, person))
}

#[test]
fn rows_add_replace_or_say_what_is_there_already() {
    let mut workspace = westmere();
    let [first, second, third] = people(&workspace);
    let text = head(&workspace) + &row(&workspace, first, "1,100,50") + &row(&workspace, second, "1,80,100");
    let proposal = proposed(&workspace, &ballots(&text), &Choices::default());
    assert_eq!(fates(&proposal), [Fate::Adds, Fate::Adds]);
    let text = head(&workspace)
        + &row(&workspace, first, "1,100,50")
        + &row(&workspace, second, "1,70,100")
        + &row(&workspace, third, "1,,100");
    assert!(proposal.is_ready() && proposal.carry_out(&mut workspace));
    assert_eq!(check::broken(&workspace), None);
    assert_eq!(workspace.voices.ballots.len(), 2);
    assert_eq!(workspace.voices.ballots[0].received, Some(TODAY));
    let again = proposed(&workspace, &ballots(&text), &Choices::default());
    assert_eq!(fates(&again), [Fate::Alike, Fate::Replaces, Fate::Adds]);
    assert_eq!(said(&again, 1, Matter::AlreadyThere), "1 factor stands otherwise there");
    let id = workspace.voices.ballots[1].id.clone();
    assert!(again.carry_out(&mut workspace));
    assert_eq!(workspace.voices.ballots.len(), 3);
    let replaced = &workspace.voices.ballots[1];
    assert_eq!((&replaced.id, replaced.swings[&workspace.balance.factors[0].id]), (&id, 70.0));
    assert_eq!(workspace.voices.ballots[2].swings.len(), 1, "an empty cell is an abstention");
    let kept = with(&[(Matter::AlreadyThere, Way::KeepOld)]);
    let text = head(&workspace) + &row(&workspace, people(&workspace)[1], "1,1,100");
    let proposal = proposed(&workspace, &ballots(&text), &kept);
    assert_eq!(fates(&proposal), [Fate::LeftOut]);
    assert!(!proposal.is_ready(), "there is nothing to import");
}

#[test]
fn a_wrong_cell_is_named_and_nothing_is_half_imported() {
    let mut workspace = westmere();
    let before = workspace.voices.clone();
    let [first, second, _] = people(&workspace);
    let text =
        head(&workspace) + &row(&workspace, first, "1,100,many") + &row(&workspace, second, "3,-5,100");
    let incoming = ballots(&text);
    let proposal = proposed(&workspace, &incoming, &Choices::default());
    let faults: Vec<String> = proposal.faults.iter().map(ToString::to_string).collect();
    let factors = &workspace.balance.factors;
    let second_factor = &factors[1].name;
    assert_eq!(
        faults[0],
        format!("table.csv, row 2, column “{second_factor}”: found “many”; expected a number from 0")
    );
    assert!(faults[1].contains(&format!("row 3, column “{}”: found “-5”", factors[0].name)), "{faults:?}");
    assert!(faults[2].contains("row 3, column “round”: found “3”; expected a whole number from 1 to 2"));
    assert_eq!(fates(&proposal), [Fate::Waits, Fate::Waits]);
    assert!(!proposal.carry_out(&mut workspace));
    assert!(workspace.voices == before);
    let text = text + &row(&workspace, people(&workspace)[2], "1,100,60");
    let left_out = with(&[(Matter::Faulty, Way::LeaveOut)]);
    let proposal = proposed(&workspace, &ballots(&text), &left_out);
    assert_eq!(fates(&proposal), [Fate::LeftOut, Fate::LeftOut, Fate::Adds]);
    assert!(proposal.carry_out(&mut workspace));
    assert_eq!(workspace.voices.ballots.len(), 1);
}

#[test]
fn of_two_rows_of_one_person_the_one_that_is_chosen_stays() {
    let workspace = westmere();
    let [first, second, _] = people(&workspace);
    let text = head(&workspace)
        + &row(&workspace, first, "1,100,50")
        + &row(&workspace, second, "1,100,50")
        + &row(&workspace, first, "1,40,100")
        + &row(&workspace, first, "2,40,100");
    let incoming = ballots(&text);
    let cases = [
        (Way::Undecided, [Fate::Waits, Fate::Adds, Fate::Waits, Fate::Adds], 1),
        (Way::KeepFirst, [Fate::Adds, Fate::Adds, Fate::LeftOut, Fate::Adds], 0),
        (Way::KeepLater, [Fate::LeftOut, Fate::Adds, Fate::Adds, Fate::Adds], 0),
        (Way::LeaveOut, [Fate::LeftOut, Fate::Adds, Fate::LeftOut, Fate::Adds], 0),
    ];
    for (way, expected, undecided) in cases {
        let proposal = proposed(&workspace, &incoming, &with(&[(Matter::Twice, way)]));
        assert_eq!(fates(&proposal), expected, "{way:?}");
        assert_eq!(proposal.undecided(), undecided);
        assert_eq!(said(&proposal, 2, Matter::Twice), "stands in row 2 too");
        assert_eq!(said(&proposal, 0, Matter::Twice), "stands in row 4 too");
    }
}

#[test]
fn strangers_are_added_matched_or_left_out_and_never_guessed() {
    let mut workspace = westmere();
    let known = workspace.voices.stakeholders[0].clone();
    let near = known.name.replacen('o', "", 1);
    let text = head(&workspace)
        + &format!("\"{near}\",{},1,100,50\n", sector_of(&workspace, &known))
        + "Passer-by,Night workers,1,20,100\n";
    let incoming = ballots(&text);
    let proposal = proposed(&workspace, &incoming, &Choices::default());
    assert_eq!(fates(&proposal), [Fate::Waits, Fate::Waits]);
    assert_eq!(proposal.undecided(), 2, "who both are");
    assert_eq!(proposal.unknown[0].near.as_deref(), Some(known.name.as_str()));
    assert_eq!(proposal.unknown[1].near, None);
    let mut choices = Choices::default();
    let decide = |choices: &mut Choices, kind, key: &str, choice| {
        choices.names.insert((kind, key.to_owned()), choice);
    };
    let is = NameChoice::Is(known.name.to_lowercase());
    decide(&mut choices, NameKind::Person, &near.to_lowercase(), is);
    decide(&mut choices, NameKind::Person, "passer-by", NameChoice::Add);
    let proposal = proposed(&workspace, &incoming, &choices);
    assert_eq!(proposal.undecided(), 1, "where from the stranger speaks");
    assert_eq!(
        (proposal.unknown[2].kind, proposal.unknown[2].text.as_str()),
        (NameKind::Sector, "Night workers")
    );
    decide(&mut choices, NameKind::Sector, "night workers", NameChoice::Add);
    let proposal = proposed(&workspace, &incoming, &choices);
    assert_eq!((fates(&proposal), proposal.comes_along()), (vec![Fate::Adds; 2], [1, 1, 0]));
    let people = workspace.voices.stakeholders.len();
    assert!(proposal.carry_out(&mut workspace));
    assert_eq!(check::broken(&workspace), None);
    let stranger = &workspace.voices.stakeholders[people];
    assert_eq!(
        (stranger.name.as_str(), sector_of(&workspace, stranger).as_str()),
        ("Passer-by", "Night workers")
    );
    assert_eq!(workspace.voices.ballots[0].stakeholder.as_ref(), Some(&known.id));
    let mut left_out = Choices::default();
    for name in [near.to_lowercase().as_str(), "passer-by"] {
        decide(&mut left_out, NameKind::Person, name, NameChoice::LeaveOut);
    }
    let proposal = proposed(&westmere(), &incoming, &left_out);
    assert_eq!((fates(&proposal), proposal.comes_along()), (vec![Fate::LeftOut; 2], [0, 0, 0]));
}

#[test]
fn totals_and_largest_figures_are_said_and_never_mended_unasked() {
    let workspace = westmere();
    let [first, second, third] = people(&workspace);
    let factor = workspace.balance.factors[0].id.clone();
    let text = head(&workspace)
        + &row(&workspace, first, "1,60,40")
        + &row(&workspace, second, "1,57,40")
        + &row(&workspace, third, "1,120,90");
    let incoming = ballots(&text);
    let proposal = proposed(&workspace, &incoming, &Choices::default());
    assert!(proposal.looks_like_shares);
    assert_eq!(fates(&proposal), [Fate::Adds, Fate::Adds, Fate::Waits]);
    assert_eq!(said(&proposal, 0, Matter::LargestNot100), "the largest is 60");
    assert_eq!(said(&proposal, 2, Matter::Over100), "the largest is 120");
    let mut as_given = workspace.clone();
    assert!(proposed(&workspace, &incoming, &with(&[(Matter::Over100, Way::Take)])).carry_out(&mut as_given));
    let given: Vec<f64> = as_given.voices.ballots.iter().map(|ballot| ballot.swings[&factor]).collect();
    assert_eq!(given, [60.0, 57.0, 120.0]);
    let mut shares = Choices { as_shares: true, ..Choices::default() };
    let proposal = proposed(&workspace, &incoming, &shares);
    assert_eq!(fates(&proposal), [Fate::Adds, Fate::Waits, Fate::Waits]);
    assert_eq!(said(&proposal, 1, Matter::WrongTotal), "adds to 97");
    shares.ways.insert(Matter::WrongTotal, Way::LeaveOut);
    let mut as_shares = workspace.clone();
    assert!(proposed(&workspace, &incoming, &shares).carry_out(&mut as_shares));
    assert_eq!(as_shares.voices.ballots.len(), 1);
    assert_eq!(as_shares.voices.ballots[0].swings[&factor], 100.0);
}

#[test]
fn a_column_that_is_no_factor_waits_until_somebody_says_what_it_is() {
    let mut workspace = westmere();
    let [first, ..] = people(&workspace);
    let factor = workspace.balance.factors[0].clone();
    let misspelt = factor.name.replacen('a', "", 1);
    let text = format!("stakeholder,sector,{misspelt},Weather\n") + &row(&workspace, first, "100,50");
    let incoming = ballots(&text);
    let proposal = proposed(&workspace, &incoming, &Choices::default());
    assert_eq!((fates(&proposal), proposal.undecided(), proposal.round), (vec![Fate::Waits], 2, Some(1)));
    assert_eq!(proposal.unknown[0].near.as_deref(), Some(factor.name.as_str()));
    assert!(!proposal.unknown[0].may_be_added);
    let mut choices = Choices { round: Some(2), ..Choices::default() };
    let is = NameChoice::Is(factor.name.to_lowercase());
    choices.names.insert((NameKind::Factor, misspelt.to_lowercase()), is);
    choices.names.insert((NameKind::Factor, "weather".to_owned()), NameChoice::LeaveOut);
    let proposal = proposed(&workspace, &incoming, &choices);
    assert!(proposal.carry_out(&mut workspace));
    let ballot = &workspace.voices.ballots[0];
    assert_eq!((ballot.round, ballot.swings.len(), ballot.swings[&factor.id]), (2, 1, 100.0));
}

#[test]
fn what_a_round_does_not_ask_and_what_comes_late_is_said() {
    let mut workspace = westmere();
    let asked = workspace.balance.factors[1].id.clone();
    let closed = date(2026, 11, 20);
    let late_round =
        Round { closed: Some(closed), ..round(2, RoundState::Closed, std::slice::from_ref(&asked)) };
    workspace.voices.rounds.push(late_round);
    let [first, second, _] = people(&workspace);
    let text = head(&workspace).replace("round,", "round,received,")
        + &row(&workspace, first, "2,20/11/2026,30,60")
        + &row(&workspace, second, "2,2026-11-21,,60");
    let incoming = ballots(&text);
    let proposal = proposed(&workspace, &incoming, &Choices::default());
    let name = &workspace.balance.factors[0].name;
    assert_eq!(said(&proposal, 0, Matter::NotAsked), format!("round 2 does not ask about {name}"));
    assert_eq!(said(&proposal, 1, Matter::Late), "came in on 21 November 2026, closed on 20 November 2026");
    assert!(proposal.rows[1].notes.len() == 1, "a round about some factors has no largest of all");
    let mut taken = workspace.clone();
    assert!(proposal.carry_out(&mut taken));
    let [in_time, late] = [&taken.voices.ballots[0], &taken.voices.ballots[1]];
    assert_eq!(in_time.swings.keys().collect::<Vec<_>>(), [&asked]);
    assert!(!taken.voices.is_late(in_time) && taken.voices.is_late(late) && !taken.voices.counts(late));
    let mut all = workspace.clone();
    let choices = with(&[(Matter::NotAsked, Way::Take), (Matter::Late, Way::InTime)]);
    assert!(proposed(&workspace, &incoming, &choices).carry_out(&mut all));
    assert_eq!(all.voices.ballots[0].swings.len(), 2);
    assert!(!all.voices.is_late(&all.voices.ballots[1]));
    let out = proposed(&workspace, &incoming, &with(&[(Matter::Late, Way::LeaveOut)]));
    assert_eq!(fates(&out), [Fate::Adds, Fate::LeftOut]);
}

#[test]
fn blank_ballots_and_other_sectors_are_said() {
    let mut workspace = westmere();
    let [first, second, third] = people(&workspace);
    let other = workspace.voices.sectors.iter().find(|s| s.id != second.sector).unwrap().clone();
    let text = head(&workspace)
        + &row(&workspace, first, "1,,")
        + &format!("\"{}\",{},1,100,50\n", second.name, other.name)
        + &format!("\"{}\",,1,100,50\n", third.name)
        + &format!(",{},1,100,10\n,,1,100,10\n", other.name);
    let incoming = ballots(&text);
    let proposal = proposed(&workspace, &incoming, &with(&[(Matter::Faulty, Way::LeaveOut)]));
    assert_eq!(fates(&proposal), [Fate::LeftOut, Fate::Adds, Fate::Adds, Fate::Adds, Fate::LeftOut]);
    assert!(said(&proposal, 0, Matter::Empty).contains("nothing"));
    assert!(said(&proposal, 1, Matter::OtherSector).contains(&other.name));
    assert!(said(&proposal, 4, Matter::Faulty).contains("the name of a sector"));
    let mut row_right = with(&[(Matter::Faulty, Way::LeaveOut), (Matter::OtherSector, Way::Row)]);
    row_right.ways.insert(Matter::Empty, Way::Take);
    let registered = second.sector.clone();
    let mut by_row = workspace.clone();
    assert!(proposed(&workspace, &incoming, &row_right).carry_out(&mut by_row));
    assert!(by_row.voices.ballots[0].is_blank());
    assert_eq!(by_row.voices.ballots[1].sector, other.id);
    assert!(proposal.carry_out(&mut workspace));
    assert_eq!(workspace.voices.ballots[0].sector, registered);
    assert_eq!(workspace.voices.ballots[2].stakeholder, None, "a sector may answer without a name");
    let again = proposed(&workspace, &incoming, &with(&[(Matter::Faulty, Way::LeaveOut)]));
    assert_eq!(again.counts().alike, 3, "what came once does not come twice");
}

#[test]
fn the_register_and_statements_come_back_alike_and_changes_replace() {
    let mut workspace = westmere();
    let tables = tables_of(&workspace).unwrap();
    for kind in [TableKind::Stakeholders, TableKind::Statements] {
        let table = tables.iter().find(|table| table.kind == kind).unwrap();
        let proposal = proposed(&workspace, &read(kind, &table.text), &Choices::default());
        let counts = proposal.counts();
        assert_eq!((counts.alike, proposal.rows.len()), (proposal.rows.len(), counts.alike), "{kind:?}");
    }
    let person = workspace.voices.stakeholders[0].clone();
    let sector = sector_of(&workspace, &person);
    let text = format!(
        "stakeholder,sector,influence\n\"{}\",{sector},3\nNew voice,{sector},2\nOther voice,Nowhere,11\n",
        person.name
    );
    let mut choices = with(&[(Matter::Faulty, Way::LeaveOut)]);
    choices.names.insert((NameKind::Sector, "nowhere".to_owned()), NameChoice::Add);
    let proposal = proposed(&workspace, &read(TableKind::Stakeholders, &text), &choices);
    assert_eq!(fates(&proposal), [Fate::Replaces, Fate::Adds, Fate::LeftOut]);
    assert!(said(&proposal, 2, Matter::Faulty).contains("a number from 0 to 10"));
    assert!(proposal.carry_out(&mut workspace));
    let changed = &workspace.voices.stakeholders[0];
    assert_eq!(
        (changed.influence, changed.role.as_str()),
        (Some(3.0), person.role.as_str()),
        "what the table does not hold stays"
    );
    assert!(
        !workspace.voices.sectors.iter().any(|s| s.name == "Nowhere"),
        "no sector for a row that is left out"
    );
    let statement = workspace.voices.statements[0].clone();
    let by = workspace.stakeholder(statement.stakeholder.as_ref().unwrap()).unwrap().name.clone();
    let text = format!(
        "date,stakeholder,about,text,response,status\n{},\"{by}\",\"{}\",\"{}\",Looked into,done\n,Stranger,,Unheard of,,\n",
        statement.date.map(|date| date.to_string()).unwrap_or_default(),
        statement.about,
        statement.text.replace('"', "\"\""),
    );
    let incoming = read(TableKind::Statements, &text);
    let proposal = proposed(&workspace, &incoming, &Choices::default());
    assert_eq!(fates(&proposal), [Fate::Replaces, Fate::Waits]);
    let mut choices = Choices::default();
    choices.names.insert((NameKind::Person, "stranger".to_owned()), NameChoice::LeaveOut);
    assert!(proposed(&workspace, &incoming, &choices).carry_out(&mut workspace));
    assert_eq!(workspace.voices.statements[0].response, "Looked into");
    assert_eq!(workspace.voices.statements.last().unwrap().stakeholder, None);
    assert_eq!(check::broken(&workspace), None);
}

#[test]
fn characters_that_nobody_sees_are_named_before_they_come_in() {
    let text = "stakeholder,sector\nAnn\u{202E}ann,Public\n";
    let refused = read_table("people.csv", TableKind::Stakeholders, text.as_bytes()).unwrap_err();
    assert_eq!(
        refused[0].to_string(),
        "people.csv, row 2, column “stakeholder”: found “Ann ann”; expected no character that cannot be seen; this \
         cell holds U+202E: type it anew"
    );
}

#[test]
fn copied_cells_are_read_like_a_file() {
    let workspace = westmere();
    let [first, ..] = people(&workspace);
    let text = (head(&workspace) + &row(&workspace, first, "1,100,50")).replace(',', "\t");
    let incoming = read_pasted(&text, TableKind::Ballots).unwrap();
    assert_eq!(fates(&proposed(&workspace, &incoming, &Choices::default())), [Fate::Adds]);
    let refused = read_pasted("stakeholder\tColour\n", TableKind::Stakeholders).unwrap_err();
    assert!(refused[0].to_string().contains("“Colour”"), "{refused:?}");
}

#[test]
fn a_workshop_from_spreadsheets_gives_the_answer_of_one_entered_by_hand() {
    let given: Vec<Ballot> = format::from_text(examples::find("westmere").unwrap().text, "westmere")
        .unwrap()
        .workspace
        .voices
        .ballots
        .to_vec();
    let first_round: Vec<Ballot> = given.iter().filter(|ballot| ballot.round == 1).cloned().collect();
    assert_eq!(first_round.len(), 14);
    let asks: Vec<FactorId> = westmere().balance.factors.iter().take(2).map(|f| f.id.clone()).collect();
    let second_round: Vec<Ballot> = first_round
        .iter()
        .enumerate()
        .map(|(n, ballot)| Ballot {
            id: BallotId::from(format!("second-{n}").as_str()),
            round: 2,
            swings: asks.iter().map(|factor| (factor.clone(), (n * 7 % 90) as f64 + 5.0)).collect(),
            ..ballot.clone()
        })
        .collect();
    let (mut by_hand, mut imported) = (westmere(), westmere());
    for ballots in [&first_round, &second_round] {
        let number = ballots[0].round;
        for workspace in [&mut by_hand, &mut imported] {
            let asks = if number == 1 { &[][..] } else { &asks };
            workspace.voices.rounds.retain(|round| round.number != number);
            workspace.voices.rounds.push(round(number, RoundState::Open, asks));
        }
        // A spreadsheet knows of no open round: what one holds is written as given.
        let sheet = Workspace {
            voices: evenhand::model::voices::Voices {
                ballots: ballots.clone().into(),
                rounds: Vec::new(),
                ..(*imported.voices).clone()
            }
            .into(),
            ..imported.clone()
        };
        let tables = tables_of(&sheet).unwrap();
        let table = tables.iter().find(|table| table.kind == TableKind::Ballots).unwrap();
        let proposal = proposed(&imported, &self::ballots(&table.text), &Choices::default());
        assert_eq!((proposal.counts().adds, proposal.undecided()), (14, 0));
        assert!(proposal.carry_out(&mut imported));
        by_hand.voices.ballots.extend(ballots.iter().cloned());
        for workspace in [&mut by_hand, &mut imported] {
            for round in &mut workspace.voices.rounds {
                (round.state, round.closed) = (RoundState::Closed, Some(TODAY));
            }
        }
        assert_eq!(check::broken(&imported), None);
        let [of_hand, of_import] = [&by_hand, &imported].map(Analysis::of);
        assert_eq!(of_hand.voices.combined_swings, of_import.voices.combined_swings, "round {number}");
        assert_eq!(of_hand.balance.weights, of_import.balance.weights);
        assert_eq!(of_hand.balance.ranking, of_import.balance.ranking);
    }
}

#[test]
fn five_thousand_rows_are_read_and_proposed_in_a_moment() {
    let workspace = westmere();
    let factors: Vec<&str> = workspace.balance.factors.iter().map(|f| f.name.as_str()).collect();
    let mut text = format!("stakeholder,sector,round,{}\n", factors.join(","));
    for n in 0..5_000 {
        let person = &workspace.voices.stakeholders[n % workspace.voices.stakeholders.len()];
        let points: Vec<String> = (0..factors.len()).map(|f| ((n * 7 + f * 13) % 101).to_string()).collect();
        text += &row(&workspace, person, &format!("1,{}", points.join(",")));
    }
    let start = Instant::now();
    let proposal = proposed(&workspace, &ballots(&text), &with(&[(Matter::Twice, Way::KeepLater)]));
    // Without optimisation and beside other tests it takes many times what it takes in release.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    let people = workspace.voices.stakeholders.len();
    assert_eq!((proposal.rows.len(), proposal.counts().adds), (5_000, people));
}
