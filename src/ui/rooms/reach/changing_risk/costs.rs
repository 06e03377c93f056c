//! Who pays the bill, agency by agency, and when any of it could be cash: a prison saves money when a wing closes.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{ChangingRiskView, Scene, card, missing, settings::Sheet};
use crate::{
    analysis::reach::{
        bill::{Bill, Cash},
        bill_words::{when_cash, years},
    },
    model::wording::{count, number, pounds, short_pounds},
    ui::{
        desk::Desk,
        icons,
        rooms::balance::chart::width_of,
        theme::{Tokens, Type, hairline, rounded},
        widgets::{Paragraph, icon_button, paint_text, paint_text_fitted, told_on_hover, wrapped},
    },
};

const ROW: f32 = 33.0;
const LEAST_ROW: f32 = 22.0;
const NAME: f32 = 82.0;
const SUM: f32 = 66.0;
/// Heading, caption, the sum at the foot and the paddings.
const AROUND: f32 = 10.0 + super::HEAD + 20.0 + 8.0 + 74.0 + 14.0 + 8.0;
const LEAST_ROWS: usize = 4;

/// The height that the card wants.
pub(super) fn height(scene: &Scene<'_>) -> f32 {
    AROUND + ROW * rows(scene)
}

/// The least height that it can do with.
pub(super) fn least_height(scene: &Scene<'_>) -> f32 {
    AROUND + LEAST_ROW * rows(scene)
}

fn rows(scene: &Scene<'_>) -> f32 {
    scene.risk.agencies.len().clamp(LEAST_ROWS, 10) as f32
}

/// Shows the card in exactly this place.
pub(super) fn show_at(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ChangingRiskView,
    scene: &Scene<'_>,
    place: Rect,
) {
    card(ui, place, |ui, inside| {
        let middle = place.center().x.floor();
        let tokens = Tokens::of(ui);
        ui.painter().vline(middle, place.y_range().shrink(1.0), hairline(tokens.hair));
        let left = inside.with_max_x(middle - 18.0);
        let right = inside.with_min_x(middle + 18.0);
        let mut half = ui.new_child(UiBuilder::new().max_rect(left).id_salt("who pays"));
        who_pays(&mut half, desk, view, scene, left);
        let mut half = ui.new_child(UiBuilder::new().max_rect(right).id_salt("cash"));
        when(&mut half, desk, view, scene, right);
    });
}

fn half_head(ui: &mut Ui, words: &str, caption: &str, right: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 1.0;
    super::card_head(ui, words, right);
    ui.add(egui::Label::new(Type::Small.text(caption, tokens.ink2)).truncate());
}

fn who_pays(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ChangingRiskView, scene: &Scene<'_>, place: Rect) {
    let bill = scene.analysis.reach.bills.get(scene.option).and_then(|bill| bill.as_ref().ok());
    let over = bill.map_or(scene.risk.horizon_years as usize, |bill| bill.contract_years);
    half_head(ui, "Who pays it", &format!("by agency, {}", years(over)), |ui| {
        if icon_button(ui, icons::PENCIL_SIMPLE, "What a reoffence costs whom", true).clicked() {
            view.sheet = Some(Sheet::Costs);
        }
    });
    if scene.risk.agencies.is_empty() {
        missing(ui, desk, view, "no agency is named that pays for a reoffence");
        return;
    }
    let Some(bill) = bill else {
        let tokens = Tokens::of(ui);
        ui.add_space(8.0);
        wrapped(ui, "Nobody, as long as there is no bill.", Type::Body, tokens.ink2);
        return;
    };
    let rows = Rect::from_min_max(
        pos2(place.left(), ui.cursor().top() + 8.0),
        pos2(place.right(), place.bottom() - 74.0),
    );
    agencies(ui, scene, bill, rows);
    together(ui, scene, bill, place);
}

/// A row an agency, the largest first; those for whom there is no room are added up in the last row.
fn agencies(ui: &mut Ui, scene: &Scene<'_>, bill: &Bill, place: Rect) {
    let mut parts: Vec<(String, f64)> = scene
        .risk
        .agencies
        .iter()
        .map(|agency| agency.name.clone())
        .zip(bill.by_agency.iter().copied())
        .collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let room = ((place.height() / LEAST_ROW).floor() as usize).max(1);
    if parts.len() > room {
        let rest = parts.split_off(room - 1);
        let sum = rest.iter().map(|(_, part)| part).sum();
        parts.push((format!("{} others", rest.len()), sum));
    }
    let most = parts.iter().map(|(_, part)| part.abs()).fold(0.0, f64::max);
    let tall = (place.height() / parts.len() as f32).clamp(LEAST_ROW, ROW);
    for (at, (name, part)) in parts.iter().enumerate() {
        let top = place.top() + at as f32 * tall;
        let row = Rect::from_min_size(pos2(place.left(), top), vec2(place.width(), tall));
        agency(ui, name, *part, most, row, &years(bill.contract_years));
    }
}

fn agency(ui: &mut Ui, name: &str, part: f64, most: f64, row: Rect, over: &str) {
    let (tokens, y) = (Tokens::of(ui), row.center().y);
    let at = pos2(row.left(), y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, (NAME - 4.0, 1));
    let room = row.width() - NAME - SUM;
    if most > 0.0 && room > 8.0 {
        let length = (part.abs() / most) as f32 * room;
        let bar = Rect::from_min_size(pos2(row.left() + NAME, y - 6.0), vec2(length.max(1.0), 12.0));
        let fill = if part >= 0.0 { tokens.crimson } else { tokens.line };
        ui.painter().rect_filled(bar, rounded(3.0), fill);
    }
    let at = pos2(row.right(), y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &short_pounds(part), Type::Strong, tokens.ink);
    let response = ui.interact(row, ui.scope_id().with(("agency", name)), Sense::hover());
    let said = || format!("{name} pays {} over {over}", short_pounds(part));
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, said()));
    told_on_hover(response, said);
}

fn together(ui: &mut Ui, scene: &Scene<'_>, bill: &Bill, place: Rect) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let top = place.bottom() - 66.0;
    painter.hline(place.x_range(), top, hairline(tokens.hair));
    let y = top + 22.0;
    paint_text(painter, pos2(place.left(), y), Align2::LEFT_CENTER, "Together", Type::Strong, tokens.ink);
    let words = short_pounds(bill.over_contract);
    let ink = if bill.over_contract > 0.0 { tokens.crimson } else { tokens.ink };
    paint_text(painter, pos2(place.right(), y), Align2::RIGHT_CENTER, &words, Type::Score, ink);
    let each: f64 =
        scene.risk.agencies.iter().filter_map(|agency| agency.cost).map(|cost| cost.pounds()).sum();
    let mut sources: Vec<&str> = scene.risk.agencies.iter().map(|agency| agency.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    let source = match sources.as_slice() {
        [""] => ". Say where the costs come from".to_owned(),
        [source] => format!(". {source}"),
        _ => String::new(),
    };
    let words = format!("{} a reoffence{source}.", pounds(each));
    let at = pos2(place.left(), top + 50.0);
    let wide = (place.width(), 2);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2, wide);
    let said = format!("Together {}, {words}", short_pounds(bill.over_contract));
    let row = Rect::from_min_max(pos2(place.left(), top), place.max);
    let response = ui.interact(row, ui.scope_id().with("together"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
}

fn when(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ChangingRiskView, scene: &Scene<'_>, place: Rect) {
    half_head(ui, "When is it cash?", "prison places kept full, by year", |ui| {
        if icon_button(ui, icons::PENCIL_SIMPLE, "Places and worth of a wing", true).clicked() {
            view.sheet = Some(Sheet::Costs);
        }
    });
    let tokens = Tokens::of(ui);
    let bill = scene.analysis.reach.bills.get(scene.option).and_then(|bill| bill.as_ref().ok());
    let Some(bill) = bill else {
        ui.add_space(8.0);
        wrapped(ui, "Not before there is a bill.", Type::Body, tokens.ink2);
        return;
    };
    let cash = match &bill.cash {
        Ok(cash) => cash,
        Err(why) if why.0.contains("how many places a wing") => {
            missing(ui, desk, view, "say how many places a wing has");
            return;
        }
        Err(why) => {
            missing(ui, desk, view, why.0);
            return;
        }
    };
    let (lead, rest) = when_cash(cash, scene.risk);
    let galley = Paragraph::new()
        .run(&lead, Type::SmallStrong, tokens.ink)
        .run(&format!(" {rest}"), Type::Small, tokens.ink2)
        .galley(ui.painter(), place.width());
    let foot = place.bottom() - galley.size().y;
    ui.painter().galley(pos2(place.left(), foot), galley, tokens.ink2);
    let at = Rect::from_min_max(pos2(place.left(), foot), place.max);
    let response = ui.interact(at, ui.scope_id().with("when cash"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{lead} {rest}")));
    let plot = Rect::from_min_max(
        pos2(place.left() + 32.0, ui.cursor().top() + 14.0),
        pos2(place.right(), foot - 28.0),
    );
    if plot.height() > 24.0 && plot.width() > 40.0 {
        wings(ui, scene, cash, bill.contract_years, plot);
    }
}

fn wings(ui: &mut Ui, scene: &Scene<'_>, cash: &Cash, contract_years: usize, plot: Rect) {
    let tokens = Tokens::of(ui);
    let size = f64::from(scene.risk.wing.places.unwrap_or(1).max(1));
    let most = (cash.most_places * 1.04).max(size * 1.25);
    let y = |places: f64| plot.bottom() - (places.max(0.0) / most) as f32 * plot.height();
    ui.painter().hline(plot.x_range(), plot.bottom(), hairline(tokens.line));
    let whole = ui.interact(plot, ui.scope_id().with("wings"), Sense::hover());
    let said = format!(
        "{} prison places kept full at most; a wing has {}",
        number(cash.most_places, 0),
        number(size, 0)
    );
    whole.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    let step = plot.width() / cash.years.len() as f32;
    let width = (step * 0.62).min(24.0);
    let every = (18.0 / step).ceil().max(1.0) as usize;
    for (at, year) in cash.years.iter().enumerate() {
        let x = plot.left() + (at as f32 + 0.5) * step;
        let bar =
            Rect::from_min_max(pos2(x - width / 2.0, y(year.places)), pos2(x + width / 2.0, plot.bottom()));
        let (fill, edge) =
            if year.wings > 0 { (tokens.ochre, tokens.ochre) } else { (tokens.track, tokens.ink3) };
        if bar.height() >= 1.0 {
            ui.painter().rect(bar, rounded(2.5), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
        }
        if at.is_multiple_of(every) {
            let words = number(at as f64 + 1.0, 0);
            let place = pos2(x, plot.bottom() + 14.0);
            paint_text(ui.painter(), place, Align2::CENTER_CENTER, &words, Type::Small, tokens.ink3);
        }
        if at == 0 || at + 1 == contract_years {
            figure(ui, year.places, bar, y(size), year.wings > 0);
        }
        let column = Rect::from_center_size(pos2(x, plot.center().y), vec2(step, plot.height()));
        let response = ui.interact(column, ui.scope_id().with(("wings of year", at)), Sense::hover());
        let said = || {
            let full = match year.wings {
                0 => "no wing".to_owned(),
                wings => count(wings as usize, "wing", "wings"),
            };
            format!("Year {}: {} prison places, {full}", at + 1, number(year.places, 0))
        };
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, said()));
        told_on_hover(response, said);
    }
    wing_line(ui, size, most, y(size), plot);
}

/// The places of a bar, above it or inside it.
fn figure(ui: &Ui, places: f64, bar: Rect, line: f32, is_wing: bool) {
    let tokens = Tokens::of(ui);
    let words = number(places, 0);
    let inside = bar.height() > 24.0 && width_of(ui, &words, Type::Small) <= bar.width();
    let (at, ink) = if inside {
        // Clear of the line of the wing.
        let near = (bar.top() + 11.0 - line).abs() < 11.0;
        let y = if near { line + 12.0 } else { bar.top() + 11.0 };
        (pos2(bar.center().x, y), if is_wing { tokens.on_ochre } else { tokens.ink })
    } else {
        (pos2(bar.center().x, bar.top() - 9.0), tokens.ink)
    };
    paint_text(ui.painter(), at, Align2::CENTER_CENTER, &words, Type::Small, ink);
}

/// The line that a wing's worth of places is at.
fn wing_line(ui: &Ui, size: f64, most: f64, y: f32, plot: Rect) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    painter.hline(plot.x_range(), y, Stroke::new(2.0, tokens.ink));
    let words = format!("a wing, {}", count(size as usize, "place", "places"));
    let above = y - plot.top() > 16.0 || most <= size;
    let at = pos2(plot.left() + 4.0, if above { y - 9.0 } else { y + 10.0 });
    let wide = width_of(ui, &words, Type::Small);
    let ground = Rect::from_min_size(pos2(at.x - 2.0, at.y - 8.0), vec2(wide + 4.0, 15.0));
    painter.rect_filled(ground, rounded(2.0), tokens.card.gamma_multiply(0.82));
    paint_text(painter, at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink);
    for (value, y) in [(0.0, plot.bottom()), (size, y)] {
        let at = pos2(plot.left() - 8.0, y);
        paint_text(painter, at, Align2::RIGHT_CENTER, &number(value, 0), Type::Small, tokens.ink3);
    }
}
