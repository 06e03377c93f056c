//! What a facilitator does: every step an edit with a name, put on the disk at once.

use std::time::{Duration, Instant};

use egui::Context;

use super::{Entry, RoomModeView, WallPlace, entry::Given, programme::furthest_apart, said::Said};
use crate::{
    model::{
        Room, Workspace,
        balance::WeightsFrom,
        ids::{BallotId, FactorId},
        wording::count,
        workshop::{EntryOrder, LONGEST_SECONDS, Scene, USUAL_SECONDS, Workshop},
    },
    session::edits::workshop::{self as edits, with},
    ui::{
        command::{Command, Step},
        desk::Desk,
        view::Screen,
    },
};

/// What voting again means once there have been two rounds.
pub(super) const TWO_ROUNDS: &str = "Two rounds are the most: one blind, one after discussion, so that both can be \
                                     compared. Voting again opens the second once more; new numbers take the place of \
                                     those given in it.";
/// A point of the dial.
const POINT: f64 = 0.01;

/// What must hold for the commands of Room mode.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    pub on: bool,
    /// Whether keys go to the wall: it is in view, or the facilitator's page is.
    pub has_keys: bool,
    pub collects: bool,
    pub can_vote_again: bool,
    pub can_split: bool,
    pub has_dial: bool,
}

/// How Room mode stands.
#[must_use]
pub fn state(desk: &Desk<'_>) -> State {
    let view = &desk.view.room_mode;
    let workspace = desk.session.workspace();
    let Some(workshop) = workspace.voices.workshop.as_ref().filter(|_| view.on) else {
        return State::default();
    };
    let uncovered = !workspace.is_covered() && !workspace.voices.ballots.is_empty();
    State {
        on: true,
        has_keys: view.is_here() || desk.view.screen == Screen::RoomMode,
        collects: workshop.scene.collects(),
        can_vote_again: uncovered
            && matches!(workshop.scene, Scene::Reveal | Scene::Discussion(_) | Scene::Movement),
        can_split: uncovered && workshop.scene == Scene::Reveal,
        has_dial: matches!(workshop.scene, Scene::Balance { .. }),
    }
}

/// Runs a command of Room mode that is enabled.
pub fn run(ctx: &Context, desk: &mut Desk<'_>, command: Command) {
    match command {
        Command::RoomMode => enter(ctx, desk, false),
        Command::RoomModeHere => enter(ctx, desk, true),
        Command::Wall(step) => take_step(ctx, desk, step),
        _ => {}
    }
}

/// Turns Room mode on: with a window for the projector beside this one, or with the wall in this one.
fn enter(ctx: &Context, desk: &mut Desk<'_>, here: bool) {
    if desk.session.workspace().voices.workshop.is_none() {
        edit(desk, "Begin a workshop", None, edits::begin);
    }
    let view = &mut desk.view.room_mode;
    if !view.on {
        view.before = Some(desk.view.screen);
        view.on = true;
    }
    view.prefers_here |= here;
    view.place = match view.place {
        // From the wall in this window to the facilitator's page, and back.
        WallPlace::Here => WallPlace::Nowhere,
        WallPlace::Nowhere if view.prefers_here => WallPlace::Here,
        _ if here => WallPlace::Here,
        _ => WallPlace::Projector,
    };
    ctx.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
    desk.view.want(Screen::RoomMode, None);
}

/// Leaves Room mode: nothing is asked, and nothing is lost.
fn leave(desk: &mut Desk<'_>) {
    stop_clock(desk, "Stop the clock");
    let view = std::mem::take(&mut desk.view.room_mode);
    desk.view.room_mode = RoomModeView { find: view.find, ..RoomModeView::default() };
    if desk.view.screen == Screen::RoomMode {
        desk.view.want(view.before.unwrap_or(Screen::Room(Room::Voices)), None);
    }
}

fn take_step(ctx: &Context, desk: &mut Desk<'_>, step: Step) {
    let workspace = desk.workspace();
    let Some(workshop) = workspace.voices.workshop.as_ref() else { return };
    let was_armed = std::mem::take(&mut desk.view.room_mode.armed);
    desk.view.room_mode.said.clear();
    match step {
        Step::Next if turn_page(desk, workshop, true) => {}
        Step::Back if turn_page(desk, workshop, false) => {}
        Step::Next => go_on(desk, &workspace, workshop),
        Step::Back => {
            if let Some(scene) = super::programme_now(desk).back(&workshop.scene) {
                show(desk, scene);
            }
        }
        Step::Reveal => reveal(desk, &workspace, was_armed),
        Step::MoreTime => more_time(ctx, desk),
        Step::VoteAgain => {
            let factors = to_vote_on(&workspace, &desk.analysis(), &workshop.scene);
            vote_again(desk, factors);
        }
        Step::Split => split(desk, &workspace, workshop),
        Step::Blank => {
            let words = if workshop.blank { "Show the wall again" } else { "Blank the wall" };
            edit(desk, words, None, |w| with(w, |workshop| workshop.blank = !workshop.blank));
        }
        Step::Freeze => freeze(desk, workshop),
        Step::Numbers => open_entry(desk, &workspace, workshop),
        Step::TowardsOperational => turn(desk, workshop, -POINT),
        Step::TowardsCommercial => turn(desk, workshop, POINT),
        Step::OwnWeights => set_dial(desk, None),
        Step::Leave => {
            tell_of_half_card(desk);
            // What is open on the wall is closed first.
            if desk.view.room_mode.entry.take().is_none() {
                leave(desk);
            }
        }
    }
}

/// An edit in Room mode: its label says what was done and never what was answered. What is refused is said in a notice.
pub(super) fn edit(
    desk: &mut Desk<'_>,
    label: impl Into<String>,
    merge: Option<&str>,
    change: impl FnOnce(&mut Workspace),
) -> bool {
    match try_edit(desk, label, merge, change) {
        Ok(()) => true,
        Err(why) => {
            desk.notice(format!("Not changed: {why}"));
            false
        }
    }
}

/// The same, answering why it was refused.
fn try_edit(
    desk: &mut Desk<'_>,
    label: impl Into<String>,
    merge: Option<&str>,
    change: impl FnOnce(&mut Workspace),
) -> Result<(), String> {
    let left = seconds_left(desk);
    let done = desk.session.edit(label.into(), Room::Voices, merge, |workspace| {
        with(workspace, |workshop| workshop.seconds_left = left);
        change(workspace);
    });
    done.map_err(|rejected| format!("{} {}", rejected.0.what, rejected.0.remedy))?;
    desk.session.hasten_journal();
    Ok(())
}

/// What is left on the clock now, running or not.
fn seconds_left(desk: &Desk<'_>) -> u32 {
    let kept = desk.session.workspace().voices.workshop.as_ref().map_or(USUAL_SECONDS, |w| w.seconds_left);
    desk.view.room_mode.ends.map_or(kept, |ends| super::Clock::Until(ends).left())
}

fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// Goes to the next page of a scene with more factors than have room, or to the one before; answers whether there is one.
fn turn_page(desk: &mut Desk<'_>, workshop: &Workshop, on: bool) -> bool {
    let (factors, most) = match super::wall(desk) {
        Some(wall) if workshop.scene == Scene::Reveal && wall.scene == Scene::Reveal => {
            (wall.said_in_room.points.len(), super::reveal::ON_PAGE)
        }
        Some(wall) if workshop.scene == Scene::Movement && wall.scene == Scene::Movement => {
            let again = wall.said_in_room.points.iter().filter(|points| points.spread_before.is_some());
            (again.count(), super::movement::ON_PAGE)
        }
        _ => return false,
    };
    let page = desk.view.room_mode.page;
    let to = if on { page.checked_add(1) } else { page.checked_sub(1) };
    let Some(to) = to.filter(|to| *to < super::wall::pages(factors, most)) else { return false };
    desk.view.room_mode.page = to;
    true
}

fn go_on(desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    match super::programme_now(desk).next(&workshop.scene) {
        Some(scene) if scene.collects() && !workspace.is_covered() => open_first_round(desk),
        Some(scene) => show(desk, scene),
        None if workshop.scene.collects() => {
            desk.view.room_mode.said = "That was the last one. Space uncovers what we said.".to_owned();
        }
        None => desk.notice("That was the last thing to show."),
    }
}

/// Opens the blind round about every factor.
pub(super) fn open_first_round(desk: &mut Desk<'_>) {
    let round = desk.session.workspace().round_in_room();
    desk.view.room_mode.ends = None;
    if edit(desk, "Open the first round", None, |w| edits::open_round(w, round, Vec::new(), today())) {
        begin_ballot(desk);
    }
}

/// Opens the round once more for those who are missing, and asks the first of them.
pub(super) fn take_in_missing(desk: &mut Desk<'_>, seat: usize) {
    let round = desk.session.workspace().round_in_room();
    desk.view.room_mode.ends = None;
    let label = format!("Open round {round} again for who is missing");
    if edit(desk, label, None, |w| edits::open_again(w, today())) {
        ask_seat(desk, seat);
    }
}

/// Weighs by the ballots from now on, where the weights were others.
pub(super) fn use_weights_of_ballots(desk: &mut Desk<'_>) {
    edit(desk, "Use the weights from the ballots", None, |w| {
        w.balance.weights_from = WeightsFrom::Ballots;
    });
}

/// Opens the round that would be opened next: the blind one, or where there are ballots the one after discussion.
pub(super) fn open_next_round(desk: &mut Desk<'_>) {
    if desk.session.workspace().voices.ballots.is_empty() {
        open_first_round(desk);
    } else {
        let factors = furthest_apart(desk.session.workspace(), &desk.analysis());
        vote_again(desk, factors);
    }
}

/// Puts a scene up; a ballot starts its clock.
pub(super) fn show(desk: &mut Desk<'_>, scene: Scene) {
    let label = label_of(desk.session.workspace(), &scene);
    let is_new = desk.session.workspace().voices.workshop.as_ref().is_some_and(|w| w.scene != scene);
    let collects = scene.collects();
    if is_new {
        (desk.view.room_mode.ends, desk.view.room_mode.page) = (None, 0);
        tell_of_half_card(desk);
    }
    if edit(desk, label, None, |w| edits::show(w, scene)) && is_new {
        if collects {
            begin_ballot(desk);
        } else {
            desk.view.room_mode.entry = None;
        }
    }
}

/// Says that a card was left before its end, and that what it holds is kept.
fn tell_of_half_card(desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    let (Some(workshop), Some(entry)) = (&workspace.voices.workshop, &desk.view.room_mode.entry) else {
        return;
    };
    if let Some(words) = entry.half_given(&workspace, &workshop.scene) {
        desk.view.room_mode.said.clone_from(&words);
        desk.notice(words);
    }
}

fn begin_ballot(desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    let Some(workshop) = &workspace.voices.workshop else { return };
    if let Some(entry) = &mut desk.view.room_mode.entry {
        entry.follow(&workspace, &workshop.scene);
    }
    desk.view.room_mode.ends = Some(Instant::now() + Duration::from_secs(workshop.seconds_left.into()));
}

/// "Show the ballot on Price certainty".
fn label_of(workspace: &Workspace, scene: &Scene) -> String {
    let factor = |id: &FactorId| workspace.factor(id).map_or(String::new(), |factor| factor.name.clone());
    match scene {
        Scene::Ballot(id) => format!("Ask the room about {}", factor(id)),
        Scene::Discussion(id) => format!("Discuss {}", factor(id)),
        scene => format!("Show on the wall: {}", crate::model::wording::lower_first(scene.name())),
    }
}

fn reveal(desk: &mut Desk<'_>, workspace: &Workspace, was_armed: bool) {
    if !workspace.is_covered() {
        return;
    }
    let not_asked = workspace.not_asked_yet().len();
    if not_asked > 0 && !was_armed {
        let view = &mut desk.view.room_mode;
        view.armed = true;
        view.said = format!(
            "{} not been asked yet. Space once more uncovers what is in.",
            count(not_asked, "factor has", "factors have")
        );
        return;
    }
    desk.view.room_mode.ends = None;
    desk.view.room_mode.entry = None;
    desk.view.room_mode.page = 0;
    let round = workspace.round_in_room();
    edit(desk, format!("Reveal round {round}"), None, |w| edits::reveal(w, today()));
}

/// What is voted on again: the factor under discussion, else those on which the room is furthest apart.
fn to_vote_on(workspace: &Workspace, analysis: &crate::analysis::Analysis, scene: &Scene) -> Vec<FactorId> {
    let apart = furthest_apart(workspace, analysis);
    match scene {
        Scene::Discussion(factor) if !apart.contains(factor) => vec![factor.clone()],
        _ => apart,
    }
}

/// Opens the second round about these factors.
pub(super) fn vote_again(desk: &mut Desk<'_>, factors: Vec<FactorId>) {
    if factors.is_empty() {
        desk.notice("There is nothing to vote on again: all are of one mind.");
        return;
    }
    let words = count(factors.len(), "factor", "factors");
    let is_third = desk.session.workspace().has_asked_twice();
    desk.view.room_mode.ends = None;
    if edit(desk, format!("Vote again on {words}"), None, |w| edits::vote_again(w, &factors, today())) {
        begin_ballot(desk);
        if is_third {
            desk.notice(TWO_ROUNDS);
        }
    }
}

/// Goes through the sectors that are large enough, and back to everybody.
fn split(desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let can = Said::of(workspace, &desk.analysis(), None).can_split;
    let next = match &workshop.split {
        None => can.first().cloned(),
        Some(now) => can.iter().skip_while(|id| *id != now).nth(1).cloned(),
    };
    if can.is_empty() {
        desk.view.room_mode.said = "No sector has three ballots, so none is shown by itself.".to_owned();
        return;
    }
    let label = match next.as_ref().and_then(|id| workspace.sector(id)) {
        Some(sector) => format!("Show {} by itself", sector.short_name()),
        None => "Show all sectors together".to_owned(),
    };
    edit(desk, label, None, |w| with(w, |workshop| workshop.split = next));
}

fn freeze(desk: &mut Desk<'_>, workshop: &Workshop) {
    if workshop.held.is_some() {
        edit(desk, "Let the wall follow again", None, |w| with(w, |workshop| workshop.held = None));
        return;
    }
    // The picture of now is what stays.
    desk.view.room_mode.frozen = super::wall(desk);
    edit(desk, "Freeze the wall", None, |w| with(w, |workshop| workshop.held = Some(workshop.scene.clone())));
}

fn open_entry(desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let begun = Entry::begin(workspace, &workshop.scene);
    let entry = &mut desk.view.room_mode.entry;
    *entry = if entry.is_some() { None } else { Some(begun) };
}

/// Takes down an answer; nothing of it is said.
///
/// # Errors
/// Says why it is not in the workspace now.
pub(super) fn take_down(desk: &mut Desk<'_>, given: &Given) -> Result<(), String> {
    let fresh = BallotId::named("ballot", desk.session.new_tail());
    let label = format!("Take down seat {}", given.seat + 1);
    try_edit(desk, label, None, |w| {
        edits::take(w, given.seat, (&given.factor, given.points), fresh, today());
    })?;
    let workspace = desk.session.workspace();
    let seat = workspace.voices.workshop.as_ref().and_then(|workshop| workshop.seats.get(given.seat));
    let is_stored = seat.is_some_and(|seat| {
        let ballot = workspace.ballot_of_seat(seat, workspace.round_in_room());
        workspace.has_answered(seat, Some(&given.factor))
            && ballot.and_then(|ballot| ballot.swings.get(&given.factor).copied()) == given.points
    });
    if is_stored { Ok(()) } else { Err("no round is open that would take it.".to_owned()) }
}

/// Forgets what a seat has answered to what is being asked.
pub(super) fn take_back(desk: &mut Desk<'_>, seat: usize, factor: Option<&FactorId>) {
    edit(desk, format!("Take back the answer of seat {}", seat + 1), None, |w| {
        edits::take_back(w, seat, factor)
    });
}

fn more_time(ctx: &Context, desk: &mut Desk<'_>) {
    let left = seconds_left(desk).saturating_add(60).min(LONGEST_SECONDS);
    // A clock that has run out is quiet; a minute more sets it going again.
    desk.view.room_mode.ends = Some(Instant::now() + Duration::from_secs(left.into()));
    edit(desk, "Give one more minute", None, |w| with(w, |workshop| workshop.seconds_left = left));
    ctx.request_repaint();
}

/// Stops the clock, or lets it run on.
pub(super) fn start_or_stop_clock(desk: &mut Desk<'_>) {
    if desk.view.room_mode.ends.is_some() {
        stop_clock(desk, "Stop the clock");
    } else {
        let left = seconds_left(desk);
        desk.view.room_mode.ends = Some(Instant::now() + Duration::from_secs(left.into()));
    }
}

fn stop_clock(desk: &mut Desk<'_>, label: &str) {
    if desk.view.room_mode.ends.is_some() && edit(desk, label, None, |_| ()) {
        desk.view.room_mode.ends = None;
    }
}

fn turn(desk: &mut Desk<'_>, workshop: &Workshop, by: f64) {
    let Scene::Balance { dial } = workshop.scene else { return };
    let Some(today) = desk.session.analysis().balance.commercial_share else { return };
    let shown = (dial.unwrap_or(today) / POINT).round() * POINT;
    set_dial(desk, Some((shown + by).clamp(0.0, 1.0)));
}

/// Turns the dial of the wall to this commercial share, or back to the room's own weights.
pub(super) fn set_dial(desk: &mut Desk<'_>, share: Option<f64>) {
    let label = if share.is_some() { "Turn the dial of the wall" } else { "Turn the dial of the wall back" };
    edit(desk, label, Some("dial of the wall"), |w| {
        with(w, |workshop| {
            if let Scene::Balance { dial } = &mut workshop.scene {
                *dial = share;
            }
        });
    });
}

/// Changes the order in which numbers are collected, while a round is open as well.
pub(super) fn collect(desk: &mut Desk<'_>, order: EntryOrder) {
    let label = match order {
        EntryOrder::ByFactor => "Ask factor by factor",
        EntryOrder::ByPerson => "Ask person by person",
    };
    edit(desk, label, None, |w| {
        with(w, |workshop| workshop.entry = order);
        let collects = w.voices.workshop.as_ref().is_some_and(|workshop| workshop.scene.collects());
        if let (true, Some(scene)) = (collects, edits::first_question(w)) {
            edits::show(w, scene);
        }
    });
    if desk.view.room_mode.entry.is_some() {
        begin_ballot(desk);
    }
}

/// Asks a seat for its number, with the entry opened if it is not.
pub(super) fn ask_seat(desk: &mut Desk<'_>, seat: usize) {
    let workspace = desk.workspace();
    let Some(workshop) = &workspace.voices.workshop else { return };
    let mut entry =
        desk.view.room_mode.entry.take().unwrap_or_else(|| Entry::begin(&workspace, &workshop.scene));
    entry.ask(seat, &workspace, &workshop.scene);
    desk.view.room_mode.entry = Some(entry);
}
