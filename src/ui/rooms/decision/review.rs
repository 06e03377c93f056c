//! The review plan: what is looked at again, when and by whom; what was expected and what was found; triggers and tripwires.

use egui::{Ui, vec2};
use jiff::civil::Date;

use super::{
    Found,
    entry::{add, date_field},
    line, offered, tables, to_settle, tripwires,
};
use crate::{
    analysis::Analysis,
    model::{
        Workspace,
        decision::{RecordList, Review, ReviewOutcome, Trigger},
        ids::EntryId,
        wording::{capital, counted, day},
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        drawing::Part,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, Card, captioned, choose, focus_field, hair_rule, hinted_field, hinted_wrapping_field,
            icon_button, scrolled_page, wrapped, wrapping_field,
        },
    },
};

const WHO: f32 = 212.0;
const WHEN: f32 = 120.0;
/// The buttons that move a trigger and take it out; reviews stand in the order of their days.
const BUTTONS: f32 = 3.0 * size::CONTROL + 2.0 * space::XS;

/// Fields beside each other, level at the top, in further rows where the width ends.
fn side_by_side<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let across = egui::Layout::left_to_right(egui::Align::Min).with_main_wrap(true);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 0.0), across, contents).inner
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, found: &Found) {
    let today = desk.session.signature().on;
    scrolled_page(ui, "review page", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::M);
        to_settle::show(ui, desk, found);
        wrapped(ui, sentence(workspace, today), Type::Sentence, Tokens::of(ui).ink);
        Card::new().padding(20, 16).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            let part = part("Review plan", workspace, RecordList::Reviews);
            part.show(ui, |ui| reviews(ui, desk, workspace, found, today));
            offered::show(ui, desk, found, RecordList::Reviews);
        });
        Card::new().padding(20, 16).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            let part = part("Review triggers", workspace, RecordList::Triggers);
            part.show(ui, |ui| triggers(ui, desk, workspace, found));
            offered::show(ui, desk, found, RecordList::Triggers);
        });
        Card::new().padding(20, 16).show(ui, |ui| tripwires::show(ui, desk, workspace, analysis));
    });
}

/// A list of the page as it can be copied.
fn part<'a>(name: &'a str, workspace: &'a Workspace, list: RecordList) -> Part<'a> {
    let has_rows = !workspace.decision.sentences_of(list).is_empty();
    Part::table(name).if_any(has_rows).figures(move || tables::list(workspace, list))
}

/// "Next: share of people supported, on 29 October 2027. One review is overdue."
fn sentence(workspace: &Workspace, today: Date) -> String {
    let reviews = &workspace.decision.reviews;
    if reviews.is_empty() {
        return "Nothing says yet what is looked at again, and when.".to_owned();
    }
    let open = reviews.iter().filter(|review| review.found.trim().is_empty());
    let next = open.filter(|review| review.on.is_some_and(|on| on >= today)).min_by_key(|review| review.on);
    let first = match next.and_then(|review| Some((review, review.on?))) {
        Some((review, on)) => {
            format!("Next: {}, on {}.", crate::model::wording::lower_first(&review.text), day(on))
        }
        None => "No review is still to come.".to_owned(),
    };
    let overdue = reviews.iter().filter(|review| review.is_overdue(today)).count();
    match overdue {
        0 => first,
        n => format!("{first} {} overdue.", capital(&counted(n, "review is", "reviews are"))),
    }
}

fn title(ui: &mut Ui, desk: &mut Desk<'_>, words: &str, (list, one): (RecordList, &str)) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text(words, tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if Button::new(&format!("Add a {one}")).icon(icons::PLUS).quiet().show(ui).clicked() {
                add(desk, list);
            }
        });
    });
}

fn reviews(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found, today: Date) {
    title(ui, desk, "What is looked at again", (RecordList::Reviews, "review"));
    let all = workspace.decision.reviews_by_day();
    for (place, review) in all.iter().enumerate() {
        hair_rule(ui);
        ui.push_id(review.id.as_str(), |ui| {
            plan(ui, desk, review, place + 1);
            for change in
                found.changed.iter().filter(|c| c.list == RecordList::Reviews && c.entry == review.id)
            {
                line::changed(ui, desk, change);
            }
            outcome(ui, desk, review, place + 1);
            if review.is_overdue(today)
                && let Some(on) = review.on
            {
                let words = format!("Overdue since {}.", day(on));
                wrapped(ui, words, Type::SmallStrong, Tokens::of(ui).crimson);
            }
        });
    }
    if all.is_empty() {
        let words = "Say what is expected, and when somebody looks whether it came about.";
        wrapped(ui, words, Type::Body, Tokens::of(ui).ink2);
    }
}

/// What is expected, by when, and who looks.
fn plan(ui: &mut Ui, desk: &mut Desk<'_>, review: &Review, number: usize) {
    let is_new = desk.view.decision.open.as_ref() == Some(&review.id) && desk.view.decision.just_opened;
    side_by_side(ui, |ui| {
        let rest = WHO + WHEN + size::CONTROL + 5.0 * space::S;
        let words = ((ui.available_width() - rest) / 2.0).max(180.0);
        let typed = captioned(ui, "What is looked at", words, |ui, width| {
            let name = format!("What review {number} looks at");
            if is_new {
                focus_field(ui, &name);
            }
            wrapping_field(ui, &name, &review.text, width)
        });
        if is_new {
            desk.view.decision.just_opened = false;
        }
        if let Some(text) = typed {
            change(desk, "Change what is looked at", review, |review| review.text = text);
        }
        let typed = captioned(ui, "Expected", words, |ui, width| {
            wrapping_field(ui, &format!("Expected of review {number}"), &review.expected, width)
        });
        if let Some(text) = typed {
            desk.edit("Change what is expected", None, |w| {
                w.decision.rewrite(RecordList::Reviews, &review.id, &text);
            });
        }
        let date = captioned(ui, "When", WHEN, |ui, width| {
            date_field(ui, desk, &format!("When review {number} is"), "31/3/2027", review.on, width)
        });
        if let Some(on) = date {
            change(desk, "Change when it is looked at", review, |review| review.on = on);
        }
        let typed = captioned(ui, "Who", WHO, |ui, width| {
            hinted_field(ui, &format!("Who makes review {number}"), "Owner", &review.owner, width)
        });
        if let Some(text) = typed {
            change(desk, "Say who looks", review, |review| review.owner = text);
        }
        captioned(ui, " ", size::CONTROL, |ui, _| {
            remove(ui, desk, (RecordList::Reviews, "review"), &review.id, number);
        });
    });
}

fn remove(ui: &mut Ui, desk: &mut Desk<'_>, (list, one): (RecordList, &str), id: &EntryId, number: usize) {
    if icon_button(ui, icons::TRASH, &format!("Remove {one} {number}"), true).clicked() {
        desk.edit(format!("Remove a {one}"), None, |w| edits::remove(&mut w.decision, list, id));
    }
}

fn buttons(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    (list, one): (RecordList, &str),
    id: &EntryId,
    (place, of): (usize, usize),
) {
    let number = place + 1;
    ui.spacing_mut().item_spacing.x = space::XS;
    ui.horizontal(|ui| {
        let pressed = |ui: &mut Ui, icon, words: &str, enabled| {
            icon_button(ui, icon, &format!("{words} {one} {number}"), enabled).clicked()
        };
        let up = pressed(ui, icons::ARROW_UP, "Move up", place > 0);
        let down = pressed(ui, icons::ARROW_DOWN, "Move down", number < of);
        if up || down {
            desk.edit(format!("Move a {one}"), None, |w| edits::shift(&mut w.decision, list, id, up));
        }
        remove(ui, desk, (list, one), id, number);
    });
}

/// What was found, and what follows from it.
fn outcome(ui: &mut Ui, desk: &mut Desk<'_>, review: &Review, number: usize) {
    side_by_side(ui, |ui| {
        let rest = WHEN + 132.0 + 5.0 * space::S;
        let words = ((ui.available_width() - rest) / 2.0).max(180.0);
        let typed = captioned(ui, "Found", words, |ui, width| {
            let name = format!("Found in review {number}");
            hinted_wrapping_field(ui, &name, "Nothing found yet", &review.found, width)
        });
        if let Some(text) = typed {
            let today = desk.session.signature().on;
            change(desk, "Write down what was found", review, |review| {
                review.found_on = if text.trim().is_empty() { None } else { review.found_on.or(Some(today)) };
                review.found = text;
            });
        }
        if review.found.trim().is_empty() {
            return;
        }
        let date = captioned(ui, "Found on", WHEN, |ui, width| {
            date_field(
                ui,
                desk,
                &format!("When review {number} was made"),
                "31/3/2027",
                review.found_on,
                width,
            )
        });
        if let Some(on) = date {
            change(desk, "Change when it was found", review, |review| review.found_on = on);
        }
        let each = ReviewOutcome::ALL.map(|outcome| (Some(outcome), capital(outcome.words())));
        let choices = std::iter::once((None, "Not decided".to_owned())).chain(each);
        let chosen = captioned(ui, "What follows", 132.0, |ui, width| {
            choose(ui, &format!("What follows from review {number}"), width, &review.outcome, choices)
        });
        if let Some(outcome) = chosen {
            change(desk, "Say what follows from a review", review, |review| review.outcome = outcome);
        }
        let typed = captioned(ui, "What was learned, what is done", words, |ui, width| {
            wrapping_field(ui, &format!("Learned from review {number}"), &review.learned, width)
        });
        if let Some(text) = typed {
            change(desk, "Write down what was learned", review, |review| review.learned = text);
        }
    });
}

fn change(desk: &mut Desk<'_>, label: &str, review: &Review, put: impl FnOnce(&mut Review)) {
    desk.edit(label, None, |w| {
        if let Some(found) = w.decision.reviews.iter_mut().find(|found| found.id == review.id) {
            put(found);
        }
    });
}

fn triggers(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found) {
    title(ui, desk, "Review triggers", (RecordList::Triggers, "trigger"));
    let all = &workspace.decision.triggers;
    for (place, trigger) in all.iter().enumerate() {
        hair_rule(ui);
        ui.push_id(trigger.id.as_str(), |ui| {
            one_trigger(ui, desk, trigger, (place, all.len()));
            for change in
                found.changed.iter().filter(|c| c.list == RecordList::Triggers && c.entry == trigger.id)
            {
                line::changed(ui, desk, change);
            }
        });
    }
    if all.is_empty() {
        wrapped(
            ui,
            "Nothing makes anybody look again before the plan says so.",
            Type::Body,
            Tokens::of(ui).ink2,
        );
    }
}

fn one_trigger(ui: &mut Ui, desk: &mut Desk<'_>, trigger: &Trigger, (place, of): (usize, usize)) {
    let number = place + 1;
    let name = format!("Trigger {number}");
    if desk.view.decision.open.as_ref() == Some(&trigger.id) && desk.view.decision.just_opened {
        desk.view.decision.just_opened = false;
        focus_field(ui, &name);
    }
    if let Some(text) = wrapping_field(ui, &name, &trigger.text, ui.available_width()) {
        desk.edit("Change a trigger", None, |w| w.decision.rewrite(RecordList::Triggers, &trigger.id, &text));
    }
    type Part = (&'static str, &'static str, fn(&mut Trigger) -> &mut String);
    let parts: [Part; 3] = [
        ("Watched", "What trigger {} watches", |trigger| &mut trigger.watched),
        ("Limit", "Limit of trigger {}", |trigger| &mut trigger.limit),
        ("Who watches", "Who watches trigger {}", |trigger| &mut trigger.owner),
    ];
    side_by_side(ui, |ui| {
        let rest = WHEN + BUTTONS + 5.0 * space::S;
        let width = ((ui.available_width() - rest) / 3.0).max(150.0);
        for (caption, name, part) in parts {
            let value = part(&mut trigger.clone()).clone();
            let name = name.replace("{}", &number.to_string());
            let typed = captioned(ui, caption, width, |ui, width| hinted_field(ui, &name, "", &value, width));
            if let Some(text) = typed {
                change_trigger(desk, "Change what a trigger watches", trigger, |t| *part(t) = text);
            }
        }
        let date = captioned(ui, "Looked at", WHEN, |ui, width| {
            date_field(ui, desk, &format!("When trigger {number} is due"), "31/3/2027", trigger.due, width)
        });
        if let Some(due) = date {
            change_trigger(desk, "Change when a trigger is due", trigger, |trigger| trigger.due = due);
        }
        captioned(ui, " ", BUTTONS, |ui, _| {
            buttons(ui, desk, (RecordList::Triggers, "trigger"), &trigger.id, (place, of));
        });
    });
}

fn change_trigger(desk: &mut Desk<'_>, label: &str, trigger: &Trigger, put: impl FnOnce(&mut Trigger)) {
    desk.edit(label, None, |w| {
        if let Some(found) = w.decision.triggers.iter_mut().find(|found| found.id == trigger.id) {
            put(found);
        }
    });
}
