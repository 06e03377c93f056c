//! From the start of a process to the first frame, and the memory it takes. Targets: 1 s with software drawing, aim
//! 0.4 s; 250 MB with the largest example open, aim 120 MB.
//!
//! The first frame is laid out and drawn by the processor, pixels and all, so that it can be measured anywhere. Each run
//! is a process of its own; its time is taken from outside and so holds the loading of the program as well.

// A bench that cannot run must say so and stop.
#![allow(clippy::expect_used)]

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    sync::Arc,
    time::Instant,
};

use egui::{Context, RawInput, Rect, Ui, vec2};
use evenhand::ui::{
    raster::Rasteriser,
    shell::{Places, Shell},
    theme,
};

const RUNS: usize = 10;
/// Tells a process what it is to show.
const SHOW: &str = "EVENHAND_BENCH_SHOW";
const WINDOW: &str = "real window, Westmere";

fn main() {
    match std::env::var(SHOW) {
        Ok(what) => show(&what),
        Err(_) => measure_all(),
    }
}

/// In the process that is measured: one whole frame, drawn, then a line that says so with the memory used at most.
fn show(what: &str) {
    let mut shell = Shell::new(Places::default(), Arc::new(|| ()));
    if what != "start page" {
        shell.open_example(if what == WINDOW { "westmere" } else { what });
        assert!(shell.session.is_some(), "there is no example {what}");
    }
    if what == WINDOW {
        return show_window(shell);
    }
    let ctx = Context::default();
    theme::install(&ctx);
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(1440.0, 900.0))),
        ..RawInput::default()
    };
    let mut output = ctx.run_ui(input, |ui| shell.show(ui));
    let mut rasteriser = Rasteriser::default();
    rasteriser.take_textures(&mut output.textures_delta);
    let picture = rasteriser.draw(&ctx, &output);
    assert!(picture.is_ok(), "{picture:?}");
    say_drawn();
}

fn say_drawn() {
    println!("drawn {}", most_memory().unwrap_or(0));
}

/// The same in a window of the system: the second frame says that the first has been handed over.
fn show_window(shell: Shell) {
    struct Window(Shell, u32);

    impl eframe::App for Window {
        fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
            if self.1 == 1 {
                say_drawn();
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
            }
            self.1 += 1;
            self.0.show(ui);
            ui.ctx().request_repaint();
        }
    }

    let viewport = egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    let opened = eframe::run_native(
        "evenhand",
        options,
        Box::new(|creation| {
            theme::install(&creation.egui_ctx);
            Ok(Box::new(Window(shell, 0)))
        }),
    );
    assert!(opened.is_ok(), "{opened:?}");
}

/// The most memory that this process has held, in kibibytes, where the system tells it.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn measure_all() {
    println!("{:<34} {:>11} {:>11} {:>12}", "to the first frame", "median, ms", "slowest, ms", "memory, MB");
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let display = cfg!(any(windows, target_os = "macos")) || named("DISPLAY") || named("WAYLAND_DISPLAY");
    for what in ["start page", "westmere", "work-programme", WINDOW] {
        if what == WINDOW && !display {
            println!("{what:<34} not measured: there is no display here");
            continue;
        }
        let mut runs: Vec<(f64, u64)> = (0..RUNS).map(|_| run(what)).collect();
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let memory = runs.iter().map(|run| run.1).max().unwrap_or(0) as f64 * 1024.0 / 1e6;
        println!("{what:<34} {:>11.0} {:>11.0} {memory:>12.0}", runs[RUNS / 2].0, runs[RUNS - 1].0);
    }
}

/// Milliseconds to the first frame, and kibibytes.
fn run(what: &str) -> (f64, u64) {
    let program = std::env::current_exe().expect("this program has a place");
    let begun = Instant::now();
    let mut process = Command::new(program)
        .env(SHOW, what)
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program can be run again");
    let output = process.stdout.take().expect("its output is read here");
    let said = BufReader::new(output).lines().map_while(Result::ok).find(|line| line.starts_with("drawn"));
    let took = begun.elapsed().as_secs_f64() * 1e3;
    process.wait().expect("the process ends");
    let memory = said.as_deref().and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    (took, memory.expect("the process has drawn its window"))
}
