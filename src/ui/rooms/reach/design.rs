//! Payment design: the terms of an option, and what it pays for whom.

use egui::{Grid, ScrollArea, Ui, vec2};

use super::{known, reach_of, response_scale};
use crate::{
    analysis::Analysis,
    exchange::figure,
    model::{
        Workspace,
        ids::{NeedGroupId, OptionId, PaymentId},
        money::Pence,
        reach::{Payment, Referral, Terms, Threshold},
        wording::{decimals_used, number, percent, signed_pounds},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Card, button::Segment, icon_button, read_field, scrolled_page, segmented, text_field, wrapped,
        },
    },
};

pub(super) const FIELD: f32 = 112.0;

/// Shows the page for the option at this index.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    let option = workspace.question.options[index].id.clone();
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    let words =
        "What the provider is paid for, and on what terms. Every change is weighed at once in Prediction.";
    wrapped(ui, words, Type::Sentence, tokens.ink2);
    ui.add_space(space::XS);
    // What is typed and refused belongs to this option.
    scrolled_page(ui, &format!("payment design of {option}"), |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        if ui.available_width() < 980.0 {
            prices(ui, desk, workspace, analysis, index, &option);
            terms(ui, desk, workspace, &option);
            response_scale::show(ui, desk, workspace);
        } else {
            let width = ui.available_width();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::L;
                let down = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(vec2(width - 380.0 - space::L, 0.0), down, |ui| {
                    prices(ui, desk, workspace, analysis, index, &option);
                    ui.add_space(space::L);
                    response_scale::show(ui, desk, workspace);
                });
                ui.allocate_ui_with_layout(vec2(380.0, 0.0), down, |ui| terms(ui, desk, workspace, &option));
            });
        }
    });
}

/// The milestones that an option pays for, in the order they were named.
fn milestones(workspace: &Workspace, option: &OptionId) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for payment in workspace.reach.payments.iter().filter(|payment| payment.option == *option) {
        if !named.contains(&payment.milestone) {
            named.push(payment.milestone.clone());
        }
    }
    named
}

fn payment<'w>(
    workspace: &'w Workspace,
    option: &OptionId,
    milestone: &str,
    group: Option<&NeedGroupId>,
) -> Option<&'w Payment> {
    workspace
        .reach
        .payments
        .iter()
        .find(|p| p.option == *option && p.milestone == milestone && p.group.as_ref() == group)
}

fn prices(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    index: usize,
    option: &OptionId,
) {
    let tokens = Tokens::of(ui);
    let named = milestones(workspace, option);
    Card::new().show(ui, |ui| {
        ui.label(Type::Heading.text("What is paid for whom", tokens.ink));
        wrapped(
            ui,
            "£ a person. An empty price is not paid; “Every group” holds where a group has none of its own.",
            Type::Small,
            tokens.ink2,
        );
        ui.add_space(space::S);
        ScrollArea::horizontal().auto_shrink([false, true]).show(ui, |ui| {
            Grid::new("prices").spacing(vec2(space::M, space::S)).show(ui, |ui| {
                ui.label(Type::Small.text("Need group", tokens.ink3));
                for milestone in &named {
                    ui.label(Type::Small.text(milestone, tokens.ink3));
                }
                for heading in ["Uptake", "Gain over parking"] {
                    ui.label(Type::Small.text(heading, tokens.ink3));
                }
                ui.end_row();
                ui.label(Type::Body.text("Every group", tokens.ink2));
                for milestone in &named {
                    price_field(ui, desk, workspace, option, milestone, None);
                }
                ui.end_row();
                for (g, group) in workspace.question.need_groups.iter().enumerate() {
                    ui.label(Type::Body.text(group.short_name(), tokens.ink));
                    for milestone in &named {
                        price_field(
                            ui,
                            desk,
                            workspace,
                            option,
                            milestone,
                            Some((&group.id, group.short_name())),
                        );
                    }
                    uptake_field(ui, desk, workspace, option, &group.id, group.short_name());
                    let gain = reach_of(analysis, index)
                        .and_then(|reach| reach.groups.get(g))
                        .map(|group| &group.gain);
                    let ink = if gain.is_some_and(|gain| gain.as_ref().is_ok_and(|&g| g < 0.0)) {
                        tokens.crimson
                    } else {
                        tokens.ink
                    };
                    let words = gain.map_or("not known".to_owned(), |gain| known(gain, signed_pounds));
                    ui.label(Type::NumberStrong.text(words, ink));
                    ui.end_row();
                }
            });
        });
        ui.add_space(space::S);
        for milestone in &named {
            chances(ui, desk, workspace, option, milestone);
        }
        add_milestone(ui, desk, option, &named);
    });
}

fn add_milestone(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, named: &[String]) {
    ui.horizontal(|ui| {
        if let Some(name) = text_field(ui, "New milestone to pay for", "", 240.0) {
            let name = name.trim().to_owned();
            if named.contains(&name) {
                desk.notice(format!("“{name}” is paid for already."));
            } else if !name.is_empty() {
                let id = PaymentId::named(&name, desk.session.new_tail());
                let option = option.clone();
                desk.edit(format!("Pay for {name}"), None, |w| {
                    w.reach.payments.push(Payment {
                        id,
                        option,
                        group: None,
                        milestone: name,
                        price: Pence(0),
                        probability_parked: None,
                        probability_supported: None,
                    });
                });
            }
        }
        let tokens = Tokens::of(ui);
        ui.label(
            Type::Small.text("Name something else to pay for, such as “Job kept six months”", tokens.ink3),
        );
    });
}

fn price_field(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    option: &OptionId,
    milestone: &str,
    group: Option<(&NeedGroupId, &str)>,
) {
    let standing = payment(workspace, option, milestone, group.map(|(id, _)| id));
    let shown = standing.map(|p| p.price.to_string()).unwrap_or_default();
    let whom = group.map_or("every group", |(_, name)| name);
    let name = format!("Price of {milestone} for {whom}");
    let read = |typed: &str| {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let price = Pence::parse(typed).filter(|price| price.0 >= 0).map(Some);
        price.ok_or_else(|| format!("“{typed}” is not a price; write it like £1,400."))
    };
    let Some(price) = read_field(ui, &name, &shown, FIELD, read) else { return };
    let Some(price) = price else {
        if let Some(id) = standing.map(|p| p.id.clone()) {
            desk.edit(format!("Remove the price of {milestone} for {whom}"), None, |w| {
                w.reach.payments.retain(|p| p.id != id);
            });
        }
        return;
    };
    let fresh = PaymentId::named(milestone, desk.session.new_tail());
    let (option, milestone, group) = (option.clone(), milestone.to_owned(), group.map(|(id, _)| id.clone()));
    desk.edit(format!("Pay {price} for {milestone}, {whom}"), None, |w| {
        let same = |p: &&mut Payment| p.option == option && p.milestone == milestone && p.group == group;
        if let Some(payment) = w.reach.payments.iter_mut().find(same) {
            payment.price = price;
            return;
        }
        // A group's own price counts as the price for every group did, until somebody says otherwise.
        let like = w.reach.payments.iter().find(|p| p.option == option && p.milestone == milestone);
        let (parked, supported) =
            like.map_or((None, None), |p| (p.probability_parked, p.probability_supported));
        let payment = Payment {
            id: fresh,
            option,
            group,
            milestone,
            price,
            probability_parked: parked,
            probability_supported: supported,
        };
        w.reach.payments.push(payment);
    });
}

/// How likely it is that a supported and a parked person reach a milestone, for all groups that it is paid for.
fn chances(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, option: &OptionId, milestone: &str) {
    let tokens = Tokens::of(ui);
    let of_this =
        || workspace.reach.payments.iter().filter(|p| p.option == *option && p.milestone == milestone);
    let common = |part: fn(&Payment) -> Option<f64>| {
        let mut values = of_this().map(part);
        let first = values.next().flatten();
        values.all(|value| value == first).then_some(first)
    };
    ui.horizontal(|ui| {
        ui.label(Type::Body.text(milestone, tokens.ink));
        for (word, part, is_supported) in [
            (
                "reached when supported",
                (|p: &Payment| p.probability_supported) as fn(&Payment) -> Option<f64>,
                true,
            ),
            ("when parked", |p: &Payment| p.probability_parked, false),
        ] {
            ui.label(Type::Small.text(word, tokens.ink3));
            let shown =
                common(part).map_or("varies".to_owned(), |value| value.map(percent).unwrap_or_default());
            let name = format!("{milestone} {word}");
            let read = |typed: &str| {
                optional_share(typed).map_err(|_| {
                    format!(
                        "“{typed}” is not a chance; write it like 40 %, or leave it empty for the group’s own rate."
                    )
                })
            };
            if let Some(value) = read_field(ui, &name, &shown, 84.0, read) {
                set_chance(desk, option, milestone, value, is_supported);
            }
        }
        if icon_button(ui, icons::TRASH, &format!("Stop paying for {milestone}"), true).clicked() {
            let (option, name) = (option.clone(), milestone.to_owned());
            desk.edit(format!("Stop paying for {milestone}"), None, |w| {
                w.reach.payments.retain(|p| p.option != option || p.milestone != name);
            });
        }
    });
}

fn set_chance(desk: &mut Desk<'_>, option: &OptionId, milestone: &str, value: Option<f64>, supported: bool) {
    let (option, name) = (option.clone(), milestone.to_owned());
    desk.edit(format!("Change how likely {milestone} is"), None, |w| {
        for payment in w.reach.payments.iter_mut().filter(|p| p.option == option && p.milestone == name) {
            if supported {
                payment.probability_supported = value;
            } else {
                payment.probability_parked = value;
            }
        }
    });
}

fn uptake_field(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    option: &OptionId,
    group: &NeedGroupId,
    name: &str,
) {
    let standing = workspace.terms(option).and_then(|terms| terms.uptake.get(group)).copied();
    let shown = standing.map(percent).unwrap_or_default();
    if let Some(value) = read_field(ui, &format!("Uptake of {name}"), &shown, 84.0, optional_share) {
        let group = group.clone();
        edit_terms(desk, option, &format!("Change the uptake of {name}"), |terms| {
            match value {
                Some(share) => terms.uptake.insert(group, share),
                None => terms.uptake.remove(&group),
            };
        });
    }
}

fn optional_hours(typed: &str) -> Result<Option<f64>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let hours = figure::number(typed).map(|number| number.value).filter(|hours| *hours >= 0.0);
    hours.map(Some).ok_or_else(|| format!("“{typed}” is not a number of hours; write it like 1,500."))
}

/// Reads a share that may be left empty.
fn optional_share(typed: &str) -> Result<Option<f64>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let share = figure::share(typed).filter(|share| (0.0..=1.0).contains(share)).map(Some);
    share.ok_or_else(|| format!("“{typed}” is not a share; write it like 40 %."))
}

fn edit_terms(desk: &mut Desk<'_>, option: &OptionId, label: &str, change: impl FnOnce(&mut Terms)) {
    let option = option.clone();
    desk.edit(label, None, |w| {
        let terms = &mut w.reach.terms;
        if !terms.iter().any(|t| t.option == option) {
            terms.push(Terms::unknown(option.clone()));
        }
        if let Some(terms) = terms.iter_mut().find(|t| t.option == option) {
            change(terms);
        }
    });
}

fn terms(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, option: &OptionId) {
    let tokens = Tokens::of(ui);
    let standing = workspace.terms(option).cloned().unwrap_or_else(|| Terms::unknown(option.clone()));
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("Terms", tokens.ink));
        if let Some(label) =
            text_field(ui, "How it pays, in words", &standing.label, ui.available_width() - 4.0)
        {
            edit_terms(desk, option, "Say how it pays", |terms| terms.label = label);
        }
        money(ui, desk, option, ("Block fee a year", standing.block_fee), |terms, sum| terms.block_fee = sum);
        money(ui, desk, option, ("Fee for each start", standing.attachment_fee), |terms, sum| {
            terms.attachment_fee = sum
        });
        money(ui, desk, option, ("Most paid in a year", standing.cap), |terms, sum| terms.cap = sum);
        threshold(ui, desk, option, standing.threshold);
        let above = [("All outcomes", false), ("Above baseline", true)];
        choice(
            ui,
            desk,
            option,
            "What is paid",
            &above,
            Some(standing.paid_above_baseline),
            |terms, value| {
                terms.paid_above_baseline = value;
            },
        );
        let referral = [
            ("Provider", Referral::Provider),
            ("Commissioner", Referral::Commissioner),
            ("Court", Referral::Court),
        ];
        choice(ui, desk, option, "Who decides who comes", &referral, standing.referral, |terms, value| {
            terms.referral = Some(value);
        });
        let yes_no = [("Yes", true), ("No", false)];
        choice(
            ui,
            desk,
            option,
            "Minimum standard for everyone",
            &yes_no,
            standing.minimum_standard,
            |terms, value| {
                terms.minimum_standard = Some(value);
            },
        );
        choice(ui, desk, option, "Outside investor", &yes_no, standing.investor, |terms, value| {
            terms.investor = Some(value)
        });
        row(ui, "Served whatever the money says", |ui| {
            let shown = standing.floor.map(percent).unwrap_or_default();
            let name = "Served whatever the money says";
            if let Some(value) = read_field(ui, name, &shown, FIELD, optional_share) {
                edit_terms(desk, option, "Change the least share served", |terms| terms.floor = value);
            }
        });
        row(ui, "Worker-hours a year", |ui| {
            let shown =
                standing.capacity_hours.map(|hours| number(hours, decimals_used(hours))).unwrap_or_default();
            if let Some(hours) = read_field(ui, "Worker-hours a year", &shown, FIELD, optional_hours) {
                edit_terms(desk, option, "Change the worker-hours", |terms| terms.capacity_hours = hours);
            }
        });
        money(ui, desk, option, ("Money for support a year", standing.capacity_money), |terms, sum| {
            terms.capacity_money = sum;
        });
    });
}

fn row<R>(ui: &mut Ui, words: &str, field: impl FnOnce(&mut Ui) -> R) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(Type::Body.text(words, tokens.ink2));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), field);
    });
}

fn money(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &OptionId,
    (words, standing): (&str, Option<Pence>),
    put: impl FnOnce(&mut Terms, Option<Pence>),
) {
    row(ui, words, |ui| {
        let shown = standing.map(|sum| sum.to_string()).unwrap_or_default();
        let read = |typed: &str| {
            if typed.trim().is_empty() {
                return Ok(None);
            }
            let sum = Pence::parse(typed).filter(|sum| sum.0 >= 0).map(Some);
            sum.ok_or_else(|| format!("“{typed}” is not a sum of money; write it like £2,900."))
        };
        let Some(sum) = read_field(ui, words, &shown, FIELD, read) else { return };
        edit_terms(desk, option, &format!("Change “{words}”"), |terms| put(terms, sum));
    });
}

fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &OptionId,
    words: &str,
    choices: &[(&str, T)],
    standing: Option<T>,
    put: impl FnOnce(&mut Terms, T),
) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Body.text(words, tokens.ink2));
    let current = choices.iter().position(|(_, value)| Some(*value) == standing).unwrap_or(usize::MAX);
    let segments: Vec<Segment<'_>> = choices
        .iter()
        .map(|(name, _)| Segment { badge: "", words: name, colour: None, name: format!("{words}: {name}") })
        .collect();
    if let Some(chosen) = segmented(ui, &segments, current) {
        edit_terms(desk, option, &format!("{words}: {}", choices[chosen].0), |terms| {
            put(terms, choices[chosen].1)
        });
    }
}

fn threshold(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: Threshold) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Body.text("Threshold for results", tokens.ink2));
    let rate = match standing {
        Threshold::None => None,
        Threshold::Binary(rate) | Threshold::Above(rate) => Some(rate),
    };
    let current = match standing {
        Threshold::None => 0,
        Threshold::Binary(_) => 1,
        Threshold::Above(_) => 2,
    };
    ui.horizontal(|ui| {
        let segments: Vec<Segment<'_>> = ["None", "All or nothing", "Above it"]
            .into_iter()
            .map(|words| Segment { badge: "", words, colour: None, name: format!("Threshold: {words}") })
            .collect();
        if let Some(chosen) = segmented(ui, &segments, current) {
            let rate = rate.unwrap_or(0.5);
            let value = [Threshold::None, Threshold::Binary(rate), Threshold::Above(rate)][chosen];
            edit_terms(desk, option, "Change the threshold", |terms| terms.threshold = value);
        }
        if let Some(rate) = rate
            && let Some(Some(rate)) = read_field(ui, "Threshold rate", &percent(rate), 76.0, optional_share)
        {
            let value = if current == 1 { Threshold::Binary(rate) } else { Threshold::Above(rate) };
            edit_terms(desk, option, "Change the threshold", |terms| terms.threshold = value);
        }
    });
}
