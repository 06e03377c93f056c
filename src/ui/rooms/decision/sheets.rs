//! What is asked before a record is frozen or signed.

use egui::{ScrollArea, TextEdit, Ui, WidgetInfo};

use super::Found;
use crate::{
    analysis::decision::Unmet,
    model::wording::{capital, counted},
    session::edits::{decision as edits, snapshots::now},
    ui::{
        desk::Desk,
        dialogs::{field, foot, heading, sheet},
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, link, wrapped},
    },
};

/// A sheet over the record.
#[derive(Clone, Debug)]
pub struct Sheet {
    kind: Kind,
    name: String,
    by: String,
    role: String,
    remark: String,
    focused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Freeze,
    Sign,
    /// Everything that is to be settled.
    Unmet,
}

/// What was decided.
enum Choice {
    Undecided,
    Leave,
    Done,
}

impl Sheet {
    fn new(kind: Kind, name: String, by: String) -> Self {
        Self { kind, name, by, role: String::new(), remark: String::new(), focused: false }
    }

    /// Asks what a copy is to be called.
    pub fn freeze(desk: &mut Desk<'_>) -> Self {
        desk.session.resume_robustness();
        let name = edits::next_name(&desk.session.workspace().decision);
        Self::new(Kind::Freeze, name, desk.session.signature().by)
    }

    /// Asks who signs, and lists what is not settled.
    pub fn sign(desk: &mut Desk<'_>) -> Self {
        desk.session.resume_robustness();
        let by = desk.session.signature().by;
        let role = desk.session.workspace().question.decision_maker.clone();
        Self { role, ..Self::new(Kind::Sign, "As signed".to_owned(), by) }
    }

    /// Lists everything that is to be settled.
    pub fn unmet() -> Self {
        Self::new(Kind::Unmet, String::new(), String::new())
    }
}

/// Shows the sheet that is open, and does what was decided.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, found: &Found) {
    let Some(mut open) = desk.view.decision.sheet.take() else { return };
    let (name, width) = match open.kind {
        Kind::Freeze => ("freeze", 540.0),
        Kind::Sign => ("sign", 640.0),
        Kind::Unmet => ("to settle", 640.0),
    };
    let ctx = ui.ctx().clone();
    let (choice, leave) = sheet(&ctx, name, width, |ui| match open.kind {
        Kind::Freeze => freeze(ui, desk, &mut open),
        Kind::Sign => sign(ui, desk, &mut open, found),
        Kind::Unmet => list_all(ui, desk, found),
    });
    match choice {
        Choice::Done if open.kind == Kind::Sign => put_signature(desk, &open, found),
        Choice::Done => put_copy(desk, &open),
        Choice::Undecided if !leave => desk.view.decision.sheet = Some(open),
        Choice::Undecided | Choice::Leave => {}
    }
}

fn freeze(ui: &mut Ui, desk: &Desk<'_>, open: &mut Sheet) -> Choice {
    let sentence = "It keeps the record with everything it stands on: inputs, figures, seed and fingerprint. Nobody can \
                    change it.";
    heading(ui, icons::SNOWFLAKE, "Freeze this record", sentence);
    let first = !std::mem::replace(&mut open.focused, true);
    let entered = field(ui, "Name of the copy", &mut open.name, first);
    ui.add_space(space::S);
    let entered = field(ui, "Frozen by", &mut open.by, false) || entered;
    still_drawing(ui, desk);
    let ready = !open.name.trim().is_empty() && desk.session.can_freeze();
    buttons(ui, "Freeze", ready, entered)
}

fn sign(ui: &mut Ui, desk: &mut Desk<'_>, open: &mut Sheet, found: &Found) -> Choice {
    let sentence =
        "Signing freezes all that the record stands on. What is not settled is kept in the signature.";
    heading(ui, icons::SEAL_CHECK, "Sign the record", sentence);
    let first = !std::mem::replace(&mut open.focused, true);
    let mut entered = field(ui, "Signed by", &mut open.by, first);
    ui.add_space(space::S);
    entered |= field(ui, "Role", &mut open.role, false);
    ui.add_space(space::S);
    let went = points(ui, desk, &found.unmet, 190.0);
    if !found.unmet.is_empty() {
        ui.label(Type::Small.text("What you say to that", Tokens::of(ui).ink3));
        let remark = TextEdit::multiline(&mut open.remark).desired_rows(2).desired_width(f32::INFINITY);
        let response = ui.add(remark.font(Type::Body.font()).margin(egui::Margin::symmetric(10, 6)));
        response.widget_info(|| WidgetInfo {
            label: Some("What you say to that".to_owned()),
            ..WidgetInfo::text_edit(true, "", open.remark.as_str(), "")
        });
    }
    still_drawing(ui, desk);
    let ready = !open.by.trim().is_empty() && desk.session.can_freeze();
    let choice = buttons(ui, "Sign and freeze", ready, entered);
    if went { Choice::Leave } else { choice }
}

fn list_all(ui: &mut Ui, desk: &mut Desk<'_>, found: &Found) -> Choice {
    let (title, sentence) = match desk.workspace().decision.signed {
        None => ("To settle before signing", "None of it keeps anybody from signing."),
        Some(_) => ("Not settled", "It is signed all the same; what was open then is kept in the signature."),
    };
    heading(ui, icons::FLAG, title, sentence);
    let went = points(ui, desk, &found.unmet, 420.0);
    let closed = foot(ui, |ui| Button::new("Close").primary().show(ui).clicked());
    if went || closed { Choice::Leave } else { Choice::Undecided }
}

/// What is not settled, each with the way there; answers whether somebody went.
fn points(ui: &mut Ui, desk: &mut Desk<'_>, unmet: &[Unmet], height: f32) -> bool {
    let tokens = Tokens::of(ui);
    if unmet.is_empty() {
        wrapped(ui, "Everything is settled.", Type::Body, tokens.ink2);
        return false;
    }
    let words = format!("{} not settled:", capital(&counted(unmet.len(), "thing is", "things are")));
    ui.label(Type::Strong.text(words, tokens.crimson));
    let mut went = false;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for point in unmet {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.label(Type::Body.text(format!("{}.", capital(&point.text)), tokens.ink));
                let words = format!("{}, {}", point.room.name(), point.page);
                if link(ui, &words, Type::Small, tokens.ink2).clicked() {
                    desk.go(point.room, point.page);
                    went = true;
                }
            });
        }
    });
    ui.add_space(space::S);
    went
}

fn still_drawing(ui: &mut Ui, desk: &Desk<'_>) {
    if !desk.session.can_freeze() {
        ui.add_space(space::S);
        let words = "The robustness draws are still being made; they go into the copy.";
        wrapped(ui, words, Type::Small, Tokens::of(ui).ink2);
    }
}

fn buttons(ui: &mut Ui, words: &str, ready: bool, entered: bool) -> Choice {
    foot(ui, |ui| {
        let pressed = Button::new(words).primary().enabled(ready).show(ui).clicked();
        if ready && (pressed || entered) {
            return Choice::Done;
        }
        if Button::new("Cancel").quiet().show(ui).clicked() {
            return Choice::Leave;
        }
        Choice::Undecided
    })
}

fn put_copy(desk: &mut Desk<'_>, open: &Sheet) {
    let copy = desk.session.freeze(&open.name, &open.by, now());
    let name = copy.name.clone();
    if desk.edit(format!("Freeze the record as {name}"), None, |w| w.decision.frozen.push(copy)) {
        desk.notice(format!("Frozen: {name}"));
    }
}

fn put_signature(desk: &mut Desk<'_>, open: &Sheet, found: &Found) {
    let copy = desk.session.freeze(&open.name, &open.by, now());
    let label = format!("Sign the record as {}", open.by.trim());
    let done = desk.edit(label, None, |w| {
        edits::sign(&mut w.decision, copy, (&open.by, &open.role), (&found.unmet, &open.remark));
    });
    if done {
        desk.view.decision.close_editors();
        desk.notice(format!("Signed by {}", open.by.trim()));
    }
}
