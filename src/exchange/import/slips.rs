//! Ballots as they came in, from a table or from small files, before anybody asks whose they are.

use std::{fmt, sync::Arc};

use jiff::civil::Date;

use crate::{
    exchange::{
        entry::Entry,
        table::{Table, TableProblem, key},
    },
    model::voices::LAST_ROUND,
};

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The number of a row of the one table.
    Row(usize),
    /// One of many files.
    File(Arc<str>),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(row) => write!(f, "row {row}"),
            Self::File(name) => f.write_str(name),
        }
    }
}

/// One ballot as it came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    pub place: Place,
    /// Whose it is; empty when only the sector is known.
    pub name: String,
    pub sector: String,
    pub marginal: Option<bool>,
    pub round: Option<u8>,
    pub received: Option<Date>,
    /// Points by place in [`Slips::factors`].
    pub points: Vec<(usize, f64)>,
    /// Badges or names of options, the best first: what was preferred before results were shown.
    pub gut_feel: Vec<String>,
    /// What the form that it is on was made for; `None` for a row of a table.
    pub fingerprint: Option<String>,
    /// Whatever about it cannot be read.
    pub faults: Vec<TableProblem>,
}

/// Columns that a table of ballots may have beside those of every such table: the day a ballot came in, and what was
/// preferred before results were shown, best first and parted by commas.
const BESIDE: [&str; 2] = ["received", "gut_feel"];

/// Ballots that came in together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slips {
    /// The file's name, or what else they were read from.
    pub source: String,
    /// The names of the factors that they give points to.
    pub factors: Vec<String>,
    pub slips: Vec<Slip>,
}

impl Slips {
    /// The ballots of a table, whose columns must be sound.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let factors = table.further_columns().filter(|(_, name)| !BESIDE.contains(&key(name).as_str()));
        let columns: Vec<(usize, &str)> = factors.collect();
        let keys: Vec<String> = columns.iter().map(|(_, name)| key(name)).collect();
        let slips = table.rows.iter().map(|row| slip(Entry { table, row }, &keys)).collect();
        let factors = columns.into_iter().map(|(_, name)| name.to_owned()).collect();
        Self { source: table.source.clone(), factors, slips }
    }
}

fn slip(entry: Entry<'_>, factors: &[String]) -> Slip {
    let mut faults = Vec::new();
    let mut points = Vec::with_capacity(factors.len());
    for (at, factor) in factors.iter().enumerate() {
        match entry.number(factor, 0.0, f64::MAX) {
            Ok(given) => points.extend(given.map(|given| (at, given))),
            Err(fault) => faults.push(fault),
        }
    }
    let round = entry.whole("round", 1, i32::from(LAST_ROUND)).map_err(|fault| faults.push(fault));
    let marginal = entry.yes_or_no("marginal").map_err(|fault| faults.push(fault));
    let received = entry.date("received").map_err(|fault| faults.push(fault));
    let gut_feel = entry.text("gut_feel").split(['>', ';', ',']).map(str::trim);
    Slip {
        place: Place::Row(entry.row.number),
        name: entry.text("stakeholder").to_owned(),
        sector: entry.text("sector").to_owned(),
        marginal: marginal.ok().flatten(),
        round: round.ok().flatten().and_then(|round| u8::try_from(round).ok()),
        received: received.ok().flatten(),
        points,
        gut_feel: gut_feel.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        fingerprint: None,
        faults,
    }
}
