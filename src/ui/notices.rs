//! Things said in passing, over the top bar, for a few seconds: there they cover no heading and no figure.

use egui::{Area, Context, Frame, Id, Margin, Order, Role, WidgetInfo, vec2};

use super::theme::{Tokens, Type, rounded, shadow, size, space};

/// How long a notice stays, in seconds; long enough for a slow reader of two lines.
const STAYS: f64 = 7.0;

/// Notices that are seen at once, at the most.
const MOST: usize = 2;

/// Steps that are taken back and done again follow each other: only the last of them is said.
fn kind(words: &str) -> Option<&'static str> {
    ["Undone: ", "Done again: "].iter().any(|start| words.starts_with(start)).then_some("step")
}

/// The notices that are up.
#[derive(Debug, Default)]
pub struct Notices {
    up: Vec<(String, Option<f64>)>,
}

impl Notices {
    /// Puts a notice up; it takes the place of one of its kind, as that one is no longer news.
    pub fn say(&mut self, words: String) {
        self.up
            .retain(|(known, _)| *known != words && (kind(known).is_none() || kind(known) != kind(&words)));
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
                for (words, _) in self.up.iter().rev().take(MOST) {
                    Frame::new()
                        .fill(tokens.primary)
                        .corner_radius(rounded(size::RADIUS))
                        .shadow(shadow(tokens))
                        .inner_margin(Margin::symmetric(16, 9))
                        .show(ui, |ui| {
                            ui.set_max_width(720.0);
                            let text = Type::Body.text(words, tokens.on_primary);
                            let response = ui.add(egui::Label::new(text).wrap());
                            response.widget_info(|| WidgetInfo::labeled(Role::Status, true, words));
                        });
                }
            });
    }
}
