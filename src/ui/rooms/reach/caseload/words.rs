//! What the caseload check says in words.

use super::Seen;
use crate::{
    analysis::reach::caseload::findings::{Finding, doing},
    model::wording::{capital, count, in_words, once_in, percent, thousands},
};

/// The gates whose names are known: what passing is called, those who do not pass, and those who pass.
const KNOWN: [(&str, &str, &str, &str); 6] = [
    ("eligible", "eligibility", "Not eligible", "found eligible"),
    ("referred", "referral", "Not referred", "referred"),
    ("accepted", "acceptance", "Refused", "let in"),
    ("started", "the start", "Never started", "started"),
    ("served", "the service itself", "Not served", "served"),
    ("supported", "the support itself", "Not supported", "supported"),
];

fn known(gate: &str) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    KNOWN.iter().find(|(name, ..)| name.eq_ignore_ascii_case(gate))
}

/// What passing a gate is called in the middle of a sentence: "acceptance".
pub fn passing(gate: &str) -> String {
    known(gate).map_or_else(|| format!("“{gate}”"), |(_, passing, ..)| (*passing).to_owned())
}

/// The head of those who did not pass: "Refused".
pub fn turned_away(gate: &str) -> String {
    known(gate).map_or_else(|| "Turned away".to_owned(), |(_, _, away, _)| (*away).to_owned())
}

/// "let in", "started".
pub fn passed(gate: &str) -> &'static str {
    known(gate).map_or("passed", |(.., passed)| passed)
}

/// The sentence above the gates.
pub fn about_gates(seen: &Seen<'_>) -> (String, String) {
    let check = seen.check;
    let refusals = check.refusals.map(|gate| {
        let of_whom = match gate.checked_sub(1) {
            Some(before) => format!("people {}", seen.gate(before)),
            None => "people".to_owned(),
        };
        let away = turned_away(seen.gate(gate)).to_lowercase();
        match (seen.small.all_turned_away[gate].count(), seen.small.all_stages[gate].count()) {
            (Some(told), Some(came)) => {
                format!("{} of {} {of_whom} were {away}.", thousands(told), thousands(came))
            }
            _ => format!("How many {of_whom} were {away} is hidden: it would give a small count away."),
        }
    });
    let rest =
        refusals.unwrap_or_else(|| match seen.small.all_stages.first().and_then(|told| told.count()) {
            Some(all) => format!("{} people were counted.", thousands(all)),
            None => "How many people were counted is hidden.".to_owned(),
        });
    let clause = match check.shuts_out {
        Some(gate) => format!("The gate that shuts people out is {}.", passing(seen.gate(gate))),
        None if check.findings.is_empty() => "No gate differs between groups by more than chance.".to_owned(),
        None => "Some groups pass a gate more often than everyone else.".to_owned(),
    };
    (clause, rest)
}

/// The sentence above the offices.
pub fn about_offices(seen: &Seen<'_>) -> (String, String) {
    let Ok(funnel) = &seen.check.served else {
        if seen.counted.providers.is_empty() {
            let words = "The table has no column that says who the provider is.";
            return ("No office is named in this caseload.".to_owned(), words.to_owned());
        }
        let words = "How many passed in all is hidden: it would give a small count away.";
        return ("The equal share cannot be told.".to_owned(), words.to_owned());
    };
    if funnel.points.is_empty() {
        let words = "Each has a small count, or would give one of another away. Larger groups or offices can be told.";
        return ("No caseload can be told.".to_owned(), words.to_owned());
    }
    let short = funnel.short_beyond_chance();
    let placed = seen.counted.providers.iter().flat_map(|place| &place.groups);
    let all = placed.filter(|counts| counts.people > 0).count();
    let hidden = all.saturating_sub(funnel.points.len());
    let clause = match short.len() {
        0 if hidden > 0 => format!(
            "{hidden} of {all} caseloads are hidden; none of the others falls short by more than chance would explain."
        ),
        0 => "No caseload that is told falls short by more than chance would explain.".to_owned(),
        1 => "One caseload falls short by more than chance would explain.".to_owned(),
        n => format!("{} caseloads fall short by more than chance would explain.", capital(&in_words(n))),
    };
    let clause = if hidden > 0 && !short.is_empty() {
        format!("{} {hidden} of {all} are hidden.", clause.trim_end())
    } else {
        clause
    };
    let people = left_out_in_all(seen);
    let rest = match people {
        0 => format!("{} were looked at.", count(funnel.points.len(), "caseload", "caseloads")),
        1 => "1 person was left out.".to_owned(),
        n => format!("{} people were left out.", thousands(n)),
    };
    let rest = if funnel.falling_short().len() > short.len() {
        format!("{} {rest}", funnel.under_the_line())
    } else {
        rest
    };
    (clause, rest)
}

/// Those left out in all caseloads under the 95 in 100 line.
pub fn left_out_in_all(seen: &Seen<'_>) -> u64 {
    let Ok(funnel) = &seen.check.served else { return 0 };
    funnel.falling_short().iter().map(|point| left_out(point.fewer)).sum()
}

/// People left out, as a whole number.
pub fn left_out(fewer: f64) -> u64 {
    fewer.round().max(0.0) as u64
}

/// What a finding says before its figures, and the lower-case name of its group: ("Providers accept", "No home").
pub fn who_does(seen: &Seen<'_>, finding: &Finding) -> String {
    let gate = seen.gate(finding.gate);
    doing(gate).map_or_else(|| format!("At “{gate}” pass"), str::to_owned)
}

/// "Chance alone would do that less than once in 1,000 times."
pub fn chance(finding: &Finding) -> String {
    let firm =
        if finding.is_firm() { "" } else { " That allows for the groups at this gate, not for every gate." };
    format!("Chance alone would do that {}.{firm}", once_in(finding.p_holm))
}

/// A finding as a sentence.
pub fn sentence(seen: &Seen<'_>, finding: &Finding) -> String {
    let name = &seen.counted.groups[finding.group].name;
    let doing = who_does(seen, finding);
    format!(
        "{doing} {} of {name}, and {} of everyone else. {}",
        percent(finding.rate),
        percent(finding.others),
        chance(finding)
    )
}
