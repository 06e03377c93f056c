//! Under the choices: what goes together whatever is chosen.

use std::sync::Arc;

use egui::{Align, Align2, Layout, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use super::{MergeFiles, words::whose};
use crate::{
    model::{
        merge::Whose,
        wording::{capital, count},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            Paragraph, link, long_list::long_list, paint_text, paint_text_fitted, told_on_hover, wrapped,
        },
    },
};

/// The height that a change listed in a line is thought to have before it is drawn.
const LINE: f32 = 21.0;

impl MergeFiles {
    /// What goes together, in brief or change by change.
    pub(super) fn fitting(&mut self, ui: &mut Ui) {
        if self.joined.merge.fitting().is_empty() {
            return;
        }
        ui.add_space(space::S);
        self.fitting_head(ui);
        ui.add_space(space::S);
        let theirs = self.theirs();
        if self.show_all {
            self.every_fitting(ui, &theirs);
        } else {
            self.fitting_in_brief(ui, &theirs);
        }
    }

    fn fitting_head(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let all = self.joined.merge.fitting().len();
        let [ours, theirs, both] =
            [Whose::Ours, Whose::Theirs, Whose::Both].map(|whose| self.told.count(whose));
        let both = if both == 0 { String::new() } else { format!(", {both} made by both alike") };
        ui.horizontal(|ui| {
            let icon = icons::CHECK_CIRCLE.0;
            ui.label(egui::RichText::new(icon).font(Icon::font(18.0)).color(tokens.ink2));
            let number = capital(&count(all, "other change fits together", "other changes fit together"));
            let are_kept = if all == 1 { "is kept" } else { "are kept" };
            let kept = format!("and {are_kept}: {ours} yours, {theirs} {}{both}.", self.theirs());
            Paragraph::new()
                .run(&format!("{number} "), Type::Strong, tokens.ink)
                .run(&kept, Type::Body, tokens.ink2)
                .show(ui);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = if self.show_all { "Show them in brief" } else { "Show them all" };
                if link(ui, words, Type::Body, tokens.ink).clicked() {
                    self.show_all = !self.show_all;
                }
            });
        });
    }

    fn every_fitting(&mut self, ui: &mut Ui, theirs: &str) {
        let tokens = Tokens::of(ui);
        let merge = Arc::clone(&self.joined.merge);
        let fitting = merge.fitting();
        long_list(ui, "fitting", (fitting.len(), None), LINE, |ui, at| {
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(90.0, Type::Body.line()), Sense::hover());
                let words = whose(fitting[at].of, theirs);
                let place = rect.left_center();
                paint_text(ui.painter(), place, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink3);
                wrapped(ui, self.told.fitting(&merge, at), Type::Body, tokens.ink);
            });
        });
    }

    /// What belongs together in a list and is by one side, as one card each; four of them.
    fn fitting_in_brief(&mut self, ui: &mut Ui, theirs: &str) {
        let tokens = Tokens::of(ui);
        let in_a_row = if ui.available_width() < 760.0 { 2 } else { 4 };
        let width = (ui.available_width() - 10.0 * (in_a_row as f32 - 1.0)) / in_a_row as f32;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            for at in 0..in_a_row {
                if let Some((head, words)) = self.told.list(&self.joined.merge, at, theirs) {
                    card(ui, width, &head, &words);
                }
            }
        });
        let more = self.told.lists().saturating_sub(in_a_row);
        if more > 0 {
            ui.add_space(space::XS);
            let words = format!("and in {}", count(more, "more place", "more places"));
            ui.label(Type::Small.text(words, tokens.ink3));
        }
    }
}

/// A small card with a line above and one below.
fn card(ui: &mut Ui, width: f32, head: &str, words: &str) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 54.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{head}: {words}")));
    let (fill, outline) = (tokens.sunken, hairline(tokens.hair));
    ui.painter().rect(rect, rounded(size::RADIUS), fill, outline, StrokeKind::Inside);
    let fit = (width - 24.0, 1);
    for (y, words, role, colour) in
        [(17.0, head, Type::Small, tokens.ink3), (37.0, words, Type::Small, tokens.ink)]
    {
        let at = rect.left_top() + vec2(12.0, y);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, role, colour, fit);
    }
    told_on_hover(response, || words.to_owned());
}
