//! The processor's time for a frame at 50 options × 30 factors × 200 voices: the whole window laid out and cut into
//! triangles, at rest, while a weight is dragged, while a point of a value function is dragged (each with all that
//! follows from it computed anew), and while the dial is dragged. Target: 99 of 100 frames within 8 ms, aim 4 ms.
//!
//! What a driver does with the triangles afterwards is not in it. Where the system tells it (Linux), the time is that of
//! the window's own thread, so that other programs on the machine do not count; elsewhere it is the time by the clock.

mod workspaces;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Context, RawInput, Rect, vec2};
use evenhand::{
    model::{Room, Workspace, balance::Scale},
    session::Session,
    ui::{rooms, shell::Shell, theme},
};

const FRAMES: usize = 300;
/// Frames before the first that counts: fonts are read and sizes settle.
const WARM_UP: usize = 20;

/// What the hand is doing meanwhile.
#[derive(Clone, Copy)]
enum Hand {
    Still,
    OnWeight,
    OnValuePoint,
    OnDial,
}

fn main() {
    let hands = [Hand::Still, Hand::OnWeight, Hand::OnValuePoint, Hand::OnDial];
    println!(
        "{:<26} {:>15} {:>15} {:>15} {:>15}",
        "ms, p50 and p99", "at rest", "weight", "value point", "dial"
    );
    for room in [Room::Balance, Room::Question, Room::Voices, Room::Reach, Room::Decision] {
        for page in rooms::pages(room) {
            let name =
                if *page == room.name() { page.to_string() } else { format!("{}, {page}", room.name()) };
            print!("{name:<26}");
            for hand in hands {
                let (median, slow) = measure(room, page, hand);
                print!(" {median:>7.2} {slow:>7.2}");
            }
            println!();
        }
    }
}

/// The median and the 99th percentile of a frame's time, in milliseconds.
fn measure(room: Room, page: &str, hand: Hand) -> (f64, f64) {
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
        let begun = Stopwatch::start();
        drag(&mut shell, hand, frame);
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

fn drag(shell: &mut Shell, hand: Hand, frame: usize) {
    let at = (frame % 100) as f64;
    let change: &dyn Fn(&mut Workspace) = match hand {
        Hand::Still => return,
        Hand::OnDial => {
            shell.view.balance.dial = Some(at / 100.0);
            return;
        }
        Hand::OnWeight => &|workspace| workspace.balance.factors[3].swing = Some(at),
        Hand::OnValuePoint => &|workspace| {
            workspace.balance.factors[0].scale = Scale::Points(vec![(0.0, 0.0), (50.0, at), (100.0, 100.0)]);
        },
    };
    let Some(session) = &mut shell.session else { return };
    let edit = session.edit("Drag", Room::Balance, Some("drag"), change);
    assert!(edit.is_ok(), "{edit:?}");
}

/// Measures the time that this thread has had the processor.
struct Stopwatch {
    on_processor: Option<Duration>,
    by_clock: Instant,
}

impl Stopwatch {
    fn start() -> Self {
        Self { on_processor: on_processor(), by_clock: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        match (self.on_processor, on_processor()) {
            (Some(then), Some(now)) => now.saturating_sub(then),
            _ => self.by_clock.elapsed(),
        }
    }
}

/// How long this thread has had the processor so far. The kernel brings its account up to date when a thread yields.
fn on_processor() -> Option<Duration> {
    std::thread::yield_now();
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    account.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
