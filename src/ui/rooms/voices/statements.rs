//! Statements: what was heard, from whom, and what was done about it.

use egui::{ScrollArea, Ui, vec2};

use crate::{
    exchange::figure,
    model::{
        Workspace,
        voices::{Statement, StatementStatus},
        wording::{capital, count},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Card, Paragraph, choose, focus_field, hinted_field, icon_button, long_list, text_field, wrapped,
            wrapping_field,
        },
    },
};

/// How tall a statement is thought before it has been drawn.
const GUESSED_HEIGHT: f32 = 158.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    let tokens = Tokens::of(ui);
    let statements = &workspace.voices.statements;
    if statements.is_empty() {
        ui.add_space(space::M);
        wrapped(ui, "No statement has been written down yet.", Type::Sentence, tokens.ink2);
        return;
    }
    let open = statements.iter().filter(|s| s.status == StatementStatus::Open).count();
    let lead = match open {
        0 => "Every statement has an answer.".to_owned(),
        n => format!("{} without an answer.", capital(&count(n, "statement is", "statements are"))),
    };
    let ink = if open > 0 { tokens.crimson } else { tokens.ink };
    let rest = format!(" {} written down.", count(statements.len(), "statement is", "statements are"));
    Paragraph::new().run(&lead, Type::Heading, ink).run(&rest, Type::Sentence, tokens.ink2).show(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        let added = desk.view.voices.added_statement.as_ref();
        let added = statements.iter().position(|statement| Some(&statement.id) == added);
        long_list(ui, "statements", (statements.len(), added), GUESSED_HEIGHT, |ui, index| {
            Card::new().show(ui, |ui| card(ui, desk, &workspace, &statements[index], index));
        });
    });
}

fn change(desk: &mut Desk<'_>, statement: &Statement, label: &str, put: impl FnOnce(&mut Statement)) {
    let id = statement.id.clone();
    desk.edit(label, None, |w| {
        if let Some(found) = w.voices.statements.iter_mut().find(|s| s.id == id) {
            put(found);
        }
    });
}

fn card(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement, index: usize) {
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    let number = index + 1;
    let wide = ui.available_width();
    small(ui, "What was said");
    ui.horizontal(|ui| {
        let room = (wide - size::CONTROL - space::S).max(200.0);
        if desk.view.voices.added_statement.take_if(|added| *added == statement.id).is_some() {
            focus_field(ui, &format!("Statement {number}"));
        }
        if let Some(text) = wrapping_field(ui, &format!("Statement {number}"), &statement.text, room) {
            change(desk, statement, "Change a statement", |s| s.text = text);
        }
        if icon_button(ui, icons::TRASH, &format!("Remove statement {number}"), true).clicked() {
            let id = statement.id.clone();
            desk.edit("Remove a statement", None, |w| w.voices.statements.retain(|s| s.id != id));
        }
    });
    ui.horizontal_wrapped(|ui| {
        who(ui, desk, workspace, statement, number);
        small(ui, "About");
        if let Some(about) = text_field(ui, &format!("About, statement {number}"), &statement.about, 180.0) {
            change(desk, statement, "Say what a statement is about", |s| s.about = about);
        }
        small(ui, "Said on");
        let shown = statement.date.map(|date| date.strftime("%-d/%-m/%Y").to_string()).unwrap_or_default();
        if let Some(typed) =
            hinted_field(ui, &format!("Date of statement {number}"), "31/3/2027", &shown, 112.0)
        {
            date(desk, statement, &typed);
        }
        stance(ui, desk, statement, number);
    });
    ui.horizontal(|ui| {
        status(ui, desk, statement, number);
        let room = ui.available_width() - 4.0;
        if let Some(response) = hinted_field(
            ui,
            &format!("What was done about statement {number}"),
            "What was done about it",
            &statement.response,
            room,
        ) {
            change(desk, statement, "Say what was done about a statement", |s| {
                // An answer that is given closes what was open; any other status was somebody's choice.
                if s.status == StatementStatus::Open && !response.trim().is_empty() {
                    s.status = StatementStatus::Done;
                }
                s.response = response;
            });
        }
    });
}

fn small(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.text(words, tokens.ink3));
}

fn who(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement, number: usize) {
    let people =
        workspace.voices.stakeholders.iter().map(|person| (Some(person.id.clone()), person.name.clone()));
    let choices = std::iter::once((None, "nobody named".to_owned())).chain(people);
    if let Some(chosen) =
        choose(ui, &format!("Who said statement {number}"), 240.0, &statement.stakeholder, choices)
    {
        change(desk, statement, "Say who made a statement", |s| s.stakeholder = chosen);
    }
}

fn date(desk: &mut Desk<'_>, statement: &Statement, typed: &str) {
    let typed = typed.trim();
    if typed.is_empty() {
        change(desk, statement, "Leave the date of a statement open", |s| s.date = None);
        return;
    }
    match figure::date(typed) {
        Some(date) => change(desk, statement, "Date a statement", |s| s.date = Some(date)),
        None => desk.notice(format!("“{typed}” is not a date; write it like 31/3/2027.")),
    }
}

fn stance(ui: &mut Ui, desk: &mut Desk<'_>, statement: &Statement, number: usize) {
    let words = |stance: Option<i8>| match stance {
        None => "no stance",
        Some(-2) => "strongly against",
        Some(-1) => "against",
        Some(0) => "neither",
        Some(1) => "for",
        Some(_) => "strongly for",
    };
    let choices = [None, Some(-2), Some(-1), Some(0), Some(1), Some(2)]
        .map(|stance| (stance, words(stance).to_owned()));
    if let Some(chosen) =
        choose(ui, &format!("Stance of statement {number}"), 150.0, &statement.stance, choices)
    {
        change(desk, statement, "Change the stance of a statement", |s| s.stance = chosen);
    }
}

fn status(ui: &mut Ui, desk: &mut Desk<'_>, statement: &Statement, number: usize) {
    let choices = StatementStatus::ALL.map(|status| (status, status.words().to_owned()));
    if let Some(chosen) =
        choose(ui, &format!("Status of statement {number}"), 124.0, &statement.status, choices)
    {
        change(desk, statement, "Change the status of a statement", |s| s.status = chosen);
    }
}
