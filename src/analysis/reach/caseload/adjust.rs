//! Each gate adjusted for traits: what a regression on the need group and on traits leaves of the differences between
//! groups. It is given the people of each pattern of traits, and keeps the results alone.

use super::logistic::{Logistic, NoFit, Pattern, logistic};
use crate::model::reach::caseload::{Adjusted, AdjustedTerm};

/// People alike in group and traits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub group: usize,
    /// The value of each trait, by its place in the list of values.
    pub traits: Vec<usize>,
    /// How many of them passed exactly so many gates, from none to all.
    pub passed_exactly: Vec<u64>,
}

/// The names of what is adjusted for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub gates: Vec<String>,
    pub groups: Vec<String>,
    /// Each trait with its values.
    pub traits: Vec<(String, Vec<String>)>,
}

/// Regresses passing each gate, for those who came to it, on group and traits: the largest group and the most frequent
/// value of each trait are what the others are set against. Groups and values that nobody has at the gate are left out.
#[must_use]
pub fn adjust(names: &Names, people: &[Alike]) -> Vec<Adjusted> {
    if people.len() > MOST_PATTERNS {
        return without_fit(names, "there are too many combinations of traits; adjust for fewer");
    }
    (0..names.gates.len()).map(|gate| adjusted(names, people, gate)).collect()
}

/// The same where there can be no fit, and why.
#[must_use]
pub fn without_fit(names: &Names, reason: &str) -> Vec<Adjusted> {
    (0..names.gates.len())
        .map(|gate| {
            let nothing = NoFit::Unsettled;
            Adjusted { reason: reason.to_owned(), ..told(names, gate, 0, (&[], &[]), Err(nothing)) }
        })
        .collect()
}

/// The most patterns that are fitted: more would take minutes.
const MOST_PATTERNS: usize = 20_000;

/// One term: a group, or a value of a trait.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dummy {
    Group(usize),
    Value(usize, usize),
}

fn adjusted(names: &Names, people: &[Alike], gate: usize) -> Adjusted {
    // Who came to the gate passed all before it: at least as many as its place.
    let came = |alike: &Alike| alike.passed_exactly.iter().skip(gate).sum::<u64>();
    let passed = |alike: &Alike| alike.passed_exactly.iter().skip(gate + 1).sum::<u64>();
    let count = |of: &dyn Fn(&Alike) -> bool| people.iter().filter(|a| of(a)).map(came).sum::<u64>();
    let by_group: Vec<u64> = (0..names.groups.len()).map(|g| count(&|a| a.group == g)).collect();
    let base = most(&by_group);
    let mut dummies: Vec<Dummy> =
        (0..by_group.len()).filter(|g| *g != base && by_group[*g] > 0).map(Dummy::Group).collect();
    for (t, (_, values)) in names.traits.iter().enumerate() {
        let by_value: Vec<u64> = (0..values.len()).map(|v| count(&|a| a.traits[t] == v)).collect();
        let base = most(&by_value);
        dummies.extend(
            (0..by_value.len()).filter(|v| *v != base && by_value[*v] > 0).map(|v| Dummy::Value(t, v)),
        );
    }
    let holds = |alike: &Alike, dummy: &Dummy| match *dummy {
        Dummy::Group(group) => alike.group == group,
        Dummy::Value(t, value) => alike.traits[t] == value,
    };
    let patterns: Vec<Pattern> = people
        .iter()
        .filter(|alike| came(alike) > 0)
        .map(|alike| Pattern {
            terms: dummies.iter().map(|dummy| f64::from(u8::from(holds(alike, dummy)))).collect(),
            yes: passed(alike),
            no: came(alike) - passed(alike),
        })
        .collect();
    let decided = |of: &dyn Fn(&Alike) -> bool| {
        let sum = |count: &dyn Fn(&Alike) -> u64| people.iter().filter(|a| of(a)).map(count).sum::<u64>();
        let (came, passed) = (sum(&came), sum(&passed));
        came > 0 && (passed == 0 || passed == came)
    };
    let of_groups = (0..names.groups.len()).filter(|g| decided(&|a| a.group == *g)).map(Dummy::Group);
    let of_traits = names.traits.iter().enumerate().flat_map(|(t, (_, values))| {
        (0..values.len()).filter(move |v| decided(&|a| a.traits[t] == *v)).map(move |v| Dummy::Value(t, v))
    });
    let decided: Vec<Dummy> = of_groups.chain(of_traits).collect();
    let fewest = patterns.iter().flat_map(|p| [p.yes, p.no]).filter(|people| *people > 0).min();
    Adjusted { fewest_alike: fewest, ..told(names, gate, base, (&dummies, &decided), logistic(&patterns)) }
}

/// The place of the largest count, the first of several.
fn most(counts: &[u64]) -> usize {
    let largest = counts.iter().max();
    counts.iter().position(|count| Some(count) == largest).unwrap_or(0)
}

/// The fit in words and figures; `decided` are the groups and values of whom everybody or nobody passed, those that the
/// others are set against too.
fn told(
    names: &Names,
    gate: usize,
    base: usize,
    (dummies, decided): (&[Dummy], &[Dummy]),
    fit: Result<Logistic, NoFit>,
) -> Adjusted {
    let name = |dummy: &Dummy| match *dummy {
        Dummy::Group(group) => names.groups[group].clone(),
        Dummy::Value(t, value) => format!("{}: {}", names.traits[t].0, names.traits[t].1[value]),
    };
    let mut adjusted = Adjusted {
        gate: names.gates[gate].clone(),
        traits: names.traits.iter().map(|(name, _)| name.clone()).collect(),
        against: names.groups.get(base).cloned().unwrap_or_default(),
        deviance: None,
        terms: Vec::new(),
        reason: String::new(),
        fewest_alike: None,
    };
    match fit {
        Ok(fit) => {
            adjusted.deviance = Some(fit.deviance);
            adjusted.terms = dummies
                .iter()
                .zip(&fit.terms)
                .map(|(dummy, term)| AdjustedTerm {
                    term: name(dummy),
                    is_group: matches!(dummy, Dummy::Group(_)),
                    coefficient: term.coefficient,
                    standard_error: term.standard_error,
                })
                .collect();
        }
        Err(NoFit::Empty(why)) => adjusted.reason = why.0.to_owned(),
        Err(NoFit::Separated(_)) => {
            // The direction in which the likelihood rises for ever is not the only one, and where it is the group that the
            // others are set against it moves all the others: only the counts say who is meant.
            let named: Vec<String> = decided.iter().map(name).collect();
            let named: Vec<&str> = named.iter().map(String::as_str).collect();
            adjusted.reason = match named.as_slice() {
                [] => "separated: group and traits together tell of some people for certain whether they passed, so \
                       there is no finite odds ratio"
                    .to_owned(),
                named => format!(
                    "separated: everybody or nobody passed of {}, so there is no finite odds ratio",
                    crate::model::wording::list(named)
                ),
            };
        }
        Err(NoFit::Collinear(term)) => {
            let named = dummies.get(term).map(name).unwrap_or_default();
            adjusted.reason = format!("{named} follows from the other terms; adjust for fewer traits");
        }
        Err(NoFit::Unsettled) => adjusted.reason = "the steps did not settle".to_owned(),
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(people: &[(usize, usize, u64, u64)]) -> String {
        let names = Names {
            gates: vec!["accepted".to_owned()],
            groups: ["Large", "Middle", "Small"].map(str::to_owned).to_vec(),
            traits: vec![("age".to_owned(), ["old", "young"].map(str::to_owned).to_vec())],
        };
        let alike = |&(group, age, no, yes): &(usize, usize, u64, u64)| Alike {
            group,
            traits: vec![age],
            passed_exactly: vec![no, yes],
        };
        let found = adjust(&names, &people.iter().map(alike).collect::<Vec<_>>());
        assert!(found[0].terms.is_empty());
        found[0].reason.clone()
    }

    #[test]
    fn the_group_of_which_everybody_passed_is_named_where_the_others_are_set_against_it() {
        let said =
            reason(&[(0, 0, 0, 60), (0, 1, 0, 50), (1, 0, 9, 20), (1, 1, 8, 12), (2, 0, 7, 9), (2, 1, 6, 5)]);
        assert_eq!(said, "separated: everybody or nobody passed of Large, so there is no finite odds ratio");
    }

    #[test]
    fn a_level_beside_those_that_move_with_it_is_named_alone() {
        let said =
            reason(&[(0, 0, 5, 60), (0, 1, 5, 50), (1, 0, 9, 20), (1, 1, 8, 12), (2, 0, 7, 0), (2, 1, 6, 0)]);
        assert_eq!(said, "separated: everybody or nobody passed of Small, so there is no finite odds ratio");
    }

    #[test]
    fn what_group_and_trait_tell_together_names_neither() {
        let said = reason(&[(0, 0, 9, 0), (0, 1, 4, 5), (1, 0, 8, 9), (1, 1, 0, 7)]);
        assert!(said.starts_with("separated: group and traits together"), "{said}");
    }
}
