//! People by band of risk, year by year, without support and with it.

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{ChangingRiskView, Scene, asked_head, card, missing, settings::Sheet};
use crate::{
    analysis::{
        explain::Question,
        reach::{
            bill_words::{difference, harm},
            drift::Drift,
        },
    },
    model::wording::{list, number},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, mix, rounded, space},
        widgets::{Paragraph, button::Segment, paint_text, paint_text_fitted, segmented, told_on_hover},
    },
};

pub(super) const LEAST_HEIGHT: f32 = 232.0;
/// The column at the right in which the bands are named.
const NAMES: f32 = 68.0;
const BETWEEN: f32 = 18.0;

/// Shows the card in exactly this place.
pub(super) fn show_at(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ChangingRiskView,
    scene: &Scene<'_>,
    place: Rect,
) {
    card(ui, place, |ui, inside| {
        let ask = (Question::RiskBands, "Bands, support and people", Sheet::Bands);
        asked_head(ui, desk, view, "People by risk band", ask, whose);
        let drift = match scene.drift() {
            Ok(drift) => drift,
            Err(why) => {
                missing(ui, desk, view, why);
                return;
            }
        };
        let foot = say_difference(ui, scene, drift, inside);
        let charts = Rect::from_min_max(
            pos2(inside.left(), ui.cursor().top() + 6.0),
            pos2(inside.right(), foot - 6.0),
        );
        stacks(ui, view, scene, drift, charts);
    });
}

/// The year at whose end people are spoken of: the last of the contract.
fn later(scene: &Scene<'_>) -> usize {
    scene.workspace.question.horizon_years.unwrap_or(scene.risk.horizon_years) as usize
}

/// Says at the foot of the card what support changes, or that it does harm; answers with the top of what it says.
fn say_difference(ui: &Ui, scene: &Scene<'_>, drift: &Drift, inside: Rect) -> f32 {
    let tokens = Tokens::of(ui);
    let (words, said) = if let Some(harm) = harm(drift, scene.risk) {
        (Paragraph::new().run(&harm, Type::SmallStrong, tokens.crimson), harm)
    } else {
        let (lead, rest) = difference(drift, scene.risk, later(scene));
        let words = Paragraph::new().run(&lead, Type::SmallStrong, tokens.ink);
        (words.run(&format!(" {rest}"), Type::Small, tokens.ink2), format!("{lead} {rest}"))
    };
    let galley = words.galley(ui.painter(), inside.width());
    let foot = inside.bottom() - galley.size().y;
    ui.painter().galley(pos2(inside.left(), foot), galley, tokens.ink2);
    let at = Rect::from_min_max(pos2(inside.left(), foot), inside.max);
    let response = ui.interact(at, ui.scope_id().with("difference"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    foot
}

/// Both charts, in one measure.
fn stacks(ui: &mut Ui, view: &ChangingRiskView, scene: &Scene<'_>, drift: &Drift, charts: Rect) {
    let half = (charts.width() - NAMES - BETWEEN) / 2.0;
    let support = match scene.risk.support_years {
        1 => "With a year of support".to_owned(),
        years => format!("With {years} years of support"),
    };
    let by_year = if view.everybody {
        [&drift.all_without, &drift.all_with_support]
    } else {
        [&drift.without, &drift.with_support]
    };
    let most = by_year.iter().flat_map(|years| years.iter()).map(|year| year.iter().sum::<f64>());
    let most = most.fold(0.0, f64::max);
    for (at, (years, title)) in by_year.into_iter().zip(["Without support", &support]).enumerate() {
        let left = charts.left() + at as f32 * (half + BETWEEN);
        let plot = Rect::from_min_max(pos2(left, charts.top()), pos2(left + half, charts.bottom()));
        Stack { scene, years, most, title, plot, is_last: at == 1, later: later(scene) }.show(ui);
    }
}

/// Whose people are shown: those of one year, or of all years so far.
fn whose(ui: &mut Ui, view: &mut ChangingRiskView) {
    let segments = [("One year’s", "one year’s people"), ("Everybody", "everybody who has come so far")]
        .map(|(words, said)| Segment { badge: "", words, colour: None, name: format!("Show {said}") });
    if let Some(chosen) = segmented(ui, &segments, usize::from(view.everybody)) {
        view.everybody = chosen == 1;
    }
}

/// One chart of stacked bars.
struct Stack<'a> {
    scene: &'a Scene<'a>,
    years: &'a [Vec<f64>],
    /// People that the full height stands for.
    most: f64,
    title: &'a str,
    plot: Rect,
    is_last: bool,
    /// A year whose figure is written besides the first, second and last.
    later: usize,
}

impl Stack<'_> {
    fn show(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let at = self.plot.left_top() + vec2(0.0, 9.0);
        let wide = (self.plot.width(), 1);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, self.title, Type::Strong, tokens.ink, wide);
        let bars = Rect::from_min_max(
            self.plot.left_top() + vec2(0.0, 26.0),
            self.plot.right_bottom() - vec2(0.0, 22.0),
        );
        let whole = ui.interact(bars, ui.scope_id().with(("stack", self.title)), Sense::hover());
        let said = self.summary();
        whole.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
        let step = bars.width() / self.years.len() as f32;
        for (year, people) in self.years.iter().enumerate() {
            let left = bars.left() + year as f32 * step;
            let column = Rect::from_min_max(pos2(left, bars.top()), pos2(left + step * 0.94, bars.bottom()));
            self.bar(ui, year, people, column);
            if self.is_written(year, step) {
                let at = pos2(column.center().x, self.plot.bottom() - 9.0);
                let words = number(year as f64, 0);
                paint_text(ui.painter(), at, Align2::CENTER_CENTER, &words, Type::Small, tokens.ink3);
            }
        }
        if self.is_last {
            let at = pos2(bars.right() + space::S - 2.0, self.plot.bottom() - 9.0);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, "years later", Type::Small, tokens.ink3);
            self.names(ui, bars);
        }
    }

    /// In a sentence what the chart shows.
    fn summary(&self) -> String {
        let top = self.scene.risk.bands.len() - 1;
        let band = &self.scene.risk.bands[top].name;
        let at = |year: usize| self.years.get(year).map_or(0.0, |people| people[top]);
        let last = self.years.len() - 1;
        format!(
            "{}: {} people at {} risk at first, {} after {last} years",
            self.title,
            number(at(0), 0),
            band.to_lowercase(),
            number(at(last), 0)
        )
    }

    /// Whether a year has room for its number under its bar.
    fn is_written(&self, year: usize, step: f32) -> bool {
        let every = (16.0 / step).ceil().max(1.0) as usize;
        year.is_multiple_of(every)
    }

    fn bar(&self, ui: &mut Ui, year: usize, people: &[f64], column: Rect) {
        let tokens = Tokens::of(ui);
        let bands = people.len();
        let mut base = column.bottom();
        for band in (0..bands).rev() {
            let height =
                if self.most > 0.0 { (people[band] / self.most) as f32 * column.height() } else { 0.0 };
            let top = base - height;
            if height >= 0.75 {
                let rect = Rect::from_min_max(
                    pos2(column.left(), top + 0.75),
                    pos2(column.right(), (base - 0.75).max(top + 1.0)),
                );
                let edge = if band == 0 && bands > 1 { tokens.line } else { Color32::TRANSPARENT };
                let fill = fill(tokens, band, bands);
                ui.painter().rect(rect, rounded(2.5), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
                if band + 1 == bands {
                    self.figure(ui, year, people[band], rect);
                }
            }
            base = top;
        }
        let id = ui.scope_id().with(("year", self.title, year));
        let response = ui.interact(column, id, Sense::hover());
        let said = self.said(year, people);
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &said));
        told_on_hover(response, || self.said(year, people));
    }

    /// "Year 1, without support: 465 high, 226 medium, …".
    fn said(&self, year: usize, people: &[f64]) -> String {
        let bands = self.scene.risk.bands.iter().zip(people).rev();
        let parts: Vec<String> = bands
            .map(|(band, people)| format!("{} {}", number(*people, 0), band.name.to_lowercase()))
            .collect();
        let parts = list(&parts.iter().map(String::as_str).collect::<Vec<_>>());
        format!("Year {year}, {}: {parts}", self.title.to_lowercase())
    }

    /// The people of the highest band, in the bars that are spoken of.
    fn figure(&self, ui: &Ui, year: usize, people: f64, rect: Rect) {
        let spoken_of = [0, 1, self.later, self.years.len() - 1].contains(&year);
        let words = number(people, 0);
        let wide = crate::ui::rooms::balance::chart::width_of(ui, &words, Type::Small);
        if spoken_of && rect.height() >= 16.0 && wide <= rect.width() + 1.0 {
            let tokens = Tokens::of(ui);
            paint_text(ui.painter(), rect.center(), Align2::CENTER_CENTER, &words, Type::Small, tokens.card);
        }
    }

    /// The bands' names beside the last bar, kept from overlapping.
    fn names(&self, ui: &Ui, bars: Rect) {
        let tokens = Tokens::of(ui);
        let Some(people) = self.years.last() else { return };
        let mut places = Vec::new();
        let mut base = bars.bottom();
        for band in (0..people.len()).rev() {
            let height =
                if self.most > 0.0 { (people[band] / self.most) as f32 * bars.height() } else { 0.0 };
            places.push((band, base - height / 2.0));
            base -= height;
        }
        let mut lowest = bars.bottom() + 6.0;
        for (band, y) in places {
            let y = y.min(lowest - 8.0);
            lowest = y - 8.0;
            let at = pos2(bars.right() + space::S - 2.0, y);
            let name = &self.scene.risk.bands[band].name;
            let wide = (NAMES - 2.0, 1);
            paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Small, tokens.ink2, wide);
        }
    }
}

/// The shade of a band, the darker the higher its risk.
fn fill(tokens: &Tokens, band: usize, bands: usize) -> Color32 {
    if band + 1 == bands {
        return tokens.ink2;
    }
    match band {
        0 => tokens.card,
        _ if bands <= 3 => tokens.line,
        _ => mix(tokens.track, tokens.line, (band - 1) as f32 / (bands - 3) as f32),
    }
}
