//! Which option serves the worst-off sector best, and what each option would cost each sector (methods, section 2).

use super::Undefined;
use crate::analysis::balance::matrix::{PerformanceMatrix, TIE, Weighed};

/// Options as each sector's own weights value them. Vectors over options run parallel to the options of the workspace,
/// `None` for an option that a must strikes; vectors over sectors to its sectors, `None` for one without a ballot.
#[derive(Clone, Debug, PartialEq)]
pub struct Fairness {
    /// Value of each option by each sector's weights, 0 to 100: `values[option][sector]`.
    pub values: Vec<Option<Vec<Option<f64>>>>,
    /// Points that a sector would give up against its own best option, from 0: `regrets[option][sector]`.
    pub regrets: Vec<Option<Vec<Option<f64>>>>,
    /// The sector that each option serves worst, with the value to it.
    pub worst_off: Vec<Option<SectorFigure>>,
    /// The sector that would give up most under each option, with the points.
    pub largest_regret: Vec<Option<SectorFigure>>,
    /// The options that serve their worst-off sector best; several where they tie.
    pub maximin: Vec<usize>,
    /// The options whose largest regret is smallest; several where they tie.
    pub minimax_regret: Vec<usize>,
}

/// A sector, by index, and its figure in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SectorFigure {
    pub sector: usize,
    pub points: f64,
}

/// Maximin (Wald 1950) and minimax regret (Savage 1951) over the sectors, each valuing the options by its own weights.
/// An option with unknown scores stands at the middle of its interval.
///
/// # Errors
/// Undefined when no sector has weights, no option is in the ranking, or fewer than two are scored on what carries weight.
pub(super) fn fairness(
    matrix: &PerformanceMatrix,
    by_sector: &[Option<Weighed>],
) -> Result<Fairness, Undefined> {
    let heard = |sector: &Option<Weighed>| sector.as_ref().is_some_and(|w| w.commercial_share.is_some());
    if !by_sector.iter().any(heard) {
        return Err(Undefined("no sector has given a ballot"));
    }
    let options: Vec<usize> = matrix.in_ranking().collect();
    if options.is_empty() {
        return Err(Undefined("no option is left to choose"));
    }
    if by_sector
        .iter()
        .flatten()
        .filter(|w| w.commercial_share.is_some())
        .all(|w| matrix.too_few_scored(&w.weights))
    {
        return Err(Undefined("fewer than two options have a score that carries weight"));
    }
    let totals = |sector: &Option<Weighed>| {
        sector.as_ref().filter(|w| w.commercial_share.is_some()).map(|w| w.totals.clone())
    };
    let totals: Vec<Option<Vec<f64>>> = by_sector.iter().map(totals).collect();
    let best: Vec<Option<f64>> = totals
        .iter()
        .map(|t| t.as_ref().map(|t| options.iter().map(|&o| t[o]).fold(f64::NEG_INFINITY, f64::max)))
        .collect();
    let mut of_options = Fairness {
        values: vec![None; matrix.options],
        regrets: vec![None; matrix.options],
        worst_off: vec![None; matrix.options],
        largest_regret: vec![None; matrix.options],
        maximin: Vec::new(),
        minimax_regret: Vec::new(),
    };
    for &o in &options {
        let values: Vec<Option<f64>> = totals.iter().map(|t| t.as_ref().map(|t| t[o])).collect();
        let regrets: Vec<Option<f64>> =
            values.iter().zip(&best).map(|(value, best)| Some((*best)? - (*value)?)).collect();
        of_options.worst_off[o] = largest(values.iter().map(|v| v.map(|v| -v))).map(negated);
        of_options.largest_regret[o] = largest(regrets.iter().copied());
        of_options.values[o] = Some(values);
        of_options.regrets[o] = Some(regrets);
    }
    let points = |figures: &[Option<SectorFigure>], o: usize| figures[o].map_or(0.0, |f| f.points);
    of_options.maximin = best_of(&options, |o| points(&of_options.worst_off, o));
    of_options.minimax_regret = best_of(&options, |o| -points(&of_options.largest_regret, o));
    Ok(of_options)
}

/// The sector with the largest figure, the first of several.
fn largest(figures: impl Iterator<Item = Option<f64>>) -> Option<SectorFigure> {
    let mut found: Option<SectorFigure> = None;
    for (sector, points) in figures.enumerate() {
        if let Some(points) = points
            && found.is_none_or(|before| points > before.points + TIE)
        {
            found = Some(SectorFigure { sector, points });
        }
    }
    found
}

fn negated(figure: SectorFigure) -> SectorFigure {
    SectorFigure { points: -figure.points, ..figure }
}

/// The options with the highest figure; those within rounding of it tie.
fn best_of(options: &[usize], figure: impl Fn(usize) -> f64) -> Vec<usize> {
    let best = options.iter().map(|&o| figure(o)).fold(f64::NEG_INFINITY, f64::max);
    options.iter().copied().filter(|&o| best - figure(o) <= TIE).collect()
}
