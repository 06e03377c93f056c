//! Whether somebody's own ranking of the options begins with the option that their swing points lead to.

use std::collections::HashMap;

use super::{Agreed, agreement, in_force};
use crate::{
    analysis::balance::matrix::{PerformanceMatrix, TIE, Weighed},
    model::{Workspace, ids::OptionId, voices::Ballot},
};

/// The first option of a giver's own ranking beside the one that their swing points lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstChoice {
    /// The first of their own ranking, by index.
    pub own: usize,
    /// The first by their swing points; `None` where these give no weights.
    pub by_points: Option<usize>,
    /// Whether the two are the same, a tie for the first included; `None` where the points lead nowhere.
    pub agrees: Option<bool>,
}

/// Rankings of options by those whose ballots are in force, as indexes of options; parallel to the ballots.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rankings {
    /// The last that each giver gave.
    pub own: Vec<Option<Vec<usize>>>,
    /// The first that each gave before results were shown.
    pub gut_feel: Vec<Option<Vec<usize>>>,
}

impl Rankings {
    pub(super) fn of(workspace: &Workspace) -> Self {
        let voices = &workspace.voices;
        let options = workspace.question.options.iter().enumerate();
        let places: HashMap<&str, usize> = options.map(|(o, option)| (option.id.as_str(), o)).collect();
        let indexes = |ranking: &[OptionId]| -> Option<Vec<usize>> {
            let ranking: Vec<usize> =
                ranking.iter().filter_map(|id| places.get(id.as_str()).copied()).collect();
            (!ranking.is_empty()).then_some(ranking)
        };
        let mut found =
            Self { own: vec![None; voices.ballots.len()], gut_feel: vec![None; voices.ballots.len()] };
        for (standing, earlier) in in_force::with_earlier(voices) {
            let ballots = || earlier.iter().map(|&i| &voices.ballots[i]);
            found.own[standing] = ballots().rev().find_map(|b: &Ballot| indexes(&b.ranking));
            found.gut_feel[standing] = ballots().find_map(|b| indexes(&b.gut_feel));
        }
        found
    }

    /// Kendall's W over the gut-feel rankings that name every option in the ranking.
    pub(super) fn agreement_on_gut_feel(&self, matrix: &PerformanceMatrix) -> Agreed {
        let options: Vec<usize> = matrix.in_ranking().collect();
        let judge = |ranking: &Vec<usize>| -> Option<Vec<f64>> {
            let place =
                |o: &usize| ranking.iter().position(|ranked| ranked == o).map(|place| -(place as f64));
            options.iter().map(place).collect()
        };
        let judges: Vec<Vec<f64>> = self.gut_feel.iter().flatten().filter_map(judge).collect();
        agreement::agreement(&judges)
    }
}

/// The first choices of these rankings beside the totals that each ballot's points give.
pub(super) fn first_choices(
    rankings: &[Option<Vec<usize>>],
    weighed: &[Weighed],
) -> Vec<Option<FirstChoice>> {
    let choice = |(ranking, weighed): (&Option<Vec<usize>>, &Weighed)| {
        let own = *ranking.as_ref()?.first()?;
        let by_points = weighed.ranking.first().copied();
        let in_ranking = weighed.ranking.contains(&own);
        let agrees = by_points.map(|best| in_ranking && weighed.totals[best] - weighed.totals[own] <= TIE);
        Some(FirstChoice { own, by_points, agrees })
    };
    rankings.iter().zip(weighed).map(choice).collect()
}

/// How many first choices agree with the points, and of how many.
#[must_use]
pub fn agreeing(choices: &[Option<FirstChoice>]) -> (usize, usize) {
    let known = choices.iter().flatten().filter_map(|choice| choice.agrees);
    known.fold((0, 0), |(yes, all), agrees| (yes + usize::from(agrees), all + 1))
}
