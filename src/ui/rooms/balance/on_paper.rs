//! The charts of the Balance page as they stand on paper.

use egui::{Pos2, Rect, vec2};

use super::{
    balance_page::ballot_shares,
    chart, dial,
    ranking::{self, paper_height},
    reading::{Done, Reading},
};
use crate::{
    exchange::drawing::{Chart, PaperCharts},
    session::Session,
    ui::drawing::Easel,
};

/// How tall the plane is against its width.
const PLANE: f32 = 0.66;
/// How wide the bar of one option is in a cell of a table.
const BAR_OF: f32 = 190.0;

/// Draws plane, bars and dial, as far as the workspace says enough for them.
pub(in crate::ui) fn draw(easel: &mut Easel, session: &Session, width: f32, charts: &mut PaperCharts) {
    let (workspace, analysis) = (session.workspace(), session.analysis());
    let known = session.robustness().known();
    let reading = Reading::of(workspace, &analysis.balance, known, false, None);
    let options = 0..workspace.question.options.len();
    if options.clone().any(|option| reading.place(option).is_some()) {
        charts.balance = Some(easel.chart("The balance", vec2(width, width * PLANE), |ui, place| {
            chart::show(ui, &reading, place, &mut Done::default());
        }));
    }
    if !reading.now.ranking.is_empty() || options.clone().any(|option| reading.is_struck(option)) {
        charts.bars = Some(ranked(easel, &reading, width));
    }
    if !reading.result.bands.is_empty() {
        // Each mark under the dial is one person's own answer.
        charts.dial = Some(dial_over(easel, &reading, &[], width));
        let ballots = ballot_shares(analysis);
        let hides = |&at: &usize| workspace.voices.ballots.get(at).is_none_or(|b| workspace.hides(b.round));
        if !ballots.is_empty() && !analysis.voices.said().in_force.iter().any(hides) {
            charts.dial_with_ballots = Some(dial_over(easel, &reading, &ballots, width));
        }
    }
    charts.bar_of = options.map(|option| bar_of(easel, &reading, option)).collect();
}

fn dial_over(easel: &mut Easel, reading: &Reading<'_>, ballots: &[f64], width: f32) -> Chart {
    easel.chart("Who leads at which weight", vec2(width, dial::HEIGHT), |ui, place| {
        // The knob at an end reaches beyond the track.
        dial::show(ui, reading, ballots, place.shrink2(vec2(18.0, 0.0)), &mut Done::default());
    })
}

fn ranked(easel: &mut Easel, reading: &Reading<'_>, width: f32) -> Chart {
    easel.tall_chart("Ranking", width, |ui| {
        let place = Rect::from_min_size(Pos2::ZERO, vec2(width, paper_height(ui, reading, width)));
        ui.expand_to_include_rect(place);
        ranking::show(ui, reading, place, ranking::Room::Paper, None, &mut Done::default());
    })
}

/// The bar of one option; `None` for one that nothing is scored for.
fn bar_of(easel: &mut Easel, reading: &Reading<'_>, option: usize) -> Option<Chart> {
    let is_ranked = reading.now.ranking.contains(&option) || reading.is_struck(option);
    is_ranked.then(|| {
        let mut chart = easel.chart("Total", vec2(BAR_OF, ranking::BAR), |ui, place| {
            ranking::paint_bar(ui, reading, option, place);
        });
        chart.words = ranking::row_name(reading, option);
        chart
    })
}
