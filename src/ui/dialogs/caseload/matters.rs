//! What there is to look at in the rows, and what is done unless somebody decides otherwise.

use egui::{Ui, vec2};

use super::meaning::Meaning;
use crate::{
    exchange::caseload::{Finding, Matter, Weight},
    model::{
        Workspace,
        wording::{capital, count, in_words, thousands},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Button, button::Segment, choose, hair_rule, segmented, wrapped},
    },
};

/// Shows the things to look at.
pub fn show(ui: &mut Ui, meaning: &mut Meaning, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
    let findings: Vec<Finding> =
        meaning.findings().iter().filter(|f| f.matter.weight() != Weight::Refuses).cloned().collect();
    let title = match (findings.len(), &meaning.outcome) {
        (_, None) => "Looking at the rows".to_owned(),
        (0, Some(_)) => "Nothing is in doubt".to_owned(),
        (1, Some(_)) => "One thing to look at".to_owned(),
        (n, Some(_)) => format!("{} things to look at", capital(&in_words(n))),
    };
    ui.label(Type::Heading.text(title, tokens.ink));
    for (at, finding) in findings.iter().enumerate() {
        hair_rule(ui);
        ui.push_id(at, |ui| one(ui, meaning, workspace, (at, finding)));
    }
}

fn one(ui: &mut Ui, meaning: &mut Meaning, workspace: &Workspace, (at, finding): (usize, &Finding)) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.label(egui::RichText::new(icons::WARNING_CIRCLE.0).font(Icon::font(18.0)).color(tokens.ink2));
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(width - 190.0, 0.0), down, |ui| {
            ui.set_width(width - 190.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            wrapped(ui, finding.title(), Type::Strong, tokens.ink);
            wrapped(ui, words(finding), Type::Small, tokens.ink2);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            button(ui, meaning, (at, finding))
        });
    });
    if meaning.open == Some(at) {
        opened(ui, meaning, workspace, finding);
    }
}

/// Where it is and what is done about it; of an unknown name how often it stands there and what is near.
fn words(finding: &Finding) -> String {
    if finding.matter == Matter::UnknownGroup {
        let rows = count(usize::try_from(finding.count).unwrap_or(usize::MAX), "row", "rows");
        let near = finding.near.as_ref().map(|near| format!(" Nearest: {near}."));
        return format!("{rows}.{}", near.unwrap_or_default());
    }
    let place = finding.place();
    let lead = if place.is_empty() { String::new() } else { format!("{place}. ") };
    format!("{lead}{}", finding.remedy)
}

/// What can be done at once: take the nearest name, or open what there is to decide or to see.
fn button(ui: &mut Ui, meaning: &mut Meaning, (at, finding): (usize, &Finding)) {
    if finding.matter == Matter::UnknownGroup
        && let (Some(found), Some(near)) = (&finding.found, &finding.near)
        && meaning.open != Some(at)
    {
        let name = format!("Use it: “{found}” is {near}");
        let pressed = Button::new("Use it").tooltip(&name).show(ui).clicked();
        if pressed {
            meaning.mapping.group_names.insert(found.clone(), near.clone());
            return;
        }
    }
    let decides = finding.matter == Matter::UnknownGroup || finding.matter.ways().len() > 1;
    let words = match (meaning.open == Some(at), decides) {
        (true, _) => "Close",
        (false, true) if finding.near.is_some() => "Other",
        (false, true) => "Decide",
        (false, false) => "Show",
    };
    if Button::new(words).tooltip(&format!("{words}: {}", finding.title())).show(ui).clicked() {
        meaning.open = (meaning.open != Some(at)).then_some(at);
    }
}

/// The rows by number, and what may be done about them.
fn opened(ui: &mut Ui, meaning: &mut Meaning, workspace: &Workspace, finding: &Finding) {
    let tokens = Tokens::of(ui);
    if !finding.rows.is_empty() {
        let rows: Vec<String> = finding.rows.iter().map(|row| thousands(*row)).collect();
        let more = finding.count.saturating_sub(rows.len() as u64);
        let more = if more > 0 { format!(" and {} more", thousands(more)) } else { String::new() };
        wrapped(ui, format!("Rows {}{more}.", rows.join(", ")), Type::Small, tokens.ink);
    }
    let ways = finding.matter.ways();
    if !ways.is_empty() {
        let standing = ways.iter().position(|(way, _)| *way == finding.way).unwrap_or(usize::MAX);
        let title = finding.title();
        let segments: Vec<Segment<'_>> = ways
            .iter()
            .map(|(_, words)| Segment { badge: "", words, colour: None, name: format!("{title}: {words}") })
            .collect();
        if let Some(chosen) = segmented(ui, &segments, standing) {
            meaning.mapping.ways.insert(finding.matter, ways[chosen].0);
        }
    }
    if let (Matter::UnknownGroup, Some(found)) = (finding.matter, &finding.found) {
        group(ui, meaning, workspace, found);
    }
}

/// What an unknown name of a group is to be read as.
fn group(ui: &mut Ui, meaning: &mut Meaning, workspace: &Workspace, found: &str) {
    let standing = meaning.mapping.group_names.get(found).cloned();
    let known =
        workspace.question.need_groups.iter().map(|g| (Some(g.name.clone()), format!("It is {}", g.name)));
    let offered =
        [(None, "A group of its own".to_owned()), (Some(String::new()), "Leave the rows out".to_owned())];
    let width = ui.available_width().min(320.0);
    let label = format!("What the group “{found}” is");
    if let Some(chosen) = choose(ui, &label, width, &standing, offered.into_iter().chain(known)) {
        match chosen {
            Some(name) => meaning.mapping.group_names.insert(found.to_owned(), name),
            None => meaning.mapping.group_names.remove(found),
        };
    }
}
