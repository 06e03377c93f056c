//! What is known of money, and what is not.

use super::{
    decided::named,
    figures::{self, NOT_KNOWN},
    left_out::figure,
    threshold::past_a_threshold,
    writing::{Writing, anchors, cell, figures as column, row, words},
};
use crate::{
    analysis::reach::bill_words::{self, difference, harm, headline, when_cash},
    exchange::report::Cell,
    model::wording::{list, percent, short_pounds},
};

/// 9 Money.
pub(super) fn money(w: &mut Writing<'_>) {
    w.section(anchors::MONEY, "Money", |w| {
        by_option(w);
        ways_of_paying(w);
        w.part("threshold", "Paid only past a threshold", past_a_threshold);
        w.part("bill", "What leaving people out would cost", bills);
        w.part("changing-risk", "How risk changes with support and without", changing_risk);
        if !w.inputs.workspace.question.options.is_empty() {
            w.gap(
                "Where each pound goes on its way to the people who do the work, which providers would survive the way \
                 of paying, and which agency saves what has not been worked out.",
            );
        }
    });
}

/// What each option would cost and pay, as far as anybody has said.
fn by_option(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let factors: Vec<_> = figures::cost_factors(workspace).take(3).collect();
    let has_reach = analysis.reach.options.iter().flatten().any(|reach| reach.cost_per_year.is_ok());
    if factors.is_empty() && !has_reach {
        w.gap("What the options cost has not been said.");
        return;
    }
    let chosen = figures::recommended(workspace);
    let mut columns = vec![words("Option", 2.6)];
    columns.extend(factors.iter().map(|factor| column(factor.short_name(), 1.3)));
    if has_reach {
        columns.push(column("Paid a year", 1.0));
        columns.push(column("Hangs on results", 1.0));
    }
    let rows: Vec<Vec<Cell>> = figures::in_order(workspace, analysis)
        .into_iter()
        .map(|o| {
            let option = &workspace.question.options[o];
            let strong = chosen == Some(o);
            let mut cells = vec![cell(format!("{}  {}", option.badge, named(option)), strong)];
            cells.extend(factors.iter().map(|factor| {
                cell(figures::score(workspace, factor, workspace.score(&factor.id, &option.id)), strong)
            }));
            if has_reach {
                let reach = figures::reach_of(analysis, o);
                let told =
                    |words: Option<String>| cell(words.unwrap_or_else(|| NOT_KNOWN.to_owned()), strong);
                cells.push(told(reach.map(|reach| figure(&reach.cost_per_year, short_pounds))));
                cells.push(told(reach.map(|reach| figure(&reach.income_at_risk_share, percent))));
            }
            cells
        })
        .collect();
    let units: Vec<String> = factors
        .iter()
        .filter(|factor| !factor.unit.is_empty())
        .map(|factor| format!("{}: {}", factor.short_name(), factor.unit))
        .collect();
    let mut note = units.join("; ");
    if !note.is_empty() {
        note.push('.');
    }
    if has_reach {
        note = format!(
            "{note} Paid a year: by the prices and terms, and the response that is predicted to them."
        );
    }
    w.table("what the options cost", columns, rows, note.trim().to_owned());
}

/// How each option would pay, where it has been said.
fn ways_of_paying(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let ways: Vec<String> = workspace
        .reach
        .terms
        .iter()
        .filter(|terms| !terms.label.trim().is_empty())
        .filter_map(|terms| {
            Some(format!(
                "{}: {}.",
                named(workspace.option(&terms.option)?),
                terms.label.trim().trim_end_matches('.')
            ))
        })
        .collect();
    if !ways.is_empty() {
        w.say("How each would pay:");
        w.points(ways);
    }
}

/// What leaving people out under each option would cost others.
fn bills(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    if workspace.reach.changing_risk.is_none() {
        return;
    }
    let chosen = figures::recommended(workspace);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut unknown = Vec::new();
    let mut years = 0;
    for o in figures::in_order(workspace, analysis) {
        let option = &workspace.question.options[o];
        let Some(bill) = analysis.reach.bills.get(o) else { continue };
        match bill {
            Err(why) => unknown.push((named(option), why.0)),
            Ok(bill) => {
                years = bill.contract_years;
                let strong = chosen == Some(o);
                rows.push(vec![
                    cell(format!("{}  {}", option.badge, named(option)), strong),
                    cell(short_pounds(bill.over_contract), strong),
                    cell(figure(&bill.saving_over_contract, short_pounds), strong),
                ]);
            }
        }
    }
    w.table(
        &format!("what others would pay over {}, against what is promised", bill_words::years(years)),
        vec![words("Option", 3.2), column("Later cost to others", 1.4), column("Saving promised", 1.4)],
        rows,
        "At today’s value, discounted. Later cost: of reoffences that support would have spared, over all agencies.",
    );
    w.points(worst_bills(w));
    if let Some((_, why)) = unknown.first() {
        let same = unknown.iter().filter(|(_, other)| other == why);
        let names: Vec<&str> = same.map(|(name, _)| *name).collect();
        w.gap(format!("The later cost of leaving people out is not known for {}: {why}.", list(&names)));
    }
}

/// The bill of the recommended option, and the largest of the others, with who pays it and when it could be cash.
fn worst_bills(w: &Writing<'_>) -> Vec<String> {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let Some(risk) = &workspace.reach.changing_risk else { return Vec::new() };
    let chosen = figures::recommended(workspace);
    let of = |o: usize| analysis.reach.bills.get(o).and_then(|bill| bill.as_ref().ok());
    let others = (0..workspace.question.options.len()).filter(|o| Some(*o) != chosen);
    let largest = others
        .filter_map(|o| Some((o, of(o)?.over_contract)))
        .filter(|(_, cost)| *cost > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let told = chosen.into_iter().chain(largest.map(|(o, _)| o));
    told.filter_map(|o| Some((o, of(o)?)))
        .map(|(o, bill)| {
            let (lead, rest) = headline(bill, &workspace.question.options[o].badge);
            let mut line = format!("{lead} {rest}").trim().to_owned();
            if bill.over_contract > 0.0 {
                let agencies = risk.agencies.iter().zip(&bill.by_agency);
                let parts: Vec<String> = agencies
                    .map(|(agency, part)| format!("{} {}", agency.name, short_pounds(*part)))
                    .collect();
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                line += &format!(" By agency: {}.", list(&parts));
                if let Ok(cash) = &bill.cash {
                    let (lead, rest) = when_cash(cash, risk);
                    line += &format!(" {lead} {rest}");
                }
            }
            line
        })
        .collect()
}

fn changing_risk(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let Some(risk) = &workspace.reach.changing_risk else { return };
    let drift = match &w.inputs.analysis.reach.drift {
        Ok(drift) => drift,
        Err(why) => {
            w.gap(format!("How risk changes is not known: {}.", why.0));
            return;
        }
    };
    let later = workspace.question.horizon_years.unwrap_or(risk.horizon_years) as usize;
    w.say_both(difference(drift, risk, later));
    w.say(harm(drift, risk).unwrap_or_default());
    if risk.illustrative {
        w.note("The moves between bands of risk are illustrative.");
    }
}

/// The terms and prices of every option, for the appendix.
pub(super) fn prices(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let rows: Vec<Vec<Cell>> = workspace
        .reach
        .payments
        .iter()
        .filter_map(|payment| {
            let option = workspace.option(&payment.option)?;
            let group = payment.group.as_ref().and_then(|id| workspace.need_group(id));
            let group = group.map_or("every group", |group| group.name.as_str());
            Some(row([
                format!("{}  {}", option.badge, named(option)),
                group.to_owned(),
                payment.milestone.clone(),
                payment.price.to_string(),
            ]))
        })
        .collect();
    w.table(
        "what is paid for each person who reaches a milestone",
        vec![words("Option", 2.2), words("Need group", 2.2), words("Milestone", 2.2), column("Price", 1.0)],
        rows,
        String::new(),
    );
}
