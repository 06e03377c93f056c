//! Several measures of reoffending at once: how many reoffend, how often and how badly, and whether these part.

use egui::Ui;

use super::{
    super::typed::{optional_number, shown},
    ChangingRiskView,
    settings::{Sheet, edit},
};
use crate::{
    analysis::reach::measures,
    model::{
        reach::changing_risk::{ChangingRisk, CohortCount},
        wording::capital,
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{captioned, captioned_row, hair_rule, hinted_field, link, read_field, wrapped},
    },
};

/// A line under the sentence of the page where the measures part; it leads to the counts.
pub(super) fn line(ui: &mut Ui, view: &mut ChangingRiskView, risk: &ChangingRisk) {
    let Some(Ok(change)) = measures::of(risk) else { return };
    if change.is_alarming() {
        let tokens = Tokens::of(ui);
        if link(ui, &change.words(), Type::Small, tokens.crimson).clicked() {
            view.sheet = Some(Sheet::Measures);
        }
    }
}

/// The counts, to be typed in, and what they come to.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, risk: &ChangingRisk) {
    let tokens = Tokens::of(ui);
    let words = "A share of people who reoffend counts each of them once, whatever follows. It can fall while those who \
                 still reoffend do so more often or worse. Count one cohort before and one after, over the same time.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    let standing = risk.measures.clone().unwrap_or_default();
    cohort(ui, desk, "before", &standing.before, |risk| &mut risk.before);
    cohort(ui, desk, "after", &standing.after, |risk| &mut risk.after);
    captioned_row(ui, |ui| {
        let width = ui.available_width();
        captioned(ui, "Where the counts come from, and of which dates", width, |ui, width| {
            let hint = "Such as: national returns, 2011 and 2017";
            if let Some(typed) = hinted_field(ui, "Source of the counts", hint, &standing.source, width) {
                edit(desk, "Say where the counts come from", |risk| {
                    risk.measures.get_or_insert_default().source = typed;
                });
            }
        });
    });
    hair_rule(ui);
    match measures::of(risk) {
        None => {
            wrapped(ui, "Nothing has been counted yet.", Type::Body, tokens.ink2);
        }
        Some(Err(why)) => {
            wrapped(ui, format!("{}.", capital(why.0)), Type::Body, tokens.ink2);
        }
        Some(Ok(change)) => {
            let ink = if change.is_alarming() { tokens.crimson } else { tokens.ink };
            wrapped(ui, change.words(), Type::Body, ink);
        }
    }
    ui.add_space(space::XS);
}

fn cohort(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    when: &str,
    standing: &CohortCount,
    of: fn(&mut crate::model::reach::changing_risk::SeveralMeasures) -> &mut CohortCount,
) {
    type Part = fn(&mut CohortCount) -> &mut Option<f64>;
    let parts: [(&str, Option<f64>, Part); 4] = [
        ("People", standing.people, |count| &mut count.people),
        ("Who reoffended", standing.reoffenders, |count| &mut count.reoffenders),
        ("Reoffences", standing.reoffences, |count| &mut count.reoffences),
        ("Severity of all", standing.severity, |count| &mut count.severity),
    ];
    captioned_row(ui, |ui| {
        for (words, value, part) in parts {
            captioned(ui, &format!("{words}, {when}"), 160.0, |ui, width| {
                let field = format!("{words} {when}");
                if let Some(typed) = read_field(ui, &field, &shown(value), width, optional_number) {
                    edit(desk, format!("Count {} {when}", words.to_lowercase()), |risk| {
                        *part(of(risk.measures.get_or_insert_default())) = typed;
                    });
                }
            });
        }
    });
}
