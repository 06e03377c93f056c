//! Fix the design, in short: fair prices beside those that are paid, what they would cost, and a copy of the option with
//! them.

use std::sync::Arc;

use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use super::{
    design::paying::{read_price, set_price},
    fix::{keep_as_option, note},
    known,
    typing::typed_field,
    verdict_card::line,
};
use crate::{
    analysis::{
        Figure,
        reach::{
            self, DesignCopy, Effect, NamedPrices, OptionReach, PriceLimits, TARGET_GAIN_POUNDS, Way,
            named_prices,
        },
    },
    model::{
        Workspace,
        ids::OptionId,
        money::Pence,
        question::NeedGroup,
        wording::{number, pounds, short_pounds},
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Button, Card, Look, hair_rule, paint_text, paint_text_fitted, wrapped},
    },
};

/// The fair prices of an option, with what those left out now cost later.
#[derive(Debug)]
pub(super) struct Fair {
    option: OptionId,
    design: Arc<DesignCopy>,
    way: Way,
    prices: Arc<Vec<NamedPrices>>,
    bill_now: Figure,
}

/// How wide the field of a price is, with and without pence, and the fair price beside it.
const FIELD: f32 = 64.0;
const FIELD_WITH_PENCE: f32 = 92.0;
const PRICE: f32 = 58.0;
const ROW: f32 = 23.0;

/// Shows the card across the width there is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, reach: &OptionReach, index: usize) {
    let option = &workspace.question.options[index].id;
    let prices = named_prices_of(desk, workspace, reach, index);
    let worked_out = &mut desk.view.reach.worked_out;
    let design = worked_out.design.get(index, || DesignCopy::of(workspace, option));
    let bill_now = *worked_out.bill_now.get(index, || reach::bill_of(workspace, reach));
    let fair = worked_out.fair.get(index, || Fair {
        option: option.clone(),
        design,
        way: reach::way(workspace, option, reach::fair_way(workspace, option), &PriceLimits::default()),
        prices,
        bill_now,
    });
    Card::new().padding(18, 14).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        contents(ui, desk, workspace, reach, index, &fair);
    });
}

/// The prices that a group's could be.
pub(super) fn named_prices_of(
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
) -> Arc<Vec<NamedPrices>> {
    desk.view.reach.worked_out.named_prices.get(index, || named_prices(workspace, index, reach))
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
    wrapped(ui, says(workspace, reach, fair), Type::Small, tokens.ink2);
    ui.add_space(space::XS);
    line(ui, "Price per success", ["now", "fair"], true);
    for (group, prices) in workspace.question.need_groups.iter().zip(fair.prices.iter()) {
        price(ui, desk, &fair.design, group, *prices);
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
                keep_as_option(desk, &fair.option, copy, &fair.way.kind.words().to_lowercase());
            }
        }
        let all = Button::new("All ways to fix it").show(ui);
        if std::mem::take(&mut desk.view.reach.back_from_fix) {
            all.request_focus();
        }
        if all.clicked() {
            desk.view.reach.fix_is_open = true;
        }
    });
}

/// What a fair price is here, and what else a group's price could be called.
fn says(workspace: &Workspace, reach: &OptionReach, fair: &Fair) -> String {
    let gain = pounds(TARGET_GAIN_POUNDS);
    let way = fair.way.kind.words();
    let in_steps = if reach.pays_in_steps { " A price is that of all its milestones together." } else { "" };
    let held_back = held_back(&fair.way).filter(|_| fee(workspace, &fair.option) > Pence(0));
    let dearest =
        workspace.question.need_groups.iter().zip(fair.prices.iter()).find_map(|(group, prices)| {
            let (park_proof, fair) = (prices.park_proof.ok()?, prices.fair.ok()?);
            (park_proof > fair).then(|| (group.short_name(), pounds(park_proof)))
        });
    match (held_back, dearest) {
        (Some(sum), Some((name, park_proof))) => format!(
            "Fair, by \u{201c}{way}\u{201d}: {gain} more than parking, {sum} of the start fee held back. Park-proof: \
             {park_proof} for {name}.{in_steps}"
        ),
        _ => format!("Fair, by \u{201c}{way}\u{201d}: supporting earns {gain} more than parking.{in_steps}"),
    }
}

fn fee(workspace: &Workspace, option: &OptionId) -> Pence {
    workspace.terms(option).and_then(|terms| terms.attachment_fee).unwrap_or_default()
}

/// What of the start fee a way pays on completion.
fn held_back(way: &Way) -> Option<Pence> {
    let copy = way.copy.as_ref().ok()?;
    copy.payments.iter().find(|p| p.milestone == reach::HELD_BACK_MILESTONE).map(|p| p.price)
}

/// The price of a group, to be changed where it is paid for one result, beside its fair price.
fn price(ui: &mut Ui, desk: &mut Desk<'_>, design: &DesignCopy, group: &NeedGroup, prices: NamedPrices) {
    let fair = known(&prices.fair, pounds);
    let now = if prices.paid > 0.0 { pounds(prices.paid) } else { "nothing".to_owned() };
    let Some(result) = design.only_result(&group.id) else {
        line(ui, group.short_name(), [&now, &fair], false);
        return;
    };
    let tokens = Tokens::of(ui);
    let across = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), ROW), across, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.spacing_mut().interact_size.y = ROW;
        let has_pence = design.payments.iter().any(|payment| payment.price.0 % 100 != 0);
        let field_width = if has_pence { FIELD_WITH_PENCE } else { FIELD };
        let room = ui.available_width() - field_width - PRICE;
        let (place, response) = ui.allocate_exact_size(vec2(room, ROW), Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Row, true, format!("{}: {now}, {fair}", group.short_name()))
        });
        let fit = (room - 1.0, 1);
        let name = group.short_name();
        let at = place.left_center();
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, fit);
        let field = format!("Price now for {}", group.short_name());
        let look = Look { low: true, ..Look::wide(field_width) };
        let shown = result.price.to_string();
        typed_field(ui, desk, (&field, &shown), look, read_price, |desk, price, merge| {
            let of = (&design.terms.option, result.milestone.as_str());
            set_price(desk, of, std::slice::from_ref(&group.id), price, merge);
        });
        let (place, _) = ui.allocate_exact_size(vec2(PRICE, ROW), Sense::hover());
        let role = if prices.fair.is_ok() { Type::NumberStrong } else { Type::Small };
        paint_text(ui.painter(), place.right_center(), Align2::RIGHT_CENTER, &fair, role, tokens.ink);
    });
}

/// The start fee and what of it is held back.
fn fees(ui: &mut Ui, workspace: &Workspace, option: &OptionId, way: &Way) {
    let Ok(copy) = &way.copy else { return };
    let now = fee(workspace, option);
    let then = copy.terms.attachment_fee.unwrap_or_default();
    if now > Pence(0) {
        line(ui, "Start fee at sign-on", [&now.to_string(), &then.to_string()], false);
    }
    if let Some(held_back) = held_back(way) {
        line(ui, "Start fee on completion", ["\u{2013}", &held_back.to_string()], false);
    }
}

/// What the fair prices cost, and what they save later.
fn costs(ui: &mut Ui, reach: &OptionReach, effect: &Effect, bill_now: Figure) {
    let difference = |now: Figure, then: Figure| now.and_then(|now| Ok(then? - now));
    let extra = difference(reach.cost_per_year, effect.reach.cost_per_year);
    let avoided = difference(effect.bill_per_year, bill_now);
    if let Ok(extra) = extra {
        line(ui, "Extra cost a year", ["", &short_pounds(extra)], false);
    }
    let people = match (reach.left_out_per_year, effect.reach.left_out_per_year) {
        // People as the sheet writes them, so that both say the same.
        (Ok(before), Ok(after)) => Some(before.round() - after.round()),
        _ => None,
    };
    if let (Ok(avoided), true) = (avoided, people != Some(0.0)) {
        let words = if avoided < 0.0 { "Bill added a year" } else { "Bill avoided a year" };
        line(ui, words, ["", &short_pounds(avoided.abs())], false);
    }
    if let Some(people) = people {
        let count = number(people.abs(), 0);
        let words = match extra {
            _ if people == 0.0 => "As predicted, fair prices leave out as many.".to_owned(),
            _ if people < 0.0 => format!("As predicted, fair prices leave out {count} more."),
            Ok(extra) if extra > 0.0 => format!(
                "As predicted, {count} fewer are left out: {} for each of them.",
                pounds(extra / people)
            ),
            _ => format!("As predicted, {count} fewer are left out, for no more money."),
        };
        ui.add_space(space::S);
        note(ui, &words);
    }
}
