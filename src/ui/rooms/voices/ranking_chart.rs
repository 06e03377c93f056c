//! How each sector ranks the options, from the least to the most commercial weight.

use egui::{
    Align2, CursorIcon, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, epaint::CubicBezierShape, pos2,
    vec2,
};

use super::{
    card_head::{ask_on_focus, lead_words},
    paint_sector,
};
use crate::{
    analysis::{
        Analysis,
        explain::{Question, VoiceQuestion},
        voices::{
            BallotResult, Outcome,
            words::{ORDERED, rankings, sectors_in_order},
        },
    },
    exchange::drawing::Chart,
    model::{
        Room, Workspace,
        ids::SectorId,
        wording::{count, percent},
    },
    ui::{
        desk::Desk,
        drawing::Easel,
        theme::{Tokens, Type, rounded},
        widgets::{
            Button, Paragraph, button::paint_focus, link, paint_badge, paint_text, paint_text_fitted, wrapped,
        },
    },
};

/// How tall the chart is, at the least and at the most.
const HEIGHT: (f32, f32) = (200.0, 330.0);

/// Shows the chart with its sentence.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.label(Type::Heading.text("How each sector ranks the options", tokens.ink));
    let sectors = sectors_in_order(analysis);
    if sectors.is_empty() {
        wrapped(ui, "The ranking waits for the first ballot.", Type::Body, tokens.ink2);
        if Button::new("Go to Ballots").show(ui).clicked() {
            desk.go(Room::Voices, "Ballots");
        }
        return;
    }
    let chosen = desk.view.voices.overview.sector.clone();
    let chosen = sectors.iter().find(|(s, _)| Some(&workspace.voices.sectors[*s].id) == chosen.as_ref());
    match chosen {
        Some((s, _)) => alone(ui, desk, workspace, analysis, *s),
        None => {
            let words = rankings(workspace, &sectors);
            let rest = words.strip_prefix(ORDERED).unwrap_or(&words);
            Paragraph::new()
                .run("Ordered by ", Type::Small, tokens.ink2)
                .run("commercial weight", Type::Small, tokens.ochre_text)
                .run(&format!(".{rest}"), Type::Small, tokens.ink2)
                .show(ui);
        }
    }
    let height = ui.available_height().clamp(HEIGHT.0, HEIGHT.1);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, described(workspace, &sectors)));
    choose_sector(ui, desk, workspace, &sectors, place);
    draw(ui, workspace, analysis, &sectors, place);
}

/// Lets a sector be chosen, whose answer by its own weights is then said above the chart.
fn choose_sector(
    ui: &Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    sectors: &[(usize, &BallotResult)],
    place: Rect,
) {
    let tokens = Tokens::of(ui);
    for (column, (s, result)) in sectors.iter().enumerate() {
        let sector = &workspace.voices.sectors[*s];
        let x = x_of(place, sectors.len(), column);
        let wide = (place.width() / sectors.len() as f32 - 4.0).min(96.0);
        let band = Rect::from_center_size(pos2(x, place.center().y), vec2(wide, place.height()));
        let chosen = desk.view.voices.overview.sector.as_ref() == Some(&sector.id);
        let id = ui.scope_id().with(("sector alone", sector.id.as_str()));
        let response = ui.interact(band, id, Sense::click());
        response.widget_info(|| {
            let first = result.ranking.first().map_or("", |&o| workspace.question.options[o].badge.as_str());
            let words = format!("{} alone: {first} first", sector.name);
            WidgetInfo::selected(Role::Button, true, chosen, words)
        });
        if chosen || response.hovered() {
            let ground = if chosen { tokens.select } else { tokens.sunken };
            ui.painter().rect_filled(band, rounded(8.0), ground);
        }
        paint_focus(ui, &response, band, 8.0);
        ask_on_focus(desk, &response, &Question::Voice(VoiceQuestion::Sector(sector.id.clone())));
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            desk.view.voices.overview.sector = (!chosen).then(|| sector.id.clone());
        }
    }
}

/// The answer by a sector's weights alone, and with its ballots counted twice or not at all.
fn alone(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, s: usize) {
    let tokens = Tokens::of(ui);
    let sector = &workspace.voices.sectors[s];
    let Some(Some(at)) = analysis.voices.sectors_at.get(s) else { return };
    let badge = |o: usize| workspace.question.options.get(o).map_or("", |option| option.badge.as_str());
    let said = |outcome: Option<Outcome>| {
        outcome.map_or_else(
            || "nothing is left".to_owned(),
            |outcome| format!("{} leads by {}", badge(outcome.leader), lead_words(&outcome)),
        )
    };
    let share = at.alone.map(|alone| format!(", commercial {}", percent(alone.commercial_share)));
    let words = format!(
        "{} alone: {}{}. Counted twice: {}. Left out: {}.",
        sector.short_name(),
        said(at.alone),
        share.unwrap_or_default(),
        said(at.double),
        said(at.nought)
    );
    ui.horizontal(|ui| {
        ui.set_max_width(ui.available_width());
        if link(ui, "Why?", Type::Small, tokens.ink2).clicked() {
            desk.explain(Question::Voice(VoiceQuestion::Sector(sector.id.clone())));
        }
        wrapped(ui, words, Type::Small, tokens.ink);
    });
}

/// Where the column of a sector stands.
fn x_of(place: Rect, sectors: usize, column: usize) -> f32 {
    if sectors < 2 {
        return place.center().x;
    }
    place.left() + 46.0 + (place.width() - 92.0) / (sectors as f32 - 1.0) * column as f32
}

/// Shows the chart alone in exactly this place, for a wall, of the sectors that may be shown; without any it says so.
pub fn show_at(
    ui: &mut Ui,
    workspace: &Workspace,
    analysis: &Analysis,
    place: Rect,
    may_show: &dyn Fn(&SectorId) -> bool,
) {
    let tokens = Tokens::of(ui);
    let mut sectors = sectors_in_order(analysis);
    let spoken = sectors.len();
    sectors.retain(|(s, _)| may_show(&workspace.voices.sectors[*s].id));
    if sectors.is_empty() {
        let words = match spoken {
            0 => "The ranking waits for the first ballot.",
            _ => "A sector is shown from three ballots on, and none has so many.",
        };
        paint_text(ui.painter(), place.min, Align2::LEFT_TOP, words, Type::Heading, tokens.ink2);
        return;
    }
    let mut words = rankings(workspace, &sectors);
    if sectors.len() < spoken {
        words = words.replace("Every sector puts", "Each of these puts");
        let left = count(spoken - sectors.len(), "other sector has", "other sectors have");
        words += &format!(" {left} too few ballots to be shown.");
    }
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

/// The chart for a paper of this width, of the sectors that may be shown.
pub(in crate::ui) fn on_paper(
    easel: &mut Easel,
    workspace: &Workspace,
    analysis: &Analysis,
    width: f32,
    may_show: &dyn Fn(&SectorId) -> bool,
) -> Option<Chart> {
    let mut sectors = sectors_in_order(analysis);
    sectors.retain(|(s, _)| may_show(&workspace.voices.sectors[*s].id));
    if sectors.is_empty() {
        return None;
    }
    Some(easel.chart("How each sector ranks the options", vec2(width, HEIGHT.1), |ui, place| {
        let response = ui.interact(place, ui.scope_id().with("sectors on paper"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, described(workspace, &sectors)));
        draw(ui, workspace, analysis, &sectors, place);
    }))
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
        let x = x_of(place, sectors.len(), column);
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
        // Names of one line end where their columns do, and those at the ends within the chart.
        let to_end = (x - place.left()).min(place.right() - x) * 2.0;
        let fit = ((gap - 6.0).max(20.0).min(to_end.max(20.0)), 1);
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
