//! The terms: what is paid besides prices, past what, who refers and may refuse, and what everybody is promised.

use egui::{Ui, vec2};

use super::{
    super::{comparison, typed::optional_share},
    Scene, edit_terms, edit_terms_as,
};
use crate::{
    exchange::figure,
    model::{
        ids::OptionId,
        money::Pence,
        reach::{FewerEvents, Referral, Terms, Threshold},
        wording::{decimals_used, number, percent, percent_to_tenth},
    },
    ui::{
        desk::Desk,
        rooms::reach::typing::typed_field,
        theme::{Tokens, Type, size, space},
        widgets::{Look, choose, link, text_field, typed_text, wrapped},
    },
};

/// How wide the name of a term is.
const NAME: f32 = 82.0;
/// The relative reduction that a new threshold against a comparison group asks for.
const FEWER_AT_FIRST: f64 = 0.1;

/// Shows the card's contents.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let option = scene.option;
    let standing = scene.workspace.terms(option).cloned().unwrap_or_else(|| Terms::unknown(option.clone()));
    ui.spacing_mut().item_spacing.y = space::S;
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("Terms", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let more = desk.view.reach.more_terms;
            if link(ui, if more { "Fewer terms" } else { "More terms" }, Type::Small, tokens.ink2).clicked() {
                desk.view.reach.more_terms = !more;
            }
        });
    });
    let more = desk.view.reach.more_terms;
    let one_column = ui.available_width() < 470.0;
    if one_column {
        left(ui, desk, option, &standing, more);
        right(ui, desk, option, &standing, more);
    } else {
        ui.columns(2, |columns| {
            for column in columns.iter_mut() {
                column.spacing_mut().item_spacing.y = space::S;
            }
            left(&mut columns[0], desk, option, &standing, more);
            right(&mut columns[1], desk, option, &standing, more);
        });
    }
    if more {
        let minimum = "Reserved: the part of each group that is supported whatever the money says. Standard: the part of full \
                       support that everybody gets. Either is a minimum for everybody.";
        wrapped(ui, minimum, Type::Small, tokens.ink2);
        words(ui, desk, option, &standing);
    } else if !standing.source.is_empty() {
        wrapped(ui, format!("{}.", standing.source.trim_end_matches('.')), Type::Small, tokens.ink2);
    }
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: &Terms, more: bool) {
    let block = Named::new("Block fee", "Block fee a year", "a year");
    money(ui, desk, option, (block, standing.block_fee), |t, sum| t.block_fee = sum);
    let start = Named::new("Start fee", "Fee for each start", "at sign-on");
    money(ui, desk, option, (start, standing.attachment_fee), |t, sum| t.attachment_fee = sum);
    let paid = [(false, "All outcomes"), (true, "Above baseline")];
    choice(
        ui,
        desk,
        option,
        ("Counted", "What is paid"),
        &paid,
        Some(standing.paid_above_baseline),
        |t, above| {
            t.paid_above_baseline = above.unwrap_or(false);
        },
    );
    threshold(ui, desk, option, standing.threshold);
    let cap = Named::new("Cap", "Most paid in a year", "a year");
    money(ui, desk, option, (cap, standing.cap), |t, sum| t.cap = sum);
    if more {
        let standard = Named::new("Standard", "Part of full support that everybody gets", "of full support");
        share(ui, desk, option, (standard, standing.contact_standard), |t, s| t.contact_standard = s);
        hours(ui, desk, option, standing);
        let budget = Named::new("Budget", "Money for support a year", "a year");
        money(ui, desk, option, (budget, standing.capacity_money), |t, sum| t.capacity_money = sum);
        by_year(ui, desk, option, ("Prices by year", &standing.price_by_year), |t, years| {
            t.price_by_year = years
        });
        by_year(ui, desk, option, ("Start fee by year", &standing.fee_by_year), |t, years| {
            t.fee_by_year = years
        });
    }
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: &Terms, more: bool) {
    let referral = [
        (Referral::Provider, "The provider"),
        (Referral::Commissioner, "The commissioner"),
        (Referral::Court, "A court"),
    ];
    choice(
        ui,
        desk,
        option,
        ("Who refers", "Who decides who comes"),
        &referral,
        standing.referral,
        |t, who| {
            t.referral = who;
        },
    );
    let refusing = [(false, "Nobody"), (true, "The provider")];
    choice(ui, desk, option, ("May refuse", "Who may refuse"), &refusing, standing.may_refuse, |t, may| {
        t.may_refuse = may;
    });
    let minimum = Named::new("Reserved", "Supported whatever the money says", "of each group");
    share(ui, desk, option, (minimum, standing.floor), |t, floor| {
        t.floor = floor;
        if let Some(floor) = floor {
            t.minimum_standard = Some(floor > 0.0);
        }
    });
    let investor = [(false, "None"), (true, "Repaid from results")];
    choice(ui, desk, option, ("Investor", "Outside investor"), &investor, standing.investor, |t, there| {
        t.investor = there;
    });
    passed_on(ui, desk, option, standing.passed_on);
    if more {
        let yes_no = [(true, "Yes"), (false, "No")];
        let marks: [(&str, &str, Option<bool>, fn(&mut Terms, Option<bool>)); 4] = [
            ("A minimum", "Minimum standard for everyone", standing.minimum_standard, |t, v| {
                t.minimum_standard = v
            }),
            ("Pilot", "A pilot before the whole", standing.pilot, |t, v| t.pilot = v),
            ("Watched", "Watched by need group", standing.monitored_by_group, |t, v| {
                t.monitored_by_group = v
            }),
            ("Refusals", "Refusals are recorded", standing.refusals_recorded, |t, v| t.refusals_recorded = v),
        ];
        // Where places or a standard are stated, these are the minimum.
        let stated = [standing.floor, standing.contact_standard].into_iter().flatten().any(|part| part > 0.0);
        for (name, words, value, put) in marks.into_iter().skip(usize::from(stated)) {
            choice(ui, desk, option, (name, words), &yes_no, value, put);
        }
    }
}

/// How it pays in words, and where the terms come from.
fn words(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: &Terms) {
    let width = ui.available_width() - NAME - space::S - 4.0;
    row(ui, "In words", |ui| {
        if let Some(label) = text_field(ui, "How it pays, in words", &standing.label, width) {
            edit_terms(desk, option, "Say how it pays", |terms| terms.label = label);
        }
    });
    row(ui, "Where from", |ui| {
        if let Some(source) =
            text_field(ui, "Where the terms come from, with a date", &standing.source, width)
        {
            edit_terms(desk, option, "Say where the terms come from", |terms| terms.source = source);
        }
    });
}

pub(in crate::ui::rooms::reach) fn row<R>(ui: &mut Ui, words: &str, field: impl FnOnce(&mut Ui) -> R) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = space::S;
        let down = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(NAME, size::CONTROL), down, |ui| {
            ui.set_min_width(NAME);
            wrapped(ui, words, Type::Body, tokens.ink2);
        });
        field(ui);
    });
}

pub(in crate::ui::rooms::reach) fn field_width(ui: &Ui) -> f32 {
    (ui.available_width() - 4.0).clamp(80.0, 190.0)
}

/// What a term is called: beside its field, to assistive technology, and what it counts in.
struct Named<'a> {
    short: &'a str,
    name: &'a str,
    unit: &'a str,
    /// What stands in the field while nothing is said.
    none: &'a str,
}

impl<'a> Named<'a> {
    fn new(short: &'a str, name: &'a str, unit: &'a str) -> Self {
        Self { short, name, unit, none: "None" }
    }
}

fn money(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &OptionId,
    (named, standing): (Named<'_>, Option<Pence>),
    put: impl Fn(&mut Terms, Option<Pence>),
) {
    let shown = standing.map(|sum| sum.to_string()).unwrap_or_default();
    let read = |typed: &str| {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let sum = Pence::parse(typed).filter(|sum| sum.0 >= 0).map(Some);
        sum.ok_or_else(|| format!("“{typed}” is not a sum of money; write it like £2,900."))
    };
    figure_term(ui, desk, option, (named, &shown), read, put);
}

fn share(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &OptionId,
    (named, standing): (Named<'_>, Option<f64>),
    put: impl Fn(&mut Terms, Option<f64>),
) {
    let shown = standing.map(percent).unwrap_or_default();
    figure_term(ui, desk, option, (named, &shown), optional_share, put);
}

/// A term that is a figure: it counts while it is typed, and empty it is none.
fn figure_term<T>(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &OptionId,
    (named, shown): (Named<'_>, &str),
    read: impl Fn(&str) -> Result<T, String>,
    put: impl Fn(&mut Terms, T),
) {
    row(ui, named.short, |ui| {
        let look = Look { width: field_width(ui), hint: named.none, unit: Some(named.unit), low: false };
        typed_field(ui, desk, (named.name, shown), look, read, |desk, value, merge| {
            edit_terms_as(desk, option, &format!("Change “{}”", named.name), merge, |terms| {
                put(terms, value)
            });
        });
    });
}

fn hours(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: &Terms) {
    let shown = standing.capacity_hours.map(|h| number(h, decimals_used(h))).unwrap_or_default();
    let read = |typed: &str| {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let hours = figure::number(typed).map(|number| number.value).filter(|hours| *hours >= 0.0);
        hours.map(Some).ok_or_else(|| format!("“{typed}” is not a number of hours; write it like 1,500."))
    };
    let named = Named::new("Hours", "Worker-hours a year", "a year");
    figure_term(ui, desk, option, (named, &shown), read, |terms, hours| terms.capacity_hours = hours);
}

fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &OptionId,
    (short, name): (&str, &str),
    choices: &[(T, &str)],
    standing: Option<T>,
    put: impl FnOnce(&mut Terms, Option<T>),
) {
    row(ui, short, |ui| {
        let width = field_width(ui);
        let unsaid = std::iter::once((None, "Not said".to_owned()));
        let said = choices.iter().map(|(value, words)| (Some(*value), (*words).to_owned()));
        if let Some(chosen) = choose(ui, name, width, &standing, unsaid.chain(said)) {
            edit_terms(desk, option, &format!("Change “{name}”"), |terms| put(terms, chosen));
        }
    });
}

fn threshold(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: Threshold) {
    let (kind, rate) = match standing {
        Threshold::None => (0, None),
        Threshold::Binary(rate) => (1, Some(rate)),
        Threshold::Above(rate) => (2, Some(rate)),
        Threshold::Fewer(fewer) => (3, Some(fewer.alone)),
    };
    row(ui, "Threshold", |ui| {
        let whole = field_width(ui);
        let width = if rate.is_some() { whole - 70.0 } else { whole };
        let kinds = ["None", "All or nothing", "Above it", "Compared"];
        let choices = kinds.into_iter().enumerate().map(|(n, words)| (n, words.to_owned()));
        if let Some(chosen) = choose(ui, "Threshold for results", width, &kind, choices) {
            let value = of_kind(chosen, standing, rate);
            edit_terms(desk, option, "Change the threshold", |terms| terms.threshold = value);
        }
        let Some(rate) = rate else { return };
        let field = ("Threshold rate", &*percent_to_tenth(rate));
        typed_field(ui, desk, field, Look::wide(62.0), said_share, |desk, rate, merge| {
            let value = of_kind(kind, standing, Some(rate));
            edit_terms_as(desk, option, "Change the threshold", merge, |terms| terms.threshold = value);
        });
    });
    if let Threshold::Fewer(fewer) = standing {
        comparison::terms(ui, desk, option, fewer);
    }
}

/// The threshold of this kind at a rate; what else a standing threshold against a comparison group says stays.
fn of_kind(kind: usize, standing: Threshold, rate: Option<f64>) -> Threshold {
    match (kind, standing) {
        (1, _) => Threshold::Binary(rate.unwrap_or(0.5)),
        (2, _) => Threshold::Above(rate.unwrap_or(0.5)),
        (3, Threshold::Fewer(fewer)) => {
            Threshold::Fewer(FewerEvents { alone: rate.unwrap_or(fewer.alone), ..fewer })
        }
        (3, _) => Threshold::Fewer(FewerEvents::than(FEWER_AT_FIRST)),
        _ => Threshold::None,
    }
}

const SHARE_PASSED_ON: &str = "Share passed on";

/// What is passed on to subcontractors: not said, not promised, or a share.
fn passed_on(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: Option<f64>) {
    let kind = match standing {
        None => 0,
        Some(share) if share <= 0.0 => 1,
        Some(_) => 2,
    };
    row(ui, "Passed on", |ui| {
        // Nought on the way to a share is not yet the word that none is promised.
        let kind = if typed_text(ui, SHARE_PASSED_ON).is_some() { 2 } else { kind };
        let whole = field_width(ui);
        let width = if kind == 2 { whole - 70.0 } else { whole };
        let kinds = ["Not said", "Not promised", "A share"];
        let choices = kinds.into_iter().enumerate().map(|(n, words)| (n, words.to_owned()));
        if let Some(chosen) = choose(ui, "Passed on to subcontractors", width, &kind, choices) {
            let value = [None, Some(0.0), Some(1.0)][chosen];
            edit_terms(desk, option, "Change what is passed on", |terms| terms.passed_on = value);
        }
        if kind == 2 {
            let shown = standing.map(percent).unwrap_or_default();
            let (field, look) = ((SHARE_PASSED_ON, shown.as_str()), Look::wide(62.0));
            typed_field(ui, desk, field, look, said_share, |desk, share, merge| {
                let label = "Change what is passed on";
                edit_terms_as(desk, option, label, merge, |terms| terms.passed_on = Some(share));
            });
        }
    });
}

/// Shares of what is stated, one a contract year, such as "100 %, 50 %, 0 %".
fn by_year(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &OptionId,
    (name, standing): (&str, &[f64]),
    put: impl Fn(&mut Terms, Vec<f64>),
) {
    let shown = standing.iter().map(|share| percent(*share)).collect::<Vec<_>>().join(", ");
    let named = Named { short: name, name, unit: "", none: "As stated" };
    figure_term(ui, desk, option, (named, &shown), read_years, put);
}

/// A share that must be said.
fn said_share(typed: &str) -> Result<f64, String> {
    optional_share(typed)?.ok_or_else(|| "Say a rate; write it like 40 %.".to_owned())
}

fn read_years(typed: &str) -> Result<Vec<f64>, String> {
    let parts = typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let read = |part: &str| figure::share(part).filter(|share| (0.0..=10.0).contains(share));
    parts.map(read).collect::<Option<Vec<f64>>>().ok_or_else(|| {
        format!("“{typed}” is not a share for each year; write it like 100 %, 50 %, 0 %, or leave it empty.")
    })
}
