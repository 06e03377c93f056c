//! Things said in passing, over the top bar, for a few seconds: there they cover no figure and no foot of a table.

use egui::{Area, Context, Frame, Id, Margin, Order, Role, WidgetInfo, vec2};

use super::theme::{Tokens, Type, rounded, shadow, size, space};

/// How long a notice stays, in seconds; long enough for a slow reader of two lines.
const STAYS: f64 = 7.0;

/// The notices that are up.
#[derive(Debug, Default)]
pub struct Notices {
    up: Vec<(String, Option<f64>)>,
}

impl Notices {
    /// Puts a notice up; one that is up already is not said twice.
    pub fn say(&mut self, words: String) {
        self.up.retain(|(known, _)| *known != words);
        self.up.push((words, None));
    }

    /// Shows what is up and takes down what has been up long enough.
    pub fn show(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        for (_, since) in &mut self.up {
            since.get_or_insert(now);
        }
        self.up.retain(|(_, since)| since.is_none_or(|since| now - since < STAYS));
        if self.up.is_empty() {
            return;
        }
        ctx.request_repaint_after(std::time::Duration::from_millis(500));
        let tokens = Tokens::of_ctx(ctx);
        Area::new(Id::unique("notices"))
            .order(Order::Foreground)
            .anchor(egui::Align2::CENTER_TOP, vec2(0.0, space::XS))
            .interactable(false)
            .show(ctx, |ui| {
                for (words, _) in self.up.iter().rev().take(3) {
                    Frame::new()
                        .fill(tokens.primary)
                        .corner_radius(rounded(size::RADIUS))
                        .shadow(shadow(tokens))
                        .inner_margin(Margin::symmetric(16, 9))
                        .show(ui, |ui| {
                            ui.set_max_width(720.0);
                            let label = egui::Label::new(Type::Body.text(words, tokens.on_primary)).wrap();
                            let response = ui.add(label);
                            response.widget_info(|| WidgetInfo::labeled(Role::Status, true, words));
                        });
                }
            });
    }
}
