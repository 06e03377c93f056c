//! Room mode in the window: the wall in place of everything else, or in a window of its own.

use std::sync::Arc;

use egui::{Context, Ui};

use super::wall::Wall;
use crate::ui::{desk::Desk, shell::Shell};

impl Shell {
    /// A wall as a picture of it is asked for, by the name of what it shows.
    ///
    /// # Errors
    /// Says in a sentence what cannot be shown.
    pub(in crate::ui) fn wall_of(&mut self, scene: &str, dark: bool) -> Result<Arc<Wall>, String> {
        let Self { session, view, asks, .. } = self;
        let Some(session) = session else { return Err("No workspace is open.".to_owned()) };
        super::wall_of(&mut Desk { session, view, asks }, scene, dark)
    }

    /// The wall in place of everything else.
    pub(in crate::ui) fn wall_here(&mut self, ui: &mut Ui) {
        let Self { session, view, asks, .. } = self;
        let Some(session) = session else { return };
        super::show_wall_here(ui, &mut Desk { session, view, asks });
    }

    /// The wall in its own window.
    pub(in crate::ui) fn projector(&mut self, ctx: &Context) {
        let Self { session, view, asks, .. } = self;
        let Some(session) = session else { return };
        super::show_projector(ctx, &mut Desk { session, view, asks });
    }

    /// While the wall takes the one window it fills it; afterwards everything has its own size again.
    pub(in crate::ui) fn fit_wall(&mut self, ctx: &Context) {
        let wanted = if self.view.room_mode.is_here() && self.session.is_some() {
            super::zoom_here(ctx)
        } else if self.was_wall {
            self.preferences.zoom
        } else {
            return;
        };
        self.was_wall = self.view.room_mode.is_here() && self.session.is_some();
        if (ctx.zoom_factor() - wanted).abs() > 0.001 {
            ctx.set_zoom_factor(wanted);
            ctx.request_repaint();
        }
    }

    /// What is typed goes to the entry of Room mode that is open.
    pub(in crate::ui) fn take_numbers(&mut self, ctx: &Context) {
        let Self { session, view, asks, .. } = self;
        let Some(session) = session else { return };
        let mut desk = Desk { session, view, asks };
        for stroke in super::strokes(ctx) {
            super::type_into_entry(&mut desk, stroke);
        }
    }
}
