//! Why leaving people out costs what it does, and why people are in the bands that they are in.

use super::{EditPlace, Explanation, Input, Known, Question};
use crate::{
    analysis::{
        Figure,
        reach::{bill::Bill, bill_words::years, drift::Drift},
    },
    model::{
        ids::OptionId,
        reach::changing_risk::ChangingRisk,
        wording::{capital, decimals_used, number, percent, percent_to_tenth, pounds, short_pounds},
    },
};

const BILL_SOURCE: &str = "Bands of risk as a Markov chain, one step a year (Kemeny & Snell 1960); discounting as in HM Treasury, The Green Book (2022)";
const DRIFT_SOURCE: &str = "Bands of risk as a Markov chain, one step a year (Kemeny & Snell 1960)";

/// The bill for exclusion of an option.
pub(super) fn bill(known: &Known<'_>, id: &OptionId) -> Option<Explanation> {
    let option = known.option_index(id)?;
    let Some(risk) = &known.workspace.reach.changing_risk else { return Some(without_bands(Some(option))) };
    let bill = match known.analysis.reach.bills.get(option)? {
        Ok(bill) => bill,
        Err(why) => {
            return Some(Explanation {
                title: "Why no bill?".to_owned(),
                option: Some(option),
                formula: vec![format!("{}.", capital(why.0))],
                source: BILL_SOURCE,
                ..Explanation::default()
            });
        }
    };
    let per_reoffence: f64 = risk.agencies.iter().filter_map(|a| a.cost).map(|cost| cost.pounds()).sum();
    Some(Explanation {
        title: format!("Why {}?", short_pounds(bill.over_contract)),
        option: Some(option),
        formula: vec![
            "Everybody left out is followed through the bands of risk twice: without support and with it. The reoffences \
             that support would have spared are the bill."
                .to_owned(),
            format!(
                "Over {}: {} reoffences, {} each, at today’s value: {}.",
                years(bill.contract_years),
                number(spared(bill), 0),
                pounds(per_reoffence),
                short_pounds(bill.over_contract)
            ),
        ],
        inputs: bill_inputs(risk, bill, id),
        assumptions: bill_assumptions(known, risk, bill),
        changes: bill_changes(bill, per_reoffence),
        source: BILL_SOURCE,
        ..Explanation::default()
    })
}

/// Reoffences over the contract that support would have spared.
fn spared(bill: &Bill) -> f64 {
    bill.years.iter().take(bill.contract_years).map(|year| year.reoffences).sum()
}

fn without_bands(option: Option<usize>) -> Explanation {
    Explanation {
        title: "Why is there nothing to see?".to_owned(),
        option,
        formula: vec!["Nobody has said how risk changes over years.".to_owned()],
        source: DRIFT_SOURCE,
        ..Explanation::default()
    }
}

fn bill_inputs(risk: &ChangingRisk, bill: &Bill, id: &OptionId) -> Vec<Input> {
    let all: f64 = bill.left_out.iter().sum();
    let mut inputs = vec![
        Input::plain(0, "People left out of one year’s people", number(all, 0))
            .with_why(Question::Verdict(id.clone())),
    ];
    for (band, people) in risk.bands.iter().zip(&bill.left_out).filter(|(_, people)| **people >= 0.5) {
        let share = if all > 0.0 { people / all } else { 0.0 };
        inputs.push(
            Input::plain(1, format!("{} risk", band.name), number(*people, 0))
                .with_bar(share)
                .with_why(Question::RiskBands),
        );
    }
    inputs.push(Input::plain(0, "Reoffences that support would have spared", ""));
    let contract = bill.years.iter().take(bill.contract_years);
    inputs.extend(contract.map(|year| {
        Input::plain(1, format!("Year {}", year.year), number(year.reoffences, 0))
            .with_why(Question::RiskBands)
    }));
    inputs.push(Input::plain(0, "What a reoffence costs", ""));
    for (agency, part) in risk.agencies.iter().zip(&bill.by_agency) {
        let cost = agency.cost.map_or("not known".to_owned(), |cost| cost.to_string());
        let share = if bill.over_contract > 0.0 { part / bill.over_contract } else { 0.0 };
        let label = if agency.source.is_empty() {
            agency.name.clone()
        } else {
            format!("{} ({})", agency.name, agency.source)
        };
        inputs.push(Input::plain(1, label, cost).with_bar(share).with_edit(EditPlace::ChangingRisk));
    }
    let discount = percent_to_tenth(risk.discount_rate);
    let label = format!("Discount rate ({})", risk.discount_source);
    inputs.push(Input::plain(0, label, discount).with_edit(EditPlace::ChangingRisk));
    if let Some(promise) = risk.promise(id) {
        let label = format!("Saving promised in year 1 ({})", promise.source);
        let sum = promise.in_year(1).to_string();
        inputs.push(Input::plain(0, label, sum).with_edit(EditPlace::ChangingRisk));
    }
    inputs
}

fn bill_assumptions(known: &Known<'_>, risk: &ChangingRisk, bill: &Bill) -> Vec<String> {
    let mut assumed = vec![
        moves_come_from(risk),
        format!(
            "Support lasts {}; after it people move as anybody does.",
            years(risk.support_years as usize)
        ),
        match risk.entrants_per_year {
            None => "Each later year brings as many people, and leaves out as many.".to_owned(),
            Some(people) => format!("Each later year brings {} people in all.", number(people, 0)),
        },
        "Year 1 counts in full; each year later is worth less by the discount rate.".to_owned(),
        "What it would cost to support them is not taken off: it stands beside the bill in the fix."
            .to_owned(),
    ];
    if known.workspace.question.horizon_years.is_some_and(|bought| bought as usize > bill.years.len()) {
        assumed.push(format!("People are followed for {} only.", years(bill.years.len())));
    }
    assumed
}

fn moves_come_from(risk: &ChangingRisk) -> String {
    let source = if risk.source.is_empty() { "no source is given" } else { &risk.source };
    if risk.illustrative {
        format!("Moves between bands are illustrative: {source}.")
    } else {
        format!("Moves between bands are those of your own cohort: {source}.")
    }
}

fn bill_changes(bill: &Bill, per_reoffence: f64) -> Vec<String> {
    let mut changes = Vec::new();
    if let Ok(saving) = bill.saving_over_contract
        && bill.over_contract > 0.0
        && saving > 0.0
    {
        let level = per_reoffence * saving / bill.over_contract;
        changes.push(format!(
            "At {} a reoffence the bill would be what is promised, {}.",
            pounds(level),
            short_pounds(saving)
        ));
        let share = saving / bill.over_contract;
        if share < 1.0 {
            changes.push(format!(
                "Leaving out {} of these people would cost as much as is promised.",
                percent(share)
            ));
        }
    }
    changes
}

/// People by band of risk.
pub(super) fn risk_bands(known: &Known<'_>) -> Explanation {
    let Some(risk) = &known.workspace.reach.changing_risk else { return without_bands(None) };
    let drift = match &known.analysis.reach.drift {
        Ok(drift) => drift,
        Err(why) => {
            return Explanation {
                title: "Why are there no people by band?".to_owned(),
                formula: vec![format!("{}.", capital(why.0))],
                source: DRIFT_SOURCE,
                ..Explanation::default()
            };
        }
    };
    let mut changes: Vec<String> =
        crate::analysis::reach::bill_words::harm(drift, risk).into_iter().collect();
    changes.push(long_run(risk, drift));
    Explanation {
        title: "Why these people in these bands?".to_owned(),
        formula: vec![
            "A year later each band holds what comes to it from every band: people × the share that moves."
                .to_owned(),
            "A year’s reoffences are the people in each band at its beginning × the band’s reoffences a year."
                .to_owned(),
        ],
        inputs: band_inputs(risk, drift),
        assumptions: vec![
            moves_come_from(risk),
            "Where people go depends on the band they are in, and not on how they came there.".to_owned(),
            format!(
                "Support lasts {}; after it people move as anybody does.",
                years(risk.support_years as usize)
            ),
        ],
        changes,
        source: DRIFT_SOURCE,
        ..Explanation::default()
    }
}

fn band_inputs(risk: &ChangingRisk, drift: &Drift) -> Vec<Input> {
    let rate = |rate: Option<f64>| {
        rate.map_or("not known".to_owned(), |rate| number(rate, decimals_used(rate).min(3)))
    };
    let mut inputs = Vec::new();
    for (at, band) in risk.bands.iter().enumerate() {
        let people = number(drift.without[0][at], 0);
        inputs.push(
            Input::plain(0, format!("{} risk, people at first", band.name), people)
                .with_edit(EditPlace::ChangingRisk),
        );
        inputs.push(
            Input::plain(1, "Reoffences a person a year", rate(band.reoffences))
                .with_edit(EditPlace::ChangingRisk),
        );
        if let Some(given) = band.given {
            let reoffences = band.support(given).and_then(|support| support.reoffences).or(band.reoffences);
            let label = format!("In a year of {} support", given.words());
            inputs.push(Input::plain(1, label, rate(reoffences)).with_edit(EditPlace::ChangingRisk));
        }
    }
    let sum = |by_year: &Result<Vec<f64>, _>| -> Figure {
        by_year.as_ref().map(|y| y.iter().sum()).map_err(|why| *why)
    };
    for (label, by_year) in [
        ("Reoffences in all years without support", &drift.reoffences_without),
        ("Reoffences in all years with support", &drift.reoffences_with_support),
    ] {
        let figure = sum(by_year).map_or_else(|why| why.0.to_owned(), |all| number(all, 0));
        inputs.push(Input::plain(0, label, figure));
    }
    inputs
}

fn long_run(risk: &ChangingRisk, drift: &Drift) -> String {
    match &drift.long_run {
        Ok(shares) => {
            let shares: Vec<String> = risk
                .bands
                .iter()
                .zip(shares)
                .map(|(band, share)| format!("{} {}", percent(*share), band.name.to_lowercase()))
                .collect();
            format!("In the long run, without support: {}.", shares.join(", "))
        }
        Err(why) => format!("In the long run {}.", why.0),
    }
}
