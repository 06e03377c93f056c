//! The design table: the terms of a payment design, and what is known of groups and factors for Reach, that the published
//! tables have no column for. One row a term, as in the settings.

use std::collections::{BTreeMap, HashSet};

use super::{
    assembly::Assembly,
    entry::Entry,
    figure::{self, written},
    kind::TableKind,
    paying::{group_name, option_name, terms_of},
    table::{Table, guarded, key},
    write::{Sheet, yes_no},
};
use crate::model::{
    Workspace,
    ids::{FactorId, NeedGroupId},
    reach::{Feed, FewerEvents, ReachMeasure, Terms, Threshold},
};

/// What a term of an option is: how it is read into the terms and written from them.
struct Term {
    name: &'static str,
    read: fn(Entry<'_>, &mut Terms) -> Result<(), super::table::TableProblem>,
    write: fn(&Terms) -> Option<String>,
}

/// A yes or no, a share, or a text of the terms.
macro_rules! term {
    ($name:literal, yes_no $field:ident) => {
        Term {
            name: $name,
            read: |entry, terms| {
                terms.$field = entry.yes_or_no("value")?;
                Ok(())
            },
            write: |terms| terms.$field.map(|_| yes_no(terms.$field)),
        }
    };
    ($name:literal, share $field:ident) => {
        Term {
            name: $name,
            read: |entry, terms| {
                terms.$field = entry.share("value")?;
                Ok(())
            },
            write: |terms| terms.$field.map(written),
        }
    };
    ($name:literal, years $field:ident) => {
        Term {
            name: $name,
            read: |entry, terms| {
                terms.$field = years(entry)?;
                Ok(())
            },
            write: |terms| (!terms.$field.is_empty()).then(|| years_written(&terms.$field)),
        }
    };
    ($name:literal, text $field:ident) => {
        Term {
            name: $name,
            read: |entry, terms| {
                terms.$field = entry.text("value").to_owned();
                Ok(())
            },
            write: |terms| (!terms.$field.is_empty()).then(|| guarded(&terms.$field)),
        }
    };
}

/// A part of a threshold that is held against a comparison group.
macro_rules! fewer {
    ($name:literal, $least:literal, $most:literal, $read:expr, $write:expr) => {
        Term {
            name: $name,
            read: |entry, terms| {
                let Threshold::Fewer(fewer) = &mut terms.threshold else {
                    return Err(
                        entry.problem("term", "a threshold_kind of fewer in the terms of this option")
                    );
                };
                let put: fn(&mut FewerEvents, Option<f64>) = $read;
                put(fewer, entry.number("value", $least, $most)?);
                Ok(())
            },
            write: |terms| match &terms.threshold {
                Threshold::Fewer(fewer) => {
                    let of: fn(&FewerEvents) -> Option<f64> = $write;
                    of(fewer).map(written)
                }
                _ => None,
            },
        }
    };
}

const TERMS: [Term; 13] = [
    term!("in words", text label),
    term!("source", text source),
    term!("may refuse", yes_no may_refuse),
    term!("contact standard", share contact_standard),
    term!("passed on", share passed_on),
    term!("pilot", yes_no pilot),
    term!("monitored by group", yes_no monitored_by_group),
    term!("refusals recorded", yes_no refusals_recorded),
    term!("prices by year", years price_by_year),
    term!("start fee by year", years fee_by_year),
    fewer!("fewer events together", 0.0, 1.0, |fewer, share| fewer.together = share, |fewer| fewer.together),
    fewer!(
        "people compared for each",
        0.0,
        1e12,
        |fewer, people| fewer.compared_per_person = people.unwrap_or(fewer.compared_per_person),
        |fewer| Some(fewer.compared_per_person)
    ),
    fewer!("events for each", 0.0, 1e12, |fewer, events| fewer.events_per_person = events, |fewer| fewer
        .events_per_person),
];

type Rates = fn(&mut Terms) -> &mut BTreeMap<NeedGroupId, f64>;

const RATES: [(&str, Rates); 2] =
    [("rate bid", |terms| &mut terms.rate_bid), ("rate observed", |terms| &mut terms.rate_observed)];

const SPREAD: &str = "outcome spread";
const SCORED_BY: &str = "scored by";
const WIDEST_SPREAD: f64 = 0.5;

/// Reads the rows; a row is about an option, a need group or a factor.
pub(super) fn read(assembly: &mut Assembly, table: &Table) {
    let mut seen = HashSet::new();
    for row in &table.rows {
        let entry = assembly.row(table, row);
        let about = [entry.text("option"), entry.text("group"), entry.text("factor")];
        let Some(term) = assembly.take(entry.needed("term", "the name of a term")) else { continue };
        let named = about.map(|name| !name.is_empty());
        let problem = if !matches!(named, [true, _, false] | [false, true, false] | [false, false, true]) {
            let expected = "one name in the row: an option, a group or a factor, or an option and a group";
            Some(entry.problem("option", expected))
        } else if !seen.insert((about.map(key), key(term))) {
            Some(entry.problem("term", "each term once; an earlier row has the same"))
        } else {
            None
        };
        if let Some(problem) = problem {
            assembly.problems.push(problem);
        } else if named[0] && named[1] {
            read_of_both(assembly, entry, &key(term));
        } else if named[0] {
            read_term(assembly, entry, &key(term));
        } else if named[1] {
            read_of_group(assembly, entry, &key(term));
        } else {
            read_of_factor(assembly, entry, &key(term));
        }
    }
}

fn read_term(assembly: &mut Assembly, entry: Entry<'_>, name: &str) {
    let Some(option) = assembly.option(entry) else { return };
    let Some(term) = TERMS.iter().find(|term| term.name == name) else {
        let known = TERMS.map(|term| term.name).join(", ");
        assembly.problems.push(entry.problem("term", format!("one of {known}")));
        return;
    };
    if let Err(problem) = (term.read)(entry, terms_of(assembly, &option)) {
        assembly.problems.push(problem);
    }
}

/// A rate of a group under an option.
fn read_of_both(assembly: &mut Assembly, entry: Entry<'_>, name: &str) {
    let option = assembly.option(entry);
    let group = assembly.group(entry, "group", entry.text("group"));
    let rate = assembly.held(entry.share("value"));
    let (Some(option), Some(group)) = (option, group) else { return };
    let Some((_, rates)) = RATES.iter().find(|(term, _)| *term == name) else {
        let known = RATES.map(|(term, _)| term).join(" or ");
        assembly
            .problems
            .push(entry.problem("term", format!("{known}, the terms of a group under an option")));
        return;
    };
    if let Some(rate) = rate {
        rates(terms_of(assembly, &option)).insert(group, rate);
    }
}

fn read_of_group(assembly: &mut Assembly, entry: Entry<'_>, name: &str) {
    let Some(id) = assembly.group(entry, "group", entry.text("group")) else { return };
    if name != SPREAD {
        assembly.problems.push(entry.problem("term", format!("{SPREAD}, the one term of a group")));
        return;
    }
    let spread = assembly.held(entry.number("value", 0.0, WIDEST_SPREAD));
    if let Some(group) = assembly.workspace.question.need_groups.iter_mut().find(|group| group.id == id) {
        group.outcome_spread = spread;
    }
}

fn read_of_factor(assembly: &mut Assembly, entry: Entry<'_>, name: &str) {
    let measures = ReachMeasure::ALL.map(|measure| (key(measure.words()), measure));
    let measures: Vec<(&str, ReachMeasure)> = measures.iter().map(|(name, m)| (name.as_str(), *m)).collect();
    if name != SCORED_BY {
        assembly.problems.push(entry.problem("term", format!("{SCORED_BY}, the one term of a factor")));
        return;
    }
    let named = key(entry.text("factor"));
    let factor = assembly.workspace.balance.factors.iter().find(|factor| key(&factor.name) == named);
    let factor = factor.map(|factor| factor.id.clone());
    let measure = assembly.held(entry.choice("value", &measures));
    match (factor, measure) {
        (Some(factor), Some(measure)) => assembly.workspace.reach.feeds.push(Feed { factor, measure }),
        (None, _) => assembly.problems.push(entry.problem("factor", "the name of a factor in the scores")),
        (Some(_), None) => {}
    }
}

/// Shares, one a contract year, with semicolons between them.
fn years(entry: Entry<'_>) -> Result<Vec<f64>, super::table::TableProblem> {
    let parts = entry.text("value").split(';').map(str::trim).filter(|part| !part.is_empty());
    let read = parts.map(|part| figure::number(part).map(|n| n.value)).collect::<Option<Vec<f64>>>();
    read.ok_or_else(|| entry.problem("value", "a number for each contract year, such as 1; 0.5; 0"))
}

fn years_written(years: &[f64]) -> String {
    years.iter().map(|share| written(*share)).collect::<Vec<_>>().join("; ")
}

/// Writes a row for each term that is stated.
pub(super) fn write(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut sheet = Sheet::new(TableKind::Design);
    let mut row = |about: [String; 3], term: &str, value: String| {
        let [option, group, factor] = about;
        sheet.rows.push(vec![option, group, factor, term.to_owned(), value]);
    };
    for terms in &workspace.reach.terms {
        for term in &TERMS {
            if let Some(value) = (term.write)(terms) {
                row([option_name(workspace, &terms.option), String::new(), String::new()], term.name, value);
            }
        }
        let mut of_groups = terms.clone();
        for (name, rates) in RATES {
            for (group, rate) in rates(&mut of_groups) {
                let (option, group) = (option_name(workspace, &terms.option), group_name(workspace, group));
                row([option, group, String::new()], name, written(*rate));
            }
        }
    }
    for group in &workspace.question.need_groups {
        if let Some(spread) = group.outcome_spread {
            let name = group_name(workspace, &group.id);
            row([String::new(), name, String::new()], SPREAD, written(spread));
        }
    }
    for feed in &workspace.reach.feeds {
        let name = factor_name(workspace, &feed.factor);
        row([String::new(), String::new(), name], SCORED_BY, feed.measure.words().to_owned());
    }
    sheets.push(sheet);
}

fn factor_name(workspace: &Workspace, factor: &FactorId) -> String {
    workspace.factor(factor).map_or_else(String::new, |factor| guarded(&factor.name))
}
