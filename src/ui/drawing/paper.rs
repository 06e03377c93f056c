//! The charts of a paper: the window's own, drawn by themselves at the width of a page.

use std::sync::Arc;

use super::Easel;
use crate::{
    analysis::voices::ToldApart,
    exchange::drawing::PaperCharts,
    model::{Workspace, ids::SectorId},
    session::Session,
    ui::{
        desk::Desk,
        rooms::{
            balance,
            reach::prediction_table,
            voices::{coverage, ranking_chart},
        },
        view::View,
    },
};

/// How wide a chart is on paper, in points of the window: 170 mm, what a page of A4 has between its margins.
const WIDTH: f32 = 642.0;

/// The same for a table of many words, which is drawn wider and stands smaller on the page.
const WIDE: f32 = 820.0;

/// Draws every chart of a paper from what the session knows now; what it has not drawn yet is left out.
#[must_use]
pub fn paper_charts(session: &mut Session) -> PaperCharts {
    let (workspace, analysis) = (Arc::clone(session.workspace()), Arc::clone(session.analysis()));
    let (mut easel, mut charts) = (Easel::new(), PaperCharts::default());
    balance::on_paper::draw(&mut easel, session, WIDTH, &mut charts);
    charts.robustness = balance::robustness::places_on_paper(&mut easel, session, WIDTH);
    let told = ToldApart::of(&workspace);
    let place = |sector: &SectorId| workspace.voices.sectors.iter().position(|known| known.id == *sector);
    let may_show = |sector: &SectorId| place(sector).is_some_and(|at| told.tells(at));
    charts.sectors = ranking_chart::on_paper(&mut easel, &workspace, &analysis, WIDTH, &may_show);
    let (mut view, mut asks) = (View::default(), Vec::new());
    let mut desk = Desk { session, view: &mut view, asks: &mut asks };
    charts.coverage = coverage::on_paper(&mut easel, &mut desk, &workspace, &analysis, WIDTH);
    desk.view.reach.keep_for(&workspace);
    let options = analysis.reach.options.iter().enumerate();
    charts.reach = options
        .map(|(index, reach)| {
            let reach = reach.as_ref().filter(|_| !workspace.question.need_groups.is_empty())?;
            Some(prediction_table::on_paper(&mut easel, &mut desk, &workspace, reach, index, WIDE))
        })
        .collect();
    charts
}

/// Draws every chart of a paper from a workspace, all that takes long worked out before.
#[must_use]
pub fn paper_charts_of(workspace: &Workspace, revision: u64) -> PaperCharts {
    let mut session = Session::new(workspace.clone(), revision, Arc::new(|| ()));
    session.finish_jobs();
    paper_charts(&mut session)
}
