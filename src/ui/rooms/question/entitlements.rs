//! What no choice may undercut, and what is rationed between whom.

use egui::{Ui, vec2};

use crate::{
    model::{
        Workspace,
        ids::{EntitlementId, TradeOffId},
        question::{Entitlement, TradeOff},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, Card, badge, button::Segment, captioned, captioned_row, hinted_field, icon_button,
            scrolled_page, segmented, wrapped,
        },
    },
};

/// How wide an option’s badge and its three answers are.
const ANSWER: f32 = 290.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    scrolled_page(ui, "entitlements page", |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        entitlements(ui, desk, &workspace);
        trade_offs(ui, desk, &workspace);
    });
}

fn entitlements(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Heading.text("What no choice may undercut", tokens.ink));
    let words =
        "Minimum entitlements and statutory duties. An option that fails one is struck from the ranking.";
    wrapped(ui, words, Type::Body, tokens.ink2);
    for entitlement in &workspace.question.entitlements {
        Card::new().show(ui, |ui| entitlement_card(ui, desk, workspace, entitlement));
    }
    if Button::new("Add an entitlement").icon(icons::PLUS).show(ui).clicked() {
        add_entitlement(desk);
    }
}

/// Adds an entitlement that says nothing yet.
pub fn add_entitlement(desk: &mut Desk<'_>) {
    let id = EntitlementId::named("entitlement", desk.session.new_tail());
    desk.view.question.added = Some(id.to_string());
    desk.edit("Add an entitlement", None, |w| {
        let fresh =
            Entitlement { id, text: String::new(), answers: String::new(), met_by: Default::default() };
        w.question.entitlements.push(fresh);
    });
}

/// Adds a trade-off between people that says nothing yet.
pub fn add_trade_off(desk: &mut Desk<'_>) {
    let id = TradeOffId::named("trade-off", desk.session.new_tail());
    desk.view.question.added = Some(id.to_string());
    desk.edit("Add a trade-off", None, |w| {
        let fresh = TradeOff { id, between: "Between people".to_owned(), text: String::new() };
        w.question.trade_offs.push(fresh);
    });
}

fn entitlement_card(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, entitlement: &Entitlement) {
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    let name = if entitlement.text.is_empty() { "the new entitlement" } else { &entitlement.text };
    let change = |desk: &mut Desk<'_>, label: &str, put: &mut dyn FnMut(&mut Entitlement)| {
        desk.edit(label, None, |w| {
            if let Some(found) = w.question.entitlements.iter_mut().find(|e| e.id == entitlement.id) {
                put(found);
            }
        });
    };
    captioned_row(ui, |ui| {
        let room = ui.available_width() - size::CONTROL - 3.0 * space::S;
        let typed = captioned(ui, "Entitlement or duty", room * 0.66, |ui, width| {
            let field = format!("Entitlement: {name}");
            super::welcome(ui, desk, entitlement.id.as_str(), &field);
            let hint = "What everybody must get, such as “a bed on the night of release”";
            hinted_field(ui, &field, hint, &entitlement.text, width)
        });
        if let Some(typed) = typed {
            change(desk, "Change an entitlement", &mut |e| e.text.clone_from(&typed));
        }
        let typed = captioned(ui, "Who answers for it", room * 0.32, |ui, width| {
            let field = format!("Who answers for {name}");
            hinted_field(ui, &field, "Nobody named yet", &entitlement.answers, width)
        });
        if let Some(typed) = typed {
            change(desk, "Change who answers for an entitlement", &mut |e| e.answers.clone_from(&typed));
        }
        if icon_button(ui, icons::TRASH, &format!("Remove {name}"), true).clicked() {
            desk.edit("Remove an entitlement", None, |w| {
                w.question.entitlements.retain(|e| e.id != entitlement.id)
            });
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::S);
        for option in &workspace.question.options {
            // A row within a wrapping row takes all there is left unless it is told how much it needs.
            let across = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(vec2(ANSWER, size::CONTROL), across, |ui| {
                badge(ui, &option.badge, 22.0);
                let answers = [("Meets it", Some(true)), ("Fails", Some(false)), ("Not looked at", None)];
                let segments: Vec<Segment<'_>> = answers
                    .iter()
                    .map(|(words, _)| Segment {
                        badge: "",
                        words,
                        colour: None,
                        name: format!("{}: {words}, {name}", option.badge),
                    })
                    .collect();
                let standing = entitlement.met_by.get(&option.id).copied();
                let current = answers.iter().position(|(_, met)| *met == standing).unwrap_or(2);
                if let Some(chosen) = segmented(ui, &segments, current) {
                    let label = format!("{}: {} “{name}”", option.name, answers[chosen].0.to_lowercase());
                    change(desk, &label, &mut |e| {
                        match answers[chosen].1 {
                            Some(met) => e.met_by.insert(option.id.clone(), met),
                            None => e.met_by.remove(&option.id),
                        };
                    });
                }
            });
        }
    });
}

fn trade_offs(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::M);
    ui.label(Type::Heading.text("What is rationed", tokens.ink));
    wrapped(ui, "Say plainly who gets less, and what waits.", Type::Body, tokens.ink2);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        if workspace.question.trade_offs.is_empty() {
            ui.label(Type::Body.text("Nobody has said what is rationed yet.", tokens.ink2));
        }
        for (index, trade_off) in workspace.question.trade_offs.iter().enumerate() {
            captioned_row(ui, |ui| {
                let room = ui.available_width() - size::CONTROL - 3.0 * space::S;
                let number = index + 1;
                let typed = captioned(ui, "Between whom", room * 0.28, |ui, width| {
                    let field = format!("Between whom, {number}");
                    super::welcome(ui, desk, trade_off.id.as_str(), &field);
                    hinted_field(ui, &field, "Between people", &trade_off.between, width)
                });
                if let Some(typed) = typed {
                    desk.edit("Change between whom something is rationed", None, |w| {
                        w.question.trade_offs[index].between = typed;
                    });
                }
                let typed = captioned(ui, "What is rationed", room * 0.7, |ui, width| {
                    let hint = "Who gets less, and what waits";
                    hinted_field(ui, &format!("What is rationed, {number}"), hint, &trade_off.text, width)
                });
                if let Some(typed) = typed {
                    desk.edit("Change what is rationed", None, |w| w.question.trade_offs[index].text = typed);
                }
                if icon_button(ui, icons::TRASH, &format!("Remove trade-off {number}"), true).clicked() {
                    desk.edit("Remove a trade-off", None, |w| drop(w.question.trade_offs.remove(index)));
                }
            });
        }
        if Button::new("Add a trade-off").icon(icons::PLUS).quiet().show(ui).clicked() {
            add_trade_off(desk);
        }
    });
}
