//! A caseload comes in: one row a person, or counts by group. Rows are read, counted and forgotten; what is left are
//! counts by need group, gate, provider and referrer, and results of a regression on traits.
//!
//! [`look`] shows the head of a table, [`guess`] says what its columns may mean, [`read`] counts it. Memory does not
//! grow with the number of rows, apart from what tells whether somebody is there twice: 10 bytes a person in a
//! table at most 70 % full. [`Mapping::find_twice`] does without.

mod cells;
mod chunk;
pub mod example;
mod findings;
mod groups;
mod guess;
mod names;
mod need;
mod people;
mod reading;
mod remedies;
mod row;
mod source;
mod sum;
mod tally;

pub use findings::{Finding, Matter, Way, Weight};
pub use guess::guess;
pub use reading::read;
pub use source::{Preview, PreviewRow, Source, look};
pub use tally::Tally;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most gates, groups, providers or referrers, traits, and values of a trait that are counted.
pub const MOST_GATES: usize = 12;
pub const MOST_GROUPS: usize = 60;
pub const MOST_PLACES: usize = 2_000;
pub const MOST_TRAITS: usize = 6;
pub const MOST_VALUES: usize = 40;

/// The most different needs of people in one group that are told apart; with more, none is.
pub const MOST_NEEDS: usize = 50_000;

/// What a column of a caseload means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A pseudonym: only to find who is there twice; it is never kept.
    Who,
    NeedGroup,
    Provider,
    Referrer,
    /// The gate in this place of [`Mapping::gates`]: yes, no or a date.
    Gate(usize),
    /// A trait to adjust for, such as an age band.
    Trait,
    /// Hours or contacts: a number from 0.
    Hours,
    /// How much a person needs: a number from 0 that rises with need.
    Need,
    /// How many people the row stands for.
    Count,
    /// Whether the outcome was reached: yes, no or a date.
    Outcome,
    /// Whether something was paid for the person: yes, no or a date.
    Paid,
    /// When the person left, or was last seen.
    Date,
    #[default]
    NotRead,
}

/// What each column means, and what is done about what is doubtful.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The names of the columns, as in the table.
    pub header: Vec<String>,
    /// One a column.
    pub roles: Vec<Role>,
    /// The names of the gates, in the order in which people come to them.
    pub gates: Vec<String>,
    /// Whether dates such as 04/03/2025 are month first; British dates are day first.
    pub month_first: bool,
    /// Whether somebody who is there twice is looked for.
    pub find_twice: bool,
    /// Counts from 1 up to but not including this are hidden.
    pub hidden_under: u32,
    /// Names of groups that stand for another, as they are written, by what they are to be read as; an empty name leaves
    /// those rows out.
    pub group_names: BTreeMap<String, String>,
    /// What is done about kinds of doubtful rows; what is not named is done as [`Matter::usual`] says.
    pub ways: BTreeMap<Matter, Way>,
}

impl Mapping {
    /// A mapping in which nothing is read yet.
    #[must_use]
    pub fn of_header(header: &[String]) -> Self {
        Self {
            header: header.to_vec(),
            roles: vec![Role::NotRead; header.len()],
            find_twice: true,
            hidden_under: crate::model::reach::caseload::USUALLY_HIDDEN_UNDER,
            ..Self::default()
        }
    }

    /// The meanings that this mapping gives to the columns of another table which are called the same; `None` where a
    /// column that it reads is not there.
    #[must_use]
    pub fn for_header(&self, header: &[String]) -> Option<Self> {
        let key = crate::exchange::table::key;
        let keys: Vec<String> = header.iter().map(|name| key(name)).collect();
        let mut roles = vec![Role::NotRead; header.len()];
        for (name, role) in self.header.iter().zip(&self.roles).filter(|(_, role)| **role != Role::NotRead) {
            *roles.get_mut(keys.iter().position(|known| *known == key(name))?)? = *role;
        }
        Some(Self { header: header.to_vec(), roles, ..self.clone() })
    }

    /// Gives a column a meaning. What only one column can mean is taken from the column that had it; a gate is put behind
    /// those there are, under the column's name.
    pub fn assign(&mut self, column: usize, role: Role) {
        if column >= self.roles.len() {
            return;
        }
        if !matches!(role, Role::Trait | Role::NotRead | Role::Gate(_)) {
            for other in self.roles.iter_mut().filter(|other| **other == role) {
                *other = Role::NotRead;
            }
        }
        let was_gate = matches!(self.roles[column], Role::Gate(_));
        self.roles[column] = match role {
            Role::Gate(_) if was_gate => self.roles[column],
            Role::Gate(_) => {
                self.gates.push(guess::gate_name(&self.header[column]));
                Role::Gate(self.gates.len() - 1)
            }
            other => other,
        };
        self.drop_unused_gates();
    }

    /// Moves a gate to another place in the order.
    pub fn move_gate(&mut self, from: usize, to: usize) {
        if from >= self.gates.len() || to >= self.gates.len() {
            return;
        }
        let mut order: Vec<usize> = (0..self.gates.len()).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        self.reorder(&order);
    }

    fn drop_unused_gates(&mut self) {
        let order: Vec<usize> =
            (0..self.gates.len()).filter(|gate| self.roles.contains(&Role::Gate(*gate))).collect();
        self.reorder(&order);
    }

    /// Puts the gates in this order; those that are not in it are dropped.
    fn reorder(&mut self, order: &[usize]) {
        self.gates = order.iter().filter_map(|&gate| self.gates.get(gate).cloned()).collect();
        for role in &mut self.roles {
            if let Role::Gate(gate) = role {
                *role = order.iter().position(|old| old == gate).map_or(Role::NotRead, Role::Gate);
            }
        }
    }

    /// The columns that have a role, in order.
    pub fn columns(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        self.roles.iter().enumerate().filter(move |(_, has)| **has == role).map(|(at, _)| at)
    }

    /// Why the table cannot be counted yet, in a sentence; `None` when it can.
    #[must_use]
    pub fn missing(&self) -> Option<&'static str> {
        if self.columns(Role::NeedGroup).next().is_none() {
            Some("No column says the need group.")
        } else if self.gates.is_empty() {
            Some("No column is a gate, such as accepted or started.")
        } else if self.columns(Role::Who).nth(1).is_some() {
            Some("More than one column says who somebody is; choose one.")
        } else {
            None
        }
    }

    /// What is done about a kind of doubtful rows.
    #[must_use]
    pub fn way(&self, matter: Matter) -> Way {
        self.ways.get(&matter).copied().unwrap_or_else(|| matter.usual())
    }
}
