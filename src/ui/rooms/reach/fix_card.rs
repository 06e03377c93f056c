//! Fix the design, in short: fair prices beside those that are paid, what they would cost, and a copy of the option with
//! them.

use egui::Ui;

use super::{
    fix::{keep_as_option, note},
    known,
    verdict_card::line,
};
use crate::{
    analysis::{
        Figure,
        reach::{self, Effect, OptionReach, PriceLimits, TARGET_GAIN_POUNDS, Way, WayKind},
    },
    model::{
        Workspace,
        ids::OptionId,
        money::Pence,
        wording::{number, pounds, short_pounds},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, Card, hair_rule, wrapped},
    },
};

/// The fair prices as worked out last, with what those left out now cost later.
#[derive(Debug)]
pub(super) struct Fair {
    revision: u64,
    option: OptionId,
    way: Way,
    bill_now: Figure,
}

/// Shows the card across the width there is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, reach: &OptionReach, index: usize) {
    let option = &workspace.question.options[index];
    let revision = desk.session.revision();
    let fair =
        desk.view.reach.fair.take().filter(|fair| fair.revision == revision && fair.option == option.id);
    let fair = fair.unwrap_or_else(|| Fair {
        revision,
        option: option.id.clone(),
        way: reach::way(workspace, &option.id, WayKind::OnCompletion, &PriceLimits::default()),
        bill_now: reach::bill_of(workspace, reach),
    });
    Card::new().padding(18, 14).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        contents(ui, desk, workspace, reach, index, &fair);
    });
    desk.view.reach.fair = Some(fair);
}

fn contents(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
    fair: &Fair,
) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Heading.text("Fix the design", tokens.ink));
    let in_steps = if reach.pays_in_steps { " A price is that of all its milestones together." } else { "" };
    let gain = pounds(TARGET_GAIN_POUNDS);
    let words = format!("At the fair price serving earns {gain} more than parking.{in_steps}");
    wrapped(ui, words, Type::Small, tokens.ink2);
    ui.add_space(space::XS);
    line(ui, "Price per success", ["now", "fair"], true);
    let then = fair.way.effect.as_ref().map(|effect| &effect.reach.groups);
    for (g, (group, figures)) in workspace.question.need_groups.iter().zip(&reach.groups).enumerate() {
        let is_paid = figures.outcome_price > 0.0;
        let now = if is_paid { pounds(figures.outcome_price) } else { "nothing".to_owned() };
        let fair = match then {
            Some(groups) => pounds(groups[g].outcome_price),
            // Prices are set in round sums, and a price rounded down would park again.
            None => known(&figures.park_proof_price, |price| pounds((price / 50.0).ceil() * 50.0)),
        };
        line(ui, group.short_name(), [&now, &fair], false);
    }
    if let Some(effect) = &fair.way.effect {
        fees(ui, workspace, &fair.option, &fair.way);
        ui.add_space(space::XS);
        hair_rule(ui);
        ui.add_space(space::XS);
        costs(ui, reach, effect, fair.bill_now);
    }
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        if let Ok(copy) = &fair.way.copy {
            let words = format!("Apply to a copy of {}", workspace.question.options[index].badge);
            if Button::new(&words).primary().show(ui).clicked() {
                keep_as_option(desk, &fair.option, copy, "made fair");
            }
        }
        let all = Button::new("All ways to fix it").icon(icons::LIST_CHECKS).show(ui);
        if std::mem::take(&mut desk.view.reach.back_from_fix) {
            all.request_focus();
        }
        if all.clicked() {
            desk.view.reach.fix_is_open = true;
        }
    });
}

/// The start fee and what of it is held back.
fn fees(ui: &mut Ui, workspace: &Workspace, option: &OptionId, way: &Way) {
    let Ok(copy) = &way.copy else { return };
    let now = workspace.terms(option).and_then(|terms| terms.attachment_fee).unwrap_or_default();
    let then = copy.terms.attachment_fee.unwrap_or_default();
    let held_back = copy.payments.iter().find(|p| p.milestone == reach::HELD_BACK_MILESTONE);
    if now > Pence(0) {
        line(ui, "Start fee at sign-on", [&now.to_string(), &then.to_string()], false);
    }
    if let Some(held_back) = held_back {
        line(ui, "Start fee on completion", ["\u{2013}", &held_back.price.to_string()], false);
    }
}

/// What the fair prices cost, and what they save later.
fn costs(ui: &mut Ui, reach: &OptionReach, effect: &Effect, bill_now: Figure) {
    let difference = |now: Figure, then: Figure| now.and_then(|now| Ok(then? - now));
    let extra = difference(reach.cost_per_year, effect.reach.cost_per_year);
    let avoided = difference(effect.bill_per_year, bill_now);
    line(ui, "Extra cost a year", ["", &known(&extra, short_pounds)], false);
    let (words, size) = match avoided {
        Ok(avoided) if avoided < 0.0 => ("Bill added a year", Ok(-avoided)),
        _ => ("Bill avoided a year", avoided),
    };
    line(ui, words, ["", &known(&size, short_pounds)], false);
    if let (Ok(before), Ok(after)) = (reach.left_out_per_year, effect.reach.left_out_per_year) {
        let people = number(before - after, 0);
        let words = match (extra, before - after >= 0.5) {
            (_, false) => "As predicted, fair prices leave out as many.".to_owned(),
            (Ok(extra), true) if extra > 0.0 => format!(
                "As predicted, {people} fewer are left out: {} for each of them.",
                pounds(extra / (before - after))
            ),
            (_, true) => format!("As predicted, {people} fewer are left out, for no more money."),
        };
        note(ui, &words);
    }
}
