//! The Voices room: who has spoken, from where, for whom, and what they would weigh.

mod held;
mod links;
mod references;
mod rounds;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use held::DataLack;
pub use rounds::{LAST_ROUND, Round, RoundState};

use super::{
    ids::{BallotId, FactorId, NeedGroupId, OptionId, SectorId, StakeholderId, StatementId},
    question::Level,
    shared::Shared,
    wording::count,
    workshop::Workshop,
};

/// Everybody concerned, and what they have said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voices {
    pub sectors: Vec<Sector>,
    pub stakeholders: Vec<Stakeholder>,
    /// Why the file holds what it says of people, and for how long.
    pub personal_data: PersonalData,
    pub statements: Vec<Statement>,
    /// The rounds of ballots; a round that is not listed counts as closed and as having asked about every factor.
    pub rounds: Vec<Round>,
    pub ballots: Shared<Vec<Ballot>>,
    /// How ballots become one set of weights.
    pub combine: CombineRule,
    pub vote: Vote,
    /// People in one room who give ballots together; `None` while there are none.
    pub workshop: Option<Workshop>,
}

/// Why personal data is held, and for how long; what is held follows from the register, see [`Voices::people_held`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonalData {
    /// What the names and pseudonyms are needed for; empty when nobody has said.
    pub purpose: String,
    /// Who answers for them; empty when nobody has said.
    pub held_by: String,
    /// The day after which they are taken out; `None` when nobody has said.
    pub until: Option<Date>,
}

/// How many people a register knows in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeopleHeld {
    pub roles: usize,
    pub pseudonyms: usize,
    pub names: usize,
    /// Of whom nobody has said yet which of the three it is.
    pub not_said: usize,
}

impl Voices {
    /// Whether all that counts is the same here as there: the two differ at most in ballots of a round that is open in
    /// both, and in what a workshop looks at.
    #[must_use]
    pub fn counts_the_same(&self, other: &Self) -> bool {
        let covered = |ballot: &&Ballot| !self.is_open(ballot.round);
        self.rounds == other.rounds
            && self.ballots.iter().filter(covered).eq(other.ballots.iter().filter(covered))
            && self.sectors == other.sectors
            && self.stakeholders == other.stakeholders
            && self.personal_data == other.personal_data
            && self.statements == other.statements
            && self.combine == other.combine
            && self.vote == other.vote
    }

    /// Whether the same has been said here as there, whatever a workshop is looking at.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let Self {
            sectors,
            stakeholders,
            personal_data,
            statements,
            rounds,
            ballots,
            combine,
            vote,
            workshop: _,
        } = self;
        *sectors == other.sectors
            && *stakeholders == other.stakeholders
            && *personal_data == other.personal_data
            && *statements == other.statements
            && *rounds == other.rounds
            && *ballots == other.ballots
            && *combine == other.combine
            && *vote == other.vote
    }

    /// The statements that nobody has answered. A decision is not signed while there are any, unless its record says why.
    pub fn unanswered(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.status == StatementStatus::Open)
    }

    /// The statements that may leave the program, in the order of the file.
    pub fn leaving(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| !statement.kept_out)
    }

    /// How many statements are kept out of what leaves the program, in a sentence; empty for none.
    #[must_use]
    pub fn kept_out_words(&self) -> String {
        match self.statements.iter().filter(|statement| statement.kept_out).count() {
            0 => String::new(),
            1 => "1 statement is marked to be kept out of papers and stays here.".to_owned(),
            kept => {
                let kept = count(kept, "statement", "statements");
                format!("{kept} are marked to be kept out of papers and stay here.")
            }
        }
    }
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
    /// What tells of the person: nothing, a pseudonym, or their own name.
    pub known_as: KnownAs,
    pub sector: SectorId,
    /// Role or organisation.
    pub role: String,
    /// The need groups they speak for.
    pub speaks_for: Vec<NeedGroupId>,
    /// The options from which they, or the body they speak for, would gain, such as the provider of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gains_from: Vec<OptionId>,
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
    /// Somebody of whom only the name and the sector are known, and who has not been heard. Whether what they are called
    /// is their own name is not said yet.
    #[must_use]
    pub fn named(id: StakeholderId, name: &str, sector: SectorId) -> Self {
        Self {
            id,
            name: name.to_owned(),
            known_as: KnownAs::NotSaid,
            sector,
            role: String::new(),
            speaks_for: Vec::new(),
            gains_from: Vec::new(),
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

/// What the register holds to know a person by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum KnownAs {
    /// A role or post, and no name.
    Role,
    /// A name that is not their own.
    Pseudonym,
    /// Their own name.
    Name,
    /// Nobody has said yet. Where something leaves the program it is treated as a name, so that none goes unnoticed.
    #[default]
    NotSaid,
}

impl KnownAs {
    pub const ALL: [Self; 4] = [Self::NotSaid, Self::Role, Self::Pseudonym, Self::Name];

    /// In a few words, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Role => "a role",
            Self::Pseudonym => "a pseudonym",
            Self::Name => "their own name",
            Self::NotSaid => "what is not said yet",
        }
    }

    /// Whether what stands in the register may be somebody's own name.
    #[must_use]
    pub fn may_be_name(self) -> bool {
        matches!(self, Self::Name | Self::NotSaid)
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
    pub date: Option<Date>,
    pub stakeholder: Option<StakeholderId>,
    /// How it was said; `None` when nobody wrote it down.
    pub method: Option<StatementMethod>,
    /// What it is about, in words.
    pub about: String,
    /// What in the workspace it bears on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<StatementLink>,
    /// From −2 (strongly against) to 2 (strongly for).
    pub stance: Option<i8>,
    pub text: String,
    /// What was done.
    pub response: String,
    pub status: StatementStatus,
    /// Whether it stays out of every paper, table and copy that leaves the program. It counts as heard all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept_out: bool,
}

/// A stance from −2 to 2 in a few words, in lower case.
#[must_use]
pub fn stance_words(stance: i8) -> &'static str {
    match stance {
        ..=-2 => "strongly against",
        -1 => "against",
        0 => "neither for nor against",
        1 => "for",
        2.. => "strongly for",
    }
}

impl Statement {
    /// A statement of which only the words are known, and which nobody has answered.
    #[must_use]
    pub fn said(id: StatementId, text: &str) -> Self {
        Self {
            id,
            date: None,
            stakeholder: None,
            method: None,
            about: String::new(),
            links: Vec::new(),
            stance: None,
            text: text.to_owned(),
            response: String::new(),
            status: StatementStatus::Open,
            kept_out: false,
        }
    }
}

/// How a statement was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatementMethod {
    InTheRoom,
    Interview,
    Visit,
    Panel,
    Letter,
    Survey,
    /// Passed on by an organisation.
    Organisation,
}

impl StatementMethod {
    pub const ALL: [Self; 7] = [
        Self::InTheRoom,
        Self::Interview,
        Self::Visit,
        Self::Panel,
        Self::Letter,
        Self::Survey,
        Self::Organisation,
    ];

    /// In a few words, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::InTheRoom => "in the room",
            Self::Interview => "interview",
            Self::Visit => "visit",
            Self::Panel => "panel",
            Self::Letter => "letter or email",
            Self::Survey => "survey",
            Self::Organisation => "through an organisation",
        }
    }
}

/// What a statement bears on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatementLink {
    Factor(FactorId),
    Option(OptionId),
    NeedGroup(NeedGroupId),
    /// The score of an option on a factor.
    Cell {
        option: OptionId,
        factor: FactorId,
    },
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

/// What one person, or one sector, gave in a round: swing points and, if asked for, rankings of the options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    pub id: BallotId,
    /// Who gave it; `None` when only the sector is known.
    pub stakeholder: Option<StakeholderId>,
    pub sector: SectorId,
    /// 1 is the blind round, 2 the round after discussion.
    pub round: u8,
    /// A voice that is easily drowned out, where only the sector is known; of somebody in the register it is said there.
    pub marginal: bool,
    /// The day it came in; `None` when nobody wrote it down.
    pub received: Option<Date>,
    /// Swing points from 0; a factor that is not named is an abstention on it.
    pub swings: BTreeMap<FactorId, f64>,
    /// The options in the order of this ballot's own liking, best first; those that are not named are not ranked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranking: Vec<OptionId>,
    /// The same, asked before any result was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gut_feel: Vec<OptionId>,
}

impl Ballot {
    /// A ballot that says nothing yet. Round 1 is the blind round, 2 the round after discussion.
    #[must_use]
    pub fn blank(id: BallotId, stakeholder: Option<StakeholderId>, sector: SectorId, round: u8) -> Self {
        Self {
            id,
            stakeholder,
            sector,
            round,
            marginal: false,
            received: None,
            swings: BTreeMap::new(),
            ranking: Vec::new(),
            gut_feel: Vec::new(),
        }
    }

    /// Whether nothing has been given in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.swings.is_empty() && self.ranking.is_empty() && self.gut_feel.is_empty()
    }
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
