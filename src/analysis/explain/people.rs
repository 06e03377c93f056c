//! Why somebody counts as a voice easily drowned out, why a need group counts as without a voice, and which statements
//! speak of what is asked about.

use super::{EditPlace, Explanation, Input, Known, Question};
use crate::{
    analysis::voices::{LAYERS_FLAGGED_FROM, LITTLE_INFLUENCE, MUCH_AT_STAKE, is_to_be_heard_first},
    model::{
        ids::{NeedGroupId, StakeholderId},
        voices::{Heard, Stakeholder, StatementLink, StatementStatus},
        wording::{count, decimals_used, lower_first, number},
    },
};

const GRID_SOURCE: &str = "Grid of influence and stake (after Mendelow 1981)";
const COVERAGE_SOURCE: &str = "Coverage of need groups by ways of hearing; the rule is the one stated here";

/// Statements that are told one by one; the others are counted.
const MOST_TOLD: usize = 3;

/// Why somebody is, or is not, marked as a voice easily drowned out, with all that bears on it.
pub(super) fn marginal(known: &Known<'_>, id: &StakeholderId) -> Option<Explanation> {
    let person = known.workspace.stakeholder(id)?;
    let first = is_to_be_heard_first(person);
    let rule = format!(
        "Influence under {} and stake over {}: {}.",
        number(LITTLE_INFLUENCE, 0),
        number(MUCH_AT_STAKE, 0),
        if first { "to be heard first" } else { "not so here" }
    );
    let marked = if person.marginal {
        "Marked by hand as a voice that is easily drowned out."
    } else {
        "Not marked as a voice that is easily drowned out."
    };
    let only = groups_spoken_for_alone(known, person);
    let mut changes = Vec::new();
    if first != person.marginal {
        let words = if first {
            "Mark it: there is much at stake here and little influence."
        } else {
            "Take the mark away, if others would carry this voice as far."
        };
        changes.push(words.to_owned());
    }
    if person.heard == Heard::No {
        changes.push("Hear this voice: it has not been heard yet.".to_owned());
    }
    changes.extend(only.iter().map(|name| format!("Hear a second person from “{name}” first hand.")));
    let not = if person.marginal || first { "" } else { "not " };
    Some(Explanation {
        title: format!("Why is “{}” {not}flagged?", person.name),
        formula: vec![marked.to_owned(), rule],
        inputs: facts(known, person, &only),
        assumptions: vec![
            "The mark changes no weight by itself: Marginal voices shows the answer with these ballots at nought, \
             once and double."
                .to_owned(),
        ],
        changes,
        source: GRID_SOURCE,
        ..Explanation::default()
    })
}

/// The need groups that nobody else speaks for first hand, where this person does.
fn groups_spoken_for_alone(known: &Known<'_>, person: &Stakeholder) -> Vec<String> {
    let own = |who: &Stakeholder| {
        who.heard != Heard::No && known.workspace.sector(&who.sector).is_some_and(|s| s.first_hand)
    };
    if !own(person) {
        return Vec::new();
    }
    let others = |group: &NeedGroupId| {
        let people = known.workspace.voices.stakeholders.iter();
        people.filter(|who| who.id != person.id && own(who) && who.speaks_for.contains(group)).count()
    };
    let groups = known.workspace.question.need_groups.iter();
    groups
        .filter(|group| person.speaks_for.contains(&group.id) && others(&group.id) == 0)
        .map(|group| group.name.clone())
        .collect()
}

fn facts(known: &Known<'_>, person: &Stakeholder, only: &[String]) -> Vec<Input> {
    let here = || EditPlace::Stakeholder(person.id.clone());
    let of_ten = |value: Option<f64>| match value {
        Some(value) => format!("{} of 10", number(value, decimals_used(value))),
        None => "not said".to_owned(),
    };
    let bar = |line: Input, value: Option<f64>| match value {
        Some(value) => line.with_bar(value / 10.0),
        None => line,
    };
    let mut lines = vec![
        bar(Input::plain(0, "Influence", of_ten(person.influence)).with_edit(here()), person.influence),
        bar(Input::plain(0, "Stake", of_ten(person.interest)).with_edit(here()), person.interest),
        Input::plain(0, "Heard", if person.heard == Heard::No { "not yet" } else { person.heard.words() })
            .with_edit(here()),
    ];
    if let Some(layers) = person.layers_from_delivery {
        let far = if layers >= LAYERS_FLAGGED_FROM { ", far from the decision" } else { "" };
        let words = format!("{layers}{far}");
        lines.push(Input::plain(0, "Layers to the decision", words).with_edit(here()));
    }
    let ballots = known.workspace.voices.ballots.iter();
    let ballots = ballots.filter(|b| b.stakeholder.as_ref() == Some(&person.id)).count();
    let words = if ballots == 0 { "none".to_owned() } else { ballots.to_string() };
    lines.push(Input::plain(0, "Ballots", words).with_edit(EditPlace::Ballots));
    lines.extend(
        only.iter().map(|group| Input::plain(0, format!("Alone first hand for {}", lower_first(group)), "")),
    );
    lines
}

/// Why a need group counts as without a voice, or as heard.
pub(super) fn without_voice(known: &Known<'_>, id: &NeedGroupId) -> Option<Explanation> {
    let g = known.group_index(id)?;
    let group = &known.workspace.question.need_groups[g];
    let coverage = known.analysis.voices.said().coverage.get(g)?;
    let first_hand = known.workspace.voices.sectors.iter().any(|s| s.first_hand);
    let rule = if first_hand {
        "A need group is without a voice when nobody who uses the service speaks for it first hand."
    } else {
        "A need group is without a voice when nobody speaks for it."
    };
    let mut formula = vec![rule.to_owned()];
    let speaking = coverage.direct + coverage.through + coverage.proxy;
    formula.extend(coverage.flags.iter().map(|flag| flag.words(speaking)));
    let name = lower_first(&group.name);
    let title = if coverage.missing {
        format!("Why is {name} without a voice?")
    } else {
        format!("Why does {name} count as heard?")
    };
    let speakers = known.workspace.voices.stakeholders.iter().filter(|p| p.speaks_for.contains(&group.id));
    let inputs: Vec<Input> = speakers.map(|person| speaker(known, person)).collect();
    let changes = if coverage.missing {
        vec![if first_hand {
            format!("Hear somebody from “{}” in their own words.", group.name)
        } else {
            format!("Hear somebody who speaks for “{}”.", group.name)
        }]
    } else {
        Vec::new()
    };
    Some(Explanation { title, formula, inputs, changes, source: COVERAGE_SOURCE, ..Explanation::default() })
}

fn speaker(known: &Known<'_>, person: &Stakeholder) -> Input {
    let own = known.workspace.sector(&person.sector).is_some_and(|sector| sector.first_hand);
    let how = match (person.heard, own) {
        (Heard::No, _) => "not heard yet",
        (Heard::Proxy, _) => "by proxy",
        (_, true) => "first hand",
        (_, false) => "on behalf",
    };
    Input::plain(0, person.name.clone(), how).with_edit(EditPlace::Stakeholder(person.id.clone()))
}

/// The statements that speak of what a question is about: how many, and the first few in their own words.
pub(super) fn statements(known: &Known<'_>, question: &Question) -> Vec<Input> {
    let about = match question {
        Question::Total(option) | Question::Verdict(option) => StatementLink::Option(option.clone()),
        Question::Cell(option, factor) => {
            StatementLink::Cell { option: option.clone(), factor: factor.clone() }
        }
        Question::Weight(factor) => StatementLink::Factor(factor.clone()),
        Question::Gain(_, group) | Question::WithoutVoice(group) => StatementLink::NeedGroup(group.clone()),
        _ => return Vec::new(),
    };
    let said: Vec<_> = known.workspace.voices.statements.iter().filter(|s| s.speaks_of(&about)).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let speak = if said.len() == 1 { "speaks" } else { "speak" };
    let words = format!("{} {speak} of this", count(said.len(), "statement", "statements"));
    let open = said.iter().filter(|s| s.status == StatementStatus::Open).count();
    let figure = if open == 0 { String::new() } else { format!("{open} open") };
    let head = Input::plain(0, words, figure).with_edit(EditPlace::Statements(about));
    let each = said.iter().take(MOST_TOLD).map(|statement| {
        Input::plain(1, format!("“{}”", statement.text), statement.status.words())
            .with_edit(EditPlace::Statement(statement.id.clone()))
    });
    std::iter::once(head).chain(each).collect()
}
