//! Today beside a snapshot: totals then and now, what changed, and what each change did to the lead.

use serde_json::Value;

use super::{Object, finite};
use crate::{
    analysis::balance::compare::{Change, ChangeKind, Comparison, NoWhole, Orders, Standing},
    model::{ids::OptionId, snapshot::Snapshot},
};

const NOT_THERE: &str = "it was not an option";
const NO_WEIGHT: &str = "no factor had any weight";

/// The comparison of a snapshot with the workspace as it stands.
#[must_use]
pub fn comparison(snapshot: &Snapshot, comparison: &Comparison) -> Value {
    let mut object = Object::default();
    object.put("snapshot", snapshot.name.as_str());
    object.put("taken", snapshot.taken.to_string());
    let options = comparison.options.iter().map(|id| option(comparison, id));
    object.put("options", options.collect::<Value>());
    match &comparison.whole {
        Ok(whole) => {
            object.put("leader", whole.leader.as_str());
            object.put("lead_before", finite(whole.lead_before));
            object.put("lead_after", finite(whole.lead_after));
            match whole.orders {
                Orders::All(orders) => object.put("orders", orders),
                Orders::Sampled(orders) => object.put("orders_drawn", orders),
            }
        }
        Err(reason) => {
            for name in ["leader", "lead_before", "lead_after"] {
                object.put_or_reason(name, Err(why(reason)));
            }
        }
    }
    let changes = comparison.changes.iter().map(|each| change(comparison, each));
    object.put("changes", changes.collect::<Value>());
    object.into()
}

fn option(comparison: &Comparison, id: &OptionId) -> Value {
    let mut object = Object::default();
    object.put("id", id.as_str());
    object.put("name", comparison.option(id).map_or("", |option| option.name.as_str()));
    let mut total = |name: &str, standing: &Standing| {
        let reason = if standing.option(id).is_some() { NO_WEIGHT } else { NOT_THERE };
        object.known(name, standing.total(id), reason);
    };
    total("value_before", &comparison.before);
    total("value_after", &comparison.after);
    object.into()
}

fn change(comparison: &Comparison, change: &Change) -> Value {
    let mut object = Object::default();
    let (rule, of) = rule(&change.kind);
    object.put("change", rule);
    if let Some(of) = of {
        object.put("of", of);
    }
    object.put("name", change.name.as_str());
    object.put("what", change.line.as_str());
    let reason = comparison.whole.as_ref().err().map_or("", why);
    object.known("effect", change.share.map(|share| share.effect), reason);
    if let Some(error) = change.share.and_then(|share| share.standard_error) {
        object.put("effect_standard_error", finite(error));
    }
    object.into()
}

/// The short name of a sort of change, and the id of what it is about.
fn rule(kind: &ChangeKind) -> (&'static str, Option<&str>) {
    match kind {
        ChangeKind::BetweenSides => ("between-sides", None),
        ChangeKind::InsideSides => ("inside-sides", None),
        ChangeKind::Scale(id) => ("scale", Some(id.as_str())),
        ChangeKind::ScoresOf(id) => ("scores-of-option", Some(id.as_str())),
        ChangeKind::ScoresOn(id) => ("scores-on-factor", Some(id.as_str())),
        ChangeKind::OptionAdded(id) => ("option-added", Some(id.as_str())),
        ChangeKind::OptionRemoved(id) => ("option-removed", Some(id.as_str())),
        ChangeKind::FactorAdded(id) => ("factor-added", Some(id.as_str())),
        ChangeKind::FactorRemoved(id) => ("factor-removed", Some(id.as_str())),
        ChangeKind::Musts => ("musts", None),
    }
}

fn why(reason: &NoWhole) -> &'static str {
    match reason {
        NoWhole::Same => "nothing that bears on the result has changed",
        NoWhole::NoLeaderBefore => "nobody led in the snapshot",
        NoWhole::NoLeaderAfter => "nobody leads",
        NoWhole::NotYetAnOption(_) => "the leader was not an option in the snapshot",
        NoWhole::StruckBefore(_) => "the leader was struck by a must in the snapshot",
    }
}
