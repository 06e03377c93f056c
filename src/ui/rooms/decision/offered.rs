//! Sentences drafted from the rooms: offered under a list, taken over one by one or all, never put in by themselves.

use egui::{Role, Ui, WidgetInfo, vec2};

use super::{Found, line::INDENT};
use crate::{
    analysis::decision::Draft,
    model::{
        decision::RecordList,
        ids::EntryId,
        wording::{capital, in_words},
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Button, link, wrapped},
    },
};

/// Shows what is offered for a list, behind a link that says how much there is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, found: &Found, list: RecordList) {
    let offered: Vec<&Draft> = found.drafts.iter().filter(|draft| draft.list == list).collect();
    if offered.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    let is_open = desk.view.decision.offered == Some(list);
    let sentences = if offered.len() == 1 { "sentence" } else { "sentences" };
    let count = capital(&in_words(offered.len()));
    let words = if is_open {
        format!("Hide what is drafted for {}", name(list))
    } else {
        format!("{count} {sentences} drafted for {}", name(list))
    };
    ui.horizontal(|ui| {
        ui.add_space(INDENT);
        if link(ui, &words, Type::Small, tokens.ink2).clicked() {
            desk.view.decision.offered = (!is_open).then_some(list);
        }
        if is_open && offered.len() > 1 && Button::new("Take all over").quiet().show(ui).clicked() {
            take_over(desk, &offered);
        }
    });
    if is_open {
        for draft in offered {
            offer(ui, desk, draft);
        }
    }
}

fn offer(ui: &mut Ui, desk: &mut Desk<'_>, draft: &Draft) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.add_space(INDENT);
        let down = egui::Layout::top_down(egui::Align::Min);
        let width = (ui.available_width() - 100.0).max(120.0);
        ui.allocate_ui_with_layout(vec2(width, 21.0), down, |ui| {
            ui.set_width(width);
            ui.add_space(5.0);
            let response = wrapped(ui, &draft.text, Type::Body, tokens.ink2);
            response
                .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Drafted: {}", draft.text)));
        });
        let name = format!("Take over: {}", draft.text);
        if Button::new("Take over").tooltip(&name).show(ui).clicked() {
            take_over(desk, &[draft]);
        }
    });
    ui.add_space(space::XS);
}

fn take_over(desk: &mut Desk<'_>, drafts: &[&Draft]) {
    let ids: Vec<EntryId> =
        drafts.iter().map(|draft| EntryId::named(&draft.text, desk.session.new_tail())).collect();
    let label = match drafts {
        [_] => "Take over a drafted sentence".to_owned(),
        many => format!("Take over {} drafted sentences", in_words(many.len())),
    };
    desk.edit(label, None, |w| {
        for (draft, id) in drafts.iter().zip(ids) {
            edits::take_over(&mut w.decision, id, draft);
        }
    });
}

fn name(list: RecordList) -> &'static str {
    match list {
        RecordList::Reasons => "the reasons",
        RecordList::Conditions => "the conditions",
        RecordList::Safeguards => "the safeguards",
        RecordList::Triggers => "the triggers",
        RecordList::Rationed => "what is rationed",
        RecordList::Reviews => "the review plan",
    }
}
