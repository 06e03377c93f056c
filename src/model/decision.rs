//! The Decision room: the record of what is recommended, why, and who dissents; what must be done, watched and looked at
//! again; who signed it and what it stood on then.

mod duties;
mod figures;
mod review;
mod sentences;
mod signing;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use duties::{Duty, DutyAnswer};
pub use figures::{FigureRef, replaced};
pub use review::{Review, ReviewOutcome};
pub use sentences::{RecordList, Sentence};
pub use signing::{Frozen, FrozenFigure, SignOff, UnmetPoint, canonical_text, inputs_of};

use super::{
    ids::{EntryId, FrozenId, OptionId, StakeholderId},
    voices::Stakeholder,
    workspace::Room,
};

/// The decision record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What stands over the paper.
    #[serde(default)]
    pub paper: TitleBlock,
    /// The option recommended, which may differ from the leader.
    pub recommendation: Option<OptionId>,
    /// The recommendation in one sentence.
    pub headline: String,
    /// Why the recommendation differs from the leader, where it does.
    pub why_not_the_leader: String,
    /// Why it is signed while statements are unanswered, where any are.
    pub why_unanswered: String,
    pub reasons: Vec<Reason>,
    pub dissent: Vec<Dissent>,
    pub conditions: Vec<Entry>,
    pub safeguards: Vec<Entry>,
    pub triggers: Vec<Trigger>,
    /// What is rationed, beside the trade-offs that the question names.
    #[serde(default)]
    pub rationed: Vec<Rationed>,
    /// Duties and principles that have been answered; what is not listed has not been looked at.
    #[serde(default)]
    pub duties: Vec<Duty>,
    /// When it is looked at again, and what is expected then.
    #[serde(default)]
    pub reviews: Vec<Review>,
    /// Who signed it, if anybody has.
    #[serde(default)]
    pub signed: Option<SignOff>,
    /// Dated copies that nobody changes, oldest first.
    #[serde(default)]
    pub frozen: Vec<Frozen>,
}

impl Decision {
    /// The frozen copy of this id.
    #[must_use]
    pub fn frozen(&self, id: &FrozenId) -> Option<&Frozen> {
        self.frozen.iter().find(|copy| copy.id == *id)
    }

    /// Whether anything of the record itself has been written; the line over the paper and the copies do not count.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        let Self { recommendation, reasons, dissent, conditions, safeguards, triggers, .. } = self;
        let has_entries = [
            reasons.is_empty(),
            dissent.is_empty(),
            conditions.is_empty(),
            safeguards.is_empty(),
            triggers.is_empty(),
            self.rationed.is_empty(),
            self.duties.is_empty(),
            self.reviews.is_empty(),
        ]
        .contains(&false);
        let says = |text: &String| !text.trim().is_empty();
        let has_words =
            [&self.headline, &self.why_not_the_leader, &self.why_unanswered].into_iter().any(says);
        recommendation.is_some() || has_words || has_entries || self.signed.is_some()
    }

    /// The review plan as it is read everywhere: by its days, what has none last.
    #[must_use]
    pub fn reviews_by_day(&self) -> Vec<&Review> {
        let mut plan: Vec<&Review> = self.reviews.iter().collect();
        plan.sort_by_key(|review| (review.on.is_none(), review.on));
        plan
    }

    /// Who sees to conditions, safeguards and reviews, and who answered for duties, each once.
    #[must_use]
    pub fn owners(&self) -> BTreeSet<&str> {
        let entries = self.conditions.iter().chain(&self.safeguards).map(|entry| &entry.owner);
        let triggers = self.triggers.iter().map(|trigger| &trigger.owner);
        let reviews = self.reviews.iter().map(|review| &review.owner);
        let duties = self.duties.iter().map(|duty| &duty.by);
        let all = entries.chain(triggers).chain(reviews).chain(duties);
        all.map(|owner| owner.trim()).filter(|owner| !owner.is_empty()).collect()
    }
}

/// What stands over a paper that goes to a meeting; each part is empty where nobody has said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleBlock {
    /// Whose paper it is, such as "Westmere Council".
    pub body: String,
    /// Where and when it is heard, such as "Cabinet, 12 March, item 7".
    pub meeting: String,
    /// What the paper is called.
    pub title: String,
    /// Who reports, such as "Head of Community Safety".
    pub report_of: String,
    /// Whether it is a key decision.
    pub key_decision: Option<bool>,
    /// The wards affected, such as "all".
    pub wards: String,
}

/// A reason, and the room it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub id: EntryId,
    pub text: String,
    pub room: Option<Room>,
    /// The figures of the analysis that stand in the text, from left to right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureRef>,
}

impl Reason {
    /// A reason without figures.
    #[must_use]
    pub fn new(id: EntryId, text: &str, room: Option<Room>) -> Self {
        Self { id, text: text.to_owned(), room, figures: Vec::new() }
    }
}

/// Disagreement, in the dissenter's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dissent {
    pub id: EntryId,
    pub stakeholder: Option<StakeholderId>,
    pub text: String,
    /// What those who decide say to it; empty while nothing is said.
    #[serde(default)]
    pub answer: String,
}

impl Dissent {
    /// A dissent that nobody has answered.
    #[must_use]
    pub fn new(id: EntryId, stakeholder: Option<StakeholderId>, text: &str) -> Self {
        Self { id, stakeholder, text: text.to_owned(), answer: String::new() }
    }

    /// The words alone, where they begin by saying whose they are, as "Prime contractor: …" does: the name or role of the
    /// person who is named beside them anyway.
    #[must_use]
    pub fn own_words(&self, person: Option<&Stakeholder>) -> &str {
        let text = self.text.trim();
        let Some((label, rest)) = text.split_once(':') else { return text };
        let is_label = |name: &str| {
            let (name, label) = (name.trim().to_lowercase(), label.trim().to_lowercase());
            !name.is_empty() && name == label
        };
        let is_own = person.is_some_and(|person| is_label(&person.name) || is_label(&person.role));
        if is_own && !rest.trim().is_empty() { rest.trim_start() } else { text }
    }
}

/// A condition or a safeguard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub id: EntryId,
    pub text: String,
    /// Who sees to it; empty when nobody is named.
    pub owner: String,
    pub due: Option<jiff::civil::Date>,
    #[serde(default)]
    pub state: EntryState,
    /// The figures of the analysis that stand in the text, from left to right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureRef>,
}

impl Entry {
    /// An entry that is open and that nobody sees to yet.
    #[must_use]
    pub fn new(id: EntryId, text: &str) -> Self {
        Self {
            id,
            text: text.to_owned(),
            owner: String::new(),
            due: None,
            state: EntryState::Open,
            figures: Vec::new(),
        }
    }

    /// Whether it is open after the day by which it was due.
    #[must_use]
    pub fn is_overdue(&self, today: jiff::civil::Date) -> bool {
        self.state == EntryState::Open && self.due.is_some_and(|due| due < today)
    }
}

/// Whether what was set has come about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EntryState {
    #[default]
    Open,
    Met,
}

impl EntryState {
    /// In a word, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Met => "met",
        }
    }
}

/// What makes those who decide look again before the plan says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    pub id: EntryId,
    pub text: String,
    /// What is watched, such as "share supported of each group", and the limit that sets it off; empty where the text says
    /// it all.
    #[serde(default)]
    pub watched: String,
    #[serde(default)]
    pub limit: String,
    /// Who watches; empty when nobody is named.
    pub owner: String,
    /// When it is looked at next.
    pub due: Option<jiff::civil::Date>,
    /// The figures of the analysis that stand in the text, from left to right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureRef>,
}

impl Trigger {
    /// A trigger that nobody watches yet.
    #[must_use]
    pub fn new(id: EntryId, text: &str) -> Self {
        Self {
            id,
            text: text.to_owned(),
            watched: String::new(),
            limit: String::new(),
            owner: String::new(),
            due: None,
            figures: Vec::new(),
        }
    }
}

/// Something rationed that the record says beside the trade-offs of the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rationed {
    pub id: EntryId,
    /// Between whom or what, such as "Between now and later".
    pub between: String,
    pub text: String,
    /// The figures of the analysis that stand in the text, from left to right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureRef>,
}
