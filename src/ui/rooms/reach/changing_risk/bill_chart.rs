//! The bill for exclusion and the saving promised, adding up year by year.

use egui::{Align2, Color32, Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{ChangingRiskView, Scene, asked_head, card, missing, settings::Sheet};
use crate::{
    analysis::{
        explain::Question,
        reach::bill::{Bill, BillYear},
    },
    model::wording::{number, percent_to_tenth, short_pounds},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, hairline, rounded},
        widgets::{paint_text, paint_text_fitted, told_on_hover, wrapped},
    },
};

pub(super) const LEAST_HEIGHT: f32 = 196.0;
/// Space for the figures of the axis, and for the names at the ends of the lines.
const AXIS: f32 = 52.0;
const ENDS: f32 = 112.0;

/// Shows the card in exactly this place.
pub(super) fn show_at(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ChangingRiskView,
    scene: &Scene<'_>,
    place: Rect,
) {
    card(ui, place, |ui, inside| {
        let question = Question::Bill(scene.id().clone());
        let ask = (question, "Years, discount and saving promised", Sheet::Costs);
        asked_head(ui, desk, view, "The bill for exclusion, and the saving", ask, |_, _| ());
        ui.spacing_mut().item_spacing.y = 1.0;
        let bill = match scene.analysis.reach.bills.get(scene.option) {
            Some(Ok(bill)) => bill,
            Some(Err(why)) => {
                missing(ui, desk, view, why.0);
                return;
            }
            None => return,
        };
        let tokens = Tokens::of(ui);
        wrapped(ui, caption(scene), Type::Small, tokens.ink2);
        let plot = Rect::from_min_max(
            pos2(inside.left() + AXIS, ui.cursor().top() + 16.0),
            pos2(inside.right() - ENDS, inside.bottom() - 26.0),
        );
        if plot.height() > 30.0 && plot.width() > 60.0 {
            Curves::new(scene, bill, plot).show(ui, desk);
        }
    });
}

fn caption(scene: &Scene<'_>) -> String {
    let rate = percent_to_tenth(scene.risk.discount_rate);
    let saving = match scene.risk.promise(scene.id()).map(|promise| promise.source.as_str()) {
        None => "No saving is promised.".to_owned(),
        Some("") => "The saving has no source.".to_owned(),
        Some(source) => format!("Saving: {source}."),
    };
    format!("Adding up by year, at today’s value ({rate}). {saving}")
}

struct Curves<'a> {
    scene: &'a Scene<'a>,
    bill: &'a Bill,
    plot: Rect,
    /// The £ that the bottom and the top of the plot stand for.
    range: (f64, f64),
    step: f64,
}

impl<'a> Curves<'a> {
    fn new(scene: &'a Scene<'a>, bill: &'a Bill, plot: Rect) -> Self {
        let sums = bill.years.iter().flat_map(|y| [Some(y.bill_so_far), y.saving_so_far.ok()]).flatten();
        let (least, most) = sums.fold((0.0_f64, 0.0_f64), |(a, b), sum| (a.min(sum), b.max(sum)));
        let wanted = (plot.height() / 48.0).floor().max(2.0);
        let step = round_step((most - least).max(1.0) / f64::from(wanted));
        Self { scene, bill, plot, range: (least, most.max(least + 1.0) * 1.06), step }
    }

    fn x(&self, year: usize) -> f32 {
        let gaps = (self.bill.years.len() - 1).max(1) as f32;
        self.plot.left() + (year - 1) as f32 / gaps * self.plot.width()
    }

    fn y(&self, sum: f64) -> f32 {
        let (least, most) = self.range;
        self.plot.bottom() - ((sum - least) / (most - least)) as f32 * self.plot.height()
    }

    fn points(&self, sum: impl Fn(&BillYear) -> Option<f64>) -> Option<Vec<Pos2>> {
        self.bill.years.iter().map(|year| Some(pos2(self.x(year.year), self.y(sum(year)?)))).collect()
    }

    fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let tokens = Tokens::of(ui);
        let whole = ui.interact(self.plot, ui.scope_id().with("bill"), Sense::click());
        let said = self.summary();
        whole.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
        crate::ui::widgets::button::paint_focus(ui, &whole, self.plot.expand(4.0), 4.0);
        let question = Question::Bill(self.scene.id().clone());
        if whole.has_focus() {
            desk.view.figure_in_focus = Some(question.clone());
        }
        if whole.clicked() {
            desk.explain(question);
        }
        self.ground(ui);
        let bill = self.points(|year| Some(year.bill_so_far)).unwrap_or_default();
        let saving = self.points(|year| year.saving_so_far.ok());
        if let Some(saving) = &saving {
            between(ui, &bill, saving, tokens.crimson_tint);
            ui.painter().add(Shape::line(saving.clone(), Stroke::new(2.5, tokens.ochre)));
        }
        ui.painter().add(Shape::line(bill.clone(), Stroke::new(2.5, tokens.crimson)));
        self.years(ui);
        self.at_contract_end(ui);
        self.ends(ui, bill.last(), saving.as_ref().and_then(|line| line.last()));
    }

    fn summary(&self) -> String {
        let over = self.bill.contract_years;
        let saving = self
            .bill
            .saving_over_contract
            .map_or_else(|why| why.0.to_owned(), |sum| format!("the saving to {}", short_pounds(sum)));
        let last = self.bill.years.last().map_or(0.0, |year| year.bill_so_far);
        format!(
            "By year {over} the bill adds up to {}, {saving}; by year {} the bill is {}",
            short_pounds(self.bill.over_contract),
            self.bill.years.len(),
            short_pounds(last)
        )
    }

    fn ground(&self, ui: &Ui) {
        let (tokens, painter) = (Tokens::of(ui), ui.painter());
        let (least, most) = self.range;
        let mut sum = libm::ceil(least / self.step) * self.step;
        while sum <= most {
            let nought = sum.abs() < self.step / 2.0;
            let colour = if nought { tokens.line } else { tokens.hair };
            painter.hline(self.plot.x_range(), self.y(sum), hairline(colour));
            let words = if nought { "£0".to_owned() } else { short_pounds(sum).replace(".0m", "m") };
            let at = pos2(self.plot.left() - 8.0, self.y(sum));
            paint_text(painter, at, Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink3);
            sum += self.step;
        }
    }

    /// The years along the foot, and what stands at each.
    fn years(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let gap = self.plot.width() / (self.bill.years.len() - 1).max(1) as f32;
        let every = (18.0 / gap).ceil().max(1.0) as usize;
        for year in &self.bill.years {
            if (year.year - 1).is_multiple_of(every) {
                let at = pos2(self.x(year.year), self.plot.bottom() + 15.0);
                let words = number(year.year as f64, 0);
                paint_text(ui.painter(), at, Align2::CENTER_CENTER, &words, Type::Small, tokens.ink3);
            }
            let column = Rect::from_center_size(
                pos2(self.x(year.year), self.plot.center().y),
                vec2(gap, self.plot.height()),
            );
            let id = ui.scope_id().with(("bill of year", year.year));
            let response = ui.interact(column.intersect(self.plot), id, Sense::hover());
            let said = || {
                let saving = year
                    .saving_so_far
                    .map_or_else(|why| why.0.to_owned(), |sum| format!("saving {}", short_pounds(sum)));
                format!("By year {}: bill {}, {saving}", year.year, short_pounds(year.bill_so_far))
            };
            response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, said()));
            told_on_hover(response, said);
        }
    }

    fn at_contract_end(&self, ui: &Ui) {
        let (tokens, painter) = (Tokens::of(ui), ui.painter());
        let x = self.x(self.bill.contract_years);
        if self.scene.workspace.question.horizon_years.is_some() {
            painter.vline(x, self.plot.y_range(), hairline(tokens.line));
            let at = pos2(x - 7.0, self.plot.top() + 5.0);
            paint_text(painter, at, Align2::RIGHT_CENTER, "contract ends", Type::Small, tokens.ink3);
        }
        let bill = pos2(x, self.y(self.bill.over_contract));
        painter.circle(bill, 5.5, tokens.crimson, Stroke::new(1.5, tokens.card));
        let words = short_pounds(self.bill.over_contract);
        let first = x - self.plot.left() < 70.0;
        let (anchor, dx) = if first { (Align2::LEFT_BOTTOM, 10.0) } else { (Align2::RIGHT_BOTTOM, -10.0) };
        paint_text(painter, bill + vec2(dx, -1.0), anchor, &words, Type::Strong, tokens.crimson);
        if let Ok(sum) = self.bill.saving_over_contract {
            let saving = pos2(x, self.y(sum));
            let mark = Rect::from_center_size(saving, vec2(10.0, 10.0));
            painter.rect(
                mark,
                rounded(1.5),
                tokens.ochre,
                Stroke::new(1.5, tokens.card),
                egui::StrokeKind::Outside,
            );
            // Above its line, and clear of the bill's figure where both lines lie close.
            let above = self.y(sum) - 1.0;
            let at = pos2(saving.x + 10.0, above);
            paint_text(painter, at, Align2::LEFT_BOTTOM, &short_pounds(sum), Type::Strong, tokens.ochre_text);
        }
    }

    /// What each line is, beside its end.
    fn ends(&self, ui: &Ui, bill: Option<&Pos2>, saving: Option<&Pos2>) {
        let tokens = Tokens::of(ui);
        let Some(bill) = bill else { return };
        let (mut at_bill, mut at_saving) = (bill.y, saving.map(|s| s.y));
        if let Some(saving) = &mut at_saving {
            // Two names of two lines each stay clear of each other.
            let (room, middle) = (40.0, f32::midpoint(at_bill, *saving));
            if (at_bill - *saving).abs() < room {
                let up = if at_bill <= *saving { -1.0 } else { 1.0 };
                at_bill = middle + up * room / 2.0;
                *saving = middle - up * room / 2.0;
            }
        }
        let name = |words: &str, under: &str, y: f32, ink: Color32| {
            let y = y.clamp(self.plot.top() + 8.0, self.plot.bottom() - 4.0);
            let wide = (ENDS - 10.0, 1);
            let x = self.plot.right() + 10.0;
            paint_text_fitted(ui.painter(), pos2(x, y), Align2::LEFT_CENTER, words, Type::Strong, ink, wide);
            let at = pos2(x, y + 18.0);
            paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, under, Type::Small, tokens.ink2, wide);
        };
        name("Bill", "for exclusion", at_bill, tokens.crimson);
        if let Some(y) = at_saving {
            name("Saving", &format!("promised by {}", self.scene.badge()), y, tokens.ochre_text);
        }
    }
}

/// Fills what lies between two lines over the same years.
fn between(ui: &Ui, one: &[Pos2], other: &[Pos2], fill: Color32) {
    let mut mesh = Mesh::default();
    for (one, other) in one.iter().zip(other) {
        mesh.colored_vertex(*one, fill);
        mesh.colored_vertex(*other, fill);
    }
    for at in 1..one.len().min(other.len()) {
        let first = 2 * (at as u32 - 1);
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 2, first + 3);
    }
    ui.painter().add(Shape::mesh(mesh));
}

/// The round figure, 1, 2 or 5 with noughts, that is about this large: from three quarters of it up.
fn round_step(wanted: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(wanted)));
    let steps = [1.0, 2.0, 5.0].map(|n| n * power);
    steps.into_iter().find(|step| *step >= 0.75 * wanted).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_an_axis_are_round() {
        let steps = [0.9e6, 1.0e6, 1.3e6, 1.4e6, 4.9e6, 6.0e6, 7.0e6].map(round_step);
        assert_eq!(steps, [1e6, 1e6, 1e6, 2e6, 5e6, 5e6, 1e7]);
    }
}
