//! The Voices room: who has spoken, from where, for whom, and what they would weigh.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ids::{BallotId, FactorId, NeedGroupId, SectorId, StakeholderId, StatementId},
    question::Level,
};

/// Everybody concerned, and what they have said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voices {
    pub sectors: Vec<Sector>,
    pub stakeholders: Vec<Stakeholder>,
    pub statements: Vec<Statement>,
    pub ballots: Vec<Ballot>,
    /// How ballots become one set of weights.
    pub combine: CombineRule,
    pub vote: Vote,
}

/// Where people speak from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sector {
    pub id: SectorId,
    pub name: String,
    /// A short form for narrow columns; empty means the name.
    pub short: String,
    pub shape: SectorShape,
    /// Whether its people speak from their own use of the service. Where any sector does, a need group without such a
    /// person is a missing voice.
    pub first_hand: bool,
}

impl Sector {
    /// The short form where there is one, else the name.
    #[must_use]
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }
}

/// The shape that marks a sector; circle and square belong to operational and commercial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SectorShape {
    #[default]
    Hexagon,
    Diamond,
    TriangleUp,
    Star,
    TriangleDown,
    Plus,
    Cross,
}

impl SectorShape {
    pub const ALL: [Self; 7] = [
        Self::Hexagon,
        Self::Diamond,
        Self::TriangleUp,
        Self::Star,
        Self::TriangleDown,
        Self::Plus,
        Self::Cross,
    ];
}

/// A person, role or body that is concerned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stakeholder {
    pub id: StakeholderId,
    /// Who: a role, a pseudonym or a name.
    pub name: String,
    pub sector: SectorId,
    /// Role or organisation.
    pub role: String,
    /// The need groups they speak for.
    pub speaks_for: Vec<NeedGroupId>,
    pub heard: Heard,
    /// Through whom or where they were heard, in words.
    pub through: String,
    /// What "local" means to them.
    pub local_means: Option<Level>,
    /// Layers between the people who decide and the point of delivery, as they see it.
    pub layers_from_delivery: Option<u32>,
    /// Influence on the decision and stake in it, each 0 to 10.
    pub influence: Option<f64>,
    pub interest: Option<f64>,
    /// A voice that is easily drowned out.
    pub marginal: bool,
}

impl Stakeholder {
    /// Somebody of whom only the name and the sector are known, and who has not been heard.
    #[must_use]
    pub fn named(id: StakeholderId, name: &str, sector: SectorId) -> Self {
        Self {
            id,
            name: name.to_owned(),
            sector,
            role: String::new(),
            speaks_for: Vec::new(),
            heard: Heard::No,
            through: String::new(),
            local_means: None,
            layers_from_delivery: None,
            influence: None,
            interest: None,
            marginal: false,
        }
    }
}

/// How somebody was heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Heard {
    /// Face to face or in their own words.
    Direct,
    /// Through an organisation.
    Through,
    /// Somebody else spoke in their stead.
    Proxy,
    #[default]
    No,
}

impl Heard {
    pub const ALL: [Self; 4] = [Self::Direct, Self::Through, Self::Proxy, Self::No];

    /// The way of hearing as tables write it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Through => "through",
            Self::Proxy => "proxy",
            Self::No => "no",
        }
    }
}

/// Something that somebody said, and what was done about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub id: StatementId,
    /// The day it was said; `None` when nobody wrote it down.
    pub date: Option<jiff::civil::Date>,
    pub stakeholder: Option<StakeholderId>,
    /// What it is about, in words.
    pub about: String,
    /// From −2 (strongly against) to 2 (strongly for).
    pub stance: Option<i8>,
    pub text: String,
    /// What was done.
    pub response: String,
    pub status: StatementStatus,
}

/// Whether a statement has been answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatementStatus {
    #[default]
    Open,
    Done,
    PassedOn,
    Declined,
}

impl StatementStatus {
    pub const ALL: [Self; 4] = [Self::Open, Self::Done, Self::PassedOn, Self::Declined];

    /// The status as tables write it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::PassedOn => "passed on",
            Self::Declined => "declined",
        }
    }
}

/// Swing points that one person, or one sector, gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    pub id: BallotId,
    /// Who gave it; `None` when only the sector is known.
    pub stakeholder: Option<StakeholderId>,
    pub sector: SectorId,
    /// 1 is the blind round, 2 the round after discussion.
    pub round: u8,
    /// A voice that is easily drowned out.
    pub marginal: bool,
    /// Swing points from 0; a factor that is not named is an abstention on it.
    pub swings: BTreeMap<FactorId, f64>,
}

/// How ballots become one set of weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CombineRule {
    /// The median of swing points, each ballot first scaled so that its largest is 100.
    #[default]
    MedianLargest100,
    /// The median of swing points as they were given.
    MedianAsGiven,
    /// The mean of normalised weights.
    MeanWeights,
}

/// Whose ballots count alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Vote {
    #[default]
    OnePerson,
    OneSector,
}
