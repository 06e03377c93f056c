//! The real window: eframe, with one way of drawing tried after the other.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use egui::{Context, Ui};

use super::{
    behind::Behind,
    dialogs::{choose_file, close::After},
    shell::{Places, Shell},
    theme,
};
use crate::file::{journal, preferences};

/// Whether a window has drawn a frame.
static DREW: AtomicBool = AtomicBool::new(false);

/// How long the program stays when its window has gone, for saves that were under way when they were left. After that it
/// ends as if it were killed: each file is wholly the old or wholly the new one, and the work is in the journal.
const PATIENCE: Duration = Duration::from_secs(5);

/// What goes on when the window has gone.
type Left = Arc<Mutex<Behind>>;

/// Opens the window, on a file or on the start page (at the very first start on the example).
///
/// # Errors
/// When no window can be opened: says why in a sentence. Nothing has been changed then.
pub fn open_window(file: Option<PathBuf>) -> Result<(), String> {
    let order = if cfg!(windows) {
        // Remote desktops of Windows have an OpenGL too old to draw with.
        [eframe::Renderer::Wgpu, eframe::Renderer::Glow]
    } else {
        [eframe::Renderer::Glow, eframe::Renderer::Wgpu]
    };
    if !has_display() {
        return Err("There is no display here.".to_owned());
    }
    let mut reasons = Vec::new();
    for renderer in order {
        match run(renderer, file.clone()) {
            Ok(()) => return Ok(()),
            // A window that was up and broke is no reason to open another: the journal has the work.
            Err(reason) if DREW.load(Ordering::Relaxed) => {
                return Err(format!(
                    "The window broke off: {reason}. Work that was not saved is offered at the next start."
                ));
            }
            Err(reason) if reasons.contains(&reason) => {}
            Err(reason) => reasons.push(reason),
        }
    }
    Err(format!("No window could be opened: {}.", reasons.join("; ")))
}

/// Whether the system names a display. Only Linux and its relatives can be without.
fn has_display() -> bool {
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

fn run(renderer: eframe::Renderer, file: Option<PathBuf>) -> Result<(), String> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Evenhand")
        .with_app_id("evenhand")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([640.0, 480.0]);
    let options = eframe::NativeOptions { viewport, renderer, ..Default::default() };
    let behind = Left::default();
    let left = Arc::clone(&behind);
    let start = move || {
        eframe::run_native(
            "evenhand",
            options,
            Box::new(move |creation| Ok(Box::new(App::new(&creation.egui_ctx, file, left)))),
        )
        .map_err(|error| in_words(&error))
    };
    // A system library that is not there makes the windowing library panic: that must become words.
    let quiet = QuietPanics::begin();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(start));
    let said = quiet.end();
    wait_for(&behind);
    outcome.unwrap_or_else(|_| Err(said.unwrap_or_else(|| "the windowing system broke off".to_owned())))
}

fn wait_for(behind: &Left) {
    behind.lock().unwrap_or_else(PoisonError::into_inner).wait(PATIENCE);
}

/// What kept a window from opening, without the paths and numbers of the libraries that say it.
fn in_words(error: &eframe::Error) -> String {
    let said = error.to_string();
    let first = said.split(" at /").next().unwrap_or(&said);
    let told =
        first.strip_prefix("winit EventLoopError: ").unwrap_or(first).trim_end_matches([':', ' ', '.']);
    if told.is_empty() || told == "os error" || told.contains("recreated") {
        return "the display does not answer".to_owned();
    }
    told.to_owned()
}

/// Keeps what a panic says instead of printing it.
struct QuietPanics {
    said: Arc<Mutex<Option<String>>>,
}

impl QuietPanics {
    fn begin() -> Self {
        let said = Arc::new(Mutex::new(None));
        let keep = Arc::clone(&said);
        std::panic::set_hook(Box::new(move |info| {
            let words = info.payload_as_str().unwrap_or("a part of the program broke off").to_owned();
            *keep.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
        }));
        Self { said }
    }

    fn end(self) -> Option<String> {
        // Dropping the hook brings back the usual one.
        drop(std::panic::take_hook());
        self.said.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

struct App {
    shell: Shell,
    behind: Left,
}

impl Drop for App {
    fn drop(&mut self) {
        *self.behind.lock().unwrap_or_else(PoisonError::into_inner) = self.shell.end();
    }
}

impl App {
    fn new(ctx: &Context, file: Option<PathBuf>, behind: Left) -> Self {
        theme::install(ctx);
        let wake = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let places = Places { journals: journal::usual_folder(), preferences: preferences::usual_file() };
        let mut shell = Shell::new(places, wake);
        shell.ask_system_for_files = choose_file::has_native_dialog();
        shell.apply_preferences(ctx);
        shell.start_on(file);
        Self { shell, behind }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        if ui.ctx().input(|input| input.viewport().close_requested()) && !self.shell.wants_to_quit() {
            self.shell.ask_to_leave(ui.ctx(), After::Quit);
            if !self.shell.wants_to_quit() {
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::CancelClose);
            }
        }
        let dropped =
            ui.ctx().input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            self.shell.ask_to_leave(ui.ctx(), After::Open(path));
        }
        self.shell.show(ui);
        DREW.store(true, Ordering::Relaxed);
        if self.shell.wants_to_quit() {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}
