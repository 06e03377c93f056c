//! A file that is not a sound workspace: where it is wrong, what is wrong, what to do, and which backups open.

mod backups;

use std::path::PathBuf;

use egui::{
    Align, Align2, Context, CornerRadius, Frame, Layout, Margin, Role, ScrollArea, Sense, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{folder_address, foot, heading, propose, sheet};
use crate::{
    file::{
        backups::Backup,
        read_error::{ExcerptLine, ReadError, ReadErrorKind},
        seal::Key,
    },
    session::Wake,
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{Button, paint_text, paint_text_fitted, wrapped},
    },
};
use backups::Backups;

/// The dialog.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub error: ReadError,
    backups: Backups,
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Leave,
    TryAgain,
    Copy(String),
    /// A backup, and what it is sealed with.
    OpenBackup(Box<Backup>, Option<Key>),
}

/// Windows lower than this show only the line that is meant.
const LOW_WINDOW: f32 = 640.0;
/// Between the outline and what stands inside it.
const EDGE: f32 = 16.0;
/// Where the numbers of the lines end.
const GUTTER: f32 = 56.0;
/// What is said of the file is never lower than this.
const LEAST_HEIGHT: f32 = 160.0;

impl Unreadable {
    /// Opens the dialog and looks for backups on a worker, with this key where they are sealed.
    #[must_use]
    pub fn new(path: PathBuf, error: ReadError, key: Option<Key>, wake: &Wake) -> Self {
        let backups = Backups::look(&path, key, wake);
        Self { path, error, backups }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, wake: &Wake) -> Choice {
        self.backups.poll();
        let (choice, leave) = sheet(ctx, "unreadable", 980.0, |ui| {
            let title = match self.backups.title() {
                "" => String::new(),
                title => format!("{title}. "),
            };
            let sentence = format!("{title}The file has not been changed, and will not be.");
            let is_newer = self.error.kind == ReadErrorKind::Newer;
            let head = if is_newer { "Made by a newer Evenhand" } else { "This workspace cannot be read" };
            heading(ui, icons::WARNING_CIRCLE, head, &sentence);
            ScrollArea::vertical().max_height((ctx.content_rect().height() - 286.0).max(LEAST_HEIGHT)).show(
                ui,
                |ui| {
                    self.place(ui);
                    ui.add_space(space::L);
                    self.backups.show(ui, wake);
                },
            );
            self.buttons(ui)
        });
        if leave && matches!(choice, Choice::Undecided) { Choice::Leave } else { choice }
    }

    fn place(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let frame = Frame::new().stroke(hairline(tokens.hair)).corner_radius(rounded(size::RADIUS_CARD));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            self.file(ui);
            // A newer file is in order: nothing in it is wrong. On a low window what to do comes before where.
            let low = ui.ctx().content_rect().height() < LOW_WINDOW;
            let is_newer = self.error.kind == ReadErrorKind::Newer;
            let lines = self.error.excerpt.iter().filter(|_| !is_newer);
            let lines: Vec<&ExcerptLine> =
                lines.filter(|line| !low || line.number == self.error.line).collect();
            if !lines.is_empty() {
                ui.add_space(space::S);
                lines.into_iter().for_each(|line| self.line(ui, line));
                ui.add_space(space::S);
            }
            self.said(ui);
        });
    }

    /// Which file, and where in it.
    fn file(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let name = self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let place = match self.error.line {
            0 => String::new(),
            line => format!("line {line}, column {}", self.error.column),
        };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}, {place}")));
        let (painter, y) = (ui.painter(), rect.center().y);
        let round = CornerRadius { sw: 0, se: 0, ..rounded(size::RADIUS_CARD) };
        painter.rect_filled(rect, round, tokens.sunken);
        painter.hline(rect.x_range(), rect.bottom(), hairline(tokens.hair));
        let icon = pos2(rect.left() + 25.0, y);
        painter.text(icon, Align2::CENTER_CENTER, icons::LIST_CHECKS.0, Icon::font(18.0), tokens.ink2);
        let at = pos2(rect.right() - EDGE, y);
        let place = paint_text(painter, at, Align2::RIGHT_CENTER, &place, Type::Number, tokens.ink2);
        let at = pos2(rect.left() + 44.0, y);
        let fit = (place.left() - space::M - at.x, 1);
        paint_text_fitted(painter, at, Align2::LEFT_CENTER, &name, Type::Strong, tokens.ink, fit);
    }

    /// What is wrong beside what to do.
    fn said(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let inside = Frame::new().inner_margin(Margin::symmetric(EDGE as i8, 12)).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(2.0 * EDGE, 2.0);
            ui.columns(2, |columns| {
                let said = [("What is wrong", &self.error.what), ("What to do", &self.error.remedy)];
                for (ui, (head, words)) in columns.iter_mut().zip(said) {
                    // A column would stretch its lines to both edges.
                    ui.vertical(|ui| {
                        ui.label(Type::Small.text(head, tokens.ink2));
                        wrapped(ui, words, Type::Body, tokens.ink);
                    });
                }
            });
        });
        let place = inside.response.rect;
        ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
        ui.painter().vline(place.center().x, place.y_range(), hairline(tokens.hair));
    }

    fn line(&self, ui: &mut Ui, line: &ExcerptLine) {
        let tokens = Tokens::of(ui);
        let here = line.number == self.error.line;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("line {}: {}", line.number, line.text))
        });
        if here {
            ui.painter().rect_filled(rect, 0.0, tokens.select);
        }
        let (role, ink) = if here { (Type::NumberStrong, tokens.ink) } else { (Type::Number, tokens.ink3) };
        let gutter = rect.left() + GUTTER;
        let at = pos2(gutter - 14.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &line.number.to_string(), role, ink);
        ui.painter().vline(gutter, rect.y_range(), hairline(tokens.hair));
        let left = gutter + EDGE;
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

    fn buttons(&mut self, ui: &mut Ui) -> Choice {
        foot(ui, |ui| {
            let mut choice = Choice::Undecided;
            if self.backups.any()
                && Button::new("Open this backup").primary().show(ui).clicked()
                && let Some((backup, key)) = self.backups.take_chosen()
            {
                choice = Choice::OpenBackup(backup, key);
            }
            if Button::new("Try again").show(ui).clicked() {
                choice = Choice::TryAgain;
            }
            if Button::new("Show in folder").icon(icons::FOLDER_OPEN).show(ui).clicked() {
                ui.ctx().open_url(egui::OpenUrl::same_tab(folder_address(&self.path)));
            }
            let close = Button::new("Close").quiet().show(ui);
            propose(ui, &close);
            if close.clicked() {
                choice = Choice::Leave;
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if Button::new("Copy the message").icon(icons::COPY).quiet().show(ui).clicked() {
                    choice = Choice::Copy(self.error.to_string());
                }
            });
            choice
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_folder_with_odd_letters_has_an_address() {
        let address = folder_address(Path::new("/srv/Our plans & more/ä.evenhand.ron"));
        assert_eq!(address, "file:///srv/Our%20plans%20%26%20more");
    }
}
