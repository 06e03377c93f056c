//! Results out: one documented JSON object for scripts and other programs.
//!
//! Shares are 0 to 1, values 0 to 100, money is pounds. A figure that is not defined is `null` with its reason beside it
//! under `<name>_reason`; where figures are keyed by id, that is an object of reasons with the same keys.

mod balance;
pub mod caseload;
mod changing_risk;
mod compare;
mod decision;
mod reach;
mod voices;
mod worked_out;

pub use compare::comparison;
use serde_json::{Map, Value};
pub use worked_out::WorkedOut;

use crate::{
    analysis::{
        Analysis, Figure, Undefined,
        balance::robustness::{Robustness, better_information::BetterInformation, by_weights::ByWeights},
        voices::ToldApart,
    },
    model::{Room, Workspace},
};

/// What there is to be said about a workspace.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    pub workspace: &'a Workspace,
    pub revision: u64,
    pub analysis: &'a Analysis,
    /// The draws, or why there are none.
    pub robustness: Result<&'a Robustness, Undefined>,
    /// How often each option comes first under each kind of weights, where that was drawn.
    pub by_weights: Option<&'a ByWeights>,
    /// What better information is worth, or why there is no saying; `None` where nobody asked.
    pub better_information: Option<Result<&'a BetterInformation, Undefined>>,
}

impl Results<'_> {
    /// Whether a room has anything filled in that gives results.
    #[must_use]
    pub fn is_filled_in(&self, room: Room) -> bool {
        let workspace = self.workspace;
        match room {
            Room::Balance => !workspace.balance.factors.is_empty() && !workspace.question.options.is_empty(),
            Room::Voices => {
                let voices = &workspace.voices;
                !(voices.ballots.is_empty() && voices.stakeholders.is_empty() && voices.statements.is_empty())
            }
            Room::Reach => self.analysis.reach.options.iter().any(Option::is_some),
            Room::Decision => self.workspace.decision.is_begun(),
            Room::Question | Room::Money | Room::Challenge => false,
        }
    }

    /// The object: the rooms that are asked for and filled in, in working order.
    #[must_use]
    pub fn as_json(&self, rooms: &[Room]) -> Value {
        self.object(rooms, None)
    }

    /// The same for whoever may not see single ballots: figures that would be those of one or two people are `null`, with
    /// that as the reason.
    #[must_use]
    pub fn as_json_to_hand_out(&self, rooms: &[Room]) -> Value {
        self.object(rooms, Some(&ToldApart::of(self.workspace)))
    }

    fn object(&self, rooms: &[Room], told: Option<&ToldApart>) -> Value {
        let mut about = Object::default();
        about.put("title", self.workspace.title.as_str());
        about.put("revision", self.revision);
        let mut object = Object::default();
        object.put("evenhand", env!("CARGO_PKG_VERSION"));
        object.put("workspace", about);
        let asked = |room: &Room| rooms.contains(room) && self.is_filled_in(*room);
        for room in [Room::Balance, Room::Voices, Room::Reach, Room::Decision].into_iter().filter(asked) {
            match room {
                Room::Balance => object.put("balance", balance::object(self)),
                Room::Voices => object.put("voices", voices::object(self, told)),
                Room::Decision => object.put("decision", decision::object(self)),
                _ => object.put("reach", reach::object(self)),
            }
        }
        object.into()
    }

    fn option_id(&self, option: usize) -> Value {
        self.workspace.question.options.get(option).map_or(Value::Null, |o| o.id.as_str().into())
    }

    fn option_ids(&self, options: &[usize]) -> Value {
        options.iter().map(|&option| self.option_id(option)).collect()
    }

    fn factor_id(&self, factor: usize) -> Value {
        self.workspace.balance.factors.get(factor).map_or(Value::Null, |f| f.id.as_str().into())
    }

    fn option_keys(&self) -> impl Iterator<Item = &str> {
        self.workspace.question.options.iter().map(|option| option.id.as_str())
    }

    /// Puts an object with a value per option into another, those that are not defined null and their reasons beside it.
    fn keyed_by_option(
        &self,
        object: &mut Object,
        name: &str,
        value: impl Fn(usize) -> Result<Value, &'static str>,
    ) {
        object.keyed(name, self.option_keys().enumerate().map(|(o, id)| (id, value(o))));
    }

    /// An object with a figure per factor.
    fn by_factor(&self, figures: &[f64]) -> Value {
        let factors = self.workspace.balance.factors.iter().map(|factor| factor.id.as_str().to_owned());
        Value::Object(factors.zip(figures.iter().map(|&figure| finite(figure))).collect())
    }
}

/// A figure as JSON; what is not finite has no place there.
fn finite(figure: f64) -> Value {
    serde_json::Number::from_f64(figure).map_or(Value::Null, Value::Number)
}

/// An object in the making, its fields in the order in which they are put.
#[derive(Default)]
struct Object(Map<String, Value>);

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

impl Object {
    fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A value, or null with its reason beside it.
    fn put_or_reason(&mut self, name: &str, value: Result<Value, &str>) {
        match value {
            Ok(Value::Null) => {
                self.put(name, Value::Null);
                self.put(&format!("{name}_reason"), "the figure is too large to state");
            }
            Ok(value) => self.put(name, value),
            Err(reason) => {
                self.put(name, Value::Null);
                self.put(&format!("{name}_reason"), reason);
            }
        }
    }

    fn figure(&mut self, name: &str, figure: Figure) {
        self.put_or_reason(name, figure.map(finite).map_err(|undefined| undefined.0));
    }

    fn known(&mut self, name: &str, figure: Option<f64>, reason: &str) {
        self.put_or_reason(name, figure.map(finite).ok_or(reason));
    }

    /// An object keyed by id, and beside it, when some are not defined, one of their reasons.
    fn keyed<'k>(&mut self, name: &str, entries: impl Iterator<Item = (&'k str, Result<Value, &'k str>)>) {
        let (mut values, mut reasons) = (Object::default(), Object::default());
        for (key, value) in entries {
            if let Err(reason) = value {
                reasons.put(key, reason);
            }
            values.put(key, value.unwrap_or(Value::Null));
        }
        self.put(name, values);
        if !reasons.is_empty() {
            self.put(&format!("{name}_reason"), reasons);
        }
    }
}
