//! The rows of one piece of the table, counted: pieces are counted side by side, and added up in the order of the table.

use std::collections::HashMap;

use super::{
    cells::{self, Rows},
    findings::{MOST_NAMED, Matter},
    names::Names,
    people::{Again, Met},
    row::{Plan, Row},
};
use crate::model::reach::caseload::WEEKS_EACH_WAY;

/// The most spellings of groups.
pub(super) const MOST_SPELLINGS: usize = 128;

/// The most patterns of groups and traits; with more, nothing is adjusted for.
pub(super) const MOST_PATTERNS: usize = 200_000;

/// A kind of problem in a column, with its rows.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub matter: Matter,
    pub column: Option<usize>,
    pub count: u64,
    pub rows: Vec<u64>,
    pub found: Option<String>,
}

/// How the days of a column are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// The first row with a day that is one only as the mapping reads it.
    pub one_way: Option<u64>,
    /// The rows with days that are days only the other way round.
    pub swapped: u64,
    pub swapped_rows: Vec<u64>,
}

/// Counts by group, and by place and group: so many who came exactly so far, then outcome, payment and thousandths of hours.
#[derive(Debug)]
pub(super) struct Counters {
    pub stride: usize,
    pub cells: Vec<u64>,
}

impl Counters {
    fn new(gates: usize) -> Self {
        Self { stride: gates + 4, cells: Vec::new() }
    }

    #[inline]
    fn add(&mut self, at: usize, row: &Row, people: u64) {
        let from = at * self.stride;
        if self.cells.len() < from + self.stride {
            self.cells.resize(from + self.stride, 0);
        }
        let cell = &mut self.cells[from..from + self.stride];
        let gates = cell.len() - 4;
        let once = |yes: bool| if yes { people } else { 0 };
        cell[row.stage] = cell[row.stage].wrapping_add(people);
        cell[gates + 1] = cell[gates + 1].wrapping_add(once(row.outcome));
        cell[gates + 2] = cell[gates + 2].wrapping_add(once(row.paid));
        cell[gates + 3] = cell[gates + 3].wrapping_add(hours_of(row, people));
    }
}

/// One piece, counted.
#[derive(Debug)]
pub(super) struct Part {
    /// Lines, blank ones too, and rows that hold something.
    pub lines: u64,
    pub rows: u64,
    pub groups: Names,
    pub providers: Names,
    pub referrers: Names,
    pub traits: Vec<Names>,
    pub by_group: Counters,
    /// By place and then by group, [`MOST_SPELLINGS`] groups a place.
    pub by_provider: Counters,
    pub by_referrer: Counters,
    /// By group, traits and how far they came, a byte each.
    pub alike: HashMap<u64, u64>,
    pub too_many_patterns: bool,
    /// By group and need: people, those who passed the last gate, and thousandths of hours.
    pub needs: HashMap<(u8, u64), [u64; 3]>,
    pub too_many_needs: bool,
    pub weeks: [u64; 2 * WEEKS_EACH_WAY],
    pub met: Vec<Met>,
    /// The first row of each group, by number.
    pub first_rows: Vec<u64>,
    pub troubles: Vec<Trouble>,
    /// By column.
    pub written: Vec<Written>,
    has_providers: bool,
    has_referrers: bool,
}

impl Part {
    /// Counts the rows of a piece.
    pub fn of(plan: &Plan, chunk: &[u8]) -> Self {
        let mut part = Self::empty(plan);
        if let Err(error) = std::str::from_utf8(chunk) {
            let before = chunk[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() as u64;
            part.fault::<()>(Matter::Encoding, None, before, None);
            part.lines = chunk.iter().filter(|byte| **byte == b'\n').count() as u64;
            return part;
        }
        for bytes in Rows::of(chunk, plan.delimiter) {
            let number = part.lines;
            part.lines += 1;
            if cells::is_blank(bytes) {
                part.doubt(Matter::BlankRows, number);
                continue;
            }
            part.rows += 1;
            let Some(row) = Row::read(plan, bytes, number, &mut part) else { continue };
            if let Some(who) = row.who {
                let says = super::names::hash(bytes) as u16;
                part.met.push(Met { who, row: number as u32, says });
            }
            part.count(&row, number, row.people);
        }
        part
    }

    fn empty(plan: &Plan) -> Self {
        let gates = plan.gates.len();
        let has = |role| plan.columns.contains(&role);
        Self {
            lines: 0,
            rows: 0,
            groups: Names::default(),
            providers: Names::default(),
            referrers: Names::default(),
            traits: (0..plan.traits).map(|_| Names::default()).collect(),
            by_group: Counters::new(gates),
            by_provider: Counters::new(gates),
            by_referrer: Counters::new(gates),
            alike: HashMap::new(),
            too_many_patterns: false,
            needs: HashMap::new(),
            too_many_needs: false,
            weeks: [0; 2 * WEEKS_EACH_WAY],
            met: Vec::new(),
            first_rows: Vec::new(),
            troubles: Vec::new(),
            written: vec![Written::default(); plan.columns.len()],
            has_providers: has(super::Role::Provider),
            has_referrers: has(super::Role::Referrer),
        }
    }

    #[inline]
    fn count(&mut self, row: &Row, number: u64, people: u64) {
        if row.group >= MOST_SPELLINGS {
            self.fault::<()>(Matter::FreeText, None, number, None);
            return;
        }
        if row.group == self.first_rows.len() {
            self.first_rows.push(number);
        }
        self.by_group.add(row.group, row, people);
        if self.has_providers {
            self.by_provider.add(row.provider * MOST_SPELLINGS + row.group, row, people);
        }
        if self.has_referrers {
            self.by_referrer.add(row.referrer * MOST_SPELLINGS + row.group, row, people);
        }
        if !self.traits.is_empty() && !self.too_many_patterns {
            let key = pattern(row);
            let count = self.alike.entry(key).or_insert(0);
            *count = count.wrapping_add(people);
            self.too_many_patterns = self.alike.len() > MOST_PATTERNS;
        }
        if let Some(need) = row.need.filter(|_| !self.too_many_needs) {
            let gates = self.by_group.stride - 4;
            let passed = if row.stage == gates { people } else { 0 };
            let sums = self.needs.entry((row.group as u8, need)).or_insert([0; 3]);
            for (sum, here) in sums.iter_mut().zip([people, passed, hours_of(row, people)]) {
                *sum = sum.wrapping_add(here);
            }
            self.too_many_needs = self.needs.len() > super::MOST_NEEDS;
        }
        let week = row.week.map(|week| week + WEEKS_EACH_WAY as i32);
        if let Some(count) = week.and_then(|week| self.weeks.get_mut(usize::try_from(week).ok()?)) {
            *count = count.wrapping_add(people);
        }
    }

    /// Takes back rows of people who were met before.
    pub fn take_back(&mut self, plan: &Plan, chunk: &[u8], again: &[Again]) {
        let mut again = again.iter().map(|again| again.row).peekable();
        // What is wrong with these rows has been noted.
        let mut noted = Self::empty(plan);
        std::mem::swap(&mut noted.troubles, &mut self.troubles);
        for (number, bytes) in Rows::of(chunk, plan.delimiter).enumerate() {
            let Some(next) = again.peek() else { break };
            if *next as usize != number {
                continue;
            }
            again.next();
            if let Some(row) = Row::read(plan, bytes, number as u64, self) {
                self.count(&row, number as u64, row.people.wrapping_neg());
            }
        }
        self.troubles = noted.troubles;
    }

    /// Notes a row that cannot be counted; always `None`.
    pub fn fault<T>(
        &mut self,
        matter: Matter,
        column: Option<usize>,
        row: u64,
        found: Option<&[u8]>,
    ) -> Option<T> {
        self.note(matter, column, row, found);
        None
    }

    /// Notes something doubtful.
    pub fn doubt(&mut self, matter: Matter, row: u64) {
        self.note(matter, None, row, None);
    }

    fn note(&mut self, matter: Matter, column: Option<usize>, row: u64, found: Option<&[u8]>) {
        let place = self.troubles.iter().position(|t| t.matter == matter && t.column == column);
        let place = place.unwrap_or_else(|| {
            let found = found.map(|text| String::from_utf8_lossy(text).into_owned());
            self.troubles.push(Trouble { matter, column, count: 0, rows: Vec::new(), found });
            self.troubles.len() - 1
        });
        let trouble = &mut self.troubles[place];
        trouble.count += 1;
        if trouble.rows.len() < MOST_NAMED && trouble.rows.last() != Some(&row) {
            trouble.rows.push(row);
        }
    }

    /// Notes how a day is written.
    #[inline]
    pub fn written(&mut self, column: usize, cell: &[u8], row: u64) {
        let written = &mut self.written[column];
        if written.one_way.is_none() && cells::is_one_way(cell) {
            written.one_way = Some(row);
        }
    }

    /// Notes a day that is one only the other way round.
    pub fn swapped(&mut self, column: usize, row: u64) {
        let written = &mut self.written[column];
        written.swapped += 1;
        if written.swapped_rows.len() < MOST_NAMED {
            written.swapped_rows.push(row);
        }
    }
}

/// The hours of a row; one that is taken back takes them with it.
fn hours_of(row: &Row, people: u64) -> u64 {
    if people > i64::MAX as u64 { row.hours.wrapping_neg() } else { row.hours }
}

/// Group, traits and how far somebody came, a byte each.
fn pattern(row: &Row) -> u64 {
    let traits = row.traits.iter().fold(0_u64, |key, value| key << 8 | u64::from(*value));
    traits << 16 | (row.group as u64) << 8 | row.stage as u64
}
