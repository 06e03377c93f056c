//! The people of the illustrative Westmere workspace: need groups, ways of paying and stakeholders, added to its balance.

// Each test file uses its own part of this.
#![allow(dead_code)]

use evenhand::model::{
    Workspace,
    ids::{NeedGroupId, OptionId, PaymentId, SectorId, StakeholderId},
    money::Pence,
    question::NeedGroup,
    reach::{Payment, Referral, Terms},
    voices::{Heard, Stakeholder},
};
use serde_json::Value;

use crate::westmere::{data, list, number, text, westmere};

pub fn pounds(value: f64) -> Pence {
    Pence::from_pounds(value).unwrap_or_else(|| panic!("{value} is no sum of money"))
}

/// A need group of which nothing is known but its name.
pub fn need_group(id: &str) -> NeedGroup {
    NeedGroup::named(NeedGroupId::from(id), id)
}

/// A payment with the group's own outcome rates; for every group where `group` is `None`.
pub fn payment(option: &OptionId, group: Option<&NeedGroupId>, milestone: &str, price: f64) -> Payment {
    let whom = group.map_or("all", NeedGroupId::as_str);
    Payment {
        id: PaymentId::named(&format!("{option} {milestone} {whom}"), 0),
        option: option.clone(),
        group: group.cloned(),
        milestone: milestone.to_owned(),
        price: pounds(price),
        probability_parked: None,
        probability_supported: None,
    }
}

/// Westmere with its people. The outcome is not being reconvicted; only supported people are paid for.
pub fn westmere_with_people() -> Workspace {
    let example = data("westmere_example.json");
    let mut workspace = westmere();
    let contact = number(&example["reach"]["token_contact_cost"]);
    for given in list(&example["segments"]) {
        let without = 1.0 - number(&given["baseline"]);
        let cost = number(&given["cost"]);
        workspace.question.need_groups.push(NeedGroup {
            name: text(&given["name"]),
            short: text(&given["short"]),
            people_per_year: Some(number(&given["people"])),
            cost_supported: Some(pounds(cost)),
            cost_parked: Some(pounds(contact)),
            outcome_without: Some(without),
            outcome_parked: Some(without),
            outcome_supported: Some(1.0 - number(&given["supported"])),
            outcome_spread: None,
            hours_supported: Some(cost / 40.0),
            ..need_group(&text(&given["id"]))
        });
    }
    workspace.reach.response_scale = pounds(number(&example["reach"]["response_scale"]));
    for option in workspace.question.options.clone() {
        add_payments(&mut workspace, &option.id, &example["reach"]["payment"][option.badge.as_str()]);
    }
    for sector in &mut workspace.voices.sectors {
        sector.first_hand = sector.id.as_str() == "users";
    }
    workspace.voices.stakeholders = list(&example["stakeholders"]).iter().map(stakeholder).collect();
    workspace
}

fn add_payments(workspace: &mut Workspace, option: &OptionId, given: &Value) {
    let groups = workspace.question.need_groups.clone();
    let all_hours: f64 =
        groups.iter().map(|g| g.people_per_year.unwrap_or(0.0) * g.hours_supported.unwrap_or(0.0)).sum();
    workspace.reach.terms.push(Terms {
        label: text(&given["label"]),
        block_fee: Some(Pence(0)),
        attachment_fee: Some(pounds(number(&given["start"]))),
        referral: Some(Referral::Commissioner),
        floor: Some(number(&given["floor"])),
        uptake: groups.iter().map(|g| (g.id.clone(), number(&given["cap"][g.id.as_str()]))).collect(),
        capacity_hours: Some(number(&given["equal_share"]) * all_hours),
        ..Terms::unknown(option.clone())
    });
    for group in &groups {
        let price = |kind: &str| number(&given[kind][group.id.as_str()]);
        workspace.reach.payments.push(Payment {
            probability_parked: Some(0.0),
            probability_supported: Some(1.0),
            ..payment(option, Some(&group.id), "Completion", price("completion"))
        });
        workspace.reach.payments.push(Payment {
            probability_parked: Some(0.0),
            ..payment(option, Some(&group.id), "Not reconvicted", price("tariff"))
        });
    }
}

fn stakeholder(given: &Value) -> Stakeholder {
    let way = text(&given["heard"]);
    let speaks = given["speaks"].as_object().unwrap_or_else(|| panic!("groups expected in {given}"));
    let id = StakeholderId::from(text(&given["id"]).as_str());
    let sector = SectorId::from(text(&given["sector"]).as_str());
    Stakeholder {
        role: text(&given["role"]),
        speaks_for: speaks.keys().map(|id| NeedGroupId::from(id.as_str())).collect(),
        heard: if way.starts_with("Through") { Heard::Through } else { Heard::Direct },
        through: way,
        ..Stakeholder::named(id, &text(&given["org"]), sector)
    }
}
