//! Tripwires: limits agreed before award, what is done when one is passed, and what the caseload says of each.

use egui::{Ui, vec2};

use super::{Seen, lead};
use crate::{
    analysis::reach::caseload::tripwires::Tripped,
    exchange::figure,
    model::{
        Workspace,
        ids::EntryId,
        reach::caseload::{Statistic, Tripwire},
        wording::{capital, count, day, in_words, list, number, percent},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{
            Button, Card, captioned, choose, hinted_wrapping_field, icon_button, read_field, scrolled_page,
            text_field, wrapped,
        },
    },
};

/// The gates that a tripwire may be about where nothing has been counted.
const USUAL_GATES: [&str; 5] = ["eligible", "referred", "accepted", "started", "served"];

/// Shows the sheet.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, seen: Option<&Seen<'_>>) {
    let wires = &workspace.reach.caseload.tripwires;
    ui.add_space(space::XS);
    let tripped = wires.iter().filter(|wire| has_tripped(seen, &wire.id)).count();
    let clause = match (wires.len(), seen) {
        (0, _) => "No tripwire has been agreed.".to_owned(),
        (n, None) => format!("{} agreed.", count(n, "tripwire is", "tripwires are")),
        (n, Some(_)) => format!("{tripped} of {} tripped.", count(n, "tripwire has", "tripwires have")),
    };
    let counted_on = seen.and_then(|seen| seen.counted.counted_on);
    let late = wires.iter().filter(|wire| is_after_the_count(wire, counted_on)).count();
    let rest = match late {
        0 => "Limits are fixed before award, so that nobody can say afterwards that they were made to fit."
            .to_owned(),
        1 => "One was agreed when the count was there, or it is not said when: it may have been made to fit."
            .to_owned(),
        n => format!(
            "{} were agreed when the count was there, or it is not said when: they may have been made to fit.",
            capital(&in_words(n))
        ),
    };
    lead(ui, &clause, &rest);
    scrolled_page(ui, "tripwires", |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        for (at, wire) in wires.iter().enumerate() {
            one(ui, desk, workspace, seen, (at, wire));
        }
        if Button::new("Add a tripwire").icon(icons::PLUS).show(ui).clicked() {
            add(desk, workspace);
        }
        let tokens = Tokens::of(ui);
        let words = "They stand in the decision record with their dates, and are tried again whenever a caseload is counted.";
        wrapped(ui, words, Type::Small, tokens.ink2);
    });
}

fn of<'a>(seen: Option<&Seen<'a>>, id: &'a EntryId) -> Vec<&'a Tripped> {
    let all = seen.map(|seen| seen.check.tripwires.as_slice()).unwrap_or_default();
    all.iter().filter(|tried| tried.tripwire == *id).collect()
}

fn has_tripped(seen: Option<&Seen<'_>>, id: &EntryId) -> bool {
    let all = seen.map(|seen| seen.check.tripwires.as_slice()).unwrap_or_default();
    all.iter().any(|tried| tried.tripwire == *id && tried.tripped == Ok(true))
}

fn gates(workspace: &Workspace) -> Vec<String> {
    match &workspace.reach.caseload.counted {
        Some(counted) => counted.gates.clone(),
        None => USUAL_GATES.map(str::to_owned).to_vec(),
    }
}

fn add(desk: &mut Desk<'_>, workspace: &Workspace) {
    let gates = gates(workspace);
    let gate = gates.iter().find(|gate| *gate == "accepted").or(gates.first()).cloned().unwrap_or_default();
    let id = EntryId::named("tripwire", desk.session.new_tail());
    let wire = Tripwire {
        id,
        group: None,
        gate,
        statistic: Statistic::ImpactRatio,
        limit: 0.8,
        response: String::new(),
        agreed: Some(jiff::Zoned::now().date()),
        agreed_by: String::new(),
    };
    desk.edit("Add a tripwire", None, |w| w.reach.caseload.tripwires.push(wire));
}

fn change(desk: &mut Desk<'_>, id: &EntryId, label: &str, change: impl FnOnce(&mut Tripwire)) {
    let id = id.clone();
    desk.edit(label, None, |w| {
        if let Some(wire) = w.reach.caseload.tripwires.iter_mut().find(|wire| wire.id == id) {
            change(wire);
        }
    });
}

fn one(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    seen: Option<&Seen<'_>>,
    (at, wire): (usize, &Tripwire),
) {
    let tokens = Tokens::of(ui);
    ui.push_id(wire.id.as_str(), |ui| {
        Card::new().show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::M, space::S);
            ui.horizontal_wrapped(|ui| {
                terms(ui, desk, workspace, (at, wire));
                let name = format!("Remove tripwire {}", at + 1);
                if icon_button(ui, icons::TRASH, &name, true).clicked() {
                    let id = wire.id.clone();
                    desk.edit("Remove a tripwire", None, |w| {
                        w.reach.caseload.tripwires.retain(|wire| wire.id != id);
                    });
                }
            });
            let width = ui.available_width();
            let name = format!("What is done when tripwire {} trips", at + 1);
            let hint = "What is done when it trips";
            if let Some(text) = hinted_wrapping_field(ui, &name, hint, &wire.response, width) {
                change(desk, &wire.id, "Say what is done when a tripwire trips", |w| w.response = text);
            }
            let (bad, words) = verdict(seen, wire);
            ui.horizontal_top(|ui| {
                let (icon, ink) = if bad {
                    (icons::WARNING_DIAMOND, tokens.crimson)
                } else {
                    (icons::CHECK_CIRCLE, tokens.ink3)
                };
                if seen.is_some() {
                    ui.label(egui::RichText::new(icon.0).font(Icon::filled_font(17.0)).color(ink));
                }
                let ink = if bad { tokens.crimson } else { tokens.ink2 };
                let counted_on = seen.and_then(|seen| seen.counted.counted_on);
                let late = if is_after_the_count(wire, counted_on) { " Not before the count." } else { "" };
                wrapped(ui, format!("{words} {}{late}", agreed_words(wire)), Type::Small, ink);
            });
        });
    });
}

/// Whom it guards, at which gate, by what, and how far.
fn terms(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, (at, wire): (usize, &Tripwire)) {
    let number_of = at + 1;
    let groups = std::iter::once((None, "Every group".to_owned())).chain(
        workspace.question.need_groups.iter().map(|g| (Some(g.id.clone()), g.short_name().to_owned())),
    );
    let name = format!("Group that tripwire {number_of} guards");
    let chosen = captioned(ui, "Group", 200.0, |ui, width| choose(ui, &name, width, &wire.group, groups));
    if let Some(group) = chosen {
        change(desk, &wire.id, "Change whom a tripwire guards", |w| w.group = group);
    }
    let mut known = gates(workspace);
    if !known.contains(&wire.gate) {
        known.push(wire.gate.clone());
    }
    let name = format!("Gate of tripwire {number_of}");
    let choices = known.into_iter().map(|gate| (gate.clone(), capital(&gate)));
    let chosen = captioned(ui, "Gate", 140.0, |ui, width| choose(ui, &name, width, &wire.gate, choices));
    if let Some(gate) = chosen {
        change(desk, &wire.id, "Change the gate of a tripwire", |w| w.gate = gate);
    }
    let name = format!("What tripwire {number_of} looks at");
    let choices = Statistic::ALL.map(|statistic| (statistic, capital(statistic.words())));
    let chosen =
        captioned(ui, "Looks at", 280.0, |ui, width| choose(ui, &name, width, &wire.statistic, choices));
    if let Some(statistic) = chosen {
        change(desk, &wire.id, "Change what a tripwire looks at", |w| w.statistic = statistic);
    }
    let caption = if wire.statistic.trips_above() { "At most" } else { "At least" };
    let name = format!("Limit of tripwire {number_of}");
    let shown = limit(wire.statistic, wire.limit);
    let read = |typed: &str| {
        figure::share(typed)
            .or_else(|| figure::number(typed).map(|number| number.value))
            .filter(|limit| (0.0..=10.0).contains(limit))
            .ok_or_else(|| format!("“{typed}” is not a limit; write it like 80 % or 0.8."))
    };
    let read = captioned(ui, caption, 96.0, |ui, width| read_field(ui, &name, &shown, width, read));
    if let Some(value) = read {
        change(desk, &wire.id, "Change the limit of a tripwire", |w| w.limit = value);
    }
    agreement(ui, desk, (number_of, wire));
}

/// When and by whom it was agreed.
fn agreement(ui: &mut Ui, desk: &mut Desk<'_>, (number_of, wire): (usize, &Tripwire)) {
    let name = format!("Day on which tripwire {number_of} was agreed");
    let shown = wire.agreed.map(day).unwrap_or_default();
    let read = |typed: &str| match typed.trim() {
        "" => Ok(None),
        typed => figure::date(typed)
            .map(Some)
            .ok_or_else(|| format!("“{typed}” is not a date; write it like 31/3/2027, or leave it empty.")),
    };
    let read = captioned(ui, "Agreed on", 132.0, |ui, width| read_field(ui, &name, &shown, width, read));
    if let Some(agreed) = read {
        change(desk, &wire.id, "Say when a tripwire was agreed", |w| w.agreed = agreed);
    }
    let name = format!("Who agreed tripwire {number_of}");
    let typed = captioned(ui, "By", 200.0, |ui, width| text_field(ui, &name, &wire.agreed_by, width));
    if let Some(by) = typed {
        change(desk, &wire.id, "Say who agreed a tripwire", |w| w.agreed_by = by.trim().to_owned());
    }
}

/// Whether a limit was not there before what it is held against was counted, as far as is said.
fn is_after_the_count(wire: &Tripwire, counted_on: Option<jiff::civil::Date>) -> bool {
    counted_on.is_some_and(|counted| wire.agreed.is_none_or(|agreed| agreed >= counted))
}

/// "Agreed 31 March 2027 by the board."
fn agreed_words(wire: &Tripwire) -> String {
    let by = match wire.agreed_by.trim() {
        "" => String::new(),
        by => format!(" by {by}"),
    };
    match wire.agreed {
        Some(agreed) => format!("Agreed {}{by}.", day(agreed)),
        None if by.is_empty() => "It is not said when it was agreed, or by whom.".to_owned(),
        None => format!("Agreed{by}; it is not said when."),
    }
}

/// A limit, or what is held against it, as a share or a ratio.
fn limit(statistic: Statistic, value: f64) -> String {
    match statistic {
        Statistic::Rate | Statistic::TurnedAway => percent(value),
        _ => number(value, 2),
    }
}

/// What the caseload says of a tripwire.
fn verdict(seen: Option<&Seen<'_>>, wire: &Tripwire) -> (bool, String) {
    let Some(there) = seen else {
        return (false, "It is tried as soon as a caseload is counted.".to_owned());
    };
    let tried = of(seen, &wire.id);
    let name = |tried: &Tripped| tried.group.map_or("", |group| there.short(group)).to_owned();
    let tripped: Vec<&&Tripped> = tried.iter().filter(|tried| tried.tripped == Ok(true)).collect();
    if tripped.is_empty() {
        let unknown = tried.iter().find_map(|tried| tried.value.err());
        return match unknown {
            Some(why) if tried.iter().all(|tried| tried.value.is_err()) => {
                (false, format!("It cannot be tried: {}.", why.0))
            }
            Some(_) => {
                let hidden: Vec<String> =
                    tried.iter().filter(|tried| tried.value.is_err()).map(|tried| name(tried)).collect();
                let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
                (false, format!("It holds where it can be tried; it cannot be for {}.", list(&hidden)))
            }
            None => (false, "It holds.".to_owned()),
        };
    }
    let words: Vec<String> = tripped
        .iter()
        .map(|one| {
            let beyond = match one.beyond_chance {
                Ok(true) => ", more than chance would explain",
                Ok(false) => ", which chance could explain",
                Err(_) => "",
            };
            match one.value {
                Ok(value) => format!("{} at {}{beyond}", name(one), limit(wire.statistic, value)),
                Err(why) => format!("{} ({}){beyond}", name(one), why.0),
            }
        })
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (true, format!("Tripped: {}.", list(&words)))
}
