//! A room as a picture, without a display: the same drawing as in the window.

use std::sync::Arc;

use egui::{Context, RawInput, Rect, ThemePreference, ViewportId};
use image::RgbaImage;

use super::{raster::Rasteriser, room_mode, rooms, shell::Shell, theme};
use crate::{
    file::format::Document,
    model::{Room, Workspace},
    session::Session,
};

/// Which picture to make.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureRequest {
    pub room: Room,
    /// A page of the room; `None` for the one that opens first.
    pub page: Option<String>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// 0.8 to 2: how much larger than usual everything is drawn.
    pub zoom: f32,
    pub dark: bool,
}

/// The largest picture, in pixels of one side.
const LARGEST: u32 = 8192;

/// Draws a room of a workspace.
///
/// # Errors
/// Says in a sentence what in the request cannot be met.
pub fn render(workspace: &Workspace, revision: u64, request: &PictureRequest) -> Result<RgbaImage, String> {
    render_document(&Document { revision, workspace: workspace.clone(), ..Document::default() }, request)
}

/// Draws a room of what a file holds, its history among it.
///
/// # Errors
/// Says in a sentence what in the request cannot be met.
pub fn render_document(document: &Document, request: &PictureRequest) -> Result<RgbaImage, String> {
    check(request)?;
    let mut session = Session::of(document.clone(), Arc::new(|| ()));
    session.finish_jobs();
    let mut shell = Shell::with_session(session);
    shell.view.for_picture = true;
    shell.view.go(request.room, request.page.as_deref().unwrap_or(""));
    render_shell(&mut shell, request.size, request.zoom, request.dark)
}

/// Draws the wall of Room mode. `scene` is one of [`room_mode::SCENES`]; a wall is as large as its picture and always light
/// unless the workshop says otherwise. `dark` makes it dark.
///
/// # Errors
/// Says in a sentence what cannot be shown.
pub fn render_wall(
    workspace: &Workspace,
    revision: u64,
    (scene, size, dark): (&str, (u32, u32), bool),
) -> Result<RgbaImage, String> {
    check_size(size)?;
    let mut session = Session::new(workspace.clone(), revision, Arc::new(|| ()));
    session.finish_jobs();
    let mut shell = Shell::with_session(session);
    let wall = shell.wall_of(scene, dark)?;
    let zoom = room_mode::wall::scale(egui::vec2(size.0 as f32, size.1 as f32));
    render_frames(size, zoom, dark, |ctx, input| {
        ctx.run_ui(input, |ui| {
            egui::CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| {
                drop(room_mode::wall::show(ui, &wall));
            });
        })
    })
}

/// Draws a whole window as it stands.
///
/// # Errors
/// When a frame cannot be drawn without a graphics driver.
pub fn render_shell(shell: &mut Shell, size: (u32, u32), zoom: f32, dark: bool) -> Result<RgbaImage, String> {
    render_frames(size, zoom, dark, |ctx, input| {
        shell.session.iter_mut().for_each(Session::finish_jobs);
        let output = ctx.run_ui(input, |ui| shell.show(ui));
        shell.view.preview.finish(ctx);
        // What only this page asks for is part of its picture.
        shell.session.iter_mut().for_each(Session::finish_jobs);
        output
    })
}

fn render_frames(
    size: (u32, u32),
    zoom: f32,
    dark: bool,
    mut frame: impl FnMut(&Context, RawInput) -> egui::FullOutput,
) -> Result<RgbaImage, String> {
    let ctx = Context::default();
    theme::install(&ctx);
    ctx.set_theme(if dark { ThemePreference::Dark } else { ThemePreference::Light });
    ctx.set_zoom_factor(zoom);
    let mut rasteriser = Rasteriser::default();
    let mut time = 0.0;
    let mut draw = |ctx: &Context, rasteriser: &mut Rasteriser| {
        let points = egui::vec2(size.0 as f32, size.1 as f32) / zoom;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, points)),
            time: Some(time),
            ..RawInput::default()
        };
        // Without this a context takes the whole page for one point a pixel and the zoom for nothing.
        input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(1.0);
        time += 1.0;
        let mut output = frame(ctx, input);
        rasteriser.take_textures(&mut output.textures_delta);
        output
    };
    // The first frames only settle: sizes that depend on each other, values that move, panels that open.
    for _ in 0..4 {
        draw(&ctx, &mut rasteriser);
    }
    let output = draw(&ctx, &mut rasteriser);
    rasteriser.draw(&ctx, &output)
}

fn check_size((width, height): (u32, u32)) -> Result<(), String> {
    if !(320..=LARGEST).contains(&width) || !(240..=LARGEST).contains(&height) {
        return Err(format!(
            "A picture is 320×240 to {LARGEST}×{LARGEST} pixels; {width}×{height} was asked for."
        ));
    }
    Ok(())
}

fn check(request: &PictureRequest) -> Result<(), String> {
    check_size(request.size)?;
    if !(0.8..=2.0).contains(&request.zoom) {
        return Err(format!("Zoom goes from 0.8 to 2; {} was asked for.", request.zoom));
    }
    if let Some(page) = &request.page {
        let pages = rooms::pages(request.room);
        if !pages.iter().any(|name| name.eq_ignore_ascii_case(page)) {
            return Err(format!(
                "{} has no page “{page}”; its pages are {}.",
                request.room.name(),
                crate::model::wording::list(pages)
            ));
        }
    }
    Ok(())
}
