//! What a table of stakeholders would do to the register.

use std::collections::HashMap;

use super::{
    Entry, Fate, Matter, Place, ProposedRow, Way, Work,
    names::{Found, NameKind},
};
use crate::{
    exchange::{
        assembly::speaks_first_hand,
        entry,
        rows::PersonRow,
        table::{Table, key},
    },
    model::{
        ids::{NeedGroupId, SectorId, StakeholderId},
        question::NeedGroup,
        voices::{Heard, Sector, SectorShape, Stakeholder},
    },
};

pub(super) fn propose(work: &mut Work<'_>, table: &Table) {
    let mut first_of: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let entry = entry::Entry { table, row };
        let mut faults = Vec::new();
        let read = PersonRow::read(entry, &mut faults);
        let mut proposed = ProposedRow::new(Place::Row(row.number), read.name, read.sector);
        let sector = work.sector(&mut proposed, read.sector);
        let groups = work.groups(&mut proposed, &read.speaks_for);
        work.rule_faults(&mut proposed, faults);
        let name = key(read.name);
        if !name.is_empty()
            && let Some(&earlier) = first_of.get(&name)
        {
            work.settle_twice_at(earlier, &mut proposed);
        }
        let tables_columns = |column: &str| table.column(column).is_some();
        if let Some(sector) = sector {
            let known = work.names.place(NameKind::Person, &name);
            let known = known.map(|at| &work.workspace.voices.stakeholders[at]);
            let person = person(&read, sector, groups, known, tables_columns);
            settle(work, &mut proposed, person, known);
        }
        first_of.insert(name, work.proposal.rows.len());
        work.proposal.rows.push(proposed);
    }
}

/// What a row says of somebody; where the table has no such column, what the register says stays.
fn person(
    read: &PersonRow<'_>,
    sector: SectorId,
    speaks_for: Vec<NeedGroupId>,
    known: Option<&Stakeholder>,
    has: impl Fn(&str) -> bool,
) -> Stakeholder {
    let mut person = known
        .cloned()
        .unwrap_or_else(|| Stakeholder::named(StakeholderId::from(""), read.name, sector.clone()));
    person.sector = sector;
    let text = |text: &str, column: &str, field: &mut String| {
        if has(column) {
            text.clone_into(field);
        }
    };
    text(read.role, "role", &mut person.role);
    text(read.through, "through", &mut person.through);
    if has("speaks_for") {
        person.speaks_for = speaks_for;
    }
    if has("heard") {
        person.heard = read.heard.unwrap_or_default();
    }
    if has("local_means") {
        person.local_means = read.local_means;
    }
    if has("layers_from_delivery") {
        person.layers_from_delivery = read.layers_from_delivery;
    }
    if has("influence") {
        person.influence = read.influence;
    }
    if has("interest") {
        person.interest = read.interest;
    }
    if has("marginal") {
        person.marginal = read.marginal.unwrap_or(false);
    }
    person
}

fn settle(work: &mut Work<'_>, row: &mut ProposedRow, mut person: Stakeholder, known: Option<&Stakeholder>) {
    match known {
        Some(known) if *known == person => {
            if row.fate == Fate::Adds {
                row.fate = Fate::Alike;
            }
        }
        Some(_) => {
            let taken = row.fate == Fate::Adds;
            let way = work.rule(row, Matter::AlreadyThere, "is in the register with other details");
            if taken {
                row.fate = if way == Way::KeepOld { Fate::LeftOut } else { Fate::Replaces };
            }
        }
        // An id outlives the name, which may have to be forgotten.
        None => {
            person.id = StakeholderId::named("person", work.tail_of("stakeholder", &person.name, "person"));
        }
    }
    row.entry = Some(Entry::Person(person));
}

impl Work<'_> {
    /// The sector that a row names; a new one is added with the next shape.
    pub(super) fn sector(&mut self, row: &mut ProposedRow, name: &str) -> Option<SectorId> {
        if name.is_empty() {
            return None;
        }
        match self.find(NameKind::Sector, name) {
            Found::Known(at) => Some(self.workspace.voices.sectors[at].id.clone()),
            Found::New(name_key) => Some(self.new_sector(name_key, name)),
            Found::LeftOut => {
                row.fate = Fate::LeftOut;
                None
            }
            Found::Undecided => {
                row.wait_for(NameKind::Sector, name);
                None
            }
        }
    }

    fn new_sector(&mut self, name_key: String, name: &str) -> SectorId {
        if let Some(&at) = self.new_sectors.get(&name_key) {
            return self.proposal.sectors[at].id.clone();
        }
        let id = SectorId::named(name, self.tail("sector", name));
        let place = self.workspace.voices.sectors.len() + self.proposal.sectors.len();
        self.new_sectors.insert(name_key, self.proposal.sectors.len());
        self.proposal.sectors.push(Sector {
            id: id.clone(),
            name: name.to_owned(),
            short: String::new(),
            shape: SectorShape::ALL[place % SectorShape::ALL.len()],
            first_hand: speaks_first_hand(name),
        });
        id
    }

    fn groups(&mut self, row: &mut ProposedRow, names: &[&str]) -> Vec<NeedGroupId> {
        let mut groups = Vec::new();
        for name in names {
            match self.find(NameKind::NeedGroup, name) {
                Found::Known(at) => groups.push(self.workspace.question.need_groups[at].id.clone()),
                Found::New(name_key) => groups.push(self.new_group(name_key, name)),
                // Only what is not known stays outside; the person is taken.
                Found::LeftOut => {}
                Found::Undecided => row.wait_for(NameKind::NeedGroup, name),
            }
        }
        groups
    }

    fn new_group(&mut self, name_key: String, name: &str) -> NeedGroupId {
        if let Some(&at) = self.new_groups.get(&name_key) {
            return self.proposal.groups[at].id.clone();
        }
        let id = NeedGroupId::named(name, self.tail("need group", name));
        self.new_groups.insert(name_key, self.proposal.groups.len());
        self.proposal.groups.push(NeedGroup::named(id.clone(), name));
        id
    }

    /// Somebody whom the register does not know: heard directly, for what came in is in their own words.
    pub(super) fn new_person(
        &mut self,
        name_key: String,
        name: &str,
        sector: &SectorId,
        marginal: Option<bool>,
    ) -> StakeholderId {
        if let Some(&at) = self.new_people.get(&name_key) {
            return self.proposal.people[at].id.clone();
        }
        let id = StakeholderId::named("person", self.tail_of("stakeholder", name, "person"));
        self.new_people.insert(name_key, self.proposal.people.len());
        self.proposal.people.push(Stakeholder {
            heard: Heard::Direct,
            marginal: marginal.unwrap_or(false),
            ..Stakeholder::named(id.clone(), name, sector.clone())
        });
        id
    }
}

impl ProposedRow {
    /// Lets it wait for a choice about a name, unless it is left out anyway.
    pub(super) fn wait_for(&mut self, kind: NameKind, name: &str) {
        let words = format!("“{name}” {}", kind.unknown_words());
        if !self.waits_for.contains(&words) {
            self.waits_for.push(words);
        }
        if self.fate != Fate::LeftOut {
            self.fate = Fate::Waits;
        }
    }
}
