//! What each option would cost each sector against the one that the sector itself would choose.

use egui::{Align2, CursorIcon, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    card_head::{ask_on_focus, card_head},
    paint_sector,
};
use crate::{
    analysis::{
        Analysis, Undefined,
        explain::{Question, VoiceQuestion},
        voices::{Fairness, SectorFigure, words},
    },
    model::{Workspace, wording::number},
    ui::{
        desk::Desk,
        drawing::parts::Rows,
        theme::{Tokens, Type, hairline, mix, rounded, space},
        widgets::{button::paint_focus, long_list, paint_badge, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 36.0;
const NAMES: f32 = 132.0;
/// The widths of the columns for the sector served worst, and for the most that any gives up.
const WORST: f32 = 58.0;
/// From so many points on the ground of a cell is as deep as it gets.
const DEEP: f64 = 30.0;
/// An option that costs a sector fewer points than that is its best.
const BEST: f64 = 0.05;

/// Shows it, with who is served worst by each option and who gives up most.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    card_head(ui, desk, "What each option costs each sector", None);
    let fairness = match &analysis.voices.fairness {
        Ok(fairness) => fairness,
        Err(Undefined(why)) => {
            wrapped(ui, format!("Not known: {why}."), Type::Body, tokens.ink2);
            return;
        }
    };
    wrapped(ui, words::fairness(workspace, fairness), Type::Body, tokens.ink);
    let words = "Points that a sector gives up against its own best option, by its own weights.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    ui.add_space(space::XS);
    let heard: Vec<usize> = heard(fairness);
    ScrollArea::horizontal().id_salt("regret").show(ui, |ui| {
        let least = NAMES + 44.0 * heard.len() as f32 + 2.0 * WORST;
        ui.set_min_width(ui.available_width().max(least));
        head(ui, workspace, &heard);
        let options: Vec<usize> =
            (0..workspace.question.options.len()).filter(|&o| fairness.regrets[o].is_some()).collect();
        let tall = ROW * options.len().min(14) as f32 + 2.0;
        let rows = ScrollArea::vertical().id_salt("regret rows").max_height(tall).min_scrolled_height(tall);
        rows.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            long_list(ui, "regret of options", (options.len(), None), ROW, |ui, at| {
                option_row(ui, desk, workspace, fairness, (options[at], &heard));
            });
        });
    });
}

/// The same as it is copied: what each option costs each sector, then who gives up most and who is worst off.
pub(super) fn table(workspace: &Workspace, analysis: &Analysis) -> Rows {
    let Ok(fairness) = &analysis.voices.fairness else { return Rows::new() };
    let heard = heard(fairness);
    let name = |s: usize| workspace.voices.sectors[s].name.clone();
    let heads = heard.iter().map(|&s| name(s));
    let ends = ["most", "who gives up most", "worst off", "who is worst off"].map(str::to_owned);
    let mut rows: Rows =
        vec![["option", "name"].map(str::to_owned).into_iter().chain(heads).chain(ends).collect()];
    let dash = || "–".to_owned();
    for (o, regrets) in fairness.regrets.iter().enumerate() {
        let (Some(regrets), Some(option)) = (regrets, workspace.question.options.get(o)) else { continue };
        let each = heard.iter().map(|&s| match regrets.get(s).copied().flatten() {
            None => dash(),
            Some(regret) if regret < BEST => "best".to_owned(),
            Some(regret) => number(regret, 1),
        });
        let ends = [&fairness.largest_regret[o], &fairness.worst_off[o]].into_iter().flat_map(|figure| {
            figure
                .as_ref()
                .map_or_else(|| [dash(), dash()], |figure| [number(figure.points, 1), name(figure.sector)])
        });
        rows.push([option.badge.clone(), option.name.clone()].into_iter().chain(each).chain(ends).collect());
    }
    rows
}

/// The sectors that have weights.
fn heard(fairness: &Fairness) -> Vec<usize> {
    let first = fairness.values.iter().flatten().next();
    first.map_or_else(Vec::new, |values| {
        values.iter().enumerate().filter(|(_, value)| value.is_some()).map(|(s, _)| s).collect()
    })
}

fn column(row: Rect, k: usize, sectors: usize) -> Rect {
    let wide = (row.width() - NAMES - 2.0 * WORST) / sectors.max(1) as f32;
    Rect::from_min_size(pos2(row.left() + NAMES + wide * k as f32, row.top()), vec2(wide, row.height()))
}

fn head(ui: &mut Ui, workspace: &Workspace, heard: &[usize]) {
    let tokens = Tokens::of(ui);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 58.0), Sense::hover());
    for (k, &s) in heard.iter().enumerate() {
        let sector = &workspace.voices.sectors[s];
        let place = column(row, k, heard.len());
        paint_sector(
            ui.painter(),
            tokens,
            workspace,
            &sector.id,
            pos2(place.center().x, row.top() + 8.0),
            13.0,
        );
        let at = pos2(place.center().x, row.top() + 18.0);
        // Only names of two words can stand in two lines; one word would be broken in its middle.
        let fit = (place.width() - 1.0, if sector.short_name().contains(' ') { 2 } else { 1 });
        let name = sector.short_name();
        paint_text_fitted(ui.painter(), at, Align2::CENTER_TOP, name, Type::Small, tokens.ink2, fit);
        let named = ui.interact(place, ui.scope_id().with(("regret head", s)), Sense::hover());
        named.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &sector.name));
        named.on_hover_text(&sector.name);
    }
    for (at, words) in ["most", "worst off"].into_iter().enumerate() {
        let x = row.right() - WORST * (1.0 - at as f32) - 8.0;
        paint_text(
            ui.painter(),
            pos2(x, row.top() + 28.0),
            Align2::RIGHT_CENTER,
            words,
            Type::Small,
            tokens.ink3,
        );
    }
}

fn option_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    fairness: &Fairness,
    (o, heard): (usize, &[usize]),
) {
    let tokens = Tokens::of(ui);
    let option = &workspace.question.options[o];
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let figure = |figure: &Option<SectorFigure>| {
        figure.as_ref().map_or_else(|| "–".to_owned(), |figure| number(figure.points, 1))
    };
    let who = |figure: &Option<SectorFigure>| {
        figure.as_ref().map_or("", |figure| workspace.voices.sectors[figure.sector].name.as_str())
    };
    let (worst, most) = (&fairness.worst_off[o], &fairness.largest_regret[o]);
    response.widget_info(|| {
        let words = format!(
            "{}: costs {} most, {}; serves {} worst, with {}",
            option.name,
            who(most),
            figure(most),
            who(worst),
            figure(worst)
        );
        WidgetInfo::labeled(Role::Button, true, words)
    });
    ui.painter().hline(row.x_range(), row.top(), hairline(tokens.hair));
    let y = row.center().y;
    paint_badge(ui.painter(), tokens, &option.badge, pos2(row.left() + 10.0, y), 20.0);
    let at = pos2(row.left() + 28.0, y);
    let fit = (NAMES - 34.0, 1);
    paint_text_fitted(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        option.short_name(),
        Type::Body,
        tokens.ink,
        fit,
    );
    let regrets = fairness.regrets[o].as_deref().unwrap_or_default();
    for (k, &s) in heard.iter().enumerate() {
        let place = column(row, k, heard.len());
        let Some(regret) = regrets.get(s).copied().flatten() else { continue };
        let cell = place.shrink2(vec2(1.5, 4.0));
        let share = (regret / DEEP).clamp(0.0, 1.0) as f32;
        ui.painter().rect_filled(cell, rounded(6.0), mix(tokens.card, tokens.track, share));
        let is_own = regret < BEST;
        let (words, role) =
            if is_own { ("best".to_owned(), Type::Small) } else { (number(regret, 1), Type::Number) };
        let ink = if is_own { tokens.ink2 } else { tokens.ink };
        paint_text(ui.painter(), place.center(), Align2::CENTER_CENTER, &words, role, ink);
    }
    let ends = [(most, fairness.minimax_regret.contains(&o)), (worst, fairness.maximin.contains(&o))];
    for (at, (value, best)) in ends.into_iter().enumerate() {
        let x = row.right() - WORST * (1.0 - at as f32) - 8.0;
        let role = if best { Type::NumberStrong } else { Type::Number };
        let ink = if best { tokens.ink } else { tokens.ink2 };
        let shown = paint_text(ui.painter(), pos2(x, y), Align2::RIGHT_CENTER, &figure(value), role, ink);
        if best {
            let mark = shown.expand2(vec2(6.0, 3.0));
            ui.painter().rect_stroke(mark, rounded(6.0), hairline(tokens.ink), egui::StrokeKind::Inside);
        }
    }
    paint_focus(ui, &response, row, 4.0);
    let why = Question::Voice(VoiceQuestion::Fairness(option.id.clone()));
    ask_on_focus(desk, &response, &why);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.explain(why);
    }
}
