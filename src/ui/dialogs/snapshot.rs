//! Naming a snapshot, when it is taken or later.

use egui::{Context, Key, TextEdit, Ui, WidgetInfo};

use super::{foot, heading, sheet};
use crate::{
    file::characters::is_unseen,
    model::ids::SnapshotId,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, field::select_all},
    },
};

/// The dialog.
#[derive(Clone, Debug)]
pub struct NameSnapshot {
    /// The snapshot that gets another name; `None` for one to be taken.
    pub of: Option<SnapshotId>,
    pub name: String,
    pub note: String,
    focused: bool,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Cancelled,
    Named,
}

impl NameSnapshot {
    /// Asks for the name of a snapshot, with what it is called so far.
    #[must_use]
    pub fn new(of: Option<SnapshotId>, name: &str, note: &str) -> Self {
        Self { of, name: name.to_owned(), note: note.to_owned(), focused: false }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context) -> Choice {
        let (title, sentence, button) = match self.of {
            None => (
                "Take a snapshot",
                "It keeps options, factors, scores, ballots and weights as they stand now. Nothing else changes.",
                "Take",
            ),
            Some(_) => ("Rename the snapshot", "What it holds stays as it is.", "Rename"),
        };
        let (choice, leave) = sheet(ctx, "snapshot", 540.0, |ui| {
            heading(ui, icons::CLOCK_COUNTER_CLOCKWISE, title, sentence);
            let first = !std::mem::replace(&mut self.focused, true);
            let entered = field(ui, "Name", &mut self.name, first);
            ui.add_space(space::S);
            let entered = field(ui, "Note", &mut self.note, false) || entered;
            let ready = !self.name.trim().is_empty();
            foot(ui, |ui| {
                let pressed = Button::new(button).primary().enabled(ready).show(ui).clicked();
                if ready && (pressed || entered) {
                    return Choice::Named;
                }
                if Button::new("Cancel").quiet().show(ui).clicked() {
                    return Choice::Cancelled;
                }
                Choice::Undecided
            })
        });
        if leave && choice == Choice::Undecided { Choice::Cancelled } else { choice }
    }
}

/// A field with its name above it; answers whether Enter was pressed in it.
fn field(ui: &mut Ui, name: &str, text: &mut String, take_keyboard: bool) -> bool {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.text(name, tokens.ink3));
    let field = TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .font(Type::Body.font())
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(field);
    // What is pasted may bring characters along that nobody sees and no file may hold.
    text.retain(|character| !is_unseen(character));
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(true, "", text.as_str(), "")
    });
    if take_keyboard {
        response.request_focus();
        // What is typed replaces the name that is proposed.
        select_all(ui, &response, text);
    }
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}
