//! The Balance room: factors, their scales and swings, and the scores of each option.

use serde::{Deserialize, Serialize};

use super::{
    ids::{EvidenceId, FactorId, OptionId, StakeholderId},
    shared::Shared,
};

/// The performance matrix and what each step in it is worth.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// The factors in the order shown.
    pub factors: Vec<Factor>,
    /// One cell each; a pair of factor and option without a cell is not known.
    pub scores: Shared<Vec<Score>>,
    /// Where the weights come from.
    pub weights_from: WeightsFrom,
    /// The factors by the size of their swings, the largest first, as far as they have been ranked; `None` until
    /// somebody ranks them.
    pub swing_ranking: Option<Vec<FactorId>>,
    /// What was answered when it was asked whether exchanges that the weights imply are right; one a pair of factors.
    #[serde(default)]
    pub exchange_answers: Vec<ExchangeAnswer>,
    pub robustness: RobustnessSettings,
}

/// One thing that matters: a criterion of decision analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    pub id: FactorId,
    pub name: String,
    /// A short form for narrow columns; empty means the name.
    pub short: String,
    pub side: Side,
    /// A group inside the side; empty for none.
    pub group: String,
    /// What the numbers count, such as "£m, 5 years" or "% served"; see [`super::wording::unit_style`].
    pub unit: String,
    pub scale: Scale,
    /// Swing points, 0 upwards: how much the step from worst to best matters. `None` until given.
    pub swing: Option<f64>,
    /// The ends (worst, best) that held when the swing was given; when the scale has changed since, the swing wants
    /// another look.
    pub swing_range: Option<(f64, f64)>,
    /// What an option must reach to stay in the ranking.
    pub must: Option<Must>,
    /// The lowest and the highest weight that anybody would defend, each a share of 0 to 1 of all the weight; `None` for
    /// no limit. Draws of weights within limits keep to them.
    pub weight_limits: Option<(f64, f64)>,
}

impl Factor {
    /// The short form where there is one, else the name.
    #[must_use]
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }
}

/// Which arm of the balance a factor hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    Operational,
    Commercial,
}

impl Side {
    pub const ALL: [Self; 2] = [Self::Operational, Self::Commercial];

    /// The side as a heading.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Operational => "Operational",
            Self::Commercial => "Commercial",
        }
    }
}

/// How a score becomes a value from 0 (worst) to 100 (best).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Scale {
    /// A straight line between two fixed ends. Worst above best means that less is better.
    Linear { worst: f64, best: f64 },
    /// A straight line between the worst and the best score among the options present.
    Local { better: Better },
    /// Straight lines between set points of (score, value), in rising order of score; flat beyond the ends.
    Points(Vec<(f64, f64)>),
    /// Named levels with a value each.
    Levels(Vec<NamedLevel>),
    /// The score is the value, 0 to 100.
    Direct,
    /// Lowest price over this price, times 100.
    LowestPrice,
}

impl Scale {
    /// The worst and the best end that a swing is weighed between: of points, the scores of the least and the greatest
    /// value. `None` where the ends depend on the options, or are not scores.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        match self {
            Self::Linear { worst, best } => Some((*worst, *best)),
            Self::Points(points) => {
                let &first = points.first()?;
                let reached = |beats: fn(f64, f64) -> bool| {
                    points.iter().fold(first, |end, &next| if beats(next.1, end.1) { next } else { end }).0
                };
                Some((reached(|value, end| value < end), reached(|value, end| value > end)))
            }
            Self::Local { .. } | Self::Levels(_) | Self::Direct | Self::LowestPrice => None,
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Better {
    Higher,
    Lower,
}

/// A level with a name and what it is worth, 0 to 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedLevel {
    pub name: String,
    pub value: f64,
}

/// A limit in the factor's own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Must {
    AtLeast(f64),
    AtMost(f64),
}

/// One cell: how one option does on one factor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    pub factor: FactorId,
    pub option: OptionId,
    pub level: ScoreLevel,
    /// Evidence grade 1 to 5; `None` when nobody has graded it.
    pub grade: Option<u8>,
    /// Where it comes from, in words.
    pub source: String,
    /// Items of evidence behind it.
    pub evidence: Vec<EvidenceId>,
    pub note: String,
    /// A first guess that still has to be settled. Left out of the file when it is settled.
    #[serde(default, skip_serializing_if = "is_settled")]
    pub provisional: bool,
    /// Who does not agree with it, and what they say. Left out of the file when nobody dissents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissent: Vec<ScoreDissent>,
    /// Who changed it last, and on which day; `None` for scores that nobody has changed in the window.
    pub edited: Option<ScoreEdit>,
}

impl Score {
    /// A cell of which nothing is known yet.
    #[must_use]
    pub fn unknown(factor: FactorId, option: OptionId) -> Self {
        Self {
            factor,
            option,
            level: ScoreLevel::Unknown,
            grade: None,
            source: String::new(),
            evidence: Vec::new(),
            note: String::new(),
            provisional: false,
            dissent: Vec::new(),
            edited: None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the reader of files hands a reference")]
fn is_settled(provisional: &bool) -> bool {
    !*provisional
}

/// Somebody who does not agree with a score, in their own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreDissent {
    pub who: Speaker,
    pub text: String,
}

/// Somebody who says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Speaker {
    /// A stakeholder of the register.
    Stakeholder(StakeholderId),
    /// Anybody else by their role, such as "a night-shift worker".
    Role(String),
}

/// The last change of a score in the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreEdit {
    /// The name in the settings of whoever made it; empty where none is given there.
    pub by: String,
    pub on: jiff::civil::Date,
}

/// What is known of a score, in the factor's own unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ScoreLevel {
    /// Not known: its value could be anything from 0 to 100.
    Unknown,
    /// One figure, taken as sure.
    Point(f64),
    /// Low, likely and high, in rising order.
    Range { low: f64, likely: f64, high: f64 },
    /// A normal distribution.
    Normal { mean: f64, sd: f64 },
    /// A named level of a scale of levels.
    Level(String),
}

/// Where the weights of the result come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WeightsFrom {
    /// The swing points on the factors.
    #[default]
    Swings,
    /// The ballots, combined as Voices says.
    Ballots,
}

/// What was answered to "then so much of this factor is worth so much of that one: is it?"
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeAnswer {
    pub factor: FactorId,
    pub against: FactorId,
    pub answer: ExchangeVerdict,
    /// The swing points of both factors when it was asked.
    pub points: (f64, f64),
    /// The ends (worst, best) of both scales when it was asked.
    pub ends: ((f64, f64), (f64, f64)),
    /// The points that followed from the answer, where they were taken.
    pub led_to: Option<(f64, f64)>,
}

/// Whether an exchange that the weights imply is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ExchangeVerdict {
    Right,
    /// The first factor counts more than the points say.
    CountsMore,
    /// The first factor counts less than the points say.
    CountsLess,
}

/// How the draws of the robustness run are made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RobustnessSettings {
    /// Where weights are drawn from; `None`: between the ballots where there are any, else uniform.
    pub weights: Option<WeightDraws>,
    /// How closely draws around the swing weights keep to them; see [`RobustnessSettings::CONCENTRATION`], which `None`
    /// stands for.
    pub concentration: Option<f64>,
    /// How scores are drawn from low, likely and high; `None`: triangular.
    pub scores: Option<ScoreDraws>,
    /// Whether weak evidence is taken as weak: each score drawn wider the lower its evidence grade. `None`: it is not.
    pub weak_evidence: Option<bool>,
    pub iterations: u32,
    pub seed: u64,
}

impl RobustnessSettings {
    /// A Dirichlet distribution with shapes 40·wⱼ: a weight w has standard deviation √(w(1 − w)/41), 4.7 points at 10 %.
    pub const CONCENTRATION: f64 = 40.0;
}

impl Default for RobustnessSettings {
    fn default() -> Self {
        Self {
            weights: None,
            concentration: None,
            scores: None,
            weak_evidence: None,
            iterations: 10_000,
            seed: 20_261_122,
        }
    }
}

/// Where the weights of a draw come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WeightDraws {
    /// Any weights at all, each set as likely as any other.
    Uniform,
    /// Any weights that keep the order of the swings.
    Ranked,
    /// Any weights between the lowest and the highest that are stated for each factor.
    Intervals,
    /// Around the swing weights.
    AroundSwings,
    /// Commercial share and swings between the lowest and the highest ballot.
    BetweenBallots,
    /// One of the ballots, drawn at random.
    Ballots,
}

impl WeightDraws {
    pub const ALL: [Self; 6] = [
        Self::Uniform,
        Self::Ranked,
        Self::Intervals,
        Self::AroundSwings,
        Self::BetweenBallots,
        Self::Ballots,
    ];

    /// The name on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Ranked => "ranked",
            Self::Intervals => "intervals",
            Self::AroundSwings => "around-swings",
            Self::BetweenBallots => "between-ballots",
            Self::Ballots => "ballots",
        }
    }
}

/// How a score is drawn from its low, likely and high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScoreDraws {
    /// Most often near the likely score, ever more rarely towards the ends, never beyond them.
    #[default]
    Triangular,
    /// Any score from low to high, each as likely as any other.
    Uniform,
    /// A normal distribution of which low to high holds 95 %.
    Normal,
}

impl ScoreDraws {
    pub const ALL: [Self; 3] = [Self::Triangular, Self::Uniform, Self::Normal];

    /// The name on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Triangular => "triangular",
            Self::Uniform => "uniform",
            Self::Normal => "normal",
        }
    }
}
