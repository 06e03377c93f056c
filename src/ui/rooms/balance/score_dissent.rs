//! What people say of a score: whether it is settled, and who does not agree, in their own words.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo, vec2};

use super::{scale_words::lowered, score_scene::Scene, scores::ScoresView};
use crate::{
    model::{
        balance::{Score, ScoreDissent, Speaker},
        ids::StakeholderId,
        wording::day,
    },
    session::edits,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, rounded, size, space},
        widgets::{
            Button, button::paint_focus, choose, hinted_field, icon_button, marks::Status,
            marks::paint_status, wrapped, wrapping_field,
        },
    },
};

type At = (usize, usize);

/// A dissent that is being written.
#[derive(Clone, Debug, Default)]
pub struct DissentDraft {
    /// The stakeholder who says it; `None` for somebody else, by role.
    stakeholder: Option<StakeholderId>,
    role: String,
    text: String,
    /// It cannot be added yet.
    wanting: bool,
}

/// Shows the mark, the dissent there is, and the fields for more.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, at: At) {
    let tokens = Tokens::of(ui);
    let score = scene.score(at.0, at.1);
    mark(ui, desk, scene, at, score.is_some_and(|score| score.provisional));
    ui.add_space(space::XS);
    ui.label(Type::Strong.text("Dissent", tokens.ink));
    for (index, dissent) in score.map_or(&[][..], |score| &score.dissent).iter().enumerate() {
        ui.push_id(("dissent", index), |ui| one(ui, desk, scene, at, index, dissent));
    }
    draft(ui, desk, view, scene, at);
    if let Some(edit) = score.and_then(|score| score.edited.as_ref()) {
        let words = match edit.by.as_str() {
            "" => format!("Last edited on {}.", day(edit.on)),
            by => format!("Last edited by {by} on {}.", day(edit.on)),
        };
        wrapped(ui, words, Type::Small, tokens.ink3);
    }
}

/// Changes the score as one step.
fn change(desk: &mut Desk<'_>, scene: &Scene, (f, o): At, what: &str, with: impl FnOnce(&mut Score)) {
    let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
    let label = format!("{what} {} of {}", lowered(factor.short_name()), option.badge);
    let signed = desk.session.signature();
    desk.edit(label, None, |w| edits::scores::change_score(w, &factor.id, &option.id, &signed, with));
}

/// Turns the provisional mark on and off.
fn mark(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, at: At, is_set: bool) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_set, "Provisional"));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), rounded(6.0), tokens.select);
    }
    let centre = rect.left_center() + vec2(8.0, 0.0);
    let status = if is_set { Status::Begun } else { Status::Nothing };
    paint_status(ui.painter(), tokens, status, centre, 15.0);
    let words = if is_set { "Provisional: still to be settled" } else { "Mark as provisional" };
    let left = rect.left_center() + vec2(24.0, 0.0);
    let align = egui::Align2::LEFT_CENTER;
    crate::ui::widgets::paint_text(ui.painter(), left, align, words, Type::Body, tokens.ink2);
    paint_focus(ui, &response, rect.expand2(vec2(4.0, 0.0)), 6.0);
    if response.clicked() {
        let what = if is_set { "Settle" } else { "Mark as provisional" };
        change(desk, scene, at, what, |score| score.provisional = !is_set);
    }
}

fn name_of(scene: &Scene, who: &Speaker) -> String {
    match who {
        Speaker::Role(role) => role.clone(),
        Speaker::Stakeholder(id) => {
            scene.workspace.stakeholder(id).map_or_else(|| id.to_string(), |person| person.name.clone())
        }
    }
}

/// A dissent there is: who, their words, and the way to take it back.
fn one(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, at: At, index: usize, dissent: &ScoreDissent) {
    let tokens = Tokens::of(ui);
    let who = name_of(scene, &dissent.who);
    ui.horizontal(|ui| {
        let room = ui.available_width() - size::CONTROL - space::S;
        ui.allocate_ui_with_layout(vec2(room, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(Type::SmallStrong.text(&who, tokens.ink)).truncate());
        });
        if icon_button(ui, icons::X, &format!("Take back the dissent of {who}"), true).clicked() {
            change(desk, scene, at, "Take back a dissent from", |score| {
                if index < score.dissent.len() {
                    score.dissent.remove(index);
                }
            });
        }
    });
    let width = ui.available_width();
    if let Some(text) = wrapping_field(ui, &format!("Words of {who}"), &dissent.text, width) {
        change(desk, scene, at, "Change a dissent from", |score| {
            if let Some(dissent) = score.dissent.get_mut(index) {
                text.trim().clone_into(&mut dissent.text);
            }
        });
    }
}

/// The fields for one more.
fn draft(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, at: At) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let draft = &mut view.dissent;
    let people = &scene.workspace.voices.stakeholders;
    if draft.stakeholder.as_ref().is_some_and(|id| !people.iter().any(|person| person.id == *id)) {
        draft.stakeholder = None;
    }
    if !people.is_empty() {
        let somebody = [(None, "Somebody else, by role".to_owned())];
        let named = people.iter().map(|person| (Some(person.id.clone()), person.name.clone()));
        if let Some(who) =
            choose(ui, "Who dissents", width, &draft.stakeholder, somebody.into_iter().chain(named))
        {
            draft.stakeholder = who;
        }
    }
    if draft.stakeholder.is_none()
        && let Some(role) = hinted_field(ui, "Role of who dissents", "Their role", &draft.role, width)
    {
        draft.role = role.trim().to_owned();
    }
    if let Some(text) = hinted_field(ui, "What they say", "What they say, in their words", &draft.text, width)
    {
        draft.text = text.trim().to_owned();
    }
    if Button::new("Add dissent").icon(icons::PLUS).show(ui).clicked() {
        let who = match (&draft.stakeholder, draft.role.as_str()) {
            (Some(id), _) => Some(Speaker::Stakeholder(id.clone())),
            (None, "") => None,
            (None, role) => Some(Speaker::Role(role.to_owned())),
        };
        draft.wanting = who.is_none() || draft.text.is_empty();
        if let (Some(who), false) = (who, draft.wanting) {
            let text = std::mem::take(&mut view.dissent).text;
            change(desk, scene, at, "Note a dissent from", |score| {
                score.dissent.push(ScoreDissent { who, text })
            });
        }
    }
    if view.dissent.wanting {
        wrapped(ui, "Say who dissents, and what they say.", Type::Small, tokens.ink);
    }
}
