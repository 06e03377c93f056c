//! What stands over the page until it is put away: the bands and their support, the people, and the costs.

use egui::{ScrollArea, Ui};

use super::{
    super::typed::{optional_number, shown},
    ChangingRiskView, Scene, measures,
    moves::given_words,
    settings_costs,
};
use crate::{
    model::{
        ids::RiskBandId,
        reach::changing_risk::{ChangingRisk, Intensity, LONGEST_HORIZON, MOST_BANDS, RiskBand, Support},
        wording::{decimals_used, lower_first, number},
    },
    ui::{
        desk::Desk,
        dialogs::{foot, heading, sheet},
        icons,
        theme::{Tokens, Type, space},
        widgets::{
            Button, button::Segment, captioned, captioned_row, choice::switch, choose, hair_rule,
            hinted_field, icon_button, read_field, segmented, text_field, wrapped,
        },
    },
};

/// What stands over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Bands,
    People,
    Costs,
    Measures,
}

const SHEETS: [(Sheet, &str); 4] = [
    (Sheet::Bands, "Bands and support"),
    (Sheet::People, "People and years"),
    (Sheet::Costs, "Costs and savings"),
    (Sheet::Measures, "Several measures"),
];

/// Shows the sheet that is open.
pub(super) fn show(ui: &Ui, desk: &mut Desk<'_>, view: &mut ChangingRiskView, scene: &Scene<'_>) {
    let Some(open) = view.sheet else { return };
    let (chosen, leave) = sheet(ui.ctx(), "changing risk", 900.0, |ui| {
        let words = "What the page reckons with. Every change is one step that can be undone.";
        heading(ui, icons::PENCIL_SIMPLE, "Changing risk", words);
        let current = SHEETS.iter().position(|(sheet, _)| *sheet == open).unwrap_or_default();
        let segments =
            SHEETS.map(|(_, words)| Segment { badge: "", words, colour: None, name: words.to_owned() });
        let turned = segmented(ui, &segments, current).map(|at| SHEETS[at].0);
        ui.add_space(space::S);
        let tall = (ui.ctx().content_rect().height() - 330.0).max(140.0);
        ScrollArea::vertical().id_salt(current).max_height(tall).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            match open {
                Sheet::Bands => bands(ui, desk, scene),
                Sheet::People => people(ui, desk, scene),
                Sheet::Costs => settings_costs::show(ui, desk, scene),
                Sheet::Measures => measures::show(ui, desk, scene.risk),
            }
        });
        let done = foot(ui, |ui| Button::new("Done").primary().show(ui).clicked());
        if done { Some(None) } else { turned.map(Some) }
    });
    if let Some(chosen) = chosen {
        view.sheet = chosen;
    } else if leave {
        // Esc in a field takes back what was typed there; the next puts the sheet away.
        view.sheet = None;
    }
}

/// Changes the bands, moves, costs or years.
pub(super) fn edit(desk: &mut Desk<'_>, label: impl Into<String>, change: impl FnOnce(&mut ChangingRisk)) {
    desk.edit(label, None, |w| {
        if let Some(risk) = &mut w.reach.changing_risk {
            change(risk);
        }
    });
}

/// A number from 0 upwards that may be left empty.
fn bands(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let words = "From the lowest risk up. Reoffences are those of one person in a year, or reconvictions, whatever the \
                 costs are counted by. Intensive support of people at low risk can do harm, so support is chosen band \
                 by band.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    for band in &scene.risk.bands {
        hair_rule(ui);
        ui.push_id(band.id.as_str(), |ui| band_row(ui, desk, scene, band));
    }
    hair_rule(ui);
    ui.horizontal(|ui| {
        let room = scene.risk.bands.len() < MOST_BANDS;
        let add = Button::new("Add a band").icon(icons::PLUS).enabled(room).show(ui);
        if add.clicked() {
            add_band(desk, scene.risk);
        }
        ui.label(Type::Small.text("It comes in as the highest; nobody moves to it yet.", tokens.ink3));
    });
    hair_rule(ui);
    source(ui, desk, scene.risk);
}

fn band_row(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, band: &RiskBand) {
    let id = &band.id;
    let name = &band.name;
    captioned_row(ui, |ui| {
        captioned(ui, "Band", 170.0, |ui, width| {
            if let Some(typed) = text_field(ui, &format!("Name of the band {name}"), name, width) {
                if typed.trim().is_empty() {
                    desk.notice("A band needs a name.");
                } else {
                    edit_band(desk, id, format!("Rename {name} to {typed}"), |band| band.name = typed);
                }
            }
        });
        captioned(ui, "Reoffences a year", 120.0, |ui, width| {
            let field = format!("Reoffences a year in {name}");
            if let Some(rate) = read_field(ui, &field, &shown(band.reoffences), width, optional_number) {
                let label = format!("Change the reoffences a year in {name}");
                edit_band(desk, id, label, |band| band.reoffences = rate);
            }
        });
        captioned(ui, "Support given", 160.0, |ui, width| {
            let choices = [None, Some(Intensity::Light), Some(Intensity::Intensive)];
            let choices = choices.map(|given| (given, given_words(given)));
            if let Some(given) = choose(ui, &format!("Support given in {name}"), width, &band.given, choices)
            {
                give(desk, band, given);
            }
        });
        if let Some(given) = band.given {
            captioned(ui, "Reoffences with it", 120.0, |ui, width| {
                let field = format!("Reoffences in a year of {} support in {name}", given.words());
                let standing = band.support(given).and_then(|support| support.reoffences);
                if let Some(rate) = read_field(ui, &field, &shown(standing), width, optional_number) {
                    let label =
                        format!("Change the reoffences in a year of {} support in {name}", given.words());
                    edit_band(desk, id, label, |band| {
                        if let Some(support) = band.support_mut(given) {
                            support.reoffences = rate;
                        }
                    });
                }
            });
        }
        let last = scene.risk.bands.len() < 2;
        if icon_button(ui, icons::TRASH, &format!("Remove the band {name}"), !last).clicked() {
            let id = id.clone();
            edit(desk, format!("Remove the band {name}"), |risk| risk.take_out_band(&id));
        }
    });
}

/// Gives the people of a band support of an intensity; one of which nothing is stated begins with the moves without.
fn give(desk: &mut Desk<'_>, band: &RiskBand, given: Option<Intensity>) {
    let label = format!("{}: {}", band.name, given_words(given));
    edit_band(desk, &band.id, label, |band| {
        band.given = given;
        if let Some(given) = given
            && band.support(given).is_none()
        {
            *band.support_mut(given) = Some(Support { reoffences: None, moves: band.moves.clone() });
        }
    });
}

fn edit_band(desk: &mut Desk<'_>, id: &RiskBandId, label: String, change: impl FnOnce(&mut RiskBand)) {
    let id = id.clone();
    edit(desk, label, |risk| {
        if let Some(band) = risk.bands.iter_mut().find(|band| band.id == id) {
            change(band);
        }
    });
}

fn add_band(desk: &mut Desk<'_>, risk: &ChangingRisk) {
    let taken = |name: &str| risk.bands.iter().any(|band| band.name == name);
    let name = (risk.bands.len() + 1..).map(|n| format!("Band {n}")).find(|name| !taken(name));
    let name = name.unwrap_or_default();
    let id = RiskBandId::named(&name, desk.session.new_tail());
    edit(desk, format!("Add {name}"), |risk| risk.bands.push(RiskBand::named(id, &name)));
}

/// Where moves and rates come from, and whether they are invented.
fn source(ui: &mut Ui, desk: &mut Desk<'_>, risk: &ChangingRisk) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let own = !risk.illustrative;
        if switch(ui, "These moves and rates are of our own cohort", own).clicked() {
            let label =
                if own { "Call the moves illustrative" } else { "Call the moves those of our own cohort" };
            edit(desk, label, |risk| risk.illustrative = own);
        }
        ui.label(Type::Body.text("These moves and rates are of our own cohort", tokens.ink));
    });
    let width = ui.available_width();
    captioned_row(ui, |ui| {
        captioned(ui, "Where they come from, and of which date", width, |ui, width| {
            let hint = "Such as: county reassessments, 2,140 people, April 2025";
            if let Some(typed) = hinted_field(ui, "Source of moves and rates", hint, &risk.source, width) {
                edit(desk, "Say where the moves come from", |risk| risk.source = typed);
            }
        });
    });
}

fn people(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let words =
        "The band in which the people of each need group begin. How many there are stands in Question.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    let names: Vec<(Option<RiskBandId>, String)> = std::iter::once((None, "not said".to_owned()))
        .chain(scene.risk.bands.iter().map(|band| (Some(band.id.clone()), band.name.clone())))
        .collect();
    for group in &scene.workspace.question.need_groups {
        ui.horizontal(|ui| {
            let standing = scene.risk.starts.get(&group.id).cloned();
            let name = format!("Band in which {} begin", lower_first(group.short_name()));
            if let Some(chosen) = choose(ui, &name, 180.0, &standing, names.clone()) {
                let id = group.id.clone();
                edit(desk, format!("Change the first band of {}", group.name), |risk| {
                    match chosen {
                        Some(band) => risk.starts.insert(id, band),
                        None => risk.starts.remove(&id),
                    };
                });
            }
            let people = group.people_per_year.map_or("people not known".to_owned(), |people| {
                format!("{} people a year", number(people, decimals_used(people)))
            });
            ui.label(Type::Body.text(&group.name, tokens.ink));
            ui.label(Type::Small.text(people, tokens.ink3));
        });
    }
    hair_rule(ui);
    captioned_row(ui, |ui| {
        captioned(ui, "People each later year", 170.0, |ui, width| {
            let field = "People who come new each later year";
            let standing = shown(scene.risk.entrants_per_year);
            if let Some(people) = read_field(ui, field, &standing, width, optional_number) {
                edit(desk, "Change how many come each later year", |risk| risk.entrants_per_year = people);
            }
        });
        whole_years(ui, desk, ("Years of support", scene.risk.support_years), |risk, years| {
            risk.support_years = years;
        });
        whole_years(ui, desk, ("Years followed", scene.risk.horizon_years), |risk, years| {
            risk.horizon_years = years;
        });
    });
    let words = "Left empty, each later year brings as many people as one year now. Years go to 20.";
    wrapped(ui, words, Type::Small, tokens.ink3);
}

fn whole_years(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    (words, standing): (&str, u32),
    put: impl FnOnce(&mut ChangingRisk, u32),
) {
    captioned(ui, words, 130.0, |ui, width| {
        let read = |typed: &str| {
            let years = typed.trim().parse().ok().filter(|years| (1..=LONGEST_HORIZON).contains(years));
            years.ok_or_else(|| format!("“{typed}” is not 1 to 20 years."))
        };
        if let Some(years) = read_field(ui, words, &standing.to_string(), width, read) {
            edit(desk, format!("{words}: {years}"), |risk| put(risk, years));
        }
    });
}
