//! Which need groups the spellings of a table stand for.

use std::collections::BTreeMap;

use super::{
    Mapping, Role, Way,
    findings::{Finding, Matter},
    reading::column_name,
};
use crate::{
    exchange::{import::nearest, table::key},
    model::{Workspace, ids::NeedGroupId},
};

/// A name with fewer than this share of the people of the one that it is nearly is likely misspelt.
const RARE: u64 = 10;

/// Spellings, settled.
pub(super) struct Groups {
    /// Those that are counted, each with the need group it is: known ones in the order of the workspace first.
    pub names: Vec<(String, Option<NeedGroupId>)>,
    /// Which of them each spelling is; `None` for what is left out.
    pub of_raw: Vec<Option<usize>>,
    pub findings: Vec<Finding>,
}

/// Settles spellings, each with its people and the first row that has it.
pub(super) fn settle(raw: &[(String, u64, u64)], mapping: &Mapping, workspace: &Workspace) -> Groups {
    let need_groups = &workspace.question.need_groups;
    let known = |name: &str| {
        let name = key(name);
        need_groups
            .iter()
            .position(|g| key(&g.name) == name || (!g.short.is_empty() && key(&g.short) == name))
    };
    let aliases: BTreeMap<String, &String> =
        mapping.group_names.iter().map(|(from, to)| (key(from), to)).collect();
    let mut groups = Groups { names: Vec::new(), of_raw: Vec::new(), findings: Vec::new() };
    // What each spelling is to be called; a known group by its place, so that known ones come first.
    let called: Vec<Option<(Option<usize>, String)>> = raw
        .iter()
        .map(|(text, ..)| {
            let text = text.strip_prefix('\'').unwrap_or(text).trim();
            let name = aliases.get(&key(text)).map_or(text, |to| to.as_str());
            if text.is_empty() && !aliases.contains_key("") {
                let left_out = mapping.way(Matter::NoGroup) == Way::LeaveOut;
                return (!left_out).then(|| (None, "Not stated".to_owned()));
            }
            match known(name) {
                Some(place) => Some((Some(place), need_groups[place].name.clone())),
                None if name.is_empty() => None,
                None => Some((None, name.to_owned())),
            }
        })
        .collect();
    for (place, group) in need_groups.iter().enumerate() {
        if called.iter().flatten().any(|(at, _)| *at == Some(place)) {
            groups.names.push((group.name.clone(), Some(group.id.clone())));
        }
    }
    for (_, name) in called.iter().flatten().filter(|(place, _)| place.is_none()) {
        if !groups.names.iter().any(|(other, id)| id.is_none() && key(other) == key(name)) {
            groups.names.push((name.clone(), None));
        }
    }
    groups.of_raw = called
        .iter()
        .map(|called| {
            let (place, name) = called.as_ref()?;
            let id = place.map(|place| &need_groups[place].id);
            groups.names.iter().position(|(other, known)| known.as_ref() == id && key(other) == key(name))
        })
        .collect();
    groups.findings = doubts(raw, &groups, mapping, workspace);
    groups
}

/// Groups that are not known, or are nearly others; rows without one.
fn doubts(
    raw: &[(String, u64, u64)],
    groups: &Groups,
    mapping: &Mapping,
    workspace: &Workspace,
) -> Vec<Finding> {
    let need_groups = &workspace.question.need_groups;
    let names: Vec<&str> = if need_groups.is_empty() {
        groups.names.iter().map(|(name, _)| name.as_str()).collect()
    } else {
        need_groups.iter().flat_map(|group| [group.name.as_str(), group.short.as_str()]).collect()
    };
    let people_of = |name: &str| {
        raw.iter().filter(|(text, ..)| key(text) == key(name)).map(|(_, people, _)| people).sum::<u64>()
    };
    let mut found: Vec<Finding> = Vec::new();
    for ((text, people, first), settled) in raw.iter().zip(&groups.of_raw) {
        let finding = |matter: Matter, remedy: String, near: Option<String>| Finding {
            count: *people,
            rows: vec![*first],
            column: column_name(mapping, None, Some(Role::NeedGroup)),
            found: Some(text.clone()),
            near,
            way: mapping.way(matter),
            ..Finding::of_table(matter, remedy)
        };
        if text.trim().is_empty() {
            let remedy = match mapping.way(Matter::NoGroup) {
                Way::LeaveOut => "They are left out.",
                _ => "They are counted as “Not stated”.",
            };
            found.push(Finding { found: None, ..finding(Matter::NoGroup, remedy.to_owned(), None) });
            continue;
        }
        let Some(settled) = settled else { continue };
        let is_known = groups.names[*settled].1.is_some();
        if is_known || found.iter().any(|f| f.found.as_deref().is_some_and(|other| key(other) == key(text))) {
            continue;
        }
        let others: Vec<&str> = names.iter().copied().filter(|name| key(name) != key(text)).collect();
        let near = nearest(&others, text).map(|at| others[at].to_owned());
        let misspelt = near.as_ref().is_some_and(|near| RARE * people < people_of(near));
        let full = near.map(|near| {
            let group = need_groups.iter().find(|g| key(&g.short) == key(&near));
            group.map_or(near, |group| group.name.clone())
        });
        if need_groups.is_empty() && !misspelt {
            continue;
        }
        let remedy = match &full {
            Some(near) => format!("Counted as a group of its own. Nearest: {near}."),
            None => {
                "Counted as a group of its own. No group of the workspace is called nearly so.".to_owned()
            }
        };
        found.push(finding(Matter::UnknownGroup, remedy, full));
    }
    found
}
