//! Who would be left out by the way of paying (methods, section 3).

use crate::{analysis::Figure, model::Workspace};

/// One entry an option, parallel to `workspace.question.options`.
#[derive(Clone, Debug, Default)]
pub struct ReachResult {
    /// `None` where the option has no terms and no payments, or there are no need groups.
    pub options: Vec<Option<OptionReach>>,
}

/// What a payment design makes it pay to do.
#[derive(Clone, Debug)]
pub struct OptionReach {
    pub verdict: Verdict,
    /// Every rule of `assets/rules/reach.ron`, with the figures that met it or did not.
    pub rules: Vec<RuleResult>,
    /// Parallel to the need groups.
    pub groups: Vec<GroupReach>,
    /// People a year, all groups.
    pub people: Figure,
    /// Share of all people predicted to be supported, 0 to 1, with the dial in the middle.
    pub share_supported: Figure,
    /// The same capacity spread evenly over all groups, 0 to 1.
    pub equal_share: Figure,
    /// People a year left out, all groups.
    pub left_out_per_year: Figure,
    /// max G − min G, £ a person.
    pub incentive_gap: Figure,
    /// Share of outcome payments for what would have happened to parked people: Σ n·o·q / Σ n·o·p.
    pub deadweight_share: Figure,
    /// Share of income that hangs on results.
    pub income_at_risk_share: Figure,
    /// η²: share of the variance of the outcome that lies between groups.
    pub between_group_variance: Figure,
    /// What the commissioner pays a year, £.
    pub cost_per_year: Figure,
    /// P(paid) at stated true outcome rates when there is a binary threshold: (true rate, probability).
    pub probability_paid_at: Vec<(f64, f64)>,
    /// Signs in the design itself, judged and not computed.
    pub checklist: Vec<ChecklistItem>,
}

/// How likely it is that people are picked and left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    CannotBeJudged,
    Low,
    Moderate,
    High,
}

impl Verdict {
    /// The verdict in a word or two, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::CannotBeJudged => "cannot be judged yet",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// A rule of the verdict and what it found.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleResult {
    /// The rule's name in the rules file.
    pub rule: String,
    /// The verdict that it gives when met.
    pub verdict: Verdict,
    /// What it says, with its threshold.
    pub text: String,
    /// Whether it is met; `None` when figures are missing.
    pub met: Option<bool>,
    /// The figures behind that, in words.
    pub figures: String,
    /// The need groups that meet it.
    pub groups: Vec<usize>,
}

/// One sign in a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    pub text: String,
    /// `None` when nobody has said.
    pub present: Option<bool>,
}

/// What it pays to do with one person of a group; £ a person unless said.
#[derive(Clone, Debug)]
pub struct GroupReach {
    /// M = a + Σ o·p − c.
    pub margin_supported: Figure,
    /// P = a + Σ o·q − k.
    pub margin_parked: Figure,
    /// G = M − P, the headline.
    pub gain: Figure,
    /// What comes in for a supported person: a + Σ o·p.
    pub income_supported: Figure,
    /// Whether it pays to park (G < 0).
    pub parked: Option<bool>,
    /// Whether it pays to refuse (the provider controls referral and M < 0).
    pub refused: Option<bool>,
    /// Shares supported with the dial at 0 (follows the money), 0.5 (the workspace's own scale) and 1 (money no longer
    /// tells groups apart).
    pub share_supported_at: [Figure; 3],
    /// People a year left out with the dial in the middle: max(0, n·(equal share − share)).
    pub left_out_per_year: Figure,
    /// Price that makes margins equal, and the price under which it pays to park.
    pub equal_margin_price: Figure,
    pub park_proof_price: Figure,
    /// The supported outcome rate under which it pays to park, 0 to 1.
    pub outcome_rate_at_which_it_pays_to_park: Figure,
}

/// Computes all of it.
#[must_use]
pub fn analyse(workspace: &Workspace) -> ReachResult {
    let _ = workspace;
    ReachResult::default()
}
