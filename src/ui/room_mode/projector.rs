//! The window of the wall beside the facilitator's, and the wall in the one window there is.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::{
    Context, Event, Id, Key, Modifiers, Plugin, RawInput, Rect, Ui, Vec2, ViewportBuilder, ViewportClass,
    ViewportCommand, ViewportId,
};

use super::{
    WallPlace,
    entry::Stroke,
    steps::set_dial,
    wall::{self, Act, Clock, PAGE, Wall},
};
use crate::ui::{command::Command, desk::Desk};

/// What both windows know.
#[derive(Debug, Default)]
struct Shared {
    wall: Option<Arc<Wall>>,
    acts: Vec<Act>,
}

/// The way between the facilitator's window and the wall's.
#[derive(Clone, Debug, Default)]
pub struct Projector {
    shared: Arc<Mutex<Shared>>,
}

impl Projector {
    fn with<R>(&self, work: impl FnOnce(&mut Shared) -> R) -> R {
        work(&mut self.shared.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn viewport() -> ViewportId {
    ViewportId(Id::unique("wall of the room"))
}

/// Shows the wall in its own window, and does what was done there. The window repaints by itself and only when it must, so
/// that neither window waits for the other.
pub fn show_projector(ctx: &Context, desk: &mut Desk<'_>) {
    let view = &desk.view.room_mode;
    if !view.on || view.place != WallPlace::Projector {
        return;
    }
    let projector = view.projector.clone();
    let acts = projector.with(|shared| std::mem::take(&mut shared.acts));
    do_acts(desk, acts);
    let Some(wall) = super::wall(desk) else { return };
    if desk.view.room_mode.place != WallPlace::Projector {
        return;
    }
    let changed = projector.with(|shared| {
        let changed = shared.wall.as_ref().is_none_or(|before| !is_same(before, &wall));
        shared.wall = Some(Arc::clone(&wall));
        changed
    });
    if changed {
        ctx.request_repaint_of(viewport());
    }
    ctx.plugin_or_default::<WallScale>();
    let title = if wall.workspace.title.is_empty() {
        "Evenhand, the wall".to_owned()
    } else {
        format!("{} – the wall", wall.workspace.title)
    };
    let builder = ViewportBuilder::default()
        .with_title(title)
        .with_app_id("evenhand-wall")
        .with_inner_size(PAGE * 4.0 / 3.0)
        .with_min_inner_size([480.0, 270.0]);
    ctx.show_viewport_deferred(viewport(), builder, move |ui, class| show_window(ui, class, &projector));
}

/// Whether two walls look alike. What they are drawn from is compared by where it is kept: it never changes there.
fn is_same(a: &Wall, b: &Wall) -> bool {
    let robust = match (&a.robustness, &b.robustness) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    Arc::ptr_eq(&a.workspace, &b.workspace)
        && Arc::ptr_eq(&a.analysis, &b.analysis)
        && Arc::ptr_eq(&a.said_in_room, &b.said_in_room)
        && robust
        && (&a.scene, a.blank, a.dark, &a.answered) == (&b.scene, b.blank, b.dark, &b.answered)
        && (&a.missing, a.clock, &a.said, &a.split) == (&b.missing, b.clock, &b.said, &b.split)
        && (a.is_typed_on, a.page) == (b.is_typed_on, b.page)
}

/// One frame of the wall's window.
fn show_window(ui: &mut Ui, class: ViewportClass, projector: &Projector) {
    let Some(wall) = projector.with(|shared| shared.wall.clone()) else { return };
    let mut acts = Vec::new();
    let ctx = ui.ctx().clone();
    if class == ViewportClass::EmbeddedWindow {
        // A window within the window has no size of its own.
        ui.set_min_size(PAGE);
        let place = Rect::from_min_size(ui.min_rect().min, PAGE);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
        acts.extend(wall::show(&mut inner, &wall));
    } else {
        acts.extend(keys(&ctx, wall.is_typed_on));
        acts.extend(wall::show(ui, &wall));
        if ctx.input(|input| input.viewport().close_requested()) {
            acts.push(Act::Closed);
        }
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F11)) {
            let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
        }
    }
    tick(&ctx, &wall);
    if !acts.is_empty() {
        projector.with(|shared| shared.acts.extend(acts));
        ctx.request_repaint_of(ViewportId::ROOT);
    }
}

/// Sees to it that a running clock is seen to run.
fn tick(ctx: &Context, wall: &Wall) {
    if matches!(wall.clock, Clock::Until(_)) && wall.clock.left() > 0 && wall.scene.collects() {
        ctx.request_repaint_after(Duration::from_millis(250));
    }
}

/// The keys that were pressed in the wall's window.
fn keys(ctx: &Context, is_typed_on: bool) -> Vec<Act> {
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let mut acts = Vec::new();
    if is_typed_on {
        acts.extend(strokes(ctx).into_iter().map(Act::Typed));
    }
    // Keys with Shift first, as in the other window.
    let of_room_mode = || Command::ALL.into_iter().filter(|command| command.is_of_room_mode());
    let all = [true, false].into_iter().flat_map(|shift| of_room_mode().map(move |command| (shift, command)));
    for (shift, command) in all {
        if focused && command.presses() {
            continue;
        }
        let pressed = ctx.input_mut(|input| {
            let mut keys = command.shortcuts().iter().filter(|shortcut| shortcut.modifiers.shift == shift);
            keys.any(|shortcut| input.consume_shortcut(shortcut))
        });
        if pressed {
            acts.push(Act::Run(command));
        }
    }
    acts
}

/// Takes everything that is typed while an entry is open out of the input, and rub-out, Enter and Up with it: none of them
/// does anything else meanwhile. Page keys, Esc and the keys without a character go on to the wall.
pub fn strokes(ctx: &Context) -> Vec<Stroke> {
    ctx.input_mut(|input| {
        let mut strokes = Vec::new();
        input.events.retain(|event| match event {
            Event::Text(text) => {
                strokes.extend(text.chars().map(Stroke::Character));
                false
            }
            Event::Key { key, pressed: true, modifiers, .. }
                if modifiers.is_none() || modifiers.shift_only() =>
            {
                let stroke = match key {
                    Key::Backspace => Some(Stroke::Rubout),
                    Key::Enter => Some(Stroke::Enter),
                    Key::ArrowUp => Some(Stroke::Up),
                    key if is_letter(*key) => Some(Stroke::OfTheWall),
                    _ => None,
                };
                strokes.extend(stroke);
                stroke.is_none() && !matches!(key, Key::Period | Key::Comma)
            }
            _ => true,
        });
        strokes
    })
}

/// A letter, or the space bar.
fn is_letter(key: Key) -> bool {
    key == Key::Space || matches!(key.name().as_bytes(), [letter] if letter.is_ascii_alphabetic())
}

/// Does what was done on a wall.
fn do_acts(desk: &mut Desk<'_>, acts: Vec<Act>) {
    for act in acts {
        match act {
            Act::Run(command) => desk.run(command),
            Act::Dial(share) => set_dial(desk, share),
            Act::Typed(stroke) => drop(super::type_into_entry(desk, stroke)),
            Act::Closed => desk.view.room_mode.place = WallPlace::Nowhere,
        }
    }
}

/// Shows the wall over the whole of the one window.
pub fn show_wall_here(ui: &mut Ui, desk: &mut Desk<'_>) {
    let ctx = ui.ctx().clone();
    let Some(wall) = super::wall(desk) else { return };
    let acts = wall::show(ui, &wall);
    tick(&ctx, &wall);
    do_acts(desk, acts);
}

/// The size that everything is drawn in while the wall takes the one window: so that its page fills it.
#[must_use]
pub fn zoom_here(ctx: &Context) -> f32 {
    let points = ctx.content_rect().size() * ctx.zoom_factor();
    wall::scale(points)
}

/// Draws the wall's window so much larger that its page fills it, whatever the size of the facilitator's.
#[derive(Debug, Default)]
struct WallScale;

impl Plugin for WallScale {
    fn debug_name(&self) -> &'static str {
        "wall scale"
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        if input.viewport_id != viewport() {
            return;
        }
        let Some(rect) = input.screen_rect else { return };
        let scale = wall::scale(rect.size());
        let shrink = |at: Vec2| at / scale;
        input.screen_rect = Some(Rect::from_min_max(
            shrink(rect.min.to_vec2()).to_pos2(),
            shrink(rect.max.to_vec2()).to_pos2(),
        ));
        if let Some(info) = input.viewports.get_mut(&viewport()) {
            info.native_pixels_per_point = Some(info.native_pixels_per_point.unwrap_or(1.0) * scale);
        }
        for event in &mut input.events {
            match event {
                Event::PointerMoved(pos) | Event::PointerButton { pos, .. } | Event::Touch { pos, .. } => {
                    *pos = shrink(pos.to_vec2()).to_pos2();
                }
                _ => {}
            }
        }
    }
}
