//! The second click of a double click on a figure. The first opens Explain, and the page makes room for it: without care
//! the second would land on whatever has come to lie there, or close the panel again.

use egui::{Area, Context, Id, Order, Pos2, Sense, vec2};

use super::theme::size;
use crate::analysis::explain::Question;

/// A click that has just changed what Explain answers.
#[derive(Clone, Copy, Debug)]
struct Opened {
    at: Pos2,
    /// When, on the clock of the window, in seconds.
    when: f64,
}

/// Keeps a second click from what lies under it.
#[derive(Debug, Default)]
pub struct SecondClick {
    opened: Option<Opened>,
}

impl SecondClick {
    /// At the end of a frame: what Explain answered before it, and what it answers now.
    pub fn swallow(&mut self, ctx: &Context, before: Option<&Question>, now: Option<&Question>) {
        let (clicked, at, when) =
            ctx.input(|input| (input.pointer.primary_clicked(), input.pointer.interact_pos(), input.time));
        if clicked
            && before != now
            && let Some(at) = at
            && !(before.is_some() && now.is_some() && lies_in_panel(ctx, at))
        {
            self.opened = Some(Opened { at, when });
        }
        let (most, near) = ctx.options(|options| {
            (options.input_options.max_double_click_delay, options.input_options.max_click_dist)
        });
        self.opened = self.opened.filter(|opened| when - opened.when < most);
        // What keeps the click away has its size from the frame before: it waits beside the window.
        let side = vec2(near, near) * 2.0;
        let (place, sense) = match self.opened {
            Some(opened) => (opened.at - side / 2.0, Sense::click()),
            None => (ctx.content_rect().left_top() - 4.0 * side, Sense::hover()),
        };
        Area::new(Id::unique("second click"))
            .order(Order::Tooltip)
            .fixed_pos(place)
            .constrain(false)
            .interactable(self.opened.is_some())
            .show(ctx, |ui| ui.allocate_exact_size(side, sense));
        if let Some(opened) = self.opened {
            let left = most - (when - opened.when);
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
    }
}

/// Whether a point lies in the panel, where one click after the other asks further and goes back.
fn lies_in_panel(ctx: &Context, at: Pos2) -> bool {
    at.x > ctx.content_rect().right() - size::EXPLAIN
}
