//! The window around the rooms: top bar, rail, page, Explain panel, standing line, and what lies over them.

use egui::{Frame, Margin, Ui};

use super::{
    desk::{Ask, Desk},
    explain_panel, rail, rooms, standing_line,
    theme::{Tokens, hairline, size},
    top_bar,
    view::{Screen, View},
};
use crate::session::Session;

/// Everything that the window shows.
#[derive(Debug)]
pub struct Shell {
    pub session: Option<Session>,
    pub view: View,
    asks: Vec<Ask>,
}

impl Shell {
    /// A window with a workspace open.
    #[must_use]
    pub fn with_session(session: Session) -> Self {
        Self { session: Some(session), view: View::default(), asks: Vec::new() }
    }

    /// Shows one frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let Self { session, view, asks } = self;
        let Some(session) = session else { return };
        session.poll();
        let mut desk = Desk { session, view, asks };
        let tokens = Tokens::of(ui);
        let small = ui.available_width() < size::SMALL_WINDOW;
        let bar = |fill| Frame::new().fill(fill);
        egui::Panel::top("top bar")
            .exact_size(size::TOP_BAR)
            .frame(bar(tokens.card).inner_margin(Margin::symmetric(16, 0)))
            .show_separator_line(false)
            .show(ui, |ui| top_bar::show(ui, &mut desk, small));
        egui::Panel::bottom("standing line")
            .exact_size(size::STANDING_LINE)
            .frame(bar(tokens.card).inner_margin(Margin::symmetric(16, 0)))
            .show_separator_line(false)
            .show(ui, |ui| standing_line::show(ui, &mut desk, small));
        egui::Panel::left("rail")
            .exact_size(if small { size::RAIL_SMALL } else { size::RAIL })
            .resizable(false)
            .frame(bar(tokens.rail).inner_margin(Margin::symmetric(8, 12)))
            .show_separator_line(false)
            .show(ui, |ui| rail::show(ui, &mut desk, small));
        if desk.view.explain.question().is_some() {
            egui::Panel::right("explain")
                .exact_size(size::EXPLAIN)
                .resizable(false)
                .frame(bar(tokens.card).inner_margin(Margin::symmetric(20, 16)))
                .show_separator_line(false)
                .show(ui, |ui| explain_panel::show(ui, &mut desk));
        }
        let margin = if small { Margin::symmetric(20, 12) } else { Margin::symmetric(24, 16) };
        egui::CentralPanel::default().frame(bar(tokens.paper).inner_margin(margin)).show(ui, |ui| {
            match desk.view.screen {
                Screen::Room(room) => rooms::show(ui, room, &mut desk),
                Screen::Learning => rooms::later(
                    ui,
                    "Learning",
                    "Learning will keep what round tables and reviews have taught, to be shared with others.",
                ),
                Screen::Settings => rooms::later(ui, "Settings", ""),
            }
            paint_edges(ui, tokens);
        });
    }
}

/// The hairlines between the panels and the page.
fn paint_edges(ui: &Ui, tokens: &Tokens) {
    let page = ui.max_rect();
    let whole = ui.ctx().content_rect();
    let painter = ui.ctx().layer_painter(egui::LayerId::background());
    painter.hline(whole.x_range(), whole.top() + size::TOP_BAR, hairline(tokens.hair));
    painter.hline(whole.x_range(), whole.bottom() - size::STANDING_LINE, hairline(tokens.hair));
    let _ = page;
}
