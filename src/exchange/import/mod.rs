//! What comes into the workspace that is open: ballots, the register and statements.
//!
//! First a [`Proposal`]: what each row would do, and everything about it that somebody should know or decide. It follows
//! from the workspace, what was read and the choices made so far, and from nothing else. Only [`Proposal::carry_out`]
//! changes a workspace, and only when nothing is left to decide; so nothing is ever half imported.

mod ballots;
mod matters;
mod names;
mod reading;
mod register;
mod slips;
mod statements;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

pub use matters::{Concern, Matter, Way};
pub(in crate::exchange) use names::nearest;
pub use names::{NameChoice, NameKind, UnknownName};
pub use reading::{read_files, read_pasted};
pub use slips::{
    BESIDE, GUT_FEEL, Misnamed, Place, RANKING, Slip, Slips, expected_in_ranking, options_named, ranked,
};

use super::{
    kind::TableKind,
    table::{Table, TableProblem},
};
use crate::model::{
    Workspace, ids,
    question::NeedGroup,
    voices::{Ballot, Sector, Stakeholder, Statement},
};

/// What was read and may be imported.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    Ballots(Slips),
    Stakeholders(Table),
    Statements(Table),
}

impl Incoming {
    /// What a table of one of the three kinds brings; `None` for a table of another kind.
    #[must_use]
    pub fn of(table: Table) -> Option<Self> {
        match table.kind {
            TableKind::Ballots => Some(Self::Ballots(Slips::of(&table))),
            TableKind::Stakeholders => Some(Self::Stakeholders(table)),
            TableKind::Statements => Some(Self::Statements(table)),
            _ => None,
        }
    }

    /// The file's name, or what else it was read from.
    #[must_use]
    pub fn source(&self) -> &str {
        match self {
            Self::Ballots(slips) => &slips.source,
            Self::Stakeholders(table) | Self::Statements(table) => &table.source,
        }
    }

    #[must_use]
    pub fn kind(&self) -> TableKind {
        match self {
            Self::Ballots(_) => TableKind::Ballots,
            Self::Stakeholders(table) | Self::Statements(table) => table.kind,
        }
    }
}

/// What somebody has decided about an import so far; nothing is decided at first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    /// The round of ballots that do not say theirs; `None` means the round that is open, else the first.
    pub round: Option<u8>,
    /// Ballots are shares of 100 and not points of which the largest is 100.
    pub as_shares: bool,
    /// What is done about each kind of problem, where somebody has chosen.
    pub ways: BTreeMap<Matter, Way>,
    /// What is done about each name that is not known, by its kind and [`key`](super::table::key).
    pub names: BTreeMap<(NameKind, String), NameChoice>,
}

/// What is so when something is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day of the import: ballots that do not say when they came in came today.
    pub today: Date,
    /// Makes new ids differ from those of other imports.
    pub seed: u64,
}

/// What would happen to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    Adds,
    Replaces,
    /// The workspace says the same already.
    Alike,
    LeftOut,
    /// Something about it is still to be decided.
    Waits,
}

impl Fate {
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Adds => "new",
            Self::Replaces => "replaces",
            Self::Alike => "alike",
            Self::LeftOut => "left out",
            Self::Waits => "to decide",
        }
    }
}

/// What a row makes or puts in the place of what has its id.
#[derive(Clone, Debug, PartialEq)]
enum Entry {
    Ballot(Ballot),
    Person(Stakeholder),
    Statement(Statement),
}

/// One row, and what would happen to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedRow {
    pub place: Place,
    /// Whose it is, as it will stand in the workspace.
    pub who: String,
    /// What else tells it apart: the sector of a ballot or a person, the text of a statement.
    pub what: String,
    /// The round of a ballot.
    pub round: Option<u8>,
    pub fate: Fate,
    /// What there is to say of it, each in a few words.
    pub notes: Vec<(Matter, String)>,
    /// The names that somebody has still to say something about.
    pub waits_for: Vec<String>,
    entry: Option<Entry>,
}

impl ProposedRow {
    fn new(place: Place, who: impl Into<String>, what: impl Into<String>) -> Self {
        let (who, what) = (who.into(), what.into());
        Self {
            place,
            who,
            what,
            round: None,
            fate: Fate::Adds,
            notes: Vec::new(),
            waits_for: Vec::new(),
            entry: None,
        }
    }

    fn note(&mut self, matter: Matter, words: impl Into<String>) {
        self.notes.push((matter, words.into()));
    }
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub kind: TableKind,
    pub rows: Vec<ProposedRow>,
    /// Kinds of problems that occur, with what is done about each.
    pub concerns: Vec<Concern>,
    /// Names that the workspace does not know.
    pub unknown: Vec<UnknownName>,
    /// Every cell that cannot be read, and every other fault with its place.
    pub faults: Vec<TableProblem>,
    /// The round that ballots without one are taken for; `None` when every ballot says its own.
    pub round: Option<u8>,
    /// Whether the figures look like shares of 100: most ballots add to about 100.
    pub looks_like_shares: bool,
    sectors: Vec<Sector>,
    groups: Vec<NeedGroup>,
    people: Vec<Stakeholder>,
}

/// How many rows meet each fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub adds: usize,
    pub replaces: usize,
    pub alike: usize,
    pub left_out: usize,
    pub waits: usize,
}

/// What these rows would do to this workspace.
#[must_use]
pub fn propose(workspace: &Workspace, incoming: &Incoming, choices: &Choices, moment: Moment) -> Proposal {
    let mut work = Work::new(workspace, choices, moment, incoming.kind());
    match incoming {
        Incoming::Ballots(slips) => ballots::propose(&mut work, slips),
        Incoming::Stakeholders(table) => register::propose(&mut work, table),
        Incoming::Statements(table) => statements::propose(&mut work, table),
    }
    work.finished()
}

impl Proposal {
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            *match row.fate {
                Fate::Adds => &mut counts.adds,
                Fate::Replaces => &mut counts.replaces,
                Fate::Alike => &mut counts.alike,
                Fate::LeftOut => &mut counts.left_out,
                Fate::Waits => &mut counts.waits,
            } += 1;
        }
        counts
    }

    /// How many choices are still to be made.
    #[must_use]
    pub fn undecided(&self) -> usize {
        let concerns = self.concerns.iter().filter(|concern| concern.way == Way::Undecided);
        concerns.count() + self.unknown.iter().filter(|name| name.choice.is_none()).count()
    }

    /// Whether something would be imported and nothing is left to decide.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let counts = self.counts();
        self.undecided() == 0 && counts.waits == 0 && counts.adds + counts.replaces > 0
    }

    /// New people, sectors and need groups that come in with the rows.
    #[must_use]
    pub fn comes_along(&self) -> [usize; 3] {
        let people = if self.kind == TableKind::Stakeholders { 0 } else { self.people.len() };
        [people, self.sectors.len(), self.groups.len()]
    }

    /// Does it, all of it; nothing at all while something is left to decide. Answers whether it was done.
    pub fn carry_out(&self, workspace: &mut Workspace) -> bool {
        if !self.is_ready() {
            return false;
        }
        workspace.voices.sectors.extend(self.sectors.iter().cloned());
        workspace.question.need_groups.extend(self.groups.iter().cloned());
        let voices = &mut workspace.voices;
        voices.stakeholders.extend(self.people.iter().cloned());
        let taken = |row: &&ProposedRow| matches!(row.fate, Fate::Adds | Fate::Replaces);
        let entries: Vec<&Entry> =
            self.rows.iter().filter(taken).filter_map(|row| row.entry.as_ref()).collect();
        put(
            &mut voices.ballots,
            |b| b.id.as_str(),
            &entries,
            |entry| match entry {
                Entry::Ballot(ballot) => Some(ballot),
                _ => None,
            },
        );
        put(
            &mut voices.stakeholders,
            |s| s.id.as_str(),
            &entries,
            |entry| match entry {
                Entry::Person(person) => Some(person),
                _ => None,
            },
        );
        put(
            &mut voices.statements,
            |s| s.id.as_str(),
            &entries,
            |entry| match entry {
                Entry::Statement(statement) => Some(statement),
                _ => None,
            },
        );
        true
    }
}

/// Puts each in the place of what has its id, or behind the others.
fn put<T: Clone>(
    list: &mut Vec<T>,
    id: impl Fn(&T) -> &str,
    entries: &[&Entry],
    of_kind: impl Fn(&Entry) -> Option<&T>,
) {
    let places: HashMap<String, usize> =
        list.iter().enumerate().map(|(at, item)| (id(item).to_owned(), at)).collect();
    for item in entries.iter().filter_map(|entry| of_kind(entry)) {
        match places.get(id(item)) {
            Some(&at) => list[at] = item.clone(),
            None => list.push(item.clone()),
        }
    }
}

/// A proposal in the making.
struct Work<'w> {
    workspace: &'w Workspace,
    choices: &'w Choices,
    moment: Moment,
    names: names::KnownNames,
    proposal: Proposal,
    /// Who is new, by the key of their name: their place among the new people.
    new_people: HashMap<String, usize>,
    new_sectors: HashMap<String, usize>,
    new_groups: HashMap<String, usize>,
    taken_ids: std::collections::HashSet<String>,
    /// How often each name has been given an id.
    occurrences: HashMap<String, u32>,
}

impl<'w> Work<'w> {
    fn new(workspace: &'w Workspace, choices: &'w Choices, moment: Moment, kind: TableKind) -> Self {
        let voices = &workspace.voices;
        let taken_ids = voices
            .sectors
            .iter()
            .map(|s| s.id.as_str())
            .chain(voices.stakeholders.iter().map(|s| s.id.as_str()))
            .chain(voices.ballots.iter().map(|b| b.id.as_str()))
            .chain(voices.statements.iter().map(|s| s.id.as_str()))
            .chain(workspace.question.need_groups.iter().map(|g| g.id.as_str()))
            .map(str::to_owned)
            .collect();
        Self {
            workspace,
            choices,
            moment,
            names: names::KnownNames::of(workspace),
            proposal: Proposal {
                kind,
                rows: Vec::new(),
                concerns: Vec::new(),
                unknown: Vec::new(),
                faults: Vec::new(),
                round: None,
                looks_like_shares: false,
                sectors: Vec::new(),
                groups: Vec::new(),
                people: Vec::new(),
            },
            new_people: HashMap::new(),
            new_sectors: HashMap::new(),
            new_groups: HashMap::new(),
            taken_ids,
            occurrences: HashMap::new(),
        }
    }

    /// The tail of a new id of this name that no other thing has.
    fn tail(&mut self, kind: &str, name: &str) -> u32 {
        self.tail_of(kind, name, name)
    }

    /// The tail of a new id that begins with the stem, made for a thing of this name.
    fn tail_of(&mut self, kind: &str, name: &str, stem: &str) -> u32 {
        let words = format!("{}\u{0}{kind}\u{0}{name}", self.moment.seed);
        let first = self.occurrences.get(&words).copied().unwrap_or(0);
        for occurrence in first.. {
            let hashed = format!("{words}\u{0}{occurrence}");
            let [a, b, c, d, ..] = *blake3::hash(hashed.as_bytes()).as_bytes();
            let tail = u32::from_le_bytes([a, b, c, d]);
            if self.taken_ids.insert(ids::slug(stem, tail)) {
                self.occurrences.insert(words, occurrence + 1);
                return tail;
            }
        }
        // invariant: there are more tails than rows in a table.
        0
    }

    /// What is done about a kind of problem.
    fn way(&self, matter: Matter) -> Way {
        self.choices.ways.get(&matter).copied().unwrap_or_else(|| matter.usual())
    }

    /// Lets a kind of problem decide over a row: left out or waiting, or taken with what there is to say of it.
    fn rule(&self, row: &mut ProposedRow, matter: Matter, words: impl Into<String>) -> Way {
        let way = self.way(matter);
        row.note(matter, words);
        match way {
            Way::Undecided if row.fate != Fate::LeftOut => row.fate = Fate::Waits,
            Way::LeaveOut => row.fate = Fate::LeftOut,
            _ => {}
        }
        way
    }

    /// Notes that nothing can be taken of a row that cannot be read, unless somebody lets it be left out.
    fn rule_faults(&mut self, row: &mut ProposedRow, faults: Vec<TableProblem>) {
        for fault in &faults {
            let place = fault.column.as_deref().map(|column| format!("“{column}”: "));
            let found = match fault.found.as_deref() {
                None => String::new(),
                Some("") => "empty; expected ".to_owned(),
                Some(text) => format!("found “{}”; expected ", super::table::shortened(text)),
            };
            let words = format!("{}{found}{}", place.unwrap_or_default(), fault.expected);
            self.rule(row, Matter::Faulty, words);
        }
        self.proposal.faults.extend(faults);
    }

    fn finished(mut self) -> Proposal {
        let mut rows_of: BTreeMap<Matter, Vec<usize>> = BTreeMap::new();
        for (at, row) in self.proposal.rows.iter().enumerate() {
            for (matter, _) in &row.notes {
                let rows = rows_of.entry(*matter).or_default();
                if rows.last() != Some(&at) {
                    rows.push(at);
                }
            }
        }
        self.proposal.concerns = rows_of
            .into_iter()
            .map(|(matter, rows)| Concern { matter, way: self.way(matter), rows })
            .collect();
        // Nobody comes in for the sake of a row that is left out.
        self.drop_unused();
        self.proposal
    }

    fn drop_unused(&mut self) {
        let proposal = &mut self.proposal;
        let taken = proposal.rows.iter().filter(|row| matches!(row.fate, Fate::Adds | Fate::Replaces));
        let entries: Vec<&Entry> = taken.filter_map(|row| row.entry.as_ref()).collect();
        let mut people = std::collections::HashSet::new();
        let mut sectors = std::collections::HashSet::new();
        let mut groups = std::collections::HashSet::new();
        for entry in entries {
            match entry {
                Entry::Ballot(ballot) => {
                    people.extend(ballot.stakeholder.clone());
                    sectors.insert(ballot.sector.clone());
                }
                Entry::Person(person) => {
                    sectors.insert(person.sector.clone());
                    groups.extend(person.speaks_for.iter().cloned());
                }
                Entry::Statement(statement) => people.extend(statement.stakeholder.clone()),
            }
        }
        proposal.people.retain(|person| people.contains(&person.id));
        sectors.extend(proposal.people.iter().map(|person| person.sector.clone()));
        proposal.sectors.retain(|sector| sectors.contains(&sector.id));
        proposal.groups.retain(|group| groups.contains(&group.id));
    }
}
