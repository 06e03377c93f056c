//! What was said and what discussion moved: agreement and its test, rounds, rankings, statements, what local means.

use serde_json::Value;

use super::{
    super::{Object, Results, finite},
    Told, too_few, unless,
    whose::{outcome, reasoned},
};
use crate::{
    analysis::voices::{Agreed, Deference, FirstChoice, LevelReach, MoveUnit, Movement, agreeing},
    model::{
        question::Level,
        voices::{PeopleHeld, StatementStatus},
    },
};

pub(super) fn put(results: &Results<'_>, told: Told<'_>, object: &mut Object) {
    let voices = &results.analysis.voices;
    let mut tests = Object::default();
    tests.put_or_reason("factors", agreement(voices.agreement_on_factors));
    tests.put_or_reason("options", agreement(voices.agreement_on_options));
    tests.put_or_reason("gut_feel", agreement(voices.agreement_on_gut_feel));
    object.put("agreement", tests);
    let movement = voices.movement.as_ref().map(|moved| self::movement(results, told, moved).into());
    object.put_or_reason("movement", movement.map_err(|undefined| undefined.0));
    object.put("gut_feel", first_choices(&voices.gut_feel));
    object.put("own_rankings", first_choices(&voices.own_rankings));
    object.put("local", local(results));
    object.put("statements", statements(results));
    object.put("personal_data", personal_data(results));
}

fn agreement(agreed: Agreed) -> Result<Value, &'static str> {
    reasoned(agreed.map(|agreed| {
        let mut object = Object::default();
        object.put("w", finite(agreed.w));
        object.put("rankings", agreed.rankings);
        object.put("items", agreed.items);
        object.put("chi_squared", finite(agreed.chi_squared));
        object.put("p_value", finite(agreed.p_value));
        object.into()
    }))
}

fn movement(results: &Results<'_>, told: Told<'_>, moved: &Movement) -> Object {
    let mut object = Object::default();
    object.put("people", moved.people.len());
    let blind = results.workspace.voices.ballots_of(1).count();
    let outcome = outcome(results, results.analysis.voices.blind);
    object.put_or_reason("blind", unless(too_few(told, blind), outcome));
    let factors = moved.factors.iter().enumerate().filter_map(|(f, shift)| {
        let shift = (*shift)?;
        let mut object = Object::default();
        object.put("factor", results.factor_id(f));
        for (name, median) in [("median_before", shift.median_before), ("median_after", shift.median_after)] {
            object.put_or_reason(name, unless(too_few(told, shift.people), Ok(finite(median))));
        }
        object.put("people", shift.people);
        Some(Value::from(object))
    });
    object.put("factors", factors.collect::<Value>());
    let towards = moved.deference.map(|deference| self::deference(results, deference).into());
    object.put_or_reason("towards_most_influence", reasoned(towards));
    object
}

fn deference(results: &Results<'_>, deference: Deference) -> Object {
    let people = &results.workspace.voices.stakeholders;
    let mut object = Object::default();
    object.put("stakeholder", people.get(deference.senior).map_or("", |person| person.id.as_str()));
    object.put("counted", if deference.unit == MoveUnit::Factors { "factors" } else { "people" });
    object.put("towards", deference.towards);
    object.put("away", deference.away);
    object.put("p_value", finite(deference.p_value));
    object.put("beyond_chance", deference.beyond_chance);
    object
}

fn first_choices(choices: &[Option<FirstChoice>]) -> Object {
    let (agree, of) = agreeing(choices);
    let mut object = Object::default();
    object.put("given", choices.iter().flatten().count());
    object.put("compared", of);
    object.put("agree", agree);
    object
}

fn local(results: &Results<'_>) -> Object {
    let local = &results.analysis.voices.local;
    let mut object = Object::default();
    object.put("said", local.said);
    object.figure("ward_or_smaller", local.ward_or_smaller);
    let spread = Level::ALL.iter().zip(local.spread);
    let spread = spread.map(|(level, people)| {
        let mut object = Object::default();
        object.put("level", level.words());
        object.put("people", people);
        Value::from(object)
    });
    object.put("spread", spread.collect::<Value>());
    let option = |(o, levels): (usize, &crate::analysis::voices::OptionLevels)| {
        let mut object = Object::default();
        object.put("id", results.option_id(o));
        for (name, reach) in
            [("decided", levels.decided), ("designed", levels.designed), ("delivered", levels.delivered)]
        {
            object.put_or_reason(name, reach.map(level).ok_or("nobody has said where"));
        }
        Value::from(object)
    };
    object.put("options", local.options.iter().enumerate().map(option).collect::<Value>());
    object
}

fn level(reach: LevelReach) -> Value {
    let mut object = Object::default();
    object.put("level", reach.level.words());
    object.put("within", reach.within);
    object.put("beyond", reach.beyond);
    object.put("not_a_place", reach.not_a_place);
    object.into()
}

fn statements(results: &Results<'_>) -> Object {
    let heard = &results.analysis.voices.statements;
    let mut object = Object::default();
    for status in StatementStatus::ALL {
        object.put(&status.words().replace(' ', "_"), heard.count(status));
    }
    let register = &results.workspace.voices.statements;
    // The ids of statements begin with what was said.
    let ids = heard.unanswered.iter().filter_map(|&s| register.get(s)).filter(|said| !said.kept_out);
    object.put("unanswered", ids.map(|statement| Value::from(statement.id.as_str())).collect::<Value>());
    object
}

fn personal_data(results: &Results<'_>) -> Object {
    let voices = &results.workspace.voices;
    let PeopleHeld { roles, pseudonyms, names, not_said } = voices.people_held();
    let mut object = Object::default();
    object.put("roles", roles);
    object.put("pseudonyms", pseudonyms);
    object.put("names", names);
    object.put("not_said", not_said);
    let data = &voices.personal_data;
    for (name, text) in [("purpose", &data.purpose), ("held_by", &data.held_by)] {
        let text = (!text.is_empty()).then(|| Value::from(text.as_str()));
        object.put_or_reason(name, text.ok_or("nobody has said"));
    }
    let until = data.until.map(|until| Value::from(until.to_string()));
    object.put_or_reason("until", until.ok_or("nobody has said"));
    object
}
