//! The sheet for contributors: what happened to what they said. One paper for each person, so that nobody reads another’s
//! ballot, or one for each sector.

use std::fmt::Write as _;

use super::{
    Paper, file_stems,
    harmless::{html, one_line},
    names_that_leave, page,
};
use crate::model::{
    Workspace,
    ids::OptionId,
    voices::{Ballot, Stakeholder, Statement, StatementStatus},
    wording::{capital, counted, day, decimals_used, in_words, lower_first, number},
};

/// Whom each paper is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    #[default]
    Person,
    Sector,
}

/// What a facilitator chooses about the sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetTerms {
    pub readers: Readers,
    /// Whether people who stand in the register by their own name are named; others stand under role or pseudonym.
    pub names: bool,
    /// Whether somebody's own sheet shows their own ballot.
    pub ballots: bool,
    /// Plain text instead of pages.
    pub text: bool,
}

/// A paper for one reader.
struct Sheet<'w> {
    reader: String,
    statements: Vec<Said<'w>>,
    ballots: Vec<&'w Ballot>,
}

/// A statement, with who made it where the paper is for more than one.
struct Said<'w> {
    by: Option<String>,
    statement: &'w Statement,
}

/// The papers for contributors, one a file.
///
/// # Errors
/// Says that there is nobody to write to.
pub fn sheets(workspace: &Workspace, terms: SheetTerms) -> Result<Vec<Paper>, String> {
    let sheets = match terms.readers {
        Readers::Person => by_person(workspace, terms),
        Readers::Sector => by_sector(workspace, terms),
    };
    if sheets.is_empty() {
        return Err("Nobody in the register has said anything or given a ballot yet.".to_owned());
    }
    let stems = file_stems(sheets.iter().map(|sheet| sheet.reader.as_str()));
    let papers = sheets.iter().zip(stems).map(|(sheet, stem)| {
        let (ending, text) =
            if terms.text { ("txt", in_text(workspace, sheet)) } else { ("html", in_html(workspace, sheet)) };
        Paper { name: format!("{stem}.{ending}"), bytes: text.into_bytes() }
    });
    Ok(papers.collect())
}

/// Whose names these papers carry, in a sentence; empty when they carry none.
#[must_use]
pub fn names_in_sheets(workspace: &Workspace, terms: SheetTerms) -> String {
    let people = &workspace.voices.stakeholders;
    let named = people.iter().filter(|person| terms.names || !person.known_as.may_be_name());
    let who = names_that_leave(&named.collect::<Vec<_>>(), 0);
    match (who.is_empty(), terms.ballots && terms.readers == Readers::Person) {
        (true, false) => String::new(),
        (true, true) => "Each paper shows one person’s ballot. Hand it only to that person.".to_owned(),
        (false, true) => format!("{who} Each paper shows one person’s ballot."),
        (false, false) => who,
    }
}

/// What somebody is called on paper: their own name only where that is chosen.
pub(in crate::exchange) fn called(workspace: &Workspace, person: &Stakeholder, names: bool) -> String {
    if names || !person.known_as.may_be_name() {
        return person.name.clone();
    }
    if !person.role.trim().is_empty() {
        return person.role.clone();
    }
    of_sector(workspace, person)
}

/// Somebody by nothing but their sector.
pub(in crate::exchange) fn of_sector(workspace: &Workspace, person: &Stakeholder) -> String {
    let sector = workspace.sector(&person.sector).map_or("the register", |sector| sector.name.as_str());
    format!("Somebody from {sector}")
}

fn statements_of<'w>(workspace: &'w Workspace, person: &Stakeholder) -> impl Iterator<Item = &'w Statement> {
    let id = person.id.clone();
    workspace.voices.leaving().filter(move |statement| statement.stakeholder.as_ref() == Some(&id))
}

fn by_person<'w>(workspace: &'w Workspace, terms: SheetTerms) -> Vec<Sheet<'w>> {
    let voices = &workspace.voices;
    let sheet = |person: &'w Stakeholder| {
        let said = statements_of(workspace, person).map(|statement| Said { by: None, statement });
        let given = voices.ballots.iter().filter(|ballot| {
            ballot.stakeholder.as_ref() == Some(&person.id) && !workspace.hides(ballot.round)
        });
        Sheet {
            reader: called(workspace, person, terms.names),
            statements: said.collect(),
            ballots: if terms.ballots { given.collect() } else { Vec::new() },
        }
    };
    let sheets = voices.stakeholders.iter().map(sheet);
    sheets.filter(|sheet| !sheet.statements.is_empty() || !sheet.ballots.is_empty()).collect()
}

fn by_sector<'w>(workspace: &'w Workspace, terms: SheetTerms) -> Vec<Sheet<'w>> {
    let voices = &workspace.voices;
    let mut sheets: Vec<Sheet<'w>> = Vec::new();
    for sector in &voices.sectors {
        let people = voices.stakeholders.iter().filter(|person| person.sector == sector.id);
        let said = people.flat_map(|person| {
            let by = called(workspace, person, terms.names);
            statements_of(workspace, person).map(move |statement| Said { by: Some(by.clone()), statement })
        });
        let statements: Vec<Said<'w>> = said.collect();
        if !statements.is_empty() {
            sheets.push(Sheet { reader: sector.name.clone(), statements, ballots: Vec::new() });
        }
    }
    let unnamed = voices.leaving().filter(|statement| statement.stakeholder.is_none());
    let unnamed: Vec<Said<'w>> = unnamed.map(|statement| Said { by: None, statement }).collect();
    if !unnamed.is_empty() {
        sheets.push(Sheet { reader: "Nobody named".to_owned(), statements: unnamed, ballots: Vec::new() });
    }
    sheets
}

/// "3 things said; 2 done, 1 still open": what became of everything, in a sentence.
fn summary(statements: &[Said<'_>]) -> String {
    summary_of(statements.iter().map(|said| said.statement))
}

/// The same of any statements.
pub(in crate::exchange) fn summary_of<'w>(statements: impl Iterator<Item = &'w Statement> + Clone) -> String {
    let all = statements.clone().count();
    if all == 0 {
        return "No statement was written down.".to_owned();
    }
    let parts: Vec<String> = [
        (StatementStatus::Done, "acted on"),
        (StatementStatus::PassedOn, "passed on"),
        (StatementStatus::Declined, "declined, with a reason"),
        (StatementStatus::Open, "not answered yet"),
    ]
    .into_iter()
    .filter_map(|(status, words)| {
        let with = statements.clone().filter(|statement| statement.status == status).count();
        (with > 0).then(|| format!("{} {words}", in_words(with)))
    })
    .collect();
    format!("{}: {}.", capital(&counted(all, "statement", "statements")), parts.join(", "))
}

/// When, how and about what something was said, in a line.
pub(in crate::exchange) fn circumstances(statement: &Statement) -> String {
    let parts = [
        statement.date.map(day),
        statement.method.map(|method| method.words().to_owned()),
        (!statement.about.trim().is_empty())
            .then(|| format!("about {}", lower_first(statement.about.trim()))),
    ];
    capital(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

pub(in crate::exchange) fn status(statement: &Statement) -> &'static str {
    match statement.status {
        StatementStatus::Open => "Not answered yet",
        StatementStatus::Done => "Acted on",
        StatementStatus::PassedOn => "Passed on",
        StatementStatus::Declined => "Declined",
    }
}

pub(in crate::exchange) fn response(statement: &Statement) -> &str {
    match (statement.response.trim(), statement.status) {
        ("", StatementStatus::Open) => "Nothing has been done about it yet.",
        ("", _) => "What was done has not been written down.",
        (response, _) => response,
    }
}

/// A ballot as lines of factor and points, largest first.
fn points<'w>(workspace: &'w Workspace, ballot: &Ballot) -> Vec<(&'w str, String)> {
    let mut given: Vec<(&str, f64)> = workspace
        .balance
        .factors
        .iter()
        .filter_map(|factor| Some((factor.name.as_str(), *ballot.swings.get(&factor.id)?)))
        .collect();
    given.sort_by(|a, b| b.1.total_cmp(&a.1));
    given.into_iter().map(|(name, points)| (name, number(points, decimals_used(points).min(1)))).collect()
}

/// The rankings of the options on a ballot, each with what it is.
fn rankings(workspace: &Workspace, ballot: &Ballot) -> Vec<(&'static str, String)> {
    let both = [
        ("Your gut feel before results were shown", &ballot.gut_feel),
        ("Your own order of the options", &ballot.ranking),
    ];
    let names = |ranking: &[OptionId]| {
        let names = ranking.iter().filter_map(|id| workspace.option(id)).map(|o| o.name.as_str());
        names.collect::<Vec<_>>().join(", then ")
    };
    let given = both.into_iter().filter(|(_, ranking)| !ranking.is_empty());
    given.map(|(what, ranking)| (what, names(ranking))).collect()
}

fn heading(workspace: &Workspace) -> &str {
    if workspace.title.is_empty() { "An untitled question" } else { &workspace.title }
}

fn in_html(workspace: &Workspace, sheet: &Sheet<'_>) -> String {
    let mut body = format!(
        "<h1>What happened to what you said</h1>\n<p class=\"lead\">{}: {}</p>\n<p>{}</p>\n",
        html(&sheet.reader),
        html(heading(workspace)),
        html(&summary(&sheet.statements))
    );
    for said in &sheet.statements {
        let statement = said.statement;
        let by =
            said.by.as_ref().map(|by| format!("<dt>Said by</dt><dd>{}</dd>", html(by))).unwrap_or_default();
        let when = circumstances(statement);
        let when =
            if when.is_empty() { String::new() } else { format!("<dt>Said</dt><dd>{}</dd>", html(&when)) };
        // Writing into a String cannot fail.
        let _ = write!(
            body,
            "<div class=\"said\">\n<blockquote>{}</blockquote>\n<dl>{by}{when}<dt>What was done</dt><dd>{}</dd>\
             <dt>Status</dt><dd>{}</dd></dl>\n</div>\n",
            html(&statement.text),
            html(response(statement)),
            status(statement)
        );
    }
    for ballot in &sheet.ballots {
        let rows: String = points(workspace, ballot)
            .iter()
            .map(|(name, points)| {
                format!("<tr><th scope=\"row\">{}</th><td>{points}</td></tr>\n", html(name))
            })
            .collect();
        let _ = write!(
            body,
            "<h2>Your ballot of round {}</h2>\n<table>\n<thead><tr><th scope=\"col\">Factor</th>\
             <th scope=\"col\">Points</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
            ballot.round
        );
        for (what, names) in rankings(workspace, ballot) {
            let _ = writeln!(body, "<p class=\"quiet\">{what}: {}.</p>", html(&names));
        }
    }
    page::document(&format!("What happened to what you said: {}", heading(workspace)), &body)
}

fn in_text(workspace: &Workspace, sheet: &Sheet<'_>) -> String {
    let mut text = format!(
        "What happened to what you said\n{}: {}\n\n{}\n",
        one_line(&sheet.reader),
        one_line(heading(workspace)),
        summary(&sheet.statements)
    );
    for said in &sheet.statements {
        let statement = said.statement;
        // Writing into a String cannot fail.
        let _ = write!(text, "\n“{}”\n", one_line(&statement.text));
        if let Some(by) = &said.by {
            let _ = writeln!(text, "Said by: {}", one_line(by));
        }
        let when = circumstances(statement);
        if !when.is_empty() {
            let _ = writeln!(text, "Said: {}", one_line(&when));
        }
        let _ = writeln!(text, "What was done: {}", one_line(response(statement)));
        let _ = writeln!(text, "Status: {}", status(statement));
    }
    for ballot in &sheet.ballots {
        let _ = write!(text, "\nYour ballot of round {}\n", ballot.round);
        for (name, points) in points(workspace, ballot) {
            let _ = writeln!(text, "{points:>6}  {}", one_line(name));
        }
        for (what, names) in rankings(workspace, ballot) {
            let _ = writeln!(text, "{what}: {}", one_line(&names));
        }
    }
    text
}
