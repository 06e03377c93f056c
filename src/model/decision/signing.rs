//! Who signed a record, and dated copies of all that it stood on.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{
    Workspace,
    diff::{is_variant, value_of},
    ids::FrozenId,
    shared::Shared,
    voices::KnownAs,
    workspace::Room,
};

/// A signature under the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    pub by: String,
    /// In what role, such as "Head of Community Safety".
    pub role: String,
    /// When, by the clock of whoever signed.
    pub on: DateTime,
    /// What was not settled then, as it was listed before the signature.
    pub unmet: Vec<UnmetPoint>,
    /// What whoever signed said to that; empty where nothing was said.
    pub remark: String,
    /// The copy that was frozen with the signature.
    pub copy: FrozenId,
}

/// Something that was not settled when a record was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnmetPoint {
    /// In a sentence, as it was listed.
    pub text: String,
    /// Where it would have been settled.
    pub room: Option<Room>,
}

/// A dated copy of everything that a record stood on. Nothing in it changes; with the same version of the program the same
/// figures follow from it to the last bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    pub id: FrozenId,
    pub name: String,
    /// When, by the clock of whoever froze it.
    pub on: DateTime,
    /// Who froze it; empty when nobody is named.
    pub by: String,
    /// The version of the program whose figures these are.
    pub version: String,
    /// What the figures of chance were drawn with.
    pub seed: u64,
    pub draws: u32,
    /// The figures as they were.
    pub figures: Vec<FrozenFigure>,
    /// A hash of [`canonical_text`] of the state, in hexadecimal.
    pub fingerprint: String,
    /// The same of the whole copy, with the seal left empty.
    pub seal: String,
    /// What the figures follow from; see [`inputs_of`].
    pub state: Shared<Workspace>,
}

/// A figure of the analysis as it was when it was frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenFigure {
    /// Which figure it is; the analysis knows them.
    pub key: String,
    /// What it is, in words: "Total of Local partnership".
    pub what: String,
    /// The figure as it is written, or why there was none.
    pub words: String,
    /// `None` where it was not defined.
    pub value: Option<f64>,
}

impl Frozen {
    /// The text that the seal is a hash of.
    #[must_use]
    pub fn sealed_text(&self) -> String {
        canonical_text(&Self { seal: String::new(), ..self.clone() })
    }
}

/// Everything that the figures and the record follow from: the workspace without its snapshots, frozen copies, signature
/// and what a workshop looks at. Whoever is known by a name or pseudonym stands in it by their role: a copy outlives the
/// purpose for which the name was held.
#[must_use]
pub fn inputs_of(workspace: &Workspace) -> Workspace {
    let mut inputs = Workspace { snapshots: Vec::new(), ..workspace.clone() };
    if !workspace.decision.frozen.is_empty() || workspace.decision.signed.is_some() {
        inputs.decision.frozen.clear();
        inputs.decision.signed = None;
    }
    let is_role = |known: KnownAs| known == KnownAs::Role;
    let voices = &workspace.voices;
    if voices.workshop.is_some() || voices.stakeholders.iter().any(|person| !is_role(person.known_as)) {
        let voices = &mut *inputs.voices;
        voices.workshop = None;
        for person in voices.stakeholders.iter_mut().filter(|person| !is_role(person.known_as)) {
            let role = person.role.trim();
            person.name = if role.is_empty() { "Somebody".to_owned() } else { role.to_owned() };
            person.known_as = KnownAs::Role;
        }
    }
    inputs
}

/// A value as one text that does not depend on the order of fields, nor on fields that hold nothing: what a later version
/// of the program adds to the model and leaves empty changes no hash of an earlier copy.
#[must_use]
pub fn canonical_text<T: Serialize>(value: &T) -> String {
    let mut text = String::new();
    write_canonical(&value_of(value), &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().filter(|(_, value)| !holds_nothing(value)).collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            text.push('{');
            for (place, (name, value)) in fields.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write_canonical(value, text);
            }
            text.push('}');
        }
        Value::Array(list) => {
            text.push('[');
            for (place, value) in list.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write_canonical(value, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// Whether a field holds nothing at all.
fn holds_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => !is_variant(fields) && fields.values().all(holds_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    #[test]
    fn the_canonical_text_depends_neither_on_order_nor_on_what_holds_nothing() {
        let one = serde_json::json!({"b": 1.5, "a": [{"x": "", "y": "1"}], "c": {"d": null}});
        let other = serde_json::json!({"a": [{"y": "1"}], "b": 1.5});
        assert_eq!(canonical_text(&one), canonical_text(&other));
        assert_eq!(canonical_text(&one), r#"{"a":[{"y":"1"}],"b":1.5}"#);
        assert_ne!(canonical_text(&one), canonical_text(&serde_json::json!({"a": [{"y": "1"}], "b": 1.25})));
    }

    #[test]
    fn inputs_hold_no_copies_no_signature_and_no_names() {
        let mut workspace = sample::workspace();
        workspace.voices.stakeholders[0].known_as = KnownAs::Name;
        workspace.voices.stakeholders[0].name = "Ada Quill".to_owned();
        let inputs = inputs_of(&workspace);
        assert!(inputs.snapshots.is_empty() && inputs.decision.frozen.is_empty());
        assert!(inputs.decision.signed.is_none() && inputs.voices.workshop.is_none());
        assert!(!canonical_text(&inputs).contains("Ada Quill"));
        assert_eq!(inputs_of(&inputs), inputs);
        assert_eq!(inputs.balance, workspace.balance);
    }
}
