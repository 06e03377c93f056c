//! Whether workspaces look like versions of one: made of the same one, they share the ids of much of what is in them.

use std::collections::HashSet;

use super::Merge;
use crate::model::Workspace;

/// One of the three that are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    Base,
    Ours,
    Theirs,
}

/// Of the smaller of two lists so much is the same where the two are versions of one workspace: one in five.
const ALIKE: usize = 5;

/// Whether two workspaces share next to nothing: wherever both have options, factors, groups, people or what was said, fewer
/// than one in five of the smaller list are the same by id. What only one of them has says nothing.
#[must_use]
pub fn are_unlike(one: &Workspace, other: &Workspace) -> bool {
    let (ids, others) = (ids(one), ids(other));
    let both: Vec<_> = ids.iter().zip(&others).filter(|(a, b)| !a.is_empty() && !b.is_empty()).collect();
    let alike =
        |a: &HashSet<&str>, b: &HashSet<&str>| a.intersection(b).count() * ALIKE >= a.len().min(b.len());
    !both.is_empty() && !both.into_iter().any(|(a, b)| alike(a, b))
}

/// What is in a workspace, kind by kind.
fn ids(workspace: &Workspace) -> [HashSet<&str>; 9] {
    let Workspace { question, voices, balance, challenge, decision, .. } = workspace;
    [
        question.options.iter().map(|option| option.id.as_str()).collect(),
        question.need_groups.iter().map(|group| group.id.as_str()).collect(),
        balance.factors.iter().map(|factor| factor.id.as_str()).collect(),
        voices.sectors.iter().map(|sector| sector.id.as_str()).collect(),
        voices.stakeholders.iter().map(|person| person.id.as_str()).collect(),
        voices.statements.iter().map(|statement| statement.id.as_str()).collect(),
        voices.ballots.iter().map(|ballot| ballot.id.as_str()).collect(),
        challenge.evidence.iter().map(|evidence| evidence.id.as_str()).collect(),
        decision.reasons.iter().map(|reason| reason.id.as_str()).collect(),
    ]
}

impl Merge {
    /// Two of the three that do not look like versions of one workspace; see [`are_unlike`].
    #[must_use]
    pub fn strangers(&self) -> Option<[Party; 2]> {
        self.strangers
    }

    pub(super) fn find_strangers(&self) -> Option<[Party; 2]> {
        let of_base = [[Party::Base, Party::Ours], [Party::Base, Party::Theirs]];
        let with_base = of_base.into_iter().filter(|_| self.has_base);
        let are_strangers = |pair: &[Party; 2]| are_unlike(self.party(pair[0]), self.party(pair[1]));
        std::iter::once([Party::Ours, Party::Theirs]).chain(with_base).find(are_strangers)
    }

    fn party(&self, party: Party) -> &Workspace {
        match party {
            Party::Base => &self.base,
            Party::Ours => &self.ours,
            Party::Theirs => &self.theirs,
        }
    }

    /// That two of the three do not look like versions of one workspace, in a sentence; `named` says what each is called.
    #[must_use]
    pub fn strangers_in_words(&self, named: impl Fn(Party) -> &'static str) -> Option<String> {
        let [one, other] = self.strangers?;
        Some(unlike_in_words([(named(one), self.party(one)), (named(other), self.party(other))]))
    }
}

/// That two workspaces have next to nothing in common, each by what it is called and its title.
#[must_use]
pub fn unlike_in_words(two: [(&str, &Workspace); 2]) -> String {
    let [one, other] = two.map(|(name, workspace)| match workspace.title.trim() {
        "" => name.to_owned(),
        title => format!("{name} (“{title}”)"),
    });
    format!(
        "These do not look like versions of one workspace: {one} and {other} have hardly an option, a factor, a group or a \
         person in common."
    )
}
