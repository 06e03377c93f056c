//! Every option with where it is decided, designed and delivered.

use egui::{Ui, vec2};

use crate::{
    model::question::{Level, ServiceOption},
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, Card, badge, captioned, captioned_row, choose, hinted_field, icon_button, long_list,
            scrolled_page, text_field, was_entered, wrapped,
        },
    },
};

/// How tall an option is thought before it has been drawn.
const GUESSED_HEIGHT: f32 = 136.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    let workspace = desk.workspace();
    let options = &workspace.question.options;
    scrolled_page(ui, "options page", |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        if options.is_empty() {
            wrapped(
                ui,
                "Nothing to choose between yet: add at least two options.",
                Type::Sentence,
                tokens.ink2,
            );
        }
        let added = desk.view.question.added.as_deref();
        let added = options.iter().position(|option| Some(option.id.as_str()) == added);
        long_list(ui, "options", (options.len(), added), GUESSED_HEIGHT, |ui, index| {
            Card::new().show(ui, |ui| card(ui, desk, &options[index], index, options.len()));
        });
        let another = Button::new("Add an option").icon(icons::PLUS).show(ui);
        if std::mem::take(&mut desk.view.question.offer_another) {
            another.request_focus();
            another.scroll_to_me(None);
        }
        if another.clicked() {
            super::add_option(desk);
        }
    });
}

fn card(ui: &mut Ui, desk: &mut Desk<'_>, option: &ServiceOption, index: usize, count: usize) {
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    let called = format!("of {}", option.badge);
    captioned_row(ui, |ui| {
        badge(ui, &option.badge, 26.0);
        let buttons = 3.0 * (size::CONTROL + space::S) + 12.0;
        let room = (ui.available_width() - buttons).max(200.0);
        let typed = captioned(ui, "Name", room * 0.62, |ui, width| {
            let field = format!("Name {called}");
            super::welcome(ui, desk, option.id.as_str(), &field);
            let typed = text_field(ui, &field, &option.name, width);
            desk.view.question.offer_another |= was_entered(ui, &field) && index + 1 == count;
            typed
        });
        if let Some(name) = typed {
            let label = format!("Rename {} to {name}", option.name);
            super::edit_option(desk, &option.id, label, |o| o.name = name);
        }
        let typed = captioned(ui, "Short name, for narrow columns", room * 0.36, |ui, width| {
            hinted_field(ui, &format!("Short name {called}"), "As the name", &option.short, width)
        });
        if let Some(short) = typed {
            let label = format!("Change the short name of {}", option.name);
            super::edit_option(desk, &option.id, label, |o| o.short = short);
        }
        if icon_button(ui, icons::ARROW_UP, &format!("Move {} up", option.name), index > 0).clicked() {
            desk.edit(format!("Move {} up", option.name), None, |w| {
                w.question.options.swap(index, index - 1)
            });
        }
        let down = index + 1 < count;
        if icon_button(ui, icons::ARROW_DOWN, &format!("Move {} down", option.name), down).clicked() {
            desk.edit(format!("Move {} down", option.name), None, |w| {
                w.question.options.swap(index, index + 1)
            });
        }
        if icon_button(ui, icons::TRASH, &format!("Remove {}", option.name), true).clicked() {
            super::ask_to_remove(desk, option.id.as_str());
        }
    });
    let typed = captioned(ui, "What it is", ui.available_width(), |ui, width| {
        let hint = "Who does what for whom, in a sentence";
        hinted_field(ui, &format!("Summary {called}"), hint, &option.summary, width)
    });
    if let Some(summary) = typed {
        let label = format!("Change the summary of {}", option.name);
        super::edit_option(desk, &option.id, label, |o| o.summary = summary);
    }
    ui.horizontal_wrapped(|ui| {
        level(ui, desk, option, "Decided", option.decided, |o, level| o.decided = level);
        level(ui, desk, option, "Designed", option.designed, |o, level| o.designed = level);
        level(ui, desk, option, "Delivered", option.delivered, |o, level| o.delivered = level);
    });
    let words = "Its scores, terms and prices go with it. Undo brings all of it back.";
    if super::is_to_go(ui, desk, option.id.as_str(), words, &format!("Remove {}", option.badge)) {
        super::remove_option(desk, &option.id, &option.name);
    }
}

fn level(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    option: &ServiceOption,
    what: &str,
    standing: Option<Level>,
    put: impl FnOnce(&mut ServiceOption, Option<Level>),
) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.text(what, tokens.ink3));
    let words = |level: Option<Level>| level.map_or("not said", Level::words).to_owned();
    let levels = std::iter::once(None).chain(Level::ALL.into_iter().map(Some));
    let choices = levels.map(|level| (level, words(level)));
    if let Some(chosen) = choose(ui, &format!("{what} where, {}", option.badge), 160.0, &standing, choices) {
        let label = format!("{} is {} at: {}", option.name, what.to_lowercase(), words(chosen));
        super::edit_option(desk, &option.id, label, |o| put(o, chosen));
    }
}
