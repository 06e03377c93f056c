//! Things said over the search in the top bar, where they cover no heading, no figure, and neither the place nor whether
//! the work is saved: most in passing, for a few seconds; what must not be missed stays until it is dismissed.

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Role, Sense, Ui, WidgetInfo, vec2};

use super::{
    icons::{self, Icon},
    theme::{Tokens, Type, rounded, shadow, size, space},
    widgets::button::paint_focus,
};

/// How long a notice stays, in seconds; long enough for a slow reader of two lines.
const STAYS: f64 = 7.0;

/// How wide a notice may be, as a share of the window and in points.
const SHARE: f32 = 0.36;
const WIDEST: f32 = 480.0;
/// What lies to the right of the search in the top bar, in a large window and in a small one.
const BESIDE: f32 = 236.0;
const BESIDE_SMALL: f32 = 186.0;

/// Notices that are seen at once, at the most.
const MOST: usize = 2;

/// Whether a step was taken back or done again. Such follow each other: only the last of them is said.
fn is_step(words: &str) -> bool {
    ["Undone: ", "Done again: "].iter().any(|start| words.starts_with(start))
}

#[derive(Debug)]
struct Notice {
    words: String,
    /// When it was first seen.
    since: Option<f64>,
    /// Whether it stays until it is dismissed.
    stays: bool,
}

/// The notices that are up.
#[derive(Debug, Default)]
pub struct Notices {
    up: Vec<Notice>,
}

impl Notices {
    /// Puts a notice up; a step undone or done again takes the place of what passes, as that is no longer news.
    pub fn say(&mut self, words: String) {
        // A step taken back takes with it what was said of it in passing.
        let is_step = is_step(&words);
        self.up.retain(|notice| notice.words != words && (notice.stays || !is_step));
        self.up.push(Notice { words, since: None, stays: false });
    }

    /// Puts a notice up that stays until it is dismissed.
    pub fn say_until_dismissed(&mut self, words: String) {
        self.up.retain(|notice| notice.words != words);
        self.up.push(Notice { words, since: None, stays: true });
    }

    /// Takes down a notice that does not hold any more.
    pub fn withdraw(&mut self, words: &str) {
        self.up.retain(|notice| notice.words != words);
    }

    /// Shows what is up and takes down what has been up long enough.
    pub fn show(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        for notice in &mut self.up {
            notice.since.get_or_insert(now);
        }
        self.up.retain(|notice| notice.stays || notice.since.is_none_or(|since| now - since < STAYS));
        if self.up.is_empty() {
            return;
        }
        if self.up.iter().any(|notice| !notice.stays) {
            ctx.request_repaint_after(std::time::Duration::from_millis(500));
        }
        let lasts = self.up.iter().any(|notice| notice.stays);
        let mut dismissed = None;
        let window = ctx.content_rect().width();
        let beside = if window < size::SMALL_WINDOW { BESIDE_SMALL } else { BESIDE };
        Area::new(Id::unique("notices"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_TOP, vec2(-beside, space::XS))
            // What only passes is no thing to press: a click goes to what lies under it.
            .interactable(lasts)
            .show(ctx, |ui| {
                for (index, notice) in self.up.iter().enumerate().rev().take(MOST) {
                    if show_one(ui, notice) {
                        dismissed = Some(index);
                    }
                }
            });
        if let Some(index) = dismissed {
            self.up.remove(index);
        }
    }
}

/// Shows a notice; answers whether it was dismissed.
fn show_one(ui: &mut Ui, notice: &Notice) -> bool {
    let tokens = Tokens::of(ui);
    let frame = Frame::new()
        .fill(tokens.primary)
        .corner_radius(rounded(size::RADIUS))
        .shadow(shadow(tokens))
        .inner_margin(Margin::symmetric(14, 7));
    let shown = frame.show(ui, |ui| {
        // Only as high as its words: a layout across that is centred would take all the height there is.
        ui.horizontal(|ui| {
            ui.set_max_width(WIDEST.min(ui.ctx().content_rect().width() * SHARE));
            let room = ui.available_width() - if notice.stays { size::CONTROL } else { 0.0 };
            ui.scope(|ui| {
                ui.set_max_width(room);
                let text = Type::Body.text(&notice.words, tokens.on_primary);
                let response = ui.add(egui::Label::new(text).wrap());
                response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &notice.words));
            });
            notice.stays && dismiss(ui)
        })
        .inner
    });
    shown.inner
}

fn dismiss(ui: &mut Ui) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Dismiss this notice"));
    let ink = if response.hovered() { tokens.on_primary } else { tokens.on_primary.gamma_multiply(0.8) };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icons::X.0, Icon::font(16.0), ink);
    paint_focus(ui, &response, rect, size::RADIUS);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}
