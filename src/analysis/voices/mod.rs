//! Who has spoken and what they would weigh (methods, section 2).

mod agreement;
mod apart;
mod combine;
mod coverage;
mod fairness;
mod first_choice;
mod heard;
mod heard_first;
mod in_force;
mod local;
mod movement;
mod outcome;
mod said;
mod tally;
pub mod words;

pub use agreement::{
    Agreed, Agreement, FEWEST_BALLOTS, FEWEST_FOR_CHI_SQUARED, agreement, kendalls_w, spread as spread_of,
};
pub use apart::{
    FEWEST_TOLD, TOO_FEW_MARGINAL, TOO_FEW_TOGETHER, ToldApart, gives_away, large_enough, marginal_is_own,
};
pub use combine::{
    SwingRow, as_counted, ballot_alone, ballots_as_counted, ballots_as_given, combine, combined_swings,
    sector_alone,
};
pub use coverage::{CoverageFlag, LAYERS_FLAGGED_FROM};
pub use fairness::{Fairness, SectorFigure};
pub use first_choice::{FirstChoice, agreeing};
pub use heard::{Contribution, StatementsHeard, contribution};
pub use heard_first::{LITTLE_INFLUENCE, MUCH_AT_STAKE, is_to_be_heard_first};
pub use in_force::{BallotStanding, ballot_standings, ballots_in_force};
pub use local::{LevelReach, LocalMeanings, OptionLevels};
pub use movement::{Deference, FEWEST_MOVES, FactorShift, MoveUnit, Movement, PersonShift, SELDOM};
pub use outcome::{AtWeights, ByVote, LeadWithoutOne, Outcome};
pub use said::{Points, Said};
pub use tally::{combine_weighted, weighted_median};

use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
};

use crate::{
    analysis::{
        Undefined,
        balance::{
            matrix::{PerformanceMatrix, Weighed},
            performance::Performance,
        },
    },
    model::Workspace,
};
use outcome::Scales;

/// What people have said beside what it would make of the answer. The first is there at once; the options are weighed by
/// every ballot only when somebody asks, so that a score can be dragged while nobody looks.
#[derive(Clone, Debug)]
pub struct VoicesAnalysis {
    said: Arc<Said>,
    performance: Arc<Performance>,
    weighed: OnceLock<VoicesResult>,
}

impl VoicesAnalysis {
    pub(in crate::analysis) fn new(said: Arc<Said>, performance: Arc<Performance>) -> Self {
        Self { said, performance, weighed: OnceLock::new() }
    }

    /// What follows from the voices alone.
    #[must_use]
    pub fn said(&self) -> &Arc<Said> {
        &self.said
    }
}

impl Deref for VoicesAnalysis {
    type Target = VoicesResult;

    fn deref(&self) -> &VoicesResult {
        self.weighed.get_or_init(|| weigh(Arc::clone(&self.said), &self.performance.matrix))
    }
}

impl PartialEq for VoicesAnalysis {
    fn eq(&self, other: &Self) -> bool {
        self.said == other.said && **self == **other
    }
}

/// Everything that follows from the voices and the scores together. Sector vectors run parallel to
/// `workspace.voices.sectors`, ballot vectors to `workspace.voices.ballots`.
#[derive(Clone, Debug, PartialEq)]
pub struct VoicesResult {
    /// What each ballot gives with what the same giver had said before on other factors, whether in force or not; a
    /// factor on which nothing was said weighs nothing.
    pub ballots: Vec<BallotResult>,
    /// Combined within each sector; `None` for a sector without a ballot.
    pub by_sector: Vec<Option<BallotResult>>,
    /// Kendall's W over the rankings of options by each ballot's weights, and over the gut-feel rankings of options;
    /// undefined with fewer than [`FEWEST_BALLOTS`].
    pub agreement_on_options: Agreed,
    pub agreement_on_gut_feel: Agreed,
    /// The answer by all ballots in force, combined as the workspace says; `None` without weights or options.
    pub together: Option<Outcome>,
    /// The answer by one person one vote beside that by one sector one vote.
    pub by_vote: ByVote,
    /// For each sector the answer without that sector's ballots; `None` for one without a ballot in force.
    pub without_sector: Vec<Option<Outcome>>,
    /// For each ballot the answer without it; `None` for one that is not in force.
    pub without_ballot: Vec<Option<Outcome>>,
    /// How far the lead goes over [`Self::without_ballot`].
    pub lead_without_one: Result<LeadWithoutOne, Undefined>,
    /// The answer with the ballots of voices that are easily drowned out at nought, once and double; undefined where
    /// nobody is flagged.
    pub marginal: Result<AtWeights, Undefined>,
    /// The same for the ballots of each sector; `None` for one without a ballot in force.
    pub sectors_at: Vec<Option<AtWeights>>,
    /// Which option serves the worst-off sector best, and what each would cost each sector.
    pub fairness: Result<Fairness, Undefined>,
    /// The answer by the blind round alone.
    pub blind: Option<Outcome>,
    /// For each ballot in force the first of its giver's own ranking beside the option that their points lead to;
    /// `None` without a ranking. The same for the ranking given before results were shown.
    pub own_rankings: Vec<Option<FirstChoice>>,
    pub gut_feel: Vec<Option<FirstChoice>>,
    /// What all this was weighed by.
    said: Arc<Said>,
}

impl Deref for VoicesResult {
    type Target = Said;

    fn deref(&self) -> &Said {
        &self.said
    }
}

/// What one set of swings gives.
#[derive(Clone, Debug, PartialEq)]
pub struct BallotResult {
    pub weights: Vec<f64>,
    pub commercial_share: Option<f64>,
    /// Options, best first.
    pub ranking: Vec<usize>,
}

/// How a need group has been heard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    pub heard: crate::model::voices::Heard,
    /// Whether nobody speaks for it as the rule asks.
    pub missing: bool,
    /// Why it is flagged, in a sentence: the gravest of the flags.
    pub flag: Option<String>,
    /// Everything that is wrong with how it has been heard, the gravest first.
    pub flags: Vec<CoverageFlag>,
    /// How many speak for it who were heard in their own words, through an organisation, and by proxy.
    pub direct: usize,
    pub through: usize,
    pub proxy: usize,
}

/// Spread of the swing points that ballots gave one factor, on the footing on which the rule counts them: as given, or
/// with each ballot's largest 100, or as weights out of 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SwingSpread {
    pub min: f64,
    pub lower_quartile: f64,
    pub median: f64,
    pub upper_quartile: f64,
    pub max: f64,
}

/// Computes all of it.
#[must_use]
pub fn analyse(workspace: &Workspace) -> VoicesResult {
    weigh(Arc::new(Said::of(workspace)), &PerformanceMatrix::of(workspace))
}

/// Weighs the options by what has been said.
fn weigh(said: Arc<Said>, matrix: &PerformanceMatrix) -> VoicesResult {
    let weighed: Vec<Weighed> = said.ballots.iter().map(|points| matrix.weigh(&points.swings)).collect();
    let of_sector = |points: &Option<Points>| points.as_ref().map(|points| matrix.weigh(&points.swings));
    let sectors: Vec<Option<Weighed>> = said.by_sector.iter().map(of_sector).collect();
    let scales = Scales::new(matrix, &said);
    let without_ballot = scales.outcomes(&said.without_ballot);
    let [one_person, one_sector] = said.by_vote.each_ref().map(|swings| scales.outcome(swings));
    VoicesResult {
        agreement_on_options: agreement_on_options(matrix, &weighed, &said.in_force),
        agreement_on_gut_feel: said.rankings.agreement_on_gut_feel(matrix),
        together: scales.together,
        by_vote: ByVote { one_person, one_sector },
        without_sector: scales.outcomes(&said.without_sector),
        lead_without_one: outcome::lead_without_one(scales.together, &without_ballot),
        without_ballot,
        marginal: marginal(&said, &scales),
        sectors_at: said.sectors_at.iter().map(|at| at.as_ref().map(|at| scales.at_weights(at))).collect(),
        fairness: fairness::fairness(matrix, &sectors),
        blind: scales.outcome(&said.blind),
        own_rankings: first_choice::first_choices(&said.rankings.own, &weighed),
        gut_feel: first_choice::first_choices(&said.rankings.gut_feel, &weighed),
        by_sector: sectors.iter().map(|weighed| weighed.as_ref().map(BallotResult::from)).collect(),
        ballots: weighed.iter().map(BallotResult::from).collect(),
        said,
    }
}

fn marginal(said: &Said, scales: &Scales<'_>) -> Result<AtWeights, Undefined> {
    match (said.in_force.is_empty(), said.marginal_ballots.is_empty()) {
        (true, _) => Err(Undefined("no ballots")),
        (_, true) => Err(Undefined("nobody with a ballot is marked as a marginal voice")),
        _ => Ok(scales.at_weights(&said.marginal)),
    }
}

impl From<&Weighed> for BallotResult {
    fn from(weighed: &Weighed) -> Self {
        Self {
            weights: weighed.weights.clone(),
            commercial_share: weighed.commercial_share,
            ranking: weighed.ranking.clone(),
        }
    }
}

/// Kendall's W over the rankings of the options that no must strikes, by each ballot's own weights.
fn agreement_on_options(matrix: &PerformanceMatrix, weighed: &[Weighed], in_force: &[usize]) -> Agreed {
    let options: Vec<usize> = matrix.in_ranking().collect();
    let judges: Vec<Vec<f64>> = in_force
        .iter()
        .filter(|&&i| weighed[i].commercial_share.is_some())
        .map(|&i| options.iter().map(|&o| weighed[i].totals[o]).collect())
        .collect();
    agreement::agreement(&judges)
}
