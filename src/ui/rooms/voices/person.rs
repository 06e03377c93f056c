//! One person of the register: everything about them, to be read and changed.

use egui::{Slider, Ui, WidgetInfo, vec2};

use crate::{
    analysis::Analysis,
    model::{
        Room, Workspace,
        question::Level,
        voices::{Heard, Stakeholder},
        wording::percent,
    },
    session::edits,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, Card, badge, choose, focus_field, hair_rule, icon_button, link, text_field, wrapped,
        },
    },
};

/// Shows the card of the person in view; nothing when nobody is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let Some(person) = desk.view.voices.person.as_ref().and_then(|id| workspace.stakeholder(id)) else {
        let tokens = Tokens::of(ui);
        Card::new().show(ui, |ui| {
            let words = "Choose somebody to see and change what is written of them.";
            wrapped(ui, words, Type::Body, tokens.ink2);
        });
        return;
    };
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        names(ui, desk, workspace, person);
        hair_rule(ui);
        facts(ui, desk, workspace, person);
        hair_rule(ui);
        speaks_for(ui, desk, workspace, person);
        hair_rule(ui);
        ballot(ui, desk, workspace, analysis, person);
        statements(ui, desk, workspace, person);
    });
}

fn change(
    desk: &mut Desk<'_>,
    person: &Stakeholder,
    label: &str,
    merge: Option<&str>,
    put: impl FnOnce(&mut Stakeholder),
) {
    let id = person.id.clone();
    desk.edit(format!("{label} of {}", person.name), merge, |w| {
        if let Some(found) = w.voices.stakeholders.iter_mut().find(|s| s.id == id) {
            put(found);
        }
    });
}

fn names(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    ui.horizontal(|ui| {
        let room = ui.available_width() - 2.0 * (size::CONTROL + space::S);
        if desk.view.voices.added_person.take_if(|added| *added == person.id).is_some() {
            focus_field(ui, "Who");
        }
        if let Some(name) = text_field(ui, "Who", &person.name, room) {
            if name.trim().is_empty() {
                desk.notice("A voice needs a name: a role or a pseudonym will do.");
            } else {
                change(desk, person, "Change the name", None, |p| p.name = name);
            }
        }
        if icon_button(ui, icons::TRASH, &format!("Remove {}", person.name), true).clicked() {
            remove(desk, workspace, person);
        }
        if icon_button(ui, icons::X, "Close the card", true).clicked() {
            desk.view.voices.person = None;
        }
    });
    line(ui, "From", |ui, width| {
        if let Some(role) = text_field(ui, "Role or organisation", &person.role, width) {
            change(desk, person, "Change the role", None, |p| p.role = role);
        }
    });
}

/// Removes a person with their ballots; what they said stays, without a name.
fn remove(desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    let id = person.id.clone();
    let ballots = workspace.voices.ballots.iter().filter(|b| b.stakeholder.as_ref() == Some(&id)).count();
    desk.edit(format!("Remove {}", person.name), None, |w| {
        w.voices.forget_stakeholder(&id);
        for dissent in &mut w.decision.dissent {
            if dissent.stakeholder.as_ref() == Some(&id) {
                dissent.stakeholder = None;
            }
        }
        edits::scores::release_speaker(w, &id, &person.role);
    });
    desk.view.voices.person = None;
    let with = if ballots > 0 { " with their ballot" } else { "" };
    desk.notice(format!("{} is removed{with}. Undo brings them back.", person.name));
}

fn line<R>(ui: &mut Ui, words: &str, field: impl FnOnce(&mut Ui, f32) -> R) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        let label = ui.label(Type::Body.text(words, tokens.ink2));
        ui.add_space((96.0 - label.rect.width()).max(0.0));
        let width = (ui.available_width() - 4.0).max(80.0);
        field(ui, width)
    });
}

fn facts(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    line(ui, "Sector", |ui, width| {
        let sectors = workspace.voices.sectors.iter().map(|s| (s.id.clone(), s.name.clone()));
        if let Some(sector) = choose(ui, "Sector", width, &person.sector, sectors) {
            let id = person.id.clone();
            desk.edit(format!("Change the sector of {}", person.name), None, |w| {
                // A ballot speaks from where its person speaks.
                for ballot in w.voices.ballots.iter_mut().filter(|b| b.stakeholder.as_ref() == Some(&id)) {
                    ballot.sector = sector.clone();
                }
                if let Some(found) = w.voices.stakeholders.iter_mut().find(|s| s.id == id) {
                    found.sector = sector;
                }
            });
        }
    });
    line(ui, "Heard", |ui, width| {
        let ways = Heard::ALL.into_iter().map(|way| {
            let words = match way {
                Heard::Direct => "directly",
                Heard::Through => "through an organisation",
                Heard::Proxy => "by proxy",
                Heard::No => "not yet",
            };
            (way, words.to_owned())
        });
        if let Some(heard) = choose(ui, "Heard", width, &person.heard, ways) {
            change(desk, person, "Change how somebody was heard:", None, |p| p.heard = heard);
        }
    });
    line(ui, "Where", |ui, width| {
        if let Some(through) = text_field(ui, "Where or through whom", &person.through, width) {
            change(desk, person, "Say where somebody was heard:", None, |p| p.through = through);
        }
    });
    line(ui, "Local means", |ui, width| {
        let levels = std::iter::once((None, "not said".to_owned()))
            .chain(Level::ALL.into_iter().map(|level| (Some(level), level.words().to_owned())));
        if let Some(level) = choose(ui, "Local means", width, &person.local_means, levels) {
            change(desk, person, "Change what local means,", None, |p| p.local_means = level);
        }
    });
    line(ui, "Layers", |ui, width| {
        let shown = person.layers_from_delivery.map(|layers| layers.to_string()).unwrap_or_default();
        if let Some(typed) = text_field(ui, "Layers between decision and delivery", &shown, width.min(96.0)) {
            match typed.trim() {
                "" => change(desk, person, "Leave the layers open,", None, |p| p.layers_from_delivery = None),
                text => match text.parse::<u32>() {
                    Ok(layers) if layers <= 50 => {
                        change(desk, person, "Change the layers,", None, |p| {
                            p.layers_from_delivery = Some(layers)
                        });
                    }
                    _ => desk.notice(format!("“{text}” is not a number of layers from 0 to 50.")),
                },
            }
        }
    });
    out_of_ten(ui, desk, person, "Influence", person.influence, |p, value| p.influence = value);
    out_of_ten(ui, desk, person, "Stake", person.interest, |p, value| p.interest = value);
    let tokens = Tokens::of(ui);
    let mut marginal = person.marginal;
    if ui.checkbox(&mut marginal, Type::Body.text("A voice that is easily drowned out", tokens.ink)).changed()
    {
        change(desk, person, "Change the marking", None, |p| p.marginal = marginal);
    }
}

/// A value from 0 to 10 that can be dragged; a drag is one step.
fn out_of_ten(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    person: &Stakeholder,
    name: &str,
    standing: Option<f64>,
    put: fn(&mut Stakeholder, Option<f64>),
) {
    line(ui, name, |ui, width| {
        let Some(mut value) = standing else {
            if Button::new("Say").quiet().tooltip(name).show(ui).clicked() {
                change(desk, person, &format!("Say the {}", name.to_lowercase()), None, |p| {
                    put(p, Some(5.0))
                });
            }
            return;
        };
        ui.spacing_mut().slider_width = (width - 60.0).max(60.0);
        let response = ui.add(Slider::new(&mut value, 0.0..=10.0).max_decimals(1));
        response.widget_info(|| WidgetInfo {
            label: Some(name.to_owned()),
            ..WidgetInfo::slider(true, value, name)
        });
        if response.changed() {
            let key = format!("{name} {}", person.id);
            change(desk, person, &format!("Change the {}", name.to_lowercase()), Some(&key), |p| {
                put(p, Some(value))
            });
        }
        if response.drag_stopped() || response.lost_focus() {
            desk.session.settle();
        }
    });
}

fn speaks_for(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let how = if super::speaks_first_hand(workspace, person) {
        "Speaks first hand for"
    } else {
        "Speaks on behalf of"
    };
    ui.label(Type::Small.text(how, tokens.ink3));
    if workspace.question.need_groups.is_empty() {
        wrapped(ui, "No need groups yet.", Type::Body, tokens.ink2);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for group in &workspace.question.need_groups {
        let mut speaks = person.speaks_for.contains(&group.id);
        if ui.checkbox(&mut speaks, Type::Body.text(group.short_name(), tokens.ink)).changed() {
            let id = group.id.clone();
            change(desk, person, "Change for whom somebody speaks:", None, |p| {
                p.speaks_for.retain(|g| *g != id);
                if speaks {
                    p.speaks_for.push(id);
                }
            });
        }
    }
    ui.spacing_mut().item_spacing.y = space::S;
}

fn ballot(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    person: &Stakeholder,
) {
    let tokens = Tokens::of(ui);
    let place = workspace.voices.ballots.iter().rposition(|b| b.stakeholder.as_ref() == Some(&person.id));
    let result = place.and_then(|place| analysis.voices.ballots.get(place));
    ui.horizontal(|ui| {
        ui.label(Type::Body.text("Ballot", tokens.ink2));
        match result {
            None => {
                ui.label(Type::Body.text("none yet", tokens.ink3));
            }
            Some(result) => {
                if let Some(&first) = result.ranking.first() {
                    badge(ui, &workspace.question.options[first].badge, 22.0);
                    ui.label(Type::Body.text("leads; commercial", tokens.ink));
                }
                let share = result.commercial_share.map_or("–".to_owned(), percent);
                ui.label(Type::Strong.text(share, tokens.ochre_text));
            }
        }
    });
    if link(ui, "Go to the ballots", Type::Small, tokens.ink).clicked() {
        desk.go(Room::Voices, "Ballots");
    }
}

fn statements(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    for statement in workspace.voices.statements.iter().filter(|s| s.stakeholder.as_ref() == Some(&person.id))
    {
        egui::Frame::new()
            .fill(tokens.sunken)
            .stroke(crate::ui::theme::hairline(tokens.hair))
            .corner_radius(crate::ui::theme::rounded(size::RADIUS))
            .inner_margin(egui::Margin::same(10))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                wrapped(ui, format!("“{}”", statement.text), Type::Body, tokens.ink);
                if statement.response.is_empty() {
                    wrapped(ui, "Not yet answered", Type::Small, tokens.crimson);
                } else {
                    wrapped(ui, &statement.response, Type::Small, tokens.ink2);
                }
            });
    }
    if Button::new("Add what they said").icon(icons::PLUS).quiet().show(ui).clicked() {
        super::add_statement(desk, Some(person.id.clone()));
    }
}
