//! A file that is not a sound workspace: where it is wrong, what is wrong, what to do, and which backups open.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
};

use egui::{Align2, Context, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{foot, heading, propose, recovered_work::lead, sheet};
use crate::{
    file::{
        backups::{self, Backup},
        read_error::{ExcerptLine, ReadError},
    },
    model::wording::{count, number},
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{Button, button::paint_focus, paint_badge, paint_text, paint_text_fitted, wrapped},
    },
};

/// The dialog.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub error: ReadError,
    backups: Vec<Found>,
    looking: Option<Receiver<Vec<Found>>>,
    chosen: usize,
}

/// A backup that opens, with who leads in it.
#[derive(Debug)]
struct Found {
    backup: Backup,
    /// The badge of the option in the lead and its total.
    lead: Option<(String, String)>,
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Leave,
    TryAgain,
    Copy(String),
    OpenBackup(Box<Backup>),
}

impl Unreadable {
    /// Opens the dialog and looks for backups on a worker.
    #[must_use]
    pub fn new(path: PathBuf, error: ReadError, wake: &Wake) -> Self {
        let (sender, receiver) = channel();
        let (beside, wake) = (path.clone(), wake.clone());
        std::thread::spawn(move || {
            // The dialog may have been left meanwhile; then nobody wants the answer.
            let found = backups::list(&beside).into_iter().map(|backup| {
                let lead = lead(&backup.document.workspace);
                Found { backup, lead }
            });
            let _ = sender.send(found.collect());
            wake();
        });
        Self { path, error, backups: Vec::new(), looking: Some(receiver), chosen: 0 }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context) -> Choice {
        if let Some(found) = self.looking.as_ref().and_then(|looking| looking.try_recv().ok()) {
            self.backups = found;
            self.looking = None;
        }
        let (choice, leave) = sheet(ctx, "unreadable", 900.0, |ui| {
            let sentence = "The file has not been changed, and will not be.";
            heading(ui, icons::WARNING_CIRCLE, "This workspace cannot be read", sentence);
            ScrollArea::vertical().max_height(ctx.content_rect().height() - 300.0).show(ui, |ui| {
                self.place(ui);
                ui.add_space(space::L);
                self.backups(ui);
            });
            self.buttons(ui)
        });
        if leave && matches!(choice, Choice::Undecided) { Choice::Leave } else { choice }
    }

    fn place(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let name = self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        egui::Frame::new()
            .stroke(hairline(tokens.hair))
            .corner_radius(rounded(size::RADIUS_CARD))
            .inner_margin(egui::Margin::same(14))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal(|ui| {
                    ui.label(Type::Strong.text(name, tokens.ink));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if self.error.line > 0 {
                            let place = format!("line {}, column {}", self.error.line, self.error.column);
                            ui.label(Type::Small.text(place, tokens.ink2));
                        }
                    });
                });
                for line in &self.error.excerpt {
                    self.line(ui, line);
                }
                ui.add_space(space::S);
                ui.label(Type::Small.text("What is wrong", tokens.ink3));
                wrapped(ui, &self.error.what, Type::Body, tokens.ink);
                ui.add_space(space::XS);
                ui.label(Type::Small.text("What to do", tokens.ink3));
                wrapped(ui, &self.error.remedy, Type::Body, tokens.ink);
            });
    }

    fn line(&self, ui: &mut Ui, line: &ExcerptLine) {
        let tokens = Tokens::of(ui);
        let here = line.number == self.error.line;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("line {}: {}", line.number, line.text))
        });
        if here {
            ui.painter().rect_filled(rect, rounded(4.0), tokens.select);
        }
        let role = if here { Type::NumberStrong } else { Type::Number };
        let at = pos2(rect.left() + 44.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &line.number.to_string(), role, tokens.ink3);
        let left = rect.left() + 60.0;
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        paint_text(
            &painter,
            pos2(left, rect.center().y),
            Align2::LEFT_CENTER,
            &line.text,
            Type::Body,
            tokens.ink,
        );
        if let Some(point) = line.point {
            let before: String = line.text.chars().take(point).collect();
            let width = painter.layout_no_wrap(before, Type::Body.font(), tokens.ink).size().x;
            let mark = egui::Rect::from_min_size(pos2(left + width, rect.bottom() - 3.0), vec2(9.0, 3.0));
            painter.rect_filled(mark, rounded(1.0), tokens.focus);
        }
    }

    fn backups(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        if self.looking.is_some() {
            ui.label(Type::Body.text("Looking for backups…", tokens.ink2));
            return;
        }
        if self.backups.is_empty() {
            ui.label(Type::Body.text("No backup opens.", tokens.ink2));
            return;
        }
        ui.horizontal(|ui| {
            ui.label(Type::Strong.text("Backups that open", tokens.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let words = format!("{}, checked just now", number(self.backups.len() as f64, 0));
                ui.label(Type::Small.text(words, tokens.ink2));
            });
        });
        let newest = self.backups[0].backup.document.revision;
        for (index, found) in self.backups.iter().enumerate() {
            let when = found.backup.saved.to_zoned(jiff::tz::TimeZone::system());
            let words = when.strftime("%-d %B %Y, %H:%M").to_string();
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
            let on = index == self.chosen;
            let earlier = match (index, newest.checked_sub(found.backup.document.revision)) {
                (0, _) => "the last one that opens".to_owned(),
                (_, Some(0) | None) => String::new(),
                (_, Some(steps)) => format!("{} earlier", count(steps as usize, "change", "changes")),
            };
            let lead = found.lead.as_ref();
            response.widget_info(|| {
                let lead =
                    lead.map_or(String::new(), |(badge, total)| format!(", {badge} leads with {total}"));
                let earlier = if earlier.is_empty() { String::new() } else { format!(", {earlier}") };
                let words = format!("Backup of {words}{lead}{earlier}");
                WidgetInfo::selected(Role::RadioButton, true, on, words)
            });
            if on || response.hovered() {
                ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
            }
            let dot = pos2(rect.left() + 18.0, rect.center().y);
            ui.painter().circle_stroke(dot, 7.0, egui::Stroke::new(1.4, tokens.ink2));
            if on {
                ui.painter().circle_filled(dot, 4.0, tokens.primary);
            }
            let role = if on { Type::Strong } else { Type::Body };
            let at = pos2(rect.left() + 38.0, rect.center().y);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, role, tokens.ink);
            let middle = rect.left() + rect.width() * 0.36;
            if let Some((badge, total)) = lead {
                paint_badge(ui.painter(), tokens, badge, pos2(middle, at.y), 20.0);
                let words = format!("leads with {total}");
                let at = pos2(middle + 18.0, at.y);
                paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Body, tokens.ink2);
            }
            let at = pos2(rect.left() + rect.width() * 0.62, at.y);
            let fit = (rect.right() - 12.0 - at.x, 1);
            paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &earlier, Type::Body, tokens.ink2, fit);
            paint_focus(ui, &response, rect, size::RADIUS);
            if response.clicked() {
                self.chosen = index;
            }
        }
    }

    fn buttons(&mut self, ui: &mut Ui) -> Choice {
        foot(ui, |ui| {
            let any = !self.backups.is_empty();
            if any
                && Button::new("Open this backup").primary().show(ui).clicked()
                && self.chosen < self.backups.len()
            {
                return Choice::OpenBackup(Box::new(self.backups.swap_remove(self.chosen).backup));
            }
            if Button::new("Try again").show(ui).clicked() {
                return Choice::TryAgain;
            }
            if Button::new("Show in folder").icon(icons::FOLDER_OPEN).show(ui).clicked() {
                ui.ctx().open_url(egui::OpenUrl::same_tab(folder_address(&self.path)));
            }
            if Button::new("Copy the message").icon(icons::COPY).quiet().show(ui).clicked() {
                return Choice::Copy(self.error.to_string());
            }
            let close = Button::new("Close").quiet().show(ui);
            propose(ui, &close);
            if close.clicked() {
                return Choice::Leave;
            }
            Choice::Undecided
        })
    }
}

/// The address of the folder that a file is in, as the system's own file manager takes it.
fn folder_address(path: &Path) -> String {
    let folder = path.parent().unwrap_or(path).to_string_lossy().replace('\\', "/");
    let mut address = if folder.starts_with('/') { "file://".to_owned() } else { "file:///".to_owned() };
    for byte in folder.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b':' | b'-' | b'_' | b'.' | b'~') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_odd_letters_has_an_address() {
        let address = folder_address(Path::new("/srv/Our plans & more/ä.evenhand.ron"));
        assert_eq!(address, "file:///srv/Our%20plans%20%26%20more");
    }
}
