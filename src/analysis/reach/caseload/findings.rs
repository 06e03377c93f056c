//! Findings in words: which gate lets which group through less or more often than everyone else, by more than chance.

use super::assessment::GateAssessment;
use crate::model::{
    reach::caseload::Counted,
    wording::{once_in, percent},
};

/// A p-value under this, corrected, is beyond chance.
pub const BEYOND_CHANCE: f64 = 0.05;

/// A group that passes a gate less or more often than everyone else.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub gate: usize,
    pub group: usize,
    /// The group's share that passes, and that of everyone else, 0 to 1.
    pub rate: f64,
    pub others: f64,
    /// How many more would have passed at the share of everyone else; negative where the group passes more often.
    pub fewer: f64,
    /// Corrected over the groups at this gate (Holm 1979): what the words say.
    pub p_holm: f64,
    /// Corrected over every group at every gate.
    pub p_over_all: f64,
    /// “Providers accept 71 % of Low risk and 89 % of everyone else; chance alone would do that less than once in 1,000
    /// times.”
    pub words: String,
}

impl Finding {
    /// Whether it stands when every group at every gate is allowed for; else it stands at its own gate alone.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        self.p_over_all < BEYOND_CHANCE
    }
}

/// Said before findings that are not firm. How often there is one by chance was measured: docs/caseload-power.md.
pub const WORTH_A_LOOK: &str = "Worth a look: at one gate alone more than chance, over all gates not. Without any \
                                selection, about one caseload of four gates in six has one.";

/// Said where no finding is firm; of the groups that are told, where the counts of others are hidden.
#[must_use]
pub fn none_firm(hides: bool) -> &'static str {
    if hides {
        "No gate differs between groups by more than chance when every group that is told, at every gate, is allowed \
         for; the others are not looked at."
    } else {
        "No gate differs between groups by more than chance when every group at every gate is allowed for."
    }
}

/// The findings that are firm, then those that are worth a look.
#[must_use]
pub fn parted(findings: &[Finding]) -> (Vec<&Finding>, Vec<&Finding>) {
    findings.iter().partition(|finding| finding.is_firm())
}

/// Every group that differs at a gate by more than chance, corrected over the groups there: firm findings first, groups
/// that pass less often before those that pass more often, those with most people missing in front.
#[must_use]
pub fn findings(counted: &Counted, gates: &[GateAssessment]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (gate, at_gate) in gates.iter().enumerate() {
        for (group, at) in at_gate.result.groups.iter().enumerate() {
            let (Ok(p_holm), Ok(p_over_all), Ok(rate)) = (at.p_holm, at_gate.p_over_all[group], at.rate)
            else {
                continue;
            };
            let Ok(others) = at_gate.result.all.without(at.passage).rate() else { continue };
            if p_holm >= BEYOND_CHANCE {
                continue;
            }
            let name = counted.groups.get(group).map_or("", |group| group.name.as_str());
            let words = in_words(&at_gate.name, name, rate, others, p_holm);
            let fewer = at.fewer_than_others.unwrap_or(0.0);
            found.push(Finding { gate, group, rate, others, fewer, p_holm, p_over_all, words });
        }
    }
    found.sort_by(|a, b| {
        let side = |f: &Finding| (!f.is_firm(), f.fewer < 0.0);
        side(a).cmp(&side(b)).then(b.fewer.abs().total_cmp(&a.fewer.abs()))
    });
    found
}

/// The sentence of a finding.
fn in_words(gate: &str, group: &str, rate: f64, others: f64, p: f64) -> String {
    let (rate, others, chance) = (percent(rate), percent(others), once_in(p));
    let what = match doing(gate) {
        Some(doing) => format!("{doing} {rate} of {group} and {others} of everyone else"),
        None => format!("At the gate “{gate}”, {rate} of {group} pass and {others} of everyone else"),
    };
    format!("{what}; chance alone would do that {chance}.")
}

/// Who does what at a gate of this name, where the name says it.
#[must_use]
pub fn doing(gate: &str) -> Option<&'static str> {
    let gate = gate.to_lowercase();
    let known = [
        ("eligible", "The rules let in"),
        ("referred", "Referrers refer"),
        ("accepted", "Providers accept"),
        ("started", "Providers start"),
        ("served", "Providers serve"),
        ("supported", "Providers support"),
    ];
    known.into_iter().find(|(name, _)| *name == gate).map(|(_, words)| words)
}
