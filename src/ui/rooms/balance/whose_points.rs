//! Whose points count, and whose are only looked at: the group's median, stated points, or one voice alone.

use egui::Ui;

use super::{score_scene::Scene, weigh_scene::WeighScene};
use crate::{
    analysis::voices::{SwingRow, ballot_alone, sector_alone},
    model::{
        Room, Workspace,
        balance::WeightsFrom,
        ids::{BallotId, SectorId},
        wording::{count, number},
    },
    session::edits,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{Button, choose, icon_button, link, wrapped},
    },
};

/// Whose points are shown. Anything but the group is a look that changes nothing in the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The points in force.
    #[default]
    Group,
    Sector(SectorId),
    Ballot(BallotId),
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Whose {
    Median,
    Stated,
    Alone(Look),
}

impl Look {
    /// The points of a voice alone; `None` for the group, and for a voice that says nothing or is gone.
    #[must_use]
    pub fn points(&self, workspace: &Workspace) -> Option<SwingRow> {
        match self {
            Self::Group => None,
            Self::Sector(id) => {
                sector_alone(workspace, workspace.voices.sectors.iter().position(|s| s.id == *id)?)
            }
            Self::Ballot(id) => {
                ballot_alone(workspace, workspace.voices.ballots.iter().position(|b| b.id == *id)?)
            }
        }
    }

    /// The voice by name; empty for the group.
    #[must_use]
    pub fn name(&self, workspace: &Workspace) -> String {
        match self {
            Self::Group => String::new(),
            Self::Sector(id) => workspace.sector(id).map_or_else(String::new, |s| s.name.clone()),
            Self::Ballot(id) => {
                let at = workspace.voices.ballots.iter().position(|b| b.id == *id);
                at.map_or_else(String::new, |at| ballot_name(workspace, at))
            }
        }
    }
}

/// "Dee, Service users", or "Ballot 7, Public sector" where nobody said whose it is.
fn ballot_name(workspace: &Workspace, at: usize) -> String {
    let ballot = &workspace.voices.ballots[at];
    let who = ballot.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    let who = who.map_or_else(|| format!("Ballot {}", at + 1), |s| s.name.clone());
    let round = if ballot.round > 1 { format!(", round {}", ballot.round) } else { String::new() };
    match workspace.sector(&ballot.sector) {
        Some(sector) => format!("{who}, {}{round}", sector.short_name()),
        None => format!("{who}{round}"),
    }
}

/// The choice at the head of the page; answers with a look that was chosen.
pub fn choice(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, look: &Look) -> Option<Look> {
    let workspace = &scene.workspace;
    let ballots = scene.analysis.voices.said().in_force.len();
    let from_ballots = workspace.balance.weights_from == WeightsFrom::Ballots;
    let standing = match look {
        Look::Group if from_ballots => Whose::Median,
        Look::Group => Whose::Stated,
        look => Whose::Alone(look.clone()),
    };
    let mut choices = vec![(Whose::Stated, "Points on this page".to_owned())];
    if ballots > 0 || from_ballots {
        choices.insert(0, (Whose::Median, format!("Group median, {}", count(ballots, "ballot", "ballots"))));
    }
    let sectors = workspace.voices.sectors.iter().zip(&scene.analysis.voices.said().by_sector);
    choices.extend(sectors.filter(|(_, heard)| heard.is_some()).map(|(sector, _)| {
        (Whose::Alone(Look::Sector(sector.id.clone())), format!("Only a look: {}", sector.name))
    }));
    choices.extend(scene.analysis.voices.said().in_force.iter().map(|&at| {
        let id = workspace.voices.ballots[at].id.clone();
        (Whose::Alone(Look::Ballot(id)), format!("Only a look: {}", ballot_name(workspace, at)))
    }));
    let width = if ui.ctx().content_rect().width() < size::SMALL_WINDOW { 184.0 } else { 208.0 };
    match choose(ui, "Whose points", width, &standing, choices)? {
        Whose::Alone(look) => Some(look),
        whose => {
            let (label, from) = match whose {
                Whose::Median => ("Weigh by the ballots", WeightsFrom::Ballots),
                _ => ("Weigh by the points on Weights", WeightsFrom::Swings),
            };
            desk.edit(label, None, |w| w.balance.weights_from = from);
            Some(Look::Group)
        }
    }
}

/// Leads to where ballots are collected.
pub fn collect(ui: &mut Ui, desk: &mut Desk<'_>) {
    let words = "Collect ballots";
    let clicked = if ui.ctx().content_rect().width() < size::NARROW_WINDOW {
        icon_button(ui, icons::USERS, words, true).clicked()
    } else {
        Button::new(words).icon(icons::USERS).show(ui).clicked()
    };
    if clicked {
        desk.go(Room::Voices, "Ballots");
    }
}

/// Says that this is only a look, and what would follow from it; answers whether it is to end.
pub fn look_words(ui: &mut Ui, scene: &WeighScene) -> bool {
    if scene.may_be_changed() {
        return false;
    }
    let tokens = Tokens::of(ui);
    let mut words =
        format!("Only a look at {}: nothing in the workspace changes.", scene.look.name(&scene.workspace));
    if let Some((leader, total, lead)) = scene.leader {
        let name = &scene.options()[leader].name;
        let by = lead.map_or_else(String::new, |lead| format!(", {} ahead of the next", number(lead, 1)));
        words += &format!(" By these points alone {name} leads with {}{by}.", number(total, 0));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        wrapped(ui, words, Type::Body, tokens.ink2);
        link(ui, "Back to the group", Type::Body, tokens.ink).clicked()
    })
    .inner
}

/// Whether the points on the page are others than those that the ballots combine to.
#[must_use]
pub fn differs_from_median(scene: &WeighScene) -> bool {
    let combined = scene.analysis.voices.said().combined_swings.as_deref().unwrap_or_default();
    let stated = scene.workspace.balance.weights_from == WeightsFrom::Swings;
    let same = |(own, given): (Option<f64>, &Option<f64>)| match (own, given) {
        (Some(own), Some(given)) => (own - given).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    };
    let taken = stated && scene.factors().iter().map(|f| f.swing).zip(combined).all(same);
    !combined.is_empty() && !taken && scene.may_be_changed()
}

/// The link that takes the ballots' median over as the points on the page.
pub fn take_median(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tip = "Gives each factor the points that the ballots combine to";
    let link = link(ui, "Take the ballots’ median", Type::Small, Tokens::of(ui).ink);
    if link.on_hover_text(tip).clicked() {
        desk.edit("Take the ballots’ median", None, edits::weights::take_ballots);
    }
}
