//! A computer of its own for each test, and what a person does at it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{
    model::{Room, Workspace},
    session::keeping::SaveState,
    ui::{
        shell::{Places, Shell},
        theme::size,
    },
};
use tempfile::TempDir;

use crate::window::{Driven, USUAL, open};

pub const WESTMERE: &str = "Leaving custody in Westmere";

/// Preferences, journals and documents in a folder that goes when the test ends.
pub struct Computer {
    folder: TempDir,
}

impl Computer {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the program; it shows its start page.
    pub fn start(&self) -> Driven {
        open(shell_in(self.folder.path()))
    }

    /// Starts the program and presses the example.
    pub fn start_with_westmere(&self) -> Driven {
        let mut window = self.start();
        press_example(&mut window);
        window
    }

    /// Starts the program, saves the example to this file, and goes on with it open.
    pub fn start_with_westmere_in(&self, name: &str) -> Driven {
        let mut window = self.start_with_westmere();
        save_to(&mut window, &self.file(name));
        window
    }
}

/// A program that keeps everything in this folder.
pub fn shell_in(folder: &Path) -> Shell {
    let places =
        Places { journals: Some(folder.join("journals")), preferences: Some(folder.join("preferences.ron")) };
    Shell::new(places, Arc::new(|| ()))
}

pub fn press_example(window: &mut Driven) {
    window.get_by_label_contains(&format!("Example: {WESTMERE}")).click();
    window.run();
    assert_eq!(window.state().workspace().title, WESTMERE);
}

/// Clicks the one thing of this role and name.
pub fn click(window: &mut Driven, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    window.run();
}

pub fn click_button(window: &mut Driven, name: &str) {
    click(window, Role::Button, name);
}

/// Presses the button of a recovery and waits until that is done.
pub fn recover(window: &mut Driven, button: &str) {
    click_button(window, button);
    until(window, "the recovery", |window| !has_button(window, "Look first"));
}

pub fn press(window: &mut Driven, key: Key) {
    window.key_press(key);
    window.run();
}

/// Presses a key together with Ctrl.
pub fn ctrl(window: &mut Driven, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run();
}

/// Presses a key for exactly one frame.
pub fn press_for_one_frame(window: &mut Driven, key: Key) {
    let event =
        |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    window.event(event(true));
    window.step();
}

pub fn type_text(window: &mut Driven, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run();
}

/// Types a path in the file dialog, in place of what stands there, and presses Enter.
pub fn type_path(window: &mut Driven, path: &Path) {
    window.get_by_role_and_label(Role::TextInput, "File");
    ctrl(window, Key::A);
    type_text(window, &path.display().to_string());
    window.key_press(Key::Enter);
    window.run();
}

/// Waits for a worker, drawing frame after frame as the window does.
#[track_caller]
pub fn until(window: &mut Driven, what: &str, done: impl Fn(&Driven) -> bool) {
    let begun = Instant::now();
    while !done(window) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} did not come");
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
    window.run();
}

pub fn is_saved(window: &Driven) -> bool {
    let session = window.state().session.as_ref();
    session.is_some_and(|session| matches!(session.save_state(), SaveState::Saved(_)))
}

/// Saves under a typed path.
pub fn save_to(window: &mut Driven, path: &Path) {
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run();
    type_path(window, path);
    until(window, "the save", is_saved);
}

/// Opens a typed path, and waits for it.
pub fn open_file(window: &mut Driven, path: &Path) {
    ctrl(window, Key::O);
    type_path(window, path);
    let path = path.to_owned();
    until(window, "the workspace", |window| {
        window.state().session.as_ref().is_some_and(|session| session.path() == Some(&path))
    });
}

pub fn has_button(window: &Driven, name: &str) -> bool {
    window.query_by_role_and_label(Role::Button, name).is_some()
}

/// The clauses of the standing line as they are on screen.
pub fn standing_line(window: &Driven) -> Vec<String> {
    // Links of the page that are scrolled out of sight may lie lower still.
    let middle = USUAL[1] - size::STANDING_LINE / 2.0;
    let on_it = |rect: egui::Rect| (rect.center().y - middle).abs() < 3.0;
    let links = window.query_all_by_role(Role::Link).filter(|node| on_it(node.rect()));
    let mut clauses: Vec<(f32, String)> =
        links.filter_map(|node| Some((node.rect().left(), node.accesskit_node().label()?))).collect();
    // A link of the page that happens to lie as low is never as far left as the clause that says who leads.
    clauses.sort_by(|a, b| a.0.total_cmp(&b.0));
    clauses.into_iter().map(|(_, words)| words).collect()
}

/// The clause that says who leads.
pub fn leader(window: &Driven) -> String {
    standing_line(window).into_iter().next().unwrap_or_default()
}

/// What everything on screen is called, for the message of a test that fails, and to look for words.
pub fn says(window: &Driven, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// Goes to Weights and gives the bar of a factor the keyboard.
pub fn take_weight(window: &mut Driven, factor: &str) {
    ctrl(window, Key::Num3);
    click(window, Role::Tab, "Weights");
    window.get_by_role_and_label(Role::Slider, &format!("Swing points of {factor}")).focus();
    window.run();
}

/// Raises the weight of Price certainty by a point; answers with the points.
pub fn raise_price_certainty(window: &mut Driven) -> f64 {
    take_weight(window, "Price certainty");
    press(window, Key::ArrowUp);
    swing(window.state().workspace(), "Price certainty").unwrap()
}

/// Starts the program on this new file of the example, and saves a weight that is a point higher; the file as it was
/// before is among its backups.
pub fn start_and_save_a_change(computer: &Computer, name: &str) -> Driven {
    let mut window = computer.start_with_westmere_in(name);
    raise_price_certainty(&mut window);
    ctrl(&mut window, Key::S);
    until(&mut window, "the save", is_saved);
    window
}

pub fn swing(workspace: &Workspace, factor: &str) -> Option<f64> {
    workspace.balance.factors.iter().find(|f| f.name == factor).unwrap().swing
}

pub fn room(window: &Driven) -> (Option<Room>, &'static str) {
    let view = &window.state().view;
    (view.room(), view.room().map_or("", |room| view.page(room)))
}
