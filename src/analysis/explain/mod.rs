//! Why a figure is what it is: its formula in words, its inputs, assumptions, evidence, and what would change it.

mod balance;
mod caseload;
mod cell;
mod compare;
mod comparison;
mod drift;
mod elicitation;
mod people;
mod reach;
mod reach_ways;
mod robustness;
mod sensitivity;
mod voices;
mod weights;

use super::{
    Analysis,
    balance::{
        compare::{ChangeKind, Moment},
        robustness::{Robustness, better_information::BetterInformation},
        sensitivity::{NoWeightChange, WeightChange},
    },
};
pub use compare::place_of_change;
pub use reach_ways::ReachQuestion;
pub use voices::{Agreement, VoiceQuestion};
pub use weights::ballot_rule;

use crate::model::{
    Workspace,
    balance::Side,
    ids::{FactorId, NeedGroupId, OptionId, StakeholderId, StatementId},
    voices::StatementLink,
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
    /// The share that a group of factors has of its side; an empty name is the factors in no group.
    GroupShare(Side, String),
    /// How much of the second factor a step of the first is worth.
    Exchange(FactorId, FactorId),
    /// The commercial share of the weight, and where the leader changes.
    CommercialShare,
    /// The weight of one factor at which the lead changes hands.
    Reversal(FactorId),
    /// How far both weights of a map must rise for the lead to change hands.
    Border([FactorId; 2]),
    /// The least that the weights must change for an option to lead.
    ToWin(OptionId),
    /// How often an option leads when weights and scores are drawn.
    Robust(OptionId),
    /// The share of the doubt about the lead that lies in the weights.
    DoubtInWeights,
    /// What knowing everything before choosing would add.
    BetterInformation,
    /// The verdict on an option's payment design.
    Verdict(OptionId),
    /// What it pays to do with a person of a group.
    Gain(OptionId, NeedGroupId),
    /// What leaving people out under an option costs later.
    Bill(OptionId),
    /// How many people are in each band of risk.
    RiskBands,
    /// What follows from an option's payment design besides.
    Reach(OptionId, ReachQuestion),
    /// Whether a group of the caseload passes a gate as often as everyone else: by place in the counted caseload.
    Passing { gate: usize, group: usize },
    /// Whether a provider passes as many as its people lead one to expect.
    Provider { gate: usize, provider: usize },
    /// Whose caseloads fall short of the equal share.
    FallingShort,
    /// Need groups that nobody speaks for.
    MissingVoices,
    /// Whether a need group counts as without a voice.
    WithoutVoice(NeedGroupId),
    /// Whether somebody counts as a voice easily drowned out.
    Marginal(StakeholderId),
    /// What the voices say together, and whose voice decides.
    Voice(VoiceQuestion),
    /// The total of an option as it stood at a moment.
    TotalThen(Moment, OptionId),
    /// What a change between two moments did to the lead.
    Effect(Moment, Moment, ChangeKind),
    /// On how many factors the first option is at least as good as the second.
    AtLeastAsGood(Moment, OptionId, OptionId),
    /// How much weight would have to move for an option to lead.
    WeightToMove(Moment, OptionId),
}

impl Question {
    /// Whether the answer takes too long to be worked out at every frame.
    #[must_use]
    pub fn is_dear(&self) -> bool {
        matches!(
            self,
            Self::TotalThen(..) | Self::Effect(..) | Self::AtLeastAsGood(..) | Self::WeightToMove(..)
        )
    }
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
    /// Who does not agree, and what they say.
    pub dissent: Vec<Dissenter>,
    /// How strong the evidence is behind the whole, where the figure rests on many cells.
    pub rests_on: Option<RestsOn>,
    /// What would change it.
    pub changes: Vec<String>,
    /// The source of the method.
    pub source: &'static str,
}

/// Somebody who does not agree with a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissenter {
    pub who: String,
    /// What they say, in their own words.
    pub text: String,
    /// Where it is written down.
    pub edit: EditPlace,
}

/// How the weight of a total is spread over grades of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct RestsOn {
    /// Such as "93 % of the weight rests on grade 3 or better."
    pub sentence: String,
    /// Grade and share of the weight, 0 to 1, best grade first; without a grade last.
    pub shares: Vec<(Option<u8>, f64)>,
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
    pub side: Option<Side>,
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
    /// Bands of risk, costs, years and savings.
    ChangingRisk,
    Stakeholders,
    Stakeholder(StakeholderId),
    Statement(StatementId),
    /// The statements that speak of this.
    Statements(StatementLink),
    Ballots,
    Options,
    Entitlements,
}

impl Explanation {
    /// The whole answer as text, indented as on screen.
    #[must_use]
    pub fn as_text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(self.formula.iter().cloned());
        section(&mut lines, "", self.inputs.iter().map(Input::as_line));
        section(&mut lines, "Assumed", self.assumptions.iter().map(|a| format!("  {a}")));
        section(
            &mut lines,
            "Evidence",
            self.evidence.iter().map(|(grade, title)| match grade {
                Some(grade) => format!("  {title} (grade {grade})"),
                None => format!("  {title} (no grade)"),
            }),
        );
        section(
            &mut lines,
            "Dissent",
            self.dissent.iter().map(|dissent| format!("  {}: “{}”", dissent.who, dissent.text)),
        );
        section(&mut lines, "What would change it", self.changes.iter().map(|c| format!("  {c}")));
        section(&mut lines, "What it rests on", self.rests_on.iter().map(|r| format!("  {}", r.sentence)));
        section(
            &mut lines,
            "",
            (!self.source.is_empty()).then(|| format!("Method: {}", self.source)).into_iter(),
        );
        lines.push(String::new());
        lines.join("\n")
    }
}

impl Input {
    fn as_line(&self) -> String {
        let indent = "  ".repeat(self.depth);
        if self.figure.is_empty() {
            format!("{indent}{}", self.label)
        } else {
            format!("{indent}{}: {}", self.label, self.figure)
        }
    }

    /// An input at a depth, with nothing but its label and figure.
    fn plain(depth: usize, label: impl Into<String>, figure: impl Into<String>) -> Self {
        Self {
            depth,
            label: label.into(),
            figure: figure.into(),
            bar: None,
            side: None,
            why: None,
            edit: None,
        }
    }

    fn with_why(self, why: Question) -> Self {
        Self { why: Some(why), ..self }
    }

    fn with_edit(self, edit: EditPlace) -> Self {
        Self { edit: Some(edit), ..self }
    }

    fn with_bar(self, bar: f64) -> Self {
        Self { bar: bar.is_finite().then(|| bar.clamp(0.0, 1.0)), ..self }
    }

    fn on_side(self, side: Side) -> Self {
        Self { side: Some(side), ..self }
    }
}

/// Adds a section with an empty line before it and a heading where it has one; nothing when it is empty.
fn section(lines: &mut Vec<String>, heading: &str, body: impl Iterator<Item = String>) {
    let mut body = body.peekable();
    if body.peek().is_none() {
        return;
    }
    lines.push(String::new());
    if !heading.is_empty() {
        lines.push(heading.to_owned());
    }
    lines.extend(body);
}

/// What takes too long to be worked out when a question is asked, as far as it is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorkedOut<'a> {
    pub robustness: Option<&'a Robustness>,
    pub better_information: Option<&'a BetterInformation>,
    /// The least change of the weights after which the option asked about leads, or why there is none.
    pub to_win: Option<&'a Result<WeightChange, NoWeightChange>>,
}

/// Answers a question; `None` when the thing asked about is not in the workspace.
#[must_use]
pub fn explain(
    question: &Question,
    workspace: &Workspace,
    analysis: &Analysis,
    worked_out: WorkedOut<'_>,
) -> Option<Explanation> {
    let known = Known { workspace, analysis, worked_out };
    let mut answer = answer(&known, question)?;
    answer.inputs.extend(people::statements(&known, question));
    Some(answer)
}

fn answer(known: &Known<'_>, question: &Question) -> Option<Explanation> {
    match question {
        Question::Total(option) => balance::total(known, option),
        Question::Cell(option, factor) => cell::cell(known, option, factor),
        Question::Weight(factor) => weights::weight(known, factor),
        Question::GroupShare(side, group) => elicitation::group_share(known, *side, group),
        Question::Exchange(factor, against) => elicitation::exchange(known, factor, against),
        Question::CommercialShare => Some(weights::commercial_share(known)),
        Question::Reversal(factor) => sensitivity::reversal(known, factor),
        Question::Border(factors) => sensitivity::border(known, factors),
        Question::ToWin(option) => sensitivity::to_win(known, option),
        Question::Robust(option) => robustness::robust(known, option),
        Question::DoubtInWeights => Some(robustness::doubt_in_weights(known)),
        Question::BetterInformation => Some(robustness::better_information(known)),
        Question::Verdict(option) => reach::verdict(known, option),
        Question::Gain(option, group) => reach::gain(known, option, group),
        Question::Bill(option) => drift::bill(known, option),
        Question::RiskBands => Some(drift::risk_bands(known)),
        Question::Reach(option, question) => reach_ways::answer(known, option, *question),
        Question::Passing { gate, group } => caseload::passing(known, *gate, *group),
        Question::Provider { gate, provider } => caseload::provider(known, *gate, *provider),
        Question::FallingShort => caseload::falling_short(known),
        Question::MissingVoices => Some(voices::missing(known)),
        Question::Voice(question) => voices::voice(known, question),
        Question::WithoutVoice(group) => people::without_voice(known, group),
        Question::Marginal(person) => people::marginal(known, person),
        Question::TotalThen(moment, option) => compare::total_then(known, moment, option),
        Question::Effect(before, after, kind) => compare::effect(known, (before, after), kind),
        Question::AtLeastAsGood(moment, row, column) => {
            compare::at_least_as_good(known, moment, (row, column))
        }
        Question::WeightToMove(moment, option) => compare::weight_to_move(known, moment, option),
    }
}

/// What is known when a question is asked.
struct Known<'a> {
    workspace: &'a Workspace,
    analysis: &'a Analysis,
    worked_out: WorkedOut<'a>,
}

impl Known<'_> {
    fn option_index(&self, id: &OptionId) -> Option<usize> {
        self.workspace.question.options.iter().position(|o| o.id == *id)
    }

    fn factor_index(&self, id: &FactorId) -> Option<usize> {
        self.workspace.balance.factors.iter().position(|f| f.id == *id)
    }

    fn group_index(&self, id: &NeedGroupId) -> Option<usize> {
        self.workspace.question.need_groups.iter().position(|g| g.id == *id)
    }

    /// The badge by which people point at an option.
    fn badge(&self, option: usize) -> &str {
        self.workspace.question.options.get(option).map_or("", |o| o.badge.as_str())
    }
}
