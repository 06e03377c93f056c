//! Small payment designs, and what the Reach room says of them.

// Each test file uses its own part of this.
#![allow(dead_code)]

use evenhand::{
    analysis::reach::{self, OptionReach},
    model::{
        Workspace,
        ids::OptionId,
        money::Pence,
        question::NeedGroup,
        reach::{Referral, Terms},
    },
};

use crate::{
    westmere::option,
    westmere_people::{need_group, payment, pounds},
};

#[track_caller]
pub fn assert_near(actual: f64, expected: f64, tolerance: f64) {
    assert!((actual - expected).abs() <= tolerance * expected.abs().max(1.0), "{actual} is not {expected}");
}

/// A workspace of one option with these groups, paid by these terms and prices.
pub fn one_option(groups: Vec<NeedGroup>, terms: impl FnOnce(&mut Terms)) -> Workspace {
    let mut workspace = Workspace::default();
    workspace.question.options = vec![option(0, "Only option")];
    workspace.question.need_groups = groups;
    let mut known = Terms {
        block_fee: Some(Pence(0)),
        attachment_fee: Some(Pence(0)),
        referral: Some(Referral::Commissioner),
        ..Terms::unknown(only())
    };
    terms(&mut known);
    workspace.reach.terms.push(known);
    workspace
}

pub fn only() -> OptionId {
    option(0, "").id
}

pub fn analysed(workspace: &Workspace) -> OptionReach {
    reach::analyse(workspace).options.remove(0).unwrap()
}

/// A hundred people, £1,000 to support and £0 to park, half of whom reach the outcome with support and a tenth without:
/// their gain is 0.4 × price − £1,000. Ten hours each.
pub fn plain_group(id: &str) -> NeedGroup {
    NeedGroup {
        people_per_year: Some(100.0),
        cost_supported: Some(pounds(1000.0)),
        cost_parked: Some(Pence(0)),
        outcome_without: Some(0.1),
        outcome_parked: Some(0.1),
        outcome_supported: Some(0.5),
        hours_supported: Some(10.0),
        ..need_group(id)
    }
}

/// One option for plain groups, each with the price that makes its gain what is asked.
pub fn with_gains(gains: &[f64], terms: impl FnOnce(&mut Terms)) -> Workspace {
    let groups = (0..gains.len()).map(|g| plain_group(&format!("group-{g}"))).collect();
    let mut workspace = one_option(groups, terms);
    for (gain, group) in gains.iter().zip(workspace.question.need_groups.clone()) {
        let price = (gain + 1000.0) / 0.4;
        workspace.reach.payments.push(payment(&only(), Some(&group.id), "Outcome", price));
    }
    workspace
}

/// Terms with room for everybody, so that the equal share is everybody.
pub fn room_for_all(terms: &mut Terms) {
    terms.capacity_hours = Some(1e6);
}
