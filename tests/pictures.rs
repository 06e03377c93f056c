//! Whole rooms, drawn without a display: a few compared with stored pictures, every page drawn once.
//!
//! `EVENHAND_WRITE_PICTURES=1 cargo test --test pictures` draws the stored ones anew. Look at them before keeping them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../benches/workspaces/mod.rs"]
mod workspaces;

use std::{path::PathBuf, sync::Arc};

use egui::{Context, RawInput, Rect, Theme, vec2};
use evenhand::{
    exchange::examples::{self, EXAMPLES},
    file::format,
    model::{Room, Workspace},
    session::Session,
    ui::{
        command::Command,
        picture::{self, PictureRequest},
        rooms,
        shell::{Places, Shell},
        theme,
    },
};
use image::RgbaImage;

/// How far a channel of a pixel may be off, of 255, and how many pixels may be further off: the rounding of another
/// processor, no more.
const OFF: u8 = 2;
const MOST_PIXELS: f64 = 0.001;

fn example(name: &str) -> Workspace {
    format::from_text(examples::find(name).unwrap().text, name).unwrap().workspace
}

fn room(room: Room, page: &str, size: (u32, u32)) -> RgbaImage {
    let request = PictureRequest { room, page: Some(page.to_owned()), size, zoom: 1.0, dark: false };
    picture::render(&example("westmere"), 0, &request).unwrap()
}

#[track_caller]
fn assert_looks_as_stored(name: &str, drawn: &RgbaImage) {
    let stored =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.png"));
    if std::env::var_os("EVENHAND_WRITE_PICTURES").is_some() {
        drawn.save(&stored).unwrap();
        return;
    }
    let known = image::open(&stored).unwrap().into_rgba8();
    assert_eq!(known.dimensions(), drawn.dimensions(), "size of {name}");
    let differ = known.pixels().zip(drawn.pixels()).filter(|(a, b)| {
        let channels = a.0.iter().zip(b.0);
        channels.map(|(a, b)| a.abs_diff(b)).any(|difference| difference > OFF)
    });
    let share = differ.count() as f64 / known.pixels().len() as f64;
    if share > MOST_PIXELS {
        let new = stored.with_extension("new.png");
        drawn.save(&new).unwrap();
        panic!("{:.2} % of {name} looks different; compare it with {}", share * 100.0, new.display());
    }
}

#[test]
fn balance_looks_as_stored() {
    assert_looks_as_stored("balance_1280", &room(Room::Balance, "Balance", (1280, 720)));
}

#[test]
fn reach_looks_as_stored() {
    assert_looks_as_stored("reach", &room(Room::Reach, "Prediction", (1440, 900)));
}

#[test]
fn the_start_page_looks_as_stored_in_the_dark() {
    let mut shell = Shell::new(Places::default(), Arc::new(|| ()));
    let drawn = picture::render_shell(&mut shell, (1280, 720), 1.0, true).unwrap();
    assert_looks_as_stored("start_dark", &drawn);
}

#[test]
fn a_room_drawn_twice_is_the_same_to_the_byte() {
    let draw = || room(Room::Balance, "Balance", (960, 600));
    assert!(draw().as_raw() == draw().as_raw());
}

/// Lays out every page of every room in a small window, bare and then with its Explain panel in the other theme.
fn draw_every_page(ctx: &Context, workspace: Workspace) {
    let title = workspace.title.clone();
    let mut shell = Shell::with_session(Session::new(workspace, 0, Arc::new(|| ())));
    for room in Room::ALL {
        for page in rooms::pages(room) {
            shell.view.go(room, page);
            for theme in [Theme::Light, Theme::Dark] {
                ctx.set_theme(theme);
                let shapes = lay_out(ctx, &mut shell);
                assert!(shapes > 0, "{title}: {} {page} draws nothing", room.name());
                shell.run(ctx, Command::Why);
            }
            assert_eq!((shell.view.room(), shell.view.page(room)), (Some(room), *page));
            shell.view.explain.close();
        }
    }
}

fn lay_out(ctx: &Context, shell: &mut Shell) -> usize {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(960.0, 600.0))),
        ..RawInput::default()
    };
    let mut output = ctx.run_ui(input, |ui| shell.show(ui));
    output.textures_delta.clear();
    ctx.tessellate(output.shapes, output.pixels_per_point).len()
}

/// Westmere with one option, which nothing can be weighed against.
fn one_option() -> Workspace {
    let mut workspace = example("westmere");
    workspace.title = "One option".to_owned();
    workspace.question.options.truncate(1);
    let kept = workspace.question.options[0].id.clone();
    workspace.balance.scores.retain(|score| score.option == kept);
    workspace.reach.terms.retain(|terms| terms.option == kept);
    workspace.reach.payments.retain(|payment| payment.option == kept);
    workspace
}

#[test]
fn every_page_is_drawn_of_full_empty_and_crowded_workspaces() {
    let crowded = workspaces::large();
    assert_eq!((crowded.question.options.len(), crowded.balance.factors.len()), (50, 30));
    assert_eq!(crowded.voices.ballots.len(), 200);
    // One context: letters are drawn once for all of them.
    let ctx = Context::default();
    theme::install(&ctx);
    for workspace in
        EXAMPLES.iter().map(|e| example(e.name)).chain([Workspace::default(), one_option(), crowded])
    {
        draw_every_page(&ctx, workspace);
    }
}
