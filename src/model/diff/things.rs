//! The things of a workspace by id, for whoever names thousands of them.

use std::{collections::HashMap, ops::Deref};

use crate::model::{
    Workspace,
    balance::Factor,
    decision::Entry,
    ids::{FactorId, NeedGroupId, OptionId, SectorId, StakeholderId},
    question::{NeedGroup, ServiceOption},
    voices::{Ballot, Sector, Stakeholder},
};

/// Where the things of the lists stand that are looked into to name something: found once, for a workspace that stays as
/// it is.
#[derive(Clone, Debug, Default)]
pub(in crate::model) struct Index(HashMap<&'static str, HashMap<String, usize>>);

impl Index {
    pub fn of(workspace: &Workspace) -> Self {
        let mut index = Self::default();
        macro_rules! add {
            ($($list:expr => $name:literal),* $(,)?) => {$(
                index.0.insert($name, places($list.iter().map(|thing| thing.id.as_str())));
            )*};
        }
        let Workspace { question, voices, balance, decision, .. } = workspace;
        add!(
            question.options => "options", question.need_groups => "need_groups",
            question.entitlements => "entitlements", question.trade_offs => "trade_offs",
            voices.sectors => "sectors", voices.stakeholders => "stakeholders",
            voices.statements => "statements", voices.ballots => "ballots", balance.factors => "factors",
            decision.reasons => "reasons", decision.dissent => "dissent",
            decision.conditions => "conditions", decision.safeguards => "safeguards",
            decision.triggers => "triggers", decision.rationed => "rationed", decision.duties => "duties",
            decision.reviews => "reviews",
        );
        index
    }
}

/// Of two things of one id the first counts.
fn places<'a>(ids: impl DoubleEndedIterator<Item = &'a str> + ExactSizeIterator) -> HashMap<String, usize> {
    ids.enumerate().rev().map(|(at, id)| (id.to_owned(), at)).collect()
}

/// A workspace that is asked for the names of its things.
#[derive(Clone, Copy, Debug)]
pub(super) struct Things<'a> {
    workspace: &'a Workspace,
    /// Where they stand, if that was worth finding out.
    index: Option<&'a Index>,
}

impl Deref for Things<'_> {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        self.workspace
    }
}

impl<'a> Things<'a> {
    pub fn of(workspace: &'a Workspace, index: Option<&'a Index>) -> Self {
        Self { workspace, index }
    }

    fn find<T>(&self, name: &str, list: &'a [T], id: &str, own: impl Fn(&T) -> &str) -> Option<&'a T> {
        match self.index {
            Some(index) => list.get(*index.0.get(name)?.get(id)?).filter(|thing| own(thing) == id),
            None => list.iter().find(|thing| own(thing) == id),
        }
    }

    pub fn option(&self, id: &OptionId) -> Option<&'a ServiceOption> {
        self.find("options", &self.workspace.question.options, id.as_str(), |o| o.id.as_str())
    }

    pub fn need_group(&self, id: &NeedGroupId) -> Option<&'a NeedGroup> {
        self.find("need_groups", &self.workspace.question.need_groups, id.as_str(), |g| g.id.as_str())
    }

    pub fn factor(&self, id: &FactorId) -> Option<&'a Factor> {
        self.find("factors", &self.workspace.balance.factors, id.as_str(), |f| f.id.as_str())
    }

    pub fn sector(&self, id: &SectorId) -> Option<&'a Sector> {
        self.find("sectors", &self.workspace.voices.sectors, id.as_str(), |s| s.id.as_str())
    }

    pub fn stakeholder(&self, id: &StakeholderId) -> Option<&'a Stakeholder> {
        self.find("stakeholders", &self.workspace.voices.stakeholders, id.as_str(), |s| s.id.as_str())
    }

    pub fn ballot(&self, id: &str) -> Option<&'a Ballot> {
        self.find("ballots", &self.workspace.voices.ballots, id, |b| b.id.as_str())
    }

    /// The words of an entry that has no name; `None` while it has none either.
    pub fn text(&self, list: &str, id: &str) -> Option<String> {
        let Workspace { question, voices, decision, .. } = self.workspace;
        macro_rules! text {
            ($things:expr) => {
                self.find(list, &$things, id, |thing| thing.id.as_str())
                    .map(|thing| thing.text.clone())
                    .filter(|text| !text.trim().is_empty())
            };
        }
        let entry = |entries: &'a [Entry]| text!(*entries);
        match list {
            "entitlements" => text!(question.entitlements),
            "trade_offs" => text!(question.trade_offs),
            "statements" => text!(voices.statements),
            "reasons" => text!(decision.reasons),
            "dissent" => text!(decision.dissent),
            "conditions" => entry(&decision.conditions),
            "safeguards" => entry(&decision.safeguards),
            "triggers" => text!(decision.triggers),
            "rationed" => text!(decision.rationed),
            "duties" => text!(decision.duties),
            "reviews" => text!(decision.reviews),
            _ => None,
        }
    }
}
