//! The bill for exclusion in words.

use super::{
    bill::{Bill, Cash},
    drift::Drift,
};
use crate::model::{
    reach::changing_risk::ChangingRisk,
    wording::{capital, count, in_words, lower_first, number, short_pounds},
};

/// "five years".
#[must_use]
pub fn years(number_of: usize) -> String {
    format!("{} {}", in_words(number_of), if number_of == 1 { "year" } else { "years" })
}

/// What a bill comes to: a clause that stands out and a sentence after it. `option` is its badge or name.
#[must_use]
pub fn headline(bill: &Bill, option: &str) -> (String, String) {
    let over = years(bill.contract_years);
    let cost = short_pounds(bill.over_contract);
    if bill.left_out.iter().sum::<f64>() < 0.5 {
        return (format!("{option} leaves nobody out, so there is no bill."), String::new());
    }
    if bill.over_contract < 0.0 {
        return (
            "The support that is given does more harm than good.".to_owned(),
            format!("Those whom {option} leaves out cost less without it."),
        );
    }
    let Ok(saving) = bill.saving_over_contract else {
        return (
            format!("What {option} leaves out, others pay for: {cost} over {over}."),
            "No saving is promised to set against it.".to_owned(),
        );
    };
    let promised = short_pounds(saving);
    let lead = if bill.over_contract > saving {
        format!("What {option} saves, others pay for: {cost} over {over}, against {promised} promised.")
    } else {
        format!("{option} promises {promised} over {over}; leaving people out costs others {cost} of it.")
    };
    let rest = match bill.dearer_from {
        Ok(Some(1)) => "The first year already costs more.".to_owned(),
        Ok(Some(year)) => format!("By year {year} it has cost more than it saves."),
        _ => format!("The saving stays ahead for {}.", years(bill.years.len())),
    };
    (lead, rest)
}

/// When the bill could be cash: a clause that stands out and a sentence after it.
#[must_use]
pub fn when_cash(cash: &Cash, risk: &ChangingRisk) -> (String, String) {
    let worth = risk.wing.worth.map_or_else(String::new, |worth| {
        format!(", worth {} a year", short_pounds(worth.pounds()).replace(".0m", "m"))
    });
    match cash.first_year {
        Some(1) => ("From the first year".to_owned(), format!("a wing could close{worth}.")),
        Some(year) => (
            if cash.years.iter().skip(year).any(|later| later.wings > 0) {
                format!("Not before year {year}")
            } else {
                format!("Only in year {year}")
            },
            format!("would a wing close{worth}. Until then a bed saved is a bed left warm."),
        ),
        None => {
            let places = risk.wing.places.unwrap_or_default() as usize;
            let all = years(cash.years.len());
            (
                format!("In {all} no wing would close:"),
                format!(
                    "{} of its {} at most. A bed saved is a bed left warm.",
                    number(cash.most_places, 0),
                    count(places, "place", "places")
                ),
            )
        }
    }
}

/// What support does to the highest band: a clause that stands out and a sentence after it.
#[must_use]
pub fn difference(drift: &Drift, risk: &ChangingRisk, later: usize) -> (String, String) {
    let Some(top) = risk.bands.len().checked_sub(1) else { return (String::new(), String::new()) };
    let band = lower_first(&risk.bands[top].name);
    let fewer = |year: usize| drift.without[year][top] - drift.with_support[year][top];
    let words = |people: f64| {
        let size = number(people.abs(), 0);
        if size == "0" {
            "as many".to_owned()
        } else if people > 0.0 {
            format!("{size} fewer")
        } else {
            format!("{size} more")
        }
    };
    let later = later.min(drift.without.len() - 1);
    let lead = format!("{} at {band} risk", capital(&words(fewer(1))));
    let after = if later > 1 {
        format!("after a year; {} after {}.", words(fewer(later)), in_words(later))
    } else {
        "after a year.".to_owned()
    };
    let rises = risk.bands[..top].iter().enumerate().any(|(at, band)| {
        risk.bands[at + 1..].iter().any(|higher| band.moves.get(&higher.id).is_some_and(|share| *share > 0.0))
    });
    (lead, if rises { format!("{after} Low risk is not for life.") } else { after })
}

/// That support does harm in some bands; `None` where it does none.
#[must_use]
pub fn harm(drift: &Drift, risk: &ChangingRisk) -> Option<String> {
    let first = risk.bands.get(*drift.harmed.first()?)?;
    let given = first.given.map_or("", |given| given.words());
    Some(format!(
        "{} support of people at {} risk does harm: it leads to more reoffences than none.",
        capital(given),
        lower_first(&first.name)
    ))
}
