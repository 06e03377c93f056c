//! Finding the differences.
//!
//! The rooms are compared as the types they are, so that what is alike costs next to nothing; only what differs is
//! turned into values and compared further.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Change, Place, Position, order::longest_rising};
use crate::model::{
    Workspace,
    balance::{Balance, ExchangeAnswer, Factor, Score},
    challenge::{Challenge, Evidence},
    decision::{Decision, Dissent, Duty, Entry, Frozen, Rationed, Reason, Review, Trigger},
    money::Money,
    question::{Entitlement, NeedGroup, Question, ServiceOption, TradeOff},
    reach::{
        Feed, Payment, Reach, Terms,
        caseload::{Caseload, Tripwire},
        changing_risk::{Agency, ChangingRisk, PromisedSaving, RiskBand},
    },
    snapshot::Snapshot,
    voices::{Ballot, Round, Sector, Stakeholder, Statement, Voices},
};

/// Every difference, in the order of the file; in each list first what was removed.
#[must_use]
pub fn changes(before: &Workspace, after: &Workspace) -> Vec<Change> {
    let mut walk = Walk::default();
    walk.workspace(before, after);
    walk.found
}

/// Every difference between two things that stand at the same place, as the file would hold them.
pub(in crate::model) fn changes_within(place: &Place, before: Value, after: Value) -> Vec<Change> {
    let mut walk = Walk { steps: place.0.clone(), found: Vec::new() };
    walk.parts(before, after);
    walk.found
}

/// Compares the fields of one struct. It names every field without `..`, so that a field that is added to the model
/// cannot be forgotten here.
macro_rules! compare {
    ($walk:ident, $before:ident, $after:ident, $type:ident { $($how:ident $field:ident),* $(,)? }) => {{
        let $type { $($field: _),* } = $before;
        $($walk.within(stringify!($field), |walk| walk.$how(&$before.$field, &$after.$field));)*
    }};
}

#[derive(Default)]
struct Walk {
    steps: Vec<String>,
    found: Vec<Change>,
}

impl Walk {
    fn workspace(&mut self, before: &Workspace, after: &Workspace) {
        compare!(self, before, after, Workspace {
            value title, value illustrative, question question, voices voices, balance balance, reach reach,
            money money, challenge challenge, decision decision, list snapshots,
        });
    }

    fn question(&mut self, before: &Question, after: &Question) {
        compare!(self, before, after, Question {
            value text, value place, value decision_maker, value starts, value horizon_years, list options,
            list need_groups, list entitlements, list trade_offs,
        });
    }

    fn voices(&mut self, before: &Voices, after: &Voices) {
        compare!(self, before, after, Voices {
            list sectors, list stakeholders, value personal_data, list statements, list rounds, list ballots,
            value combine, value vote, value workshop,
        });
    }

    fn balance(&mut self, before: &Balance, after: &Balance) {
        compare!(self, before, after, Balance {
            list factors, list scores, value weights_from, value swing_ranking, list exchange_answers,
            value robustness,
        });
    }

    fn reach(&mut self, before: &Reach, after: &Reach) {
        compare!(self, before, after, Reach {
            value response_scale, list terms, list payments, list feeds, changing_risk changing_risk,
            caseload caseload,
        });
    }

    fn changing_risk(&mut self, before: &Option<ChangingRisk>, after: &Option<ChangingRisk>) {
        let (Some(before), Some(after)) = (before, after) else {
            self.value(before, after);
            return;
        };
        compare!(self, before, after, ChangingRisk {
            list bands, value illustrative, value source, value starts, value entrants_per_year,
            value support_years, value horizon_years, value discount_rate, value discount_source, list agencies,
            value wing, list promises, value measures,
        });
    }

    fn caseload(&mut self, before: &Caseload, after: &Caseload) {
        compare!(self, before, after, Caseload { list tripwires, value counted });
    }

    #[expect(clippy::unused_self, reason = "the room has no fields yet, and will have")]
    fn money(&mut self, before: &Money, _after: &Money) {
        let Money {} = before;
    }

    fn challenge(&mut self, before: &Challenge, after: &Challenge) {
        compare!(self, before, after, Challenge { list evidence });
    }

    fn decision(&mut self, before: &Decision, after: &Decision) {
        compare!(self, before, after, Decision {
            value paper, value recommendation, value headline, value why_not_the_leader, value why_unanswered,
            list reasons, list dissent, list conditions, list safeguards, list triggers, list rationed, list duties,
            list reviews, value signed, list frozen,
        });
    }

    fn within(&mut self, step: &str, compare: impl FnOnce(&mut Self)) {
        self.steps.push(step.to_owned());
        compare(self);
        self.steps.pop();
    }

    fn value<T: Serialize + PartialEq>(&mut self, before: &T, after: &T) {
        if before != after {
            self.parts(value_of(before), value_of(after));
        }
    }

    /// Compares two lists of things that each have a key.
    fn list<T: Keyed + Serialize + PartialEq>(&mut self, before: &[T], after: &[T]) {
        if before == after {
            return;
        }
        let old_keys: Vec<_> = before.iter().map(Keyed::key).collect();
        let new_keys: Vec<_> = after.iter().map(Keyed::key).collect();
        let old_places: HashMap<&str, usize> =
            old_keys.iter().enumerate().map(|(at, key)| (&**key, at)).collect();
        let still_there: HashSet<&str> = new_keys.iter().map(|key| &**key).collect();
        if old_places.len() < before.len() || still_there.len() < after.len() {
            // Two things of one key, which no sound workspace has: they cannot be told apart, so the list is one value.
            self.change(Some(value_of(&before)), Some(value_of(&after)), None);
            return;
        }
        for (key, thing) in old_keys.iter().zip(before) {
            if !still_there.contains(&**key) {
                self.within(key, |walk| walk.change(Some(value_of(thing)), None, None));
            }
        }
        let found_at: Vec<usize> =
            new_keys.iter().filter_map(|key| old_places.get(&**key).copied()).collect();
        let mut kept_order = longest_rising(&found_at).into_iter();
        for (at, (key, thing)) in new_keys.iter().zip(after).enumerate() {
            let position = at
                .checked_sub(1)
                .map_or(Position::First, |last| Position::Behind(new_keys[last].to_string()));
            self.within(key, |walk| match old_places.get(&**key) {
                None => walk.change(None, Some(value_of(thing)), Some(position)),
                Some(&old) => {
                    if kept_order.next() == Some(false) {
                        walk.change(Some((old + 1).into()), Some((at + 1).into()), Some(position));
                    }
                    walk.value(&before[old], thing);
                }
            });
        }
    }

    /// Compares two values part by part, where they have parts.
    fn parts(&mut self, before: Value, after: Value) {
        match (before, after) {
            (before, after) if before == after => {}
            (before, after) if is_one_value(&self.steps) => self.change(Some(before), Some(after), None),
            (Value::Object(before), Value::Object(after)) if !is_variant(&before) && !is_variant(&after) => {
                self.fields(before, after);
            }
            (before, after) => self.change(Some(before), Some(after), None),
        }
    }

    fn fields(&mut self, before: Map<String, Value>, mut after: Map<String, Value>) {
        for (field, old) in before {
            let new = after.shift_remove(&field);
            self.within(&field, |walk| match new {
                Some(new) => walk.parts(old, new),
                None => walk.change(Some(old), None, None),
            });
        }
        for (field, new) in after {
            self.within(&field, |walk| walk.change(None, Some(new), None));
        }
    }

    fn change(&mut self, before: Option<Value>, after: Option<Value>, position: Option<Position>) {
        self.found.push(Change { place: Place(self.steps.clone()), before, after, position });
    }
}

/// Whether what stands at a place is one value although it has parts: what a snapshot or a frozen copy holds never changes
/// in part, a signature is given as a whole, and a caseload is counted as one.
pub(super) fn is_one_value(steps: &[String]) -> bool {
    match steps {
        [list, _, field] if list == "snapshots" => field == "state",
        [room, list, _, field] if room == "decision" => {
            field == "figures" || (list == "frozen" && field == "state")
        }
        [room, field] if room == "decision" => field == "signed",
        [room, page, field] => room == "reach" && page == "caseload" && field == "counted",
        _ => false,
    }
}

/// Whether an object is an enum's variant with what it holds, such as `{"Linear": …}`: fields and ids begin with a
/// small letter or a digit, variants with a capital.
pub(in crate::model) fn is_variant(object: &Map<String, Value>) -> bool {
    object.len() == 1 && object.keys().all(|key| key.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// A part of a workspace as the file would hold it.
#[expect(clippy::expect_used, reason = "see the invariant")]
pub(in crate::model) fn value_of<T: Serialize>(part: &T) -> Value {
    // invariant: turning plain data into a value fails only for maps whose keys are not text; the model has none.
    serde_json::to_value(part).expect("the model is plain data") // invariant
}

/// Something that keeps its key while it is moved, renamed and changed.
trait Keyed {
    fn key(&self) -> Cow<'_, str>;
}

macro_rules! keyed_by_id {
    ($($type:ident),+ $(,)?) => {$(
        impl Keyed for $type {
            fn key(&self) -> Cow<'_, str> {
                self.id.as_str().into()
            }
        }
    )+};
}

keyed_by_id!(
    ServiceOption,
    NeedGroup,
    Entitlement,
    TradeOff,
    Sector,
    Stakeholder,
    Statement,
    Ballot,
    Factor,
    Payment,
    RiskBand,
    Agency,
    Evidence,
    Reason,
    Dissent,
    Entry,
    Trigger,
    Rationed,
    Duty,
    Review,
    Frozen,
    Snapshot,
    Tripwire,
);

impl Keyed for Score {
    fn key(&self) -> Cow<'_, str> {
        format!("{}/{}", self.factor, self.option).into()
    }
}

impl Keyed for ExchangeAnswer {
    fn key(&self) -> Cow<'_, str> {
        format!("{}/{}", self.factor, self.against).into()
    }
}

impl Keyed for Round {
    fn key(&self) -> Cow<'_, str> {
        self.number.to_string().into()
    }
}

impl Keyed for Feed {
    fn key(&self) -> Cow<'_, str> {
        self.factor.as_str().into()
    }
}

impl Keyed for Terms {
    fn key(&self) -> Cow<'_, str> {
        self.option.as_str().into()
    }
}

impl Keyed for PromisedSaving {
    fn key(&self) -> Cow<'_, str> {
        self.option.as_str().into()
    }
}
