//! What a table of statements would do to those written down.

use std::collections::HashMap;

use super::{
    Entry, Fate, Matter, Place, ProposedRow, Way, Work,
    names::{Found, NameKind},
};
use crate::{
    exchange::{
        entry,
        rows::StatementRow,
        table::{Table, key},
    },
    model::{
        ids::{StakeholderId, StatementId},
        voices::Statement,
    },
};

/// What tells statements apart: day, person, matter and words.
type Mark = (Option<jiff::civil::Date>, Option<StakeholderId>, String, String);

fn mark(statement: &Statement) -> Mark {
    (statement.date, statement.stakeholder.clone(), key(&statement.about), key(&statement.text))
}

pub(super) fn propose(work: &mut Work<'_>, table: &Table) {
    let known: HashMap<Mark, &Statement> =
        work.workspace.voices.statements.iter().map(|statement| (mark(statement), statement)).collect();
    let mut seen: HashMap<Mark, usize> = HashMap::new();
    for row in &table.rows {
        let entry = entry::Entry { table, row };
        let mut faults = Vec::new();
        let read = StatementRow::read(entry, &mut faults);
        let mut proposed = ProposedRow::new(Place::Row(row.number), read.name, read.text);
        let stakeholder = speaker(work, &mut proposed, read.name);
        work.rule_faults(&mut proposed, faults);
        let statement = read.statement(StatementId::from(""), stakeholder);
        let mark = mark(&statement);
        if !read.text.is_empty()
            && let Some(&earlier) = seen.get(&mark)
        {
            work.settle_twice_at(earlier, &mut proposed);
        }
        let there = known.get(&mark).copied();
        settle(work, &mut proposed, statement, there);
        seen.insert(mark, work.proposal.rows.len());
        work.proposal.rows.push(proposed);
    }
}

/// Who said it. Nobody is put into the register for a statement alone: where from they speak is not known.
fn speaker(work: &mut Work<'_>, row: &mut ProposedRow, name: &str) -> Option<StakeholderId> {
    if name.is_empty() {
        return None;
    }
    match work.find(NameKind::Person, name) {
        Found::Known(at) => Some(work.workspace.voices.stakeholders[at].id.clone()),
        // The statement is taken without a name.
        Found::LeftOut => None,
        Found::New(_) | Found::Undecided => {
            row.wait_for(NameKind::Person, name);
            None
        }
    }
}

fn settle(work: &mut Work<'_>, row: &mut ProposedRow, mut statement: Statement, known: Option<&Statement>) {
    match known {
        None => {
            let tail = work.tail_of("statement", &statement.text, "statement");
            statement.id = StatementId::named("statement", tail);
        }
        Some(known) => {
            statement = Statement {
                stance: statement.stance,
                response: statement.response,
                status: statement.status,
                ..known.clone()
            };
            if statement == *known {
                if row.fate == Fate::Adds {
                    row.fate = Fate::Alike;
                }
            } else {
                let taken = row.fate == Fate::Adds;
                let way = work.rule(row, Matter::AlreadyThere, "is written down with another answer");
                if taken {
                    row.fate = if way == Way::KeepOld { Fate::LeftOut } else { Fate::Replaces };
                }
            }
        }
    }
    row.entry = Some(Entry::Statement(statement));
}
