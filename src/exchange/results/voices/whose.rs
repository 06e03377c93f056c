//! Whose voice decides: by person or sector, without each, at other weights, and what each option would cost each sector.

use serde_json::Value;

use super::{
    super::{Object, Results, finite},
    OWN, Told, hides, too_few, unless,
};
use crate::{
    analysis::{
        Undefined,
        voices::{AtWeights, Fairness, Outcome, SectorFigure, marginal_is_own},
    },
    model::voices::{RoundState, Vote},
};

const NO_ANSWER: &str = "no ballot says anything, or there are no options";

pub(super) fn put(results: &Results<'_>, told: Told<'_>, object: &mut Object) {
    let voices = &results.analysis.voices;
    object.put("ballots_in_force", voices.in_force.len());
    object.put("rounds", rounds(results));
    let own = |vote| told.is_some_and(|told| told.gives_away_by(vote));
    let hidden = own(results.workspace.voices.vote);
    object.put_or_reason("together", unless(hidden, outcome(results, voices.together)));
    let mut by_vote = Object::default();
    for (name, vote, found) in [
        ("one_person", Vote::OnePerson, voices.by_vote.one_person),
        ("one_sector", Vote::OneSector, voices.by_vote.one_sector),
    ] {
        by_vote.put_or_reason(name, unless(own(vote), outcome(results, found)));
    }
    object.put("by_vote", by_vote);
    object.put("leave_one_out", leave_one_out(results, told));
    let hidden = told.is_some() && marginal_is_own(voices);
    let marginal = reasoned(voices.marginal.map(|at| at_weights(results, &at).into()));
    object.put_or_reason("marginal", unless(hidden && voices.marginal.is_ok(), marginal));
    object.put("sectors_at", sectors_at(results, told));
    let fairness = voices.fairness.as_ref().map(|fairness| self::fairness(results, told, fairness).into());
    object.put_or_reason("fairness", fairness.map_err(|undefined| undefined.0));
}

/// A value, or the words of why there is none.
pub(super) fn reasoned(value: Result<Value, Undefined>) -> Result<Value, &'static str> {
    value.map_err(|undefined| undefined.0)
}

pub(super) fn outcome(results: &Results<'_>, outcome: Option<Outcome>) -> Result<Value, &'static str> {
    let Some(outcome) = outcome else { return Err(NO_ANSWER) };
    let mut object = Object::default();
    object.put("leader", results.option_id(outcome.leader));
    object.known("lead", outcome.lead, "there is one option");
    object.put("commercial_share", finite(outcome.commercial_share));
    object.put("changes", outcome.changes_leader);
    Ok(object.into())
}

fn rounds(results: &Results<'_>) -> Value {
    let register = &results.workspace.voices;
    let round = |round: &crate::model::voices::Round| {
        let mut object = Object::default();
        object.put("round", round.number);
        object.put("open", round.state == RoundState::Open);
        object.put("asks", round.asks.iter().map(|id| Value::from(id.as_str())).collect::<Value>());
        object.put("ballots", register.ballots_of(round.number).count());
        let late = register.ballots_of(round.number).filter(|ballot| register.is_late(ballot)).count();
        object.put("late", late);
        Value::from(object)
    };
    register.rounds.iter().map(round).collect()
}

fn leave_one_out(results: &Results<'_>, told: Told<'_>) -> Value {
    let voices = &results.analysis.voices;
    let mut object = Object::default();
    match &voices.lead_without_one {
        Err(undefined) => {
            for name in ["lowest_lead", "highest_lead", "changes"] {
                object.put_or_reason(name, Err(undefined.0));
            }
        }
        Ok(found) => {
            let none = "the leader never leads without one of them, or there is one option";
            // Without one of three, the lead is that of two people.
            let hidden = too_few(told, voices.in_force.len().saturating_sub(1));
            // A range over the others alone would read as if nobody could turn the lead.
            let turns = told.is_some() && !found.changes.is_empty();
            let lead = |lead: Option<f64>| {
                let lead = lead.map(finite).ok_or(none);
                unless(hidden, if turns { Err("without one of them another option leads") } else { lead })
            };
            object.put_or_reason("lowest_lead", lead(found.range.map(|(low, _)| low)));
            object.put_or_reason("highest_lead", lead(found.range.map(|(_, high)| high)));
            let ballots = &results.workspace.voices.ballots;
            let ids = found.changes.iter().filter_map(|&i| ballots.get(i));
            let changes = ids.map(|ballot| Value::from(ballot.id.as_str())).collect::<Value>();
            object.put_or_reason("changes", unless(told.is_some(), Ok(changes)));
        }
    }
    object.into()
}

fn at_weights(results: &Results<'_>, at: &AtWeights) -> Object {
    let mut object = Object::default();
    for (name, answer) in
        [("nought", at.nought), ("once", at.once), ("double", at.double), ("alone", at.alone)]
    {
        object.put_or_reason(name, outcome(results, answer));
    }
    object
}

fn sectors_at(results: &Results<'_>, told: Told<'_>) -> Value {
    let sectors = results.workspace.voices.sectors.iter().zip(&results.analysis.voices.sectors_at);
    sectors
        .enumerate()
        .filter_map(|(place, (sector, at))| {
            let at = at.as_ref()?;
            let mut object = Object::default();
            object.put("sector", sector.id.as_str());
            if hides(told, place) {
                for name in ["nought", "once", "double", "alone"] {
                    object.put_or_reason(name, Err(OWN));
                }
            } else {
                object.0.extend(at_weights(results, at).0);
            }
            Some(Value::from(object))
        })
        .collect()
}

fn fairness(results: &Results<'_>, told: Told<'_>, fairness: &Fairness) -> Object {
    let sectors = &results.workspace.voices.sectors;
    let sector_id = |of: usize| sectors.get(of).map_or(Value::Null, |sector| sector.id.as_str().into());
    let mut object = Object::default();
    object.put("maximin", results.option_ids(&fairness.maximin));
    object.put("minimax_regret", results.option_ids(&fairness.minimax_regret));
    let option = |o: usize| {
        let (Some(values), Some(regrets)) = (&fairness.values[o], &fairness.regrets[o]) else { return None };
        let mut object = Object::default();
        object.put("id", results.option_id(o));
        const NONE: &str = "no sector has given a ballot";
        let mut figure = |name: &str, of: &str, found: Option<SectorFigure>| {
            let hidden = found.is_some_and(|found| hides(told, found.sector));
            let points = found.map(|found| finite(found.points)).ok_or(NONE);
            object.put_or_reason(name, unless(hidden, points));
            object.put_or_reason(of, unless(hidden, found.map(|found| sector_id(found.sector)).ok_or(NONE)));
        };
        figure("worst_value", "worst_off", fairness.worst_off[o]);
        figure("largest_regret", "largest_regret_of", fairness.largest_regret[o]);
        for (name, figures) in [("values", values), ("regrets", regrets)] {
            let spoken = sectors.iter().zip(figures).enumerate();
            let spoken = spoken.filter_map(|(at, (sector, figure))| Some((at, sector, (*figure)?)));
            let figures = spoken.map(|(at, sector, figure)| {
                (sector.id.as_str(), unless(hides(told, at), Ok(finite(figure))))
            });
            object.keyed(name, figures);
        }
        Some(Value::from(object))
    };
    object.put("options", (0..fairness.values.len()).filter_map(option).collect::<Value>());
    object
}
