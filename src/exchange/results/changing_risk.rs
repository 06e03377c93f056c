//! Changing risk: people by band over years, and the bill for exclusion.

use serde_json::Value;

use super::{Object, Results, finite};
use crate::{
    analysis::{
        Undefined,
        reach::bill::{Bill, CashYear},
    },
    model::reach::changing_risk::ChangingRisk,
};

const NOT_SET_UP: &str = "nobody has said how risk changes";

/// What becomes of one year's people.
pub(super) fn people(results: &Results<'_>) -> Result<Value, &'static str> {
    let risk = results.workspace.reach.changing_risk.as_ref().ok_or(NOT_SET_UP)?;
    let drift = results.analysis.reach.drift.as_ref().map_err(|why| why.0)?;
    let ids = || risk.bands.iter().map(|band| band.id.as_str());
    let by_band = |people: &Vec<f64>| -> Value {
        ids()
            .map(str::to_owned)
            .zip(people.iter().map(|n| finite(*n)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let by_year = |years: &[Vec<f64>]| years.iter().map(by_band).collect::<Value>();
    let mut object = Object::default();
    object.put("illustrative", risk.illustrative);
    object.put("source", risk.source.as_str());
    let names = risk.bands.iter().map(|band| {
        let mut object = Object::default();
        object.put("id", band.id.as_str());
        object.put("name", band.name.as_str());
        Value::from(object)
    });
    object.put("bands", names.collect::<Value>());
    object.put("people_without_support", by_year(&drift.without));
    object.put("people_with_support", by_year(&drift.with_support));
    let sums = |figures: &Result<Vec<f64>, Undefined>| {
        let figures = figures.as_ref().map_err(|why| why.0)?;
        Ok(figures.iter().map(|figure| finite(*figure)).collect::<Value>())
    };
    object.put_or_reason("reoffences_without_support", sums(&drift.reoffences_without));
    object.put_or_reason("reoffences_with_support", sums(&drift.reoffences_with_support));
    object.put_or_reason("long_run", drift.long_run.as_ref().map(by_band).map_err(|why| why.0));
    let harmed: Value = drift.harmed.iter().filter_map(|at| ids().nth(*at)).collect();
    object.put("harmed_by_support", harmed);
    Ok(object.into())
}

/// The bill for exclusion of an option.
pub(super) fn bill(results: &Results<'_>, option: usize) -> Result<Value, &'static str> {
    let risk = results.workspace.reach.changing_risk.as_ref().ok_or(NOT_SET_UP)?;
    let bill = results.analysis.reach.bills.get(option).ok_or("it is not known")?;
    let bill = bill.as_ref().map_err(|why| why.0)?;
    let mut object = Object::default();
    object.put("contract_years", bill.contract_years);
    object.put("over_contract", finite(bill.over_contract));
    object.put("per_year", finite(bill.per_year()));
    object.figure("saving_over_contract", bill.saving_over_contract);
    let dearer = bill.dearer_from.map_err(|why| why.0).and_then(|year| {
        year.map(Value::from).ok_or("the saving stays ahead in every year that is followed")
    });
    object.put_or_reason("dearer_from", dearer);
    object.put("by_agency", by_agency(risk, bill));
    object.put("years", years(bill));
    cash(bill, &mut object);
    Ok(object.into())
}

fn by_agency(risk: &ChangingRisk, bill: &Bill) -> Value {
    let parts = risk.agencies.iter().zip(&bill.by_agency).map(|(agency, part)| {
        let mut object = Object::default();
        object.put("id", agency.id.as_str());
        object.put("name", agency.name.as_str());
        object.put("over_contract", finite(*part));
        Value::from(object)
    });
    parts.collect()
}

fn years(bill: &Bill) -> Value {
    let cash = bill.cash.as_ref();
    let of_year = |(at, year): (usize, &crate::analysis::reach::bill::BillYear)| {
        let mut object = Object::default();
        object.put("year", year.year);
        object.put("reoffences", finite(year.reoffences));
        object.put("cost", finite(year.cost));
        object.put("bill_so_far", finite(year.bill_so_far));
        object.figure("saving_so_far", year.saving_so_far);
        let places: Result<&CashYear, &str> = cash.map(|cash| &cash.years[at]).map_err(|why| why.0);
        object.put_or_reason("places", places.map(|year| finite(year.places)));
        object.put_or_reason("wings", places.map(|year| year.wings.into()));
        Value::from(object)
    };
    bill.years.iter().enumerate().map(of_year).collect()
}

fn cash(bill: &Bill, object: &mut Object) {
    const NEVER: &str = "no wing would close in any year that is followed";
    let cash = bill.cash.as_ref().map_err(|why| why.0);
    let first = cash.and_then(|cash| cash.first_year.map(Value::from).ok_or(NEVER));
    object.put_or_reason("first_wing_closes", first);
    let worth = cash.and_then(|cash| cash.over_contract.map(finite).map_err(|why| why.0));
    object.put_or_reason("cashable_over_contract", worth);
}
