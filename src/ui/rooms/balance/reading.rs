//! What the Balance page reads of a workspace for one frame.

use crate::{
    analysis::{
        balance::{
            BalanceResult,
            robustness::{Robustness, Spread},
            what_if::{Span, WhatIf},
        },
        explain::Question,
    },
    model::{
        Room, Workspace,
        wording::{chance, number},
    },
};

use super::sentence::{Sentence, name, sentence};

/// Everything that the page draws from.
#[derive(Debug)]
pub struct Reading<'a> {
    pub workspace: &'a Workspace,
    pub result: &'a BalanceResult,
    /// The balance where the dial stands.
    pub now: WhatIf,
    pub sentence: Sentence,
    /// What the robustness run said of each option; nothing where there has been no run for these options.
    drawn: Vec<Drawn>,
    /// Whether that run belongs to an earlier revision.
    pub is_updating: bool,
}

/// What somebody did on the page in a frame.
#[derive(Debug, Default)]
pub struct Done {
    /// Where the dial was turned to; `Some(None)` is back to the group's own weight.
    pub turned: Option<Option<f64>>,
    pub why: Option<Question>,
    /// The figure that has the keyboard, which Why? asks about.
    pub in_focus: Option<Question>,
    /// A page to go to; without a name, the one that was open in the room.
    pub go: Option<(Room, &'static str)>,
}

impl Done {
    /// Takes in what was done with a figure that can be asked why.
    pub fn with_figure(&mut self, response: &egui::Response, question: Question) {
        if response.has_focus() {
            self.in_focus = Some(question.clone());
        }
        if response.clicked() {
            self.why = Some(question);
        }
    }
}

/// What the robustness run said of one option.
#[derive(Clone, Copy, Debug, Default)]
struct Drawn {
    spread: Option<Spread>,
    first: Option<f64>,
}

impl<'a> Reading<'a> {
    /// Reads the page for the dial at `dial`, or at the group's own weight.
    #[must_use]
    pub fn of(
        workspace: &'a Workspace,
        result: &'a BalanceResult,
        robustness: Option<&Robustness>,
        is_updating: bool,
        dial: Option<f64>,
    ) -> Self {
        let now = WhatIf::at(workspace, result, dial);
        let options = workspace.question.options.len();
        // A run for other options says nothing about these.
        let robustness = robustness.filter(|run| run.spread.len() == options);
        let drawn = (0..options).map(|o| Drawn {
            spread: robustness.and_then(|run| run.spread[o]),
            first: robustness.and_then(|run| run.rank_acceptability.get(o)?.first().copied()),
        });
        let drawn = drawn.collect();
        Self { workspace, result, sentence: sentence(workspace, result, &now), now, drawn, is_updating }
    }

    /// The badge of an option.
    #[must_use]
    pub fn badge(&self, option: usize) -> &'a str {
        &self.workspace.question.options[option].badge
    }

    /// Whether a must strikes the option from the ranking.
    #[must_use]
    pub fn is_struck(&self, option: usize) -> bool {
        !self.result.options[option].struck_by.is_empty()
    }

    /// The question that a click on an option's figures asks.
    #[must_use]
    pub fn why_total(&self, option: usize) -> Question {
        Question::Total(self.workspace.question.options[option].id.clone())
    }

    /// The limits that hold 95 % of draws of the scores; none for an option with scores that are not known.
    #[must_use]
    pub fn spread(&self, option: usize) -> Option<Spread> {
        if self.now.options[option].total.is_open() {
            return None;
        }
        self.drawn.get(option)?.spread
    }

    /// Where an option stands, (commercial, operational); `None` while a side has no weight.
    #[must_use]
    pub fn place(&self, option: usize) -> Option<(Span, Span)> {
        let at = self.now.options[option];
        Some((at.commercial?, at.operational?))
    }

    /// Under the bar: how sure the total is.
    #[must_use]
    pub fn sureness(&self, option: usize, short: bool) -> String {
        let total = self.now.options[option].total;
        if total.is_open() {
            return if short { "not all known" } else { "while some scores are not known" }.to_owned();
        }
        if self.now.is_moved {
            let today = self.now.today.unwrap_or_default();
            return match self.result.total_at(option, today) {
                Some(value) => format!("{} at today’s weight", number(value, 0)),
                None => String::new(),
            };
        }
        match self.spread(option) {
            Some(Spread { total: (low, high), .. }) if high - low >= 0.5 => {
                let range = format!("{} to {}", number(low, 0), number(high, 0));
                if short { range } else { format!("{range} with uncertain scores") }
            }
            _ => String::new(),
        }
    }

    /// The share of draws in which the option leads.
    #[must_use]
    pub fn first_share(&self, option: usize) -> Option<f64> {
        self.drawn.get(option)?.first
    }

    /// How often the option leads when weights and scores are drawn; empty while nobody has drawn, and while the dial is
    /// moved, as weights are not drawn around it.
    #[must_use]
    pub fn first_in(&self, option: usize) -> String {
        match self.first_share(option) {
            // An option without a rival is first whatever is drawn.
            _ if self.now.ranking.len() < 2 || self.now.is_moved => String::new(),
            Some(share) if share <= 0.0 => "never first".to_owned(),
            Some(share) => format!("first in {}", chance(share)),
            None => String::new(),
        }
    }

    /// The total as it is written: "67", or "45–71" while scores are not known.
    #[must_use]
    pub fn total(&self, option: usize) -> String {
        span(self.now.options[option].total, "–")
    }

    /// What each side adds to a total that is known, rounded so that the two add up to the total as it is written.
    #[must_use]
    pub fn points(&self, option: usize) -> (f64, f64) {
        let at = self.now.options[option];
        let operational = libm::round(at.operational_points.low);
        (operational, libm::round(at.operational_points.low + at.commercial_points.low) - operational)
    }

    /// An option as assistive technology reads its mark.
    #[must_use]
    pub fn mark_name(&self, option: usize) -> String {
        let at = self.now.options[option];
        let mut words = format!("{}, {}", self.badge(option), name(self.workspace, option));
        for (side, figure) in [("commercial", at.commercial), ("operational", at.operational)] {
            if let Some(figure) = figure {
                words += &format!(", {side} {}", span(figure, " to "));
            }
        }
        words += &format!(", total {}", span(at.total, " to "));
        if self.is_struck(option) {
            words += ", not in the ranking";
        }
        words
    }
}

/// A figure, or the interval of one that is open.
#[must_use]
pub fn span(span: Span, to: &str) -> String {
    written(span, to, 0)
}

/// A figure, or the interval of one that is open, with so many decimals.
#[must_use]
pub fn written(span: Span, to: &str, decimals: usize) -> String {
    span.written(to, decimals)
}
