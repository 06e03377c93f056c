//! What a reoffence costs whom, what a later year is worth, what a wing is worth, and what the option promises to save.

use egui::Ui;

use super::{
    super::typed::{optional_number, shown},
    Scene,
    settings::edit,
};
use crate::{
    exchange::figure,
    model::{
        ids::AgencyId,
        money::Pence,
        reach::changing_risk::{Agency, ChangingRisk, LONGEST_HORIZON, PromisedSaving, Wing},
        wording::percent_to_tenth,
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{
            Button, captioned, captioned_row, hair_rule, hinted_field, icon_button, read_field, text_field,
            wrapped,
        },
    },
};

const SUM: f32 = 120.0;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Strong.text("What a reoffence costs, by agency", tokens.ink));
    for agency in &scene.risk.agencies {
        ui.push_id(agency.id.as_str(), |ui| agency_row(ui, desk, agency));
    }
    if Button::new("Add an agency").icon(icons::PLUS).show(ui).clicked() {
        add_agency(desk, scene.risk);
    }
    hair_rule(ui);
    ui.label(Type::Strong.text("What a later year is worth", tokens.ink));
    discount(ui, desk, scene.risk);
    hair_rule(ui);
    ui.label(Type::Strong.text("When it is cash: a wing of a prison", tokens.ink));
    wing(ui, desk, &scene.risk.wing);
    hair_rule(ui);
    let option = &scene.workspace.question.options[scene.option];
    ui.label(Type::Strong.text(format!("What {} promises to save", option.name), tokens.ink));
    promise(ui, desk, scene);
}

/// A sum that may be left empty.
fn optional_sum(typed: &str) -> Result<Option<Pence>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let sum = Pence::parse(typed).filter(|sum| sum.0 >= 0).map(Some);
    sum.ok_or_else(|| format!("“{typed}” is not a sum of money; write it like £2,900."))
}

fn sum_shown(sum: Option<Pence>) -> String {
    sum.map(|sum| sum.to_string()).unwrap_or_default()
}

fn source_field(ui: &mut Ui, name: &str, standing: &str) -> Option<String> {
    let width = (ui.available_width() - 48.0).max(160.0);
    captioned(ui, "Source and date", width, |ui, width| {
        hinted_field(ui, name, "Where it comes from, and when", standing, width)
    })
}

fn agency_row(ui: &mut Ui, desk: &mut Desk<'_>, agency: &Agency) {
    let name = &agency.name;
    let change = |desk: &mut Desk<'_>, label: String, put: &dyn Fn(&mut Agency)| {
        let id = agency.id.clone();
        edit(desk, label, |risk| {
            if let Some(agency) = risk.agencies.iter_mut().find(|agency| agency.id == id) {
                put(agency);
            }
        });
    };
    captioned_row(ui, |ui| {
        captioned(ui, "Agency", 170.0, |ui, width| {
            if let Some(typed) = text_field(ui, &format!("Name of {name}"), name, width) {
                if typed.trim().is_empty() {
                    desk.notice("An agency needs a name.");
                } else {
                    change(desk, format!("Rename {name} to {typed}"), &|agency| {
                        agency.name.clone_from(&typed)
                    });
                }
            }
        });
        captioned(ui, "A reoffence costs it", SUM, |ui, width| {
            let field = format!("What a reoffence costs {name}");
            if let Some(sum) = read_field(ui, &field, &sum_shown(agency.cost), width, optional_sum) {
                change(desk, format!("Change what a reoffence costs {name}"), &|agency| agency.cost = sum);
            }
        });
        if let Some(typed) =
            source_field(ui, &format!("Source of what a reoffence costs {name}"), &agency.source)
        {
            let label = format!("Say where the cost to {name} comes from");
            change(desk, label, &|agency| agency.source.clone_from(&typed));
        }
        if icon_button(ui, icons::TRASH, &format!("Remove {name}"), true).clicked() {
            let id = agency.id.clone();
            edit(desk, format!("Remove {name}"), |risk| risk.agencies.retain(|agency| agency.id != id));
        }
    });
}

fn add_agency(desk: &mut Desk<'_>, risk: &ChangingRisk) {
    let taken = |name: &str| risk.agencies.iter().any(|agency| agency.name == name);
    let name = (risk.agencies.len() + 1..).map(|n| format!("Agency {n}")).find(|name| !taken(name));
    let name = name.unwrap_or_default();
    let id = AgencyId::named(&name, desk.session.new_tail());
    edit(desk, format!("Add {name}"), |risk| {
        risk.agencies.push(Agency { id, name, cost: None, source: String::new() });
    });
}

fn discount(ui: &mut Ui, desk: &mut Desk<'_>, risk: &ChangingRisk) {
    captioned_row(ui, |ui| {
        captioned(ui, "Less each year by", SUM, |ui, width| {
            let read = |typed: &str| {
                let typed = typed.trim();
                let number = figure::number(typed).map(|number| number.value / 100.0);
                number
                    .filter(|rate| (0.0..=1.0).contains(rate))
                    .ok_or_else(|| format!("“{typed}” is not a rate; write it like 3.5 %."))
            };
            let standing = percent_to_tenth(risk.discount_rate);
            if let Some(rate) = read_field(ui, "Discount rate", &standing, width, read) {
                edit(desk, "Change the discount rate", |risk| risk.discount_rate = rate);
            }
        });
        if let Some(typed) = source_field(ui, "Source of the discount rate", &risk.discount_source) {
            edit(desk, "Say where the discount rate comes from", |risk| risk.discount_source = typed);
        }
    });
}

fn wing(ui: &mut Ui, desk: &mut Desk<'_>, wing: &Wing) {
    captioned_row(ui, |ui| {
        captioned(ui, "Places in a wing", SUM, |ui, width| {
            let read = |typed: &str| match typed.trim() {
                "" => Ok(None),
                typed => typed
                    .parse()
                    .ok()
                    .filter(|places| *places > 0)
                    .map(Some)
                    .ok_or_else(|| format!("“{typed}” is not a number of places; write it like 60.")),
            };
            let standing = wing.places.map(|places: u32| places.to_string()).unwrap_or_default();
            if let Some(places) = read_field(ui, "Places in a wing", &standing, width, read) {
                edit(desk, "Change the places in a wing", |risk| risk.wing.places = places);
            }
        });
        captioned(ui, "It costs a year", SUM, |ui, width| {
            let field = "What a wing costs a year";
            if let Some(sum) = read_field(ui, field, &sum_shown(wing.worth), width, optional_sum) {
                edit(desk, "Change what a wing costs a year", |risk| risk.wing.worth = sum);
            }
        });
        captioned(ui, "Places a reoffence", SUM, |ui, width| {
            let field = "Places that a reoffence a year keeps full";
            let standing = shown(wing.places_per_reoffence);
            if let Some(places) = read_field(ui, field, &standing, width, optional_number) {
                let label = "Change how many places a reoffence keeps full";
                edit(desk, label, |risk| risk.wing.places_per_reoffence = places);
            }
        });
        if let Some(typed) = source_field(ui, "Source of the figures of a wing", &wing.source) {
            edit(desk, "Say where the figures of a wing come from", |risk| risk.wing.source = typed);
        }
    });
}

fn promise(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let standing = scene.risk.promise(scene.id());
    let by_year = standing.map(|promise| promise.by_year.as_slice()).unwrap_or_default();
    let years = by_year.len().max(1);
    ui.horizontal_wrapped(|ui| {
        for at in 0..years {
            let caption = if at + 1 == years {
                format!("Year {} and after", at + 1)
            } else {
                format!("Year {}", at + 1)
            };
            captioned(ui, &caption, SUM, |ui, width| {
                let field = format!("Saving promised in year {}", at + 1);
                let sum = sum_shown(by_year.get(at).copied());
                if let Some(sum) = read_field(ui, &field, &sum, width, optional_sum) {
                    put(desk, scene, at, sum, years);
                }
            });
        }
        ui.vertical(|ui| {
            ui.add_space(Type::Small.line() + 2.0);
            let room = !by_year.is_empty() && by_year.len() < LONGEST_HORIZON as usize;
            let add = Button::new("Another year").icon(icons::PLUS).enabled(room).show(ui);
            if add.clicked() {
                edit_promise(desk, scene, "Give the saving of another year", |promise| {
                    promise.by_year.extend(promise.by_year.last().copied());
                });
            }
        });
    });
    if let Some(standing) = standing {
        captioned_row(ui, |ui| {
            if let Some(typed) = source_field(ui, "Source of the saving promised", &standing.source) {
                edit_promise(desk, scene, "Say who promises the saving", |promise| promise.source = typed);
            }
        });
    }
    ui.add_space(space::XS);
    let words = "Emptying the last year takes it out; later years save as much as the last.";
    wrapped(ui, words, Type::Small, tokens.ink3);
}

/// Puts the saving of a year, or takes out the last when it is emptied.
fn put(desk: &mut Desk<'_>, scene: &Scene<'_>, at: usize, sum: Option<Pence>, years: usize) {
    match sum {
        Some(sum) => edit_promise(desk, scene, "Change the saving promised", |promise| {
            match promise.by_year.get_mut(at) {
                Some(standing) => *standing = sum,
                None => promise.by_year.push(sum),
            }
        }),
        None if at + 1 < years => desk.notice("Write £0 for a year in which nothing is saved."),
        None if years == 1 => {
            let id = scene.id().clone();
            edit(desk, "Take out the saving promised", |risk| {
                risk.promises.retain(|promise| promise.option != id);
            });
        }
        None => edit_promise(desk, scene, "Take out a year of the saving promised", |promise| {
            promise.by_year.truncate(at);
        }),
    }
}

fn edit_promise(
    desk: &mut Desk<'_>,
    scene: &Scene<'_>,
    label: &str,
    change: impl FnOnce(&mut PromisedSaving),
) {
    let id = scene.id().clone();
    edit(desk, label, |risk| {
        if risk.promise(&id).is_none() {
            let option = id.clone();
            risk.promises.push(PromisedSaving { option, by_year: Vec::new(), source: String::new() });
        }
        if let Some(promise) = risk.promise_mut(&id) {
            change(promise);
        }
    });
}
