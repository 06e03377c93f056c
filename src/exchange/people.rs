//! The tables behind Voices: stakeholders, ballots and statements.

use std::collections::{BTreeMap, HashSet};

use super::{
    assembly::Assembly,
    entry::Entry,
    import::{BESIDE, GUT_FEEL, RANKING, expected_in_ranking, options_named, ranked},
    kind::TableKind,
    rows::{BETWEEN_GROUPS, PersonRow, StatementRow},
    table::{Table, TableProblem, guarded, key, listed},
    write::{Sheet, shown, yes_no},
};
use crate::{
    analysis::voices::{BallotStanding, ballot_standings},
    model::{
        Workspace,
        balance::WeightsFrom,
        ids::{BallotId, FactorId, OptionId, SectorId, StakeholderId, StatementId},
        voices::{Ballot, Heard, Stakeholder},
    },
};

pub(super) fn read_stakeholders(assembly: &mut Assembly, table: &Table) {
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let read = PersonRow::read(entry, &mut assembly.problems);
        let sector = assembly.sector_named(read.sector);
        let mut speaks_for = Vec::new();
        for group in &read.speaks_for {
            speaks_for.extend(assembly.group(entry, "speaks_for", group));
        }
        let (false, Some(sector)) = (read.name.is_empty(), sector) else {
            // Known by name all the same, so that no other table is blamed for naming them.
            if !read.name.is_empty() {
                assembly.stakeholders.entry(key(read.name)).or_insert_with(|| StakeholderId::from(""));
            }
            continue;
        };
        let stakeholder = Stakeholder {
            role: read.role.to_owned(),
            speaks_for,
            heard: read.heard.unwrap_or_default(),
            through: read.through.to_owned(),
            local_means: read.local_means,
            layers_from_delivery: read.layers_from_delivery,
            influence: read.influence,
            interest: read.interest,
            marginal: read.marginal.unwrap_or(false),
            ..known_by_name(read.name, sector)
        };
        if !add_stakeholder(assembly, stakeholder) {
            let expected = "each stakeholder once; an earlier row has the same name";
            assembly.problems.push(entry.problem("stakeholder", expected));
        }
    }
}

/// Somebody of whom only the name and the sector are known; their id is given when they are added.
fn known_by_name(name: &str, sector: SectorId) -> Stakeholder {
    Stakeholder::named(StakeholderId::from(""), name, sector)
}

/// Puts somebody behind the others, with an id; `false` when there is one of this name.
fn add_stakeholder(assembly: &mut Assembly, stakeholder: Stakeholder) -> bool {
    let name = key(&stakeholder.name);
    if assembly.stakeholders.contains_key(&name) {
        return false;
    }
    let tail = assembly.tail_of("stakeholder", &stakeholder.name, "person");
    let id = StakeholderId::named("person", tail);
    assembly.stakeholders.insert(name, id.clone());
    assembly.workspace.voices.stakeholders.push(Stakeholder { id, ..stakeholder });
    true
}

/// Reads the ballots. Where no table of stakeholders is given, those who gave one are put into the register as heard
/// directly, for a ballot is in their own words.
pub(super) fn read_ballots(assembly: &mut Assembly, table: &Table) {
    let factors = factor_columns(assembly, table);
    let mut seen = HashSet::new();
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let sector = assembly.sector(entry);
        let round =
            assembly.held(entry.whole("round", 1, 2)).map_or(1, |round| if round == 2 { 2 } else { 1 });
        let marginal = assembly.held(entry.yes_or_no("marginal"));
        let swings = read_swings(assembly, entry, &factors);
        let [gut_feel, ranking] = [GUT_FEEL, RANKING].map(|column| read_ranking(assembly, entry, column));
        let received = assembly.held(entry.date("received"));
        let Some(sector) = sector else { continue };
        let name = entry.text("stakeholder");
        let stakeholder = if name.is_empty() {
            None
        } else {
            let Some(id) = voter(assembly, entry, name, &sector, marginal) else { continue };
            if !seen.insert((id.clone(), round)) {
                let expected = "each stakeholder once a round; an earlier row has the same";
                assembly.problems.push(entry.problem("stakeholder", expected));
                continue;
            }
            Some(id)
        };
        let in_register = stakeholder.as_ref().and_then(|id| assembly.workspace.stakeholder(id));
        let marginal = marginal.unwrap_or_else(|| in_register.is_some_and(|s| s.marginal));
        let words = format!("Round {round} {}", if name.is_empty() { entry.text("sector") } else { name });
        let tail = assembly.tail_of("ballot", &words, "ballot");
        assembly.workspace.voices.ballots.push(Ballot {
            marginal,
            received,
            swings,
            ranking,
            gut_feel,
            ..Ballot::blank(BallotId::named("ballot", tail), stakeholder, sector, round)
        });
    }
    let voices_weigh = !assembly.workspace.voices.ballots.is_empty()
        && assembly.workspace.balance.factors.iter().all(|factor| factor.swing.is_none());
    if voices_weigh {
        assembly.workspace.balance.weights_from = WeightsFrom::Ballots;
    }
}

/// The columns that name factors; others are put on the list of problems.
fn factor_columns(assembly: &mut Assembly, table: &Table) -> Vec<(usize, FactorId)> {
    let mut columns = Vec::new();
    let further = || table.further_columns().filter(|(_, name)| !BESIDE.contains(&key(name).as_str()));
    let named: Vec<&str> = further().map(|(_, name)| name).collect();
    if !named.is_empty() && !assembly.is_given(TableKind::Scores) {
        assembly.problems.push(TableProblem {
            row: Some(table.head),
            ..TableProblem::of_file(
                &table.source,
                format!(
                    "a table of scores beside the ballots is needed, which says what the factors are: {}",
                    listed(named.into_iter())
                ),
            )
        });
        return columns;
    }
    for (at, name) in further() {
        if let Some(factor) = assembly.factors.get(&key(name)) {
            columns.push((at, factor.clone()));
            continue;
        }
        if assembly.is_unread(TableKind::Scores) {
            continue;
        }
        let names = assembly.workspace.balance.factors.iter().map(|f| f.name.as_str());
        let expected =
            format!("stakeholder, sector, marginal, round or a factor of the scores: {}", listed(names));
        assembly.problems.push(TableProblem {
            file: table.source.clone(),
            row: Some(table.head),
            column: Some(name.to_owned()),
            found: Some(name.to_owned()),
            expected,
        });
    }
    columns
}

fn read_swings(
    assembly: &mut Assembly,
    entry: Entry<'_>,
    factors: &[(usize, FactorId)],
) -> BTreeMap<FactorId, f64> {
    let mut swings = BTreeMap::new();
    for (at, factor) in factors {
        let column = key(&entry.table.columns[*at]);
        let swing = assembly.held(entry.number(&column, 0.0, f64::MAX));
        swings.extend(swing.map(|swing| (factor.clone(), swing)));
    }
    swings
}

/// A ranking of the options, which the scores name.
fn read_ranking(assembly: &mut Assembly, entry: Entry<'_>, column: &str) -> Vec<OptionId> {
    let names = ranked(entry.text(column));
    let options = &assembly.workspace.question.options;
    if names.is_empty() || assembly.is_unread(TableKind::Scores) {
        return Vec::new();
    }
    let (ranking, wrong) = options_named(options, &names);
    let wrong = wrong.into_iter().map(|(_, wrong)| expected_in_ranking(options, wrong));
    let problems: Vec<TableProblem> = wrong.map(|expected| entry.problem(column, expected)).collect();
    assembly.problems.extend(problems);
    ranking
}

/// Who gave a ballot.
fn voter(
    assembly: &mut Assembly,
    entry: Entry<'_>,
    name: &str,
    sector: &SectorId,
    marginal: Option<bool>,
) -> Option<StakeholderId> {
    if !assembly.is_given(TableKind::Stakeholders) {
        let known = known_by_name(name, sector.clone());
        let marginal = marginal.unwrap_or(false);
        add_stakeholder(assembly, Stakeholder { heard: Heard::Direct, marginal, ..known });
    }
    stakeholder(assembly, entry, name)
}

fn stakeholder(assembly: &mut Assembly, entry: Entry<'_>, name: &str) -> Option<StakeholderId> {
    let found = assembly.stakeholders.get(&key(name)).cloned();
    if found.is_none() && !assembly.is_unread(TableKind::Stakeholders) {
        let expected = "a name from the table of stakeholders; add a row for it there";
        assembly.problems.push(entry.problem("stakeholder", expected));
    }
    found
}

pub(super) fn read_statements(assembly: &mut Assembly, table: &Table) {
    let mut seen = HashSet::new();
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let read = StatementRow::read(entry, &mut assembly.problems);
        let stakeholder = if read.name.is_empty() { None } else { stakeholder(assembly, entry, read.name) };
        if read.text.is_empty() {
            continue;
        }
        if !seen.insert((entry.text("date"), key(read.name), read.about, read.text)) {
            assembly
                .problems
                .push(entry.problem("text", "each statement once; an earlier row says the same"));
            continue;
        }
        let tail = assembly.tail_of("statement", read.text, "statement");
        let id = StatementId::named("statement", tail);
        assembly.workspace.voices.statements.push(read.statement(id, stakeholder));
    }
}

/// Writes the three tables, each when it has something to say.
pub(super) fn write(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    write_ballots(workspace, sheets);
    write_stakeholders(workspace, sheets);
    let mut sheet = Sheet::new(TableKind::Statements);
    for statement in workspace.voices.leaving() {
        sheet.rows.push(vec![
            statement.date.map_or_else(String::new, |date| date.to_string()),
            stakeholder_name(workspace, statement.stakeholder.as_ref()),
            guarded(&statement.about),
            statement.stance.map_or_else(String::new, |stance| stance.to_string()),
            guarded(&statement.text),
            guarded(&statement.response),
            statement.status.words().to_owned(),
        ]);
    }
    sheets.push(sheet);
}

fn sector_name(workspace: &Workspace, sector: &SectorId) -> String {
    workspace.sector(sector).map_or_else(String::new, |sector| guarded(&sector.name))
}

fn stakeholder_name(workspace: &Workspace, id: Option<&StakeholderId>) -> String {
    let stakeholder = id.and_then(|id| workspace.stakeholder(id));
    stakeholder.map_or_else(String::new, |stakeholder| guarded(&stakeholder.name))
}

/// Writes the ballots of closed rounds. The table has no place for rounds, so one that does not count would count once it
/// was read back: ballots of an open round, late ones and those that cannot be joined to another are left out, and so are
/// points that a round did not ask for.
fn write_ballots(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut sheet = Sheet::new(TableKind::Ballots);
    let factors = &workspace.balance.factors;
    sheet.add_columns(factors.iter().map(|factor| factor.name.as_str()), "factor");
    let voices = &workspace.voices;
    let standings = ballot_standings(voices);
    let kept =
        |standing: BallotStanding| matches!(standing, BallotStanding::Counts | BallotStanding::Followed);
    for (ballot, _) in voices.ballots.iter().zip(standings).filter(|(_, standing)| kept(*standing)) {
        let given = |factor: &FactorId| {
            ballot.swings.get(factor).copied().filter(|_| voices.asks(ballot.round, factor))
        };
        let mut row = vec![
            stakeholder_name(workspace, ballot.stakeholder.as_ref()),
            sector_name(workspace, &ballot.sector),
            yes_no(Some(ballot.marginal)),
            ballot.round.to_string(),
        ];
        row.extend(factors.iter().map(|factor| shown(given(&factor.id))));
        sheet.rows.push(row);
    }
    sheets.push(sheet);
}

fn write_stakeholders(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut sheet = Sheet::new(TableKind::Stakeholders);
    for stakeholder in &workspace.voices.stakeholders {
        let groups: Vec<&str> = stakeholder
            .speaks_for
            .iter()
            .filter_map(|group| workspace.need_group(group))
            .map(|group| group.name.trim())
            .collect();
        for group in groups.iter().filter(|group| group.contains(BETWEEN_GROUPS)) {
            sheet
                .problems
                .push(format!("the need group “{group}” has a semicolon in its name, which parts names"));
        }
        sheet.name_rows("stakeholder", &stakeholder.name);
        sheet.rows.push(vec![
            guarded(&stakeholder.name),
            sector_name(workspace, &stakeholder.sector),
            guarded(&stakeholder.role),
            guarded(&groups.join("; ")),
            stakeholder.heard.words().to_owned(),
            guarded(&stakeholder.through),
            stakeholder.local_means.map_or_else(String::new, |level| level.words().to_owned()),
            stakeholder.layers_from_delivery.map_or_else(String::new, |layers| layers.to_string()),
            shown(stakeholder.influence),
            shown(stakeholder.interest),
            yes_no(Some(stakeholder.marginal)),
        ]);
    }
    sheets.push(sheet);
}
