//! Words on the page.

use std::{ops::Range, sync::Arc};

use egui::{Align, Align2, Color32, Galley, Painter, Pos2, Rect, Response, Ui, text::LayoutJob};

use crate::{model::diff::around, ui::theme::Type};

/// A paragraph of runs in different roles, such as a bold clause and its sentence.
#[derive(Debug, Default)]
pub struct Paragraph {
    job: LayoutJob,
}

impl Paragraph {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a run of text.
    #[must_use]
    pub fn run(mut self, text: &str, role: Type, colour: Color32) -> Self {
        self.job.append(text, 0.0, role.format(colour));
        self
    }

    /// At most so many lines when it is painted, the last cut short with an ellipsis.
    #[must_use]
    pub fn rows(mut self, most: usize) -> Self {
        self.job.wrap.max_rows = most;
        self
    }

    /// Lays it out in the width there is and shows it.
    pub fn show(self, ui: &mut Ui) -> Response {
        ui.add(egui::Label::new(self.job).wrap())
    }

    /// Shows it on one line, cut short with an ellipsis when there is no room.
    pub fn show_line(self, ui: &mut Ui) -> Response {
        ui.add(egui::Label::new(self.job).truncate())
    }

    /// Lays it out for painting, wrapped at this width.
    #[must_use]
    pub fn galley(mut self, painter: &Painter, width: f32) -> Arc<Galley> {
        self.job.wrap.max_width = width;
        painter.layout_job(self.job)
    }
}

/// Shows text that wraps in the width there is.
pub fn wrapped(ui: &mut Ui, text: impl Into<String>, role: Type, colour: Color32) -> Response {
    ui.add(egui::Label::new(role.text(text, colour)).wrap())
}

/// Shows words over what is hovered that are only put together then: for rows of which there are many.
pub fn told_on_hover(response: Response, words: impl FnOnce() -> String) -> Response {
    response.on_hover_ui(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(words());
    })
}

/// Paints one line of text, anchored at a point, and gives the place it took. It has no accessible name of its own: the
/// chart or row that it stands in must carry one.
pub fn paint_text(
    painter: &Painter,
    at: Pos2,
    anchor: Align2,
    text: &str,
    role: Type,
    colour: Color32,
) -> Rect {
    painter.text(at, anchor, text, role.font(), colour)
}

/// Paints text cut to a width with an ellipsis, anchored at a point; at most `rows` lines.
pub fn paint_text_fitted(
    painter: &Painter,
    at: Pos2,
    anchor: Align2,
    text: &str,
    role: Type,
    colour: Color32,
    (width, rows): (f32, usize),
) -> Rect {
    let mut job = LayoutJob::single_section(text.to_owned(), role.format(colour));
    job.wrap.max_width = width;
    job.wrap.max_rows = rows;
    job.wrap.break_anywhere = false;
    job.halign = match anchor.x() {
        Align::Min => Align::LEFT,
        Align::Center => Align::Center,
        Align::Max => Align::RIGHT,
    };
    let galley = painter.layout_job(job);
    // A galley aligned right or centre hangs from its own origin: only the height needs placing.
    let top = anchor.align_size_within_rect(galley.size(), Rect::from_min_max(at, at)).top();
    let place = Rect::from_min_size(egui::pos2(at.x + galley.rect.left(), top), galley.size());
    painter.galley(egui::pos2(at.x, top), galley, colour);
    place
}

/// A text cut to a width around the characters of it that matter, so that these are seen; whole where it fits.
pub fn fitted_around(painter: &Painter, text: &str, what: &Range<usize>, role: Type, width: f32) -> String {
    let fits = |shown: &str| {
        painter.layout_no_wrap(shown.to_owned(), role.font(), Color32::PLACEHOLDER).size().x <= width
    };
    if fits(text) {
        return text.to_owned();
    }
    let (mut fitting, mut most) = (1, text.chars().count());
    while fitting + 1 < most {
        let middle = usize::midpoint(fitting, most);
        if fits(&around(text, what, middle)) { fitting = middle } else { most = middle }
    }
    around(text, what, fitting)
}

/// The least that is left of a word on either side of a hyphen.
const HYPHEN_KEEPS: usize = 3;

/// A text whose words are all narrow enough for this width: those that are not are broken with hyphens.
pub fn broken_to_fit(painter: &Painter, text: &str, role: Type, width: f32) -> String {
    let wide = |part: &str| {
        painter.layout_no_wrap(part.to_owned(), role.font(), Color32::PLACEHOLDER).size().x > width
    };
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        while rest.len() > 2 * HYPHEN_KEEPS && wide(&rest.iter().collect::<String>()) {
            let begins = |end: usize| {
                let hyphen = if rest[end - 1] == '-' { "" } else { "-" };
                rest[..end].iter().collect::<String>() + hyphen
            };
            let most = rest.len() - HYPHEN_KEEPS;
            let end = (HYPHEN_KEEPS..=most).rev().find(|&end| !wide(&begins(end))).unwrap_or(HYPHEN_KEEPS);
            words.push(begins(end));
            rest.drain(..end);
        }
        words.push(rest.into_iter().collect());
    }
    words.join(" ")
}
