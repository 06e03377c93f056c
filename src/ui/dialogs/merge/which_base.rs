//! What were both made of? Asked where nothing is kept on both sides that would say it.

use egui::{Align2, Context, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::prepare::Parted;
use crate::{
    model::wording::count,
    ui::{
        dialogs::{foot, heading, propose, recover::day_and_time, sheet},
        icons,
        theme::{Tokens, Type, rounded, size, space},
        widgets::{Button, button::paint_focus, paint_text, paint_text_fitted, wrapped},
    },
};

/// The dialog.
#[derive(Debug)]
pub struct WhichBase {
    pub parted: Box<Parted>,
    /// One of the states that were found, or behind them that nobody knows.
    chosen: usize,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Cancelled,
    /// One of the states that were found; `None` when nobody knows.
    Ancestor(Option<usize>),
    AnotherFile,
}

const ROW: f32 = 40.0;

impl WhichBase {
    /// Proposes the likeliest state, unless it is what one of the two still is: whatever the other has then wins without
    /// a question, and only somebody who knows may say so.
    #[must_use]
    pub fn new(parted: Box<Parted>) -> Self {
        let likeliest = parted.possible.first();
        let is_one_side = likeliest.is_some_and(|state| state.to_ours == 0 || state.to_theirs == 0);
        let chosen = if is_one_side { parted.possible.len() } else { 0 };
        Self { parted, chosen }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context) -> Choice {
        let (choice, leave) = sheet(ctx, "which base", 760.0, |ui| {
            let tokens = Tokens::of(ui);
            heading(
                ui,
                icons::CLOCK_COUNTER_CLOCKWISE,
                "What were both made of?",
                "Only with the state that both began with can be told who changed what.",
            );
            let words = "Choose a state from before the two parted. A later one would make what was done in between look \
                         as if the other side had taken it back.";
            wrapped(ui, words, Type::Small, tokens.ink2);
            ui.add_space(space::S);
            ScrollArea::vertical().max_height((ctx.content_rect().height() - 360.0).max(3.0 * ROW)).show(
                ui,
                |ui| {
                    for at in 0..self.parted.possible.len() {
                        self.state(ui, at);
                    }
                    let nobody = "Nobody knows: ask about everything that differs";
                    self.row(ui, self.parted.possible.len(), nobody, "");
                },
            );
            foot(ui, |ui| {
                let go_on = Button::new("Compare").primary().show(ui);
                propose(ui, &go_on);
                if go_on.clicked() {
                    let known = self.chosen < self.parted.possible.len();
                    return Choice::Ancestor(known.then_some(self.chosen));
                }
                if Button::new("Another file").icon(icons::FOLDER_OPEN).show(ui).clicked() {
                    return Choice::AnotherFile;
                }
                if Button::new("Cancel").quiet().show(ui).clicked() {
                    return Choice::Cancelled;
                }
                Choice::Undecided
            })
        });
        if leave && choice == Choice::Undecided { Choice::Cancelled } else { choice }
    }

    fn state(&mut self, ui: &mut Ui, at: usize) {
        let state = &self.parted.possible[at];
        let when = state.saved.map_or("What was opened here".to_owned(), day_and_time);
        let kind = if state.path.is_some() {
            format!("Backup of {when}")
        } else {
            format!("Opened or saved here, {when}")
        };
        let changes = match (state.to_ours, state.to_theirs) {
            (0, _) => "the same as yours: all of theirs is taken".to_owned(),
            (_, 0) => "the same as theirs: all of yours is kept".to_owned(),
            (ours, theirs) => format!(
                "{} to yours, {} to theirs",
                count(ours, "change", "changes"),
                count(theirs, "change", "changes")
            ),
        };
        self.row(ui, at, &kind, &changes);
    }

    fn row(&mut self, ui: &mut Ui, at: usize, words: &str, more: &str) {
        let tokens = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let on = at == self.chosen;
        let label = if more.is_empty() { words.to_owned() } else { format!("{words}, {more}") };
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, label.as_str()));
        if on || response.hovered() {
            ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
        }
        let dot = pos2(rect.left() + 18.0, rect.center().y);
        ui.painter().circle_stroke(dot, 7.0, egui::Stroke::new(1.4, tokens.ink2));
        if on {
            ui.painter().circle_filled(dot, 4.0, tokens.primary);
        }
        let role = if on { Type::Strong } else { Type::Body };
        let fit = (rect.width() * 0.55, 1);
        let at_left = pos2(rect.left() + 38.0, rect.center().y);
        paint_text_fitted(ui.painter(), at_left, Align2::LEFT_CENTER, words, role, tokens.ink, fit);
        let at_right = pos2(rect.right() - 12.0, rect.center().y);
        paint_text(ui.painter(), at_right, Align2::RIGHT_CENTER, more, Type::Small, tokens.ink2);
        paint_focus(ui, &response, rect, size::RADIUS);
        if response.clicked() {
            self.chosen = at;
        }
    }
}
