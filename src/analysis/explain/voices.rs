//! Why a need group counts as a missing voice.

use super::{EditPlace, Explanation, Input, Known};
use crate::model::{question::NeedGroup, voices::Heard};

const SOURCE: &str = "Coverage of need groups by ways of hearing; the rule is the one stated here";

pub(super) fn missing(known: &Known<'_>) -> Explanation {
    let groups = &known.workspace.question.need_groups;
    let coverage = &known.analysis.voices.coverage;
    let missing: Vec<&NeedGroup> =
        groups.iter().zip(coverage).filter(|(_, c)| c.missing).map(|(group, _)| group).collect();
    let first_hand = known.workspace.voices.sectors.iter().any(|s| s.first_hand);
    let rule = if first_hand {
        "A need group is missing when nobody with first-hand experience speaks for it."
    } else {
        "A need group is missing when nobody speaks for it."
    };
    // The missing first: they are what was asked about.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&g| !coverage.get(g).is_some_and(|c| c.missing));
    let count = format!("{} of {} need groups are missing.", missing.len(), groups.len());
    Explanation {
        title: format!("Why {} missing?", missing.len()),
        formula: vec![rule.to_owned(), count],
        inputs: order.into_iter().flat_map(|g| group_lines(known, g, &groups[g])).collect(),
        changes: missing.iter().map(|group| hear(group, first_hand)).collect(),
        source: SOURCE,
        ..Explanation::default()
    }
}

fn hear(group: &NeedGroup, first_hand: bool) -> String {
    if first_hand {
        format!("Hear somebody from “{}” in their own words.", group.name)
    } else {
        format!("Hear somebody who speaks for “{}”.", group.name)
    }
}

/// The group, and under it everybody who speaks for it.
fn group_lines(known: &Known<'_>, g: usize, group: &NeedGroup) -> Vec<Input> {
    let coverage = known.analysis.voices.coverage.get(g);
    let missing = coverage.is_some_and(|c| c.missing);
    let flag = coverage.and_then(|c| c.flag.clone()).map(|flag| Input::plain(1, flag, ""));
    let speakers = known.workspace.voices.stakeholders.iter().filter(|s| s.speaks_for.contains(&group.id));
    let mut people: Vec<(bool, Input)> = speakers
        .map(|person| {
            let own = known.workspace.sector(&person.sector).is_some_and(|s| s.first_hand);
            let name = if person.role.is_empty() {
                person.name.clone()
            } else {
                format!("{}, {}", person.name, person.role)
            };
            let how = match (person.heard, own) {
                (Heard::No, _) => "not heard yet",
                (_, true) => "first hand",
                (_, false) => "on behalf",
            };
            (own, Input::plain(1, name, how).with_edit(EditPlace::Stakeholders))
        })
        .collect();
    people.sort_by_key(|(own, _)| !own);
    let head = Input::plain(0, group.name.clone(), if missing { "missing" } else { "heard" });
    let people = people.into_iter().map(|(_, line)| line);
    std::iter::once(head.with_edit(EditPlace::Stakeholders)).chain(flag).chain(people).collect()
}
