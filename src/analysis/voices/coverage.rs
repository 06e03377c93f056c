//! Which need groups have been heard, how, and which have no voice (methods, section 2).

use super::Coverage;
use crate::model::{
    Workspace,
    question::NeedGroup,
    voices::{Heard, Stakeholder},
    wording,
};

/// Layers between those who decide and the point of delivery from which they are pointed out.
pub const LAYERS_FLAGGED_FROM: u32 = 3;

/// How each need group has been heard.
///
/// Where any sector speaks from its own use of the service, a group without such a person, heard directly or through an
/// organisation, is a missing voice; where none does, a group that nobody speaks for is.
pub(super) fn coverage(workspace: &Workspace) -> Vec<Coverage> {
    let first_hand: Vec<_> =
        workspace.voices.sectors.iter().filter(|s| s.first_hand).map(|s| &s.id).collect();
    let of_group = |group: &NeedGroup| {
        let speaking: Vec<&Stakeholder> = workspace
            .voices
            .stakeholders
            .iter()
            .filter(|who| who.heard != Heard::No && who.speaks_for.contains(&group.id))
            .collect();
        let heard = speaking.iter().map(|who| who.heard).min().unwrap_or(Heard::No);
        let in_person = |who: &&&Stakeholder| {
            matches!(who.heard, Heard::Direct | Heard::Through) && first_hand.contains(&&who.sector)
        };
        let missing = if first_hand.is_empty() {
            speaking.is_empty()
        } else {
            speaking.iter().filter(in_person).count() == 0
        };
        let ways = |way: Heard| speaking.iter().filter(|who| who.heard == way).count();
        let flags = flags(&speaking, heard, missing);
        Coverage {
            heard,
            missing,
            flag: flags.first().map(|flag| flag.words(speaking.len())),
            flags,
            direct: ways(Heard::Direct),
            through: ways(Heard::Through),
            proxy: ways(Heard::Proxy),
        }
    };
    workspace.question.need_groups.iter().map(of_group).collect()
}

/// What is wrong with how a need group has been heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoverageFlag {
    /// Nobody who has been heard speaks for it.
    Nobody,
    /// Nobody speaks for it from their own use of the service, where some sector does.
    NobodyFirstHand,
    /// Everybody who speaks for it would gain from an option.
    OnlyThoseWhoGain,
    /// It has been spoken for by proxy only.
    OnlyByProxy,
}

impl CoverageFlag {
    /// The flag in a sentence, of a group for which so many speak.
    #[must_use]
    pub fn words(self, speaking: usize) -> String {
        let verb = if speaking == 1 { "speaks" } else { "speak" };
        match self {
            Self::Nobody => "Nobody speaks for this group.".to_owned(),
            Self::NobodyFirstHand => {
                let others = wording::count(speaking, "other person", "other people");
                format!("Nobody speaks from this group’s own use of the service; {others} {verb} for it.")
            }
            Self::OnlyThoseWhoGain if speaking == 1 => {
                "The one person who speaks for this group would gain from an option.".to_owned()
            }
            Self::OnlyThoseWhoGain => {
                "Everybody who speaks for this group would gain from an option.".to_owned()
            }
            Self::OnlyByProxy => "Somebody else has spoken in this group’s stead.".to_owned(),
        }
    }
}

fn flags(speaking: &[&Stakeholder], heard: Heard, missing: bool) -> Vec<CoverageFlag> {
    if speaking.is_empty() {
        return vec![CoverageFlag::Nobody];
    }
    let only_those_who_gain = speaking.iter().all(|who| !who.gains_from.is_empty());
    let raised = [
        (missing, CoverageFlag::NobodyFirstHand),
        (only_those_who_gain, CoverageFlag::OnlyThoseWhoGain),
        (heard == Heard::Proxy, CoverageFlag::OnlyByProxy),
    ];
    raised.into_iter().filter(|(raised, _)| *raised).map(|(_, flag)| flag).collect()
}

/// The stakeholders, by index, who see three layers or more between those who decide and the point of delivery.
pub(super) fn far_from_delivery(workspace: &Workspace) -> Vec<usize> {
    let stakeholders = workspace.voices.stakeholders.iter().enumerate();
    stakeholders
        .filter(|(_, who)| who.layers_from_delivery.is_some_and(|layers| layers >= LAYERS_FLAGGED_FROM))
        .map(|(index, _)| index)
        .collect()
}
