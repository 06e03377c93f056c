//! What the columns of a caseload may mean, guessed from their names and from what stands in the first rows.

use std::collections::HashSet;

use super::{MOST_GATES, MOST_TRAITS, Mapping, Role, cells};
use crate::{exchange::table::key, model::Workspace};

/// Words in the names of columns, the first that fits counting; gates in the order in which people come to them.
const WHO: &[&str] = &["pseudonym", "person", "client", "participant", "case", "ref", "id"];
const NAMES: &[&str] = &[
    "name", "surname", "forename", "address", "postcode", "dob", "birth", "nhs", "notes", "note", "comment",
    "comments",
];
const GROUP: &[&str] = &["group", "cohort", "segment", "need"];
const PROVIDER: &[&str] = &["provider", "office", "contractor", "prime", "site", "hub", "agency"];
const REFERRER: &[&str] = &["referrer", "prison", "court", "jobcentre", "source"];
const GATES: &[(&str, &[&str])] = &[
    ("eligible", &["eligible", "eligibility"]),
    ("referred", &["referred", "referral"]),
    ("accepted", &["accepted", "acceptance", "decision", "refused"]),
    ("started", &["started", "start", "attached", "attachment", "enrolled"]),
    ("supported", &["supported", "support"]),
    ("served", &["served", "package", "engaged"]),
];
const HOURS: &[&str] = &["hours", "contacts", "sessions"];
const COUNT: &[&str] = &["count", "people", "number", "n"];
const OUTCOME: &[&str] = &["outcome", "result", "achieved", "sustained", "reoffended"];
const PAID: &[&str] = &["paid", "payment", "invoiced"];
const DATE: &[&str] = &["exit", "exited", "ended", "left", "closed", "last"];
const TRAIT: &[&str] = &[
    "age",
    "band",
    "sex",
    "gender",
    "ethnicity",
    "disability",
    "risk",
    "tenure",
    "qualification",
    "quarter",
];

/// What each column may mean, for somebody to change what is wrong. `samples` are the first rows, as they stand.
#[must_use]
pub fn guess(header: &[String], samples: &[Vec<String>], workspace: &Workspace) -> Mapping {
    let mut mapping = Mapping::of_header(header);
    let known: HashSet<String> = workspace
        .question
        .need_groups
        .iter()
        .flat_map(|group| [key(&group.name), key(&group.short)])
        .filter(|name| !name.is_empty())
        .collect();
    let mut gates: Vec<(usize, usize)> = Vec::new();
    for (column, name) in header.iter().enumerate() {
        let cells: Vec<&str> = samples
            .iter()
            .filter_map(|row| row.get(column).map(|cell| cell.trim()))
            .filter(|cell| !cell.is_empty())
            .collect();
        match guessed(&words(name), &cells, &known) {
            Guess::Gate(place) => gates.push((place, column)),
            Guess::Role(Role::Trait) if mapping.columns(Role::Trait).count() >= MOST_TRAITS => {}
            Guess::Role(role)
                if !matches!(role, Role::Trait | Role::NotRead) && mapping.roles.contains(&role) => {}
            Guess::Role(role) => mapping.roles[column] = role,
        }
    }
    gates.sort_by_key(|(place, _)| *place);
    for (_, column) in gates.into_iter().take(MOST_GATES) {
        mapping.assign(column, Role::Gate(0));
    }
    mapping
}

enum Guess {
    Role(Role),
    /// By the usual order of gates.
    Gate(usize),
}

/// The words of a column's name: `need_group` and `NeedGroup` both have two.
fn words(name: &str) -> Vec<String> {
    let mut parted = String::new();
    let mut was_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && was_small {
            parted.push(' ');
        }
        was_small = letter.is_lowercase();
        parted.push(if letter.is_alphanumeric() { letter } else { ' ' });
    }
    parted.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

fn guessed(words: &[String], cells: &[&str], known: &HashSet<String>) -> Guess {
    let has = |among: &[&str]| words.iter().any(|word| among.contains(&word.as_str()));
    if !cells.is_empty() && cells.iter().any(|cell| known.contains(&key(cell))) {
        return Guess::Role(Role::NeedGroup);
    }
    // Some cells may be mistakes, which are named when the table is counted.
    let says_yes_or_no = |more: bool| {
        let says = |cell: &&&str| {
            let refusal = more && cells::is_refusal(cell.as_bytes());
            refusal || !matches!(cells::answer(cell.as_bytes(), false), cells::Answer::Neither)
        };
        2 * cells.iter().filter(says).count() >= cells.len()
    };
    let counts = || {
        let says = |cell: &&&str| cells::thousandths(cell.as_bytes()).is_some();
        !cells.is_empty() && 2 * cells.iter().filter(says).count() >= cells.len()
    };
    if has(NAMES) && !has(GROUP) {
        return Guess::Role(Role::NotRead);
    }
    for (role, among) in [(Role::Outcome, OUTCOME), (Role::Paid, PAID), (Role::Date, DATE)] {
        if has(among) && says_yes_or_no(false) {
            return Guess::Role(role);
        }
    }
    let gate = GATES.iter().position(|(_, among)| has(among));
    if let Some(place) =
        gate.filter(|place| says_yes_or_no(*place == 2) || cells.iter().any(|c| key(c) == GATES[*place].0))
    {
        return Guess::Gate(place);
    }
    for (role, among) in [(Role::Hours, HOURS), (Role::Count, COUNT)] {
        if has(among) && counts() {
            return Guess::Role(role);
        }
    }
    for (role, among) in [
        (Role::NeedGroup, GROUP),
        (Role::Provider, PROVIDER),
        (Role::Referrer, REFERRER),
        (Role::Who, WHO),
        (Role::Trait, TRAIT),
    ] {
        if has(among) {
            return Guess::Role(role);
        }
    }
    Guess::Role(Role::NotRead)
}

/// What a gate is called whose column has this name: “started_on” is “started”.
#[must_use]
pub(super) fn gate_name(column: &str) -> String {
    let words = words(column);
    let usual = GATES.iter().find(|(_, among)| words.iter().any(|word| among.contains(&word.as_str())));
    match usual {
        Some((name, _)) => (*name).to_owned(),
        None => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_bears_its_own_word_where_that_is_a_usual_one() {
        let names = ["eligible", "started_on", "supported", "Served", "decision", "let in"];
        let gates = ["eligible", "started", "supported", "served", "accepted", "let in"];
        assert_eq!(names.map(gate_name), gates);
    }

    #[test]
    fn columns_are_guessed_from_their_names_and_first_rows() {
        let header: Vec<String> = [
            "person_ref",
            "need_group",
            "office",
            "eligible",
            "referred_on",
            "decision",
            "started_on",
            "full_package",
            "age_band",
            "worker_notes",
            "contacts",
            "Surname",
        ]
        .map(str::to_owned)
        .to_vec();
        let row = [
            "w-0417",
            "Substance",
            "Town",
            "yes",
            "03/04/2025",
            "refused",
            "",
            "no",
            "25–34",
            "…",
            "12",
            "Smith",
        ];
        let mapping = guess(&header, &[row.map(str::to_owned).to_vec()], &Workspace::default());
        assert_eq!(
            mapping.roles,
            [
                Role::Who,
                Role::NeedGroup,
                Role::Provider,
                Role::Gate(0),
                Role::Gate(1),
                Role::Gate(2),
                Role::Gate(3),
                Role::Gate(4),
                Role::Trait,
                Role::NotRead,
                Role::Hours,
                Role::NotRead,
            ]
        );
        assert_eq!(mapping.gates, ["eligible", "referred", "accepted", "started", "served"]);
        assert_eq!(mapping.missing(), None);
        let moved = mapping.for_header(&header.iter().rev().cloned().collect::<Vec<_>>()).unwrap();
        assert_eq!(moved.roles.iter().rev().copied().collect::<Vec<_>>(), mapping.roles);
        assert_eq!(mapping.for_header(&header[..3]), None);
    }
}
