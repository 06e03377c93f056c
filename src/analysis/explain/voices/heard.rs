//! What local means, how many layers people see, and what was done about what they said.

use super::super::{EditPlace, Explanation, Input, Known};
use crate::{
    analysis::voices::{LAYERS_FLAGGED_FROM, LevelReach},
    model::{
        question::Level,
        voices::StatementStatus,
        wording::{count, percent},
    },
};

const LOCAL_SOURCE: &str = "Counts of the register; a group of people is not a place and is counted apart";
const HEARD_SOURCE: &str = "Counts of the statements and of the register";

pub(super) fn local(known: &Known<'_>) -> Explanation {
    let local = &known.analysis.voices.local;
    let share = match local.ward_or_smaller {
        Ok(share) => share,
        Err(why) => return super::whose::undefined("Why no meanings of local?", why, LOCAL_SOURCE),
    };
    let small: usize =
        Level::ALL.iter().zip(local.spread).filter(|(level, _)| **level <= Level::Ward).map(|(_, n)| n).sum();
    let levels = Level::ALL.iter().zip(local.spread).rev();
    let levels = levels.map(|(level, people)| {
        let line = Input::plain(0, level.words(), count(people, "person", "people"));
        line.with_bar(people as f64 / local.said as f64).with_edit(EditPlace::Stakeholders)
    });
    let options = known.workspace.question.options.iter().zip(&local.options);
    let happens = options.flat_map(|(option, reach)| {
        let line = |what: &str, reach: LevelReach| {
            let beyond = format!("beyond what is local to {} of {}", reach.beyond, local.said);
            Input::plain(1, format!("{what}: {}", reach.level.words()), beyond)
        };
        let stages =
            [("Decided", reach.decided), ("Designed", reach.designed), ("Delivered", reach.delivered)];
        let stages: Vec<Input> =
            stages.into_iter().filter_map(|(what, reach)| Some(line(what, reach?))).collect();
        let head = (!stages.is_empty())
            .then(|| Input::plain(0, option.name.clone(), "").with_edit(EditPlace::Options));
        head.into_iter().chain(stages).collect::<Vec<_>>()
    });
    Explanation {
        title: format!("Why {}?", percent(share)),
        formula: vec![
            "The share of those asked to whom local is the ward or smaller.".to_owned(),
            format!("{small} of {} = {}", local.said, percent(share)),
        ],
        inputs: levels.chain(happens).collect(),
        source: LOCAL_SOURCE,
        ..Explanation::default()
    }
}

pub(super) fn layers(known: &Known<'_>) -> Explanation {
    let people = &known.workspace.voices.stakeholders;
    let far = &known.analysis.voices.far_from_delivery;
    let said = people.iter().filter(|person| person.layers_from_delivery.is_some()).count();
    let line = |&at: &usize| {
        let person = people.get(at)?;
        let layers = person.layers_from_delivery?;
        let layers = count(usize::try_from(layers).unwrap_or(usize::MAX), "layer", "layers");
        Some(Input::plain(0, person.name.clone(), layers).with_edit(EditPlace::Stakeholders))
    };
    Explanation {
        title: format!("Why {}?", far.len()),
        formula: vec![
            format!(
                "People who see {LAYERS_FLAGGED_FROM} layers or more between those who decide and the point of delivery."
            ),
            format!("{} of {said} who have said.", far.len()),
        ],
        inputs: far.iter().filter_map(line).collect(),
        source: HEARD_SOURCE,
        ..Explanation::default()
    }
}

pub(super) fn unanswered(known: &Known<'_>) -> Explanation {
    let heard = &known.analysis.voices.statements;
    let register = &known.workspace.voices;
    let open = heard.unanswered.iter().filter_map(|&s| register.statements.get(s)).map(|statement| {
        let who = statement.stakeholder.as_ref().and_then(|id| known.workspace.stakeholder(id));
        let who = who.map_or("nobody named", |person| person.name.as_str());
        Input::plain(0, format!("“{}”", statement.text), who)
            .with_edit(EditPlace::Statement(statement.id.clone()))
    });
    let mut formula = vec!["Statements of which nobody has said what was done.".to_owned()];
    let counts = StatementStatus::ALL.map(|status| format!("{} {}", heard.count(status), status.words()));
    formula.push(format!("{}.", counts.join(", ")));
    let why = &known.workspace.decision.why_unanswered;
    if !why.is_empty() {
        formula.push(format!("Signed all the same: {why}"));
    }
    Explanation {
        title: format!("Why {}?", heard.unanswered.len()),
        formula,
        inputs: open.collect(),
        changes: (!heard.unanswered.is_empty())
            .then(|| "Answer each, pass it on, or decline it with a reason.".to_owned())
            .into_iter()
            .collect(),
        source: HEARD_SOURCE,
        ..Explanation::default()
    }
}
