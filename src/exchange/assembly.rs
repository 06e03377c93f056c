//! From tables to a workspace. Things are known by their names; every id comes from a hash of what the thing is, its name
//! and how often that has come before, so that the same tables always give the same ids.

use std::collections::{HashMap, HashSet};

use super::{
    design,
    entry::Entry,
    kind::TableKind,
    paying, people, scores, settings, soundness,
    table::{MOST_PROBLEMS, Row, Table, TableProblem, key, listed, with_word_of_more},
};
use crate::model::{
    Workspace, ids,
    ids::{FactorId, NeedGroupId, OptionId, SectorId, StakeholderId},
    question::{NeedGroup, ServiceOption, badge},
    voices::{Sector, SectorShape},
};

/// Makes a workspace from tables, one of a kind at most.
///
/// Options come from the scores; need groups and stakeholders from their own tables. Where such a table is not given,
/// they are made from the names that occur in the others. Sectors are always made from the names that occur, with
/// shapes in order; a sector whose name speaks of service users, of users or of lived experience counts as first-hand.
/// Weights come from the ballots when there are some and no factor has a swing, unless the settings say otherwise.
///
/// # Errors
/// Every problem in every table, table by table and row by row; nothing is made until there is none.
pub fn workspace_from(tables: &[Table]) -> Result<Workspace, Vec<TableProblem>> {
    workspace_beside(tables, &[])
}

/// The same beside tables of other kinds that were given and could not be read: what they might have named is not asked
/// for again.
pub(super) fn workspace_beside(
    tables: &[Table],
    unread: &[TableKind],
) -> Result<Workspace, Vec<TableProblem>> {
    let mut assembly = Assembly::new(tables, unread);
    type Reading = fn(&mut Assembly, &Table);
    let readings: [(TableKind, Reading); 10] = [
        (TableKind::Scores, scores::read),
        (TableKind::Groups, paying::read_groups),
        (TableKind::Terms, paying::read_terms),
        (TableKind::Payments, paying::read_payments),
        (TableKind::Uptake, paying::read_uptake),
        (TableKind::Design, design::read),
        (TableKind::Stakeholders, people::read_stakeholders),
        (TableKind::Ballots, people::read_ballots),
        (TableKind::Statements, people::read_statements),
        // Last, for what it says of weights stands above what the other tables suggest.
        (TableKind::Settings, settings::read),
    ];
    assembly.name_sectors(tables);
    for (kind, read) in readings {
        if let Some(table) = tables.iter().find(|table| table.kind == kind && table.says_something()) {
            read(&mut assembly, table);
        }
    }
    if assembly.problems.is_empty() {
        assembly.problems = soundness::problems(&assembly, tables);
    }
    if assembly.problems.is_empty() {
        return Ok(assembly.workspace);
    }
    let place = |problem: &TableProblem| {
        let table = tables.iter().position(|table| table.source == problem.file);
        let column = problem.column.as_deref().map(key);
        let column = column.and_then(|column| tables[table?].column(&column));
        (table, problem.row, column)
    };
    assembly.problems.sort_by_key(place);
    Err(with_word_of_more(assembly.problems))
}

/// A workspace in the making.
pub(super) struct Assembly {
    pub workspace: Workspace,
    pub problems: Vec<TableProblem>,
    given: HashSet<TableKind>,
    /// Given, and not to be read: nobody knows what is named there.
    unread: HashSet<TableKind>,
    /// The table's name and the row that each id was made from.
    pub origins: HashMap<String, (String, usize)>,
    /// The row being read.
    here: Option<(String, usize)>,
    taken_ids: HashSet<String>,
    options: HashMap<String, OptionId>,
    pub factors: HashMap<String, FactorId>,
    groups: HashMap<String, NeedGroupId>,
    sectors: HashMap<String, SectorId>,
    pub stakeholders: HashMap<String, StakeholderId>,
}

impl Assembly {
    fn new(tables: &[Table], unread: &[TableKind]) -> Self {
        let silent = tables.iter().filter(|table| !table.says_something()).map(|table| table.kind);
        Self {
            workspace: Workspace::default(),
            problems: tables.iter().flat_map(|table| table.problems.clone()).collect(),
            given: tables.iter().map(|table| table.kind).chain(unread.iter().copied()).collect(),
            unread: silent.chain(unread.iter().copied()).collect(),
            origins: HashMap::new(),
            here: None,
            taken_ids: HashSet::new(),
            options: HashMap::new(),
            factors: HashMap::new(),
            groups: HashMap::new(),
            sectors: HashMap::new(),
            stakeholders: HashMap::new(),
        }
    }

    /// Whether a table of this kind was given.
    pub fn is_given(&self, kind: TableKind) -> bool {
        self.given.contains(&kind)
    }

    /// Whether a table of this kind was given that could not be read, so that what it names is not known.
    pub fn is_unread(&self, kind: TableKind) -> bool {
        self.unread.contains(&kind)
    }

    /// Goes on to this row: what is made from here on comes from it.
    pub fn row<'t>(&mut self, table: &'t Table, row: &'t Row) -> Entry<'t> {
        self.here = Some((table.source.clone(), row.number));
        Entry { table, row }
    }

    /// The value, if it could be read; a problem is put on the list.
    pub fn take<T>(&mut self, read: Result<T, TableProblem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The value of a cell that may be empty; a problem is put on the list.
    pub fn held<T>(&mut self, read: Result<Option<T>, TableProblem>) -> Option<T> {
        self.take(read).flatten()
    }

    /// The tail of a new id: a hash of kind, name and occurrence, the first that makes an id not yet taken.
    pub fn tail(&mut self, kind: &str, name: &str) -> u32 {
        self.tail_of(kind, name, name)
    }

    /// The same for an id that begins with the stem, made for a thing of this name: an id outlives the name of a person,
    /// which may have to be forgotten.
    pub fn tail_of(&mut self, kind: &str, name: &str, stem: &str) -> u32 {
        for occurrence in 0_u32.. {
            let hash = blake3::hash(format!("{kind}\u{0}{name}\u{0}{occurrence}").as_bytes());
            let [a, b, c, d, ..] = *hash.as_bytes();
            let tail = u32::from_le_bytes([a, b, c, d]);
            let id = ids::slug(stem, tail);
            if self.taken_ids.insert(id.clone()) {
                self.origins.extend(self.here.clone().map(|here| (id, here)));
                return tail;
            }
        }
        // invariant: there are more tails than rows in a table.
        0
    }

    /// Puts a new option behind the others; `false` when there is one of this name.
    pub fn add_option(&mut self, name: &str) -> bool {
        if self.options.contains_key(&key(name)) {
            return false;
        }
        let id = OptionId::named(name, self.tail("option", name));
        self.options.insert(key(name), id.clone());
        let options = &mut self.workspace.question.options;
        options.push(ServiceOption {
            id,
            badge: badge(options.len()),
            name: name.to_owned(),
            short: String::new(),
            summary: String::new(),
            decided: None,
            designed: None,
            delivered: None,
        });
        true
    }

    /// The option named in a cell. Without a table of scores it is made; with one it must be there.
    pub fn option(&mut self, entry: Entry<'_>) -> Option<OptionId> {
        let name = self.take(entry.needed("option", "the name of an option"))?;
        if !self.is_given(TableKind::Scores) {
            self.add_option(name);
        }
        let found = self.options.get(&key(name)).cloned();
        if found.is_none() && !self.is_unread(TableKind::Scores) {
            let names = self.workspace.question.options.iter().map(|o| o.name.as_str());
            let expected = format!("an option of the scores: {}", listed(names));
            self.problems.push(entry.problem("option", expected));
        }
        found
    }

    /// The option in this column of the scores.
    pub fn option_named(&self, name: &str) -> Option<&OptionId> {
        self.options.get(&key(name))
    }

    /// Puts a new need group behind the others; `None` when there is one of this name.
    pub fn add_group(&mut self, name: &str) -> Option<&mut NeedGroup> {
        if self.groups.contains_key(&key(name)) {
            return None;
        }
        let id = NeedGroupId::named(name, self.tail("need group", name));
        self.groups.insert(key(name), id.clone());
        let groups = &mut self.workspace.question.need_groups;
        groups.push(NeedGroup::named(id, name));
        groups.last_mut()
    }

    /// The need group of this name in a cell. Without a table of groups it is made; with one it must be there.
    pub fn group(&mut self, entry: Entry<'_>, column: &str, name: &str) -> Option<NeedGroupId> {
        if !self.is_given(TableKind::Groups) {
            self.add_group(name);
        }
        let found = self.groups.get(&key(name)).cloned();
        if found.is_none() && !self.is_unread(TableKind::Groups) {
            let names = self.workspace.question.need_groups.iter().map(|g| g.name.as_str());
            let expected = format!("need groups of the table of groups: {}", listed(names));
            self.problems.push(entry.problem(column, expected));
        }
        found
    }

    /// Makes the sectors from the names that occur, those of the ballots first: every table that is written back has
    /// them in this order again.
    fn name_sectors(&mut self, tables: &[Table]) {
        for kind in [TableKind::Ballots, TableKind::Stakeholders] {
            for table in tables.iter().filter(|table| table.kind == kind) {
                for row in &table.rows {
                    let name = Entry { table, row }.text("sector");
                    if !name.is_empty() && !self.sectors.contains_key(&key(name)) {
                        self.add_sector(name);
                    }
                }
            }
        }
    }

    fn add_sector(&mut self, name: &str) {
        let id = SectorId::named(name, self.tail("sector", name));
        self.sectors.insert(key(name), id.clone());
        let sectors = &mut self.workspace.voices.sectors;
        sectors.push(Sector {
            id,
            name: name.to_owned(),
            short: String::new(),
            shape: SectorShape::ALL[sectors.len() % SectorShape::ALL.len()],
            first_hand: speaks_first_hand(name),
        });
    }

    /// Whether so much is wrong that no more is listed before that is mended.
    pub fn has_enough_problems(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }

    /// The sector of a row.
    pub fn sector(&mut self, entry: Entry<'_>) -> Option<SectorId> {
        let name = self.take(entry.needed("sector", "the name of a sector"))?;
        self.sector_named(name)
    }

    /// The sector of this name.
    pub fn sector_named(&self, name: &str) -> Option<SectorId> {
        self.sectors.get(&key(name)).cloned()
    }
}

/// Whether a sector's name says that its people use the service themselves.
pub(super) fn speaks_first_hand(name: &str) -> bool {
    let name = key(name);
    name.contains("lived experience")
        || name.contains("by experience")
        || name.contains("who use")
        || name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "users" || word == "user")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_of_people_who_use_the_service_speak_first_hand() {
        for name in ["Service users", "USERS", "People with lived experience", "Experts by experience"] {
            assert!(speaks_first_hand(name), "{name}");
        }
        for name in ["Public", "Voluntary and community", "Private", "Victims"] {
            assert!(!speaks_first_hand(name), "{name}");
        }
    }

    #[test]
    fn an_id_is_never_given_twice() {
        let mut assembly = Assembly::new(&[], &[]);
        let (first, second) = (assembly.tail("statement", "Same"), assembly.tail("statement", "Same"));
        assert_ne!(ids::slug("Same", first), ids::slug("Same", second));
        assert_eq!(Assembly::new(&[], &[]).tail("statement", "Same"), first);
    }
}
