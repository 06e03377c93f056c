//! Ballots as they came in, from a table or from small files, before anybody asks whose they are.

use std::{fmt, sync::Arc};

use jiff::civil::Date;

use crate::{
    exchange::{
        entry::Entry,
        table::{Table, TableProblem, key},
    },
    model::{ids::OptionId, question::ServiceOption, voices::LAST_ROUND, wording::list},
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
    /// The same for their own ranking, once they had thought about every factor.
    pub ranking: Vec<String>,
    /// What the form that it is on was made for; `None` for a row of a table.
    pub fingerprint: Option<String>,
    /// Whatever about it cannot be read.
    pub faults: Vec<TableProblem>,
}

/// The column of what was preferred before results were shown, best first.
pub const GUT_FEEL: &str = "gut_feel";
/// The column of own rankings, best first.
pub const RANKING: &str = "ranking";
/// Columns that a table of ballots may have beside those of every such table: the day a ballot came in, and two rankings
/// of the options.
pub const BESIDE: [&str; 3] = ["received", GUT_FEEL, RANKING];

/// The options of a ranking, parted by commas, semicolons, > or, where they are single letters, blanks.
#[must_use]
pub fn ranked(value: &str) -> Vec<String> {
    let parts: Vec<&str> =
        value.split([',', ';', '>', '/']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let letters = |text: &str| text.split_whitespace().all(|word| word.chars().count() <= 2);
    match parts.as_slice() {
        [one] if letters(one) => one.split_whitespace().map(str::to_owned).collect(),
        parts => parts.iter().map(|&part| part.to_owned()).collect(),
    }
}

/// Why a name cannot stand in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misnamed {
    NoOption,
    Twice,
}

/// The options of these badges or names, in their order, and the names that cannot stand there.
#[must_use]
pub fn options_named<'n>(
    options: &[ServiceOption],
    names: &'n [String],
) -> (Vec<OptionId>, Vec<(&'n str, Misnamed)>) {
    let (mut ranking, mut wrong) = (Vec::new(), Vec::new());
    for name in names {
        let same = |text: &str| !text.is_empty() && key(text) == key(name);
        match options.iter().find(|o| same(&o.badge) || same(&o.name) || same(&o.short)) {
            Some(option) if !ranking.contains(&option.id) => ranking.push(option.id.clone()),
            Some(_) => wrong.push((name.as_str(), Misnamed::Twice)),
            None => wrong.push((name.as_str(), Misnamed::NoOption)),
        }
    }
    (ranking, wrong)
}

/// What can stand in a ranking, in a few words.
#[must_use]
pub fn expected_in_ranking(options: &[ServiceOption], wrong: Misnamed) -> String {
    let badges: Vec<&str> = options.iter().map(|o| o.badge.as_str()).collect();
    match wrong {
        Misnamed::Twice => "each option once".to_owned(),
        Misnamed::NoOption => format!("an option: {}", list(&badges)),
    }
}

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
    Slip {
        place: Place::Row(entry.row.number),
        name: entry.text("stakeholder").to_owned(),
        sector: entry.text("sector").to_owned(),
        marginal: marginal.ok().flatten(),
        round: round.ok().flatten().and_then(|round| u8::try_from(round).ok()),
        received: received.ok().flatten(),
        points,
        gut_feel: ranked(entry.text(GUT_FEEL)),
        ranking: ranked(entry.text(RANKING)),
        fingerprint: None,
        faults,
    }
}
