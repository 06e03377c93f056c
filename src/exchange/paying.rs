//! The tables behind Reach: need groups, payments, terms, and the floor and uptake that the terms have no column for.

use std::collections::HashSet;

use super::{
    assembly::Assembly,
    entry::Entry,
    figure::written,
    kind::TableKind,
    table::{Table, guarded},
    write::{Sheet, money, shown, yes_no},
};
use crate::model::{
    Workspace,
    ids::{NeedGroupId, OptionId, PaymentId},
    reach::{FewerEvents, Payment, Referral, Terms, Threshold},
};

/// The sign for every group.
const EVERY: &str = "*";
const NOT_BELOW_NOUGHT: (f64, f64) = (0.0, 1e12);

pub(super) fn read_groups(assembly: &mut Assembly, table: &Table) {
    let (least, most) = NOT_BELOW_NOUGHT;
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let Some(name) = assembly.take(entry.needed("group", "the name of a need group")) else { continue };
        let people = assembly.held(entry.number("people_per_year", least, most));
        let costs = ["cost_supported", "cost_parked"].map(|column| assembly.held(entry.cost(column)));
        let outcomes = ["outcome_without", "outcome_parked", "outcome_supported"]
            .map(|column| assembly.held(entry.share(column)));
        let hours = assembly.held(entry.number("hours_supported", least, most));
        let seldom = assembly.held(entry.yes_or_no("seldom_heard"));
        if name == EVERY {
            assembly.problems.push(entry.problem("group", "a name; * stands for every group"));
        }
        match assembly.add_group(name) {
            Some(group) => {
                group.people_per_year = people;
                [group.cost_supported, group.cost_parked] = costs;
                [group.outcome_without, group.outcome_parked, group.outcome_supported] = outcomes;
                group.hours_supported = hours;
                group.seldom_heard = seldom.unwrap_or(false);
            }
            None => {
                let expected = "each group once; an earlier row has the same name";
                assembly.problems.push(entry.problem("group", expected));
            }
        }
    }
}

/// The group of a row: `None` for a problem, `Some(None)` for every group.
fn group_or_every(assembly: &mut Assembly, entry: Entry<'_>) -> Option<Option<NeedGroupId>> {
    let name = assembly.take(entry.needed("group", "the name of a need group, or * for every group"))?;
    if name == EVERY { Some(None) } else { assembly.group(entry, "group", name).map(Some) }
}

pub(super) fn read_payments(assembly: &mut Assembly, table: &Table) {
    let mut seen = HashSet::new();
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let option = assembly.option(entry);
        let group = group_or_every(assembly, entry);
        let milestone = assembly.take(entry.needed("milestone", "what is paid for"));
        let price = assembly.held(entry.cost("price"));
        if entry.text("price").is_empty() {
            assembly.problems.push(entry.problem("price", "a sum in pounds"));
        }
        let [parked, supported] =
            ["probability_parked", "probability_supported"].map(|column| assembly.held(entry.share(column)));
        let (Some(option), Some(group), Some(milestone), Some(price)) = (option, group, milestone, price)
        else {
            continue;
        };
        if !seen.insert((option.clone(), group.clone(), super::table::key(milestone))) {
            let expected = "each milestone once for an option and a group; an earlier row has the same";
            assembly.problems.push(entry.problem("milestone", expected));
            continue;
        }
        let group_words = group.as_ref().map_or(EVERY, NeedGroupId::as_str);
        let tail = assembly.tail("payment", &format!("{milestone} {option} {group_words}"));
        assembly.workspace.reach.payments.push(Payment {
            id: PaymentId::named(&format!("{milestone} {option} {group_words}"), tail),
            option,
            group,
            milestone: milestone.to_owned(),
            price,
            probability_parked: parked,
            probability_supported: supported,
        });
    }
}

/// The kinds of threshold as the table names them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ThresholdKind {
    None,
    Binary,
    Above,
    Fewer,
}

const THRESHOLDS: [(&str, ThresholdKind); 4] = [
    ("none", ThresholdKind::None),
    ("binary", ThresholdKind::Binary),
    ("above", ThresholdKind::Above),
    ("fewer", ThresholdKind::Fewer),
];

pub(super) fn read_terms(assembly: &mut Assembly, table: &Table) {
    let (least, most) = NOT_BELOW_NOUGHT;
    let referrals = Referral::ALL.map(|referral| (referral.words(), referral));
    let mut seen = HashSet::new();
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let option = assembly.option(entry);
        let [block_fee, attachment_fee, cap, capacity_money] =
            ["block_fee", "attachment_fee", "cap", "capacity_money"]
                .map(|column| assembly.held(entry.cost(column)));
        let threshold = read_threshold(assembly, entry);
        let [baseline, minimum_standard, investor] =
            ["baseline", "minimum_standard", "investor"].map(|column| assembly.held(entry.yes_or_no(column)));
        let referral = assembly.held(entry.choice("referral", &referrals));
        let capacity_hours = assembly.held(entry.number("capacity_hours", least, most));
        let Some(option) = option else { continue };
        if !seen.insert(option.clone()) {
            assembly.problems.push(entry.problem("option", "each option once; an earlier row has the same"));
            continue;
        }
        assembly.workspace.reach.terms.push(Terms {
            block_fee,
            attachment_fee,
            threshold: threshold.unwrap_or_default(),
            paid_above_baseline: baseline.unwrap_or(false),
            cap,
            referral,
            minimum_standard,
            investor,
            capacity_hours,
            capacity_money,
            ..Terms::unknown(option)
        });
    }
}

fn read_threshold(assembly: &mut Assembly, entry: Entry<'_>) -> Option<Threshold> {
    let kind = assembly.take(entry.choice("threshold_kind", &THRESHOLDS))?.unwrap_or(ThresholdKind::None);
    let rate = assembly.take(entry.share("threshold"))?;
    match (kind, rate) {
        (ThresholdKind::None, None) => Some(Threshold::None),
        (ThresholdKind::Binary, Some(rate)) => Some(Threshold::Binary(rate)),
        (ThresholdKind::Above, Some(rate)) => Some(Threshold::Above(rate)),
        (ThresholdKind::Fewer, Some(share)) => Some(Threshold::Fewer(FewerEvents::than(share))),
        (ThresholdKind::None, Some(_)) => {
            let expected = "binary, above or fewer, as a threshold is given";
            assembly.problems.push(entry.problem("threshold_kind", expected));
            None
        }
        (ThresholdKind::Binary | ThresholdKind::Above | ThresholdKind::Fewer, None) => {
            assembly
                .problems
                .push(entry.problem("threshold", "an outcome rate from 0 to 1, or from 0% to 100%"));
            None
        }
    }
}

/// `option, group (or *), floor, uptake`: the floor is the option's own and stands in its row with *; an uptake with *
/// holds for every group that has no row of its own.
pub(super) fn read_uptake(assembly: &mut Assembly, table: &Table) {
    let mut seen = HashSet::new();
    let mut for_every: Vec<(OptionId, f64)> = Vec::new();
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let option = assembly.option(entry);
        let group = group_or_every(assembly, entry);
        let floor = assembly.held(entry.share("floor"));
        let uptake = assembly.held(entry.share("uptake"));
        let (Some(option), Some(group)) = (option, group) else { continue };
        if !seen.insert((option.clone(), group.clone())) {
            let expected = "each group once for an option; an earlier row has the same";
            assembly.problems.push(entry.problem("group", expected));
        }
        let terms = terms_of(assembly, &option);
        match group {
            None => {
                terms.floor = floor;
                for_every.extend(uptake.map(|uptake| (option, uptake)));
            }
            Some(group) => {
                terms.uptake.extend(uptake.map(|uptake| (group, uptake)));
                if floor.is_some() {
                    let expected = "nothing; the floor is the whole option's and stands in its row with *";
                    assembly.problems.push(entry.problem("floor", expected));
                }
            }
        }
    }
    let groups: Vec<NeedGroupId> =
        assembly.workspace.question.need_groups.iter().map(|group| group.id.clone()).collect();
    for (option, uptake) in for_every {
        let terms = terms_of(assembly, &option);
        for group in &groups {
            terms.uptake.entry(group.clone()).or_insert(uptake);
        }
    }
}

pub(super) fn terms_of<'a>(assembly: &'a mut Assembly, option: &OptionId) -> &'a mut Terms {
    let terms = &mut assembly.workspace.reach.terms;
    let at = terms.iter().position(|t| t.option == *option).unwrap_or_else(|| {
        terms.push(Terms::unknown(option.clone()));
        terms.len() - 1
    });
    &mut terms[at]
}

/// Writes the four tables, each when it has something to say.
pub(super) fn write(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut groups = Sheet::new(TableKind::Groups);
    for group in &workspace.question.need_groups {
        groups.name_rows("group", &group.name);
        groups.rows.push(vec![
            guarded(&group.name),
            shown(group.people_per_year),
            money(group.cost_supported),
            money(group.cost_parked),
            shown(group.outcome_without),
            shown(group.outcome_parked),
            shown(group.outcome_supported),
            shown(group.hours_supported),
            yes_no(Some(group.seldom_heard)),
        ]);
    }
    sheets.push(groups);
    write_payments(workspace, sheets);
    write_terms(workspace, sheets);
    write_uptake(workspace, sheets);
}

pub(super) fn option_name(workspace: &Workspace, option: &OptionId) -> String {
    workspace.option(option).map_or_else(String::new, |option| guarded(&option.name))
}

pub(super) fn group_name(workspace: &Workspace, group: &NeedGroupId) -> String {
    workspace.need_group(group).map_or_else(String::new, |group| guarded(&group.name))
}

fn write_payments(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut sheet = Sheet::new(TableKind::Payments);
    for payment in &workspace.reach.payments {
        sheet.rows.push(vec![
            option_name(workspace, &payment.option),
            payment.group.as_ref().map_or_else(|| EVERY.to_owned(), |group| group_name(workspace, group)),
            guarded(&payment.milestone),
            money(Some(payment.price)),
            shown(payment.probability_parked),
            shown(payment.probability_supported),
        ]);
    }
    sheets.push(sheet);
}

fn write_terms(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut sheet = Sheet::new(TableKind::Terms);
    for terms in &workspace.reach.terms {
        let (kind, rate) = match terms.threshold {
            Threshold::None => ("none", String::new()),
            Threshold::Binary(rate) => ("binary", written(rate)),
            Threshold::Above(rate) => ("above", written(rate)),
            Threshold::Fewer(fewer) => ("fewer", written(fewer.alone)),
        };
        sheet.rows.push(vec![
            option_name(workspace, &terms.option),
            money(terms.block_fee),
            money(terms.attachment_fee),
            kind.to_owned(),
            rate,
            yes_no(Some(terms.paid_above_baseline)),
            money(terms.cap),
            terms.referral.map_or_else(String::new, |referral| referral.words().to_owned()),
            yes_no(terms.minimum_standard),
            yes_no(terms.investor),
            shown(terms.capacity_hours),
            money(terms.capacity_money),
        ]);
    }
    sheets.push(sheet);
}

fn write_uptake(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut sheet = Sheet::new(TableKind::Uptake);
    for terms in &workspace.reach.terms {
        let option = option_name(workspace, &terms.option);
        if terms.floor.is_some() {
            sheet.rows.push(vec![option.clone(), EVERY.to_owned(), shown(terms.floor), String::new()]);
        }
        let groups = workspace.question.need_groups.iter();
        for (group, uptake) in
            groups.filter_map(|group| terms.uptake.get(&group.id).map(|uptake| (group, uptake)))
        {
            sheet.rows.push(vec![option.clone(), guarded(&group.name), String::new(), written(*uptake)]);
        }
    }
    sheets.push(sheet);
}
