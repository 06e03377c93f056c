//! Why? on what was measured against a comparison group.

use super::{EditPlace, Explanation, Input, Known};
use crate::{
    analysis::reach::comparison::{JudgedCohort, judged},
    model::{
        ids::OptionId,
        wording::{number, percent_to_tenth},
    },
};

const SOURCE: &str = "1 \u{2212} (events a person served / events a person compared); 95 % limits by the logarithm of the \
                      ratio, events taken as Poisson; rule of the Peterborough bond, Ministry of Justice 2010";

pub(super) fn measured(known: &Known<'_>, id: &OptionId) -> Explanation {
    let terms = known.workspace.terms(id);
    let judged = terms.map(judged).unwrap_or_default();
    let mut inputs = Vec::new();
    for (at, cohort) in judged.iter().enumerate() {
        let reduction = cohort.reduction.map_or_else(|why| why.0.to_owned(), percent_to_tenth);
        let edit = EditPlace::Terms(id.clone());
        inputs.push(Input::plain(0, cohort.name.clone(), reduction).with_edit(edit));
        if let Some(given) = terms.and_then(|terms| terms.measured.get(at)) {
            let counts = [
                ("Events, served", given.events),
                ("People, served", given.people),
                ("Events, compared", given.compared_events),
                ("People, compared", given.compared_people),
            ];
            for (words, count) in counts {
                inputs.extend(count.map(|count| Input::plain(1, words, number(count, 0))));
            }
            if !given.source.is_empty() {
                inputs.push(Input::plain(1, "Where from", given.source.clone()));
            }
        }
        inputs.extend(limits(cohort));
    }
    Explanation {
        title: "Why is it paid, or not?".to_owned(),
        formula: vec![
            "The share by which there are fewer events for each person served than for each person compared.".to_owned(),
            "It is paid where that share is no less than what is needed, and nothing is where it falls short.".to_owned(),
        ],
        inputs,
        assumptions: vec![
            "Events come independently of one another. People who reoffend do so in runs, so chance leaves more open than \
             these limits."
                .to_owned(),
        ],
        source: SOURCE,
        ..Explanation::default()
    }
}

fn limits(cohort: &JudgedCohort) -> Vec<Input> {
    let mut lines = Vec::new();
    if let Ok(limits) = cohort.limits {
        let words = format!("{} to {}", percent_to_tenth(limits.low), percent_to_tenth(limits.high));
        lines.push(Input::plain(1, "With chance, 95 %", words));
    }
    if let Ok(needed) = cohort.needed {
        lines.push(Input::plain(1, "Needed", percent_to_tenth(needed)));
    }
    lines
}
