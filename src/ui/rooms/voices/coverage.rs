//! Who speaks for whom: need groups against sectors, with the gaps that the rule finds, and the rule itself.

use egui::{
    Align2, CursorIcon, Popup, PopupCloseBehavior, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::{
    add_person_of, card_head::ask_on_focus, paint_dot_legend, paint_sector, paint_voice, speaks_first_hand,
};
use crate::{
    analysis::{Analysis, explain::Question},
    exchange::drawing::Chart,
    model::{
        Room, Workspace,
        question::NeedGroup,
        voices::{Heard, Sector, Stakeholder},
        wording::{count, list},
    },
    session::edits,
    ui::{
        desk::Desk,
        drawing::Easel,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{Button, button::paint_focus, icon_button, link, paint_text, paint_text_fitted, wrapped},
    },
};

/// Height of the row of a need group.
pub(super) const ROW: f32 = 36.0;
const HEAD: f32 = 62.0;
const MENU: f32 = 320.0;

/// Shows the table with its legend and the line that says what is missing.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    heading(ui);
    if workspace.question.need_groups.is_empty() {
        wrapped(ui, "Add need groups in Question to see who speaks for them.", Type::Body, tokens.ink2);
        if Button::new("Go to Need groups").icon(icons::ARROW_RIGHT).show(ui).clicked() {
            desk.go(Room::Question, "Need groups");
        }
        return;
    }
    table(ui, desk, workspace, analysis);
    ui.add_space(space::S);
    missing_line(ui, desk, workspace, analysis);
}

/// The table for a paper of this width, with its legend.
pub(in crate::ui) fn on_paper(
    easel: &mut Easel,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    width: f32,
) -> Option<Chart> {
    if workspace.question.need_groups.is_empty() || workspace.voices.sectors.is_empty() {
        return None;
    }
    Some(easel.tall_chart("Who speaks for whom", width, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        heading(ui);
        table(ui, desk, workspace, analysis);
    }))
}

fn heading(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let title = "Who speaks for whom";
    paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, title, Type::Heading, tokens.ink);
    paint_dot_legend(ui.painter(), tokens, rect.right_center(), ("first hand", "on behalf"));
}

fn table(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    let groups = &workspace.question.need_groups;
    let sectors = &workspace.voices.sectors;
    let width = ui.available_width();
    let names = (width * 0.36).min(194.0);
    let step = (width - names) / sectors.len().max(1) as f32;
    head(ui, workspace, names, step);
    for (group, coverage) in groups.iter().zip(&analysis.voices.coverage) {
        let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        let at = pos2(rect.left(), rect.center().y);
        let fit = (names - 2.0, 1);
        let name = group.short_name();
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, fit);
        for (place, sector) in sectors.iter().enumerate() {
            let left = rect.left() + names + step * place as f32;
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(step, ROW)).shrink(2.0);
            cell_of(ui, desk, workspace, (group, sector), cell, coverage.missing);
        }
    }
}

fn head(ui: &mut Ui, workspace: &Workspace, names: f32, step: f32) {
    let tokens = Tokens::of(ui);
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    for (place, sector) in workspace.voices.sectors.iter().enumerate() {
        let x = head.left() + names + step * (place as f32 + 0.5);
        paint_sector(ui.painter(), tokens, workspace, &sector.id, pos2(x, head.top() + 11.0), 13.0);
        let at = pos2(x, head.top() + 21.0);
        // Only names of two words can stand in two lines; one word would be broken in its middle.
        let fit = (step, if sector.short_name().contains(' ') { 2 } else { 1 });
        let name = sector.short_name();
        paint_text_fitted(ui.painter(), at, Align2::CENTER_TOP, name, Type::Small, tokens.ink2, fit);
    }
}

/// Those of a sector who speak for a need group and have been heard.
fn speakers<'w>(workspace: &'w Workspace, group: &NeedGroup, sector: &Sector) -> Vec<&'w Stakeholder> {
    let people = workspace.voices.stakeholders.iter();
    people
        .filter(|p| p.sector == sector.id && p.heard != Heard::No && p.speaks_for.contains(&group.id))
        .collect()
}

fn cell_of(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    (group, sector): (&NeedGroup, &Sector),
    cell: Rect,
    missing: bool,
) {
    let tokens = Tokens::of(ui);
    let speakers = speakers(workspace, group, sector);
    let id = ui.scope_id().with(("speaks", group.id.as_str(), sector.id.as_str()));
    let response = ui.interact(cell, id, Sense::click());
    let gap = missing && sector.first_hand;
    let names: Vec<&str> = speakers.iter().map(|person| person.name.as_str()).collect();
    let words = match (gap, names.is_empty()) {
        (true, true) => format!("{}, {}: nobody, and somebody should", group.name, sector.name),
        (false, true) => format!("{}, {}: nobody", group.name, sector.name),
        (true, false) => {
            format!("{}, {}: {}, not in their own words", group.name, sector.name, names.join("; "))
        }
        (false, false) => format!("{}, {}: {}", group.name, sector.name, names.join("; ")),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &words));
    let (fill, outline) = if gap {
        (tokens.crimson_tint, Stroke::new(1.5, tokens.crimson))
    } else if response.hovered() {
        (tokens.select, hairline(tokens.line))
    } else if speakers.is_empty() {
        (tokens.card, hairline(tokens.hair))
    } else {
        (tokens.sunken, hairline(tokens.hair))
    };
    ui.painter().rect(cell, rounded(6.0), fill, outline, StrokeKind::Inside);
    if gap && speakers.is_empty() {
        let at = cell.center();
        paint_text(ui.painter(), at, Align2::CENTER_CENTER, "none", Type::SmallStrong, tokens.crimson);
    }
    paint_speakers(ui, workspace, &speakers, cell);
    paint_focus(ui, &response, cell, 6.0);
    ask_on_focus(desk, &response, &Question::WithoutVoice(group.id.clone()));
    let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&words);
    Popup::menu(&response).width(MENU).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        who_speaks(ui, desk, workspace, (group, sector), missing);
    });
}

/// A dot for each who speaks; of more than there is room for, how many.
fn paint_speakers(ui: &Ui, workspace: &Workspace, speakers: &[&Stakeholder], cell: Rect) {
    let tokens = Tokens::of(ui);
    let room = cell.width() - 4.0;
    let step = (room / speakers.len().max(1) as f32).clamp(9.5, 12.0);
    if step * speakers.len() as f32 > room + 0.1 {
        let words = speakers.len().to_string();
        paint_text(ui.painter(), cell.center(), Align2::CENTER_CENTER, &words, Type::Number, tokens.ink2);
        return;
    }
    for (place, person) in speakers.iter().enumerate() {
        let x = cell.center().x + (place as f32 - (speakers.len() as f32 - 1.0) / 2.0) * step;
        paint_voice(ui.painter(), tokens, pos2(x, cell.center().y), speaks_first_hand(workspace, person));
    }
}

/// Everybody of a sector, and whether they speak for a need group; and a voice to add.
fn who_speaks(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    (group, sector): (&NeedGroup, &Sector),
    missing: bool,
) {
    let tokens = Tokens::of(ui);
    ui.set_max_width(MENU);
    let how = if sector.first_hand { "first hand" } else { "on behalf" };
    wrapped(ui, &group.name, Type::Strong, tokens.ink);
    wrapped(ui, format!("{} speak for them {how}:", sector.name), Type::Small, tokens.ink2);
    let words = if missing { "Why are they without a voice?" } else { "Why do they count as heard?" };
    if link(ui, words, Type::Small, tokens.ink2).clicked() {
        desk.explain(Question::WithoutVoice(group.id.clone()));
        ui.close();
    }
    let people: Vec<&Stakeholder> =
        workspace.voices.stakeholders.iter().filter(|person| person.sector == sector.id).collect();
    if people.is_empty() {
        wrapped(ui, "Nobody of this sector is in the register.", Type::Body, tokens.ink2);
    }
    ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for person in people {
            ui.horizontal(|ui| {
                let mut speaks = person.speaks_for.contains(&group.id);
                let unheard = if person.heard == Heard::No { ", not heard yet" } else { "" };
                let words = Type::Body.text(format!("{}{unheard}", person.name), tokens.ink);
                if ui.add(egui::Checkbox::new(&mut speaks, words)).changed() {
                    let label = format!("Change for whom {} speaks", person.name);
                    let (who, of) = (person.id.clone(), group.id.clone());
                    desk.edit(label, None, |w| edits::voices::speak_for(w, &who, &of, speaks));
                }
                if icon_button(ui, icons::ARROW_RIGHT, &format!("Open {} in the register", person.name), true)
                    .clicked()
                {
                    desk.view.voices.look_at_person(&person.id);
                    desk.go(Room::Voices, "Register");
                    ui.close();
                }
            });
        }
    });
    ui.add_space(space::S);
    if Button::new("Add a voice for them").icon(icons::USER_PLUS).show(ui).clicked() {
        add_person_of(desk, sector.id.clone(), Some(group.id.clone()), Vec::new());
        ui.close();
    }
}

/// How many voices are missing, and by which rule; the rule can be changed.
fn missing_line(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    let missing = analysis.voices.coverage.iter().filter(|coverage| coverage.missing).count();
    let words = match missing {
        0 => "Every need group has a voice.".to_owned(),
        n => format!("{} missing.", count(n, "voice", "voices")),
    };
    let (icon, ink) =
        if missing > 0 { (icons::USER_MINUS, tokens.crimson) } else { (icons::CHECK_CIRCLE, tokens.ink2) };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(7.0, 2.0);
        ui.label(egui::RichText::new(icon.0).font(Icon::filled_font(16.0)).color(ink));
        if link(ui, &words, Type::SmallStrong, ink).clicked() {
            desk.explain(Question::MissingVoices);
        }
        let rule = link(ui, &rule_words(workspace), Type::Small, ink);
        Popup::menu(&rule).width(MENU).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            edit_rule(ui, desk, workspace);
        });
    });
}

/// The rule by which a voice counts as missing.
fn rule_words(workspace: &Workspace) -> String {
    let own: Vec<&str> =
        workspace.voices.sectors.iter().filter(|s| s.first_hand).map(|s| s.short_name()).collect();
    match own.as_slice() {
        [] => "Rule: each group needs somebody who speaks for it.".to_owned(),
        [one] if one.eq_ignore_ascii_case("service users") => {
            "Rule: each group needs a service user who speaks first hand.".to_owned()
        }
        several => format!(
            "Rule: each group needs somebody first hand from {}.",
            list(several).replace(" and ", " or ")
        ),
    }
}

fn edit_rule(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.set_max_width(MENU);
    wrapped(ui, "Who speaks from their own use of the service?", Type::Strong, tokens.ink);
    let words =
        "Each need group needs somebody of these. With none ticked it needs anybody who speaks for it.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    ui.spacing_mut().item_spacing.y = 0.0;
    for sector in &workspace.voices.sectors {
        let mut own = sector.first_hand;
        if ui.checkbox(&mut own, Type::Body.text(&sector.name, tokens.ink)).changed() {
            let id = sector.id.clone();
            let label = format!("{} speak{}", sector.name, if own { " first hand" } else { " on behalf" });
            desk.edit(label, None, |w| {
                if let Some(sector) = w.voices.sectors.iter_mut().find(|s| s.id == id) {
                    sector.first_hand = own;
                }
            });
        }
    }
}
