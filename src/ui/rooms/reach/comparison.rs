//! Payment past a threshold that is held against a comparison group: its terms, and what was measured against one.

use egui::Ui;

use super::{
    design::{edit_terms, edit_terms_as, field_width, row},
    typed::{optional_number, optional_share, shown},
    typing::typed_field,
};
use crate::{
    analysis::reach::comparison::{ALL_TOGETHER, JudgedCohort, judged},
    model::{
        ids::OptionId,
        reach::{FewerEvents, MeasuredCohort, Terms, Threshold},
        wording::percent_to_tenth,
    },
    session::MergeKey,
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Button, Look, captioned, captioned_row, choose, hair_rule, hinted_field, link, wrapped},
    },
};

/// The further terms of a threshold of fewer events, below its rate.
pub(super) fn terms(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, standing: FewerEvents) {
    let change = |desk: &mut Desk<'_>, words: &str, fewer: FewerEvents, merge: MergeKey<'_>| {
        edit_terms_as(desk, option, words, merge, |terms| terms.threshold = Threshold::Fewer(fewer));
    };
    row(ui, "Together", |ui| {
        let together = standing.together.map(percent_to_tenth).unwrap_or_default();
        let (name, width) = ("Fewer events over all cohorts together", field_width(ui));
        let field = (name, together.as_str());
        typed_field(ui, desk, field, Look::wide(width), optional_share, |desk, together, merge| {
            let fewer = FewerEvents { together, ..standing };
            change(desk, "Change the threshold for all cohorts", fewer, merge);
        });
    });
    row(ui, "Compared with", |ui| {
        let (name, width) = ("People compared for each person", field_width(ui));
        let compared = shown(Some(standing.compared_per_person));
        let field = (name, compared.as_str());
        typed_field(ui, desk, field, Look::wide(width), above_nought, |desk, compared_per_person, merge| {
            let fewer = FewerEvents { compared_per_person, ..standing };
            change(desk, "Change how many are compared", fewer, merge);
        });
    });
    row(ui, "Events each", |ui| {
        let (name, width) = ("Events for each person compared", field_width(ui));
        let read = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => above_nought(typed).map(Some),
        };
        let events = shown(standing.events_per_person);
        let field = (name, events.as_str());
        typed_field(ui, desk, field, Look::wide(width), read, |desk, events_per_person, merge| {
            let fewer = FewerEvents { events_per_person, ..standing };
            change(desk, "Change the events for each", fewer, merge);
        });
    });
}

fn above_nought(typed: &str) -> Result<f64, String> {
    let number = optional_number(typed)?.filter(|number| *number > 0.0);
    number.ok_or_else(|| format!("\u{201c}{typed}\u{201d} is not a number above 0."))
}

/// What was measured and what the rule makes of it: a sentence a cohort, with its counts to be typed in.
pub(super) fn measured(ui: &mut Ui, desk: &mut Desk<'_>, standing: &Terms) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::S;
    let judged = judged(standing);
    for (at, cohort) in standing.measured.iter().enumerate() {
        if at > 0 {
            hair_rule(ui);
        }
        if let Some(judged) = judged.get(at) {
            verdict(ui, judged);
        }
        counts(ui, desk, standing, at, cohort);
    }
    for added in judged.iter().skip(standing.measured.len()) {
        hair_rule(ui);
        verdict(ui, added);
    }
    if standing.measured.is_empty() {
        let words = "Nothing has been measured yet. Each cohort stands here with its comparison group.";
        wrapped(ui, words, Type::Small, tokens.ink2);
    }
    if Button::new("Add a cohort").show(ui).clicked() {
        let name = format!("Cohort {}", standing.measured.len() + 1);
        edit_terms(desk, &standing.option, &format!("Add \u{201c}{name}\u{201d}"), |terms| {
            terms.measured.push(MeasuredCohort { name, ..MeasuredCohort::default() });
        });
    }
}

fn verdict(ui: &mut Ui, judged: &JudgedCohort) {
    let tokens = Tokens::of(ui);
    wrapped(ui, judged.words(), Type::Body, tokens.ink);
}

/// The figures of one cohort.
fn counts(ui: &mut Ui, desk: &mut Desk<'_>, standing: &Terms, at: usize, cohort: &MeasuredCohort) {
    type Part = fn(&mut MeasuredCohort) -> &mut Option<f64>;
    let tokens = Tokens::of(ui);
    let name = &cohort.name;
    let edit_as =
        |desk: &mut Desk<'_>, words: &str, merge: MergeKey<'_>, change: &dyn Fn(&mut MeasuredCohort)| {
            edit_terms_as(desk, &standing.option, words, merge, |terms| {
                if let Some(cohort) = terms.measured.get_mut(at) {
                    change(cohort);
                }
            });
        };
    let edit = |desk: &mut Desk<'_>, words: &str, change: &dyn Fn(&mut MeasuredCohort)| {
        edit_as(desk, words, None, change);
    };
    ui.push_id(("measured cohort", at), |ui| {
        captioned_row(ui, |ui| {
            let width = (ui.available_width() - space::S) / 2.0;
            captioned(ui, "Cohort", width, |ui, width| {
                if let Some(typed) =
                    hinted_field(ui, &format!("Name of cohort {}", at + 1), "Cohort 1", name, width)
                {
                    edit(desk, "Name a cohort", &|cohort| cohort.name.clone_from(&typed));
                }
            });
            captioned(ui, "It is", width, |ui, width| {
                let kinds = [(false, "One cohort".to_owned()), (true, ALL_TOGETHER.to_owned())];
                let field = format!("What {name} is");
                if let Some(together) = choose(ui, &field, width, &cohort.together, kinds) {
                    edit(desk, "Say what was measured", &|cohort| cohort.together = together);
                }
            });
        });
        let parts: [(&str, Option<f64>, Part); 4] = [
            ("People", cohort.people, |cohort| &mut cohort.people),
            ("Events", cohort.events, |cohort| &mut cohort.events),
            ("Compared", cohort.compared_people, |cohort| &mut cohort.compared_people),
            ("Their events", cohort.compared_events, |cohort| &mut cohort.compared_events),
        ];
        captioned_row(ui, |ui| {
            let width = (ui.available_width() - 3.0 * space::S) / 4.0;
            ui.spacing_mut().item_spacing.x = space::S;
            for (words, value, part) in parts {
                captioned(ui, words, width, |ui, width| {
                    let field = format!("{words}, {name}");
                    let (field, label) = ((field.as_str(), &*shown(value)), words.to_lowercase());
                    typed_field(ui, desk, field, Look::wide(width), optional_number, |desk, typed, merge| {
                        edit_as(desk, &format!("Count {label} of {name}"), merge, &|cohort| {
                            *part(cohort) = typed;
                        });
                    });
                });
            }
        });
        captioned_row(ui, |ui| {
            let width = (ui.available_width() - space::S) / 2.0;
            captioned(ui, "Or fewer, as published", width, |ui, width| {
                let (field, value) = (format!("Published reduction, {name}"), cohort.published_reduction);
                let value = value.map(percent_to_tenth).unwrap_or_default();
                let field = (field.as_str(), value.as_str());
                typed_field(ui, desk, field, Look::wide(width), optional_share, |desk, share, merge| {
                    let label = "Change a published reduction";
                    edit_as(desk, label, merge, &|cohort| cohort.published_reduction = share);
                });
            });
            captioned(ui, "Source, with a date", width, |ui, width| {
                let field = format!("Source of {name}");
                if let Some(typed) =
                    hinted_field(ui, &field, "Evaluation, August 2014", &cohort.source, width)
                {
                    edit(desk, "Say where a cohort was measured", &|cohort| cohort.source.clone_from(&typed));
                }
            });
        });
        let called = if name.is_empty() { "this cohort" } else { name };
        let words = format!("Take out {called}");
        if link(ui, &words, Type::Small, tokens.ink2).clicked() {
            edit_terms(desk, &standing.option, &words, |terms| {
                if at < terms.measured.len() {
                    terms.measured.remove(at);
                }
            });
        }
    });
}
