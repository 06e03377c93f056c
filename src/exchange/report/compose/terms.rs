//! What is chosen about a paper before it is put together.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::wording::list;

/// How much a paper says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// One side of A4.
    OnePage,
    #[default]
    Full,
    /// The whole paper, then every score, weight, method and source.
    FullWithAppendix,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::OnePage, Self::Full, Self::FullWithAppendix];

    /// What the command line calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OnePage => "one-page",
            Self::Full => "full",
            Self::FullWithAppendix => "appendix",
        }
    }

    /// What the window calls it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OnePage => "One page",
            Self::Full => "Full",
            Self::FullWithAppendix => "Full with appendix",
        }
    }
}

/// Whom a paper is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    #[default]
    Committee,
    /// Those who were asked: what they said, and what was done about it.
    Contributors,
}

impl Audience {
    pub const ALL: [Self; 2] = [Self::Committee, Self::Contributors];

    /// What the command line calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Committee => "committee",
            Self::Contributors => "contributors",
        }
    }

    /// What the window calls it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Committee => "Committee",
            Self::Contributors => "Contributors",
        }
    }
}

/// Something that tells of people or of sources and may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// Own names, and what may be one; role or sector stands in their place.
    Names,
    /// Pseudonyms; the sector stands in their place.
    Pseudonyms,
    /// What was said, word for word; how much was said and what was done is told all the same.
    Statements,
    /// The words of those who disagree; that there are some is told all the same.
    Dissent,
    /// The points of each ballot.
    Ballots,
    /// Who sees to conditions, safeguards and reviews.
    Owners,
    /// Where evidence and figures come from.
    Sources,
}

impl Detail {
    pub const ALL: [Self; 7] = [
        Self::Names,
        Self::Pseudonyms,
        Self::Statements,
        Self::Dissent,
        Self::Ballots,
        Self::Owners,
        Self::Sources,
    ];

    /// Left out unless somebody asks for it.
    pub const USUALLY_LEFT_OUT: [Self; 2] = [Self::Names, Self::Ballots];

    /// What the command line calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Pseudonyms => "pseudonyms",
            Self::Statements => "statements",
            Self::Dissent => "dissent",
            Self::Ballots => "ballots",
            Self::Owners => "owners",
            Self::Sources => "sources",
        }
    }

    /// What the window calls it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Names => "People’s own names",
            Self::Pseudonyms => "Pseudonyms",
            Self::Statements => "What was said, word for word",
            Self::Dissent => "Dissent, word for word",
            Self::Ballots => "The points of each ballot",
            Self::Owners => "Who sees to conditions and reviews",
            Self::Sources => "Where figures come from",
        }
    }

    /// The one of this name, whatever its case.
    ///
    /// # Errors
    /// Says which there are.
    pub fn named(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|detail| detail.name().eq_ignore_ascii_case(name.trim()));
        found.ok_or_else(|| format!("there are {}", list(&Self::ALL.map(Self::name))))
    }
}

/// What is chosen about one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub level: Level,
    pub audience: Audience,
    /// Who is named as the author in the properties of the file; nobody unless somebody chose to be.
    pub author: Option<String>,
    /// The day that it bears; `None` for none.
    pub day: Option<Date>,
    pub left_out: BTreeSet<Detail>,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            level: Level::default(),
            audience: Audience::default(),
            author: None,
            day: None,
            left_out: Detail::USUALLY_LEFT_OUT.into(),
        }
    }
}

impl Terms {
    /// Whether a detail is told.
    #[must_use]
    pub fn shows(&self, detail: Detail) -> bool {
        !self.left_out.contains(&detail)
    }
}
