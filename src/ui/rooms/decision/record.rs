//! The record itself, written by people and kept word for word.

use egui::{Ui, vec2};

use crate::{
    analysis::Analysis,
    exchange::figure,
    model::{
        Room, Workspace,
        decision::{Decision, Dissent, Entry, Reason},
        ids::{EntryId, OptionId},
        wording::{capital, count, number},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, size, space},
        widgets::{
            Card, badge, button::Segment, choose, hair_rule, hinted_field, icon_button, link, segmented,
            text_field, wrapped, wrapping_field,
        },
    },
};

/// Shows the record as a card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    Card::new().padding(20, 18).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        recommendation(ui, desk, workspace, analysis);
        unanswered(ui, desk, workspace);
        separate(ui);
        reasons(ui, desk, workspace);
        separate(ui);
        dissent(ui, desk, workspace);
        separate(ui);
        entries(ui, desk, workspace, &CONDITIONS);
        separate(ui);
        entries(ui, desk, workspace, &SAFEGUARDS);
        separate(ui);
        entries(ui, desk, workspace, &TRIGGERS);
        separate(ui);
        super::tripwires::show(ui, desk, workspace, analysis);
    });
}

fn separate(ui: &mut Ui) {
    ui.add_space(space::S);
    hair_rule(ui);
    ui.add_space(space::S);
}

fn recommendation(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    let options = &workspace.question.options;
    let decision = &workspace.decision;
    let chosen = decision.recommendation.as_ref();
    let place = chosen.and_then(|id| options.iter().position(|option| option.id == *id));
    ui.horizontal(|ui| {
        if let Some(place) = place {
            badge(ui, &options[place].badge, 36.0);
            ui.add_space(space::XS);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(Type::Small.text("Recommendation", tokens.ink3));
            let words = place.map_or("Nothing recommended yet", |place| options[place].name.as_str());
            ui.label(Type::Heading.text(words, tokens.ink));
        });
        let value =
            place.and_then(|place| analysis.balance.options.get(place)).and_then(|option| option.value);
        if let Some(value) = value {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(Type::Small.text("of 100", tokens.ink3));
                ui.label(Type::Big.text(number(value, 0), tokens.ink));
            });
        }
    });
    pick_option(ui, desk, workspace, place);
    if let Some(text) =
        text_field(ui, "Recommendation in one sentence", &decision.headline, ui.available_width())
    {
        desk.edit("Change the recommendation’s wording", None, |w| w.decision.headline = text);
    }
    let leaders = analysis.balance.leaders();
    if let (Some(place), Some(&leader)) = (place, leaders.first())
        && !leaders.contains(&place)
    {
        let name = &options[leader].name;
        let half_way = analysis.balance.certainty().half_way();
        let words = format!("{name} leads on today’s weights{half_way}. Say why it is not recommended:");
        wrapped(ui, words, Type::Small, tokens.ink2);
        let field = text_field(ui, "Why not the leader", &decision.why_not_the_leader, ui.available_width());
        if let Some(text) = field {
            desk.edit("Say why the leader is not recommended", None, |w| {
                w.decision.why_not_the_leader = text
            });
        }
    }
}

/// Why it is signed while statements are unanswered; asked only while some are, or while something stands there.
fn unanswered(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let (open, why) = (workspace.voices.unanswered().count(), &workspace.decision.why_unanswered);
    if open == 0 && why.is_empty() {
        return;
    }
    let have = if open == 1 { "has" } else { "have" };
    let statements = count(open, "statement", "statements");
    let words =
        format!("{statements} {have} no answer. Answer in Voices, or say why it is signed all the same:");
    wrapped(ui, words, Type::Small, tokens.ink2);
    if open > 0 && link(ui, "See the unanswered", Type::Small, tokens.ink).clicked() {
        desk.go(Room::Voices, "Statements");
        desk.view.voices.look_at_unanswered();
    }
    if let Some(text) = text_field(ui, "Why statements are unanswered", why, ui.available_width()) {
        desk.edit("Say why statements are unanswered", None, |w| w.decision.why_unanswered = text);
    }
}

fn pick_option(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, place: Option<usize>) {
    let options = &workspace.question.options;
    let pick: Option<Option<OptionId>> = if options.len() <= 8 {
        let mut segments: Vec<Segment<'_>> = options
            .iter()
            .map(|option| Segment {
                badge: &option.badge,
                words: "",
                colour: None,
                name: format!("Recommend {}", option.name),
            })
            .collect();
        segments.push(Segment {
            badge: "",
            words: "None yet",
            colour: None,
            name: "Recommend nothing yet".to_owned(),
        });
        let chosen = segmented(ui, &segments, place.unwrap_or(options.len()));
        chosen.map(|chosen| options.get(chosen).map(|option| option.id.clone()))
    } else {
        let standing = workspace.decision.recommendation.clone();
        let each = options.iter().map(|option| (Some(option.id.clone()), option.name.clone()));
        choose(ui, "Recommend", 320.0, &standing, std::iter::once((None, "None yet".to_owned())).chain(each))
    };
    if let Some(id) = pick {
        let name =
            id.as_ref().and_then(|id| workspace.option(id)).map_or("nothing yet", |option| &option.name);
        desk.edit(format!("Recommend {name}"), None, |w| w.decision.recommendation = id);
    }
}

/// The head of a section, with its add button; answers whether that was pressed.
fn section(ui: &mut Ui, icon: Icon, title: &str, add: &str) -> bool {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new(icon.0).font(Icon::font(18.0)).color(tokens.ink2));
        ui.label(Type::Strong.text(title, tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            icon_button(ui, icons::PLUS, add, true).clicked()
        })
        .inner
    })
    .inner
}

fn reasons(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    if section(ui, icons::LIST_CHECKS, "Reasons", "Add a reason") {
        let id = EntryId::named("reason", desk.session.new_tail());
        desk.edit("Add a reason", None, |w| {
            w.decision.reasons.push(Reason { id, text: String::new(), room: None });
        });
    }
    for (index, reason) in workspace.decision.reasons.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.add_space(26.0);
            let room = (ui.available_width() - 124.0 - 2.0 * size::CONTROL).max(160.0);
            let name = format!("Reason {}", index + 1);
            if let Some(text) = wrapping_field(ui, &name, &reason.text, room) {
                desk.edit("Change a reason", None, |w| w.decision.reasons[index].text = text);
            }
            from_room(ui, desk, index, reason);
            if icon_button(ui, icons::TRASH, &format!("Remove reason {}", index + 1), true).clicked() {
                desk.edit("Remove a reason", None, |w| drop(w.decision.reasons.remove(index)));
            }
        });
    }
    if workspace.decision.reasons.is_empty() {
        wrapped(ui, "No reason is given yet.", Type::Body, tokens.ink2);
    }
}

/// Which room a reason comes from.
fn from_room(ui: &mut Ui, desk: &mut Desk<'_>, index: usize, reason: &Reason) {
    let rooms = Room::ALL.into_iter().map(|room| (Some(room), room.name().to_owned()));
    let choices = std::iter::once((None, "no room".to_owned())).chain(rooms);
    if let Some(chosen) = choose(ui, &format!("Room of reason {}", index + 1), 116.0, &reason.room, choices) {
        desk.edit("Say which room a reason comes from", None, |w| w.decision.reasons[index].room = chosen);
    }
}

fn dissent(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    if section(ui, icons::HAND_PALM, "Who dissents", "Add a dissent") {
        let id = EntryId::named("dissent", desk.session.new_tail());
        desk.edit("Add a dissent", None, |w| {
            w.decision.dissent.push(Dissent { id, stakeholder: None, text: String::new() });
        });
    }
    for (index, dissent) in workspace.decision.dissent.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.add_space(26.0);
            let room = (ui.available_width() - 188.0 - 2.0 * size::CONTROL).max(160.0);
            let name = format!("Dissent {}, in the dissenter’s words", index + 1);
            if let Some(text) = wrapping_field(ui, &name, &dissent.text, room) {
                desk.edit("Change a dissent", None, |w| w.decision.dissent[index].text = text);
            }
            let people = workspace.voices.stakeholders.iter().map(|p| (Some(p.id.clone()), p.name.clone()));
            let choices = std::iter::once((None, "nobody named".to_owned())).chain(people);
            let name = format!("Who gives dissent {}", index + 1);
            if let Some(chosen) = choose(ui, &name, 176.0, &dissent.stakeholder, choices) {
                desk.edit("Say who dissents", None, |w| w.decision.dissent[index].stakeholder = chosen);
            }
            if icon_button(ui, icons::TRASH, &format!("Remove dissent {}", index + 1), true).clicked() {
                desk.edit("Remove a dissent", None, |w| drop(w.decision.dissent.remove(index)));
            }
        });
    }
    if workspace.decision.dissent.is_empty() {
        wrapped(ui, "Nobody’s dissent is written down.", Type::Body, tokens.ink2);
    }
}

/// A list of entries of one kind.
struct EntryList {
    icon: Icon,
    title: &'static str,
    one: &'static str,
    none: &'static str,
    of: fn(&Decision) -> &Vec<Entry>,
    of_mut: fn(&mut Decision) -> &mut Vec<Entry>,
}

const CONDITIONS: EntryList = EntryList {
    icon: icons::LOCK_SIMPLE,
    title: "Conditions",
    one: "condition",
    none: "No condition is set.",
    of: |decision| &decision.conditions,
    of_mut: |decision| &mut decision.conditions,
};

const SAFEGUARDS: EntryList = EntryList {
    icon: icons::SHIELD_CHECK,
    title: "Safeguards against exclusion",
    one: "safeguard",
    none: "No safeguard is set.",
    of: |decision| &decision.safeguards,
    of_mut: |decision| &mut decision.safeguards,
};

const TRIGGERS: EntryList = EntryList {
    icon: icons::BELL_SIMPLE,
    title: "Review triggers",
    one: "trigger",
    none: "Nothing says when this is looked at again.",
    of: |decision| &decision.triggers,
    of_mut: |decision| &mut decision.triggers,
};

fn entries(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, list: &EntryList) {
    let tokens = Tokens::of(ui);
    let EntryList { one, of, of_mut, .. } = *list;
    if section(ui, list.icon, list.title, &format!("Add a {one}")) {
        let id = EntryId::named(one, desk.session.new_tail());
        desk.edit(format!("Add a {one}"), None, |w| {
            of_mut(&mut w.decision).push(Entry { id, text: String::new(), owner: String::new(), due: None });
        });
    }
    for (index, entry) in of(&workspace.decision).iter().enumerate() {
        let number = index + 1;
        ui.horizontal(|ui| {
            ui.add_space(26.0);
            let room = (ui.available_width() - 262.0 - 2.0 * size::CONTROL).max(160.0);
            if let Some(text) = wrapping_field(ui, &format!("{} {number}", capital(one)), &entry.text, room) {
                desk.edit(format!("Change a {one}"), None, |w| of_mut(&mut w.decision)[index].text = text);
            }
            if let Some(text) =
                hinted_field(ui, &format!("Who sees to {one} {number}"), "Owner", &entry.owner, 120.0)
            {
                desk.edit(format!("Say who sees to a {one}"), None, |w| {
                    of_mut(&mut w.decision)[index].owner = text
                });
            }
            due(ui, desk, list, index, entry);
            if icon_button(ui, icons::TRASH, &format!("Remove {one} {number}"), true).clicked() {
                desk.edit(format!("Remove a {one}"), None, |w| drop(of_mut(&mut w.decision).remove(index)));
            }
        });
    }
    if of(&workspace.decision).is_empty() {
        wrapped(ui, list.none, Type::Body, tokens.ink2);
    }
}

fn due(ui: &mut Ui, desk: &mut Desk<'_>, list: &EntryList, index: usize, entry: &Entry) {
    let (one, of_mut) = (list.one, list.of_mut);
    let shown = entry.due.map(|date| date.strftime("%-d/%-m/%Y").to_string()).unwrap_or_default();
    let Some(typed) =
        hinted_field(ui, &format!("When {one} {} is due", index + 1), "Due, 31/3/2027", &shown, 124.0)
    else {
        return;
    };
    let date = if typed.trim().is_empty() { Ok(None) } else { figure::date(&typed).map(Some).ok_or(()) };
    match date {
        Ok(date) => {
            desk.edit(format!("Change when a {one} is due"), None, |w| {
                of_mut(&mut w.decision)[index].due = date
            });
        }
        Err(()) => desk.notice(format!("“{typed}” is not a date; write it like 31/3/2027.")),
    }
}
