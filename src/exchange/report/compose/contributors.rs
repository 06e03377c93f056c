//! The paper for those who were asked: what was asked, what they said, what was done, and what was decided.

use super::{
    decided, figures,
    follow_up::{entries, gaps, what_is_rationed},
    terms::Detail,
    title::opening,
    voices,
    writing::{Writing, anchors, sentence},
};
use crate::{
    exchange::handout::contributors::{status, summary_of},
    model::{
        voices::{Heard, Statement},
        wording::{capital, counted, day, lower_first, number},
    },
};

/// Writes the whole of it.
pub(super) fn write(w: &mut Writing<'_>) {
    opening(w);
    w.section("what-was-asked", "What was asked", asked);
    w.section(anchors::VOICES, "What you said, and what was done", said);
    w.section("how-it-was-weighed", "How it was weighed", weighed);
    w.section(anchors::RECOMMENDATION, "What is recommended", recommended);
    w.section(anchors::DISSENT, "Who disagreed", voices::dissenting);
    w.section(anchors::RATIONED, "What is rationed", what_is_rationed);
    w.section("what-happens-next", "What happens next", next);
    w.section("your-data", "What is kept about you", kept);
    gaps(w);
}

fn asked(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let options = &workspace.question.options;
    if !options.is_empty() {
        w.say(format!("These were the choices ({}):", counted(options.len(), "option", "options")));
        w.points(options.iter().map(|option| {
            let summary = option.summary.trim().trim_end_matches('.');
            let summary =
                if summary.is_empty() { String::new() } else { format!(": {}", lower_first(summary)) };
            format!("{}, {}{summary}.", option.badge, decided::named(option))
        }));
    }
    let heard = workspace.voices.stakeholders.iter().filter(|person| person.heard != Heard::No).count();
    if heard > 0 {
        let sectors: Vec<String> = workspace
            .voices
            .sectors
            .iter()
            .filter_map(|sector| {
                let people = workspace.voices.stakeholders.iter();
                let heard = people.filter(|p| p.sector == sector.id && p.heard != Heard::No).count();
                (heard > 0).then(|| format!("{} {heard}", sector.name))
            })
            .collect();
        let sectors: Vec<&str> = sectors.iter().map(String::as_str).collect();
        w.say(format!(
            "{} heard. By sector: {}.",
            capital(&counted(heard, "person was", "people were")),
            sectors.join(", ")
        ));
    }
}

/// What was said, sector by sector, each with what was done.
fn said(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let statements = &workspace.voices.statements;
    if statements.is_empty() {
        w.gap("No statement was written down.");
        return;
    }
    w.say(summary_of(statements.iter()));
    voices::kept_out(w);
    let leaving = || workspace.voices.leaving();
    let sector_of = |statement: &Statement| {
        let person = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
        person.map(|person| person.sector.clone())
    };
    let mut parts: Vec<(String, Vec<&Statement>)> = Vec::new();
    for sector in &workspace.voices.sectors {
        let of_it = leaving().filter(|s| sector_of(s).as_ref() == Some(&sector.id)).collect();
        parts.push((sector.name.clone(), of_it));
    }
    parts.push(("Others".to_owned(), leaving().filter(|s| sector_of(s).is_none()).collect()));
    for (place, (name, of_it)) in parts.into_iter().enumerate() {
        w.part(&format!("said-{place}"), &name, |w| {
            for statement in of_it {
                one(w, statement);
            }
        });
    }
}

fn one(w: &mut Writing<'_>, statement: &Statement) {
    let who = voices::who_said(w, statement);
    if w.terms.shows(Detail::Statements) {
        w.quote(&statement.text, who);
    } else {
        let about = statement.about.trim();
        let about = if about.is_empty() { "something".to_owned() } else { lower_first(about) };
        w.say(format!("{who} spoke about {about}."));
    }
    let done = statement.response.trim();
    let done = if done.is_empty() { String::new() } else { format!(": {}", sentence(done)) };
    w.say(format!("{}{}", status(statement), if done.is_empty() { ".".to_owned() } else { done }));
}

/// How points became an answer, and how far people agreed.
fn weighed(w: &mut Writing<'_>) {
    let analysis = w.inputs.analysis;
    let in_force = analysis.voices.said().in_force.len();
    if in_force == 0 {
        return;
    }
    let ballots = capital(&counted(in_force, "ballot counts", "ballots count"));
    let each = "Each says how much the step from the worst to the best of a matter counts";
    let used = voices::not_by_the_ballots(w);
    let together = if used.is_some() { "." } else { ", and all of them together give the weights." };
    let few = w.weights_of_few();
    let shown = few.as_deref().unwrap_or("Nobody’s ballot is shown here.");
    w.say(format!("{ballots}. {each}{together} {shown}"));
    w.say(used.unwrap_or_default());
    let on = [
        ("on what matters most", analysis.voices.said().agreement_on_factors),
        ("on the order of the options", analysis.voices.agreement_on_options),
    ];
    let lines = on.into_iter().filter_map(|(what, agreed)| {
        let w = number(agreed.ok()?.w, 2);
        Some(format!("How far people agree {what}: {w}, where 0 is not at all and 1 is wholly."))
    });
    w.points(lines.collect::<Vec<_>>());
    decided::firmness(w);
}

fn recommended(w: &mut Writing<'_>) {
    decided::recommended(w);
    if let Some(place) = figures::recommended(w.inputs.workspace) {
        decided::against_the_leader(w, place);
    }
    decided::reasons(w);
}

fn next(w: &mut Writing<'_>) {
    let decision = &w.inputs.workspace.decision;
    w.part("conditions-set", "Conditions", |w| entries(w, "Condition", &decision.conditions));
    w.part("safeguards", "Safeguards", |w| entries(w, "Safeguard", &decision.safeguards));
    w.part("triggers", "What would make us look again", |w| {
        w.points(decision.triggers.iter().map(|trigger| sentence(&trigger.text)));
    });
}

/// For what names are held, by whom and until when.
fn kept(w: &mut Writing<'_>) {
    let data = &w.inputs.workspace.voices.personal_data;
    let purpose = data.purpose.trim();
    if !purpose.is_empty() {
        w.say(format!("What tells of you is kept for this: {}", sentence(purpose)));
    }
    if !data.held_by.trim().is_empty() {
        w.say(format!("{} answers for it.", data.held_by.trim().trim_end_matches('.')));
    }
    if let Some(until) = data.until {
        w.say(format!("Names and pseudonyms are taken out after {}.", day(until)));
    }
}
