//! Response: how sharply the provider follows the money, and whom that leaves out, over the whole dial.

mod cliff;
mod curve;
mod dial;
mod forecast;

pub(super) use cliff::DrawnCliff;

use egui::{Rect, ScrollArea, Ui, pos2};

use super::{
    comparison, known,
    prediction::{missing_of, not_said, what_is_missing},
    reach_of,
    verdict_card::{NOT_KNOWN, judgement, lacking, pill},
};
use crate::ui::drawing::{Part, parts::is_asked};
use crate::{
    analysis::{
        Analysis,
        explain::{Question, ReachQuestion},
        reach::{self, AGAINST_COMPARISON, Curve, OptionReach, Verdict},
    },
    model::{
        Workspace,
        ids::OptionId,
        reach::Threshold,
        wording::{capital, number, percent},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Card, Paragraph, scrolled_page, wrapped},
    },
};

/// What the page works with for one frame.
struct Scene<'a> {
    workspace: &'a Workspace,
    analysis: &'a Analysis,
    reach: &'a OptionReach,
    curve: &'a Curve,
    index: usize,
    option: &'a OptionId,
}

/// Shows the page for the option at this index.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    let option = &workspace.question.options[index];
    let curve = desk.view.reach.worked_out.curve.get(index, || reach::curve(workspace, index));
    let (Some(reach), Some(curve)) = (reach_of(analysis, index), curve.as_ref()) else {
        not_said(ui, desk, &option.name);
        return;
    };
    let scene = Scene { workspace, analysis, reach, curve, index, option: &option.id };
    ui.add_space(space::XS);
    let tokens = Tokens::of(ui);
    Paragraph::new().run(&scene.sentence(desk, &option.badge), Type::Heading, tokens.ink).show(ui);
    ui.add_space(space::XS);
    if ui.ctx().content_rect().width() < size::NARROW_WINDOW {
        scrolled_page(ui, "response page", |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            let place = ui.allocate_space(egui::vec2(ui.available_width(), 520.0)).1;
            scene.chart_card(ui, desk, place);
            scene.side(ui, desk);
        });
        return;
    }
    let page = ui.available_rect_before_wrap();
    let right = (page.width() * 0.345).clamp(330.0, 420.0);
    let left = Rect::from_min_max(page.min, pos2(page.right() - right - space::L, page.bottom()));
    let right = Rect::from_min_max(pos2(page.right() - right, page.top()), page.max);
    scene.chart_card(ui, desk, left);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(right));
    inner.set_clip_rect(right.expand(2.0).intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("response side").auto_shrink(false).show(&mut inner, |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        scene.side(ui, desk);
    });
    ui.advance_cursor_after_rect(page);
}

impl Scene<'_> {
    fn sentence(&self, desk: &mut Desk<'_>, badge: &str) -> String {
        if self.money_says_nothing() {
            return format!(
                "The money says nothing here: {badge} pays alike whether people are supported or parked."
            );
        }
        let supported = reach::words::few_supported(self.reach);
        let supported = supported.map_or_else(String::new, |share| {
            capital(&format!("{share} would be supported where the dial stands. "))
        });
        let left_out = match self.curve.left_out_range() {
            Some((fewest, most)) if number(fewest, 0) == number(most, 0) => {
                format!("Wherever the dial stands, {badge} leaves out {} people a year.", number(most, 0))
            }
            Some((fewest, most)) => format!(
                "However sharply the provider follows the money, {badge} leaves out {} to {} people a year.",
                number(fewest, 0),
                number(most, 0)
            ),
            None => format!(
                "How many {badge} leaves out is not known. {}",
                what_is_missing(desk, self.workspace, self.index)
            ),
        };
        format!("{supported}{left_out}")
    }

    /// Whether every price is nought, so that nothing is earned by supporting.
    fn money_says_nothing(&self) -> bool {
        !self.workspace.reach.payments.iter().any(|p| p.option == *self.option && p.price.0 != 0)
    }

    fn chart_card(&self, ui: &mut Ui, desk: &mut Desk<'_>, place: Rect) {
        let tokens = Tokens::of(ui);
        Card::new().padding(18, 14).show_at(ui, place, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            head(ui, desk, "How sharply does the provider follow the money?", self.ask(ReachQuestion::Response));
            let words = "Share supported in each group, against the £ of gain at which the provider\u{2019}s mind begins \
                         to change.";
            wrapped(ui, words, Type::Small, tokens.ink2);
            ui.add_space(space::S);
            if self.money_says_nothing() {
                wrapped(ui, "Money says nothing here.", Type::Sentence, tokens.ink2);
                return;
            }
            if self.curve.shares.iter().flatten().all(Result::is_err) {
                let words = "No share can be predicted until the missing figures are there.";
                wrapped(ui, words, Type::Sentence, tokens.ink2);
                return;
            }
            let part = Part::chart("How sharply the provider follows the money");
            part.show(ui, |ui| curve::show(ui, desk, self));
        });
    }

    /// The cards beside the chart.
    fn side(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let lacks = !missing_of(desk, self.workspace, self.index).groups.is_empty();
        if lacks || self.reach.verdict == Verdict::CannotBeJudged {
            Card::new().padding(18, 14).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                pill(ui, self.reach.verdict);
                judgement(ui, self.reach);
                lacking(ui, desk, self.workspace, self.reach, self.index);
            });
        }
        Card::new().padding(18, 14).show(ui, |ui| {
            Part::chart("Where the money turns").show(ui, |ui| cliff::show(ui, desk, self));
        });
        let terms = self.workspace.terms(self.option);
        if let Some(terms) = terms.filter(|terms| matches!(terms.threshold, Threshold::Fewer(_))) {
            Card::new().padding(18, 14).show(ui, |ui| {
                head(ui, desk, "What was measured", self.ask(ReachQuestion::Measured));
                comparison::measured(ui, desk, terms);
            });
        }
        Card::new().padding(18, 14).show(ui, |ui| {
            let rows = is_asked(ui.ctx()).then(|| forecast::rows(desk, self));
            let part = Part::table("What rests on the forecast").figures(|| rows.unwrap_or_default());
            part.show(ui, |ui| forecast::show(ui, desk, self));
        });
        Card::new().padding(18, 14).show(ui, |ui| self.money(ui, desk));
    }

    fn ask(&self, question: ReachQuestion) -> Question {
        Question::Reach(self.option.clone(), question)
    }

    /// What the money buys, in three figures.
    fn money(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.spacing_mut().item_spacing.y = space::S;
        let tokens = Tokens::of(ui);
        head(ui, desk, "What the money buys", self.ask(ReachQuestion::Money));
        let pence = |share: f64| format!("{}p", number(share * 100.0, 0));
        let reach = self.reach;
        let mut groups = self.workspace.question.need_groups.iter();
        let anyway = if groups.any(|group| group.outcome_without.is_none()) {
            "of each £1 for results buys what would have happened anyway, by the rate of parked people: no rate without a \
             service is stated"
        } else {
            "of each £1 for results buys what would have happened anyway"
        };
        if reach.deadweight_share == Err(AGAINST_COMPARISON) {
            wrapped(ui, format!("{}.", capital(AGAINST_COMPARISON.0)), Type::Small, tokens.ink2);
        }
        for (figure, words) in [
            (known(&reach.deadweight_share, pence), anyway),
            (known(&reach.income_at_risk_share, percent), "of income is at risk"),
            (
                known(&reach.certain_share_of_extra_cost, percent),
                "of the cost of support is paid whatever the result",
            ),
        ] {
            if figure == NOT_KNOWN {
                continue;
            }
            ui.horizontal_top(|ui| {
                let down = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(egui::vec2(84.0, 21.0), down, |ui| {
                    ui.set_min_width(84.0);
                    ui.label(Type::Score.text(&figure, tokens.ink));
                });
                wrapped(ui, words, Type::Body, tokens.ink);
            });
        }
    }
}

/// The heading of a card with its Why?.
pub(super) fn head(ui: &mut Ui, desk: &mut Desk<'_>, words: &str, question: Question) {
    let tokens = Tokens::of(ui);
    let across = egui::Layout::right_to_left(egui::Align::Min);
    let place = egui::vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(place, across, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if Button::new("Why?").icon(icons::QUESTION).quiet().show(ui).clicked() {
            desk.explain(question);
        }
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.add_space(4.0);
            wrapped(ui, words, Type::Heading, tokens.ink);
        });
    });
}
