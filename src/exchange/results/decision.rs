//! The record as JSON: what is recommended and why, what is not settled, and the frozen copies.

use serde_json::Value;

use super::{Object, Results};
use crate::{
    analysis::decision::{Basis, changed, unmet},
    file::frozen::intact,
    model::decision::{Decision, Entry, FigureRef, Frozen, Review, Trigger},
};

pub(super) fn object(results: &Results<'_>) -> Object {
    let (workspace, decision) = (results.workspace, &results.workspace.decision);
    let basis = Basis { workspace, analysis: results.analysis, robustness: results.robustness.ok() };
    let mut object = Object::default();
    record(decision, &mut object);
    let to_settle = unmet(&basis).into_iter().map(|point| {
        let mut of = Object::default();
        of.put("text", point.text);
        of.put("room", point.room.name());
        of.put("page", point.page);
        Value::from(of)
    });
    object.put("to_settle", to_settle.collect::<Value>());
    let moved = changed(&basis).into_iter().map(|change| {
        let mut of = Object::default();
        of.put("list", change.list.field());
        of.put("entry", change.entry.as_str());
        of.put("was", change.was.as_str());
        of.put("now", change.now.map_or(Value::Null, |now| now.words.into()));
        Value::from(of)
    });
    object.put("changed_figures", moved.collect::<Value>());
    let figures = basis.figures().into_iter().map(|figure| {
        let mut of = Object::default();
        of.put("key", figure.key);
        of.put("what", figure.what);
        of.put("words", figure.words);
        of.figure("value", figure.value);
        of.put("room", figure.room.name());
        of.put("page", figure.page);
        Value::from(of)
    });
    object.put("figures", figures.collect::<Value>());
    object.put("signed", signed(decision));
    object.put("frozen", decision.frozen.iter().map(frozen).collect::<Value>());
    object
}

/// All that people wrote into a record.
fn record(decision: &Decision, object: &mut Object) {
    object.put("recommendation", id(decision.recommendation.as_ref().map(|id| id.as_str())));
    object.put("headline", decision.headline.as_str());
    object.put("why_not_the_leader", decision.why_not_the_leader.as_str());
    object.put("why_unanswered", decision.why_unanswered.as_str());
    let reasons = decision.reasons.iter().map(|reason| {
        let mut of = entry(reason.id.as_str(), &reason.text, &reason.figures);
        of.put("room", reason.room.map_or(Value::Null, |room| room.name().into()));
        Value::from(of)
    });
    object.put("reasons", reasons.collect::<Value>());
    let dissent = decision.dissent.iter().map(|dissent| {
        let mut of = Object::default();
        of.put("id", dissent.id.as_str());
        of.put("stakeholder", id(dissent.stakeholder.as_ref().map(|id| id.as_str())));
        of.put("text", dissent.text.as_str());
        of.put("answer", dissent.answer.as_str());
        Value::from(of)
    });
    object.put("dissent", dissent.collect::<Value>());
    object.put("conditions", decision.conditions.iter().map(owned).collect::<Value>());
    object.put("safeguards", decision.safeguards.iter().map(owned).collect::<Value>());
    object.put("triggers", decision.triggers.iter().map(trigger).collect::<Value>());
    let rationed = decision.rationed.iter().map(|rationed| {
        let mut of = entry(rationed.id.as_str(), &rationed.text, &rationed.figures);
        of.put("between", rationed.between.as_str());
        Value::from(of)
    });
    object.put("rationed", rationed.collect::<Value>());
    let duties = decision.duties.iter().map(|duty| {
        let mut of = Object::default();
        of.put("id", duty.id.as_str());
        of.put("text", duty.text.as_str());
        of.put("source", duty.source.as_str());
        of.put("answer", duty.answer.map_or(Value::Null, |answer| answer.words().into()));
        of.put("how", duty.how.as_str());
        of.put("by", duty.by.as_str());
        Value::from(of)
    });
    object.put("duties", duties.collect::<Value>());
    object.put("reviews", decision.reviews_by_day().into_iter().map(review).collect::<Value>());
}

fn id(id: Option<&str>) -> Value {
    id.map_or(Value::Null, Value::from)
}

fn day(date: Option<jiff::civil::Date>) -> Value {
    date.map_or(Value::Null, |date| date.to_string().into())
}

fn entry(id: &str, text: &str, figures: &[FigureRef]) -> Object {
    let mut of = Object::default();
    of.put("id", id);
    of.put("text", text);
    let figures = figures.iter().map(|figure| {
        let mut of = Object::default();
        of.put("key", figure.key.as_str());
        of.put("words", figure.words.as_str());
        of.put("value", super::finite(figure.value));
        Value::from(of)
    });
    of.put("figures", figures.collect::<Value>());
    of
}

fn owned(of: &Entry) -> Value {
    let mut object = entry(of.id.as_str(), &of.text, &of.figures);
    object.put("owner", of.owner.as_str());
    object.put("due", day(of.due));
    object.put("state", of.state.words());
    object.into()
}

fn trigger(of: &Trigger) -> Value {
    let mut object = entry(of.id.as_str(), &of.text, &of.figures);
    object.put("watched", of.watched.as_str());
    object.put("limit", of.limit.as_str());
    object.put("owner", of.owner.as_str());
    object.put("due", day(of.due));
    object.into()
}

fn review(of: &Review) -> Value {
    let mut object = Object::default();
    object.put("id", of.id.as_str());
    object.put("text", of.text.as_str());
    object.put("expected", of.expected.as_str());
    object.put("on", day(of.on));
    object.put("owner", of.owner.as_str());
    object.put("found", of.found.as_str());
    object.put("found_on", day(of.found_on));
    object.put("outcome", of.outcome.map_or(Value::Null, |outcome| outcome.words().into()));
    object.put("learned", of.learned.as_str());
    object.into()
}

fn signed(decision: &Decision) -> Value {
    let Some(signed) = &decision.signed else { return Value::Null };
    let mut object = Object::default();
    object.put("by", signed.by.as_str());
    object.put("role", signed.role.as_str());
    object.put("on", signed.on.to_string());
    object.put("not_settled", signed.unmet.iter().map(|point| point.text.clone()).collect::<Value>());
    object.put("remark", signed.remark.as_str());
    object.put("copy", signed.copy.as_str());
    object.into()
}

fn frozen(copy: &Frozen) -> Value {
    let mut object = Object::default();
    object.put("id", copy.id.as_str());
    object.put("name", copy.name.as_str());
    object.put("on", copy.on.to_string());
    object.put("by", copy.by.as_str());
    object.put("version", copy.version.as_str());
    object.put("seed", copy.seed);
    object.put("draws", copy.draws);
    object.put("fingerprint", copy.fingerprint.as_str());
    object.put("is_as_frozen", intact(copy).is_ok());
    let mut then = Object::default();
    record(&copy.state.decision, &mut then);
    object.put("record", then);
    object.into()
}
