//! The facilitator's page: what is on the wall, what is next, who is still missing, the clock, and notes that nobody else
//! sees. Of answers that are covered it knows no more than the wall.

use egui::{Align2, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{
    WallPlace,
    ballot::paint_seats,
    covered,
    entry::{how_many_in, who_is_missing},
    facilitator_seats,
    steps::{self, edit},
    wall::Clock,
};
use crate::{
    model::{
        Workspace,
        balance::WeightsFrom,
        workshop::{EntryOrder, Scene, Workshop},
    },
    session::edits::workshop::with,
    ui::{
        command::{Command, Step},
        desk::Desk,
        icons,
        rooms::{balance::sentence::whose_weights, title},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            Button, Card, button::Segment, choice::switch, hair_rule, icon_button, paint_shape, paint_text,
            paint_text_fitted, segmented, text_area, wrapped,
        },
    },
};

/// How tall the picture of the wall is at the most.
const PREVIEW: f32 = 230.0;
const PREVIEW_IN_LOW_WINDOW: f32 = 150.0;
/// Windows lower than this have the smaller picture.
const LOW_WINDOW: f32 = 700.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    show_head(ui, desk, &workspace);
    ui.add_space(space::S);
    let Some(workshop) = workspace.voices.workshop.clone() else {
        let words = "F5 begins a workshop: a wall for everybody, and this page for you.";
        wrapped(ui, words, Type::Sentence, Tokens::of(ui).ink2);
        return;
    };
    let narrow = ui.ctx().content_rect().width() < size::NARROW_WINDOW;
    ScrollArea::vertical().id_salt("facilitator").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::L);
        if narrow {
            on_the_wall(ui, desk, &workspace, &workshop);
            who_is_in(ui, desk, &workspace, &workshop);
            choose_scene(ui, desk, &workspace, &workshop);
            notes(ui, desk, &workshop);
            return;
        }
        let width = ui.available_width() - 10.0;
        let left = (width - space::L) * 0.56;
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(left, 0.0), down, |ui| {
                on_the_wall(ui, desk, &workspace, &workshop);
                choose_scene(ui, desk, &workspace, &workshop);
            });
            ui.allocate_ui_with_layout(vec2(width - space::L - left, 0.0), down, |ui| {
                who_is_in(ui, desk, &workspace, &workshop);
                notes(ui, desk, &workshop);
            });
        });
    });
}

fn show_head(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let width = ui.available_width();
    let across = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(width, size::PAGE_HEAD), across, |ui| {
        ui.set_min_height(size::PAGE_HEAD);
        title(ui, desk.view, "Room mode");
        ui.add_space(space::M);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if !desk.view.room_mode.on {
                let button = Button::new("Begin").icon(icons::PROJECTOR_SCREEN).primary();
                if button.tooltip(Command::RoomMode.tooltip()).show(ui).clicked() {
                    desk.run(Command::RoomMode);
                }
                return;
            }
            if Button::new("Leave").icon(icons::X).tooltip("Esc").show(ui).clicked() {
                desk.run(Command::Wall(Step::Leave));
            }
            where_the_wall_is(ui, desk);
            let workshop = workspace.voices.workshop.as_ref();
            let frozen = workshop.is_some_and(|workshop| workshop.held.is_some());
            let blank = workshop.is_some_and(|workshop| workshop.blank);
            let button = Button::new("Blank").selected(blank).tooltip("B");
            if button.show(ui).clicked() {
                desk.run(Command::Wall(Step::Blank));
            }
            let button = Button::new("Freeze").icon(icons::SNOWFLAKE).selected(frozen);
            if button
                .tooltip("The wall keeps what it shows while you look at something else: F")
                .show(ui)
                .clicked()
            {
                desk.run(Command::Wall(Step::Freeze));
            }
        });
    });
}

fn where_the_wall_is(ui: &mut Ui, desk: &mut Desk<'_>) {
    let places = [
        (WallPlace::Nowhere, "No wall"),
        (WallPlace::Here, "This window"),
        (WallPlace::Projector, "Projector"),
    ];
    let segments: Vec<Segment<'_>> = places
        .iter()
        .map(|(_, words)| Segment { badge: "", words, colour: None, name: format!("Wall: {words}") })
        .collect();
    let current = places.iter().position(|(place, _)| *place == desk.view.room_mode.place).unwrap_or(0);
    if let Some(chosen) = segmented(ui, &segments, current) {
        let view = &mut desk.view.room_mode;
        view.place = places[chosen].0;
        view.prefers_here = view.place == WallPlace::Here;
    }
}

/// What the facilitator calls a scene, with what it is about.
fn called(workspace: &Workspace, scene: &Scene) -> String {
    let factor = |id| workspace.factor(id).map_or("", |factor| factor.name.as_str());
    match scene {
        Scene::Ballot(id) => format!("Ballot: {}", factor(id)),
        Scene::Discussion(id) => format!("Discussion: {}", factor(id)),
        Scene::Reach(id) => {
            let badge = workspace.option(id).map_or("", |option| option.badge.as_str());
            format!("{}: {badge}", scene.name())
        }
        scene => scene.name().to_owned(),
    }
}

fn on_the_wall(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let words = if workshop.held.is_some() { "On the wall, frozen" } else { "On the wall" };
        ui.label(Type::Heading.text(words, tokens.ink));
        let answered = super::who_is_in(desk);
        preview(ui, workspace, workshop, &answered);
        if !desk.view.room_mode.said.is_empty() {
            let said = desk.view.room_mode.said.clone();
            wrapped(ui, said, Type::Strong, tokens.ink);
        }
        if workshop.held.is_some() {
            let words =
                format!("You are at {}; the room does not see it.", called(workspace, &workshop.scene));
            wrapped(ui, words, Type::Body, tokens.ink2);
        }
        offer_weights(ui, desk, workspace);
        let programme = super::programme_now(desk);
        let (before, after) = (programme.back(&workshop.scene), programme.next(&workshop.scene));
        ui.horizontal(|ui| {
            let button = Button::new("Back").icon(icons::CARET_LEFT).enabled(before.is_some());
            if button.tooltip("Page Up").show(ui).clicked() {
                desk.run(Command::Wall(Step::Back));
            }
            let button = Button::new("Next").icon(icons::CARET_RIGHT).enabled(after.is_some());
            if button.tooltip("N, Page Down").show(ui).clicked() {
                desk.run(Command::Wall(Step::Next));
            }
            let state = steps::state(desk);
            if state.collects && workspace.is_covered() {
                let button = Button::new("Reveal").icon(icons::EYE).primary();
                if button.tooltip("Space").show(ui).clicked() {
                    desk.run(Command::Wall(Step::Reveal));
                }
            } else if state.can_vote_again && Button::new("Vote again").tooltip("V").show(ui).clicked() {
                desk.run(Command::Wall(Step::VoteAgain));
            }
            if state.can_split && Button::new("Split by sector").tooltip("S").show(ui).clicked() {
                desk.run(Command::Wall(Step::Split));
            }
            if let Some(after) = &after {
                let words = format!("Next: {}", called(workspace, after));
                ui.add(egui::Label::new(Type::Small.text(words, tokens.ink2)).truncate());
            }
        });
        if workspace.has_asked_twice() && steps::state(desk).can_vote_again {
            wrapped(ui, steps::TWO_ROUNDS, Type::Small, tokens.ink2);
        }
    });
}

/// The wall in small: what it shows in words. What is covered on the wall is covered here.
fn preview(ui: &mut Ui, workspace: &Workspace, workshop: &Workshop, answered: &[bool]) {
    let tokens = Tokens::of(ui);
    let low = ui.ctx().content_rect().height() < LOW_WINDOW;
    let height = if low { PREVIEW_IN_LOW_WINDOW } else { PREVIEW };
    let width = ui.available_width().min(height * 16.0 / 9.0);
    let (place, response) = ui.allocate_exact_size(vec2(width, width * 9.0 / 16.0), Sense::hover());
    let scene = workshop.on_wall();
    let words =
        if workshop.blank { "Nothing: the wall is blank".to_owned() } else { called(workspace, scene) };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("The wall shows: {words}")));
    let fill = if workshop.blank { tokens.track } else { tokens.paper };
    ui.painter().rect(place, rounded(6.0), fill, hairline(tokens.line), StrokeKind::Inside);
    let inside = place.shrink(14.0);
    let painter = ui.painter();
    if workshop.blank {
        paint_text(painter, place.center(), Align2::CENTER_CENTER, "Blank", Type::Body, tokens.ink2);
        return;
    }
    let title = workspace.title.as_str();
    paint_text_fitted(
        painter,
        inside.min,
        Align2::LEFT_TOP,
        title,
        Type::Small,
        tokens.ink3,
        (inside.width(), 1),
    );
    let at = pos2(inside.left(), inside.top() + 34.0);
    paint_text_fitted(painter, at, Align2::LEFT_TOP, &words, Type::Heading, tokens.ink, (inside.width(), 2));
    if scene.collects() && *scene == workshop.scene {
        let at = pos2(inside.left(), inside.bottom() - 26.0);
        let role = Type::Strong;
        paint_text(painter, at, Align2::LEFT_BOTTOM, &how_many_in(answered), role, tokens.ink);
        let dots = Rect::from_min_max(pos2(inside.left(), inside.bottom() - 18.0), inside.max);
        paint_seats(ui, answered, dots);
        let at = pos2(inside.right(), inside.bottom() - 26.0);
        let words = "Covered until Reveal";
        paint_text(ui.painter(), at, Align2::RIGHT_BOTTOM, words, Type::Small, tokens.ink2);
    }
}

/// Offers the weights from the ballots once they are uncovered, while every figure is by others.
fn offer_weights(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let analysis = desk.analysis();
    let is_by_ballots = workspace.balance.weights_from == WeightsFrom::Ballots;
    if is_by_ballots || workspace.is_covered() || analysis.voices.said().combined_swings.is_none() {
        return;
    }
    let whose = whose_weights(workspace, &analysis.balance);
    let words = format!("The answer still goes by {whose}, not by what the room has said.");
    wrapped(ui, words, Type::Body, Tokens::of(ui).ink2);
    let button = Button::new("Use these weights").icon(icons::SCALES);
    if button
        .tooltip("The weights from the ballots decide from now on; one undo brings the others back")
        .show(ui)
        .clicked()
    {
        steps::use_weights_of_ballots(desk);
    }
}

/// Everything that can be put up, the one that is up being selected.
fn choose_scene(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        ui.label(Type::Heading.text("Put on the wall", tokens.ink));
        let scenes = super::programme_now(desk);
        ui.horizontal_wrapped(|ui| {
            for scene in &scenes.all {
                let same = std::mem::discriminant(scene) == std::mem::discriminant(&workshop.scene);
                let factor = matches!(scene, Scene::Ballot(_) | Scene::Discussion(_));
                let on = same && (!factor || *scene == workshop.scene);
                let words = called(workspace, scene);
                let covered = scene.collects() && !workspace.is_covered();
                if Button::new(&words).selected(on).show(ui).clicked() && !on {
                    if covered {
                        steps::open_first_round(desk);
                    }
                    steps::show(desk, scene.clone());
                }
            }
        });
        hair_rule(ui);
        ui.horizontal_wrapped(|ui| {
            flag(ui, desk, "Name who is missing", workshop.names, |w, on| w.names = on);
            ui.add_space(space::L);
            flag(ui, desk, "Dark wall", workshop.dark, |w, on| w.dark = on);
        });
    });
}

fn flag(ui: &mut Ui, desk: &mut Desk<'_>, name: &str, on: bool, set: fn(&mut Workshop, bool)) {
    if switch(ui, name, on).clicked() {
        let label = if on { format!("{name}: no more") } else { name.to_owned() };
        edit(desk, label, None, |w| with(w, |workshop| set(workshop, !on)));
    }
    ui.label(Type::Body.text(name, Tokens::of(ui).ink));
}

fn who_is_in(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let answered = super::who_is_in(desk);
        let collects = workshop.scene.collects() && workspace.is_covered();
        ui.horizontal(|ui| {
            let words = if collects { how_many_in(&answered) } else { "Who is in the room".to_owned() };
            ui.label(Type::Heading.text(words, tokens.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let orders = [EntryOrder::ByPerson, EntryOrder::ByFactor];
                let segments = ["Person by person", "Factor by factor"].map(|words| Segment {
                    badge: "",
                    words,
                    colour: None,
                    name: String::new(),
                });
                let current = orders.iter().position(|order| *order == workshop.entry).unwrap_or(0);
                if let Some(chosen) = segmented(ui, &segments, current) {
                    steps::collect(desk, orders[chosen]);
                }
            });
        });
        if collects {
            wrapped(ui, who_is_missing(&answered), Type::Body, tokens.ink2);
            clock(ui, desk, workshop);
            numbers(ui, desk, workspace, workshop);
        }
        let is_uncovered = !workspace.is_covered() && !workspace.voices.ballots.is_empty();
        let came: Option<Vec<bool>> = match (collects, is_uncovered) {
            (true, _) => Some(answered.to_vec()),
            (false, true) => Some(workspace.answered(None)),
            (false, false) => None,
        };
        if let (Some(came), true) = (&came, is_uncovered && !collects) {
            take_in_missing(ui, desk, workspace, came);
        }
        seats(ui, desk, workspace, workshop, (came.as_deref(), collects));
        facilitator_seats::show(ui, desk, workspace, workshop);
    });
}

/// After Reveal: who has given no ballot, and the way to take them in.
fn take_in_missing(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, came: &[bool]) {
    let Some(first) = came.iter().position(|came| !came) else { return };
    let round = workspace.round_in_room();
    let words = format!("Round {round} is revealed. {}", who_is_missing(came));
    wrapped(ui, words, Type::Body, Tokens::of(ui).ink2);
    let button = Button::new("Take in who is missing").icon(icons::LOCK_SIMPLE);
    if button.tooltip("Opens the round again, covered, until you reveal it anew").show(ui).clicked() {
        steps::take_in_missing(desk, first);
    }
}

fn clock(ui: &mut Ui, desk: &mut Desk<'_>, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    let clock = desk.view.room_mode.clock(workshop);
    ui.horizontal(|ui| {
        let words = clock.words();
        let left = ui.label(Type::Score.text(&words, tokens.ink));
        left.widget_info(|| WidgetInfo::labeled(Role::Timer, true, format!("{words} left")));
        if Button::new("One more minute").icon(icons::TIMER).tooltip("T").show(ui).clicked() {
            desk.run(Command::Wall(Step::MoreTime));
        }
        let running = matches!(clock, Clock::Until(_));
        if Button::new(if running { "Stop the clock" } else { "Let it run" }).show(ui).clicked() {
            steps::start_or_stop_clock(desk);
        }
        if running && clock.left() > 0 {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(250));
        }
    });
}

/// The entry of numbers, covered here as everywhere.
fn numbers(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    let Some(entry) = desk.view.room_mode.entry.clone() else {
        let button = Button::new("Enter numbers").icon(icons::LOCK_SIMPLE);
        if button.tooltip("Seat by seat from the cards, in a covered field: E").show(ui).clicked() {
            desk.run(Command::Wall(Step::Numbers));
        }
        return;
    };
    wrapped(ui, covered::asking(&entry, workspace, &workshop.scene), Type::Strong, tokens.ink);
    let wide = ui.available_width();
    let (place, _) = ui.allocate_exact_size(vec2(wide, 56.0), Sense::hover());
    covered::show(ui, &entry, place);
    let hint =
        "Type the seat, Enter, the number, Enter. Nothing and Enter is no answer; Up goes back; Esc closes.";
    let said = if entry.said().is_empty() { hint } else { entry.said() };
    wrapped(ui, said, Type::Small, tokens.ink2);
}

fn seats(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    workshop: &Workshop,
    (came, collects): (Option<&[bool]>, bool),
) {
    let tokens = Tokens::of(ui);
    let factor = match &workshop.scene {
        Scene::Ballot(factor) => Some(factor.clone()),
        _ => None,
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    for (at, seat) in workshop.seats.iter().enumerate() {
        let Some(person) = workspace.stakeholder(&seat.stakeholder) else { continue };
        let is_in = came.is_some_and(|came| came.get(at).copied().unwrap_or(false));
        let far = if collects && factor.is_none() { workspace.how_far(seat) } else { (0, 0) };
        let half = (far.0 > 0 && far.0 < far.1).then(|| format!("{} of {}", far.0, far.1));
        let words = half.as_deref().unwrap_or(if is_in { "in" } else { "missing" });
        let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::click());
        let state = if came.is_some() { format!(", {words}") } else { String::new() };
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Row, true, format!("Seat {}, {}{state}", at + 1, person.name))
        });
        if response.hovered() {
            ui.painter().rect_filled(row, rounded(4.0), tokens.select);
        }
        let y = row.center().y;
        let number = pos2(row.left() + 26.0, y);
        paint_text(
            ui.painter(),
            number,
            Align2::RIGHT_CENTER,
            &(at + 1).to_string(),
            Type::NumberStrong,
            tokens.ink,
        );
        let shape = workspace.sector(&person.sector).map(|sector| sector.shape).unwrap_or_default();
        paint_shape(ui.painter(), shape, pos2(row.left() + 44.0, y), 12.0, tokens.ink2, egui::Stroke::NONE);
        let fit = (row.width() - 130.0, 1);
        let name = pos2(row.left() + 58.0, y);
        paint_text_fitted(ui.painter(), name, Align2::LEFT_CENTER, &person.name, Type::Body, tokens.ink, fit);
        if came.is_some() {
            let ink = if is_in { tokens.ink } else { tokens.ink3 };
            let at = pos2(row.right() - 38.0, y);
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, Type::Small, ink);
        }
        let is_in = is_in && collects;
        crate::ui::widgets::button::paint_focus(ui, &response, row, 4.0);
        if is_in {
            let place = Rect::from_center_size(pos2(row.right() - 16.0, y), vec2(size::CONTROL, 28.0));
            let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
            let name = format!("Take back the answer of seat {}", at + 1);
            if icon_button(&mut inner, icons::ARROW_U_UP_LEFT, &name, true).clicked() {
                steps::take_back(desk, at, factor.as_ref());
            }
        }
        if response.clicked() && collects {
            steps::ask_seat(desk, at);
        }
    }
}

fn notes(ui: &mut Ui, desk: &mut Desk<'_>, workshop: &Workshop) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("Notes", tokens.ink));
        wrapped(ui, "For you alone: they never go on the wall.", Type::Small, tokens.ink2);
        let width = ui.available_width();
        if let Some(notes) = text_area(ui, "Notes", &workshop.notes, width, 4) {
            edit(desk, "Write a note", None, |w| with(w, |workshop| workshop.notes = notes));
        }
    });
}
