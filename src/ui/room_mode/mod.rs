//! Room mode: the same work for a wall, led by a facilitator from a page that the room does not see.
//!
//! The wall is a window of its own for the projector, or takes the one window there is. It is drawn from a [`wall::Wall`],
//! which holds no answer that is still covered. What is on it is kept in the workspace ([`crate::model::workshop`]); every
//! step of the facilitator is an edit, so that the room comes back where it was.

mod balance_scene;
mod ballot;
mod covered;
mod discussion;
mod ends;
pub mod entry;
mod facilitator;
mod facilitator_seats;
mod left_out;
mod movement;
mod programme;
mod projector;
mod question;
mod reveal;
mod robustness;
pub(in crate::ui) mod said;
mod sectors;
mod steps;
mod strips;
pub mod wall;
mod window;

use std::{sync::Arc, time::Instant};

pub use facilitator::show as show_facilitator;
pub use projector::{show_projector, show_wall_here, strokes, zoom_here};
pub use steps::{State, run, state};

use self::{
    entry::{Entry, Stroke},
    programme::Programme,
    projector::Projector,
    said::Said,
    wall::{Clock, Wall},
};
use super::{desk::Desk, view::Screen};
use crate::{
    model::{
        Workspace,
        ids::SectorId,
        workshop::{Scene, Workshop},
    },
    session::edits::workshop as edits,
};

/// Where the wall is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WallPlace {
    /// There is none.
    #[default]
    Nowhere,
    /// In a window of its own.
    Projector,
    /// In the one window; the facilitator's page comes back with the keys.
    Here,
}

/// What a facilitator is at. What the room is at is kept in the workspace.
#[derive(Debug, Default)]
pub struct RoomModeView {
    /// Whether Room mode is on.
    pub on: bool,
    pub place: WallPlace,
    /// Where the facilitator came from.
    before: Option<Screen>,
    /// When the clock runs out, while it runs.
    ends: Option<Instant>,
    /// Reveal was asked although some factors have not been asked: once more does it.
    armed: bool,
    /// A word to the room, until the next step.
    said: String,
    /// Which page of the scene is shown, counted from 0.
    page: usize,
    /// The entry of numbers, while it is open.
    entry: Option<Entry>,
    /// What the wall keeps showing while it is frozen, as it was.
    frozen: Option<Arc<Wall>>,
    projector: Projector,
    /// What the wall was last drawn from.
    kept: Option<Kept>,
    /// Whether something had the keyboard when the last frame ended: Esc leaves that first.
    had_focus: bool,
    /// Whether the one window is the wall's whenever it is not the facilitator's.
    prefers_here: bool,
    /// Whom the facilitator is looking for among those who may have a seat.
    find: String,
}

/// What is worked out once a revision.
#[derive(Debug)]
struct Kept {
    revision: u64,
    split: Option<SectorId>,
    workspace: Arc<Workspace>,
    said: Arc<Said>,
    /// Seat by seat whether it is in, for what the workshop is at.
    answered: Arc<Vec<bool>>,
    programme: Arc<Programme>,
    robustness: Option<Arc<crate::analysis::balance::robustness::Robustness>>,
    drawn: bool,
}

impl RoomModeView {
    /// Whether the wall takes the one window now.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.on && self.place == WallPlace::Here
    }

    /// Whether digits are for an entry that is open.
    #[must_use]
    pub fn takes_numbers(&self) -> bool {
        self.on && self.entry.is_some()
    }

    /// The clock as it stands.
    fn clock(&self, workshop: &Workshop) -> Clock {
        self.ends.map_or(Clock::Paused(workshop.seconds_left), Clock::Until)
    }

    /// Notes at the end of a frame what the next must know.
    pub fn remember_focus(&mut self, ctx: &egui::Context) {
        self.had_focus = ctx.memory(|memory| memory.focused().is_some());
    }

    /// Whether Esc is for something smaller than Room mode: a field that is left.
    #[must_use]
    pub fn esc_is_taken(&self) -> bool {
        self.had_focus
    }
}

/// The wall as it is to be drawn now; frozen it is as it was. `None` before there is a workshop.
#[must_use]
pub fn wall(desk: &mut Desk<'_>) -> Option<Arc<Wall>> {
    let held = desk.session.workspace().voices.workshop.as_ref()?.held.clone();
    let blank = desk.session.workspace().voices.workshop.as_ref().is_some_and(|workshop| workshop.blank);
    match held {
        None => {
            desk.view.room_mode.frozen = None;
            Some(Arc::new(live_wall(desk, None)?))
        }
        Some(held) => {
            // After a recovery the picture is gone, and what is held is drawn anew.
            let frozen = match &desk.view.room_mode.frozen {
                Some(frozen) if frozen.scene == held => Arc::clone(frozen),
                _ => Arc::new(live_wall(desk, Some(held))?),
            };
            desk.view.room_mode.frozen = Some(Arc::clone(&frozen));
            Some(if frozen.blank == blank { frozen } else { Arc::new(Wall { blank, ..(*frozen).clone() }) })
        }
    }
}

/// What the facilitator is at, as a wall would show it.
fn live_wall(desk: &mut Desk<'_>, scene: Option<Scene>) -> Option<Wall> {
    keep(desk);
    let workspace = Arc::clone(desk.session.workspace());
    let analysis = Arc::clone(desk.session.analysis());
    let view = &desk.view.room_mode;
    let kept = view.kept.as_ref()?;
    let workshop = workspace.voices.workshop.as_ref()?;
    let scene = scene.unwrap_or_else(|| workshop.scene.clone());
    let answered = if scene == workshop.scene {
        Arc::clone(&kept.answered)
    } else {
        Arc::new(answered(&workspace, &scene))
    };
    let missing = if workshop.names { missing(&workspace, workshop, &answered) } else { Vec::new() };
    let here = view.is_here();
    Some(Wall {
        clock: view.clock(workshop),
        dark: workshop.dark,
        blank: workshop.blank,
        split: kept.said.split.clone(),
        said: view.said.clone(),
        page: view.page,
        entry: view.entry.clone().filter(|_| here),
        is_typed_on: view.entry.is_some(),
        alone: here,
        workspace: Arc::clone(&kept.workspace),
        said_in_room: Arc::clone(&kept.said),
        robustness: kept.robustness.clone(),
        analysis,
        scene,
        answered,
        missing,
    })
}

/// Seat by seat whether it is in; nothing while nothing is collected.
fn answered(workspace: &Workspace, scene: &Scene) -> Vec<bool> {
    match scene {
        Scene::Ballot(factor) => workspace.answered(Some(factor)),
        Scene::Card => workspace.answered(None),
        _ => Vec::new(),
    }
}

/// Seat by seat whether it is in, for what the workshop is at.
fn who_is_in(desk: &mut Desk<'_>) -> Arc<Vec<bool>> {
    keep(desk);
    desk.view.room_mode.kept.as_ref().map_or_else(Arc::default, |kept| Arc::clone(&kept.answered))
}

/// What can be put on the wall as things stand.
fn programme_now(desk: &mut Desk<'_>) -> Arc<Programme> {
    keep(desk);
    desk.view.room_mode.kept.as_ref().map_or_else(Arc::default, |kept| Arc::clone(&kept.programme))
}

fn missing(workspace: &Workspace, workshop: &Workshop, answered: &[bool]) -> Vec<String> {
    let seats = workshop.seats.iter().zip(answered).filter(|(_, in_already)| !**in_already);
    seats.filter_map(|(seat, _)| Some(workspace.stakeholder(&seat.stakeholder)?.name.clone())).collect()
}

/// Works out anew what has changed since it was drawn last.
fn keep(desk: &mut Desk<'_>) {
    let revision = desk.session.revision();
    let workshop = desk.session.workspace().voices.workshop.as_ref();
    // One sector by itself is shown of what was said, and of nothing else.
    let reveals = |workshop: &&Workshop| *workshop.on_wall() == Scene::Reveal;
    let split = workshop.filter(reveals).and_then(|workshop| workshop.split.clone());
    let answer = desk.session.robustness();
    let drawn = answer.known().is_some() && !answer.is_updating;
    let known = desk.view.room_mode.kept.as_ref();
    if known.is_some_and(|kept| kept.revision == revision && kept.split == split && kept.drawn == drawn) {
        return;
    }
    let robustness = answer.known().map(|run| Arc::new(run.clone()));
    let workspace = Arc::clone(desk.session.workspace());
    let said = Arc::new(Said::of(&workspace, desk.session.analysis(), split.as_ref()));
    let scene = workspace.voices.workshop.as_ref().map(|workshop| workshop.scene.clone());
    let answered = Arc::new(scene.map_or_else(Vec::new, |scene| answered(&workspace, &scene)));
    let programme = Arc::new(Programme::of(&workspace, desk.session.analysis()));
    let workspace = if workspace.is_covered() { Arc::new(workspace.covered()) } else { workspace };
    desk.view.room_mode.kept =
        Some(Kept { revision, split, workspace, said, answered, programme, robustness, drawn });
}

/// Takes a key of the entry; answers whether there was one to take it.
pub fn type_into_entry(desk: &mut Desk<'_>, stroke: Stroke) -> bool {
    let workspace = desk.workspace();
    let Some(workshop) = &workspace.voices.workshop else { return false };
    let Some(entry) = &mut desk.view.room_mode.entry else { return false };
    if let Some(given) = entry.take(stroke, &workspace, &workshop.scene) {
        let done = steps::take_down(desk, &given);
        let workspace = desk.workspace();
        if let Some(entry) = &mut desk.view.room_mode.entry {
            match done {
                Ok(()) => entry.stored(&given, &workspace, &workshop.scene),
                Err(why) => entry.refused(&given, &why),
            }
        }
    }
    true
}

/// What a picture of the wall can be asked to show. "now" is what is on it.
pub const SCENES: [&str; 11] = [
    "now",
    "question",
    "ballot",
    "card",
    "reveal",
    "discussion",
    "movement",
    "balance",
    "sectors",
    "robustness",
    "reach",
];

/// The wall with something on it by name, in the workspace as it is: a workshop is begun where there is none, and a ballot
/// where no round is open is the first question of the one that would be opened.
///
/// # Errors
/// Says what there is to show, or what is missing.
pub fn wall_of(desk: &mut Desk<'_>, name: &str, dark: bool) -> Result<Arc<Wall>, String> {
    let is_known = SCENES.iter().any(|known| known.eq_ignore_ascii_case(name));
    if !is_known {
        let names = crate::model::wording::list(&SCENES);
        return Err(format!("A wall cannot show “{name}”; it can show {names}."));
    }
    steps::edit(desk, "Begin a workshop", None, edits::begin);
    steps::edit(desk, "Dark wall", None, |w| edits::with(w, |workshop| workshop.dark |= dark));
    let is_ballot = matches!(name.to_lowercase().as_str(), "ballot" | "card");
    if is_ballot && !desk.session.workspace().is_covered() {
        steps::open_next_round(desk);
    }
    let scene = scene_called(desk, name)?;
    if let Some(scene) = scene {
        steps::edit(desk, "Show on the wall", None, |w| edits::show(w, scene));
    }
    desk.view.room_mode.ends = None;
    wall(desk).ok_or_else(|| "There is no workshop to show.".to_owned())
}

fn scene_called(desk: &Desk<'_>, name: &str) -> Result<Option<Scene>, String> {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    let apart = || programme::furthest_apart(&workspace, &analysis).into_iter().next();
    let first = || workspace.asked_in(workspace.round_in_room()).into_iter().next();
    let now = workspace.voices.workshop.as_ref().map(|workshop| workshop.scene.clone());
    let no_factor = || "There are no factors to ask about yet.".to_owned();
    Ok(match name.to_lowercase().as_str() {
        "question" => Some(Scene::Question),
        // What is asked now stays, where something is.
        "ballot" if matches!(now, Some(Scene::Ballot(_))) => None,
        "ballot" => Some(Scene::Ballot(first().ok_or_else(no_factor)?)),
        "card" => Some(Scene::Card),
        "reveal" => Some(Scene::Reveal),
        "discussion" if matches!(now, Some(Scene::Discussion(_))) => None,
        "discussion" => Some(Scene::Discussion(apart().or_else(first).ok_or_else(no_factor)?)),
        "movement" => Some(Scene::Movement),
        "balance" => Some(Scene::Balance { dial: None }),
        "sectors" => Some(Scene::Sectors),
        "robustness" => Some(Scene::Robustness),
        "reach" => {
            let left_out = programme::left_out(&workspace, &analysis);
            Some(
                left_out
                    .ok_or_else(|| "Nobody has said yet how an option would pay, or for whom.".to_owned())?,
            )
        }
        _ => None,
    })
}
