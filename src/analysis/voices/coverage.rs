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
        Coverage { heard, missing, flag: flag(speaking.len(), heard, missing) }
    };
    workspace.question.need_groups.iter().map(of_group).collect()
}

/// Why a group is flagged, in a sentence.
fn flag(speaking: usize, heard: Heard, missing: bool) -> Option<String> {
    if speaking == 0 {
        return Some("Nobody speaks for this group.".to_owned());
    }
    let others = wording::count(speaking, "other person", "other people");
    let verb = if speaking == 1 { "speaks" } else { "speak" };
    if missing {
        Some(format!(
            "Nobody speaks from this group\u{2019}s own use of the service; {others} {verb} for it."
        ))
    } else if heard == Heard::Proxy {
        Some("Somebody else has spoken in this group\u{2019}s stead.".to_owned())
    } else {
        None
    }
}

/// The stakeholders, by index, who see three layers or more between those who decide and the point of delivery.
pub(super) fn far_from_delivery(workspace: &Workspace) -> Vec<usize> {
    let stakeholders = workspace.voices.stakeholders.iter().enumerate();
    stakeholders
        .filter(|(_, who)| who.layers_from_delivery.is_some_and(|layers| layers >= LAYERS_FLAGGED_FROM))
        .map(|(index, _)| index)
        .collect()
}
