//! The buttons at the head of Decision that save its paper.

use egui::Ui;

use crate::{
    exchange::report::Format,
    ui::{command::Command, desk::Desk, export::Form, widgets::Button},
};

/// The room that the buttons take with their icons.
const WITH_ICONS: f32 = 440.0;
/// The room that they take without.
const ALL_WORDS: f32 = 264.0;

/// Shows them at the right end of a head, which lays out from the right.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    // What the pages of the room leave: less where Why? stands at the right.
    let narrow = ui.available_width() < WITH_ICONS;
    if ui.available_width() < ALL_WORDS {
        // The dialog asks for the form; the pages of the room must stay in view.
        let tooltip = "Save the paper as Word, PDF or HTML, or everything as an Excel workbook";
        if Button::new("Save as").tooltip(tooltip).primary().show(ui).clicked() {
            desk.run(Command::SavePaper(Form::Paper(Format::Word)));
        }
        return;
    }
    for form in Form::ALL.into_iter().rev() {
        let command = Command::SavePaper(form);
        // At the head of a page there is room for one word each.
        let words = if form == Form::Workbook { "Excel" } else { form.words() };
        let mut button = Button::new(words).tooltip(command.tooltip());
        if !narrow {
            button = button.icon(command.icon());
        }
        if form == Form::Paper(Format::Word) {
            button = button.primary();
        }
        if button.show(ui).clicked() {
            desk.run(command);
        }
    }
}
