//! Where 100 people are a year later, without support and with it: a table to type in.

use egui::{Align2, CornerRadius, Rect, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::{ChangingRiskView, Scene, card, card_head, settings::Sheet};
use crate::{
    exchange::figure,
    model::{
        ids::RiskBandId,
        reach::changing_risk::{Intensity, RiskBand, set_move},
        wording::{decimals_used, lower_first, number},
    },
    ui::{
        desk::Desk,
        drawing::parts::Rows,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded},
        widgets::{Paragraph, cell_field, link, paint_text, paint_text_fitted},
    },
};

const ROW: f32 = 39.0;
const CELL: f32 = 32.0;
const FIRST: f32 = 104.0;
const BETWEEN: f32 = 7.0;
const LEAST_COLUMN: f32 = 100.0;
const FIELD: f32 = 40.0;
/// Head, column heads, the note at the foot and the paddings.
const AROUND: f32 = 10.0 + super::HEAD + COLUMN_HEADS + 26.0 + 14.0;
const COLUMN_HEADS: f32 = 26.0;

/// The height that the card wants.
pub(super) fn height(scene: &Scene<'_>) -> f32 {
    AROUND + ROW * scene.risk.bands.len() as f32 + if needs_scroll(scene) { 10.0 } else { 0.0 }
}

fn needs_scroll(scene: &Scene<'_>) -> bool {
    scene.risk.bands.len() > 5
}

/// The same as rows: of 100 people in a band without support, and of 100 with what they are given.
pub(super) fn rows(scene: &Scene<'_>) -> Rows {
    let bands = &scene.risk.bands;
    let heads = ["From", "Support"].map(str::to_owned).into_iter();
    let heads = heads.chain(bands.iter().map(|to| format!("To {}", lower_first(&to.name)))).collect();
    let mut rows = vec![heads];
    for band in bands {
        let supported = band.given.and_then(|given| band.support(given)).map(|support| &support.moves);
        let each = std::iter::once((None, &band.moves)).chain(supported.map(|moves| (band.given, moves)));
        rows.extend(each.map(|(given, moves)| {
            let people = bands.iter().map(|to| hundredths(moves.get(&to.id).copied().unwrap_or(0.0)));
            [band.name.clone(), given_words(given)].into_iter().chain(people).collect::<Vec<String>>()
        }));
    }
    rows
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
        card_head(ui, "Where 100 people are a year later", |ui| {
            let tokens = Tokens::of(ui);
            ui.label(Type::Small.text("with support", tokens.ink2));
            ui.label(egui::RichText::new(icons::ARROW_RIGHT.0).font(Icon::font(12.0)).color(tokens.ink2));
            ui.label(Type::Small.text("without", tokens.ink2));
        });
        let table = Rect::from_min_max(
            pos2(inside.left(), ui.cursor().top()),
            pos2(inside.right(), inside.bottom() - 26.0),
        );
        let mut inner = ui.new_child(UiBuilder::new().max_rect(table).id_salt("moves"));
        ScrollArea::horizontal().id_salt("moves").auto_shrink(false).show(&mut inner, |ui| {
            grid(ui, desk, view, scene, table.width());
        });
        foot(ui, desk.session.revision(), view, scene, inside);
    });
}

/// What is said under the table; what typing a move did is news until the next step, or until it is undone.
fn foot(ui: &mut Ui, revision: u64, view: &ChangingRiskView, scene: &Scene<'_>, inside: Rect) {
    let tokens = Tokens::of(ui);
    let row = Rect::from_min_max(pos2(inside.left(), inside.bottom() - 20.0), inside.max);
    let note = if scene.risk.illustrative {
        "Illustrative. Each row adds up to 100. Replace with your own cohort.".to_owned()
    } else {
        match scene.risk.source.as_str() {
            "" => "Each row adds up to 100. Say where the moves come from.".to_owned(),
            source => format!("{source}. Each row adds up to 100."),
        }
    };
    let words = view.scaled.as_ref().filter(|(made, _)| *made == revision).map_or(&note, |(_, words)| words);
    let mut inner =
        ui.new_child(UiBuilder::new().max_rect(row).layout(egui::Layout::left_to_right(egui::Align::Center)));
    inner.label(egui::RichText::new(icons::WARNING_CIRCLE.0).font(Icon::font(16.0)).color(tokens.ink2));
    Paragraph::new().run(words, Type::Small, tokens.ink2).show_line(&mut inner);
}

fn grid(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ChangingRiskView, scene: &Scene<'_>, width: f32) {
    let tokens = Tokens::of(ui);
    let bands = &scene.risk.bands;
    let columns = bands.len() as f32;
    let column = ((width - FIRST) / columns - BETWEEN).max(LEAST_COLUMN);
    let wanted = vec2(FIRST + columns * (column + BETWEEN), COLUMN_HEADS + ROW * columns);
    let (place, _) = ui.allocate_exact_size(wanted, Sense::hover());
    let left = |at: usize| place.left() + FIRST + BETWEEN + at as f32 * (column + BETWEEN);
    let head = place.top() + 13.0;
    let at = pos2(place.left(), head);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, "from", Type::Small, tokens.ink3);
    for (to, band) in bands.iter().enumerate() {
        let at = pos2(left(to) + column / 2.0, head);
        let name = lower_first(&band.name);
        let wide = (column, 1);
        paint_text_fitted(ui.painter(), at, Align2::CENTER_CENTER, &name, Type::Small, tokens.ink3, wide);
    }
    for (from, band) in bands.iter().enumerate() {
        let top = place.top() + COLUMN_HEADS + ROW * from as f32;
        let label = Rect::from_min_size(pos2(place.left(), top), vec2(FIRST, CELL));
        row_head(ui, view, band, label);
        for to in 0..bands.len() {
            let cell = Rect::from_min_size(pos2(left(to), top), vec2(column, CELL));
            show_cell(ui, desk, view, scene, (from, to), cell);
        }
    }
}

/// The band's name, and the support that its people are given.
fn row_head(ui: &mut Ui, view: &mut ChangingRiskView, band: &RiskBand, place: Rect) {
    let tokens = Tokens::of(ui);
    let at = pos2(place.left(), place.top() + 8.0);
    let wide = (place.width(), 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &band.name, Type::Body, tokens.ink, wide);
    let given = given_words(band.given);
    let under = Rect::from_min_size(pos2(place.left(), place.top() + 17.0), vec2(place.width(), 18.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(under).id_salt(("given", band.id.as_str())));
    let response = link(&mut inner, &given, Type::Small, tokens.ink3);
    let name = format!("{}: {given}, change", band.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.clicked() {
        view.sheet = Some(Sheet::Bands);
    }
}

pub(super) fn given_words(given: Option<Intensity>) -> String {
    given.map_or_else(|| "no support".to_owned(), |given| format!("{} support", given.words()))
}

/// Both figures of one move: without support, and with the support given.
fn show_cell(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ChangingRiskView,
    scene: &Scene<'_>,
    (from, to): (usize, usize),
    cell: Rect,
) {
    let tokens = Tokens::of(ui);
    let (band, to) = (&scene.risk.bands[from], &scene.risk.bands[to]);
    ui.painter().rect_stroke(cell, rounded(7.0), hairline(tokens.edge), StrokeKind::Inside);
    let arrow = icons::ARROW_RIGHT.0.to_string();
    ui.painter().text(cell.center(), Align2::CENTER_CENTER, arrow, Icon::font(12.0), tokens.ink3);
    let share = |moves: &crate::model::reach::changing_risk::Moves| moves.get(&to.id).copied().unwrap_or(0.0);
    let middle = cell.center();
    let field = |left: f32| Rect::from_min_size(pos2(left, cell.top() + 2.0), vec2(FIELD, CELL - 4.0));
    let (before, after) = (field(middle.x - 8.0 - FIELD), field(middle.x + 7.0));
    let route = format!("from {} to {}", lower_first(&band.name), lower_first(&to.name));
    let typed = figure_field(
        ui,
        desk,
        &format!("Without support, {route}"),
        share(&band.moves),
        (before, Type::Number),
    );
    if let Some(typed) = typed {
        put(desk, view, scene, (band, None, &to.id), typed);
    }
    let given = band.given.and_then(|given| band.support(given).map(|support| (given, support)));
    let Some((given, support)) = given else {
        let at = pos2(after.right() - 8.0, middle.y);
        let words = hundredths(share(&band.moves));
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, tokens.ink3);
        return;
    };
    let name = format!("With {} support, {route}", given.words());
    let typed = figure_field(ui, desk, &name, share(&support.moves), (after, Type::NumberStrong));
    if let Some(typed) = typed {
        put(desk, view, scene, (band, Some(given), &to.id), typed);
    }
}

/// A share as people of 100.
fn hundredths(share: f64) -> String {
    let people = share * 100.0;
    number(people, decimals_used(libm::round(people * 10.0) / 10.0).min(1))
}

/// A figure that is typed over in place; answers with the share, 0 to 1.
fn figure_field(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    name: &str,
    share: f64,
    (place, role): (Rect, Type),
) -> Option<f64> {
    let typed = ui
        .scope(|ui| {
            let look = &mut ui.visuals_mut().widgets;
            // The frame around both figures of a cell is painted already.
            look.inactive.bg_stroke = egui::Stroke::NONE;
            look.inactive.corner_radius = CornerRadius::same(5);
            look.hovered.corner_radius = CornerRadius::same(5);
            cell_field(ui, name, &hundredths(share), place, role)
        })
        .inner?;
    let read = figure::number(&typed).map(|number| number.value).filter(|n| (0.0..=100.0).contains(n));
    if read.is_none() {
        desk.notice(format!("“{typed}” is not a number of people out of 100; write it like 12."));
    }
    read.map(|people| people / 100.0)
}

/// Puts a move in its row, scales the rest and says so.
fn put(
    desk: &mut Desk<'_>,
    view: &mut ChangingRiskView,
    scene: &Scene<'_>,
    (band, given, to): (&RiskBand, Option<Intensity>, &RiskBandId),
    share: f64,
) {
    let bands: Vec<RiskBandId> = scene.risk.bands.iter().map(|band| band.id.clone()).collect();
    let with = given.map_or("without support".to_owned(), |given| format!("with {} support", given.words()));
    let name = lower_first(&band.name);
    if bands.len() < 2 {
        desk.notice("With one band everybody stays in it; add another band first.");
        return;
    }
    let label = format!("Change where people at {name} risk are a year later, {with}");
    let (id, to) = (band.id.clone(), to.clone());
    let done = desk.edit(label, None, |w| {
        let Some(risk) = &mut w.reach.changing_risk else { return };
        let Some(band) = risk.bands.iter_mut().find(|band| band.id == id) else { return };
        let row = match given {
            None => Some(&mut band.moves),
            Some(given) => band.support_mut(given).as_mut().map(|support| &mut support.moves),
        };
        if let Some(row) = row {
            set_move(row, &bands, &to, share);
        }
    });
    if done {
        let words = format!("The rest of the row from {name}, {with}, was scaled so that it adds up to 100.");
        desk.notice(words.clone());
        view.scaled = Some((desk.session.revision(), words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_as_people_of_a_hundred() {
        assert_eq!(hundredths(0.3), "30");
        assert_eq!(hundredths(0.125), "12.5");
        assert_eq!(hundredths(0.13333), "13.3");
        assert_eq!(hundredths(0.0), "0");
    }
}
