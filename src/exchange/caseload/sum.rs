//! Pieces added up, and what the whole of them comes to.

use std::collections::BTreeMap;

use super::{
    MOST_GROUPS, MOST_PLACES, MOST_TRAITS, MOST_VALUES, Mapping, Role, Weight,
    chunk::{Counters, MOST_SPELLINGS, Part, Trouble, Written},
    findings::{Finding, MOST_NAMED, Matter},
    groups::{Groups, settle},
    names::Names,
    need::Needs,
    people::Again,
    reading::column_name,
    tally::Tally,
};
use crate::{
    analysis::reach::caseload::adjust::{self, Alike, adjust},
    exchange::table::key,
    model::{
        Workspace,
        reach::caseload::{Counted, CountedGroup, CountedPlace, Counts, WEEKS_EACH_WAY},
        wording::{count, thousands},
    },
};

/// Spellings of a column with one counter row each, or one for each group.
#[derive(Debug, Default)]
struct Places {
    names: Names,
    /// By place and group.
    cells: Vec<Vec<u64>>,
}

/// All pieces so far.
pub(super) struct Sum {
    lines: u64,
    rows: u64,
    stride: usize,
    groups: Names,
    first_rows: Vec<u64>,
    by_group: Vec<u64>,
    providers: Places,
    referrers: Places,
    traits: Vec<Names>,
    alike: BTreeMap<(usize, [u8; MOST_TRAITS], usize), u64>,
    too_many_patterns: bool,
    needs: Needs,
    weeks: [u64; 2 * WEEKS_EACH_WAY],
    has_weeks: bool,
    troubles: Vec<Trouble>,
    written: Vec<Written>,
    refused: Vec<Finding>,
}

impl Sum {
    /// Nothing yet; `lines` stand above the first row.
    pub fn of(mapping: &Mapping, lines: u64) -> Self {
        let has = |role| mapping.roles.contains(&role);
        Self {
            lines,
            rows: 0,
            stride: mapping.gates.len() + 4,
            groups: Names::default(),
            first_rows: Vec::new(),
            by_group: Vec::new(),
            providers: Places::default(),
            referrers: Places::default(),
            traits: mapping.columns(Role::Trait).map(|_| Names::default()).collect(),
            alike: BTreeMap::new(),
            too_many_patterns: false,
            needs: Needs::default(),
            weeks: [0; 2 * WEEKS_EACH_WAY],
            has_weeks: has(Role::Date) && has(Role::Paid),
            troubles: Vec::new(),
            written: vec![Written::default(); mapping.roles.len()],
            refused: Vec::new(),
        }
    }

    /// Notes what keeps the table from being read further.
    pub fn refuse(&mut self, mut finding: Finding) {
        if finding.matter == Matter::Quotes {
            finding.rows = vec![self.lines + 1];
            finding.count = 1;
        }
        self.refused.push(finding);
    }

    /// Adds the next piece, with the rows of it whose people were met before.
    pub fn add(&mut self, part: Part, again: &[Again]) {
        let above = self.lines + 1;
        for trouble in part.troubles {
            self.trouble(trouble, above);
        }
        for again in again {
            let matter = if again.differs { Matter::TwiceDiffers } else { Matter::Twice };
            let rows = vec![u64::from(again.row)];
            self.trouble(Trouble { matter, column: None, count: 1, rows, found: None }, above);
        }
        for (all, here) in self.written.iter_mut().zip(part.written) {
            all.one_way = all.one_way.or(here.one_way.map(|row| row + above));
            all.swapped += here.swapped;
            let room = MOST_NAMED - all.swapped_rows.len();
            all.swapped_rows.extend(here.swapped_rows.iter().take(room).map(|row| row + above));
        }
        self.lines += part.lines;
        self.rows += part.rows;
        for (all, here) in self.weeks.iter_mut().zip(part.weeks) {
            *all = all.wrapping_add(here);
        }
        let groups = self.numbers_of_groups(&part.groups, &part.first_rows, above);
        for (from, to) in groups.iter().enumerate() {
            let cells = row_of(&part.by_group, from);
            add_cells(&mut self.by_group, to * self.stride, cells);
        }
        let stride = self.stride;
        self.providers.add(&part.providers, &part.by_provider, &groups, stride);
        self.referrers.add(&part.referrers, &part.by_referrer, &groups, stride);
        self.too_many_patterns |= part.too_many_patterns;
        self.needs.add((&part.needs, part.too_many_needs), &groups);
        let values: Vec<Vec<u8>> = self
            .traits
            .iter_mut()
            .zip(&part.traits)
            .map(|(all, here)| here.texts().map(|text| small(all.number(text))).collect())
            .collect();
        for (pattern, people) in part.alike {
            let group = groups.get((pattern >> 8 & 0xff) as usize).copied().unwrap_or(0);
            let bytes = (pattern >> 16).to_be_bytes();
            let mut traits = [0; MOST_TRAITS];
            for (at, trait_) in traits.iter_mut().enumerate() {
                let local = usize::from(bytes[2 + at]);
                *trait_ = values.get(at).and_then(|v| v.get(local)).copied().unwrap_or(0);
            }
            let counter = self.alike.entry((group, traits, (pattern & 0xff) as usize)).or_insert(0);
            *counter = counter.wrapping_add(people);
        }
    }

    fn numbers_of_groups(&mut self, names: &Names, first_rows: &[u64], above: u64) -> Vec<usize> {
        let first = |at: usize| first_rows.get(at).map_or(above, |row| row + above);
        let mut numbers = Vec::new();
        for (at, text) in names.texts().enumerate().take(MOST_SPELLINGS) {
            let number = self.groups.number(text).unwrap_or(0);
            if number == self.first_rows.len() {
                self.first_rows.push(first(at));
            }
            numbers.push(number);
        }
        numbers
    }

    fn trouble(&mut self, here: Trouble, above: u64) {
        let same = |t: &&mut Trouble| t.matter == here.matter && t.column == here.column;
        let rows = here.rows.iter().map(|row| row + above);
        match self.troubles.iter_mut().find(same) {
            Some(all) => {
                all.count += here.count;
                let room = MOST_NAMED - all.rows.len();
                all.rows.extend(rows.take(room));
            }
            None => {
                let rows = rows.collect();
                self.troubles.push(Trouble { rows, ..here });
            }
        }
    }

    /// What it all comes to.
    ///
    /// # Errors
    /// Everything that refuses, and what is doubtful behind it.
    pub fn finish(
        mut self,
        source: String,
        mapping: &Mapping,
        workspace: &Workspace,
    ) -> Result<Tally, Vec<Finding>> {
        let mut findings = std::mem::take(&mut self.refused);
        findings.extend(self.troubles.iter().map(|trouble| self.told(trouble, mapping)));
        findings.extend(self.dates(mapping));
        let raw: Vec<(String, u64, u64)> = self
            .groups
            .texts()
            .enumerate()
            .map(|(at, text)| {
                let people = people_in(&self.by_group, at, self.stride);
                (String::from_utf8_lossy(text).into_owned(), people, self.first_rows[at])
            })
            .collect();
        let groups = settle(&raw, mapping, workspace);
        findings.extend(groups.findings.iter().cloned());
        let providers = self.places(&self.providers, &groups, mapping, Role::Provider, &mut findings);
        let referrers = self.places(&self.referrers, &groups, mapping, Role::Referrer, &mut findings);
        self.limits(&groups, mapping, &mut findings);
        let gates = mapping.gates.len();
        let counted_groups: Vec<CountedGroup> = groups
            .names
            .iter()
            .enumerate()
            .map(|(to, (name, need_group))| CountedGroup {
                name: name.clone(),
                need_group: need_group.clone(),
                counts: self.counts(&self.by_group, 0, to, &groups, mapping),
            })
            .collect();
        let people = counted_groups.iter().map(|group| group.counts.people).sum();
        if people == 0 && findings.iter().all(|f| f.matter.weight() != Weight::Refuses) {
            findings.push(Finding::of_table(Matter::File, "There is no row below the names of the columns."));
        }
        findings.sort_by_key(|f| (f.matter.weight(), f.matter, f.rows.first().copied()));
        if findings.iter().any(|finding| finding.matter.weight() == Weight::Refuses) {
            return Err(findings);
        }
        let adjusted = self.adjusted(&groups, mapping);
        let [has_need, has_hours] = [Role::Need, Role::Hours].map(|role| mapping.roles.contains(&role));
        debug_assert!(counted_groups.iter().all(|group| group.counts.passed.len() == gates));
        let counted = Counted {
            source,
            counted_on: None,
            hidden_under: mapping.hidden_under,
            gates: mapping.gates.clone(),
            groups: counted_groups,
            providers,
            referrers,
            exits_by_week: if self.has_weeks { self.weeks.to_vec() } else { Vec::new() },
            adjusted,
            by_need: has_need.then(|| self.needs.spread(&groups.of_raw, has_hours)),
        };
        let found = self.found(&counted, mapping, people);
        Ok(Tally { counted, rows: self.rows, people, found, findings })
    }

    /// The counts of all spellings that are one group, in cells that begin at a place.
    fn counts(&self, cells: &[u64], from: usize, to: usize, groups: &Groups, mapping: &Mapping) -> Counts {
        let gates = mapping.gates.len();
        let mut sum = vec![0_u64; self.stride];
        for (raw, settled) in groups.of_raw.iter().enumerate() {
            if *settled == Some(to) {
                let at = (from + raw) * self.stride;
                for (all, here) in sum.iter_mut().zip(cells.get(at..).unwrap_or(&[])) {
                    *all = all.wrapping_add(*here);
                }
            }
        }
        let has = |role| mapping.roles.contains(&role);
        let passed = (0..gates).map(|gate| sum[gate + 1..=gates].iter().sum()).collect();
        Counts {
            people: sum[..=gates].iter().sum(),
            passed,
            hours: has(Role::Hours).then(|| sum[gates + 3] as f64 / 1_000.0),
            outcome: has(Role::Outcome).then_some(sum[gates + 1]),
            paid: has(Role::Paid).then_some(sum[gates + 2]),
        }
    }

    fn places(
        &self,
        places: &Places,
        groups: &Groups,
        mapping: &Mapping,
        role: Role,
        findings: &mut Vec<Finding>,
    ) -> Vec<CountedPlace> {
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        let mut found: Vec<CountedPlace> = Vec::new();
        for (at, text) in places.names.texts().enumerate() {
            let name = match String::from_utf8_lossy(text).trim() {
                "" => "Not stated".to_owned(),
                name => name.to_owned(),
            };
            let cells = places.cells.get(at).map_or(&[][..], Vec::as_slice);
            let counts: Vec<Counts> =
                (0..groups.names.len()).map(|to| self.counts(cells, 0, to, groups, mapping)).collect();
            match by_key.get(&key(&name)) {
                Some(&same) => {
                    for (all, here) in found[same].groups.iter_mut().zip(counts) {
                        add_counts(all, &here);
                    }
                }
                None => {
                    by_key.insert(key(&name), found.len());
                    found.push(CountedPlace { name, groups: counts });
                }
            }
        }
        if found.len() > MOST_PLACES {
            findings.push(too_many(mapping, role, MOST_PLACES));
        }
        found.retain(|place| place.groups.iter().any(|counts| counts.people > 0));
        found
    }

    /// Whether there are more groups and values than are counted.
    fn limits(&self, groups: &Groups, mapping: &Mapping, findings: &mut Vec<Finding>) {
        if groups.names.len() > MOST_GROUPS {
            findings.push(too_many(mapping, Role::NeedGroup, MOST_GROUPS));
        }
        for (column, values) in mapping.columns(Role::Trait).zip(&self.traits) {
            if values.texts().len() > MOST_VALUES {
                let mut finding = too_many(mapping, Role::Trait, MOST_VALUES);
                finding.column = mapping.header.get(column).cloned();
                findings.push(finding);
            }
        }
        if self.traits.len() > MOST_TRAITS {
            let remedy = format!("Adjust for {MOST_TRAITS} traits at the most.");
            findings.push(Finding::of_table(Matter::Columns, remedy));
        }
        if mapping.gates.len() > super::MOST_GATES {
            let remedy = format!("Count {} gates at the most.", super::MOST_GATES);
            findings.push(Finding::of_table(Matter::Columns, remedy));
        }
    }

    fn adjusted(&self, groups: &Groups, mapping: &Mapping) -> Vec<crate::model::reach::caseload::Adjusted> {
        let traits: Vec<(String, Vec<String>)> = mapping
            .columns(Role::Trait)
            .zip(&self.traits)
            .map(|(column, values)| {
                let value = |text: &[u8]| match String::from_utf8_lossy(text).trim() {
                    "" => "not stated".to_owned(),
                    value => value.to_owned(),
                };
                (mapping.header[column].clone(), values.texts().map(value).collect())
            })
            .collect();
        let names = adjust::Names {
            gates: mapping.gates.clone(),
            groups: groups.names.iter().map(|(name, _)| name.clone()).collect(),
            traits,
        };
        if self.too_many_patterns {
            return adjust::without_fit(
                &names,
                "there are too many combinations of traits; adjust for fewer",
            );
        }
        let mut alike: BTreeMap<(usize, Vec<usize>), Vec<u64>> = BTreeMap::new();
        let gates = mapping.gates.len();
        let mut note = |raw: usize, traits: Vec<usize>, stage: usize, people: u64| {
            if let Some(Some(group)) = groups.of_raw.get(raw).copied() {
                let counts = alike.entry((group, traits)).or_insert_with(|| vec![0; gates + 1]);
                counts[stage] = counts[stage].wrapping_add(people);
            }
        };
        if names.traits.is_empty() {
            for raw in 0..groups.of_raw.len() {
                for stage in 0..=gates {
                    let at = raw * self.stride + stage;
                    note(raw, Vec::new(), stage, self.by_group.get(at).copied().unwrap_or(0));
                }
            }
        }
        for ((raw, values, stage), people) in &self.alike {
            let values = values.iter().take(names.traits.len()).map(|v| usize::from(*v)).collect();
            note(*raw, values, *stage, *people);
        }
        let people: Vec<Alike> = alike
            .into_iter()
            .map(|((group, traits), passed_exactly)| Alike { group, traits, passed_exactly })
            .collect();
        adjust(&names, &people)
    }

    /// A trouble in words.
    fn told(&self, trouble: &Trouble, mapping: &Mapping) -> Finding {
        let role = match trouble.matter {
            Matter::NoGroup => Some(Role::NeedGroup),
            _ => None,
        };
        Finding {
            count: trouble.count,
            rows: trouble.rows.clone(),
            column: column_name(mapping, trouble.column, role),
            found: trouble.found.clone(),
            way: mapping.way(trouble.matter),
            ..Finding::of_table(trouble.matter, super::remedies::remedy(trouble.matter, mapping))
        }
    }

    /// Columns whose days are written two ways, or the other way round.
    fn dates(&self, mapping: &Mapping) -> Vec<Finding> {
        let swapped = self.written.iter().enumerate().filter(|(_, written)| written.swapped > 0);
        swapped
            .map(|(column, written)| {
                let (ours, theirs) = if mapping.month_first { ("month", "day") } else { ("day", "month") };
                let remedy = match written.one_way {
                    Some(row) => format!(
                        "Row {} is {ours} first and these are {theirs} first, so a day such as 4/3 could be \
                         either: write all dates as 2025-03-04.",
                        thousands(row)
                    ),
                    None => format!("These dates are {theirs} first: choose that dates are {theirs} first."),
                };
                Finding {
                    count: written.swapped,
                    rows: written.swapped_rows.clone(),
                    column: mapping.header.get(column).cloned(),
                    ..Finding::of_table(Matter::MixedDates, remedy)
                }
            })
            .collect()
    }

    /// What was found in each column, in a word or two.
    fn found(&self, counted: &Counted, mapping: &Mapping, people: u64) -> Vec<String> {
        let sum = |of: &dyn Fn(&Counts) -> u64| counted.groups.iter().map(|g| of(&g.counts)).sum::<u64>();
        let some = |number: usize| format!("{} found", thousands(number as u64));
        let mut traits = self.traits.iter();
        let role = |role: &Role| match role {
            Role::Who | Role::Count => {
                count(usize::try_from(people).unwrap_or(usize::MAX), "person", "people")
            }
            Role::NeedGroup => {
                let known = counted.groups.iter().filter(|group| group.need_group.is_some()).count();
                let all = counted.groups.len();
                if known > 0 { format!("{known} of {all} known") } else { some(all) }
            }
            Role::Provider => some(counted.providers.len()),
            Role::Referrer => some(counted.referrers.len()),
            Role::Gate(gate) => thousands(sum(&|counts| counts.passed(*gate))),
            Role::Trait => count(traits.next().map_or(0, |values| values.texts().len()), "value", "values"),
            Role::Hours => {
                let hours: f64 = counted.groups.iter().filter_map(|group| group.counts.hours).sum();
                crate::model::wording::number(hours, 0)
            }
            Role::Need => {
                let needs = counted.by_need.as_ref().map_or(0, |by_need| by_need.needs);
                count(usize::try_from(needs).unwrap_or(usize::MAX), "value", "values")
            }
            Role::Outcome => thousands(sum(&|counts| counts.outcome.unwrap_or(0))),
            Role::Paid => thousands(sum(&|counts| counts.paid.unwrap_or(0))),
            Role::Date => "dates".to_owned(),
            Role::NotRead => "not read".to_owned(),
        };
        mapping.roles.iter().map(role).collect()
    }
}

/// The people of a counter row.
fn people_in(cells: &[u64], at: usize, stride: usize) -> u64 {
    let from = at * stride;
    cells.get(from..from + stride - 3).map_or(0, |cells| cells.iter().sum())
}

fn small(number: Option<usize>) -> u8 {
    number.and_then(|number| u8::try_from(number).ok()).unwrap_or(u8::MAX)
}

fn row_of(counters: &Counters, at: usize) -> &[u64] {
    let from = at * counters.stride;
    counters.cells.get(from..from + counters.stride).unwrap_or(&[])
}

fn add_cells(all: &mut Vec<u64>, from: usize, cells: &[u64]) {
    if all.len() < from + cells.len() {
        all.resize(from + cells.len(), 0);
    }
    for (all, here) in all[from..].iter_mut().zip(cells) {
        *all = all.wrapping_add(*here);
    }
}

fn add_counts(all: &mut Counts, here: &Counts) {
    all.people += here.people;
    all.passed.iter_mut().zip(&here.passed).for_each(|(all, here)| *all += here);
    let both = |a: Option<u64>, b: Option<u64>| a.zip(b).map(|(a, b)| a + b);
    all.hours = all.hours.zip(here.hours).map(|(a, b)| a + b);
    all.outcome = both(all.outcome, here.outcome);
    all.paid = both(all.paid, here.paid);
}

impl Places {
    fn add(&mut self, names: &Names, counters: &Counters, groups: &[usize], stride: usize) {
        for (at, text) in names.texts().enumerate() {
            let Some(to) = self.names.number(text) else { continue };
            if to == self.cells.len() {
                self.cells.push(Vec::new());
            }
            for (from, group) in groups.iter().enumerate() {
                let cells = row_of(counters, at * MOST_SPELLINGS + from);
                add_cells(&mut self.cells[to], group * stride, cells);
            }
        }
    }
}

fn too_many(mapping: &Mapping, role: Role, most: usize) -> Finding {
    Finding {
        column: column_name(mapping, None, Some(role)),
        ..Finding::of_table(
            Matter::FreeText,
            format!(
                "It holds more than {} different texts: choose another column, or do not read it.",
                thousands(most as u64)
            ),
        )
    }
}
