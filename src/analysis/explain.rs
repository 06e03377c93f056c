//! Why a figure is what it is: its formula in words, its inputs, assumptions, evidence, and what would change it.

use super::{Analysis, balance::robustness::Robustness};
use crate::model::{
    Workspace,
    ids::{FactorId, NeedGroupId, OptionId},
};

/// A figure that can be asked why.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// The total of an option.
    Total(OptionId),
    /// One cell of the performance matrix: score, value, weight and points.
    Cell(OptionId, FactorId),
    /// The weight of a factor.
    Weight(FactorId),
    /// The commercial share of the weight, and where the leader changes.
    CommercialShare,
    /// How often an option leads when weights and scores are drawn.
    Robust(OptionId),
    /// The verdict on an option's payment design.
    Verdict(OptionId),
    /// What it pays to do with a person of a group.
    Gain(OptionId, NeedGroupId),
    /// Need groups that nobody speaks for.
    MissingVoices,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// Such as "Why 67?".
    pub title: String,
    /// The option it belongs to, by index, for its badge.
    pub option: Option<usize>,
    /// The formula in words, and with its figures.
    pub formula: Vec<String>,
    /// Inputs, in order, some inside others.
    pub inputs: Vec<Input>,
    pub assumptions: Vec<String>,
    /// Evidence behind it: grade and title.
    pub evidence: Vec<(Option<u8>, String)>,
    /// What would change it.
    pub changes: Vec<String>,
    /// The source of the method.
    pub source: &'static str,
}

/// One input of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// 0 for the outermost.
    pub depth: usize,
    pub label: String,
    pub figure: String,
    /// A bar from 0 to 1 beside it, where one helps.
    pub bar: Option<f64>,
    pub side: Option<crate::model::balance::Side>,
    /// What to ask for to see why this input is what it is.
    pub why: Option<Question>,
    /// Where it is edited.
    pub edit: Option<EditPlace>,
}

/// Where an input is edited.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EditPlace {
    Score(OptionId, FactorId),
    Swing(FactorId),
    Scale(FactorId),
    NeedGroup(NeedGroupId),
    Terms(OptionId),
    Stakeholders,
    Ballots,
}

impl Explanation {
    /// The whole answer as text, indented as on screen.
    #[must_use]
    pub fn as_text(&self) -> String {
        String::new()
    }
}

/// Answers a question; `None` when the thing asked about is not in the workspace.
#[must_use]
pub fn explain(
    question: &Question,
    workspace: &Workspace,
    analysis: &Analysis,
    robustness: Option<&Robustness>,
) -> Option<Explanation> {
    let _ = (question, workspace, analysis, robustness);
    None
}
