//! What the history still says of people, and letting go of what is old. Neither can be undone, so each is asked twice.

use egui::{Popup, Ui};
use jiff::{Timestamp, ToSpan, civil::Date};

use super::{HistoryView, rows::day_words};
use crate::{
    model::{
        ids::StakeholderId,
        wording::{count, lower_first},
    },
    session::trail::Line,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, hair_rule, icon_button, wrapped},
    },
};

const MENU: f32 = 320.0;

/// Something that waits for a second word.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// To let go of every step up to the end of a day.
    ClearUpTo { day: Date, until: Timestamp, steps: usize },
    /// To take somebody out of the history.
    Forget { person: StakeholderId, name: String, steps: usize },
}

/// A button with a menu of both.
pub fn menu(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView) {
    let response = icon_button(ui, icons::DOTS_THREE, "What the history keeps", true);
    Popup::menu(&response).width(MENU).show(|ui| {
        ui.set_width(MENU);
        let tokens = Tokens::of(ui);
        if let Some(clear) = up_to_step(desk, view) {
            let now = view.now().date();
            let Asked::ClearUpTo { day, .. } = &clear else { return };
            let words = format!("Clear the history up to {}…", lower_first(&day_words(*day, now)));
            if Button::new(&words).icon(icons::TRASH).quiet().width(MENU - 12.0).show(ui).clicked() {
                view.asked = Some(clear);
            }
        }
        let removed = view.removed(desk.session);
        if !removed.is_empty() {
            hair_rule(ui);
            wrapped(ui, "People who were removed and are still named:", Type::Small, tokens.ink2);
        }
        for (person, name) in removed {
            let words = format!("Forget {name}…");
            if Button::new(&words).icon(icons::USER).quiet().width(MENU - 12.0).show(ui).clicked() {
                let steps = desk.session.trail_says_of(&person, &name);
                view.asked = Some(Asked::Forget { person, name, steps });
            }
        }
    });
}

/// The clearing up to the end of the day of the step in the card.
fn up_to_step(desk: &Desk<'_>, view: &HistoryView) -> Option<Asked> {
    let zone = view.now().time_zone().clone();
    let line = desk.session.trail().line(view.step.as_ref()?)?;
    let day = line.at().to_zoned(zone.clone()).date();
    let next = day.checked_add(1.day()).ok()?.to_zoned(zone).ok()?.timestamp();
    let until = Timestamp::from_second(next.as_second() - 1).ok()?;
    let steps = desk.session.trail().lines().iter().filter(|line| line.at() <= until).count();
    Some(Asked::ClearUpTo { day, until, steps })
}

/// Asks once more, in the card of the step.
pub fn ask(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView) {
    let tokens = Tokens::of(ui);
    let Some(asked) = view.asked.clone() else { return };
    let (title, words, go) = match &asked {
        Asked::ClearUpTo { day, steps, .. } => {
            let steps = count(*steps, "step", "steps");
            let day = lower_first(&day_words(*day, view.now().date()));
            (
                format!("Clear the history up to {day}?"),
                format!(
                    "{steps} and the notes on them go and are only counted from then on. This cannot be undone, and \
                     nobody can say later who changed what in that time. Backups and copies keep what they hold."
                ),
                format!("Clear {steps}"),
            )
        }
        Asked::Forget { name, steps, .. } => (
            format!("Forget {name}?"),
            format!(
                "{} will say “somebody” instead of the name, and “forgotten” where something was said or given. \
                 Undo only this is off for them then. Who made a step stays. This cannot be undone, nor can what was done \
                 before it. Backups and copies of the file keep what they hold.",
                count(*steps, "step", "steps")
            ),
            format!("Forget {name}"),
        ),
    };
    wrapped(ui, title, Type::Heading, tokens.ink);
    wrapped(ui, words, Type::Body, tokens.ink2);
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        if Button::new(&go).icon(icons::TRASH).show(ui).clicked() {
            match &asked {
                Asked::ClearUpTo { until, .. } => desk.session.clear_trail_up_to(*until),
                Asked::Forget { person, name, .. } => desk.session.forget_in_trail(person, name),
            }
            view.asked = None;
        }
        if Button::new("Keep it").primary().show(ui).clicked() {
            view.asked = None;
        }
    });
}

/// Under a step that removed somebody: that the history still names them, and the way to forget.
pub fn removed_person(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, line: &Line) {
    let tokens = Tokens::of(ui);
    let Some((person, name)) = removed_by(line) else { return };
    let is_gone = desk.session.workspace().stakeholder(&person).is_none();
    if !is_gone || line.words().is_some_and(|words| words.forgets) {
        return;
    }
    hair_rule(ui);
    let words = format!("{name} was removed, and the history still names them.");
    wrapped(ui, words, Type::Small, tokens.ink);
    let button = format!("Forget {name}…");
    if Button::new(&button).icon(icons::USER).show(ui).clicked() {
        let steps = desk.session.trail_says_of(&person, &name);
        view.asked = Some(Asked::Forget { person, name, steps });
    }
}

/// Whom a step removed.
fn removed_by(line: &Line) -> Option<(StakeholderId, String)> {
    let changes = &line.words()?.told.changes;
    changes.iter().find_map(|change| {
        let [room, list, id] = change.place.0.as_slice() else { return None };
        let is_removal = room == "voices" && list == "stakeholders" && change.after == "removed";
        let name = change.what.strip_prefix("Stakeholder ").unwrap_or(&change.what);
        is_removal.then(|| (StakeholderId::from(id.as_str()), name.to_owned()))
    })
}
