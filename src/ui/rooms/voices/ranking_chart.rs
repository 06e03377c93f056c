//! How each sector ranks the options, from the least to the most commercial weight.

use egui::{Align2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, epaint::CubicBezierShape, pos2, vec2};

use super::paint_sector;
use crate::{
    analysis::{Analysis, voices::BallotResult},
    model::{Room, Workspace, wording::percent},
    ui::{
        desk::Desk,
        theme::{Tokens, Type},
        widgets::{paint_badge, paint_text, paint_text_fitted, wrapped},
    },
};

/// Shows the chart with its sentence.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.label(Type::Heading.text("How each sector ranks the options", tokens.ink));
    let sectors = sectors(analysis);
    if sectors.is_empty() {
        wrapped(ui, "The ranking waits for the first ballot.", Type::Body, tokens.ink2);
        if crate::ui::widgets::Button::new("Go to Ballots").show(ui).clicked() {
            desk.go(Room::Voices, "Ballots");
        }
        return;
    }
    let words = sentence(workspace, &sectors);
    wrapped(ui, &words, Type::Small, tokens.ink2);
    let height = ui.available_height().clamp(200.0, 330.0);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, described(workspace, &sectors)));
    draw(ui, workspace, analysis, &sectors, place);
}

/// Shows the chart alone in exactly this place, for a wall; without a ballot it says so.
pub fn show_at(ui: &mut Ui, workspace: &Workspace, analysis: &Analysis, place: Rect) {
    let tokens = Tokens::of(ui);
    let sectors = sectors(analysis);
    if sectors.is_empty() {
        let words = "The ranking waits for the first ballot.";
        paint_text(ui.painter(), place.min, Align2::LEFT_TOP, words, Type::Heading, tokens.ink2);
        return;
    }
    let words = sentence(workspace, &sectors);
    let fit = (place.width(), 2);
    let head = paint_text_fitted(
        ui.painter(),
        place.min,
        Align2::LEFT_TOP,
        &words,
        Type::Sentence,
        tokens.ink2,
        fit,
    );
    let below = place.with_min_y(head.bottom() + 14.0);
    let response = ui.interact(below, ui.scope_id().with("sectors on the wall"), Sense::hover());
    response.widget_info(|| {
        let words = format!("{words} {}", described(workspace, &sectors));
        WidgetInfo::labeled(Role::Image, true, words)
    });
    draw(ui, workspace, analysis, &sectors, below);
}

/// The sectors that have spoken, from the least to the most commercial weight.
fn sectors(analysis: &Analysis) -> Vec<(usize, &BallotResult)> {
    let by_sector = analysis.voices.by_sector.iter().enumerate();
    let spoken = by_sector.filter_map(|(s, result)| Some((s, result.as_ref()?)));
    let mut sectors: Vec<_> = spoken.filter(|(_, result)| !result.ranking.is_empty()).collect();
    let share = |result: &BallotResult| result.commercial_share.unwrap_or(0.0);
    sectors.sort_by(|a, b| share(a.1).total_cmp(&share(b.1)));
    sectors
}

fn sentence(workspace: &Workspace, sectors: &[(usize, &BallotResult)]) -> String {
    let options = &workspace.question.options;
    let first = |result: &BallotResult| result.ranking[0];
    let usual = first(sectors[sectors.len() / 2].1);
    let others: Vec<String> = sectors
        .iter()
        .filter(|(_, result)| first(result) != usual)
        .map(|(s, result)| {
            format!("{} puts {} first", workspace.voices.sectors[*s].name, options[first(result)].badge)
        })
        .collect();
    let begin = "Ordered by commercial weight.";
    if others.is_empty() {
        return format!("{begin} Every sector puts {} first.", options[usual].badge);
    }
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    format!("{begin} {}; the others {}.", crate::model::wording::list(&others), options[usual].badge)
}

/// The chart in words: each sector with its order.
fn described(workspace: &Workspace, sectors: &[(usize, &BallotResult)]) -> String {
    let lines: Vec<String> = sectors
        .iter()
        .map(|(s, result)| {
            let order: Vec<&str> =
                result.ranking.iter().map(|&o| workspace.question.options[o].badge.as_str()).collect();
            format!("{}: {}", workspace.voices.sectors[*s].name, order.join(", "))
        })
        .collect();
    lines.join(". ")
}

fn draw(
    ui: &Ui,
    workspace: &Workspace,
    analysis: &Analysis,
    sectors: &[(usize, &BallotResult)],
    place: Rect,
) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter().with_clip_rect(place.intersect(ui.clip_rect()));
    let most = sectors.iter().map(|(_, result)| result.ranking.len()).max().unwrap_or(1).min(8);
    let foot = 58.0;
    let step = (place.height() - foot - 10.0) / most as f32;
    let gap = (place.width() - 92.0) / (sectors.len() as f32 - 1.0).max(1.0);
    let at = |column: usize, rank: usize| {
        let x = if sectors.len() == 1 { place.center().x } else { place.left() + 46.0 + gap * column as f32 };
        pos2(x, place.top() + 10.0 + step * (rank as f32 + 0.5))
    };
    let leader = analysis.balance.leader();
    for option in 0..workspace.question.options.len() {
        let colour = tokens.option(&workspace.question.options[option].badge).fill;
        let ranks: Vec<Option<usize>> =
            sectors.iter().map(|(_, result)| result.ranking.iter().position(|&o| o == option)).collect();
        let moves = ranks.windows(2).any(|pair| pair[0] != pair[1]);
        let wide = if leader == Some(option) || moves { 2.5 } else { 1.5 };
        for (column, pair) in ranks.windows(2).enumerate() {
            let (Some(from), Some(to)) = (pair[0], pair[1]) else { continue };
            // Of many options those far down are out of the chart.
            if from.min(to) >= most {
                continue;
            }
            let (a, b) = (at(column, from), at(column + 1, to));
            let pull = vec2((b.x - a.x) * 0.5, 0.0);
            let curve = [a, a + pull, b - pull, b];
            painter.add(Shape::CubicBezier(CubicBezierShape::from_points_stroke(
                curve,
                false,
                egui::Color32::TRANSPARENT,
                Stroke::new(wide, colour.gamma_multiply(0.75)),
            )));
        }
    }
    for (column, (s, result)) in sectors.iter().enumerate() {
        for (rank, &option) in result.ranking.iter().take(most).enumerate() {
            paint_badge(&painter, tokens, &workspace.question.options[option].badge, at(column, rank), 23.0);
        }
        let sector = &workspace.voices.sectors[*s];
        let x = at(column, 0).x;
        let y = place.bottom() - foot + 8.0;
        paint_sector(&painter, tokens, workspace, &sector.id, pos2(x, y), 13.0);
        // A long name may lean a little over its column: its neighbours are rarely as long.
        let fit = (gap.max(60.0) + 8.0, 1);
        let name = pos2(x, y + 20.0);
        paint_text_fitted(
            &painter,
            name,
            Align2::CENTER_CENTER,
            sector.short_name(),
            Type::Small,
            tokens.ink,
            fit,
        );
        let share = result.commercial_share.map_or("–".to_owned(), percent);
        paint_text(
            &painter,
            pos2(x, y + 38.0),
            Align2::CENTER_CENTER,
            &share,
            Type::Small,
            tokens.ochre_text,
        );
    }
}
