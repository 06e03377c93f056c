//! The real window, driven by the names that assistive technology reads, and drawn without a display.
//!
//! ```ignore
//! let mut window = open(shell_with(workspace));
//! window.get_by_role_and_label(Role::Tab, "Weights").click();
//! window.run();
//! assert_eq!(window.state().workspace().title, "…");
//! window.snapshot("room_page");
//! ```

// Every test file takes what it needs of this, and what is missing in a test shall end it.
#![allow(dead_code)]

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use egui::{Context, FullOutput, TexturesDelta, Theme};
use egui_kittest::{Harness, TestRenderer};
use evenhand::{
    model::{Room, Workspace},
    session::Session,
    ui::{raster::Rasteriser, shell::Shell, theme},
};
use image::RgbaImage;

/// The sizes that every screen is looked at in: usual, small, and what 150 % leaves of the usual.
pub const USUAL: [f32; 2] = [1440.0, 900.0];
pub const SMALL: [f32; 2] = [1280.0, 720.0];
pub const LARGE_TEXT: [f32; 2] = [960.0, 600.0];

/// A window under test. It behaves as the [`Shell`] in it.
pub struct Window(pub Shell);

pub type Driven = Harness<'static, Window>;

impl Window {
    /// The open session.
    pub fn session(&mut self) -> &mut Session {
        self.0.session.as_mut().expect("a workspace is open")
    }

    /// The workspace as it stands.
    pub fn workspace(&self) -> &Workspace {
        self.0.session.as_ref().expect("a workspace is open").workspace()
    }
}

impl Deref for Window {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.0
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Shell {
        &mut self.0
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.show(ui);
    }
}

/// The product's own rasteriser as the test's renderer: the same bits on every machine.
#[derive(Default)]
struct Processor(Rasteriser);

impl TestRenderer for Processor {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.take_textures(delta);
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        self.0.draw(ctx, output)
    }
}

/// A shell with this workspace open and every result computed.
pub fn shell_with(workspace: Workspace) -> Shell {
    let mut session = Session::new(workspace, 0, Arc::new(|| ()));
    session.finish_jobs();
    Shell::with_session(session)
}

/// A shell with this workspace open on a page of a room.
pub fn shell_at(workspace: Workspace, room: Room, page: &str) -> Shell {
    let mut shell = shell_with(workspace);
    shell.view.go(room, page);
    shell
}

/// Opens the window at its usual size in the light theme.
pub fn open(shell: Shell) -> Driven {
    open_as(shell, USUAL, Theme::Light)
}

/// Opens the window at a size in points and in a theme.
pub fn open_as(shell: Shell, size: [f32; 2], theme: Theme) -> Driven {
    let mut window = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(1.0)
        .with_theme(theme)
        .with_max_steps(12)
        .with_context_setup(theme::install)
        .renderer(Processor::default())
        .build_eframe(|_| Window(shell));
    window.run();
    window
}
