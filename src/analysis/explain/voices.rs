//! Why a need group counts as a missing voice, and why the other figures of Voices are what they are.

mod agreement;
mod heard;
mod whose;

use super::{EditPlace, Explanation, Input, Known};
use crate::model::{
    ids::{BallotId, FactorId, OptionId, SectorId},
    question::NeedGroup,
    voices::{Ballot, Heard, Vote},
    wording::number,
};

/// A figure of Voices that can be asked why.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum VoiceQuestion {
    /// Kendall's W.
    Agreement(Agreement),
    /// How far ballots part on a factor.
    Disagreement(FactorId),
    /// The answer by one person one vote, or by one sector one vote.
    ByVote(Vote),
    /// How far the lead goes when each ballot is left out.
    WithoutOne,
    /// The answer with marginal voices at nought, once and double.
    Marginal,
    /// The same for the ballots of a sector, and by them alone.
    Sector(SectorId),
    /// Whom an option serves worst, and whom it would cost most.
    Fairness(OptionId),
    /// What moved between the blind round and the one after it, and whether towards the most powerful voice.
    Movement,
    /// How many rank first what their own points lead to.
    GutFeel,
    /// What one ballot that counts leads to, and whom its giver ranks first.
    OneBallot(BallotId),
    /// What local means to people.
    Local,
    /// Who sees many layers between decision and delivery.
    Layers,
    /// Statements that nobody has answered.
    Unanswered,
}

/// What rankings agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    Factors,
    Options,
    GutFeel,
}

pub(super) fn voice(known: &Known<'_>, question: &VoiceQuestion) -> Option<Explanation> {
    match question {
        VoiceQuestion::Agreement(on) => Some(agreement::agreement(known, *on)),
        VoiceQuestion::Disagreement(factor) => agreement::disagreement(known, factor),
        VoiceQuestion::ByVote(vote) => Some(whose::by_vote(known, *vote)),
        VoiceQuestion::WithoutOne => Some(whose::without_one(known)),
        VoiceQuestion::Marginal => Some(whose::marginal(known)),
        VoiceQuestion::Sector(sector) => whose::sector(known, sector),
        VoiceQuestion::Fairness(option) => whose::fairness(known, option),
        VoiceQuestion::Movement => Some(agreement::movement(known)),
        VoiceQuestion::GutFeel => Some(agreement::gut_feel(known)),
        VoiceQuestion::OneBallot(ballot) => agreement::one_ballot(known, ballot),
        VoiceQuestion::Local => Some(heard::local(known)),
        VoiceQuestion::Layers => Some(heard::layers(known)),
        VoiceQuestion::Unanswered => Some(heard::unanswered(known)),
    }
}

/// Points, with one decimal.
fn points(points: f64) -> String {
    number(points, 1)
}

/// Who gave a ballot, or the sector it came from.
fn giver(known: &Known<'_>, ballot: &Ballot) -> String {
    let person = ballot.stakeholder.as_ref().and_then(|id| known.workspace.stakeholder(id));
    let sector = || known.workspace.sector(&ballot.sector).map_or("", |sector| sector.name.as_str());
    person.map_or_else(|| format!("somebody from {}", sector()), |person| person.name.clone())
}

const SOURCE: &str = "Coverage of need groups by ways of hearing; the rule is the one stated here";

pub(super) fn missing(known: &Known<'_>) -> Explanation {
    let groups = &known.workspace.question.need_groups;
    let coverage = &known.analysis.voices.coverage;
    let missing: Vec<&NeedGroup> =
        groups.iter().zip(coverage).filter(|(_, c)| c.missing).map(|(group, _)| group).collect();
    let first_hand = known.workspace.voices.sectors.iter().any(|s| s.first_hand);
    let rule = if first_hand {
        "A need group is missing when nobody with first-hand experience speaks for it."
    } else {
        "A need group is missing when nobody speaks for it."
    };
    // The missing first: they are what was asked about.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&g| !coverage.get(g).is_some_and(|c| c.missing));
    let count = format!("{} of {} need groups are missing.", missing.len(), groups.len());
    Explanation {
        title: format!("Why {} missing?", missing.len()),
        formula: vec![rule.to_owned(), count],
        inputs: order.into_iter().flat_map(|g| group_lines(known, g, &groups[g])).collect(),
        changes: missing.iter().map(|group| hear(group, first_hand)).collect(),
        source: SOURCE,
        ..Explanation::default()
    }
}

fn hear(group: &NeedGroup, first_hand: bool) -> String {
    if first_hand {
        format!("Hear somebody from “{}” in their own words.", group.name)
    } else {
        format!("Hear somebody who speaks for “{}”.", group.name)
    }
}

/// The group, and under it everybody who speaks for it.
fn group_lines(known: &Known<'_>, g: usize, group: &NeedGroup) -> Vec<Input> {
    let coverage = known.analysis.voices.coverage.get(g);
    let missing = coverage.is_some_and(|c| c.missing);
    let flag = coverage.and_then(|c| c.flag.clone()).map(|flag| Input::plain(1, flag, ""));
    let speakers = known.workspace.voices.stakeholders.iter().filter(|s| s.speaks_for.contains(&group.id));
    let mut people: Vec<(bool, Input)> = speakers
        .map(|person| {
            let own = known.workspace.sector(&person.sector).is_some_and(|s| s.first_hand);
            let name = if person.role.is_empty() {
                person.name.clone()
            } else {
                format!("{}, {}", person.name, person.role)
            };
            let how = match (person.heard, own) {
                (Heard::No, _) => "not heard yet",
                (_, true) => "first hand",
                (_, false) => "on behalf",
            };
            (own, Input::plain(1, name, how).with_edit(EditPlace::Stakeholders))
        })
        .collect();
    people.sort_by_key(|(own, _)| !own);
    let head = Input::plain(0, group.name.clone(), if missing { "missing" } else { "heard" });
    let people = people.into_iter().map(|(_, line)| line);
    std::iter::once(head.with_edit(EditPlace::Stakeholders)).chain(flag).chain(people).collect()
}
