//! The page of duties: what the law and good consultation ask, and how each was met.

use egui::{Ui, vec2};

use super::tables;
use crate::{
    analysis::decision::{Checklist, ChecklistItem, checklists},
    model::{
        Workspace,
        decision::{Duty, DutyAnswer},
        ids::EntryId,
        wording::{capital, count, in_words},
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        drawing::Part,
        icons,
        theme::{Tokens, Type, space},
        widgets::{
            Button, Card, button::Segment, focus_field, hair_rule, hinted_field, hinted_wrapping_field,
            icon_button, scrolled_page, segmented, wrapped, wrapping_field,
        },
    },
};

const BY: f32 = 200.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    scrolled_page(ui, "duties page", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::M);
        wrapped(ui, sentence(workspace), Type::Sentence, Tokens::of(ui).ink);
        for list in checklists() {
            Card::new().padding(20, 16).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                let part = Part::table(&list.title).figures(|| tables::checklist(workspace, list));
                part.show(ui, |ui| checklist(ui, desk, workspace, list));
            });
        }
        Card::new().padding(20, 16).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            let duties = own_duties(workspace);
            let part = Part::table("Duties of your own").if_any(!duties.is_empty());
            part.figures(|| tables::own_duties(&duties)).show(ui, |ui| own(ui, desk, &duties));
        });
    });
}

/// "Twelve of 14 are answered: ten yes, one no, one does not apply."
fn sentence(workspace: &Workspace) -> String {
    let asked: usize = checklists().iter().map(|list| list.items.len()).sum();
    let duties = || {
        let items = checklists().iter().flat_map(|list| &list.items);
        items.filter_map(|item| item.answered(&workspace.decision)?.answer)
    };
    let answered = duties().count();
    if answered == 0 {
        return format!("None of the {} has been answered yet.", count(asked, "question", "questions"));
    }
    let told =
        DutyAnswer::ALL.map(|answer| (duties().filter(|given| *given == answer).count(), answer.words()));
    let told: Vec<String> =
        told.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{} {words}", in_words(*n))).collect();
    let (answered, asked) = (capital(&in_words(answered)), in_words(asked));
    format!("{answered} of {asked} are answered: {}.", told.join(", "))
}

fn checklist(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, list: &Checklist) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Heading.text(&list.title, tokens.ink));
    wrapped(ui, &list.about, Type::Small, tokens.ink2);
    for item in &list.items {
        hair_rule(ui);
        ui.push_id(&item.id, |ui| {
            let duty = item.answered(&workspace.decision).cloned().unwrap_or_else(|| item.unanswered());
            wrapped(ui, &item.text, Type::Body, tokens.ink);
            wrapped(ui, &item.source, Type::Small, tokens.ink3);
            answer_row(ui, desk, &item.name, &duty, |desk, label, put| answer(desk, item, label, put));
        });
    }
}

fn answer(desk: &mut Desk<'_>, item: &ChecklistItem, label: String, put: impl FnOnce(&mut Duty)) {
    desk.edit(label, None, |w| edits::answer(&mut w.decision, item, put));
}

/// What is answered: yes, no or does not apply, how, and who says so.
fn answer_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    name: &str,
    duty: &Duty,
    change: impl Fn(&mut Desk<'_>, String, &mut dyn FnMut(&mut Duty)),
) {
    ui.horizontal_wrapped(|ui| {
        let mut choices: Vec<Option<DutyAnswer>> = DutyAnswer::ALL.into_iter().map(Some).collect();
        choices.push(None);
        let words: Vec<String> = choices
            .iter()
            .map(|c| c.map_or("Not said".to_owned(), |answer| capital(answer.words())))
            .collect();
        let segments: Vec<Segment<'_>> = words
            .iter()
            .map(|words| Segment {
                badge: "",
                words,
                colour: None,
                name: format!("{name}: {}", words.to_lowercase()),
            })
            .collect();
        let place = choices.iter().position(|choice| *choice == duty.answer).unwrap_or(choices.len() - 1);
        if let Some(chosen) = segmented(ui, &segments, place) {
            let label = format!("Answer {name}: {}", words[chosen].to_lowercase());
            change(desk, label, &mut |duty| duty.answer = choices[chosen]);
        }
        let (how, hint) = match duty.answer {
            Some(DutyAnswer::No) => (format!("Why not: {name}"), "Why not"),
            Some(DutyAnswer::DoesNotApply) => {
                (format!("Why it does not apply: {name}"), "Why it does not apply")
            }
            _ => (format!("How: {name}"), "How"),
        };
        let width = (ui.available_size_before_wrap().x - BY - space::S).max(220.0);
        if let Some(text) = hinted_wrapping_field(ui, &how, hint, &duty.how, width) {
            change(desk, format!("Say how: {name}"), &mut |duty| duty.how.clone_from(&text));
        }
        if let Some(text) = hinted_field(ui, &format!("Who says so: {name}"), "Who says so", &duty.by, BY) {
            change(desk, format!("Say who answers: {name}"), &mut |duty| duty.by.clone_from(&text));
        }
    });
}

/// Duties that no checklist asks about.
pub(super) fn own_duties(workspace: &Workspace) -> Vec<&Duty> {
    let is_shipped = |duty: &&Duty| {
        checklists().iter().flat_map(|list| &list.items).any(|item| item.id == duty.id.as_str())
    };
    workspace.decision.duties.iter().filter(|duty| !is_shipped(duty)).collect()
}

fn own(ui: &mut Ui, desk: &mut Desk<'_>, own: &[&Duty]) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("Duties of your own", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if Button::new("Add a duty").icon(icons::PLUS).quiet().show(ui).clicked() {
                add(desk);
            }
        });
    });
    for (place, duty) in own.iter().enumerate() {
        hair_rule(ui);
        ui.push_id(duty.id.as_str(), |ui| one(ui, desk, duty, place + 1));
    }
    if own.is_empty() {
        let words =
            "A duty of the place, a promise in a strategy, a condition of a grant: add what must be kept.";
        wrapped(ui, words, Type::Body, tokens.ink2);
    }
}

/// Adds a duty of one's own and opens it.
pub fn add(desk: &mut Desk<'_>) {
    let id = EntryId::named("duty", desk.session.new_tail());
    desk.view.decision.open(id.clone());
    desk.edit("Add a duty", None, |w| {
        w.decision.duties.push(Duty {
            id,
            text: String::new(),
            source: String::new(),
            answer: None,
            how: String::new(),
            by: String::new(),
        });
    });
}

fn one(ui: &mut Ui, desk: &mut Desk<'_>, duty: &Duty, number: usize) {
    let change = |desk: &mut Desk<'_>, label: String, put: &mut dyn FnMut(&mut Duty)| {
        desk.edit(label, None, |w| {
            if let Some(found) = w.decision.duties.iter_mut().find(|found| found.id == duty.id) {
                put(found);
            }
        });
    };
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - 2.0 * BY).max(200.0);
        let name = format!("Own duty {number}");
        if desk.view.decision.open.as_ref() == Some(&duty.id)
            && std::mem::take(&mut desk.view.decision.just_opened)
        {
            focus_field(ui, &name);
        }
        if let Some(text) = wrapping_field(ui, &name, &duty.text, width) {
            change(desk, "Change a duty".to_owned(), &mut |duty| duty.text.clone_from(&text));
        }
        let name = format!("Source of own duty {number}");
        let source = (ui.available_width() - 48.0).max(120.0);
        if let Some(text) = hinted_field(ui, &name, "Source", &duty.source, source) {
            change(desk, "Change the source of a duty".to_owned(), &mut |duty| duty.source.clone_from(&text));
        }
        if icon_button(ui, icons::TRASH, &format!("Remove own duty {number}"), true).clicked() {
            desk.edit("Remove a duty", None, |w| w.decision.duties.retain(|found| found.id != duty.id));
        }
    });
    answer_row(ui, desk, &format!("Own duty {number}"), duty, change);
}
