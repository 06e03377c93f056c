//! The processor's time for a frame at 50 options × 30 factors × 200 voices: the whole window laid out and cut into
//! triangles, at rest and while a weight is dragged. Target: 99 of 100 frames within 8 ms, aim 4 ms.
//!
//! What a driver does with the triangles afterwards is not in it.

mod workspaces;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Context, RawInput, Rect, vec2};
use evenhand::{
    model::Room,
    session::Session,
    ui::{rooms, shell::Shell, theme},
};

const FRAMES: usize = 300;
/// Frames before the first that counts: fonts are read and sizes settle.
const WARM_UP: usize = 20;

fn main() {
    let rooms = [Room::Balance, Room::Question, Room::Voices, Room::Reach, Room::Decision];
    println!("{:<26} {:>22} {:>22}", "", "at rest, ms", "dragging, ms");
    println!("{:<26} {:>10} {:>11} {:>10} {:>11}", "page", "p50", "p99", "p50", "p99");
    for room in rooms {
        for page in rooms::pages(room) {
            let rest = measure(room, page, false);
            let drag = measure(room, page, true);
            let name =
                if *page == room.name() { page.to_string() } else { format!("{}, {page}", room.name()) };
            println!("{name:<26} {:>10.2} {:>11.2} {:>10.2} {:>11.2}", rest.0, rest.1, drag.0, drag.1);
        }
    }
}

/// The median and the 99th percentile of a frame's time, in milliseconds.
fn measure(room: Room, page: &str, dragging: bool) -> (f64, f64) {
    let mut session = Session::new(workspaces::large(), 1, Arc::new(|| ()));
    session.finish_jobs();
    let mut shell = Shell::with_session(session);
    shell.view.go(room, page);
    let ctx = Context::default();
    theme::install(&ctx);
    let mut times = Vec::with_capacity(FRAMES);
    for frame in 0..WARM_UP + FRAMES {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(1440.0, 900.0))),
            time: Some(frame as f64 / 60.0),
            ..RawInput::default()
        };
        let begun = Instant::now();
        if dragging && let Some(session) = &mut shell.session {
            let points = (frame % 100) as f64;
            let edit = session.edit("Set weight", Room::Balance, Some("weight"), |workspace| {
                workspace.balance.factors[3].swing = Some(points);
            });
            assert!(edit.is_ok(), "{edit:?}");
        }
        let mut output = ctx.run_ui(input, |ui| shell.show(ui));
        output.textures_delta.clear();
        let triangles = ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = begun.elapsed();
        assert!(!triangles.is_empty());
        if frame >= WARM_UP {
            times.push(took);
        }
    }
    times.sort();
    (milliseconds(times[FRAMES / 2]), milliseconds(times[FRAMES * 99 / 100]))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
