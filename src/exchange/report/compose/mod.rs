//! What a paper says: a workspace and what follows from it, put together as one document.
//!
//! Every figure is the same value, written by the same words, as on the page of the window that shows it. What is missing
//! is said once, at the end; small numbers are hidden and names left out before anything is written.

mod appendix;
mod change;
mod contributors;
mod decided;
mod evidence;
mod figures;
mod follow_up;
mod left_out;
mod money;
mod one_page;
mod terms;
mod threshold;
mod title;
mod voices;
mod writing;

use std::collections::BTreeSet;

pub use terms::{Audience, Detail, Level, Terms};

use super::{Block, Paper, Run};
use crate::{
    analysis::{Analysis, Undefined, balance::robustness::Robustness},
    exchange::{drawing::PaperCharts, handout},
    model::Workspace,
};
use writing::Writing;

/// What a paper is put together from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    pub workspace: &'a Workspace,
    pub analysis: &'a Analysis,
    /// The draws, or why there are none.
    pub robustness: Result<&'a Robustness, Undefined>,
    /// How often each option comes first with the evidence taken the other way than the draws take it: weak evidence as
    /// weak, or all as it is given. `None` where that was not drawn.
    pub evidence_otherwise: Option<&'a [f64]>,
    /// The charts as the window draws them; those that are not there are left out.
    pub charts: &'a PaperCharts,
    pub revision: u64,
    /// The mark of everything that the figures follow from; empty where it has not been worked out.
    pub fingerprint: &'a str,
}

/// A paper, and whom it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    pub paper: Paper,
    /// What tells of people in it, in a sentence; empty where nothing does.
    pub names: String,
}

/// Puts a paper together.
#[must_use]
pub fn paper(inputs: Inputs<'_>, terms: &Terms) -> Composed {
    let mut writing = Writing::new(inputs, terms);
    match (terms.audience, terms.level) {
        (Audience::Contributors, _) => contributors::write(&mut writing),
        (Audience::Committee, Level::OnePage) => one_page::write(&mut writing),
        (Audience::Committee, level) => full(&mut writing, level),
    }
    let names = handout::names_that_leave(&writing.named(), writing.owners_named());
    let few = writing.weights_of_few().unwrap_or_default();
    let names = [few, names].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
    let mut paper = Paper::default();
    title::dress(&writing, &mut paper);
    paper.blocks = writing.blocks;
    cut_loose_ends(&mut paper.blocks);
    Composed { paper, names }
}

fn full(w: &mut Writing<'_>, level: Level) {
    title::opening(w);
    decided::recommendation(w);
    decided::options(w);
    decided::why(w);
    change::change(w);
    left_out::left_out(w);
    voices::voices(w);
    voices::dissent(w);
    follow_up::rationed(w);
    money::money(w);
    evidence::evidence(w);
    follow_up::conditions(w);
    follow_up::duties(w);
    follow_up::sign_off(w);
    follow_up::gaps(w);
    if level == Level::FullWithAppendix {
        appendix::appendix(w);
    }
}

/// The same in one text; a reference in brackets, " (money)", goes with its brackets.
fn cut_in(runs: &mut Vec<Run>, anchors: &BTreeSet<String>) {
    let is_loose = |run: &Run| run.to.as_ref().is_some_and(|to| !anchors.contains(to));
    let mut place = 0;
    while place < runs.len() {
        if is_loose(&runs[place]) {
            let around = (place > 0).then(|| runs[place - 1].text.as_str()).zip(runs.get(place + 1));
            if around.is_some_and(|(before, after)| before == " (" && after.text == ")") {
                runs.drain(place - 1..=place + 1);
                place -= 1;
                continue;
            }
            runs[place].to = None;
        }
        place += 1;
    }
}

/// Makes plain words of links that lead to sections which this paper does not have.
fn cut_loose_ends(blocks: &mut [Block]) {
    let anchors: BTreeSet<String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { anchor, .. } => Some(anchor.clone()),
            _ => None,
        })
        .collect();
    for block in blocks {
        match block {
            Block::Paragraph(runs) | Block::Note(runs) | Block::Warning(runs) => cut_in(runs, &anchors),
            Block::List { items, .. } => items.iter_mut().for_each(|item| cut_in(&mut item.runs, &anchors)),
            Block::Heading { .. }
            | Block::Quote { .. }
            | Block::Table(_)
            | Block::Figure(_)
            | Block::NewPage => {}
        }
    }
}
