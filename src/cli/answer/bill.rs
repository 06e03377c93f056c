//! Changing risk and the bill for exclusion in words.

use super::{column, wrapped};
use crate::{
    analysis::reach::bill_words::{difference, harm, headline, when_cash},
    exchange::results::Results,
    model::wording::short_pounds,
};

/// The bill of an option, with its agencies, under the option's own lines.
pub(super) fn of_option(results: &Results<'_>, option: usize) -> String {
    let workspace = results.workspace;
    let (Some(risk), Some(bill)) = (&workspace.reach.changing_risk, results.analysis.reach.bills.get(option))
    else {
        return String::new();
    };
    let bill = match bill {
        Ok(bill) => bill,
        Err(why) => return wrapped(&format!("No bill for exclusion: {}.", why.0), 4),
    };
    let (lead, rest) = headline(bill, &workspace.question.options[option].badge);
    let mut text = wrapped(&format!("{lead} {rest}"), 4);
    if bill.over_contract > 0.0 {
        for (agency, part) in risk.agencies.iter().zip(&bill.by_agency) {
            text.push_str(&format!("      {} {:>8}\n", column(&agency.name), short_pounds(*part)));
        }
        match &bill.cash {
            Ok(cash) => {
                let (lead, rest) = when_cash(cash, risk);
                text.push_str(&wrapped(&format!("{lead} {rest}"), 6));
            }
            Err(why) => text.push_str(&wrapped(&format!("Whether any of it is cash: {}.", why.0), 6)),
        }
    }
    text
}

/// What becomes of people with support and without.
pub(super) fn changing_risk(results: &Results<'_>) -> String {
    let Some(risk) = &results.workspace.reach.changing_risk else { return String::new() };
    let mut text = "\nChanging risk\n".to_owned();
    let drift = match &results.analysis.reach.drift {
        Ok(drift) => drift,
        Err(why) => return text + &wrapped(&format!("Not known: {}.", why.0), 2),
    };
    let later = results.workspace.question.horizon_years.unwrap_or(risk.horizon_years) as usize;
    let (lead, rest) = difference(drift, risk, later);
    text.push_str(&wrapped(&format!("{lead} {rest}"), 2));
    if let Some(harm) = harm(drift, risk) {
        text.push_str(&wrapped(&harm, 2));
    }
    if risk.illustrative {
        text.push_str(&wrapped("The moves between bands are illustrative.", 2));
    }
    text
}
