//! The tornado: how far the range of each score alone moves the leader's lead over a rival.

use egui::{
    Align2, CornerRadius, CursorIcon, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::{Acts, scene::Scene};
use crate::{
    analysis::balance::sensitivity::{Tornado, TornadoBar},
    model::wording::number,
    ui::{
        rooms::balance::{chart::width_of, scale_words::said_range},
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{button::paint_focus, marks::paint_hatching, paint_badge, paint_text, paint_text_fitted},
    },
};

const ROW: f32 = 27.0;
/// The lowest that a row may be so that [`WANTED`] are in view.
const LOW_ROW: f32 = 22.0;
const WANTED: f32 = 8.0;
/// Where the bars begin, from the left of the card's inside.
const BARS: f32 = 206.0;

/// What stands at the end of a bar where scores fail a must.
const STRUCK: &str = "fails must";

/// Shows the tornado in this place.
pub fn show(ui: &mut Ui, scene: &Scene, rival: Option<usize>, place: Rect, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let tornado = rival.and_then(|rival| scene.tornado(rival));
    let heading = match &tornado {
        Some(tornado) => format!(
            "{}’s lead over {}, one score at a time",
            scene.badge(tornado.leader),
            scene.badge(tornado.rival)
        ),
        None => "The lead, one score at a time".to_owned(),
    };
    let at = pos2(place.left(), place.top() + 12.0);
    let wide = (place.width(), 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &heading, Type::Heading, tokens.ink, wide);
    // The rows may use the padding under them.
    let body = Rect::from_min_max(pos2(place.left(), place.top() + 30.0), place.max + vec2(0.0, 8.0));
    match tornado {
        Some(tornado) if !tornado.bars.is_empty() => {
            let axis = Axis::of(&tornado, body);
            let (rows, tall) = whole_rows(ui, &tornado, body);
            axis.paint(ui, &tornado, body.with_max_y(rows.bottom()));
            show_bars(ui, scene, &tornado, axis, (rows, tall), acts);
        }
        Some(_) => waiting(ui, body, "No score has a range, so none moves the lead."),
        None => waiting(ui, body, "Shows once two options are compared."),
    }
}

fn waiting(ui: &mut Ui, body: Rect, words: &str) {
    let tokens = Tokens::of(ui);
    let wide = (body.width(), 2);
    paint_text_fitted(
        ui.painter(),
        body.center(),
        Align2::CENTER_CENTER,
        words,
        Type::Small,
        tokens.ink3,
        wide,
    );
    let response = ui.interact(body, ui.scope_id().with("no tornado"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// The axis of the lead, in points of the total.
#[derive(Clone, Copy)]
struct Axis {
    left: f32,
    right: f32,
    from: f64,
    to: f64,
    step: f64,
}

impl Axis {
    /// From nought, or further where a bar goes past it, to the greatest lead.
    fn of(tornado: &Tornado, body: Rect) -> Self {
        let least = tornado.bars.iter().map(|bar| bar.least).fold(tornado.lead.min(0.0), f64::min);
        let most = tornado.bars.iter().map(|bar| bar.greatest).fold(tornado.lead.max(0.0), f64::max);
        let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|step| (most - least) / step <= 4.0);
        let room = (most - least) * 0.12;
        let from = if least < 0.0 { least - room * 0.5 } else { 0.0 };
        let left = body.left() + (BARS).min(body.width() * 0.55);
        Self { left, right: body.right() - 12.0, from, to: most + room, step: step.unwrap_or(100.0) }
    }

    fn x(&self, lead: f64) -> f32 {
        self.left + ((lead - self.from) / (self.to - self.from)) as f32 * (self.right - self.left)
    }

    fn paint(&self, ui: &Ui, tornado: &Tornado, body: Rect) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let (top, bottom) = (body.top() + 20.0, body.bottom());
        let today = self.x(tornado.lead);
        let figure = number(tornado.lead, 1);
        let long = format!("{figure} today");
        let words = if today + 6.0 + width_of(ui, &long, Type::SmallStrong) > body.right() + 4.0 {
            figure
        } else {
            long
        };
        let words_end = today + 6.0 + width_of(ui, &words, Type::SmallStrong);
        let first = libm::ceil(self.from / self.step) as i32;
        for tick in first..=libm::floor(self.to / self.step) as i32 {
            let lead = f64::from(tick) * self.step;
            let x = self.x(lead);
            let half = width_of(ui, &number(lead, 0), Type::Small) / 2.0 + 4.0;
            if x + half > today - 2.0 && x - half < words_end && tick != 0 {
                continue;
            }
            let line = if tick == 0 { tokens.ink3 } else { tokens.hair };
            painter.vline(x, top..=bottom, hairline(line));
            if x + half <= today - 2.0 || x - half >= words_end {
                let at = pos2(x, body.top() + 8.0);
                paint_text(painter, at, Align2::CENTER_CENTER, &number(lead, 0), Type::Small, tokens.ink3);
            }
        }
        painter.vline(today, top - 2.0..=bottom, Stroke::new(2.0, tokens.primary));
        let at = pos2(today + 6.0, body.top() + 8.0);
        paint_text(painter, at, Align2::LEFT_CENTER, &words, Type::SmallStrong, tokens.ink);
    }
}

fn show_bars(
    ui: &mut Ui,
    scene: &Scene,
    tornado: &Tornado,
    axis: Axis,
    (rows, tall): (Rect, f32),
    acts: &mut Acts,
) {
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rows));
    inner.spacing_mut().item_spacing.y = 0.0;
    // The last row in view is a whole one, and the line under the rows says that there are more.
    inner.spacing_mut().scroll.fade.strength = 0.0;
    ScrollArea::vertical().id_salt("tornado").auto_shrink(false).show(&mut inner, |ui| {
        for bar in &tornado.bars {
            let (row, response) = ui.allocate_exact_size(vec2(rows.width(), tall), Sense::click());
            let name = bar_name(scene, tornado, bar);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.has_focus() {
                acts.figures.in_focus = Some(scene.why_cell(bar.option, bar.factor));
            }
            if response.clicked() {
                acts.cell = Some((scene.factor(bar.factor).id.clone(), scene.option_id(bar.option).clone()));
            }
            if ui.is_rect_visible(row) {
                if response.hovered() {
                    let tokens = Tokens::of(ui);
                    let left = Rect::from_min_max(row.min, pos2(axis.left - 6.0, row.bottom()));
                    ui.painter().rect_filled(left.expand2(vec2(4.0, 0.0)), rounded(4.0), tokens.select);
                }
                paint_bar(ui, scene, tornado, bar, axis, row);
                paint_focus(ui, &response, row.shrink(2.0), size::RADIUS_BAR);
            }
            response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_text(format!("{name}. Go to the score"));
        }
    });
}

/// The place of the rows and how tall each is. Where not all fit, only whole ones are in view, and a line under them says how many there are.
fn whole_rows(ui: &Ui, tornado: &Tornado, body: Rect) -> (Rect, f32) {
    const FOOT: f32 = 18.0;
    let rows = Rect::from_min_max(pos2(body.left(), body.top() + 24.0), body.max);
    let all = tornado.bars.len();
    if all as f32 * ROW <= rows.height() {
        return (rows, ROW);
    }
    let room = rows.height() - FOOT;
    let tall = (room / WANTED).floor().clamp(LOW_ROW, ROW);
    let shown = (room / tall).floor().max(1.0);
    let words = format!("{all} scores in all, those that move the lead most first");
    let tokens = Tokens::of(ui);
    let at = pos2(rows.left(), body.bottom() - FOOT / 2.0);
    let wide = (rows.width(), 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink3, wide);
    (rows.with_max_y(rows.top() + shown * tall), tall)
}

/// "Reduction in reoffending of C: 3.6–7.0; the lead goes from 5.9 to 12.2".
fn bar_name(scene: &Scene, tornado: &Tornado, bar: &TornadoBar) -> String {
    let range = range_words(scene, bar);
    let struck = if bar.fails_must {
        format!("; some of that range fails the must, and {} is struck", scene.spoken(bar.option))
    } else {
        String::new()
    };
    format!(
        "{} of {}: {range}; {}’s lead over {} goes from {} to {}{struck}",
        scene.factor(bar.factor).name,
        scene.spoken(bar.option),
        scene.spoken(tornado.leader),
        scene.spoken(tornado.rival),
        number(bar.least, 1),
        number(bar.greatest, 1)
    )
}

fn range_words(scene: &Scene, bar: &TornadoBar) -> String {
    if bar.is_unknown {
        return "not known".to_owned();
    }
    let score = scene.workspace.score(&scene.factor(bar.factor).id, scene.option_id(bar.option));
    said_range(score.map(|score| &score.level), scene.decimals[bar.factor])
}

fn paint_bar(ui: &Ui, scene: &Scene, tornado: &Tornado, bar: &TornadoBar, axis: Axis, row: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let middle = row.center().y - 1.0;
    let badge = scene.badge(bar.option);
    paint_badge(painter, tokens, badge, pos2(row.left() + 9.0, middle), 18.0);
    let range = range_words(scene, bar);
    let right = axis.left - 12.0;
    let range_at = pos2(right, middle);
    let written = paint_text(painter, range_at, Align2::RIGHT_CENTER, &range, Type::NumberSmall, tokens.ink3);
    let name = scene.factor(bar.factor).short_name();
    let left = row.left() + 25.0;
    let wide = (written.left() - 8.0 - left, 1);
    let at = pos2(left, middle);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, name, Type::Small, tokens.ink, wide);
    let rect = Rect::from_x_y_ranges(axis.x(bar.least)..=axis.x(bar.greatest), middle - 8.0..=middle + 8.0);
    if bar.is_unknown {
        painter.rect_filled(rect, rounded(size::RADIUS_BAR), tokens.option(badge).tint);
        paint_hatching(painter, tokens, rect);
    } else {
        painter.rect_filled(rect, rounded(size::RADIUS_BAR), tokens.option(badge).fill);
    }
    if bar.fails_must {
        paint_must(ui, bar, tornado, rect, axis);
    }
    let today = axis.x(tornado.lead);
    let seam = Rect::from_center_size(pos2(today, middle), vec2(1.2, 16.0));
    painter.rect_filled(seam, CornerRadius::ZERO, tokens.card);
}

/// Says at the end of a bar at which the option is worth least that some of its scores fail the must: a stroke across the
/// end, with words where there is room.
fn paint_must(ui: &Ui, bar: &TornadoBar, tornado: &Tornado, rect: Rect, axis: Axis) {
    let tokens = Tokens::of(ui);
    // A leader that fails loses the lead; a rival that fails leaves it to the leader.
    let is_low = bar.option == tornado.leader;
    let x = if is_low { rect.left() } else { rect.right() };
    let stroke = Stroke::new(2.0, tokens.crimson);
    ui.painter().vline(x, rect.top() - 2.0..=rect.bottom() + 2.0, stroke);
    let wide = width_of(ui, STRUCK, Type::Small);
    let (at, anchor, fits) = if is_low {
        (pos2(x - 5.0, rect.center().y), Align2::RIGHT_CENTER, x - 5.0 - wide > axis.left)
    } else {
        (pos2(x + 5.0, rect.center().y), Align2::LEFT_CENTER, x + 5.0 + wide < axis.right + 8.0)
    };
    if fits {
        paint_text(ui.painter(), at, anchor, STRUCK, Type::Small, tokens.crimson);
    } else if rect.width() > wide + 10.0 {
        let inside = if is_low { x + 5.0 } else { x - 5.0 };
        let anchor = if is_low { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER };
        let at = pos2(inside, rect.center().y);
        paint_text(ui.painter(), at, anchor, STRUCK, Type::Small, tokens.card);
    }
}
