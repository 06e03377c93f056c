//! Voices: what each sector's ballots would give, how far they agree, and who has not been heard.

mod said;
mod whose;

use serde_json::Value;

use super::{Object, Results, finite};
use crate::{
    analysis::{
        balance,
        voices::{FEWEST_TOLD, ToldApart, ballots_as_counted, ballots_in_force},
    },
    model::{
        balance::WeightsFrom,
        voices::{CombineRule, Vote},
    },
};

/// Said in place of a figure that would give a ballot away.
const OWN: &str = "it would be the figure of one or two people";

/// What may be told: everything, or what gives nobody's ballot away.
type Told<'a> = Option<&'a ToldApart>;

/// Whether figures of a sector, by index, stay here.
fn hides(told: Told<'_>, sector: usize) -> bool {
    told.is_some_and(|told| !told.tells(sector))
}

/// Whether what so many ballots come to stays here.
fn too_few(told: Told<'_>, ballots: usize) -> bool {
    told.is_some() && (1..FEWEST_TOLD).contains(&ballots)
}

/// A value, unless it stays here.
fn unless<T>(hidden: bool, value: Result<T, &'static str>) -> Result<T, &'static str> {
    if hidden { Err(OWN) } else { value }
}

pub(super) fn object(results: &Results<'_>, told: Told<'_>) -> Object {
    let voices = &results.analysis.voices;
    let mut object = Object::default();
    object.put("by_sector", by_sector(results, told));
    object.put("combined", combined(results, told));
    let mut agreement = Object::default();
    agreement.figure("factors", voices.agreement_on_factors.map(|agreed| agreed.w));
    agreement.figure("options", voices.agreement_on_options.map(|agreed| agreed.w));
    agreement.figure("gut_feel", voices.agreement_on_gut_feel.map(|agreed| agreed.w));
    object.put("kendalls_w", agreement);
    object.put("disagreement", disagreement(results, told));
    object.put("leave_out", leave_out(results, told));
    object.put("coverage", coverage(results));
    whose::put(results, told, &mut object);
    said::put(results, told, &mut object);
    object
}

fn by_sector(results: &Results<'_>, told: Told<'_>) -> Value {
    let register = &results.workspace.voices;
    let in_force = ballots_in_force(results.workspace);
    let sectors = register.sectors.iter().zip(&results.analysis.voices.by_sector);
    sectors
        .enumerate()
        .map(|(at, (sector, result))| {
            let hidden = hides(told, at) && result.is_some();
            let ballots = in_force.iter().filter(|&&b| register.ballots[b].sector == sector.id).count();
            let mut object = Object::default();
            object.put("sector", sector.id.as_str());
            object.put("name", sector.name.as_str());
            object.put("ballots", ballots);
            let none = "no ballot of this sector says anything";
            let weights = result.as_ref().map(|r| results.by_factor(&r.weights));
            object.put_or_reason("weights", unless(hidden, weights.ok_or(none)));
            let ranking = result.as_ref().map(|r| results.option_ids(&r.ranking));
            object.put_or_reason("ranking", unless(hidden, ranking.ok_or(none)));
            Value::from(object)
        })
        .collect()
}

/// All ballots together, whether or not the result's weights come from them.
fn combined(results: &Results<'_>, told: Told<'_>) -> Object {
    let hidden = told.is_some_and(ToldApart::gives_away);
    let register = &results.workspace.voices;
    let rule = match register.combine {
        CombineRule::MedianLargest100 => "median of swing points, each ballot's largest being 100",
        CombineRule::MedianAsGiven => "median of swing points as given",
        CombineRule::MeanWeights => "mean of normalised weights",
    };
    let vote = match register.vote {
        Vote::OnePerson => "one person one vote",
        Vote::OneSector => "one sector one vote",
    };
    let mut object = Object::default();
    object.put("rule", format!("{rule}, {vote}"));
    let by_ballots = results.analysis.voices.combined_swings.is_some().then(|| {
        let mut workspace = results.workspace.clone();
        workspace.balance.weights_from = WeightsFrom::Ballots;
        balance::analyse(&workspace)
    });
    let none = "there are no ballots";
    let weights = by_ballots.as_ref().map(|b| results.by_factor(&b.weights));
    object.put_or_reason("weights", unless(hidden, weights.ok_or(none)));
    let ranking = by_ballots.map(|b| results.option_ids(&b.ranking)).ok_or(none);
    object.put_or_reason("ranking", unless(hidden, ranking));
    object
}

/// Factors, the widest disagreement first.
fn disagreement(results: &Results<'_>, told: Told<'_>) -> Value {
    let voices = &results.analysis.voices;
    let mut given = vec![0; results.workspace.balance.factors.len()];
    for (_, row) in ballots_as_counted(results.workspace) {
        given.iter_mut().zip(row).for_each(|(given, points)| *given += usize::from(points.is_some()));
    }
    let widest = voices.disagreement.iter();
    widest
        .filter_map(|&f| Some((f, (*voices.spread.get(f)?)?)))
        .map(|(f, spread)| {
            let mut object = Object::default();
            object.put("factor", results.factor_id(f));
            let hidden = too_few(told, given[f]);
            for (name, figure) in [
                ("iqr", spread.upper_quartile - spread.lower_quartile),
                ("min", spread.min),
                ("max", spread.max),
            ] {
                // The lowest and the highest points are each one person's.
                let hidden = hidden || told.is_some() && name != "iqr";
                object.put_or_reason(name, unless(hidden, Ok(finite(figure))));
            }
            Value::from(object)
        })
        .collect()
}

fn leave_out(results: &Results<'_>, told: Told<'_>) -> Value {
    let sectors = results.workspace.voices.sectors.iter().zip(&results.analysis.voices.without_sector);
    sectors
        .enumerate()
        .filter_map(|(at, (sector, without))| without.map(|without| (at, sector, without)))
        .map(|(at, sector, without)| {
            let hidden = hides(told, at);
            let mut object = Object::default();
            object.put("sector", sector.id.as_str());
            object.put_or_reason("leader", unless(hidden, Ok(results.option_id(without.leader))));
            object.put_or_reason("changes", unless(hidden, Ok(without.changes_leader.into())));
            let lead = without.lead.map(finite).ok_or("there is one option");
            object.put_or_reason("lead", unless(hidden, lead));
            Value::from(object)
        })
        .collect()
}

/// How each need group has been heard; a flag that is null means that there is nothing to flag.
fn coverage(results: &Results<'_>) -> Value {
    let groups = results.workspace.question.need_groups.iter().zip(&results.analysis.voices.coverage);
    groups
        .map(|(group, coverage)| {
            let mut object = Object::default();
            object.put("group", group.id.as_str());
            object.put("name", group.name.as_str());
            object.put("heard", coverage.heard.words());
            let flag = coverage.flag.clone().map(Value::from);
            object.put_or_reason("flag", flag.ok_or("heard as the rule asks"));
            let speaking = coverage.direct + coverage.through + coverage.proxy;
            let flags = coverage.flags.iter().map(|flag| Value::from(flag.words(speaking)));
            object.put("flags", flags.collect::<Value>());
            object.put("direct", coverage.direct);
            object.put("through", coverage.through);
            object.put("proxy", coverage.proxy);
            Value::from(object)
        })
        .collect()
}
