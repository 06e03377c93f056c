//! The backups of a file that cannot be read: which open, and who leads in each.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, TryRecvError, channel},
};

use egui::{Align, Align2, Frame, Layout, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    file::{
        backups::{self, Backup, Unopened},
        seal::Key,
        sealed,
    },
    model::wording::{capital, count, day_and_time, in_words},
    session::Wake,
    ui::{
        dialogs::{passphrase_field, recovered_work::lead, unlock::Typed},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{Button, button::paint_focus, paint_badge, paint_text, paint_text_fitted, wrapped},
    },
};

/// The backups, as far as they have been read.
#[derive(Debug)]
pub struct Backups {
    path: PathBuf,
    found: Vec<Found>,
    /// How many files there are, and how many are sealed with a passphrase that is not known.
    files: usize,
    locked: usize,
    looking: Option<Receiver<Result<Box<Found>, Unopened>>>,
    typed: Typed,
    /// Whether a passphrase was tried that opened none.
    refused: bool,
    chosen: usize,
}

/// A backup that opens, with who leads in it.
#[derive(Debug)]
struct Found {
    backup: Backup,
    key: Option<Key>,
    /// The badge of the option in the lead and its total.
    lead: Option<(String, String)>,
}

const ROW: f32 = 34.0;

impl Backups {
    /// Begins to read them, with this key where they are sealed.
    pub fn look(path: &Path, key: Option<Key>, wake: &Wake) -> Self {
        let mut backups = Self {
            path: path.to_owned(),
            found: Vec::new(),
            files: 0,
            locked: 0,
            looking: None,
            typed: Typed::default(),
            refused: false,
            chosen: 0,
        };
        backups.begin(key, wake);
        backups
    }

    /// Reads those that have not been opened yet.
    fn begin(&mut self, key: Option<Key>, wake: &Wake) {
        let (sender, receiver) = channel();
        let (beside, wake) = (self.path.clone(), wake.clone());
        let known: Vec<PathBuf> = self.found.iter().map(|found| found.backup.path.clone()).collect();
        (self.files, self.locked) = (known.len(), 0);
        std::thread::spawn(move || {
            let disk = sealed::disk(key.as_ref());
            let is_new = |path: &Path| !known.iter().any(|known| known == path);
            for read in backups::each_on(&*disk, &beside, is_new) {
                let found = read.map(|backup| {
                    let lead = lead(&backup.document.workspace);
                    Box::new(Found { backup, key: key.clone(), lead })
                });
                // The dialog may have been left meanwhile; then nobody wants the rest.
                if sender.send(found).is_err() {
                    return;
                }
                wake();
            }
            drop(sender);
            wake();
        });
        self.looking = Some(receiver);
    }

    /// Takes in what has been read meanwhile.
    pub fn poll(&mut self) {
        let Some(looking) = &self.looking else { return };
        loop {
            match looking.try_recv() {
                Ok(read) => {
                    self.files += 1;
                    match read {
                        Ok(found) => {
                            self.refused = false;
                            self.found.push(*found);
                        }
                        Err(Unopened::Locked) => self.locked += 1,
                        Err(Unopened::Unreadable) => {}
                    }
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    self.looking = None;
                    break;
                }
            }
        }
        // Backups opened by another passphrase come in between.
        let chosen = self.found.get(self.chosen).map(|found| found.backup.path.clone());
        self.found.sort_by(|one, other| other.backup.path.cmp(&one.backup.path));
        let at = self.found.iter().position(|found| Some(&found.backup.path) == chosen.as_ref());
        self.chosen = at.unwrap_or_default();
    }

    /// Whether any opens.
    pub fn any(&self) -> bool {
        !self.found.is_empty()
    }

    /// The title of the newest that opens; empty where none does.
    pub fn title(&self) -> &str {
        self.found.first().map_or("", |found| &found.backup.document.workspace.title)
    }

    /// The one that is chosen, with what it was sealed with.
    pub fn take_chosen(&mut self) -> Option<(Box<Backup>, Option<Key>)> {
        if self.chosen >= self.found.len() {
            return None;
        }
        let Found { backup, key, .. } = self.found.swap_remove(self.chosen);
        Some((Box::new(backup), key))
    }

    /// Shows them.
    pub fn show(&mut self, ui: &mut Ui, wake: &Wake) {
        let tokens = Tokens::of(ui);
        let is_looking = self.looking.is_some();
        if self.any() {
            self.head(ui, is_looking);
            let frame = Frame::new().stroke(hairline(tokens.hair)).corner_radius(rounded(size::RADIUS_CARD));
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                (0..self.found.len()).for_each(|at| self.row(ui, at));
            });
        } else if !is_looking && self.locked == 0 {
            let words = if self.files == 0 { "There is no backup." } else { "No backup opens." };
            ui.label(Type::Body.text(words, tokens.ink2));
        }
        if is_looking {
            ui.label(Type::Body.text("Looking for backups…", tokens.ink2));
        } else if self.locked > 0 {
            self.ask(ui, wake);
        }
    }

    fn head(&self, ui: &mut Ui, is_looking: bool) {
        let tokens = Tokens::of(ui);
        ui.horizontal(|ui| {
            ui.label(Type::Strong.text("Backups that open", tokens.ink));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let checked = if is_looking { "so far" } else { "checked just now" };
                let words = format!("{} of {}, {checked}", self.found.len(), self.files);
                ui.label(Type::Small.text(words, tokens.ink2));
            });
        });
    }

    fn row(&mut self, ui: &mut Ui, at: usize) {
        let tokens = Tokens::of(ui);
        let found = &self.found[at];
        let saved = found.backup.saved.to_zoned(jiff::tz::TimeZone::system());
        let when = day_and_time(saved.datetime());
        let newest = self.found[0].backup.document.revision;
        let earlier = match (at, newest.checked_sub(found.backup.document.revision)) {
            (0, _) => "the last one that opens".to_owned(),
            (_, Some(0) | None) => String::new(),
            (_, Some(steps)) => format!("{} earlier", count(steps as usize, "change", "changes")),
        };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let on = at == self.chosen;
        response.widget_info(|| {
            let lead = found.lead.as_ref();
            let lead = lead.map(|(badge, total)| format!(", {badge} leads with {total}")).unwrap_or_default();
            let earlier = if earlier.is_empty() { String::new() } else { format!(", {earlier}") };
            WidgetInfo::selected(Role::RadioButton, true, on, format!("Backup of {when}{lead}{earlier}"))
        });
        let painter = ui.painter();
        if on || response.hovered() {
            let mut round = rounded(size::RADIUS_CARD);
            (round.nw, round.ne) = if at == 0 { (round.nw, round.ne) } else { (0, 0) };
            (round.sw, round.se) = if at + 1 == self.found.len() { (round.sw, round.se) } else { (0, 0) };
            painter.rect_filled(rect, round, tokens.select);
        }
        if at > 0 {
            painter.hline(rect.x_range(), rect.top(), hairline(tokens.hair));
        }
        let y = rect.center().y;
        let dot = pos2(rect.left() + 18.0, y);
        painter.circle_stroke(dot, 7.0, egui::Stroke::new(1.4, tokens.ink2));
        if on {
            painter.circle_filled(dot, 4.0, tokens.primary);
        }
        let role = if on { Type::Strong } else { Type::Body };
        paint_text(painter, pos2(rect.left() + 38.0, y), Align2::LEFT_CENTER, &when, role, tokens.ink);
        let middle = rect.left() + rect.width() * 0.36;
        if let Some((badge, total)) = &found.lead {
            paint_badge(painter, tokens, badge, pos2(middle, y), 20.0);
            let words = format!("leads with {total}");
            let at = pos2(middle + 18.0, y);
            paint_text(painter, at, Align2::LEFT_CENTER, &words, Type::Body, tokens.ink2);
        }
        let place = pos2(rect.left() + rect.width() * 0.62, y);
        let fit = (rect.right() - 12.0 - place.x, 1);
        paint_text_fitted(painter, place, Align2::LEFT_CENTER, &earlier, Type::Body, tokens.ink2, fit);
        paint_focus(ui, &response, rect, size::RADIUS);
        if response.clicked() {
            self.chosen = at;
        }
    }

    /// Asks for the passphrase of those that are sealed with another one.
    fn ask(&mut self, ui: &mut Ui, wake: &Wake) {
        let tokens = Tokens::of(ui);
        ui.add_space(space::S);
        let (are, more) = if self.locked == 1 { ("is", "backup") } else { ("are", "backups") };
        let more = if self.any() { format!("more {more}") } else { more.to_owned() };
        let words = format!(
            "{} {more} {are} sealed and opened by a passphrase only.",
            capital(&in_words(self.locked))
        );
        wrapped(ui, words, Type::Body, tokens.ink2);
        ui.add_space(space::XS);
        let entered = passphrase_field(ui, "Passphrase of the backups", &mut self.typed.0, false);
        if self.refused && self.typed.0.is_empty() {
            wrapped(ui, "That passphrase opens none of them.", Type::Small, tokens.crimson);
        }
        ui.add_space(space::XS);
        let ready = !self.typed.0.is_empty();
        let pressed = Button::new("Look into them").enabled(ready).show(ui).clicked();
        if ready && (pressed || entered) {
            let key = Key::new(self.typed.take());
            self.refused = true;
            self.begin(Some(key), wake);
        }
    }
}
